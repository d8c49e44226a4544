//! Reads agreements and answers questions with a decision and its clauses.
//!
//! [`read()`] turns a file of the agreement library into an [`Agreement`]; [`Agreements::compile`]
//! turns any number of them into tables; [`decide()`] answers a [`Question`] with a [`Decision`]
//! that cites the clauses it rests on. [`Agreements::permissions`] hands the same tables to the
//! planner.
//!
//! [`write()`] gives the text of a file that reads back equal.
//!
//! A forbid beats every permit; what nothing permits is refused; both say which clause.
//!
//! Invariant: knows nothing of acts, networks, disks or clocks: texts and times are arguments.
//! Invariant: integers only, ordered maps only; the answer does not depend on the order in which
//! agreements were given.

pub mod agreement;
pub mod alternatives;
pub mod check;
pub mod clauses;
pub mod compare;
pub mod compile;
pub mod decide;
pub mod diff;
pub mod map;
pub mod permission;
pub mod prove;
pub mod question;
pub mod read;
pub mod reason;
pub mod scope;
pub mod sentence;
pub mod status;
pub mod vocabulary;
pub mod write;

mod encoding;
mod fault;
mod fields;
mod grid;
mod index;
mod judge;
mod word;

#[cfg(test)]
mod testing;

pub use agreement::{Agreement, Clause, LawLevel, Nature, Origin, Source};
pub use alternatives::{Alternative, Bounds, Change, alternatives};
pub use check::{Issue, Remark, Severity, examine};
pub use compare::{Area, Cell, Comparison, Freedom, Said, Told, compare};
pub use compile::{Agreements, CompileError};
pub use decide::{Answer, Ruling, decide};
pub use diff::{ClauseChange, Diff, FieldChange, diff};
pub use fault::{Fault, FaultKind};
pub use fields::ReadError;
pub use map::{Inquiry, Ladder, Level, Map};
pub use permission::{Permission, PermissionCeiling, Situation};
pub use prove::{Claim, Witness, witness};
pub use question::{
    Action, AlertLevel, ClauseRef, Consent, ConsentTo, Decision, Effect, Event, Intensity, Need,
    Outcome, Overdue, Question, SettlementTerm, Used,
};
pub use read::{expect_digest, read, read_bytes};
pub use reason::{Parameter, Reason, Rule};
pub use sentence::SentenceError;
pub use status::{AgreementStatus, Standing};
pub use write::{AgreementDraft, ClauseDraft, write};
