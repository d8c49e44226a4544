//! What must hold, checked by code that shares nothing with the core: sets in place of clocks,
//! all acts at once in place of one after another.

use std::collections::{BTreeMap, BTreeSet};

use pumasi_act::kinds::close_log::CloseLog;
use pumasi_act::payload::LogId;
use pumasi_act::{ActId, Refusal, Verified};
use pumasi_base::{PartyId, Time};
use pumasi_sync::{FeedPage, Matter, Parcel};
use serde::Deserialize as _;

use crate::act::CEILING;
use crate::node::{Nature, Node};
use crate::world::World;

/// An act in a parcel that its reader may not see.
#[must_use]
pub fn outside_audience(world: &World, reader: &PartyId, parcel: &Parcel) -> Option<ActId> {
    parcel.acts.iter().find_map(|text| {
        let id = pumasi_act::Envelope::read(text.as_bytes()).ok()?.id();
        let act = world.genuine.get(&id)?;
        let opening = world.genuine.get(&act.matter())?;
        let audience = opening.payload().body.get("audience")?.as_array()?;
        let is_in = audience.iter().any(|member| member.as_str() == Some(reader.as_str()));
        (!is_in).then_some(id)
    })
}

/// A matter of which node and page hold equal acts and see unequal states.
#[must_use]
pub fn diverged(node: &Node, page: &FeedPage) -> Option<ActId> {
    page.standing.iter().flat_map(|standing| &standing.digests).find_map(|there| {
        let here = node.replica.matter(&there.matter)?.digest();
        (here.frontier == there.frontier && here.state != there.state).then_some(there.matter)
    })
}

/// What does not hold once everything has come to rest.
#[must_use]
pub fn check(world: &World) -> Vec<String> {
    let mut found = Vec::new();
    let honest: Vec<&Node> =
        world.nodes.iter().filter(|node| node.nature == Nature::Honest).collect();
    let matters: BTreeSet<ActId> =
        honest.iter().flat_map(|node| node.replica.matters().keys().copied()).collect();
    for id in matters {
        check_equal(&honest, id, &mut found);
        let held = honest.iter().find_map(|node| node.replica.matter(&id));
        if let Some(matter) = held {
            check_matter(world, matter, &mut found);
        }
    }
    for node in &honest {
        check_genuine(world, node, &mut found);
    }
    check_nothing_lost(world, &honest, &mut found);
    found
}

/// Every honest member holds the same acts and sees the same state.
fn check_equal(honest: &[&Node], id: ActId, found: &mut Vec<String>) {
    let mut first: Option<(&Node, BTreeSet<ActId>, pumasi_sync::MatterDigest)> = None;
    for node in honest {
        let Some(matter) = node.replica.matter(&id) else {
            let shared = honest.iter().filter_map(|other| other.replica.matter(&id));
            if shared.into_iter().any(|matter| matter.is_shared_with(&node.party)) {
                found.push(format!("{} does not hold {id}", node.party));
            }
            continue;
        };
        let acts: BTreeSet<ActId> = matter.acts().iter().map(Verified::id).collect();
        match &first {
            None => first = Some((node, acts, matter.digest())),
            Some((other, expected, digest)) => {
                if acts != *expected {
                    let differ = acts.symmetric_difference(expected).count();
                    let (one, two) = (&other.party, &node.party);
                    found.push(format!("{one} and {two} differ in {differ} acts of {id}"));
                } else if matter.digest().state != digest.state {
                    found.push(format!("{} and {} see {id} unlike", other.party, node.party));
                }
            }
        }
    }
}

/// Nobody holds an act in somebody's name that nobody with the keys wrote.
fn check_genuine(world: &World, node: &Node, found: &mut Vec<String>) {
    for matter in node.replica.matters().values() {
        for act in matter.acts() {
            if !world.genuine.contains_key(&act.id()) {
                found.push(format!("{} holds {}, which is forged", node.party, act.id()));
            }
        }
    }
}

/// What an officer was told is stored is there, unless its only copy went with a restored disk.
fn check_nothing_lost(world: &World, honest: &[&Node], found: &mut Vec<String>) {
    for (act, author) in &world.told {
        let Some(node) = world.nodes.get(*author) else { continue };
        if node.nature != Nature::Honest || node.backup.is_some() {
            continue;
        }
        if !honest.iter().any(|other| other.party == node.party && other.replica.holds(act)) {
            found.push(format!("{} has lost {act}", node.party));
        }
    }
}

/// A matter as sets: what each author had seen, and nothing else.
struct Sets<'a> {
    acts: BTreeMap<ActId, &'a Verified>,
    past: BTreeMap<ActId, BTreeSet<ActId>>,
}

impl<'a> Sets<'a> {
    fn of(matter: &'a Matter) -> Self {
        let acts: BTreeMap<ActId, &Verified> =
            matter.acts().iter().map(|act| (act.id(), act)).collect();
        let mut sets = Self { acts, past: BTreeMap::new() };
        for act in matter.acts() {
            sets.visit(act);
        }
        sets
    }

