//! Push around its core: the route on which neighbours tell, and the side that tells those that
//! answer and do not ask.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::post;
use axum::{Extension, Json, Router};
use pumasi_base::PartyId;
use pumasi_sync::push::{QUIET, Sight, answer, judge};
use pumasi_sync::{Cursor, Pace, PushAnswer, PushQuestion, PushStep, Pushing, Taken};
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::board::Board;
use super::turns::Turns;
use super::{Neighbour, blocking, neighbours, words};
use crate::runtime::peer::{Limits, PeerClient, PeerError};
use crate::runtime::tls::{Peer, Pins};
use crate::service::{ReceiveError, Service};
use crate::store::StoreError;

/// The most bytes of a push: a page with what it needs, as text within text.
const PUSH_BYTES_MAX: usize = 8 * 1024 * 1024;

/// How often it is looked whether something is to be pushed.
const TICK: Duration = Duration::from_secs(1);

/// How long nodes of one drill leave each other's feed alone before they push.
const QUIET_IN_A_HURRY: Duration = Duration::from_secs(2);

#[derive(Clone)]
struct Desk {
    service: Arc<Service>,
    board: Arc<Board>,
    turns: Turns,
}

/// The route on which neighbours push.
pub fn router(service: Arc<Service>, board: Arc<Board>) -> Router {
    Router::new()
        .route("/v1/push", post(push))
        .layer(DefaultBodyLimit::max(PUSH_BYTES_MAX))
        .with_state(Desk { service, board, turns: Turns::at_most(1) })
}

