//! Acts: envelopes, signatures, kinds, and the pure fold of a matter.
//!
//! An act is one signed, immutable statement of a party. [`verify()`] turns received bytes into a
//! [`Verified`] act, the only thing [`fold()`] takes; folding the acts of a matter gives its
//! [`State`], the same on every node that holds the same acts, whatever their order of arrival.
//!
//! Invariant: knows nothing of networks, disks or clocks; times are values that acts carry.
//! Invariant: only [`verify()`] makes a [`Verified`]; the fold never fails: it refuses, as data.
//! Invariant: integers and ordered maps only.

pub mod author;
pub mod bundle;
pub mod contest;
pub mod deadline;
pub mod envelope;
pub mod fold;
pub mod identity;
pub mod kinds;
pub mod life;
mod past;
pub mod payload;
pub mod permission;
pub mod personal;
pub mod refusal;
pub mod standing;
pub mod state;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod verify;

pub use author::{Draft, compose, open};
pub use bundle::{Bundle, BundleError, Proof};
pub use contest::Contest;
pub use deadline::{Acceptance, Timeliness};
pub use envelope::{ActId, Envelope, EnvelopeError, KeyId, KeyRecord};
pub use fold::{Effect, Folded, RULES, Witnessed, fold};
pub use identity::{
    Identities, Identity, IdentityEntry, IdentityError, IdentityRule, IdentitySay, Mandate,
    NextRoots, Proposal, Standing,
};
pub use life::Life;
pub use payload::{ClauseCited, LogId, Payload};
pub use permission::{Rule, Terms};
pub use personal::{PERSONAL_BYTES_MAX, Personal, PersonalFault};
pub use refusal::Refusal;
pub use state::{OrderLine, Stage, State};
pub use verify::{Verified, VerifyError, verify};
