//! What neighbours say to each other: parcels of acts, and the feed that is read page by page.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use pumasi_act::personal::PERSONAL_JSON_BYTES_MAX;
use pumasi_act::{ActId, Envelope, Personal};
use pumasi_agreement::Agreement;
use pumasi_base::{Digest, PartyId};
use serde::{Deserialize, Serialize};

use crate::matter::Matter;
use crate::personal::Beside;
use crate::recon::LISTED_MATTERS_MAX;
use crate::replica::{Place, Replica};
use crate::urgency::Urgency;

/// The most acts in one page of a feed.
pub const FEED_ACTS_MAX: usize = 256;

/// The most bytes in one page of a feed, 1 MiB, unless a single act is all it holds. Neighbours
/// take answers of 8 MiB.
pub const FEED_BYTES_MAX: usize = 1024 * 1024;

/// The most bytes of bulk in one page, 256 KiB, unless a single act is all it holds: what becomes
/// urgent meanwhile waits for no more than that.
pub const BULK_BYTES_MAX: usize = 256 * 1024;

/// A parcel of acts with what is needed to take them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parcel {
    /// Identity logs of the authors, founding entries first.
    pub identities: Vec<String>,
    /// Texts of agreements that matters in this parcel freeze.
    pub agreements: Vec<String>,
    /// The acts, parents first.
    pub acts: Vec<String>,
    /// Personal data beside acts, by commitment.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub personal: BTreeMap<Digest, Personal>,
}

/// A page of the feed one neighbour reads from another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedPage {
    /// Names the ledger the positions belong to; another one means: start over.
    pub epoch: String,
    /// Position up to which this page goes; asking after it acknowledges the page. It lies before
    /// the position asked for when that one is not here: the ledger is an older copy.
    pub to: u64,
    /// Position up to which no bulk is left, when urgent acts were to go first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bulk: Option<u64>,
    /// The position of the newest act.
    pub head: u64,
    /// What is in it.
    pub parcel: Parcel,
    /// How shared matters stand here, in a page without acts. While acts are on their way two
    /// nodes stand differently anyhow, and writing out states is most of the work of a page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standing: Option<Standing>,
}

/// How the matters two nodes share stand at one of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// Each of them; only those that changed after the position asked for where there is a
    /// summary.
    pub digests: Vec<MatterDigest>,
    /// One digest over all of them, where more are shared than are listed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<Digest>,
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
    /// Position up to which the asker has everything on disk; of urgent acts when `bulk` is given.
    pub after: u64,
    /// Position up to which the asker has bulk on disk; absent: acts come in their order here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bulk: Option<u64>,
    /// Which acts.
    pub scope: FeedScope,
    /// Seconds to wait for something new.
    pub wait: u64,
}

impl FeedQuestion {
    /// Asks for acts after a position in their order there, urgent or not, and without waiting.
    #[must_use]
    pub const fn plain(scope: FeedScope, after: u64) -> Self {
        Self { v: 1, epoch: String::new(), after, bulk: None, scope, wait: 0 }
    }
}

/// A page whose acts have yet to be read from the ledger.
///
/// Choosing the acts takes a moment with the replica, reading them takes the disk: whoever locks
/// the one need not hold the lock for the other.
#[derive(Debug, Clone)]
pub struct PageDraft {
    page: FeedPage,
    chosen: Vec<Chosen>,
    after: u64,
    passed: bool,
    personal: Vec<Beside>,
}

/// An act chosen for a page, and how far the page reached without it.
#[derive(Debug, Clone)]
struct Chosen {
    id: ActId,
    to: u64,
    bulk: Option<u64>,
}

impl PageDraft {
    /// The acts to read, in this order.
    #[must_use]
    pub fn ids(&self) -> Vec<ActId> {
        self.chosen.iter().map(|chosen| chosen.id).collect()
    }

