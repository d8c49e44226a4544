### The plan: what moves by when, what stays undone, and how good that is at most.

plan-title = Plan: { $title }
plan-empty = There is nothing to plan for.
plan-empty-next = A plan needs a case with reported needs. It appears here as soon as needs are reported or a plan is chosen.
plan-chosen = Chosen by { $party }:
plan-reckoned = Reckoned, not chosen, as of:
plan-to-fresh = Show what would be planned now
plan-to-chosen = Back to the plan that was chosen
plan-findings = Left out of the plan: { $count }
plan-filter = Commodity shown
plan-filter-all = All

## What it achieves

plan-served = Burden taken away
plan-half = Until half is gone
plan-nine-tenths = Until nine tenths are gone
plan-worst = Largest share unmet
plan-worst-at = { $place }, { $commodity }
plan-hours = { $hours } h
plan-never = Not in this time

## The proof

plan-proof = Proved: no plan can bring burden and cost below { $bound } of the burden without relief. This one comes to { $objective }, within { $gap } of it.
plan-rounding = Whole units cost { $share } of that against fractions.
plan-prove = Prove it again
plan-prove-how = Whoever has these three texts can add up the bound without this node. A text bears the digest it is named by.
plan-problem = Problem
plan-certificate = Certificate
plan-digest = Plan

## The map and its clock

plan-map = What moves by when
plan-map-sentence = Map of the plan at hour { $hour }: over { $links } stretches { $left } of { $all } have left and { $there } have arrived; { $closed } links are closed at some time. The table “Planned movements” has the same figures.
plan-moved = By then { $left } of { $all } have left and { $there } have arrived.
plan-play = Play
plan-pause = Pause
plan-hour = Hour
plan-hour-of = hour { $hour } of { $last }
plan-legend-moving = Still under way on this stretch; width by mass
plan-legend-there = All there; width by mass
plan-legend-closed = Closed at some time
plan-at-hour = At this hour
plan-there = Arrived
plan-moving = Under way
plan-waiting = Not yet left
plan-own = Own stock
plan-left = { $sent } sent, { $left } arrive
plan-lies-there = Lies there already

## Pallets and vehicles

plan-loads = Pallets and vehicles by link and day
plan-loads-empty = Nothing leaves on vehicles.
plan-loads-empty-next = Pallets and vehicles appear here as soon as the plan moves goods over a link that loads them.
plan-pallets = { $pallets } + { $loose } loose
plan-day = Day
plan-day-from = Day begins
plan-vehicle = Loaded on
plan-vehicles = Vehicles
plan-broken = Broken pallets
plan-loaded = Loaded on { $pallets } whole and { $broken } broken pallets; over all links { $vehicles } vehicles leave, with { $positions } of their pallet positions and { $mass } of their load left empty.
plan-loading-free = Bringing it on pallets and vehicles costs no burden: nothing stays behind, and nothing leaves later.
plan-loading-cost = Bringing it on pallets and vehicles costs { $share } of the burden without relief: for want of pallet positions { $left } stay behind and { $delayed } leave later.

## What stays undone

plan-over-time = Missing, from start to end
plan-bars = Missing: { $first } at the start, { $most } at the worst, { $last } at the end
plan-share-unmet = Share unmet
plan-burden-share = Of all burden
plan-needs = Needs
plan-binds = What binds most
plan-binds-note = Each need counts under the limit that costs it most. Needs may count on the same goods, so that the shares are upper figures.

## What would help

plan-next = The next changes that would help most
plan-next-note = Each is planned again on its own; gains are shares of the burden without relief and do not add up.
plan-next-empty = No single change that was tried would help.
plan-next-empty-next = Where only several limits together bind, the table above names them.
plan-change = Change
plan-gain = Gain
plan-between = Best plans differ by
plan-sure = Proved
plan-sure-yes = Helps for certain
plan-sure-no = Not certain
plan-next-open-link = Open the link
plan-next-larger-link = A tenth more on the link
plan-next-resume-clause = Resume the clause
plan-next-larger-ceiling = A tenth more under the ceiling
plan-next-larger-port = A tenth more taken in
plan-next-make-agreement = An agreement that is missing
plan-next-larger-stock = A tenth more in stock
plan-next-lay-in = A tenth of the need laid in beforehand

## Against the plan before

plan-changes = What changed against the plan before
plan-changes-note = Unchanged: { $kept }. Left already and past changing: { $past }. The plan before began:
plan-changes-empty = Nothing changed.
plan-changes-empty-next = Every movement of the plan before stands.
plan-before = Before
plan-now = Now
plan-arrived-before = Arrival before
plan-replan-added = Added
plan-replan-dropped = Dropped
plan-replan-larger = Larger
plan-replan-smaller = Smaller
plan-replan-later = Later
plan-replan-sooner = Sooner
plan-replan-rerouted = Another way
plan-cause-link-closed = Link closed
plan-cause-link-open = Link open again
plan-cause-agreement-stopped = Clause suspended
plan-cause-agreement-resumed = Clause in force again
plan-cause-stock-less = Less in stock
plan-cause-stock-more = More in stock
plan-cause-need-more = More is needed
plan-cause-need-less = Less is needed
plan-cause-under-way = Part of it is ordered already
plan-cause-whole-plan = The plan as a whole is better so
plan-under-way = Ordered already
plan-under-way-note = The plan takes these as given: needs are counted without them, stocks less them.
