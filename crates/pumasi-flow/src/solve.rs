//! Makes a plan: the best there is in fractions of units, brought to whole units and filled up.
//!
//! [`crate::optimum`] finds the plan of least burden and cost in fractions, and of those as good the
//! one that is evenest between places. Its shipments are rounded down, so that they fit together;
//! then, unit by unit, the place served least so far gets the largest part that was cut off, as far
//! as it fits, so that of two places alike neither is left behind by more than rounding takes.
//!
//! What rounding left over is filled in by taking the horizon stretch by stretch, so that no later
//! day's water is sent before an earlier day has been seen to. Within a stretch the commodity whose
//! burden weighs most per gram goes first, and every need of it is raised to the same share of what
//! it wanted so far, step by step, the least served first, each time over the route that arrives
//! first. A few strategies, which differ in how long a stretch is and in whether commodities take
//! turns, each finish the plan, and the one with the least objective is kept. Each also makes a
//! plan from nothing: where units are few, so that rounding weighs more than all else, one of those
//! can be better, and is taken instead.
//!
//! What is left only shrinks while a plan is made. A route found earlier that still fits is
//! therefore still an earliest one, and the search is repeated only where something ran out.
//!
//! The plan is deterministic and passes [`crate::check()`]. It is the best up to whole units: what
//! rounding costs, and no more, lies between its objective and [`crate::optimum::Optimum::bound`].

use std::cmp::Ordering;
use std::collections::BTreeMap;

use crate::certificate::{Certificate, prove};
use crate::lanes::{Lanes, Searches};
use crate::network::{Hop, Network, Relaxed, Residual, Route, Source, aging_of};
use crate::optimum::{Alteration, Effort, Flow, Optimiser, Optimum, Prices, Step};
use crate::plan::{Allocation, Leg, Plan, Serving, Terms};
use crate::posed::Posed;
use crate::problem::{Commodity, Need, NeedIndex, Problem};

/// Steps in which the share served is raised.
const STEPS: i128 = 8;
/// How near the plan in fractions comes to the best, as a share of the objective.
const GAP: f64 = 1e-5;
/// What a number may be below a whole one and still mean it.
const HAIR: f64 = 1e-6;
/// The parts of an objective of which one is not worth leaving the evenest plan for. It is more than
/// rounding costs a plan of some size, and less than anybody would notice.
const ALIKE: i128 = 10_000;
/// Minutes in a day.
const DAY_MIN: i64 = 1440;

/// Makes a plan for `problem`.
///
/// The same problem gives the same plan, bit by bit, on every machine.
#[must_use]
pub fn solve(problem: &Problem) -> Plan {
    solve_with_proof(problem).plan
}

/// A plan and the prices that prove how good it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Solved {
    /// The plan.
    pub plan: Plan,
    /// What [`crate::prove`] proves by.
    pub certificate: Certificate,
}

/// As [`solve`], with the prices that prove how far from the best the plan is at most.
#[must_use]
pub fn solve_with_proof(problem: &Problem) -> Solved {
    let empty = Filling::new(problem);
    let day = problem.horizon().period_of(DAY_MIN).max(1);
    let strategies = [
        Strategy { stretch: day, turns: false },
        Strategy { stretch: 1, turns: false },
        Strategy { stretch: day, turns: true },
    ];
    let finished = |start: &Filling| {
        let plans = strategies.iter().map(|strategy| {
            let mut filling = start.clone();
            filling.fill(*strategy);
            planned(problem, merged(problem, filling.allocations))
        });
        let rank = |plan: &Plan| (objective(plan), shares_ppm(problem, plan), plan.terms);
        plans.min_by_key(rank).unwrap_or_else(|| planned(problem, Vec::new()))
    };
    let from_nothing = finished(&empty);
    let Ok(posed) = Posed::new(problem) else {
        return Solved { plan: from_nothing, certificate: Certificate::default() };
    };
    let (optimum, certificate) = best_of(problem, &posed);
    let mut seeded = empty;
    seeded.seed(&posed, &optimum.flows);
    let even = finished(&seeded);
    let worth_it = objective(&even) - objective(&even) / ALIKE;
    let plan = if objective(&from_nothing) < worth_it { from_nothing } else { even };
    Solved { plan, certificate }
}

const fn objective(plan: &Plan) -> i128 {
    plan.terms.objective_milli()
}

