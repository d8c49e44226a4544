//! Nodes that run: what one writes, the others of its audience hold, by whichever way.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod world;

use std::sync::Arc;
use std::time::Duration;

use axum::http::Method;
use pumasi_base::PartyId;
use pumasi_node::keys::Keys;
use pumasi_node::runtime::peer::{Limits, PeerClient};
use pumasi_node::runtime::tls::Pins;
use serde_json::{Value, json};
use world::running::{Running, until};

async fn pair() -> (Running, Running) {
    let (jp, kr) = (Running::start("jp-17").await, Running::start("kr-45").await);
    jp.trust(&kr, true).await;
    kr.trust(&jp, true).await;
    (jp, kr)
}

/// Waits until `there` holds what `here` holds.
async fn equal(here: &Running, there: &Running) -> Duration {
    let expected = here.digests().await;
    assert_ne!(expected, json!([]));
    until(&format!("{} as {}", there.id, here.id), async || there.digests().await == expected).await
}

fn matters(digests: &Value) -> Vec<&str> {
    digests.as_array().unwrap().iter().map(|d| d["matter"].as_str().unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn acts_appear_at_the_other_side_and_at_nobody_else_s() {
    let (mut jp, mut kr) = pair().await;
    let mut cn = Running::start("cn-js").await;
    cn.trust(&jp, true).await;
    jp.trust(&cn, true).await;
    let matter = jp.open_matter(&["kr-45"]).await;
    equal(&jp, &kr).await;
    let open = kr.neighbour("jp-17").await;
    assert_eq!((&open["reachable"], &open["failure"]), (&json!(true), &Value::Null));
    jp.request(&matter, "500 EA").await;
    let took = equal(&jp, &kr).await;
    assert!(took < Duration::from_secs(3), "{took:?}");
    // The neighbour who shares nothing has read to the same head and seen no act.
    let shared = jp.open_matter(&["cn-js"]).await;
    until("the shared matter", async || cn.digests().await != json!([])).await;
    assert_eq!(matters(&cn.digests().await), [shared.as_str()]);
    assert_eq!(matters(&kr.digests().await), [matter.as_str()]);
    let stopping = tokio::time::Instant::now();
    for node in [&mut jp, &mut kr, &mut cn] {
        node.stop().await;
    }
    assert!(stopping.elapsed() < Duration::from_secs(4), "waiting answers end with the node");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_node_that_was_away_catches_up_and_is_noticed_when_it_is_back() {
    let (mut jp, mut kr) = pair().await;
    let matter = jp.open_matter(&["kr-45"]).await;
    equal(&jp, &kr).await;
    kr.stop().await;
    until("the silence", async || jp.neighbour("kr-45").await["silent_since"] != Value::Null).await;
    for quantity in ["1 EA", "2 EA", "3 EA"] {
        jp.request(&matter, quantity).await;
    }
    kr.restart().await;
    equal(&jp, &kr).await;
    until("the return", async || jp.neighbour("kr-45").await["reachable"] == json!(true)).await;
    let here = jp.get("/node").await.json();
    until("the cursor", async || kr.neighbour("jp-17").await["cursor"] == here["acts"]).await;

    // Both stop and start again: the log goes on where it was, and so do the cursors.
    jp.stop().await;
    kr.stop().await;
    jp.restart().await;
    kr.restart().await;
    equal(&kr, &jp).await;
    jp.request(&matter, "4 EA").await;
    equal(&jp, &kr).await;
    let said = kr.get(&format!("/matters/{matter}")).await.json();
    assert_eq!(said["matter"]["id"], json!(matter));
    let digest = kr.digests().await;
    assert_eq!(digest[0]["acts"], json!(5));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_third_carries_for_an_author_who_cannot_be_reached() {
    let (jp, kr) = pair().await;
    let cn = Running::start("cn-js").await;
    jp.trust(&cn, true).await;
    cn.trust(&jp, true).await;
    // The two trust each other, and have no way to each other.
    kr.trust(&cn, false).await;
    cn.trust(&kr, false).await;
    let matter = cn.open_matter(&["jp-17", "kr-45"]).await;
    equal(&cn, &kr).await;
    // An act on top of what only the third could bring.
    jp.request(&matter, "500 EA").await;
    equal(&jp, &kr).await;
    equal(&jp, &cn).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_author_who_is_not_trusted_yet_holds_up_nothing_else() {
    let (jp, kr) = pair().await;
    let cn = Running::start("cn-js").await;
    jp.trust(&cn, true).await;
    cn.trust(&jp, true).await;
    let unknown = cn.open_matter(&["jp-17", "kr-45"]).await;
    equal(&cn, &jp).await;
    jp.request(&unknown, "5 EA").await;
    let healthy = jp.open_matter(&["kr-45"]).await;
    until("the healthy matter", async || matters(&kr.digests().await) == [healthy.as_str()]).await;
    until("the reason", async || {
        let line = kr.neighbour("jp-17").await;
        line["reachable"] == json!(true) && line["failure"].is_string()
    })
    .await;
    kr.trust(&cn, false).await;
    equal(&jp, &kr).await;
}

/// One party with one node.
#[derive(Debug)]
struct Only([u8; 32], PartyId);

impl Pins for Only {
    fn party_of(&self, key: &[u8; 32]) -> Option<PartyId> {
        (self.0 == *key).then(|| self.1.clone())
    }
}

/// The vectors are for nodes with ledgers of their own; which questions read is the same for all.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_question_of_the_vectors_is_answered_or_refused_by_a_running_node() {
    let (jp, kr) = pair().await;
    let [there, here] = [&jp, &kr].map(|node| Keys::read(node.folder.path()).unwrap().node);
    let jp_17: PartyId = "jp-17".parse().unwrap();
    let pins = Arc::new(Only(there.verifying_key().to_bytes(), jp_17.clone()));
    let client = PeerClient::new(&jp.run.peer, jp_17, pins, &here, Limits::default()).unwrap();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/spec/vectors/sync");
    let read = |path: String| std::fs::read_to_string(format!("{folder}/{path}")).unwrap();
    let mut asked = 0;
    for (table, below) in [("table.tsv", ""), ("pushes.tsv", "push/")] {
        for row in read(table.to_owned()).lines().skip(1) {
            let columns: Vec<&str> = row.split('\t').collect();
            let name = format!("{below}{}", columns[0]);
            let route = format!("/v1/{}", name.split_once('/').unwrap().0);
            let body = read(format!("{name}.question.json")).into_bytes();
            let (status, answer) = client.exchange_bytes(Method::POST, &route, body).await.unwrap();
            let answer = String::from_utf8_lossy(&answer);
            assert_eq!(status.as_str(), columns[3], "{name}: {answer}");
            asked += 1;
        }
    }
    assert!(asked > 90, "{asked}");
}
