### What the command says.

## Labels

label-error = error:
label-why = why:
label-help = what to do:
label-usage = Usage:
label-commands = Commands:
label-arguments = Arguments:
label-options = Options:
label-options-short = OPTIONS
label-command-short = COMMAND
label-possible = [one of: { $values }]
label-default = [default: { $values }]
label-environment = [environment: { $values }]
label-reason = Reason
label-missing = Missing
label-command = Command
ask-alternatives = What may be done instead
settlement-days = { $mode }, within { $days ->
        [one] { $days } day
       *[other] { $days } days
    }
settlement-days-else = { $mode }, within { $days } days, otherwise reimbursement within { $later } days

## Faults of the command line

usage-unknown-command = `{ $given }` is no command
    .help = see `{ $command } --help`
usage-unknown-argument = `{ $given }` is no argument here
    .help = see `{ $command } --help`
usage-value-missing = `{ $argument }` lacks its value
    .help = see `{ $command } --help`
usage-bad-value = `{ $given }` is no value for `{ $argument }`
    .help = see `{ $command } --help`
usage-argument-missing = required arguments are missing: { $argument }
    .help = see `{ $command } --help`
usage-command-missing = `{ $command }` needs a command after it
    .help = see `{ $command } --help`
usage-conflict = `{ $argument }` and `{ $other }` exclude each other
    .help = keep one of them; see `{ $command } --help`
usage-not-utf8 = the command line is not UTF-8
    .help = set the terminal to UTF-8 and try again
usage-wrong = the command line does not read: { $argument }
    .help = see `{ $command } --help`
usage-meant = did you mean `{ $suggestion }`?
usage-possible = possible values: { $suggestion }

## Failures

failure-no-node = there is no node in the folder `{ $folder }`
    .help = found one with `pumasi init --data { $folder } --party ID`, or name its folder with `--data`
failure-not-running = the node of the folder `{ $folder }` does not run
    .help = start it with `pumasi serve --data { $folder }`
failure-unreachable = the node at { $address } does not answer
    .help = see whether it runs; if not, start it with `pumasi serve`
failure-token = the node does not take the token of this folder
    .help = make sure that `--data` is the folder of the node that runs
failure-answer-unreadable = the node's answer does not read
    .help = make sure that node and command are of one version: `pumasi --version`
failure-not-found = `{ $name }` is not here
    .help = check the spelling, or see what there is with `list`
failure-status = the node answered with status { $status }
    .help = see the node's log
failure-id-short = `{ $name }` is too short
    .help = give at least four digits of the id
failure-id-ambiguous = several ids begin with `{ $name }`
    .help = give more digits of the id
failure-file-missing = there is no file `{ $file }`
    .help = check the path; `-` is standard input
failure-plan-text = `{ $file }` is not the text of a plan, a problem or a certificate
    .help = use the texts to the byte as they were handed out, all of one problem
failure-file-unreadable = the file `{ $file }` cannot be read
    .help = check its permissions
failure-file-too-large = the file `{ $file }` is larger than { $mebibytes } MiB
    .help = use files exported one matter at a time
failure-file-not-text = the file `{ $file }` is not UTF-8 text from byte { $byte } on
    .help = convert it to UTF-8, or fetch it again
failure-file-exists = the file `{ $file }` exists already
    .help = choose another name, or move the old file away
failure-file-unwritable = the file `{ $file }` cannot be written
    .help = check the folder's permissions and the space left
failure-library = the library cannot be used { $folder }
    .help = mend the files named, or leave out `--library` to use what is built in
failure-units = the quantities do not fit together
    .help = use the unit of the shipment, and no more than was sent
failure-agreements-clash = the agreement files cannot be used together
    .help = name files whose ids differ
failure-agreement = the agreement file `{ $file }` has { $count ->
        [one] one fault
        *[other] { $count } faults
    }
    .help = mend the places named, then run `pumasi agreement check { $file }`
odrl-too-large = the policy `{ $file }` has { $bytes } bytes; { $most } are read at most
    .help = pass one policy at a time
odrl-malformed = the policy `{ $file }` is no JSON in line { $line }, column { $column }
    .help = mend that place, or fetch the file again
odrl-too-deep = the policy `{ $file }` is nested deeper than { $most } levels
    .help = no policy needs that; fetch it again from its source
