//! Readers of acts, identities and bundles, and the fold of whatever they let through.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a law that does not hold ends the run, which is what it is for"
)]

use std::collections::BTreeSet;
use std::sync::OnceLock;

use pumasi_act::fold::fold_in_another_order;
use pumasi_act::payload::{ClauseCited, holds_float};
use pumasi_act::testing::{Pen, World, agreement};
use pumasi_act::{
    ActId, Bundle, Draft, Envelope, Folded, Identities, Proposal, compose, fold as fold_acts,
    kinds, verify,
};
use pumasi_base::time::plus_seconds;
use pumasi_base::{Digest, Lang, PartyId, Status, Time};
use serde::Deserialize;
use serde_json::Value;

use crate::file;

/// The most acts of one input, so that none takes long.
const ACTS_MAX: usize = 24;

/// The identities of the world in which the vectors were written.
pub(crate) fn identities() -> &'static Identities {
    static IDENTITIES: OnceLock<Identities> = OnceLock::new();
    IDENTITIES.get_or_init(|| {
        let bundle = Bundle::read(&file("docs/spec/vectors/act/world.pumasi")).expect("a bundle");
        let mut identities = Identities::default();
        for (party, fingerprint) in bundle.trusted {
            identities.trust(party, fingerprint).expect("trusted once");
        }
        for entry in &bundle.identities {
            identities.admit(entry).expect("an entry of the vectors");
        }
        identities
    })
}

/// One envelope, verified as an act.
pub fn act(bytes: &[u8]) {
    let Ok(envelope) = Envelope::read(bytes) else { return };
    let again = Envelope::read(envelope.write().as_bytes());
    assert_eq!(again.as_ref(), Ok(&envelope), "an envelope reads as it was written");
    if let Ok(act) = verify(&envelope, identities()) {
        assert_eq!(act.id(), envelope.id());
        assert!(!holds_float(&act.payload().body));
    }
}

#[derive(Deserialize)]
struct IdentityLog {
    party: PartyId,
    fingerprint: ActId,
    entries: Vec<LogEntry>,
}

#[derive(Deserialize)]
struct LogEntry {
    envelope: Value,
}

/// An identity log in the form of the vectors; what it comes to must not depend on the order.
pub fn identity(bytes: &[u8]) {
    let Ok(log) = serde_json::from_slice::<IdentityLog>(bytes) else { return };
    let read = |entry: &LogEntry| Envelope::read(entry.envelope.to_string().as_bytes()).ok();
    let mut entries: Vec<Envelope> = log.entries.iter().take(32).filter_map(read).collect();
    // Of two envelopes of one entry the first is kept, whether or not it holds more signatures.
    let mut seen = BTreeSet::new();
    entries.retain(|entry| seen.insert(entry.id()));
    let take = |entries: &[Envelope]| {
        let mut identities = Identities::default();
        identities.trust(log.party.clone(), log.fingerprint).expect("trusted once");
        for _ in 0..=entries.len() {
            let taken = entries.iter().filter(|e| identities.at(&e.id()).is_none());
            let fresh: Vec<&Envelope> = taken.collect();
            if fresh.into_iter().filter(|entry| identities.admit(entry).is_ok()).count() == 0 {
                break;
            }
        }
        identities
    };
    let forwards = take(&entries);
    entries.reverse();
    let backwards = take(&entries);
    assert_eq!(forwards.of(&log.party), backwards.of(&log.party), "another order, another head");
}

/// An identity entry that waits for signatures.
pub fn proposal(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let Ok(proposal) = Proposal::read(text) else { return };
    let again = Proposal::read(&proposal.write()).expect("what is written reads");
    assert_eq!(again.id(), proposal.id());
    let _ = proposal.signers();
}

/// A bundle, proved from its first line to its last.
pub fn bundle(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let Ok(bundle) = Bundle::read(text) else { return };
    let again = Bundle::read(&bundle.write()).expect("what is written reads");
    assert_eq!(again, bundle);
    for proof in bundle.verify().unwrap_or_default() {
        check_refusals(&proof.folded);
    }
}

/// One line of a matter: what somebody writes, properly signed and in its place.
#[derive(Deserialize)]
struct Line {
    by: String,
    kind: String,
    clause: Option<ClauseCited>,
    body: Value,
    /// How many of the acts so far the author has seen; all of them when absent.
    seen: Option<usize>,
    /// Another position than the next one.
    seq: Option<u64>,
    /// Another time than an hour after the act before.
    time: Option<Time>,
    /// Written with the party's first pen: a thief's, or that of a node from before a backup.
    #[serde(default)]
    stale: bool,
    /// What personal data beside it hash to.
    personal: Option<Digest>,
    /// The party's node begins a new incarnation first.
    #[serde(default)]
    restored: bool,
    /// The party's node key is revoked and another one registered first.
    #[serde(default)]
    replaced: bool,
}

