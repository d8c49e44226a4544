#!/usr/bin/env python3
"""Solves a planning instance with a solver of others, one thread, and prints how long it took.

    peers.py highs|glop|pulp|warm FILE

FILE is a document of docs/spec/flow.md whose durations are whole periods, or one of the reference
family. The plan is stated as one would without a planner at hand: a linear programme over arcs and
periods for every lane, sites pruned that cannot be reached in time. `seconds` covers building the
model and solving it, reading the file excluded. `warm` keeps the solver and its basis and closes
every link the plan uses and suspends every agreement it uses, one after the other: what a skilled
user would do.
"""
import json
import sys
import time
from collections import defaultdict

INFINITY = float("inf")


class Instance:
    """What both kinds of files come to: indices and figures."""

    def __init__(self):
        self.periods = 0
        self.cost_weight = 1e-4
        self.sites = 0
        self.arcs = []  # from, to, periods under way, capacity by period, cost
        self.commodities = []  # tonnes, perishing, weight
        self.stocks = []  # site, commodity, units, first period
        self.needs = []  # site, commodity, wanted by period
        self.lanes = []  # commodity, arcs, stocks, needs, first period, ceilings
        self.ceilings = []
        self.pairs = []  # arcs closed together
        self.agreements = []  # lanes suspended together


def read(path):
    with open(path) as file:
        document = json.load(file)
    return reference(document) if "base" in document else statement(document)


