//! What scenarios are run on: facts, rates and agreements, made ready once for all of them.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use pumasi_agreement::{Agreement, Agreements, CompileError};
use pumasi_base::time::plus_seconds;
use pumasi_base::{AgreementId, Catalog, Digest, PartyId, PurposeId, Status, Time};
use pumasi_flow::Problem;
use pumasi_hazard::draw::{Chance, Draw, DrawRates, damage_chance};
use pumasi_hazard::{Estimate, Estimator};
use pumasi_view::problem::{ProblemFault, Size};
use pumasi_view::readiness::{
    Counterfactual, Ground, PoseInputs, Scenario, counterfactuals, local_agreements, pose,
};

use crate::job::{Item, Items, Job};

/// What aid is for in every scenario.
const PURPOSE: &str = "disaster_relief";

/// Facts, rates and agreements.
pub struct World {
    catalog: Catalog,
    estimator: Estimator,
    ground: Ground,
    agreements: Agreements,
    local: BTreeSet<AgreementId>,
    drills: Vec<(String, Estimate)>,
    digest: Digest,
}

/// Why a world cannot be made, or a scenario of it not be posed.
#[derive(Debug, thiserror::Error)]
pub enum WorldError {
    /// The agreements contradict each other.
    #[error("the agreements do not go together")]
    Agreements(#[from] CompileError),
    /// A scenario poses no problem.
    #[error("the scenario `{scenario}` cannot be posed")]
    Pose {
        /// Which.
        scenario: Scenario,
        /// Why.
        #[source]
        fault: ProblemFault,
    },
    /// There is no such scenario.
    #[error("there is no scenario `{0}`")]
    Unknown(Scenario),
    /// A problem is larger than the planner holds, or an addition does not fit into it.
    #[error("the scenario `{scenario}` cannot be planned: {what}")]
    Plan {
        /// Which.
        scenario: Scenario,
        /// Why.
        what: String,
    },
}

/// A scenario with the problem it poses.
pub struct Posed {
    /// Its hazard; empty for drills.
    pub hazard: String,
    /// The row of the rates it was drawn from; empty for drills.
    pub source: String,
    /// When it strikes.
    pub origin: Time,
    /// People out of their homes for longer, the central estimate.
    pub displaced: i64,
    /// The problem as things are.
    pub problem: Problem,
    /// What could be otherwise in it, as far as the job asks.
    pub counterfactuals: Vec<Counterfactual>,
}

impl World {
    /// Makes a library ready; `drills` are the estimates of what their messages say.
    ///
    /// # Errors
    /// When the agreements do not compile together.
    pub fn new(
        catalog: Catalog,
        estimator: Estimator,
        library: &[Agreement],
        drills: Vec<(String, Estimate)>,
    ) -> Result<Self, WorldError> {
        let agreements = Agreements::compile(library)?;
        let ground = Ground::of(&catalog, estimator.census());
        let local = local_agreements(library);
        let digest = digest(&catalog, &estimator, library, &drills);
        Ok(Self { catalog, estimator, ground, agreements, local, drills, digest })
    }

    /// What tells it from a world with any fact, rate, text or drill otherwise.
    #[must_use]
    pub const fn digest(&self) -> Digest {
        self.digest
    }

    /// The facts.
    #[must_use]
    pub const fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// What draws the scenarios of `job`.
    #[must_use]
    pub fn draw(&self, job: &Job) -> Draw {
        Draw::new(DrawRates::standard(), job.year)
    }

    /// The scenarios of `job`.
    #[must_use]
    pub fn items(&self, job: &Job) -> Items {
        let drills: Vec<String> = self.drills.iter().map(|(id, _)| id.clone()).collect();
        Items::of(job, &self.draw(job), &drills)
    }

    /// Poses a scenario of `job`.
    ///
    /// # Errors
    /// When there is no such scenario, or the catalog contradicts itself.
    pub fn posed(&self, job: &Job, draw: &Draw, item: &Item) -> Result<Posed, WorldError> {
        match &item.scenario {
            Scenario::Drill(id) => {
                let mut known = (0..).zip(&self.drills).filter(|(_, (drill, _))| drill == id);
                let (at, (_, estimate)) =
                    known.next().ok_or_else(|| WorldError::Unknown(item.scenario.clone()))?;
                // Drawn scenarios count from the other end.
                let damage = damage_chance(job.seed, u64::MAX - at);
                let (hazard, source) = (String::new(), String::new());
                self.pose(job, draw, item, estimate, &damage, (hazard, source))
            }
            Scenario::Drawn { seed, number } => {
                let struck = draw.struck(&self.estimator, *seed, *number);
                let struck = struck.ok_or_else(|| WorldError::Unknown(item.scenario.clone()))?;
                let of = (struck.drawn.hazard.name().to_owned(), struck.drawn.row.clone());
                self.pose(job, draw, item, &struck.estimate, &struck.damage(), of)
            }
        }
    }

    fn pose(
        &self,
        job: &Job,
        draw: &Draw,
        item: &Item,
        estimate: &Estimate,
        damage: &Chance,
        (hazard, source): (String, String),
    ) -> Result<Posed, WorldError> {
        let parties = self.catalog.parties.keys();
        let able: BTreeSet<PartyId> =
            parties.filter(|party| !job.unreachable.contains(*party)).cloned().collect();
        let unknown = || WorldError::Unknown(item.scenario.clone());
        let purpose: PurposeId = PURPOSE.parse().map_err(|_| unknown())?;
        let posed = pose(&PoseInputs {
            catalog: &self.catalog,
            ground: &self.ground,
            factors: self.estimator.factors(),
            rates: draw.rates(),
            agreements: &self.agreements,
            estimate,
            damage: Some(damage),
            start: plus_seconds(estimate.origin, job.delay_hours.saturating_mul(3600)),
            horizon_hours: job.hours(),
            period_hours: job.period_hours,
            commodities: (!job.commodities.is_empty()).then_some(&job.commodities),
            able: &able,
            unreachable: &job.unreachable,
            purpose: &purpose,
            status: if job.drafts { Status::Exercise } else { Status::Actual },
            size: Size::Central,
        });
        let posed =
            posed.map_err(|fault| WorldError::Pose { scenario: item.scenario.clone(), fault })?;
        let mut all = counterfactuals(&posed.problem, &self.catalog, &self.local, &able);
        all.retain(|one| job.counterfactuals.holds(one));
        Ok(Posed {
            hazard,
            source,
            origin: estimate.origin,
            displaced: estimate.displaced.central,
            problem: posed.problem,
            counterfactuals: all,
        })
    }
}

/// The digest of everything that a figure may depend on.
fn digest(
    catalog: &Catalog,
    estimator: &Estimator,
    library: &[Agreement],
    drills: &[(String, Estimate)],
) -> Digest {
    // What derives `Debug` shows every field, in an order that is the same everywhere.
    let mut text = String::new();
    let rates = DrawRates::standard();
    let _ = write!(text, "{catalog:?}\n{:?}\n{rates:?}\n", estimator.factors());
    let _ = write!(text, "{library:?}\n{drills:?}");
    Digest::of(text.as_bytes())
}
