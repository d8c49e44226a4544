//! `report_needs`: who was hit and what they need, as one party estimates it.

use std::collections::BTreeMap;

use pumasi_base::{CommodityId, PlaceId};
use serde::{Deserialize, Serialize};

use crate::envelope::ActId;
use crate::fold::Context;
use crate::kinds::Kind;
use crate::refusal::Refusal;
use crate::state::State;

/// Reports the needs of one province, or of a part of its places where they are many.
///
/// A party's reports on one alert add up; those on a later alert replace them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportNeeds {
    /// The alert the estimate rests on.
    pub alert: ActId,
    /// The province.
    pub province: PlaceId,
    /// Version of the factors that were used.
    pub factors: String,
    /// The messages its figures rest on, each with its version; places name them by number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub messages: Vec<String>,
    /// Deaths in the whole event by this estimate: low, central, high; absent where no method tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deaths: Option<[i64; 3]>,
    /// Where the factor behind each commodity comes from.
    pub sources: BTreeMap<CommodityId, String>,
    /// Its places.
    pub places: BTreeMap<PlaceId, PlaceReport>,
}

/// One place of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaceReport {
    /// How hard it was hit at the worst: `6+`, `MMI 7`, `wind 25`, `wildfire severe`.
    pub intensity: String,
    /// The same in tenths of the scale, for shading.
    pub intensity_tenths: i32,
    /// Whether it was observed.
    pub observed: bool,
    /// What else hit it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<String>,
    /// How its figures were found, in a short name such as `observed` or `model_line`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// Which of the report's messages its figures rest on, from 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<usize>,
    /// People out of their homes at the peak: low, central, high; the displaced when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evacuated: Option<[i64; 3]>,
    /// Displaced people: low, central, high.
    pub displaced: [i64; 3],
    /// People without piped water: low, central, high.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub without_water: Option<[i64; 3]>,
    /// Needs by commodity.
    pub needs: BTreeMap<CommodityId, NeedReport>,
}

/// One need of a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NeedReport {
    /// Whether it is a rate for each day, or once.
    pub per_day: bool,
    /// Whole units: low, central, high.
    pub amount: [i64; 3],
}

impl Kind for ReportNeeds {
    fn apply(self, context: &Context<'_>, state: &mut State) -> Result<(), Refusal> {
        if !state.alerts.contains_key(&self.alert) || !context.saw(&self.alert) {
            return Err(Refusal::ReferenceMustBeKnown { act: self.alert });
        }
        state.needs.insert(context.id(), self);
        Ok(())
    }
}
