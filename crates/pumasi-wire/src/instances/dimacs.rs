//! Minimum-cost flow in the format of the first DIMACS implementation challenge.
//!
//! SPEC: "The first DIMACS international algorithm implementation challenge: problem definitions
//! and specifications", 1991: lines `c` are comments, `p min NODES ARCS`, `n ID FLOW`,
//! `a FROM TO LOWER CAPACITY COST`, all figures whole.

#![expect(
    clippy::as_conversions,
    reason = "counts and whole figures stay below 2^53, and figures were asked to be whole and in range"
)]

use std::collections::BTreeSet;

use pumasi_flow::model::{ENTRIES_MAX, FIGURE_MAX};
use pumasi_flow::statement::Id;
use pumasi_simplex::network::{MinCostFlow, NetArc, NetFault};

use super::finding::{Budget, Code, Finding, Findings};
use super::lines::{Line, counted, lines, place};
use super::mandatory::{Arc, Network};
use super::{Format, Instance};

/// An arc: from, to, lower bound, capacity, cost; nodes count from 0.
pub type MinCostArc = (usize, usize, i64, i64, i64);

/// A minimum-cost flow problem as the file has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MinCost {
    /// How many nodes there are.
    pub nodes: usize,
    /// Of each node what it supplies, or demands where below zero.
    pub supplies: Vec<i64>,
    /// The arcs, in the order of the file.
    pub arcs: Vec<MinCostArc>,
    /// The line of each arc.
    lines: Vec<usize>,
}

/// Largest figure of a file.
const WHOLE_MAX: i64 = FIGURE_MAX as i64;

impl MinCost {
    /// Reads a file.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn read(bytes: &[u8]) -> Result<Self, Vec<Finding>> {
        let mut findings = Findings::default();
        let read = Self::file(bytes, &mut Budget::of(bytes.len()), &mut findings);
        if findings.is_empty() { Ok(read) } else { Err(findings.into_list()) }
    }

    /// Reads a file as far as it reads.
    pub(super) fn file(bytes: &[u8], budget: &mut Budget, findings: &mut Findings) -> Self {
        let mut reader = Reader::default();
        for line in lines(bytes, findings) {
            reader.line(line, budget, findings);
        }
        match reader.arcs_stated {
            Some(stated) => counted("a", stated, reader.arcs_found, findings),
            None => findings.add("p", Code::Missing),
        }
        reader.problem
    }

    /// The problem for an exact solver, which costs below zero are no trouble to.
    ///
    /// Where capacities are too large to add, those that no flow of least cost can use up count as
    /// none: such a flow is made of paths from supplies and of circles that gain, each of which
    /// takes an arc that gains.
    pub(super) fn problem(self, findings: &mut Findings) -> Option<MinCostFlow> {
        balance(&self.supplies, findings);
        let positive = |units: &i64| i128::from((*units).max(0));
        let mut ample: i128 = self.supplies.iter().map(positive).sum();
        let mut sum = 0_i128;
        for (_, _, lower, capacity, cost) in &self.arcs {
            let room = i128::from(capacity - lower);
            ample += i128::from(*lower) + if *cost < 0 { room } else { 0 };
            sum += room;
        }
        let too_large = sum > i128::from(MinCostFlow::AMOUNT_MAX);
        let nodes = i64::try_from(self.nodes).unwrap_or(i64::MAX).max(1);
        let dearest = MinCostFlow::COST_MAX / nodes;
        let mut arcs = Vec::with_capacity(self.arcs.len());
        for ((from, to, lower, capacity, cost), line) in self.arcs.into_iter().zip(&self.lines) {
            if from == to {
                let finding = Finding::new(place(*line), Code::LeadsBack);
                findings.push(finding.with("id", from + 1));
            }
            if cost.abs() > dearest {
                let finding = Finding::new(place(*line), Code::OutOfRange).with("least", -dearest);
                findings.push(finding.with("most", dearest).with("found", cost));
            }
            let limits = !too_large || cost < 0 || i128::from(capacity - lower) < ample;
            let capacity = if limits { capacity } else { NetArc::UNBOUNDED };
            let end = |node: usize| u32::try_from(node).unwrap_or(u32::MAX);
            arcs.push(NetArc::new(end(from), end(to), capacity, cost).at_least(lower));
        }
        if !findings.is_empty() {
            return None;
        }
        MinCostFlow::new(self.nodes, self.supplies, arcs)
            .map_err(|fault| findings.push(told(&fault, &self.lines)))
            .ok()
    }

    /// As a network to make an instance of: lower bounds are sent first, their cost stands beside.
    pub(super) fn network(&self, findings: &mut Findings) -> Network {
        let mut network = Network::new(Format::Dimacs, self.nodes, 1);
        let mut supplies: Vec<i128> =
            self.supplies.iter().map(|units| i128::from(*units)).collect();
        let supplied: i128 = supplies.iter().filter(|units| **units > 0).sum();
        let lowest: i128 = self.arcs.iter().map(|(_, _, lower, ..)| i128::from(*lower)).sum();
        for (at, (from, to, lower, capacity, cost)) in self.arcs.iter().copied().enumerate() {
            if cost < 0 {
                let line = self.lines.get(at).copied().unwrap_or_default();
                let finding = Finding::new(place(line), Code::TooSmall).with("least", 0);
                findings.push(finding.with("found", cost));
            }
            for (node, units) in [(from, -lower), (to, lower)] {
                let supply = supplies.get_mut(node);
                supply.into_iter().for_each(|supply| *supply += i128::from(units));
            }
            network.fixed_cost += lower as f64 * cost as f64;
            // What exceeds all that can be sent limits nothing.
            let binds = i128::from(capacity - lower) < supplied + lowest;
            network.arcs.push(Arc {
                name: Id::from(format!("{}:{}-{}", at + 1, from + 1, to + 1)),
                from,
                to,
                commodity: None,
                cost: cost as f64,
                capacity: binds.then_some((capacity - lower) as f64),
                shared: None,
            });
        }
        let given = supplies.iter().enumerate().filter(|(_, units)| **units != 0);
        network.supplies = given.map(|(node, units)| ((0, node), *units as f64)).collect();
        network
    }
}

