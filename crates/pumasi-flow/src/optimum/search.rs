//! The search for routes: what it costs at the prices of now to be anywhere at any time.
//!
//! Labels are taken in the order of time. At one site a later label is of use only if it is
//! cheaper than all before it, for whoever comes earlier can wait; so few labels are kept, and true
//! minutes cost no more than periods would. Leaving later pays only where a later period's price
//! is lower, and those periods are listed beforehand.
//!
//! Where goods are lost with time, costs are counted for an amount that shrinks as the goods do:
//! waiting then changes neither the amount nor its cost. What leaves later loads less, so that
//! every period is cheaper than the one before it; there the cheapest label at a site waits from
//! period to period and leaves in each, instead of every label leaving in all of them.

#![expect(
    clippy::indexing_slicing,
    clippy::as_conversions,
    reason = "a model names nothing it does not have, and has fewer than 2^32 of anything"
)]

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::Step;
use super::lanes::{Corridor, Start};
use crate::model::Model;

/// What makes a label cheaper than another: less than this is rounding.
const CHEAPER: f64 = 1e-12;
/// No label.
const NONE: u32 = u32::MAX;
/// What a label that waited was reached by.
const WAITED: u32 = u32::MAX - 1;

/// The first period that begins at `minute` or later.
pub(super) fn serving_period(period_min: i64, minute: i64) -> usize {
    ((minute + period_min - 1) / period_min) as usize
}

/// What arcs and intakes cost in each period, at prices of one moment.
#[derive(Debug, Clone, Default)]
pub(super) struct Tolls {
    periods: usize,
    /// By arc and period; infinite when nothing may leave.
    arcs: Vec<f64>,
    /// By arc and period: the next period with a lower toll, or the number of periods.
    arcs_next: Vec<u32>,
    /// By limit and period, for intakes.
    limits: Vec<f64>,
    limits_next: Vec<u32>,
}

impl Tolls {
    /// Sets tolls for `price(limit, period)` of one unit of load.
    pub(super) fn set(&mut self, model: &Model, prices: &[f64]) {
        let parts = model.parts();
        self.periods = parts.periods;
        self.limits.clear();
        for (limit, by_period) in parts.limits.iter().enumerate() {
            for (period, most) in by_period.iter().enumerate() {
                let toll = if *most > 0.0 {
                    prices[limit * parts.periods + period]
                } else {
                    f64::INFINITY
                };
                self.limits.push(toll);
            }
        }
        self.arcs.clear();
        for arc in &parts.arcs {
            let cost = parts.cost_weight * arc.cost;
            for period in 0..parts.periods {
                let limits = arc.limits.iter().map(|l| self.limits[l * parts.periods + period]);
                self.arcs.push(cost + limits.sum::<f64>());
            }
        }
        chain(self.periods, &self.arcs, &mut self.arcs_next);
        chain(self.periods, &self.limits, &mut self.limits_next);
    }
}

/// Lists for each period the next one with a lower toll.
fn chain(periods: usize, tolls: &[f64], next: &mut Vec<u32>) {
    next.clear();
    next.resize(tolls.len(), periods as u32);
    for (tolls, next) in tolls.chunks(periods).zip(next.chunks_mut(periods)) {
        for period in (0..tolls.len().saturating_sub(1)).rev() {
            let mut later = period + 1;
            while later < periods && tolls[later] >= tolls[period] - CHEAPER {
                later = next[later] as usize;
            }
            next[period] = later as u32;
        }
    }
}

/// A site reached at a time for a cost.
#[derive(Debug, Clone, Copy)]
struct Label {
    site: u32,
    parent: u32,
    /// The arc taken, or the position of the start among those searched from.
    by: u32,
    depart_min: i64,
    arrive_min: i64,
    cost: f64,
}

/// A label that ends where something is needed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Arrival {
    pub(super) label: u32,
    pub(super) minute: i64,
    /// Cost of one unit as counted.
    pub(super) cost: f64,
}

/// Working space for searches.
#[derive(Debug, Clone, Default)]
pub(super) struct Search {
    labels: Vec<Label>,
    /// Labels to come, as one figure each: the minute, the cost, and its position.
    queue: BinaryHeap<Reverse<u128>>,
    best: Vec<f64>,
    /// Arrivals by site, of sites that are sought.
    arrivals: Vec<Vec<Arrival>>,
    sought: Vec<u32>,
    is_sought: Vec<bool>,
}

