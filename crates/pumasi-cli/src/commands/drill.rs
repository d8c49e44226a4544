//! `pumasi drill`: plays a real disaster on nodes of its own, as an exercise.

use clap::Subcommand;
use pumasi_node::drill::Script;
use pumasi_node::library;
use pumasi_node::view::page;
use serde_json::json;

use crate::commands::Context;
use crate::drill::{self, RunArgs};
use crate::failure::{Exit, Failure};
use crate::output::{Answer, Page};

/// What can be done with drills.
#[derive(Subcommand)]
pub enum Verb {
    /// Shows the drills there are.
    List,
    /// Plays one.
    Run(RunArgs),
}

/// Does what was asked.
///
/// # Errors
/// When a drill is unknown or cannot be played to its end.
pub fn run(verb: Verb, context: &Context<'_>) -> Result<Answer, Failure> {
    match verb {
        Verb::List => list(context),
        Verb::Run(args) => {
            let library = context.library()?;
            let report = drill::run(&args, &context.data, library, context.words, context.json)?;
            // The story has told it all to people; programs get the report.
            Ok(Answer::new(report, Page::default()))
        }
    }
}

fn list(context: &Context<'_>) -> Result<Answer, Failure> {
    let mut table = context.table(&["id", "title", "parties#"]);
    let mut values = Vec::new();
    for name in library::drills() {
        let script = Script::builtin(&name)
            .map_err(|error| Failure::new("failure-drill", Exit::BadFile).because(error))?;
        let title = page::Words::from(&script.title);
        let parties = crate::words::number(i64::try_from(script.parties.len()).unwrap_or(0));
        values.push(json!({"id": name, "title": title, "parties": script.parties}));
        table.row([name, context.words.of(&title).to_owned(), parties]);
    }
    let mut page = Page::default();
    page.table(table, "—");
    Ok(Answer::new(json!({ "drills": values }), page))
}
