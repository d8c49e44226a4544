### The situation: what broke, who is reachable, what moves.

situation-empty = 対応中の災害はありません。
situation-empty-next = 警報を受信すると、被災地域、応答する当事者、動いている物資をここに表示します。演習する場合は訓練を開始してください。
answers = 概況
answer-broke = 被害
answer-reach = 連絡の可否
answer-moves = 輸送の計画
answer-gap = 充足できない所要
people-displaced = 避難生活者（人）
worst-place = 最大：{ $place }、{ $severity }
parties-answer = 当事者が応答
all-answer = 関係する全当事者が応答しています。
silent = 無応答：{ $parties }
movements-planned = 件の輸送計画
moves-detail = 提供当事者 { $givers } ・ 未完了の発注 { $orders }
first-arrival = 最初の到着
needs-unserved = 件が充足不能
no-gap = 把握している所要はすべて計画に含まれています。
first-gap = 最優先：{ $place }、{ $commodity } – { $cause }

## Event

event-magnitude = 規模
event-depth = 深さ
event-until = 有効期限
event-over = 期限切れ
event-cancelled = 取消：発表元がこの警報を取り消しました。
event-cancelled-next = { $source } の電文が取り消されました。以下の数値は、なお有効な電文に基づきます。追加の支援を送る前に確認してください。
own-words = 発表元の原文
own-words-in = 発表元の原文（{ $language }）
event-source = 情報源
event-messages = 受信電文

## Maps

maps = 地図
map-event = 被災地域
map-region = 路線と輸送
map-event-sentence = 被災地域の地図：報告のあった地域 { $places }、うち{ $threshold }以上 { $strong }、避難生活者の推計 { $displaced }人。同じ数値は「地域」の表にあります。
map-region-sentence = 広域の地図：路線 { $links }、うち通常運行でないもの { $cut }、一路線の最大計画輸送量 { $mass }。同じ数値は「輸送計画」と「路線」の表にあります。
map-disclaimer = この地図に示す境界および地名は、いずれの当事者による公式の承認または受諾を意味するものではありません。
map-epicentre = 震央
legend-intensity = 震度 気象庁（MMI）
legend-class = { $jma }（{ $mercalli }）
legend-flow = 輸送計画：太さは重量
legend-circle = 地域：面積は避難生活者数
intensity = 震度
intensity-5-lower = 5弱
intensity-5-upper = 5強
intensity-6-lower = 6弱
intensity-6-upper = 6強

## Tables

situation-needs = 所要と支援の進捗
situation-no-needs = 推計された所要はありません。
situation-no-needs-next = 地域、強さまたは範囲を含む電文を読み込むと所要を算出します。
flows = 輸送計画
flows-empty = 計画された輸送はまだありません。
flows-empty-next = 計画には所要、備蓄、運行中の路線、許可する条項が必要です。欠けているものは不足の表に示します。
giver = 提供
receiver = 受領
unmet-title = 充足できない所要
unmet-empty = 充足できない所要はありません。
unmet-empty-next = 警報と計画が更新されるたびに再計算します。
missing = 不足量
unmet-no-stock = 備蓄なし
unmet-no-link = 路線なし
unmet-too-late = 期限内に到着不能
unmet-no-permit = 許可する合意なし
unmet-ceiling = 合意の上限に到達
unmet-capacity = 路線の容量超過
unmet-handling = 荷役能力の超過
unmet-not-planned = 計画に含まれず
links = 路線
links-empty = 計画に含まれる路線はありません。
links-empty-next = 計画が作成されると路線を表示します。
link = 路線
link-status = 運行
link-open = 通常
link-restricted = 制限
link-suspended = 運休・不通
mode = 手段
mode-sea = 海上
mode-air = 航空
mode-road = 道路
mode-rail = 鉄道
mode-grid = 電力系統
cause-relations = 政府間関係
cause-pandemic = 感染症
cause-operator = 運航者の事情
cause-damage = 被災
cause-weather = 気象
cause-season = 運航期間外
planned-mass = 計画輸送量
places = 地域
places-empty = 報告のあった地域はありません。
places-empty-next = 地域や範囲を含む電文を読み込むと表示します。
basis = 根拠
basis-observed = 観測
basis-model = モデル推計
residents = 人口
first-needs = 主な所要
reach-title = 関係する当事者
reach-empty = 関係する当事者はまだありません。
reach-empty-next = 当事者と案件を開設すると表示します。

