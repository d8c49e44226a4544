//! The formats that can be read, and finding out which one a message is in.

use pumasi_hazard::{Alert, Finding};

use crate::{ReadError, text};

pub mod geojson;
pub mod jma_xml;
pub mod odrl;
pub mod usgs_geojson;

/// A format: how to recognise it and how to read it.
#[derive(Debug, Clone, Copy)]
pub struct Format {
    /// Its short name.
    pub name: &'static str,
    /// What it is, for people.
    pub title: &'static str,
    /// Whether a text is in this format, judged by its content alone.
    pub sniff: fn(&str) -> bool,
    /// Reads a text in this format.
    pub read: fn(&str) -> Result<Read, ReadError>,
}

/// Every format that can be read; the first that recognises a message reads it.
pub const FORMATS: &[Format] = &[jma_xml::FORMAT, usgs_geojson::FORMAT];

/// What was read out of one message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    /// The name of the format it was in.
    pub format: &'static str,
    /// The alerts, in the order of the message; a feed may hold many or none.
    pub alerts: Vec<Alert>,
    /// What was odd.
    pub findings: Vec<Finding>,
}

/// Reads a message of any known format.
///
/// # Errors
/// When it is too large, not UTF-8, of no known format, cut off, malformed, unsafe, or about
/// something else than earthquakes. [`ReadError::help`] says what to do.
pub fn read_alert(bytes: &[u8]) -> Result<Read, ReadError> {
    let text = text::decode(bytes)?;
    let format = FORMATS.iter().find(|format| (format.sniff)(text));
    let format = format.ok_or_else(|| ReadError::UnknownFormat { start: text::start_of(text) })?;
    (format.read)(text)
}
