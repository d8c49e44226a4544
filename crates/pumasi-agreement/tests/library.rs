//! What is proved of the library as a whole.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that panics has failed"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use pumasi_agreement::{
    Action, Agreement, AgreementDraft, Agreements, Claim, Severity, examine, read, witness, write,
};
use pumasi_base::catalog::Commodity;
use pumasi_base::{Catalog, CommodityId};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn library() -> Vec<Agreement> {
    let entries = fs::read_dir(root().join("agreements")).unwrap().map(|entry| entry.unwrap());
    let names = entries.map(|entry| entry.file_name().into_string().unwrap());
    let read_one = |name: String| {
        let text = fs::read_to_string(root().join("agreements").join(&name)).unwrap();
        read(&name, &text).unwrap_or_else(|errors| panic!("{errors:#?}"))
    };
    names.filter(|name| name.ends_with(".toml")).map(read_one).collect()
}

/// The commodities of the catalog.
fn commodities() -> BTreeMap<CommodityId, Commodity> {
    let text = |file: &str| fs::read_to_string(root().join("catalog").join(file)).unwrap();
    let (sources, commodities) = (text("sources.toml"), text("commodities.toml"));
    let files = [("sources.toml", &*sources), ("commodities.toml", &*commodities)];
    Catalog::read(&files).unwrap().commodities
}

#[test]
fn the_library_holds_no_fault() {
    let commodities = commodities();
    for agreement in library() {
        for remark in examine(&agreement, &commodities) {
            let what = (agreement.id(), remark.code(), &remark.clauses);
            assert_ne!(remark.severity(), Severity::Fault, "{what:?}");
        }
    }
}

#[test]
fn no_agreement_of_the_library_moves_arms_or_supplies_a_military_emergency() {
    let agreements = Agreements::compile(&library()).unwrap();
    for category in ["ammunition", "weapons"] {
        let category = category.parse().ok();
        assert_eq!(witness(&agreements, &Claim { category, ..Claim::default() }), None);
    }
    let supply = Claim {
        purpose: "military_emergency".parse().ok(),
        actions: vec![Action::Order, Action::Push, Action::Transit],
        ..Claim::default()
    };
    assert_eq!(witness(&agreements, &supply), None);
    // The proof is about something: what the library is for has its witness.
    let food = Claim {
        category: "food".parse().ok(),
        giver: "kr-42".parse().ok(),
        receiver: "jp-31".parse().ok(),
        ..Claim::default()
    };
    assert!(witness(&agreements, &food).unwrap().is_permitted());
}

#[test]
fn every_agreement_is_written_as_a_file_that_reads_back_equal() {
    for agreement in library() {
        let name = format!("{}.toml", agreement.id());
        let text = write(&agreement);
        let again = read(&name, &text).unwrap_or_else(|errors| panic!("{errors:#?}\n{text}"));
        assert_eq!(AgreementDraft::from(&again), AgreementDraft::from(&agreement), "{name}");
        assert_eq!(write(&again), text, "{name}");
    }
}
