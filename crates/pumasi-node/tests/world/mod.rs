//! Nodes in folders of their own, for the tests of this crate.

#![allow(
    dead_code,
    clippy::unwrap_used,
    reason = "every test uses its own part, and fails by panicking"
)]

pub mod running;

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};

use ed25519_dalek::SigningKey;
use pumasi_base::{Captions, OfficerId, PartyId, Status, Time};
use pumasi_node::act::{ActId, Envelope};
use pumasi_node::keys::{self, RootSort};
use pumasi_node::library::Library;
use pumasi_node::service::init::{NewOfficer, init};
use pumasi_node::service::{FeedScope, NewAct, NewMatter, Parcel, Service};
use serde_json::{Value, json};

/// The facts and agreements of the repository, read once.
pub static LIBRARY: LazyLock<Library> = LazyLock::new(|| Library::load(None).unwrap());

pub fn party(id: &str) -> PartyId {
    id.parse().unwrap()
}

pub fn officers(ids: &[&str]) -> BTreeSet<OfficerId> {
    ids.iter().map(|id| id.parse().unwrap()).collect()
}

pub fn time(text: &str) -> Time {
    text.parse().unwrap()
}

/// The moment at which nodes of these tests are made and their clocks stand.
pub fn now() -> Time {
    time("2024-01-02T00:00:00Z")
}

pub fn words(text: &str) -> Captions {
    let text = text.to_owned();
    Captions { ko: text.clone(), ja: text.clone(), zh: text.clone(), en: text }
}

/// An officer who may do what `kinds` name, when `needed` persons sign together.
pub fn officer(id: &str, kinds: &[&str], needed: u32) -> NewOfficer {
    NewOfficer {
        id: id.parse().unwrap(),
        name: id.to_owned(),
        kinds: kinds.iter().map(|kind| (*kind).to_owned()).collect(),
        amount_max: None,
        officers_needed: needed,
        not_before: time("2023-01-01T00:00:00Z"),
    }
}

/// Makes a node with one duty officer who may do everything.
pub fn make(folder: &Path, id: &str, at: Time) -> ActId {
    make_with(folder, id, &[officer("duty", &["*"], 1)], at)
}

pub fn make_with(folder: &Path, id: &str, officers: &[NewOfficer], at: Time) -> ActId {
    init(folder, &party(id), &words(id), officers, at).unwrap()
}

pub fn open(folder: &Path) -> Service {
    Service::open(folder, LIBRARY.clone()).unwrap()
}

/// A node and the folder it lives in.
pub struct Node {
    pub service: Service,
    pub folder: tempfile::TempDir,
}

impl Node {
    pub fn new(id: &str) -> Self {
        Self::with(id, &[officer("duty", &["*"], 1)])
    }

    pub fn with(id: &str, officers: &[NewOfficer]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        make_with(folder.path(), id, officers, now());
        Self { service: open(folder.path()), folder }
    }

    /// Closes the node and opens it again.
    pub fn reopen(self) -> Self {
        let Self { service, folder } = self;
        drop(service);
        Self { service: open(folder.path()), folder }
    }

    pub fn open_matter(&self, audience: &[&str]) -> ActId {
        self.service.open_matter(new_matter(audience, Status::Exercise), now()).unwrap()
    }

    /// Asks `kr-45` for blankets.
    pub fn request(&self, matter: ActId, quantity: &str) -> ActId {
        self.service.author(request(matter, quantity), now()).unwrap()
    }

    /// Everything it would tell `reader`.
    pub fn parcel(&self, reader: &str, scope: FeedScope) -> Parcel {
        let page = self.service.feed(&party(reader), scope, 0).unwrap();
        assert_eq!(page.to, page.head, "one page holds it");
        page.parcel
    }

    /// Digests of all it holds.
    pub fn digests(&self) -> Vec<pumasi_node::service::MatterDigest> {
        self.service.digests(self.service.party())
    }
}

/// The root keys that `init` left in the folder, those that sign first.
pub fn roots(folder: &Path) -> Vec<SigningKey> {
    let roots = keys::read_roots(&folder.join("keys"), RootSort::Standing).unwrap();
    roots.into_values().filter_map(|(_, key)| key).collect()
}

/// The identity log of a node's own party.
pub fn identity(service: &Service) -> Vec<Envelope> {
    service.with_identities(|all| all.chain(service.party()))
}

/// Lets each of `nodes` trust all others.
pub fn introduce(nodes: &[&Node]) {
    for one in nodes {
        for other in nodes {
            one.service.trust(&identity(&other.service)).unwrap();
        }
    }
}

/// A matter unlike every other one: acts that say the same are the same act.
pub fn new_matter(audience: &[&str], status: Status) -> NewMatter {
    static NUMBER: AtomicU32 = AtomicU32::new(1);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    NewMatter {
        case: "noto".to_owned(),
        title: words(&format!("Noto {number}")),
        status,
        audience: audience.iter().map(|id| party(id)).collect(),
        agreements: BTreeSet::from(["kr-45--jp-17".parse().unwrap()]),
        origin: Some(time("2024-01-01T07:10:00Z")),
        officers: officers(&["duty"]),
        time: Some(time("2024-01-01T07:30:00Z")),
    }
}

pub fn request_body(quantity: &str) -> Value {
    json!({"assisting": "kr-45", "commodity": "blanket", "quantity": quantity,
        "purpose": "disaster_relief", "place": "jp-17204", "need_by": null})
}

pub fn request(matter: ActId, quantity: &str) -> NewAct {
    act(matter, "request_resource", request_body(quantity))
}

pub fn act(matter: ActId, kind: &str, body: Value) -> NewAct {
    NewAct {
        matter,
        kind: kind.to_owned(),
        body,
        officers: officers(&["duty"]),
        clause: None,
        time: Some(time("2024-01-01T20:00:00Z")),
        personal: None,
    }
}
