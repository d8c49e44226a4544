//! A watch beside a real server: what it asks for, how often, and what it tells.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on fails, loudly"
)]

use std::collections::BTreeMap;
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::Response;
use pumasi_base::Time;
use pumasi_base::time::plus_seconds;
use pumasi_node::watch::{Address, Event, Following, Patience, Source, Watch, WatchError, Which};

/// Status, headers and body.
type Answer = (u16, Vec<(String, String)>, Vec<u8>);

/// What a server answers, by path, and what it was asked.
#[derive(Default)]
struct Script {
    answers: BTreeMap<String, Answer>,
    asked: Vec<String>,
}

/// A server on this machine, until it goes out of scope.
struct Server {
    address: SocketAddr,
    script: Arc<Mutex<Script>>,
    runtime: Option<tokio::runtime::Runtime>,
}

/// Notes what was asked, and whether that is what the asker has, and gives the answer.
fn noted(script: &Mutex<Script>, request: &Request) -> Answer {
    let path = request.uri().to_string();
    let header = |name: &str| {
        let value = request.headers().get(name).and_then(|value| value.to_str().ok());
        value.map(|value| format!(" {name}={value}")).unwrap_or_default()
    };
    let asked = [header("if-none-match"), header("if-modified-since")].concat();
    let agent = header("user-agent");
    assert_eq!(agent, format!(" user-agent=pumasi/{}", env!("CARGO_PKG_VERSION")));
    let mut script = script.lock().unwrap();
    script.asked.push(format!("{path}{asked}"));
    let (status, headers, body) =
        script.answers.get(&path).cloned().unwrap_or((404, Vec::new(), Vec::new()));
    // A server that knows the tag it gave says that nothing changed.
    if headers.iter().any(|(name, value)| name == "etag" && asked.contains(value)) {
        return (304, headers, Vec::new());
    }
    (status, headers, body)
}

async fn answer(State(script): State<Arc<Mutex<Script>>>, request: Request) -> Response {
    let (status, headers, body) = noted(&script, &request);
    drop(request);
    if status == 0 {
        // Never answered.
        std::future::pending::<()>().await;
    }
    let start = Response::builder().status(status);
    let response =
        headers.iter().fold(start, |response, (name, value)| response.header(name, value));
    response.body(Body::from(body)).unwrap()
}

impl Server {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let address = listener.local_addr().unwrap();
        let script = Arc::<Mutex<Script>>::default();
        let router = axum::Router::new().fallback(answer).with_state(Arc::clone(&script));
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        runtime.spawn(async move {
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            axum::serve(listener, router).await
        });
        Self { address, script, runtime: Some(runtime) }
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    fn says(&self, path: &str, status: u16, headers: &[(&str, &str)], body: impl Into<Vec<u8>>) {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        let headers = headers.iter().map(owned).collect();
        let mut script = self.script.lock().unwrap();
        script.answers.insert(path.to_owned(), (status, headers, body.into()));
    }

