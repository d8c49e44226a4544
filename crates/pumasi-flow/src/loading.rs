//! Loads a plan: goods on pallets, pallets on vehicles, and what that rounding costs.
//!
//! A plan counts kilograms. What is driven away are pallets, each of which takes a position on a
//! vehicle whether it is light or heavy, so that blankets fill a truck long before they weigh what
//! it may carry. [`load`] is the second step: it turns a plan into one that can be loaded, and says
//! exactly what that cost.
//!
//! 1. **What has no position waits.** The tonnes a link carries in a period stand for so many
//!    vehicles, and these have so many positions. Where the plan wants more, what eases the least
//!    burden for its position waits: it goes the same way as soon as there is room, and what no later
//!    departure takes is left behind.
//! 2. **Fewest broken pallets.** Between movements that serve one need, units are shifted until no
//!    pallet that is broken can be made whole or done without, and then until no vehicle can be
//!    saved. The burden stays as it was to the last unit, and no limit is passed.
//!
//! Loose units are never refused: they travel on a last, broken pallet, and those that leave
//! together share pallets. The loaded plan is a plan like any other: [`crate::check()`] judges it,
//! and the bound proved for the problem holds for it.

mod dock;
mod room;
mod shift;
mod stow;

use std::collections::BTreeMap;

use pumasi_base::CommodityId;
use pumasi_base::catalog::Mode;

use crate::plan::{Allocation, Plan, Terms};
use crate::problem::{LinkIndex, NeedIndex, Problem, SiteIndex, StockIndex};
use crate::solve::{merged, planned};

use dock::Dock;
use shift::Loader;
pub use stow::{Aboard, Load};

/// What links of one mode are loaded with: a truck, a container, a pallet of an aircraft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Vehicle {
    /// Kilograms it carries.
    pub mass_kg: i64,
    /// Pallets that stand on it side by side.
    pub positions: i64,
}

/// What goods are packed on and loaded with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Means {
    // INVARIANT: no figure is below one.
    pallets: BTreeMap<CommodityId, i64>,
    vehicles: BTreeMap<Mode, Vehicle>,
}

impl Means {
    /// Units of each commodity on a pallet, and what the links of each mode are loaded with.
    ///
    /// A commodity that is not named travels without pallets, and so does everything by a mode that
    /// is not named; a figure below one stands for no pallet and no vehicle.
    #[must_use]
    pub fn new(
        mut pallets: BTreeMap<CommodityId, i64>,
        mut vehicles: BTreeMap<Mode, Vehicle>,
    ) -> Self {
        pallets.retain(|_, units| *units > 0);
        vehicles.retain(|_, vehicle| vehicle.mass_kg > 0 && vehicle.positions > 0);
        Self { pallets, vehicles }
    }

    /// Units of the commodity on a pallet, where it travels on pallets.
    #[must_use]
    pub fn per_pallet(&self, commodity: &CommodityId) -> Option<i64> {
        self.pallets.get(commodity).copied()
    }

    /// What links of the mode are loaded with, where they load pallets.
    #[must_use]
    pub fn vehicle(&self, mode: Mode) -> Option<Vehicle> {
        self.vehicles.get(&mode).copied()
    }
}

/// What a movement is packed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Packed {
    /// Units on a whole pallet.
    pub per_pallet: i64,
    /// Whole pallets.
    pub pallets: i64,
    /// Units left over, on a broken pallet.
    pub loose: i64,
}

/// What `allocation` is packed in; nothing where it travels without pallets, or does not travel.
#[must_use]
pub fn packed(problem: &Problem, means: &Means, allocation: &Allocation) -> Option<Packed> {
    let per_pallet = Dock { problem, means }.pallet(allocation).filter(|units| *units > 0)?;
    let (pallets, loose) = (allocation.units / per_pallet, allocation.units % per_pallet);
    Some(Packed { per_pallet, pallets, loose })
}

