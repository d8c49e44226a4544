//! Published flow problems as models: all that is demanded must arrive, at least cost.
//!
//! There is no time in them: one period of one minute, ways that take none. Demand that is not met
//! burdens with a weight above the cost of any way, so that the best plan meets it all where that
//! is possible. Where burden is left, demand was not met and the plan is none.
//!
//! With one commodity the weight is one more than the sum, over all nodes, of the dearest arc that
//! leaves each: flow that is rerouted to serve one more unit passes each node at most once, so it
//! costs less. With several commodities, which displace one another, it is that sum times their
//! number; a plan that meets all demand is the best one whatever the weight.

#![expect(
    clippy::as_conversions,
    reason = "counts and whole figures stay below 2^53, and figures were asked to be whole and in range"
)]

use std::collections::BTreeMap;

use pumasi_flow::model::{
    ModelArc, ModelCommodity, ModelLane, ModelNeed, ModelParts, ModelSite, ModelStock,
};
use pumasi_flow::statement::Id;

use super::finding::{Budget, Code, Finding, Findings, made};
use super::{Format, Instance, Names};

/// What one node costs of a budget: its name, and what it may supply.
const NODE_COST: usize = 8;

/// An arc of a published problem.
#[derive(Debug, Clone)]
pub(super) struct Arc {
    pub(super) name: Id,
    pub(super) from: usize,
    pub(super) to: usize,
    /// The one commodity it carries; `None` where it carries all.
    pub(super) commodity: Option<usize>,
    pub(super) cost: f64,
    /// What it carries at most by itself.
    pub(super) capacity: Option<f64>,
    /// The shared capacity it draws on.
    pub(super) shared: Option<usize>,
}

/// A published problem.
#[derive(Debug, Clone)]
pub(super) struct Network {
    pub(super) format: Format,
    pub(super) nodes: usize,
    pub(super) commodities: usize,
    pub(super) arcs: Vec<Arc>,
    /// Shared capacities with their names.
    pub(super) shared: Vec<(Id, f64)>,
    /// Supply, or demand below zero, by commodity and node.
    pub(super) supplies: BTreeMap<(usize, usize), f64>,
    /// Cost that no plan can avoid.
    pub(super) fixed_cost: f64,
    /// How many arcs have fixed charges, which are left out.
    pub(super) charges: usize,
}

impl Network {
    pub(super) const fn new(format: Format, nodes: usize, commodities: usize) -> Self {
        Self {
            format,
            nodes,
            commodities,
            arcs: Vec::new(),
            shared: Vec::new(),
            supplies: BTreeMap::new(),
            fixed_cost: 0.0,
            charges: 0,
        }
    }

    /// Whether a file may have so many nodes, arcs and commodities.
    pub(super) fn fits(&self, budget: &mut Budget, findings: &mut Findings) -> bool {
        let nodes = self.nodes.saturating_mul(NODE_COST);
        budget.take(nodes.saturating_add(self.commodities.saturating_mul(NODE_COST)), findings)
    }

    /// The instance it makes; `None` where a finding says why not.
    pub(super) fn instance(self, budget: &mut Budget, findings: &mut Findings) -> Option<Instance> {
        self.balance(findings);
        // Each arc stands in one network.
        let members = self.arcs.len().saturating_add(self.supplies.len());
        if !findings.is_empty() || !budget.take(members, findings) {
            return None;
        }
        let mut names = Names {
            sites: (1..=self.nodes).map(|node| Id::from(node.to_string())).collect(),
            commodities: (1..=self.commodities).map(|at| Id::from(at.to_string())).collect(),
            ..Names::default()
        };
        let (format, fixed_cost, charges) = (self.format, self.fixed_cost, self.charges);
        let parts = self.parts(&mut names);
        let model = made(parts, findings)?;
        let mandatory = true;
        let notes =
            (charges > 0).then(|| Finding::new("", Code::ChargesLeftOut).with("count", charges));
        let findings = notes.into_iter().collect();
        Some(Instance { format, model, names, fixed_cost, mandatory, findings })
    }

