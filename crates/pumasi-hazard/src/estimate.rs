//! From an alert to what is needed, in one call.

use pumasi_base::{Catalog, PlaceId, Status};
use serde::{Deserialize, Serialize};

use crate::deaths::Deaths;
use crate::factors::{Amount, Factors, Rates};
use crate::people::{Shaken, country_of, shaken};
use crate::{
    Alert, AlertVersion, Finding, FindingCode, Intensity, MessageType, Method, Need, Range,
    SourceRef, needs,
};

/// What one message means for the people of the catalog's places.
///
/// Every total is the sum of its places.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Estimate {
    /// The message all of this rests on.
    pub from: AlertVersion,
    /// Whether it is real; needs of an exercise stay in the exercise.
    pub status: Status,
    /// The version of the factors used.
    pub factors_version: String,
    /// The places that shook, strongest first.
    pub footprint: Vec<Footprint>,
    /// People out of their homes at the peak.
    pub displaced: Range,
    /// Deaths: the tenth, fiftieth and ninetieth percentile.
    pub deaths: Range,
    /// People without piped water at the peak.
    pub without_water: Range,
    /// What is needed, by place and then commodity.
    pub needs: Vec<Need>,
    /// Where the rates behind `displaced`, `deaths` and `without_water` come from.
    pub basis: Basis,
    /// What was odd.
    pub findings: Vec<Finding>,
}

/// One place that shook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Footprint {
    /// The place: a municipality, or a province in place of municipalities not in the catalog.
    pub place: PlaceId,
    /// The strongest intensity in it.
    pub intensity: Intensity,
    /// The people who live there.
    pub people: i64,
    /// Whether the intensity was measured there.
    pub observed: bool,
    /// How the intensity was found.
    pub method: Method,
    /// People out of their homes at the peak.
    pub displaced: Range,
    /// People without piped water at the peak.
    pub without_water: Range,
}

/// Where the rates of an estimate come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Basis {
    /// The rates of people out of their homes.
    pub displaced: SourceRef,
    /// The death rates.
    pub deaths: SourceRef,
    /// The rates of people without piped water.
    pub without_water: SourceRef,
}

/// Turns a message into what it means for the people of the catalog's places.
///
/// A message that withdraws its event gives an empty estimate.
#[must_use]
pub fn estimate(alert: &Alert, catalog: &Catalog, factors: &Factors) -> Estimate {
    let mut estimate = empty(alert, factors);
    if alert.kind == MessageType::Cancel {
        let what = "the source withdrew what it had said of this event";
        let at = alert.version.to_string();
        estimate.findings.push(Finding::new(FindingCode::AlertCancelled, at, what));
        return estimate;
    }
    let (places, findings) = shaken(alert, catalog);
    estimate.findings = findings;
    let mut deaths = Deaths::default();
    for shaken in &places {
        let footprint = footprint(shaken, factors);
        let share = whole_share(shaken);
        for intensity in shaken.smooth() {
            deaths.add(factors, country_of(&shaken.place.id), share, *intensity);
        }
        estimate.displaced = estimate.displaced.plus(footprint.displaced);
        estimate.without_water = estimate.without_water.plus(footprint.without_water);
        estimate.footprint.push(footprint);
    }
    let (range, findings) = deaths.range(factors);
    estimate.deaths = range;
    estimate.findings.extend(findings);
    let (list, findings) = needs::needs(alert, &estimate.footprint, catalog, factors);
    estimate.needs = list;
    estimate.findings.extend(findings);
    estimate
}

fn empty(alert: &Alert, factors: &Factors) -> Estimate {
    Estimate {
        from: alert.version.clone(),
        status: alert.status,
        factors_version: factors.version.clone(),
        footprint: Vec::new(),
        displaced: Range::default(),
        deaths: Range::default(),
        without_water: Range::default(),
        needs: Vec::new(),
        basis: Basis {
            displaced: factors.displaced.source.clone(),
            deaths: factors.deaths.source.clone(),
            without_water: factors.without_water.source.clone(),
        },
        findings: Vec::new(),
    }
}

fn footprint(shaken: &Shaken<'_>, factors: &Factors) -> Footprint {
    Footprint {
        place: shaken.place.id.clone(),
        intensity: shaken.intensity,
        people: shaken.people,
        observed: shaken.method.is_observed(),
        method: shaken.method,
        displaced: affected(shaken, &factors.displaced),
        without_water: affected(shaken, &factors.without_water),
    }
}

/// The people a table of rates takes out of a place.
///
/// Shares are averaged before they become whole people, so that many stations round no more often
/// than one. Of a province that stands in for its municipalities nothing is certain: its low figure
/// is none.
fn affected(shaken: &Shaken<'_>, rates: &Rates) -> Range {
    let mean = |intensities: &[Intensity], of: fn(Amount) -> i64| {
        let count = i64::try_from(intensities.len()).unwrap_or(i64::MAX).max(1);
        let sum: i64 = intensities.iter().map(|intensity| of(rates.at(*intensity))).sum();
        sum / count
    };
    let share = Amount {
        low_micro: if shaken.is_coarse() { 0 } else { mean(&shaken.low, |a| a.low_micro) },
        central_micro: mean(&shaken.central, |a| a.central_micro),
        high_micro: mean(&shaken.high, |a| a.high_micro),
    };
    share.times(Range { low: shaken.people, central: shaken.people, high: shaken.people })
}

/// The people of a place for each of its stations, as a float.
fn whole_share(shaken: &Shaken<'_>) -> f64 {
    let float = |n: Option<u32>| f64::from(n.unwrap_or(u32::MAX));
    let people = float(u32::try_from(shaken.people).ok());
    people / float(u32::try_from(shaken.smooth().len().max(1)).ok())
}
