//! What is needed, as the newest reports have it, and how much of it was asked for, promised, sent
//! and received.

use std::collections::{BTreeMap, BTreeSet};

use pumasi_act::kinds::choose_plan::ChoosePlan;
use pumasi_act::kinds::relay_alert::RelayAlert;
use pumasi_act::kinds::report_needs::{NeedReport, ReportNeeds};
use pumasi_act::{ActId, OrderLine};
use pumasi_base::{Catalog, CommodityId, PartyId, PlaceId, Quantity, Time, Unit};

use crate::lexicon::Lexicon;
use crate::page::{NeedTotal, Spread};
use crate::visible::{Case, Matter};

/// Hours of need that are counted where no plan says otherwise: one week.
pub const HORIZON_HOURS: i64 = 168;

/// The newest of some acts of a case.
///
/// In one matter causal order decides after `rank`; between matters, which have no common order,
/// claimed time does, then the id, so that every node finds the same one.
fn newest<'a, T, R: Ord>(
    case: &Case<'a>,
    entries: impl Fn(&Matter<'a>) -> Vec<(ActId, &'a T)>,
    rank: impl Fn(&Matter<'a>, &T) -> R,
) -> Option<(ActId, &'a T)> {
    let of_matter = |matter: &Matter<'a>| {
        let newest = entries(matter)
            .into_iter()
            .max_by_key(|(id, entry)| (rank(matter, entry), matter.rank(id)));
        newest.map(|(id, entry)| {
            let time = matter.act(&id).map(|act| act.payload().time);
            ((rank(matter, entry), time, id), entry)
        })
    };
    let of_case = case.matters.iter().filter_map(of_matter).max_by(|a, b| a.0.cmp(&b.0));
    of_case.map(|((_, _, id), entry)| (id, entry))
}

/// The alert sent last.
pub(crate) fn newest_alert<'a>(case: &Case<'a>) -> Option<(ActId, &'a RelayAlert)> {
    newest(case, |m| m.state.alerts.iter().map(|(id, a)| (*id, a)).collect(), |_, a| a.sent)
}

/// The plan chosen last, by whichever party.
pub(crate) fn newest_plan<'a>(case: &Case<'a>) -> Option<(ActId, &'a ChoosePlan)> {
    newest(case, |m| m.state.plans.iter().map(|(id, plan)| (*id, plan)).collect(), |_, _| ())
}

/// The report that counts for each province.
///
/// Of each party's reports the newest: the one whose alert was sent last, then the last in causal
/// order. Where several parties report on one province those of its own country go first, who hold
/// the warnings and counts that were made there; then the newest alert decides, then the party that
/// governs the province. Adding them up would count people twice.
pub(crate) fn reports(catalog: &Catalog, case: &Case<'_>) -> BTreeMap<PlaceId, ReportNeeds> {
    type Rank = (bool, Option<Time>, bool, Option<Time>, ActId);
    let mut chosen: BTreeMap<PlaceId, (Rank, ReportNeeds)> = BTreeMap::new();
    for matter in &case.matters {
        for (id, report) in newest_by_party(matter) {
            let Some(act) = matter.act(&id) else { continue };
            let governs = governing(catalog, &report.province) == Some(act.party());
            let country = report.province.as_str().split('-').next();
            let is_own = country == Some(country_of(catalog, act.party()).as_str());
            let rank = (is_own, sent(matter, &report), governs, Some(act.payload().time), id);
            let known = chosen.get(&report.province);
            if known.is_none_or(|(other, _)| *other < rank) {
                chosen.insert(report.province.clone(), (rank, report));
            }
        }
    }
    chosen.into_iter().map(|(province, (_, report))| (province, report)).collect()
}

