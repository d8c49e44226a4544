//! Acts as they arrive, read and verified before the replica is asked.
//!
//! Reading an act and checking its signatures needs nothing but the identities that are known, and
//! takes far longer than finding its place. Whoever has several threads, or a replica that others
//! wait for, does it beforehand; what was not done then is done when the act is checked.

use pumasi_act::verify::read_payload;
use pumasi_act::{ActId, Envelope, EnvelopeError, Identities, Verified, VerifyError, verify};
use pumasi_base::Digest;

use crate::fault::TakeError;

/// An act as it arrived, as far as it has been looked at.
#[derive(Debug, Clone)]
pub struct Arrival {
    bytes: Vec<u8>,
    found: Found,
}

/// What was found.
///
/// INVARIANT: `Verified` holds the act of the bytes beside it.
#[derive(Debug, Clone)]
enum Found {
    /// It is no envelope.
    Unreadable(EnvelopeError),
    /// It reads; nobody has looked at its signatures.
    Read(ActId, Envelope),
    /// It does not verify, in the matter it names.
    Wrong { id: ActId, matter: ActId, error: VerifyError },
    /// It verifies.
    Verified(Verified),
}

impl Arrival {
    /// Reads an envelope.
    #[must_use]
    pub fn read(bytes: impl Into<Vec<u8>>) -> Self {
        let bytes = bytes.into();
        let found = match Envelope::read(&bytes) {
            Ok(envelope) => Found::Read(envelope.id(), envelope),
            Err(error) => Found::Unreadable(error),
        };
        Self { bytes, found }
    }

    /// Checks layout and signatures, unless that was done before.
    ///
    /// Identity entries that are known once stay known, so that it does not matter whether others
    /// become known before the act is taken.
    pub fn verify(&mut self, identities: &Identities) {
        if let Found::Read(id, envelope) = &self.found {
            self.found = match verify(envelope, identities) {
                Ok(act) => Found::Verified(act),
                Err(error) => Found::Wrong { id: *id, matter: matter_named_in(envelope), error },
            };
        }
    }

    /// The bytes as they arrived.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Its id, when it reads.
    #[must_use]
    pub fn id(&self) -> Option<ActId> {
        match &self.found {
            Found::Unreadable(_) => None,
            Found::Read(id, _) | Found::Wrong { id, .. } => Some(*id),
            Found::Verified(act) => Some(act.id()),
        }
    }

    /// The matter it says it belongs to, unverified where it was not verified; its own id when it
    /// names none that reads, and a digest of its bytes when it does not read at all.
    pub(crate) fn matter(&self) -> ActId {
        match &self.found {
            Found::Unreadable(_) => ActId(Digest::of(&self.bytes)),
            Found::Read(_, envelope) => matter_named_in(envelope),
            Found::Wrong { matter, .. } => *matter,
            Found::Verified(act) => act.matter(),
        }
    }

    /// The act, verified now if it was not before.
    ///
    /// # Errors
    /// Why it is none that could be taken.
    pub(crate) fn act(&self, identities: &Identities) -> Result<Verified, TakeError> {
        match &self.found {
            Found::Unreadable(error) => {
                let id = ActId(Digest::of(&self.bytes));
                Err(TakeError::Act { id, error: error.clone().into() })
            }
            Found::Read(id, envelope) => {
                verify(envelope, identities).map_err(|error| TakeError::Act { id: *id, error })
            }
            Found::Wrong { id, error, .. } => Err(TakeError::Act { id: *id, error: error.clone() }),
            Found::Verified(act) => Ok(act.clone()),
        }
    }
}

/// The matter an act says it belongs to, unverified; its own id when it does not read.
fn matter_named_in(envelope: &Envelope) -> ActId {
    let named = read_payload(envelope).ok();
    named.and_then(|payload| payload.matter).unwrap_or_else(|| envelope.id())
}