odrl-too-many = the policy `{ $file }` has more than { $most } values
    .help = pass one policy at a time
odrl-repeated = the policy `{ $file }` says the same thing twice: { $path }
    .help = remove one of the two; which of them holds cannot be told
odrl-no-policy = the file `{ $file }` holds no ODRL policy: { $path }
    .help = pass a file with one policy in JSON-LD
failure-identity-file = the file `{ $file }` shows no identity
    .help = ask the other party for the file made by `pumasi party export --out FILE`

## Messages of warning centres

alert-empty = the message `{ $file }` is empty
    .help = fetch it again and compare its size with the source's
alert-too-large = the message `{ $file }` has { $bytes } bytes; { $most } are read at most
    .help = pass one message, or a feed of fewer events
alert-not-utf8 = the message `{ $file }` is not UTF-8 from byte { $byte } on
    .help = convert it to UTF-8 first
alert-unknown-format = the message `{ $file }` begins with `{ $start }`, which is no known format
    .help = pass one of: { $formats }
alert-cut-off = the message `{ $file }` ends early, in line { $line }
    .help = fetch it again and compare its size with the source's
alert-malformed = the message `{ $file }` is malformed in line { $line }
    .help = fetch it again from its source
alert-entities = the message `{ $file }` defines entities of its own in line { $line }
    .help = do not trust it; fetch it again from its source
alert-too-complex = the message `{ $file }` is more complex than any real one
    .help = pass one message, or a feed of fewer events
alert-incomplete = the message `{ $file }` lacks what no message may lack
    .help = fetch it again from its source
alert-no-earthquake = the message `{ $file }` tells of no earthquake
    .help = pass a message about an earthquake

## Following feeds

watch-begins = following { $count ->
        [one] one source
       *[other] { $count } sources
    }; Ctrl-C ends it
watch-looked = looked at every source once: { $count ->
        [0] nothing new
        [one] one change
       *[other] { $count } changes
    }
watch-opened = new: { $event }
watch-updated = more: { $event }
watch-joined = the same event as others: { $event }
watch-parted = another event than was taken: { $event }
watch-withdrawn = withdrawn: { $event }
watch-ended = ended: { $event }
watch-expired = past its end: { $event }
watch-works = followed again: { $source }
watch-relayed = relayed: { $name }
watch-once-failed = not every source could be followed
    .help = see above what each of them needs; one that failed is left alone for a while before it is asked again
watch-in-use = another watch follows feeds for the data folder `{ $folder }`
    .help = stop it, or pass another folder with `--data`
watch-too-many = { $given } sources are given; { $most } are followed at most
    .help = follow the rest with another watch and another folder with `--data`
watch-folder = what is known of events cannot be kept in the data folder `{ $folder }`
    .help = check that the folder can be written by this user and the disk has room
trouble-unreachable = `{ $at }` does not answer
    .help = check the address and the network; it is asked again by itself
trouble-not-trusted = `{ $at }` does not prove who it is
    .help = check the address and this machine's clock and trusted certificates; do not rely on what it says until then
trouble-too-slow = `{ $at }` takes too long to answer
    .help = nothing; it is asked again by itself
trouble-status = `{ $at }` answers with an error
    .help = check the address; it is asked again by itself, less and less often
trouble-too-large = `{ $at }` is larger than any message
    .help = choose a feed of fewer events
trouble-redirected = `{ $at }` sends on to where it is not followed
    .help = look up the feed's present address at its source and pass it with `--url`
trouble-unreadable = `{ $at }` does not read
    .help = see with `pumasi alert read` what is wrong with it
trouble-link-elsewhere = the feed `{ $at }` points to another site, which is not followed
    .help = if you trust the site, pass it with `--allow HOST`
trouble-too-many-links = the feed `{ $at }` lists more messages than are remembered
    .help = choose a feed of fewer events
trouble-folder-unreadable = the folder `{ $at }` cannot be read
    .help = check that it exists and this user may read it; it is looked at again by itself
trouble-file-unreadable = the file `{ $at }` cannot be read
    .help = check that this user may read it, and put it there anew
trouble-too-many-files = the folder `{ $at }` holds more files than are followed
    .help = move away those that were read
trouble-not-kept = what is known of events could not be written to `{ $at }`
    .help = make room on the disk; until then a restart may repeat what was told
