//! The ledgers of the vectors: those of whole matters, and two worlds of their own.

use std::collections::BTreeMap;

use pumasi_act::payload::Payload;
use pumasi_act::testing::{World, agreement};
use pumasi_act::{ActId, Bundle, Envelope, Folded, Verified, fold};
use pumasi_base::{PartyId, Status, Time};
use pumasi_sync::Hello;
use serde_json::json;

use super::node::{Files, Ledger};

const PARTIES: [&str; 3] = ["jp", "kr", "cn"];

pub const ORDER: &str = "matter/order.pumasi";
pub const FORK: &str = "matter/fork.pumasi";
const AGREEMENT: &str = "matter/agreement.pumasi";
const LANES: &str = "sync/worlds/lanes.pumasi";
const MANY: &str = "sync/worlds/many.pumasi";

/// Every ledger, and the bundles that no other vector has.
pub fn files() -> Files {
    let mut files = Files::default();
    files.0.insert(LANES.to_owned(), bundle(&lanes()).write());
    files.0.insert(MANY.to_owned(), bundle(&many()).write());
    let all = |_: usize| true;
    let ledgers = [
        ("two-matters", ledger(&files, "jp", &[ORDER, FORK], all)),
        ("one-branch", ledger(&files, "cn", &[FORK], |index| index < 6)),
        ("drafts", ledger(&files, "kr", &[AGREEMENT], all)),
        ("lanes-before", ledger(&files, "jp", &[LANES], |index| index < 10)),
        ("lanes", ledger(&files, "jp", &[LANES], all)),
        ("many", ledger(&files, "jp", &[MANY], |index| index < 69)),
        ("many-others", ledger(&files, "kr", &[MANY], |index| ![3, 40].contains(&index))),
        ("many-fewer", ledger(&files, "kr", &[MANY], |index| index < 35)),
        ("opened", ledger(&files, "cn", &[FORK], |index| index < 1)),
        ("early", ledger(&files, "cn", &[FORK], |index| index < 3)),
        ("empty", ledger(&files, "kr", &[FORK], |_| false)),
        ("stranger", ledger(&files, "cn", &[FORK], |_| false)),
        ("wary", {
            let mut wary = ledger(&files, "kr", &[FORK], |_| false);
            wary.trusted.remove(&"cn".parse::<PartyId>().unwrap());
            wary
        }),
    ];
    for (name, ledger) in ledgers {
        let text = format!("{:#}\n", json!(ledger));
        files.0.insert(format!("sync/ledgers/{name}.json"), text);
    }
    files
}

/// The ledger of a party that holds those acts of these bundles whose place in them is kept.
fn ledger(files: &Files, party: &str, paths: &[&str], keep: impl Fn(usize) -> bool) -> Ledger {
    let party: PartyId = party.parse().unwrap();
    let bundles: Vec<Bundle> = paths.iter().map(|path| files.bundle(path)).collect();
    let mut trusted = BTreeMap::new();
    let mut identities = pumasi_act::Identities::default();
    for bundle in &bundles {
        for (party, fingerprint) in &bundle.trusted {
            identities.trust(party.clone(), *fingerprint).unwrap();
        }
        trusted.extend(bundle.trusted.clone());
        for entry in &bundle.identities {
            identities.admit(entry).unwrap();
        }
    }
    let identity = identities.of(&party).unwrap();
    let (node, incarnations) = identity.nodes.first_key_value().unwrap();
    let acts = bundles.iter().flat_map(|bundle| bundle.acts.iter().enumerate());
    let acts = acts.filter(|(index, _)| keep(*index)).map(|(_, act)| act.id()).collect();
    let epoch = format!("ledger of {party}");
    let hello = Hello::new(party, *node, incarnations.incarnation, epoch, identity.head);
    let bundles = paths.iter().map(|path| (*path).to_owned()).collect();
    Ledger { hello, trusted, bundles, acts }
}

