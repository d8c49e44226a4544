//! An earthquake and what was measured of it, as messages tell.

use pumasi_base::{PlaceId, Point, Time};
use serde::{Deserialize, Serialize};

use crate::{Intensity, SourceText};

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
