//! The desk's API over HTTP: who gets in, and what is said to those who ask wrongly.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod world;

use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use pumasi_readiness::{Ended, Job, Run, Shard, Which};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use world::running::{Answer, Running};

/// A problem has a code, and says what and what to do in four languages.
#[track_caller]
fn problem(answer: &Answer, status: u16, code: &str) -> Value {
    assert_eq!(answer.status, status, "{}", answer.body);
    let problem = answer.json();
    assert_eq!(problem["code"], code, "{problem}");
    // The views say what is not there without more advice.
    let parts: &[&str] = if problem["help"].is_null() { &["words"] } else { &["words", "help"] };
    for part in parts {
        let words: Vec<&str> = ["ko", "ja", "zh-Hans", "en"]
            .iter()
            .map(|lang| problem[part][lang].as_str().unwrap())
            .collect();
        assert!(words.iter().all(|text| !text.is_empty() && !text.contains('{')), "{words:?}");
        assert_ne!(words[0], words[3], "{part} of {code} is in four languages");
    }
    problem
}

#[tokio::test]
async fn only_the_token_of_the_folder_opens_the_desk() {
    let node = Running::start("jp-17").await;
    let ask = "GET /api/v1/node";
    problem(&node.send(ask, &[], b"").await, 401, "no_token");
    problem(&node.send(ask, &["Authorization: Bearer x"], b"").await, 401, "no_token");
    let long = format!("{}0", node.bearer());
    problem(&node.send(ask, &[&long], b"").await, 401, "no_token");
    assert_eq!(node.get("/node").await.json()["party"]["id"], "jp-17");

    // The address the node prints becomes a cookie, and the token leaves the address.
    let wrong = node.send("GET /orders?token=0", &[], b"").await;
    assert!(!wrong.head.to_lowercase().contains("set-cookie"), "{}", wrong.head);
    let opened = node.send(&format!("GET /orders?token={}", node.token), &[], b"").await;
    assert_eq!(opened.status, 303, "{}", opened.head);
    let field = |name: &str| -> Option<String> {
        let line = opened.head.lines().find(|l| l.to_lowercase().starts_with(name))?;
        Some(line.split_once(": ")?.1.to_owned())
    };
    assert_eq!(field("location:").unwrap(), "/orders");
    let cookie = field("set-cookie:").unwrap();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
    let cookie = format!("Cookie: other=1; {}", cookie.split(';').next().unwrap());
    assert_eq!(node.send(ask, &[&cookie], b"").await.status, 200);

    // A page of another port has the cookie as well, and must not act with it.
    let trust = "POST /api/v1/parties";
    let foreign = [cookie.as_str(), "Origin: http://127.0.0.1:1"];
    problem(&node.send(trust, &foreign, b"{}").await, 403, "foreign_page");
    let own = format!("Origin: http://{}", node.desk());
    problem(&node.send(trust, &[&cookie, &own], b"{}").await, 400, "body_unreadable");
}

#[tokio::test]
async fn what_is_not_there_is_said_and_never_a_page() {
    let node = Running::start("jp-17").await;
    for path in ["/no-such", "/cases/a/b/c", "/"] {
        problem(&node.get(path).await, 404, "no_such_page");
    }
    for start in ["GET /api", "GET /api/", "GET /api/v2/node", "POST /api/v2/acts", "PUT /api/x"] {
        problem(&node.send(start, &[&node.bearer()], b"").await, 404, "no_such_page");
    }
    problem(&node.get("/cases/none").await, 404, "case_unknown");
    problem(&node.get("/agreements/none").await, 404, "agreement_unknown");
    problem(&node.get("/matters/none").await, 404, "matter_unknown");
    let nowhere = format!("/export?matter={}", "0".repeat(64));
    problem(&node.get(&nowhere).await, 404, "matter_unknown");
    problem(&node.get("/export?matter=x").await, 400, "body_unreadable");
    let delete = node.send("DELETE /api/v1/acts", &[&node.bearer()], b"").await;
    problem(&delete, 405, "no_such_method");
    for asset in ["GET /assets/none.js", "GET /favicon.none"] {
        let answer = node.send(asset, &[], b"").await;
        assert_eq!((answer.status, answer.body.as_str()), (404, ""));
    }
    let page = node.send("GET /orders", &[], b"").await;
    assert!(page.status == 200 && page.body.starts_with("<!"), "{}", page.body);
}

