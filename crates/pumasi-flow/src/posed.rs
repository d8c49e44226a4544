//! A problem as the numbers of a [`Model`], and back.
//!
//! Units of the model are those of the problem: commodities in their units, load in kilograms, cost
//! in cents of a US dollar, burden in unit-periods times weight.

#![expect(
    clippy::as_conversions,
    reason = "figures of a problem are below 2^53, and prices far below 2^63"
)]

use std::collections::{BTreeMap, BTreeSet};

use pumasi_base::catalog::Mode;
use pumasi_base::{CommodityId, PartyId};

use crate::certificate::{Certificate, MICRO};
use crate::model::{
    Model, ModelArc, ModelCommodity, ModelError, ModelLane, ModelNeed, ModelParts, ModelSite,
    ModelStock,
};
use crate::network::{Arc, Cargo, Network, Reach, ceilings};
use crate::optimum::Prices;
use crate::plan::CENTS_A_BURDEN;
use crate::problem::{
    CeilingIndex, Commodity, LinkIndex, Need, NeedIndex, Permit, PermitIndex, Problem, Site,
    SiteIndex, Stock, StockIndex,
};

/// A problem as numbers, with what the numbers stand for.
///
/// Sites, stocks, needs, commodities and ceilings keep their positions.
#[derive(Debug, Clone)]
pub struct Posed {
    /// The numbers.
    pub model: Model,
    /// Of each lane, the permit it stands for; `None` where a party uses its own stock.
    pub permits: Vec<Option<PermitIndex>>,
    /// Of each arc, its link and whether it runs along or back. The limit of an arc has the arc's
    /// position.
    pub arcs: Vec<(LinkIndex, bool)>,
    /// Lanes of suspended permits: closed until something opens them.
    pub closed: Vec<usize>,
}

/// What a price may lie above a whole number and still mean it.
const HAIR: f64 = 1e-3;

/// Modes and grounds of a network; `None` is everywhere by anything.
type Ways<'a> = Option<(&'a BTreeSet<Mode>, Option<&'a BTreeSet<PartyId>>)>;

impl Posed {
    /// States `problem` as numbers.
    ///
    /// # Errors
    /// Only where the problem holds more than a model may.
    pub fn new(problem: &Problem) -> Result<Self, Vec<ModelError>> {
        let network = Network::new(problem);
        let mut poser = Poser {
            problem,
            network: &network,
            keys: BTreeMap::new(),
            networks: Vec::new(),
            lanes: Vec::new(),
            permits: Vec::new(),
        };
        poser.own();
        poser.permitted();
        let Poser { networks, lanes, permits, .. } = poser;
        let suspended = |permit: &Option<PermitIndex>| {
            permit.and_then(|at| problem.permits().get(at.0)).is_some_and(|p| p.suspended.is_some())
        };
        let closed = permits.iter().enumerate().filter(|(_, permit)| suspended(permit));
        let closed = closed.map(|(lane, _)| lane).collect();
        let mut limits: Vec<Vec<f64>> =
            network.arcs.iter().map(|arc| departing(problem, arc.link)).collect();
        let parts = ModelParts {
            periods: problem.horizon().periods,
            period_min: problem.horizon().period_min,
            cost_weight: 1.0 / CENTS_A_BURDEN as f64,
            sites: sites(problem, &mut limits),
            arcs: arcs(&network),
            limits,
            commodities: commodities(problem),
            stocks: stocks(problem),
            needs: needs(problem),
            ceilings: problem.ceilings().iter().map(|ceiling| ceiling.kg as f64).collect(),
            networks,
            lanes,
        };
        let along = |arc: &Arc| {
            let link = problem.links().get(arc.link);
            let from = link.and_then(|link| problem.site_index(&link.from));
            (LinkIndex(arc.link), from.is_some_and(|site| site.0 == arc.from))
        };
        let arcs = network.arcs.iter().map(along).collect();
        Ok(Self { model: Model::new(parts)?, permits, arcs, closed })
    }

