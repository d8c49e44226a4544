//! Draws instances of the reference family: relief over three lands in decimal figures.
//!
//! [`super::generate`] draws problems of whole units for the node's own planner; this draws what
//! the benchmarks of the exact solver are run on, in the sets and the distributions of the family
//! (`docs/spec/flow.md` has them). A *base* is drawn from a seed: places joined to the nearest on
//! their island by road, ports and airports with handling, ships and aircraft, stocks, and
//! agreements between lands. A *scenario* is drawn from a number: a disaster with its needs, links
//! closed and stocks lost. The same numbers give the same statement, bit by bit, on every machine:
//! of floating point only sums, products, quotients and square roots are used.
//!
//! Everything but the shape of the map is invented.

#![expect(
    clippy::as_conversions,
    reason = "sizes are small, and what becomes a count was rounded down"
)]

mod facts;
mod measure;

use super::Chance;
use crate::statement::{
    ByPeriod, COST_WEIGHT, Id, StatedCeiling, StatedClosure, StatedCommodity, StatedLink,
    StatedNeed, StatedPermit, StatedSite, StatedStock, Statement,
};
use facts::{CATEGORIES, FIXED, GATEWAYS, PLACES, SHIPS};
use measure::{Spot, fading, km, rounded};

/// Most places to draw from.
pub const PLACES_MAX: usize = PLACES.len();
/// Most categories to draw from.
pub const CATEGORIES_MAX: usize = CATEGORIES.len();
/// Most sub-places of a place.
pub const SCALE_MAX: usize = 20;
/// Most periods drawn.
pub const PERIODS_MAX: usize = 400;

const LANDS: [&str; 3] = ["kr", "jp", "cn"];
const PERIOD_HOURS: f64 = 6.0;
const PERIOD_MIN: i64 = 360;
/// Roads wind: how much longer they are than the distance, and ships' ways.
const ROAD_BENDS: f64 = 1.35;
const SEA_BENDS: f64 = 1.3;

/// What to draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Draw {
    /// The base.
    pub seed: u64,
    /// The disaster.
    pub scenario: u64,
    /// Places, at most [`PLACES_MAX`]; those with a gateway are always among them.
    pub places: usize,
    /// Categories of goods, from 1 to [`CATEGORIES_MAX`].
    pub categories: usize,
    /// Periods of six hours, from 1 to [`PERIODS_MAX`].
    pub periods: usize,
    /// Into how many sub-places each place is split, from 1 to [`SCALE_MAX`].
    pub scale: usize,
}

impl Default for Draw {
    /// The reference: 104 sites, over 500 links, 10 categories, a week.
    fn default() -> Self {
        Self { seed: 1, scenario: 7, places: 76, categories: 10, periods: 28, scale: 1 }
    }
}

/// Draws the statement that belongs to `draw`; figures outside their range are taken to its ends.
#[must_use]
pub fn draw(draw: Draw) -> Statement {
    let draw = Draw {
        places: draw.places.clamp(1, PLACES_MAX),
        categories: draw.categories.clamp(1, CATEGORIES_MAX),
        periods: draw.periods.clamp(1, PERIODS_MAX),
        scale: draw.scale.clamp(1, SCALE_MAX),
        ..draw
    };
    let mut drawing = Drawing::new(draw);
    drawing.sites();
    drawing.roads();
    drawing.crossings();
    drawing.stocks();
    drawing.agreements();
    // A stream of its own, so that one base can meet every scenario.
    drawing.chance = Chance(draw.scenario.wrapping_mul(0x2545_f491_4f6c_dd1d) ^ 0x5ce4_a210);
    drawing.disaster();
    drawing.said
}

/// A statement while it is drawn.
struct Drawing {
    draw: Draw,
    chance: Chance,
    /// The places, then the gateways, one for each site of the statement.
    spots: Vec<Spot>,
    places: usize,
    said: Statement,
}

impl Drawing {
    fn new(draw: Draw) -> Self {
        let category = |(id, mass_t, weight, perishing, per): &facts::Category| StatedCommodity {
            id: Id::from(*id),
            mass_t: *mass_t,
            perishing: *perishing,
            weight: weight / per,
            kept_per_period: 1.0,
        };
        let said = Statement {
            periods: draw.periods,
            period_min: PERIOD_MIN,
            cost_weight: COST_WEIGHT,
            commodities: CATEGORIES.iter().take(draw.categories).map(category).collect(),
            sites: Vec::new(),
            links: Vec::new(),
            stocks: Vec::new(),
            needs: Vec::new(),
            ceilings: Vec::new(),
            permits: Vec::new(),
        };
        let chance = Chance(draw.seed.wrapping_mul(0x9e6c_63d0_876a_3f6b) ^ 0xba5e);
        Self { draw, chance, spots: Vec::new(), places: 0, said }
    }