trouble-not-read = what was known of events in `{ $at }` does not read and was put aside
    .help = nothing; events that are known already may be told once more
trouble-no-room = `{ $at }` tells of more events than are remembered; the oldest are left out
    .help = choose a feed of fewer events
trouble-not-cut-out = a message in `{ $at }` could not be taken out of its feed
    .help = fetch that message alone and hand it over with `pumasi alert relay`

## Bundles

bundle-none = the file `{ $file }` is no exported bundle
    .help = pass a file made by `pumasi matter export`
bundle-line = line { $line } of the bundle `{ $file }` is damaged
    .help = get it again from the party that sent it
bundle-cut-off = the bundle `{ $file }` is cut off: it has { $found } of { $stated } lines
    .help = get it again from the party that sent it
bundle-identity = an identity in the bundle `{ $file }` does not hold
    .help = do not rely on it; compare fingerprints by telephone or on paper, and tell the sender
bundle-act = act { $id } of the bundle `{ $file }` does not verify
    .help = do not rely on it: it may have been altered; compare with another party's copy
bundle-agreement-missing = the bundle `{ $file }` lacks the exact text of the agreement `{ $id }`
    .help = get a bundle that carries the agreement
bundle-agreement-unreadable = the agreement `{ $id }` in the bundle `{ $file }` does not read
    .help = verify it with a newer `pumasi`
bundle-agreements-clash = the agreements in the bundle `{ $file }` clash
    .help = tell the party that opened the matter
bundle-other-fingerprint = in the bundle `{ $file }` the fingerprint of `{ $party }` is { $found }, not { $wanted }
    .help = do not rely on it; ask that party for its fingerprint again

## Figures

spread = { $central } ({ $low }–{ $high })
amount-ea = { $amount } pcs
amount-ltr = { $amount } L
amount-kgm = { $amount } kg
amount-day = { $amount } person-days
amount-kwh = { $amount } kWh
at-least = at least { $value }
duration = { $hours } h { $minutes } min
yes = yes
no = no
never = never

## What was done

signed = signed and recorded: { $id }
relayed = the alert is relayed: { $count ->
        [one] one act
        *[other] { $count } acts
    } recorded
exported = { $count ->
        [one] one line
        *[other] { $count } lines
    } exported to `{ $file }`
exported-sealed = sealed for `{ $party }` in `{ $file }`: its nodes alone can open it
imported = { $new ->
        [one] one new act
        *[other] { $new } new acts
    } imported, { $known } already here
relay-sent = sealed for `{ $party }` and left with `{ $via }`: { $bytes } bytes; its node fetches it from there
relay-none = nothing is kept for others
identity-exported = this party's identity is exported to `{ $file }`
tell-fingerprint = tell the fingerprint by another way than the file: by telephone or on paper
trusted = `{ $party }` is trusted now
compare-fingerprint = the fingerprint was not compared: confirm it by telephone or on paper
verifying = verifying `{ $file }` …
bundle-holds = `{ $file }` holds: signatures, chains, texts of agreements and rules
compared = compared
not-compared = not compared (compare with `--trust`)
matter-without-opening = matter without its opening act
planning = planning …
agreement-checked = { $file }: { $count ->
        [0] no faults
        [one] one fault
        *[other] { $count } faults
    }
remark = { $severity }: { $words }
remark-on-clauses = { $severity } ({ $clauses }): { $words }
proof-none = there is no way: { $count ->
        [one] the agreement was tried
        *[other] all { $count } agreements were tried
    } in every case
proof-way = there is a way, and the agreements permit it
proof-way-consent = there is a way once consent is given
any-other = any commodity that no clause names
supposed-event = a disaster that sets off standing consents has just struck
supposed-unreachable = a disaster has just struck and the receiver cannot be reached
supposed-requested = the receiver has asked for it
exchange-written = written to `{ $file }`
exchange-finding = { $place }: { $words }
comparison-same = both agreements let the same happen on the same terms
fault = line { $line }, column { $column }: { $what }
fault-in-clause = line { $line }, column { $column }, clause `{ $clause }`: { $what }
more-places = { $count ->
        [one] one more place
        *[other] { $count } more places
    }; `--all` shows them
