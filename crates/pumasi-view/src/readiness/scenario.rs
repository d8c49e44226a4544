//! Scenarios by name, so that a result can say which one it is of.

use std::fmt;
use std::str::FromStr;

/// Which scenario: a drill, or one drawn from a seed. Written `drill:noto-2024` or `drawn:1:57`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scenario {
    /// A drill, by its id.
    Drill(String),
    /// One that is drawn.
    Drawn {
        /// The seed.
        seed: u64,
        /// Its number under the seed.
        number: u64,
    },
}

/// Why a text is no scenario.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{text}` is no scenario: write `drill:` and its id, or `drawn:`, a seed, `:` and a number"
)]
pub struct ScenarioError {
    /// The text as it was given.
    pub text: String,
}

impl fmt::Display for Scenario {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Drill(id) => write!(f, "drill:{id}"),
            Self::Drawn { seed, number } => write!(f, "drawn:{seed}:{number}"),
        }
    }
}

impl FromStr for Scenario {
    type Err = ScenarioError;
    fn from_str(text: &str) -> Result<Self, ScenarioError> {
        let read = || match text.split_once(':')? {
            ("drill", id) if !id.is_empty() => Some(Self::Drill(id.to_owned())),
            ("drawn", rest) => {
                let (seed, number) = rest.split_once(':')?;
                Some(Self::Drawn { seed: whole(seed)?, number: whole(number)? })
            }
            _ => None,
        };
        read().ok_or_else(|| ScenarioError { text: text.to_owned() })
    }
}

/// A whole number without a sign, written one way only.
fn whole(text: &str) -> Option<u64> {
    let number = text.parse::<u64>().ok()?;
    (number.to_string() == text).then_some(number)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn scenarios_read_what_they_write() {
        for good in ["drill:noto-2024", "drawn:1:57", "drawn:0:18446744073709551615"] {
            assert_eq!(good.parse::<Scenario>().unwrap().to_string(), good);
        }
        let bad = ["", "drill", "drill:", "drawn:1", "drawn:1:-1", "drawn:01:1", "drawn:+1:1"];
        for text in bad.into_iter().chain(["fire:1:1", "drawn:1:2:3"]) {
            let error = text.parse::<Scenario>().unwrap_err().to_string();
            assert!(error.starts_with(&format!("`{text}` is no scenario")), "{error}");
        }
    }

    proptest! {
        #[test]
        fn every_drawn_one_reads(seed: u64, number: u64) {
            let scenario = Scenario::Drawn { seed, number };
            prop_assert_eq!(scenario.to_string().parse(), Ok(scenario));
        }
    }
}
