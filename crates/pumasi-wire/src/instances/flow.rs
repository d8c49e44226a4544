//! A flow through a network by the numbers of its arcs, as `pumasi flow solve --json` writes and
//! `flow check` reads it for minimum-cost flow problems.

#![expect(clippy::as_conversions, reason = "an objective is told as the nearest figure")]

use pumasi_simplex::network::{MinCostFlow, NetBreach, NetFlow};
use serde::{Deserialize, Serialize};

use super::Finding;
use super::finding::{Code, Findings, not_json};

/// What arcs carry, and what proves that nothing cheaper does.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FlowDocument {
    /// What the flow is said to cost.
    pub objective: f64,
    /// Arcs by their number in the file, from 1, with the units they carry; none carry nothing.
    pub flows: Vec<(usize, i64)>,
    /// What a unit is worth at each node; empty where nothing is proved.
    #[serde(default)]
    pub prices: Vec<i64>,
}

/// What a flow was found to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Judged {
    /// What it costs.
    pub cost: i128,
    /// Whether its prices prove that none costs less.
    pub is_best: bool,
}

impl FlowDocument {
    /// A flow as a document.
    #[must_use]
    pub fn of(found: &NetFlow) -> Self {
        let carried = (1..).zip(&found.flow).filter(|(_, units)| **units != 0);
        Self {
            objective: found.cost as f64,
            flows: carried.map(|(arc, units)| (arc, *units)).collect(),
            prices: found.potentials.clone(),
        }
    }

    /// Reads a flow; what else the file says is not looked at.
    ///
    /// # Errors
    /// Where it is no JSON, or no flow.
    pub fn read(bytes: &[u8]) -> Result<Self, Vec<Finding>> {
        serde_json::from_slice(bytes).map_err(|error| vec![not_json(&error)])
    }

    /// Judges the flow by the problem alone.
    ///
    /// # Errors
    /// Everything in the document that is not of the problem.
    pub fn judge(self, problem: &MinCostFlow) -> Result<Result<Judged, NetBreach>, Vec<Finding>> {
        let flow = self.by_arc(problem)?;
        Ok(problem.cost_of(&flow).and_then(|cost| {
            if cost as f64 != self.objective {
                return Err(NetBreach::CostDiffers { cost });
            }
            let is_best = !self.prices.is_empty();
            if is_best {
                NetFlow { cost, flow, potentials: self.prices, pivots: 0 }.verify(problem)?;
            }
            Ok(Judged { cost, is_best })
        }))
    }

    fn by_arc(&self, problem: &MinCostFlow) -> Result<Vec<i64>, Vec<Finding>> {
        let mut findings = Findings::default();
        let (arcs, nodes) = (problem.arcs().len(), problem.supplies().len());
        let mut flow = vec![None; arcs];
        for (at, (arc, units)) in self.flows.iter().enumerate() {
            match arc.checked_sub(1).and_then(|arc| flow.get_mut(arc)) {
                Some(held @ None) => *held = Some(*units),
                Some(Some(_)) => {
                    let finding = Finding::new(format!("flows[{at}]"), Code::IdTwice);
                    findings.push(finding.with("id", arc));
                }
                None => {
                    let finding = Finding::new(format!("flows[{at}]"), Code::OutOfRange);
                    findings.push(finding.with("least", 1).with("most", arcs).with("found", arc));
                }
            }
        }
        if !self.prices.is_empty() && self.prices.len() != nodes {
            let finding = Finding::new("", Code::CountDiffers).with("list", "prices");
            findings.push(finding.with("stated", nodes).with("found", self.prices.len()));
        }
        if findings.is_empty() {
            Ok(flow.into_iter().map(Option::unwrap_or_default).collect())
        } else {
            Err(findings.into_list())
        }
    }
}
