//! The node: HTTP API, sync, stores, keys, clock and accounts.
//!
//! [`run::serve`] runs one; [`service::Service`] is what it holds and does; [`store`] keeps it on
//! disk; [`sync`] talks to neighbours; [`api`] serves the desk; [`watch`] follows the feeds of
//! warning centres; [`readiness`] reads the runs that lie beside it.
//!
//! Invariant: knows nothing of terminals.
//! Invariant: nothing is acknowledged before it is on disk.

pub mod api;
pub mod clock;
pub mod drill;
pub mod keys;
pub mod library;
pub mod readiness;
pub mod run;
pub mod runtime;
pub mod seal;
pub mod service;
pub mod store;
pub mod sync;
pub mod watch;

pub use pumasi_act as act;
pub use pumasi_agreement as agreement;
pub use pumasi_flow as flow;
pub use pumasi_hazard as hazard;
pub use pumasi_log as log;
pub use pumasi_view as view;
pub use pumasi_wire as wire;
