//! Identity logs, as a table of logs written in a small language.
//!
//! One table serves three tests: what is taken and what is refused, the test vectors of
//! `docs/spec/vectors/identity` that other programs check themselves against, and the reader of
//! those files, which knows nothing but the public interface.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on fails, loudly"
)]

mod log;

use std::collections::BTreeMap;
use std::path::Path;

use expect_test::{expect, expect_file};
use log::{Written, party, write};
use proptest::prelude::*;
use pumasi_act::{ActId, Envelope, Identities, IdentityError, Standing};
use serde_json::{Value, json};

/// What became of each entry, by its label.
type Outcomes = Vec<(String, Result<ActId, IdentityError>)>;

/// Takes the entries of a log in their order.
fn take(written: &Written) -> (Identities, Outcomes) {
    let mut identities = Identities::default();
    identities.trust(party(), written.fingerprint()).unwrap();
    let mut outcomes = Vec::new();
    for (label, envelope) in &written.entries {
        outcomes.push((label.clone(), identities.admit(envelope)));
    }
    (identities, outcomes)
}

fn describe(written: &Written) -> String {
    let (identities, outcomes) = take(written);
    let mut text = String::new();
    for (label, outcome) in outcomes {
        if let Err(error) = outcome {
            text += &format!("{label}: {}\n", error.code());
        }
    }
    let label = |id: &ActId| written.label(id);
    if let Some(identity) = identities.of(&party()) {
        text += &format!("head {}", label(&identity.head));
        let node = identity.decider().map(|node| written.key_name(&node));
        text += &format!(", decider {}", node.unwrap_or_else(|| "none".to_owned()));
        let officers: Vec<&str> = identity.mandates.keys().map(|o| o.as_str()).collect();
        text += &format!(", officers [{}]", officers.join(" "));
    }
    let names = |ids: &[ActId]| {
        let mut names: Vec<String> = ids.iter().map(label).collect();
        names.sort_unstable();
        names.join(" ")
    };
    match identities.standing(&party()) {
        None => text += "nothing",
        Some(Standing::Sound) => {}
        Some(Standing::Settled { aside }) => text += &format!(", set aside [{}]", names(aside)),
        Some(Standing::Forked { at, entries }) => {
            text += &format!(", forked at {}: [{}]", label(at), names(entries));
        }
    }
    text
}

#[track_caller]
fn check(script: &str, expected: expect_test::Expect) {
    expected.assert_eq(&describe(&write(script)));
}

/// Roots `r1 r2 r3`, of which two sign, and `n1 n2 n3` announced.
const FOUND: &str = "f - found r1,r2,r3/2 next n1,n2,n3/2 by r1,r2";

#[track_caller]
fn check_after_founding(script: &str, expected: expect_test::Expect) {
    check(&format!("{FOUND}\n{script}"), expected);
}

#[test]
fn an_identity_is_founded_by_enough_of_its_roots() {
    check(FOUND, expect!["head f, decider none, officers []"]);
    check("f - found r1,r2/2 next n1/1 by r1", expect!["f: too_few_roots\nnothing"]);
    check("f - found r1,r1/1 next n1/1 by r1", expect!["f: threshold_must_fit\nnothing"]);
    check("f - found r1,r2/3 next n1/1 by r1,r2", expect!["f: threshold_must_fit\nnothing"]);
    check("f - found r1/0 next n1/1 by r1", expect!["f: threshold_must_fit\nnothing"]);
    check("f - found r1/1 next n1/2 by r1", expect!["f: threshold_must_fit\nnothing"]);
    check("f - found r1/1 next r1/1 by r1", expect!["f: key_must_have_one_role\nnothing"]);
    check("f - found r1/1 next n1/1 by r1,r2", expect!["f: signer_must_be_root\nnothing"]);
    check("f - found r1,weak/1 next n1/1 by r1", expect!["f: weak_key\nnothing"]);
    check("f - found r1/1 next n1/1 by r1!", expect!["f: bad_signature\nnothing"]);
    check("f - node a 1 by r1", expect!["f: first_must_found\nnothing"]);
    check(
        "f - found a,b,c,d,e/5 next f,g,h,i/4 by a,b,c,d,e",
        expect!["f: signatures_must_fit\nnothing"],
    );
}

