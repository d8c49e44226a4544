//! The master programme: which routes to use how much, and the prices that follow.
//!
//! Quantities are counted in load where a commodity has some, so that almost every entry is one.
//! What perishes has a row for each period in which it is wanted. What lasts has a row for each
//! period after which more is wanted: all handed out by then may not exceed all wanted by then.

#![expect(clippy::indexing_slicing, reason = "a model names nothing it does not have")]

use std::collections::BTreeSet;

use pumasi_simplex::{Column, Programme, Row};

use super::lanes::{Lane, Start, prepare};
use super::search::{Ground, Search, Tolls};
use super::{Effort, Flow, Optimum, Step};
use crate::model::Model;

/// What a column must promise for one unit of load to be worth a look.
const PROMISE_MIN: f64 = 1e-9;
/// How many routes of one need and period are offered to the programme at a time.
const OFFERS: usize = 2;
const NONE: u32 = u32::MAX;

/// A way from a stock to a need.
#[derive(Debug, Clone)]
struct Route {
    lane: u32,
    stock: u32,
    need: u32,
    /// The first period in which what it brings can be handed out.
    period: u32,
    /// Cost, weighted, of one unit as counted.
    cost: f64,
    /// Its entries in rows of stocks, ceilings and limits, for one unit as counted.
    entries: Vec<(Row, f64)>,
    steps: Vec<Step>,
}

/// What one need's rows say at the prices of now.
#[derive(Debug, Clone, Default)]
struct NeedRows {
    /// Rows with their periods, ascending.
    rows: Vec<(Row, usize)>,
    /// What a unit handed out in each period saves, as counted.
    saves: Vec<f64>,
    /// All that could ever be handed out, as counted.
    most: f64,
    /// By period: what it saves less the prices of the rows it takes from.
    worth: Vec<f64>,
    /// By period: the best of this and all later periods, and which it is.
    best: Vec<(f64, u32)>,
}

pub(super) struct Master<'a> {
    model: &'a Model,
    lanes: Vec<Lane>,
    /// By commodity, the share left after each number of periods.
    kept: Vec<Vec<f64>>,
    /// By commodity, what one unit counts as.
    counts: Vec<f64>,
    programme: Programme,
    needs: Vec<NeedRows>,
    stock_rows: Vec<u32>,
    ceiling_rows: Vec<u32>,
    limit_rows: Vec<u32>,
    rows: Vec<Row>,
    routes: Vec<Route>,
    known: BTreeSet<(u32, u32, u32, Vec<Step>)>,
    /// By column, the route and the period.
    columns: Vec<(u32, u32)>,
    tolls: Tolls,
    search: Search,
    limit_prices: Vec<f64>,
    burden_without: f64,
}

impl<'a> Master<'a> {
    pub(super) fn new(model: &'a Model) -> Self {
        let parts = model.parts();
        let kept = |share: f64| {
            let mut left = 1.0;
            let step = |_| {
                let now = left;
                left *= share;
                now
            };
            (0..=parts.periods).map(step).collect()
        };
        let counts = |load: f64| if load > 0.0 { load } else { 1.0 };
        let mut master = Self {
            model,
            lanes: prepare(model),
            kept: parts.commodities.iter().map(|c| kept(c.kept)).collect(),
            counts: parts.commodities.iter().map(|c| counts(c.load)).collect(),
            programme: Programme::default(),
            needs: Vec::new(),
            stock_rows: vec![NONE; parts.stocks.len()],
            ceiling_rows: vec![NONE; parts.ceilings.len()],
            limit_rows: vec![NONE; parts.limits.len() * parts.periods],
            rows: Vec::new(),
            routes: Vec::new(),
            known: BTreeSet::new(),
            columns: Vec::new(),
            tolls: Tolls::default(),
            search: Search::default(),
            limit_prices: vec![0.0; parts.limits.len() * parts.periods],
            burden_without: model.burden_without_relief(),
        };
        for need in 0..parts.needs.len() {
            let rows = master.need_rows(need);
            master.needs.push(rows);
        }
        master
    }

