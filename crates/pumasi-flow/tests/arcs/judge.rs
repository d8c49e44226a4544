//! Judges a plan by what the model says, knowing nothing of how it was made.

use pumasi_flow::model::{Model, ModelParts};
use pumasi_flow::optimum::{Flow, Optimum};

/// What a plan uses, by what is limited.
struct Used {
    stocks: Vec<f64>,
    ceilings: Vec<f64>,
    limits: Vec<Vec<f64>>,
    served: Vec<Vec<f64>>,
    cost: f64,
}

/// Everything in `optimum` that the model does not allow or that is not as claimed, beyond an
/// error of `close` units, loads or objective.
pub fn faults(model: &Model, optimum: &Optimum, close: f64) -> Vec<String> {
    let parts = model.parts();
    let mut faults = Vec::new();
    let mut used = Used {
        stocks: vec![0.0; parts.stocks.len()],
        ceilings: vec![0.0; parts.ceilings.len()],
        limits: vec![vec![0.0; parts.periods]; parts.limits.len()],
        served: vec![vec![0.0; parts.periods]; parts.needs.len()],
        cost: 0.0,
    };
    for (at, flow) in optimum.flows.iter().enumerate() {
        let before = faults.len();
        allowed(parts, flow, &mut faults);
        if faults.len() == before {
            retrace(parts, flow, &mut used, &mut faults);
        } else {
            faults.push(format!("flow {at} is {flow:?}"));
        }
    }
    within(parts, &used, close, &mut faults);
    claims(parts, &used, optimum, close, &mut faults);
    faults
}

/// Whether the flow joins what its lane permits, over arcs that meet.
fn allowed(parts: &ModelParts, flow: &Flow, faults: &mut Vec<String>) {
    let mut demand = |holds: bool, what: &str| {
        if !holds {
            faults.push(what.to_owned());
        }
    };
    let lane = &parts.lanes[flow.lane];
    let stock = &parts.stocks[flow.stock];
    demand(flow.units >= 0.0 && flow.units.is_finite(), "units are no amount");
    demand(lane.stocks.contains(&flow.stock), "the lane does not hold the stock");
    demand(lane.needs.contains(&flow.need), "the lane does not hold the need");
    let ready = i64::try_from(stock.release_period.max(lane.earliest_period)).unwrap();
    let mut minute = ready * parts.period_min;
    let mut site = stock.site;
    for step in &flow.steps {
        let arc = &parts.arcs[step.arc];
        demand(parts.networks[lane.network].contains(&step.arc), "the lane does not hold the arc");
        demand(arc.from == site, "the arc begins elsewhere");
        demand(step.depart_min >= minute, "it leaves before it is there");
        let taken_in = step.arrive_min - step.depart_min - arc.duration_min;
        let may_wait = parts.sites[arc.to].intake.is_some();
        demand(taken_in == 0 || (taken_in > 0 && may_wait), "it takes another time");
        (site, minute) = (arc.to, step.arrive_min);
    }
    demand(parts.needs[flow.need].site == site, "it ends elsewhere");
    demand(flow.period < parts.periods, "it is handed out after the end");
    let handed_out = i64::try_from(flow.period).unwrap() * parts.period_min;
    demand(minute <= handed_out, "it is handed out before it comes");
}

