### The situation: what broke, who is reachable, what moves.

situation-empty = No event is open.
situation-empty-next = When an alert arrives, this page shows who is hit, who answers and what moves. To rehearse, start a drill.
answers = At a glance
answer-broke = What broke
answer-reach = Who is reachable
answer-moves = What moves now
answer-gap = What stays unmet
people-displaced = People displaced
worst-place = worst hit: { $place }, { $severity }
parties-answer = parties answer
all-answer = Every party of this case answers.
silent = Silent: { $parties }
movements-planned = planned movements
moves-detail = From { $givers } { $givers ->
        [one] party
       *[other] parties
    } · open orders: { $orders }
first-arrival = first arrival
needs-unserved = needs the plan cannot serve
no-gap = The plan serves every need it knows of.
first-gap = first: { $place }, { $commodity } – { $cause }

## Event

event-magnitude = Magnitude
event-depth = Depth
event-until = Holds until
event-over = Expired
event-cancelled = Cancelled: the source has withdrawn what it warned of.
event-cancelled-next = { $source } withdrew its message. The figures below rest on what still stands; check them before anything else is sent.
own-words = In the source’s own words
own-words-in = In the source’s own words ({ $language })
event-source = Source
event-messages = Messages read

## Maps

maps = Maps
map-event = Area of the event
map-region = Links and movements
map-event-sentence = Map of the event: { $places } places reported, { $strong } of them at { $threshold } or above, about { $displaced } people displaced. The table “Places” has the same figures.
map-region-sentence = Map of the region: { $links } links, { $cut } of them not running as planned; the heaviest planned load on one link is { $mass }. The tables “Planned movements” and “Links” have the same figures.
map-disclaimer = The boundaries and names shown on this map do not imply official endorsement or acceptance by any party.
map-epicentre = Epicentre
legend-intensity = Intensity, JMA (MMI)
legend-class = { $jma } ({ $mercalli })
legend-flow = Planned movement: width by mass
legend-circle = Place: area by people displaced
intensity = Intensity
intensity-5-lower = 5-
intensity-5-upper = 5+
intensity-6-lower = 6-
intensity-6-upper = 6+

## Tables

situation-needs = Needs and what was done about them
situation-no-needs = No need has been estimated.
situation-no-needs-next = Needs follow as soon as a message names a place, a strength or an area.
flows = Planned movements
flows-empty = The plan moves nothing yet.
flows-empty-next = A plan needs a need, a stock, an open link and a clause that permits it. The table of unmet needs names what is missing.
giver = From
receiver = To
unmet-title = Unmet needs
unmet-empty = No need stays unmet.
unmet-empty-next = The figures change with every alert and every plan.
missing = Missing
unmet-no-stock = No stock
unmet-no-link = No link
unmet-too-late = Too late
unmet-no-permit = No agreement permits it
unmet-ceiling = At the ceiling of an agreement
unmet-capacity = Link at capacity
unmet-handling = Port at capacity
unmet-not-planned = Not in the plan
links = Links
links-empty = The plan names no link.
links-empty-next = Links appear once a plan has been made.
link = Link
link-status = Operation
link-open = Open
link-restricted = Restricted
link-suspended = Suspended
mode = By
mode-sea = Sea
mode-air = Air
mode-road = Road
mode-rail = Rail
mode-grid = Electricity grid
cause-relations = Relations between governments
cause-pandemic = Epidemic
cause-operator = Operator
cause-damage = Damage
cause-weather = Weather
cause-season = Season
planned-mass = Planned load
places = Places
places-empty = No place has been reported.
places-empty-next = Places appear once a message names them, or outlines an area in which they lie.
basis = Basis
basis-observed = Observed
basis-model = Model
residents = Residents
first-needs = First needs
reach-title = Parties of this case
reach-empty = This case has no parties yet.
reach-empty-next = Parties appear once a matter has been opened with them.

## Messages

messages = Messages received
messages-empty = No message has been read.
messages-empty-next = Every message appears here as it was received.
message = Message
message-sent = Sent
message-hazards = About
message-kind = Kind
message-alert = First issue
message-update = Update
message-cancel = Cancelled
message-digest = SHA-256 of the bytes
headline = Headline

## Severity

severity = Shaking, wind or warning
severity-shaking = intensity { $intensity }
severity-wind = wind of { $speed } m/s or more
severity-warned = { $hazard }, { $degree }
severity-counted = damage counted
threshold-shaking = JMA 5+ (MMI 7)
threshold-wind = wind of 33 m/s
threshold-warned = a severe warning
legend-wind = Sustained wind
legend-warned = Warning

## Outlines

map-event-sentence-plain = Map of the event: { $places } places reported, about { $displaced } people displaced. The table “Places” has the same figures.
map-eye = Centre of the cyclone
map-wind = { $speed } m/s
map-wind-ahead = { $speed } m/s · { $time }
outlines = Areas and circles on the map: { $count }
outlines-title = Areas and circles of the messages
outline = What it is
outline-where = Where
outline-area = Area warned of
outline-circle = Circle warned of
outline-wind = Circle of winds
outline-wind-ahead = Circle of winds, forecast
outline-wind-of = Winds of { $speed } m/s or more
outline-wind-ahead-of = Forecast: winds of { $speed } m/s or more
outline-circle-at = { $point }, radius { $radius } km
outline-between = from { $from } to { $to }
degrees-north = { $degrees }° N
degrees-south = { $degrees }° S
degrees-east = { $degrees }° E
degrees-west = { $degrees }° W

## People

people = People
people-note = Estimated over all places. Each bar runs from nought to the high end of its own range; the upright line is the middle estimate.
factors = Factors
factors-version = Factors: version { $version }.
between = between { $low } and { $high }
residents-meaning = Everybody living in the places that were hit; most of them need nothing from outside.
people-evacuated = Out of home at the peak
people-evacuated-meaning = Everybody out of home at the worst moment, for one night as well, those told to leave included.
people-displaced-meaning = Still out of home when the danger is over, because the home is gone or has no water. Most needs rest on this figure.
without-water = Without piped water
without-water-meaning = Wherever they sleep: drinking water is reckoned for them.
deaths = Deaths
deaths-meaning = In the whole event, by a model or by counts; no need follows from it.
deaths-untold = No method tells deaths for an event of this kind yet.
range-of-displaced = Displaced: low to high

## Sources of the figures

sources-of = Sources of the figures: { $place }
message-behind = Message behind the figures
needs-of-place = Needs here, and the factor behind each
need-rate = Rate
need-per-day = Each day
need-once = Once
factor-source = Where the factor comes from

## How the estimate moved

moves = How the estimate moved
moves-empty = No estimate has been made.
moves-empty-next = Each message and each count makes a new estimate; it is listed here beside the one before it.
moves-one = One estimate so far: { $central } people displaced, between { $low } and { $high }.
moves-sentence = { $count } estimates: people displaced went from { $first } to { $central }, now between { $low } and { $high }.
moves-modelled = From messages
moves-counted = With counts
moves-difference = Change
moves-new-factors = new factors: { $version }
moves-rests = rests on { $count ->
        [one] { $count } message
       *[other] { $count } messages
    }

## Situation reports

situations = Situation reports
situations-empty = No situation report has arrived.
situations-empty-next = What parties counted and saw appears here in their own words, and replaces the model where it counts.
situation-of = { $province }: report of { $party }
