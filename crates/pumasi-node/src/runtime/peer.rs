//! Calling a peer: JSON over HTTP/1.1 over mutual TLS.

use std::error::Error;
use std::fmt;
use std::io;
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use axum::http::uri::{Authority, Scheme};
use axum::http::{Method, Request, Response, StatusCode, Uri, header};
use ed25519_dalek::SigningKey;
use http_body_util::{BodyExt as _, Full, LengthLimitError, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::http1::{self, SendRequest};
use hyper_util::rt::TokioIo;
use pumasi_base::{PartyId, Time};
use rustls::pki_types::ServerName;
use rustls::{AlertDescription, ClientConfig};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::net::TcpStream;
use tokio::sync::Mutex;
use tokio::task::JoinHandle;
use tokio_rustls::TlsConnector;

use super::date;
use super::tls::{self, Pins, TlsError};

/// How much of a refusal's text is kept.
const REFUSAL_BYTES_MAX: usize = 4 * 1024;

/// What a client bears.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// How long connecting and shaking hands may take together.
    pub connect_wait: Duration,
    /// How long a request may take until its answer has arrived in full.
    pub answer_wait: Duration,
    /// The most bytes an answer may have.
    pub body_bytes_max: usize,
}

impl Default for Limits {
    /// 10 s to connect, 60 s for an answer of at most 8 MiB.
    fn default() -> Self {
        Self {
            connect_wait: Duration::from_secs(10),
            answer_wait: Duration::from_secs(60),
            body_bytes_max: 8 * 1024 * 1024,
        }
    }
}

/// Why a peer did not answer as asked, by whose fault it is.
#[derive(Debug, thiserror::Error)]
pub enum PeerError {
    /// The address is no `https://host:port`.
    #[error("`{address}` is no address of a node: write `https://` with its host and port")]
    BadAddress {
        /// The address as given.
        address: String,
    },
    /// This node's own key cannot serve TLS.
    #[error(transparent)]
    Own(#[from] TlsError),
    /// Nobody answers: the network, the peer's machine or its node is down.
    #[error("could not reach `{party}` at `{address}`")]
    Unreachable {
        /// The party.
        party: PartyId,
        /// Its address.
        address: Authority,
        /// What the network reported.
        source: io::Error,
    },
    /// The peer has not pinned this node's key.
    #[error("`{party}` at `{address}` does not admit the key of this node")]
    NotAdmitted {
        /// The party.
        party: PartyId,
        /// Its address.
        address: Authority,
    },
    /// The peer breaks the protocol, or somebody else answers in its place.
    #[error("`{party}` at `{address}` misbehaved: {what}")]
    PeerMisbehaved {
        /// The party.
        party: PartyId,
        /// Its address.
        address: Authority,
        /// What it did.
        what: String,
    },
    /// The peer has no protocol in common with this node.
    #[error("`{party}` at `{address}` cannot talk with this node: {what}")]
    PeerIncompatible {
        /// The party.
        party: PartyId,
        /// Its address.
        address: Authority,
        /// What is missing.
        what: String,
    },
    /// The peer has too many questions of this node open.
    #[error("`{party}` at `{address}` has too much to do and asks to wait {} s", .pause.as_secs())]
    Busy {
        /// The party.
        party: PartyId,
        /// Its address.
        address: Authority,
        /// How long to wait.
        pause: Duration,
    },
    /// The peer understood and said no.
    #[error("`{party}` refused with status {status}: {body}")]
    Refused {
        /// The party.
        party: PartyId,
        /// The HTTP status.
        status: u16,
        /// What it said, cut to 4 KiB.
        body: String,
    },
}

impl PeerError {
    /// What the operator can do.
    #[must_use]
    pub const fn help(&self) -> &'static str {
        match self {
            Self::BadAddress { .. } => "correct the address of the peer",
            Self::Own(_) => "check the key file of this node",
            Self::Unreachable { .. } => {
                "nothing is lost: the node tries again by itself; check the line meanwhile"
            }
            Self::NotAdmitted { .. } => {
                "send the peer your party's identity, and have them confirm its fingerprint"
            }
            Self::PeerMisbehaved { .. } => {
                "call the peer by telephone: another machine may be answering in its place"
            }
            Self::PeerIncompatible { .. } => "one of the two nodes needs a newer version",
            Self::Busy { .. } => "nothing is lost: the node asks again by itself",
            Self::Refused { .. } => "read the peer's reason",
        }
    }
}

