//! The side of sync that answers: each neighbour is told of the matters it shares, and of no other.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Extension, Json, Router};
use pumasi_base::PartyId;
use pumasi_sync::hello::Limits;
use pumasi_sync::{
    FeedPage, FeedQuestion, Hello, QuestionError, ReconError, ReconQuestion, WantQuestion,
};
use serde::Serialize;
use tokio::time::Instant;

use super::board::Board;
use super::turns::{Turn, Turns};
use super::{WAIT_SECONDS, blocking};
use crate::runtime::tls::Peer;
use crate::service::Service;
use crate::store::StoreError;

/// The most bytes a neighbour's question may have, 512 KiB: it may state the heights of many logs.
const QUESTION_BYTES_MAX: usize = 512 * 1024;

/// The most questions of one party that are answered at the same time.
const OPEN_QUESTIONS_MAX: usize = 8;

/// How long a party with more of them is asked to wait, in seconds.
const RETRY_AFTER_SECONDS: &str = "1";

/// How long the authors of new acts have to bring them themselves before this node says that it
/// holds more than it wrote.
const RELAY_WAIT: Duration = Duration::from_secs(1);

#[derive(Clone)]
struct Desk {
    service: Arc<Service>,
    board: Arc<Board>,
    turns: Turns,
}

impl Desk {
    /// Lets a party's question in, unless too many of its questions are open.
    fn admit(&self, party: &PartyId) -> Result<Turn, Declined> {
        let turn = self.turns.take(party).ok_or(Declined::Busy)?;
        self.board.visited(party);
        Ok(turn)
    }
}

/// Why a question is not answered as asked.
enum Declined {
    /// Too many questions of the party are open.
    Busy,
    /// It does not read, as the words say.
    Unread(String),
}

impl From<QuestionError> for Declined {
    fn from(error: QuestionError) -> Self {
        Self::Unread(error.to_string())
    }
}

impl From<ReconError> for Declined {
    fn from(error: ReconError) -> Self {
        Self::Unread(error.to_string())
    }
}

impl IntoResponse for Declined {
    fn into_response(self) -> Response {
        match self {
            Self::Busy => {
                let wait = [(header::RETRY_AFTER, RETRY_AFTER_SECONDS)];
                (StatusCode::TOO_MANY_REQUESTS, wait, "ask again later").into_response()
            }
            Self::Unread(words) => (StatusCode::BAD_REQUEST, words).into_response(),
        }
    }
}

/// The routes neighbours may ask.
pub fn router(service: Arc<Service>, board: Arc<Board>) -> Router {
    Router::new()
        .route("/v1/hello", post(hello))
        .route("/v1/feed", post(feed))
        .route("/v1/want", post(want))
        .route("/v1/recon", post(recon))
        .layer(DefaultBodyLimit::max(QUESTION_BYTES_MAX))
        .with_state(Desk { service, board, turns: Turns::at_most(OPEN_QUESTIONS_MAX) })
}

async fn hello(
    State(desk): State<Desk>,
    Extension(peer): Extension<Peer>,
    body: Bytes,
) -> Result<Response, Declined> {
    let _open = desk.admit(&peer.party)?;
    let there = Hello::read(&body)?;
    tracing::debug!(party = %peer.party, epoch = there.epoch, "a neighbour says hello");
    // Whether the two can talk the asker finds out from the answer, whatever it said itself.
    let here = Hello { limits: Some(Limits::default()), ..desk.service.hello() };
    Ok(Json(here).into_response())
}

async fn feed(
    State(desk): State<Desk>,
    Extension(peer): Extension<Peer>,
    body: Bytes,
) -> Result<Response, Declined> {
    let _open = desk.admit(&peer.party)?;
    let question = FeedQuestion::read(&body)?;
    let _asking = desk.board.asked.begin(&peer.party);
    Ok(told(answer(&desk, &peer, question).await))
}

async fn want(
    State(desk): State<Desk>,
    Extension(peer): Extension<Peer>,
    body: Bytes,
) -> Result<Response, Declined> {
    let _open = desk.admit(&peer.party)?;
    let question = WantQuestion::read(&body)?;
    let service = Arc::clone(&desk.service);
    Ok(told(blocking(move || service.wanted(&peer.party, &question.ids)).await))
}

async fn recon(
    State(desk): State<Desk>,
    Extension(peer): Extension<Peer>,
    body: Bytes,
) -> Result<Response, Declined> {
    let _open = desk.admit(&peer.party)?;
    let service = Arc::clone(&desk.service);
    Ok(match ReconQuestion::read(&body)? {
        ReconQuestion::Matters(message) => {
            let answer =
                service.with_replica(|replica| replica.recon_answer(&peer.party, &message))?;
            Json(answer).into_response()
        }
        ReconQuestion::Above { matters, marks } => {
            told(blocking(move || service.above(&peer.party, &matters, &marks)).await)
        }
    })
}

fn told<T: Serialize>(answer: Result<T, StoreError>) -> Response {
    match answer {
        Ok(answer) => Json(answer).into_response(),
        Err(error) => {
            // Neighbours are told less than operators.
            tracing::error!(%error, "the ledger failed while answering a neighbour");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}

/// Answers at once when there is something, soon when others wrote in shared matters, else when the
/// wait is over or the node stops.
async fn answer(
    desk: &Desk,
    peer: &Peer,
    mut question: FeedQuestion,
) -> Result<FeedPage, StoreError> {
    let wait = Duration::from_secs(question.wait.min(WAIT_SECONDS));
    let mut deadline = Instant::now() + wait;
    let mut watch = desk.service.ledger().watch();
    let mut closed = false;
    loop {
        watch.mark_unchanged();
        let (service, reader) = (Arc::clone(&desk.service), peer.party.clone());
        let (draft, asked) = blocking(move || {
            let draft = service.draft(&reader, &question);
            Ok::<_, StoreError>((draft, question))
        })
        .await?;
        let is_due = closed || Instant::now() >= deadline || draft.is_of_other_ledger(&asked);
        if is_due || !draft.is_empty() {
            let (service, reader) = (Arc::clone(&desk.service), peer.party.clone());
            let page = blocking(move || service.complete(&reader, draft)).await?;
            // Acts that are still on their way to the disk here are told of when they are there.
            if is_due || !page.parcel.acts.is_empty() {
                return Ok(page);
            }
            question = asked;
        } else {
            if draft.passed() {
                deadline = deadline.min(Instant::now() + RELAY_WAIT);
            }
            let (after, bulk) = draft.reach();
            question = FeedQuestion { after, bulk, ..asked };
        }
        tokio::select! {
            _changed_or_over = tokio::time::timeout_at(deadline, watch.changed()) => {}
            () = desk.board.closed() => closed = true,
        }
    }
}
