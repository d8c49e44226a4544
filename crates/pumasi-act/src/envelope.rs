//! DSSE envelopes: signatures over the exact bytes of a payload.
//!
//! SPEC: DSSE v1.0.2 (secure-systems-lab), protocol and JSON envelope. Any DSSE implementation can
//! verify what is written here. `keyid` is an unauthenticated hint, as the standard says.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;
use std::sync::OnceLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use pumasi_base::Digest;
use pumasi_base::id::DigestError;
use serde::{Deserialize, Serialize};

/// The largest envelope taken, in bytes of its JSON form: what a leaf of a register can hold.
///
/// SPEC: C2SP `tlog-tiles`, section "Log entries": two bytes count those of a leaf.
pub const ENVELOPE_BYTES_MAX: usize = 65_535;

/// The largest payload taken, in bytes. In base64 and with [`SIGNATURES_MAX`] signatures it stays
/// below [`ENVELOPE_BYTES_MAX`].
pub const PAYLOAD_BYTES_MAX: usize = 46 * 1024;

/// The most signatures on one envelope.
pub const SIGNATURES_MAX: usize = 8;

/// The id of an act: SHA-256 over DSSE's pre-authentication encoding of its payload.
///
/// More signatures on the same payload do not change it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ActId(pub Digest);

impl fmt::Display for ActId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
impl FromStr for ActId {
    type Err = DigestError;
    fn from_str(text: &str) -> Result<Self, DigestError> {
        text.parse().map(Self)
    }
}

/// A signature suite. Every key record names one, so that others can be added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Suite {
    /// Ed25519 (RFC 8032), verified strictly: small-order keys and non-canonical points refused.
    #[serde(rename = "ed25519")]
    Ed25519,
    /// No signature at all but a hash anybody can make: for simulations, which make millions.
    /// Programs that people run are compiled without it.
    #[cfg(any(test, feature = "testing"))]
    #[serde(rename = "stub")]
    Stub,
}

/// The id of a key: SHA-256 over its suite and public bytes.
pub type KeyId = Digest;

/// A public key with its suite.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyRecord {
    /// The suite.
    pub suite: Suite,
    /// The 32 public bytes, in hexadecimal.
    pub public: Digest,
    #[serde(skip)]
    point: Point,
}

/// The point of the curve that public bytes stand for, once it has been needed: finding it takes
/// a tenth of the time of checking a signature.
///
/// It says nothing that the bytes do not, so all of them are equal.
#[derive(Debug, Clone, Default)]
struct Point(OnceLock<Result<VerifyingKey, KeyError>>);

impl PartialEq for Point {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}
impl Eq for Point {}
impl PartialOrd for Point {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Point {
    fn cmp(&self, _: &Self) -> Ordering {
        Ordering::Equal
    }
}

/// Why a key or signature is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// The bytes are no point of the curve, or one of small order that any signature fits.
    #[error("the public key is weak or no key at all")]
    WeakKey,
    /// The signature does not fit.
    #[error("the signature does not fit the bytes")]
    BadSignature,
}

impl KeyRecord {
    /// A key by its suite and public bytes, which may be none: see [`KeyRecord::check`].
    #[must_use]
    pub fn new(suite: Suite, public: Digest) -> Self {
        Self { suite, public, point: Point::default() }
    }

    /// The public half of `key`.
    #[must_use]
    pub fn of(key: &SigningKey) -> Self {
        Self::new(Suite::Ed25519, Digest::from_bytes(key.verifying_key().to_bytes()))
    }

    /// The id of the key.
    #[must_use]
    pub fn id(&self) -> KeyId {
        let mut bytes = match self.suite {
            Suite::Ed25519 => b"pumasi/key/ed25519/".to_vec(),
            #[cfg(any(test, feature = "testing"))]
            Suite::Stub => b"pumasi/key/stub/".to_vec(),
        };
        bytes.extend_from_slice(self.public.as_bytes());
        Digest::of(&bytes)
    }

    fn verifying_key(&self) -> Result<VerifyingKey, KeyError> {
        *self.point.0.get_or_init(|| {
            let key = VerifyingKey::from_bytes(self.public.as_bytes());
            key.ok().filter(|key| !key.is_weak()).ok_or(KeyError::WeakKey)
        })
    }

    /// Says whether the key can be registered at all.
    ///
    /// # Errors
    /// `WeakKey` for points of small order and for bytes that are no point.
    pub fn check(&self) -> Result<(), KeyError> {
        match self.suite {
            Suite::Ed25519 => self.verifying_key().map(drop),
            #[cfg(any(test, feature = "testing"))]
            Suite::Stub => Ok(()),
        }
    }

