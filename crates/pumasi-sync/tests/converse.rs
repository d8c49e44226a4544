//! Replicas that converse without any network: what they come to hold, and what they never do.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use proptest::prelude::*;
use pumasi_act::testing::{World, agreement};
use pumasi_act::{ActId, Envelope};
use pumasi_base::{PartyId, Status};
use pumasi_sync::{
    Cursor, Dialogue, FEED_ACTS_MAX, FeedPage, FeedScope, Pace, Parcel, Replica, Step, TakeError,
};
use serde_json::json;

const PARTIES: [&str; 3] = ["jp", "kr", "cn"];

fn party(id: &str) -> PartyId {
    id.parse().unwrap()
}

/// A node without a disk, a network or a clock.
struct Node {
    replica: Replica,
    disk: BTreeMap<ActId, Vec<u8>>,
    epoch: String,
}

impl Node {
    /// A node that trusts everyone in `world`.
    fn new(id: &str, world: &World) -> Self {
        let replica = Replica::new(party(id), world.identities.clone());
        Self { replica, disk: BTreeMap::new(), epoch: format!("ledger of {id}") }
    }

    fn take(&mut self, parcel: &Parcel) -> pumasi_sync::Taken {
        let checked = self.replica.check(parcel);
        let received = checked.batch.received();
        for act in checked.batch.acts() {
            self.disk.insert(act.act().id(), act.bytes().to_vec());
        }
        self.replica.apply(checked.batch);
        pumasi_sync::Taken { received, refused: checked.refused }
    }

    fn page(&self, reader: &PartyId, scope: FeedScope, after: u64) -> FeedPage {
        let draft = self.replica.page(&self.epoch, reader, scope, after);
        let stored: Vec<_> = draft.ids().iter().map(|id| (*id, self.disk[id].clone())).collect();
        draft.fill(stored)
    }

    fn all(&self) -> BTreeSet<ActId> {
        self.disk.keys().copied().collect()
    }
}

/// The acts of a world as a parcel.
fn parcel(world: &World) -> Parcel {
    Parcel {
        identities: Vec::new(),
        agreements: vec![agreement().text().to_owned()],
        acts: world.acts.iter().map(|act| act.envelope().write()).collect(),
    }
}

/// A matter shared by `parties`, with some requests by those whom `authors` names.
fn matter(parties: &[&str], status: Status, authors: &[usize]) -> World {
    let start = "2024-01-01T00:00:00Z".parse().unwrap();
    let mut world = World::new(parties, vec![agreement()], status, start);
    for (number, author) in authors.iter().enumerate() {
        let author = parties[author % parties.len()];
        let body = json!({"assisting": parties[0], "note": number.to_string()});
        world.act(author, "request_resource", Some("kr-jp/art-1"), body);
    }
    world
}

/// The ids of the acts in a parcel.
fn ids(parcel: &Parcel) -> Vec<ActId> {
    parcel.acts.iter().map(|act| Envelope::read(act.as_bytes()).unwrap().id()).collect()
}

/// Lets everyone read everyone until nothing new comes; `order` says who asks next, and an answer
/// is lost where it is odd.
fn converse(nodes: &mut [Node], order: &[(usize, usize, bool)]) {
    let mut dialogues: BTreeMap<(usize, usize), Dialogue> = BTreeMap::new();
    let mut now = Duration::ZERO;
    let every: Vec<(usize, usize, bool)> = (0..nodes.len())
        .flat_map(|a| (0..nodes.len()).map(move |b| (a, b, false)))
        .filter(|(a, b, _)| a != b)
        .collect();
    let healed = std::iter::repeat_n(every, 60).flatten();
    for (asker, asked, lost) in order.iter().copied().chain(healed) {
        let (asker, asked) = (asker % nodes.len(), asked % nodes.len());
        if asker == asked {
            continue;
        }
        now += Duration::from_secs(20);
        let dialogue = dialogues
            .entry((asker, asked))
            .or_insert_with(|| Dialogue::new(Cursor::default(), Pace::default()));
        let Step::Ask(question) = dialogue.next(now) else { continue };
        let reader = nodes[asker].replica.party().clone();
        let page = nodes[asked].page(&reader, question.scope, question.after);
        if lost {
            dialogue.failed(now);
            continue;
        }
        let wanted = dialogue.wants(&page);
        let taken =
            if wanted { nodes[asker].take(&page.parcel) } else { pumasi_sync::Taken::default() };
        let there = nodes[asked].replica.party().clone();
        let differs = nodes[asker].replica.differs(&there, &page.digests);
        if dialogue.answered(now, &page, &taken, differs).is_some() {
            dialogue.saved();
        }
    }
}

