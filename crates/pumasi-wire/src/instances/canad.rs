//! Multicommodity network design of the Canad family, as linear multicommodity flow.
//!
//! SPEC: T. G. Crainic, A. Frangioni and B. Gendron, "Bundle-based relaxation methods for
//! multicommodity capacitated fixed charge network design", 2001, in the form the published
//! instances have (`.dow`): a line `MULTIGEN.DAT:`, a line of nodes, arcs and commodities, for each
//! arc from, to, cost, capacity, fixed charge and two figures of no meaning here, and for each
//! commodity origin, destination and quantity. Charges are left out, with a finding.

use pumasi_flow::model::ENTRIES_MAX;
use pumasi_flow::statement::Id;

use super::finding::{Budget, Code, Finding, Findings};
use super::lines::{Line, counted, lines};
use super::mandatory::{Arc, Network};
use super::{Format, Instance};

/// The first words of a file.
const HEADING: &str = "MULTIGEN.DAT:";

/// Reads a file.
///
/// # Errors
/// Everything that is wrong with it.
pub fn read(bytes: &[u8]) -> Result<Instance, Vec<Finding>> {
    super::parse(bytes, Format::Canad).build()
}

/// Reads a file as far as it reads.
pub(super) fn network(bytes: &[u8], budget: &mut Budget, findings: &mut Findings) -> Network {
    let network = Network::new(Format::Canad, 0, 0);
    let mut reader = Reader { heading: false, stated: None, quantities: 0, network };
    for line in lines(bytes, findings) {
        reader.line(line, budget, findings);
    }
    match reader.stated {
        Some((arcs, commodities)) => {
            counted("arcs", arcs, reader.network.arcs.len(), findings);
            counted("commodities", commodities, reader.quantities, findings);
        }
        None => findings.add("", Code::UnknownFormat),
    }
    reader.network
}

struct Reader {
    heading: bool,
    /// Arcs and commodities.
    stated: Option<(usize, usize)>,
    quantities: usize,
    network: Network,
}

impl Reader {
    fn line(&mut self, line: Line<'_>, budget: &mut Budget, findings: &mut Findings) {
        if !self.heading {
            self.heading = true;
            if line.words().next() != Some(HEADING) {
                findings.push(Finding::new(line.place(), Code::MustSay).with("text", HEADING));
            }
            return;
        }
        match self.stated {
            None => self.head(line, budget, findings),
            Some((arcs, _)) if self.network.arcs.len() < arcs => self.arc(line, findings),
            Some(_) => self.quantity(line, findings),
        }
    }

    fn head(&mut self, line: Line<'_>, budget: &mut Budget, findings: &mut Findings) {
        self.stated = Some((0, 0));
        let Some(head) = line.figures::<3>(0, findings) else { return };
        let counts = head.map(|count| line.position(count + 1.0, ENTRIES_MAX + 1, findings));
        let [Some(nodes), Some(arcs), Some(commodities)] = counts else { return };
        self.stated = Some((arcs, commodities));
        let network = Network::new(Format::Canad, nodes, commodities);
        if network.fits(budget, findings) {
            self.network = network;
        }
    }

    fn arc(&mut self, line: Line<'_>, findings: &mut Findings) {
        let network = &mut self.network;
        let at = network.arcs.len() + 1;
        let name = Id::from(at.to_string());
        // A line at fault counts as an arc all the same, lest all that follows be misread.
        let mut arc = Arc {
            name: Id::clone(&name),
            from: 0,
            to: 0,
            commodity: None,
            cost: 0.0,
            capacity: None,
            shared: Some(network.shared.len()),
        };
        let mut most = 0.0;
        if let Some([from, to, cost, capacity, charge, ..]) = line.figures::<7>(0, findings) {
            arc.from = line.position(from, network.nodes, findings).unwrap_or(0);
            arc.to = line.position(to, network.nodes, findings).unwrap_or(0);
            arc.cost = line.least_0(cost, findings).unwrap_or(0.0);
            most = line.least_0(capacity, findings).unwrap_or(0.0);
            network.charges += usize::from(charge != 0.0);
        }
        network.shared.push((name, most));
        network.arcs.push(arc);
    }

    fn quantity(&mut self, line: Line<'_>, findings: &mut Findings) {
        let commodity = self.quantities;
        self.quantities += 1;
        let Some([origin, destination, units]) = line.figures(0, findings) else { return };
        let network = &mut self.network;
        let origin = line.position(origin, network.nodes, findings);
        let destination = line.position(destination, network.nodes, findings);
        let units = line.least_0(units, findings);
        let (Some(origin), Some(destination), Some(units)) = (origin, destination, units) else {
            return;
        };
        if origin != destination && units > 0.0 {
            network.supplies.insert((commodity, origin), units);
            network.supplies.insert((commodity, destination), -units);
        }
    }
}
