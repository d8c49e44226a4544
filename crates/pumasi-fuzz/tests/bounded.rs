//! Every reader under damaged inputs, for as long as a build can wait: none may panic, none may
//! take more memory than a server can spare. `cargo run -p pumasi-fuzz` goes on for longer.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use std::panic::catch_unwind;
use std::time::Instant;

use allocation_counter::measure;
use pumasi_fuzz::{Damage, TARGETS, Target};

/// The most memory one input may take at once.
const PEAK_BYTES_MAX: u64 = 64 << 20;

/// How many damaged inputs each target gets beside its seeds; signing and folding take their time.
fn inputs(target: &Target) -> usize {
    match target.name {
        "fold" => 250,
        "parcel" | "push" => 500,
        "agreement" | "identity" => 1500,
        _ => 3000,
    }
}

fn run(target: &Target, number: usize, input: &[u8]) -> u64 {
    let mut ended = Ok(());
    let taken = measure(|| ended = catch_unwind(|| (target.run)(input)));
    if ended.is_err() || taken.bytes_max > PEAK_BYTES_MAX {
        let file = std::env::temp_dir().join(format!("pumasi-fuzz-{}-{number}", target.name));
        std::fs::write(&file, input).unwrap();
        panic!("{}: {} bytes at once on {}", target.name, taken.bytes_max, file.display());
    }
    taken.bytes_max
}

#[track_caller]
fn check(names: &[&str]) {
    for target in TARGETS.iter().filter(|target| names.contains(&target.name)) {
        let (start, seeds) = (Instant::now(), target.seeds());
        assert!(!seeds.is_empty(), "{} has no seeds", target.name);
        // What a target makes once, for all inputs, counts for none of them.
        (target.run)(&seeds[0]);
        let mut damage = Damage::new(7);
        let damaged = (0..inputs(target)).map(|_| damage.input(&seeds));
        let all = seeds.iter().cloned().chain(damaged).enumerate();
        let peak = all.map(|(number, input)| run(target, number, &input)).max();
        let (seconds, peak) = (start.elapsed().as_secs_f32(), peak.unwrap_or(0) / 1024);
        println!("{}: {} seeds, peak {peak} KiB, {seconds:.1} s", target.name, seeds.len());
    }
}

const ACTS: &[&str] = &["act", "fold", "identity", "proposal", "bundle"];
const SYNC: &[&str] = &["parcel", "feed-question", "hello", "want", "recon", "push"];
const REGISTER: &[&str] =
    &["note", "key", "leaf-proof", "path", "tile", "add-checkpoint", "equivocation"];
const TEXTS: &[&str] = &["agreement", "question", "word", "odrl", "node-file", "sealed"];

const INSTANCES: &[&str] =
    &["flow-json", "flow-reference", "flow-dimacs", "flow-mnetgen", "flow-canad", "flow-plan"];
const MESSAGES: &[&str] =
    &["jma-xml", "kma-json", "usgs-geojson", "shakemap-grid", "gdacs-rss", "cap", "cap-feed"];

#[test]
fn acts_identities_and_bundles() {
    check(ACTS);
}

#[test]
fn what_neighbours_say() {
    check(SYNC);
}

#[test]
fn registers() {
    check(REGISTER);
}

#[test]
fn texts() {
    check(TEXTS);
}

#[test]
fn messages_of_warning_centres() {
    check(MESSAGES);
}

#[test]
fn planning_instances() {
    check(INSTANCES);
}

#[test]
fn no_target_is_left_out() {
    let all = [ACTS, SYNC, REGISTER, TEXTS, MESSAGES, INSTANCES].concat();
    let names: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
    assert_eq!(all.len(), names.len());
    assert!(names.iter().all(|name| all.contains(name)), "{names:?}");
}