#[test]
fn nodes_begin_anew_upwards_and_the_first_that_stands_decides() {
    check_after_founding(
        "a f node a 1 by r1,r2
         b a node b 1 by r2,r3
         c b node a 2 by r1,r3",
        expect!["head c, decider a, officers []"],
    );
    check_after_founding(
        "a f node a 3 by r1,r2
         same a node a 3 by r1,r2
         down a node a 2 by r1,r2
         zero a node b 0 by r1,r2",
        expect![
            "same: incarnation_must_rise\ndown: incarnation_must_rise\nzero: incarnation_must_rise\nhead a, decider a, officers []"
        ],
    );
    check_after_founding(
        "a f node a 1 by r1,r2
         b a node b 1 by r1,r2
         c b revoke a by r1,r2
         back c node a 2 by r1,r2",
        expect!["back: revoked_key_must_not_return\nhead c, decider b, officers []"],
    );
    check_after_founding(
        "a f node weak 1 by r1,r2",
        expect!["a: weak_key\nhead f, decider none, officers []"],
    );
}

#[test]
fn mandates_are_given_extended_and_ended() {
    check_after_founding(
        "a f grant duty k1 by r1,r2
         b a grant duty k2 by r1,r2
         c b grant head k1 by r1,r2
         d c end duty by r1,r2
         e d end duty by r1,r2",
        expect!["e: officer_must_have_mandate\nhead d, decider none, officers [head]"],
    );
    check_after_founding(
        "a f grant duty k1 by r1,r2
         b a revoke k1 by r1,r2
         again b grant duty k1 by r1,r2
         other b grant head k1 by r1,r2
         twice b revoke k1 by r1,r2",
        expect![
            "again: revoked_key_must_not_return\nother: revoked_key_must_not_return\ntwice: key_must_not_be_revoked_twice\nhead b, decider none, officers []"
        ],
    );
    check_after_founding(
        "kinds f grant duty k1 kinds= by r1,r2
         person f grant duty k1 person= by r1,r2
         nobody f grant duty k1 needed=0 by r1,r2
         ended f grant duty k1 days=-1 by r1,r2
         weak f grant duty weak by r1,r2",
        expect![
            "kinds: mandate_must_hold\nperson: mandate_must_hold\nnobody: mandate_must_hold\nended: mandate_must_hold\nweak: weak_key\nhead f, decider none, officers []"
        ],
    );
}

#[test]
fn a_key_stands_for_one_thing() {
    check_after_founding(
        "a f node a 1 by r1,r2
         b a grant duty k1 by r1,r2
         officer b grant head k1 by r1,r2
         node b grant head a by r1,r2
         root b grant head r3 by r1,r2
         next b grant head n3 by r1,r2
         duty b node k1 1 by r1,r2
         rootnode b node r1 1 by r1,r2
         rootend b revoke r1 by r1,r2
         nextend b revoke n1 by r1,r2
         rotated b rotate n1,n2/2 next a/1 by r1,r2,n1,n2",
        expect![
            "officer: key_must_have_one_role\nnode: key_must_have_one_role\nroot: key_must_have_one_role\nnext: key_must_have_one_role\nduty: key_must_have_one_role\nrootnode: key_must_have_one_role\nrootend: root_must_be_rotated\nnextend: root_must_be_rotated\nrotated: key_must_have_one_role\nhead b, decider a, officers [duty]"
        ],
    );
}

