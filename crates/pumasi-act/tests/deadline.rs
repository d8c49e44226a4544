//! Offers with a deadline: who decides whether an acceptance was in time, and what may still
//! change.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::collections::BTreeSet;

use proptest::prelude::*;
use pumasi_act::fold::fold_in_another_order;
use pumasi_act::testing::{World, agreement};
use pumasi_act::{ActId, Folded, Timeliness, Verified, fold};
use pumasi_base::{PartyId, Status, Time};
use serde_json::{Value, json};

/// The deadline of every offer here.
const UNTIL: &str = "2024-01-05T00:00:00Z";

/// An offer of kr to jp, and what becomes of acceptances of it. Times are days of January 2024.
struct Play {
    world: World,
    offer: ActId,
}

impl Play {
    fn new() -> Self {
        Self::with(json!({ "until": UNTIL }))
    }

    fn with(deadline: Value) -> Self {
        let start = "2024-01-01T07:10:00Z".parse().unwrap();
        let mut world = World::new(&["jp", "kr", "cn"], vec![agreement()], Status::Actual, start);
        for party in ["kr", "cn"] {
            world.act(party, "acknowledge_acts", None, json!({}));
        }
        let offer = offer(&mut world, &deadline);
        Self { world, offer }
    }

    fn now(&self) -> Folded {
        self.world.folded()
    }

    /// Writes an act that claims a time, after having seen what `seen` holds.
    fn write(&mut self, seen: &Folded, at: &str, party: &str, kind: &str, body: Value) -> ActId {
        let cites = pumasi_act::kinds::find(kind).is_some_and(|kind| kind.cites());
        self.world.wait_until(at.parse().unwrap());
        let cited = Some("kr-jp/art-1").filter(|_| cites);
        self.world.act_having_seen(seen, party, kind, cited, body)
    }

    fn accept(&mut self, seen: &Folded, at: &str) -> ActId {
        let body = acceptance(self.offer);
        self.write(seen, at, "jp", "requisition_resource", body)
    }

    fn acknowledge(&mut self, seen: &Folded, at: &str, party: &str) -> ActId {
        self.write(seen, at, party, "acknowledge_acts", json!({}))
    }

    /// The owner promises what was ordered, saying that it takes a late order or nothing of it.
    fn commit(&mut self, seen: &Folded, at: &str, order: ActId, accepts_late: bool) -> ActId {
        let mut body = json!({"order": order, "quantity": "10 EA"});
        if accepts_late {
            body["accepts_late"] = json!(true);
        }
        self.write(seen, at, "kr", "commit_resource", body)
    }

    /// What somebody has seen whom some acts have not reached.
    fn without(&self, missing: &[ActId]) -> Folded {
        let acts: Vec<Verified> = self.world.acts.clone();
        let rest: Vec<Verified> =
            acts.into_iter().filter(|act| !missing.contains(&act.id())).collect();
        fold(&self.world.terms, &rest)
    }

    #[track_caller]
    fn check(&self, order: ActId, expected: &str) {
        let acceptance = self.now().acceptance(&order).unwrap();
        assert_eq!(acceptance.timeliness.code(), expected);
    }

    #[track_caller]
    fn check_outcome(&self, act: ActId, expected: &str) {
        assert_eq!(self.world.outcome(act), expected);
        let backwards =
            fold_in_another_order(&self.world.terms, &self.world.acts, |r| r.last().copied());
        assert_eq!(backwards.digest(), self.now().digest());
    }
}

fn offer(world: &mut World, deadline: &Value) -> ActId {
    let mut body = json!({"requesting": "jp", "request": null, "commodity": "blanket",
        "quantity": "10 EA", "purpose": "disaster_relief", "mode": "gift", "price": null});
    body.as_object_mut().unwrap().extend(deadline.as_object().unwrap().clone());
    world.act("kr", "offer_resource", Some("kr-jp/art-1"), body)
}

fn acceptance(offer: ActId) -> Value {
    json!({"assisting": "kr", "request": null, "offer": offer, "commodity": "blanket",
        "quantity": "10 EA", "purpose": "disaster_relief", "place": "jp-17", "mode": "gift",
        "price": null})
}

#[test]
fn an_acceptance_that_another_party_had_before_the_deadline_is_in_time() {
    let mut play = Play::new();
    let order = play.accept(&play.now(), "2024-01-03T00:00:00Z");
    play.check(order, "unwitnessed");
    let received = play.acknowledge(&play.now(), "2024-01-04T23:00:00Z", "kr");
    play.check(order, "in_time");
    let witness = play.now().acceptance(&order).unwrap().witness;
    assert_eq!(witness, Some(("kr".parse().unwrap(), "2024-01-04T23:00:00Z".parse().unwrap())));
    play.check_outcome(received, "applied");
    // It stays in time however late the owner answers.
    let promised = play.commit(&play.now(), "2024-01-09T00:00:00Z", order, false);
    play.check_outcome(promised, "applied");
    play.check(order, "in_time");
}

