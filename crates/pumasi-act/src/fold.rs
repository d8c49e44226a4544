//! The pure fold of a matter: acts in, state out, whatever their order of arrival.
//!
//! Acts are applied in causal order; among acts that could come next, by id. Rules never depend on
//! that second choice: they read an act's own past and the serial log of the one party that
//! decides the fact at hand. So acts that arrive one by one are applied one by one
//! ([`Folded::extend`]). An act whose past has not arrived waits.
//!
//! What a fork or the closing of a log puts in doubt is settled before anything is applied, from
//! all acts at once: see [`crate::contest`].

use std::collections::{BTreeMap, BTreeSet};

use pumasi_base::{Digest, OfficerId, PartyId, Time};

use crate::contest::{self, Contest};
use crate::deadline::{Acceptance, Record};
use crate::envelope::ActId;
use crate::identity::{Identity, Mandate};
use crate::kinds::close_log::CloseLog;
use crate::kinds::{self, open_matter::OpenMatter};
use crate::past::Past;
use crate::payload::LogId;
use crate::permission::{Rule, Terms};
use crate::refusal::Refusal;
use crate::state::State;
use crate::verify::Verified;

/// The version of the rules of this fold; a matter names its version when it is opened.
pub const RULES: u32 = 1;

/// The outcome of folding a matter.
#[derive(Debug, Clone, Default)]
pub struct Folded {
    /// The state; absent while the opening act has not arrived or was refused.
    pub state: Option<State>,
    /// The acts in the order in which they were applied or refused here.
    pub order: Vec<ActId>,
    /// Acts that wait for acts in their past.
    pub waiting: BTreeSet<ActId>,
    /// The acts that wait is for.
    pub missing: BTreeSet<ActId>,
    /// The heads: acts that are nobody's parent.
    pub frontier: BTreeSet<ActId>,
    /// The last position and act of each log.
    pub logs: BTreeMap<LogId, (u64, ActId)>,
    /// Acts that claim one place in a log: proofs of equivocation.
    pub forks: BTreeMap<LogId, BTreeSet<ActId>>,
    /// Acts written after a fork or a closing of their log, and what became of each contest.
    pub contests: BTreeMap<ActId, Contest>,
    past: Past,
    told: BTreeMap<ActId, Told>,
    /// The log in which each party decides, and whether some party has two.
    deciding: BTreeMap<PartyId, LogId>,
    has_rivals: bool,
}

/// What later acts ask of one that was folded.
#[derive(Debug, Clone)]
pub(crate) struct Told {
    pub(crate) party: PartyId,
    /// The time rules go by.
    pub(crate) time: Time,
    /// The time the act claims.
    claimed: Time,
    /// The newest identity entry its log has cited, and how many came before that.
    identity: (u64, ActId),
    /// Whether it says nothing but what was received.
    acknowledges: bool,
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

    /// Takes in the acts of `acts` from index `from` on; those before it are folded already.
    ///
    /// Acts that simply follow are applied one by one, at a cost that does not grow with the
    /// matter. What could change the judgement of acts before it (a fork, the closing of a log) or
    /// came before its own past has the whole matter folded again.
    pub fn extend(&mut self, terms: &Terms, acts: &[Verified], from: usize) {
        let fresh = acts.get(from..).unwrap_or_default();
        if fresh.is_empty() {
            return;
        }
        if self.is_plain() {
            let mut taken = 0;
            while let Some(act) = fresh.get(taken).filter(|act| self.follows(act)) {
                self.take(terms, act, None);
                taken += 1;
            }
            let known = |act: &Verified| self.past.holds(&act.id());
            if fresh.get(taken..).unwrap_or_default().iter().all(known) {
                return;
            }
        }
        *self = fold(terms, acts);
    }

    /// Whether nothing here could be judged otherwise because of acts to come: nothing waits, no
    /// log is forked or closed, and each party decides in one log.
    fn is_plain(&self) -> bool {
        let has_closed = self.state.as_ref().is_some_and(|state| !state.closed.is_empty());
        self.waiting.is_empty() && self.contests.is_empty() && !has_closed && !self.has_rivals
    }