    /// Whether it has any acts.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.chosen.is_empty()
    }

    /// Whether it passed over acts of shared matters that the question did not ask for.
    #[must_use]
    pub const fn passed(&self) -> bool {
        self.passed
    }

    /// Up to where the reader has been told everything asked for, when it has no acts.
    #[must_use]
    pub const fn reach(&self) -> (u64, Option<u64>) {
        (self.page.to, self.page.bulk)
    }

    /// Whether the positions in the question were given by another ledger than this one.
    #[must_use]
    pub fn is_of_other_ledger(&self, question: &FeedQuestion) -> bool {
        self.page.epoch != question.epoch || self.page.to < question.after
    }

    /// Completes a page without acts by how shared matters stand.
    #[must_use]
    pub fn quiet(mut self, replica: &Replica, reader: &PartyId) -> FeedPage {
        self.page.standing = Some(replica.standing(reader, self.after));
        self.page
    }

    /// The personal data to read beside them; whatever of these is here goes into
    /// [`Parcel::personal`].
    #[must_use]
    pub fn personal(&self) -> &[Beside] {
        &self.personal
    }

    /// Completes the page with the acts asked for, in the order of [`PageDraft::ids`].
    ///
    /// Where one is missing the page ends before it, so that nothing is passed over.
    #[must_use]
    pub fn fill(mut self, stored: impl IntoIterator<Item = (ActId, Vec<u8>)>) -> FeedPage {
        let mut stored = stored.into_iter();
        for chosen in self.chosen {
            let Some((_, bytes)) = stored.next().filter(|(found, _)| *found == chosen.id) else {
                (self.page.to, self.page.bulk) = (chosen.to, chosen.bulk);
                break;
            };
            self.page.parcel.acts.push(String::from_utf8_lossy(&bytes).into_owned());
        }
        self.page
    }
}

/// A parcel whose acts have yet to be read from the ledger.
#[derive(Debug, Clone)]
pub struct ParcelDraft {
    parcel: Parcel,
    ids: Vec<ActId>,
    personal: Vec<Beside>,
    more: bool,
}

/// A parcel that answers a question about particular acts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParcelAnswer {
    /// What is in it.
    pub parcel: Parcel,
    /// Whether there was no room for the rest: ask again.
    pub more: bool,
}

impl ParcelDraft {
    /// The acts to read, in this order.
    #[must_use]
    pub fn ids(&self) -> &[ActId] {
        &self.ids
    }

    /// The personal data to read beside them, as for [`PageDraft::personal`].
    #[must_use]
    pub fn personal(&self) -> &[Beside] {
        &self.personal
    }

    /// Completes the parcel with the acts asked for; ends before the first that is missing, and
    /// then says that there is more.
    #[must_use]
    pub fn fill(mut self, stored: impl IntoIterator<Item = (ActId, Vec<u8>)>) -> ParcelAnswer {
        let found = stored.into_iter().zip(&self.ids).take_while(|((found, _), id)| found == *id);
        let texts = found.map(|((_, bytes), _)| String::from_utf8_lossy(&bytes).into_owned());
        self.parcel.acts = texts.collect();
        let more = self.more || self.parcel.acts.len() < self.ids.len();
        ParcelAnswer { parcel: self.parcel, more }
    }
}

impl Replica {
    /// Chooses what `reader` may see after the positions it names, up to the limits of a page.
    #[must_use]
    pub fn page(&self, epoch: &str, reader: &PartyId, question: &FeedQuestion) -> PageDraft {
        let head = self.head();
        // A position that is not here was given by a ledger this one is an older copy of.
        let is_older = question.after > head || question.bulk.is_some_and(|bulk| bulk > head);
        let here = |position: u64| if is_older { 0 } else { position };
        let after = here(question.after);
        let bulk = question.bulk.map(here);
        let parcel = Parcel::default();
        let page =
            FeedPage { epoch: epoch.to_owned(), to: after, bulk, head, parcel, standing: None };
        let mut filling = Filling { page, writer: Writer::new(), chosen: Vec::new() };
        let passed = Cell::new(false);
        let allowed = |place: &Place| {
            let shared = self.is_shared(reader, place);
            let allowed = shared && self.is_in_scope(question.scope, place);
            passed.set(passed.get() || (shared && !allowed));
            allowed
        };
        match bulk {
            None => filling.plain(self, allowed),
            Some(bulk) => filling.by_urgency(self, bulk, allowed),
        }
        filling.page.parcel = filling.writer.parcel;
        let (personal, passed) = (filling.writer.personal, passed.get());
        PageDraft { page: filling.page, chosen: filling.chosen, after, passed, personal }
    }

    /// How the matters shared with `reader` stand here: of many only those that changed after a
    /// position, and a summary.
    fn standing(&self, reader: &PartyId, after: u64) -> Standing {
        if self.shared_with(reader).nth(LISTED_MATTERS_MAX).is_none() {
            return Standing { digests: self.digests(reader), summary: None };
        }
        let (digests, summary) = (self.digests_after(reader, after), self.summary(reader));
        Standing { digests, summary: Some(summary) }
    }

