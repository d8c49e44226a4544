//! Minimum-cost flow: solved exactly in whole numbers, or said to have no answer, with what shows it.

use std::time::Instant;

use pumasi_simplex::network::{MinCostFlow, NetBreach, NetFlow, NoFlow};
use pumasi_wire::instances::flow::FlowDocument;
use pumasi_wire::instances::{Format, Parsed};
use serde_json::{Value, json};

use super::check::Check;
use super::{FLOWS_SHOWN, Given, wrong};
use crate::commands::Context;
use crate::failure::{Exit, Failure};
use crate::files;
use crate::output::{Answer, Page};
use crate::words::{Filling, number};

/// Nodes and arcs named where something stands against a flow, unless all are asked for.
const NAMED: usize = 20;

/// Finds the flow of least cost.
///
/// # Errors
/// Where the file does not hold.
pub fn solve(
    given: &Given,
    parsed: Parsed,
    all: bool,
    context: &Context<'_>,
) -> Result<Answer, Failure> {
    // Reading is over; making the problem counts.
    let start = Instant::now();
    let problem =
        parsed.min_cost().map_err(|findings| wrong(&given.file, &findings, context.words))?;
    let found = problem.solve();
    let seconds = start.elapsed().as_secs_f64();
    let told = Told { problem: &problem, seconds, all, context };
    Ok(match found {
        Ok(flow) => told.flow(&flow),
        Err(NoFlow::Infeasible { cut }) => told.infeasible(&cut),
        Err(NoFlow::Unbounded { cycle }) => told.unbounded(&cycle),
    })
}

struct Told<'a> {
    problem: &'a MinCostFlow,
    seconds: f64,
    all: bool,
    context: &'a Context<'a>,
}

