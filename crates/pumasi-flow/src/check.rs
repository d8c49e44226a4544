//! Judges a plan by the problem alone.
//!
//! Invariant: shares nothing with the code that makes plans but the types of problem and plan, so
//! that a mistake there does not excuse itself here.

use std::collections::BTreeMap;

use pumasi_base::catalog::Mode;

use crate::plan::{Allocation, Leg, Plan, Terms};
use crate::problem::{
    CeilingIndex, Commodity, Horizon, Link, LinkIndex, Need, NeedIndex, Permit, Problem, SiteIndex,
    Stock, StockIndex, WHOLE,
};

/// A plan that broke no rule; only [`check`] makes one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Checked<'a> {
    // INVARIANT: `check` found no violation.
    plan: &'a Plan,
}

impl<'a> Checked<'a> {
    /// The plan.
    #[must_use]
    pub const fn plan(&self) -> &'a Plan {
        self.plan
    }
}

/// A rule an allocation broke.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum Fault {
    /// It names a stock, need, permit, link or site the problem does not have.
    #[error("it names something the problem does not have")]
    NotInProblem,
    /// It moves no unit, or fewer than none.
    #[error("it moves no unit")]
    UnitsMustBePositive,
    /// The stock holds another commodity than is needed.
    #[error("the stock holds another commodity than is needed")]
    CommodityDiffers,
    /// The route does not lead from the stock to the need link by link.
    #[error("the route does not lead from the stock to the need")]
    RouteBroken,
    /// Goods move before their stock is released.
    #[error("goods move before their stock is released")]
    BeforeRelease,
    /// A leg leaves before the goods are there.
    #[error("a leg leaves before the goods are there")]
    LeavesBeforeArrival,
    /// A leg's period is not the one it leaves in.
    #[error("a leg states another period than it leaves in")]
    PeriodDiffers,
    /// A leg takes less time than its link.
    #[error("a leg takes less time than its link")]
    FasterThanLink,
    /// The arrival stated is not that of the last leg.
    #[error("the arrival stated is not that of the route")]
    ArrivalDiffers,
    /// It leaves, or is of use, only when the horizon is over.
    #[error("it comes after the horizon")]
    AfterHorizon,
    /// A leg uses a link while it is closed.
    #[error("a leg uses a closed link")]
    LinkClosed,
    /// A leg uses a link in a period in which it carries nothing.
    #[error("a leg uses a link that does not run in that period")]
    LinkDoesNotRun,
    /// A leg uses a link that does not carry the commodity.
    #[error("link {} does not carry the commodity", .0.0)]
    CargoNotCarried(LinkIndex),
    /// The commodity is lost with time, and nothing says what is left when it is handed out.
    #[error("nothing says what is left of what is lost with time")]
    LossNotStated,
    /// It states what is left of a commodity that loses nothing.
    #[error("it states a loss of what loses nothing")]
    NothingLost,
    /// It is handed out before it is there.
    #[error("it is handed out before it is there")]
    HandedOutTooSoon,
    /// More is handed out than is left by then.
    #[error("more is handed out than is left by then")]
    MoreThanIsLeft,
    /// Nothing permits one party to help another.
    #[error("no permit is given, and the stock is not the receiver's own")]
    PermitMissing,
    /// The permit is suspended.
    #[error("the permit is suspended")]
    PermitSuspended,
    /// The permit is another giver's.
    #[error("the permit is another giver's")]
    GiverDiffers,
    /// The permit is for another receiver.
    #[error("the permit is for another receiver")]
    ReceiverDiffers,
    /// The permit does not cover the commodity.
    #[error("the permit does not cover the commodity")]
    CommodityNotPermitted,
    /// Nobody has asked, and the permit needs a request.
    #[error("nobody has asked, and the permit is no push permit")]
    NotRequested,
    /// The permit does not cover a mode of transport used.
    #[error("the permit does not cover a mode of transport used")]
    ModeNotPermitted,
    /// The route passes ground the permit does not cover.
    #[error("the route passes ground the permit does not cover")]
    GroundNotPermitted,
    /// Goods move before the permit can be used.
    #[error("goods move before the permit can be used")]
    BeforePermit,
}

