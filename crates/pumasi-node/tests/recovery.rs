//! A node that is put back to an old copy of its disk: it notices, waits, and goes on anew.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod world;

use std::path::Path;

use pumasi_act::{Envelope, IdentityEntry, IdentitySay, KeyRecord};
use pumasi_base::Time;
use pumasi_node::keys::read_private;
use serde_json::json;
use world::running::{Running, until};

const FILES: [&str; 3] = ["ledger.sqlite", "ledger.sqlite-wal", "ledger.sqlite-shm"];

fn copy(from: &Path, to: &Path) {
    for file in FILES {
        let _missing = std::fs::remove_file(to.join(file));
        if from.join(file).exists() {
            std::fs::copy(from.join(file), to.join(file)).unwrap();
        }
    }
}

/// The entry by which a node's key begins its next incarnation, signed by two root keys.
async fn next_incarnation(node: &Running) -> String {
    let log = node.get("/identity").await.json();
    let entries = log["entries"].as_array().unwrap();
    let newest = Envelope::read(entries.last().unwrap().as_str().unwrap().as_bytes()).unwrap();
    let keys = node.folder.path().join("keys");
    let key = KeyRecord::of(&read_private(&keys.join("node.pem")).unwrap());
    let entry = IdentityEntry {
        v: 1,
        party: node.id.parse().unwrap(),
        prev: Some(newest.id()),
        time: Time::UNIX_EPOCH,
        say: IdentitySay::RegisterNode { key, incarnation: 2 },
    };
    let roots = [1, 2].map(|n| read_private(&keys.join(format!("root-{n}.pem"))).unwrap());
    entry.sign(&[&roots[0], &roots[1]]).unwrap().write()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_restored_node_writes_nothing_until_its_acts_are_back_and_then_begins_anew() {
    let (mut jp, kr) = (Running::start("jp-17").await, Running::start("kr-45").await);
    jp.trust(&kr, true).await;
    kr.trust(&jp, true).await;
    let matter = jp.open_matter(&["kr-45"]).await;
    jp.request(&matter, "1 EA").await;
    jp.stop().await;
    let backup = tempfile::tempdir().unwrap();
    copy(jp.folder.path(), backup.path());
    jp.restart().await;
    let forgotten = jp.request(&matter, "2 EA").await;
    let expected = jp.digests().await;
    until("kr as jp", async || kr.digests().await == expected).await;

    // Somebody puts back the old disk and tells nobody.
    jp.stop().await;
    copy(backup.path(), jp.folder.path());
    jp.restart().await;
    until("the node notices", async || {
        jp.get("/recovery").await.json() == json!({"recovering": true, "awaited": []})
    })
    .await;
    assert_eq!(jp.digests().await, expected, "its forgotten act is back");
    let wish = json!(world::request(matter.parse().unwrap(), "3 EA"));
    let refused = jp.post("/acts", &wish).await;
    assert_eq!((refused.status, &refused.json()["code"]), (409, &json!("node_recovered")));

    let entry = next_incarnation(&jp).await;
    let taken = jp.post("/identity", &json!({"entry": entry})).await;
    assert_eq!(taken.status, 200, "{}", taken.body);
    assert_eq!(jp.get("/recovery").await.json()["recovering"], json!(false));
    let fresh = jp.request(&matter, "3 EA").await;
    // Opened, asked twice, asked anew; and then the old log is closed.
    until("the old log is closed", async || jp.digests().await[0]["acts"] == json!(5)).await;
    let same = async || kr.digests().await == jp.digests().await;
    until("kr as jp again", same).await;
    jp.stop().await;
    let service = world::open(jp.folder.path());
    service.with_matters(|held| {
        let state = held[0].folded.state.as_ref().unwrap();
        assert_eq!(state.closed.len(), 1);
        for act in [forgotten, fresh] {
            assert!(state.requests.contains_key(&act.parse().unwrap()), "{act}");
        }
    });
}
