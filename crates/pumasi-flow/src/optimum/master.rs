//! The master programme: which routes to use how much, and the prices that follow.
//!
//! Quantities are counted in load where a commodity has some, so that almost every entry is one.
//! A row of what perishes says of one period: what comes and what is kept over from before, less
//! what is kept for later, may not exceed what is wanted. A row of what lasts says of a period
//! after which more is wanted: all that came by then, less what is kept for later and what was lost
//! by keeping, may not exceed all wanted by then. So one column stands for a route whenever what it brings is handed out, and
//! another way for the same goods takes its place in one pivot.

#![expect(
    clippy::indexing_slicing,
    clippy::as_conversions,
    reason = "a model names nothing it does not have, and has fewer than 2^32 of anything"
)]

mod alter;
mod even;
mod handing;
mod reroute;

use std::collections::BTreeSet;
use std::sync::Arc;

use pumasi_simplex::{Column, Ended, Programme, Row, Snapshot};

use self::even::Sharing;
use self::handing::Coming;
use super::lanes::{Corridor, Start, prepare};
use super::search::{Ground, Search, Tolls, serving_period};
use super::{Effort, Optimum, Prices, Settled, Step};
use crate::model::{Model, ModelNeed, ModelParts};

/// What a column must promise for one unit of load to be worth a look.
const PROMISE_MIN: f64 = 1e-9;
/// Pivots after which routes are searched for again, though those known could be used better yet:
/// prices far from the end are not worth following to it.
const PIVOTS_A_ROUND: usize = 1000;
/// Pivots after which mending gives up and starts from nothing.
const MENDING_PIVOTS_MOST: usize = 20_000;
/// How far prices to search at are held back towards those that proved the best bound.
const STEADY: f64 = 0.5;
const NONE: u32 = u32::MAX;

/// A way from a stock to a need.
#[derive(Debug, Clone)]
struct Route {
    lane: u32,
    stock: u32,
    need: u32,
    /// The first period in which what it brings can be handed out.
    period: u32,
    /// Cost, not weighted, of one unit that comes.
    cost: f64,
    steps: Vec<Step>,
}

/// One row of a need.
#[derive(Debug, Clone, Copy)]
struct NeedRow {
    row: Row,
    period: usize,
    /// What it may not exceed, as long as the need is what it was at first.
    most: f64,
}

/// What one need's rows say.
#[derive(Debug, Clone, Default)]
struct NeedRows {
    rows: Vec<NeedRow>,
    perishing: bool,
    /// The first period in which anything is wanted; what comes earlier waits until then.
    first: usize,
    /// What one unit that comes in each period saves, were there no rows.
    saves: Vec<f64>,
    /// All that could ever be of use, as long as the need is what it was at first.
    most: f64,
    /// What was wanted at first, and how many times that is wanted now.
    at_first: Vec<f64>,
    factor: f64,
    /// By period, what one unit that comes in it is worth at the prices of now.
    worth: Vec<f64>,
}

#[derive(Clone)]
pub(super) struct Master {
    model: Arc<Model>,
    corridors: Vec<Corridor>,
    /// By lane, its corridor.
    corridor_of: Vec<u32>,
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
    /// By column, the route; `NONE` for what only moves goods from period to period.
    columns: Vec<u32>,
    column_ids: Vec<Column>,
    /// The columns whose routes pass a limit, by limit, and those of a lane's routes.
    columns_by_limit: Vec<Vec<u32>>,
    columns_by_lane: Vec<Vec<u32>>,
    /// Of the first columns, which move goods from period to period, the need.
    movers: Vec<u32>,
    /// By column, whether nothing may take its route.
    is_barred: Vec<bool>,
    tolls: Tolls,
    search: Search,
    limit_prices: Vec<f64>,
    /// The prices routes are searched for at, by row.
    asking: Vec<f64>,
    /// The prices that proved the best bound since something last changed.
    proving: Vec<f64>,
    burden_without: f64,
    is_open: Vec<bool>,
    /// Whether a right-hand side shrank since the programme was last solved.
    is_broken: bool,
    /// What says how evenly places are served, while that is looked for.
    sharing: Option<Sharing>,
    /// By need, what saving one unit of burden counts at the prices of now: 1 but for `sharing`.
    emphasis: Vec<f64>,
}

