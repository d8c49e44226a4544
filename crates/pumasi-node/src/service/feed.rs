//! Parcels of acts, and the feed from which neighbours read them page by page.

use std::collections::BTreeSet;

use pumasi_act::{ActId, Envelope};
use pumasi_base::{Digest, PartyId};
use serde::{Deserialize, Serialize};

use super::Service;
use super::inner::Inner;
use crate::store::{StoreError, StoredAct};

/// The most acts in one page of a feed.
pub const FEED_ACTS_MAX: usize = 256;

/// The most bytes in one page of a feed, 2 MiB, unless a single act is all it holds. Neighbours
/// take answers of 8 MiB.
pub const FEED_BYTES_MAX: usize = 2 * 1024 * 1024;

/// A parcel of acts with what is needed to take them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parcel {
    /// Identity logs of the authors, founding entries first.
    pub identities: Vec<String>,
    /// Texts of agreements that matters in this parcel freeze.
    pub agreements: Vec<String>,
    /// The acts, parents first.
    pub acts: Vec<String>,
}

/// A page of the feed one neighbour reads from another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedPage {
    /// Names the ledger the positions belong to; another one means: start over.
    pub epoch: String,
    /// Position up to which this page goes; asking after it acknowledges the page. It lies before
    /// the position asked for when that one is not here: the ledger is an older copy.
    pub to: u64,
    /// The position of the newest act.
    pub head: u64,
    /// What is in it.
    pub parcel: Parcel,
    /// How shared matters stand here.
    pub digests: Vec<MatterDigest>,
}

/// How a matter stands at a node.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MatterDigest {
    /// The matter.
    pub matter: ActId,
    /// Digest of the frontier: equal where the acts are equal.
    pub frontier: Digest,
    /// Digest of the state.
    pub state: Digest,
    /// Acts folded.
    pub acts: u64,
}

/// Which acts a neighbour wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FeedScope {
    /// Those this party wrote itself: what every neighbour needs from it.
    Own,
    /// Everything it holds of shared matters: to repair a gap or to relay.
    All,
}

/// The outcome of taking a parcel.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Received {
    /// Acts that were new.
    pub new: usize,
    /// Acts that were here already.
    pub known: usize,
}

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
        let (head, digests) = {
            let inner = self.inner();
            (inner.head(), inner.digests(reader))
        };
        // A position that is not here was given by a ledger this one is an older copy of.
        let after = if after > head { 0 } else { after };
        let epoch = self.epoch.clone();
        let page = FeedPage { epoch, to: after, head, parcel: Parcel::default(), digests };
        let mut writer =
            Writer { page, bytes: 0, authors: BTreeSet::new(), texts: BTreeSet::new() };
        let mut has_room = true;
        while has_room && writer.page.to < head {
            let scanned = self.ledger.scan(writer.page.to, FEED_ACTS_MAX)?;
            // The lock is held for one stretch at a time: a long feed must not stop the desk.
            let inner = self.inner();
            for (position, stored) in scanned.acts {
                // Beyond it lies what may not have been taken in yet.
                if position > head {
                    has_room = false;
                } else if let Some(author) = inner.visible(&stored, reader, scope, &self.party) {
                    has_room = writer.add(&inner, stored, author);
                }
                if !has_room {
                    break;
                }
                writer.page.to = position;
            }
        }
        Ok(writer.page)
    }

    /// How the matters shared with `reader` stand here.
    #[must_use]
    pub fn digests(&self, reader: &PartyId) -> Vec<MatterDigest> {
        self.inner().digests(reader)
    }
}

/// Fills a page up to its limits, each identity log and agreement in it once.
struct Writer {
    page: FeedPage,
    bytes: usize,
    authors: BTreeSet<PartyId>,
    texts: BTreeSet<Digest>,
}

impl Writer {
    /// Adds an act with what is needed to take it; false, and nothing added, when there is no room.
    fn add(&mut self, inner: &Inner, stored: StoredAct, author: &PartyId) -> bool {
        let identities: Vec<String> = if self.authors.contains(author) {
            Vec::new()
        } else {
            inner.identities.entries(author).iter().map(Envelope::write).collect()
        };
        let frozen = if stored.id == stored.matter {
            inner.frozen(&ActId(stored.matter))
        } else {
            Vec::new()
        };
        let frozen: Vec<(Digest, String)> = frozen
            .into_iter()
            .filter(|agreement| !self.texts.contains(&agreement.digest()))
            .map(|agreement| (agreement.digest(), agreement.text().to_owned()))
            .collect();
        let act = String::from_utf8_lossy(&stored.bytes).into_owned();
        let texts = frozen.iter().map(|(_, text)| text.len());
        let bytes: usize = identities.iter().map(String::len).chain(texts).sum();
        let bytes = self.bytes + bytes + act.len();
        let parcel = &mut self.page.parcel;
        let is_full = parcel.acts.len() >= FEED_ACTS_MAX || bytes > FEED_BYTES_MAX;
        if is_full && !parcel.acts.is_empty() {
            return false;
        }
        self.bytes = bytes;
        self.authors.insert(author.clone());
        self.texts.extend(frozen.iter().map(|(digest, _)| *digest));
        parcel.identities.extend(identities);
        parcel.agreements.extend(frozen.into_iter().map(|(_, text)| text));
        parcel.acts.push(act);
        true
    }
}
