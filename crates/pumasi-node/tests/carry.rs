//! Matters that travel as files: sealed for one party, in pieces that overlap, and through a
//! neighbour that shares nothing of them.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod world;

use pumasi_node::act::{ActId, Bundle};
use pumasi_node::keys;
use pumasi_node::seal;
use pumasi_node::service::{CarryError, Received};
use world::{Node, identity, introduce, party};

/// What becomes of a file at a node.
#[track_caller]
fn check(node: &Node, file: &[u8], expected: &str) {
    let said = match node.service.import_file(file) {
        Ok(Received { new, known, .. }) => format!("{new} new, {known} known"),
        Err(error) => error.to_string(),
    };
    assert_eq!(said, expected);
}

fn three() -> [Node; 3] {
    let nodes = ["jp-17", "kr-45", "cn-js"].map(Node::new);
    introduce(&nodes.each_ref());
    nodes
}

#[test]
fn a_file_sealed_for_a_party_opens_at_its_node_alone() {
    let [jp, kr, cn] = three();
    let matter = jp.open_matter(&["kr-45"]);
    jp.request(matter, "500 EA");
    let file = jp.service.export_for(&party("kr-45"), &[matter]).unwrap();
    let text = String::from_utf8_lossy(&file);
    for secret in ["jp-17", "pumasi", "blanket", &matter.to_string()] {
        assert!(!text.contains(secret), "{secret} is in clear");
    }
    check(&cn, &file, "the file is sealed for kr-45");
    check(&jp, &file, "the file is sealed for kr-45");
    let cut = &file[..file.len() - 20];
    check(&kr, cut, "the sealed file was cut off or changed on its way");
    assert!(kr.digests().is_empty());
    check(&kr, &file, "2 new, 0 known");
    check(&kr, seal::in_letters(&file).as_bytes(), "0 new, 2 known");
    assert_eq!(kr.digests(), jp.digests());
    let stranger = Node::new("ru-pri");
    check(&stranger, &file, "the file is sealed for another key");
}

#[test]
fn nothing_is_sealed_for_whom_it_is_not_shared_with() {
    let [jp, ..] = three();
    let matter = jp.open_matter(&["kr-45"]);
    let said = |to: &str, matters: &[ActId]| {
        jp.service.export_for(&party(to), matters).unwrap_err().to_string()
    };
    assert_eq!(said("cn-js", &[matter]), format!("matter {matter} is not shared with `cn-js`"));
    assert_eq!(said("cn-js", &[]), "no matter here is shared with `cn-js`");
    assert_eq!(said("ru-pri", &[]), "no node of `ru-pri` is known here");
    // What is sealed for a party is what it shares, and nothing else.
    let other = jp.open_matter(&["cn-js"]);
    let file = jp.service.export_for(&party("cn-js"), &[]).unwrap();
    let cn = Node::new("cn-js");
    assert!(matches!(cn.service.import_file(&file), Err(CarryError::Seal(_))));
    let opened = seal::open(&file, &[three()[2].service.node_key()]);
    assert!(opened.is_err(), "another node of the same name has another key");
    assert_ne!(other, matter);
}

#[test]
fn a_former_key_still_opens_what_was_sealed_for_it() {
    let [jp, kr, _] = three();
    let matter = jp.open_matter(&["kr-45"]);
    let file = jp.service.export_for(&party("kr-45"), &[matter]).unwrap();
    // The same party on a new machine: its own key differs, the old one is at hand.
    let fresh = Node::new("kr-45");
    check(&fresh, &file, "the file is sealed for another key");
    let old = kr.folder.path().join("keys/node.pem");
    let former = fresh.folder.path().join("keys/former");
    std::fs::create_dir(&former).unwrap();
    std::fs::copy(old, former.join("2023.pem")).unwrap();
    assert_eq!(keys::read_former(fresh.folder.path()).unwrap().len(), 1);
    // It opens; what is inside is judged as everything else is.
    let error = fresh.service.import_file(&file).unwrap_err();
    assert!(matches!(error, CarryError::Receive(_)), "{error}");
    fresh.service.trust(&identity(&jp.service)).unwrap();
    check(&fresh, &file, "1 new, 0 known");
}

#[test]
fn bundles_that_overlap_come_to_the_same_in_either_order() {
    let [jp, kr, cn] = three();
    let matter = jp.open_matter(&["kr-45", "cn-js"]);
    jp.request(matter, "1 EA");
    let first = jp.service.export(&[matter]).unwrap();
    jp.request(matter, "2 EA");
    let alone = jp.open_matter(&["kr-45", "cn-js"]);
    let second = jp.service.export(&[]).unwrap();
    let take = |node: &Node, bundle: &Bundle, expected: &str| {
        check(node, bundle.write().as_bytes(), expected);
    };
    take(&kr, &first, "2 new, 0 known");
    take(&kr, &second, "2 new, 2 known");
    take(&cn, &second, "4 new, 0 known");
    take(&cn, &first, "0 new, 2 known");
    assert_eq!(kr.digests(), cn.digests());
    assert_eq!(kr.digests(), jp.digests());
    for node in [&jp, &kr, &cn] {
        assert_eq!(node.service.ledger().head().unwrap(), 4);
        let of = |id: ActId| node.service.ledger().matter(&id.0).unwrap().len();
        assert_eq!((of(matter), of(alone)), (3, 1));
    }
}
