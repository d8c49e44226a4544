//! What each author had seen: the causal past of every act, kept as heights.
//!
//! The acts of a log follow one another, so that what an author had seen of a log is one number:
//! how far along it. A log that was forked has several chains, each from the act at which it
//! parted. An act's clock holds a height for every chain, which makes asking whether it had seen
//! another act a matter of one comparison however long the matter is.
//!
//! SPEC: vector clocks, Fidge 1988 and Mattern 1989, with one component for each chain.

use std::collections::BTreeMap;

use crate::envelope::ActId;
use crate::payload::LogId;
use crate::verify::Verified;

/// For each chain, how many acts of it had been seen; chains beyond its end had not.
pub(crate) type Clock = Box<[u64]>;

/// The causal past of every act of a matter.
#[derive(Debug, Clone, Default)]
pub(crate) struct Past {
    places: BTreeMap<ActId, Place>,
    chains: Vec<Chain>,
}

#[derive(Debug, Clone)]
struct Place {
    chain: usize,
    /// The height on its chain: position in the log plus one, so that nothing seen is 0.
    height: u64,
    clock: Clock,
}

/// Acts of one log that follow one another without a gap.
#[derive(Debug, Clone)]
struct Chain {
    log: LogId,
    /// The height of its first act.
    from: u64,
    acts: Vec<ActId>,
}

impl Chain {
    fn act_at(&self, height: u64) -> Option<&ActId> {
        let index = usize::try_from(height.checked_sub(self.from)?).ok()?;
        self.acts.get(index)
    }
}

impl Past {
    /// Whether an act has a place here.
    pub(crate) fn holds(&self, act: &ActId) -> bool {
        self.places.contains_key(act)
    }

    /// The log and the position that come after an act.
    pub(crate) fn place_after(&self, act: &ActId) -> Option<(&LogId, u64)> {
        let place = self.places.get(act)?;
        self.chains.get(place.chain).map(|chain| (&chain.log, place.height))
    }

    /// The newest act of every chain of which a clock tells anything.
    pub(crate) fn newest_at(&self, clock: &[u64]) -> impl Iterator<Item = &ActId> {
        self.chains.iter().zip(clock).filter_map(|(chain, height)| chain.act_at(*height))
    }

    /// The newest acts of other chains than its own that an act's author had seen, and the act
    /// before it in its log.
    pub(crate) fn newest_before(&self, act: &ActId) -> Vec<ActId> {
        let Some(place) = self.places.get(act) else { return Vec::new() };
        let mut clock = place.clock.to_vec();
        if let Some(own) = clock.get_mut(place.chain) {
            *own = own.saturating_sub(1);
        }
        self.newest_at(&clock).copied().collect()
    }

    /// What the author of an act had seen, its own act left out. Its parents must be here.
    pub(crate) fn clock_before(&self, parents: impl Iterator<Item = ActId>) -> Clock {
        let mut clock = vec![0; self.chains.len()];
        for place in parents.filter_map(|parent| self.places.get(&parent)) {
            for (seen, height) in clock.iter_mut().zip(&place.clock) {
                *seen = (*seen).max(*height);
            }
        }
        clock.into()
    }

    /// Gives an act its place after its parents, which must be here.
    pub(crate) fn add(&mut self, act: &Verified, parents: impl Iterator<Item = ActId>) {
        let before = self.clock_before(parents);
        let payload = act.payload();
        let height = payload.seq.saturating_add(1);
        let chain = payload
            .prev
            .and_then(|prev| self.continued(&prev, height))
            .unwrap_or_else(|| self.begin(payload.log.clone(), height));
        if let Some(chain) = self.chains.get_mut(chain) {
            chain.acts.push(act.id());
        }
        let mut clock = before.into_vec();
        clock.resize(self.chains.len(), 0);
        if let Some(own) = clock.get_mut(chain) {
            *own = height;
        }
        self.places.insert(act.id(), Place { chain, height, clock: clock.into() });
    }

