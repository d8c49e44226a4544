//! A witness: it cosigns a register's checkpoints as long as each continues the one before.
//!
//! SPEC: C2SP `tlog-witness`, section "add-checkpoint".

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use pumasi_base::Digest;

use crate::checkpoint::{Checkpoint, CheckpointError, base64_of, digest_of_base64, whole_number};
use crate::cosignature::{Cosignature, Cosigner};
use crate::equivocation::Equivocation;
use crate::note::{Note, NoteKey};
use crate::proof::{Consistency, Prefix};

/// The most hashes of a proof that is taken; the standard lets nobody send more.
const PROOF_HASHES_MAX: usize = 63;

/// What a register asks of a witness: to cosign a checkpoint that continues the one of size `old`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddCheckpoint {
    /// The size that the witness cosigned last; 0 when it has cosigned none.
    pub old: u64,
    /// A consistency proof from that size to the checkpoint's.
    pub proof: Vec<Digest>,
    /// The checkpoint, signed by its register.
    pub checkpoint: Note,
}

impl fmt::Display for AddCheckpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "old {}", self.old)?;
        self.proof.iter().try_for_each(|hash| writeln!(f, "{}", base64_of(hash)))?;
        write!(f, "\n{}", self.checkpoint)
    }
}

impl FromStr for AddCheckpoint {
    type Err = CheckpointError;

    fn from_str(text: &str) -> Result<Self, CheckpointError> {
        let wrong = CheckpointError::Unreadable;
        let (head, note) = text.split_once("\n\n").ok_or(wrong("its checkpoint is missing"))?;
        let mut lines = head.split('\n');
        let old = lines
            .next()
            .and_then(|line| line.strip_prefix("old "))
            .and_then(whole_number)
            .ok_or(wrong("its old size is missing"))?;
        let proof = lines
            .take(PROOF_HASHES_MAX + 1)
            .map(digest_of_base64)
            .collect::<Option<Vec<_>>>()
            .ok_or(wrong("a line of its proof is no hash"))?;
        if proof.len() > PROOF_HASHES_MAX {
            return Err(wrong("its proof is too long"));
        }
        Ok(Self { old, proof, checkpoint: note.parse()? })
    }
}

/// Why a witness does not cosign.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WitnessRefusal {
    /// The register is not known here.
    #[error("the register `{0}` is not known here")]
    OriginUnknown(String),
    /// The checkpoint does not read, or its register did not sign it.
    #[error("the checkpoint does not hold")]
    NotSigned(#[source] CheckpointError),
    /// The old size is larger than the checkpoint's.
    #[error("the old size is larger than that of the checkpoint")]
    OldTooLarge,
    /// The witness cosigned another size last, or the same size with another root.
    #[error("the checkpoint cosigned last has the size {size}")]
    Conflict {
        /// The size cosigned last.
        size: u64,
        /// What proves that the register contradicts itself, when this does.
        contradiction: Option<Box<Equivocation>>,
    },
    /// The proof does not lead from the checkpoint cosigned last to this one.
    #[error("the proof does not lead from the checkpoint cosigned last to this one")]
    NotConsistent {
        /// What proves that the register contradicts itself, when the proof alone does.
        contradiction: Option<Box<Equivocation>>,
    },
}

impl WitnessRefusal {
    /// The status of an HTTP answer.
    #[must_use]
    pub const fn status(&self) -> u16 {
        match self {
            Self::OriginUnknown(_) => 404,
            Self::NotSigned(_) => 403,
            Self::OldTooLarge => 400,
            Self::Conflict { .. } => 409,
            Self::NotConsistent { .. } => 422,
        }
    }

    /// What proves that the register contradicts itself.
    #[must_use]
    pub fn contradiction(&self) -> Option<&Equivocation> {
        match self {
            Self::Conflict { contradiction, .. } | Self::NotConsistent { contradiction } => {
                contradiction.as_deref()
            }
            _ => None,
        }
    }
}

/// A checkpoint that may be cosigned once it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Continued {
    old: Option<Checkpoint>,
    checkpoint: Checkpoint,
    note: Note,
}

impl Continued {
    /// What it says.
    #[must_use]
    pub const fn checkpoint(&self) -> &Checkpoint {
        &self.checkpoint
    }

    /// The note to be kept, with the register's signature alone.
    #[must_use]
    pub const fn note(&self) -> &Note {
        &self.note
    }
}

