//! Times minimum-cost flow on NETGEN problems, the building of the problem excluded.

#![expect(clippy::unwrap_used, reason = "a bench that cannot go on fails")]

#[path = "../tests/netgen/mod.rs"]
mod netgen;

use divan::Bencher;
use netgen::Netgen;

fn main() {
    divan::main();
}

fn time(bencher: Bencher, line: &str) {
    let problem = Netgen::line(line).problem();
    bencher.bench_local(|| problem.solve());
}

/// The published problem 101: 5,000 nodes, 25,336 arcs, transport from half of them to the others.
#[divan::bench]
fn netgen_101(bencher: Bencher) {
    time(bencher, "13502460 101 5000 2500 2500 25000 1 100 250000 0 0 0 100 1 1000");
}

/// 10,000 nodes and 80,000 arcs, 100 sources and 100 sinks, every arc with a capacity.
#[divan::bench]
fn netgen_10_000_nodes(bencher: Bencher) {
    time(bencher, "13502460 1 10000 100 100 80000 1 10000 100000 0 0 100 100 1 1000");
}

/// The proof of the answer to the same problem.
#[divan::bench]
fn verify_10_000_nodes(bencher: Bencher) {
    let line = "13502460 1 10000 100 100 80000 1 10000 100000 0 0 100 100 1 1000";
    let problem = Netgen::line(line).problem();
    let flow = problem.solve().unwrap();
    bencher.bench_local(|| flow.verify(&problem).is_ok());
}
