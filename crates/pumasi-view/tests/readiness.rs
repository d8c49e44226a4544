//! Problems of drills and of drawn scenarios, out of the catalog and agreements of this repository.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use pumasi_agreement::{Agreement, Agreements};
use pumasi_base::catalog::{Adds, Cause, Mode};
use pumasi_base::time::plus_seconds;
use pumasi_base::{AgreementId, Catalog, CommodityId, PartyId, Status};
use pumasi_flow::{Problem, Solved, check, prove, solve, solve_with_proof};
use pumasi_hazard::draw::{Chance, Draw, DrawRates, damage_chance};
use pumasi_hazard::{Estimate, Estimator, Factors, read_any};
use pumasi_view::problem::{Posed, Size};
use pumasi_view::readiness::{
    Counterfactual, Ground, PoseInputs, apply, counterfactuals, home_agreement, local_agreements,
    pose,
};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn files(folder: &str, ending: &str) -> Vec<(String, String)> {
    let entries = std::fs::read_dir(root().join(folder)).unwrap();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|e| e == ending));
    paths.sort();
    let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
    paths.iter().map(|path| (name(path), std::fs::read_to_string(path).unwrap())).collect()
}

/// Everything that stays the same over scenarios.
struct World {
    catalog: Catalog,
    estimator: Estimator,
    ground: Ground,
    draw: Draw,
    library: Vec<Agreement>,
    agreements: Agreements,
    able: BTreeSet<PartyId>,
}

impl World {
    fn new() -> Self {
        let files_of = [files("catalog", "toml"), files("catalog/places", "csv")].concat();
        let texts: Vec<_> = files_of.iter().map(|(n, t)| (n.as_str(), t.as_str())).collect();
        let catalog = Catalog::read(&texts).unwrap_or_else(|errors| panic!("{errors:?}"));
        let estimator = Estimator::new(&catalog, Factors::standard());
        let read = |(name, text): &(String, String)| pumasi_agreement::read(name, text).unwrap();
        let library: Vec<Agreement> = files("agreements", "toml").iter().map(read).collect();
        Self {
            ground: Ground::of(&catalog, estimator.census()),
            draw: Draw::new(DrawRates::standard(), 2025),
            agreements: Agreements::compile(&library).unwrap(),
            able: catalog.parties.keys().cloned().collect(),
            catalog,
            estimator,
            library,
        }
    }

    fn pose(&self, estimate: &Estimate, damage: Option<&Chance>, goods: Option<&[&str]>) -> Posed {
        let goods: Option<BTreeSet<CommodityId>> =
            goods.map(|goods| goods.iter().map(|id| id.parse().unwrap()).collect());
        pose(&PoseInputs {
            catalog: &self.catalog,
            ground: &self.ground,
            factors: self.estimator.factors(),
            rates: self.draw.rates(),
            agreements: &self.agreements,
            estimate,
            damage,
            start: plus_seconds(estimate.origin, 6 * 3600),
            horizon_hours: 168,
            period_hours: 12,
            commodities: goods.as_ref(),
            able: &self.able,
            unreachable: &BTreeSet::new(),
            purpose: &"disaster_relief".parse().unwrap(),
            status: Status::Exercise,
            size: Size::Central,
        })
        .unwrap()
    }

    /// The first scenario of a row from a seed on that displaces so many.
    fn drawn(&self, row: &str, displaced: i64) -> (Estimate, Chance) {
        let of_row = (0..).filter(|number| self.draw.drawn(5, *number).unwrap().row == row);
        let struck = of_row.map(|number| self.draw.struck(&self.estimator, 5, number).unwrap());
        let mut grave = struck.filter(|struck| struck.estimate.displaced.central >= displaced);
        let struck = grave.next().unwrap();
        let chance = struck.damage();
        (struck.estimate, chance)
    }
}

const FIVE: [&str; 5] = ["drinking_water", "meal", "blanket", "portable_toilet", "tarpaulin"];

#[track_caller]
fn planned(problem: &Problem, what: &str) -> pumasi_flow::Plan {
    let plan = solve(problem);
    assert_eq!(check(problem, &plan).map(|_| ()), Ok(()), "{what}");
    plan
}

