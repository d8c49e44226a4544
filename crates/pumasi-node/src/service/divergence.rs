//! The alarm for matters in which a neighbour holds the same acts and comes to another state.
//!
//! The fold is a function, so this never happens while both nodes work as they should: one of
//! them has a fault, or says what is not so. No machine can tell which. Until the two agree again
//! nothing is promised in such a matter, since the neighbour would count the promise otherwise.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use pumasi_act::{ActId, kinds};
use pumasi_base::PartyId;
use pumasi_sync::{Matter, MatterDigest};

use super::Service;
use super::author::AuthorError;

/// The matters that diverged, each with the neighbours where it stands otherwise.
pub type Diverged = BTreeMap<ActId, BTreeSet<PartyId>>;

/// What was found to diverge since the node started: neighbours show their digests with every
/// answer, so nothing of it needs the disk.
#[derive(Debug, Default)]
pub(super) struct Divergences(Mutex<Diverged>);

impl Divergences {
    /// A panic while the lock was held is our bug; each change under it is a single step, so
    /// going on is safe.
    fn with<T>(&self, work: impl FnOnce(&mut Diverged) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Service {
    /// Compares how a neighbour says shared matters stand with how they stand here, and gives the
    /// matters that it shows otherwise although it holds the same acts.
    ///
    /// Where one of the two lacks acts nothing can be compared, and what was found before stays:
    /// only equal digests end the alarm.
    pub fn compare_digests(&self, neighbour: &PartyId, there: &[MatterDigest]) -> BTreeSet<ActId> {
        let inner = self.inner();
        for there in there {
            let shared = |matter: &&Matter| matter.is_shared_with(neighbour);
            let here = inner.replica.matter(&there.matter).filter(shared);
            let Some(here) = here.filter(|here| here.frontier() == there.frontier) else {
                continue;
            };
            let agrees = here.digest().state == there.state;
            self.divergences.with(|all| note(all, neighbour, there.matter, agrees));
        }
        self.divergences.with(|all| {
            let with_it = all.iter().filter(|(_, parties)| parties.contains(neighbour));
            with_it.map(|(matter, _)| *matter).collect()
        })
    }

    /// The matters that diverged.
    #[must_use]
    pub fn diverged(&self) -> Diverged {
        self.divergences.with(|all| all.clone())
    }

    /// Refuses what promises or moves goods while the matter has diverged.
    pub(super) fn must_agree(&self, matter: ActId, kind: &str) -> Result<(), AuthorError> {
        // A drawing right moves nothing by itself, and promises all the same.
        let promises = kind == "grant_drawing_right"
            || kinds::find(kind).is_some_and(kinds::KindEntry::moves_goods);
        match self.divergences.with(|all| all.get(&matter).cloned()) {
            Some(parties) if promises => Err(AuthorError::Diverged { matter, parties }),
            _ => Ok(()),
        }
    }
}

fn note(all: &mut Diverged, neighbour: &PartyId, matter: ActId, agrees: bool) {
    if agrees {
        if let Some(parties) = all.get_mut(&matter) {
            parties.remove(neighbour);
            if parties.is_empty() {
                all.remove(&matter);
            }
        }
    } else if all.entry(matter).or_default().insert(neighbour.clone()) {
        tracing::error!(%matter, %neighbour, "the same acts give another state there");
    }
}
