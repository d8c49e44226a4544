//! What to run: a value that every shard shares, and the digest by which shards know each other.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use pumasi_base::{CommodityId, Digest, PartyId};
use pumasi_hazard::draw::{Draw, Season};
use pumasi_view::readiness::{Counterfactual, Scenario};
use serde::{Deserialize, Serialize};

/// Most scenarios of one job.
pub const SCENARIOS_MAX: u64 = 10_000_000;
/// How many scenarios of a seed are looked at, at most, for each that falls into the season.
const LOOKED_AT_MOST: u64 = 1000;

/// Goods that matter first, so that a run may be made for the first few of them: food, water,
/// medicine and energy come before what makes waiting easier.
pub const FIRST: [&str; 13] = [
    "drinking_water",
    "meal",
    "medical_kit",
    "blanket",
    "electricity",
    "diesel",
    "portable_toilet",
    "infant_formula",
    "tarpaulin",
    "kerosene",
    "mattress",
    "hydrogen",
    "ammonia",
];

/// Which counterfactuals are answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Which {
    /// All there are.
    All,
    /// None: things as they are alone.
    None,
    /// Agreements and clauses suspended, and national ties cut.
    Agreements,
    /// Links cut.
    Links,
    /// Candidates added.
    Candidates,
}

impl Which {
    /// Whether `counterfactual` is among them.
    #[must_use]
    pub const fn holds(self, counterfactual: &Counterfactual) -> bool {
        match self {
            Self::All => true,
            Self::None => false,
            Self::Agreements => matches!(
                counterfactual,
                Counterfactual::SuspendAgreement(_)
                    | Counterfactual::SuspendClause(..)
                    | Counterfactual::CutNationalTies(_)
            ),
            Self::Links => matches!(counterfactual, Counterfactual::CutLink(_)),
            Self::Candidates => counterfactual.candidate().is_some(),
        }
    }

    /// Its name, such as `agreements`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::None => "none",
            Self::Agreements => "agreements",
            Self::Links => "links",
            Self::Candidates => "candidates",
        }
    }
}

impl fmt::Display for Which {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Which {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let all = [Self::All, Self::None, Self::Agreements, Self::Links, Self::Candidates];
        all.into_iter().find(|which| which.name() == text).ok_or_else(|| text.to_owned())
    }
}

/// What to run. Two runs of equal jobs give equal tables.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Job {
    /// How many scenarios are drawn.
    pub scenarios: u64,
    /// From which seed.
    pub seed: u64,
    /// The year that scenarios are dated in: links and agreements stand as they do then.
    pub year: i16,
    /// Only what strikes in this season.
    pub season: Option<Season>,
    /// Whether the drills are run as well.
    pub drills: bool,
    /// How many periods a plan covers.
    pub periods: i64,
    /// Hours in a period.
    pub period_hours: i64,
    /// Hours from the event to the start of the plan.
    pub delay_hours: i64,
    /// What is planned for; everything when empty.
    pub commodities: BTreeSet<CommodityId>,
    /// Parties that cannot be reached: they give nothing, and standing consents that wait for that
    /// come into play.
    pub unreachable: BTreeSet<PartyId>,
    /// Whether drafts count as if they were in force.
    pub drafts: bool,
    /// Which counterfactuals are answered.
    pub counterfactuals: Which,
    /// The digest of the [`crate::World`] it runs on.
    pub world: Digest,
}

/// The version of what a run computes and how its tables are laid out; part of every job's digest.
const VERSION: &str = "pumasi-readiness 1";

impl Job {
    /// What tells it from every other job, and from the same job run by other software.
    #[must_use]
    pub fn digest(&self) -> Digest {
        // A job of plain values always writes.
        let text = serde_json::to_string(self).unwrap_or_default();
        Digest::of(format!("{VERSION} {}\n{text}", env!("CARGO_PKG_VERSION")).as_bytes())
    }

    /// Hours a plan covers.
    #[must_use]
    pub const fn hours(&self) -> i64 {
        self.periods.saturating_mul(self.period_hours)
    }
}

/// One scenario of a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Which one it is.
    pub scenario: Scenario,
    /// Its weight in millionths; 0 for drills.
    pub weight_ppm: i64,
}

