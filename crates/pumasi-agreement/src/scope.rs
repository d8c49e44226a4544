//! Whom and what a clause reaches: the fields that every kind of clause shares.

use pumasi_base::catalog::Mode;
use pumasi_base::{CategoryId, PartyId, PurposeId, Status};

use crate::fields::Fields;
use crate::question::Action;

/// The reach of a clause; what is left out in the file is not restricted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scope {
    /// What may be done; empty means every action.
    pub actions: Vec<Action>,
    /// Who gives; empty means every party and executing body.
    pub givers: Vec<PartyId>,
    /// Who receives; empty means every party and executing body.
    pub receivers: Vec<PartyId>,
    /// Legal classes; empty means all.
    pub categories: Vec<CategoryId>,
    /// Purposes; empty means all.
    pub purposes: Vec<PurposeId>,
    /// Actual, exercise, test; empty means all.
    pub statuses: Vec<Status>,
    /// Modes of transport; empty means all.
    pub modes: Vec<Mode>,
}

impl Scope {
    /// Takes the fields of a scope.
    pub(crate) fn read(fields: &mut Fields<'_, '_>) -> Self {
        Self {
            actions: fields.list("actions"),
            givers: fields.list("givers"),
            receivers: fields.list("receivers"),
            categories: fields.list("categories"),
            purposes: fields.list("purposes"),
            statuses: fields.list("statuses"),
            modes: fields.list("modes"),
        }
    }
}

/// Reads a status by CAP's word.
pub(crate) fn read_status(text: &str) -> Result<Status, String> {
    [Status::Actual, Status::Exercise, Status::Test]
        .into_iter()
        .find(|status| status.to_string() == text)
        .ok_or_else(|| format!("unknown status `{text}`: use actual, exercise or test"))
}

/// The word for a mode of transport.
#[must_use]
pub const fn mode_code(mode: Mode) -> &'static str {
    match mode {
        Mode::Sea => "sea",
        Mode::Air => "air",
        Mode::Road => "road",
        Mode::Rail => "rail",
        Mode::Grid => "grid",
    }
}

/// Reads a mode of transport by its word.
pub(crate) fn read_mode(text: &str) -> Result<Mode, String> {
    Mode::ALL
        .into_iter()
        .find(|mode| mode_code(*mode) == text)
        .ok_or_else(|| format!("unknown mode `{text}`: use sea, air, road, rail or grid"))
}

/// Whether two parties are bodies of one country, by the ISO 3166-1 code their ids begin with.
///
/// Ids of bodies that are no part of a state (`ngo-…`) share no country with anyone.
#[must_use]
pub fn same_country(one: &PartyId, other: &PartyId) -> bool {
    let country = country_of(one);
    country.is_some() && country == country_of(other)
}

fn country_of(party: &PartyId) -> Option<&str> {
    party.as_str().split_once('-').map(|(head, _)| head).filter(|head| head.len() == 2)
}

/// Whether a place or body is the receiver or one of its municipalities, whose ids are the
/// receiver's with the official municipality code appended or begin so.
#[must_use]
pub(crate) fn lies_within(inner: &str, receiver: &str) -> bool {
    inner.strip_prefix(receiver).is_some_and(|code| code.bytes().all(|byte| byte.is_ascii_digit()))
}
