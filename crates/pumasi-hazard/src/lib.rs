//! From the bytes of a message to shaking, people and needs.
//!
//! [`read_any`] takes what a warning centre sent, in any known format, and gives the [`Message`]s
//! in it in the centre's own words and codes. [`Message::into_alert`] gives the [`Alert`] of an
//! earthquake. [`estimate()`] turns it into
//! an [`Estimate`]: which places shook how strongly, how many people live there, how many are out
//! of their homes or without water, and what they need, each figure with a range, a source and the
//! version of the message it rests on.
//!
//! Invariant: knows nothing of acts, agreements, networks, disks or clocks.
//! Invariant: floats stay inside; the same alert, catalog and factors give the same estimate on
//! every machine, because all transcendental functions come from `libm` and not from the system.

pub mod alert;
pub mod deaths;
pub mod estimate;
pub mod factors;
pub mod intensity;
pub mod message;
pub mod needs;
pub mod people;
pub mod read;
pub mod shaking;

pub use alert::{
    Alert, AlertVersion, Earthquake, Event, Finding, FindingCode, MessageType, Observed, Source,
    SourceText, Station, Tectonic,
};
pub use estimate::{Basis, Estimate, Footprint, estimate};
pub use factors::{Factors, FactorsError};
pub use intensity::{Intensity, JmaIntensity, Mmi};
pub use message::{
    Area, AreaCode, Attachment, Cyclone, CyclonePosition, Grid, GridColumn, GridFrame, Hazard,
    Message, Part, Reference, Shape, Statement, WindCircle,
};
pub use needs::{Method, Need, Range, SourceRef};
pub use read::{Read, ReadError, read_any};
