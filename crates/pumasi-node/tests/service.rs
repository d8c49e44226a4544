//! Nodes that hand each other parcels: what they take, what they refuse, what they keep.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod world;

use std::collections::BTreeSet;

use ed25519_dalek::SigningKey;
use proptest::prelude::*;
use pumasi_base::{Digest, Status};
use pumasi_node::act::payload::ACT_TYPE;
use pumasi_node::act::{ActId, Bundle, Envelope, IdentityEntry, IdentitySay, KeyRecord, Payload};
use pumasi_node::keys::Keys;
use pumasi_node::library::Library;
use pumasi_node::runtime::lock::FolderLock;
use pumasi_node::service::{
    AuthorError, FEED_BYTES_MAX, FeedScope, NewAct, Parcel, Service, ServiceError, Taken,
};
use pumasi_node::store::sqlite::Limits;
use pumasi_node::store::{SqliteLedger, StoreError, StoredAct};
use serde_json::json;
use world::{LIBRARY, Node, act, introduce, new_matter, officers, party, request, time};

fn pair() -> (Node, Node) {
    let (jp, kr) = (Node::new("jp-17"), Node::new("kr-45"));
    introduce(&[&jp, &kr]);
    (jp, kr)
}

/// What a node says to an act of its officer.
fn outcome(node: &Node, new: NewAct) -> String {
    match node.service.author(new, world::now()) {
        Ok(_) => "made".to_owned(),
        Err(AuthorError::Refused(refusal)) => format!("refused: {}", refusal.code()),
        Err(error) => error.to_string(),
    }
}

/// What a node says to a parcel, with ids shortened; it must keep nothing of one it refuses.
#[track_caller]
fn check(node: &Node, parcel: &Parcel, expected: &str) {
    let (before, head) = (node.digests(), node.service.ledger().head().unwrap());
    let shown = match node.service.receive(parcel) {
        Ok(received) => format!("{} new, {} known", received.new, received.known),
        Err(error) => {
            assert_eq!(node.digests(), before);
            assert_eq!(node.service.ledger().head().unwrap(), head);
            error.to_string()
        }
    };
    assert!(shown.contains(expected), "`{shown}` has no `{expected}`");
}

/// Signs what no honest node would: the payload of `act`, changed.
fn forge(node: &Node, act: &str, change: impl FnOnce(&mut Payload)) -> String {
    let keys = Keys::read(node.folder.path()).unwrap();
    let envelope = Envelope::read(act.as_bytes()).unwrap();
    let mut payload: Payload = serde_json::from_slice(envelope.payload()).unwrap();
    change(&mut payload);
    let mut signers = vec![&keys.node];
    signers.extend(payload.officers.iter().map(|officer| &keys.officers[officer]));
    Envelope::sign(ACT_TYPE, payload.write().unwrap(), &signers).write()
}

fn only_acts(acts: Vec<String>) -> Parcel {
    Parcel { acts, ..Parcel::default() }
}

#[test]
fn an_act_reaches_the_other_side_once_and_gives_equal_digests() {
    let (jp, kr) = pair();
    let matter = jp.open_matter(&["kr-45"]);
    jp.request(matter, "500 EA");
    let parcel = jp.parcel("kr-45", FeedScope::Own);
    assert_eq!((parcel.acts.len(), parcel.agreements.len()), (2, 1));
    check(&kr, &parcel, "2 new, 0 known");
    assert_eq!(jp.digests(), kr.digests());
    check(&kr, &parcel, "0 new, 2 known");
    assert_eq!(jp.digests(), kr.digests());
    // The same act twice in one parcel is one act.
    let third = Node::new("kr-42");
    introduce(&[&jp, &third]);
    let twice = [parcel.acts.clone(), parcel.acts.clone()].concat();
    check(&third, &only_acts(twice), "not shared with `kr-42`");
    let (before, after) = (jp.service.register_root(), jp.reopen());
    assert_eq!(after.service.register_root(), before);
    assert_eq!(after.digests(), kr.reopen().digests());
}

