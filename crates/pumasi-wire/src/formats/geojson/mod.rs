//! GeoJSON out: what map programs read (RFC 7946).

mod write;

pub use write::write;
