//! `pumasi plan`: what could be sent by when, what stops the rest, and how good that is at most.

mod prove;
mod shown;

use std::path::PathBuf;

use clap::{Args, Subcommand};
use pumasi_base::{PartyId, PurposeId};
use pumasi_node::service::{PlanAnswer, PlanForm};
use pumasi_node::view::page::PlanPage;
use serde_json::json;

use crate::commands::Context;
use crate::commands::sign::{Officers, word};
use crate::failure::{Exit, Failure};
use crate::files;
use crate::lookup;
use crate::output::{Answer, Page, Progress};

/// What can be done with plans.
#[derive(Subcommand)]
pub enum Verb {
    /// Makes a plan, and chooses it when told to.
    Make(Make),
    /// Shows the plan that was chosen, or the one that would be made now.
    Show(Show),
    /// Proves from texts alone how good a plan can be at most.
    Prove(prove::Prove),
}

/// What to plan for.
#[derive(Args)]
pub struct Make {
    #[arg(long, value_name = "MATTER")]
    matter: String,
    #[arg(long, value_name = "CASE")]
    case: String,
    #[arg(long, value_name = "PURPOSE", default_value = "disaster_relief")]
    purpose: PurposeId,
    #[arg(long, value_name = "HOURS", default_value_t = 168,
        value_parser = clap::value_parser!(i64).range(1..=720))]
    hours: i64,
    #[arg(long, value_name = "HOURS", default_value_t = 6,
        value_parser = clap::value_parser!(i64).range(1..=24))]
    period: i64,
    #[arg(long, value_name = "SIZE", value_parser = ["low", "central", "high"])]
    size: Option<String>,
    #[arg(long)]
    requested: bool,
    #[arg(long = "able", value_name = "PARTY")]
    able: Vec<PartyId>,
    #[arg(long = "unreachable", value_name = "PARTY")]
    unreachable: Vec<PartyId>,
    #[arg(long)]
    choose: bool,
    #[arg(long, value_name = "FOLDER")]
    texts: Option<PathBuf>,
    #[arg(long)]
    csv: bool,
    #[command(flatten)]
    officers: Officers,
}

/// Which case's plan to show.
#[derive(Args)]
pub struct Show {
    #[arg(long, value_name = "CASE")]
    case: Option<String>,
    #[arg(long)]
    fresh: bool,
    #[arg(long)]
    csv: bool,
}

/// Does what is asked with plans.
///
/// # Errors
/// Why it was not done.
pub fn run(verb: Verb, context: &Context<'_>) -> Result<Answer, Failure> {
    match verb {
        Verb::Make(make) => self::make(&make, context),
        Verb::Show(show) => self::show(&show, context),
        Verb::Prove(prove) => prove::prove(&prove, context),
    }
}

fn make(make: &Make, context: &Context<'_>) -> Result<Answer, Failure> {
    let words = context.words;
    let desk = context.desk()?;
    let named =
        |parties: &[PartyId]| (!parties.is_empty()).then(|| parties.iter().cloned().collect());
    let form = PlanForm {
        matter: word(&lookup::matter(&desk, &make.matter)?)?,
        case: make.case.clone(),
        purpose: make.purpose.clone(),
        hours: make.hours,
        period_hours: make.period,
        size: make.size.clone(),
        requested: make.requested,
        able: named(&make.able),
        unreachable: named(&make.unreachable),
        choose: make.choose,
        page: true,
        officers: make.officers.officer.iter().cloned().collect(),
        time: make.officers.time,
    };
    let progress = Progress::start(&words.say("planning"));
    let fetched = desk.send::<PlanAnswer>("/plans", &json!(form))?;
    drop(progress);
    let answer = &fetched.page;
    if let (Some(folder), Some(texts)) = (&make.texts, &answer.texts) {
        let named = [
            ("problem.txt", &texts.problem),
            ("plan.txt", &texts.plan),
            ("certificate.txt", &texts.certificate),
        ];
        for (name, text) in named {
            files::write_new(&folder.join(name), text.as_bytes())?;
        }
    }
    let mut page = Page::default();
    if let Some(shown) = &answer.page {
        if make.csv {
            return Ok(Answer::new(fetched.value, Page::verbatim(shown::csv(shown)?)));
        }
        let act = answer.act.map_or_else(|| words.say("plan-not-chosen"), |act| act.to_string());
        page.title(words.say("title-plan"))
            .line(words.say("plan-sized"))
            .field(words.say("plan-act"), act);
        shown::add(&mut page, shown, context);
    }
    Ok(Answer::new(fetched.value, page))
}

fn show(show: &Show, context: &Context<'_>) -> Result<Answer, Failure> {
    let words = context.words;
    let mut parameters: Vec<(&str, &str)> =
        show.case.iter().map(|case| ("case", case.as_str())).collect();
    if show.fresh {
        parameters.push(("fresh", "true"));
    }
    let progress = Progress::start(&words.say("planning"));
    let fetched = context.desk()?.read::<PlanPage>("/plan", &parameters)?;
    drop(progress);
    let shown = &fetched.page;
    if show.csv {
        return Ok(Answer::new(fetched.value, Page::verbatim(shown::csv(shown)?)));
    }
    let mut page = Page::default();
    let chosen = shown.chosen.as_ref();
    page.title(words.of(&shown.case.title))
        .field(words.say("column-id"), shown.case.id.clone())
        .field(words.say("column-status"), words.code("status", &shown.case.status))
        .field(
            words.say("plan-act"),
            chosen.map_or_else(|| words.say("plan-not-chosen"), |chosen| chosen.act.clone()),
        );
    shown::add(&mut page, shown, context);
    Ok(Answer::new(fetched.value, page))
}

/// A text that was to be read and does not read.
fn unreadable(file: &std::path::Path, why: impl ToString) -> Failure {
    Failure::new("failure-plan-text", Exit::BadFile)
        .with("file", file.display().to_string())
        .because(why)
}
