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

/// Where what is needed is handed over, and to whom: place, site, receiver.
type Handing = (PlaceId, PortId, PartyId);

/// The needs of an estimate, and those of people without power.
pub(super) fn needs(
    inputs: &PoseInputs<'_>,
    horizon: &Horizon,
    findings: &mut BTreeSet<ProblemFinding>,
) -> Vec<Need> {
    let mut sums = Sums { inputs, handings: BTreeMap::new(), units: BTreeMap::new(), findings };
    for need in &inputs.estimate.needs {
        sums.add(&need.place, &need.commodity, need.per_day, need.once);
    }
    for place in &inputs.estimate.footprint {
        let people = without_power(inputs, place);
        for need in &inputs.rates.power.needs {
            let per_day = need.amount.times(people);
            if !per_day.is_nothing() {
                sums.add(&place.place, &need.commodity, per_day, Range::default());
            }
        }
    }
    let needs = sums.units.into_iter().map(|(key, units)| need(horizon, key, units));
    needs.filter(|need| need.wanted.iter().any(|units| *units > 0)).collect()
}

/// Units a day and units once, by where they are handed over and of what.
struct Sums<'a> {
    inputs: &'a PoseInputs<'a>,
    /// By place, for electricity and for anything else: many needs are of one place.
    handings: BTreeMap<(PlaceId, bool), Option<Handing>>,
    units: BTreeMap<(Handing, CommodityId), (i64, i64)>,
    findings: &'a mut BTreeSet<ProblemFinding>,
}

impl Sums<'_> {
    fn add(&mut self, place: &PlaceId, commodity: &CommodityId, per_day: Range, once: Range) {
        if self.inputs.commodities.is_some_and(|wanted| !wanted.contains(commodity)) {
            return;
        }
        let Some(known) = self.inputs.catalog.commodities.get(commodity) else {
            self.findings.insert(ProblemFinding::CommodityUnknown(commodity.clone()));
            return;
        };
        let is_power = known.unit == Unit::KilowattHour;
        let handing = self.handings.entry((place.clone(), is_power)).or_insert_with(|| {
            let handing = handing(self.inputs, place, is_power);
            handing.map_err(|finding| self.findings.insert(finding)).ok()
        });
        if let Some(handing) = handing {
            let sum = self.units.entry((handing.clone(), commodity.clone())).or_default();
            sum.0 = sum.0.saturating_add(self.inputs.size.of_range(per_day));
            sum.1 = sum.1.saturating_add(self.inputs.size.of_range(once));
        }
    }
}

fn need(
    horizon: &Horizon,
    ((place, site, receiver), commodity): (Handing, CommodityId),
    (per_day, once): (i64, i64),
) -> Need {
    let daily = spread_over_periods(horizon, per_day, true);
    let lasting = spread_over_periods(horizon, once, false);
    let most = pumasi_flow::problem::UNITS_MAX;
    let both = daily.iter().zip(lasting).map(|(a, b)| a.saturating_add(b).min(most));
    Need { place, site, receiver, commodity, wanted: both.collect(), requested: true }
}

/// People without power at a place: by the worst of what befell it, for who is cut off by one is not
/// so by another.
fn without_power(inputs: &PoseInputs<'_>, place: &Footprint) -> Range {
    let rates = &inputs.rates.power.without;
    let by_hit = place.hits.iter().map(|hit| rates.at(hit.severity));
    let worst = by_hit.max_by_key(|share| (share.central_micro, share.high_micro));
    worst.map_or_else(Range::default, |share| share.times(Range::exactly(place.people)))
}

/// Where a place is handed electricity or anything else, and who receives it.
fn handing(
    inputs: &PoseInputs<'_>,
    place: &PlaceId,
    is_power: bool,
) -> Result<Handing, ProblemFinding> {
    let catalog = inputs.catalog;
    let governing = governing(catalog, place);
    let governing = governing.ok_or_else(|| ProblemFinding::PlaceHasNoParty(place.clone()))?;
    let no_hub = || ProblemFinding::PlaceHasNoHub(place.clone());
    let (site, receiver) = if is_power {
        let receiver = inputs.rates.power.receivers.get(country_of(place));
        (inputs.ground.grid_of(place).cloned(), receiver.unwrap_or(governing))
    } else {
        (hub_of(catalog, place), governing)
    };
    let site = site.ok_or_else(no_hub)?;
    let at = catalog.ports.get(&site).ok_or_else(no_hub)?.place.clone();
    Ok((at, site, receiver.clone()))
}
