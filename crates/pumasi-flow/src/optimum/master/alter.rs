//! What could be otherwise, made so in the programme.

#![expect(
    clippy::indexing_slicing,
    clippy::as_conversions,
    reason = "a model names nothing it does not have, and has fewer than 2^32 of anything"
)]

use std::sync::Arc;

use super::{Master, NONE, NeedRow, passed_by};

/// What share of the most that anything can save a barred route costs. Since a route only takes of
/// rows, any cost drives it out; a small one moves prices little on the way.
const BARRED: f64 = 0.01;

impl Master {
    fn set_rhs(&mut self, row: u32, most: f64) {
        if row != NONE {
            let row = self.rows[row as usize];
            // More of one row can take another below nothing too.
            self.is_broken |= most != self.programme.rhs(row);
            self.programme.set_rhs(row, most);
        }
    }

    /// Changes what departs or is taken in at most; infinite limits stay infinite.
    ///
    /// Where nothing may pass any more, the routes that do are made worth less than nothing, and go
    /// as others take their place; that is far less work than to take from them what they have and
    /// mend the rest.
    pub(in crate::optimum) fn set_limit(&mut self, limit: usize, by_period: &[f64]) {
        let periods = self.model.parts().periods;
        let held = &mut Arc::make_mut(&mut self.model).parts_mut().limits[limit];
        let before = std::mem::replace(held, by_period.to_vec());
        for (period, most) in by_period.iter().enumerate() {
            if *most > 0.0 {
                self.set_rhs(self.limit_rows[limit * periods + period], *most);
            }
        }
        let is_open = |list: &[f64]| list.iter().map(|most| *most > 0.0).collect::<Vec<_>>();
        if is_open(&before) != is_open(by_period) {
            let columns = std::mem::take(&mut self.columns_by_limit[limit]);
            self.bar_routes(&columns);
            self.columns_by_limit[limit] = columns;
        }
    }

    /// Opens or closes a lane.
    pub(in crate::optimum) fn set_open(&mut self, lane: usize, is_open: bool) {
        if std::mem::replace(&mut self.is_open[lane], is_open) != is_open {
            let columns = std::mem::take(&mut self.columns_by_lane[lane]);
            self.bar_routes(&columns);
            self.columns_by_lane[lane] = columns;
        }
    }

    /// Makes routes that nothing may take any more worth less than nothing, and those that may be
    /// taken again what they were; looks at those of `columns`.
    fn bar_routes(&mut self, columns: &[u32]) {
        let model = Arc::clone(&self.model);
        let parts = model.parts();
        let dearest = self.needs.iter().flat_map(|need| &need.saves).copied().fold(1.0, f64::max);
        for at in columns {
            let at = *at as usize;
            let Some(route) = self.routes.get(self.columns[at] as usize) else { continue };
            let is_shut = |limit: usize, minute: i64| {
                parts.limits[limit][(minute / parts.period_min) as usize] <= 0.0
            };
            let mut passed = passed_by(parts, &route.steps);
            let is_barred = !self.is_open[route.lane as usize]
                || passed.any(|(limit, minute)| is_shut(limit, minute));
            if is_barred != self.is_barred[at] {
                self.is_barred[at] = is_barred;
                let saves = self.needs[route.need as usize].saves[route.period as usize];
                let profit = if is_barred {
                    -BARRED * dearest
                } else {
                    saves - parts.cost_weight * route.cost
                };
                self.programme.set_profit(self.column_ids[at], profit);
            }
        }
    }

    /// Changes what a stock holds.
    pub(in crate::optimum) fn set_stock(&mut self, stock: usize, units: f64) {
        Arc::make_mut(&mut self.model).parts_mut().stocks[stock].units = units;
        let count = self.counts[self.model.parts().stocks[stock].commodity];
        self.set_rhs(self.stock_rows[stock], units * count);
    }

    /// Changes what may move under a ceiling.
    pub(in crate::optimum) fn set_ceiling(&mut self, ceiling: usize, most: f64) {
        Arc::make_mut(&mut self.model).parts_mut().ceilings[ceiling] = most;
        self.set_rhs(self.ceiling_rows[ceiling], most);
    }

    /// Makes a need `factor` times what it was at first; how many times it was before.
    pub(in crate::optimum) fn set_need(&mut self, need: usize, factor: f64) -> f64 {
        let held = &mut self.needs[need];
        let before = std::mem::replace(&mut held.factor, factor);
        let wanted = &mut Arc::make_mut(&mut self.model).parts_mut().needs[need].wanted;
        wanted.clear();
        wanted.extend(held.at_first.iter().map(|units| units * factor));
        for at in 0..self.needs[need].rows.len() {
            let NeedRow { row, most, .. } = self.needs[need].rows[at];
            self.set_rhs(row.index() as u32, most * factor);
        }
        self.burden_without = self.model.burden_without_relief();
        before
    }

    /// How many times what it was at first a need is.
    pub(in crate::optimum) fn need_factor(&self, need: usize) -> f64 {
        self.needs[need].factor
    }

    /// Whether a lane is open.
    pub(in crate::optimum) fn is_open(&self, lane: usize) -> bool {
        self.is_open[lane]
    }
}
