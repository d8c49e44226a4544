//! Cost scaling: send what is left over along arcs that gain, with prices that grow finer.
//!
//! A step costs what lies near it, not what hangs below it in a tree, so that networks of millions
//! of nodes and paths of any length are solved. Costs are multiplied by four times the number of
//! nodes and one; a flow is within `grain` of optimal if no arc with room gains more than that, and
//! [`Scaling::refine`] makes the grain finer until it is one.
//!
//! Sources: Goldberg and Tarjan (1990), "Finding minimum-cost circulations by successive
//! approximation", Mathematics of Operations Research 15, 430–466; paths of a few arcs are followed
//! before anything is sent, as Goldberg (2008), "The partial augment–relabel algorithm for the
//! maximum flow problem", ESA, 466–477; prices of all nodes are set anew now and then from their
//! distances to where something lacks, as Bünnagel, Korte and Vygen (1998), "Efficient
//! implementation of the Goldberg–Tarjan minimum-cost flow algorithm", Optimization Methods and
//! Software 10, 157–174.

#![expect(
    clippy::indexing_slicing,
    reason = "nodes and arcs were checked against their lists when the problem was made"
)]

use std::collections::VecDeque;

use super::{MinCostFlow, NetArc, NetFlow, NoFlow, at, cut, number};

/// By how much the grain is divided from one refinement to the next.
const FINER: i64 = 16;
/// Arcs of a path that are followed before something is sent along them.
const PATH_MOST: usize = 4;
/// Looks at every half before an attempt to mend prices is given up.
const LOOKS_MOST: usize = 8;
/// No half, no node.
const NONE: u32 = u32::MAX;

/// Finds an optimal flow, or what stands against one; none where numbers are too large to be
/// multiplied, or where an arc without limit gains.
pub(super) fn solve(problem: &MinCostFlow) -> Option<Result<NetFlow, NoFlow>> {
    let limit = limit(problem)?;
    Some(Scaling::start(problem, limit).run())
}

/// What stands in for no limit; none where the problem is not for this method.
///
/// It is more than all amounts together, so that an arc that is full of it could only be so by a
/// circle of arcs without limits, which costs nothing.
fn limit(problem: &MinCostFlow) -> Option<i64> {
    let mut room = 1_i128;
    let (mut unlimited, mut dearest) = (0_i128, 0_i128);
    for arc in &problem.arcs {
        dearest = dearest.max(i128::from(arc.cost).abs());
        room += i128::from(arc.lower).abs();
        if arc.capacity != NetArc::UNBOUNDED {
            room += i128::from(arc.capacity) - i128::from(arc.lower);
        } else if arc.cost < 0 {
            return None;
        } else {
            unlimited += 1;
        }
    }
    room += problem.supplies.iter().map(|supply| i128::from(*supply).abs()).sum::<i128>();
    // INVARIANT: no excess and no price leaves 64 bits. In one refinement a price falls by less
    // than the grain times the nodes times `FINER + 1`, and grains together are less than the
    // largest scaled cost by 15.
    let nodes = i128::try_from(problem.supplies.len()).ok()? + 1;
    let prices = dearest.checked_mul(nodes)?.checked_mul(nodes)?.checked_mul(16)?;
    let most = i128::from(i64::MAX / 4);
    (room * (unlimited + 1) <= most && prices <= most).then(|| i64::try_from(room).ok())?
}

/// One direction of an arc.
#[derive(Debug, Clone, Copy)]
struct Half {
    to: u32,
    /// The other direction.
    twin: u32,
    /// How much more it can carry.
    room: i64,
    /// Scaled.
    cost: i64,
}

