//! What one message of a warning centre says, in the centre's own words, codes and figures.
//!
//! A [`Message`] is what [`crate::read`] makes of bytes in any format. It keeps what the source
//! wrote, by area and under the source's own codes; beside it stand the few things that are
//! computed with: an [`Earthquake`], what was [`Observed`], a [`Cyclone`], a [`Grid`].

mod hazard;
mod shape;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use pumasi_base::{Status, Time};
use serde::{Deserialize, Serialize};

pub use hazard::Hazard;
pub use shape::{Cyclone, CyclonePosition, Grid, GridColumn, GridFrame, Shape, WindCircle};

use crate::{Earthquake, Observed};

/// The names of the services whose formats are read, as [`Message::source`] has them.
pub mod source {
    /// Japan Meteorological Agency.
    pub const JMA: &str = "jma";
    /// Korea Meteorological Administration.
    pub const KMA: &str = "kma";
    /// United States Geological Survey, Earthquake Hazards Program.
    pub const USGS: &str = "usgs";
    /// Global Disaster Alert and Coordination System, United Nations and European Commission.
    pub const GDACS: &str = "gdacs";
}

/// A name that is either a word of this program or copied from a message.
pub type Name = Cow<'static, str>;

/// One message, freed from its format.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// The name of the format it came in, such as `cap`.
    pub format: Name,
    /// Who sent it: `jma`, `kma`, `usgs` or `gdacs`, or the `sender` of a CAP alert as it stands.
    pub source: String,
    /// Which of the source's products it is, such as `vxse53`, or the version of CAP.
    pub product: String,
    /// The source's id of what happened; messages about one event share it.
    pub event: String,
    /// The source's id of this message; where a format has none, event and version make it.
    pub id: String,
    /// The version of the message; a later one about the same event is larger.
    pub serial: u64,
    /// Whether it is real.
    pub status: Status,
    /// What it does to those before it.
    pub kind: MessageType,
    /// When the source sent it.
    pub sent: Time,
    /// The messages it names: those it supersedes or, if [`Self::kind`] is
    /// [`MessageType::Cancel`], withdraws.
    pub refers_to: Vec<Reference>,
    /// The kinds of hazard it tells of, each once, in the order of the message.
    pub hazards: Vec<Hazard>,
    /// Its headline in each language it gives.
    pub headlines: Vec<SourceText>,
    /// What it says as a whole.
    pub says: Vec<Statement>,
    /// What it says of areas, section by section.
    pub parts: Vec<Part>,
    /// The earthquake, where it tells of one.
    pub earthquake: Option<Earthquake>,
    /// What was measured where, by the ids of the catalog, where it tells of measurements.
    pub observed: Vec<Observed>,
    /// The tropical cyclone, where it tells of one.
    pub cyclone: Option<Cyclone>,
    /// Shaking on a regular grid, where it brings one.
    pub grid: Option<Grid>,
    /// Files it points to.
    pub attachments: Vec<Attachment>,
    /// Whether it carries a signature. No signature is checked here.
    pub signed: bool,
}

/// What a message does to those before it (`msgType` of CAP 1.2, section 3.2.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MessageType {
    /// The first of its event.
    Alert,
    /// Replaces what its source said before.
    Update,
    /// Withdraws what its source said before.
    Cancel,
}

/// The exact message a figure came from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct MessageVersion {
    /// Who sent it, as [`Message::source`] has it.
    pub source: String,
    /// Which of the source's products it is, such as `vxse53`.
    pub product: String,
    /// The source's id of the event.
    pub event: String,
    /// The version of the message; a later one is larger.
    pub serial: u64,
}

impl fmt::Display for MessageVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {} version {}", self.source, self.product, self.event, self.serial)
    }
}

/// Words of the source, in its own language.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SourceText {
    /// The BCP 47 tag of the language, such as `ja`.
    pub lang: String,
    /// The words.
    pub text: String,
}

/// Another message, as a message names it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Reference {
    /// Who sent it.
    pub sender: String,
    /// Its id.
    pub id: String,
    /// When it was sent, where that reads.
    pub sent: Option<Time>,
}

/// A section of a message: an `info` of CAP, a `Warning` of the Japan Meteorological Agency.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// What the source calls it.
    pub name: Name,
    /// The BCP 47 tag of its language, where it is known.
    pub lang: Option<String>,
    /// From when it holds.
    pub from: Option<Time>,
    /// Until when it holds.
    pub until: Option<Time>,
    /// What it says of all its areas.
    pub says: Vec<Statement>,
    /// Its areas, in the order of the message.
    pub areas: Vec<Area>,
}

/// An area of a message, under the source's own codes and names.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Area {
    /// What the source calls it.
    pub label: String,
    /// Its codes.
    pub codes: Vec<AreaCode>,
    /// The place of the area it lies in, in the list it stands in.
    pub within: Option<usize>,
    /// Its outlines.
    pub shapes: Vec<Shape>,
    /// What the message says of it.
    pub says: Vec<Statement>,
}

/// A code of an area.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct AreaCode {
    /// Whose code it is: the name of the code table in the message.
    pub scheme: Name,
    /// The code as it stands there.
    pub code: String,
}

/// The messages that stand: not replaced by another of the list, not withdrawn, and each once.
///
/// They keep their order. What a message outside of the list has replaced is not known here.
#[must_use]
pub fn standing<'a, I>(messages: I) -> Vec<&'a Message>
where
    I: IntoIterator<Item = &'a Message> + Clone,
{
    standing_by(messages, Message::series)
}

/// The same of messages that are all known to tell of one event, whatever ids their sources gave
/// it: who makes ids of the origin time gives another with each better time.
#[must_use]
pub fn standing_in_one_event<'a, I>(messages: I) -> Vec<&'a Message>
where
    I: IntoIterator<Item = &'a Message> + Clone,
{
    standing_by(messages, |message| (message.status, &message.source, &message.product, ""))
}

