//! What one change to a problem would do: plan again with it and compare.
//!
//! A change is a question put to the model, never a prediction about a party.

use std::collections::BTreeSet;

use pumasi_base::PartyId;
use pumasi_base::catalog::{Cause, Mode};

use crate::certificate::{Proof, prove};
use crate::explain::{Binding, Cut, explain, overall};
use crate::plan::Plan;
use crate::problem::{
    CeilingIndex, ClauseRef, Closure, LinkIndex, Need, NeedIndex, Permit, PermitIndex, Problem,
    ProblemError, SiteIndex, Stock, StockIndex, Suspension,
};
use crate::solve::{solve, solve_with_proof};

/// How large, in percent, a limit is made to see what that gains.
const LARGER_PERCENT: i64 = 110;
/// What an agreement that does not exist is called where a problem must name one.
const MISSING: (&str, &str) = ("missing-agreement", "relief");

/// One thing that could be otherwise.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// A link is open throughout.
    OpenLink(LinkIndex),
    /// A link is closed throughout, for the cause given.
    CloseLink(LinkIndex, Cause),
    /// A link carries so many percent of what it carries.
    ScaleLink(LinkIndex, i64),
    /// Permits are in force that are suspended; all rows of one clause change together.
    ResumePermits(Vec<PermitIndex>),
    /// Permits are suspended, for the cause given.
    SuspendPermits(Vec<PermitIndex>, Cause),
    /// A ceiling is so many kilograms.
    SetCeiling(CeilingIndex, i64),
    /// A stock is so many percent of what it is.
    ScaleStock(StockIndex, i64),
    /// So many units of what a need wants lie at its site from the start, and are the receiver's.
    LayIn(NeedIndex, i64),
    /// A site takes in so many percent of what it takes in.
    ScaleHandling(SiteIndex, i64),
    /// An agreement lets a party give what a need wants to who receives it: at once, unasked, by
    /// any way and over any ground, which is the most that an agreement could bring.
    Permit(PartyId, NeedIndex),
}

/// What a change does to everyone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gain {
    /// The plan with the change.
    pub plan: Plan,
    /// How much burden it takes away; below zero where it adds some. Since plans are made by a
    /// heuristic, a small figure of either sign may be noise.
    pub burden: i128,
}

/// The problem with `change` made.
///
/// # Errors
/// Where the changed parts are no problem, such as a capacity out of range. A change to something
/// the problem does not have changes nothing.
pub fn changed(problem: &Problem, change: &Change) -> Result<Problem, Vec<ProblemError>> {
    let mut parts = problem.clone().into_parts();
    let suspend = |parts: &mut crate::problem::ProblemParts,
                   permits: &[PermitIndex],
                   to: Option<&Suspension>| {
        for index in permits {
            if let Some(permit) = parts.permits.get_mut(index.0) {
                permit.suspended = to.cloned();
            }
        }
    };
    match change {
        Change::OpenLink(index) => {
            if let Some(link) = parts.links.get_mut(index.0) {
                link.closures.clear();
            }
        }
        Change::CloseLink(index, cause) => {
            let until_period = parts.horizon.periods;
            if let Some(link) = parts.links.get_mut(index.0) {
                let cause = *cause;
                link.closures = vec![Closure { from_period: 0, until_period, cause, note: None }];
            }
        }
        Change::ScaleLink(index, percent) => {
            for kg in parts.links.get_mut(index.0).into_iter().flat_map(|l| &mut l.capacity_kg) {
                *kg = scaled(*kg, *percent);
            }
        }
        Change::ResumePermits(permits) => suspend(&mut parts, permits, None),
        Change::SuspendPermits(permits, cause) => {
            suspend(&mut parts, permits, Some(&Suspension { cause: *cause, note: None }));
        }
        Change::SetCeiling(index, kg) => {
            if let Some(ceiling) = parts.ceilings.get_mut(index.0) {
                ceiling.kg = *kg;
            }
        }
        Change::ScaleStock(index, percent) => {
            if let Some(stock) = parts.stocks.get_mut(index.0) {
                stock.units = scaled(stock.units, *percent);
            }
        }
        Change::LayIn(need, units) => {
            if let Some(need) = problem.needs().get(need.0) {
                lay_in(&mut parts.stocks, need, *units);
            }
        }
        Change::ScaleHandling(index, percent) => {
            let handling = parts.sites.get_mut(index.0).and_then(|site| site.handling_kg.as_mut());
            for kg in handling.into_iter().flatten() {
                *kg = scaled(*kg, *percent);
            }
        }
        Change::Permit(giver, need) => {
            parts.permits.extend(missing_permit(problem, giver, *need));
        }
    }
    Problem::new(parts)
}

