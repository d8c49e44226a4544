### The plan: what moves by when, what stays undone, and how good that is at most.

plan-title = 方案：{ $title }
plan-empty = 没有需要规划的内容。
plan-empty-next = 需要有已报告需求的事件。需求一经报告或方案一经选定，即显示在此。
plan-chosen = 选定方：{ $party } ·
plan-reckoned = 仅为测算，尚未选定。基准时间：
plan-to-fresh = 查看此刻会得出的方案
plan-to-chosen = 返回已选定的方案
plan-findings = 未纳入方案：{ $count } 项
plan-filter = 显示的物资
plan-filter-all = 全部

## What it achieves

plan-served = 减轻的负担
plan-half = 减轻一半所需时间
plan-nine-tenths = 减轻九成所需时间
plan-worst = 最大缺口比例
plan-worst-at = { $place }，{ $commodity }
plan-hours = { $hours } 小时
plan-never = 本期内无法达到

## The proof

plan-proof = 已证明：任何方案都无法使负担与成本低于无救援时负担的 { $bound }。本方案为 { $objective }，差距在 { $gap } 以内。
plan-rounding = 因取整数单位而损失 { $share }。
plan-prove = 重新证明
plan-prove-how = 任何人只要有这三份文本，无需本节点即可重新算出界限。每份文本的摘要即其名称。
plan-problem = 问题
plan-certificate = 证明书
plan-digest = 方案

## The map and its clock

plan-map = 何时运送何物
plan-map-sentence = 第 { $hour } 小时的方案地图：{ $links } 个区段，{ $all } 中 { $left } 已出发，{ $there } 已到达；{ $closed } 条线路有关闭时段。“计划调运”表中有相同数据。
plan-moved = 届时 { $all } 中 { $left } 已出发，{ $there } 已到达。
plan-play = 播放
plan-pause = 暂停
plan-hour = 小时
plan-hour-of = 共 { $last } 小时，第 { $hour } 小时
plan-legend-moving = 仍在此区段途中；粗细表示重量
plan-legend-there = 全部到达；粗细表示重量
plan-legend-closed = 有关闭时段
plan-at-hour = 此时
plan-there = 已到达
plan-moving = 在途
plan-waiting = 未出发
plan-own = 自有库存
plan-left = 发运{ $sent }，到达{ $left }
plan-lies-there = 已在当地

## Pallets and vehicles

plan-loads = 各线路每日的托盘与车辆
plan-loads-empty = 没有用车辆或集装箱运送的物资。
plan-loads-empty-next = 方案经由装运托盘的线路运送物资时，此处显示托盘和车辆。
plan-pallets = { $pallets } + 散件 { $loose }
plan-day = 第几天
plan-day-from = 当日开始
plan-vehicle = 装载工具
plan-vehicles = 数量
plan-broken = 混装托盘
plan-loaded = 装成 { $pallets } 个整托盘和 { $broken } 个未满托盘；各线路合计发出 { $vehicles } 辆（箱），托盘位空余 { $positions }，载重空余 { $mass }。
plan-loading-free = 按托盘和车辆装载不增加负担：没有物资留下，也没有物资推迟出发。
plan-loading-cost = 按托盘和车辆装载使负担增加，相当于无救援时负担的 { $share }：因托盘位不足，{ $left } 留下，{ $delayed } 推迟出发。

## What stays undone

plan-over-time = 自始至终的缺口
plan-bars = 缺口：开始 { $first }，最高 { $most }，结束 { $last }
plan-share-unmet = 缺口比例
plan-burden-share = 占全部负担
plan-needs = 需求数
plan-binds = 最大的制约
plan-binds-note = 每项需求计入对其影响最大的制约。多项需求可能指望同一批物资，故比例为上限。

## What would help

plan-next = 接下来最有帮助的改变
plan-next-note = 每项均单独重新规划；收益为占无救援时负担的比例，不可相加。
plan-next-empty = 所试的单项改变均无帮助。
plan-next-empty-next = 若有多项制约同时起作用，见上表。
plan-change = 改变
plan-gain = 收益
plan-between = 最优方案之差
plan-sure = 证明
plan-sure-yes = 确定有益
plan-sure-no = 不能确定
plan-next-open-link = 开通线路
plan-next-larger-link = 线路运力增加一成
plan-next-resume-clause = 恢复适用条款
plan-next-larger-ceiling = 上限提高一成
plan-next-larger-port = 装卸能力提高一成
plan-next-make-agreement = 签订尚缺的协议
plan-next-larger-stock = 储备增加一成
plan-next-lay-in = 预先储备需求量的一成

## Against the plan before

plan-changes = 与前一方案相比的变化
plan-changes-note = 未变：{ $kept } 项。已出发而无法更改：{ $past } 项。前一方案开始于：
plan-changes-empty = 没有变化。
plan-changes-empty-next = 前一方案的全部运送均不变。
plan-before = 之前
plan-now = 现在
plan-arrived-before = 之前的到达
plan-replan-added = 新增
plan-replan-dropped = 取消
plan-replan-larger = 增加
plan-replan-smaller = 减少
plan-replan-later = 推迟
plan-replan-sooner = 提前
plan-replan-rerouted = 改道
plan-cause-link-closed = 线路关闭
plan-cause-link-open = 线路恢复
plan-cause-agreement-stopped = 条款中止
plan-cause-agreement-resumed = 条款恢复适用
plan-cause-stock-less = 库存减少
plan-cause-stock-more = 库存增加
plan-cause-need-more = 需求增加
plan-cause-need-less = 需求减少
plan-cause-under-way = 部分已下单
plan-cause-whole-plan = 整体而言更优
plan-under-way = 已下单
plan-under-way-note = 方案视其为既定：需求与库存均已扣除。