struct Scaling<'a> {
    problem: &'a MinCostFlow,
    scale: i64,
    grain: i64,
    /// The halves that leave node `v` are those from `first[v]` to `first[v + 1]`.
    first: Vec<u32>,
    halves: Vec<Half>,
    /// The half along each arc; [`NONE`] for an arc that cannot change.
    half_of: Vec<u32>,
    excess: Vec<i64>,
    prices: Vec<i64>,
    /// Of each node the half at which the search for one that gains goes on.
    next: Vec<u32>,
    active: VecDeque<u32>,
    path: Vec<u32>,
    /// How often the price of one node was changed, and after how many the prices of all are due.
    relabels: usize,
    due: usize,
    ranks: Ranks,
}

impl<'a> Scaling<'a> {
    /// Starts from what must flow, with all prices zero.
    fn start(problem: &'a MinCostFlow, limit: i64) -> Self {
        let nodes = problem.supplies.len();
        let scale = 4 * (i64::from(number(nodes)) + 1);
        let mut excess = problem.supplies.clone();
        for arc in &problem.arcs {
            excess[at(arc.from)] -= arc.lower;
            excess[at(arc.to)] += arc.lower;
        }
        let (first, halves, half_of) = halves(problem, limit, scale);
        let dearest = problem.arcs.iter().map(|arc| arc.cost.abs()).max().unwrap_or(0);
        Self {
            problem,
            scale,
            grain: dearest * scale,
            next: first.get(..nodes).unwrap_or_default().to_vec(),
            first,
            halves,
            half_of,
            excess,
            prices: vec![0; nodes],
            active: VecDeque::new(),
            path: Vec::new(),
            relabels: 0,
            due: 0,
            ranks: Ranks::new(nodes),
        }
    }

    fn run(mut self) -> Result<NetFlow, NoFlow> {
        loop {
            self.grain = (self.grain / FINER).max(1);
            self.refine()?;
            if self.grain == 1 {
                let potentials = whole(&self.prices, self.scale);
                return Ok(self.finish(potentials));
            }
            // The flow may be the best long before the prices say so.
            if self.grain < self.scale
                && let Some(potentials) = self.mended()
            {
                return Ok(self.finish(potentials));
            }
        }
    }

    #[inline]
    fn reduced_cost(&self, from: usize, half: &Half) -> i64 {
        half.cost + self.prices[from] - self.prices[at(half.to)]
    }

    /// Makes the flow within the grain of optimal again.
    fn refine(&mut self) -> Result<(), NoFlow> {
        self.fill_what_gains();
        self.active.clear();
        let nodes = self.excess.len();
        self.active.extend((0..number(nodes)).filter(|node| self.excess[at(*node)] > 0));
        self.update_prices()?;
        while let Some(node) = self.active.pop_front() {
            while self.excess[at(node)] > 0 {
                self.follow(node)?;
                self.send(node);
                if self.relabels >= self.due {
                    self.update_prices()?;
                }
            }
        }
        Ok(())
    }

    /// Fills every half that gains.
    fn fill_what_gains(&mut self) {
        for node in 0..self.excess.len() {
            for half in at(self.first[node])..at(self.first[node + 1]) {
                let Half { to, twin, room, .. } = self.halves[half];
                if room > 0 && self.reduced_cost(node, &self.halves[half]) < 0 {
                    self.excess[node] -= room;
                    self.excess[at(to)] += room;
                    self.halves[at(twin)].room += room;
                    self.halves[half].room = 0;
                }
            }
            self.next[node] = self.first[node];
        }
    }

