//! `pumasi store`: where the ledger of a node is, and moving it.

use clap::{Args, Subcommand};
use pumasi_node::service::ServiceError;
use pumasi_node::service::files::NodeFile;
use pumasi_node::service::relocate::{RelocateError, relocate};
use pumasi_node::store::StoreError;
use pumasi_node::store::moving::CopyError;
use pumasi_node::store::place::StoreShown;
use pumasi_node::store::postgres::Address;
use pumasi_node::store::postgres::show::{Standby, Weakness};
use serde_json::{Value, json};

use crate::commands::{Context, serve};
use crate::failure::{Exit, Failure};
use crate::output::{Answer, Page};
use crate::words::number;

/// What can be done with a store.
#[derive(Subcommand)]
pub enum Verb {
    /// Shows it.
    Show,
    /// Moves it.
    Move(Move),
}

/// Where to move it.
#[derive(Args)]
pub struct Move {
    #[arg(long, value_name = "STORE")]
    to: String,
}

/// Shows or moves the store of the node in the data folder.
///
/// # Errors
/// When there is no node (3), the store does not answer (5), or it is in use (6).
pub fn run(verb: &Verb, context: &Context<'_>) -> Result<Answer, Failure> {
    match verb {
        Verb::Show => show(context),
        Verb::Move(given) => relocated(given, context),
    }
}

fn show(context: &Context<'_>) -> Result<Answer, Failure> {
    let folder = context.data.display().to_string();
    let failed = |error| serve::service_failure(error, &folder);
    let settings = NodeFile::read(&context.data).map_err(failed)?;
    let place = settings.place(&context.data).map_err(failed)?;
    let shown = place.show(&context.data).map_err(|error| failed(ServiceError::from(error)))?;
    let words = context.words;
    let mut page = Page::default();
    page.field(words.say("column-engine"), shown.engine)
        .field(words.say("column-store"), shown.at.clone())
        .field(words.say("column-head"), count(shown.head))
        .field(words.say("column-size"), size(shown.bytes));
    if let Some(to) = &shown.moved_to {
        page.field(words.say("column-moved-to"), to.clone());
    }
    if let Some(database) = &shown.database {
        page.field(words.say("column-decider"), database.decider.clone())
            .field(words.say("column-fence"), count(database.fence));
        for standby in &database.standbys {
            page.field(words.say("column-standby"), standby_line(standby, context));
        }
        for weakness in &database.weaknesses {
            page.line(words.say(weakness_code(*weakness)));
        }
    }
    Ok(Answer::new(value_of(&shown), page))
}

fn standby_line(standby: &Standby, context: &Context<'_>) -> String {
    let waits = matches!(standby.sync_state.as_deref(), Some("sync" | "quorum"));
    let code = match (&standby.sync_state, waits) {
        (None, _) => "standby-unknown",
        (Some(_), true) => "standby-waited-for",
        (Some(_), false) => "standby-behind",
    };
    format!("{} ({})", standby.name, context.words.say(code))
}

/// The message that says what a setting of the database risks.
pub(super) const fn weakness_code(weakness: Weakness) -> &'static str {
    match weakness {
        Weakness::FsyncOff => "weak-fsync",
        Weakness::FullPageWritesOff => "weak-full-page-writes",
        Weakness::NoSynchronousStandby => "weak-no-standby",
    }
}

fn value_of(shown: &StoreShown) -> Value {
    let database = shown.database.as_ref().map(|database| {
        let standbys: Vec<Value> = database
            .standbys
            .iter()
            .map(|standby| json!({ "name": standby.name, "sync_state": standby.sync_state }))
            .collect();
        let weaknesses: Vec<_> =
            database.weaknesses.iter().map(|weakness| weakness_code(*weakness)).collect();
        json!({
            "decider": database.decider,
            "fence": database.fence,
            "standbys": standbys,
            "weaknesses": weaknesses,
        })
    });
    json!({
        "engine": shown.engine,
        "store": shown.at,
        "head": shown.head,
        "bytes": shown.bytes,
        "moved_to": shown.moved_to,
        "database": database,
    })
}

fn relocated(given: &Move, context: &Context<'_>) -> Result<Answer, Failure> {
    let folder = context.data.display().to_string();
    let moved =
        relocate(&context.data, &given.to).map_err(|error| relocate_failure(error, &folder))?;
    let words = context.words;
    let mut page = Page::default();
    let to = [("store", moved.to.as_str().into())];
    let Some(contents) = &moved.contents else {
        page.line(words.say_with("store-already-there", &to));
        return Ok(Answer::new(json!({ "to": moved.to, "moved": false }), page));
    };
    page.line(words.say_with("store-moved", &to))
        .field(words.say("column-store-before"), moved.from.clone())
        .field(words.say("column-acts"), count(contents.acts))
        .field(words.say("column-digest"), contents.acts_digest.to_string())
        .field(words.say("column-settings"), count(contents.settings))
        .field(words.say("column-files"), count(contents.blobs))
        .line(words.say("store-before-closed"));
    let value = json!({
        "from": moved.from,
        "to": moved.to,
        "moved": true,
        "acts": contents.acts,
        "acts_digest": contents.acts_digest.to_string(),
        "settings": contents.settings,
        "settings_digest": contents.settings_digest.to_string(),
        "blobs": contents.blobs,
        "blobs_digest": contents.blobs_digest.to_string(),
    });
    Ok(Answer::new(value, page))
}

fn relocate_failure(error: RelocateError, folder: &str) -> Failure {
    match error {
        RelocateError::Service(error) => serve::service_failure(error, folder),
        RelocateError::Copy(CopyError::Store(error)) => {
            serve::service_failure(ServiceError::from(error), folder)
        }
        RelocateError::Target(error) => bad_store(&error, "pumasi store move"),
        RelocateError::UnderWay { to } => {
            Failure::new("failure-store-under-way", Exit::InUse).with("store", to)
        }
        RelocateError::Copy(error) => {
            Failure::new("failure-store-copy", Exit::InUse).because(error)
        }
    }
}

/// A store that names no place; what was given is not repeated, since it may hold a password.
pub(super) fn bad_store(error: &impl ToString, command: &'static str) -> Failure {
    Failure::new("failure-store-address", Exit::Usage)
        .with("command", command)
        .because(error.to_string())
}

/// Why a store cannot be opened, where the words for it differ from those for a folder.
pub(super) fn store_failure(error: &StoreError) -> Option<Failure> {
    match error {
        StoreError::Moved { to, .. } => {
            Some(Failure::new("failure-store-moved", Exit::InUse).with("store", to.clone()))
        }
        StoreError::Io { at, .. } if Address::is_meant(&at.to_string_lossy()) => {
            let failure = Failure::new("failure-store-silent", Exit::Unreachable);
            let failure = failure.with("store", at.display().to_string());
            Some(serve::causes(error).skip(1).fold(failure, Failure::because))
        }
        _ => None,
    }
}

fn count(value: u64) -> String {
    number(i64::try_from(value).unwrap_or(i64::MAX))
}

fn size(bytes: u64) -> String {
    format!("{} KiB", count(bytes.div_ceil(1024)))
}