#[test]
fn an_acceptance_that_reached_nobody_before_the_deadline_binds_nobody_until_the_owner_takes_it() {
    let mut play = Play::new();
    // It claims to be in time; its author's clock decides nothing.
    let order = play.accept(&play.now(), "2024-01-03T00:00:00Z");
    let _received = play.acknowledge(&play.now(), "2024-01-05T00:00:01Z", "kr");
    play.check(order, "late_so_far");
    let unaware = play.commit(&play.now(), "2024-01-05T02:00:00Z", order, false);
    play.check_outcome(unaware, "acceptance_must_be_in_time");
    let knowing = play.commit(&play.now(), "2024-01-05T03:00:00Z", order, true);
    play.check_outcome(knowing, "applied");
    let line = play.now().state.unwrap().orders[&order].clone();
    assert_eq!(line.committed.to_string(), "10 EA");
}

#[test]
fn an_acceptance_whose_author_had_seen_the_deadline_pass_is_late_whatever_it_claims() {
    let mut play = Play::new();
    play.acknowledge(&play.now(), "2024-01-06T00:00:00Z", "kr");
    let order = play.accept(&play.now(), "2024-01-02T00:00:00Z");
    play.check(order, "late");
    // An accomplice that claims to have had it in time had seen the deadline pass as well.
    let _accomplice = play.acknowledge(&play.now(), "2024-01-02T00:00:00Z", "cn");
    play.check(order, "late");
    let unaware = play.commit(&play.now(), "2024-01-06T02:00:00Z", order, false);
    play.check_outcome(unaware, "acceptance_must_be_in_time");
}

#[test]
fn a_clock_a_year_ahead_makes_nobody_elses_acceptance_late() {
    let mut play = Play::new();
    play.acknowledge(&play.now(), "2025-01-01T00:00:00Z", "cn");
    let order = play.accept(&play.now(), "2025-01-01T00:00:00Z");
    play.check(order, "unwitnessed");
    let _received = play.acknowledge(&play.now(), "2024-01-04T00:00:00Z", "kr");
    play.check(order, "in_time");
}

#[test]
fn a_witness_that_was_cut_off_can_still_show_that_an_acceptance_was_in_time() {
    let mut play = Play::new();
    let order = play.accept(&play.now(), "2024-01-03T00:00:00Z");
    let before = play.now();
    let theirs = play.acknowledge(&before, "2024-01-04T00:00:00Z", "cn");
    let _ours = play.acknowledge(&before, "2024-01-06T00:00:00Z", "kr");
    // kr has not got what cn wrote.
    let cut_off = play.without(&[theirs]);
    assert_eq!(cut_off.acceptance(&order).unwrap().timeliness, Timeliness::LateSoFar);
    let unaware = play.commit(&cut_off, "2024-01-06T01:00:00Z", order, false);
    play.check(order, "in_time");
    // What was refused for want of it stays refused; the owner, who sees it now, answers anew.
    play.check_outcome(unaware, "acceptance_must_be_in_time");
    let answered = play.commit(&play.now(), "2024-01-06T02:00:00Z", order, false);
    play.check_outcome(answered, "applied");
}

#[test]
fn an_owner_that_answers_before_the_deadline_is_a_witness_itself() {
    let mut play = Play::new();
    let order = play.accept(&play.now(), "2024-01-03T00:00:00Z");
    let promised = play.commit(&play.now(), UNTIL, order, false);
    play.check_outcome(promised, "applied");
    play.check(order, "in_time");
}

#[test]
fn grace_counts_and_an_offer_without_a_deadline_has_no_late_acceptance() {
    let mut play = Play::with(json!({"until": UNTIL, "grace_minutes": 60}));
    let order = play.accept(&play.now(), "2024-01-03T00:00:00Z");
    let _received = play.acknowledge(&play.now(), "2024-01-05T01:00:00Z", "cn");
    play.check(order, "in_time");
    let acceptance = play.now().acceptance(&order).unwrap();
    assert_eq!(acceptance.deadline, "2024-01-05T01:00:00Z".parse().unwrap());
    let mut open = Play::with(json!({}));
    let order = open.accept(&open.now(), "2030-01-01T00:00:00Z");
    assert_eq!(open.now().acceptance(&order), None);
    let promised = open.commit(&open.now(), "2030-01-02T00:00:00Z", order, false);
    open.check_outcome(promised, "applied");
}

#[test]
fn nobody_outside_the_audience_is_a_witness() {
    let mut play = Play::new();
    play.world.add_stranger("us");
    let order = play.accept(&play.now(), "2024-01-03T00:00:00Z");
    let strange = play.acknowledge(&play.now(), "2024-01-04T00:00:00Z", "us");
    play.check_outcome(strange, "author_must_be_in_audience");
    play.check(order, "unwitnessed");
}

