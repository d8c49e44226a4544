//! Personal data beside acts: who gets them, and that nothing is left of them once they are erased.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod world;

use std::path::Path;

use pumasi_base::Digest;
use pumasi_node::act::{ActId, Bundle, Personal};
use pumasi_node::service::{FeedScope, NewAct, Parcel};
use serde_json::{Value, json};
use world::running::{Running, until};
use world::{Node, act, introduce, request};

const CONTACT: &str = "운전 담당 갑 000-1234-5678";

fn trio() -> (Node, Node, Node) {
    let nodes = ["jp-17", "kr-45", "cn-js"].map(Node::new);
    introduce(&[&nodes[0], &nodes[1], &nodes[2]]);
    nodes.into()
}

/// jp asks kr for blankets, with a contact beside the request.
fn asked(jp: &Node, matter: ActId, contact: &str) -> ActId {
    let new = NewAct { personal: Some(contact.to_owned()), ..request(matter, "5 EA") };
    jp.service.author(new, world::now()).unwrap()
}

fn retract(node: &Node, matter: ActId, of: ActId) -> Result<ActId, String> {
    let new = act(matter, "retract_personal_data", json!({"act": of}));
    node.service.author(new, world::now()).map_err(|error| error.to_string())
}

/// What an officer of a node is shown of the personal data beside an act.
fn shown(node: &Node, of: ActId) -> String {
    let Some(page) = node.service.personal(&of).unwrap() else { return "nothing".to_owned() };
    let page = page.into_inner();
    page.text.map_or(page.state.clone(), |text| format!("{}: {text}", page.state))
}

/// The files of a folder that hold these bytes.
fn files_with(folder: &Path, needle: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files_with(&path, needle));
            continue;
        }
        let content = std::fs::read(&path).unwrap();
        if content.windows(needle.len()).any(|window| window == needle.as_bytes()) {
            found.push(path.display().to_string());
        }
    }
    found
}

fn give(from: &Node, to: &Node) -> Parcel {
    let parcel = from.parcel(to.service.party().as_str(), FeedScope::All);
    to.service.receive_in_order(&parcel).unwrap();
    parcel
}

#[test]
fn members_are_shown_them_until_their_party_takes_them_back_and_then_no_file_holds_them() {
    let (jp, kr, cn) = trio();
    let matter = jp.open_matter(&["kr-45"]);
    let request = asked(&jp, matter, CONTACT);
    let older = give(&jp, &kr);
    assert_eq!((older.personal.len(), give(&jp, &cn).personal.len()), (1, 0));
    let held = format!("held: {CONTACT}");
    assert_eq!([&jp, &kr, &cn].map(|node| shown(node, request)), [&held, &held, "nothing"]);
    let kept = asked(&jp, matter, "kept");
    give(&jp, &kr);
    assert!(!files_with(kr.folder.path(), CONTACT).is_empty(), "the scan finds what is there");
    let bundle = kr.service.export(&[matter]).unwrap();
    assert_eq!(bundle.personal.len(), 2);
    let before = [&jp, &kr].map(|node| node.service.register_root());

    assert_eq!(retract(&kr, matter, request).unwrap_err(), "refused: step_must_be_own");
    retract(&jp, matter, request).unwrap();
    assert_eq!((shown(&jp, request), shown(&kr, request)), ("retracted".to_owned(), held));
    give(&jp, &kr);
    for node in [&jp, &kr] {
        assert_eq!(
            (shown(node, request), shown(node, kept)),
            ("retracted".into(), "held: kept".into())
        );
        assert_eq!(files_with(node.folder.path(), CONTACT), [""; 0]);
    }
    assert_eq!(jp.digests(), kr.digests());
    let after = [&jp, &kr].map(|node| node.service.register_root());
    assert_eq!(after.map(|(size, _)| size), before.map(|(size, _)| size + 1), "acts all stand");

    // Neither a page from before nor an older bundle brings them again, and nobody is told.
    kr.service.receive_in_order(&older).unwrap();
    let again = kr.service.import(&Bundle::read(&bundle.write()).unwrap()).unwrap();
    assert_eq!((again.new, again.personal, again.personal_refused), (0, 0, 0));
    assert_eq!(give(&kr, &jp).personal.len(), 1);
    assert_eq!(kr.service.export(&[matter]).unwrap().personal.len(), 1);
    let kr = kr.reopen();
    assert_eq!(
        (shown(&kr, request), files_with(kr.folder.path(), CONTACT)),
        ("retracted".into(), vec![])
    );
}

