//! Runs targets for as long as one likes: `cargo run -p pumasi-fuzz -- 60 fold parcel`.

use std::panic::{catch_unwind, resume_unwind};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use pumasi_fuzz::{Damage, TARGETS, Target};

/// How it is called.
const USAGE: &str = "pumasi-fuzz SECONDS [TARGET…] [--seed SEED] | --input FILE TARGET";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["--input", file, target] => replay(file, target),
        [seconds, targets @ .., "--seed", seed] => run(seconds, targets, seed),
        [seconds, targets @ ..] => run(seconds, targets, "1"),
        [] => None,
    };
    if done.is_some() {
        return ExitCode::SUCCESS;
    }
    let names: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
    eprintln!("{USAGE}\ntargets: {}", names.join(" "));
    ExitCode::from(2)
}

fn find(name: &str) -> Option<&'static Target> {
    TARGETS.iter().find(|target| target.name == name)
}

/// Runs one input, such as the one a run that stopped has left.
fn replay(file: &str, name: &str) -> Option<()> {
    let target = find(name)?;
    (target.run)(&std::fs::read(file).ok()?);
    println!("{name}: nothing found in {file}");
    Some(())
}

fn run(seconds: &str, names: &[&str], seed: &str) -> Option<()> {
    let (seconds, seed) = (seconds.parse().ok()?, seed.parse().ok()?);
    let named: Option<Vec<&Target>> = names.iter().map(|name| find(name)).collect();
    let targets = named.filter(|named| !named.is_empty()).unwrap_or(TARGETS.iter().collect());
    for target in targets {
        let (start, seeds) = (Instant::now(), target.seeds());
        let mut damage = Damage::new(seed);
        let (mut runs, mut slowest) = (0_u64, Duration::ZERO);
        while start.elapsed() < Duration::from_secs(seconds) {
            let input = damage.input(&seeds);
            let begun = Instant::now();
            if let Err(fault) = catch_unwind(|| (target.run)(&input)) {
                let kept = std::env::temp_dir().join(format!("pumasi-fuzz-{}", target.name));
                std::fs::write(&kept, &input).ok()?;
                println!("{}: after {runs} inputs, see {}", target.name, kept.display());
                resume_unwind(fault);
            }
            slowest = slowest.max(begun.elapsed());
            runs += 1;
        }
        println!("{}: {runs} inputs, the slowest {} ms", target.name, slowest.as_millis());
    }
    Some(())
}
