//! Minimum-cost flow of one commodity through a network, in whole numbers.
//!
//! [`MinCostFlow`] is a checked problem, [`MinCostFlow::solve`] finds the best flow, and
//! [`NetFlow::verify`] proves an answer optimal without any of the code that found it. Arithmetic
//! is exact, so the answer is the same to the unit on every machine.
//!
//! There are two methods. The primal network simplex is the quicker one on networks that are small;
//! a step of it walks a circle of a tree and all that hangs below an arc, so that its time grows
//! with the square of the length of paths. Cost scaling takes over from [`SCALED_LEAST`] nodes on.
//!
//! Sources of the simplex: the basis as a spanning tree kept by parent, depth and preorder thread follows Bradley,
//! Brown and Graves (1977), "Design and implementation of large scale primal transshipment
//! algorithms", Management Science 24, 1–34; the rule against cycling is that of Cunningham (1976),
//! "A network simplex method", Mathematical Programming 11, 105–116.

mod cut;
mod fault;
mod pivot;
mod scaling;
#[cfg(test)]
mod tests;
mod tree;
mod verify;

pub use fault::{NetBreach, NetFault, NoFlow};

/// Nodes from which on cost scaling is quicker than the simplex, and never slow, as measured.
pub const SCALED_LEAST: usize = 20_000;

/// A pipe from one node to another.
///
/// Nodes are numbered from 0. Amounts and costs are whole numbers of whatever unit the caller
/// counts in; the cost is for one unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NetArc {
    /// The node it leaves.
    pub from: u32,
    /// The node it enters.
    pub to: u32,
    /// The least it must carry, usually 0; below 0 it may carry that much backwards.
    pub lower: i64,
    /// The most it may carry, [`NetArc::UNBOUNDED`] if there is no limit.
    pub capacity: i64,
    /// What one unit costs, below 0 for a gain.
    pub cost: i64,
}

impl NetArc {
    /// The capacity of an arc without a limit.
    pub const UNBOUNDED: i64 = i64::MAX;

    /// Makes an arc that carries from nothing to its capacity.
    #[must_use]
    pub const fn new(from: u32, to: u32, capacity: i64, cost: i64) -> Self {
        Self { from, to, lower: 0, capacity, cost }
    }

    /// Demands that the arc carry at least this much.
    #[must_use]
    pub const fn at_least(self, lower: i64) -> Self {
        Self { lower, ..self }
    }
}

/// A minimum-cost flow problem whose every number is in range.
///
/// ```
/// use pumasi_simplex::network::{MinCostFlow, NetArc};
///
/// // Four units from node 0 to node 2, two of them by the cheap way over node 1.
/// let arcs = vec![NetArc::new(0, 1, 2, 1), NetArc::new(1, 2, 9, 1), NetArc::new(0, 2, 9, 5)];
/// let problem = MinCostFlow::new(3, vec![4, 0, -4], arcs)?;
/// let flow = problem.solve()?;
/// assert_eq!((flow.cost, flow.flow.as_slice()), (14, [2, 2, 2].as_slice()));
/// flow.verify(&problem)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MinCostFlow {
    supplies: Vec<i64>,
    arcs: Vec<NetArc>,
}

impl MinCostFlow {
    /// The largest sum of amounts a problem may have: of all finite capacities above their lower
    /// bounds, of all lower bounds without their sign, of all supplies and of all demands.
    ///
    /// INVARIANT: within it no amount on any arc of any basis leaves 64 bits, because a flow in a
    /// tree is made of paths from supplies and of circles through arcs that are full.
    pub const AMOUNT_MAX: i64 = i64::MAX / 8;

    /// The largest absolute cost of one arc multiplied by the number of nodes.
    ///
    /// INVARIANT: a potential is the cost of a path of at most that length and of two more arcs
    /// that cost as much as the longest path, so it stays within 64 bits.
    pub const COST_MAX: i64 = i64::MAX / 16;

    /// Checks and takes a problem over `nodes` nodes.
    ///
    /// A supply above 0 enters the network at its node, one below 0 is a demand there.
    ///
    /// # Errors
    ///
    /// Names the first node or arc that is at fault. An arc from a node to itself is refused: what
    /// it carries is no part of any flow, and in foreign files it is a slip.
    pub fn new(nodes: usize, supplies: Vec<i64>, arcs: Vec<NetArc>) -> Result<Self, NetFault> {
        if supplies.len() != nodes {
            return Err(NetFault::SuppliesDoNotMatchNodes { nodes, supplies: supplies.len() });
        }
        // The tree spends one more node and one more arc for each; a cut counts both ends of arcs.
        if nodes.saturating_add(arcs.len().saturating_mul(2)) >= at(u32::MAX) {
            return Err(NetFault::TooManyArcs { nodes, arcs: arcs.len() });
        }
        check_supplies(&supplies)?;
        check_arcs(nodes, &arcs)?;
        Ok(Self { supplies, arcs })
    }

