//! Coming back from a backup, the most dangerous day of a node.
//!
//! A restored node has forgotten what it wrote after the backup was made, and its neighbours have
//! not. Until they have returned it, the node writes nothing: else it would fork its own log or
//! promise the same goods twice. Then it goes on in a new incarnation and closes its old logs at
//! the heads it knows by then. What turns up later from beyond is judged by the rule for contested
//! acts.

use std::collections::BTreeSet;

use pumasi_act::kinds::close_log::CloseLog;
use pumasi_act::payload::LogId;
use pumasi_act::{ActId, KeyId};
use pumasi_base::PartyId;
use serde::{Deserialize, Serialize};

use crate::dialogue::{Answer, Question};
use crate::recon::{HEIGHTS_MATTERS_MAX, ReconQuestion};
use crate::replica::{Replica, Taken};

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

    /// Notes that shared matters stand at a neighbour as they stand here, so that it holds nothing
    /// of ours that is not here; whether that is news.
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

/// Whether an answer shows that a neighbour holds nothing that is not here: shared matters stand
/// alike, or all that lay above the heights here has been taken.
#[must_use]
pub fn has_returned(
    replica: &Replica,
    neighbour: &PartyId,
    question: &Question,
    answer: &Answer,
    taken: &Taken,
) -> bool {
    let nothing_is_left = taken.refused.is_empty() && taken.waiting.is_empty();
    match (question, answer) {
        (_, Answer::Feed(page)) => {
            page.standing.as_ref().is_some_and(|there| !replica.differs(neighbour, there))
        }
        (Question::Recon(ReconQuestion::Above { matters, .. }), Answer::Parcel(parcel)) => {
            // A question has room for so many matters; of more, some were not asked about.
            matters.len() < HEIGHTS_MATTERS_MAX && !parcel.more && nothing_is_left
        }
        _ => false,
    }
}

impl Replica {
    /// The logs this party no longer writes and has not closed yet, in every matter it shares, each
    /// as the body of the act that closes it.
    ///
    /// The log of a restored node is closed at its last act here, and so is that of a key that was
    /// `revoked_now`: nothing a thief wrote after the revocation can be here. Where the key was
    /// revoked earlier the log is closed before its first act; what others had acknowledged in good
    /// faith is honoured all the same. A log that is not known here is closed as well: what a thief
    /// wrote, or what a restored node has forgotten, may turn up later.
    #[must_use]
    pub fn unclosed(&self, revoked_now: &BTreeSet<KeyId>) -> Vec<(ActId, CloseLog)> {
        let Some(identity) = self.identities().of(self.party()) else { return Vec::new() };
        let mut unclosed = Vec::new();
        for matter in self.shared_with(self.party()) {
            let closed = |log: &LogId| {
                let state = matter.state();
                state.is_some_and(|state| state.closed.values().any(|closed| closed.log == *log))
            };
            for (node_key, incarnation) in identity.retired.iter().copied() {
                let log = LogId { party: self.party().clone(), node_key, incarnation };
                if !closed(&log) {
                    let head = matter.folded().logs.get(&log).map(|(_, head)| *head);
                    let stands =
                        !identity.revoked.contains(&node_key) || revoked_now.contains(&node_key);
                    let last = head.filter(|_| stands);
                    unclosed.push((matter.id(), CloseLog { log, last }));
                }
            }
        }
        unclosed
    }
}
