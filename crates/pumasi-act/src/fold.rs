//! The pure fold of a matter: acts in, state out, whatever their order of arrival.
//!
//! Acts are applied in causal order; among acts that could come next, by id. Rules never depend on
//! that second choice: they read an act's own past and the serial log of the one party that
//! decides the fact at hand. An act whose past has not arrived waits.

use std::collections::{BTreeMap, BTreeSet};

use pumasi_base::{Digest, OfficerId, PartyId, Time};

use crate::envelope::ActId;
use crate::identity::{Identity, Mandate};
use crate::kinds::{self, open_matter::OpenMatter};
use crate::payload::LogId;
use crate::permission::Terms;
use crate::refusal::Refusal;
use crate::state::State;
use crate::verify::Verified;

/// The version of the rules of this fold; a matter names its version when it is opened.
pub const RULES: u32 = 1;

/// The outcome of folding a matter.
#[derive(Debug, Clone)]
pub struct Folded {
    /// The state; absent while the opening act has not arrived or was refused.
    pub state: Option<State>,
    /// The acts in the order in which they were applied or refused.
    pub order: Vec<ActId>,
    /// Acts that wait for acts in their past.
    pub waiting: BTreeSet<ActId>,
    /// The acts that wait is for.
    pub missing: BTreeSet<ActId>,
    /// The heads: acts that are nobody's parent.
    pub frontier: BTreeSet<ActId>,
    /// The last position and act of each log.
    pub logs: BTreeMap<LogId, (u64, ActId)>,
    /// Pairs of acts that claim one place in a log: proofs of equivocation.
    pub forks: BTreeMap<LogId, BTreeSet<ActId>>,
}

impl Folded {
    /// The digest of the state, or of nothing.
    #[must_use]
    pub fn digest(&self) -> Digest {
        self.state.as_ref().map_or_else(|| Digest::of(b""), State::digest)
    }

    /// The digest of the frontier: two nodes with equal frontiers hold equal acts.
    #[must_use]
    pub fn frontier_digest(&self) -> Digest {
        let text: String = self.frontier.iter().map(|id| format!("{id}\n")).collect();
        Digest::of(text.as_bytes())
    }
}

/// What an act's rules may look at.
pub struct Context<'a> {
    /// The act.
    pub act: &'a Verified,
    /// The agreements frozen into the matter.
    pub terms: &'a Terms,
    /// The time rules go by: the claim, but never before the log's previous act.
    pub time: Time,
    past: &'a BTreeSet<ActId>,
}

impl Context<'_> {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> ActId {
        self.act.id()
    }
    /// Who signed it.
    #[must_use]
    pub fn party(&self) -> &PartyId {
        self.act.party()
    }
    /// Whether its author had seen `act`.
    #[must_use]
    pub fn saw(&self, act: &ActId) -> bool {
        self.past.contains(act)
    }
}

/// Folds the acts of one matter under the agreements its opening act froze.
#[must_use]
pub fn fold(terms: &Terms, acts: &[Verified]) -> Folded {
    fold_choosing(terms, acts, |ready| ready.first().copied())
}

/// Folds with another choice among acts that could come next, to prove that rules do not depend
/// on it. `choose` gives one of the acts it is shown.
#[cfg(any(test, feature = "testing"))]
#[must_use]
pub fn fold_in_another_order(
    terms: &Terms,
    acts: &[Verified],
    choose: impl FnMut(&BTreeSet<ActId>) -> Option<ActId>,
) -> Folded {
    fold_choosing(terms, acts, choose)
}

fn fold_choosing(
    terms: &Terms,
    acts: &[Verified],
    mut choose: impl FnMut(&BTreeSet<ActId>) -> Option<ActId>,
) -> Folded {
    let by_id: BTreeMap<ActId, &Verified> = acts.iter().map(|act| (act.id(), act)).collect();
    let forks = find_forks(&by_id);
    let mut run = Run {
        terms,
        forked_at: fork_positions(&forks, &by_id),
        state: None,
        logs: BTreeMap::new(),
        pasts: BTreeMap::new(),
    };
    let mut order = Vec::new();
    let mut queue = Queue::new(&by_id);
    while let Some(id) = choose(&queue.ready) {
        queue.ready.remove(&id);
        if let Some(act) = by_id.get(&id) {
            run.take(act);
            order.push(id);
        }
        queue.done(&id);
    }
    let Run { state, logs, .. } = run;
    let done: BTreeSet<ActId> = order.iter().copied().collect();
    let parents: BTreeSet<ActId> =
        order.iter().filter_map(|id| by_id.get(id)).flat_map(|a| parents_of(a)).collect();
    Folded {
        state,
        waiting: by_id.keys().filter(|id| !done.contains(id)).copied().collect(),
        missing: queue.missing,
        frontier: done.difference(&parents).copied().collect(),
        logs: logs.into_iter().map(|(log, head)| (log, (head.seq, head.head))).collect(),
        order,
        forks,
    }
}

