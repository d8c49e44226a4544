//! `pumasi identity` against a running node and a stopped one.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on fails, loudly"
)]

mod running;

use std::path::Path;
use std::process::Output;

use running::{Node, call};

/// Moves key files whose names begin with `sort` to a folder of their own, as to a medium.
fn carry(data: &Path, sort: &str, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for file in std::fs::read_dir(data.join("keys")).unwrap() {
        let path = file.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if name.starts_with(sort) && name.ends_with(".pem") {
            std::fs::rename(&path, to.join(name)).unwrap();
        }
    }
}

#[track_caller]
fn says(output: &Output, exit: i32, said: &[&str]) {
    let out = String::from_utf8_lossy(&output.stdout).into_owned();
    let err = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(exit), "{out}\n{err}");
    for words in said {
        assert!(out.contains(words) || err.contains(words), "`{words}` in\n{out}\n{err}");
    }
}

#[test]
fn mandates_and_keys_change_while_the_node_runs() {
    let node = Node::start("jp-17");
    node.check(&["identity", "show"], 0, &["2 of 3 sign", "makes the promises", "duty"]);
    node.check(&["identity", "grant", "stores"], 2, &["is new", "--kinds"]);
    node.check(&["identity", "grant", "stores", "--kinds=fly"], 3, &["`fly` is no kind of act"]);
    let grant = [
        "identity",
        "grant",
        "stores",
        "--name=Stores",
        "--kinds=request_resource,receive_resource",
        "--amount-max=JPY 1000000",
        "--days=10",
        "--officers-needed=2",
    ];
    let granted = node.value(&grant);
    assert_eq!(granted["change"]["granted"][0], "stores");
    assert_eq!(granted["entry"]["say"]["amount_max"], "JPY 1000000");
    node.check(&["identity", "show"], 0, &["stores", "ends in 10 days", "pumasi identity grant"]);
    let extended = node.value(&["identity", "grant", "stores", "--days=90"]);
    let (before, after) = (&granted["entry"]["say"], &extended["entry"]["say"]);
    assert_eq!((&before["key"], &before["kinds"]), (&after["key"], &after["kinds"]));
    node.check(&["identity", "end", "stores", "--lang=ko"], 0, &["권한 위임 종료"]);
    node.check(&["identity", "end", "stores"], 4, &["no mandate to end"]);

    let shown = node.value(&["identity", "show"]);
    let duty = shown["officers"][0]["key"].as_str().unwrap();
    let root = shown["next"]["keys"][0].as_str().unwrap();
    node.check(&["identity", "revoke", &root[..12]], 4, &["rotated"]);
    node.check(&["identity", "revoke", "ffff0000"], 3, &["is not here"]);
    node.check(&["identity", "revoke", &duty[..12]], 0, &["Revokes a key", duty]);
    // A fresh key takes the place of the revoked one, which is set aside.
    node.check(&["identity", "grant", "duty", "--kinds=*"], 0, &["Gives a mandate"]);
    let ended = node.folder.path().join("keys/ended");
    assert_eq!(std::fs::read_dir(ended).unwrap().count(), 1);
    node.check(&["identity", "register-node"], 0, &["Registers a node", "Incarnation"]);
    node.check(&["identity", "register-node", "--incarnation=2"], 4, &["higher than before"]);
}

