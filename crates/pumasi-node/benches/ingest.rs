//! How fast a node takes in acts, beside the limit of the machine, measured in the same run.
//!
//! The limit is what nobody can do without: verifying every signature strictly, hashing the bytes,
//! and storing them so that they survive a power cut. It is measured over the same acts in the
//! same batches, handed in by as many callers, with keys and messages laid out beforehand.
//! [`Service::receive_in_order`] does all of that from the text of the acts, reads them, finds
//! their identities and places, folds them and grows the register.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    missing_docs,
    reason = "a bench may panic and documents itself"
)]

#[path = "../tests/world/mod.rs"]
mod world;

use std::num::NonZero;
use std::sync::OnceLock;
use std::thread::{available_parallelism, scope};
use std::time::{Duration, Instant};

use ed25519_dalek::{Signature, VerifyingKey};
use pumasi_base::Digest;
use pumasi_node::act::payload::ACT_TYPE;
use pumasi_node::act::{ActId, Envelope, Payload};
use pumasi_node::keys::{Keys, SigningKey};
use pumasi_node::service::{FeedScope, Parcel};
use pumasi_node::store::{ActLog as _, SqliteLedger, StoredAct};
use world::{Node, identity};

/// Matters, a multiple of the callers, and acts in each beside those that open it.
const MATTERS: usize = 24;
const ACTS_EACH: usize = 512;
/// How many acts are handed in at once: a page of a feed, and four of them.
const BATCHES: [usize; 2] = [256, 1024];
const ROUNDS: usize = 5;

/// How long it takes to say how all matters stand after they changed, which a page of a feed
/// without acts does while the node is locked, and to start again with all acts in the ledger.
static DIGESTS_AND_START: OnceLock<(Duration, Duration)> = OnceLock::new();

fn main() {
    // `cargo test --benches` passes no flag: it shall see that this compiles, not wait for it.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let callers = available_parallelism().map_or(1, NonZero::get);
    let jp = Node::new("jp-17");
    let (openings, matters) = written(&jp);
    let acts = MATTERS * ACTS_EACH;
    println!("{acts} acts of two signatures, {callers} callers, {callers} threads");
    for batch in BATCHES {
        let mut rounds: Vec<(f64, f64)> = (0..ROUNDS)
            .map(|_| {
                let limit = limit(&jp, &matters, batch, callers);
                let node = node(&jp, &openings, &matters, batch, callers);
                (acts as f64 / limit.as_secs_f64(), acts as f64 / node.as_secs_f64())
            })
            .collect();
        rounds.sort_by(|one, other| (one.1 / one.0).total_cmp(&(other.1 / other.0)));
        let (limit, node) = rounds[ROUNDS / 2];
        let (low, high) = (ratio(rounds[0]), ratio(rounds[ROUNDS - 1]));
        println!(
            "batches of {batch}: limit {limit:.0} acts/s, node {node:.0} acts/s, \
             ratio {:.2} ({low:.2} to {high:.2}; wanted 0.80)",
            node / limit
        );
    }
    if let Some((digests, start)) = DIGESTS_AND_START.get() {
        println!("digests of {MATTERS} matters of {ACTS_EACH} acts: {} ms", digests.as_millis());
        println!("start with all of them in the ledger: {} ms", start.as_millis());
    }
}

fn ratio((limit, node): (f64, f64)) -> f64 {
    node / limit
}

/// What opens the matters, and the acts of each, parents first.
fn written(jp: &Node) -> (Parcel, Vec<Vec<String>>) {
    let keys = Keys::read(jp.folder.path()).unwrap();
    let ids: Vec<ActId> = (0..MATTERS).map(|_| jp.open_matter(&["kr-45"])).collect();
    let firsts: Vec<ActId> = ids.iter().map(|id| jp.request(*id, "1 EA")).collect();
    let openings = jp.parcel("kr-45", FeedScope::Own);
    let read = |text: &String| Envelope::read(text.as_bytes()).unwrap();
    let requests = openings.acts.iter().map(read).filter(|act| firsts.contains(&act.id()));
    let matters = requests.map(|request| chain(&keys, &request)).collect();
    (openings, matters)
}

/// Requests that follow one another after the first.
fn chain(keys: &Keys, first: &Envelope) -> Vec<String> {
    let mut payload: Payload = serde_json::from_slice(first.payload()).unwrap();
    let mut signers: Vec<&SigningKey> = vec![&keys.node];
    signers.extend(payload.officers.iter().map(|officer| &keys.officers[officer]));
    let mut prev = first.id();
    (0..ACTS_EACH)
        .map(|number| {
            payload.seq += 1;
            payload.prev = Some(prev);
            payload.parents = vec![prev];
            payload.body = world::request_body(&format!("{} EA", number + 2));
            let envelope = Envelope::sign(ACT_TYPE, payload.write().unwrap(), &signers);
            prev = envelope.id();
            envelope.write()
        })
        .collect()
}

