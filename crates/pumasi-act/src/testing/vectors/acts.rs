//! Envelopes one by one: what is taken as an act, and by which name the rest is turned away.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "compiled for tests alone, where a fault may panic"
)]

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::SigningKey;
use pumasi_base::{Digest, Status};
use serde_json::{Value, json};

use super::super::{Pen, World, agreement};
use super::{bundle, table};
use crate::envelope::{
    ActId, ENVELOPE_BYTES_MAX, Envelope, KeyRecord, PAYLOAD_BYTES_MAX, SIGNATURES_MAX, Suite,
};
use crate::identity::{IdentityEntry, IdentitySay};
use crate::payload::{ACT_TYPE, PARENTS_MAX};
use crate::verify::{Verified, verify};

/// One file: its name, what is special about it, its text.
struct Case(&'static str, &'static str, String);

/// A world in which two parties have written, and what jp would write next.
struct Desk {
    world: World,
    pen: Pen,
    payload: Value,
}

impl Desk {
    fn new() -> Self {
        let start = "2024-01-01T07:10:00Z".parse().unwrap();
        let mut world = World::new(&["jp", "kr"], vec![agreement()], Status::Actual, start);
        world.act("kr", "acknowledge_acts", None, json!({}));
        let body = json!({"assisting": "kr", "commodity": "blanket", "quantity": "100 EA",
            "purpose": "disaster_relief", "place": "jp", "need_by": null});
        world.act("jp", "request_resource", Some("kr-jp/art-1"), body);
        let act = world.acts.pop().unwrap();
        let payload = serde_json::from_slice(act.envelope().payload()).unwrap();
        Self { pen: world.pen("jp"), world, payload }
    }

    fn both(&self) -> [&SigningKey; 2] {
        [&self.pen.node, &self.pen.officer]
    }

    /// Any payload, signed by node and officer.
    fn sign(&self, payload: impl Into<Vec<u8>>) -> String {
        Envelope::sign(ACT_TYPE, payload.into(), &self.both()).write()
    }

    /// The request, signed by other keys.
    fn signed_by(&self, keys: &[&SigningKey]) -> String {
        Envelope::sign(ACT_TYPE, self.payload.to_string().into_bytes(), keys).write()
    }

    /// The request with one piece of its text replaced.
    fn replaced(&self, from: &str, to: &str) -> String {
        let text = self.payload.to_string();
        assert!(text.contains(from), "{from} is not in {text}");
        self.sign(text.replacen(from, to, 1))
    }

    /// The request with fields of its payload set.
    fn with(&self, fields: Value) -> String {
        let mut payload = self.payload.clone();
        payload.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        self.sign(payload.to_string())
    }

    /// The request in an envelope whose JSON was changed afterwards.
    fn envelope(&self, change: impl FnOnce(&mut Value)) -> String {
        let mut envelope: Value = serde_json::from_str(&self.signed_by(&self.both())).unwrap();
        change(&mut envelope);
        envelope.to_string()
    }

    /// The same, with one text of the envelope changed.
    fn field(&self, pointer: &str, change: impl FnOnce(&str) -> String) -> String {
        self.envelope(|envelope| {
            let held = envelope.pointer_mut(pointer).unwrap();
            *held = json!(change(held.as_str().unwrap()));
        })
    }
}

pub(super) fn files() -> BTreeMap<String, String> {
    let desk = Desk::new();
    let mut cases = taken(&desk);
    cases.extend(envelopes(&desk));
    cases.extend(sizes(&desk));
    cases.extend(layouts(&desk));
    cases.extend(numbers(&desk));
    cases.extend(places(&desk));
    cases.extend(signers(&desk));
    cases.extend(signatures(&desk));
    let row = |Case(name, what, text): &Case| {
        let read = Envelope::read(text.as_bytes());
        let id = read.as_ref().map_or_else(|_| "-".to_owned(), |read| read.id().to_string());
        let outcome = read
            .map_err(|error| error.code())
            .and_then(|read| verify(&read, &desk.world.identities).map_err(|error| error.code()))
            .map_or_else(|code| code, |_| "taken");
        format!("{name}.json\t{outcome}\t{id}\t{what}")
    };
    let rows = table("file\toutcome\tid\twhat", cases.iter().map(row));
    let file = |Case(name, _, text): Case| (format!("act/{name}.json"), text);
    let mut files: BTreeMap<String, String> = cases.into_iter().map(file).collect();
    files.insert("act/table.tsv".to_owned(), rows);
    files.insert("act/world.pumasi".to_owned(), bundle(&desk.world).write());
    files
}

