//! Prices that prove how good a plan can be at most, and the proof.
//!
//! A [`Certificate`] names a price for what is short: stocks, departures, handling, ceilings, and a
//! place's need in a period. Whatever the prices are, no plan can save more than everything short
//! is worth at them, and, for all that is needed, what a unit would still save beyond the prices of
//! all it uses (weak duality). [`prove`] adds that up in whole numbers, by the problem and the
//! prices alone: wrong prices prove little, never something wrong.
//!
//! Goods that are lost with time are priced for an amount that shrinks as they do: what a unit paid
//! at its start and on its way is charged to what is left of it, in whole numbers and rounded down,
//! so that the proof errs on the safe side.
//!
//! Invariant: the proof shares no code with what makes plans and prices.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use pumasi_base::Digest;

use crate::plan::{CENTS_A_BURDEN, Plan};
use crate::problem::{
    CeilingIndex, Commodity, LinkIndex, Need, NeedIndex, Permit, Problem, SiteIndex, Stock,
    StockIndex,
};

/// Millionths in a unit of burden, as prices count.
pub const MICRO: i128 = 1_000_000;

/// What a plan's optimality rests on: prices in millionths of a unit of burden.
///
/// What is not named has the price zero. Prices below zero count as zero.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Certificate {
    /// Of one unit of a stock.
    pub stocks: BTreeMap<StockIndex, i64>,
    /// Of one kilogram under a ceiling.
    pub ceilings: BTreeMap<CeilingIndex, i64>,
    /// Of one kilogram that departs on a link from a site in a period.
    pub departures: BTreeMap<(LinkIndex, SiteIndex, usize), i64>,
    /// Of one kilogram that a site takes in in a period.
    pub handling: BTreeMap<(SiteIndex, usize), i64>,
    /// Of one unit handed out for a need: of what perishes in a period, of what lasts up to and
    /// including a period.
    pub needs: BTreeMap<(NeedIndex, usize), i64>,
}

/// What no plan can undercut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proof {
    /// Burden and cost, as [`crate::plan::Terms::objective_milli`], that every plan has at least.
    pub objective_milli: i128,
    /// The burden if nothing is done.
    pub burden_without_relief: i128,
}

impl Proof {
    /// How far above the best `plan` can be at most, in parts per million of the burden without
    /// relief. Nothing needed means nothing to gain: 0.
    #[must_use]
    pub fn gap_ppm(&self, plan: &Plan) -> i64 {
        let above = (plan.terms.objective_milli() - self.objective_milli).max(0);
        let share = above.saturating_mul(1000).checked_div(self.burden_without_relief);
        i64::try_from(share.unwrap_or(0)).unwrap_or(i64::MAX)
    }
}

impl Certificate {
    /// The canonical text: one line for each price, with ids written out.
    #[must_use]
    pub fn text(&self, problem: &Problem) -> String {
        let mut out = String::new();
        let site = |at: SiteIndex| problem.sites().get(at.0).map_or("?", |site| site.id.as_str());
        // Writing to a string cannot fail.
        let _ = writeln!(out, "pumasi-flow certificate 1");
        let _ = writeln!(out, "problem {}", problem.digest());
        for (at, price) in &self.stocks {
            if let Some(Stock { owner, site, commodity, release_period, .. }) =
                problem.stocks().get(at.0)
            {
                let _ = writeln!(out, "stock {owner} {site} {commodity} {release_period} {price}");
            }
        }
        for (at, price) in &self.ceilings {
            if let Some(ceiling) = problem.ceilings().get(at.0) {
                let (clause, part) = (&ceiling.id.clause, ceiling.id.part);
                let _ =
                    writeln!(out, "ceiling {}#{} {part} {price}", clause.agreement, clause.clause);
            }
        }
        for ((link, from, period), price) in &self.departures {
            let link = problem.links().get(link.0).map_or("?", |link| link.id.as_str());
            let _ = writeln!(out, "departure {link} {} {period} {price}", site(*from));
        }
        for ((at, period), price) in &self.handling {
            let _ = writeln!(out, "handling {} {period} {price}", site(*at));
        }
        for ((at, period), price) in &self.needs {
            if let Some(Need { place, site, receiver, commodity, .. }) = problem.needs().get(at.0) {
                let _ =
                    writeln!(out, "need {place} {site} {receiver} {commodity} {period} {price}");
            }
        }
        out
    }