/// The batches of each caller, which has matters of its own.
fn batches<T: Clone>(matters: &[Vec<T>], batch: usize, callers: usize) -> Vec<Vec<Vec<T>>> {
    (0..callers)
        .map(|caller| {
            let own = matters.iter().skip(caller).step_by(callers).flatten();
            let own: Vec<T> = own.cloned().collect();
            own.chunks(batch).map(<[T]>::to_vec).collect()
        })
        .collect()
}

/// Lets every caller hand in its batches, one after another, and gives the time all of it took.
fn timed<T: Send>(callers: Vec<Vec<T>>, hand_in: impl Fn(T) + Sync) -> Duration {
    let start = Instant::now();
    scope(|threads| {
        for batches in callers {
            let hand_in = &hand_in;
            threads.spawn(move || batches.into_iter().for_each(hand_in));
        }
    });
    start.elapsed()
}

/// An act with all that is needed to verify, hash and store it.
#[derive(Clone)]
struct Bare {
    message: Vec<u8>,
    signed: Vec<(VerifyingKey, Signature)>,
    matter: Digest,
    bytes: Vec<u8>,
}

fn limit(jp: &Node, matters: &[Vec<String>], batch: usize, callers: usize) -> Duration {
    let keys = Keys::read(jp.folder.path()).unwrap();
    let keys: Vec<VerifyingKey> = std::iter::once(&keys.node)
        .chain(keys.officers.values())
        .map(SigningKey::verifying_key)
        .collect();
    let bare = |text: &String| {
        let envelope = Envelope::read(text.as_bytes()).unwrap();
        let signatures = envelope.signatures().iter();
        let signatures = signatures.map(|signed| Signature::from_bytes(&signed.signature));
        let payload: Payload = serde_json::from_slice(envelope.payload()).unwrap();
        Bare {
            message: envelope.pae(),
            signed: keys.iter().copied().zip(signatures).collect(),
            matter: payload.matter.unwrap().0,
            bytes: text.as_bytes().to_vec(),
        }
    };
    let matters: Vec<Vec<Bare>> =
        matters.iter().map(|acts| acts.iter().map(bare).collect()).collect();
    let folder = tempfile::tempdir().unwrap();
    let ledger = SqliteLedger::open(folder.path()).unwrap();
    let batches = batches(&matters, batch, callers);
    timed(batches, |batch| {
        let each = batch.len().div_ceil(callers);
        let mut chunks: Vec<(Vec<Bare>, Vec<StoredAct>)> =
            batch.chunks(each).map(|chunk| (chunk.to_vec(), Vec::new())).collect();
        scope(|threads| {
            for (acts, stored) in &mut chunks {
                threads.spawn(|| *stored = acts.drain(..).map(verified).collect());
            }
        });
        let stored: Vec<StoredAct> = chunks.into_iter().flat_map(|(_, stored)| stored).collect();
        ledger.append(&stored).unwrap();
    })
}

fn verified(act: Bare) -> StoredAct {
    for (key, signature) in &act.signed {
        key.verify_strict(&act.message, signature).unwrap();
    }
    StoredAct { id: Digest::of(&act.message), matter: act.matter, bytes: act.bytes }
}

fn node(
    jp: &Node,
    openings: &Parcel,
    matters: &[Vec<String>],
    batch: usize,
    callers: usize,
) -> Duration {
    let kr = Node::new("kr-45");
    // The author knows only the first of all these readers, and need not know any.
    kr.service.trust(&identity(&jp.service)).unwrap();
    kr.service.receive(openings).unwrap();
    let identities = &openings.identities;
    let time = timed(batches(matters, batch, callers), |acts| {
        let identities = identities.clone();
        let parcel = Parcel { identities, acts, ..Parcel::default() };
        let taken = kr.service.receive_in_order(&parcel).unwrap();
        assert!(taken.refused.is_empty(), "{:?}", taken.refused);
    });
    let held: usize =
        kr.service.with_matters(|matters| matters.iter().map(|held| held.acts.len()).sum());
    assert_eq!(openings.acts.len() + MATTERS * ACTS_EACH, held);
    DIGESTS_AND_START.get_or_init(|| {
        let start = Instant::now();
        let shown = kr.service.digests(kr.service.party());
        assert_eq!(shown.len(), MATTERS);
        let digests = start.elapsed();
        let start = Instant::now();
        let again = kr.reopen();
        assert_eq!(again.service.digests(again.service.party()), shown);
        (digests, start.elapsed())
    });
    time
}
