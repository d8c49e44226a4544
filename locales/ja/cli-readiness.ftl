# Whether help would arrive: running scenarios, merging shards, and what a run means.

readiness-progress = シナリオ {$of} 件のうち {$done} 件
readiness-left = 残り約 {$minutes} 分
readiness-left-hours = 残り約 {$hours} 時間 {$minutes} 分
readiness-stopped = 指示により停止しました。シナリオ {$of} 件のうち {$done} 件を終え、{$folder} に保存しました。
readiness-resume = 同じコマンドをもう一度実行すると、続きから進みます。
readiness-complete = シナリオ {$count} 件をすべて終えました。表は {$folder}/tables にあります。
readiness-job = ジョブ
readiness-shard = 分割
readiness-next-report = 結果を見る: pumasi readiness report {$folder}
readiness-next-merge = すべての分割が終わったら: pumasi readiness merge DIR… --out DIR

title-readiness = 備えの水準
readiness-sample = 抽出したシナリオ {$scenarios} 件(シード {$seed})に基づき、うち {$harmful} 件で支援が必要です。重みを考えると均等に抽出した {$effective} 件に相当し、年 {$yearly} 件の災害を代表します。
readiness-intervals = 括弧内は、シナリオを {$resamples} 回再抽出したときに {$percent} % が収まる区間です。モデル自体の誤差は含みません。
readiness-person-days = 人日: 飲料水がないのと同じほど切実なものを、一人が一日受け取れないことを表します。
readiness-input = ここでの停止・切断・追加はモデルに与えた仮定であり、いずれの国についての予測でもありません。
readiness-none = ありません。
readiness-all = 全体
readiness-hours = {$hours} 時間
readiness-never = 時間は計画の開始から数えます。∞は計画の期間内に届かないことを表します。
readiness-local-note = 地域間の協力のみ: 都道府県や市区町村の合意と各自の備蓄だけを残し、国家間の合意と国内法による支援を除きます。

title-readiness-unmet = 不足: 支援がまったくない場合に対する割合
title-readiness-times = 支援が届く時期: 半分、そして 90 %
title-readiness-places = 不足が大きい場所
title-readiness-dependence = 隣国・隣接地域から届くもの(国別)
title-readiness-steps = 費用に対して最も役立つ次の一歩
title-readiness-cuts = 停止または切断を仮定したときに失われるもの
title-readiness-substitutes = 合意の停止を仮定したときに増減する提供者
title-readiness-drills = 訓練(上の数値には含まれません)

column-readiness-scenarios = シナリオ
column-readiness-unmet = 不足
column-readiness-p10 = 下位 10 %
column-readiness-p50 = 中央値
column-readiness-p90 = 上位 10 %
column-readiness-local = 地域間の協力のみ
column-readiness-half-p50 = 半分: 中央値
column-readiness-half-p90 = 半分: 十中九
column-readiness-ninety-p50 = 90 %: 中央値
column-readiness-ninety-p90 = 90 %: 十中九
column-readiness-days = 年間の人日
column-readiness-country = 国
column-readiness-agreement = 根拠
column-readiness-share = 割合
column-readiness-rank = 順位
column-readiness-step = 次の一歩
column-readiness-saved = 減る不足
column-readiness-cost = 年間費用(米ドル)
column-readiness-per-cost = 1,000 ドル当たりの人日
column-readiness-cut = 仮定
column-readiness-lost = 増える不足
column-readiness-change = 増減
column-readiness-displaced = 避難者

readiness-cut-national-ties = 国レベルの協力を断ち、地域間の協力のみを残す
readiness-cut-link = 路線 {$link} の切断
readiness-suspend = {$agreement} の停止
readiness-suspend-clause = {$agreement}: {$clause} の停止

failure-readiness = シナリオを実行できません
    .help = ライブラリを確認してください。合意の不備は `pumasi agreement check` が示します
failure-readiness-folder = 実行のフォルダーを使えません
    .help = 権限と空き容量を確認するか、`--out` で別のフォルダーを指定してください
failure-readiness-in-use = 別のプロセスが実行のフォルダーを使っています
    .help = 終わるまで待つか、`--out` で別のフォルダーを指定してください
failure-readiness-other = フォルダーには別の実行が入っています
    .help = その実行を続けるには同じオプションを指定し、そうでなければ `--out` で別のフォルダーを指定してください
failure-readiness-unfinished = 実行が終わっていません
    .help = 同じ `pumasi readiness run` をもう一度実行すると、続きから進みます
failure-shards = フォルダーが一つの実行になりません
    .help = 一つのジョブの全分割のフォルダーを、終わったものだけ一度ずつ指定してください
failure-commodities = `{$given}` は物資の指定ではありません
    .help = 1 から {$most} までの数、コンマ区切りの識別子、または all を指定してください

# Help.

help-readiness = 備えの水準: 支援が届くかを多くのシナリオで確かめる
help-readiness-run = シナリオを実行、または停止した実行を再開
help-readiness-run-scenarios = 抽出するシナリオの数
help-readiness-run-seed = 抽出に使うシード
help-readiness-run-year = シナリオの年。合意と路線はその年の状態に従う
help-readiness-run-season = この季節に起こるものだけ
help-readiness-run-drills = 訓練も実行
help-readiness-run-periods = 計画の期の数
help-readiness-run-hours = 一期の時間
help-readiness-run-delay = 発生から計画開始までの時間
help-readiness-run-commodities = 計画する物資: 重要な順に数えた個数、コンマ区切りの識別子、または all
help-readiness-run-counterfactuals = 異なると仮定するもの。モデルへの入力であり、国についての予測ではない
help-readiness-run-unreachable = 連絡の取れない当事者。繰り返し指定可
help-readiness-run-drafts = 草案も発効済みとして扱う
help-readiness-run-threads = 同時に処理するシナリオの数。省略時はプロセッサーの半分
help-readiness-run-shard = いくつのうちのどの分割か。例: 3/8
help-readiness-run-out = 実行のフォルダー
help-readiness-merge = 全分割のフォルダーを一つの実行に統合
help-readiness-merge-shards = 分割のフォルダー
help-readiness-merge-out = 作るフォルダー
help-readiness-report = 実行の意味を、数値ごとに標本と区間を添えて報告
help-readiness-report-folder = 実行のフォルダー
help-readiness-report-csv = すべての数値をコンマ区切りで出力