fn taken(desk: &Desk) -> Vec<Case> {
    let case = Case;
    let alone = {
        let mut payload = desk.payload.clone();
        let own = json!({"kind": "acknowledge_acts", "clause": null, "officers": [], "body": {}});
        payload.as_object_mut().unwrap().extend(own.as_object().unwrap().clone());
        Envelope::sign(ACT_TYPE, payload.to_string().into_bytes(), &[&desk.pen.node]).write()
    };
    let spaced = desk.sign(serde_json::to_vec_pretty(&desk.payload).unwrap());
    let turned = desk.signed_by(&[&desk.pen.officer, &desk.pen.node]);
    let strange = desk.with(json!({"body": {"song": [1, null, "la", {"deep": [[]]}]}}));
    let absent = desk.replaced("\"clause\":{\"agreement\":\"kr-jp\",\"clause\":\"art-1\"},", "");
    let twice = desk.replaced("\"body\":{", "\"body\":{\"commodity\":\"diesel\",");
    let offset = desk.with(json!({"time": "2024-01-01T18:10:00+09:00"}));
    let note = desk.envelope(|envelope| envelope["note"] = json!("by hand"));
    vec![
        case("good-request", "a request by the node and its duty officer", desk.replaced("", "")),
        case("good-node-alone", "an acknowledgement that the node signs alone", alone),
        case("good-other-bytes", "the request with spaces: another act, since bytes count", spaced),
        case("good-officer-first", "the signatures in another order: the same id", turned),
        case("good-unknown-kind", "a kind nobody knows: kept, relayed and shown", {
            desk.with(json!({"kind": "sing_a_song"}))
        }),
        case("good-strange-body", "a body its kind cannot read: refused by the fold", strange),
        case("good-clause-absent", "an optional field left out is null", absent),
        case("good-body-field-twice", "in a body the last of two fields of one name counts", twice),
        case("good-integer-bounds", "the least and the greatest number there are", {
            desk.with(json!({"body": [i64::MIN, u64::MAX]}))
        }),
        case("good-time-with-offset", "a time with an offset is the instant it names", offset),
        case("good-personal", "a commitment to personal data beside it", {
            desk.with(json!({"personal": Digest::of(b"salt and text")}))
        }),
        case("good-further-field", "further fields of the envelope are passed over", note),
    ]
}

fn envelopes(desk: &Desk) -> Vec<Case> {
    let case = Case;
    let whole = desk.replaced("", "");
    let missing = desk.envelope(|envelope| {
        envelope.as_object_mut().unwrap().remove("signatures");
    });
    let short = |text: &str| STANDARD.encode(&STANDARD.decode(text).unwrap()[..63]);
    vec![
        case("truncated", "cut off in the middle", whole[..whole.len() / 2].to_owned()),
        case("empty", "nothing at all", String::new()),
        case("trailing-bytes", "something after the end", format!("{whole}x")),
        case("no-object", "another JSON value", "[]".to_owned()),
        case("field-missing", "no `signatures`", missing),
        case("payload-no-base64", "`payload` in the alphabet for addresses", {
            desk.field("/payload", |text| format!("-_-_{text}"))
        }),
        case("payload-unpadded", "`payload` without its padding", {
            desk.field("/payload", |_| "e30".to_owned())
        }),
        case("keyid-upper-case", "`keyid` in capitals", {
            desk.field("/signatures/0/keyid", str::to_uppercase)
        }),
        case("sig-short", "a signature of 63 bytes", desk.field("/signatures/0/sig", short)),
        case("signatures-none", "no signature", desk.signed_by(&[])),
        case("signatures-nine", "one signature more than there may be", {
            desk.signed_by(&[&desk.pen.node; SIGNATURES_MAX + 1])
        }),
    ]
}

fn sizes(desk: &Desk) -> Vec<Case> {
    let case = Case;
    let long = |bytes: usize| {
        let mut payload = desk.payload.clone();
        payload["body"] = json!("");
        let rest = bytes - payload.to_string().len();
        payload["body"] = json!("x".repeat(rest));
        desk.sign(payload.to_string())
    };
    let whole = desk.replaced("", "");
    let padded = |bytes: usize| format!("{whole}{}", " ".repeat(bytes - whole.len()));
    vec![
        case("payload-largest", "a payload as large as can be", long(PAYLOAD_BYTES_MAX)),
        case("payload-too-large", "one byte more", long(PAYLOAD_BYTES_MAX + 1)),
        case("envelope-largest", "spaces up to the limit", padded(ENVELOPE_BYTES_MAX)),
        case("envelope-too-large", "one space more", padded(ENVELOPE_BYTES_MAX + 1)),
    ]
}

