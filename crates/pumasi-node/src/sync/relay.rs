//! Relay: sealed files left with a neighbour for a party that cannot be reached, and fetched there.
//!
//! Whoever relays is in no audience of what is inside. It sees sender, recipient and size.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{Method, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use axum::{Extension, Json, Router};
use pumasi_base::{Digest, PartyId};
use serde::{Deserialize, Serialize};
use tokio::sync::Semaphore;
use tokio::time::Instant;

use super::board::Board;
use super::turns::Turns;
use super::{Neighbour, blocking, neighbours, words};
use crate::clock::Clock;
use crate::runtime::peer::{Limits, PeerClient, PeerError};
use crate::runtime::tls::{Peer, Pins};
use crate::service::Service;
use crate::service::relay::{FILE_BYTES_MAX, KeptFile, RelayError};
use crate::store::StoreError;

/// How many files are taken in at the same time, of all neighbours together: each lies in memory.
const INCOMING_MAX: usize = 4;

/// How long a party whose file is not taken just now is asked to wait, in seconds.
const RETRY_AFTER_SECONDS: &str = "10";

/// How often it is looked whether some neighbour is due.
const TICK: Duration = Duration::from_secs(1);

/// How often a neighbour that answers is asked what it keeps for us.
const ASK_EVERY: Duration = Duration::from_secs(60);

/// After how long a file that was not taken is looked at again: what it lacked may be here then.
const AGAIN: Duration = Duration::from_secs(10 * 60);

/// How long a file may be on its way.
const FILE_WAIT: Duration = Duration::from_secs(10 * 60);

/// What a relay keeps for the asker.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// The files, the oldest first.
    pub files: Vec<KeptFile>,
}

/// A file that was taken in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Left {
    /// Its id.
    pub id: Digest,
}

#[derive(Clone)]
struct Desk {
    service: Arc<Service>,
    clock: Clock,
    turns: Turns,
    incoming: Arc<Semaphore>,
}

/// The routes on which neighbours leave and fetch files.
pub fn router(service: Arc<Service>, clock: Clock) -> Router {
    let (turns, incoming) = (Turns::at_most(1), Arc::new(Semaphore::new(INCOMING_MAX)));
    Router::new()
        .route("/v1/relay", get(list))
        // What follows is the recipient when a file is left, and a file when it is fetched.
        .route("/v1/relay/{name}", post(leave).get(fetch).delete(done))
        .with_state(Desk { service, clock, turns, incoming })
}

/// Neighbours are told less than operators.
fn failed(error: &StoreError) -> Response {
    tracing::warn!(%error, "the relay does not answer a neighbour");
    StatusCode::SERVICE_UNAVAILABLE.into_response()
}

fn refused(error: &RelayError) -> Response {
    let status = match error {
        RelayError::NotSealed => StatusCode::UNPROCESSABLE_ENTITY,
        RelayError::NoRecipient(_) => StatusCode::NOT_FOUND,
        RelayError::SenderFull { .. } | RelayError::Full { .. } => StatusCode::INSUFFICIENT_STORAGE,
        RelayError::Store(error) => return failed(error),
    };
    (status, error.to_string()).into_response()
}

async fn leave(
    State(desk): State<Desk>,
    Extension(peer): Extension<Peer>,
    Path(to): Path<PartyId>,
    body: Body,
) -> Response {
    // Before anything is read: what is not taken in takes no memory.
    let (Some(_turn), Ok(_room)) = (desk.turns.take(&peer.party), desk.incoming.try_acquire())
    else {
        let wait = [(header::RETRY_AFTER, RETRY_AFTER_SECONDS)];
        return (StatusCode::TOO_MANY_REQUESTS, wait, "send it again later").into_response();
    };
    let Ok(file) = axum::body::to_bytes(body, FILE_BYTES_MAX).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let (service, now) = (Arc::clone(&desk.service), desk.clock.now());
    match blocking(move || service.relay_keep(&peer.party, &to, &file, now)).await {
        Ok(id) => Json(Left { id }).into_response(),
        Err(error) => refused(&error),
    }
}

async fn list(State(desk): State<Desk>, Extension(peer): Extension<Peer>) -> Response {
    match blocking(move || desk.service.relayed_for(&peer.party)).await {
        Ok(files) => Json(Kept { files }).into_response(),
        Err(error) => failed(&error),
    }
}

async fn fetch(
    State(desk): State<Desk>,
    Extension(peer): Extension<Peer>,
    Path(id): Path<Digest>,
) -> Response {
    match blocking(move || desk.service.relayed_file(&peer.party, &id)).await {
        Ok(Some(file)) => file.into_response(),
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => failed(&error),
    }
}

async fn done(
    State(desk): State<Desk>,
    Extension(peer): Extension<Peer>,
    Path(id): Path<Digest>,
) -> Response {
    match blocking(move || desk.service.relay_done(&peer.party, &id)).await {
        Ok(true) => StatusCode::NO_CONTENT.into_response(),
        Ok(false) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => failed(&error),
    }
}

