//! Why a node cannot work, and why it does not take what it received.

use std::path::PathBuf;

use pumasi_act::IdentityError;
use pumasi_base::PartyId;
use pumasi_sync::TakeError;

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
    /// The store named for a new node holds one already.
    #[error("`{at}` holds the ledger of a node already")]
    StoreTaken {
        /// The store, without its password.
        at: String,
    },
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

/// Why received acts are not taken, or could not be.
#[derive(Debug, thiserror::Error)]
pub enum ReceiveError {
    /// The cause lies in them.
    #[error(transparent)]
    Take(#[from] TakeError),
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
    /// A failure of this node itself while it took something.
    pub(super) fn from_own(error: ServiceError) -> Self {
        match error {
            ServiceError::Store(error) => Self::Store(error),
            other => Self::Damaged { position: 0, what: other.to_string() },
        }
    }
}

impl From<ReceiveError> for ServiceError {
    /// What was not taken while a node read its own ledger.
    fn from(error: ReceiveError) -> Self {
        match error {
            ReceiveError::Store(error) => Self::Store(error),
            ReceiveError::Damaged { position, what } => Self::Damaged { position, what },
            ReceiveError::Take(error) => Self::Damaged { position: 0, what: error.to_string() },
        }
    }
}
