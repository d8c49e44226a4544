//! Puts pallets on vehicles, by mass and by position.
//!
//! Pallets, the heaviest first, are dealt out to the vehicles in turn, so that each stands on
//! nearly as many and carries nearly as much as the next; the first has the most of both. There are
//! as few vehicles as that allows.

use crate::problem::{LinkIndex, SiteIndex};

use super::dock::POSITION;
use super::{Cell, Vehicle};

/// One movement's part of a load.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Goods {
    /// Units on a whole pallet, at least one.
    pub(super) per_pallet: i64,
    /// Grams of a unit; a vehicle carries at least one.
    pub(super) unit_g: i64,
    pub(super) units: i64,
}

/// What leaves together on one link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Load {
    /// The link.
    pub link: LinkIndex,
    /// The end it leaves.
    pub from: SiteIndex,
    /// The period it leaves in.
    pub period: usize,
    /// What the link is loaded with.
    pub vehicle: Vehicle,
    /// How many of them leave.
    pub vehicles: i64,
    /// Whole pallets.
    pub pallets: i64,
    /// Pallets of loose units, which movements share.
    pub broken: i64,
    /// The mass in grams.
    pub mass_g: i128,
    // INVARIANT: heaviest first, no count below one.
    alike: Vec<Alike>,
}

/// Pallets of one mass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Alike {
    mass_g: i64,
    count: i64,
}

/// What stands on one vehicle.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Aboard {
    /// Pallets.
    pub pallets: i64,
    /// The mass in grams.
    pub mass_g: i128,
}

impl Load {
    /// What stands on the vehicle, counted from zero; nothing on one that does not leave.
    #[must_use]
    pub fn aboard(&self, vehicle: i64) -> Aboard {
        if (0..self.vehicles).contains(&vehicle) {
            aboard(&self.alike, self.vehicles, vehicle)
        } else {
            Aboard::default()
        }
    }
}

/// Dealt out to so many vehicles in turn, what stands on one of them.
fn aboard(alike: &[Alike], vehicles: i64, vehicle: i64) -> Aboard {
    // How many of the first `dealt` pallets are this vehicle's.
    let of_first = |dealt: i64| (dealt - 1 - vehicle).div_euclid(vehicles) + 1;
    let mut dealt = 0;
    let mut all = Aboard::default();
    for pallets in alike {
        let count = of_first(dealt + pallets.count) - of_first(dealt);
        dealt += pallets.count;
        all.pallets += count;
        all.mass_g += i128::from(count) * i128::from(pallets.mass_g);
    }
    all
}

/// Puts goods on as few vehicles as dealing them out allows.
pub(super) fn stow((link, from, period): Cell, vehicle: Vehicle, goods: Vec<Goods>) -> Load {
    let vehicle_g = vehicle.mass_kg.saturating_mul(1000);
    let whole = |goods: &Goods| Alike {
        mass_g: goods.unit_g.saturating_mul(goods.per_pallet),
        count: goods.units / goods.per_pallet,
    };
    let mut alike: Vec<Alike> = goods.iter().map(whole).filter(|p| p.count > 0).collect();
    let pallets = alike.iter().map(|pallets| pallets.count).sum();
    let shared = shared(goods, vehicle_g);
    let broken = i64::try_from(shared.len()).unwrap_or(i64::MAX);
    alike.extend(shared.into_iter().map(|mass_g| Alike { mass_g, count: 1 }));
    alike.sort_by(|a, b| b.cmp(a));
    let mass_g = alike.iter().map(|p| i128::from(p.count) * i128::from(p.mass_g)).sum();
    let vehicles = fewest(&alike, vehicle, pallets + broken, mass_g);
    Load { link, from, period, vehicle, vehicles, pallets, broken, mass_g, alike }
}