/// Each party's newest report on each province, its parts together, with the act of the last part.
fn newest_by_party(matter: &Matter<'_>) -> Vec<(ActId, ReportNeeds)> {
    let mut newest: BTreeMap<(&PartyId, &PlaceId), (ActId, ReportNeeds)> = BTreeMap::new();
    for act in matter.folded_acts() {
        let Some(report) = matter.state.needs.get(&act.id()) else { continue };
        let key = (act.party(), &report.province);
        match newest.get_mut(&key) {
            Some((id, known)) if known.alert == report.alert => {
                known.places.extend(report.places.clone());
                known.sources.extend(report.sources.clone());
                *id = act.id();
            }
            Some((_, known)) if sent(matter, report) < sent(matter, known) => {}
            _ => {
                newest.insert(key, (act.id(), report.clone()));
            }
        }
    }
    newest.into_values().collect()
}

fn sent(matter: &Matter<'_>, report: &ReportNeeds) -> Option<Time> {
    matter.state.alerts.get(&report.alert).map(|alert| alert.sent)
}

/// The party that governs a place: the province it lies in, as a party of the catalog.
pub(crate) fn governing<'a>(catalog: &'a Catalog, place: &PlaceId) -> Option<&'a PartyId> {
    let province = &catalog.province_of(place)?.id;
    catalog
        .parties
        .values()
        .find(|party| {
            party.kind == pumasi_base::catalog::PartyKind::Province
                && party.place.as_ref() == Some(province)
        })
        .map(|party| &party.id)
}

/// The country of a party: the ISO 3166-1 code its place begins with, or its id when the catalog
/// knows no place of it.
pub(crate) fn country_of(catalog: &Catalog, party: &PartyId) -> String {
    let place = catalog.parties.get(party).and_then(|entry| entry.place.as_ref());
    let code = place.map_or(party.as_str(), PlaceId::as_str);
    code.split('-').next().unwrap_or(code).to_owned()
}

/// The hours a plan covers, or [`HORIZON_HOURS`] without one.
pub(crate) fn horizon_hours(plan: Option<&ChoosePlan>) -> i64 {
    plan.map_or(HORIZON_HOURS, |plan| {
        pumasi_base::time::seconds_between(plan.start, plan.end).div_euclid(3600).max(0)
    })
}

/// Units needed from hour 0 to `hours`, rounded up; what is needed once is needed from the start.
pub(crate) fn needed_by(need: &NeedReport, amount: i64, hours: i64) -> i64 {
    if need.per_day { ceiling_div(amount.saturating_mul(hours), 24) } else { amount }
}

/// The quotient rounded up; the divisor is positive.
pub(crate) const fn ceiling_div(amount: i64, by: i64) -> i64 {
    amount.div_euclid(by) + if amount.rem_euclid(by) > 0 { 1 } else { 0 }
}

/// Every order line of a case.
pub(crate) fn orders<'a>(case: &Case<'a>) -> impl Iterator<Item = (ActId, &'a OrderLine)> {
    case.matters.iter().flat_map(|matter| matter.state.orders.iter().map(|(id, o)| (*id, o)))
}

/// Hours a first tranche must last: what follows is sized by what is known by then.
pub const TRANCHE_HOURS: i64 = 72;

/// Sums of one commodity: needs in whole units, the rest in thousandths.
#[derive(Default)]
struct Sums {
    needed: [i64; 3],
    at_least: i64,
    stock: i64,
    requested: i64,
    committed: i64,
    shipped: i64,
    received: i64,
    unmet: i64,
}

/// Whether what goes to a place meets the needs reported: a reserve refilled elsewhere does not.
/// Without any report everything counts.
pub(crate) fn meets_needs(
    catalog: &Catalog,
    reports: &BTreeMap<PlaceId, ReportNeeds>,
    place: &PlaceId,
) -> bool {
    let reported = || catalog.province_of(place).is_some_and(|p| reports.contains_key(&p.id));
    reports.is_empty() || reported()
}

