//! Who is asking just now: so that a party sends one large thing at a time, and so that it shows
//! which neighbours read this node's feed.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use pumasi_base::PartyId;
use tokio::time::Instant;

/// Lets each party in so many times at once.
#[derive(Debug, Clone)]
pub(super) struct Turns {
    taken: Arc<Mutex<BTreeMap<PartyId, usize>>>,
    max: usize,
}

/// A party's turn, until it is dropped.
#[derive(Debug)]
pub(super) struct Turn {
    turns: Turns,
    party: PartyId,
}

impl Turns {
    /// Gives each party at most `max` turns at once.
    pub(super) fn at_most(max: usize) -> Self {
        Self { taken: Arc::default(), max }
    }

    fn taken(&self) -> MutexGuard<'_, BTreeMap<PartyId, usize>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A turn of the party, unless it has as many as it may have.
    pub(super) fn take(&self, party: &PartyId) -> Option<Turn> {
        let mut taken = self.taken();
        let count = taken.entry(party.clone()).or_default();
        if *count >= self.max {
            return None;
        }
        *count += 1;
        drop(taken);
        Some(Turn { turns: self.clone(), party: party.clone() })
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        if let Some(count) = self.turns.taken().get_mut(&self.party) {
            *count = count.saturating_sub(1);
        }
    }
}

/// Which parties ask, and when each last did.
#[derive(Debug, Clone, Default)]
pub(super) struct Asked(Arc<Mutex<Questions>>);

/// How many questions of each party are open, and when the last one ended.
type Questions = BTreeMap<PartyId, (usize, Option<Instant>)>;

/// A question that is open, until it is dropped.
#[derive(Debug)]
pub(super) struct Asking {
    asked: Asked,
    party: PartyId,
}

impl Asked {
    fn all(&self) -> MutexGuard<'_, Questions> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes that a party asks.
    pub(super) fn begin(&self, party: &PartyId) -> Asking {
        self.all().entry(party.clone()).or_default().0 += 1;
        Asking { asked: self.clone(), party: party.clone() }
    }

    /// When a party last asked: now while a question of it is open.
    pub(super) fn last(&self, party: &PartyId) -> Option<Instant> {
        let (open, last) = self.all().get(party).copied().unwrap_or_default();
        if open > 0 { Some(Instant::now()) } else { last }
    }
}

impl Drop for Asking {
    fn drop(&mut self) {
        if let Some((open, last)) = self.asked.all().get_mut(&self.party) {
            *open = open.saturating_sub(1);
            *last = Some(Instant::now());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_party_has_one_turn_at_a_time() {
        let (turns, jp, kr) = (Turns::at_most(1), "jp".parse().unwrap(), "kr".parse().unwrap());
        let first = turns.take(&jp);
        assert!(first.is_some() && turns.take(&jp).is_none());
        assert!(turns.take(&kr).is_some());
        drop(first);
        assert!(turns.take(&jp).is_some());
    }

    #[test]
    fn an_open_question_counts_as_asking_now() {
        let (asked, jp) = (Asked::default(), "jp".parse().unwrap());
        assert_eq!(asked.last(&jp), None);
        let (one, two) = (asked.begin(&jp), asked.begin(&jp));
        drop(one);
        let before = Instant::now();
        assert!(asked.last(&jp).unwrap() >= before);
        drop(two);
        let ended = asked.last(&jp).unwrap();
        assert_eq!(asked.last(&jp), Some(ended));
    }
}
