//! Matters as files: written for anyone or sealed for one party, and read again.

use std::collections::BTreeSet;

use pumasi_act::bundle::BundleError;
use pumasi_act::{ActId, Bundle, KeyRecord};
use pumasi_base::PartyId;
use pumasi_sync::{Matter, Received};

use super::{ReceiveError, Service};
use crate::keys::{self, KeysError};
use crate::seal::{self, KeyMark, SealError};
use crate::store::StoreError;

/// Why a file was not written or not read.
#[derive(Debug, thiserror::Error)]
pub enum CarryError {
    /// There is no such matter here.
    #[error("there is no matter {0} here")]
    MatterUnknown(ActId),
    /// The party is not trusted here, or has no node.
    #[error("no node of `{0}` is known here")]
    PartyUnknown(PartyId),
    /// The party is not in the audience of the matter.
    #[error("matter {matter} is not shared with `{party}`")]
    NotShared {
        /// The matter.
        matter: ActId,
        /// The party.
        party: PartyId,
    },
    /// No matter is shared with the party.
    #[error("no matter here is shared with `{0}`")]
    NothingShared(PartyId),
    /// The file is for these parties and not for this one.
    #[error("the file is sealed for {}", .0.iter().map(PartyId::as_str).collect::<Vec<_>>().join(", "))]
    SealedFor(BTreeSet<PartyId>),
    /// It is no text.
    #[error("the bundle is no UTF-8 text")]
    NotText,
    /// Sealing or opening failed.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// The bundle does not read.
    #[error(transparent)]
    Bundle(#[from] BundleError),
    /// A key of this node does not read.
    #[error(transparent)]
    Keys(#[from] KeysError),
    /// What is in it was not taken.
    #[error(transparent)]
    Receive(#[from] ReceiveError),
    /// The ledger failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Service {
    /// Writes `matters` (all when empty) as a bundle that anyone can read.
    ///
    /// # Errors
    /// `MatterUnknown`, or `Store`.
    pub fn export_open(&self, matters: &[ActId]) -> Result<Bundle, CarryError> {
        match matters.iter().find(|matter| self.status_of(matter).is_none()) {
            Some(missing) => Err(CarryError::MatterUnknown(*missing)),
            None => Ok(self.export(matters)?),
        }
    }

    /// Writes `matters` (all that are shared with `to` when empty) as a bundle sealed for the nodes
    /// of `to`, by its identity log as it is known here.
    ///
    /// # Errors
    /// When a matter is unknown or not shared with `to`, or no node of it is known.
    pub fn export_for(&self, to: &PartyId, matters: &[ActId]) -> Result<Vec<u8>, CarryError> {
        let keys = self.keys_of(to)?;
        let matters = self.with_replica(|replica| {
            if matters.is_empty() {
                return Ok(replica.shared_with(to).map(Matter::id).collect());
            }
            for id in matters {
                let matter = replica.matter(id).ok_or(CarryError::MatterUnknown(*id))?;
                if !matter.is_shared_with(to) {
                    return Err(CarryError::NotShared { matter: *id, party: to.clone() });
                }
            }
            Ok(matters.to_vec())
        })?;
        // Nothing chosen would mean everything.
        if matters.is_empty() {
            return Err(CarryError::NothingShared(to.clone()));
        }
        Ok(seal::seal(self.export(&matters)?.write().as_bytes(), &keys)?)
    }

    fn keys_of(&self, party: &PartyId) -> Result<Vec<KeyRecord>, CarryError> {
        let keys: Vec<KeyRecord> = self.with_identities(|identities| {
            let nodes = identities.of(party).map(|identity| identity.nodes.values());
            nodes.into_iter().flatten().map(|node| node.key.clone()).collect()
        });
        if keys.is_empty() { Err(CarryError::PartyUnknown(party.clone())) } else { Ok(keys) }
    }

    /// Takes a bundle that came as a file, sealed or not.
    ///
    /// # Errors
    /// When it does not read, is for somebody else, or what is in it is not taken.
    pub fn import_file(&self, file: &[u8]) -> Result<Received, CarryError> {
        if !seal::is_sealed(file) {
            return self.import_bytes(file);
        }
        let former = keys::read_former(self.folder())?;
        let keys: Vec<_> = std::iter::once(self.node_key()).chain(&former).collect();
        let plain = seal::open(file, &keys).map_err(|error| match error {
            SealError::NotOurs { marks } => self.sealed_for(marks),
            error => error.into(),
        })?;
        self.import_bytes(&plain)
    }

    fn import_bytes(&self, text: &[u8]) -> Result<Received, CarryError> {
        let text = str::from_utf8(text).map_err(|_| CarryError::NotText)?;
        Ok(self.import(&Bundle::read(text)?)?)
    }

    /// Says whom a file is sealed for, where that is known here.
    fn sealed_for(&self, marks: Vec<KeyMark>) -> CarryError {
        let parties: BTreeSet<PartyId> = self.with_identities(|identities| {
            let is_for = |key: &KeyRecord| marks.contains(&seal::mark_of(key));
            let all = identities.all();
            let named = all.filter(|identity| identity.nodes.values().any(|n| is_for(&n.key)));
            named.map(|identity| identity.party.clone()).collect()
        });
        if parties.is_empty() {
            SealError::NotOurs { marks }.into()
        } else {
            CarryError::SealedFor(parties)
        }
    }
}
