//! `pumasi export` and `pumasi import`: matters as bundles that anyone can verify offline, or
//! that one party alone can open.

use std::path::{Path, PathBuf};

use clap::Args;
use pumasi_base::PartyId;
use serde_json::{Value, json};

use crate::commands::Context;
use crate::failure::Failure;
use crate::files;
use crate::lookup;
use crate::output::{Answer, Page};

/// Which matter to export, and where to.
#[derive(Args)]
pub struct Export {
    #[arg(value_name = "MATTER")]
    matter: String,
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    #[arg(long, value_name = "PARTY")]
    to: Option<PartyId>,
}

/// Which bundle to import.
#[derive(Args)]
pub struct Import {
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

/// Exports a matter to a new file, or to standard output; sealed, when it is for one party.
///
/// # Errors
/// When there is no such matter, or the file cannot be written.
pub fn export(export: &Export, context: &Context<'_>) -> Result<Answer, Failure> {
    let desk = context.desk()?;
    let matter = lookup::matter(&desk, &export.matter)?;
    let mut wish = vec![("matter", matter.as_str())];
    wish.extend(export.to.iter().map(|to| ("to", to.as_str())));
    let bundle = desk.text("/export", &wish)?;
    let Some(out) = &export.out else {
        let value = json!({ "matter": matter, "bundle": bundle });
        return Ok(Answer::new(value, Page::verbatim(bundle)));
    };
    files::write_new(out, bundle.as_bytes())?;
    Ok(match &export.to {
        Some(to) => sealed(&matter, to, out, context),
        None => written(&matter, &bundle, out, context),
    })
}

fn sealed(matter: &str, to: &PartyId, out: &Path, context: &Context<'_>) -> Answer {
    let file = out.display().to_string();
    let mut page = Page::default();
    let fillings = [("file", file.as_str().into()), ("party", to.as_str().into())];
    page.line(context.words.say_with("exported-sealed", &fillings));
    Answer::new(json!({ "matter": matter, "file": file, "to": to }), page)
}

fn written(matter: &str, bundle: &str, out: &Path, context: &Context<'_>) -> Answer {
    let file = out.display().to_string();
    let lines = bundle.lines().count();
    let mut page = Page::default();
    let fillings = [("file", file.as_str().into()), ("count", lines.into())];
    page.line(context.words.say_with("exported", &fillings));
    Answer::new(json!({ "matter": matter, "file": file, "lines": lines }), page)
}

/// Hands a bundle to the node, which verifies every line before it stores any.
///
/// # Errors
/// When the file does not read, or the node does not take it.
pub fn import(import: &Import, context: &Context<'_>) -> Result<Answer, Failure> {
    let file = files::read(&import.file)?;
    let desk = context.desk()?;
    let media = "application/octet-stream";
    let fetched = desk.send_bytes::<Value>("/import", &[], media, &file)?;
    let count = |name: &str| fetched.page.get(name).and_then(Value::as_i64).unwrap_or(0);
    let mut page = Page::default();
    let fillings = [("new", count("new").into()), ("known", count("known").into())];
    page.line(context.words.say_with("imported", &fillings));
    let unfit = count("personal_refused");
    if unfit > 0 {
        page.line(context.words.say_with("imported-personal-refused", &[("count", unfit.into())]));
    }
    Ok(Answer::new(fetched.value, page))
}
