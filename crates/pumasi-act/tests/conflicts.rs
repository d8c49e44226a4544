//! What happens when two parties act without having seen each other, when a key is stolen, when
//! a backup is restored and when somebody lies: every rule in plain words.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use proptest::prelude::*;
use pumasi_act::contest::Cause;
use pumasi_act::fold::fold_in_another_order;
use pumasi_act::testing::{Pen, World, agreement};
use pumasi_act::{ActId, Folded, Stage, State, fold};
use pumasi_agreement::Agreement;
use pumasi_base::Status;
use serde_json::{Value, json};

/// A matter of three parties with a table of who wrote what after having seen what.
struct Play {
    world: World,
}

impl Play {
    fn new() -> Self {
        Self::under(agreement())
    }

    fn under(agreement: Agreement) -> Self {
        let start = "2024-01-01T07:10:00Z".parse().unwrap();
        let mut world = World::new(&["jp", "kr", "cn"], vec![agreement], Status::Actual, start);
        // Everybody has written, so that everybody's log is known.
        for party in ["kr", "cn"] {
            world.act(party, "acknowledge_acts", None, json!({}));
        }
        Self { world }
    }

    fn now(&self) -> Folded {
        self.world.folded()
    }

    fn state(&self) -> State {
        self.now().state.unwrap()
    }

    fn write(&mut self, seen: &Folded, party: &str, kind: &str, body: Value) -> ActId {
        let pen = self.world.pen(party);
        self.write_with(&pen, seen, kind, body)
    }

    fn write_with(&mut self, pen: &Pen, seen: &Folded, kind: &str, body: Value) -> ActId {
        let cites = pumasi_act::kinds::find(kind).is_some_and(|kind| kind.cites());
        let cited = Some("kr-jp/art-1").filter(|_| cites);
        self.world.act_with(pen, seen, kind, cited, body)
    }

    /// Writes an act whose author has seen everything.
    fn act(&mut self, party: &str, kind: &str, body: Value) -> ActId {
        let seen = self.now();
        self.write(&seen, party, kind, body)
    }

    fn acknowledge(&mut self, seen: &Folded, party: &str) -> ActId {
        self.write(seen, party, "acknowledge_acts", json!({}))
    }

    fn close(&mut self, party: &str, pen: &Pen, last: Option<ActId>) -> ActId {
        self.act(party, "close_log", json!({"log": pen.log, "last": last}))
    }

    #[track_caller]
    fn check(&self, act: ActId, expected: &str) {
        assert_eq!(self.world.outcome(act), expected);
        // The same everywhere: in whichever order the acts came, one by one or at once.
        let expected = self.now().digest();
        let backwards =
            fold_in_another_order(&self.world.terms, &self.world.acts, |r| r.last().copied());
        assert_eq!(backwards.digest(), expected);
        let mut bit_by_bit = Folded::default();
        for end in 1..=self.world.acts.len() {
            bit_by_bit.extend(&self.world.terms, &self.world.acts[..end], end - 1);
        }
        assert_eq!(bit_by_bit.digest(), expected);
        assert_eq!(bit_by_bit.frontier_digest(), self.now().frontier_digest());
    }

    fn order(&mut self, seen: &Folded, quantity: &str, offer: Option<ActId>) -> ActId {
        let body = json!({"assisting": "kr", "request": null, "offer": offer,
            "commodity": "blanket", "quantity": quantity, "purpose": "disaster_relief",
            "place": "jp-17", "mode": "gift", "price": null});
        self.write(seen, "jp", "requisition_resource", body)
    }

    fn offer(&mut self) -> ActId {
        let body = json!({"requesting": "jp", "request": null, "commodity": "blanket",
            "quantity": "100 EA", "purpose": "disaster_relief", "mode": "gift", "price": null});
        self.act("kr", "offer_resource", body)
    }

    fn commit(&mut self, seen: &Folded, order: ActId, quantity: &str) -> ActId {
        let body = json!({"order": order, "quantity": quantity});
        self.write(seen, "kr", "commit_resource", body)
    }

    fn dispatch(&mut self, seen: &Folded, order: ActId) -> ActId {
        let body = json!({"order": order, "quantity": "100 EA", "pallets": 2, "links": [],
            "departs": "2024-01-02T00:00:00Z", "arrives": "2024-01-03T00:00:00Z"});
        self.write(seen, "kr", "dispatch_shipment", body)
    }