    /// Whether an act comes next in its log, after acts that are all here, closes no log and lets
    /// no second log decide for its party.
    fn follows(&self, act: &Verified) -> bool {
        let payload = act.payload();
        let next = match self.logs.get(&payload.log) {
            None => payload.prev.is_none(),
            Some((seq, head)) => {
                payload.prev == Some(*head) && seq.checked_add(1) == Some(payload.seq)
            }
        };
        let deciding = self.deciding.get(act.party());
        next && !self.past.holds(&act.id())
            && CloseLog::of(act).is_none()
            && (!decides(act) || deciding.is_none_or(|log| *log == payload.log))
            && parents_of(act).all(|parent| self.past.holds(&parent))
    }

    /// What would become of an act if it came next; nothing is changed.
    ///
    /// # Errors
    /// The rule it would break.
    pub fn try_next(&self, terms: &Terms, act: &Verified) -> Result<Effect, Refusal> {
        let log = &act.payload().log;
        let closed = self.state.iter().flat_map(|state| &state.closed);
        if let Some((closing, _)) = closed.into_iter().find(|(_, closed)| closed.log == *log) {
            return Err(Refusal::LogMustBeOpen { closing: *closing });
        }
        if self.forks.contains_key(log) {
            return Err(Refusal::LogMustNotFork);
        }
        let clock = self.past.clock_before(parents_of(act));
        let mut state = self.state.clone();
        self.judge(terms, act, &clock, None, &mut state)
    }

    /// Gives an act its place and its effect. Its parents must be here.
    fn take(&mut self, terms: &Terms, act: &Verified, contest: Option<&Contest>) {
        let clock = self.past.clock_before(parents_of(act));
        let mut state = self.state.take();
        let outcome = self.judge(terms, act, &clock, contest, &mut state);
        if let Some(state) = &mut state {
            state.record(act, outcome, contest);
        }
        self.state = state;
        self.enter(act);
        self.past.add(act, parents_of(act));
    }

    /// Notes an act as the newest of its log and as a head of the matter.
    fn enter(&mut self, act: &Verified) {
        let (id, payload) = (act.id(), act.payload());
        let cited = (act.identity().height, act.identity().head);
        let before = payload.prev.and_then(|prev| self.told.get(&prev)).map(|told| told.identity);
        let told = Told {
            party: act.party().clone(),
            time: self.time_of(act),
            claimed: payload.time,
            identity: before.map_or(cited, |before| before.max(cited)),
            acknowledges: payload.kind == "acknowledge_acts",
        };
        self.told.insert(id, told);
        let head = self.logs.entry(payload.log.clone()).or_insert((payload.seq, id));
        if decides(act) {
            let deciding = self.deciding.entry(act.party().clone());
            self.has_rivals |= *deciding.or_insert_with(|| payload.log.clone()) != payload.log;
        }
        // Of a forked log the longer branch is shown, and of equal ones either.
        *head = (*head).max((payload.seq, id));
        for parent in parents_of(act) {
            self.frontier.remove(&parent);
        }
        self.frontier.insert(id);
        self.order.push(id);
    }

    fn judge(
        &self,
        terms: &Terms,
        act: &Verified,
        clock: &[u64],
        contest: Option<&Contest>,
        state: &mut Option<State>,
    ) -> Result<Effect, Refusal> {
        let Some(state) = state else {
            *state = Some(open(act)?);
            return Ok(Effect::Applied);
        };
        self.check_frame(terms, act, state, clock)?;
        let payload = act.payload();
        if let Some(contest) = contest.filter(|contest| !contest.stands(&payload.kind)) {
            return Err(contest.refusal());
        }
        let Some(kind) = kinds::find(&payload.kind) else { return Ok(Effect::Unknown) };
        let time = self.time_of(act);
        if kind.is_signed_by_officers() {
            check_decider(act)?;
            check_mandates(act, time)?;
        }
        let record = Record { past: &self.past, told: &self.told };
        let context = Context { act, terms, time, record, clock };
        (kind.apply)(&context, state).map(|()| Effect::Applied)
    }