/// Adds to what the receiver of a need has at its site from the start.
fn lay_in(stocks: &mut Vec<Stock>, need: &Need, units: i64) {
    let is_it = |stock: &&mut Stock| {
        (&stock.owner, &stock.site, &stock.commodity, stock.release_period)
            == (&need.receiver, &need.site, &need.commodity, 0)
    };
    match stocks.iter_mut().find(is_it) {
        Some(stock) => stock.units = stock.units.saturating_add(units),
        None => stocks.push(Stock {
            owner: need.receiver.clone(),
            site: need.site.clone(),
            commodity: need.commodity.clone(),
            units,
            release_period: 0,
        }),
    }
}

/// So many percent of a figure, rounded up, so that what is made larger is larger.
const fn scaled(figure: i64, percent: i64) -> i64 {
    figure.saturating_mul(percent).saturating_add(99) / 100
}

/// The permit of an agreement that does not exist.
fn missing_permit(problem: &Problem, giver: &PartyId, need: NeedIndex) -> Option<Permit> {
    let need = problem.needs().get(need.0)?;
    let clause = ClauseRef { agreement: MISSING.0.parse().ok()?, clause: MISSING.1.parse().ok()? };
    Some(Permit {
        clause,
        giver: giver.clone(),
        receiver: need.receiver.clone(),
        commodities: BTreeSet::from([need.commodity.clone()]),
        modes: Mode::ALL.into(),
        through: None,
        earliest_period: 0,
        ceilings: BTreeSet::new(),
        push: true,
        suspended: None,
    })
}

/// What `change` would gain over `plan`.
///
/// Taking away what the plan does not use leaves the plan as it is, and so gains exactly nothing.
///
/// # Errors
/// As [`changed`].
pub fn gain(problem: &Problem, plan: &Plan, change: &Change) -> Result<Gain, Vec<ProblemError>> {
    let after = changed(problem, change)?;
    let plan_after = if takes_unused(plan, change) {
        Plan { problem: after.digest(), ..plan.clone() }
    } else {
        solve(&after)
    };
    let burden = plan.terms.burden - plan_after.terms.burden;
    Ok(Gain { plan: plan_after, burden })
}

/// What would help most: for up to `count` of the limits that cost most, what easing it gains when
/// everything is planned again, the largest gain first. What gains nothing is left out.
///
/// A closed link is opened, a suspended clause resumed; a full link, ceiling or port and a stock
/// that is used up are made a tenth larger; where nobody has any or nothing comes in time, a tenth
/// of what is wanted is laid in; where no agreement lets goods come, the one that is missing is put
/// in. Gains are each against `plan` and do not add up.
#[must_use]
pub fn remedies(problem: &Problem, plan: &Plan, count: usize) -> Vec<(Change, Gain)> {
    let mut changes = candidates(problem, plan);
    changes.truncate(count);
    let tried = |change: Change| {
        let gain = gain(problem, plan, &change).ok()?;
        (gain.burden > 0).then_some((change, gain))
    };
    let mut remedies: Vec<(Change, Gain)> = changes.into_iter().filter_map(tried).collect();
    remedies.sort_by(|(a, one), (b, two)| two.burden.cmp(&one.burden).then_with(|| a.cmp(b)));
    remedies
}

/// A change, weighed by proofs of both plans.
///
/// Gains are differences of [`crate::Terms::objective_milli`], above zero where the change helps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weighed {
    /// The change.
    pub change: Change,
    /// By how much the plan with the change is better than the plan at hand.
    pub gain_milli: i128,
    /// By how much the best plan with it is better than the best plan without it, at least.
    pub least_milli: i128,
    /// The same, at most.
    pub most_milli: i128,
}

