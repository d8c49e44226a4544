//! Signed notes: a text that people can read, and signatures of keys with names.
//!
//! SPEC: C2SP `signed-note`, with Ed25519 signatures (type `0x01`).

use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use sha2::{Digest as _, Sha256};

/// The signature type of plain Ed25519.
pub(crate) const ED25519: u8 = 0x01;

/// The most bytes a note may have.
const NOTE_BYTES_MAX: usize = 1024 * 1024;

/// The most signatures a note may have; the standard asks for at least 16.
const SIGNATURES_MAX: usize = 100;

/// Why a note or its key does not read or does not hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// The text is no note.
    #[error("this is no signed note: {0}")]
    Unreadable(&'static str),
    /// The name is empty, or has a space or a plus sign.
    #[error("`{0}` is no name for a key: it must have no spaces, plus signs or control characters")]
    BadName(String),
    /// The key is no Ed25519 key, is weak, or does not match its own hash.
    #[error("`{0}` is no key: {1}")]
    BadKey(String, &'static str),
    /// A key we know did not make the signature under its name.
    #[error("the signature of `{0}` is wrong")]
    WrongSignature(String),
    /// No key we know has signed.
    #[error("no known key has signed this note")]
    NotSigned,
}

/// A key with its name and the type of its signatures, which its hash tells apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NamedKey {
    kind: u8,
    pub(crate) name: String,
    pub(crate) key: VerifyingKey,
    hash: [u8; 4],
}

impl NamedKey {
    pub(crate) fn new(kind: u8, name: &str, key: &[u8; 32]) -> Result<Self, NoteError> {
        let good = |c: char| !c.is_whitespace() && !c.is_control() && c != '+';
        if name.is_empty() || !name.chars().all(good) {
            return Err(NoteError::BadName(name.to_owned()));
        }
        let bad = |why| NoteError::BadKey(name.to_owned(), why);
        let key = VerifyingKey::from_bytes(key).map_err(|_| bad("it is no point of Ed25519"))?;
        if key.is_weak() {
            return Err(bad("it is weak"));
        }
        let hash: [u8; 32] = Sha256::new_with_prefix(name)
            .chain_update([b'\n', kind])
            .chain_update(key.as_bytes())
            .finalize()
            .into();
        let [a, b, c, d, ..] = hash;
        Ok(Self { kind, name: name.to_owned(), key, hash: [a, b, c, d] })
    }

    pub(crate) fn read(kind: u8, text: &str) -> Result<Self, NoteError> {
        let bad = |why| NoteError::BadKey(text.to_owned(), why);
        // Base64 has plus signs as well; a name and a hash have none.
        let mut parts = text.splitn(3, '+');
        let (Some(name), Some(hash), Some(typed)) = (parts.next(), parts.next(), parts.next())
        else {
            return Err(bad("write name+hash+key"));
        };
        let typed = STANDARD.decode(typed).map_err(|_| bad("it is not in base64"))?;
        let key = match typed.split_first() {
            Some((found, key)) if *found == kind => key,
            _ => return Err(bad("its type is another")),
        };
        let key = key.try_into().map_err(|_| bad("it does not have 32 bytes"))?;
        let key = Self::new(kind, name, key)?;
        if format!("{:08x}", u32::from_be_bytes(key.hash)) == hash {
            Ok(key)
        } else {
            Err(bad("its hash is another"))
        }
    }

    pub(crate) fn made(&self, signature: &NoteSignature) -> bool {
        self.name == signature.name && self.hash == signature.key_hash
    }

    /// A signature line of this key with these bytes after the hash.
    pub(crate) fn line(&self, bytes: Vec<u8>) -> NoteSignature {
        NoteSignature { name: self.name.clone(), key_hash: self.hash, bytes }
    }
}

impl fmt::Display for NamedKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut typed = vec![self.kind];
        typed.extend(self.key.as_bytes());
        let hash = u32::from_be_bytes(self.hash);
        write!(f, "{}+{hash:08x}+{}", self.name, STANDARD.encode(typed))
    }
}

/// A public key with its name: what verifiers need.
///
/// Written as `name+hash+key`, the hash in hexadecimal digits, the key in base64.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteKey(NamedKey);

impl NoteKey {
    /// Names an Ed25519 public key; a URL without its scheme makes a good name.
    ///
    /// # Errors
    /// [`NoteError::BadName`]; [`NoteError::BadKey`] for weak keys, whose signatures anybody can
    /// make.
    pub fn new(name: &str, key: &[u8; 32]) -> Result<Self, NoteError> {
        NamedKey::new(ED25519, name, key).map(Self)
    }

    /// The name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// The Ed25519 public key.
    #[must_use]
    pub fn key(&self) -> &[u8; 32] {
        self.0.key.as_bytes()
    }

    fn verify(&self, text: &str, signature: &NoteSignature) -> Result<(), NoteError> {
        let wrong = || NoteError::WrongSignature(self.0.name.clone());
        let bytes: &[u8; 64] = signature.bytes.as_slice().try_into().map_err(|_| wrong())?;
        let key = &self.0.key;
        key.verify_strict(text.as_bytes(), &Signature::from_bytes(bytes)).map_err(|_| wrong())
    }
}

impl fmt::Display for NoteKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for NoteKey {
    type Err = NoteError;

    fn from_str(text: &str) -> Result<Self, NoteError> {
        NamedKey::read(ED25519, text).map(Self)
    }
}

/// A private key with its name.
pub struct NoteSigner {
    key: SigningKey,
    public: NoteKey,
}

impl fmt::Debug for NoteSigner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NoteSigner({})", self.public)
    }
}

