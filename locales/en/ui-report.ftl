### The after-action report.

report-title = After-action report: { $title }
report-figures = Key figures
first-aid = Time to first aid
first-aid-detail = From the origin of the event to the first receipt.
first-foreign-aid = Time to first aid from abroad
first-foreign-aid-detail = From the origin of the event to the first receipt from across a border.
report-agreed = Matters on which all nodes agree
report-agreed-detail = Equal digests at every node that was heard.
report-unmet = Unmet need over time
report-unmet-empty = No need was recorded.
report-unmet-empty-next = The chart appears once needs have been reported.
chart-title = { $commodity }: needed, received, unmet
chart-sentence = { $commodity }: unmet need was largest { $hour } hours after the origin ({ $worst }); at the end, after { $lastHour } hours, it was { $last }.
hour = Hours since the origin
report-clauses = What each clause permitted and refused
report-clauses-empty = No clause was cited.
report-clauses-empty-next = Clauses appear once acts under an agreement have been made.
acts-permitted = Acts permitted
acts-refused = Acts refused
report-owed = Who owes whom
report-owed-empty = Nobody owes anybody anything.
report-owed-empty-next = Gifts leave no obligation; other orders do once goods are accepted.
debtor = Owes
creditor = Is owed
owed = What
report-digests = Digests of every matter at every node
digest-nodes = Nodes
acts-count = { $count ->
        [one] { $count } act
       *[other] { $count } acts
    }
report-facts = What really happened
report-facts-empty = No record of the real event is attached.
report-facts-empty-next = Drills on real events carry their published record.
after-origin = After the origin
what-happened = What
figure = Figure
