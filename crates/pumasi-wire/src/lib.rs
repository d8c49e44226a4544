//! Foreign formats in and out.
//!
//! [`read_alert`] takes the bytes of any message, finds out by their content which of
//! [`formats::FORMATS`] they are in, and gives the [`Alert`](pumasi_hazard::Alert)s with what was
//! odd. A reader never repairs in silence and never fails on what it does not know: unknown parts
//! are passed over, odd values are left out with a finding, and only a message that cannot be
//! relied on at all is refused.
//!
//! [`formats::odrl`] carries agreements to the Open Digital Rights Language and back.
//!
//! Invariant: knows nothing of networks, disks and clocks: bytes in, values out.

mod decimal;
mod error;
pub mod formats;
mod text;
mod xml;

pub use error::ReadError;
pub use formats::{Format, Read, read_alert};
