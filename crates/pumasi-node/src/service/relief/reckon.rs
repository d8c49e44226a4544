//! From a case to a plan that was checked, proved and explained.

use std::collections::BTreeSet;

use pumasi_act::Refusal;
use pumasi_act::permission::refusal;
use pumasi_agreement::{Action, Agreements, Decision, Effect, Outcome, Question, decide};
use pumasi_base::{Catalog, Digest, PartyId, PurposeId, Status, Time};
use pumasi_flow::{
    Binding, Loaded, Plan, Problem, Proof, check, explain, load, prove, solve_with_proof,
};
use pumasi_view::loading::means;
use pumasi_view::problem::{Posed, ProblemFault, ProblemInputs, Size, problem};

use super::{AuthorError, ReliefError, Service};

/// What is to be planned for.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub(super) case: String,
    pub(super) status: Status,
    /// When the event began.
    pub(super) origin: Time,
    pub(super) start: Time,
    pub(super) purpose: PurposeId,
    pub(super) hours: i64,
    pub(super) period_hours: i64,
    pub(super) size: Option<String>,
    pub(super) requested: bool,
    pub(super) able: BTreeSet<PartyId>,
    pub(super) unreachable: BTreeSet<PartyId>,
}

/// A plan with what shows how good it is.
#[derive(Debug, Clone)]
pub(super) struct Reckoned {
    pub(super) problem: Problem,
    /// The plan, as it is loaded.
    pub(super) plan: Plan,
    /// The plan as it was before it was loaded; absent where it was read back.
    pub(super) unloaded: Option<Plan>,
    /// Canonical text of the prices behind the proof.
    pub(super) certificate: String,
    pub(super) proof: Proof,
    pub(super) bindings: Vec<Binding>,
    /// What the problem had to leave out.
    pub(super) findings: Vec<String>,
}

impl Reckoned {
    /// Digest of the prices behind the proof.
    pub(super) fn certificate_digest(&self) -> Digest {
        Digest::of(self.certificate.as_bytes())
    }
}

impl Service {
    /// Poses the problem, plans, checks, proves and explains.
    pub(super) fn reckon(&self, asked: &Asked) -> Result<Reckoned, ReliefError> {
        let (catalog, factors) = self
            .with_library(|library| (library.catalog.clone(), library.estimator.factors().clone()));
        let agreements = self.in_use(asked.status, asked.start).compile();
        let agreements = agreements.map_err(|e| ReliefError::Problem(vec![e.to_string()]))?;
        let size = size(asked.size.as_deref(), asked.origin, asked.start)?;
        let Posed { problem, findings } = self
            .with_matters(|held| {
                problem(&ProblemInputs {
                    catalog: &catalog,
                    factors: &factors,
                    agreements: &agreements,
                    held,
                    planner: self.party(),
                    case: &asked.case,
                    start: asked.start,
                    horizon_hours: asked.hours,
                    period_hours: asked.period_hours,
                    able: &asked.able,
                    unreachable: &asked.unreachable,
                    requested: asked.requested,
                    purpose: &asked.purpose,
                    size,
                })
            })
            .map_err(|fault| fault_of(&fault))?;
        if let Some(refusal) = nobody_may(asked, &agreements, &catalog, &problem) {
            return Err(AuthorError::Refused(Box::new(refusal)).into());
        }
        let solved = solve_with_proof(&problem);
        let Loaded { plan, .. } = load(&problem, &means(&catalog), &solved.plan);
        // INVARIANT: no plan leaves here that the independent check has not passed.
        check(&problem, &plan).map_err(|violations| {
            ReliefError::Unsound(violations.iter().map(ToString::to_string).collect())
        })?;
        Ok(Reckoned {
            proof: prove(&problem, &solved.certificate),
            bindings: explain(&problem, &plan),
            certificate: solved.certificate.text(&problem),
            plan,
            unloaded: Some(solved.plan),
            problem,
            findings: findings.iter().map(ToString::to_string).collect(),
        })
    }
}

/// Why there is no plan at all: no agreement lets anybody send anything for this purpose.
///
/// The refusal cites the clause that comes nearest, so that the planner sees what is missing.
fn nobody_may(
    asked: &Asked,
    agreements: &Agreements,
    catalog: &Catalog,
    problem: &Problem,
) -> Option<Refusal> {
    if !problem.permits().is_empty() || problem.needs().is_empty() {
        return None;
    }
    let mut nearest: Option<Decision> = None;
    for need in problem.needs() {
        let Some(commodity) = catalog.commodities.get(&need.commodity) else { continue };
        for giver in asked.able.iter().filter(|giver| **giver != need.receiver) {
            let question = Question::new(
                Action::Order,
                giver.clone(),
                need.receiver.clone(),
                commodity.category.clone(),
                asked.purpose.clone(),
                asked.status,
                asked.start,
            );
            let decision = decide(agreements, &question);
            let cites = |decision: &Decision| {
                let forbids = decision.clauses.iter().any(|c| c.effect == Effect::Forbids);
                (forbids, decision.clauses.len())
            };
            if nearest.as_ref().is_none_or(|known| cites(known) < cites(&decision)) {
                nearest = Some(decision);
            }
        }
    }
    nearest.filter(|decision| decision.outcome == Outcome::Refused).map(|d| refusal(&d))
}

fn size(word: Option<&str>, origin: Time, start: Time) -> Result<Size, ReliefError> {
    match word {
        None => Ok(Size::usual(origin, start)),
        Some("low") => Ok(Size::Low),
        Some("central") => Ok(Size::Central),
        Some("high") => Ok(Size::High),
        Some(other) => Err(ReliefError::Problem(vec![format!(
            "`{other}` is no size: use low, central or high"
        )])),
    }
}

fn fault_of(fault: &ProblemFault) -> ReliefError {
    match fault {
        ProblemFault::CaseUnknown(case) => ReliefError::NoCase(case.clone()),
        other => ReliefError::Problem(vec![other.to_string()]),
    }
}