/// What a search goes over.
pub(super) struct Ground<'a> {
    pub(super) model: &'a Model,
    pub(super) corridor: &'a Corridor,
    pub(super) tolls: &'a Tolls,
    /// Of the lane's commodity, the share left after each number of periods.
    pub(super) kept: &'a [f64],
    /// Of each need of the corridor, by period, what one unit that comes in it is worth; less the
    /// later it comes.
    pub(super) worth: &'a [&'a [f64]],
}

impl Ground<'_> {
    fn period_of(&self, minute: i64) -> usize {
        (minute / self.model.parts().period_min) as usize
    }

    /// Whether goods are lost with time.
    fn fades(&self) -> bool {
        self.kept[1] < 1.0
    }

    fn minute_of(&self, period: usize) -> i64 {
        period as i64 * self.model.parts().period_min
    }

    /// The last minute goods may arrive at and still be handed out.
    fn last_min(&self) -> i64 {
        self.minute_of(self.model.parts().periods - 1)
    }

    /// Whether being at `site` at `minute` for `cost` can bring anything to some need.
    ///
    /// What comes later is worth no more, and no toll is below nothing: where the nearest way, at
    /// what it costs without tolls, brings nothing, no way does.
    fn has_hope(&self, site: usize, minute: i64, cost: f64) -> bool {
        let (period_min, last) = (self.model.parts().period_min, self.last_min());
        // What fades loads less the later it leaves, down to next to nothing.
        let has_cost = self.corridor.has_load && !self.fades();
        self.corridor.nearness.iter().zip(self.worth).any(|(near, worth)| {
            let near = near[site];
            let comes = minute.saturating_add(near.minutes);
            if comes > last {
                return false;
            }
            let period = serving_period(period_min, comes);
            let on_the_way = if has_cost { near.cost } else { 0.0 };
            worth[period] * self.kept[period] > cost + on_the_way
        })
    }

    /// The toll of one unit as counted.
    fn toll(&self, toll: f64, period: usize) -> f64 {
        match (self.corridor.has_load, toll < f64::INFINITY) {
            (true, true) => toll * self.kept[period],
            (_, false) => f64::INFINITY,
            (false, true) => 0.0,
        }
    }
}

impl Search {
    /// Searches from `starts`, each with the cost of one unit as counted; infinite ones are shut.
    pub(super) fn run(&mut self, ground: &Ground<'_>, starts: &[Start], costs: &[f64]) {
        let parts = ground.model.parts();
        self.labels.clear();
        self.queue.clear();
        self.best.clear();
        self.best.resize(parts.sites.len(), f64::INFINITY);
        self.seek(ground);
        for (at, (start, cost)) in starts.iter().zip(costs).enumerate() {
            if !cost.is_finite() {
                continue;
            }
            let minute = ground.minute_of(start.ready_period as usize);
            self.push(
                ground,
                Label {
                    site: start.site,
                    parent: NONE,
                    by: at as u32,
                    depart_min: minute,
                    arrive_min: minute,
                    cost: *cost,
                },
            );
        }
        while let Some(Reverse(next)) = self.queue.pop() {
            let at = next as u32;
            let label = self.labels[at as usize];
            let best = &mut self.best[label.site as usize];
            if label.by == WAITED {
                // Whatever came cheaper since waits for itself.
                if label.cost > *best {
                    continue;
                }
            } else {
                if label.cost >= *best - CHEAPER {
                    continue;
                }
                *best = label.cost;
                if self.is_sought[label.site as usize] {
                    let arrival = Arrival { label: at, minute: label.arrive_min, cost: label.cost };
                    self.arrivals[label.site as usize].push(arrival);
                }
            }
            for arc in ground.corridor.arcs(label.site) {
                self.leave(ground, at, label, *arc);
            }
            if ground.fades() {
                self.wait(ground, at, label);
            }
        }
    }

    /// Waits for the next period, as long as goods that leave in it can be handed out.
    fn wait(&mut self, ground: &Ground<'_>, at: u32, label: Label) {
        let arrive_min = ground.minute_of(ground.period_of(label.arrive_min) + 1);
        if arrive_min <= ground.last_min() {
            self.push(
                ground,
                Label { parent: at, by: WAITED, depart_min: arrive_min, arrive_min, ..label },
            );
        }
    }

