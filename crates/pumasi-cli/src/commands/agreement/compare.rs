//! `pumasi agreement compare`: what a second agreement lets happen that a first does not, and back.

use std::path::PathBuf;

use clap::Args;
use pumasi_node::agreement::compare::Answer as Says;
use pumasi_node::agreement::scope::mode_code;
use pumasi_node::agreement::{self, Area, Cell, Told};
use serde_json::{Value, json};

use super::{in_all, named, read_file};
use crate::commands::Context;
use crate::failure::{Exit, Failure};
use crate::output::{Answer, Page};

/// Which files to compare.
#[derive(Args)]
pub struct Compare {
    #[arg(value_name = "FILE")]
    first: PathBuf,
    #[arg(value_name = "FILE")]
    second: PathBuf,
}

/// Compares two files.
pub(super) fn run(compare: &Compare, context: &Context<'_>) -> Result<Answer, Failure> {
    let (first, second) =
        (read_file(&compare.first, context)?, read_file(&compare.second, context)?);
    let comparison = agreement::compare(&first, &second)
        .map_err(|error| Failure::new("failure-agreements-clash", Exit::BadFile).because(error))?;
    let library = context.library()?;
    let name = |parameter: &_| named(parameter, context, &library);
    let lang = context.words.lang();
    let told = Told { first: &first, second: &second, lang, name: &name };
    let mut page = Page::default();
    if comparison.is_empty() {
        page.line(context.words.say("comparison-same"));
    }
    for (area, cells) in comparison.areas() {
        table(area, cells, told, context, &mut page);
    }
    if let Some((one, other)) = &comparison.term {
        page.title(context.words.say("title-compare-term"))
            .field(context.words.say("column-first"), told.says(one, &first))
            .field(context.words.say("column-second"), told.says(other, &second));
    }
    let mut value = json!({ "first": first.digest(), "second": second.digest() });
    if let Some(object) = value.as_object_mut() {
        for (area, cells) in comparison.areas() {
            let cells: Vec<Value> = cells.iter().map(cell_value).collect();
            object.insert(area.code().to_owned(), cells.into());
        }
        let term = comparison
            .term
            .as_ref()
            .map(|(one, other)| json!({ "first": says_value(one), "second": says_value(other) }));
        object.insert("term".to_owned(), term.into());
    }
    Ok(Answer::new(value, page))
}

/// The key under which an area stands in an answer for programs is its code; titles write it with
/// hyphens.
fn title(area: Area) -> String {
    format!("title-compare-{}", area.code().replace('_', "-"))
}

fn table(area: Area, cells: &[Cell], told: Told<'_>, context: &Context<'_>, page: &mut Page) {
    if cells.is_empty() {
        return;
    }
    let columns = ["step", "category", "purpose", "pairs", "first", "second"];
    let mut table = context.table(&columns);
    for cell in cells {
        table.row([
            told.steps(cell),
            told.categories(cell),
            told.purposes(cell),
            told.pairs(cell),
            told.says(&cell.a, told.first),
            told.says(&cell.b, told.second),
        ]);
    }
    page.title(context.words.say(&title(area))).table(table, "");
}

fn cell_value(cell: &Cell) -> Value {
    let pairs: Vec<Value> = cell
        .pairs
        .iter()
        .map(|(giver, receiver)| json!({ "giver": giver, "receiver": receiver }))
        .collect();
    json!({
        "actions": cell.actions.iter().map(|action| action.code()).collect::<Vec<_>>(),
        "categories": cell.categories,
        "purposes": cell.purposes,
        "statuses": cell.statuses,
        "modes": cell.modes.iter().map(|mode| mode_code(*mode)).collect::<Vec<_>>(),
        "pairs": pairs,
        "first": says_value(&cell.a),
        "second": says_value(&cell.b),
    })
}

fn says_value(says: &Says) -> Value {
    let terms: Vec<Value> = says
        .terms
        .iter()
        .map(|term| {
            let words = in_all(&|lang| term.caption_with(lang, &|_| None));
            json!({ "code": term.code(), "words": words })
        })
        .collect();
    json!({ "outcome": says.freedom.code(), "terms": terms, "clauses": says.clauses })
}
