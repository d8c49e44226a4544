//! The planning problem out of state: what is still needed, what is left to give, what carries it
//! and what permits it.

use std::collections::{BTreeMap, BTreeSet};

use pumasi_agreement::{Agreements, Intensity};
use pumasi_base::catalog::{Catalog, Commodity as CatalogCommodity};
use pumasi_base::time::seconds_between;
use pumasi_base::{CommodityId, PartyId, PlaceId, PurposeId, Time};
use pumasi_flow::{Horizon, Need, Problem, ProblemError, ProblemParts};
use pumasi_hazard::{Factors, Range};

use crate::needs::{governing, newest_alert, orders, reports};
use crate::permits::{PermitInputs, Promised, permits};
use crate::remaining::{Wanted, subtract_promised};
use crate::situation::hub_of;
use crate::visible::{Case, Held, cases};

pub(crate) mod setting;

use setting::{Setting, horizon, spread_over_periods};

/// Hours after the event in which the low estimate sizes a plan.
const FIRST_TRANCHE_HOURS: i64 = 24;

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

    pub(crate) const fn of_range(self, of: Range) -> i64 {
        self.of([of.low, of.central, of.high])
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
    let horizon = horizon(inputs.start, inputs.horizon_hours, inputs.period_hours)?;
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
    let setting = Setting {
        catalog: inputs.catalog,
        factors: inputs.factors,
        agreements: inputs.agreements,
        horizon: &horizon,
        period_hours: inputs.period_hours,
        able: inputs.able,
        unreachable: inputs.unreachable,
        purpose: inputs.purpose,
        status: case.status,
    };
    let strongest = receivers.iter().filter_map(|r| Some((r.clone(), strongest(case, r)?)));
    let (permits, ceilings) = permits(&PermitInputs {
        setting: &setting,
        origin: origin_of(case, horizon.start),
        strongest: &strongest.collect(),
        promises: &promises(&shared, case),
        receivers: &receivers,
        commodities: &commodities,
    });
    let parts = ProblemParts {
        commodities: commodities.values().map(|c| setting.commodity(c)).collect(),
        sites: setting.sites(),
        links: setting.links(),
        stocks: setting.stocks(promised(&shared, case), &receivers, &commodities),
        needs: wanted.into_iter().map(|w| need(w, inputs.requested, &asked)).collect(),
        ceilings,
        permits,
        horizon,
    };
    let problem = Problem::new(parts).map_err(ProblemFault::Parts)?;
    Ok(Posed { problem, findings: findings.into_iter().collect() })
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

/// What was promised under a clause in matters of the same status, for ceilings to count.
fn promises(shared: &[Case<'_>], case: &Case<'_>) -> Vec<Promised> {
    let mut promises = Vec::new();
    for other in shared.iter().filter(|other| other.status == case.status) {
        for (_, order) in orders(other) {
            let (Some((_, at)), Some(clause)) = (order.promised, &order.clause) else { continue };
            promises.push(Promised {
                agreement: clause.agreement.clone(),
                giver: order.assisting.clone(),
                commodity: order.commodity.clone(),
                milli: order.committed.as_milli(),
                at,
                is_of_incident: other.id == case.id,
            });
        }
    }
    promises
}

/// When the event struck, as the case has it; the start of the plan when nothing says so.
fn origin_of(case: &Case<'_>, start: Time) -> Time {
    let frozen = case.matters.iter().find_map(|matter| matter.state.genesis.origin);
    frozen.or_else(|| newest_alert(case).map(|(_, alert)| alert.origin)).unwrap_or(start)
}

/// The strongest shaking that alerts of the case report of a party's province.
fn strongest(case: &Case<'_>, party: &PartyId) -> Option<Intensity> {
    let alerts = case.matters.iter().flat_map(|matter| matter.state.alerts.values());
    alerts
        .flat_map(|alert| &alert.strongest)
        .filter(|(province, _)| province.as_str() == party.as_str())
        .filter_map(|(_, code)| code.parse::<Intensity>().ok())
        .max()
}

#[cfg(test)]
mod tests;
