//! Small models, their best plans compared with what an independent programme finds.
//!
//! [`state`] states the same plan over arcs, and [`judge`] reads the plan itself.

#[path = "arcs/found.rs"]
mod found;
#[path = "arcs/judge.rs"]
mod judge;
#[path = "arcs/refused.rs"]
mod refused;
#[path = "arcs/state.rs"]
mod state;
#[path = "../../pumasi-simplex/tests/dense/tableau.rs"]
mod tableau;

use pumasi_flow::model::{Model, ModelParts};
use pumasi_flow::optimum::{Alteration, Effort, Optimiser, optimise};

use tableau::{Dense, Outcome};

/// Relative error allowed of an objective.
const CLOSE: f64 = 1e-7;

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