/// The masses of the pallets that loose units make up: bulky goods first, each pallet filled until
/// the next unit finds no room on it.
fn shared(mut goods: Vec<Goods>, vehicle_g: i64) -> Vec<i64> {
    goods.sort_by_key(|goods| (goods.per_pallet, goods.unit_g, goods.units));
    let mut full = Vec::new();
    let (mut taken, mut mass_g) = (0_i128, 0_i64);
    for goods in goods {
        let mut loose = goods.units % goods.per_pallet;
        while loose > 0 {
            let per_pallet = i128::from(goods.per_pallet);
            let room =
                i64::try_from((POSITION - taken) * per_pallet / POSITION).unwrap_or(i64::MAX);
            let carried = (vehicle_g - mass_g).checked_div(goods.unit_g).unwrap_or(i64::MAX);
            let fit = loose.min(room).min(carried);
            if fit < 1 {
                // A vehicle carries at least one unit, so an empty pallet takes one.
                full.push(mass_g);
                (taken, mass_g) = (0, 0);
                continue;
            }
            loose -= fit;
            taken += (i128::from(fit) * POSITION + per_pallet - 1) / per_pallet;
            mass_g += fit * goods.unit_g;
        }
    }
    if taken > 0 {
        full.push(mass_g);
    }
    full
}

/// The least number of vehicles found of which the first, which has most, is not overloaded.
fn fewest(alike: &[Alike], vehicle: Vehicle, pallets: i64, mass_g: i128) -> i64 {
    let most_g = i128::from(vehicle.mass_kg) * 1000;
    let holds = |vehicles: i64| {
        let first = aboard(alike, vehicles, 0);
        first.pallets <= vehicle.positions && first.mass_g <= most_g
    };
    let by_mass = i64::try_from((mass_g + most_g - 1) / most_g).unwrap_or(i64::MAX);
    let by_position = (pallets + vehicle.positions - 1) / vehicle.positions;
    let mut short = by_mass.max(by_position).clamp(1, pallets.max(1));
    if holds(short) {
        return short;
    }
    // One pallet on each is never too much.
    let mut enough = pallets.max(1);
    while enough - short > 1 {
        let between = short + (enough - short) / 2;
        if holds(between) {
            enough = between;
        } else {
            short = between;
        }
    }
    enough
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Movements as `units of per_pallet at grams` on vehicles of so many kilograms and positions.
    #[track_caller]
    fn check(vehicle: (i64, i64), goods: &[(i64, i64, i64)], expected: &str) {
        let vehicle = Vehicle { mass_kg: vehicle.0, positions: vehicle.1 };
        let goods = goods.iter().map(|(units, per_pallet, unit_g)| Goods {
            units: *units,
            per_pallet: *per_pallet,
            unit_g: *unit_g,
        });
        let load = stow((LinkIndex(0), SiteIndex(0), 0), vehicle, goods.collect());
        let aboard = (0..load.vehicles).map(|at| {
            let Aboard { pallets, mass_g } = load.aboard(at);
            format!("{pallets} of {mass_g}")
        });
        let shown = format!(
            "{} whole, {} broken: {}",
            load.pallets,
            load.broken,
            aboard.collect::<Vec<_>>().join(", ")
        );
        assert_eq!(shown, expected);
    }

    #[test]
    fn pallets_are_dealt_out_until_neither_mass_nor_places_run_out() {
        // Light goods are short of positions, heavy ones of mass, and together they fill a truck.
        check((10, 4), &[(50, 10, 100)], "5 whole, 0 broken: 3 of 3000, 2 of 2000");
        check((10, 4), &[(30, 10, 400)], "3 whole, 0 broken: 2 of 8000, 1 of 4000");
        check((10, 4), &[(20, 10, 400), (20, 10, 100)], "4 whole, 0 broken: 4 of 10000");
    }

    #[test]
    fn loose_units_share_pallets() {
        check((10, 4), &[(5, 10, 100), (2, 4, 100)], "0 whole, 1 broken: 1 of 700");
        check((10, 4), &[(13, 10, 100), (3, 4, 100)], "1 whole, 2 broken: 3 of 1600");
        // Never more on a pallet than a vehicle carries.
        check((10, 4), &[(9, 10, 1000), (3, 4, 2000)], "0 whole, 2 broken: 1 of 8000, 1 of 7000");
    }

    #[test]
    fn a_vehicle_that_does_not_leave_carries_nothing() {
        let goods = vec![Goods { units: 1, per_pallet: 1, unit_g: 1 }];
        let vehicle = Vehicle { mass_kg: 1, positions: 1 };
        let load = stow((LinkIndex(0), SiteIndex(0), 0), vehicle, goods);
        assert_eq!(load.vehicles, 1);
        assert_eq!([load.aboard(1), load.aboard(-1)], [Aboard::default(); 2]);
    }
}