#[test]
fn roots_rotate_to_those_announced() {
    check_after_founding(
        "a f rotate n1,n2,n3/2 next m1,m2/1 by r1,r2,n1,n2
         b a node a 1 by n2,n3
         old a node b 1 by r1,r2
         c b rotate m2/1 next o1/1 by n1,n3,m2",
        expect!["old: signer_must_be_root\nhead c, decider a, officers []"],
    );
    // A minority of either was lost.
    check_after_founding(
        "a f rotate n2,n3/2 next m1,m2/1 by r1,r3,n2,n3",
        expect!["head a, decider none, officers []"],
    );
    check_after_founding(
        "thief f rotate x1,x2/2 next y1/1 by r1,r2,x1,x2
         mixed f rotate n1,x2/2 next y1/1 by r1,r2,n1,x2
         lower f rotate n1/1 next y1/1 by r1,r2,n1
         onlyold f rotate n1,n2/2 next m1/1 by r1,r2
         onlynew f rotate n1,n2/2 next m1/1 by n1,n2
         fewnew f rotate n1,n2/2 next m1/1 by r1,r2,n1
         fewold f rotate n1,n2/2 next m1/1 by r1,n1,n2",
        expect![
            "thief: roots_must_be_committed\nmixed: roots_must_be_committed\nlower: threshold_must_be_committed\nonlyold: too_few_next_roots\nonlynew: too_few_roots\nfewnew: too_few_next_roots\nfewold: too_few_roots\nhead f, decider none, officers []"
        ],
    );
    // A root that stood once stands for nothing again.
    check_after_founding(
        "a f rotate n1,n2/2 next r1/1 by r1,r2,n1,n2
         b f rotate n1,n2/2 next m1/1 by r1,r2,n1,n2
         c b node r1 1 by n1,n2",
        expect![
            "a: key_must_have_one_role\nc: key_must_have_one_role\nhead b, decider none, officers []"
        ],
    );
}

#[test]
fn whoever_lost_the_roots_recovers_with_those_announced() {
    check_after_founding(
        "a f rotate n1,n3/2 next m1/1 recovery by n1,n3",
        expect!["head a, decider none, officers []"],
    );
    check_after_founding(
        "few f rotate n1,n3/2 next m1/1 recovery by n1
         thief f rotate x1,x2/2 next m1/1 recovery by x1,x2",
        expect![
            "few: too_few_next_roots\nthief: roots_must_be_committed\nhead f, decider none, officers []"
        ],
    );
}

#[test]
fn a_fork_freezes_the_log_until_the_roots_rotate_there() {
    check_after_founding(
        "a f node a 1 by r1,r2
         b a node b 1 by r1,r2
         c a node c 1 by r1,r2
         d c node d 1 by r1,r2",
        expect!["head a, decider a, officers [], forked at a: [b c]"],
    );
    check_after_founding(
        "a f node a 1 by r1,r2
         b a node b 1 by r1,r2
         c a node c 1 by r1,r2
         d a rotate n1,n2/2 next m1/1 by r1,r2,n1,n2
         e d node c 1 by n1,n2",
        expect!["head e, decider a, officers [], set aside [b c]"],
    );
}

#[test]
fn what_a_thief_of_the_roots_wrote_is_set_aside_by_a_recovery() {
    check_after_founding(
        "a f node a 1 by r1,r2
         t1 a revoke a by r1,r2
         t2 t1 node evil 1 by r1,r2
         rescue a rotate n1,n2/2 next m1/1 recovery by n1,n2
         t3 t2 grant thief evil2 by r1,r2",
        expect!["head rescue, decider a, officers [], set aside [t1 t2 t3]"],
    );
}

