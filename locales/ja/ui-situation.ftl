### The situation: what broke, who is reachable, what moves.

situation-empty = 対応中の災害はありません。
situation-empty-next = 警報を受信すると、被災地域、応答する当事者、動いている物資をここに表示します。演習する場合は訓練を開始してください。
answers = 概況
answer-broke = 被害
answer-reach = 連絡の可否
answer-moves = 輸送の計画
answer-gap = 充足できない所要
people-displaced = 避難者（人）
worst-place = 最大：{ $place }、震度{ $intensity }
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
event-source = 情報源
event-messages = 受信電文

## Maps

maps = 地図
map-event = 被災地域
map-region = 路線と輸送
map-event-sentence = 被災地域の地図：報告のあった地域 { $places }、うち震度5強（MMI 7）以上 { $strong }、避難者の推計 { $displaced }人。同じ数値は「地域」の表にあります。
map-region-sentence = 広域の地図：路線 { $links }、うち通常運行でないもの { $cut }、一路線の最大計画輸送量 { $mass }。同じ数値は「輸送計画」と「路線」の表にあります。
map-disclaimer = この地図に示す境界および地名は、いずれの当事者による公式の承認または受諾を意味するものではありません。
map-epicentre = 震央
legend-intensity = 震度 気象庁（MMI）
legend-class = { $jma }（{ $mercalli }）
legend-flow = 輸送計画：太さは重量
legend-circle = 地域：面積は避難者数
intensity = 震度
intensity-5-lower = 5弱
intensity-5-upper = 5強
intensity-6-lower = 6弱
intensity-6-upper = 6強

## Tables

situation-needs = 所要と支援の進捗
situation-no-needs = 推計された所要はありません。
situation-no-needs-next = 震度を含む警報を読み込むと所要を算出します。
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
cause-relations = 政府間関係
cause-pandemic = 感染症
cause-operator = 運航者の事情
cause-damage = 被災
cause-weather = 気象
cause-season = 運航期間外
planned-mass = 計画輸送量
places = 地域
places-empty = 報告のあった地域はありません。
places-empty-next = 震度を含む電文を読み込むと地域を表示します。
basis = 根拠
basis-observed = 観測
basis-model = モデル推計
residents = 人口
first-needs = 主な所要
reach-title = 関係する当事者
reach-empty = 関係する当事者はまだありません。
reach-empty-next = 当事者と案件を開設すると表示します。