/// What leaves together on each link, by link, end and period.
#[must_use]
pub fn loads(problem: &Problem, means: &Means, plan: &Plan) -> Vec<Load> {
    let dock = Dock { problem, means };
    let mut together: BTreeMap<Cell, Vec<&Allocation>> = BTreeMap::new();
    for allocation in &plan.allocations {
        for leg in &allocation.route {
            let cell = (leg.link, leg.from, leg.depart_period);
            together.entry(cell).or_default().push(allocation);
        }
    }
    together.iter().filter_map(|(cell, movements)| dock.load(*cell, movements)).collect()
}

/// A link, the end goods leave, and the period they leave in.
type Cell = (LinkIndex, SiteIndex, usize);

/// Goods the plan sent and no vehicle takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct LeftBehind {
    /// Where they stay.
    pub stock: StockIndex,
    /// For which need they were.
    pub need: NeedIndex,
    /// How many units.
    pub units: i64,
    /// Their mass in grams.
    pub mass_g: i128,
}

/// What it cost to bring a plan on pallets and vehicles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rounding {
    /// What the plan was worth before.
    pub before: Terms,
    /// What it is worth loaded.
    pub after: Terms,
    /// What stays behind, ascending.
    pub left_behind: Vec<LeftBehind>,
    /// The mass in grams that leaves later than planned, for want of a position.
    pub delayed_g: i128,
    /// Movements with loose units before.
    pub broken_before: usize,
    /// Movements with loose units now.
    pub broken: usize,
}

impl Rounding {
    /// The burden that rounding added, never below zero.
    #[must_use]
    pub const fn burden(&self) -> i128 {
        self.after.burden - self.before.burden
    }

    /// The cost of transport that rounding added, in cents; below zero where less is paid.
    #[must_use]
    pub const fn cost_cents(&self) -> i128 {
        self.after.cost_cents - self.before.cost_cents
    }

    /// Burden and cost together, in thousandths of a unit of burden.
    #[must_use]
    pub const fn objective_milli(&self) -> i128 {
        self.after.objective_milli() - self.before.objective_milli()
    }

    /// The mass that stays behind, in grams.
    #[must_use]
    pub fn left_behind_g(&self) -> i128 {
        self.left_behind.iter().map(|left| left.mass_g).sum()
    }
}

/// A plan that can be loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loaded {
    /// The plan.
    pub plan: Plan,
    /// What leaves together, by link, end and period.
    pub loads: Vec<Load>,
    /// What it cost.
    pub rounding: Rounding,
}

/// Brings `plan`, which answers `problem`, on pallets and vehicles.
///
/// The same plan gives the same loaded plan on every machine, and a plan that passes
/// [`crate::check()`] gives one that does.
#[must_use]
pub fn load(problem: &Problem, means: &Means, plan: &Plan) -> Loaded {
    let mut loader = Loader::new(Dock { problem, means }, &plan.allocations);
    let (left_behind, delayed_g) = loader.make_fit();
    loader.consolidate();
    let mut loaded = planned(problem, merged(problem, loader.into_movements()));
    loaded.parent = plan.parent;
    let rounding = Rounding {
        before: plan.terms,
        after: loaded.terms,
        left_behind,
        delayed_g,
        broken_before: broken(problem, means, plan),
        broken: broken(problem, means, &loaded),
    };
    Loaded { loads: loads(problem, means, &loaded), plan: loaded, rounding }
}

/// How many movements of `plan` have loose units.
fn broken(problem: &Problem, means: &Means, plan: &Plan) -> usize {
    let packed = plan.allocations.iter().filter_map(|one| packed(problem, means, one));
    packed.filter(|packed| packed.loose > 0).count()
}

/// How full vehicles are, over all loads.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Filled {
    /// Vehicles that leave.
    pub vehicles: i64,
    /// Of their positions, the share that stays empty, in parts per million.
    pub empty_positions_ppm: i64,
    /// Of the mass they could carry, the share that they do not, in parts per million.
    pub empty_mass_ppm: i64,
}

