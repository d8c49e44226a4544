//! The side of sync that answers: feeds for neighbours, each seeing only its own matters.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{DefaultBodyLimit, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::routing::post;
use axum::{Extension, Json, Router};
use pumasi_sync::FeedQuestion;
use tokio::time::Instant;

use super::board::Board;
use super::{WAIT_SECONDS, blocking};
use crate::runtime::tls::Peer;
use crate::service::{FeedPage, FeedScope, Service};
use crate::store::StoreError;

/// The most bytes a neighbour's question may have.
const QUESTION_BYTES_MAX: usize = 16 * 1024;

/// How long the authors of new acts have to bring them themselves before this node says that it
/// holds more than it wrote.
const RELAY_WAIT: Duration = Duration::from_secs(1);

#[derive(Clone)]
struct Desk {
    service: Arc<Service>,
    board: Arc<Board>,
}

/// The routes neighbours may ask.
pub fn router(service: Arc<Service>, board: Arc<Board>) -> Router {
    Router::new()
        .route("/v1/feed", post(feed))
        .layer(DefaultBodyLimit::max(QUESTION_BYTES_MAX))
        .with_state(Desk { service, board })
}

async fn feed(
    State(desk): State<Desk>,
    Extension(peer): Extension<Peer>,
    Json(question): Json<FeedQuestion>,
) -> Response {
    if question.v != 1 {
        return (StatusCode::BAD_REQUEST, "only version 1 is spoken here").into_response();
    }
    desk.board.visited(&peer.party);
    match answer(&desk, &peer, question).await {
        Ok(page) => Json(page).into_response(),
        Err(error) => {
            // Neighbours are told less than operators.
            tracing::error!(%error, "the ledger failed while serving a feed");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}

/// Answers at once when there is something, soon when matters stand otherwise than they did, else
/// when the wait is over or the node stops.
async fn answer(desk: &Desk, peer: &Peer, question: FeedQuestion) -> Result<FeedPage, StoreError> {
    let wait = Duration::from_secs(question.wait.min(WAIT_SECONDS));
    let mut deadline = Instant::now() + wait;
    let mut watch = desk.service.ledger().watch();
    let mut after = question.after;
    let mut digests = None;
    loop {
        watch.mark_unchanged();
        let page = read(&desk.service, peer, question.scope, after).await?;
        let other_ledger = page.epoch != question.epoch || page.to < after;
        if other_ledger || !page.parcel.acts.is_empty() || Instant::now() >= deadline {
            return Ok(page);
        }
        after = page.to;
        if digests.get_or_insert_with(|| page.digests.clone()) != &page.digests {
            deadline = deadline.min(Instant::now() + RELAY_WAIT);
        }
        tokio::select! {
            _changed_or_over = tokio::time::timeout_at(deadline, watch.changed()) => {}
            () = desk.board.closed() => return Ok(page),
        }
    }
}

async fn read(
    service: &Arc<Service>,
    peer: &Peer,
    scope: FeedScope,
    after: u64,
) -> Result<FeedPage, StoreError> {
    let (service, reader) = (Arc::clone(service), peer.party.clone());
    blocking(move || service.feed(&reader, scope, after)).await
}
