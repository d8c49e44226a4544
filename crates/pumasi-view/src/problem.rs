//! The planning problem out of state: what is still needed, what is left to give, what carries it
//! and what permits it.

use std::collections::{BTreeMap, BTreeSet};

use pumasi_agreement::{Agreements, Intensity};
use pumasi_base::catalog::{Catalog, Commodity as CatalogCommodity, LinkStatus};
use pumasi_base::time::{date_at_offset, plus_seconds, seconds_between};
use pumasi_base::{CommodityId, PartyId, PlaceId, PortId, PurposeId, Time};
use pumasi_flow::{
    Closure, Commodity, Horizon, Link, Need, Problem, ProblemError, ProblemParts, Site, Stock,
};
use pumasi_hazard::Factors;

use crate::needs::{ceiling_div, governing, newest_alert, orders, reports};
use crate::permits::{PermitInputs, permits};
use crate::remaining::{Wanted, subtract_promised};
use crate::situation::{LINK_OFFSET_HOURS, hub_of};
use crate::visible::{Case, Held, cases};

/// Hours after the event in which the low estimate sizes a plan.
const FIRST_TRANCHE_HOURS: i64 = 24;
/// Millionths of a unit, as factors count them.
const MICRO: i128 = 1_000_000;

/// Which estimate of the needs sizes a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Size {
    /// What is needed at least.
    Low,
    /// The planning figure.
    Central,
    /// What must be reckoned with.
    High,
}

impl Size {
    /// The usual choice: what is needed at least for the first day, so that what is sent unasked
    /// is not too much, and the planning figure from then on.
    #[must_use]
    pub fn usual(origin: Time, start: Time) -> Self {
        if seconds_between(origin, start) < FIRST_TRANCHE_HOURS * 3600 {
            Self::Low
        } else {
            Self::Central
        }
    }

    const fn of(self, [low, central, high]: [i64; 3]) -> i64 {
        match self {
            Self::Low => low,
            Self::Central => central,
            Self::High => high,
        }
    }
}

/// What a planning problem is made from.
#[derive(Debug, Clone, Copy)]
pub struct ProblemInputs<'a> {
    /// The network, the stocks and the people.
    pub catalog: &'a Catalog,
    /// Units a person needs, by which the weight of a commodity becomes that of one unit.
    pub factors: &'a Factors,
    /// The agreements, standing as they do at `start`.
    pub agreements: &'a Agreements,
    /// The matters the planner holds.
    pub held: &'a [Held<'a>],
    /// Who plans; only matters that it shares count.
    pub planner: &'a PartyId,
    /// The case. Its status is the plan's: exercise and actual never mix.
    pub case: &'a str,
    /// Start of the horizon.
    pub start: Time,
    /// Hours covered.
    pub horizon_hours: i64,
    /// Hours in a period.
    pub period_hours: i64,
    /// Parties that can give: their nodes answer.
    pub able: &'a BTreeSet<PartyId>,
    /// Parties that cannot be reached: standing consents may wait for that.
    pub unreachable: &'a BTreeSet<PartyId>,
    /// Whether everything needed counts as asked for, not only what requests in the case name.
    pub requested: bool,
    /// What the aid is for.
    pub purpose: &'a PurposeId,
    /// Which estimate sizes the plan.
    pub size: Size,
}

/// Something a problem had to leave out.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum ProblemFinding {
    /// No hub of the catalog serves the place or its province.
    #[error("the place `{0}` has no hub in the catalog: its needs are left out")]
    PlaceHasNoHub(PlaceId),
    /// No party of the catalog governs the place.
    #[error("the place `{0}` is governed by no party of the catalog: its needs are left out")]
    PlaceHasNoParty(PlaceId),
    /// The catalog does not know the commodity.
    #[error("the commodity `{0}` is not in the catalog: its needs are left out")]
    CommodityUnknown(CommodityId),
}

/// Why there is no problem.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProblemFault {
    /// The planner shares no such case.
    #[error("the case `{0}` is not shared with the planner")]
    CaseUnknown(String),
    /// Nobody reported needs in the case.
    #[error("no needs are reported in the case `{0}`")]
    NoNeeds(String),
    /// A period or the horizon has no hours, or hours beyond count.
    #[error("horizon and period must have at least an hour, and no more than planning holds")]
    HorizonMustFit,
    /// The parts contradict each other: the catalog is faulty.
    #[error("the parts contradict each other: {}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Parts(Vec<ProblemError>),
}

/// A planning problem and what it leaves out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posed {
    /// The problem.
    pub problem: Problem,
    /// What was left out, sorted.
    pub findings: Vec<ProblemFinding>,
}