    /// The chain whose newest act is `prev`, when `height` comes next on it.
    fn continued(&self, prev: &ActId, height: u64) -> Option<usize> {
        let place =
            self.places.get(prev).filter(|place| place.height.checked_add(1) == Some(height))?;
        let chain = self.chains.get(place.chain)?;
        (chain.acts.last() == Some(prev)).then_some(place.chain)
    }

    fn begin(&mut self, log: LogId, from: u64) -> usize {
        self.chains.push(Chain { log, from, acts: Vec::new() });
        self.chains.len() - 1
    }

    /// The log an act belongs to.
    pub(crate) fn log_of(&self, act: &ActId) -> Option<&LogId> {
        let place = self.places.get(act)?;
        self.chains.get(place.chain).map(|chain| &chain.log)
    }

    /// What the author of an act had seen, its own act among it.
    pub(crate) fn clock_of(&self, act: &ActId) -> &[u64] {
        self.places.get(act).map_or(&[], |place| &place.clock)
    }

    /// Whether an author whose clock this is had seen `act`.
    pub(crate) fn seen_at(&self, clock: &[u64], act: &ActId) -> bool {
        self.places
            .get(act)
            .is_some_and(|place| clock.get(place.chain).is_some_and(|seen| *seen >= place.height))
    }

    /// Whether the author of `viewer` had seen `act`, or it is the same act.
    pub(crate) fn saw(&self, viewer: &ActId, act: &ActId) -> bool {
        self.places.get(viewer).is_some_and(|place| self.seen_at(&place.clock, act))
    }

    /// Whether the author of `viewer` had seen that `log` was forked: two acts at one place of it.
    pub(crate) fn saw_fork(&self, viewer: &ActId, log: &LogId) -> bool {
        let Some(place) = self.places.get(viewer) else { return false };
        let seen: Vec<(u64, u64)> = self
            .chains
            .iter()
            .zip(&place.clock)
            .filter(|(chain, _)| chain.log == *log)
            .map(|(chain, height)| (chain.from, *height))
            .filter(|(from, height)| from <= height)
            .collect();
        // Every act has one chain, so that two chains that both reach a place hold two acts there.
        let overlaps = |one: usize, other: usize| match (seen.get(one), seen.get(other)) {
            (Some(one), Some(other)) => one.0.max(other.0) <= one.1.min(other.1),
            _ => false,
        };
        (0..seen.len()).any(|one| (0..one).any(|other| overlaps(one, other)))
    }

    /// What somebody had seen who has every act here.
    pub(crate) fn everything(&self) -> Clock {
        let height = |chain: &Chain| {
            let newest = chain.acts.last().and_then(|act| self.places.get(act));
            newest.map_or(0, |place| place.height)
        };
        self.chains.iter().map(height).collect()
    }

    /// Of every chain, among the acts a clock tells of, the first whose author had seen `act`.
    pub(crate) fn first_viewers<'a>(
        &'a self,
        act: &'a ActId,
        clock: &'a [u64],
    ) -> impl Iterator<Item = ActId> + 'a {
        self.chains.iter().zip(clock).filter_map(|(chain, height)| {
            // An act has all of its chain before it in its past: once seen, seen by all that
            // follow.
            let first = chain.acts.partition_point(|viewer| !self.saw(viewer, act));
            let viewer = chain.acts.get(first)?;
            let is_told = self.places.get(viewer).is_some_and(|place| place.height <= *height);
            is_told.then_some(*viewer)
        })
    }

    /// The heights that every one of `viewers` had seen of each chain, with its newest act.
    pub(crate) fn seen_by_all(&self, viewers: &[ActId]) -> Vec<(LogId, ActId)> {
        let clocks: Vec<&Clock> =
            viewers.iter().filter_map(|id| self.places.get(id)).map(|place| &place.clock).collect();
        if clocks.len() < viewers.len() || clocks.is_empty() {
            return Vec::new();
        }
        let least = |chain: usize| {
            clocks.iter().map(|clock| clock.get(chain).copied().unwrap_or(0)).min().unwrap_or(0)
        };
        self.chains
            .iter()
            .enumerate()
            .filter_map(|(index, chain)| Some((chain.log.clone(), *chain.act_at(least(index))?)))
            .collect()
    }
}