    /// Rules every act keeps, whatever its kind.
    fn check_frame(
        &self,
        terms: &Terms,
        act: &Verified,
        state: &State,
        clock: &[u64],
    ) -> Result<(), Refusal> {
        let payload = act.payload();
        if payload.matter.is_none() {
            return Err(Refusal::MatterMustBeOpenedOnce);
        }
        if payload.matter != Some(state.matter) {
            return Err(Refusal::MatterMustMatch);
        }
        let continues = match &payload.prev {
            None => payload.seq == 0,
            Some(prev) => self.past.place_after(prev) == Some((&payload.log, payload.seq)),
        };
        if !continues {
            return Err(Refusal::LogMustBeUnbroken);
        }
        if !state.genesis.audience.contains(act.party()) {
            return Err(Refusal::AuthorMustBeInAudience);
        }
        let identity = act.identity();
        let forgets = !terms.lacks(Rule::IdentityTrail)
            && self.past.newest_at(clock).any(|newest| {
                self.told.get(newest).is_some_and(|told| {
                    told.party == identity.party
                        && !identity.continues(told.identity.0, &told.identity.1)
                })
            });
        if forgets { Err(Refusal::IdentityMustContinue) } else { Ok(()) }
    }

    /// The time rules go by: the claim, but never before the act before it in its log.
    fn time_of(&self, act: &Verified) -> Time {
        let payload = act.payload();
        let before = payload.prev.and_then(|prev| self.told.get(&prev));
        before.map_or(payload.time, |before| before.time.max(payload.time))
    }
}

/// What an act that is not refused does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Its kind was applied.
    Applied,
    /// Its kind is not known here: it is kept, relayed and shown.
    Unknown,
}

/// What a party's acts show of an act by others: between which times it was written, and by whom
/// it is known to have been received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Witnessed {
    /// The newest time claimed by another party in what its author had seen.
    pub after: Option<Time>,
    /// The earliest time claimed by another party in acts that had seen it.
    pub before: Option<Time>,
    /// Who has acknowledged it, its author among them.
    pub by: BTreeSet<PartyId>,
}

impl Folded {
    /// Whether the author of `viewer` had seen `act`, or it is the same act.
    #[must_use]
    pub fn saw(&self, viewer: &ActId, act: &ActId) -> bool {
        self.past.saw(viewer, act)
    }

    /// What the other parties' acts show of one.
    ///
    /// SPEC: the interval of timeline entanglement, Maniatis and Baker 2002: later than what it
    /// cites, earlier than what cites it.
    #[must_use]
    pub fn witnessed(&self, act: &ActId) -> Witnessed {
        let mut witnessed = Witnessed { after: None, before: None, by: BTreeSet::new() };
        let Some(author) = self.told.get(act).map(|told| &told.party) else { return witnessed };
        for (id, told) in &self.told {
            if self.past.saw(id, act) {
                witnessed.by.insert(told.party.clone());
            }
            if told.party == *author {
                continue;
            }
            if self.past.saw(act, id) {
                witnessed.after = witnessed.after.max(Some(told.claimed));
            } else if self.past.saw(id, act) {
                let before = witnessed.before.map_or(told.claimed, |b| b.min(told.claimed));
                witnessed.before = Some(before);
            }
        }
        witnessed
    }

    /// How an order that takes up an offer with a deadline stands to it, by all that is here;
    /// nothing for every other act.
    #[must_use]
    pub fn acceptance(&self, order: &ActId) -> Option<Acceptance> {
        let accepting = self.state.as_ref()?.accepting(order)?;
        let record = Record { past: &self.past, told: &self.told };
        Some(accepting.judged(record, &self.past.everything()))
    }

    /// The newest act of each log that every party of the audience has acknowledged: nothing
    /// written later can come before it.
    ///
    /// A party acknowledges with the newest act of each of its logs that is still open. Empty
    /// while somebody in the audience has written nothing.
    #[must_use]
    pub fn stable(&self) -> Vec<(LogId, ActId)> {
        let Some(state) = &self.state else { return Vec::new() };
        let is_closed = |log: &LogId| state.closed.values().any(|closed| closed.log == *log);
        let open: Vec<(&LogId, ActId)> = self
            .logs
            .iter()
            .filter(|(log, _)| !is_closed(log))
            .map(|(log, (_, head))| (log, *head))
            .collect();
        let has_written = |party: &PartyId| open.iter().any(|(log, _)| log.party == *party);
        if !state.genesis.audience.iter().all(has_written) {
            return Vec::new();
        }
        let viewers: Vec<ActId> = open.into_iter().map(|(_, head)| head).collect();
        self.past.seen_by_all(&viewers)
    }