    fn need_rows(&mut self, need: usize) -> NeedRows {
        let parts = self.model.parts();
        let need = &parts.needs[need];
        let commodity = &parts.commodities[need.commodity];
        let count = self.counts[need.commodity];
        let weight = commodity.weight * need.priority / count;
        let mut rows = NeedRows::default();
        let mut so_far = 0.0;
        for (period, wanted) in need.wanted.iter().enumerate() {
            so_far += wanted * count;
            let more_follows = need.wanted.get(period + 1).is_none_or(|units| *units > 0.0);
            let (saves, row) = if commodity.perishing {
                (weight, (*wanted > 0.0).then_some(wanted * count))
            } else {
                let periods = (parts.periods - period) as f64;
                (weight * periods, (more_follows && so_far > 0.0).then_some(so_far))
            };
            if let Some(most) = row {
                rows.rows.push((self.add_row(most), period));
            }
            // Nothing is wanted of what perishes in a period without a row.
            let useless = commodity.perishing && row.is_none();
            rows.saves.push(if useless { f64::NEG_INFINITY } else { saves });
        }
        rows.most = so_far;
        rows
    }

    fn add_row(&mut self, most: f64) -> Row {
        let row = self.programme.add_row(most);
        self.rows.push(row);
        row
    }

    pub(super) fn run(&mut self, effort: &Effort) -> Optimum {
        let mut bound = f64::NEG_INFINITY;
        let mut rounds = 0;
        loop {
            self.settle();
            rounds += 1;
            let (added, promised) = self.explore();
            bound = f64::max(bound, self.bound(promised));
            let objective = self.burden_without - self.programme.profit();
            let near = objective - bound <= effort.gap * objective.abs();
            if added == 0 || near || rounds >= effort.rounds_most {
                if std::env::var("FLOW_TRACE").is_ok() {
                    eprintln!("rounds {rounds} pivots {} fact {} routes {} cols {} rows {} obj {objective} bound {bound}", self.programme.pivots(), self.programme.factorisations(), self.routes.len(), self.programme.columns(), self.programme.rows());
                }
                return self.optimum(bound, rounds);
            }
            if std::env::var("FLOW_TRACE").is_ok() {
                eprintln!("round {rounds} added {added} pivots {} routes {} cols {} rows {} obj {objective} bound {bound}", self.programme.pivots(), self.routes.len(), self.programme.columns(), self.programme.rows());
            }
        }
    }

    /// Uses the routes known as well as they can be used.
    fn settle(&mut self) {
        loop {
            self.value_needs();
            let offered = self.offer();
            self.programme.primal_within(PROMISE_MIN * 0.5, usize::MAX);
            if offered == 0 {
                return;
            }
        }
    }

    /// Works out what handing out is worth in each period at the prices of now.
    fn value_needs(&mut self) {
        let prices = self.programme.prices();
        let perishing = |need: usize| {
            let parts = self.model.parts();
            parts.commodities[parts.needs[need].commodity].perishing
        };
        for (index, need) in self.needs.iter_mut().enumerate() {
            need.worth.clear();
            need.worth.extend_from_slice(&need.saves);
            if perishing(index) {
                for (row, period) in &need.rows {
                    need.worth[*period] -= prices[row.index()].max(0.0);
                }
            } else {
                let mut price = 0.0;
                let mut until = need.worth.len();
                for (row, period) in need.rows.iter().rev() {
                    for worth in &mut need.worth[period + 1..until] {
                        *worth -= price;
                    }
                    price += prices[row.index()].max(0.0);
                    until = period + 1;
                }
                for worth in &mut need.worth[..until] {
                    *worth -= price;
                }
            }
            need.best.clear();
            need.best.resize(need.worth.len(), (f64::NEG_INFINITY, 0));
            let mut best = (f64::NEG_INFINITY, 0);
            for period in (0..need.worth.len()).rev() {
                if need.worth[period] >= best.0 {
                    best = (need.worth[period], period as u32);
                }
                need.best[period] = best;
            }
        }
    }