    /// Checks `signature` over `message`, strictly.
    ///
    /// # Errors
    /// `WeakKey` or `BadSignature`.
    pub fn verify(&self, message: &[u8], signature: &[u8; 64]) -> Result<(), KeyError> {
        let fits = match self.suite {
            Suite::Ed25519 => self
                .verifying_key()?
                .verify_strict(message, &Signature::from_bytes(signature))
                .is_ok(),
            #[cfg(any(test, feature = "testing"))]
            Suite::Stub => *signature == self.stub_signature(message),
        };
        if fits { Ok(()) } else { Err(KeyError::BadSignature) }
    }

    /// What stands for a signature of a stub key.
    #[cfg(any(test, feature = "testing"))]
    fn stub_signature(&self, message: &[u8]) -> [u8; 64] {
        let mut bytes = self.public.as_bytes().to_vec();
        bytes.extend_from_slice(Digest::of(message).as_bytes());
        let mut signature = [0; 64];
        let (first, second) = signature.split_at_mut(32);
        first.copy_from_slice(Digest::of(&bytes).as_bytes());
        second.copy_from_slice(self.public.as_bytes());
        signature
    }
}

/// One signature of an envelope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// Which key is said to have made it.
    pub key: KeyId,
    /// The signature.
    pub signature: [u8; 64],
}

/// A payload of a stated type with its signatures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    payload_type: String,
    payload: Vec<u8>,
    signatures: Vec<Signed>,
}

/// Why bytes are no envelope.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EnvelopeError {
    /// The JSON does not read: cut off, or not an envelope.
    #[error("the envelope does not read: {0}")]
    Unreadable(String),
    /// A field is not base64, or a signature is not 64 bytes.
    #[error("`{0}` of the envelope is not what DSSE asks for")]
    Field(&'static str),
    /// The payload is larger than an act may be.
    #[error("the payload has {0} bytes, more than {PAYLOAD_BYTES_MAX}")]
    TooLarge(usize),
    /// The envelope around it is larger than a register can hold.
    #[error("the envelope has {0} bytes, more than {ENVELOPE_BYTES_MAX}")]
    EnvelopeTooLarge(usize),
    /// There are none, or too many, signatures.
    #[error("the envelope has {0} signatures; it needs 1 to {SIGNATURES_MAX}")]
    Signatures(usize),
}

impl EnvelopeError {
    /// The stable name of what is wrong, as in `docs/spec/act.md`.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unreadable(_) => "envelope_unreadable",
            Self::Field(_) => "envelope_field_malformed",
            Self::TooLarge(_) => "payload_too_large",
            Self::EnvelopeTooLarge(_) => "envelope_too_large",
            Self::Signatures(_) => "signatures_out_of_bounds",
        }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct EnvelopeJson {
    payload_type: String,
    payload: String,
    signatures: Vec<SignedJson>,
}

#[derive(Serialize, Deserialize)]
struct SignedJson {
    keyid: String,
    sig: String,
}

impl Envelope {
    /// Signs `payload` with every key of `keys`, in their order.
    #[must_use]
    pub fn sign(payload_type: &str, payload: Vec<u8>, keys: &[&SigningKey]) -> Self {
        let message = pae(payload_type, &payload);
        let signatures = keys
            .iter()
            .map(|key| Signed {
                key: KeyRecord::of(key).id(),
                signature: key.sign(&message).to_bytes(),
            })
            .collect();
        Self { payload_type: payload_type.to_owned(), payload, signatures }
    }

    /// Puts what stands for signatures of stub keys on `payload`.
    #[cfg(any(test, feature = "testing"))]
    #[must_use]
    pub fn sign_as_stub(payload_type: &str, payload: Vec<u8>, keys: &[&KeyRecord]) -> Self {
        let message = pae(payload_type, &payload);
        let signatures = keys
            .iter()
            .map(|key| Signed { key: key.id(), signature: key.stub_signature(&message) })
            .collect();
        Self { payload_type: payload_type.to_owned(), payload, signatures }
    }

    /// Reads the JSON form.
    ///
    /// # Errors
    /// When the bytes are cut off, no envelope, or beyond the limits.
    pub fn read(json: &[u8]) -> Result<Self, EnvelopeError> {
        if json.len() > ENVELOPE_BYTES_MAX {
            return Err(EnvelopeError::EnvelopeTooLarge(json.len()));
        }
        let raw: EnvelopeJson = serde_json::from_slice(json)
            .map_err(|error| EnvelopeError::Unreadable(error.to_string()))?;
        let payload = STANDARD.decode(&raw.payload).map_err(|_| EnvelopeError::Field("payload"))?;
        if payload.len() > PAYLOAD_BYTES_MAX {
            return Err(EnvelopeError::TooLarge(payload.len()));
        }
        if raw.signatures.is_empty() || raw.signatures.len() > SIGNATURES_MAX {
            return Err(EnvelopeError::Signatures(raw.signatures.len()));
        }
        let signatures = raw.signatures.iter().map(read_signed).collect::<Result<_, _>>()?;
        Ok(Self { payload_type: raw.payload_type, payload, signatures })
    }