    fn visit(&mut self, act: &Verified) {
        if self.past.contains_key(&act.id()) {
            return;
        }
        let mut past = BTreeSet::new();
        for parent in act.payload().parents.iter().copied().chain(act.payload().matter) {
            if let Some(before) = self.acts.get(&parent).copied() {
                self.visit(before);
            }
            past.insert(parent);
            past.extend(self.past.get(&parent).into_iter().flatten().copied());
        }
        self.past.insert(act.id(), past);
    }

    fn saw(&self, viewer: ActId, act: ActId) -> bool {
        viewer == act || self.past.get(&viewer).is_some_and(|past| past.contains(&act))
    }

    fn of_log(&self, log: &LogId) -> Vec<&'a Verified> {
        self.acts.values().filter(|act| act.payload().log == *log).copied().collect()
    }

    /// The act that a field of another names.
    fn named(&self, act: &Verified, field: &str) -> Option<&'a Verified> {
        let id: ActId = act.payload().body.get(field)?.as_str()?.parse().ok()?;
        self.acts.get(&id).copied()
    }

    /// The newest time that an act and those before it in its log claim.
    fn time_of(&self, act: &Verified) -> Time {
        let mut time = act.payload().time;
        let mut before = act.payload().prev;
        while let Some(act) = before.and_then(|id| self.acts.get(&id)) {
            time = time.max(act.payload().time);
            before = act.payload().prev;
        }
        time
    }

    fn saw_fork(&self, viewer: ActId, log: &LogId) -> bool {
        let mut places = BTreeSet::new();
        let seen = self.of_log(log).into_iter().filter(|act| self.saw(viewer, act.id()));
        seen.into_iter().any(|act| !places.insert(act.payload().seq))
    }
}

fn closing(act: &Verified) -> Option<CloseLog> {
    let payload = act.payload();
    let is_one = payload.kind == "close_log";
    is_one.then(|| CloseLog::deserialize(&payload.body).ok()).flatten()
}

fn check_matter(world: &World, matter: &Matter, found: &mut Vec<String>) {
    let Some(state) = matter.state() else { return };
    let sets = Sets::of(matter);
    check_contests(matter, &sets, found);
    for forged in world.late_forgeries.iter().filter(|act| state.applied.contains(act)) {
        if !state.honoured.contains_key(forged) {
            found.push(format!("{forged} counts, of a key that its party had replaced"));
        }
    }
    check_knowledge(matter, &sets, found);
    check_deadlines(matter, &sets, found);
    for node in world.nodes.iter().filter(|node| node.nature == Nature::Honest) {
        if node.was_stolen {
            continue;
        }
        let forked = matter.folded().forks.keys().find(|log| log.party == node.party);
        if let Some(log) = forked {
            let (party, incarnation) = (&log.party, log.incarnation);
            found.push(format!("honest {party} forked its log of incarnation {incarnation}"));
        }
        let honoured = |act: &ActId| state.honoured.contains_key(act);
        let promised: i64 = state
            .orders
            .values()
            .filter(|order| order.assisting == node.party && order.right.is_none())
            .filter(|order| order.promised.is_some_and(|(act, _)| !honoured(&act)))
            .map(|order| order.committed.as_milli() / 1000)
            .chain(
                state
                    .rights
                    .iter()
                    .filter(|(act, right)| right.assisting == node.party && !honoured(act))
                    .map(|(_, right)| right.cap.as_milli() / 1000),
            )
            .sum();
        let breaches = state.honoured.keys().filter_map(|act| sets.acts.get(act));
        let has_breach = breaches.into_iter().any(|act| *act.party() == node.party);
        if promised > CEILING && !has_breach {
            found.push(format!("{} promised {promised} of {CEILING}", node.party));
        }
    }
    check_stable(world, matter, found);
}

/// Acts beyond a fork or a closing stand exactly where somebody received them in good faith.
fn check_contests(matter: &Matter, sets: &Sets<'_>, found: &mut Vec<String>) {
    let Some(state) = matter.state() else { return };
    let closings: Vec<(ActId, CloseLog)> =
        state.closed.keys().filter_map(|id| Some((*id, closing(sets.acts.get(id)?)?))).collect();
    for act in matter.acts() {
        let log = &act.payload().log;
        let places: Vec<u64> = sets.of_log(log).iter().map(|other| other.payload().seq).collect();
        let forked = places.iter().any(|seq| {
            *seq <= act.payload().seq && places.iter().filter(|other| *other == seq).count() > 1
        });
        let beyond: Vec<ActId> = closings
            .iter()
            .filter(|(_, closing)| closing.log == *log)
            .filter(|(_, closing)| closing.last.is_none_or(|last| !sets.saw(last, act.id())))
            .map(|(id, _)| *id)
            .collect();
        let is_applied = state.applied.contains(&act.id());
        let is_void = matches!(
            state.refused.get(&act.id()),
            Some(Refusal::LogMustNotFork | Refusal::LogMustBeOpen { .. })
        );
        if !forked && beyond.is_empty() {
            if is_void {
                found.push(format!("{} is void and nobody contests it", act.id()));
            }
            continue;
        }
        let received = sets.acts.values().any(|other| {
            other.party() != act.party()
                && sets.saw(other.id(), act.id())
                && !beyond.iter().any(|closing| sets.saw(other.id(), *closing))
                && !(forked && sets.saw_fork(other.id(), log))
        });
        if is_applied && !received {
            found.push(format!("{} stands and nobody received it in good faith", act.id()));
        }
        if is_void && received && beyond.is_empty() {
            found.push(format!("{} is void although it was received in good faith", act.id()));
        }
    }
}

