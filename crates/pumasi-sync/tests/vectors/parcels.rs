//! Parcels of the vectors, each with what a node takes of it.

use pumasi_act::ActId;
use pumasi_sync::push::Rejected;
use pumasi_sync::{Parcel, Taken};
use serde_json::{Value, json};

use super::ledgers::{FORK, ORDER, of_tomorrow};
use super::node::{Files, id, parcel};

/// One parcel that arrives.
pub struct Case {
    /// Its name.
    pub name: &'static str,
    /// Who takes it.
    pub ledger: &'static str,
    /// The parcel.
    pub parcel: Parcel,
    /// What becomes of it in a few words.
    pub taken: &'static str,
    /// What is special about it.
    pub what: &'static str,
}

fn case(
    name: &'static str,
    ledger: &'static str,
    parcel: Parcel,
    taken: &'static str,
    what: &'static str,
) -> Case {
    Case { name, ledger, parcel, taken, what }
}

pub fn cases(files: &Files) -> Vec<Case> {
    let mut cases = taken(files);
    cases.extend(faulty(files));
    cases
}

/// Parcels of which every act is taken.
fn taken(files: &Files) -> Vec<Case> {
    let fork = parcel(&files.bundle(FORK));
    let twice = Parcel { acts: [fork.acts.clone(), fork.acts.clone()].concat(), ..fork.clone() };
    let strange = Parcel {
        identities: [&["{}".to_owned(), fork.acts[0].clone()], &fork.identities[..]].concat(),
        agreements: [&["id = 1".to_owned()], &fork.agreements[..]].concat(),
        acts: fork.acts.clone(),
        ..Parcel::default()
    };
    let what = "identity entries and an agreement that do not hold are passed over";
    vec![
        case("whole", "empty", fork.clone(), "8 new", "a matter with everything it needs"),
        case("again", "two-matters", fork, "8 known", "what is here already"),
        case("twice", "empty", twice, "8 new, 8 known", "every act twice"),
        case("strange-texts", "empty", strange, "8 new", what),
        case("nothing", "empty", Parcel::default(), "0 new", "an empty parcel"),
    ]
}

/// Parcels of which something is not taken.
fn faulty(files: &Files) -> Vec<Case> {
    let whole = |path: &str| parcel(&files.bundle(path));
    let opening = |path: &str| {
        let mut parcel = whole(path);
        parcel.acts.truncate(1);
        parcel
    };
    let mut cases = Vec::new();
    let what = "an act whose past is not there waits, and the rest is taken";
    let taken = "3 new, 1 waiting for 1: act_out_of_order";
    cases.push(case("gap", "empty", whole("matter/gap.pumasi"), taken, what));
    let mut forged = whole("act/world.pumasi");
    let names = ["signature-node-wrong", "good-request", "no-object", "good-unknown-kind"];
    forged.acts.extend(names.map(|name| files.read(&format!("act/{name}.json"))));
    let what = "a forged copy before the act itself, and a text that is no act: the rest is taken";
    let taken = "4 new: act_unverifiable act_unverifiable";
    cases.push(case("forged", "empty", forged, taken, what));
    let what = "an author who is not trusted, and what came after";
    let taken = "2 new, 4 waiting for 1: act_unverifiable";
    cases.push(case("wary", "wary", whole(FORK), taken, what));
    let what = "a matter the taker has no part in";
    cases.push(case("not-shared", "stranger", opening(ORDER), "0 new: act_not_shared", what));
    let what = "a matter whose agreement is not here and was not sent along";
    let no_text = Parcel { agreements: Vec::new(), ..opening(FORK) };
    cases.push(case("no-text", "empty", no_text, "0 new: agreement_unknown", what));
    let what = "a matter under rules nobody knows: not kept, so that it can be taken later";
    let tomorrow = Parcel { acts: vec![of_tomorrow().write()], ..whole(FORK) };
    cases.push(case("rules-unknown", "empty", tomorrow, "0 new: matter_unopened", what));
    cases
}

/// What became of a parcel.
pub fn written(taken: &Taken) -> Value {
    let waiting: Vec<ActId> = taken.waiting.iter().map(|act| id(act)).collect();
    let refused: Vec<Rejected> = taken.refused.iter().map(Rejected::from).collect();
    json!({"new": taken.received.new, "known": taken.received.known, "refused": refused,
        "waiting": waiting, "missing": taken.missing})
}

/// What became of a parcel, in a few words.
pub fn summary(taken: &Value) -> String {
    let count = |name: &str| taken[name].as_array().unwrap().len();
    let mut words = Vec::new();
    if taken["new"] != 0 || taken["known"] == 0 {
        words.push(format!("{} new", taken["new"]));
    }
    if taken["known"] != 0 {
        words.push(format!("{} known", taken["known"]));
    }
    if count("waiting") > 0 {
        words.push(format!("{} waiting for {}", count("waiting"), count("missing")));
    }
    let refused = taken["refused"].as_array().unwrap().iter();
    let codes: Vec<&str> = refused.map(|refused| refused["code"].as_str().unwrap()).collect();
    let codes = if codes.is_empty() { String::new() } else { format!(": {}", codes.join(" ")) };
    words.join(", ") + &codes
}
