//! Plays seeds: `cargo run -p pumasi-sim --release -- 20000`.

use std::process::ExitCode;
use std::time::Instant;

use pumasi_sim::{Guard, Outcome, run};

/// How it is called.
const USAGE: &str = "pumasi-sim [COUNT] [--from SEED] [--without GUARD]";

struct Wanted {
    from: u64,
    count: u64,
    without: Option<Guard>,
}

fn read(arguments: impl Iterator<Item = String>) -> Option<Wanted> {
    let mut wanted = Wanted { from: 0, count: 1000, without: None };
    let mut arguments = arguments.peekable();
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--from" => wanted.from = arguments.next()?.parse().ok()?,
            "--without" => {
                let name = arguments.next()?;
                let found = Guard::ALL.into_iter().find(|guard| guard.to_string() == name);
                wanted.without = Some(found?);
            }
            count => wanted.count = count.parse().ok()?,
        }
    }
    Some(wanted)
}

/// Plays the seeds on as many threads as there are cores.
fn play(wanted: &Wanted) -> Vec<Outcome> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let step = u64::try_from(threads).unwrap_or(1);
    let seeds = |first: u64| (wanted.from + first..wanted.from + wanted.count).step_by(threads);
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..step)
            .map(|first| {
                scope.spawn(move || {
                    seeds(first).map(|seed| run(seed, wanted.without)).collect::<Vec<_>>()
                })
            })
            .collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap_or_default()).collect()
    })
}

fn main() -> ExitCode {
    let Some(wanted) = read(std::env::args().skip(1)) else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    let start = Instant::now();
    let mut outcomes = play(&wanted);
    outcomes.sort_by_key(|outcome| outcome.seed);
    let failed: Vec<&Outcome> =
        outcomes.iter().filter(|outcome| !outcome.violations.is_empty()).collect();
    for outcome in failed.iter().take(10) {
        println!("seed {} (trace {}): ", outcome.seed, outcome.trace);
        outcome.violations.iter().take(5).for_each(|what| println!("  {what}"));
    }
    let acts: usize = outcomes.iter().map(|outcome| outcome.acts).sum();
    let parties: usize = outcomes.iter().map(|outcome| outcome.parties).sum();
    let mut troubles = std::collections::BTreeMap::new();
    for (trouble, count) in outcomes.iter().flat_map(|outcome| &outcome.troubles) {
        *troubles.entry(trouble).or_insert(0_usize) += count;
    }
    let seconds = start.elapsed().as_secs_f64();
    println!("{} seeds, {parties} parties, {acts} acts, {seconds:.1} s", outcomes.len());
    println!("{troubles:?}");
    println!("{} seeds failed", failed.len());
    if failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