/// What the messages of a drill say by the time it knows enough.
fn estimate_of_drill(folder: &Path, world: &World) -> Estimate {
    let text = std::fs::read_to_string(folder.join("drill.toml")).unwrap();
    let script: toml::Table = toml::from_str(&text).unwrap();
    let known = script.get("known_min").and_then(toml::Value::as_integer).unwrap_or(i64::MAX);
    let mut messages = Vec::new();
    for message in script.get("message").unwrap().as_array().unwrap() {
        let at_min = message.get("at_min").unwrap().as_integer().unwrap();
        let file = message.get("file").unwrap().as_str().unwrap();
        if at_min <= known {
            messages.extend(read_any(&std::fs::read(folder.join(file)).unwrap()).unwrap().messages);
        }
    }
    world.estimator.estimate(&messages, &[])
}

#[test]
fn every_drill_poses_a_problem_that_is_planned_and_passes_the_check() {
    let world = World::new();
    let mut drills = 0;
    for entry in std::fs::read_dir(root().join("drills")).unwrap() {
        let folder = entry.unwrap().path();
        if !folder.join("drill.toml").exists() {
            continue;
        }
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        let estimate = estimate_of_drill(&folder, &world);
        let posed = world.pose(&estimate, Some(&damage_chance(1, drills)), Some(&FIVE));
        assert_eq!(posed.findings, [], "{name}: every place that was hit has a hub");
        assert!(!posed.problem.needs().is_empty(), "{name} needs nothing");
        let plan = planned(&posed.problem, &name);
        assert!(!plan.allocations.is_empty(), "{name} is sent nothing");
        drills += 1;
    }
    assert_eq!(drills, 8);
}

#[test]
fn drawn_scenarios_pose_one_problem_each_whatever_is_drawn_besides() {
    let world = World::new();
    let mut needed = 0;
    for number in 0..24 {
        let struck = world.draw.struck(&world.estimator, 3, number).unwrap();
        let of = |world: &World| world.pose(&struck.estimate, Some(&struck.damage()), Some(&FIVE));
        let (posed, again) = (of(&world), of(&world));
        assert_eq!(posed.problem.digest(), again.problem.digest());
        assert_eq!(posed.findings, [], "{number}");
        planned(&posed.problem, &number.to_string());
        needed += i32::from(!posed.problem.needs().is_empty());
    }
    assert!(needed > 12, "only {needed} of 24 scenarios need anything");
}

#[test]
fn damage_closes_links_and_takes_stocks_near_the_event_alone() {
    let world = World::new();
    let (estimate, chance) = world.drawn("earthquake-jp-kanto", 50_000);
    let whole = world.pose(&estimate, None, Some(&FIVE)).problem;
    let hit = world.pose(&estimate, Some(&chance), Some(&FIVE)).problem;
    let other = world.pose(&estimate, Some(&damage_chance(6, 0)), Some(&FIVE)).problem;
    assert_ne!(hit.digest(), other.digest(), "another chance breaks something else");
    let units = |problem: &Problem| problem.stocks().iter().map(|s| s.units).sum::<i64>();
    assert!(units(&hit) < units(&whole));
    let closed: Vec<_> = hit
        .links()
        .iter()
        .filter(|l| l.closures.iter().any(|c| c.cause == Cause::Damage))
        .map(|link| link.id.as_str())
        .collect();
    assert!(closed.len() > 3, "{closed:?}");
    let is_far = |id: &&&str| id.contains("-kr-") || id.contains("-cn-") || id.contains("jp-43");
    assert_eq!(closed.iter().find(is_far), None);
    let (storm, chance) = world.drawn("typhoon-kr", 1);
    let storm = world.pose(&storm, Some(&chance), Some(&FIVE)).problem;
    let weather = storm.links().iter().flat_map(|link| &link.closures);
    assert!(weather.filter(|closure| closure.cause == Cause::Weather).count() > 3);
}

#[test]
fn electricity_flows_by_the_grid_and_nothing_else_does() {
    let world = World::new();
    let (estimate, _) = world.drawn("earthquake-jp-kanto", 50_000);
    let posed = world.pose(&estimate, None, None);
    let problem = &posed.problem;
    for energy in ["electricity", "diesel", "hydrogen", "ammonia"] {
        assert!(problem.needs().iter().any(|n| n.commodity.as_str() == energy), "{energy}");
    }
    let plan = planned(problem, "energy");
    let mut by_grid = 0;
    for allocation in &plan.allocations {
        let is_power =
            problem.stocks().get(allocation.stock.0).unwrap().commodity.as_str() == "electricity";
        for leg in &allocation.route {
            let mode = problem.links().get(leg.link.0).unwrap().mode;
            assert_eq!(mode == Mode::Grid, is_power);
            by_grid += usize::from(is_power);
        }
    }
    let met: i64 = plan
        .allocations
        .iter()
        .filter(|a| problem.stocks().get(a.stock.0).unwrap().commodity.as_str() == "electricity")
        .map(|a| a.units)
        .sum();
    assert!(met > 0, "nobody is sent electricity ({by_grid} legs)");
    // Winds cut lines as shaking does.
    let (storm, _) = world.drawn("typhoon-jp", 1000);
    let storm = world.pose(&storm, None, None).problem;
    for energy in ["electricity", "diesel"] {
        assert!(storm.needs().iter().any(|n| n.commodity.as_str() == energy), "{energy}");
    }
}

