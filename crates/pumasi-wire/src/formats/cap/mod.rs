//! A situation as an alert of the Common Alerting Protocol, for the neighbours of a party.
//!
//! SPEC: OASIS CAP-v1.2-OS of 1 July 2010 (Recommendation ITU-T X.1303 bis).
//!
//! The alert tells what was estimated and nothing else: no instruction to the public, which is for
//! the authorities of the place alone. It is for the parties of the case, so its scope is private
//! and it names them. One section for each language holds the same figures.

mod chain;
mod section;
mod write;
mod xml;

use super::Format;

/// The format, for the list of formats.
pub(super) const FORMAT: Format =
    Format { name: "cap", media_type: "application/cap+xml", ending: "xml", write: write::write };

/// A party as CAP addresses it.
///
/// SPEC: section 3.2.1: a sender has no space, comma, `<` or `&`, which ids of parties never have.
/// The domain is one that is kept for private use, since parties need no domain of their own.
#[must_use]
pub fn address(party: &str) -> String {
    format!("{party}@pumasi.internal")
}

#[cfg(test)]
mod tests;
