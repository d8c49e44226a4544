//! The walk back into bounds: what smaller right-hand sides broke is mended, at the least loss.

#![expect(
    clippy::indexing_slicing,
    clippy::as_conversions,
    reason = "an index is a row or a column of the programme, of which there are fewer than 2^32"
)]

use super::{
    Ended, FEASIBLE, FOLLOWED_MENDING, NONE, PIVOT_MIN, PROMISE_SLACK, Programme, Sparse, Variable,
};

impl Programme {
    /// Mends what smaller right-hand sides broke, losing as little profit as possible.
    ///
    /// Start from a basis [`Programme::primal`] ended at; where some column still promised
    /// something, follow with it again.
    pub fn dual(&mut self) -> Ended {
        self.dual_within(usize::MAX)
    }

    /// As [`Programme::dual`], ending after `pivots_most` pivots.
    pub fn dual_within(&mut self, pivots_most: usize) -> Ended {
        let until = self.pivots.saturating_add(pivots_most);
        self.refresh_if_due();
        self.follow_nearest();
        self.position_weights.clear();
        self.position_weights.resize(self.rhs.len(), 1.0);
        loop {
            if self.refresh_if_due() {
                self.compute_promises();
                // Positions were dealt out anew.
                self.position_weights.fill(1.0);
            }
            let Some(position) = self.broken() else { return Ended::Optimal };
            if self.pivots >= until {
                return Ended::Exhausted;
            }
            let Some(entering) = self.cheapest(position) else { return Ended::Infeasible };
            let mut direction = std::mem::take(&mut self.direction);
            self.direct(entering, &mut direction);
            let by = direction.at(position);
            let sound = by < -PIVOT_MIN;
            if sound {
                let step = self.values[position as usize] / by;
                self.update_position_weights(position, &direction);
                self.pivot(entering, position, step, &direction);
            }
            self.direction = direction;
            if !sound {
                // What the row said and what the column says differ: the factors are worn out.
                if self.basis.age() == 0 {
                    return Ended::Exhausted;
                }
                self.refresh();
            }
        }
    }

    /// Chooses the columns to follow: those that promise most, little as it is.
    fn follow_nearest(&mut self) {
        self.promising.clear();
        for column in 0..self.profits.len() as u32 {
            if self.position_of_column[column as usize] == NONE {
                self.promising.push((self.reduced_profit(column), column));
            }
        }
        self.keep_best(FOLLOWED_MENDING);
        self.live.clear();
        self.live.extend(self.promising.iter().map(|(_, column)| *column));
        for column in &self.live {
            self.weights[*column as usize] = 1.0;
        }
        self.by_row.index(self.rhs.len(), &self.matrix, &self.live);
        self.compute_promises();
    }

    /// The position furthest below its bound for the way it would go back (dual devex).
    fn broken(&self) -> Option<u32> {
        let mut worst = (0.0, None);
        for (position, value) in self.values.iter().enumerate() {
            if *value < -FEASIBLE {
                let score = value * value / self.position_weights[position];
                if score > worst.0 {
                    worst = (score, Some(position as u32));
                }
            }
        }
        worst.1
    }

    fn update_position_weights(&mut self, position: u32, direction: &Sparse) {
        let pivot = direction.at(position);
        let weight = self.position_weights[position as usize];
        for at in direction.touched() {
            let ratio = direction.at(*at) / pivot;
            let held = &mut self.position_weights[*at as usize];
            *held = held.max(ratio * ratio * weight);
        }
        self.position_weights[position as usize] = (weight / (pivot * pivot)).max(1.0);
    }

    /// What can enter at `position` for the least loss of profit for what it mends.
    fn cheapest(&mut self, position: u32) -> Option<Variable> {
        let mut row = std::mem::take(&mut self.row);
        row.clear();
        row.add(position, 1.0);
        self.basis.backward(&mut row);
        let mut across = std::mem::take(&mut self.across);
        across.grow(self.profits.len());
        let mut choices = Vec::new();
        for at in row.touched() {
            let value = row.at(*at);
            if value.abs() < 1e-14 {
                continue;
            }
            if self.position_of_slack[*at as usize] == NONE && value < -PIVOT_MIN {
                choices.push((Variable::Slack(*at), -self.prices[*at as usize], value));
            }
            for (column, entry) in self.by_row.row(*at) {
                across.add(*column, entry * value);
            }
        }
        for column in across.touched() {
            let value = across.at(*column);
            if value < -PIVOT_MIN && self.position_of_column[*column as usize] == NONE {
                choices.push((Variable::Column(*column), self.promises[*column as usize], value));
            }
        }
        across.clear();
        self.across = across;
        row.clear();
        self.row = row;
        let loss = |promise: f64, value: f64| promise.min(0.0) / value;
        let bound = choices
            .iter()
            .map(|(_, promise, value)| loss(promise - PROMISE_SLACK, *value))
            .fold(f64::INFINITY, f64::min);
        let mut best: Option<(Variable, f64, f64)> = None;
        for (variable, promise, value) in choices {
            let larger = best.is_none_or(|(_, _, held)| value < held);
            if loss(promise, value) <= bound && larger {
                best = Some((variable, promise, value));
            }
        }
        let (variable, promise, _) = best?;
        // Prices follow from what is promised in truth, also where that is more than nothing.
        match variable {
            Variable::Slack(at) => self.slack_promises[at as usize] = promise,
            Variable::Column(at) => self.promises[at as usize] = promise,
        }
        Some(variable)
    }
}