#[test]
fn what_several_hand_in_at_once_is_taken_once() {
    let (jp, kr) = pair();
    let matter = jp.open_matter(&["kr-45"]);
    for number in 1..=40 {
        jp.request(matter, &format!("{number} EA"));
    }
    let parcel = jp.parcel("kr-45", FeedScope::Own);
    // One act of many that does not verify is found, whichever thread looks at it.
    for index in [1, 20, 40] {
        let mut spoiled = parcel.clone();
        let mut envelope: serde_json::Value = serde_json::from_str(&spoiled.acts[index]).unwrap();
        let first: serde_json::Value = serde_json::from_str(&parcel.acts[0]).unwrap();
        envelope["signatures"] = first["signatures"].clone();
        spoiled.acts[index] = envelope.to_string();
        check(&kr, &spoiled, "is wrong");
    }
    let received: Vec<_> = std::thread::scope(|threads| {
        let hands: Vec<_> =
            (0..4).map(|_| threads.spawn(|| kr.service.receive(&parcel).unwrap())).collect();
        hands.into_iter().map(|hand| hand.join().unwrap()).collect()
    });
    let (new, known) =
        received.iter().fold((0, 0), |(new, known), one| (new + one.new, known + one.known));
    assert_eq!((new, known), (41, 3 * 41));
    assert_eq!(kr.service.ledger().head().unwrap(), 41);
    assert_eq!(jp.digests(), kr.digests());
}

#[test]
fn a_refused_act_is_not_made_and_its_attempt_is_kept() {
    let (jp, _) = pair();
    let matter = jp.open_matter(&["kr-45"]);
    assert_eq!(outcome(&jp, request(matter, "0 EA")), "refused: quantity_must_not_be_zero");
    let foreign = json!({"assisting": "kr-42", "commodity": "blanket", "quantity": "5 EA",
        "purpose": "disaster_relief", "place": "jp-17204", "need_by": null});
    let foreign = act(matter, "request_resource", foreign);
    assert_eq!(outcome(&jp, foreign), "refused: party_must_be_in_audience");
    let mut war = request(matter, "500 EA");
    war.body["purpose"] = "military_emergency".into();
    assert_eq!(outcome(&jp, war), "refused: agreement_must_permit");
    assert_eq!(jp.service.ledger().head().unwrap(), 1, "only the opening act is stored");
    let codes = |node: &Node| -> Vec<String> {
        node.service.attempts().iter().map(|attempt| attempt.refusal.code()).collect()
    };
    let kept = ["quantity_must_not_be_zero", "party_must_be_in_audience", "agreement_must_permit"];
    assert_eq!(codes(&jp), kept);
    assert!(!jp.service.attempts()[2].refusal.clauses().is_empty());
    let jp = jp.reopen();
    assert_eq!(codes(&jp), kept);
    // A refused attempt leaves no gap: the next act continues the log.
    jp.request(matter, "500 EA");
}

#[test]
fn what_cannot_be_signed_is_not_made() {
    let (jp, _) = pair();
    let matter = jp.open_matter(&["kr-45"]);
    let nowhere = ActId(Digest::of(b"no matter"));
    let unknown = format!("matter {nowhere} is not known here");
    assert_eq!(outcome(&jp, request(nowhere, "5 EA")), unknown);
    let by = |ids: &[&str]| NewAct { officers: officers(ids), ..request(matter, "5 EA") };
    assert_eq!(outcome(&jp, by(&["nobody"])), "officer `nobody` has no key at this node");
    assert_eq!(outcome(&jp, by(&[])), "refused: officer_must_sign");
    let song = act(matter, "sing_song", json!({}));
    assert_eq!(outcome(&jp, song), "`sing_song` is no kind of act");
    let float = act(matter, "request_resource", json!({"assisting": 0.5}));
    assert!(outcome(&jp, float).contains("not an integer"));
    let mut unled = new_matter(&["kr-45"], Status::Exercise);
    unled.officers.clear();
    let unled = jp.service.open_matter(unled, world::now()).unwrap_err();
    assert_eq!(unled.to_string(), "refused: officer_must_sign");
    let mut lawless = new_matter(&["kr-45"], Status::Exercise);
    lawless.agreements = BTreeSet::from(["kr-99--jp-99".parse().unwrap()]);
    let lawless = jp.service.open_matter(lawless, world::now()).unwrap_err();
    assert_eq!(lawless.to_string(), "agreement `kr-99--jp-99` is not in the library");
    assert_eq!(jp.service.ledger().head().unwrap(), 1);
}

#[test]
fn a_mandate_of_two_needs_two() {
    let both = [
        world::officer("duty", &["open_matter"], 1),
        world::officer("chief", &["request_resource"], 2),
        world::officer("deputy", &["request_resource"], 2),
    ];
    let jp = Node::with("jp-17", &both);
    let matter = jp.open_matter(&["kr-45"]);
    let by = |ids: &[&str]| NewAct { officers: officers(ids), ..request(matter, "5 EA") };
    assert_eq!(outcome(&jp, by(&["duty"])), "refused: mandate_must_cover_kind");
    assert_eq!(outcome(&jp, by(&["chief"])), "refused: officers_must_suffice");
    assert_eq!(outcome(&jp, by(&["chief", "deputy"])), "made");
}