    /// The digest of [`Certificate::text`].
    #[must_use]
    pub fn digest(&self, problem: &Problem) -> Digest {
        Digest::of(self.text(problem).as_bytes())
    }
}

/// Proves what every plan for `problem` has at least, by the prices of `certificate`.
#[must_use]
pub fn prove(problem: &Problem, certificate: &Certificate) -> Proof {
    let judge = Judge { problem, certificate };
    let without: i128 = problem.needs().iter().map(|need| judge.without(need)).sum();
    let mut spent = judge.worth_of_what_is_short();
    let mut most = vec![0_i128; problem.needs().len()];
    judge.own(&mut most);
    judge.permitted(&mut most);
    for (need, most) in problem.needs().iter().zip(most) {
        let all: i128 = need.wanted.iter().copied().map(i128::from).sum();
        spent = spent.saturating_add(all.saturating_mul(most));
    }
    let least_micro = without.saturating_mul(MICRO).saturating_sub(spent).max(0);
    Proof { objective_milli: least_micro / 1000, burden_without_relief: without }
}

struct Judge<'a> {
    problem: &'a Problem,
    certificate: &'a Certificate,
}

/// A price as it counts.
fn price<K: Ord>(prices: &BTreeMap<K, i64>, key: &K) -> i128 {
    i128::from(prices.get(key).copied().unwrap_or(0).max(0))
}

