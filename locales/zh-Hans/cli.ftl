### What the command says.

## Labels

label-error = 错误：
label-why = 原因：
label-help = 处理办法：
label-usage = 用法：
label-commands = 命令：
label-arguments = 参数：
label-options = 选项：
label-options-short = 选项
label-command-short = 命令
label-possible = [可选值：{ $values }]
label-default = [默认值：{ $values }]
label-environment = [环境变量：{ $values }]
label-reason = 原因
label-missing = 尚缺
label-command = 命令
ask-alternatives = 可替代的做法
settlement-days = { $mode }，{ $days }日内
settlement-days-else = { $mode }，{ $days }日内；未能履行的，{ $later }日内偿付

## Faults of the command line

usage-unknown-command = 没有`{ $given }`这个命令
    .help = 请查看`{ $command } --help`
usage-unknown-argument = 没有`{ $given }`这个参数
    .help = 请查看`{ $command } --help`
usage-value-missing = `{ $argument }`缺少值
    .help = 请查看`{ $command } --help`
usage-bad-value = `{ $given }`不能作为`{ $argument }`的值
    .help = 请查看`{ $command } --help`
usage-argument-missing = 缺少必需的参数：{ $argument }
    .help = 请查看`{ $command } --help`
usage-command-missing = `{ $command }`之后需要一个命令
    .help = 请查看`{ $command } --help`
usage-conflict = `{ $argument }`与`{ $other }`不能同时使用
    .help = 请只保留其中一个，详见`{ $command } --help`
usage-not-utf8 = 命令行不是UTF-8编码
    .help = 请将终端的字符编码改为UTF-8后重试
usage-wrong = 无法读取命令行：{ $argument }
    .help = 请查看`{ $command } --help`
usage-meant = 是否想输入`{ $suggestion }`？
usage-possible = 可用的值：{ $suggestion }

## Failures

failure-no-node = 文件夹`{ $folder }`中没有节点
    .help = 请用`pumasi init --data { $folder } --party ID`创建节点，或用`--data`指定节点所在的文件夹
failure-not-running = 文件夹`{ $folder }`的节点没有运行
    .help = 请用`pumasi serve --data { $folder }`启动
failure-unreachable = { $address }的节点没有响应
    .help = 请确认节点是否在运行，未运行时用`pumasi serve`启动
failure-token = 节点不接受此文件夹的令牌（token）
    .help = 请确认`--data`是正在运行的节点的文件夹
failure-answer-unreadable = 无法读取节点的应答
    .help = 请用`pumasi --version`确认节点与本命令的版本一致
failure-not-found = 找不到`{ $name }`
    .help = 请检查拼写，或用`list`命令查看列表
failure-status = 节点返回了状态{ $status }
    .help = 请查看节点的日志
failure-id-short = `{ $name }`太短
    .help = 请至少输入标识的前四位
failure-id-ambiguous = 以`{ $name }`开头的有多个
    .help = 请输入更长的标识
failure-file-missing = 没有文件`{ $file }`
    .help = 请检查路径；标准输入写作`-`
failure-file-unreadable = 无法读取文件`{ $file }`
    .help = 请检查文件权限
failure-file-too-large = 文件`{ $file }`超过256 MiB
    .help = 请使用按事项分别导出的文件
failure-file-not-text = 文件`{ $file }`从第{ $byte }字节起不是UTF-8文本
    .help = 请转换为UTF-8，或从来源重新获取
failure-file-exists = 文件`{ $file }`已存在
    .help = 请换一个名称，或移走原有文件
failure-file-unwritable = 无法写入文件`{ $file }`
    .help = 请检查文件夹权限和剩余空间
failure-library = 资料库无法使用 { $folder }
    .help = 请修正所列文件，或不带`--library`使用内置资料
failure-units = 数量的单位不一致
    .help = 请使用与发货相同的单位，且不超过发货量
failure-agreements-clash = 这些协定文件不能一起使用
    .help = 请指定标识互不相同的文件