/// What the versions of one message share.
type Series<'a> = (Status, &'a str, &'a str, &'a str);

fn standing_by<'a, I>(messages: I, series: fn(&'a Message) -> Series<'a>) -> Vec<&'a Message>
where
    I: IntoIterator<Item = &'a Message> + Clone,
{
    let mut replaced = BTreeSet::new();
    let mut latest = BTreeMap::new();
    for message in messages.clone() {
        if message.format == "cap" {
            let named = message.refers_to.iter().filter(|r| message.replaces_named(r));
            replaced.extend(named.map(|r| (message.status, r.sender.as_str(), r.id.as_str())));
        } else {
            let version = latest.entry(series(message)).or_insert((0, Time::MIN));
            *version = (*version).max((message.serial, message.sent));
        }
    }
    let mut seen = BTreeSet::new();
    let mut standing = Vec::new();
    for message in messages {
        let id = (message.status, message.source.as_str(), message.id.as_str());
        let version = (message.serial, message.sent);
        let is_counted = message.format != "cap";
        let is_last =
            !is_counted || latest.get(&series(message)).is_none_or(|last| *last == version);
        let is_replaced = message.format == "cap" && replaced.contains(&id);
        let stands = message.kind != MessageType::Cancel && is_last && !is_replaced;
        if stands && seen.insert(id) {
            standing.push(message);
        }
    }
    standing
}

/// One thing a message says, word for word.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// What about: the name of the element or parameter.
    pub what: Name,
    /// The source's code for the value.
    pub code: Option<String>,
    /// The value as the source wrote it.
    pub value: String,
    /// Its unit.
    pub unit: Option<String>,
    /// What the source adds: a condition, a status, words in place of a figure.
    pub note: Option<String>,
}

impl Statement {
    /// States a value.
    #[must_use]
    pub fn new(what: impl Into<Name>, value: impl Into<String>) -> Self {
        Self { what: what.into(), value: value.into(), ..Self::default() }
    }

    /// The same with its unit.
    #[must_use]
    pub fn in_unit(self, unit: Option<&str>) -> Self {
        Self { unit: unit.map(str::to_owned), ..self }
    }
}

/// A file a message points to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// Its name or description.
    pub name: String,
    /// Where it lies; nothing where the message itself holds it.
    pub url: Option<String>,
    /// Its media type.
    pub media_type: Option<String>,
    /// Its digest as the source wrote it, with the name of the method in front.
    pub digest: Option<String>,
}

impl Message {
    /// A real first message that says nothing yet; its id is made of product, event and version.
    #[must_use]
    pub fn bare(
        format: &'static str,
        source: &str,
        product: &str,
        (event, serial): (String, u64),
        sent: Time,
    ) -> Self {
        Self {
            format: format.into(),
            source: source.to_owned(),
            product: product.to_owned(),
            id: format!("{product} {event} {serial}"),
            event,
            serial,
            status: Status::Actual,
            kind: MessageType::Alert,
            sent,
            refers_to: Vec::new(),
            hazards: Vec::new(),
            headlines: Vec::new(),
            says: Vec::new(),
            parts: Vec::new(),
            earthquake: None,
            observed: Vec::new(),
            cyclone: None,
            grid: None,
            attachments: Vec::new(),
            signed: false,
        }
    }

    /// When the last part of it stops holding; nothing where a part has no end.
    #[must_use]
    pub fn expires(&self) -> Option<Time> {
        let ends: Option<Vec<Time>> = self.parts.iter().map(|part| part.until).collect();
        ends.and_then(|ends| ends.into_iter().max())
    }

    /// What the versions of one message share, in formats that count versions.
    fn series(&self) -> Series<'_> {
        (self.status, &self.source, &self.product, &self.event)
    }

    /// Whether it takes the place of a message it names: nobody withdraws what another sent, and
    /// an update that names itself, as services do by mistake, still stands.
    fn replaces_named(&self, reference: &Reference) -> bool {
        let is_itself = reference.id == self.id;
        let is_own = reference.sender == self.source;
        match self.kind {
            MessageType::Alert => false,
            MessageType::Update => is_own && !is_itself,
            MessageType::Cancel => is_own,
        }
    }

    /// Whether this message takes the place of `other`: it names it, or it is the later one of the
    /// same product about the same event.
    ///
    /// An exercise never takes the place of what is real, nor the real that of an exercise.
    #[must_use]
    pub fn replaces(&self, other: &Self) -> bool {
        if self.status != other.status {
            return false;
        }
        // What CAP supersedes it must name (section 3.2.1); other formats count versions.
        if self.format == "cap" {
            let names = |reference: &&Reference| {
                reference.id == other.id && reference.sender == other.source
            };
            let is_itself = (&self.id, self.kind) == (&other.id, other.kind);
            let mut named = self.refers_to.iter().filter(names);
            return !is_itself && named.any(|reference| self.replaces_named(reference));
        }
        self.series() == other.series() && (self.serial, self.sent) > (other.serial, other.sent)
    }

    /// Which message this is.
    #[must_use]
    pub fn version(&self) -> MessageVersion {
        MessageVersion {
            source: self.source.clone(),
            product: self.product.clone(),
            event: self.event.clone(),
            serial: self.serial,
        }
    }

    /// When it happened: the origin of an earthquake, else the time a cyclone was seen, else when
    /// the message was sent.
    #[must_use]
    pub fn origin(&self) -> Time {
        let seen = || self.cyclone.as_ref()?.positions.first()?.at;
        self.earthquake.as_ref().map(|quake| quake.origin).or_else(seen).unwrap_or(self.sent)
    }
}
