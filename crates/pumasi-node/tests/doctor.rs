//! The doctor and the figures for machines: of a node alone, of one that runs, of one in trouble.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod world;

use std::collections::{BTreeMap, BTreeSet};

use pumasi_base::{Digest, Time};
use pumasi_node::service::FeedScope;
use pumasi_node::service::doctor::AllHeard;
use pumasi_node::sync::{Neighbour, put_neighbour};
use serde_json::json;
use world::running::{Running, until};
use world::{Node, introduce, party, time};

/// Every finding of a node beyond disk and store, as `severity code`, the gravest first.
fn found(node: &Node, heard: Option<&AllHeard>, now: Time) -> Vec<String> {
    let findings = node.service.examine(heard, now).unwrap();
    let machine = ["disk_ok", "disk_low", "store_ok"];
    let shown = findings.iter().filter(|finding| !machine.contains(&finding.code));
    shown
        .map(|f| format!("{:?} {}{}", f.severity, f.code, if f.alarm { " !" } else { "" }))
        .collect()
}

#[test]
fn a_stopped_node_is_examined_as_far_as_it_can_be() {
    let node = Node::new("jp-17");
    let well = ["Ok acts_ok", "Ok identities_ok", "Ok evidence_ok", "Ok register_ok", "Ok keys_ok"];
    assert_eq!(found(&node, None, world::now()), well);
    let page = node.service.doctor(None, world::now()).unwrap();
    assert!(!page.running);
    let words = page.findings.iter().flat_map(|f| [Some(&f.what), f.why.as_ref(), f.help.as_ref()]);
    for words in words.flatten() {
        for text in [&words.ko, &words.ja, &words.zh, &words.en] {
            assert!(!text.is_empty() && !text.contains('{'), "{text}");
        }
    }
}

#[test]
fn a_mandate_is_told_of_before_it_ends_and_after() {
    let node = Node::new("jp-17");
    let ends = node.service.with_identities(|all| {
        let identity = all.of(&party("jp-17")).unwrap();
        identity.mandates.values().map(|mandate| mandate.not_after).min().unwrap()
    });
    let days = |days: i64| pumasi_base::time::plus_seconds(ends, days * 24 * 60 * 60);
    assert!(!found(&node, None, days(-20)).contains(&"Watch mandate_ending".to_owned()));
    assert_eq!(found(&node, None, days(-10)).first().unwrap(), "Watch mandate_ending");
    assert_eq!(found(&node, None, days(1)).first().unwrap(), "Act mandate_ended");
}

#[test]
fn divergence_is_an_alarm_with_both_names_in_it() {
    let (jp, kr) = (Node::new("jp-17"), Node::new("kr-45"));
    introduce(&[&jp, &kr]);
    let matter = jp.open_matter(&["kr-45"]);
    kr.service.receive(&jp.parcel("kr-45", FeedScope::Own)).unwrap();
    let mut shown = kr.service.digests(&party("jp-17"));
    shown.iter_mut().for_each(|digest| digest.state = Digest::of(b"a fault"));
    let found_in = jp.service.compare_digests(&party("kr-45"), &shown);
    assert_eq!(found_in, BTreeSet::from([matter]));
    let heard = BTreeMap::new();
    assert_eq!(found(&jp, Some(&heard), world::now()).first().unwrap(), "Act matter_diverged !");
    let page = jp.service.doctor(Some(&heard), world::now()).unwrap();
    let gravest = page.findings.first().unwrap();
    assert_eq!(gravest.matter, Some(matter.to_string()));
    assert!(gravest.what.en.contains("Noto") && gravest.what.ko.contains("전북"), "{gravest:?}");
    let metrics = jp.service.metrics(&heard, world::now()).unwrap();
    assert!(metrics.contains("\npumasi_diverged_matters 1\n"), "{metrics}");
}

#[test]
fn clocks_and_silence_are_worth_a_call() {
    let node = Node::new("jp-17");
    let url = "https://127.0.0.1:1".to_owned();
    put_neighbour(&node.service, &Neighbour { party: party("kr-45"), url }).unwrap();
    let mut heard: AllHeard = BTreeMap::new();
    let line = heard.entry(party("kr-45")).or_default();
    line.last_heard = Some(world::now());
    line.clock_ahead_seconds = Some(-61);
    line.silent_since = Some(time("2023-12-31T00:00:00Z"));
    let shown = found(&node, Some(&heard), world::now());
    let grave: Vec<_> = shown.iter().take_while(|finding| !finding.starts_with("Ok")).collect();
    assert_eq!(grave, ["Act neighbour_silent", "Watch register_unconfirmed", "Watch clock_behind"]);
    heard.entry(party("kr-45")).or_default().clock_ahead_seconds = Some(60);
    assert!(found(&node, Some(&heard), world::now()).contains(&"Ok clock_ok".to_owned()));
}

/// A sample of a metric must stand under its `HELP` and `TYPE`, with a name and a whole number.
#[track_caller]
fn check_format(text: &str) -> BTreeMap<String, u64> {
    let mut samples = BTreeMap::new();
    let mut current = String::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if let Some(rest) = line.strip_prefix("# HELP ") {
            current = rest.split(' ').next().unwrap().to_owned();
            assert_eq!(lines.next(), Some(format!("# TYPE {current} gauge").as_str()));
            continue;
        }
        let (sample, value) = line.rsplit_once(' ').unwrap();
        let name = sample.split('{').next().unwrap();
        assert_eq!(name, current, "{line}");
        assert!(name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'), "{line}");
        assert!(sample == name || sample.ends_with("\"}"), "{line}");
        let before = samples.insert(sample.to_owned(), value.parse().unwrap());
        assert_eq!(before, None, "{line} twice");
    }
    assert!(text.ends_with('\n'));
    samples
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_running_node_tells_its_neighbours_clock_and_its_figures() {
    let (jp, mut kr) = (Running::start("jp-17").await, Running::start("kr-45").await);
    jp.trust(&kr, true).await;
    kr.trust(&jp, true).await;
    jp.open_matter(&["kr-45"]).await;
    until("the matter", async || kr.digests().await != json!([])).await;
    until("the cosignature", async || jp.neighbour("kr-45").await["cosigned"]["size"] == json!(1))
        .await;
    let page = jp.get("/doctor").await.json();
    assert_eq!(page["running"], json!(true));
    let codes: Vec<_> = page["findings"].as_array().unwrap().iter().map(|f| &f["code"]).collect();
    for code in ["clock_ok", "divergence_ok", "neighbours_ok", "register_ok"] {
        assert!(codes.contains(&&json!(code)), "{page}");
    }
    let answer = jp.get("/metrics").await;
    assert!(answer.head.contains("text/plain; version=0.0.4"), "{}", answer.head);
    let samples = check_format(&answer.body);
    for (sample, value) in [
        ("pumasi_acts", 1),
        ("pumasi_matters{status=\"exercise\"}", 1),
        ("pumasi_neighbour_reachable{party=\"kr-45\"}", 1),
        ("pumasi_register_cosigned_acts{party=\"kr-45\"}", 1),
        ("pumasi_forked_logs", 0),
        ("pumasi_diverged_matters", 0),
    ] {
        assert_eq!(samples.get(sample), Some(&value), "{sample}");
    }
    assert!(samples["pumasi_ledger_bytes"] > 0);
    assert_eq!(jp.send("GET /api/v1/metrics", &[], b"").await.status, 401);
    kr.stop().await;
    until("the silence", async || {
        let page = jp.get("/doctor").await.json();
        page["findings"].as_array().unwrap().iter().any(|f| f["code"] == "neighbour_silent")
    })
    .await;
}
