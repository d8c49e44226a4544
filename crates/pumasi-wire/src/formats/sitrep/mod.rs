//! A situation as a report that people read: Markdown in the reader's language.
//!
//! SPEC: CommonMark 0.31.2, with tables as GitHub Flavored Markdown has them. What others wrote is
//! escaped, so that it stays text whatever it holds.

mod markdown;
mod write;

use super::Format;

/// The format, for the list of formats.
pub(super) const FORMAT: Format = Format {
    name: "sitrep",
    media_type: "text/markdown; charset=utf-8",
    ending: "md",
    write: write::write,
};

#[cfg(test)]
mod tests;