#[test]
fn root_keys_on_separate_media_sign_one_after_the_other() {
    let node = Node::start("jp-17");
    let media = tempfile::tempdir().unwrap();
    let medium = |name: &str| media.path().join(name);
    for number in ["1", "2", "3"] {
        carry(node.folder.path(), &format!("root-{number}"), &medium(number));
    }
    let end = ["identity", "end", "duty"];
    node.check(&end, 3, &["0 of the root keys", "--roots"]);
    let file = medium("entry.json");
    let path = file.to_str().unwrap();
    let proposed = node.value(&[&end[..], &["--out", path]].concat());
    assert_eq!(proposed["signed_by"].as_array().unwrap().len(), 0);
    node.check(&["identity", "admit", path], 4, &["0 root keys signed and 2 are needed"]);

    // The machine that holds a root key has no node.
    let elsewhere = medium("elsewhere");
    let id = proposed["id"].as_str().unwrap();
    let cosign = |number: &str, digest: &str| {
        let roots = medium(number);
        let digest = format!("--digest={digest}");
        let roots = roots.to_str().unwrap();
        call(&elsewhere, &["identity", "cosign", path, "--roots", roots, &digest])
    };
    let shown = call(&elsewhere, &["identity", "cosign", path]);
    says(&shown, 0, &["Ends a mandate", "nothing is signed yet", id]);
    says(&cosign("1", "00000000"), 4, &["not the beginning"]);
    says(&cosign("1", &id[..8]), 0, &["signatures added: 1"]);
    says(&cosign("1", &id[..8]), 3, &["no root key that can add a signature"]);
    node.check(&["identity", "admit", path], 4, &["1 root keys signed and 2 are needed"]);
    says(&cosign("3", &id[..8]), 0, &["signatures added: 1"]);
    node.check(&["identity", "admit", path], 0, &["the entry is taken"]);
    let shown = node.value(&["identity", "show"]);
    assert_eq!(shown["officers"].as_array().unwrap().len(), 0);

    // Another entry was proposed meanwhile: taken now it would fork the log.
    let late = medium("late.json");
    let late = late.to_str().unwrap();
    let all = media.path().join("1");
    std::fs::rename(medium("2").join("root-2.pem"), all.join("root-2.pem")).unwrap();
    let all = all.to_str().unwrap();
    let anew = ["identity", "register-node", "--incarnation=5", "--roots", all];
    node.check(&[&anew[..], &["--out", late]].concat(), 0, &[]);
    node.check(&["identity", "register-node", "--roots", all], 0, &["taken"]);
    node.check(&["identity", "admit", late], 4, &["gone on", "anew"]);
}

#[test]
fn roots_rotate_on_a_stopped_node_and_are_recovered_when_stolen() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("node");
    let media = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let init = ["init", "--party", "jp-17", "--officer", "duty:Duty"];
    says(&call(&data, &init), 0, &["next-root-*.pem"]);
    carry(&data, "root-", Path::new(&media("old")));
    carry(&data, "next-root-", Path::new(&media("next")));

    let fresh = media("fresh");
    let rotate = |roots: &str, next: &str, fresh: &str, more: &[&str]| {
        let (roots, next, fresh) = (media(roots), media(next), media(fresh));
        let call_for = ["identity", "rotate", "--roots", &roots, "--next-roots", &next];
        call(&data, &[&call_for[..], &["--fresh", &fresh], more].concat())
    };
    says(&rotate("old", "old", "fresh", &[]), 3, &["0 of the root keys announced"]);
    says(&rotate("old", "next", "fresh", &[]), 0, &["Rotates the root keys", "destroy the old"]);
    let end = |roots: &str| call(&data, &["identity", "end", "duty", "--roots", &media(roots)]);
    says(&end("old"), 3, &["0 of the root keys"]);

    // A thief of the keys now in use ends the duty officer's mandate; the party takes it back.
    let before = call(&data, &["identity", "show", "--json"]);
    let before: serde_json::Value = serde_json::from_slice(&before.stdout).unwrap();
    says(&end("fresh"), 0, &["Ends a mandate"]);
    let good = before["head"].as_str().unwrap();
    let more = ["--recovery", "--after", &good[..12]];
    says(&rotate("old", "fresh", "fresher", &more), 0, &["Recovers"]);
    let shown = call(&data, &["identity", "show"]);
    says(&shown, 0, &["duty", "beside the log", "set aside by a rotation, kept as evidence: 1"]);
    says(&end("fresh"), 3, &["0 of the root keys"]);
    assert!(Path::new(&fresh).join("next-root-1.pub").exists());
}

#[test]
fn a_node_warns_of_what_will_silence_it() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("node");
    says(&call(&data, &["init", "--party", "jp-17", "--officer", "duty:Duty"]), 0, &[]);
    let path = data.join("keys/node.pem");
    let shown = call(&data, &["identity", "show", "--json"]);
    let shown: serde_json::Value = serde_json::from_slice(&shown.stdout).unwrap();
    let key = shown["nodes"][0]["key"].as_str().unwrap();
    says(&call(&data, &["identity", "grant", "duty", "--days=3"]), 0, &[]);
    says(&call(&data, &["identity", "revoke", key]), 0, &[]);
    assert!(path.exists());
    let node = Node::serve(folder, &data);
    let told = node.told["warnings"].as_array().unwrap();
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].as_str().unwrap().contains("`duty` ends in 3 days"), "{told:?}");
    assert!(told[1].as_str().unwrap().contains("refused everywhere"), "{told:?}");
}
