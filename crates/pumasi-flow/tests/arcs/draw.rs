//! Small models drawn at random, with much that is alike, zero, empty or cut off.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use pumasi_flow::model::{
    ModelArc, ModelCommodity, ModelLane, ModelNeed, ModelParts, ModelSite, ModelStock,
};

/// Minutes in every period drawn.
pub const PERIOD_MIN: i64 = 60;

/// What is drawn from; of each list, the fewest and the most entries.
#[derive(Debug, Clone, Copy)]
pub struct Range {
    pub sites: (usize, usize),
    pub arcs: (usize, usize),
    pub commodities: (usize, usize),
    pub periods: (usize, usize),
    pub goods: (usize, usize),
    pub lanes: (usize, usize),
    pub durations_min: &'static [i64],
}

/// Draws the parts of a model within `range`.
pub fn parts(range: Range) -> impl Strategy<Value = ModelParts> {
    let counts =
        (between(range.sites), between(range.commodities), between(range.periods), 0..=4_usize);
    counts.prop_flat_map(move |(sites, commodities, periods, limits)| {
        let network = (
            vec(intake(limits), sites),
            vec(arc(sites, limits, range.durations_min), between(range.arcs)),
            vec(vec(limit(), periods), limits),
            vec(commodity(), commodities),
        );
        let goods = (
            vec(stock(sites, commodities, periods), between(range.goods)),
            vec(need(sites, commodities, periods), between(range.goods)),
            vec(select(vec![0.0, 1.0, 3.0, 6.0, f64::INFINITY]), 0..=2),
            vec(any::<u8>(), 1..=2),
            vec(lane(commodities, periods), between(range.lanes)),
        );
        (network, goods, select(vec![0.0, 1e-3, 0.1, 0.1, 1.0])).prop_map(move |drawn| {
            let ((sites, arcs, limits, commodities), goods, cost_weight) = drawn;
            let (stocks, needs, ceilings, networks, lanes) = goods;
            let networks: Vec<Vec<usize>> =
                networks.iter().map(|mask| chosen(arcs.len(), *mask, |_| true)).collect();
            let lanes = lanes.iter().map(|lane| ModelLane {
                commodity: lane.commodity,
                network: lane.network % networks.len(),
                earliest_period: lane.earliest_period,
                stocks: chosen(stocks.len(), lane.stocks, |s| {
                    stocks[s].commodity == lane.commodity
                }),
                needs: chosen(needs.len(), lane.needs, |n| needs[n].commodity == lane.commodity),
                ceilings: chosen(ceilings.len(), lane.ceilings, |_| true),
            });
            let lanes = lanes.collect();
            ModelParts {
                periods,
                period_min: PERIOD_MIN,
                cost_weight,
                sites,
                arcs,
                limits,
                commodities,
                stocks,
                needs,
                ceilings,
                networks,
                lanes,
            }
        })
    })
}

/// The same with figures from 1e-12 to 1e15, far apart from each other.
pub fn extreme(range: Range) -> impl Strategy<Value = ModelParts> {
    (parts(range), vec(-12..=14_i32, 64)).prop_map(|(mut parts, powers)| {
        let mut powers = powers.into_iter().cycle();
        let mut stretch = |figure: &mut f64| {
            // Every third figure stays what it is.
            if let Some(power) = powers.next().filter(|power| power % 3 != 0) {
                *figure *= 10_f64.powi(power);
            }
        };
        stretch(&mut parts.cost_weight);
        parts.arcs.iter_mut().for_each(|arc| stretch(&mut arc.cost));
        parts.limits.iter_mut().flatten().for_each(&mut stretch);
        parts.ceilings.iter_mut().for_each(&mut stretch);
        parts.stocks.iter_mut().for_each(|stock| stretch(&mut stock.units));
        for commodity in &mut parts.commodities {
            stretch(&mut commodity.load);
            stretch(&mut commodity.weight);
        }
        for need in &mut parts.needs {
            need.wanted.iter_mut().for_each(&mut stretch);
            stretch(&mut need.priority);
        }
        parts
    })
}

fn between((fewest, most): (usize, usize)) -> std::ops::RangeInclusive<usize> {
    fewest..=most
}

