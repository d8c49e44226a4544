//! Draws problems from a seed, for measuring and for tests; everything in them is invented.
//!
//! [`generate`] draws problems of whole units for the planner of a node; [`region`] draws instances
//! of the reference family in decimal figures, for the exact solver.
//!
//! Three lands lie side by side: places joined by roads, ports and airports tied to places, ships
//! and aircraft between the lands, stocks at most places, help within each land and agreements
//! across. One disaster hits a stretch of a land: needs arise, links close, stocks are lost. The
//! same size and seed give the same problem everywhere: integers only, and SplitMix64 for chance.

pub mod region;

use std::collections::BTreeSet;

use pumasi_base::Time;
use pumasi_base::catalog::{Cause, Mode};
use pumasi_base::id::IdError;

use crate::problem::{
    Ceiling, CeilingId, ClauseRef, Closure, Commodity, Horizon, Link, Need, Permit, ProblemParts,
    Site, Stock,
};

/// How large a problem is to be drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Places with people, over three lands; at least 9.
    pub places: usize,
    /// Commodities, at most [`COMMODITIES_MAX`].
    pub commodities: usize,
    /// Periods of six hours.
    pub periods: usize,
}

impl Size {
    /// About a hundred sites, three hundred links and a few hundred stocks over a week.
    pub const MIDDLE: Self = Self { places: 76, commodities: 10, periods: 28 };
    /// Small enough for thousands of draws.
    pub const SMALL: Self = Self { places: 9, commodities: 3, periods: 8 };
}

/// How many commodities there are to draw from.
pub const COMMODITIES_MAX: usize = KINDS.len();

/// Name, grams, perishing, weight of a unit-period, units per thousand people: in each period when
/// it perishes, once when it lasts.
const KINDS: [(&str, i64, bool, i64, i64); 10] = [
    ("water", 1_000, true, 133, 750),
    ("blanket", 1_500, false, 35, 1_000),
    ("food", 600, true, 160, 500),
    ("fuel", 1_000, true, 333, 150),
    ("shelter", 40_000, false, 500, 120),
    ("medkit", 20_000, false, 15_000, 20),
    ("toilet", 30_000, false, 3_500, 20),
    ("infant-food", 300, true, 7_500, 20),
    ("clothing", 1_000, false, 40, 500),
    ("generator", 120_000, false, 120_000, 1),
];

const PERIOD_MIN: i64 = 360;
const LANDS: [Land; 3] = [
    Land { id: "aa", west_km: 0, wide_km: 260, high_km: 420, places_percent: 22 },
    Land { id: "bb", west_km: 520, wide_km: 1100, high_km: 240, places_percent: 63 },
    Land { id: "cc", west_km: -1300, wide_km: 700, high_km: 900, places_percent: 15 },
];

struct Land {
    id: &'static str,
    west_km: i64,
    wide_km: i64,
    high_km: i64,
    places_percent: usize,
}

/// SplitMix64: Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from `least` to `most`, both included.
    fn between(&mut self, least: i64, most: i64) -> i64 {
        let span = u64::try_from(most - least + 1).unwrap_or(1).max(1);
        least + i64::try_from(self.next() % span).unwrap_or(0)
    }

    fn percent(&mut self, percent: i64) -> bool {
        self.between(0, 99) < percent
    }

    fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        let last = i64::try_from(items.len()).ok()? - 1;
        items.get(usize::try_from(self.between(0, last)).ok()?)
    }
}

/// A point of the map: a place, a port or an airport.
#[derive(Clone)]
struct Spot {
    id: String,
    land: &'static str,
    party: String,
    east_km: i64,
    north_km: i64,
    people: i64,
    mode: Mode,
}

impl Spot {
    fn km_to(&self, other: &Self) -> i64 {
        let (east, north) = (self.east_km - other.east_km, self.north_km - other.north_km);
        (east * east + north * north).isqrt()
    }
}

/// Reads an id made here.
fn id<T: std::str::FromStr<Err = IdError>>(text: &str) -> Result<T, IdError> {
    text.parse()
}

