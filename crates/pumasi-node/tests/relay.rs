//! Nodes that have no way to each other: what a neighbour keeps for them, and what one of them tells
//! unasked.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod world;

use std::time::Duration;

use pumasi_base::Time;
use pumasi_node::seal;
use pumasi_node::service::relay::{FILE_BYTES_MAX, RelayError};
use serde_json::{Value, json};
use world::running::{Running, until};
use world::{Node, introduce, now, party};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_neighbour_outside_the_audience_carries_what_it_cannot_read() {
    let jp = Running::start("jp-17").await;
    let mut kr = Running::start("kr-45").await;
    let cn = Running::start("cn-js").await;
    for (one, other, reads) in [
        (&jp, &kr, false),
        (&kr, &jp, false),
        (&jp, &cn, true),
        (&cn, &jp, false),
        (&kr, &cn, true),
        (&cn, &kr, false),
    ] {
        one.trust(other, reads).await;
    }
    let matter = jp.open_matter(&["kr-45"]).await;
    jp.request(&matter, "500 EA").await;
    // It is down when the file is left for it.
    kr.stop().await;
    let wish = json!({"to": "kr-45", "via": "cn-js", "matter": matter});
    let sent = jp.post("/relay", &wish).await;
    assert_eq!(sent.status, 200, "{}", sent.body);
    let kept = cn.get("/relay").await.json();
    assert_eq!(kept["files"][0]["id"], sent.json()["id"]);
    let line = kept["files"][0].as_object().unwrap();
    let told: Vec<&str> = line.keys().map(String::as_str).collect();
    assert_eq!(told, ["bytes", "from", "id", "kept_at", "to"]);
    assert_eq!((&line["from"], &line["to"]), (&json!("jp-17"), &json!("kr-45")));

    kr.restart().await;
    until("the relayed file", async || kr.digests().await == jp.digests().await).await;
    until("the acknowledgement", async || cn.get("/relay").await.json()["bytes"] == 0).await;
    assert_eq!(cn.digests().await, json!([]), "the relay shares nothing");

    let said = |answer: &world::running::Answer| answer.json()["code"].clone();
    let none = jp.post("/relay", &json!({"to": "kr-45", "via": "kr-45"})).await;
    assert_eq!((none.status, said(&none)), (404, json!("relay_no_way")));
    let none = jp.post("/relay", &json!({"to": "cn-js", "via": "cn-js"})).await;
    assert_eq!((none.status, said(&none)), (422, json!("not_in_audience")));
}

/// What becomes of a file that `from` leaves at `relay` for `to`.
#[track_caller]
fn check(relay: &Node, (from, to): (&str, &str), file: &[u8], at: Time, expected: &str) {
    let said = match relay.service.relay_keep(&party(from), &party(to), file, at) {
        Ok(_) => "kept".to_owned(),
        Err(error) => error.to_string(),
    };
    assert_eq!(said, expected);
}

/// Bytes that look like a sealed file.
fn file(number: u8, bytes: usize) -> Vec<u8> {
    let mut file = b"age-encryption.org/v1\n".to_vec();
    file.resize(bytes, number);
    file
}

