//! Questions of neighbours as they arrive: the bytes of a body, before anybody looks at them.
//!
//! What does not read is answered with status 400, whatever is wrong with it.

use serde::de::DeserializeOwned;

use crate::feed::FeedQuestion;
use crate::hello::{Hello, PROTOCOL};
use crate::push::PushQuestion;
use crate::recon::ReconQuestion;
use crate::want::WantQuestion;

/// Why a question is not answered, by the fault of whoever asks.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum QuestionError {
    /// It is no such question.
    #[error("the question does not read: {0}")]
    Unreadable(String),
    /// It is of a version of the protocol that is not spoken here.
    #[error("only version {PROTOCOL} is spoken here")]
    VersionUnknown(u32),
}

impl QuestionError {
    /// The reason in one word, as programs read it.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unreadable(_) => "question_unreadable",
            Self::VersionUnknown(_) => "version_unknown",
        }
    }
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, QuestionError> {
    serde_json::from_slice(body).map_err(|error| QuestionError::Unreadable(error.to_string()))
}

const fn spoken(version: u32) -> Result<(), QuestionError> {
    if version == PROTOCOL { Ok(()) } else { Err(QuestionError::VersionUnknown(version)) }
}

impl Hello {
    /// Reads the first words of a neighbour. Which versions it speaks is for [`Hello::meet`].
    ///
    /// # Errors
    /// When they do not read.
    pub fn read(body: &[u8]) -> Result<Self, QuestionError> {
        read(body)
    }
}

impl FeedQuestion {
    /// Reads a question to the feed.
    ///
    /// # Errors
    /// When it does not read, or has another version.
    pub fn read(body: &[u8]) -> Result<Self, QuestionError> {
        let question: Self = read(body)?;
        spoken(question.v).map(|()| question)
    }
}

impl WantQuestion {
    /// Reads a question for acts by id.
    ///
    /// # Errors
    /// When it does not read, or has another version.
    pub fn read(body: &[u8]) -> Result<Self, QuestionError> {
        let question: Self = read(body)?;
        spoken(question.v).map(|()| question)
    }
}

impl ReconQuestion {
    /// Reads a question of repair; whether a message in it reads is found out in answering it.
    ///
    /// # Errors
    /// When it does not read.
    pub fn read(body: &[u8]) -> Result<Self, QuestionError> {
        read(body)
    }
}

impl PushQuestion {
    /// Reads what a neighbour pushes.
    ///
    /// # Errors
    /// When it does not read.
    pub fn read(body: &[u8]) -> Result<Self, QuestionError> {
        read(body)
    }
}
