### What the command's help says: help-<noun>-<verb>-<argument>.

## What every command has

help-pumasi = Pumasi：跨境灾害互助
help-option-lang = 显示语言：ko、ja、zh-Hans、en；省略时依次采用LC_ALL、LC_MESSAGES、LANG
help-option-json = 以JSON输出结果和错误
help-option-data = 节点的数据文件夹
help-option-library = 替代内置资料（目录和协定）的文件夹
help-option-help = 显示帮助
help-option-version = 显示版本
help-sign-officer = 签署的经办官员；需要两人时重复使用
help-sign-clause = 依据的条款（协定/条款）；省略时由节点查找
help-sign-time = 演练时间（RFC 3339）；实际事项以节点时钟为准
help-life-agreement = 协定的标识
help-life-status = 是否为实际
help-life-version = 草案版次；省略时为本方可处理的最新一版
help-life-digest = 摘要值开头至少八位；省略时仅显示
help-life-cause = 理由，由本方自述
help-life-target = 所针对的中止或通知；省略时为唯一的一项

## Nodes

help-init = 为当事方创建节点：密钥、身份、空账本
help-init-party = 目录中当事方的标识
help-init-new-officer = 任命的官员（标识:职务），可重复
help-init-joint = 其中须与另一名官员共同签署者，可重复
help-init-store = 账本的存放位置：数据文件夹用sqlite，数据库用其地址（postgres://…），地址在环境变量中则用{ "${NAME}" }
help-serve = 运行节点，按Ctrl-C停止
help-serve-listen = 供相邻节点连接的地址和端口
help-serve-desk = 供经办官员连接的地址和端口（仅限本机）
help-serve-open = 用浏览器打开页面
help-store = 节点账本的存放位置
help-store-show = 显示存储方式、大小、主决服务器和备用服务器
help-store-move = 将已停止节点的账本移到其他存储并核对两者
help-store-move-to = 数据文件夹用sqlite，数据库用其地址（postgres://…），地址在环境变量中则用{ "${NAME}" }

## Parties

help-party = 受信任的当事方及其身份
help-party-list = 列出受信任的当事方
help-party-show = 显示一个当事方及其连接状态
help-party-show-party = 当事方的标识
help-party-export = 将本方身份导出为可交给他方的文件
help-party-export-out = 要新建的文件；省略时为标准输出
help-party-trust = 接受另一当事方的身份文件
help-party-trust-file = 由`pumasi party export`生成的文件
help-party-trust-fingerprint = 通过电话或书面得到的指纹，不符则拒绝
help-party-trust-url = 对方节点的地址（https://主机:端口）

## Agreements

