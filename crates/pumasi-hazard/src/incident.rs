//! What is known of events: one event, many messages, across sources.
//!
//! [`Incidents`] takes messages as feeds bring them, in any order and as often as they repeat them,
//! and says of each what it changed: an incident opened, updated, withdrawn, or nothing.
//!
//! - The messages of one source about one event belong together: by the source's id of the event,
//!   in CAP by the chain of messages that name each other.
//! - Earthquakes of different sources are one where their origins lie within a minute and their
//!   epicentres within 200 km, the nearest in time first; two ids of one source are two
//!   earthquakes. Cyclones are one by their international name, or by number and position. Nothing
//!   else is joined across sources.
//! - Which messages stand is decided by [`crate::message::standing`], so nobody withdraws what
//!   another sent. Actual, exercise and test never mix.
//!
//! Invariant: what stands in the end does not depend on the order in which messages came, as long
//! as none has expired and none was left off for want of room.

mod mark;
mod strand;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use pumasi_base::{Status, Time};
use serde::{Deserialize, Serialize};

use crate::message::standing_in_one_event;
use crate::{Hazard, Message, MessageType};
use mark::{CYCLONES_APART_MS, Gap, Mark, ORIGINS_APART_MS, gap};
use strand::{Class, Known, Repeat, Strand, end, names_of};

/// The most events of single sources that are remembered: three days of all earthquakes of the
/// world, or a month of those that are felt.
pub const EVENTS_MAX: usize = 4_096;
/// The most messages remembered of one event of one source; early warnings bring some sixty.
pub const MESSAGES_MAX: usize = 256;

/// Messages parted by the events they tell of, in the order in which these were first told of;
/// nothing is left out, also not what is replaced or past its end.
#[must_use]
pub fn by_event<'a>(messages: &[&'a Message]) -> Vec<Vec<&'a Message>> {
    if let [message] = messages {
        return vec![vec![message]];
    }
    let mut incidents = Incidents::default();
    for message in messages {
        incidents.take((*message).clone(), message.sent);
    }
    let mut events: Vec<(Option<IncidentKey>, Vec<&Message>)> = Vec::new();
    for message in messages {
        let key = incidents.key_of(message);
        match events.iter_mut().find(|(of, _)| key.is_some() && *of == key) {
            Some((_, event)) => event.push(message),
            None => events.push((key, vec![message])),
        }
    }
    events.into_iter().map(|(_, event)| event).collect()
}

/// The name of an incident here: that of the first event it was known by. It stays when messages of
/// other sources join.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct IncidentKey(String);

impl IncidentKey {
    /// The key as text, such as `actual:earthquake:jma:20240101161010`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for IncidentKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One event, with everything that is said of it at present.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Incident<'a> {
    /// Its name.
    pub key: IncidentKey,
    /// Whether it is real.
    pub status: Status,
    /// What threatens; an earthquake with a tsunami is an earthquake.
    pub hazard: Hazard,
    /// The messages that stand, oldest first.
    pub messages: Vec<&'a Message>,
}

/// What a message changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "taken", rename_all = "snake_case")]
pub enum Taken {
    /// It is the first that stands of an event, or shows that its event is another than was taken.
    Opened {
        /// The new incident.
        key: IncidentKey,
    },
    /// It says more or something else of an incident.
    Updated {
        /// The incident.
        key: IncidentKey,
    },
    /// It shows that incidents are one event.
    Joined {
        /// The incident that goes on.
        key: IncidentKey,
        /// Those that are part of it from now on.
        gone: Vec<IncidentKey>,
    },
    /// It shows that what was taken for one event are several, or that the event which gave an
    /// incident its name is not part of it.
    Parted {
        /// The incidents that stand by themselves from now on.
        opened: Vec<IncidentKey>,
        /// Those that stand no more.
        gone: Vec<IncidentKey>,
    },
    /// It withdraws the last that stood of an incident.
    Withdrawn {
        /// The incident.
        key: IncidentKey,
        /// Others that it withdraws as well.
        gone: Vec<IncidentKey>,
    },
    /// It replaces the last that stood of an incident and is itself past its end.
    Ended {
        /// The incident.
        key: IncidentKey,
        /// Others that it ends as well.
        gone: Vec<IncidentKey>,
    },
    /// It is known.
    Duplicate,
    /// A message that took its place is known.
    Outdated,
    /// It was past its end when it came.
    Expired,
    /// It withdraws what is not known; should that come later, it does not stand.
    Unmatched,
    /// More events are known than there is room for, and all are newer.
    NoRoom,
}

