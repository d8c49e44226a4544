//! Whole matters: what becomes of every act, and the state to the byte.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "compiled for tests alone, where a fault may panic"
)]

use std::collections::BTreeMap;

use pumasi_base::Status;
use serde_json::{Value, json};

use super::super::{Pen, World, agreement};
use super::{bundle, table};
use crate::envelope::ActId;
use crate::fold::{Folded, fold};
use crate::kinds;
use crate::payload::Payload;

/// One matter: its name, what happens in it, and how it comes about.
type Made = (&'static str, &'static str, fn() -> World);

pub(super) fn files() -> BTreeMap<String, String> {
    let matters: [Made; 12] = [
        ("order", "an order to its settlement", order),
        ("fork", "a log forked, one branch acknowledged and the other not", fork),
        ("stolen", "a key revoked, its log closed, one forged act acknowledged", stolen),
        ("restored", "a node restored from a backup that lacks two promises", restored),
        ("suspension", "a promise and a suspension that had not seen each other", suspension),
        ("deadline", "acceptances in time, late, late so far and seen by nobody", deadline),
        ("drawing-right", "goods drawn while cut off, and once too many", drawing_right),
        ("agreement", "an agreement from its draft to a suspension", life),
        ("refusals", "acts that are refused, each for another reason", refusals),
        ("positions", "a log that jumps to its last position and goes on", positions),
        ("gap", "an act whose past is not there waits", gap),
        ("personal", "personal data beside acts, some of them retracted", personal),
    ];
    let mut files = BTreeMap::new();
    let mut rows = Vec::new();
    for (name, what, make) in matters {
        let world = make();
        let folded = world.folded();
        let state = folded.state.as_ref().unwrap();
        rows.push(format!(
            "{name}\t{}\t{}\t{}\t{}\t{what}",
            world.matter,
            world.acts.len(),
            folded.frontier_digest(),
            folded.digest()
        ));
        let canonical = String::from_utf8(state.canonical()).unwrap();
        files.insert(format!("matter/{name}.pumasi"), bundle(&world).write());
        files.insert(format!("matter/{name}.state.json"), canonical);
        files.insert(format!("matter/{name}.acts.tsv"), outcomes(&world, &folded));
        let accepted = acceptances(&folded);
        if !accepted.is_empty() {
            let head = "order\tdeadline\ttimeliness\twitness\twitnessed";
            files.insert(format!("matter/{name}.acceptances.tsv"), table(head, accepted));
        }
    }
    let head = "matter\tid\tacts\tfrontier\tstate\twhat";
    files.insert("matter/table.tsv".to_owned(), table(head, rows));
    files
}

/// What became of each act, in the order of the bundle.
fn outcomes(world: &World, folded: &Folded) -> String {
    let outcome = |act: &ActId| {
        let state = folded.state.as_ref().unwrap();
        if let Some(refusal) = state.refused.get(act) {
            return refusal.code();
        }
        let word = match act {
            act if state.honoured.contains_key(act) => "honoured",
            act if state.applied.contains(act) => "applied",
            act if state.unknown.contains_key(act) => "unknown",
            _ => "waiting",
        };
        word.to_owned()
    };
    let rows = world.acts.iter().map(|act| {
        let payload = act.payload();
        format!("{}\t{}\t{}\t{}", act.id(), act.party(), payload.kind, outcome(&act.id()))
    });
    table("act\tparty\tkind\toutcome", rows)
}

/// How each order that takes up an offer with a deadline stands to it.
fn acceptances(folded: &Folded) -> Vec<String> {
    let orders = folded.state.as_ref().unwrap().orders.keys();
    let row = |order: &ActId| {
        let acceptance = folded.acceptance(order)?;
        let (party, time) = acceptance.witness.map_or_else(
            || ("-".to_owned(), "-".to_owned()),
            |(party, time)| (party.to_string(), time.to_string()),
        );
        let (deadline, word) = (acceptance.deadline, acceptance.timeliness.code());
        Some(format!("{order}\t{deadline}\t{word}\t{party}\t{time}"))
    };
    orders.filter_map(row).collect()
}

