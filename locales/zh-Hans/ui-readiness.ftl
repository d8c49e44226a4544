### Whether help would arrive: what stays unmet over many scenarios, and what would change it.

nav-readiness = 备灾水平
page-readiness = 备灾水平

## What the figures rest on

readiness-lead = 若灾害发生会怎样：缺口有多大、援助何时到达、谁依靠谁，以及作何改变可以改善。
readiness-run = 运行
readiness-runs = 尚不能显示的运行
readiness-progress = 运行 { $run }：{ $of } 个情景中的 { $done } 个
readiness-fault = 运行 { $run }：无法读取
readiness-absent = 没有名为 { $run } 的运行。
readiness-absent-next = 可能已被移动或改名。
readiness-newest = 显示最新的运行
readiness-empty = 尚无完成的运行。
readiness-empty-next = 一次运行针对许多可能发生的灾害制定方案，并统计缺口。用以下命令开始；进度和结果会显示在这里。
readiness-without = 此次运行没有可显示的数字。
readiness-without-next = 请在上方选择已完成的运行。
readiness-coming = 运行正在进行。
readiness-coming-next = 全部情景完成后，数字会显示在这里。
readiness-sample = 运行 { $run } 依据抽取的 { $scenarios } 个情景（种子 { $seed }），其中 { $harmful } 个需要援助。按权重相当于均匀抽取的 { $effective } 个，代表每年 { $yearly } 次灾害。
readiness-intervals = 括号内为对情景重抽样 { $resamples } 次时包含 { $percent }% 的区间，不含模型本身的误差。
readiness-input = 此处的中止、切断和增加均为模型的假设输入，并非对任何一方的预测。
readiness-person-days = 人日：一人一天得不到与饮用水同等紧要的物资。
readiness-job = 运行内容
readiness-year = 年份
readiness-season = 季节
readiness-season-all = 全年
readiness-season-spring = 春
readiness-season-summer = 夏
readiness-season-autumn = 秋
readiness-season-winter = 冬
readiness-planned = 计划期
readiness-planned-is = { $hours } 小时（{ $periods } 期，每期 { $each } 小时）
readiness-delay = 计划开始
readiness-delay-is = 灾害发生后 { $hours } 小时
readiness-drafts = 协议草案
readiness-drafts-count = 视为已生效
readiness-drafts-not = 不计入
readiness-unreachable = 无法联系的各方
readiness-asked = 假设有所不同的事项
readiness-asked-all = 中止、切断与下一步
readiness-asked-none = 无
readiness-asked-agreements = 中止协议
readiness-asked-links = 切断线路
readiness-asked-candidates = 下一步

## How much stays unmet

readiness-unmet = 缺口有多大
readiness-needs-nothing = 没有需要援助的情景。
readiness-all = 合计
readiness-now = 现状
readiness-local = 仅靠地方合作
readiness-local-note = 仅靠地方合作：只保留省级和市县之间的协议与各自的储备，不计国家间协议和依国内法的援助。
readiness-dots-title = { $commodity }：每 20 次灾害中，有几次缺多少
readiness-dots-now = 现状下，{ $all } 次灾害中有 { $none } 次没有缺口，{ $half } 次缺口过半。
readiness-dots-local = 仅靠地方合作时，{ $all } 次中有 { $none } 次没有缺口，{ $half } 次缺口过半。
readiness-dots-note = 每个圆点代表需要该物资的灾害的二十分之一。
readiness-share-unmet = 缺口比例
readiness-nothing = 没有缺口
readiness-dot = 圆点
readiness-half = 一半到达所需时间
readiness-ninety = 九成到达所需时间
readiness-arrival-now = 现状下，{ $all } 处受灾地中有 { $by } 处在 { $hours } 小时内到达，{ $never } 处在 { $horizon } 小时内未能到达。
readiness-arrival-local = 仅靠地方合作时，{ $all } 处中有 { $by } 处在 { $hours } 小时内到达，{ $never } 处在 { $horizon } 小时内未能到达。
readiness-hours-axis = 自计划开始起的小时数
readiness-beyond = { $hours } 小时内未能到达
readiness-hours = { $hours } 小时
readiness-unmet-all = 全部情景的未满足量：与毫无援助时相比的比例
readiness-scenarios = 情景
readiness-unmet-share = 未满足

## What to do next

