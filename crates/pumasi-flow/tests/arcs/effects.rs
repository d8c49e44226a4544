//! What would be if something were otherwise, compared with planning from nothing.

use pumasi_flow::counterfactual::{Closeness, sweep};
use pumasi_flow::model::{Model, ModelParts};
use pumasi_flow::optimum::{Alteration, Optimiser, optimise};

use crate::{CLOSE, CLOSEST};

/// Every effect holds the best there is of its case, and leaves the model as it was.
pub fn check(parts: ModelParts, cases: &[Vec<Alteration>]) {
    let model = Model::new(parts).expect("what is drawn is consistent");
    let mut optimiser = Optimiser::new(&model);
    let base = optimiser.settle(&CLOSEST);
    let without = model.burden_without_relief();
    let effects = sweep(&mut optimiser, &base, cases, &Closeness::default());
    assert_eq!(effects.len(), cases.len());
    for (case, effect) in cases.iter().zip(&effects) {
        let best = optimise(&altered(&model, case), &CLOSEST).objective;
        let close = CLOSE * best.max(1.0);
        assert!(effect.least <= best + close, "{effect:?} is above {best} for {case:?}");
        assert!(effect.most >= best - close, "{effect:?} is below {best} for {case:?}");
        let asked = f64::max(1e-3 * effect.most.abs(), 1e-5 * without) + close;
        assert!(effect.most - effect.least <= asked, "{effect:?} is wide for {case:?}");
    }
    assert_eq!(optimiser.model(), &model, "the model is not what it was");
    let again = optimiser.settle(&CLOSEST);
    let close = CLOSE * base.objective.max(1.0);
    assert!((again.objective - base.objective).abs() <= close, "{again:?} was {base:?}");
}

/// The model as a case would have it, stated without the optimiser.
fn altered(model: &Model, case: &[Alteration]) -> Model {
    let mut parts = model.clone().into_parts();
    let scaled = |most: f64, by: f64| if by == 0.0 { 0.0 } else { most * by };
    let mut needs: Vec<_> = parts.lanes.iter().map(|lane| lane.needs.clone()).collect();
    for alteration in case {
        match alteration {
            Alteration::ScaleLimit(at, by) => {
                parts.limits[*at].iter_mut().for_each(|most| *most = scaled(*most, *by));
            }
            Alteration::ScaleStock(at, by) => parts.stocks[*at].units *= by,
            Alteration::ScaleCeiling(at, by) => {
                parts.ceilings[*at] = scaled(parts.ceilings[*at], *by);
            }
            Alteration::ScaleNeed(at, by) => {
                parts.needs[*at].wanted.iter_mut().for_each(|units| *units *= by);
            }
            Alteration::CloseLane(at) => needs[*at].clear(),
            Alteration::OpenLane(at) => needs[*at].clone_from(&model.parts().lanes[*at].needs),
            other => panic!("{other:?} is not drawn"),
        }
    }
    for (lane, needs) in parts.lanes.iter_mut().zip(needs) {
        lane.needs = needs;
    }
    Model::new(parts).expect("an alteration leaves a model consistent")
}
