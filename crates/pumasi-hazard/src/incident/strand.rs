//! What one source says of one event: its messages, and the names they go by.

use std::collections::BTreeSet;

use pumasi_base::time::plus_seconds;
use pumasi_base::{Status, Time};
use serde::{Deserialize, Serialize};

use super::mark::Mark;
use crate::message::standing;
use crate::{Hazard, Message, MessageType};

/// Seconds of a day.
const DAY_S: i64 = 86_400;
/// After so many days nothing of a message counts any more, whatever end it names: longer than any
/// feed repeats what it said.
pub(super) const LIFE_DAYS_MAX: i64 = 31;
/// The most names one strand goes by; the longest real chains have some dozens.
const NAMES_MAX: usize = 4_096;

/// Events that take their ids from different books: a storm and an earthquake of one source may
/// have the same number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Class {
    /// Earthquakes with the tsunamis they raise.
    Earthquake,
    /// Tropical cyclones.
    Cyclone,
    /// Chains of CAP alerts, whatever they warn of.
    Alert,
    /// Everything else, by source and event alone.
    Event,
}

impl Class {
    pub(super) fn of(message: &Message) -> Self {
        let first = message.hazards.first();
        if message.format == "cap" {
            Self::Alert
        } else if message.earthquake.is_some()
            || matches!(first, Some(Hazard::Earthquake | Hazard::Tsunami))
        {
            Self::Earthquake
        } else if message.cyclone.is_some() || first == Some(&Hazard::TropicalCyclone) {
            Self::Cyclone
        } else {
            Self::Event
        }
    }

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Earthquake => "earthquake",
            Self::Cyclone => "cyclone",
            Self::Alert => "alert",
            Self::Event => "event",
        }
    }
}

/// The names by which a message is known to belong to a strand of its source: the event's, and in
/// CAP its own and those of the messages it names. What another sent is not of its chain.
pub(super) fn names_of(message: &Message) -> BTreeSet<&str> {
    if message.format == "cap" {
        let own = message.refers_to.iter().filter(|one| one.sender == message.source);
        let named = own.map(|one| one.id.as_str());
        return named.chain([message.event.as_str(), message.id.as_str()]).collect();
    }
    // A tsunami of several earthquakes names each; it belongs to the first.
    BTreeSet::from([message.event.split_whitespace().next().unwrap_or_default()])
}

/// A message that was taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Known {
    /// The message; without its contents once it is spent.
    pub message: Message,
    /// Whether it says nothing any more: replaced, withdrawing others, or past its end.
    pub spent: bool,
    /// Until when it holds.
    pub until: Time,
    /// Until when it is remembered, so that a feed that repeats it opens nothing.
    pub forget: Time,
    /// Where and when what it tells of is, as far as that joins it with other sources.
    pub mark: Option<Mark>,
}

impl Known {
    pub(super) fn new(message: Message, now: Time) -> Self {
        let until = end(&message, now);
        let spent = message.kind == MessageType::Cancel || until <= now;
        let forget = plus_seconds(now, LIFE_DAYS_MAX * DAY_S);
        let mark = Mark::of(&message);
        let mut known = Self { message, spent: false, until, forget, mark };
        if spent {
            known.spend();
        }
        known
    }

    /// Leaves of it what decides which other messages stand.
    pub(super) fn spend(&mut self) {
        self.spent = true;
        let message = &mut self.message;
        (message.headlines, message.says, message.parts) = Default::default();
        (message.observed, message.attachments) = Default::default();
        (message.earthquake, message.cyclone, message.grid) = Default::default();
    }

    fn is_same(&self, message: &Message) -> bool {
        (&self.message.id, self.message.sent) == (&message.id, message.sent)
    }
}

/// Until when a message holds.
///
/// One that names no end holds as long as its sort is repeated, with something over. An exercise
/// plays at a time of its own, so its days are counted from when it came.
pub(super) fn end(message: &Message, now: Time) -> Time {
    let days = match message.hazards.first() {
        Some(Hazard::Tsunami) => 2,
        Some(Hazard::TropicalCyclone) => 5,
        Some(Hazard::Earthquake | Hazard::Volcano | Hazard::Drought) => 30,
        _ => 3,
    };
    if message.status != Status::Actual {
        return plus_seconds(now, days * DAY_S);
    }
    let named = message.expires().unwrap_or(plus_seconds(message.sent, days * DAY_S));
    // Neither a wrong clock at the source nor an end of no reach keeps a message for ever.
    named.min(plus_seconds(message.sent.min(now), LIFE_DAYS_MAX * DAY_S))
}

/// What one source says of one event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Strand {
    pub status: Status,
    pub class: Class,
    pub source: String,
    /// The event of the message that opened it.
    pub event: String,
    /// Every name it goes by.
    pub names: BTreeSet<String>,
    /// Its messages, newest first.
    pub known: Vec<Known>,
}

/// What a message that is known already brings.
pub(super) enum Repeat {
    /// Nothing: it is the same, or says less.
    Same,
    /// More: the detail of what a summary told.
    Fuller,
    /// It is not known.
    New,
}

