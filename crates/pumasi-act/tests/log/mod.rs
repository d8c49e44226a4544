//! Identity logs written as lines: `label before say… by keys`.
//!
//! Keys are named, and a name always stands for the same key. `weak` is a point of small order; a
//! signer followed by `!` signs other bytes.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on fails, loudly"
)]

use std::collections::{BTreeMap, BTreeSet};

use ed25519_dalek::SigningKey;
use proptest::prelude::*;
use pumasi_act::envelope::Suite;
use pumasi_act::{
    ActId, Envelope, IdentityEntry, IdentitySay, KeyId, KeyRecord, Mandate, NextRoots,
};
use pumasi_base::time::plus_seconds;
use pumasi_base::{Captions, Digest, PartyId, Time};

/// A log as written, whether its entries hold or not.
#[derive(Debug, Clone)]
pub struct Written {
    pub entries: Vec<(String, Envelope)>,
    keys: BTreeMap<KeyId, String>,
}

impl Written {
    pub fn fingerprint(&self) -> ActId {
        self.entries[0].1.id()
    }

    pub fn label(&self, id: &ActId) -> String {
        self.entries.iter().find(|(_, envelope)| envelope.id() == *id).unwrap().0.clone()
    }

    pub fn key_name(&self, id: &KeyId) -> String {
        self.keys[id].clone()
    }
}

pub fn party() -> PartyId {
    "jp-17".parse().unwrap()
}

fn moment() -> Time {
    "2026-01-01T00:00:00Z".parse().unwrap()
}

fn key(name: &str) -> SigningKey {
    SigningKey::from_bytes(Digest::of(name.as_bytes()).as_bytes())
}

fn record(name: &str) -> KeyRecord {
    if name == "weak" {
        let mut identity = [0_u8; 32];
        identity[0] = 1;
        return KeyRecord::new(Suite::Ed25519, Digest::from_bytes(identity));
    }
    KeyRecord::of(&key(name))
}

/// `a,b,c/2`
fn keys_of(text: &str) -> (Vec<KeyRecord>, u32) {
    let (names, threshold) = text.split_once('/').unwrap();
    (names.split(',').map(record).collect(), threshold.parse().unwrap())
}

fn next_of(text: &str) -> NextRoots {
    let (keys, threshold) = keys_of(text);
    NextRoots::of(&keys, threshold)
}

fn grant(officer: &str, key: &str, details: &[&str]) -> IdentitySay {
    let value =
        |name: &str| details.iter().find_map(|detail| detail.strip_prefix(name)?.strip_prefix('='));
    let days: i64 = value("days").map_or(90, |days| days.parse().unwrap());
    let kinds = value("kinds").unwrap_or("*");
    IdentitySay::GrantMandate(Mandate {
        officer: officer.parse().unwrap(),
        person: value("person").unwrap_or(officer).to_owned(),
        name: officer.to_owned(),
        key: record(key),
        kinds: kinds.split(',').filter(|k| !k.is_empty()).map(str::to_owned).collect(),
        amount_max: None,
        not_before: moment(),
        not_after: plus_seconds(moment(), days * 86_400),
        officers_needed: value("needed").map_or(1, |needed| needed.parse().unwrap()),
    })
}

fn say(words: &[&str]) -> IdentitySay {
    match *words {
        ["found", roots, "next", next] => {
            let (roots, threshold) = keys_of(roots);
            let name = || "Ishikawa".to_owned();
            let names = Captions { ko: name(), ja: name(), zh: name(), en: name() };
            IdentitySay::Found { names, roots, threshold, next: next_of(next) }
        }
        ["rotate", roots, "next", next, ref rest @ ..] => {
            let (roots, threshold) = keys_of(roots);
            let recovery = rest.contains(&"recovery");
            IdentitySay::RotateRoots { roots, threshold, next: next_of(next), recovery }
        }
        ["node", key, incarnation] => IdentitySay::RegisterNode {
            key: record(key),
            incarnation: incarnation.parse().unwrap(),
        },
        ["grant", officer, key, ref details @ ..] => grant(officer, key, details),
        ["end", officer] => IdentitySay::EndMandate { officer: officer.parse().unwrap() },
        ["revoke", key] => IdentitySay::RevokeKey { key: record(key).id() },
        ref other => panic!("{other:?}"),
    }
}