impl Told<'_> {
    fn head(&self) -> Page {
        let words = self.context.words;
        let (nodes, arcs) = (self.problem.supplies().len(), self.problem.arcs().len());
        let sizes = [("nodes", nodes.into()), ("arcs", arcs.into())];
        let mut page = Page::default();
        page.field(words.say("flow-format"), Format::Dimacs.name())
            .field(words.say("flow-size"), words.say_with("flow-net-sizes", &sizes));
        page
    }

    fn flow(&self, found: &NetFlow) -> Answer {
        let words = self.context.words;
        let mut page = self.head();
        page.field(words.say("flow-objective"), whole(found.cost))
            .field(words.say("flow-gap"), "0")
            .field(words.say("flow-seconds"), format!("{:.3}", self.seconds));
        let headings = ["flow-arc#", "flow-from#", "flow-to#", "flow-units#", "flow-unit-cost#"];
        let mut table = self.context.table(&headings);
        let carried = (1_u32..).zip(self.problem.arcs()).zip(&found.flow);
        let carried = carried.filter(|(_, units)| **units != 0);
        let count = carried.clone().count();
        let shown = if self.all { usize::MAX } else { FLOWS_SHOWN };
        for ((at, arc), units) in carried.take(shown) {
            let (from, to) = (u64::from(arc.from) + 1, u64::from(arc.to) + 1);
            let cells = [at.to_string(), from.to_string(), to.to_string()];
            table.row(cells.into_iter().chain([number(*units), number(arc.cost)]));
        }
        page.title(words.say_with("flow-flows", &[("count", count.into())]))
            .table(table, words.say("flow-none"));
        if count > shown {
            page.line(words.say_with("flow-more", &[("count", (count - shown).into())]));
        }
        // Millions of flows are made a value only for whoever asks for one.
        let mut value = json!(count);
        if self.context.json {
            value = json!(FlowDocument::of(found));
            self.fields(&mut value, "optimal");
            if let Some(fields) = value.as_object_mut() {
                fields.insert("gap".to_owned(), json!(0.0));
                fields.insert("all_met".to_owned(), json!(true));
                fields.insert("pivots".to_owned(), json!(found.pivots));
            }
        }
        Answer::new(value, page)
    }

    /// Adds what every answer says of itself.
    fn fields(&self, value: &mut Value, status: &str) {
        if let Some(fields) = value.as_object_mut() {
            fields.insert("format".to_owned(), json!(Format::Dimacs.name()));
            fields.insert("status".to_owned(), json!(status));
            fields.insert("seconds".to_owned(), json!(self.seconds));
        }
    }

    fn infeasible(&self, cut: &[u32]) -> Answer {
        let missing = self.problem.shortfall(cut).unwrap_or_default();
        let nodes: Vec<u64> = cut.iter().map(|node| u64::from(*node) + 1).collect();
        let fillings = [("count", nodes.len().into()), ("missing", Filling::from(whole(missing)))];
        let mut page = self.none("flow-infeasible", &fillings);
        self.name(&mut page, "flow-cut", &nodes);
        let mut value = json!({ "all_met": false, "cut": nodes, "missing": whole_value(missing) });
        self.fields(&mut value, "infeasible");
        Answer::new(value, page).ending(Some(Exit::BadFile))
    }

    fn unbounded(&self, cycle: &[u32]) -> Answer {
        let arcs: Vec<u64> = cycle.iter().map(|arc| u64::from(*arc) + 1).collect();
        let mut page = self.none("flow-unbounded", &[("count", arcs.len().into())]);
        self.name(&mut page, "flow-cycle", &arcs);
        let mut value = json!({ "all_met": false, "cycle": arcs });
        self.fields(&mut value, "unbounded");
        Answer::new(value, page).ending(Some(Exit::BadFile))
    }

    fn none(&self, key: &str, fillings: &[(&'static str, Filling)]) -> Page {
        let words = self.context.words;
        let mut page = self.head();
        page.field(words.say("flow-seconds"), format!("{:.3}", self.seconds))
            .line(words.say_with(key, fillings));
        page
    }

    /// Names nodes or arcs by their numbers in the file.
    fn name(&self, page: &mut Page, key: &str, numbers: &[u64]) {
        let words = self.context.words;
        let shown = if self.all { usize::MAX } else { NAMED };
        let list: Vec<String> = numbers.iter().take(shown).map(ToString::to_string).collect();
        page.line(words.say_with(key, &[("list", list.join(" ").into())]));
        if numbers.len() > shown {
            page.line(words.say_with("flow-more", &[("count", (numbers.len() - shown).into())]));
        }
    }
}

/// Judges a flow, and whether the prices beside it prove it the best.
///
/// # Errors
/// Where problem or flow do not read.
pub fn check(asked: &Check, parsed: Parsed, context: &Context<'_>) -> Result<Answer, Failure> {
    let words = context.words;
    let problem = parsed.min_cost().map_err(|found| wrong(&asked.given.file, &found, words))?;
    let bytes = files::read_up_to(&asked.plan, super::BYTES_MAX)?;
    let not_plan = |findings: Vec<_>| wrong(&asked.plan, &findings, words);
    let document = FlowDocument::read(&bytes).map_err(not_plan)?;
    let (count, stated) = (document.flows.len(), document.objective);
    let mut page = Page::default();
    match document.judge(&problem).map_err(not_plan)? {
        Ok(judged) => {
            let proof = if judged.is_best { "flow-proved" } else { "flow-not-proved" };
            page.line(words.say_with("flow-holds", &[("count", count.into())]))
                .line(words.say(proof))
                .field(words.say("flow-objective"), whole(judged.cost));
            let objective = whole_value(judged.cost);
            let value = json!({
                "holds": true,
                "flows": count,
                "objective": objective,
                "proved_best": judged.is_best,
                "breaches": [],
            });
            Ok(Answer::new(value, page))
        }
        Err(breach) => {
            let (code, id, what) = match breach {
                NetBreach::OutOfBounds { arc } => ("arc", Some(arc + 1), "flow-net-bounds"),
                NetBreach::NotConserved { node } => ("node", Some(node + 1), "flow-net-lost"),
                NetBreach::NotOptimal { arc } => ("price", Some(arc + 1), "flow-net-pays"),
                _ => ("objective", None, "flow-breach-objective"),
            };
            let cost = if let NetBreach::CostDiffers { cost } = breach { cost } else { 0 };
            let fillings = [
                ("id", Filling::from(id.map_or_else(String::new, |id| id.to_string()))),
                ("found", whole(cost).into()),
                ("most", super::figure(stated).into()),
            ];
            let what = words.say_with(what, &fillings);
            page.line(words.say_with("flow-breaks", &[("count", 1_usize.into())]));
            page.line(what.clone());
            let breach = json!({ "code": code, "id": id, "what": what });
            let value = json!({ "holds": false, "count": 1, "breaches": [breach] });
            Ok(Answer::new(value, page).ending(Some(Exit::BadFile)))
        }
    }
}

/// A whole number in groups of three digits where it is one of those that are told so.
fn whole(figure: i128) -> String {
    i64::try_from(figure).map_or_else(|_| figure.to_string(), number)
}

/// A whole number as JSON has it: exact as far as programs read it exactly.
#[expect(
    clippy::as_conversions,
    clippy::cast_precision_loss,
    reason = "what has no exact form is told as the nearest figure"
)]
fn whole_value(figure: i128) -> Value {
    i64::try_from(figure).map_or_else(|_| json!(figure as f64), |figure| json!(figure))
}