#[test]
fn a_rotation_by_both_beats_a_recovery_and_two_alike_are_for_people() {
    // Who steals root keys that were announced once cannot go back before they took over.
    check_after_founding(
        "a f node a 1 by r1,r2
         b a rotate n1,n2/2 next m1/1 by r1,r2,n1,n2
         c b node b 1 by n1,n2
         thief f rotate n1,n2/2 next x1/1 recovery by n1,n2
         more thief node evil 1 by n1,n2",
        expect!["head c, decider a, officers [], set aside [more thief]"],
    );
    check_after_founding(
        "a f node a 1 by r1,r2
         b a rotate n1,n2/2 next m1/1 recovery by n1,n2
         c a rotate n2,n3/2 next x1/1 recovery by n2,n3
         d a node d 1 by r1,r2",
        expect!["head a, decider a, officers [], forked at a: [b c]"],
    );
}

#[test]
fn entries_come_after_those_they_name() {
    check_after_founding(
        "b a node b 1 by r1,r2
         a f node a 1 by r1,r2
         again f found r1,r2,r3/2 next n1,n2,n3/2 by r1,r2",
        expect!["b: prev_unknown\nagain: founding_must_be_first\nhead a, decider a, officers []"],
    );
}

#[test]
fn mandates_that_end_are_named_in_time() {
    let ending = |now: &str, days| {
        let script = "a f grant duty k1 days=90 by r1,r2
             b a grant head k2 days=30 by r1,r2
             c b grant old k3 days=1 by r1,r2
             d c end old by r1,r2";
        let (identities, _) = take(&write(&format!("{FOUND}\n{script}")));
        let ending = identities.ending(&party(), now.parse().unwrap(), days);
        ending.iter().map(|mandate| mandate.officer.to_string()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(ending("2026-01-16T00:00:00Z", 14), "");
    assert_eq!(ending("2026-01-17T00:00:00Z", 14), "head");
    assert_eq!(ending("2026-01-16T00:00:00Z", 80), "head duty");
    // One that has ended is named until it is extended or ended by an entry.
    assert_eq!(ending("2026-03-01T00:00:00Z", 14), "head");
}

#[test]
fn a_neighbour_is_sent_what_it_lacks() {
    let script = "a f node a 1 by r1,r2
         b a node b 1 by r1,r2
         c a node c 1 by r1,r2";
    let written = write(&format!("{FOUND}\n{script}"));
    let (identities, _) = take(&written);
    let id = |label: &str| written.entries.iter().find(|(l, _)| l == label).unwrap().1.id();
    let after = |head: Option<ActId>| {
        let sent = identities.entries_after(&party(), head.as_ref());
        let mut labels: Vec<String> = sent.iter().map(|e| written.label(&e.id())).collect();
        labels.sort_unstable();
        labels.join(" ")
    };
    assert_eq!(after(None), "a b c f");
    assert_eq!(after(Some(id("a"))), "b c");
    assert_eq!(after(Some(id("b"))), "c");
    assert_eq!(after(Some(ActId(pumasi_base::Digest::of(b"unheard of")))), "a b c f");
    assert_eq!(identities.entries_after(&"kr-45".parse().unwrap(), None), []);
}

/// Logs for other programs to check themselves against: file, what it shows, entries.
const VECTORS: &[(&str, &str, &str)] = &[
    (
        "life",
        "an identity founded, two nodes, two officers, an end, a revocation, a rotation",
        "a f node a 1 by r1,r2
         b a node b 1 by r2,r3
         c b grant duty k1 by r1,r2
         d c grant finance k2 needed=2 by r1,r2
         e d end finance by r1,r3
         g e revoke a by r1,r2
         h g rotate n1,n2,n3/2 next m1,m2,m3/2 by r1,r2,n1,n2
         i h grant duty k1 days=180 by n1,n3",
    ),
    (
        "weak-key",
        "a node key of small order, for which one signature fits every message",
        "a f node weak 1 by r1,r2",
    ),
    ("too-few-roots", "one root key where two are needed", "a f node a 1 by r1"),
    ("strange-signer", "a signature by a key that is no root", "a f node a 1 by r1,r2,x1"),
    ("bad-signature", "a root's signature over other bytes", "a f node a 1 by r1,r2!"),
    (
        "wrong-next",
        "a rotation to keys that were not announced, by a thief of the roots in use",
        "a f rotate x1,x2/2 next y1/1 by r1,r2,x1,x2
         b f rotate x1,x2/2 next y1/1 recovery by x1,x2",
    ),
    (
        "too-few-next-roots",
        "a rotation and a recovery without enough of the keys they bring",
        "a f rotate n1,n2/2 next m1/1 by r1,r2,n1
         b f rotate n1,n2/2 next m1/1 recovery by n1",
    ),
    (
        "revoked-key-returns",
        "a revoked node key and a revoked officer's key coming back",
        "a f node a 1 by r1,r2
         b a grant duty k1 by r1,r2
         c b revoke a by r1,r2
         d c revoke k1 by r1,r2
         e d node a 2 by r1,r2
         g d grant duty k1 by r1,r2",
    ),
    (
        "incarnation-falls",
        "a node's incarnation that goes down, or stays",
        "a f node a 3 by r1,r2
         b a node a 2 by r1,r2
         c a node a 3 by r1,r2",
    ),
    (
        "one-key-two-officers",
        "one key for two officers, with which one person would pass for two",
        "a f grant duty k1 by r1,r2
         b a grant head k1 by r1,r2",
    ),
    (
        "fork",
        "two entries that claim one place: the log goes no further",
        "a f node a 1 by r1,r2
         b a node b 1 by r1,r2
         c a node c 1 by r1,r2
         d c node d 1 by r1,r2",
    ),
    (
        "recovery",
        "what a thief of the roots wrote is set aside by the keys announced",
        "a f node a 1 by r1,r2
         b a revoke a by r1,r2
         c b node evil 1 by r1,r2
         d a rotate n1,n2/2 next m1,m2/1 recovery by n1,n2
         e d node b 1 by n1,n2",
    ),
    (
        "competing-rotations",
        "a rotation signed by both beats an earlier recovery; two recoveries are a fork",
        "a f rotate n1,n2/2 next m1/1 by r1,r2,n1,n2
         b f rotate n1,n2/2 next x1/1 recovery by n1,n2
         c a rotate m1/1 next o1/1 recovery by m1
         d a rotate m1/1 next o2/1 recovery by m1",
    ),
];

fn vector(title: &str, script: &str) -> Value {
    let written = write(&format!("{FOUND}\n{script}"));
    let (identities, outcomes) = take(&written);
    let entries = written.entries.iter().zip(outcomes).map(|((_, envelope), (_, outcome))| {
        json!({
            "id": envelope.id(),
            "envelope": serde_json::from_str::<Value>(&envelope.write()).unwrap(),
            "outcome": outcome.map_or_else(|error| error.code(), |_| "taken"),
        })
    });
    json!({
        "title": title,
        "party": party(),
        "fingerprint": written.fingerprint(),
        "entries": entries.collect::<Vec<_>>(),
        "stands": stands(&identities),
    })
}

/// How the log stands, as the vectors say it.
fn stands(identities: &Identities) -> Value {
    let identity = identities.of(&party()).unwrap();
    let mut stands = json!({
        "head": identity.head,
        "height": identity.height,
        "roots": identity.roots,
        "threshold": identity.threshold,
        "next": identity.next,
        "nodes": identity.nodes.values().map(|node| {
            json!({ "key": node.key, "incarnation": node.incarnation, "since": node.since })
        }).collect::<Vec<_>>(),
        "decider": identity.decider(),
        "officers": identity.mandates.keys().collect::<Vec<_>>(),
        "revoked": identity.revoked,
    });
    match identities.standing(&party()).unwrap() {
        Standing::Sound => stands["standing"] = json!("sound"),
        Standing::Settled { aside } => {
            stands["standing"] = json!("settled");
            stands["aside"] = json!(aside);
        }
        Standing::Forked { at, entries } => {
            stands["standing"] = json!("forked");
            stands["at"] = json!(at);
            stands["claim"] = json!(entries);
        }
    }
    stands
}

#[test]
fn the_vectors_are_what_the_table_says() {
    for (name, title, script) in VECTORS {
        let text = format!("{:#}\n", vector(title, script));
        let path = format!("../../../docs/spec/vectors/identity/{name}.json");
        expect_file![path].assert_eq(&text);
    }
}

#[test]
fn the_vectors_hold() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/spec/vectors/identity");
    let mut seen = BTreeMap::new();
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let vector: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let mut identities = Identities::default();
        let fingerprint = serde_json::from_value(vector["fingerprint"].clone()).unwrap();
        identities.trust(vector["party"].as_str().unwrap().parse().unwrap(), fingerprint).unwrap();
        for entry in vector["entries"].as_array().unwrap() {
            let envelope = Envelope::read(entry["envelope"].to_string().as_bytes()).unwrap();
            assert_eq!(json!(envelope.id()), entry["id"], "{}", path.display());
            let outcome = identities.admit(&envelope);
            let outcome = outcome.map_or_else(|error| error.code(), |_| "taken").to_owned();
            assert_eq!(entry["outcome"], outcome, "{}", path.display());
            *seen.entry(outcome).or_insert(0) += 1;
        }
        assert_eq!(stands(&identities), vector["stands"], "{}", path.display());
    }
    assert!(seen.len() > 8 && seen["taken"] > 20, "{seen:?}");
}

