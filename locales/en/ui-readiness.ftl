### Whether help would arrive: what stays unmet over many scenarios, and what would change it.

nav-readiness = Readiness
page-readiness = Readiness

## What the figures rest on

readiness-lead = What would happen if disasters struck: how much stays unmet, when help is there, who relies on whom, and what would change it.
readiness-run = Run
readiness-runs = Runs that cannot be shown yet
readiness-progress = Run { $run }: { $done } of { $of } scenarios
readiness-fault = Run { $run } cannot be read
readiness-absent = There is no run named { $run }.
readiness-absent-next = It may have been moved or renamed.
readiness-newest = Show the newest run
readiness-empty = There is no complete run yet.
readiness-empty-next = A run plans for many disasters that could happen and counts what stays unmet. This command makes one; it appears here when it is done, and its progress before that.
readiness-without = This run has no figures to show.
readiness-without-next = Choose a complete run above.
readiness-coming = A run is under way.
readiness-coming-next = Its figures appear here when all of its scenarios are done.
readiness-sample = The run { $run } rests on { $scenarios } drawn scenarios (seed { $seed }); in { $harmful } of them something is needed. By weight they say as much as { $effective } that are drawn evenly, and stand for { $yearly } events a year.
readiness-intervals = In brackets: the interval that holds { $percent } % of { $resamples } resamples of the scenarios. It says nothing of errors in the models.
readiness-input = What is suspended, cut or added here is an input to the model, never a prediction about a party.
readiness-person-days = Person-days: days that a person goes without something that hurts as much as going without drinking water.
readiness-job = What was run
readiness-year = Year
readiness-season = Season
readiness-season-all = All year
readiness-season-spring = Spring
readiness-season-summer = Summer
readiness-season-autumn = Autumn
readiness-season-winter = Winter
readiness-planned = Time planned for
readiness-planned-is = { $hours } h ({ $periods } periods of { $each } h)
readiness-delay = Start of the plan
readiness-delay-is = { $hours } h after the event
readiness-drafts = Draft agreements
readiness-drafts-count = count as if in force
readiness-drafts-not = do not count
readiness-unreachable = Cannot be reached
readiness-asked = Asked to be otherwise
readiness-asked-all = Suspensions, cuts and next steps
readiness-asked-none = Nothing
readiness-asked-agreements = Suspensions of agreements
readiness-asked-links = Cuts of links
readiness-asked-candidates = Next steps

## How much stays unmet

readiness-unmet = How much stays unmet
readiness-needs-nothing = In no scenario is anything needed.
readiness-all = All together
readiness-now = As things are
readiness-local = Local ties alone
readiness-local-note = With local ties alone: agreements of provinces and municipalities and everybody’s own stock, with agreements between states and national law set aside.
readiness-dots-title = { $commodity }: of 20 disasters, in how many how much stays unmet
readiness-dots-now = As things are, in { $none } of { $all } disasters nothing stays unmet, and in { $half } more than half.
readiness-dots-local = With local ties alone, in { $none } of { $all } nothing stays unmet, and in { $half } more than half.
readiness-dots-note = Each dot is one in twenty of the disasters in which it is needed.
readiness-share-unmet = Share unmet
readiness-nothing = Nothing unmet
readiness-dot = Dot
readiness-half = Until half is there
readiness-ninety = Until nine tenths is there
readiness-arrival-now = As things are, { $by } of { $all } places struck have it within { $hours } h, and { $never } not within { $horizon } h.
readiness-arrival-local = With local ties alone, { $by } of { $all } have it within { $hours } h, and { $never } not within { $horizon } h.
readiness-hours-axis = Hours from the start of the plan
readiness-beyond = Not within { $hours } h
readiness-hours = { $hours } h
readiness-unmet-all = What stays unmet over all scenarios, as a share of what would be without any help
readiness-scenarios = Scenarios
readiness-unmet-share = Unmet

## What to do next

