//! The programme, and the walk from basis to basis uphill or back into bounds.

#![expect(clippy::indexing_slicing, reason = "an index is a row or a column of the programme")]

use crate::basis::{Basis, Matrix, NONE};
use crate::sparse::Sparse;

/// A row of a [`Programme`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Row(u32);

impl Row {
    /// Its position, from zero, in the order of adding.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// A column of a [`Programme`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Column(u32);

impl Column {
    /// Its position, from zero, in the order of adding.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// How a walk ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// No column or slack promises more.
    Optimal,
    /// The pivots allowed are used up.
    Exhausted,
    /// Some column can be raised for ever.
    Unbounded,
    /// Some row cannot be kept whatever the columns are.
    Infeasible,
}

/// Entries of a column of the inverse smaller than this are rounding.
const PIVOT_MIN: f64 = 1e-9;
/// What a value may miss its bound by, in units of the right-hand side.
const FEASIBLE: f64 = 1e-9;
/// Changes after which the basis is factorised anew.
const AGE_MAX: usize = 64;
/// Columns kept to choose from between two looks at all of them.
const CANDIDATES: usize = 48;
/// A candidate promising less than this share of the best at the last look waits for the next.
const CANDIDATE_SHARE: f64 = 0.25;

/// What is basic at a position, or what is not basic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Variable {
    Slack(u32),
    Column(u32),
}

/// A linear programme: the most profit with columns not negative and no row exceeded.
#[derive(Debug, Clone, Default)]
pub struct Programme {
    rhs: Vec<f64>,
    profits: Vec<f64>,
    /// What the profit of a column counts for in choosing, by its length.
    scales: Vec<f64>,
    matrix: Matrix,
    basic: Vec<Variable>,
    /// The value of what is basic at each position.
    values: Vec<f64>,
    position_of_slack: Vec<u32>,
    position_of_column: Vec<u32>,
    prices: Vec<f64>,
    basis: Basis,
    is_fresh: bool,
    direction: Sparse,
    row: Sparse,
    pivots: usize,
    factorisations: usize,
}

impl Programme {
    /// Adds a row that may not exceed `rhs`, which may be infinite.
    pub fn add_row(&mut self, rhs: f64) -> Row {
        let row = self.rhs.len() as u32;
        self.rhs.push(rhs);
        self.basic.push(Variable::Slack(row));
        self.values.push(rhs);
        self.position_of_slack.push(row);
        self.prices.push(0.0);
        self.direction.grow(self.rhs.len());
        self.row.grow(self.rhs.len());
        Row(row)
    }

    /// Adds a column, of which nothing is taken yet.
    pub fn add_column(&mut self, profit: f64, entries: &[(Row, f64)]) -> Column {
        let column = self.matrix.push(entries.iter().map(|(row, value)| (row.0, *value)));
        self.profits.push(profit);
        let square: f64 = entries.iter().map(|(_, value)| value * value).sum();
        self.scales.push(1.0 / (1.0 + square).sqrt());
        self.position_of_column.push(NONE);
        Column(column)
    }

    /// Changes what `row` may not exceed; follow with [`Programme::dual`] where it shrinks.
    pub fn set_rhs(&mut self, row: Row, rhs: f64) {
        self.rhs[row.index()] = rhs;
        self.is_fresh = false;
    }

    /// What `row` may not exceed.
    #[must_use]
    pub fn rhs(&self, row: Row) -> f64 {
        self.rhs[row.index()]
    }

    /// How much of `column` is taken.
    #[must_use]
    pub fn value(&self, column: Column) -> f64 {
        let position = self.position_of_column[column.index()];
        if position == NONE { 0.0 } else { self.values[position as usize].max(0.0) }
    }

    /// What one more unit of `row` would bring, as long as the basis stays.
    #[must_use]
    pub fn price(&self, row: Row) -> f64 {
        self.prices[row.index()]
    }

