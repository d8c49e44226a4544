//! Coming back from a backup, the most dangerous day of a node.
//!
//! A restored node has forgotten what it wrote after the backup was made, and its neighbours have
//! not. Until they have returned it, the node writes nothing: else it would fork its own log or
//! promise the same goods twice. Then it goes on in a new incarnation and closes its old logs at
//! the heads it knows by then. What turns up later from beyond is judged by the rule for contested
//! acts.

use std::collections::{BTreeMap, BTreeSet};

use pumasi_act::kinds::close_log::CloseLog;
use pumasi_act::payload::LogId;
use pumasi_act::{ActId, contest};
use pumasi_base::PartyId;
use serde::{Deserialize, Serialize};

use crate::replica::Replica;

/// What a restored node still waits for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recovery {
    awaited: BTreeSet<PartyId>,
}

impl Recovery {
    /// Waits for every neighbour that may hold acts of this party.
    #[must_use]
    pub fn begin(neighbours: impl IntoIterator<Item = PartyId>) -> Self {
        Self { awaited: neighbours.into_iter().collect() }
    }

    /// Notes that everything of ours which a neighbour holds is here; whether that is news.
    pub fn returned(&mut self, neighbour: &PartyId) -> bool {
        self.awaited.remove(neighbour)
    }

    /// Who has not returned everything yet. An operator may decide to go on without somebody who
    /// cannot be reached; what that neighbour holds is then contested when it turns up.
    #[must_use]
    pub const fn awaited(&self) -> &BTreeSet<PartyId> {
        &self.awaited
    }

    /// Whether the node may go on in a new incarnation.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.awaited.is_empty()
    }
}

/// The newest act of each log, by matter.
pub type Heights = BTreeMap<ActId, Vec<(LogId, ActId)>>;

impl Replica {
    /// How far the logs of `author` go in the matters shared with `reader`.
    #[must_use]
    pub fn heights(&self, author: &PartyId, reader: &PartyId) -> Heights {
        let of = |matter: &crate::Matter| -> Vec<(LogId, ActId)> {
            let logs = matter.folded().logs.iter().filter(|(log, _)| log.party == *author);
            logs.map(|(log, (_, head))| (log.clone(), *head)).collect()
        };
        self.shared_with(reader).map(|matter| (matter.id(), of(matter))).collect()
    }

    /// Whether everything up to these heights is here.
    #[must_use]
    pub fn reaches(&self, heights: &Heights) -> bool {
        heights.values().flatten().all(|(_, head)| self.holds(head))
    }

    /// The logs of this party that its newest identity no longer lets be written and that are not
    /// closed yet, each as the body of the act that closes it at its last act known here.
    #[must_use]
    pub fn unclosed(&self) -> Vec<(ActId, CloseLog)> {
        let Some(identity) = self.identities().of(self.party()) else { return Vec::new() };
        let mut unclosed = Vec::new();
        for matter in self.matters().values() {
            let Some(state) = matter.state() else { continue };
            let closed = |log: &LogId| state.closed.values().any(|closed| closed.log == *log);
            for (log, (_, head)) in &matter.folded().logs {
                let is_own = log.party == *self.party();
                if is_own && !contest::is_open(identity, log) && !closed(log) {
                    unclosed.push((matter.id(), CloseLog { log: log.clone(), last: Some(*head) }));
                }
            }
        }
        unclosed
    }
}