    /// Writes the JSON form, on one line.
    #[must_use]
    pub fn write(&self) -> String {
        let raw = EnvelopeJson {
            payload_type: self.payload_type.clone(),
            payload: STANDARD.encode(&self.payload),
            signatures: self
                .signatures
                .iter()
                .map(|s| SignedJson { keyid: s.key.to_string(), sig: STANDARD.encode(s.signature) })
                .collect(),
        };
        // Strings and lists only: writing them cannot fail.
        serde_json::to_string(&raw).unwrap_or_default()
    }

    /// The type of the payload.
    #[must_use]
    pub fn payload_type(&self) -> &str {
        &self.payload_type
    }

    /// The exact bytes that were signed.
    #[must_use]
    pub fn payload(&self) -> &[u8] {
        &self.payload
    }

    /// The signatures.
    #[must_use]
    pub fn signatures(&self) -> &[Signed] {
        &self.signatures
    }

    /// The bytes the signatures cover.
    #[must_use]
    pub fn pae(&self) -> Vec<u8> {
        pae(&self.payload_type, &self.payload)
    }

    /// The id: SHA-256 of [`Envelope::pae`].
    #[must_use]
    pub fn id(&self) -> ActId {
        ActId(Digest::of(&self.pae()))
    }
}

fn read_signed(raw: &SignedJson) -> Result<Signed, EnvelopeError> {
    let key = raw.keyid.parse().map_err(|_| EnvelopeError::Field("keyid"))?;
    let bytes = STANDARD.decode(&raw.sig).map_err(|_| EnvelopeError::Field("sig"))?;
    let signature = bytes.try_into().map_err(|_| EnvelopeError::Field("sig"))?;
    Ok(Signed { key, signature })
}

/// DSSE's pre-authentication encoding: `DSSEv1 <len> <type> <len> <payload>`.
#[must_use]
pub fn pae(payload_type: &str, payload: &[u8]) -> Vec<u8> {
    let mut bytes =
        format!("DSSEv1 {} {payload_type} {} ", payload_type.len(), payload.len()).into_bytes();
    bytes.extend_from_slice(payload);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_encoding_is_the_standard_s_own_example() {
        // SPEC: DSSE protocol.md, "PAE" test vector.
        let encoded = pae("http://example.com/HelloWorld", b"hello world");
        assert_eq!(encoded, b"DSSEv1 29 http://example.com/HelloWorld 11 hello world");
    }

    #[test]
    fn an_envelope_reads_what_it_writes_and_signs_its_bytes() {
        let key = SigningKey::from_bytes(&[7; 32]);
        let envelope = Envelope::sign("t", b"{}".to_vec(), &[&key]);
        let read = Envelope::read(envelope.write().as_bytes()).unwrap();
        assert_eq!(read, envelope);
        let record = KeyRecord::of(&key);
        let signature = &read.signatures()[0].signature;
        assert_eq!(record.verify(&read.pae(), signature), Ok(()));
        assert_eq!(record.verify(b"other", signature), Err(KeyError::BadSignature));
    }

    #[test]
    fn a_key_of_small_order_is_refused() {
        // The identity point: under loose rules one signature fits every message.
        let mut identity = [0_u8; 32];
        identity[0] = 1;
        let record = KeyRecord::new(Suite::Ed25519, Digest::from_bytes(identity));
        assert_eq!(record.check(), Err(KeyError::WeakKey));
    }

    #[test]
    fn the_largest_payload_fits_into_a_leaf_with_every_signature() {
        let keys: Vec<SigningKey> =
            (0..8).map(|seed| SigningKey::from_bytes(&[seed; 32])).collect();
        let keys: Vec<&SigningKey> = keys.iter().collect();
        let write =
            |bytes| Envelope::sign(crate::payload::ACT_TYPE, vec![b'x'; bytes], &keys).write();
        let largest = write(PAYLOAD_BYTES_MAX);
        assert!(largest.len() <= ENVELOPE_BYTES_MAX, "{}", largest.len());
        assert!(Envelope::read(largest.as_bytes()).is_ok());
        let too_large = Envelope::read(write(PAYLOAD_BYTES_MAX + 1).as_bytes());
        assert_eq!(too_large, Err(EnvelopeError::TooLarge(PAYLOAD_BYTES_MAX + 1)));
        let spaces = " ".repeat(ENVELOPE_BYTES_MAX + 1 - largest.len());
        let padded = Envelope::read(format!("{largest}{spaces}").as_bytes());
        assert_eq!(padded, Err(EnvelopeError::EnvelopeTooLarge(ENVELOPE_BYTES_MAX + 1)));
    }

    #[test]
    fn a_truncated_envelope_says_so() {
        let key = SigningKey::from_bytes(&[7; 32]);
        let json = Envelope::sign("t", b"{}".to_vec(), &[&key]).write();
        for end in [0, 1, json.len() / 2, json.len() - 1] {
            let error = Envelope::read(&json.as_bytes()[..end]).unwrap_err();
            assert!(matches!(error, EnvelopeError::Unreadable(_)), "{end}: {error}");
        }
    }
}
