//! `pumasi agreement`: the library, questions to it, files outside it, proofs about both, and the
//! life of an agreement.

mod ask;
mod compare;
mod diff;
mod examine;
mod exchange;
mod history;
mod life;
mod map;
mod prove;

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use pumasi_base::{AgreementId, Lang};
use pumasi_node::agreement;
use pumasi_node::library::Library;
use pumasi_node::view::page::{AgreementPage, AgreementsPage};
use serde_json::{Value, json};

use crate::commands::Context;
use crate::failure::{Exit, Failure};
use crate::files;
use crate::output::{Answer, Page};

/// What can be done with agreements.
#[derive(Subcommand)]
pub enum Verb {
    /// Lists the library.
    List,
    /// Shows one agreement.
    Show(Show),
    /// Asks whether something may be done.
    Ask(Box<ask::Ask>),
    /// Shows what exists and what is missing between parties.
    Map(map::MapArgs),
    /// Checks files, offline.
    Check(examine::Check),
    /// Proves that something can never happen, or shows how it can, offline.
    Prove(prove::Prove),
    /// Compares two files, offline.
    Compare(compare::Compare),
    /// Writes an agreement in a format of others, offline.
    Export(exchange::Export),
    /// Reads an agreement out of a format of others, offline.
    Import(exchange::Import),
    /// Shows a file, offline.
    Read(Read),
    /// Shows how an agreement came to stand as it does, and what may follow.
    History(history::History),
    /// Compares two drafts, or two files, clause by clause.
    Diff(diff::Diff),
    /// Proposes an agreement.
    Propose(life::Propose),
    /// Lays down the next draft.
    Draft(life::Draft),
    /// Initials a draft.
    Initial(life::Endorse),
    /// Signs a draft.
    Sign(life::Endorse),
    /// Notifies that this party's own procedures are completed.
    Ratify(life::Endorse),
    /// Suspends an agreement or some of its clauses.
    Suspend(life::Suspend),
    /// Lifts a suspension.
    Resume(life::About),
    /// Gives notice.
    GiveNotice(life::Notice),
    /// Suspends the effect of a notice.
    SuspendNotice(life::About),
    /// Lifts the suspension of a notice.
    ResumeNotice(life::About),
    /// Withdraws a notice.
    WithdrawNotice(life::About),
    /// Agrees to an end.
    AgreeTermination(life::Terminate),
}

/// Which agreement to show.
#[derive(Args)]
pub struct Show {
    #[arg(value_name = "AGREEMENT")]
    agreement: AgreementId,
}

