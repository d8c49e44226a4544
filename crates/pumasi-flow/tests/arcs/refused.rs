//! Models that contradict themselves, and what is said of them.

use pumasi_flow::model::{Model, ModelParts};

use crate::found::one_way;

/// Changes one thing in a model that is right, and says which fields are named.
fn check(change: impl FnOnce(&mut ModelParts), said: &str) {
    let mut parts = one_way();
    change(&mut parts);
    let errors = Model::new(parts).map_or_else(|errors| errors, |_| Vec::new());
    let found: Vec<String> = errors.iter().map(ToString::to_string).collect();
    assert_eq!(found.join("\n"), said);
}

#[test]
fn a_model_that_is_right_is_taken() {
    check(|_| {}, "");
    check(|m| m.lanes.clear(), "");
    check(|m| m.limits[0][0] = 0.0, "");
}

#[test]
fn a_horizon_must_be_one() {
    check(
        |m| {
            *m = ModelParts {
                periods: 0,
                limits: vec![],
                needs: vec![],
                arcs: vec![],
                networks: vec![vec![]],
                lanes: vec![],
                ..m.clone()
            }
        },
        "horizon 0: `periods` is 0, but must be from 1 to 4096",
    );
    check(|m| m.period_min = 0, "horizon 0: `period_min` is 0, but must be from 1 to 1000000");
    check(
        |m| m.cost_weight = f64::NAN,
        "horizon 0: `cost_weight` is NaN, but must be from 0 to 1000000000000000",
    );
    check(
        |m| m.periods = 3,
        "limits 0: `by_period` has 4 figures for 3 periods\nneeds 0: `wanted` has 4 figures for 3 periods",
    );
}

#[test]
fn every_figure_has_its_range() {
    let most = "must be from 0 to 1000000000000000";
    check(|m| m.arcs[0].cost = -1.0, &format!("arcs 0: `cost` is -1, but {most}"));
    check(
        |m| m.arcs[0].duration_min = -1,
        "arcs 0: `duration_min` is -1, but must be from 0 to 10000000",
    );
    check(
        |m| m.arcs[0].retained = 1.5,
        "arcs 0: `retained` is 1.5, but must be from 0.000000001 to 1",
    );
    check(
        |m| m.commodities[0].kept = 0.0,
        "commodities 0: `kept` is 0, but must be from 0.000000001 to 1",
    );
    check(
        |m| m.commodities[0].load = f64::INFINITY,
        &format!("commodities 0: `load` is inf, but {most}"),
    );
    check(
        |m| m.commodities[0].weight = f64::NAN,
        &format!("commodities 0: `weight` is NaN, but {most}"),
    );
    check(|m| m.stocks[0].units = -2.0, &format!("stocks 0: `units` is -2, but {most}"));
    check(
        |m| m.needs[0].wanted[2] = f64::INFINITY,
        &format!("needs 0: `wanted` is inf, but {most}"),
    );
    check(
        |m| m.needs[0].priority = 2e15,
        &format!("needs 0: `priority` is 2000000000000000, but {most}"),
    );
    check(|m| m.limits[0][1] = -1.0, "limits 0: `by_period` is -1, but must be from 0 to inf");
    check(|m| m.ceilings.push(f64::NAN), "ceilings 0: `most` is NaN, but must be from 0 to inf");
}

#[test]
fn nothing_is_named_that_is_not_there() {
    check(|m| m.arcs[0].to = 2, "arcs 0: `to` names site 2, of which there are 2");
    check(|m| m.arcs[0].limits.push(1), "arcs 0: `limits` names limit 1, of which there are 1");
    check(|m| m.sites[1].intake = Some(7), "sites 1: `intake` names limit 7, of which there are 1");
    check(|m| m.stocks[0].site = 2, "stocks 0: `site` names site 2, of which there are 2");
    check(|m| m.needs[0].site = 2, "needs 0: `site` names site 2, of which there are 2");
    check(|m| m.networks[0].push(1), "networks 0: `arcs` names arc 1, of which there are 1");
    check(|m| m.lanes[0].network = 1, "lanes 0: `network` names network 1, of which there are 1");
    check(
        |m| m.lanes[0].ceilings.push(0),
        "lanes 0: `ceilings` names ceiling 0, of which there are 0",
    );
    check(|m| m.lanes[0].stocks.push(1), "lanes 0: `stocks` names stock 1, of which there are 1");
    check(|m| m.lanes[0].needs.push(1), "lanes 0: `needs` names need 1, of which there are 1");
}

#[test]
fn a_lane_holds_what_it_moves() {
    let another = |m: &mut ModelParts| {
        m.commodities.push(m.commodities[0]);
        m.lanes[0].commodity = 1;
    };
    check(
        another,
        "lane 0: `stocks` names 0, which is of another commodity\nlane 0: `needs` names 0, which is of another commodity",
    );
}

#[test]
fn lists_that_must_rise_do() {
    check(|m| m.networks[0].push(0), "networks 0: `arcs` names 0 after 0, but must rise");
    check(
        |m| {
            m.arcs.push(m.arcs[0].clone());
            m.networks[0] = vec![1, 0];
        },
        "networks 0: `arcs` names 0 after 1, but must rise",
    );
    check(|m| m.lanes[0].stocks.push(0), "lanes 0: `stocks` names 0 after 0, but must rise");
    check(|m| m.lanes[0].needs.push(0), "lanes 0: `needs` names 0 after 0, but must rise");
    check(
        |m| {
            m.ceilings = vec![1.0, 2.0];
            m.lanes[0].ceilings = vec![1, 0];
        },
        "lanes 0: `ceilings` names 0 after 1, but must rise",
    );
}