    fn suspend(&mut self, seen: &Folded, party: &str) -> ActId {
        let body = json!({"agreement": "kr-jp", "clauses": [], "from": null, "until": null,
            "cause": "test", "record": null});
        self.write(seen, party, "suspend_agreement", body)
    }
}

#[test]
fn an_offer_withdrawn_while_it_is_accepted_is_a_claim_that_the_owner_answers() {
    let mut play = Play::new();
    let offer = play.offer();
    let before = play.now();
    let withdrawal =
        play.write(&before, "kr", "withdraw_offer", json!({"offer": offer, "reason": null}));
    let accepted = play.order(&before, "100 EA", Some(offer));
    play.check(withdrawal, "applied");
    play.check(accepted, "applied");
    // Nothing is promised until the owner says so, in its own log.
    assert_eq!(play.state().orders[&accepted].stage, Stage::Requisitioned);
    let declined = json!({"order": accepted, "reason": "withdrawn"});
    let declined = play.act("kr", "decline_resource", declined);
    play.check(declined, "applied");
    // Whoever has seen the withdrawal cannot take the offer up any more.
    let seen = play.now();
    let late = play.order(&seen, "1 EA", Some(offer));
    play.check(late, "stage_must_fit");
}

#[test]
fn of_two_claims_on_one_quantity_the_owner_s_own_log_decides() {
    let mut play = Play::new();
    let seen = play.now();
    let first = play.order(&seen, "400 EA", None);
    let seen = play.now();
    let second = play.order(&seen, "400 EA", None);
    let seen = play.now();
    let promised = play.commit(&seen, second, "400 EA");
    let seen = play.now();
    let beyond = play.commit(&seen, first, "400 EA");
    play.check(promised, "applied");
    play.check(beyond, "agreement_must_permit: ceiling_exceeded [art-4]");
    let seen = play.now();
    let rest = play.commit(&seen, first, "100 EA");
    play.check(rest, "applied");
}

#[test]
fn an_order_cancelled_while_it_is_promised_stays_promised_and_shows_the_wish() {
    let mut play = Play::new();
    let seen = play.now();
    let order = play.order(&seen, "100 EA", None);
    let before = play.now();
    let cancelled =
        play.write(&before, "jp", "cancel_requisition", json!({"order": order, "reason": null}));
    let promised = play.commit(&before, order, "100 EA");
    play.check(cancelled, "applied");
    play.check(promised, "applied");
    let line = play.state().orders[&order].clone();
    assert_eq!((line.stage, line.cancelled), (Stage::Committed, Some(cancelled)));
    // One after the other, the first word holds.
    let seen = play.now();
    let other = play.order(&seen, "100 EA", None);
    let cancelled = play.act("jp", "cancel_requisition", json!({"order": other, "reason": null}));
    play.check(cancelled, "applied");
    assert_eq!(play.state().orders[&other].stage, Stage::Cancelled);
    let seen = play.now();
    let late = play.commit(&seen, other, "100 EA");
    play.check(late, "stage_must_fit");
}

#[test]
fn a_second_node_of_a_party_does_not_decide_for_it() {
    let mut play = Play::new();
    let first = play.world.pen("kr");
    play.world.add_node("kr", 77);
    let second = play.world.pen("kr");
    let decider = play.world.identities.of(&"kr".parse().unwrap()).unwrap().decider().unwrap();
    let (other, decides) =
        if decider == first.log.node_key { (second, first) } else { (first, second) };
    let newest = play.world.pen("kr").identity;
    let (other, decides) = (other.citing(newest), decides.citing(newest));
    let seen = play.now();
    let order = play.order(&seen, "100 EA", None);
    let seen = play.now();
    let promise = json!({"order": order, "quantity": "100 EA"});
    let wrong = play.write_with(&other, &seen, "commit_resource", promise.clone());
    play.check(wrong, "node_must_decide");
    let right = play.write_with(&decides, &seen, "commit_resource", promise);
    play.check(right, "applied");
    // It may say what it has received.
    let seen = play.now();
    let said = play.write_with(&other, &seen, "acknowledge_acts", json!({}));
    play.check(said, "applied");
}

