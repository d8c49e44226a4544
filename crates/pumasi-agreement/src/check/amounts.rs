//! Ceilings and limits of consents against one unit and one pallet of what they count.

use std::collections::{BTreeMap, BTreeSet};

use pumasi_base::catalog::Commodity;
use pumasi_base::{CommodityId, Quantity, Unit};

use super::reaches::{Reaches, remark};
use super::{Issue, Remark};
use crate::agreement::{Agreement, Clause};
use crate::clauses::Terms;
use crate::question::Action;
use crate::scope::Scope;

/// A limit with what it counts.
struct Limit<'a> {
    clause: &'a Clause,
    scope: Scope,
    named: &'a [CommodityId],
    quantity: Quantity,
}

/// The remarks on limits that are too small, or that count nothing.
pub(super) fn remarks(
    agreement: &Agreement,
    reaches: &Reaches<'_>,
    commodities: &BTreeMap<CommodityId, Commodity>,
) -> Vec<Remark> {
    let limits = agreement.clauses().iter().filter_map(limit_of);
    limits.flat_map(|limit| limit.remarks(reaches, commodities)).collect()
}

fn limit_of(clause: &Clause) -> Option<Limit<'_>> {
    match &clause.terms {
        Terms::Ceiling(ceiling) => Some(Limit {
            clause,
            scope: ceiling.scope.clone(),
            named: &ceiling.commodities,
            quantity: ceiling.quantity,
        }),
        Terms::StandingConsent(consent) => Some(Limit {
            clause,
            scope: Scope { actions: vec![Action::Push], ..consent.scope.clone() },
            named: &consent.commodities,
            quantity: consent.max?,
        }),
        _ => None,
    }
}

impl Limit<'_> {
    fn remarks(
        &self,
        reaches: &Reaches<'_>,
        commodities: &BTreeMap<CommodityId, Commodity>,
    ) -> Vec<Remark> {
        let limit = self.quantity;
        if limit.is_zero() {
            // Nothing passes, whatever it weighs.
            let issue = Issue::CeilingBelowUnit { limit, commodities: BTreeSet::new() };
            return vec![remark(issue, self.clause, Vec::new())];
        }
        let categories = reaches.moving_categories(&self.scope);
        let reached: Vec<&Commodity> = commodities
            .values()
            .filter(|commodity| categories.contains(&commodity.category))
            .filter(|commodity| self.named.is_empty() || self.named.contains(&commodity.id))
            .collect();
        let counted: Vec<(&Commodity, i64)> = reached
            .iter()
            .filter_map(|commodity| Some((*commodity, milli_of_one(commodity, limit.unit())?)))
            .collect();
        if counted.is_empty() {
            // Without commodities to weigh, or without a permit, others say what is wrong.
            let idle = !reached.is_empty();
            let issue = Issue::CeilingUnitCountsNothing { limit };
            return idle.then(|| remark(issue, self.clause, Vec::new())).into_iter().collect();
        }
        let over = |units: &dyn Fn(&Commodity) -> i64| -> BTreeSet<CommodityId> {
            let above = |(commodity, one): &&(&Commodity, i64)| {
                one.saturating_mul(units(commodity)) > limit.as_milli()
            };
            counted.iter().filter(above).map(|(commodity, _)| commodity.id.clone()).collect()
        };
        let below_unit = over(&|_| 1);
        let below_pallet: BTreeSet<_> =
            over(&|commodity| commodity.per_pallet).difference(&below_unit).cloned().collect();
        let mut issues = Vec::new();
        if !below_unit.is_empty() {
            issues.push(Issue::CeilingBelowUnit { limit, commodities: below_unit });
        }
        if !below_pallet.is_empty() {
            issues.push(Issue::CeilingBelowPallet { limit, commodities: below_pallet });
        }
        issues.into_iter().map(|issue| remark(issue, self.clause, Vec::new())).collect()
    }
}

/// One unit of a commodity in thousandths of `unit`: its mass in kilograms, of which a thousandth
/// is a gram, else one piece when it is measured so; none when the limit does not count it.
fn milli_of_one(commodity: &Commodity, unit: Unit) -> Option<i64> {
    if unit == Unit::Kilogram {
        return Some(commodity.mass_g);
    }
    (commodity.unit == unit).then_some(1000)
}