/// Reads a file into the instance it makes.
///
/// # Errors
/// Everything that is wrong with it.
pub fn read(bytes: &[u8]) -> Result<Instance, Vec<Finding>> {
    super::parse(bytes, Format::Dimacs).build()
}

#[derive(Default)]
struct Reader {
    problem: MinCost,
    arcs_stated: Option<usize>,
    arcs_found: usize,
    seen: BTreeSet<usize>,
}

impl Reader {
    fn line(&mut self, line: Line<'_>, budget: &mut Budget, findings: &mut Findings) {
        match (line.first(), self.arcs_stated) {
            ("c", _) => {}
            ("p", None) => self.head(line, budget, findings),
            ("n", Some(_)) => self.node(line, findings),
            ("a", Some(_)) => self.arc(line, findings),
            (word, _) => {
                let word: String = word.chars().take(20).collect();
                findings.push(Finding::new(line.place(), Code::UnknownLine).with("word", word));
            }
        }
    }

    fn head(&mut self, line: Line<'_>, budget: &mut Budget, findings: &mut Findings) {
        self.arcs_stated = Some(0);
        if line.words().nth(1) != Some("min") {
            findings.push(Finding::new(line.place(), Code::MustSay).with("text", "p min"));
            return;
        }
        let Some([nodes, arcs]) = whole::<2>(line, 2, findings) else { return };
        if let Some(count) = [nodes, arcs].into_iter().find(|count| *count < 0) {
            let finding = Finding::new(line.place(), Code::OutOfRange).with("least", 0);
            findings.push(finding.with("most", ENTRIES_MAX).with("found", count));
            return;
        }
        let range = |count: i64| usize::try_from(count).ok().filter(|count| *count <= ENTRIES_MAX);
        let (Some(nodes), Some(arcs)) = (range(nodes), range(arcs)) else {
            let finding = Finding::new(line.place(), Code::TooMany).with("most", ENTRIES_MAX);
            findings.push(finding);
            return;
        };
        let network = Network::new(Format::Dimacs, nodes, 1);
        self.arcs_stated = Some(arcs);
        if network.fits(budget, findings) {
            self.problem.nodes = nodes;
            self.problem.supplies = vec![0; nodes];
        }
    }