assumption = a planning assumption
need-per-day = a day
need-once = once
reachable = answers
silent = silent
was-refused = (refused)
exercise-owes-nothing = this is an exercise: nobody owes anybody anything

## Titles

title-compare-permits-new = The second lets more happen
title-compare-forbids-new = The first lets more happen
title-compare-limits = Limits differ
title-compare-conditions = Conditions differ
title-compare-settlements = Settlement differs
title-compare-passing-on = Passing on differs
title-compare-term = Terms differ
title-event = Event
title-footprint = Where it struck
title-people = People
title-needs = Needs
title-findings = Findings
title-order = Order { $id }
title-matters = Matters
title-requests = Requests
title-offers = Offers
title-orders = Orders
title-refusals = Refused
title-timeline = Timeline
title-unmet = Unmet
title-clauses = Clauses
title-owed = Owed
title-digests = Agreement of the nodes
title-facts = What really happened
title-flows = Movements
title-fingerprints = Fingerprints
title-plan = Plan

## Nothing to show

none-orders = no orders
none-shipments = no shipments
none-agreements = no agreements
none-clauses = no clauses
none-alerts = the message holds no events
none-places = no places
none-needs = no needs
none-matters = no matters
none-cases = no cases
none-acts = no acts
none-requests = no requests
none-offers = no offers
none-owed = nothing is owed
none-facts = no facts
none-parties = no parties
none-flows = no movements
none-unmet = nothing is unmet

## Names of columns and fields

column-step = Step
column-category = Category
column-purpose = Purpose
column-pairs = From → to
column-first = First
column-second = Second
column-carried = Carried by
column-supposed = Supposing
column-id = Id
column-title = Title
column-name = Name
column-status = Status
column-stage = Stage
column-next = Next
column-party = Party
column-parties = Parties
column-assisting = Assisting
column-requesting = Requesting
column-debtor = Debtor
column-creditor = Creditor
column-commodity = Commodity
column-place = Place
column-matter = Matter
column-case = Case
column-clause = Clause
column-sort = Sort
column-article = Article
column-says = What it says
column-nature = Nature
column-law = Level of law
column-signed = Signed
column-from = From
column-sender = Sender
column-recipient = Recipient
column-bytes = Bytes
column-kept = Kept since
column-until = Until
column-clauses = Clauses
column-digest = Digest
column-source = Source
column-settlement = Settlement
column-mode = Settled by
column-price = Unit price
column-amount = Amount
column-ordered = Ordered
column-committed = Committed
column-shipped = Shipped
column-accepted = Accepted
column-rejected = Rejected
column-short = Short
column-received = Received
column-requested = Requested
column-needed = Needed
column-unmet = Unmet
column-owed = Owed
column-due = Due
column-deadline = Deadline
column-timeliness = In time
column-first-received = First received by
column-shipment = Shipment
column-departs = Departs
column-arrives = Arrives
column-opened = Opened
column-latest = Latest
column-open-orders = Open orders
column-acts = Acts
column-waiting = Waiting
column-agreements = Agreements
column-signed-by = Signed by
column-refused = Refused
column-forks = Forks
column-permitted = Permitted
column-nodes = Nodes
column-same = Same
column-after = After
column-figure = Figure
column-value = Value
column-time = Time
column-what = What
column-cause = Cause
column-intensity = Severity
column-basis = Basis
column-people = People
column-evacuated = Evacuated
column-displaced = Displaced
column-how-often = How often
column-fingerprint = Fingerprint
column-address = Address
column-reach = Reach
column-heard = Last heard
column-silent-since = Silent since
column-failure = Failure
column-as-of = As of

## The event

event-headline = Headline
event-region = Region
event-hazard = Hazard
event-name = Name
event-origin = Origin
event-until = Holds until
event-magnitude = Magnitude
event-depth = Depth
very-shallow = very shallow
event-epicentre = Epicentre
event-message = Message
event-kind = Kind
event-sent = Sent
total-evacuated = Out of home at the peak, told to leave included
total-displaced = Displaced for longer
total-deaths = Deaths
total-without-water = Without water at the peak
not-estimated = no method tells
report-origin = Origin
report-first-aid = First aid after
report-first-foreign-aid = First aid across a border after

## Codes of the API

