//! Shifts units between movements: off links without positions, and onto fewer broken pallets.

use std::collections::BTreeMap;

use crate::plan::{Allocation, Leg};
use crate::problem::{Need, NeedIndex};
use crate::solve::{cost_cents, unmet_by_period};

use super::dock::{Dock, POSITION};
use super::room::Room;
use super::{Cell, LeftBehind};

/// The most that transport may cost more, in cents of a US dollar, for one broken pallet or one
/// vehicle less: nobody pays for a flight to save the work at a pallet.
const CENTS_MOST: i128 = 2_000;
/// How often every need is gone through.
const SWEEPS: usize = 4;
/// The most movements of one need that are compared with each other.
const COMPARED_MOST: usize = 64;

/// Movements being brought on vehicles.
pub(super) struct Loader<'a> {
    dock: Dock<'a>,
    room: Room,
    /// Movements that lost all their units stay in the list with none.
    movements: Vec<Allocation>,
    of_need: BTreeMap<NeedIndex, Vec<usize>>,
    of_cell: BTreeMap<Cell, Vec<usize>>,
}

/// What shifting units changes; the less, the better, field by field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Change {
    broken: i64,
    vehicles: i64,
    cost_cents: i128,
}

impl<'a> Loader<'a> {
    pub(super) fn new(dock: Dock<'a>, movements: &[Allocation]) -> Self {
        let mut loader = Self {
            dock,
            room: Room::default(),
            movements: Vec::with_capacity(movements.len()),
            of_need: BTreeMap::new(),
            of_cell: BTreeMap::new(),
        };
        movements.iter().for_each(|movement| loader.add(movement.clone()));
        loader
    }

    pub(super) fn into_movements(self) -> Vec<Allocation> {
        self.movements.into_iter().filter(|movement| movement.units > 0).collect()
    }

    fn add(&mut self, movement: Allocation) {
        let at = self.movements.len();
        self.room.change(self.dock, &movement, 0, movement.units);
        self.of_need.entry(movement.need).or_default().push(at);
        for cell in cells(&movement) {
            self.of_cell.entry(cell).or_default().push(at);
        }
        self.movements.push(movement);
    }

    /// Gives the movement `more` units, or takes them where that is below zero.
    fn change(&mut self, at: usize, more: i64) {
        if let Some(movement) = self.movements.get_mut(at) {
            let after = movement.units.saturating_add(more);
            self.room.change(self.dock, movement, movement.units, after);
            movement.units = after;
        }
    }

    /// Takes off what has no position, and sends it later where it can be: what is left behind for
    /// good, and how many grams go later.
    pub(super) fn make_fit(&mut self) -> (Vec<LeftBehind>, i128) {
        let mut waiting: Vec<(usize, i64)> = Vec::new();
        for (at, movement) in self.movements.iter().enumerate() {
            if self.dock.pallet(movement) == Some(0) {
                waiting.push((at, movement.units));
            }
        }
        for (at, units) in &waiting {
            self.change(*at, -units);
        }
        for cell in self.room.crowded(self.dock) {
            self.thin_out(cell, &mut waiting);
        }
        // What eases most burden for its position chooses first among later departures.
        waiting.sort_by_key(|(at, _)| (std::cmp::Reverse(self.worth(*at)), *at));
        let mut left: BTreeMap<_, (i64, i128)> = BTreeMap::new();
        let mut delayed_g = 0;
        for (at, units) in waiting {
            let sent = self.send_later(at, units);
            let Some(movement) = self.movements.get(at) else { continue };
            let unit_g = i128::from(self.dock.unit_g(movement));
            delayed_g += unit_g * i128::from(sent);
            if sent < units {
                let behind = left.entry((movement.stock, movement.need)).or_default();
                behind.0 += units - sent;
                behind.1 += unit_g * i128::from(units - sent);
            }
        }
        let behind = |((stock, need), (units, mass_g))| LeftBehind { stock, need, units, mass_g };
        (left.into_iter().map(behind).collect(), delayed_g)
    }

    /// Takes off what eases least burden for its position, until all that is left has one.
    fn thin_out(&mut self, cell: Cell, waiting: &mut Vec<(usize, i64)>) {
        let mut members = self.of_cell.get(&cell).cloned().unwrap_or_default();
        members.sort_by_key(|at| (self.worth(*at), std::cmp::Reverse(*at)));
        for at in members {
            let (mut taken, mut excess) = (0, -self.room.positions_left(self.dock, cell));
            while excess > 0 {
                let Some(movement) = self.movements.get(at).filter(|m| m.units > 0) else { break };
                let Some(per_pallet) = self.dock.pallet(movement) else { break };
                let units = (excess * i128::from(per_pallet) + POSITION - 1) / POSITION;
                let units = i64::try_from(units).unwrap_or(i64::MAX).clamp(1, movement.units);
                self.change(at, -units);
                taken += units;
                excess = -self.room.positions_left(self.dock, cell);
            }
            if taken > 0 {
                waiting.push((at, taken));
            }
        }
    }

