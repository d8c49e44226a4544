//! Drawn problems of middle size are planned well and pass the check.
use pumasi_flow::generate::{Size, generate};
use pumasi_flow::{Problem, check, solve};

#[test]
fn middle() {
    for seed in 1..=12 {
        let problem = Problem::new(generate(Size::MIDDLE, seed).unwrap()).unwrap();
        let t = std::time::Instant::now();
        let plan = solve(&problem);
        let e = t.elapsed();
        let nothing: i128 = problem
            .needs()
            .iter()
            .map(|n| {
                let c = problem.commodity(&n.commodity).unwrap();
                let mut k = 0i128;
                let mut s = 0i128;
                for w in &n.wanted {
                    k = if c.perishing { 0 } else { k } + *w as i128;
                    s += k;
                }
                s * c.weight as i128
            })
            .sum();
        println!(
            "{seed}: sites {} links {} stocks {} needs {} permits {}; {} allocations burden {:.4} worst {} cost {} in {:?}",
            problem.sites().len(),
            problem.links().len(),
            problem.stocks().len(),
            problem.needs().len(),
            problem.permits().len(),
            plan.allocations.len(),
            plan.terms.burden as f64 / nothing as f64,
            plan.terms.worst_share_ppm,
            plan.terms.cost_cents,
            e
        );
        check(&problem, &plan).unwrap();
    }
}