fn layouts(desk: &Desk) -> Vec<Case> {
    let case = Case;
    let other_type = {
        let bytes = desk.payload.to_string().into_bytes();
        Envelope::sign("application/vnd.pumasi.identity.v1+json", bytes, &desk.both()).write()
    };
    let marked = format!("\u{feff}{}", desk.payload);
    let capital = desk.replaced("\"party\":\"jp\"", "\"party\":\"JP\"");
    let local = desk.with(json!({"time": "2024-01-01T09:10:00"}));
    vec![
        case("type-other", "the payload type of identity entries", other_type),
        case("payload-no-json", "a payload that is no JSON", desk.sign("hello")),
        case("payload-byte-order-mark", "a mark before the payload", desk.sign(marked)),
        case("payload-no-utf8", "a byte that is no UTF-8", desk.sign(*b"{\"v\":\"\xff\"}")),
        case("version-other", "a version nobody knows", desk.with(json!({"v": 2}))),
        case("field-unknown", "a further field in the payload", desk.with(json!({"mood": "good"}))),
        case("field-twice", "a field of the payload twice", {
            desk.replaced("\"v\":1", "\"v\":1,\"v\":1")
        }),
        case("kind-missing", "no kind", desk.replaced("\"kind\":\"request_resource\",", "")),
        case("personal-malformed", "a commitment that is no digest", {
            desk.with(json!({"personal": "000-0000-0000"}))
        }),
        case("personal-at-opening", "a commitment in the act that opens a matter", {
            desk.with(json!({"matter": null, "personal": Digest::of(b"salt and text")}))
        }),
        case("party-malformed", "a party in capitals", capital),
        case("time-malformed", "a time without its offset", local),
    ]
}

fn numbers(desk: &Desk) -> Vec<Case> {
    let case = Case;
    let body = |text: &str| desk.replaced("\"100 EA\"", text);
    let deep = format!("{}1{}", "[".repeat(130), "]".repeat(130));
    vec![
        case("float-in-body", "a number with a point", body("0.5")),
        case("float-whole", "a whole number written with a point", body("1.0")),
        case("float-exponent", "a whole number written with an exponent", body("1e3")),
        case("float-minus-zero", "minus zero", body("-0")),
        case("float-in-list", "a number with a point, deep within", body("{\"a\":[1,[2.5]]}")),
        case("integer-too-large", "2 to the 64th", body("18446744073709551616")),
        case("integer-too-small", "one less than -2 to the 63rd", body("-9223372036854775809")),
        case("body-too-deep", "lists within lists beyond the limit", body(&deep)),
    ]
}

fn places(desk: &Desk) -> Vec<Case> {
    let case = Case;
    let mut sorted: Vec<ActId> = desk.world.acts.iter().map(Verified::id).collect();
    sorted.sort();
    let reversed: Vec<ActId> = sorted.iter().rev().copied().collect();
    let prev: ActId = serde_json::from_value(desk.payload["prev"].clone()).unwrap();
    let others: Vec<ActId> = sorted.iter().filter(|id| **id != prev).copied().collect();
    let strangers = |count: usize| {
        let made = (0..count).map(|n| ActId(Digest::of(n.to_string().as_bytes())));
        let mut all: Vec<ActId> = made.chain([prev]).collect();
        all.sort();
        json!({"parents": all})
    };
    vec![
        case("parents-eight", "as many parents as there may be: taken, and waiting for them", {
            desk.with(strangers(PARENTS_MAX - 1))
        }),
        case("parents-nine", "one parent more", desk.with(strangers(PARENTS_MAX))),
        case("parents-unsorted", "parents in falling order", {
            desk.with(json!({"parents": reversed}))
        }),
        case("parents-twice", "one parent twice", desk.with(json!({"parents": [prev, prev]}))),
        case("prev-no-parent", "the act before it is no parent", {
            desk.with(json!({"parents": others}))
        }),
        case("prev-missing", "position 1 without an act before it", {
            desk.with(json!({"prev": null}))
        }),
        case("prev-at-zero", "position 0 with an act before it", desk.with(json!({"seq": 0}))),
        case("seq-far", "the last position there is: taken, and refused by the fold", {
            desk.with(json!({"seq": u64::MAX}))
        }),
        case("seq-negative", "a negative position", desk.with(json!({"seq": -1}))),
        case("officers-unsorted", "officers in falling order", {
            desk.with(json!({"officers": ["duty", "aide"]}))
        }),
        case("officers-twice", "one officer twice", {
            desk.with(json!({"officers": ["duty", "duty"]}))
        }),
    ]
}

