//! `pumasi alert watch` as people and programs call it: once, on a folder, and into a matter.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on fails, loudly"
)]

mod running;

use std::path::Path;

use running::{Node, OPEN_MATTER, check_in};

const NOTO: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../drills/noto-2024/vxse53.xml");

/// A folder with the message of a drill, and beside it one that does not read.
fn inbox() -> tempfile::TempDir {
    let inbox = tempfile::tempdir().unwrap();
    std::fs::copy(NOTO, inbox.path().join("vxse53.xml")).unwrap();
    std::fs::write(inbox.path().join("other.txt"), "hello").unwrap();
    inbox
}

fn objects(out: &str) -> Vec<serde_json::Value> {
    out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn a_folder_is_looked_at_once_and_told_in_four_languages() {
    let inbox = inbox();
    let folder = inbox.path().to_str().unwrap();
    for (lang, said) in [
        (
            "en",
            ["new: exercise · earthquake · Mj 7.6", "does not read", "what to do:", "one change"],
        ),
        ("ko", ["신규: 훈련 · 지진 · Mj 7.6", "읽을 수 없습니다", "조치:", "변경 1건"]),
        ("ja", ["新規: 訓練 · 地震 · Mj 7.6", "読み取れません", "対処:", "変更1件"]),
        ("zh-Hans", ["新增：演练 · 地震 · Mj 7.6", "无法读取", "处理办法：", "1项变化"]),
    ] {
        let data = tempfile::tempdir().unwrap();
        let call = ["alert", "watch", "--once", "--folder", folder, "--lang", lang];
        check_in(data.path(), &call, 0, &said);
    }
}

#[test]
fn programs_get_an_object_a_line_and_nothing_twice() {
    let (inbox, data) = (inbox(), tempfile::tempdir().unwrap());
    let call = ["alert", "watch", "--once", "--json", "--folder", inbox.path().to_str().unwrap()];
    let told = objects(&check_in(data.path(), &call, 0, &[]));
    let events: Vec<&str> = told.iter().map(|one| one["event"].as_str().unwrap()).collect();
    assert_eq!(events, ["noted", "changed", "looked"]);
    assert_eq!(told[0]["failure"]["code"], "trouble-unreadable");
    assert_eq!(told[1]["change"]["taken"], "opened");
    assert_eq!(told[1]["status"], "exercise");
    assert_eq!(told[1]["magnitude_centi"], 760);
    let again = objects(&check_in(data.path(), &call, 0, &[]));
    assert_eq!(again.len(), 1);
    assert_eq!((&again[0]["changes"], &again[0]["incidents"]), (&0.into(), &1.into()));
}

#[test]
fn faults_of_the_command_line_and_of_sources_are_told() {
    let data = tempfile::tempdir().unwrap();
    check_in(data.path(), &["alert", "watch", "--once"], 2, &["--url"]);
    let call = ["alert", "watch", "--once", "--url", "ftp://example.org/"];
    check_in(data.path(), &call, 2, &["`ftp://example.org/`"]);
    let call = ["alert", "watch", "--once", "--every", "5", "--folder", "."];
    check_in(data.path(), &call, 2, &["--every"]);
    let missing = data.path().join("missing");
    let call = ["alert", "watch", "--once", "--folder", missing.to_str().unwrap()];
    check_in(data.path(), &call, 5, &["cannot be read", "what to do", "not every source"]);
}

/// Opens a matter of a status and gives its id.
fn matter(node: &Node, status: &str) -> String {
    let status = format!("--status={status}");
    let with = |word: &&'static str| {
        if word.starts_with("--status") { status.clone() } else { (*word).to_owned() }
    };
    let words: Vec<String> = OPEN_MATTER.iter().map(with).collect();
    node.id(&words.iter().map(String::as_str).collect::<Vec<_>>())
}

#[test]
fn what_is_new_is_handed_to_the_node_and_an_exercise_to_nothing_real() {
    let (inbox, node) = (inbox(), Node::start("jp-17"));
    let exercise = matter(&node, "exercise");
    let folder = inbox.path().to_str().unwrap().to_owned();
    let call = |matter: &str, folder: &Path| -> Vec<serde_json::Value> {
        let folder = folder.to_str().unwrap();
        let call = ["alert", "watch", "--once", "--json", "--matter", matter, "--officer", "duty"];
        objects(&node.check(&[&call[..], &["--folder", folder]].concat(), 0, &[]))
    };
    let told = call(&exercise, Path::new(&folder));
    let events: Vec<&str> = told.iter().map(|one| one["event"].as_str().unwrap()).collect();
    assert_eq!(events, ["noted", "changed", "relayed", "looked"], "{told:?}");
    let actual = matter(&node, "actual");
    let other = tempfile::tempdir().unwrap();
    let again = std::fs::read_to_string(NOTO).unwrap().replace("<Serial>1<", "<Serial>9<");
    let again = again.replace("<Serial>2<", "<Serial>9<");
    std::fs::write(other.path().join("later.xml"), again).unwrap();
    let told = call(&actual, other.path());
    let refused = told.iter().find(|one| one["event"] == "not_relayed").unwrap();
    assert_eq!(refused["failure"]["exit"], 4, "{refused}");
    assert!(told.iter().all(|one| one["event"] != "relayed"));
    // It is refused for good, and not tried again.
    assert_eq!(call(&actual, other.path()).len(), 1);
}
