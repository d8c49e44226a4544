//! Two nodes on this machine talk by pinned keys, and nobody else gets in.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use axum::{Extension, Json, Router};
use ed25519_dalek::SigningKey;
use pumasi_base::PartyId;
use pumasi_node::runtime::listen::{self, bind, bind_loopback, serve_local, serve_peers};
use pumasi_node::runtime::peer::{self, PeerClient, PeerError};
use pumasi_node::runtime::tls::{Peer, Pins, server_config};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

fn party(id: &str) -> PartyId {
    id.parse().unwrap()
}

/// A list of pinned keys that can change, and counts how often it is asked.
#[derive(Debug, Default)]
struct List {
    pinned: Mutex<BTreeMap<[u8; 32], PartyId>>,
    asked: AtomicUsize,
}

impl List {
    fn of(pinned: &[(u8, &str)]) -> Arc<Self> {
        let list = Self::default();
        for (seed, id) in pinned {
            list.pinned.lock().unwrap().insert(key(*seed).verifying_key().to_bytes(), party(id));
        }
        Arc::new(list)
    }
}

impl Pins for List {
    fn party_of(&self, key: &[u8; 32]) -> Option<PartyId> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        self.pinned.lock().unwrap().get(key).cloned()
    }
}

/// Says who calls, and how long a body is.
fn router() -> Router {
    Router::new()
        .route("/who", get(|Extension(peer): Extension<Peer>| async move { Json(peer.party) }))
        .route("/length", post(|Json(text): Json<String>| async move { Json(text.len()) }))
        .route("/plain", get(|| async { Json("hello") }))
        .layer(DefaultBodyLimit::disable())
}

struct Server {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    work: JoinHandle<()>,
}

impl Server {
    async fn start(port: u16, seed: u8, pins: Arc<List>) -> Self {
        let listener = bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel();
        let tls = server_config(&key(seed), Arc::clone(&pins) as Arc<dyn Pins>).unwrap();
        let limits = listen::Limits {
            body_bytes_max: 100_000,
            handshake_wait: Duration::from_millis(500),
            ..Default::default()
        };
        let stopped = async { stopped.await.unwrap_or(()) };
        let work = tokio::spawn(serve_peers(listener, router(), tls, pins, limits, stopped));
        Self { address, stop, work }
    }

    async fn stop(self) {
        self.stop.send(()).unwrap();
        self.work.await.unwrap();
    }

    fn client(&self, seed: u8, expected: &str, pins: &Arc<List>) -> PeerClient {
        client(self.address, seed, expected, pins)
    }
}

fn client(address: SocketAddr, seed: u8, expected: &str, pins: &Arc<List>) -> PeerClient {
    let limits = peer::Limits { body_bytes_max: 1000, ..Default::default() };
    let pins = Arc::clone(pins) as Arc<dyn Pins>;
    PeerClient::new(&format!("https://{address}"), party(expected), pins, &key(seed), limits)
        .unwrap()
}

/// Two nodes: key 1 of `kr-45`, key 2 of `jp-17`; and key 3, which neither knows.
async fn check(server_seed: u8, client_seed: u8, expected: &str, outcome: &str) {
    let pins = List::of(&[(1, "kr-45"), (2, "jp-17")]);
    let server = Server::start(0, server_seed, Arc::clone(&pins)).await;
    let client = server.client(client_seed, expected, &pins);
    let shown = match client.get_json::<String>("/who").await {
        Ok(who) => format!("served as {who}"),
        Err(error) => error.to_string().replace(&server.address.to_string(), "address"),
    };
    assert_eq!(shown, outcome);
    server.stop().await;
}

#[tokio::test]
async fn pinned_keys_decide_both_ways() {
    check(1, 2, "kr-45", "served as jp-17").await;
    check(2, 1, "jp-17", "served as kr-45").await;
    check(1, 3, "kr-45", "`kr-45` at `address` does not admit the key of this node").await;
    let foreign = "misbehaved: its key is none of this party's keys";
    check(3, 2, "kr-45", &format!("`kr-45` at `address` {foreign}")).await;
    // A pinned key does not make one party speak for another.
    check(2, 1, "kr-45", &format!("`kr-45` at `address` {foreign}")).await;
}

