//! From the bytes of messages to shaking, wind, people and needs.
//!
//! [`read_any`] takes what a warning centre sent, in any known format, and gives the [`Message`]s
//! in it in the centre's own words and codes. An [`Estimator`] turns the messages about one event
//! into an [`Estimate`]: which places were hit how hard, how many people live there, how many are
//! out of their homes or without water, and what they need, each figure with a range, a source and
//! the version of the message it rests on. Between the two stand [`Evidence`], the best of what the
//! messages know together, and [`exposure`], which finds the places.
//!
//! Invariant: knows nothing of acts, agreements, networks, disks or clocks.
//! Invariant: floats stay inside; the same messages, catalog and factors give the same estimate on
//! every machine, because all transcendental functions come from `libm` and not from the system.

pub mod census;
pub mod damage;
pub mod deaths;
pub mod draw;
pub mod earthquake;
pub mod estimate;
pub mod evidence;
pub mod exposure;
pub mod factors;
pub mod finding;
pub mod geometry;
pub mod incident;
pub mod intensity;
pub mod message;
pub mod needs;
pub mod read;
pub mod severity;
pub mod shaking;
pub mod wind;

pub use census::{Census, Resident, country_of};
pub use damage::{Counts, Damage};
pub use earthquake::{Earthquake, Observed, Station, Tectonic};
pub use estimate::{Basis, Estimate, Estimator, Footprint, FootprintHit};
pub use evidence::Evidence;
pub use factors::{Factors, FactorsError};
pub use finding::{Finding, FindingCode};
pub use incident::{Incident, IncidentKey, Incidents, Taken};
pub use intensity::{Intensity, JmaIntensity, Mmi};
pub use message::{
    Area, AreaCode, Attachment, Cyclone, CyclonePosition, Grid, GridColumn, GridFrame, Hazard,
    Message, MessageType, MessageVersion, Part, Reference, Shape, SourceText, Statement,
    WindCircle,
};
pub use needs::{Method, Need, Range, SourceRef};
pub use read::{Read, ReadError, read_any};
pub use severity::{Degree, Severity};