#[test]
fn only_an_exercise_takes_the_time_it_is_told() {
    let (jp, _) = pair();
    let clock = time("2024-01-03T00:00:00Z");
    let told = time("2024-01-01T07:30:00Z");
    for (status, expected) in
        [(Status::Actual, clock), (Status::Exercise, told), (Status::Test, told)]
    {
        let matter = jp.service.open_matter(new_matter(&["kr-45"], status), clock).unwrap();
        let claimed = jp.service.with_matters(|held| {
            let mut acts = held.iter().flat_map(|held| held.acts);
            acts.find(|act| act.id() == matter).map(|act| act.payload().time)
        });
        assert_eq!(claimed, Some(expected), "{status}");
        assert_eq!(jp.service.status_of(&matter), Some(status));
    }
}

#[test]
fn what_is_not_in_order_is_refused_whole() {
    let (jp, kr) = pair();
    let matter = jp.open_matter(&["kr-45"]);
    jp.request(matter, "500 EA");
    let parcel = jp.parcel("kr-45", FeedScope::Own);
    let [opening, asked] = [&parcel.acts[0], &parcel.acts[1]];
    check(&kr, &only_acts(vec![asked.clone()]), "is not shared with `kr-45`");
    check(&kr, &only_acts(vec![opening.clone(), "{}".into()]), "the envelope does not read");

    let parent = ActId(Digest::of(b"nobody wrote it"));
    let late = forge(&jp, asked, |payload| {
        payload.parents.push(parent);
        payload.parents.sort_unstable();
    });
    let early = only_acts(vec![opening.clone(), late]);
    check(&kr, &early, &format!("came before {parent} in its past"));

    // The past of an act lies in its own matter: an act of another one never makes up for it.
    let other = jp.open_matter(&["kr-45"]);
    let mixed = forge(&jp, asked, |payload| {
        payload.parents.push(other);
        payload.parents.sort_unstable();
    });
    let all = jp.parcel("kr-45", FeedScope::Own).acts;
    let mixed = only_acts([all.clone(), vec![mixed]].concat());
    check(&kr, &mixed, &format!("came before {other} in its past"));

    let stranger = forge(&jp, opening, |payload| {
        payload.body["audience"] = json!(["jp-17", "kr-42"]);
    });
    check(&kr, &only_acts(vec![opening.clone(), stranger]), "is not shared with `kr-45`");
    let tomorrow = forge(&jp, opening, |payload| payload.body["rules"] = json!(2));
    check(&kr, &only_acts(vec![tomorrow]), "opens no matter: rules_must_be_known");
    check(&kr, &only_acts(all), "3 new, 0 known");
}

#[test]
fn a_tampered_act_is_refused() {
    let (jp, kr) = pair();
    let matter = jp.open_matter(&["kr-45"]);
    jp.request(matter, "500 EA");
    let acts = jp.parcel("kr-45", FeedScope::Own).acts;
    let mut sealed: serde_json::Value = serde_json::from_str(&acts[1]).unwrap();
    let signature = sealed["signatures"][0]["sig"].as_str().unwrap().to_owned();
    let flipped = if signature.starts_with('A') { "B" } else { "A" };
    sealed["signatures"][0]["sig"] = format!("{flipped}{}", &signature[1..]).into();
    check(&kr, &only_acts(vec![acts[0].clone(), sealed.to_string()]), "signature of");
    sealed["signatures"].as_array_mut().unwrap().remove(0);
    check(&kr, &only_acts(vec![acts[0].clone(), sealed.to_string()]), "is missing");
    check(&kr, &only_acts(acts), "2 new, 0 known");
}

#[test]
fn acts_of_a_party_that_is_not_trusted_wait_for_its_fingerprint() {
    let (jp, kr) = (Node::new("jp-17"), Node::new("kr-45"));
    jp.open_matter(&["kr-45"]);
    let parcel = jp.parcel("kr-45", FeedScope::Own);
    check(&kr, &parcel, "of `jp-17` is not known here");
    assert!(kr.service.with_identities(|all| all.of(&party("jp-17")).is_none()));
    kr.service.trust(&world::identity(&jp.service)).unwrap();
    let impostor = Node::new("jp-17");
    let other = kr.service.trust(&world::identity(&impostor.service)).unwrap_err();
    assert!(other.to_string().contains("is trusted"), "{other}");
    check(&kr, &parcel, "1 new, 0 known");
}

