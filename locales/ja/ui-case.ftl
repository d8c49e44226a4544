### One case from need to settlement.

case-summary = 要請 { $requests } ・ 発注 { $orders } ・ 完結 { $closed } ・ 対応待ち { $waiting } ・ 不許可 { $refusals }
case-needs = 所要に対する受諾と受領
case-no-needs = 報告された所要はありません。
case-no-needs-next = 要請当事者が警報を読み込んだ後に所要を報告します。

## The lane

lane = 所要から精算まで
lane-caption = 段階ごとの各当事者の対応と、次に対応する当事者
lane-empty = 要請も申出もありません。
lane-empty-next = 最初の段階は、被災当事者による所要の報告または要請です。
lane-waiting = 要対応 { $count }件
lane-more = ほか{ $count }件
step-need = 所要
step-request = 要請
step-offer = 申出
step-order = 発注
step-shipment = 輸送
step-receipt = 受領
step-settlement = 精算
step-state = { $step }：{ $state }

## Offers

offers = 申出
offers-empty = 申出はありません。
offers-empty-next = 提供当事者が自ら、または要請に応じて申し出ます。
offer = 申出
deadline = 申出の期限
no-deadline = なし
offer-proposed = 申出中
offer-accepted = 受入れ
offer-accepted-late = 期限後の受入れ・回答待ち
offer-declined = 辞退
offer-withdrawn = 取下げ
offer-lapsed = 期限切れ
timeliness-unwitnessed = 受信の記録がまだない
timeliness-late-so-far = 現時点の記録では期限後
timeliness-in-time = 期限内
timeliness-late = 期限後
first-received = 最初の受信（{ $party }）：
late-binds-nobody = { $party }が期限後と承知のうえで受け入れるまで、誰も拘束しません。受け入れない場合は辞退するか、新たに申し出ます。

## Orders

orders = 発注
orders-empty = 発注はありません。
orders-empty-next = 発注は要請または申出に続きます。プッシュ型支援には事前同意が必要です。
order = 発注
from-to = 提供 → 受領
progress = 段階
next = 次の対応
pushed = プッシュ型支援：要請なしで発送
quantity-ordered = 発注
quantity-committed = 受諾
quantity-shipped = 発送
quantity-accepted = 受領
quantity-rejected = 不合格
quantity-short = 不足
unit-price = 単価：{ $sum }
stage-requisitioned = 発注済み・受諾待ち
stage-committed = 受諾済み・発送待ち
stage-refused = 辞退
stage-cancelled = 取消し
stage-in-fulfilment = 輸送中
stage-delivered = 到着
stage-accepted = 受領済み
stage-settling = 精算中
stage-closed = 完結

## Shipments

shipments = 輸送
shipments-empty = 発送された物資はありません。
shipments-empty-next = 提供当事者が受諾後に発送します。
shipment = 輸送
shipment-dispatched = 輸送中
shipment-received = 受領済み
pallets = パレット
received-at = 受領時刻
found = 受領の結果
found-detail = 受領 { $accepted } ・ 不合格 { $rejected } ・ 不足 { $short }

## Refusals

refusals = 不許可となった行為
refusals-empty = 不許可となった行為はありません。
refusals-empty-next = 不許可となった行為は、根拠の条項とともに記録に残ります。
act = 行為
record = 記録
refused-before-signing = 署名前に不許可

## Timeline

timeline = 時系列
timeline-note = 行為を因果の順に並べています。時刻は署名者の申告によります。
timeline-empty = 記録はまだありません。
timeline-empty-next = 最初の行為は案件の開設です。
act-verified = 署名検証済み
act-refused = 署名済み・不許可
signed-by = 署名：{ $officers }

## Matters

matters = 関係する案件
matters-empty = 案件はありません。
matters-empty-next = 案件は最初の行為により開設されます。
audience = 共有先
acts = 行為
acts-waiting = 先行行為の到着待ち

## Personal data

personal = 個人情報
personal-show = 表示
personal-hide = 隠す
personal-show-of = 行為 { $act } に添えられた個人情報を表示
personal-hide-of = 行為 { $act } に添えられた個人情報を隠す
personal-erased = このノードで消去済み
personal-missing = まだ受け取っていません。作成元のノードに残っていれば、次の交換で届きます。
personal-retracted = 作成した当事者の請求により個人情報を消去済み
personal-known-to = 確認済み：
personal-awaited = 未確認：
personal-retract = 個人情報の消去を請求
personal-retract-note = この行為に添えた文は、このノードで消去され、共有するすべてのノードでもこの請求を読み次第消去されます。行為と署名は残ります。
personal-retract-limits = 印刷や書き写したもの、バックアップ、手の届かない記録媒体にあるものは消去されません。
