//! What would be if something were otherwise, for many things at once.
//!
//! Most questions need no solving. Taking away what the best plan does not use leaves it the best:
//! the effect is exactly none. Of the rest, many plans can be mended so cheaply that what the
//! effect can be at most is already close enough to none. Only what remains is planned again, from
//! the plan at hand, and only until the effect is known as closely as was asked.
//!
//! A counterfactual is a question put to the model, never a prediction about a party.

use std::collections::BTreeSet;

use crate::model::Model;
use crate::optimum::{Alteration, Effort, Flow, Optimiser, Settled};

/// How an effect became known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Proof {
    /// The best plan uses nothing of what would be taken away.
    Unused,
    /// What would be taken away can be sent otherwise through what the plan leaves free.
    Rerouted,
    /// It was planned again.
    Planned,
}

/// What an alteration does to the objective of the best plan.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Effect {
    /// The objective of the best plan is at least this.
    pub least: f64,
    /// And at most this.
    pub most: f64,
    /// How that is known.
    pub proof: Proof,
}

/// How closely effects are to be known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Closeness {
    /// As a share of the objective, of the best plan as things are or as they would be: of the
    /// larger, so that an effect many times the objective need not be known more closely than it.
    pub of_objective: f64,
    /// As a share of the burden if nothing moved; the larger of both counts.
    pub of_burden_without: f64,
}

impl Default for Closeness {
    /// A thousandth of the objective, or a hundred-thousandth of the burden without relief.
    fn default() -> Self {
        Self { of_objective: 1e-3, of_burden_without: 1e-5 }
    }
}

/// Answers every case; a case is some alterations made together.
///
/// `optimiser` must stand at the settled plan `base`, and stands there again afterwards, knowing
/// more routes.
pub fn sweep(
    optimiser: &mut Optimiser,
    base: &Settled,
    cases: &[Vec<Alteration>],
    closeness: &Closeness,
) -> Vec<Effect> {
    let optimum = optimiser.optimum(base);
    let model = optimiser.model();
    let usage = Usage::new(model, &optimum.flows);
    let tolerance = f64::max(
        closeness.of_objective * base.objective.abs(),
        closeness.of_burden_without * model.burden_without_relief(),
    );
    let none = |proof| Effect { least: base.bound, most: base.objective, proof };
    // Two alterations of one thing add up; only the first of a kind is judged by itself.
    let leaves_alone = |case: &Vec<Alteration>| {
        let mut seen = BTreeSet::new();
        case.iter().all(|a| usage.leaves_alone(a) && seen.insert(a.target()))
    };
    let is_unused: Vec<bool> = cases.iter().map(leaves_alone).collect();
    let takes_only: Vec<bool> = cases.iter().map(|case| case.iter().all(takes)).collect();
    let stand = optimiser.stand();
    let mut effects = Vec::with_capacity(cases.len());
    for (at, case) in cases.iter().enumerate() {
        if is_unused.get(at).copied().unwrap_or(false) {
            effects.push(none(Proof::Unused));
            continue;
        }
        let only_takes = takes_only.get(at).copied().unwrap_or(false);
        let floor = if only_takes { base.bound } else { f64::NEG_INFINITY };
        let effort = Effort {
            gap: closeness.of_objective,
            gap_absolute: tolerance,
            floor,
            ..Effort::default()
        };
        let undo: Vec<Alteration> = case.iter().map(|a| optimiser.alter(a)).collect();
        let most = base.bound + tolerance - base.objective;
        let rerouted = case.iter().all(closes).then(|| optimiser.reroute(most)).flatten();
        effects.push(match rerouted {
            Some(worse) => {
                let most = base.objective + worse.max(0.0);
                Effect { least: base.bound, most, proof: Proof::Rerouted }
            }
            None => {
                let settled = optimiser.settle(&effort);
                Effect { least: settled.bound, most: settled.objective, proof: Proof::Planned }
            }
        });
        for alteration in undo.iter().rev() {
            optimiser.alter(alteration);
        }
        // To send something otherwise moves nothing.
        if rerouted.is_none() {
            optimiser.go_back(&stand);
        }
    }
    effects
}

/// Whether an alteration can only make things worse.
fn takes(alteration: &Alteration) -> bool {
    match alteration {
        Alteration::ScaleLimit(_, factor)
        | Alteration::ScaleStock(_, factor)
        | Alteration::ScaleCeiling(_, factor) => *factor <= 1.0,
        Alteration::CloseLane(_) => true,
        Alteration::OpenLane(_)
        | Alteration::ScaleNeed(..)
        | Alteration::SetNeed(..)
        | Alteration::SetLimit(..)
        | Alteration::SetStock(..)
        | Alteration::SetCeiling(..) => false,
    }
}