impl Master {
    pub(super) fn new(model: &Model) -> Self {
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
        let (corridors, corridor_of) = prepare(model);
        let counts = |load: f64| if load > 0.0 { load } else { 1.0 };
        let mut master = Self {
            model: Arc::new(model.clone()),
            corridors,
            corridor_of,
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
            column_ids: Vec::new(),
            columns_by_limit: vec![Vec::new(); parts.limits.len()],
            columns_by_lane: vec![Vec::new(); parts.lanes.len()],
            movers: Vec::new(),
            is_barred: Vec::new(),
            tolls: Tolls::default(),
            search: Search::default(),
            limit_prices: vec![0.0; parts.limits.len() * parts.periods],
            asking: Vec::new(),
            proving: Vec::new(),
            burden_without: model.burden_without_relief(),
            is_open: vec![true; parts.lanes.len()],
            is_broken: false,
            sharing: None,
            emphasis: vec![1.0; parts.needs.len()],
        };
        for need in 0..parts.needs.len() {
            let mut rows = master.need_rows(need);
            rows.at_first.clone_from(&parts.needs[need].wanted);
            rows.factor = 1.0;
            master.needs.push(rows);
            master.movers.resize(master.columns.len(), need as u32);
        }
        master
    }

    fn need_rows(&mut self, need: usize) -> NeedRows {
        let model = Arc::clone(&self.model);
        let parts = model.parts();
        let need = &parts.needs[need];
        let commodity = &parts.commodities[need.commodity];
        let count = self.counts[need.commodity];
        let weight = commodity.weight * need.priority / count;
        if commodity.perishing {
            self.perishing_rows(need, count, weight, commodity.kept)
        } else {
            self.lasting_rows(need, count, weight, commodity.kept)
        }
    }

    fn perishing_rows(&mut self, need: &ModelNeed, count: f64, weight: f64, kept: f64) -> NeedRows {
        let last = need.wanted.iter().rposition(|units| *units > 0.0);
        let mut rows = NeedRows { perishing: true, ..NeedRows::default() };
        let periods = need.wanted.len();
        let mut left = 1.0;
        for (period, wanted) in need.wanted.iter().enumerate().take(last.map_or(0, |p| p + 1)) {
            let most = wanted * count;
            rows.rows.push(NeedRow { row: self.add_row(most), period, most });
            rows.most += wanted * count / left;
            left *= kept;
        }
        rows.saves.resize(rows.rows.len(), weight);
        rows.saves.resize(periods, f64::NEG_INFINITY);
        for pair in rows.rows.windows(2) {
            let [now, next] = pair else { continue };
            let entries = [(now.row, -1.0), (next.row, kept)];
            self.add_column(NONE, weight * (kept - 1.0), &entries);
        }
        rows
    }

    /// A row for each period after which more is wanted, from the first in which anything is, and
    /// one for the end. What is kept for the next period is handed out in it, less what is lost.
    fn lasting_rows(&mut self, need: &ModelNeed, count: f64, weight: f64, kept: f64) -> NeedRows {
        let periods = need.wanted.len();
        let is_wanted = |units: &f64| *units > 0.0;
        let saves = |period: usize| weight * (periods - period) as f64;
        let mut rows = NeedRows { saves: (0..periods).map(saves).collect(), ..NeedRows::default() };
        let (Some(first), Some(last)) =
            (need.wanted.iter().position(is_wanted), need.wanted.iter().rposition(is_wanted))
        else {
            return rows;
        };
        rows.first = first;
        let mut so_far = 0.0;
        let mut left = 1.0;
        for (period, wanted) in need.wanted.iter().enumerate().skip(first) {
            so_far += wanted * count;
            rows.most += wanted * count / left;
            left *= kept;
            if period < last || period + 1 == periods {
                rows.rows.push(NeedRow { row: self.add_row(so_far), period, most: so_far });
            }
        }
        for (at, now) in rows.rows.iter().enumerate().filter(|(_, row)| row.period < last) {
            let mut entries = vec![(now.row, -1.0)];
            if kept < 1.0 {
                entries.extend(rows.rows[at + 1..].iter().map(|later| (later.row, kept - 1.0)));
            }
            let profit = kept * saves(now.period + 1) - saves(now.period);
            self.add_column(NONE, profit, &entries);
        }
        rows
    }

