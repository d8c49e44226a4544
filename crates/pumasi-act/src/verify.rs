//! From received bytes to [`Verified`]: the only way an act reaches the fold.

use std::collections::BTreeSet;
use std::sync::Arc;

use pumasi_base::{OfficerId, PartyId};

use crate::envelope::{ActId, Envelope, EnvelopeError, KeyError, KeyRecord};
use crate::identity::{Identities, Identity};
use crate::payload::{ACT_TYPE, PARENTS_MAX, Payload, holds_float};

/// An act whose signatures were checked against its author's identity.
///
/// Cloning one is cheap: the bytes are shared.
///
/// INVARIANT: only [`verify`] makes one.
#[derive(Debug, Clone)]
pub struct Verified(Arc<Checked>);

#[derive(Debug)]
struct Checked {
    id: ActId,
    payload: Payload,
    identity: Arc<Identity>,
    envelope: Envelope,
}

impl Verified {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> ActId {
        self.0.id
    }
    /// What it says.
    #[must_use]
    pub fn payload(&self) -> &Payload {
        &self.0.payload
    }
    /// Its author's identity as cited.
    #[must_use]
    pub fn identity(&self) -> &Identity {
        &self.0.identity
    }
    /// The bytes as received.
    #[must_use]
    pub fn envelope(&self) -> &Envelope {
        &self.0.envelope
    }
    /// Who signed.
    #[must_use]
    pub fn party(&self) -> &PartyId {
        &self.0.payload.log.party
    }
    /// The matter it belongs to: its own id when it opens one.
    #[must_use]
    pub fn matter(&self) -> ActId {
        self.0.payload.matter.unwrap_or(self.0.id)
    }
}

/// Why bytes are no act that anyone could take.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VerifyError {
    /// The bytes are no envelope.
    #[error(transparent)]
    Envelope(#[from] EnvelopeError),
    /// The payload is not an act.
    #[error("the payload does not read: {0}")]
    Payload(String),
    /// The identity it cites has not arrived, or its party is not trusted here.
    #[error("the identity entry {head} of `{party}` is not known here")]
    IdentityUnknown {
        /// The party.
        party: PartyId,
        /// The entry it cites.
        head: ActId,
    },
    /// The node key is not registered in that identity.
    #[error("the key that writes this log is no node key of `{0}`")]
    NodeKeyUnknown(PartyId),
    /// An officer named has no mandate there.
    #[error("`{0}` has no mandate in the identity that is cited")]
    OfficerUnknown(OfficerId),
    /// A signature is missing.
    #[error("the signature of {0} is missing")]
    SignatureMissing(String),
    /// A signature does not fit.
    #[error("the signature of {signer} is wrong: {why}")]
    SignatureWrong {
        /// Whose.
        signer: String,
        /// Why.
        why: KeyError,
    },
    /// There is a signature nobody announced.
    #[error("a signature belongs to no signer the act names")]
    SignatureUnexpected,
}

impl VerifyError {
    /// The stable name of what is wrong, as in `docs/spec/act.md`.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Envelope(error) => error.code(),
            Self::Payload(_) => "payload_unreadable",
            Self::IdentityUnknown { .. } => "identity_unknown",
            Self::NodeKeyUnknown(_) => "node_key_unknown",
            Self::OfficerUnknown(_) => "officer_unknown",
            Self::SignatureMissing(_) => "signature_missing",
            Self::SignatureWrong { .. } => "signature_wrong",
            Self::SignatureUnexpected => "signature_unexpected",
        }
    }
}

/// Checks an act's layout and every signature on it.
///
/// # Errors
/// When anything does not read or fit; nothing of it may then be stored as an act.
pub fn verify(envelope: &Envelope, identities: &Identities) -> Result<Verified, VerifyError> {
    let payload = read_payload(envelope)?;
    let party = &payload.log.party;
    let identity =
        identities.at(&payload.identity).filter(|identity| identity.party == *party).ok_or_else(
            || VerifyError::IdentityUnknown { party: party.clone(), head: payload.identity },
        )?;
    let node = identity
        .nodes
        .get(&payload.log.node_key)
        .filter(|node| node.incarnation == payload.log.incarnation)
        .ok_or_else(|| VerifyError::NodeKeyUnknown(party.clone()))?;
    let message = envelope.pae();
    let mut signers = BTreeSet::new();
    check_signature(envelope, &message, &node.key, &format!("the node of `{party}`"))?;
    signers.insert(node.key.id());
    for officer in &payload.officers {
        let mandate = identity
            .mandates
            .get(officer)
            .ok_or_else(|| VerifyError::OfficerUnknown(officer.clone()))?;
        check_signature(envelope, &message, &mandate.key, &format!("`{officer}`"))?;
        signers.insert(mandate.key.id());
    }
    let announced = envelope.signatures().iter().all(|s| signers.contains(&s.key));
    if !announced || signers.len() != envelope.signatures().len() {
        return Err(VerifyError::SignatureUnexpected);
    }
    let identity = Arc::clone(identity);
    let id = envelope.id();
    Ok(Verified(Arc::new(Checked { id, payload, identity, envelope: envelope.clone() })))
}

/// Reads the payload of an act without checking who signed it.
///
/// # Errors
/// When it is no act of this version.
pub fn read_payload(envelope: &Envelope) -> Result<Payload, VerifyError> {
    let wrong = |what: &str| VerifyError::Payload(what.to_owned());
    if envelope.payload_type() != ACT_TYPE {
        return Err(VerifyError::Payload(format!("its type is `{}`", envelope.payload_type())));
    }
    let payload: Payload = serde_json::from_slice(envelope.payload())
        .map_err(|error| VerifyError::Payload(error.to_string()))?;
    if payload.v != 1 {
        return Err(VerifyError::Payload(format!("version {} is not known", payload.v)));
    }
    if holds_float(&payload.body) {
        return Err(wrong("a number is not an integer"));
    }
    if payload.parents.len() > PARENTS_MAX || !payload.parents.is_sorted_by(|a, b| a < b) {
        return Err(wrong("parents must be at most 8, sorted and distinct"));
    }
    if !payload.officers.is_sorted_by(|a, b| a < b) {
        return Err(wrong("officers must be sorted and distinct"));
    }
    if payload.prev.is_some_and(|prev| !payload.parents.contains(&prev)) {
        return Err(wrong("the act before it in its log must be among the parents"));
    }
    if payload.personal.is_some() && payload.matter.is_none() {
        return Err(wrong("the act that opens a matter has no personal data beside it"));
    }
    if payload.prev.is_some() != (payload.seq > 0) {
        return Err(wrong("the first act of a log has no act before it, every other has one"));
    }
    Ok(payload)
}

fn check_signature(
    envelope: &Envelope,
    message: &[u8],
    key: &KeyRecord,
    signer: &str,
) -> Result<(), VerifyError> {
    let id = key.id();
    let signature = envelope
        .signatures()
        .iter()
        .find(|signature| signature.key == id)
        .ok_or_else(|| VerifyError::SignatureMissing(signer.to_owned()))?;
    key.verify(message, &signature.signature)
        .map_err(|why| VerifyError::SignatureWrong { signer: signer.to_owned(), why })
}
