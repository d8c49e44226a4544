//! What many messages about one event are worth together: the best of each kind of knowledge.

use std::collections::BTreeMap;

use pumasi_base::{PlaceId, Time};

use crate::message::standing_in_one_event;
use crate::{
    Cyclone, CyclonePosition, Earthquake, Finding, FindingCode, Grid, Message, MessageType,
    MessageVersion, Observed,
};

/// Something a message says, and which message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cited<T> {
    /// What it says.
    pub said: T,
    /// Which message says so.
    pub from: MessageVersion,
}

/// A message that tells of areas.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Warning<'a> {
    /// The message.
    pub message: &'a Message,
    /// Whether it still stands. Of one that does not, only what was observed remains true.
    pub stands: bool,
}

/// The best knowledge of one event.
#[derive(Debug, Clone, Default)]
pub struct Evidence<'a> {
    /// The hypocentre: of the newest message that is no first guess, with a strike from whichever
    /// message knows one.
    pub earthquake: Option<Cited<Earthquake>>,
    /// What was measured, by place: of the newest message that tells of the place.
    pub observed: BTreeMap<&'a PlaceId, Cited<&'a Observed>>,
    /// The newest map of shaking.
    pub grid: Option<Cited<&'a Grid>>,
    /// Where a cyclone was, is and will be, in the order of time.
    pub track: Vec<Cited<&'a CyclonePosition>>,
    /// The messages that tell of areas, oldest first.
    pub warnings: Vec<Warning<'a>>,
    /// When the newest message was sent; what ended before holds no more.
    pub as_of: Option<Time>,
    /// What was odd.
    pub findings: Vec<Finding>,
}

impl<'a> Evidence<'a> {
    /// Takes the best out of messages about one event, in any order.
    ///
    /// Messages that others of the list replace count for nothing, except for what had happened:
    /// where a cyclone was, and where a fire or flood was observed, remains true when the next
    /// message comes. What was withdrawn counts for nothing at all.
    #[must_use]
    pub fn of<I>(messages: I) -> Self
    where
        I: IntoIterator<Item = &'a Message>,
    {
        let messages: Vec<&Message> = messages.into_iter().collect();
        let mut standing = standing_in_one_event(messages.iter().copied());
        standing.sort_by_key(|message| (message.sent, message.serial));
        let mut evidence =
            Self { as_of: messages.iter().map(|message| message.sent).max(), ..Self::default() };
        evidence.note_withdrawals(&messages, standing.is_empty());
        evidence.earthquake = hypocentre(&standing);
        for message in &standing {
            let cite = |said| Cited { said, from: message.version() };
            for observed in &message.observed {
                evidence.observed.insert(&observed.place, cite(observed));
            }
            if let Some(grid) = &message.grid {
                evidence.grid = Some(Cited { said: grid, from: message.version() });
            }
        }
        evidence.warnings = warnings(&messages, &standing);
        evidence.track = track(&messages, &standing);
        evidence
    }

    fn note_withdrawals(&mut self, messages: &[&Message], nothing_stands: bool) {
        for message in messages.iter().filter(|one| one.kind == MessageType::Cancel) {
            let what = if nothing_stands {
                "the source withdrew what it had said of this event"
            } else {
                "the source withdrew a message; others still stand"
            };
            let at = message.version().to_string();
            self.findings.push(Finding::new(FindingCode::AlertCancelled, at, what));
        }
    }
}

/// The messages that tell of areas and were not withdrawn, oldest first.
///
/// A source that withdrew a message, and of which nothing stands, withdrew all it had said.
fn warnings<'a>(messages: &[&'a Message], standing: &[&Message]) -> Vec<Warning<'a>> {
    let stands = |message: &Message| standing.contains(&message);
    let withdrawn = |message: &Message| {
        let cancels = messages.iter().filter(|one| one.kind == MessageType::Cancel);
        let mut of_source = cancels.filter(|one| one.source == message.source).peekable();
        let mut left = standing.iter().filter(|one| one.source == message.source);
        (of_source.peek().is_some() && left.next().is_none())
            || of_source.any(|cancel| cancel.replaces(message))
    };
    let told = messages.iter().copied().filter(|message| {
        let has_areas = message.parts.iter().any(|part| !part.areas.is_empty());
        message.kind != MessageType::Cancel && has_areas && !withdrawn(message)
    });
    let mut warnings: Vec<Warning<'_>> =
        told.map(|message| Warning { message, stands: stands(message) }).collect();
    warnings.sort_by_key(|one| (one.message.sent, one.message.serial));
    warnings
}

