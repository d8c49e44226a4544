//! Rows of a comparison while they are merged: products of numbers, one set for each dimension.

use std::collections::BTreeSet;

use pumasi_base::catalog::Mode;
use pumasi_base::{CategoryId, PurposeId};

use super::{Answer, Cell, Freedom, Group, STATUSES};
use crate::grid::MODES;
use crate::question::Action;
use crate::vocabulary;

/// The order in which dimensions are merged: categories, purposes, actions, statuses, modes, pairs.
const MERGED: [usize; 6] = [CATEGORY, PURPOSE, ACTION, STATUS, MODE, GROUP];
const GROUP: usize = 0;
const ACTION: usize = 1;
const CATEGORY: usize = 2;
const PURPOSE: usize = 3;
const STATUS: usize = 4;
const MODE: usize = 5;

/// A row under way: what it is about, and what the two agreements say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    places: [BTreeSet<usize>; 6],
    a: Answer,
    b: Answer,
}

impl Row {
    /// The row of one question: group, action, category, purpose, status, and the mode if known.
    pub(super) fn at(place: [usize; 5], mode: Option<usize>) -> Self {
        let silent =
            || Answer { freedom: Freedom::Refused, terms: Vec::new(), clauses: Vec::new() };
        let [group, action, category, purpose, status] =
            place.map(|number| BTreeSet::from([number]));
        let places = [group, action, category, purpose, status, mode.into_iter().collect()];
        Self { places, a: silent(), b: silent() }
    }

    /// The row with what the two say.
    pub(super) fn saying(mut self, a: Answer, b: Answer) -> Self {
        self.a = a;
        self.b = b;
        self
    }

    /// Whether two rows differ in one dimension alone.
    fn differs_only_in(&self, other: &Self, dimension: usize) -> bool {
        let pairs = self.places.iter().zip(&other.places).enumerate();
        let mut rest = pairs.filter(|(place, _)| *place != dimension);
        rest.all(|(_, (one, other))| one == other) && self.a == other.a && self.b == other.b
    }

    /// The row for its readers.
    pub(super) fn cell(self, groups: &[Group<'_>]) -> Cell {
        let [group, action, category, purpose, status, mode] = &self.places;
        let all = group.len() == groups.len();
        let taken = group.iter().filter_map(|place| groups.get(*place)).flat_map(|g| &g.pairs);
        let mut pairs: Vec<_> = taken
            .filter(|_| !all)
            .map(|(giver, receiver)| ((*giver).clone(), (*receiver).clone()))
            .collect();
        pairs.sort();
        let categories: Vec<CategoryId> = vocabulary::categories().collect();
        let purposes: Vec<PurposeId> = vocabulary::purposes().collect();
        let modes: Vec<Mode> = chosen(mode, &MODES);
        Cell {
            actions: chosen(action, &Action::ALL),
            pairs,
            categories: chosen(category, &categories),
            purposes: chosen(purpose, &purposes),
            statuses: chosen(status, &STATUSES),
            modes: if modes.len() == MODES.len() { Vec::new() } else { modes },
            a: self.a,
            b: self.b,
        }
    }
}

fn chosen<T: Clone>(places: &BTreeSet<usize>, all: &[T]) -> Vec<T> {
    places.iter().filter_map(|place| all.get(*place).cloned()).collect()
}

/// Rows that differ in one dimension alone become one, dimension by dimension.
pub(super) fn merged(mut rows: Vec<Row>) -> Vec<Row> {
    for dimension in MERGED {
        let mut kept: Vec<Row> = Vec::new();
        for row in rows {
            match kept.iter_mut().find(|known| known.differs_only_in(&row, dimension)) {
                Some(known) => {
                    let more = row.places.into_iter().nth(dimension);
                    let into = known.places.get_mut(dimension);
                    if let Some((into, more)) = into.zip(more) {
                        into.extend(more);
                    }
                }
                None => kept.push(row),
            }
        }
        rows = kept;
    }
    rows
}
