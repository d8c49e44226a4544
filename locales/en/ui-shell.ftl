### Words of the frame around every page, and words that several pages share.

product = Pumasi
skip = Skip to the content
pages = Pages
language = Language
loading = Loading
try-again = Try again
nav-situation = Situation
nav-case = Case
nav-agreements = Agreements
nav-nodes = Nodes
nav-report = Report
page-situation = Situation
page-case = Case
page-agreements = Agreements
page-agreement = Agreement
page-nodes = Nodes
page-report = After-action report
page-unknown = Unknown page
unknown-page = There is no page at this address.
unknown-page-next = Open a page from the menu above.
case-choice = Case shown
case-choice-rehearsed = { $title } ({ $status })
live-connecting = Connecting
live-live = Live
live-broken = Connection lost
footer-times = JST is Japan, KST is Korea (both UTC+9), CST is China (UTC+8).
footer-node = Node of { $party }, version { $version }

## Exercise and test

status-banner = Status of this page
banner-exercise = EXERCISE – EXERCISE – EXERCISE
banner-exercise-detail = Nothing on this page is real. No act in an exercise creates an obligation.
banner-test = TEST – TEST – TEST
banner-test-detail = This is a technical test. Nothing on this page is real.
status-actual = Actual
status-exercise = Exercise
status-test = Test
owes-nothing = Exercise: nobody owes anybody anything.

## Failures, by the side that failed

fault-link = This browser cannot reach your node.
fault-link-help = Check the cable or the network and that the node is running. What you typed is kept.
fault-session = Your node no longer recognises this browser.
fault-session-help = Open the sign-in link that the node printed, then return here. What you typed is kept until you close this tab.
fault-absent = Your node has nothing under this address.
fault-absent-help = It may not have arrived yet, or this node does not share it. Check the address, or go back to the situation.
fault-form = Your node could not use what was sent.
fault-form-help = Check the fields and send again. What you typed is kept.
fault-neighbour = A neighbour’s node did not answer yours.
fault-neighbour-help = Your own node is working. See the page Nodes for who has been silent since when, and use the telephone.
fault-ours = Your own node failed.
fault-ours-help = Try again; if it fails again, tell the operator of your node. What you typed is kept.
stale = This page could not be refreshed.
stale-since = What you see was received at:

## Tables, lists and figures

figure-as-table = Show as a table
show-more = Show { $count } more
show-fewer = Show fewer
show-earlier = Show { $count } earlier
show-latest = Show only the latest
list-separator = ,{" "}
search-hint = Type a name or code
search-none = Nothing matches.
none = –
nobody = Nobody
never = Never
not-yet = Not yet
not-heard = not heard
not-arrived = None arrived
share = { $part } of { $whole }
range = ({ $low }–{ $high })
times = ×{ $count }
as-of = As of
since = Since

## Units

unit-ea = { $amount } pcs
unit-ltr = { $amount } L
unit-kgm = { $amount } kg
unit-day = { $amount } person-days
unit-kwh = { $amount } kWh
unit-tonne = { $amount } t
unit-name-ea = pieces
unit-name-ltr = litres
unit-name-kgm = kilograms
unit-name-day = person-days
unit-name-kwh = kilowatt hours
kilometres = { $count } km
per-day = per day
duration-minutes = { $minutes } min
duration-hours = { $hours } h { $minutes } min
duration-days = { $days } d { $hours } h

## Words that several pages share

party = Party
commodity = Commodity
amount = Quantity
place = Place
cause = Cause
clause = Clause
clauses = Clauses
why = Why
time = Time
status = Status
stage = Stage
source = Source
sources = Sources
matter = Matter
digest = Digest
neighbour = Neighbour
settlement = Settlement
due = Due
plain-words = In plain words
departs = Departs
arrives = Arrives
way = Route
reach = Connection
reach-yes = Answers
reach-no = Silent
last-heard = Last heard
comparison = Comparison
event-origin = Origin time
need-bar = Progress
need-needed = Needed
need-stock = Local stock
need-first-tranche = First tranche
need-first-tranche-why = The first tranche is the low end of three days’ need, less local stock and what is committed: it is needed in any case, and the next can follow the next message.
need-requested = Requested
need-committed = Committed
need-shipped = Shipped
need-received = Received
need-unmet = Unmet
meaning-done = Done
meaning-moving = Under way
meaning-waiting = Waiting
meaning-stopped = Stopped
meaning-unknown = Not known
meaning-ahead = Not reached
case-empty = There is no case yet.
case-empty-next = A case opens when an alert arrives or a drill is started.
shared-empty = No matter is shared yet.
shared-empty-next = A matter is shared once it is opened with neighbours in its audience.
settlement-gift = Gift
settlement-reimbursement = Reimbursement
settlement-replacement-in-kind = Replacement in kind
settlement-equal-value = Equal value exchange
settlement-loan = Loan
obligation-accrued = Accrued
obligation-billed = Billed
obligation-due = Due
obligation-overdue = Overdue
obligation-discharged = Discharged
obligation-confirmed = Discharge confirmed
obligation-converted = Converted
obligation-disputed = Disputed
obligation-waived = Waived
compared-equal = Equal
compared-unequal = Not equal
compared-behind = Behind
compared-diverged = Diverged
compared-unknown = Not heard yet
kind-open-matter = matter opened
kind-relay-alert = alert relayed
kind-report-needs = needs reported
kind-choose-plan = plan chosen
kind-request-resource = request
kind-offer-resource = offer
kind-requisition-resource = requisition
kind-commit-resource = commitment
kind-decline-resource = decline
kind-push-resource = push support
kind-dispatch-shipment = dispatch
kind-receive-resource = receipt
kind-bill-obligation = bill
kind-discharge-obligation = discharge
kind-confirm-discharge = confirmation of discharge

alarm = Alarm
alarm-to = Why, and what to do