/// The worlds a matter can begin in: of aid under an agreement, and of an agreement itself.
fn worlds() -> &'static [World; 2] {
    static WORLDS: OnceLock<[World; 2]> = OnceLock::new();
    WORLDS.get_or_init(|| {
        let start = "2024-01-01T07:10:00Z".parse().expect("a time");
        let parties = ["jp", "kr", "cn"];
        [
            World::new(&parties, vec![agreement()], Status::Actual, start),
            World::of_agreement("kr-jp", &parties, Status::Actual, start),
        ]
    })
}

/// Acts that verify, folded: in any order, one by one or at once the state must be the same.
///
/// Each line of the input is an act; `@3` stands for the id of the third act. A first line that
/// says `life` begins with the matter of an agreement.
pub fn fold(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let (world, lines) = match text.strip_prefix("life\n") {
        Some(rest) => (&worlds()[1], rest),
        None => (&worlds()[0], text),
    };
    let mut world = world.clone();
    let first: Vec<Pen> = ["jp", "kr", "cn"].iter().map(|party| world.pen(party)).collect();
    let mut now = "2024-01-01T07:10:00Z".parse().expect("a time");
    for line in lines.lines().take(ACTS_MAX) {
        let mut line = line.to_owned();
        for (number, act) in world.acts.iter().enumerate().rev() {
            line = line.replace(&format!("@{number}"), &act.id().to_string());
        }
        if let Ok(line) = serde_json::from_str::<Line>(&line) {
            now = line.time.unwrap_or(plus_seconds(now, 3600));
            write(&mut world, &first, line, now);
        }
    }
    check_laws(&world);
}

fn write(world: &mut World, first: &[Pen], line: Line, now: Time) {
    let Some(mut pen) = first.iter().find(|pen| pen.log.party.as_str() == line.by).cloned() else {
        return;
    };
    if !line.stale {
        if line.restored {
            world.restore(&line.by);
        }
        if line.replaced && world.pen(&line.by).log == pen.log {
            world.replace_node(&line.by, 88);
        }
        pen = world.pen(&line.by);
    }
    let seen = line.seen.map_or(world.acts.len(), |seen| seen.min(world.acts.len()));
    let seen = fold_acts(&world.terms, &world.acts[..seen]);
    let by_officers = kinds::find(&line.kind).is_none_or(|kind| kind.is_signed_by_officers());
    let officers = by_officers.then(|| "duty".parse().expect("an id")).into_iter().collect();
    let (kind, body, clause) = (line.kind, line.body, line.clause);
    let personal = line.personal;
    let draft = Draft { kind, body, clause, officers, time: now, personal };
    let mut payload = compose(world.matter, &seen, &pen.log, pen.identity, draft);
    if payload.prev.is_some() {
        payload.seq = line.seq.filter(|seq| *seq > 0).unwrap_or(payload.seq);
    }
    if let Ok(act) = world.try_sign(&pen, &payload) {
        world.acts.push(act);
    }
}

fn check_laws(world: &World) {
    let folded = world.folded();
    let backwards = fold_in_another_order(&world.terms, &world.acts, |ready| ready.last().copied());
    assert_eq!(backwards.state, folded.state, "another order, another state");
    let mut bit_by_bit = Folded::default();
    for end in 1..=world.acts.len() {
        bit_by_bit.extend(&world.terms, &world.acts[..end], end - 1);
    }
    assert_eq!(bit_by_bit.state, folded.state, "one by one, another state");
    assert_eq!(bit_by_bit.frontier, folded.frontier);
    check_refusals(&folded);
    let _ = (folded.stable(), folded.digest());
    if let Some(act) = world.acts.last() {
        let _ = (folded.witnessed(&act.id()), folded.try_next(&world.terms, act));
        let _ = folded.unacknowledged(act.party());
    }
}

/// Every refusal has words.
fn check_refusals(folded: &Folded) {
    for refusal in folded.state.iter().flat_map(|state| state.refused.values()) {
        assert!(Lang::ALL.iter().all(|lang| !refusal.words(*lang).is_empty()), "{refusal:?}");
    }
}
