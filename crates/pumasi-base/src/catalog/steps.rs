//! How neighbours may come closer: categories gathered into groups, and steps of cooperation from
//! the least to the most sensitive.
//!
//! How sensitive a step is is a political judgement, so it is an entry of the catalog, which every
//! party can replace by its own. The words of agreements in it are checked by the crate that knows
//! them.

use serde::Deserialize;

use super::PartyKind;
use crate::{Captions, CategoryId, GroupId, PartyId, PurposeId, SourceId, StepId};

/// Categories that a reader wants to see as one.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroupEntry {
    /// Its id.
    pub id: GroupId,
    /// What it is called.
    pub names: Captions,
    /// The categories, in the order in which they are shown.
    pub categories: Vec<CategoryId>,
    /// Whether people in distress need it, so that its lack is a gap.
    #[serde(default)]
    pub relief: bool,
}

/// A step of cooperation; entries stand in order, the least sensitive first.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StepEntry {
    /// Its id.
    pub id: StepId,
    /// What it is called.
    pub names: Captions,
    /// Why it stands where it stands.
    pub why: Captions,
    /// How it is recognised: any one of these.
    #[serde(rename = "sign")]
    pub signs: Vec<SignEntry>,
    /// Between whom it makes sense; between any two when absent.
    #[serde(default)]
    pub suits: SuitsEntry,
    /// Where the idea of its place comes from.
    pub source: SourceId,
}

/// How a step is recognised in what agreements permit.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignEntry {
    /// Any one of these actions is permitted, in the words of agreements.
    pub actions: Vec<String>,
    /// For any one of these categories.
    pub categories: Vec<CategoryId>,
    /// For any one of these purposes; for any at all when empty.
    #[serde(default)]
    pub purposes: Vec<PurposeId>,
    /// Settled in any one of these ways, in the words of agreements; however when empty.
    #[serde(default)]
    pub settlements: Vec<String>,
}

/// Between whom a step makes sense: each side is of one of the kinds or one of the parties.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SuitsEntry {
    /// Kinds of body.
    #[serde(default)]
    pub kinds: Vec<PartyKind>,
    /// Single parties.
    #[serde(default)]
    pub parties: Vec<PartyId>,
}
