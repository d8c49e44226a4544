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
        let t = std::time::Instant::now();
        let bound = pumasi_flow::bound(&problem);
        let nothing = bound.burden_without_relief;
        let eb = t.elapsed();
        println!(
            "{seed}: sites {} links {} stocks {} needs {} permits {}; {} allocations burden {:.4} worst {} cost {} in {:?} bound {:.4} {eb:?}",
            problem.sites().len(),
            problem.links().len(),
            problem.stocks().len(),
            problem.needs().len(),
            problem.permits().len(),
            plan.allocations.len(),
            plan.terms.burden as f64 / nothing as f64,
            plan.terms.worst_share_ppm,
            plan.terms.cost_cents,
            e,
            bound.burden as f64 / nothing as f64
        );
        let t = std::time::Instant::now();
        let ex = pumasi_flow::explain(&problem, &plan);
        println!("   explain {:?}", t.elapsed());
        let mut by: std::collections::BTreeMap<String, i128> = Default::default();
        for b in &ex {
            assert!(!b.costs.is_empty());
            let c = format!("{:?}", b.costs[0].cut);
            *by.entry(c.split([' ', '{']).next().unwrap().to_string()).or_default() +=
                b.costs[0].burden * 1000 / nothing;
        }
        println!("   {:?}", by);
        check(&problem, &plan).unwrap();
    }
}
