//! What the figures of a run mean: how much stays unmet, when help is there, who relies on whom,
//! which steps help most, what local ties alone deliver; each with its sample and interval.
//!
//! Burdens are told as person-days: days that a person goes without something that hurts as much as
//! going without drinking water does, whose weight in the catalog is [`WATER_WEIGHT`].

mod csv;
mod gather;
mod places;

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;

pub use csv::csv;

use crate::figures::BASE;
use crate::folder::{FolderError, Manifest};
use crate::job::Job;
use crate::rows::ScenarioRow;
use crate::statistics::{Estimated, OUTSIDE_PERCENT, Quantile, RESAMPLES, Sample, Sums, interval};
use gather::{Effects, Figures, Gathered, Missing};

/// The weight of a person without drinking water for a period.
pub const WATER_WEIGHT: i64 = 1000;
/// The quantiles that are told.
const PERCENTS: [i64; 3] = [10, 50, 90];
/// Givers, links and substitutes below this share are left out, in millionths.
const SHARE_LEAST: i64 = 1000;
/// The counterfactual that leaves local ties alone.
pub const LOCAL: &str = "cut-national-ties";
/// What the name of a step begins with.
pub const STEP: &str = "add:";

/// What a run says.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// The job.
    pub job: Job,
    /// What the figures rest on.
    pub sample: SampleLine,
    /// All commodities together, then each.
    pub unmet: Vec<UnmetLine>,
    /// Twenty figures that stand for all, as things are and with local ties alone.
    pub dots: Vec<DotsLine>,
    /// By place and commodity, most burden first.
    pub places: Vec<PlaceLine>,
    /// By place, all commodities together, as things are, with local ties alone and with each step
    /// that surely helps.
    pub places_in: Vec<PlaceInLine>,
    /// What local ties alone deliver: as `unmet`, with national ties cut.
    pub local: Vec<UnmetLine>,
    /// Who relies on whom, by country and by place.
    pub dependence: Vec<DependenceLine>,
    /// By which links, by country and by place.
    pub links: Vec<LinkLine>,
    /// Who takes the place of whom when an agreement is suspended.
    pub substitutes: Vec<SubstituteLine>,
    /// Agreements, links and stocks that could be added, the most gained for its cost first.
    pub steps: Vec<StepLine>,
    /// What could be suspended or cut, the most lost first.
    pub cuts: Vec<CutLine>,
    /// The drills, which no statistic counts.
    pub drills: Vec<DrillLine>,
}

/// What the figures of a report rest on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SampleLine {
    /// Scenarios drawn.
    pub scenarios: u64,
    /// Those in which anything is needed.
    pub harmful: u64,
    /// How many of equal weight would say as much.
    pub effective: i64,
    /// Events in a million years that they stand for.
    pub yearly_micro: i64,
    /// How often they were drawn anew for the intervals.
    pub resamples: u64,
    /// Percent of the resamples within an interval.
    pub interval_percent: u64,
}

/// What stays unmet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnmetLine {
    /// Of which commodity; of all when left out.
    pub commodity: Option<String>,
    /// Scenarios in which it is needed.
    pub scenarios: u64,
    /// The burden left as a share of that if nothing moved, in millionths.
    pub share_ppm: Estimated,
    /// Quantiles of that share over scenarios.
    pub quantiles_ppm: Vec<Quantile>,
    /// Quantiles of the hours until half is there, over places and scenarios.
    pub half_h: Vec<Quantile>,
    /// The same for nine tenths.
    pub ninety_h: Vec<Quantile>,
}

/// Figures that stand for all, each for a twentieth of the weight.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DotsLine {
    /// `base` as things are, else the counterfactual.
    pub world: String,
    /// Of which commodity; of all when left out.
    pub commodity: Option<String>,
    /// Scenarios in which it is needed.
    pub scenarios: u64,
    /// The burden left as a share of that if nothing moved, in millionths, by scenario.
    pub share_ppm: Vec<Option<i64>>,
    /// Hours until half is there, by place and scenario; missing: never within the horizon.
    pub half_h: Vec<Option<i64>>,
    /// The same for nine tenths.
    pub ninety_h: Vec<Option<i64>>,
}

/// What a place goes without.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlaceInLine {
    /// `base` as things are, else the counterfactual: a model input, never a prediction.
    pub world: String,
    /// The place that is served.
    pub place: String,
    /// Scenarios in which it goes without more or less than as things are; as things are, those in
    /// which it needs anything.
    pub scenarios: u64,
    /// Person-days a year that it goes without.
    pub person_days_a_year: Estimated,
    /// How many of them this world adds to those as things are; less than nothing where it saves.
    pub change: Estimated,
}

