//! `pumasi personal`: personal data beside acts, until they are taken back or erased.

use clap::{Args, Subcommand};
use pumasi_node::act::kinds::retract_personal_data::RetractPersonalData;
use pumasi_node::view::page::PersonalPage;
use serde_json::{Value, json};

use crate::commands::Context;
use crate::commands::sign::{Officers, act, word};
use crate::desk_client::Fetched;
use crate::failure::Failure;
use crate::lookup;
use crate::output::{Answer, Page, short};
use crate::words::moment;

/// What can be done with personal data.
#[derive(Subcommand)]
pub enum Verb {
    /// Shows those beside an act.
    Show(Show),
    /// Has those beside an own act erased everywhere.
    Retract(Retract),
    /// Erases old ones at this node.
    Erase(Erase),
}

/// Beside which act.
#[derive(Args)]
pub struct Show {
    #[arg(value_name = "ACT")]
    act: String,
}

/// Beside which own act.
#[derive(Args)]
pub struct Retract {
    #[arg(value_name = "ACT")]
    act: String,
    #[command(flatten)]
    officers: Officers,
}

/// Which to erase here.
#[derive(Args)]
pub struct Erase {
    #[arg(long, value_name = "MATTER")]
    matter: String,
    #[arg(long, value_name = "DAYS")]
    older_than: u32,
}

/// Does what is asked with personal data.
///
/// # Errors
/// Why it was not done.
pub fn run(verb: Verb, context: &Context<'_>) -> Result<Answer, Failure> {
    match verb {
        Verb::Show(show) => self::show(&show, context),
        Verb::Retract(retract) => self::retract(retract, context),
        Verb::Erase(erase) => self::erase(&erase, context),
    }
}

fn show(show: &Show, context: &Context<'_>) -> Result<Answer, Failure> {
    let desk = context.desk()?;
    let id = if lookup::is_whole(&show.act) {
        show.act.clone()
    } else {
        lookup::act(&desk, &show.act)?.id
    };
    let found: Fetched<PersonalPage> = desk.read(&format!("/acts/{id}/personal"), &[])?;
    let (words, shown) = (context.words, &found.page);
    let mut page = Page::default();
    page.title(words.say_with("title-personal", &[("id", short(&shown.act).into())]))
        .field(words.say("column-party"), context.party(&shown.party))
        .field(words.say("column-stage"), words.code("personal", &shown.state))
        .field_if(words.say("column-erased"), shown.since.as_deref().map(moment));
    for line in shown.text.iter().flat_map(|text| text.lines()) {
        page.line(line.to_owned());
    }
    Ok(Answer::new(found.value, page))
}

fn retract(retract: Retract, context: &Context<'_>) -> Result<Answer, Failure> {
    let desk = context.desk()?;
    let of = lookup::act(&desk, &retract.act)?;
    let body = RetractPersonalData { act: word(&of.id)? };
    let sign = retract.officers.into();
    act(&desk, &of.matter, "retract_personal_data", &body, &sign, context)
}

fn erase(erase: &Erase, context: &Context<'_>) -> Result<Answer, Failure> {
    let desk = context.desk()?;
    let matter = lookup::matter(&desk, &erase.matter)?;
    let form = json!({ "matter": matter, "older_than_days": erase.older_than });
    let done: Fetched<Value> = desk.send("/personal/erase", &form)?;
    let count = done.page.get("erased").and_then(Value::as_i64).unwrap_or(0);
    let mut page = Page::default();
    page.line(context.words.say_with("personal-erased-here", &[("count", count.into())]));
    Ok(Answer::new(done.value, page))
}
