//! A node that runs, asked through its desk as any program would.

use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

use pumasi_node::clock::Clock;
use pumasi_node::run::{RunFile, ServeOptions, serve_until};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep, timeout};

/// How long anything may take here; the tests fail after it.
const PATIENCE: Duration = Duration::from_secs(30);

/// A node in a folder, running or stopped.
pub struct Running {
    pub id: String,
    pub folder: tempfile::TempDir,
    pub run: RunFile,
    pub token: String,
    listen: String,
    attended: bool,
    work: Option<(oneshot::Sender<()>, JoinHandle<()>)>,
}

/// What a desk answered.
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Answer {
    #[track_caller]
    pub fn json(&self) -> Value {
        assert!(self.body.starts_with(['{', '[']), "no JSON: {}", self.body);
        serde_json::from_str(&self.body).unwrap()
    }
}

impl Running {
    pub async fn start(id: &str) -> Self {
        Self::start_as(id, false).await
    }

    /// Starts it as a conductor does: it waits for nothing longer than it must.
    pub async fn start_in_a_hurry(id: &str) -> Self {
        Self::start_as(id, true).await
    }

    async fn start_as(id: &str, attended: bool) -> Self {
        let folder = tempfile::tempdir().unwrap();
        super::make(folder.path(), id, Clock.now());
        let (run, token, work) = start(folder.path(), None, attended).await;
        let listen = run.peer.trim_start_matches("https://").to_owned();
        Self { id: id.to_owned(), folder, run, token, listen, attended, work: Some(work) }
    }

    pub async fn stop(&mut self) {
        if let Some((stop, work)) = self.work.take() {
            stop.send(()).unwrap();
            timeout(PATIENCE, work).await.unwrap().unwrap();
        }
    }

    /// Starts it again where its neighbours look for it.
    pub async fn restart(&mut self) {
        let (run, token, work) =
            start(self.folder.path(), Some(self.listen.clone()), self.attended).await;
        (self.run, self.token, self.work) = (run, token, Some(work));
    }

    pub fn desk(&self) -> SocketAddr {
        self.run.desk.trim_start_matches("http://").parse().unwrap()
    }

    /// Sends a request with these header lines and reads the answer to its end.
    pub async fn send(&self, start: &str, headers: &[&str], body: &[u8]) -> Answer {
        let mut stream = TcpStream::connect(self.desk()).await.unwrap();
        let lines: String = headers.iter().map(|line| format!("{line}\r\n")).collect();
        let has_host = headers.iter().any(|line| line.starts_with("Host:"));
        let host = if has_host { String::new() } else { format!("Host: {}\r\n", self.desk()) };
        let length = body.len();
        let head = format!(
            "{start} HTTP/1.1\r\n{host}Connection: close\r\nContent-Length: {length}\r\n{lines}\r\n"
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        // A desk that refuses a long body may close before it has read everything.
        let _closed = stream.write_all(body).await;
        let mut bytes = Vec::new();
        timeout(PATIENCE, stream.read_to_end(&mut bytes)).await.unwrap().unwrap();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answer { status, head: head.to_owned(), body: body.to_owned() }
    }

    pub fn bearer(&self) -> String {
        format!("Authorization: Bearer {}", self.token)
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(&format!("GET /api/v1{path}"), &[&self.bearer()], b"").await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        let start = format!("POST /api/v1{path}");
        self.send(&start, &[&self.bearer()], body.to_string().as_bytes()).await
    }

    /// Posts what must be taken, and gives the id of what was made.
    pub async fn made(&self, path: &str, body: &Value) -> String {
        let answer = self.post(path, body).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.json()["id"].as_str().unwrap().to_owned()
    }

    pub async fn open_matter(&self, audience: &[&str]) -> String {
        let new = super::new_matter(audience, pumasi_base::Status::Exercise);
        self.made("/matters", &json!(new)).await
    }

    pub async fn request(&self, matter: &str, quantity: &str) -> String {
        let new = super::request(matter.parse().unwrap(), quantity);
        self.made("/acts", &json!(new)).await
    }

    /// How its matters stand.
    pub async fn digests(&self) -> Value {
        self.get("/digests").await.json()
    }

    /// Trusts another node, and reads its feed where `reads` says so.
    pub async fn trust(&self, other: &Self, reads: bool) {
        let parties = other.get("/parties").await.json();
        let own = parties.as_array().unwrap().iter().find(|p| p["party"] == json!(other.id));
        let own = own.unwrap();
        let trust = json!({"identity": own["identity"], "fingerprint": own["fingerprint"],
            "url": reads.then_some(&other.run.peer)});
        let answer = self.post("/parties", &trust).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
    }

    /// What it knows of a neighbour.
    pub async fn neighbour(&self, id: &str) -> Value {
        let page = self.get("/neighbours").await.json();
        let lines = page["neighbours"].as_array().unwrap();
        lines.iter().find(|line| line["party"]["id"] == json!(id)).unwrap().clone()
    }
}

async fn start(
    folder: &Path,
    listen: Option<String>,
    attended: bool,
) -> (RunFile, String, (oneshot::Sender<()>, JoinHandle<()>)) {
    let (stop, stopped) = oneshot::channel();
    let (tell, told) = oneshot::channel();
    let folder = folder.to_owned();
    let options = ServeOptions { listen, attended, ..ServeOptions::default() };
    let work = tokio::spawn(async move {
        let ready = |run: &RunFile, token: &str| {
            tell.send((run.clone(), token.to_owned())).unwrap();
        };
        let stop = async { stopped.await.unwrap_or(()) };
        serve_until(&folder, &options, ready, stop).await.unwrap();
    });
    let (run, token) = timeout(PATIENCE, told).await.unwrap().unwrap();
    (run, token, (stop, work))
}

/// Asks again until the answer is yes, and tells how long it took.
pub async fn until(what: &str, mut asked: impl AsyncFnMut() -> bool) -> Duration {
    let start = Instant::now();
    while !asked().await {
        assert!(start.elapsed() < PATIENCE, "in vain: {what}");
        sleep(Duration::from_millis(20)).await;
    }
    start.elapsed()
}