/// A rule a plan broke.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum Violation {
    /// The plan answers another problem.
    #[error("the plan answers another problem")]
    ProblemDiffers,
    /// One allocation breaks a rule by itself.
    #[error("allocation {allocation}: {fault}")]
    Allocation {
        /// Its position in the plan.
        allocation: usize,
        /// The rule.
        fault: Fault,
    },
    /// More is taken from a stock than it holds.
    #[error("{units} units are taken from stock {}, more than it holds", stock.0)]
    StockExceeded {
        /// The stock.
        stock: StockIndex,
        /// What the plan takes.
        units: i128,
    },
    /// More departs on a link than it carries.
    #[error("{mass_g} g leave site {} on link {} in period {period}, more than it carries", from.0, link.0)]
    CapacityExceeded {
        /// The link.
        link: LinkIndex,
        /// The end it leaves.
        from: SiteIndex,
        /// The period.
        period: usize,
        /// What the plan loads, in grams.
        mass_g: i128,
    },
    /// More arrives at a site than it takes in.
    #[error("{mass_g} g arrive at site {} in period {period}, more than it takes in", site.0)]
    HandlingExceeded {
        /// The site.
        site: SiteIndex,
        /// The period.
        period: usize,
        /// What the plan brings, in grams.
        mass_g: i128,
    },
    /// More moves under a ceiling than it allows.
    #[error("{mass_g} g move under ceiling {}, more than it allows", ceiling.0)]
    CeilingExceeded {
        /// The ceiling.
        ceiling: CeilingIndex,
        /// What the plan moves, in grams.
        mass_g: i128,
    },
    /// A need gets more than it can use.
    #[error("need {} gets {units} units it cannot use", need.0)]
    OverServed {
        /// The need.
        need: NeedIndex,
        /// The units left over.
        units: i128,
    },
    /// The unmet figures stated for a need are not what the allocations leave.
    #[error("the unmet figures of need {} are not what the allocations leave", need.0)]
    UnmetDiffers {
        /// The need.
        need: NeedIndex,
    },
    /// The plan states unmet figures for another number of needs.
    #[error("the plan states unmet figures for another number of needs")]
    NeedsDiffer,
    /// The terms stated are not what the plan is worth.
    #[error("the terms stated are not what the plan is worth")]
    TermsDiffer {
        /// What it is worth.
        found: Terms,
    },
}

/// Judges `plan` as an answer to `problem`.
///
/// # Errors
/// Every rule broken, sorted.
pub fn check<'a>(problem: &Problem, plan: &'a Plan) -> Result<Checked<'a>, Vec<Violation>> {
    let mut judge = Judge { problem, tally: Tally::default(), violations: Vec::new() };
    if plan.problem != problem.digest() {
        judge.violations.push(Violation::ProblemDiffers);
    }
    for (index, allocation) in plan.allocations.iter().enumerate() {
        let mut faults = judge.allocation(allocation);
        faults.sort();
        faults.dedup();
        let violation = |fault| Violation::Allocation { allocation: index, fault };
        judge.violations.extend(faults.into_iter().map(violation));
    }
    judge.limits();
    judge.figures(plan);
    judge.violations.sort();
    if judge.violations.is_empty() { Ok(Checked { plan }) } else { Err(judge.violations) }
}

/// What the allocations use, summed.
#[derive(Default)]
struct Tally {
    stocks: BTreeMap<StockIndex, i128>,
    links_g: BTreeMap<(LinkIndex, SiteIndex, usize), i128>,
    sites_g: BTreeMap<(SiteIndex, usize), i128>,
    ceilings_g: BTreeMap<CeilingIndex, i128>,
    arrivals: BTreeMap<(NeedIndex, usize), i128>,
    unit_minutes: i128,
    cost_cents: i128,
}

