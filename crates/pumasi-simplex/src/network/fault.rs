//! Why there is no problem, no flow or no proof.

use std::error::Error;
use std::fmt;

/// Why numbers do not make a minimum-cost flow problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NetFault {
    /// There is not one supply for each node.
    SuppliesDoNotMatchNodes {
        /// How many nodes there are.
        nodes: usize,
        /// How many supplies were given.
        supplies: usize,
    },
    /// Nodes and arcs together are more than 32 bits can number.
    TooManyArcs {
        /// How many nodes there are.
        nodes: usize,
        /// How many arcs there are.
        arcs: usize,
    },
    /// Supplies or demands up to this node are more than [`super::MinCostFlow::AMOUNT_MAX`].
    SupplyTooLarge {
        /// The node at which the sum becomes too large.
        node: usize,
    },
    /// What is supplied is not what is demanded.
    SupplyIsNotDemand {
        /// Supplies less demands.
        surplus: i128,
    },
    /// An arc leads from or to a node that is not there.
    NodeUnknown {
        /// The arc.
        arc: usize,
        /// The node it names.
        node: u32,
    },
    /// An arc leads from a node to the same node.
    SelfLoop {
        /// The arc.
        arc: usize,
        /// The node.
        node: u32,
    },
    /// An arc may carry less than it must.
    CapacityBelowLower {
        /// The arc.
        arc: usize,
    },
    /// The cost of an arc times the number of nodes is more than [`super::MinCostFlow::COST_MAX`].
    CostTooLarge {
        /// The arc.
        arc: usize,
    },
    /// Capacities or lower bounds up to this arc are more than [`super::MinCostFlow::AMOUNT_MAX`].
    AmountTooLarge {
        /// The arc at which the sum becomes too large.
        arc: usize,
    },
}

impl fmt::Display for NetFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SuppliesDoNotMatchNodes { nodes, supplies } => {
                write!(f, "`{supplies}` supplies for `{nodes}` nodes")
            }
            Self::TooManyArcs { nodes, arcs } => {
                write!(f, "`{nodes}` nodes and `{arcs}` arcs are more than can be numbered")
            }
            Self::SupplyTooLarge { node } => {
                write!(f, "supplies or demands up to node `{node}` are too large to add")
            }
            Self::SupplyIsNotDemand { surplus } => {
                write!(f, "supplies exceed demands by `{surplus}`")
            }
            Self::NodeUnknown { arc, node } => {
                write!(f, "arc `{arc}` names node `{node}`, which is not there")
            }
            Self::SelfLoop { arc, node } => {
                write!(f, "arc `{arc}` leads from node `{node}` back to it")
            }
            Self::CapacityBelowLower { arc } => {
                write!(f, "arc `{arc}` may carry less than it must")
            }
            Self::CostTooLarge { arc } => {
                write!(f, "the cost of arc `{arc}` is too large for paths of so many nodes")
            }
            Self::AmountTooLarge { arc } => {
                write!(f, "capacities or lower bounds up to arc `{arc}` are too large to add")
            }
        }
    }
}

impl Error for NetFault {}

/// Why a problem has no optimal flow, with what shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoFlow {
    /// Some demand cannot be met.
    Infeasible {
        /// Nodes, rising, in which more is supplied or must enter than their arcs can take out.
        cut: Vec<u32>,
    },
    /// The cost can fall without end.
    Unbounded {
        /// Arcs without a limit that lead around a circle and cost less than nothing together.
        cycle: Vec<u32>,
    },
}

impl fmt::Display for NoFlow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Infeasible { cut } => {
                write!(f, "more must leave `{}` nodes than their arcs can take out", cut.len())
            }
            Self::Unbounded { cycle } => {
                write!(f, "`{}` arcs in a circle gain without a limit", cycle.len())
            }
        }
    }
}

impl Error for NoFlow {}

/// What keeps a claimed flow or a claimed obstacle from being proved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NetBreach {
    /// There is not one flow for each arc and one potential for each node.
    LengthsDiffer,
    /// An arc carries less than it must or more than it may.
    OutOfBounds {
        /// The arc.
        arc: usize,
    },
    /// What leaves a node is not what enters it and is supplied there.
    NotConserved {
        /// The node.
        node: usize,
    },
    /// An arc could carry more, or less, and the prices say that this would pay.
    NotOptimal {
        /// The arc.
        arc: usize,
    },
    /// The cost claimed is not that of the flow.
    CostDiffers {
        /// The cost of the flow.
        cost: i128,
    },
    /// The arcs of a claimed cut can take out all that must leave it.
    CutHolds,
    /// The arcs of a claimed circle do not lead around without limit and at a gain.
    CycleDoesNotPay,
}

impl fmt::Display for NetBreach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::LengthsDiffer => f.write_str("flows or potentials do not match the problem"),
            Self::OutOfBounds { arc } => write!(f, "the flow on arc `{arc}` is out of bounds"),
            Self::NotConserved { node } => write!(f, "flow is lost or made at node `{node}`"),
            Self::NotOptimal { arc } => write!(f, "a change on arc `{arc}` would pay"),
            Self::CostDiffers { cost } => write!(f, "the flow costs `{cost}`"),
            Self::CutHolds => f.write_str("the arcs of the cut take out all that must leave it"),
            Self::CycleDoesNotPay => f.write_str("the arcs make no circle that gains for ever"),
        }
    }
}

impl Error for NetBreach {}