#[test]
fn energy_weighs_as_much_as_what_it_does_for_those_who_depend_on_it() {
    let world = World::new();
    let (estimate, _) = world.drawn("earthquake-jp-kanto", 50_000);
    let problem = world.pose(&estimate, None, None).problem;
    let weight = |id: &str| problem.commodity(&id.parse().unwrap()).unwrap().weight;
    // What one person uses in twelve hours weighs what the catalog says of a person-period.
    for (energy, a_day_micro) in
        [("electricity", 800_000), ("diesel", 270_000), ("hydrogen", 50_000), ("ammonia", 400_000)]
    {
        let of_catalog = world.catalog.commodities.get(&energy.parse().unwrap()).unwrap().weight;
        assert_eq!(weight(energy), of_catalog * 2_000_000 / a_day_micro, "{energy}");
    }
}

#[test]
fn tankers_carry_fuel_alone_and_hydrogen_boils_off() {
    let world = World::new();
    let (estimate, _) = world.drawn("earthquake-jp-kanto", 50_000);
    let problem = world.pose(&estimate, None, None).problem;
    let tanker = problem.link_index(&"tanker-krusn--jptyo".parse().unwrap()).unwrap();
    let tanker = problem.links().get(tanker.0).unwrap();
    let takes = |id: &str| tanker.takes(&id.parse().unwrap());
    assert!(takes("diesel") && takes("kerosene") && !takes("blanket") && !takes("hydrogen"));
    let plan = planned(&problem, "energy");
    let mut sent_and_left = (0, 0);
    for allocation in &plan.allocations {
        let goods = &problem.stocks().get(allocation.stock.0).unwrap().commodity;
        let fades = problem.commodity(goods).unwrap().fades();
        assert_eq!(allocation.serving.is_some(), fades, "{goods}");
        if let Some(serving) = &allocation.serving {
            sent_and_left.0 += allocation.units;
            sent_and_left.1 += serving.units;
        }
    }
    assert!(0 < sent_and_left.1 && sent_and_left.1 < sent_and_left.0, "{sent_and_left:?}");
}

#[test]
fn counterfactuals_change_what_they_name_and_nothing_else() {
    let world = World::new();
    let estimate = estimate_of_drill(&root().join("drills/noto-2024"), &world);
    let problem = world.pose(&estimate, None, Some(&FIVE)).problem;
    let local = local_agreements(&world.library);
    let all = counterfactuals(&problem, &world.catalog, &local, &world.able);
    let names: BTreeSet<String> = all.iter().map(ToString::to_string).collect();
    assert_eq!(names.len(), all.len(), "two go by one name");
    for named in [
        "suspend:kr-45--jp-17",
        "suspend:jp-basic-act-push",
        "cut:ferry-new-camellia",
        "cut-national-ties",
        "add:candidate-kr-mois--jp-push",
        "add:candidate-ferry-krtgh--jpmai",
        "add:candidate-stock-busan-blankets",
    ] {
        assert!(names.contains(named), "{named} is not among {names:?}");
    }
    // A country's own law is not suspended, nor a ferry cut that lies in port already.
    assert!(!names.contains("suspend:home-jp") && !names.contains("cut:ferry-eastern-dream"));
    let home: AgreementId = home_agreement("jp").unwrap();
    for one in &all {
        let after = apply(&problem, one).unwrap();
        assert_ne!(after.digest(), problem.digest(), "{one} changes nothing");
        let active = |problem: &Problem, agreement: &AgreementId| {
            let permits = problem.permits().iter().filter(|p| p.suspended.is_none());
            permits.filter(|p| p.clause.agreement == *agreement).count()
        };
        match one {
            Counterfactual::SuspendAgreement(agreement) => {
                assert_eq!(active(&after, agreement), 0);
                assert_eq!(active(&after, &home), active(&problem, &home));
            }
            Counterfactual::SuspendClause(agreement, _) => {
                let left = active(&after, agreement);
                assert!(0 < left && left < active(&problem, agreement), "{one}");
            }
            Counterfactual::CutLink(id) => {
                let link = after.links().iter().find(|link| link.id == *id).unwrap();
                assert!((0..14).all(|period| link.closure_in(period).is_some()));
            }
            Counterfactual::CutNationalTies(local) => {
                let mut left = after.permits().iter().filter(|p| p.suspended.is_none());
                assert!(left.all(|permit| local.contains(&permit.clause.agreement)));
                assert!(local.iter().any(|agreement| active(&after, agreement) > 0));
            }
            Counterfactual::AddAgreement(_, permits, _) => {
                assert_eq!(after.permits().len(), problem.permits().len() + permits.len());
            }
            Counterfactual::AddLink(..) => {
                assert_eq!(after.links().len(), problem.links().len() + 1);
            }
            Counterfactual::AddStock(_, stock) => {
                let units = |problem: &Problem| problem.stocks().iter().map(|s| s.units).sum();
                let (before, after): (i64, i64) = (units(&problem), units(&after));
                assert_eq!(after, before + stock.units);
            }
        }
    }
    // What the problem does not have changes nothing.
    let nothing = Counterfactual::SuspendAgreement("none".parse().unwrap());
    assert_eq!(apply(&problem, &nothing).unwrap().digest(), problem.digest());
}

