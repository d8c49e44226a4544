//! The node: HTTP API, sync, stores, keys, clock and accounts.

pub mod runtime;
pub mod store;