#[test]
fn a_matter_stands_under_the_text_it_froze_whatever_becomes_of_the_library() {
    let (jp, kr) = pair();
    let matter = jp.open_matter(&["kr-45"]);
    jp.request(matter, "500 EA");
    let digests = jp.digests();
    // A library in which the agreement has another text.
    let changed = tempfile::tempdir().unwrap();
    std::fs::create_dir(changed.path().join("agreements")).unwrap();
    let text = LIBRARY.agreements()[&"kr-45--jp-17".parse().unwrap()].text();
    let text = format!("{text}\n# A later edition.\n");
    std::fs::write(changed.path().join("agreements/kr-45--jp-17.toml"), text).unwrap();
    let later = Library::load(Some(changed.path())).unwrap();

    // The party that opened the matter updates its library.
    let parcel = jp.parcel("kr-45", FeedScope::Own);
    let Node { service, folder } = jp;
    drop(service);
    let jp = Service::open(folder.path(), later.clone()).unwrap();
    assert_eq!(jp.digests(jp.party()), digests);
    // The other side knows the later text alone; the frozen one comes with the matter.
    let Node { service, folder } = kr;
    drop(service);
    let kr = Node { service: Service::open(folder.path(), later).unwrap(), folder };
    check(&kr, &only_acts(parcel.acts.clone()), "whose text is not here");
    check(&kr, &parcel, "2 new");
    assert_eq!(kr.digests(), digests);
    assert_eq!(kr.reopen().digests(), digests);
}

#[test]
fn texts_that_no_matter_froze_are_not_kept() {
    let (jp, kr) = pair();
    jp.open_matter(&["kr-45"]);
    let mut parcel = jp.parcel("kr-45", FeedScope::Own);
    let known = LIBRARY.agreements()[&"kr-jp-logistics".parse().unwrap()].text();
    let stray = format!("{known}\n# A text that nobody agreed to.\n");
    let digest = pumasi_node::agreement::read("stray", &stray).unwrap().digest();
    parcel.agreements.push(stray);
    check(&kr, &parcel, "1 new");
    assert!(!kr.service.knows_text(&digest));
    assert_eq!(kr.service.ledger().blob(&digest).unwrap(), None);
}

#[test]
fn an_act_beside_the_chain_of_its_identity_is_verified_again_after_a_restart() {
    let (jp, kr) = pair();
    let matter = jp.open_matter(&["kr-45"]);
    // Two entries claim one place in the log; each side met another one first.
    let roots = world::roots(jp.folder.path());
    let chain = world::identity(&jp.service);
    let entry = |seed| {
        let key = KeyRecord::of(&SigningKey::from_bytes(&[seed; 32]));
        let say = IdentitySay::RegisterNode { key, incarnation: 1 };
        let prev = chain.last().map(Envelope::id);
        let entry = IdentityEntry { v: 1, party: party("jp-17"), prev, time: world::now(), say };
        entry.sign(&[&roots[0], &roots[1]]).unwrap()
    };
    let (here, there) = (entry(1), entry(7));
    kr.service.trust(&[chain.clone(), vec![there]].concat()).unwrap();
    jp.service.trust(&[chain.clone(), vec![here]].concat()).unwrap();
    jp.request(matter, "500 EA");
    check(&kr, &jp.parcel("kr-45", FeedScope::Own), "2 new");
    assert!(kr.service.with_identities(|all| all.is_forked(&party("jp-17"))));
    let kr = kr.reopen();
    assert_eq!(kr.digests(), jp.digests());
    assert!(kr.service.with_identities(|all| all.is_forked(&party("jp-17"))));
}

#[test]
fn an_act_that_was_stored_although_that_seemed_to_fail_comes_before_the_next() {
    let (jp, kr) = pair();
    let matter = jp.open_matter(&["kr-45"]);
    check(&kr, &jp.parcel("kr-45", FeedScope::Own), "1 new");
    jp.request(matter, "500 EA");
    // The disk took the act, and the answer of the disk was lost.
    let lost = jp.parcel("kr-45", FeedScope::Own).acts[1].clone();
    let id = Envelope::read(lost.as_bytes()).unwrap().id();
    let stored = StoredAct { id: id.0, matter: matter.0, bytes: lost.clone().into_bytes() };
    kr.service.ledger().append(&[stored]).unwrap();
    check(&kr, &only_acts(vec![lost]), "0 new, 1 known");
    assert_eq!(kr.digests(), jp.digests());
    assert_eq!(kr.service.register_root(), jp.service.register_root());
}