    /// Follows halves that gain from a node, changing prices where there are none.
    ///
    /// INVARIANT: halves that gain never make a circle, so that no node is come to twice. Where a
    /// few nodes have nowhere to send what is left over, this ends when all prices are due.
    fn follow(&mut self, start: u32) -> Result<(), NoFlow> {
        let mut tip = start;
        self.path.clear();
        while self.path.len() < PATH_MOST && self.relabels < self.due {
            match self.gaining(tip) {
                Ok(half) => {
                    self.path.push(half);
                    tip = self.halves[at(half)].to;
                    if self.excess[at(tip)] < 0 {
                        return Ok(());
                    }
                }
                Err(mut dearer) => {
                    let mut back = tip;
                    if let Some(half) = self.path.pop() {
                        // Where something comes to, it can go back.
                        let twin = self.halves[at(self.halves[at(half)].twin)];
                        dearer = dearer.min(self.reduced_cost(at(tip), &twin));
                        back = twin.to;
                    } else if dearer == i64::MAX {
                        // Something is left over here, and nothing leads on.
                        return self.look_for_a_cut();
                    }
                    self.prices[at(tip)] -= dearer + self.grain;
                    self.next[at(tip)] = self.first[at(tip)];
                    self.relabels += 1;
                    tip = back;
                }
            }
        }
        Ok(())
    }

    /// The next half with room that gains at a node, or by how little the best one does not.
    fn gaining(&mut self, node: u32) -> Result<u32, i64> {
        let from = at(node);
        let (begin, end) = (self.first[from], self.first[from + 1]);
        let price = self.prices[from];
        let halves = &self.halves[at(begin)..at(end)];
        let mut least = i64::MAX;
        for (half, held) in (begin..).zip(halves).skip(at(self.next[from] - begin)) {
            if held.room > 0 {
                let cost = held.cost + price - self.prices[at(held.to)];
                if cost < 0 {
                    self.next[from] = half;
                    return Ok(half);
                }
                least = least.min(cost);
            }
        }
        for held in &halves[..at(self.next[from] - begin)] {
            if held.room > 0 {
                least = least.min(held.cost + price - self.prices[at(held.to)]);
            }
        }
        Err(least)
    }

    /// Sends as much along each half of the path as is left over before it.
    fn send(&mut self, start: u32) {
        let mut node = start;
        for place in 0..self.path.len() {
            let half = at(self.path[place]);
            let Half { to, twin, room, .. } = self.halves[half];
            let amount = room.min(self.excess[at(node)]);
            self.halves[half].room -= amount;
            self.halves[at(twin)].room += amount;
            self.excess[at(node)] -= amount;
            let excess = &mut self.excess[at(to)];
            *excess += amount;
            if *excess > 0 && *excess <= amount {
                self.active.push_back(to);
            }
            node = to;
        }
    }

    /// Sets prices by how far each node is from where something lacks, in grains.
    fn update_prices(&mut self) -> Result<(), NoFlow> {
        self.due = self.relabels + self.excess.len();
        let missing = self.rank();
        if missing > 0 {
            self.look_for_a_cut()?;
        }
        let Ranks { rank, reached, .. } = &self.ranks;
        for (node, rank) in rank.iter().enumerate() {
            let grains = i64::from((*rank).min(*reached));
            if grains > 0 {
                self.prices[node] -= grains * self.grain;
                self.next[node] = self.first[node];
            }
        }
        Ok(())
    }

    /// Ranks nodes by their distance, as far as is needed to rank all that have something left
    /// over; how much is left over where no rank was found.
    fn rank(&mut self) -> i64 {
        let ranks = &mut self.ranks;
        let mut missing = 0;
        ranks.clear();
        for (node, excess) in (0..).zip(&self.excess) {
            if *excess < 0 {
                ranks.put(node, 0);
            }
            missing += (*excess).max(0);
        }
        while missing > 0 {
            let Some((node, rank)) = ranks.take() else { break };
            let price = self.prices[at(node)];
            for half in &self.halves[at(self.first[at(node)])..at(self.first[at(node) + 1])] {
                let (from, back) = (at(half.to), &self.halves[at(half.twin)]);
                if back.room > 0 && ranks.rank[from] > rank {
                    let cost = back.cost + self.prices[from] - price;
                    ranks.improve(half.to, i64::from(rank) + 1 + cost.div_euclid(self.grain));
                }
            }
            missing -= self.excess[at(node)].max(0);
        }
        missing
    }

