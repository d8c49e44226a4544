### What the command says.

## Labels

label-error = エラー:
label-why = 理由:
label-help = 対処:
label-usage = 使い方:
label-commands = コマンド:
label-arguments = 引数:
label-options = オプション:
label-options-short = オプション
label-command-short = コマンド
label-possible = [選択肢: { $values }]
label-default = [既定値: { $values }]
label-environment = [環境変数: { $values }]
label-reason = 理由
label-missing = 不足しているもの
label-command = コマンド
ask-alternatives = 代わりにできること
settlement-days = { $mode }（{ $days }日以内）
settlement-days-else = { $mode }（{ $days }日以内。できない場合は{ $later }日以内に償還）

## Faults of the command line

usage-unknown-command = `{ $given }`というコマンドはありません
    .help = `{ $command } --help`を参照してください
usage-unknown-argument = `{ $given }`という引数はありません
    .help = `{ $command } --help`を参照してください
usage-value-missing = `{ $argument }`の値がありません
    .help = `{ $command } --help`を参照してください
usage-bad-value = `{ $given }`は`{ $argument }`の値として使えません
    .help = `{ $command } --help`を参照してください
usage-argument-missing = 必要な引数がありません: { $argument }
    .help = `{ $command } --help`を参照してください
usage-command-missing = `{ $command }`の後にコマンドが必要です
    .help = `{ $command } --help`を参照してください
usage-conflict = `{ $argument }`と`{ $other }`は同時に使えません
    .help = どちらか一方だけを指定してください。`{ $command } --help`を参照してください
usage-not-utf8 = コマンド行がUTF-8ではありません
    .help = 端末の文字コードをUTF-8にしてからやり直してください
usage-wrong = コマンド行を読み取れません: { $argument }
    .help = `{ $command } --help`を参照してください
usage-meant = `{ $suggestion }`のことですか？
usage-possible = 使える値: { $suggestion }

## Failures

failure-no-node = フォルダー`{ $folder }`にノードがありません
    .help = `pumasi init --data { $folder } --party ID`でノードを作成するか、`--data`でノードのフォルダーを指定してください
failure-not-running = フォルダー`{ $folder }`のノードが動いていません
    .help = `pumasi serve --data { $folder }`で起動してください
failure-unreachable = { $address }のノードが応答しません
    .help = ノードが動いているか確認し、止まっていれば`pumasi serve`で起動してください
failure-token = ノードがこのフォルダーのトークン（token）を受け付けません
    .help = `--data`が動作中のノードのフォルダーか確認してください
failure-answer-unreadable = ノードの応答を読み取れません
    .help = ノードとこのコマンドの版が同じか`pumasi --version`で確認してください
failure-not-found = `{ $name }`が見つかりません
    .help = 綴りを確認するか、`list`コマンドで一覧を見てください
failure-status = ノードが状態{ $status }を返しました
    .help = ノードのログを確認してください
failure-id-short = `{ $name }`は短すぎます
    .help = 識別子の先頭を4桁以上指定してください
failure-id-ambiguous = `{ $name }`で始まるものが複数あります
    .help = 識別子をもっと長く指定してください
failure-file-missing = ファイル`{ $file }`がありません
    .help = パスを確認してください。標準入力は`-`です
failure-file-unreadable = ファイル`{ $file }`を読めません
    .help = ファイルの権限を確認してください
failure-file-too-large = ファイル`{ $file }`が256 MiBを超えています
    .help = 案件ごとに分けて書き出したファイルを使ってください
failure-file-not-text = ファイル`{ $file }`は{ $byte }バイト目からUTF-8テキストではありません
    .help = UTF-8に変換するか、元から取り直してください
failure-file-exists = ファイル`{ $file }`は既にあります
    .help = 別の名前にするか、既存のファイルを移してください
failure-file-unwritable = ファイル`{ $file }`に書き込めません
    .help = フォルダーの権限と空き容量を確認してください
failure-library = 資料集を使えません { $folder }
    .help = 示されたファイルを直すか、`--library`なしで内蔵の資料を使ってください
failure-units = 数量の単位が一致しません
    .help = 発送と同じ単位で、発送量を超えないように指定してください
failure-agreements-clash = 協定ファイルを一緒に使えません
    .help = 識別子が互いに異なるファイルを指定してください
