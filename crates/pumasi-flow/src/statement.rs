//! A planning instance as people state it: ids, decimal figures and permissions.
//!
//! A [`Statement`] is the middle between a file and a [`crate::model::Model`]: what a file says,
//! not yet examined. [`Statement::of_problem`] says a [`Problem`] in the same words.
//!
//! Units: tonnes for limits, ceilings and the mass of a unit; minutes and periods for time; the
//! currency of costs is the author's.

mod problem;

use std::sync::Arc;

/// An id, shared by all that name it.
pub type Id = Arc<str>;

/// The share of burden one unit of cost weighs when a statement does not say.
pub const COST_WEIGHT: f64 = 1e-4;

/// A figure for each period.
#[derive(Debug, Clone, PartialEq)]
pub enum ByPeriod {
    /// The same one in all of them.
    Same(f64),
    /// One for each.
    Each(Vec<f64>),
}

/// A planning instance, not yet examined.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// How many periods the horizon has.
    pub periods: usize,
    /// Minutes in a period.
    pub period_min: i64,
    /// What one unit of cost weighs against one unit of burden.
    pub cost_weight: f64,
    /// What flows.
    pub commodities: Vec<StatedCommodity>,
    /// Where goods lie, change carriage or arrive.
    pub sites: Vec<StatedSite>,
    /// What carries.
    pub links: Vec<StatedLink>,
    /// What can be given.
    pub stocks: Vec<StatedStock>,
    /// What is missing.
    pub needs: Vec<StatedNeed>,
    /// Limits that permits share.
    pub ceilings: Vec<StatedCeiling>,
    /// Who may help whom.
    pub permits: Vec<StatedPermit>,
}

/// What flows.
#[derive(Debug, Clone, PartialEq)]
pub struct StatedCommodity {
    /// Its id.
    pub id: Id,
    /// Tonnes per unit; 0 for what loads no vehicle.
    pub mass_t: f64,
    /// Whether a need missed is lost instead of late.
    pub perishing: bool,
    /// The burden of one unit missing for one period.
    pub weight: f64,
    /// The share of what is stored or under way that is left after a period.
    pub kept_per_period: f64,
}

/// Where goods lie, change carriage or arrive.
#[derive(Debug, Clone, PartialEq)]
pub struct StatedSite {
    /// Its id.
    pub id: Id,
    /// The party whose ground it is; `None` where no transit rule applies.
    pub territory: Option<Id>,
    /// Tonnes it takes in from links in each period; `None` where that is no limit.
    pub intake_t: Option<ByPeriod>,
}

/// What carries.
#[derive(Debug, Clone, PartialEq)]
pub struct StatedLink {
    /// Its id.
    pub id: Id,
    /// Where it starts.
    pub from: Id,
    /// Where it ends.
    pub to: Id,
    /// Whether it also runs back, with the same figures again.
    pub both_ways: bool,
    /// By what it carries, in the author's words.
    pub mode: Id,
    /// Minutes under way.
    pub duration_min: i64,
    /// Tonnes that may depart each way in each period; `None` where that is no limit.
    pub capacity_t: Option<ByPeriod>,
    /// Cost of a tonne.
    pub cost_per_t: f64,
    /// The share of what leaves that arrives.
    pub retained: f64,
    /// When it carries less.
    pub closures: Vec<StatedClosure>,
    /// What it carries; `None` for everything.
    pub commodities: Option<Vec<Id>>,
}

/// A stretch of periods in which a link carries less.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StatedClosure {
    /// First period.
    pub from_period: usize,
    /// First period in which it no longer holds.
    pub until_period: usize,
    /// The share of the capacity that is left.
    pub share: f64,
}

/// What can be given.
#[derive(Debug, Clone, PartialEq)]
pub struct StatedStock {
    /// Its id.
    pub id: Id,
    /// Whose it is.
    pub owner: Id,
    /// Where it lies.
    pub site: Id,
    /// What it is.
    pub commodity: Id,
    /// How much.
    pub units: f64,
    /// First period in which it may move or be handed out.
    pub release_period: usize,
}

/// What is missing.
#[derive(Debug, Clone, PartialEq)]
pub struct StatedNeed {
    /// Its id.
    pub id: Id,
    /// The place it is a need of, for readers; nothing is computed from it.
    pub place: Option<Id>,
    /// The site from which it is served.
    pub site: Id,
    /// The party that receives, and whose permits count.
    pub receiver: Id,
    /// What is missing.
    pub commodity: Id,
    /// Units wanted in each period.
    pub wanted: ByPeriod,
    /// How much more its burden counts than that of others.
    pub priority: f64,
    /// Whether the receiver has asked; if not, only push permits and its own stock serve it.
    pub requested: bool,
}

/// A limit that permits share.
#[derive(Debug, Clone, PartialEq)]
pub struct StatedCeiling {
    /// Its id.
    pub id: Id,
    /// Tonnes that may move under it over the whole horizon.
    pub most_t: f64,
}

/// A permission for the goods of some parties to serve needs of others.
///
/// A party needs no permit for its own stock and its own needs.
#[derive(Debug, Clone, PartialEq)]
pub struct StatedPermit {
    /// Its id.
    pub id: Id,
    /// Who may give.
    pub givers: Vec<Id>,
    /// Who may receive.
    pub receivers: Vec<Id>,
    /// What may be given; `None` for everything.
    pub commodities: Option<Vec<Id>>,
    /// By what it may travel; `None` for anything.
    pub modes: Option<Vec<Id>>,
    /// On whose ground it may lie or pass; `None` for anywhere. Sites of no territory are open.
    pub through: Option<Vec<Id>>,
    /// First period in which goods may move under it.
    pub earliest_period: usize,
    /// The ceilings that count what moves under it.
    pub ceilings: Vec<Id>,
    /// Whether it serves needs nobody has asked for.
    pub push: bool,
}
