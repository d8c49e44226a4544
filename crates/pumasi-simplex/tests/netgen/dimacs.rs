//! The plain text of a minimum-cost flow problem as the first DIMACS challenge agreed on.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

use std::collections::BTreeMap;

use pumasi_simplex::network::{MinCostFlow, NetArc};

/// Reads the lines `p min NODES ARCS`, `n NODE SUPPLY` and `a FROM TO LEAST MOST COST`; lines that
/// begin with `c` are for people. Nodes count from 1.
pub fn read(text: &str) -> MinCostFlow {
    let (mut nodes, mut count) = (0, 0);
    let mut supplies = BTreeMap::new();
    let mut arcs = Vec::new();
    for line in text.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        let number = |place: usize| -> i64 { words[place].parse().unwrap() };
        let node = |place: usize| u32::try_from(number(place) - 1).unwrap();
        match words.first() {
            Some(&"p") => {
                assert_eq!(words[1], "min");
                (nodes, count) = (words[2].parse().unwrap(), words[3].parse().unwrap());
            }
            Some(&"n") => assert!(supplies.insert(node(1), number(2)).is_none()),
            Some(&"a") => {
                arcs.push(NetArc::new(node(1), node(2), number(4), number(5)).at_least(number(3)));
            }
            other => assert!(other.is_none_or(|word| word.starts_with('c')), "{line}"),
        }
    }
    assert_eq!(arcs.len(), count);
    let supply = |node| supplies.get(&node).copied().unwrap_or(0);
    MinCostFlow::new(nodes, (0..u32::try_from(nodes).unwrap()).map(supply).collect(), arcs).unwrap()
}

/// Writes a problem in the same lines.
pub fn write(problem: &MinCostFlow) -> String {
    let mut text = format!("p min {} {}\n", problem.supplies().len(), problem.arcs().len());
    for (node, supply) in (1..).zip(problem.supplies()).filter(|(_, supply)| **supply != 0) {
        text += &format!("n {node} {supply}\n");
    }
    for arc in problem.arcs() {
        let (from, to) = (arc.from + 1, arc.to + 1);
        text += &format!("a {from} {to} {} {} {}\n", arc.lower, arc.capacity, arc.cost);
    }
    text
}
