//! The side of sync that asks: one neighbour's feed, read for as long as the node runs.

use std::sync::Arc;
use std::time::Duration;

use pumasi_sync::recovery::has_returned;
use pumasi_sync::{Answer, Cursor, Dialogue, Pace, Parcel, Question, ReconQuestion, Step, Taken};
use tokio::time::Instant;

use super::board::Board;
use super::{Neighbour, blocking, words};
use crate::clock::Clock;
use crate::runtime::peer::{PeerClient, PeerError};
use crate::service::{ReceiveError, Service};
use crate::store::StoreError;

/// How often it is stored how far a neighbour was read, while acts keep coming.
const BOOKMARK_EVERY: Duration = Duration::from_secs(1);

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

/// How far a neighbour was read, as it is on disk.
struct Bookmark {
    cursor: Cursor,
    stored_at: Instant,
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
        let cursor = loop {
            match self.cursor() {
                Ok(cursor) => break cursor,
                Err(error) => self.board.failed(&self.neighbour, &words(&error), self.clock.now()),
            }
            tokio::time::sleep(pace.pause_max).await;
        };
        let party = self.neighbour.party.clone();
        let mut bookmark = Bookmark { cursor: cursor.clone(), stored_at: Instant::now() };
        let mut dialogue = Dialogue::new(self.service.hello(), party, cursor, pace);
        loop {
            match self.service.with_replica(|replica| dialogue.next(self.now(), replica)) {
                Step::Ask(question) => {
                    match self.ask(&mut dialogue, &mut bookmark, &question).await {
                        Ok(()) => {}
                        Err(PullError::Peer(PeerError::Busy { pause, .. })) => {
                            dialogue.busy(self.now(), pause);
                        }
                        Err(error) => {
                            self.board.failed(&self.neighbour, &words(&error), self.clock.now());
                            dialogue.failed(self.now());
                        }
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
    async fn ask(
        &self,
        dialogue: &mut Dialogue,
        bookmark: &mut Bookmark,
        question: &Question,
    ) -> Result<(), PullError> {
        let answer = self.put(question).await?;
        let clocks = (self.client.last_date(), self.clock.now());
        let taken = match dialogue.parcel(&answer) {
            Some(parcel) => self.take(parcel).await?,
            None => Taken::default(),
        };
        let moved = self
            .service
            .with_replica(|replica| dialogue.answered(self.now(), replica, &answer, &taken));
        let moved = moved.map_err(|error| self.client.incompatible(error.to_string()))?;
        if moved.is_some() {
            // What was taken is on disk.
            dialogue.saved();
        }
        self.keep(bookmark, dialogue.cursor(), taken.received.new == 0).await?;
        self.note_return(question, &answer, &taken).await?;
        if let Answer::Feed(page) = &answer
            && page.epoch == dialogue.cursor().epoch
        {
            let refused = taken.refused.first().map(|error| words(error));
            self.board.heard(&self.neighbour, page, refused, clocks);
            if page.standing.is_some() {
                let shown = self.board.digests(&self.neighbour.party);
                self.service.compare_digests(&self.neighbour.party, &shown);
            }
        }
        Ok(())
    }

    /// While this node comes back from a backup, notes a neighbour that has returned everything.
    async fn note_return(
        &self,
        question: &Question,
        answer: &Answer,
        taken: &Taken,
    ) -> Result<(), StoreError> {
        let party = self.neighbour.party.clone();
        let returned = self.service.recovery().is_some()
            && self
                .service
                .with_replica(|replica| has_returned(replica, &party, question, answer, taken));
        if !returned {
            return Ok(());
        }
        let service = Arc::clone(&self.service);
        blocking(move || service.returned(&party)).await
    }

    async fn put(&self, question: &Question) -> Result<Answer, PeerError> {
        let client = &self.client;
        Ok(match question {
            Question::Hello(hello) => Answer::Hello(client.post_json("/v1/hello", hello).await?),
            Question::Feed(feed) => Answer::Feed(client.post_json("/v1/feed", feed).await?),
            Question::Want(want) => Answer::Parcel(client.post_json("/v1/want", want).await?),
            Question::Recon(recon @ ReconQuestion::Matters(_)) => {
                Answer::Recon(client.post_json("/v1/recon", recon).await?)
            }
            Question::Recon(recon @ ReconQuestion::Above { .. }) => {
                Answer::Parcel(client.post_json("/v1/recon", recon).await?)
            }
        })
    }

    async fn take(&self, parcel: Parcel) -> Result<Taken, ReceiveError> {
        let service = Arc::clone(&self.service);
        blocking(move || service.receive_in_order(&parcel)).await
    }

    fn cursor_name(&self) -> String {
        format!("cursor/{}", self.neighbour.party)
    }

    fn cursor(&self) -> Result<Cursor, StoreError> {
        let stored = self.service.ledger().setting(&self.cursor_name())?;
        Ok(stored.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default())
    }

    /// Stores how far this neighbour was read: now when `quiet`, else once in a while. Under a
    /// stream of acts that saves half of the writes, and an old cursor costs reading again.
    async fn keep(
        &self,
        bookmark: &mut Bookmark,
        cursor: &Cursor,
        quiet: bool,
    ) -> Result<(), StoreError> {
        let is_due = quiet || bookmark.stored_at.elapsed() >= BOOKMARK_EVERY;
        if !is_due || bookmark.cursor == *cursor {
            return Ok(());
        }
        *bookmark = Bookmark { cursor: cursor.clone(), stored_at: Instant::now() };
        // Text and integers only: writing them cannot fail.
        let bytes = serde_json::to_vec(cursor).unwrap_or_default();
        let (service, name) = (Arc::clone(&self.service), self.cursor_name());
        blocking(move || service.ledger().put_setting(&name, &bytes)).await
    }
}
