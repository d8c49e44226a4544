//! Whether help would arrive: many scenarios, each planned for as things are and as they could be.
//!
//! A [`Job`] says what to run, a [`World`] what it is run on. [`run()`] goes through the scenarios
//! of a [`Shard`], several at a time, and leaves [tables](rows) of figures in a folder; [`merge()`]
//! makes one folder of the folders of all shards; [`report()`] says what the figures mean, each
//! with its sample and interval.
//!
//! What is suspended, cut or added is an input to a model, never a prediction about a party.
//!
//! Invariant: knows nothing of acts, of matters, of networks, of words in any language.
//! Invariant: the same job on the same world gives the same bytes, however many threads or shards
//! there are and however often it was interrupted.
//! Invariant: the clock decides only when a chunk is written, never what is in it.

pub mod case;
pub mod figures;
mod folder;
pub mod job;
pub mod report;
pub mod rows;
mod run;
pub mod shard;
pub mod statistics;
pub mod table;
mod world;

pub use folder::{FolderError, Manifest, tables};
pub use job::{Job, Which};
pub use report::{Report, report};
pub use run::{Ended, Progress, Run, RunError, run};
pub use shard::{MergeError, Shard, ShardError, merge};
pub use world::{World, WorldError};
