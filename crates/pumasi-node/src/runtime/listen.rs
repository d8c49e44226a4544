//! Serving a router: to peers over mutual TLS, and in plain text to this machine alone.

use std::convert::Infallible;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response, StatusCode, Uri, header};
use axum::response::IntoResponse as _;
use http_body_util::{BodyExt as _, Limited};
use hyper::body::{Body as _, Incoming};
use hyper::server::conn::http1;
use hyper::service::{Service as _, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use rustls::ServerConfig;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;

use super::tls::{Peer, Pins, key_of};

/// How long to wait after the system refused to accept, for want of file handles say.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// How often the body limit is read and thrown away, so that the sender hears our answer
/// instead of a broken connection.
const DRAIN_FACTOR: usize = 4;

/// What a listener bears.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// The most connections served at once; the next ones wait in the system's backlog.
    pub connections_max: usize,
    /// The most connections that may be shaking hands at once.
    pub handshakes_max: usize,
    /// How long a handshake may take.
    pub handshake_wait: Duration,
    /// How long a connection may idle before the next request has arrived in full.
    pub request_wait: Duration,
    /// The most bytes the body of a request may have.
    pub body_bytes_max: usize,
    /// How long requests under way may take once the listener is told to stop.
    pub stop_wait: Duration,
}

impl Default for Limits {
    /// 256 connections, 64 handshakes of 10 s, 60 s between requests, bodies of 2 MiB, 5 s to
    /// stop.
    fn default() -> Self {
        Self {
            connections_max: 256,
            handshakes_max: 64,
            handshake_wait: Duration::from_secs(10),
            request_wait: Duration::from_secs(60),
            body_bytes_max: 2 * 1024 * 1024,
            stop_wait: Duration::from_secs(5),
        }
    }
}

/// Why a listener could not start.
#[derive(Debug, thiserror::Error)]
pub enum ListenError {
    /// Another program listens there.
    #[error("port {} of {} is taken by another program", address.port(), address.ip())]
    PortTaken {
        /// The address asked for.
        address: SocketAddr,
    },
    /// Plain text is served to this machine alone.
    #[error("`{address}` can be reached by other machines, and this listener has no encryption")]
    NotLoopback {
        /// The address asked for.
        address: SocketAddr,
    },
    /// The system does not let us listen there.
    #[error("could not listen on `{address}`")]
    Io {
        /// The address asked for.
        address: SocketAddr,
        /// What the operating system reported.
        source: io::Error,
    },
}

impl ListenError {
    /// What the operator can do.
    #[must_use]
    pub const fn help(&self) -> &'static str {
        match self {
            Self::PortTaken { .. } => {
                "stop the other program, or take any free port: `--listen 127.0.0.1:0`"
            }
            Self::NotLoopback { .. } => {
                "listen on 127.0.0.1 or [::1], and put a proxy with TLS in front for others"
            }
            Self::Io { .. } => "give an address of this machine and a port from 1024 up",
        }
    }
}

/// Listens on `address`; port 0 takes any free port.
///
/// # Errors
/// [`ListenError::PortTaken`] or [`ListenError::Io`].
pub async fn bind(address: SocketAddr) -> Result<TcpListener, ListenError> {
    TcpListener::bind(address).await.map_err(|source| match source.kind() {
        io::ErrorKind::AddrInUse => ListenError::PortTaken { address },
        _ => ListenError::Io { address, source },
    })
}

/// Listens on `address`, which must be out of reach of other machines.
///
/// # Errors
/// [`ListenError::NotLoopback`], [`ListenError::PortTaken`] or [`ListenError::Io`].
pub async fn bind_loopback(address: SocketAddr) -> Result<TcpListener, ListenError> {
    if address.ip().to_canonical().is_loopback() {
        bind(address).await
    } else {
        Err(ListenError::NotLoopback { address })
    }
}

/// Serves `router` over mutual TLS until `stop` is ready, to the nodes `pins` names alone.
///
/// Every request carries its [`Peer`] as an extension.
pub async fn serve_peers(
    listener: TcpListener,
    router: Router,
    tls: Arc<ServerConfig>,
    pins: Arc<dyn Pins>,
    limits: Limits,
    stop: impl Future<Output = ()>,
) {
    let entrance = Entrance { router, limits, door: Door::Peers { acceptor: tls.into(), pins } };
    entrance.serve(listener, stop).await;
}

/// Serves `router` in plain text until `stop` is ready, to this machine alone.
///
/// Requests must name this machine, or one of `hosts`, as their host: otherwise any web page
/// could reach the listener from the officer's browser by pointing its own name at 127.0.0.1.
pub async fn serve_local(
    listener: TcpListener,
    router: Router,
    hosts: Vec<String>,
    limits: Limits,
    stop: impl Future<Output = ()>,
) {
    let entrance = Entrance { router, limits, door: Door::Local { hosts } };
    entrance.serve(listener, stop).await;
}

struct Entrance {
    router: Router,
    limits: Limits,
    door: Door,
}

enum Door {
    Peers { acceptor: TlsAcceptor, pins: Arc<dyn Pins> },
    Local { hosts: Vec<String> },
}

