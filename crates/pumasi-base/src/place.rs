//! Places by their official codes, and points in whole micro-degrees.

use serde::{Deserialize, Serialize};

use crate::{Captions, PlaceId, SourceId};

/// A point on the earth in millionths of a degree (WGS 84).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Point {
    /// Latitude, north positive, in micro-degrees.
    pub lat_micro: i32,
    /// Longitude, east positive, in micro-degrees.
    pub lon_micro: i32,
}

/// How large a place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlaceLevel {
    /// A first-order unit: prefecture, province, metropolitan city, autonomous region.
    Province,
    /// A municipality: city, town, village, ward, county, district.
    Municipality,
}

/// A place with its people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Its code: ISO 3166-2 in lower case, with the official municipality code appended.
    pub id: PlaceId,
    /// Its level.
    pub level: PlaceLevel,
    /// The province a municipality belongs to, by code table and never by polygon.
    pub province: Option<PlaceId>,
    /// Its names.
    pub names: Captions,
    /// Residents at the census named by `source`.
    pub people: i64,
    /// The seat of its government.
    pub seat: Point,
    /// Where names, people and seat come from.
    pub source: SourceId,
}
