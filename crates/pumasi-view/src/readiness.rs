//! The planning problem that a scenario would pose, and what could be otherwise in it.
//!
//! A scenario is an estimate of who was hit: of a drawn event, or of the messages of a drill. Out of
//! it, the catalog and the agreements [`pose`] makes the problem that a planner would face, with the
//! links that would be closed and the stocks that would be lost near the event.
//! [`counterfactuals`] lists what could be cut or added, and [`apply`] makes the problem of each.
//!
//! Nothing here is a prediction about a party: what is suspended or added is an input.

mod candidates;
mod counterfactual;
mod ground;
mod home;
mod needs;
mod scenario;

use std::collections::{BTreeMap, BTreeSet};

use pumasi_agreement::{Agreement, Agreements, Intensity, LawLevel};
use pumasi_base::catalog::Catalog;
use pumasi_base::{AgreementId, CommodityId, PartyId, PurposeId, Status, Time};
use pumasi_flow::{Problem, ProblemParts};
use pumasi_hazard::draw::{Chance, DrawRates};
use pumasi_hazard::{Estimate, Factors};

pub use counterfactual::{Counterfactual, apply, apply_all, counterfactuals};
pub use ground::Ground;
pub use home::home_agreement;
pub use scenario::{Scenario, ScenarioError};

use crate::permits::{PermitInputs, permits};
use crate::problem::setting::{Setting, horizon};
use crate::problem::{Posed, ProblemFault, Size};

/// What a scenario's problem is made from.
#[derive(Debug, Clone, Copy)]
pub struct PoseInputs<'a> {
    /// The network, the stocks and the people.
    pub catalog: &'a Catalog,
    /// Where its links and stocks lie, found once for all scenarios.
    pub ground: &'a Ground,
    /// Units a person needs.
    pub factors: &'a Factors,
    /// What an event does to links, stocks and power.
    pub rates: &'a DrawRates,
    /// The agreements, standing as they do at `start`.
    pub agreements: &'a Agreements,
    /// Who was hit, and what they need.
    pub estimate: &'a Estimate,
    /// What decides which links are closed and which stocks lost; nothing is where it is left out.
    pub damage: Option<&'a Chance>,
    /// Start of the horizon.
    pub start: Time,
    /// Hours covered.
    pub horizon_hours: i64,
    /// Hours in a period.
    pub period_hours: i64,
    /// What is planned for; everything when left out.
    pub commodities: Option<&'a BTreeSet<CommodityId>>,
    /// Parties that can give: their nodes answer.
    pub able: &'a BTreeSet<PartyId>,
    /// Parties that cannot be reached: standing consents may wait for that.
    pub unreachable: &'a BTreeSet<PartyId>,
    /// What the aid is for.
    pub purpose: &'a PurposeId,
    /// As what the agreements are asked: drafts hold in exercises and tests alone, so that
    /// [`Status::Actual`] leaves what is in force.
    pub status: Status,
    /// Which estimate sizes the plan.
    pub size: Size,
}

/// Makes the planning problem of a scenario.
///
/// - Needs of the places that one hub serves are summed, so that a great earthquake stays a problem
///   of its provinces; everything counts as asked for.
/// - Electricity is delivered to the nearest node of the grid in the country.
/// - Parties of one country help each other under its own law, without an agreement between them:
///   see [`home_agreement`].
///
/// The same inputs give the same problem on every machine. A scenario that harms nobody poses a
/// problem without needs.
///
/// # Errors
/// When the horizon does not fit, or the catalog contradicts itself.
pub fn pose(inputs: &PoseInputs<'_>) -> Result<Posed, ProblemFault> {
    let horizon = horizon(inputs.start, inputs.horizon_hours, inputs.period_hours)?;
    let mut findings = BTreeSet::new();
    let needs = needs::needs(inputs, &horizon, &mut findings);
    let receivers: BTreeSet<PartyId> = needs.iter().map(|need| need.receiver.clone()).collect();
    let commodities: BTreeMap<_, _> = needs
        .iter()
        .filter_map(|need| inputs.catalog.commodities.get_key_value(&need.commodity))
        .collect();
    let setting = Setting {
        catalog: inputs.catalog,
        factors: inputs.factors,
        agreements: inputs.agreements,
        horizon: &horizon,
        period_hours: inputs.period_hours,
        able: inputs.able,
        unreachable: inputs.unreachable,
        purpose: inputs.purpose,
        status: inputs.status,
    };
    let (mut permits, ceilings) = permits(&PermitInputs {
        setting: &setting,
        origin: inputs.estimate.origin,
        strongest: &strongest(inputs, &receivers),
        promises: &[],
        receivers: &receivers,
        commodities: &commodities,
    });
    let mut stocks = setting.stocks(BTreeMap::new(), &receivers, &commodities);
    permits.extend(home::permits(&setting, &stocks, &receivers, &commodities));
    let mut links = setting.links();
    if let Some(chance) = inputs.damage {
        let struck = ground::Struck::of(inputs.estimate, inputs.ground, &inputs.rates.damage);
        struck.close(&mut links, &horizon, chance);
        struck.lose(&mut stocks, chance);
    }
    let parts = ProblemParts {
        commodities: commodities.values().map(|c| setting.commodity(c)).collect(),
        sites: setting.sites(),
        links,
        stocks,
        needs,
        ceilings,
        permits,
        horizon,
    };
    let problem = Problem::new(parts).map_err(ProblemFault::Parts)?;
    Ok(Posed { problem, findings: findings.into_iter().collect() })
}

/// The agreements that provinces and municipalities made with each other: what remains when national
/// ties are cut.
///
/// They are those whose level of law is provincial, which cities' agreements are too. Agreements of
/// governments, national law, principles and those with non-governmental bodies are not among them.
#[must_use]
pub fn local_agreements<'a, I>(agreements: I) -> BTreeSet<AgreementId>
where
    I: IntoIterator<Item = &'a Agreement>,
{
    let local = agreements.into_iter().filter(|one| one.law_level() == LawLevel::Provincial);
    local.map(|agreement| agreement.id().clone()).collect()
}

/// The strongest shaking in the province of each receiver, on the scale that agreements speak of.
fn strongest(
    inputs: &PoseInputs<'_>,
    receivers: &BTreeSet<PartyId>,
) -> BTreeMap<PartyId, Intensity> {
    let mut strongest: BTreeMap<PartyId, Intensity> = BTreeMap::new();
    for place in &inputs.estimate.footprint {
        let Some(party) = crate::needs::governing(inputs.catalog, &place.place) else { continue };
        let shaking = place.hits.iter().filter_map(|hit| hit.severity.shaking());
        let classes = shaking.filter_map(|shaking| match shaking {
            pumasi_hazard::Intensity::Jma(class) => class.code().parse::<Intensity>().ok(),
            pumasi_hazard::Intensity::Mmi(_) => None,
        });
        if let Some(most) = classes.max().filter(|_| receivers.contains(party)) {
            let known = strongest.entry(party.clone()).or_insert(most);
            *known = (*known).max(most);
        }
    }
    strongest
}
