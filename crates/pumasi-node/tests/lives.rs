//! Two nodes conclude an agreement, aid each other under it, suspend it and part.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod world;

use pumasi_base::{Status, Time};
use pumasi_node::act::ActId;
use pumasi_node::service::{AuthorError, FeedScope, NewAct, StepError, Stepped};
use pumasi_view::page::StepForm;
use serde_json::{Value, json};
use world::{LIBRARY, Node, introduce, new_matter, officer, officers, time};

const ID: &str = "kr-45--jp-17";

fn form(fields: Value) -> StepForm {
    let mut whole = json!({ "agreement": ID, "step": "", "officers": ["duty"] });
    whole.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    serde_json::from_value(whole).unwrap()
}

/// Nine in the morning, in Japan and Korea alike.
fn day(date: &str) -> Time {
    time(&format!("{date}T00:00:00Z"))
}

/// A step on a day, and what came of it.
#[track_caller]
fn step(node: &Node, date: &str, fields: Value) -> Result<Stepped, String> {
    node.service.step(&form(fields), day(date)).map_err(|error| match error {
        StepError::Author(AuthorError::Refused(refusal)) => refusal.code(),
        other => other.to_string(),
    })
}

/// How the agreement stands at a node on a day.
fn standing(node: &Node, date: &str) -> String {
    let in_use = node.service.in_use(Status::Actual, day(date));
    let standing = in_use.standings.get(&ID.parse().unwrap());
    standing.map_or_else(|| "no life".to_owned(), |standing| standing.code().to_owned())
}

/// Each takes what the other has.
fn sync(one: &Node, other: &Node) {
    for (from, to) in [(one, other), (other, one)] {
        let reader = to.service.party().as_str().to_owned();
        to.service.receive(&from.parcel(&reader, FeedScope::All)).unwrap();
    }
}

/// An act of the duty officer on a day.
fn act(node: &Node, date: &str, matter: ActId, kind: &str, body: Value) -> Result<ActId, String> {
    let officers = officers(&["duty"]);
    let (kind, clause, time) = (kind.to_owned(), None, None);
    let new = NewAct { matter, kind, body, officers, clause, time, personal: None };
    node.service.author(new, day(date)).map_err(|error| match error {
        AuthorError::Refused(refusal) => {
            let reasons = serde_json::to_value(&refusal).unwrap();
            let reason = reasons["reasons"][0]["code"].as_str().unwrap_or_default().to_owned();
            format!("{} {reason}", refusal.code()).trim().to_owned()
        }
        other => other.to_string(),
    })
}

fn order(node: &Node, date: &str, matter: ActId) -> Result<ActId, String> {
    let body = json!({ "assisting": "kr-45", "request": null, "offer": null, "commodity": "blanket",
        "quantity": "100 EA", "purpose": "disaster_relief", "place": "jp-17204", "mode": "gift",
        "price": null });
    act(node, date, matter, "requisition_resource", body)
}

/// Ishikawa and Jeonbuk, whose agreements two persons sign for Jeonbuk.
fn neighbours() -> (Node, Node) {
    let signing = [officer("duty", &["*"], 1), officer("governor", &["sign_agreement"], 2)];
    let (jp, kr) = (Node::new("jp-17"), Node::with("kr-45", &signing));
    introduce(&[&jp, &kr]);
    (jp, kr)
}

/// The same, with the agreement in force since 3 January 2024.
fn concluded() -> (Node, Node) {
    let (jp, kr) = neighbours();
    step(&jp, "2024-01-02", json!({ "step": "propose" })).unwrap();
    step(&jp, "2024-01-02", json!({ "step": "sign" })).unwrap();
    sync(&jp, &kr);
    step(&kr, "2024-01-03", json!({ "step": "sign" })).unwrap();
    sync(&jp, &kr);
    (jp, kr)
}

/// An actual matter under the agreement, which both have.
fn matter(jp: &Node, kr: &Node, date: &str) -> ActId {
    let mut new = new_matter(&["kr-45"], Status::Actual);
    new.time = None;
    let matter = jp.service.open_matter(new, day(date)).unwrap();
    sync(jp, kr);
    matter
}

