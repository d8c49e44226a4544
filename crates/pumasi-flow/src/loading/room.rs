//! What movements use of stocks, links, sites and ceilings, and how many more units fit.

use std::collections::BTreeMap;

use crate::plan::Allocation;
use crate::problem::{CeilingIndex, SiteIndex, StockIndex};

use super::Cell;
use super::dock::{Dock, POSITION};

/// Grams in a kilogram.
const G_PER_KG: i128 = 1000;

/// What is used, by what it is used of.
#[derive(Debug, Clone, Default)]
pub(super) struct Room {
    links_g: BTreeMap<Cell, i128>,
    /// In parts of a pallet's position.
    positions: BTreeMap<Cell, i128>,
    sites_g: BTreeMap<(SiteIndex, usize), i128>,
    ceilings_g: BTreeMap<CeilingIndex, i128>,
    stocks: BTreeMap<StockIndex, i128>,
}

impl Room {
    /// Counts that the movement has `after` units instead of `before`.
    pub(super) fn change(
        &mut self,
        dock: Dock<'_>,
        movement: &Allocation,
        before: i64,
        after: i64,
    ) {
        let units = i128::from(after) - i128::from(before);
        let grams = units * i128::from(dock.unit_g(movement));
        let share = dock.share(movement, after) - dock.share(movement, before);
        *self.stocks.entry(movement.stock).or_default() += units;
        for leg in &movement.route {
            let cell = (leg.link, leg.from, leg.depart_period);
            *self.links_g.entry(cell).or_default() += grams;
            if dock.vehicle(leg.link).is_some() {
                *self.positions.entry(cell).or_default() += share;
            }
            let taken_in = dock.problem.horizon().period_of(leg.arrive_min);
            *self.sites_g.entry((leg.to, taken_in)).or_default() += grams;
        }
        for ceiling in ceilings(dock, movement) {
            *self.ceilings_g.entry(ceiling).or_default() += grams;
        }
    }

    /// Links and periods with more on them than they have positions for, and by how many parts.
    pub(super) fn crowded(&self, dock: Dock<'_>) -> Vec<Cell> {
        self.positions.keys().copied().filter(|cell| self.positions_left(dock, *cell) < 0).collect()
    }

    /// Parts of positions left on a link in a period; no end where it loads no pallets.
    pub(super) fn positions_left(&self, dock: Dock<'_>, cell: Cell) -> i128 {
        let used = self.positions.get(&cell).copied().unwrap_or(0);
        dock.positions(cell).map_or(i128::MAX, |positions| positions - used)
    }

    fn link_g(&self, dock: Dock<'_>, cell: Cell) -> i128 {
        dock.capacity_g(cell) - self.links_g.get(&cell).copied().unwrap_or(0)
    }

    fn site_g(&self, dock: Dock<'_>, site: SiteIndex, period: usize) -> i128 {
        let sites = dock.problem.sites().get(site.0);
        let Some(by_period) = sites.and_then(|site| site.handling_kg.as_ref()) else {
            return i128::MAX;
        };
        let kg = by_period.get(period).copied().unwrap_or(0);
        let used = self.sites_g.get(&(site, period)).copied().unwrap_or(0);
        i128::from(kg) * G_PER_KG - used
    }

    /// Whether one more unit of the movement can leave then; a link that does not run takes
    /// nothing, however light.
    pub(super) fn can_leave(&self, dock: Dock<'_>, movement: &Allocation, cell: Cell) -> bool {
        let grams = i128::from(dock.unit_g(movement));
        dock.capacity_g(cell) > 0
            && self.link_g(dock, cell) >= grams
            && self.positions_left(dock, cell) >= dock.share(movement, 1)
    }

    /// Whether one more unit of the movement can be taken in then.
    pub(super) fn can_enter(
        &self,
        dock: Dock<'_>,
        movement: &Allocation,
        site: SiteIndex,
        period: usize,
    ) -> bool {
        self.site_g(dock, site, period) >= i128::from(dock.unit_g(movement))
    }

    /// How many more units of the movement fit, `most` at most.
    pub(super) fn fitting(&self, dock: Dock<'_>, movement: &Allocation, most: i64) -> i64 {
        let held = dock.problem.stocks().get(movement.stock.0).map_or(0, |stock| stock.units);
        let used = self.stocks.get(&movement.stock).copied().unwrap_or(0);
        let mut units = i128::from(most).min(i128::from(held) - used);
        let mut grams = i128::MAX;
        for leg in &movement.route {
            let cell = (leg.link, leg.from, leg.depart_period);
            let taken_in = dock.problem.horizon().period_of(leg.arrive_min);
            let there = self.site_g(dock, leg.to, taken_in);
            grams = grams.min(self.link_g(dock, cell)).min(there);
            let left = self.positions_left(dock, cell);
            if let Some(per_pallet) = dock.pallet(movement).filter(|_| left < i128::MAX) {
                units = units.min(left * i128::from(per_pallet) / POSITION);
            }
        }
        for ceiling in ceilings(dock, movement) {
            let kg = dock.problem.ceilings().get(ceiling.0).map_or(0, |ceiling| ceiling.kg);
            let used = self.ceilings_g.get(&ceiling).copied().unwrap_or(0);
            grams = grams.min(i128::from(kg) * G_PER_KG - used);
        }
        let by_mass = grams.checked_div(i128::from(dock.unit_g(movement))).unwrap_or(units);
        i64::try_from(units.min(by_mass).max(0)).unwrap_or(0)
    }
}

/// The ceilings that count the movement.
fn ceilings(dock: Dock<'_>, movement: &Allocation) -> Vec<CeilingIndex> {
    let permit = movement.permit.and_then(|permit| dock.problem.permits().get(permit.0));
    let ids = permit.into_iter().flat_map(|permit| &permit.ceilings);
    ids.filter_map(|id| dock.problem.ceiling_index(id)).collect()
}
