//! Replicas that converse without any network: what they come to hold, and what they never do.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use proptest::prelude::*;
use pumasi_act::testing::{World, agreement};
use pumasi_act::{ActId, Envelope, Personal, PersonalFault};
use pumasi_base::{Digest, PartyId, Status};
use pumasi_sync::recon::Height;
use pumasi_sync::{
    Answer, Beside, Cursor, Dialogue, FEED_ACTS_MAX, FeedPage, FeedQuestion, FeedScope, Hello,
    Pace, Parcel, ParcelAnswer, ParcelDraft, Question, ReconQuestion, Replica, Step, TakeError,
    Taken,
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
    personal: BTreeMap<Digest, Vec<u8>>,
    epoch: String,
}

impl Node {
    /// A node that trusts everyone in `world`.
    fn new(id: &str, world: &World) -> Self {
        let replica = Replica::new(party(id), world.identities.clone());
        let (disk, personal) = (BTreeMap::new(), BTreeMap::new());
        Self { replica, disk, personal, epoch: format!("ledger of {id}") }
    }

    fn take(&mut self, parcel: &Parcel) -> Taken {
        let checked = self.replica.check(parcel);
        let received = checked.batch.received();
        let beside = self.replica.check_personal(&checked.batch, &parcel.personal);
        self.personal.extend(beside.texts.into_iter().map(|text| (text.commitment, text.bytes)));
        for act in checked.batch.acts() {
            self.disk.insert(act.act().id(), act.bytes().to_vec());
        }
        for matter in self.replica.apply(checked.batch) {
            for gone in self.replica.retracted(&matter) {
                self.personal.retain(|key, at| *key != gone.commitment || gone.read(at).is_none());
            }
        }
        let (mut refused, waiting, missing) = (checked.refused, checked.waiting, checked.missing);
        refused.extend(beside.refused);
        Taken { received, refused, waiting, missing, personal: beside.stray }
    }

    fn beside(&self, chosen: &[Beside]) -> BTreeMap<Digest, Personal> {
        let here = chosen.iter().filter_map(|at| Some((at, self.personal.get(&at.commitment)?)));
        here.map(|(at, bytes)| (at.commitment, at.read(bytes).unwrap())).collect()
    }

    fn bytes(&self, ids: &[ActId]) -> Vec<(ActId, Vec<u8>)> {
        ids.iter().map(|id| (*id, self.disk[id].clone())).collect()
    }

    fn page(&self, reader: &PartyId, question: &FeedQuestion) -> FeedPage {
        let draft = self.replica.page(&self.epoch, reader, question);
        if draft.is_empty() {
            return draft.quiet(&self.replica, reader);
        }
        let (stored, personal) = (self.bytes(&draft.ids()), self.beside(draft.personal()));
        let mut page = draft.fill(stored);
        page.parcel.personal = personal;
        page
    }

    fn parcel(&self, draft: ParcelDraft) -> ParcelAnswer {
        let (stored, personal) = (self.bytes(draft.ids()), self.beside(draft.personal()));
        let mut answer = draft.fill(stored);
        answer.parcel.personal = personal;
        answer
    }

    fn hello(&self) -> Hello {
        let party = self.replica.party().clone();
        let head = self.replica.identities().of(&party).unwrap();
        let node = *head.nodes.keys().next().unwrap();
        Hello::new(party, node, 1, self.epoch.clone(), head.head)
    }

    fn answer(&self, reader: &PartyId, question: &Question) -> Answer {
        match question {
            Question::Hello(_) => Answer::Hello(self.hello()),
            Question::Feed(question) => Answer::Feed(self.page(reader, question)),
            Question::Want(want) => {
                Answer::Parcel(self.parcel(self.replica.wanted(reader, &want.ids)))
            }
            Question::Recon(ReconQuestion::Matters(message)) => {
                Answer::Recon(self.replica.recon_answer(reader, message).unwrap())
            }
            Question::Recon(ReconQuestion::Above { matters, marks }) => {
                Answer::Parcel(self.parcel(self.replica.above(reader, matters, marks)))
            }
        }
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
        personal: world.personal.clone(),
    }
}

