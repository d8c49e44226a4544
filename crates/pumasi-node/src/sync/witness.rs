//! Registers between neighbours: each asks the others to cosign its checkpoints, and compares
//! what they saw of third parties with what it saw itself.
//!
//! SPEC: `/v1/add-checkpoint` is that of C2SP `tlog-witness`; `/v1/checkpoint` and `/v1/tile/…`
//! are those of C2SP `tlog-tiles`, without tiles of entries, which hold acts of every matter.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{DefaultBodyLimit, Path, Query, State};
use axum::http::{Method, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use axum::{Extension, Json, Router};
use pumasi_base::{Digest, PartyId};
use pumasi_log::{AddCheckpoint, Cosignature, LeafHash, Note, TileKind, TilePath, WitnessRefusal};
use serde::{Deserialize, Serialize};
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::board::Board;
use super::{Neighbour, blocking, neighbours, words};
use crate::clock::Clock;
use crate::runtime::peer::{Limits, PeerClient, PeerError};
use crate::runtime::tls::{Peer, Pins};
use crate::service::Service;
use crate::service::register::{Doubt, RegisterError};

/// The most bytes a request may have: a proof of 63 hashes and a checkpoint with a hundred
/// cosignatures.
const REQUEST_BYTES_MAX: usize = 64 * 1024;

/// How often it is looked whether some neighbour is due.
const TICK: Duration = Duration::from_secs(1);

/// How long a register that grew waits before it asks a witness again.
const GROWTH_PAUSE: Duration = Duration::from_secs(10);

/// How long a witness is left alone at most: its cosignatures say when it saw the register, so
/// they are renewed although nothing was added.
const HEARTBEAT: Duration = Duration::from_secs(10 * 60);

/// The shortest and the longest pause after a failure.
const PAUSE_MIN: Duration = Duration::from_secs(1);
const PAUSE_MAX: Duration = Duration::from_secs(5 * 60);

/// The most contradictions looked into in one call on a neighbour.
const DOUBTS_MAX: usize = 16;

/// The media type in which the standard gives the size a witness knows.
const SIZE_MEDIA: &str = "text/x.tlog.size";

/// What a node tells a neighbour of the checkpoints it cosigned last.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seen {
    /// Checkpoints as signed notes.
    pub checkpoints: Vec<String>,
}

#[derive(Clone)]
struct Desk {
    service: Arc<Service>,
    clock: Clock,
}

/// The routes neighbours may ask about registers.
pub fn router(service: Arc<Service>, clock: Clock) -> Router {
    Router::new()
        .route("/v1/checkpoint", get(checkpoint))
        .route("/v1/tile/{*path}", get(tile))
        .route("/v1/proof/inclusion", get(inclusion))
        .route("/v1/proof/consistency", get(consistency))
        .route("/v1/proof/prefix", get(prefix))
        .route("/v1/seen", get(seen))
        .route("/v1/add-checkpoint", post(add_checkpoint))
        .layer(DefaultBodyLimit::max(REQUEST_BYTES_MAX))
        .with_state(Desk { service, clock })
}

/// Answers with a text, or with why there is none.
async fn text_of<T: ToString + Send + 'static>(
    work: impl FnOnce() -> Result<T, RegisterError> + Send + 'static,
) -> Response {
    match blocking(work).await {
        Ok(text) => plain(text.to_string()),
        Err(error) => refused(&error),
    }
}

fn plain(text: String) -> Response {
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
}

/// Neighbours are told less than operators.
fn refused(error: &RegisterError) -> Response {
    let status = match error {
        RegisterError::Refused(WitnessRefusal::Conflict { size, .. }) => {
            let media = [(header::CONTENT_TYPE, SIZE_MEDIA)];
            return (StatusCode::CONFLICT, media, format!("{size}\n")).into_response();
        }
        RegisterError::Refused(refusal) => {
            StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::BAD_REQUEST)
        }
        RegisterError::ActUnknown(_) | RegisterError::Beyond(_) => StatusCode::NOT_FOUND,
        _ => {
            tracing::warn!(%error, "the register does not answer a neighbour");
            StatusCode::SERVICE_UNAVAILABLE
        }
    };
    status.into_response()
}

async fn checkpoint(State(desk): State<Desk>) -> Response {
    text_of(move || desk.service.last_checkpoint()).await
}

