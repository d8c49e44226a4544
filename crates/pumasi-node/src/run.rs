//! Running a node: two listeners, one reader for each neighbour, until it is told to stop.

mod turn;

use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use pumasi_base::PartyId;
use serde::{Deserialize, Serialize};
use tokio::sync::mpsc;
use tokio::task::JoinSet;

use crate::api::{self, Desk};
use crate::clock::Clock;
use crate::library::Library;
use crate::readiness::{self, Runs};
use crate::runtime::listen::{self, ListenError};
use crate::runtime::tls::{self, Pins, TlsError};
use crate::service::files::NodeFile;
use crate::service::relay::FILE_BYTES_MAX;
use crate::service::{Service, ServiceError};
use crate::sync::board::Board;
use crate::sync::{self, Neighbour, push, relay, serve, witness};

pub use turn::{Event, serve_in_turn};

/// How a node is run; what is left out comes from its settings file.
#[derive(Debug, Clone, Default)]
pub struct ServeOptions {
    /// Where neighbours reach it.
    pub listen: Option<String>,
    /// Where its officers reach it; loopback only.
    pub desk: Option<String>,
    /// Facts and agreements in place of those in the binary.
    pub library: Option<PathBuf>,
    /// Whether a conductor attends the node: it then retries silent neighbours quickly, and stops
    /// when its standard input ends, so that no node outlives the drill it belongs to.
    pub attended: bool,
    /// Where readiness runs are looked for; in the data folder when left out.
    pub readiness: Option<PathBuf>,
}

/// Where a running node is found: `run.json` in its folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunFile {
    /// Its process.
    pub pid: u32,
    /// `http://` address of the desk.
    pub desk: String,
    /// `https://` address for neighbours.
    pub peer: String,
}

