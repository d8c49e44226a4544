//! What could be added to agreements, links and stocks, each with its cost.
//!
//! A candidate is a question of this project to its own model. It says nothing about what anybody
//! intends, plans or has been offered.

use serde::Deserialize;

use super::{Check, Mode};
use crate::{CandidateId, Captions, CategoryId, CommodityId, PartyId, PortId, Quantity, SourceId};

/// Something that could be added.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Candidate {
    /// Its id.
    pub id: CandidateId,
    /// What it is called.
    pub names: Captions,
    /// What it would be, in one sentence.
    pub says: Captions,
    /// What it would cost in a year, in whole US dollars; what is built is spread over its life.
    pub cost_usd_a_year: i64,
    /// What it would add.
    pub adds: Adds,
    /// Where its figures come from.
    pub source: SourceId,
}

/// What a candidate would add.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Adds {
    /// An agreement.
    Agreement(CandidateAgreement),
    /// A link, under the candidate's id.
    Link(CandidateLink),
    /// A stock that is kept for neighbours, with nothing held back.
    Stock(CandidateStock),
}

/// An agreement that could be made.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CandidateAgreement {
    /// Who could give.
    pub givers: Vec<PartyId>,
    /// Who could receive.
    pub receivers: Vec<PartyId>,
    /// Countries all of whose parties could receive as well: the first part of their places' ids.
    #[serde(default)]
    pub countries: Vec<String>,
    /// What could be given.
    pub categories: Vec<CategoryId>,
    /// By what; by anything when left out.
    #[serde(default)]
    pub modes: Vec<Mode>,
    /// On whose ground it could pass beside the countries of giver and receiver.
    #[serde(default)]
    pub transit: Vec<PartyId>,
    /// Hours between the order and the earliest dispatch.
    #[serde(default)]
    pub delay_hours: i64,
    /// The most each giver could send for one incident, in tonnes; no limit when left out.
    pub ceiling_t: Option<i64>,
    /// Whether it could be sent unasked.
    #[serde(default)]
    pub push: bool,
}

/// A link that could be opened; it would run both ways.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CandidateLink {
    /// One end.
    pub from: PortId,
    /// The other end.
    pub to: PortId,
    /// By what it would carry.
    pub mode: Mode,
    /// The commodities it would carry, and no others; whatever goes by its mode when left out.
    #[serde(default)]
    pub commodities: Option<Vec<CommodityId>>,
    /// Tonnes each way in a day.
    pub capacity_t_per_day: i64,
    /// Minutes under way, loading and unloading included.
    pub duration_min: i64,
    /// Cost of a tonne, in cents of a US dollar.
    pub cost_cents_per_t: i64,
}

/// A stock that could be laid in.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CandidateStock {
    /// Whose it would be.
    pub owner: PartyId,
    /// Where it would lie.
    pub at: PortId,
    /// What it would be.
    pub commodity: CommodityId,
    /// How much.
    pub quantity: Quantity,
}

impl Check<'_> {
    /// Names of a candidate that the catalog does not know.
    pub(super) fn candidate(&mut self, candidate: &Candidate) {
        let entry = candidate.id.as_str();
        self.source(entry, &candidate.source);
        match &candidate.adds {
            Adds::Agreement(agreement) => {
                let sides = agreement.givers.iter().chain(&agreement.receivers);
                let parties = sides.chain(&agreement.transit);
                for party in parties {
                    self.party(entry, party);
                }
            }
            Adds::Link(link) => {
                self.port(entry, &link.from);
                self.port(entry, &link.to);
                self.commodities(entry, link.commodities.as_deref());
            }
            Adds::Stock(stock) => {
                self.party(entry, &stock.owner);
                self.port(entry, &stock.at);
                self.known(entry, "commodity", stock.commodity.as_str(), |catalog| {
                    catalog.commodities.contains_key(&stock.commodity)
                });
            }
        }
    }
}