/// As [`remedies`], with what the best plans gain at least and at most, by the proofs of both: of
/// up to `tries` changes the `count` that gain most.
///
/// No change here takes anything away, so that the best plan never loses by it.
#[must_use]
pub fn weighed(
    problem: &Problem,
    plan: &Plan,
    proof: &Proof,
    (tries, count): (usize, usize),
) -> Vec<Weighed> {
    let before = (plan.terms.objective_milli(), proof.objective_milli);
    let weigh = |change: Change| {
        let after = changed(problem, &change).ok()?;
        let solved = solve_with_proof(&after);
        let bound = prove(&after, &solved.certificate).objective_milli;
        let objective = solved.plan.terms.objective_milli();
        let gain_milli = before.0 - objective;
        (gain_milli > 0).then_some(Weighed {
            change,
            gain_milli,
            least_milli: (before.1 - objective).max(0),
            most_milli: (before.0 - bound).max(gain_milli),
        })
    };
    let tried = candidates(problem, plan).into_iter().take(tries);
    let mut weighed: Vec<Weighed> = tried.filter_map(weigh).collect();
    weighed.sort_by(|a, b| b.gain_milli.cmp(&a.gain_milli).then_with(|| a.change.cmp(&b.change)));
    weighed.truncate(count);
    weighed
}

/// Every change that eases a limit, the costliest limit first.
fn candidates(problem: &Problem, plan: &Plan) -> Vec<Change> {
    let bindings = explain(problem, plan);
    let mut changes: Vec<Change> = Vec::new();
    for limit in overall(&bindings) {
        let is_first =
            |binding: &&Binding| binding.costs.first().is_some_and(|cost| cost.cut == limit.cut);
        let needs: Vec<NeedIndex> = bindings.iter().filter(is_first).map(|b| b.need).collect();
        for change in easing(problem, plan, &limit.cut, &needs) {
            if !changes.contains(&change) {
                changes.push(change);
            }
        }
    }
    changes
}

/// The changes that ease one limit for the `needs` it stops, the heaviest of them first.
fn easing(problem: &Problem, plan: &Plan, cut: &Cut, needs: &[NeedIndex]) -> Vec<Change> {
    match cut {
        Cut::NoLink { closed } if closed.is_empty() => laid_in(problem, needs),
        Cut::NoLink { closed } => closed.iter().copied().map(Change::OpenLink).collect(),
        Cut::CapacityFull { links } => {
            links.iter().map(|link| Change::ScaleLink(*link, LARGER_PERCENT)).collect()
        }
        Cut::CeilingReached { ceilings } => {
            let larger = |index: &CeilingIndex| {
                let kg = problem.ceilings().get(index.0)?.kg;
                Some(Change::SetCeiling(*index, kg.saturating_mul(LARGER_PERCENT) / 100))
            };
            ceilings.iter().filter_map(larger).collect()
        }
        Cut::NoPermit { givers, suspended, .. } => {
            let permits: Vec<&Permit> =
                suspended.iter().filter_map(|index| problem.permits().get(index.0)).collect();
            let clauses: BTreeSet<&ClauseRef> = permits.iter().map(|one| &one.clause).collect();
            let resumed =
                clauses.into_iter().map(|clause| Change::ResumePermits(rows(problem, clause)));
            // Who has an agreement that is only suspended needs no other.
            let without =
                givers.iter().filter(|giver| permits.iter().all(|permit| permit.giver != **giver));
            let missing = without.take(GIVERS_TRIED).flat_map(|giver| {
                needs.iter().take(1).map(|need| Change::Permit(giver.clone(), *need))
            });
            resumed.chain(missing).collect()
        }
        Cut::HandlingFull { sites } => {
            sites.iter().map(|site| Change::ScaleHandling(*site, LARGER_PERCENT)).collect()
        }
        Cut::NoStock => needs.iter().flat_map(|need| more_stock(problem, plan, *need)).collect(),
        Cut::Together { cuts } => {
            cuts.iter().flat_map(|cut| easing(problem, plan, cut, needs)).collect()
        }
        // What comes from anywhere comes too late.
        Cut::TooLate { .. } => laid_in(problem, needs),
        Cut::NotPlanned => Vec::new(),
    }
}

/// Of who could give under an agreement that is missing, how many are tried for one limit.
const GIVERS_TRIED: usize = 2;

