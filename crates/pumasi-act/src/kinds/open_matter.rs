//! `open_matter`: the first act of a matter freezes who shares it and under what.

use std::collections::{BTreeMap, BTreeSet};

use pumasi_base::{
    AgreementId, Captions, CategoryId, ClauseId, CommodityId, Date, Digest, PartyId, Status, Time,
    Unit,
};
use serde::{Deserialize, Serialize};

use crate::envelope::ActId;
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
    /// The agreement whose life this matter is; none for a matter of aid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<AgreementId>,
    /// How agreements stand by their own matters, as far as the opener knows them. Each party
    /// named checks this against its own record before it acts here.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub standings: BTreeMap<AgreementId, StandingClaim>,
    /// How commodities are classed and weighed here, frozen so that nobody can relabel.
    pub commodities: BTreeMap<CommodityId, CommodityTerms>,
}

/// How an agreement stands when a matter under it is opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StandingClaim {
    /// The agreement's own matter.
    pub matter: ActId,
    /// The first day in force.
    pub entered: Option<Date>,
    /// The acts by which its parties signed it.
    pub signatures: BTreeMap<PartyId, ActId>,
    /// The first day without it, when its end is settled.
    pub ends: Option<Date>,
    /// What is suspended and by whom; no clauses means all of them.
    pub suspended: BTreeMap<PartyId, BTreeSet<ClauseId>>,
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