/// Of each place and site, the share of its burden without relief that is left, the largest first,
/// in parts per million.
fn shares_ppm(problem: &Problem, plan: &Plan) -> Vec<i128> {
    let mut places: BTreeMap<_, (i128, i128)> = BTreeMap::new();
    for (need, left) in problem.needs().iter().zip(&plan.unmet) {
        let Some(commodity) = problem.commodity(&need.commodity) else { continue };
        let weight = i128::from(commodity.weight);
        let (left_there, whole) = places.entry((&need.place, &need.site)).or_default();
        *left_there += weight * sum(left);
        *whole += weight * sum(&unmet_by_period(need, commodity, |_| 0));
    }
    let share = |(left, whole): &(i128, i128)| left * 1_000_000 / (*whole).max(1);
    let mut shares: Vec<i128> = places.values().map(share).collect();
    shares.sort_unstable_by(|a, b| b.cmp(a));
    shares
}

/// Of the best plans in fractions of units the evenest, and the prices that prove it.
fn best_of(problem: &Problem, posed: &Posed) -> (Optimum, Certificate) {
    let mut optimiser = Optimiser::new(&posed.model);
    for lane in &posed.closed {
        optimiser.alter(&Alteration::CloseLane(*lane));
    }
    let effort = Effort { gap: GAP, ..Effort::default() };
    let settled = optimiser.settle(&effort);
    let optimum = optimiser.even(&settled, &effort);
    let certificate = |prices: &Prices| posed.certificate(problem, prices);
    let now = certificate(&optimiser.prices());
    // Certificates of before there were losses are told by their digests and stay what they are.
    if !problem.commodities().iter().any(Commodity::fades) {
        return (optimum, now);
    }
    let proving = certificate(&optimiser.proving_prices());
    let proved = |of: &Certificate| prove(problem, of).objective_milli;
    let certificate = if proved(&proving) > proved(&now) { proving } else { now };
    (optimum, certificate)
}

/// The plan of these allocations.
pub(crate) fn planned(problem: &Problem, allocations: Vec<Allocation>) -> Plan {
    let (unmet, terms) = evaluate(problem, &allocations);
    Plan { problem: problem.digest(), parent: None, allocations, unmet, terms }
}

/// How a plan is filled.
#[derive(Debug, Clone, Copy)]
struct Strategy {
    /// Periods seen to together.
    stretch: usize,
    /// Whether commodities take turns at every step, instead of one being filled after the other.
    turns: bool,
}