/// All scenarios of a job, and how often what they stand for happens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Items {
    /// The drills, then what is drawn.
    pub items: Vec<Item>,
    /// Events in a million years, over all that the drawn ones stand for.
    pub yearly_micro: i64,
}

impl Items {
    /// Lists the scenarios of `job`: `drills` by id, and the first numbers of its seed that fall
    /// into its season.
    ///
    /// There are fewer than the job says where the season has too few.
    #[must_use]
    pub fn of(job: &Job, draw: &Draw, drills: &[String]) -> Self {
        let mut items = Vec::new();
        if job.drills {
            let drill = |id: &String| Item { scenario: Scenario::Drill(id.clone()), weight_ppm: 0 };
            items.extend(drills.iter().map(drill));
        }
        let wanted = job.scenarios.min(SCENARIOS_MAX);
        let (mut taken, mut taken_ppm, mut seen_ppm) = (0, 0_i128, 0_i128);
        let mut number = 0;
        while taken < wanted && number < wanted.saturating_mul(LOOKED_AT_MOST) {
            let Some(drawn) = draw.drawn(job.seed, number) else { break };
            seen_ppm += i128::from(drawn.weight_ppm);
            if job.season.is_none_or(|season| season == drawn.season) {
                let scenario = Scenario::Drawn { seed: job.seed, number };
                items.push(Item { scenario, weight_ppm: drawn.weight_ppm });
                taken_ppm += i128::from(drawn.weight_ppm);
                taken += 1;
            }
            number += 1;
        }
        let all = i128::from(draw.yearly_micro());
        let yearly = if seen_ppm > 0 { all * taken_ppm / seen_ppm } else { 0 };
        Self { items, yearly_micro: i64::try_from(yearly).unwrap_or(i64::MAX) }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use pumasi_hazard::draw::DrawRates;

    use super::*;

    pub(crate) fn job(scenarios: u64) -> Job {
        Job {
            scenarios,
            seed: 1,
            year: 2026,
            season: None,
            drills: false,
            periods: 6,
            period_hours: 12,
            delay_hours: 6,
            commodities: ["drinking_water", "blanket"].map(|id| id.parse().unwrap()).into(),
            unreachable: BTreeSet::new(),
            drafts: true,
            counterfactuals: Which::All,
            world: Digest::of(b"world"),
        }
    }

    #[test]
    fn a_digest_tells_jobs_apart() {
        let one = job(5);
        assert_eq!(one.digest(), job(5).digest());
        let others = [
            job(6),
            Job { seed: 2, ..job(5) },
            Job { counterfactuals: Which::Links, ..job(5) },
            Job { season: Some(Season::Winter), ..job(5) },
            Job { world: Digest::of(b"other"), ..job(5) },
        ];
        assert!(others.iter().all(|other| other.digest() != one.digest()));
        let text = serde_json::to_string(&one).unwrap();
        assert_eq!(serde_json::from_str::<Job>(&text).unwrap(), one);
    }

    #[test]
    fn scenarios_are_listed_drills_first_and_by_season() {
        let draw = Draw::new(DrawRates::standard(), 2026);
        let drills = ["a".to_owned(), "b".to_owned()];
        let all = Items::of(&Job { drills: true, ..job(40) }, &draw, &drills);
        let names: Vec<_> = all.items.iter().map(|item| item.scenario.to_string()).collect();
        assert_eq!(names.get(..4).unwrap(), ["drill:a", "drill:b", "drawn:1:0", "drawn:1:1"]);
        assert_eq!((names.len(), all.yearly_micro), (42, draw.yearly_micro()));
        let winter = Job { season: Some(Season::Winter), ..job(40) };
        let winter = Items::of(&winter, &draw, &drills);
        assert_eq!(winter.items.len(), 40);
        for item in &winter.items {
            let Scenario::Drawn { seed, number } = item.scenario else { unreachable!() };
            assert_eq!(draw.drawn(seed, number).unwrap().season, Season::Winter);
        }
        assert!(0 < winter.yearly_micro && winter.yearly_micro < draw.yearly_micro());
    }
}