/// Calls one node of one party, and keeps a connection to it for the next call.
///
/// A request that fails on a kept connection is sent once more on a new one, because the peer
/// may have closed the old one meanwhile: requests must be safe to repeat.
pub struct PeerClient {
    party: PartyId,
    address: Authority,
    tls: Arc<ClientConfig>,
    limits: Limits,
    // INVARIANT: holds connections that wait for a request; whoever sends takes it out.
    kept: Mutex<Option<Connection>>,
    dated: std::sync::Mutex<Option<Time>>,
}

type Connection = SendRequest<Full<Bytes>>;

/// An answer, read to its end.
struct Answered {
    status: StatusCode,
    /// Seconds after which to ask again.
    pause: Option<u64>,
    body: Bytes,
}

/// What drives a connection; it ends with it.
type Work = JoinHandle<hyper::Result<()>>;

impl fmt::Debug for PeerClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (party, address) = (&self.party, &self.address);
        write!(f, "PeerClient({party} at {address})")
    }
}

impl PeerClient {
    /// Prepares calls to `party` at `url`, such as `https://node.example:7443`; nothing is sent.
    ///
    /// Only a node whose key `pins` gives to `party` is spoken to.
    ///
    /// # Errors
    /// [`PeerError::BadAddress`] or [`PeerError::Own`].
    pub fn new(
        url: &str,
        party: PartyId,
        pins: Arc<dyn Pins>,
        key: &SigningKey,
        limits: Limits,
    ) -> Result<Self, PeerError> {
        let bad = || PeerError::BadAddress { address: url.to_owned() };
        let uri: Uri = url.parse().map_err(|_| bad())?;
        let plain = matches!(uri.path(), "" | "/") && uri.query().is_none();
        if uri.scheme() != Some(&Scheme::HTTPS) || !plain {
            return Err(bad());
        }
        let address = uri.authority().filter(|a| !a.as_str().contains('@')).ok_or_else(bad)?;
        let tls = tls::client_config(key, pins, party.clone())?;
        let (kept, dated) = (Mutex::new(None), std::sync::Mutex::new(None));
        Ok(Self { party, address: address.clone(), tls, limits, kept, dated })
    }

