### The plan: what moves by when, what stays undone, and how good that is at most.

plan-title = 計画：{ $title }
plan-empty = 計画の対象がありません。
plan-empty-next = 必要量が報告された事案が要ります。報告されるか、計画が採択されると、ここに表示されます。
plan-chosen = 採択した当事者：{ $party } ·
plan-reckoned = 計算のみで、採択されていない。基準時刻：
plan-to-fresh = いま立てた場合の計画を見る
plan-to-chosen = 採択された計画に戻る
plan-findings = 計画から除かれたもの：{ $count } 件
plan-filter = 表示する物資
plan-filter-all = すべて

## What it achieves

plan-served = 取り除く負担
plan-half = 半分を取り除くまで
plan-nine-tenths = 9割を取り除くまで
plan-worst = 最大の不足割合
plan-worst-at = { $place }、{ $commodity }
plan-hours = { $hours } 時間
plan-never = この期間内には達しない

## The proof

plan-proof = 証明済み：どの計画も、負担と費用を救援がない場合の負担の { $bound } より小さくはできません。この計画は { $objective } で、差は { $gap } 以内です。
plan-rounding = 端数を認めず整数単位としたことによる損失は { $share } です。
plan-prove = もう一度証明する
plan-prove-how = この三つのテキストがあれば、このノードがなくても誰でも限界値を計算し直せます。各テキストのダイジェストは名前のとおりです。
plan-problem = 問題
plan-certificate = 証明書
plan-digest = 計画

## The map and its clock

plan-map = いつまでに何が動くか
plan-map-sentence = { $hour } 時間目の計画の地図：{ $links } 区間で { $all } のうち { $left } が出発し、{ $there } が到着。閉鎖される時間のある路線は { $closed } 本。表「輸送計画」に同じ数値があります。
plan-moved = その時点までに { $all } のうち { $left } が出発し、{ $there } が到着。
plan-play = 再生
plan-pause = 一時停止
plan-hour = 時刻
plan-hour-of = { $last } 時間中 { $hour } 時間目
plan-legend-moving = この区間を移動中。太さは重さ
plan-legend-there = すべて到着。太さは重さ
plan-legend-closed = 閉鎖される時間あり
plan-at-hour = この時刻
plan-there = 到着
plan-moving = 移動中
plan-waiting = 出発前
plan-own = 自前の備蓄
plan-left = { $sent }発送、{ $left }到着
plan-lies-there = すでに現地にある

## Pallets and vehicles

plan-loads = 路線・日別のパレットと車両
plan-loads-empty = 車両やコンテナで運ぶ物資はありません。
plan-loads-empty-next = パレットを積む路線で物資を運ぶ計画になると、ここにパレットと車両が表示されます。
plan-pallets = { $pallets } + バラ { $loose }
plan-day = 日目
plan-day-from = その日の開始
plan-vehicle = 積載手段
plan-vehicles = 台数
plan-broken = 端数パレット
plan-loaded = 満載のパレット{ $pallets }枚と端数パレット{ $broken }枚に積みます。全区間で延べ{ $vehicles }台が出発し、パレット枠の{ $positions }、積載質量の{ $mass }が空いています。
plan-loading-free = パレットと車両に合わせても負担は増えません。積み残しも出発の遅れもありません。
plan-loading-cost = パレットと車両に合わせたことで、救援がない場合の負担の{ $share }が増えました。枠が足りず、{ $left }を積み残し、{ $delayed }の出発が遅れます。

## What stays undone

plan-over-time = 開始から終了までの不足
plan-bars = 不足の割合：開始時 { $first }、最大 { $most }、終了時 { $last }
plan-share-unmet = 不足割合
plan-burden-share = 全負担に占める割合
plan-needs = 必要項目
plan-binds = 最も制約となっているもの
plan-binds-note = 各必要項目は、最も大きく妨げている制約に数えます。同じ物資を見込むことがあるため、割合は上限です。

## What would help

plan-next = 次に最も効果のある変更
plan-next-note = それぞれ単独で計画し直した結果です。効果は救援がない場合の負担に対する割合で、足し合わせられません。
plan-next-empty = 試した単独の変更では改善しません。
plan-next-empty-next = 複数の制約が重なっている所は、上の表にあります。
plan-change = 変更
plan-gain = 効果
plan-between = 最善の計画どうしの差
plan-sure = 証明
plan-sure-yes = 確実に効果あり
plan-sure-no = 確実ではない
plan-next-open-link = 路線を再開する
plan-next-larger-link = 路線の輸送力を1割増やす
plan-next-resume-clause = 条項の適用を再開する
plan-next-larger-ceiling = 上限を1割引き上げる
plan-next-larger-port = 荷役能力を1割増やす
plan-next-make-agreement = まだない協定を結ぶ
plan-next-larger-stock = 備蓄を1割増やす
plan-next-lay-in = 必要量の1割を事前に備蓄する

## Against the plan before

plan-changes = 前の計画からの変更
plan-changes-note = 変更なし：{ $kept } 件。すでに出発し変更できないもの：{ $past } 件。前の計画の開始：
plan-changes-empty = 変更はありません。
plan-changes-empty-next = 前の計画の移動はすべてそのままです。
plan-before = 前回
plan-now = 今回
plan-arrived-before = 前回の到着
plan-replan-added = 追加
plan-replan-dropped = 取りやめ
plan-replan-larger = 増加
plan-replan-smaller = 減少
plan-replan-later = 遅くなる
plan-replan-sooner = 早くなる
plan-replan-rerouted = 経路変更
plan-cause-link-closed = 路線が閉鎖
plan-cause-link-open = 路線が再開
plan-cause-agreement-stopped = 条項が停止
plan-cause-agreement-resumed = 条項の適用が再開
plan-cause-stock-less = 在庫が減少
plan-cause-stock-more = 在庫が増加
plan-cause-need-more = 必要量が増加
plan-cause-need-less = 必要量が減少
plan-cause-under-way = 一部は発注済み
plan-cause-whole-plan = 全体としてその方がよい
plan-under-way = 発注済みのもの
plan-under-way-note = 計画はこれらを所与とします。必要量と在庫からすでに差し引いています。
