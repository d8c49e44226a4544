//! Agreements through ODRL and back, and policies of others.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that panics has failed"
)]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use expect_test::expect_file;
use proptest::prelude::*;
use pumasi_agreement::{Agreement, AgreementDraft, Agreements, Question, decide};
use pumasi_base::Lang;
use pumasi_wire::formats::odrl::{Code, Document, Finding, PROFILE, read, write};
use serde_json::Value;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn golden() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/odrl")
}

/// The files of a folder with that ending, in order.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> =
        entries.filter(|path| path.to_str().unwrap().ends_with(ending)).collect();
    files.sort();
    files
}

fn library() -> Vec<Agreement> {
    let files = files(&root().join("agreements"), ".toml");
    let read_one = |path: &PathBuf| {
        let text = fs::read_to_string(path).unwrap();
        pumasi_agreement::read(path.to_str().unwrap(), &text).unwrap()
    };
    files.iter().map(read_one).collect()
}

/// Writes an agreement and reads it again.
#[track_caller]
fn there_and_back(agreement: &Agreement) -> (AgreementDraft, Vec<Finding>) {
    let (document, _) = write(agreement);
    read(document.to_text().as_bytes()).unwrap_or_else(|error| panic!("{error}"))
}

#[track_caller]
fn whole(draft: &AgreementDraft) -> Agreement {
    let name = format!("{}.toml", draft.id.as_ref().unwrap());
    let text = draft.to_text();
    pumasi_agreement::read(&name, &text).unwrap_or_else(|errors| panic!("{errors:#?}\n{text}"))
}

fn lines(findings: &[Finding]) -> String {
    let mut text = String::new();
    for finding in findings {
        let at = finding.path.clone().or(finding.clause.as_ref().map(ToString::to_string));
        let code = finding.code.code();
        let what = finding.what.as_deref().unwrap_or("");
        writeln!(text, "{code} {} {what}", at.as_deref().unwrap_or("-")).unwrap();
    }
    text.lines().map(str::trim_end).fold(String::new(), |all, line| all + line + "\n")
}

#[test]
fn every_agreement_of_the_library_comes_back_equal() {
    let library = library();
    assert!(library.len() >= 17, "{}", library.len());
    for agreement in &library {
        let (draft, findings) = there_and_back(agreement);
        assert_eq!(draft, AgreementDraft::from(agreement), "{}", agreement.id());
        assert_eq!(AgreementDraft::from(&whole(&draft)), draft);
        let codes: Vec<Code> = findings.iter().map(|finding| finding.code).collect();
        assert_eq!(codes, [Code::TextIsNew], "{}: {}", agreement.id(), lines(&findings));
    }
}

/// A draft of our own around some clauses, each given as `id kind; parameter; …`.
fn agreement_of(clauses: &str) -> Agreement {
    const WORDS: &str = r#"{ ko = "가", ja = "あ", zh-Hans = "中", en = "a: \"b\"" }"#;
    let mut text = format!(
        r#"
        id = "x"
        nature = "draft"
        law_level = "provincial"
        parties = ["jp-17", "kr-42", "ngo-c"]
        executing = {{ jp-17 = ["jp-17204"], kr-42 = [] }}
        signed = 2024-02-29
        utc_offset_hours = -3
        title = {WORDS}
        source = [{{ title = "odrl:x", publisher = "y", date = "2024" }}]
        "#
    );
    for clause in clauses.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (opening, rest) = clause.split_once(';').unwrap();
        let (id, kind) = opening.split_once(' ').unwrap();
        writeln!(text, "[[clause]]\nid = \"{id}\"\nkind = \"{kind}\"").unwrap();
        writeln!(text, "article = {WORDS}\ncaption = {WORDS}\nauthentic = {{ ja = \"い\" }}")
            .unwrap();
        writeln!(text, "{}", rest.replace("; ", "\n")).unwrap();
    }
    pumasi_agreement::read("x.toml", &text).unwrap_or_else(|e| panic!("{e:#?}\n{text}"))
}

