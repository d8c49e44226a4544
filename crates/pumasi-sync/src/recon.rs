//! Repair: which matters stand differently here and there, and what of them is missing.
//!
//! Matters that differ are found in the list of digests where few are shared, and else by
//! reconciling sets of hashes. For each of them the asker then says how high it has each log, and
//! gets what lies above. Two acts at one place of a log are both sent: they prove a fork.

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use negentropy::{Id, Negentropy, NegentropyStorageVector};
use pumasi_act::{ActId, LogId, Verified};
use pumasi_base::{Digest, PartyId};
use serde::{Deserialize, Serialize};

use crate::feed::{FEED_BYTES_MAX, ParcelDraft, Writer};
use crate::matter::Matter;
use crate::replica::Replica;

/// Up to this many shared matters their digests are listed in every page; more are reconciled.
pub const LISTED_MATTERS_MAX: usize = 64;

/// The most bytes of one message of set reconciliation.
const MESSAGE_BYTES_MAX: u64 = 64 * 1024;

/// The most matters whose heights one question states.
pub const HEIGHTS_MATTERS_MAX: usize = 64;

/// How high a log is held: its last act and that act's place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Height {
    /// The log.
    pub log: LogId,
    /// The place of its last act, from 0.
    pub seq: u64,
    /// Its last act.
    pub head: ActId,
}

/// A question of repair.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum ReconQuestion {
    /// A message of negentropy, protocol 0x61, in base64. The items are the matters the two share:
    /// the time their opening act claims, in seconds, and [`Matter::mark`].
    Matters(String),
    /// What is missing above these heights.
    Above {
        /// Matters that differ, with the heights here; none for a matter that is not here.
        matters: BTreeMap<ActId, Vec<Height>>,
        /// Marks there that no matter here has.
        marks: Vec<Digest>,
    },
}

/// The answer to [`ReconQuestion::Matters`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReconAnswer {
    /// The next message of negentropy, in base64.
    pub message: String,
}

/// The matters found to differ.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Differing {
    /// Matters held here.
    pub matters: BTreeSet<ActId>,
    /// Marks held there alone.
    pub marks: BTreeSet<Digest>,
}

/// A message that is none of this protocol.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the message of reconciliation does not read: {0}")]
pub struct ReconError(String);

fn unreadable(error: impl ToString) -> ReconError {
    ReconError(error.to_string())
}

impl Matter {
    /// The mark by which two nodes compare it: equal where acts and state are equal.
    #[must_use]
    pub fn mark(&self) -> Digest {
        let digest = self.digest();
        Digest::of(format!("{}\n{}\n{}\n", digest.matter, digest.frontier, digest.state).as_bytes())
    }

    fn heights(&self) -> Vec<Height> {
        let logs = self.folded().logs.iter();
        logs.map(|(log, (seq, head))| Height { log: log.clone(), seq: *seq, head: *head }).collect()
    }
}

impl Replica {
    fn marks(&self, reader: &PartyId) -> BTreeMap<Digest, ActId> {
        self.shared_with(reader).map(|matter| (matter.mark(), matter.id())).collect()
    }

    /// One digest over how all matters shared with `reader` stand here.
    #[must_use]
    pub fn summary(&self, reader: &PartyId) -> Digest {
        let marks = self.marks(reader);
        let text: String = marks.keys().map(|mark| format!("{mark}\n")).collect();
        Digest::of(text.as_bytes())
    }

    fn items(&self, reader: &PartyId) -> Result<NegentropyStorageVector, ReconError> {
        let mut items = NegentropyStorageVector::new();
        for matter in self.shared_with(reader) {
            let time = matter.opened_at().map_or(0, |time| time.as_second());
            let time = u64::try_from(time).unwrap_or(0);
            items
                .insert(time, Id::from_byte_array(*matter.mark().as_bytes()))
                .map_err(unreadable)?;
        }
        items.seal().map_err(unreadable)?;
        Ok(items)
    }

    /// Begins to find out which matters shared with `neighbour` differ.
    ///
    /// # Errors
    /// When the set cannot be written down, which is our fault.
    pub fn recon_begin(&self, neighbour: &PartyId) -> Result<String, ReconError> {
        let items = self.items(neighbour)?;
        let mut set = Negentropy::borrowed(&items, MESSAGE_BYTES_MAX).map_err(unreadable)?;
        Ok(STANDARD.encode(set.initiate().map_err(unreadable)?))
    }

