//! The vectors of `docs/spec/vectors/sync`, read as another program would read them: from the
//! files alone.
//!
//! `UPDATE_EXPECT=1 cargo test -p pumasi-sync --test vectors` writes them anew.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod cases;
mod exchange;
mod ledgers;
mod node;
mod parcels;
mod pushes;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::OnceLock;

use pumasi_act::Envelope;
use pumasi_base::PartyId;
use pumasi_sync::{Cursor, Hello, Incompatible, Parcel};
use serde_json::{Value, json};

use cases::Desk;
use exchange::Exchange;
use node::{Files, Node, folder};

/// Every file as this software writes it.
fn made() -> &'static BTreeMap<String, String> {
    static MADE: OnceLock<BTreeMap<String, String>> = OnceLock::new();
    MADE.get_or_init(|| {
        let mut files = ledgers::files();
        let desk = Desk::new(&files);
        write_questions(&desk, &mut files);
        write_parcels(&mut files);
        write_pushes(&desk, &mut files);
        let asked = &desk.0["many"];
        let exchanges =
            ["many-others", "many-fewer"].map(|name| Exchange::play(&desk.0[name], asked));
        put(&mut files, "exchanges", &json!(exchanges));
        put(&mut files, "meetings", &meetings(&desk));
        files.0
    })
}

/// The files on disk, written anew where that is wanted; every test goes by these.
fn files() -> Files {
    static WRITTEN: OnceLock<()> = OnceLock::new();
    WRITTEN.get_or_init(|| {
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            for (path, text) in made() {
                let path = folder().join(path);
                std::fs::create_dir_all(path.parent().unwrap()).unwrap();
                std::fs::write(path, text).unwrap();
            }
        }
    });
    Files::default()
}

fn put(files: &mut Files, name: &str, value: &Value) {
    files.0.insert(format!("sync/{name}.json"), format!("{value:#}\n"));
}

fn write_questions(desk: &Desk, files: &mut Files) {
    let mut table = "question\tledger\tasker\tstatus\tanswer\twhat\n".to_owned();
    for case in cases::cases(desk) {
        let node = &desk.0[case.ledger];
        let (route, _) = case.name.split_once('/').unwrap();
        let answer = node.answer(&case.asker.parse().unwrap(), route, case.body.as_bytes());
        let status = if answer.is_ok() { 200 } else { 400 };
        let row = [case.name, case.ledger, case.asker, &status.to_string(), case.answer, case.what];
        table += &(row.join("\t") + "\n");
        let path = format!("sync/{}.question.json", case.name);
        assert!(files.0.insert(path, case.body).is_none(), "{} is there twice", case.name);
        if let Ok(answer) = answer {
            put(files, &format!("{}.answer", case.name), &answer);
        }
    }
    files.0.insert("sync/table.tsv".to_owned(), table);
}

fn write_parcels(files: &mut Files) {
    let mut table = "parcel\tledger\ttaken\twhat\n".to_owned();
    for case in parcels::cases(files) {
        let taken = parcels::written(&Node::load(files, case.ledger).take(&case.parcel));
        table += &format!("{}\t{}\t{}\t{}\n", case.name, case.ledger, case.taken, case.what);
        put(files, &format!("parcel/{}.parcel", case.name), &json!(case.parcel));
        put(files, &format!("parcel/{}.taken", case.name), &taken);
    }
    files.0.insert("sync/parcels.tsv".to_owned(), table);
}

fn write_pushes(desk: &Desk, files: &mut Files) {
    let mut table = "push\tledger\tasker\tstatus\tanswer\twhat\n".to_owned();
    for case in pushes::cases(files, desk) {
        let mut node = Node::load(files, case.ledger);
        let answer = pushes::answered(&mut node, &case.kept, case.body.as_bytes());
        let status = if answer.is_ok() { "200" } else { "400" };
        let row = [case.name, case.ledger, "jp", status, case.answer, case.what];
        table += &(row.join("\t") + "\n");
        let path = format!("sync/push/{}.question.json", case.name);
        assert!(files.0.insert(path, case.body).is_none(), "{} is there twice", case.name);
        if let Ok((answer, kept)) = answer {
            put(files, &format!("push/{}.answer", case.name), &answer);
            put(files, &format!("push/{}.kept", case.name), &kept);
        }
    }
    files.0.insert("sync/pushes.tsv".to_owned(), table);
}