#[test]
fn who_was_away_erases_when_it_reads_and_who_never_had_them_takes_them_no_more() {
    let (jp, kr, cn) = trio();
    let matter = jp.open_matter(&["kr-45", "cn-js"]);
    let request = asked(&jp, matter, CONTACT);
    let with_text = give(&jp, &kr);
    retract(&jp, matter, request).unwrap();
    // The text and its retraction in one parcel, and the text after the retraction.
    let whole =
        Parcel { personal: with_text.personal.clone(), ..jp.parcel("cn-js", FeedScope::All) };
    cn.service.receive_in_order(&whole).unwrap();
    cn.service.receive_in_order(&with_text).unwrap();
    assert_eq!(
        (shown(&cn, request), files_with(cn.folder.path(), CONTACT)),
        ("retracted".into(), vec![])
    );
    // Stopped between storing the retraction and erasing: it is done when the node opens.
    let texts: Vec<Vec<u8>> = with_text
        .personal
        .values()
        .map(|personal| personal.bytes(&matter, &world::party("jp-17")))
        .collect();
    cn.service.ledger().append_with(&[], &texts).unwrap();
    assert!(!files_with(cn.folder.path(), CONTACT).is_empty());
    let cn = cn.reopen();
    assert_eq!(files_with(cn.folder.path(), CONTACT), [""; 0]);
    drop(kr);
}

#[test]
fn what_does_not_fit_is_not_stored_and_comes_later_by_any_way() {
    let (jp, kr, _) = trio();
    let matter = jp.open_matter(&["kr-45"]);
    let request = asked(&jp, matter, CONTACT);
    let good = jp.parcel("kr-45", FeedScope::Own);
    let check = |change: fn(&mut Personal), code: &str| {
        let mut bad = good.clone();
        bad.personal.values_mut().for_each(change);
        let taken = kr.service.receive_in_order(&bad).unwrap();
        assert_eq!(taken.refused.iter().map(|error| error.code()).collect::<Vec<_>>(), [code]);
        assert_eq!((taken.received.personal, taken.received.personal_refused), (0, 1));
        assert_eq!(shown(&kr, request), "missing");
    };
    check(|personal| personal.text.push('9'), "personal_mismatch");
    check(|personal| personal.text = "x".repeat(16 * 1024 + 1), "personal_too_large");
    check(|personal| personal.text.clear(), "personal_empty");
    assert_eq!(jp.digests(), kr.digests(), "the act stands without them");
    // A bundle that somebody changed on the way is taken, but for the text.
    let bundle = jp.service.export(&[matter]).unwrap();
    let text = bundle.write();
    let changed = Bundle::read(&text.replace("000-1234", "000-9999")).unwrap();
    let received = kr.service.import(&changed).unwrap();
    assert_eq!((received.personal, received.personal_refused), (0, 1));
    let received = kr.service.import(&Bundle::read(&text).unwrap()).unwrap();
    assert_eq!((received.new, received.personal, received.personal_refused), (0, 1, 0));
    assert_eq!(shown(&kr, request), format!("held: {CONTACT}"));
}

#[test]
fn a_commitment_to_something_else_neither_shows_nor_erases_it() {
    let (jp, kr, _) = trio();
    let matter = jp.open_matter(&["kr-45"]);
    give(&jp, &kr);
    // kr itself would commit to a text of its own; a hostile one names the digest of an agreement.
    let text = kr.service.ledger().blobs(None, 1).unwrap()[0];
    let at = pumasi_sync::Beside { commitment: text, matter, party: world::party("kr-45") };
    let bytes = kr.service.ledger().blob(&text).unwrap().unwrap();
    assert!(at.read(&bytes).is_none());
    assert_eq!(Digest::of(&bytes), text);
}