    /// The date that the last answer carried, to the second: the peer's clock when it answered.
    #[must_use]
    pub fn last_date(&self) -> Option<Time> {
        *self.dated.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The party this client calls.
    #[must_use]
    pub const fn party(&self) -> &PartyId {
        &self.party
    }

    /// Asks for `path` and reads the answer.
    ///
    /// # Errors
    /// [`PeerError`], by whose fault it is.
    pub async fn get_json<A: DeserializeOwned>(&self, path: &str) -> Result<A, PeerError> {
        self.call(Method::GET, path, Bytes::new()).await
    }

    /// Sends `body` to `path` and reads the answer.
    ///
    /// # Errors
    /// [`PeerError`], by whose fault it is.
    pub async fn post_json<B: Serialize + ?Sized, A: DeserializeOwned>(
        &self,
        path: &str,
        body: &B,
    ) -> Result<A, PeerError> {
        let body = serde_json::to_vec(body).map_err(|error| {
            self.unreachable(io::Error::new(io::ErrorKind::InvalidInput, error))
        })?;
        self.call(Method::POST, path, Bytes::from(body)).await
    }

    /// Sends a text to `path` and gives status and text of the answer, whatever the status.
    ///
    /// # Errors
    /// [`PeerError`], by whose fault it is; never `Refused`.
    pub async fn exchange_text(
        &self,
        method: Method,
        path: &str,
        body: String,
    ) -> Result<(StatusCode, String), PeerError> {
        let wait = self.limits.answer_wait;
        let answer = tokio::time::timeout(wait, self.exchange(method, path, Bytes::from(body)));
        let Answered { status, body, .. } = answer.await.map_err(|_| self.late(wait))??;
        Ok((status, String::from_utf8_lossy(&body).into_owned()))
    }

    /// Sends bytes to `path` and gives status and bytes of the answer, whatever the status.
    ///
    /// # Errors
    /// [`PeerError`], by whose fault it is; `Busy` where the peer asks to wait, never `Refused`.
    pub async fn exchange_bytes(
        &self,
        method: Method,
        path: &str,
        body: Vec<u8>,
    ) -> Result<(StatusCode, Vec<u8>), PeerError> {
        let wait = self.limits.answer_wait;
        let answer = tokio::time::timeout(wait, self.exchange(method, path, Bytes::from(body)));
        let answered = answer.await.map_err(|_| self.late(wait))??;
        self.unless_busy(&answered)?;
        Ok((answered.status, answered.body.into()))
    }

    fn unless_busy(&self, answered: &Answered) -> Result<(), PeerError> {
        if answered.status != StatusCode::TOO_MANY_REQUESTS {
            return Ok(());
        }
        let (party, address) = (self.party.clone(), self.address.clone());
        let pause = Duration::from_secs(answered.pause.unwrap_or(1));
        Err(PeerError::Busy { party, address, pause })
    }

    async fn call<A: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        body: Bytes,
    ) -> Result<A, PeerError> {
        let wait = self.limits.answer_wait;
        let answer = tokio::time::timeout(wait, self.exchange(method, path, body));
        let answered = answer.await.map_err(|_| self.late(wait))??;
        self.unless_busy(&answered)?;
        let Answered { status, body, .. } = answered;
        if !status.is_success() {
            let body = body.get(..REFUSAL_BYTES_MAX.min(body.len())).unwrap_or_default();
            return Err(PeerError::Refused {
                party: self.party.clone(),
                status: status.as_u16(),
                body: String::from_utf8_lossy(body).trim().to_owned(),
            });
        }
        serde_json::from_slice(&body).map_err(|error| {
            self.misbehaved(format!("its answer to `{path}` reads wrongly: {error}"))
        })
    }

    async fn exchange(
        &self,
        method: Method,
        path: &str,
        body: Bytes,
    ) -> Result<Answered, PeerError> {
        let kept = self.kept.lock().await.take().filter(|connection| !connection.is_closed());
        if let Some(connection) = kept {
            let request = self.request(&method, path, body.clone())?;
            if let Ok(answer) = self.send(connection, request).await {
                return answer;
            }
        }
        let (connection, work) = self.connect().await?;
        let request = self.request(&method, path, body)?;
        match self.send(connection, request).await {
            Ok(answer) => answer,
            // The work on the connection may have met the cause before the request did.
            Err(error) => Err(match work.await {
                Ok(Err(cause)) => self.explain_hyper(cause),
                _ => self.explain_hyper(error),
            }),
        }
    }