#[test]
fn a_drawing_right_is_used_while_cut_off_and_what_exceeds_its_cap_is_void() {
    let mut play = Play::new();
    let grant = json!({"requesting": "jp", "commodity": "blanket", "cap": "300 EA",
        "purpose": "disaster_relief", "until": "2024-02-01T00:00:00Z"});
    let right = play.act("kr", "grant_drawing_right", grant);
    play.check(right, "applied");
    // Cut off: what kr does meanwhile is not seen, and neither are the draws over there.
    let cut = play.now();
    let draw = |play: &mut Play, seen: &Folded, quantity: &str| {
        let body = json!({"right": right, "quantity": quantity, "place": "jp-17"});
        play.write(seen, "jp", "draw_resource", body)
    };
    let first = draw(&mut play, &cut, "200 EA");
    play.check(first, "applied");
    assert_eq!(play.state().orders[&first].stage, Stage::Committed);
    let seen = play.now();
    let beyond = draw(&mut play, &seen, "101 EA");
    play.check(beyond, "draw_must_not_exceed_right");
    let seen = play.now();
    let rest = draw(&mut play, &seen, "100 EA");
    play.check(rest, "applied");
    // The right counts against the ceiling of 500 from the day it was granted, so that no promise
    // made on the other side can break it.
    let seen = play.now();
    let order = play.order(&seen, "200 EA", None);
    let unseen = play.now();
    let most = play.commit(&unseen, order, "200 EA");
    play.check(most, "applied");
    let seen = play.now();
    let more = play.order(&seen, "1 EA", None);
    play.check(more, "agreement_must_permit: ceiling_exceeded [art-4]");
    // Nobody else draws on it.
    let seen = play.now();
    let stolen = json!({"right": right, "quantity": "1 EA", "place": "cn-sd"});
    let stolen = play.write(&seen, "cn", "draw_resource", stolen);
    play.check(stolen, "step_must_be_own");
}

#[test]
fn a_promise_made_without_having_seen_a_suspension_stands_and_what_has_not_left_stays() {
    let mut play = Play::new();
    let seen = play.now();
    let order = play.order(&seen, "100 EA", None);
    let before = play.now();
    let suspension = play.suspend(&before, "jp");
    let promised = play.commit(&before, order, "100 EA");
    play.check(suspension, "applied");
    play.check(promised, "applied");
    // What left before the suspension was known is honoured: received and settled.
    let unaware = play.now_without(suspension);
    let left = play.dispatch(&unaware, order);
    play.check(left, "applied");
    let arrived = json!({"shipment": left, "accepted": "100 EA", "rejected": "0 EA",
        "reason": null, "short": "0 EA"});
    let arrived = play.act("jp", "receive_resource", arrived);
    play.check(arrived, "applied");
}

#[test]
fn a_promise_after_the_suspension_was_seen_is_void_and_one_before_it_stands() {
    let mut play = Play::new();
    let seen = play.now();
    let early = play.order(&seen, "100 EA", None);
    let seen = play.now();
    let promised = play.commit(&seen, early, "100 EA");
    let seen = play.now();
    let open = play.order(&seen, "100 EA", None);
    play.suspend(&play.now(), "jp");
    play.check(promised, "applied");
    let seen = play.now();
    let late = play.commit(&seen, open, "100 EA");
    assert!(play.world.outcome(late).starts_with("agreement_must_permit"));
    let seen = play.now();
    let stays = play.dispatch(&seen, early);
    play.check(stays, "dispatch_must_not_be_suspended");
}

#[test]
fn who_has_acknowledged_a_suspension_cannot_say_it_was_not_known() {
    let mut play = Play::new();
    let seen = play.now();
    let order = play.order(&seen, "100 EA", None);
    let before = play.now();
    play.suspend(&before, "jp");
    let seen = play.now();
    play.acknowledge(&seen, "kr");
    // The promise names old heads only, but it follows the acknowledgement in its own log.
    let head = play.now().logs[&play.world.pen("kr").log];
    let mut pretended = before.clone();
    pretended.logs.insert(play.world.pen("kr").log, head);
    let late = play.commit(&pretended, order, "100 EA");
    assert!(play.world.outcome(late).starts_with("agreement_must_permit"));
}

