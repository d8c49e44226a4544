//! From messages to what is needed, in one call.

use std::collections::BTreeMap;

use pumasi_base::{Catalog, PlaceId, Status, Time};
use serde::{Deserialize, Serialize};

use crate::damage::counted;
use crate::deaths::Deaths;
use crate::exposure::{Hit, Kind, hits};
use crate::factors::{Amount, Factors, NeedFactor, Rates};
use crate::incident::by_event;
use crate::message::standing;
use crate::{
    Census, Damage, Evidence, Finding, Message, MessageVersion, Method, Need, Range, Severity,
    SourceRef, needs,
};

/// What messages about one event mean for the people of the catalog's places.
///
/// Every total is the sum of its places.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Estimate {
    /// The messages it rests on, oldest first.
    pub messages: Vec<MessageVersion>,
    /// Whether it is real; needs of an exercise stay in the exercise.
    pub status: Status,
    /// When the event struck.
    pub origin: Time,
    /// The version of the factors used.
    pub factors_version: String,
    /// The places that were hit, worst first.
    pub footprint: Vec<Footprint>,
    /// People out of their homes at the peak, those told to leave included.
    pub evacuated: Range,
    /// People out of their homes for longer, who need what neighbours send.
    pub displaced: Range,
    /// Deaths: the tenth, fiftieth and ninetieth percentile by shaking, or what was counted; nothing
    /// where no method tells.
    pub deaths: Option<Range>,
    /// People without piped water at the peak.
    pub without_water: Range,
    /// What is needed, by place and then commodity.
    pub needs: Vec<Need>,
    /// Where the rates behind the figures come from.
    pub basis: Basis,
    /// What was odd.
    pub findings: Vec<Finding>,
}

/// One place that was hit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Footprint {
    /// The place: a municipality, or a province in place of municipalities not in the catalog.
    pub place: PlaceId,
    /// How hard it was hit, by each hazard, worst first; empty where damage was counted alone.
    pub hits: Vec<FootprintHit>,
    /// The people who live there.
    pub people: i64,
    /// How its figures were found.
    pub method: Method,
    /// The message its figures rest on.
    pub from: MessageVersion,
    /// People out of their homes at the peak.
    pub evacuated: Range,
    /// People out of their homes for longer.
    pub displaced: Range,
    /// People without piped water at the peak.
    pub without_water: Range,
}

/// One hazard's part in what befell a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FootprintHit {
    /// How hard.
    pub severity: Severity,
    /// How that was found.
    pub method: Method,
    /// The message it rests on.
    pub from: MessageVersion,
    /// People out of their homes for longer because of it.
    pub displaced: Range,
}

impl Footprint {
    /// The worst that befell it.
    #[must_use]
    pub fn severity(&self) -> Option<Severity> {
        self.hits.first().map(|hit| hit.severity)
    }
}

/// Where the rates of an estimate come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Basis {
    /// The rates of people out of their homes at the peak.
    pub evacuated: SourceRef,
    /// The rates of people out of their homes for longer.
    pub displaced: SourceRef,
    /// The death rates.
    pub deaths: SourceRef,
    /// The rates of people without piped water.
    pub without_water: SourceRef,
    /// The shares of people of damaged homes.
    pub damage: SourceRef,
}

/// A catalog and factors, compiled once to estimate many events.
#[derive(Debug, Clone, PartialEq)]
pub struct Estimator {
    census: Census,
    factors: Factors,
    needs: Vec<NeedFactor>,
    findings: Vec<Finding>,
}

impl Estimator {
    /// Makes ready to estimate with the people of a catalog.
    ///
    /// Needs of commodities the catalog does not know, or counts in another unit, are left out with
    /// a finding in each estimate.
    #[must_use]
    pub fn new(catalog: &Catalog, factors: Factors) -> Self {
        let (needs, findings) = needs::usable(&factors.needs, catalog);
        Self { census: Census::of(catalog), factors, needs, findings }
    }

    /// The factors it works with.
    #[must_use]
    pub const fn factors(&self) -> &Factors {
        &self.factors
    }

    /// The people it counts.
    #[must_use]
    pub const fn census(&self) -> &Census {
        &self.census
    }