    /// Notes the sites that need something.
    fn seek(&mut self, ground: &Ground<'_>) {
        let parts = ground.model.parts();
        self.arrivals.resize(parts.sites.len(), Vec::new());
        self.is_sought.resize(parts.sites.len(), false);
        for site in self.sought.drain(..) {
            self.arrivals[site as usize].clear();
            self.is_sought[site as usize] = false;
        }
        for need in &ground.corridor.needs {
            let site = parts.needs[*need as usize].site;
            if !std::mem::replace(&mut self.is_sought[site], true) {
                self.sought.push(site as u32);
            }
        }
    }

    fn push(&mut self, ground: &Ground<'_>, label: Label) {
        if !ground.has_hope(label.site as usize, label.arrive_min, label.cost) {
            return;
        }
        let at = self.labels.len() as u32;
        // A cost not below zero is ordered as its bits are, and no horizon has 2^32 minutes.
        let order = (label.arrive_min as u128) << 96 | u128::from(label.cost.to_bits()) << 32;
        self.queue.push(Reverse(order | u128::from(at)));
        self.labels.push(label);
    }

    /// Takes `arc` now, and in each later period that is cheaper.
    fn leave(&mut self, ground: &Ground<'_>, at: u32, label: Label, arc: u32) {
        let parts = ground.model.parts();
        let way = &parts.arcs[arc as usize];
        let tolls = &ground.tolls.arcs[arc as usize * parts.periods..][..parts.periods];
        let next = &ground.tolls.arcs_next[arc as usize * parts.periods..][..parts.periods];
        let mut period = ground.period_of(label.arrive_min);
        while period < parts.periods {
            let depart_min = label.arrive_min.max(ground.minute_of(period));
            let arrive_min = depart_min + way.duration_min;
            if arrive_min > ground.last_min() {
                return;
            }
            let cost = (label.cost + ground.toll(tolls[period], period)) / way.retained;
            if cost < self.best[way.to] - CHEAPER {
                let reached = Label {
                    site: way.to as u32,
                    parent: at,
                    by: arc,
                    depart_min,
                    arrive_min,
                    cost,
                };
                self.enter(ground, reached);
            }
            if ground.fades() {
                return; // it waits by itself
            }
            period = next[period] as usize;
        }
    }

    /// Is taken in now, and in each later period that is cheaper.
    fn enter(&mut self, ground: &Ground<'_>, reached: Label) {
        let parts = ground.model.parts();
        let Some(limit) = parts.sites[reached.site as usize].intake else {
            self.push(ground, reached);
            return;
        };
        let tolls = &ground.tolls.limits[limit * parts.periods..][..parts.periods];
        let next = &ground.tolls.limits_next[limit * parts.periods..][..parts.periods];
        let mut period = ground.period_of(reached.arrive_min);
        let mut cheapest = self.best[reached.site as usize];
        while period < parts.periods {
            let arrive_min = reached.arrive_min.max(ground.minute_of(period));
            let cost = reached.cost + ground.toll(tolls[period], period);
            if arrive_min <= ground.last_min() && cost < cheapest - CHEAPER {
                if ground.fades() {
                    cheapest = cost;
                }
                self.push(ground, Label { arrive_min, cost, ..reached });
            }
            period = if ground.fades() { period + 1 } else { next[period] as usize };
        }
    }

    /// The arrivals at `site`, later ones cheaper.
    pub(super) fn arrivals(&self, site: usize) -> &[Arrival] {
        &self.arrivals[site]
    }

    /// The start an arrival came from, by position, and the way it came, written to `steps`.
    pub(super) fn trace(&self, arrival: &Arrival, steps: &mut Vec<Step>) -> usize {
        steps.clear();
        let mut label = self.labels[arrival.label as usize];
        while label.parent != NONE {
            let Label { by, depart_min, arrive_min, .. } = label;
            if by != WAITED {
                steps.push(Step { arc: by as usize, depart_min, arrive_min });
            }
            label = self.labels[label.parent as usize];
        }
        steps.reverse();
        label.by as usize
    }
}
