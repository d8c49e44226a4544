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

/// What the whole share of the place worst off may cost, as a share of the objective.
pub const EVENNESS: f64 = 1e-6;

/// How far to go.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Effort {
    /// The distance from the best plan, as a share of the objective, at which to stop.
    pub gap: f64,
    /// The same in units of the objective; what is reached first ends it.
    pub gap_absolute: f64,
    /// An objective known to be out of reach, such as the best plan's before something was taken
    /// away.
    pub floor: f64,
    /// The most rounds of searching for routes.
    pub rounds_most: usize,
}

impl Default for Effort {
    fn default() -> Self {
        Self { gap: 1e-7, gap_absolute: 0.0, floor: f64::NEG_INFINITY, rounds_most: 10_000 }
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
    /// Of each group of needs, the share of its burden without relief that is left.
    pub shares: Vec<f64>,
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

/// How good the plan made so far is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settled {
    /// Burden and weighted cost together.
    pub objective: f64,
    /// No plan's objective is below this.
    pub bound: f64,
    /// Rounds of searching.
    pub rounds: usize,
    /// Whether it is as close to the best as was asked.
    pub is_settled: bool,
}

impl Settled {
    fn is_near(&self, effort: &Effort) -> bool {
        let above = self.objective - self.bound;
        above <= effort.gap * self.objective.abs() || above <= effort.gap_absolute
    }
}

/// Finds the best plan for `model`.
#[must_use]
pub fn optimise(model: &Model, effort: &Effort) -> Optimum {
    let mut optimiser = Optimiser::new(model);
    let settled = optimiser.settle(effort);
    optimiser.optimum(&settled)
}

/// Something that could be otherwise in a model.
#[derive(Debug, Clone, PartialEq)]
pub enum Alteration {
    /// A limit is so many times what it is; 0 closes what shares it.
    ScaleLimit(usize, f64),
    /// A limit is another.
    SetLimit(usize, Vec<f64>),
    /// A lane is closed.
    CloseLane(usize),
    /// A lane that was closed is open.
    OpenLane(usize),
    /// A stock is so many times what it is.
    ScaleStock(usize, f64),
    /// A stock is another.
    SetStock(usize, f64),
    /// A ceiling is so many times what it is.
    ScaleCeiling(usize, f64),
    /// A ceiling is another.
    SetCeiling(usize, f64),
    /// A need is so many times what it is.
    ScaleNeed(usize, f64),
    /// A need is so many times what it was at first.
    SetNeed(usize, f64),
}

impl Alteration {
    /// What it alters: a list and the position there.
    pub(crate) const fn target(&self) -> (u8, usize) {
        match self {
            Self::ScaleLimit(at, _) | Self::SetLimit(at, _) => (0, *at),
            Self::CloseLane(at) | Self::OpenLane(at) => (1, *at),
            Self::ScaleStock(at, _) | Self::SetStock(at, _) => (2, *at),
            Self::ScaleCeiling(at, _) | Self::SetCeiling(at, _) => (3, *at),
            Self::ScaleNeed(at, _) | Self::SetNeed(at, _) => (4, *at),
        }
    }
}

/// What one unit more of what is short would bring, as long as little changes.
#[derive(Debug, Clone, PartialEq)]
pub struct Prices {
    /// Of one unit of each stock.
    pub stocks: Vec<f64>,
    /// Of one unit of load under each ceiling.
    pub ceilings: Vec<f64>,
    /// Of one unit of load under each limit in each period.
    pub limits: Vec<Vec<f64>>,
    /// Of one unit of each need: of what perishes in each period, of what lasts up to it.
    pub needs: Vec<Vec<f64>>,
}

/// A plan being made, to go on from when something changes.
#[derive(Clone)]
pub struct Optimiser {
    master: Master,
}

impl Optimiser {
    /// Makes ready to plan for `model`.
    #[must_use]
    pub fn new(model: &Model) -> Self {
        Self { master: Master::new(model) }
    }

    /// The model as altered so far.
    #[must_use]
    pub fn model(&self) -> &Model {
        self.master.model()
    }

    /// Plans from where it stands until `effort` is spent or the best is found.
    pub fn settle(&mut self, effort: &Effort) -> Settled {
        self.master.settle(effort)
    }

    /// The plan it stands at.
    #[must_use]
    pub fn optimum(&self, settled: &Settled) -> Optimum {
        self.master.optimum(settled)
    }

    /// The prices it stands at.
    #[must_use]
    pub fn prices(&self) -> Prices {
        self.master.prices()
    }

    /// The prices by which it found out how much better any plan could be at most.
    ///
    /// They differ from [`Self::prices`] where the last plan came as near to that as was asked, and
    /// nobody looked what its own prices prove.
    #[must_use]
    pub fn proving_prices(&self) -> Prices {
        self.master.proving_prices()
    }

