//! The feed from which neighbours read what this node holds, page by page.

use pumasi_act::ActId;
use pumasi_base::{Digest, PartyId};
use pumasi_sync::{FeedPage, FeedScope, MatterDigest};

use super::Service;
use crate::store::StoreError;

impl Service {
    /// Reads a page of what `reader` may see after a position.
    ///
    /// # Errors
    /// When the ledger fails.
    pub fn feed(
        &self,
        reader: &PartyId,
        scope: FeedScope,
        after: u64,
    ) -> Result<FeedPage, StoreError> {
        // The lock is not held while the disk is read: a long feed must not stop the desk.
        let draft = self.inner().replica.page(&self.epoch, reader, scope, after);
        let ids: Vec<Digest> = draft.ids().into_iter().map(|id| id.0).collect();
        let stored = if ids.is_empty() { Vec::new() } else { self.ledger.get(&ids)? };
        Ok(draft.fill(stored.into_iter().map(|act| (ActId(act.id), act.bytes))))
    }

    /// How the matters shared with `reader` stand here.
    #[must_use]
    pub fn digests(&self, reader: &PartyId) -> Vec<MatterDigest> {
        self.inner().replica.digests(reader)
    }

    /// Whether a matter shared with `neighbour` stands there otherwise than here.
    #[must_use]
    pub fn differs(&self, neighbour: &PartyId, there: &[MatterDigest]) -> bool {
        self.inner().replica.differs(neighbour, there)
    }
}
