use super::{MinCostFlow, NetArc, NetBreach, NetFault, NetFlow, NoFlow};

/// Reads `+4 0 -4; 0>1 2 @1; 1>2 1..* @-3`: the supplies of the nodes, then each arc with its
/// capacity or its bounds, `*` for none, and its cost.
fn read(text: &str) -> Result<MinCostFlow, NetFault> {
    let amount = |word: &str| match word {
        "*" => NetArc::UNBOUNDED,
        "max" => i64::MAX - 1,
        "min" => i64::MIN,
        word => word.parse().unwrap(),
    };
    let mut parts = text.split(';');
    let supplies: Vec<i64> = parts.next().unwrap().split_whitespace().map(amount).collect();
    let arc = |part: &str| {
        let words: Vec<&str> = part.split_whitespace().collect();
        let (from, to) = words[0].split_once('>').unwrap();
        let (lower, capacity) = words[1].split_once("..").unwrap_or(("0", words[1]));
        let cost = amount(words[2].strip_prefix('@').unwrap());
        NetArc::new(from.parse().unwrap(), to.parse().unwrap(), amount(capacity), cost)
            .at_least(amount(lower))
    };
    MinCostFlow::new(supplies.len(), supplies, parts.map(arc).collect())
}

fn answer(text: &str) -> String {
    let problem = match read(text) {
        Ok(problem) => problem,
        Err(fault) => return format!("fault: {fault}"),
    };
    let found = told(&problem, problem.solve_by_simplex());
    if let Some(scaled) = problem.solve_by_scaling() {
        assert_eq!(told(&problem, scaled), found, "{text}");
    }
    found
}

fn told(problem: &MinCostFlow, found: Result<NetFlow, NoFlow>) -> String {
    match found {
        Ok(flow) => {
            flow.verify(problem).unwrap();
            format!("{}: {:?}", flow.cost, flow.flow)
        }
        Err(obstacle) => {
            obstacle.verify(problem).unwrap();
            match obstacle {
                NoFlow::Infeasible { cut } => format!("infeasible: {cut:?}"),
                NoFlow::Unbounded { cycle } => format!("unbounded: {cycle:?}"),
            }
        }
    }
}

#[track_caller]
fn check(problem: &str, expected: &str) {
    assert_eq!(answer(problem), expected, "{problem}");
}

#[test]
fn the_cheapest_way_is_taken_until_it_is_full() {
    check("4 0 -4; 0>1 2 @1; 1>2 9 @1; 0>2 9 @5", "14: [2, 2, 2]");
    check("4 0 -4; 0>1 9 @1; 1>2 9 @1; 0>2 9 @5", "8: [4, 4, 0]");
    check("3 -1 -2; 0>1 * @2; 0>2 * @7; 1>2 * @1", "8: [3, 0, 2]");
    check("5 5 -3 -7; 0>2 9 @1; 0>3 9 @4; 1>2 9 @2; 1>3 9 @3", "26: [3, 2, 0, 5]");
}

#[test]
fn nothing_to_do_costs_nothing() {
    check("", "0: []");
    check("0", "0: []");
    check("0 0; 0>1 5 @3", "0: [0]");
    check("0 0; 0>1 0 @-3", "0: [0]");
}

#[test]
fn gains_are_taken_as_far_as_capacities_let_them() {
    check("0 0; 0>1 5 @-3; 1>0 4 @1", "-8: [4, 4]");
    check("0 0; 0>1 5 @-3; 1>0 * @1", "-10: [5, 5]");
    check("0 0 0; 0>1 3 @-1; 1>2 2 @-1; 2>0 9 @1; 1>0 9 @2", "-2: [2, 2, 2, 0]");
    check("1 -1; 0>1 7 @-3; 1>0 4 @0", "-15: [5, 4]");
}

#[test]
fn what_must_flow_flows() {
    check("0 0; 0>1 2..5 @3; 1>0 9 @1", "8: [2, 2]");
    check("2 -2; 0>1 1..5 @9; 0>1 5 @1", "10: [1, 1]");
    check("2 -2; 0>1 2..2 @9; 0>1 5 @1", "18: [2, 0]");
    check("-2 2; 0>1 -4..5 @1", "-2: [-2]");
    check("-2 2; 0>1 -4..5 @1; 1>0 1..1 @3", "2: [-1, 1]");
}

#[test]
fn a_demand_that_cannot_be_met_is_shown_by_a_cut() {
    check("1 -1", "infeasible: [0]");
    check("4 0 -4; 0>1 3 @1; 1>2 9 @1", "infeasible: [0]");
    check("4 0 -4; 0>1 9 @1; 1>2 3 @1", "infeasible: [0, 1]");
    check("4 0 -4; 0>1 9 @1; 2>1 3 @1", "infeasible: [0, 1]");
    check("0 0; 0>1 2..5 @1; 1>0 1 @1", "infeasible: [1]");
    check("1 -1; 0>1 2..5 @-1", "infeasible: [1]");
}

#[test]
fn a_gain_without_end_is_shown_by_its_circle() {
    check("0 0; 0>1 * @-3; 1>0 * @2", "unbounded: [0, 1]");
    check("0 0; 0>1 * @-3; 1>0 * @3", "0: [0, 0]");
    check("1 0 -1; 0>1 * @1; 1>2 * @-5; 2>1 * @4; 0>2 3 @0", "unbounded: [1, 2]");
}

