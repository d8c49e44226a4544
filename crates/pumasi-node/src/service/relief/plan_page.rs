//! The page of a plan: the one that was chosen last, or one reckoned as things stand now.

use std::collections::{BTreeSet, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use pumasi_base::{Digest, PartyId, PurposeId, Time};
use pumasi_flow::loading::Rounding;
use pumasi_flow::optimum::{Alteration, Effort, Optimiser};
use pumasi_flow::posed::Posed;
use pumasi_flow::sweep::{Weighed, weighed};
use pumasi_flow::{
    Loaded, Means, Plan, Problem, check, explain, load, prove, read_certificate, read_plan,
    read_problem, solve,
};
use pumasi_view::loading::means;
use pumasi_view::page::PlanPage;
use pumasi_view::plan::{PlanInputs, Planned, Stated, chosen, current, newest, plan as view_plan};

use super::reckon::{Asked, Reckoned};
use super::{ReliefError, Service};

/// Hours covered where no plan was chosen yet.
const HOURS: i64 = 168;
/// Hours in a period where no plan was chosen yet.
const PERIOD_HOURS: i64 = 6;
/// What plans are for where none was chosen yet.
const PURPOSE: &str = "disaster_relief";
/// How many changes are planned again to find those that help most.
const CHANGES_TRIED: usize = 8;
/// How many are shown.
const CHANGES_SHOWN: usize = 5;
/// How many plans are remembered with what was found out about them.
const STUDIES_MAX: usize = 8;
/// How near to the best a plan in fractions comes, as a share of the objective.
const FRACTION_GAP: f64 = 1e-6;

/// What takes long to find out about a plan.
#[derive(Debug)]
pub(in crate::service) struct Study {
    plan: Digest,
    fractional_milli: Option<i128>,
    rounding: Option<Rounding>,
    remedies: Vec<Weighed>,
}

/// Plans studied lately, the newest first, so that a page that is read again is there at once.
#[derive(Debug, Default)]
pub(in crate::service) struct Studies(Mutex<VecDeque<Arc<Study>>>);

impl Studies {
    fn of(&self, made: &Reckoned, means: &Means) -> Arc<Study> {
        let plan = made.plan.digest(&made.problem);
        let known = self.lock().iter().find(|study| study.plan == plan).cloned();
        known.unwrap_or_else(|| {
            // Nothing is locked while it is found out.
            let (unloaded, rounding) = before_loading(made, means);
            let study = Arc::new(Study {
                plan,
                fractional_milli: fractional_milli(&made.problem),
                rounding,
                // Plans are compared as they are before they are loaded.
                remedies: weighed(
                    &made.problem,
                    &unloaded,
                    &made.proof,
                    (CHANGES_TRIED, CHANGES_SHOWN),
                ),
            });
            let mut studies = self.lock();
            studies.push_front(Arc::clone(&study));
            studies.truncate(STUDIES_MAX);
            study
        })
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, VecDeque<Arc<Study>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The plan as it was before it was loaded, and what loading it cost.
///
/// The same problem gives the same plan, so one that was read back is made again; one that was not
/// made so is taken as it is, and what loading it cost is not known.
fn before_loading(made: &Reckoned, means: &Means) -> (Plan, Option<Rounding>) {
    let before = made.unloaded.clone().unwrap_or_else(|| solve(&made.problem));
    let Loaded { mut plan, rounding, .. } = load(&made.problem, means, &before);
    plan.parent = made.plan.parent;
    if plan == made.plan { (before, Some(rounding)) } else { (made.plan.clone(), None) }
}

/// The least objective in fractions of units, in thousandths, where it was found.
fn fractional_milli(problem: &Problem) -> Option<i128> {
    let posed = Posed::new(problem).ok()?;
    let mut optimiser = Optimiser::new(&posed.model);
    for lane in &posed.closed {
        optimiser.alter(&Alteration::CloseLane(*lane));
    }
    let settled = optimiser.settle(&Effort { gap: FRACTION_GAP, ..Effort::default() });
    // A plan in fractions that is not the best says nothing of what whole units cost.
    let milli = settled.is_settled.then(|| format!("{:.0}", settled.objective * 1000.0));
    milli.and_then(|figure| figure.parse().ok())
}

/// Who can give when a plan is reckoned anew.
#[derive(Debug, Clone, Default)]
pub struct ByReach {
    /// Parties whose nodes answer.
    pub able: BTreeSet<PartyId>,
    /// Parties whose nodes do not.
    pub unreachable: BTreeSet<PartyId>,
}

impl Service {
    /// The page of the plan that was chosen last in a case; with `fresh`, or where none was chosen
    /// of which this node has the texts, of the plan it would make as things stand at `as_of`.
    ///
    /// # Errors
    /// When there is no such case, or nothing to plan for.
    pub fn plan_page(
        &self,
        id: Option<&str>,
        fresh: bool,
        reach: ByReach,
        as_of: Time,
    ) -> Result<PlanPage, ReliefError> {
        let found = self.with_matters(|held| {
            let case = current(held, self.party(), id)?;
            let stated = newest(held, self.party(), &case.id);
            Some((case, stated))
        });
        let unknown = || ReliefError::NoCase(id.unwrap_or_default().to_owned());
        let (case, stated) = found.ok_or_else(unknown)?;
        let kept = match &stated {
            Some(stated) => self.kept(stated)?,
            None => None,
        };
        if let (Some(kept), Some(stated), false) = (&kept, &stated, fresh) {
            return self.page_of(&case.id, as_of, kept, Some(stated)).ok_or_else(unknown);
        }
        let horizon = kept.as_ref().map(|kept| *kept.problem.horizon());
        let hours = |minutes: i64| (minutes / 60).max(1);
        let purpose = stated.as_ref().map(|stated| stated.body.purpose.clone());
        let purpose = purpose.or_else(|| PURPOSE.parse::<PurposeId>().ok());
        let asked = Asked {
            case: case.id.clone(),
            status: case.status,
            origin: case.origin.unwrap_or(as_of),
            start: as_of,
            purpose: purpose.ok_or_else(unknown)?,
            hours: horizon.map_or(HOURS, |h| hours(h.first_min(h.periods))),
            period_hours: horizon.map_or(PERIOD_HOURS, |h| hours(h.period_min)),
            size: None,
            requested: kept.as_ref().is_none_or(|k| k.problem.needs().iter().all(|n| n.requested)),
            able: reach.able,
            unreachable: reach.unreachable,
        };
        let mut made = self.reckon(&asked)?;
        made.plan.parent = stated.map(|stated| stated.body.plan);
        self.page_of(&case.id, as_of, &made, None).ok_or_else(unknown)
    }

    /// The text behind a digest, where it is that of a plan, a problem or a certificate.
    ///
    /// # Errors
    /// When the ledger fails.
    pub fn plan_text(&self, digest: &Digest) -> Result<Option<String>, ReliefError> {
        let bytes = self.ledger.blob(digest)?;
        let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
        Ok(text.filter(|text| text.starts_with("pumasi-flow ")))
    }

    /// The page of a plan, compared with the plan before where this node has that plan's texts.
    pub(super) fn page_of(
        &self,
        id: &str,
        as_of: Time,
        made: &Reckoned,
        stated: Option<&Stated>,
    ) -> Option<PlanPage> {
        let means = self.with_library(|library| means(&library.catalog));
        let study = self.studies.of(made, &means);
        let parent = made
            .plan
            .parent
            .and_then(|parent| self.with_matters(|held| chosen(held, self.party(), id, &parent)));
        let before = parent.and_then(|parent| self.texts_of(&parent).ok().flatten());
        let lexicon = self.lexicon();
        let planned = |(problem, plan)| Planned { problem, plan };
        let inputs = PlanInputs {
            planned: planned((&made.problem, &made.plan)),
            stated,
            proof: &made.proof,
            certificate: made.certificate_digest(),
            fractional_milli: study.fractional_milli,
            rounding: study.rounding.as_ref(),
            bindings: &made.bindings,
            remedies: &study.remedies,
            before: before.as_ref().map(|(problem, plan)| planned((problem, plan))),
            findings: &made.findings,
        };
        let page =
            self.with_matters(|held| view_plan(&lexicon, held, self.party(), id, as_of, &inputs))?;
        Some(page.into_inner())
    }

    /// The problem and the plan of an act, where this node keeps both texts.
    fn texts_of(&self, stated: &Stated) -> Result<Option<(Problem, Plan)>, ReliefError> {
        let Some(proof) = &stated.body.proof else { return Ok(None) };
        let texts = (self.plan_text(&proof.problem)?, self.plan_text(&stated.body.plan)?);
        let (Some(problem), Some(plan)) = texts else { return Ok(None) };
        let Ok(problem) = read_problem(&problem) else { return Ok(None) };
        let Ok(plan) = read_plan(&plan, &problem) else { return Ok(None) };
        Ok(Some((problem, plan)))
    }

    /// A chosen plan as it was reckoned, where this node keeps its texts and they hold.
    fn kept(&self, stated: &Stated) -> Result<Option<Reckoned>, ReliefError> {
        let Some((problem, plan)) = self.texts_of(stated)? else { return Ok(None) };
        let proof = stated.body.proof.as_ref().map(|proof| proof.certificate);
        let text = proof.map(|digest| self.plan_text(&digest)).transpose()?.flatten();
        let Some(certificate) = text else { return Ok(None) };
        let Ok(prices) = read_certificate(&certificate, &problem) else { return Ok(None) };
        // What is read back is judged again, like a stranger's.
        if check(&problem, &plan).is_err() {
            return Ok(None);
        }
        Ok(Some(Reckoned {
            proof: prove(&problem, &prices),
            bindings: explain(&problem, &plan),
            certificate,
            plan,
            unloaded: None,
            problem,
            findings: Vec::new(),
        }))
    }
}