/// What stays unmet at a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlaceLine {
    /// The place that is served.
    pub place: String,
    /// The commodity and the figures.
    #[serde(flatten)]
    pub unmet: UnmetLine,
    /// Person-days a year that it goes without.
    pub person_days_a_year: Estimated,
}

/// Who gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DependenceLine {
    /// The country or place that gets.
    pub scope: String,
    /// What it gets.
    pub commodity: String,
    /// Who gives.
    pub giver: String,
    /// Under which agreement; `own` for its own stock, `home-` and the country for its own law.
    pub agreement: String,
    /// Scenarios in which it gives.
    pub scenarios: u64,
    /// The share of what the scope gets, in millionths.
    pub share_ppm: Estimated,
}

/// By which link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LinkLine {
    /// The country or place that gets.
    pub scope: String,
    /// What it gets.
    pub commodity: String,
    /// The link.
    pub link: String,
    /// Scenarios in which it carries.
    pub scenarios: u64,
    /// The share of what the scope gets, in millionths.
    pub share_ppm: Estimated,
}

/// Who gives more or less when an agreement is suspended: a model input, never a prediction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SubstituteLine {
    /// What is suspended.
    pub counterfactual: String,
    /// What is given.
    pub commodity: String,
    /// Who gives.
    pub giver: String,
    /// Under which agreement.
    pub agreement: String,
    /// Scenarios in which it changes.
    pub scenarios: u64,
    /// How much more is given, as a share of all that is given of it, in millionths.
    pub share_ppm: Estimated,
}

/// What a step would bring: a model input, never a prediction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StepLine {
    /// The candidate.
    pub candidate: String,
    /// Whole US dollars a year; missing where the catalog does not know it.
    pub cost_usd_a_year: Option<i64>,
    /// Scenarios in which it surely helps.
    pub scenarios: u64,
    /// The burden saved as a share of that if nothing moved, in millionths.
    pub share_ppm: Estimated,
    /// Person-days saved a year.
    pub person_days_a_year: Estimated,
    /// Thousandths of a person-day saved for a thousand US dollars.
    pub milli_days_a_kusd: Option<Estimated>,
    /// Its rank by that, from one.
    pub rank: Estimated,
}

/// What a cut would cost: a model input, never a prediction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CutLine {
    /// What is suspended or cut.
    pub counterfactual: String,
    /// Scenarios in which it surely harms.
    pub scenarios: u64,
    /// How many scenarios were answered how.
    pub proofs: BTreeMap<String, u64>,
    /// The burden added as a share of that if nothing moved, in millionths.
    pub share_ppm: Estimated,
    /// Person-days lost a year.
    pub person_days_a_year: Estimated,
}

/// How a drill goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DrillLine {
    /// The drill.
    pub drill: String,
    /// When it struck.
    pub origin: String,
    /// People out of their homes for longer, the central estimate.
    pub displaced: i64,
    /// The burden left as a share of that if nothing moved, in millionths; missing where nothing
    /// is needed.
    pub share_ppm: Option<i64>,
}

/// Says what the run in `folder` means; `costs` are those of candidates, in whole US dollars a year.
///
/// # Errors
/// When the run is not finished or cannot be read.
pub fn report(folder: &Path, costs: &BTreeMap<String, i64>) -> Result<Report, FolderError> {
    let manifest = Manifest::read(folder)?;
    if !manifest.is_complete() {
        return Err(FolderError::Unfinished(folder.to_owned()));
    }
    let gathered = Gathered::read(folder)?;
    Ok(Reporter::new(&manifest, &gathered).report(costs))
}

/// What every figure is held against.
struct Reporter<'a> {
    manifest: &'a Manifest,
    all: &'a Gathered,
    sample: Sample,
    /// The burden if nothing moved, in thousandths.
    without: Sums,
    /// One in every scenario.
    ones: Sums,
}

impl<'a> Reporter<'a> {
    fn new(manifest: &'a Manifest, all: &'a Gathered) -> Self {
        let weights = all.drawn.iter().map(|row| row.weight_ppm).collect();
        let sample = Sample::new(weights, manifest.job.seed);
        let without: Figures = figures(&all.drawn, |row| row.burden_without_milli);
        Self { manifest, all, without: sample.sums(&without), ones: sample.ones(), sample }
    }

