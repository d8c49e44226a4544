//! Small models drawn at random, their best plans compared with what independent programmes find.
//!
//! [`state`] and [`routes`] state the same plan in two other ways, and [`judge`] reads the plan
//! itself. A tableau of ours solves what is stated, and so does microlp, a solver of others.
//!
//! `PROPTEST_CASES` says how many models are drawn. A hundred thousand against the solver of others:
//!
//! ```sh
//! PROPTEST_CASES=100000 cargo test -p pumasi-flow --test arcs solver_of_others
//! ```

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on fails"
)]

#[path = "arcs/draw.rs"]
mod draw;
#[path = "arcs/effects.rs"]
mod effects;
#[path = "arcs/found.rs"]
mod found;
#[path = "arcs/judge.rs"]
mod judge;
#[path = "arcs/peer.rs"]
mod peer;
#[path = "arcs/refused.rs"]
mod refused;
#[path = "arcs/routes.rs"]
mod routes;
#[path = "arcs/state.rs"]
mod state;
#[path = "../../pumasi-simplex/tests/dense/tableau.rs"]
mod tableau;

use proptest::prelude::*;
use proptest::sample::select;
use pumasi_flow::model::{Model, ModelParts};
use pumasi_flow::optimum::{Alteration, Effort, Optimiser, optimise};

use tableau::{Dense, Outcome};

/// Relative error allowed of an objective.
const CLOSE: f64 = 1e-7;

/// How many models to draw: `least`, or what the environment asks for.
fn cases(least: u32) -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    let cases = asked.unwrap_or(least);
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

/// The best plan keeps every rule, costs what `stated` finds, and its proof says so.
fn check(parts: ModelParts, stated: impl Fn(&Model) -> Dense) {
    let model = Model::new(parts).expect("what is drawn is consistent");
    let best = match stated(&model).solve() {
        Outcome::Best(profit, _) => -profit,
        other => panic!("doing nothing is allowed, but it came out {other:?}"),
    };
    let found = optimise(&model, &CLOSEST);
    let close = CLOSE * best.max(1.0);
    assert_eq!(judge::faults(&model, &found, close), Vec::<String>::new(), "{found:#?}");
    assert!(
        (found.objective - best).abs() <= close,
        "{} is not {best}: {found:#?}",
        found.objective
    );
    assert!((found.bound - best).abs() <= close, "{} proves no {best}: {found:#?}", found.bound);
}

/// The best plan keeps every rule and costs what the solver of others finds, to a millionth.
fn check_with_others(parts: ModelParts) {
    let model = Model::new(parts).expect("what is drawn is consistent");
    let best = -peer::most(&state::programme(&model));
    let found = optimise(&model, &CLOSEST);
    let close = 1e-6 * best.max(1.0);
    assert_eq!(judge::faults(&model, &found, close), Vec::<String>::new(), "{found:#?}");
    assert!(
        (found.objective - best).abs() <= close,
        "{} is not {best}: {found:#?}",
        found.objective
    );
    assert!((found.bound - best).abs() <= close, "{} proves no {best}: {found:#?}", found.bound);
}

/// How close to the best a plan must come.
const CLOSEST: Effort =
    Effort { gap: 1e-9, gap_absolute: 0.0, floor: f64::NEG_INFINITY, rounds_most: 10_000 };

/// A plan that went on from another is as good as one made from nothing.
fn check_altered(parts: ModelParts, alterations: &[Alteration]) {
    let model = Model::new(parts).expect("what is drawn is consistent");
    let mut optimiser = Optimiser::new(&model);
    optimiser.settle(&CLOSEST);
    let mut shut = vec![false; model.parts().lanes.len()];
    for alteration in alterations {
        optimiser.alter(alteration);
        match alteration {
            Alteration::CloseLane(lane) => shut[*lane] = true,
            Alteration::OpenLane(lane) => shut[*lane] = false,
            _ => {}
        }
        let settled = optimiser.settle(&CLOSEST);
        let found = optimiser.optimum(&settled);
        let mut parts = optimiser.model().clone().into_parts();
        for (lane, _) in parts.lanes.iter_mut().zip(&shut).filter(|(_, is_shut)| **is_shut) {
            lane.needs.clear();
        }
        let model = Model::new(parts).expect("an alteration leaves a model consistent");
        let best = optimise(&model, &CLOSEST).objective;
        let close = CLOSE * best.max(1.0);
        assert_eq!(judge::faults(&model, &found, close), Vec::<String>::new(), "{found:#?}");
        assert!((found.objective - best).abs() <= close, "{} is not {best}", found.objective);
        assert!((found.bound - best).abs() <= close, "{} proves no {best}", found.bound);
    }
}

