//! A situation as tables that humanitarian programs read: CSV with a row of hashtags.
//!
//! SPEC: Humanitarian Exchange Language 1.1, tagging conventions and hashtag dictionary, of 2017;
//! RFC 4180 for the file. Attributes that the dictionary lacks, such as `+evacuated` and
//! `+central`, are ours, which the conventions allow (section 3 of the dictionary).
//!
//! The first row is for people, in the reader's language, the second for programs.

mod cells;
mod needs;
mod places;

use super::Format;

/// The table of places, for the list of formats.
pub(super) const PLACES: Format = Format {
    name: "hxl-places",
    media_type: "text/csv; charset=utf-8",
    ending: "csv",
    write: places::write,
};

/// The table of needs, for the list of formats.
pub(super) const NEEDS: Format = Format {
    name: "hxl-needs",
    media_type: "text/csv; charset=utf-8",
    ending: "csv",
    write: needs::write,
};

#[cfg(test)]
mod tests;