#[test]
fn a_notice_and_what_is_done_at_the_same_time_both_stand_and_obligations_survive() {
    let yearly =
        "from = 2020-01-01\nlasts = \"P1Y\"\nrenews = \"P1Y\"\nnotice_before_end = \"P90D\"";
    let text = include_str!("../src/testing/kr-jp.toml").replace("from = 2020-01-01", yearly);
    let mut play = Play::under(pumasi_agreement::read("kr-jp", &text).unwrap());
    let kind = json!({"mode": "replacement_in_kind", "price": null});
    let order = play.world.order_to_receipt("kr", "jp", kind);
    let before = play.now();
    let notice =
        json!({"agreement": "kr-jp", "ends": "2025-01-01", "cause": "test", "record": null});
    let notice = play.write(&before, "jp", "give_notice", notice);
    let bill = play.write(&before, "kr", "bill_obligation", json!({"order": order, "sum": null}));
    play.check(notice, "applied");
    play.check(bill, "applied");
    assert_eq!(play.state().binding_obligations().count(), 1);
}

#[test]
fn goods_sent_and_goods_received_both_stand_when_they_differ() {
    let mut play = Play::new();
    let kind = json!({"mode": "replacement_in_kind", "price": null});
    let order = play.world.order_to_receipt("kr", "jp", kind);
    let line = play.state().orders[&order].clone();
    assert_eq!(line.shipped.to_string(), "100 EA");
    assert_eq!(line.accepted.to_string(), "90 EA");
    assert_eq!(line.short.to_string(), "4 EA");
    // It closes only by what both sides sign: the debtor that it gave, the creditor that it got.
    let bill = play.act("kr", "bill_obligation", json!({"order": order, "sum": null}));
    play.check(bill, "applied");
    let paid = json!({"order": order, "reference": "waybill"});
    let paid = play.act("jp", "discharge_obligation", paid);
    play.check(paid, "applied");
    assert_eq!(play.state().orders[&order].stage, Stage::Settling);
    play.act("kr", "confirm_discharge", json!({"order": order}));
    assert_eq!(play.state().orders[&order].stage, Stage::Closed);
}

#[test]
fn after_a_fork_what_a_neighbour_had_received_in_good_faith_stands_and_the_rest_is_void() {
    let mut play = Play::new();
    let seen = play.now();
    let order = play.order(&seen, "400 EA", None);
    let before = play.now();
    let kept = play.commit(&before, order, "400 EA");
    let received = play.now();
    play.acknowledge(&received, "jp");
    // Later kr shows cn another act at the same place, as if it had promised nothing.
    let denial = json!({"order": order, "reason": "never promised"});
    let denial = play.write(&before, "kr", "decline_resource", denial);
    play.check(kept, "applied");
    play.check(denial, "log_must_not_fork");
    let honoured = &play.state().honoured[&kept];
    assert_eq!(honoured.cause, Cause::Fork);
    assert_eq!(play.state().orders[&order].stage, Stage::Committed);
    assert_eq!(play.now().forks.len(), 1, "both acts are the proof");
    // Nothing new is taken from that log.
    let after = play.act(
        "kr",
        "offer_resource",
        json!({"requesting": "jp", "request": null,
        "commodity": "blanket", "quantity": "1 EA", "purpose": "disaster_relief", "mode": "gift",
        "price": null}),
    );
    play.check(after, "log_must_not_fork");
}

#[test]
fn each_neighbour_may_hold_a_forked_author_to_the_branch_it_received() {
    let mut play = Play::new();
    let seen = play.now();
    let one = play.order(&seen, "100 EA", None);
    let seen = play.now();
    let other = play.order(&seen, "200 EA", None);
    let before = play.now();
    let to_jp = play.commit(&before, one, "100 EA");
    let seen_by_jp = play.now();
    let to_cn = play.commit(&before, other, "200 EA");
    let seen_by_cn = play.now_without(to_jp);
    play.acknowledge(&seen_by_jp, "jp");
    play.acknowledge(&seen_by_cn, "cn");
    play.check(to_jp, "applied");
    play.check(to_cn, "applied");
    assert_eq!(play.state().honoured.len(), 2, "both are breaches on record");
}

#[test]
fn a_key_found_stolen_keeps_what_was_before_the_cut_and_loses_what_comes_after() {
    let mut play = Play::new();
    let seen = play.now();
    let order = play.order(&seen, "100 EA", None);
    let seen = play.now();
    let honest = play.commit(&seen, order, "100 EA");
    let stolen = play.world.pen("kr");
    let seen = play.now();
    let other = play.order(&seen, "50 EA", None);
    play.world.replace_node("kr", 88);
    play.close("kr", &stolen, Some(honest));
    // The thief goes on, citing the entry from before: in its own branch of the world.
    let unaware = play.now_before_closing();
    let promised = json!({"order": other, "quantity": "50 EA"});
    let forged = play.write_with(&stolen, &unaware, "commit_resource", promised);
    play.check(honest, "applied");
    play.check(forged, "log_must_be_open");
    // The new node goes on where the old one ended.
    let seen = play.now();
    let answered = play.commit(&seen, other, "50 EA");
    play.check(answered, "applied");
}

