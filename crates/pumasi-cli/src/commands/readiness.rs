//! `pumasi readiness`: whether help would arrive, over scenarios and over what could be otherwise.

mod progress;
mod told;

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, Subcommand};
use pumasi_base::{CommodityId, PartyId};
use pumasi_node::drill::{Script, estimate};
use pumasi_node::hazard::draw::Season;
use pumasi_node::library::{self, Library};
use pumasi_readiness::{
    Ended, FolderError, Job, Manifest, MergeError, Run, RunError, Shard, Which, World, job, report,
};
use serde_json::json;

use crate::commands::Context;
use crate::drill::Stop;
use crate::failure::{Exit, Failure};
use crate::output::{Answer, Page};
use crate::words::number;
use progress::Bar;

/// What can be done about readiness.
#[derive(Subcommand)]
pub enum Verb {
    /// Runs scenarios, or goes on with a run.
    Run(RunArgs),
    /// Makes one run of its shards.
    Merge(Merge),
    /// Says what a run means.
    Report(ReportArgs),
}

/// What to run.
#[derive(Args)]
pub struct RunArgs {
    #[arg(long, value_name = "COUNT", default_value_t = 1000,
        value_parser = clap::value_parser!(u64).range(0..=job::SCENARIOS_MAX))]
    scenarios: u64,
    #[arg(long, value_name = "SEED", default_value_t = 1)]
    seed: u64,
    #[arg(long, value_name = "YEAR", default_value_t = 2026,
        value_parser = clap::value_parser!(i16).range(1990..=2100))]
    year: i16,
    #[arg(long, value_parser = ["winter", "spring", "summer", "autumn"])]
    season: Option<String>,
    #[arg(long)]
    drills: bool,
    #[arg(long, value_name = "COUNT", default_value_t = 14,
        value_parser = clap::value_parser!(i64).range(1..=120))]
    periods: i64,
    #[arg(long, value_name = "HOURS", default_value_t = 12,
        value_parser = clap::value_parser!(i64).range(1..=48))]
    hours: i64,
    #[arg(long, value_name = "HOURS", default_value_t = 6,
        value_parser = clap::value_parser!(i64).range(0..=240))]
    delay: i64,
    #[arg(long, value_name = "COUNT|IDS", default_value = "5")]
    commodities: String,
    #[arg(long, value_parser = ["all", "none", "agreements", "links", "candidates"],
        default_value = "all")]
    counterfactuals: String,
    #[arg(long = "unreachable", value_name = "PARTY")]
    unreachable: Vec<PartyId>,
    #[arg(long)]
    drafts: bool,
    #[arg(long, value_name = "COUNT")]
    threads: Option<NonZeroUsize>,
    #[arg(long, value_name = "I/N", default_value_t = Shard::WHOLE)]
    shard: Shard,
    #[arg(long, value_name = "DIR", default_value = "readiness")]
    out: PathBuf,
}

/// Which shards to merge.
#[derive(Args)]
pub struct Merge {
    #[arg(value_name = "DIR", required = true)]
    shards: Vec<PathBuf>,
    #[arg(long, value_name = "DIR", default_value = "readiness")]
    out: PathBuf,
}

/// Which run to report on.
#[derive(Args)]
pub struct ReportArgs {
    #[arg(value_name = "DIR", default_value = "readiness")]
    folder: PathBuf,
    #[arg(long)]
    csv: bool,
}

/// Does what is asked about readiness.
///
/// # Errors
/// Why it was not done.
pub fn run(verb: &Verb, context: &Context<'_>) -> Result<Answer, Failure> {
    match verb {
        Verb::Run(args) => go(args, context),
        Verb::Merge(args) => merge(args, context),
        Verb::Report(args) => tell(args, context),
    }
}

fn go(args: &RunArgs, context: &Context<'_>) -> Result<Answer, Failure> {
    let library = context.library()?;
    let world = world(&library)?;
    let job = job(args, &world)?;
    // Half of what a machine has is left to whoever else works on it.
    let threads = args.threads.map_or_else(
        || std::thread::available_parallelism().map_or(1, |all| all.get().div_ceil(2)),
        NonZeroUsize::get,
    );
    let stop = Stop::listen()?;
    let mut bar = Bar::new(context.words);
    let run = Run {
        world: &world,
        job: &job,
        shard: args.shard,
        folder: &args.out,
        threads,
        stop: stop.flag(),
    };
    let ended = pumasi_readiness::run(&run, &mut |progress| bar.show(progress));
    drop(bar);
    let folder = args.out.display().to_string();
    match ended.map_err(run_failure)? {
        Ended::Complete(manifest) => Ok(complete(&manifest, &folder, context)),
        Ended::Stopped(progress) => {
            let fillings = [
                ("done", number(i64::try_from(progress.done).unwrap_or(i64::MAX)).into()),
                ("of", number(i64::try_from(progress.of).unwrap_or(i64::MAX)).into()),
                ("folder", folder.as_str().into()),
            ];
            let mut page = Page::default();
            page.line(context.words.say_with("readiness-stopped", &fillings))
                .line(context.words.say("readiness-resume"));
            let value = json!({
                "complete": false,
                "folder": folder,
                "done": progress.done,
                "of": progress.of,
            });
            Ok(Answer::new(value, page).ending(Some(Exit::Stopped)))
        }
    }
}