    /// Turns messages, in any order, and what was counted since, into what they mean for people.
    ///
    /// Messages about several events, such as two fires or a foreshock and its mainshock, are taken
    /// together: of two events of one kind the worse counts at a place, for its people are the
    /// same. Messages that withdraw all their events leave an empty estimate.
    #[must_use]
    pub fn estimate<'a, I>(&self, messages: I, damage: &[Damage]) -> Estimate
    where
        I: IntoIterator<Item = &'a Message>,
    {
        let messages: Vec<&Message> = messages.into_iter().collect();
        let mut estimate = self.empty(&messages);
        let mut worst: BTreeMap<(PlaceId, Kind), Hit> = BTreeMap::new();
        let mut quakes = Vec::new();
        for event in by_event(&messages) {
            let evidence = Evidence::of(event);
            quakes.extend(evidence.earthquake.as_ref().map(|cited| cited.said.origin));
            let (hits, findings) = hits(&evidence, &self.census);
            estimate.findings.extend(evidence.findings);
            estimate.findings.extend(findings);
            for hit in hits {
                let known = worst.entry((hit.place.clone(), Kind::of(&hit)));
                let known = known.or_insert_with(|| hit.clone());
                if hit.is_worse_than(known) {
                    *known = hit;
                }
            }
        }
        estimate.origin = quakes.into_iter().min().unwrap_or(estimate.origin);
        let hits: Vec<Hit> = worst.into_values().collect();
        let (deaths, odd) = self.deaths(&hits, damage);
        estimate.deaths = deaths;
        estimate.findings.extend(odd);
        estimate.footprint = self.footprint(hits, damage, estimate.origin);
        for place in &estimate.footprint {
            estimate.evacuated = estimate.evacuated.plus(place.evacuated);
            estimate.displaced = estimate.displaced.plus(place.displaced);
            estimate.without_water = estimate.without_water.plus(place.without_water);
        }
        estimate.needs = needs::needs(&estimate.footprint, estimate.origin, &self.needs);
        if !estimate.footprint.is_empty() {
            estimate.findings.extend(self.findings.iter().cloned());
        }
        estimate
    }

    fn empty(&self, messages: &[&Message]) -> Estimate {
        let mut standing = standing(messages.iter().copied());
        standing.sort_by_key(|message| (message.sent, message.serial));
        let known = standing.first().or(messages.first()).copied();
        Estimate {
            messages: standing.iter().map(|message| message.version()).collect(),
            status: known.map_or(Status::Test, |message| message.status),
            origin: known.map_or(Time::UNIX_EPOCH, Message::origin),
            factors_version: self.factors.version.clone(),
            footprint: Vec::new(),
            evacuated: Range::default(),
            displaced: Range::default(),
            deaths: None,
            without_water: Range::default(),
            needs: Vec::new(),
            basis: Basis {
                evacuated: self.factors.evacuated.source.clone(),
                displaced: self.factors.displaced.source.clone(),
                deaths: self.factors.deaths.source.clone(),
                without_water: self.factors.without_water.source.clone(),
                damage: self.factors.damage.source.clone(),
            },
            findings: Vec::new(),
        }
    }

    /// Deaths by shaking, and at least those that were counted.
    fn deaths(&self, hits: &[Hit], damage: &[Damage]) -> (Option<Range>, Vec<Finding>) {
        let mut deaths = Deaths::default();
        let mut shook = false;
        for hit in hits {
            let share = share_of(hit.people, hit.smooth().len());
            for intensity in hit.smooth().iter().filter_map(|severity| severity.shaking()) {
                shook = true;
                deaths.add(&self.factors, &hit.country, share, intensity);
            }
        }
        let (range, findings) = deaths.range(&self.factors);
        let dead = damage.iter().filter_map(|damage| damage.counts.people_dead);
        let dead = dead.reduce(i64::saturating_add);
        let rated = shook.then_some(range);
        let counted = dead.map(|dead| rated.unwrap_or_default().at_least(dead));
        (counted.or(rated), findings)
    }