#[test]
fn goods_a_neighbour_had_received_under_a_stolen_key_are_honoured_and_powers_are_void() {
    let mut play = Play::new();
    let seen = play.now();
    let order = play.order(&seen, "100 EA", None);
    let last = play.now().logs[&play.world.pen("kr").log].1;
    let stolen = play.world.pen("kr");
    let seen = play.now();
    let promised = json!({"order": order, "quantity": "100 EA"});
    let forged = play.write_with(&stolen, &seen, "commit_resource", promised);
    let seen = play.now();
    let power = play.write_with(
        &stolen,
        &seen,
        "suspend_agreement",
        json!({
        "agreement": "kr-jp", "clauses": [], "from": null, "until": null, "cause": "forged",
        "record": null}),
    );
    let received = play.now();
    play.acknowledge(&received, "jp");
    play.check(power, "applied");
    play.world.replace_node("kr", 88);
    play.close("kr", &stolen, Some(last));
    play.check(forged, "applied");
    play.check(power, "log_must_be_open");
    assert_eq!(play.state().honoured[&forged].cause, Cause::Revoked);
}

#[test]
fn a_log_whose_party_has_cited_a_newer_identity_cannot_cite_an_older_one() {
    let mut play = Play::new();
    let old = play.world.pen("kr");
    play.world.restore("kr");
    play.world.restore("kr");
    let fresh = play.offer();
    play.check(fresh, "applied");
    let seen = play.now();
    let back = play.write_with(
        &old,
        &seen,
        "offer_resource",
        json!({"requesting": "jp",
        "request": null, "commodity": "blanket", "quantity": "1 EA",
        "purpose": "disaster_relief", "mode": "gift", "price": null}),
    );
    play.check(back, "identity_must_continue");
}

#[test]
fn a_restored_node_goes_on_in_a_new_log_and_promises_it_forgot_are_honoured_if_received() {
    let mut play = Play::new();
    let seen = play.now();
    let first = play.order(&seen, "100 EA", None);
    let second = play.order(&play.now(), "100 EA", None);
    let backup = play.now().logs[&play.world.pen("kr").log].1;
    // Promised after the backup was made: one reached jp, the other nobody.
    let seen = play.now();
    let received = play.commit(&seen, first, "100 EA");
    let seen = play.now();
    play.acknowledge(&seen, "jp");
    let lost = play.commit(&seen, second, "100 EA");
    let old = play.world.pen("kr");
    play.world.restore("kr");
    let closing_seen = play.now_without(lost);
    let body = json!({"log": old.log, "last": backup});
    let closing = play.write(&closing_seen, "kr", "close_log", body);
    play.check(closing, "applied");
    play.check(received, "applied");
    play.check(lost, "log_must_be_open");
    assert_eq!(play.state().honoured[&received].cause, Cause::Restored);
    let seen = play.now();
    let again = play.commit(&seen, second, "100 EA");
    play.check(again, "applied");
}

#[test]
fn a_party_cannot_close_what_is_open_or_anothers() {
    let mut play = Play::new();
    let own = play.world.pen("kr");
    let open = play.close("kr", &own, None);
    play.check(open, "log_must_have_ended");
    let other = play.world.pen("jp");
    let others = play.close("kr", &other, None);
    play.check(others, "step_must_be_own");
    play.world.restore("kr");
    let closed = play.close("kr", &own, Some(open));
    play.check(closed, "applied");
    let twice = play.close("kr", &own, Some(open));
    play.check(twice, "log_must_have_ended");
    play.world.restore("jp");
    let elsewhere = play.close("jp", &other, Some(open));
    play.check(elsewhere, "reference_must_be_known");
}

/// A text both parties sign, which differs from the others in its title.
fn instrument(title: &str) -> String {
    let text = include_str!("../src/testing/kr-jp.toml");
    text.replace("nature = \"real\"", "nature = \"draft\"")
        .replace("[\"kr\", \"jp\", \"cn\"]", "[\"kr\", \"jp\"]")
        .replacen("ko = \"test", &format!("ko = \"{title}"), 1)
}