#[tokio::test]
async fn a_connection_is_kept_and_a_revoked_key_loses_it() {
    let (served, called) = (List::of(&[(2, "jp-17")]), List::of(&[(1, "kr-45")]));
    let server = Server::start(0, 1, Arc::clone(&served)).await;
    let client = server.client(2, "kr-45", &called);
    for _ in 0..3 {
        assert_eq!(client.get_json::<String>("/who").await.unwrap(), "jp-17");
    }
    assert_eq!(called.asked.load(Ordering::SeqCst), 1, "one handshake for three calls");
    served.pinned.lock().unwrap().clear();
    let error = client.get_json::<String>("/who").await.unwrap_err();
    assert_eq!(error.to_string(), "`kr-45` refused with status 403: this node key was revoked");
    let error = client.get_json::<String>("/who").await.unwrap_err();
    assert!(matches!(error, PeerError::NotAdmitted { .. }), "{error}");
    server.stop().await;
}

#[tokio::test]
async fn a_client_finds_its_peer_again_after_a_restart() {
    let pins = List::of(&[(1, "kr-45"), (2, "jp-17")]);
    let server = Server::start(0, 1, Arc::clone(&pins)).await;
    let address = server.address;
    let client = server.client(2, "kr-45", &pins);
    assert_eq!(client.get_json::<String>("/who").await.unwrap(), "jp-17");
    server.stop().await;
    let error = client.get_json::<String>("/who").await.unwrap_err();
    assert!(matches!(error, PeerError::Unreachable { .. }), "{error}");
    let server = Server::start(address.port(), 1, Arc::clone(&pins)).await;
    assert_eq!(client.get_json::<String>("/who").await.unwrap(), "jp-17");
    server.stop().await;
}

#[tokio::test]
async fn bodies_are_bounded_both_ways() {
    let pins = List::of(&[(1, "kr-45"), (2, "jp-17")]);
    let server = Server::start(0, 1, Arc::clone(&pins)).await;
    let client = server.client(2, "kr-45", &pins);
    let send =
        async |bytes: usize| client.post_json::<_, usize>("/length", &"x".repeat(bytes)).await;
    assert_eq!(send(99_998).await.unwrap(), 99_998);
    for bytes in [99_999, 300_000] {
        let error = send(bytes).await.unwrap_err();
        assert!(matches!(error, PeerError::Refused { status: 413, .. }), "{bytes}: {error}");
    }
    // Far beyond the limit the server hangs up instead of reading on.
    assert!(send(20_000_000).await.is_err());
    assert_eq!(send(5).await.unwrap(), 5, "the next call is served again");
    let error = client.get_json::<String>("/missing").await.unwrap_err();
    assert!(matches!(error, PeerError::Refused { status: 404, .. }), "{error}");
    let error = client.get_json::<u64>("/who").await.unwrap_err();
    assert!(matches!(error, PeerError::PeerMisbehaved { .. }), "{error}");
    server.stop().await;
}

#[tokio::test]
async fn an_answer_without_end_is_cut_off() {
    let pins = List::of(&[(1, "kr-45"), (2, "jp-17")]);
    let listener = bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = Router::new().route("/", get(|| async { Json("x".repeat(1001)) }));
    let tls = server_config(&key(1), Arc::clone(&pins) as Arc<dyn Pins>).unwrap();
    let (_stop, stopped) = oneshot::channel::<()>();
    let stopped = async { stopped.await.unwrap_or(()) };
    let limits = listen::Limits::default();
    tokio::spawn(serve_peers(listener, router, tls, Arc::clone(&pins) as _, limits, stopped));
    let error = client(address, 2, "kr-45", &pins).get_json::<String>("/").await.unwrap_err();
    assert!(error.to_string().ends_with("its answer has more than 1000 bytes"), "{error}");
}

