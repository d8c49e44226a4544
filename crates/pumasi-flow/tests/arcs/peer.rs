//! Programmes handed to microlp, a solver that others wrote and keep.
//!
//! Its source is public: <https://github.com/Specy/microlp>.

use std::collections::BTreeMap;

use microlp::{ComparisonOp, OptimizationDirection, Problem, Variable};

use crate::tableau::{Dense, Sense};

/// The most profit there is, as microlp finds it.
pub fn most(dense: &Dense) -> f64 {
    let mut problem = Problem::new(OptimizationDirection::Maximize);
    let columns: Vec<Variable> =
        dense.profits.iter().map(|profit| problem.add_var(*profit, (0.0, f64::INFINITY))).collect();
    let mut rows: Vec<BTreeMap<usize, f64>> = vec![BTreeMap::new(); dense.rows.len()];
    for (row, column, value) in &dense.entries {
        *rows[*row].entry(*column).or_default() += value;
    }
    for (entries, (sense, rhs)) in rows.iter().zip(&dense.rows) {
        if rhs.is_finite() {
            let sense = match sense {
                Sense::AtMost => ComparisonOp::Le,
                Sense::Equal => ComparisonOp::Eq,
            };
            let entries: Vec<(Variable, f64)> =
                entries.iter().map(|(column, value)| (columns[*column], *value)).collect();
            problem.add_constraint(entries.as_slice(), sense, *rhs);
        }
    }
    let outcome = problem.solve().expect("doing nothing is allowed, and needs have an end");
    outcome.into_solution().expect("no limit was set").objective()
}
