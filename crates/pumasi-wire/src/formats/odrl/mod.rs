//! Agreements as policies of the Open Digital Rights Language, and back.
//!
//! SPEC: W3C ODRL Information Model 2.2 and ODRL Vocabulary and Expression 2.2, of 15 February
//! 2018; JSON-LD 1.1. What their words cannot say is said in a profile of ours, which
//! `docs/odrl-profile.md` defines; what no word can make another program do is a [`Finding`].
//!
//! [`write()`] gives a document that [`read()`] turns back into an equal agreement. A policy of
//! others comes back as far as its words are ours: a permission that is not fully understood is
//! left out, a prohibition is taken wider rather than dropped, and each is found.

mod clauses;
mod compared;
mod finding;
mod json;
mod names;
mod read;
mod rules;
mod terms;
mod write;

use serde_json::Value;

pub use finding::{Code, Finding};
pub use read::read;
pub use write::write;

/// The profile that our documents declare.
pub const PROFILE: &str = "urn:pumasi:odrl:profile-1";
/// The namespace of the profile's terms, `pumasi:` in documents.
pub const NAMESPACE: &str = "urn:pumasi:odrl:";

/// The beginnings of the names of what agreements mention.
mod iri {
    /// Agreements, by the digest of their file.
    pub const AGREEMENT: &str = "urn:pumasi:agreement:sha256:";
    /// Alert levels.
    pub const ALERT: &str = "urn:pumasi:alert:";
    /// Legal classes.
    pub const CATEGORY: &str = "urn:pumasi:category:";
    /// Commodities.
    pub const COMMODITY: &str = "urn:pumasi:commodity:";
    /// Modes of transport.
    pub const MODE: &str = "urn:pumasi:mode:";
    /// Parties and executing bodies.
    pub const PARTY: &str = "urn:pumasi:party:";
    /// Purposes.
    pub const PURPOSE: &str = "urn:pumasi:purpose:";
    /// Statuses: actual, exercise, test.
    pub const STATUS: &str = "urn:pumasi:status:";
    /// Units, by their UN/CEFACT Recommendation 20 code.
    pub const UNIT: &str = "urn:pumasi:unit:";
    /// After the name of a policy: all parties and executing bodies of it.
    pub const MEMBERS: &str = "#members";
}

/// A policy as a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document(Value);

impl Document {
    /// Its JSON-LD, keys in order of the alphabet.
    #[must_use]
    pub fn to_text(&self) -> String {
        format!("{:#}\n", self.0)
    }

    /// Its JSON.
    #[must_use]
    pub const fn value(&self) -> &Value {
        &self.0
    }
}

/// Why a document cannot be read at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// It is larger than any policy.
    #[error("the document has {bytes} bytes, {bytes_max} are read at most")]
    TooLarge {
        /// Its size.
        bytes: usize,
        /// The limit.
        bytes_max: usize,
    },
    /// Its bytes are not UTF-8.
    #[error("the document is not UTF-8 at byte {byte}")]
    NotText {
        /// The first byte at fault, from 0.
        byte: usize,
    },
    /// It breaks the rules of JSON.
    #[error("no JSON in line {line}, column {column}: {what}")]
    Malformed {
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
        /// What is wrong there.
        what: String,
    },
    /// It is nested deeper than any policy.
    #[error("nested deeper than {limit} levels: {path}")]
    TooDeep {
        /// Where, as a JSONPath (RFC 9535).
        path: String,
        /// The limit.
        limit: usize,
    },
    /// It has more values than any policy.
    #[error("more than {limit} values: {path}")]
    TooManyParts {
        /// Where the first too many stands, as a JSONPath.
        path: String,
        /// The limit.
        limit: usize,
    },
    /// One object says one thing twice.
    #[error("a key stands twice: {path}")]
    Repeated {
        /// Where the second stands, as a JSONPath.
        path: String,
    },
    /// It is JSON and no policy.
    #[error("no ODRL policy: {path}")]
    NoPolicy {
        /// Where a policy was looked for, as a JSONPath.
        path: String,
    },
}

impl Error {
    /// The error's code, by which programs and captions name it.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "too_large",
            Self::NotText { .. } => "not_text",
            Self::Malformed { .. } => "malformed",
            Self::TooDeep { .. } => "too_deep",
            Self::TooManyParts { .. } => "too_many_parts",
            Self::Repeated { .. } => "repeated",
            Self::NoPolicy { .. } => "no_policy",
        }
    }
}