#[test]
fn a_page_that_lost_an_act_on_disk_ends_before_it() {
    let world = matter(&PARTIES, Status::Actual, &[0, 0, 0]);
    let mut jp = Node::new("jp", &world);
    assert_eq!(jp.take(&parcel(&world)).received.new, 4);
    let draft = jp.replica.page("e", &party("kr"), FeedScope::All, 0);
    let mut stored: Vec<_> = draft.ids().iter().map(|id| (*id, jp.disk[id].clone())).collect();
    stored.remove(2);
    let page = draft.fill(stored);
    assert_eq!((page.to, page.head, page.parcel.acts.len()), (2, 4, 2));
}

#[test]
fn an_act_is_taken_once_and_its_fault_stays_in_its_matter() {
    let good = matter(&PARTIES, Status::Actual, &[0, 1]);
    let bad = matter(&PARTIES[..2], Status::Exercise, &[0, 1, 0]);
    let mut kr = Node::new("kr", &good);
    let mut both = parcel(&bad);
    both.acts.remove(1);
    both.acts.extend(parcel(&good).acts);
    both.acts.extend(parcel(&good).acts);
    let taken = kr.take(&both);
    assert_eq!((taken.received.new, taken.received.known), (3, 3));
    assert!(matches!(taken.refused[..], [TakeError::OutOfOrder { .. }]));
    assert_eq!(kr.replica.matters().len(), 1);
    assert!(kr.replica.check(&both).whole().is_err());
    assert_eq!(kr.take(&parcel(&bad)).received.new, 4);
    assert_eq!(kr.replica.matter(&bad.matter).unwrap().folded().digest(), bad.folded().digest());
}

#[test]
fn a_ledger_read_back_gives_the_same_replica() {
    let world = matter(&PARTIES, Status::Actual, &[0, 1, 2, 0]);
    let mut jp = Node::new("jp", &world);
    jp.take(&parcel(&world));
    let mut again = Replica::new(party("jp"), world.identities.clone());
    again.keep(agreement());
    let mut restore = again.restore();
    for act in &world.acts {
        restore.push(act.envelope().write().as_bytes()).unwrap();
    }
    assert!(restore.push(b"{}").is_err());
    drop(restore);
    assert_eq!(again.head(), jp.replica.head());
    assert_eq!(again.digests(&party("kr")), jp.replica.digests(&party("kr")));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn everyone_comes_to_hold_what_they_share_and_never_anything_else(
        authors in proptest::collection::vec(0..3_usize, 0..10),
        holders in proptest::collection::vec(0..3_usize, 3),
        order in proptest::collection::vec((0..3_usize, 0..3_usize, any::<bool>()), 0..30),
    ) {
        let worlds = [
            matter(&PARTIES, Status::Actual, &authors),
            matter(&PARTIES[..2], Status::Actual, &authors),
            matter(&PARTIES[..1], Status::Actual, &authors),
        ];
        let mut nodes = PARTIES.map(|id| Node::new(id, &worlds[0]));
        let mut expected = PARTIES.map(|_| BTreeSet::new());
        for (world, holder) in worlds.iter().zip(&holders) {
            let all = ids(&parcel(world));
            let members = world.folded().state.unwrap().genesis.audience;
            for (node, expected) in nodes.iter().zip(&mut expected) {
                if members.contains(node.replica.party()) {
                    expected.extend(all.iter().copied());
                }
            }
            // Any member may be the one from whom everything starts.
            let holder = holder % members.len();
            prop_assert_eq!(nodes[holder].take(&parcel(world)).refused, vec![]);
        }
        converse(&mut nodes, &order);
        for (node, expected) in nodes.iter().zip(expected) {
            prop_assert_eq!(node.all(), expected);
        }
    }

    #[test]
    fn no_page_holds_an_act_for_somebody_outside_its_audience(
        authors in proptest::collection::vec(0..3_usize, 0..6),
        after in 0..40_u64,
        own in any::<bool>(),
    ) {
        let worlds =
            [1, 2, 3].map(|members| matter(&PARTIES[..members], Status::Actual, &authors));
        let mut jp = Node::new("jp", &worlds[2]);
        for world in &worlds {
            jp.take(&parcel(world));
        }
        for (reader, shared) in [("cn", &worlds[2..]), ("kr", &worlds[1..]), ("kr-42", &[])] {
            let scope = if own { FeedScope::Own } else { FeedScope::All };
            let page = jp.page(&party(reader), scope, after);
            prop_assert!(page.parcel.acts.len() <= FEED_ACTS_MAX);
            let allowed: BTreeSet<ActId> =
                shared.iter().flat_map(|world| ids(&parcel(world))).collect();
            prop_assert!(ids(&page.parcel).iter().all(|id| allowed.contains(id)));
            let told: BTreeSet<ActId> = page.digests.iter().map(|d| d.matter).collect();
            prop_assert!(told.iter().all(|matter| allowed.contains(matter)));
        }
    }
}