    /// Whether something is left over where no way leads to where something lacks.
    fn look_for_a_cut(&self) -> Result<(), NoFlow> {
        let mut reached: Vec<bool> = self.excess.iter().map(|excess| *excess < 0).collect();
        let mut open: Vec<u32> =
            (0..number(reached.len())).filter(|node| reached[at(*node)]).collect();
        while let Some(node) = open.pop() {
            for half in &self.halves[at(self.first[at(node)])..at(self.first[at(node) + 1])] {
                if self.halves[at(half.twin)].room > 0 && !reached[at(half.to)] {
                    reached[at(half.to)] = true;
                    open.push(half.to);
                }
            }
        }
        let stranded: Vec<bool> = self
            .excess
            .iter()
            .zip(&reached)
            .map(|(excess, reached)| *excess > 0 && !reached)
            .collect();
        if stranded.contains(&true) {
            let flow: Vec<i64> =
                (0..self.problem.arcs.len()).map(|arc| self.above_lower(arc)).collect();
            return Err(NoFlow::Infeasible {
                cut: cut::find(&self.problem.arcs, &flow, &stranded),
            });
        }
        Ok(())
    }

    /// What an arc carries above its lower bound.
    fn above_lower(&self, arc: usize) -> i64 {
        let half = self.half_of[arc];
        if half == NONE { 0 } else { self.halves[at(self.halves[at(half)].twin)].room }
    }

    /// Prices in units of the problem that prove the flow the best, mended from those of now; none
    /// where that takes more than a few looks at every half, as it does if the flow is not the best.
    fn mended(&self) -> Option<Vec<i64>> {
        let mut prices: Vec<i64> =
            self.prices.iter().map(|price| price.div_euclid(self.scale)).collect();
        let mut left = self.halves.len().saturating_mul(LOOKS_MOST);
        let mut waits = vec![true; prices.len()];
        let mut open: VecDeque<u32> = (0..number(prices.len())).collect();
        while let Some(node) = open.pop_front() {
            waits[at(node)] = false;
            let halves = at(self.first[at(node)])..at(self.first[at(node) + 1]);
            left = left.checked_sub(halves.len())?;
            for half in &self.halves[halves] {
                let most = prices[at(node)] + half.cost / self.scale;
                if half.room > 0 && prices[at(half.to)] > most {
                    prices[at(half.to)] = most;
                    if !std::mem::replace(&mut waits[at(half.to)], true) {
                        open.push_back(half.to);
                    }
                }
            }
        }
        Some(prices)
    }

    /// Reads off flow and cost, and counts prices from that of the first node.
    fn finish(self, mut potentials: Vec<i64>) -> NetFlow {
        let origin = potentials.first().copied().unwrap_or(0);
        potentials.iter_mut().for_each(|price| *price -= origin);
        let arcs = &self.problem.arcs;
        let flow: Vec<i64> =
            arcs.iter().enumerate().map(|(at, arc)| arc.lower + self.above_lower(at)).collect();
        let carried = flow.iter().zip(arcs);
        let cost = carried.map(|(flow, arc)| i128::from(*flow) * i128::from(arc.cost)).sum();
        NetFlow { cost, flow, potentials, pivots: self.relabels }
    }
}

