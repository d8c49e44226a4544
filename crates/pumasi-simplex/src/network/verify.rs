//! Proof of an answer, from the problem and the answer alone.

use std::collections::{BTreeMap, BTreeSet};

use super::{MinCostFlow, NetArc, NetBreach, NetFlow, NoFlow};

impl MinCostFlow {
    /// What a flow costs that obeys every bound and loses nothing.
    ///
    /// # Errors
    ///
    /// The first breach, by arc or node.
    pub fn cost_of(&self, flow: &[i64]) -> Result<i128, NetBreach> {
        if flow.len() != self.arcs().len() {
            return Err(NetBreach::LengthsDiffer);
        }
        let mut left: Vec<i128> = self.supplies().iter().copied().map(i128::from).collect();
        let mut cost = 0_i128;
        for (index, (arc, &flow)) in self.arcs().iter().zip(flow).enumerate() {
            if flow < arc.lower || flow > arc.capacity {
                return Err(NetBreach::OutOfBounds { arc: index });
            }
            take(&mut left, arc.from, i128::from(flow));
            take(&mut left, arc.to, -i128::from(flow));
            cost += i128::from(flow) * i128::from(arc.cost);
        }
        match left.iter().position(|&amount| amount != 0) {
            Some(node) => Err(NetBreach::NotConserved { node }),
            None => Ok(cost),
        }
    }

    /// By how much what must leave a set of nodes exceeds what its arcs can take out, below 0 where
    /// they can take more; none where they can without limit.
    #[must_use]
    pub fn shortfall(&self, cut: &[u32]) -> Option<i128> {
        let inside: BTreeSet<u32> = cut.iter().copied().collect();
        let mut shortfall = 0_i128;
        for (node, &supply) in (0_u32..).zip(self.supplies()) {
            if inside.contains(&node) {
                shortfall += i128::from(supply);
            }
        }
        for arc in self.arcs() {
            match (inside.contains(&arc.from), inside.contains(&arc.to)) {
                (true, false) if arc.capacity == NetArc::UNBOUNDED => return None,
                (true, false) => shortfall -= i128::from(arc.capacity),
                (false, true) => shortfall += i128::from(arc.lower),
                _ => {}
            }
        }
        Some(shortfall)
    }
}

impl NetFlow {
    /// Proves that the flow obeys the problem and that none is cheaper.
    ///
    /// By complementary slackness: at these prices, an arc that could carry more does not pay, and
    /// one that could carry less does not lose. Nothing here is shared with what made the answer.
    ///
    /// # Errors
    ///
    /// The first breach, by arc or node.
    pub fn verify(&self, problem: &MinCostFlow) -> Result<(), NetBreach> {
        if self.potentials.len() != problem.supplies().len() {
            return Err(NetBreach::LengthsDiffer);
        }
        let cost = problem.cost_of(&self.flow)?;
        let price = |node| price_at(&self.potentials, node);
        for (index, (arc, &flow)) in problem.arcs().iter().zip(&self.flow).enumerate() {
            let (from, to) = (price(arc.from), price(arc.to));
            let (Some(from), Some(to)) = (from, to) else {
                return Err(NetBreach::LengthsDiffer);
            };
            let more = i128::from(arc.cost) + from - to;
            if flow < arc.capacity && more < 0 || flow > arc.lower && more > 0 {
                return Err(NetBreach::NotOptimal { arc: index });
            }
        }
        if cost == self.cost { Ok(()) } else { Err(NetBreach::CostDiffers { cost }) }
    }
}

impl NoFlow {
    /// Proves that the problem has no flow, or none that is cheapest if it has one.
    ///
    /// # Errors
    ///
    /// [`NetBreach::CutHolds`] or [`NetBreach::CycleDoesNotPay`].
    pub fn verify(&self, problem: &MinCostFlow) -> Result<(), NetBreach> {
        match self {
            Self::Infeasible { cut } => {
                let shut = problem.shortfall(cut).is_some_and(|shortfall| shortfall > 0);
                if shut { Ok(()) } else { Err(NetBreach::CutHolds) }
            }
            Self::Unbounded { cycle } => {
                let pays = gain(problem, cycle).is_some_and(|gain| gain > 0);
                if pays { Ok(()) } else { Err(NetBreach::CycleDoesNotPay) }
            }
        }
    }
}

/// What one unit gains around arcs without limit that enter every node as often as they leave it.
fn gain(problem: &MinCostFlow, cycle: &[u32]) -> Option<i128> {
    let mut gain = 0_i128;
    let mut balance: BTreeMap<u32, i64> = BTreeMap::new();
    for &index in cycle {
        let arc = usize::try_from(index).ok().and_then(|index| problem.arcs().get(index))?;
        if arc.capacity != NetArc::UNBOUNDED {
            return None;
        }
        gain -= i128::from(arc.cost);
        *balance.entry(arc.from).or_default() += 1;
        *balance.entry(arc.to).or_default() -= 1;
    }
    balance.values().all(|&turns| turns == 0).then_some(gain)
}

fn price_at(potentials: &[i64], node: u32) -> Option<i128> {
    let place = usize::try_from(node).ok()?;
    potentials.get(place).copied().map(i128::from)
}

fn take(left: &mut [i128], node: u32, amount: i128) {
    if let Some(left) = usize::try_from(node).ok().and_then(|place| left.get_mut(place)) {
        *left -= amount;
    }
}
