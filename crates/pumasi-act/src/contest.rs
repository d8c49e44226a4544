//! Acts that are contested: written after a fork of their log, or beyond the act at which their
//! party closed it.
//!
//! A party must not be able to get out of a promise by forking its own log, by declaring a key
//! stolen, or by restoring a backup; nor may a thief make promises for it. So one rule serves all
//! three: a contested act stands when another party had acknowledged it before that party had
//! seen the contest. Acknowledging is any act that has the contested one in its past. Each
//! counterparty may thus hold the author to the branch it received, and what nobody had received
//! in good faith is void. The rule reads the acts of the matter alone, and gives the same answer
//! wherever they are all there.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::envelope::ActId;
use crate::fold::parents_of;
use crate::identity::Identity;
use crate::kinds;
use crate::kinds::close_log::CloseLog;
use crate::past::Past;
use crate::payload::LogId;
use crate::refusal::Refusal;
use crate::verify::Verified;

/// Why an act is contested.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// Its log was forked there or before.
    Fork,
    /// Its party closed the log before it, the key having been restored from a backup.
    Restored,
    /// Its party closed the log before it, the key having been revoked.
    Revoked,
}

/// What a contest comes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Contest {
    /// Why the act is contested.
    pub cause: Cause,
    /// The act that closed its log.
    pub closing: Option<ActId>,
    /// The act by which another party had acknowledged it in good faith, when there is one.
    pub acknowledged: Option<ActId>,
}

impl Contest {
    /// Whether an act of `kind` stands although it is contested.
    ///
    /// Under a key that was revoked only goods stand: no thief suspends or signs an agreement.
    pub(crate) fn stands(&self, kind: &str) -> bool {
        let moves_goods = || kinds::find(kind).is_some_and(kinds::KindEntry::moves_goods);
        self.acknowledged.is_some() && (self.cause != Cause::Revoked || moves_goods())
    }

    /// The refusal of an act that does not stand.
    pub(crate) fn refusal(&self) -> Refusal {
        match self.closing {
            None => Refusal::LogMustNotFork,
            Some(closing) => Refusal::LogMustBeOpen { closing },
        }
    }
}

/// The end of a log, as one act states it.
pub(crate) struct Closing {
    pub(crate) log: LogId,
    /// The last act that stands without question.
    pub(crate) last: Option<ActId>,
    pub(crate) cause: Cause,
}

/// Whether the identity still lets this log be written.
#[must_use]
pub fn is_open(identity: &Identity, log: &LogId) -> bool {
    identity.nodes.get(&log.node_key).is_some_and(|node| node.incarnation == log.incarnation)
}

/// What a `close_log` act closes.
///
/// Its authority is the identity entry it cites, which the party's root keys signed: it must no
/// longer let the log be written.
pub(crate) fn closing_of(
    act: &Verified,
    body: &CloseLog,
    past: &Past,
    clock: &[u64],
) -> Result<Closing, Refusal> {
    let log = body.log.clone();
    if log.party != *act.party() {
        return Err(Refusal::StepMustBeOwn { party: log.party });
    }
    if log == act.payload().log || is_open(act.identity(), &log) {
        return Err(Refusal::LogMustHaveEnded);
    }
    if let Some(last) = body.last {
        let is_known = past.log_of(&last) == Some(&log) && past.seen_at(clock, &last);
        if !is_known {
            return Err(Refusal::ReferenceMustBeKnown { act: last });
        }
    }
    let revoked = act.identity().revoked.contains(&log.node_key);
    let cause = if revoked { Cause::Revoked } else { Cause::Restored };
    Ok(Closing { log, last: body.last, cause })
}

/// Every contested act with what its contest comes to.
pub(crate) fn contests(
    order: &[ActId],
    acts: &BTreeMap<ActId, &Verified>,
) -> BTreeMap<ActId, Contest> {
    let placed: Vec<&Verified> = order.iter().filter_map(|id| acts.get(id).copied()).collect();
    let forked = forked_from(&placed);
    if forked.is_empty() && !placed.iter().any(|act| CloseLog::of(act).is_some()) {
        return BTreeMap::new();
    }
    let mut past = Past::default();
    for act in &placed {
        past.add(act, parents_of(act));
    }
    let past = &past;
    let closings = closings(&placed, past);
    let mut contests = BTreeMap::new();
    for act in &placed {
        let log = &act.payload().log;
        let is_forked = forked.get(log).is_some_and(|seq| act.payload().seq >= *seq);
        let beyond = closings.iter().filter(|(_, closing)| {
            closing.log == *log && closing.last.is_none_or(|last| !past.saw(&last, &act.id()))
        });
        let beyond: Vec<(ActId, Cause)> =
            beyond.map(|(id, closing)| (*id, closing.cause)).collect();
        let worst = beyond.iter().max_by_key(|(id, cause)| (*cause, *id));
        let cause = worst.map_or(Cause::Fork, |(_, cause)| *cause);
        if !is_forked && worst.is_none() {
            continue;
        }
        let in_good_faith = |other: &&&Verified| {
            other.party() != act.party()
                && past.saw(&other.id(), &act.id())
                && !beyond.iter().any(|(closing, _)| past.saw(&other.id(), closing))
                && !(is_forked && past.saw_fork(&other.id(), log))
        };
        let acknowledged = placed.iter().filter(in_good_faith).map(|other| other.id()).min();
        let closing = worst.map(|(id, _)| *id);
        contests.insert(act.id(), Contest { cause, closing, acknowledged });
    }
    contests
}

fn closings(placed: &[&Verified], past: &Past) -> Vec<(ActId, Closing)> {
    let closing = |act: &&Verified| {
        let body = CloseLog::of(act)?;
        Some((act.id(), closing_of(act, &body, past, past.clock_of(&act.id())).ok()?))
    };
    placed.iter().filter_map(closing).collect()
}

/// Acts that share a log and a position.
pub(crate) fn forks<'a>(
    acts: impl Iterator<Item = &'a Verified>,
) -> BTreeMap<LogId, BTreeSet<ActId>> {
    let mut places: BTreeMap<(&LogId, u64), BTreeSet<ActId>> = BTreeMap::new();
    for act in acts {
        let payload = act.payload();
        places.entry((&payload.log, payload.seq)).or_default().insert(act.id());
    }
    let mut forks: BTreeMap<LogId, BTreeSet<ActId>> = BTreeMap::new();
    for ((log, _), ids) in places.into_iter().filter(|(_, ids)| ids.len() > 1) {
        forks.entry(log.clone()).or_default().extend(ids);
    }
    forks
}

/// The lowest position at which each forked log has two acts.
fn forked_from(placed: &[&Verified]) -> BTreeMap<LogId, u64> {
    let mut taken: BTreeSet<(&LogId, u64)> = BTreeSet::new();
    let mut forked: BTreeMap<LogId, u64> = BTreeMap::new();
    for act in placed {
        let payload = act.payload();
        if !taken.insert((&payload.log, payload.seq)) {
            let from = forked.entry(payload.log.clone()).or_insert(payload.seq);
            *from = payload.seq.min(*from);
        }
    }
    forked
}
