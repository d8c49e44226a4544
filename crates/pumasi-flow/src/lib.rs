//! Relief planning over time: what could move from whom to whom, by which links, in which time.

pub mod check;
pub mod generate;
mod lanes;
mod network;
pub mod plan;
pub mod problem;
pub mod solve;

pub use check::{Checked, Fault, Violation, check};
pub use plan::{Allocation, Leg, Plan, Terms};
pub use problem::{
    Ceiling, CeilingId, CeilingIndex, ClauseRef, Closure, Commodity, Horizon, Link, LinkIndex,
    Need, NeedIndex, Permit, PermitIndex, Problem, ProblemError, ProblemParts, Site, SiteIndex,
    Stock, StockIndex, Suspension,
};
pub use solve::solve;