/// A world in which three parties whose clocks go anyhow accept, acknowledge and promise, each
/// having seen a random part of what there is.
fn random_play(seed: u64) -> Play {
    let mut play = Play::new();
    let mut state = seed;
    let mut pick = move |below: usize| {
        state = state.wrapping_mul(0x5851_F42D_4C95_7F2D).wrapping_add(0x1405_7B7E_F767_814F);
        usize::try_from(state >> 33).unwrap() % below.max(1)
    };
    for _ in 0..16 {
        let arrived = play.world.acts.len() - pick(5).min(play.world.acts.len() - 4);
        let seen = fold(&play.world.terms, &play.world.acts[..arrived]);
        let at = format!("2024-01-{:02}T{:02}:00:00Z", 3 + pick(5), pick(24));
        let orders: Vec<ActId> =
            seen.state.iter().flat_map(|state| state.orders.keys().copied()).collect();
        let offers: Vec<ActId> =
            seen.state.iter().flat_map(|state| state.offers.keys().copied()).collect();
        match pick(8) {
            0 => _ = offer(&mut play.world, &json!({ "until": UNTIL })),
            1 | 2 => {
                play.offer = offers[pick(offers.len())];
                _ = play.accept(&seen, &at);
            }
            3 if !orders.is_empty() => {
                let order = orders[pick(orders.len())];
                _ = play.commit(&seen, &at, order, pick(3) == 0);
            }
            _ => _ = play.acknowledge(&seen, &at, ["jp", "kr", "cn"][pick(3)]),
        }
    }
    play
}

/// Timeliness by its definition, over sets of acts and with nothing remembered.
fn by_definition(acts: &[Verified], order: &Verified, giver: &PartyId) -> Timeliness {
    let find = |id: &ActId| acts.iter().find(|act| act.id() == *id);
    let past = |act: &Verified| {
        let mut past = BTreeSet::from([act.id()]);
        let mut next: Vec<ActId> = act.payload().parents.clone();
        while let Some(id) = next.pop() {
            if past.insert(id) {
                next.extend(find(&id).into_iter().flat_map(|act| act.payload().parents.clone()));
            }
        }
        past
    };
    let deadline: Time = UNTIL.parse().unwrap();
    let has_passed = |act: &Verified| {
        let seen = past(act).into_iter().filter_map(|id| find(&id));
        seen.into_iter().any(|one| one.party() == giver && one.payload().time > deadline)
    };
    // A log never goes back.
    let time_of = |act: &Verified| {
        let mut time = act.payload().time;
        let mut before = act.payload().prev;
        while let Some(act) = before.and_then(|id| find(&id)) {
            time = time.max(act.payload().time);
            before = act.payload().prev;
        }
        time
    };
    if has_passed(order) {
        return Timeliness::Late;
    }
    let witnesses = acts.iter().filter(|act| {
        act.party() != order.party() && act.id() != order.id() && past(act).contains(&order.id())
    });
    let mut known = Timeliness::Unwitnessed;
    for witness in witnesses {
        let is_in_time = time_of(witness) <= deadline && !has_passed(witness);
        known = known.max(if is_in_time { Timeliness::InTime } else { Timeliness::LateSoFar });
    }
    known
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn what_was_in_time_or_late_stays_so_whatever_arrives(seed in any::<u64>()) {
        let play = random_play(seed);
        let acts = &play.world.acts;
        let giver: PartyId = "kr".parse().unwrap();
        let mut known = std::collections::BTreeMap::new();
        let mut grown = Folded::default();
        for end in 1..=acts.len() {
            grown.extend(&play.world.terms, &acts[..end], end - 1);
            let orders = grown.state.iter().flat_map(|state| state.orders.keys()).copied();
            for order in orders.collect::<Vec<_>>() {
                let now = grown.acceptance(&order).unwrap().timeliness;
                let act = acts.iter().find(|act| act.id() == order).unwrap();
                prop_assert_eq!(now, by_definition(&acts[..end], act, &giver));
                use Timeliness::{InTime, Late, LateSoFar, Unwitnessed};
                match known.insert(order, now) {
                    None | Some(Unwitnessed) => {}
                    Some(LateSoFar) => prop_assert!(matches!(now, LateSoFar | InTime)),
                    Some(last @ (InTime | Late)) => prop_assert_eq!(now, last),
                }
            }
        }
    }

    #[test]
    fn a_promise_is_judged_by_what_its_author_had_seen_and_alike_in_any_order(seed in any::<u64>()) {
        let play = random_play(seed);
        let folded = play.now();
        let mut state = seed;
        let choose = |ready: &BTreeSet<ActId>| {
            state = state.wrapping_mul(0x5851_F42D_4C95_7F2D).wrapping_add(1);
            let pick = usize::try_from(state >> 33).unwrap() % ready.len().max(1);
            ready.iter().nth(pick).copied()
        };
        let elsewise = fold_in_another_order(&play.world.terms, &play.world.acts, choose);
        prop_assert_eq!(&elsewise.state, &folded.state);
        let held = folded.state.as_ref().unwrap();
        for order in held.orders.keys() {
            prop_assert_eq!(elsewise.acceptance(order), folded.acceptance(order));
        }
        for act in &play.world.acts {
            let payload = act.payload();
            let is_promise = payload.kind == "commit_resource" && held.applied.contains(&act.id());
            if !is_promise || payload.body.get("accepts_late").is_some() {
                continue;
            }
            let order = payload.body["order"].as_str().unwrap().parse().unwrap();
            prop_assert_eq!(folded.acceptance(&order).unwrap().timeliness, Timeliness::InTime);
        }
    }
}
