//! `pumasi serve`: runs a node until it is told to stop.

use std::error::Error;
use std::io::IsTerminal as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use clap::Args;
use pumasi_node::act::KeyRecord;
use pumasi_node::clock::Clock;
use pumasi_node::keys::read_private;
use pumasi_node::run::{Event, RunError, RunFile, ServeOptions};
use pumasi_node::service::ServiceError;
use pumasi_node::service::identity::kept;
use pumasi_node::store::StoreError;
use serde_json::{Value, json};

use crate::commands::identity::{self, ENDING_DAYS};
use crate::commands::{Context, store};
use crate::failure::{Exit, Failure};
use crate::output::{Answer, Page, Style, print};

/// Where to listen.
#[derive(Args)]
pub struct Serve {
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<String>,
    #[arg(long, value_name = "ADDRESS")]
    desk: Option<String>,
    #[arg(long)]
    open: bool,
    #[arg(long, value_name = "DIR")]
    readiness: Option<PathBuf>,
    #[arg(long, hide = true)]
    attended: bool,
}

/// Runs the node, telling where it listens as soon as it does.
///
/// # Errors
/// When there is no node (3), its folder is in use (6), or it cannot listen (5).
pub fn run(serve: Serve, context: &Context<'_>) -> Result<Answer, Failure> {
    let options = ServeOptions {
        listen: serve.listen,
        desk: serve.desk,
        library: context.library.clone(),
        attended: serve.attended,
        readiness: serve.readiness,
    };
    let folder = context.data.display().to_string();
    let runtime = tokio::runtime::Runtime::new()
        .map_err(|error| Failure::new("failure-system", Exit::Ours).because(error))?;
    let warnings = warnings(context);
    let tell = |event: &Event<'_>| match event {
        Event::Ready(run, token) => {
            let pages = format!("{}/?token={token}", run.desk);
            announce(run, &pages, &warnings, context);
            if serve.open {
                open_browser(&pages);
            }
        }
        other => say(other, context),
    };
    runtime
        .block_on(pumasi_node::run::serve_in_turn(&context.data, &options, tell))
        .map_err(|error| run_failure(error, &folder))?;
    Ok(Answer::new(Value::Null, Page::default()))
}

/// What the officers of a node should know before it falls silent: mandates that end soon, a key
/// that was revoked, an identity log that forked.
fn warnings(context: &Context<'_>) -> Vec<String> {
    let words = context.words;
    // A folder that does not read is told of when the node is opened.
    let Ok((party, identities)) = kept(&context.data) else { return Vec::new() };
    let Some(identity) = identities.of(&party) else { return Vec::new() };
    let now = Clock.now();
    let mut warnings: Vec<String> = identity
        .ending(now, ENDING_DAYS)
        .iter()
        .map(|mandate| {
            let fillings = [
                ("officer", mandate.officer.as_str().into()),
                ("note", identity::note(mandate, now, context).into()),
            ];
            words.say_with("warn-mandate", &fillings)
        })
        .collect();
    if identities.is_forked(&party) {
        warnings.push(words.say("warn-forked"));
    }
    let path = context.data.join("keys/node.pem");
    let key = read_private(&path).map(|key| KeyRecord::of(&key).id());
    if key.is_ok_and(|key| !identity.nodes.contains_key(&key)) {
        warnings.push(words.say("warn-node-revoked"));
    }
    warnings
}

fn announce(run: &RunFile, pages: &str, warnings: &[String], context: &Context<'_>) {
    if context.json {
        let value = json!({
            "pid": run.pid,
            "desk": run.desk,
            "peer": run.peer,
            "pages": pages,
            "warnings": warnings,
        });
        print(&format!("{value}\n"));
        return;
    }
    let words = context.words;
    let mut page = Page::default();
    page.title(words.say("serving"))
        .field(words.say("serving-desk"), pages)
        .field(words.say("serving-peer"), run.peer.clone());
    for warning in warnings {
        page.line(warning.as_str());
    }
    print(&page.text(Style::of(std::io::stdout().is_terminal())));
}

/// Says what a server of several waits for, and what its database risks.
fn say(event: &Event<'_>, context: &Context<'_>) {
    let words = context.words;
    let (text, value) = match event {
        // Told by its own page.
        Event::Ready(..) => return,
        Event::Weak(found) => {
            for weakness in *found {
                let code = store::weakness_code(*weakness);
                let warning = words.say(code);
                if context.json {
                    print(&format!("{}\n", json!({ "warning": code, "what": warning })));
                } else {
                    eprintln!("{} {warning}", words.say("label-warning"));
                }
            }
            return;
        }
        Event::StandsBy { decider } => (
            words.say_with("standing-by", &[("server", (*decider).into())]),
            json!({ "standing_by": true, "decider": decider }),
        ),
        Event::Waits { error } => (
            words.say_with("waiting-for-store", &[("why", error.to_string().as_str().into())]),
            json!({ "waiting": error.code(), "why": error.to_string() }),
        ),
        Event::Replaced => (words.say("replaced"), json!({ "replaced": true })),
    };
    let line = if context.json { value.to_string() } else { text };
    print(&format!("{line}\n"));
}

/// Opens the pages; who has no browser still reads the address on the terminal.
fn open_browser(pages: &str) {
    let program = if cfg!(target_os = "macos") {
        "open"
    } else if cfg!(windows) {
        "explorer"
    } else {
        "xdg-open"
    };
    let quiet = Command::new(program)
        .arg(pages)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    // Nobody waits for a browser, and its absence changes nothing.
    drop(quiet);
}

fn run_failure(error: RunError, folder: &str) -> Failure {
    match error {
        RunError::Service(error) => service_failure(error, folder),
        RunError::Address(address) => Failure::new("usage-bad-value", Exit::Usage)
            .with("given", address)
            .with("argument", "--listen/--desk <ADDRESS>")
            .with("command", "pumasi serve"),
        RunError::Listen(error) => {
            causes(&error).fold(Failure::new("failure-listen", Exit::Unreachable), Failure::because)
        }
        RunError::Tls(error) => causes(&error)
            .fold(Failure::new("failure-node", Exit::Ours), Failure::because)
            .with("folder", folder),
        RunError::System(error) => Failure::new("failure-system", Exit::Ours).because(error),
    }
}

/// Why a node in `folder` cannot work.
#[must_use]
pub fn service_failure(error: ServiceError, folder: &str) -> Failure {
    if let ServiceError::Store(error) = &error
        && let Some(failure) = store::store_failure(error)
    {
        return failure;
    }
    let failure = match &error {
        ServiceError::NoNode { .. } => {
            return Failure::new("failure-no-node", Exit::NotFound).with("folder", folder);
        }
        ServiceError::Store(StoreError::Locked { .. }) => {
            Failure::new("failure-in-use", Exit::InUse)
        }
        ServiceError::Library(_) => Failure::new("failure-library", Exit::BadFile),
        _ => Failure::new("failure-node", Exit::Ours),
    };
    causes(&error).fold(failure, Failure::because).with("folder", folder)
}

/// An error and everything that caused it, outermost first.
pub(super) fn causes<'e>(error: &'e (dyn Error + 'static)) -> impl Iterator<Item = String> + 'e {
    std::iter::successors(Some(error), |error| (*error).source()).map(ToString::to_string)
}