#[test]
fn a_draft_has_force_once_every_party_has_signed_the_same_bytes() {
    let (jp, kr) = neighbours();
    assert_eq!(standing(&jp, "2024-01-02"), "no life");
    let early = matter(&jp, &kr, "2024-01-02");
    assert_eq!(order(&jp, "2024-01-02", early).unwrap_err(), "agreement_must_permit not_in_force");

    let proposed = step(&jp, "2024-01-02", json!({ "step": "propose" })).unwrap();
    assert_eq!(proposed.acts.len(), 2);
    let again = step(&jp, "2024-01-02", json!({ "step": "propose" })).unwrap_err();
    assert!(again.contains("is under way in matter"), "{again}");
    sync(&jp, &kr);
    assert_eq!(standing(&kr, "2024-01-02"), "drafted");
    let text = LIBRARY.agreements()[&ID.parse().unwrap()].text();
    let text = format!("# As amended in the second reading.\n{text}");
    step(&kr, "2024-01-02", json!({ "step": "draft", "text": text })).unwrap();
    sync(&jp, &kr);
    step(&jp, "2024-01-02", json!({ "step": "initial" })).unwrap();
    let digest = pumasi_base::Digest::of(b"another text");
    let forged = step(&jp, "2024-01-02", json!({ "step": "sign", "version": 2, "digest": digest }));
    assert_eq!(forged.unwrap_err(), "instrument_must_match");
    step(&jp, "2024-01-02", json!({ "step": "sign" })).unwrap();
    sync(&jp, &kr);
    assert_eq!(standing(&kr, "2024-01-02"), "signed_by_some");
    let alone = json!({ "step": "sign", "version": 2, "officers": ["governor"] });
    assert_eq!(step(&kr, "2024-01-03", alone).unwrap_err(), "officers_must_suffice");
    let both = json!({ "step": "sign", "version": 2, "officers": ["governor", "duty"] });
    step(&kr, "2024-01-03", both).unwrap();
    sync(&jp, &kr);
    for node in [&jp, &kr] {
        assert_eq!(standing(node, "2024-01-03"), "in_force");
        let in_use = node.service.in_use(Status::Actual, day("2024-01-03"));
        assert_eq!(in_use.agreements[&ID.parse().unwrap()].text(), text);
        assert_eq!(node.service.lexicon().agreements()[&ID.parse().unwrap()].text(), text);
    }
    // The matter opened before froze a draft, and stays as it was.
    assert_eq!(order(&jp, "2024-01-03", early).unwrap_err(), "agreement_must_permit not_in_force");
    let late = matter(&jp, &kr, "2024-01-03");
    order(&jp, "2024-01-03", late).unwrap();
}

#[test]
fn a_suspension_reaches_the_matters_under_the_agreement() {
    let (jp, kr) = concluded();
    let matter = matter(&jp, &kr, "2024-01-10");
    let first = order(&jp, "2024-01-10", matter).unwrap();
    sync(&jp, &kr);
    let commit = json!({ "order": first, "quantity": "100 EA" });
    act(&kr, "2024-01-10", matter, "commit_resource", commit).unwrap();
    let dispatch = |order: ActId| {
        json!({ "order": order, "quantity": "60 EA", "pallets": 1, "links": [],
            "departs": "2024-01-11T00:00:00Z", "arrives": "2024-01-14T00:00:00Z" })
    };
    let at_sea = act(&kr, "2024-01-11", matter, "dispatch_shipment", dispatch(first)).unwrap();

    let suspend = json!({ "step": "suspend", "clauses": ["art-2"], "cause": "talks broken off" });
    let suspended = step(&kr, "2024-01-12", suspend).unwrap();
    assert_eq!(suspended.relayed.len(), 1);
    assert!(suspended.relayed[0].1.is_ok());
    assert_eq!(standing(&kr, "2024-01-12"), "suspended_in_part");
    // Until it has heard of it, the other side orders in good faith.
    order(&jp, "2024-01-12", matter).unwrap();
    sync(&jp, &kr);
    assert_eq!(order(&jp, "2024-01-13", matter).unwrap_err(), "agreement_must_permit suspended");
    let more = act(
        &kr,
        "2024-01-13",
        matter,
        "dispatch_shipment",
        json!({ "order": first,
        "quantity": "40 EA", "pallets": 1, "links": [], "departs": "2024-01-13T00:00:00Z",
        "arrives": "2024-01-16T00:00:00Z" }),
    );
    assert_eq!(more.unwrap_err(), "dispatch_must_not_be_suspended");
    let receipt = json!({ "shipment": at_sea, "accepted": "60 EA", "rejected": "0 EA",
        "reason": null, "short": "0 EA" });
    act(&jp, "2024-01-14", matter, "receive_resource", receipt).unwrap();
    sync(&jp, &kr);

    let resumed = step(&kr, "2024-01-20", json!({ "step": "resume" })).unwrap();
    assert!(resumed.relayed.iter().all(|(_, outcome)| outcome.is_ok()));
    sync(&jp, &kr);
    order(&jp, "2024-01-20", matter).unwrap();
    let digests = [&jp, &kr].map(|node| {
        sync(&jp, &kr);
        node.digests().into_iter().map(|digest| digest.state).collect::<Vec<_>>()
    });
    assert_eq!(digests[0], digests[1]);
}

