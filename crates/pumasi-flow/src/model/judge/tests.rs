//! Plans told shipment by shipment, and what the judge says of each.

use super::super::{ModelArc, ModelCommodity, ModelSite};
use super::*;

/// A port that takes in at most 30 a period, reached from a store in 90 minutes by a road that
/// carries 40 and loses a tenth of what leaves; periods of an hour. Water perishes and a tenth of
/// what is kept is lost each hour; blankets last.
fn model() -> Model {
    let lane = |commodity: usize, earliest_period| ModelLane {
        commodity,
        network: 0,
        earliest_period,
        stocks: vec![commodity],
        needs: vec![commodity],
        ceilings: vec![0],
    };
    let commodity = |perishing, kept| ModelCommodity { load: 2.0, perishing, weight: 3.0, kept };
    let stock = |commodity, units| ModelStock { site: 0, commodity, units, release_period: 1 };
    let need =
        |commodity, wanted| ModelNeed { site: 1, commodity, wanted, priority: 1.0, group: 0 };
    let arc = |from, to| ModelArc {
        from,
        to,
        duration_min: 90,
        cost: 5.0,
        retained: 0.9,
        limits: vec![0],
    };
    let parts = ModelParts {
        periods: 5,
        period_min: 60,
        cost_weight: 0.1,
        sites: vec![ModelSite::default(), ModelSite { intake: Some(1) }],
        arcs: vec![arc(0, 1), arc(1, 0)],
        limits: vec![vec![40.0; 5], vec![30.0; 5]],
        commodities: vec![commodity(true, 0.9), commodity(false, 1.0)],
        stocks: vec![stock(0, 20.0), stock(1, 20.0)],
        needs: vec![
            need(0, vec![0.0, 0.0, 0.0, 8.0, 8.0]),
            need(1, vec![10.0, 0.0, 0.0, 0.0, 0.0]),
        ],
        ceilings: vec![45.0],
        networks: vec![vec![0]],
        lanes: vec![lane(0, 0), lane(1, 2)],
    };
    Model::new(parts).expect("a model of ours")
}

/// Reads `LANE/STOCK/NEED UNITS @PERIOD ARC:DEPART-ARRIVE…`, one shipment for each semicolon.
fn shipments(text: &str) -> Vec<Shipment> {
    let number = |text: &str| text.parse::<usize>().expect("a number");
    let read = |line: &str| {
        let words: Vec<&str> = line.split_whitespace().collect();
        let names: Vec<usize> = words[0].split('/').map(number).collect();
        let step = |word: &&str| {
            let (arc, minutes) = word.split_once(':').expect("an arc");
            let (depart, arrive) = minutes.split_once('-').expect("minutes");
            let minute = |text: &str| text.parse().expect("a minute");
            Carriage { arc: number(arc), depart_min: minute(depart), arrive_min: minute(arrive) }
        };
        Shipment {
            lane: names[0],
            stock: names[1],
            need: names[2],
            units: words[1].parse().expect("units"),
            period: number(&words[2][1..]),
            steps: words[3..].iter().map(step).collect(),
        }
    };
    text.split(';').filter(|line| !line.trim().is_empty()).map(read).collect()
}

#[track_caller]
fn check_claimed(text: &str, claimed: f64, expected: &str) {
    let told = match judge(&model(), &shipments(text), claimed) {
        Ok(judged) => {
            format!("{:.4} {:.4} {:.4}", judged.burden, judged.cost, judged.objective)
        }
        Err(breaches) => {
            let told = |breach: &Breach| match *breach {
                Breach::Shipment { shipment, fault } => format!("{shipment} {}", fault.code()),
                Breach::Stock { stock, found, most } => format!("stock {stock} {found:.3}/{most}"),
                Breach::Need { need, period, found, most } => {
                    format!("need {need}@{period} {found:.3}/{most}")
                }
                Breach::Limit { limit, period, found, most } => {
                    format!("limit {limit}@{period} {found:.3}/{most}")
                }
                Breach::Ceiling { ceiling, found, most } => {
                    format!("ceiling {ceiling} {found:.3}/{most}")
                }
                Breach::Objective { claimed, found } => format!("said {claimed}, is {found:.4}"),
            };
            breaches.iter().map(told).collect::<Vec<_>>().join(", ")
        }
    };
    assert_eq!(told, expected, "{text}");
}

