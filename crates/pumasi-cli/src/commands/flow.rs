//! `pumasi flow`: planning instances of others and ours, drawn, solved and checked, offline.

mod check;
mod exact;

use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::{Args, Subcommand};
use pumasi_flow::generate::region::{
    CATEGORIES_MAX, Draw, PERIODS_MAX, PLACES_MAX, SCALE_MAX, draw,
};
use pumasi_flow::optimum::{Effort, Optimum, optimise};
use pumasi_wire::instances::plan::PlanDocument;
use pumasi_wire::instances::{Finding, Format, Instance, Parsed, json, mnetgen, parse};
use serde_json::{Value, json};

use crate::commands::Context;
use crate::failure::{Exit, Failure};
use crate::files;
use crate::output::{Answer, Page};
use crate::words::{Words, number};

/// Flows shown unless all are asked for.
const FLOWS_SHOWN: usize = 20;
/// The largest instance read: room for as many entries as a reader takes.
const BYTES_MAX: u64 = 1024 * 1024 * 1024;
/// The share of the burden without relief that rounding alone can leave.
const ROUNDING: f64 = 1e-9;

/// What can be done with planning instances.
#[derive(Subcommand)]
pub enum Verb {
    /// Draws an instance of the reference family.
    Generate(Generate),
    /// Finds the best plan, and proves how good it is.
    Solve(Solve),
    /// Checks a plan by the instance alone.
    Check(check::Check),
}

/// What to draw.
#[derive(Args)]
pub struct Generate {
    #[arg(long, value_name = "N")]
    scenario: u64,
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    #[arg(long, value_name = "N", default_value_t = 28, value_parser = at_most(PERIODS_MAX))]
    periods: u64,
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = at_most(CATEGORIES_MAX))]
    categories: u64,
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = at_most(SCALE_MAX))]
    scale: u64,
    #[arg(long, value_name = "N", default_value_t = 76, value_parser = at_most(PLACES_MAX))]
    places: u64,
}

/// A whole number from 1 to `most`.
fn at_most(most: usize) -> clap::builder::RangedU64ValueParser<u64> {
    clap::value_parser!(u64).range(1..=u64::try_from(most).unwrap_or(u64::MAX))
}

/// Which instance.
#[derive(Args)]
pub struct Given {
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[arg(long, value_name = "FORMAT", default_value = "auto",
        value_parser = ["auto", "pumasi", "reference", "dimacs", "mnetgen", "canad"])]
    format: String,
}

/// What to solve.
#[derive(Args)]
pub struct Solve {
    #[command(flatten)]
    given: Given,
    #[arg(long)]
    all: bool,
}

/// Does what is asked with planning instances.
///
/// # Errors
/// Why it was not done.
pub fn run(verb: Verb, context: &Context<'_>) -> Result<Answer, Failure> {
    match verb {
        Verb::Generate(generate) => Ok(self::generate(&generate, context)),
        Verb::Solve(solve) => self::solve(&solve, context),
        Verb::Check(check) => check::run(&check, context),
    }
}

fn generate(asked: &Generate, context: &Context<'_>) -> Answer {
    let size = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
    let said = draw(Draw {
        seed: asked.seed,
        scenario: asked.scenario,
        places: size(asked.places),
        categories: size(asked.categories),
        periods: size(asked.periods),
        scale: size(asked.scale),
    });
    let text = json::write(&said);
    // The text is the document already; only whoever wants an answer as a value gets it parsed.
    let value = if context.json { serde_json::from_str(&text).ok() } else { None };
    Answer::new(value.unwrap_or_else(|| json!(text.len())), Page::verbatim(text))
}

impl Given {
    /// Reads the file, or the four files in a folder.
    fn read(&self) -> Result<Parsed, Failure> {
        let asked = Format::ALL.into_iter().find(|format| format.name() == self.format);
        let folder = self.file.is_dir();
        let bytes =
            if folder { joined(&self.file)? } else { files::read_up_to(&self.file, BYTES_MAX)? };
        let folder = folder.then_some(Format::Mnetgen);
        let format = folder.or(asked).or_else(|| Format::of(&bytes)).ok_or_else(|| {
            Failure::new("flow-unknown-format", Exit::BadFile)
                .with("file", self.file.display().to_string())
        })?;
        Ok(parse(&bytes, format))
    }

    /// What is wrong with the file, in the reader's language.
    fn wrong(&self, findings: &[Finding], words: &Words) -> Failure {
        wrong(&self.file, findings, words)
    }
}

/// What is wrong with a file, in the reader's language.
fn wrong(file: &Path, findings: &[Finding], words: &Words) -> Failure {
    let failure = Failure::new("flow-file-wrong", Exit::BadFile)
        .with("file", file.display().to_string())
        .with("count", findings.len());
    findings.iter().fold(failure, |failure, finding| failure.because(finding.line(words.lang())))
}

/// The four files of a problem in a folder of their own, one after the other.
fn joined(folder: &Path) -> Result<Vec<u8>, Failure> {
    let missing = |ending: &str| {
        Failure::new("flow-folder-incomplete", Exit::BadFile)
            .with("folder", folder.display().to_string())
            .with("ending", ending)
    };
    let entries = std::fs::read_dir(folder).map_err(|error| missing("nod").because(error))?;
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    let mut bytes = Vec::new();
    for ending in mnetgen::ENDINGS {
        let mut found = paths.iter().filter(|path| path.extension().is_some_and(|e| e == ending));
        match (found.next(), found.next()) {
            (Some(path), None) => bytes.extend(files::read_up_to(path, BYTES_MAX)?),
            _ => return Err(missing(ending)),
        }
        bytes.push(b'\n');
    }
    Ok(bytes)
}