    /// Prices of the model as a certificate for the problem, rounded up.
    #[must_use]
    pub fn certificate(&self, problem: &Problem, prices: &Prices) -> Certificate {
        let micro = |price: f64| (price * MICRO as f64 - HAIR).ceil() as i64;
        let is_short = |price: &i64| *price > 0;
        let mut certificate = Certificate::default();
        let stocks = prices.stocks.iter().map(|price| micro(*price)).enumerate();
        let stocks = stocks.filter(|(_, price)| is_short(price));
        certificate.stocks.extend(stocks.map(|(at, price)| (StockIndex(at), price)));
        let ceilings = prices.ceilings.iter().map(|price| micro(*price)).enumerate();
        let ceilings = ceilings.filter(|(_, price)| is_short(price));
        certificate.ceilings.extend(ceilings.map(|(at, price)| (CeilingIndex(at), price)));
        let parts = self.model.parts();
        for ((link, _), (arc, by_period)) in
            self.arcs.iter().zip(parts.arcs.iter().zip(&prices.limits))
        {
            let by_period = by_period.iter().map(|price| micro(*price)).enumerate();
            for (period, price) in by_period.filter(|(_, price)| is_short(price)) {
                certificate.departures.insert((*link, SiteIndex(arc.from), period), price);
            }
        }
        for (at, site) in parts.sites.iter().enumerate() {
            let Some(by_period) = site.intake.and_then(|limit| prices.limits.get(limit)) else {
                continue;
            };
            let by_period = by_period.iter().map(|price| micro(*price)).enumerate();
            for (period, price) in by_period.filter(|(_, price)| is_short(price)) {
                certificate.handling.insert((SiteIndex(at), period), price);
            }
        }
        for (at, by_period) in prices.needs.iter().enumerate().take(problem.needs().len()) {
            let by_period = by_period.iter().map(|price| micro(*price)).enumerate();
            for (period, price) in by_period.filter(|(_, price)| is_short(price)) {
                certificate.needs.insert((NeedIndex(at), period), price);
            }
        }
        certificate
    }

    /// The lanes that stand for any of `permits`.
    #[must_use]
    pub fn lanes_of(&self, permits: &[PermitIndex]) -> Vec<usize> {
        let stands = |permit: &Option<PermitIndex>| permit.is_some_and(|p| permits.contains(&p));
        let lanes = self.permits.iter().enumerate().filter(|(_, permit)| stands(permit));
        lanes.map(|(lane, _)| lane).collect()
    }

    /// The place a need is part of.
    #[must_use]
    pub fn group_of(&self, need: usize) -> Option<usize> {
        self.model.parts().needs.get(need).map(|need| need.group)
    }

    /// The limits of both directions of a link.
    #[must_use]
    pub fn limits_of(&self, link: LinkIndex) -> Vec<usize> {
        let arcs = self.arcs.iter().enumerate().filter(|(_, (held, _))| *held == link);
        arcs.map(|(arc, _)| arc).collect()
    }
}

struct Poser<'a> {
    problem: &'a Problem,
    network: &'a Network,
    keys: BTreeMap<(Cargo, Ways<'a>), usize>,
    networks: Vec<Vec<usize>>,
    lanes: Vec<ModelLane>,
    permits: Vec<Option<PermitIndex>>,
}

impl<'a> Poser<'a> {
    /// A lane for each receiver and commodity, for the receiver's own stock.
    fn own(&mut self) {
        let problem = self.problem;
        let groups: BTreeSet<_> =
            problem.needs().iter().map(|need| (&need.receiver, &need.commodity)).collect();
        for (receiver, commodity) in groups {
            let stocks = positions(problem.stocks(), |stock| {
                stock.owner == *receiver && stock.commodity == *commodity
            });
            let needs = positions(problem.needs(), |need| {
                need.receiver == *receiver && need.commodity == *commodity
            });
            let network = self.network(commodity, None);
            self.add(None, network, 0, Vec::new(), stocks, needs);
        }
    }

    /// A lane for each permit and each commodity it covers.
    fn permitted(&mut self) {
        let problem = self.problem;
        for (index, permit) in problem.permits().iter().enumerate() {
            let receives =
                |need: &Need| need.receiver == permit.receiver && (permit.push || need.requested);
            for commodity in problem.commodities() {
                if !permit.commodities.contains(&commodity.id) || permit.giver == permit.receiver {
                    continue;
                }
                let needs = positions(problem.needs(), |need| {
                    receives(need) && need.commodity == commodity.id
                });
                let stocks = positions(problem.stocks(), |stock| {
                    stock.owner == permit.giver
                        && stock.commodity == commodity.id
                        && self.lies_open(stock, permit)
                });
                let ways = Some((&permit.modes, permit.through.as_ref()));
                let network = self.network(&commodity.id, ways);
                let ceilings = ceilings(problem, permit);
                let permit_index = Some(PermitIndex(index));
                self.add(permit_index, network, permit.earliest_period, ceilings, stocks, needs);
            }
        }
    }