/// A matter shared by `parties`, with some requests by those whom `authors` names.
fn matter(parties: &[&str], status: Status, authors: &[usize]) -> World {
    let start = "2024-01-01T00:00:00Z".parse().unwrap();
    let mut world = World::new(parties, vec![agreement()], status, start);
    for (number, author) in authors.iter().enumerate() {
        let author = parties[author % parties.len()];
        // What the bodies say does not matter here: refused acts are held and relayed as well.
        let kind = ["report_needs", "request_resource", "choose_plan"][number % 3];
        world.act(author, kind, None, json!({"note": number.to_string()}));
    }
    world
}

/// The ids of the acts in a parcel.
fn ids(parcel: &Parcel) -> Vec<ActId> {
    parcel.acts.iter().map(|act| Envelope::read(act.as_bytes()).unwrap().id()).collect()
}

/// The heights at which the logs of a world are held.
fn heights(world: &World) -> Vec<Height> {
    let logs = world.folded().logs.into_iter();
    logs.map(|(log, (seq, head))| Height { log, seq, head }).collect()
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
        if asker == asked {
            continue;
        }
        now += Duration::from_secs(20);
        let (here, there) =
            (nodes[asker].replica.party().clone(), nodes[asked].replica.party().clone());
        let hello = nodes[asker].hello();
        let dialogue = dialogues
            .entry((asker, asked))
            .or_insert_with(|| Dialogue::new(hello, there, Cursor::default(), Pace::default()));
        let Step::Ask(question) = dialogue.next(now, &nodes[asker].replica) else { continue };
        let answer = nodes[asked].answer(&here, &question);
        if lost {
            dialogue.failed(now);
            continue;
        }
        let taken = match dialogue.parcel(&answer) {
            Some(parcel) => nodes[asker].take(&parcel),
            None => Taken::default(),
        };
        let moved = dialogue.answered(now, &nodes[asker].replica, &answer, &taken);
        if moved.unwrap().is_some() {
            dialogue.saved();
        }
    }
}