/// Lays a text down and has both parties sign it, each step seen by those who then write.
fn conclude(world: &mut World, base: &[ActId], title: &str) -> Vec<ActId> {
    let mut branch = base.to_vec();
    let mut step = |world: &mut World, party: &str, kind: &str, body: Value| {
        let seen: Vec<_> =
            world.acts.iter().filter(|act| branch.contains(&act.id())).cloned().collect();
        let seen = fold(&world.terms, &seen);
        branch.push(world.act_having_seen(&seen, party, kind, None, body));
        *branch.last().unwrap()
    };
    let text = instrument(title);
    let digest = pumasi_base::Digest::of(text.as_bytes());
    let draft = step(world, "kr", "draft_agreement", json!({ "text": text }));
    let signed = json!({"draft": draft, "digest": digest});
    step(world, "jp", "sign_agreement", signed.clone());
    step(world, "kr", "sign_agreement", signed);
    step(world, "jp", "acknowledge_acts", json!({}));
    branch
}

#[test]
fn of_two_amendments_signed_by_all_at_once_neither_applies_and_the_last_uncontested_one_stays() {
    let start = "2024-01-01T07:10:00Z".parse().unwrap();
    let mut world = World::of_agreement("kr-jp", &["jp", "kr", "cn"], Status::Actual, start);
    let base: Vec<ActId> = world.acts.iter().map(pumasi_act::Verified::id).collect();
    let first = conclude(&mut world, &base, "first");
    let day = "2024-06-01".parse().unwrap();
    let title = |world: &World| {
        let life = world.folded().state.unwrap().lives.into_values().next().unwrap();
        life.in_force_on(day).map(|(_, draft, _)| draft.agreement.title().ko.clone())
    };
    assert!(title(&world).unwrap().starts_with("first"));
    // Both parties write on from there twice, unknown to each branch: four forked signatures.
    let here = conclude(&mut world, &first, "here");
    assert!(title(&world).unwrap().starts_with("here"));
    let there = conclude(&mut world, &first, "there");
    let state = world.folded().state.unwrap();
    let signed = |branch: &[ActId]| branch.iter().filter(|act| state.applied.contains(act)).count();
    assert_eq!((signed(&here), signed(&there)), (here.len() - 1, there.len() - 1));
    assert!(title(&world).unwrap().starts_with("first"), "{:?}", title(&world));
}

#[test]
fn what_everybody_has_acknowledged_is_stable() {
    let mut play = Play::new();
    let seen = play.now();
    let order = play.order(&seen, "100 EA", None);
    let jp = play.world.pen("jp").log;
    let stable =
        |play: &Play| play.now().stable().iter().any(|(log, act)| *log == jp && *act == order);
    assert!(!stable(&play));
    for party in ["kr", "cn"] {
        assert!(!play.now().unacknowledged(&party.parse().unwrap()).is_empty());
        let seen = play.now();
        play.acknowledge(&seen, party);
        assert!(play.now().unacknowledged(&party.parse().unwrap()).is_empty());
    }
    assert!(stable(&play));
    // Acknowledgements need no acknowledgement.
    assert!(play.now().unacknowledged(&"jp".parse().unwrap()).is_empty());
    let by = play.now().witnessed(&order).by;
    assert_eq!(by.len(), 3);
}

#[test]
fn a_backdated_act_is_later_than_what_it_cites_and_what_its_log_said_before() {
    let mut play = Play::new();
    play.world.wait_until("2024-03-01T00:00:00Z".parse().unwrap());
    let cn = play.world.act("cn", "acknowledge_acts", None, json!({}));
    play.world.wait_until("2023-01-01T00:00:00Z".parse().unwrap());
    let backdated = play.order(&play.now(), "100 EA", None);
    let witnessed = play.now().witnessed(&backdated);
    assert_eq!(witnessed.after, Some("2024-03-01T01:00:00Z".parse().unwrap()));
    assert!(play.now().saw(&backdated, &cn));
    assert_eq!(play.state().orders[&backdated].time, "2024-01-01T07:10:00Z".parse().unwrap());
}

impl Play {
    /// What somebody has seen whom one act and all that follows has not reached.
    fn now_without(&self, missing: ActId) -> Folded {
        let rest: Vec<_> =
            self.world.acts.iter().filter(|act| act.id() != missing).cloned().collect();
        fold(&self.world.terms, &rest)
    }