/// A matter of three parties that have all written.
fn three() -> World {
    let start = "2024-01-01T07:10:00Z".parse().unwrap();
    let mut world = World::new(&["jp", "kr", "cn"], vec![agreement()], Status::Actual, start);
    for party in ["kr", "cn"] {
        world.act(party, "acknowledge_acts", None, json!({}));
    }
    world
}

fn write(world: &mut World, seen: &Folded, party: &str, kind: &str, body: Value) -> ActId {
    let pen = world.pen(party);
    write_with(world, &pen, seen, kind, body)
}

fn write_with(world: &mut World, pen: &Pen, seen: &Folded, kind: &str, body: Value) -> ActId {
    let cites = kinds::find(kind).is_some_and(kinds::KindEntry::cites);
    world.act_with(pen, seen, kind, Some("kr-jp/art-1").filter(|_| cites), body)
}

/// jp orders blankets of kr, having seen everything.
fn ordered(world: &mut World, quantity: &str) -> ActId {
    let body = json!({"assisting": "kr", "request": null, "offer": null, "commodity": "blanket",
        "quantity": quantity, "purpose": "disaster_relief", "place": "jp-17", "mode": "gift",
        "price": null});
    world.act("jp", "requisition_resource", Some("kr-jp/art-1"), body)
}

fn promise(order: ActId, quantity: &str) -> Value {
    json!({"order": order, "quantity": quantity})
}

fn acknowledge(world: &mut World, seen: &Folded, party: &str) {
    write(world, seen, party, "acknowledge_acts", json!({}));
}

/// What somebody has seen whom one act has not reached.
fn without(world: &World, missing: ActId) -> Folded {
    let rest: Vec<_> = world.acts.iter().filter(|act| act.id() != missing).cloned().collect();
    fold(&world.terms, &rest)
}

fn order() -> World {
    let start = "2024-01-01T07:10:00Z".parse().unwrap();
    let mut world = World::new(&["jp", "kr"], vec![agreement()], Status::Actual, start);
    let mode = json!({"mode": "replacement_in_kind", "price": null});
    let order = world.order_to_receipt("kr", "jp", mode);
    world.act("kr", "bill_obligation", None, json!({"order": order, "sum": null}));
    world.act("jp", "discharge_obligation", None, json!({"order": order, "reference": "waybill"}));
    world.act("kr", "confirm_discharge", None, json!({"order": order}));
    world
}

fn fork() -> World {
    let mut world = three();
    let order = ordered(&mut world, "400 EA");
    let before = world.folded();
    write(&mut world, &before, "kr", "commit_resource", promise(order, "400 EA"));
    let received = world.folded();
    acknowledge(&mut world, &received, "jp");
    // Later kr writes at the same place, as if it had promised nothing.
    let denial = json!({"order": order, "reason": "never promised"});
    write(&mut world, &before, "kr", "decline_resource", denial);
    let seen = world.folded();
    acknowledge(&mut world, &seen, "cn");
    world
}

fn stolen() -> World {
    let mut world = three();
    let first = ordered(&mut world, "100 EA");
    let last = world.folded().logs[&world.pen("kr").log].1;
    let stolen = world.pen("kr");
    let seen = world.folded();
    write_with(&mut world, &stolen, &seen, "commit_resource", promise(first, "100 EA"));
    let seen = world.folded();
    let power = json!({"agreement": "kr-jp", "clauses": [], "from": null, "until": null,
        "cause": "forged", "record": null});
    write_with(&mut world, &stolen, &seen, "suspend_agreement", power);
    // jp received both in good faith: goods are honoured, powers are not.
    let received = world.folded();
    acknowledge(&mut world, &received, "jp");
    let unaware = world.folded();
    world.replace_node("kr", 88);
    world.act("kr", "close_log", None, json!({"log": stolen.log, "last": last}));
    let body = json!({"order": first, "reason": "forged as well"});
    write_with(&mut world, &stolen, &unaware, "decline_resource", body);
    let second = ordered(&mut world, "50 EA");
    let seen = world.folded();
    write(&mut world, &seen, "kr", "commit_resource", promise(second, "50 EA"));
    world
}

