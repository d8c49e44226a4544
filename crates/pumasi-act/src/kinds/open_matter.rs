//! `open_matter`: the first act of a matter freezes who shares it and under what.

use std::collections::{BTreeMap, BTreeSet};

use pumasi_base::{
    AgreementId, Captions, CategoryId, CommodityId, Digest, PartyId, Status, Time, Unit,
};
use serde::{Deserialize, Serialize};

use crate::refusal::Refusal;

/// Opens a matter; its id is the id of this act.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenMatter {
    /// Version of the fold's rules.
    pub rules: u32,
    /// Actual, exercise or test: for good.
    pub status: Status,
    /// The case it belongs to: matters of one disaster share it.
    pub case: String,
    /// Its title.
    pub title: Captions,
    /// Who shares it: every act, from the first.
    pub audience: BTreeSet<PartyId>,
    /// The agreements it stands under, each frozen by the digest of its text.
    pub agreements: BTreeMap<AgreementId, Digest>,
    /// When the event struck, when there is one.
    pub origin: Option<Time>,
    /// How commodities are classed and weighed here, frozen so that nobody can relabel.
    pub commodities: BTreeMap<CommodityId, CommodityTerms>,
}

/// How a matter classes one commodity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CommodityTerms {
    /// Its legal category.
    pub category: CategoryId,
    /// Its unit.
    pub unit: Unit,
    /// Grams per unit.
    pub mass_g: i64,
}

impl OpenMatter {
    /// The name of the kind.
    pub const NAME: &'static str = "open_matter";

    pub(crate) fn read(body: &serde_json::Value) -> Result<Self, Refusal> {
        Self::deserialize(body).map_err(|error| Refusal::BodyMustRead { what: error.to_string() })
    }
}
