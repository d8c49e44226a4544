//! What a scenario makes people need, summed over the places that one hub serves.

use std::collections::{BTreeMap, BTreeSet};

use pumasi_base::{CommodityId, PartyId, PlaceId, PortId, Unit};
use pumasi_flow::{Horizon, Need};
use pumasi_hazard::{Footprint, Range, country_of};

use super::PoseInputs;
use crate::needs::governing;
use crate::problem::ProblemFinding;
use crate::problem::setting::spread_over_periods;
use crate::situation::hub_of;

/// Where what is needed is handed over: place, site, receiver, commodity.
type Key = (PlaceId, PortId, PartyId, CommodityId);

/// Units a day and units once.
type Units = (i64, i64);

/// The needs of an estimate, and those of people without power.
pub(super) fn needs(
    inputs: &PoseInputs<'_>,
    horizon: &Horizon,
    findings: &mut BTreeSet<ProblemFinding>,
) -> Vec<Need> {
    let mut sums: BTreeMap<Key, Units> = BTreeMap::new();
    let mut add = |place: &PlaceId, commodity: &CommodityId, per_day: Range, once: Range| {
        if inputs.commodities.is_some_and(|wanted| !wanted.contains(commodity)) {
            return;
        }
        match key(inputs, place, commodity) {
            Ok(key) => {
                let sum = sums.entry(key).or_default();
                sum.0 = sum.0.saturating_add(inputs.size.of_range(per_day));
                sum.1 = sum.1.saturating_add(inputs.size.of_range(once));
            }
            Err(finding) => {
                findings.insert(finding);
            }
        }
    };
    for need in &inputs.estimate.needs {
        add(&need.place, &need.commodity, need.per_day, need.once);
    }
    for place in &inputs.estimate.footprint {
        let people = without_power(inputs, place);
        for need in &inputs.rates.power.needs {
            let per_day = need.amount.times(people);
            if !per_day.is_nothing() {
                add(&place.place, &need.commodity, per_day, Range::default());
            }
        }
    }
    let need = |((place, site, receiver, commodity), (per_day, once)): (Key, Units)| {
        let daily = spread_over_periods(horizon, per_day, true);
        let lasting = spread_over_periods(horizon, once, false);
        let most = pumasi_flow::problem::UNITS_MAX;
        let both = daily.iter().zip(lasting).map(|(a, b)| a.saturating_add(b).min(most));
        Need { place, site, receiver, commodity, wanted: both.collect(), requested: true }
    };
    let needs = sums.into_iter().map(need);
    needs.filter(|need| need.wanted.iter().any(|units| *units > 0)).collect()
}

/// People without power at a place: by the worst of what befell it, for who is cut off by one is not
/// so by another.
fn without_power(inputs: &PoseInputs<'_>, place: &Footprint) -> Range {
    let rates = &inputs.rates.power.without;
    let by_hit = place.hits.iter().map(|hit| rates.at(hit.severity));
    let worst = by_hit.max_by_key(|share| (share.central_micro, share.high_micro));
    worst.map_or_else(Range::default, |share| share.times(Range::exactly(place.people)))
}

fn key(
    inputs: &PoseInputs<'_>,
    place: &PlaceId,
    commodity: &CommodityId,
) -> Result<Key, ProblemFinding> {
    let catalog = inputs.catalog;
    let known = catalog.commodities.get(commodity);
    let known = known.ok_or_else(|| ProblemFinding::CommodityUnknown(commodity.clone()))?;
    let governing = governing(catalog, place);
    let governing = governing.ok_or_else(|| ProblemFinding::PlaceHasNoParty(place.clone()))?;
    let no_hub = || ProblemFinding::PlaceHasNoHub(place.clone());
    let (site, receiver) = if known.unit == Unit::KilowattHour {
        let receiver = inputs.rates.power.receivers.get(country_of(place));
        (inputs.ground.grid_of(place).cloned(), receiver.unwrap_or(governing))
    } else {
        (hub_of(catalog, place), governing)
    };
    let site = site.ok_or_else(no_hub)?;
    let at = catalog.ports.get(&site).ok_or_else(no_hub)?.place.clone();
    Ok((at, site, receiver.clone(), commodity.clone()))
}
