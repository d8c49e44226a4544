//! The fields that forms about agreements share, each read or named as unreadable.

use pumasi_agreement::vocabulary;
use pumasi_base::time::noon_between_neighbours;
use pumasi_base::{Date, PartyId, PurposeId, Status, Time};

use crate::fault::{Help, problem};
use crate::lexicon::Lexicon;
use crate::page::Problem;

/// A field of a form, unless it was left blank.
pub(crate) fn given(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}

pub(crate) fn party(lexicon: &Lexicon, text: &str) -> Result<PartyId, Box<Problem>> {
    let id = text.trim().parse::<PartyId>().ok();
    let known = id.filter(|id| lexicon.catalog().parties.contains_key(id));
    known.ok_or_else(|| problem("party_unknown", text, Help::Choose))
}

pub(crate) fn purpose(text: &str) -> Result<PurposeId, Box<Problem>> {
    let id = text.trim().parse::<PurposeId>().ok();
    let known = id.filter(|id| vocabulary::purpose(id).is_some());
    known.ok_or_else(|| problem("purpose_unknown", text, Help::Choose))
}

pub(crate) fn status(text: Option<&str>) -> Result<Status, Box<Problem>> {
    let Some(text) = given(text) else { return Ok(Status::Actual) };
    [Status::Actual, Status::Exercise, Status::Test]
        .into_iter()
        .find(|status| status.to_string() == text)
        .ok_or_else(|| problem("status_unknown", text, Help::Choose))
}

pub(crate) fn day(text: Option<&str>, now: Time) -> Result<Time, Box<Problem>> {
    let Some(text) = given(text) else { return Ok(now) };
    let unreadable = || problem("date_unreadable", text, Help::Date);
    let date: Date = text.parse().map_err(|_| unreadable())?;
    noon_between_neighbours(date).ok_or_else(unreadable)
}
