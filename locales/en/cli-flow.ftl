### What the command says of planning instances.

help-flow = planning instances: draw, solve and check them, without a node
help-flow-generate = draw an instance of the reference family and print it
help-flow-generate-scenario = the number of the disaster
help-flow-generate-seed = the number of the network, stocks and agreements
help-flow-generate-periods = periods of six hours
help-flow-generate-categories = categories of goods
help-flow-generate-scale = sub-places each place is split into
help-flow-generate-places = places; those with a port or an airport are always among them
help-flow-solve = find the best plan for an instance, and how far from the best it can be at most
help-flow-solve-file = an instance, or a folder with the four files of MNETGEN; `-` for standard input
help-flow-solve-format = the instance's format; found out by its content when auto
help-flow-solve-all = show every flow
help-flow-check = check a plan by the instance alone: every limit, and the objective it states
help-flow-check-file = the instance, or a folder with the four files of MNETGEN; `-` for standard input
help-flow-check-format = the instance's format; found out by its content when auto
help-flow-check-plan = the plan, as `pumasi flow solve --json` prints it

flow-format = Format
flow-size = Size
flow-sizes = { $sites } sites, { $arcs } arcs, { $stocks } stocks, { $needs } needs, { $lanes } lanes, { $periods } periods
flow-objective = Objective
flow-gap = Relative gap at most
flow-seconds = Seconds
flow-burden = Burden left
flow-burden-without = Burden without relief
flow-cost = Cost
flow-not-met = This is no plan: all demand has to be met, but some is not.
flow-flows = { $count ->
        [one] { $count } flow
       *[other] { $count } flows
    }
flow-none = Nothing moves.
flow-more = { $count } more; `--all` shows them
column-flow-need = Need
column-flow-period = Period
column-flow-units = Units
column-flow-stock = Stock
column-flow-lane = Permitted by
column-flow-way = Way

flow-net-sizes = { $nodes } nodes, { $arcs } arcs
column-flow-arc = Arc
column-flow-from = From
column-flow-to = To
column-flow-unit-cost = Cost of a unit
flow-infeasible = No flow meets all demand. { $count ->
        [one] From one node
       *[other] From { $count } nodes
    } together, { $missing } units more must leave than their arcs let through.
flow-cut = Nodes: { $list }
flow-unbounded = No flow costs least: { $count ->
        [one] one arc leads
       *[other] { $count } arcs lead
    } around a circle on which every further unit gains, without a limit.
flow-cycle = Arcs: { $list }
flow-proved = Its prices prove that no flow costs less.
flow-not-proved = It states no prices: whether it costs least is not proved.
flow-net-bounds = arc { $id } carries less than it must or more than it may
flow-net-lost = at node { $id }, what leaves is not what enters and is supplied there
flow-net-pays = at the prices stated, a change on arc { $id } would still pay

flow-unknown-format = the file `{ $file }` is in no format known
    .help = say which it is with `--format`
flow-file-wrong = the file `{ $file }` does not hold: { $count ->
        [one] { $count } finding
       *[other] { $count } findings
    }
    .help = docs/spec/flow.md describes the format
flow-folder-incomplete = the folder `{ $folder }` does not have exactly one file ending in `.{ $ending }`
    .help = put the four files of one instance (.nod .arc .sup .mut) into a folder of their own

flow-holds = The plan holds: { $count ->
        [one] { $count } flow
       *[other] { $count } flows
    } checked.
flow-breaks = The plan does not hold: { $count ->
        [one] { $count } breach
       *[other] { $count } breaches
    }.
flow-more-breaches = and { $count } more
flow-breach-shipment = flow { $flow }: { $fault }
flow-breach-stock = stock { $id }: { $found } units are taken, but it holds { $most }
flow-breach-need = need { $id }, period { $period }: { $found } units are handed out, but { $most } are missing
flow-breach-limit = limit { $id }, period { $period }: { $found } passes, but { $most } may
flow-breach-ceiling = ceiling { $id }: { $found } moves, but { $most } may
flow-breach-objective = the objective is { $found }, but { $most } is stated
flow-fault-not-in-model = it names something the instance does not have
flow-fault-units-must-be-positive = its units are no number above zero
flow-fault-stock-not-in-lane = its permission does not cover the stock
flow-fault-need-not-in-lane = its permission does not cover the need
flow-fault-arc-not-in-lane = its permission does not cover a link on the way
flow-fault-way-broken = the way does not lead from the stock to the need
flow-fault-before-release = goods move before stock or permission are open
flow-fault-leaves-before-arrival = a step begins before the goods are there
flow-fault-faster-than-arc = a step takes less time than its link
flow-fault-after-horizon = it comes after the horizon
flow-fault-serves-before-arrival = it serves a period that began before it came