fn restored() -> World {
    let mut world = three();
    let first = ordered(&mut world, "100 EA");
    let second = ordered(&mut world, "100 EA");
    let backup = world.folded().logs[&world.pen("kr").log].1;
    let seen = world.folded();
    write(&mut world, &seen, "kr", "commit_resource", promise(first, "100 EA"));
    let seen = world.folded();
    acknowledge(&mut world, &seen, "jp");
    let lost = write(&mut world, &seen, "kr", "commit_resource", promise(second, "100 EA"));
    let old = world.pen("kr");
    world.restore("kr");
    let remembered = without(&world, lost);
    let body = json!({"log": old.log, "last": backup});
    write(&mut world, &remembered, "kr", "close_log", body);
    let seen = world.folded();
    write(&mut world, &seen, "kr", "commit_resource", promise(second, "100 EA"));
    world
}

fn suspension() -> World {
    let mut world = three();
    let order = ordered(&mut world, "100 EA");
    let open = ordered(&mut world, "50 EA");
    let before = world.folded();
    let body = json!({"agreement": "kr-jp", "clauses": [], "from": null, "until": null,
        "cause": "test", "record": null});
    let suspended = write(&mut world, &before, "jp", "suspend_agreement", body);
    write(&mut world, &before, "kr", "commit_resource", promise(order, "100 EA"));
    let shipment = |quantity: &str| {
        json!({"order": order, "quantity": quantity, "pallets": 1, "links": [],
            "departs": "2024-01-02T00:00:00Z", "arrives": "2024-01-03T00:00:00Z"})
    };
    let unaware = without(&world, suspended);
    write(&mut world, &unaware, "kr", "dispatch_shipment", shipment("40 EA"));
    let seen = world.folded();
    write(&mut world, &seen, "kr", "dispatch_shipment", shipment("60 EA"));
    let seen = world.folded();
    write(&mut world, &seen, "kr", "commit_resource", promise(open, "50 EA"));
    let lifted = json!({"agreement": "kr-jp", "suspension": suspended, "record": null});
    world.act("jp", "resume_agreement", None, lifted);
    world.act("kr", "dispatch_shipment", None, shipment("60 EA"));
    world
}

/// Offers with deadlines, each accepted by an order that claims to be early.
fn deadline() -> World {
    let mut world = three();
    let offers: Vec<ActId> = (0..3).map(|_| offered(&mut world, "2024-01-03T00:00:00Z")).collect();
    let accept = |world: &mut World, seen: &Folded, at: &str, offer: ActId| {
        world.wait_until(at.parse().unwrap());
        let body = json!({"assisting": "kr", "request": null, "offer": offer,
            "commodity": "blanket", "quantity": "10 EA", "purpose": "disaster_relief",
            "place": "jp-17", "mode": "gift", "price": null});
        write(world, seen, "jp", "requisition_resource", body)
    };
    let receive = |world: &mut World, seen: &Folded, at: &str, party: &str| {
        world.wait_until(at.parse().unwrap());
        write(world, seen, party, "acknowledge_acts", json!({}))
    };
    let commit = |world: &mut World, order: ActId, more: Value| {
        let mut body = promise(order, "10 EA");
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let seen = world.folded();
        write(world, &seen, "kr", "commit_resource", body);
    };
    // The first reaches cn at the last moment, and kr only later.
    let seen = world.folded();
    let in_time = accept(&mut world, &seen, "2024-01-02T00:00:00Z", offers[0]);
    let seen = world.folded();
    let received = receive(&mut world, &seen, "2024-01-03T00:30:00Z", "cn");
    let unaware = without(&world, received);
    // The second reaches nobody in time.
    let so_far = accept(&mut world, &unaware, "2024-01-02T01:00:00Z", offers[1]);
    let unaware = without(&world, received);
    receive(&mut world, &unaware, "2024-01-03T00:30:01Z", "kr");
    // The third is written by who has seen the deadline pass; its accomplice has seen it too.
    let seen = world.folded();
    let late = accept(&mut world, &seen, "2024-01-02T02:00:00Z", offers[2]);
    let seen = world.folded();
    receive(&mut world, &seen, "2024-01-02T02:00:00Z", "cn");
    world.wait_until("2024-01-04T00:00:00Z".parse().unwrap());
    commit(&mut world, in_time, json!({}));
    for order in [so_far, late] {
        commit(&mut world, order, json!({"accepts_late": false}));
        commit(&mut world, order, json!({"accepts_late": true}));
    }
    // The fourth, of an offer that holds longer, is seen by nobody.
    let longer = offered(&mut world, "2024-02-03T00:00:00Z");
    let seen = world.folded();
    accept(&mut world, &seen, "2024-01-05T00:00:00Z", longer);
    world
}