#[tokio::test]
async fn a_situation_leaves_in_every_format() {
    let node = Running::start("jp-17").await;
    problem(&node.get("/situation/sitrep").await, 404, "no_case");
    problem(&node.get("/situation/pdf").await, 404, "format_unknown");
    problem(&node.get("/situation/cap?case=none").await, 404, "case_unknown");
    problem(&node.get("/situation/cap?lang=fr").await, 400, "body_unreadable");
    let matter = node.open_matter(&["kr-45"]).await;
    // A case without an alert has a report and nothing to warn of.
    problem(&node.get("/situation/cap?case=noto").await, 404, "nothing_to_tell");
    assert_eq!(node.get("/situation/sitrep").await.status, 200);
    let relay = format!("POST /api/v1/alerts?matter={matter}&officer=duty");
    let alert = include_bytes!("../../../drills/noto-2024/vxse53.xml");
    let relayed = node.send(&relay, &[&node.bearer()], alert).await;
    assert_eq!(relayed.status, 200, "{}", relayed.body);
    for format in pumasi_node::wire::formats::SITUATION {
        let answer = node.get(&format!("/situation/{}?case=noto&lang=ko", format.name)).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        let head = answer.head.to_lowercase();
        assert!(head.contains(&format!("content-type: {}", format.media_type)), "{head}");
        let name = format!("filename=\"noto-{}.{}\"", format.name, format.ending);
        assert!(head.contains(&name), "{head}");
    }
    let cap = node.get("/situation/cap").await.body;
    let read = pumasi_node::hazard::read_any(cap.as_bytes()).unwrap();
    assert_eq!((read.findings.len(), read.messages.len()), (0, 1), "{cap}");
    assert_eq!(read.messages[0].status, pumasi_base::Status::Exercise);
    assert_eq!(cap, node.get("/situation/cap?lang=ja").await.body, "it is one alert for all");
}

#[tokio::test]
async fn an_act_is_made_or_refused_with_its_clause() {
    let node = Running::start("jp-17").await;
    let matter = node.open_matter(&["kr-45"]).await;
    let act = |change: &dyn Fn(&mut Value)| {
        let mut act = json!(world::request(matter.parse().unwrap(), "500 EA"));
        change(&mut act);
        act
    };
    let none = act(&|act| act["body"]["quantity"] = "0 EA".into());
    let refused = problem(&node.post("/acts", &none).await, 422, "quantity_must_not_be_zero");
    assert_eq!(refused["clauses"], json!([]));
    let war = act(&|act| act["body"]["purpose"] = "military_emergency".into());
    let refused = problem(&node.post("/acts", &war).await, 422, "agreement_must_permit");
    let clause = &refused["clauses"][0];
    assert_eq!(clause["agreement"], "kr-45--jp-17");
    assert!(!clause["caption"]["ko"].as_str().unwrap().is_empty());
    let unsigned = act(&|act| act["officers"] = json!(["nobody"]));
    problem(&node.post("/acts", &unsigned).await, 422, "officer_unknown");
    let song = act(&|act| act["kind"] = "sing_song".into());
    problem(&node.post("/acts", &song).await, 422, "kind_unknown");
    let lost = act(&|act| act["matter"] = "0".repeat(64).into());
    problem(&node.post("/acts", &lost).await, 404, "matter_unknown");
    problem(&node.post("/acts", &json!({"matter": 1})).await, 400, "body_unreadable");
    let extra = act(&|act| act["more"] = 1.into());
    problem(&node.post("/acts", &extra).await, 400, "body_unreadable");
    let broken = node.send("POST /api/v1/acts", &[&node.bearer()], b"{\"matter\":").await;
    problem(&broken, 400, "body_unreadable");
    problem(&node.post("/import", &json!({})).await, 400, "body_unreadable");
    assert_eq!(node.get("/node").await.json()["acts"], 1, "nothing refused was stored");
    node.made("/acts", &act(&|_| {})).await;
    assert_eq!(node.get("/node").await.json()["acts"], 2);
    let report = node.get("/cases/noto/report").await;
    assert_eq!(report.status, 200, "{}", report.body);
}

