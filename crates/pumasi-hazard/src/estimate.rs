//! From an alert to what is needed, in one call.

use pumasi_base::{PlaceId, Status};
use serde::{Deserialize, Serialize};

use crate::{AlertVersion, Finding, Intensity, Method, Need, Range, SourceRef};

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
