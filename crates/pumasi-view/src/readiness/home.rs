//! Help within one country, which needs no agreement.

use std::collections::{BTreeMap, BTreeSet};

use pumasi_base::catalog::{Commodity, Mode};
use pumasi_base::{AgreementId, ClauseId, CommodityId, PartyId};
use pumasi_flow::{ClauseRef, Permit, Stock};

use crate::needs::country_of;
use crate::problem::setting::Setting;

/// The clause that stands for a country's own law in its [`home_agreement`].
const CLAUSE: &str = "national-response";

/// The id that stands for the law by which bodies of one country help each other: `home-jp`.
///
/// It is no agreement of any library. Whether what lies in the own country comes is not what
/// readiness asks; it comes at once and unasked. Nothing where the country's code makes no id.
#[must_use]
pub fn home_agreement(country: &str) -> Option<AgreementId> {
    format!("home-{country}").parse().ok()
}

/// A permit for each owner of a stock and each receiver of its country.
pub(super) fn permits(
    setting: &Setting<'_>,
    stocks: &[Stock],
    receivers: &BTreeSet<PartyId>,
    commodities: &BTreeMap<&CommodityId, &Commodity>,
) -> Vec<Permit> {
    let owners: BTreeSet<&PartyId> = stocks.iter().map(|stock| &stock.owner).collect();
    let country = |party: &PartyId| country_of(setting.catalog, party);
    let mut permits = Vec::new();
    for receiver in receivers {
        let home = country(receiver);
        let clause: Option<ClauseId> = CLAUSE.parse().ok();
        let Some((agreement, clause)) = home_agreement(&home).zip(clause) else { continue };
        let ground = setting.catalog.parties.keys().filter(|party| country(party) == home);
        let ground: BTreeSet<PartyId> = ground.cloned().collect();
        let givers = owners.iter().filter(|owner| **owner != receiver && country(owner) == home);
        permits.extend(givers.map(|giver| Permit {
            clause: ClauseRef { agreement: agreement.clone(), clause: clause.clone() },
            giver: (*giver).clone(),
            receiver: receiver.clone(),
            commodities: commodities.keys().map(|id| (*id).clone()).collect(),
            modes: Mode::ALL.into(),
            through: Some(ground.clone()),
            earliest_period: 0,
            ceilings: BTreeSet::new(),
            push: true,
            suspended: None,
        }));
    }
    permits
}