failure-agreement = 协定文件`{ $file }`有{ $count }处错误
    .help = 请修正所列位置，再用`pumasi agreement check { $file }`检查
odrl-too-large = 策略 `{ $file }` 有 { $bytes } 字节，最多读取 { $most } 字节
    .help = 请每次指定一个策略
odrl-malformed = 策略 `{ $file }` 第 { $line } 行第 { $column } 列不符合 JSON 格式
    .help = 请修正该处，或重新获取文件
odrl-too-deep = 策略 `{ $file }` 的嵌套超过 { $most } 层
    .help = 策略无需如此之深，请从来源重新获取
odrl-too-many = 策略 `{ $file }` 所含的值超过 { $most } 个
    .help = 请每次指定一个策略
odrl-repeated = 策略 `{ $file }` 中同一内容出现两次：{ $path }
    .help = 请删除其中之一，无法判断以哪个为准
odrl-no-policy = 文件 `{ $file }` 中没有 ODRL 策略：{ $path }
    .help = 请指定一个含有单个 JSON-LD 策略的文件
failure-identity-file = 文件`{ $file }`不是身份文件
    .help = 请向对方索取用`pumasi party export --out FILE`生成的文件

## Messages of warning centres

alert-empty = 消息`{ $file }`为空
    .help = 请重新获取并与来源核对大小
alert-too-large = 消息`{ $file }`有{ $bytes }字节，超过上限{ $most }字节
    .help = 请使用单条消息，或事件较少的订阅源
alert-not-utf8 = 消息`{ $file }`从第{ $byte }字节起不是UTF-8
    .help = 请先转换为UTF-8
alert-unknown-format = 消息`{ $file }`的格式未知，开头为：`{ $start }`
    .help = 请使用以下格式之一：{ $formats }
alert-cut-off = 消息`{ $file }`在第{ $line }行中断
    .help = 请重新获取并与来源核对大小
alert-malformed = 消息`{ $file }`第{ $line }行格式有误
    .help = 请从来源重新获取
alert-entities = 消息`{ $file }`第{ $line }行含有自定义实体
    .help = 请勿信任此消息，从来源重新获取
alert-too-complex = 消息`{ $file }`比真实消息复杂得多
    .help = 请使用单条消息，或事件较少的订阅源
alert-incomplete = 消息`{ $file }`缺少必需的值
    .help = 请从来源重新获取
alert-no-earthquake = 消息`{ $file }`不涉及地震
    .help = 请使用地震消息

## Bundles

bundle-none = 文件`{ $file }`不是导出的证据包
    .help = 请使用`pumasi matter export`生成的文件
bundle-line = 证据包`{ $file }`第{ $line }行已损坏
    .help = 请向发送方重新索取
bundle-cut-off = 证据包`{ $file }`不完整：共{ $stated }行，仅有{ $found }行
    .help = 请向发送方重新索取
bundle-identity = 证据包`{ $file }`中的身份未通过验证
    .help = 请勿信任；通过电话或书面核对指纹并告知发送方
bundle-act = 证据包`{ $file }`中的行为{ $id }未通过验证
    .help = 请勿信任：可能被篡改，请与其他当事方的副本核对
bundle-agreement-missing = 证据包`{ $file }`缺少协定`{ $id }`的确切文本
    .help = 请重新索取含有协定文本的证据包
bundle-agreement-unreadable = 无法读取证据包`{ $file }`中的协定`{ $id }`
    .help = 请用更新版本的`pumasi`验证
bundle-agreements-clash = 证据包`{ $file }`中的协定互相矛盾
    .help = 请告知开启该事项的当事方
bundle-other-fingerprint = 证据包`{ $file }`中`{ $party }`的指纹是{ $found }，而不是{ $wanted }
    .help = 请勿信任；请向该当事方再次核对指纹

## Figures

spread = { $central }（{ $low }～{ $high }）
amount-ea = { $amount }件
amount-ltr = { $amount }升
amount-kgm = { $amount }千克
amount-day = { $amount }人日
amount-kwh = { $amount }千瓦时
at-least = { $value }以上
duration = { $hours }小时{ $minutes }分
yes = 是
no = 否
never = 无

