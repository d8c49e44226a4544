//! Checkpoints: what a register says of itself at one moment, signed.
//!
//! SPEC: C2SP `tlog-checkpoint`.

use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use pumasi_base::Digest;

use crate::note::{Note, NoteError, NoteKey, NoteSigner};

/// A register's size and root at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// The name of the register, which is also the name of its key.
    pub origin: String,
    /// The number of leaves.
    pub size: u64,
    /// The root over them.
    pub root: Digest,
    /// Further lines, which no standard explains; better none.
    pub extensions: Vec<String>,
}

/// Why a checkpoint does not read or does not hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    /// Its text is none of a checkpoint.
    #[error("this is no checkpoint: {0}")]
    Unreadable(&'static str),
    /// It speaks for another register than the one whose key signed it.
    #[error("the checkpoint is of `{origin}`, not of `{expected}`")]
    WrongOrigin {
        /// The register it names.
        origin: String,
        /// The name of the key.
        expected: String,
    },
    /// The note around it does not read or does not hold.
    #[error(transparent)]
    Note(#[from] NoteError),
}

impl Checkpoint {
    /// Signs this checkpoint with the key of its register.
    ///
    /// # Errors
    /// [`CheckpointError::WrongOrigin`] when the key has another name;
    /// [`CheckpointError::Unreadable`] when the origin or an extension would not read back.
    pub fn sign(&self, signer: &NoteSigner) -> Result<Note, CheckpointError> {
        let text = self.to_string();
        if text.parse::<Self>().as_ref() != Ok(self) {
            return Err(CheckpointError::Unreadable("a line is empty or has a line break"));
        }
        self.check_origin(signer.public())?;
        Ok(Note::sign(text, signer)?)
    }

    /// Reads a signed checkpoint after checking that the register's `key` signed it.
    ///
    /// # Errors
    /// [`CheckpointError`] when it does not read or does not hold.
    pub fn verify(note: &Note, key: &NoteKey) -> Result<Self, CheckpointError> {
        let (text, _) = note.verify(std::slice::from_ref(key))?;
        let checkpoint: Self = text.parse()?;
        checkpoint.check_origin(key)?;
        Ok(checkpoint)
    }

    /// The register a note claims to speak for, whoever signed it: what to look a key up by.
    #[must_use]
    pub fn origin_of(note: &Note) -> &str {
        note.text().split('\n').next().unwrap_or_default()
    }

    /// Whether the two cannot both be true of one register: same size, different roots.
    ///
    /// Signed by its key, they prove to anybody that it showed different registers to different
    /// readers.
    #[must_use]
    pub fn contradicts(&self, other: &Self) -> bool {
        self.origin == other.origin && self.size == other.size && self.root != other.root
    }

    fn check_origin(&self, key: &NoteKey) -> Result<(), CheckpointError> {
        if self.origin == key.name() {
            return Ok(());
        }
        let (origin, expected) = (self.origin.clone(), key.name().to_owned());
        Err(CheckpointError::WrongOrigin { origin, expected })
    }
}

impl fmt::Display for Checkpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}\n{}\n{}", self.origin, self.size, base64_of(&self.root))?;
        self.extensions.iter().try_for_each(|line| writeln!(f, "{line}"))
    }
}

impl FromStr for Checkpoint {
    type Err = CheckpointError;

    fn from_str(text: &str) -> Result<Self, CheckpointError> {
        let wrong = CheckpointError::Unreadable;
        let text = text.strip_suffix('\n').ok_or(wrong("it does not end with a newline"))?;
        let mut lines = text.split('\n');
        let origin =
            lines.next().filter(|line| !line.is_empty()).ok_or(wrong("its origin is missing"))?;
        let size = lines.next().and_then(whole_number).ok_or(wrong("its size is no number"))?;
        let root = lines.next().and_then(digest_of_base64).ok_or(wrong("its root is no hash"))?;
        let extensions: Vec<_> = lines.map(str::to_owned).collect();
        if extensions.iter().any(String::is_empty) {
            return Err(wrong("it has an empty line"));
        }
        Ok(Self { origin: origin.to_owned(), size, root, extensions })
    }
}

/// Writes a hash as the texts of registers do.
pub(crate) fn base64_of(digest: &Digest) -> String {
    STANDARD.encode(digest.as_bytes())
}

/// Reads a hash as the texts of registers write it.
pub(crate) fn digest_of_base64(text: &str) -> Option<Digest> {
    let bytes: [u8; 32] = STANDARD.decode(text).ok()?.try_into().ok()?;
    Some(Digest::from_bytes(bytes))
}

/// Reads a decimal number in its one spelling: digits, without leading zeros.
pub(crate) fn whole_number(text: &str) -> Option<u64> {
    let number: u64 = text.parse().ok()?;
    (number.to_string() == text).then_some(number)
}