fn bundle(world: &World) -> Bundle {
    let parties = PARTIES.map(|party| party.parse::<PartyId>().unwrap());
    let founded = |party: &PartyId| world.identities.of(party).unwrap().founded;
    let agreements = world.terms.agreements().iter();
    Bundle {
        exported_by: None,
        trusted: parties.iter().map(|party| (party.clone(), founded(party))).collect(),
        identities: parties.iter().flat_map(|party| world.identities.entries(party)).collect(),
        agreements: agreements
            .map(|text| (text.digest(), (text.id().clone(), text.text().to_owned())))
            .collect(),
        acts: world.acts.iter().map(|act| act.envelope().clone()).collect(),
        personal: BTreeMap::new(),
    }
}

/// One matter with urgent acts and bulk; the last act is of a kind nobody knows, and has the bulk
/// before it in its past.
///
/// Positions: 1 opened; 2 needs; 3 a request; 4 to 8 alerts as long as they can be; 9 kr, which
/// has seen the request; 10 needs; 11 the last.
fn lanes() -> World {
    let start = "2024-01-01T07:10:00Z".parse().unwrap();
    let mut world = World::new(&PARTIES, vec![agreement()], Status::Actual, start);
    let needs = |note: &str| json!({"note": note});
    world.act("jp", "report_needs", None, needs("few"));
    world.act("jp", "request_resource", Some("kr-jp/art-1"), request());
    let requested = world.folded();
    for number in 1..=5 {
        let text = number.to_string().repeat(46_000);
        world.act("jp", "relay_alert", None, json!({"note": text}));
    }
    world.act_having_seen(&requested, "kr", "acknowledge_acts", None, json!({}));
    let alone = without_last(&world);
    world.act_having_seen(&alone, "jp", "report_needs", None, needs("more"));
    world.act("jp", "sing_a_song", None, json!({"words": "la"}));
    world
}

fn request() -> serde_json::Value {
    json!({"assisting": "kr", "commodity": "blanket", "quantity": "100 EA",
        "purpose": "disaster_relief", "place": "jp", "need_by": null})
}

/// What somebody has seen whom the last act has not reached.
fn without_last(world: &World) -> Folded {
    fold(&world.terms, &world.acts[..world.acts.len() - 1])
}

/// Seventy matters, in one of which kr has written; the last three were opened by kr.
///
/// The first claims a time before 1970, and three claim one second.
fn many() -> World {
    let start = "2024-01-01T07:10:00Z".parse().unwrap();
    let mut world = World::new(&PARTIES, Vec::new(), Status::Test, start);
    let opening = world.acts[0].payload().clone();
    let open = |number: usize| {
        let pen = world.pen(if number < 67 { "jp" } else { "kr" });
        let time = match number {
            0 => "1969-12-31T23:59:00Z".to_owned(),
            21 => "2024-01-02T00:20:00Z".to_owned(),
            22 => "2024-01-02T00:20:00.5Z".to_owned(),
            _ => format!("2024-01-02T{:02}:{:02}:00Z", number / 60, number % 60),
        };
        let mut body = opening.body.clone();
        (body["case"], body["commodities"]) = (json!(format!("many-{number}")), json!({}));
        let time: Time = time.parse().unwrap();
        let (log, identity) = (pen.log.clone(), pen.identity);
        world.sign(&pen, &Payload { log, identity, time, body, ..opening.clone() })
    };
    let opened: Vec<Verified> = (0..70).map(open).collect();
    let mut tenth = world.clone();
    (tenth.matter, tenth.acts) = (opened[10].id(), vec![opened[10].clone()]);
    tenth.act("kr", "acknowledge_acts", None, json!({}));
    world.acts = opened;
    world.acts.extend(tenth.acts.pop());
    world
}

/// An opening act that asks for rules nobody knows.
pub fn of_tomorrow() -> Envelope {
    let start = "2024-01-01T07:10:00Z".parse().unwrap();
    let world = World::new(&PARTIES, vec![agreement()], Status::Actual, start);
    let opening = world.acts[0].payload();
    let mut body = opening.body.clone();
    body["rules"] = json!(9);
    let act = world.sign(&world.pen("jp"), &Payload { body, ..opening.clone() });
    act.envelope().clone()
}

/// An id that no act has.
pub fn nothing() -> ActId {
    ActId(pumasi_base::Digest::of(b"nothing"))
}
