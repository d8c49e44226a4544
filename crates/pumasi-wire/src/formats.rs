//! The foreign formats, and the way in for alerts.

use pumasi_hazard::read::Format;
use pumasi_hazard::{Alert, Finding, FindingCode, read_any};

use crate::ReadError;

pub mod geojson;
pub mod odrl;

/// Every format in which alerts can be read.
pub const FORMATS: &[Format] = pumasi_hazard::read::FORMATS;

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

/// Reads a message of any known format for what it says of earthquakes.
///
/// # Errors
/// When it cannot be read at all, or tells of something else than earthquakes.
/// [`ReadError::help`] says what to do.
pub fn read_alert(bytes: &[u8]) -> Result<Read, ReadError> {
    let read = read_any(bytes)?;
    let name = FORMATS.iter().map(|format| format.name).find(|name| *name == read.format);
    let mut found =
        Read { format: name.unwrap_or_default(), alerts: Vec::new(), findings: read.findings };
    let mut others = Vec::new();
    for message in read.messages {
        let what = format!("`{}` of {} tells of none", message.product, message.source);
        let at = message.id.clone();
        match message.into_alert() {
            Some(alert) => found.alerts.push(alert),
            None => others.push(Finding::new(FindingCode::NotAnEarthquake, at, what)),
        }
    }
    if let (true, Some(other)) = (found.alerts.is_empty(), others.first()) {
        let what = other.what.clone();
        return Err(ReadError::NoEarthquake { format: found.format, what });
    }
    found.findings.append(&mut others);
    Ok(found)
}
