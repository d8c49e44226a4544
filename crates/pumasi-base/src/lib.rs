//! The words every Pumasi crate shares: ids, exact quantities and money, places, time as a value,
//! captions in four languages, and the catalog of facts.
//!
//! Start with [`PartyId`], [`Quantity`], [`Captions`] and [`Catalog`].
//!
//! Invariant: knows nothing of agreements, acts, formats, networks or disks.
//! Invariant: integers only; no clock, no randomness, no unordered iteration.

pub mod caption;
pub mod catalog;
pub mod id;
pub mod money;
pub mod period;
pub mod place;
pub mod quantity;
pub mod status;
pub mod time;

pub use caption::{Captions, Lang};
pub use catalog::Catalog;
pub use id::{
    AgreementId, CandidateId, CategoryId, ClauseId, CommodityId, Digest, GroupId, LinkId,
    OfficerId, PartyId, PlaceId, PortId, PurposeId, SourceId, StepId,
};
pub use money::Money;
pub use period::{Period, PeriodError};
pub use place::{Place, PlaceLevel, Point};
pub use quantity::{Quantity, Unit};
pub use status::Status;
pub use time::{Date, Time};
