//! Where goods meet vehicles: how a movement is packed, and what a link has positions for.

use crate::plan::Allocation;
use crate::problem::{Commodity, LinkIndex, Problem};

use super::stow::{Goods, Load, stow};
use super::{Cell, Means, Vehicle};

/// Parts of a pallet's position.
pub(super) const POSITION: i128 = 1_000_000;
/// Grams in a kilogram.
const G_PER_KG: i64 = 1000;

/// A problem, and what it is loaded with.
#[derive(Debug, Clone, Copy)]
pub(super) struct Dock<'a> {
    pub(super) problem: &'a Problem,
    pub(super) means: &'a Means,
}

impl<'a> Dock<'a> {
    pub(super) fn commodity(&self, allocation: &Allocation) -> Option<&'a Commodity> {
        let stock = self.problem.stocks().get(allocation.stock.0)?;
        self.problem.commodity(&stock.commodity)
    }

    /// Grams of a unit.
    pub(super) fn unit_g(&self, allocation: &Allocation) -> i64 {
        self.commodity(allocation).map_or(0, |commodity| commodity.mass_g)
    }

    /// What the link is loaded with; nothing where it carries in bulk, as a tanker does.
    pub(super) fn vehicle(&self, link: LinkIndex) -> Option<Vehicle> {
        let link = self.problem.links().get(link.0)?;
        self.means.vehicle(link.mode).filter(|_| link.carries.is_none())
    }

    /// Units on a pallet of this movement, which every vehicle on its way can carry; 0 where one
    /// unit is too heavy for one of them, and nothing where it travels without pallets.
    pub(super) fn pallet(&self, allocation: &Allocation) -> Option<i64> {
        // What is lost with time boils off in tanks, which stand on no pallet.
        let commodity = self.commodity(allocation).filter(|commodity| !commodity.fades())?;
        let units = self.means.per_pallet(&commodity.id)?;
        let carries = allocation.route.iter().filter_map(|leg| self.vehicle(leg.link));
        let least_kg = carries.map(|vehicle| vehicle.mass_kg).min()?;
        Some(units.min(least_kg.saturating_mul(G_PER_KG).checked_div(commodity.mass_g)?))
    }

    /// The share of pallets that `units` of the movement take up, in parts of a position.
    pub(super) fn share(&self, allocation: &Allocation, units: i64) -> i128 {
        let per_pallet = self.pallet(allocation).filter(|per_pallet| *per_pallet > 0);
        per_pallet.map_or(0, |per_pallet| {
            let (units, per_pallet) = (i128::from(units) * POSITION, i128::from(per_pallet));
            (units + per_pallet - 1) / per_pallet
        })
    }

    /// Whether the movement has loose units.
    pub(super) fn is_broken(&self, allocation: &Allocation, units: i64) -> bool {
        let per_pallet = self.pallet(allocation).filter(|per_pallet| *per_pallet > 0);
        per_pallet.is_some_and(|per_pallet| units % per_pallet != 0)
    }

    /// Grams that may leave, nothing while the link is closed.
    pub(super) fn capacity_g(&self, (link, _, period): Cell) -> i128 {
        let Some(link) = self.problem.links().get(link.0) else { return 0 };
        let kg = link.capacity_kg.get(period).filter(|_| link.closure_in(period).is_none());
        i128::from(kg.copied().unwrap_or(0)) * i128::from(G_PER_KG)
    }

    /// Parts of positions on the vehicles that the link's tonnes stand for; nothing where it loads no
    /// pallets.
    ///
    /// A last vehicle counts in full: less than one does not run.
    pub(super) fn positions(&self, cell: Cell) -> Option<i128> {
        let vehicle = self.vehicle(cell.0)?;
        let carries = i128::from(vehicle.mass_kg) * i128::from(G_PER_KG);
        let vehicles = (self.capacity_g(cell) + carries - 1) / carries;
        Some(vehicles * i128::from(vehicle.positions) * POSITION)
    }

    /// What of these movements stands on which vehicles; nothing where none is on pallets.
    pub(super) fn load(&self, cell: Cell, movements: &[&Allocation]) -> Option<Load> {
        let vehicle = self.vehicle(cell.0)?;
        let goods = |movement: &&Allocation| {
            let per_pallet = self.pallet(movement).filter(|units| *units > 0)?;
            let (units, unit_g) = (movement.units, self.unit_g(movement));
            (units > 0).then_some(Goods { per_pallet, unit_g, units })
        };
        let goods: Vec<Goods> = movements.iter().filter_map(goods).collect();
        (!goods.is_empty()).then(|| stow(cell, vehicle, goods))
    }
}