/// Draws what can be altered in `parts`, known by any number.
fn alterations(parts: &ModelParts) -> BoxedStrategy<Vec<Alteration>> {
    let factor = || select(vec![0.0, 0.5, 1.0, 1.5, 2.0, 3.0]);
    let scaled = |count: usize, of: fn(usize, f64) -> Alteration| {
        (count > 0).then(|| (0..count, factor()).prop_map(move |(at, by)| of(at, by)).boxed())
    };
    let lanes = parts.lanes.len();
    let choices: Vec<_> = [
        scaled(parts.limits.len(), Alteration::ScaleLimit),
        scaled(parts.stocks.len(), Alteration::ScaleStock),
        scaled(parts.ceilings.len(), Alteration::ScaleCeiling),
        scaled(parts.needs.len(), Alteration::ScaleNeed),
        (lanes > 0).then(|| (0..lanes).prop_map(Alteration::CloseLane).boxed()),
        (lanes > 0).then(|| (0..lanes).prop_map(Alteration::OpenLane).boxed()),
    ]
    .into_iter()
    .flatten()
    .collect();
    if choices.is_empty() {
        return Just(Vec::new()).boxed();
    }
    prop::collection::vec(proptest::strategy::Union::new(choices), 1..6).boxed()
}

/// Whatever its figures, a plan is made, keeps the rules and proves what it can.
fn check_extreme(parts: ModelParts) {
    let model = Model::new(parts).expect("what is drawn is consistent");
    let found = optimise(&model, &Effort::default());
    let close = 1e-6 * largest(&model) + 1e-8 * dearest(&model);
    assert_eq!(judge::faults(&model, &found, close), Vec::<String>::new(), "{found:#?}");
    assert!(found.objective <= model.burden_without_relief() + close, "{found:#?}");
}

/// The largest figure that has a part in the objective or the limits.
fn largest(model: &Model) -> f64 {
    let parts = model.parts();
    let loads = parts.commodities.iter().map(|c| c.load).fold(1.0, f64::max);
    let costs = parts.arcs.iter().map(|arc| arc.cost).fold(1.0, f64::max);
    let units: f64 = parts.stocks.iter().map(|stock| stock.units).sum();
    let moved = (1.0 + units) * loads;
    model.burden_without_relief() + moved * (1.0 + costs * parts.cost_weight.max(1.0))
}

/// What one unit of load saves at most: rows are kept to a small load, not to a share of it.
fn dearest(model: &Model) -> f64 {
    let parts = model.parts();
    let worth = parts.needs.iter().map(|need| {
        let commodity = parts.commodities[need.commodity];
        let load = if commodity.load > 0.0 { commodity.load } else { 1.0 };
        parts.periods as f64 * need.priority * commodity.weight / load
    });
    worth.fold(0.0, f64::max)
}

const WHOLE: draw::Range = draw::Range {
    sites: (2, 5),
    arcs: (3, 12),
    commodities: (1, 3),
    periods: (2, 4),
    goods: (3, 6),
    lanes: (2, 5),
    durations_min: &[0, draw::PERIOD_MIN, draw::PERIOD_MIN, 2 * draw::PERIOD_MIN],
};

/// More of everything than a dense tableau gets through in time.
const WIDE: draw::Range = draw::Range {
    sites: (4, 9),
    arcs: (6, 24),
    commodities: (1, 4),
    periods: (3, 7),
    goods: (5, 12),
    lanes: (3, 9),
    durations_min: &[0, draw::PERIOD_MIN, draw::PERIOD_MIN, 2 * draw::PERIOD_MIN],
};

const EMPTY: draw::Range = draw::Range {
    sites: (1, 3),
    arcs: (0, 3),
    commodities: (1, 3),
    periods: (1, 2),
    goods: (0, 2),
    lanes: (0, 2),
    durations_min: &[0, draw::PERIOD_MIN],
};

const BROKEN: draw::Range = draw::Range {
    sites: (2, 3),
    arcs: (2, 5),
    commodities: (1, 2),
    periods: (2, 3),
    goods: (2, 4),
    lanes: (1, 3),
    durations_min: &[0, routes::GRAIN_MIN, 2 * routes::GRAIN_MIN, 4 * routes::GRAIN_MIN],
};

/// A model, and what is altered in it one after another.
fn altered() -> impl Strategy<Value = (ModelParts, Vec<Alteration>)> {
    draw::parts(WHOLE).prop_flat_map(|parts| {
        let alterations = alterations(&parts);
        (Just(parts), alterations)
    })
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn a_plan_over_whole_periods_is_what_arcs_come_to(parts in draw::parts(WHOLE)) {
        check(parts, state::programme);
    }

    #[test]
    fn a_plan_is_what_a_solver_of_others_finds(parts in draw::parts(WHOLE)) {
        check_with_others(parts);
    }

    #[test]
    fn a_wider_plan_is_what_a_solver_of_others_finds(parts in draw::parts(WIDE)) {
        check_with_others(parts);
    }

    #[test]
    fn a_plan_of_hardly_anything_is_what_arcs_come_to(parts in draw::parts(EMPTY)) {
        check(parts, state::programme);
    }

    #[test]
    fn a_plan_of_extreme_figures_is_made(parts in draw::extreme(WHOLE)) {
        check_extreme(parts);
    }

    #[test]
    fn a_plan_that_goes_on_is_as_good_as_a_new_one((parts, alterations) in altered()) {
        check_altered(parts, &alterations);
    }

    #[test]
    fn an_effect_holds_the_best_of_its_case((parts, alterations) in altered()) {
        let mut cases: Vec<Vec<Alteration>> = alterations.iter().map(|a| vec![a.clone()]).collect();
        cases.push(alterations);
        effects::check(parts, &cases);
    }

    #[test]
    fn a_plan_over_minutes_is_what_all_routes_come_to(parts in draw::parts(BROKEN)) {
        check(parts, routes::programme);
    }
}
