//! What one reader may see, as pages, and problems for flow out of state.
//!
//! [`page`] holds the shapes that the API answers with; the other modules fill them.
//!
//! Invariant: knows nothing of files, networks, clocks or formats.
//! Invariant: what leaves here is cleared for its reader; only this crate makes [`Visible`].

pub mod openapi;
pub mod page;
