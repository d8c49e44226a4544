### Whether help would arrive: what stays unmet over many scenarios, and what would change it.

nav-readiness = 備えの水準
page-readiness = 備えの水準

## What the figures rest on

readiness-lead = 災害が起きたらどうなるかを示します。どれだけ足りないか、支援がいつ届くか、誰が誰に頼っているか、何が変われば良くなるかです。
readiness-run = 実行
readiness-runs = まだ表示できない実行
readiness-progress = 実行「{ $run }」：シナリオ { $of } 件のうち { $done } 件
readiness-fault = 実行「{ $run }」：読み取れません
readiness-absent = 「{ $run }」という実行はありません。
readiness-absent-next = 移動または名前の変更があったかもしれません。
readiness-newest = 最新の実行を表示
readiness-empty = 完了した実行はまだありません。
readiness-empty-next = 実行とは、起こりうる多数の災害について計画を立て、何が足りないかを数えることです。次のコマンドで始めると、進み具合と結果がここに表示されます。
readiness-without = この実行には表示できる数値がありません。
readiness-without-next = 上で完了した実行を選んでください。
readiness-coming = 実行が進行中です。
readiness-coming-next = すべてのシナリオが終わると、数値がここに表示されます。
readiness-sample = 実行「{ $run }」は、抽出したシナリオ { $scenarios } 件（シード { $seed }）に基づき、うち { $harmful } 件で支援が必要です。重みを考えると均等に抽出した { $effective } 件に相当し、年 { $yearly } 件の災害を代表します。
readiness-intervals = 括弧内は、シナリオを { $resamples } 回再抽出したときに { $percent } % が収まる区間です。モデル自体の誤差は含みません。
readiness-input = ここでの停止・切断・追加はモデルに与えた仮定であり、いずれの当事者についての予測でもありません。
readiness-person-days = 人日：飲料水がないのと同じほど切実なものを、一人が一日受け取れないことを表します。
readiness-job = 実行の内容
readiness-year = 年
readiness-season = 季節
readiness-season-all = 通年
readiness-season-spring = 春
readiness-season-summer = 夏
readiness-season-autumn = 秋
readiness-season-winter = 冬
readiness-planned = 計画の期間
readiness-planned-is = { $hours } 時間（{ $each } 時間 × { $periods } 期）
readiness-delay = 計画の開始
readiness-delay-is = 発生から { $hours } 時間後
readiness-drafts = 合意の草案
readiness-drafts-count = 発効済みとして扱う
readiness-drafts-not = 算入しない
readiness-unreachable = 連絡の取れない当事者
readiness-asked = 異なると仮定したもの
readiness-asked-all = 停止、切断、次の一歩
readiness-asked-none = なし
readiness-asked-agreements = 合意の停止
readiness-asked-links = 路線の切断
readiness-asked-candidates = 次の一歩

## How much stays unmet

readiness-unmet = どれだけ足りないか
readiness-needs-nothing = 支援が必要なシナリオはありません。
readiness-all = 全体
readiness-now = 現状
readiness-local = 地域間の協力のみ
readiness-local-note = 地域間の協力のみ：都道府県や市区町村の合意と各自の備蓄だけを残し、国家間の合意と国内法による支援を除きます。
readiness-dots-title = { $commodity }：災害 20 件のうち何件でどれだけ足りないか
readiness-dots-now = 現状では、災害 { $all } 件のうち不足のないものが { $none } 件、半分を超えて足りないものが { $half } 件です。
readiness-dots-local = 地域間の協力のみでは、{ $all } 件のうち不足のないものが { $none } 件、半分を超えて足りないものが { $half } 件です。
readiness-dots-note = 点一つは、その物資が必要になる災害の 20 分の 1 を表します。
readiness-share-unmet = 不足の割合
readiness-nothing = 不足なし
readiness-dot = 点
readiness-half = 半分が届くまで
readiness-ninety = 9 割が届くまで
readiness-arrival-now = 現状では、被災地 { $all } か所のうち { $hours } 時間以内に届くのは { $by } か所、{ $horizon } 時間以内に届かないのは { $never } か所です。
readiness-arrival-local = 地域間の協力のみでは、{ $all } か所のうち { $hours } 時間以内に届くのは { $by } か所、{ $horizon } 時間以内に届かないのは { $never } か所です。
readiness-hours-axis = 計画開始からの時間
readiness-beyond = { $hours } 時間以内に届かない
readiness-hours = { $hours } 時間
readiness-unmet-all = 全シナリオの不足：支援がまったくない場合に対する割合
readiness-scenarios = シナリオ
readiness-unmet-share = 不足

## What to do next