/// Which file to show.
#[derive(Args)]
pub struct Read {
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

/// Does what is asked with agreements.
///
/// # Errors
/// Why it was not done.
pub fn run(verb: Verb, context: &Context<'_>) -> Result<Answer, Failure> {
    match verb {
        Verb::List => list(context),
        Verb::Show(show) => self::show(&show, context),
        Verb::Ask(ask) => ask::run(*ask, context),
        Verb::Map(args) => map::run(args, context),
        Verb::Check(check) => examine::run(&check, context),
        Verb::Prove(prove) => prove::run(prove, context),
        Verb::Compare(compare) => compare::run(&compare, context),
        Verb::Export(export) => exchange::export(&export, context),
        Verb::Import(import) => exchange::import(&import, context),
        Verb::Read(read) => self::read(&read, context),
        Verb::History(history) => history::run(&history, context),
        Verb::Diff(diff) => diff::run(&diff, context),
        Verb::Propose(propose) => life::propose(&propose, context),
        Verb::Draft(draft) => life::draft(&draft, context),
        Verb::Initial(given) => life::endorse("initial", &given, context),
        Verb::Sign(given) => life::endorse("sign", &given, context),
        Verb::Ratify(given) => life::endorse("ratify", &given, context),
        Verb::Suspend(suspend) => life::suspend(&suspend, context),
        Verb::Resume(about) => life::about("resume", &about, context),
        Verb::GiveNotice(notice) => life::give_notice(&notice, context),
        Verb::SuspendNotice(about) => life::about("suspend_notice", &about, context),
        Verb::ResumeNotice(about) => life::about("resume_notice", &about, context),
        Verb::WithdrawNotice(about) => life::about("withdraw_notice", &about, context),
        Verb::AgreeTermination(given) => life::terminate(&given, context),
    }
}

/// The most parties of one agreement a list shows.
const PARTIES_SHOWN: usize = 3;

fn list(context: &Context<'_>) -> Result<Answer, Failure> {
    let words = context.words;
    let fetched = context.desk()?.read::<AgreementsPage>("/agreements", &[])?;
    let mut table = context.table(&["id", "title", "parties", "nature", "from", "clauses#"]);
    for line in &fetched.page.agreements {
        let shown = line.parties.iter().take(PARTIES_SHOWN).map(|party| context.party(party));
        let mut parties = shown.collect::<Vec<_>>().join(" · ");
        if let Some(more) = line.parties.len().checked_sub(PARTIES_SHOWN).filter(|more| *more > 0) {
            parties = format!("{parties} · +{more}");
        }
        table.row([
            line.id.clone(),
            words.of(&line.title).to_owned(),
            parties,
            words.code("nature", &line.nature),
            line.from.clone().unwrap_or_else(|| "—".to_owned()),
            line.clauses.to_string(),
        ]);
    }
    let mut page = Page::default();
    page.table(table, words.say("none-agreements"));
    Ok(Answer::new(fetched.value, page))
}

fn show(show: &Show, context: &Context<'_>) -> Result<Answer, Failure> {
    let words = context.words;
    let path = format!("/agreements/{}", show.agreement);
    let fetched = context.desk()?.read::<AgreementPage>(&path, &[])?;
    let line = &fetched.page.agreement;
    let mut page = Page::default();
    let parties: Vec<String> = line.parties.iter().map(|party| context.party(party)).collect();
    page.title(words.of(&line.title))
        .field(words.say("column-id"), line.id.clone())
        .field(words.say("column-parties"), parties.join(" · "))
        .field(words.say("column-nature"), words.code("nature", &line.nature))
        .field_if(words.say("column-from"), line.from.clone())
        .field_if(words.say("column-until"), line.until.clone())
        .field(words.say("column-digest"), line.digest.clone());
    for source in &fetched.page.sources {
        page.field(words.say("column-source"), source.clone());
    }
    let mut table = context.table(&["clause", "sort", "article", "says"]);
    for detail in &fetched.page.clauses {
        table.row([
            detail.id.clone(),
            words.code("clause", &detail.kind),
            words.of(&detail.article).to_owned(),
            words.of(&detail.caption).to_owned(),
        ]);
    }
    page.table(table, words.say("none-clauses"));
    Ok(Answer::new(fetched.value, page))
}

fn fault_line(fault: &agreement::ReadError, context: &Context<'_>) -> String {
    let place = [
        ("line", fault.line.into()),
        ("column", fault.column.into()),
        ("clause", fault.clause.as_deref().unwrap_or("—").into()),
        ("what", fault.fault.caption(context.words.lang()).into()),
    ];
    let key = if fault.clause.is_some() { "fault-in-clause" } else { "fault" };
    context.words.say_with(key, &place)
}

fn fault_value(fault: &agreement::ReadError) -> Value {
    json!({
        "line": fault.line,
        "column": fault.column,
        "clause": fault.clause,
        "code": fault.fault.kind().code(),
        "words": in_all(&|lang| fault.fault.caption(lang)),
    })
}

/// The bytes of an agreement file; of one that is too large, enough to tell so.
fn agreement_bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    let bytes_max = u64::try_from(agreement::read::BYTES_MAX).unwrap_or(u64::MAX);
    files::read_at_most(path, bytes_max.saturating_add(1))
}

