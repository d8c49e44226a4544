//! Seeds that must hold, and guards that must be missed when they are left out.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use pumasi_sim::{Guard, run};

/// How many seeds `cargo verify` plays; more are played by `pumasi-sim COUNT`.
const SEEDS: u64 = 300;

/// How many seeds may pass before the lack of a guard shows.
const POWER: u64 = 2000;

fn wanted() -> u64 {
    std::env::var("PUMASI_SEEDS").ok().and_then(|count| count.parse().ok()).unwrap_or(SEEDS)
}

#[test]
fn whatever_breaks_nothing_is_lost_forked_or_promised_twice() {
    for seed in 0..wanted() {
        let outcome = run(seed, None);
        assert!(outcome.violations.is_empty(), "seed {seed}: {:?}", outcome.violations);
    }
}

#[test]
fn a_seed_is_played_again_byte_for_byte() {
    for seed in [3, 86, 624, 2350] {
        let (once, again) = (run(seed, None), run(seed, None));
        assert_eq!(once, again);
        assert!(once.acts > 5 && !once.troubles.is_empty(), "{once:?}");
    }
    assert_ne!(run(1, None).trace, run(2, None).trace);
}

/// The seed that shows what a guard is for.
#[track_caller]
fn check(guard: Guard) {
    let missed = (0..POWER).find(|seed| !run(*seed, Some(guard)).violations.is_empty());
    assert!(missed.is_some(), "nobody misses {guard} in {POWER} seeds");
    println!("{guard} is missed by seed {}", missed.unwrap());
}

#[test]
fn a_restored_node_that_waits_for_nothing_is_caught() {
    check(Guard::Recovery);
}

#[test]
fn a_restored_node_that_continues_its_old_log_is_caught() {
    check(Guard::Incarnation);
}

#[test]
fn a_log_that_nobody_closes_is_caught() {
    check(Guard::Closing);
}

#[test]
fn a_node_that_repairs_nothing_is_caught() {
    check(Guard::Sweep);
}

#[test]
fn a_feed_that_shows_everything_is_caught() {
    check(Guard::Audience);
}

#[test]
fn signatures_that_are_not_checked_are_caught() {
    check(Guard::Signatures);
}

#[test]
fn nodes_that_acknowledge_nothing_are_caught() {
    check(Guard::Receipts);
}

#[test]
fn acts_after_a_fork_that_simply_count_are_caught() {
    check(Guard::Contests);
}

#[test]
fn identities_that_go_back_are_caught() {
    check(Guard::IdentityTrail);
}

#[test]
fn rules_that_look_beyond_an_author_s_past_are_caught() {
    check(Guard::CausalPast);
}

#[test]
fn a_backdated_acceptance_that_passes_is_caught() {
    check(Guard::WitnessedTime);
}
