//! How hard something hit a place: shaking, wind, or the degree of a warning.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{Hazard, Intensity};

/// How bad a source says it is or will be: the `severity` of CAP 1.2 (section 3.2.2).
///
/// The classes of the Japan Meteorological Agency stand at the same steps: an advisory (注意報) is
/// moderate, a warning (警報) severe, an emergency warning (特別警報, 大津波警報) extreme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Degree {
    /// Little or no threat.
    Minor,
    /// A possible threat.
    Moderate,
    /// A great threat.
    Severe,
    /// An extraordinary threat.
    Extreme,
}

impl Degree {
    /// Every degree from the least to the greatest.
    pub const ALL: [Self; 4] = [Self::Minor, Self::Moderate, Self::Severe, Self::Extreme];

    /// The degree in lower case: `severe`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Minor => "minor",
            Self::Moderate => "moderate",
            Self::Severe => "severe",
            Self::Extreme => "extreme",
        }
    }

    /// The degree below; nothing below the least.
    #[must_use]
    pub const fn less(self) -> Option<Self> {
        match self {
            Self::Minor => None,
            Self::Moderate => Some(Self::Minor),
            Self::Severe => Some(Self::Moderate),
            Self::Extreme => Some(Self::Severe),
        }
    }

    /// The degree with a name, in upper or lower case.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|degree| name.eq_ignore_ascii_case(degree.name()))
    }
}

/// How hard a place was hit; written `jma 6+`, `mmi 7`, `wind 25` or `wildfire extreme`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Severity {
    /// The ground shook.
    Shaking(Intensity),
    /// A sustained wind of so many metres per second at least.
    Wind(u16),
    /// It lies in an area for which a source warns of a hazard.
    Warned(Hazard, Degree),
}

impl Severity {
    /// The shaking, where it is one.
    #[must_use]
    pub const fn shaking(self) -> Option<Intensity> {
        match self {
            Self::Shaking(intensity) => Some(intensity),
            Self::Wind(_) | Self::Warned(..) => None,
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Shaking(intensity) => intensity.fmt(f),
            Self::Wind(metres) => write!(f, "wind {metres}"),
            Self::Warned(hazard, degree) => write!(f, "{} {}", hazard.name(), degree.name()),
        }
    }
}

/// Why a text is no severity.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is no severity: write `jma 6+`, `mmi 7`, `wind 25` or `flood severe`")]
pub struct SeverityError {
    /// The text as it was given.
    pub text: String,
}

impl FromStr for Severity {
    type Err = SeverityError;
    fn from_str(text: &str) -> Result<Self, SeverityError> {
        let read = || {
            let (name, value) = text.split_once(' ')?;
            if let ("wind", Ok(metres)) = (name, value.parse()) {
                return Some(Self::Wind(metres));
            }
            match Hazard::of_name(name) {
                Some(hazard) => Degree::of_name(value).map(|degree| Self::Warned(hazard, degree)),
                None => text.parse().ok().map(Self::Shaking),
            }
        };
        read().ok_or_else(|| SeverityError { text: text.to_owned() })
    }
}

impl TryFrom<String> for Severity {
    type Error = SeverityError;
    fn try_from(text: String) -> Result<Self, SeverityError> {
        text.parse()
    }
}

impl From<Severity> for String {
    fn from(severity: Severity) -> Self {
        severity.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn severities_read_what_they_write() {
        for good in ["jma 5-", "mmi 12", "wind 25", "storm_surge severe", "wind 0"] {
            assert_eq!(good.parse::<Severity>().unwrap().to_string(), good);
        }
        for hazard in Hazard::ALL {
            for degree in Degree::ALL {
                let severity = Severity::Warned(hazard, degree);
                assert_eq!(severity.to_string().parse(), Ok(severity));
            }
        }
        for bad in ["", "wind", "wind -1", "flood", "flood 3", "jma 5", "hail 1"] {
            assert!(bad.parse::<Severity>().is_err(), "{bad}");
        }
    }
}
