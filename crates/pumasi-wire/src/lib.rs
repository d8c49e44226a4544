//! Foreign formats in and out.
//!
//! [`formats::odrl`] carries agreements to the Open Digital Rights Language and back.
//!
//! Invariant: knows nothing of networks, disks and clocks: bytes in, values out.

pub mod formats;