/// Why a file was not left with a neighbour.
#[derive(Debug, thiserror::Error)]
pub enum LeaveError {
    /// This node has no way to the neighbour.
    #[error("this node has no address of `{0}`")]
    NoWay(PartyId),
    /// It is too large.
    #[error("the sealed file has {bytes} bytes, and {FILE_BYTES_MAX} is the most")]
    TooLarge {
        /// Its bytes.
        bytes: usize,
    },
    /// The neighbour said no.
    #[error("`{party}` answers with status {status}: {text}")]
    Refused {
        /// The neighbour.
        party: PartyId,
        /// The HTTP status.
        status: u16,
        /// What it said.
        text: String,
    },
    /// The neighbour did not answer as asked.
    #[error("{}", words(.0))]
    Peer(#[from] PeerError),
    /// The ledger failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

fn client_of(
    service: &Service,
    pins: &Arc<dyn Pins>,
    neighbour: &Neighbour,
) -> Result<PeerClient, PeerError> {
    // Room for the list of many files, and for the head of an answer.
    let body_bytes_max = FILE_BYTES_MAX + 64 * 1024;
    let limits = Limits { answer_wait: FILE_WAIT, body_bytes_max, ..Limits::default() };
    let (url, party) = (&neighbour.url, neighbour.party.clone());
    PeerClient::new(url, party, Arc::clone(pins), service.node_key(), limits)
}

/// Leaves a sealed file for `to` with the neighbour `via`.
///
/// # Errors
/// When there is no way to the neighbour, or it does not take the file.
pub async fn send(
    service: &Arc<Service>,
    pins: &Arc<dyn Pins>,
    via: &PartyId,
    to: &PartyId,
    file: Vec<u8>,
) -> Result<Digest, LeaveError> {
    let bytes = file.len();
    if bytes > FILE_BYTES_MAX {
        return Err(LeaveError::TooLarge { bytes });
    }
    let reading = Arc::clone(service);
    let known = blocking(move || neighbours(reading.ledger())).await?;
    let way = known.into_iter().find(|neighbour| neighbour.party == *via);
    let way = way.ok_or_else(|| LeaveError::NoWay(via.clone()))?;
    let client = client_of(service, pins, &way)?;
    let path = format!("/v1/relay/{to}");
    let (status, body) = client.exchange_bytes(Method::POST, &path, file).await?;
    match serde_json::from_slice::<Left>(&body) {
        Ok(left) if status == StatusCode::OK => Ok(left.id),
        _ => Err(LeaveError::Refused {
            party: via.clone(),
            status: status.as_u16(),
            text: String::from_utf8_lossy(&body).chars().take(500).collect(),
        }),
    }
}

/// Asks every neighbour that answers for what it keeps for us, for as long as the node runs.
pub async fn run(service: Arc<Service>, board: Arc<Board>, pins: Arc<dyn Pins>, clock: Clock) {
    let mut asked: BTreeMap<PartyId, Instant> = BTreeMap::new();
    let mut refused: BTreeMap<Digest, Instant> = BTreeMap::new();
    let mut expired = None;
    loop {
        tokio::time::sleep(TICK).await;
        let (reading, now) = (Arc::clone(&service), clock.now());
        let expires = expired.is_none_or(|at: Instant| at.elapsed() >= ASK_EVERY);
        if expires {
            expired = Some(Instant::now());
        }
        let known = blocking(move || {
            if expires {
                reading.relay_expire(now)?;
            }
            neighbours(reading.ledger())
        });
        refused.retain(|_, since| since.elapsed() < AGAIN);
        for neighbour in known.await.unwrap_or_default() {
            let is_due = asked.get(&neighbour.party).is_none_or(|at| at.elapsed() >= ASK_EVERY);
            if !is_due || !board.answers(&neighbour.party) {
                continue;
            }
            asked.insert(neighbour.party.clone(), Instant::now());
            // The follower says what is wrong with the address.
            let Ok(client) = client_of(&service, &pins, &neighbour) else { continue };
            if let Err(error) = collect(&service, &client, &mut refused).await {
                let (party, error) = (&neighbour.party, words(&error));
                tracing::debug!(%party, error, "a neighbour does not say what it keeps for us");
            }
        }
    }
}

/// Fetches what one neighbour keeps for us, and has it let go of what is on disk here.
async fn collect(
    service: &Arc<Service>,
    client: &PeerClient,
    refused: &mut BTreeMap<Digest, Instant>,
) -> Result<(), PeerError> {
    let kept: Kept = client.get_json("/v1/relay").await?;
    for file in kept.files {
        if refused.contains_key(&file.id) {
            continue;
        }
        let path = format!("/v1/relay/{}", file.id);
        let (status, bytes) = client.exchange_bytes(Method::GET, &path, Vec::new()).await?;
        if status != StatusCode::OK {
            continue;
        }
        let importing = Arc::clone(service);
        match blocking(move || importing.import_file(&bytes)).await {
            Ok(received) => {
                let (from, via, new) = (&file.from, client.party(), received.new);
                tracing::info!(%from, %via, new, "a file came by relay");
                client.exchange_bytes(Method::DELETE, &path, Vec::new()).await?;
            }
            Err(error) => {
                let (from, via, error) = (&file.from, client.party(), words(&error));
                tracing::warn!(%from, %via, error, "a file that came by relay is not taken");
                refused.insert(file.id, Instant::now());
            }
        }
    }
    Ok(())
}
