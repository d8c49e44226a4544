### The situation: what broke, who is reachable, what moves.

situation-empty = 当前没有处置中的灾害。
situation-empty-next = 收到警报后，此处显示受灾地点、有应答的当事方和正在调运的物资。如需练习，请开始演练。
answers = 概览
answer-broke = 灾情
answer-reach = 联络情况
answer-moves = 调运计划
answer-gap = 无法满足的需求
people-displaced = 紧急转移安置人口（人）
worst-place = 最重：{ $place }，{ $severity }
parties-answer = 当事方有应答
all-answer = 所有当事方均有应答。
silent = 无应答：{ $parties }
movements-planned = 项计划调运
moves-detail = 提供方 { $givers } · 未结订单 { $orders }
first-arrival = 最早到达
needs-unserved = 项无法满足
no-gap = 已知需求均已列入方案。
first-gap = 首要：{ $place }，{ $commodity } – { $cause }

## Event

event-magnitude = 震级
event-depth = 深度
event-until = 有效期至
event-over = 已过期
event-cancelled = 已取消：发布机构撤回了此预警。
event-cancelled-next = { $source } 的电文已撤回。以下数据仅依据仍然有效的电文，继续发运前请先核实。
own-words = 发布原文
own-words-in = 发布原文（{ $language }）
event-source = 来源
event-messages = 已收电文

## Maps

maps = 地图
map-event = 受灾区域
map-region = 线路与调运
map-event-sentence = 受灾区域地图：已报告地点 { $places } 处，其中{ $threshold }及以上 { $strong } 处，估计紧急转移安置 { $displaced } 人。相同数据见“地点”表。
map-region-sentence = 区域地图：线路 { $links } 条，其中未正常运行 { $cut } 条；单条线路最大计划运量 { $mass }。相同数据见“计划调运”表和“线路”表。
map-disclaimer = 本地图所示边界和地名不代表任何一方的正式认可或接受。
map-epicentre = 震中
legend-intensity = 烈度 日本气象厅（MMI）
legend-class = { $jma }（{ $mercalli }）
legend-flow = 计划调运：粗细表示重量
legend-circle = 地点：面积表示转移安置人数
intensity = 烈度
intensity-5-lower = 5弱
intensity-5-upper = 5强
intensity-6-lower = 6弱
intensity-6-upper = 6强

## Tables

situation-needs = 需求与援助进度
situation-no-needs = 尚无需求估算。
situation-no-needs-next = 读取含地点、强度或范围的电文后即估算需求。
flows = 计划调运
flows-empty = 方案中尚无调运。
flows-empty-next = 方案须有需求、储备、可用线路和许可条款。所缺要素见缺口表。
giver = 提供方
receiver = 接收方
unmet-title = 无法满足的需求
unmet-empty = 没有无法满足的需求。
unmet-empty-next = 警报和方案每次更新后重新计算。
missing = 缺口
unmet-no-stock = 无储备
unmet-no-link = 无线路
unmet-too-late = 无法按时到达
unmet-no-permit = 无协议许可
unmet-ceiling = 已达协议上限
unmet-capacity = 线路运力不足
unmet-handling = 装卸能力不足
unmet-not-planned = 未列入方案
links = 线路
links-empty = 方案未涉及线路。
links-empty-next = 制定方案后显示线路。
link = 线路
link-status = 运行
link-open = 正常
link-restricted = 受限
link-suspended = 停运
mode = 方式
mode-sea = 海运
mode-air = 空运
mode-road = 公路
mode-rail = 铁路
mode-grid = 电网
cause-relations = 政府间关系
cause-pandemic = 疫情
cause-operator = 运营方原因
cause-damage = 损毁
cause-weather = 天气
cause-season = 非运营季节
planned-mass = 计划运量
places = 地点
places-empty = 尚无地点报告。
places-empty-next = 读取含地点或范围的电文后显示。
basis = 依据
basis-observed = 观测
basis-model = 模型估算
residents = 人口
first-needs = 首要需求
reach-title = 相关当事方
reach-empty = 尚无相关当事方。
reach-empty-next = 与当事方开启事项后显示。

