//! `report_situation`: what one party counted and saw, passed on to its neighbours.

use std::collections::BTreeMap;

use pumasi_base::{PlaceId, Time};
use serde::{Deserialize, Serialize};

use crate::fold::Context;
use crate::kinds::Kind;
use crate::refusal::Refusal;
use crate::state::State;

/// Reports the situation of one province: words, and counts by place.
///
/// A party's later report on a province takes the place of its earlier one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportSituation {
    /// The province.
    pub province: PlaceId,
    /// When it was so.
    pub as_of: Time,
    /// Who counted, in the reporting party's words.
    pub source: String,
    /// What the party says, in its own words.
    pub text: String,
    /// The BCP 47 tag of their language.
    pub lang: String,
    /// What was counted by place; the province itself where only its sum is known.
    pub places: BTreeMap<PlaceId, Counts>,
}

/// Homes and people, counted; what nobody counted yet is absent, which is not 0.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Counts {
    /// Homes that collapsed, were burnt or washed away.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub homes_destroyed: Option<u32>,
    /// Homes that half collapsed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub homes_half_destroyed: Option<u32>,
    /// Homes cut off from piped water.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub homes_without_water: Option<u32>,
    /// People in shelters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub people_in_shelters: Option<u32>,
    /// People dead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub people_dead: Option<u32>,
    /// People injured.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub people_injured: Option<u32>,
    /// People missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub people_missing: Option<u32>,
}

impl Kind for ReportSituation {
    fn apply(self, context: &Context<'_>, state: &mut State) -> Result<(), Refusal> {
        state.situations.insert(context.id(), self);
        Ok(())
    }
}