#[tokio::test]
async fn a_request_under_way_is_answered_when_the_server_stops() {
    let pins = List::of(&[(1, "kr-45"), (2, "jp-17")]);
    let listener = bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await.unwrap();
    let address = listener.local_addr().unwrap();
    let (arrived, arrival) = oneshot::channel();
    let (release, released) = oneshot::channel();
    let once = Arc::new(Mutex::new(Some((arrived, released))));
    let handler = async move || {
        let (arrived, released) = once.lock().unwrap().take().unwrap();
        arrived.send(()).unwrap();
        released.await.unwrap();
        Json("answered")
    };
    let router = Router::new().route("/", get(handler));
    let tls = server_config(&key(1), Arc::clone(&pins) as Arc<dyn Pins>).unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    let stopped = async { stopped.await.unwrap_or(()) };
    let limits = listen::Limits::default();
    let serving = serve_peers(listener, router, tls, Arc::clone(&pins) as _, limits, stopped);
    let work = tokio::spawn(serving);
    let client = client(address, 2, "kr-45", &pins);
    let (answer, ()) = tokio::join!(client.get_json::<String>("/"), async {
        arrival.await.unwrap();
        stop.send(()).unwrap();
        release.send(()).unwrap();
    });
    assert_eq!(answer.unwrap(), "answered");
    work.await.unwrap();
}

#[tokio::test]
async fn connections_are_counted() {
    let pins = List::of(&[(1, "kr-45"), (2, "jp-17"), (3, "cn-37")]);
    let listener = bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await.unwrap();
    let address = listener.local_addr().unwrap();
    let tls = server_config(&key(1), Arc::clone(&pins) as Arc<dyn Pins>).unwrap();
    let (_stop, stopped) = oneshot::channel::<()>();
    let stopped = async { stopped.await.unwrap_or(()) };
    let handshake_wait = Duration::from_millis(200);
    let limits = listen::Limits { connections_max: 1, handshake_wait, ..Default::default() };
    tokio::spawn(serve_peers(listener, router(), tls, Arc::clone(&pins) as _, limits, stopped));
    let (first, second) = (client(address, 2, "kr-45", &pins), client(address, 3, "kr-45", &pins));
    assert_eq!(first.get_json::<String>("/who").await.unwrap(), "jp-17");
    let error = second.get_json::<String>("/who").await.unwrap_err();
    assert!(matches!(error, PeerError::Unreachable { .. }), "{error}");
    drop(first);
    assert_eq!(second.get_json::<String>("/who").await.unwrap(), "cn-37");
}

#[tokio::test]
async fn a_request_lost_with_a_kept_connection_is_sent_again() {
    let pins = List::of(&[(1, "kr-45"), (2, "jp-17")]);
    let listener = bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await.unwrap();
    let address = listener.local_addr().unwrap();
    let tls = server_config(&key(1), Arc::clone(&pins) as Arc<dyn Pins>).unwrap();
    // Answers one request on each connection, and hangs up on the next.
    let work = tokio::spawn(async move {
        for answer in ["1", "2"] {
            let (stream, _) = listener.accept().await.unwrap();
            let acceptor = tokio_rustls::TlsAcceptor::from(Arc::clone(&tls));
            let mut stream = acceptor.accept(stream).await.unwrap();
            let mut request = [0; 4096];
            assert!(stream.read(&mut request).await.unwrap() > 0);
            let answer = format!("HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\n{answer}");
            stream.write_all(answer.as_bytes()).await.unwrap();
            let _lost = stream.read(&mut request).await;
        }
    });
    let client = client(address, 2, "kr-45", &pins);
    assert_eq!(client.get_json::<u8>("/").await.unwrap(), 1);
    assert_eq!(client.get_json::<u8>("/").await.unwrap(), 2);
    drop(client);
    work.await.unwrap();
}

/// Sends `bytes` and reads until the server hangs up.
async fn raw(address: SocketAddr, bytes: &[u8]) -> Vec<u8> {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(bytes).await.unwrap();
    let mut answer = Vec::new();
    // A reset ends the answer as well as an orderly close does.
    let _reset = stream.read_to_end(&mut answer).await;
    answer
}