/// The best hypocentre: no early warning where a proper message is known, no minimum of a magnitude
/// where its value is, then the newest.
fn hypocentre(standing: &[&Message]) -> Option<Cited<Earthquake>> {
    let quakes = || standing.iter().filter_map(|one| Some((*one, one.earthquake.as_ref()?)));
    let rank = |(message, quake): &(&Message, &Earthquake)| {
        let is_known = quake.epicentre.is_some() && quake.magnitude_centi.is_some();
        (is_known, !is_early(message), !quake.magnitude_is_minimum, message.sent, message.serial)
    };
    let (message, quake) = quakes().max_by_key(rank)?;
    let mut quake = quake.clone();
    let newest = |of: fn(&Earthquake) -> bool| {
        quakes().filter(|(_, quake)| of(quake)).max_by_key(|(message, _)| message.sent)
    };
    if quake.strike_deg.is_none() {
        quake.strike_deg = newest(|q| q.strike_deg.is_some()).and_then(|(_, q)| q.strike_deg);
    }
    if quake.tectonic.is_none() {
        quake.tectonic = newest(|q| q.tectonic.is_some()).and_then(|(_, q)| q.tectonic);
    }
    Some(Cited { said: quake, from: message.version() })
}

/// Whether a message is an earthquake early warning, made of the first seconds of the waves.
fn is_early(message: &Message) -> bool {
    matches!(message.product.as_str(), "vxse43" | "vxse44" | "vxse45")
}

/// Where a cyclone was by all messages that were not withdrawn, and where it will be by the newest.
fn track<'a>(
    messages: &[&'a Message],
    standing: &[&'a Message],
) -> Vec<Cited<&'a CyclonePosition>> {
    let mut by_time: BTreeMap<Time, (Time, Cited<&CyclonePosition>)> = BTreeMap::new();
    let with_cyclone = |message: &'a Message| Some((message, message.cyclone.as_ref()?));
    for (message, cyclone) in messages.iter().copied().filter_map(with_cyclone) {
        for position in cyclone.positions.iter().filter(|position| !is_forecast(position)) {
            put(&mut by_time, message, position);
        }
    }
    let seen_last = by_time.keys().next_back().copied();
    let newest = standing.iter().copied().filter_map(with_cyclone);
    if let Some((message, cyclone)) = newest.max_by_key(|(one, _)| (one.sent, one.serial)) {
        for position in ahead(cyclone, seen_last) {
            put(&mut by_time, message, position);
        }
    }
    by_time.into_values().map(|(_, cited)| cited).collect()
}

fn ahead(cyclone: &Cyclone, seen_last: Option<Time>) -> impl Iterator<Item = &CyclonePosition> {
    cyclone
        .positions
        .iter()
        .filter(move |position| is_forecast(position) && position.at > seen_last)
}

/// Keeps what the newest message says of a time.
fn put<'a>(
    by_time: &mut BTreeMap<Time, (Time, Cited<&'a CyclonePosition>)>,
    message: &Message,
    position: &'a CyclonePosition,
) {
    let (Some(at), Some(_)) = (position.at, position.centre) else { return };
    let entry = (message.sent, Cited { said: position, from: message.version() });
    match by_time.get(&at) {
        Some((sent, _)) if *sent > message.sent => {}
        _ => {
            by_time.insert(at, entry);
        }
    }
}

/// Whether a position lies ahead: its label says so in the words of the Japan Meteorological Agency,
/// and a circle of probability is drawn around it.
pub(crate) fn is_forecast(position: &CyclonePosition) -> bool {
    position.label.contains("予報") || position.centre_within_km.is_some()
}
