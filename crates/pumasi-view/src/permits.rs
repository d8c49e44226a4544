//! What the agreements grant, as permits and ceilings of a planning problem.

use std::collections::{BTreeMap, BTreeSet};

use pumasi_agreement::permission::PermissionCeiling;
use pumasi_agreement::{Event, Intensity, Permission, Situation};
use pumasi_base::catalog::{Catalog, Commodity, Mode};
use pumasi_base::time::{date_at_offset, seconds_between};
use pumasi_base::{AgreementId, CommodityId, Date, PartyId, Time, Unit};
use pumasi_flow::{Ceiling, CeilingId, ClauseRef, Permit};

use crate::needs::{ceiling_div, country_of};
use crate::problem::setting::Setting;
use crate::situation::LINK_OFFSET_HOURS;

/// What permits are made from: who asks for what after which event, and what was promised before.
pub(crate) struct PermitInputs<'a> {
    pub(crate) setting: &'a Setting<'a>,
    /// When the event struck.
    pub(crate) origin: Time,
    /// The strongest shaking of a receiver's province, where it shook.
    pub(crate) strongest: &'a BTreeMap<PartyId, Intensity>,
    /// What ceilings count already.
    pub(crate) promises: &'a [Promised],
    pub(crate) receivers: &'a BTreeSet<PartyId>,
    pub(crate) commodities: &'a BTreeMap<&'a CommodityId, &'a Commodity>,
}

/// What a giver promised under an agreement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Promised {
    pub(crate) agreement: AgreementId,
    pub(crate) giver: PartyId,
    pub(crate) commodity: CommodityId,
    /// Thousandths of the commodity's unit.
    pub(crate) milli: i64,
    pub(crate) at: Time,
    /// Whether it was promised for this incident: years and weeks run on over all of them.
    pub(crate) is_of_incident: bool,
}

/// The permits for every receiver, with the ceilings they share.
///
/// A ceiling counts for each giver by itself, as the fold counts it, and what the giver promised
/// under the agreement is taken off. Ceilings for one order are left to the orders. A ceiling in
/// another unit than kilograms becomes the mass of that many of the lightest commodity it counts:
/// never more than was agreed.
pub(crate) fn permits(given: &PermitInputs<'_>) -> (Vec<Permit>, Vec<Ceiling>) {
    let mut ceilings: BTreeMap<CeilingId, i64> = BTreeMap::new();
    let mut grounds = Grounds::new();
    let mut all = Vec::new();
    for receiver in given.receivers {
        let able = |permission: &Permission| given.setting.able.contains(&permission.giver);
        let situation = given.situation(receiver);
        let granted = given.setting.agreements.permissions(&situation);
        for permission in granted.iter().filter(|permission| able(permission)) {
            let through = through(given.setting.catalog, permission, &mut grounds);
            all.extend(given.permits_of(permission, &through, &mut ceilings));
        }
    }
    let ceilings = ceilings.into_iter().map(|(id, kg)| Ceiling { id, kg }).collect();
    (all, ceilings)
}

