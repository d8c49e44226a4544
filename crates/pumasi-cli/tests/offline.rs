//! The command as people call it, without a node: alerts, agreements, bundles, help and faults.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on fails, loudly"
)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const LANGS: [&str; 4] = ["ko", "ja", "zh-Hans", "en"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Calls the command in English, from the root of the repository.
fn pumasi(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_pumasi"))
        .args(arguments)
        .current_dir(root())
        .env_remove("LC_ALL")
        .env_remove("LC_MESSAGES")
        .env("LANG", "C")
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// Calls the command and expects it to end with `exit` and to say each of `said`.
#[track_caller]
fn check(arguments: &[&str], exit: i32, said: &[&str]) -> String {
    let output = pumasi(arguments);
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    assert_eq!(output.status.code(), Some(exit), "{arguments:?}\n{out}\n{err}");
    for words in said {
        assert!(out.contains(words) || err.contains(words), "`{words}` in\n{out}\n{err}");
    }
    if exit != 0 && out.is_empty() {
        assert!(!err.is_empty(), "a failure says something");
    }
    out
}

const NOTO: &str = "drills/noto-2024/vxse53.xml";

#[test]
fn an_alert_is_read_with_places_needs_and_sources() {
    let said = [
        "Mj 7.6",
        "2024-01-01 07:10 UTC",
        "exercise",
        "Where it struck",
        "observed",
        "Needs",
        "a day",
        "`--all` shows them",
    ];
    check(&["alert", "read", NOTO], 0, &said);
    check(&["alert", "read", NOTO, "--lang", "ko"], 0, &["규모", "필요량", "이재민", "훈련"]);
    check(
        &["alert", "read", NOTO, "--lang", "ja"],
        0,
        &["輪島市", "強さ", "避難生活者", "訓練", "ごく浅い"],
    );
    check(&["alert", "read", NOTO, "--lang=zh-Hans"], 0, &["震级", "需求", "演练"]);
}

#[test]
fn an_alert_as_json_holds_everything_that_was_estimated() {
    let out = check(&["alert", "read", NOTO, "--json"], 0, &[]);
    let value: serde_json::Value = serde_json::from_str(&out).unwrap();
    let alert = &value["messages"][0];
    assert_eq!(alert["message"]["earthquake"]["magnitude_centi"], 760);
    let footprint = alert["estimate"]["footprint"].as_array().unwrap();
    assert!(footprint.len() > 20, "{}", footprint.len());
    let needs = alert["estimate"]["needs"].as_array().unwrap();
    assert!(needs.iter().all(|need| need["source"]["title"].is_string()));
    assert!(!needs.is_empty());
}

#[test]
fn an_alert_reads_from_standard_input() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_pumasi"))
        .args(["alert", "read", "-", "--json"])
        .stdin(std::fs::File::open(root().join(NOTO)).unwrap())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut out = String::new();
    std::io::Read::read_to_string(&mut child.stdout.take().unwrap(), &mut out).unwrap();
    assert!(child.wait().unwrap().success());
    assert!(out.contains("\"magnitude_centi\": 760"));
}

#[test]
fn broken_messages_say_what_is_wrong_and_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let cut = folder.path().join("cut.xml");
    let whole = std::fs::read(root().join(NOTO)).unwrap();
    std::fs::write(&cut, &whole[..whole.len() / 3]).unwrap();
    let cut = cut.to_str().unwrap();
    check(&["alert", "read", cut], 7, &["ends early", "what to do: fetch it again"]);
    let failure = pumasi(&["alert", "read", cut, "--json"]);
    let value: serde_json::Value = serde_json::from_slice(&failure.stderr).unwrap();
    assert_eq!(value["failure"]["code"], "alert-cut-off");
    assert_eq!(value["failure"]["exit"], 7);
    assert!(failure.stdout.is_empty());

    let strange = folder.path().join("a.bufr");
    std::fs::write(&strange, "BUFR 7777").unwrap();
    let strange = strange.to_str().unwrap();
    check(&["alert", "read", strange], 7, &["`BUFR 7777`", "no known format", "pass one of"]);
    check(&["alert", "read", strange, "--lang", "ja"], 7, &["対応していない形式", "対処:"]);
    check(&["alert", "read", "no/such/file"], 3, &["there is no file `no/such/file`"]);
}

