//! Times planning, checking and explaining a drawn problem of middle size.

#![expect(clippy::expect_used, reason = "a test that cannot go on fails")]

fn main() {
    divan::main();
}

mod middle {
    use pumasi_flow::generate::{Size, generate};
    use pumasi_flow::{Problem, check, explain, prove, solve, solve_with_proof};

    fn problem(seed: u64) -> Problem {
        let parts = generate(Size::MIDDLE, seed).expect("every name drawn is an id");
        Problem::new(parts).expect("a drawn problem is consistent")
    }

    #[divan::bench(args = [1, 2, 3, 7])]
    fn plan(bencher: divan::Bencher, seed: u64) {
        let problem = problem(seed);
        bencher.bench_local(|| solve(&problem));
    }

    #[divan::bench(args = [1, 2, 3, 7])]
    fn judge(bencher: divan::Bencher, seed: u64) {
        let problem = problem(seed);
        let plan = solve(&problem);
        bencher.bench_local(|| check(&problem, &plan).is_ok());
    }

    #[divan::bench(args = [1, 2, 3, 7])]
    fn reasons(bencher: divan::Bencher, seed: u64) {
        let problem = problem(seed);
        let plan = solve(&problem);
        bencher.bench_local(|| explain(&problem, &plan));
    }

    #[divan::bench(args = [1, 2, 3, 7])]
    fn proof(bencher: divan::Bencher, seed: u64) {
        let problem = problem(seed);
        let certificate = solve_with_proof(&problem).certificate;
        bencher.bench_local(|| prove(&problem, &certificate));
    }
}
