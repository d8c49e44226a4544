//! `pumasi audit`: copies verified offline, in four languages.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod running;

use std::path::{Path, PathBuf};

use running::{Node, OPEN_MATTER, check_in};

const VECTORS: &str = "../../docs/spec/vectors/register";

fn vector(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(VECTORS).join(name)
}

/// Audits and expects `exit` and the words.
#[track_caller]
fn check(arguments: &[&str], exit: i32, said: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    check_in(folder.path(), &[&["audit"], arguments].concat(), exit, said)
}

#[test]
fn evidence_is_proved_with_the_public_key_alone() {
    let keys = std::fs::read_to_string(vector("keys.txt")).unwrap();
    let mut keys = keys.lines();
    let (key, witness) = (keys.next().unwrap(), keys.next().unwrap());
    for name in ["equivocation-same-size.txt", "equivocation-rewritten.txt"] {
        let file = vector(name);
        let file = file.to_str().unwrap();
        check(&[file], 0, &["cannot both be true", "not compared"]);
        check(&[file, "--key", key], 0, &["pumasi/kr-45/28a9704c/1", "compared"]);
        check(&[file, "--lang", "ko"], 0, &["함께 참일 수 없는 두 내용"]);
        check(&[file, "--lang", "ja"], 0, &["両立しない二つの内容"]);
        check(&[file, "--lang", "zh-Hans"], 0, &["不能同时为真"]);
        // A key of another type is no key of a register.
        check(&[file, "--key", witness], 2, &[]);
    }
    let file = vector("bad/equivocation-agreeing.txt");
    check(&[file.to_str().unwrap()], 7, &["evidence proves nothing"]);
    check(&["no/such/copy"], 3, &["no/such/copy"]);
    check(&[vector("README.md").to_str().unwrap()], 7, &[]);
    check(&[vector("bad").to_str().unwrap()], 7, &["no copy that can be audited"]);
}

#[test]
fn a_data_folder_is_audited_and_published() {
    let node = Node::start("jp-17");
    let matter = node.id(OPEN_MATTER);
    let bundle = node.folder.path().join("noto.bundle");
    let bundle = bundle.to_str().unwrap();
    node.check(&["matter", "export", &matter, "--out", bundle], 0, &[]);
    let data = node.folder.path().to_str().unwrap().to_owned();
    check(&[&data], 6, &["another process uses the folder"]);
    let copy = tempfile::tempdir().unwrap();
    for name in ["node.toml", "ledger.sqlite", "ledger.sqlite-wal"] {
        std::fs::copy(node.folder.path().join(name), copy.path().join(name)).unwrap();
    }
    let copied = copy.path().to_str().unwrap();
    let said = ["holds", "data folder", "pumasi/jp-17/", "Chains", "jp-17", &matter[..8]];
    check(&[copied, bundle], 0, &said);
    check(&[copied, "--lang", "ko"], 0, &["데이터 폴더", "기록 사슬"]);
    check(&[copied, "--lang", "ja"], 0, &["データフォルダー", "記録の連鎖"]);
    check(&[copied, "--lang", "zh-Hans"], 0, &["数据文件夹", "记录链"]);
    let value: serde_json::Value =
        serde_json::from_str(&check(&[copied, "--json"], 0, &[])).unwrap();
    assert_eq!(value["sources"][0]["chains"][0]["stretches"], serde_json::json!([[0, 0]]));
    // A node that never signed has nothing to publish.
    let out = copy.path().join("published");
    let out = out.to_str().unwrap();
    check(&[copied, "--export", out], 7, &["does not hold"]);
    let other = format!("--trust=jp-17={}", "0".repeat(64));
    check(&[copied, &other], 7, &["the fingerprint of `jp-17` is"]);
    // One letter of an act in the bundle.
    let text = std::fs::read_to_string(bundle).unwrap();
    let at = text.rfind("\"payload\":\"").unwrap() + 60;
    let letter = if text.as_bytes()[at] == b'A' { "B" } else { "A" };
    let forged = copy.path().join("forged.bundle");
    std::fs::write(&forged, format!("{}{letter}{}", &text[..at], &text[at + 1..])).unwrap();
    check(&[forged.to_str().unwrap()], 7, &["act does not verify", "something does not hold"]);
}
