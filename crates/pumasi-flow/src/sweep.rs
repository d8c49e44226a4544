//! What one change to a problem would do: plan again with it and compare.
//!
//! A change is a question put to the model, never a prediction about a party.

use pumasi_base::catalog::Cause;

use crate::plan::{Plan, Terms};
use crate::problem::{
    CeilingIndex, Closure, LinkIndex, PermitIndex, Problem, ProblemError, Suspension,
};
use crate::solve::solve;

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
    /// What it is worth.
    pub after: Terms,
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
/// # Errors
/// As [`changed`].
pub fn gain(problem: &Problem, plan: &Plan, change: &Change) -> Result<Gain, Vec<ProblemError>> {
    let plan_after = solve(&changed(problem, change)?);
    let burden = plan.terms.burden - plan_after.terms.burden;
    Ok(Gain { after: plan_after.terms, plan: plan_after, burden })
}