#[tokio::test]
async fn nobody_is_served_without_tls() {
    let pins = List::of(&[(1, "kr-45"), (2, "jp-17")]);
    let server = Server::start(0, 1, Arc::clone(&pins)).await;
    let answer = raw(server.address, b"GET /plain HTTP/1.1\r\nhost: a\r\n\r\n").await;
    assert!(!String::from_utf8_lossy(&answer).contains("HTTP"), "{answer:?}");
    assert!(!answer.windows(5).any(|w| w == b"hello"));
    assert!(raw(server.address, b"").await.is_empty(), "who says nothing is hung up on");
    server.stop().await;
}

#[tokio::test]
async fn failures_say_whose_fault_they_are() {
    let pins = List::of(&[(1, "kr-45")]);
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let plain = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await.unwrap();
        let mut rest = Vec::new();
        let _reset = stream.read_to_end(&mut rest).await;
    });
    let client = client(address, 2, "kr-45", &pins);
    let error = client.get_json::<String>("/").await.unwrap_err();
    assert!(matches!(error, PeerError::PeerIncompatible { .. }), "{error}");
    plain.await.unwrap();
    let error = client.get_json::<String>("/").await.unwrap_err();
    assert!(matches!(error, PeerError::Unreachable { .. }), "{error}");
    for bad in ["http://a:1", "https://", "a:1", "https://a/path", "https://u@a", "https://a:1?q"] {
        let pins = Arc::clone(&pins) as Arc<dyn Pins>;
        let made = PeerClient::new(bad, party("kr-45"), pins, &key(2), peer::Limits::default());
        assert!(matches!(made, Err(PeerError::BadAddress { .. })), "{bad}");
    }
}

#[tokio::test]
async fn a_taken_port_is_named_with_the_way_out() {
    let held = bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await.unwrap();
    let address = held.local_addr().unwrap();
    let error = bind(address).await.unwrap_err();
    let expected = format!("port {} of 127.0.0.1 is taken by another program", address.port());
    assert_eq!(error.to_string(), expected);
    assert!(error.help().contains("`--listen 127.0.0.1:0`"));
}

#[tokio::test]
async fn plain_text_stays_on_this_machine() {
    for open in ["0.0.0.0:0", "[::]:0", "192.0.2.1:0"] {
        let error = bind_loopback(open.parse().unwrap()).await.unwrap_err();
        assert!(error.to_string().contains("can be reached by other machines"), "{error}");
    }
    let listener = bind_loopback("127.0.0.1:0".parse().unwrap()).await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    let stopped = async { stopped.await.unwrap_or(()) };
    let hosts = vec!["desk.example".to_owned()];
    let limits = listen::Limits::default();
    let work = tokio::spawn(serve_local(listener, router(), hosts, limits, stopped));
    for (host, expected) in [
        ("localhost", "HTTP/1.1 200"),
        ("127.0.0.1:8080", "HTTP/1.1 200"),
        ("[::1]:8080", "HTTP/1.1 200"),
        ("desk.example", "HTTP/1.1 200"),
        ("rebound.example", "HTTP/1.1 421"),
        ("", "HTTP/1.1 421"),
    ] {
        let request = format!("GET /plain HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n");
        let answer = String::from_utf8(raw(address, request.as_bytes()).await).unwrap();
        assert!(answer.starts_with(expected), "{host}: {answer}");
    }
    stop.send(()).unwrap();
    work.await.unwrap();
    assert!(TcpStream::connect(address).await.is_err(), "nobody listens any more");
}

#[tokio::test]
async fn an_idle_connection_is_hung_up_on() {
    let listener = bind_loopback("127.0.0.1:0".parse().unwrap()).await.unwrap();
    let address = listener.local_addr().unwrap();
    let limits = listen::Limits { request_wait: Duration::from_millis(200), ..Default::default() };
    let never = std::future::pending();
    tokio::spawn(serve_local(listener, router(), Vec::new(), limits, never));
    let kept = raw(address, b"GET /plain HTTP/1.1\r\nhost: localhost\r\n\r\n").await;
    assert!(String::from_utf8(kept).unwrap().starts_with("HTTP/1.1 200"));
    let unfinished = raw(address, b"GET /plain HTTP/1.1\r\nhost: loc").await;
    assert!(!String::from_utf8(unfinished).unwrap().contains("200"));
}