    fn report(&self, costs: &BTreeMap<String, i64>) -> Report {
        Report {
            job: self.manifest.job.clone(),
            sample: self.sample_line(),
            unmet: self.unmet(BASE),
            dots: [BASE, LOCAL].into_iter().flat_map(|world| self.dots(world)).collect(),
            places: self.places(),
            places_in: self.places_in(),
            local: self.unmet(LOCAL),
            dependence: self.dependence(),
            links: self.links(),
            substitutes: self.substitutes(),
            steps: self.steps(costs),
            cuts: self.cuts(),
            drills: self.all.drills.iter().map(drill).collect(),
        }
    }

    fn sample_line(&self) -> SampleLine {
        let harmful = self.all.drawn.iter().filter(|row| row.burden_without_milli > 0);
        SampleLine {
            scenarios: count(self.sample.len()),
            harmful: count(harmful.count()),
            effective: self.sample.effective(),
            yearly_micro: self.manifest.yearly_micro,
            resamples: count(RESAMPLES),
            interval_percent: count(100 - 2 * OUTSIDE_PERCENT),
        }
    }

    /// What stays unmet in a world, of all commodities together and of each.
    fn unmet(&self, world: &str) -> Vec<UnmetLine> {
        let missing = self.missing(world);
        let line = |(commodity, missing): &(Option<String>, Missing)| {
            self.unmet_line(commodity.clone(), missing)
        };
        missing.iter().filter_map(line).collect()
    }

    fn dots(&self, world: &str) -> Vec<DotsLine> {
        let line = |(commodity, missing): (Option<String>, Missing)| {
            let shares = shares(&missing);
            DotsLine {
                world: world.to_owned(),
                commodity,
                scenarios: count(shares.len()),
                share_ppm: self.sample.dots(&shares),
                half_h: self.sample.dots(&missing.half_h),
                ninety_h: self.sample.dots(&missing.ninety_h),
            }
        };
        self.missing(world).into_iter().map(line).collect()
    }

    /// What is missing in a world, of all commodities together and of each.
    fn missing(&self, world: &str) -> Vec<(Option<String>, Missing)> {
        let of_world = self.all.worlds.iter().filter(|((of, _), _)| of == world);
        let by_commodity = of_world
            .map(|((_, commodity), missing)| (Some(commodity.clone()), missing.clone()))
            .collect::<Vec<_>>();
        let mut together = Missing::default();
        for (_, missing) in &by_commodity {
            together.without.extend(&missing.without);
            together.unmet.extend(&missing.unmet);
            together.half_h.extend(&missing.half_h);
            together.ninety_h.extend(&missing.ninety_h);
        }
        together.without = summed(together.without);
        together.unmet = summed(together.unmet);
        std::iter::once((None, together)).chain(by_commodity).collect()
    }

    fn unmet_line(&self, commodity: Option<String>, missing: &Missing) -> Option<UnmetLine> {
        let wholes = self.sample.sums(&missing.without);
        let shares = shares(missing);
        let quantiles =
            |figures: &[_]| self.sample.quantiles(figures, &PERCENTS).unwrap_or_default();
        Some(UnmetLine {
            commodity,
            scenarios: count(shares.len()),
            share_ppm: self.sample.sums(&missing.unmet).over(&wholes)?,
            quantiles_ppm: quantiles(&shares),
            half_h: quantiles(&missing.half_h),
            ninety_h: quantiles(&missing.ninety_h),
        })
    }

    /// Sums of thousandths of burden as person-days a year.
    fn days_a_year(&self, milli: &Sums) -> Option<Estimated> {
        Some(self.as_days_a_year(milli.over(&self.ones)?))
    }

    /// Millionths of a thousandth of burden for each event, as person-days a year.
    fn as_days_a_year(&self, micro_milli: Estimated) -> Estimated {
        let yearly = i128::from(self.manifest.yearly_micro);
        let hours = i128::from(self.manifest.job.period_hours);
        // Millionths of the mean, millionths of the rate, thousandths of burden; hours in a day.
        let by = 1_000_000 * 1_000_000 * 1000 * i128::from(WATER_WEIGHT) * 24;
        let days =
            |of: i64| i64::try_from(i128::from(of) * yearly * hours / by).unwrap_or(i64::MAX);
        let Estimated { low, value, high } = micro_milli;
        Estimated { low: days(low), value: days(value), high: days(high) }
    }

    fn dependence(&self) -> Vec<DependenceLine> {
        let mut lines = Vec::new();
        for ((scope, commodity), by) in &self.all.givers {
            let wholes = self.together(by.values());
            for ((giver, agreement), units) in by {
                let share = self.sample.sums(units).over(&wholes);
                if let Some(share_ppm) = share.filter(|share| share.value >= SHARE_LEAST) {
                    lines.push(DependenceLine {
                        scope: scope.clone(),
                        commodity: commodity.clone(),
                        giver: giver.clone(),
                        agreement: agreement.clone(),
                        scenarios: count(units.len()),
                        share_ppm,
                    });
                }
            }
        }
        lines
    }

