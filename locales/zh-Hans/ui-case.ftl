### One case from need to settlement.

case-summary = 请求 { $requests } · 订单 { $orders } · 已结 { $closed } · 待处理 { $waiting } · 不允许 { $refusals }
case-needs = 需求与承诺、签收对照
case-no-needs = 尚无需求报告。
case-no-needs-next = 请求方读取警报后报告需求。

## The lane

lane = 从需求到结算
lane-caption = 各当事方在各阶段的行为，以及下一步由谁处理
lane-empty = 尚无请求或提供意向。
lane-empty-next = 第一步由受灾方报告需求或提出请求。
lane-waiting = 待处理 { $count } 项
lane-more = 另有 { $count } 项
step-need = 需求
step-request = 请求
step-offer = 提供意向
step-order = 订单
step-shipment = 运输
step-receipt = 签收
step-settlement = 结算
step-state = { $step }：{ $state }

## Offers

offers = 提供意向
offers-empty = 尚无提供意向。
offers-empty-next = 提供方可主动提出，或在收到请求后提出。
offer = 提供意向
deadline = 提供期限
no-deadline = 无
offer-proposed = 已提出
offer-accepted = 已接受
offer-accepted-late = 逾期接受，待答复
offer-declined = 已谢绝
offer-withdrawn = 已撤回
offer-lapsed = 已过期
timeliness-unwitnessed = 尚无收到的记录
timeliness-late-so-far = 按现有记录为逾期
timeliness-in-time = 按期
timeliness-late = 逾期
first-received = 最先收到（{ $party }）：
late-binds-nobody = 在{ $party }明知逾期仍予接受之前，对任何一方均无约束力；不接受的，可谢绝或重新提出。

## Orders

orders = 订单
orders-empty = 尚无订单。
orders-empty-next = 订单由请求或提供意向产生；主动支援须有事先同意。
order = 订单
from-to = 提供方 → 接收方
progress = 阶段
next = 下一步
pushed = 主动支援：未经请求发运
quantity-ordered = 订购
quantity-committed = 承诺
quantity-shipped = 发运
quantity-accepted = 接收
quantity-rejected = 拒收
quantity-short = 短少
unit-price = 单价：{ $sum }
stage-requisitioned = 已订购，待承诺
stage-committed = 已承诺，待发运
stage-refused = 已谢绝
stage-cancelled = 已取消
stage-in-fulfilment = 运输中
stage-delivered = 已送达
stage-accepted = 已接收
stage-settling = 结算中
stage-closed = 已结

## Shipments

shipments = 运输
shipments-empty = 尚无发运。
shipments-empty-next = 提供方承诺后发运。
shipment = 运输
shipment-dispatched = 运输中
shipment-received = 已签收
pallets = 托盘
received-at = 签收时间
found = 签收结果
found-detail = 接收 { $accepted } · 拒收 { $rejected } · 短少 { $short }

## Refusals

refusals = 不允许的行为
refusals-empty = 没有不允许的行为。
refusals-empty-next = 不允许的行为连同所依据的条款留存记录。
act = 行为
record = 记录
refused-before-signing = 签署前不予允许

## Timeline

timeline = 时间线
timeline-note = 行为按因果顺序排列，时间为签署方所声明。
timeline-empty = 尚无行为。
timeline-empty-next = 第一项行为是开启事项。
act-verified = 签名已验证
act-refused = 已签署，但不允许
signed-by = 签署：{ $officers }

## Matters

matters = 相关事项
matters-empty = 没有事项。
matters-empty-next = 事项随第一项行为开启。
audience = 共享范围
acts = 行为
acts-waiting = 等待前置行为

## Personal data

personal = 个人信息
personal-show = 显示
personal-hide = 隐藏
personal-show-of = 显示行为 { $act } 所附的个人信息
personal-hide-of = 隐藏行为 { $act } 所附的个人信息
personal-erased = 已在本节点删除
personal-missing = 尚未收到。如作成方节点仍保存，将在下次交换时送达。
personal-retracted = 已应作成方要求删除个人信息
personal-known-to = 已获知：
personal-awaited = 尚未确认：
personal-retract = 要求删除个人信息
personal-retract-note = 此行为所附的文字将在本节点删除；共享该行为的各节点一经读到此要求也会删除。行为本身及其签名保留不变。
personal-retract-limits = 已打印或抄录的内容、备份以及无法触及的存储介质中的内容不会被删除。
