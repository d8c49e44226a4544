### The situation: what broke, who is reachable, what moves.

situation-empty = 当前没有处置中的灾害。
situation-empty-next = 收到警报后，此处显示受灾地点、有应答的当事方和正在调运的物资。如需练习，请开始演练。
answers = 概览
answer-broke = 灾情
answer-reach = 联络情况
answer-moves = 调运计划
answer-gap = 无法满足的需求
people-displaced = 转移人员（人）
worst-place = 最重：{ $place }，烈度 { $intensity }
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
event-source = 来源
event-messages = 已收电文

## Maps

maps = 地图
map-event = 受灾区域
map-region = 线路与调运
map-event-sentence = 受灾区域地图：已报告地点 { $places } 处，其中日本气象厅 5强（MMI 7）及以上 { $strong } 处，估计转移 { $displaced } 人。相同数据见“地点”表。
map-region-sentence = 区域地图：线路 { $links } 条，其中未正常运行 { $cut } 条；单条线路最大计划运量 { $mass }。相同数据见“计划调运”表和“线路”表。
map-disclaimer = 本地图所示边界和地名不代表任何一方的正式认可或接受。
map-epicentre = 震中
legend-intensity = 烈度 日本气象厅（MMI）
legend-class = { $jma }（{ $mercalli }）
legend-flow = 计划调运：粗细表示重量
legend-circle = 地点：面积表示转移人数
intensity = 烈度
intensity-5-lower = 5弱
intensity-5-upper = 5强
intensity-6-lower = 6弱
intensity-6-upper = 6强

## Tables

situation-needs = 需求与援助进度
situation-no-needs = 尚无需求估算。
situation-no-needs-next = 读取含烈度的警报后即估算需求。
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
cause-relations = 政府间关系
cause-pandemic = 疫情
cause-operator = 运营方原因
cause-damage = 损毁
cause-weather = 天气
cause-season = 非运营季节
planned-mass = 计划运量
places = 地点
places-empty = 尚无地点报告。
places-empty-next = 读取含烈度的电文后显示地点。
basis = 依据
basis-observed = 观测
basis-model = 模型估算
residents = 人口
first-needs = 首要需求
reach-title = 相关当事方
reach-empty = 尚无相关当事方。
reach-empty-next = 与当事方开启事项后显示。
