//! Planning instances others hand us, and those we hand to others.
//!
//! [`read`] finds out by content which of [`Format::ALL`] a file is in and makes an [`Instance`] of
//! it: a model for the solver, and the names by which a plan is written. Foreign copies contain
//! errors; each is a [`Finding`] with its place, and nothing is repaired silently.
//!
//! Invariant: bytes in, values out; what is held at once is bounded by the length of the file.

pub mod canad;
pub mod dimacs;
mod finding;
pub mod flow;
pub mod json;
mod lines;
mod mandatory;
pub mod mnetgen;
pub mod plan;
pub mod reference;

use pumasi_flow::model::Model;
use pumasi_flow::statement::{Id, Statement};
use pumasi_simplex::network::MinCostFlow;

use dimacs::MinCost;
use finding::{Budget, Findings};
use mandatory::Network;

pub use finding::{Code, FINDINGS_MAX, Finding};

/// A format instances are read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// Our own, `docs/spec/flow.md`.
    Pumasi,
    /// The reference family: a base and a scenario as JSON.
    Reference,
    /// Minimum-cost flow of the first DIMACS challenge.
    Dimacs,
    /// Multicommodity flow as MNETGEN writes it.
    Mnetgen,
    /// Multicommodity network design of the Canad family, without its design costs.
    Canad,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Pumasi, Self::Reference, Self::Dimacs, Self::Mnetgen, Self::Canad];

    /// Its name on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pumasi => "pumasi",
            Self::Reference => "reference",
            Self::Dimacs => "dimacs",
            Self::Mnetgen => "mnetgen",
            Self::Canad => "canad",
        }
    }

    /// The format a file seems to be in, by its first words.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        let first = bytes.trim_ascii_start();
        let head = first.get(..4096.min(first.len())).unwrap_or(first);
        let text = String::from_utf8_lossy(head);
        if text.starts_with('{') {
            let reference = text.get(1..).is_some_and(|rest| {
                let rest = rest.trim_start();
                rest.starts_with("\"base\"") || rest.starts_with("\"scenario\"")
            });
            return Some(if reference { Self::Reference } else { Self::Pumasi });
        }
        let line = text.lines().next().unwrap_or_default();
        let mut words = line.split_ascii_whitespace();
        match words.next()? {
            "c" | "p" => Some(Self::Dimacs),
            word if word.starts_with("MULTIGEN.DAT") => Some(Self::Canad),
            word if word.parse::<u64>().is_ok() => Some(Self::Mnetgen),
            _ => None,
        }
    }
}

/// What the positions of a model are called.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names {
    /// The sites.
    pub sites: Vec<Id>,
    /// The arcs; the way back over a link that runs both ways is called `<link>:back`.
    pub arcs: Vec<Id>,
    /// The commodities.
    pub commodities: Vec<Id>,
    /// The stocks.
    pub stocks: Vec<Id>,
    /// The needs.
    pub needs: Vec<Id>,
    /// The limits, by the link or site they are of.
    pub limits: Vec<Id>,
    /// The ceilings.
    pub ceilings: Vec<Id>,
    /// The lanes: permit and commodity, or `own`, party and commodity.
    pub lanes: Vec<Id>,
}

/// A planning instance as read.
#[derive(Debug, Clone, PartialEq)]
pub struct Instance {
    /// The format it was in.
    pub format: Format,
    /// The numbers a plan is computed from.
    pub model: Model,
    /// What its positions are called.
    pub names: Names,
    /// Cost no plan can avoid, which the model leaves out: that of the lower bounds of arcs.
    pub fixed_cost: f64,
    /// Whether all needs must be met for a plan to count, as published flow problems want it.
    pub mandatory: bool,
    /// What was left out, and other oddities that stop nothing.
    pub findings: Vec<Finding>,
}

/// Reads an instance in the format it seems to be in.
///
/// # Errors
/// Everything that is wrong with it, at most [`FINDINGS_MAX`] findings.
pub fn read(bytes: &[u8]) -> Result<Instance, Vec<Finding>> {
    match Format::of(bytes) {
        Some(format) => read_as(bytes, format),
        None => Err(vec![Finding::new("", Code::UnknownFormat)]),
    }
}

/// Reads an instance in `format`.
///
/// # Errors
/// Everything that is wrong with it, at most [`FINDINGS_MAX`] findings.
pub fn read_as(bytes: &[u8], format: Format) -> Result<Instance, Vec<Finding>> {
    parse(bytes, format).build()
}

/// What a file says, its entries not yet put together.
///
/// Reading ends here and making the model begins: whoever measures solvers counts the second.
#[derive(Debug)]
pub struct Parsed {
    said: Option<Said>,
    budget: Budget,
    findings: Findings,
}

#[derive(Debug)]
enum Said {
    Statement(Box<Statement>),
    Reference(Box<reference::File>),
    MinCost(MinCost),
    Network(Network),
}

/// Reads what a file in `format` says; what is wrong with it is told by [`Parsed::build`].
#[must_use]
pub fn parse(bytes: &[u8], format: Format) -> Parsed {
    let (mut budget, mut findings) = (Budget::of(bytes.len()), Findings::default());
    let said = match format {
        Format::Pumasi => {
            json::read::statement(bytes, &mut findings).map(Box::new).map(Said::Statement)
        }
        Format::Reference => {
            reference::file(bytes, &mut findings).map(Box::new).map(Said::Reference)
        }
        Format::Dimacs => Some(Said::MinCost(MinCost::file(bytes, &mut budget, &mut findings))),
        Format::Mnetgen => Some(Said::Network(mnetgen::network(bytes, &mut budget, &mut findings))),
        Format::Canad => Some(Said::Network(canad::network(bytes, &mut budget, &mut findings))),
    };
    Parsed { said, budget, findings }
}

impl Parsed {
    /// Whether it is a minimum-cost flow problem, which [`Parsed::min_cost`] makes exactly.
    #[must_use]
    pub const fn is_min_cost(&self) -> bool {
        matches!(self.said, Some(Said::MinCost(_)))
    }

    /// The minimum-cost flow problem it is, in whole numbers and with nothing rounded.
    ///
    /// # Errors
    /// Everything that is wrong with the file, at most [`FINDINGS_MAX`] findings, or that it is no
    /// such problem.
    pub fn min_cost(self) -> Result<MinCostFlow, Vec<Finding>> {
        let Self { said, mut findings, .. } = self;
        let problem = match said {
            Some(Said::MinCost(problem)) => problem.problem(&mut findings),
            _ => {
                findings.add("", Code::UnknownFormat);
                None
            }
        };
        match problem {
            Some(problem) if findings.is_empty() => Ok(problem),
            _ => Err(findings.into_list()),
        }
    }

    /// The instance it makes.
    ///
    /// # Errors
    /// Everything that is wrong with the file, at most [`FINDINGS_MAX`] findings.
    pub fn build(self) -> Result<Instance, Vec<Finding>> {
        let Self { said, mut budget, mut findings } = self;
        let (budget, list) = (&mut budget, &mut findings);
        let built = said.and_then(|said| match said {
            Said::Statement(said) => json::build::instance(&said, budget, list),
            Said::Reference(file) => reference::instance(&file, budget, list),
            Said::MinCost(problem) => problem.network(list).instance(budget, list),
            Said::Network(network) => network.instance(budget, list),
        });
        match built {
            Some(instance) if findings.is_empty() => Ok(instance),
            _ => Err(findings.into_list()),
        }
    }
}

#[cfg(test)]
mod broken;
#[cfg(test)]
mod tests;