    /// What it was asked since the last time, in order.
    fn asked(&self) -> String {
        std::mem::take(&mut self.script.lock().unwrap().asked).join(", ")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

fn cap(id: &str, said: &str, status: &str) -> String {
    format!(
        "<alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\"><identifier>{id}</identifier>\
         <sender>met@example.org</sender><sent>2024-01-01T07:05:00+00:00</sent>\
         <status>{status}</status>{said}<scope>Public</scope><info><category>Met</category>\
         <event>Flood</event><urgency>Immediate</urgency><severity>Severe</severity>\
         <certainty>Observed</certainty><area><areaDesc>Here</areaDesc></area></info></alert>"
    )
}

fn alert(id: &str) -> String {
    cap(id, "<msgType>Alert</msgType>", "Actual")
}

fn atom(links: &[String]) -> String {
    let entry = |link: &String| {
        format!("<entry><id>{link}</id><title>x</title><link href=\"{link}\"/></entry>")
    };
    let entries: String = links.iter().map(entry).collect();
    format!("<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>x</title>{entries}</feed>")
}

fn start() -> Time {
    "2024-01-01T07:10:00Z".parse().unwrap()
}

fn following(source: Source) -> Following {
    let patience = Patience { connect: Duration::from_secs(5), whole: Duration::from_secs(20) };
    let sources = [source].into_iter().collect();
    Following { sources, every_s: 60, allowed: Vec::new(), hands_on: true, patience }
}

fn feed(url: &str) -> Following {
    following(Source::Feed(Address::read(url).unwrap()))
}

/// What a look told, in words.
fn told(events: &[Event]) -> String {
    let words = |event: &Event| match event {
        Event::Changed { taken, message, .. } => {
            let value = serde_json::to_value(taken).unwrap();
            format!("{} {}", value["taken"].as_str().unwrap(), message.id)
        }
        Event::Ended(keys) => format!("ended {}", keys.len()),
        Event::Failing { trouble, next, .. } => {
            let wait = next.as_second() - start().as_second();
            format!("failing {} until +{wait}", trouble.code.name())
        }
        Event::Works { .. } => "works".to_owned(),
        Event::Noted { trouble, .. } => format!("noted {}", trouble.code.name()),
    };
    events.iter().map(words).collect::<Vec<_>>().join(", ")
}

/// Looks at the seconds after the start, one a line.
#[track_caller]
fn check(watch: &mut Watch, seconds: i64, expected: &str) {
    let now = plus_seconds(start(), seconds);
    assert_eq!(told(&watch.look(Which::Due, now)), expected, "+{seconds}");
}

#[test]
fn a_feed_is_asked_at_its_interval_for_what_changed() {
    let (server, folder) = (Server::start(), tempfile::tempdir().unwrap());
    let changed = "Mon, 01 Jan 2024 07:05:00 GMT";
    server.says("/a.xml", 200, &[("etag", "\"1\""), ("last-modified", changed)], alert("A"));
    let mut watch = Watch::open(folder.path(), feed(&server.url("/a.xml"))).unwrap();
    check(&mut watch, 0, "opened A");
    check(&mut watch, 30, "");
    assert_eq!(server.asked(), "/a.xml");
    check(&mut watch, 60, "");
    assert_eq!(server.asked(), format!("/a.xml if-none-match=\"1\" if-modified-since={changed}"));
    let update = "<msgType>Update</msgType><references>met@example.org,A,2024-01-01T07:05:00+00:00\
                  </references>";
    server.says("/a.xml", 200, &[("etag", "\"2\"")], cap("B", update, "Actual"));
    check(&mut watch, 120, "updated B");
    // A restart looks at once and repeats nothing, whether or not the server remembers.
    drop(watch);
    let mut watch = Watch::open(folder.path(), feed(&server.url("/a.xml"))).unwrap();
    server.asked();
    check(&mut watch, 121, "");
    assert_eq!(server.asked(), "/a.xml if-none-match=\"2\"");
    server.says("/a.xml", 200, &[], alert("A"));
    check(&mut watch, 181, "");
    assert_eq!(watch.incidents(), 1);
    // What has no end of its own ends after days.
    check(&mut watch, 3 * 86_400, "ended 1");
}

#[test]
fn a_server_that_fails_is_asked_less_and_told_of_once() {
    let (server, folder) = (Server::start(), tempfile::tempdir().unwrap());
    let mut watch = Watch::open(folder.path(), feed(&server.url("/a.xml"))).unwrap();
    server.says("/a.xml", 429, &[("retry-after", "600")], "");
    check(&mut watch, 0, "failing status until +600");
    check(&mut watch, 599, "");
    // Who starts it anew does not make it ask earlier either.
    drop(watch);
    let mut watch = Watch::open(folder.path(), feed(&server.url("/a.xml"))).unwrap();
    assert_eq!(told(&watch.look(Which::All, plus_seconds(start(), 599))), "");
    assert_eq!(server.asked(), "/a.xml");
    server.says("/a.xml", 503, &[("retry-after", "Mon, 01 Jan 2024 08:10:00 GMT")], "");
    check(&mut watch, 600, "failing status until +3600");
    server.says("/a.xml", 500, &[], "");
    check(&mut watch, 3_600, "");
    // The third failure in a row waits four minutes, and up to a quarter more.
    check(&mut watch, 3_600 + 239, "");
    server.asked();
    server.says("/a.xml", 200, &[], "<html>maintenance</html>");
    let page = told(&watch.look(Which::Due, plus_seconds(start(), 3_900)));
    assert!(page.starts_with("failing unreadable"), "{page}");
    server.says("/a.xml", 200, &[], alert("A"));
    check(&mut watch, 3_900 + 600, "works, opened A");
}

#[test]
fn redirections_are_followed_a_little_and_never_out_of_protection() {
    let (server, folder) = (Server::start(), tempfile::tempdir().unwrap());
    server.says("/a.xml", 301, &[("location", "/b.xml")], "");
    server.says("/b.xml", 302, &[("location", &server.url("/c.xml"))], "");
    server.says("/c.xml", 200, &[], alert("A"));
    let mut watch = Watch::open(folder.path(), feed(&server.url("/a.xml"))).unwrap();
    check(&mut watch, 0, "opened A");
    assert_eq!(server.asked(), "/a.xml, /b.xml, /c.xml");
    server.says("/c.xml", 307, &[("location", "/a.xml")], "");
    let failing = told(&watch.look(Which::Due, plus_seconds(start(), 60)));
    assert!(failing.starts_with("failing redirected"), "{failing}");
    assert_eq!(server.asked().split(", ").count(), 6);
}

#[test]
fn what_is_too_large_or_too_slow_is_given_up() {
    let (server, folder) = (Server::start(), tempfile::tempdir().unwrap());
    server.says("/large.xml", 200, &[], vec![b' '; 64 * 1024 * 1024 + 1]);
    server.says("/slow.xml", 0, &[], "");
    let mut both = feed(&server.url("/large.xml"));
    both.sources.insert(Source::Feed(Address::read(&server.url("/slow.xml")).unwrap()));
    let none = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    both.sources.insert(Source::Feed(Address::read(&format!("http://{none}/")).unwrap()));
    both.patience.whole = Duration::from_secs(4);
    let mut watch = Watch::open(folder.path(), both).unwrap();
    let events = watch.look(Which::Due, start());
    let mut codes: Vec<&str> = events
        .iter()
        .map(|event| match event {
            Event::Failing { trouble, .. } => trouble.code.name(),
            _ => "other",
        })
        .collect();
    codes.sort_unstable();
    assert_eq!(codes, ["too_large", "too_slow", "unreachable"]);
}

#[test]
fn a_server_nobody_vouches_for_is_not_believed() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let key = rustls::pki_types::PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .unwrap();
    let thread = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut connection = rustls::ServerConnection::new(Arc::new(config)).unwrap();
        // The guest hangs up in the middle of the handshake.
        while connection.is_handshaking() && connection.complete_io(&mut stream).is_ok() {}
        connection.is_handshaking()
    });
    let folder = tempfile::tempdir().unwrap();
    let mut watch =
        Watch::open(folder.path(), feed(&format!("https://localhost:{port}/a.xml"))).unwrap();
    let events = told(&watch.look(Which::Due, start()));
    assert!(events.starts_with("failing not_trusted"), "{events}");
    thread.join().unwrap();
}