#[tokio::test]
async fn a_page_is_told_when_something_changes() {
    let node = Running::start("jp-17").await;
    let mut stream = TcpStream::connect(node.desk()).await.unwrap();
    let ask = format!(
        "GET /api/v1/events HTTP/1.1\r\nHost: {}\r\n{}\r\n\r\n",
        node.desk(),
        node.bearer()
    );
    stream.write_all(ask.as_bytes()).await.unwrap();
    let mut told = String::new();
    let mut wait_for = async |position: &str| {
        let mut bytes = [0; 4096];
        while !told.contains(position) {
            let read = stream.read(&mut bytes);
            let count = tokio::time::timeout(Duration::from_secs(20), read).await.unwrap().unwrap();
            assert!(count > 0, "the stream ended: {told}");
            told += &String::from_utf8_lossy(&bytes[..count]);
        }
    };
    wait_for("\"position\":0").await;
    let matter = node.open_matter(&["kr-45"]).await;
    wait_for("\"position\":1").await;
    node.request(&matter, "5 EA").await;
    wait_for("\"position\":2").await;
    assert!(told.to_lowercase().contains("text/event-stream"), "{told}");
}

#[tokio::test]
async fn a_body_beyond_the_limit_and_a_foreign_host_are_refused() {
    let node = Running::start("jp-17").await;
    let host = ["Host: attacker.example", &node.bearer()];
    assert_eq!(node.send("GET /api/v1/node", &host, b"").await.status, 421);
    let local = ["Host: localhost", &node.bearer()];
    assert_eq!(node.send("GET /api/v1/node", &local, b"").await.status, 200);

    let long = vec![b' '; pumasi_node::api::BODY_BYTES_MAX + 1];
    let answer = node.send("POST /api/v1/acts", &[&node.bearer()], &long).await;
    assert_eq!(answer.status, 413, "{}", answer.head);
    // A body that does not tell its length is counted while it comes.
    let mut stream = TcpStream::connect(node.desk()).await.unwrap();
    let head = format!(
        "POST /api/v1/acts HTTP/1.1\r\nHost: {}\r\n{}\r\nConnection: close\r\n\
         Transfer-Encoding: chunked\r\n\r\n{:x}\r\n",
        node.desk(),
        node.bearer(),
        long.len()
    );
    let (mut reading, mut writing) = stream.split();
    let send = async {
        // The desk stops reading when it has had enough.
        let _stopped = writing.write_all(head.as_bytes()).await;
        let _stopped = writing.write_all(&long).await;
    };
    let mut bytes = vec![0; 4096];
    let (_sent, count) = tokio::join!(send, reading.read(&mut bytes));
    let text = String::from_utf8_lossy(&bytes[..count.unwrap()]).into_owned();
    assert!(text.starts_with("HTTP/1.1 413"), "{text}");
    assert!(text.contains("body_too_large"), "{text}");
}

/// Makes a small run as `pumasi readiness run` would.
fn readiness_run(folder: &Path) {
    let library = &*world::LIBRARY;
    let agreements: Vec<_> = library.agreements().values().cloned().collect();
    let (catalog, estimator) = (library.catalog.clone(), library.estimator.clone());
    let world = pumasi_readiness::World::new(catalog, estimator, &agreements, Vec::new()).unwrap();
    let job = Job {
        scenarios: 4,
        seed: 1,
        year: 2026,
        season: None,
        drills: false,
        periods: 3,
        period_hours: 24,
        delay_hours: 6,
        commodities: ["drinking_water"].map(|id| id.parse().unwrap()).into(),
        unreachable: std::collections::BTreeSet::new(),
        drafts: true,
        counterfactuals: Which::None,
        world: world.digest(),
    };
    let stop = AtomicBool::new(false);
    let run =
        Run { world: &world, job: &job, shard: Shard::WHOLE, folder, threads: 1, stop: &stop };
    let ended = pumasi_readiness::run(&run, &mut |_| {}).unwrap();
    assert!(matches!(ended, Ended::Complete(_)));
}