struct Judge<'a> {
    problem: &'a Problem,
    tally: Tally,
    violations: Vec<Violation>,
}

impl Judge<'_> {
    fn allocation(&mut self, allocation: &Allocation) -> Vec<Fault> {
        let problem = self.problem;
        let stock = problem.stocks().get(allocation.stock.0);
        let need = problem.needs().get(allocation.need.0);
        let commodity = stock.and_then(|stock| problem.commodity(&stock.commodity));
        let (Some(stock), Some(need), Some(commodity)) = (stock, need, commodity) else {
            return vec![Fault::NotInProblem];
        };
        let mut faults = Vec::new();
        let handed_out = allocation.serving.as_ref().map_or(allocation.units, |s| s.units);
        if allocation.units < 1 || handed_out < 1 {
            faults.push(Fault::UnitsMustBePositive);
        }
        if stock.commodity != need.commodity {
            faults.push(Fault::CommodityDiffers);
        }
        self.route(allocation, stock, need, &mut faults);
        let carries =
            |link: &Link| link.carries.as_ref().is_none_or(|all| all.contains(&stock.commodity));
        let refuses =
            |leg: &&Leg| problem.links().get(leg.link.0).is_some_and(|link| !carries(link));
        let refusing = allocation.route.iter().filter(refuses);
        faults.extend(refusing.map(|leg| Fault::CargoNotCarried(leg.link)));
        let permit = allocation.permit.and_then(|index| problem.permits().get(index.0));
        let moves = stock.release_period.max(permit.map_or(0, |permit| permit.earliest_period));
        let left = Left::new(commodity, problem.horizon(), moves);
        self.serving(allocation, left.as_ref(), &mut faults);
        match allocation.permit.map(|index| problem.permits().get(index.0)) {
            None if stock.owner == need.receiver => {}
            None => faults.push(Fault::PermitMissing),
            Some(None) => faults.push(Fault::NotInProblem),
            Some(Some(permit)) => self.permit(permit, allocation, stock, need, &mut faults),
        }
        self.count(allocation, commodity, left.as_ref());
        faults
    }

    /// Judges what is handed out of what is lost with time.
    fn serving(&self, allocation: &Allocation, left: Option<&Left>, faults: &mut Vec<Fault>) {
        let (left, serving) = match (left, &allocation.serving) {
            (Some(left), Some(serving)) => (left, serving),
            (Some(_), None) => return faults.push(Fault::LossNotStated),
            (None, Some(_)) => return faults.push(Fault::NothingLost),
            (None, None) => return,
        };
        let horizon = self.problem.horizon();
        if serving.period >= horizon.periods {
            faults.push(Fault::AfterHorizon);
        }
        if start_of(horizon.period_min, serving.period) < i128::from(allocation.arrives_min) {
            faults.push(Fault::HandedOutTooSoon);
        }
        if i128::from(serving.units) > left.of(i128::from(allocation.units), serving.period) {
            faults.push(Fault::MoreThanIsLeft);
        }
    }

    fn route(&self, allocation: &Allocation, stock: &Stock, need: &Need, faults: &mut Vec<Fault>) {
        let horizon = self.problem.horizon();
        let mut here = self.problem.site_index(&stock.site);
        let mut now = start_of(horizon.period_min, stock.release_period);
        let mut waiting = Fault::BeforeRelease;
        for leg in &allocation.route {
            if here != Some(leg.from) {
                faults.push(Fault::RouteBroken);
            }
            if i128::from(leg.depart_min) < now {
                faults.push(waiting);
            }
            self.leg(leg, faults);
            here = Some(leg.to);
            now = i128::from(leg.arrive_min);
            waiting = Fault::LeavesBeforeArrival;
        }
        if here.is_none() || here != self.problem.site_index(&need.site) {
            faults.push(Fault::RouteBroken);
        }
        let arrives = i128::from(allocation.arrives_min);
        if allocation.route.is_empty() && arrives < now {
            faults.push(Fault::BeforeRelease);
        }
        if !allocation.route.is_empty() && arrives != now {
            faults.push(Fault::ArrivalDiffers);
        }
        // The last period whose beginning an arrival can still meet begins one period before the
        // end of the horizon.
        let last = start_of(horizon.period_min, horizon.periods) - i128::from(horizon.period_min);
        if arrives > last {
            faults.push(Fault::AfterHorizon);
        }
    }

    fn leg(&self, leg: &Leg, faults: &mut Vec<Fault>) {
        let Some(link) = self.problem.links().get(leg.link.0) else {
            faults.push(Fault::NotInProblem);
            return;
        };
        let ends = (self.problem.site_index(&link.from), self.problem.site_index(&link.to));
        let along = ends == (Some(leg.from), Some(leg.to));
        let back = link.both_ways && ends == (Some(leg.to), Some(leg.from));
        if !along && !back {
            faults.push(Fault::RouteBroken);
        }
        let horizon = self.problem.horizon();
        let begins = start_of(horizon.period_min, leg.depart_period);
        let leaves = i128::from(leg.depart_min);
        if leaves < begins || leaves >= begins + i128::from(horizon.period_min) {
            faults.push(Fault::PeriodDiffers);
        }
        if i128::from(leg.arrive_min) < leaves + i128::from(link.duration_min) {
            faults.push(Fault::FasterThanLink);
        }
        let period = leg.depart_period;
        if period >= horizon.periods {
            faults.push(Fault::AfterHorizon);
        } else if link.capacity_kg.get(period).is_none_or(|kg| *kg == 0) {
            faults.push(Fault::LinkDoesNotRun);
        }
        if link.closures.iter().any(|c| (c.from_period..c.until_period).contains(&period)) {
            faults.push(Fault::LinkClosed);
        }
    }

    fn permit(
        &self,
        permit: &Permit,
        allocation: &Allocation,
        stock: &Stock,
        need: &Need,
        faults: &mut Vec<Fault>,
    ) {
        let problem = self.problem;
        let mode_of = |leg: &Leg| problem.links().get(leg.link.0).map(|link| link.mode);
        let modes: Vec<Mode> = allocation.route.iter().filter_map(mode_of).collect();
        let sites = problem.site_index(&stock.site).into_iter();
        let mut passed = sites.chain(allocation.route.iter().map(|leg| leg.to));
        let foreign = |site: SiteIndex| {
            let ground = problem.sites().get(site.0).and_then(|site| site.territory.as_ref());
            match (&permit.through, ground) {
                (Some(through), Some(ground)) => !through.contains(ground),
                _ => false,
            }
        };
        let moves = allocation.route.first().map_or(allocation.arrives_min, |leg| leg.depart_min);
        let opens = start_of(problem.horizon().period_min, permit.earliest_period);
        let rules = [
            (permit.suspended.is_some(), Fault::PermitSuspended),
            (permit.giver != stock.owner, Fault::GiverDiffers),
            (permit.receiver != need.receiver, Fault::ReceiverDiffers),
            (!permit.commodities.contains(&stock.commodity), Fault::CommodityNotPermitted),
            (!permit.push && !need.requested, Fault::NotRequested),
            (modes.iter().any(|mode| !permit.modes.contains(mode)), Fault::ModeNotPermitted),
            (passed.any(foreign), Fault::GroundNotPermitted),
            (i128::from(moves) < opens, Fault::BeforePermit),
        ];
        faults.extend(rules.into_iter().filter_map(|(broken, fault)| broken.then_some(fault)));
    }

    fn count(&mut self, allocation: &Allocation, commodity: &Commodity, left: Option<&Left>) {
        let problem = self.problem;
        let units = i128::from(allocation.units);
        let mass_g = units * i128::from(commodity.mass_g);
        let loaded_g =
            |period: usize| left.map_or(mass_g, |left| left.of_rounded_up(mass_g, period));
        let period_min = problem.horizon().period_min;
        let tally = &mut self.tally;
        *tally.stocks.entry(allocation.stock).or_default() += units;
        let mut gram_cents = 0_i128;
        for leg in &allocation.route {
            let key = (leg.link, leg.from, leg.depart_period);
            let departs_g = loaded_g(leg.depart_period);
            *tally.links_g.entry(key).or_default() += departs_g;
            let taken_in = usize::try_from(leg.arrive_min.div_euclid(period_min));
            let taken_in = taken_in.unwrap_or(usize::MAX);
            *tally.sites_g.entry((leg.to, taken_in)).or_default() += loaded_g(taken_in);
            let link = problem.links().get(leg.link.0);
            let cents_per_t = link.map_or(0, |link| i128::from(link.cost_cents_per_t));
            gram_cents = gram_cents.saturating_add(departs_g.saturating_mul(cents_per_t));
        }
        let permit = allocation.permit.and_then(|index| problem.permits().get(index.0));
        for id in permit.into_iter().flat_map(|permit| &permit.ceilings) {
            if let Some(index) = problem.ceiling_index(id) {
                *tally.ceilings_g.entry(index).or_default() += mass_g;
            }
        }
        // Goods serve from the first period that begins when they are there, unless they say when.
        let begun = (0..problem.horizon().periods)
            .find(|period| start_of(period_min, *period) >= i128::from(allocation.arrives_min));
        let serving = allocation.serving.as_ref().map(|s| (s.period, i128::from(s.units)));
        if let Some((period, units)) = serving.or(begun.map(|period| (period, units))) {
            *tally.arrivals.entry((allocation.need, period)).or_default() += units;
        }
        // A foreign plan may state any figures; those no real plan has are held at the ends.
        let unit_minutes = units * i128::from(allocation.arrives_min);
        tally.unit_minutes = tally.unit_minutes.saturating_add(unit_minutes);
        let cents = gram_cents / 1_000_000 + i128::from(gram_cents % 1_000_000 > 0);
        tally.cost_cents = tally.cost_cents.saturating_add(cents);
    }

    fn limits(&mut self) {
        let problem = self.problem;
        let kg = |kg: Option<&i64>| i128::from(kg.copied().unwrap_or(0)) * 1000;
        for (stock, units) in &self.tally.stocks {
            let held = problem.stocks().get(stock.0).map_or(0, |stock| i128::from(stock.units));
            if *units > held {
                self.violations.push(Violation::StockExceeded { stock: *stock, units: *units });
            }
        }
        for ((link, from, period), mass_g) in &self.tally.links_g {
            let carries = problem.links().get(link.0).map_or(&[][..], |link| &link.capacity_kg);
            if *mass_g > kg(carries.get(*period)) {
                let (link, from, period, mass_g) = (*link, *from, *period, *mass_g);
                self.violations.push(Violation::CapacityExceeded { link, from, period, mass_g });
            }
        }
        for ((site, period), mass_g) in &self.tally.sites_g {
            let handling = problem.sites().get(site.0).and_then(|s| s.handling_kg.as_ref());
            if handling.is_some_and(|by_period| *mass_g > kg(by_period.get(*period))) {
                let (site, period, mass_g) = (*site, *period, *mass_g);
                self.violations.push(Violation::HandlingExceeded { site, period, mass_g });
            }
        }
        for (ceiling, mass_g) in &self.tally.ceilings_g {
            if *mass_g > kg(problem.ceilings().get(ceiling.0).map(|ceiling| &ceiling.kg)) {
                let (ceiling, mass_g) = (*ceiling, *mass_g);
                self.violations.push(Violation::CeilingExceeded { ceiling, mass_g });
            }
        }
    }

    fn figures(&mut self, plan: &Plan) {
        if plan.unmet.len() != self.problem.needs().len() {
            self.violations.push(Violation::NeedsDiffer);
        }
        let mut found = Terms {
            unit_minutes: self.tally.unit_minutes,
            cost_cents: self.tally.cost_cents,
            ..Terms::default()
        };
        for (index, need) in self.problem.needs().iter().enumerate() {
            let Some(commodity) = self.problem.commodity(&need.commodity) else { continue };
            let need_index = NeedIndex(index);
            let arrivals = &self.tally.arrivals;
            let arriving = |at: usize| arrivals.get(&(need_index, at)).copied().unwrap_or(0);
            let (unmet, units) = left_undone(need, commodity, arriving);
            if units > 0 {
                self.violations.push(Violation::OverServed { need: need_index, units });
            }
            let stated = plan.unmet.get(index).map(|row| row.iter().copied().map(i128::from));
            if stated.is_some_and(|stated| !stated.eq(unmet.iter().copied())) {
                self.violations.push(Violation::UnmetDiffers { need: need_index });
            }
            let (nothing, _) = left_undone(need, commodity, |_| 0);
            let (undone, whole): (i128, i128) = (unmet.iter().sum(), nothing.iter().sum());
            found.burden += undone * i128::from(commodity.weight);
            let share = (undone * 1_000_000).checked_div(whole).unwrap_or(0);
            let share = i64::try_from(share).unwrap_or(i64::MAX);
            found.worst_share_ppm = found.worst_share_ppm.max(share);
        }
        if found != plan.terms {
            self.violations.push(Violation::TermsDiffer { found });
        }
    }
}

