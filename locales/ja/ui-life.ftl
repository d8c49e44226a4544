### The life of an agreement: how it stands, its drafts, what was said, and the steps open here.

page-life = 合意の締結・効力
agreement-parts = この合意の構成
part-text = 条文
part-life = 締結・効力
text-none = このノードには、この合意の条文がまだありません。
text-none-next = 草案と自当事者が取れる措置は「締結・効力」にあります。
life-empty = この合意に関する記録はまだありません。
life-empty-next = 当事者が合意を提案するか、既存の合意文を記録として掲げると始まります。
life-choice = 表示する案件
life-choice-line = { $status } · { $matter }
another-life = 新しい案件
another-life-note = 実際の案件は合意ごとに一つです。訓練は別の案件で行います。

## How it stands

standing = 現在の効力
standing-now = 現在の状態
standing-on = 基準日
standing-since = 発効日
standing-ends = 効力を失う最初の日
standing-ends-open = 未確定
force = 実際の行為の根拠
force-rehearsed = 訓練・試験の行為の根拠
force-binding = となり得る
force-none = とならない
force-disputed = 当事者間で見解が異なる
waits-for = 措置待ちの当事者
audience-of-life = 共有先
readings = 当事者の解釈
readings-note = どちらの解釈が正しいかを合意文は定めていません。ここでもいずれも採りません。
reading-ends = 効力を失う最初の日：
reading-ends-open = 未確定
dates = 留意すべき日
dates-empty = 留意すべき日はありません。
date-what = 内容
date-day = 日付
date-left = 残り
days-left = { $count ->
    [0] 本日
   *[other] あと{ $count }日
  }
days-past = { $count ->
   *[other] { $count }日経過
  }

## Drafts

versions = 草案
versions-empty = 草案はまだありません。
versions-empty-next = 当事者が草案を提出し、すべての当事者が同一のファイルに仮署名し、署名します。
version-number = 版
version-by = 提出
version-bytes = { $count }バイト
version-initialled = 仮署名
version-signed = 署名
version-ratified = 国内手続完了の通告
version-enters = 発効日
version-in-force = 効力あり
draft-number = 草案第{ $version }版
digest-in-full = ダイジェスト全体を表示
copy = コピー
copied = コピーしました
compare = 二つの版の比較
compare-from = 旧版
compare-to = 新版
compare-in-use = 第{ $version }版と現在使用中の条文との比較です。
diff-equal = 二つの条文は同一です。
diff-layout = 内容は同じで、注記または体裁のみが異なります。ダイジェストが異なるため、署名は別々になります。
diff-place = 条項の順序
effects = 新版による変更点
effects-none = 許可する事項と禁じる事項は旧版と同じです。
diff-head = 条項以外
diff-clauses = 条項：変更{ $changed }、同一{ $same }
diff-show-same = 同一の条項も表示
diff-before = 変更前
diff-after = 変更後
diff-absent = この版にはありません。
diff-fields = 異なる項目：{ $count }
change-same = 同一
change-changed = 変更
change-added = 追加
change-removed = 削除
change-moved = 位置の変更

## Suspension and end

suspensions = 効力停止
suspended-what = 停止の範囲
suspended-whole = 合意全体
suspended-from = 開始日
suspended-until = 停止が終わる最初の日
suspension-state = 状態
suspension-holds = 停止中
suspension-over = 停止終了
suspension-lifted = 解除日
cause-given = 示された理由
endings = 終了通告と終了の合意
notices = 終了通告
notice-by = 通告した当事者
notice-given = 通告日
notice-ends = 効力を失う最初の日
notice-steps = その後の措置
notice-step-suspend = 通告の効力を停止
notice-step-resume = 通告の効力停止を解除
notice-step-withdraw = 通告を撤回
notice-earliest = 最も早い効力喪失日：
ends-agreed = 終了に同意した当事者
end-agreed-day = 効力を失う最初の日
survival = 終了後も残る条項
survival-note = 合意の終了後も引き続き拘束する条項です。既に生じた債務は、条項の有無にかかわらず残ります。
survival-clauses = 条項
survival-lasts = 期間
survival-open = 期限の定めなし
survival-by = 根拠の条項
life-events = 経過の記録
event-refused = 署名済みだが不許可

## Steps

life-steps = 自当事者が取れる措置
life-steps-empty = 現在取れる措置はありません。
step-of-version = { $step }（第{ $version }版）
propose = 合意の提案
propose-known = 現在使用中の条文を提案
propose-note = 当事者と共有する案件を開き、条文を草案第1版として提出します。署名するまで誰も拘束されません。
propose-next = 締結・効力のページへ
agreement-file = 合意ファイル（TOML）
file-choose = ファイルを選択
file-exactly = ファイルの内容をそのまま送ります。すべての当事者がバイト単位で同一のファイルに署名します。
file-unread = UTF-8のテキストファイルではありません。
go-to-line = { $line }行{ $column }桁へ移動
skimmed = 条文の記載：
not-found-in-text = 条文に見当たりません
party-unknown = { $id }（一覧にありません）
field-status = 実際・訓練・試験の別
audience-note = 条文の当事者はすべて案件を共有します。併せて閲覧する当事者がある場合に追加してください。
field-audience = 追加の共有先
audience-remove = 共有先から除外：{ $party }
remove = 除外
compare-by-telephone = 電話で相手方と版とダイジェストを読み合わせ、一致する場合にのみ進めてください。
compared = 読み合わせを行い、一致しています。
field-scope = 停止の範囲
scope-clauses = 一部の条項
scope-whole = 合意全体
field-clauses = 停止する条項
field-from = 開始日（空欄は本日）
field-until = 停止が終わる最初の日（空欄は期限なし）
field-ends-notice = 効力を失う最初の日（空欄は最も早い日）
field-ends = 効力を失う最初の日
field-cause = 理由
field-cause-note = 自当事者の言葉で記します。すべての当事者が読み、記録に残ります。
field-officers = { $needed ->
    [1] 署名者
   *[other] 署名者（異なる{ $needed }名）
  }
officers-lacking = { $count ->
   *[other] あと{ $count }名の署名が必要です。署名できる担当官：{ $others }
  }
officers-short = 署名に必要な人数：{ $needed }名。このノードで権限と鍵を持つ担当官：{ $here }名。
officers-short-next = 不足する担当官をこのノードに登録するか、権限の委任を変更してください。
gaps = 未入力：{ $gaps }。
gap-officers = 署名者
gap-text = 条文
gap-compared = 相手方との読み合わせ
gap-scope = 停止の範囲
gap-clauses = 一つ以上の条項
gap-span = 開始日より後の終了日
gap-ends = 日付
gap-ends-early = 最も早い日以降の日付
gap-cause = 理由
take-propose = 署名して提案
take-draft = 署名して提出
take-initial = 仮署名
take-sign = 当事者を代表して署名
take-ratify = 署名して通告
take-suspend = 署名して効力を停止
take-resume = 署名して停止を解除
take-give-notice = 署名して終了を通告
take-suspend-notice = 署名して通告の効力を停止
take-resume-notice = 署名して停止を解除
take-withdraw-notice = 署名して通告を撤回
take-agree-termination = 署名して終了に同意
step-refused = 措置は不許可となりました。何も送信されていません。
step-taken = 署名し、完了しました
acts-made = 記録された行為：
relayed = この合意に基づく案件への伝達
relayed-done = 伝達済み
relayed-refused = 当該案件で不許可：
close = 閉じる