    fn request(
        &self,
        method: &Method,
        path: &str,
        body: Bytes,
    ) -> Result<Request<Full<Bytes>>, PeerError> {
        Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, self.address.as_str())
            .header(header::ACCEPT, "application/json")
            .header(header::CONTENT_TYPE, "application/json")
            .body(Full::new(body))
            .map_err(|error| self.unreachable(io::Error::new(io::ErrorKind::InvalidInput, error)))
    }

    /// Sends on one connection. The outer error says that the connection failed before an answer
    /// came; the inner one is final.
    async fn send(
        &self,
        mut connection: Connection,
        request: Request<Full<Bytes>>,
    ) -> Result<Result<Answered, PeerError>, hyper::Error> {
        connection.ready().await?;
        let answer = connection.send_request(request).await?;
        let status = answer.status();
        let date = answer.headers().get(header::DATE).and_then(|date| date.to_str().ok());
        *self.dated.lock().unwrap_or_else(PoisonError::into_inner) = date.and_then(date::read);
        let pause = answer.headers().get(header::RETRY_AFTER);
        let pause = pause.and_then(|value| value.to_str().ok()?.parse().ok());
        let read = self.read(answer).await.map(|body| Answered { status, pause, body });
        if read.is_ok() {
            *self.kept.lock().await = Some(connection);
        }
        Ok(read)
    }

    async fn read(&self, answer: Response<Incoming>) -> Result<Bytes, PeerError> {
        let bytes_max = self.limits.body_bytes_max;
        match Limited::new(answer.into_body(), bytes_max).collect().await {
            Ok(body) => Ok(body.to_bytes()),
            Err(error) if error.is::<LengthLimitError>() => {
                Err(self.misbehaved(format!("its answer has more than {bytes_max} bytes")))
            }
            Err(error) => Err(self.unreachable(io::Error::other(error))),
        }
    }

    async fn connect(&self) -> Result<(Connection, Work), PeerError> {
        let wait = self.limits.connect_wait;
        let stream = tokio::time::timeout(wait, async {
            let host = self.address.host().trim_matches(['[', ']']);
            let port = self.address.port_u16().unwrap_or(443);
            let stream = TcpStream::connect((host, port)).await?;
            // Acts are small and answers are waited for: send them at once.
            stream.set_nodelay(true)?;
            // TLS asks for a name, which is neither sent nor checked.
            let name = ServerName::IpAddress(std::net::Ipv4Addr::UNSPECIFIED.into());
            TlsConnector::from(Arc::clone(&self.tls)).connect(name, stream).await
        });
        let stream = stream.await.map_err(|_| self.late(wait))?.map_err(|e| self.explain(e))?;
        let (connection, work) = http1::handshake(TokioIo::new(stream))
            .await
            .map_err(|error| self.explain_hyper(error))?;
        Ok((connection, tokio::spawn(work)))
    }

    fn unreachable(&self, source: io::Error) -> PeerError {
        let (party, address) = (self.party.clone(), self.address.clone());
        PeerError::Unreachable { party, address, source }
    }

    fn misbehaved(&self, what: String) -> PeerError {
        let (party, address) = (self.party.clone(), self.address.clone());
        PeerError::PeerMisbehaved { party, address, what }
    }

    /// The peer answers, but has no protocol in common with this node.
    pub(crate) fn incompatible(&self, what: String) -> PeerError {
        let (party, address) = (self.party.clone(), self.address.clone());
        PeerError::PeerIncompatible { party, address, what }
    }

    fn late(&self, wait: Duration) -> PeerError {
        let what = format!("no answer within {} s", wait.as_secs());
        self.unreachable(io::Error::new(io::ErrorKind::TimedOut, what))
    }

    /// Tells a failure of TLS from one of the network.
    fn explain(&self, error: io::Error) -> PeerError {
        let Some(tls) = error.get_ref().and_then(|e| e.downcast_ref::<rustls::Error>()) else {
            return self.unreachable(error);
        };
        match tls {
            rustls::Error::AlertReceived(AlertDescription::AccessDenied) => {
                let (party, address) = (self.party.clone(), self.address.clone());
                PeerError::NotAdmitted { party, address }
            }
            rustls::Error::InvalidCertificate(_) => {
                self.misbehaved("its key is none of this party's keys".to_owned())
            }
            rustls::Error::InvalidMessage(_)
            | rustls::Error::PeerIncompatible(_)
            | rustls::Error::NoApplicationProtocol
            | rustls::Error::AlertReceived(
                AlertDescription::ProtocolVersion
                | AlertDescription::HandshakeFailure
                | AlertDescription::NoApplicationProtocol,
            ) => self.incompatible(format!("TLS 1.3 with Ed25519 is needed ({tls})")),
            other => self.misbehaved(other.to_string()),
        }
    }

    /// Finds what lies beneath a failure of HTTP.
    fn explain_hyper(&self, error: hyper::Error) -> PeerError {
        if error.is_parse() {
            return self.incompatible(format!("HTTP/1.1 is needed ({error})"));
        }
        let beneath = error.source().and_then(|e| e.downcast_ref::<io::Error>());
        let tls = beneath.and_then(io::Error::get_ref).and_then(|e| e.downcast_ref());
        match tls {
            Some(tls) => {
                let tls: &rustls::Error = tls;
                self.explain(io::Error::other(tls.clone()))
            }
            None => self.unreachable(io::Error::other(error)),
        }
    }
}
