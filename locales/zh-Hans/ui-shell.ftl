### Words of the frame around every page, and words that several pages share.

product = Pumasi
skip = 跳至正文
pages = 页面
language = 语言
loading = 正在加载
try-again = 重试
nav-situation = 态势
nav-case = 援助进程
nav-agreements = 协议
nav-nodes = 节点
nav-report = 总结报告
page-situation = 态势
page-case = 援助进程
page-agreements = 协议
page-agreement = 协议
page-nodes = 节点
page-report = 总结报告
page-unknown = 未知页面
unknown-page = 该地址没有页面。
unknown-page-next = 请从上方菜单选择页面。
case-choice = 显示的灾害
case-choice-rehearsed = { $title }（{ $status }）
live-connecting = 正在连接
live-live = 实时
live-broken = 连接中断
footer-times = JST 为日本时间，KST 为韩国时间（均为 UTC+9），CST 为中国时间（UTC+8）。
footer-node = 节点：{ $party }，版本 { $version }

## Exercise and test

status-banner = 本页面的性质
banner-exercise = 演练 – 演练 – 演练
banner-exercise-detail = 本页面内容并非实际情况。演练中的任何行为均不产生义务。
banner-test = 测试 – 测试 – 测试
banner-test-detail = 此为技术测试。本页面内容并非实际情况。
status-actual = 实际
status-exercise = 演练
status-test = 测试
owes-nothing = 演练：不产生任何债权债务。

## Failures, by the side that failed

fault-link = 此浏览器无法连接本方节点。
fault-link-help = 请检查线缆、网络以及节点是否运行。已输入的内容仍保留。
fault-session = 节点已无法识别此浏览器。
fault-session-help = 请打开节点给出的登录链接后返回此处。已输入的内容在关闭此标签页之前仍保留。
fault-absent = 本方节点在该地址下没有内容。
fault-absent-help = 内容可能尚未送达，或未与本节点共享。请核对地址，或返回态势页面。
fault-form = 节点无法处理所提交的内容。
fault-form-help = 请检查各项后重新提交。已输入的内容仍保留。
fault-neighbour = 相邻方的节点没有应答。
fault-neighbour-help = 本方节点运行正常。请在节点页面查看何方自何时起无应答，并通过电话联系。
fault-ours = 本方节点发生故障。
fault-ours-help = 请重试；如再次失败，请告知节点管理员。已输入的内容仍保留。
stale = 页面未能更新。
stale-since = 所示内容的接收时间：

## Tables, lists and figures

figure-as-table = 以表格显示
show-more = 再显示 { $count } 项
show-fewer = 收起
show-earlier = 显示较早的 { $count } 项
show-latest = 仅显示最新
list-separator = 、
search-hint = 输入名称或代码
search-none = 没有匹配项。
none = –
nobody = 无
never = 从未
not-yet = 尚未
not-heard = 未收到
not-arrived = 尚无到达
share = { $part } / { $whole }
range = （{ $low }–{ $high }）
times = { $count } 笔
as-of = 截至
since = 起始日

## Units

unit-ea = { $amount } 件
unit-ltr = { $amount } 升
unit-kgm = { $amount } 千克
unit-day = { $amount } 人日
unit-kwh = { $amount } 千瓦时
unit-tonne = { $amount } 吨
unit-name-ea = 件
unit-name-ltr = 升
unit-name-kgm = 千克
unit-name-day = 人日
unit-name-kwh = 千瓦时
kilometres = { $count } 千米
per-day = /日
duration-minutes = { $minutes } 分钟
duration-hours = { $hours } 小时 { $minutes } 分钟
duration-days = { $days } 天 { $hours } 小时

## Words that several pages share

party = 当事方
commodity = 物资
amount = 数量
place = 地点
cause = 原因
clause = 条款
clauses = 条款
why = 理由
time = 时间
status = 性质
stage = 阶段
source = 来源
sources = 来源
matter = 事项
digest = 摘要值
neighbour = 相邻方
settlement = 结算
due = 期限
plain-words = 通俗说明
departs = 出发
arrives = 到达
way = 路线
reach = 联络
reach-yes = 有应答
reach-no = 无应答
last-heard = 最近收到
comparison = 比对
event-origin = 发生时间
need-bar = 进度
need-needed = 需求
need-stock = 本地储备
need-first-tranche = 首批
need-first-tranche-why = 首批为三天需求的下限减去本地储备和已承诺数量：无论如何都用得上，后续批次可待下一份电文再定。
need-requested = 请求
need-committed = 承诺
need-shipped = 发运
need-received = 签收
need-unmet = 缺口
meaning-done = 已完成
meaning-moving = 进行中
meaning-waiting = 待处理
meaning-stopped = 已停止
meaning-unknown = 未知
meaning-ahead = 未到达
case-empty = 尚无灾害记录。
case-empty-next = 收到警报或开始演练后即建立。
shared-empty = 尚无共享事项。
shared-empty-next = 将相邻方列入共享范围并开启事项后，即开始共享。
settlement-gift = 赠与
settlement-reimbursement = 偿付
settlement-replacement-in-kind = 同类实物返还
settlement-equal-value = 等值交换
settlement-loan = 借用
obligation-accrued = 已产生
obligation-billed = 已出账单
obligation-due = 已到期
obligation-overdue = 已逾期
obligation-discharged = 已履行
obligation-confirmed = 已确认履行
obligation-converted = 已转换
obligation-disputed = 有争议
obligation-waived = 已免除
compared-equal = 一致
compared-unequal = 不一致
compared-behind = 接收滞后
compared-diverged = 状态不符
compared-unknown = 尚未收到
kind-open-matter = 开启事项
kind-relay-alert = 转发警报
kind-report-needs = 需求报告
kind-choose-plan = 选定方案
kind-request-resource = 请求
kind-offer-resource = 提供意向
kind-requisition-resource = 订购
kind-commit-resource = 承诺
kind-decline-resource = 谢绝
kind-push-resource = 主动支援
kind-dispatch-shipment = 发运
kind-receive-resource = 签收
kind-bill-obligation = 账单
kind-discharge-obligation = 履行
kind-confirm-discharge = 确认履行

alarm = 警报
alarm-to = 查看原因和处理办法
