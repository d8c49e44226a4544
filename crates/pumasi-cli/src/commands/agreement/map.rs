//! `pumasi agreement map`: what exists and what is missing between parties.

use std::collections::BTreeMap;

use clap::Args;
use pumasi_base::{Date, PartyId, PurposeId};
use pumasi_node::agreement::Agreements;
use pumasi_node::clock::Clock;
use pumasi_node::view::Lexicon;
use pumasi_node::view::map::{MapForm, map};
use pumasi_node::view::page::{ClauseRefLine, MapPage, MapRow, PairLine, Words as Captions};
use serde_json::json;

use crate::commands::Context;
use crate::failure::{Exit, Failure};
use crate::output::{Answer, Page};

/// What to look at.
#[derive(Args)]
pub struct MapArgs {
    #[arg(long = "party", value_name = "PARTY", required_if_eq("offline", "true"))]
    parties: Vec<PartyId>,
    #[arg(long, value_name = "DATE")]
    on: Option<Date>,
    #[arg(long, value_name = "PURPOSE", default_value = "disaster_relief")]
    purpose: PurposeId,
    #[arg(
        long,
        value_name = "STATUS",
        default_value = "actual",
        value_parser = ["actual", "exercise", "test"]
    )]
    status: String,
    #[arg(long, value_name = "HOURS", default_value_t = 48)]
    first_hours: u32,
    #[arg(long, value_name = "DAYS", default_value_t = 90)]
    within_days: u32,
    #[arg(long)]
    offline: bool,
}

/// Asks the node, or with `--offline` the library itself.
pub(super) fn run(args: MapArgs, context: &Context<'_>) -> Result<Answer, Failure> {
    if args.offline {
        return offline(args, context);
    }
    let mut fields: Vec<(&str, String)> =
        args.parties.iter().map(|party| ("party", party.to_string())).collect();
    fields.extend(args.on.map(|on| ("on", on.to_string())));
    fields.push(("purpose", args.purpose.to_string()));
    fields.push(("status", args.status));
    fields.push(("first_hours", args.first_hours.to_string()));
    fields.push(("within_days", args.within_days.to_string()));
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
    let fetched = context.desk()?.read::<MapPage>("/agreements/map", &fields)?;
    let page = shown(&fetched.page, context);
    Ok(Answer::new(fetched.value, page))
}

fn offline(args: MapArgs, context: &Context<'_>) -> Result<Answer, Failure> {
    let library = context.library()?;
    let compiled = Agreements::compile(library.agreements().values())
        .map_err(|error| Failure::new("failure-agreements-clash", Exit::BadFile).because(error))?;
    let lexicon = Lexicon::new(&library.catalog, library.agreements().values().cloned());
    let form = MapForm {
        parties: args.parties.iter().map(ToString::to_string).collect(),
        on: args.on.map(|on| on.to_string()),
        purpose: Some(args.purpose.to_string()),
        status: Some(args.status),
        first_hours: Some(args.first_hours.to_string()),
        within_days: Some(args.within_days.to_string()),
    };
    let drawn = map(&lexicon, &compiled, &form, None, Clock.now()).map_err(|problem| {
        Failure::new("failure-map", Exit::Usage).because(context.words.of(&problem.words))
    })?;
    let drawn = drawn.into_inner();
    let page = shown(&drawn, context);
    Ok(Answer::new(json!(drawn), page))
}

/// The map as people read it.
fn shown(map: &MapPage, context: &Context<'_>) -> Page {
    let words = context.words;
    let named = Named::of(map, context);
    let mut page = Page::default();
    let day = [("date", map.on.as_str().into()), ("purpose", words.of(&map.purpose_words).into())];
    page.title(words.say_with("map-title", &day));
    for counts in &map.counts {
        page.line(words.of(&counts.words));
    }
    matrix(&mut page, map, &named, context);
    if !map.unbound.is_empty() {
        let pairs: Vec<String> = map.unbound.iter().map(|pair| named.pair(pair, "–")).collect();
        page.field(words.say("map-unbound"), pairs.join(" · "));
    }
    lapses(&mut page, map, &named, context);
    page.title(words.say("map-gaps"));
    if map.gaps.is_empty() {
        page.line(words.say("map-gaps-none"));
    }
    for gap in &map.gaps {
        page.line(words.of(&gap.words));
        for near in &gap.near {
            let clauses = named.clauses(&near.clauses);
            page.line(format!("    {} [{clauses}]", words.of(&near.words)));
        }
        if let Some(step) = &gap.step {
            let step = [("step", named.step(step).into())];
            page.line(format!("    {}", words.say_with("map-gap-step", &step)));
        }
    }
    steps(&mut page, map, &named, context);
    page
}

