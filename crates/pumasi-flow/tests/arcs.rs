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
use pumasi_flow::optimum::{Effort, optimise};

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
    let found = optimise(&model, &Effort { gap: 1e-9, ..Effort::default() });
    let close = CLOSE * best.max(1.0);
    assert_eq!(judge::faults(&model, &found, close), Vec::<String>::new(), "{found:#?}");
    assert!(
        (found.objective - best).abs() <= close,
        "{} is not {best}: {found:#?}",
        found.objective
    );
    assert!((found.bound - best).abs() <= close, "{} proves no {best}: {found:#?}", found.bound);
}
