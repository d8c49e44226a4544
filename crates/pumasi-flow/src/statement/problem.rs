//! A problem in the words of a statement.

#![expect(clippy::as_conversions, reason = "the figures of a problem are at most 1e12, below 2^53")]

use std::collections::{BTreeMap, BTreeSet};

use pumasi_base::PartyId;
use pumasi_base::catalog::Mode;

use super::{
    ByPeriod, Id, StatedCeiling, StatedClosure, StatedCommodity, StatedLink, StatedNeed,
    StatedPermit, StatedSite, StatedStock, Statement,
};
use crate::problem::{Permit, Problem, ceiling_text, clause_text};

/// What one unit of cost, a US dollar, weighs against one unit of a problem's burden.
///
/// Problems count burden in hundredths of what statements of the reference family do, which weigh
/// cost with [`super::COST_WEIGHT`].
const COST_WEIGHT: f64 = 1e-2;

impl Statement {
    /// A problem in the words of a statement, for others to plan with.
    ///
    /// Costs are stated in US dollars. Suspended permits permit nothing and are left out. Permits
    /// that differ in giver and receiver alone are stated as one.
    #[must_use]
    pub fn of_problem(problem: &Problem) -> Self {
        let horizon = problem.horizon();
        let commodity = |c: &crate::Commodity| {
            let (kept, of) = c.kept(horizon);
            StatedCommodity {
                id: id(c.id.as_str()),
                mass_t: figure(c.mass_g) / 1e6,
                perishing: c.perishing,
                weight: figure(c.weight),
                kept_per_period: figure(kept) / figure(of),
            }
        };
        let site = |s: &crate::Site| StatedSite {
            id: id(s.id.as_str()),
            territory: s.territory.as_ref().map(|party| id(party.as_str())),
            intake_t: s.handling_kg.as_deref().map(tonnes),
        };
        let ceiling = |c: &crate::Ceiling| StatedCeiling {
            id: id(&ceiling_text(&c.id)),
            most_t: figure(c.kg) / 1e3,
        };
        Self {
            periods: horizon.periods,
            period_min: horizon.period_min,
            cost_weight: COST_WEIGHT,
            commodities: problem.commodities().iter().map(commodity).collect(),
            sites: problem.sites().iter().map(site).collect(),
            links: problem.links().iter().map(link).collect(),
            stocks: stocks(problem),
            needs: needs(problem),
            ceilings: problem.ceilings().iter().map(ceiling).collect(),
            permits: permits(problem),
        }
    }
}

fn id(text: &str) -> Id {
    Id::from(text)
}

const fn figure(whole: i64) -> f64 {
    whole as f64
}

/// Kilograms by period as tonnes.
fn tonnes(kg: &[i64]) -> ByPeriod {
    by_period(kg, 1e3)
}

fn by_period(figures: &[i64], divisor: f64) -> ByPeriod {
    match figures.split_first() {
        Some((first, rest)) if rest.iter().all(|other| other == first) => {
            ByPeriod::Same(figure(*first) / divisor)
        }
        _ => ByPeriod::Each(figures.iter().map(|f| figure(*f) / divisor).collect()),
    }
}

fn link(link: &crate::Link) -> StatedLink {
    let closure = |c: &crate::Closure| StatedClosure {
        from_period: c.from_period,
        until_period: c.until_period,
        share: 0.0,
    };
    let closures = link.closures.iter().filter(|c| c.from_period < c.until_period);
    StatedLink {
        id: id(link.id.as_str()),
        from: id(link.from.as_str()),
        to: id(link.to.as_str()),
        both_ways: link.both_ways,
        mode: id(mode_word(link.mode)),
        duration_min: link.duration_min,
        capacity_t: Some(tonnes(&link.capacity_kg)),
        cost_per_t: figure(link.cost_cents_per_t) / 1e2,
        retained: 1.0,
        closures: closures.map(closure).collect(),
        commodities: link
            .carries
            .as_ref()
            .map(|carries| carries.iter().map(|goods| id(goods.as_str())).collect()),
    }
}

const fn mode_word(mode: Mode) -> &'static str {
    match mode {
        Mode::Sea => "sea",
        Mode::Air => "air",
        Mode::Road => "road",
        Mode::Rail => "rail",
        Mode::Grid => "grid",
    }
}

