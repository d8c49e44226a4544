//! Drills: a conductor plays a real disaster on sovereign nodes, each a process of its own.
//!
//! The conductor has no power of its own: what it does, it asks of a node's desk as that party's
//! officers would. Its journal makes a second run go on where the first one stopped.

mod beside;
mod conduct;
mod fleet;
mod journal;
mod orders;
mod report;
mod story;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use pumasi_node::drill::Script;
use pumasi_node::library::Library;

use crate::failure::{Exit, Failure};
use crate::words::Words;
use beside::Beside;
use conduct::Conductor;
use fleet::Fleet;
use journal::Journal;
use story::Story;

/// How a drill is run.
#[derive(clap::Args)]
pub struct RunArgs {
    /// Which drill.
    #[arg(long, value_name = "NAME", default_value = "noto-2024")]
    drill: String,
    /// Throw away what an earlier run left in the folder.
    #[arg(long)]
    fresh: bool,
    /// End after the report.
    #[arg(long)]
    exit: bool,
    /// Keep the pages up after the report, until Ctrl-C.
    #[arg(long)]
    with_ui: bool,
    /// The port of the first node's pages; the others follow it.
    #[arg(long, value_name = "PORT")]
    port: Option<u16>,
}

/// Set when the officer asks to stop.
#[derive(Debug, Clone, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// Listens for Ctrl-C.
    ///
    /// # Errors
    /// When the system does not let it, or something listens already.
    pub fn listen() -> Result<Self, Failure> {
        let stop = Self::default();
        let flag = Arc::clone(&stop.0);
        ctrlc::set_handler(move || flag.store(true, Ordering::SeqCst))
            .map_err(|error| Failure::new("failure-system", Exit::Ours).because(error))?;
        Ok(stop)
    }

    /// What is set once it was asked for.
    #[must_use]
    pub fn flag(&self) -> &AtomicBool {
        &self.0
    }

    /// Whether it was asked for.
    #[must_use]
    pub fn asked(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}

/// Runs a drill in `data`.
///
/// # Errors
/// When the drill is unknown, a node does not start, or a step that must succeed does not.
pub fn run(
    args: &RunArgs,
    data: &Path,
    library: Library,
    words: &Words,
    json: bool,
) -> Result<serde_json::Value, Failure> {
    let script = Script::builtin(&args.drill)
        .map_err(|error| Failure::new("failure-drill", Exit::NotFound).because(error))?;
    let stop = Stop::listen()?;
    let journal = Journal::open(data, &script.id, args.fresh)?;
    let agreements = library.agreements().values().cloned();
    let lexicon = pumasi_node::view::Lexicon::new(&library.catalog, agreements);
    let mut story = Story::new(words, &script, lexicon, json);
    let result = play(args, data, &library, &script, journal, &stop, &mut story);
    match result {
        // The nodes stop with the conductor, so that a step under way may fail: no fault then.
        Err(_) if stop.asked() => Ok(serde_json::Value::Null),
        result => result,
    }
}

fn play(
    args: &RunArgs,
    data: &Path,
    library: &Library,
    script: &Script,
    journal: Journal,
    stop: &Stop,
    story: &mut Story<'_>,
) -> Result<serde_json::Value, Failure> {
    let again = journal.has("report");
    story.opening(again);
    let fleet = Fleet::prepare(data, script, library, args.port, stop.clone())?;
    let mut conductor = Conductor::new(script, library, fleet, journal, stop.clone());
    conductor.play(story)?;
    let report = report::write(&mut conductor, data, story)?;
    if args.with_ui && !args.exit {
        story.pages(&conductor.fleet().addresses()?);
        let _beside = Beside::start(data)?;
        while !stop.asked() {
            std::thread::sleep(std::time::Duration::from_millis(200));
            conductor.fleet_mut().must_all_run()?;
        }
    }
    conductor.fleet_mut().stop_all();
    Ok(report)
}