/// Makes the planning problem of a case.
///
/// Needs are those of the newest reports, less what is promised or has come already; a place is
/// served at its hub by the party that governs it. Stocks are the catalog's, less reserve and less
/// what their owners promised in matters of the same status. Links run as their episodes say, day
/// by day. Permits are what the agreements grant at the start.
///
/// The same inputs give the same problem on every node.
///
/// # Errors
/// When the case is not shared, reports no needs, or the parts cannot be planned with.
pub fn problem(inputs: &ProblemInputs<'_>) -> Result<Posed, ProblemFault> {
    let shared = cases(inputs.held, inputs.planner);
    let case = shared
        .iter()
        .find(|case| case.id == inputs.case)
        .ok_or_else(|| ProblemFault::CaseUnknown(inputs.case.to_owned()))?;
    let horizon = horizon(inputs)?;
    let mut findings = BTreeSet::new();
    let wanted = wanted(inputs, case, &horizon, &mut findings);
    // Where the size planned for needs nothing, nothing is planned; that is no fault.
    if wanted.is_empty() && findings.is_empty() && reports(inputs.catalog, case).is_empty() {
        return Err(ProblemFault::NoNeeds(inputs.case.to_owned()));
    }
    let receivers: BTreeSet<PartyId> = wanted.iter().map(|w| w.receiver.clone()).collect();
    let commodities: BTreeMap<&CommodityId, &CatalogCommodity> = wanted
        .iter()
        .filter_map(|w| inputs.catalog.commodities.get_key_value(&w.commodity))
        .collect();
    let asked = asked(case);
    let (permits, ceilings) = permits(&PermitInputs {
        inputs,
        case,
        shared: &shared,
        horizon: &horizon,
        receivers: &receivers,
        commodities: &commodities,
    });
    let parts = ProblemParts {
        commodities: commodities.values().map(|c| commodity(inputs, c)).collect(),
        sites: sites(inputs, &horizon),
        links: links(inputs, &horizon),
        stocks: stocks(inputs, promised(&shared, case), &receivers, &commodities),
        needs: wanted.into_iter().map(|w| need(w, inputs.requested, &asked)).collect(),
        ceilings,
        permits,
        horizon,
    };
    let problem = Problem::new(parts).map_err(ProblemFault::Parts)?;
    Ok(Posed { problem, findings: findings.into_iter().collect() })
}

