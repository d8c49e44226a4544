//! A situation as GeoJSON: what map programs read.
//!
//! SPEC: RFC 7946.

mod shape;
mod write;

use super::Format;

/// The format, for the list of formats.
pub(super) const FORMAT: Format = Format {
    name: "geojson",
    media_type: "application/geo+json",
    ending: "geojson",
    write: write::write,
};

#[cfg(test)]
mod tests;