/// What one need still wants.
#[derive(Debug, Clone)]
struct Ledger {
    /// The site it is served from.
    site: usize,
    perishing: bool,
    /// Whether some is lost of what waits, so that units are handed out in a period stated.
    fades: bool,
    weight: i64,
    mass_g: i64,
    /// Units wanted up to and including each period.
    wanted: Vec<i128>,
    /// Units not yet provided for: of each period for what perishes, up to and including each
    /// period for what lasts and fades.
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
        let wanted: Vec<i128> = need.wanted.iter().scan(0, running).collect();
        let all = || wanted.iter().map(|units| i64::try_from(*units).unwrap_or(i64::MAX)).collect();
        Self {
            site,
            perishing: commodity.perishing,
            fades: commodity.fades(),
            weight: commodity.weight,
            mass_g: commodity.mass_g,
            open: if commodity.perishing { need.wanted.clone() } else { all() },
            wanted,
            served: 0,
            exhausted: false,
        }
    }

    /// The period in which goods are handed out that could be in `first`, looking as far as `end`.
    fn serving_period(&self, first: usize, end: usize) -> usize {
        let waits = |period: &usize| self.fades && self.useful(*period, end) == 0;
        (first..end).find(|period| !waits(period)).unwrap_or(first)
    }

    fn wanted_until(&self, end: usize) -> i128 {
        let last = end.checked_sub(1).and_then(|period| self.wanted.get(period));
        last.copied().unwrap_or(0)
    }

    /// The units that goods serving from `period` on are good for, looking as far as `end`.
    fn useful(&self, period: usize, end: usize) -> i128 {
        if self.fades {
            // What lasts may not be handed out ahead of what is wanted later, either.
            let until = if self.perishing { period.saturating_add(1) } else { self.open.len() };
            let open = self.open.get(period..until).filter(|_| period < end);
            open.and_then(|open| open.iter().min()).map_or(0, |least| i128::from(*least))
        } else if self.perishing {
            self.open.get(period..end).map_or(0, |open| open.iter().copied().map(i128::from).sum())
        } else if period < self.wanted.len() {
            (self.wanted_until(end) - self.served).max(0)
        } else {
            0
        }
    }

    fn provide(&mut self, period: usize, units: i64) {
        self.served += i128::from(units);
        if self.fades && !self.perishing {
            self.open.iter_mut().skip(period).for_each(|open| *open -= units);
            return;
        }
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

/// The needs of one place.
#[derive(Debug, Clone, Default)]
struct Group {
    /// Units provided for, times weight.
    served: i128,
    /// Units wanted, times weight.
    wanted: i128,
    /// The need and the flow of each part cut off that could be a unit, the next one last.
    parts: Vec<(usize, usize)>,
}

impl Group {
    /// Ranks the group served the smaller share first.
    fn rank(&self, other: &Self) -> Ordering {
        (self.served * other.wanted).cmp(&(other.served * self.wanted))
    }
}

/// A plan in the making.
#[derive(Clone)]
struct Filling {
    network: Network,
    lanes: Lanes,
    residual: Residual,
    searches: Searches,
    ledgers: Vec<Ledger>,
    allocations: Vec<Allocation>,
}

impl Filling {
    fn new(problem: &Problem) -> Self {
        let network = Network::new(problem);
        let lanes = Lanes::new(problem, &network, Relaxed::default());
        let residual = Residual::new(problem, &network, Relaxed::default());
        let searches = Searches::all(&network, &lanes, &residual);
        let ledger = |need: &Need| {
            let site = problem.site_index(&need.site)?.0;
            Some(Ledger::new(need, site, problem.commodity(&need.commodity)?))
        };
        let ledgers = problem.needs().iter().filter_map(ledger).collect();
        Self { network, lanes, residual, searches, ledgers, allocations: Vec::new() }
    }

    /// Takes over `flows` in whole units, as far as integers let them fit: what is whole of each,
    /// then the parts cut off as whole units, the group served least first.
    #[expect(clippy::as_conversions, reason = "what is out of range becomes the largest there is")]
    fn seed(&mut self, posed: &Posed, flows: &[Flow]) {
        let mut owed = vec![0.0; self.ledgers.len()];
        let mut parts: Vec<(usize, f64, usize)> = Vec::new();
        for (at, flow) in flows.iter().enumerate() {
            // A hair above a whole number and a hair below it mean the same number.
            let whole = (flow.units + HAIR).floor();
            let given = self.give(posed, flow, whole as i128);
            if let Some(owed) = owed.get_mut(flow.need) {
                *owed += flow.units - given as f64;
                if flow.units - whole > HAIR {
                    parts.push((flow.need, flow.units - whole, at));
                }
            }
        }
        parts.sort_by(|(_, a, a_at), (_, b, b_at)| a.total_cmp(b).then(b_at.cmp(a_at)));
        let mut groups = self.groups(posed);
        for (need, _, at) in parts {
            if let Some(group) = posed.group_of(need).and_then(|group| groups.get_mut(group)) {
                group.parts.push((need, at));
            }
        }
        let least_served = |groups: &[Group]| {
            let open = groups.iter().enumerate().filter(|(_, group)| !group.parts.is_empty());
            open.min_by(|(_, a), (_, b)| a.rank(b)).map(|(at, _)| at)
        };
        while let Some(group) = least_served(&groups).and_then(|at| groups.get_mut(at)) {
            let Some((need, at)) = group.parts.pop() else { break };
            let (Some(owed), Some(flow)) = (owed.get_mut(need), flows.get(at)) else { continue };
            if *owed > HAIR && self.give(posed, flow, 1) == 1 {
                *owed -= 1.0;
                let weight = self.ledgers.get(need).map_or(0, |ledger| ledger.weight);
                group.served += i128::from(weight);
            }
        }
        self.searches = Searches::all(&self.network, &self.lanes, &self.residual);
    }

    /// How well each group of needs is served so far.
    fn groups(&self, posed: &Posed) -> Vec<Group> {
        let mut groups = vec![Group::default(); self.ledgers.len()];
        for (need, ledger) in self.ledgers.iter().enumerate() {
            if let Some(group) = posed.group_of(need).and_then(|group| groups.get_mut(group)) {
                let weight = i128::from(ledger.weight);
                group.served += weight * ledger.served;
                group.wanted += weight * ledger.wanted_until(ledger.wanted.len());
            }
        }
        groups
    }

    /// Hands out up to `units` as `flow` goes, as far as they fit and are of use: how many.
    fn give(&mut self, posed: &Posed, flow: &Flow, units: i128) -> i64 {
        let Some((source, route)) = self.whole(posed, flow) else { return 0 };
        let arrival = self.network.horizon.serving_period(route.arrives_min);
        let fades = self.ledgers.get(flow.need).is_some_and(|ledger| ledger.fades);
        let period = if fades { flow.period.max(arrival) } else { arrival };
        let end = self.network.horizon.periods;
        self.send(flow.need, &source, &route, (period, end), units)
    }

    /// Sends over `route` what hands out up to `units` in `period`, as far as they fit and are of
    /// use before `end`: how many are handed out.
    fn send(
        &mut self,
        need: usize,
        source: &Source,
        route: &Route,
        (period, end): (usize, usize),
        units: i128,
    ) -> i64 {
        let Some(ledger) = self.ledgers.get_mut(need) else { return 0 };
        let room = self.residual.fitting(&self.network, source, route);
        let room = i128::from(source.left_of(room, period));
        let units = units.min(room).min(ledger.useful(period, end));
        let Ok(units @ 1..) = i64::try_from(units) else { return 0 };
        ledger.provide(period, units);
        let serving = ledger.fades.then_some(Serving { period, units });
        let sent = source.sent_for(units, period);
        self.residual.take(&self.network, source, route, sent);
        self.allocations.push(Allocation {
            stock: source.stock,
            need: NeedIndex(need),
            permit: source.permit,
            route: route.legs(&self.network),
            arrives_min: route.arrives_min,
            units: sent,
            serving,
        });
        units
    }

    /// The source and the route of a flow.
    fn whole(&self, posed: &Posed, flow: &Flow) -> Option<(Source, Route)> {
        let permit = posed.permits.get(flow.lane).copied().flatten();
        let lanes = self.lanes.of_need.get(flow.need)?.iter();
        let sources = lanes.filter_map(|lane| self.lanes.lanes.get(*lane));
        let source = sources
            .flat_map(|lane| &lane.sources)
            .find(|source| source.stock.0 == flow.stock && source.permit == permit)?;
        let hop = |step: &Step| {
            Some(Hop {
                arc: step.arc,
                to: self.network.arcs.get(step.arc)?.to,
                depart_min: step.depart_min,
                arrive_min: step.arrive_min,
            })
        };
        let hops: Vec<Hop> = flow.steps.iter().map(hop).collect::<Option<_>>()?;
        let arrives_min = hops.last().map_or(source.ready_min, |hop| hop.arrive_min);
        Some((source.clone(), Route { source: 0, hops, arrives_min, cost_cents_per_t: 0 }))
    }

    fn fill(&mut self, strategy: Strategy) {
        let periods = self.network.horizon.periods;
        for start in (0..periods).step_by(strategy.stretch.max(1)) {
            let end = start.saturating_add(strategy.stretch).min(periods);
            let groups = if strategy.turns {
                vec![self.ranked(periods - start, end)]
            } else {
                self.alike(periods - start, end)
            };
            for group in groups {
                for step in 1..=STEPS {
                    group.iter().for_each(|need| self.raise(*need, step, end));
                }
            }
        }
    }

    /// The needs still open before `end`, in groups of equal burden per gram, the heaviest first.
    fn alike(&self, periods_left: usize, end: usize) -> Vec<Vec<usize>> {
        let left = i128::try_from(periods_left).unwrap_or(i128::MAX);
        let equal = |a: &usize, b: &usize| match (self.ledgers.get(*a), self.ledgers.get(*b)) {
            (Some(a), Some(b)) => a.rank(b, left) == Ordering::Equal,
            _ => false,
        };
        self.ranked(periods_left, end).chunk_by(equal).map(<[usize]>::to_vec).collect()
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
            let Some(ledger) = self.ledgers.get(need) else { return };
            let arrival = self.network.horizon.serving_period(route.arrives_min);
            let period = ledger.serving_period(arrival, end);
            if self.send(need, &source, &route, (period, end), quota) == 0 {
                return;
            }
        }
    }
}