impl Taken {
    /// The incidents that are part of [`Self::key`] or gone with it from now on.
    #[must_use]
    pub fn gone(&self) -> &[IncidentKey] {
        match self {
            Self::Joined { gone, .. }
            | Self::Parted { gone, .. }
            | Self::Withdrawn { gone, .. }
            | Self::Ended { gone, .. } => gone,
            _ => &[],
        }
    }

    /// The incident that changed, if one did.
    #[must_use]
    pub fn key(&self) -> Option<&IncidentKey> {
        match self {
            Self::Opened { key }
            | Self::Updated { key }
            | Self::Joined { key, .. }
            | Self::Withdrawn { key, .. }
            | Self::Ended { key, .. } => Some(key),
            Self::Parted { opened, .. } => opened.first(),
            Self::Duplicate | Self::Outdated | Self::Expired | Self::Unmatched | Self::NoRoom => {
                None
            }
        }
    }
}

/// The number of a strand: the order in which strands were opened.
type Number = u64;

/// Strands of which something stands, with the keys of their incidents.
type Stood = BTreeMap<Number, IncidentKey>;

/// What is known of events.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Kept")]
pub struct Incidents {
    next: Number,
    strands: BTreeMap<Number, Strand>,
    events_max: usize,
    messages_max: usize,
    left_off: u64,
    /// Strands by the names they go by.
    #[serde(skip)]
    names: BTreeMap<(Status, Class, String), BTreeMap<String, Number>>,
    /// Strands in the order of their time, with where and when they are.
    #[serde(skip)]
    marks: BTreeMap<(Status, Class, i64, Number), Mark>,
    /// The strand that each is in one incident with and that was opened first.
    #[serde(skip)]
    leaders: BTreeMap<Number, Number>,
}

/// What of [`Incidents`] is written down; the rest follows from it.
#[derive(Deserialize)]
struct Kept {
    next: Number,
    strands: BTreeMap<Number, Strand>,
    events_max: usize,
    messages_max: usize,
    left_off: u64,
}

impl From<Kept> for Incidents {
    fn from(kept: Kept) -> Self {
        let mut incidents = Self::with_room(kept.events_max, kept.messages_max);
        (incidents.next, incidents.left_off) = (kept.next, kept.left_off);
        incidents.strands = kept.strands;
        let numbers: BTreeSet<Number> = incidents.strands.keys().copied().collect();
        numbers.iter().for_each(|number| incidents.enter(*number));
        incidents.group(numbers);
        incidents
    }
}

impl Default for Incidents {
    fn default() -> Self {
        Self::with_room(EVENTS_MAX, MESSAGES_MAX)
    }
}

impl Incidents {
    /// Nothing is known yet, with room for so many events of single sources and so many messages of
    /// each, at least one.
    #[must_use]
    pub const fn with_room(events_max: usize, messages_max: usize) -> Self {
        Self {
            next: 0,
            strands: BTreeMap::new(),
            events_max,
            messages_max,
            left_off: 0,
            names: BTreeMap::new(),
            marks: BTreeMap::new(),
            leaders: BTreeMap::new(),
        }
    }

    /// Takes a message and says what it changed.
    pub fn take(&mut self, message: Message, now: Time) -> Taken {
        let numbers = self.strands_of(&message);
        let strands = || numbers.iter().filter_map(|number| self.strands.get(number));
        let mut is_fuller = false;
        for strand in strands() {
            match strand.repeat(&message) {
                Repeat::Same => return Taken::Duplicate,
                Repeat::Fuller => is_fuller = true,
                Repeat::New => {}
            }
        }
        let is_cancel = message.kind == MessageType::Cancel;
        let is_over = !is_cancel && end(&message, now) <= now;
        if is_over && !strands().any(|strand| strand.is_replaced_by(&message)) {
            return Taken::Expired;
        }
        let is_beyond = !is_fuller && strands().any(|strand| strand.is_beyond(&message));
        let mut touched = self.near_all(numbers.clone());
        let mut before = self.stood(&touched);
        let (number, is_changed) = self.put(message, &numbers, now);
        touched.retain(|one| self.strands.contains_key(one));
        touched.insert(number);
        let touched = self.near_all(touched);
        before.extend(self.stood(&touched));
        self.group(touched.clone());
        if self.make_room(number) {
            return Taken::NoRoom;
        }
        match self.change(number, &before, &self.stood(&touched)) {
            Some(Taken::Withdrawn { key, gone }) if is_over => Taken::Ended { key, gone },
            Some(change @ Taken::Updated { .. }) if is_changed => change,
            None | Some(Taken::Updated { .. }) if is_beyond => Taken::Outdated,
            None | Some(Taken::Updated { .. }) if is_cancel => Taken::Unmatched,
            None | Some(Taken::Updated { .. }) => Taken::Outdated,
            Some(change) => change,
        }
    }

