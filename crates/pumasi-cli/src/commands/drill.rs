//! `pumasi drill`: plays a real disaster on nodes of its own, as an exercise.

use clap::{Args, Subcommand};
use pumasi_node::drill::{Scored, Script, score};
use pumasi_node::library;
use pumasi_node::view::page;
use serde_json::json;

use crate::commands::Context;
use crate::drill::{self, RunArgs};
use crate::failure::{Exit, Failure};
use crate::output::{Answer, Page};
use crate::words::number;

/// What can be done with drills.
#[derive(Subcommand)]
pub enum Verb {
    /// Shows the drills there are.
    List,
    /// Plays one.
    Run(RunArgs),
    /// Holds what was estimated against what was observed.
    Score(ScoreArgs),
}

/// Which drills are scored.
#[derive(Args)]
pub struct ScoreArgs {
    #[arg(long, value_name = "NAME")]
    drill: Option<String>,
}

/// Does what was asked.
///
/// # Errors
/// When a drill is unknown or cannot be played to its end.
pub fn run(verb: Verb, context: &Context<'_>) -> Result<Answer, Failure> {
    match verb {
        Verb::List => list(context),
        Verb::Score(args) => scores(&args, context),
        Verb::Run(args) => {
            let library = context.library()?;
            let report = drill::run(&args, &context.data, library, context.words, context.json)?;
            // The story has told it all to people; programs get the report.
            Ok(Answer::new(report, Page::default()))
        }
    }
}

fn scores(args: &ScoreArgs, context: &Context<'_>) -> Result<Answer, Failure> {
    let library = context.library()?;
    let names = args.drill.clone().map_or_else(library::drills, |name| vec![name]);
    let failed = |error| Failure::new("failure-drill", Exit::NotFound).because(error);
    let mut all: Vec<Scored> = Vec::new();
    for name in names {
        let script = Script::builtin(&name).map_err(failed)?;
        all.extend(score(&script, &library.estimator).map_err(failed)?);
    }
    let words = context.words;
    let headings = ["drill", "figure", "observed#", "estimate#", "ratio#", "inside", "fitted"];
    let mut table = context.table(&headings);
    for one in &all {
        let estimate = one.estimate.map_or_else(
            || words.say("not-estimated"),
            |range| words.spread(range.low, range.central, range.high),
        );
        let flag = |is: bool| words.say(if is { "yes" } else { "no" });
        table.row([
            one.drill.clone(),
            one.figure.clone(),
            number(one.observed),
            estimate,
            one.ratio_milli.map_or_else(|| "—".to_owned(), ratio),
            flag(one.is_inside),
            flag(one.is_fitted),
        ]);
    }
    let tests: Vec<&Scored> =
        all.iter().filter(|one| !one.is_fitted && one.estimate.is_some()).collect();
    let inside = tests.iter().filter(|one| one.is_inside).count();
    let within_ten = |one: &&&Scored| one.ratio_milli.is_some_and(|r| (100..=10_000).contains(&r));
    let near = tests.iter().filter(within_ten).count();
    let fillings =
        [("inside", inside.into()), ("near", near.into()), ("count", tests.len().into())];
    let mut page = Page::default();
    page.table(table, "—").line(words.say_with("score-summary", &fillings));
    let summary = json!({ "tests": tests.len(), "inside": inside, "within_ten_times": near });
    Ok(Answer::new(json!({ "scores": all, "summary": summary }), page))
}

/// A ratio as people write it: 1.3, 0.02, 120.
fn ratio(milli: i64) -> String {
    match milli {
        10_000.. => number((milli + 500) / 1000),
        100..10_000 => format!("{}.{}", (milli + 50) / 1000, (milli + 50) % 1000 / 100),
        _ => format!("0.{milli:03}"),
    }
}

fn list(context: &Context<'_>) -> Result<Answer, Failure> {
    let mut table = context.table(&["id", "title", "parties#"]);
    let mut values = Vec::new();
    for name in library::drills() {
        let script = Script::builtin(&name)
            .map_err(|error| Failure::new("failure-drill", Exit::BadFile).because(error))?;
        let title = page::Words::from(&script.title);
        let parties = number(i64::try_from(script.parties.len()).unwrap_or(0));
        values.push(json!({"id": name, "title": title, "parties": script.parties}));
        table.row([name, context.words.of(&title).to_owned(), parties]);
    }
    let mut page = Page::default();
    page.table(table, "—");
    Ok(Answer::new(json!({ "drills": values }), page))
}
