//! The plan as a programme over every route there is, for durations that are not whole periods.
//!
//! Nothing is known here of which departures are worth a look: goods may leave and be taken in at
//! every multiple of [`GRAIN_MIN`], which divides every duration and the period.

use pumasi_flow::model::{Model, ModelLane, ModelParts};

use crate::state::Shared;
use crate::tableau::Dense;

/// What every duration drawn is a multiple of.
pub const GRAIN_MIN: i64 = 20;

/// One unit drawn from a stock, as far as it got.
#[derive(Debug, Clone)]
struct Way {
    /// The period in which it is drawn.
    since: usize,
    site: usize,
    minute: i64,
    /// What is left of it, were it not for time.
    retained: f64,
    cost: f64,
    entries: Vec<(usize, f64)>,
    visited: Vec<usize>,
}

/// The programme of `model`; its profit is the objective, less than nothing.
pub fn programme(model: &Model) -> Dense {
    let parts = model.parts();
    let mut shared = Shared::new(parts);
    for lane in &parts.lanes {
        let mut columns: Vec<(f64, Vec<(usize, f64)>)> = Vec::new();
        for stock in &lane.stocks {
            let mut ways = Vec::new();
            follow(parts, lane, &shared, start(parts, lane, &shared, *stock), &mut ways);
            for way in ways {
                hand_out(parts, lane, &shared, &way, &mut columns);
            }
        }
        for (cost, entries) in columns {
            shared.dense.column(-cost, &entries);
        }
    }
    shared.dense
}

fn period_of(parts: &ModelParts, minute: i64) -> usize {
    usize::try_from(minute / parts.period_min).unwrap()
}

/// What is left by `period` of one unit drawn in `since`.
fn kept(parts: &ModelParts, lane: &ModelLane, since: usize, period: usize) -> f64 {
    (since..period).map(|_| parts.commodities[lane.commodity].kept).product()
}

fn start(parts: &ModelParts, lane: &ModelLane, shared: &Shared, stock: usize) -> Way {
    let load = parts.commodities[lane.commodity].load;
    let mut entries = vec![(shared.stocks[stock], 1.0)];
    entries.extend(lane.ceilings.iter().map(|c| (shared.ceilings[*c], load)));
    let site = parts.stocks[stock].site;
    let since = parts.stocks[stock].release_period.max(lane.earliest_period);
    let minute = i64::try_from(since).unwrap() * parts.period_min;
    Way { since, site, minute, retained: 1.0, cost: 0.0, entries, visited: vec![site] }
}

/// Lists `way` and all that lead on from it, in which no site is come to twice.
fn follow(parts: &ModelParts, lane: &ModelLane, shared: &Shared, way: Way, ways: &mut Vec<Way>) {
    let end = i64::try_from(parts.periods).unwrap() * parts.period_min;
    if way.minute >= end {
        return;
    }
    let commodity = parts.commodities[lane.commodity];
    for arc in &parts.networks[lane.network] {
        let arc = &parts.arcs[*arc];
        if arc.from != way.site || way.visited.contains(&arc.to) {
            continue;
        }
        let mut depart = way.minute;
        while depart + arc.duration_min < end {
            let period = period_of(parts, depart);
            let load = way.retained * kept(parts, lane, way.since, period) * commodity.load;
            if let Some(passing) = shared.passing(parts, &arc.limits, period, load) {
                let mut next = way.clone();
                next.entries.extend(passing);
                next.cost += parts.cost_weight * arc.cost * load;
                next.retained *= arc.retained;
                next.visited.push(arc.to);
                next.site = arc.to;
                next.minute = depart + arc.duration_min;
                enter(parts, lane, shared, next, ways);
            }
            depart += GRAIN_MIN;
        }
    }
    ways.push(way);
}

/// Follows `way` from every minute at which it can be taken in where it has come to.
fn enter(parts: &ModelParts, lane: &ModelLane, shared: &Shared, way: Way, ways: &mut Vec<Way>) {
    let Some(limit) = parts.sites[way.site].intake else {
        follow(parts, lane, shared, way, ways);
        return;
    };
    let commodity = parts.commodities[lane.commodity];
    let end = i64::try_from(parts.periods).unwrap() * parts.period_min;
    let mut minute = way.minute;
    while minute < end {
        let period = period_of(parts, minute);
        let load = way.retained * kept(parts, lane, way.since, period) * commodity.load;
        if let Some(passing) = shared.passing(parts, &[limit], period, load) {
            let mut next = Way { minute, ..way.clone() };
            next.entries.extend(passing);
            follow(parts, lane, shared, next, ways);
        }
        minute += GRAIN_MIN;
    }
}

/// Columns for handing out what comes by `way` in each period that begins once it is there.
fn hand_out(
    parts: &ModelParts,
    lane: &ModelLane,
    shared: &Shared,
    way: &Way,
    columns: &mut Vec<(f64, Vec<(usize, f64)>)>,
) {
    for need in lane.needs.iter().filter(|need| parts.needs[**need].site == way.site) {
        for period in 0..parts.periods {
            if i64::try_from(period).unwrap() * parts.period_min < way.minute {
                continue;
            }
            let mut entries = way.entries.clone();
            let left = way.retained * kept(parts, lane, way.since, period);
            entries.push((shared.needs[*need][period], left));
            let column = (way.cost, entries);
            if !columns.contains(&column) {
                columns.push(column);
            }
        }
    }
}
