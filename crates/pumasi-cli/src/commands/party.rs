//! `pumasi party`: whom this node trusts, and how to make two nodes trust each other.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use pumasi_base::{Digest, PartyId};
use pumasi_node::view::page::{NeighboursPage, NodePage, Words as Caption};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::commands::Context;
use crate::desk_client::{Desk, Fetched};
use crate::failure::{Exit, Failure};
use crate::files;
use crate::output::{Answer, Page, short};
use crate::words::moment;

/// What can be done with parties.
#[derive(Subcommand)]
pub enum Verb {
    /// Lists the parties this node trusts.
    List,
    /// Shows one party.
    Show(Show),
    /// Exports this party's identity for others.
    Export(Export),
    /// Trusts another party.
    Trust(Trust),
}

/// Which party to show.
#[derive(Args)]
pub struct Show {
    #[arg(value_name = "PARTY")]
    party: PartyId,
}

/// Where to export to.
#[derive(Args)]
pub struct Export {
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Whom to trust.
#[derive(Args)]
pub struct Trust {
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[arg(long, value_name = "HEX")]
    fingerprint: Option<Digest>,
    #[arg(long, value_name = "URL")]
    url: Option<String>,
}

/// A party as the node lists it.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Trusted {
    party: PartyId,
    names: Caption,
    fingerprint: String,
    url: Option<String>,
    identity: Vec<String>,
}

/// The file with which a party shows who it is: its identity log and where its node listens.
#[derive(Debug, Serialize, Deserialize)]
struct IdentityFile {
    party: PartyId,
    fingerprint: String,
    identity: Vec<String>,
    #[serde(default)]
    url: Option<String>,
}

/// Does what is asked with parties.
///
/// # Errors
/// Why it was not done.
pub fn run(verb: Verb, context: &Context<'_>) -> Result<Answer, Failure> {
    match verb {
        Verb::List => list(context),
        Verb::Show(show) => self::show(&show, context),
        Verb::Export(export) => self::export(&export, context),
        Verb::Trust(trust) => self::trust(&trust, context),
    }
}

fn parties(desk: &Desk) -> Result<Fetched<Vec<Trusted>>, Failure> {
    desk.read("/parties", &[])
}

fn list(context: &Context<'_>) -> Result<Answer, Failure> {
    let words = context.words;
    let fetched = parties(&context.desk()?)?;
    let mut table = context.table(&["id", "name", "fingerprint", "address"]);
    for trusted in &fetched.page {
        table.row([
            trusted.party.to_string(),
            words.of(&trusted.names).to_owned(),
            short(&trusted.fingerprint),
            trusted.url.clone().unwrap_or_else(|| "—".to_owned()),
        ]);
    }
    let mut page = Page::default();
    page.table(table, words.say("none-parties"));
    Ok(Answer::new(json!({ "parties": fetched.value }), page))
}

fn find(desk: &Desk, party: &str) -> Result<Trusted, Failure> {
    let found = parties(desk)?.page.into_iter().find(|one| one.party.as_str() == party);
    found.ok_or_else(|| Failure::new("failure-not-found", Exit::NotFound).with("name", party))
}

fn show(show: &Show, context: &Context<'_>) -> Result<Answer, Failure> {
    let words = context.words;
    let desk = context.desk()?;
    let trusted = find(&desk, show.party.as_str())?;
    let neighbours: NeighboursPage = desk.read("/neighbours", &[])?.page;
    let line = neighbours.neighbours.iter().find(|line| line.party.id == show.party.as_str());
    let mut page = Page::default();
    page.title(words.of(&trusted.names))
        .field(words.say("column-id"), trusted.party.to_string())
        .field(words.say("column-fingerprint"), trusted.fingerprint.clone())
        .field_if(words.say("column-address"), trusted.url.clone());
    if let Some(line) = line {
        let reach = if line.reachable { "reachable" } else { "silent" };
        page.field(words.say("column-reach"), words.say(reach))
            .field_if(words.say("column-heard"), line.last_heard.as_deref().map(moment))
            .field_if(words.say("column-silent-since"), line.silent_since.as_deref().map(moment))
            .field_if(words.say("column-failure"), line.failure.clone());
    }
    let value = json!({ "party": trusted, "neighbour": line });
    Ok(Answer::new(value, page))
}

fn export(export: &Export, context: &Context<'_>) -> Result<Answer, Failure> {
    let words = context.words;
    let desk = context.desk()?;
    let node: NodePage = desk.read("/node", &[])?.page;
    let own = find(&desk, &node.party.id)?;
    let file = IdentityFile {
        party: own.party,
        fingerprint: own.fingerprint,
        identity: own.identity,
        url: own.url,
    };
    let value = json!(file);
    let text = format!("{value:#}\n");
    let Some(out) = &export.out else { return Ok(Answer::new(value, Page::verbatim(text))) };
    files::write_new(out, text.as_bytes())?;
    let mut page = Page::default();
    let name = out.display().to_string();
    page.line(words.say_with("identity-exported", &[("file", name.into())]))
        .field(words.say("column-fingerprint"), file.fingerprint)
        .line(words.say("tell-fingerprint"));
    Ok(Answer::new(value, page))
}

/// The node's answer: whom it trusts now.
#[derive(Deserialize)]
struct Answered {
    party: String,
    fingerprint: String,
}

fn trust(trust: &Trust, context: &Context<'_>) -> Result<Answer, Failure> {
    let words = context.words;
    let name = trust.file.display().to_string();
    let text = files::read_text(&trust.file)?;
    let file: IdentityFile = serde_json::from_str(&text).map_err(|error| {
        Failure::new("failure-identity-file", Exit::BadFile).with("file", name).because(error)
    })?;
    let form = json!({
        "identity": file.identity,
        "fingerprint": trust.fingerprint,
        "url": trust.url.as_ref().or(file.url.as_ref()),
    });
    let fetched = context.desk()?.send::<Answered>("/parties", &form)?;
    let answered = &fetched.page;
    let mut page = Page::default();
    page.line(words.say_with("trusted", &[("party", answered.party.as_str().into())]))
        .field(words.say("column-fingerprint"), answered.fingerprint.clone());
    if trust.fingerprint.is_none() {
        page.line(words.say("compare-fingerprint"));
    }
    Ok(Answer::new(fetched.value, page))
}
