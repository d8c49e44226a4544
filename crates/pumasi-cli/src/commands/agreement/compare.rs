//! `pumasi agreement compare`: what a second agreement lets happen that a first does not, and back.

use std::path::PathBuf;

use clap::Args;
use pumasi_base::{Captions, PartyId};
use pumasi_node::agreement::compare::Answer as Says;
use pumasi_node::agreement::scope::mode_code;
use pumasi_node::agreement::{self, Agreement, Cell, Comparison, vocabulary};
use pumasi_node::library::Library;
use serde_json::{Value, json};

use super::examine::articles;
use super::{in_all, named, read_file, term};
use crate::commands::Context;
use crate::failure::{Exit, Failure};
use crate::output::{Answer, Page};

/// The most pairs of parties that one cell of a table lists.
const PAIRS_MAX: usize = 3;

/// Which files to compare.
#[derive(Args)]
pub struct Compare {
    #[arg(value_name = "FILE")]
    first: PathBuf,
    #[arg(value_name = "FILE")]
    second: PathBuf,
}

/// What both comparisons of tables need.
struct Reader<'r> {
    context: &'r Context<'r>,
    library: &'r Library,
    first: &'r Agreement,
    second: &'r Agreement,
}

/// Compares two files.
pub(super) fn run(compare: &Compare, context: &Context<'_>) -> Result<Answer, Failure> {
    let (first, second) =
        (read_file(&compare.first, context)?, read_file(&compare.second, context)?);
    let comparison = agreement::compare(&first, &second)
        .map_err(|error| Failure::new("failure-agreements-clash", Exit::BadFile).because(error))?;
    let library = context.library()?;
    let reader = Reader { context, library: &library, first: &first, second: &second };
    let mut page = Page::default();
    if comparison.is_empty() {
        page.line(context.words.say("comparison-same"));
    }
    for (key, cells) in areas(&comparison) {
        reader.table(&format!("title-compare-{key}"), cells, &mut page);
    }
    if let Some((one, other)) = &comparison.term {
        page.title(context.words.say("title-compare-term"))
            .field(context.words.say("column-first"), reader.says(one, &first))
            .field(context.words.say("column-second"), reader.says(other, &second));
    }
    let mut value = json!({ "first": first.digest(), "second": second.digest() });
    if let Some(object) = value.as_object_mut() {
        for (key, cells) in areas(&comparison) {
            let cells: Vec<Value> = cells.iter().map(cell_value).collect();
            object.insert(key.replace('-', "_"), cells.into());
        }
        let term = comparison
            .term
            .as_ref()
            .map(|(one, other)| json!({ "first": says_value(one), "second": says_value(other) }));
        object.insert("term".to_owned(), term.into());
    }
    Ok(Answer::new(value, page))
}

/// The areas in which agreements differ, each by its name.
fn areas(comparison: &Comparison) -> [(&'static str, &[Cell]); 6] {
    [
        ("permits-new", &comparison.permits_new),
        ("forbids-new", &comparison.forbids_new),
        ("limits", &comparison.limits),
        ("conditions", &comparison.conditions),
        ("settlements", &comparison.settlements),
        ("passing-on", &comparison.passing_on),
    ]
}

impl Reader<'_> {
    fn table(&self, title: &str, cells: &[Cell], page: &mut Page) {
        if cells.is_empty() {
            return;
        }
        let columns = ["step", "category", "purpose", "pairs", "first", "second"];
        let mut table = self.context.table(&columns);
        for cell in cells {
            table.row([
                self.step(cell),
                self.list(&cell.categories, vocabulary::categories().count(), vocabulary::category),
                self.list(&cell.purposes, vocabulary::purposes().count(), vocabulary::purpose),
                self.pairs(&cell.pairs),
                self.says(&cell.a, self.first),
                self.says(&cell.b, self.second),
            ]);
        }
        page.title(self.context.words.say(title)).table(table, "");
    }

    /// The steps, with the statuses and modes where they are not all.
    fn step(&self, cell: &Cell) -> String {
        let actions = cell.actions.iter().map(|action| term("action", action.code(), self.context));
        let statuses = cell.statuses.iter().filter(|_| cell.statuses.len() < 3);
        let statuses = statuses.map(|status| term("status", &status.to_string(), self.context));
        let modes = cell.modes.iter().map(|mode| term("mode", mode_code(*mode), self.context));
        let narrowed: Vec<String> = statuses.chain(modes).collect();
        let actions = actions.collect::<Vec<_>>().join(" · ");
        if narrowed.is_empty() { actions } else { format!("{actions} ({})", narrowed.join(" · ")) }
    }

    fn list<Id: ToString>(
        &self,
        ids: &[Id],
        all: usize,
        caption: fn(&Id) -> Option<&'static Captions>,
    ) -> String {
        let words = self.context.words;
        if ids.len() == all {
            return words.say("every-one");
        }
        let word = |id: &Id| {
            caption(id).map_or_else(|| id.to_string(), |c| c.in_lang(words.lang()).to_owned())
        };
        ids.iter().map(word).collect::<Vec<_>>().join(" · ")
    }

    fn pairs(&self, pairs: &[(PartyId, PartyId)]) -> String {
        let words = self.context.words;
        if pairs.is_empty() {
            return words.say("every-one");
        }
        let party = |id| self.context.party_called(id, self.library);
        let shown = pairs.iter().take(PAIRS_MAX);
        let mut shown: Vec<String> = shown
            .map(|(giver, receiver)| format!("{} → {}", party(giver), party(receiver)))
            .collect();
        if pairs.len() > PAIRS_MAX {
            let more = [("count", (pairs.len() - PAIRS_MAX).into())];
            shown.push(words.say_with("more-pairs", &more));
        }
        shown.join(" · ")
    }

    /// What one agreement says: its terms, or how much it lets happen; and by which articles.
    fn says(&self, says: &Says, agreement: &Agreement) -> String {
        let lang = self.context.words.lang();
        let name = |p: &_| named(p, self.context, self.library);
        let terms: Vec<String> = says.terms.iter().map(|t| t.caption_with(lang, &name)).collect();
        let said = if terms.is_empty() {
            term("outcome", says.freedom.code(), self.context)
        } else {
            terms.join(" · ")
        };
        if says.clauses.is_empty() {
            return said;
        }
        format!("{said} ({})", articles(&says.clauses, agreement, self.context))
    }
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
