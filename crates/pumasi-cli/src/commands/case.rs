//! `pumasi case`: one disaster from need to settlement, over all its matters.

use clap::{Args, Subcommand};
use pumasi_node::view::page::{CaseLine, CasePage, CasesPage, NeedTotal, ReportPage};

use crate::commands::{Context, case_file, matter, order};
use crate::failure::Failure;
use crate::output::{Answer, Page, clause, short};
use crate::words::{moment, number};

/// What can be done with cases.
#[derive(Subcommand)]
pub enum Verb {
    /// Lists the cases this node shares.
    List,
    /// Shows one case.
    Show(One),
    /// Shows the after-action report of one case.
    Report(One),
    /// Writes the situation of a case as a file for others.
    Export(case_file::Export),
}

/// Which case.
#[derive(Args)]
pub struct One {
    #[arg(value_name = "CASE")]
    case: String,
}

/// Does what is asked with cases.
///
/// # Errors
/// Why it was not done.
pub fn run(verb: Verb, context: &Context<'_>) -> Result<Answer, Failure> {
    match verb {
        Verb::List => list(context),
        Verb::Show(one) => show(&one, context),
        Verb::Report(one) => report(&one, context),
        Verb::Export(export) => case_file::export(&export, context),
    }
}

fn list(context: &Context<'_>) -> Result<Answer, Failure> {
    let words = context.words;
    let fetched = context.desk()?.read::<CasesPage>("/cases", &[])?;
    let headings = ["id", "title", "status", "opened", "latest", "open-orders#", "acts#"];
    let mut table = context.table(&headings);
    for line in &fetched.page.cases {
        table.row([
            line.id.clone(),
            words.of(&line.title).to_owned(),
            words.code("status", &line.status),
            moment(&line.opened),
            moment(&line.latest),
            line.open_orders.to_string(),
            line.acts.to_string(),
        ]);
    }
    let mut page = Page::default();
    page.table(table, words.say("none-cases"));
    Ok(Answer::new(fetched.value, page))
}

fn add_case(page: &mut Page, line: &CaseLine, context: &Context<'_>) {
    let words = context.words;
    page.title(words.of(&line.title))
        .field(words.say("column-id"), line.id.clone())
        .field(words.say("column-status"), words.code("status", &line.status))
        .field(words.say("column-opened"), moment(&line.opened))
        .field(words.say("column-latest"), moment(&line.latest));
}

fn show(one: &One, context: &Context<'_>) -> Result<Answer, Failure> {
    let words = context.words;
    let fetched = context.desk()?.read::<CasePage>(&format!("/cases/{}", one.case), &[])?;
    let case = &fetched.page;
    let mut page = Page::default();
    add_case(&mut page, &case.case, context);
    page.title(words.say("title-matters"));
    matter::add_table(&mut page, &case.matters, context);
    page.title(words.say("title-needs"));
    add_needs(&mut page, &case.needs, context);
    page.title(words.say("title-requests"));
    add_requests(&mut page, case, context);
    page.title(words.say("title-offers"));
    add_offers(&mut page, case, context);
    page.title(words.say("title-orders"));
    order::add_table(&mut page, &case.orders, context);
    if !case.refusals.is_empty() {
        page.title(words.say("title-refusals"));
        add_refusals(&mut page, case, context);
    }
    page.title(words.say("title-timeline"));
    let mut table = context.table(&["time", "party", "what"]);
    for act in &case.timeline {
        let summary = words.of(&act.summary).to_owned();
        let refused = if act.refused { words.say("was-refused") } else { String::new() };
        let what = format!("{summary} {refused}");
        table.row([moment(&act.time), context.party(&act.party), what.trim_end().to_owned()]);
    }
    page.table(table, words.say("none-acts"));
    Ok(Answer::new(fetched.value, page))
}

/// Adds a table of needs against what was done about them.
pub fn add_needs(page: &mut Page, needs: &[NeedTotal], context: &Context<'_>) {
    let words = context.words;
    let headings =
        ["commodity", "needed#", "requested#", "committed#", "shipped#", "received#", "unmet#"];
    let mut table = context.table(&headings);
    for need in needs {
        let needed = words.spread(need.needed.low, need.needed.central, need.needed.high);
        table.row([
            words.of(&need.names).to_owned(),
            words.with_unit(&needed, &need.unit),
            number(need.requested),
            number(need.committed),
            number(need.shipped),
            number(need.received),
            number(need.unmet),
        ]);
    }
    page.table(table, words.say("none-needs"));
}

fn add_requests(page: &mut Page, case: &CasePage, context: &Context<'_>) {
    let words = context.words;
    let headings =
        ["id", "requesting", "assisting", "commodity", "amount#", "committed#", "place", "stage"];
    let mut table = context.table(&headings);
    for line in &case.requests {
        table.row([
            short(&line.id),
            context.party(&line.requesting),
            context.party(&line.assisting),
            words.of(&line.names).to_owned(),
            words.amount(&line.amount),
            words.amount(&line.committed),
            words.of(&line.place_names).to_owned(),
            words.code("request", &line.stage),
        ]);
    }
    page.table(table, words.say("none-requests"));
}