    /// The prices of all rows.
    #[must_use]
    pub fn prices(&self) -> &[f64] {
        &self.prices
    }

    /// Columns of which something may be taken, with how much, by position.
    pub fn basic_columns(&self) -> impl Iterator<Item = (Column, f64)> + '_ {
        self.basic.iter().zip(&self.values).filter_map(|(variable, value)| match variable {
            Variable::Column(column) => Some((Column(*column), value.max(0.0))),
            Variable::Slack(_) => None,
        })
    }

    /// The profit of what is taken.
    #[must_use]
    pub fn profit(&self) -> f64 {
        self.basic_columns().map(|(column, value)| value * self.profits[column.index()]).sum()
    }

    /// How many rows there are.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rhs.len()
    }

    /// How many columns there are.
    #[must_use]
    pub fn columns(&self) -> usize {
        self.matrix.columns()
    }

    /// How many times one variable took another's place.
    #[must_use]
    pub const fn pivots(&self) -> usize {
        self.pivots
    }

    /// How many times the basis was factorised.
    #[must_use]
    pub const fn factorisations(&self) -> usize {
        self.factorisations
    }

    /// What raising `column` by one would bring at the prices of now.
    #[must_use]
    pub fn promise(&self, column: Column) -> f64 {
        self.reduced_profit(column.0)
    }

    #[inline]
    fn reduced_profit(&self, column: u32) -> f64 {
        let entries = self.matrix.column(column);
        let mut profit = self.profits[column as usize];
        for (row, value) in entries.rows.iter().zip(entries.values) {
            profit -= self.prices[*row as usize] * value;
        }
        profit
    }

    /// Factorises the basis anew, and computes values and prices from it.
    fn refresh(&mut self) {
        loop {
            let mut rows = Vec::new();
            let mut columns = Vec::new();
            for (row, position) in self.position_of_slack.iter().enumerate() {
                if *position == NONE {
                    rows.push(row as u32);
                }
            }
            for variable in &self.basic {
                if let Variable::Column(column) = variable {
                    columns.push(*column);
                }
            }
            self.factorisations += 1;
            match self.basis.factorise(&self.matrix, self.rhs.len(), &rows, &columns) {
                Ok(positions) => {
                    self.place(&columns, &positions);
                    break;
                }
                Err(singular) => self.drop_columns(&rows, &columns, &singular.columns),
            }
        }
        self.compute_values();
        self.compute_prices();
        self.is_fresh = true;
    }

    /// Puts every basic slack at its own row and every basic column at its pivot's.
    fn place(&mut self, columns: &[u32], positions: &[u32]) {
        for (row, position) in self.position_of_slack.iter_mut().enumerate() {
            if *position != NONE {
                *position = row as u32;
                self.basic[row] = Variable::Slack(row as u32);
            }
        }
        for (column, position) in columns.iter().zip(positions) {
            self.basic[*position as usize] = Variable::Column(*column);
            self.position_of_column[*column as usize] = *position;
        }
    }

    /// Takes columns that depend on others out of the basis; slacks of tight rows come in.
    fn drop_columns(&mut self, rows: &[u32], columns: &[u32], dependent: &[usize]) {
        let kept: Vec<u32> = columns
            .iter()
            .enumerate()
            .filter(|(at, _)| !dependent.contains(at))
            .map(|(_, column)| *column)
            .collect();
        let mut free = self.basis.rows_without_pivot(rows);
        for at in dependent {
            self.position_of_column[columns[*at] as usize] = NONE;
            if let Some(row) = free.pop() {
                self.position_of_slack[row as usize] = row;
            }
        }
        // Positions are dealt out again by what comes next; only what is basic counts here.
        let mut tight = (0..self.rhs.len()).filter(|row| self.position_of_slack[*row] == NONE);
        let mut basic: Vec<Variable> =
            (0..self.rhs.len() as u32).map(Variable::Slack).collect();
        for column in kept {
            if let Some(row) = tight.next() {
                basic[row] = Variable::Column(column);
            }
        }
        self.basic = basic;
    }

    fn compute_values(&mut self) {
        let mut vector = std::mem::take(&mut self.direction);
        vector.clear();
        for (row, rhs) in self.rhs.iter().enumerate() {
            if rhs.is_finite() && *rhs != 0.0 {
                vector.add(row as u32, *rhs);
            }
        }
        self.basis.forward(&self.matrix, &mut vector);
        for (row, value) in self.values.iter_mut().enumerate() {
            *value = vector.at(row as u32);
            if let Variable::Slack(slack) = self.basic[row]
                && !self.rhs[slack as usize].is_finite()
            {
                *value = f64::INFINITY;
            }
        }
        vector.clear();
        self.direction = vector;
    }

    fn compute_prices(&mut self) {
        let mut vector = std::mem::take(&mut self.row);
        vector.clear();
        for (position, variable) in self.basic.iter().enumerate() {
            if let Variable::Column(column) = variable {
                vector.add(position as u32, self.profits[*column as usize]);
            }
        }
        self.basis.backward(&mut vector);
        for (row, price) in self.prices.iter_mut().enumerate() {
            *price = vector.at(row as u32);
        }
        vector.clear();
        self.row = vector;
    }

    fn refresh_if_due(&mut self) {
        if !self.is_fresh || self.basis.age() >= AGE_MAX || self.basis.weight() > 40_000 {
            self.refresh();
        }
    }

    /// Raises the profit until nothing promises more than `tolerance` of it per unit.
    ///
    /// Start where every row is kept: after adding rows and columns, or after [`Programme::dual`].
    pub fn primal(&mut self) -> Ended {
        self.primal_within(1e-9, usize::MAX)
    }

    /// As [`Programme::primal`], ending after `pivots_most` pivots.
    pub fn primal_within(&mut self, tolerance: f64, pivots_most: usize) -> Ended {
        let until = self.pivots.saturating_add(pivots_most);
        let mut candidates = Vec::new();
        loop {
            self.refresh_if_due();
            let best = self.look(tolerance, &mut candidates);
            if candidates.is_empty() {
                return Ended::Optimal;
            }
            loop {
                if self.pivots >= until {
                    return Ended::Exhausted;
                }
                self.refresh_if_due();
                let Some((variable, promise)) = self.choose(&mut candidates) else { break };
                if promise.1 < (best * CANDIDATE_SHARE).max(tolerance) {
                    break;
                }
                if !self.raise(variable, promise.0) {
                    return Ended::Unbounded;
                }
            }
        }
    }

    /// Lists what promises most, and says how much the best promises.
    fn look(&self, tolerance: f64, candidates: &mut Vec<(f64, Variable)>) -> f64 {
        candidates.clear();
        for column in 0..self.profits.len() as u32 {
            if self.position_of_column[column as usize] == NONE {
                let promise = self.reduced_profit(column);
                if promise > tolerance {
                    let score = promise * self.scales[column as usize];
                    candidates.push((score, Variable::Column(column)));
                }
            }
        }
        for (row, position) in self.position_of_slack.iter().enumerate() {
            if *position == NONE && self.prices[row] < -tolerance {
                candidates.push((-self.prices[row], Variable::Slack(row as u32)));
            }
        }
        let descending = |a: &(f64, Variable), b: &(f64, Variable)| b.0.total_cmp(&a.0);
        if candidates.len() > CANDIDATES {
            candidates.select_nth_unstable_by(CANDIDATES, descending);
            candidates.truncate(CANDIDATES);
        }
        candidates.iter().map(|(score, _)| *score).fold(0.0, f64::max)
    }

    /// Takes the candidate that now promises most: its promise per unit and its score.
    fn choose(&self, candidates: &mut Vec<(f64, Variable)>) -> Option<(Variable, (f64, f64))> {
        let mut best: Option<(usize, f64, f64)> = None;
        for (at, (score, variable)) in candidates.iter_mut().enumerate() {
            let (promise, scale) = match *variable {
                Variable::Column(column) if self.position_of_column[column as usize] == NONE => {
                    (self.reduced_profit(column), self.scales[column as usize])
                }
                Variable::Slack(row) if self.position_of_slack[row as usize] == NONE => {
                    (-self.prices[row as usize], 1.0)
                }
                _ => (0.0, 1.0),
            };
            *score = promise * scale;
            if best.is_none_or(|(_, held, _)| *score > held) {
                best = Some((at, *score, promise));
            }
        }
        let (at, score, promise) = best?;
        let (_, variable) = candidates.swap_remove(at);
        Some((variable, (promise, score)))
    }

    /// Raises `variable` as far as rows let it; whether some row stops it.
    fn raise(&mut self, variable: Variable, promise: f64) -> bool {
        let mut direction = std::mem::take(&mut self.direction);
        direction.clear();
        match variable {
            Variable::Column(column) => {
                let entries = self.matrix.column(column);
                for (row, value) in entries.rows.iter().zip(entries.values) {
                    direction.add(*row, *value);
                }
            }
            Variable::Slack(row) => direction.add(row, 1.0),
        }
        self.basis.forward(&self.matrix, &mut direction);
        let stop = self.stop(&direction);
        if let Some((position, step)) = stop {
            self.pivot(variable, promise, position, step, &direction);
        }
        self.direction = direction;
        stop.is_some()
    }

    /// Where raising along `direction` stops, and after how much (Harris 1973: of the positions
    /// that stop it within tolerance, the one with the largest pivot).
    fn stop(&self, direction: &Sparse) -> Option<(u32, f64)> {
        let mut bound = f64::INFINITY;
        for position in direction.touched() {
            let by = direction.at(*position);
            if by > PIVOT_MIN {
                let value = self.values[*position as usize].max(0.0);
                bound = bound.min((value + FEASIBLE) / by);
            }
        }
        if bound == f64::INFINITY {
            return None;
        }
        let mut best: Option<(u32, f64, f64)> = None;
        for position in direction.touched() {
            let by = direction.at(*position);
            if by > PIVOT_MIN {
                let ratio = self.values[*position as usize].max(0.0) / by;
                if ratio <= bound && best.is_none_or(|(_, _, held)| by > held) {
                    best = Some((*position, ratio, by));
                }
            }
        }
        best.map(|(position, ratio, _)| (position, ratio))
    }

    /// Lets `entering` take the place of what is basic at `position`.
    fn pivot(
        &mut self,
        entering: Variable,
        promise: f64,
        position: u32,
        step: f64,
        direction: &Sparse,
    ) {
        let mut row = std::mem::take(&mut self.row);
        row.clear();
        row.add(position, 1.0);
        self.basis.backward(&mut row);
        let per_pivot = promise / direction.at(position);
        for at in row.touched() {
            self.prices[*at as usize] += per_pivot * row.at(*at);
        }
        row.clear();
        self.row = row;
        for at in direction.touched() {
            self.values[*at as usize] -= step * direction.at(*at);
        }
        self.values[position as usize] = step;
        self.exchange(entering, position);
        self.basis.change(position, direction, 1e-13);
        self.pivots += 1;
    }

    fn exchange(&mut self, entering: Variable, position: u32) {
        match self.basic[position as usize] {
            Variable::Slack(row) => self.position_of_slack[row as usize] = NONE,
            Variable::Column(column) => self.position_of_column[column as usize] = NONE,
        }
        match entering {
            Variable::Slack(row) => self.position_of_slack[row as usize] = position,
            Variable::Column(column) => self.position_of_column[column as usize] = position,
        }
        self.basic[position as usize] = entering;
    }
}