/// What kr makes of the first words it hears when it calls jp.
fn meetings(desk: &Desk) -> Value {
    let [here, there] = ["many-others", "two-matters"].map(|name| json!(desk.0[name].ledger.hello));
    let changed = |change: Value, outcome: &str| {
        let mut there = there.clone();
        there.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        json!({"here": here, "called": "jp", "there": there, "outcome": outcome})
    };
    let limits = json!({"batch_bytes_max": 1, "batch_acts_max": 1, "want_ids_max": 1,
        "wait_seconds_max": 1});
    json!([
        changed(json!({}), "talk"),
        changed(json!({"limits": limits}), "talk"),
        changed(json!({"protos": [1, 2], "rules": [1, 2]}), "talk"),
        changed(json!({"protos": [2, 3]}), "no common protos"),
        changed(json!({"protos": []}), "no common protos"),
        changed(json!({"rules": [2]}), "no common rules"),
        changed(json!({"party": "cn"}), "another party"),
        changed(json!({"party": "cn", "protos": [2], "rules": [2]}), "another party"),
    ])
}

/// Every file in a folder and those below, by its path.
fn found(below: &Path, name: &str, paths: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(below).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{name}/{}", entry.file_name().to_str().unwrap());
        if entry.path().is_dir() {
            found(&entry.path(), &name, paths);
        } else {
            paths.insert(name);
        }
    }
}

#[test]
fn the_files_are_those_this_software_writes() {
    let files = files();
    for (path, text) in made() {
        assert!(files.read(path) == *text, "{path} is another");
    }
    let mut paths = BTreeSet::new();
    found(&folder().join("sync"), "sync", &mut paths);
    assert!(paths.remove("sync/README.md"), "somebody has to say how these are used");
    assert!(paths.remove("sync/relay.tsv"), "written by hand, and read by the node");
    let nobody_s: Vec<&String> = paths.iter().filter(|path| !made().contains_key(*path)).collect();
    assert!(nobody_s.is_empty(), "{nobody_s:?}");
}

#[test]
fn every_question_is_answered_as_its_row_says() {
    let files = files();
    let mut nodes: BTreeMap<String, Node> = BTreeMap::new();
    let mut statuses: BTreeMap<(String, String), usize> = BTreeMap::new();
    for row in files.rows("sync/table.tsv") {
        let [name, ledger, asker, status, expected, _] = &row[..] else { panic!("{row:?}") };
        let node = nodes.entry(ledger.clone()).or_insert_with(|| Node::load(&files, ledger));
        let asker: PartyId = asker.parse().unwrap();
        let (route, _) = name.split_once('/').unwrap();
        let body = std::fs::read(folder().join(format!("sync/{name}.question.json"))).unwrap();
        let path = format!("sync/{name}.answer.json");
        match node.answer(&asker, route, &body) {
            Ok(answer) => {
                assert_eq!(status, "200", "{name}");
                assert_eq!(node.summary(route, &answer), *expected, "{name}");
                assert_eq!(answer, files.json::<Value>(&path), "{name}");
                shows_nothing_to_others(node, &asker, &answer);
            }
            Err(code) => {
                assert_eq!(status, "400", "{name}");
                assert_eq!(format!("refused: {code}"), *expected, "{name}");
                assert!(!folder().join(path).exists(), "{name}");
            }
        }
        *statuses.entry((route.to_owned(), status.clone())).or_default() += 1;
    }
    // Each question is answered, and turned away, in more than one case.
    assert_eq!(statuses.len(), 8, "{statuses:?}");
    assert!(statuses.values().all(|count| *count > 3), "{statuses:?}");
}

/// Whatever was asked: nothing of a matter leaves for a party outside its audience.
fn shows_nothing_to_others(node: &Node, asker: &PartyId, answer: &Value) {
    let acts = answer["parcel"]["acts"].as_array().into_iter().flatten();
    for act in acts {
        let envelope = Envelope::read(act.as_str().unwrap().as_bytes()).unwrap();
        let act = node.replica.verify(&envelope).unwrap();
        assert!(node.replica.matter(&act.matter()).unwrap().is_shared_with(asker));
    }
    for listed in answer["standing"]["digests"].as_array().into_iter().flatten() {
        let matter = serde_json::from_value(listed["matter"].clone()).unwrap();
        assert!(node.replica.matter(&matter).unwrap().is_shared_with(asker));
    }
}

#[test]
fn matters_stand_as_the_vectors_of_matters_say() {
    let files = files();
    let page: Value = files.json("sync/feed/quiet.answer.json");
    let rows = files.rows("matter/table.tsv");
    let mut found = 0;
    for stands in page["standing"]["digests"].as_array().unwrap() {
        let words = ["matter", "frontier", "state"].map(|name| stands[name].as_str().unwrap());
        let is_it = |row: &&Vec<String>| [&row[1][..], &row[3], &row[4]] == words;
        let row = rows.iter().find(is_it).unwrap();
        assert_eq!(stands["acts"].to_string(), row[2], "{}", row[0]);
        found += 1;
    }
    assert_eq!(found, 2);
}