fn signed(entry: &IdentityEntry, signers: &str) -> Envelope {
    let keys: Vec<SigningKey> =
        signers.split(',').map(|name| key(name.trim_end_matches('!'))).collect();
    let envelope = entry.sign(&keys.iter().collect::<Vec<_>>()).unwrap();
    let false_one: Vec<bool> = signers.split(',').map(|name| name.ends_with('!')).collect();
    if !false_one.contains(&true) {
        return envelope;
    }
    let other = Envelope::sign("other", b"bytes".to_vec(), &keys.iter().collect::<Vec<_>>());
    let mut json: serde_json::Value = serde_json::from_str(&envelope.write()).unwrap();
    let other: serde_json::Value = serde_json::from_str(&other.write()).unwrap();
    for (place, _) in false_one.iter().enumerate().filter(|(_, is)| **is) {
        json["signatures"][place]["sig"] = other["signatures"][place]["sig"].clone();
    }
    Envelope::read(json.to_string().as_bytes()).unwrap()
}

/// Writes the entries of a log; one may name another that only comes after it.
pub fn write(script: &str) -> Written {
    let lines: Vec<Vec<&str>> =
        script.lines().map(|line| line.split_whitespace().collect()).collect();
    let mut made: BTreeMap<&str, Envelope> = BTreeMap::new();
    while made.len() < lines.len() {
        for (place, words) in lines.iter().enumerate() {
            let [label, before, rest @ ..] = words.as_slice() else { panic!("{words:?}") };
            let prev = made.get(before).map(Envelope::id);
            if made.contains_key(label) || (prev.is_none() && *before != "-") {
                continue;
            }
            let by = rest.iter().position(|word| *word == "by").unwrap();
            let entry = IdentityEntry {
                v: 1,
                party: party(),
                prev,
                time: plus_seconds(moment(), i64::try_from(place).unwrap()),
                say: say(&rest[..by]),
            };
            made.insert(label, signed(&entry, rest[by + 1]));
        }
    }
    let names: BTreeSet<&str> =
        script.split([' ', ',', '/', '\n', '!']).filter(|word| !word.is_empty()).collect();
    Written {
        entries: lines.iter().map(|words| (words[0].to_owned(), made[words[0]].clone())).collect(),
        keys: names.into_iter().map(|name| (record(name).id(), name.to_owned())).collect(),
    }
}

/// A log that grew as logs may: forks, rotations, recoveries, and entries that do not hold.
pub fn any_log() -> impl Strategy<Value = Written> {
    let entry = (any::<prop::sample::Index>(), 0_u8..10, 0_u8..4);
    prop::collection::vec(entry, 1..12).prop_map(|entries| {
        let mut script = "e0 - found g0a,g0b,g0c/2 next g1a,g1b,g1c/2 by g0a,g0b".to_owned();
        // How often the roots were rotated before each entry.
        let mut rotated = vec![0];
        for (place, (before, sort, detail)) in entries.into_iter().enumerate() {
            // Logs grow at their end more often than they fork.
            let before = if sort % 2 == 0 { place } else { before.index(place + 1) };
            let g = rotated[before];
            let (now, next) = (g + 1, g + 2);
            let roots = format!("g{g}a,g{g}b");
            let new = format!("g{now}a,g{now}b");
            let turn = format!("rotate {new}/2 next g{next}a,g{next}b,g{next}c/2");
            let said = match sort {
                0 | 1 => format!("{turn} by {roots},{new}"),
                2 => format!("{turn} recovery by {new}"),
                3 | 4 => format!("grant o{detail} k{detail} by {roots}"),
                5 => format!("end o{detail} by {roots}"),
                6 => format!("revoke k{detail} by {roots}"),
                7 => format!("node k{detail} 2 by {roots}"),
                _ => format!("node m{detail} {} by {roots}", place + 1),
            };
            rotated.push(if sort <= 2 { now } else { g });
            script += &format!("\ne{} e{before} {said}", place + 1);
        }
        write(&script)
    })
}
