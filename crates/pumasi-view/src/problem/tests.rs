//! Problems out of the small world of the tests, planned and checked.

use expect_test::{Expect, expect};
use proptest::prelude::*;
use pumasi_base::Status;
use pumasi_base::time::plus_seconds;
use serde_json::json;

use super::*;
use crate::chosen::{BODY_BYTES_MAX, Gathered, plan_of};
use crate::needs::ceiling_div;
use crate::world::{Case as Played, agreements, catalog, origin, party};

/// What a test changes about the problem of the small world.
struct Tweak {
    start_hours: i64,
    horizon_hours: i64,
    period_hours: i64,
    able: BTreeSet<PartyId>,
    unreachable: BTreeSet<PartyId>,
    requested: bool,
    size: Size,
}

impl Default for Tweak {
    fn default() -> Self {
        Self {
            start_hours: 12,
            horizon_hours: 48,
            period_hours: 12,
            able: [party("kr"), party("cn")].into(),
            unreachable: BTreeSet::new(),
            requested: true,
            size: Size::Central,
        }
    }
}

fn pose(played: &Played, case: &str, tweak: &Tweak) -> Result<Posed, ProblemFault> {
    let (catalog, agreements, factors) = (catalog(), agreements(), Factors::standard());
    let (planner, purpose) = (party("jp"), "disaster_relief".parse().unwrap());
    played.held(|held| {
        problem(&ProblemInputs {
            catalog: &catalog,
            factors: &factors,
            agreements: &agreements,
            held,
            planner: &planner,
            case,
            start: plus_seconds(origin(), tweak.start_hours * 3600),
            horizon_hours: tweak.horizon_hours,
            period_hours: tweak.period_hours,
            able: &tweak.able,
            unreachable: &tweak.unreachable,
            requested: tweak.requested,
            purpose: &purpose,
            size: tweak.size,
        })
    })
}

fn played() -> Played {
    Played::played(Status::Exercise)
}

#[track_caller]
fn check(played: &Played, what: &str, tweak: &Tweak, expected: &Expect) {
    let posed = pose(played, "test", tweak).unwrap();
    let problem = &posed.problem;
    let lines: Vec<String> = match what {
        "needs" => problem
            .needs()
            .iter()
            .map(|n| format!("{} {} {:?} asked={}", n.place, n.commodity, n.wanted, n.requested))
            .collect(),
        "stocks" => problem
            .stocks()
            .iter()
            .map(|s| format!("{} {} {} at {}", s.owner, s.units, s.commodity, s.site))
            .collect(),
        "links" => problem
            .links()
            .iter()
            .map(|link| {
                let closed = link.closures.iter().map(|c| (c.from_period, c.until_period));
                format!(
                    "{} {:?} closed {:?}",
                    link.id,
                    link.capacity_kg,
                    closed.collect::<Vec<_>>()
                )
            })
            .collect(),
        "permits" => problem
            .permits()
            .iter()
            .map(|p| {
                let goods: Vec<_> = p.commodities.iter().map(CommodityId::as_str).collect();
                let over = p.ceilings.iter().map(|c| c.clause.clause.to_string());
                let over = over.collect::<Vec<_>>().join(",");
                let (clause, goods) = (&p.clause.clause, goods.join(","));
                format!(
                    "{clause} {} to {}: {goods} push={} under [{over}]",
                    p.giver, p.receiver, p.push
                )
            })
            .collect(),
        _ => problem
            .ceilings()
            .iter()
            .map(|c| format!("{} {} kg", c.id.clause.clause, c.kg))
            .collect(),
    };
    let text = if lines.is_empty() { "nothing".to_owned() } else { lines.join("\n") };
    expected.assert_eq(&(text + "\n"));
}

