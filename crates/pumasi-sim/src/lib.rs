//! Many nodes, one seed: a simulator of the federation and of what breaks it.
//!
//! [`run`] plays one seed: three to twelve parties with the core that nodes run ([`pumasi_sync`],
//! [`pumasi_act`]), on disks that lose what was not synced, over lines that are cut one way, lose
//! and repeat, with sticks, nodes that are down for days, clocks that are a year off, backups that
//! are restored, keys that are stolen and authors who lie. Then everything is mended, and what
//! must hold is checked by code that shares nothing with the core ([`oracle`]).
//!
//! [`Guard`]s can be left out one by one: each must then be missed, or the simulator is too weak.
//!
//! Invariant: no clock, no thread, no input or output; a seed gives the same trace on every run.

pub mod act;
pub mod dice;
mod fault;
pub mod guard;
pub mod node;
pub mod oracle;
pub mod world;

pub use dice::Dice;
pub use guard::Guard;
pub use world::{Outcome, run};
