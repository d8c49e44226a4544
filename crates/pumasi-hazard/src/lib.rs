//! From an alert to shaking, people and needs.
//!
//! An [`Alert`] is what a warning centre says, freed from its format. [`estimate()`] turns it into
//! an [`Estimate`]: which places shook how strongly, how many people live there, how many are out
//! of their homes or without water, and what they need, each figure with a range, a source and the
//! version of the message it rests on.
//!
//! Invariant: knows nothing of acts, agreements, formats, networks, disks or clocks.
//! Invariant: floats stay inside; the same alert, catalog and factors give the same estimate on
//! every machine, because all transcendental functions come from `libm` and not from the system.

pub mod alert;
pub mod deaths;
pub mod estimate;
pub mod factors;
pub mod intensity;
pub mod needs;
pub mod people;
pub mod shaking;

pub use alert::{
    Alert, AlertVersion, Earthquake, Event, Finding, FindingCode, MessageType, Observed, Source,
    SourceText, Station, Tectonic,
};
pub use estimate::{Basis, Estimate, Footprint, estimate};
pub use factors::{Factors, FactorsError};
pub use intensity::{Intensity, JmaIntensity, Mmi};
pub use needs::{Method, Need, Range, SourceRef};
