### The life of an agreement: how it stands, its drafts, what was said, and the steps open here.

page-life = Life of an agreement
agreement-parts = Parts of this agreement
part-text = Text
part-life = Life
text-none = This node holds no text of this agreement yet.
text-none-next = Its drafts and the steps open to us are under Life.
life-empty = Nothing was said of this agreement yet.
life-empty-next = Its life begins when a party proposes it, or lays a text that exists down for the record.
life-choice = Matter shown
life-choice-line = { $status } · { $matter }
another-life = A new matter
another-life-note = An agreement has one actual life. Exercises are played beside it, each in a matter of its own.

## How it stands

standing = How it stands
standing-now = It now stands as
standing-on = On
standing-since = In force since
standing-ends = First day without it
standing-ends-open = Not settled
force = Something actual may rest on it
force-rehearsed = Something in an exercise or test may rest on it
force-binding = Yes
force-none = No
force-disputed = Disputed between the parties
waits-for = Waiting for
audience-of-life = Shared with
readings = How the parties read it
readings-note = The agreement does not settle which reading is right. Neither is preferred here.
reading-ends = First day without it:
reading-ends-open = not settled
dates = Days to watch
dates-empty = There is no day to watch.
date-what = What
date-day = Day
date-left = Days left
days-left = { $count ->
    [0] today
    [one] in { $count } day
   *[other] in { $count } days
  }
days-past = { $count ->
    [one] { $count } day ago
   *[other] { $count } days ago
  }

## Drafts

versions = Versions
versions-empty = There is no draft yet.
versions-empty-next = A party lays one down; every party initials and signs the same bytes.
version-number = Version
version-by = Laid down by
version-bytes = { $count } bytes
version-initialled = Initialled by
version-signed = Signed by
version-ratified = Procedures completed by
version-enters = Enters into force
version-in-force = In force
draft-number = Version { $version }
digest-in-full = Show the digest in full
copy = Copy
copied = Copied
compare = Compare two versions
compare-from = Older
compare-to = Newer
compare-in-use = Version { $version } compared with the text in use here.
diff-equal = Both texts are the same.
diff-layout = The texts say the same and differ in comments or layout alone. Their digests differ, so they are signed apart.
diff-place = place among the clauses
effects = What the newer one changes
effects-none = It permits and forbids the same as the older one.
diff-head = Outside the clauses
diff-clauses = Clauses: { $changed } changed, { $same } unchanged
diff-show-same = Show unchanged clauses as well
diff-before = Before
diff-after = After
diff-absent = Not in this version.
diff-fields = Fields of the file that differ: { $count }
change-same = Unchanged
change-changed = Changed
change-added = Added
change-removed = Removed
change-moved = Moved

## Suspension and end

suspensions = Suspensions
suspended-what = What
suspended-whole = The whole agreement
suspended-from = First day
suspended-until = First day without it
suspension-state = State
suspension-holds = Suspended
suspension-over = No longer suspended
suspension-lifted = Lifted on
cause-given = Reason given
endings = Notices and agreed ends
notices = Notices
notice-by = Notice by
notice-given = Given on
notice-ends = First day without the agreement
notice-steps = What was done with it
notice-step-suspend = effect suspended
notice-step-resume = suspension lifted
notice-step-withdraw = withdrawn
notice-earliest = Earliest first day without the agreement:
ends-agreed = Ends that parties agreed to
end-agreed-day = First day without the agreement
survival = What outlives the end
survival-note = These clauses go on binding after the agreement has ended. What is owed stays owed in any case.
survival-clauses = Clauses
survival-lasts = For how long
survival-open = Without end
survival-by = By
life-events = What was said
event-refused = Signed, but refused

## Steps

life-steps = Steps open to us
life-steps-empty = No step is open to us now.
step-of-version = { $step } (version { $version })
propose = Propose an agreement
propose-known = Propose the text in use here
propose-note = This opens a matter with the parties and lays the text down as version 1. Nobody is bound by it before signing.
propose-next = Go to its life
agreement-file = Agreement file (TOML)
file-choose = Choose a file
file-exactly = The text is sent exactly as the file has it: every party signs the same bytes.
file-unread = This file is not text in UTF-8.
go-to-line = Go to line { $line }, column { $column }
skimmed = As the text says of itself:
not-found-in-text = Not found in the text
party-unknown = { $id } (not in the catalog)
field-status = Actual, exercise or test
audience-note = The parties of the text share the matter. Add others only if they are to read along.
field-audience = Also share with
audience-remove = Do not share with { $party }
remove = Remove
compare-by-telephone = Read the version and the digest out to the other parties by telephone, and go on only if theirs are the same.
compared = We have compared them, and they are the same.
field-scope = What is suspended
scope-clauses = Certain clauses
scope-whole = The whole agreement
field-clauses = Clauses to suspend
field-from = First day (today if empty)
field-until = First day without the suspension (open if empty)
field-ends-notice = First day without the agreement (the earliest if empty)
field-ends = First day without the agreement
field-cause = Reason
field-cause-note = In our own words; every party reads it, and it stays on record.
field-officers = { $needed ->
    [one] Who signs
   *[other] Who signs ({ $needed } different persons)
  }
officers-lacking = { $count ->
    [one] One more person must sign. Possible here: { $others }
   *[other] { $count } more persons must sign. Possible here: { $others }
  }
officers-short = Persons who must sign: { $needed }. Here with a mandate and a key: { $here }.
officers-short-next = Enrol the officers who are missing at this node, or have the mandates changed.
gaps = Still needed: { $gaps }.
gap-officers = who signs
gap-text = the text
gap-compared = the comparison with the other parties
gap-scope = what is suspended
gap-clauses = at least one clause
gap-span = a last day after the first
gap-ends = the day
gap-ends-early = a day not before the earliest
gap-cause = the reason
take-propose = Sign and propose
take-draft = Sign and lay down
take-initial = Initial
take-sign = Sign for our party
take-ratify = Sign and notify
take-suspend = Sign and suspend
take-resume = Sign and lift
take-give-notice = Sign and give notice
take-suspend-notice = Sign and suspend the notice
take-resume-notice = Sign and lift
take-withdraw-notice = Sign and withdraw
take-agree-termination = Sign and agree
step-refused = The step was refused. Nothing was sent.
step-taken = Done and signed
acts-made = Acts:
relayed = Told to matters under the agreement
relayed-done = Told
relayed-refused = Refused there:
close = Close
