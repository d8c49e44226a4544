//! Where a flow that cannot be finished is stopped.

#![expect(
    clippy::indexing_slicing,
    reason = "nodes and arcs were checked against their lists when the problem was made"
)]

use super::{NetArc, at, number};

/// The nodes that what is left over at some could still be sent to, rising.
///
/// `flow` is above the lower bounds, and `left_over` says of every node whether it has more than
/// it could send on. If no more can be sent at all, then no demand lies among these nodes, every
/// arc out of them is full, and every arc into them carries its least.
pub(super) fn find(arcs: &[NetArc], flow: &[i64], left_over: &[bool]) -> Vec<u32> {
    let (first, ends) = incidence(left_over.len(), arcs);
    let mut reached = left_over.to_vec();
    let is_reached = |&node: &u32| left_over[at(node)];
    let mut open: Vec<u32> = (0..number(left_over.len())).filter(is_reached).collect();
    while let Some(node) = open.pop() {
        for &end in &ends[at(first[at(node)])..at(first[at(node) + 1])] {
            let arc = &arcs[at(end)];
            let (other, has_room) = if arc.from == node {
                let full =
                    arc.capacity != NetArc::UNBOUNDED && flow[at(end)] == arc.capacity - arc.lower;
                (arc.to, !full)
            } else {
                (arc.from, flow[at(end)] > 0)
            };
            if has_room && !reached[at(other)] {
                reached[at(other)] = true;
                open.push(other);
            }
        }
    }
    (0..number(reached.len())).filter(|&node| reached[at(node)]).collect()
}

/// The arcs at every node: those at node `v` are the second list from `first[v]` to `first[v + 1]`.
fn incidence(nodes: usize, arcs: &[NetArc]) -> (Vec<u32>, Vec<u32>) {
    let mut first = vec![0_u32; nodes + 1];
    for arc in arcs {
        first[at(arc.from) + 1] += 1;
        first[at(arc.to) + 1] += 1;
    }
    for node in 0..nodes {
        first[node + 1] += first[node];
    }
    let mut free = first.clone();
    let mut ends = vec![0_u32; 2 * arcs.len()];
    for (index, arc) in arcs.iter().enumerate() {
        for node in [arc.from, arc.to] {
            ends[at(free[at(node)])] = number(index);
            free[at(node)] += 1;
        }
    }
    (first, ends)
}
