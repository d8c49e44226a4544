//! What a node knows of its neighbours: who answers, since when not, and how matters stand there.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use pumasi_act::ActId;
use pumasi_base::time::seconds_between;
use pumasi_base::{PartyId, Time};
use tokio::sync::{Notify, watch};

use super::Neighbour;
use super::turns::Asked;
use crate::service::{FeedPage, MatterDigest, Standing};

/// What was last heard of one neighbour.
#[derive(Debug, Clone, Default)]
pub struct Heard {
    /// Where it listens.
    pub url: String,
    /// When it last answered.
    pub last_heard: Option<Time>,
    /// Since when it has not answered.
    pub silent_since: Option<Time>,
    /// What the last failure was, or why something it sent is not taken.
    pub failure: Option<String>,
    /// Position up to which its feed was read.
    pub cursor: u64,
    /// Its head.
    pub head: u64,
    /// By how many seconds its clock is ahead of this node's, when its last answer said.
    pub clock_ahead_seconds: Option<i64>,
    /// How shared matters stand there.
    pub digests: BTreeMap<ActId, MatterDigest>,
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
    visits: Mutex<BTreeMap<PartyId, Arc<Notify>>>,
    /// Who asks for this node's feed.
    pub(super) asked: Asked,
    hurry: AtomicBool,
    version: AtomicU64,
    closed: watch::Sender<bool>,
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

    /// Whether a neighbour answered the last time it was asked.
    #[must_use]
    pub fn answers(&self, party: &PartyId) -> bool {
        self.heard_mut().get(party).is_some_and(Heard::is_reachable)
    }

    /// What was heard of everyone.
    #[must_use]
    pub fn all(&self) -> BTreeMap<PartyId, Heard> {
        self.heard_mut().clone()
    }

    /// How shared matters stand at a neighbour, by everything it has shown since the start.
    #[must_use]
    pub fn digests(&self, party: &PartyId) -> Vec<MatterDigest> {
        let all = self.heard_mut();
        all.get(party).map(|heard| heard.digests.values().cloned().collect()).unwrap_or_default()
    }

    /// Ends every answer that still waits for something new: the node stops.
    pub fn close(&self) {
        self.closed.send_replace(true);
    }

    /// Returns once the node stops.
    pub async fn closed(&self) {
        let mut closed = self.closed.subscribe();
        // The sender lives as long as the board, so the wait ends by closing alone.
        let _closed = closed.wait_for(|closed| *closed).await;
    }

    fn visits_of(&self, party: &PartyId) -> Arc<Notify> {
        let mut visits = self.visits.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(visits.entry(party.clone()).or_default())
    }

    /// Notes that a party asked this node: if it was silent, it is worth another call.
    pub(super) fn visited(&self, party: &PartyId) {
        if self.heard_mut().get(party).is_some_and(|heard| heard.silent_since.is_some()) {
            self.visits_of(party).notify_one();
        }
    }

    /// Returns once a silent party asks this node.
    pub(super) async fn visit(&self, party: &PartyId) {
        self.visits_of(party).notified().await;
    }

    /// Notes an answer, why something in it was not taken, and the clocks there and here.
    pub(super) fn heard(
        &self,
        neighbour: &Neighbour,
        page: &FeedPage,
        refused: Option<String>,
        (date, now): (Option<Time>, Time),
    ) {
        let mut all = self.heard_mut();
        let heard = all.entry(neighbour.party.clone()).or_default();
        let digests =
            page.standing.as_ref().map(|standing| digests_after(&heard.digests, standing));
        let other_digests = digests.filter(|digests| heard.digests != *digests);
        if heard.last_heard.is_none()
            || heard.silent_since.is_some()
            || other_digests.is_some()
            || heard.failure != refused
        {
            self.changed();
        }
        heard.url.clone_from(&neighbour.url);
        heard.last_heard = Some(now);
        heard.silent_since = None;
        heard.failure = refused;
        heard.cursor = page.to;
        heard.head = page.head;
        heard.clock_ahead_seconds = date.map(|date| seconds_between(now, date));
        if let Some(digests) = other_digests {
            heard.digests = digests;
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
}

/// How shared matters stand at a neighbour after it said so: where it sums up, it lists only what
/// changed.
fn digests_after(
    before: &BTreeMap<ActId, MatterDigest>,
    standing: &Standing,
) -> BTreeMap<ActId, MatterDigest> {
    let kept = standing.summary.iter().flat_map(|_| before.clone());
    kept.chain(standing.digests.iter().map(|digest| (digest.matter, digest.clone()))).collect()
}