#[test]
fn cuts_help_nobody_and_additions_harm_nobody() {
    let world = World::new();
    let estimate = estimate_of_drill(&root().join("drills/tottori-2016"), &world);
    let problem = world.pose(&estimate, None, Some(&FIVE)).problem;
    let local = local_agreements(&world.library);
    let base = solve_with_proof(&problem);
    let (cost, least) = (base.plan.terms.objective_milli(), prove(&problem, &base.certificate));
    for one in counterfactuals(&problem, &world.catalog, &local, &world.able) {
        let is_link = matches!(one, Counterfactual::CutLink(_));
        if is_link && one.to_string() != "cut:ferry-eastern-dream" {
            continue;
        }
        let after = apply(&problem, &one).unwrap();
        let Solved { plan, certificate } = solve_with_proof(&after);
        assert_eq!(check(&after, &plan).map(|_| ()), Ok(()), "{one}");
        if one.is_cut() {
            assert!(plan.terms.objective_milli() >= least.objective_milli, "{one}");
        } else {
            assert!(prove(&after, &certificate).objective_milli <= cost, "{one}");
            assert!(one.candidate().is_some());
        }
    }
}

#[test]
fn every_candidate_has_words_costs_and_a_scenario_it_adds_to() {
    let world = World::new();
    assert!((10..=25).contains(&world.catalog.candidates.len()));
    for candidate in world.catalog.candidates.values() {
        assert!(candidate.names.missing().is_empty() && candidate.says.missing().is_empty());
        assert!(candidate.cost_usd_a_year > 0, "{}", candidate.id);
        assert!(world.catalog.sources.get(&candidate.source).unwrap().assumption);
        if let Adds::Link(link) = &candidate.adds {
            let known = world.catalog.links.values();
            let mut same = known.filter(|l| l.from == link.from && l.to == link.to);
            // Of two tankers one may carry what the other does not.
            let runs = same.any(|l| l.mode == link.mode && l.commodities == link.commodities);
            assert!(!runs, "{} runs already", candidate.id);
        }
    }
    let local = local_agreements(&world.library);
    let mut tried = BTreeSet::new();
    for (row, displaced) in [
        ("earthquake-jp-nankai", 100_000),
        ("earthquake-jp-kanto", 100_000),
        ("earthquake-kr", 1_000),
        ("typhoon-kr", 100),
        ("flood-kr", 1_000),
        ("earthquake-cn", 10_000),
        ("flood-cn", 1_000),
    ] {
        let (estimate, _) = world.drawn(row, displaced);
        let problem = world.pose(&estimate, None, None).problem;
        let all = counterfactuals(&problem, &world.catalog, &local, &world.able);
        tried.extend(all.iter().filter_map(|one| one.candidate().cloned()));
    }
    let missing: Vec<_> =
        world.catalog.candidates.keys().filter(|id| !tried.contains(*id)).collect();
    assert!(missing.is_empty(), "{missing:?} add nothing to seven great scenarios");
}