async fn push(State(desk): State<Desk>, Extension(peer): Extension<Peer>, body: Bytes) -> Response {
    let Some(turn) = desk.turns.take(&peer.party) else {
        let wait = [(header::RETRY_AFTER, "1")];
        return (StatusCode::TOO_MANY_REQUESTS, wait, "one push at a time").into_response();
    };
    desk.board.visited(&peer.party);
    let question = match PushQuestion::read(&body) {
        Ok(question) => question,
        Err(error) => return (StatusCode::BAD_REQUEST, error.to_string()).into_response(),
    };
    let service = Arc::clone(&desk.service);
    let told = blocking(move || {
        let _turn = turn;
        take(&service, &peer.party, &question)
    });
    match told.await {
        Ok(answer) => Json(answer).into_response(),
        Err(error) => {
            tracing::warn!(%error, "a push could not be taken");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}

fn cursor_name(party: &PartyId) -> String {
    format!("pushed/{party}")
}

/// Takes a push, and answers once position and acts are on disk.
fn take(
    service: &Service,
    party: &PartyId,
    question: &PushQuestion,
) -> Result<PushAnswer, ReceiveError> {
    let stored = service.ledger().setting(&cursor_name(party))?;
    let kept: Cursor =
        stored.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
    let started = Instant::now();
    let taken = match judge(&kept, question) {
        Some(parcel) => service.receive_in_order(&parcel)?,
        None => Taken::default(),
    };
    let (answer, moved) = answer(&kept, question, &taken, started.elapsed());
    if moved != kept {
        // Text and integers only: writing them cannot fail.
        let bytes = serde_json::to_vec(&moved).unwrap_or_default();
        service.ledger().put_setting(&cursor_name(party), &bytes)?;
    }
    Ok(answer)
}

/// Why a push did not get through.
#[derive(Debug, thiserror::Error)]
enum PushError {
    #[error(transparent)]
    Peer(#[from] PeerError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Pushes to every neighbour that answers and does not ask, for as long as the node runs.
pub async fn run(service: Arc<Service>, board: Arc<Board>, pins: Arc<dyn Pins>) {
    let started = Instant::now();
    let mut idle: BTreeMap<PartyId, Teller> = BTreeMap::new();
    let mut telling = JoinSet::new();
    let mut busy: BTreeMap<PartyId, String> = BTreeMap::new();
    loop {
        tokio::time::sleep(TICK).await;
        while let Some(told) = telling.try_join_next() {
            let Ok(teller) = told else { continue };
            let teller: Teller = teller;
            busy.remove(&teller.party);
            idle.insert(teller.party.clone(), teller);
        }
        let reading = Arc::clone(&service);
        let known = blocking(move || neighbours(reading.ledger())).await.unwrap_or_default();
        for neighbour in known {
            // A neighbour that moved is told at its new address once the call under way has ended.
            if busy.contains_key(&neighbour.party) {
                continue;
            }
            let teller = match idle.remove(&neighbour.party) {
                Some(teller) if teller.url == neighbour.url => teller,
                _ => match Teller::new(&service, &board, &pins, &neighbour, started) {
                    Ok(teller) => teller,
                    // The follower says what is wrong with the address.
                    Err(_) => continue,
                },
            };
            busy.insert(neighbour.party, neighbour.url);
            telling.spawn(teller.tell());
        }
    }
}

/// The side that tells one neighbour.
struct Teller {
    party: PartyId,
    url: String,
    client: PeerClient,
    pushing: Pushing,
    service: Arc<Service>,
    board: Arc<Board>,
    started: Instant,
}

impl Teller {
    fn new(
        service: &Arc<Service>,
        board: &Arc<Board>,
        pins: &Arc<dyn Pins>,
        neighbour: &Neighbour,
        started: Instant,
    ) -> Result<Self, PeerError> {
        let Neighbour { party, url } = neighbour.clone();
        let limits = Limits { answer_wait: Duration::from_secs(60), ..Limits::default() };
        let key = service.node_key();
        let client = PeerClient::new(&url, party.clone(), Arc::clone(pins), key, limits)?;
        let quiet = if board.hurry() { QUIET_IN_A_HURRY } else { QUIET };
        let pushing = Pushing::new(Pace::default(), quiet, started.elapsed());
        let (service, board) = (Arc::clone(service), Arc::clone(board));
        Ok(Self { party, url, client, pushing, service, board, started })
    }

    /// Tells what there is to tell, until there is something to wait for.
    async fn tell(mut self) -> Self {
        loop {
            let step = self.pushing.next(self.started.elapsed(), self.sight());
            if let PushStep::Wait(_) = step {
                return self;
            }
            match self.put(step).await {
                Ok(answer) => {
                    for rejected in &answer.rejected {
                        let (id, code) = (rejected.id, &rejected.code);
                        tracing::debug!(party = %self.party, %id, code, "a push was not taken");
                    }
                    self.pushing.answered(self.started.elapsed(), &answer);
                }
                Err(PushError::Peer(PeerError::Busy { pause, .. })) => {
                    self.pushing.busy(self.started.elapsed(), pause);
                }
                Err(error) => {
                    let (party, error) = (&self.party, words(&error));
                    tracing::debug!(%party, error, "a push did not get through");
                    self.pushing.failed(self.started.elapsed());
                }
            }
        }
    }

    fn sight(&self) -> Sight {
        let asked = self.board.asked.last(&self.party);
        Sight {
            answers: self.board.answers(&self.party),
            asked_at: asked.map(|asked| asked.saturating_duration_since(self.started)),
            head: self.service.with_replica(pumasi_sync::Replica::head),
        }
    }

    async fn put(&self, step: PushStep) -> Result<PushAnswer, PushError> {
        let (service, party) = (Arc::clone(&self.service), self.party.clone());
        let question = blocking(move || question(&service, &party, step)).await?;
        Ok(self.client.post_json("/v1/push", &question).await?)
    }
}

/// What a step says, under the scope rules of the feed: nothing for whom it is not shared with.
fn question(
    service: &Service,
    party: &PartyId,
    step: PushStep,
) -> Result<PushQuestion, StoreError> {
    let epoch = || service.hello().epoch;
    Ok(match step {
        PushStep::Page { question, last } => {
            let after = pumasi_sync::push::Reach {
                own: question.after,
                bulk: question.bulk.unwrap_or(question.after),
            };
            let page = Box::new(service.page(party, &question)?);
            PushQuestion::Page { after, last, page }
        }
        PushStep::Acts(ids) => {
            PushQuestion::Acts { epoch: epoch(), parcel: service.wanted(party, &ids)?.parcel }
        }
        PushStep::Where | PushStep::Wait(_) => PushQuestion::Where { epoch: epoch() },
    })
}