/// What must be there before an act: its parents, and the opening act of its matter.
fn parents_of(act: &Verified) -> impl Iterator<Item = ActId> {
    act.payload().parents.iter().copied().chain(act.payload().matter)
}

/// Acts in causal order, by id where that leaves a choice.
struct Queue {
    waits_for: BTreeMap<ActId, BTreeSet<ActId>>,
    children: BTreeMap<ActId, Vec<ActId>>,
    ready: BTreeSet<ActId>,
    missing: BTreeSet<ActId>,
}

impl Queue {
    fn new(by_id: &BTreeMap<ActId, &Verified>) -> Self {
        let mut queue = Self {
            waits_for: BTreeMap::new(),
            children: BTreeMap::new(),
            ready: BTreeSet::new(),
            missing: BTreeSet::new(),
        };
        for (id, act) in by_id {
            let parents: BTreeSet<ActId> = parents_of(act).collect();
            for parent in &parents {
                queue.children.entry(*parent).or_default().push(*id);
                if !by_id.contains_key(parent) {
                    queue.missing.insert(*parent);
                }
            }
            if parents.is_empty() {
                queue.ready.insert(*id);
            }
            queue.waits_for.insert(*id, parents);
        }
        queue
    }

    fn done(&mut self, id: &ActId) {
        for child in self.children.remove(id).unwrap_or_default() {
            if let Some(waits) = self.waits_for.get_mut(&child) {
                waits.remove(id);
                if waits.is_empty() {
                    self.ready.insert(child);
                }
            }
        }
    }
}

/// Acts that share a log and a position.
fn find_forks(by_id: &BTreeMap<ActId, &Verified>) -> BTreeMap<LogId, BTreeSet<ActId>> {
    let mut places: BTreeMap<(LogId, u64), BTreeSet<ActId>> = BTreeMap::new();
    for (id, act) in by_id {
        let payload = act.payload();
        places.entry((payload.log.clone(), payload.seq)).or_default().insert(*id);
    }
    let mut forks: BTreeMap<LogId, BTreeSet<ActId>> = BTreeMap::new();
    for ((log, _), ids) in places.into_iter().filter(|(_, ids)| ids.len() > 1) {
        forks.entry(log).or_default().extend(ids);
    }
    forks
}

fn fork_positions(
    forks: &BTreeMap<LogId, BTreeSet<ActId>>,
    by_id: &BTreeMap<ActId, &Verified>,
) -> BTreeMap<LogId, u64> {
    let first = |ids: &BTreeSet<ActId>| {
        ids.iter().filter_map(|id| by_id.get(id)).map(|act| act.payload().seq).min()
    };
    forks.iter().filter_map(|(log, ids)| Some((log.clone(), first(ids)?))).collect()
}

/// Where a log stands.
struct LogHead {
    seq: u64,
    head: ActId,
    time: Time,
}

struct Run<'a> {
    terms: &'a Terms,
    forked_at: BTreeMap<LogId, u64>,
    state: Option<State>,
    logs: BTreeMap<LogId, LogHead>,
    pasts: BTreeMap<ActId, BTreeSet<ActId>>,
}

impl Run<'_> {
    fn take(&mut self, act: &Verified) {
        let past = self.past_of(act);
        let outcome = self.judge(act, &past);
        let payload = act.payload();
        let before = self.logs.get(&payload.log).map(|log| log.time);
        let head = LogHead {
            seq: payload.seq,
            head: act.id(),
            time: before.map_or(payload.time, |before| before.max(payload.time)),
        };
        self.logs.insert(payload.log.clone(), head);
        self.pasts.insert(act.id(), past);
        if let Some(state) = &mut self.state {
            match outcome {
                Outcome::Applied => {
                    state.applied.insert(act.id());
                }
                Outcome::Unknown => {
                    state.unknown.insert(act.id(), payload.kind.clone());
                }
                Outcome::Refused(refusal) => {
                    state.refused.insert(act.id(), refusal);
                }
            }
        }
    }

    fn past_of(&self, act: &Verified) -> BTreeSet<ActId> {
        let mut past = BTreeSet::new();
        for parent in parents_of(act) {
            past.insert(parent);
            past.extend(self.pasts.get(&parent).into_iter().flatten().copied());
        }
        past
    }

    fn judge(&mut self, act: &Verified, past: &BTreeSet<ActId>) -> Outcome {
        let time = self.time_of(act);
        let Some(state) = &mut self.state else {
            return match open(act) {
                Ok(state) => {
                    self.state = Some(state);
                    Outcome::Applied
                }
                Err(refusal) => Outcome::Refused(refusal),
            };
        };
        if let Some(refusal) = broken_frame(act, state, &self.logs, &self.forked_at) {
            return Outcome::Refused(refusal);
        }
        let Some(kind) = kinds::find(&act.payload().kind) else { return Outcome::Unknown };
        let context = Context { act, terms: self.terms, time, past };
        if let Err(refusal) = check_mandates(act, time) {
            return Outcome::Refused(refusal);
        }
        match (kind.apply)(&context, state) {
            Ok(()) => Outcome::Applied,
            Err(refusal) => Outcome::Refused(refusal),
        }
    }

    fn time_of(&self, act: &Verified) -> Time {
        let claimed = act.payload().time;
        self.logs.get(&act.payload().log).map_or(claimed, |log| log.time.max(claimed))
    }
}

