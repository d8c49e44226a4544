### The situation: what broke, who is reachable, what moves.

situation-empty = No event is open.
situation-empty-next = When an alert arrives, this page shows who is hit, who answers and what moves. To rehearse, start a drill.
answers = At a glance
answer-broke = What broke
answer-reach = Who is reachable
answer-moves = What moves now
answer-gap = What stays unmet
people-displaced = People displaced
worst-place = worst hit: { $place }, intensity { $intensity }
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
event-source = Source
event-messages = Messages read

## Maps

maps = Maps
map-event = Area of the event
map-region = Links and movements
map-event-sentence = Map of the event: { $places } places reported, { $strong } of them at JMA 5+ (MMI 7) or above, about { $displaced } people displaced. The table “Places” has the same figures.
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
situation-no-needs-next = Needs follow once an alert with intensities has been read.
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
cause-relations = Relations between governments
cause-pandemic = Epidemic
cause-operator = Operator
cause-damage = Damage
cause-weather = Weather
cause-season = Season
planned-mass = Planned load
places = Places
places-empty = No place has been reported.
places-empty-next = Places appear once a message with intensities has been read.
basis = Basis
basis-observed = Observed
basis-model = Model
residents = Residents
first-needs = First needs
reach-title = Parties of this case
reach-empty = This case has no parties yet.
reach-empty-next = Parties appear once a matter has been opened with them.