fn solve(asked: &Solve, context: &Context<'_>) -> Result<Answer, Failure> {
    let parsed = asked.given.read()?;
    if parsed.is_min_cost() {
        return exact::solve(&asked.given, parsed, asked.all, context);
    }
    // Reading is over; making the model counts.
    let start = Instant::now();
    let instance =
        parsed.build().map_err(|findings| asked.given.wrong(&findings, context.words))?;
    let optimum = optimise(&instance.model, &Effort::default());
    let seconds = start.elapsed().as_secs_f64();
    let solved = Solved::new(instance, optimum, seconds);
    let page = solved.page(asked.all, context);
    let exit = (!solved.met()).then_some(Exit::BadFile);
    Ok(Answer::new(solved.value(context), page).ending(exit))
}

/// An instance and the best plan for it.
struct Solved {
    instance: Instance,
    optimum: Optimum,
    plan: PlanDocument,
    without: f64,
    seconds: f64,
}

impl Solved {
    fn new(instance: Instance, optimum: Optimum, seconds: f64) -> Self {
        let plan = PlanDocument::of(&optimum, &instance);
        let without = instance.model.burden_without_relief();
        Self { instance, optimum, plan, without, seconds }
    }

    /// Whether all was met that had to be.
    fn met(&self) -> bool {
        !self.instance.mandatory || self.optimum.burden <= ROUNDING * self.without
    }

    fn cost(&self) -> f64 {
        self.optimum.cost + self.instance.fixed_cost
    }

    fn value(&self, context: &Context<'_>) -> Value {
        let lang = context.words.lang();
        let finding = |finding: &Finding| {
            let (place, code) = (&finding.place, finding.code.code());
            json!({ "place": place, "code": code, "what": finding.caption(lang) })
        };
        let parts = self.instance.model.parts();
        json!({
            "format": self.instance.format.name(),
            "objective": self.plan.objective,
            "gap": self.optimum.gap(),
            "seconds": self.seconds,
            "burden": self.optimum.burden,
            "burden_without_relief": self.without,
            "cost": self.cost(),
            "cost_weight": parts.cost_weight,
            "all_met": self.met(),
            "rounds": self.optimum.rounds,
            "pivots": self.optimum.pivots,
            "routes": self.optimum.routes,
            "findings": self.instance.findings.iter().map(finding).collect::<Vec<_>>(),
            "flows": self.plan.flows,
        })
    }

    fn page(&self, all: bool, context: &Context<'_>) -> Page {
        let words = context.words;
        let parts = self.instance.model.parts();
        let sizes = [
            ("sites", parts.sites.len().into()),
            ("arcs", parts.arcs.len().into()),
            ("stocks", parts.stocks.len().into()),
            ("needs", parts.needs.len().into()),
            ("lanes", parts.lanes.len().into()),
            ("periods", parts.periods.into()),
        ];
        let mut page = Page::default();
        page.field(words.say("flow-format"), self.instance.format.name())
            .field(words.say("flow-size"), words.say_with("flow-sizes", &sizes))
            .field(words.say("flow-objective"), figure(self.plan.objective))
            .field(words.say("flow-gap"), format!("{:.1e}", self.optimum.gap()))
            .field(words.say("flow-seconds"), format!("{:.3}", self.seconds))
            .field(words.say("flow-burden"), figure(self.optimum.burden))
            .field(words.say("flow-burden-without"), figure(self.without))
            .field(words.say("flow-cost"), figure(self.cost()));
        if !self.met() {
            page.line(words.say("flow-not-met"));
        }
        for finding in &self.instance.findings {
            page.line(finding.line(words.lang()));
        }
        let shown = if all { usize::MAX } else { FLOWS_SHOWN };
        self.flows(shown, &mut page, context);
        page
    }

    fn flows(&self, shown: usize, page: &mut Page, context: &Context<'_>) {
        let words = context.words;
        let mut table = context.table(&[
            "flow-need",
            "flow-period#",
            "flow-units#",
            "flow-stock",
            "flow-lane",
            "flow-way",
        ]);
        for flow in self.plan.flows.iter().take(shown) {
            let way: Vec<&str> = flow.steps.iter().map(|step| step.arc.as_str()).collect();
            table.row([
                flow.need.clone(),
                flow.period.to_string(),
                figure(flow.units),
                flow.stock.clone(),
                flow.lane.clone(),
                way.join(" → "),
            ]);
        }
        let count = self.plan.flows.len();
        page.title(words.say_with("flow-flows", &[("count", count.into())]))
            .table(table, words.say("flow-none"));
        if count > shown {
            page.line(words.say_with("flow-more", &[("count", (count - shown).into())]));
        }
    }
}

/// A figure in groups of three digits, with three decimals where it has any.
fn figure(figure: f64) -> String {
    let text = format!("{figure:.3}");
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let part = part.trim_end_matches('0');
    let whole = whole.parse::<i64>().map_or_else(|_| whole.to_owned(), number);
    if part.is_empty() { whole } else { format!("{whole}.{part}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_grouped_and_end_where_they_end() {
        for (given, shown) in [(0.0, "0"), (1234.5, "1,234.5"), (1e6, "1,000,000"), (0.0004, "0")] {
            assert_eq!(figure(given), shown);
        }
        assert_eq!(figure(1e20), "100000000000000000000");
    }
}
