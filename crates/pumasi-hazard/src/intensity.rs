//! How strongly the ground shook at a place: the scales of Japan and of the Modified Mercalli.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A class of the seismic intensity scale of the Japan Meteorological Agency (1996).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum JmaIntensity {
    /// 0.
    Zero,
    /// 1.
    One,
    /// 2.
    Two,
    /// 3.
    Three,
    /// 4.
    Four,
    /// 5 lower.
    FiveLower,
    /// 5 upper.
    FiveUpper,
    /// 6 lower.
    SixLower,
    /// 6 upper.
    SixUpper,
    /// 7.
    Seven,
}

impl JmaIntensity {
    /// Every class from weak to strong.
    pub const ALL: [Self; 10] = [
        Self::Zero,
        Self::One,
        Self::Two,
        Self::Three,
        Self::Four,
        Self::FiveLower,
        Self::FiveUpper,
        Self::SixLower,
        Self::SixUpper,
        Self::Seven,
    ];

    /// The class as JMA telegrams write it: `5-`, `6+`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Zero => "0",
            Self::One => "1",
            Self::Two => "2",
            Self::Three => "3",
            Self::Four => "4",
            Self::FiveLower => "5-",
            Self::FiveUpper => "5+",
            Self::SixLower => "6-",
            Self::SixUpper => "6+",
            Self::Seven => "7",
        }
    }

    /// The class with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.code() == code)
    }

    /// The class of an instrumental intensity (JMA notification no. 4 of 1996).
    #[must_use]
    pub fn of_instrumental(intensity: f64) -> Self {
        Self::ALL
            .into_iter()
            .rev()
            .find(|class| intensity >= class.lower_bound())
            .unwrap_or(Self::Zero)
    }

    /// The smallest instrumental intensity of the class.
    const fn lower_bound(self) -> f64 {
        match self {
            Self::Zero => f64::NEG_INFINITY,
            Self::One => 0.5,
            Self::Two => 1.5,
            Self::Three => 2.5,
            Self::Four => 3.5,
            Self::FiveLower => 4.5,
            Self::FiveUpper => 5.0,
            Self::SixLower => 5.5,
            Self::SixUpper => 6.0,
            Self::Seven => 6.5,
        }
    }

    /// The instrumental intensity in the middle of the class.
    #[must_use]
    pub const fn middle(self) -> f64 {
        match self {
            Self::Zero => 0.0,
            Self::One => 1.0,
            Self::Two => 2.0,
            Self::Three => 3.0,
            Self::Four => 4.0,
            Self::FiveLower => 4.75,
            Self::FiveUpper => 5.25,
            Self::SixLower => 5.75,
            Self::SixUpper => 6.25,
            Self::Seven => 6.75,
        }
    }
}

/// A degree of the Modified Mercalli Intensity scale, 1 to 12.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mmi(u8);

impl Mmi {
    /// The degree, when it is one of 1 to 12.
    #[must_use]
    pub const fn new(degree: u8) -> Option<Self> {
        if degree >= 1 && degree <= 12 { Some(Self(degree)) } else { None }
    }

    /// The degree nearest to a computed intensity, held to 1 to 12.
    #[must_use]
    pub fn nearest(intensity: f64) -> Self {
        let degree = (2..=12_u8).rev().find(|degree| intensity >= f64::from(*degree) - 0.5);
        Self(degree.unwrap_or(1))
    }

    /// The degree, 1 to 12.
    #[must_use]
    pub const fn degree(self) -> u8 {
        self.0
    }
}

/// How strongly the ground shook, on the scale in use there; written `jma 5-` or `mmi 7`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Intensity {
    /// On the scale of the Japan Meteorological Agency.
    Jma(JmaIntensity),
    /// On the Modified Mercalli scale.
    Mmi(Mmi),
}

impl Intensity {
    /// The intensity `classes` below this one on its scale, held at the scale's weakest.
    #[must_use]
    pub fn weaker_by(self, classes: u8) -> Self {
        match self {
            Self::Mmi(mmi) => {
                Self::Mmi(Mmi::new(mmi.degree().saturating_sub(classes)).unwrap_or(Mmi(1)))
            }
            Self::Jma(class) => {
                let below = JmaIntensity::ALL.into_iter().rev().skip_while(|other| *other > class);
                let weaker = below.into_iter().nth(usize::from(classes));
                Self::Jma(weaker.unwrap_or(JmaIntensity::Zero))
            }
        }
    }