#[test]
fn the_library_of_agreements_has_no_fault() {
    let folder = root().join("agreements");
    let files: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path().to_str().unwrap().to_owned())
        .filter(|path| path.ends_with(".toml"))
        .collect();
    assert!(files.len() >= 7);
    let mut arguments = vec!["agreement", "check"];
    arguments.extend(files.iter().map(String::as_str));
    let out = check(&arguments, 0, &[]);
    assert_eq!(out.matches("no faults").count(), files.len());
}

#[test]
fn a_broken_agreement_is_shown_with_line_and_column() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kr-45--jp-17.toml");
    let good = std::fs::read_to_string(root().join("agreements/kr-45--jp-17.toml")).unwrap();
    let nature = good.lines().position(|line| line.starts_with("nature")).unwrap() + 1;
    let broken: Vec<&str> = good
        .lines()
        .map(|line| if line.starts_with("nature") { "nature = \"hoped-for\"" } else { line })
        .collect();
    std::fs::write(&path, broken.join("\n")).unwrap();
    let name = path.to_str().unwrap();
    let place = format!("line {nature}, column 10: `hoped-for` is no word for `nature`");
    check(&["agreement", "read", name], 7, &["has one fault", &place, "what to do"]);
    check(&["agreement", "check", name], 7, &["one fault", &place]);
    let korean = format!("{nature}행 10열: `nature` 항목에 `hoped-for` 값을 쓸 수 없습니다");
    check(&["agreement", "read", name, "--lang", "ko"], 7, &["잘못이 1건", &korean]);
}

#[test]
fn an_agreement_file_that_is_none_is_refused_with_place_and_reason() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kr-45--jp-17.toml");
    let name = path.to_str().unwrap();
    let good = std::fs::read(root().join("agreements/kr-45--jp-17.toml")).unwrap();
    // A hundred megabytes, of which the disk holds none.
    std::fs::File::create(&path).unwrap().set_len(100 << 20).unwrap();
    check(&["agreement", "check", name], 7, &["line 1, column 1", "larger than", "1 MiB"]);
    let wide: Vec<u8> = good.iter().flat_map(|byte| [*byte, 0]).collect();
    std::fs::write(&path, wide).unwrap();
    let japanese = ["agreement", "check", name, "--lang", "ja"];
    check(&japanese, 7, &["1行1列", "UTF-16と思われます"]);
    std::fs::write(&path, &good).unwrap();
    let digest = pumasi_base::Digest::of(&good).to_string();
    check(
        &["agreement", "check", name, "--digest", &format!("sha256:{digest}")],
        0,
        &["no faults"],
    );
    let forged = "0".repeat(64);
    let chinese = ["agreement", "check", name, "--digest", &forged, "--lang", "zh-Hans"];
    check(&chinese, 7, &["摘要不符", &forged, &digest]);
    check(&["agreement", "check", name, "--digest", "sha256:12"], 2, &["what to do"]);
}

#[test]
fn a_contradiction_is_a_fault_and_a_gap_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kr-45--jp-17.toml");
    let good = std::fs::read_to_string(root().join("agreements/kr-45--jp-17.toml")).unwrap();
    let name = path.to_str().unwrap();
    std::fs::write(&path, good.replace("notice_before_end = \"P30D\"\n", "")).unwrap();
    check(&["agreement", "check", name], 0, &["no faults", "gap (Article", "ended by notice"]);
    let arms = "categories = [\"weapons\", \"ammunition\"]";
    let all = "purposes = [\"disaster_relief\", \"search_and_rescue\", \"evacuation\"]";
    std::fs::write(&path, good.replace(arms, all)).unwrap();
    check(&["agreement", "check", name], 7, &["fault (Article", "it can never apply"]);
    check(&["agreement", "check", name, "--lang", "ko"], 7, &["잘못(제", "결코 적용되지"]);
    let out = check(&["agreement", "check", name, "--json"], 7, &[]);
    let value: serde_json::Value = serde_json::from_str(&out).unwrap();
    let remark = &value["files"][0]["remarks"][0];
    assert_eq!(remark["code"], "permit_never_applies");
    assert_eq!(remark["severity"], "fault");
    assert!(remark["words"]["ja"].as_str().unwrap().contains("禁止条項"));
}

