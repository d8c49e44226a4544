//! `pumasi relay`: sealed files left with a neighbour for a party that cannot be reached.

use clap::{Args, Subcommand};
use pumasi_base::PartyId;
use pumasi_node::api::carry::{RelayShown, Relayed};
use serde_json::json;

use crate::commands::Context;
use crate::failure::Failure;
use crate::lookup;
use crate::output::{Answer, Page, short};
use crate::words::number;

/// What can be done with relayed files.
#[derive(Subcommand)]
pub enum Verb {
    /// Leaves matters with a neighbour, sealed for another party.
    Send(Send),
    /// Lists what this node keeps for others.
    List,
}

/// What to send, to whom and by whom.
#[derive(Args)]
pub struct Send {
    #[arg(long, value_name = "PARTY")]
    to: PartyId,
    #[arg(long, value_name = "PARTY")]
    via: PartyId,
    #[arg(long, value_name = "MATTER")]
    matter: Option<String>,
}

/// Does what a verb of `relay` says.
///
/// # Errors
/// When the node does not run, or it or its neighbour says no.
pub fn run(verb: &Verb, context: &Context<'_>) -> Result<Answer, Failure> {
    match verb {
        Verb::Send(wish) => send(wish, context),
        Verb::List => list(context),
    }
}

fn send(wish: &Send, context: &Context<'_>) -> Result<Answer, Failure> {
    let desk = context.desk()?;
    let matter = wish.matter.as_ref().map(|given| lookup::matter(&desk, given)).transpose()?;
    let form = json!({ "to": wish.to, "via": wish.via, "matter": matter });
    let sent = desk.send::<Relayed>("/relay", &form)?;
    let fillings = [
        ("party", sent.page.to.as_str().into()),
        ("via", sent.page.via.as_str().into()),
        ("bytes", size(sent.page.bytes).into()),
    ];
    let mut page = Page::default();
    page.line(context.words.say_with("relay-sent", &fillings));
    Ok(Answer::new(sent.value, page))
}

fn list(context: &Context<'_>) -> Result<Answer, Failure> {
    let shown = context.desk()?.read::<RelayShown>("/relay", &[])?;
    let mut table = context.table(&["id", "sender", "recipient", "bytes#", "kept"]);
    for file in &shown.page.files {
        let (id, from, to) = (file.id.to_string(), file.from.to_string(), file.to.to_string());
        table.row([short(&id), from, to, size(file.bytes), file.kept_at.to_string()]);
    }
    let mut page = Page::default();
    page.table(table, context.words.say("relay-none"));
    Ok(Answer::new(shown.value, page))
}

fn size(bytes: impl TryInto<i64>) -> String {
    number(bytes.try_into().unwrap_or(i64::MAX))
}