help-agreement = 协定的列表、内容与询问
help-agreement-list = 列出节点的协定
help-agreement-show = 显示协定及其条款
help-agreement-show-agreement = 协定的标识
help-agreement-ask = 询问是否允许及依据的条款；不允许时以4结束
help-agreement-ask-giver = 提供方
help-agreement-ask-receiver = 接收方
help-agreement-ask-action = 拟采取的行动
help-agreement-ask-commodity = 品目
help-agreement-ask-quantity = 数量和单位（如"500 LTR"）
help-agreement-ask-purpose = 用途
help-agreement-ask-on = 基准日（如2024-01-01）；省略时为今天
help-agreement-ask-onward-to = 再转交的第三方
help-agreement-ask-status = 实际、演练或测试
help-agreement-ask-agreement = 仅依据此协定判断
help-agreement-map = 显示各方之间已有与所缺的内容：可做的事、伙伴数量、即将到期的事项、无人能提供的物资、下一步
help-agreement-map-parties = 当事方；多个则重复。仅一个时与其全部伙伴一并显示；省略时为本节点的当事方
help-agreement-map-on = 日期（如2026-11-21）；省略时为今天
help-agreement-map-purpose = 目的
help-agreement-map-status = 真实还是演练
help-agreement-map-first-hours = 事件发生后援助须在多少小时内出发
help-agreement-map-within-days = 列出多少天内到期的事项
help-agreement-map-offline = 不用节点，使用内置资料库或--library所指资料库
help-agreement-ask-category = 类别（没有合适品目时）
help-agreement-ask-transit = 物资途经的第三方；可多次给出
help-agreement-ask-mode = 运输方式
help-agreement-ask-requested = 表明接收方已提出请求
help-agreement-ask-hours-since = 事件发生后的小时数
help-agreement-ask-intensity = 接收方的最大烈度（日本气象厅，如6-）
help-agreement-ask-alert = 已发布的最高预警级别
help-agreement-ask-contact-lost = 表明无法联系接收方
help-agreement-ask-consent = 已取得的同意（如jp-17:push、cn-js:transit、kr-45:onward）；可多次给出
help-agreement-check = 离线检查协定文件：逐一标明错误的行列，并指出矛盾、缺漏和提示
help-agreement-check-files = 协定文件
help-agreement-check-digest = 文件应有的SHA-256摘要（由发送方告知）
help-agreement-prove = 证明某事永远不获许可，或给出获准的途径；若有途径则以4结束
help-agreement-prove-category = 类别，如ammunition；省略则为全部
help-agreement-prove-giver = 提供方；省略则为全部
help-agreement-prove-receiver = 接收方；省略则为全部
help-agreement-prove-purpose = 目的；省略则为全部
help-agreement-prove-action = 行为；省略则为实际转移物资或信息的所有行为
help-agreement-prove-status = 实际、演练或测试；省略则为全部
help-agreement-prove-files = 协定文件；省略则为内置的全部协定
help-agreement-compare = 离线比较两份协定文件所许可的内容
help-agreement-compare-first = 第一份协定文件
help-agreement-compare-second = 第二份协定文件
help-agreement-export = 离线将协议导出为 ODRL 策略（JSON-LD）或协议文件，并说明该格式无法表达的内容
help-agreement-export-agreement = 协议文件，或协议库中协议的标识
help-agreement-export-format = 导出格式：ODRL 策略或协议文件
help-agreement-export-out = 存放结果的新文件；省略则输出到屏幕
help-agreement-import = 离线将 ODRL 策略（JSON-LD）读为协议文件，并说明未能理解的内容
help-agreement-import-file = ODRL 策略文件
help-agreement-import-out = 存放结果的新文件；省略则输出到屏幕
help-agreement-read = 离线读取并显示协定文件
help-agreement-read-file = 协定文件
help-agreement-history = 显示协定的状态、经过和可采取的步骤
help-agreement-history-agreement = 协定的标识
help-agreement-history-on = 哪一天的状态；省略时为今天
help-agreement-diff = 逐条比较两版草案，或离线比较两个文件
help-agreement-diff-first = 协定的标识；给出第二个文件时为第一个文件
help-agreement-diff-second = 第二个文件
help-agreement-diff-from = 较旧的版次；省略时为前一版
help-agreement-diff-to = 较新的版次；省略时为最新一版
help-agreement-diff-matter = 所属事项；有多个时选用
help-agreement-propose = 提议一项协定：开启其事项并提交首份草案
help-agreement-propose-file = 协定文件，须与待签文本完全一致
help-agreement-propose-audience = 文本当事方之外共享该事项的一方，可重复
help-agreement-draft = 提交文本的下一版
help-agreement-draft-file = 协定文件，须与待签文本完全一致
help-agreement-initial = 草签某一版：谈判者之间确定文本
help-agreement-sign = 签署某一版；不给出--digest时仅显示待签文本
help-agreement-ratify = 通知本方对已签版次的国内程序业已完成
help-agreement-suspend = 中止协定或其部分条款的效力，并及于其下所有事项
help-agreement-suspend-clauses = 条款，可重复；省略时为整个协定
help-agreement-suspend-from = 首日；省略时为今天
help-agreement-suspend-until = 不再中止的首日；省略时至解除为止
help-agreement-resume = 解除本方的中止
help-agreement-give-notice = 通知终止协定或不再延长
help-agreement-give-notice-ends = 失效首日；省略时为文本允许的最早日期
help-agreement-suspend-notice = 中止本方终止通知的效力
help-agreement-resume-notice = 解除对本方终止通知效力的中止
help-agreement-withdraw-notice = 撤回本方的终止通知
help-agreement-agree-termination = 同意于某日终止；各当事方指明同一日期后即终止
help-agreement-agree-termination-ends = 失效首日

