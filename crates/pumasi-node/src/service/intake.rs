//! Reading and verifying what arrives, on every core and while others use the node.
//!
//! Checking signatures takes most of the time an act needs, and nothing but the identities known
//! here. So it is done before the lock is taken under which acts find their places.

use std::num::NonZero;
use std::thread::{available_parallelism, scope};

use pumasi_act::Identities;
use pumasi_sync::{Arrival, Parcel};

use super::{ReceiveError, Service};

/// The fewest acts worth a thread of their own: verifying as many takes about a millisecond,
/// starting a thread a small part of that.
const ACTS_A_THREAD_MIN: usize = 8;

/// The most threads one parcel is given.
const THREADS_MAX: usize = 16;

impl Service {
    /// Reads the acts of a parcel and verifies those that are not here, once its identities are
    /// known. The node is locked only for as long as it takes to look up what is here.
    ///
    /// # Errors
    /// When the ledger fails.
    pub(super) fn arrivals(&self, parcel: &Parcel) -> Result<Vec<Arrival>, ReceiveError> {
        let mut arrivals = read(parcel.acts.iter().map(String::as_bytes).collect());
        let (mut fresh, identities) = {
            let mut inner = self.inner();
            inner.admit(self.ledger(), &parcel.identities)?;
            let is_new =
                |arrival: &&mut Arrival| arrival.id().is_some_and(|id| !inner.replica.holds(&id));
            let fresh: Vec<&mut Arrival> = arrivals.iter_mut().filter(is_new).collect();
            (fresh, inner.replica.identities_now())
        };
        in_parallel(&mut fresh, |arrival| arrival.verify(&identities));
        Ok(arrivals)
    }
}

/// Reads acts and verifies all of them.
pub(super) fn read_verified(acts: Vec<&[u8]>, identities: &Identities) -> Vec<Arrival> {
    let mut arrivals = read(acts);
    in_parallel(&mut arrivals, |arrival| arrival.verify(identities));
    arrivals
}

fn read(acts: Vec<&[u8]>) -> Vec<Arrival> {
    let mut arrivals: Vec<(&[u8], Option<Arrival>)> =
        acts.into_iter().map(|bytes| (bytes, None)).collect();
    in_parallel(&mut arrivals, |(bytes, arrival)| *arrival = Some(Arrival::read(*bytes)));
    arrivals.into_iter().filter_map(|(_, arrival)| arrival).collect()
}

/// Does the same work on every item, on as many threads as there are cores and it is worth.
fn in_parallel<T: Send>(items: &mut [T], work: impl Fn(&mut T) + Sync) {
    let cores = available_parallelism().map_or(1, NonZero::get).min(THREADS_MAX);
    let each = items.len().div_ceil(cores).max(ACTS_A_THREAD_MIN);
    let mut chunks = items.chunks_mut(each);
    let own = chunks.next();
    scope(|threads| {
        for chunk in chunks {
            let work = &work;
            threads.spawn(move || chunk.iter_mut().for_each(work));
        }
        // This thread has a core as well.
        own.into_iter().flatten().for_each(&work);
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_item_is_worked_on_once_however_many_there_are() {
        for count in [0, 1, 7, 8, 9, 255, 256, 1000] {
            let mut items: Vec<usize> = (0..count).collect();
            in_parallel(&mut items, |item| *item += 1);
            assert!(items.iter().copied().eq(1..=count), "{count}");
        }
    }
}
