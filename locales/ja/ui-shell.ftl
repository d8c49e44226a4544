### Words of the frame around every page, and words that several pages share.

product = プマシ
skip = 本文へ移動
pages = ページ
language = 言語
loading = 読み込み中
try-again = 再試行
nav-situation = 状況
nav-case = 支援経過
nav-agreements = 合意
nav-nodes = ノード
nav-report = 事後報告
page-situation = 状況
page-case = 支援経過
page-agreements = 合意
page-agreement = 合意
page-nodes = ノード
page-report = 事後報告書
page-unknown = 不明なページ
unknown-page = このアドレスにページはありません。
unknown-page-next = 上のメニューからページを選んでください。
case-choice = 表示する災害
case-choice-rehearsed = { $title }（{ $status }）
live-connecting = 接続中
live-live = 随時更新
live-broken = 接続断
footer-times = JSTは日本、KSTは韓国（ともにUTC+9）、CSTは中国（UTC+8）の標準時です。
footer-node = ノード：{ $party }、バージョン { $version }

## Exercise and test

status-banner = このページの区分
banner-exercise = 訓練 – 訓練 – 訓練
banner-exercise-detail = このページの内容は実際の事態ではありません。訓練中の行為から義務は一切生じません。
banner-test = 試験 – 試験 – 試験
banner-test-detail = 技術試験です。このページの内容は実際の事態ではありません。
status-actual = 実際
status-exercise = 訓練
status-test = 試験
owes-nothing = 訓練：債権・債務は生じません。

## Failures, by the side that failed

fault-link = このブラウザから自ノードに接続できません。
fault-link-help = ケーブルとネットワーク、ノードの稼働を確認してください。入力内容は保持されています。
fault-session = ノードがこのブラウザを認識できなくなりました。
fault-session-help = ノードが出力した接続用リンクを開いてから、このページに戻ってください。入力内容はこのタブを閉じるまで保持されます。
fault-absent = このアドレスに該当する内容は自ノードにありません。
fault-absent-help = まだ届いていないか、このノードとは共有されていない可能性があります。アドレスを確認するか、状況のページに戻ってください。
fault-form = 送信内容をノードが処理できませんでした。
fault-form-help = 入力欄を確認して再送信してください。入力内容は保持されています。
fault-neighbour = 相手方のノードが応答しませんでした。
fault-neighbour-help = 自ノードは正常です。どの当事者がいつから無応答かをノードのページで確認し、電話で連絡してください。
fault-ours = 自ノードで障害が発生しました。
fault-ours-help = 再試行し、繰り返す場合はノードの運用担当者に連絡してください。入力内容は保持されています。
stale = このページを更新できませんでした。
stale-since = 表示内容の受信時刻：

## Tables, lists and figures

figure-as-table = 表で表示
show-more = ほか{ $count }件を表示
show-fewer = 折りたたむ
show-earlier = 以前の{ $count }件を表示
show-latest = 最新のみ表示
list-separator = 、
search-hint = 名称またはコードを入力
search-none = 該当する項目がありません。
none = –
nobody = なし
never = なし
not-yet = 未了
not-heard = 未受信
not-arrived = 到着なし
share = { $part }／{ $whole }
range = （{ $low }～{ $high }）
times = { $count }件
as-of = 基準時刻
since = 開始日

## Units

unit-ea = { $amount }個
unit-ltr = { $amount } L
unit-kgm = { $amount } kg
unit-day = { $amount }人日
unit-kwh = { $amount } kWh
unit-tonne = { $amount } t
unit-name-ea = 個
unit-name-ltr = リットル
unit-name-kgm = キログラム
unit-name-day = 人日
unit-name-kwh = キロワット時
kilometres = { $count } km
per-day = ／日
duration-minutes = { $minutes }分
duration-hours = { $hours }時間{ $minutes }分
duration-days = { $days }日{ $hours }時間

## Words that several pages share

party = 当事者
commodity = 品目
amount = 数量
place = 地域
cause = 原因
clause = 条項
clauses = 条項
why = 理由
time = 時刻
status = 区分
stage = 段階
source = 出典
sources = 出典
matter = 案件
digest = ダイジェスト
neighbour = 相手方
settlement = 精算
due = 期限
plain-words = 平易な説明
departs = 出発
arrives = 到着
way = 経路
reach = 接続
reach-yes = 応答あり
reach-no = 無応答
last-heard = 最終受信
comparison = 照合
event-origin = 発生時刻
need-bar = 進捗
need-needed = 所要
need-stock = 現地備蓄
need-first-tranche = 第1便
need-first-tranche-why = 第1便は、3日分の所要の下限から現地備蓄と受諾済みの量を差し引いた量です。どの場合でも必要となる量であり、次の便は次の電文を見て決められます。
need-requested = 要請
need-committed = 受諾
need-shipped = 発送
need-received = 受領
need-unmet = 不足
meaning-done = 完了
meaning-moving = 進行中
meaning-waiting = 対応待ち
meaning-stopped = 停止
meaning-unknown = 不明
meaning-ahead = 未到達
case-empty = 登録された災害はまだありません。
case-empty-next = 警報の受信または訓練の開始により登録されます。
shared-empty = 共有中の案件はありません。
shared-empty-next = 相手方を共有先に含めて案件を開設すると共有が始まります。
settlement-gift = 贈与
settlement-reimbursement = 償還
settlement-replacement-in-kind = 同種物による返還
settlement-equal-value = 等価交換
settlement-loan = 貸与
obligation-accrued = 発生
obligation-billed = 請求済み
obligation-due = 期限到来
obligation-overdue = 期限超過
obligation-discharged = 履行済み
obligation-confirmed = 履行確認済み
obligation-converted = 転換済み
obligation-disputed = 異議あり
obligation-waived = 免除
compared-equal = 一致
compared-unequal = 不一致
compared-behind = 受信遅れ
compared-diverged = 状態の相違
compared-unknown = 未受信
kind-open-matter = 案件の開設
kind-relay-alert = 警報の伝達
kind-report-needs = 所要量の報告
kind-choose-plan = 計画の採択
kind-request-resource = 要請
kind-offer-resource = 申出
kind-requisition-resource = 発注
kind-commit-resource = 受諾
kind-decline-resource = 辞退
kind-push-resource = プッシュ型支援
kind-dispatch-shipment = 発送
kind-receive-resource = 受領
kind-bill-obligation = 請求
kind-discharge-obligation = 履行
kind-confirm-discharge = 履行の確認

alarm = 警報
alarm-to = 理由と対処を見る