#[test]
fn a_notice_ends_it_for_orders_and_its_suspension_keeps_them() {
    let (jp, kr) = concluded();
    let matter = matter(&jp, &kr, "2024-01-10");
    // A year at a time, to the close of 31 March; thirty days before, notice keeps it from going on.
    let noticed = step(&kr, "2024-01-15", json!({ "step": "give_notice", "cause": "reform" }));
    assert!(noticed.unwrap().relayed[0].1.is_ok());
    sync(&jp, &kr);
    assert_eq!(standing(&jp, "2024-03-01"), "notice_given");
    let ends = jp.service.in_use(Status::Actual, day("2024-03-01")).standings[&ID.parse().unwrap()]
        .ends()
        .unwrap();
    let first_without = ends.to_string();
    assert_eq!(standing(&jp, &first_without), "terminated");
    let held = step(&kr, "2024-03-15", json!({ "step": "suspend_notice" })).unwrap();
    assert!(held.relayed[0].1.is_ok(), "{held:?}");
    sync(&jp, &kr);
    assert_eq!(standing(&jp, &first_without), "notice_suspended");
    order(&jp, "2024-03-16", matter).unwrap();
    sync(&jp, &kr);
    // Resumed when it is too late for a new notice in this period: the readings are a year apart.
    let resumed = step(&kr, "2024-03-20", json!({ "step": "resume_notice" })).unwrap();
    assert!(resumed.relayed[0].1.is_ok(), "{resumed:?}");
    sync(&jp, &kr);
    order(&jp, "2024-03-31", matter).unwrap();
    assert_eq!(standing(&jp, &first_without), "notice_resumed");
    let disputed = order(&jp, &first_without, matter).unwrap_err();
    assert_eq!(disputed, "agreement_must_permit standing_disputed");
    sync(&jp, &kr);
    step(&kr, &first_without, json!({ "step": "withdraw_notice" })).unwrap();
    sync(&jp, &kr);
    assert_eq!(standing(&jp, &first_without), "notice_withdrawn");
    order(&jp, &first_without, matter).unwrap();
}

#[test]
fn an_exercise_concludes_nothing_real() {
    let (jp, kr) = neighbours();
    for (node, name) in [(&jp, "propose"), (&jp, "sign")] {
        step(node, "2024-01-02", json!({ "step": name, "status": "exercise" })).unwrap();
    }
    sync(&jp, &kr);
    step(&kr, "2024-01-02", json!({ "step": "sign", "status": "exercise" })).unwrap();
    sync(&jp, &kr);
    let exercise = kr.service.in_use(Status::Exercise, day("2024-01-02"));
    assert_eq!(exercise.standings[&ID.parse().unwrap()].code(), "in_force");
    assert_eq!(standing(&kr, "2024-01-02"), "no life");
    let matter = matter(&jp, &kr, "2024-01-02");
    assert_eq!(order(&jp, "2024-01-02", matter).unwrap_err(), "agreement_must_permit not_in_force");
}

#[test]
fn officers_who_may_not_draft_leave_no_matter_behind() {
    let jp = Node::with("jp-17", &[officer("duty", &["open_matter"], 1)]);
    let said = step(&jp, "2024-01-02", json!({ "step": "propose" })).unwrap_err();
    assert_eq!(said, "mandate_must_cover_kind");
    assert!(jp.digests().is_empty());
}

#[test]
fn what_does_not_fit_is_said() {
    let (jp, _) = neighbours();
    let cases = [
        (json!({ "step": "sign" }), "nobody has proposed"),
        (json!({ "step": "dance" }), "no step"),
        (json!({ "step": "propose", "text": "id = 3" }), "draft:1:6"),
        (json!({ "step": "propose", "agreement": "no-such" }), "not in the library"),
        (json!({ "step": "sign", "digest": "x" }), "`digest`"),
        (json!({ "step": "sign", "status": "soon" }), "`status`"),
    ];
    for (fields, expected) in cases {
        let said = step(&jp, "2024-01-02", fields).unwrap_err();
        assert!(said.contains(expected), "{said}");
    }
    step(&jp, "2024-01-02", json!({ "step": "propose" })).unwrap();
    let said = step(&jp, "2024-01-02", json!({ "step": "resume" })).unwrap_err();
    assert!(said.contains("nothing to be about"), "{said}");
    let said = step(&jp, "2024-01-02", json!({ "step": "suspend" })).unwrap_err();
    assert_eq!(said, "agreement_must_have_force");
}
