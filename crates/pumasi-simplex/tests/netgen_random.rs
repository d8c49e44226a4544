//! Small problems drawn at random cost what another method says they cost.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

use proptest::prelude::*;
use pumasi_simplex::network::{MinCostFlow, NetArc, NoFlow};

/// What stands in for no limit: more than all other amounts drawn together.
const AMPLE: i64 = 100_000;

/// An arc of the residual network with its room and its cost; its reverse is its neighbour.
struct Half {
    from: usize,
    to: usize,
    room: i64,
    cost: i64,
}

/// Finds the least cost by successive shortest paths, none if some demand cannot be met.
///
/// Arcs that gain are filled first, so that no circle of the residual network ever gains.
fn shortest_paths(problem: &MinCostFlow) -> Option<i128> {
    let mut excess = problem.supplies().to_vec();
    let mut halves = Vec::new();
    let mut cost = 0;
    for arc in problem.arcs() {
        let (from, to) = (arc.from as usize, arc.to as usize);
        let most = if arc.capacity == NetArc::UNBOUNDED { AMPLE } else { arc.capacity };
        let flow = if arc.cost < 0 { most } else { arc.lower };
        excess[from] -= flow;
        excess[to] += flow;
        cost += flow * arc.cost;
        halves.push(Half { from, to, room: most - flow, cost: arc.cost });
        halves.push(Half { from: to, to: from, room: flow - arc.lower, cost: -arc.cost });
    }
    while let Some((end, path, length)) = path_to_demand(&excess, &halves) {
        let start = path.last().map_or(end, |&half| halves[half].from);
        let amount = path.iter().map(|&half| halves[half].room).min().unwrap();
        let amount = amount.min(excess[start]).min(-excess[end]);
        for half in path {
            halves[half].room -= amount;
            halves[half ^ 1].room += amount;
        }
        excess[start] -= amount;
        excess[end] += amount;
        cost += amount * length;
    }
    excess.iter().all(|&amount| amount == 0).then(|| i128::from(cost))
}

/// The nearest demand from all that is left over, the path to it backwards, and its length.
fn path_to_demand(excess: &[i64], halves: &[Half]) -> Option<(usize, Vec<usize>, i64)> {
    let mut reached: Vec<Option<(i64, Option<usize>)>> =
        excess.iter().map(|&amount| (amount > 0).then_some((0, None))).collect();
    for _ in excess {
        for (index, half) in halves.iter().enumerate().filter(|(_, half)| half.room > 0) {
            if let Some((length, _)) = reached[half.from] {
                let longer = length + half.cost;
                if reached[half.to].is_none_or(|(length, _)| longer < length) {
                    reached[half.to] = Some((longer, Some(index)));
                }
            }
        }
    }
    let demands = (0..excess.len()).filter(|&node| excess[node] < 0);
    let (length, end) =
        demands.filter_map(|node| reached[node].map(|(length, _)| (length, node))).min()?;
    let mut path = Vec::new();
    let mut node = end;
    while let Some((_, Some(half))) = reached[node] {
        path.push(half);
        node = halves[half].from;
    }
    Some((end, path, length))
}

/// Whether arcs without a limit lead around a circle that gains, after Bellman and Ford.
fn gains_for_ever(problem: &MinCostFlow) -> bool {
    let mut worth = vec![0; problem.supplies().len()];
    let relax = |worth: &mut Vec<i64>| {
        let mut changed = false;
        for arc in problem.arcs().iter().filter(|arc| arc.capacity == NetArc::UNBOUNDED) {
            let through = worth[arc.from as usize] + arc.cost;
            if through < worth[arc.to as usize] {
                worth[arc.to as usize] = through;
                changed = true;
            }
        }
        changed
    };
    (0..=worth.len()).all(|_| relax(&mut worth))
}

fn arcs(nodes: u32) -> impl Strategy<Value = Vec<NetArc>> {
    let bounds = prop_oneof![
        20 => (0_i64..1, 0_i64..20),
        1 => (-3_i64..3, 0_i64..20),
        2 => (0_i64..1, Just(NetArc::UNBOUNDED)),
    ];
    // Small costs, so that many ways tie and steps go nowhere.
    let arc = (0..nodes, 1..nodes, bounds, -2_i64..8).prop_map(move |(from, by, bounds, cost)| {
        let capacity = bounds.0.saturating_add(bounds.1);
        NetArc::new(from, (from + by) % nodes, capacity, cost).at_least(bounds.0)
    });
    prop::collection::vec(arc, 0..40)
}

fn problems() -> impl Strategy<Value = MinCostFlow> {
    let sized = |nodes: u32| {
        let shifts = prop::collection::vec((0..nodes, 0..nodes, 0_i64..6), 0..6);
        (Just(nodes), shifts, arcs(nodes))
    };
    (2_u32..10).prop_flat_map(sized).prop_map(|(nodes, shifts, arcs)| {
        let mut supplies = vec![0; nodes as usize];
        for (from, to, amount) in shifts {
            supplies[from as usize] += amount;
            supplies[to as usize] -= amount;
        }
        MinCostFlow::new(nodes as usize, supplies, arcs).unwrap()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn the_cost_is_that_of_successive_shortest_paths(problem in problems()) {
        let expected = shortest_paths(&problem);
        let scaled = problem.solve_by_scaling();
        for found in std::iter::once(problem.solve_by_simplex()).chain(scaled) {
            match found {
                Ok(flow) => {
                    prop_assert_eq!(flow.verify(&problem), Ok(()));
                    prop_assert!(!gains_for_ever(&problem));
                    prop_assert_eq!(Some(flow.cost), expected);
                }
                Err(obstacle) => {
                    prop_assert_eq!(obstacle.verify(&problem), Ok(()));
                    match obstacle {
                        NoFlow::Infeasible { .. } => prop_assert_eq!(expected, None),
                        NoFlow::Unbounded { .. } => prop_assert!(gains_for_ever(&problem)),
                    }
                }
            }
        }
    }

    #[test]
    fn a_unit_more_or_less_anywhere_is_noticed(problem in problems(), place: usize, more: bool) {
        if let Ok(flow) = problem.solve() && !flow.flow.is_empty() {
            let mut changed = flow;
            let place = place % changed.flow.len();
            changed.flow[place] += if more { 1 } else { -1 };
            prop_assert!(changed.verify(&problem).is_err());
        }
    }
}
