//! Planning: who may send what to whom, checked by code that did not make the plan.

use std::collections::BTreeSet;

use pumasi_act::kinds::choose_plan::ChoosePlan;
use pumasi_act::permission::refusal;
use pumasi_act::{ActId, Refusal};
use pumasi_agreement::{Action, Agreements, Decision, Effect, Outcome, Question, decide};
use pumasi_base::{Catalog, Digest, OfficerId, PartyId, PurposeId, Status, Time};
use pumasi_flow::{Problem, bound, check, explain, solve};
use pumasi_view::chosen::plan_of;
use pumasi_view::problem::{ProblemFault, ProblemInputs, Size, problem};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{AuthorError, NewAct, ReliefError, Service};

/// What to plan for.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanForm {
    /// The matter the plan is stated in.
    pub matter: ActId,
    /// The case.
    pub case: String,
    /// What the aid is for.
    pub purpose: PurposeId,
    /// Hours covered.
    pub hours: i64,
    /// Hours in a period.
    pub period_hours: i64,
    /// Which estimate sizes it: `low`, `central` or `high`; by the hour when left out.
    #[serde(default)]
    pub size: Option<String>,
    /// Whether all needs count as asked for; otherwise only standing consents move goods.
    pub requested: bool,
    /// Who can give; those whose nodes answer when left out.
    #[serde(default)]
    pub able: Option<BTreeSet<PartyId>>,
    /// Who cannot be reached; those whose nodes do not answer when left out.
    #[serde(default)]
    pub unreachable: Option<BTreeSet<PartyId>>,
    /// Whether to state the plan as an act.
    pub choose: bool,
    /// Who signs that.
    pub officers: BTreeSet<OfficerId>,
    /// The drill's time.
    #[serde(default)]
    pub time: Option<Time>,
}

/// A plan, judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanAnswer {
    /// The act that states it, when it was chosen.
    pub act: Option<ActId>,
    /// Digest of the problem.
    pub problem: Digest,
    /// The plan.
    pub plan: ChoosePlan,
    /// Moves of parties' own stock, which need no clause.
    pub own_moves: usize,
    /// Burden of the plan: unit-periods unmet times weight.
    pub burden: String,
    /// No plan can have a smaller burden than this.
    pub burden_bound: String,
    /// The burden if nothing moved.
    pub burden_without_relief: String,
    /// What had to be left out of the problem.
    pub findings: Vec<String>,
    /// Microseconds to make, check and explain it.
    pub micros: u64,
}

impl Service {
    /// Plans for a case, and states the plan where asked to.
    ///
    /// # Errors
    /// When the case has no needs, the catalog contradicts itself, or the plan fails the check.
    pub fn plan(&self, form: &PlanForm, now: Time) -> Result<PlanAnswer, ReliefError> {
        let status = self.status_of(&form.matter);
        let status = status.ok_or(AuthorError::MatterUnknown(form.matter))?;
        let start = super::super::claimed(status, form.time, now);
        let started = std::time::Instant::now();
        let (catalog, factors) = self
            .with_library(|library| (library.catalog.clone(), library.estimator.factors().clone()));
        let agreements = self.in_use(status, start).compile();
        let agreements = agreements.map_err(|e| ReliefError::Problem(vec![e.to_string()]))?;
        let able = form.able.clone().unwrap_or_default();
        let unreachable = form.unreachable.clone().unwrap_or_default();
        let origin = self.with_state(form.matter, |state| state.genesis.origin).unwrap_or(start);
        let size = size(form.size.as_deref(), origin, start)?;
        let posed = self
            .with_matters(|held| {
                problem(&ProblemInputs {
                    catalog: &catalog,
                    factors: &factors,
                    agreements: &agreements,
                    held,
                    planner: self.party(),
                    case: &form.case,
                    start,
                    horizon_hours: form.hours,
                    period_hours: form.period_hours,
                    able: &able,
                    unreachable: &unreachable,
                    requested: form.requested,
                    purpose: &form.purpose,
                    size,
                })
            })
            .map_err(|fault| fault_of(&fault))?;
        if let Some(refusal) =
            nobody_may(form, &agreements, &catalog, &posed.problem, status, start)
        {
            return Err(AuthorError::Refused(Box::new(refusal)).into());
        }
        let plan = solve(&posed.problem);
        // INVARIANT: no plan leaves here that the independent check has not passed.
        check(&posed.problem, &plan).map_err(|violations| {
            ReliefError::Unsound(violations.iter().map(ToString::to_string).collect())
        })?;
        let bindings = explain(&posed.problem, &plan);
        let bounds = bound(&posed.problem);
        let chosen = plan_of(&catalog, &form.purpose, &posed.problem, &plan, &bindings);
        let micros = started.elapsed().as_micros().try_into().unwrap_or(u64::MAX);
        let act = if form.choose { Some(self.choose(form, &chosen.body, now)?) } else { None };
        Ok(PlanAnswer {
            act,
            problem: posed.problem.digest(),
            plan: chosen.body,
            own_moves: chosen.own_moves,
            burden: plan.terms.burden.to_string(),
            burden_bound: bounds.burden.to_string(),
            burden_without_relief: bounds.burden_without_relief.to_string(),
            findings: posed.findings.iter().map(ToString::to_string).collect(),
            micros,
        })
    }

    fn choose(&self, form: &PlanForm, body: &ChoosePlan, now: Time) -> Result<ActId, AuthorError> {
        let act = NewAct {
            matter: form.matter,
            kind: "choose_plan".to_owned(),
            body: json!(body),
            officers: form.officers.clone(),
            clause: None,
            time: form.time,
            personal: None,
        };
        self.author(act, now)
    }
}

/// Why there is no plan at all: no agreement lets anybody send anything for this purpose.
///
/// The refusal cites the clause that comes nearest, so that the planner sees what is missing.
fn nobody_may(
    form: &PlanForm,
    agreements: &Agreements,
    catalog: &Catalog,
    problem: &Problem,
    status: Status,
    start: Time,
) -> Option<Refusal> {
    if !problem.permits().is_empty() || problem.needs().is_empty() {
        return None;
    }
    let mut nearest: Option<Decision> = None;
    for need in problem.needs() {
        let Some(commodity) = catalog.commodities.get(&need.commodity) else { continue };
        for giver in form.able.iter().flatten().filter(|giver| **giver != need.receiver) {
            let question = Question::new(
                Action::Order,
                giver.clone(),
                need.receiver.clone(),
                commodity.category.clone(),
                form.purpose.clone(),
                status,
                start,
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