status-actual = actual
status-exercise = exercise
status-test = test
stage-requisitioned = ordered
stage-committed = committed
stage-refused = declined
stage-cancelled = cancelled
stage-in-fulfilment = on its way
stage-delivered = delivered
stage-accepted = accepted
stage-settling = settling
stage-closed = closed
request-open = open
request-partly-covered = partly covered
request-covered = covered
request-withdrawn = withdrawn
offer-proposed = proposed
offer-accepted = accepted
offer-declined = declined
offer-withdrawn = withdrawn
offer-lapsed = lapsed
offer-accepted-late = accepted late, to be answered
timeliness-unwitnessed = no other party is known to have it yet
timeliness-late-so-far = late as far as known
timeliness-in-time = in time
timeliness-late = late
late-binds-nobody = this order binds nobody: the party that offered takes it with `pumasi order commit --accept-late`, declines it or offers anew
shipment-dispatched = dispatched
shipment-received = received
obligation-accrued = accrued
obligation-billed = billed
obligation-discharged = discharged, to be confirmed
obligation-confirmed = confirmed
obligation-waived = waived
mode-gift = gift
mode-reimbursement = reimbursement
mode-replacement-in-kind = replacement in kind
mode-equal-value = exchange of equal value
mode-equal-value-exchange = exchange of equal value
mode-loan = loan
nature-real = real agreement
nature-summary = summary
nature-draft = draft
law-national-law = national law
law-intergovernmental = between governments
law-political-principles = political principles
law-provincial = between provinces
law-non-governmental = non-governmental
clause-permit = permit
clause-forbid = prohibition
clause-ceiling = ceiling
clause-standing-consent = standing consent
clause-settlement = settlement
clause-third-party = third party
clause-term = term
outcome-permitted = Permitted
outcome-refused = Refused
outcome-needs = Something is needed first
message-alert = first message
message-update = update
message-cancel = cancellation
kind-requisition-resource = order
kind-offer-resource = offer
kind-commit-resource = commit
kind-dispatch-shipment = dispatch
kind-receive-resource = receive
kind-bill-obligation = bill
kind-discharge-obligation = discharge
kind-confirm-discharge = confirm

## Findings

finding-alert-cancelled = the message withdraws its event; nothing is estimated
finding-value-missing = a value is missing
finding-value-unreadable = a value does not read and was left out
finding-magnitude-is-minimum = only a minimum of the magnitude is known
finding-report-missing = a place with strong shaking has not reported
finding-place-unknown = a place is not in the catalog and its people are not counted
finding-place-coarse = a whole province stands in for its municipalities
finding-rates-borrowed = death rates of another country were used
finding-rates-missing = no rates are known; people are left out of a figure
finding-model-unusable = the ground-motion model could not be used
finding-model-outside-range = magnitude or depth lies outside the model's range
finding-commodity-unknown = a commodity is not in the catalog and was left out
finding-units-differ = a unit differs from the catalog's; left out
finding-not-an-earthquake = an entry is no earthquake
finding-entry-skipped = an entry could not be read and was left out
finding-signature-not-checked = the message is signed; its signature was not checked
finding-encoding-differs = the message declares another encoding than it has
finding-product-unknown = the sort of message is not known; only what all sorts share was read
finding-cut-off = the message ends early; what came before was read

## Nodes

founded = the node of `{ $party }` is made in `{ $folder }`
keep-roots = move root-*.pem and next-root-*.pem in `{ $folder }/keys` to separate media offline, and remove them from this machine
serving = the node runs; Ctrl-C stops it
serving-desk = Pages
serving-peer = For neighbours
column-version = Version
failure-party-unknown = the party `{ $party }` is not in the catalog
    .help = check the spelling, or give a catalog that has it with `--library`
failure-node-exists = the folder `{ $folder }` holds a node already
    .help = choose another folder: keys that are overwritten are lost for good
failure-in-use = another process uses the folder `{ $folder }`
    .help = end that process, or name another folder with `--data`
failure-listen = the node cannot listen
    .help = end the program that holds the port, or choose others with `--listen` and `--desk`
failure-node = the node cannot work
    .help = check the files and permissions of `{ $folder }`; keep the folder as it is before you restore a backup
failure-system = the system refused
    .help = check the limits on memory and open files

## Plans

