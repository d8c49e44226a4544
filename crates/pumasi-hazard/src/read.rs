//! From the bytes of a message to what it says, whatever its format.
//!
//! [`read_any`] finds out by content which of [`FORMATS`] a message is in and gives its
//! [`Message`]s with what was odd. A reader never repairs in silence and never fails on what it
//! does not know: unknown parts are passed over, odd values are left out with a finding, and only
//! a message that cannot be relied on at all is refused.
//!
//! Every format has one file here. Size, depth and number of parts are limited, so that memory and
//! time are bounded whatever arrives.

mod cap;
mod decimal;
mod error;
mod feed;
mod gdacs;
mod jma;
mod json;
mod kma;
mod shakemap;
mod text;
mod usgs;
mod xml;

use pumasi_base::Time;
use serde::{Deserialize, Serialize};

pub use error::ReadError;

use crate::{Finding, FindingCode, Message};

/// The most findings kept of one message; who damaged it need not be told more.
const FINDINGS_MAX: usize = 1_000;

/// A format: how to recognise it and how to read it.
#[derive(Debug, Clone, Copy)]
pub struct Format {
    /// Its short name.
    pub name: &'static str,
    /// What it is, for people.
    pub title: &'static str,
    /// Whether a text is in this format, judged by its content alone.
    sniff: fn(&str) -> bool,
    /// Reads a text in this format.
    read: fn(&str) -> Result<Read, ReadError>,
}

/// Every format that can be read; the first that recognises a message reads it.
pub const FORMATS: &[Format] = &[
    jma::FORMAT,
    cap::FORMAT,
    gdacs::FORMAT,
    feed::FORMAT,
    shakemap::FORMAT,
    usgs::FORMAT,
    kma::FORMAT,
];

/// What was read out of one message, or out of a feed of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Read {
    /// The name of the format it was in.
    pub format: String,
    /// The messages, in their order; a feed may hold many or none.
    pub messages: Vec<Message>,
    /// What a feed only points to.
    pub links: Vec<Link>,
    /// What was odd.
    pub findings: Vec<Finding>,
}

/// A message that a feed names and does not hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// The feed's id for it.
    pub id: Option<String>,
    /// Its title in the feed.
    pub title: String,
    /// Where to fetch it.
    pub url: String,
    /// When it was last changed.
    pub updated: Option<Time>,
}

impl Read {
    /// A message not yet read.
    fn new(format: &Format) -> Self {
        Self {
            format: format.name.to_owned(),
            messages: Vec::new(),
            links: Vec::new(),
            findings: Vec::new(),
        }
    }
}

/// Reads a message of any known format.
///
/// # Errors
/// When it is too large, not UTF-8, of no known format, cut off, malformed, unsafe, or lacks what
/// no message can be without. [`ReadError::help`] says what to do.
pub fn read_any(bytes: &[u8]) -> Result<Read, ReadError> {
    let text = text::decode(bytes)?;
    let format = FORMATS.iter().find(|format| (format.sniff)(text));
    let format = format.ok_or_else(|| ReadError::UnknownFormat { start: text::start_of(text) })?;
    let mut read = (format.read)(text)?;
    if let Some(declared) = text::wrong_encoding(bytes) {
        let what = format!("it declares `{declared}` and is UTF-8");
        read.findings.push(Finding::new(FindingCode::EncodingDiffers, "encoding", what));
    }
    if read.findings.len() > FINDINGS_MAX {
        read.findings.truncate(FINDINGS_MAX);
        let what = "more findings were left out";
        read.findings.push(Finding::new(FindingCode::EntrySkipped, "findings", what));
    }
    Ok(read)
}

/// Keeps a list of findings from growing beyond what is kept in the end.
fn limit(findings: &mut Vec<Finding>) {
    findings.truncate(FINDINGS_MAX + 1);
}
