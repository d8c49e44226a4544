//! The primal network simplex: price arcs, send flow around a circle, exchange an arc.

#![expect(
    clippy::indexing_slicing,
    reason = "nodes and arcs were checked against their lists when the problem was made"
)]

use super::tree::{Tie, Tree};
use super::{MinCostFlow, NetArc, NetFlow, NoFlow, at, cut, number};

/// Finds an optimal flow, or what stands against one.
pub(super) fn solve(problem: &MinCostFlow) -> Result<NetFlow, NoFlow> {
    let mut simplex = Simplex::start(problem);
    let mut pivots = 0_usize;
    // Ends without a count of steps: the basis stays strongly feasible, so that none comes twice.
    while let Some(entering) = simplex.price() {
        simplex.pivot(entering)?;
        pivots += 1;
    }
    simplex.finish(pivots)
}

/// Where an arc outside the tree stands; an arc in the tree, and one that cannot change, is `Still`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stand {
    Lower,
    Upper,
    Still,
}

/// The arc that a step takes out of the tree, or the entering arc itself.
#[derive(Debug, Clone, Copy)]
struct Block {
    /// How much the circle can carry.
    room: i64,
    /// The node whose arc upward blocks, and the end of the entering arc that lies below it; none
    /// if the entering arc is full before any.
    at: Option<(u32, u32)>,
}

/// The problem with every lower bound taken off, and with one arc without limit between each node
/// and the root, so dear that an optimal flow avoids it if any can.
struct Simplex<'a> {
    arcs: &'a [NetArc],
    /// Flow above the lower bound: of the arcs, then of those to the root.
    flow: Vec<i64>,
    stands: Vec<Stand>,
    tree: Tree,
    /// Where pricing goes on, and how many arcs it looks at before it takes the best of them.
    cursor: usize,
    block: usize,
}

impl<'a> Simplex<'a> {
    /// Starts from the star: every node sends what it has to the root or is sent what it lacks.
    fn start(problem: &'a MinCostFlow) -> Self {
        let arcs = problem.arcs.as_slice();
        let mut excess = problem.supplies.clone();
        for arc in arcs {
            excess[at(arc.from)] -= arc.lower;
            excess[at(arc.to)] += arc.lower;
        }
        let dearest = arcs.iter().map(|arc| arc.cost.abs()).max().unwrap_or(0);
        let nodes = i64::from(number(excess.len()));
        // Dearer than any path of other arcs.
        let toll = dearest * nodes + 1;
        let rises: Vec<bool> = excess.iter().map(|&amount| amount >= 0).collect();
        let worth = rises.iter().map(|&rises| if rises { -toll } else { toll }).collect();
        let mut flow = vec![0; arcs.len()];
        flow.extend(excess.iter().map(|amount| amount.abs()));
        let can_change = |arc: &NetArc| {
            if arc.lower == arc.capacity { Stand::Still } else { Stand::Lower }
        };
        Self {
            arcs,
            flow,
            stands: arcs.iter().map(can_change).collect(),
            tree: Tree::star(rises, worth, number(arcs.len())),
            cursor: 0,
            block: arcs.len().isqrt().max(16),
        }
    }

    /// What one more unit on an arc changes, the worth of units at its ends included.
    fn reduced_cost(&self, arc: &NetArc) -> i64 {
        arc.cost + self.tree.potential[at(arc.from)] - self.tree.potential[at(arc.to)]
    }

    /// The arc that pays most in the first block of arcs in which any pays.
    fn price(&mut self) -> Option<u32> {
        let (mut best, mut best_gain) = (None, 0);
        let mut left = self.block;
        for _ in 0..self.arcs.len() {
            let index = self.cursor;
            self.cursor = if index + 1 == self.arcs.len() { 0 } else { index + 1 };
            let gain = match self.stands[index] {
                Stand::Lower => -self.reduced_cost(&self.arcs[index]),
                Stand::Upper => self.reduced_cost(&self.arcs[index]),
                Stand::Still => 0,
            };
            if gain > best_gain {
                (best, best_gain) = (Some(index), gain);
            }
            left -= 1;
            if left == 0 {
                if best.is_some() {
                    break;
                }
                left = self.block;
            }
        }
        best.map(number)
    }

    /// How much more an arc can carry, `i64::MAX` if there is no limit.
    fn room_up(&self, arc: u32) -> i64 {
        match self.arcs.get(at(arc)) {
            Some(given) if given.capacity != NetArc::UNBOUNDED => {
                given.capacity - given.lower - self.flow[at(arc)]
            }
            _ => i64::MAX,
        }
    }