## Matters

help-matter = 事项：共享范围固定的行为序列
help-matter-list = 列出本节点共享的事项
help-matter-show = 显示一个事项
help-matter-show-matter = 事项的标识或其前几位
help-matter-open = 开启事项
help-matter-open-case = 所属灾害的标识
help-matter-open-status = 实际、演练或测试，之后不可更改
help-matter-open-party = 共享的当事方，可重复
help-matter-open-agreement = 所依据的协定，可重复
help-matter-open-title-ko = 韩文标题
help-matter-open-title-ja = 日文标题
help-matter-open-title-zh = 中文标题
help-matter-open-title-en = 英文标题
help-matter-open-origin = 灾害发生时间（RFC 3339）
help-matter-verify = 离线验证导出的证据包：身份、签名、顺序、规则
help-matter-verify-file = 由`pumasi matter export`生成的文件
help-matter-verify-trust = 与已知指纹核对（当事方=指纹），可重复
help-matter-export = 将事项导出为任何人都可验证的文件
help-matter-export-matter = 事项的标识或其前几位
help-matter-export-out = 要新建的文件；省略时为标准输出
help-matter-export-to = 封装文件，只有该方的节点能够打开

## Cases

help-case = 灾害：从需求到结算
help-case-list = 列出本节点共享的灾害
help-case-show = 显示一次灾害的全过程
help-case-show-case = 灾害的标识
help-case-report = 显示事后报告
help-case-report-case = 灾害的标识
help-case-export = 将灾害情况导出为供其他系统和人员阅读的文件
help-case-export-format = 导出格式：CAP 警报、HXL 表格（地点、需求）、GeoJSON 地图、情况报告
help-case-export-case = 灾害的标识；省略则为最新的灾害
help-case-export-out = 存放内容的新文件；省略则输出到屏幕

## Orders