readiness-steps = 下一步做什么
readiness-steps-note = 按每千美元减少的人日排序，横条为名次的区间。每一步均单独规划，并合计全部物资。费用为目录中的规划假设。
readiness-steps-none = 此次运行未考察可增加的内容。
readiness-steps-idle-all = 在任何情景中都没有确定有益的步骤。
readiness-steps-idle = 在任何情景中都不能确定有益的步骤：{ $count } 项
readiness-rank = 名次
readiness-step = 下一步
readiness-kind-agreement = 协议
readiness-kind-link = 线路
readiness-kind-stock = 储备
readiness-days-saved = 每年减少的人日
readiness-saved = 减少的缺口
readiness-cost = 每年费用（美元）
readiness-per-cost = 每千美元人日
readiness-helps-in = 有益的情景
readiness-unknown = 不详
readiness-on-map = 地图
readiness-show = 在地图上显示
readiness-shown = 正在地图上显示

## The map

readiness-map = 各地的前后对比
readiness-with = 有何不同
readiness-map-now = 现状下，{ $places } 地合计全部物资，每年缺 { $days } 人日；最多的是{ $worst }，{ $most } 人日。
readiness-map-then = 若“{ $step }”：缺口减小 { $better } 地，增大 { $worse } 地；可能在地区间转移而难以断定的 { $either } 地。
readiness-legend-now = 圆环：现状的每年人日
readiness-legend-after = 圆面：届时的每年人日
readiness-legend-better = 缺口减小
readiness-legend-worse = 缺口增大
readiness-legend-either = 难以断定：区间跨越零，可能在地区间转移
readiness-legend-largest = 面积成比例；本图最大：{ $days }
readiness-before = 之前：每年人日
readiness-after = 届时：每年人日
readiness-change = 变化
readiness-effect = 含义
readiness-effect-better = 缺口减小
readiness-effect-worse = 缺口增大
readiness-effect-either = 难以断定，可能在地区间转移
readiness-effect-none = 无变化
readiness-days = 每年人日
readiness-places = 缺口最大的地方
readiness-places-none = 各地均无缺口。
readiness-places-none-next = 在任何情景中都没有地方需要此物资。
readiness-half-median = 一半：中位数
readiness-ninety-median = 九成：中位数

## Who relies on whom, and what would be lost

readiness-dependence = 谁依靠谁
readiness-dependence-none = 没有依协议而来的援助。
readiness-dependence-none-next = 各国自有及依本国法律取得的，见下。
readiness-dependence-own = 自有储备与国内法：{ $count } 项
readiness-country = 国家
readiness-under = 依据
readiness-under-own = 自有储备
readiness-under-home = 国内法
readiness-share-got = 占该国所得的比例
readiness-cuts = 假设中止或切断时的损失
readiness-cuts-note = 以需要援助的 { $scenarios } 个情景计。另有 { $idle } 项中止或切断，在任何一次重抽样中都没有损失。
readiness-cuts-none = 不会有损失。
readiness-cuts-none-next = 此次运行未考察，或每项中止和切断都能弥补。
readiness-cut = 假设
readiness-cut-national-ties = 切断国家层面的合作，仅留地方合作
readiness-cut-link = 切断线路 { $link }
readiness-suspended = 中止 { $what }
readiness-harms-in = 造成损失的情景
readiness-unused-in = 完全未使用的情景
readiness-lost = 增加的缺口
readiness-days-lost = 每年增加的人日
readiness-substitutes = 由谁替代
readiness-substitutes-none = 没有提供方增减。
readiness-substitutes-none-next = 此次运行未考察，或中止任何协议都不改变提供方。
readiness-given = 提供量的变化

## Drills and files

readiness-drills = 演练（不计入以上数字）
readiness-drill = 演练
readiness-displaced = 转移安置人数
readiness-files = 本页所据文件
readiness-files-note = 所有值均为整数或文本：负担以千分之一计，权重和比例以百万分之一计。各表在任何机器上逐字节相同。
readiness-download = 下载
readiness-table = 表
readiness-holds = 每行表示
readiness-holds-report = 本页的数字及其区间
readiness-holds-scenarios = 一个情景
readiness-holds-needs = 某情景中的一地一物
readiness-holds-givers = 谁向何地提供什么
readiness-holds-links = 经哪条线路到达
readiness-holds-effects = 某项改变的最小和最大影响
readiness-holds-substitutes = 协议中止时增减的提供方
readiness-rows = 行数