/// Reads an agreement file.
fn read_file(path: &Path, context: &Context<'_>) -> Result<agreement::Agreement, Failure> {
    let name = path.display().to_string();
    agreement::read_bytes(&name, &agreement_bytes(path)?).map_err(|faults| {
        let failure = Failure::new("failure-agreement", Exit::BadFile)
            .with("file", name.clone())
            .with("count", faults.len());
        faults.iter().fold(failure, |failure, fault| failure.because(fault_line(fault, context)))
    })
}

fn read(read: &Read, context: &Context<'_>) -> Result<Answer, Failure> {
    let agreement = read_file(&read.file, context)?;
    let words = context.words;
    let lang = words.lang();
    let library = context.library()?;
    let names = agreement.parties().iter().map(|id| context.party_called(id, &library));
    let parties = names.collect::<Vec<_>>().join(" · ");
    let mut page = Page::default();
    page.title(agreement.title().in_lang(lang))
        .field(words.say("column-id"), agreement.id().to_string())
        .field(words.say("column-parties"), parties)
        .field(words.say("column-nature"), words.code("nature", agreement.nature().code()))
        .field(words.say("column-law"), words.code("law", agreement.law_level().code()))
        .field_if(words.say("column-signed"), agreement.signed().map(|date| date.to_string()))
        .field(words.say("column-digest"), agreement.digest().to_string());
    for source in agreement.sources() {
        let shown = format!("{}, {}, {}", source.title, source.publisher, source.date);
        page.field(words.say("column-source"), shown);
    }
    let mut table = context.table(&["clause", "sort", "article", "says"]);
    for clause in agreement.clauses() {
        table.row([
            clause.id.to_string(),
            words.code("clause", clause.terms.kind()),
            clause.article.in_lang(lang).to_owned(),
            clause.caption.in_lang(lang).to_owned(),
        ]);
    }
    page.table(table, words.say("none-clauses"));
    Ok(Answer::new(agreement_value(&agreement), page))
}

/// The caption of one of the agreements' own words; the word itself when it is new.
fn term(sort: &str, code: &str, context: &Context<'_>) -> String {
    let captions = agreement::vocabulary::term(sort, code);
    captions.map_or_else(|| code.to_owned(), |words| words.in_lang(context.words.lang()).to_owned())
}

/// The name of what a sentence about agreements mentions, where the catalog has one.
fn named(
    parameter: &agreement::Parameter,
    context: &Context<'_>,
    library: &Library,
) -> Option<String> {
    match parameter {
        agreement::Parameter::Party(id) => Some(context.party_called(id, library)),
        agreement::Parameter::Commodity(id) => Some(context.commodity_called(id, library)),
        agreement::Parameter::Place(id) => Some(context.place_called(id, library)),
        _ => None,
    }
}

/// A sentence in all four languages, for programs.
fn in_all(caption: &dyn Fn(Lang) -> String) -> Value {
    Value::Object(
        Lang::ALL.map(|lang| (lang.tag().to_owned(), caption(lang).into())).into_iter().collect(),
    )
}

fn agreement_value(agreement: &agreement::Agreement) -> Value {
    let clauses: Vec<Value> = agreement
        .clauses()
        .iter()
        .map(|clause| {
            json!({
                "id": clause.id,
                "kind": clause.terms.kind(),
                "article": clause.article,
                "caption": clause.caption,
                "authentic": clause.authentic,
            })
        })
        .collect();
    let sources: Vec<Value> = agreement
        .sources()
        .iter()
        .map(|s| json!({ "title": s.title, "publisher": s.publisher, "date": s.date }))
        .collect();
    json!({
        "id": agreement.id(),
        "title": agreement.title(),
        "nature": agreement.nature().code(),
        "law_level": agreement.law_level().code(),
        "parties": agreement.parties(),
        "signed": agreement.signed(),
        "digest": agreement.digest(),
        "sources": sources,
        "clauses": clauses,
    })
}
