//! Drawn problems of middle size: planned, checked, explained, and what the plans are worth.

#![expect(clippy::expect_used, reason = "a test that cannot go on fails")]

use pumasi_flow::generate::{Size, generate};
use pumasi_flow::optimum::{Effort, optimise};
use pumasi_flow::posed::Posed;
use pumasi_flow::{Problem, Solved, check, explain, overall, prove, solve_with_proof};

/// The problem of middle size that belongs to `seed`.
fn middle(seed: u64) -> Problem {
    let parts = generate(Size::MIDDLE, seed).expect("every name drawn is an id");
    Problem::new(parts).expect("a drawn problem is consistent")
}

#[test]
fn plans_of_middle_size_keep_their_worth() {
    // What is left of the burden without relief, as measured; a change that raises it is a loss.
    for (seed, percent_most) in
        [(1, 2), (2, 2), (3, 11), (6, 19), (8, 12), (9, 8), (10, 4), (12, 3)]
    {
        let problem = middle(seed);
        let Solved { plan, certificate } = solve_with_proof(&problem);
        assert_eq!(check(&problem, &plan).map(|_| ()), Ok(()), "seed {seed}");
        let without = prove(&problem, &certificate).burden_without_relief;
        let percent = plan.terms.burden * 100 / without;
        assert!(percent <= percent_most, "seed {seed}: {percent} % of the burden is left");
    }
}

#[test]
fn plans_of_middle_size_pass_and_are_the_best_but_for_rounding() {
    for seed in [1, 6] {
        let problem = middle(seed);
        let Solved { plan, certificate } = solve_with_proof(&problem);
        assert_eq!(check(&problem, &plan).map(|_| ()), Ok(()), "seed {seed}");
        let proof = prove(&problem, &certificate);
        assert!(proof.objective_milli <= plan.terms.objective_milli(), "seed {seed}");
        let model = Posed::new(&problem).expect("a drawn problem is small").model;
        let best = optimise(&model, &Effort { gap: 1e-5, ..Effort::default() });
        let objective = plan.terms.objective_milli() as f64 / 1000.0;
        let above = objective / best.bound - 1.0;
        assert!((0.0..1e-3).contains(&above), "seed {seed}: {above} above the bound");
        assert!(plan.allocations.iter().any(|a| a.permit.is_some()), "seed {seed}");
        assert!(!overall(&explain(&problem, &plan)).is_empty(), "seed {seed}");
    }
}

#[test]
fn the_same_seed_draws_the_same_problem() {
    assert_eq!(middle(4).digest(), middle(4).digest());
    assert_ne!(middle(4).digest(), middle(5).digest());
}

#[test]
fn a_week_of_planning_has_the_size_promised() {
    let problem = middle(7);
    assert_eq!(problem.horizon().periods, 28);
    assert!((90..=110).contains(&problem.sites().len()));
    assert!((150..=700).contains(&problem.stocks().len()));
    assert!(problem.links().len() >= 200 && problem.needs().len() >= 200);
}
