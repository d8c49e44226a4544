//! Matters from request to settlement, as their officers would write them.

#![allow(clippy::unwrap_used, reason = "a failed test may panic")]

use proptest::prelude::*;
use pumasi_act::fold::fold_in_another_order;
use pumasi_act::testing::{World, agreement};
use pumasi_act::{ActId, Bundle, fold};
use pumasi_base::{Digest, Status};
use serde_json::{Value, json};

fn world(status: Status) -> World {
    World::new(
        &["jp", "kr", "cn"],
        vec![agreement()],
        status,
        "2024-01-01T07:10:00Z".parse().unwrap(),
    )
}

fn request(commodity: &str, quantity: &str) -> Value {
    json!({"assisting": "kr", "commodity": commodity, "quantity": quantity,
        "purpose": "disaster_relief", "place": "jp-17", "need_by": null})
}

/// Plays `lines` in turn, each `party kind clause body`, and compares what became of the last.
/// `$N` in a body stands for the id of line N, from 1.
#[track_caller]
fn check(lines: &[(&str, &str, &str, Value)], expected: &str) {
    let mut world = world(Status::Exercise);
    let mut ids: Vec<ActId> = Vec::new();
    for (party, kind, clause, body) in lines {
        let mut text = body.to_string();
        for (number, id) in ids.iter().enumerate() {
            text = text.replace(&format!("${}", number + 1), &id.to_string());
        }
        let body = serde_json::from_str(&text).unwrap();
        let cited = Some(format!("kr-jp/{clause}")).filter(|_| !clause.is_empty());
        ids.push(world.act(party, kind, cited.as_deref(), body));
    }
    assert_eq!(world.outcome(*ids.last().unwrap()), expected);
}

fn order(commodity: &str, quantity: &str, mode: &str) -> Value {
    json!({"assisting": "kr", "request": null, "offer": null, "commodity": commodity,
        "quantity": quantity, "purpose": "disaster_relief", "place": "jp-17", "mode": mode,
        "price": null})
}

fn commit(order: &str, quantity: &str) -> Value {
    json!({"order": order, "quantity": quantity})
}

#[test]
fn what_the_agreement_permits_is_applied_and_what_it_does_not_is_refused_with_its_clause() {
    let ask = "request_resource";
    check(&[("jp", ask, "art-1", request("drinking_water", "500 LTR"))], "applied");
    check(
        &[("jp", ask, "art-1", request("rifle_ammunition", "10000 EA"))],
        "agreement_must_permit: category_forbidden [art-3]",
    );
    check(&[("jp", ask, "", request("drinking_water", "500 LTR"))], "clause_must_be_cited");
    check(&[("jp", ask, "art-2", request("drinking_water", "500 LTR"))], "clause_must_permit");
    check(&[("jp", ask, "art-1", request("drinking_water", "0 LTR"))], "quantity_must_not_be_zero");
    check(&[("jp", ask, "art-1", request("drinking_water", "500 KGM"))], "unit_must_match");
    check(&[("jp", ask, "art-1", request("gold", "500 EA"))], "commodity_must_be_listed");
    check(&[("kr", ask, "art-1", request("drinking_water", "5 LTR"))], "parties_must_differ");
    check(&[("jp", ask, "art-1", json!({"assisting": "kr"}))], "body_must_read");
    check(&[("jp", "sing_song", "", json!({}))], "unknown");
}

