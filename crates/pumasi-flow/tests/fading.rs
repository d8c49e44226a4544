//! Small problems drawn at random in which goods are lost with time and links carry some goods
//! alone: what is planned, checked and proved of them, beside an independent programme.
//! `PROPTEST_CASES` says how many are drawn.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on fails"
)]

#[path = "arcs/state.rs"]
mod state;
#[path = "../../pumasi-simplex/tests/dense/tableau.rs"]
mod tableau;

use std::collections::BTreeSet;
use std::str::FromStr;

use proptest::prelude::*;
use proptest::sample::select;
use pumasi_base::Time;
use pumasi_base::catalog::Mode;
use pumasi_flow::generate::{Size, generate};
use pumasi_flow::posed::Posed;
use pumasi_flow::{
    Ceiling, CeilingId, ClauseRef, Commodity, Fault, Horizon, Link, Need, Permit, Plan, Problem,
    ProblemParts, Serving, Site, Stock, Violation, check, prove, solve, solve_with_proof,
};

use tableau::Outcome;

/// Minutes in a period: a day, so that losses of a day are those of a period.
const PERIOD_MIN: i64 = 1440;
/// Losses to draw from, in parts per million a day.
const LOSSES: [i64; 4] = [400, 5_000, 100_000, 400_000];
const SITES: usize = 4;

fn id<T: FromStr>(text: &str) -> T {
    text.parse().unwrap_or_else(|_| panic!("`{text}` is no id"))
}

fn goods(kind: usize) -> &'static str {
    ["hydrogen", "water"][kind]
}

fn commodity(kind: usize) -> impl Strategy<Value = Commodity> {
    (select(vec![0_i64, 1, 2]), any::<bool>(), 1_i64..50, select(LOSSES.to_vec())).prop_map(
        move |(mass, perishing, weight, loss)| Commodity {
            id: id(goods(kind)),
            mass_g: mass * 1000,
            perishing: perishing || kind == 1,
            weight: weight * 100,
            // The second kind loses nothing.
            loss_ppm_per_day: if kind == 0 { loss } else { 0 },
        },
    )
}

fn link(number: usize, periods: usize) -> impl Strategy<Value = Link> {
    let figures = (0_i64..3, select(vec![3_i64, 8, 20, 1000]), select(vec![0_i64, 1000, 90_000]));
    let bound = select(vec![None, None, Some(0), Some(1)]);
    (0..SITES, 1..SITES, figures, bound, any::<bool>()).prop_map(
        move |(from, on, (days, kg, cost_cents_per_t), bound, both_ways)| Link {
            id: id(&format!("link-{number}")),
            from: id(&format!("site-{from}")),
            to: id(&format!("site-{}", (from + on) % SITES)),
            both_ways,
            mode: Mode::Sea,
            duration_min: days * PERIOD_MIN,
            capacity_kg: vec![kg; periods],
            cost_cents_per_t,
            closures: Vec::new(),
            carries: bound.map(|kind| [id(goods(kind))].into()),
        },
    )
}

prop_compose! {
    fn stock()(
        owner in select(vec!["jp", "kr"]), at in 0..SITES, kind in 0..2_usize,
        units in 1_i64..60, release_period in 0_usize..3,
    ) -> Stock {
        Stock {
            owner: id(owner),
            site: id(&format!("site-{at}")),
            commodity: id(goods(kind)),
            units,
            release_period,
        }
    }
}

fn need(number: usize, periods: usize) -> impl Strategy<Value = Need> {
    let wanted = prop::collection::vec(select(vec![0_i64, 0, 3, 7, 20]), periods);
    (0..SITES, select(vec![0_usize, 0, 1]), wanted).prop_map(move |(at, kind, wanted)| Need {
        place: id(&format!("place-{number}")),
        site: id(&format!("site-{at}")),
        receiver: id("jp"),
        commodity: id(goods(kind)),
        wanted,
        requested: true,
    })
}

fn permit(kg: i64, earliest_period: usize) -> (Permit, Ceiling) {
    let clause = ClauseRef { agreement: id("fuel"), clause: id("art-1") };
    let ceiling = CeilingId { clause: clause.clone(), part: 0 };
    let permit = Permit {
        clause,
        giver: id("kr"),
        receiver: id("jp"),
        commodities: [id(goods(0)), id(goods(1))].into(),
        modes: [Mode::Sea].into(),
        through: None,
        earliest_period,
        ceilings: [ceiling.clone()].into(),
        push: false,
        suspended: None,
    };
    (permit, Ceiling { id: ceiling, kg })
}