/// Ids for entries that have none: what they are, and a number from the second of a kind on.
#[derive(Default)]
struct Fresh(BTreeMap<String, usize>);

impl Fresh {
    fn id(&mut self, text: String) -> Id {
        let times = self.0.entry(text.clone()).or_default();
        *times += 1;
        if *times == 1 { Id::from(text) } else { Id::from(format!("{text}#{times}")) }
    }
}

fn stocks(problem: &Problem) -> Vec<StatedStock> {
    let mut fresh = Fresh::default();
    let stated = |stock: &crate::Stock| StatedStock {
        id: fresh.id(format!("{}/{}/{}", stock.owner, stock.site, stock.commodity)),
        owner: id(stock.owner.as_str()),
        site: id(stock.site.as_str()),
        commodity: id(stock.commodity.as_str()),
        units: figure(stock.units),
        release_period: stock.release_period,
    };
    problem.stocks().iter().map(stated).collect()
}

fn needs(problem: &Problem) -> Vec<StatedNeed> {
    let mut fresh = Fresh::default();
    let stated = |need: &crate::Need| StatedNeed {
        id: fresh.id(format!("{}/{}/{}", need.place, need.receiver, need.commodity)),
        place: Some(id(need.place.as_str())),
        site: id(need.site.as_str()),
        receiver: id(need.receiver.as_str()),
        commodity: id(need.commodity.as_str()),
        wanted: by_period(&need.wanted, 1.0),
        priority: 1.0,
        requested: need.requested,
    };
    problem.needs().iter().map(stated).collect()
}

/// Joins permits that differ in giver and receiver alone: givers with the same receivers share one.
fn permits(problem: &Problem) -> Vec<StatedPermit> {
    type Pairs<'a> = BTreeMap<&'a PartyId, BTreeSet<&'a PartyId>>;
    let mut alike: Vec<(&Permit, Pairs<'_>)> = Vec::new();
    // Permits are ranked by clause, so those that can be alike stand close together.
    for permit in problem.permits().iter().filter(|permit| permit.suspended.is_none()) {
        let like = alike.iter().rposition(|(other, _)| {
            other.clause == permit.clause
                && other.commodities == permit.commodities
                && other.modes == permit.modes
                && other.through == permit.through
                && other.earliest_period == permit.earliest_period
                && other.ceilings == permit.ceilings
                && other.push == permit.push
        });
        let at = like.unwrap_or(alike.len());
        if like.is_none() {
            alike.push((permit, Pairs::new()));
        }
        if let Some((_, pairs)) = alike.get_mut(at) {
            pairs.entry(&permit.giver).or_default().insert(&permit.receiver);
        }
    }
    let mut fresh = Fresh::default();
    let mut stated = Vec::new();
    for (permit, pairs) in alike {
        let mut joined: BTreeMap<Vec<&PartyId>, Vec<&PartyId>> = BTreeMap::new();
        for (giver, receivers) in pairs {
            joined.entry(receivers.into_iter().collect()).or_default().push(giver);
        }
        for (receivers, givers) in joined {
            stated.push(joint(permit, &givers, &receivers, &mut fresh));
        }
    }
    stated
}

fn joint(
    permit: &Permit,
    givers: &[&PartyId],
    receivers: &[&PartyId],
    fresh: &mut Fresh,
) -> StatedPermit {
    let ids = |parties: &[&PartyId]| parties.iter().map(|party| id(party.as_str())).collect();
    StatedPermit {
        id: fresh.id(clause_text(&permit.clause)),
        givers: ids(givers),
        receivers: ids(receivers),
        commodities: Some(permit.commodities.iter().map(|c| id(c.as_str())).collect()),
        modes: Some(permit.modes.iter().map(|mode| id(mode_word(*mode))).collect()),
        through: permit.through.as_ref().map(|t| t.iter().map(|p| id(p.as_str())).collect()),
        earliest_period: permit.earliest_period,
        ceilings: permit.ceilings.iter().map(|ceiling| id(&ceiling_text(ceiling))).collect(),
        push: permit.push,
    }
}