impl Judge<'_> {
    /// The burden of a need if nothing is done.
    fn without(&self, need: &Need) -> i128 {
        let Some(commodity) = self.problem.commodity(&need.commodity) else { return 0 };
        let (mut waiting, mut sum) = (0_i128, 0_i128);
        for wanted in need.wanted.iter().copied().map(i128::from) {
            waiting = if commodity.perishing { wanted } else { waiting + wanted };
            sum += waiting;
        }
        sum * i128::from(commodity.weight)
    }

    /// What all that is short is worth at the prices.
    fn worth_of_what_is_short(&self) -> i128 {
        let (problem, held) = (self.problem, self.certificate);
        let mut worth = 0_i128;
        let mut add = |amount: i64, price: i64| {
            let value = i128::from(amount.max(0)).saturating_mul(i128::from(price.max(0)));
            worth = worth.saturating_add(value);
        };
        for (at, price) in &held.stocks {
            add(problem.stocks().get(at.0).map_or(0, |stock| stock.units), *price);
        }
        for (at, price) in &held.ceilings {
            add(problem.ceilings().get(at.0).map_or(0, |ceiling| ceiling.kg), *price);
        }
        for ((link, _, period), price) in &held.departures {
            let link = problem.links().get(link.0);
            let open = link.filter(|link| link.closure_in(*period).is_none());
            add(open.and_then(|l| l.capacity_kg.get(*period)).copied().unwrap_or(0), *price);
        }
        for ((site, period), price) in &held.handling {
            let handling = problem.sites().get(site.0).and_then(|s| s.handling_kg.as_ref());
            add(handling.and_then(|kg| kg.get(*period)).copied().unwrap_or(0), *price);
        }
        for ((at, period), price) in &held.needs {
            let Some(need) = problem.needs().get(at.0) else { continue };
            let perishing = problem.commodity(&need.commodity).is_some_and(|c| c.perishing);
            let wanted: i64 = if perishing {
                need.wanted.get(*period).copied().unwrap_or(0)
            } else {
                need.wanted.iter().take(period.saturating_add(1)).sum()
            };
            add(wanted, *price);
        }
        worth
    }

    /// What a unit that comes in each period is worth at most, beyond the prices of the need; of
    /// what is lost with time, a unit that is handed out in it.
    fn worths(&self, at: usize, need: &Need, commodity: &Commodity) -> Vec<i128> {
        let weight = i128::from(commodity.weight) * MICRO;
        let periods = need.wanted.len();
        let needs = &self.certificate.needs;
        let row = |period: usize| price(needs, &(NeedIndex(at), period));
        let first = need.wanted.iter().position(|units| *units > 0).unwrap_or(periods);
        let mut later = 0_i128; // nothing has to be handed out
        let mut rows_from = 0_i128;
        let mut worths = vec![0; periods];
        for period in (0..periods).rev() {
            rows_from += row(period);
            let left = i128::try_from(periods - period).unwrap_or(0);
            let now = if !commodity.perishing && period < first {
                0 // nobody is handed what is not wanted yet, and what comes waits
            } else if !commodity.perishing {
                weight * left - rows_from
            } else if need.wanted.get(period).is_some_and(|units| *units > 0) {
                weight - row(period)
            } else {
                0
            };
            later = if commodity.fades() { now } else { later.max(now) };
            if let Some(worth) = worths.get_mut(period) {
                *worth = later;
            }
        }
        worths
    }

    /// Everyone's own stock for their own needs, over everything.
    fn own(&self, most: &mut [i128]) {
        let groups: BTreeSet<_> =
            self.problem.needs().iter().map(|need| (&need.receiver, &need.commodity)).collect();
        for (receiver, commodity) in groups {
            let Some(commodity) = self.problem.commodity(commodity) else { continue };
            let starts = self.starts(commodity, None, |stock| stock.owner == *receiver);
            let served = |need: &Need| need.receiver == *receiver;
            self.gains(commodity, None, &starts, served, most);
        }
    }

    /// What permits let others give.
    fn permitted(&self, most: &mut [i128]) {
        for permit in self.problem.permits().iter().filter(|permit| permit.suspended.is_none()) {
            for commodity in self.problem.commodities() {
                if !permit.commodities.contains(&commodity.id) {
                    continue;
                }
                let starts = self.starts(commodity, Some(permit), |stock| {
                    stock.owner == permit.giver && self.stands_open(&stock.site, permit)
                });
                let served = |need: &Need| {
                    need.receiver == permit.receiver && (permit.push || need.requested)
                };
                self.gains(commodity, Some(permit), &starts, served, most);
            }
        }
    }

    /// By period, what is left of goods that are lost with time; of others all is.
    fn parts(&self, commodity: &Commodity) -> Parts {
        let fades = commodity.fades();
        Parts { left: if fades { commodity.left(self.problem.horizon()) } else { Vec::new() } }
    }

    /// Where goods can start: minute, price of a unit as counted, and site.
    fn starts(
        &self,
        commodity: &Commodity,
        permit: Option<&Permit>,
        drawn_on: impl Fn(&Stock) -> bool,
    ) -> Vec<(i64, i128, usize)> {
        let problem = self.problem;
        let ceilings: i128 = permit.map_or(0, |permit| {
            let indices = permit.ceilings.iter().filter_map(|id| problem.ceiling_index(id));
            indices.map(|at| price(&self.certificate.ceilings, &at)).sum()
        });
        let loaded = per_unit(ceilings, commodity);
        let opens = permit.map_or(0, |permit| permit.earliest_period);
        let parts = self.parts(commodity);
        let start = |(at, stock): (usize, &Stock)| {
            let site = problem.site_index(&stock.site)?;
            let opens = stock.release_period.max(opens);
            let minute = problem.horizon().first_min(opens);
            let cost = price(&self.certificate.stocks, &StockIndex(at)) + loaded;
            Some((minute, parts.of(cost, opens), site.0))
        };
        let of_it = |(_, stock): &(usize, &Stock)| {
            stock.commodity == commodity.id && stock.units > 0 && drawn_on(stock)
        };
        problem.stocks().iter().enumerate().filter(of_it).filter_map(start).collect()
    }

    fn stands_open(&self, site: &pumasi_base::PortId, permit: &Permit) -> bool {
        let at = self.problem.site_index(site);
        let ground = at.and_then(|at| self.problem.sites().get(at.0)?.territory.as_ref());
        match (&permit.through, ground) {
            (Some(through), Some(ground)) => through.contains(ground),
            _ => true,
        }
    }

    /// Raises `most` to what a unit from `starts` can save beyond the prices of what it uses.
    fn gains(
        &self,
        commodity: &Commodity,
        permit: Option<&Permit>,
        starts: &[(i64, i128, usize)],
        served: impl Fn(&Need) -> bool,
        most: &mut [i128],
    ) {
        let of_it = |need: &Need| need.commodity == commodity.id && served(need);
        if starts.is_empty() || !self.problem.needs().iter().any(of_it) {
            return;
        }
        let needs = self.problem.needs().iter().enumerate().filter(|(_, need)| of_it(need));
        let worths: Vec<(usize, &Need, Vec<i128>)> =
            needs.map(|(at, need)| (at, need, self.worths(at, need, commodity))).collect();
        // What costs more than anything is worth cannot save anything, wherever it goes.
        let parts = self.parts(commodity);
        let dearest = worths.iter().flat_map(|(_, _, worths)| worths).copied().max().unwrap_or(0);
        let dearest = parts.of(dearest.max(0), 0);
        let starts = starts.iter().filter(|(_, cost, _)| *cost < dearest);
        let starts = starts.map(|(minute, cost, site)| (*minute, *cost, *site, false)).collect();
        let way = Way { commodity, permit, parts };
        let reached = self.reach(&way, starts, dearest);
        for (at, need, worths) in worths {
            let Some(site) = self.problem.site_index(&need.site) else { continue };
            for (minute, cost) in reached.get(site.0).into_iter().flatten() {
                let saved = self.saved(&way, &worths, (*minute, *cost));
                if let Some(most) = most.get_mut(at) {
                    *most = (*most).max(saved);
                }
            }
        }
    }

    /// What a unit that is there at `minute` for `cost` saves at most.
    fn saved(&self, way: &Way<'_>, worths: &[i128], (minute, cost): (i64, i128)) -> i128 {
        let first = self.problem.horizon().serving_period(minute);
        if !way.commodity.fades() {
            return worths.get(first).copied().unwrap_or(0) - cost;
        }
        let handed_out = worths.iter().enumerate().skip(first);
        let saved = handed_out.map(|(period, worth)| worth - way.parts.a_unit(cost, period));
        saved.max().unwrap_or(0)
    }

    /// By site, when goods can be there for less than `dearest`: later ones only where they are
    /// cheaper.
    ///
    /// Of what is lost with time less is loaded later. There the cheapest at a site waits, and
    /// leaves in each period.
    fn reach(
        &self,
        way: &Way<'_>,
        mut open: BTreeSet<(i64, i128, usize, bool)>,
        dearest: i128,
    ) -> Vec<Vec<(i64, i128)>> {
        let mut reached: Vec<Vec<(i64, i128)>> = vec![Vec::new(); self.problem.sites().len()];
        if open.is_empty() {
            return reached;
        }
        let horizon = self.problem.horizon();
        let ways = self.ways(way);
        while let Some((minute, cost, site, waited)) = open.pop_first() {
            let Some(known) = reached.get_mut(site) else { continue };
            let held = known.last().map(|(_, held)| *held);
            // Taken in the order of time: whoever is already there was there no later.
            if waited {
                if held != Some(cost) {
                    continue;
                }
            } else {
                if cost >= dearest || held.is_some_and(|held| held <= cost) {
                    continue;
                }
                known.push((minute, cost));
            }
            for (link, from, to) in ways.get(site).into_iter().flatten() {
                self.go(way, (*link, *from, *to), (minute, cost), &mut open);
            }
            let next = horizon.period_of(minute).saturating_add(1);
            if way.commodity.fades() && next < horizon.periods {
                open.insert((horizon.first_min(next), cost, site, true));
            }
        }
        reached
    }

    /// The links that goods may take, by the site they leave.
    fn ways(&self, way: &Way<'_>) -> Vec<Vec<(LinkIndex, SiteIndex, SiteIndex)>> {
        let mut ways = vec![Vec::new(); self.problem.sites().len()];
        for (at, link) in self.problem.links().iter().enumerate() {
            let permitted = way.permit.is_none_or(|permit| {
                permit.modes.contains(&link.mode)
                    && self.stands_open(&link.from, permit)
                    && self.stands_open(&link.to, permit)
            });
            let runs = permitted && link.takes(&way.commodity.id);
            let ends = (self.problem.site_index(&link.from), self.problem.site_index(&link.to));
            let (true, (Some(from), Some(to))) = (runs, ends) else { continue };
            let mut add = |from: SiteIndex, to: SiteIndex| {
                if let Some(list) = ways.get_mut(from.0) {
                    list.push((LinkIndex(at), from, to));
                }
            };
            add(from, to);
            if link.both_ways {
                add(to, from);
            }
        }
        ways
    }

    /// Takes a link now and in every later period, and is taken in then and in every later one.
    fn go(
        &self,
        way: &Way<'_>,
        (index, from, to): (LinkIndex, SiteIndex, SiteIndex),
        (minute, cost): (i64, i128),
        open: &mut BTreeSet<(i64, i128, usize, bool)>,
    ) {
        let Way { commodity, parts, .. } = way;
        let horizon = self.problem.horizon();
        let Some(link) = self.problem.links().get(index.0) else { return };
        let transport = i128::from(link.cost_cents_per_t) * i128::from(commodity.mass_g) * MICRO
            / (CENTS_A_BURDEN * 1_000_000);
        let mut cheapest: Option<i128> = None;
        let now = horizon.period_of(minute);
        let last = if commodity.fades() { horizon.periods.min(now + 1) } else { horizon.periods };
        for period in now..last {
            let runs = link.capacity_kg.get(period).is_some_and(|kg| *kg > 0);
            if !runs || link.closure_in(period).is_some() {
                continue;
            }
            let toll = price(&self.certificate.departures, &(index, from, period));
            if cheapest.is_some_and(|held| held <= toll) {
                continue;
            }
            cheapest = Some(toll);
            let arrives = minute.max(horizon.first_min(period)) + link.duration_min;
            let cost = cost.saturating_add(parts.of(transport + per_unit(toll, commodity), period));
            self.enter(way, to, (arrives, cost), open);
        }
    }

    fn enter(
        &self,
        Way { commodity, parts, .. }: &Way<'_>,
        to: SiteIndex,
        (arrives, cost): (i64, i128),
        open: &mut BTreeSet<(i64, i128, usize, bool)>,
    ) {
        let horizon = self.problem.horizon();
        let handling = self.problem.sites().get(to.0).and_then(|site| site.handling_kg.as_ref());
        let Some(handling) = handling else {
            if horizon.serving_period(arrives) < horizon.periods {
                open.insert((arrives, cost, to.0, false));
            }
            return;
        };
        let mut cheapest: Option<i128> = None;
        for period in horizon.period_of(arrives)..horizon.periods {
            if handling.get(period).is_none_or(|kg| *kg == 0) {
                continue;
            }
            let toll = price(&self.certificate.handling, &(to, period));
            let toll = parts.of(per_unit(toll, commodity), period);
            let taken_in = arrives.max(horizon.first_min(period));
            let in_time = horizon.serving_period(taken_in) < horizon.periods;
            if cheapest.is_some_and(|held| held <= toll) || !in_time {
                continue;
            }
            cheapest = Some(toll);
            open.insert((taken_in, cost.saturating_add(toll), to.0, false));
        }
    }
}