impl Entrance {
    async fn serve(self, listener: TcpListener, stop: impl Future<Output = ()>) {
        let entrance = Arc::new(self);
        let limits = entrance.limits;
        let connections = Arc::new(Semaphore::new(limits.connections_max));
        let handshakes = Arc::new(Semaphore::new(limits.handshakes_max));
        let (stopping, stopped) = watch::channel(false);
        let mut serving = JoinSet::new();
        let mut stop = pin!(stop);
        loop {
            let accepted = tokio::select! {
                () = &mut stop => break,
                Some(_ended) = serving.join_next(), if !serving.is_empty() => continue,
                accepted = accept(&listener, &handshakes) => accepted,
            };
            let Some((stream, handshake)) = accepted else { break };
            let entrance = Arc::clone(&entrance);
            let (connections, stopped) = (Arc::clone(&connections), stopped.clone());
            serving.spawn(entrance.admit(stream, handshake, connections, stopped));
        }
        drop(listener);
        stopping.send_replace(true);
        let rest = async { while serving.join_next().await.is_some() {} };
        let _in_time = tokio::time::timeout(limits.stop_wait, rest).await;
        serving.shutdown().await;
    }

    /// Shakes hands and serves one connection. Whatever goes wrong concerns this peer alone, and
    /// it is told by TLS or HTTP.
    async fn admit(
        self: Arc<Self>,
        stream: TcpStream,
        handshake: OwnedSemaphorePermit,
        connections: Arc<Semaphore>,
        stopped: watch::Receiver<bool>,
    ) {
        // Acts are small and answers are waited for: send them at once.
        let _slower_then = stream.set_nodelay(true);
        let wait = self.limits.handshake_wait;
        match &self.door {
            Door::Local { .. } => {
                let Ok(Ok(_place)) = tokio::time::timeout(wait, connections.acquire_owned()).await
                else {
                    return;
                };
                drop(handshake);
                self.converse(stream, None, stopped).await;
            }
            Door::Peers { acceptor, .. } => {
                let Ok(Ok(stream)) = tokio::time::timeout(wait, acceptor.accept(stream)).await
                else {
                    return;
                };
                let shown = stream.get_ref().1.peer_certificates().and_then(<[_]>::first);
                let Some(key) = shown.and_then(key_of) else { return };
                let Ok(Ok(_place)) = tokio::time::timeout(wait, connections.acquire_owned()).await
                else {
                    return;
                };
                drop(handshake);
                self.converse(stream, Some(key), stopped).await;
            }
        }
    }

    async fn converse(
        self: &Arc<Self>,
        stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
        key: Option<[u8; 32]>,
        mut stopped: watch::Receiver<bool>,
    ) {
        let service = service_fn(|request| Arc::clone(self).answer(request, key));
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(self.limits.request_wait)
            .serve_connection(TokioIo::new(stream), service);
        let mut connection = pin!(connection);
        tokio::select! {
            _ended = connection.as_mut() => return,
            _stop = stopped.wait_for(|stop| *stop) => {}
        }
        connection.as_mut().graceful_shutdown();
        let _ended = connection.await;
    }

    async fn answer(
        self: Arc<Self>,
        mut request: Request<Incoming>,
        key: Option<[u8; 32]>,
    ) -> Result<Response<Body>, Infallible> {
        match (&self.door, key) {
            (Door::Peers { pins, .. }, Some(key)) => {
                let Some(party) = pins.party_of(&key) else {
                    return Ok(close_with(StatusCode::FORBIDDEN, "this node key was revoked"));
                };
                request.extensions_mut().insert(Peer { party, key });
            }
            (Door::Local { hosts }, None) => {
                if !names_us(&request, hosts) {
                    let why = "this address serves its own machine alone";
                    return Ok(close_with(StatusCode::MISDIRECTED_REQUEST, why));
                }
            }
            _ => return Ok(close_with(StatusCode::FORBIDDEN, "no node key was shown")),
        }
        let bytes_max = self.limits.body_bytes_max;
        if request.body().size_hint().lower() > u64::try_from(bytes_max).unwrap_or(u64::MAX) {
            drain(request.into_body(), bytes_max.saturating_mul(DRAIN_FACTOR)).await;
            let why = format!("the body has more than {bytes_max} bytes");
            return Ok(close_with(StatusCode::PAYLOAD_TOO_LARGE, &why));
        }
        let request = request.map(|body| Body::new(Limited::new(body, bytes_max)));
        TowerToHyperService::new(self.router.clone()).call(request).await
    }
}

/// Waits for room and then for a connection; none once the semaphore is closed, which it never
/// is.
async fn accept(
    listener: &TcpListener,
    handshakes: &Arc<Semaphore>,
) -> Option<(TcpStream, OwnedSemaphorePermit)> {
    let handshake = Arc::clone(handshakes).acquire_owned().await.ok()?;
    loop {
        match listener.accept().await {
            Ok((stream, _address)) => return Some((stream, handshake)),
            Err(_) => tokio::time::sleep(ACCEPT_PAUSE).await,
        }
    }
}

/// Whether the request names this machine, or one of `hosts`, as its host.
fn names_us(request: &Request<Incoming>, hosts: &[String]) -> bool {
    let named = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    let Some(host) = named.and_then(|named| named.parse::<Uri>().ok()) else { return false };
    host.host().is_some_and(|host| {
        matches!(host, "localhost" | "127.0.0.1" | "[::1]") || hosts.iter().any(|own| own == host)
    })
}

/// Reads and throws away at most `bytes_max` bytes of a body.
async fn drain(mut body: Incoming, bytes_max: usize) {
    let mut bytes = 0_usize;
    while bytes <= bytes_max {
        match body.frame().await {
            Some(Ok(frame)) => bytes += frame.data_ref().map_or(0, |data| data.len()),
            _ => break,
        }
    }
}

/// An answer after which the connection ends.
fn close_with(status: StatusCode, why: &str) -> Response<Body> {
    (status, [(header::CONNECTION, "close")], why.to_owned()).into_response()
}
