//! The chain of each log: heights, gaps, forks, closings, and how far checkpoints cover it.

use std::collections::{BTreeMap, BTreeSet};

use pumasi_act::envelope::KeyId;
use pumasi_act::kinds::close_log::CloseLog;
use pumasi_act::{ActId, Verified};
use pumasi_base::PartyId;
use pumasi_log::Checkpoint;
use serde::Deserialize as _;

use super::{Holding, LogName};
use crate::service::register::Cosigned;

/// One log in one matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain {
    /// Whose log.
    pub party: PartyId,
    /// The key of the node that writes it.
    pub node_key: KeyId,
    /// The incarnation of that node.
    pub incarnation: u32,
    /// The matter.
    pub matter: ActId,
    /// Stretches of heights that are here, first and last.
    pub stretches: Vec<(u64, u64)>,
    /// Heights that more than one act claims.
    pub forks: Vec<u64>,
    /// Heights whose act does not follow the one before it.
    pub broken: Vec<u64>,
    /// Acts that close the log.
    pub closings: Vec<Closing>,
    /// How far checkpoints cover it.
    pub covered: Vec<Covered>,
}

/// An act that says where a log ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Closing {
    /// The act.
    pub act: ActId,
    /// The last height that stands; none when nothing of the log does.
    pub last: Option<u64>,
}

/// How far one checkpoint covers a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Covered {
    /// The register whose checkpoint it is, or the witness that cosigned it.
    pub by: String,
    /// When the witness saw it, in seconds since 1970; none for the node's own signature.
    pub seconds: Option<u64>,
    /// The last height below which everything here is covered.
    pub to: u64,
}

impl Chain {
    /// The log in short: party, key, incarnation.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{}/{}/{}", self.party, self.node_key.short(), self.incarnation)
    }

    /// Stretches of heights that are missing between those that are here.
    #[must_use]
    pub fn gaps(&self) -> Vec<(u64, u64)> {
        let mut next = 0;
        let mut gaps = Vec::new();
        for (first, last) in &self.stretches {
            if *first > next {
                gaps.push((next, first - 1));
            }
            next = last.saturating_add(1);
        }
        gaps
    }
}

/// An act that closes a log, and the last act it says stands.
type Said = (ActId, Option<ActId>);

/// Draws every chain of a copy out of acts that verified, by party, node and matter.
pub(super) fn draw(
    holding: &Holding,
    acts: &[(u64, Verified)],
    own: Option<&Checkpoint>,
    cosigned: &[Cosigned],
) -> Vec<Chain> {
    let mut logs: BTreeMap<(LogName, ActId), Vec<&(u64, Verified)>> = BTreeMap::new();
    let mut heights = BTreeMap::new();
    let mut closings: BTreeMap<(LogName, ActId), Vec<Said>> = BTreeMap::new();
    for held in acts {
        let (_, act) = held;
        let payload = act.payload();
        let log = &payload.log;
        let name = (log.party.clone(), log.node_key, log.incarnation);
        heights.insert(act.id(), payload.seq);
        logs.entry((name, act.matter())).or_default().push(held);
        if payload.kind == "close_log"
            && let Ok(closing) = CloseLog::deserialize(&payload.body)
        {
            let log = closing.log;
            // Nobody closes another party's log.
            if log.party == *act.party() {
                let name = (log.party, log.node_key, log.incarnation);
                closings.entry((name, act.matter())).or_default().push((act.id(), closing.last));
            }
        }
    }
    let has_register = holding.register.is_some();
    logs.into_iter()
        .map(|(place, mut held)| {
            held.sort_by_key(|(_, act)| (act.payload().seq, act.id()));
            let closed = closings.get(&place).map_or(&[][..], Vec::as_slice);
            let ((party, node_key, incarnation), matter) = place;
            let covered = if has_register { cover(&held, own, cosigned) } else { Vec::new() };
            Chain {
                party,
                node_key,
                incarnation,
                matter,
                stretches: stretches(&held),
                forks: forks(&held),
                broken: broken(&held),
                closings: closed
                    .iter()
                    .map(|(act, last)| Closing {
                        act: *act,
                        last: last.and_then(|last| heights.get(&last).copied()),
                    })
                    .collect(),
                covered,
            }
        })
        .collect()
}

fn stretches(held: &[&(u64, Verified)]) -> Vec<(u64, u64)> {
    let mut stretches: Vec<(u64, u64)> = Vec::new();
    for (_, act) in held {
        let height = act.payload().seq;
        match stretches.last_mut() {
            Some((_, last)) if height <= last.saturating_add(1) => *last = height,
            _ => stretches.push((height, height)),
        }
    }
    stretches
}

fn forks(held: &[&(u64, Verified)]) -> Vec<u64> {
    let mut acts: BTreeMap<u64, BTreeSet<ActId>> = BTreeMap::new();
    for (_, act) in held {
        acts.entry(act.payload().seq).or_default().insert(act.id());
    }
    acts.into_iter().filter(|(_, ids)| ids.len() > 1).map(|(height, _)| height).collect()
}

/// Heights whose act names another act before it than those that are here at the height below.
fn broken(held: &[&(u64, Verified)]) -> Vec<u64> {
    let mut at: BTreeMap<u64, BTreeSet<ActId>> = BTreeMap::new();
    for (_, act) in held {
        at.entry(act.payload().seq).or_default().insert(act.id());
    }
    let follows = |act: &Verified| {
        let payload = act.payload();
        let before = payload.seq.checked_sub(1).and_then(|below| at.get(&below));
        // Where nothing is here below, it is a gap and no break.
        before.is_none_or(|before| payload.prev.is_some_and(|prev| before.contains(&prev)))
    };
    let mut broken: Vec<u64> =
        held.iter().filter(|(_, act)| !follows(act)).map(|(_, act)| act.payload().seq).collect();
    broken.dedup();
    broken
}

fn cover(
    held: &[&(u64, Verified)],
    own: Option<&Checkpoint>,
    cosigned: &[Cosigned],
) -> Vec<Covered> {
    let to = |size: u64| {
        let covered = held.iter().take_while(|(index, _)| *index < size);
        covered.last().map(|(_, act)| act.payload().seq)
    };
    let own = own
        .and_then(|own| Some(Covered { by: own.origin.clone(), seconds: None, to: to(own.size)? }));
    let witnesses = cosigned.iter().filter_map(|cosigned| {
        let (by, seconds) = (cosigned.witness.to_string(), Some(cosigned.seconds));
        Some(Covered { by, seconds, to: to(cosigned.size)? })
    });
    own.into_iter().chain(witnesses).collect()
}
