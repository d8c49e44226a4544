//! The command against a real node: made, served, asked, stopped.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on fails, loudly"
)]

mod running;

use std::path::Path;

use running::{Node, OPEN_MATTER, call};

const ALERT: &str = "drills/noto-2024/vxse53.xml";

fn open_matter(node: &Node) -> String {
    node.id(OPEN_MATTER)
}

#[test]
fn a_node_is_asked_from_alert_to_export() {
    let node = Node::start("jp-17");
    node.check(&["party", "list"], 0, &["jp-17", "Ishikawa"]);
    node.check(&["party", "show", "kr-99"], 3, &["`kr-99` is not here"]);
    node.check(&["agreement", "list"], 0, &["kr-45--jp-17"]);
    node.check(&["agreement", "show", "kr-45--jp-17"], 0, &["art-"]);
    node.check(&["case", "list"], 0, &["no cases"]);
    node.check(&["case", "export", "--format=cap"], 3, &["no case is open"]);
    let matter = open_matter(&node);
    let short = &matter[..8];
    node.check(&["matter", "list", "--lang", "ja"], 0, &[short, "能登", "訓練"]);
    node.check(&["matter", "show", short], 0, &[&matter, "kr-45--jp-17"]);
    let relay = ["alert", "relay", ALERT, "--matter", short, "--officer", "duty"];
    node.check(&relay, 0, &["the alert is relayed"]);
    node.check(&["case", "show", "noto-2024"], 0, &["Needs", "Timeline"]);
    node.check(&["case", "report", "noto-2024", "--lang", "ko"], 0, &["실제로 있었던 일"]);
    node.check(&["plan", "show", "--case", "noto-2024"], 0, &["Movements"]);
    let export = |format: &str, lang: &str, expected: &[&str]| {
        let command = ["case", "export", "--format", format, "--lang", lang];
        node.check(&[&command[..], &["--case", "noto-2024"]].concat(), 0, expected);
    };
    export("cap", "ja", &["<status>Exercise</status>", "<sender>jp-17@pumasi.internal</sender>"]);
    export("hxl-places", "ko", &["시도 코드", "#adm1+code+v_iso_3166_2"]);
    export("hxl-needs", "zh-Hans", &["需求下限", "#need+num+min", ",blanket,"]);
    export("geojson", "en", &["\"FeatureCollection\"", "\"epicentre\""]);
    export("sitrep", "ja", &["# 状況報告", "**訓練", "| 輪島市 |"]);
    let file = node.folder.path().join("noto.md");
    let to_file = ["case", "export", "--format=sitrep", "--out", file.to_str().unwrap()];
    node.check(&to_file, 0, &["written to", "noto.md"]);
    assert!(std::fs::read_to_string(&file).unwrap().starts_with("# Situation report"));
    node.check(&to_file, 7, &["exists already"]);
    node.check(&["case", "export", "--format=cap", "--case=none"], 3, &["no such case"]);
    node.check(&["case", "export", "--format=pdf"], 2, &["`pdf` is no value for"]);
    let request = node.id(&[
        "order",
        "request",
        "--matter",
        short,
        "--from=kr-45",
        "--commodity=blanket",
        "--quantity=500 EA",
        "--place=jp-17204",
        "--officer=duty",
    ]);
    node.check(&["case", "show", "noto-2024"], 0, &[&request[..8], "500 pcs"]);

    let out = node.folder.path().join("noto.bundle");
    let bundle = out.to_str().unwrap();
    node.check(&["matter", "export", short, "--out", bundle], 0, &["exported"]);
    node.check(&["export", short, "--out", bundle], 7, &["exists already"]);
    node.check(&["matter", "verify", bundle], 0, &["holds", "Noto", "not compared"]);
    let other = format!("--trust=jp-17={}", "0".repeat(64));
    node.check(&["matter", "verify", bundle, &other], 7, &["the fingerprint of `jp-17` is"]);
    node.check(&["import", bundle], 0, &["0 new acts imported"]);
    tamper(&out);
    node.check(&["matter", "verify", bundle], 7, &["does not verify", "do not rely on it"]);
}

/// Changes one letter inside the last act, as a forger would.
fn tamper(path: &Path) {
    let text = std::fs::read_to_string(path).unwrap();
    let at = text.rfind("\"payload\":\"").unwrap() + 60;
    let letter = if text.as_bytes()[at] == b'A' { "B" } else { "A" };
    std::fs::write(path, format!("{}{letter}{}", &text[..at], &text[at + 1..])).unwrap();
}

#[test]
fn refusals_say_which_clause_and_end_with_four() {
    let node = Node::start("jp-17");
    let ask = |action, commodity| {
        [
            "agreement",
            "ask",
            "--agreement=kr-45--jp-17",
            "--giver=kr-45",
            "--receiver=jp-17",
            "--action",
            action,
            "--commodity",
            commodity,
            "--on=2024-01-01",
            "--quantity=500 EA",
            "--status=exercise",
        ]
    };
    node.check(&ask("request", "blanket"), 0, &["Permitted", "kr-45--jp-17/art-"]);
    let mut war = ask("request", "blanket").to_vec();
    war.push("--purpose=military_emergency");
    node.check(&war, 4, &["Refused"]);
    let matter = open_matter(&node);
    let again = |quantity| {
        node.call(&[
            "order",
            "request",
            "--matter",
            &matter,
            "--from=kr-45",
            "--commodity=blanket",
            "--quantity",
            quantity,
            "--place=jp-17204",
            "--officer=duty",
        ])
    };
    let refused = again("0 EA");
    assert_eq!(refused.status.code(), Some(4));
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(said.contains("error:") && said.contains("what to do:"), "{said}");
    assert_eq!(again("many").status.code(), Some(2));
}

#[test]
fn two_parties_trust_each_other_by_their_files() {
    let (one, other) = (Node::start("jp-17"), Node::start("kr-45"));
    let file = other.folder.path().join("kr-45.identity");
    let name = file.to_str().unwrap();
    let out = other.check(&["party", "export", "--out", name, "--json"], 0, &[]);
    let value: serde_json::Value = serde_json::from_str(&out).unwrap();
    let told = value["fingerprint"].as_str().unwrap();
    let wrong = "0".repeat(64);
    one.check(&["party", "trust", name, "--fingerprint", &wrong], 4, &["error:"]);
    one.check(&["party", "trust", name, "--fingerprint", told], 0, &["`kr-45` is trusted now"]);
    one.check(&["party", "list", "--lang", "ko"], 0, &["kr-45", "전북"]);
}

#[test]
fn a_folder_holds_one_node_and_one_process() {
    let node = Node::start("jp-17");
    let folder = node.folder.path();
    let again = call(folder, &["init", "--party", "jp-17"]);
    assert_eq!(again.status.code(), Some(6), "{}", String::from_utf8_lossy(&again.stderr));
    let second = call(folder, &["serve"]);
    assert_eq!(second.status.code(), Some(6), "{}", String::from_utf8_lossy(&second.stderr));
    let nobody = tempfile::tempdir().unwrap();
    let unknown = call(nobody.path(), &["init", "--party", "xx-1"]);
    assert_eq!(unknown.status.code(), Some(3));
    let missing = call(nobody.path(), &["serve"]);
    assert_eq!(missing.status.code(), Some(3));
}
