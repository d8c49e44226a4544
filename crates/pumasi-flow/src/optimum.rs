//! The best plan there is, over paths: least burden and cost, with a proof of how close it comes.
//!
//! A *route* leads goods of one stock over arcs to one need; a column of the master programme is a
//! route and the period in which what it brings is handed out. There are far too many routes to
//! list, so those that promise something at the prices of now are searched for ([`search`]), the
//! master is solved again from where it stood ([`master`]), and so on until nothing promises
//! anything. Prices that no search beats are a proof: no plan can be better than what they add up
//! to (Dantzig and Wolfe, "Decomposition principle for linear programs", 1960).

mod lanes;
mod master;
mod search;

use crate::model::Model;
use master::Master;

/// How far to go.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Effort {
    /// The distance from the best plan, as a share of the objective, at which to stop.
    pub gap: f64,
    /// The most rounds of searching for routes.
    pub rounds_most: usize,
}

impl Default for Effort {
    fn default() -> Self {
        Self { gap: 1e-7, rounds_most: 10_000 }
    }
}

/// One way goods go: what of which stock for which need, handed out when.
#[derive(Debug, Clone, PartialEq)]
pub struct Flow {
    /// The lane that permits it.
    pub lane: usize,
    /// From which stock.
    pub stock: usize,
    /// For which need.
    pub need: usize,
    /// The period in which it is handed out.
    pub period: usize,
    /// Units handed out. What left the stock is more where goods are lost on the way.
    pub units: f64,
    /// The arcs, in order.
    pub steps: Vec<Step>,
}

/// The use of one arc.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Step {
    /// The arc.
    pub arc: usize,
    /// When goods leave, in minutes from the start of the horizon.
    pub depart_min: i64,
    /// When they are taken in where the arc ends.
    pub arrive_min: i64,
}

/// The best plan found, and how much better any plan could be.
#[derive(Debug, Clone, PartialEq)]
pub struct Optimum {
    /// Burden and weighted cost together: what is least.
    pub objective: f64,
    /// Burden left.
    pub burden: f64,
    /// Cost of transport, not weighted.
    pub cost: f64,
    /// No plan's objective is below this.
    pub bound: f64,
    /// What moves.
    pub flows: Vec<Flow>,
    /// Of each need, units handed out in each period.
    pub served: Vec<Vec<f64>>,
    /// Rounds of searching.
    pub rounds: usize,
    /// Pivots of the master programme.
    pub pivots: usize,
    /// Routes known at the end.
    pub routes: usize,
}

impl Optimum {
    /// How far above the best the objective can be at most, as a share of it.
    #[must_use]
    pub fn gap(&self) -> f64 {
        let above = (self.objective - self.bound).max(0.0);
        if above == 0.0 { 0.0 } else { above / self.objective.abs().max(f64::MIN_POSITIVE) }
    }
}

/// Finds the best plan for `model`.
#[must_use]
pub fn optimise(model: &Model, effort: &Effort) -> Optimum {
    let mut optimiser = Optimiser::new(model);
    optimiser.run(effort)
}

/// A plan being made, to go on from when something changes.
pub struct Optimiser<'a> {
    master: Master<'a>,
}

impl<'a> Optimiser<'a> {
    /// Makes ready to plan for `model`.
    #[must_use]
    pub fn new(model: &'a Model) -> Self {
        Self { master: Master::new(model) }
    }

    /// Plans until `effort` is spent or the best is found.
    pub fn run(&mut self, effort: &Effort) -> Optimum {
        self.master.run(effort)
    }
}
