//! A neighbour that shows another state for the same acts: promises stop until both agree again.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod world;

use pumasi_base::Digest;
use pumasi_node::act::ActId;
use pumasi_node::service::{AuthorError, FeedScope, MatterDigest, NewAct};
use serde_json::json;
use world::{Node, act, introduce, party, request};

/// Two nodes that share a matter and hold the same acts of it.
fn pair() -> (Node, Node, ActId) {
    let (jp, kr) = (Node::new("jp-17"), Node::new("kr-45"));
    introduce(&[&jp, &kr]);
    let matter = jp.open_matter(&["kr-45"]);
    kr.service.receive(&jp.parcel("kr-45", FeedScope::Own)).unwrap();
    (jp, kr, matter)
}

fn order(matter: ActId) -> NewAct {
    let body = json!({"assisting": "kr-45", "request": null, "offer": null,
        "commodity": "blanket", "quantity": "500 EA", "purpose": "disaster_relief",
        "place": "jp-17204", "mode": "gift", "price": null});
    act(matter, "requisition_resource", body)
}

fn right(matter: ActId) -> NewAct {
    act(matter, "grant_drawing_right", json!({}))
}

/// What `jp` says to an act, after `kr` showed these digests.
#[track_caller]
fn check(jp: &Node, shown: &[MatterDigest], new: NewAct, expected: &str) {
    jp.service.compare_digests(&party("kr-45"), shown);
    let said = match jp.service.author(new, world::now()) {
        Ok(_) => "made".to_owned(),
        Err(AuthorError::Diverged { parties, .. }) => format!("diverged from {parties:?}"),
        Err(error) => error.to_string(),
    };
    assert!(said.starts_with(expected), "`{said}` is not `{expected}`");
}

/// What `kr` would show, changed as a node with a fault in its fold would show it.
fn doctored(kr: &Node, change: impl Fn(&mut MatterDigest)) -> Vec<MatterDigest> {
    let mut shown = kr.service.digests(&party("jp-17"));
    assert!(!shown.is_empty());
    shown.iter_mut().for_each(change);
    shown
}

#[test]
fn nothing_is_promised_while_the_same_acts_give_another_state() {
    let (jp, kr, matter) = pair();
    let other_state = doctored(&kr, |digest| digest.state = Digest::of(b"a fault"));
    check(&jp, &other_state, order(matter), "diverged from {PartyId(\"kr-45\")}");
    check(&jp, &other_state, right(matter), "diverged from");
    assert_eq!(jp.service.diverged().keys().collect::<Vec<_>>(), [&matter]);
    // What binds nobody is still said, and the alarm stays although the frontiers now differ.
    check(&jp, &other_state, request(matter, "500 EA"), "made");
    check(&jp, &doctored(&kr, |_| ()), order(matter), "diverged from");
    // Only equal digests of equal acts end it.
    kr.service.receive(&jp.parcel("kr-45", FeedScope::Own)).unwrap();
    check(&jp, &doctored(&kr, |_| ()), order(matter), "made");
    assert!(jp.service.diverged().is_empty());
}

#[test]
fn a_neighbour_that_lacks_acts_or_has_more_diverges_in_nothing() {
    let (jp, kr, matter) = pair();
    let behind = doctored(&kr, |digest| {
        digest.frontier = Digest::of(b"other acts");
        digest.state = Digest::of(b"another state");
    });
    check(&jp, &behind, order(matter), "made");
}

#[test]
fn matters_a_neighbour_does_not_share_are_none_of_its_business() {
    let (jp, kr, matter) = pair();
    let own = jp.open_matter(&[]);
    let mut shown = jp.service.digests(&party("jp-17"));
    shown.retain(|digest| digest.matter == own);
    shown.iter_mut().for_each(|digest| digest.state = Digest::of(b"a lie"));
    assert!(jp.service.compare_digests(&party("kr-45"), &shown).is_empty());
    check(&jp, &doctored(&kr, |_| ()), order(matter), "made");
}