    /// Offers the programme columns of known routes that promise something; how many.
    fn offer(&mut self) -> usize {
        let prices = self.programme.prices();
        let periods = self.model.parts().periods;
        // By need and period, the best few: what is promised and the route.
        let mut offers: Vec<[(f64, u32); OFFERS]> =
            vec![[(PROMISE_MIN, NONE); OFFERS]; self.needs.len() * periods];
        for (at, route) in self.routes.iter().enumerate() {
            let need = &self.needs[route.need as usize];
            let mut cost = route.cost;
            for (row, value) in &route.entries {
                cost += prices[row.index()] * value;
            }
            let kept = &self.kept[self.lanes[route.lane as usize].commodity];
            let lossless = kept[1] >= 1.0;
            let mut period = route.period as usize;
            if lossless && need.best[period].0 - cost <= PROMISE_MIN {
                continue;
            }
            while period < periods {
                let promise = need.worth[period] - cost / kept[period];
                if promise > PROMISE_MIN {
                    let slots = &mut offers[route.need as usize * periods + period];
                    let mut held = (promise, at as u32);
                    for slot in slots.iter_mut() {
                        if held.0 > slot.0 {
                            std::mem::swap(slot, &mut held);
                        }
                    }
                }
                period += 1;
            }
        }
        let mut count = 0;
        for (at, slots) in offers.iter().enumerate() {
            for (_, route) in slots.iter().filter(|(_, route)| *route != NONE) {
                self.add_column(*route, at % periods);
                count += 1;
            }
        }
        count
    }

    fn add_column(&mut self, at: u32, period: usize) -> Column {
        let route = &self.routes[at as usize];
        let commodity = self.lanes[route.lane as usize].commodity;
        let kept = self.kept[commodity][period];
        let need = &self.needs[route.need as usize];
        let profit = need.saves[period] - route.cost / kept;
        let mut entries: Vec<(Row, f64)> =
            route.entries.iter().map(|(row, value)| (*row, value / kept)).collect();
        if self.model.parts().commodities[commodity].perishing {
            entries.extend(need.rows.iter().filter(|(_, p)| *p == period).map(|(r, _)| (*r, 1.0)));
        } else {
            entries.extend(need.rows.iter().filter(|(_, p)| *p >= period).map(|(r, _)| (*r, 1.0)));
        }
        self.columns.push((at, period as u32));
        self.programme.add_column(profit, &entries)
    }

    /// Searches every lane at the prices of now: how many routes were found, and what the best of
    /// each need promises.
    fn explore(&mut self) -> (usize, Vec<f64>) {
        self.value_needs();
        let prices = self.programme.prices();
        for (at, row) in self.limit_rows.iter().enumerate() {
            self.limit_prices[at] =
                if *row == NONE { 0.0 } else { prices[*row as usize].max(0.0) };
        }
        self.tolls.set(self.model, &self.limit_prices);
        let mut promised = vec![0.0; self.needs.len()];
        let mut added = 0;
        for lane in 0..self.lanes.len() {
            let costs = self.start_costs(lane);
            let starts = std::mem::take(&mut self.lanes[lane].starts);
            added += self.explore_lane(lane, &starts, &costs, &mut promised);
            self.lanes[lane].starts = starts;
        }
        (added, promised)
    }

    /// What one unit as counted costs at each start of a lane.
    fn start_costs(&self, lane: usize) -> Vec<f64> {
        let prices = self.programme.prices();
        let price = |row: u32| if row == NONE { 0.0 } else { prices[row as usize].max(0.0) };
        let lane = &self.lanes[lane];
        let ceilings: f64 = if lane.has_load {
            lane.ceilings.iter().map(|c| price(self.ceiling_rows[*c as usize])).sum()
        } else {
            0.0
        };
        let kept = &self.kept[lane.commodity];
        let cost = |start: &Start| {
            (price(self.stock_rows[start.stock as usize]) + ceilings)
                * kept[start.ready_period as usize]
        };
        lane.starts.iter().map(cost).collect()
    }