/// Whether an alteration closes something, and so bars routes.
fn closes(alteration: &Alteration) -> bool {
    match alteration {
        Alteration::ScaleLimit(_, factor) => *factor == 0.0,
        Alteration::CloseLane(_) => true,
        _ => false,
    }
}

/// What a plan uses.
struct Usage<'a> {
    model: &'a Model,
    limits: Vec<f64>,
    /// By limit, units that pass it, with load or without.
    passing: Vec<f64>,
    lanes: Vec<f64>,
    stocks: Vec<f64>,
    ceilings: Vec<f64>,
}

/// What counts as nothing.
const NOTHING: f64 = 1e-9;

impl<'a> Usage<'a> {
    fn new(model: &'a Model, flows: &[Flow]) -> Self {
        let parts = model.parts();
        let mut usage = Self {
            model,
            limits: vec![0.0; parts.limits.len() * parts.periods],
            passing: vec![0.0; parts.limits.len()],
            lanes: vec![0.0; parts.lanes.len()],
            stocks: vec![0.0; parts.stocks.len()],
            ceilings: vec![0.0; parts.ceilings.len()],
        };
        for flow in flows {
            usage.count(flow);
        }
        usage
    }

    fn count(&mut self, flow: &Flow) {
        let parts = self.model.parts();
        let Some(lane) = parts.lanes.get(flow.lane) else { return };
        let Some(commodity) = parts.commodities.get(lane.commodity) else { return };
        let period_of = |minute: i64| usize::try_from(minute / parts.period_min).unwrap_or(0);
        let mut units = flow.units;
        let mut period = flow.period;
        let add = |list: &mut Vec<f64>, at: usize, amount: f64| {
            if let Some(held) = list.get_mut(at) {
                *held += amount;
            }
        };
        // Backwards from what is handed out: losses make it more the further back.
        let age = |units: f64, from: usize, until: usize| {
            (from..until).fold(units, |units, _| units / commodity.kept)
        };
        for step in flow.steps.iter().rev() {
            let Some(arc) = parts.arcs.get(step.arc) else { return };
            let (taken_in, left) = (period_of(step.arrive_min), period_of(step.depart_min));
            units = age(units, taken_in, period);
            if let Some(limit) = parts.sites.get(arc.to).and_then(|site| site.intake) {
                add(&mut self.limits, limit * parts.periods + taken_in, units * commodity.load);
                add(&mut self.passing, limit, units);
            }
            units = age(units, left, taken_in) / arc.retained;
            period = left;
            for limit in &arc.limits {
                add(&mut self.limits, limit * parts.periods + left, units * commodity.load);
                add(&mut self.passing, *limit, units);
            }
        }
        let Some(stock) = parts.stocks.get(flow.stock) else { return };
        units = age(units, stock.release_period.max(lane.earliest_period), period);
        add(&mut self.lanes, flow.lane, units);
        add(&mut self.stocks, flow.stock, units);
        for ceiling in &lane.ceilings {
            add(&mut self.ceilings, *ceiling, units * commodity.load);
        }
    }

    /// Whether the plan is as possible after an alteration that takes something as before.
    fn leaves_alone(&self, alteration: &Alteration) -> bool {
        let parts = self.model.parts();
        let fits = |used: f64, held: f64, factor: f64| {
            factor <= 1.0 && (used <= NOTHING || used <= held * factor)
        };
        match *alteration {
            // What is closed lets nothing pass, not even what has no load.
            Alteration::ScaleLimit(limit, 0.0) => {
                self.passing.get(limit).is_none_or(|units| *units <= NOTHING)
            }
            Alteration::ScaleLimit(limit, factor) => {
                let used = self.limits.get(limit * parts.periods..).unwrap_or(&[]);
                let held = parts.limits.get(limit).map_or(&[][..], Vec::as_slice);
                used.iter().zip(held).all(|(used, held)| fits(*used, *held, factor))
            }
            Alteration::CloseLane(lane) => self.lanes.get(lane).is_none_or(|used| *used <= NOTHING),
            Alteration::ScaleStock(stock, factor) => {
                let used = self.stocks.get(stock).copied().unwrap_or(0.0);
                fits(used, parts.stocks.get(stock).map_or(0.0, |held| held.units), factor)
            }
            Alteration::ScaleCeiling(ceiling, factor) => {
                let used = self.ceilings.get(ceiling).copied().unwrap_or(0.0);
                fits(used, parts.ceilings.get(ceiling).copied().unwrap_or(0.0), factor)
            }
            Alteration::OpenLane(_)
            | Alteration::ScaleNeed(..)
            | Alteration::SetNeed(..)
            | Alteration::SetLimit(..)
            | Alteration::SetStock(..)
            | Alteration::SetCeiling(..) => false,
        }
    }
}