#[tokio::test]
async fn readiness_runs_are_listed_told_and_handed_out() {
    let node = Running::start("jp-17").await;
    let runs = node.folder.path().join("readiness");
    let none = node.get("/readiness").await.json();
    assert_eq!(none["runs"], json!([]));
    assert_eq!(none["report"], Value::Null);
    assert_eq!(none["folder"], json!(runs.display().to_string()));

    readiness_run(&runs.join("tiny"));
    std::fs::create_dir(runs.join("torn")).unwrap();
    std::fs::write(runs.join("torn/manifest.json"), "{").unwrap();
    std::fs::create_dir(runs.join("other")).unwrap();
    let page = node.get("/readiness").await.json();
    let lines: Vec<_> =
        page["runs"].as_array().unwrap().iter().map(|r| (&r["name"], &r["complete"])).collect();
    assert_eq!(lines, [(&json!("tiny"), &json!(true)), (&json!("torn"), &json!(false))]);
    assert!(page["runs"][1]["fault"].is_string(), "{}", page["runs"]);
    let report = &page["report"];
    assert_eq!(report["run"], "tiny");
    assert_eq!(report["sample"]["scenarios"], 4);
    assert_eq!(report["job"]["periods"], 3);
    assert_eq!(report["unmet"][0]["commodity"], Value::Null, "all together come first");
    assert_eq!(node.get("/readiness?run=tiny").await.json()["report"], *report);
    assert_eq!(node.get("/readiness?run=torn").await.json()["report"], Value::Null);

    // Who has the page as it is now is told so and no more.
    let ask = "GET /api/v1/readiness?run=tiny";
    let told = node.send(ask, &[&node.bearer()], b"").await;
    let tag = told.head.lines().find_map(|line| line.strip_prefix("etag: ")).unwrap();
    let known = format!("If-None-Match: {tag}");
    let again = node.send(ask, &[&node.bearer(), &known], b"").await;
    assert_eq!((again.status, again.body.as_str()), (304, ""));
    let other = node.send("GET /api/v1/readiness?run=torn", &[&node.bearer(), &known], b"").await;
    assert_eq!(other.status, 200);

    // Every file that is named is there, and has the rows it is said to have.
    for file in report["files"].as_array().unwrap() {
        let name = file["name"].as_str().unwrap();
        let answer = node.get(&format!("/readiness/tiny/{name}")).await;
        assert_eq!(answer.status, 200, "{name}");
        assert!(answer.head.contains(&format!("attachment; filename=\"{name}\"")), "{name}");
        if let (true, Some(rows)) = (name.ends_with(".csv"), file["rows"].as_u64()) {
            assert_eq!(u64::try_from(answer.body.lines().count()).unwrap(), rows + 1, "{name}");
        }
        assert_eq!(answer.body.starts_with("PAR1"), name.ends_with(".parquet"), "{name}");
    }
}

#[tokio::test]
async fn nothing_but_the_files_of_a_readiness_run_is_handed_out() {
    let node = Running::start("jp-17").await;
    let runs = node.folder.path().join("readiness");
    readiness_run(&runs.join("tiny"));
    assert_eq!(node.get("/readiness/tiny/scenarios.csv").await.status, 200);
    for path in [
        "/readiness?run=none",
        "/readiness?run=..",
        "/readiness?run=",
        "/readiness/none/report.csv",
        "/readiness/tiny/none.csv",
        "/readiness/tiny/lock",
        "/readiness/tiny/manifest.json",
        "/readiness/tiny/..%2Fmanifest.json",
        "/readiness/tiny/..%2F..%2F..%2Fdesk.token",
        "/readiness/..%2Freadiness%2Ftiny/scenarios.csv",
        "/readiness/tiny%2Ftables/scenarios.csv",
        "/readiness/./scenarios.csv",
    ] {
        problem(&node.get(path).await, 404, "readiness_absent");
    }
    problem(&node.get("/readiness/tiny/../../desk.token").await, 404, "no_such_page");
}