async fn tile(State(desk): State<Desk>, Path(path): Path<String>) -> Response {
    let Ok(path) = format!("tile/{path}").parse::<TilePath>() else {
        return StatusCode::NOT_FOUND.into_response();
    };
    if path.kind == TileKind::Entries {
        let why = "entries are acts of every matter; ask for them by the feed";
        return (StatusCode::FORBIDDEN, why).into_response();
    }
    match blocking(move || desk.service.tile(&path)).await {
        Ok(Some(bytes)) => {
            ([(header::CONTENT_TYPE, "application/octet-stream")], bytes).into_response()
        }
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => refused(&error),
    }
}

#[derive(Deserialize)]
struct OfLeaf {
    leaf: Digest,
}

async fn inclusion(State(desk): State<Desk>, Query(of): Query<OfLeaf>) -> Response {
    let leaf = LeafHash::from_digest(of.leaf);
    match blocking(move || desk.service.prove_leaf(leaf)).await {
        Ok(Some(proof)) => plain(proof.to_string()),
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => refused(&error),
    }
}

#[derive(Deserialize)]
struct Between {
    old: u64,
    new: u64,
}

async fn consistency(State(desk): State<Desk>, Query(sizes): Query<Between>) -> Response {
    let Between { old, new } = sizes;
    text_of(move || desk.service.prove_consistency(old, new).map(Hashes)).await
}

async fn prefix(State(desk): State<Desk>, Query(sizes): Query<Between>) -> Response {
    let Between { old, new } = sizes;
    text_of(move || desk.service.prove_prefix(old, new).map(Hashes)).await
}

/// Hashes as the texts of registers have them, one on a line.
struct Hashes(Vec<Digest>);

impl std::fmt::Display for Hashes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&pumasi_log::proof::write_hashes(&self.0))
    }
}

async fn seen(State(desk): State<Desk>, Extension(peer): Extension<Peer>) -> Response {
    let notes = blocking(move || Ok::<_, RegisterError>(desk.service.seen_for(&peer.party))).await;
    let notes = notes.unwrap_or_default();
    Json(Seen { checkpoints: notes.iter().map(Note::to_string).collect() }).into_response()
}

async fn add_checkpoint(State(desk): State<Desk>, body: String) -> Response {
    let Ok(request) = body.parse::<AddCheckpoint>() else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    text_of(move || desk.service.add_checkpoint(&request, desk.clock.now())).await
}

