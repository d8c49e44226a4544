//! Of all plans that are as good, the evenest between places.
//!
//! The *share* of a group of needs is what is left of its burden without relief. A row for each
//! group says that its share, plus what the largest share is lowered by, may not exceed what the
//! largest was. Lowering it brings so little that nothing of the objective worth naming is given up
//! for it; so the programme goes on from the basis of the best plan, and every plan on the way is
//! allowed. The groups whose rows have a price when it is lowest cannot all be better off: they are
//! held where they are, and the largest share of the others is lowered (lexicographic min-max,
//! Ogryczak, "On the lexicographic minimax approach to location problems", 1997).

#![expect(
    clippy::indexing_slicing,
    clippy::as_conversions,
    reason = "a model names nothing it does not have, and has fewer than 2^32 of anything"
)]

use pumasi_simplex::{Column, Ended, Programme, Row};

use super::{Master, NONE, PROMISE_MIN};
use crate::optimum::{EVENNESS, Effort, Optimum, Settled};

/// A share not worth lowering.
const SHARE_MIN: f64 = 1e-6;
/// The objective, as a share of the burden without relief, below which what may be given up for
/// evenness shrinks no further.
const OBJECTIVE_MIN: f64 = 0.01;
/// The part of all prices of groups from which on a group's is one.
const PRICE_MIN: f64 = 1e-6;
/// What lowering the next share brings, as a part of what lowering the largest did. At the same
/// worth more would be given up for it, and of places held alike by the largest one would gain by
/// that alone.
const NEXT_WORTH: f64 = 1.0 / 300.0;
/// Pivots always granted.
const PIVOTS_GRANTED: usize = 1000;
/// Rounds of searching always granted.
const ROUNDS_GRANTED: usize = 20;

/// How evenly places are served.
#[derive(Debug, Clone)]
pub(super) struct Sharing {
    /// By group; none where nothing can be lowered.
    groups: Vec<Option<Group>>,
    /// What lowering the largest share by the whole of it brings.
    worth: f64,
    /// Whether it is the largest of all that is lowered.
    is_first: bool,
    /// What is one unit of lowering: the largest count of a group's row, so that entries are at
    /// most 1.
    unit: f64,
}

/// One group of needs.
#[derive(Debug, Clone, Copy)]
struct Group {
    row: Row,
    /// What one unit of burden counts in the row, so that entries of routes are at most 1.
    scale: f64,
    /// Its burden without relief, as counted in the row.
    whole: f64,
    /// Whether its share is held where it is.
    is_held: bool,
}

impl Master {
    /// The evenest plan among those as good as the one the programme stands at.
    pub(in crate::optimum) fn even(&self, settled: &Settled, effort: &Effort) -> Optimum {
        let Some(mut even) = self.sharing() else { return self.optimum(settled) };
        let most = (
            self.programme.pivots().max(PIVOTS_GRANTED),
            settled.rounds.clamp(ROUNDS_GRANTED, effort.rounds_most.max(ROUNDS_GRANTED)),
        );
        let mut rounds = 0;
        while even.lower(most, &mut rounds) {}
        let mut optimum = even.optimum(settled);
        optimum.rounds += rounds;
        optimum.pivots += self.programme.pivots();
        optimum
    }

    /// This programme from where it stands, with a row for each group; none where there is nothing
    /// to even out.
    fn sharing(&self) -> Option<Self> {
        let parts = self.model.parts();
        let count = parts.needs.iter().map(|need| need.group + 1).max().unwrap_or(0);
        let mut without = vec![0.0; count];
        let mut dearest = vec![0.0_f64; count];
        for (need, rows) in parts.needs.iter().zip(&self.needs) {
            without[need.group] += self.model.burden_of(need, &[]);
            let saves = rows.saves.iter().copied().filter(|saves| saves.is_finite());
            dearest[need.group] = saves.fold(dearest[need.group], f64::max);
        }
        // The first search, with every price at zero, finds a way to whatever can be reached.
        let mut is_reached = vec![false; count];
        for route in &self.routes {
            is_reached[parts.needs[route.need as usize].group] = true;
        }
        let is_open = |g: &usize| without[*g] > 0.0 && dearest[*g] > 0.0 && is_reached[*g];
        if (0..count).filter(is_open).count() < 2 {
            return None;
        }
        let mut even = self.clone();
        let groups = (0..count).map(|g| {
            is_open(&g).then(|| {
                let scale = 1.0 / dearest[g];
                let row = even.add_row(f64::INFINITY);
                Group { row, scale, whole: without[g] * scale, is_held: false }
            })
        });
        let groups: Vec<Option<Group>> = groups.collect();
        let unit = groups.iter().flatten().map(|group| group.whole).fold(0.0, f64::max);
        let objective = self.burden_without - self.programme.profit();
        let worth = EVENNESS * objective.max(OBJECTIVE_MIN * self.burden_without);
        even.sharing = Some(Sharing { groups, worth, is_first: true, unit });
        even.restate();
        Some(even)
    }