    /// The hits by place, what was counted in the place of what was rated.
    fn footprint(&self, hits: Vec<Hit>, damage: &[Damage], origin: Time) -> Vec<Footprint> {
        let mut by_place: BTreeMap<PlaceId, Footprint> = BTreeMap::new();
        for hit in hits {
            let rated = self.rated(&hit);
            match by_place.get_mut(&hit.place) {
                Some(place) => place.add(rated),
                None => {
                    by_place.insert(hit.place.clone(), rated);
                }
            }
        }
        for damage in damage {
            let people = self.census.province(&damage.place);
            let people = self.census.resident(&damage.place).or(people).map_or(0, |r| r.people);
            let place = by_place.entry(damage.place.clone()).or_insert_with(|| Footprint {
                place: damage.place.clone(),
                hits: Vec::new(),
                people,
                method: Method::Counted,
                from: damage.from.clone(),
                evacuated: Range::default(),
                displaced: Range::default(),
                without_water: Range::default(),
            });
            let counted = counted(damage, origin, &self.factors, place.displaced);
            if counted.displaced.is_some() {
                (place.method, place.from) = (Method::Counted, damage.from.clone());
            }
            place.displaced = counted.displaced.unwrap_or(place.displaced);
            place.evacuated = place.evacuated.at_least(place.displaced.low);
            place.without_water = counted.without_water.unwrap_or(place.without_water);
        }
        let mut footprint: Vec<Footprint> = by_place.into_values().collect();
        footprint.sort_by(|a, b| {
            b.rank()
                .partial_cmp(&a.rank())
                .unwrap_or(std::cmp::Ordering::Equal)
                .then_with(|| a.place.cmp(&b.place))
        });
        footprint
    }

    /// What the rates make of one hit.
    fn rated(&self, hit: &Hit) -> Footprint {
        let displaced = affected(hit, &self.factors.displaced);
        // The rates of earthquakes are those of the peak, and nobody is told to leave before one.
        let evacuated = match hit.severity {
            Severity::Shaking(_) => displaced,
            Severity::Wind(_) | Severity::Warned(..) => affected(hit, &self.factors.evacuated),
        };
        Footprint {
            place: hit.place.clone(),
            hits: vec![FootprintHit {
                severity: hit.severity,
                method: hit.method,
                from: hit.from.clone(),
                displaced,
            }],
            people: hit.people,
            method: hit.method,
            from: hit.from.clone(),
            evacuated,
            displaced,
            without_water: affected(hit, &self.factors.without_water),
        }
    }
}

impl Footprint {
    /// Adds another hazard's part: who is out of home by one is not so by the other, as far as
    /// there are people.
    fn add(&mut self, other: Self) {
        self.people = self.people.max(other.people);
        let is_worse = other.displaced.central > self.displaced.central;
        self.hits.extend(other.hits);
        self.hits.sort_by_key(|hit| std::cmp::Reverse(hit.displaced));
        if is_worse {
            (self.method, self.from) = (other.method, other.from);
        }
        self.evacuated = self.evacuated.plus(other.evacuated).at_most(self.people);
        self.displaced = self.displaced.plus(other.displaced).at_most(self.people);
        self.without_water = self.without_water.plus(other.without_water).at_most(self.people);
    }

    /// By shaking first, then by wind, then by the people out of their homes.
    fn rank(&self) -> (f64, u16, i64, i64) {
        let severities = || self.hits.iter().map(|hit| hit.severity);
        let shaking = severities().filter_map(|one| one.shaking()).map(|i| i.as_mmi());
        let wind = severities().filter_map(|one| match one {
            Severity::Wind(metres) => Some(metres),
            Severity::Shaking(_) | Severity::Warned(..) => None,
        });
        let mmi = shaking.fold(0.0, libm::fmax);
        (mmi, wind.max().unwrap_or(0), self.displaced.central, self.displaced.high)
    }
}

/// The people a table of rates takes out of a place.
///
/// Shares are averaged before they become whole people, so that many stations round no more often
/// than one.
fn affected(hit: &Hit, rates: &Rates) -> Range {
    let mean = |severities: &[Severity], of: fn(Amount) -> i64| {
        let count = i64::try_from(severities.len()).unwrap_or(i64::MAX).max(1);
        let sum: i64 = severities.iter().map(|severity| of(rates.at(*severity))).sum();
        sum / count
    };
    let low = if hit.is_coarse { 0 } else { mean(&hit.low, |a| a.low_micro) };
    let central = mean(&hit.central, |a| a.central_micro).max(low);
    let high = mean(&hit.high, |a| a.high_micro).max(central);
    let share = Amount { low_micro: low, central_micro: central, high_micro: high };
    share.times(Range::exactly(hit.people))
}

/// People spread evenly over so many stations, as a float.
fn share_of(people: i64, stations: usize) -> f64 {
    let float = |n: Option<u32>| f64::from(n.unwrap_or(u32::MAX));
    let stations = float(u32::try_from(stations.max(1)).ok());
    float(u32::try_from(people).ok()) / stations
}