plan-sized = the plan is made and checked
plan-digest = Digest of the plan
plan-act = Chosen by act
plan-not-chosen = not chosen (choose with `--choose`)
plan-period = { $start } – { $end }
plan-horizon = Horizon
column-giver = Giver
column-receiver = Receiver
column-links = Links
unmet-no-stock = no stock
unmet-no-link = no link
unmet-too-late = too late
unmet-no-permit = nothing permits it
unmet-ceiling = ceiling reached
unmet-capacity = link full
unmet-handling = port full
unmet-not-planned = left out of the plan
plan-parent = Replaces the plan
plan-problem = Digest of the problem
plan-certificate = Digest of the certificate
plan-bound = No plan can have less than
plan-without-relief = Burden without relief
plan-objective = Burden and cost of the plan
plan-gap = From the best at most
plan-proof = { $gap } of the burden without relief, proved
plan-rounding = Lost to whole units
plan-served = Burden taken away
plan-half = Half of it gone after
plan-nine-tenths = Nine tenths gone after
plan-worst = Largest share unmet
plan-hours = { $hours } h
plan-never = never within the horizon
plan-own = own stock
plan-left = { $sent } sent, { $left } arrive
plan-more = … and { $count } more (`--json` and `--csv` have all)
plan-kept = unchanged: { $count }
plan-holds = the plan keeps to everything the problem says
plan-breaks = the plan does not keep to the problem:
column-link = Link
column-pallets = Pallets
column-day = Day
column-vehicle = Loaded on
column-vehicles = Vehicles
column-broken = Broken pallets
column-mass = Mass
title-loads = Pallets and vehicles by link and day
none-loads = nothing leaves on vehicles
plan-pallets = { $pallets } + { $loose } loose
plan-loaded = Loaded on { $pallets } whole and { $broken } broken pallets; over all links { $vehicles } vehicles leave, with { $positions } of their pallet positions and { $mass } of their load left empty.
plan-loading-free = Bringing it on pallets and vehicles costs no burden: nothing stays behind, and nothing leaves later.
plan-loading-cost = Bringing it on pallets and vehicles costs { $share } of the burden without relief: for want of pallet positions { $left } stay behind and { $delayed } leave later.
title-binds = What binds most
title-next = What would help most
title-replan = Against the plan before
none-next = no single change tried would help
none-replan = nothing changes
column-share = Share unmet
column-needs = Needs
column-burden = Burden
column-change = Change
column-gain = Gain
column-between = Best plans: least – most
column-now = Now
next-open-link = open the link
next-larger-link = a tenth more on the link
next-resume-clause = resume the clause
next-larger-ceiling = a tenth more under the ceiling
next-larger-port = a tenth more taken in
next-make-agreement = an agreement that is missing
next-larger-stock = a tenth more in stock
next-lay-in = a tenth of the need laid in beforehand
replan-added = added
replan-dropped = dropped
replan-larger = larger
replan-smaller = smaller
replan-later = later
replan-sooner = sooner
replan-rerouted = another way
replan-cause-link-closed = the link is closed
replan-cause-link-open = the link is open again
replan-cause-agreement-stopped = the clause is suspended
replan-cause-agreement-resumed = the clause is in force again
replan-cause-stock-less = less in stock
replan-cause-stock-more = more in stock
replan-cause-need-more = more is needed
replan-cause-need-less = less is needed
replan-cause-under-way = part of it is ordered already
replan-cause-whole-plan = the plan as a whole is better so

## The map of what exists and what is missing

map-title = what exists and what is missing: { $purpose }, { $date }
map-matrix = Who may do what with whom
map-matrix-none = no agreement lets anything happen between these parties
map-unbound = No agreement
map-lapses = What ends within { $days } days
map-lapses-none = nothing
map-gaps = What is missing
map-gaps-none = nothing: somebody abroad can send each of the groups in time
map-gap-step = least sensitive step that would bring it: { $step }
map-steps = Which step comes next
column-in-force = In force
column-if-in-force = If what is drafted were in force
cell-unasked = may be sent unasked
cell-on-request = on request
cell-shared = shared
cell-transit = transit only
cell-talk = asking and offering only
cell-consent = consent needed first
cell-forbidden = forbidden
cell-nothing = nothing
cell-in-part = { $answer }, in part
failure-map = the map cannot be drawn
    .help = name parties of the catalog, a purpose of the agreements and a day such as 2026-11-21

