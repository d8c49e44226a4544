//! `pumasi case export`: the situation of a case as a file that other systems and people read.

use std::path::PathBuf;

use clap::Args;
use clap::builder::PossibleValuesParser;
use pumasi_node::wire::formats::SITUATION;
use serde_json::json;

use crate::commands::Context;
use crate::failure::Failure;
use crate::files;
use crate::output::{Answer, Page};

/// Which case to write, as what, and where to.
#[derive(Args)]
pub struct Export {
    #[arg(long, value_name = "FORMAT", value_parser = formats())]
    format: String,
    #[arg(long, value_name = "CASE")]
    case: Option<String>,
    #[arg(long, alias = "output", value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Every format there is, so that a new one needs no word here.
fn formats() -> PossibleValuesParser {
    PossibleValuesParser::new(SITUATION.iter().map(|format| format.name))
}

/// Writes the situation to a new file, or to standard output, in the reader's language.
///
/// # Errors
/// When there is no such case, nothing to tell, or the file cannot be written.
pub fn export(export: &Export, context: &Context<'_>) -> Result<Answer, Failure> {
    let format = &export.format;
    let mut wish = vec![("lang", context.words.lang().tag())];
    wish.extend(export.case.iter().map(|case| ("case", case.as_str())));
    let text = context.desk()?.text(&format!("/situation/{format}"), &wish)?;
    let Some(out) = &export.out else {
        let value = json!({ "format": format, "text": text });
        return Ok(Answer::new(value, Page::verbatim(text)));
    };
    files::write_new(out, text.as_bytes())?;
    let file = out.display().to_string();
    let mut page = Page::default();
    page.line(context.words.say_with("exchange-written", &[("file", file.as_str().into())]));
    Ok(Answer::new(json!({ "format": format, "file": file }), page))
}
