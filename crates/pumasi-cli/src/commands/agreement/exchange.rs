//! `pumasi agreement export` and `import`: agreements as policies of ODRL, and back.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use pumasi_base::AgreementId;
use pumasi_node::agreement::{self, Agreement};
use pumasi_node::wire::formats::odrl::{self, Error, Finding};
use serde_json::{Value, json};

use super::{fault_line, fault_value, in_all, read_file};
use crate::commands::Context;
use crate::failure::{Exit, Failure};
use crate::files;
use crate::output::{self, Answer, Page};

/// As what an agreement is written.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Odrl,
    Toml,
}

/// Which agreement to write, and as what.
#[derive(Args)]
pub struct Export {
    #[arg(value_name = "FILE|AGREEMENT")]
    agreement: String,
    #[arg(long, value_name = "FORMAT", default_value = "odrl")]
    format: Format,
    #[arg(long, alias = "output", value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Which policy to read.
#[derive(Args)]
pub struct Import {
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[arg(long, alias = "output", value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Writes an agreement, from a file or of the library.
pub(super) fn export(export: &Export, context: &Context<'_>) -> Result<Answer, Failure> {
    let agreement = find(&export.agreement, context)?;
    let (text, document, findings) = match export.format {
        Format::Odrl => {
            let (document, findings) = odrl::write(&agreement);
            (document.to_text(), document.value().clone(), findings)
        }
        Format::Toml => {
            let text = agreement::write(&agreement);
            (text.clone(), Value::from(text), Vec::new())
        }
    };
    let value = json!({
        "agreement": agreement.id(),
        "document": document,
        "findings": findings.iter().map(finding_value).collect::<Vec<_>>(),
    });
    let found = |finding: &Finding| finding_line(finding, Some(&agreement), context);
    let lines: Vec<String> = findings.iter().map(found).collect();
    answer(value, text, lines, export.out.as_deref(), context)
}

/// Reads a policy and gives the agreement file that came out, as far as it was understood.
pub(super) fn import(import: &Import, context: &Context<'_>) -> Result<Answer, Failure> {
    let name = import.file.display().to_string();
    let read = odrl::read(&files::read(&import.file)?);
    let (draft, findings) = read.map_err(|error| unreadable(&error, &name))?;
    let text = draft.to_text();
    let file = draft.id.as_ref().map_or_else(String::new, |id| format!("{id}.toml"));
    let faults = agreement::read(&file, &text).err().unwrap_or_default();
    let value = json!({
        "agreement": draft.id,
        "text": text,
        "findings": findings.iter().map(finding_value).collect::<Vec<_>>(),
        "faults": faults.iter().map(fault_value).collect::<Vec<_>>(),
    });
    let found = findings.iter().map(|finding| finding_line(finding, None, context));
    let lines = found.chain(faults.iter().map(|fault| fault_line(fault, context))).collect();
    let answer = answer(value, text, lines, import.out.as_deref(), context)?;
    // What lacks something is written for people to complete, and is no agreement yet.
    Ok(answer.ending((!faults.is_empty()).then_some(Exit::BadFile)))
}

/// The agreement of a file, or the one of the library that has that id.
fn find(named: &str, context: &Context<'_>) -> Result<Agreement, Failure> {
    let path = Path::new(named);
    let id = named.parse::<AgreementId>().ok().filter(|_| !path.exists());
    let Some(id) = id else { return read_file(path, context) };
    let library = context.library()?;
    let found = library.agreements().get(&id).cloned();
    found.ok_or_else(|| Failure::new("failure-file-missing", Exit::NotFound).with("file", named))
}

/// Puts the text into a file and says what was found; or prints it, with the rest beside it.
fn answer(
    value: Value,
    text: String,
    lines: Vec<String>,
    out: Option<&Path>,
    context: &Context<'_>,
) -> Result<Answer, Failure> {
    let Some(out) = out else {
        if !context.json {
            output::beside(&lines);
        }
        return Ok(Answer::new(value, Page::verbatim(text)));
    };
    files::write_new(out, text.as_bytes())?;
    let mut page = Page::default();
    let file = out.display().to_string();
    page.line(context.words.say_with("exchange-written", &[("file", file.into())]));
    for line in lines {
        page.line(line);
    }
    Ok(Answer::new(value, page))
}

fn finding_line(finding: &Finding, agreement: Option<&Agreement>, context: &Context<'_>) -> String {
    let lang = context.words.lang();
    let clause = finding.clause.as_ref().map(|id| {
        let clause = agreement.and_then(|agreement| agreement.clause(id));
        clause.map_or_else(|| id.to_string(), |clause| clause.article.in_lang(lang).to_owned())
    });
    let said = finding.caption(lang);
    match finding.path.clone().or(clause) {
        Some(place) => {
            let fillings = [("place", place.into()), ("words", said.into())];
            context.words.say_with("exchange-finding", &fillings)
        }
        None => said,
    }
}

fn finding_value(finding: &Finding) -> Value {
    json!({
        "code": finding.code.code(),
        "clause": finding.clause,
        "path": finding.path,
        "what": finding.what,
        "words": in_all(&|lang| finding.caption(lang)),
    })
}

fn unreadable(error: &Error, file: &str) -> Failure {
    let failure = match error {
        Error::TooLarge { bytes, bytes_max } => Failure::new("odrl-too-large", Exit::BadFile)
            .with("bytes", *bytes)
            .with("most", *bytes_max),
        Error::NotText { byte } => {
            Failure::new("failure-file-not-text", Exit::BadFile).with("byte", *byte)
        }
        Error::Malformed { line, column, what } => Failure::new("odrl-malformed", Exit::BadFile)
            .with("line", *line)
            .with("column", *column)
            .because(what),
        Error::TooDeep { path, limit } => {
            Failure::new("odrl-too-deep", Exit::BadFile).with("most", *limit).because(path)
        }
        Error::TooManyParts { path, limit } => {
            Failure::new("odrl-too-many", Exit::BadFile).with("most", *limit).because(path)
        }
        Error::Repeated { path } => {
            Failure::new("odrl-repeated", Exit::BadFile).with("path", path.as_str())
        }
        Error::NoPolicy { path } => {
            Failure::new("odrl-no-policy", Exit::BadFile).with("path", path.as_str())
        }
    };
    failure.with("file", file)
}