failure-agreement = 協定ファイル`{ $file }`に誤りが{ $count }件あります
    .help = 示された箇所を直し、`pumasi agreement check { $file }`で確認してください
odrl-too-large = ポリシー`{ $file }`は{ $bytes }バイトあります。読めるのは{ $most }バイトまでです
    .help = ポリシーを一つずつ指定してください
odrl-malformed = ポリシー`{ $file }`の{ $line }行{ $column }列がJSONとして正しくありません
    .help = その箇所を直すか、ファイルを取り直してください
odrl-too-deep = ポリシー`{ $file }`の入れ子が{ $most }段を超えています
    .help = ポリシーにその深さは不要です。元の場所から取り直してください
odrl-too-many = ポリシー`{ $file }`に含まれる値が{ $most }個を超えています
    .help = ポリシーを一つずつ指定してください
odrl-repeated = ポリシー`{ $file }`に同じ項目が二度あります：{ $path }
    .help = どちらか一方を削除してください。どちらが有効かは判断できません
odrl-no-policy = ファイル`{ $file }`にODRLのポリシーがありません：{ $path }
    .help = JSON-LDのポリシーが一つ入ったファイルを指定してください
failure-identity-file = ファイル`{ $file }`は身元ファイルではありません
    .help = 相手の機関に`pumasi party export --out FILE`で作ったファイルを求めてください

## Messages of warning centres

alert-empty = 電文`{ $file }`は空です
    .help = 取り直して、元の大きさと比べてください
alert-too-large = 電文`{ $file }`は{ $bytes }バイトで、上限の{ $most }バイトを超えています
    .help = 電文を1通にするか、件数の少ないフィードを使ってください
alert-not-utf8 = 電文`{ $file }`は{ $byte }バイト目からUTF-8ではありません
    .help = 先にUTF-8へ変換してください
alert-unknown-format = 電文`{ $file }`は対応していない形式です。先頭: `{ $start }`
    .help = 次のいずれかの形式を使ってください: { $formats }
alert-cut-off = 電文`{ $file }`は{ $line }行目で途切れています
    .help = 取り直して、元の大きさと比べてください
alert-malformed = 電文`{ $file }`の{ $line }行目が形式に合っていません
    .help = 発信元から取り直してください
alert-entities = 電文`{ $file }`の{ $line }行目に独自の実体定義があります
    .help = この電文を信用せず、発信元から取り直してください
alert-too-complex = 電文`{ $file }`は実在の電文より複雑すぎます
    .help = 電文を1通にするか、件数の少ないフィードを使ってください
alert-incomplete = 電文`{ $file }`に欠かせない値がありません
    .help = 発信元から取り直してください
alert-no-earthquake = 電文`{ $file }`は地震に関するものではありません
    .help = 地震に関する電文を使ってください

## Bundles

bundle-none = ファイル`{ $file }`は書き出された束ではありません
    .help = `pumasi matter export`で作ったファイルを使ってください
bundle-line = 束`{ $file }`の{ $line }行目が壊れています
    .help = 送り手の機関から受け取り直してください
bundle-cut-off = 束`{ $file }`は途切れています: { $stated }行中{ $found }行
    .help = 送り手の機関から受け取り直してください
bundle-identity = 束`{ $file }`の身元を検証できません
    .help = 信用せず、指紋を電話か書面で照合し、送り手に知らせてください
bundle-act = 束`{ $file }`の行為{ $id }を検証できません
    .help = 信用しないでください。改ざんの恐れがあるため、他の当事者の写しと照合してください
bundle-agreement-missing = 束`{ $file }`に協定`{ $id }`の正確な本文がありません
    .help = 協定の本文を含む束を受け取り直してください
bundle-agreement-unreadable = 束`{ $file }`の協定`{ $id }`を読み取れません
    .help = より新しい版の`pumasi`で検証してください
bundle-agreements-clash = 束`{ $file }`の協定どうしが矛盾しています
    .help = 案件を開いた機関に知らせてください
bundle-other-fingerprint = 束`{ $file }`の`{ $party }`の指紋は{ $found }で、{ $wanted }ではありません
    .help = 信用せず、その機関に指紋を確かめてください

## Figures

