//! Equivocation: two checkpoints of one register that cannot both be true, as a portable proof.

use std::fmt;
use std::str::FromStr;

use pumasi_base::Digest;

use crate::checkpoint::{Checkpoint, CheckpointError, base64_of, digest_of_base64};
use crate::note::{Note, NoteKey};
use crate::proof::{Prefix, ProofError};

/// The first line of a proof.
const FORMAT: &str = "pumasi/equivocation@v1";

/// The most nodes a path can have.
const PATH_HASHES_MAX: usize = 64;

/// Proves that a register showed different contents to different readers, or rewrote its past.
///
/// It carries two checkpoints signed by the register. Of equal size they contradict each other
/// by their roots alone. Of unequal sizes a path leads to the larger one's root and shows that
/// its first leaves do not have the smaller one's root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Equivocation {
    key: NoteKey,
    smaller: Note,
    larger: Note,
    path: Vec<Digest>,
}

/// What a proof of equivocation shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contradiction {
    /// The checkpoint with fewer leaves, or of two with equally many that with the lower root.
    pub smaller: Checkpoint,
    /// The other one.
    pub larger: Checkpoint,
}

/// Why a proof of equivocation does not read or proves nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EquivocationError {
    /// The text is no such proof.
    #[error("this is no proof of the kind `{FORMAT}`: {0}")]
    Unreadable(&'static str),
    /// A checkpoint does not read, or the register did not sign it.
    #[error("a checkpoint of the proof does not hold")]
    Checkpoint(#[from] CheckpointError),
    /// The path does not lead to the larger checkpoint.
    #[error("the path does not lead to the larger checkpoint")]
    Path(#[from] ProofError),
    /// Another key than the one given signed it.
    #[error("the proof is against another key")]
    OtherKey,
    /// The two agree: they prove nothing.
    #[error("the two checkpoints do not contradict each other")]
    NoContradiction,
}

impl Equivocation {
    /// Looks for a contradiction between two checkpoints that the register of `key` signed.
    ///
    /// Checkpoints of unequal sizes contradict each other only where `prefix`, which leads from
    /// the larger one to its first leaves, shows it; without it there is nothing to be found.
    ///
    /// # Errors
    /// When the register signed one of them not, or the path does not lead to the larger one:
    /// nothing is proved then, either way.
    pub fn between(
        one: &Note,
        other: &Note,
        key: &NoteKey,
        prefix: Option<&Prefix>,
    ) -> Result<Option<Self>, EquivocationError> {
        let rank = |note: &Note| Checkpoint::verify(note, key).map(|c| (c.size, c.root));
        let (first, second) = (rank(one)?, rank(other)?);
        let (smaller, larger) = if first <= second { (one, other) } else { (other, one) };
        let path = match prefix {
            Some(prefix) if first.0 != second.0 => prefix.path.clone(),
            None if first.0 != second.0 => return Ok(None),
            _ => Vec::new(),
        };
        let (smaller, larger) = (smaller.signed_by(key), larger.signed_by(key));
        let found = Self { key: key.clone(), smaller, larger, path };
        match found.verify(key) {
            Ok(_) => Ok(Some(found)),
            Err(EquivocationError::NoContradiction) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The key it is against, as it says itself: whose key that is must be known otherwise.
    #[must_use]
    pub const fn key(&self) -> &NoteKey {
        &self.key
    }

    /// Checks that the register of `key` contradicted itself.
    ///
    /// # Errors
    /// [`EquivocationError`] when this proves nothing against that key.
    pub fn verify(&self, key: &NoteKey) -> Result<Contradiction, EquivocationError> {
        if *key != self.key {
            return Err(EquivocationError::OtherKey);
        }
        if self.smaller.signatures() != 1 || self.larger.signatures() != 1 {
            return Err(EquivocationError::Unreadable("a checkpoint has other signatures"));
        }
        let smaller = Checkpoint::verify(&self.smaller, key)?;
        let larger = Checkpoint::verify(&self.larger, key)?;
        if (smaller.size, smaller.root) > (larger.size, larger.root) {
            return Err(EquivocationError::Unreadable("the smaller checkpoint comes first"));
        }
        if self.beginning(&smaller, &larger)? == smaller.root {
            return Err(EquivocationError::NoContradiction);
        }
        Ok(Contradiction { smaller, larger })
    }

    /// The root that the larger tree has over as many leaves as the smaller one.
    fn beginning(
        &self,
        smaller: &Checkpoint,
        larger: &Checkpoint,
    ) -> Result<Digest, EquivocationError> {
        // Every tree begins with the empty one; no path leads there.
        let known = match smaller.size {
            0 => Some(Digest::of(b"")),
            size if size == larger.size => Some(larger.root),
            _ => None,
        };
        if let Some(root) = known {
            return if self.path.is_empty() {
                Ok(root)
            } else {
                Err(ProofError::WrongLength.into())
            };
        }
        let path = self.path.clone();
        let prefix = Prefix { old: smaller.size, new: larger.size, path };
        Ok(prefix.old_root(larger.root)?)
    }
}

impl fmt::Display for Equivocation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{FORMAT}\n{}", self.key)?;
        self.path.iter().try_for_each(|hash| writeln!(f, "{}", base64_of(hash)))?;
        write!(f, "\n{}\n{}", self.smaller, self.larger)
    }
}

impl FromStr for Equivocation {
    type Err = EquivocationError;

    fn from_str(text: &str) -> Result<Self, EquivocationError> {
        let wrong = EquivocationError::Unreadable;
        // No part has an empty line: the head, and of each checkpoint its text and its signature.
        let parts: Vec<&str> = text.splitn(6, "\n\n").collect();
        let [head, one, by_one, other, by_other] = parts.as_slice() else {
            return Err(wrong("it needs a head and two checkpoints"));
        };
        let note = |text: &str| text.parse::<Note>().map_err(CheckpointError::Note);
        let smaller = note(&format!("{one}\n\n{by_one}\n"))?;
        let larger = note(&format!("{other}\n\n{by_other}"))?;
        let mut lines = head.split('\n');
        if lines.next() != Some(FORMAT) {
            return Err(wrong("its first line is another"));
        }
        let key = lines
            .next()
            .and_then(|line| line.parse().ok())
            .ok_or(wrong("the key of the register is missing"))?;
        let path = lines
            .take(PATH_HASHES_MAX + 1)
            .map(digest_of_base64)
            .collect::<Option<Vec<_>>>()
            .ok_or(wrong("a line of its path is no hash"))?;
        if path.len() > PATH_HASHES_MAX {
            return Err(wrong("its path is too long"));
        }
        Ok(Self { key, smaller, larger, path })
    }
}