## Messages

messages = 收到的电文
messages-empty = 尚未读取电文。
messages-empty-next = 收到的每份电文均原样列于此处。
message = 电文
message-sent = 发布时间
message-hazards = 灾害
message-kind = 类型
message-alert = 首次发布
message-update = 更新
message-cancel = 取消
message-digest = 接收字节的 SHA-256
headline = 标题

## Severity

severity = 烈度、风力或预警
severity-shaking = 烈度 { $intensity }
severity-wind = 风速 { $speed } 米/秒以上
severity-warned = { $hazard }：{ $degree }
severity-counted = 灾情统计
threshold-shaking = 日本气象厅 5强（MMI 7）
threshold-wind = 风速 33 米/秒
threshold-warned = 警报级预警
legend-wind = 最大风速
legend-warned = 预警等级

## Outlines

map-event-sentence-plain = 受灾区域地图：已报告地点 { $places } 处，估计紧急转移安置 { $displaced } 人。相同数据见“地点”表。
map-eye = 台风中心
map-wind = { $speed } 米/秒
map-wind-ahead = { $speed } 米/秒 · { $time }
outlines = 地图上的区域和圆：{ $count }
outlines-title = 电文划定的区域和圆
outline = 类型
outline-where = 位置
outline-area = 预警区域
outline-circle = 预警圆
outline-wind = 风圈
outline-wind-ahead = 风圈（预报）
outline-wind-of = 风速 { $speed } 米/秒以上
outline-wind-ahead-of = 预报：风速 { $speed } 米/秒以上
outline-circle-at = { $point }，半径 { $radius } 千米
outline-between = { $from } 至 { $to }
degrees-north = 北纬 { $degrees }°
degrees-south = 南纬 { $degrees }°
degrees-east = 东经 { $degrees }°
degrees-west = 西经 { $degrees }°

## People

people = 人员
people-note = 各地点合计的估算值。横条从零到各自范围的上限，竖线为中间值。
factors = 估算系数
factors-version = 估算系数：{ $version } 版。
between = { $low } 至 { $high }
residents-meaning = 受灾地点的全部常住人口，其中多数并不需要外部援助。
people-evacuated = 紧急避险转移人口（峰值）
people-evacuated-meaning = 人数最多时离家的全部人员，包括仅转移一夜和按指令撤离的人员。
people-displaced-meaning = 危险过后因房屋损毁或停水仍不能回家的人员。多数需求据此估算。
without-water = 停水人口
without-water-meaning = 无论住在何处，饮用水需求均据此估算。
deaths = 死亡
deaths-meaning = 整个灾害的模型估算或统计值，不用于估算需求。
deaths-untold = 此类灾害目前没有估算死亡人数的方法。
range-of-displaced = 安置人口范围

## Sources of the figures

sources-of = 数据来源：{ $place }
message-behind = 数据所依据的电文
needs-of-place = 本地需求及其估算系数
need-rate = 计算方式
need-per-day = 每日
need-once = 一次性
factor-source = 系数来源

## How the estimate moved

moves = 估算的变化
moves-empty = 尚无估算。
moves-empty-next = 每收到一份电文或统计即重新估算，并与上一次并列显示。
moves-one = 目前估算 1 次：转移安置 { $central } 人，范围 { $low } 至 { $high } 人。
moves-sentence = 估算 { $count } 次：转移安置人数由 { $first } 变为 { $central }，目前范围 { $low } 至 { $high }。
moves-modelled = 依据电文
moves-counted = 已计入统计
moves-difference = 增减
moves-new-factors = 新估算系数：{ $version }
moves-rests = 依据 { $count } 份电文

## Situation reports

situations = 灾情报告
situations-empty = 尚未收到灾情报告。
situations-empty-next = 各方统计和查明的情况以原文列于此处；有统计的项目以统计取代模型。
situation-of = { $province }：{ $party }报告