    /// Makes the programme anew with the entries in the rows of groups, and stands where it did.
    fn restate(&mut self) {
        let stand = self.programme.snapshot();
        let mut programme = Programme::default();
        for row in &self.rows {
            programme.add_row(self.programme.rhs(*row));
        }
        let mut entries = Vec::new();
        for at in 0..self.columns.len() {
            let column = self.column_ids[at];
            entries.clear();
            entries.extend(self.programme.entries(column));
            if !self.is_barred[at] {
                let (need, saves) = self.saving(at);
                entries.extend(self.group_entry(need, saves));
            }
            programme.add_column(self.programme.profit_of(column), &entries);
        }
        programme.restore(&stand);
        // No pivot, but what is basic gets its values.
        programme.primal_within(PROMISE_MIN, 0);
        self.programme = programme;
    }

    /// Which need a column serves, and what burden one unit of it saves.
    fn saving(&self, column: usize) -> (u32, f64) {
        match self.routes.get(self.columns[column] as usize) {
            Some(route) => {
                (route.need, self.needs[route.need as usize].saves[route.period as usize])
            }
            None => {
                let id = self.column_ids[column];
                (self.movers.get(column).copied().unwrap_or(NONE), self.programme.profit_of(id))
            }
        }
    }

    /// The entry in the row of its group of what saves so much of a need's burden.
    pub(super) fn group_entry(&self, need: u32, saves: f64) -> Option<(Row, f64)> {
        let group = self.model.parts().needs.get(need as usize)?.group;
        let group = self.sharing.as_ref()?.groups[group]?;
        Some((group.row, -saves * group.scale))
    }

    /// Works out what saving one unit of each need's burden counts at the prices of now.
    pub(super) fn emphasise(&mut self) {
        let Some(sharing) = &self.sharing else { return };
        for (emphasis, need) in self.emphasis.iter_mut().zip(&self.model.parts().needs) {
            let price = |group: &Group| self.asking[group.row.index()] * group.scale;
            *emphasis = 1.0 + sharing.groups[need.group].as_ref().map_or(0.0, price);
        }
    }

    /// By group, the share of its burden that is left; none where it has no row.
    fn group_shares(&self) -> Vec<Option<f64>> {
        let Some(sharing) = &self.sharing else { return Vec::new() };
        let parts = self.model.parts();
        let mut saved = vec![0.0; sharing.groups.len()];
        for (column, value) in self.programme.basic_columns() {
            if self.is_barred[column.index()] {
                continue;
            }
            let (need, saves) = self.saving(column.index());
            if let Some(need) = parts.needs.get(need as usize) {
                saved[need.group] += value * saves;
            }
        }
        let share = |(group, saved): (&Option<Group>, f64)| {
            group.map(|group| 1.0 - saved * group.scale / group.whole)
        };
        sharing.groups.iter().zip(saved).map(share).collect()
    }

    /// Lowers the largest share of groups not held as far as it goes, and holds those that stop
    /// it; whether there may be more to lower.
    fn lower(&mut self, most: (usize, usize), rounds: &mut usize) -> bool {
        let shares = self.group_shares();
        let Some(mut sharing) = self.sharing.clone() else { return false };
        let open = || {
            sharing.groups.iter().zip(&shares).filter_map(|(group, share)| {
                group.as_ref().filter(|group| !group.is_held).zip(*share)
            })
        };
        let largest = open().map(|(_, share)| share).fold(0.0, f64::max);
        if largest <= SHARE_MIN {
            return false;
        }
        let entries: Vec<(Row, f64)> =
            open().map(|(group, _)| (group.row, group.whole / sharing.unit)).collect();
        for (row, entry) in &entries {
            self.programme.set_rhs(*row, (largest - 1.0) * entry * sharing.unit);
        }
        let at = self.columns.len();
        self.add_column(NONE, sharing.worth / sharing.unit, &entries);
        let lowering = self.column_ids[at];
        let is_lowest = self.lower_by(lowering, largest, most, rounds);
        let lowered = largest - self.programme.value(lowering) / sharing.unit;
        let mut held = 0;
        for group in sharing.groups.iter_mut().flatten().filter(|group| !group.is_held) {
            let price = self.programme.price(group.row) * group.whole;
            group.is_held = price > PRICE_MIN * sharing.worth;
            held += usize::from(group.is_held);
            // Lowering is over: what it lowered is now what may not be exceeded.
            self.programme.set_rhs(group.row, (lowered - 1.0) * group.whole);
        }
        self.programme.set_profit(lowering, 0.0);
        if std::mem::replace(&mut sharing.is_first, false) {
            sharing.worth *= NEXT_WORTH;
        }
        self.sharing = Some(sharing);
        is_lowest && held > 0
    }

    /// Lowers until nothing lowers further, or `most` is spent; whether it is lowest.
    fn lower_by(
        &mut self,
        lowering: Column,
        largest: f64,
        most: (usize, usize),
        rounds: &mut usize,
    ) -> bool {
        let Some((worth, unit)) = self.sharing.as_ref().map(|s| (s.worth, s.unit)) else {
            return false;
        };
        loop {
            let left = most.0.saturating_sub(self.programme.pivots());
            let ended = self.programme.primal_within(PROMISE_MIN, left);
            if ended != Ended::Optimal || *rounds >= most.1 {
                return false;
            }
            *rounds += 1;
            self.ask(0.0);
            let (added, promised) = self.explore();
            let could = self.burden_without - self.programme.profit() - self.bound(promised)
                + self.programme.promise(lowering).max(0.0) * largest * unit;
            if added == 0 || could <= SHARE_MIN * worth {
                return true;
            }
        }
    }
}
