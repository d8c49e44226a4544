//! How nodes converge: what a node takes, what it tells whom, and what it asks next.
//!
//! [`Replica`] is what a node holds in memory: identities, matters and the places of acts. It
//! checks what arrives ([`Arrival`]), and takes it in once the caller has stored it. [`feed`] has what
//! neighbours say to each other, [`Dialogue`] the course of the conversation with one of them.
//!
//! The node puts a ledger, locks, a clock and a network around these values; a simulator puts
//! itself around the same values. There is one core.
//!
//! Invariant: knows nothing of networks, disks, threads or clocks; time is an argument.
//! Invariant: what a value hands out to be stored has no effect before the caller says it is.
//! Invariant: no act leaves a replica for a party outside the audience of its matter.

pub mod arrival;
pub mod dialogue;
pub mod fault;
pub mod feed;
pub mod hello;
pub mod matter;
pub mod personal;
pub mod push;
pub mod question;
pub mod recon;
pub mod recovery;
pub mod replica;
pub mod urgency;
pub mod want;

pub use arrival::Arrival;
pub use dialogue::{Answer, Cursor, Dialogue, Pace, Question, Step};
pub use fault::TakeError;
pub use feed::{
    FEED_ACTS_MAX, FEED_BYTES_MAX, FeedPage, FeedQuestion, FeedScope, MatterDigest, PageDraft,
    Parcel, ParcelAnswer, ParcelDraft, Standing,
};
pub use hello::{Hello, Incompatible};
pub use matter::Matter;
pub use personal::{Beside, CheckedPersonal, PersonalText};
pub use push::{PushAnswer, PushQuestion, PushStep, Pushing};
pub use question::QuestionError;
pub use recon::{ReconAnswer, ReconError, ReconQuestion};
pub use recovery::Recovery;
pub use replica::{Admission, Batch, Checked, CheckedAct, Offered, Received, Replica, Taken};
pub use urgency::{Urgency, urgency_of};
pub use want::WantQuestion;