## Messages

messages = 受信した電文
messages-empty = 読み込んだ電文はありません。
messages-empty-next = 電文を受信すると、そのままここに表示します。
message = 電文
message-sent = 発表時刻
message-hazards = 災害
message-kind = 種別
message-alert = 発表
message-update = 更新
message-cancel = 取消
message-digest = 受信データの SHA-256
headline = 見出し

## Severity

severity = 震度・風・警報
severity-shaking = 震度{ $intensity }
severity-wind = 風速{ $speed } m/s以上
severity-warned = { $hazard }：{ $degree }
severity-counted = 被害集計
threshold-shaking = 震度5強（MMI 7）
threshold-wind = 風速33 m/s
threshold-warned = 警報
legend-wind = 最大風速
legend-warned = 警報の段階

## Outlines

map-event-sentence-plain = 被災地域の地図：報告のあった地域 { $places }、避難生活者の推計 { $displaced }人。同じ数値は「地域」の表にあります。
map-eye = 台風の中心
map-wind = { $speed } m/s
map-wind-ahead = { $speed } m/s · { $time }
outlines = 地図上の区域と円：{ $count }
outlines-title = 電文が示す区域と円
outline = 種別
outline-where = 位置
outline-area = 警報の区域
outline-circle = 警報の円
outline-wind = 風の円
outline-wind-ahead = 風の円（予報）
outline-wind-of = 風速{ $speed } m/s以上
outline-wind-ahead-of = 予報：風速{ $speed } m/s以上
outline-circle-at = { $point }、半径{ $radius } km
outline-between = { $from } ～ { $to }
degrees-north = 北緯{ $degrees }°
degrees-south = 南緯{ $degrees }°
degrees-east = 東経{ $degrees }°
degrees-west = 西経{ $degrees }°

## People

people = 人的被害と避難
people-note = 全地域の推計です。棒は0から各範囲の上限までを示し、縦線が中央の推計値です。
factors = 推計係数
factors-version = 推計係数：{ $version } 版。
between = { $low }～{ $high }
residents-meaning = 被災地域に住むすべての人。多くは外部からの支援を必要としません。
people-evacuated = 避難者（最大時）
people-evacuated-meaning = 一夜限りの避難や避難指示による避難を含む、最も多い時点で自宅を離れている人。
people-displaced-meaning = 危険が去った後も、住宅の被害や断水のため自宅に戻れない人。所要の多くはこの数値から算出します。
without-water = 断水人口
without-water-meaning = どこで寝泊まりしていても、飲料水はこの数値から算出します。
deaths = 死者
deaths-meaning = 災害全体のモデル推計または集計。所要の算出には用いません。
deaths-untold = この種の災害では、死者を推計する方法がまだありません。
range-of-displaced = 避難生活者の範囲

## Sources of the figures

sources-of = 数値の出典：{ $place }
message-behind = 数値の根拠となる電文
needs-of-place = この地域の所要と推計係数
need-rate = 区分
need-per-day = 1日ごと
need-once = 1回
factor-source = 係数の出典

## How the estimate moved

moves = 推計の推移
moves-empty = 推計はまだありません。
moves-empty-next = 電文や集計が届くたびに推計し直し、直前の推計と並べて表示します。
moves-one = これまでの推計は1回：避難生活者 { $central }人、範囲は{ $low }～{ $high }人。
moves-sentence = 推計{ $count }回：避難生活者は{ $first }人から{ $central }人へ、現在の範囲は{ $low }～{ $high }人。
moves-modelled = 電文による
moves-counted = 集計を反映
moves-difference = 増減
moves-new-factors = 新しい推計係数：{ $version }
moves-rests = 根拠の電文 { $count }件

## Situation reports

situations = 被害状況報告
situations-empty = 届いた被害状況報告はありません。
situations-empty-next = 各当事者が集計・確認した内容を原文のまま表示し、集計のある項目ではモデルに代わります。
situation-of = { $province }：{ $party }の報告