def reference(document):
    base, struck = document["base"], document["scenario"]
    nodes, links = base["nodes"], base["links"]
    instance = Instance()
    instance.periods, instance.sites = base["periods"], len(nodes)
    country = [node["country"] for node in nodes]
    capacity = [[link["cap"]] * base["periods"] for link in links]
    for link, first, until, share in struck["closed"]:
        for period in range(first, until):
            capacity[link][period] *= share
    for link, by_period in zip(links, capacity):
        instance.arcs.append((link["a"], link["b"], link["dur"], by_period, link["cost"]))
    instance.pairs = [(2 * i, 2 * i + 1) for i in range(len(links) // 2)]
    for kind in base["cats"]:
        instance.commodities.append((kind["t"], kind["kind"] == "c", kind["w"] / kind["per"]))
    left = dict(map(tuple, struck["stock_left"]))
    for i, stock in enumerate(base["stocks"]):
        units = stock["qty"] * left.get(i, 1)
        instance.stocks.append((stock["at"], stock["cat"], units, stock["release"]))
    wanted = defaultdict(lambda: [0.0] * base["periods"])
    for site, kind, period, units in struck["needs"]:
        wanted[site, kind][period] += units
    instance.needs = [(site, kind, units) for (site, kind), units in sorted(wanted.items())]
    receivers = {country[site] for site in struck["affected"]}
    for agreement in base["agreements"]:
        if agreement["receiver"] not in receivers:
            continue
        ceilings = []
        if agreement["tonnes"] is not None:
            ceilings = [len(instance.ceilings)]
            instance.ceilings.append(agreement["tonnes"])
        arcs = [
            i
            for i, link in enumerate(links)
            if link["mode"] in agreement["modes"]
            and country[link["a"]] in agreement["transit"]
            and country[link["b"]] in agreement["transit"]
        ]
        first = len(instance.lanes)
        for kind in agreement["cats"]:
            stocks = [
                i
                for i, stock in enumerate(instance.stocks)
                if stock[1] == kind and country[stock[0]] == agreement["giver"]
            ]
            needs = [
                i
                for i, need in enumerate(instance.needs)
                if need[1] == kind and country[need[0]] == agreement["receiver"]
            ]
            lane = (kind, arcs, stocks, needs, agreement["delay"], ceilings)
            instance.lanes.append(lane)
        instance.agreements.append(range(first, len(instance.lanes)))
    return instance


def by_period(figure, periods):
    if figure is None:
        return [INFINITY] * periods
    return list(figure) if isinstance(figure, list) else [figure] * periods


def statement(document):
    instance = Instance()
    periods = instance.periods = document["horizon"]["periods"]
    minutes = document["horizon"]["period_min"]
    instance.cost_weight = document.get("cost_weight", 1e-4)
    sites = {site["id"]: i for i, site in enumerate(document["sites"])}
    ground = [site.get("territory") for site in document["sites"]]
    kinds = {kind["id"]: i for i, kind in enumerate(document["commodities"])}
    instance.sites = len(sites)
    for kind in document["commodities"]:
        instance.commodities.append((kind["mass_t"], kind["perishing"], kind["weight"]))
    modes = []
    for link in document.get("links", []):
        capacity = by_period(link.get("capacity_t"), periods)
        for closure in link.get("closures") or []:
            for period in range(closure["from_period"], closure["until_period"]):
                capacity[period] *= closure.get("share", 0)
        if link["duration_min"] % minutes:
            raise SystemExit("durations that are not whole periods have no arcs over periods")
        ends = [(sites[link["from"]], sites[link["to"]])]
        if link.get("both_ways"):
            ends.append((ends[0][1], ends[0][0]))
        instance.pairs.append(tuple(range(len(modes), len(modes) + len(ends))))
        for a, b in ends:
            arc = (a, b, link["duration_min"] // minutes, capacity, link.get("cost_per_t", 0))
            instance.arcs.append(arc)
            modes.append(link["mode"])
    owners = [stock["owner"] for stock in document.get("stocks", [])]
    for stock in document.get("stocks", []):
        place, kind = sites[stock["site"]], kinds[stock["commodity"]]
        instance.stocks.append((place, kind, stock["units"], stock.get("release_period") or 0))
    asked = []
    for need in document.get("needs", []):
        wanted = by_period(need["wanted"], periods)
        instance.needs.append((sites[need["site"]], kinds[need["commodity"]], wanted))
        asked.append((need["receiver"], need.get("requested", True)))
    ceilings = {ceiling["id"]: i for i, ceiling in enumerate(document.get("ceilings", []))}
    instance.ceilings = [ceiling["most_t"] for ceiling in document.get("ceilings", [])]
    every = list(range(len(instance.arcs)))

    def lane(kind, arcs, gives, takes, first, limits):
        stocks = [i for i, s in enumerate(instance.stocks) if s[1] == kind and gives(i)]
        needs = [i for i, n in enumerate(instance.needs) if n[1] == kind and takes(i)]
        if stocks and needs:
            instance.lanes.append((kind, arcs, stocks, needs, first, limits))

    for kind in kinds.values():
        for party in sorted({receiver for receiver, _ in asked}):
            lane(kind, every, lambda i: owners[i] == party, lambda i: asked[i][0] == party, 0, [])
    instance.agreements.append(range(len(instance.lanes)))
    for permit in document.get("permits", []):
        through = permit.get("through")
        is_open = [through is None or g is None or g in through for g in ground]
        runs = permit.get("modes")
        arcs = [
            i
            for i, arc in enumerate(instance.arcs)
            if (runs is None or modes[i] in runs) and is_open[arc[0]] and is_open[arc[1]]
        ]
        limits = [ceilings[name] for name in permit.get("ceilings") or []]
        covered = permit.get("commodities")
        begins = len(instance.lanes)
        for giver in permit["givers"]:
            for receiver in permit["receivers"]:
                if giver == receiver:
                    continue
                for name, kind in kinds.items():
                    if covered is not None and name not in covered:
                        continue
                    lane(
                        kind,
                        arcs,
                        lambda i: owners[i] == giver and is_open[instance.stocks[i][0]],
                        lambda i: asked[i][0] == receiver
                        and (asked[i][1] or permit.get("push"))
                        and is_open[instance.needs[i][0]],
                        permit.get("earliest_period") or 0,
                        limits,
                    )
        instance.agreements.append(range(begins, len(instance.lanes)))
    return instance


class Programme:
    """Columns with costs and entries, rows with bounds, as plain lists."""

    def __init__(self):
        self.costs, self.starts, self.rows, self.values = [], [0], [], []
        self.lower, self.upper = [], []
        self.arc_columns = defaultdict(list)
        self.lane_columns = []  # of each lane, what is drawn from stocks

    def row(self, lower, upper):
        self.lower.append(lower)
        self.upper.append(upper)
        return len(self.lower) - 1

    def column(self, cost, entries):
        for row, value in entries:
            self.rows.append(row)
            self.values.append(value)
        self.starts.append(len(self.rows))
        self.costs.append(cost)
        return len(self.costs) - 1


def build(instance):
    programme = Programme()
    periods = instance.periods
    need_rows = []
    for site, kind, wanted in instance.needs:
        _, perishing, weight = instance.commodities[kind]
        rows = [programme.row(units, units) for units in wanted]
        need_rows.append(rows)
        for period, row in enumerate(rows):
            entries = [(row, 1.0)]
            if not perishing and period + 1 < periods:
                entries.append((rows[period + 1], -1.0))
            programme.column(weight, entries)
    arc_rows, stock_rows = {}, {}
    ceiling_rows = [programme.row(-INFINITY, most) for most in instance.ceilings]
    for lane in instance.lanes:
        add_lane(instance, programme, lane, need_rows, arc_rows, stock_rows, ceiling_rows)
    return programme


def windows(instance, lane):
    """The first period each site can be reached in, and the last it is of use in."""
    kind, arcs, stocks, needs, first, _ = lane
    early = [10**9] * instance.sites
    late = [-1] * instance.sites
    for stock in stocks:
        site, _, units, release = instance.stocks[stock]
        if units > 1e-9:
            early[site] = min(early[site], max(release, first))
    for need in needs:
        late[instance.needs[need][0]] = instance.periods - 1
    changed = True
    while changed:
        changed = False
        for arc in arcs:
            a, b, under_way, capacity, _ = instance.arcs[arc]
            leaves = early[a]
            while leaves < instance.periods and capacity[leaves] <= 0:
                leaves += 1
            arrives = leaves + under_way
            if arrives < min(early[b], instance.periods):
                early[b], changed = arrives, True
            if late[b] - under_way > late[a]:
                late[a], changed = late[b] - under_way, True
    return early, late


def add_lane(instance, programme, lane, need_rows, arc_rows, stock_rows, ceiling_rows):
    kind, arcs, stocks, needs, first, ceilings = lane
    tonnes = instance.commodities[kind][0]
    early, late = windows(instance, lane)
    held = {}
    for site in range(instance.sites):
        for period in range(early[site], late[site] + 1):
            held[site, period] = programme.row(0, 0)
    for (site, period), row in held.items():
        later = held.get((site, period + 1))
        if later is not None:
            programme.column(0.0, [(row, -1.0), (later, 1.0)])
    for arc in arcs:
        a, b, under_way, capacity, cost = instance.arcs[arc]
        for period in range(instance.periods - under_way):
            leaves, arrives = held.get((a, period)), held.get((b, period + under_way))
            if leaves is None or arrives is None or capacity[period] <= 0:
                continue
            entries = [(leaves, -1.0), (arrives, 1.0)]
            if capacity[period] < INFINITY:
                if (arc, period) not in arc_rows:
                    arc_rows[arc, period] = programme.row(-INFINITY, capacity[period])
                entries.append((arc_rows[arc, period], tonnes))
            column = programme.column(instance.cost_weight * cost * tonnes, entries)
            programme.arc_columns[arc].append(column)
    drawn = []
    for stock in stocks:
        site, _, units, release = instance.stocks[stock]
        start = held.get((site, max(release, first)))
        if start is None or units <= 1e-9:
            continue
        if stock not in stock_rows:
            stock_rows[stock] = programme.row(-INFINITY, units)
        entries = [(stock_rows[stock], 1.0), (start, 1.0)]
        entries += [(ceiling_rows[ceiling], tonnes) for ceiling in ceilings]
        drawn.append(programme.column(0.0, entries))
    programme.lane_columns.append(drawn)
    for need in needs:
        site = instance.needs[need][0]
        for period in range(instance.periods):
            row = held.get((site, period))
            if row is not None:
                programme.column(0.0, [(row, -1.0), (need_rows[need][period], 1.0)])


def highs_of(programme):
    import highspy
    import numpy

    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(programme.costs), len(programme.lower)
    lp.col_cost_ = numpy.array(programme.costs)
    lp.col_lower_ = numpy.zeros(lp.num_col_)
    lp.col_upper_ = numpy.full(lp.num_col_, INFINITY)
    lp.row_lower_, lp.row_upper_ = numpy.array(programme.lower), numpy.array(programme.upper)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_ = numpy.array(programme.starts, numpy.int32)
    lp.a_matrix_.index_ = numpy.array(programme.rows, numpy.int32)
    lp.a_matrix_.value_ = numpy.array(programme.values)
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("solver", "simplex")
    solver.passModel(lp)
    return solver


def highs(instance):
    solver = highs_of(build(instance))
    solver.run()
    return solver.getInfo().objective_function_value, {}


def warm(instance):
    programme = build(instance)
    solver = highs_of(programme)
    solver.run()
    base = solver.getInfo().objective_function_value
    basis, flows = solver.getBasis(), solver.getSolution().col_value
    cases = [[c for arc in pair for c in programme.arc_columns[arc]] for pair in instance.pairs]
    for lanes in instance.agreements:
        cases.append([c for lane in lanes for c in programme.lane_columns[lane]])
    used = [columns for columns in cases if any(flows[c] > 1e-9 for c in columns)]
    started = time.process_time()
    for columns in used:
        solver.setBasis(basis)
        for column in columns:
            solver.changeColBounds(column, 0.0, 0.0)
        solver.run()
        for column in columns:
            solver.changeColBounds(column, 0.0, INFINITY)
    return base, {"closed": len(used), "closing_seconds": time.process_time() - started}


def glop(instance):
    from ortools.linear_solver import linear_solver_pb2, pywraplp

    programme = build(instance)
    model = linear_solver_pb2.MPModelProto()
    for cost in programme.costs:
        model.variable.add(lower_bound=0.0, upper_bound=INFINITY, objective_coefficient=cost)
    by_row = [([], []) for _ in programme.lower]
    for column in range(len(programme.costs)):
        for at in range(programme.starts[column], programme.starts[column + 1]):
            columns, values = by_row[programme.rows[at]]
            columns.append(column)
            values.append(programme.values[at])
    for (columns, values), lower, upper in zip(by_row, programme.lower, programme.upper):
        row = model.constraint.add(lower_bound=lower, upper_bound=upper)
        row.var_index.extend(columns)
        row.coefficient.extend(values)
    solver = pywraplp.Solver.CreateSolver("GLOP")
    solver.LoadModelFromProto(model)
    solver.Solve()
    return solver.Objective().Value(), {}


def pulp(instance):
    import pulp as modelling

    programme = build(instance)
    problem = modelling.LpProblem("plan", modelling.LpMinimize)
    columns = [modelling.LpVariable(f"x{i}", 0) for i in range(len(programme.costs))]
    problem += modelling.LpAffineExpression(zip(columns, programme.costs))
    by_row = [[] for _ in programme.lower]
    for column in range(len(programme.costs)):
        for at in range(programme.starts[column], programme.starts[column + 1]):
            by_row[programme.rows[at]].append((columns[column], programme.values[at]))
    for entries, lower, upper in zip(by_row, programme.lower, programme.upper):
        if entries:
            sum_of = modelling.LpAffineExpression(entries)
            problem += (sum_of == upper) if lower == upper else (sum_of <= upper)
    problem.solve(modelling.HiGHS(msg=False, threads=1))
    return modelling.value(problem.objective), {}


if __name__ == "__main__":
    peer, path = sys.argv[1:3]
    instance = read(path)
    started = time.process_time()
    objective, more = {"highs": highs, "glop": glop, "pulp": pulp, "warm": warm}[peer](instance)
    seconds = time.process_time() - started
    print(json.dumps({"peer": peer, "objective": objective, "seconds": seconds, **more}))
