//! Relief planning over time: what could move from whom to whom, by which links, in which time.
//!
//! A [`Problem`] says what lies where, what is needed where, what carries and what is permitted.
//! [`solve()`] makes a [`Plan`] of it; [`check()`] judges any plan by the problem alone; [`prove()`]
//! says how good a plan can be at most; [`explain()`] says what stops each need left unmet; and
//! [`gain()`] answers what a change would do, [`remedies()`] which change would help most.
//! [`load()`] brings a plan on pallets and vehicles and says what that costs.
//! [`generate::generate`] draws problems to measure on.
//!
//! ```
//! use pumasi_flow::generate::{Size, generate};
//! use pumasi_flow::{Problem, check, explain, solve};
//!
//! let parts = generate(Size::SMALL, 7).unwrap();
//! let problem = Problem::new(parts).unwrap();
//! let plan = solve(&problem);
//! assert!(check(&problem, &plan).is_ok());
//! for binding in explain(&problem, &plan) {
//!     println!("{:?} lacks {}", binding.need, binding.unit_periods);
//! }
//! ```
//!
//! # How time counts
//!
//! The horizon is cut into periods of whole minutes. Routes add true minutes. A link's capacity is
//! drawn on in the period in which goods leave, a site's handling in the period in which it takes
//! them in, and goods serve needs from the first period that begins when they are there: this is
//! the only rounding.
//!
//! Invariant: knows nothing of acts, of who signs what, of formats, networks or disks.
//! Invariant: integers only; no clock, no chance but a seed given, no unordered iteration: the same
//! problem gives the same plan on every machine.
//! Invariant: [`mod@check`] shares no code with what makes plans.

mod aging;
#[cfg(test)]
mod case;
pub mod certificate;
pub mod check;
pub mod counterfactual;
pub mod explain;
pub mod generate;
mod lanes;
pub mod loading;
pub mod model;
mod network;
pub mod optimum;
pub mod plan;
pub mod posed;
pub mod problem;
pub mod solve;
pub mod statement;
pub mod sweep;
pub mod text;

pub use certificate::{Certificate, Proof, prove};
pub use check::{Checked, Fault, Violation, check};
pub use explain::{Binding, Cost, Cut, Overall, explain, overall};
pub use loading::{Loaded, Means, load, loads, packed};
pub use plan::{Allocation, Leg, Plan, Serving, Terms};
pub use problem::{
    Ceiling, CeilingId, CeilingIndex, ClauseRef, Closure, Commodity, Horizon, Link, LinkIndex,
    Need, NeedIndex, Permit, PermitIndex, Problem, ProblemError, ProblemParts, Site, SiteIndex,
    Stock, StockIndex, Suspension,
};
pub use solve::{Solved, solve, solve_with_proof};
pub use sweep::{Change, Gain, Weighed, changed, gain, remedies, weighed};
pub use text::{TextError, read_certificate, read_plan, read_problem};
