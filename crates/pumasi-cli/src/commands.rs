//! What can be asked for: nouns, then verbs.

pub mod agreement;
pub mod alert;
pub mod audit;
pub mod calculate;
pub mod case;
pub mod case_file;
pub mod doctor;
pub mod drill;
pub mod exchange;
pub mod flow;
pub mod identity;
pub mod init;
pub mod matter;
pub mod order;
pub mod party;
pub mod personal;
pub mod plan;
pub mod readiness;
pub mod recover;
pub mod relay;
pub mod serve;
pub mod sign;
pub mod situation;
pub mod store;
pub mod watch;

use std::path::PathBuf;

use clap::{Command, Parser, Subcommand};
use pumasi_base::{Captions, CommodityId, Lang, PartyId, PlaceId};
use pumasi_node::library::Library;
use pumasi_node::view::page;

use crate::desk_client::Desk;
use crate::failure::{Exit, Failure};
use crate::output::{Answer, Page, Side, Table};
use crate::words::Words;

/// The command line.
#[derive(Parser)]
#[command(name = "pumasi", version, subcommand_required = true)]
pub struct Cli {
    #[arg(long, global = true, value_name = "LANG")]
    lang: Option<Lang>,
    #[arg(long, global = true)]
    json: bool,
    #[arg(long, global = true, value_name = "DIR", default_value = "data", env = "PUMASI_DATA")]
    data: PathBuf,
    #[arg(long, global = true, value_name = "DIR", env = "PUMASI_LIBRARY")]
    library: Option<PathBuf>,
    #[command(subcommand)]
    noun: Noun,
}

#[derive(Subcommand)]
enum Noun {
    Init(init::Init),
    Serve(serve::Serve),
    #[command(subcommand)]
    Store(store::Verb),
    Recover(recover::Recover),
    #[command(subcommand)]
    Party(party::Verb),
    #[command(subcommand)]
    Identity(identity::Verb),
    #[command(subcommand)]
    Agreement(agreement::Verb),
    #[command(subcommand)]
    Matter(matter::Verb),
    #[command(subcommand)]
    Case(case::Verb),
    #[command(subcommand)]
    Order(order::Verb),
    #[command(subcommand)]
    Personal(personal::Verb),
    #[command(subcommand)]
    Plan(plan::Verb),
    #[command(subcommand)]
    Flow(flow::Verb),
    #[command(subcommand)]
    Alert(alert::Verb),
    #[command(subcommand)]
    Drill(drill::Verb),
    #[command(subcommand)]
    Readiness(readiness::Verb),
    Export(exchange::Export),
    Import(exchange::Import),
    #[command(subcommand)]
    Relay(relay::Verb),
    Audit(audit::Audit),
    Doctor(doctor::Doctor),
    Completions(Completions),
}

#[derive(clap::Args)]
struct Completions {
    #[arg(value_name = "SHELL")]
    shell: clap_complete::Shell,
}

/// What every command needs to know.
pub struct Context<'w> {
    /// The words of the reader's language.
    pub words: &'w Words,
    /// Whether answers are for programs.
    pub json: bool,
    /// The data folder.
    pub data: PathBuf,
    /// Facts and agreements in place of those in the binary.
    pub library: Option<PathBuf>,
}