    /// Whether the permit lets goods lie where the stock does.
    fn lies_open(&self, stock: &Stock, permit: &Permit) -> bool {
        let site = self.problem.site_index(&stock.site);
        let ground = site.and_then(|at| self.problem.sites().get(at.0)?.territory.as_ref());
        match (&permit.through, ground) {
            (Some(through), Some(ground)) => through.contains(ground),
            _ => true,
        }
    }

    fn add(
        &mut self,
        permit: Option<PermitIndex>,
        network: usize,
        earliest_period: usize,
        ceilings: Vec<usize>,
        stocks: Vec<usize>,
        needs: Vec<usize>,
    ) {
        let first = needs.first().and_then(|need| self.problem.needs().get(*need));
        let commodity = first.and_then(|need| {
            self.problem.commodities().iter().position(|held| held.id == need.commodity)
        });
        let Some(commodity) = commodity.filter(|_| !stocks.is_empty()) else { return };
        let lane = ModelLane { commodity, network, earliest_period, stocks, needs, ceilings };
        self.lanes.push(lane);
        self.permits.push(permit);
    }

    fn network(&mut self, commodity: &CommodityId, ways: Ways<'a>) -> usize {
        let key = (Cargo::new(self.problem, commodity), ways);
        if let Some(known) = self.keys.get(&key) {
            return *known;
        }
        let (modes, through) = ways.map_or((None, None), |(modes, through)| (Some(modes), through));
        let reach = Reach::new(self.problem, self.network, &key.0, modes, through);
        let at = self.networks.len();
        self.networks.push(reach.open_arcs());
        self.keys.insert(key, at);
        at
    }
}

fn positions<T>(list: &[T], holds: impl Fn(&T) -> bool) -> Vec<usize> {
    list.iter().enumerate().filter(|(_, entry)| holds(entry)).map(|(at, _)| at).collect()
}

/// What may depart on a link in each period, in kilograms.
fn departing(problem: &Problem, link: usize) -> Vec<f64> {
    let Some(link) = problem.links().get(link) else { return Vec::new() };
    let by_period = link.capacity_kg.iter().enumerate();
    by_period.map(|(t, kg)| if link.closure_in(t).is_some() { 0.0 } else { *kg as f64 }).collect()
}

/// The sites, their handling added to `limits`.
fn sites(problem: &Problem, limits: &mut Vec<Vec<f64>>) -> Vec<ModelSite> {
    let mut site = |site: &Site| {
        let intake = site.handling_kg.as_ref().map(|by_period| {
            limits.push(by_period.iter().map(|kg| *kg as f64).collect());
            limits.len() - 1
        });
        ModelSite { intake }
    };
    problem.sites().iter().map(&mut site).collect()
}

fn arcs(network: &Network) -> Vec<ModelArc> {
    let arc = |(index, arc): (usize, &Arc)| ModelArc {
        from: arc.from,
        to: arc.to,
        duration_min: arc.duration_min,
        cost: arc.cost_cents_per_t as f64 / 1000.0,
        retained: 1.0,
        limits: vec![index],
    };
    network.arcs.iter().enumerate().map(arc).collect()
}

fn commodities(problem: &Problem) -> Vec<ModelCommodity> {
    let commodity = |commodity: &Commodity| {
        let (kept, of) = commodity.kept(problem.horizon());
        ModelCommodity {
            load: commodity.mass_g as f64 / 1000.0,
            perishing: commodity.perishing,
            weight: commodity.weight as f64,
            kept: kept as f64 / of as f64,
        }
    };
    problem.commodities().iter().map(commodity).collect()
}

fn stocks(problem: &Problem) -> Vec<ModelStock> {
    let stock = |stock: &Stock| ModelStock {
        site: problem.site_index(&stock.site).map_or(0, |site| site.0),
        commodity: commodity_of(problem, &stock.commodity),
        units: stock.units as f64,
        release_period: stock.release_period,
    };
    problem.stocks().iter().map(stock).collect()
}

/// The needs; those of one place at one site are a group.
fn needs(problem: &Problem) -> Vec<ModelNeed> {
    let mut groups = BTreeMap::new();
    let mut need = |need: &Need| ModelNeed {
        site: problem.site_index(&need.site).map_or(0, |site| site.0),
        commodity: commodity_of(problem, &need.commodity),
        wanted: need.wanted.iter().map(|units| *units as f64).collect(),
        priority: 1.0,
        group: {
            let next = groups.len();
            *groups.entry((need.place.clone(), need.site.clone())).or_insert(next)
        },
    };
    problem.needs().iter().map(&mut need).collect()
}

fn commodity_of(problem: &Problem, id: &CommodityId) -> usize {
    problem.commodities().iter().position(|commodity| commodity.id == *id).unwrap_or(0)
}