    fn digests_after(&self, reader: &PartyId, after: u64) -> Vec<MatterDigest> {
        let changed: BTreeSet<ActId> =
            self.placed_after(after).map(|(_, place)| place.matter).collect();
        let changed = changed.iter().filter_map(|id| self.matter(id));
        changed.filter(|matter| matter.is_shared_with(reader)).map(Matter::digest).collect()
    }
}

/// A page that is being filled.
struct Filling {
    page: FeedPage,
    writer: Writer,
    chosen: Vec<Chosen>,
}

impl Filling {
    /// Takes acts in the order in which they lie here.
    fn plain(&mut self, replica: &Replica, allowed: impl Fn(&Place) -> bool) {
        for (position, place) in replica.placed_after(self.page.to) {
            if allowed(place) && !self.add(replica, &[(position, place)], FEED_BYTES_MAX) {
                break;
            }
            self.page.to = position;
        }
    }

    /// Takes urgent acts first, each with the bulk in its past that the reader does not have, and
    /// then other bulk, never beyond the urgent acts that the reader then has.
    ///
    /// INVARIANT: bulk up to `page.bulk` and whatever urgent acts up to `page.to` take along is
    /// with the reader, so that no act is passed over or comes before its past.
    fn by_urgency(&mut self, replica: &Replica, bulk: u64, allowed: impl Fn(&Place) -> bool) {
        for (position, place) in replica.placed_after(self.page.to) {
            if place.urgency == Urgency::Urgent {
                let past = replica.carried_with(position).filter(|(at, _)| *at > bulk);
                let all = past.chain([(position, place)]).filter(|(_, place)| allowed(place));
                let all: Vec<(u64, &Place)> = all.collect();
                if !self.add(replica, &all, FEED_BYTES_MAX) {
                    break;
                }
            }
            self.page.to = position;
        }
        let to = self.page.to;
        let limit = FEED_BYTES_MAX.min(self.writer.bytes + BULK_BYTES_MAX);
        for (position, place) in replica.placed_after(bulk).take_while(|(at, _)| *at <= to) {
            let travels =
                place.urgency == Urgency::Bulk && place.carried_by.is_none_or(|at| at > to);
            if travels && allowed(place) && !self.add(replica, &[(position, place)], limit) {
                break;
            }
            self.page.bulk = Some(position);
        }
    }

    /// Adds all of these acts; false, and none added, when there is no room for all.
    fn add(&mut self, replica: &Replica, places: &[(u64, &Place)], limit: usize) -> bool {
        let before = (places.len() > 1).then(|| self.writer.clone());
        for (_, place) in places {
            if !self.writer.add(replica, place, limit) {
                // Of a single act nothing was added.
                self.writer = before.unwrap_or_else(|| std::mem::take(&mut self.writer));
                return false;
            }
        }
        let (to, bulk) = (self.page.to, self.page.bulk);
        self.chosen.extend(places.iter().map(|(_, place)| Chosen { id: place.id, to, bulk }));
        true
    }
}

/// Gathers acts up to the limits of a page, each identity log and agreement they need once.
#[derive(Debug, Clone, Default)]
pub(crate) struct Writer {
    parcel: Parcel,
    ids: Vec<ActId>,
    personal: Vec<Beside>,
    bytes: usize,
    authors: BTreeSet<PartyId>,
    texts: BTreeSet<Digest>,
}

impl Writer {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    pub(crate) fn into_parcel(self, more: bool) -> ParcelDraft {
        let (parcel, ids, personal) = (self.parcel, self.ids, self.personal);
        ParcelDraft { parcel, ids, personal, more }
    }

    /// Adds an act with what is needed to take it; false, and nothing added, when there is no room.
    pub(crate) fn add(&mut self, replica: &Replica, place: &Place, limit: usize) -> bool {
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
        let beside = replica.beside(place);
        // Whether the text is here only the disk knows; room is kept for the longest.
        let room = beside.as_ref().map_or(0, |_| PERSONAL_JSON_BYTES_MAX);
        let bytes = self.bytes + bytes + place.bytes + room;
        let is_full = self.ids.len() >= FEED_ACTS_MAX || bytes > limit;
        if is_full && !self.ids.is_empty() {
            return false;
        }
        self.ids.push(place.id);
        self.personal.extend(beside);
        self.bytes = bytes;
        self.authors.insert(place.author.clone());
        self.texts.extend(frozen.iter().map(|agreement| agreement.digest()));
        self.parcel.identities.extend(identities);
        self.parcel.agreements.extend(frozen.iter().map(|agreement| agreement.text().to_owned()));
        true
    }
}
