### The life of an agreement: how it stands, its drafts, what was said, and the steps open here.

page-life = 协议的缔结与效力
agreement-parts = 本协议的内容
part-text = 条文
part-life = 缔结与效力
text-none = 本节点尚无该协议的条文。
text-none-next = 草案和本方可采取的步骤见“缔结与效力”。
life-empty = 尚无关于本协议的记录。
life-empty-next = 当事方提议缔结协议，或将已有文本存录后，即有记录。
life-choice = 显示的事项
life-choice-line = { $status } · { $matter }
another-life = 新事项
another-life-note = 每项协议只有一个实际事项。演练另立事项进行。

## How it stands

standing = 现行效力
standing-now = 现状
standing-on = 截至
standing-since = 生效日期
standing-ends = 失效首日
standing-ends-open = 未定
force = 可否作为实际行为的依据
force-rehearsed = 可否作为演练或测试行为的依据
force-binding = 可以
force-none = 不可以
force-disputed = 当事方解释不一
waits-for = 待其采取步骤
audience-of-life = 共享范围
readings = 当事方的解释
readings-note = 协议未规定何种解释正确，此处亦不取任何一种。
reading-ends = 失效首日：
reading-ends-open = 未定
dates = 须留意的日期
dates-empty = 没有须留意的日期。
date-what = 内容
date-day = 日期
date-left = 剩余天数
days-left = { $count ->
    [0] 今日
   *[other] 还有 { $count } 天
  }
days-past = { $count ->
   *[other] 已过 { $count } 天
  }

## Drafts

versions = 草案
versions-empty = 尚无草案。
versions-empty-next = 由一方提交草案，各当事方对同一文件草签并签署。
version-number = 版次
version-by = 提交
version-bytes = { $count } 字节
version-initialled = 草签
version-signed = 签署
version-ratified = 通知国内程序完成
version-enters = 生效日期
version-in-force = 现行有效
draft-number = 草案第 { $version } 版
digest-in-full = 显示完整摘要
copy = 复制
copied = 已复制
compare = 比较两个版本
compare-from = 旧版
compare-to = 新版
compare-in-use = 第 { $version } 版与本节点现用文本的比较。
diff-equal = 两个文本相同。
diff-layout = 两个文本内容相同，仅注释或排版不同。摘要不同，须分别签署。
diff-place = 条款次序
effects = 新版带来的变化
effects-none = 许可和禁止的事项与旧版相同。
diff-head = 条款以外
diff-clauses = 条款：变更 { $changed }，未变 { $same }
diff-show-same = 同时显示未变条款
diff-before = 变更前
diff-after = 变更后
diff-absent = 该版本无此条款。
diff-fields = 不同之处：{ $count }
change-same = 未变
change-changed = 变更
change-added = 新增
change-removed = 删除
change-moved = 移位

## Suspension and end

suspensions = 中止效力
suspended-what = 中止范围
suspended-whole = 整个协议
suspended-from = 首日
suspended-until = 中止结束首日
suspension-state = 状态
suspension-holds = 中止中
suspension-over = 中止已结束
suspension-lifted = 解除日期
cause-given = 所述理由
endings = 终止通知与商定终止
notices = 终止通知
notice-by = 通知方
notice-given = 通知日期
notice-ends = 失效首日
notice-steps = 其后步骤
notice-step-suspend = 中止通知效力
notice-step-resume = 解除通知效力中止
notice-step-withdraw = 撤回通知
notice-earliest = 最早失效日：
ends-agreed = 已同意终止的当事方
end-agreed-day = 失效首日
survival = 终止后继续有效的条款
survival-note = 协议终止后，下列条款继续具有约束力。已发生的债务不论有无条款均不消灭。
survival-clauses = 条款
survival-lasts = 期限
survival-open = 无期限
survival-by = 依据条款
life-events = 经过记录
event-refused = 已签署，但不允许

## Steps

life-steps = 本方可采取的步骤
life-steps-empty = 目前没有可采取的步骤。
step-of-version = { $step }（第 { $version } 版）
propose = 提议缔结协议
propose-known = 提议本节点现用文本
propose-note = 将与当事方共同开启事项，并将文本作为草案第 1 版提交。签署之前不约束任何一方。
propose-next = 前往缔结与效力页面
agreement-file = 协议文件（TOML）
file-choose = 选择文件
file-exactly = 文本按文件原样发送；各当事方签署逐字节相同的文件。
file-unread = 该文件不是 UTF-8 文本。
go-to-line = 转到第 { $line } 行第 { $column } 列
skimmed = 文本所载：
not-found-in-text = 文本中未找到
party-unknown = { $id }（目录中没有）
field-status = 实际、演练或测试
audience-note = 文本的当事方均共享该事项。如有其他需要阅知的当事方，请添加。
field-audience = 另行共享对象
audience-remove = 不再共享：{ $party }
remove = 移除
compare-by-telephone = 请通过电话与其他当事方核对版次和摘要，一致方可继续。
compared = 已经核对，完全一致。
field-scope = 中止范围
scope-clauses = 部分条款
scope-whole = 整个协议
field-clauses = 拟中止的条款
field-from = 首日（空白为今日）
field-until = 中止结束首日（空白为无期限）
field-ends-notice = 失效首日（空白为最早之日）
field-ends = 失效首日
field-cause = 理由
field-cause-note = 以本方措辞填写；各当事方均可阅知，并留存记录。
field-officers = { $needed ->
    [1] 签署人
   *[other] 签署人（须为 { $needed } 名不同人员）
  }
officers-lacking = { $count ->
   *[other] 还须 { $count } 人签署。可签署的主管人员：{ $others }
  }
officers-short = 须签署人数：{ $needed }。本节点有授权和密钥的主管人员：{ $here }。
officers-short-next = 请在本节点登记所缺主管人员，或变更授权。
gaps = 尚需填写：{ $gaps }。
gap-officers = 签署人
gap-text = 文本
gap-compared = 与其他当事方核对
gap-scope = 中止范围
gap-clauses = 至少一项条款
gap-span = 晚于首日的结束日
gap-ends = 日期
gap-ends-early = 不早于最早之日的日期
gap-cause = 理由
take-propose = 签署并提议
take-draft = 签署并提交
take-initial = 草签
take-sign = 代表本方签署
take-ratify = 签署并通知
take-suspend = 签署并中止效力
take-resume = 签署并解除中止
take-give-notice = 签署并发出终止通知
take-suspend-notice = 签署并中止通知效力
take-resume-notice = 签署并解除中止
take-withdraw-notice = 签署并撤回通知
take-agree-termination = 签署并同意终止
step-refused = 该步骤不予允许，未发送任何内容。
step-taken = 已签署并完成
acts-made = 已记录的行为：
relayed = 通知依据本协议的事项
relayed-done = 已通知
relayed-refused = 该事项不予允许：
close = 关闭
