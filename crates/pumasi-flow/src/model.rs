//! The numbers a plan is computed from: sites, arcs, stocks, needs and lanes, known by index alone.
//!
//! A [`Model`] is what the solver sees, whether it was posed by a [`crate::Problem`] or read from a
//! foreign instance. Quantities are floating-point numbers; every sum over them runs in a fixed
//! order, so the same model gives the same result to the last bit on every machine.
//!
//! Units: minutes and periods for time; any unit for quantities, as long as `load` of a commodity
//! converts it to the unit of limits and ceilings (tonnes); any currency for costs.

use std::collections::BTreeMap;

/// Most sites, arcs, stocks, needs or lanes a model may have.
pub const ENTRIES_MAX: usize = 4_000_000;
/// Largest quantity, limit, weight or cost.
pub const FIGURE_MAX: f64 = 1e15;
/// Smallest share kept or retained.
pub const SHARE_MIN: f64 = 1e-9;

/// The parts of a model.
#[derive(Debug, Clone, PartialEq)]
pub struct ModelParts {
    /// How many periods the horizon has.
    pub periods: usize,
    /// Minutes in a period.
    pub period_min: i64,
    /// What one unit of cost weighs against one unit of burden.
    pub cost_weight: f64,
    /// The sites.
    pub sites: Vec<ModelSite>,
    /// The arcs between them.
    pub arcs: Vec<ModelArc>,
    /// Limits by period, for arcs and sites to share; infinite where there is none.
    pub limits: Vec<Vec<f64>>,
    /// What flows.
    pub commodities: Vec<ModelCommodity>,
    /// What can be given.
    pub stocks: Vec<ModelStock>,
    /// What is missing.
    pub needs: Vec<ModelNeed>,
    /// Limits over the whole horizon on what moves in the lanes that name them.
    pub ceilings: Vec<f64>,
    /// Sets of arcs, ascending and each once, for lanes to share.
    pub networks: Vec<Vec<usize>>,
    /// Who may serve whom with what, over which network.
    pub lanes: Vec<ModelLane>,
}

impl ModelParts {
    /// Makes the needs of each site a group.
    pub fn group_by_site(&mut self) {
        let mut known = BTreeMap::new();
        for need in &mut self.needs {
            let next = known.len();
            need.group = *known.entry(need.site).or_insert(next);
        }
    }
}

/// A point where goods lie, change carriage or arrive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ModelSite {
    /// The limit on what it takes in from arcs in each period. Goods that find it full wait before
    /// it and count as arrived when they are taken in.
    pub intake: Option<usize>,
}

/// One way from one site to another.
#[derive(Debug, Clone, PartialEq)]
pub struct ModelArc {
    /// Where it starts.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
    /// Minutes under way.
    pub duration_min: i64,
    /// Cost of one unit of load.
    pub cost: f64,
    /// The share of what leaves that arrives, from [`SHARE_MIN`] to 1.
    pub retained: f64,
    /// The limits on what departs in each period, all of which hold.
    pub limits: Vec<usize>,
}

/// What flows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ModelCommodity {
    /// What one unit takes of limits and ceilings; 0 for what loads no vehicle.
    pub load: f64,
    /// Whether a need missed is lost (water) instead of late (blankets).
    pub perishing: bool,
    /// The burden of one unit missing for one period.
    pub weight: f64,
    /// The share of what is stored or under way that is left after a period, from [`SHARE_MIN`] to 1.
    pub kept: f64,
}

/// What can be given.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ModelStock {
    /// Where it lies.
    pub site: usize,
    /// What it is.
    pub commodity: usize,
    /// How much.
    pub units: f64,
    /// First period in which it may move or be handed out.
    pub release_period: usize,
}

/// What is missing.
#[derive(Debug, Clone, PartialEq)]
pub struct ModelNeed {
    /// Where.
    pub site: usize,
    /// What.
    pub commodity: usize,
    /// Units wanted in each period: consumed in it when the commodity perishes, newly needed from
    /// it on when it lasts.
    pub wanted: Vec<f64>,
    /// How much more its burden counts than that of others; 1 for all alike.
    pub priority: f64,
    /// The place it is part of: needs of one group are one when shares left unmet are compared.
    /// Less than the number of needs.
    pub group: usize,
}

/// A permission as numbers: stocks of one commodity for needs of the same, over some arcs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelLane {
    /// What moves.
    pub commodity: usize,
    /// The set of arcs it may use.
    pub network: usize,
    /// First period in which goods may move in it.
    pub earliest_period: usize,
    /// The stocks it may draw on, ascending and each once.
    pub stocks: Vec<usize>,
    /// The needs it may serve, ascending and each once.
    pub needs: Vec<usize>,
    /// The ceilings that count what moves in it, ascending and each once.
    pub ceilings: Vec<usize>,
}