/// Draws the problem of `size` that belongs to `seed`.
///
/// # Errors
/// Only if a name made here were no id, which the tests rule out.
pub fn generate(size: Size, seed: u64) -> Result<ProblemParts, IdError> {
    let mut chance = Chance(seed);
    let spots = spots(size, &mut chance);
    let mut parts = ProblemParts::over(Horizon {
        start: Time::UNIX_EPOCH,
        period_min: PERIOD_MIN,
        periods: size.periods.max(1),
    });
    let kinds = KINDS.get(..size.commodities.min(COMMODITIES_MAX)).unwrap_or(&KINDS);
    for (name, mass_g, perishing, weight, _) in kinds {
        let (mass_g, perishing, weight) = (*mass_g, *perishing, *weight);
        let loss_ppm_per_day = 0;
        parts.commodities.push(Commodity {
            id: id(name)?,
            mass_g,
            perishing,
            weight,
            loss_ppm_per_day,
        });
    }
    let places: Vec<&Spot> = spots.iter().filter(|spot| spot.mode == Mode::Road).collect();
    let shaken: Vec<&Spot> = places.iter().copied().filter(|spot| spot.land != "cc").collect();
    let centre = chance.pick(&shaken).map(|spot| (*spot).clone());
    let radius_km = chance.between(110, 260);
    sites(&mut parts, &spots, &mut chance)?;
    roads(&mut parts, &spots, &mut chance)?;
    crossings(&mut parts, &spots, &mut chance)?;
    let Some(centre) = centre else { return Ok(parts) };
    damage(&mut parts, &spots, &centre, radius_km, &mut chance);
    for place in &places {
        let far_km = place.km_to(&centre);
        stocks(&mut parts, kinds, place, (far_km, radius_km), &mut chance)?;
        if far_km <= radius_km {
            let share_ppm = 80_000 * (radius_km - far_km) / radius_km + 2_000;
            needs(&mut parts, kinds, place, place.people * share_ppm / 1_000_000)?;
        }
    }
    agreements(&mut parts, kinds, &places, &mut chance)?;
    Ok(parts)
}

fn spots(size: Size, chance: &mut Chance) -> Vec<Spot> {
    let mut spots = Vec::new();
    for land in &LANDS {
        let count = (size.places * land.places_percent / 100).max(2);
        let first = spots.len();
        for number in 1..=count {
            let name = format!("{}-{number:02}", land.id);
            spots.push(Spot {
                id: name.clone(),
                land: land.id,
                party: name,
                east_km: land.west_km + chance.between(0, land.wide_km),
                north_km: chance.between(0, land.high_km),
                people: 300_000 << chance.between(0, 5),
                mode: Mode::Road,
            });
        }
        let towns: Vec<Spot> = spots.get(first..).unwrap_or(&[]).to_vec();
        for (kind, mode, number) in [("port", Mode::Sea, count / 6 + 1), ("air", Mode::Air, 2)] {
            for at in 1..=number {
                let Some(town) = chance.pick(&towns) else { continue };
                let id = format!("{kind}-{}-{at}", land.id);
                spots.push(Spot { id, people: 0, mode, ..town.clone() });
            }
        }
    }
    spots
}

fn sites(parts: &mut ProblemParts, spots: &[Spot], chance: &mut Chance) -> Result<(), IdError> {
    for spot in spots {
        let handling_t = match spot.mode {
            Mode::Sea => Some(chance.between(800, 6000)),
            Mode::Air => Some(chance.between(60, 400)),
            Mode::Road | Mode::Rail | Mode::Grid => None,
        };
        parts.sites.push(Site {
            id: id(&spot.id)?,
            territory: Some(id(spot.land)?),
            handling_kg: handling_t.map(|tonnes| vec![tonnes * 1000; parts.horizon.periods]),
        });
    }
    Ok(())
}

fn link(
    parts: &mut ProblemParts,
    ends: (&Spot, &Spot),
    mode: Mode,
    figures: (i64, i64, i64),
) -> Result<(), IdError> {
    let (duration_min, tonnes, cost_cents_per_t) = figures;
    let name = format!("{}--{}", ends.0.id, ends.1.id);
    parts.links.push(Link {
        id: id(&name)?,
        from: id(&ends.0.id)?,
        to: id(&ends.1.id)?,
        both_ways: true,
        mode,
        duration_min,
        capacity_kg: vec![tonnes * 1000; parts.horizon.periods],
        cost_cents_per_t,
        closures: Vec::new(),
        carries: None,
    });
    Ok(())
}