/// The halves of all arcs that can change, those of each node together.
fn halves(problem: &MinCostFlow, limit: i64, scale: i64) -> (Vec<u32>, Vec<Half>, Vec<u32>) {
    let nodes = problem.supplies.len();
    let can_change = |arc: &NetArc| arc.lower < arc.capacity;
    let mut first = vec![0_u32; nodes + 1];
    for arc in problem.arcs.iter().filter(|arc| can_change(arc)) {
        first[at(arc.from) + 1] += 1;
        first[at(arc.to) + 1] += 1;
    }
    for node in 0..nodes {
        first[node + 1] += first[node];
    }
    let mut free = first.clone();
    let mut take = |node: u32| {
        let place = free[at(node)];
        free[at(node)] += 1;
        place
    };
    let mut halves = vec![Half { to: 0, twin: 0, room: 0, cost: 0 }; at(first[nodes])];
    let mut half_of = Vec::with_capacity(problem.arcs.len());
    for arc in &problem.arcs {
        if !can_change(arc) {
            half_of.push(NONE);
            continue;
        }
        let (there, back) = (take(arc.from), take(arc.to));
        let room = if arc.capacity == NetArc::UNBOUNDED { limit } else { arc.capacity - arc.lower };
        let cost = arc.cost * scale;
        halves[at(there)] = Half { to: arc.to, twin: back, room, cost };
        halves[at(back)] = Half { to: arc.from, twin: there, room: 0, cost: -cost };
        half_of.push(there);
    }
    (first, halves, half_of)
}

/// Prices in units of the problem, relative to node 0, that prove what scaled ones prove.
///
/// Rounded down after a shift, prices that differ by an arc's cost and at most one still differ by
/// no more than its cost unless one of them lies at the shift itself. There are more stretches of
/// four in a unit than nodes, so that one is found in which no price lies.
fn whole(prices: &[i64], scale: i64) -> Vec<i64> {
    let mut taken = vec![false; prices.len() + 1];
    for price in prices {
        if let Ok(stretch) = usize::try_from(price.rem_euclid(scale) / 4) {
            taken[stretch] = true;
        }
    }
    let empty = taken.iter().position(|taken| !taken).unwrap_or(0);
    let shift = 4 * i64::from(number(empty)) + 1;
    prices.iter().map(|price| (price - shift).div_euclid(scale)).collect()
}

/// Nodes by rank, the lowest first (Dial 1969).
struct Ranks {
    rank: Vec<u32>,
    /// Of each rank the first node that waits; of each node the one before and the one after.
    heads: Vec<u32>,
    before: Vec<u32>,
    after: Vec<u32>,
    /// The rank that has been reached.
    reached: u32,
}

impl Ranks {
    fn new(nodes: usize) -> Self {
        let most = nodes.saturating_mul(8).clamp(64, at(u32::MAX - 1));
        Self {
            rank: vec![0; nodes],
            heads: vec![NONE; most],
            before: vec![NONE; nodes],
            after: vec![NONE; nodes],
            reached: 0,
        }
    }

    /// No node has a rank.
    fn clear(&mut self) {
        let most = number(self.heads.len());
        self.rank.fill(most);
        self.heads.fill(NONE);
        self.reached = 0;
    }

    fn put(&mut self, node: u32, rank: u32) {
        let head = std::mem::replace(&mut self.heads[at(rank)], node);
        self.rank[at(node)] = rank;
        self.before[at(node)] = NONE;
        self.after[at(node)] = head;
        if head != NONE {
            self.before[at(head)] = node;
        }
    }

    /// Gives a node that waits, or has no rank, a lower rank if it is lower.
    fn improve(&mut self, node: u32, rank: i64) {
        let held = self.rank[at(node)];
        let Ok(rank) = u32::try_from(rank) else { return };
        if rank >= held {
            return;
        }
        if at(held) < self.heads.len() {
            let (before, after) = (self.before[at(node)], self.after[at(node)]);
            match before {
                NONE => self.heads[at(held)] = after,
                before => self.after[at(before)] = after,
            }
            if after != NONE {
                self.before[at(after)] = before;
            }
        }
        self.put(node, rank);
    }

    /// Takes a node of the lowest rank off.
    fn take(&mut self) -> Option<(u32, u32)> {
        loop {
            let head = *self.heads.get(at(self.reached))?;
            if head != NONE {
                let after = self.after[at(head)];
                self.heads[at(self.reached)] = after;
                if after != NONE {
                    self.before[at(after)] = NONE;
                }
                return Some((head, self.reached));
            }
            self.reached += 1;
        }
    }
}