/// What may be done, a line for each pair and group of which there is something to say.
fn matrix(page: &mut Page, map: &MapPage, named: &Named<'_>, context: &Context<'_>) {
    let words = context.words;
    let mut table = context.table(&["pairs", "category", "in-force", "if-in-force", "clause"]);
    for row in &map.rows {
        let mut pairs = named.pairs(row);
        for (cell, group) in row.cells.iter().zip(&map.groups) {
            if cell.acts.is_empty() {
                continue;
            }
            let mut answer = words.code("cell", &cell.answer);
            if !cell.whole {
                answer = words.say_with("cell-in-part", &[("answer", answer.into())]);
            }
            let coming = cell.coming.as_ref().map(|coming| words.code("cell", coming));
            let mut cited: Vec<ClauseRefLine> = Vec::new();
            for clause in cell.acts.iter().flat_map(|act| &act.clauses) {
                if !cited.contains(clause) {
                    cited.push(clause.clone());
                }
            }
            table.row([
                std::mem::take(&mut pairs),
                words.of(&group.names).to_owned(),
                answer,
                coming.unwrap_or_else(|| "—".to_owned()),
                named.clauses(&cited),
            ]);
        }
    }
    page.title(words.say("map-matrix")).table(table, words.say("map-matrix-none"));
}

fn lapses(page: &mut Page, map: &MapPage, named: &Named<'_>, context: &Context<'_>) {
    let words = context.words;
    let mut table = context.table(&["until", "clause", "says"]);
    for lapse in &map.lapses {
        table.row([
            lapse.on.clone().unwrap_or_else(|| "—".to_owned()),
            named.clauses(std::slice::from_ref(&lapse.clause)),
            words.of(&lapse.words).to_owned(),
        ]);
    }
    let within = [("days", map.within_days.into())];
    page.title(words.say_with("map-lapses", &within)).table(table, words.say("map-lapses-none"));
}

fn steps(page: &mut Page, map: &MapPage, named: &Named<'_>, context: &Context<'_>) {
    let words = context.words;
    page.title(words.say("map-steps"));
    for relation in &map.relations {
        let pairs: Vec<String> = relation.pairs.iter().map(|pair| named.pair(pair, "–")).collect();
        page.line(format!("{}: {}", pairs.join(" · "), words.of(&relation.words)));
    }
}

/// What the page names by id, in the reader's words.
struct Named<'a> {
    map: &'a MapPage,
    names: BTreeMap<&'a str, &'a str>,
    context: &'a Context<'a>,
}

/// The most pairs of one row that are named.
const PAIRS_SHOWN: usize = 3;

impl<'a> Named<'a> {
    fn of(map: &'a MapPage, context: &'a Context<'a>) -> Self {
        let name = |names: &'a Captions| context.words.of(names);
        let names = map.names.iter().map(|party| (party.id.as_str(), name(&party.names)));
        Self { map, names: names.collect(), context }
    }

    fn party(&self, id: &'a str) -> &'a str {
        self.names.get(id).copied().unwrap_or(id)
    }

    fn pair(&self, pair: &'a PairLine, between: &str) -> String {
        format!("{} {between} {}", self.party(&pair.one), self.party(&pair.other))
    }

    fn pairs(&self, row: &'a MapRow) -> String {
        let shown = row.pairs.iter().take(PAIRS_SHOWN).map(|pair| self.pair(pair, "→"));
        let list = shown.collect::<Vec<_>>().join(" · ");
        match row.pairs.len().checked_sub(PAIRS_SHOWN).filter(|more| *more > 0) {
            Some(more) => format!("{list} · +{more}"),
            None => list,
        }
    }

    fn step(&self, id: &str) -> &'a str {
        let step = self.map.steps.iter().find(|step| step.id == id);
        step.map_or("", |step| self.context.words.of(&step.names))
    }

    /// Clauses by agreement and article.
    fn clauses(&self, cited: &[ClauseRefLine]) -> String {
        let article = |cited: &ClauseRefLine| {
            let known = self
                .map
                .clauses
                .iter()
                .find(|line| line.agreement == cited.agreement && line.clause == cited.clause);
            let article =
                known.map_or(cited.clause.as_str(), |line| self.context.words.of(&line.article));
            format!("{} {article}", cited.agreement)
        };
        cited.iter().map(article).collect::<Vec<_>>().join(" · ")
    }
}
