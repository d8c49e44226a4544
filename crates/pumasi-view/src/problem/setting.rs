//! What every problem is made with, wherever its needs come from.

use std::collections::{BTreeMap, BTreeSet};

use pumasi_agreement::Agreements;
use pumasi_base::catalog::{Catalog, Commodity as CatalogCommodity, LinkStatus};
use pumasi_base::time::{date_at_offset, plus_seconds};
use pumasi_base::{CommodityId, PartyId, PortId, PurposeId, Status, Time};
use pumasi_flow::{Closure, Commodity, Horizon, Link, Site, Stock};
use pumasi_hazard::Factors;

use super::ProblemFault;
use crate::needs::{ceiling_div, governing};
use crate::situation::LINK_OFFSET_HOURS;

/// Millionths of a unit, as factors count them.
const MICRO: i128 = 1_000_000;

/// The facts, the time and the parties of a problem.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Setting<'a> {
    pub(crate) catalog: &'a Catalog,
    pub(crate) factors: &'a Factors,
    /// The agreements, standing as they do at the start.
    pub(crate) agreements: &'a Agreements,
    pub(crate) horizon: &'a Horizon,
    pub(crate) period_hours: i64,
    /// Parties that can give.
    pub(crate) able: &'a BTreeSet<PartyId>,
    /// Parties that cannot be reached.
    pub(crate) unreachable: &'a BTreeSet<PartyId>,
    /// What the aid is for.
    pub(crate) purpose: &'a PurposeId,
    /// Exercise and actual never mix.
    pub(crate) status: Status,
}

/// The periods of so many hours from `start` on.
///
/// # Errors
/// When horizon or period have no hours, or more than planning holds.
pub(crate) fn horizon(
    start: Time,
    horizon_hours: i64,
    period_hours: i64,
) -> Result<Horizon, ProblemFault> {
    if horizon_hours < 1 || period_hours < 1 {
        return Err(ProblemFault::HorizonMustFit);
    }
    let periods = usize::try_from(ceiling_div(horizon_hours, period_hours)).ok();
    let periods = periods.filter(|periods| *periods <= pumasi_flow::problem::PERIODS_MAX);
    let period_min = period_hours.checked_mul(60);
    let (Some(periods), Some(period_min)) = (periods, period_min) else {
        return Err(ProblemFault::HorizonMustFit);
    };
    Ok(Horizon { start, period_min, periods })
}

/// Daily needs run evenly, rounded up over the whole horizon and not period by period; what is
/// needed once is needed from the start.
pub(crate) fn spread_over_periods(horizon: &Horizon, amount: i64, per_day: bool) -> Vec<i64> {
    let by = |period: usize| {
        if per_day {
            ceiling_div(amount.saturating_mul(horizon.first_min(period)), 1440)
        } else if period == 0 {
            0
        } else {
            amount
        }
    };
    (0..horizon.periods).map(|period| (by(period + 1) - by(period)).max(0)).collect()
}

/// Kilograms in each period of what runs at so many tonnes a day, losing nothing to rounding.
pub(crate) fn kg_by_period(horizon: &Horizon, t_per_day: i64) -> Vec<i64> {
    let kg_until = |period: usize| {
        let exact = i128::from(t_per_day) * 1000 * i128::from(horizon.first_min(period)) / 1440;
        i64::try_from(exact).unwrap_or(i64::MAX)
    };
    (0..horizon.periods)
        .map(|period| (kg_until(period + 1) - kg_until(period)).min(pumasi_flow::problem::KG_MAX))
        .collect()
}

/// What a link of the catalog carries, as planning has it.
pub(crate) fn carries(commodities: Option<&[CommodityId]>) -> Option<BTreeSet<CommodityId>> {
    commodities.map(|ids| ids.iter().cloned().collect())
}

