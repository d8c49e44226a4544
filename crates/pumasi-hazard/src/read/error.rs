//! Why a message cannot be read.

/// Why a message cannot be read: what is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// There is nothing in it.
    #[error("the message is empty")]
    Empty,
    /// It is larger than any real message.
    #[error("the message has {bytes} bytes, {bytes_max} are read at most")]
    TooLarge {
        /// Its size.
        bytes: usize,
        /// The limit.
        bytes_max: usize,
    },
    /// Its bytes are not UTF-8.
    #[error("the message is not UTF-8 at byte {byte}{}", declared.as_ref().map(|name| format!(": it declares `{name}`")).unwrap_or_default())]
    NotUtf8 {
        /// The first byte at fault, from 0.
        byte: usize,
        /// The encoding it declares itself or its first bytes show.
        declared: Option<String>,
    },
    /// It is in none of the formats.
    #[error("the message begins with `{start}`, which is no known format")]
    UnknownFormat {
        /// Its first characters.
        start: String,
    },
    /// It ends before it is complete.
    #[error("the {format} message ends early, in line {line}")]
    CutOff {
        /// The format.
        format: &'static str,
        /// The last line.
        line: usize,
    },
    /// It breaks the rules of XML or JSON.
    #[error("the {format} message is malformed in line {line}: {what}")]
    Malformed {
        /// The format.
        format: &'static str,
        /// The line, from 1.
        line: usize,
        /// What is wrong there.
        what: String,
    },
    /// It defines or uses entities of its own, as attacks on readers do and no warning centre does.
    #[error("the {format} message has a document type or its own entities in line {line}")]
    Entities {
        /// The format.
        format: &'static str,
        /// The line, from 1.
        line: usize,
    },
    /// It is nested deeper, or has more parts, than any real message.
    #[error("the {format} message has more than {limit} {what}")]
    TooComplex {
        /// The format.
        format: &'static str,
        /// What there is too much of.
        what: &'static str,
        /// The limit.
        limit: usize,
    },
    /// It is in a known format but lacks what no alert can be without.
    #[error("the {format} message is incomplete: {what}")]
    Incomplete {
        /// The format.
        format: &'static str,
        /// What it lacks.
        what: String,
    },
    /// It is in a known format but tells of no earthquake.
    #[error("the {format} message tells of no earthquake: {what}")]
    NoEarthquake {
        /// The format.
        format: &'static str,
        /// What it is instead.
        what: String,
    },
}

impl ReadError {
    /// What the reader of this error can do.
    #[must_use]
    pub fn help(&self) -> String {
        match self {
            Self::Empty | Self::CutOff { .. } => {
                "fetch the message again and compare its size with the source's".to_owned()
            }
            Self::TooLarge { .. } | Self::TooComplex { .. } => {
                "pass one message, or a feed of fewer events".to_owned()
            }
            Self::NotUtf8 { .. } => "convert it to UTF-8 first".to_owned(),
            Self::UnknownFormat { .. } => {
                let names: Vec<&str> = super::FORMATS.iter().map(|f| f.title).collect();
                format!("pass one of: {}", names.join("; "))
            }
            Self::Malformed { .. } | Self::Incomplete { .. } => {
                "fetch the message again from its source".to_owned()
            }
            Self::Entities { .. } => {
                "do not trust this message; fetch it again from its source".to_owned()
            }
            Self::NoEarthquake { .. } => "pass a message about an earthquake".to_owned(),
        }
    }
}