    fn categories(&self) -> &'static [facts::Category] {
        CATEGORIES.get(..self.draw.categories).unwrap_or(&CATEGORIES)
    }

    /// A figure from `least` to `most`.
    fn between(&mut self, least: f64, most: f64) -> f64 {
        // 53 bits are what a figure holds; 2^-53 is exact.
        let unit = (self.chance.next() >> 11) as f64 * f64::EPSILON / 2.0;
        least + (most - least) * unit
    }

    fn one_of<T: Copy>(&mut self, items: &[T], otherwise: T) -> T {
        self.chance.pick(items).copied().unwrap_or(otherwise)
    }

    fn sites(&mut self) {
        let (draw, all) = (self.draw, PLACES.len());
        for (at, place) in PLACES.iter().enumerate() {
            let (id, land, lat, lon, thousands, island) = *place;
            // Spread evenly over the list where not all are wanted.
            let chosen = at == 0 || (at * draw.places) / all != ((at - 1) * draw.places) / all;
            if !chosen && !GATEWAYS.iter().any(|(_, _, town)| *town == id) {
                continue;
            }
            for part in 0..draw.scale {
                let apart = if part == 0 { 0.0 } else { 0.35 };
                let (north, east) = (self.between(-apart, apart), self.between(-apart, apart));
                let name = if part == 0 { id.to_owned() } else { format!("{id}.{part}") };
                let lat = f64::from(lat) / 100.0 + rounded(north, 1e3);
                let lon = f64::from(lon) / 100.0 + rounded(east, 1e3);
                let people = f64::from(thousands) * 1e3 / draw.scale as f64;
                self.spots.push(Spot::new(Id::from(name), land, island, (lat, lon), people));
            }
        }
        self.places = self.spots.len();
        for (id, _, town) in GATEWAYS {
            if let Some(at) = self.spot(town).and_then(|at| self.spots.get(at)) {
                let mut gateway = at.clone();
                (gateway.id, gateway.people) = (Id::from(id), 0.0);
                self.spots.push(gateway);
            }
        }
        for spot in &self.spots {
            let territory = Some(Id::from(spot.land));
            let site = StatedSite { id: Id::clone(&spot.id), territory, intake_t: None };
            self.said.sites.push(site);
        }
    }

    fn spot(&self, id: &str) -> Option<usize> {
        self.spots.iter().position(|spot| spot.id.as_ref() == id)
    }

    fn km(&self, one: usize, other: usize) -> f64 {
        let ends = self.spots.get(one).zip(self.spots.get(other));
        ends.map_or(0.0, |(one, other)| km(one, other))
    }

    /// Joins two spots both ways, each with figures of its own to be closed by itself.
    fn link(&mut self, ends: (usize, usize), mode: &str, (hours, tonnes, cost): (f64, f64, f64)) {
        let (one, other) = ends;
        let Some((one, other)) = self.spots.get(one).zip(self.spots.get(other)) else { return };
        for (from, to) in [(one, other), (other, one)] {
            let periods = (hours / PERIOD_HOURS + 0.5).floor() as i64;
            self.said.links.push(StatedLink {
                id: Id::from(format!("{}--{}", from.id, to.id)),
                from: Id::clone(&from.id),
                to: Id::clone(&to.id),
                both_ways: false,
                mode: Id::from(mode),
                duration_min: periods * PERIOD_MIN,
                capacity_t: Some(ByPeriod::Same(rounded(tonnes, 10.0))),
                cost_per_t: rounded(cost, 100.0),
                retained: 1.0,
                closures: Vec::new(),
                commodities: None,
            });
        }
    }

    /// Joins each place with the four nearest on its island, and islands where it is possible.
    fn roads(&mut self) {
        let mut joined = std::collections::BTreeSet::new();
        for at in 0..self.places {
            let mut near: Vec<(f64, usize)> = (0..self.places)
                .filter(|other| *other != at && self.same_island(at, *other))
                .map(|other| (self.km(at, other), other))
                .collect();
            near.sort_by(|(a, one), (b, other)| a.total_cmp(b).then(one.cmp(other)));
            for (km, other) in near.into_iter().take(4) {
                if joined.insert((at.min(other), at.max(other))) {
                    let km = km * ROAD_BENDS;
                    let tonnes = self.between(300.0, 2500.0);
                    self.link((at, other), "road", (km / 45.0, tonnes, 0.12 * km));
                }
            }
        }
        for (one, other, hours, tonnes) in FIXED {
            if let Some(ends) = self.spot(one).zip(self.spot(other)) {
                self.link(ends, "road", (hours, tonnes, 20.0));
            }
        }
    }

    fn same_island(&self, one: usize, other: usize) -> bool {
        let ends = self.spots.get(one).zip(self.spots.get(other));
        ends.is_some_and(|(one, other)| one.land == other.land && one.island == other.island)
    }

    /// Handling at gateways, ships and aircraft between them.
    fn crossings(&mut self) {
        for (id, port, town) in GATEWAYS {
            let Some(ends) = self.spot(town).zip(self.spot(id)) else { continue };
            let (hours, cost) = if port { (3.0, 4.0) } else { (1.5, 15.0) };
            let tonnes = if port { self.between(800.0, 6000.0) } else { self.between(60.0, 400.0) };
            self.link(ends, "handling", (hours, tonnes, cost));
        }
        for (one, other) in SHIPS {
            let Some(ends) = self.spot(one).zip(self.spot(other)) else { continue };
            let km = self.km(ends.0, ends.1) * SEA_BENDS;
            let tonnes = self.between(200.0, 1800.0);
            self.link(ends, "ship", (km / 28.0, tonnes, 0.03 * km + 10.0));
        }
        let airports: Vec<usize> = GATEWAYS
            .iter()
            .filter(|(_, port, _)| !port)
            .filter_map(|(id, ..)| self.spot(id))
            .collect();
        for (number, one) in airports.iter().enumerate() {
            for other in airports.iter().skip(number + 1) {
                let km = self.km(*one, *other);
                if km > 250.0 {
                    let tonnes = self.between(15.0, 90.0);
                    self.link((*one, *other), "air", (km / 600.0 + 1.0, tonnes, 1.1 * km));
                }
            }
        }
    }

    /// A land's stocks lie at four of five places.
    fn stocks(&mut self) {
        for at in 0..self.places {
            let Some(spot) = self.spots.get(at).cloned() else { continue };
            for (category, _, _, perishing, per) in self.categories() {
                if self.between(0.0, 1.0) >= 0.8 {
                    continue;
                }
                let crowded = if spot.land == "cn" { 12.0 } else { 1.0 };
                let days = self.between(0.02, 0.12) / crowded;
                let periods = if *perishing { 4.0 } else { 1.0 };
                let units = rounded(spot.people * days * per * periods, 100.0);
                let release_period = self.one_of(&[0, 0, 1, 2], 0);
                self.said.stocks.push(StatedStock {
                    id: Id::from(format!("{}/{category}", spot.id)),
                    owner: Id::from(spot.land),
                    site: Id::clone(&spot.id),
                    commodity: Id::from(*category),
                    units,
                    release_period,
                });
            }
        }
    }

    /// A land helps its own places with everything, and every other land under two agreements.
    fn agreements(&mut self) {
        for land in LANDS {
            let permit = self.permit(format!("home-{land}"), (land, land), vec![land]);
            self.said.permits.push(permit);
        }
        let mut number = 0;
        for giver in LANDS {
            for receiver in LANDS.into_iter().filter(|land| *land != giver) {
                for covered in [0.45, 0.3] {
                    self.agreement(number, (giver, receiver), covered);
                    number += 1;
                }
            }
        }
    }

    fn permit(
        &self,
        id: String,
        (giver, receiver): (&str, &str),
        through: Vec<&str>,
    ) -> StatedPermit {
        let places = self.spots.iter().take(self.places).filter(|spot| spot.land == receiver);
        StatedPermit {
            id: Id::from(id),
            givers: vec![Id::from(giver)],
            receivers: places.map(|spot| Id::clone(&spot.id)).collect(),
            commodities: None,
            modes: None,
            through: Some(through.into_iter().map(Id::from).collect()),
            earliest_period: 0,
            ceilings: Vec::new(),
            push: false,
        }
    }

    fn agreement(&mut self, number: usize, (giver, receiver): (&str, &str), covered: f64) {
        let count = ((self.draw.categories as f64 * covered) as usize).max(1);
        let categories = self.some_of(count);
        let third = LANDS.into_iter().find(|land| *land != giver && *land != receiver);
        let open = self.between(0.0, 1.0) < 0.4;
        let through = [Some(giver), Some(receiver), third.filter(|_| open)];
        let flown = self.between(0.0, 1.0) < 0.7;
        let modes = [Some("road"), Some("ship"), Some("handling"), flown.then_some("air")];
        let id = format!("a{number}-{giver}-{receiver}");
        let earliest_period = self.one_of(&[1, 2, 4, 8], 1);
        let most_t = self.between(2000.0, 20_000.0).round();
        let ceiling = Id::from(id.as_str());
        let through = through.into_iter().flatten().collect();
        self.said.permits.push(StatedPermit {
            commodities: Some(categories),
            modes: Some(modes.into_iter().flatten().map(Id::from).collect()),
            earliest_period,
            ceilings: vec![Id::clone(&ceiling)],
            ..self.permit(id, (giver, receiver), through)
        });
        self.said.ceilings.push(StatedCeiling { id: ceiling, most_t });
    }

    /// Some of the categories, in their order.
    fn some_of(&mut self, count: usize) -> Vec<Id> {
        let mut left: Vec<usize> = (0..self.draw.categories).collect();
        let mut chosen = Vec::new();
        while chosen.len() < count && !left.is_empty() {
            let last = i64::try_from(left.len()).unwrap_or(i64::MAX) - 1;
            let at = usize::try_from(self.chance.between(0, last)).unwrap_or(0);
            chosen.push(left.remove(at));
        }
        chosen.sort_unstable();
        let categories = self.categories();
        chosen.iter().filter_map(|at| categories.get(*at)).map(|kind| Id::from(kind.0)).collect()
    }

    /// Strikes somewhere in the two lands the agreements were made for.
    fn disaster(&mut self) {
        let struck: Vec<usize> = (0..self.places)
            .filter(|at| self.spots.get(*at).is_some_and(|spot| spot.land != "cn"))
            .collect();
        let centre = self.one_of(&struck, 0);
        let radius_km = self.between(110.0, 260.0);
        let far: Vec<f64> = (0..self.spots.len()).map(|at| self.km(at, centre)).collect();
        for (at, far_km) in far.iter().copied().enumerate().take(self.places) {
            if far_km <= radius_km {
                let spread = self.between(0.4, 1.6);
                let share = 0.10 * fading(far_km / (radius_km * 0.5)) * spread;
                self.needs(at, share);
            }
        }
        self.closures(&far, radius_km);
        self.losses(&far, radius_km);
    }

    fn needs(&mut self, at: usize, share: f64) {
        let Some(spot) = self.spots.get(at) else { return };
        let (people, periods) = (spot.people * share, self.draw.periods);
        for (category, _, _, perishing, per) in self.categories() {
            let all = per * people;
            let wanted = |period: usize| match (*perishing, period) {
                (true, _) if (period as f64) < periods as f64 * 0.6 => all,
                (true, _) => 0.6 * all,
                (false, 0) => 0.3 * all,
                (false, 1..8) => 0.1 * all,
                (false, _) => 0.0,
            };
            let wanted = (0..periods).map(|period| rounded(wanted(period), 1e3));
            self.said.needs.push(StatedNeed {
                id: Id::from(format!("{}/{category}", spot.id)),
                place: Some(Id::clone(&spot.id)),
                site: Id::clone(&spot.id),
                receiver: Id::clone(&spot.id),
                commodity: Id::from(*category),
                wanted: ByPeriod::Each(wanted.collect()),
                priority: 1.0,
                requested: true,
            });
        }
    }

    /// The nearer a link comes to the centre, the likelier it is closed, in whole or in part.
    fn closures(&mut self, far: &[f64], radius_km: f64) {
        let km_of = |id: &Id| {
            let at = self.spots.iter().position(|spot| spot.id == *id);
            at.and_then(|at| far.get(at)).copied().unwrap_or(f64::INFINITY)
        };
        let near: Vec<f64> =
            self.said.links.iter().map(|link| km_of(&link.from).min(km_of(&link.to))).collect();
        for (at, far_km) in near.into_iter().enumerate() {
            let likely = 0.55 * (1.0 - far_km / radius_km) + 0.05;
            if far_km >= radius_km || self.between(0.0, 1.0) >= likely {
                continue;
            }
            let periods = self.draw.periods;
            let until_period = self.one_of(&[2, 4, 8, 12, periods], periods);
            let share = self.one_of(&[0.0, 0.0, 0.25, 0.5], 0.0);
            if let Some(link) = self.said.links.get_mut(at) {
                link.closures.push(StatedClosure { from_period: 0, until_period, share });
            }
        }
    }

    /// Near the centre stocks are lost, all of them in its inner quarter.
    fn losses(&mut self, far: &[f64], radius_km: f64) {
        for stock in &mut self.said.stocks {
            let at = self.spots.iter().position(|spot| spot.id == stock.site);
            let far_km = at.and_then(|at| far.get(at)).copied().unwrap_or(f64::INFINITY);
            if far_km < radius_km * 0.8 {
                let left = (1.0 - 1.3 * (1.0 - far_km / radius_km)).max(0.0);
                stock.units *= rounded(left, 1e3);
            }
        }
        self.said.stocks.retain(|stock| stock.units > 0.0);
    }
}

#[cfg(test)]
mod tests;
