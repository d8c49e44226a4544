//! Laws of loading that hold for every problem drawn and whatever it is loaded with.

#![expect(clippy::expect_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeMap;

use proptest::prelude::*;

use pumasi_base::catalog::Mode;
use pumasi_flow::generate::{Size, generate};
use pumasi_flow::loading::{Vehicle, filled};
use pumasi_flow::{
    Loaded, Means, Plan, Problem, check, load, loads, packed, prove, solve_with_proof,
};

/// Draws a problem; the second figure makes it wider and thinner in turn.
fn drawn(seed: u64, shape: u8) -> Problem {
    let shape = usize::from(shape);
    let size = Size {
        places: Size::SMALL.places + 3 * (shape % 5),
        commodities: 1 + shape % 7,
        periods: 1 + shape % 12,
    };
    let mut parts = generate(size, seed).expect("every name drawn is an id");
    for (index, site) in parts.sites.iter_mut().enumerate() {
        if (index + shape) % 4 == 0 {
            site.handling_kg = Some(vec![40_000; parts.horizon.periods]);
        }
    }
    Problem::new(parts).expect("a drawn problem is consistent")
}

/// Pallets and vehicles of all sizes, some of which carry less than a unit weighs.
fn means(problem: &Problem, pallet: i64, mass_kg: i64, positions: i64) -> Means {
    let units = |(at, commodity): (usize, &pumasi_flow::Commodity)| {
        let more = i64::try_from(at).unwrap_or(0);
        (at % 6 != 5).then(|| (commodity.id.clone(), pallet + more * 7))
    };
    let pallets = problem.commodities().iter().enumerate().filter_map(units).collect();
    let vehicle = |mode: &Mode| {
        let larger = if *mode == Mode::Sea { 3 } else { 1 };
        (*mode, Vehicle { mass_kg: mass_kg * larger, positions: positions * larger })
    };
    let modes = [Mode::Road, Mode::Sea, Mode::Air];
    Means::new(pallets, modes.iter().map(vehicle).collect())
}

/// What a plan moves over each link in each period, in grams of what is packed.
fn packed_g(
    problem: &Problem,
    means: &Means,
    plan: &Plan,
) -> BTreeMap<(usize, usize, usize), i128> {
    let mut grams: BTreeMap<_, i128> = BTreeMap::new();
    for one in &plan.allocations {
        let stock = problem.stocks().get(one.stock.0).expect("a plan names stocks there are");
        let unit_g = problem.commodity(&stock.commodity).map_or(0, |c| c.mass_g);
        if packed(problem, means, one).is_none() {
            continue;
        }
        for leg in &one.route {
            let link = problem.links().get(leg.link.0).expect("a plan names links there are");
            if means.vehicle(link.mode).is_some() {
                *grams.entry((leg.link.0, leg.from.0, leg.depart_period)).or_default() +=
                    i128::from(one.units) * i128::from(unit_g);
            }
        }
    }
    grams
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_loaded_plan_keeps_to_the_problem_and_to_its_proof(
        seed: u64, shape: u8, pallet in 1..2000_i64, mass_kg in 1..30_000_i64, positions in 1..20_i64,
    ) {
        let problem = drawn(seed, shape);
        let means = means(&problem, pallet, mass_kg, positions);
        let solved = solve_with_proof(&problem);
        let Loaded { plan, rounding, .. } = load(&problem, &means, &solved.plan);
        prop_assert_eq!(check(&problem, &plan).map(|_| ()), Ok(()));
        let proof = prove(&problem, &solved.certificate);
        prop_assert!(proof.objective_milli <= plan.terms.objective_milli());
        // What rounding cost is what the two plans differ by, and never a gain of burden.
        prop_assert_eq!((rounding.before, rounding.after), (solved.plan.terms, plan.terms));
        prop_assert!(rounding.burden() >= 0);
        prop_assert_eq!(rounding.burden(), plan.terms.burden - solved.plan.terms.burden);
        let units = |plan: &Plan| -> i128 {
            plan.allocations.iter().map(|one| i128::from(one.units)).sum()
        };
        let left: i128 = rounding.left_behind.iter().map(|left| i128::from(left.units)).sum();
        prop_assert_eq!(units(&solved.plan), units(&plan) + left);
        prop_assert!(left > 0 || rounding.delayed_g > 0 || rounding.burden() == 0);
        prop_assert!(left > 0 || rounding.delayed_g > 0 || rounding.broken <= rounding.broken_before);
    }

    #[test]
    fn no_vehicle_is_overloaded_and_none_leaves_empty(
        seed: u64, shape: u8, pallet in 1..2000_i64, mass_kg in 1..30_000_i64, positions in 1..20_i64,
    ) {
        let problem = drawn(seed, shape);
        let means = means(&problem, pallet, mass_kg, positions);
        let loaded = load(&problem, &means, &solve_with_proof(&problem).plan);
        let mut grams = packed_g(&problem, &means, &loaded.plan);
        prop_assert_eq!(&loads(&problem, &means, &loaded.plan), &loaded.loads);
        for load in &loaded.loads {
            let moved = grams.remove(&(load.link.0, load.from.0, load.period));
            prop_assert_eq!(moved, Some(load.mass_g));
            let (mut pallets, mut mass_g) = (0, 0);
            for at in 0..load.vehicles {
                let aboard = load.aboard(at);
                prop_assert!(1 <= aboard.pallets && aboard.pallets <= load.vehicle.positions);
                prop_assert!(aboard.mass_g <= i128::from(load.vehicle.mass_kg) * 1000);
                pallets += aboard.pallets;
                mass_g += aboard.mass_g;
            }
            prop_assert_eq!((pallets, mass_g), (load.pallets + load.broken, load.mass_g));
        }
        // Whatever is packed and moves stands on a vehicle, and nothing else does.
        prop_assert!(grams.is_empty(), "{:?}", grams);
        let filled = filled(&loaded.loads);
        prop_assert!((0..1_000_000).contains(&filled.empty_positions_ppm) || filled.vehicles == 0);
        prop_assert!((0..1_000_000).contains(&filled.empty_mass_ppm) || filled.vehicles == 0);
    }

    #[test]
    fn a_loaded_plan_is_loaded_without_loss(
        seed: u64, shape: u8, pallet in 1..2000_i64, mass_kg in 1..30_000_i64, positions in 1..20_i64,
    ) {
        let problem = drawn(seed, shape);
        let means = means(&problem, pallet, mass_kg, positions);
        let first = load(&problem, &means, &solve_with_proof(&problem).plan);
        let again = load(&problem, &means, &solve_with_proof(&problem).plan);
        prop_assert_eq!(first.plan.digest(&problem), again.plan.digest(&problem));
        prop_assert_eq!(&first, &again);
        let twice = load(&problem, &means, &first.plan);
        prop_assert_eq!(twice.rounding.burden(), 0);
        prop_assert!(twice.rounding.left_behind.is_empty());
        prop_assert!(twice.rounding.broken <= first.rounding.broken);
    }

    #[test]
    fn without_pallets_or_vehicles_nothing_changes(seed: u64, shape: u8) {
        let problem = drawn(seed, shape);
        let plan = solve_with_proof(&problem).plan;
        let loaded = load(&problem, &Means::default(), &plan);
        prop_assert_eq!(&loaded.plan, &plan);
        prop_assert!(loaded.loads.is_empty());
    }
}