#[test]
fn an_export_brings_everything_to_a_node_that_met_nobody_since() {
    let (jp, kr) = pair();
    let matter = jp.open_matter(&["kr-45"]);
    jp.request(matter, "500 EA");
    check(&kr, &jp.parcel("kr-45", FeedScope::Own), "2 new");
    let other = jp.open_matter(&["kr-45"]);
    let bundle = Bundle::read(&jp.service.export(&[matter]).unwrap().write()).unwrap();
    assert_eq!(bundle.verify().unwrap().len(), 1);
    let received = kr.service.import(&bundle).unwrap();
    assert_eq!((received.new, received.known), (0, 2));
    let all = Bundle::read(&jp.service.export(&[]).unwrap().write()).unwrap();
    assert_eq!(all.verify().unwrap().len(), 2);
    assert_eq!(kr.service.import(&all).unwrap().new, 1);
    assert_eq!(kr.service.status_of(&other), Some(Status::Exercise));
    assert_eq!(kr.reopen().digests(), jp.digests());
}

#[test]
fn trouble_in_one_matter_does_not_hold_up_another() {
    let (jp, kr, cn) = (Node::new("jp-17"), Node::new("kr-45"), Node::new("cn-js"));
    introduce(&[&jp, &kr]);
    introduce(&[&jp, &cn]);
    let shared = cn.open_matter(&["jp-17", "kr-45"]);
    check(&jp, &cn.parcel("jp-17", FeedScope::Own), "1 new");
    jp.request(shared, "5 EA");
    let healthy = jp.open_matter(&["kr-45"]);
    let parcel = jp.parcel("kr-45", FeedScope::All);
    check(&kr, &parcel, "of `cn-js` is not known here");
    let Taken { received, refused, .. } = kr.service.receive_in_order(&parcel).unwrap();
    assert_eq!((received.new, refused.len()), (1, 1));
    assert_eq!(kr.digests()[0].matter, healthy);
    kr.service.trust(&world::identity(&cn.service)).unwrap();
    let Taken { received, refused, .. } = kr.service.receive_in_order(&parcel).unwrap();
    assert_eq!((received.new, received.known, refused.len()), (2, 1, 0));
    assert_eq!(kr.digests(), jp.digests());
}

#[test]
fn a_folder_holds_one_node_for_one_process() {
    let jp = Node::new("jp-17");
    let second = Service::open(jp.folder.path(), LIBRARY.clone());
    assert!(matches!(second, Err(ServiceError::Store(StoreError::Locked { .. }))));
    let again = pumasi_node::service::init::init(
        jp.folder.path(),
        &party("jp-17"),
        &world::words("jp-17"),
        &[],
        world::now(),
    );
    assert!(matches!(again, Err(ServiceError::File { .. })));
    let empty = tempfile::tempdir().unwrap();
    let nobody = Service::open(empty.path(), LIBRARY.clone());
    assert!(matches!(nobody, Err(ServiceError::NoNode { .. })));
}

#[test]
fn a_ledger_that_does_not_verify_any_more_is_not_opened() {
    let (jp, kr) = pair();
    let matter = jp.open_matter(&["kr-45"]);
    let id = ActId(Digest::of(b"forged"));
    let forged = StoredAct { id: id.0, matter: matter.0, bytes: b"{}".to_vec() };
    jp.service.ledger().append(&[forged]).unwrap();
    let error = jp.service.author(request(matter, "5 EA"), world::now()).unwrap_err();
    assert!(error.to_string().starts_with("position 2 of the ledger"), "{error}");
    let Node { service, folder } = jp;
    drop(service);
    let error = Service::open(folder.path(), LIBRARY.clone()).err().unwrap();
    assert!(error.to_string().starts_with("position 2 of the ledger"), "{error}");
    assert!(kr.digests().is_empty());
}