#[test]
fn documents_of_a_feed_are_fetched_once_a_few_at_a_time_and_from_its_site() {
    let (server, folder) = (Server::start(), tempfile::tempdir().unwrap());
    let mut links: Vec<String> = (0..25).map(|n| format!("/cap/{n}.xml")).collect();
    for (n, link) in links.iter().enumerate() {
        server.says(link, 200, &[], alert(&format!("id-{n}")));
    }
    links.push("http://intranet.example/secret".to_owned());
    links.push("/missing.xml".to_owned());
    server.says("/feed.xml", 200, &[("etag", "\"1\"")], atom(&links));
    let mut watch = Watch::open(folder.path(), feed(&server.url("/feed.xml"))).unwrap();
    let first = told(&watch.look(Which::Due, start()));
    assert!(first.starts_with("noted link_elsewhere, opened id-0, opened id-1,"), "{first}");
    assert_eq!(server.asked().split(", ").count(), 21);
    // The feed has not changed, and what waits is fetched all the same.
    drop(watch);
    let mut watch = Watch::open(folder.path(), feed(&server.url("/feed.xml"))).unwrap();
    let second = told(&watch.look(Which::Due, plus_seconds(start(), 60)));
    assert!(second.starts_with("failing status"), "{second}");
    assert!(second.contains("opened id-24"), "{second}");
    assert!(server.asked().ends_with("/cap/24.xml, /missing.xml"));
    assert_eq!(watch.incidents(), 25);
    // Given up after three tries; then the feed works again, and nothing is fetched twice.
    let looks = [200, 600, 1_000]
        .map(|second| told(&watch.look(Which::Due, plus_seconds(start(), second))));
    assert_eq!(looks, ["", "noted status", "works"].map(str::to_owned));
    let asked = server.asked();
    assert_eq!(asked.matches("/missing.xml").count(), 2, "{asked}");
    assert!(!asked.contains("/cap/"), "{asked}");
}

