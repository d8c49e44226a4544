//! What people need, by place and commodity.

use pumasi_base::{CommodityId, PlaceId};
use serde::{Deserialize, Serialize};

use crate::AlertVersion;

/// A figure that is not known exactly; `low <= central <= high`, never negative.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Range {
    /// What is needed or happens at least; the size of a first tranche sent without a request.
    pub low: i64,
    /// The planning figure.
    pub central: i64,
    /// What must be reckoned with.
    pub high: i64,
}

/// Where a figure's rate comes from, as people cite it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceRef {
    /// The title of the publication, with the page or section.
    pub title: String,
    /// Who published it.
    pub publisher: String,
    /// The year it was published.
    pub published: String,
    /// Whether the rate is a planning assumption of ours instead of a published one.
    #[serde(default)]
    pub assumption: bool,
}

/// How the intensity behind a figure was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// Measured at the place.
    Observed,
    /// Measured, and raised by the model where a station has not reported.
    ObservedAndModel,
    /// Modelled with distances to the rupture taken as a line along its strike.
    ModelLine,
    /// Modelled with distances to a rupture of unknown direction: an upper bound.
    ModelCircle,
}

/// What the people of one place need of one commodity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Need {
    /// The place.
    pub place: PlaceId,
    /// The commodity, in whose catalog unit both amounts are.
    pub commodity: CommodityId,
    /// Units needed anew each day: what is eaten, drunk or used up.
    pub per_day: Range,
    /// Units needed once: what lasts.
    pub once: Range,
    /// Where the amount for a person comes from.
    pub source: SourceRef,
    /// The message this rests on.
    pub from: AlertVersion,
    /// How the intensity behind it was found.
    pub method: Method,
}