/// Needs against what was requested, committed, shipped and received for them, by commodity.
///
/// Without a plan everything needed and not yet committed counts as unmet.
pub(crate) fn totals(
    lexicon: &Lexicon,
    case: &Case<'_>,
    reports: &BTreeMap<PlaceId, ReportNeeds>,
) -> Vec<NeedTotal> {
    let plan = newest_plan(case).map(|(_, plan)| plan);
    let hours = horizon_hours(plan);
    let mut sums: BTreeMap<&CommodityId, Sums> = BTreeMap::new();
    let needs = reports.values().flat_map(|r| r.places.values()).flat_map(|p| &p.needs);
    for (commodity, need) in needs {
        let entry = sums.entry(commodity).or_default();
        for (sum, amount) in entry.needed.iter_mut().zip(need.amount) {
            *sum = sum.saturating_add(needed_by(need, amount, hours));
        }
        let [low, ..] = need.amount;
        entry.at_least = entry.at_least.saturating_add(needed_by(need, low, TRANCHE_HOURS));
    }
    let local = reports.keys().filter_map(|province| governing(lexicon.catalog(), province));
    let local: BTreeSet<&PartyId> = local.collect();
    for stock in lexicon.catalog().stocks.iter().filter(|stock| local.contains(&stock.owner)) {
        if let Some(entry) = sums.get_mut(&stock.commodity) {
            add(&mut entry.stock, stock.quantity);
        }
    }
    let requests = case.matters.iter().flat_map(|matter| matter.state.requests.values());
    let counts = |place: &PlaceId| meets_needs(lexicon.catalog(), reports, place);
    for request in requests.filter(|request| counts(&request.place)) {
        add(&mut sums.entry(&request.commodity).or_default().requested, request.quantity);
    }
    for (_, order) in orders(case).filter(|(_, order)| counts(&order.place)) {
        let entry = sums.entry(&order.commodity).or_default();
        add(&mut entry.committed, order.committed);
        add(&mut entry.shipped, order.shipped);
        add(&mut entry.received, order.accepted);
    }
    for unmet in plan.into_iter().flat_map(|plan| &plan.unmet) {
        let entry = sums.entry(&unmet.commodity).or_default();
        entry.unmet = entry.unmet.saturating_add(unmet.units);
    }
    let planned = plan.is_some();
    sums.into_iter().map(|(commodity, sums)| total(lexicon, commodity, &sums, planned)).collect()
}

fn add(sum: &mut i64, quantity: Quantity) {
    *sum = sum.saturating_add(quantity.as_milli());
}

fn total(lexicon: &Lexicon, commodity: &CommodityId, sums: &Sums, planned: bool) -> NeedTotal {
    let whole = |milli: i64| milli.div_euclid(1000);
    let [low, central, high] = sums.needed;
    let open = central.saturating_sub(whole(sums.committed)).max(0);
    let at_hand = whole(sums.stock.saturating_add(sums.committed));
    NeedTotal {
        commodity: commodity.to_string(),
        names: lexicon.commodity(commodity),
        unit: unit_of(lexicon, commodity),
        needed: Spread { low, central, high },
        stock: whole(sums.stock),
        first_tranche: sums.at_least.saturating_sub(at_hand).max(0),
        requested: whole(sums.requested),
        committed: whole(sums.committed),
        shipped: whole(sums.shipped),
        received: whole(sums.received),
        unmet: if planned { sums.unmet } else { open },
    }
}

/// The code of a commodity's unit; pieces where the catalog does not know it.
pub(crate) fn unit_of(lexicon: &Lexicon, commodity: &CommodityId) -> String {
    let unit = lexicon.catalog().commodities.get(commodity).map_or(Unit::Each, |c| c.unit);
    unit.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reserve_refilled_elsewhere_meets_no_need() {
        let catalog = crate::world::catalog();
        let body = crate::world::needs(ActId(pumasi_base::Digest::of(b"alert")), 100, 10);
        let report: ReportNeeds = serde_json::from_value(body).unwrap();
        let reports = BTreeMap::from([(report.province.clone(), report)]);
        let meets = |place: &str, reports| meets_needs(&catalog, reports, &place.parse().unwrap());
        assert!(meets("jp", &reports) && meets("jp-1", &reports));
        assert!(!meets("kr", &reports) && !meets("nowhere", &reports));
        assert!(meets("kr", &BTreeMap::new()), "nothing is reported yet");
    }
}
