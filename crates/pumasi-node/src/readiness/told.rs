//! A report in names: ids become words in four languages, lists are ordered for those who read.

use std::cmp::Reverse;

use pumasi_act::ClauseCited;
use pumasi_base::catalog::Adds;
use pumasi_base::{AgreementId, CandidateId, CommodityId, LinkId, PartyId, PlaceId};
use pumasi_readiness::report::{
    CutLine, DependenceLine, DotsLine, LOCAL, PlaceInLine, PlaceLine, SampleLine, StepLine,
    SubstituteLine, UnmetLine,
};
use pumasi_readiness::statistics::{Estimated, Quantile};
use pumasi_readiness::{Job, Manifest, Report};
use pumasi_view::Lexicon;
use pumasi_view::page::{
    Interval, MapPoint, PartyName, ReadinessChange, ReadinessCut, ReadinessDependence,
    ReadinessDots, ReadinessDrill, ReadinessFile, ReadinessJob, ReadinessPlace, ReadinessReport,
    ReadinessSample, ReadinessSite, ReadinessStep, ReadinessSubstitute, ReadinessUnmet, Words,
};

use super::REPORT_CSV;

/// What begins the name of a country's own law among agreements.
const HOME: &str = "home-";
/// The world in which nothing is otherwise.
const BASE: &str = pumasi_readiness::figures::BASE;

/// What `report` says, in names.
pub(super) fn page(
    lexicon: &Lexicon,
    run: &str,
    manifest: &Manifest,
    report: &Report,
) -> ReadinessReport {
    let teller = Teller { lexicon, report };
    ReadinessReport {
        run: run.to_owned(),
        job: teller.job(&report.job),
        sample: sample(&report.sample),
        unmet: report.unmet.iter().map(|line| teller.unmet(line)).collect(),
        places: report.places.iter().map(|line| teller.place(line)).collect(),
        sites: teller.in_world(BASE).filter_map(|line| teller.site(line)).collect(),
        steps: report.steps.iter().map(|line| teller.step(line)).collect(),
        local: teller.changes(LOCAL),
        cuts: report.cuts.iter().filter_map(|line| teller.cut(line)).collect(),
        dependence: teller.dependence(),
        substitutes: teller.substitutes(),
        drills: report.drills.iter().map(drill).collect(),
        files: files(manifest),
    }
}

/// The files that can be had of a run.
pub(super) fn files(manifest: &Manifest) -> Vec<ReadinessFile> {
    let both = manifest.tables.iter().flat_map(|(name, table)| {
        ["csv", "parquet"].map(|ending| ReadinessFile {
            name: format!("{name}.{ending}"),
            rows: Some(table.rows),
        })
    });
    let report = ReadinessFile { name: REPORT_CSV.to_owned(), rows: None };
    if manifest.is_complete() { std::iter::once(report).chain(both).collect() } else { Vec::new() }
}

struct Teller<'a> {
    lexicon: &'a Lexicon,
    report: &'a Report,
}

