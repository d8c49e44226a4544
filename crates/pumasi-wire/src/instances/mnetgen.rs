//! Multicommodity flow as MNETGEN writes it, in four files or in one.
//!
//! SPEC: A. I. Ali and J. L. Kennington, "MNETGEN program documentation", 1977, in the form the
//! published instances have: `.nod` states commodities, nodes, arcs and shared capacities; `.arc`
//! has lines of arc, from, to, commodity, cost, capacity (below zero for none) and the shared
//! capacity it draws on (0 for none); `.sup` node, commodity, supply; `.mut` shared capacities.
//! A single file has the same lines in the same order; they are told apart by how many fields
//! they have.

use std::collections::BTreeSet;

use pumasi_flow::model::ENTRIES_MAX;
use pumasi_flow::statement::Id;

use super::finding::{Budget, Code, Finding, Findings};
use super::lines::{Line, counted, lines};
use super::mandatory::{Arc, Network};
use super::{Format, Instance};

/// The endings of the four files, in the order in which a single file has them.
pub const ENDINGS: [&str; 4] = ["nod", "arc", "sup", "mut"];

/// Reads a single file, or four that were joined in the order of [`ENDINGS`].
///
/// # Errors
/// Everything that is wrong with it.
pub fn read(bytes: &[u8]) -> Result<Instance, Vec<Finding>> {
    super::parse(bytes, Format::Mnetgen).build()
}

/// Reads a file as far as it reads.
pub(super) fn network(bytes: &[u8], budget: &mut Budget, findings: &mut Findings) -> Network {
    let mut reader = Reader {
        head: Vec::new(),
        begun: false,
        arcs_stated: 0,
        shared_stated: 0,
        arcs: BTreeSet::new(),
        shared_seen: BTreeSet::new(),
        network: Network::new(Format::Mnetgen, 0, 0),
    };
    for line in lines(bytes, findings) {
        reader.line(line, budget, findings);
    }
    if reader.begun {
        counted("arc", reader.arcs_stated, reader.arcs.len(), findings);
        counted("mut", reader.shared_stated, reader.shared_seen.len(), findings);
    } else {
        findings.add("nod", Code::Missing);
    }
    reader.network
}

struct Reader {
    /// The figures of the head, until there are four.
    head: Vec<usize>,
    begun: bool,
    arcs_stated: usize,
    shared_stated: usize,
    /// The arcs named: one may have a line for each commodity.
    arcs: BTreeSet<usize>,
    shared_seen: BTreeSet<usize>,
    network: Network,
}

impl Reader {
    fn line(&mut self, line: Line<'_>, budget: &mut Budget, findings: &mut Findings) {
        if !self.begun {
            return self.head(line, budget, findings);
        }
        match line.words().count() {
            7 => self.arc(line, findings),
            3 => self.supply(line, findings),
            2 => self.shared(line, findings),
            found => {
                let finding = Finding::new(line.place(), Code::FieldCount);
                findings.push(finding.with("wanted", "7, 3, 2").with("found", found));
            }
        }
    }

    fn head(&mut self, line: Line<'_>, budget: &mut Budget, findings: &mut Findings) {
        for word in line.words() {
            match word.parse::<usize>() {
                Ok(count) if count <= ENTRIES_MAX => self.head.push(count),
                _ => {
                    let finding = Finding::new(line.place(), Code::MustBeWhole).with("least", 0);
                    findings.push(finding.with("most", ENTRIES_MAX));
                    self.head.push(0);
                }
            }
        }
        if self.head.len() < 4 {
            return;
        }
        self.begun = true;
        let [commodities, nodes, arcs, shared] = match <[usize; 4]>::try_from(self.head.as_slice())
        {
            Ok(head) => head,
            Err(_) => {
                let finding = Finding::new(line.place(), Code::FieldCount).with("wanted", 4);
                findings.push(finding.with("found", self.head.len()));
                return;
            }
        };
        (self.arcs_stated, self.shared_stated) = (arcs, shared);
        let network = Network::new(Format::Mnetgen, nodes, commodities);
        let named = shared.saturating_mul(8);
        if network.fits(budget, findings) && budget.take(named, findings) {
            self.network = network;
            let none = |at: usize| (Id::from(format!("mut {at}")), 0.0);
            self.network.shared = (1..=shared).map(none).collect();
        }
    }

    fn arc(&mut self, line: Line<'_>, findings: &mut Findings) {
        let Some([name, from, to, commodity, cost, capacity, shared]) = line.figures(0, findings)
        else {
            return;
        };
        let network = &mut self.network;
        let Some(at) = line.position(name, self.arcs_stated, findings) else { return };
        self.arcs.insert(at);
        let from = line.position(from, network.nodes, findings);
        let to = line.position(to, network.nodes, findings);
        let commodity = line.position(commodity, network.commodities, findings);
        let cost = line.least_0(cost, findings);
        let drawn = if shared == 0.0 {
            None
        } else {
            let Some(drawn) = line.position(shared, network.shared.len(), findings) else { return };
            Some(drawn)
        };
        let (Some(from), Some(to), Some(commodity), Some(cost)) = (from, to, commodity, cost)
        else {
            return;
        };
        network.arcs.push(Arc {
            name: Id::from(format!("{}/{}", at + 1, commodity + 1)),
            from,
            to,
            commodity: Some(commodity),
            cost,
            capacity: (capacity >= 0.0).then_some(capacity),
            shared: drawn,
        });
    }

    fn supply(&mut self, line: Line<'_>, findings: &mut Findings) {
        let Some([node, commodity, units]) = line.figures(0, findings) else { return };
        let node = line.position(node, self.network.nodes, findings);
        let commodity = line.position(commodity, self.network.commodities, findings);
        let (Some(node), Some(commodity)) = (node, commodity) else { return };
        if self.network.supplies.insert((commodity, node), units).is_some() {
            let id = format!("{}/{}", node + 1, commodity + 1);
            findings.push(Finding::new(line.place(), Code::IdTwice).with("id", id));
        }
    }

    fn shared(&mut self, line: Line<'_>, findings: &mut Findings) {
        let Some([pointer, capacity]) = line.figures(0, findings) else { return };
        let Some(at) = line.position(pointer, self.network.shared.len(), findings) else { return };
        let Some(capacity) = line.least_0(capacity, findings) else { return };
        if !self.shared_seen.insert(at) {
            findings.push(Finding::new(line.place(), Code::IdTwice).with("id", pointer));
        }
        if let Some((_, held)) = self.network.shared.get_mut(at) {
            *held = capacity;
        }
    }
}