    fn add_row(&mut self, most: f64) -> Row {
        let row = self.programme.add_row(most);
        // Nobody asks a price yet for what nothing was known to use.
        self.asking.push(0.0);
        self.rows.push(row);
        row
    }

    fn add_column(&mut self, route: u32, profit: f64, entries: &[(Row, f64)]) {
        self.column_ids.push(self.programme.add_column(profit, entries));
        self.columns.push(route);
        self.is_barred.push(false);
    }

    /// Plans until `effort` is spent or the best is found.
    pub(super) fn settle(&mut self, effort: &Effort) -> Settled {
        let mut settled =
            Settled { objective: f64::INFINITY, bound: effort.floor, rounds: 0, is_settled: false };
        self.mend();
        self.proving.clear();
        let mut pivots = usize::MAX;
        loop {
            let ended = self.improve(effort, &mut settled);
            if settled.is_near(effort) {
                return Settled { is_settled: true, ..settled };
            }
            settled.rounds += 1;
            // Prices that nothing followed from are not asked for again.
            let stuck = pivots == self.programme.pivots();
            pivots = self.programme.pivots();
            let mut added = 0;
            if !stuck && !self.proving.is_empty() {
                self.ask(STEADY);
                added = self.look_about(&mut settled);
            }
            if added == 0 {
                self.ask(0.0);
                added = self.look_about(&mut settled);
            }
            let is_done = added == 0 && ended != Ended::Exhausted;
            if is_done || settled.is_near(effort) {
                return Settled { is_settled: true, ..settled };
            }
            if settled.rounds >= effort.rounds_most {
                return settled;
            }
        }
    }

    /// Sets the prices to search at: those of now, held back by the share `steady` towards those
    /// that proved the best bound. Prices of now swing from round to round as long as few routes
    /// are known, and what is found at them is of little use in the next (Wentges, "Weighted
    /// Dantzig-Wolfe decomposition for linear mixed-integer programming", 1997).
    fn ask(&mut self, steady: f64) {
        self.asking.clear();
        self.asking.extend(self.programme.prices().iter().map(|price| price.max(0.0)));
        if steady > 0.0 {
            self.proving.resize(self.asking.len(), 0.0);
            for (asking, proving) in self.asking.iter_mut().zip(&self.proving) {
                *asking = steady * proving + (1.0 - steady) * *asking;
            }
        }
    }

    /// Searches at the prices set: how many routes are new. What that proves is noted.
    fn look_about(&mut self, settled: &mut Settled) -> usize {
        let (added, promised) = self.explore();
        let bound = self.bound(promised);
        if bound > settled.bound || self.proving.is_empty() {
            self.proving.clone_from(&self.asking);
        }
        settled.bound = settled.bound.max(bound);
        added
    }

    /// Uses the routes known better, until they are used as well as can be, the pivots of a round
    /// are spent, or the plan is near enough to the best.
    fn improve(&mut self, effort: &Effort, settled: &mut Settled) -> Ended {
        let objective = |programme: &Programme| self.burden_without - programme.profit();
        let ended = self.programme.primal_until(PROMISE_MIN, PIVOTS_A_ROUND, |programme| {
            Settled { objective: objective(programme), ..*settled }.is_near(effort)
        });
        settled.objective = objective(&self.programme);
        ended
    }

    /// Gets back within right-hand sides that shrank.
    fn mend(&mut self) {
        if !std::mem::take(&mut self.is_broken) {
            return;
        }
        if self.programme.dual_within(MENDING_PIVOTS_MOST) != Ended::Optimal {
            // Doing nothing is always allowed; whatever went wrong, this is a place to start from.
            self.programme.reset();
        }
    }

    /// The basis of now, to come back to.
    pub(super) fn snapshot(&self) -> Snapshot {
        self.programme.snapshot()
    }

    /// Goes back to `snapshot`; what was changed since must have been changed back.
    pub(super) fn restore(&mut self, snapshot: &Snapshot) {
        self.programme.restore(snapshot);
        self.is_broken = false;
    }