    /// What is supplied must be what is demanded.
    fn balance(&self, findings: &mut Findings) {
        let mut sums: BTreeMap<usize, (f64, f64)> = BTreeMap::new();
        for ((commodity, _), units) in &self.supplies {
            let (supply, demand) = sums.entry(*commodity).or_default();
            *supply += units.max(0.0);
            *demand += (-units).max(0.0);
        }
        for (commodity, (supply, demand)) in sums {
            if (supply - demand).abs() > 1e-9 * (1.0 + supply) {
                let finding = Finding::new("", Code::Unbalanced).with("id", commodity + 1);
                findings.push(finding.with("supply", supply).with("demand", demand));
            }
        }
    }

    /// Above what any way costs, as the module says.
    fn weight(&self) -> f64 {
        let mut dearest = vec![0.0_f64; self.nodes];
        for arc in &self.arcs {
            let cost = dearest.get_mut(arc.from);
            cost.into_iter().for_each(|cost| *cost = cost.max(arc.cost));
        }
        (1.0 + dearest.iter().sum::<f64>()) * self.commodities.max(1) as f64
    }

    fn parts(self, names: &mut Names) -> ModelParts {
        let (load, perishing, kept, weight) = (1.0, true, 1.0, self.weight());
        let mut parts = ModelParts {
            periods: 1,
            period_min: 1,
            cost_weight: 1.0,
            sites: vec![ModelSite::default(); self.nodes],
            arcs: Vec::new(),
            limits: Vec::new(),
            commodities: vec![ModelCommodity { load, perishing, weight, kept }; self.commodities],
            stocks: Vec::new(),
            needs: Vec::new(),
            ceilings: Vec::new(),
            networks: Vec::new(),
            lanes: Vec::new(),
        };
        for (name, capacity) in &self.shared {
            names.limits.push(Id::clone(name));
            parts.limits.push(vec![*capacity]);
        }
        let mut of: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        let mut by_commodity = false;
        for (at, arc) in self.arcs.into_iter().enumerate() {
            if let Some(commodity) = arc.commodity {
                by_commodity = true;
                of.entry(commodity).or_default().push(at);
            }
            let own = arc.capacity.map(|capacity| {
                names.limits.push(Id::clone(&arc.name));
                parts.limits.push(vec![capacity]);
                parts.limits.len() - 1
            });
            names.arcs.push(arc.name);
            let limits = arc.shared.into_iter().chain(own).collect();
            let Arc { from, to, cost, .. } = arc;
            parts.arcs.push(ModelArc { from, to, duration_min: 0, cost, retained: 1.0, limits });
        }
        if !by_commodity {
            parts.networks.push((0..parts.arcs.len()).collect());
        }
        lanes(self.supplies, by_commodity.then_some(of), &mut parts, names);
        parts
    }
}

/// The stocks, the needs and the lane of each commodity, with a network of its own where `networks`
/// has one for it.
fn lanes(
    supplies: BTreeMap<(usize, usize), f64>,
    mut networks: Option<BTreeMap<usize, Vec<usize>>>,
    parts: &mut ModelParts,
    names: &mut Names,
) {
    let mut lanes: BTreeMap<usize, ModelLane> = BTreeMap::new();
    for ((commodity, site), units) in supplies {
        let lane = lanes.entry(commodity).or_insert_with(|| ModelLane {
            commodity,
            network: 0,
            earliest_period: 0,
            stocks: Vec::new(),
            needs: Vec::new(),
            ceilings: Vec::new(),
        });
        let name = Id::from(format!("{}/{}", site + 1, commodity + 1));
        if units > 0.0 {
            lane.stocks.push(parts.stocks.len());
            parts.stocks.push(ModelStock { site, commodity, units, release_period: 0 });
            names.stocks.push(name);
        } else if units < 0.0 {
            lane.needs.push(parts.needs.len());
            let wanted = vec![-units];
            parts.needs.push(ModelNeed { site, commodity, wanted, priority: 1.0, group: 0 });
            names.needs.push(name);
        }
    }
    for (commodity, mut lane) in lanes {
        if let Some(of) = &mut networks {
            lane.network = parts.networks.len();
            parts.networks.push(of.remove(&commodity).unwrap_or_default());
        }
        names.lanes.push(Id::from((commodity + 1).to_string()));
        parts.lanes.push(lane);
    }
}