fn horizon(inputs: &ProblemInputs<'_>) -> Result<Horizon, ProblemFault> {
    let ProblemInputs { horizon_hours, period_hours, start, .. } = *inputs;
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

/// What every place still needs, period by period.
fn wanted(
    inputs: &ProblemInputs<'_>,
    case: &Case<'_>,
    horizon: &Horizon,
    findings: &mut BTreeSet<ProblemFinding>,
) -> Vec<Wanted> {
    let catalog = inputs.catalog;
    let mut wanted = Vec::new();
    for report in reports(catalog, case).values() {
        for (place, report) in &report.places {
            let Some(receiver) = governing(catalog, place) else {
                findings.insert(ProblemFinding::PlaceHasNoParty(place.clone()));
                continue;
            };
            let Some(hub) = hub_of(catalog, place) else {
                findings.insert(ProblemFinding::PlaceHasNoHub(place.clone()));
                continue;
            };
            for (id, need) in &report.needs {
                let Some(commodity) = catalog.commodities.get(id) else {
                    findings.insert(ProblemFinding::CommodityUnknown(id.clone()));
                    continue;
                };
                let amount = inputs.size.of(need.amount);
                let amounts = spread_over_periods(horizon, amount, need.per_day);
                if amounts.iter().any(|units| *units > 0) {
                    wanted.push(Wanted {
                        place: place.clone(),
                        hub: hub.clone(),
                        receiver: receiver.clone(),
                        commodity: id.clone(),
                        perishing: commodity.perishing,
                        per_day: if need.per_day { amount } else { 0 },
                        amounts,
                    });
                }
            }
        }
    }
    subtract_promised(catalog, case, horizon, &mut wanted);
    wanted
}

/// Daily needs run evenly, rounded up over the whole horizon and not period by period; what is
/// needed once is needed from the start.
fn spread_over_periods(horizon: &Horizon, amount: i64, per_day: bool) -> Vec<i64> {
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

/// What parties asked for in the case.
fn asked(case: &Case<'_>) -> BTreeSet<(PartyId, CommodityId)> {
    let requests = case.matters.iter().flat_map(|matter| matter.state.requests.values());
    requests.map(|request| (request.requesting.clone(), request.commodity.clone())).collect()
}

fn need(wanted: Wanted, requested: bool, asked: &BTreeSet<(PartyId, CommodityId)>) -> Need {
    let Wanted { place, hub, receiver, commodity, amounts, .. } = wanted;
    let key = (receiver, commodity);
    let requested = requested || asked.contains(&key);
    let (receiver, commodity) = key;
    Need { place, site: hub, receiver, commodity, wanted: amounts, requested }
}

/// The commodity as planning weighs it.
///
/// The catalog says how badly a person-period without it hurts; the factors say how many units
/// that is. One unit weighs the quotient, at least 1. What no factor knows counts one unit for a
/// person.
fn commodity(inputs: &ProblemInputs<'_>, commodity: &CatalogCommodity) -> Commodity {
    let factor = inputs.factors.needs.iter().find(|factor| factor.commodity == commodity.id);
    let units_micro = factor.map_or(MICRO, |factor| {
        let micro = i128::from(factor.amount.central_micro);
        if factor.lasting { micro } else { micro * i128::from(inputs.period_hours) / 24 }
    });
    let weight = i128::from(commodity.weight) * MICRO / units_micro.max(1);
    Commodity {
        id: commodity.id.clone(),
        mass_g: commodity.mass_g,
        perishing: commodity.perishing,
        weight: i64::try_from(weight)
            .unwrap_or(i64::MAX)
            .clamp(1, pumasi_flow::problem::WEIGHT_MAX),
    }
}

/// Kilograms in each period of what runs at so many tonnes a day, losing nothing to rounding.
fn kg_by_period(horizon: &Horizon, t_per_day: i64) -> Vec<i64> {
    let kg_until = |period: usize| {
        let exact = i128::from(t_per_day) * 1000 * i128::from(horizon.first_min(period)) / 1440;
        i64::try_from(exact).unwrap_or(i64::MAX)
    };
    (0..horizon.periods)
        .map(|period| (kg_until(period + 1) - kg_until(period)).min(pumasi_flow::problem::KG_MAX))
        .collect()
}

fn sites(inputs: &ProblemInputs<'_>, horizon: &Horizon) -> Vec<Site> {
    let site = |port: &pumasi_base::catalog::Port| Site {
        id: port.id.clone(),
        territory: governing(inputs.catalog, &port.place).cloned(),
        handling_kg: Some(kg_by_period(horizon, port.handling_t_per_day)),
    };
    inputs.catalog.ports.values().map(site).collect()
}

/// The links both ways, closed or narrowed as their episodes say on the day a period begins.
fn links(inputs: &ProblemInputs<'_>, horizon: &Horizon) -> Vec<Link> {
    let date = |period: usize| {
        let seconds = horizon.first_min(period).saturating_mul(60);
        date_at_offset(plus_seconds(horizon.start, seconds), LINK_OFFSET_HOURS)
    };
    let link = |link: &pumasi_base::catalog::Link| {
        let mut capacity_kg = kg_by_period(horizon, link.capacity_t_per_day);
        let mut closures: Vec<Closure> = Vec::new();
        for (period, capacity) in capacity_kg.iter_mut().enumerate() {
            let Some(episode) = link.episode_on(date(period)) else { continue };
            match episode.status {
                LinkStatus::Open => {}
                LinkStatus::Restricted => {
                    let left = i128::from(*capacity) * i128::from(episode.capacity_percent) / 100;
                    *capacity = i64::try_from(left).unwrap_or(*capacity).clamp(0, *capacity);
                }
                LinkStatus::Suspended => match closures.last_mut() {
                    Some(last) if last.until_period == period && last.cause == episode.cause => {
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
        }
    };
    inputs.catalog.links.values().map(link).collect()
}

/// What is left to give: of parties that can, and of the receivers for themselves.
fn stocks(
    inputs: &ProblemInputs<'_>,
    mut promised: BTreeMap<(PartyId, CommodityId), i64>,
    receivers: &BTreeSet<PartyId>,
    commodities: &BTreeMap<&CommodityId, &CatalogCommodity>,
) -> Vec<Stock> {
    let mut sums: BTreeMap<(&PartyId, &PortId, &CommodityId), i64> = BTreeMap::new();
    for stock in &inputs.catalog.stocks {
        let usable = inputs.able.contains(&stock.owner) || receivers.contains(&stock.owner);
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

/// Thousandths each owner promised in matters of the same status, whatever the case. Goods that
/// were rejected are gone all the same.
fn promised(shared: &[Case<'_>], case: &Case<'_>) -> BTreeMap<(PartyId, CommodityId), i64> {
    let mut promised: BTreeMap<(PartyId, CommodityId), i64> = BTreeMap::new();
    for other in shared.iter().filter(|other| other.status == case.status) {
        for (_, order) in orders(other) {
            let key = (order.assisting.clone(), order.commodity.clone());
            let sum = promised.entry(key).or_default();
            *sum = sum.saturating_add(order.committed.as_milli());
        }
    }
    promised
}

/// When the event struck, as the case has it; the start of the plan when nothing says so.
pub(crate) fn origin_of(case: &Case<'_>, start: Time) -> Time {
    let frozen = case.matters.iter().find_map(|matter| matter.state.genesis.origin);
    frozen.or_else(|| newest_alert(case).map(|(_, alert)| alert.origin)).unwrap_or(start)
}

/// The strongest shaking that alerts of the case report of a party's province.
pub(crate) fn strongest(case: &Case<'_>, party: &PartyId) -> Option<Intensity> {
    let alerts = case.matters.iter().flat_map(|matter| matter.state.alerts.values());
    alerts
        .flat_map(|alert| &alert.strongest)
        .filter(|(province, _)| province.as_str() == party.as_str())
        .filter_map(|(_, code)| code.parse::<Intensity>().ok())
        .max()
}

#[cfg(test)]
mod tests;