/// Why a neighbour was called in vain.
#[derive(Debug, thiserror::Error)]
enum CallError {
    #[error(transparent)]
    Peer(#[from] PeerError),
    #[error(transparent)]
    Register(#[from] RegisterError),
    #[error("the neighbour answers with status {0}")]
    Status(u16),
    #[error("what the neighbour answers does not read")]
    Unreadable,
}

/// Asks every neighbour that answers to cosign, for as long as the node runs.
pub async fn run(service: Arc<Service>, board: Arc<Board>, pins: Arc<dyn Pins>) {
    let mut calls: BTreeMap<PartyId, Call> = BTreeMap::new();
    let mut heartbeat = Instant::now();
    loop {
        tokio::time::sleep(TICK).await;
        let known = {
            let service = Arc::clone(&service);
            blocking(move || neighbours(service.ledger())).await.unwrap_or_default()
        };
        if heartbeat.elapsed() >= HEARTBEAT {
            // Also one that nobody can be shown is dated by whatever is stored after it.
            heartbeat = Instant::now();
            let service = Arc::clone(&service);
            let signed = blocking(move || service.checkpoint()).await;
            if let Err(error) = signed {
                tracing::warn!(%error, "no checkpoint is signed");
            }
        }
        let (size, _) = service.register_root();
        let mut due = JoinSet::new();
        for neighbour in known {
            let mut call = match calls.remove(&neighbour.party) {
                Some(call) if call.url == neighbour.url => call,
                _ => match Call::new(&service, &pins, &neighbour) {
                    Ok(call) => call,
                    // The follower says what is wrong with the address.
                    Err(_) => continue,
                },
            };
            if call.is_due(size) && board.answers(&neighbour.party) {
                let service = Arc::clone(&service);
                due.spawn(async move {
                    call.make(&service, size).await;
                    call
                });
            } else {
                calls.insert(neighbour.party, call);
            }
        }
        while let Some(made) = due.join_next().await {
            if let Ok(call) = made {
                calls.insert(call.client.party().clone(), call);
            }
        }
    }
}

/// The calls on one neighbour.
struct Call {
    url: String,
    client: PeerClient,
    last: Option<Instant>,
    size: u64,
    pause: Duration,
    failed: Option<Instant>,
}

impl Call {
    fn new(
        service: &Service,
        pins: &Arc<dyn Pins>,
        neighbour: &Neighbour,
    ) -> Result<Self, PeerError> {
        let limits = Limits { answer_wait: Duration::from_secs(15), ..Limits::default() };
        let (url, party) = (&neighbour.url, neighbour.party.clone());
        let client = PeerClient::new(url, party, Arc::clone(pins), service.node_key(), limits)?;
        let (url, last, failed) = (url.clone(), None, None);
        Ok(Self { url, client, last, size: 0, pause: PAUSE_MIN, failed })
    }

    fn is_due(&self, size: u64) -> bool {
        if self.failed.is_some_and(|failed| failed.elapsed() < self.pause) {
            return false;
        }
        self.last.is_none_or(|last| {
            let wait = if size > self.size { GROWTH_PAUSE } else { HEARTBEAT };
            last.elapsed() >= wait
        })
    }

    async fn make(&mut self, service: &Arc<Service>, size: u64) {
        match call(&self.client, service).await {
            Ok(()) => {
                (self.last, self.size) = (Some(Instant::now()), size);
                (self.failed, self.pause) = (None, PAUSE_MIN);
            }
            Err(error) => {
                let (party, error) = (self.client.party(), words(&error));
                tracing::warn!(%party, error, "a neighbour does not cosign");
                self.failed = Some(Instant::now());
                self.pause = (self.pause * 2).min(PAUSE_MAX);
            }
        }
    }
}

/// One call: hear what the neighbour saw, look into what contradicts, have the own checkpoint
/// cosigned.
async fn call(client: &PeerClient, service: &Arc<Service>) -> Result<(), CallError> {
    let seen: Seen = client.get_json("/v1/seen").await?;
    let notes: Vec<Note> = seen.checkpoints.iter().filter_map(|note| note.parse().ok()).collect();
    let (taking, party) = (Arc::clone(service), client.party().clone());
    let size = blocking(move || taking.take_seen(&party, &notes)).await?;
    for doubt in service.doubts_about(client.party()).into_iter().take(DOUBTS_MAX) {
        look_into(client, service, doubt).await?;
    }
    let asking = Arc::clone(service);
    let request = blocking(move || asking.ask_witness(size)).await?;
    let (status, answer) =
        client.exchange_text(Method::POST, "/v1/add-checkpoint", request.to_string()).await?;
    if status != StatusCode::OK {
        return Err(CallError::Status(status.as_u16()));
    }
    let lines = answer.split_inclusive('\n').filter_map(|line| line.parse::<Cosignature>().ok());
    let lines: Vec<Cosignature> = lines.collect();
    let keeping = Arc::clone(service);
    let is_cosigned = blocking(move || {
        let mut is_cosigned = false;
        for line in &lines {
            // SPEC: C2SP `tlog-witness`: cosignatures of unknown keys are ignored.
            match keeping.keep_cosignature(&request.checkpoint, line) {
                Ok(_) => is_cosigned = true,
                Err(RegisterError::Cosignature(_)) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(is_cosigned)
    });
    if is_cosigned.await? { Ok(()) } else { Err(CallError::Unreadable) }
}

/// Asks a register for the path that shows whether two of its checkpoints contradict each other.
async fn look_into(
    client: &PeerClient,
    service: &Arc<Service>,
    doubt: Doubt,
) -> Result<(), CallError> {
    let path = format!("/v1/proof/prefix?old={}&new={}", doubt.old, doubt.new);
    let (status, text) = client.exchange_text(Method::GET, &path, String::new()).await?;
    let origin = doubt.origin.to_string();
    let hashes =
        if status == StatusCode::OK { pumasi_log::proof::read_hashes(&text) } else { None };
    let Some(hashes) = hashes else {
        tracing::error!(origin, status = status.as_u16(), "a register does not explain itself");
        return Ok(());
    };
    let resolving = Arc::clone(service);
    if blocking(move || resolving.resolve(&doubt, &hashes)).await?.is_none() {
        tracing::error!(origin, "a register explains itself with a proof that does not hold");
    }
    Ok(())
}