/// Why a node does not run.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The node cannot be opened.
    #[error(transparent)]
    Service(#[from] ServiceError),
    /// It cannot listen.
    #[error(transparent)]
    Listen(#[from] ListenError),
    /// Its key cannot serve TLS.
    #[error(transparent)]
    Tls(#[from] TlsError),
    /// An address does not read.
    #[error("`{0}` is no address: write host and port, such as `127.0.0.1:8700`")]
    Address(String),
    /// The system refused something.
    #[error("the system refused: {0}")]
    System(#[from] std::io::Error),
}

/// The keys of trusted parties, as the service knows them.
pub(crate) struct TrustedKeys(pub(crate) Arc<Service>);

impl fmt::Debug for TrustedKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TrustedKeys")
    }
}

impl Pins for TrustedKeys {
    fn party_of(&self, key: &[u8; 32]) -> Option<PartyId> {
        self.0.with_identities(|identities| identities.party_of_node(key))
    }
}

/// A node's address for its officers, with the token that opens it.
///
/// # Errors
/// When the folder has no token or the node does not run.
pub fn desk_address(folder: &Path) -> Result<(RunFile, String), std::io::Error> {
    let run = std::fs::read(folder.join("run.json"))?;
    let run: RunFile = serde_json::from_slice(&run)?;
    let token = std::fs::read_to_string(folder.join("desk.token"))?;
    Ok((run, token.trim().to_owned()))
}

/// Runs the node in `folder` until `stop` is ready, telling `ready` where it listens.
///
/// # Errors
/// When it cannot be opened or cannot listen.
pub async fn serve_until(
    folder: &Path,
    options: &ServeOptions,
    ready: impl FnOnce(&RunFile, &str),
    stop: impl Future<Output = ()>,
) -> Result<(), RunError> {
    let library = Library::load(options.library.as_deref()).map_err(ServiceError::from)?;
    let service = Service::open(folder, library)?;
    serve_opened(Arc::new(service), folder, options, ready, stop).await
}

/// Runs a node that is open.
async fn serve_opened(
    service: Arc<Service>,
    folder: &Path,
    options: &ServeOptions,
    ready: impl FnOnce(&RunFile, &str),
    stop: impl Future<Output = ()>,
) -> Result<(), RunError> {
    let config = NodeFile::read(folder)?;
    let listen = address(options.listen.as_deref().unwrap_or(&config.listen))?;
    let desk = address(options.desk.as_deref().unwrap_or(&config.desk))?;
    let peer_listener = listen::bind(listen).await?;
    let desk_listener = listen::bind_loopback(desk).await?;
    let run = RunFile {
        pid: std::process::id(),
        desk: format!("http://{}", desk_listener.local_addr()?),
        peer: format!("https://{}", peer_listener.local_addr()?),
    };
    let token = std::fs::read_to_string(folder.join("desk.token"))?;
    let token = token.trim().to_owned();
    let described = serde_json::to_vec_pretty(&run).map_err(std::io::Error::from)?;
    std::fs::write(folder.join("run.json"), described)?;

    let pins: Arc<dyn Pins> = Arc::new(TrustedKeys(Arc::clone(&service)));
    let board = Arc::new(Board::in_a_hurry(options.attended));
    let (added, neighbours) = mpsc::unbounded_channel();
    for neighbour in sync::neighbours(service.ledger()).map_err(ServiceError::from)? {
        let _ours = added.send(neighbour);
    }
    let desk = Desk {
        service: Arc::clone(&service),
        board: Arc::clone(&board),
        neighbours: added,
        clock: Clock,
        readiness: Arc::new(Runs::new(
            options.readiness.clone().unwrap_or_else(|| folder.join(readiness::FOLDER)),
        )),
        token: token.as_str().into(),
    };
    let tls = tls::server_config(service.node_key(), Arc::clone(&pins))?;
    let peers = listen::serve_peers(
        peer_listener,
        routes(&service, &board),
        tls,
        Arc::clone(&pins),
        listen::Limits { body_bytes_max: FILE_BYTES_MAX, ..listen::Limits::default() },
        board.closed(),
    );
    let limits =
        listen::Limits { body_bytes_max: api::BODY_BYTES_MAX, ..listen::Limits::default() };
    let pages =
        listen::serve_local(desk_listener, api::router(desk), Vec::new(), limits, board.closed());
    let mut working = work(&service, &board, &pins, neighbours);
    ready(&run, &token);
    tokio::join!(peers, pages, async {
        stop.await;
        board.close();
        working.shutdown().await;
    });
    // A file that cannot be removed names a process that is gone; nobody is misled for long.
    let _left = std::fs::remove_file(folder.join("run.json"));
    Ok(())
}

/// What neighbours may ask.
fn routes(service: &Arc<Service>, board: &Arc<Board>) -> Router {
    serve::router(Arc::clone(service), Arc::clone(board))
        .merge(witness::router(Arc::clone(service), Clock))
        .merge(push::router(Arc::clone(service), Arc::clone(board)))
        .merge(relay::router(Arc::clone(service), Clock))
}

/// Starts what a node does by itself. Dropping the set ends all of it, also when the future that
/// holds it is dropped.
fn work(
    service: &Arc<Service>,
    board: &Arc<Board>,
    pins: &Arc<dyn Pins>,
    neighbours: mpsc::UnboundedReceiver<Neighbour>,
) -> JoinSet<()> {
    let all = || (Arc::clone(service), Arc::clone(board), Arc::clone(pins));
    let mut working = JoinSet::new();
    let (own, board, pins) = all();
    working.spawn(witness::run(own, board, pins));
    let (own, board, pins) = all();
    working.spawn(push::run(own, board, pins));
    let (own, board, pins) = all();
    working.spawn(relay::run(own, board, pins, Clock));
    working.spawn(tend(Arc::clone(service)));
    let (service, board, pins) = all();
    working.spawn(Readers { service, board, pins }.run(neighbours));
    working
}

fn address(text: &str) -> Result<SocketAddr, RunError> {
    text.parse().map_err(|_| RunError::Address(text.to_owned()))
}

/// How often a node looks for what it has to do by itself.
const TENDING: std::time::Duration = std::time::Duration::from_secs(5);

/// Has the node do what is due, for as long as it runs.
async fn tend(service: Arc<Service>) {
    loop {
        tokio::time::sleep(TENDING).await;
        let service = Arc::clone(&service);
        let tended = tokio::task::spawn_blocking(move || service.tend(Clock.now())).await;
        if let Ok(Err(error)) = tended {
            tracing::error!(%error, "the node could not tend to its matters");
        }
    }
}

/// Reads every neighbour's feed, also of those added while the node runs.
struct Readers {
    service: Arc<Service>,
    board: Arc<Board>,
    pins: Arc<dyn Pins>,
}

impl Readers {
    async fn run(self, mut neighbours: mpsc::UnboundedReceiver<Neighbour>) {
        let mut tasks = std::collections::BTreeMap::new();
        let mut running = JoinSet::new();
        while let Some(neighbour) = neighbours.recv().await {
            let party = neighbour.party.clone();
            let task = running.spawn(sync::follow(
                Arc::clone(&self.service),
                Arc::clone(&self.board),
                Arc::clone(&self.pins),
                Clock,
                neighbour,
            ));
            // A neighbour that moved is read at its new address alone.
            if let Some(before) = tasks.insert(party, task) {
                before.abort();
            }
        }
    }
}

/// Waits for Ctrl-C, the system's request to end, or, when attended, the end of standard input.
async fn asked_to_stop(attended: bool) {
    let input_ends = async {
        if attended {
            let (end, ended) = tokio::sync::oneshot::channel();
            // A thread of its own: the runtime would wait for one it had lent out.
            std::thread::spawn(move || {
                // A broken input is an input that has ended.
                let _broken = std::io::copy(&mut std::io::stdin().lock(), &mut std::io::sink());
                let _stopped_already = end.send(());
            });
            let _ended = ended.await;
        } else {
            std::future::pending::<()>().await;
        }
    };
    tokio::select! {
        () = signalled() => {}
        () = input_ends => {}
    }
}

async fn signalled() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let Ok(mut terminate) = signal(SignalKind::terminate()) else {
            let _unavailable = tokio::signal::ctrl_c().await;
            return;
        };
        tokio::select! {
            _ = terminate.recv() => {}
            _ = tokio::signal::ctrl_c() => {}
        }
    }
    #[cfg(not(unix))]
    {
        let _unavailable = tokio::signal::ctrl_c().await;
    }
}