#[test]
fn a_folder_is_read_once_and_what_does_not_read_is_left_and_named_once() {
    let (inbox, data) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let put = |name: &str, text: &str| {
        let path = inbox.path().join(name);
        std::fs::write(&path, text).unwrap();
        let written = std::time::SystemTime::from(start()) - Duration::from_secs(60);
        std::fs::File::options().append(true).open(&path).unwrap().set_modified(written).unwrap();
    };
    let open = |data: &Path| {
        Watch::open(data, following(Source::Folder(inbox.path().to_owned()))).unwrap()
    };
    put("a.xml", &alert("A"));
    put("b.txt", "hello");
    put("c.xml", &alert("A"));
    let mut watch = open(data.path());
    check(&mut watch, 0, "noted unreadable, opened A");
    check(&mut watch, 2, "");
    drop(watch);
    let mut watch = open(data.path());
    put("d.xml", &cap("D", "<msgType>Alert</msgType>", "Exercise"));
    check(&mut watch, 4, "opened D");
    // One that is being written waits until it rests.
    std::fs::write(inbox.path().join("e.xml"), "<alert").unwrap();
    let now = Time::try_from(std::time::SystemTime::now()).unwrap();
    assert_eq!(told(&watch.look(Which::All, now)), "ended 2");
    assert!(watch.is_waiting());
    assert_eq!(told(&watch.look(Which::All, plus_seconds(now, 1))), "noted unreadable");
    assert!(!watch.is_waiting());
    assert!(inbox.path().join("e.xml").exists());
    let gone = inbox.path().to_owned();
    inbox.close().unwrap();
    assert!(!gone.exists());
    let events = told(&watch.look(Which::All, plus_seconds(now, 9)));
    assert!(events.starts_with("failing folder_unreadable"), "{events}");
}

#[test]
fn what_changes_is_owed_until_it_is_settled() {
    let (server, folder) = (Server::start(), tempfile::tempdir().unwrap());
    let both = format!("<alerts>{}{}</alerts>", alert("A"), alert("B"));
    server.says("/a.xml", 200, &[], both);
    let mut watch = Watch::open(folder.path(), feed(&server.url("/a.xml"))).unwrap();
    check(&mut watch, 0, "opened A, opened B");
    let owed = watch.owed().to_vec();
    assert_eq!(owed.len(), 2);
    assert!(owed[0].document.contains(">A<") && !owed[0].document.contains(">B<"));
    assert!(watch.settled(owed[0].number).is_none());
    drop(watch);
    let mut watch = Watch::open(folder.path(), feed(&server.url("/a.xml"))).unwrap();
    check(&mut watch, 60, "");
    assert_eq!(watch.owed(), &owed[1..]);
    // One data folder has one watch.
    let second = Watch::open(folder.path(), feed(&server.url("/a.xml")));
    assert!(matches!(second, Err(WatchError::Lock(_))));
}
