//! Why a node cannot work, and why it does not take what it received.

use std::path::PathBuf;

use pumasi_act::{ActId, IdentityError, Refusal, VerifyError};
use pumasi_base::{AgreementId, Digest, PartyId};

use crate::keys::KeysError;
use crate::library::LibraryError;
use crate::store::StoreError;

/// Why a node cannot work.
#[derive(Debug, thiserror::Error)]
pub enum ServiceError {
    /// The folder holds no node.
    #[error("`{folder}` holds no node")]
    NoNode {
        /// The folder.
        folder: PathBuf,
    },
    /// The folder's settings do not read.
    #[error("`{path}` does not read: {what}")]
    Settings {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        what: String,
    },
    /// A file of the folder cannot be used.
    #[error("`{path}` cannot be used")]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        error: std::io::Error,
    },
    /// The keys cannot be used.
    #[error(transparent)]
    Keys(#[from] KeysError),
    /// The library cannot be used.
    #[error(transparent)]
    Library(#[from] LibraryError),
    /// The ledger failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// An identity does not hold.
    #[error(transparent)]
    Identity(#[from] IdentityError),
    /// What the ledger holds does not verify any more.
    #[error("position {position} of the ledger does not verify: {what}")]
    Damaged {
        /// The position.
        position: u64,
        /// Why.
        what: String,
    },
    /// The node's own identity is not in its ledger.
    #[error("the identity of `{0}` is not in the ledger")]
    NoIdentity(PartyId),
}

/// Why received acts are not taken.
#[derive(Debug, thiserror::Error)]
pub enum ReceiveError {
    /// A line is no act or does not verify: the sender's fault.
    #[error("act {id}: {error}")]
    Act {
        /// The act.
        id: ActId,
        /// Why.
        error: VerifyError,
    },
    /// Its matter is not shared with this party, or has not been opened here.
    #[error("act {id} belongs to a matter that is not shared with `{party}`")]
    NotShared {
        /// The act.
        id: ActId,
        /// This party.
        party: PartyId,
    },
    /// The rules do not let it open a matter.
    #[error("act {id} opens no matter: {}", .refusal.code())]
    OpensNothing {
        /// The act.
        id: ActId,
        /// The rule it breaks.
        refusal: Box<Refusal>,
    },
    /// Its past in this matter has not arrived.
    #[error("act {id} came before {missing} in its past")]
    OutOfOrder {
        /// The act.
        id: ActId,
        /// The missing act.
        missing: ActId,
    },
    /// The agreement a matter froze is not known here and was not sent along.
    #[error("matter {matter} stands under `{agreement}` ({digest}), whose text is not here")]
    AgreementUnknown {
        /// The matter.
        matter: ActId,
        /// The agreement.
        agreement: AgreementId,
        /// The digest of the text.
        digest: Digest,
    },
    /// The agreements of a matter do not compile together.
    #[error("the agreements of matter {matter} clash: {what}")]
    AgreementsClash {
        /// The matter.
        matter: ActId,
        /// Why.
        what: String,
    },
    /// What the ledger holds does not verify any more.
    #[error("position {position} of the ledger does not verify: {what}")]
    Damaged {
        /// The position.
        position: u64,
        /// Why.
        what: String,
    },
    /// The ledger failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl ReceiveError {
    /// Whether the cause lies here and not in what was received.
    #[must_use]
    pub const fn is_ours(&self) -> bool {
        matches!(self, Self::Damaged { .. } | Self::Store(_))
    }

    /// Whether other acts may bring what is missing.
    #[must_use]
    pub const fn is_gap(&self) -> bool {
        matches!(self, Self::NotShared { .. } | Self::OutOfOrder { .. })
    }
}

impl From<ReceiveError> for ServiceError {
    /// What was not taken while a node read its own ledger.
    fn from(error: ReceiveError) -> Self {
        match error {
            ReceiveError::Store(error) => Self::Store(error),
            ReceiveError::Damaged { position, what } => Self::Damaged { position, what },
            other => Self::Damaged { position: 0, what: other.to_string() },
        }
    }
}