/// What goods go as.
struct Way<'a> {
    commodity: &'a Commodity,
    permit: Option<&'a Permit>,
    parts: Parts,
}

/// By period, what is left of goods that are lost with time; nothing where nothing is lost.
///
/// A price as counted is that of a unit times the parts left when it is paid: a unit handed out
/// pays what was counted, divided by the parts left then. Whatever is beyond counting counts as the
/// most that can be counted, which no unit is worth.
struct Parts {
    left: Vec<i64>,
}

impl Parts {
    fn at(&self, period: usize) -> i128 {
        let found = self.left.get(period).or(self.left.last());
        found.map_or(1, |parts| i128::from(*parts).max(1))
    }

    /// A price paid for a unit in `period`, as counted.
    fn of(&self, price: i128, period: usize) -> i128 {
        price.saturating_mul(self.at(period))
    }

    /// What a unit pays that is handed out in `period`, rounded down.
    fn a_unit(&self, counted: i128, period: usize) -> i128 {
        counted / self.at(period)
    }
}

/// What one unit pays of a price per kilogram, rounded down so that it never proves too much.
fn per_unit(price_per_kg: i128, commodity: &Commodity) -> i128 {
    price_per_kg.saturating_mul(i128::from(commodity.mass_g)) / 1000
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::case;
    use crate::generate::{Size, generate};
    use crate::solve::solve_with_proof;

    const WORLD: &str = "
        water 1000 perishing 3
        blanket 2000 lasting 1
        site a ground=kr\n site b ground=jp\n site c ground=jp take=20
        link road a b road 90 10 1000
        link far b c road 400 10 0
    ";

    /// States the objective of the plan and what is proved of every plan, in thousandths.
    #[track_caller]
    fn check(text: &str, expected: (i128, i128)) {
        let problem = case::problem(&format!("{WORLD}{text}"));
        let solved = solve_with_proof(&problem);
        let proof = prove(&problem, &solved.certificate);
        assert_eq!(
            (solved.plan.terms.objective_milli(), proof.objective_milli),
            expected,
            "{text}"
        );
    }

    #[test]
    fn what_is_whole_is_proved_to_the_last_thousandth() {
        check("", (0, 0));
        check("stock jp a water 99 @0\n need p b jp water 2,2,2,2", (12_004, 12_004));
        check("stock jp a water 3 @0\n need p b jp water 2,2,2,2", (15_003, 15_003));
        check("stock kr a water 9 @0\n need p b jp water 2,2,2,2", (24_000, 24_000));
        check("stock jp a blanket 3 @0\n need p b jp blanket 2,2,0,0", (8_006, 8_006));
        check("stock jp a blanket 3 @0\n need p b jp blanket 0,0,0,4", (1_006, 1_006));
    }

    #[test]
    fn shared_links_and_handling_are_seen() {
        // Ten kilograms leave in each period, so that ten litres come by the third period.
        check("stock jp a water 99 @0\n need p b jp water 0,0,20,0", (30_010, 30_010));
    }

    #[test]
    fn without_prices_only_transport_is_proved() {
        let problem =
            case::problem(&format!("{WORLD}stock jp a water 9 @0\n need p b jp water 2,2,2,2"));
        assert_eq!(prove(&problem, &Certificate::default()).objective_milli, 8);
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn whatever_the_prices_no_plan_undercuts_the_proof(seed: u64, factors: Vec<u8>) {
            let Ok(parts) = generate(Size::SMALL, seed) else { return Ok(()) };
            let Ok(problem) = Problem::new(parts) else { return Ok(()) };
            let mut solved = solve_with_proof(&problem);
            let honest = prove(&problem, &solved.certificate);
            prop_assert!(honest.objective_milli <= solved.plan.terms.objective_milli());
            let mut factors = factors.into_iter().cycle().map(i64::from);
            let mut alter = |price: &mut i64| *price = *price * factors.next().unwrap_or(1) / 64;
            solved.certificate.stocks.values_mut().for_each(&mut alter);
            solved.certificate.departures.values_mut().for_each(&mut alter);
            solved.certificate.needs.values_mut().for_each(&mut alter);
            let altered = prove(&problem, &solved.certificate);
            prop_assert!(altered.objective_milli <= solved.plan.terms.objective_milli());
        }
    }
}
