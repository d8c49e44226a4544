//! Foreign formats in and out.
//!
//! [`formats::odrl`] carries agreements to the Open Digital Rights Language and back;
//! [`formats::SITUATION`] lists the files in which a situation leaves; [`instances`] reads planning
//! problems of others and writes ours.
//!
//! Invariant: knows nothing of networks, disks and clocks: bytes in, values out.
//! Invariant: what is written of a situation was cleared for its reader by `pumasi-view`.

pub mod formats;
pub mod instances;