fn complete(manifest: &Manifest, folder: &str, context: &Context<'_>) -> Answer {
    let words = context.words;
    let range = manifest.shard.range(manifest.scenarios);
    let done = i64::try_from(range.end - range.start).unwrap_or(i64::MAX);
    let fillings = [("count", done.into()), ("folder", folder.into())];
    let mut page = Page::default();
    page.line(words.say_with("readiness-complete", &fillings))
        .field(words.say("readiness-job"), manifest.digest.short())
        .field(words.say("readiness-shard"), manifest.shard.to_string());
    for (name, table) in &manifest.tables {
        let rows = i64::try_from(table.rows).unwrap_or(i64::MAX);
        page.field(format!("{folder}/tables/{name}.parquet"), number(rows));
    }
    if manifest.shard == Shard::WHOLE {
        page.line(words.say_with("readiness-next-report", &[("folder", folder.into())]));
    } else {
        page.line(words.say("readiness-next-merge"));
    }
    let value = json!({ "complete": true, "folder": folder, "manifest": manifest });
    Answer::new(value, page)
}

/// The library as scenarios are run on it, with what the messages of each drill say by the time it
/// knows enough.
fn world(library: &Library) -> Result<World, Failure> {
    let mut drills = Vec::new();
    for name in library::drills() {
        let failed = |error| Failure::new("failure-drill", Exit::BadFile).because(error);
        let script = Script::builtin(&name).map_err(failed)?;
        drills.push((name, estimate(&script, &library.estimator).map_err(failed)?));
    }
    let agreements: Vec<_> = library.agreements().values().cloned().collect();
    World::new(library.catalog.clone(), library.estimator.clone(), &agreements, drills)
        .map_err(|error| Failure::new("failure-readiness", Exit::BadFile).because(error))
}

fn job(args: &RunArgs, world: &World) -> Result<Job, Failure> {
    let catalog = world.catalog();
    for party in &args.unreachable {
        if !catalog.parties.contains_key(party) {
            return Err(
                Failure::new("failure-not-found", Exit::NotFound).with("name", party.as_str())
            );
        }
    }
    let season = args.season.as_deref();
    Ok(Job {
        scenarios: args.scenarios,
        seed: args.seed,
        year: args.year,
        season: season.and_then(|name| Season::ALL.into_iter().find(|one| one.name() == name)),
        drills: args.drills,
        periods: args.periods,
        period_hours: args.hours,
        delay_hours: args.delay,
        commodities: commodities(&args.commodities, world)?,
        unreachable: args.unreachable.iter().cloned().collect(),
        drafts: args.drafts,
        // The parser lets nothing else through.
        counterfactuals: args.counterfactuals.parse().unwrap_or(Which::All),
        world: world.digest(),
    })
}

/// The commodities that are asked for: the first so many of those that matter first, ids with
/// commas between, or `all`, which is none named.
fn commodities(asked: &str, world: &World) -> Result<BTreeSet<CommodityId>, Failure> {
    let catalog = world.catalog();
    let failed = || {
        let most = job::FIRST.len();
        Failure::new("failure-commodities", Exit::Usage).with("given", asked).with("most", most)
    };
    if asked == "all" {
        return Ok(BTreeSet::new());
    }
    let names: Vec<&str> = match asked.parse::<usize>() {
        Ok(0) => return Err(failed()),
        Ok(count) => job::FIRST.get(..count).ok_or_else(failed)?.to_vec(),
        Err(_) => asked.split(',').map(str::trim).collect(),
    };
    let known = |name: &str| {
        let id: CommodityId = name.parse().ok()?;
        catalog.commodities.contains_key(&id).then_some(id)
    };
    names.into_iter().map(|name| known(name).ok_or_else(failed)).collect()
}

fn merge(args: &Merge, context: &Context<'_>) -> Result<Answer, Failure> {
    let manifest =
        pumasi_readiness::merge(&args.shards, &args.out).map_err(|error| match error {
            MergeError::Folder(error) => folder_failure(error),
            error => Failure::new("failure-shards", Exit::BadFile).because(error),
        })?;
    Ok(complete(&manifest, &args.out.display().to_string(), context))
}

fn tell(args: &ReportArgs, context: &Context<'_>) -> Result<Answer, Failure> {
    let library = context.library()?;
    let costs: BTreeMap<String, i64> = library
        .catalog
        .candidates
        .values()
        .map(|candidate| (candidate.id.to_string(), candidate.cost_usd_a_year))
        .collect();
    let told = report(&args.folder, &costs).map_err(folder_failure)?;
    let value = serde_json::to_value(&told)
        .map_err(|error| Failure::new("failure-system", Exit::Ours).because(error))?;
    let page = if args.csv {
        Page::verbatim(report::csv(&told))
    } else {
        told::page(&told, &library, context)
    };
    Ok(Answer::new(value, page))
}

fn run_failure(error: RunError) -> Failure {
    match error {
        RunError::Folder(error) => folder_failure(error),
        RunError::World(error) => Failure::new("failure-readiness", Exit::BadFile).because(error),
    }
}

fn folder_failure(error: FolderError) -> Failure {
    let failure = match &error {
        FolderError::InUse(_) => Failure::new("failure-readiness-in-use", Exit::InUse),
        FolderError::OtherJob { .. } => Failure::new("failure-readiness-other", Exit::BadFile),
        FolderError::Unfinished(_) => Failure::new("failure-readiness-unfinished", Exit::BadFile),
        _ => Failure::new("failure-readiness-folder", Exit::BadFile),
    };
    failure.because(error)
}