impl PermitInputs<'_> {
    fn situation(&self, receiver: &PartyId) -> Situation {
        let start = self.setting.horizon.start;
        let hours = seconds_between(self.origin, start).div_euclid(3600);
        Situation {
            purpose: self.setting.purpose.clone(),
            status: self.setting.status,
            on: start,
            event: Some(Event {
                hours_since: hours,
                intensity: self.strongest.get(receiver).copied(),
                alert: None,
                contact_lost: self.setting.unreachable.contains(receiver),
            }),
            receivers: vec![receiver.clone()],
        }
    }

    /// One permission as permits: one for each set of commodities that fall under the same
    /// ceilings.
    fn permits_of(
        &self,
        permission: &Permission,
        through: &BTreeSet<PartyId>,
        ceilings: &mut BTreeMap<CeilingId, i64>,
    ) -> Vec<Permit> {
        let mut grouped: BTreeMap<BTreeSet<CeilingId>, BTreeSet<CommodityId>> = BTreeMap::new();
        for (id, commodity) in self.commodities {
            let named = &permission.commodities;
            let covered = permission.categories.contains(&commodity.category)
                && (named.is_empty() || named.contains(id));
            if covered {
                let over = self.ceilings_over(permission, commodity, ceilings);
                grouped.entry(over).or_default().insert((*id).clone());
            }
        }
        let period_hours = self.setting.period_hours;
        let delay = ceiling_div(permission.delay_hours.max(0), period_hours);
        let permit = |(ceilings, commodities)| Permit {
            clause: ClauseRef {
                agreement: permission.agreement.clone(),
                clause: permission.clause.clone(),
            },
            giver: permission.giver.clone(),
            receiver: permission.receiver.clone(),
            commodities,
            modes: modes(&permission.modes),
            through: Some(through.clone()),
            earliest_period: usize::try_from(delay).unwrap_or(usize::MAX),
            ceilings,
            push: permission.push,
            suspended: None,
        };
        grouped.into_iter().map(permit).collect()
    }

    /// The ceilings that count a commodity under a permission; they are noted in `ceilings`.
    fn ceilings_over(
        &self,
        permission: &Permission,
        commodity: &Commodity,
        ceilings: &mut BTreeMap<CeilingId, i64>,
    ) -> BTreeSet<CeilingId> {
        let over = permission.ceilings.iter().filter(|ceiling| {
            ceiling.per != pumasi_agreement::clauses::ceiling::Per::Order
                && counts(ceiling, commodity)
        });
        let part = self.setting.able.iter().position(|party| *party == permission.giver);
        over.map(|ceiling| {
            let clause = ClauseRef {
                agreement: permission.agreement.clone(),
                clause: ceiling.clause.clone(),
            };
            let part = part.and_then(|part| u32::try_from(part).ok()).unwrap_or(u32::MAX);
            let id = CeilingId { clause, part };
            let kg = self.left_kg(permission, ceiling);
            // Several permissions may see parts of one ceiling: the narrowest view is safe.
            let known = ceilings.entry(id.clone()).or_insert(kg);
            *known = (*known).min(kg);
            id
        })
        .collect()
    }

    /// Kilograms a giver may still send under a ceiling.
    fn left_kg(&self, permission: &Permission, ceiling: &PermissionCeiling) -> i64 {
        let unit = ceiling.limit.unit();
        let counted = self.commodities.values().filter(|commodity| counts(ceiling, commodity));
        let grams = match unit {
            Unit::Kilogram => Some(1000),
            _ => counted.map(|commodity| commodity.mass_g).min(),
        };
        let used = self.used_milli(permission, ceiling);
        let left = i128::from(ceiling.limit.as_milli()) - used;
        // Thousandths of a unit times grams of a unit are milligrams.
        let kg = left.max(0) * i128::from(grams.unwrap_or(0)) / 1_000_000;
        i64::try_from(kg).unwrap_or(i64::MAX).min(pumasi_flow::problem::KG_MAX)
    }

    fn today(&self) -> Date {
        date_at_offset(self.setting.horizon.start, LINK_OFFSET_HOURS)
    }

    /// Thousandths of the ceiling's unit that the giver promised under the agreement within the
    /// ceiling's span.
    fn used_milli(&self, permission: &Permission, ceiling: &PermissionCeiling) -> i128 {
        let start = ceiling.per.start(self.today());
        let mut used = 0;
        for promised in self.promises {
            let under =
                promised.agreement == permission.agreement && promised.giver == permission.giver;
            // An incident ends with its case; years and weeks run on.
            let in_span = start.map_or(promised.is_of_incident, |start| {
                date_at_offset(promised.at, LINK_OFFSET_HOURS) >= start
            });
            let commodity = self.setting.catalog.commodities.get(&promised.commodity);
            let Some(commodity) = commodity.filter(|_| under && in_span) else { continue };
            if counts(ceiling, commodity) {
                let milli = i128::from(promised.milli);
                used += match ceiling.limit.unit() {
                    Unit::Kilogram => milli * i128::from(commodity.mass_g) / 1000,
                    _ => milli,
                };
            }
        }
        used
    }
}

/// Whether a ceiling counts a commodity: kilograms count mass, any other unit what is counted in
/// it.
fn counts(ceiling: &PermissionCeiling, commodity: &Commodity) -> bool {
    let unit = ceiling.limit.unit();
    ceiling.categories.contains(&commodity.category)
        && (ceiling.commodities.is_empty() || ceiling.commodities.contains(&commodity.id))
        && (unit == Unit::Kilogram || unit == commodity.unit)
}

fn modes(modes: &[Mode]) -> BTreeSet<Mode> {
    if modes.is_empty() { Mode::ALL.into() } else { modes.iter().copied().collect() }
}

/// Grounds found before, by the countries of both sides and the third parties: a great event has
/// thousands of permits over a few of them.
type Grounds = BTreeMap<([String; 2], Vec<PartyId>), BTreeSet<PartyId>>;

/// On whose ground goods may pass: the giver's and the receiver's country, and the third parties
/// the clause lists.
fn through(catalog: &Catalog, permission: &Permission, grounds: &mut Grounds) -> BTreeSet<PartyId> {
    let country = |party: &PartyId| country_of(catalog, party);
    let sides = [country(&permission.giver), country(&permission.receiver)];
    let find = || {
        let at_home = catalog.parties.keys().filter(|party| sides.contains(&country(party)));
        at_home.chain(&permission.transit).cloned().collect::<BTreeSet<PartyId>>()
    };
    let key = (sides.clone(), permission.transit.clone());
    let mut ground = grounds.entry(key).or_insert_with(find).clone();
    ground.extend([permission.giver.clone(), permission.receiver.clone()]);
    ground
}
