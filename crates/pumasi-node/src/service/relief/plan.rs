//! Planning: who may send what to whom, checked by code that did not make the plan.

use std::collections::BTreeSet;

use pumasi_act::ActId;
use pumasi_act::kinds::choose_plan::{ChoosePlan, PlanProof};
use pumasi_base::{Digest, OfficerId, PartyId, PurposeId, Time};
use pumasi_view::chosen::plan_of;
use pumasi_view::page::PlanPage;
use pumasi_view::plan::newest;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::reckon::{Asked, Reckoned};
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
    /// Whether to answer with the page and the texts of the plan as well.
    #[serde(default)]
    pub page: bool,
    /// The drill's time.
    #[serde(default)]
    pub time: Option<Time>,
}

/// Canonical texts, from which anyone can prove a plan again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanTexts {
    /// The problem.
    pub problem: String,
    /// The plan.
    pub plan: String,
    /// The prices that prove it.
    pub certificate: String,
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
    /// Burden and cost of the plan together, in thousandths.
    pub objective_milli: String,
    /// No plan can have less of them.
    pub bound_milli: String,
    /// The burden if nothing moved.
    pub burden_without_relief: String,
    /// How far the plan is above the bound, in parts per million of that burden.
    pub gap_ppm: i64,
    /// What had to be left out of the problem.
    pub findings: Vec<String>,
    /// Microseconds to make, check and explain it.
    pub micros: u64,
    /// What the page of the plan shows, when asked for.
    pub page: Option<PlanPage>,
    /// The texts, when asked for.
    pub texts: Option<PlanTexts>,
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
        let asked = Asked {
            case: form.case.clone(),
            status,
            origin: self.with_state(form.matter, |state| state.genesis.origin).unwrap_or(start),
            start,
            purpose: form.purpose.clone(),
            hours: form.hours,
            period_hours: form.period_hours,
            size: form.size.clone(),
            requested: form.requested,
            able: form.able.clone().unwrap_or_default(),
            unreachable: form.unreachable.clone().unwrap_or_default(),
        };
        let mut made = self.reckon(&asked)?;
        let before = self.with_matters(|held| newest(held, self.party(), &form.case));
        made.plan.parent = before.as_ref().map(|stated| stated.body.plan);
        let (catalog, problem) = (self.with_library(|l| l.catalog.clone()), &made.problem);
        let mut chosen = plan_of(&catalog, &form.purpose, problem, &made.plan, &made.bindings);
        chosen.body.proof = proof_of(&made);
        let micros = started.elapsed().as_micros().try_into().unwrap_or(u64::MAX);
        let page = if form.page { self.page_of(&form.case, start, &made, None) } else { None };
        let act =
            if form.choose { Some(self.choose(form, &chosen.body, &made, now)?) } else { None };
        Ok(PlanAnswer {
            act,
            problem: made.plan.problem,
            plan: chosen.body,
            own_moves: chosen.own_moves,
            burden: made.plan.terms.burden.to_string(),
            objective_milli: made.plan.terms.objective_milli().to_string(),
            bound_milli: made.proof.objective_milli.to_string(),
            burden_without_relief: made.proof.burden_without_relief.to_string(),
            gap_ppm: made.proof.gap_ppm(&made.plan),
            texts: form.page.then(|| texts(&made)),
            findings: made.findings,
            micros,
            page,
        })
    }

    fn choose(
        &self,
        form: &PlanForm,
        body: &ChoosePlan,
        made: &Reckoned,
        now: Time,
    ) -> Result<ActId, ReliefError> {
        // The act names the texts by their digests, so they are kept before it is made.
        let PlanTexts { problem, plan, certificate } = texts(made);
        for text in [problem, plan, certificate] {
            self.ledger.put_blob(text.as_bytes())?;
        }
        let act = NewAct {
            matter: form.matter,
            kind: "choose_plan".to_owned(),
            body: json!(body),
            officers: form.officers.clone(),
            clause: None,
            time: form.time,
            personal: None,
        };
        Ok(self.author(act, now)?)
    }
}

fn texts(made: &Reckoned) -> PlanTexts {
    PlanTexts {
        problem: made.problem.text(),
        plan: made.plan.text(&made.problem),
        certificate: made.certificate.clone(),
    }
}

/// What the act states of the proof; nothing where a sum is beyond what an act holds.
fn proof_of(made: &Reckoned) -> Option<PlanProof> {
    Some(PlanProof {
        problem: made.plan.problem,
        certificate: made.certificate_digest(),
        objective_milli: made.plan.terms.objective_milli().try_into().ok()?,
        bound_milli: made.proof.objective_milli.try_into().ok()?,
        gap_ppm: made.proof.gap_ppm(&made.plan),
    })
}