    fn links(&self) -> Vec<LinkLine> {
        let mut lines = Vec::new();
        for (of, by) in &self.all.links {
            let Some(given) = self.all.givers.get(of) else { continue };
            let wholes = self.together(given.values());
            for (link, units) in by {
                let share = self.sample.sums(units).over(&wholes);
                if let Some(share_ppm) = share.filter(|share| share.value >= SHARE_LEAST) {
                    lines.push(LinkLine {
                        scope: of.0.clone(),
                        commodity: of.1.clone(),
                        link: link.clone(),
                        scenarios: count(units.len()),
                        share_ppm,
                    });
                }
            }
        }
        lines
    }

    fn together<'f>(&self, figures: impl Iterator<Item = &'f Figures>) -> Sums {
        self.sample.sums(&summed(figures.flatten().copied().collect()))
    }

    fn substitutes(&self) -> Vec<SubstituteLine> {
        let mut given: BTreeMap<&str, Figures> = BTreeMap::new();
        for ((scope, commodity), by) in &self.all.givers {
            // A scope without a dash is a country: each unit is counted once.
            if !scope.contains('-') {
                given.entry(commodity).or_default().extend(by.values().flatten());
            }
        }
        let given: BTreeMap<&str, Sums> =
            given.into_iter().map(|(id, all)| (id, self.sample.sums(&summed(all)))).collect();
        let mut lines = Vec::new();
        for ([counterfactual, commodity, giver, agreement], [before, after]) in
            &self.all.substitutes
        {
            let Some(wholes) = given.get(commodity.as_str()) else { continue };
            let change = after.iter().zip(before).map(|((rank, a), (_, b))| (*rank, a - b));
            let share = self.sample.sums(&change.collect::<Figures>()).over(wholes);
            if let Some(share_ppm) = share.filter(|share| share.value.abs() >= SHARE_LEAST) {
                lines.push(SubstituteLine {
                    counterfactual: counterfactual.clone(),
                    commodity: commodity.clone(),
                    giver: giver.clone(),
                    agreement: agreement.clone(),
                    scenarios: count(before.len()),
                    share_ppm,
                });
            }
        }
        lines
    }

    fn cuts(&self) -> Vec<CutLine> {
        let line = |(counterfactual, effects): (&String, &Effects)| {
            let (least, most) = (self.sample.sums(&effects.least), self.sample.sums(&effects.most));
            Some(CutLine {
                counterfactual: counterfactual.clone(),
                scenarios: effects.matters,
                proofs: effects.proofs.clone(),
                share_ppm: between(least.over(&self.without)?, most.over(&self.without)?),
                person_days_a_year: between(self.days_a_year(&least)?, self.days_a_year(&most)?),
            })
        };
        let cuts = self.all.effects.iter().filter(|(name, _)| !name.starts_with(STEP));
        let mut lines: Vec<CutLine> = cuts.filter_map(line).collect();
        lines.sort_by_key(|line| std::cmp::Reverse(line.share_ppm.value));
        lines
    }

    fn steps(&self, costs: &BTreeMap<String, i64>) -> Vec<StepLine> {
        let mut steps: Vec<Step> = Vec::new();
        for (name, effects) in &self.all.effects {
            let Some(candidate) = name.strip_prefix(STEP) else { continue };
            // What is saved is what is lost, turned round: the most lost is the least saved.
            let saved = |figures: &Figures| -> Figures {
                figures.iter().map(|(rank, milli)| (*rank, milli.saturating_neg())).collect()
            };
            let least = self.sample.sums(&saved(&effects.most));
            let most = self.sample.sums(&saved(&effects.least));
            let cost = costs.get(candidate).copied();
            steps.extend(self.step(candidate, cost, effects.matters, &least, &most));
        }
        let resamples = steps.iter().map(|step| step.resampled.len()).min().unwrap_or(0);
        let mut ranks: Vec<Vec<i64>> = vec![Vec::new(); steps.len()];
        for resample in 0..resamples {
            let values = steps.iter().map(|step| step.resampled.get(resample).copied());
            let places = ranked(&values.map(|value| value.unwrap_or(0)).collect::<Vec<_>>());
            for (all, place) in ranks.iter_mut().zip(places) {
                all.push(place);
            }
        }
        let places = ranked(&steps.iter().map(|step| step.drawn).collect::<Vec<_>>());
        let mut lines: Vec<StepLine> = Vec::new();
        for ((step, place), ranks) in steps.into_iter().zip(places).zip(ranks) {
            lines.push(StepLine { rank: interval(place, ranks), ..step.line });
        }
        lines.sort_by_key(|line| line.rank.value);
        lines
    }

    fn step(
        &self,
        candidate: &str,
        cost: Option<i64>,
        scenarios: u64,
        least: &Sums,
        most: &Sums,
    ) -> Option<Step> {
        let share_ppm = between(least.over(&self.without)?, most.over(&self.without)?);
        let days = between(self.days_a_year(least)?, self.days_a_year(most)?);
        let per_cost = |days: i64| {
            let usd = i128::from(cost.filter(|usd| *usd > 0)?);
            i64::try_from(i128::from(days) * 1_000_000 / usd).ok()
        };
        let milli_days_a_kusd =
            per_cost(days.low).zip(per_cost(days.value)).zip(per_cost(days.high));
        let milli_days_a_kusd =
            milli_days_a_kusd.map(|((low, value), high)| Estimated { low, value, high });
        // Ranked by what is saved for the cost, finer than days: by micro-burden for each event.
        let worth = |saved: i64| {
            let cost = i128::from(cost.unwrap_or(i64::MAX).max(1));
            i64::try_from(i128::from(saved) * 1000 / cost).unwrap_or(i64::MAX)
        };
        let (low, high) = (least.over(&self.ones)?, most.over(&self.ones)?);
        let pairs = least.each_over(&self.ones).into_iter().zip(most.each_over(&self.ones));
        let middle = |(low, high): (Option<i64>, Option<i64>)| {
            worth(midpoint(low.unwrap_or(0), high.unwrap_or(0)))
        };
        Some(Step {
            line: StepLine {
                candidate: candidate.to_owned(),
                cost_usd_a_year: cost,
                scenarios,
                share_ppm,
                person_days_a_year: days,
                milli_days_a_kusd,
                rank: Estimated { low: 0, value: 0, high: 0 },
            },
            drawn: worth(midpoint(low.value, high.value)),
            resampled: pairs.map(middle).collect(),
        })
    }
}