fn start_of(period_min: i64, period: usize) -> i128 {
    i128::from(period_min) * i128::try_from(period).unwrap_or(i128::from(i64::MAX))
}

/// The units unmet in each period, and those left over at the end.
fn left_undone(
    need: &Need,
    commodity: &Commodity,
    arriving: impl Fn(usize) -> i128,
) -> (Vec<i128>, i128) {
    let (mut arrived, mut used, mut asked) = (0_i128, 0_i128, 0_i128);
    let mut too_soon = 0_i128;
    let mut unmet = Vec::with_capacity(need.wanted.len());
    for (period, wanted) in need.wanted.iter().copied().map(i128::from).enumerate() {
        arrived += arriving(period);
        asked = if commodity.perishing { wanted } else { asked + wanted };
        let served = asked.min(arrived - used);
        used += served;
        asked -= served;
        unmet.push(asked);
        if commodity.loss_ppm_per_day > 0 {
            // It says when it is handed out; what is of no use then is of none later.
            too_soon += arrived - used;
            arrived = used;
        }
    }
    (unmet, too_soon + arrived - used)
}

/// What is left by period of goods that are lost with time, by the rule of [`Commodity::left`]:
/// computed here anew.
struct Left {
    since: usize,
    // INVARIANT: not empty.
    parts: Vec<i128>,
}

impl Left {
    fn new(commodity: &Commodity, horizon: &Horizon, since: usize) -> Option<Self> {
        if commodity.loss_ppm_per_day == 0 {
            return None;
        }
        // Of a million parts, those lost in a day; of a day, the minutes of a period.
        let day = 1_000_000 * 1440;
        let lost = i128::from(commodity.loss_ppm_per_day) * i128::from(horizon.period_min);
        let mut parts = vec![i128::from(WHOLE)];
        for _ in 0..horizon.periods {
            parts.extend(parts.last().map(|now| now * (day - lost).max(0) / day));
        }
        Some(Self { since, parts })
    }

    fn at(&self, period: usize) -> i128 {
        self.parts.get(period).or(self.parts.last()).copied().unwrap_or(1).max(1)
    }

    fn of(&self, amount: i128, period: usize) -> i128 {
        amount.saturating_mul(self.at(period)) / self.at(self.since)
    }

    fn of_rounded_up(&self, amount: i128, period: usize) -> i128 {
        let since = self.at(self.since);
        amount.saturating_mul(self.at(period)).saturating_add(since - 1) / since
    }
}

#[cfg(test)]
mod tests;