impl NoteSigner {
    /// Names an Ed25519 private key.
    ///
    /// # Errors
    /// As [`NoteKey::new`].
    pub fn new(name: &str, key: SigningKey) -> Result<Self, NoteError> {
        let public = NoteKey::new(name, key.verifying_key().as_bytes())?;
        Ok(Self { key, public })
    }

    /// The public key with the same name.
    #[must_use]
    pub const fn public(&self) -> &NoteKey {
        &self.public
    }
}

/// One signature of a note, by a key that may be unknown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NoteSignature {
    pub(crate) name: String,
    key_hash: [u8; 4],
    pub(crate) bytes: Vec<u8>,
}

impl fmt::Display for NoteSignature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = [&self.key_hash, self.bytes.as_slice()].concat();
        writeln!(f, "\u{2014} {} {}", self.name, STANDARD.encode(bytes))
    }
}

/// A text with signatures. The text means nothing before [`Note::verify`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    text: String,
    signatures: Vec<NoteSignature>,
}

impl Note {
    /// Signs a text, which must end with a newline.
    ///
    /// # Errors
    /// [`NoteError::Unreadable`] when no note can hold the text.
    pub fn sign(text: String, signer: &NoteSigner) -> Result<Self, NoteError> {
        check_text(&text)?;
        let mut note = Self { text, signatures: Vec::new() };
        note.add_signature(signer)?;
        Ok(note)
    }

    /// Adds a signature over the same text; one that is there already is replaced.
    ///
    /// # Errors
    /// [`NoteError::Unreadable`] when the note has as many signatures as it can have.
    pub fn add_signature(&mut self, signer: &NoteSigner) -> Result<(), NoteError> {
        let bytes = signer.key.sign(self.text.as_bytes()).to_bytes().to_vec();
        self.put(signer.public.0.line(bytes))
    }

    /// Adds a signature line; one of the same key is replaced.
    pub(crate) fn put(&mut self, line: NoteSignature) -> Result<(), NoteError> {
        let same = |s: &NoteSignature| s.name == line.name && s.key_hash == line.key_hash;
        self.signatures.retain(|signature| !same(signature));
        if self.signatures.len() >= SIGNATURES_MAX {
            return Err(NoteError::Unreadable("it has too many signatures"));
        }
        self.signatures.push(line);
        Ok(())
    }

    /// The text, which nobody may have signed.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The signature lines of a key.
    pub(crate) fn lines_of(&self, key: &NamedKey) -> impl Iterator<Item = &NoteSignature> {
        self.signatures.iter().filter(|line| key.made(line))
    }

    /// The note with the signatures of `key` alone: what proves something of its register.
    #[must_use]
    pub fn signed_by(&self, key: &NoteKey) -> Self {
        Self { text: self.text.clone(), signatures: self.lines_of(&key.0).cloned().collect() }
    }

    /// How many signatures it carries, of known keys and others.
    #[must_use]
    pub fn signatures(&self) -> usize {
        self.signatures.len()
    }

    /// Checks the signatures of all keys in `known`, and returns the text with the keys that have
    /// signed it. Signatures of other keys are passed over.
    ///
    /// # Errors
    /// [`NoteError::WrongSignature`] when a signature under a known key is wrong, even beside
    /// good ones; [`NoteError::NotSigned`] when no known key has signed.
    pub fn verify<'k>(&self, known: &'k [NoteKey]) -> Result<(&str, Vec<&'k NoteKey>), NoteError> {
        let mut signed = Vec::new();
        for key in known {
            let mut own = self.lines_of(&key.0).peekable();
            if own.peek().is_some() {
                own.try_for_each(|signature| key.verify(&self.text, signature))?;
                signed.push(key);
            }
        }
        if signed.is_empty() { Err(NoteError::NotSigned) } else { Ok((&self.text, signed)) }
    }
}

fn check_text(text: &str) -> Result<(), NoteError> {
    if !text.ends_with('\n') {
        return Err(NoteError::Unreadable("its text does not end with a newline"));
    }
    if text.len() > NOTE_BYTES_MAX {
        return Err(NoteError::Unreadable("it is too long"));
    }
    if text.chars().any(|c| c < ' ' && c != '\n') {
        return Err(NoteError::Unreadable("it has control characters"));
    }
    Ok(())
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.text)?;
        self.signatures.iter().try_for_each(|line| line.fmt(f))
    }
}

impl FromStr for Note {
    type Err = NoteError;

    fn from_str(whole: &str) -> Result<Self, NoteError> {
        let wrong = NoteError::Unreadable;
        check_text(whole)?;
        let (text, signatures) =
            whole.rsplit_once("\n\n").ok_or(wrong("an empty line before signatures is missing"))?;
        let lines = signatures.strip_suffix('\n').ok_or(wrong("its signatures are missing"))?;
        let signatures = lines
            .split('\n')
            .take(SIGNATURES_MAX + 1)
            .map(read_signature)
            .collect::<Option<Vec<_>>>()
            .ok_or(wrong("a signature line does not read"))?;
        if signatures.len() > SIGNATURES_MAX {
            return Err(wrong("it has too many signatures"));
        }
        Ok(Self { text: format!("{text}\n"), signatures })
    }
}

pub(crate) fn read_signature(line: &str) -> Option<NoteSignature> {
    let (name, bytes) = line.strip_prefix("\u{2014} ")?.split_once(' ')?;
    if name.is_empty() || name.contains(|c: char| c.is_whitespace() || c == '+') {
        return None;
    }
    let bytes = STANDARD.decode(bytes).ok()?;
    let (key_hash, bytes) = bytes.split_first_chunk::<4>()?;
    Some(NoteSignature { name: name.to_owned(), key_hash: *key_hash, bytes: bytes.to_vec() })
}