    /// Ends what is past its end at `now`; gives the incidents of which nothing stands any more.
    pub fn expire(&mut self, now: Time) -> Vec<IncidentKey> {
        let due = self.strands.iter().filter(|(_, strand)| strand.is_due(now));
        let due: Vec<Number> = due.map(|(number, _)| *number).collect();
        if due.is_empty() {
            return Vec::new();
        }
        let keys = |of: &Self| -> BTreeSet<IncidentKey> { of.iter().map(|one| one.key).collect() };
        let before = keys(self);
        for number in due {
            self.leave(number);
            let Some(mut strand) = self.strands.remove(&number) else { continue };
            strand.expire(now);
            if !strand.known.is_empty() {
                self.strands.insert(number, strand);
                self.enter(number);
            }
        }
        self.group(self.strands.keys().copied().collect());
        before.difference(&keys(self)).cloned().collect()
    }

    /// The key of the incident that a message which was taken belongs to, whether it stands or not.
    #[must_use]
    pub fn key_of(&self, message: &Message) -> Option<IncidentKey> {
        self.strands.get(&self.leader_of(message)?).map(key)
    }

    /// The incident that a message which was taken belongs to, if anything of it stands.
    #[must_use]
    pub fn incident_of(&self, message: &Message) -> Option<Incident<'_>> {
        let leader = self.leader_of(message)?;
        let members = self.leaders.iter().filter(|(_, of)| **of == leader);
        let members: Vec<Number> = members.map(|(number, _)| *number).collect();
        self.incident(leader, &members)
    }

    fn leader_of(&self, message: &Message) -> Option<Number> {
        let number = self.strands_of(message).into_iter().next()?;
        self.leaders.get(&number).copied()
    }

    /// The incident of a key, if anything of it stands.
    #[must_use]
    pub fn find(&self, key: &IncidentKey) -> Option<Incident<'_>> {
        self.iter().find(|incident| incident.key == *key)
    }

    /// The incidents of which anything stands, in the order in which they were opened.
    pub fn iter(&self) -> impl Iterator<Item = Incident<'_>> {
        let mut members: BTreeMap<Number, Vec<Number>> = BTreeMap::new();
        for (number, leader) in &self.leaders {
            members.entry(*leader).or_default().push(*number);
        }
        members.into_iter().filter_map(|(leader, members)| self.incident(leader, &members))
    }

    /// How many events and messages were left off for want of room.
    #[must_use]
    pub const fn left_off(&self) -> u64 {
        self.left_off
    }

    fn incident(&self, leader: Number, members: &[Number]) -> Option<Incident<'_>> {
        let strands = members.iter().filter_map(|number| self.strands.get(number));
        let mut messages: Vec<&Message> = strands.flat_map(Strand::standing).collect();
        let order = |one: &&Message| (one.sent, one.source.clone(), one.serial, one.id.clone());
        messages.sort_by_cached_key(|one| std::cmp::Reverse(order(one)));
        // Newest first, so that of two under one id the newer stands.
        let mut messages = standing_in_one_event(messages.iter().copied());
        messages.reverse();
        let leader = self.strands.get(&leader)?;
        let is_earthquake = messages.iter().any(|one| one.earthquake.is_some());
        let hazards = messages.first()?.hazards.first().copied();
        let hazard = if is_earthquake { Some(Hazard::Earthquake) } else { hazards };
        let hazard = hazard.unwrap_or(Hazard::Other);
        Some(Incident { key: key(leader), status: leader.status, hazard, messages })
    }

    /// The strands that a message belongs to by the names it goes by.
    fn strands_of(&self, message: &Message) -> BTreeSet<Number> {
        let book = (message.status, Class::of(message), message.source.clone());
        let Some(book) = self.names.get(&book) else { return BTreeSet::new() };
        names_of(message).into_iter().filter_map(|name| book.get(name).copied()).collect()
    }

    /// Puts a message into its strand, which is made, or of several one; gives its number and
    /// whether other messages stand from now on.
    fn put(&mut self, message: Message, numbers: &BTreeSet<Number>, now: Time) -> (Number, bool) {
        let mut strand: Option<Strand> = None;
        for number in numbers {
            self.leave(*number);
            match (&mut strand, self.strands.remove(number)) {
                (Some(first), Some(known)) => first.merge(known),
                (first @ None, known) => *first = known,
                (Some(_), None) => {}
            }
        }
        let number = numbers.first().copied().unwrap_or(self.next);
        self.next = self.next.max(number + 1);
        let mut strand = strand.unwrap_or_else(|| Strand::of(&message));
        let is_changed = strand.put(Known::new(message, now));
        let dropped = strand.limit(self.messages_max.max(1));
        self.left_off += u64::try_from(dropped).unwrap_or(u64::MAX);
        self.strands.insert(number, strand);
        self.enter(number);
        (number, is_changed)
    }

    /// Enters a strand into the books in which strands are found.
    fn enter(&mut self, number: Number) {
        let Some(strand) = self.strands.get(&number) else { return };
        let book = (strand.status, strand.class, strand.source.clone());
        let names = self.names.entry(book).or_default();
        names.extend(strand.names.iter().map(|name| (name.clone(), number)));
        if let Some(mark) = strand.mark() {
            let at = (strand.status, strand.class, mark.at.as_millisecond(), number);
            self.marks.insert(at, mark);
        }
    }

    /// Strikes a strand out of the books.
    fn leave(&mut self, number: Number) {
        let Some(strand) = self.strands.get(&number) else { return };
        let book = (strand.status, strand.class, strand.source.clone());
        if let Some(names) = self.names.get_mut(&book) {
            names.retain(|_, of| *of != number);
            if names.is_empty() {
                self.names.remove(&book);
            }
        }
        if let Some(mark) = strand.mark() {
            let at = (strand.status, strand.class, mark.at.as_millisecond(), number);
            self.marks.remove(&at);
        }
        self.leaders.remove(&number);
    }

    /// A strand with its mark.
    fn marked(&self, number: Number) -> Option<(&Strand, Mark)> {
        let strand = self.strands.get(&number)?;
        Some((strand, strand.mark()?))
    }

    /// The strands that may be of one event with one of these, and so on, these included.
    fn near_all(&self, numbers: BTreeSet<Number>) -> BTreeSet<Number> {
        let mut open: Vec<Number> = numbers.iter().copied().collect();
        let mut all = numbers;
        while let Some(number) = open.pop() {
            let near = self.near(number);
            open.extend(near.into_iter().map(|(other, _)| other).filter(|one| all.insert(*one)));
        }
        all
    }

    /// The strands that may be of one event with one, each with how far they lie apart.
    fn near(&self, number: Number) -> Vec<(Number, Gap)> {
        let Some((strand, mark)) = self.marked(number) else { return Vec::new() };
        let reach = match strand.class {
            Class::Earthquake => ORIGINS_APART_MS,
            Class::Cyclone => CYCLONES_APART_MS,
            Class::Alert | Class::Event => return Vec::new(),
        };
        let (at, book) = (mark.at.as_millisecond(), (strand.status, strand.class));
        let from = (book.0, book.1, at.saturating_sub(reach), Number::MIN);
        let to = (book.0, book.1, at.saturating_add(reach), Number::MAX);
        let others = self.marks.range(from..=to).filter(|((.., other), _)| *other != number);
        let gap_to = |((.., other), of_other): (&(_, _, _, Number), &Mark)| {
            Some((*other, gap((strand, &mark), (self.strands.get(other)?, of_other))?))
        };
        others.filter_map(gap_to).collect()
    }

    /// Groups strands into incidents: the nearest pair first, and never two that are known to be
    /// of different events. `numbers` holds with each strand all that are near it.
    fn group(&mut self, numbers: BTreeSet<Number>) {
        let mut pairs = Vec::new();
        let mut near = BTreeSet::new();
        for number in &numbers {
            for (other, gap) in self.near(*number) {
                near.insert((*number, other));
                if *number < other {
                    // Names decide between equal gaps: numbers tell of the order of arrival.
                    let mut names = [self.name(*number), self.name(other)];
                    names.sort();
                    pairs.push((gap, names, *number, other));
                }
            }
        }
        pairs.sort_by(|a, b| a.0.order(&b.0).then_with(|| a.1.cmp(&b.1)));
        let mut groups: BTreeMap<Number, BTreeSet<Number>> =
            numbers.iter().map(|number| (*number, BTreeSet::from([*number]))).collect();
        let mut leaders: BTreeMap<Number, Number> =
            numbers.iter().map(|number| (*number, *number)).collect();
        let source = |number: &Number| self.strands.get(number).map(|strand| &strand.source);
        for (.., one, other) in pairs {
            let (Some(one), Some(other)) = (leaders.get(&one), leaders.get(&other)) else {
                continue;
            };
            let (first, second) = (*one.min(other), *one.max(other));
            let (Some(mine), Some(theirs)) = (groups.get(&first), groups.get(&second)) else {
                continue;
            };
            let differ =
                |a: &Number, b: &Number| source(a) == source(b) && !near.contains(&(*a, *b));
            let is_apart = mine.iter().any(|a| theirs.iter().any(|b| differ(a, b)));
            if first == second || is_apart {
                continue;
            }
            let moved = groups.remove(&second).unwrap_or_default();
            leaders.extend(moved.iter().map(|number| (*number, first)));
            groups.entry(first).or_default().extend(moved);
        }
        self.leaders.extend(leaders);
    }

    fn name(&self, number: Number) -> Option<(String, String)> {
        let strand = self.strands.get(&number)?;
        Some((strand.source.clone(), strand.names.first()?.clone()))
    }

    /// Of strands those of which anything stands, each with the key of its incident.
    fn stood(&self, numbers: &BTreeSet<Number>) -> Stood {
        let stood = |number: &Number| {
            self.strands.get(number).filter(|strand| strand.stands())?;
            Some((*number, key(self.strands.get(self.leaders.get(number)?)?)))
        };
        numbers.iter().filter_map(stood).collect()
    }

    /// How what stands differs from what stood, by a message of one strand; nothing where it stands
    /// as before and the strand has no part in it.
    fn change(&self, number: Number, before: &Stood, after: &Stood) -> Option<Taken> {
        let keys = |of: &Stood| of.values().cloned().collect::<BTreeSet<IncidentKey>>();
        let (stood, stands) = (keys(before), keys(after));
        let opened: Vec<IncidentKey> = stands.difference(&stood).cloned().collect();
        let mut gone: Vec<IncidentKey> = stood.difference(&stands).cloned().collect();
        let leader = self.leaders.get(&number).and_then(|leader| self.strands.get(leader));
        let mine = leader.map(key).filter(|key| stands.contains(key));
        Some(match (opened.as_slice(), gone.is_empty(), mine) {
            ([], true, mine) => Taken::Updated { key: mine.or(before.get(&number).cloned())? },
            ([key], true, Some(mine)) if *key == mine => Taken::Opened { key: mine },
            ([], false, Some(key)) => Taken::Joined { key, gone },
            ([], false, None) => Taken::Withdrawn { key: gone.remove(0), gone },
            _ => Taken::Parted { opened, gone },
        })
    }

    /// Leaves off what there is no room for: first events of which nothing stands, then those of
    /// which nothing was heard for longest. Whether `number` is among them.
    fn make_room(&mut self, number: Number) -> bool {
        while self.strands.len() > self.events_max.max(1) {
            let order = |(number, strand): &(&Number, &Strand)| {
                (strand.stands(), strand.latest(), **number)
            };
            let Some((least, _)) = self.strands.iter().min_by_key(order) else { break };
            let least = *least;
            self.drop_strand(least);
            self.left_off += 1;
        }
        !self.strands.contains_key(&number)
    }

    /// Forgets a strand, and groups anew those that were near it.
    fn drop_strand(&mut self, number: Number) {
        let mut near = self.near_all(BTreeSet::from([number]));
        self.leave(number);
        self.strands.remove(&number);
        near.remove(&number);
        self.group(near);
    }
}

/// The key of the incident that a strand leads.
fn key(strand: &Strand) -> IncidentKey {
    let Strand { status, class, source, event, .. } = strand;
    IncidentKey(format!("{status}:{}:{source}:{event}", class.name()))
}
