//! What one reader may see, as pages, and problems for flow out of state.
//!
//! [`page`] holds the shapes that the API answers with; the other modules fill them.
//!
//! Invariant: knows nothing of files, networks, clocks or formats.
//! Invariant: what leaves here is cleared for its reader; only this crate makes [`Visible`].

pub mod agreements;
pub mod ask;
pub mod case;
pub mod chosen;
pub mod diff;
mod estimated;
pub mod fault;
pub mod lexicon;
pub mod life;
pub mod loading;
pub mod map;
pub mod needs;
pub mod openapi;
pub mod page;
pub mod personal;
pub mod plan;
pub mod problem;
pub mod readiness;
pub mod report;
pub mod situation;
pub mod visible;

mod field;
mod permits;
mod remaining;
mod replan;
#[cfg(test)]
mod world;

pub use case::Attempt;
pub use lexicon::Lexicon;
pub use report::{MatterDigests, ReportInputs};
pub use visible::{Held, Visible};