fn parts() -> impl Strategy<Value = ProblemParts> {
    (2_usize..5).prop_flat_map(|periods| {
        let links: Vec<_> = (0..5).map(|number| link(number, periods)).collect();
        let needs: Vec<_> = (0..3).map(|number| need(number, periods)).collect();
        let intake = prop::option::weighted(0.3, Just(vec![9_i64; periods]));
        let stocks = prop::collection::vec(stock(), 1..5);
        let kg = select(vec![5_i64, 30, 1000]);
        ((commodity(0), commodity(1)), links, stocks, needs, intake, kg, 0_usize..2).prop_map(
            move |(commodities, links, stocks, needs, intake, kg, earliest)| {
                let horizon = Horizon { start: Time::UNIX_EPOCH, period_min: PERIOD_MIN, periods };
                let site = |at: usize| Site {
                    id: id(&format!("site-{at}")),
                    territory: None,
                    handling_kg: intake.clone().filter(|_| at == 1),
                };
                let (permit, ceiling) = permit(kg, earliest);
                ProblemParts {
                    horizon,
                    commodities: vec![commodities.0, commodities.1],
                    sites: (0..SITES).map(site).collect(),
                    links,
                    stocks,
                    needs,
                    ceilings: vec![ceiling],
                    permits: vec![permit],
                }
            },
        )
    })
}

fn problem(parts: ProblemParts) -> Problem {
    Problem::new(parts).expect("what is drawn is consistent")
}

fn with_loss(parts: &ProblemParts, ppm: i64) -> Problem {
    let mut parts = parts.clone();
    parts.commodities[0].loss_ppm_per_day = ppm;
    problem(parts)
}

/// The best objective there is in fractions of units, in thousandths, by the dense programme.
fn best_milli(problem: &Problem) -> f64 {
    let model = Posed::new(problem).expect("a drawn problem is small").model;
    match state::programme(&model).solve() {
        Outcome::Best(profit, _) => -profit * 1000.0,
        other => panic!("doing nothing is allowed, but it came out {other:?}"),
    }
}

/// How far two sums of thousandths may lie apart that mean the same: the gap at which plans are
/// taken, and prices rounded to millionths.
fn close(best: f64, problem: &Problem) -> f64 {
    let wanted: i64 = problem.needs().iter().flat_map(|need| &need.wanted).sum();
    3e-5 * best + 20.0 + wanted as f64
}

fn faults(problem: &Problem, plan: &Plan) -> BTreeSet<Fault> {
    let found = check(problem, plan).err().unwrap_or_default();
    let of_one = |violation: &Violation| match violation {
        Violation::Allocation { fault, .. } => Some(*fault),
        _ => None,
    };
    found.iter().filter_map(of_one).collect()
}