    /// Of the plans as good as the one it stands at, the evenest between groups of needs.
    ///
    /// The largest share of burden left is as small as can be, then the next largest, and so on.
    /// For the whole of a share no more is given up than [`EVENNESS`] of the objective, or of a
    /// hundredth of the burden without relief where that is more. It takes about as many pivots
    /// and rounds as the plan itself at most, and returns what it has by then, in which the largest
    /// share is no larger than before. Where the plan stands does not change.
    #[must_use]
    pub fn even(&self, settled: &Settled, effort: &Effort) -> Optimum {
        self.master.even(settled, effort)
    }

    /// Makes an alteration; [`Optimiser::settle`] then plans again from the plan at hand.
    ///
    /// Returns what undoes it. What the model does not have is not altered.
    pub fn alter(&mut self, alteration: &Alteration) -> Alteration {
        let parts = self.master.model().parts();
        match alteration {
            Alteration::ScaleLimit(limit, factor) => {
                let held = parts.limits.get(*limit).cloned().unwrap_or_default();
                let by_period: Vec<f64> = held.iter().map(|most| scaled(*most, *factor)).collect();
                self.set_limit(*limit, &by_period);
                Alteration::SetLimit(*limit, held)
            }
            Alteration::SetLimit(limit, by_period) => {
                let held = parts.limits.get(*limit).cloned().unwrap_or_default();
                self.set_limit(*limit, by_period);
                Alteration::SetLimit(*limit, held)
            }
            Alteration::CloseLane(lane) => self.set_open(*lane, false),
            Alteration::OpenLane(lane) => self.set_open(*lane, true),
            Alteration::ScaleStock(stock, factor) => {
                let Some(held) = parts.stocks.get(*stock).map(|held| held.units) else {
                    return alteration.clone();
                };
                self.master.set_stock(*stock, held * factor);
                Alteration::SetStock(*stock, held)
            }
            Alteration::SetStock(stock, units) => {
                let Some(held) = parts.stocks.get(*stock).map(|held| held.units) else {
                    return alteration.clone();
                };
                self.master.set_stock(*stock, *units);
                Alteration::SetStock(*stock, held)
            }
            Alteration::ScaleCeiling(ceiling, factor) => {
                let Some(held) = parts.ceilings.get(*ceiling).copied() else {
                    return alteration.clone();
                };
                self.master.set_ceiling(*ceiling, scaled(held, *factor));
                Alteration::SetCeiling(*ceiling, held)
            }
            Alteration::SetCeiling(ceiling, most) => {
                let Some(held) = parts.ceilings.get(*ceiling).copied() else {
                    return alteration.clone();
                };
                self.master.set_ceiling(*ceiling, *most);
                Alteration::SetCeiling(*ceiling, held)
            }
            Alteration::ScaleNeed(need, factor) if *need < parts.needs.len() => {
                let factor = self.master.need_factor(*need) * factor;
                Alteration::SetNeed(*need, self.master.set_need(*need, factor))
            }
            Alteration::SetNeed(need, factor) if *need < parts.needs.len() => {
                Alteration::SetNeed(*need, self.master.set_need(*need, *factor))
            }
            Alteration::ScaleNeed(..) | Alteration::SetNeed(..) => alteration.clone(),
        }
    }

    /// Opens or closes a lane, and says what undoes it: what it was.
    fn set_open(&mut self, lane: usize, is_open: bool) -> Alteration {
        let was_open = if lane < self.master.model().parts().lanes.len() {
            let was_open = self.master.is_open(lane);
            self.master.set_open(lane, is_open);
            was_open
        } else {
            is_open
        };
        if was_open { Alteration::OpenLane(lane) } else { Alteration::CloseLane(lane) }
    }

    fn set_limit(&mut self, limit: usize, by_period: &[f64]) {
        let parts = self.master.model().parts();
        if limit < parts.limits.len() && by_period.len() == parts.periods {
            self.master.set_limit(limit, by_period);
        }
    }

    /// How much worse the plan at hand is at most when what alterations closed is sent through
    /// what it leaves free; nothing where that would be more than `most`.
    ///
    /// Right only before anything is settled anew, and for alterations that close.
    pub(crate) fn reroute(&mut self, most: f64) -> Option<f64> {
        self.master.reroute(most)
    }

    /// Where it stands, to come back to.
    #[must_use]
    pub fn stand(&self) -> Stand {
        Stand(self.master.snapshot())
    }

    /// Goes back to where it stood; alterations since must have been undone.
    pub fn go_back(&mut self, stand: &Stand) {
        self.master.restore(&stand.0);
    }
}

/// Where an [`Optimiser`] stood.
#[derive(Debug, Clone)]
pub struct Stand(pumasi_simplex::Snapshot);

/// So many times `most`; no times what has no end is nothing, as is any times nothing.
fn scaled(most: f64, factor: f64) -> f64 {
    if most == 0.0 || factor == 0.0 { 0.0 } else { most * factor }
}