/// Takes entries in the order given, trying again those that came too early.
fn take_all(fingerprint: ActId, entries: &[Envelope]) -> Identities {
    let mut identities = Identities::default();
    identities.trust(party(), fingerprint).unwrap();
    let mut open: Vec<&Envelope> = entries.iter().collect();
    loop {
        let before = open.len();
        open.retain(|envelope| {
            matches!(identities.admit(envelope), Err(IdentityError::PrevUnknown(_)))
        });
        if open.len() == before {
            return identities;
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_order_of_arrival_gives_the_same_identities(
        (grown, shuffled) in log::any_log().prop_flat_map(|written| {
            let entries: Vec<Envelope> = written.entries.iter().map(|(_, e)| e.clone()).collect();
            (Just(written), Just(entries).prop_shuffle())
        })
    ) {
        let entries: Vec<Envelope> = grown.entries.iter().map(|(_, e)| e.clone()).collect();
        let in_order = take_all(grown.fingerprint(), &entries);
        prop_assert_eq!(&take_all(grown.fingerprint(), &shuffled), &in_order);
        // What is kept can be read back, and what a neighbour lacks completes it.
        let kept = in_order.entries(&party());
        prop_assert_eq!(&take_all(grown.fingerprint(), &kept), &in_order);
        let half = take_all(grown.fingerprint(), &kept[..kept.len().div_ceil(2)]);
        let head = half.of(&party()).unwrap().head;
        let mut sent: Vec<Envelope> = half.entries(&party());
        sent.extend(in_order.entries_after(&party(), Some(&head)));
        prop_assert_eq!(&take_all(grown.fingerprint(), &sent), &in_order);
    }

    #[test]
    fn one_flipped_bit_is_caught(
        written in log::any_log(), which in any::<prop::sample::Index>(),
        place in any::<prop::sample::Index>(), bit in 0_u8..8,
    ) {
        let (before, outcomes) = take(&written);
        let at = which.index(written.entries.len());
        let envelope = &written.entries[at].1;
        let mut bytes = envelope.write().into_bytes();
        let index = place.index(bytes.len());
        bytes[index] ^= 1 << bit;
        // A hint in capitals is the same hint; anything else is refused or was no entry before.
        if let Ok(read) = Envelope::read(&bytes) && read != *envelope {
            let mut identities = before.clone();
            prop_assert!(identities.admit(&read).is_err() || outcomes[at].1.is_ok() && read.id() == envelope.id());
            prop_assert_eq!(identities, before);
        }
    }
}