/// What a witness remembers: of every register the checkpoint it cosigned last.
///
/// It is pure: [`Witness::examine`] says what may be cosigned, the caller keeps that where it
/// survives a power cut, and only then [`Witness::cosign`] makes the cosignature.
#[derive(Debug, Clone, Default)]
pub struct Witness {
    seen: BTreeMap<String, (Checkpoint, Note)>,
}

impl Witness {
    /// Has seen nothing.
    #[must_use]
    pub const fn new() -> Self {
        Self { seen: BTreeMap::new() }
    }

    /// Remembers what was cosigned last, as it was kept.
    ///
    /// # Errors
    /// When the register did not sign it.
    pub fn remember(&mut self, note: &Note, key: &NoteKey) -> Result<(), CheckpointError> {
        let checkpoint = Checkpoint::verify(note, key)?;
        self.seen.insert(checkpoint.origin.clone(), (checkpoint, note.signed_by(key)));
        Ok(())
    }

    /// The checkpoint of a register that was cosigned last.
    #[must_use]
    pub fn seen(&self, origin: &str) -> Option<(&Checkpoint, &Note)> {
        self.seen.get(origin).map(|(checkpoint, note)| (checkpoint, note))
    }

    /// Every checkpoint that was cosigned last, by register.
    pub fn all(&self) -> impl Iterator<Item = (&Checkpoint, &Note)> {
        self.seen.values().map(|(checkpoint, note)| (checkpoint, note))
    }

    /// Says whether a checkpoint may be cosigned, given the key of the register it names.
    ///
    /// # Errors
    /// [`WitnessRefusal`], in the order in which the standard has the checks.
    pub fn examine(
        &self,
        request: &AddCheckpoint,
        key_of: impl FnOnce(&str) -> Option<NoteKey>,
    ) -> Result<Continued, WitnessRefusal> {
        let origin = Checkpoint::origin_of(&request.checkpoint);
        let key = key_of(origin).ok_or(WitnessRefusal::OriginUnknown(origin.to_owned()))?;
        let checkpoint =
            Checkpoint::verify(&request.checkpoint, &key).map_err(WitnessRefusal::NotSigned)?;
        if request.old > checkpoint.size {
            return Err(WitnessRefusal::OldTooLarge);
        }
        let seen = self.seen.get(origin);
        let size = seen.map_or(0, |(seen, _)| seen.size);
        let against = |prefix: Option<&Prefix>| {
            let (_, note) = seen?;
            let found = Equivocation::between(note, &request.checkpoint, &key, prefix).ok();
            found.flatten().map(Box::new)
        };
        let same_size_other_root = seen
            .is_some_and(|(seen, _)| seen.size == checkpoint.size && seen.root != checkpoint.root);
        if request.old != size || same_size_other_root {
            return Err(WitnessRefusal::Conflict { size, contradiction: against(None) });
        }
        let old_root = seen.map_or_else(|| Digest::of(b""), |(seen, _)| seen.root);
        let path = request.proof.clone();
        let proof = Consistency { old: size, new: checkpoint.size, path };
        if proof.verify(old_root, checkpoint.root).is_err() {
            // A proof of the other tree shows what that tree began with.
            let prefix = Prefix { old: proof.old, new: proof.new, path: proof.path };
            return Err(WitnessRefusal::NotConsistent { contradiction: against(Some(&prefix)) });
        }
        let old = seen.map(|(seen, _)| seen.clone());
        Ok(Continued { old, checkpoint, note: request.checkpoint.signed_by(&key) })
    }

    /// Cosigns what [`Witness::examine`] let pass, after the caller has kept it.
    ///
    /// # Errors
    /// [`WitnessRefusal::Conflict`] when another checkpoint was cosigned in between.
    pub fn cosign(
        &mut self,
        continued: &Continued,
        cosigner: &Cosigner,
        seconds: u64,
    ) -> Result<Cosignature, WitnessRefusal> {
        let Continued { old, checkpoint, note } = continued;
        let seen = self.seen.get(&checkpoint.origin).map(|(seen, _)| seen);
        if seen != old.as_ref() {
            let size = seen.map_or(0, |seen| seen.size);
            return Err(WitnessRefusal::Conflict { size, contradiction: None });
        }
        self.seen.insert(checkpoint.origin.clone(), (checkpoint.clone(), note.clone()));
        Ok(cosigner.sign(note, seconds))
    }
}
