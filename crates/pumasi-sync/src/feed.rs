//! What neighbours say to each other: parcels of acts, and the feed that is read page by page.

use std::collections::BTreeSet;

use pumasi_act::{ActId, Envelope};
use pumasi_agreement::Agreement;
use pumasi_base::{Digest, PartyId};
use serde::{Deserialize, Serialize};

use crate::replica::{Place, Replica};

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

/// The question a node puts to a neighbour's feed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeedQuestion {
    /// Version of the protocol: 1.
    pub v: u32,
    /// The epoch the cursor belongs to; empty at first.
    pub epoch: String,
    /// Position up to which the asker has everything on disk.
    pub after: u64,
    /// Which acts.
    pub scope: FeedScope,
    /// Seconds to wait for something new.
    pub wait: u64,
}

/// A page whose acts have yet to be read from the ledger.
///
/// Choosing the acts takes a moment with the replica, reading them takes the disk: whoever locks
/// the one need not hold the lock for the other.
#[derive(Debug, Clone)]
pub struct PageDraft {
    page: FeedPage,
    chosen: Vec<(u64, ActId)>,
}

impl PageDraft {
    /// The acts to read, in this order.
    #[must_use]
    pub fn ids(&self) -> Vec<ActId> {
        self.chosen.iter().map(|(_, id)| *id).collect()
    }

    /// Completes the page with the acts asked for, in the order of [`PageDraft::ids`].
    ///
    /// Where one is missing the page ends before it, so that nothing is passed over.
    #[must_use]
    pub fn fill(mut self, stored: impl IntoIterator<Item = (ActId, Vec<u8>)>) -> FeedPage {
        let mut stored = stored.into_iter();
        for (position, id) in self.chosen {
            let Some((_, bytes)) = stored.next().filter(|(found, _)| *found == id) else {
                self.page.to = position.saturating_sub(1);
                break;
            };
            self.page.parcel.acts.push(String::from_utf8_lossy(&bytes).into_owned());
        }
        self.page
    }
}

impl Replica {
    /// Chooses what `reader` may see after a position, up to the limits of a page.
    #[must_use]
    pub fn page(&self, epoch: &str, reader: &PartyId, scope: FeedScope, after: u64) -> PageDraft {
        let head = self.head();
        // A position that is not here was given by a ledger this one is an older copy of.
        let after = if after > head { 0 } else { after };
        let page = FeedPage {
            epoch: epoch.to_owned(),
            to: after,
            head,
            parcel: Parcel::default(),
            digests: self.digests(reader),
        };
        let mut writer = Writer::new(PageDraft { page, chosen: Vec::new() });
        for (position, place) in self.placed_after(after) {
            if self.may_read(reader, scope, place) && !writer.add(self, position, place) {
                break;
            }
            writer.draft.page.to = position;
        }
        writer.draft
    }
}

/// Fills a page up to its limits, each identity log and agreement in it once.
struct Writer {
    draft: PageDraft,
    bytes: usize,
    authors: BTreeSet<PartyId>,
    texts: BTreeSet<Digest>,
}

impl Writer {
    const fn new(draft: PageDraft) -> Self {
        Self { draft, bytes: 0, authors: BTreeSet::new(), texts: BTreeSet::new() }
    }

    /// Adds an act with what is needed to take it; false, and nothing added, when there is no room.
    fn add(&mut self, replica: &Replica, position: u64, place: &Place) -> bool {
        let identities: Vec<String> = if self.authors.contains(&place.author) {
            Vec::new()
        } else {
            replica.identities().entries(&place.author).iter().map(Envelope::write).collect()
        };
        let opened = replica.matter(&place.matter).filter(|matter| matter.id() == place.id);
        let frozen: Vec<&Agreement> = opened
            .iter()
            .flat_map(|matter| matter.terms().agreements())
            .filter(|agreement| !self.texts.contains(&agreement.digest()))
            .collect();
        let texts = frozen.iter().map(|agreement| agreement.text().len());
        let bytes: usize = identities.iter().map(String::len).chain(texts).sum();
        let bytes = self.bytes + bytes + place.bytes;
        let chosen = &mut self.draft.chosen;
        let is_full = chosen.len() >= FEED_ACTS_MAX || bytes > FEED_BYTES_MAX;
        if is_full && !chosen.is_empty() {
            return false;
        }
        chosen.push((position, place.id));
        self.bytes = bytes;
        self.authors.insert(place.author.clone());
        self.texts.extend(frozen.iter().map(|agreement| agreement.digest()));
        let parcel = &mut self.draft.page.parcel;
        parcel.identities.extend(identities);
        parcel.agreements.extend(frozen.iter().map(|agreement| agreement.text().to_owned()));
        true
    }
}