/// The allocations, those that differ only in units made one, ascending.
pub(crate) fn merged(problem: &Problem, mut allocations: Vec<Allocation>) -> Vec<Allocation> {
    allocations.sort();
    allocations.dedup_by(|next, kept| {
        let period = |allocation: &Allocation| allocation.serving.as_ref().map(|s| s.period);
        let alike = (next.stock, next.need, next.permit, next.arrives_min)
            == (kept.stock, kept.need, kept.permit, kept.arrives_min)
            && next.route == kept.route
            && period(next) == period(kept);
        if alike {
            kept.units += next.units;
            if let (Some(kept), Some(next)) = (&mut kept.serving, &next.serving) {
                kept.units += next.units;
            }
        }
        alike
    });
    // What was rounded up twice is rounded up once.
    for allocation in &mut allocations {
        if let (Some(aging), Some(serving)) = (aging_of(problem, allocation), &allocation.serving) {
            allocation.units = aging.sent_for(serving.units, serving.period);
        }
    }
    allocations
}

/// What `allocations` leave unmet, and what they are worth.
pub(crate) fn evaluate(problem: &Problem, allocations: &[Allocation]) -> (Vec<Vec<i64>>, Terms) {
    let horizon = problem.horizon();
    let mut arrivals: BTreeMap<(usize, usize), i64> = BTreeMap::new();
    let mut terms = Terms::default();
    for allocation in allocations {
        let (period, units) = allocation.handed_out(horizon);
        *arrivals.entry((allocation.need.0, period)).or_default() += units;
        let units = i128::from(allocation.units);
        terms.unit_minutes += units * i128::from(allocation.arrives_min);
        terms.cost_cents += cost_cents(problem, allocation);
    }
    let mut unmet = Vec::with_capacity(problem.needs().len());
    for (index, need) in problem.needs().iter().enumerate() {
        let Some(commodity) = problem.commodity(&need.commodity) else { continue };
        let arriving = |period| arrivals.get(&(index, period)).copied().unwrap_or(0);
        let left = unmet_by_period(need, commodity, arriving);
        let nothing = unmet_by_period(need, commodity, |_| 0);
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

/// Runs the stock at a place through time: what arrives is kept until it is used, but for what is
/// lost with time, which is handed out or gone.
pub(crate) fn unmet_by_period(
    need: &Need,
    commodity: &Commodity,
    arriving: impl Fn(usize) -> i64,
) -> Vec<i64> {
    let mut kept = 0_i64; // below zero: units that last and are still waited for
    let mut unmet = Vec::with_capacity(need.wanted.len());
    for (period, wanted) in need.wanted.iter().enumerate() {
        kept = kept.saturating_add(arriving(period)).saturating_sub(*wanted);
        unmet.push(kept.min(0).saturating_neg());
        if commodity.perishing {
            kept = kept.max(0);
        }
        if commodity.fades() {
            kept = kept.min(0);
        }
    }
    unmet
}

/// The cost of moving one allocation, rounded up to a cent.
pub(crate) fn cost_cents(problem: &Problem, allocation: &Allocation) -> i128 {
    let stock = problem.stocks().get(allocation.stock.0);
    let commodity = stock.and_then(|stock| problem.commodity(&stock.commodity));
    let mass_g = commodity.map_or(0, |commodity| commodity.mass_g);
    let aging = aging_of(problem, allocation);
    let whole = i128::from(allocation.units) * i128::from(mass_g);
    let cost = |leg: &Leg| {
        let load_g = aging.as_ref().map_or(whole, |aging| {
            i128::from(aging.load_g(allocation.units, mass_g, leg.depart_period))
        });
        let link = problem.links().get(leg.link.0);
        load_g * link.map_or(0, |link| i128::from(link.cost_cents_per_t))
    };
    (allocation.route.iter().map(cost).sum::<i128>() + 999_999) / 1_000_000
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case;

    /// Water of a kilogram, blankets of two; a road of an hour and a half from `a` to `b`.
    const WORLD: &str = "
        water 1000 perishing 3
        blanket 2000 lasting 1
        site a ground=kr
        site b ground=jp
        link road a b road 90 10 1000
    ";

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let problem = case::problem(&format!("{WORLD}{text}"));
        let plan = solve(&problem);
        assert_eq!(crate::check::check(&problem, &plan).map(|_| ()), Ok(()), "{text}");
        assert_eq!(case::shown(&problem, &plan), expected, "{text}");
    }

    #[test]
    fn goods_serve_the_first_period_that_begins_when_they_are_there() {
        check(
            "stock jp a water 40 @0
             need p b jp water 2,2,2,2",
            "4 water a>b at 90; p lacks [2, 2, 0, 0]; burden 12",
        );
        check(
            "stock jp a blanket 40 @0
             need p b jp blanket 3,1,0,0",
            "4 blanket a>b at 90; p lacks [3, 4, 0, 0]; burden 7",
        );
    }

    #[test]
    fn what_lies_there_is_there_and_a_release_is_waited_for() {
        check(
            "stock jp b water 3 @0\n need p b jp water 2,2,0,0",
            "3 water b at 0; p lacks [0, 1, 0, 0]; burden 3",
        );
        check(
            "stock jp b water 9 @1\n need p b jp water 2,2,0,0",
            "2 water b at 60; p lacks [2, 0, 0, 0]; burden 6",
        );
    }

    #[test]
    fn a_full_link_makes_goods_wait() {
        // Ten kilograms leave in each period: ten litres, then the rest an hour later.
        check(
            "stock jp a water 40 @0
             need p b jp water 0,0,10,5",
            "10 water a>b at 90; 5 water a>b at 150; burden 0",
        );
    }

    #[test]
    fn a_full_site_makes_goods_wait() {
        check(
            "site c take=4
             link ferry b c sea 30 100 1
             stock jp b blanket 9 @0
             need p c jp blanket 4,0,0,0",
            "2 blanket b>c at 30; 2 blanket b>c at 60; p lacks [4, 0, 0, 0]; burden 4",
        );
    }

    #[test]
    fn scarce_goods_are_shared_evenly_between_places() {
        check(
            "stock jp b water 8 @0
             need p b jp water 8,0,0,0
             need q b jp water 8,0,0,0",
            "4 water b at 0; 4 water b at 0; p lacks [4, 0, 0, 0]; q lacks [4, 0, 0, 0]; burden 24",
        );
    }

    #[test]
    fn the_least_burden_comes_before_an_even_share() {
        // Nothing reaches q in the first two periods; p, served from the first, waits for it.
        check(
            "horizon 1440 4
             site d
             link slow b d road 1441 100 1
             stock jp b blanket 4 @0
             need p b jp blanket 2,2,0,0
             need q d jp blanket 2,2,0,0",
            "4 blanket b at 0; q lacks [2, 4, 4, 4]; burden 14",
        );
    }

    #[test]
    fn the_heavier_burden_per_gram_goes_first() {
        // Seven kilograms fit before the third period; a litre lifts more than half a blanket.
        check(
            "stock jp a water 7 @0
             stock jp a blanket 7 @0
             need p b jp water 0,0,7,0
             need p b jp blanket 0,0,0,5",
            "1 blanket a>b at 90; 4 blanket a>b at 150; 7 water a>b at 90; burden 0",
        );
    }

    #[test]
    fn nothing_moves_without_a_permit() {
        let case = "stock kr a water 9 @0\n need p b jp water 0,0,0,5\n";
        check(case, "p lacks [0, 0, 0, 5]; burden 15");
        let served = "5 water a>b at 90; burden 0";
        check(&format!("{case} permit x#1 kr jp water road"), served);
        for wrong in [
            "jp kr water road",
            "kr jp blanket road",
            "kr jp water sea,air",
            "kr jp water road through=kr",
            "kr jp water road from=2",
            "kr jp water road suspended",
            "kr jp water road ceiling=0",
        ] {
            check(&format!("{case} permit x#1 {wrong}"), "p lacks [0, 0, 0, 5]; burden 15");
        }
        check(
            &format!("{case} permit x#1 kr jp water road through=kr,jp from=1"),
            "5 water a>b at 150; burden 0",
        );
        check(
            &format!("{case} permit x#1 kr jp water road ceiling=3"),
            "3 water a>b at 90; p lacks [0, 0, 0, 2]; burden 6",
        );
    }

    #[test]
    fn what_nobody_asked_for_needs_standing_consent() {
        let case = "stock kr a water 9 @0\n need p b jp water 0,0,0,5 unasked\n";
        check(&format!("{case} permit x#1 kr jp water road"), "p lacks [0, 0, 0, 5]; burden 15");
        check(&format!("{case} permit x#1 kr jp water road push"), "5 water a>b at 90; burden 0");
    }

    #[test]
    fn a_ceiling_is_shared_by_all_permits_under_it() {
        check(
            "stock kr a water 9 @0
             stock kr a blanket 9 @0
             need p b jp water 0,0,0,5
             need p b jp blanket 0,0,0,5
             permit x#1 kr jp water road ceiling=7
             permit x#1 kr jp blanket road ceiling=7",
            "1 blanket a>b at 90; 5 water a>b at 90; p lacks [0, 0, 0, 4]; burden 4",
        );
    }

    #[test]
    fn a_closed_link_is_waited_for_or_gone_round() {
        let case = "stock jp b water 9 @0\n need p c jp water 0,0,5,5\n site c\n";
        check(
            &format!("{case} link ferry b c sea 30 100 1 closed=0..2"),
            "5 water b>c at 150; p lacks [0, 0, 5, 0]; burden 15",
        );
        check(
            &format!(
                "{case} link ferry b c sea 30 100 1 closed=0..4
                 site d\n link one b d road 10 100 1\n link two c d road 20 100 1 "
            ),
            "9 water b>d>c at 30; p lacks [0, 0, 0, 1]; burden 3",
        );
        check(
            &format!("{case} link back c b sea 30 100 1 oneway"),
            "p lacks [0, 0, 5, 5]; burden 30",
        );
    }

    #[test]
    fn of_equally_early_ways_the_cheaper_is_taken() {
        let text = "site c
             link dear b c air 30 100 900
             link cheap b c sea 30 100 100
             stock jp b water 5 @0
             need p c jp water 0,5,0,0";
        let problem = case::problem(&format!("{WORLD}{text}"));
        // Five kilograms at a dollar a tonne: half a cent, rounded up.
        assert_eq!(solve(&problem).terms.cost_cents, 1);
    }

    #[test]
    fn what_is_lost_with_time_is_sent_for_and_told() {
        let hydrogen = "hydrogen 1000 perishing 9 loses=100000\n horizon 1440 4\n site c
                        link tanker a c sea 1000 40 10 carries=hydrogen\n";
        // A tenth is lost in each period: 12 litres are left of 13 at the first boundary, and 11
        // of 14 at the second.
        check(
            &format!("{hydrogen} stock jp a hydrogen 99 @0\n need p c jp hydrogen 0,12,11,0"),
            "14 hydrogen a>c at 1000, 12 in 1; 14 hydrogen a>c at 2440, 11 in 2; burden 0",
        );
        // What is not enough leaves the last crumb behind: nothing is left of one.
        check(
            &format!("{hydrogen} stock jp a hydrogen 3 @0\n need p c jp hydrogen 0,12,0,0"),
            "3 hydrogen a>c at 1000, 2 in 1; p lacks [0, 10, 0, 0]; burden 90",
        );
        // What lasts is handed out as it is wanted, and what is kept shrinks.
        let lasting = hydrogen.replace("perishing", "lasting");
        check(
            &format!("{lasting} stock jp a hydrogen 99 @0\n need p c jp hydrogen 0,9,0,8"),
            "10 hydrogen a>c at 1000, 9 in 1; 11 hydrogen a>c at 3880, 8 in 3; burden 0",
        );
    }

    #[test]
    fn a_bound_link_is_gone_round_by_what_it_does_not_carry() {
        let world = "stock jp a water 9 @0\n need p b jp water 0,5,5,0\n";
        check(
            &format!("{world} link tanker a b sea 10 100 1 carries=diesel"),
            "5 water a>b at 90; p lacks [0, 5, 0, 0]; burden 15",
        );
        check(
            &format!("{world} link tanker a b sea 10 100 1 carries=water,diesel"),
            "9 water a>b at 10; p lacks [0, 0, 1, 0]; burden 3",
        );
    }

    #[test]
    fn a_service_without_mass_needs_an_open_way_only() {
        let case = "medic 0 perishing 9\n stock jp a medic 99 @0\n need p b jp medic 0,0,7,0";
        check(case, "7 medic a>b at 90; burden 0");
        check(&format!("{case}\n site c"), "7 medic a>b at 90; burden 0");
    }
}
