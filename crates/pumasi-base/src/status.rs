//! Whether something is real: CAP's status.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Whether a message, matter or act is real (`status` of CAP 1.2, section 3.2.1).
///
/// An exercise can never create an obligation, and never mixes with the actual.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Real: to be acted on.
    Actual,
    /// An exercise with people taking part.
    Exercise,
    /// A technical test.
    Test,
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Actual => "actual",
            Self::Exercise => "exercise",
            Self::Test => "test",
        })
    }
}