impl Context<'_> {
    /// The running node.
    ///
    /// # Errors
    /// When there is none.
    pub fn desk(&self) -> Result<Desk, Failure> {
        Desk::open(&self.data)
    }

    /// The facts and agreements in the binary, or those of `--library`.
    ///
    /// # Errors
    /// When the folder's files do not read, each with its fault.
    pub fn library(&self) -> Result<Library, Failure> {
        Library::load(self.library.as_deref()).map_err(|error| {
            let shown = self.library.as_ref().map(|folder| folder.display().to_string());
            Failure::new("failure-library", Exit::BadFile)
                .with("folder", shown.unwrap_or_default())
                .because(error)
        })
    }

    /// The name of a party.
    #[must_use]
    pub fn party(&self, party: &page::PartyName) -> String {
        self.words.of(&party.names).to_owned()
    }

    /// The name of a party, from the catalog.
    #[must_use]
    pub fn party_called(&self, id: &PartyId, library: &Library) -> String {
        let entry = library.catalog.parties.get(id).map(|entry| &entry.names);
        self.named(entry, id.as_str())
    }

    /// The name of a place, from the catalog.
    #[must_use]
    pub fn place_called(&self, id: &PlaceId, library: &Library) -> String {
        let entry = library.catalog.places.get(id).map(|entry| &entry.names);
        self.named(entry, id.as_str())
    }

    /// The name of a commodity, from the catalog.
    #[must_use]
    pub fn commodity_called(&self, id: &CommodityId, library: &Library) -> String {
        let entry = library.catalog.commodities.get(id).map(|entry| &entry.names);
        self.named(entry, id.as_str())
    }

    fn named(&self, names: Option<&Captions>, id: &str) -> String {
        let lang = self.words.lang();
        names.map_or_else(|| id.to_owned(), |names| names.in_lang(lang).to_owned())
    }

    /// A stretch of time in hours and minutes.
    #[must_use]
    pub fn duration(&self, minutes: i64) -> String {
        let fillings = [("hours", (minutes / 60).into()), ("minutes", (minutes % 60).into())];
        self.words.say_with("duration", &fillings)
    }

    /// A table with headings from the words; those that hold figures end in `#`.
    #[must_use]
    pub fn table(&self, headings: &[&str]) -> Table {
        Table::new(headings.iter().map(|heading| {
            let side = if heading.ends_with('#') { Side::Right } else { Side::Left };
            (self.words.say(&format!("column-{}", heading.trim_end_matches('#'))), side)
        }))
    }
}

/// Does what the command line asks for.
///
/// # Errors
/// Why it was not done.
pub fn run(cli: Cli, command: Command, words: &Words) -> Result<Answer, Failure> {
    let context = Context { words, json: cli.json, data: cli.data, library: cli.library };
    match cli.noun {
        Noun::Init(init) => init::run(&init, &context),
        Noun::Serve(serve) => serve::run(serve, &context),
        Noun::Store(verb) => store::run(&verb, &context),
        Noun::Recover(recover) => recover::run(&recover, &context),
        Noun::Party(verb) => party::run(verb, &context),
        Noun::Identity(verb) => identity::run(verb, &context),
        Noun::Agreement(verb) => agreement::run(verb, &context),
        Noun::Matter(verb) => matter::run(verb, &context),
        Noun::Case(verb) => case::run(verb, &context),
        Noun::Order(verb) => order::run(verb, &context),
        Noun::Personal(verb) => personal::run(verb, &context),
        Noun::Plan(verb) => plan::run(verb, &context),
        Noun::Flow(verb) => flow::run(verb, &context),
        Noun::Alert(verb) => alert::run(verb, &context),
        Noun::Drill(verb) => drill::run(verb, &context),
        Noun::Readiness(verb) => readiness::run(&verb, &context),
        Noun::Export(export) => exchange::export(&export, &context),
        Noun::Import(import) => exchange::import(&import, &context),
        Noun::Relay(verb) => relay::run(&verb, &context),
        Noun::Audit(audit) => audit::run(&audit, &context),
        Noun::Doctor(doctor::Doctor {}) => doctor::run(&context),
        Noun::Completions(completions) => Ok(complete(completions.shell, command)),
    }
}

fn complete(shell: clap_complete::Shell, mut command: Command) -> Answer {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command, "pumasi", &mut script);
    let script = String::from_utf8_lossy(&script).into_owned();
    let value = serde_json::json!({ "shell": shell.to_string(), "script": script });
    Answer::new(value, Page::verbatim(script))
}