## What was done

signed = 已签署并记录：{ $id }
relayed = 已转发警报，记录行为{ $count }项
exported = 已将{ $count }行导出到`{ $file }`
imported = 已导入{ $new }项新行为，另有{ $known }项已存在
identity-exported = 已将本方身份导出到`{ $file }`
tell-fingerprint = 请通过文件以外的途径（电话或书面）告知指纹
trusted = 现已信任`{ $party }`
compare-fingerprint = 指纹尚未核对，请通过电话或书面确认
verifying = 正在验证`{ $file }`……
bundle-holds = `{ $file }`验证通过：签名、顺序、协定文本、规则
compared = 已核对
not-compared = 未核对（用`--trust`核对）
matter-without-opening = 缺少开启行为的事项
planning = 正在制定方案……
agreement-checked = { $file }：{ $count ->
        [0] 无误
        *[other] { $count }处错误
    }
remark = { $severity }：{ $words }
remark-on-clauses = { $severity }（{ $clauses }）：{ $words }
proof-none = 没有任何获准的途径：已核查{ $count }份协定的所有情形
proof-way = 存在获准的途径
proof-way-consent = 经同意后存在获准的途径
any-other = 条款未单独列明的品目
supposed-event = 刚发生足以触发事先同意的灾害
supposed-unreachable = 灾害刚发生，且与接收方失去联系
supposed-requested = 接收方已提出请求
exchange-written = 已写入文件：`{ $file }`
exchange-finding = { $place }：{ $words }
comparison-same = 两份协定以相同条件许可相同事项
fault = 第{ $line }行第{ $column }列：{ $what }
fault-in-clause = 第{ $line }行第{ $column }列，条款`{ $clause }`：{ $what }
more-places = 另有{ $count }处，查看全部请用`--all`
assumption = 规划假设
basis-observed = 观测
basis-model = 模型
need-per-day = 每日
need-once = 一次
reachable = 有响应
silent = 无响应
was-refused = （被拒）
exercise-owes-nothing = 演练不产生任何债务

## Titles

title-compare-permits-new = 第二份协定许可更宽的事项
title-compare-forbids-new = 第一份协定许可更宽的事项
title-compare-limits = 上限的差异
title-compare-conditions = 条件的差异
title-compare-settlements = 结算的差异
title-compare-passing-on = 第三方转交的差异
title-compare-term = 有效期的差异
title-event = 事件
title-footprint = 受影响地区
title-people = 人员影响
title-needs = 需求
title-findings = 注意事项
title-order = 订单 { $id }
title-matters = 事项
title-requests = 请求
title-offers = 提供意向
title-orders = 订单
title-refusals = 被拒的行为
title-timeline = 时间线
title-unmet = 无法满足的需求
title-clauses = 条款
title-owed = 待结算
title-digests = 节点间一致性
title-facts = 实际情况
title-flows = 运输
title-fingerprints = 指纹
title-plan = 方案

## Nothing to show

none-orders = 没有订单
none-shipments = 没有发货
none-agreements = 没有协定
none-clauses = 没有条款
none-alerts = 消息中没有事件
none-places = 没有受影响地区
none-needs = 没有需求
none-matters = 没有事项
none-cases = 尚无灾害记录
none-acts = 没有行为
none-requests = 没有请求
none-offers = 没有提供意向
none-owed = 没有待结算项
none-facts = 没有记录的事实
none-parties = 没有受信任的当事方
none-flows = 没有运输
none-unmet = 全部可以满足

## Names of columns and fields