spread = { $central }（{ $low }～{ $high }）
amount-ea = { $amount }個
amount-ltr = { $amount } L
amount-kgm = { $amount } kg
amount-day = { $amount }人日
amount-kwh = { $amount } kWh
at-least = { $value }以上
duration = { $hours }時間{ $minutes }分
yes = はい
no = いいえ
never = なし

## What was done

signed = 署名して記録しました: { $id }
relayed = 警報を伝達しました。記録した行為{ $count }件
exported = { $count }行を`{ $file }`に書き出しました
imported = 新しい行為{ $new }件を取り込みました。既存は{ $known }件です
identity-exported = この機関の身元を`{ $file }`に書き出しました
tell-fingerprint = ファイルとは別の経路（電話や書面）で指紋を伝えてください
trusted = 以後`{ $party }`を信頼します
compare-fingerprint = 指紋は照合されていません。電話か書面で確かめてください
verifying = `{ $file }`を検証中…
bundle-holds = `{ $file }`の検証に成功しました: 署名・順序・協定本文・規則
compared = 照合済み
not-compared = 未照合（`--trust`で照合）
matter-without-opening = 開始の行為がない案件
planning = 計画を作成中…
agreement-checked = { $file }: { $count ->
        [0] 問題なし
        *[other] 誤り{ $count }件
    }
remark = { $severity }：{ $words }
remark-on-clauses = { $severity }（{ $clauses }）：{ $words }
proof-none = 許可される道はありません。協定{ $count }件のあらゆる場合を確認しました
proof-way = 許可される道があります
proof-way-consent = 同意があれば許可される道があります
any-other = 条項が個別に定めていない品目
supposed-event = 事前同意の条件を満たす災害が起きた直後
supposed-unreachable = 災害が起きた直後で、受領者と連絡が取れない
supposed-requested = 受領者が要請した
exchange-written = ファイルに書き出しました：`{ $file }`
exchange-finding = { $place }：{ $words }
comparison-same = 二つの協定は、同じことを同じ条件で許しています
fault = { $line }行{ $column }列: { $what }
fault-in-clause = { $line }行{ $column }列、条項`{ $clause }`: { $what }
more-places = ほかに{ $count }か所あります。すべて見るには`--all`
assumption = 計画上の仮定
basis-observed = 観測
basis-model = モデル
need-per-day = 1日あたり
need-once = 1回
reachable = 応答あり
silent = 応答なし
was-refused = （却下）
exercise-owes-nothing = 訓練のため、債務は一切生じません

## Titles

title-compare-permits-new = 第二の協定がより広く許すもの
title-compare-forbids-new = 第一の協定がより広く許すもの
title-compare-limits = 上限の違い
title-compare-conditions = 条件の違い
title-compare-settlements = 精算の違い
title-compare-passing-on = 第三者移転の違い
title-compare-term = 有効期間の違い
title-event = 事象
title-footprint = 揺れた地域
title-people = 人への影響
title-needs = 所要
title-findings = 留意点
title-order = 発注 { $id }
title-matters = 案件
title-requests = 要請
title-offers = 申出
title-orders = 発注
title-refusals = 却下された行為
title-timeline = 経過
title-unmet = 充足できない所要
title-clauses = 条項
title-owed = 精算
title-digests = ノード間の一致
title-facts = 実際の経過
title-flows = 輸送
title-fingerprints = 指紋
title-plan = 計画

## Nothing to show

none-orders = 発注はありません
none-shipments = 発送はありません
none-agreements = 協定はありません
none-clauses = 条項はありません
none-alerts = 電文に事象がありません
none-places = 揺れた地域はありません
none-needs = 必要なものはありません
none-matters = 案件はありません
none-cases = 登録された災害はありません
none-acts = 行為はありません
none-requests = 要請はありません
none-offers = 申出はありません
none-owed = 精算すべきものはありません
none-facts = 記録された事実はありません
none-parties = 信頼する当事者はありません
none-flows = 輸送はありません
none-unmet = すべて満たせます

## Names of columns and fields