#[test]
fn a_page_that_lost_an_act_on_disk_ends_before_it() {
    let world = matter(&PARTIES, Status::Actual, &[0, 0, 0]);
    let mut jp = Node::new("jp", &world);
    assert_eq!(jp.take(&parcel(&world)).received.new, 4);
    let question = FeedQuestion::plain(FeedScope::All, 0);
    let draft = jp.replica.page("e", &party("kr"), &question);
    let mut stored = jp.bytes(&draft.ids());
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
    // What came before its past waits; the opening act of its matter and the other matter do not.
    assert_eq!((taken.received.new, taken.received.known), (4, 3));
    assert!(matches!(taken.refused[..], [TakeError::OutOfOrder { .. }]));
    assert_eq!((taken.waiting.len(), taken.missing.len()), (2, 1));
    assert!(taken.missing.contains(&bad.acts[1].id()));
    assert!(kr.replica.check(&both).whole().is_err());
    assert_eq!(kr.take(&parcel(&bad)).received.new, 3);
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

#[test]
fn urgent_acts_go_first_and_take_their_past_along() {
    let start = "2024-01-01T00:00:00Z".parse().unwrap();
    let mut world = World::new(&PARTIES, vec![agreement()], Status::Actual, start);
    let opened = world.folded();
    let bulk = |world: &mut World, count: usize| -> Vec<ActId> {
        (0..count)
            .map(|number| world.act("jp", "report_needs", None, json!({ "number": number })))
            .collect()
    };
    let before = bulk(&mut world, 3);
    let urgent = world.act("jp", "request_resource", None, json!({}));
    let after = bulk(&mut world, 2);
    let mut jp = Node::new("jp", &world);
    jp.take(&parcel(&world));
    let beside = matter(&PARTIES[..2], Status::Exercise, &[]);
    jp.take(&parcel(&beside));
    assert!(opened.order.len() == 1 && after.len() == 2);
    let question = FeedQuestion { bulk: Some(0), ..FeedQuestion::plain(FeedScope::Own, 0) };
    let page = jp.page(&party("kr"), &question);
    let expected = [vec![world.matter], before, vec![urgent, beside.matter], after].concat();
    assert_eq!(ids(&page.parcel), expected);
    assert_eq!((page.to, page.bulk, page.head), (8, Some(8), 8));
}

#[test]
fn long_bulk_is_cut_and_what_is_urgent_behind_it_comes_in_order() {
    let start = "2024-01-01T00:00:00Z".parse().unwrap();
    let mut world = World::new(&PARTIES, vec![agreement()], Status::Actual, start);
    let text = "x".repeat(30_000);
    for number in 0..60 {
        world.act("jp", "report_needs", None, json!({ "number": number, "text": text }));
    }
    world.act("jp", "request_resource", None, json!({}));
    let mut jp = Node::new("jp", &world);
    assert_eq!(jp.take(&parcel(&world)).refused, vec![]);
    let mut kr = Node::new("kr", &world);
    let mut question = FeedQuestion { bulk: Some(0), ..FeedQuestion::plain(FeedScope::Own, 0) };
    let mut pages = 0;
    loop {
        let page = jp.page(&party("kr"), &question);
        let taken = kr.take(&page.parcel);
        assert_eq!(taken.refused, vec![]);
        assert!(taken.received.new > 0 && taken.received.known == 0, "each act crosses once");
        (question.after, question.bulk) = (page.to, page.bulk);
        pages += 1;
        if page.to == page.head && page.bulk == Some(page.head) {
            break;
        }
    }
    assert!((3..12).contains(&pages), "{pages} pages");
    assert_eq!(kr.all(), jp.all());
}

#[test]
fn what_lies_above_stated_heights_is_what_is_missing() {
    let world = matter(&PARTIES, Status::Actual, &[0, 1, 2, 0, 1, 2]);
    let mut jp = Node::new("jp", &world);
    jp.take(&parcel(&world));
    for known in 0..=world.acts.len() {
        let mut kr = Node::new("kr", &world);
        let mut part = parcel(&world);
        part.acts.truncate(known);
        kr.take(&part);
        let differing = kr.replica.differing(&party("jp"), &jp.replica.digests(&party("kr")));
        assert_eq!(differing.len(), usize::from(known < world.acts.len()));
        let differing = pumasi_sync::recon::Differing { matters: differing, ..Default::default() };
        let ReconQuestion::Above { matters, marks } = kr.replica.recon_above(&differing) else {
            panic!("it asks for what lies above");
        };
        let above = jp.parcel(jp.replica.above(&party("kr"), &matters, &marks));
        assert_eq!(above.parcel.acts.len(), world.acts.len() - known);
        assert_eq!(kr.take(&above.parcel).refused, vec![]);
        assert_eq!(kr.all(), jp.all());
    }
}

#[test]
fn both_sides_of_a_fork_come_to_be_held() {
    let mut world = matter(&PARTIES, Status::Actual, &[0, 1]);
    let seen = world.folded();
    let mut fork = |word: &str, follow: bool| {
        world.act_having_seen(&seen, "jp", "report_needs", None, json!({ "word": word }));
        let act = world.acts.pop().unwrap();
        let mut branch = vec![act];
        if follow {
            world.acts.extend(branch.clone());
            let seen = world.folded();
            world.act_having_seen(&seen, "jp", "report_needs", None, json!({ "more": word }));
            branch.push(world.acts.pop().unwrap());
            world.acts.pop();
        }
        branch
    };
    let (left, right) = (fork("left", true), fork("right", false));
    let mut nodes = ["kr", "cn"].map(|id| Node::new(id, &world));
    let common = parcel(&world);
    for (node, branch) in nodes.iter_mut().zip([&left, &right]) {
        let mut parcel = common.clone();
        parcel.acts.extend(branch.iter().map(|act| act.envelope().write()));
        assert_eq!(node.take(&parcel).refused, vec![]);
    }
    converse(&mut nodes, &[]);
    for node in &nodes {
        assert_eq!(node.all().len(), world.acts.len() + 3);
        let forks = &node.replica.matter(&world.matter).unwrap().folded().forks;
        assert_eq!(forks.values().map(BTreeSet::len).sum::<usize>(), 2);
    }
}

#[test]
fn many_matters_are_compared_by_reconciling_sets() {
    let worlds: Vec<World> = (0..70)
        .map(|number| {
            let start = format!("2024-01-01T00:{number:02}:00Z").replace("00:6", "01:0");
            let start = start.replace("00:70", "01:10").parse().unwrap();
            World::new(&PARTIES, vec![agreement()], Status::Actual, start)
        })
        .collect();
    let identities = &worlds[0];
    let mut nodes = ["kr", "cn"].map(|id| Node::new(id, identities));
    for (number, world) in worlds.iter().enumerate() {
        // The same roots, so that every world's parties are those of the first.
        let mut parcel = parcel(world);
        parcel.identities = PARTIES
            .iter()
            .flat_map(|id| world.identities.entries(&party(id)))
            .map(|e| e.write())
            .collect();
        for (side, node) in nodes.iter_mut().enumerate() {
            if number % 7 != side {
                node.take(&parcel);
            }
        }
    }
    assert_ne!(nodes[0].all(), nodes[1].all());
    converse(&mut nodes, &[]);
    assert_eq!(nodes[0].all(), nodes[1].all());
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
    fn no_answer_holds_an_act_for_somebody_outside_its_audience(
        authors in proptest::collection::vec(0..3_usize, 0..6),
        (after, bulk) in (0..40_u64, 0..40_u64),
        (own, urgent_first) in any::<(bool, bool)>(),
    ) {
        let worlds =
            [1, 2, 3].map(|members| matter(&PARTIES[..members], Status::Actual, &authors));
        let mut jp = Node::new("jp", &worlds[2]);
        for world in &worlds {
            jp.take(&parcel(world));
        }
        for (reader, shared) in [("cn", &worlds[2..]), ("kr", &worlds[1..]), ("kr-42", &[])] {
            let scope = if own { FeedScope::Own } else { FeedScope::All };
            let reader = party(reader);
            let bulk = urgent_first.then(|| bulk.min(after));
            let question = FeedQuestion { bulk, ..FeedQuestion::plain(scope, after) };
            let page = jp.page(&reader, &question);
            prop_assert!(page.parcel.acts.len() <= FEED_ACTS_MAX);
            let allowed: BTreeSet<ActId> =
                shared.iter().flat_map(|world| ids(&parcel(world))).collect();
            let standing = jp.page(&reader, &FeedQuestion::plain(scope, jp.replica.head())).standing;
            let told: BTreeSet<ActId> =
                standing.unwrap().digests.iter().map(|digest| digest.matter).collect();
            prop_assert!(told.iter().all(|matter| allowed.contains(matter)));
            let all: Vec<ActId> = jp.all().into_iter().collect();
            let wanted = jp.parcel(jp.replica.wanted(&reader, &all));
            let heights: Vec<Height> = if own { Vec::new() } else { heights(&worlds[2]) };
            let matters = worlds.iter().map(|world| (world.matter, heights.clone())).collect();
            let marks: Vec<_> = jp.replica.matters().values().map(|m| m.mark()).collect();
            let above = jp.parcel(jp.replica.above(&reader, &matters, &marks));
            for parcel in [&page.parcel, &wanted.parcel, &above.parcel] {
                prop_assert!(ids(parcel).iter().all(|id| allowed.contains(id)));
            }
            // Everything that may be had by name is had.
            prop_assert_eq!(ids(&wanted.parcel).len(), allowed.len());
        }
    }
}

/// A matter in which jp and kr wrote, each with personal data beside it.
fn with_contacts(parties: &[&str]) -> (World, [ActId; 2]) {
    let mut world = matter(parties, Status::Actual, &[0, 1]);
    let mut write =
        |party: &str| world.act_with_personal(party, "report_needs", None, json!({}), "a contact");
    let ids = [write("jp"), write("kr")];
    (world, ids)
}

#[test]
fn personal_data_reach_whoever_has_the_act_and_nobody_after_they_were_retracted() {
    let (mut world, [jp_act, kr_act]) = with_contacts(&PARTIES);
    let all = world.personal.clone();
    let commitments: Vec<Digest> = [jp_act, kr_act]
        .iter()
        .map(|id| world.acts.iter().find(|act| act.id() == *id).unwrap())
        .map(|act| act.payload().personal.unwrap())
        .collect();
    let mut nodes: Vec<Node> = PARTIES.iter().map(|id| Node::new(id, &world)).collect();
    nodes[0].take(&parcel(&world));
    let second = Parcel { acts: parcel(&world).acts[2..].to_vec(), ..parcel(&world) };
    // What comes before its past keeps its text until it is taken.
    let taken = nodes[1].take(&second);
    assert_eq!((taken.personal, nodes[1].personal.len()), (all.clone(), 0));
    let stages: [fn(&mut World, ActId); 2] = [
        |_, _| {},
        |world, act| {
            world.act("jp", "retract_personal_data", None, json!({"act": act}));
        },
    ];
    for (stage, change) in stages.into_iter().enumerate() {
        change(&mut world, jp_act);
        let acts = Parcel { personal: BTreeMap::new(), ..parcel(&world) };
        nodes[0].take(&acts);
        converse(&mut nodes, &[]);
        for node in &nodes {
            let held: BTreeSet<Digest> = node.personal.keys().copied().collect();
            assert_eq!(held, commitments[stage..].iter().copied().collect());
            assert_eq!(node.replica.digests(&party("jp")), nodes[0].replica.digests(&party("jp")));
        }
    }
    // An older parcel brings it again: it is passed over, as no fault of whoever brought it.
    let taken = nodes[2].take(&Parcel { personal: all, ..Parcel::default() });
    assert_eq!((taken.refused, nodes[2].personal.contains_key(&commitments[0])), (vec![], false));
}

#[test]
fn personal_data_are_told_to_members_alone() {
    let (world, [jp_act, kr_act]) = with_contacts(&PARTIES[..2]);
    let mut jp = Node::new("jp", &world);
    jp.take(&parcel(&world));
    let asked = |reader: &str| {
        let wanted = jp.replica.wanted(&party(reader), &[jp_act, kr_act]);
        let page = jp.page(&party(reader), &FeedQuestion::plain(FeedScope::All, 0));
        (jp.parcel(wanted).parcel.personal.len(), page.parcel.personal.len())
    };
    assert_eq!(asked("kr"), (2, 2));
    assert_eq!(asked("cn"), (0, 0));
    // Nor does a stranger take them when they are sent to it all the same.
    let mut cn = Node::new("cn", &world);
    let taken = cn.take(&parcel(&world));
    assert_eq!((taken.received.new, cn.personal.len()), (0, 0));
}

#[test]
fn personal_data_that_do_not_fit_are_refused_and_their_act_stands() {
    let (world, ids) = with_contacts(&PARTIES);
    let check = |change: fn(&mut Personal), expected: PersonalFault| {
        let mut kr = Node::new("kr", &world);
        let mut given = parcel(&world);
        given.personal.values_mut().for_each(change);
        let taken = kr.take(&given);
        assert_eq!((taken.received.new, kr.personal.len()), (world.acts.len(), 0));
        let fault = |id: ActId| TakeError::Personal { id, fault: expected };
        assert!(
            taken.refused.len() == 2 && ids.iter().all(|id| taken.refused.contains(&fault(*id)))
        );
        // The right ones are taken later, when somebody brings them.
        let later = Parcel { personal: world.personal.clone(), ..Parcel::default() };
        assert_eq!((kr.take(&later).refused, kr.personal.len()), (vec![], 2));
    };
    check(|personal| personal.text.push('x'), PersonalFault::Mismatch);
    check(|personal| personal.salt = Digest::of(b"x"), PersonalFault::Mismatch);
    check(|personal| personal.text = "x".repeat(16 * 1024 + 1), PersonalFault::TooLarge);
    check(|personal| personal.text.push('\u{7}'), PersonalFault::Unprintable);
}

#[test]
fn who_names_the_commitment_of_another_gets_nothing_told_or_erased_by_it() {
    let (mut world, [jp_act, _]) = with_contacts(&PARTIES);
    let mut cn = Node::new("cn", &world);
    cn.take(&parcel(&world));
    let act = world.acts.iter().find(|act| act.id() == jp_act).unwrap();
    let commitment = act.payload().personal.unwrap();
    let copied = world.act_with_commitment("kr", "report_needs", json!({}), commitment);
    world.act("kr", "retract_personal_data", None, json!({"act": copied}));
    assert_eq!(world.outcome(world.acts.last().unwrap().id()), "applied");
    cn.take(&parcel(&world));
    assert!(cn.personal.contains_key(&commitment));
    assert!(cn.replica.personal_of(&jp_act).is_some() && cn.replica.personal_of(&copied).is_none());
}