readiness-steps = What to do next
readiness-steps-note = Ranked by person-days saved for US$ 1,000; the bar is the interval of the rank. Each step is planned for by itself, of all commodities together. Costs are planning assumptions of the catalog.
readiness-steps-none = The run did not ask what could be added.
readiness-steps-idle-all = No step surely helps in any scenario.
readiness-steps-idle = { $count ->
        [one] One step surely helps
       *[other] { $count } steps surely help
    } in no scenario
readiness-rank = Rank
readiness-step = Step
readiness-kind-agreement = Agreement
readiness-kind-link = Link
readiness-kind-stock = Stock
readiness-days-saved = Person-days saved a year
readiness-saved = Saved
readiness-cost = US$ a year
readiness-per-cost = Person-days for US$ 1,000
readiness-helps-in = Scenarios in which it helps
readiness-unknown = Unknown
readiness-on-map = Map
readiness-show = Show on the map
readiness-shown = On the map

## The map

readiness-map = Before and after, place by place
readiness-with = What is otherwise
readiness-map-now = As things are, { $places } places go without { $days } person-days a year, of all commodities together; most at { $worst }: { $most }.
readiness-map-then = With “{ $step }”, places that go without less: { $better }; more: { $worse }; less or more, as it may shift between places: { $either }.
readiness-legend-now = Ring: person-days a year as things are
readiness-legend-after = Disc: person-days a year then
readiness-legend-better = Less is missing
readiness-legend-worse = More is missing
readiness-legend-either = Either: its interval spans zero; it may shift between places
readiness-legend-largest = Areas in proportion; the largest on this map: { $days }
readiness-before = Before: person-days a year
readiness-after = Then: person-days a year
readiness-change = Change
readiness-effect = Meaning
readiness-effect-better = Less is missing
readiness-effect-worse = More is missing
readiness-effect-either = Either; may shift between places
readiness-effect-none = No change
readiness-days = Person-days a year
readiness-places = Where most is missing
readiness-places-none = Nothing is missing anywhere.
readiness-places-none-next = No place needs this in any scenario.
readiness-half-median = Half: median
readiness-ninety-median = 90 %: median

## Who relies on whom, and what would be lost

readiness-dependence = Who relies on whom
readiness-dependence-none = Nothing comes under agreements.
readiness-dependence-none-next = What countries have of their own and under their own law is below.
readiness-dependence-own = Own stock and own law: { $count }
readiness-country = Country
readiness-under = Under
readiness-under-own = Own stock
readiness-under-home = Law of the country
readiness-share-got = Share of what the country gets
readiness-cuts = What would be lost if something were suspended or cut
readiness-cuts-note = Of { $scenarios } scenarios in which something is needed. In no resample is anything lost by { $idle } further suspensions or cuts.
readiness-cuts-none = Nothing would be lost.
readiness-cuts-none-next = The run did not ask, or every suspension and cut can be made up for.
readiness-cut = If this were so
readiness-cut-national-ties = National ties cut, local ties alone left
readiness-cut-link = Link { $link } cut
readiness-suspended = { $what } suspended
readiness-harms-in = Scenarios in which it harms
readiness-unused-in = Scenarios in which it is not used at all
readiness-lost = Lost
readiness-days-lost = Person-days lost a year
readiness-substitutes = Who would take the place
readiness-substitutes-none = Nobody gives more or less.
readiness-substitutes-none-next = The run did not ask, or no suspension of an agreement changes who gives.
readiness-given = Change in what is given

## Drills and files

readiness-drills = The drills, which no figure above counts
readiness-drill = Drill
readiness-displaced = Displaced
readiness-files = Files behind the page
readiness-files-note = Every value is a whole number or a text: burdens in thousandths, weights and shares in millionths. The tables are the same bytes on every machine.
readiness-download = Download
readiness-table = Table
readiness-holds = A row is
readiness-holds-report = any figure of this page, with its interval
readiness-holds-scenarios = a scenario
readiness-holds-needs = a place and commodity in a scenario
readiness-holds-givers = who gives what to which place
readiness-holds-links = by which link it comes
readiness-holds-effects = what one change changes at least and at most
readiness-holds-substitutes = who gives more or less when an agreement is suspended
readiness-rows = Rows