column-step = 行为
column-category = 类别
column-purpose = 目的
column-pairs = 提供方 → 接收方
column-first = 第一份
column-second = 第二份
column-carried = 运输方式
column-supposed = 前提
column-id = 标识
column-title = 标题
column-name = 名称
column-status = 性质
column-stage = 阶段
column-next = 下一步
column-party = 当事方
column-parties = 当事方
column-assisting = 援助方
column-requesting = 请求方
column-debtor = 债务方
column-creditor = 债权方
column-commodity = 品目
column-place = 地区
column-matter = 事项
column-case = 灾害
column-clause = 条款
column-sort = 类型
column-article = 条文
column-says = 内容
column-nature = 文本性质
column-law = 法律层级
column-signed = 签署日期
column-from = 起始日
column-until = 终止日
column-clauses = 条款数
column-digest = 摘要值
column-source = 来源
column-settlement = 结算
column-mode = 结算方式
column-price = 单价
column-amount = 数量
column-ordered = 订购
column-committed = 承诺
column-shipped = 发出
column-accepted = 验收
column-rejected = 拒收
column-short = 短缺
column-received = 收到
column-requested = 请求
column-needed = 需要
column-unmet = 未满足
column-owed = 应付
column-due = 到期
column-shipment = 发货
column-departs = 出发
column-arrives = 到达
column-opened = 开启
column-latest = 最近
column-open-orders = 未结订单
column-acts = 行为
column-waiting = 等待
column-agreements = 协定
column-signed-by = 签署数
column-refused = 被拒
column-forks = 分叉记录
column-permitted = 允许
column-nodes = 节点
column-same = 一致
column-after = 经过
column-figure = 项目
column-value = 数值
column-time = 时间
column-what = 内容
column-cause = 原因
column-intensity = 烈度
column-basis = 依据
column-people = 人口
column-displaced = 转移人员
column-how-often = 频次
column-fingerprint = 指纹
column-address = 地址
column-reach = 连接
column-heard = 最近响应
column-silent-since = 无响应起始
column-failure = 失败
column-as-of = 基准时间

## The event

event-headline = 标题
event-region = 震中地区
event-origin = 发生时间
event-magnitude = 震级
event-depth = 深度
very-shallow = 极浅
event-epicentre = 震中
event-message = 消息
event-kind = 类别
event-sent = 发布
total-displaced = 转移人员（峰值）
total-deaths = 死亡人数
total-without-water = 停水人口（峰值）
report-origin = 事件发生
report-first-aid = 首批援助到达用时
report-first-foreign-aid = 首批跨境援助到达用时

## Codes of the API

status-actual = 实际
status-exercise = 演练
status-test = 测试
stage-requisitioned = 已订购
stage-committed = 已承诺
stage-refused = 已谢绝
stage-cancelled = 已取消
stage-in-fulfilment = 履行中
stage-delivered = 已送达
stage-accepted = 已验收
stage-settling = 结算中
stage-closed = 已结清
request-open = 待响应
request-partly-covered = 部分满足
request-covered = 已满足
request-withdrawn = 已撤回
offer-proposed = 已提出
offer-accepted = 已接受
offer-declined = 已谢绝
offer-withdrawn = 已撤回
shipment-dispatched = 已发出
shipment-received = 已收到
obligation-accrued = 已产生
obligation-billed = 已开单
obligation-discharged = 已清偿（待确认）
obligation-confirmed = 已确认
obligation-waived = 已免除
mode-gift = 无偿
mode-reimbursement = 现金偿还
mode-replacement-in-kind = 实物偿还
mode-equal-value = 等值交换
mode-equal-value-exchange = 等值交换
mode-loan = 借用
nature-real = 真实协定
nature-summary = 摘要
nature-draft = 草案
law-national-law = 国内法
law-intergovernmental = 政府间
law-political-principles = 政治原则
law-provincial = 地方间
law-non-governmental = 民间
clause-permit = 许可
clause-forbid = 禁止
clause-ceiling = 上限
clause-standing-consent = 事先同意
clause-settlement = 结算
clause-third-party = 第三方转交
clause-term = 有效期
outcome-permitted = 允许
outcome-refused = 不允许
outcome-needs = 需先满足条件
message-alert = 首次发布
message-update = 更新
message-cancel = 撤销
kind-requisition-resource = 订购
kind-offer-resource = 提供
kind-commit-resource = 承诺
kind-dispatch-shipment = 发运
kind-receive-resource = 签收
kind-bill-obligation = 账单
kind-discharge-obligation = 履行
kind-confirm-discharge = 确认履行

