//! Writing acts: where an act stands in its log and what its author had seen.

use std::collections::BTreeSet;

use pumasi_base::{Digest, OfficerId, Time};

use crate::envelope::ActId;
use crate::fold::Folded;
use crate::kinds::open_matter::OpenMatter;
use crate::payload::{ClauseCited, LogId, PARENTS_MAX, Payload};

/// What an officer wants to say; [`compose`] puts it in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The kind.
    pub kind: String,
    /// What it carries.
    pub body: serde_json::Value,
    /// The clause that permits it.
    pub clause: Option<ClauseCited>,
    /// Who signs.
    pub officers: BTreeSet<OfficerId>,
    /// The time claimed.
    pub time: Time,
    /// What personal data beside it hash to.
    pub personal: Option<Digest>,
}

/// Places a draft at the end of `log`, after everything `folded` holds.
#[must_use]
pub fn compose(
    matter: ActId,
    folded: &Folded,
    log: &LogId,
    identity: ActId,
    draft: Draft,
) -> Payload {
    let last = folded.logs.get(log);
    let prev = last.map(|(_, head)| *head);
    // A log at the last position there is takes nothing more: the fold refuses what repeats it.
    let seq = last.map_or(0, |(seq, _)| seq.saturating_add(1));
    let room = PARENTS_MAX - usize::from(prev.is_some());
    let others = folded.frontier.iter().filter(|head| Some(**head) != prev).take(room);
    let parents: BTreeSet<ActId> = prev.into_iter().chain(others.copied()).collect();
    payload(Some(matter), log, seq, prev, parents, identity, draft)
}

/// Writes the act that opens a matter.
///
/// # Errors
/// When the genesis cannot be written as JSON.
pub fn open(
    genesis: &OpenMatter,
    log: &LogId,
    identity: ActId,
    officers: BTreeSet<OfficerId>,
    time: Time,
) -> Result<Payload, serde_json::Error> {
    let body = serde_json::to_value(genesis)?;
    let kind = OpenMatter::NAME.to_owned();
    let draft = Draft { kind, body, clause: None, officers, time, personal: None };
    Ok(payload(None, log, 0, None, BTreeSet::new(), identity, draft))
}

fn payload(
    matter: Option<ActId>,
    log: &LogId,
    seq: u64,
    prev: Option<ActId>,
    parents: BTreeSet<ActId>,
    identity: ActId,
    draft: Draft,
) -> Payload {
    Payload {
        v: 1,
        matter,
        log: log.clone(),
        seq,
        prev,
        parents: parents.into_iter().collect(),
        identity,
        kind: draft.kind,
        clause: draft.clause,
        officers: draft.officers.into_iter().collect(),
        time: draft.time,
        personal: draft.personal,
        body: draft.body,
    }
}