impl Teller<'_> {
    fn job(&self, job: &Job) -> ReadinessJob {
        ReadinessJob {
            seed: job.seed.to_string(),
            year: job.year,
            season: job.season.map(|season| season.name().to_owned()),
            periods: job.periods,
            period_hours: job.period_hours,
            delay_hours: job.delay_hours,
            drafts: job.drafts,
            unreachable: job.unreachable.iter().map(|party| self.lexicon.party(party)).collect(),
            counterfactuals: job.counterfactuals.to_string(),
        }
    }

    fn unmet(&self, line: &UnmetLine) -> ReadinessUnmet {
        let of = |world: &str| {
            let mut all = self.report.dots.iter();
            all.find(|dots| dots.world == world && dots.commodity == line.commodity).map(dots)
        };
        let local = self.report.local.iter().find(|local| local.commodity == line.commodity);
        ReadinessUnmet {
            commodity: line.commodity.clone(),
            names: line.commodity.as_deref().map(|id| self.commodity(id)),
            scenarios: line.scenarios,
            share: interval(line.share_ppm),
            local_share: local.map(|local| interval(local.share_ppm)),
            dots: of(BASE).unwrap_or_default(),
            local_dots: of(LOCAL),
        }
    }

    fn place(&self, line: &PlaceLine) -> ReadinessPlace {
        let commodity = line.unmet.commodity.clone().unwrap_or_default();
        ReadinessPlace {
            place: line.place.clone(),
            place_names: self.place_names(&line.place),
            names: self.commodity(&commodity),
            commodity,
            scenarios: line.unmet.scenarios,
            share: interval(line.unmet.share_ppm),
            half_h: median(&line.unmet.half_h),
            ninety_h: median(&line.unmet.ninety_h),
            person_days: interval(line.person_days_a_year),
        }
    }

    fn in_world<'a>(&'a self, world: &'a str) -> impl Iterator<Item = &'a PlaceInLine> {
        self.report.places_in.iter().filter(move |line| line.world == world)
    }

    /// A place the catalog does not know has no place on a map.
    fn site(&self, line: &PlaceInLine) -> Option<ReadinessSite> {
        let id = line.place.parse::<PlaceId>().ok()?;
        let seat = self.lexicon.catalog().places.get(&id)?.seat;
        Some(ReadinessSite {
            place: line.place.clone(),
            names: self.lexicon.place(&id),
            at: MapPoint { lat_micro: seat.lat_micro, lon_micro: seat.lon_micro },
            scenarios: line.scenarios,
            person_days: interval(line.person_days_a_year),
        })
    }

    /// What a world changes, for the places for which it changes anything.
    fn changes(&self, world: &str) -> Vec<ReadinessChange> {
        let changed =
            self.in_world(world).filter(|line| line.change.low != 0 || line.change.high != 0);
        let change = |line: &PlaceInLine| ReadinessChange {
            place: line.place.clone(),
            scenarios: line.scenarios,
            person_days: interval(line.person_days_a_year),
            change: interval(line.change),
        };
        changed.map(change).collect()
    }

    fn step(&self, line: &StepLine) -> ReadinessStep {
        let known = line.candidate.parse::<CandidateId>().ok();
        let entry = known.and_then(|id| self.lexicon.catalog().candidates.get(&id));
        let kind = entry.map_or("", |entry| match entry.adds {
            Adds::Agreement(_) => "agreement",
            Adds::Link(_) => "link",
            Adds::Stock(_) => "stock",
        });
        let world = format!("{}{}", pumasi_readiness::report::STEP, line.candidate);
        ReadinessStep {
            candidate: line.candidate.clone(),
            kind: kind.to_owned(),
            names: entry.map_or_else(|| Words::same(&line.candidate), |e| Words::from(&e.names)),
            says: entry.map_or_else(|| Words::same(&line.candidate), |e| Words::from(&e.says)),
            cost_usd: line.cost_usd_a_year,
            scenarios: line.scenarios,
            share: interval(line.share_ppm),
            person_days: interval(line.person_days_a_year),
            milli_days_a_kusd: line.milli_days_a_kusd.map(interval),
            rank: interval(line.rank),
            changes: self.changes(&world),
        }
    }

    /// Nothing for a name that no counterfactual has.
    fn cut(&self, line: &CutLine) -> Option<ReadinessCut> {
        let (kind, names, clause) = match line.counterfactual.split_once(':') {
            None if line.counterfactual == LOCAL => ("national_ties", None, None),
            Some(("cut", link)) => {
                let link = link.parse::<LinkId>().ok()?;
                ("link", Some(self.lexicon.link(&link)), None)
            }
            Some(("suspend", of)) => {
                let (agreement, clause) =
                    of.split_once(':').map_or((of, None), |(a, c)| (a, Some(c)));
                let agreement = agreement.parse::<AgreementId>().ok()?;
                let clause = clause.and_then(|clause| clause.parse().ok()).map(|clause| {
                    self.lexicon.clause(&ClauseCited { agreement: agreement.clone(), clause })
                });
                let kind = if clause.is_some() { "clause" } else { "agreement" };
                (kind, Some(self.lexicon.agreement(&agreement)), clause)
            }
            _ => return None,
        };
        Some(ReadinessCut {
            counterfactual: line.counterfactual.clone(),
            kind: kind.to_owned(),
            names,
            clause,
            scenarios: line.scenarios,
            unused: line.proofs.get("unused").copied().unwrap_or(0),
            share: interval(line.share_ppm),
            person_days: interval(line.person_days_a_year),
        })
    }

    /// By country; who relies on whom place by place stands in the tables.
    fn dependence(&self) -> Vec<ReadinessDependence> {
        let mut lines: Vec<&DependenceLine> =
            self.report.dependence.iter().filter(|line| !line.scope.contains('-')).collect();
        lines.sort_by_key(|line| Reverse(line.share_ppm.value));
        let told = |line: &DependenceLine| {
            let (under, agreement) = self.under(&line.agreement);
            ReadinessDependence {
                country: self.lexicon.country(&line.scope),
                commodity: line.commodity.clone(),
                names: self.commodity(&line.commodity),
                giver: self.party(&line.giver),
                under,
                agreement,
                scenarios: line.scenarios,
                share: interval(line.share_ppm),
            }
        };
        lines.into_iter().map(told).collect()
    }

    fn substitutes(&self) -> Vec<ReadinessSubstitute> {
        let mut lines: Vec<&SubstituteLine> = self.report.substitutes.iter().collect();
        lines.sort_by_key(|line| Reverse(line.share_ppm.value.abs()));
        let told = |line: &SubstituteLine| {
            let (under, agreement) = self.under(&line.agreement);
            let suspended = line.counterfactual.split(':').nth(1).unwrap_or_default();
            ReadinessSubstitute {
                suspended: self.title(suspended),
                commodity: line.commodity.clone(),
                names: self.commodity(&line.commodity),
                giver: self.party(&line.giver),
                under,
                agreement,
                scenarios: line.scenarios,
                share: interval(line.share_ppm),
            }
        };
        lines.into_iter().map(told).collect()
    }

    /// Under what something is given, and the agreement's title where it is one.
    fn under(&self, agreement: &str) -> (String, Option<Words>) {
        match agreement {
            pumasi_readiness::figures::OWN => ("own".to_owned(), None),
            home if home.starts_with(HOME) => ("home".to_owned(), None),
            agreement => ("agreement".to_owned(), Some(self.title(agreement))),
        }
    }

    fn title(&self, agreement: &str) -> Words {
        let known = agreement.parse::<AgreementId>().ok();
        known.map_or_else(|| Words::same(agreement), |id| self.lexicon.agreement(&id))
    }

    fn commodity(&self, id: &str) -> Words {
        let known = id.parse::<CommodityId>().ok();
        known.map_or_else(|| Words::same(id), |id| self.lexicon.commodity(&id))
    }

    fn place_names(&self, id: &str) -> Words {
        let known = id.parse::<PlaceId>().ok();
        known.map_or_else(|| Words::same(id), |id| self.lexicon.place(&id))
    }

    fn party(&self, id: &str) -> PartyName {
        let known = id.parse::<PartyId>().ok();
        let unknown = || PartyName { id: id.to_owned(), names: Words::same(id) };
        known.map_or_else(unknown, |id| self.lexicon.party(&id))
    }
}

const fn interval(of: Estimated) -> Interval {
    Interval { low: of.low, value: of.value, high: of.high }
}

fn median(quantiles: &[Quantile]) -> Option<i64> {
    quantiles.iter().find(|quantile| quantile.percent == 50)?.value
}

fn dots(line: &DotsLine) -> ReadinessDots {
    ReadinessDots {
        share_ppm: line.share_ppm.clone(),
        half_h: line.half_h.clone(),
        ninety_h: line.ninety_h.clone(),
    }
}

const fn sample(line: &SampleLine) -> ReadinessSample {
    ReadinessSample {
        scenarios: line.scenarios,
        harmful: line.harmful,
        effective: line.effective,
        yearly_micro: line.yearly_micro,
        resamples: line.resamples,
        interval_percent: line.interval_percent,
    }
}

fn drill(line: &pumasi_readiness::report::DrillLine) -> ReadinessDrill {
    ReadinessDrill {
        drill: line.drill.clone(),
        origin: line.origin.clone(),
        displaced: line.displaced,
        share_ppm: line.share_ppm,
    }
}