    /// The burden that a whole pallet of the movement eases; what lasts does in every period left.
    fn worth(&self, at: usize) -> i128 {
        let Some(movement) = self.movements.get(at) else { return 0 };
        let Some(commodity) = self.dock.commodity(movement) else { return 0 };
        let horizon = self.dock.problem.horizon();
        let left = horizon.periods.saturating_sub(horizon.serving_period(movement.arrives_min));
        let periods = if commodity.perishing { 1 } else { i128::try_from(left).unwrap_or(0) };
        let per_pallet = i128::from(self.dock.pallet(movement).unwrap_or(1));
        i128::from(commodity.weight) * periods * per_pallet
    }

    /// Sends up to `units` the same way as soon as there is room again: how many went.
    fn send_later(&mut self, at: usize, units: i64) -> i64 {
        let Some(movement) = self.movements.get(at).cloned() else { return 0 };
        let mut sent = 0;
        while sent < units {
            let Some(later) = self.retimed(&movement) else { break };
            let useful = self.useful(&later);
            let more = self.room.fitting(self.dock, &later, (units - sent).min(useful));
            if more < 1 {
                break;
            }
            sent += more;
            self.add(Allocation { units: more, ..later });
        }
        sent
    }

    /// The same way for one unit more, each leg as soon as there is room and no sooner than planned.
    fn retimed(&self, movement: &Allocation) -> Option<Allocation> {
        let horizon = self.dock.problem.horizon();
        let mut now = 0;
        let mut route = Vec::with_capacity(movement.route.len());
        for leg in &movement.route {
            let link = self.dock.problem.links().get(leg.link.0)?;
            let ready = leg.depart_min.max(now);
            let leaves = (horizon.period_of(ready)..horizon.periods).find(|period| {
                self.room.can_leave(self.dock, movement, (leg.link, leg.from, *period))
            })?;
            let depart_min = ready.max(horizon.first_min(leaves));
            let there = depart_min.saturating_add(link.duration_min).max(leg.arrive_min);
            let enters = (horizon.period_of(there)..horizon.periods)
                .find(|period| self.room.can_enter(self.dock, movement, leg.to, *period))?;
            let arrive_min = there.max(horizon.first_min(enters));
            route.push(Leg { depart_period: leaves, depart_min, arrive_min, ..leg.clone() });
            now = arrive_min;
        }
        let arrives_min = route.last()?.arrive_min;
        let serves = horizon.serving_period(arrives_min) < horizon.periods;
        serves.then(|| Allocation { route, arrives_min, ..movement.clone() })
    }

    /// How many more units the need can use of what arrives with the movement.
    fn useful(&self, movement: &Allocation) -> i64 {
        let Some(need) = self.dock.problem.needs().get(movement.need.0) else { return 0 };
        let perishing = self.dock.commodity(movement).is_some_and(|c| c.perishing);
        let unmet = self.unmet(need, movement.need, &BTreeMap::new());
        if perishing {
            let from = self.dock.problem.horizon().serving_period(movement.arrives_min);
            unmet.iter().skip(from).fold(0, |sum: i64, units| sum.saturating_add(*units))
        } else {
            unmet.last().copied().unwrap_or(0)
        }
    }

    /// Units of the need unmet in each period, with `more` arriving in some periods.
    fn unmet(&self, need: &Need, index: NeedIndex, more: &BTreeMap<usize, i64>) -> Vec<i64> {
        let horizon = self.dock.problem.horizon();
        let mut arriving = more.clone();
        let members = self.of_need.get(&index).map_or(&[][..], Vec::as_slice);
        for movement in members.iter().filter_map(|at| self.movements.get(*at)) {
            let (period, units) = movement.handed_out(horizon);
            *arriving.entry(period).or_default() += units;
        }
        let Some(commodity) = self.dock.problem.commodity(&need.commodity) else {
            return Vec::new();
        };
        unmet_by_period(need, commodity, |period| arriving.get(&period).copied().unwrap_or(0))
    }

    /// Shifts units between movements for one need as long as that saves a broken pallet or a
    /// vehicle and costs no burden.
    pub(super) fn consolidate(&mut self) {
        let needs: Vec<NeedIndex> = self.of_need.keys().copied().collect();
        for _ in 0..SWEEPS {
            let mut shifted = false;
            for need in &needs {
                shifted |= self.consolidate_need(*need);
            }
            if !shifted {
                return;
            }
        }
    }

