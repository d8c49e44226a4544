//! The reference family: a base and a scenario as one JSON object.
//!
//! A base has places and gateways, links with capacities per period of some hours, stocks, and
//! agreements between lands; a scenario has needs, closures and what is left of stocks. A land's
//! own relief is an agreement like the others, so that nothing here follows from ownership alone.

#![expect(
    clippy::as_conversions,
    reason = "counts and whole figures stay below 2^53, and figures were asked to be whole and in range"
)]

use std::collections::{BTreeMap, BTreeSet};

use pumasi_flow::model::{
    FIGURE_MAX, ModelArc, ModelCommodity, ModelLane, ModelNeed, ModelParts, ModelSite, ModelStock,
};
use pumasi_flow::problem::PERIODS_MAX;
use pumasi_flow::statement::{COST_WEIGHT, Id};
use serde::Deserialize;

use super::finding::{Budget, Code, Finding, Findings, made, not_json};
use super::{Format, Instance, Names};

/// A stock of which less is left is none.
const LEFT_LEAST: f64 = 1e-9;

/// A file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    base: Base,
    scenario: Scenario,
}

impl File {
    fn country(&self, node: usize) -> Option<&str> {
        self.base.nodes.get(node).map(|node| node.country.as_str())
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Base {
    periods: usize,
    hours: f64,
    nodes: Vec<Node>,
    links: Vec<Link>,
    cats: Vec<Category>,
    stocks: Vec<Stock>,
    agreements: Vec<Agreement>,
}

/// A place, a port or an airport. The fields of no use here may be there.
#[derive(Debug, Deserialize)]
struct Node {
    name: String,
    country: String,
}

#[derive(Debug, Deserialize)]
struct Link {
    a: usize,
    b: usize,
    mode: String,
    dur: usize,
    cap: f64,
    cost: f64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Category {
    name: String,
    kind: String,
    t: f64,
    w: f64,
    per: f64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stock {
    at: usize,
    cat: usize,
    qty: f64,
    release: usize,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Agreement {
    id: String,
    giver: String,
    receiver: String,
    cats: Vec<usize>,
    transit: Vec<String>,
    modes: Vec<String>,
    delay: usize,
    tonnes: Option<f64>,
}

#[derive(Debug, Deserialize)]
struct Scenario {
    affected: Vec<usize>,
    /// Place, category, period, units.
    needs: Vec<(usize, usize, usize, f64)>,
    /// Link, first period, first period after, share of the capacity left.
    closed: Vec<(usize, usize, usize, f64)>,
    /// Stock, share left.
    stock_left: Vec<(usize, f64)>,
}

/// Reads an instance of the reference family.
///
/// # Errors
/// The first fault of the JSON, or everything that contradicts itself.
pub fn read(bytes: &[u8]) -> Result<Instance, Vec<Finding>> {
    super::parse(bytes, Format::Reference).build()
}

/// Reads the file alone.
pub(super) fn file(bytes: &[u8], findings: &mut Findings) -> Option<File> {
    let file = match serde_json::from_slice(bytes) {
        Ok(file) => file,
        Err(error) => {
            findings.push(not_json(&error));
            return None;
        }
    };
    examine(&file, findings);
    Some(file)
}

/// The instance a file makes; `None` where a finding says why not.
pub(super) fn instance(
    file: &File,
    budget: &mut Budget,
    findings: &mut Findings,
) -> Option<Instance> {
    let written = (file.base.links.len() + file.scenario.needs.len())
        .saturating_mul(file.base.periods.max(1));
    if !findings.is_empty() || !budget.take(written, findings) {
        return None;
    }
    let names = names(&file.base);
    let reader = Reader { file, budget: &mut *budget, findings: &mut *findings };
    let (parts, names) = reader.parts(names)?;
    let model = made(parts, findings)?;
    let format = Format::Reference;
    let (fixed_cost, mandatory, findings) = (0.0, false, Vec::new());
    Some(Instance { format, model, names, fixed_cost, mandatory, findings })
}

/// Looks at every figure and every position named.
fn examine(file: &File, findings: &mut Findings) {
    let File { base, scenario } = file;
    let mut ask = Ask { findings };
    ask.range("base.periods", base.periods as f64, (1.0, PERIODS_MAX as f64));
    ask.range("base.hours", base.hours, (1.0 / 60.0, 10_000.0));
    let (nodes, links, cats) = (base.nodes.len(), base.links.len(), base.cats.len());
    for (at, link) in base.links.iter().enumerate() {
        let place = |field: &str| format!("base.links[{at}].{field}");
        ask.below(&place("a"), link.a, nodes);
        ask.below(&place("b"), link.b, nodes);
        ask.below(&place("dur"), link.dur, 10_000);
        ask.range(&place("cap"), link.cap, (0.0, FIGURE_MAX));
        ask.range(&place("cost"), link.cost, (0.0, FIGURE_MAX));
    }
    for (at, cat) in base.cats.iter().enumerate() {
        let place = |field: &str| format!("base.cats[{at}].{field}");
        ask.range(&place("t"), cat.t, (0.0, FIGURE_MAX));
        ask.range(&place("w"), cat.w, (0.0, FIGURE_MAX));
        ask.range(&place("per"), cat.per, (1e-9, FIGURE_MAX));
        if !matches!(cat.kind.as_str(), "c" | "d") {
            ask.findings.push(Finding::new(place("kind"), Code::MustSay).with("text", "c` / `d"));
        }
    }
    for (at, stock) in base.stocks.iter().enumerate() {
        let place = |field: &str| format!("base.stocks[{at}].{field}");
        ask.below(&place("at"), stock.at, nodes);
        ask.below(&place("cat"), stock.cat, cats);
        ask.range(&place("qty"), stock.qty, (0.0, FIGURE_MAX));
    }
    for (at, agreement) in base.agreements.iter().enumerate() {
        let place = |field: &str| format!("base.agreements[{at}].{field}");
        agreement.cats.iter().for_each(|cat| ask.below(&place("cats"), *cat, cats));
        ask.unique(&place("cats"), agreement.cats.iter().map(ToString::to_string));
        ask.range(&place("tonnes"), agreement.tonnes.unwrap_or(0.0), (0.0, FIGURE_MAX));
    }
    let ids = base.agreements.iter().map(|agreement| agreement.id.as_str());
    ask.unique("base.agreements", ids);
    ask.unique("base.nodes", base.nodes.iter().map(|node| node.name.as_str()));
    ask.unique("base.cats", base.cats.iter().map(|cat| cat.name.as_str()));
    scenario.affected.iter().for_each(|node| ask.below("scenario.affected", *node, nodes));
    for (at, (node, cat, period, units)) in scenario.needs.iter().enumerate() {
        let place = format!("scenario.needs[{at}]");
        ask.below(&place, *node, nodes);
        ask.below(&place, *cat, cats);
        ask.below(&place, *period, base.periods);
        ask.range(&place, *units, (0.0, FIGURE_MAX));
    }
    for (at, (link, from, until, share)) in scenario.closed.iter().enumerate() {
        let place = format!("scenario.closed[{at}]");
        ask.below(&place, *link, links);
        ask.range(&place, *share, (0.0, 1.0));
        if from >= until {
            let finding = Finding::new(place, Code::EmptyStretch).with("from", from);
            ask.findings.push(finding.with("until", until));
        }
    }
    for (at, (stock, share)) in scenario.stock_left.iter().enumerate() {
        let place = format!("scenario.stock_left[{at}]");
        ask.below(&place, *stock, base.stocks.len());
        ask.range(&place, *share, (0.0, 1.0));
    }
    let left = scenario.stock_left.iter().map(|(stock, _)| stock.to_string());
    ask.unique("scenario.stock_left", left);
}

struct Ask<'f> {
    findings: &'f mut Findings,
}

impl Ask<'_> {
    fn below(&mut self, place: &str, found: usize, count: usize) {
        if found >= count {
            let finding = Finding::new(place, Code::OutOfRange).with("least", 0);
            let finding = finding.with("most", count.saturating_sub(1));
            self.findings.push(finding.with("found", found));
        }
    }

    fn range(&mut self, place: &str, found: f64, (least, most): (f64, f64)) {
        if !(least..=most).contains(&found) {
            let finding = Finding::new(place, Code::OutOfRange).with("least", least);
            self.findings.push(finding.with("most", most).found(found));
        }
    }

    fn unique(&mut self, place: &str, ids: impl Iterator<Item = impl Into<String>>) {
        let mut seen = BTreeSet::new();
        for id in ids {
            if let Some(id) = seen.replace(id.into()) {
                self.findings.push(Finding::new(place, Code::IdTwice).with("id", id));
            }
        }
    }
}

fn names(base: &Base) -> Names {
    let node = |at: usize| base.nodes.get(at).map_or("", |node| node.name.as_str());
    let cat = |at: usize| base.cats.get(at).map_or("", |cat| cat.name.as_str());
    let arcs: Vec<Id> = base
        .links
        .iter()
        .enumerate()
        .map(|(at, link)| Id::from(format!("{at}:{}-{}", node(link.a), node(link.b))))
        .collect();
    let stock = |(at, stock): (usize, &Stock)| {
        Id::from(format!("{at}:{}/{}", node(stock.at), cat(stock.cat)))
    };
    Names {
        sites: base.nodes.iter().map(|node| Id::from(node.name.as_str())).collect(),
        limits: arcs.clone(),
        arcs,
        commodities: base.cats.iter().map(|cat| Id::from(cat.name.as_str())).collect(),
        stocks: base.stocks.iter().enumerate().map(stock).collect(),
        ..Names::default()
    }
}

struct Reader<'a> {
    file: &'a File,
    budget: &'a mut Budget,
    findings: &'a mut Findings,
}

impl<'a> Reader<'a> {
    fn parts(mut self, mut names: Names) -> Option<(ModelParts, Names)> {
        let File { base, .. } = self.file;
        let period_min = (base.hours * 60.0).round() as i64;
        let limits = self.limits();
        let arcs = base.links.iter().enumerate().map(|(at, link)| ModelArc {
            from: link.a,
            to: link.b,
            duration_min: i64::try_from(link.dur).unwrap_or(i64::MAX).saturating_mul(period_min),
            cost: link.cost,
            retained: 1.0,
            limits: vec![at],
        });
        let commodities = base.cats.iter().map(|cat| ModelCommodity {
            load: cat.t,
            perishing: cat.kind == "c",
            weight: cat.w / cat.per,
            kept: 1.0,
        });
        let needs = self.needs();
        let called = |need: &ModelNeed| {
            let name = |names: &[Id], at: usize| names.get(at).cloned().unwrap_or_default();
            let place = name(&names.sites, need.site);
            Id::from(format!("{place}/{}", name(&names.commodities, need.commodity)))
        };
        names.needs = needs.iter().map(called).collect();
        let mut parts = ModelParts {
            periods: base.periods,
            period_min,
            cost_weight: COST_WEIGHT,
            sites: vec![ModelSite::default(); base.nodes.len()],
            arcs: arcs.collect(),
            limits,
            commodities: commodities.collect(),
            stocks: self.stocks(),
            needs,
            ceilings: Vec::new(),
            networks: Vec::new(),
            lanes: Vec::new(),
        };
        let affected: BTreeSet<usize> = self.file.scenario.affected.iter().copied().collect();
        let hit: BTreeSet<&str> =
            affected.iter().filter_map(|node| self.file.country(*node)).collect();
        for agreement in &base.agreements {
            if hit.contains(agreement.receiver.as_str()) {
                self.lanes(agreement, &affected, &mut parts, &mut names)?;
            }
        }
        Some((parts, names))
    }

    fn limits(&self) -> Vec<Vec<f64>> {
        let File { base, scenario } = self.file;
        let mut limits: Vec<Vec<f64>> =
            base.links.iter().map(|link| vec![link.cap; base.periods]).collect();
        for (link, from, until, share) in &scenario.closed {
            let limit = limits.get_mut(*link).into_iter().flatten();
            limit.take(*until).skip(*from).for_each(|left| *left *= share);
        }
        limits
    }

    fn stocks(&self) -> Vec<ModelStock> {
        let left: BTreeMap<usize, f64> = self.file.scenario.stock_left.iter().copied().collect();
        let stock = |(at, stock): (usize, &Stock)| ModelStock {
            site: stock.at,
            commodity: stock.cat,
            units: stock.qty * left.get(&at).copied().unwrap_or(1.0),
            release_period: stock.release,
        };
        self.file.base.stocks.iter().enumerate().map(stock).collect()
    }

    /// What is wanted at one place in one period may be said in parts.
    fn needs(&self) -> Vec<ModelNeed> {
        let periods = self.file.base.periods;
        let mut needs: BTreeMap<(usize, usize), Vec<f64>> = BTreeMap::new();
        for (node, cat, period, units) in &self.file.scenario.needs {
            let wanted = needs.entry((*node, *cat)).or_insert_with(|| vec![0.0; periods]);
            wanted.get_mut(*period).into_iter().for_each(|wanted| *wanted += units);
        }
        let need = |((site, commodity), wanted)| ModelNeed {
            site,
            commodity,
            wanted,
            priority: 1.0,
            group: 0,
        };
        needs.into_iter().map(need).collect()
    }

    /// The lanes of one agreement, one for each category; `None` where they do not fit.
    fn lanes(
        &mut self,
        agreement: &Agreement,
        affected: &BTreeSet<usize>,
        parts: &mut ModelParts,
        names: &mut Names,
    ) -> Option<()> {
        let file: &'a File = self.file;
        let country = |node: usize| file.country(node);
        let open = |node: usize| {
            let country = country(node);
            country.is_some_and(|country| agreement.transit.iter().any(|open| open == country))
        };
        let links = file.base.links.iter().enumerate();
        let runs =
            |link: &Link| agreement.modes.contains(&link.mode) && open(link.a) && open(link.b);
        let network: Vec<usize> = links.filter(|(_, link)| runs(link)).map(|(at, _)| at).collect();
        let given = |stock: &ModelStock, cat: usize| {
            stock.commodity == cat
                && stock.units > LEFT_LEAST
                && country(stock.site) == Some(agreement.giver.as_str())
        };
        let taken = |need: &ModelNeed, cat: usize| {
            need.commodity == cat
                && affected.contains(&need.site)
                && country(need.site) == Some(agreement.receiver.as_str())
        };
        let mut lanes = Vec::new();
        let ceilings: Vec<usize> = agreement.tonnes.iter().map(|_| parts.ceilings.len()).collect();
        for cat in &agreement.cats {
            let stocks = parts.stocks.iter().enumerate();
            let needs = parts.needs.iter().enumerate();
            let stocks: Vec<usize> =
                stocks.filter(|(_, s)| given(s, *cat)).map(|(at, _)| at).collect();
            let needs: Vec<usize> =
                needs.filter(|(_, n)| taken(n, *cat)).map(|(at, _)| at).collect();
            if !self.budget.take(stocks.len() + needs.len() + 1, self.findings) {
                return None;
            }
            lanes.push(ModelLane {
                commodity: *cat,
                network: parts.networks.len(),
                earliest_period: agreement.delay,
                stocks,
                needs,
                ceilings: ceilings.clone(),
            });
        }
        if !self.budget.take(network.len(), self.findings) {
            return None;
        }
        for lane in lanes {
            let cat = names.commodities.get(lane.commodity).cloned().unwrap_or_default();
            names.lanes.push(Id::from(format!("{}/{cat}", agreement.id)));
            parts.lanes.push(lane);
        }
        parts.networks.push(network);
        if let Some(tonnes) = agreement.tonnes {
            parts.ceilings.push(tonnes);
            names.ceilings.push(Id::from(agreement.id.as_str()));
        }
        Some(())
    }
}
