//! How the page of a plan tells of pallets and vehicles, and what the catalog loads plans with.

use std::collections::BTreeMap;

use pumasi_base::Catalog;
use pumasi_flow::loading::{Filled, Load, Rounding, Vehicle, filled};
use pumasi_flow::{Allocation, Leg, LinkIndex, Means, Plan, Problem, SiteIndex, loads, packed};

use crate::lexicon::Lexicon;
use crate::needs::unit_of;
use crate::page::{Amount, LeftLine, LoadLine, LoadingLine, PackedLine, RoundingLine, Words};

/// Minutes in a day.
const DAY_MIN: i64 = 1440;
/// The legal category of people, who travel by themselves and on no pallet.
const PERSONNEL: &str = "personnel";

/// What the catalog packs goods on and loads links with.
#[must_use]
pub fn means(catalog: &Catalog) -> Means {
    let goods = catalog.commodities.values().filter(|c| c.category.as_str() != PERSONNEL);
    let vehicle = |entry: &pumasi_base::catalog::VehicleEntry| Vehicle {
        mass_kg: entry.mass_kg,
        positions: entry.pallets,
    };
    Means::new(
        goods.map(|commodity| (commodity.id.clone(), commodity.per_pallet)).collect(),
        catalog.vehicles.iter().map(|(mode, entry)| (*mode, vehicle(entry))).collect(),
    )
}

/// The loads of a plan, to tell of.
pub(crate) struct Manifest<'a> {
    lexicon: &'a Lexicon,
    problem: &'a Problem,
    means: Means,
    loads: Vec<Load>,
}

impl<'a> Manifest<'a> {
    pub(crate) fn new(lexicon: &'a Lexicon, problem: &'a Problem, plan: &Plan) -> Self {
        let means = means(lexicon.catalog());
        let loads = loads(problem, &means, plan);
        Self { lexicon, problem, means, loads }
    }

    /// What a movement is packed in.
    pub(crate) fn packed(&self, allocation: &Allocation) -> Option<PackedLine> {
        let packed = packed(self.problem, &self.means, allocation)?;
        Some(PackedLine { pallets: packed.pallets, loose: packed.loose })
    }

    /// How many vehicles leave together with a movement.
    pub(crate) fn vehicles(&self, leg: &Leg) -> i64 {
        let key = (leg.link, leg.from, leg.depart_period);
        let of = |load: &Load| (load.link, load.from, load.period);
        let found = self.loads.binary_search_by(|load| of(load).cmp(&key)).ok();
        found.and_then(|at| self.loads.get(at)).map_or(0, |load| load.vehicles)
    }

    /// Everything about the loads of `plan`, and what bringing it on them cost of the burden
    /// without relief, which is `whole`.
    pub(crate) fn loading(
        &self,
        plan: &Plan,
        rounding: Option<&Rounding>,
        whole: i128,
    ) -> LoadingLine {
        let packed: Vec<PackedLine> =
            plan.allocations.iter().filter_map(|one| self.packed(one)).collect();
        let Filled { vehicles, empty_positions_ppm, empty_mass_ppm } = filled(&self.loads);
        let broken = packed.iter().filter(|one| one.loose > 0).count();
        LoadingLine {
            pallets: packed.iter().fold(0, |sum: i64, one| sum.saturating_add(one.pallets)),
            broken: i64::try_from(broken).unwrap_or(i64::MAX),
            vehicles,
            empty_positions_ppm,
            empty_mass_ppm,
            rounding: rounding.map(|rounding| self.rounding(rounding, whole)),
            loads: self.by_day(),
        }
    }

    fn rounding(&self, rounding: &Rounding, whole: i128) -> RoundingLine {
        let share = rounding.burden().saturating_mul(1_000_000).checked_div(whole).unwrap_or(0);
        let left = |left: &pumasi_flow::loading::LeftBehind| {
            let stock = self.problem.stocks().get(left.stock.0)?;
            let need = self.problem.needs().get(left.need.0)?;
            Some(LeftLine {
                giver: self.lexicon.party(&stock.owner),
                place: self.lexicon.place(&need.place),
                names: self.lexicon.commodity(&need.commodity),
                amount: Amount {
                    milli: left.units.saturating_mul(1000),
                    unit: unit_of(self.lexicon, &need.commodity),
                },
                kg: kilograms(left.mass_g),
            })
        };
        RoundingLine {
            burden_ppm: i64::try_from(share).unwrap_or(i64::MAX),
            burden: rounding.burden().to_string(),
            cost_cents: rounding.cost_cents().to_string(),
            objective_milli: rounding.objective_milli().to_string(),
            left_kg: kilograms(rounding.left_behind_g()),
            delayed_kg: kilograms(rounding.delayed_g),
            broken_before: i64::try_from(rounding.broken_before).unwrap_or(i64::MAX),
            left_behind: rounding.left_behind.iter().filter_map(left).collect(),
        }
    }