    /// The supply of every node, below 0 for a demand.
    #[must_use]
    pub fn supplies(&self) -> &[i64] {
        &self.supplies
    }

    /// The arcs, in the order given.
    #[must_use]
    pub fn arcs(&self) -> &[NetArc] {
        &self.arcs
    }

    /// Finds a flow of least cost that sends every supply and meets every demand.
    ///
    /// # Errors
    ///
    /// [`NoFlow::Infeasible`] with a set of nodes that more must leave than its arcs let through,
    /// or [`NoFlow::Unbounded`] with a circle of arcs around which every further unit gains. Of a
    /// problem that is both, either may be told.
    pub fn solve(&self) -> Result<NetFlow, NoFlow> {
        let is_large = self.supplies.len() >= SCALED_LEAST;
        let scaled = if is_large { self.solve_by_scaling() } else { None };
        scaled.unwrap_or_else(|| self.solve_by_simplex())
    }

    /// Finds a flow as [`MinCostFlow::solve`] does, by the network simplex.
    ///
    /// # Errors
    ///
    /// As [`MinCostFlow::solve`].
    pub fn solve_by_simplex(&self) -> Result<NetFlow, NoFlow> {
        pivot::solve(self)
    }

    /// Finds a flow as [`MinCostFlow::solve`] does, by cost scaling.
    ///
    /// `None` where this method is not to be had: an arc without limit gains, or amounts times such
    /// arcs, or costs times the square of nodes, are too large for 64 bits.
    #[must_use]
    pub fn solve_by_scaling(&self) -> Option<Result<NetFlow, NoFlow>> {
        scaling::solve(self)
    }
}

/// An optimal flow, with the prices that prove it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NetFlow {
    /// The sum over all arcs of flow times cost.
    pub cost: i128,
    /// What every arc carries, in the order of the problem's arcs.
    pub flow: Vec<i64>,
    /// What one unit is worth at every node, relative to node 0.
    ///
    /// No arc with room leads to a node where a unit is worth more than at its start with the
    /// arc's cost added.
    pub potentials: Vec<i64>,
    /// How many steps it took: of the simplex, changes of the basis and arcs that went from one of
    /// their bounds to the other; of scaling, prices changed one by one.
    pub pivots: usize,
}

fn check_supplies(supplies: &[i64]) -> Result<(), NetFault> {
    let limit = i128::from(MinCostFlow::AMOUNT_MAX);
    let (mut supplied, mut demanded) = (0_i128, 0_i128);
    for (node, &supply) in supplies.iter().enumerate() {
        supplied += i128::from(supply.max(0));
        demanded -= i128::from(supply.min(0));
        if supplied.max(demanded) > limit {
            return Err(NetFault::SupplyTooLarge { node });
        }
    }
    if supplied == demanded {
        Ok(())
    } else {
        Err(NetFault::SupplyIsNotDemand { surplus: supplied - demanded })
    }
}

fn check_arcs(nodes: usize, arcs: &[NetArc]) -> Result<(), NetFault> {
    let amount_max = i128::from(MinCostFlow::AMOUNT_MAX);
    let length = i128::try_from(nodes).unwrap_or(i128::MAX);
    let (mut room, mut forced) = (0_i128, 0_i128);
    for (index, arc) in arcs.iter().enumerate() {
        if let Some(&node) = [arc.from, arc.to].iter().find(|&&node| at(node) >= nodes) {
            return Err(NetFault::NodeUnknown { arc: index, node });
        }
        if arc.from == arc.to {
            return Err(NetFault::SelfLoop { arc: index, node: arc.from });
        }
        if arc.capacity < arc.lower {
            return Err(NetFault::CapacityBelowLower { arc: index });
        }
        if i128::from(arc.cost).abs().saturating_mul(length) > i128::from(MinCostFlow::COST_MAX) {
            return Err(NetFault::CostTooLarge { arc: index });
        }
        forced += i128::from(arc.lower).abs();
        if arc.capacity != NetArc::UNBOUNDED {
            room += i128::from(arc.capacity) - i128::from(arc.lower);
        }
        if room.max(forced) > amount_max {
            return Err(NetFault::AmountTooLarge { arc: index });
        }
    }
    Ok(())
}

/// The place of a node or an arc in its list.
#[inline]
#[expect(
    clippy::as_conversions,
    reason = "no machine with room for a network has 16-bit addresses"
)]
const fn at(number: u32) -> usize {
    number as usize
}

/// The number of a place in a list.
#[inline]
#[expect(clippy::as_conversions, reason = "`MinCostFlow::new` refuses what 32 bits cannot number")]
#[expect(clippy::cast_possible_truncation, reason = "as above")]
const fn number(place: usize) -> u32 {
    place as u32
}