help-order = 订单：从请求到结算的各步骤
help-order-list = 列出订单
help-order-list-case = 仅此灾害的订单
help-order-list-open = 仅未结的订单
help-order-show = 显示一个订单
help-order-show-order = 订单的标识或其前几位
help-order-request = 请求援助
help-order-request-matter = 事项的标识或其前几位
help-order-request-from = 被请求的当事方
help-order-request-commodity = 品目
help-order-request-quantity = 数量和单位（如"500 LTR"）
help-order-request-purpose = 用途
help-order-request-place = 使用地区
help-order-request-need-by = 需要的期限（RFC 3339）
help-order-offer = 提出援助
help-order-offer-matter = 事项的标识或其前几位
help-order-offer-to = 接受提议的当事方
help-order-offer-request = 所回应请求的标识
help-order-offer-commodity = 品目
help-order-offer-quantity = 数量和单位（如"500 LTR"）
help-order-offer-purpose = 用途
help-order-offer-mode = 结算方式
help-order-offer-price = 单价（如"JPY 500"）
help-order-offer-until = 可接受的最后时刻（RFC 3339）
help-order-offer-grace = 此后仍视为有效接受的宽限（分钟）
help-order-requisition = 订购
help-order-requisition-matter = 事项的标识或其前几位
help-order-requisition-from = 接受订购的当事方
help-order-requisition-request = 对应请求的标识
help-order-requisition-offer = 所接受提议的标识
help-order-requisition-commodity = 品目
help-order-requisition-quantity = 数量和单位（如"500 LTR"）
help-order-requisition-purpose = 用途
help-order-requisition-place = 使用地区
help-order-requisition-mode = 结算方式
help-order-requisition-price = 单价（如"JPY 500"）
help-order-commit = 承诺订单
help-order-commit-order = 订单的标识或其前几位
help-order-commit-quantity = 承诺的数量；省略时为全部
help-order-commit-accept-late = 接受在提供期限之后到达的订单
help-order-decline = 谢绝订单
help-order-decline-order = 订单的标识或其前几位
help-order-decline-reason = 理由
help-order-push = 依据事先同意，不待请求先行援助
help-order-push-matter = 事项的标识或其前几位
help-order-push-to = 接收方
help-order-push-commodity = 品目
help-order-push-quantity = 数量和单位（如"500 LTR"）
help-order-push-purpose = 用途
help-order-push-place = 使用地区
help-order-push-contact-lost = 声明与对方失去联系
help-order-dispatch = 报告发货
help-order-dispatch-order = 订单的标识或其前几位
help-order-dispatch-quantity = 发货数量；省略时为承诺中的剩余部分
help-order-dispatch-pallets = 托盘数
help-order-dispatch-link = 依次使用的线路，可重复
help-order-dispatch-departs = 出发时间（RFC 3339）
help-order-dispatch-arrives = 预计到达时间（RFC 3339）
help-order-receive = 报告收货：验收、拒收、短缺
help-order-receive-shipment = 发货的标识或其前几位
help-order-receive-accepted = 验收数量；省略时为其余全部
help-order-receive-rejected = 拒收数量
help-order-receive-short = 短缺数量
help-order-receive-reason = 拒收原因
help-order-bill = 就已验收部分开具账单
help-order-bill-order = 订单的标识或其前几位
help-order-bill-sum = 金额（如"JPY 50000"）；省略时为应计金额
help-order-discharge = 声明已清偿
help-order-discharge-order = 订单的标识或其前几位
help-order-discharge-reference = 付款编号或归还物资的运单号
help-order-confirm = 确认已清偿
help-order-confirm-order = 订单的标识或其前几位

## Plans

help-plan = 方案：何物何时到达、何处受阻
help-plan-make = 制定方案，并可选定
help-plan-make-matter = 记载方案的事项的标识或其前几位
help-plan-make-case = 灾害的标识
help-plan-make-purpose = 用途
help-plan-make-hours = 方案时长（小时）
help-plan-make-period = 每时段长度（小时）
help-plan-make-size = 依据的估算值；省略时按经过时间确定
help-plan-make-requested = 视全部需求为已请求；省略时仅动用有事先同意的物资
help-plan-make-able = 能够援助的当事方，可重复；省略时为有响应者
help-plan-make-unreachable = 无法联系的当事方，可重复；省略时为无响应者
help-plan-make-choose = 将方案记录为行为
help-plan-show = 显示已选定的方案
help-plan-show-case = 灾害的标识；省略时为最近一次

## Alerts