#[test]
fn every_field_of_every_kind_comes_back() {
    const REACH: &str = r#"givers = ["jp-17204"]; receivers = ["kr-42", "ngo-c"]; categories = ["food", "fuel"]; purposes = ["evacuation"]; statuses = ["exercise"]; modes = ["sea", "rail"]"#;
    const ALL: &str = r#"actions = ["request", "offer", "order", "push", "transit", "share"]"#;
    let term = "from = 2024-01-01; until = 2025-01-01";
    let kinds = [
        format!(r#"permit; {ALL}; commodities = ["rice"]; transit = ["cn-sh"]; within_receiver = true; delay_hours = 24"#),
        r#"permit; actions = ["push"]"#.to_owned(),
        r#"forbid; actions = ["order", "share"]"#.to_owned(),
        "forbid".to_owned(),
        r#"ceiling; quantity = "12.5 LTR"; per = "week"; commodities = ["diesel"]"#.to_owned(),
        r#"ceiling; actions = ["push"]; quantity = "9223372036854775.807 KGM"; per = "order""#.to_owned(),
        r#"standing_consent; commodities = ["rice"]; transit = ["cn-sh"]; trigger = { intensity = "6-", alert = "red", contact_lost = true }; valid_hours = 72; max = "1 KGM""#.to_owned(),
        "standing_consent; trigger = { contact_lost = true }".to_owned(),
        "standing_consent".to_owned(),
        r#"settlement; mode = "gift""#.to_owned(),
        r#"settlement; actions = ["order"]; mode = "reimbursement"; days = 30"#.to_owned(),
        r#"settlement; mode = "reimbursement""#.to_owned(),
        r#"settlement; mode = "loan"; days = 5"#.to_owned(),
        r#"settlement; mode = "loan"; bars_when_overdue = true"#.to_owned(),
        r#"settlement; mode = "loan""#.to_owned(),
        r#"settlement; mode = "replacement_in_kind"; days = 365; else_reimbursement_days = 30"#.to_owned(),
        r#"settlement; mode = "equal_value"; days = 365"#.to_owned(),
        r#"third_party; transfer = "forbidden""#.to_owned(),
        r#"third_party; actions = ["push"]; transfer = "prior_consent""#.to_owned(),
        r#"third_party; transfer = "within_receiver""#.to_owned(),
    ];
    let with_reach = kinds.iter().map(|terms| format!("c {terms}; {REACH}\nt term; {term}"));
    let terms = [
        r#"from = 2024-01-01; until = 2025-01-01; renews = "P1Y"; notice = "P90D"; notice_before_end = "P6M""#,
        r#"entry = "ratification"; entry_after = "P30D"; lasts = "P5Y""#,
        r#"from = 2024-02-29; lasts = "P1Y1M""#,
        r#"entry = "signature"; until = 2030-01-01"#,
    ];
    let with_terms = terms.iter().flat_map(|term| {
        ["", "; lasts = \"P10Y\""].map(|lasts| {
            format!(
                "f forbid; categories = [\"weapons\"]\np permit; {ALL}; {REACH}\n\
                 o third_party; transfer = \"within_receiver\"\n\
                 s survival; clauses = [\"f\", \"o\"]{lasts}\nt term; {term}"
            )
        })
    });
    for clauses in with_reach.chain(with_terms) {
        let agreement = agreement_of(&clauses);
        let (draft, findings) = there_and_back(&agreement);
        assert_eq!(draft, AgreementDraft::from(&agreement), "{clauses}\n{}", lines(&findings));
        let codes: Vec<Code> = findings.iter().map(|finding| finding.code).collect();
        assert_eq!(codes, [Code::TextIsNew], "{clauses}\n{}", lines(&findings));
    }
}

/// Every question of the golden tables of the agreements.
fn questions() -> Vec<Question> {
    let tests = root().join("crates/pumasi-agreement/tests");
    let mut texts: Vec<PathBuf> = files(&tests.join("golden"), ".txt");
    texts.push(tests.join("golden.rs"));
    let mut questions = Vec::new();
    for path in texts {
        for line in fs::read_to_string(path).unwrap().lines() {
            let asked = line.trim().split_once(" => ").filter(|(_, decision)| {
                ["permitted", "refused", "needs"].iter().any(|word| decision.starts_with(word))
            });
            questions.extend(asked.map(|(question, _)| question.parse().unwrap()));
        }
    }
    questions
}

#[test]
fn decisions_are_the_same_after_the_round_trip() {
    let before = library();
    let after: Vec<Agreement> = before.iter().map(|a| whole(&there_and_back(a).0)).collect();
    let (before, after) =
        (Agreements::compile(&before).unwrap(), Agreements::compile(&after).unwrap());
    let questions = questions();
    assert!(questions.len() >= 300, "{} questions", questions.len());
    for question in &questions {
        assert_eq!(decide(&after, question), decide(&before, question), "{question:?}");
    }
}

#[test]
fn documents_are_as_they_were_approved() {
    for id in ["kr-42--jp-31", "kr-jp-logistics"] {
        let agreement = library().into_iter().find(|a| a.id().as_str() == id).unwrap();
        let (document, findings) = write(&agreement);
        expect_file![golden().join(format!("{id}.jsonld"))].assert_eq(&document.to_text());
        let expected = golden().join(format!("{id}.jsonld.findings"));
        expect_file![expected].assert_eq(&lines(&findings));
    }
}

#[test]
fn policies_of_others_come_back_as_far_as_they_are_understood() {
    let foreign = files(&golden().join("foreign"), ".jsonld");
    assert!(foreign.len() >= 10, "{}", foreign.len());
    for path in foreign {
        let shown = match read(&fs::read(&path).unwrap()) {
            Ok((draft, findings)) => format!("{}\n{}", lines(&findings), draft.to_text()),
            Err(error) => format!("{}: {error}\n", error.code()),
        };
        expect_file![path.with_extension("jsonld.expected")].assert_eq(&shown);
    }
}

#[test]
fn findings_are_said_in_four_languages() {
    let agreement = library().remove(0);
    for finding in write(&agreement).1.iter().chain(&there_and_back(&agreement).1) {
        for lang in Lang::ALL {
            let said = finding.caption(lang);
            assert!(!said.is_empty() && !said.starts_with(finding.code.code()), "{said}");
        }
    }
}

/// Another spelling of the same policy: whole names instead of short ones, lists instead of single
/// values, rules in another order.
fn respelled(value: &Value, key: &str) -> Value {
    const WHOLE: [(&str, &str); 4] = [
        ("permission", "odrl:permission"),
        ("constraint", "http://www.w3.org/ns/odrl/2/constraint"),
        ("@id", "uid"),
        ("pumasi:clause", "urn:pumasi:odrl:clause"),
    ];
    match value {
        Value::Object(members) => {
            let name = |key: &String| {
                let nested = members.len() == 1 || members.contains_key("@container");
                let whole = WHOLE.iter().find(|(short, _)| short == key && !nested);
                whole.map_or_else(|| key.clone(), |(_, whole)| (*whole).to_owned())
            };
            let members = members.iter().map(|(key, value)| (name(key), respelled(value, key)));
            Value::Object(members.collect())
        }
        Value::Array(items) => {
            let mut items: Vec<Value> = items.iter().map(|item| respelled(item, key)).collect();
            if ["permission", "prohibition", "constraint"].contains(&key) {
                items.reverse();
            }
            Value::Array(items)
        }
        Value::String(action) if key == "action" => {
            serde_json::json!({ "@id": action.replace("pumasi:", "urn:pumasi:odrl:") })
        }
        other => other.clone(),
    }
}

#[test]
fn another_spelling_of_a_policy_says_the_same() {
    for agreement in library() {
        let (document, _) = write(&agreement);
        let (draft, findings) =
            read(respelled(document.value(), "").to_string().as_bytes()).unwrap();
        assert_eq!(draft, AgreementDraft::from(&agreement), "{}", agreement.id());
        let codes: Vec<Code> = findings.iter().map(|finding| finding.code).collect();
        assert_eq!(codes, [Code::TextIsNew], "{}: {}", agreement.id(), lines(&findings));
    }
}

/// How many places of a document can be changed.
fn places(value: &Value) -> usize {
    match value {
        Value::Object(members) => {
            let members = members.iter().filter(|(key, _)| *key != "@context");
            members.map(|(_, value)| 1 + places(value)).sum()
        }
        Value::Array(items) => items.iter().map(|item| 1 + places(item)).sum(),
        _ => 0,
    }
}

/// Removes the member or item at one place, or changes it, and says where; counts down to it.
fn change(value: &mut Value, left: &mut usize, remove: bool) -> Option<String> {
    let spoil = |value: &mut Value| match value {
        Value::String(text) => text.push('x'),
        Value::Bool(flag) => *flag = !*flag,
        other => *other = Value::from("odd"),
    };
    match value {
        Value::Object(members) => {
            let keys: Vec<String> = members.keys().filter(|k| *k != "@context").cloned().collect();
            for key in keys {
                if *left == 0 {
                    if remove {
                        members.remove(&key);
                    } else {
                        spoil(&mut members[&key]);
                    }
                    return Some(key);
                }
                *left -= 1;
                if let Some(inner) = change(&mut members[&key], left, remove) {
                    return Some(format!("{key}.{inner}"));
                }
            }
            None
        }
        Value::Array(items) => {
            for place in 0..items.len() {
                if *left == 0 {
                    if remove {
                        items.remove(place);
                    } else {
                        spoil(&mut items[place]);
                    }
                    return Some(format!("[{place}]"));
                }
                *left -= 1;
                if let Some(inner) = change(&mut items[place], left, remove) {
                    return Some(format!("[{place}].{inner}"));
                }
            }
            None
        }
        _ => None,
    }
}

/// The classes of nodes and literals say again what their place says; without them nothing is lost.
fn says_nothing_new(place: &str) -> bool {
    place.ends_with("@type")
}

/// One document with a part removed or spoilt: what comes out is another agreement, or the change
/// is found.
fn check_change(agreement: &Agreement, document: &Document, place: usize, remove: bool) {
    let mut value = document.value().clone();
    let at = change(&mut value, &mut place.clone(), remove).unwrap();
    let Ok((draft, findings)) = read(value.to_string().as_bytes()) else { return };
    let told = findings.iter().any(|finding| finding.code != Code::TextIsNew);
    let renamed = value.get("@id") != document.value().get("@id");
    let other = draft != AgreementDraft::from(agreement);
    assert!(told || other || renamed || says_nothing_new(&at), "{} {at}", agreement.id());
}

#[test]
fn nothing_is_lost_in_silence() {
    let library = library();
    let agreement = library.iter().find(|a| a.id().as_str() == "kr-42--jp-31").unwrap();
    let (document, _) = write(agreement);
    for place in 0..places(document.value()) {
        check_change(agreement, &document, place, true);
        check_change(agreement, &document, place, false);
    }
}

/// Words that mean something to the reader.
const WORDS: &[&str] = &[
    "permission",
    "prohibition",
    "obligation",
    "duty",
    "constraint",
    "action",
    "target",
    "assigner",
    "assignee",
    "leftOperand",
    "operator",
    "rightOperand",
    "or",
    "and",
    "unit",
    "refinement",
    "consequence",
    "@id",
    "@type",
    "@context",
    "@list",
    "@value",
    "profile",
    "pumasi:clauses",
    "pumasi:parties",
    "pumasi:kind",
    "term",
    "pumasi:from",
    "2024-01-01",
    "pumasi:quantityPerYear",
    "gt",
    "urn:pumasi:unit:KGM",
    "9e99",
    "pumasi:order",
    "pumasi:push",
    "use",
    "compensate",
    "obtainConsent",
    "dateTime",
    "gteq",
    "purpose",
    "urn:pumasi:category:food",
    "urn:pumasi:party:jp-17",
    "dct:title",
    "en",
    "x:y",
    "",
    "pumasi:utcOffsetHours",
    "dct:identifier",
    "Agreement",
    PROFILE,
];

/// JSON of words that mean something to the reader, nested anyhow.
fn any_json() -> impl Strategy<Value = Value> {
    let word = || proptest::sample::select(WORDS);
    let leaf = prop_oneof![
        8 => word().prop_map(Value::from),
        1 => any::<i64>().prop_map(Value::from),
        1 => any::<bool>().prop_map(Value::from),
        1 => Just(Value::Null),
    ];
    leaf.prop_recursive(6, 60, 6, move |inner| {
        let key = proptest::sample::select(WORDS);
        let members = proptest::collection::vec((key, inner.clone()), 0..6);
        prop_oneof![
            3 => members.prop_map(|m| {
                Value::Object(m.into_iter().map(|(k, v)| (k.to_owned(), v)).collect())
            }),
            1 => proptest::collection::vec(inner, 0..4).prop_map(Value::Array),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn whatever_is_read_is_read_or_refused(json in any_json()) {
        match read(json.to_string().as_bytes()) {
            Ok((draft, _)) => {
                let text = draft.to_text();
                prop_assert!(toml::from_str::<toml::Table>(&text).is_ok(), "{text}");
            }
            Err(error) => prop_assert!(!error.to_string().is_empty()),
        }
    }

    #[test]
    fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        drop(read(&bytes));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn nothing_of_any_agreement_is_lost_in_silence(
        which in any::<proptest::sample::Index>(),
        place in any::<proptest::sample::Index>(),
        remove in any::<bool>(),
    ) {
        let agreement = library().swap_remove(which.index(17));
        let (document, _) = write(&agreement);
        check_change(&agreement, &document, place.index(places(document.value())), remove);
    }
}
