//! What a node knows of its neighbours: who answers, since when not, and how matters stand there.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use pumasi_act::ActId;
use pumasi_base::{PartyId, Time};

use super::Neighbour;
use crate::service::{FeedPage, MatterDigest};

/// What was last heard of one neighbour.
#[derive(Debug, Clone, Default)]
pub struct Heard {
    /// Where it listens.
    pub url: String,
    /// When it last answered.
    pub last_heard: Option<Time>,
    /// Since when it has not answered.
    pub silent_since: Option<Time>,
    /// What the last failure was.
    pub failure: Option<String>,
    /// Position up to which its feed was read.
    pub cursor: u64,
    /// Its head.
    pub head: u64,
    /// How shared matters stand there.
    pub digests: BTreeMap<ActId, MatterDigest>,
    /// Answers in a row in which a matter differed without anything new to read.
    differing: u32,
}

impl Heard {
    /// Whether the last attempt reached it.
    #[must_use]
    pub const fn is_reachable(&self) -> bool {
        self.last_heard.is_some() && self.silent_since.is_none()
    }
}

/// Everything heard, by party.
#[derive(Debug, Default)]
pub struct Board {
    heard: Mutex<BTreeMap<PartyId, Heard>>,
    hurry: AtomicBool,
    version: AtomicU64,
}

impl Board {
    /// A board for a node that retries quickly, as nodes of one drill on one machine do.
    #[must_use]
    pub fn in_a_hurry(hurry: bool) -> Self {
        Self { hurry: AtomicBool::new(hurry), ..Self::default() }
    }

    /// Whether to retry quickly.
    pub fn hurry(&self) -> bool {
        self.hurry.load(Ordering::Relaxed)
    }

    /// Grows whenever a neighbour falls silent, answers again or shows other digests.
    pub fn version(&self) -> u64 {
        self.version.load(Ordering::Relaxed)
    }

    fn changed(&self) {
        self.version.fetch_add(1, Ordering::Relaxed);
    }

    fn heard_mut(&self) -> MutexGuard<'_, BTreeMap<PartyId, Heard>> {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What was heard of everyone.
    #[must_use]
    pub fn all(&self) -> BTreeMap<PartyId, Heard> {
        self.heard_mut().clone()
    }

    /// Notes an answer.
    pub(super) fn heard(&self, neighbour: &Neighbour, page: &FeedPage, new: usize, now: Time) {
        let mut all = self.heard_mut();
        let heard = all.entry(neighbour.party.clone()).or_default();
        let digests = page.digests.iter().map(|d| (d.matter, d.clone())).collect();
        if heard.last_heard.is_none() || heard.silent_since.is_some() || heard.digests != digests {
            self.changed();
        }
        heard.url.clone_from(&neighbour.url);
        heard.last_heard = Some(now);
        heard.silent_since = None;
        heard.failure = None;
        heard.cursor = page.to;
        heard.head = page.head;
        heard.digests = digests;
        if new > 0 {
            heard.differing = 0;
        }
    }

    /// Notes a failure.
    pub(super) fn failed(&self, neighbour: &Neighbour, failure: &str, now: Time) {
        let mut all = self.heard_mut();
        let heard = all.entry(neighbour.party.clone()).or_default();
        heard.url.clone_from(&neighbour.url);
        if heard.silent_since.is_none() {
            self.changed();
        }
        heard.silent_since.get_or_insert(now);
        heard.failure = Some(failure.to_owned());
    }

    /// Whether to read everything a neighbour holds: it knows acts that have not come from their
    /// authors within one more answer.
    pub(super) fn wants_all(&self, party: &PartyId, here: &[MatterDigest]) -> bool {
        let mut all = self.heard_mut();
        let Some(heard) = all.get_mut(party) else { return false };
        let differs = heard.digests.values().any(|there| {
            here.iter()
                .find(|h| h.matter == there.matter)
                .is_none_or(|here| here.frontier != there.frontier && here.acts <= there.acts)
        });
        heard.differing = if differs { heard.differing + 1 } else { 0 };
        heard.differing > 1
    }
}