    fn explore_lane(
        &mut self,
        lane: usize,
        starts: &[Start],
        costs: &[f64],
        promised: &mut [f64],
    ) -> usize {
        if starts.is_empty() || self.lanes[lane].needs.is_empty() {
            return 0;
        }
        let commodity = self.lanes[lane].commodity;
        let ground = Ground {
            model: self.model,
            lane: &self.lanes[lane],
            tolls: &self.tolls,
            kept: &self.kept[commodity],
        };
        self.search.run(&ground, starts, costs);
        let search = std::mem::take(&mut self.search);
        let needs = std::mem::take(&mut self.lanes[lane].needs);
        let parts = self.model.parts();
        let mut added = 0;
        let mut steps = Vec::new();
        for need in &needs {
            for arrival in search.arrivals(parts.needs[*need as usize].site) {
                let period = serving_period(parts.period_min, arrival.minute);
                let promise = self.best_promise(*need as usize, commodity, period, arrival.cost);
                let best = &mut promised[*need as usize];
                *best = f64::max(*best, promise);
                if promise > PROMISE_MIN {
                    let start = &starts[search.trace(arrival, &mut steps)];
                    added += usize::from(self.add_route(lane, start, *need, period, &steps));
                }
            }
        }
        self.lanes[lane].needs = needs;
        self.search = search;
        added
    }

    /// The most that a unit as counted can promise from `period` on.
    fn best_promise(&self, need: usize, commodity: usize, period: usize, cost: f64) -> f64 {
        let kept = &self.kept[commodity];
        let need = &self.needs[need];
        if kept[1] >= 1.0 {
            return need.best[period].0 - cost;
        }
        let later = need.worth.iter().zip(kept).skip(period);
        later.map(|(worth, kept)| worth - cost / kept).fold(f64::NEG_INFINITY, f64::max)
    }

    fn add_route(
        &mut self,
        lane: usize,
        start: &Start,
        need: u32,
        period: usize,
        steps: &[Step],
    ) -> bool {
        if !self.known.insert((lane as u32, start.stock, need, steps.to_vec())) {
            return false;
        }
        let parts = self.model.parts();
        let commodity = self.lanes[lane].commodity;
        // What passes each point for one unit as counted at the end; losses make it more before.
        let mut passing: f64 = steps.iter().map(|s| parts.arcs[s.arc].retained).product::<f64>();
        passing = 1.0 / passing;
        let mut entries: Vec<(Row, f64)> = Vec::with_capacity(2 * steps.len() + 2);
        let kept = |minute: i64| (minute / parts.period_min) as usize;
        let at_start = passing * self.kept[commodity][start.ready_period as usize];
        let units = parts.stocks[start.stock as usize].units * self.counts[commodity];
        entries.push((self.stock_row(start.stock, units), at_start));
        let has_load = self.lanes[lane].has_load;
        let mut cost = 0.0;
        if has_load {
            for ceiling in self.lanes[lane].ceilings.clone() {
                entries.push((self.ceiling_row(ceiling), at_start));
            }
            for step in steps {
                let arc = &parts.arcs[step.arc];
                let left = kept(step.depart_min);
                let load = passing * self.kept[commodity][left];
                cost += parts.cost_weight * arc.cost * load;
                for limit in &arc.limits {
                    self.enter(&mut entries, *limit, left, load);
                }
                passing *= arc.retained;
                if let Some(limit) = parts.sites[arc.to].intake {
                    let taken_in = kept(step.arrive_min);
                    let load = passing * self.kept[commodity][taken_in];
                    self.enter(&mut entries, limit, taken_in, load);
                }
            }
        }
        self.routes.push(Route {
            lane: lane as u32,
            stock: start.stock,
            need,
            period: period as u32,
            cost,
            entries,
            steps: steps.to_vec(),
        });
        true
    }