    /// The model as it is planned for.
    pub(super) fn model(&self) -> &Model {
        &self.model
    }

    /// Works out what it is worth to come in each period at the prices of now.
    ///
    /// Whoever comes can be kept for the next period, so that it is worth no less than that. Prices
    /// that say otherwise are none any plan could have; they are rounding.
    fn value_needs(&mut self) {
        let prices = &self.asking;
        let parts = self.model.parts();
        for (index, need) in self.needs.iter_mut().enumerate() {
            let emphasis = self.emphasis[index];
            need.worth.clear();
            need.worth.extend(need.saves.iter().map(|saves| saves * emphasis));
            let kept = parts.commodities[parts.needs[index].commodity].kept;
            let mut rows = need.rows.iter().rev().peekable();
            let mut price = 0.0;
            let mut later = 0.0;
            for period in (need.first..need.worth.len()).rev() {
                if need.perishing {
                    price = 0.0;
                }
                if let Some(held) = rows.next_if(|held| held.period == period) {
                    price += prices[held.row.index()].max(0.0);
                }
                let worth = &mut need.worth[period];
                *worth = f64::max(*worth - price, later * kept);
                later = worth.max(0.0);
            }
        }
    }

    /// Searches every lane at the prices of now: how many routes were found, and what the best of
    /// each need promises.
    fn explore(&mut self) -> (usize, Vec<f64>) {
        self.emphasise();
        self.value_needs();
        let prices = &self.asking;
        for (at, row) in self.limit_rows.iter().enumerate() {
            self.limit_prices[at] = if *row == NONE { 0.0 } else { prices[*row as usize].max(0.0) };
        }
        self.tolls.set(&self.model, &self.limit_prices);
        let mut promised = vec![0.0; self.needs.len()];
        let mut added = 0;
        for corridor in 0..self.corridors.len() {
            let costs = self.start_costs(corridor);
            added += self.explore_corridor(corridor, &costs, &mut promised);
        }
        (added, promised)
    }

    /// What one unit as counted costs at each start of a corridor; infinite in closed lanes.
    fn start_costs(&self, corridor: usize) -> Vec<f64> {
        let prices = &self.asking;
        let price = |row: u32| if row == NONE { 0.0 } else { prices[row as usize].max(0.0) };
        let corridor = &self.corridors[corridor];
        let kept = &self.kept[corridor.commodity];
        let lanes = &self.model.parts().lanes;
        let cost = |start: &Start| {
            if !self.is_open[start.lane as usize] {
                return f64::INFINITY;
            }
            let mut cost = price(self.stock_rows[start.stock as usize]);
            if corridor.has_load {
                let ceilings = lanes[start.lane as usize].ceilings.iter();
                cost += ceilings.map(|c| price(self.ceiling_rows[*c])).sum::<f64>();
            }
            cost * kept[start.ready_period as usize]
        };
        corridor.starts.iter().map(cost).collect()
    }

    fn explore_corridor(&mut self, at: usize, costs: &[f64], promised: &mut [f64]) -> usize {
        let corridor = &self.corridors[at];
        if corridor.starts.is_empty() || corridor.needs.is_empty() {
            return 0;
        }
        let model = Arc::clone(&self.model);
        let parts = model.parts();
        let commodity = corridor.commodity;
        let kept = &self.kept[commodity];
        let worth: Vec<&[f64]> =
            corridor.needs.iter().map(|need| &*self.needs[*need as usize].worth).collect();
        let ground = Ground { model: &model, corridor, tolls: &self.tolls, kept, worth: &worth };
        self.search.run(&ground, &corridor.starts, costs);
        let mut found: Vec<(Start, u32, usize, Vec<Step>)> = Vec::new();
        let mut steps = Vec::new();
        for need in &corridor.needs {
            for arrival in self.search.arrivals(parts.needs[*need as usize].site) {
                let held = &self.needs[*need as usize];
                let period = serving_period(parts.period_min, arrival.minute).max(held.first);
                let worth = held.worth[period];
                let promise = worth - arrival.cost / kept[period];
                let best = &mut promised[*need as usize];
                *best = f64::max(*best, promise);
                if promise > PROMISE_MIN {
                    let start = corridor.starts[self.search.trace(arrival, &mut steps)];
                    found.push((start, *need, period, steps.clone()));
                }
            }
        }
        let mut added = 0;
        for (start, need, period, steps) in found {
            added += usize::from(self.add_route(&start, need, period, steps));
        }
        added
    }

