//! What this node tells neighbours: pages of its feed, and acts they ask for.

use std::collections::BTreeMap;

use pumasi_act::ActId;
use pumasi_base::{Digest, PartyId};
use pumasi_sync::recon::Height;
use pumasi_sync::{
    FeedPage, FeedQuestion, FeedScope, Hello, MatterDigest, PageDraft, ParcelAnswer, ParcelDraft,
    Replica,
};

use super::{Service, personal};
use crate::store::StoreError;

impl Service {
    /// Runs `read` with the replica; the desk waits meanwhile.
    pub fn with_replica<T>(&self, read: impl FnOnce(&Replica) -> T) -> T {
        read(&self.inner().replica)
    }

    /// The first words of this node to a neighbour.
    #[must_use]
    pub fn hello(&self) -> Hello {
        let inner = self.inner();
        let (log, head) = (self.log(&inner), self.head(&inner));
        Hello::new(log.party, log.node_key, log.incarnation, self.epoch(), head)
    }

    /// Reads a page of what `reader` may see after a position, urgent or not.
    ///
    /// # Errors
    /// When the ledger fails.
    pub fn feed(
        &self,
        reader: &PartyId,
        scope: FeedScope,
        after: u64,
    ) -> Result<FeedPage, StoreError> {
        self.page(reader, &FeedQuestion::plain(scope, after))
    }

    /// Reads a page of what `reader` may see after the positions it names.
    ///
    /// # Errors
    /// When the ledger fails.
    pub fn page(&self, reader: &PartyId, question: &FeedQuestion) -> Result<FeedPage, StoreError> {
        let draft = self.draft(reader, question);
        self.complete(reader, draft)
    }

    /// Chooses what `reader` may see after the positions it names.
    pub fn draft(&self, reader: &PartyId, question: &FeedQuestion) -> PageDraft {
        self.inner().replica.page(&self.epoch(), reader, question)
    }

    /// Reads the acts of a page, or how matters stand where there are none.
    ///
    /// # Errors
    /// When the ledger fails.
    pub fn complete(&self, reader: &PartyId, draft: PageDraft) -> Result<FeedPage, StoreError> {
        if draft.is_empty() {
            return Ok(draft.quiet(&self.inner().replica, reader));
        }
        // The lock is not held while the disk is read: a long feed must not stop the desk.
        let stored = self.stored(&draft.ids())?;
        let personal = personal::beside(self.ledger(), draft.personal())?;
        let mut page = draft.fill(stored);
        page.parcel.personal = personal;
        Ok(page)
    }

    /// Reads those of the acts that `reader` may see.
    ///
    /// # Errors
    /// When the ledger fails.
    pub fn wanted(&self, reader: &PartyId, ids: &[ActId]) -> Result<ParcelAnswer, StoreError> {
        let draft = self.inner().replica.wanted(reader, ids);
        self.filled(draft)
    }

    /// Reads what lies above the heights that `reader` states.
    ///
    /// # Errors
    /// When the ledger fails.
    pub fn above(
        &self,
        reader: &PartyId,
        matters: &BTreeMap<ActId, Vec<Height>>,
        marks: &[Digest],
    ) -> Result<ParcelAnswer, StoreError> {
        let draft = self.inner().replica.above(reader, matters, marks);
        self.filled(draft)
    }

    fn filled(&self, draft: ParcelDraft) -> Result<ParcelAnswer, StoreError> {
        let stored = self.stored(draft.ids())?;
        let personal = personal::beside(self.ledger(), draft.personal())?;
        let mut answer = draft.fill(stored);
        answer.parcel.personal = personal;
        Ok(answer)
    }

    fn stored(&self, ids: &[ActId]) -> Result<Vec<(ActId, Vec<u8>)>, StoreError> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let ids: Vec<Digest> = ids.iter().map(|id| id.0).collect();
        let stored = self.ledger.get(&ids)?;
        Ok(stored.into_iter().map(|act| (ActId(act.id), act.bytes)).collect())
    }

    /// How the matters shared with `reader` stand here.
    #[must_use]
    pub fn digests(&self, reader: &PartyId) -> Vec<MatterDigest> {
        self.inner().replica.digests(reader)
    }
}