    /// Heads by other parties than `party` that no act of its own has seen yet: what it has to
    /// acknowledge. Acknowledgements need none.
    #[must_use]
    pub fn unacknowledged(&self, party: &PartyId) -> BTreeSet<ActId> {
        let own: Vec<&ActId> = self
            .logs
            .iter()
            .filter(|(log, _)| log.party == *party)
            .map(|(_, (_, head))| head)
            .collect();
        let is_seen = |id: &ActId| own.iter().any(|head| self.past.saw(head, id));
        let mut open = BTreeSet::new();
        let mut looked_at = BTreeSet::new();
        let mut next: Vec<ActId> = self.frontier.iter().copied().collect();
        while let Some(id) = next.pop() {
            if !looked_at.insert(id) || is_seen(&id) {
                continue;
            }
            if self.told.get(&id).is_some_and(|told| told.acknowledges) {
                next.extend(self.past.newest_before(&id));
            } else {
                open.insert(id);
            }
        }
        open
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
    pub(crate) record: Record<'a>,
    pub(crate) clock: &'a [u64],
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
        if self.terms.lacks(Rule::CausalPast) {
            return self.record.past.holds(act);
        }
        self.record.past.seen_at(self.clock, act)
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
    let (mut order, missing) = in_causal_order(&by_id, &BTreeMap::new(), &mut choose);
    let mut contests = BTreeMap::new();
    if !terms.lacks(Rule::Contests) {
        contests = contest::contests(&order, &by_id);
    }
    if !contests.is_empty() {
        (order, _) = in_causal_order(&by_id, &contests, &mut choose);
    }
    let mut folded = Folded::default();
    for act in order.iter().filter_map(|id| by_id.get(id).copied()) {
        folded.take(terms, act, contests.get(&act.id()));
    }
    let done: BTreeSet<ActId> = order.iter().copied().collect();
    folded.waiting = by_id.keys().filter(|id| !done.contains(id)).copied().collect();
    folded.missing = missing;
    folded.forks = contest::forks(by_id.values().copied());
    folded.contests = contests;
    folded
}

/// Whether an act may state what its party decides.
fn decides(act: &Verified) -> bool {
    !act.payload().officers.is_empty()
}

/// The acts whose past is here, each after its past, and the acts others wait for.
///
/// Of acts that could come next those that nobody contests come first: what a party says in a log
/// of good standing goes before what was said in its name.
fn in_causal_order(
    acts: &BTreeMap<ActId, &Verified>,
    contests: &BTreeMap<ActId, Contest>,
    choose: &mut impl FnMut(&BTreeSet<ActId>) -> Option<ActId>,
) -> (Vec<ActId>, BTreeSet<ActId>) {
    let mut order = Vec::new();
    let mut queue = Queue::new(acts);
    loop {
        let mut uncontested = BTreeSet::new();
        if !contests.is_empty() {
            uncontested.extend(queue.ready.iter().filter(|id| !contests.contains_key(id)));
        }
        let ready = if uncontested.is_empty() { &queue.ready } else { &uncontested };
        let Some(id) = choose(ready) else { break };
        queue.ready.remove(&id);
        order.push(id);
        queue.done(&id);
    }
    (order, queue.missing)
}

/// What must be there before an act: its parents, and the opening act of its matter.
pub(crate) fn parents_of(act: &Verified) -> impl Iterator<Item = ActId> {
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

/// Refuses what binds a party when another of its nodes decides for it.
///
/// A fact has one decider. Two nodes of one party that decided at once could promise the same
/// goods twice, so that of several only the first that stands writes what needs an officer.
fn check_decider(act: &Verified) -> Result<(), Refusal> {
    match act.identity().decider() {
        Some(decider) if decider != act.payload().log.node_key => {
            Err(Refusal::NodeMustDecide { decider })
        }
        _ => Ok(()),
    }
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