#[test]
fn needs_lose_what_is_promised_or_has_come() {
    let played = played();
    // 600 and 300 blankets less the 90 that came, in proportion; 240 and 120 litres a day, less
    // the 120 litres pushed to Wajima, from the first period on.
    check(
        &played,
        "needs",
        &Tweak::default(),
        &expect![[r#"
        jp-1 blanket [540, 0, 0, 0] asked=true
        jp-1 drinking_water [0, 120, 120, 120] asked=true
        jp-2 blanket [270, 0, 0, 0] asked=true
        jp-2 drinking_water [60, 60, 60, 60] asked=true
    "#]],
    );
    // The low estimate is half of the central one.
    let low = Tweak { size: Size::Low, requested: false, ..Tweak::default() };
    check(
        &played,
        "needs",
        &low,
        &expect![[r#"
        jp-1 blanket [240, 0, 0, 0] asked=true
        jp-1 drinking_water [0, 0, 60, 60] asked=false
        jp-2 blanket [120, 0, 0, 0] asked=true
        jp-2 drinking_water [30, 30, 30, 30] asked=false
    "#]],
    );
}

#[test]
fn water_that_was_drunk_is_needed_again() {
    let mut played = played();
    let push = played.kr.acts.last().unwrap().id();
    let shipment = played.kr.act(
        "kr",
        "dispatch_shipment",
        None,
        json!({
            "order": push, "quantity": "120 LTR", "pallets": 1, "links": [],
            "departs": "2024-01-01T11:00:00Z", "arrives": "2024-01-01T11:30:00Z"}),
    );
    played.kr.act(
        "jp",
        "receive_resource",
        None,
        json!({
            "shipment": shipment, "accepted": "120 LTR", "rejected": "0 LTR", "reason": null,
            "short": "0 LTR"}),
    );
    // Wajima uses ten litres an hour: of 120 litres that came at 11:30, 5 are gone at 12:00 and
    // all of them a day later.
    let one = Tweak { horizon_hours: 24, ..Tweak::default() };
    check(
        &played,
        "needs",
        &one,
        &expect![[r#"
        jp-1 blanket [540, 0] asked=true
        jp-1 drinking_water [5, 120] asked=true
        jp-2 blanket [270, 0] asked=true
        jp-2 drinking_water [60, 60] asked=true
    "#]],
    );
    let later = Tweak { start_hours: 36, horizon_hours: 24, ..Tweak::default() };
    check(
        &played,
        "needs",
        &later,
        &expect![[r#"
        jp-1 blanket [540, 0] asked=true
        jp-1 drinking_water [120, 120] asked=true
        jp-2 blanket [270, 0] asked=true
        jp-2 drinking_water [60, 60] asked=true
    "#]],
    );
}

#[test]
fn stocks_lose_reserve_and_promises() {
    // Korea: 1000 blankets less 200 kept and 100 promised; 5000 litres less 1000 and 120.
    check(
        &played(),
        "stocks",
        &Tweak::default(),
        &expect![[r#"
        cn 5000 blanket at hub-cn
        jp 200 drinking_water at hub-jp
        kr 700 blanket at hub-kr
        kr 3880 drinking_water at hub-kr
    "#]],
    );
    // A giver that cannot act gives nothing; Japan keeps its own stock for itself.
    let alone = Tweak { able: BTreeSet::new(), ..Tweak::default() };
    check(
        &played(),
        "stocks",
        &alone,
        &expect![[r#"
        jp 200 drinking_water at hub-jp
    "#]],
    );
}

#[test]
fn links_run_as_their_episodes_say() {
    check(
        &played(),
        "links",
        &Tweak::default(),
        &expect![[r#"
        ferry-cn [50000, 50000, 50000, 50000] closed [(0, 3)]
        ferry-kr [50000, 50000, 50000, 50000] closed []
        road-1 [6000, 6000, 6000, 12000] closed []
        road-2 [12000, 12000, 12000, 12000] closed []
    "#]],
    );
}

#[test]
fn permits_follow_the_agreements() {
    check(
        &played(),
        "permits",
        &Tweak::default(),
        &expect![[r#"
        art-1 cn to jp: blanket push=false under [art-4]
        art-1 cn to jp: drinking_water push=false under []
        art-1 kr to jp: blanket push=false under [art-4]
        art-1 kr to jp: drinking_water push=false under []
    "#]],
    );
    // Once contact is lost, water may be pushed.
    let lost = Tweak { unreachable: [party("jp")].into(), ..Tweak::default() };
    check(
        &played(),
        "permits",
        &lost,
        &expect![[r#"
        art-1 cn to jp: blanket push=false under [art-4]
        art-1 cn to jp: drinking_water push=false under []
        art-1 kr to jp: blanket push=false under [art-4]
        art-1 kr to jp: drinking_water push=false under []
        art-8 cn to jp: drinking_water push=true under []
        art-8 kr to jp: drinking_water push=true under []
    "#]],
    );
    // 500 blankets a year for each giver; Korea promised 100 of them, at 1.5 kg each.
    check(
        &played(),
        "ceilings",
        &Tweak::default(),
        &expect![[r#"
        art-4 750 kg
        art-4 600 kg
    "#]],
    );
}

#[test]
fn what_cannot_be_planned_says_why() {
    let fault = |case: &str, tweak: &Tweak| match pose(&played(), case, tweak) {
        Ok(posed) => format!("posed, {} findings", posed.findings.len()),
        Err(fault) => fault.to_string(),
    };
    let plain = Tweak::default();
    assert_eq!(fault("test", &plain), "posed, 0 findings");
    assert_eq!(fault("other", &plain), "the case `other` is not shared with the planner");
    for wrong in [
        Tweak { horizon_hours: 0, ..Tweak::default() },
        Tweak { period_hours: 0, ..Tweak::default() },
        Tweak { horizon_hours: i64::MAX, period_hours: 1, ..Tweak::default() },
    ] {
        assert!(fault("test", &wrong).starts_with("horizon and period must have"));
    }
}

#[test]
fn needs_that_may_be_none_are_no_fault() {
    let mut played = played();
    let second = played.kr.acts[3].id();
    played.kr.act("jp", "report_needs", None, crate::world::needs(second, 0, 0));
    let posed = pose(&played, "test", &Tweak::default()).unwrap();
    assert!(posed.problem.needs().is_empty() && posed.findings.is_empty());
    assert!(pumasi_flow::solve(&posed.problem).allocations.is_empty());
}

#[test]
fn a_place_without_a_hub_is_a_finding() {
    let mut played = played();
    let first = played.kr.acts[1].id();
    let mut body = crate::world::needs(first, 10, 10);
    let place = body["places"]["jp-1"].clone();
    body["province"] = json!("kr");
    body["places"] = json!({"kr": place.clone(), "kr-7": place.clone(), "jp": place});
    body["places"]["kr"]["needs"]["caviar"] = body["places"]["kr"]["needs"]["blanket"].clone();
    played.kr.act("kr", "report_needs", None, body);
    let posed = pose(&played, "test", &Tweak::default()).unwrap();
    let told: Vec<_> = posed.findings.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "the place `kr-7` is governed by no party of the catalog: its needs are left out",
            "the commodity `caviar` is not in the catalog: its needs are left out",
        ]
    );
}

#[test]
fn the_usual_size_is_the_low_one_for_a_day() {
    let at = |hours: i64| Size::usual(origin(), plus_seconds(origin(), hours * 3600));
    assert_eq!((at(0), at(23), at(24)), (Size::Low, Size::Low, Size::Central));
}

#[test]
fn a_plan_becomes_the_body_of_an_act_that_is_applied() {
    let mut played = played();
    let posed = pose(&played, "test", &Tweak::default()).unwrap();
    let plan = pumasi_flow::solve(&posed.problem);
    let bindings = pumasi_flow::explain(&posed.problem, &plan);
    let chosen =
        plan_of(&catalog(), &"disaster_relief".parse().unwrap(), &posed.problem, &plan, &bindings);
    assert_eq!((chosen.gathered, chosen.left_out), (Gathered::Not, 0));
    assert!(chosen.own_moves > 0 && !chosen.body.moves.is_empty() && !chosen.body.unmet.is_empty());
    let moved: i64 = chosen.body.moves.iter().map(|planned| planned.units).sum();
    let permitted = plan.allocations.iter().filter(|a| a.permit.is_some());
    assert_eq!(moved, permitted.map(|a| a.units).sum::<i64>());
    assert!(chosen.body.moves.iter().all(|planned| planned.departs < planned.arrives));
    let body = serde_json::to_value(&chosen.body).unwrap();
    let act = played.kr.act("kr", "choose_plan", None, body);
    assert_eq!(played.kr.outcome(act), "applied");
}

#[test]
fn large_plans_are_gathered_until_they_fit() {
    use pumasi_flow::generate::{Size as Drawn, generate};
    let size = Drawn { places: 40, commodities: 4, periods: 14 };
    let problem = Problem::new(generate(size, 1).unwrap()).unwrap();
    let plan = pumasi_flow::solve(&problem);
    let chosen = plan_of(&catalog(), &"disaster_relief".parse().unwrap(), &problem, &plan, &[]);
    let bytes = serde_json::to_vec(&chosen.body).unwrap().len();
    assert!(bytes <= BODY_BYTES_MAX, "{bytes}");
    assert!(chosen.gathered > Gathered::Not, "the instance is too small to test gathering");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn every_plan_passes_the_check_and_no_more_is_wanted_than_is_needed(
        start_hours in 0_i64..72,
        horizon_hours in 1_i64..120,
        period_hours in 1_i64..25,
        givers in 0_usize..4,
        requested: bool,
        lost: bool,
        size in prop::sample::select(vec![Size::Low, Size::Central, Size::High]),
    ) {
        let able = [party("kr"), party("cn")].into_iter().enumerate();
        let able = able.filter(|(i, _)| givers & (1 << i) != 0).map(|(_, p)| p).collect();
        let unreachable = if lost { [party("jp")].into() } else { BTreeSet::new() };
        let tweak = Tweak {
            start_hours, horizon_hours, period_hours, able, unreachable, requested, size,
        };
        let posed = pose(&played(), "test", &tweak).unwrap();
        let again = pose(&played(), "test", &tweak).unwrap();
        prop_assert_eq!(posed.problem.digest(), again.problem.digest());
        let plan = pumasi_flow::solve(&posed.problem);
        prop_assert_eq!(pumasi_flow::check(&posed.problem, &plan).map(|_| ()), Ok(()));
        let total = |commodity: &str| -> i64 {
            let needs = posed.problem.needs().iter().filter(|n| n.commodity.as_str() == commodity);
            needs.flat_map(|n| &n.wanted).sum()
        };
        let hours = ceiling_div(horizon_hours, period_hours) * period_hours;
        let water = size.of([120, 240, 480]) + size.of([60, 120, 240]);
        // Rounding up adds less than one unit for each place.
        prop_assert!(total("drinking_water") <= ceiling_div(water * hours, 24) + 2);
        prop_assert!(total("blanket") <= size.of([450, 900, 1800]) - 90);
    }
}
