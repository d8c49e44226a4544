//! What one change to a problem would do: plan again with it and compare.
//!
//! A change is a question put to the model, never a prediction about a party.

use std::collections::BTreeSet;

use pumasi_base::catalog::Cause;

use crate::certificate::{Proof, prove};
use crate::explain::{Cut, explain, overall};
use crate::plan::Plan;
use crate::problem::{
    CeilingIndex, ClauseRef, Closure, LinkIndex, PermitIndex, Problem, ProblemError, Suspension,
};
use crate::solve::{solve, solve_with_proof};

/// How large, in percent, a link or a ceiling is made to see what that gains.
const LARGER_PERCENT: i64 = 110;

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
                *kg = kg.saturating_mul(*percent) / 100;
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
    }
    Problem::new(parts)
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
/// A closed link is opened, a suspended clause resumed, a full link or a ceiling made a tenth
/// larger. Gains are each against `plan` and do not add up.
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
    let mut changes: Vec<Change> = Vec::new();
    for limit in overall(&explain(problem, plan)) {
        for change in easing(problem, &limit.cut) {
            if !changes.contains(&change) {
                changes.push(change);
            }
        }
    }
    changes
}

/// The changes that ease one limit.
fn easing(problem: &Problem, cut: &Cut) -> Vec<Change> {
    match cut {
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
        Cut::NoPermit { suspended, .. } => {
            let clause = |index: &PermitIndex| Some(&problem.permits().get(index.0)?.clause);
            let clauses: BTreeSet<&ClauseRef> = suspended.iter().filter_map(clause).collect();
            clauses.into_iter().map(|clause| Change::ResumePermits(rows(problem, clause))).collect()
        }
        Cut::Together { cuts } => cuts.iter().flat_map(|cut| easing(problem, cut)).collect(),
        Cut::NoStock | Cut::TooLate { .. } | Cut::HandlingFull { .. } | Cut::NotPlanned => {
            Vec::new()
        }
    }
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
        Change::OpenLink(_) | Change::ResumePermits(_) | Change::SetCeiling(..) => false,
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