    fn add_route(&mut self, start: &Start, need: u32, period: usize, steps: Vec<Step>) -> bool {
        if !self.known.insert((start.lane, start.stock, need, steps.clone())) {
            return false;
        }
        let model = Arc::clone(&self.model);
        let parts = model.parts();
        let lane = &parts.lanes[start.lane as usize];
        let commodity = lane.commodity;
        // What passes each point for one unit as counted at the end; losses make it more before.
        let mut passing: f64 = steps.iter().map(|s| parts.arcs[s.arc].retained).product::<f64>();
        passing = 1.0 / passing;
        let mut entries: Vec<(Row, f64)> = Vec::with_capacity(2 * steps.len() + 2);
        let kept = |minute: i64| (minute / parts.period_min) as usize;
        let at_start = passing * self.kept[commodity][start.ready_period as usize];
        let units = parts.stocks[start.stock as usize].units * self.counts[commodity];
        entries.push((self.stock_row(start.stock, units), at_start));
        let has_load = parts.commodities[commodity].load > 0.0;
        let mut cost = 0.0;
        if has_load {
            for ceiling in lane.ceilings.iter().collect::<BTreeSet<_>>() {
                entries.push((self.ceiling_row(*ceiling), at_start));
            }
            for step in &steps {
                let arc = &parts.arcs[step.arc];
                let left = kept(step.depart_min);
                let load = passing * self.kept[commodity][left];
                cost += arc.cost * load;
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
        // From here on, one unit that comes.
        let left = self.kept[commodity][period];
        entries.iter_mut().for_each(|(_, value)| *value /= left);
        let held = &self.needs[need as usize];
        let counts_in = |row: &&NeedRow| {
            if held.perishing { row.period == period } else { row.period >= period }
        };
        entries.extend(held.rows.iter().filter(counts_in).map(|row| (row.row, 1.0)));
        let cost = cost / left;
        let saves = held.saves[period];
        entries.extend(self.group_entry(need, saves));
        let profit = saves - parts.cost_weight * cost;
        let column = self.columns.len() as u32;
        self.columns_by_lane[start.lane as usize].push(column);
        for (limit, _) in passed_by(parts, &steps) {
            self.columns_by_limit[limit].push(column);
        }
        self.add_column(self.routes.len() as u32, profit, &entries);
        self.routes.push(Route {
            lane: start.lane,
            stock: start.stock,
            need,
            period: period as u32,
            cost,
            steps,
        });
        true
    }

    /// Adds to an entry in the row of a limit, unless the limit is none.
    fn enter(&mut self, entries: &mut Vec<(Row, f64)>, limit: usize, period: usize, load: f64) {
        let model = Arc::clone(&self.model);
        let parts = model.parts();
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

    fn ceiling_row(&mut self, ceiling: usize) -> Row {
        if self.ceiling_rows[ceiling] == NONE {
            let most = self.model.parts().ceilings[ceiling];
            self.ceiling_rows[ceiling] = self.add_row(most).index() as u32;
        }
        self.rows[self.ceiling_rows[ceiling] as usize]
    }

    /// The prices the programme stands at; those below zero by rounding are zero.
    pub(super) fn prices(&self) -> Prices {
        self.prices_at(self.programme.prices())
    }

    /// The prices that proved the best bound since something last changed.
    pub(super) fn proving_prices(&self) -> Prices {
        self.prices_at(&self.proving)
    }

    /// What prices of rows mean; rows without one are worth nothing.
    fn prices_at(&self, prices: &[f64]) -> Prices {
        let parts = self.model.parts();
        let of_row = |row: usize| prices.get(row).map_or(0.0, |price| price.max(0.0));
        let price = |row: &u32| if *row == NONE { 0.0 } else { of_row(*row as usize) };
        let by_period = |rows: &NeedRows, count: f64, kept: f64| {
            let mut list = vec![0.0; parts.periods];
            let mut since = rows.first;
            for held in &rows.rows {
                // One unit more saves no more than waiting in the periods the row stands for, and
                // what is lost by that.
                let after = rows.saves.get(held.period + 1).copied().unwrap_or(0.0);
                let most =
                    if rows.perishing { f64::INFINITY } else { rows.saves[since] - kept * after };
                since = held.period + 1;
                list[held.period] = of_row(held.row.index()).clamp(0.0, most) * count;
            }
            list
        };
        let needs = self.needs.iter().zip(&parts.needs);
        let stocks = self.stock_rows.iter().zip(&parts.stocks);
        Prices {
            stocks: stocks.map(|(row, held)| price(row) * self.counts[held.commodity]).collect(),
            ceilings: self.ceiling_rows.iter().map(price).collect(),
            limits: self
                .limit_rows
                .chunks(parts.periods)
                .map(|rows| rows.iter().map(price).collect())
                .collect(),
            needs: needs
                .map(|(rows, need)| {
                    let kept = parts.commodities[need.commodity].kept;
                    by_period(rows, self.counts[need.commodity], kept)
                })
                .collect(),
        }
    }

    fn commodity_of(&self, route: &Route) -> usize {
        self.model.parts().lanes[route.lane as usize].commodity
    }

    /// What no plan's objective is below, by the prices of now: what all rows are worth, and for
    /// each need the best promise for all it wants.
    fn bound(&self, promised: Vec<f64>) -> f64 {
        let prices = &self.asking;
        let rows: f64 = self
            .rows
            .iter()
            .zip(prices)
            .filter(|(_, price)| **price > 0.0)
            .map(|(row, price)| price * self.programme.rhs(*row))
            .sum();
        let more: f64 = self
            .needs
            .iter()
            .zip(promised)
            .map(|(need, promise)| need.most * need.factor * promise)
            .sum();
        self.burden_without - rows - more
    }

    /// The plan that the programme stands at.
    pub(super) fn optimum(&self, settled: &Settled) -> Optimum {
        let parts = self.model.parts();
        let mut coming: Vec<Vec<Coming>> = vec![Vec::new(); parts.needs.len()];
        let mut cost = 0.0;
        for (column, value) in self.programme.basic_columns() {
            let at = self.columns[column.index()];
            let Some(route) = self.routes.get(at as usize) else { continue };
            // What is left of a barred route where the walk ended early is as good as not sent.
            if self.is_barred[column.index()] {
                continue;
            }
            let units = value / self.counts[self.commodity_of(route)];
            if units > 1e-12 {
                cost += value * route.cost;
                coming[route.need as usize].push(Coming { route: at, units });
            }
        }
        let mut flows = Vec::new();
        let mut served = Vec::with_capacity(parts.needs.len());
        for (need, mut coming) in coming.into_iter().enumerate() {
            let rank = |c: &Coming| {
                let route = &self.routes[c.route as usize];
                (route.period, route.lane, route.stock, &route.steps)
            };
            coming.sort_by(|a, b| rank(a).cmp(&rank(b)));
            served.push(self.hand_out(need, &coming, &mut flows));
        }
        let left: Vec<f64> =
            parts.needs.iter().zip(&served).map(|(n, s)| self.model.burden_of(n, s)).collect();
        // Nothing at all adds up to a zero below zero.
        let burden: f64 = left.iter().sum::<f64>() + 0.0;
        Optimum {
            objective: burden + parts.cost_weight * cost,
            burden,
            cost,
            bound: settled.bound,
            flows,
            served,
            shares: self.model.shares_of(&left),
            rounds: settled.rounds,
            pivots: self.programme.pivots(),
            routes: self.routes.len(),
        }
    }
}

/// The limits passed on the way, with the minute.
fn passed_by<'a>(
    parts: &'a ModelParts,
    steps: &'a [Step],
) -> impl Iterator<Item = (usize, i64)> + 'a {
    steps.iter().flat_map(|step| {
        let arc = &parts.arcs[step.arc];
        let taken_in = parts.sites[arc.to].intake.map(|limit| (limit, step.arrive_min));
        arc.limits.iter().map(|limit| (*limit, step.depart_min)).chain(taken_in)
    })
}
