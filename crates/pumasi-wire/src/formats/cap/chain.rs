//! The chain of alerts that a case makes: which there were, and by what names.
//!
//! A node keeps no list of what it has written. Every estimate of a case makes one alert, and so
//! does every message that made none; its name follows from what made it, so that it is the same
//! whenever and on whichever node of the party it is written.

use std::collections::BTreeSet;

use pumasi_base::{Digest, Time};
use pumasi_view::page::{CaseLine, SituationPage};

use crate::formats::plain;

/// The most earlier alerts that are named; readers may stop at a thousand.
const REFERENCES_MAX: usize = 1_000;
/// Digits of the digest in a name: enough that no two alerts of a case share them.
const DIGITS: usize = 16;

/// One alert by what tells it from every other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Version {
    /// Its identifier.
    pub(super) id: String,
    /// When what it tells was known.
    pub(super) at: Time,
}

impl Version {
    /// Its time of sending.
    pub(super) fn sent(&self) -> String {
        time(self.at)
    }

    /// Sender, identifier and time of sending, as later alerts refer to it.
    pub(super) fn reference(&self, sender: &str) -> String {
        format!("{sender},{},{}", self.id, self.sent())
    }
}

/// The alerts of a case so far, oldest first.
pub(super) fn versions(case: &CaseLine, page: &SituationPage, sender: &str) -> Vec<Version> {
    let estimated: BTreeSet<&str> = page.moves.iter().map(|one| one.message.as_str()).collect();
    let messages = page.event.iter().flat_map(|event| &event.messages);
    let bare = messages
        .filter(|message| !estimated.contains(message.message.as_str()))
        .map(|message| (message.sent.as_str(), message.message.as_str()));
    let moves = page.moves.iter().map(|one| (one.at.as_str(), one.message.as_str()));
    let dated = moves.chain(bare).filter_map(|(at, what)| Some((at.parse::<Time>().ok()?, what)));
    let in_order: BTreeSet<(Time, &str)> = dated.collect();
    in_order.into_iter().map(|(at, what)| version(case, sender, at, what)).collect()
}

/// The references to the earlier alerts, as far as readers take them.
pub(super) fn references(earlier: &[Version], sender: &str) -> String {
    let from = earlier.len().saturating_sub(REFERENCES_MAX);
    let named = earlier.iter().skip(from).map(|version| version.reference(sender));
    named.collect::<Vec<_>>().join(" ")
}

fn version(case: &CaseLine, sender: &str, at: Time, what: &str) -> Version {
    let CaseLine { id, status, .. } = case;
    let digest = Digest::of(format!("{sender}\n{id}\n{status}\n{at}\n{what}").as_bytes());
    let digits: String = digest.to_string().chars().take(DIGITS).collect();
    Version { id: format!("pumasi-{}-{digits}", plain(id)), at }
}

/// A time as CAP writes it: to the second, and universal time without a letter.
///
/// SPEC: section 3.3.2, DateTime Data Type.
pub(super) fn time(time: Time) -> String {
    let text = time.to_string();
    format!("{}-00:00", text.get(..19).unwrap_or(&text))
}