    fn node(&mut self, line: Line<'_>, findings: &mut Findings) {
        let Some([id, units]) = whole::<2>(line, 1, findings) else { return };
        let Some(node) = line.position(id as f64, self.problem.nodes, findings) else { return };
        if !self.seen.insert(node) {
            findings.push(Finding::new(line.place(), Code::IdTwice).with("id", id));
        }
        self.problem.supplies.get_mut(node).into_iter().for_each(|supply| *supply = units);
    }

    fn arc(&mut self, line: Line<'_>, findings: &mut Findings) {
        self.arcs_found += 1;
        let Some([from, to, lower, capacity, cost]) = whole::<5>(line, 1, findings) else { return };
        let from = line.position(from as f64, self.problem.nodes, findings);
        let to = line.position(to as f64, self.problem.nodes, findings);
        let least = line.least_0(lower as f64, findings);
        if lower > capacity {
            let finding = Finding::new(line.place(), Code::BoundsCross).with("lower", lower);
            findings.push(finding.with("capacity", capacity));
            return;
        }
        if let (Some(from), Some(to), Some(_)) = (from, to, least) {
            self.problem.arcs.push((from, to, lower, capacity, cost));
            self.problem.lines.push(line.number());
        }
    }
}

fn balance(supplies: &[i64], findings: &mut Findings) {
    let (mut supply, mut demand) = (0_i128, 0_i128);
    for units in supplies {
        supply += i128::from(*units).max(0);
        demand -= i128::from(*units).min(0);
    }
    if supply != demand {
        let finding = Finding::new("", Code::Unbalanced).with("id", 1);
        findings.push(finding.with("supply", supply).with("demand", demand));
    }
}

/// What a solver cannot count with, by the line where it is; what the reader looked at before is
/// told in the solver's words.
fn told(fault: &NetFault, lines: &[usize]) -> Finding {
    let most = MinCostFlow::AMOUNT_MAX;
    match fault {
        NetFault::SupplyTooLarge { node } => {
            Finding::new(format!("n {}", node + 1), Code::SumTooLarge).with("most", most)
        }
        NetFault::AmountTooLarge { arc } => {
            let line = lines.get(*arc).copied().unwrap_or_default();
            Finding::new(place(line), Code::SumTooLarge).with("most", most)
        }
        other => Finding::new("", Code::Contradiction).with("why", other),
    }
}

/// The whole numbers after `skipped` words.
fn whole<const N: usize>(
    line: Line<'_>,
    skipped: usize,
    findings: &mut Findings,
) -> Option<[i64; N]> {
    let mut numbers = [0; N];
    let mut words = line.words().skip(skipped);
    let all = numbers.iter_mut().all(|number| {
        let whole = words.next().and_then(|word| word.parse::<i64>().ok());
        let whole = whole.filter(|whole| whole.unsigned_abs() <= WHOLE_MAX.unsigned_abs());
        whole.map(|whole| *number = whole).is_some()
    });
    if all && words.next().is_none() {
        return Some(numbers);
    }
    // Says what is wrong with the fields as such; if nothing is, one is not whole.
    if line.figures::<N>(skipped, findings).is_some() {
        let finding = Finding::new(line.place(), Code::MustBeWhole).with("least", -WHOLE_MAX);
        findings.push(finding.with("most", WHOLE_MAX));
    }
    None
}
