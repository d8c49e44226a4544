//! Relief planning over time: what could move from whom to whom, by which links, in which time.

pub mod bound;
pub mod check;
pub mod explain;
pub mod generate;
mod lanes;
mod network;
pub mod plan;
pub mod problem;
pub mod solve;
pub mod sweep;

pub use bound::{Bound, bound};
pub use check::{Checked, Fault, Violation, check};
pub use explain::{Binding, Cost, Cut, Overall, explain, overall};
pub use plan::{Allocation, Leg, Plan, Terms};
pub use problem::{
    Ceiling, CeilingId, CeilingIndex, ClauseRef, Closure, Commodity, Horizon, Link, LinkIndex,
    Need, NeedIndex, Permit, PermitIndex, Problem, ProblemError, ProblemParts, Site, SiteIndex,
    Stock, StockIndex, Suspension,
};
pub use solve::solve;
pub use sweep::{Change, Gain, changed, gain};
