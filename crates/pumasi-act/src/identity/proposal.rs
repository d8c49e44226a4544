//! An entry on its way from one root key to the next.

use std::collections::BTreeSet;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signer as _, SigningKey};
use pumasi_base::Digest;
use serde::{Deserialize, Serialize};

use super::{IDENTITY_TYPE, IdentityEntry, IdentityError};
use crate::envelope::{ActId, Envelope, EnvelopeError, KeyRecord, pae};

/// An identity entry with as many signatures as it has so far, none included.
///
/// Root keys lie on separate media: the entry travels between them as a file, which is a DSSE
/// envelope as soon as it has one signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    entry: IdentityEntry,
    file: ProposalFile,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct ProposalFile {
    payload_type: String,
    payload: String,
    signatures: Vec<ProposalSignature>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ProposalSignature {
    keyid: String,
    sig: String,
}

/// Why a file holds no proposed entry, or not yet a signed one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProposalError {
    /// The file does not read.
    #[error("the proposed entry does not read: {0}")]
    Unreadable(String),
    /// What it holds is no entry.
    #[error(transparent)]
    Entry(#[from] IdentityError),
    /// It is no envelope yet, or none within the limits.
    #[error(transparent)]
    Envelope(#[from] EnvelopeError),
}

impl Proposal {
    /// Proposes an entry, unsigned.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn new(entry: IdentityEntry) -> Result<Self, ProposalError> {
        let payload = STANDARD.encode(entry.payload()?);
        let payload_type = IDENTITY_TYPE.to_owned();
        Ok(Self { entry, file: ProposalFile { payload_type, payload, signatures: Vec::new() } })
    }

    /// Reads what [`Proposal::write`] wrote.
    ///
    /// # Errors
    /// When the text holds no entry.
    pub fn read(text: &str) -> Result<Self, ProposalError> {
        let unreadable = |what: String| ProposalError::Unreadable(what);
        let file: ProposalFile =
            serde_json::from_str(text).map_err(|error| unreadable(error.to_string()))?;
        if file.payload_type != IDENTITY_TYPE {
            return Err(unreadable(format!("its type is `{}`", file.payload_type)));
        }
        let payload =
            STANDARD.decode(&file.payload).map_err(|error| unreadable(error.to_string()))?;
        Ok(Self { entry: IdentityEntry::read_payload(&payload)?, file })
    }

    /// Writes the file, ended by a line break.
    #[must_use]
    pub fn write(&self) -> String {
        // Strings and lists only: writing them cannot fail.
        format!("{}\n", serde_json::to_string(&self.file).unwrap_or_default())
    }

    /// What is proposed.
    #[must_use]
    pub const fn entry(&self) -> &IdentityEntry {
        &self.entry
    }

    /// The id the entry will have: that of its envelope, whoever signs.
    #[must_use]
    pub fn id(&self) -> ActId {
        ActId(Digest::of(&pae(IDENTITY_TYPE, &self.payload())))
    }

    fn payload(&self) -> Vec<u8> {
        // It was read or written by us, so it decodes.
        STANDARD.decode(&self.file.payload).unwrap_or_default()
    }

    /// Adds the signatures of `keys`; those that signed already change nothing.
    pub fn cosign(&mut self, keys: &[&SigningKey]) {
        let message = pae(IDENTITY_TYPE, &self.payload());
        for key in keys {
            let keyid = KeyRecord::of(key).id().to_string();
            if self.file.signatures.iter().all(|signature| signature.keyid != keyid) {
                let sig = STANDARD.encode(key.sign(&message).to_bytes());
                self.file.signatures.push(ProposalSignature { keyid, sig });
            }
        }
    }

    /// The ids of the keys that signed, as the file says.
    #[must_use]
    pub fn signers(&self) -> BTreeSet<String> {
        self.file.signatures.iter().map(|signature| signature.keyid.clone()).collect()
    }

    /// The entry as an envelope.
    ///
    /// # Errors
    /// When nobody has signed it, or more than an envelope holds.
    pub fn envelope(&self) -> Result<Envelope, ProposalError> {
        Ok(Envelope::read(self.write().as_bytes())?)
    }
}