/// More of the stocks of what a need wants that are used up; where there is none, some laid in.
fn more_stock(problem: &Problem, plan: &Plan, index: NeedIndex) -> Vec<Change> {
    let Some(need) = problem.needs().get(index.0) else { return Vec::new() };
    let used = |stock: StockIndex| -> i64 {
        plan.allocations.iter().filter(|a| a.stock == stock).map(|a| a.units).sum()
    };
    let stocks = problem.stocks().iter().enumerate();
    let used_up: Vec<Change> = stocks
        .filter(|(at, stock)| {
            stock.commodity == need.commodity
                && stock.units > 0
                && used(StockIndex(*at)) >= stock.units
        })
        .map(|(at, _)| Change::ScaleStock(StockIndex(at), LARGER_PERCENT))
        .collect();
    if used_up.is_empty() { laid_in(problem, &[index]) } else { used_up }
}

/// A tenth of what each of some needs wants, laid in where it is needed.
fn laid_in(problem: &Problem, needs: &[NeedIndex]) -> Vec<Change> {
    let change = |index: &NeedIndex| {
        let wanted = &problem.needs().get(index.0)?.wanted;
        let sum = wanted.iter().fold(0_i64, |sum, units| sum.saturating_add(*units));
        let units = scaled(sum, LARGER_PERCENT - 100);
        (units > 0).then_some(Change::LayIn(*index, units))
    };
    needs.iter().filter_map(change).collect()
}

/// The suspended permits of `clause`.
fn rows(problem: &Problem, clause: &ClauseRef) -> Vec<PermitIndex> {
    let permits = problem.permits().iter().enumerate();
    permits
        .filter(|(_, permit)| permit.suspended.is_some() && permit.clause == *clause)
        .map(|(index, _)| PermitIndex(index))
        .collect()
}

