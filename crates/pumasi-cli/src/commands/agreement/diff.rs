//! `pumasi agreement diff`: two texts of one agreement beside each other, clause by clause.

use std::path::{Path, PathBuf};

use clap::Args;
use pumasi_node::view::page::{ClauseDiff, DiffPage, FieldDiff};
use pumasi_node::view::{Lexicon, diff};
use serde_json::{Value, json};

use super::read_file;
use crate::commands::Context;
use crate::failure::{Exit, Failure};
use crate::output::{Answer, Page};

/// Which texts to compare: two drafts that the node has, or two files.
#[derive(Args)]
pub struct Diff {
    #[arg(value_name = "AGREEMENT")]
    first: String,
    #[arg(value_name = "FILE", conflicts_with_all = ["from", "to", "matter"])]
    second: Option<PathBuf>,
    #[arg(long, value_name = "VERSION")]
    from: Option<u32>,
    #[arg(long, value_name = "VERSION")]
    to: Option<u32>,
    #[arg(long, value_name = "MATTER")]
    matter: Option<String>,
}

/// Shows what differs.
pub(super) fn run(diff: &Diff, context: &Context<'_>) -> Result<Answer, Failure> {
    match &diff.second {
        Some(second) => files(Path::new(&diff.first), second, context),
        None => drafts(diff, context),
    }
}

fn drafts(diff: &Diff, context: &Context<'_>) -> Result<Answer, Failure> {
    let number = |version: Option<u32>| version.map(|version| version.to_string());
    let (from, to) = (number(diff.from), number(diff.to));
    let given = [("from", from.as_deref()), ("to", to.as_deref())];
    let given = given.into_iter().chain([("matter", diff.matter.as_deref())]);
    let parameters: Vec<(&str, &str)> =
        given.filter_map(|(name, value)| Some((name, value?))).collect();
    let path = format!("/agreements/{}/diff", diff.first);
    let fetched = context.desk()?.read::<DiffPage>(&path, &parameters)?;
    let told = &fetched.page;
    let older = told.from.map_or_else(
        || context.words.say("text-of-library"),
        |from| context.words.say_with("version-number", &[("version", from.into())]),
    );
    let newer = context.words.say_with("version-number", &[("version", told.to.into())]);
    let page = page(told, &older, &newer, context);
    Ok(Answer::new(fetched.value, page))
}

fn files(first: &Path, second: &Path, context: &Context<'_>) -> Result<Answer, Failure> {
    let (one, other) = (read_file(first, context)?, read_file(second, context)?);
    let library = context.library()?;
    let lexicon = Lexicon::new(&library.catalog, []);
    let told = diff::compared(&lexicon, &one, &other, (None, 0))
        .map_err(|error| Failure::new("failure-agreements-clash", Exit::BadFile).because(error))?;
    let [older, newer] = [first, second].map(|path| path.display().to_string());
    let page = page(&told, &older, &newer, context);
    let mut value = json!(told);
    if let Value::Object(fields) = &mut value {
        // Files have no numbers.
        fields.remove("from");
        fields.remove("to");
    }
    Ok(Answer::new(value, page))
}

fn page(told: &DiffPage, older: &str, newer: &str, context: &Context<'_>) -> Page {
    let words = context.words;
    let mut page = Page::default();
    page.title(format!("{older} → {newer}"))
        .field(words.say("column-first"), told.from_digest.clone())
        .field(words.say("column-second"), told.to_digest.clone());
    let same = told.head.is_empty() && told.clauses.iter().all(|clause| clause.change == "same");
    if same {
        let bytes = told.from_digest == told.to_digest;
        page.line(words.say(if bytes { "diff-same" } else { "diff-layout" }));
    }
    if !told.head.is_empty() {
        let mut table = context.table(&["field", "before", "after-change"]);
        told.head.iter().for_each(|field| table.row(row(field, context)));
        page.title(words.say("title-head")).table(table, "");
    }
    for clause in told.clauses.iter().filter(|clause| clause.change != "same") {
        add_clause(&mut page, clause, context);
    }
    if !told.effects.is_empty() {
        page.title(words.say("title-effects"));
        told.effects.iter().for_each(|effect| {
            page.line(words.of(effect));
        });
    }
    page
}

fn add_clause(page: &mut Page, clause: &ClauseDiff, context: &Context<'_>) {
    let words = context.words;
    let article = clause.after.as_ref().or(clause.before.as_ref());
    let article = article.map_or("", |detail| words.of(&detail.article));
    let change = words.code("change", &clause.change);
    let mut table = context.table(&["field", "before", "after-change"]);
    clause.fields.iter().for_each(|field| table.row(row(field, context)));
    page.title(format!("{} {article}: {change}", clause.clause)).table(table, "");
}

fn row(field: &FieldDiff, context: &Context<'_>) -> [String; 3] {
    let side = |side: &Option<String>| side.clone().unwrap_or_else(|| "—".to_owned());
    let name = match field.field.as_str() {
        "#" => context.words.say("field-place"),
        name => name.to_owned(),
    };
    [name, side(&field.before), side(&field.after)]
}
