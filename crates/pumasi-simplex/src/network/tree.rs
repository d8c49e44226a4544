//! The basis of the simplex: a spanning tree hung from a root beside the network.

#![expect(
    clippy::indexing_slicing,
    reason = "every list has a place for each node and the root, and every link is one of these"
)]

use super::{at, number};

/// A rooted spanning tree with the prices that make its arcs break even.
///
/// INVARIANT: `thread` and `back` run around all nodes in preorder from the root, so that the
/// nodes below one are those after it that lie deeper than it.
#[derive(Debug)]
pub(super) struct Tree {
    /// The node above; of the root, the root.
    pub(super) parent: Vec<u32>,
    /// The arc to the node above.
    pub(super) arc: Vec<u32>,
    /// Whether that arc leads to the node above rather than from it.
    pub(super) rises: Vec<bool>,
    /// What one unit is worth at the node.
    pub(super) potential: Vec<i64>,
    depth: Vec<u32>,
    thread: Vec<u32>,
    back: Vec<u32>,
}

/// How a subtree is tied to the rest.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tie {
    /// The node of the subtree at which it will hang.
    pub(super) stem: u32,
    /// The node of the rest from which it will hang.
    pub(super) onto: u32,
    /// The arc between them.
    pub(super) arc: u32,
    /// Whether the arc leads from the stem.
    pub(super) rises: bool,
}

impl Tree {
    /// Hangs every node directly from the root: node `v` by arc `first_arc + v`.
    pub(super) fn star(rises: Vec<bool>, potential: Vec<i64>, first_arc: u32) -> Self {
        let nodes = rises.len();
        let root = number(nodes);
        let mut tree = Self {
            parent: vec![root; nodes + 1],
            arc: (first_arc..=first_arc + root).collect(),
            rises,
            potential,
            depth: vec![1; nodes + 1],
            thread: (1..=root + 1).collect(),
            back: (0..=root).map(|node| node.checked_sub(1).unwrap_or(root)).collect(),
        };
        tree.rises.push(false);
        tree.potential.push(0);
        tree.depth[nodes] = 0;
        tree.thread[nodes] = 0;
        tree
    }

    /// The lowest node that both nodes are or hang from.
    pub(super) fn meeting(&self, mut one: u32, mut other: u32) -> u32 {
        while one != other {
            let (depth_one, depth_other) = (self.depth[at(one)], self.depth[at(other)]);
            if depth_one >= depth_other {
                one = self.parent[at(one)];
            }
            if depth_other >= depth_one {
                other = self.parent[at(other)];
            }
        }
        one
    }

    /// Cuts off the subtree at `top`, hangs it up again by another of its nodes, and adds `shift`
    /// to the worth of a unit at each of its nodes.
    pub(super) fn rehang(&mut self, top: u32, tie: Tie, shift: i64) {
        let before = self.back[at(top)];
        let (last, after) = self.turn(top, tie.stem);
        // Close the thread where the subtree was, then open it below its new place.
        self.link(before, after);
        let next = self.thread[at(tie.onto)];
        self.link(tie.onto, tie.stem);
        self.link(last, next);
        self.parent[at(tie.stem)] = tie.onto;
        self.arc[at(tie.stem)] = tie.arc;
        self.rises[at(tie.stem)] = tie.rises;
        let mut node = tie.stem;
        loop {
            self.depth[at(node)] = self.depth[at(self.parent[at(node)])] + 1;
            self.potential[at(node)] += shift;
            if node == last {
                break;
            }
            node = self.thread[at(node)];
        }
    }

    /// Turns the subtree at `top` so that it hangs from `stem`, and tells the last node of its
    /// new preorder and the node that followed its old one.
    ///
    /// Each node on the way from `stem` up to `top` comes, with what hangs from it on either side
    /// of the node before, after all that already hangs from the latter. Depths are left as they
    /// were: those of the old tree bound the pieces while they are put together.
    fn turn(&mut self, top: u32, stem: u32) -> (u32, u32) {
        let (mut last, mut after) = (stem, self.thread[at(stem)]);
        while self.depth[at(after)] > self.depth[at(stem)] {
            (last, after) = (after, self.thread[at(after)]);
        }
        let (mut child, mut node) = (stem, self.parent[at(stem)]);
        let mut left_end = self.back[at(stem)];
        let mut tie = (self.arc[at(stem)], self.rises[at(stem)]);
        while child != top {
            // Read what the next step needs before this one turns it.
            let next = (node, self.parent[at(node)]);
            let next_left_end = self.back[at(node)];
            let next_tie = (self.arc[at(node)], self.rises[at(node)]);
            let (right, mut right_end) = (after, None);
            while self.depth[at(after)] > self.depth[at(node)] {
                right_end = Some(after);
                after = self.thread[at(after)];
            }
            self.link(last, node);
            last = left_end;
            if let Some(right_end) = right_end {
                self.link(left_end, right);
                last = right_end;
            }
            self.parent[at(node)] = child;
            self.arc[at(node)] = tie.0;
            self.rises[at(node)] = !tie.1;
            (child, node) = next;
            (left_end, tie) = (next_left_end, next_tie);
        }
        (last, after)
    }

    fn link(&mut self, node: u32, next: u32) {
        self.thread[at(node)] = next;
        self.back[at(next)] = node;
    }
}
