//! Other ways for what may no longer go as planned, through what the plan leaves free.
//!
//! Nothing else is moved, so the result is a plan, if not the best: what it loses is the most that
//! the best plan can lose.

#![expect(
    clippy::indexing_slicing,
    clippy::as_conversions,
    reason = "a model names nothing it does not have, and has fewer than 2^32 of anything"
)]

use std::sync::Arc;

use super::{Master, NONE, Route};
use crate::optimum::Step;
use crate::optimum::lanes::Start;
use crate::optimum::search::Ground;

/// Ways tried for the goods of one route before the rest counts as lost.
const WAYS_MOST: usize = 6;
/// Amounts smaller than this are rounding.
const NOTHING: f64 = 1e-9;

impl Master {
    /// How much worse a plan is at most in which routes barred since it was settled give way to
    /// what is free; gives up where it would be more than `most`.
    pub(in crate::optimum) fn reroute(&mut self, most: f64) -> Option<f64> {
        let mut free = self.free();
        let mut worse = 0.0;
        let barred: Vec<(usize, f64)> = self
            .programme
            .basic_columns()
            .map(|(column, value)| (column.index(), value))
            .filter(|(at, value)| self.is_barred[*at] && *value > NOTHING)
            .collect();
        for (at, amount) in barred {
            let route = self.routes[self.columns[at] as usize].clone();
            worse += self.send_otherwise(&route, amount, &mut free, most - worse);
            if worse > most {
                return None;
            }
        }
        Some(worse)
    }

    /// By limit and period, what is left; infinite where there is no limit.
    fn free(&self) -> Vec<f64> {
        let parts = self.model.parts();
        let left = |(at, row): (usize, &u32)| {
            let most = parts.limits[at / parts.periods][at % parts.periods];
            match (most > 0.0, *row == NONE) {
                (false, _) => 0.0,
                (true, true) => most,
                (true, false) => self.programme.slack(self.rows[*row as usize]),
            }
        };
        self.limit_rows.iter().enumerate().map(left).collect()
    }

    /// Sends `amount` of a barred route over what is free: how much worse that is.
    fn send_otherwise(&mut self, route: &Route, amount: f64, free: &mut [f64], most: f64) -> f64 {
        let lane = route.lane as usize;
        let commodity = self.commodity_of(route);
        let saves = self.needs[route.need as usize].saves[route.period as usize];
        let planned = self.model.parts().cost_weight * route.cost;
        let lossless = self.kept[commodity][1] >= 1.0;
        let (mut left, mut worse) = (amount, 0.0);
        if self.is_open[lane] && lossless {
            self.take(route, -amount, free);
            for _ in 0..WAYS_MOST {
                let Some((cost, way)) = self.free_way(route, free) else { break };
                let fits = self.fits(&way, free).min(left);
                if fits <= NOTHING {
                    break;
                }
                self.take(&way, fits, free);
                worse += fits * (cost - planned);
                left -= fits;
                if left <= NOTHING || worse > most {
                    break;
                }
            }
        }
        worse + left.max(0.0) * (saves - planned).max(0.0)
    }

    /// The cheapest way over what is free that comes no later than `route`, and its weighted cost.
    fn free_way(&mut self, route: &Route, free: &[f64]) -> Option<(f64, Route)> {
        let model = Arc::clone(&self.model);
        let parts = model.parts();
        let corridor = &self.corridors[self.corridor_of[route.lane as usize] as usize];
        let is_its = |s: &&Start| s.stock == route.stock && s.lane == route.lane;
        let start: Start = *corridor.starts.iter().find(is_its)?;
        let price = |left: &f64| if *left > NOTHING { 0.0 } else { f64::INFINITY };
        let prices: Vec<f64> = free.iter().map(price).collect();
        self.tolls.set(&model, &prices);
        let kept = &self.kept[corridor.commodity];
        // Only what comes in time to this need, for less than it saves, is of use.
        let saves = self.needs[route.need as usize].saves[route.period as usize];
        let never = vec![f64::NEG_INFINITY; parts.periods];
        let mut in_time = never.clone();
        in_time[..=route.period as usize].fill(saves);
        let worth = |need: &u32| if *need == route.need { &*in_time } else { &*never };
        let worth: Vec<&[f64]> = corridor.needs.iter().map(worth).collect();
        let ground = Ground { model: &model, corridor, tolls: &self.tolls, kept, worth: &worth };
        self.search.run(&ground, std::slice::from_ref(&start), &[0.0]);
        // Later arrivals are cheaper.
        let site = parts.needs[route.need as usize].site;
        let arrival = *self.search.arrivals(site).last()?;
        let mut steps = Vec::new();
        self.search.trace(&arrival, &mut steps);
        // What is lost on the way would have to be drawn from stocks and under ceilings too.
        let retained = |steps: &[Step]| steps.iter().map(|s| parts.arcs[s.arc].retained).product();
        let (planned, other): (f64, f64) = (retained(&route.steps), retained(&steps));
        if other < planned {
            return None;
        }
        Some((arrival.cost, Route { steps, ..route.clone() }))
    }

    /// How much fits on a way.
    fn fits(&self, way: &Route, free: &[f64]) -> f64 {
        let mut least = f64::INFINITY;
        self.each_limit(way, |at, share| least = least.min(free[at] / share));
        least
    }

    /// Takes what `amount` on a way needs of what is free.
    fn take(&self, way: &Route, amount: f64, free: &mut [f64]) {
        let parts = self.model.parts();
        self.each_limit(way, |at, share| {
            if parts.limits[at / parts.periods][at % parts.periods] > 0.0 {
                free[at] -= amount * share;
            }
        });
    }

    /// Calls `visit` with each limit and period a way uses and how much one unit that comes takes.
    fn each_limit(&self, way: &Route, mut visit: impl FnMut(usize, f64)) {
        let parts = self.model.parts();
        if parts.commodities[self.commodity_of(way)].load <= 0.0 {
            return;
        }
        let period_of = |minute: i64| (minute / parts.period_min) as usize;
        let mut passing = 1.0;
        for step in way.steps.iter().rev() {
            let arc = &parts.arcs[step.arc];
            if let Some(limit) = parts.sites[arc.to].intake {
                visit(limit * parts.periods + period_of(step.arrive_min), passing);
            }
            passing /= arc.retained;
            for limit in &arc.limits {
                visit(limit * parts.periods + period_of(step.depart_min), passing);
            }
        }
    }
}