help-alert = 读取并转发警报
help-alert-read = 离线读取警报文件：事件、受影响地区、需求及来源
help-alert-read-file = 警报文件；标准输入为`-`
help-alert-read-all = 显示全部地区
help-alert-relay = 将警报交给节点并转发到事项
help-alert-relay-file = 警报文件；标准输入为`-`
help-alert-relay-matter = 事项的标识或其前几位
help-alert-situation = 报告统计与情况，并重新计算需求
help-alert-situation-file = 统计文件（CSV）：place 列以及 homes_destroyed、homes_half_destroyed、homes_without_water、people_in_shelters、people_dead、people_injured、people_missing 各列；`-` 为标准输入
help-alert-situation-matter = 事项编号或其开头
help-alert-situation-officer = 签署人员
help-alert-situation-province = 省级地区
help-alert-situation-as-of = 统计时间；省略则为现在
help-alert-situation-source = 统计单位
help-alert-situation-text = 情况说明
help-alert-situation-time = 演练时间
help-alert-shaking = 按距离计算地震动
help-alert-shaking-tectonic = 地壳内（crustal）、板块界面（interface）、俯冲板块内（slab）
help-alert-shaking-magnitude = 震级
help-alert-shaking-depth-km = 震源深度（km）
help-alert-shaking-distance-km = 到断层的最短距离（km）
help-alert-shaking-vs30 = 场地剪切波速（m/s）：600 为硬场地，400 为软场地
help-alert-wind = 按距离计算热带气旋的风速
help-alert-wind-pressure-hpa = 中心气压（hPa）
help-alert-wind-around-hpa = 外围气压（hPa）
help-alert-wind-change-hpa-h = 中心气压每小时变化（hPa）
help-alert-wind-lat = 中心纬度（度）
help-alert-wind-speed-m-s = 中心移动速度（m/s）
help-alert-wind-radius-km = 最大风速半径（km），省略时用经验公式
help-alert-wind-distance-km = 到中心的距离（km）
help-alert-watch = 监视信息源和文件夹，按事件提示新警报、更新和撤销
help-alert-watch-url = `http`或`https`地址的信息源或文件；可重复指定
help-alert-watch-folder = 存放消息的文件夹；可重复指定
help-alert-watch-every = 对同一来源两次请求的间隔秒数
help-alert-watch-allow = 也从该主机获取信息源所指向的消息；可重复指定
help-alert-watch-once = 检查一次后结束
help-alert-watch-matter = 将新警报和更新交给节点并转发到该事项；请选择所在地区的信息源
help-alert-watch-officer = 签署的经办官员
help-alert-watch-time = 开始时的演练时间，代替时钟

## Bundles and shells

help-export = 导出事项（同`matter export`）
help-export-matter = 事项的标识或其前几位
help-export-out = 要新建的文件；省略时为标准输出
help-export-to = 封装文件，只有该方的节点能够打开
help-import = 将证据包导入节点；节点全部验证后才保存
help-import-file = 由`pumasi export`生成的文件，可为封装给本方的文件
help-relay = 经邻方将封装的事项送达无法连接的一方
help-relay-send = 将事项封装给一方并留存于邻方，由对方节点取走
help-relay-send-to = 收件方；只有其节点能够打开
help-relay-send-via = 留存文件的邻方；仅可见发送方、收件方和大小
help-relay-send-matter = 单个事项的标识或其前几位；省略时为与收件方共享的全部事项
help-relay-list = 列出本节点代为留存的文件：来自谁、给谁、大小
help-recover = 显示从备份恢复的节点在再次作成之前等待什么
help-recover-begin = 说明节点已从备份恢复；停止时也可
help-recover-without = 不等此邻方而继续（无法连接时）；可重复
help-audit = 离线验证副本，既逐一验证也相互比对，并画出每个日志的记录链
help-audit-path = 已停止或复制的数据文件夹、已发布的登记簿、证据包或矛盾证明文件；多个时相互比对
help-audit-export = 将所指定的一个数据文件夹的登记簿以C2SP静态文件发布到此新文件夹
help-audit-key = 已知的登记簿公钥（name+hash+key），可重复
help-audit-trust = 与已知指纹核对（当事方=指纹），可重复
help-doctor = 诊断节点：时钟、磁盘、密钥、相邻方、分叉的记录、登记簿、存储；说明每项为何重要、该做什么；需要有人处理时以 8 结束
help-completions = 输出命令行补全脚本
help-completions-shell = 命令行外壳
help-alert-relay-alert-only = 仅转发警报，不报告需求

help-sign-contact = 附于行为的个人信息，例如姓名和电话；日后可以删除
help-sign-personal = 从不超过 16 KiB 的文件读取个人信息；"-" 表示标准输入
help-personal = 行为所附的个人信息：查看、要求删除、删除
help-personal-show = 查看行为所附的个人信息
help-personal-show-act = 行为的标识或其开头部分
help-personal-retract = 要求共享该行为的所有节点删除己方行为所附的个人信息
help-personal-retract-act = 行为的标识或其开头部分
help-personal-erase = 仅在本节点删除较早的个人信息，不通知其他方
help-personal-erase-matter = 事项的标识或其开头部分
help-personal-erase-older-than = 行为作成后已过的天数（仅删除早于此的）