/// Joins each place with the four nearest of its land, and each port with its place.
fn roads(parts: &mut ProblemParts, spots: &[Spot], chance: &mut Chance) -> Result<(), IdError> {
    let mut joined = BTreeSet::new();
    for (at, spot) in spots.iter().enumerate() {
        let town = |other: &Spot| other.land == spot.land && other.mode == Mode::Road;
        let mut near: Vec<(i64, usize, &Spot)> = spots
            .iter()
            .enumerate()
            .filter(|(index, other)| *index != at && town(other))
            .map(|(index, other)| (spot.km_to(other), index, other))
            .collect();
        near.sort_by_key(|(km, index, _)| (*km, *index));
        let (count, tonnes) = if spot.mode == Mode::Road { (4, 2500) } else { (1, 6000) };
        for (km, index, other) in near.into_iter().take(count) {
            if joined.insert((at.min(index), at.max(index))) {
                let road_km = km * 135 / 100;
                let minutes = 30 + road_km * 60 / 45;
                let figures = (minutes, chance.between(300, tonnes), 12 * road_km);
                link(parts, (spot, other), Mode::Road, figures)?;
            }
        }
    }
    Ok(())
}

/// Joins each port with the nearest two of every other land by ship, and airports by aircraft.
fn crossings(parts: &mut ProblemParts, spots: &[Spot], chance: &mut Chance) -> Result<(), IdError> {
    let mut joined = BTreeSet::new();
    for (at, spot) in spots.iter().enumerate().filter(|(_, spot)| spot.mode != Mode::Road) {
        for land in LANDS.iter().filter(|land| land.id != spot.land) {
            let mut near: Vec<(i64, usize, &Spot)> = spots
                .iter()
                .enumerate()
                .filter(|(_, other)| other.land == land.id && other.mode == spot.mode)
                .map(|(index, other)| (spot.km_to(other), index, other))
                .collect();
            near.sort_by_key(|(km, index, _)| (*km, *index));
            for (km, index, other) in near.into_iter().take(2) {
                if !joined.insert((at.min(index), at.max(index))) {
                    continue;
                }
                let figures = if spot.mode == Mode::Sea {
                    (360 + km * 130 / 100 * 60 / 28, chance.between(200, 1800), 1000 + 4 * km)
                } else {
                    (150 + km * 60 / 600, chance.between(15, 90), 110 * km)
                };
                link(parts, (spot, other), spot.mode, figures)?;
            }
        }
    }
    Ok(())
}

/// Closes links near `centre` for a while.
fn damage(
    parts: &mut ProblemParts,
    spots: &[Spot],
    centre: &Spot,
    radius_km: i64,
    chance: &mut Chance,
) {
    let periods = parts.horizon.periods;
    for link in &mut parts.links {
        let ends = [link.from.as_str(), link.to.as_str()];
        let near = spots.iter().filter(|spot| ends.contains(&spot.id.as_str()));
        let far_km = near.map(|spot| spot.km_to(centre)).min().unwrap_or(i64::MAX);
        if far_km < radius_km && chance.percent(5 + 50 * (radius_km - far_km) / radius_km) {
            let until = chance.pick(&[2, 4, 8, 12, periods]).copied().unwrap_or(periods);
            let cause = Cause::Damage;
            link.closures.push(Closure { from_period: 0, until_period: until, cause, note: None });
        }
    }
}

