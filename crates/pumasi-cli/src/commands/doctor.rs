//! `pumasi doctor`: what of the node needs attention, why, and what to do about it.

use clap::Args;
use pumasi_node::clock::Clock;
use pumasi_node::service::Service;
use pumasi_node::view::page::{DoctorPage, FindingLine, SeverityCode};
use serde_json::Value;

use crate::commands::Context;
use crate::commands::serve::service_failure;
use crate::failure::{Exit, Failure};
use crate::output::{Answer, Page};
use crate::words::moment;

/// Nothing but what every command takes.
#[derive(Args)]
pub struct Doctor {}

/// Examines the node of the data folder: through its desk when it runs, else in its folder.
///
/// # Errors
/// When there is no node (3), another process uses its folder (6), or it cannot be opened. An
/// answer ends with 8 when somebody must act.
pub fn run(context: &Context<'_>) -> Result<Answer, Failure> {
    let (examined, value) = match context.desk().and_then(|desk| desk.read("/doctor", &[])) {
        Ok(fetched) => (fetched.page, fetched.value),
        Err(failure) if failure.exit == Exit::Unreachable => stopped(context)?,
        Err(failure) => return Err(failure),
    };
    let exit = (examined.severity == SeverityCode::Act).then_some(Exit::Attention);
    Ok(Answer::new(value, page(&examined, context)).ending(exit))
}

/// What a node that does not run can still be asked.
fn stopped(context: &Context<'_>) -> Result<(DoctorPage, Value), Failure> {
    let folder = context.data.display().to_string();
    let failed = |error| service_failure(error, &folder);
    let service = Service::open(&context.data, context.library()?).map_err(failed)?;
    let examined = service.doctor(None, Clock.now()).map_err(failed)?;
    let value = serde_json::to_value(&examined)
        .map_err(|error| Failure::new("failure-system", Exit::Ours).because(error))?;
    Ok((examined, value))
}

fn page(examined: &DoctorPage, context: &Context<'_>) -> Page {
    let words = context.words;
    let mut page = Page::default();
    page.title(words.say_with("doctor-title", &[("party", context.party(&examined.party).into())]))
        .field(words.say("column-time"), moment(&examined.as_of))
        .field(words.say("column-standing"), words.code("doctor-whole", code(examined.severity)));
    if !examined.running {
        page.line(words.say("doctor-stopped"));
    }
    for finding in &examined.findings {
        add(&mut page, finding, context);
    }
    page
}

/// A mark and a word for how grave it is, then what was found; below it why, and what to do.
fn add(page: &mut Page, finding: &FindingLine, context: &Context<'_>) {
    let words = context.words;
    let severity = words.code("doctor", code(finding.severity));
    let mark = match finding.severity {
        SeverityCode::Ok => "✓",
        SeverityCode::Watch => "◌",
        SeverityCode::Act => "!",
    };
    page.line(format!("{mark} {severity}  {}", words.of(&finding.what)));
    let explained = [("label-why", &finding.why), ("label-help", &finding.help)];
    for (label, text) in explained {
        if let Some(text) = text {
            let label = words.say(label);
            // A wide colon brings its own space.
            let gap = if label.ends_with('：') { "" } else { " " };
            page.line(format!("    {label}{gap}{}", words.of(text)));
        }
    }
}

const fn code(severity: SeverityCode) -> &'static str {
    match severity {
        SeverityCode::Ok => "ok",
        SeverityCode::Watch => "watch",
        SeverityCode::Act => "act",
    }
}
