//! GeoJSON of the United States Geological Survey: the summary feeds, the detail of one event, and
//! what its FDSN event service answers.
//!
//! The JSON is read into a plain tree and picked from, field by field: the feeds carry dozens of
//! fields of which a dozen matter, any of which may be null, and one odd event must not lose the
//! others of its feed.

mod read;

use super::Format;

/// The format, for the list of formats.
pub const FORMAT: Format = Format {
    name: "usgs_geojson",
    title: "USGS earthquake GeoJSON (summary feed or event detail)",
    sniff: read::sniff,
    read: read::read,
};
