//! What the candidates of the catalog would add to one problem.

use std::collections::BTreeSet;

use pumasi_base::catalog::candidates::{
    Adds, Candidate, CandidateAgreement, CandidateLink, CandidateStock,
};
use pumasi_base::catalog::{Catalog, Mode};
use pumasi_base::{ClauseId, CommodityId, PartyId};
use pumasi_flow::{Ceiling, CeilingId, ClauseRef, Link, Permit, Problem, Stock};

use super::Counterfactual;
use crate::needs::{ceiling_div, country_of};
use crate::problem::setting::{carries, kg_by_period};

/// The clause under which a candidate agreement would permit.
const CLAUSE: &str = "candidate";
/// Kilograms in a tonne.
const TONNE_KG: i64 = 1000;

/// The candidates that add something to a problem.
pub(super) fn additions(
    problem: &Problem,
    catalog: &Catalog,
    able: &BTreeSet<PartyId>,
) -> Vec<Counterfactual> {
    let addition = |candidate: &Candidate| match &candidate.adds {
        Adds::Agreement(agreement) => {
            agreed(problem, catalog, able, candidate, agreement).map(|(permits, ceilings)| {
                Counterfactual::AddAgreement(candidate.id.clone(), permits, ceilings)
            })
        }
        Adds::Link(link) => {
            let link = opened(problem, candidate, link)?;
            Some(Counterfactual::AddLink(candidate.id.clone(), link))
        }
        Adds::Stock(stock) => {
            let stock = laid_in(problem, able, stock)?;
            Some(Counterfactual::AddStock(candidate.id.clone(), stock))
        }
    };
    catalog.candidates.values().filter_map(addition).collect()
}

/// The permits of an agreement for the receivers of the problem, each giver under a ceiling of its
/// own.
fn agreed(
    problem: &Problem,
    catalog: &Catalog,
    able: &BTreeSet<PartyId>,
    candidate: &Candidate,
    agreement: &CandidateAgreement,
) -> Option<(Vec<Permit>, Vec<Ceiling>)> {
    let covered = |id: &CommodityId| {
        let commodity = catalog.commodities.get(id);
        commodity.is_some_and(|commodity| agreement.categories.contains(&commodity.category))
    };
    let needed = problem.commodities().iter().map(|commodity| &commodity.id);
    let commodities: BTreeSet<CommodityId> = needed.filter(|id| covered(id)).cloned().collect();
    let receivers: BTreeSet<&PartyId> = problem.needs().iter().map(|need| &need.receiver).collect();
    let clause = ClauseRef {
        agreement: candidate.id.as_str().parse().ok()?,
        clause: CLAUSE.parse::<ClauseId>().ok()?,
    };
    let period_hours = problem.horizon().period_min / 60;
    let delay = ceiling_div(agreement.delay_hours.max(0), period_hours.max(1));
    let mut permits = Vec::new();
    let mut ceilings = Vec::new();
    for (part, giver) in (0..).zip(&agreement.givers) {
        let id = CeilingId { clause: clause.clone(), part };
        let kg = agreement.ceiling_t.map(|t| t.saturating_mul(TONNE_KG));
        let kg = kg.map(|kg| kg.clamp(0, pumasi_flow::problem::KG_MAX));
        let to = receivers.iter().filter(|receiver| may_receive(catalog, agreement, receiver));
        let to: Vec<_> = to.filter(|to| **to != giver && able.contains(giver)).collect();
        if to.is_empty() || commodities.is_empty() {
            continue;
        }
        ceilings.extend(kg.map(|kg| Ceiling { id: id.clone(), kg }));
        permits.extend(to.into_iter().map(|receiver| Permit {
            clause: clause.clone(),
            giver: giver.clone(),
            receiver: (*receiver).clone(),
            commodities: commodities.clone(),
            modes: modes(&agreement.modes),
            through: Some(through(catalog, [giver, receiver], &agreement.transit)),
            earliest_period: usize::try_from(delay).unwrap_or(usize::MAX),
            ceilings: kg.map(|_| id.clone()).into_iter().collect(),
            push: agreement.push,
            suspended: None,
        }));
    }
    (!permits.is_empty()).then_some((permits, ceilings))
}

fn may_receive(catalog: &Catalog, agreement: &CandidateAgreement, party: &PartyId) -> bool {
    agreement.receivers.contains(party) || agreement.countries.contains(&country_of(catalog, party))
}

fn modes(modes: &[Mode]) -> BTreeSet<Mode> {
    if modes.is_empty() { Mode::ALL.into() } else { modes.iter().copied().collect() }
}

/// The countries of both sides, and the third parties named.
fn through(catalog: &Catalog, sides: [&PartyId; 2], transit: &[PartyId]) -> BTreeSet<PartyId> {
    let sides = sides.map(|party| country_of(catalog, party));
    let at_home = catalog.parties.keys().filter(|p| sides.contains(&country_of(catalog, p)));
    at_home.chain(transit).cloned().collect()
}

fn opened(problem: &Problem, candidate: &Candidate, link: &CandidateLink) -> Option<Link> {
    problem.site_index(&link.from)?;
    problem.site_index(&link.to)?;
    Some(Link {
        id: candidate.id.as_str().parse().ok()?,
        from: link.from.clone(),
        to: link.to.clone(),
        both_ways: true,
        mode: link.mode,
        duration_min: link.duration_min,
        capacity_kg: kg_by_period(problem.horizon(), link.capacity_t_per_day),
        cost_cents_per_t: link.cost_cents_per_t,
        closures: Vec::new(),
        carries: carries(link.commodities.as_deref()),
    })
}

fn laid_in(problem: &Problem, able: &BTreeSet<PartyId>, stock: &CandidateStock) -> Option<Stock> {
    problem.site_index(&stock.at)?;
    problem.commodity(&stock.commodity)?;
    let helps = able.contains(&stock.owner)
        || problem.needs().iter().any(|need| need.receiver == stock.owner);
    helps.then(|| Stock {
        owner: stock.owner.clone(),
        site: stock.at.clone(),
        commodity: stock.commodity.clone(),
        units: stock.quantity.floor().clamp(0, pumasi_flow::problem::UNITS_MAX),
        release_period: 0,
    })
}