## Lives of agreements

text-of-library = text of the library
version-number = version { $version }
diff-same = both texts are the same bytes
diff-layout = both texts say the same; they differ in layout or comments alone, and their digests differ
title-head = Outside the clauses
title-effects = What it does
change-same = same
change-changed = changed
change-added = added
change-removed = removed
change-moved = moved
column-field = Field
column-before = Before
column-after-change = After
field-place = place among the clauses
failure-no-life = nobody has proposed `{ $agreement }` here
    .help = propose it with `pumasi agreement propose FILE`, or see with `pumasi agreement history { $agreement }` whether it lives as an exercise
failure-no-version = there is no version { $version }
    .help = see the versions with `pumasi agreement history`
failure-other-text = version { $version } is another text than `{ $given }`
    .help = do not sign it: ask the other party which text it means, and read `pumasi agreement diff`
sign-compare = nothing is signed yet: compare the digest with the other parties by telephone or on paper, then name its beginning:
column-draft = Version
column-laid-down = Laid down
column-officers-needed = Officers needed
column-officers = Officers
column-act = Act
column-standing = Standing
column-force = Force
force-binding = binding
force-none = none
force-disputed = disputed between its parties
column-since = Since
column-ends = First day without it
column-waits-for = Waits for
column-reading = One reading
column-initialled = Initialled
column-signatures = Signed
column-ratified = Procedures completed
column-enters = Enters into force
in-force-since = in force since { $date }
whole-agreement = the whole agreement
column-lifted = Lifted
column-given = Given
column-since-then = Since then
notice-suspend = suspended
notice-resume = suspension lifted
notice-withdraw = withdrawn
column-date = Day
column-in-days = In days
column-lasts = For
column-by-clause = By
without-end = without end
column-command = Command
title-versions = Versions
title-suspensions = Suspensions
title-notices = Notices
title-ends-agreed = Ends agreed to
title-dates = Days to watch
title-survives = What outlives it
title-steps = Steps open to this party
title-relayed = Told to matters under it
none-lives = nobody has proposed it here
none-versions = no drafts
none-steps = no steps
clause-survival = survival

# Auditing copies offline.
audit-holds = every signature, every chain and every register holds
audit-fails = something does not hold: see the findings below
audit-legend = 0━━3 heights that are here · ┄4–5┄ missing · ⑂6 claimed by more than one act · ┫7 closed after
audit-contradiction = the register `{ $register }` signed two contents that cannot both be true, at { $first } and { $second } acts
audit-exported = the register is published in `{ $folder }`: { $count ->
        [one] one act
       *[other] { $count } acts
    }
audit-sort-folder = data folder
audit-sort-register = published register
audit-sort-bundle = bundle
audit-sort-evidence = evidence
audit-finding-identity = identity log does not hold
audit-finding-act = act does not verify
audit-finding-chain = chain is broken
audit-finding-checkpoint = checkpoint or cosignature does not hold
audit-finding-register = register does not bear out its checkpoint
audit-finding-tile = tile or proof is not the register's
audit-finding-evidence = evidence proves nothing
audit-finding-contradiction = register contradicts itself
audit-unknown = `{ $file }` is no copy that can be audited
    .help = pass a data folder, a folder made by `pumasi audit --export`, a bundle or a file of evidence
audit-file = `{ $file }` cannot be read or written
    .help = check the name and the rights on it; a folder to export to must not exist yet
audit-evidence = `{ $file }` is no evidence that can be read
    .help = get it again from whoever kept it, byte for byte
audit-published = `{ $file }` of the register does not hold
    .help = get the register again, or let its node sign a checkpoint first
audit-other-key = the evidence `{ $file }` is against the key { $found }, not { $wanted }
    .help = it proves nothing against the register whose key you gave
audit-one-export = only one data folder can be published at a time
    .help = name one data folder with `--export`
not-compared-key = not compared (compare with `--key`)
title-chains = Chains
column-register = Register
column-checkpoint = Checkpoint
column-cosigned-by = Cosigned by
column-seen = Seen of others
column-node = Node
column-chain = Chain
column-covered = Covered up to
column-finding = Finding
column-detail = Detail

## Stores