    /// The loads of each link and end, those of one day together.
    fn by_day(&self) -> Vec<LoadLine> {
        let horizon = self.problem.horizon();
        let mut days: BTreeMap<(i64, LinkIndex, SiteIndex), Vec<&Load>> = BTreeMap::new();
        for load in &self.loads {
            let day = horizon.first_min(load.period) / DAY_MIN;
            days.entry((day, load.link, load.from)).or_default().push(load);
        }
        let line = |((day, link, from), loads): (&(i64, LinkIndex, SiteIndex), &Vec<&Load>)| {
            let link = self.problem.links().get(link.0)?;
            let from = &self.problem.sites().get(from.0)?.id;
            let to = if *from == link.from { &link.to } else { &link.from };
            let vehicle = self.lexicon.catalog().vehicles.get(&link.mode);
            let grams: i128 = loads.iter().map(|load| load.mass_g).sum();
            let sum = |of: fn(&Load) -> i64| loads.iter().map(|load| of(load)).sum();
            Some(LoadLine {
                link: link.id.to_string(),
                names: self.lexicon.link(&link.id),
                mode: pumasi_agreement::scope::mode_code(link.mode).to_owned(),
                vehicle: vehicle.map_or_else(|| Words::same("–"), |v| Words::from(&v.names)),
                from: from.to_string(),
                to: to.to_string(),
                day: day + 1,
                day_start: horizon.time_at(day.saturating_mul(DAY_MIN)).to_string(),
                vehicles: sum(|load| load.vehicles),
                pallets: sum(|load| load.pallets),
                broken: sum(|load| load.broken),
                kg: kilograms(grams),
            })
        };
        days.iter().filter_map(line).collect()
    }
}

fn kilograms(grams: i128) -> i64 {
    i64::try_from(grams / 1000).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use pumasi_flow::{load, prove, read_problem, solve, solve_with_proof};

    use super::*;
    use crate::world::{en, lexicon};

    /// Blankets of two kilograms, a hundred on a pallet; a ferry carries a tonne every half day,
    /// which is one hold of three pallets.
    const WORLD: &str = "pumasi-flow problem 1
horizon 2024-01-01T00:00:00Z 720 4
commodity blanket 2000 false 1
site hub-jp-2 - -
site hub-kr - -
link ferry-kr hub-kr hub-jp-2 true Sea 600 1000 1000,1000,1000,1000
stock kr hub-kr blanket 999 0
need jp-2 hub-jp-2 jp blanket true 0,450,0,0
permit kr-jp#art-1 kr jp blanket Sea,Road * 0 - false -
";

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let (lexicon, problem) = (lexicon(), read_problem(text).unwrap());
        let loaded = load(&problem, &means(lexicon.catalog()), &solve(&problem));
        let proof = prove(&problem, &solve_with_proof(&problem).certificate);
        let whole = proof.burden_without_relief;
        let manifest = Manifest::new(&lexicon, &problem, &loaded.plan);
        let told = manifest.loading(&loaded.plan, Some(&loaded.rounding), whole);
        let mut lines: Vec<String> = Vec::new();
        for one in &loaded.plan.allocations {
            let packed = manifest.packed(one).map_or((0, 0), |p| (p.pallets, p.loose));
            let vehicles: Vec<i64> = one.route.iter().map(|leg| manifest.vehicles(leg)).collect();
            lines.push(format!("{} as {packed:?} beside {vehicles:?}", one.units));
        }
        for line in &told.loads {
            let LoadLine { day, vehicles, pallets, broken, kg, .. } = line;
            let vehicle = en(&line.vehicle);
            lines.push(format!("day {day}: {vehicles} {vehicle}, {pallets} + {broken}, {kg} kg"));
        }
        let rounding = told.rounding.unwrap();
        lines.push(format!(
            "{} + {} on {}, {} ppm empty, {} kg later, {} kg left, burden {} or {} ppm",
            told.pallets,
            told.broken,
            told.vehicles,
            told.empty_positions_ppm,
            rounding.delayed_kg,
            rounding.left_kg,
            rounding.burden,
            rounding.burden_ppm,
        ));
        lines.extend(
            rounding
                .left_behind
                .iter()
                .map(|left| format!("{} of {} stay", left.amount.milli / 1000, left.giver.id)),
        );
        assert_eq!(lines.join("\n"), expected);
    }

    #[test]
    fn the_page_tells_what_leaves_on_what_and_what_that_cost() {
        check(
            WORLD,
            "300 as (3, 0) beside [1]\n150 as (1, 50) beside [1]\n\
             day 1: 2 hold, 4 + 1, 900 kg\n\
             4 + 1 on 2, 166666 ppm empty, 300 kg later, 0 kg left, burden 150 or 111111 ppm",
        );
        check(
            &WORLD.replace("1000,1000,1000,1000", "1000,0,0,0"),
            "300 as (3, 0) beside [1]\nday 1: 1 hold, 3 + 0, 600 kg\n\
             3 + 0 on 1, 0 ppm empty, 0 kg later, 300 kg left, burden 450 or 333333 ppm\n\
             150 of kr stay",
        );
    }
}