type Kind = (&'static str, i64, bool, i64, i64);

fn stocks(
    parts: &mut ProblemParts,
    kinds: &[Kind],
    place: &Spot,
    (far_km, radius_km): (i64, i64),
    chance: &mut Chance,
) -> Result<(), IdError> {
    for (name, _, perishing, _, per_thousand) in kinds {
        let days_percent = chance.between(2, 12);
        let (kept, release) =
            (chance.percent(80), chance.pick(&[0, 0, 1, 2]).copied().unwrap_or(0));
        if !kept {
            continue;
        }
        let periods = if *perishing { 4 } else { 1 };
        let crowded = if place.land == "cc" { 12 } else { 1 };
        let whole = place.people * per_thousand / 1000 * days_percent * periods / 100 / crowded;
        // Near the centre stocks are lost, all of them in its inner quarter.
        let left_percent = (130 * far_km / radius_km - 30).clamp(0, 100);
        parts.stocks.push(Stock {
            owner: id(&place.party)?,
            site: id(&place.id)?,
            commodity: id(name)?,
            units: whole * left_percent / 100,
            release_period: release,
        });
    }
    Ok(())
}

fn needs(
    parts: &mut ProblemParts,
    kinds: &[Kind],
    place: &Spot,
    people: i64,
) -> Result<(), IdError> {
    for (name, _, perishing, _, per_thousand) in kinds {
        let full = people * per_thousand / 1000;
        let periods = parts.horizon.periods;
        let wanted = |period: usize| match (*perishing, period) {
            (true, _) if period * 5 < periods * 3 => full,
            (true, _) => full * 6 / 10,
            (false, 0) => full * 3 / 10,
            (false, 1..8) => full / 10,
            (false, _) => 0,
        };
        parts.needs.push(Need {
            place: id(&place.id)?,
            site: id(&place.id)?,
            receiver: id(&place.party)?,
            commodity: id(name)?,
            wanted: (0..periods).map(wanted).collect(),
            requested: true,
        });
    }
    Ok(())
}

/// Help within each land for everything, and two agreements across for each pair of lands and way.
fn agreements(
    parts: &mut ProblemParts,
    kinds: &[Kind],
    places: &[&Spot],
    chance: &mut Chance,
) -> Result<(), IdError> {
    let receivers: BTreeSet<String> =
        parts.needs.iter().map(|need| need.receiver.to_string()).collect();
    for from in &LANDS {
        for to in &LANDS {
            let count = if from.id == to.id { 1 } else { 2 };
            for number in 1..=count {
                let model = agreement(parts, kinds, (from, to, number), chance)?;
                for giver in places.iter().filter(|place| place.land == from.id) {
                    let helped = places.iter().filter(|place| place.land == to.id);
                    for receiver in helped.filter(|place| receivers.contains(&place.party)) {
                        let (giver, receiver) = (id(&giver.party)?, id(&receiver.party)?);
                        parts.permits.push(Permit { giver, receiver, ..model.clone() });
                    }
                }
            }
        }
    }
    Ok(())
}

/// Draws one agreement, its ceiling included; giver and receiver are still to be set.
fn agreement(
    parts: &mut ProblemParts,
    kinds: &[Kind],
    (from, to, number): (&Land, &Land, u32),
    chance: &mut Chance,
) -> Result<Permit, IdError> {
    let home = from.id == to.id;
    let clause = ClauseRef {
        agreement: id(&format!("{}--{}-{number}", from.id, to.id))?,
        clause: id("art-1")?,
    };
    let covered = if number == 1 { 45 } else { 30 };
    let mut commodities = BTreeSet::new();
    for (name, ..) in kinds {
        if home || chance.percent(covered) {
            commodities.insert(id(name)?);
        }
    }
    let mut modes = BTreeSet::from([Mode::Road, Mode::Sea]);
    if home || chance.percent(70) {
        modes.insert(Mode::Air);
    }
    let mut through = BTreeSet::from([id(from.id)?, id(to.id)?]);
    if chance.percent(40) && !home {
        for land in &LANDS {
            through.insert(id(land.id)?);
        }
    }
    let mut ceilings = BTreeSet::new();
    let earliest_period = if home { 0 } else { chance.pick(&[1, 2, 4, 8]).copied().unwrap_or(1) };
    if !home {
        let id = CeilingId { clause: clause.clone(), part: 0 };
        parts.ceilings.push(Ceiling { id: id.clone(), kg: chance.between(2_000, 20_000) * 1000 });
        ceilings.insert(id);
    }
    Ok(Permit {
        clause,
        giver: id(from.id)?,
        receiver: id(to.id)?,
        commodities,
        modes,
        through: Some(through),
        earliest_period,
        ceilings,
        push: home,
        suspended: None,
    })
}
