//! Makes a plan by filling needs evenly, each time over the route that arrives first.
//!
//! The horizon is taken day by day, so that no day's water is sent before an earlier day has been
//! seen to. Within a day every need is raised to the same share of what it wanted so far, step by
//! step, so that no place is served fully while another that could be reached gets nothing; within
//! a step the need whose burden weighs most per gram goes first. Each allocation takes the
//! earliest arrival over the capacities left, and as much as its narrowest point lets through.
//!
//! What is left only shrinks while a plan is made. A route found earlier that still fits is
//! therefore still an earliest one, and the search is repeated only where something ran out.
//!
//! This is a heuristic. It is deterministic and every plan it makes passes [`crate::check`], but
//! the burden is not proved least, and more stock or one more link can make a plan slightly worse.
//! [`crate::bound`] says how far from the best a plan can be at most.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use crate::lanes::{Lanes, Searches};
use crate::network::{Network, Relaxed, Residual};
use crate::plan::{Allocation, Plan, Terms};
use crate::problem::{Commodity, Need, NeedIndex, Problem};

/// Steps in which the share served is raised.
const STEPS: i128 = 8;
/// Minutes in a day.
const DAY_MIN: i64 = 1440;

/// Makes a plan for `problem`.
///
/// The same problem gives the same plan, bit by bit, on every machine.
#[must_use]
pub fn solve(problem: &Problem) -> Plan {
    let mut filling = Filling::new(problem);
    filling.fill();
    let allocations = merged(filling.allocations);
    let (unmet, terms) = evaluate(problem, &allocations);
    Plan { problem: problem.digest(), parent: None, allocations, unmet, terms }
}

/// What one need still wants.
#[derive(Debug, Clone)]
struct Ledger {
    /// The site it is served from.
    site: usize,
    perishing: bool,
    weight: i64,
    mass_g: i64,
    /// Units wanted up to and including each period.
    wanted: Vec<i128>,
    /// Units of each period not yet provided for; for what perishes.
    open: Vec<i64>,
    /// Units provided for.
    served: i128,
    /// Nothing can come any more.
    exhausted: bool,
}

impl Ledger {
    fn new(need: &Need, site: usize, commodity: &Commodity) -> Self {
        let running = |sum: &mut i128, units: &i64| {
            *sum += i128::from(*units);
            Some(*sum)
        };
        Self {
            site,
            perishing: commodity.perishing,
            weight: commodity.weight,
            mass_g: commodity.mass_g,
            wanted: need.wanted.iter().scan(0, running).collect(),
            open: need.wanted.clone(),
            served: 0,
            exhausted: false,
        }
    }

    fn wanted_until(&self, end: usize) -> i128 {
        let last = end.checked_sub(1).and_then(|period| self.wanted.get(period));
        last.copied().unwrap_or(0)
    }

    /// The units that goods serving from `period` on are good for, looking as far as `end`.
    fn useful(&self, period: usize, end: usize) -> i128 {
        if self.perishing {
            self.open.get(period..end).map_or(0, |open| open.iter().copied().map(i128::from).sum())
        } else if period < self.wanted.len() {
            (self.wanted_until(end) - self.served).max(0)
        } else {
            0
        }
    }

    fn provide(&mut self, period: usize, units: i64) {
        self.served += i128::from(units);
        let mut left = units;
        for open in self.open.iter_mut().skip(period) {
            let used = left.min(*open);
            *open -= used;
            left -= used;
        }
    }

    /// Ranks the need whose unit lifts more burden per gram first: what lasts counts for every
    /// period it is there.
    fn rank(&self, other: &Self, periods_left: i128) -> Ordering {
        let burden = |ledger: &Self| {
            i128::from(ledger.weight) * if ledger.perishing { 1 } else { periods_left }
        };
        let mass = |ledger: &Self| i128::from(ledger.mass_g.max(1));
        (burden(other) * mass(self)).cmp(&(burden(self) * mass(other)))
    }
}

/// A plan in the making.
struct Filling<'a> {
    problem: &'a Problem,
    network: Network,
    lanes: Lanes,
    residual: Residual,
    searches: Searches,
    ledgers: Vec<Ledger>,
    allocations: Vec<Allocation>,
}

impl<'a> Filling<'a> {
    fn new(problem: &'a Problem) -> Self {
        let network = Network::new(problem);
        let lanes = Lanes::new(problem, &network, Relaxed::default());
        let residual = Residual::new(problem, &network, Relaxed::default());
        let searches = Searches::new(&lanes);
        let ledger = |need: &Need| {
            let site = problem.site_index(&need.site)?.0;
            Some(Ledger::new(need, site, problem.commodity(&need.commodity)?))
        };
        let ledgers = problem.needs().iter().filter_map(ledger).collect();
        Self { problem, network, lanes, residual, searches, ledgers, allocations: Vec::new() }
    }

    fn fill(&mut self) {
        let horizon = *self.problem.horizon();
        let window = horizon.period_of(DAY_MIN).max(1);
        for start in (0..horizon.periods).step_by(window) {
            let end = (start + window).min(horizon.periods);
            for step in 1..=STEPS {
                for need in self.ranked(horizon.periods - start, end) {
                    self.raise(need, step, end);
                }
            }
        }
    }