    /// What somebody has seen whom no closing of a log has reached.
    fn now_before_closing(&self) -> Folded {
        let closing = self.world.acts.iter().find(|act| act.payload().kind == "close_log");
        self.now_without(closing.unwrap().id())
    }
}

/// Random worlds: honest and forged acts, each after a random part of the others, with forks,
/// thefts and restores in between.
fn random_world(seed: u64) -> World {
    let mut play = Play::new();
    let mut state = seed;
    let mut pick = move |below: usize| {
        state = state.wrapping_mul(0x5851_F42D_4C95_7F2D).wrapping_add(0x1405_7B7E_F767_814F);
        usize::try_from(state >> 33).unwrap() % below.max(1)
    };
    let parties = ["jp", "kr", "cn"];
    let mut pens: Vec<Pen> = parties.iter().map(|party| play.world.pen(party)).collect();
    for step in 0..24 {
        let arrived = play.world.acts.len() - pick(4).min(play.world.acts.len() - 3);
        let seen = fold(&play.world.terms, &play.world.acts[..arrived]);
        let orders: Vec<ActId> =
            seen.state.iter().flat_map(|state| state.orders.keys().copied()).collect();
        match pick(8) {
            0 | 1 => _ = play.order(&seen, "10 EA", None),
            2 | 3 if !orders.is_empty() => {
                _ = play.commit(&seen, orders[pick(orders.len())], "10 EA");
            }
            4 => {
                // Somebody with an old pen: a thief, a backup, a liar.
                let pen = pens[pick(pens.len())].clone();
                let body = json!({"requesting": "jp", "request": null, "commodity": "blanket",
                    "quantity": "1 EA", "purpose": "disaster_relief", "mode": "gift",
                    "price": null});
                _ = play.write_with(&pen, &seen, "offer_resource", body);
            }
            5 => _ = play.acknowledge(&seen, parties[pick(3)]),
            6 if step % 5 == 0 => {
                let party = parties[pick(3)];
                let old = play.world.pen(party);
                play.world.restore(party);
                pens.push(play.world.pen(party));
                let last = seen.logs.get(&old.log).map(|(_, head)| *head);
                let body = json!({"log": old.log, "last": last});
                _ = play.write(&seen, party, "close_log", body);
            }
            _ => _ = play.suspend(&seen, parties[pick(2)]),
        }
    }
    play.world
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn contested_worlds_fold_alike_in_any_order_and_bit_by_bit(seed in any::<u64>()) {
        let world = random_world(seed);
        let expected = fold(&world.terms, &world.acts);
        let mut state = seed;
        let mut choose = |ready: &std::collections::BTreeSet<ActId>| {
            state = state.wrapping_mul(0x5851_F42D_4C95_7F2D).wrapping_add(1);
            let pick = usize::try_from(state >> 33).unwrap() % ready.len().max(1);
            ready.iter().nth(pick).copied()
        };
        let elsewise = fold_in_another_order(&world.terms, &world.acts, &mut choose);
        prop_assert_eq!(elsewise.state, expected.state.clone());
        let mut bit_by_bit = Folded::default();
        for end in 1..=world.acts.len() {
            bit_by_bit.extend(&world.terms, &world.acts[..end], end - 1);
        }
        prop_assert_eq!(&bit_by_bit.state, &expected.state);
        prop_assert_eq!(&bit_by_bit.frontier, &expected.frontier);
        prop_assert_eq!(&bit_by_bit.logs, &expected.logs);
        prop_assert_eq!(&bit_by_bit.forks, &expected.forks);
    }

    #[test]
    fn trying_an_act_tells_what_it_will_come_to(seed in any::<u64>()) {
        let world = random_world(seed);
        let (last, before) = world.acts.split_last().unwrap();
        let folded = fold(&world.terms, before);
        let after = fold(&world.terms, &world.acts);
        // Of an act that follows everything; one beside others may be contested by them.
        if !after.contests.contains_key(&last.id()) && last.payload().kind != "close_log" {
            let state = after.state.unwrap();
            let outcome = folded.try_next(&world.terms, last);
            if let Err(refusal) = &outcome {
                prop_assert_eq!(state.refused.get(&last.id()).map(|r| r.code()), Some(refusal.code()));
            } else {
                prop_assert!(state.applied.contains(&last.id()));
            }
        }
    }
}