#[test]
fn what_can_never_happen_is_proved_and_what_can_is_shown() {
    let prove = ["agreement", "prove"];
    let ask = |more: &[&'static str]| [&prove[..], more].concat();
    check(&ask(&["--category", "ammunition"]), 0, &["there is no way", "were tried in every case"]);
    for (lang, said) in [("ko", "길이 없습니다"), ("ja", "道はありません"), ("zh-Hans", "没有任何")]
    {
        check(&ask(&["--category", "weapons", "--lang", lang]), 0, &[said]);
    }
    let push =
        ["--category", "food", "--giver", "kr-42", "--receiver", "jp-31", "--action", "push"];
    check(&ask(&push), 4, &["there is a way", "exercise", "Supposing", "Article 4"]);
    let food = ["--giver", "kr-45", "--receiver", "jp-17", "agreements/kr-45--jp-17.toml"];
    check(&ask(&food), 4, &["there is a way, and the agreements permit it", "Article"]);
    let back = check(&ask(&["--category", "fuel", "--json", food[4]]), 0, &[]);
    let value: serde_json::Value = serde_json::from_str(&back).unwrap();
    assert_eq!((&value["agreements"], &value["witness"]), (&1.into(), &serde_json::Value::Null));
    let out = check(&ask(&["--category", "food", "--json", food[4]]), 4, &[]);
    let value: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(value["witness"]["outcome"], "permitted");
    check(&ask(&["--category", "gold"]), 2, &["`gold` is no value for"]);
    check(&ask(&["--giver", "kr-99"]), 3, &["kr-99"]);
    check(&ask(&[food[4], food[4]]), 7, &["cannot be used together", "what to do"]);
}

#[test]
fn two_drafts_are_compared_clause_by_clause() {
    let old = "agreements/kr-45--jp-17.toml";
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kr-45--jp-17.toml");
    let text = std::fs::read_to_string(root().join(old)).unwrap();
    let changed = text
        .replace("\"clothing\", ", "\"fuel\", ")
        .replace("notice_before_end = \"P30D\"", "notice_before_end = \"P60D\"")
        .replace("\"within_receiver\"", "\"prior_consent\"");
    std::fs::write(&path, changed).unwrap();
    let new = path.to_str().unwrap();
    check(&["agreement", "compare", old, old], 0, &["both agreements let the same happen"]);
    let said = [
        "The second lets more happen",
        "fuel",
        "The first lets more happen",
        "clothing",
        "Passing on differs",
        "prior consent",
        "Terms differ",
        "a notice of 60 days",
    ];
    check(&["agreement", "compare", old, new], 0, &said);
    check(&["agreement", "compare", old, new, "--lang", "ja"], 0, &["第二の協定", "燃料"]);
    let out = check(&["agreement", "compare", old, new, "--json"], 0, &[]);
    let value: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(value["permits_new"][0]["categories"], serde_json::json!(["fuel"]));
    assert_eq!(value["forbids_new"][0]["first"]["outcome"], "permitted");
}

#[test]
fn an_agreement_is_shown_in_every_language() {
    let file = "agreements/kr-45--jp-17.toml";
    for (lang, said) in [("ko", "한도"), ("ja", "上限"), ("zh-Hans", "上限"), ("en", "ceiling")]
    {
        check(&["agreement", "read", file, "--lang", lang], 0, &["kr-45--jp-17", said]);
    }
}

#[test]
fn what_is_no_bundle_does_not_verify() {
    check(&["matter", "verify", NOTO], 7, &["is no exported bundle", "what to do"]);
    let folder = tempfile::tempdir().unwrap();
    let cut = folder.path().join("cut.bundle");
    let head = r#"{"format":{"version":"pumasi/bundle/1","exported_by":"jp-17","lines":2}}"#;
    std::fs::write(&cut, format!("{head}\n")).unwrap();
    check(&["matter", "verify", cut.to_str().unwrap()], 7, &["cut off", "0 of 2 lines"]);
    std::fs::write(&cut, format!("{head}\n{{\"act\": 1}}\n")).unwrap();
    check(&["matter", "verify", cut.to_str().unwrap()], 7, &["line 2", "damaged"]);
}

#[test]
fn wrong_calls_end_with_two_and_help_is_in_every_language() {
    check(&["mater", "list"], 2, &["`mater` is no command", "did you mean `matter`?"]);
    check(&["order"], 2, &["needs a command", "pumasi order --help"]);
    check(&["order", "commit", "--lang", "ja"], 2, &["必要な引数がありません"]);
    check(&["case", "list", "--lang", "fr"], 2, &["`fr` is no value for"]);
    let heads = ["사용법:", "使い方:", "用法：", "Usage:"];
    for (lang, head) in LANGS.iter().zip(heads) {
        let out = check(&["--help", "--lang", lang], 0, &[head]);
        assert!(!out.contains("help-"), "{out}");
        let out = check(&["order", "requisition", "--help", "--lang", lang], 0, &[head]);
        assert!(out.contains("--price <MONEY>") && !out.contains("help-"), "{out}");
    }
    check(&["--version"], 0, &[env!("CARGO_PKG_VERSION")]);
}

#[test]
fn without_a_node_every_command_says_how_to_get_one() {
    let folder = tempfile::tempdir().unwrap();
    let none = folder.path().join("none");
    let none = none.to_str().unwrap();
    check(&["case", "list", "--data", none], 3, &["there is no node", "pumasi init --data"]);
    let empty = folder.path().to_str().unwrap();
    check(&["case", "list", "--data", empty], 5, &["does not run", "pumasi serve --data"]);
}

#[test]
fn a_shell_gets_its_completions_with_words() {
    check(&["completions", "fish", "--lang", "ko"], 0, &["requisition", "발주합니다"]);
    check(&["completions", "bash"], 0, &["pumasi"]);
}

#[test]
fn a_pipe_that_closes_early_is_no_failure() {
    let script = format!("'{}' alert read {NOTO} --json | head -1", env!("CARGO_BIN_EXE_pumasi"));
    let output = Command::new("sh").args(["-c", &script]).current_dir(root()).output().unwrap();
    assert_eq!(text(&output.stdout), "{\n");
    assert_eq!(text(&output.stderr), "");
}

#[test]
fn an_agreement_goes_out_as_a_policy_and_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (policy, back) = (file("policy.jsonld"), file("kr-45--jp-17.toml"));
    let said = ["written to", "An ODRL policy binds only itself"];
    check(&["agreement", "export", "kr-45--jp-17", "--out", &policy], 0, &said);
    let digest = ["$['@id']", "has another digest"];
    check(&["agreement", "import", &policy, "--out", &back], 0, &digest);
    let same = ["agreement", "compare", "agreements/kr-45--jp-17.toml", &back];
    check(&same, 0, &["both agreements let the same happen"]);
    let plain = check(&["agreement", "export", &back, "--format", "toml"], 0, &[]);
    assert_eq!(plain, std::fs::read_to_string(&back).unwrap());
    check(&["agreement", "export", "no-such-thing"], 3, &["there is no file"]);

    let foreign = file("foreign.jsonld");
    let text =
        r#"{"@type":"Set","uid":"urn:x:1","permission":[{"target":"urn:x:2","action":"play"}]}"#;
    std::fs::write(&foreign, text).unwrap();
    let out = check(&["agreement", "import", &foreign], 7, &["left out", "play", "is missing"]);
    assert_eq!(out, "id = \"1\"\n");
    check(&["agreement", "import", &foreign, "--lang", "ja"], 7, &["取り入れていません"]);
    let out = check(&["agreement", "import", &foreign, "--json"], 7, &[]);
    let value: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(value["findings"][2]["code"], "not_understood");
    std::fs::write(&foreign, "{\"a\":1,\"a\":2}").unwrap();
    check(&["agreement", "import", &foreign], 7, &["says the same thing twice", "$.a"]);
}
