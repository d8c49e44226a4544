//! The foreign formats: those of agreements, which are read as well, and the list of those in which
//! a situation leaves.
//!
//! Messages of warning centres are read where their meaning is known: in [`pumasi_hazard`].

pub mod cap;
pub mod geojson;
pub mod hxl;
pub mod odrl;
pub mod sitrep;

#[cfg(test)]
mod sample;
pub(crate) mod words;

use pumasi_base::{Lang, PartyId};
use pumasi_view::page::{CaseLine, SituationPage};
use pumasi_view::{Lexicon, Visible};

/// Every format in which a situation leaves.
pub const SITUATION: &[Format] =
    &[cap::FORMAT, hxl::PLACES, hxl::NEEDS, geojson::FORMAT, sitrep::FORMAT];

/// A format in which a situation leaves as a file.
#[derive(Debug, Clone, Copy)]
pub struct Format {
    /// Its short name, by which it is asked for.
    pub name: &'static str,
    /// Its media type, with the character set where it is text.
    pub media_type: &'static str,
    /// How names of its files end, without the dot.
    pub ending: &'static str,
    write: Writer,
}

type Writer = fn(&CaseLine, &SituationPage, &Telling<'_>) -> Result<String, WriteError>;

/// Who tells whom: what a writer has to know beside the page.
#[derive(Debug, Clone, Copy)]
pub struct Telling<'a> {
    /// The names of what the page gives by code alone.
    pub lexicon: &'a Lexicon,
    /// The party whose node writes.
    pub party: &'a PartyId,
    /// The reader's language; a format that is for all has all four.
    pub lang: Lang,
}

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The page shows no case.
    #[error("no case is open")]
    NoCase,
    /// Nothing was warned of or estimated that an alert could announce, or withdraw.
    #[error("nothing was warned of or estimated yet")]
    NothingToTell,
    /// The document could not be put together.
    #[error("the document could not be put together")]
    Assembly(#[from] std::io::Error),
}

impl Format {
    /// The format with a short name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        SITUATION.iter().find(|format| format.name == name)
    }

    /// The name of a file in it about a case, without what a header or a file system could take for
    /// something else.
    #[must_use]
    pub fn file_name(&self, case: &str) -> String {
        format!("{}.{}", plain(&format!("{case}-{}", self.name)), self.ending)
    }

    /// Writes what one reader may see of a situation.
    ///
    /// # Errors
    /// When the page shows no case, or nothing that this format could tell.
    pub fn write(
        &self,
        page: &Visible<SituationPage>,
        telling: &Telling<'_>,
    ) -> Result<String, WriteError> {
        self.write_page(page.as_ref(), telling)
    }

    fn write_page(
        &self,
        page: &SituationPage,
        telling: &Telling<'_>,
    ) -> Result<String, WriteError> {
        let case = page.case.as_ref().ok_or(WriteError::NoCase)?;
        (self.write)(case, page, telling)
    }
}

/// A text as identifiers and names of files hold it: no space, comma, quote, `<` or `&`.
fn plain(text: &str) -> String {
    let kept = |c: char| if c.is_ascii_alphanumeric() || "._-".contains(c) { c } else { '-' };
    text.chars().map(kept).collect()
}