#[test]
fn pages_of_a_feed_are_bounded_and_lose_nothing() {
    let (jp, kr) = pair();
    let reader = party("kr-45");
    // Opening acts carry every commodity, so some hundreds of them fill more than one page.
    for _ in 0..400 {
        jp.open_matter(&["kr-45"]);
    }
    let (mut after, mut pages) = (0, 0);
    loop {
        let page = jp.service.feed(&reader, FeedScope::Own, after).unwrap();
        let parcel = &page.parcel;
        let texts = [&parcel.acts, &parcel.identities, &parcel.agreements];
        let bytes: usize = texts.iter().flat_map(|texts| texts.iter()).map(String::len).sum();
        assert!(bytes <= FEED_BYTES_MAX && parcel.acts.len() <= 256, "{bytes}");
        assert!(parcel.agreements.len() <= 1, "a text comes once a page");
        if parcel.acts.is_empty() {
            assert_eq!(page.to, page.head);
            break;
        }
        kr.service.receive(parcel).unwrap();
        (after, pages) = (page.to, pages + 1);
    }
    assert!(pages > 1);
    assert_eq!(kr.digests(), jp.digests());
    // A position that a longer copy of this ledger gave starts over instead of failing.
    let restored = jp.service.feed(&reader, FeedScope::Own, 1_000_000).unwrap();
    assert!(restored.to < 1_000_000 && !restored.parcel.acts.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn a_feed_never_holds_an_act_of_a_matter_that_is_not_shared(
        audiences in prop::collection::vec(prop::bits::u8::between(0, 3), 1..6),
    ) {
        let readers = ["kr-45", "kr-42", "cn-js"];
        let jp = Node::new("jp-17");
        let mut matters = Vec::new();
        for bits in audiences {
            let audience: Vec<&str> = (0..3_usize)
                .filter(|bit| bits & (1 << bit) != 0)
                .map(|bit| readers[bit])
                .collect();
            let matter = jp.open_matter(&audience);
            if audience.contains(&"kr-45") {
                jp.request(matter, "5 EA");
            }
            matters.push((matter, audience));
        }
        for reader in readers.into_iter().chain(["kr-99"]) {
            let shared: BTreeSet<ActId> = matters
                .iter()
                .filter(|(_, audience)| audience.contains(&reader))
                .map(|(matter, _)| *matter)
                .collect();
            for scope in [FeedScope::Own, FeedScope::All] {
                let page = jp.service.feed(&party(reader), scope, 0).unwrap();
                let seen: BTreeSet<ActId> = page.parcel.acts.iter().map(|text| {
                    let envelope = Envelope::read(text.as_bytes()).unwrap();
                    let payload: Payload = serde_json::from_slice(envelope.payload()).unwrap();
                    payload.matter.unwrap_or_else(|| envelope.id())
                }).collect();
                prop_assert_eq!(&seen, &shared);
                prop_assert_eq!(page.standing.is_some(), page.parcel.acts.is_empty());
                let quiet = jp.service.feed(&party(reader), scope, page.head).unwrap();
                let told: BTreeSet<ActId> =
                    quiet.standing.unwrap().digests.iter().map(|digest| digest.matter).collect();
                prop_assert_eq!(&told, &shared);
                if shared.is_empty() {
                    prop_assert!(page.parcel.identities.is_empty());
                    prop_assert!(page.parcel.agreements.is_empty());
                }
            }
        }
    }
}

#[test]
fn what_does_not_reach_the_disk_is_given_up() {
    let jp = Node::new("jp-17");
    let matter = jp.open_matter(&["kr-45"]);
    let Node { service, folder } = jp;
    drop(service);
    let file = folder.path().join("ledger.sqlite");
    let pages = u32::try_from(std::fs::metadata(file).unwrap().len() / 4096).unwrap() + 40;
    let lock = FolderLock::hold(folder.path()).unwrap();
    let ledger = SqliteLedger::open_held(lock, Limits { pages_max: Some(pages) }).unwrap();
    let service = Service::open_on(folder.path(), LIBRARY.clone(), Box::new(ledger)).unwrap();
    // Several write at once, so that acts wait for the disk behind the one it has no room for.
    let write = || loop {
        match service.author(request(matter, "5 EA"), world::now()) {
            Ok(_) => {}
            Err(AuthorError::Receive(_) | AuthorError::Store(_)) => break,
            Err(other) => panic!("{other}"),
        }
    };
    std::thread::scope(|threads| (0..3).for_each(|_| drop(threads.spawn(write))));
    let (shown, head) = (service.digests(service.party()), service.ledger().head().unwrap());
    assert_eq!(shown[0].acts, head, "what is told of is what lies on disk");
    assert!(service.author(request(matter, "5 EA"), world::now()).is_err(), "there is no room");
    assert_eq!(service.digests(service.party()), shown);
    drop(service);
    let again = world::open(folder.path());
    assert_eq!(again.digests(again.party()), shown);
    again.author(request(matter, "5 EA"), world::now()).unwrap();
}