/// What an author had seen binds it, and what it had not seen does not.
fn check_knowledge(matter: &Matter, sets: &Sets<'_>, found: &mut Vec<String>) {
    let Some(state) = matter.state() else { return };
    let suspensions: Vec<(ActId, pumasi_base::Date)> = state
        .lives
        .values()
        .flat_map(|life| &life.suspensions)
        .map(|(act, suspension)| (*act, suspension.from))
        .collect();
    for act in matter.acts().iter().filter(|act| state.applied.contains(&act.id())) {
        let payload = act.payload();
        // By its own clock the author may stand before the day on which a suspension begins.
        let day = state
            .orders
            .values()
            .filter_map(|order| order.promised)
            .find(|(promise, _)| *promise == act.id())
            .map(|(_, time)| pumasi_base::time::date_at_offset(time, 9));
        let suspended = suspensions.iter().any(|(suspension, from)| {
            sets.saw(act.id(), *suspension) && day.is_some_and(|day| *from <= day)
        });
        if payload.kind == "commit_resource" && suspended {
            found.push(format!("{} was promised under a suspension it had seen", act.id()));
        }
        let heights = sets.past.get(&act.id()).into_iter().flatten();
        let cited = heights
            .filter_map(|before| sets.acts.get(before))
            .filter(|before| before.party() == act.party())
            .map(|before| before.identity().height)
            .max();
        if cited.is_some_and(|height| height > act.identity().height) {
            found.push(format!("{} goes back behind an identity its party had cited", act.id()));
        }
    }
}

/// Nobody is bound by an acceptance that nobody else had before the deadline, unless it was taken
/// as late.
fn check_deadlines(matter: &Matter, sets: &Sets<'_>, found: &mut Vec<String>) {
    let Some(state) = matter.state() else { return };
    let promises = matter.acts().iter().filter(|act| {
        let payload = act.payload();
        let accepts_late = payload.body.get("accepts_late").and_then(serde_json::Value::as_bool);
        payload.kind == "commit_resource"
            && accepts_late != Some(true)
            && state.applied.contains(&act.id())
    });
    for promise in promises {
        let Some(order) = sets.named(promise, "order") else { continue };
        let Some(offer) = sets.named(order, "offer") else { continue };
        let Some(deadline) = deadline_of(offer) else { continue };
        let in_time = sets.acts.values().any(|witness| {
            witness.party() != order.party()
                && sets.saw(witness.id(), order.id())
                && sets.saw(promise.id(), witness.id())
                && sets.time_of(witness) <= deadline
                && !sets.acts.values().any(|later| {
                    later.party() == offer.party()
                        && sets.saw(witness.id(), later.id())
                        && later.payload().time > deadline
                })
        });
        if !in_time {
            found.push(format!("{} binds by an acceptance nobody had in time", promise.id()));
        }
    }
}

/// The last moment at which an offer can be accepted.
fn deadline_of(offer: &Verified) -> Option<Time> {
    let body = &offer.payload().body;
    let until: Time = body.get("until")?.as_str()?.parse().ok()?;
    let grace = body.get("grace_minutes").and_then(serde_json::Value::as_i64).unwrap_or(0);
    Some(pumasi_base::time::plus_seconds(until, grace * 60))
}

/// What nobody contests has been acknowledged by everybody.
fn check_stable(world: &World, matter: &Matter, found: &mut Vec<String>) {
    let Some(state) = matter.state() else { return };
    let of = |party: &PartyId| world.nodes.iter().find(|node| node.party == *party);
    let all_honest = state.genesis.audience.iter().all(|party| {
        of(party).is_some_and(|node| node.nature == Nature::Honest && !node.was_stolen)
    });
    let has_more = matter.acts().len() > 1;
    if !all_honest || !has_more || !matter.folded().contests.is_empty() {
        return;
    }
    let open = state
        .genesis
        .audience
        .iter()
        .find(|party| !matter.folded().unacknowledged(party).is_empty());
    if let Some(party) = open {
        found.push(format!("{party} has not acknowledged everything in {}", matter.id()));
    }
}