#[test]
fn what_is_kept_is_bounded_and_ends() {
    let nodes = ["jp-17", "kr-45", "cn-js", "jp-31", "kr-42", "jp-32", "kr-48"].map(Node::new);
    introduce(&nodes.each_ref());
    let relay = &nodes[2];
    let jp_kr = ("jp-17", "kr-45");
    check(relay, jp_kr, b"{}", now(), "only files sealed with age are relayed");
    check(relay, ("jp-17", "cn-js"), &file(1, 99), now(), "this node relays nothing to `cn-js`");
    check(relay, ("jp-17", "ru-pri"), &file(1, 99), now(), "this node relays nothing to `ru-pri`");
    check(relay, jp_kr, &file(1, FILE_BYTES_MAX - 50), now(), "kept");
    // The same once more is no more.
    check(relay, jp_kr, &file(1, FILE_BYTES_MAX - 50), now(), "kept");
    let full = "`jp-17` has 16777166 bytes waiting here, and 16777216 is the most for one sender";
    check(relay, jp_kr, &file(2, 51), now(), full);
    check(relay, jp_kr, &file(2, 50), now(), "kept");
    for (from, number) in [("jp-31", 3), ("kr-42", 4), ("jp-32", 5)] {
        check(relay, (from, "kr-45"), &file(number, FILE_BYTES_MAX), now(), "kept");
    }
    let full = "67108864 bytes are waiting here, and 67108864 is the most for all senders";
    check(relay, ("kr-48", "jp-17"), &file(6, 100), now(), full);

    // Whom a file is not for does not get it, and cannot end it.
    let (service, kr) = (&relay.service, party("kr-45"));
    let kept = service.relayed_for(&kr).unwrap();
    assert_eq!(kept.len(), 5);
    for file in &kept {
        assert_eq!(service.relayed_file(&party("jp-17"), &file.id).unwrap(), None);
        assert!(!service.relay_done(&party("jp-17"), &file.id).unwrap());
    }
    let read = service.relayed_file(&kr, &kept[0].id).unwrap().unwrap();
    assert!(seal::is_sealed(&read) && u64::try_from(read.len()).unwrap() == kept[0].bytes);
    assert!(service.relay_done(&kr, &kept[0].id).unwrap());
    assert!(!service.relay_done(&kr, &kept[0].id).unwrap());
    assert_eq!(service.ledger().blob(&kept[0].id).unwrap(), None);

    let stuck = |at: &str| {
        let found = service.examine(None, world::time(at)).unwrap();
        found.iter().filter(|finding| finding.code == "relay_stuck").count()
    };
    assert_eq!((stuck("2024-01-03T00:00:00Z"), stuck("2024-01-03T00:00:01Z")), (0, 1));
    service.relay_expire(world::time("2024-01-15T23:59:59Z")).unwrap();
    assert_eq!(service.relayed().unwrap().len(), 4);
    service.relay_expire(world::time("2024-01-16T00:00:00Z")).unwrap();
    assert!(service.relayed().unwrap().is_empty());
    assert_eq!(service.ledger().blob(&kept[1].id).unwrap(), None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_node_that_cannot_be_called_tells_unasked() {
    let jp = Running::start_in_a_hurry("jp-17").await;
    let mut kr = Running::start_in_a_hurry("kr-45").await;
    let cn = Running::start_in_a_hurry("cn-js").await;
    // Calls go out of jp and none come in: kr has no address of it.
    jp.trust(&kr, true).await;
    kr.trust(&jp, false).await;
    jp.trust(&cn, true).await;
    cn.trust(&jp, false).await;
    let matter = jp.open_matter(&["kr-45"]).await;
    jp.request(&matter, "500 EA").await;
    let expected = jp.digests().await;
    until("what was pushed", async || kr.digests().await == expected).await;
    // Nothing reaches whom it is not shared with, though it is pushed to as well.
    let shared = jp.open_matter(&["cn-js"]).await;
    until("the other matter", async || cn.digests().await[0]["matter"] == json!(shared)).await;
    assert_eq!(cn.digests().await.as_array().unwrap().len(), 1);

    // What kr writes comes back by jp's own questions, and jp tells what it puts on top of it.
    let theirs = kr.open_matter(&["jp-17"]).await;
    until("their matter", async || stands(&jp, &theirs).await != Value::Null).await;
    jp.request(&theirs, "1 EA").await;
    let on_top = stands(&jp, &theirs).await;
    until("what lies on top", async || stands(&kr, &theirs).await == on_top).await;
    kr.stop().await;
    for quantity in ["2 EA", "3 EA"] {
        jp.request(&matter, quantity).await;
    }
    kr.restart().await;
    let took =
        until("the rest", async || stands(&jp, &matter).await == stands(&kr, &matter).await).await;
    assert!(took < Duration::from_secs(15), "{took:?}");
}

async fn stands(node: &Running, matter: &str) -> Value {
    let digests = node.digests().await;
    let all = digests.as_array().unwrap();
    all.iter().find(|digest| digest["matter"] == json!(matter)).cloned().unwrap_or_default()
}

/// Leaves the files of `docs/spec/vectors/sync/relay.tsv` at a relay that trusts jp-17, kr-45 and
/// cn-js, and whose own party is cn-js.
#[test]
fn files_are_relayed_as_the_vectors_say() {
    let nodes = ["jp-17", "kr-45", "cn-js"].map(Node::new);
    introduce(&nodes.each_ref());
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/spec/vectors/sync");
    let table = std::fs::read_to_string(format!("{folder}/relay.tsv")).unwrap();
    let mut ids = std::collections::BTreeSet::new();
    for line in table.lines().skip(1) {
        let [from, to, text, status, id, _] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("{line} has not six columns")
        };
        let file = text.replace("\\n", "\n");
        let kept = nodes[2].service.relay_keep(&party(from), &party(to), file.as_bytes(), now());
        let found = match kept {
            Ok(id) => ("200", id.to_string()),
            Err(RelayError::NotSealed) => ("422", "-".to_owned()),
            Err(RelayError::NoRecipient(_)) => ("404", "-".to_owned()),
            Err(error) => panic!("{line}: {error}"),
        };
        assert_eq!(found, (status, id.to_owned()), "{line}");
        if status == "200" {
            ids.insert(id.to_owned());
        }
    }
    let kept = nodes[2].service.relayed().unwrap();
    assert_eq!(kept.len(), ids.len(), "a file that was left twice is kept once");
    assert_eq!(kept.len(), 3);
}