fn signers(desk: &Desk) -> Vec<Case> {
    let case = Case;
    let log = |field: &str, value: Value| {
        let mut log = desk.payload["log"].clone();
        log[field] = value;
        desk.with(json!({"log": log}))
    };
    let stranger = json!(Digest::of(b"nobody"));
    vec![
        case("identity-unknown", "an identity entry that is not here", {
            desk.with(json!({"identity": Digest::of(b"nowhere")}))
        }),
        case("identity-of-another", "the identity of another party", {
            desk.with(json!({"identity": desk.world.pen("kr").identity}))
        }),
        case("node-key-unknown", "a log of a key that is no node's", log("node_key", stranger)),
        case("incarnation-other", "an incarnation that is not registered", {
            log("incarnation", json!(2))
        }),
        case("officer-unknown", "an officer without a mandate", {
            desk.with(json!({"officers": ["duty", "nobody"]}))
        }),
        case("small-order-key", "a node key of small order: nobody takes the entry it cites", {
            under_small_order_key(desk)
        }),
    ]
}

/// An act of a node whose key is the neutral point, with a signature that loose rules find to fit
/// every message: R is the same point and S is zero.
fn under_small_order_key(desk: &Desk) -> String {
    let mut neutral = [0; 32];
    neutral[0] = 1;
    let key = KeyRecord::new(Suite::Ed25519, Digest::from_bytes(neutral));
    let entry = IdentityEntry {
        v: 1,
        party: desk.pen.log.party.clone(),
        prev: Some(desk.pen.identity),
        time: "2024-01-01T00:00:00Z".parse().unwrap(),
        say: IdentitySay::RegisterNode { key: key.clone(), incarnation: 1 },
    };
    let entry = entry.sign(&[&desk.pen.root]).unwrap();
    assert!(desk.world.identities.clone().admit(&entry).is_err());
    let mut payload = desk.payload.clone();
    payload["log"]["node_key"] = json!(key.id());
    payload["identity"] = json!(entry.id());
    let mut envelope: Value = serde_json::from_str(&desk.sign(payload.to_string())).unwrap();
    let fits_all = [neutral, [0; 32]].concat();
    envelope["signatures"][0] = json!({"keyid": key.id(), "sig": STANDARD.encode(fits_all)});
    envelope.to_string()
}

fn signatures(desk: &Desk) -> Vec<Case> {
    let case = Case;
    let [node, officer] = desk.both();
    let stranger = SigningKey::from_bytes(&[99; 32]);
    let changed = |index: usize, change: fn(&mut [u8])| {
        desk.field(&format!("/signatures/{index}/sig"), |text| {
            let mut bytes = STANDARD.decode(text).unwrap();
            change(&mut bytes);
            STANDARD.encode(bytes)
        })
    };
    let swapped = desk.envelope(|envelope| {
        let first = envelope["signatures"][0]["keyid"].take();
        envelope["signatures"][0]["keyid"] = envelope["signatures"][1]["keyid"].take();
        envelope["signatures"][1]["keyid"] = first;
    });
    let elsewhere = {
        let payload = desk.payload.to_string().into_bytes();
        let other = Envelope::sign("t", payload, &[node, officer]).write();
        other.replacen("\"t\"", &format!("\"{ACT_TYPE}\""), 1)
    };
    vec![
        case("signature-node-missing", "the officer alone", desk.signed_by(&[officer])),
        case("signature-officer-missing", "the node alone", desk.signed_by(&[node])),
        case("signature-stranger", "a signature of nobody the act names", {
            desk.signed_by(&[node, officer, &stranger])
        }),
        case("signature-twice", "the node twice", desk.signed_by(&[node, node, officer])),
        case("signature-node-wrong", "one bit of the node's signature is another", {
            changed(0, |bytes| bytes[0] ^= 1)
        }),
        case("signature-officer-wrong", "one bit of the officer's signature is another", {
            changed(1, |bytes| bytes[40] ^= 1)
        }),
        case("signature-swapped", "each signature under the other's key", swapped),
        case("signature-scalar-beyond-order", "the order of the group added to S", {
            changed(0, add_order)
        }),
        case("signature-of-other-type", "signed as another payload type", elsewhere),
    ]
}

/// Adds the order of the group to the scalar of a signature: the same number modulo the order.
///
/// SPEC: RFC 8032 section 5.1.7 asks that S lie below the order.
fn add_order(signature: &mut [u8]) {
    const ORDER: [u8; 32] = [
        0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde,
        0x14, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
    ];
    let mut carry = 0;
    for (byte, add) in signature[32..].iter_mut().zip(ORDER) {
        let sum = u16::from(*byte) + u16::from(add) + carry;
        *byte = sum.to_le_bytes()[0];
        carry = sum >> 8;
    }
}