#[test]
fn a_ledger_is_that_of_a_node_its_party_registered() {
    let files = files();
    for (path, _) in made().iter().filter(|(path, _)| path.starts_with("sync/ledgers/")) {
        let name = path.trim_start_matches("sync/ledgers/").trim_end_matches(".json");
        let node = Node::load(&files, name);
        let hello = &node.ledger.hello;
        let Some(identity) = node.replica.identities().of(&hello.party) else { continue };
        assert_eq!(identity.head, hello.identity_head, "{name}");
        assert_eq!(identity.nodes[&hello.node].incarnation, hello.incarnation, "{name}");
        assert_eq!(node.replica.head(), u64::try_from(node.ledger.acts.len()).unwrap(), "{name}");
    }
}

#[test]
fn of_every_parcel_is_taken_what_its_row_says() {
    let files = files();
    let mut codes: BTreeSet<String> = BTreeSet::new();
    for row in files.rows("sync/parcels.tsv") {
        let [name, ledger, expected, _] = &row[..] else { panic!("{row:?}") };
        let parcel: Parcel = files.json(&format!("sync/parcel/{name}.parcel.json"));
        let taken = parcels::written(&Node::load(&files, ledger).take(&parcel));
        assert_eq!(parcels::summary(&taken), *expected, "{name}");
        assert_eq!(taken, files.json::<Value>(&format!("sync/parcel/{name}.taken.json")), "{name}");
        let refused = taken["refused"].as_array().unwrap().iter();
        codes.extend(refused.map(|refused| refused["code"].as_str().unwrap().to_owned()));
    }
    let expected = ["act_not_shared", "act_out_of_order", "act_unverifiable", "agreement_unknown"];
    assert!(expected.iter().all(|code| codes.contains(*code)), "{codes:?}");
}

#[test]
fn every_push_is_answered_as_its_row_says() {
    let files = files();
    let mut refused = 0;
    for row in files.rows("sync/pushes.tsv") {
        let [name, ledger, _, status, expected, _] = &row[..] else { panic!("{row:?}") };
        let body = std::fs::read(folder().join(format!("sync/push/{name}.question.json"))).unwrap();
        let mut node = Node::load(&files, ledger);
        if status == "400" {
            let code = pushes::answered(&mut node, &Cursor::default(), &body).unwrap_err();
            assert_eq!(format!("refused: {code}"), *expected, "{name}");
            refused += 1;
            continue;
        }
        let [said, kept]: [Value; 2] =
            ["answer", "kept"].map(|part| files.json(&format!("sync/push/{name}.{part}.json")));
        let before: Cursor = serde_json::from_value(kept["before"].clone()).unwrap();
        let (answer, moved) = pushes::answered(&mut node, &before, &body).unwrap();
        assert_eq!(pushes::summary(&answer, &moved), *expected, "{name}");
        assert_eq!((&answer, &moved), (&said, &kept), "{name}");
        assert_eq!(moved["after"]["own"], answer["accepted_to"], "{name}");
    }
    assert_eq!(refused, 7);
}

#[test]
fn nodes_talk_or_not_as_they_meet() {
    let mut outcomes = BTreeSet::new();
    for meeting in files().json::<Vec<Value>>("sync/meetings.json") {
        let [here, there] = ["here", "there"]
            .map(|side| Hello::read(meeting[side].to_string().as_bytes()).unwrap());
        let called: PartyId = meeting["called"].as_str().unwrap().parse().unwrap();
        let outcome = match here.meet(&there, &called) {
            Ok(()) => "talk",
            Err(Incompatible::Protocol { .. }) => "no common protos",
            Err(Incompatible::Rules { .. }) => "no common rules",
            Err(Incompatible::Party(_)) => "another party",
        };
        assert_eq!(meeting["outcome"], outcome, "{meeting:#}");
        outcomes.insert(outcome);
    }
    assert_eq!(outcomes.len(), 4);
}

#[test]
fn what_differs_is_found_message_by_message() {
    let files = files();
    let mut messages = Vec::new();
    for expected in files.json::<Vec<Exchange>>("sync/exchanges.json") {
        let [asker, asked] =
            [&expected.asker, &expected.asked].map(|name| Node::load(&files, name));
        assert_eq!(Exchange::play(&asker, &asked), expected);
        messages.push(expected.messages.len());
        // The same without any messages: by comparing both sets.
        let (here, there) = (exchange::marks(&asker, &asked), exchange::marks(&asked, &asker));
        let differ = here.iter().filter(|(mark, _)| !there.contains_key(*mark)).map(|(_, id)| *id);
        assert_eq!(differ.collect::<BTreeSet<_>>(), expected.matters);
        let lacking = there.keys().filter(|mark| !here.contains_key(*mark)).copied();
        assert_eq!(lacking.collect::<BTreeSet<_>>(), expected.marks);
    }
    assert_eq!(messages, [1, 2]);
}
