//! Regions of questions, exactly: what a clause reaches, less what other clauses take away.

use std::collections::{BTreeMap, BTreeSet};

use pumasi_base::catalog::Mode;
use pumasi_base::{CategoryId, PartyId, Status};

use crate::agreement::Agreement;
use crate::question::Action;
use crate::scope::Scope;
use crate::vocabulary;

/// The dimension of a region that holds actions.
const ACTIONS: usize = 0;
/// The dimension that holds categories.
const CATEGORIES: usize = 1;
/// The dimension that holds who gives.
const GIVERS: usize = 5;
/// The dimension that holds who receives.
const RECEIVERS: usize = 6;

type Numbers = BTreeSet<usize>;

/// What regions of one agreement are drawn on: its members, each with the side it stands on.
pub(super) struct Ground {
    /// Members in the order of their ids.
    members: Vec<PartyId>,
    /// The side of each member, by the number of its party.
    sides: Vec<usize>,
    categories: Vec<CategoryId>,
}

/// A product of sets: actions, categories, purposes, statuses, modes, givers, receivers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Region(Vec<Numbers>);

impl Ground {
    pub(super) fn of(agreement: &Agreement) -> Self {
        let mut standing: BTreeMap<&PartyId, usize> = BTreeMap::new();
        for (side, party) in agreement.parties().iter().enumerate() {
            standing.insert(party, side);
            for body in agreement.executing().get(party).into_iter().flatten() {
                standing.insert(body, side);
            }
        }
        Self {
            members: standing.keys().map(|party| (*party).clone()).collect(),
            sides: standing.values().copied().collect(),
            categories: vocabulary::categories().collect(),
        }
    }

    /// What a scope reaches among the members.
    pub(super) fn region(&self, scope: &Scope) -> Region {
        let Scope { actions, givers, receivers, categories, purposes, statuses, modes } = scope;
        let all_purposes: Vec<_> = vocabulary::purposes().collect();
        Region(vec![
            numbers(actions, &Action::ALL),
            numbers(categories, &self.categories),
            numbers(purposes, &all_purposes),
            numbers(statuses, &[Status::Actual, Status::Exercise, Status::Test]),
            numbers(modes, &Mode::ALL),
            numbers(givers, &self.members),
            numbers(receivers, &self.members),
        ])
    }

    /// Whether a region holds no question: a set is empty, or nobody in it stands on another side
    /// than those it would deal with.
    pub(super) fn is_empty(&self, region: &Region) -> bool {
        let sides = |dimension: usize| -> Numbers {
            let parties = region.0.get(dimension).into_iter().flatten();
            parties.filter_map(|party| self.sides.get(*party).copied()).collect()
        };
        let (giving, receiving) = (sides(GIVERS), sides(RECEIVERS));
        let apart = giving.iter().any(|side| receiving.iter().any(|other| other != side));
        !apart || region.0.iter().any(BTreeSet::is_empty)
    }

    /// The categories of a region.
    pub(super) fn categories_of(&self, region: &Region) -> BTreeSet<CategoryId> {
        let numbers = region.0.get(CATEGORIES).into_iter().flatten();
        numbers.filter_map(|number| self.categories.get(*number).cloned()).collect()
    }

    /// What is left of `regions` when `taken` is taken away from them.
    pub(super) fn less(&self, regions: &[Region], taken: &Region) -> Vec<Region> {
        let pieces = regions.iter().flat_map(|region| region.minus(taken));
        pieces.filter(|piece| !self.is_empty(piece)).collect()
    }

    /// Whether two regions share a question.
    pub(super) fn meet(&self, one: &Region, other: &Region) -> bool {
        !self.is_empty(&one.and(other))
    }
}

/// The places of `some` in `all`; all places when nothing is named.
fn numbers<T: PartialEq>(some: &[T], all: &[T]) -> Numbers {
    let named = |item: &T| some.is_empty() || some.contains(item);
    all.iter().enumerate().filter(|(_, item)| named(item)).map(|(place, _)| place).collect()
}

impl Region {
    /// What both hold.
    pub(super) fn and(&self, other: &Self) -> Self {
        let shared = self.0.iter().zip(&other.0).map(|(a, b)| a.intersection(b).copied().collect());
        Self(shared.collect())
    }

    /// The part in which goods or services move, so that ceilings and settlement count.
    pub(super) fn moving(&self) -> Self {
        let moves = |(_, action): &(usize, &Action)| action.moves_goods();
        let moving = Action::ALL.iter().enumerate().filter(moves).map(|(place, _)| place).collect();
        self.narrowed(ACTIONS, &moving)
    }

    fn narrowed(&self, dimension: usize, to: &Numbers) -> Self {
        let sets = self.0.iter().enumerate().map(|(place, set)| {
            if place == dimension { set.intersection(to).copied().collect() } else { set.clone() }
        });
        Self(sets.collect())
    }

    /// What this holds and `taken` does not, as regions that share nothing: what lies outside in
    /// the first dimension, then what lies inside there and outside in the second, and so on.
    fn minus(&self, taken: &Self) -> Vec<Self> {
        let mut pieces = Vec::new();
        let mut rest = self.clone();
        for (dimension, set) in taken.0.iter().enumerate() {
            let here = rest.0.get(dimension).into_iter().flatten().copied();
            let outside: Numbers = here.filter(|number| !set.contains(number)).collect();
            pieces.push(rest.narrowed(dimension, &outside));
            rest = rest.narrowed(dimension, set);
        }
        pieces
    }
}