label-warning = warning:
column-engine = Engine
column-store = Store
column-store-before = Before
column-head = Last position
column-size = Size
column-moved-to = Moved to
column-decider = Decides
column-fence = Changes of decider
column-standby = Standby
column-settings = Settings
column-files = Files
standby-waited-for = changes wait for it
standby-behind = changes do not wait for it
standby-unknown = the database does not tell this user whether changes wait for it
standing-by = standing by; { $server } decides
waiting-for-store = waiting for the store: { $why }
replaced = another server has taken over
weak-fsync = the database does not write to disk at once (fsync is off): a power cut may destroy everything
weak-full-page-writes = the database does not protect its pages (full_page_writes is off): a power cut may damage them
weak-no-standby = no standby confirms changes (synchronous_standby_names is empty): whoever loses this server loses the last acts
store-moved = the ledger is in `{ $store }` now; both copies were compared and are equal
store-already-there = the ledger is in `{ $store }` already
store-before-closed = the old store is closed and is not opened any more; remove it once the new one is backed up
failure-store-address = the store given does not read
    .help = write `sqlite`, `postgres://user@host/database`, or { "`${NAME}`" } for a variable of the environment; see `{ $command } --help`
failure-store-taken = `{ $store }` holds the ledger of a node already
    .help = name an empty database or another schema; for a second server of the same party see docs/guide/several-servers.md
failure-store-silent = the database `{ $store }` cannot be used
    .help = see whether it runs and lets this user in, and whether its standby answers; then try again
failure-store-moved = the ledger was moved to `{ $store }`
    .help = let `store` in node.toml name that store, or run `pumasi store move` again; acts made here would be lost
failure-store-under-way = the ledger is being moved to `{ $store }`
    .help = run `pumasi store move` to that store again; it goes on where it stopped
failure-store-copy = the ledger was not moved
    .help = name an empty store; this one works on as before

# Coming back from a backup.
recover-none = this node is not coming back from a backup
recover-waits = this node was restored from a backup and writes nothing: its neighbours first return what it has forgotten
recover-awaited = waits for
recover-without = a neighbour that cannot be reached can be left out with --without; acts that only it holds will be contested when they turn up
recover-complete = every neighbour has returned what it holds
recover-next = register the next incarnation of its key with the root keys to write again: pumasi identity register-node

# What the doctor says.
doctor-title = Examined: the node of { $party }
doctor-stopped = The node does not run, so neighbours, clocks and divergence were not examined.
doctor-ok = well
doctor-watch = watch
doctor-act = ACT
doctor-whole-ok = nothing to do
doctor-whole-watch = nothing to do now; something is worth watching
doctor-whole-act = somebody must act

imported-personal-refused = { $count ->
        [one] one text of personal data does not fit its act and was not taken
        *[other] { $count } texts of personal data do not fit their acts and were not taken
    }
title-personal = Personal data beside act { $id }
personal-held = here
personal-retracted = erased at the author's wish
personal-erased = erased at this node
personal-missing = not received yet
personal-erased-here = { $count ->
        [one] one text of personal data was erased at this node; copies at neighbours, on sticks and in backups are not affected
        *[other] { $count } texts of personal data were erased at this node; copies at neighbours, on sticks and in backups are not affected
    }
column-erased = Erased on

shaking-velocity = Peak velocity
shaking-acceleration = Peak acceleration (stiff ground)
shaking-jma = Instrumental intensity (JMA)
shaking-mmi = Modified Mercalli Intensity
shaking-source = Si and Midorikawa (1999), Midorikawa and others (1999), Worden and others (2012)
wind-here = Sustained wind
wind-strongest = Strongest wind
wind-radius = Radius of strongest wind
wind-sharpness = Holland's b
wind-source = Holland (2008); radius by Vickery and Wadhera (2008)
number-out-of-bounds = `--{$option}` cannot be {$number}
    .help = give a number from {$least} to {$most}
column-drill = Drill
column-observed = Observed
column-estimate = Estimate
column-ratio = Ratio
column-inside = Inside
column-fitted = Fitted
score-summary = of {$count} figures that no rate was tuned on, {$inside} lie inside the estimate and {$near} within ten times
counts-unreadable = the counts in `{$file}` do not read
    .help = name the columns place and what was counted, and leave empty what nobody counted
situation-reported = reported the situation; acts made: {$count}