/// Counts what the flow takes, from where it is handed out back to the stock.
fn retrace(parts: &ModelParts, flow: &Flow, used: &mut Used, faults: &mut Vec<String>) {
    let lane = &parts.lanes[flow.lane];
    let stock = &parts.stocks[flow.stock];
    let commodity = parts.commodities[lane.commodity];
    used.served[flow.need][flow.period] += flow.units;
    let (mut units, mut period) = (flow.units, flow.period);
    // What it was some periods earlier.
    let back = |units: &mut f64, period: &mut usize, to: usize| {
        while *period > to {
            *units /= commodity.kept;
            *period -= 1;
        }
    };
    let period_of = |minute: i64| usize::try_from(minute / parts.period_min).unwrap();
    for step in flow.steps.iter().rev() {
        let arc = &parts.arcs[step.arc];
        back(&mut units, &mut period, period_of(step.arrive_min));
        let intake = parts.sites[arc.to].intake;
        take(parts, used, intake, period, units * commodity.load, faults);
        units /= arc.retained;
        back(&mut units, &mut period, period_of(step.depart_min));
        let load = units * commodity.load;
        take(parts, used, arc.limits.iter().copied(), period, load, faults);
        used.cost += arc.cost * load;
    }
    back(&mut units, &mut period, stock.release_period.max(lane.earliest_period));
    used.stocks[flow.stock] += units;
    for ceiling in &lane.ceilings {
        used.ceilings[*ceiling] += units * commodity.load;
    }
}

fn take(
    parts: &ModelParts,
    used: &mut Used,
    limits: impl IntoIterator<Item = usize>,
    period: usize,
    load: f64,
    faults: &mut Vec<String>,
) {
    for limit in limits {
        used.limits[limit][period] += load;
        // What is closed is closed to what has no load too.
        if parts.limits[limit][period] <= 0.0 {
            faults.push(format!("limit {limit} is closed in period {period}"));
        }
    }
}

/// Whether what is used is there, and nothing is handed out that is not wanted.
fn within(parts: &ModelParts, used: &Used, close: f64, faults: &mut Vec<String>) {
    let mut demand = |found: f64, most: f64, what: String| {
        if found > most + close {
            faults.push(format!("{found} of {most} in {what}"));
        }
    };
    for (at, (found, stock)) in used.stocks.iter().zip(&parts.stocks).enumerate() {
        demand(*found, stock.units, format!("stock {at}"));
    }
    for (at, (found, most)) in used.ceilings.iter().zip(&parts.ceilings).enumerate() {
        demand(*found, *most, format!("ceiling {at}"));
    }
    for (at, (found, most)) in used.limits.iter().zip(&parts.limits).enumerate() {
        for (period, (found, most)) in found.iter().zip(most).enumerate() {
            demand(*found, *most, format!("limit {at} in period {period}"));
        }
    }
    for (at, (found, need)) in used.served.iter().zip(&parts.needs).enumerate() {
        let mut open = 0.0;
        for (period, (found, wanted)) in found.iter().zip(&need.wanted).enumerate() {
            open += wanted;
            demand(*found, open, format!("need {at} in period {period}"));
            open = if parts.commodities[need.commodity].perishing { 0.0 } else { open - found };
        }
    }
}

/// Whether what the plan says of itself is so.
fn claims(
    parts: &ModelParts,
    used: &Used,
    optimum: &Optimum,
    close: f64,
    faults: &mut Vec<String>,
) {
    let mut demand = |found: f64, claimed: f64, what: &str| {
        let apart = (found - claimed).abs();
        if apart > close || apart.is_nan() {
            faults.push(format!("{what} is {found}, not {claimed}"));
        }
    };
    let mut burden = 0.0;
    for (at, need) in parts.needs.iter().enumerate() {
        let commodity = parts.commodities[need.commodity];
        let mut missing = 0.0;
        for (period, wanted) in need.wanted.iter().enumerate() {
            let served = used.served[at][period];
            demand(served, optimum.served[at][period], &format!("served of need {at}, {period}"));
            let waiting = if commodity.perishing { 0.0 } else { missing };
            missing = waiting + wanted - served;
            burden += missing * commodity.weight * need.priority;
        }
    }
    demand(burden, optimum.burden, "the burden");
    demand(used.cost, optimum.cost, "the cost");
    demand(burden + parts.cost_weight * used.cost, optimum.objective, "the objective");
    if optimum.bound > optimum.objective + close || optimum.bound.is_nan() {
        faults.push(format!("bound {} is above {}", optimum.bound, optimum.objective));
    }
}