#[test]
fn numbers_out_of_range_are_faults_at_their_place() {
    check("1 0 -2", "fault: supplies exceed demands by `-1`");
    check("max max -2", "fault: supplies or demands up to node `0` are too large to add");
    check("min 0 0", "fault: supplies or demands up to node `0` are too large to add");
    check("0 0; 0>1 1 @1; 0>2 1 @1", "fault: arc `1` names node `2`, which is not there");
    check("0 0; 0>1 1 @1; 1>1 1 @1", "fault: arc `1` leads from node `1` back to it");
    check("0 0; 0>1 3..2 @1", "fault: arc `0` may carry less than it must");
    check("0 0; 0>1 -1 @1", "fault: arc `0` may carry less than it must");
    check(
        "0 0; 0>1 max @1",
        "fault: capacities or lower bounds up to arc `0` are too large to add",
    );
    check(
        "0 0; 0>1 min..0 @1",
        "fault: capacities or lower bounds up to arc `0` are too large to add",
    );
    check("0 0; 0>1 1 @min", "fault: the cost of arc `0` is too large for paths of so many nodes");
    let fault = MinCostFlow::new(2, vec![0], vec![]).unwrap_err();
    assert_eq!(fault.to_string(), "`1` supplies for `2` nodes");
}

#[test]
fn the_largest_numbers_that_are_taken_are_counted_exactly() {
    let amount = MinCostFlow::AMOUNT_MAX;
    let cost = MinCostFlow::COST_MAX / 3;
    let arcs = vec![NetArc::new(0, 1, NetArc::UNBOUNDED, cost), NetArc::new(1, 2, amount, cost)];
    let problem = MinCostFlow::new(3, vec![amount, 0, -amount], arcs).unwrap();
    let flow = problem.solve().unwrap();
    flow.verify(&problem).unwrap();
    assert_eq!(flow.cost, 2 * i128::from(amount) * i128::from(cost));
}

#[test]
fn a_false_answer_is_not_proved() {
    let problem = read("4 0 -4; 0>1 2 @1; 1>2 9 @1; 0>2 9 @5").unwrap();
    let check = |cost: i128, flow: [i64; 3], potentials: &[i64], expected: NetBreach| {
        let claim =
            NetFlow { cost, flow: flow.to_vec(), potentials: potentials.to_vec(), pivots: 0 };
        assert_eq!(claim.verify(&problem), Err(expected), "{flow:?}");
    };
    check(14, [2, 2, 2], &[0, 4], NetBreach::LengthsDiffer);
    check(11, [3, 3, 1], &[0, 4, 5], NetBreach::OutOfBounds { arc: 0 });
    check(14, [2, 2, -2], &[0, 4, 5], NetBreach::OutOfBounds { arc: 2 });
    check(14, [2, 1, 2], &[0, 4, 5], NetBreach::NotConserved { node: 1 });
    check(17, [1, 1, 3], &[0, 4, 5], NetBreach::NotOptimal { arc: 0 });
    check(14, [2, 2, 2], &[0, 0, 5], NetBreach::NotOptimal { arc: 0 });
    check(13, [2, 2, 2], &[0, 4, 5], NetBreach::CostDiffers { cost: 14 });
    let cut = NoFlow::Infeasible { cut: vec![0] };
    assert_eq!(cut.verify(&problem), Err(NetBreach::CutHolds));
    let cycle = NoFlow::Unbounded { cycle: vec![0, 1, 2] };
    assert_eq!(cycle.verify(&problem), Err(NetBreach::CycleDoesNotPay));
}

/// A chain of so many nodes, along all of which seven units go.
fn chain(nodes: u32) -> MinCostFlow {
    let count = usize::try_from(nodes).unwrap();
    let mut supplies = vec![0; count];
    (supplies[0], supplies[count - 1]) = (7, -7);
    let arcs = (1..nodes).map(|node| NetArc::new(node - 1, node, 9, 1)).collect();
    MinCostFlow::new(count, supplies, arcs).unwrap()
}

#[test]
fn a_long_chain_is_followed_to_its_end() {
    let problem = chain(10_000);
    let flow = problem.solve_by_simplex().unwrap();
    flow.verify(&problem).unwrap();
    assert_eq!(flow.cost, 7 * 9_999);
}

#[test]
fn a_chain_a_hundred_times_as_long_takes_a_hundred_times_as_many_steps() {
    let problem = chain(1_000_000);
    let flow = problem.solve().unwrap();
    flow.verify(&problem).unwrap();
    assert_eq!(flow.cost, 7 * 999_999);
    assert!(flow.pivots < 20_000_000, "{}", flow.pivots);
}

#[test]
fn numbers_too_large_to_scale_are_left_to_the_simplex() {
    let large = read("0 0; 0>1 max @0").unwrap_err();
    assert!(matches!(large, NetFault::AmountTooLarge { .. }));
    let back = NetArc::new(1, 0, NetArc::UNBOUNDED, 1);
    let arcs = vec![NetArc::new(0, 1, MinCostFlow::AMOUNT_MAX, 1), back, back];
    let problem = MinCostFlow::new(2, vec![0, 0], arcs).unwrap();
    assert_eq!(problem.solve_by_scaling(), None);
    let gains = read("0 0; 0>1 * @-1; 1>0 3 @0").unwrap();
    assert_eq!(gains.solve_by_scaling(), None);
    assert_eq!(gains.solve().unwrap().cost, -3);
}