## Findings

finding-alert-cancelled = 消息已撤销该事件，不作估算
finding-value-missing = 缺少通常应有的值
finding-value-unreadable = 已略去无法读取或不可能的值
finding-magnitude-is-minimum = 震级仅知下限
finding-report-missing = 有推定强烈震动但尚无报告之处
finding-place-unknown = 该地不在目录中，未计入人口
finding-place-coarse = 以省级代替市县级估算
finding-rates-borrowed = 借用了他国的死亡率
finding-rates-missing = 无适用比率，未计入
finding-model-unusable = 无法使用地面运动模型
finding-model-outside-range = 震级或深度超出模型适用范围
finding-commodity-unknown = 已略去目录中没有的品目
finding-units-differ = 单位与目录不同，已略去
finding-not-an-earthquake = 含有非地震条目
finding-entry-skipped = 已跳过无法读取的条目
finding-cut-off = 消息中断，仅读取了之前的内容

## Nodes

founded = 已在`{ $folder }`为`{ $party }`创建节点
keep-roots = 请将`{ $folder }`中的根密钥移存到其他介质，并从本机删除
serving = 节点正在运行，按Ctrl-C停止
serving-desk = 页面
serving-peer = 供相邻节点
column-version = 版本
failure-party-unknown = 当事方`{ $party }`不在目录中
    .help = 请检查拼写，或用`--library`指定已加入该当事方的目录
failure-node-exists = 文件夹`{ $folder }`中已有节点
    .help = 请使用其他文件夹；密钥一经覆盖无法恢复
failure-in-use = 文件夹`{ $folder }`正被另一进程使用
    .help = 请结束该进程，或用`--data`指定其他文件夹
failure-listen = 节点无法接受连接
    .help = 请结束占用端口的程序，或用`--listen`、`--desk`指定其他端口
failure-node = 节点无法使用
    .help = 请检查文件夹`{ $folder }`中的文件和权限；从备份恢复前请先保留此文件夹
failure-system = 操作系统拒绝了请求
    .help = 请检查内存和可打开文件数的上限

## Plans

plan-sized = 已制定并检查方案
plan-digest = 方案摘要值
plan-act = 选定行为
plan-not-chosen = 未选定（用`--choose`选定）
plan-burden = 剩余负担（下限／无援助时）
plan-period = { $start } ～ { $end }
plan-horizon = 期间
plan-own-moves = 自有储备运输
column-giver = 提供方
column-receiver = 接收方
column-links = 线路
unmet-no-stock = 无储备
unmet-no-link = 无线路
unmet-too-late = 无法按时到达
unmet-no-permit = 无协议许可
unmet-ceiling = 已达协议上限
unmet-capacity = 线路运力不足
unmet-handling = 装卸能力不足
unmet-not-planned = 未列入方案

## 已有与所缺一览

map-title = 已有与所缺：{ $purpose }，{ $date }
map-matrix = 谁可以与谁做什么
map-matrix-none = 这些当事方之间没有任何协定允许任何事项
map-unbound = 没有协定
map-lapses = { $days }天内到期的事项
map-lapses-none = 无
map-gaps = 所缺事项
map-gaps-none = 无：每一类都能从境外及时提供
map-gap-step = 可补上此缺口的敏感度最低的步骤：{ $step }
map-steps = 下一步
column-in-force = 已生效
column-if-in-force = 草案生效后
cell-unasked = 无需请求即可
cell-on-request = 应请求可以
cell-shared = 共享
cell-transit = 仅可过境
cell-talk = 仅可请求与提议
cell-consent = 须先取得同意
cell-forbidden = 禁止
cell-nothing = 无
cell-in-part = { $answer }（部分）
failure-map = 无法绘制一览
    .help = 请使用目录中的当事方、协定所用的目的，以及2026-11-21这样的日期