    /// Goes on with the neighbour's answer: adds what differs, and gives the next message unless
    /// everything is known.
    ///
    /// # Errors
    /// When the answer does not read.
    pub fn recon_next(
        &self,
        neighbour: &PartyId,
        message: &str,
        differing: &mut Differing,
    ) -> Result<Option<String>, ReconError> {
        let items = self.items(neighbour)?;
        let mut set = Negentropy::borrowed(&items, MESSAGE_BYTES_MAX).map_err(unreadable)?;
        set.set_initiator();
        let message = STANDARD.decode(message).map_err(unreadable)?;
        let (mut have, mut need) = (Vec::new(), Vec::new());
        let next = set.reconcile_with_ids(&message, &mut have, &mut need).map_err(unreadable)?;
        let marks: BTreeMap<[u8; 32], ActId> =
            self.marks(neighbour).into_iter().map(|(mark, id)| (*mark.as_bytes(), id)).collect();
        differing.matters.extend(have.iter().filter_map(|id| marks.get(id.as_bytes())).copied());
        differing.marks.extend(need.iter().map(|id| Digest::from_bytes(id.to_bytes())));
        Ok(next.map(|next| STANDARD.encode(next)))
    }

    /// Answers a message about which matters differ.
    ///
    /// # Errors
    /// When the message does not read.
    pub fn recon_answer(&self, reader: &PartyId, message: &str) -> Result<ReconAnswer, ReconError> {
        let items = self.items(reader)?;
        let mut set = Negentropy::borrowed(&items, MESSAGE_BYTES_MAX).map_err(unreadable)?;
        let message = STANDARD.decode(message).map_err(unreadable)?;
        let message = set.reconcile(&message).map_err(unreadable)?;
        Ok(ReconAnswer { message: STANDARD.encode(message) })
    }

    /// Asks for what is missing in matters that differ.
    #[must_use]
    pub fn recon_above(&self, differing: &Differing) -> ReconQuestion {
        let heights = |id: &ActId| self.matter(id).map(Matter::heights).unwrap_or_default();
        let matters = differing.matters.iter().take(HEIGHTS_MATTERS_MAX);
        ReconQuestion::Above {
            matters: matters.map(|id| (*id, heights(id))).collect(),
            marks: differing.marks.iter().take(HEIGHTS_MATTERS_MAX).copied().collect(),
        }
    }

    /// Chooses what lies above the heights a reader states, up to the limits of a page; nothing of
    /// matters that are not shared with it.
    #[must_use]
    pub fn above(
        &self,
        reader: &PartyId,
        matters: &BTreeMap<ActId, Vec<Height>>,
        marks: &[Digest],
    ) -> ParcelDraft {
        let none = Vec::new();
        let mut asked: BTreeMap<ActId, &Vec<Height>> = BTreeMap::new();
        if !marks.is_empty() {
            let known = self.marks(reader);
            asked.extend(marks.iter().filter_map(|mark| known.get(mark)).map(|id| (*id, &none)));
        }
        asked.extend(matters.iter().map(|(id, heights)| (*id, heights)));
        let mut positions: Vec<u64> = asked
            .iter()
            .filter_map(|(id, heights)| Some((self.matter(id)?, *heights)))
            .filter(|(matter, _)| matter.is_shared_with(reader))
            .flat_map(|(matter, heights)| self.acts_above(matter, heights))
            .filter_map(|id| self.position(&id))
            .collect();
        positions.sort_unstable();
        let mut writer = Writer::new();
        for position in positions {
            let Some(place) = self.place_at(position) else { continue };
            if !writer.add(self, place, FEED_BYTES_MAX) {
                return writer.into_parcel(true);
            }
        }
        writer.into_parcel(false)
    }

    fn acts_above(&self, matter: &Matter, heights: &[Height]) -> Vec<ActId> {
        let stated: BTreeMap<&LogId, &Height> = heights.iter().map(|h| (&h.log, h)).collect();
        let folded = matter.folded();
        let is_missing = |act: &&Verified| {
            let payload = act.payload();
            let Some(there) = stated.get(&payload.log) else { return true };
            let forked = folded.forks.get(&payload.log).is_some_and(|ids| ids.contains(&act.id()));
            if forked || self.holds(&there.head) {
                return forked || payload.seq > there.seq;
            }
            // Its head is not here: it has more, or another branch. One act of ours at or below
            // that place tells which.
            let last = folded.logs.get(&payload.log).map_or(0, |(seq, _)| *seq);
            payload.seq >= there.seq.min(last)
        };
        matter.acts().iter().filter(is_missing).map(Verified::id).collect()
    }
}