impl Strand {
    /// A strand that nothing is known of yet.
    pub(super) fn of(message: &Message) -> Self {
        let event = names_of(message).into_iter().find(|name| message.event.starts_with(name));
        Self {
            status: message.status,
            class: Class::of(message),
            source: message.source.clone(),
            event: event.unwrap_or(&message.event).to_owned(),
            names: BTreeSet::new(),
            known: Vec::new(),
        }
    }

    pub(super) fn repeat(&self, message: &Message) -> Repeat {
        let Some(known) = self.known.iter().find(|known| known.is_same(message)) else {
            return Repeat::New;
        };
        if known.spent || known.message == *message || size(message) <= size(&known.message) {
            return Repeat::Same;
        }
        Repeat::Fuller
    }

    /// Whether a message takes the place of one that stands here.
    pub(super) fn is_replaced_by(&self, message: &Message) -> bool {
        self.known.iter().any(|known| !known.spent && message.replaces(&known.message))
    }

    /// Whether a message comes after one that took its place.
    pub(super) fn is_beyond(&self, message: &Message) -> bool {
        self.known.iter().any(|known| known.message.replaces(message))
    }

    /// Whether anything it says stands.
    pub(super) fn stands(&self) -> bool {
        self.known.iter().any(|known| !known.spent)
    }

    /// When its source last said something.
    pub(super) fn latest(&self) -> Time {
        self.known.first().map_or(Time::MIN, |known| known.message.sent)
    }

    /// What stands, newest first.
    pub(super) fn standing(&self) -> impl Iterator<Item = &Message> + Clone {
        self.known.iter().filter(|known| !known.spent).map(|known| &known.message)
    }

    /// Puts in a message; gives whether other messages stand than before.
    pub(super) fn put(&mut self, known: Known) -> bool {
        for name in names_of(&known.message) {
            if self.names.len() < NAMES_MAX {
                self.names.insert(name.to_owned());
            }
        }
        let own = (known.message.id.clone(), known.message.sent);
        let stood = self.standing().count();
        self.known.retain(|other| !other.is_same(&known.message));
        self.known.push(known);
        self.settle();
        let is_own = |one: &Message| (&one.id, one.sent) == (&own.0, own.1);
        self.standing().any(is_own) || self.standing().count() != stood
    }

    /// Takes in what is known of another strand that turned out to be of one chain with this one.
    pub(super) fn merge(&mut self, other: Self) {
        self.names.extend(other.names);
        self.known.extend(other.known);
        self.settle();
    }

    /// Spends what does not stand any more, and drops what decides nothing any more.
    fn settle(&mut self) {
        let order = |known: &Known| {
            let message = &known.message;
            (message.sent, message.serial, message.id.clone(), known.spent)
        };
        self.known.sort_by_cached_key(|known| std::cmp::Reverse(order(known)));
        let standing = standing(self.known.iter().map(|known| &known.message));
        let is_among = |message| standing.iter().any(|one| std::ptr::eq(*one, message));
        let stands: Vec<bool> = self.known.iter().map(|one| is_among(&one.message)).collect();
        for (known, stands) in self.known.iter_mut().zip(stands) {
            if !known.spent && !stands {
                known.spend();
            }
        }
        // Once replaced, only messages that replace others themselves still decide something.
        let all = std::mem::take(&mut self.known);
        let needed = |one: &Known| {
            let message = &one.message;
            let names_others = message.format == "cap" && message.kind != MessageType::Alert;
            !one.spent || names_others || !all.iter().any(|other| other.message.replaces(message))
        };
        let keep: Vec<bool> = all.iter().map(needed).collect();
        let kept = all.into_iter().zip(keep).filter(|(_, keep)| *keep);
        self.known = kept.map(|(known, _)| known).collect();
    }

    /// Forgets messages beyond a number: what is spent first, then the oldest; gives how many.
    pub(super) fn limit(&mut self, messages_max: usize) -> usize {
        let mut dropped = 0;
        while self.known.len() > messages_max {
            let oldest_spent = self.known.iter().rposition(|known| known.spent);
            self.known.remove(oldest_spent.unwrap_or(self.known.len() - 1));
            dropped += 1;
        }
        dropped
    }

    /// Whether anything is past its end, or past remembering.
    pub(super) fn is_due(&self, now: Time) -> bool {
        let is_due = |known: &Known| if known.spent { known.forget } else { known.until } <= now;
        self.known.iter().any(is_due)
    }

    /// Spends what is past its end and forgets what is past remembering.
    pub(super) fn expire(&mut self, now: Time) {
        for known in self.known.iter_mut().filter(|known| !known.spent && known.until <= now) {
            known.spend();
        }
        self.known.retain(|known| !known.spent || known.forget > now);
    }

    /// Where and when what it tells of is: the latest that has a place, with every name that any
    /// message gives it.
    pub(super) fn mark(&self) -> Option<Mark> {
        let marked = || self.known.iter().filter_map(|known| known.mark.as_ref());
        let latest = marked().find(|mark| mark.place.is_some()).or_else(|| marked().next())?;
        let names = marked().flat_map(|mark| mark.names.iter().cloned()).collect();
        Some(Mark { names, ..latest.clone() })
    }
}

/// How much a message says; of two that say the same amount the order of their texts decides, so
/// that it does not matter which came first.
fn size(message: &Message) -> (usize, String) {
    let text = serde_json::to_string(message).unwrap_or_default();
    (text.len(), text)
}