/// Any below `count`, the first most often.
fn first_mostly(count: usize) -> impl Strategy<Value = usize> {
    prop_oneof![2 => Just(0), 1 => 0..count]
}

/// The positions below `count` that `mask` does not leave out, one in four, and that `fit`.
fn chosen(count: usize, mask: u8, fit: impl Fn(usize) -> bool) -> Vec<usize> {
    let kept = |at: &usize| (mask >> (2 * (at % 4))) & 3 != 0;
    (0..count).filter(kept).filter(|at| fit(*at)).collect()
}

fn intake(limits: usize) -> impl Strategy<Value = ModelSite> {
    (0..6_usize, any::<prop::sample::Index>()).prop_map(move |(rare, limit)| ModelSite {
        intake: (rare < 2 && limits > 0).then(|| limit.index(limits)),
    })
}

fn arc(
    sites: usize,
    limits: usize,
    durations_min: &'static [i64],
) -> impl Strategy<Value = ModelArc> {
    let figures = (
        select(durations_min),
        select(vec![0.0, 1.0, 1.0, 2.5]),
        select(vec![1.0, 1.0, 1.0, 0.8, 0.5]),
    );
    let onward = prop_oneof![1_usize..=2, 1..=2 * sites];
    (0..sites, onward, figures, 0_u8..16, 0..3_u8).prop_map(
        move |(from, onward, (duration_min, cost, retained), mask, held)| ModelArc {
            from,
            // Few lead back to where they begin, which is of no use to anyone.
            to: if onward == 2 * sites { from } else { (from + onward) % sites },
            duration_min,
            cost,
            retained,
            limits: (0..limits).filter(|l| held > 0 && (mask >> l) & 1 == 1).collect(),
        },
    )
}

fn limit() -> impl Strategy<Value = f64> {
    select(vec![0.0, 1.0, 1.0, 2.0, 3.0, 4.5, 0.7, f64::INFINITY])
}

fn commodity() -> impl Strategy<Value = ModelCommodity> {
    let figures = (
        select(vec![1.0, 1.0, 1.0, 0.5, 2.0, 0.0]),
        any::<bool>(),
        select(vec![1.0, 1.0, 2.0, 5.0, 5.0, 0.0]),
        select(vec![1.0, 1.0, 1.0, 0.9, 0.5]),
    );
    figures.prop_map(|(load, perishing, weight, kept)| ModelCommodity {
        load,
        perishing,
        weight,
        kept,
    })
}

fn stock(sites: usize, commodities: usize, periods: usize) -> impl Strategy<Value = ModelStock> {
    let units = select(vec![0.0, 1.0, 2.0, 4.0, 4.0, 7.5]);
    (first_mostly(sites), first_mostly(commodities), units, 0..periods).prop_map(
        |(site, commodity, units, release_period)| ModelStock {
            site,
            commodity,
            units,
            release_period: release_period / 2,
        },
    )
}

fn need(sites: usize, commodities: usize, periods: usize) -> impl Strategy<Value = ModelNeed> {
    let wanted = vec(select(vec![0.0, 0.0, 1.0, 2.0, 4.0, 0.3]), periods);
    let figures = (first_mostly(commodities), wanted, select(vec![1.0, 1.0, 2.0, 0.5]));
    (first_mostly(sites), figures).prop_map(move |(back, (commodity, wanted, priority))| {
        // Most is wanted far from where most lies.
        ModelNeed { site: sites - 1 - back, commodity, wanted, priority, group: 0 }
    })
}

/// A lane before it is known what there is to choose from.
#[derive(Debug, Clone, Copy)]
struct Lane {
    commodity: usize,
    network: usize,
    earliest_period: usize,
    stocks: u8,
    needs: u8,
    ceilings: u8,
}

fn lane(commodities: usize, periods: usize) -> impl Strategy<Value = Lane> {
    let masks = (any::<u8>(), any::<u8>(), any::<u8>());
    (first_mostly(commodities), 0..2_usize, 0..periods, masks).prop_map(
        |(commodity, network, earliest, (stocks, needs, ceilings))| Lane {
            commodity,
            network,
            earliest_period: earliest / 2,
            stocks,
            needs,
            ceilings,
        },
    )
}
