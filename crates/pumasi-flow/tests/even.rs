//! Of plans as good, the evenest: held against what Hall's condition allows, and against the plan
//! it started from.

#![expect(clippy::expect_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

use proptest::prelude::*;

use pumasi_flow::Problem;
use pumasi_flow::generate::{Size, generate};
use pumasi_flow::model::{
    Model, ModelCommodity, ModelLane, ModelNeed, ModelParts, ModelSite, ModelStock,
};
use pumasi_flow::optimum::{EVENNESS, Effort, Optimiser, Optimum};
use pumasi_flow::posed::Posed;

/// Units wanted by each need, and of each stock its units and the needs it may serve.
type Sharing = (Vec<u32>, Vec<(u32, Vec<bool>)>);

fn sharing() -> impl Strategy<Value = Sharing> {
    (2..6_usize).prop_flat_map(|needs| {
        let stock = (1..60_u32, prop::collection::vec(any::<bool>(), needs));
        (prop::collection::vec(1..50_u32, needs), prop::collection::vec(stock, 1..5))
    })
}

/// One site and one period, in which everything lies where it is needed.
fn model((wanted, stocks): &Sharing) -> Model {
    let need = |(group, units): (usize, &u32)| ModelNeed {
        site: 0,
        commodity: 0,
        wanted: vec![f64::from(*units)],
        priority: 1.0,
        group,
    };
    let stock = |(units, _): &(u32, Vec<bool>)| ModelStock {
        site: 0,
        commodity: 0,
        units: f64::from(*units),
        release_period: 0,
    };
    let lane = |(at, (_, serves)): (usize, &(u32, Vec<bool>))| ModelLane {
        commodity: 0,
        network: 0,
        earliest_period: 0,
        stocks: vec![at],
        needs: (0..serves.len()).filter(|need| serves[*need]).collect(),
        ceilings: Vec::new(),
    };
    Model::new(ModelParts {
        periods: 1,
        period_min: 60,
        cost_weight: 0.0,
        sites: vec![ModelSite::default()],
        arcs: Vec::new(),
        limits: Vec::new(),
        commodities: vec![ModelCommodity { load: 1.0, perishing: true, weight: 7.0, kept: 1.0 }],
        stocks: stocks.iter().map(stock).collect(),
        needs: wanted.iter().enumerate().map(need).collect(),
        ceilings: Vec::new(),
        networks: vec![Vec::new()],
        lanes: stocks.iter().enumerate().map(lane).collect(),
    })
    .expect("the model is consistent")
}

/// The evenest shares left unmet, by trying every set of needs: together they can get no more than
/// all stocks that may serve any of them, and the set that gets least is served alike (Megiddo,
/// "Optimal flows in networks with multiple sources and sinks", 1974).
fn evenest((wanted, stocks): &Sharing) -> Vec<f64> {
    let mut shares = vec![0.0; wanted.len()];
    let mut open: Vec<usize> = (0..wanted.len()).collect();
    let mut left: Vec<usize> = (0..stocks.len()).collect();
    while !open.is_empty() {
        let mut worst = (1.0, Vec::new());
        for set in 1..1_u32 << open.len() {
            let set: Vec<usize> =
                (0..open.len()).filter(|at| set >> at & 1 == 1).map(|at| open[at]).collect();
            let serves = |stock: &&usize| set.iter().any(|need| stocks[**stock].1[*need]);
            let units: u32 = left.iter().filter(serves).map(|stock| stocks[*stock].0).sum();
            let served = f64::from(units) / f64::from(set.iter().map(|n| wanted[*n]).sum::<u32>());
            let is_wider = served <= worst.0 + 1e-12 && set.len() > worst.1.len();
            if served < worst.0 - 1e-12 || is_wider {
                worst = (served, set);
            }
        }
        let (served, set) = worst;
        if set.is_empty() {
            break;
        }
        set.iter().for_each(|need| shares[*need] = 1.0 - served);
        open.retain(|need| !set.contains(need));
        left.retain(|stock| !set.iter().any(|need| stocks[*stock].1[*need]));
    }
    shares
}

/// The plan, and the evenest as good.
fn planned(optimiser: &mut Optimiser, gap: f64) -> (Optimum, Optimum) {
    let effort = Effort { gap, ..Effort::default() };
    let settled = optimiser.settle(&effort);
    (optimiser.optimum(&settled), optimiser.even(&settled, &effort))
}

/// What `optimum` leaves of the objective's burden, counted anew.
fn burden(model: &Model, optimum: &Optimum) -> f64 {
    let needs = model.parts().needs.iter().zip(&optimum.served);
    needs.map(|(need, served)| model.burden_of(need, served)).sum()
}

fn largest(optimum: &Optimum) -> f64 {
    optimum.shares.iter().copied().fold(0.0, f64::max)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn shares_are_the_evenest_there_are(sharing in sharing()) {
        let (best, even) = planned(&mut Optimiser::new(&model(&sharing)), 1e-9);
        let expected = evenest(&sharing);
        for (found, expected) in even.shares.iter().zip(&expected) {
            prop_assert!((found - expected).abs() < 1e-6, "{:?}, not {:?}", even.shares, expected);
        }
        prop_assert!((best.objective - even.objective).abs() <= 1e-6 * best.objective);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn evenness_costs_nothing_worth_naming(seed: u64, shape in 0..12_usize, by_gap in 3..10_i32) {
        let size = Size { places: 9 + shape, commodities: 1 + shape % 7, periods: 1 + shape };
        let parts = generate(size, seed).expect("every name drawn is an id");
        let problem = Problem::new(parts).expect("a drawn problem is consistent");
        let model = Posed::new(&problem).expect("a drawn problem is small").model;
        let (best, even) = planned(&mut Optimiser::new(&model), 0.1_f64.powi(by_gap));
        let objective = burden(&model, &even) + model.parts().cost_weight * even.cost;
        let tolerance = EVENNESS * best.objective.max(0.01 * model.burden_without_relief());
        prop_assert!(objective <= best.objective + tolerance, "{} to {}", best.objective, objective);
        prop_assert!(even.bound == best.bound && objective >= even.bound * (1.0 - 1e-9));
        prop_assert!(largest(&even) <= largest(&best) + 1e-6, "{:?} {:?}", best.shares, even.shares);
        prop_assert_eq!(even.shares.len(), best.shares.len());
    }
}

#[test]
fn with_one_place_there_is_nothing_to_even_out() {
    let (best, even) =
        planned(&mut Optimiser::new(&model(&(vec![9], vec![(4, vec![true])]))), 1e-9);
    assert_eq!(best, even);
    assert!((even.shares[0] - 5.0 / 9.0).abs() < 1e-9);
}
