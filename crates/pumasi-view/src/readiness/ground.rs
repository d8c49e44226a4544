//! Where links and stocks lie among the people, and what an event does to them there.

use std::collections::BTreeMap;

use pumasi_agreement::scope::mode_code;
use pumasi_base::catalog::{Catalog, Cause, Mode, Port, PortKind};
use pumasi_base::{LinkId, PlaceId, Point, PortId};
use pumasi_flow::{Closure, Horizon, Link, Stock};
use pumasi_hazard::draw::{Chance, DamageRates, LinkDamage};
use pumasi_hazard::geometry::{between, distance_km};
use pumasi_hazard::{Census, Estimate, Severity, country_of};

/// Minutes in a day.
const DAY_MIN: u64 = 1440;
/// One million: shares are held in millionths.
const MICRO: i128 = 1_000_000;

/// Where links and stocks lie: the place of people nearest to each site and each middle of a road.
///
/// It costs a walk over all pairs and is found once for all scenarios of a catalog.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ground {
    sites: BTreeMap<PortId, PlaceId>,
    middles: BTreeMap<LinkId, PlaceId>,
    grids: BTreeMap<PlaceId, PortId>,
}

impl Ground {
    /// Finds the places nearest to the sites and links of a catalog.
    #[must_use]
    pub fn of(catalog: &Catalog, census: &Census) -> Self {
        let nearest = |at: Point| {
            let seats = census.residents().iter();
            let seats = seats.map(|resident| (distance_km(at, resident.seat), &resident.place));
            seats.min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(b.1))).map(|(_, place)| place)
        };
        let site = |port: &Port| Some((port.id.clone(), nearest(port.at.0)?.clone()));
        let middle = |link: &pumasi_base::catalog::Link| {
            let (from, to) = (catalog.ports.get(&link.from)?, catalog.ports.get(&link.to)?);
            let middle = between(from.at.0, to.at.0, 0.5);
            is_on_land(link.mode).then(|| Some((link.id.clone(), nearest(middle)?.clone())))?
        };
        Self {
            sites: catalog.ports.values().filter_map(site).collect(),
            middles: catalog.links.values().filter_map(middle).collect(),
            grids: grids(catalog),
        }
    }

    /// The node of the grid that feeds a place: the nearest of its country.
    #[must_use]
    pub fn grid_of(&self, place: &PlaceId) -> Option<&PortId> {
        self.grids.get(place)
    }
}

fn grids(catalog: &Catalog) -> BTreeMap<PlaceId, PortId> {
    let nodes: Vec<&Port> =
        catalog.ports.values().filter(|port| port.kind == PortKind::Grid).collect();
    let mut grids = BTreeMap::new();
    for place in catalog.places.values() {
        let country = country_of(&place.id);
        let home = nodes.iter().filter(|node| country_of(&node.place) == country);
        let by_distance = home.map(|node| (distance_km(place.seat, node.at.0), &node.id));
        let nearest = by_distance.min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(b.1)));
        grids.extend(nearest.map(|(_, node)| (place.id.clone(), node.clone())));
    }
    grids
}

const fn is_on_land(mode: Mode) -> bool {
    matches!(mode, Mode::Road | Mode::Rail)
}

/// How hard an event hit each place, beside the ground it hit.
pub(super) struct Struck<'a> {
    hits: BTreeMap<&'a PlaceId, Vec<Severity>>,
    ground: &'a Ground,
    rates: &'a DamageRates,
}

impl<'a> Struck<'a> {
    pub(super) fn of(estimate: &'a Estimate, ground: &'a Ground, rates: &'a DamageRates) -> Self {
        let mut hits: BTreeMap<&PlaceId, Vec<Severity>> = BTreeMap::new();
        for place in &estimate.footprint {
            let severities = place.hits.iter().map(|hit| hit.severity);
            hits.entry(&place.place).or_default().extend(severities);
        }
        Self { hits, ground, rates }
    }

    /// What befell a site.
    fn at(&self, site: &PortId) -> &[Severity] {
        self.ground.sites.get(site).map_or(&[], |place| self.of_place(place))
    }

    fn of_place(&self, place: &PlaceId) -> &[Severity] {
        self.hits.get(place).map_or(&[], Vec::as_slice)
    }

    /// Closes and narrows links, each by a chance of its own.
    pub(super) fn close(&self, links: &mut [Link], horizon: &Horizon, chance: &Chance) {
        for link in links {
            let middle = self.ground.middles.get(&link.id).map(|place| self.of_place(place));
            let hits = [self.at(&link.from), self.at(&link.to), middle.unwrap_or(&[])].concat();
            if let Some(damage) = self.rates.of_link(mode_code(link.mode), &hits) {
                befall(link, damage, horizon, &mut chance.named(link.id.as_str()));
            }
        }
    }

    /// Takes off what is lost of stocks: all that lie at one site lose the same share.
    pub(super) fn lose(&self, stocks: &mut Vec<Stock>, chance: &Chance) {
        for stock in stocks.iter_mut() {
            let Some(damage) = self.rates.of_stock(self.at(&stock.site)) else { continue };
            let [least, most] = damage.lost_micro;
            let width = u64::try_from(most - least).unwrap_or(0);
            let above = chance.named(stock.site.as_str()).below(width.saturating_add(1));
            let left = MICRO - i128::from(least) - i128::from(above);
            let units = i128::from(stock.units) * left.max(0) / MICRO;
            stock.units = i64::try_from(units).unwrap_or(stock.units);
        }
        stocks.retain(|stock| stock.units > 0);
    }
}

/// What befalls one link: it is closed, narrowed or spared, for some days.
fn befall(link: &mut Link, damage: &LinkDamage, horizon: &Horizon, chance: &mut Chance) {
    let [fewest, most] = damage.days;
    let fate = i64::try_from(chance.below(1_000_000)).unwrap_or(0);
    let days = fewest + chance.below(most.saturating_sub(fewest).saturating_add(1));
    let minutes = i64::try_from(days.saturating_mul(DAY_MIN)).unwrap_or(i64::MAX);
    let until_period = horizon.serving_period(minutes).min(horizon.periods);
    if fate < damage.closed_micro {
        let cause = if let Severity::Wind(_) = damage.at { Cause::Weather } else { Cause::Damage };
        link.closures.push(Closure { from_period: 0, until_period, cause, note: None });
    } else if fate < damage.closed_micro + damage.narrowed_micro {
        for kg in link.capacity_kg.iter_mut().take(until_period) {
            let left = i128::from(*kg) * i128::from(damage.left_micro) / MICRO;
            *kg = i64::try_from(left).unwrap_or(*kg);
        }
    }
}
