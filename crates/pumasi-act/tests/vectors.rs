//! The vectors of `docs/spec/vectors/act` and `docs/spec/vectors/matter`, read as another program
//! would read them: from the files alone.
//!
//! `cargo run -p pumasi-act --features testing --example vectors` writes them anew.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use pumasi_act::testing::vectors::files;
use pumasi_act::{Bundle, Envelope, Identities, verify};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/spec/vectors")
}

fn read(path: &str) -> String {
    std::fs::read_to_string(folder().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The rows of a table below its head, cut into columns.
fn rows(path: &str) -> Vec<Vec<String>> {
    let row = |line: &str| line.split('\t').map(str::to_owned).collect();
    read(path).lines().skip(1).map(row).collect()
}

fn identities(bundle: &Bundle) -> Identities {
    let mut identities = Identities::default();
    for (party, fingerprint) in &bundle.trusted {
        identities.trust(party.clone(), *fingerprint).unwrap();
    }
    for entry in &bundle.identities {
        identities.admit(entry).unwrap();
    }
    identities
}

#[test]
fn the_files_are_those_this_software_writes() {
    let made = files();
    for (path, text) in &made {
        assert!(read(path) == *text, "{path} is another");
    }
    for sort in ["act", "matter"] {
        for entry in std::fs::read_dir(folder().join(sort)).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            assert!(made.contains_key(&format!("{sort}/{name}")), "{sort}/{name} is nobody's");
        }
    }
}

#[test]
fn every_envelope_comes_to_what_its_row_says() {
    let identities = identities(&Bundle::read(&read("act/world.pumasi")).unwrap());
    let mut outcomes: BTreeMap<String, usize> = BTreeMap::new();
    for row in rows("act/table.tsv") {
        let [file, expected, id, _] = &row[..] else { panic!("{row:?} has not four columns") };
        let bytes = std::fs::read(folder().join("act").join(file)).unwrap();
        let envelope = Envelope::read(&bytes);
        let found = match &envelope {
            Ok(envelope) => match verify(envelope, &identities) {
                Ok(act) => {
                    assert_eq!(act.id(), envelope.id());
                    "taken"
                }
                Err(error) => error.code(),
            },
            Err(error) => error.code(),
        };
        assert_eq!(found, expected, "{file}");
        let found = envelope.map_or_else(|_| "-".to_owned(), |envelope| envelope.id().to_string());
        assert_eq!(found, *id, "{file}");
        *outcomes.entry(expected.clone()).or_default() += 1;
    }
    // A vector for every way in which an envelope is turned away.
    assert_eq!(outcomes.len(), 13, "{outcomes:?}");
}

#[test]
fn every_matter_comes_to_the_state_beside_it() {
    for row in rows("matter/table.tsv") {
        let [name, id, acts, frontier, state, _] = &row[..] else { panic!("{row:?}") };
        let bundle = Bundle::read(&read(&format!("matter/{name}.pumasi"))).unwrap();
        let mut proofs = bundle.verify().unwrap();
        let proof = proofs.pop().unwrap();
        assert!(proofs.is_empty(), "{name} is one matter");
        assert_eq!(proof.matter.to_string(), *id, "{name}");
        assert_eq!(bundle.acts.len().to_string(), *acts, "{name}");
        let folded = proof.folded;
        assert_eq!(folded.frontier_digest().to_string(), *frontier, "{name}");
        let held = folded.state.as_ref().unwrap();
        let canonical = String::from_utf8(held.canonical()).unwrap();
        assert_eq!(canonical, read(&format!("matter/{name}.state.json")), "{name}");
        assert_eq!(held.digest().to_string(), *state, "{name}");
        assert_eq!(pumasi_base::Digest::of(canonical.as_bytes()), held.digest());
        for row in rows(&format!("matter/{name}.acts.tsv")) {
            let act = row[0].parse().unwrap();
            let found = match (held.refused.get(&act), held.applied.contains(&act)) {
                (Some(refusal), _) => refusal.code(),
                (_, true) if held.honoured.contains_key(&act) => "honoured".to_owned(),
                (_, true) => "applied".to_owned(),
                _ if held.unknown.contains_key(&act) => "unknown".to_owned(),
                _ if folded.waiting.contains(&act) => "waiting".to_owned(),
                _ => "nowhere".to_owned(),
            };
            assert_eq!(found, row[3], "{name}: {act}");
        }
    }
}

#[test]
fn every_acceptance_stands_to_its_deadline_as_its_row_says() {
    let mut words = std::collections::BTreeSet::new();
    let bundle = Bundle::read(&read("matter/deadline.pumasi")).unwrap();
    let folded = bundle.verify().unwrap().pop().unwrap().folded;
    for row in rows("matter/deadline.acceptances.tsv") {
        let found = folded.acceptance(&row[0].parse().unwrap()).unwrap();
        assert_eq!(found.deadline.to_string(), row[1]);
        assert_eq!(found.timeliness.code(), row[2]);
        let witness = found.witness.map(|(party, time)| [party.to_string(), time.to_string()]);
        assert_eq!(witness.unwrap_or(["-".to_owned(), "-".to_owned()]), row[3..5]);
        words.insert(row[2].clone());
    }
    assert_eq!(words.len(), 4, "{words:?}");
}

#[test]
fn the_order_of_the_lines_of_a_bundle_does_not_matter() {
    for row in rows("matter/table.tsv") {
        let mut bundle = Bundle::read(&read(&format!("matter/{}.pumasi", row[0]))).unwrap();
        bundle.acts.reverse();
        let proof = bundle.verify().unwrap().pop().unwrap();
        assert_eq!(proof.folded.digest().to_string(), row[4], "{}", row[0]);
    }
}