column-step = 行為
column-category = 区分
column-purpose = 目的
column-pairs = 提供 → 受領
column-first = 第一
column-second = 第二
column-carried = 輸送手段
column-supposed = 前提
column-id = 識別子
column-title = 件名
column-name = 名称
column-status = 区分
column-stage = 段階
column-next = 次の手番
column-party = 当事者
column-parties = 当事者
column-assisting = 支援側
column-requesting = 要請側
column-debtor = 債務者
column-creditor = 債権者
column-commodity = 品目
column-place = 地域
column-matter = 案件
column-case = 災害
column-clause = 条項
column-sort = 種類
column-article = 条文
column-says = 内容
column-nature = 性格
column-law = 法的位置づけ
column-signed = 署名日
column-from = 開始日
column-until = 終了日
column-clauses = 条項数
column-digest = ダイジェスト
column-source = 出典
column-settlement = 精算
column-mode = 精算方法
column-price = 単価
column-amount = 数量
column-ordered = 発注
column-committed = 受諾
column-shipped = 発送
column-accepted = 受領
column-rejected = 受領拒否
column-short = 不足
column-received = 到着
column-requested = 要請
column-needed = 必要
column-unmet = 不足
column-owed = 精算額
column-due = 期限
column-shipment = 発送
column-departs = 出発
column-arrives = 到着
column-opened = 開始
column-latest = 最新
column-open-orders = 進行中の発注
column-acts = 行為
column-waiting = 待機
column-agreements = 協定
column-signed-by = 署名数
column-refused = 却下
column-forks = 二重記録
column-permitted = 許可
column-nodes = ノード
column-same = 一致
column-after = 経過
column-figure = 項目
column-value = 値
column-time = 時刻
column-what = 内容
column-cause = 原因
column-intensity = 震度
column-basis = 根拠
column-people = 人口
column-displaced = 避難者
column-how-often = 頻度
column-fingerprint = 指紋
column-address = アドレス
column-reach = 接続
column-heard = 最終応答
column-silent-since = 無応答の開始
column-failure = 失敗
column-as-of = 基準時刻

## The event

event-headline = 見出し
event-region = 震央地名
event-origin = 発生
event-magnitude = マグニチュード
event-depth = 深さ
very-shallow = ごく浅い
event-epicentre = 震央
event-message = 電文
event-kind = 種別
event-sent = 発表
total-displaced = 避難者（最大時）
total-deaths = 死者
total-without-water = 断水人口（最大時）
report-origin = 事象の発生
report-first-aid = 最初の支援の到着まで
report-first-foreign-aid = 国境を越えた最初の支援の到着まで

## Codes of the API

status-actual = 実動
status-exercise = 訓練
status-test = 試験
stage-requisitioned = 発注済み
stage-committed = 受諾済み
stage-refused = 辞退
stage-cancelled = 取消
stage-in-fulfilment = 履行中
stage-delivered = 到着済み
stage-accepted = 受領済み
stage-settling = 精算中
stage-closed = 完了
request-open = 未対応
request-partly-covered = 一部充足
request-covered = 充足
request-withdrawn = 取下げ
offer-proposed = 申出中
offer-accepted = 受入れ
offer-declined = 辞退
offer-withdrawn = 取下げ
shipment-dispatched = 発送済み
shipment-received = 受領済み
obligation-accrued = 発生
obligation-billed = 請求済み
obligation-discharged = 履行済み（確認待ち）
obligation-confirmed = 確認済み
obligation-waived = 免除
mode-gift = 無償
mode-reimbursement = 償還
mode-replacement-in-kind = 同種返還
mode-equal-value = 等価交換
mode-equal-value-exchange = 等価交換
mode-loan = 貸与
nature-real = 実在の協定
nature-summary = 要約
nature-draft = 案
law-national-law = 国内法
law-intergovernmental = 政府間
law-political-principles = 政治的原則
law-provincial = 地方間
law-non-governmental = 民間
clause-permit = 許可
clause-forbid = 禁止
clause-ceiling = 上限
clause-standing-consent = 事前同意
clause-settlement = 精算
clause-third-party = 第三者移転
clause-term = 有効期間
outcome-permitted = 許可されます
outcome-refused = 許可されません
outcome-needs = 先に必要なものがあります
message-alert = 第一報
message-update = 続報
message-cancel = 取消
kind-requisition-resource = 発注
kind-offer-resource = 申出
kind-commit-resource = 受諾
kind-dispatch-shipment = 発送
kind-receive-resource = 受領
kind-bill-obligation = 請求
kind-discharge-obligation = 履行
kind-confirm-discharge = 履行の確認

