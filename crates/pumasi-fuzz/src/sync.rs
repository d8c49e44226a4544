//! Readers of what neighbours say to each other.

#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a law that does not hold ends the run, which is what it is for"
)]

use std::collections::BTreeMap;
use std::sync::OnceLock;
use std::time::Duration;

use pumasi_act::{ActId, Bundle, Envelope, Identities};
use pumasi_base::{Digest, PartyId};
use pumasi_sync::push::{answer, judge};
use pumasi_sync::recon::Differing;
use pumasi_sync::{
    Cursor, FeedPage, FeedQuestion, Hello, Parcel, ParcelAnswer, PushQuestion, ReconQuestion,
    Replica, Standing, Taken, WantQuestion,
};

use crate::file;

pub(crate) const PARCELS: &[&str] =
    &[r#"{"parcel":{"identities":[],"agreements":["id = 1"],"acts":["{}"]},"more":true}"#];
pub(crate) const FEED_QUESTIONS: &[&str] = &[
    r#"{"v":1,"epoch":"e","after":0,"bulk":0,"scope":"all","wait":0}"#,
    r#"{"v":1,"epoch":"","after":3,"scope":"own","wait":10}"#,
];
pub(crate) const HELLOS: &[&str] = &[
    r#"{"protos":[1],"party":"kr","node":"1785cfc3bc6ac7738e8b38cdccd1af12563c2b9070e07af336a1bf8c0f772b6a","incarnation":1,"epoch":"e","identity_head":"1785cfc3bc6ac7738e8b38cdccd1af12563c2b9070e07af336a1bf8c0f772b6a","rules":[1],"limits":{"batch_bytes_max":1048576,"batch_acts_max":256,"want_ids_max":256,"wait_seconds_max":10}}"#,
];
pub(crate) const WANTS: &[&str] =
    &[r#"{"v":1,"ids":["042512e131f5abdc32522aaaecc9ada6a33faecb5cb1de68bf612d41d237117e"]}"#];
pub(crate) const RECONS: &[&str] = &[
    r#"{"matters":"YQAAAgA="}"#,
    r#"{"matters":"YQAAAQA="}"#,
    r#"{"above":{"matters":{"042512e131f5abdc32522aaaecc9ada6a33faecb5cb1de68bf612d41d237117e":[{"log":{"party":"kr","node_key":"1785cfc3bc6ac7738e8b38cdccd1af12563c2b9070e07af336a1bf8c0f772b6a","incarnation":1},"seq":2,"head":"1785cfc3bc6ac7738e8b38cdccd1af12563c2b9070e07af336a1bf8c0f772b6a"}]},"marks":["1785cfc3bc6ac7738e8b38cdccd1af12563c2b9070e07af336a1bf8c0f772b6a"]}}"#,
];

pub(crate) const PUSHES: &[&str] = &[
    r#"{"where":{"epoch":"e"}}"#,
    r#"{"acts":{"epoch":"e","parcel":{"identities":[],"agreements":[],"acts":["{}"]}}}"#,
];

fn party(id: &str) -> PartyId {
    id.parse().expect("an id")
}

fn vectors(name: &str) -> Bundle {
    Bundle::read(&file(&format!("docs/spec/vectors/matter/{name}.pumasi"))).expect("a bundle")
}

fn parcel_of(bundle: &Bundle) -> Parcel {
    let texts = |envelopes: &[Envelope]| envelopes.iter().map(Envelope::write).collect();
    Parcel {
        identities: texts(&bundle.identities),
        agreements: bundle.agreements.values().map(|(_, text)| text.clone()).collect(),
        acts: texts(&bundle.acts),
        personal: bundle.personal.clone(),
    }
}

/// Whole pages of a feed, to begin with.
pub(crate) fn pages() -> Vec<Vec<u8>> {
    let page = |name: &&str| {
        let (epoch, parcel) = ("e".to_owned(), parcel_of(&vectors(name)));
        let digests = holding().digests(&party("kr"));
        let standing = Some(Standing { digests, summary: None });
        let page = FeedPage { epoch, to: 9, bulk: Some(3), head: 9, parcel, standing };
        serde_json::to_vec(&page).expect("a page is text")
    };
    ["order", "fork", "restored"].iter().map(page).collect()
}

/// Whole pages as they are pushed.
pub(crate) fn pushes() -> Vec<Vec<u8>> {
    let push = |page: Vec<u8>| {
        let page = String::from_utf8(page).expect("a page is text");
        let after = r#"{"own":0,"bulk":0}"#;
        format!(r#"{{"page":{{"after":{after},"last":false,"page":{page}}}}}"#).into_bytes()
    };
    pages().into_iter().map(push).collect()
}

/// A node of jp that trusts its neighbours and has heard nothing yet.
fn empty() -> Replica {
    let mut identities = Identities::default();
    for (party, fingerprint) in vectors("fork").trusted {
        identities.trust(party, fingerprint).expect("trusted once");
    }
    Replica::new(party("jp"), identities)
}

/// The same node with one matter.
fn holding() -> &'static Replica {
    static HOLDING: OnceLock<Replica> = OnceLock::new();
    HOLDING.get_or_init(|| {
        let mut replica = empty();
        take(&mut replica, &parcel_of(&vectors("order")));
        assert_eq!(replica.head(), 9, "the matter of the vectors was taken");
        replica
    })
}

fn take(replica: &mut Replica, parcel: &Parcel) {
    if let Some(admission) = replica.admit(&parcel.identities) {
        replica.know(admission);
    }
    let checked = replica.check(parcel);
    let new = checked.batch.received().new;
    let head = replica.head();
    replica.apply(checked.batch);
    assert_eq!(replica.head(), head + u64::try_from(new).unwrap());
}

/// A page of a feed or an answer with acts, taken by a node that has one matter.
pub fn parcel(bytes: &[u8]) {
    let page = serde_json::from_slice::<FeedPage>(bytes);
    let parcel = match &page {
        Ok(page) => page.parcel.clone(),
        Err(_) => match serde_json::from_slice::<ParcelAnswer>(bytes) {
            Ok(answer) => answer.parcel,
            Err(_) => return,
        },
    };
    let mut replica = empty();
    take(&mut replica, &parcel);
    // What was taken once is known.
    let head = replica.head();
    take(&mut replica, &parcel);
    assert_eq!(replica.head(), head);
    if let Some(standing) = page.ok().and_then(|page| page.standing) {
        let _ = holding().differing(&party("kr"), &standing.digests);
        let _ = holding().differs(&party("kr"), &standing);
    }
}

/// A question to a node's feed.
pub fn feed_question(bytes: &[u8]) {
    let Ok(question) = serde_json::from_slice::<FeedQuestion>(bytes) else { return };
    for reader in ["kr", "cn"] {
        let draft = holding().page("e", &party(reader), &question);
        let stored: Vec<(ActId, Vec<u8>)> =
            draft.ids().into_iter().map(|id| (id, b"{}".to_vec())).collect();
        assert!(reader == "kr" || stored.is_empty(), "cn shares nothing");
        assert!(draft.fill(stored).to <= holding().head());
    }
}

/// The first words of a neighbour.
pub fn hello(bytes: &[u8]) {
    let Ok(there) = serde_json::from_slice::<Hello>(bytes) else { return };
    let digest = Digest::of(b"here");
    let here = Hello::new(party("jp"), digest, 1, String::new(), ActId(digest));
    if here.meet(&there, &party("kr")).is_ok() {
        assert_eq!(there.party, party("kr"));
    }
}

/// Acts asked for by id.
pub fn want(bytes: &[u8]) {
    let Ok(question) = serde_json::from_slice::<WantQuestion>(bytes) else { return };
    for reader in ["kr", "cn"] {
        let draft = holding().wanted(&party(reader), &question.ids);
        assert!(reader == "kr" || draft.ids().is_empty(), "cn shares nothing");
        let _ = draft.fill(BTreeMap::new());
    }
}

/// A question of repair, and the same message as an answer to one of ours.
pub fn recon(bytes: &[u8]) {
    let Ok(question) = serde_json::from_slice::<ReconQuestion>(bytes) else { return };
    match question {
        ReconQuestion::Matters(message) => {
            let _ = holding().recon_answer(&party("kr"), &message);
            let mut differing = Differing::default();
            let _ = holding().recon_next(&party("kr"), &message, &mut differing);
            let _ = holding().recon_above(&differing);
        }
        ReconQuestion::Above { matters, marks } => {
            let none = holding().above(&party("cn"), &matters, &marks);
            assert!(none.ids().is_empty(), "cn shares nothing");
            let _ = holding().above(&party("kr"), &matters, &marks).fill(BTreeMap::new());
        }
    }
}

/// What a neighbour pushes: a position moves only over what was taken or let go for good.
pub fn push(bytes: &[u8]) {
    let Ok(question) = serde_json::from_slice::<PushQuestion>(bytes) else { return };
    let kept = Cursor { epoch: "e".to_owned(), own: 2, bulk: 1 };
    let mut replica = empty();
    let judged = judge(&kept, &question);
    let mut taken = Taken::default();
    if let Some(parcel) = &judged {
        if let Some(admission) = replica.admit(&parcel.identities) {
            replica.know(admission);
        }
        let checked = replica.check(parcel);
        (taken.refused, taken.missing) = (checked.refused.clone(), checked.missing.clone());
        replica.apply(checked.batch);
    }
    let (answer, moved) = answer(&kept, &question, &taken, Duration::ZERO);
    assert_eq!((answer.accepted_to, answer.accepted_bulk), (moved.own, moved.bulk));
    assert!(answer.need.len() <= pumasi_sync::want::WANT_IDS_MAX);
    if judged.is_none() && question.epoch() == kept.epoch {
        assert_eq!(moved, kept, "nothing was taken");
    }
}
