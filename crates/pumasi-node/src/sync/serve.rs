//! The side of sync that answers: feeds for neighbours, each seeing only its own matters.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::routing::post;
use axum::{Extension, Json, Router};

use super::{FeedQuestion, WAIT_SECONDS, blocking};
use crate::runtime::tls::Peer;
use crate::service::{FeedPage, FeedScope, Service};
use crate::store::{ActLog as _, StoreError};

/// The routes neighbours may ask.
pub fn router(service: Arc<Service>) -> Router {
    Router::new().route("/v1/feed", post(feed)).with_state(service)
}

async fn feed(
    State(service): State<Arc<Service>>,
    Extension(peer): Extension<Peer>,
    Json(question): Json<FeedQuestion>,
) -> Response {
    if question.v != 1 {
        return (StatusCode::BAD_REQUEST, "only version 1 is spoken here").into_response();
    }
    match answer(&service, &peer, question).await {
        Ok(page) => Json(page).into_response(),
        Err(error) => {
            // Neighbours are told less than operators.
            tracing::error!(%error, "the ledger failed while serving a feed");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}

/// Answers at once when there is something, else when something comes or the wait is over.
async fn answer(
    service: &Arc<Service>,
    peer: &Peer,
    question: FeedQuestion,
) -> Result<FeedPage, StoreError> {
    let wait = Duration::from_secs(question.wait.min(WAIT_SECONDS));
    let deadline = tokio::time::Instant::now() + wait;
    let mut watch = service.ledger().watch();
    let mut after = question.after;
    loop {
        watch.mark_unchanged();
        let page = read(service, peer, question.scope, after).await?;
        let other_ledger = page.epoch != question.epoch;
        if other_ledger || !page.parcel.acts.is_empty() {
            return Ok(page);
        }
        after = page.to;
        let changed = tokio::time::timeout_at(deadline, watch.changed()).await;
        if changed.is_err() {
            return Ok(FeedPage { digests: service.digests(&peer.party), ..page });
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
