//! A plan over an instance by ids, as `pumasi flow solve --json` writes and `flow check` reads it.

use std::collections::BTreeMap;

use pumasi_flow::model::judge::{Carriage, Shipment};
use pumasi_flow::optimum::Optimum;
use pumasi_flow::statement::Id;
use serde::{Deserialize, Serialize};

use super::finding::{Code, Finding, Findings, not_json};
use super::{Instance, Names};

/// A plan by ids.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlanDocument {
    /// What the plan is said to come to: burden and weighted cost, unavoidable cost included.
    pub objective: f64,
    /// What moves.
    pub flows: Vec<FlowEntry>,
}

/// Goods of one stock that serve one need in one period.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FlowEntry {
    /// The lane that permits it.
    pub lane: String,
    /// The stock it is taken from.
    pub stock: String,
    /// The need it serves.
    pub need: String,
    /// The period in which it is handed out.
    pub period: usize,
    /// Units handed out.
    pub units: f64,
    /// The way, in order.
    pub steps: Vec<StepEntry>,
}

/// One arc of a way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepEntry {
    /// The arc: a link, or `<link>:back` for its way back.
    pub arc: String,
    /// The minute in which goods leave.
    pub depart_min: i64,
    /// The minute in which they are taken in.
    pub arrive_min: i64,
}

impl PlanDocument {
    /// The plan a solver found for `instance`.
    #[must_use]
    pub fn of(optimum: &Optimum, instance: &Instance) -> Self {
        let Names { lanes, stocks, needs, arcs, .. } = &instance.names;
        let name = |names: &[Id], at: usize| {
            names.get(at).map_or_else(|| at.to_string(), ToString::to_string)
        };
        let flows = optimum.flows.iter().map(|flow| FlowEntry {
            lane: name(lanes, flow.lane),
            stock: name(stocks, flow.stock),
            need: name(needs, flow.need),
            period: flow.period,
            units: flow.units,
            steps: flow
                .steps
                .iter()
                .map(|step| StepEntry {
                    arc: name(arcs, step.arc),
                    depart_min: step.depart_min,
                    arrive_min: step.arrive_min,
                })
                .collect(),
        });
        let weighted = instance.model.parts().cost_weight * instance.fixed_cost;
        Self { objective: optimum.objective + weighted, flows: flows.collect() }
    }

    /// Reads a plan; what else the file says beside its objective and flows is not looked at.
    ///
    /// # Errors
    /// Where it is no JSON, or no plan.
    pub fn read(bytes: &[u8]) -> Result<Self, Vec<Finding>> {
        serde_json::from_slice(bytes).map_err(|error| vec![not_json(&error)])
    }

    /// What it moves, by the positions of `names`.
    ///
    /// # Errors
    /// Every id that is not in the instance.
    pub fn shipments(&self, names: &Names) -> Result<Vec<Shipment>, Vec<Finding>> {
        let mut look = Look { findings: Findings::default() };
        let lanes = index(&names.lanes);
        let stocks = index(&names.stocks);
        let needs = index(&names.needs);
        let arcs = index(&names.arcs);
        let mut shipments = Vec::with_capacity(self.flows.len());
        for (at, flow) in self.flows.iter().enumerate() {
            let steps = flow.steps.iter().enumerate().map(|(number, step)| Carriage {
                arc: look.up(&arcs, "links", || format!("flows[{at}].steps[{number}]"), &step.arc),
                depart_min: step.depart_min,
                arrive_min: step.arrive_min,
            });
            let steps = steps.collect();
            shipments.push(Shipment {
                lane: look.up(&lanes, "lanes", || format!("flows[{at}].lane"), &flow.lane),
                stock: look.up(&stocks, "stocks", || format!("flows[{at}].stock"), &flow.stock),
                need: look.up(&needs, "needs", || format!("flows[{at}].need"), &flow.need),
                period: flow.period,
                units: flow.units,
                steps,
            });
        }
        if look.findings.is_empty() { Ok(shipments) } else { Err(look.findings.into_list()) }
    }
}

fn index(names: &[Id]) -> BTreeMap<&str, usize> {
    names.iter().enumerate().map(|(at, name)| (name.as_ref(), at)).collect()
}

struct Look {
    findings: Findings,
}

impl Look {
    fn up(
        &mut self,
        index: &BTreeMap<&str, usize>,
        list: &str,
        place: impl FnOnce() -> String,
        id: &str,
    ) -> usize {
        index.get(id).copied().unwrap_or_else(|| {
            let finding = Finding::new(place(), Code::UnknownName).with("id", id);
            self.findings.push(finding.with("list", list));
            0
        })
    }
}