/// Checks what is wrong beside the objective.
#[track_caller]
fn check(text: &str, expected: &str) {
    check_claimed(text, f64::NAN, expected);
}

#[test]
fn the_objective_is_burden_and_weighted_cost() {
    // 16 water missed for a period each, 10 blankets for five.
    check_claimed("", 198.0, "198.0000 0.0000 198.0000");
    check_claimed("", 197.9, "said 197.9, is 198.0000");
    check_claimed("", f64::NAN, "said NaN, is 198.0000");
    // Nine blankets from period 4 on: 9 units of burden 3 less, ten left the store at 10 a unit.
    check_claimed("1/1/1 9 @4 0:120-210", 181.0, "171.0000 100.0000 181.0000");
}

#[test]
fn what_is_lost_underway_left_the_store() {
    // Handed out in 3, taken in in 2, left in 1: a ninth and two periods of a tenth more.
    let water = 7.29;
    check_claimed(
        "0/0/0 7.29 @3 0:60-150",
        198.0 - 3.0 * water + 10.0,
        "176.1300 100.0000 186.1300",
    );
    check("0/0/0 6.561 @4 0:60-150", "said NaN, is 188.3170");
    check(
        "0/0/0 15 @4 0:60-150",
        "stock 0 22.862/20, need 0@4 15.000/8, limit 0@1 45.725/40, limit 1@2 37.037/30, ceiling 0 45.725/45",
    );
}

#[test]
fn every_rule_of_a_shipment_is_asked() {
    let fine = "1/1/1 1 @4 0:120-210";
    check(fine, "said NaN, is 196.1111");
    for (from, to, fault) in [
        ("1/1/1", "2/1/1", "not_in_model"),
        ("1/1/1", "1/9/1", "not_in_model"),
        ("0:120", "7:120", "not_in_model"),
        (" 1 ", " 0 ", "units_must_be_positive"),
        (" 1 ", " inf ", "units_must_be_positive"),
        ("1/1/1", "1/0/1", "stock_not_in_lane"),
        ("1/1/1", "1/1/0", "need_not_in_lane"),
        ("0:120", "1:120", "arc_not_in_lane"),
        ("0:120-210", "", "way_broken"),
        ("0:120-210", "0:120-210 0:210-299", "way_broken"),
        ("0:120-210", "0:119-210", "before_release"),
        ("0:120-210", "0:121-210", "faster_than_arc"),
        ("0:120-210", "0:120-300", "after_horizon"),
        ("@4", "@5", "after_horizon"),
        ("@4", "@3", "serves_before_arrival"),
    ] {
        check(&fine.replace(from, to), &format!("0 {fault}"));
    }
}

#[test]
fn a_step_waits_for_the_step_before() {
    let mut parts = model().into_parts();
    parts.networks[0] = vec![0, 1];
    parts.needs[1].site = 0;
    let model = Model::new(parts).expect("a model of ours");
    let there_and_back = shipments("1/1/1 1 @4 0:120-120 1:119-209");
    let mut slow = there_and_back.clone();
    slow[0].steps[0].arrive_min = 210;
    let faults: Vec<Breach> = [there_and_back, slow]
        .iter()
        .flat_map(|plan| judge(&model, plan, 0.0).expect_err("a breach"))
        .collect();
    let of = |fault| Breach::Shipment { shipment: 0, fault };
    assert_eq!(faults, [of(Fault::FasterThanArc), of(Fault::LeavesBeforeArrival)]);
}

#[test]
fn what_lasts_may_come_late_and_never_early() {
    check("1/1/1 10 @4 0:120-210", "said NaN, is 179.1111");
    check("1/1/1 6 @4 0:120-210; 1/1/1 6 @4 0:140-230", "need 1@4 12.000/10");
    let water = "0/0/0 8 @4 0:60-150; 0/0/0 1 @4 0:60-160";
    check(water, "need 0@4 9.000/8");
}

#[test]
fn sums_may_pass_their_limits_by_rounding_alone() {
    let over = |by: f64| format!("1/1/1 {} @4 0:120-210", 10.0 + by);
    check(&over(5e-6), "said NaN, is 179.1111");
    check(&over(2e-5), "need 1@4 10.000/10");
}
