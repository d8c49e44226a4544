# Whether help would arrive: running scenarios, merging shards, and what a run means.

readiness-progress = {$of} 个情景中的 {$done} 个
readiness-left = 约剩 {$minutes} 分钟
readiness-left-hours = 约剩 {$hours} 小时 {$minutes} 分钟
readiness-stopped = 已按要求停止：{$of} 个情景中完成 {$done} 个，保存在 {$folder}。
readiness-resume = 再次运行同一命令即可继续。
readiness-complete = {$count} 个情景已全部完成，表格在 {$folder}/tables。
readiness-job = 任务
readiness-shard = 分片
readiness-next-report = 查看结果：pumasi readiness report {$folder}
readiness-next-merge = 所有分片完成后：pumasi readiness merge DIR… --out DIR

title-readiness = 备灾水平
readiness-sample = 依据抽取的 {$scenarios} 个情景（种子 {$seed}），其中 {$harmful} 个需要援助。按权重相当于均匀抽取的 {$effective} 个，代表每年 {$yearly} 次灾害。
readiness-intervals = 括号内为对情景重抽样 {$resamples} 次时包含 {$percent}% 的区间，不含模型本身的误差。
readiness-person-days = 人日：一人一天得不到与饮用水同等紧要的物资。
readiness-input = 此处的中止、切断和增加均为模型的假设输入，并非对任何国家的预测。
readiness-none = 无。
readiness-all = 合计
readiness-hours = {$hours} 小时
readiness-never = 时间自计划开始起算；∞ 表示计划期内未能送达。
readiness-local-note = 仅靠地方合作：只保留省级和市县之间的协议与各自的储备，不计国家间协议和依国内法的援助。

title-readiness-unmet = 未满足量：与毫无援助时相比的比例
title-readiness-times = 援助到达的时间：一半与九成
title-readiness-places = 缺口最大的地方
title-readiness-dependence = 来自邻国和邻近地区的援助（按国家）
title-readiness-steps = 单位成本最有帮助的下一步
title-readiness-cuts = 假设中止或切断时的损失
title-readiness-substitutes = 假设协议中止时增减的提供方
title-readiness-drills = 演练（不计入以上数字）

column-readiness-scenarios = 情景
column-readiness-unmet = 未满足
column-readiness-p10 = 最低一成
column-readiness-p50 = 中位数
column-readiness-p90 = 最高一成
column-readiness-local = 仅靠地方合作
column-readiness-half-p50 = 一半：中位数
column-readiness-half-p90 = 一半：十之九
column-readiness-ninety-p50 = 九成：中位数
column-readiness-ninety-p90 = 九成：十之九
column-readiness-days = 每年人日
column-readiness-country = 国家
column-readiness-agreement = 依据
column-readiness-share = 比例
column-readiness-rank = 名次
column-readiness-step = 下一步
column-readiness-saved = 减少的缺口
column-readiness-cost = 每年费用（美元）
column-readiness-per-cost = 每千美元人日
column-readiness-cut = 假设
column-readiness-lost = 增加的缺口
column-readiness-change = 变化
column-readiness-displaced = 转移安置人数

readiness-cut-national-ties = 切断国家层面的合作，仅留地方合作
readiness-cut-link = 切断线路 {$link}
readiness-suspend = 中止 {$agreement}
readiness-suspend-clause = 中止 {$agreement}：{$clause}

failure-readiness = 无法运行情景
    .help = 请检查资料库；`pumasi agreement check` 会指出协议的缺陷
failure-readiness-folder = 无法使用运行文件夹
    .help = 请检查权限和剩余空间，或用 `--out` 指定其他文件夹
failure-readiness-in-use = 另一进程正在使用运行文件夹
    .help = 请等待其结束，或用 `--out` 指定其他文件夹
failure-readiness-other = 文件夹中是另一次运行
    .help = 要继续该次运行请使用相同选项，否则请用 `--out` 指定其他文件夹
failure-readiness-unfinished = 运行尚未完成
    .help = 再次执行同一 `pumasi readiness run` 即可继续
failure-shards = 这些文件夹不构成同一次运行
    .help = 请指定同一任务所有分片的文件夹，每个一次且均已完成
failure-commodities = `{$given}` 不是物资的指定
    .help = 请给出 1 至 {$most} 的数字、以逗号分隔的标识，或 all

# Help.

help-readiness = 备灾水平：以大量情景检验援助能否送达
help-readiness-run = 运行情景，或继续已停止的运行
help-readiness-run-scenarios = 抽取的情景数
help-readiness-run-seed = 抽取所用的种子
help-readiness-run-year = 情景所在年份；协议和线路按该年的状态
help-readiness-run-season = 仅限该季节发生的灾害
help-readiness-run-drills = 同时运行演练
help-readiness-run-periods = 计划的时段数
help-readiness-run-hours = 每个时段的小时数
help-readiness-run-delay = 从发生到计划开始的小时数
help-readiness-run-commodities = 计划的物资：按重要性取前几种、以逗号分隔的标识，或 all
help-readiness-run-counterfactuals = 假设有何不同；为模型输入，并非对国家的预测
help-readiness-run-unreachable = 无法联系的一方；可重复
help-readiness-run-drafts = 将草案视为已生效
help-readiness-run-threads = 同时处理的情景数；省略则为处理器的一半
help-readiness-run-shard = 共几片中的第几片，例如 3/8
help-readiness-run-out = 运行文件夹
help-readiness-merge = 将所有分片的文件夹合并为一次运行
help-readiness-merge-shards = 各分片的文件夹
help-readiness-merge-out = 要生成的文件夹
help-readiness-report = 说明一次运行的含义，每个数字附样本与区间
help-readiness-report-folder = 运行文件夹
help-readiness-report-csv = 将所有数字输出为逗号分隔值
