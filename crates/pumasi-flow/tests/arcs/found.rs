//! The smallest models on which a plan was once wrong.

use pumasi_flow::model::{
    ModelArc, ModelCommodity, ModelLane, ModelNeed, ModelParts, ModelSite, ModelStock,
};

use pumasi_flow::optimum::Alteration;

use crate::{check, check_altered, effects, state};

/// One arc from the only stock to the only need, a period long, in four periods.
pub fn one_way() -> ModelParts {
    ModelParts {
        periods: 4,
        period_min: 60,
        cost_weight: 0.1,
        sites: vec![ModelSite::default(); 2],
        arcs: vec![ModelArc {
            from: 0,
            to: 1,
            duration_min: 60,
            cost: 1.0,
            retained: 1.0,
            limits: vec![0],
        }],
        limits: vec![vec![f64::INFINITY; 4]],
        commodities: vec![ModelCommodity { load: 1.0, perishing: false, weight: 1.0, kept: 1.0 }],
        stocks: vec![ModelStock { site: 0, commodity: 0, units: 10.0, release_period: 0 }],
        needs: vec![ModelNeed {
            site: 1,
            commodity: 0,
            wanted: vec![0.0, 5.0, 0.0, 0.0],
            priority: 1.0,
            group: 0,
        }],
        ceilings: vec![],
        networks: vec![vec![0]],
        lanes: vec![ModelLane {
            commodity: 0,
            network: 0,
            earliest_period: 0,
            stocks: vec![0],
            needs: vec![0],
            ceilings: vec![],
        }],
    }
}

#[test]
fn transport_costs_something_where_cost_weighs_nothing() {
    check(ModelParts { cost_weight: 0.0, ..one_way() }, state::programme);
}

#[test]
fn what_lasts_is_lost_while_it_waits() {
    // All goods have to leave at once, long before they are wanted.
    let mut parts = one_way();
    parts.limits = vec![vec![f64::INFINITY, 0.0, 0.0, 0.0]];
    parts.commodities[0].kept = 0.5;
    parts.needs[0].wanted = vec![0.0, 1.0, 0.0, 5.0];
    check(parts, state::programme);
}

#[test]
fn what_comes_between_two_wants_waits_no_longer_than_it_must() {
    // Going early pays for one period of waiting, not for the two since anything was wanted.
    let mut parts = one_way();
    parts.periods = 5;
    parts.cost_weight = 1.5;
    parts.limits = vec![vec![0.0, f64::INFINITY, 0.0, 0.0, 0.0]];
    parts.needs[0].wanted = vec![0.0, 5.0, 0.0, 5.0, 0.0];
    check(parts, state::programme);
}

#[test]
fn more_of_one_stock_takes_the_place_of_another() {
    let mut parts = one_way();
    parts.stocks = vec![ModelStock { units: 6.0, ..parts.stocks[0] }; 2];
    parts.lanes[0].stocks = vec![0, 1];
    parts.needs[0].wanted[1] = 10.0;
    check_altered(parts, &[Alteration::ScaleStock(0, 2.0), Alteration::ScaleStock(1, 3.0)]);
}

#[test]
fn nothing_is_left_of_a_limit_without_end() {
    let mut parts = one_way();
    parts.ceilings = vec![f64::INFINITY];
    parts.lanes[0].ceilings = vec![0];
    check_altered(parts.clone(), &[Alteration::ScaleCeiling(0, 0.0)]);
    check_altered(parts, &[Alteration::ScaleLimit(0, 0.0)]);
}

#[test]
fn what_is_undone_is_as_it_was() {
    effects::check(one_way(), &[vec![Alteration::OpenLane(0)], vec![Alteration::CloseLane(0); 2]]);
    effects::check(one_way(), &[vec![Alteration::ScaleNeed(0, 0.0)], vec![]]);
}

#[test]
fn what_is_closed_is_closed_to_what_has_no_load() {
    let mut parts = one_way();
    parts.commodities[0].load = 0.0;
    effects::check(parts, &[vec![Alteration::ScaleLimit(0, 0.0)]]);
}

#[test]
fn another_way_may_not_draw_more_than_there_is() {
    let mut parts = one_way();
    parts.arcs[0].cost = 0.0;
    parts.arcs.push(ModelArc { retained: 0.5, limits: vec![], ..parts.arcs[0].clone() });
    parts.networks[0].push(1);
    parts.stocks[0].units = 5.0;
    effects::check(parts, &[vec![Alteration::ScaleLimit(0, 0.0)]]);
}