/// kr offers jp blankets until a moment and half an hour more.
fn offered(world: &mut World, until: &str) -> ActId {
    let body = json!({"requesting": "jp", "request": null, "commodity": "blanket",
        "quantity": "10 EA", "purpose": "disaster_relief", "mode": "gift", "price": null,
        "until": until, "grace_minutes": 30});
    world.act("kr", "offer_resource", Some("kr-jp/art-1"), body)
}

fn drawing_right() -> World {
    let mut world = three();
    let grant = json!({"requesting": "jp", "commodity": "blanket", "cap": "300 EA",
        "purpose": "disaster_relief", "until": "2024-02-01T00:00:00Z"});
    let right = world.act("kr", "grant_drawing_right", Some("kr-jp/art-1"), grant);
    let draw = |quantity: &str| json!({"right": right, "quantity": quantity, "place": "jp-17"});
    let cut = world.folded();
    write(&mut world, &cut, "jp", "draw_resource", draw("200 EA"));
    // Meanwhile kr goes on without having seen it.
    acknowledge(&mut world, &cut, "kr");
    let seen = world.folded();
    write(&mut world, &seen, "jp", "draw_resource", draw("101 EA"));
    world.act("jp", "draw_resource", None, draw("100 EA"));
    world.act("cn", "draw_resource", None, draw("1 EA"));
    let order = ordered(&mut world, "200 EA");
    let seen = world.folded();
    write(&mut world, &seen, "kr", "commit_resource", promise(order, "200 EA"));
    ordered(&mut world, "1 EA");
    world
}

/// A matter about the agreement: drafted, signed by both, suspended, and signed once too often.
fn life() -> World {
    let text = include_str!("../kr-jp.toml")
        .replace("nature = \"real\"", "nature = \"draft\"")
        .replace("[\"kr\", \"jp\", \"cn\"]", "[\"kr\", \"jp\"]");
    let start = "2024-01-01T07:10:00Z".parse().unwrap();
    let mut world = World::of_agreement("kr-jp", &["kr", "jp"], Status::Actual, start);
    let draft = world.act("kr", "draft_agreement", None, json!({"text": text}));
    world.act("jp", "draft_agreement", None, json!({"text": "id = 1"}));
    let digest = pumasi_base::Digest::of(text.as_bytes());
    let said = json!({"draft": draft, "digest": digest});
    for party in ["jp", "kr"] {
        world.act(party, "initial_agreement", None, said.clone());
        world.act(party, "sign_agreement", None, said.clone());
    }
    world.act("jp", "sign_agreement", None, said.clone());
    world.act("jp", "ratify_agreement", None, said);
    let body = json!({"agreement": "kr-jp", "clauses": ["art-1"], "from": null,
        "until": "2024-02-01", "cause": "review", "record": null});
    world.act("kr", "suspend_agreement", None, body);
    world
}