/// Whether `change` only takes away what no allocation of `plan` uses.
fn takes_unused(plan: &Plan, change: &Change) -> bool {
    let uses = |link: &LinkIndex| {
        plan.allocations.iter().flat_map(|a| &a.route).any(|leg| leg.link == *link)
    };
    match change {
        Change::CloseLink(link, _) => !uses(link),
        Change::ScaleLink(link, percent) => *percent <= 100 && !uses(link),
        Change::SuspendPermits(permits, _) => {
            plan.allocations.iter().all(|a| a.permit.is_none_or(|used| !permits.contains(&used)))
        }
        Change::OpenLink(_)
        | Change::ResumePermits(_)
        | Change::SetCeiling(..)
        | Change::ScaleStock(..)
        | Change::LayIn(..)
        | Change::ScaleHandling(..)
        | Change::Permit(..) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case;
    use crate::check::check as judge;

    /// A road and a ferry, each with half of what is needed; a third link nobody uses.
    const WORLD: &str = "
        water 1000 perishing 3
        site a\n site b\n site c
        link ferry a b sea 30 5 1
        link idle b c road 30 5 1
        link road a b road 50 5 1
        stock kr a water 99 @0
        need p b jp water 0,10,0,0
        permit x#1 kr jp water road,sea ceiling=20
        permit y#1 kr jp water air suspended
    ";

    #[track_caller]
    fn check(change: &Change, expected: i128) {
        let problem = case::problem(WORLD);
        let plan = solve(&problem);
        assert_eq!(plan.terms.burden, 0);
        let gain = gain(&problem, &plan, change).unwrap();
        assert_eq!(gain.burden, expected, "{change:?}");
        let after = changed(&problem, change).unwrap();
        assert_eq!(judge(&after, &gain.plan).map(|_| ()), Ok(()), "{change:?}");
    }

    #[test]
    fn taking_away_what_is_used_costs_and_what_is_not_does_not() {
        let cause = Cause::Relations;
        check(&Change::CloseLink(LinkIndex(0), cause), -15);
        check(&Change::CloseLink(LinkIndex(1), cause), 0);
        check(&Change::ScaleLink(LinkIndex(2), 40), -9);
        check(&Change::ScaleLink(LinkIndex(2), 300), 0);
        check(&Change::SuspendPermits(vec![PermitIndex(0)], cause), -30);
        check(&Change::SuspendPermits(vec![PermitIndex(1)], cause), 0);
        check(&Change::SetCeiling(CeilingIndex(0), 7), -9);
    }

    #[track_caller]
    fn check_remedies(text: &str, expected: &[(Change, i128)]) {
        let problem = case::problem(text);
        let found: Vec<(Change, i128)> = remedies(&problem, &solve(&problem), 9)
            .into_iter()
            .map(|(change, gain)| (change, gain.burden))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn what_would_help_is_found_by_planning_again() {
        let world = "water 1000 perishing 3\n site a\n site b\n stock kr a water 99 @0
                     need p b jp water 0,40,0,0\n";
        let permit = "permit x#1 kr jp water road,sea";
        check_remedies(
            &format!("{world} {permit}\n link sea a b sea 30 50 1 closed=0..4"),
            &[(Change::OpenLink(LinkIndex(0)), 120)],
        );
        check_remedies(
            &format!("{world} {permit}\n link road a b road 30 20 1"),
            &[(Change::ScaleLink(LinkIndex(0), 110), 6)],
        );
        check_remedies(
            &format!("{world} {permit} ceiling=30\n link road a b road 30 50 1"),
            &[(Change::SetCeiling(CeilingIndex(0), 33), 9)],
        );
        check_remedies(
            &format!("{world} {permit} suspended\n link road a b road 30 50 1"),
            &[(Change::ResumePermits(vec![PermitIndex(0)]), 120)],
        );
        // Each of two limits alone gains nothing.
        check_remedies(
            &format!("{world} {permit} suspended\n link road a b road 30 50 1 closed=0..4"),
            &[],
        );
        check_remedies(
            "water 1000 perishing 3\n site a\n site b\n stock kr a water 20 @0
             need p b jp water 0,40,0,0\n permit x#1 kr jp water road
             link road a b road 30 50 1",
            &[(Change::ScaleStock(StockIndex(0), 110), 6)],
        );
        check_remedies(
            "water 1000 perishing 3\n site b\n need p b jp water 0,40,0,0",
            &[(Change::LayIn(NeedIndex(0), 4), 12)],
        );
        check_remedies(
            &format!("{world} link road a b road 30 50 1"),
            &[(Change::Permit("kr".parse().unwrap(), NeedIndex(0)), 120)],
        );
        // A perfect plan has nothing to gain.
        check_remedies(WORLD, &[]);
    }

    #[test]
    fn what_a_change_gains_lies_between_its_ends() {
        let problem = case::problem(
            "water 1000 perishing 3\n site a\n site b\n stock kr a water 99 @0
             need p b jp water 0,40,0,0\n permit x#1 kr jp water road,sea
             link road a b road 30 20 1\n link sea a b sea 30 50 1 closed=0..4",
        );
        let solved = solve_with_proof(&problem);
        let proof = prove(&problem, &solved.certificate);
        let found = weighed(&problem, &solved.plan, &proof, (9, 5));
        // Twenty litres come by the road, by sea the other twenty would, three a litre.
        assert_eq!(found[0].change, Change::OpenLink(LinkIndex(1)));
        assert!((59_900..=60_100).contains(&found[0].gain_milli), "{found:?}");
        assert!(!found.is_empty());
        for one in &found {
            assert!(one.least_milli <= one.gain_milli && one.gain_milli <= one.most_milli);
        }
        assert_eq!(weighed(&problem, &solved.plan, &proof, (9, 0)), []);
    }

    #[test]
    fn a_change_can_be_undone() {
        let problem = case::problem(WORLD);
        let cause = Cause::Weather;
        for (there, back) in [
            (Change::CloseLink(LinkIndex(0), cause), Change::OpenLink(LinkIndex(0))),
            (
                Change::SuspendPermits(vec![PermitIndex(0)], cause),
                Change::ResumePermits(vec![PermitIndex(0)]),
            ),
        ] {
            let gone = changed(&problem, &there).unwrap();
            assert_ne!(gone.digest(), problem.digest());
            assert_eq!(changed(&gone, &back).unwrap().digest(), problem.digest());
            let worse = solve(&gone);
            assert!(gain(&gone, &worse, &back).unwrap().burden > 0, "{back:?}");
        }
    }

    #[test]
    fn a_change_out_of_range_is_refused() {
        let problem = case::problem(WORLD);
        assert!(changed(&problem, &Change::ScaleLink(LinkIndex(0), -100)).is_err());
        assert!(changed(&problem, &Change::SetCeiling(CeilingIndex(0), -1)).is_err());
    }
}