/// How full the vehicles of `loads` are.
#[must_use]
pub fn filled(loads: &[Load]) -> Filled {
    let sum = |of: &dyn Fn(&Load) -> i128| loads.iter().map(of).sum::<i128>();
    let vehicles = sum(&|load| i128::from(load.vehicles));
    let positions = sum(&|load| i128::from(load.vehicles) * i128::from(load.vehicle.positions));
    let taken = sum(&|load| i128::from(load.pallets + load.broken));
    let most_g = sum(&|load| i128::from(load.vehicles) * i128::from(load.vehicle.mass_kg) * 1000);
    let mass_g = sum(&|load| load.mass_g);
    let empty = |taken: i128, all: i128| {
        let ppm = ((all - taken) * 1_000_000).checked_div(all).unwrap_or(0);
        i64::try_from(ppm).unwrap_or(i64::MAX)
    };
    Filled {
        vehicles: i64::try_from(vehicles).unwrap_or(i64::MAX),
        empty_positions_ppm: empty(taken, positions),
        empty_mass_ppm: empty(mass_g, most_g),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case;
    use crate::check::check as judge;
    use crate::solve::solve;

    /// Water of a kilogram, ten on a pallet; blankets of two, four on a pallet. A truck carries
    /// forty kilograms on two positions, a ship's container a hundred on three.
    const WORLD: &str = "
        water 1000 perishing 3
        blanket 2000 lasting 1
        site a\n site b\n site c
    ";

    fn means() -> Means {
        let pallets = [("water", 10), ("blanket", 4), ("anvil", 5)];
        let vehicles = [(Mode::Road, (40, 2)), (Mode::Sea, (100, 3))];
        Means::new(
            pallets.into_iter().map(|(id, units)| (id.parse().unwrap(), units)).collect(),
            vehicles
                .into_iter()
                .map(|(mode, (mass_kg, positions))| (mode, Vehicle { mass_kg, positions }))
                .collect(),
        )
    }

    /// The movements as they are packed, what leaves on vehicles, and what changed by it.
    fn shown(problem: &Problem, plan: &Plan, loaded: &Loaded) -> String {
        let movement = |one: &Allocation| {
            let packed = packed(problem, &means(), one);
            let packed = packed.map_or_else(
                || "unpacked".to_owned(),
                |packed| format!("{} pallets + {}", packed.pallets, packed.loose),
            );
            format!("{} at {}: {packed}", one.units, one.arrives_min)
        };
        let load = |load: &Load| {
            let (link, period) = (&problem.links()[load.link.0].id, load.period);
            format!("{link} {period}: {} on {}", load.pallets + load.broken, load.vehicles)
        };
        let mut words: Vec<String> = loaded.plan.allocations.iter().map(movement).collect();
        words.extend(loaded.loads.iter().map(load));
        let rounding = &loaded.rounding;
        words.extend(rounding.left_behind.iter().map(|left| format!("{} left", left.units)));
        if rounding.delayed_g > 0 {
            words.push(format!("{} g later", rounding.delayed_g));
        }
        let vehicles = [&loads(problem, &means(), plan), &loaded.loads].map(|l| filled(l).vehicles);
        if vehicles[0] != vehicles[1] {
            words.push(format!("{} to {} vehicles", vehicles[0], vehicles[1]));
        }
        if rounding.broken != rounding.broken_before {
            words.push(format!("{} to {} broken", rounding.broken_before, rounding.broken));
        }
        words.push(format!("burden +{}", rounding.burden()));
        words.join("; ")
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let problem = case::problem(&format!("{WORLD}{text}"));
        let plan = solve(&problem);
        let loaded = load(&problem, &means(), &plan);
        assert_eq!(judge(&problem, &loaded.plan).map(|_| ()), Ok(()), "{text}");
        assert_eq!(shown(&problem, &plan, &loaded), expected, "{text}");
    }

    #[test]
    fn goods_travel_on_pallets_and_the_rest_on_a_broken_one() {
        check(
            "link road a b road 60 100 1\n stock jp a water 40 @0\n need p b jp water 0,33,0,0",
            "33 at 60: 3 pallets + 3; road 0: 4 on 2; burden +0",
        );
    }

    #[test]
    fn what_lies_there_weighs_nothing_or_goes_by_wire_is_not_packed() {
        check(
            "stock jp b water 40 @0\n need p b jp water 0,33,0,0",
            "33 at 0: unpacked; burden +0",
        );
        check(
            "medic 0 perishing 9\n link road a b road 60 100 1
             stock jp a medic 5 @0\n need p b jp medic 0,5,0,0",
            "5 at 60: unpacked; burden +0",
        );
        check(
            "link line a b grid 60 100 1\n stock jp a water 40 @0\n need p b jp water 0,33,0,0",
            "33 at 60: unpacked; burden +0",
        );
    }

    #[test]
    fn light_goods_wait_for_a_place_and_the_last_are_left_behind() {
        // Forty kilograms are one truck, which has positions for eight blankets of two kilograms.
        check(
            "link road a b road 60 40 1\n stock jp a blanket 40 @0\n need p b jp blanket 0,20,0,0",
            "8 at 60: 2 pallets + 0; 8 at 120: 2 pallets + 0; 4 at 180: 1 pallets + 0; \
             road 0: 2 on 1; road 1: 2 on 1; road 2: 1 on 1; 24000 g later; burden +16",
        );
        check(
            "link road a b road 60 40 1 closed=1..4\n stock jp a blanket 40 @0
             need p b jp blanket 0,20,0,0",
            "8 at 60: 2 pallets + 0; road 0: 2 on 1; 12 left; 3 to 1 vehicles; burden +36",
        );
    }

    #[test]
    fn what_eases_least_stays_behind() {
        check(
            "link road a b road 60 40 1 closed=1..4
             stock jp a blanket 8 @0\n stock jp a water 10 @0
             need p b jp blanket 0,8,0,0\n need p b jp water 0,10,0,0",
            "4 at 60: 1 pallets + 0; 10 at 60: 1 pallets + 0; road 0: 2 on 1; 4 left; \
             2 to 1 vehicles; burden +12",
        );
    }

    #[test]
    fn a_unit_too_heavy_for_the_vehicle_does_not_leave() {
        check(
            "anvil 41000 lasting 1\n link road a b road 60 100 1
             stock jp a anvil 1 @0\n need p b jp anvil 0,1,0,0",
            "1 left; burden +3",
        );
        // A pallet is made no heavier than the vehicle carries.
        check(
            "anvil 9000 lasting 1\n link road a b road 60 100 1
             stock jp a anvil 9 @0\n need p b jp anvil 0,9,0,0",
            "9 at 60: 2 pallets + 1; road 0: 3 on 3; burden +0",
        );
    }

    #[test]
    fn two_broken_pallets_become_one() {
        // From two stocks six and fourteen would go; ten and ten go on whole pallets.
        check(
            "link one a b road 60 100 1\n link two c b road 60 100 1
             stock jp a water 6 @0\n stock jp c water 20 @0
             need p b jp water 0,20,0,0",
            "20 at 60: 2 pallets + 0; two 0: 2 on 1; 2 to 1 vehicles; 2 to 0 broken; burden +0",
        );
    }

    #[test]
    fn no_pallet_is_made_whole_at_the_cost_of_burden_or_much_money() {
        // The second stock comes an hour later.
        check(
            "link one a b road 60 100 1\n link two c b road 120 100 1
             stock jp a water 6 @0\n stock jp c water 20 @0
             need p b jp water 0,6,14,0",
            "6 at 60: 0 pallets + 6; 14 at 120: 1 pallets + 4; one 0: 1 on 1; two 0: 2 on 1; burden +0",
        );
        // Six kilograms by the dear way would cost sixty dollars more.
        check(
            "link one a b road 60 100 1\n link two c b road 60 100 1000000
             stock jp a water 6 @0\n stock jp c water 20 @0
             need p b jp water 0,20,0,0",
            "6 at 60: 0 pallets + 6; 14 at 60: 1 pallets + 4; one 0: 1 on 1; two 0: 2 on 1; burden +0",
        );
    }

    #[test]
    fn a_vehicle_is_saved_where_nothing_is_lost() {
        check(
            "link one a b road 60 100 1\n link two c b road 60 100 1
             stock jp a water 10 @0\n stock jp c water 20 @0
             need p b jp water 0,20,0,0",
            "20 at 60: 2 pallets + 0; two 0: 2 on 1; 2 to 1 vehicles; burden +0",
        );
    }

    #[test]
    fn nothing_is_full_of_nothing() {
        assert_eq!(filled(&[]), Filled::default());
    }
}
