//! The party's own identity log at its node: what it takes, and what that changed.
//!
//! Root keys never come here. Whoever holds them signs an entry elsewhere, and the node checks it
//! like any neighbour would.

use std::collections::BTreeSet;
use std::path::Path;

use pumasi_act::{ActId, Envelope, Identities, Identity, IdentityEntry, IdentityError, KeyId};
use pumasi_base::{OfficerId, PartyId};
use serde::{Deserialize, Serialize};

use super::files::{self, NodeFile};
use super::{Service, ServiceError};
use crate::keys::Keys;

/// What one entry changed in a party's identity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IdentityChange {
    /// The newest entry now.
    pub head: ActId,
    /// Node keys registered, or registered with a higher incarnation.
    pub registered: Vec<KeyId>,
    /// Node and officers' keys that were revoked.
    pub revoked: Vec<KeyId>,
    /// Officers whose mandate is new or another than before.
    pub granted: Vec<OfficerId>,
    /// Officers whose mandate is no more.
    pub ended: Vec<OfficerId>,
    /// Whether other root keys stand.
    pub rotated: bool,
}

impl IdentityChange {
    /// What lies between two states of one identity.
    #[must_use]
    pub fn between(before: &Identity, after: &Identity) -> Self {
        let registered = after.nodes.iter().filter(|(key, node)| {
            before.nodes.get(*key).is_none_or(|old| old.incarnation != node.incarnation)
        });
        let granted = after
            .mandates
            .iter()
            .filter(|(officer, mandate)| before.mandates.get(*officer) != Some(*mandate));
        let ended = before.mandates.keys().filter(|officer| !after.mandates.contains_key(*officer));
        Self {
            head: after.head,
            registered: registered.map(|(key, _)| *key).collect(),
            revoked: after.revoked.difference(&before.revoked).copied().collect(),
            granted: granted.map(|(officer, _)| officer.clone()).collect(),
            ended: ended.cloned().collect(),
            rotated: before.roots != after.roots,
        }
    }
}

/// Why a node does not take an entry for its own party's log.
#[derive(Debug, thiserror::Error)]
pub enum OwnEntryError {
    /// It speaks of another party.
    #[error("the entry belongs to the identity of `{0}`")]
    OtherParty(PartyId),
    /// The log has gone on since it was proposed; taken now, it would fork it.
    #[error("the log has gone on to {newest} since the entry was proposed")]
    Outdated {
        /// The newest entry.
        newest: ActId,
    },
    /// The node comes back from a backup, and neighbours may hold acts it has forgotten.
    #[error("this node was restored from a backup and has not heard everybody yet")]
    Recovering {
        /// Those neighbours.
        awaited: BTreeSet<PartyId>,
    },
    /// The entry does not hold.
    #[error(transparent)]
    Identity(#[from] IdentityError),
    /// The node failed.
    #[error(transparent)]
    Service(#[from] ServiceError),
}

impl Service {
    /// Takes an entry of this party's own identity log: it is on disk when this returns, and
    /// officers' keys are read again, since it may have named one.
    ///
    /// A neighbour keeps an entry that forks a log, as evidence; the party's own node does not take
    /// one, unless it is the rotation that ends a fork.
    ///
    /// # Errors
    /// When it is not this party's, does not hold or would fork the log, or the disk fails.
    pub fn admit_own(&self, envelope: &Envelope) -> Result<IdentityChange, OwnEntryError> {
        let entry = IdentityEntry::read(envelope)?;
        let party = entry.party;
        if party != *self.party() {
            return Err(OwnEntryError::OtherParty(party));
        }
        let mut inner = self.inner();
        let newest = |identities: &Identities| {
            let identity = identities.of(&party).cloned();
            identity.ok_or_else(|| ServiceError::NoIdentity(party.clone()))
        };
        let before = newest(inner.replica.identities())?;
        let mut identities = inner.replica.identities().clone();
        let id = identities.admit(envelope)?;
        let after = newest(&identities)?;
        if after.head != id {
            return Err(OwnEntryError::Outdated { newest: before.head });
        }
        let renewed = begins_anew(&before, &after, &super::author::key_id(self.node_key()));
        if let Some(recovery) =
            inner.recovery.as_ref().filter(|recovery| renewed && !recovery.is_complete())
        {
            return Err(OwnEntryError::Recovering { awaited: recovery.awaited().clone() });
        }
        inner.admit(self.ledger(), &[envelope.write()]).map_err(ServiceError::from)?;
        if renewed {
            self.recovered(&mut inner).map_err(ServiceError::from)?;
        }
        let revoked_now = after.revoked.difference(&before.revoked).copied().collect();
        self.close_logs(&mut inner, &revoked_now, entry.time)?;
        self.replace_officers(Keys::read(self.folder()).map_err(ServiceError::from)?.officers);
        Ok(IdentityChange::between(&before, &after))
    }
}

/// Whether a node has a higher incarnation than before.
fn begins_anew(before: &Identity, after: &Identity, key: &KeyId) -> bool {
    let incarnation = |identity: &Identity| identity.nodes.get(key).map(|node| node.incarnation);
    incarnation(after) > incarnation(before)
}

/// The party of the stopped node in `folder` and the identities kept there.
///
/// # Errors
/// When there is no node, another process holds it, or what it keeps does not hold.
pub fn kept(folder: &Path) -> Result<(PartyId, Identities), ServiceError> {
    let config = NodeFile::read(folder)?;
    let ledger = config.place(folder)?.open_alone(folder)?;
    Ok((config.party, files::load_identities(ledger.as_ref())?))
}