    fn consolidate_need(&mut self, need: NeedIndex) -> bool {
        let mut members = self.of_need.get(&need).cloned().unwrap_or_default();
        members.truncate(COMPARED_MOST);
        let mut shifted = false;
        for giver in &members {
            for taker in members.iter().filter(|taker| *taker != giver) {
                if let Some(units) = self.best_shift(*giver, *taker) {
                    self.change(*giver, -units);
                    self.change(*taker, units);
                    shifted = true;
                }
            }
        }
        shifted
    }

    /// How many units to shift from one movement to the other, where that is for the better.
    fn best_shift(&mut self, giver: usize, taker: usize) -> Option<i64> {
        let [from, to] = [giver, taker].map(|at| self.movements.get(at).cloned());
        let (from, to) = (from?, to?);
        let loose = |movement: &Allocation| {
            let per_pallet = self.dock.pallet(movement).filter(|units| *units > 0);
            per_pallet.map_or((0, 0), |all| (movement.units % all, all))
        };
        let ((loose_there, _), (loose_here, whole_here)) = (loose(&from), loose(&to));
        // All of it; what is loose of it; what makes the other's last pallet whole.
        let tried = [from.units, loose_there, whole_here - loose_here];
        let changes = tried.into_iter().filter(|units| (1..=from.units).contains(units));
        let changes = changes.collect::<Vec<_>>().into_iter().filter_map(|units| {
            let change = self.change_of((giver, &from), (taker, &to), units)?;
            Some((change, units))
        });
        changes.min().map(|(_, units)| units)
    }

    /// What shifting `units` changes, where it is for the better and everything holds.
    fn change_of(
        &mut self,
        (giver, from): (usize, &Allocation),
        (taker, to): (usize, &Allocation),
        units: i64,
    ) -> Option<Change> {
        let broken = |movement: &Allocation, units: i64| {
            i64::from(units > 0 && self.dock.is_broken(movement, units))
        };
        let (less, more) = (from.units - units, to.units + units);
        let broken =
            broken(from, less) + broken(to, more) - broken(from, from.units) - broken(to, to.units);
        let dearer = |movement: &Allocation, units: i64| {
            let after = Allocation { units, ..movement.clone() };
            cost_cents(self.dock.problem, &after) - cost_cents(self.dock.problem, movement)
        };
        let cost_cents = dearer(from, less) + dearer(to, more);
        // A vehicle is saved only where a movement is done without.
        let may_save = broken < 0 || (broken == 0 && less == 0);
        if !may_save || cost_cents > CENTS_MOST || !self.serves_as_well(from, to, units) {
            return None;
        }
        self.change(giver, -units);
        let fits = self.room.fitting(self.dock, to, units) == units;
        self.change(giver, units);
        if !fits {
            return None;
        }
        // A broken pallet less is for the better whatever it does to vehicles.
        let vehicles = if broken < 0 { 0 } else { self.vehicles_more(giver, taker, units) };
        let change = Change { broken, vehicles, cost_cents };
        ((broken, vehicles) < (0, 0)).then_some(change)
    }

    /// Whether the need has the same burden when `units` come with the other movement.
    fn serves_as_well(&self, from: &Allocation, to: &Allocation, units: i64) -> bool {
        let Some(need) = self.dock.problem.needs().get(from.need.0) else { return false };
        let horizon = self.dock.problem.horizon();
        let [then, now] = [from, to].map(|m| horizon.serving_period(m.arrives_min));
        if then == now {
            return true;
        }
        let sum = |more: &BTreeMap<usize, i64>| -> i128 {
            let unmet = self.unmet(need, from.need, more);
            unmet.iter().copied().map(i128::from).sum()
        };
        sum(&BTreeMap::from([(then, -units), (now, units)])) == sum(&BTreeMap::new())
    }

    /// How many vehicles more leave when `units` go with the other movement.
    fn vehicles_more(&mut self, giver: usize, taker: usize, units: i64) -> i64 {
        let ways = [giver, taker].map(|at| self.movements.get(at));
        let mut touched: Vec<Cell> = ways.into_iter().flatten().flat_map(cells).collect();
        touched.sort_unstable();
        touched.dedup();
        let before = self.vehicles(&touched);
        self.change(giver, -units);
        self.change(taker, units);
        let after = self.vehicles(&touched);
        self.change(taker, -units);
        self.change(giver, units);
        after - before
    }

    /// The vehicles that leave on these links in these periods.
    fn vehicles(&self, touched: &[Cell]) -> i64 {
        let leaving = |cell: &Cell| {
            let members = self.of_cell.get(cell)?;
            let movements: Vec<&Allocation> =
                members.iter().filter_map(|at| self.movements.get(*at)).collect();
            Some(self.dock.load(*cell, &movements)?.vehicles)
        };
        touched.iter().filter_map(leaving).sum()
    }
}

/// The links and periods a movement uses.
fn cells(movement: &Allocation) -> impl Iterator<Item = Cell> + '_ {
    movement.route.iter().map(|leg| (leg.link, leg.from, leg.depart_period))
}
