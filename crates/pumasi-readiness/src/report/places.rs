//! What each place goes without: as things are, and in worlds where something is otherwise.

use std::collections::BTreeMap;

use super::gather::{Figures, Missing};
use super::{PlaceInLine, PlaceLine, Reporter, count};
use crate::figures::BASE;

impl Reporter<'_> {
    pub(super) fn places(&self) -> Vec<PlaceLine> {
        let line = |((place, commodity), missing): (&(String, String), &Missing)| {
            let unmet = self.unmet_line(Some(commodity.clone()), missing)?;
            let person_days_a_year = self.days_a_year(&self.sample.sums(&milli(&missing.unmet)))?;
            Some(PlaceLine { place: place.clone(), unmet, person_days_a_year })
        };
        let mut lines: Vec<PlaceLine> = self.all.places.iter().filter_map(line).collect();
        lines.sort_by_key(|line| std::cmp::Reverse(line.person_days_a_year.value));
        lines
    }

    /// What each place goes without in each world that the tables have, all commodities together.
    ///
    /// A world is told only in the scenarios that it changes: in the others everything is as things
    /// are.
    pub(super) fn places_in(&self) -> Vec<PlaceInLine> {
        let line = |((world, place), left): (&(String, String), &Figures)| {
            let as_things_are = self.all.places_in.get(&(BASE.to_owned(), place.clone()))?;
            let before: BTreeMap<usize, i64> = as_things_are.iter().copied().collect();
            let mut after = before.clone();
            after.extend(left.iter().copied());
            let change = |(rank, left): (&usize, &i64)| {
                let change = left - before.get(rank).copied().unwrap_or(0);
                (change != 0).then_some((*rank, change))
            };
            let change: Figures = after.iter().filter_map(change).collect();
            let after: Figures = after.into_iter().collect();
            let told_of = if world == BASE { &after } else { &change };
            Some(PlaceInLine {
                world: world.clone(),
                place: place.clone(),
                scenarios: count(told_of.len()),
                person_days_a_year: self.days_a_year(&self.sample.sums(&milli(&after)))?,
                change: self.days_a_year(&self.sample.sums(&milli(&change)))?,
            })
        };
        self.all.places_in.iter().filter_map(line).collect()
    }
}

/// Burdens in thousandths.
fn milli(burdens: &Figures) -> Figures {
    burdens.iter().map(|(rank, burden)| (*rank, burden.saturating_mul(1000))).collect()
}