    /// The needs still open before `end`, heaviest burden per gram first, then the least served.
    fn ranked(&self, periods_left: usize, end: usize) -> Vec<usize> {
        let periods_left = i128::try_from(periods_left).unwrap_or(i128::MAX);
        let open = |ledger: &Ledger| !ledger.exhausted && ledger.served < ledger.wanted_until(end);
        let mut needs: Vec<(usize, &Ledger)> =
            self.ledgers.iter().enumerate().filter(|(_, ledger)| open(ledger)).collect();
        needs.sort_by(|(a, left), (b, right)| {
            let share = (left.served * right.wanted_until(end))
                .cmp(&(right.served * left.wanted_until(end)));
            left.rank(right, periods_left).then(share).then(a.cmp(b))
        });
        needs.into_iter().map(|(need, _)| need).collect()
    }

    /// Raises `need` to `step` of [`STEPS`] parts of what it wanted before `end`.
    fn raise(&mut self, need: usize, step: i128, end: usize) {
        loop {
            let Some(ledger) = self.ledgers.get(need) else { return };
            let target = (ledger.wanted_until(end) * step + STEPS - 1) / STEPS;
            let quota = target - ledger.served;
            if quota <= 0 {
                return;
            }
            let key = (need, ledger.site);
            let earliest = self.searches.earliest(&self.network, &self.lanes, &self.residual, key);
            let Some((source, route)) = earliest else {
                if let Some(ledger) = self.ledgers.get_mut(need) {
                    ledger.exhausted = true;
                }
                return;
            };
            let Some(ledger) = self.ledgers.get_mut(need) else { return };
            let period = self.network.horizon.serving_period(route.arrives_min);
            let room = i128::from(self.residual.fitting(&self.network, &source, &route));
            let units = room.min(quota).min(ledger.useful(period, end));
            let Ok(units @ 1..) = i64::try_from(units) else { return };
            ledger.provide(period, units);
            self.residual.take(&self.network, &source, &route, units);
            self.allocations.push(Allocation {
                stock: source.stock,
                need: NeedIndex(need),
                permit: source.permit,
                route: route.legs(&self.network),
                arrives_min: route.arrives_min,
                units,
            });
        }
    }
}

/// The allocations, those that differ only in units made one, ascending.
fn merged(mut allocations: Vec<Allocation>) -> Vec<Allocation> {
    allocations.sort();
    allocations.dedup_by(|next, kept| {
        let alike = (next.stock, next.need, next.permit, next.arrives_min)
            == (kept.stock, kept.need, kept.permit, kept.arrives_min)
            && next.route == kept.route;
        if alike {
            kept.units += next.units;
        }
        alike
    });
    allocations
}

/// What `allocations` leave unmet, and what they are worth.
pub(crate) fn evaluate(problem: &Problem, allocations: &[Allocation]) -> (Vec<Vec<i64>>, Terms) {
    let horizon = problem.horizon();
    let mut arrivals: BTreeMap<(usize, usize), i64> = BTreeMap::new();
    let mut terms = Terms::default();
    for allocation in allocations {
        let period = horizon.serving_period(allocation.arrives_min);
        *arrivals.entry((allocation.need.0, period)).or_default() += allocation.units;
        let units = i128::from(allocation.units);
        terms.unit_minutes += units * i128::from(allocation.arrives_min);
        terms.cost_cents += cost_cents(problem, allocation);
    }
    let mut unmet = Vec::with_capacity(problem.needs().len());
    for (index, need) in problem.needs().iter().enumerate() {
        let Some(commodity) = problem.commodity(&need.commodity) else { continue };
        let arriving = |period| arrivals.get(&(index, period)).copied().unwrap_or(0);
        let left = unmet_by_period(need, commodity.perishing, arriving);
        let nothing = unmet_by_period(need, commodity.perishing, |_| 0);
        let (left_sum, whole) = (sum(&left), sum(&nothing));
        terms.burden += left_sum * i128::from(commodity.weight);
        if whole > 0 {
            let share = i64::try_from(left_sum * 1_000_000 / whole).unwrap_or(i64::MAX);
            terms.worst_share_ppm = terms.worst_share_ppm.max(share);
        }
        unmet.push(left);
    }
    (unmet, terms)
}

fn sum(figures: &[i64]) -> i128 {
    figures.iter().copied().map(i128::from).sum()
}

/// Runs the stock at a place through time: what arrives is kept until it is used.
fn unmet_by_period(need: &Need, perishing: bool, arriving: impl Fn(usize) -> i64) -> Vec<i64> {
    let mut kept = 0_i64; // below zero: units that last and are still waited for
    let mut unmet = Vec::with_capacity(need.wanted.len());
    for (period, wanted) in need.wanted.iter().enumerate() {
        kept = kept.saturating_add(arriving(period)).saturating_sub(*wanted);
        unmet.push(kept.min(0).saturating_neg());
        if perishing {
            kept = kept.max(0);
        }
    }
    unmet
}

/// The cost of moving one allocation, rounded up to a cent.
fn cost_cents(problem: &Problem, allocation: &Allocation) -> i128 {
    let stock = problem.stocks().get(allocation.stock.0);
    let commodity = stock.and_then(|stock| problem.commodity(&stock.commodity));
    let mass_g = commodity.map_or(0, |commodity| commodity.mass_g);
    let cost = |leg: &crate::plan::Leg| {
        problem.links().get(leg.link.0).map_or(0, |link| i128::from(link.cost_cents_per_t))
    };
    let per_tonne: i128 = allocation.route.iter().map(cost).sum();
    (i128::from(allocation.units) * i128::from(mass_g) * per_tonne + 999_999) / 1_000_000
}