/// A step that is not ranked yet.
struct Step {
    line: StepLine,
    /// What it is worth for its cost, as drawn.
    drawn: i64,
    /// And in each resample.
    resampled: Vec<i64>,
}

/// The rank of each value, from one, the largest first; those that are equal share the first.
fn ranked(values: &[i64]) -> Vec<i64> {
    let rank = |value: &i64| 1 + values.iter().filter(|other| *other > value).count();
    values.iter().map(|value| i64::try_from(rank(value)).unwrap_or(i64::MAX)).collect()
}

/// What lies between a figure's lower and upper bound: the middle, and the ends of both intervals.
fn between(least: Estimated, most: Estimated) -> Estimated {
    let value = midpoint(least.value, most.value);
    Estimated { low: least.low.min(value), value, high: most.high.max(value) }
}

const fn midpoint(low: i64, high: i64) -> i64 {
    low.midpoint(high)
}

/// The share unmet in each scenario in which anything is needed.
fn shares(missing: &Missing) -> Vec<(usize, Option<i64>)> {
    let pairs = missing.unmet.iter().zip(&missing.without);
    let share = |((rank, unmet), (_, without)): (&(usize, i64), &(usize, i64))| {
        (*without > 0).then(|| (*rank, Some(share_ppm(*unmet, *without))))
    };
    pairs.filter_map(share).collect()
}

fn share_ppm(part: i64, whole: i64) -> i64 {
    let share = i128::from(part) * 1_000_000 / i128::from(whole.max(1));
    i64::try_from(share).unwrap_or(i64::MAX)
}

fn drill(row: &ScenarioRow) -> DrillLine {
    let without = row.burden_without_milli;
    DrillLine {
        drill: row.name.strip_prefix("drill:").unwrap_or(&row.name).to_owned(),
        origin: row.origin.clone(),
        displaced: row.displaced,
        share_ppm: (without > 0).then(|| share_ppm(row.burden_milli, without)),
    }
}

fn figures(rows: &[ScenarioRow], of: impl Fn(&ScenarioRow) -> i64) -> Figures {
    rows.iter().enumerate().map(|(rank, row)| (rank, of(row))).collect()
}

/// One figure for each scenario: the sum of those it has.
fn summed(figures: Figures) -> Figures {
    let mut sums: BTreeMap<usize, i64> = BTreeMap::new();
    for (rank, figure) in figures {
        let sum = sums.entry(rank).or_default();
        *sum = sum.saturating_add(figure);
    }
    sums.into_iter().collect()
}

fn count(of: usize) -> u64 {
    u64::try_from(of).unwrap_or(u64::MAX)
}
