//! The foreign formats that are written, and those of agreements that are read as well.
//!
//! Messages of warning centres are read where their meaning is known: in [`pumasi_hazard`].

pub mod geojson;
pub mod odrl;