## Findings

finding-alert-cancelled = 電文が事象を取り消したため推計しません
finding-value-missing = 通常ある値がありません
finding-value-unreadable = 読み取れない値または有り得ない値を除きました
finding-magnitude-is-minimum = マグニチュードは下限のみ判明しています
finding-report-missing = 強い揺れが推定されるのに未入電の地点があります
finding-place-unknown = 一覧にない場所のため人口を数えていません
finding-place-coarse = 市町村の代わりに都道府県単位で推計しました
finding-rates-borrowed = 他国の死亡率を用いました
finding-rates-missing = 率がないため数値から除きました
finding-model-unusable = 地震動モデルを使えませんでした
finding-model-outside-range = 規模か深さがモデルの適用範囲外です
finding-commodity-unknown = 一覧にない品目を除きました
finding-units-differ = 単位が一覧と異なるため除きました
finding-not-an-earthquake = 地震でない項目があります
finding-entry-skipped = 読み取れない項目を飛ばしました
finding-cut-off = 電文が途切れており、その手前まで読みました

## Nodes

founded = `{ $party }`のノードを`{ $folder }`に作成しました
keep-roots = `{ $folder }`の最上位の鍵を別の媒体へ移して保管し、この端末から消してください
serving = ノードが動いています。Ctrl-Cで止まります
serving-desk = 画面
serving-peer = 隣のノード用
column-version = 版
failure-party-unknown = 当事者`{ $party }`は一覧にありません
    .help = 綴りを確認するか、当事者を加えた一覧のフォルダーを`--library`で指定してください
failure-node-exists = フォルダー`{ $folder }`には既にノードがあります
    .help = 別のフォルダーを使ってください。鍵を上書きすると元に戻せません
failure-in-use = 別のプロセスがフォルダー`{ $folder }`を使っています
    .help = そのプロセスを終えるか、`--data`で別のフォルダーを指定してください
failure-listen = ノードが接続を受け付けられません
    .help = そのポートを使うプログラムを終えるか、`--listen`、`--desk`で別のポートを指定してください
failure-node = ノードを使えません
    .help = フォルダー`{ $folder }`のファイルと権限を確認してください。バックアップから戻す前にこのフォルダーを保全してください
failure-system = OSが要求を拒否しました
    .help = メモリと開けるファイル数の上限を確認してください

## Plans

plan-sized = 計画を作成し、検査しました
plan-digest = 計画のダイジェスト
plan-act = 採択の行為
plan-not-chosen = 未採択（`--choose`で採択）
plan-burden = 残る負担（下限／支援がない場合）
plan-period = { $start } ～ { $end }
plan-horizon = 期間
plan-own-moves = 自己備蓄の輸送
column-giver = 提供
column-receiver = 受領
column-links = 路線
unmet-no-stock = 備蓄なし
unmet-no-link = 路線なし
unmet-too-late = 期限内に到着不能
unmet-no-permit = 許可する合意なし
unmet-ceiling = 合意の上限に到達
unmet-capacity = 路線の容量超過
unmet-handling = 荷役能力の超過
unmet-not-planned = 計画に含まれず

## あるものと足りないものの見取り図

map-title = あるものと足りないもの：{ $purpose }、{ $date }
map-matrix = 誰が誰と何をできるか
map-matrix-none = これらの当事者の間で何かを許す協定はありません
map-unbound = 協定なし
map-lapses = { $days }日以内に終わるもの
map-lapses-none = なし
map-gaps = 足りないもの
map-gaps-none = なし：どの種類も国外から間に合うように送れます
map-gap-step = これを可能にする最も機微でない段階：{ $step }
map-steps = 次の段階
column-in-force = 発効中
column-if-in-force = 草案が発効すれば
cell-unasked = 要請なしでも可
cell-on-request = 要請により可
cell-shared = 共有
cell-transit = 通過のみ可
cell-talk = 要請・申出のみ可
cell-consent = 同意が必要
cell-forbidden = 禁止
cell-nothing = なし
cell-in-part = { $answer }（一部）
failure-map = 見取り図を作れません
    .help = 一覧にある当事者、協定で使う目的、2026-11-21のような日付を指定してください