    /// Adds to an entry in the row of a limit, unless the limit is none.
    fn enter(&mut self, entries: &mut Vec<(Row, f64)>, limit: usize, period: usize, load: f64) {
        let parts = self.model.parts();
        let most = parts.limits[limit][period];
        if !most.is_finite() {
            return;
        }
        let at = limit * parts.periods + period;
        if self.limit_rows[at] == NONE {
            self.limit_rows[at] = self.add_row(most).index() as u32;
        }
        let row = self.rows[self.limit_rows[at] as usize];
        match entries.iter_mut().find(|(held, _)| *held == row) {
            Some((_, value)) => *value += load,
            None => entries.push((row, load)),
        }
    }

    fn stock_row(&mut self, stock: u32, units: f64) -> Row {
        if self.stock_rows[stock as usize] == NONE {
            self.stock_rows[stock as usize] = self.add_row(units).index() as u32;
        }
        self.rows[self.stock_rows[stock as usize] as usize]
    }

    fn ceiling_row(&mut self, ceiling: u32) -> Row {
        if self.ceiling_rows[ceiling as usize] == NONE {
            let most = self.model.parts().ceilings[ceiling as usize];
            self.ceiling_rows[ceiling as usize] = self.add_row(most).index() as u32;
        }
        self.rows[self.ceiling_rows[ceiling as usize] as usize]
    }

    /// What no plan's objective is below, by the prices of now: what all rows are worth, and for
    /// each need the best promise for all it wants.
    fn bound(&self, promised: Vec<f64>) -> f64 {
        let prices = self.programme.prices();
        let rows: f64 = self
            .rows
            .iter()
            .filter(|row| prices[row.index()] > 0.0)
            .map(|row| prices[row.index()] * self.programme.rhs(*row))
            .sum();
        let more: f64 =
            self.needs.iter().zip(promised).map(|(need, promise)| need.most * promise).sum();
        self.burden_without - rows - more
    }

    fn optimum(&self, bound: f64, rounds: usize) -> Optimum {
        let parts = self.model.parts();
        let mut served = vec![vec![0.0; parts.periods]; parts.needs.len()];
        let mut flows = Vec::new();
        let mut weighted_cost = 0.0;
        for (column, value) in self.programme.basic_columns() {
            let (at, period) = self.columns[column.index()];
            let route = &self.routes[at as usize];
            let commodity = self.lanes[route.lane as usize].commodity;
            let units = value / self.counts[commodity];
            if units <= 1e-12 {
                continue;
            }
            served[route.need as usize][period as usize] += units;
            weighted_cost += value * route.cost / self.kept[commodity][period as usize];
            flows.push(Flow {
                lane: route.lane as usize,
                stock: route.stock as usize,
                need: route.need as usize,
                period: period as usize,
                units,
                steps: route.steps.clone(),
            });
        }
        flows.sort_by(|a, b| {
            let key = |f: &Flow| (f.need, f.period, f.lane, f.stock);
            key(a).cmp(&key(b)).then_with(|| a.steps.cmp(&b.steps))
        });
        let burden: f64 =
            parts.needs.iter().zip(&served).map(|(n, s)| self.model.burden_of(n, s)).sum();
        let cost = if parts.cost_weight > 0.0 { weighted_cost / parts.cost_weight } else { 0.0 };
        Optimum {
            objective: burden + weighted_cost,
            burden,
            cost,
            bound,
            flows,
            served,
            rounds,
            pivots: self.programme.pivots(),
            routes: self.routes.len(),
        }
    }
}

/// The first period that begins at `minute` or later.
fn serving_period(period_min: i64, minute: i64) -> usize {
    ((minute + period_min - 1) / period_min) as usize
}
