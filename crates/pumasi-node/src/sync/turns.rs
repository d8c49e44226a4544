//! Whose turn it is: a party sends one large thing at a time.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use pumasi_base::PartyId;

/// Lets each party in once at a time.
#[derive(Debug, Clone, Default)]
pub(super) struct Turns(Arc<Mutex<BTreeSet<PartyId>>>);

/// A party's turn, until it is dropped.
#[derive(Debug)]
pub(super) struct Turn {
    turns: Turns,
    party: PartyId,
}

impl Turns {
    fn taken(&self) -> MutexGuard<'_, BTreeSet<PartyId>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The party's turn, unless it has it already.
    pub(super) fn take(&self, party: &PartyId) -> Option<Turn> {
        let is_free = self.taken().insert(party.clone());
        is_free.then(|| Turn { turns: self.clone(), party: party.clone() })
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.turns.taken().remove(&self.party);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_party_has_one_turn_at_a_time() {
        let (turns, jp, kr) = (Turns::default(), "jp".parse().unwrap(), "kr".parse().unwrap());
        let first = turns.take(&jp);
        assert!(first.is_some() && turns.take(&jp).is_none());
        assert!(turns.take(&kr).is_some());
        drop(first);
        assert!(turns.take(&jp).is_some());
    }
}