fn add_offers(page: &mut Page, case: &CasePage, context: &Context<'_>) {
    let words = context.words;
    let headings =
        ["id", "assisting", "requesting", "commodity", "amount#", "price#", "deadline", "stage"];
    let mut table = context.table(&headings);
    for line in &case.offers {
        table.row([
            short(&line.id),
            context.party(&line.assisting),
            context.party(&line.requesting),
            words.of(&line.names).to_owned(),
            words.amount(&line.amount),
            line.price.as_ref().map_or_else(|| "—".to_owned(), |sum| sum.text.clone()),
            line.deadline.as_deref().map_or_else(|| "—".to_owned(), moment),
            words.code("offer", &line.stage),
        ]);
    }
    page.table(table, words.say("none-offers"));
}

fn add_refusals(page: &mut Page, case: &CasePage, context: &Context<'_>) {
    let words = context.words;
    for refusal in &case.refusals {
        let who = format!("{} {}", moment(&refusal.time), words.of(&refusal.kind_names));
        page.line(format!("{who}: {}", words.of(&refusal.words)));
        for line in &refusal.clauses {
            page.line(format!("  {}", clause(line, words)));
        }
    }
}

fn report(one: &One, context: &Context<'_>) -> Result<Answer, Failure> {
    let words = context.words;
    let path = format!("/cases/{}/report", one.case);
    let fetched = context.desk()?.read::<ReportPage>(&path, &[])?;
    let report = &fetched.page;
    let mut page = Page::default();
    add_case(&mut page, &report.case, context);
    let after = |minutes: Option<i64>| {
        minutes.map_or_else(|| words.say("never"), |minutes| context.duration(minutes))
    };
    page.field(words.say("report-origin"), moment(&report.origin))
        .field(words.say("report-first-aid"), after(report.first_aid_min))
        .field(words.say("report-first-foreign-aid"), after(report.first_foreign_aid_min));
    add_unmet(&mut page, report, context);
    page.title(words.say("title-clauses"));
    let mut table = context.table(&["clause", "permitted#", "refused#"]);
    for tally in &report.clauses {
        table.row([
            clause(&tally.clause, words),
            tally.permitted.to_string(),
            tally.refused.to_string(),
        ]);
    }
    page.table(table, words.say("none-clauses"));
    add_owed(&mut page, report, context);
    page.title(words.say("title-digests"));
    let mut table = context.table(&["matter", "title", "nodes#", "same"]);
    for matter in &report.digests {
        table.row([
            short(&matter.matter),
            words.of(&matter.title).to_owned(),
            matter.nodes.len().to_string(),
            words.say(if matter.equal { "yes" } else { "no" }),
        ]);
    }
    page.table(table, words.say("none-matters"));
    page.title(words.say("title-facts"));
    let mut table = context.table(&["after", "figure", "value#", "source"]);
    for fact in &report.facts {
        let caption = words.of(&fact.caption).to_owned();
        table.row([
            context.duration(fact.at_min),
            caption,
            number(fact.value),
            fact.source.clone(),
        ]);
    }
    page.table(table, words.say("none-facts"));
    Ok(Answer::new(fetched.value, page))
}

/// The last point of each series: what was needed, received and missed in the end.
fn add_unmet(page: &mut Page, report: &ReportPage, context: &Context<'_>) {
    let words = context.words;
    page.title(words.say("title-unmet"));
    let mut table = context.table(&["commodity", "needed#", "received#", "unmet#"]);
    for series in &report.unmet {
        let Some(last) = series.points.last() else { continue };
        let shown = |figure: i64| words.with_unit(&number(figure), &series.unit);
        table.row([
            words.of(&series.names).to_owned(),
            shown(last.needed),
            shown(last.received),
            shown(last.unmet),
        ]);
    }
    page.table(table, words.say("none-needs"));
}

fn add_owed(page: &mut Page, report: &ReportPage, context: &Context<'_>) {
    let words = context.words;
    page.title(words.say("title-owed"));
    let mut table = context.table(&["debtor", "creditor", "owed#", "mode", "stage", "due"]);
    for owed in &report.owed {
        let sum = owed.sum.as_ref().map(|sum| sum.text.clone());
        let goods = owed.goods.as_ref().map(|goods| words.amount(goods));
        table.row([
            context.party(&owed.debtor),
            context.party(&owed.creditor),
            sum.or(goods).unwrap_or_else(|| "—".to_owned()),
            words.code("mode", &owed.mode),
            words.code("obligation", &owed.stage),
            owed.due.as_deref().map_or_else(|| "—".to_owned(), moment),
        ]);
    }
    page.table(table, words.say("none-owed"));
    if report.owed.iter().any(|owed| owed.exercise) {
        page.line(words.say("exercise-owes-nothing"));
    }
}
