//! `pumasi agreement check`: faults of the file, then what is to be considered before signing.

use std::path::PathBuf;

use clap::Args;
use pumasi_base::id::DigestError;
use pumasi_base::{ClauseId, Digest};
use pumasi_node::agreement::{self, Agreement, ReadError, Remark, Severity};
use pumasi_node::library::Library;
use serde_json::{Value, json};

use super::{agreement_bytes, fault_line, fault_value, in_all, named};
use crate::commands::Context;
use crate::failure::{Exit, Failure};
use crate::output::{Answer, Page};

/// Which files to check.
#[derive(Args)]
pub struct Check {
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    #[arg(long, value_name = "DIGEST", value_parser = digest)]
    digest: Option<Digest>,
}

/// Reads a digest with or without the name of its algorithm before it.
fn digest(text: &str) -> Result<Digest, DigestError> {
    text.strip_prefix("sha256:").unwrap_or(text).parse()
}

/// Checks files one by one.
pub(super) fn run(check: &Check, context: &Context<'_>) -> Result<Answer, Failure> {
    let library = context.library()?;
    let mut page = Page::default();
    let mut values = Vec::new();
    let mut faulty = false;
    for file in &check.files {
        let name = file.display().to_string();
        let bytes = agreement_bytes(file)?;
        let read = agreement::read_bytes(&name, &bytes);
        let expected = check.digest.map_or(Ok(()), |d| agreement::expect_digest(&name, &bytes, d));
        let mut faults: Vec<ReadError> = expected.err().into_iter().collect();
        faults.extend(read.as_ref().err().into_iter().flatten().cloned());
        let remarks = read.as_ref().map_or_else(
            |_| Vec::new(),
            |agreement| agreement::examine(agreement, &library.catalog.commodities),
        );
        let weighty = remarks.iter().filter(|remark| remark.severity() == Severity::Fault);
        let count = faults.len() + weighty.count();
        faulty |= count > 0;
        let fillings = [("file", name.as_str().into()), ("count", count.into())];
        page.line(context.words.say_with("agreement-checked", &fillings));
        for fault in &faults {
            page.line(fault_line(fault, context));
        }
        if let Ok(agreement) = &read {
            for remark in &remarks {
                page.line(remark_line(remark, agreement, context, &library));
            }
        }
        let remarks: Vec<Value> = remarks.iter().map(value).collect();
        let faults: Vec<Value> = faults.iter().map(fault_value).collect();
        values.push(json!({ "file": name, "faults": faults, "remarks": remarks }));
    }
    let exit = faulty.then_some(Exit::BadFile);
    Ok(Answer::new(json!({ "files": values }), page).ending(exit))
}

fn remark_line(
    remark: &Remark,
    agreement: &Agreement,
    context: &Context<'_>,
    library: &Library,
) -> String {
    let words = context.words;
    let severity = remark.severity();
    let severity = severity.caption().map_or(severity.code(), |c| c.in_lang(words.lang()));
    let said = remark.caption_with(words.lang(), &|p| named(p, context, library));
    let clauses = articles(&remark.clauses, agreement, context);
    let fillings = [
        ("severity", severity.into()),
        ("clauses", clauses.as_str().into()),
        ("words", said.into()),
    ];
    let key = if remark.clauses.is_empty() { "remark" } else { "remark-on-clauses" };
    words.say_with(key, &fillings)
}

/// The articles of some clauses, as the agreement counts them.
pub(super) fn articles(
    clauses: &[ClauseId],
    agreement: &Agreement,
    context: &Context<'_>,
) -> String {
    let lang = context.words.lang();
    let article = |id: &ClauseId| {
        let clause = agreement.clause(id);
        clause.map_or_else(|| id.to_string(), |clause| clause.article.in_lang(lang).to_owned())
    };
    clauses.iter().map(article).collect::<Vec<_>>().join(" · ")
}

fn value(remark: &Remark) -> Value {
    json!({
        "code": remark.code(),
        "severity": remark.severity().code(),
        "clauses": remark.clauses,
        "words": in_all(&|lang| remark.caption(lang)),
    })
}