/// How many problems to draw: `least`, or what the environment asks for.
fn cases(least: u32) -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    let cases = asked.unwrap_or(least);
    // Many problems drawn have nothing to give of what is lost with time.
    let max_global_rejects = 10 * cases + 1000;
    ProptestConfig {
        cases,
        max_global_rejects,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn plans_pass_and_their_proofs_are_what_the_programme_comes_to(parts in parts()) {
        let problem = problem(parts);
        let solved = solve_with_proof(&problem);
        prop_assert_eq!(check(&problem, &solved.plan).map(|_| ()), Ok(()));
        let proved = prove(&problem, &solved.certificate).objective_milli;
        prop_assert!(proved <= solved.plan.terms.objective_milli());
        let best = best_milli(&problem);
        let close = close(best, &problem);
        prop_assert!(proved as f64 <= best + 1.0, "{} proved, {} is the best", proved, best);
        prop_assert!(best - proved as f64 <= close, "{} proved, {} is the best", proved, best);
    }

    #[test]
    fn whatever_the_prices_nothing_false_is_proved(parts in parts(), factors: Vec<u8>) {
        let problem = problem(parts);
        let mut certificate = solve_with_proof(&problem).certificate;
        let mut factors = factors.into_iter().cycle().map(i64::from);
        let mut alter = |price: &mut i64| *price = *price * factors.next().unwrap_or(1) / 64;
        certificate.stocks.values_mut().for_each(&mut alter);
        certificate.ceilings.values_mut().for_each(&mut alter);
        certificate.departures.values_mut().for_each(&mut alter);
        certificate.handling.values_mut().for_each(&mut alter);
        certificate.needs.values_mut().for_each(&mut alter);
        let proved = prove(&problem, &certificate).objective_milli;
        prop_assert!(proved as f64 <= best_milli(&problem) + 1.0);
    }

    #[test]
    fn more_loss_is_never_better(parts in parts(), more in 0_i64..300_000) {
        let loss = parts.commodities[0].loss_ppm_per_day;
        let (none, some) = (best_milli(&with_loss(&parts, 0)), best_milli(&with_loss(&parts, loss)));
        let worse = best_milli(&with_loss(&parts, loss + more));
        prop_assert!(none <= some + 1e-3 && some <= worse + 1e-3, "{} {} {}", none, some, worse);
    }

    #[test]
    fn what_claims_more_than_is_left_is_refused(parts in parts(), pick: usize) {
        let problem = problem(parts);
        let plan = solve(&problem);
        let lossy: Vec<usize> = (0..plan.allocations.len())
            .filter(|at| plan.allocations[*at].serving.is_some())
            .collect();
        prop_assume!(!lossy.is_empty());
        let at = lossy[pick % lossy.len()];
        let with = |change: &dyn Fn(&mut pumasi_flow::Allocation)| {
            let mut plan = plan.clone();
            change(&mut plan.allocations[at]);
            faults(&problem, &plan)
        };
        let claimed = plan.allocations[at].serving.clone().unwrap();
        let more = with(&|a| a.serving = Some(Serving { units: a.units + 1, ..claimed.clone() }));
        prop_assert!(more.contains(&Fault::MoreThanIsLeft));
        // The plan sends no more than it must.
        let fewer = with(&|a| a.units -= 1);
        prop_assert!(fewer.contains(&Fault::MoreThanIsLeft) || claimed.units == 1);
        prop_assert!(with(&|a| a.serving = None).contains(&Fault::LossNotStated));
    }

    #[test]
    fn nothing_goes_by_a_link_that_does_not_carry_it(parts in parts()) {
        let problem = problem(parts);
        let plan = solve(&problem);
        for allocation in &plan.allocations {
            let goods = &problem.stocks()[allocation.stock.0].commodity;
            for leg in &allocation.route {
                prop_assert!(problem.links()[leg.link.0].takes(goods));
                let mut bound = problem.clone().into_parts();
                let other = if goods.as_str() == "water" { "hydrogen" } else { "water" };
                bound.links[leg.link.0].carries = Some([id(other)].into());
                let bound = Problem::new(bound).unwrap();
                let moved = Plan { problem: bound.digest(), ..plan.clone() };
                prop_assert!(faults(&bound, &moved).contains(&Fault::CargoNotCarried(leg.link)));
            }
        }
    }
}

/// Without losses, texts, plans and certificates are those of before there were any.
#[test]
fn what_loses_nothing_is_planned_as_ever() {
    let expected = [
        [
            "db55704e88e47cb30794580fd5da5edb5d270e75ef97ddff7129b993ae2637fa",
            "f4840283115154ea62827ffb171c3419481684deef34707d9c5d95162c7947bf",
            "f22e2a48672f79272ef606f0d589274dd4a5c1017f52ebc69874767cd0a148ba",
        ],
        [
            "39ad0fc2831bc70418b16a70b524883655f802e6c0b9eeb572f2af0545f6a8b6",
            "63306d6a6a1496d0edccea1d8640980a09d43cacdda53b0bcb46b6f324071b22",
            "6dc149e4aa7c407ba082c96f14e91de7d0c296cbd02a1d9b62f4515a83f1e68f",
        ],
        [
            "0af24a4036240ce52d88de36b1c45dd0400a6924d71b16374ff166cebc9d624c",
            "13b05e1b36c0b88f8ab328966a37fb1dd83a7b2cdc9c57bfc9314ee6f056252d",
            "53dc3a9814d9158fa14ad82c48e9e977b943f7ee03e3081af93889ec52e8f84c",
        ],
    ];
    for (seed, expected) in (1..).zip(expected) {
        let problem = problem(generate(Size::SMALL, seed).expect("every name drawn is an id"));
        let solved = solve_with_proof(&problem);
        let digests =
            [problem.digest(), solved.plan.digest(&problem), solved.certificate.digest(&problem)];
        assert_eq!(digests.map(|digest| digest.to_string()), expected, "seed {seed}");
    }
}