fn refusals() -> World {
    let mut world = three();
    let cited = Some("kr-jp/art-1");
    let request = |change: Value| {
        let mut body = json!({"assisting": "kr", "commodity": "blanket", "quantity": "100 EA",
            "purpose": "disaster_relief", "place": "jp", "need_by": null});
        body.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        body
    };
    for (clause, change) in [
        (cited, json!({"song": "la"})),
        (cited, json!({"quantity": "0 EA"})),
        (cited, json!({"quantity": "1 LTR"})),
        (cited, json!({"commodity": "gold"})),
        (cited, json!({"assisting": "us"})),
        (cited, json!({"assisting": "jp"})),
        (cited, json!({"commodity": "rifle_ammunition"})),
        (None, json!({})),
        (Some("kr-jp/art-4"), json!({})),
    ] {
        world.act("jp", "request_resource", clause, request(change));
    }
    world.act("jp", "sing_a_song", None, json!({"words": "la"}));
    let nothing = ActId(pumasi_base::Digest::of(b"nothing"));
    world.act("kr", "commit_resource", cited, promise(nothing, "1 EA"));
    let order = ordered(&mut world, "100 EA");
    world.act("kr", "commit_resource", cited, promise(order, "101 EA"));
    world.act("cn", "commit_resource", cited, promise(order, "100 EA"));
    world.act("kr", "confirm_discharge", None, json!({"order": order}));
    let own = world.pen("kr").log;
    world.act("kr", "close_log", None, json!({"log": own, "last": null}));
    world
}

/// A log jumps ahead, and goes on where there is no position left.
fn positions() -> World {
    let mut world = three();
    let pen = world.pen("kr");
    for seq in [u64::MAX - 1, u64::MAX, u64::MAX] {
        world.act("kr", "acknowledge_acts", None, json!({}));
        let honest = world.acts.pop().unwrap();
        let act = world.sign(&pen, &Payload { seq, ..honest.payload().clone() });
        world.acts.push(act);
    }
    ordered(&mut world, "100 EA");
    world
}

fn gap() -> World {
    let mut world = three();
    let order = ordered(&mut world, "100 EA");
    world.act("kr", "commit_resource", Some("kr-jp/art-1"), promise(order, "100 EA"));
    world.acts.retain(|act| act.id() != order);
    world
}

fn personal() -> World {
    let start = "2024-01-01T07:10:00Z".parse().unwrap();
    let mut world = World::new(&["jp", "kr"], vec![agreement()], Status::Actual, start);
    let request = json!({"assisting": "kr", "commodity": "blanket", "quantity": "100 EA",
        "purpose": "disaster_relief", "place": "jp", "need_by": null});
    let contact = "輪島市 受入担当\n000-0000-0000";
    let kept = world.act_with_personal(
        "jp",
        "request_resource",
        Some("kr-jp/art-1"),
        request.clone(),
        contact,
    );
    let driver = "운전 담당 \"갑\"\t000-0000-0000";
    let erased = world.act_with_personal(
        "kr",
        "offer_resource",
        Some("kr-jp/art-1"),
        json!({"requesting": "jp", "request": kept, "commodity": "blanket", "quantity": "100 EA",
            "purpose": "disaster_relief", "mode": "gift", "price": null}),
        driver,
    );
    // Also beside an act that is refused, and beside one of a kind nobody knows.
    let refused = world.act_with_personal(
        "jp",
        "request_resource",
        None,
        json!({"assisting": "kr", "commodity": "blanket", "quantity": "0 EA",
            "purpose": "disaster_relief", "place": "jp", "need_by": null}),
        "beside a refusal",
    );
    world.act_with_personal("jp", "sing_a_song", None, json!({}), "beside a song");
    world.act("jp", "retract_personal_data", None, json!({"act": erased}));
    let retraction = world.act("kr", "retract_personal_data", None, json!({"act": erased}));
    world.act("kr", "retract_personal_data", None, json!({"act": erased}));
    world.act("kr", "retract_personal_data", None, json!({"act": retraction}));
    world.act("jp", "retract_personal_data", None, json!({"act": refused}));
    world.act("jp", "acknowledge_acts", None, json!({}));
    let state = world.folded().state.unwrap();
    world.personal.retain(|commitment, _| {
        let mut parties = state.genesis.audience.iter();
        !parties.any(|party| state.is_retracted(party, commitment))
    });
    world
}