impl Setting<'_> {
    /// The commodity as planning weighs it.
    ///
    /// The catalog says how badly a person-period without it hurts; the factors say how many units
    /// that is. One unit weighs the quotient, at least 1. What no factor knows counts one unit for a
    /// person.
    pub(crate) fn commodity(&self, commodity: &CatalogCommodity) -> Commodity {
        let used = self.factors.used_by_a_person(&commodity.id);
        let units_micro = used.map_or(MICRO, |(micro, once)| {
            let micro = i128::from(micro);
            if once { micro } else { micro * i128::from(self.period_hours) / 24 }
        });
        let weight = i128::from(commodity.weight) * MICRO / units_micro.max(1);
        Commodity {
            id: commodity.id.clone(),
            mass_g: commodity.mass_g,
            perishing: commodity.perishing,
            weight: i64::try_from(weight)
                .unwrap_or(i64::MAX)
                .clamp(1, pumasi_flow::problem::WEIGHT_MAX),
            loss_ppm_per_day: commodity.loss_ppm_per_day,
        }
    }

    /// The ports, airports and hubs, on the ground of the province they lie in.
    pub(crate) fn sites(&self) -> Vec<Site> {
        let site = |port: &pumasi_base::catalog::Port| Site {
            id: port.id.clone(),
            territory: governing(self.catalog, &port.place).cloned(),
            handling_kg: Some(kg_by_period(self.horizon, port.handling_t_per_day)),
        };
        self.catalog.ports.values().map(site).collect()
    }

    /// The links both ways, closed or narrowed as their episodes say on the day a period begins.
    pub(crate) fn links(&self) -> Vec<Link> {
        let date = |period: usize| {
            let seconds = self.horizon.first_min(period).saturating_mul(60);
            date_at_offset(plus_seconds(self.horizon.start, seconds), LINK_OFFSET_HOURS)
        };
        let link = |link: &pumasi_base::catalog::Link| {
            let mut capacity_kg = kg_by_period(self.horizon, link.capacity_t_per_day);
            let mut closures: Vec<Closure> = Vec::new();
            for (period, capacity) in capacity_kg.iter_mut().enumerate() {
                let Some(episode) = link.episode_on(date(period)) else { continue };
                match episode.status {
                    LinkStatus::Open => {}
                    LinkStatus::Restricted => {
                        let left =
                            i128::from(*capacity) * i128::from(episode.capacity_percent) / 100;
                        *capacity = i64::try_from(left).unwrap_or(*capacity).clamp(0, *capacity);
                    }
                    LinkStatus::Suspended => match closures.last_mut() {
                        Some(last)
                            if last.until_period == period && last.cause == episode.cause =>
                        {
                            last.until_period = period + 1;
                        }
                        _ => closures.push(Closure {
                            from_period: period,
                            until_period: period + 1,
                            cause: episode.cause,
                            note: None,
                        }),
                    },
                }
            }
            Link {
                id: link.id.clone(),
                from: link.from.clone(),
                to: link.to.clone(),
                both_ways: true,
                mode: link.mode,
                duration_min: link.duration_min,
                capacity_kg,
                cost_cents_per_t: link.cost_cents_per_t,
                closures,
                carries: carries(link.commodities.as_deref()),
            }
        };
        self.catalog.links.values().map(link).collect()
    }

    /// What is left to give: of parties that can, and of the receivers for themselves.
    pub(crate) fn stocks(
        &self,
        mut promised: BTreeMap<(PartyId, CommodityId), i64>,
        receivers: &BTreeSet<PartyId>,
        commodities: &BTreeMap<&CommodityId, &CatalogCommodity>,
    ) -> Vec<Stock> {
        let mut sums: BTreeMap<(&PartyId, &PortId, &CommodityId), i64> = BTreeMap::new();
        for stock in &self.catalog.stocks {
            let usable = self.able.contains(&stock.owner) || receivers.contains(&stock.owner);
            if !usable || !commodities.contains_key(&stock.commodity) {
                continue;
            }
            let free = stock.quantity.minus_at_most(stock.reserve).map_or(0, |q| q.as_milli());
            let key = (stock.owner.clone(), stock.commodity.clone());
            let taken = promised.get(&key).copied().unwrap_or(0).min(free);
            promised.entry(key).and_modify(|left| *left -= taken);
            let sum = sums.entry((&stock.owner, &stock.at, &stock.commodity)).or_default();
            *sum = sum.saturating_add(free - taken);
        }
        sums.into_iter()
            .map(|((owner, site, commodity), milli)| Stock {
                owner: owner.clone(),
                site: site.clone(),
                commodity: commodity.clone(),
                units: (milli / 1000).min(pumasi_flow::problem::UNITS_MAX),
                release_period: 0,
            })
            .filter(|stock| stock.units > 0)
            .collect()
    }
}
