//! What a warning centre says has happened, whatever format it came in.

use std::fmt;

use pumasi_base::{PlaceId, Point, Status, Time};
use serde::{Deserialize, Serialize};

use crate::Intensity;

/// A warning centre, by a short name of ours such as `jma` or `usgs`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// Japan Meteorological Agency.
    Jma,
    /// United States Geological Survey, Earthquake Hazards Program.
    Usgs,
    /// Korea Meteorological Administration.
    Kma,
    /// Global Disaster Alert and Coordination System, United Nations and European Commission.
    Gdacs,
}

impl Source {
    /// The source of a short name.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        [Self::Jma, Self::Usgs, Self::Kma, Self::Gdacs].into_iter().find(|one| one.name() == name)
    }

    /// The short name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Jma => "jma",
            Self::Usgs => "usgs",
            Self::Kma => "kma",
            Self::Gdacs => "gdacs",
        }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
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
pub struct AlertVersion {
    /// Who sent it.
    pub source: Source,
    /// Which of the source's products it is, such as `vxse53`.
    pub product: String,
    /// The source's id of the event.
    pub id: String,
    /// The version of the message; a later one is larger.
    pub serial: u64,
}

impl fmt::Display for AlertVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {} version {}", self.source, self.product, self.id, self.serial)
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

/// One message about one event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alert {
    /// Which message this is.
    pub version: AlertVersion,
    /// What it does to those before it.
    pub kind: MessageType,
    /// Whether it is real.
    pub status: Status,
    /// When the source sent it.
    pub sent: Time,
    /// What happened.
    pub event: Event,
    /// What was measured where, in the order of the message.
    pub observed: Vec<Observed>,
    /// The headline, as the source worded it.
    pub headline: Option<SourceText>,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "hazard", rename_all = "snake_case")]
pub enum Event {
    /// The ground shook.
    Earthquake(Earthquake),
}

impl Earthquake {
    /// An earthquake of which only the time is known.
    #[must_use]
    pub const fn at(origin: Time) -> Self {
        Self {
            origin,
            region: None,
            epicentre: None,
            depth_m: None,
            magnitude_centi: None,
            magnitude_is_minimum: false,
            magnitude_type: None,
            strike_deg: None,
            tectonic: None,
        }
    }
}

impl Event {
    /// When it happened.
    #[must_use]
    pub const fn origin(&self) -> Time {
        match self {
            Self::Earthquake(earthquake) => earthquake.origin,
        }
    }
}

/// An earthquake, as far as the message knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Earthquake {
    /// Origin time; the time the shaking was detected while that is all there is.
    pub origin: Time,
    /// The source's name of the region.
    pub region: Option<SourceText>,
    /// The epicentre; absent in the first intensity reports.
    pub epicentre: Option<Point>,
    /// Depth of the hypocentre in metres.
    pub depth_m: Option<i32>,
    /// Magnitude in hundredths.
    pub magnitude_centi: Option<i32>,
    /// Whether the magnitude is only known to be larger than `magnitude_centi`.
    pub magnitude_is_minimum: bool,
    /// The magnitude's type as the source writes it: `Mj`, `mww`.
    pub magnitude_type: Option<String>,
    /// Strike of the rupture in degrees clockwise from north.
    pub strike_deg: Option<i32>,
    /// Where in the plates it broke, when the source says so.
    pub tectonic: Option<Tectonic>,
}

/// Where in the plates an earthquake broke (the three classes of Si and Midorikawa, 1999).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tectonic {
    /// In the crust.
    Crustal,
    /// On the boundary of two plates.
    Interface,
    /// Inside the sinking plate.
    Slab,
}

impl Tectonic {
    /// Guesses the class from the depth alone: deeper than 45 km is the slab.
    ///
    /// The interface is never guessed: its motion differs from the crust's by a twentieth, which is
    /// less than a guess of it would be worth.
    #[must_use]
    pub const fn guess(depth_m: i32) -> Self {
        if depth_m > 45_000 { Self::Slab } else { Self::Crustal }
    }
}

/// What was measured at one place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Observed {
    /// The place: a municipality, or a province of which only the strongest value is known.
    pub place: PlaceId,
    /// Its name in the message.
    pub name: String,
    /// The strongest value in the place.
    pub intensity: Intensity,
    /// Whether a station there has not reported and may have measured more.
    pub at_least: bool,
    /// The single stations, when the message lists them.
    pub stations: Vec<Station>,
}

/// What one instrument measured.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Station {
    /// Its name in the message.
    pub name: String,
    /// What it measured, or what is at least assumed where it has not reported.
    pub intensity: Intensity,
}

/// Something odd in a message or about a place, that did not stop the work.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Finding {
    /// What sort of oddity; screens hold its caption in every language.
    pub code: FindingCode,
    /// Where: a path in the message, a place, or a factor.
    pub at: String,
    /// What exactly, for operators, in English.
    pub what: String,
}

impl Finding {
    /// Notes something odd.
    #[must_use]
    pub fn new(code: FindingCode, at: impl Into<String>, what: impl Into<String>) -> Self {
        Self { code, at: at.into(), what: what.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}", self.code, self.at, self.what)
    }
}

macro_rules! finding_codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// The sorts of oddity.
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        pub enum FindingCode {$(
            $(#[$doc])*
            #[serde(rename = $text)]
            $name,
        )*}

        impl FindingCode {
            /// Every code, so that screens can prove they caption each.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The code as text.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }
        }
    };
}

finding_codes! {
    /// The message withdraws its event; nothing is estimated.
    AlertCancelled = "alert_cancelled",
    /// A value is missing that the message usually has.
    ValueMissing = "value_missing",
    /// A value does not read or is impossible, and was left out.
    ValueUnreadable = "value_unreadable",
    /// The magnitude is too large for the source's method; only a minimum is known.
    MagnitudeIsMinimum = "magnitude_is_minimum",
    /// A place has not reported although strong shaking is presumed there.
    ReportMissing = "report_missing",
    /// A place of the message is not in the catalog; its people are not counted.
    PlaceUnknown = "place_unknown",
    /// A whole province stands in for municipalities the catalog does not list.
    PlaceCoarse = "place_coarse",
    /// A country has no published death rates of its own.
    RatesBorrowed = "rates_borrowed",
    /// No rates are known for a country; its people are left out of the figure.
    RatesMissing = "rates_missing",
    /// The ground-motion model could not be used.
    ModelUnusable = "model_unusable",
    /// The magnitude or depth lies outside what the ground-motion model was made for.
    ModelOutsideRange = "model_outside_range",
    /// A need names a commodity that is not in the catalog.
    CommodityUnknown = "commodity_unknown",
    /// A need is counted in another unit than the catalog's commodity.
    UnitsDiffer = "units_differ",
    /// An entry of a feed is no earthquake.
    NotAnEarthquake = "not_an_earthquake",
    /// An entry of a feed could not be read and was left out.
    EntrySkipped = "entry_skipped",
    /// The message is signed; its signature was not checked.
    SignatureNotChecked = "signature_not_checked",
    /// The message declares another encoding than it has.
    EncodingDiffers = "encoding_differs",
    /// The sort of message is not known; only what all sorts share was read.
    ProductUnknown = "product_unknown",
}

impl fmt::Display for FindingCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
