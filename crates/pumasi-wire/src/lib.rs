//! Foreign formats in and out.
//!
//! [`read_alert`] takes the bytes of any message that [`pumasi_hazard::read_any`] reads and gives
//! the [`Alert`](pumasi_hazard::Alert)s of the earthquakes in it, with what was odd.
//!
//! [`formats::odrl`] carries agreements to the Open Digital Rights Language and back.
//!
//! Invariant: knows nothing of networks, disks and clocks: bytes in, values out.

pub mod formats;

pub use formats::{Read, read_alert};
pub use pumasi_hazard::ReadError;
