//! The side of sync that asks: one neighbour's feed, read for as long as the node runs.

use std::sync::Arc;
use std::time::Duration;

use pumasi_sync::{Cursor, Dialogue, FeedPage, FeedQuestion, Pace, Step, Taken};
use tokio::time::Instant;

use super::board::Board;
use super::{Neighbour, blocking, words};
use crate::clock::Clock;
use crate::runtime::peer::{PeerClient, PeerError};
use crate::service::{ReceiveError, Service};
use crate::store::StoreError;

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

/// Reads one neighbour.
pub(super) struct Follower {
    service: Arc<Service>,
    board: Arc<Board>,
    client: PeerClient,
    clock: Clock,
    neighbour: Neighbour,
    started: Instant,
}

impl Follower {
    pub(super) fn new(
        service: Arc<Service>,
        board: Arc<Board>,
        client: PeerClient,
        clock: Clock,
        neighbour: Neighbour,
    ) -> Self {
        Self { service, board, client, clock, neighbour, started: Instant::now() }
    }

    /// Does what the dialogue says, again and again.
    pub(super) async fn run(self) {
        let mut pace = Pace::default();
        if self.board.hurry() {
            pace.pause_max = pace.pause_min;
        }
        let mut dialogue = loop {
            match self.cursor() {
                Ok(cursor) => break Dialogue::new(cursor, pace),
                Err(error) => self.board.failed(&self.neighbour, &words(&error), self.clock.now()),
            }
            tokio::time::sleep(pace.pause_max).await;
        };
        loop {
            match dialogue.next(self.now()) {
                Step::Ask(question) => {
                    if let Err(error) = self.ask(&mut dialogue, &question).await {
                        self.board.failed(&self.neighbour, &words(&error), self.clock.now());
                        dialogue.failed(self.now());
                    }
                }
                Step::Wait(until) => tokio::select! {
                    () = tokio::time::sleep_until(self.started + until) => {}
                    () = self.board.visit(&self.neighbour.party) => dialogue.visited(self.now()),
                },
            }
        }
    }

    /// Time since this follower started, which is all a dialogue needs of a clock.
    fn now(&self) -> Duration {
        self.started.elapsed()
    }

    /// One question and its answer: takes what came, then stores how far it reached.
    async fn ask(&self, dialogue: &mut Dialogue, question: &FeedQuestion) -> Result<(), PullError> {
        let page: FeedPage = self.client.post_json("/v1/feed", question).await?;
        let wanted = dialogue.wants(&page);
        let taken = if wanted { self.take(&page).await? } else { Taken::default() };
        let differs = self.service.differs(&self.neighbour.party, &page.digests);
        if let Some(cursor) = dialogue.answered(self.now(), &page, &taken, differs) {
            self.keep(&cursor).await?;
            dialogue.saved();
        }
        if wanted {
            let refused = taken.refused.first().map(|error| words(error));
            self.board.heard(&self.neighbour, &page, refused, self.clock.now());
        }
        Ok(())
    }

    async fn take(&self, page: &FeedPage) -> Result<Taken, ReceiveError> {
        if page.parcel.acts.is_empty() {
            return Ok(Taken::default());
        }
        let (service, parcel) = (Arc::clone(&self.service), page.parcel.clone());
        blocking(move || service.receive_by_matter(&parcel)).await
    }

    fn cursor_name(&self) -> String {
        format!("cursor/{}", self.neighbour.party)
    }

    fn cursor(&self) -> Result<Cursor, StoreError> {
        let stored = self.service.ledger().setting(&self.cursor_name())?;
        Ok(stored.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default())
    }

    async fn keep(&self, cursor: &Cursor) -> Result<(), StoreError> {
        // Text and integers only: writing them cannot fail.
        let bytes = serde_json::to_vec(cursor).unwrap_or_default();
        let (service, name) = (Arc::clone(&self.service), self.cursor_name());
        blocking(move || service.ledger().put_setting(&name, &bytes)).await
    }
}