#[test]
fn an_officer_erases_old_ones_here_alone_and_they_stay_away() {
    let (jp, kr, _) = trio();
    let matter = jp.open_matter(&["kr-45"]);
    let request = asked(&jp, matter, CONTACT);
    let parcel = give(&jp, &kr);
    // The act claims 2024-01-01T20:00:00Z.
    let erase =
        |days: u32, now: &str| kr.service.erase_personal(&matter, days, world::time(now)).unwrap();
    assert_eq!(erase(30, "2024-01-31T20:00:00Z"), 0);
    assert_eq!(erase(30, "2024-01-31T20:00:01Z"), 1);
    assert_eq!(erase(30, "2024-01-31T20:00:01Z"), 0);
    assert_eq!(
        (shown(&kr, request), shown(&jp, request)),
        ("erased".into(), format!("held: {CONTACT}"))
    );
    assert_eq!(files_with(kr.folder.path(), CONTACT), [""; 0]);
    kr.service.receive_in_order(&parcel).unwrap();
    assert_eq!(shown(&kr, request), "erased");
    assert_eq!(jp.digests(), kr.digests());
    let unknown = kr.service.erase_personal(&request, 0, world::now());
    assert!(unknown.is_err_and(|error| error.to_string().contains("is not known here")));
}

#[test]
fn no_act_is_made_with_what_cannot_stand_beside_one() {
    let (jp, _, _) = trio();
    let matter = jp.open_matter(&["kr-45"]);
    let digests = jp.digests();
    for text in [String::new(), "x".repeat(16 * 1024 + 1), "bell \u{7}".to_owned()] {
        let new = NewAct { personal: Some(text), ..request(matter, "5 EA") };
        let error = jp.service.author(new, world::now()).unwrap_err().to_string();
        assert!(error.starts_with("the personal data cannot stand"), "{error}");
    }
    // One that is refused leaves no text behind either.
    let new = NewAct { personal: Some(CONTACT.to_owned()), ..request(matter, "0 EA") };
    assert!(jp.service.author(new, world::now()).is_err());
    assert_eq!((jp.digests(), files_with(jp.folder.path(), CONTACT)), (digests, vec![]));
    // Two acts with one text have two commitments: nobody sees that they are the same.
    let parcel = [asked(&jp, matter, CONTACT), asked(&jp, matter, CONTACT)];
    assert_eq!(jp.parcel("kr-45", FeedScope::Own).personal.len(), parcel.len());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn running_nodes_tell_show_and_erase_them() {
    let (mut jp, mut kr) = (Running::start("jp-17").await, Running::start("kr-45").await);
    jp.trust(&kr, true).await;
    kr.trust(&jp, true).await;
    let matter = jp.open_matter(&["kr-45"]).await;
    let mut new = json!(request(matter.parse().unwrap(), "5 EA"));
    new["personal"] = json!(CONTACT);
    let made = jp.made("/acts", &new).await;
    let path = format!("/acts/{made}/personal");
    until("the text", async || kr.get(&path).await.json()["text"] == json!(CONTACT)).await;
    let answer = kr.get(&path).await;
    assert!(answer.head.to_lowercase().contains("cache-control: no-store"), "{}", answer.head);
    let line = |page: &Value| -> Value {
        let timeline = page["timeline"].as_array().unwrap();
        timeline.iter().find(|line| line["id"] == json!(made)).unwrap()["personal"].clone()
    };
    let case = jp.get("/cases").await.json()["cases"][0]["id"].as_str().unwrap().to_owned();
    let case = format!("/cases/{case}");
    let page = kr.get(&case).await;
    assert!(!page.body.contains("000-1234"), "a page never holds the text");
    let expected = json!({"own": false, "retracted": null, "known_to": [], "awaited": []});
    assert_eq!(line(&page.json()), expected);
    assert_eq!(line(&jp.get(&case).await.json())["own"], json!(true));

    let body = json!({"act": made});
    let retraction = json!(act(matter.parse().unwrap(), "retract_personal_data", body));
    jp.made("/acts", &retraction).await;
    until("the erasure", async || kr.get(&path).await.json()["state"] == json!("retracted")).await;
    assert_eq!(kr.get(&path).await.json()["text"], Value::Null);
    for node in [&jp, &kr] {
        assert_eq!(files_with(node.folder.path(), CONTACT), [""; 0]);
    }
    // What kr writes next shows jp that it knows.
    assert_eq!(line(&jp.get(&case).await.json())["awaited"][0]["id"], json!("kr-45"));
    let refused = kr.post("/acts", &retraction).await;
    assert_eq!((refused.status, refused.json()["code"].clone()), (422, json!("step_must_be_own")));
    let erased = kr.post("/personal/erase", &json!({"matter": matter, "older_than_days": 0})).await;
    assert_eq!(erased.json(), json!({"erased": 0}));
    let unknown = kr.get(&format!("/acts/{matter}/personal")).await;
    assert_eq!((unknown.status, unknown.json()["code"].clone()), (404, json!("personal_unknown")));
    jp.stop().await;
    kr.stop().await;
}