readiness-steps = 次に何をするか
readiness-steps-note = 1,000 ドル当たりに減る人日の順です。棒は順位の区間を示します。それぞれ単独で計画した結果で、すべての物資を合わせています。費用はカタログの計画用の仮定です。
readiness-steps-none = この実行では、追加できるものを調べていません。
readiness-steps-idle-all = いずれのシナリオでも、確実に役立つ一歩はありません。
readiness-steps-idle = どのシナリオでも確実には役立たないもの：{ $count } 件
readiness-rank = 順位
readiness-step = 次の一歩
readiness-kind-agreement = 合意
readiness-kind-link = 路線
readiness-kind-stock = 備蓄
readiness-days-saved = 年間に減る人日
readiness-saved = 減る不足
readiness-cost = 年間費用（米ドル）
readiness-per-cost = 1,000 ドル当たりの人日
readiness-helps-in = 役立つシナリオ
readiness-unknown = 不明
readiness-on-map = 地図
readiness-show = 地図に表示
readiness-shown = 地図に表示中

## The map

readiness-map = 地域ごとの前と後
readiness-with = 変わるもの
readiness-map-now = 現状では、{ $places } 地域で、全物資を合わせて年間 { $days } 人日が不足します。最も多いのは{ $worst }（{ $most } 人日）です。
readiness-map-then = 「{ $step }」の場合、不足が減るのは { $better } 地域、増えるのは { $worse } 地域、地域間で移りうるためどちらとも言えないのは { $either } 地域です。
readiness-legend-now = 輪：現状の年間人日
readiness-legend-after = 円：変更後の年間人日
readiness-legend-better = 不足が減る
readiness-legend-worse = 不足が増える
readiness-legend-either = どちらとも言えない：区間が 0 をまたぎ、地域間で移りうる
readiness-legend-largest = 面積に比例。この地図で最大：{ $days }
readiness-before = 前：年間の人日
readiness-after = 後：年間の人日
readiness-change = 増減
readiness-effect = 意味
readiness-effect-better = 不足が減る
readiness-effect-worse = 不足が増える
readiness-effect-either = どちらとも言えない。地域間で移りうる
readiness-effect-none = 変化なし
readiness-days = 年間の人日
readiness-places = 不足が大きい場所
readiness-places-none = 不足する場所はありません。
readiness-places-none-next = どのシナリオでも、この物資を必要とする場所はありません。
readiness-half-median = 半分：中央値
readiness-ninety-median = 90 %：中央値

## Who relies on whom, and what would be lost

readiness-dependence = 誰が誰に頼っているか
readiness-dependence-none = 合意に基づいて届くものはありません。
readiness-dependence-none-next = 各国が自前で、または自国の法律に基づいて賄うものは下にあります。
readiness-dependence-own = 自前の備蓄と国内法：{ $count } 件
readiness-country = 国
readiness-under = 根拠
readiness-under-own = 自前の備蓄
readiness-under-home = 国内法
readiness-share-got = その国が受け取る量に占める割合
readiness-cuts = 停止または切断を仮定したときに失われるもの
readiness-cuts-note = 支援が必要なシナリオ { $scenarios } 件について数えています。どの再抽出でも何も失われない停止・切断は、ほかに { $idle } 件あります。
readiness-cuts-none = 失われるものはありません。
readiness-cuts-none-next = この実行では調べていないか、停止や切断のすべてを補えます。
readiness-cut = 仮定
readiness-cut-national-ties = 国レベルの協力を断ち、地域間の協力のみを残す
readiness-cut-link = 路線「{ $link }」の切断
readiness-suspended = { $what }の停止
readiness-harms-in = 害となるシナリオ
readiness-unused-in = まったく使わなかったシナリオ
readiness-lost = 増える不足
readiness-days-lost = 年間に増える人日
readiness-substitutes = 誰が代わりを担うか
readiness-substitutes-none = 提供を増減する当事者はありません。
readiness-substitutes-none-next = この実行では調べていないか、合意を停止しても提供者は変わりません。
readiness-given = 提供量の増減

## Drills and files

readiness-drills = 訓練（上の数値には含まれません）
readiness-drill = 訓練
readiness-displaced = 避難者
readiness-files = 根拠となるファイル
readiness-files-note = 値はすべて整数か文字列です。負担は千分の一、重みと割合は百万分の一を単位とします。表はどの計算機でもバイト単位で同じです。
readiness-download = ダウンロード
readiness-table = 表
readiness-holds = 一行が表すもの
readiness-holds-report = このページの数値とその区間
readiness-holds-scenarios = シナリオ
readiness-holds-needs = シナリオごとの地域と物資
readiness-holds-givers = 誰が何をどこに提供するか
readiness-holds-links = どの路線で届くか
readiness-holds-effects = 一つの変更による最小と最大の変化
readiness-holds-substitutes = 合意を停止したときに増減する提供者
readiness-rows = 行数
