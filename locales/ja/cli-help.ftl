### What the command's help says: help-<noun>-<verb>-<argument>.

## What every command has

help-pumasi = Pumasi（プマシ）: 国境を越える災害時の相互支援
help-option-lang = 表示言語: ko, ja, zh-Hans, en。省略時はLC_ALL、LC_MESSAGES、LANGに従います
help-option-json = 結果とエラーをJSONで出力します
help-option-data = ノードのデータフォルダー
help-option-library = 内蔵の資料（一覧と協定）に代えて使うフォルダー
help-option-help = ヘルプを表示します
help-option-version = 版を表示します
help-sign-officer = 署名する担当官。2名必要なら繰り返します
help-sign-clause = 根拠となる条項（協定/条項）。省略時はノードが探します
help-sign-time = 訓練上の時刻（RFC 3339）。実動の案件ではノードの時計に従います
help-life-agreement = 協定の識別子
help-life-status = 実動かどうか
help-life-version = 草案の版番号。省略時はこの当事者ができる最新の版
help-life-digest = ダイジェストの先頭8桁以上。省略時は表示だけします
help-life-cause = 理由。この当事者の言葉で書きます
help-life-target = 対象の効力停止または通告。省略時はただ一つのもの

## Nodes

help-init = 当事者のノードを作成します: 鍵、身元、空の台帳
help-init-party = 一覧にある当事者の識別子
help-init-new-officer = 任命する担当官（識別子:職名）。繰り返せます
help-init-joint = そのうち、別の担当官と連名でのみ署名する担当官。繰り返せます
help-init-store = 台帳の置き場所。データフォルダーならsqlite、データベースならそのアドレス(postgres://…)、アドレスを入れた環境変数なら{ "${NAME}" }
help-serve = ノードを動かします。Ctrl-Cで止まります
help-serve-listen = 隣のノードが接続するアドレスとポート
help-serve-desk = 担当官が接続するアドレスとポート（この端末のみ）
help-serve-open = ブラウザーで画面を開きます
help-store = ノードの台帳の置き場所
help-store-show = 保存方式、大きさ、決定サーバーと待機サーバーを表示します
help-store-move = 停止したノードの台帳を別の保存先へ移し、両者を照合します
help-store-move-to = データフォルダーならsqlite、データベースならそのアドレス(postgres://…)、アドレスを入れた環境変数なら{ "${NAME}" }

## Parties

help-party = 信頼する当事者とその身元
help-party-list = 信頼する当事者を一覧します
help-party-show = 当事者とその接続状態を示します
help-party-show-party = 当事者の識別子
help-party-export = この機関の身元を、他の機関に渡すファイルへ書き出します
help-party-export-out = 新しく作るファイル。省略時は標準出力
help-party-trust = 他の当事者の身元ファイルを受け入れます
help-party-trust-file = `pumasi party export`で作ったファイル
help-party-trust-fingerprint = 電話か書面で受け取った指紋。異なれば拒否します
help-party-trust-url = 相手のノードのアドレス（https://ホスト:ポート）

## Agreements

help-agreement = 協定の一覧、内容、照会
help-agreement-list = ノードの協定を一覧します
help-agreement-show = 協定とその条項を示します
help-agreement-show-agreement = 協定の識別子
help-agreement-ask = できるか、どの条項によるかを照会します。許可でなければ4で終わります
help-agreement-ask-giver = 提供する当事者
help-agreement-ask-receiver = 受け取る当事者
help-agreement-ask-action = 行おうとすること
help-agreement-ask-commodity = 品目
help-agreement-ask-quantity = 数量と単位（例: "500 LTR"）
help-agreement-ask-purpose = 目的
help-agreement-ask-on = 基準日（例: 2024-01-01）。省略時は今日
help-agreement-ask-onward-to = 物資を再移転する第三者
help-agreement-ask-status = 実動、訓練、試験
help-agreement-ask-agreement = この協定だけで判断します
help-agreement-map = 当事者の間にあるものと足りないものを示します。できること、相手の数、終わるもの、誰も送れないもの、次の段階
help-agreement-map-parties = 当事者。複数なら繰り返します。一つなら全ての相手と共に示し、省くとこのノードの当事者を見ます
help-agreement-map-on = 日付（例：2026-11-21）。省くと今日
help-agreement-map-purpose = 目的
help-agreement-map-status = 実際か訓練か
help-agreement-map-first-hours = 発災後何時間以内に支援が出発すべきか
help-agreement-map-within-days = 何日以内に終わるものを示すか
help-agreement-map-offline = ノードなしで、内蔵または--libraryの資料集から示します
help-agreement-ask-category = 区分（該当する品目がない場合）
help-agreement-ask-transit = 物資が経由する第三者。複数指定できます
help-agreement-ask-mode = 輸送手段
help-agreement-ask-requested = 要請がすでにあることを示します
help-agreement-ask-hours-since = 発生からの時間数
help-agreement-ask-intensity = 受領側の最大震度（例: 6-）
help-agreement-ask-alert = 発表された最も高い警報の段階
help-agreement-ask-contact-lost = 受領側と連絡が取れないことを示します
help-agreement-ask-consent = 得ている同意（例: jp-17:push、cn-js:transit、kr-45:onward）。複数指定できます
help-agreement-check = 協定ファイルをノードなしで検査し、誤りの行と列、矛盾、欠落、参考となる点を示します
help-agreement-check-files = 協定ファイル
help-agreement-check-digest = ファイルが持つべきSHA-256ダイジェスト（送り手から知らされた値）
help-agreement-prove = あることが決して許可されないと証明するか、許可される道を示します。道があれば4で終わります
help-agreement-prove-category = 区分。例：ammunition。省略するとすべて
help-agreement-prove-giver = 提供する当事者。省略するとすべて
help-agreement-prove-receiver = 受領する当事者。省略するとすべて
help-agreement-prove-purpose = 目的。省略するとすべて
help-agreement-prove-action = 行為。省略すると実際に何かが渡るすべての行為
help-agreement-prove-status = 実動・訓練・試験の別。省略するとすべて
help-agreement-prove-files = 協定ファイル。省略すると内蔵のすべての協定
help-agreement-compare = 二つの協定ファイルが許すことをノードなしで比べます
help-agreement-compare-first = 第一の協定ファイル
help-agreement-compare-second = 第二の協定ファイル
help-agreement-export = 協定をODRLのポリシー（JSON-LD）またはファイルとしてノードなしで書き出し、その形式で表せないものを知らせます
help-agreement-export-agreement = 協定ファイル、または協定集にある協定の識別子
help-agreement-export-format = 書き出す形式：ODRLのポリシーまたは協定ファイル
help-agreement-export-out = 結果を入れる新しいファイル。省くと画面に出します
help-agreement-import = ODRLのポリシー（JSON-LD）をノードなしで協定ファイルとして読み、理解できなかったものを知らせます
help-agreement-import-file = ODRLのポリシーのファイル
help-agreement-import-out = 結果を入れる新しいファイル。省くと画面に出します
help-agreement-read = 協定ファイルをノードなしで読んで示します
help-agreement-read-file = 協定ファイル
help-agreement-history = 協定の状態とその経過、できることを表示します
help-agreement-history-agreement = 協定の識別子
help-agreement-history-on = いつの状態か。省略時は今日
help-agreement-diff = 草案の二つの版、または二つのファイル（オフライン）を条項ごとに比べます
help-agreement-diff-first = 協定の識別子。二つ目のファイルがあれば一つ目のファイル
help-agreement-diff-second = 二つ目のファイル
help-agreement-diff-from = 古い版。省略時は新しい版の直前
help-agreement-diff-to = 新しい版。省略時は最新
help-agreement-diff-matter = その案件。複数あるときに選びます
help-agreement-propose = 協定を提案します。案件を開き、最初の草案を提出します
help-agreement-propose-file = 署名するままの協定ファイル
help-agreement-propose-audience = 文案の当事者のほかに案件を共有する当事者。繰り返せます
help-agreement-draft = 文案の次の版を提出します
help-agreement-draft-file = 署名するままの協定ファイル
help-agreement-initial = ある版に仮署名します。交渉者の間で文案が確定します
help-agreement-sign = ある版に署名します。--digestがなければ署名する文案を表示するだけです
help-agreement-ratify = 署名された版について、この当事者の国内手続の完了を通告します
help-agreement-suspend = 協定またはその一部の条項の効力を停止します。この協定によるすべての案件に及びます
help-agreement-suspend-clauses = 条項。繰り返せます。省略時は協定の全体
help-agreement-suspend-from = 最初の日。省略時は今日
help-agreement-suspend-until = 停止が及ばない最初の日。省略時は解除するまで
help-agreement-resume = この当事者による効力停止を解除します
help-agreement-give-notice = 協定を終了または更新しないことを通告します
help-agreement-give-notice-ends = 効力のない最初の日。省略時は文案が許す最も早い日
help-agreement-suspend-notice = この当事者による終了通告の効力を停止します
help-agreement-resume-notice = この当事者による終了通告の効力停止を解除します
help-agreement-withdraw-notice = この当事者による終了通告を撤回します
help-agreement-agree-termination = ある日の終了に同意します。すべての当事者が同じ日を示せば終了します
help-agreement-agree-termination-ends = 効力のない最初の日

## Matters

help-matter = 案件: 共有範囲の定まった行為の連なり
help-matter-list = このノードが共有する案件を一覧します
help-matter-show = 案件を示します
help-matter-show-matter = 案件の識別子またはその先頭
help-matter-open = 案件を開きます
help-matter-open-case = 属する災害の識別子
help-matter-open-status = 実動、訓練、試験。後から変更できません
help-matter-open-party = 共有する当事者。繰り返します
help-matter-open-agreement = 根拠となる協定。繰り返します
help-matter-open-title-ko = 韓国語の件名
help-matter-open-title-ja = 日本語の件名
help-matter-open-title-zh = 中国語の件名
help-matter-open-title-en = 英語の件名
help-matter-open-origin = 災害が起きた時刻（RFC 3339）
help-matter-verify = 書き出された束をノードなしで検証します: 身元、署名、順序、規則
help-matter-verify-file = `pumasi matter export`で作ったファイル
help-matter-verify-trust = 既知の指紋と照合します（当事者=指紋）。繰り返せます
help-matter-export = 案件を誰でも検証できるファイルへ書き出します
help-matter-export-matter = 案件の識別子またはその先頭
help-matter-export-out = 新しく作るファイル。省略時は標準出力
help-matter-export-to = この機関のノードだけが開けるようファイルを封印

## Cases

help-case = 災害: 所要から精算まで
help-case-list = このノードが共有する災害を一覧します
help-case-show = 災害の経過全体を示します
help-case-show-case = 災害の識別子
help-case-report = 事後報告を示します
help-case-report-case = 災害の識別子
help-case-export = 災害の状況を、他のシステムや人が読むファイルとして書き出します
help-case-export-format = 書き出す形式：CAPの警報、HXLの表（地域、所要）、GeoJSONの地図、状況報告
help-case-export-case = 災害の識別子。省くと最新の災害
help-case-export-out = 内容を入れる新しいファイル。省くと画面に出します

## Orders

help-order = 発注: 要請から精算までの段階
help-order-list = 発注を一覧します
help-order-list-case = この災害の発注のみ
help-order-list-open = 完了していない発注のみ
help-order-show = 発注を示します
help-order-show-order = 発注の識別子またはその先頭
help-order-request = 支援を要請します
help-order-request-matter = 案件の識別子またはその先頭
help-order-request-from = 要請先の当事者
help-order-request-commodity = 品目
help-order-request-quantity = 数量と単位（例: "500 LTR"）
help-order-request-purpose = 目的
help-order-request-place = 使用する地域
help-order-request-need-by = 必要な期限（RFC 3339）
help-order-offer = 支援を申し出ます
help-order-offer-matter = 案件の識別子またはその先頭
help-order-offer-to = 申出先の当事者
help-order-offer-request = 応じる要請の識別子
help-order-offer-commodity = 品目
help-order-offer-quantity = 数量と単位（例: "500 LTR"）
help-order-offer-purpose = 目的
help-order-offer-mode = 精算方法
help-order-offer-price = 単価（例: "JPY 500"）
help-order-offer-until = 受け入れられる最後の時刻（RFC 3339）
help-order-offer-grace = その後も有効な受入れとする猶予（分）
help-order-requisition = 発注します
help-order-requisition-matter = 案件の識別子またはその先頭
help-order-requisition-from = 発注先の当事者
help-order-requisition-request = 対応する要請の識別子
help-order-requisition-offer = 受け入れる申出の識別子
help-order-requisition-commodity = 品目
help-order-requisition-quantity = 数量と単位（例: "500 LTR"）
help-order-requisition-purpose = 目的
help-order-requisition-place = 使用する地域
help-order-requisition-mode = 精算方法
help-order-requisition-price = 単価（例: "JPY 500"）
help-order-commit = 発注を受諾します
help-order-commit-order = 発注の識別子またはその先頭
help-order-commit-quantity = 受諾する数量。省略時は全量
help-order-commit-accept-late = 申出の期限を過ぎた発注を受け入れます
help-order-decline = 発注を辞退します
help-order-decline-order = 発注の識別子またはその先頭
help-order-decline-reason = 理由
help-order-push = 事前同意に基づき、要請を待たずに支援します
help-order-push-matter = 案件の識別子またはその先頭
help-order-push-to = 受け取る当事者
help-order-push-commodity = 品目
help-order-push-quantity = 数量と単位（例: "500 LTR"）
help-order-push-purpose = 目的
help-order-push-place = 使用する地域
help-order-push-contact-lost = 相手と連絡が取れないことを申告します
help-order-dispatch = 発送を報告します
help-order-dispatch-order = 発注の識別子またはその先頭
help-order-dispatch-quantity = 発送量。省略時は受諾分の残り全量
help-order-dispatch-pallets = パレット数
help-order-dispatch-link = 利用する路線を順に。繰り返します
help-order-dispatch-departs = 出発時刻（RFC 3339）
help-order-dispatch-arrives = 到着予定時刻（RFC 3339）
help-order-receive = 受領を報告します: 受領、受領拒否、不足
help-order-receive-shipment = 発送の識別子またはその先頭
help-order-receive-accepted = 受領量。省略時は残り全量
help-order-receive-rejected = 受領拒否の数量
help-order-receive-short = 不足の数量
help-order-receive-reason = 受領拒否の理由
help-order-bill = 受領された分を請求します
help-order-bill-order = 発注の識別子またはその先頭
help-order-bill-sum = 金額（例: "JPY 50000"）。省略時は発生した額
help-order-discharge = 精算を済ませたことを報告します
help-order-discharge-order = 発注の識別子またはその先頭
help-order-discharge-reference = 送金番号、または返還物資の送り状番号
help-order-confirm = 精算されたことを確認します
help-order-confirm-order = 発注の識別子またはその先頭

## Plans

help-plan = 計画: 何がいつ届き、何が妨げとなるか
help-plan-make = 計画を作成し、指示があれば採択します
help-plan-make-matter = 計画を記す案件の識別子またはその先頭
help-plan-make-case = 災害の識別子
help-plan-make-purpose = 目的
help-plan-make-hours = 計画期間（時間）
help-plan-make-period = 1区間の長さ（時間）
help-plan-make-size = 基準とする推計値。省略時は経過時間で決めます
help-plan-make-requested = すべての所要を要請済みとみなします。省略時は事前同意のあるものだけが動きます
help-plan-make-able = 支援できる当事者。繰り返します。省略時は応答する当事者
help-plan-make-unreachable = 連絡が取れない当事者。繰り返します。省略時は応答しない当事者
help-plan-make-choose = 計画を行為として記録します
help-plan-show = 採択された計画を示します
help-plan-show-case = 災害の識別子。省略時は最新のもの

## Alerts

help-alert = 警報を読み、伝達します
help-alert-read = 警報ファイルをノードなしで読みます: 事象、揺れた地域、必要なものと出典
help-alert-read-file = 警報ファイル。標準入力は`-`
help-alert-read-all = すべての地域を示します
help-alert-relay = 警報をノードに渡し、案件に伝達します
help-alert-relay-file = 警報ファイル。標準入力は`-`
help-alert-relay-matter = 案件の識別子またはその先頭
help-alert-situation = 集計と状況を報告し、所要量を計算し直します
help-alert-situation-file = 集計のファイル（CSV）：place 列と homes_destroyed、homes_half_destroyed、homes_without_water、people_in_shelters、people_dead、people_injured、people_missing の列。`-` は標準入力
help-alert-situation-matter = 案件の番号またはその先頭
help-alert-situation-officer = 署名する担当者
help-alert-situation-province = 都道府県などの地域
help-alert-situation-as-of = 集計の時刻。省略時は現在
help-alert-situation-source = 集計した機関
help-alert-situation-text = 状況の説明
help-alert-situation-time = 訓練の時刻
help-alert-shaking = 地震の揺れを距離から計算します
help-alert-shaking-tectonic = 地殻内（crustal）、プレート境界（interface）、スラブ内（slab）
help-alert-shaking-magnitude = マグニチュード
help-alert-shaking-depth-km = 震源の深さ（km）
help-alert-shaking-distance-km = 断層までの最短距離（km）
help-alert-shaking-vs30 = 地盤のせん断波速度（m/s）：600 は硬い地盤、400 は軟らかい地盤
help-alert-wind = 台風の風を距離から計算します
help-alert-wind-pressure-hpa = 中心気圧（hPa）
help-alert-wind-around-hpa = 周囲の気圧（hPa）
help-alert-wind-change-hpa-h = 1時間あたりの中心気圧の変化（hPa）
help-alert-wind-lat = 中心の緯度（度）
help-alert-wind-speed-m-s = 中心の移動速度（m/s）
help-alert-wind-radius-km = 風が最も強い所までの距離（km）。省略時は経験式
help-alert-wind-distance-km = 中心からの距離（km）
help-alert-watch = フィードとフォルダーを監視し、新しい警報、続報、取消を事象ごとに知らせます
help-alert-watch-url = `http`または`https`のフィードや文書。複数指定可
help-alert-watch-folder = 電文が置かれるフォルダー。複数指定可
help-alert-watch-every = 一つの受信元に問い合わせる間隔（秒）
help-alert-watch-allow = フィードが参照する電文をこのホストからも取得します。複数指定可
help-alert-watch-once = 一度だけ確認して終了します
help-alert-watch-matter = 新しい警報と続報をノードに渡し、この案件に伝達します。その地域のフィードを指定してください
help-alert-watch-officer = 署名する担当官
help-alert-watch-time = 時計の代わりに使う、開始時点の訓練時刻

## Bundles and shells

help-export = 案件を書き出します（`matter export`と同じ）
help-export-matter = 案件の識別子またはその先頭
help-export-out = 新しく作るファイル。省略時は標準出力
help-export-to = この機関のノードだけが開けるようファイルを封印
help-import = 束をノードに取り込みます。ノードはすべて検証してから保存します
help-import-file = `pumasi export`で作ったファイル。この機関あてに封印されたものも可
help-relay = つながらない機関へ、近隣を経由して案件を封印して届けます
help-relay-send = 案件を一つの機関あてに封印し、近隣に預けます。受け手のノードが引き取ります
help-relay-send-to = 受け手の機関。そのノードだけが開けます
help-relay-send-via = 預ける近隣。送り手、受け手、大きさだけが見えます
help-relay-send-matter = 一つの案件の識別子またはその先頭。省略時は受け手と共有する案件すべて
help-relay-list = このノードが他の機関のために預かるもの: 送り手、受け手、大きさ
help-recover = バックアップから復元したノードが、再び作成する前に何を待っているかを表示
help-recover-begin = ノードがバックアップから復元されたことを伝えます（停止中も可）
help-recover-without = つながらないこの近隣を除いて進めます（繰り返せます）
help-audit = 写しをオフラインで個別に、また互いに照合して検証し、すべての記録の連鎖を描きます
help-audit-path = 停止中または複写したデータフォルダー、公開された登録簿、束、証拠ファイル。複数なら互いに照合します
help-audit-export = 指定した一つのデータフォルダーの登録簿を、この新しいフォルダーにC2SPの静的ファイルとして書き出します
help-audit-key = 知っている登録簿の公開鍵（name+hash+key）。繰り返せます
help-audit-trust = 知っている指紋と照合します（当事者=指紋）。繰り返せます
help-doctor = ノードを診断します: 時計、ディスク、鍵、相手、分岐した記録、登録簿、保存先。なぜ大事か、何をすべきかを述べ、対応が必要なら 8 で終わります
help-completions = シェルの補完スクリプトを出力します
help-completions-shell = シェル
help-alert-relay-alert-only = 所要は報告せず、警報だけを伝達します

help-sign-contact = 行為に添える個人情報（氏名、電話番号など）。後で消去できます
help-sign-personal = 個人情報を 16 KiB 以下のファイルから読み込みます。「-」なら標準入力
help-personal = 行為に添えられた個人情報：表示、消去請求、消去
help-personal-show = 行為に添えられた個人情報を表示します
help-personal-show-act = 行為の識別子またはその先頭部分
help-personal-retract = 自らの行為に添えた個人情報を、共有するすべてのノードで消去するよう請求します
help-personal-retract-act = 行為の識別子またはその先頭部分
help-personal-erase = 古い個人情報をこのノードだけで消去します。他には通知しません
help-personal-erase-matter = 案件の識別子またはその先頭部分
help-personal-erase-older-than = 行為の作成からの経過日数（これより古いものだけを消去）
