//! Which entries of a party's log stand, when more than one claims a place.
//!
//! The answer is a function of the entries alone, not of the order in which they came: two nodes
//! that hold the same entries never disagree.

use std::collections::{BTreeMap, BTreeSet};

use crate::envelope::ActId;

/// How a party's identity log stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// One entry follows the other.
    Sound,
    /// Entries beside the log were set aside by a rotation of the root keys, which only the holder
    /// of keys announced before could make. They stay as evidence.
    Settled {
        /// What was set aside.
        aside: Vec<ActId>,
    },
    /// Entries claim one place, and nothing in the log says which stands. The log goes no further
    /// than the entry before them until the party rotates its root keys there, or, where rotations
    /// themselves compete, until people settle it.
    Forked {
        /// The last entry that nobody disputes.
        at: ActId,
        /// Those that claim the place after it.
        entries: Vec<ActId>,
    },
}

/// What matters of an entry here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Link {
    pub(super) prev: Option<ActId>,
    pub(super) rotates: Rotates,
}

/// Whether an entry rotates the root keys, the weightier later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rotates {
    No,
    /// Without the old roots.
    Recovers,
    /// With them.
    Both,
}

/// A party's log as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Settled {
    /// Entries that stand, from the founding one on.
    pub(super) chain: Vec<ActId>,
    pub(super) standing: Standing,
}

/// The entries after each entry, in the order of their ids.
type Children = BTreeMap<ActId, Vec<ActId>>;

/// Settles a log from its founding entry.
///
/// Entries between two rotations are one epoch. The holder of the keys announced for its end may
/// rotate after any of its entries; what stands beside the way to that rotation is set aside. A
/// rotation signed by the old roots too beats a recovery: whoever stole root keys that once were
/// announced cannot take the log back to before they took over.
pub(super) fn settle(founded: ActId, links: &BTreeMap<ActId, Link>) -> Settled {
    let mut children = Children::new();
    for (id, link) in links {
        if let Some(prev) = link.prev {
            children.entry(prev).or_default().push(*id);
        }
    }
    let mut chain = vec![founded];
    let mut start = founded;
    loop {
        let winners = winners(&rotations_after(start, &children, links), links);
        match winners.as_slice() {
            [] => return walk_on(chain, &children, links),
            [winner] => {
                chain.extend(way_to(*winner, start, links));
                start = *winner;
            }
            _ => {
                chain.extend(shared_way(&winners, start, links));
                return forked(chain, winners);
            }
        }
    }
}

/// The rotations that would end the epoch that begins with `start`.
fn rotations_after(start: ActId, children: &Children, links: &BTreeMap<ActId, Link>) -> Vec<ActId> {
    let mut rotations = Vec::new();
    let mut open = vec![start];
    while let Some(entry) = open.pop() {
        for child in children.get(&entry).into_iter().flatten() {
            if links.get(child).is_some_and(|link| link.rotates != Rotates::No) {
                rotations.push(*child);
            } else {
                open.push(*child);
            }
        }
    }
    rotations
}

/// The rotations that none outweighs.
fn winners(rotations: &[ActId], links: &BTreeMap<ActId, Link>) -> Vec<ActId> {
    let weight = |id: &ActId| links.get(id).map(|link| link.rotates);
    let most = rotations.iter().map(weight).max().flatten();
    let mut winners: Vec<ActId> =
        rotations.iter().filter(|id| weight(id) == most).copied().collect();
    winners.sort_unstable();
    winners
}

/// The entries after `start` up to `end`, which comes after it.
fn way_to(end: ActId, start: ActId, links: &BTreeMap<ActId, Link>) -> Vec<ActId> {
    let mut way = Vec::new();
    let mut next = Some(end);
    while let Some(entry) = next.filter(|entry| *entry != start) {
        way.push(entry);
        next = links.get(&entry).and_then(|link| link.prev);
    }
    way.reverse();
    way
}

/// What the ways to all of `ends` have in common.
fn shared_way(ends: &[ActId], start: ActId, links: &BTreeMap<ActId, Link>) -> Vec<ActId> {
    let ways = ends.iter().map(|end| way_to(*end, start, links));
    let shared = ways.reduce(|shared, way| {
        shared.into_iter().zip(way).take_while(|(a, b)| a == b).map(|(a, _)| a).collect()
    });
    shared.unwrap_or_default()
}

/// Goes on to the newest entry, or to the first place that several claim.
fn walk_on(mut chain: Vec<ActId>, children: &Children, links: &BTreeMap<ActId, Link>) -> Settled {
    loop {
        let after = chain.last().and_then(|last| children.get(last)).map(Vec::as_slice);
        match after.unwrap_or_default() {
            [] => break,
            [only] => chain.push(*only),
            several => {
                let entries = several.to_vec();
                return forked(chain, entries);
            }
        }
    }
    let in_chain: BTreeSet<&ActId> = chain.iter().collect();
    let aside: Vec<ActId> = links.keys().filter(|id| !in_chain.contains(id)).copied().collect();
    let standing = if aside.is_empty() { Standing::Sound } else { Standing::Settled { aside } };
    Settled { chain, standing }
}

fn forked(chain: Vec<ActId>, entries: Vec<ActId>) -> Settled {
    // INVARIANT: a chain begins with the founding entry, so it has a last one.
    let standing = match chain.last() {
        Some(at) => Standing::Forked { at: *at, entries },
        None => Standing::Sound,
    };
    Settled { chain, standing }
}

/// The entry and all before it.
pub(super) fn up_to(entry: ActId, links: &BTreeMap<ActId, Link>) -> BTreeSet<ActId> {
    std::iter::successors(Some(entry), |id| links.get(id).and_then(|link| link.prev)).collect()
}