    /// The Modified Mercalli Intensity this corresponds to.
    ///
    /// A JMA class goes by way of the peak ground velocity at its middle.
    #[must_use]
    pub fn as_mmi(self) -> f64 {
        match self {
            Self::Mmi(mmi) => f64::from(mmi.degree()),
            Self::Jma(class) => crate::shaking::mmi_from_log_velocity(
                crate::shaking::log_velocity_from_jma(class.middle()),
            ),
        }
    }
}

impl fmt::Display for Intensity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Jma(class) => write!(f, "jma {}", class.code()),
            Self::Mmi(mmi) => write!(f, "mmi {}", mmi.degree()),
        }
    }
}

/// Why a text is no intensity.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{text}` is no intensity: write `jma 0` to `jma 7` (5-, 5+, 6-, 6+) or `mmi 1` to `mmi 12`"
)]
pub struct IntensityError {
    /// The text as it was given.
    pub text: String,
}

impl FromStr for Intensity {
    type Err = IntensityError;
    fn from_str(text: &str) -> Result<Self, IntensityError> {
        let read = || match text.split_once(' ')? {
            ("jma", code) => JmaIntensity::from_code(code).map(Self::Jma),
            ("mmi", degree) => degree.parse().ok().and_then(Mmi::new).map(Self::Mmi),
            _ => None,
        };
        read().ok_or_else(|| IntensityError { text: text.to_owned() })
    }
}
impl TryFrom<String> for Intensity {
    type Error = IntensityError;
    fn try_from(text: String) -> Result<Self, IntensityError> {
        text.parse()
    }
}
impl From<Intensity> for String {
    fn from(intensity: Intensity) -> String {
        intensity.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_begin_at_their_published_bounds() {
        for (intensity, code) in [
            (-1.0, "0"),
            (0.49, "0"),
            (0.5, "1"),
            (4.49, "4"),
            (4.5, "5-"),
            (4.99, "5-"),
            (5.0, "5+"),
            (5.5, "6-"),
            (6.0, "6+"),
            (6.49, "6+"),
            (6.5, "7"),
            (9.0, "7"),
        ] {
            assert_eq!(JmaIntensity::of_instrumental(intensity).code(), code, "{intensity}");
        }
        for class in JmaIntensity::ALL {
            assert_eq!(JmaIntensity::of_instrumental(class.middle()), class);
            assert_eq!(JmaIntensity::from_code(class.code()), Some(class));
        }
    }

    #[test]
    fn degrees_are_the_nearest_whole_number() {
        for (intensity, degree) in
            [(f64::NAN, 1), (0.2, 1), (1.49, 1), (1.5, 2), (7.5, 8), (99.0, 12)]
        {
            assert_eq!(Mmi::nearest(intensity).degree(), degree, "{intensity}");
        }
    }

    #[test]
    fn weaker_classes_stop_at_the_weakest() {
        for (from, classes, expected) in [
            ("jma 7", 0, "jma 7"),
            ("jma 7", 2, "jma 6-"),
            ("jma 5-", 1, "jma 4"),
            ("jma 1", 9, "jma 0"),
            ("mmi 9", 2, "mmi 7"),
            ("mmi 2", 2, "mmi 1"),
        ] {
            let weaker = from.parse::<Intensity>().unwrap().weaker_by(classes);
            assert_eq!(weaker.to_string(), expected, "{from} {classes}");
        }
    }

    #[test]
    fn intensities_read_what_they_write() {
        for good in ["jma 5-", "jma 7", "mmi 1", "mmi 12"] {
            assert_eq!(good.parse::<Intensity>().unwrap().to_string(), good);
        }
        for bad in ["jma 5", "mmi 0", "mmi 13", "mmi", "7", "jma  7"] {
            assert!(bad.parse::<Intensity>().is_err(), "{bad}");
        }
    }
}