    /// Brings an arc into the tree, or from one of its bounds to the other.
    fn pivot(&mut self, entering: u32) -> Result<(), NoFlow> {
        let arc = self.arcs[at(entering)];
        let forward = self.stands[at(entering)] == Stand::Lower;
        let (tail, head) = if forward { (arc.from, arc.to) } else { (arc.to, arc.from) };
        let apex = self.tree.meeting(tail, head);
        let block = self.block(entering, forward, (tail, head), apex);
        if block.room == i64::MAX {
            return Err(NoFlow::Unbounded { cycle: self.cycle(entering, (tail, head), apex) });
        }
        self.send(entering, forward, (tail, head), apex, block.room);
        let Some((top, stem)) = block.at else {
            self.stands[at(entering)] = if forward { Stand::Upper } else { Stand::Lower };
            return Ok(());
        };
        let leaving = self.tree.arc[at(top)];
        if let Some(stand) = self.stands.get_mut(at(leaving)) {
            let empty = self.flow[at(leaving)] == 0;
            *stand = if empty { Stand::Lower } else { Stand::Upper };
        }
        let reduced_cost = self.reduced_cost(&arc);
        let rises = stem == arc.from;
        let shift = if rises { -reduced_cost } else { reduced_cost };
        let onto = if stem == tail { head } else { tail };
        self.stands[at(entering)] = Stand::Still;
        self.tree.rehang(top, Tie { stem, onto, arc: entering, rises }, shift);
        Ok(())
    }

    /// The last arc to block when the circle is walked from its apex along the flow.
    ///
    /// INVARIANT: leaving by that arc keeps the basis strongly feasible: from every node some flow
    /// could still be sent to the root (Cunningham 1976).
    fn block(&self, entering: u32, forward: bool, ends: (u32, u32), apex: u32) -> Block {
        let (tail, head) = ends;
        let mut block = Block { room: i64::MAX, at: None };
        let mut node = tail;
        // Down to the tail: walked upward here, so an equal one nearer the apex comes too late.
        while node != apex {
            let arc = self.tree.arc[at(node)];
            let room =
                if self.tree.rises[at(node)] { self.flow[at(arc)] } else { self.room_up(arc) };
            if room < block.room {
                block = Block { room, at: Some((node, tail)) };
            }
            node = self.tree.parent[at(node)];
        }
        let own = if forward { self.room_up(entering) } else { self.flow[at(entering)] };
        if own <= block.room {
            block = Block { room: own, at: None };
        }
        node = head;
        while node != apex {
            let arc = self.tree.arc[at(node)];
            let room =
                if self.tree.rises[at(node)] { self.room_up(arc) } else { self.flow[at(arc)] };
            if room <= block.room {
                block = Block { room, at: Some((node, head)) };
            }
            node = self.tree.parent[at(node)];
        }
        block
    }

    /// Sends an amount around the circle that an arc closes.
    fn send(&mut self, entering: u32, forward: bool, ends: (u32, u32), apex: u32, amount: i64) {
        if amount == 0 {
            return;
        }
        self.flow[at(entering)] += if forward { amount } else { -amount };
        for (end, along) in [(ends.0, false), (ends.1, true)] {
            let mut node = end;
            while node != apex {
                let more = self.tree.rises[at(node)] == along;
                self.flow[at(self.tree.arc[at(node)])] += if more { amount } else { -amount };
                node = self.tree.parent[at(node)];
            }
        }
    }

    /// The arcs of a circle, rising.
    fn cycle(&self, entering: u32, ends: (u32, u32), apex: u32) -> Vec<u32> {
        let mut cycle = vec![entering];
        for end in [ends.0, ends.1] {
            let mut node = end;
            while node != apex {
                cycle.push(self.tree.arc[at(node)]);
                node = self.tree.parent[at(node)];
            }
        }
        cycle.sort_unstable();
        cycle
    }

    /// Reads the answer off an optimal basis.
    fn finish(self, pivots: usize) -> Result<NetFlow, NoFlow> {
        let Self { arcs, mut flow, tree, .. } = self;
        let tied = flow.split_off(arcs.len());
        // An arc to the root that carries anything is in the tree, below the root.
        let left_over: Vec<bool> =
            tied.iter().zip(&tree.rises).map(|(&amount, &rises)| amount > 0 && rises).collect();
        if left_over.contains(&true) {
            return Err(NoFlow::Infeasible { cut: cut::find(arcs, &flow, &left_over) });
        }
        let mut cost = 0_i128;
        for (amount, arc) in flow.iter_mut().zip(arcs) {
            *amount += arc.lower;
            cost += i128::from(*amount) * i128::from(arc.cost);
        }
        let mut potentials = tree.potential;
        potentials.pop();
        let origin = potentials.first().copied().unwrap_or(0);
        for potential in &mut potentials {
            *potential -= origin;
        }
        Ok(NetFlow { cost, flow, potentials, pivots })
    }
}
