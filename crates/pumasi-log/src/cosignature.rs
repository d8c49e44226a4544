//! Cosignatures: a witness says when it saw a checkpoint, and that nothing before was rewritten.
//!
//! SPEC: C2SP `tlog-cosignature`, with Ed25519 (type `0x04`).

use std::fmt;
use std::str::FromStr;

use ed25519_dalek::{Signature, Signer as _, SigningKey};

use crate::note::{NamedKey, Note, NoteError, NoteSignature, read_signature};

/// The signature type of cosignatures with Ed25519.
const COSIGNATURE: u8 = 0x04;

/// The largest time, in seconds since 1970.
///
/// SPEC: C2SP `tlog-cosignature`, section "Format".
const SECONDS_MAX: u64 = i64::MAX.cast_unsigned();

/// The public key of a witness with its name, written as [`crate::NoteKey`] is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CosignerKey(NamedKey);

impl CosignerKey {
    /// Names the Ed25519 public key of a witness.
    ///
    /// # Errors
    /// [`NoteError::BadName`]; [`NoteError::BadKey`] for weak keys.
    pub fn new(name: &str, key: &[u8; 32]) -> Result<Self, NoteError> {
        NamedKey::new(COSIGNATURE, name, key).map(Self)
    }

    /// The name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// When this witness cosigned the note, in seconds since 1970; none when it did not.
    ///
    /// # Errors
    /// [`NoteError::WrongSignature`] when a signature under its name and key does not hold.
    pub fn cosigned(&self, note: &Note) -> Result<Option<u64>, NoteError> {
        let mut times = note.lines_of(&self.0).map(|line| self.check(note, line));
        times.try_fold(None, |latest, time| Ok(latest.max(Some(time?))))
    }

    fn check(&self, note: &Note, line: &NoteSignature) -> Result<u64, NoteError> {
        let wrong = || NoteError::WrongSignature(self.0.name.clone());
        let (time, bytes) = line.bytes.split_first_chunk::<8>().ok_or_else(wrong)?;
        let seconds = u64::from_be_bytes(*time);
        let bytes: &[u8; 64] = bytes.try_into().map_err(|_| wrong())?;
        if seconds > SECONDS_MAX {
            return Err(wrong());
        }
        let message = message(note, seconds);
        let signature = Signature::from_bytes(bytes);
        self.0.key.verify_strict(message.as_bytes(), &signature).map_err(|_| wrong())?;
        Ok(seconds)
    }
}

impl fmt::Display for CosignerKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for CosignerKey {
    type Err = NoteError;

    fn from_str(text: &str) -> Result<Self, NoteError> {
        NamedKey::read(COSIGNATURE, text).map(Self)
    }
}

/// What a cosignature covers: the time and the whole text of the checkpoint.
fn message(note: &Note, seconds: u64) -> String {
    format!("cosignature/v1\ntime {seconds}\n{}", note.text())
}

/// The private key of a witness with its name.
pub struct Cosigner {
    key: SigningKey,
    public: CosignerKey,
}

impl fmt::Debug for Cosigner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Cosigner({})", self.public)
    }
}

impl Cosigner {
    /// Names the Ed25519 private key of a witness. No other witness may use the same key: a
    /// cosignature does not cover the name.
    ///
    /// # Errors
    /// As [`CosignerKey::new`].
    pub fn new(name: &str, key: SigningKey) -> Result<Self, NoteError> {
        let public = CosignerKey::new(name, key.verifying_key().as_bytes())?;
        Ok(Self { key, public })
    }

    /// The public key with the same name.
    #[must_use]
    pub const fn public(&self) -> &CosignerKey {
        &self.public
    }

    /// Only a witness decides what is cosigned.
    pub(crate) fn sign(&self, note: &Note, seconds: u64) -> Cosignature {
        let seconds = seconds.min(SECONDS_MAX);
        let signature = self.key.sign(message(note, seconds).as_bytes()).to_bytes();
        let bytes = [seconds.to_be_bytes().as_slice(), &signature].concat();
        Cosignature(self.public.0.line(bytes))
    }
}

/// One cosignature, as a line to be added to the checkpoint it is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cosignature(NoteSignature);

impl Cosignature {
    /// The name of the witness it claims to be of.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// Adds it to `note` when `key` made it for that very text; gives its time in seconds since
    /// 1970. An earlier one of the same witness is replaced.
    ///
    /// # Errors
    /// [`NoteError::NotSigned`] when another key made it, [`NoteError::WrongSignature`] when it
    /// does not hold.
    pub fn add_to(&self, note: &mut Note, key: &CosignerKey) -> Result<u64, NoteError> {
        if !key.0.made(&self.0) {
            return Err(NoteError::NotSigned);
        }
        let seconds = key.check(note, &self.0)?;
        note.put(self.0.clone())?;
        Ok(seconds)
    }
}

impl fmt::Display for Cosignature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Cosignature {
    type Err = NoteError;

    /// Reads one line, with its newline.
    fn from_str(text: &str) -> Result<Self, NoteError> {
        let line = text.strip_suffix('\n').and_then(read_signature);
        line.map(Self).ok_or(NoteError::Unreadable("it is no signature line"))
    }
}