enum Outcome {
    Applied,
    Unknown,
    Refused(Refusal),
}

/// Says whether an act opens a matter.
///
/// # Errors
/// The rule it breaks: it opens nothing, under these rules of this software.
pub fn opens(act: &Verified) -> Result<(), Refusal> {
    open(act).map(drop)
}

/// Opens the matter with its first act.
fn open(act: &Verified) -> Result<State, Refusal> {
    if act.payload().matter.is_some() || act.payload().kind != OpenMatter::NAME {
        return Err(Refusal::MatterMustMatch);
    }
    let genesis = OpenMatter::read(&act.payload().body)?;
    if genesis.rules != RULES {
        return Err(Refusal::RulesMustBeKnown { rules: genesis.rules });
    }
    if !genesis.audience.contains(act.party()) {
        return Err(Refusal::AudienceMustHoldAuthor);
    }
    check_mandates(act, act.payload().time)?;
    Ok(State::opened(act.id(), genesis))
}

/// Rules every act keeps, whatever its kind.
fn broken_frame(
    act: &Verified,
    state: &State,
    logs: &BTreeMap<LogId, LogHead>,
    forked_at: &BTreeMap<LogId, u64>,
) -> Option<Refusal> {
    let payload = act.payload();
    if payload.matter.is_none() {
        return Some(Refusal::MatterMustBeOpenedOnce);
    }
    if payload.matter != Some(state.matter) {
        return Some(Refusal::MatterMustMatch);
    }
    if forked_at.get(&payload.log).is_some_and(|seq| payload.seq >= *seq) {
        return Some(Refusal::LogMustNotFork);
    }
    let continues = match logs.get(&payload.log) {
        None => payload.seq == 0,
        Some(log) => payload.prev == Some(log.head) && payload.seq == log.seq + 1,
    };
    if !continues {
        return Some(Refusal::LogMustBeUnbroken);
    }
    if !state.genesis.audience.contains(act.party()) {
        return Some(Refusal::AuthorMustBeInAudience);
    }
    None
}

/// Checks that the officers who signed may, at that time, together.
fn check_mandates(act: &Verified, time: Time) -> Result<(), Refusal> {
    let payload = act.payload();
    may_sign(act.identity(), &payload.officers, &payload.kind, time)
}

/// Says whether officers of a party may sign an act of a kind together at a time.
///
/// # Errors
/// The rule about officers and mandates that they would break.
pub fn may_sign<'a>(
    identity: &Identity,
    officers: impl IntoIterator<Item = &'a OfficerId>,
    kind: &str,
    time: Time,
) -> Result<(), Refusal> {
    let mandates: Vec<&Mandate> =
        officers.into_iter().filter_map(|officer| identity.mandates.get(officer)).collect();
    if mandates.is_empty() {
        return Err(Refusal::OfficerMustSign);
    }
    for mandate in &mandates {
        if !mandate.covers(kind) {
            let (officer, kind) = (mandate.officer.clone(), kind.to_owned());
            return Err(Refusal::MandateMustCoverKind { officer, kind });
        }
        if time < mandate.not_before || time > mandate.not_after {
            return Err(Refusal::MandateMustBeCurrent { officer: mandate.officer.clone() });
        }
    }
    let persons: BTreeSet<&str> = mandates.iter().map(|m| m.person.as_str()).collect();
    let signed = u32::try_from(persons.len()).unwrap_or(u32::MAX);
    let needed = mandates.iter().map(|m| m.officers_needed).max().unwrap_or(1);
    if signed < needed { Err(Refusal::OfficersMustSuffice { needed, signed }) } else { Ok(()) }
}