/// What is wrong with the parts of a model.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ModelError {
    /// An entry names something the model does not have.
    #[error("{entry} {index}: `{field}` names {what} {named}, of which there are {count}")]
    Unknown {
        /// The list the entry stands in.
        entry: &'static str,
        /// Its position there.
        index: usize,
        /// The field at fault.
        field: &'static str,
        /// What it names.
        what: &'static str,
        /// The position it names.
        named: usize,
        /// How many there are.
        count: usize,
    },
    /// A figure is outside its range, or no number.
    #[error("{entry} {index}: `{field}` is {found}, but must be from {least} to {most}")]
    OutOfRange {
        /// The list the entry stands in.
        entry: &'static str,
        /// Its position there.
        index: usize,
        /// The field at fault.
        field: &'static str,
        /// What it says.
        found: f64,
        /// The least it may be.
        least: f64,
        /// The most it may be.
        most: f64,
    },
    /// A list by period has another length.
    #[error("{entry} {index}: `{field}` has {found} figures for {periods} periods")]
    WrongLength {
        /// The list the entry stands in.
        entry: &'static str,
        /// Its position there.
        index: usize,
        /// The field at fault.
        field: &'static str,
        /// How many figures it has.
        found: usize,
        /// How many it must have.
        periods: usize,
    },
    /// A lane holds a stock or a need of another commodity.
    #[error("lane {lane}: `{field}` names {named}, which is of another commodity")]
    CommodityDiffers {
        /// The lane.
        lane: usize,
        /// `stocks` or `needs`.
        field: &'static str,
        /// The position named.
        named: usize,
    },
    /// A list that must rise names a position that does not come after the one before it.
    #[error("{entry} {index}: `{field}` names {named} after {before}, but must rise")]
    NotAscending {
        /// The list the entry stands in.
        entry: &'static str,
        /// Its position there.
        index: usize,
        /// The field at fault.
        field: &'static str,
        /// What it names.
        named: usize,
        /// What it names just before.
        before: usize,
    },
    /// A list has more entries than the planner holds.
    #[error("{entry}: {found} entries, but at most {most} are planned with")]
    TooMany {
        /// The list.
        entry: &'static str,
        /// How many it has.
        found: usize,
        /// The most it may have.
        most: usize,
    },
}

/// A consistent model.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    // INVARIANT: every index named is in its list, lists by period have `periods` entries, and
    // every figure is in its range.
    parts: ModelParts,
}

impl Model {
    /// Makes a model of `parts`.
    ///
    /// # Errors
    /// Every contradiction found, by list and position.
    pub fn new(parts: ModelParts) -> Result<Self, Vec<ModelError>> {
        let errors = validate::errors(&parts);
        if errors.is_empty() { Ok(Self { parts }) } else { Err(errors) }
    }

    /// The parts, to read.
    #[must_use]
    pub const fn parts(&self) -> &ModelParts {
        &self.parts
    }

    /// The parts, for changes that keep every figure in its range.
    pub(crate) const fn parts_mut(&mut self) -> &mut ModelParts {
        &mut self.parts
    }

    /// The parts, to change one and make another model of them.
    #[must_use]
    pub fn into_parts(self) -> ModelParts {
        self.parts
    }

    /// The burden if nothing is given to anyone.
    #[must_use]
    pub fn burden_without_relief(&self) -> f64 {
        // Nothing at all adds up to a zero below zero.
        self.parts.needs.iter().map(|need| self.burden_of(need, &[])).sum::<f64>() + 0.0
    }

    /// By group, the share of its burden without relief that is left when `left` is left of each
    /// need's; 0 where there is none.
    #[must_use]
    pub fn shares_of(&self, left: &[f64]) -> Vec<f64> {
        let groups = self.parts.needs.iter().map(|need| need.group + 1).max().unwrap_or(0);
        let mut sums = vec![(0.0, 0.0); groups];
        for (need, left) in self.parts.needs.iter().zip(left) {
            if let Some((of_it, without)) = sums.get_mut(need.group) {
                *of_it += left;
                *without += self.burden_of(need, &[]);
            }
        }
        sums.iter().map(|(left, all)| if *all > 0.0 { left / all } else { 0.0 }).collect()
    }

    /// The burden `need` has left when `served` is handed out in each period.
    ///
    /// What lasts is missed from the period it is needed in until it comes.
    #[must_use]
    pub fn burden_of(&self, need: &ModelNeed, served: &[f64]) -> f64 {
        let Some(commodity) = self.parts.commodities.get(need.commodity) else { return 0.0 };
        let (mut waiting, mut burden) = (0.0, 0.0);
        for (period, wanted) in need.wanted.iter().enumerate() {
            let came = served.get(period).copied().unwrap_or(0.0);
            let missed = waiting + wanted - came;
            burden += missed;
            waiting = if commodity.perishing { 0.0 } else { missed };
        }
        burden * commodity.weight * need.priority
    }
}

pub mod judge;
mod validate;
