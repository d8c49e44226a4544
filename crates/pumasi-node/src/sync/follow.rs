//! The side of sync that asks: one neighbour's feed, read for as long as the node runs.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use super::board::Board;
use super::{Cursor, FeedQuestion, Neighbour, WAIT_SECONDS, blocking, words};
use crate::clock::Clock;
use crate::runtime::peer::{PeerClient, PeerError};
use crate::service::{FeedPage, FeedScope, MatterDigest, ReceiveError, Received, Service};
use crate::store::StoreError;

/// The shortest and the longest pause after a failure.
const PAUSE_MIN: Duration = Duration::from_millis(250);
const PAUSE_MAX: Duration = Duration::from_secs(30);

/// Why reading a feed stopped.
#[derive(Debug, thiserror::Error)]
enum PullError {
    #[error(transparent)]
    Peer(#[from] PeerError),
    #[error(transparent)]
    Receive(#[from] ReceiveError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What became of a page.
struct Taken {
    received: Received,
    refused: Vec<ReceiveError>,
}

/// Reads one neighbour.
pub(super) struct Follower {
    service: Arc<Service>,
    board: Arc<Board>,
    client: PeerClient,
    clock: Clock,
    neighbour: Neighbour,
    /// Whether the last page came before acts in its past, which their authors may be bringing.
    had_gap: bool,
    /// How long to wait after a sweep that left something untaken, and until when.
    sweep_pause: Duration,
    next_sweep: Instant,
}

impl Follower {
    pub(super) fn new(
        service: Arc<Service>,
        board: Arc<Board>,
        client: PeerClient,
        clock: Clock,
        neighbour: Neighbour,
    ) -> Self {
        Self {
            service,
            board,
            client,
            clock,
            neighbour,
            had_gap: false,
            sweep_pause: PAUSE_MIN,
            next_sweep: Instant::now(),
        }
    }

    /// Asks again and again; after a failure with growing pauses.
    pub(super) async fn run(mut self) {
        let mut pause = PAUSE_MIN;
        loop {
            match self.pull().await {
                Ok(()) => pause = PAUSE_MIN,
                Err(error) => {
                    self.board.failed(&self.neighbour, &words(&error), self.clock.now());
                    self.rest(pause).await;
                    let pause_max = if self.board.hurry() { PAUSE_MIN } else { PAUSE_MAX };
                    pause = (pause * 2).min(pause_max);
                }
            }
        }
    }

    /// Waits before another call, less long when the neighbour itself calls meanwhile.
    async fn rest(&self, pause: Duration) {
        tokio::time::sleep(PAUSE_MIN).await;
        tokio::select! {
            () = tokio::time::sleep(pause.saturating_sub(PAUSE_MIN)) => {}
            () = self.board.visit(&self.neighbour.party) => {}
        }
    }

    /// One question and its answer: what the neighbour wrote, and everything it holds where that
    /// is not enough.
    async fn pull(&mut self) -> Result<(), PullError> {
        let mut cursor = self.cursor()?;
        let asked = Instant::now();
        // Who has not been heard yet, or was silent, is asked to answer at once.
        let wait = if self.board.answers(&self.neighbour.party) { WAIT_SECONDS } else { 0 };
        let page = self.ask(&cursor, FeedScope::Own, cursor.own, wait).await?;
        if page.epoch != cursor.epoch {
            // Another ledger, or a first meeting: its positions mean nothing yet. Start over.
            let is_new = cursor.own == 0;
            cursor = Cursor { epoch: page.epoch.clone(), ..Cursor::default() };
            if !is_new {
                return self.keep(&cursor).await;
            }
        }
        // An older copy of its ledger has other acts at the positions that follow.
        cursor.all = cursor.all.min(page.head);
        let taken = self.take(&page).await?;
        if taken.refused.iter().any(ReceiveError::is_gap) && !self.had_gap {
            // Most often their authors' own feeds are just bringing what is missing.
            self.had_gap = true;
            self.note(&page, &taken);
            tokio::time::sleep(PAUSE_MIN).await;
            return Ok(());
        }
        self.had_gap = false;
        if !taken.refused.is_empty() {
            // The feed goes on; what was refused comes again with every sweep.
            self.next_sweep = Instant::now();
        }
        let is_idle = taken.received.new == 0 && page.to >= page.head;
        let differs = self.differs(&page.digests);
        if is_idle && !differs {
            // What stands there stands here, so nothing up to its head is worth a sweep.
            cursor.all = page.head;
        }
        cursor.own = page.to;
        self.keep(&cursor).await?;
        self.note(&page, &taken);
        let is_due = cursor.all < page.head && Instant::now() >= self.next_sweep;
        if is_due && (!taken.refused.is_empty() || is_idle && differs) {
            self.sweep(cursor).await?;
        }
        if is_idle && asked.elapsed() < PAUSE_MIN {
            // A neighbour that says nothing, and says it at once, is not asked again at once.
            tokio::time::sleep(PAUSE_MIN).await;
        }
        Ok(())
    }

    /// Reads everything the neighbour holds of shared matters after what was swept before.
    ///
    /// The cursor stays before the first act that is not taken, so that it comes again.
    async fn sweep(&mut self, mut cursor: Cursor) -> Result<(), PullError> {
        let mut after = cursor.all;
        let mut is_whole = true;
        loop {
            let page = self.ask(&cursor, FeedScope::All, after, 0).await?;
            if page.epoch != cursor.epoch {
                return Ok(());
            }
            let taken = self.take(&page).await?;
            is_whole &= taken.refused.is_empty();
            if is_whole {
                cursor.all = page.to;
                self.keep(&cursor).await?;
            }
            self.note(&page, &taken);
            if page.to >= page.head || page.to <= after {
                break;
            }
            after = page.to;
        }
        self.sweep_pause = if is_whole { PAUSE_MIN } else { (self.sweep_pause * 2).min(PAUSE_MAX) };
        self.next_sweep = Instant::now() + self.sweep_pause;
        Ok(())
    }

    async fn ask(
        &self,
        cursor: &Cursor,
        scope: FeedScope,
        after: u64,
        wait: u64,
    ) -> Result<FeedPage, PeerError> {
        let epoch = cursor.epoch.clone();
        let question = FeedQuestion { v: 1, epoch, after, scope, wait };
        self.client.post_json("/v1/feed", &question).await
    }

    async fn take(&self, page: &FeedPage) -> Result<Taken, PullError> {
        if page.parcel.acts.is_empty() {
            return Ok(Taken { received: Received::default(), refused: Vec::new() });
        }
        let (service, parcel) = (Arc::clone(&self.service), page.parcel.clone());
        let (received, refused) = blocking(move || service.receive_by_matter(&parcel)).await?;
        Ok(Taken { received, refused })
    }

    fn note(&self, page: &FeedPage, taken: &Taken) {
        let refused = taken.refused.first().map(|error| words(error));
        self.board.heard(&self.neighbour, page, refused, self.clock.now());
    }

    /// Whether a matter stands there otherwise than here.
    fn differs(&self, there: &[MatterDigest]) -> bool {
        let here = self.service.digests(&self.neighbour.party);
        there.iter().any(|there| {
            let here = here.iter().find(|here| here.matter == there.matter);
            here.is_none_or(|here| here.frontier != there.frontier)
        })
    }

    fn cursor_name(&self) -> String {
        format!("cursor/{}", self.neighbour.party)
    }

    fn cursor(&self) -> Result<Cursor, StoreError> {
        let stored = self.service.ledger().setting(&self.cursor_name())?;
        Ok(stored.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default())
    }

    async fn keep(&self, cursor: &Cursor) -> Result<(), PullError> {
        if self.cursor()? == *cursor {
            return Ok(());
        }
        // Text and integers only: writing them cannot fail.
        let bytes = serde_json::to_vec(cursor).unwrap_or_default();
        let (service, name) = (Arc::clone(&self.service), self.cursor_name());
        blocking(move || service.ledger().put_setting(&name, &bytes)).await?;
        Ok(())
    }
}