#[test]
fn an_order_keeps_to_its_steps_and_its_parties() {
    let blankets = || ("jp", "requisition_resource", "art-1", order("blanket", "100 EA", "gift"));
    let promise = |party, quantity| (party, "commit_resource", "art-1", commit("$1", quantity));
    check(&[blankets(), promise("kr", "100 EA")], "applied");
    check(&[blankets(), promise("cn", "100 EA")], "step_must_be_own");
    check(&[blankets(), promise("kr", "101 EA")], "commitment_must_not_exceed_order");
    check(&[blankets(), promise("kr", "50 EA"), promise("kr", "50 EA")], "stage_must_fit");
    check(
        &[blankets(), ("kr", "decline_resource", "", json!({"order": "$1", "reason": null}))],
        "applied",
    );
    let ship = |quantity| {
        let body = json!({"order": "$1", "quantity": quantity, "pallets": 1, "links": [],
            "departs": "2024-01-02T00:00:00Z", "arrives": "2024-01-03T00:00:00Z"});
        ("kr", "dispatch_shipment", "", body)
    };
    check(&[blankets(), ship("10 EA")], "stage_must_fit");
    check(&[blankets(), promise("kr", "100 EA"), ship("100 EA")], "applied");
    check(
        &[blankets(), promise("kr", "100 EA"), ship("60 EA"), ship("41 EA")],
        "shipment_must_not_exceed_commitment",
    );
    let receive = |accepted: &str, short: &str| {
        let body = json!({"shipment": "$3", "accepted": accepted, "rejected": "0 EA",
            "reason": null, "short": short});
        ("jp", "receive_resource", "", body)
    };
    let shipped = || [blankets(), promise("kr", "100 EA"), ship("100 EA")].to_vec();
    let then = |more: &[(&'static str, &'static str, &'static str, Value)]| {
        let mut lines = shipped();
        lines.extend_from_slice(more);
        lines
    };
    check(&then(&[receive("90 EA", "10 EA")]), "applied");
    check(&then(&[receive("90 EA", "9 EA")]), "receipt_must_add_up");
    let twice = [receive("90 EA", "10 EA"), receive("90 EA", "10 EA")];
    check(&then(&twice), "shipment_must_be_received_once");
    let unknown = json!({"shipment": Digest::of(b"x"), "accepted": "1 EA", "rejected": "0 EA",
        "reason": null, "short": "0 EA"});
    check(&[("jp", "receive_resource", "", unknown)], "reference_must_be_known");
}

#[test]
fn a_ceiling_counts_what_was_committed_before() {
    let buy =
        |quantity| ("jp", "requisition_resource", "art-1", order("blanket", quantity, "gift"));
    let first = [buy("400 EA"), ("kr", "commit_resource", "art-1", commit("$1", "400 EA"))];
    let with = |quantity| {
        let mut lines = first.to_vec();
        lines.push(buy(quantity));
        lines
    };
    check(&with("100 EA"), "applied");
    check(&with("101 EA"), "agreement_must_permit: ceiling_exceeded [art-4]");
}

#[test]
fn settlement_is_fixed_on_the_order() {
    let fuel = |mode: &str, price: Value| {
        let mut body = order("diesel", "1000 LTR", mode);
        body["price"] = price;
        ("jp", "requisition_resource", "art-2", body)
    };
    check(&[fuel("reimbursement", json!("JPY 160"))], "applied");
    check(&[fuel("reimbursement", Value::Null)], "price_must_be_stated");
    check(&[fuel("gift", Value::Null)], "settlement_must_be_offered");
}

#[test]
fn push_needs_standing_consent() {
    let push = |commodity: &str, quantity: &str, contact_lost: bool| {
        let body = json!({"requesting": "jp", "commodity": commodity, "quantity": quantity,
            "purpose": "disaster_relief", "place": "jp-17", "contact_lost": contact_lost});
        ("kr", "push_resource", "art-8", body)
    };
    check(&[push("drinking_water", "500 LTR", true)], "applied");
    let mut world = world(Status::Exercise);
    let (_, kind, _, body) = push("drinking_water", "500 LTR", false);
    let id = world.act("kr", kind, Some("kr-jp/art-8"), body);
    assert!(world.outcome(id).starts_with("agreement_must_permit"), "{}", world.outcome(id));
}

#[test]
fn goods_received_short_are_settled_for_what_was_accepted() {
    let mut world = world(Status::Actual);
    let kind = json!({"mode": "replacement_in_kind", "price": null});
    let order = world.order_to_receipt("kr", "jp", kind);
    world.act("kr", "bill_obligation", None, json!({"order": order, "sum": null}));
    let paid = json!({"order": order, "reference": "waybill 7"});
    world.act("jp", "discharge_obligation", None, paid);
    let folded = world.folded();
    let owed = folded.state.as_ref().unwrap().binding_obligations().next().unwrap().1.clone();
    assert_eq!(owed.goods.to_string(), "90 EA");
    assert_eq!(
        owed.due.unwrap().to_string(),
        "2024-12-31T12:10:00Z",
        "365 days from the receipt, 2024 being a leap year"
    );
    let last = world.act("kr", "confirm_discharge", None, json!({"order": order}));
    assert_eq!(world.outcome(last), "applied");
    assert_eq!(world.folded().state.unwrap().orders[&order].stage.code(), "closed");
}

#[test]
fn an_exercise_creates_no_obligation() {
    let mut world = world(Status::Exercise);
    let order =
        world.order_to_receipt("kr", "jp", json!({"mode": "replacement_in_kind", "price": null}));
    let state = world.folded().state.unwrap();
    assert!(state.orders[&order].obligation.is_some(), "it is played through");
    assert_eq!(state.binding_obligations().count(), 0, "but binds nobody");
}

#[test]
fn a_fork_is_proof_and_binds_nobody_after_it() {
    let mut world = world(Status::Actual);
    let before = world.folded();
    let water = |quantity: &str| request("drinking_water", quantity);
    let one = world.act_having_seen(
        &before,
        "jp",
        "request_resource",
        Some("kr-jp/art-1"),
        water("1 LTR"),
    );
    let other = world.act_having_seen(
        &before,
        "jp",
        "request_resource",
        Some("kr-jp/art-1"),
        water("2 LTR"),
    );
    assert_eq!(
        (world.outcome(one).as_str(), world.outcome(other).as_str()),
        ("log_must_not_fork", "log_must_not_fork")
    );
    let forks = world.folded().forks;
    assert_eq!(forks.values().next().unwrap().iter().copied().collect::<Vec<_>>(), {
        let mut ids = vec![one, other];
        ids.sort();
        ids
    });
}

#[test]
fn an_order_made_before_the_promise_was_seen_stands_and_the_giver_has_the_last_word() {
    let mut world = world(Status::Exercise);
    let buy = |world: &mut World, quantity: &str, seen: Option<&pumasi_act::Folded>| {
        let body = order("blanket", quantity, "gift");
        match seen {
            None => world.act("jp", "requisition_resource", Some("kr-jp/art-1"), body),
            Some(seen) => {
                world.act_having_seen(seen, "jp", "requisition_resource", Some("kr-jp/art-1"), body)
            }
        }
    };
    let first = buy(&mut world, "400 EA", None);
    let seen = world.folded();
    let promise = json!({"order": first, "quantity": "400 EA"});
    world.act("kr", "commit_resource", Some("kr-jp/art-1"), promise);
    let unseen = buy(&mut world, "200 EA", Some(&seen));
    assert_eq!(world.outcome(unseen), "applied");
    let beyond = json!({"order": unseen, "quantity": "200 EA"});
    let beyond = world.act("kr", "commit_resource", Some("kr-jp/art-1"), beyond);
    assert_eq!(world.outcome(beyond), "agreement_must_permit: ceiling_exceeded [art-4]");
    let within = json!({"order": unseen, "quantity": "100 EA"});
    let within = world.act("kr", "commit_resource", Some("kr-jp/art-1"), within);
    assert_eq!(world.outcome(within), "applied");
    let backwards = fold_in_another_order(&world.terms, &world.acts, |ready| ready.last().copied());
    assert_eq!(backwards.digest(), world.folded().digest());
}

/// A matter in which two parties write at the same time, half of it unseen by the other.
fn busy_world() -> World {
    let mut world = world(Status::Exercise);
    world.order_to_receipt("kr", "jp", json!({"mode": "gift", "price": null}));
    let seen = world.folded();
    for quantity in ["1 LTR", "2 LTR"] {
        world.act(
            "jp",
            "request_resource",
            Some("kr-jp/art-1"),
            request("drinking_water", quantity),
        );
    }
    world.act_having_seen(
        &seen,
        "kr",
        "request_resource",
        Some("kr-jp/art-1"),
        json!({"assisting": "cn", "commodity": "blanket", "quantity": "5 EA",
            "purpose": "disaster_relief", "place": "kr-42", "need_by": null}),
    );
    world.act_having_seen(
        &seen,
        "cn",
        "request_resource",
        Some("kr-jp/art-1"),
        request("rifle_ammunition", "5 EA"),
    );
    let before = world.folded();
    let first = world.act(
        "jp",
        "requisition_resource",
        Some("kr-jp/art-1"),
        order("blanket", "390 EA", "gift"),
    );
    let seen = world.folded();
    let promise = json!({"order": first, "quantity": "390 EA"});
    world.act("kr", "commit_resource", Some("kr-jp/art-1"), promise);
    world.act_having_seen(
        &seen,
        "jp",
        "requisition_resource",
        Some("kr-jp/art-1"),
        order("blanket", "50 EA", "gift"),
    );
    world.act_having_seen(
        &before,
        "cn",
        "offer_resource",
        Some("kr-jp/art-1"),
        json!({"requesting": "jp", "request": null, "commodity": "blanket", "quantity": "10 EA",
            "purpose": "disaster_relief", "mode": "gift", "price": null}),
    );
    world.order_to_receipt("cn", "jp", json!({"mode": "replacement_in_kind", "price": null}));
    world
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn equal_acts_give_equal_digests_in_any_order_of_arrival(seed in any::<u64>()) {
        let world = busy_world();
        let expected = world.folded();
        let mut acts = world.acts.clone();
        let mut state = seed;
        for end in (1..acts.len()).rev() {
            // SplitMix64: a fixed shuffle for each seed.
            state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
            let mixed = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            acts.swap(end, usize::try_from(mixed >> 33).unwrap() % (end + 1));
        }
        let copies = acts.iter().take(3).cloned().collect::<Vec<_>>();
        acts.extend(copies);
        let folded = fold(&world.terms, &acts);
        prop_assert_eq!(folded.digest(), expected.digest());
        prop_assert_eq!(folded.frontier_digest(), expected.frontier_digest());
        prop_assert_eq!(&folded.order, &expected.order);
        // Nor does anything depend on which of several possible acts is taken next.
        let elsewise = fold_in_another_order(&world.terms, &acts, |ready| {
            state = state.wrapping_mul(0x5851_F42D_4C95_7F2D).wrapping_add(1);
            let pick = usize::try_from(state >> 33).unwrap() % ready.len().max(1);
            ready.iter().nth(pick).copied()
        });
        prop_assert_eq!(elsewise.digest(), expected.digest());
    }

    #[test]
    fn acts_that_arrive_one_by_one_end_in_the_same_state(skip in 0_usize..20) {
        let world = busy_world();
        let mut late = world.acts.clone();
        let missing = late.remove(skip % late.len());
        let before = fold(&world.terms, &late);
        prop_assert!(before.missing.contains(&missing.id()) || before.waiting.is_empty());
        late.push(missing);
        prop_assert_eq!(fold(&world.terms, &late).digest(), world.folded().digest());
    }
}

#[test]
fn one_side_s_export_proves_the_matter_again_and_one_changed_byte_is_caught() {
    let world = busy_world();
    let parties: Vec<_> = world.identities.all().map(|identity| identity.party.clone()).collect();
    let bundle = Bundle {
        exported_by: parties.first().cloned(),
        trusted: world.identities.all().map(|i| (i.party.clone(), i.founded)).collect(),
        identities: parties.iter().flat_map(|party| world.identities.chain(party)).collect(),
        agreements: [(
            agreement().digest(),
            ("kr-jp".parse().unwrap(), agreement().text().to_owned()),
        )]
        .into(),
        acts: world.acts.iter().map(|act| act.envelope().clone()).collect(),
        personal: world.personal.clone(),
    };
    let text = bundle.write();
    let read = Bundle::read(&text).unwrap();
    assert_eq!(read, bundle);
    let proofs = read.verify().unwrap();
    assert_eq!(proofs.len(), 1);
    assert_eq!(proofs[0].folded.digest(), world.folded().digest());
    let lines: Vec<&str> = text.lines().collect();
    assert!(Bundle::read(&lines[..lines.len() - 1].join("\n")).is_err(), "cut off");
    for (index, line) in lines.iter().enumerate().filter(|(_, line)| line.contains("\"act\"")) {
        let at = line.find("\"payload\":\"").unwrap() + 60;
        let mut changed = line.as_bytes().to_vec();
        changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
        let mut copy: Vec<String> = lines.iter().map(|l| (*l).to_owned()).collect();
        copy[index] = String::from_utf8(changed).unwrap();
        let caught = Bundle::read(&copy.join("\n")).and_then(|bundle| bundle.verify());
        assert!(caught.is_err(), "line {}", index + 1);
    }
}
