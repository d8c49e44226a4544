//! `pumasi plan`: what could be sent by when, and what stops the rest.

use clap::{Args, Subcommand};
use pumasi_base::{PartyId, PurposeId};
use pumasi_node::library::Library;
use pumasi_node::service::{PlanAnswer, PlanForm};
use pumasi_node::view::page::SituationPage;
use serde_json::json;

use crate::commands::sign::{Officers, word};
use crate::commands::{Context, case};
use crate::failure::Failure;
use crate::lookup;
use crate::output::{Answer, Page, Progress};
use crate::words::{moment, number};

/// What can be done with plans.
#[derive(Subcommand)]
pub enum Verb {
    /// Makes a plan, and chooses it when told to.
    Make(Make),
    /// Shows the plan that was chosen.
    Show(Show),
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
    #[command(flatten)]
    officers: Officers,
}

/// Which case's plan to show.
#[derive(Args)]
pub struct Show {
    #[arg(long, value_name = "CASE")]
    case: Option<String>,
}

/// Does what is asked with plans.
///
/// # Errors
/// Why it was not done.
pub fn run(verb: Verb, context: &Context<'_>) -> Result<Answer, Failure> {
    match verb {
        Verb::Make(make) => self::make(&make, context),
        Verb::Show(show) => self::show(&show, context),
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
        officers: make.officers.officer.iter().cloned().collect(),
        time: make.officers.time,
    };
    let progress = Progress::start(&words.say("planning"));
    let fetched = desk.send::<PlanAnswer>("/plans", &json!(form))?;
    drop(progress);
    let library = context.library()?;
    let page = made(&fetched.page, &library, context);
    Ok(Answer::new(fetched.value, page))
}

fn made(answer: &PlanAnswer, library: &Library, context: &Context<'_>) -> Page {
    let words = context.words;
    let plan = &answer.plan;
    let horizon = [
        ("start", moment(&plan.start.to_string()).into()),
        ("end", moment(&plan.end.to_string()).into()),
    ];
    let act = answer.act.map_or_else(|| words.say("plan-not-chosen"), |act| act.to_string());
    let burden =
        format!("{} ({} / {})", answer.burden, answer.burden_bound, answer.burden_without_relief);
    let mut page = Page::default();
    page.title(words.say("title-plan"))
        .line(words.say("plan-sized"))
        .field(words.say("plan-horizon"), words.say_with("plan-period", &horizon))
        .field(words.say("plan-digest"), plan.plan.to_string())
        .field(words.say("plan-act"), act)
        .field(words.say("plan-burden"), burden)
        .field(words.say("plan-own-moves"), answer.own_moves.to_string());
    page.title(words.say("title-flows"));
    let headings =
        ["giver", "receiver", "place", "commodity", "amount#", "departs", "arrives", "clause"];
    let mut table = context.table(&headings);
    for one in &plan.moves {
        table.row([
            context.party_called(&one.giver, library),
            context.party_called(&one.receiver, library),
            context.place_called(&one.place, library),
            context.commodity_called(&one.commodity, library),
            context.units(one.units, &one.commodity, library),
            moment(&one.departs.to_string()),
            moment(&one.arrives.to_string()),
            format!("{}/{}", one.agreement, one.clause),
        ]);
    }
    page.table(table, words.say("none-flows"));
    page.title(words.say("title-unmet"));
    let mut table = context.table(&["place", "commodity", "amount#", "cause", "what"]);
    for one in &plan.unmet {
        table.row([
            context.place_called(&one.place, library),
            context.commodity_called(&one.commodity, library),
            context.units(one.units, &one.commodity, library),
            words.code("unmet", &one.cause),
            one.what.clone().unwrap_or_default(),
        ]);
    }
    page.table(table, words.say("none-unmet"));
    page
}

fn show(show: &Show, context: &Context<'_>) -> Result<Answer, Failure> {
    let words = context.words;
    let parameters: Vec<(&str, &str)> =
        show.case.iter().map(|case| ("case", case.as_str())).collect();
    let fetched = context.desk()?.read::<SituationPage>("/situation", &parameters)?;
    let situation = &fetched.page;
    let mut page = Page::default();
    if let Some(line) = &situation.case {
        page.title(words.of(&line.title))
            .field(words.say("column-id"), line.id.clone())
            .field(words.say("column-status"), words.code("status", &line.status))
            .field(words.say("column-as-of"), moment(&situation.as_of));
    }
    page.title(words.say("title-needs"));
    case::add_needs(&mut page, &situation.needs, context);
    page.title(words.say("title-flows"));
    let headings =
        ["giver", "receiver", "place", "commodity", "amount#", "departs", "arrives", "clause"];
    let mut table = context.table(&headings);
    for flow in &situation.flows {
        let place = situation.places.iter().find(|place| place.id == flow.place);
        table.row([
            context.party(&flow.giver),
            context.party(&flow.receiver),
            place.map_or_else(|| flow.place.clone(), |place| words.of(&place.names).to_owned()),
            words.of(&flow.names).to_owned(),
            words.amount(&flow.amount),
            moment(&flow.departs),
            moment(&flow.arrives),
            format!("{}/{}", flow.clause.agreement, flow.clause.clause),
        ]);
    }
    page.table(table, words.say("none-flows"));
    page.title(words.say("title-unmet"));
    let mut table = context.table(&["place", "commodity", "amount#", "cause"]);
    for unmet in &situation.unmet {
        table.row([
            words.of(&unmet.place_names).to_owned(),
            words.of(&unmet.names).to_owned(),
            words.with_unit(&number(unmet.units), &unmet.unit),
            words.of(&unmet.words).to_owned(),
        ]);
    }
    page.table(table, words.say("none-unmet"));
    Ok(Answer::new(fetched.value, page))
}
