//! The programme, and the walk from basis to basis uphill or back into bounds.

#![expect(
    clippy::indexing_slicing,
    clippy::as_conversions,
    reason = "an index is a row or a column of the programme, of which there are fewer than 2^32"
)]

mod dual;

use crate::basis::{Basis, ByRow, Matrix, NONE};
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
/// What a promise may rise above zero for the sake of a larger pivot.
const PROMISE_SLACK: f64 = 1e-9;
/// Changes after which the basis is factorised anew.
const AGE_MAX: usize = 64;
/// Entries of those changes after which it is.
const WEIGHT_MAX: usize = 40_000;

/// Pivots after which somebody may say that it is enough.
const PIVOTS_A_LOOK: usize = 50;

/// Columns followed from pivot to pivot besides those taken.
const FOLLOWED: usize = 600;
/// Columns followed while mending.
const FOLLOWED_MENDING: usize = 1000;

/// What is basic at a position, or what is not basic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Variable {
    Slack(u32),
    Column(u32),
}

/// A basis of a [`Programme`], to come back to.
#[derive(Debug, Clone)]
pub struct Snapshot {
    basic: Vec<Variable>,
}

/// A linear programme: the most profit with columns not negative and no row exceeded.
#[derive(Debug, Clone, Default)]
pub struct Programme {
    rhs: Vec<f64>,
    profits: Vec<f64>,
    /// Columns taken into account.
    live: Vec<u32>,
    promising: Vec<(f64, u32)>,
    /// Rows whose slack is not taken.
    tight: Vec<u32>,
    /// Their entries by row.
    by_row: ByRow,
    /// What raising each column or slack by one would bring.
    promises: Vec<f64>,
    slack_promises: Vec<f64>,
    /// How far each leads, squared, against the reference (devex).
    weights: Vec<f64>,
    slack_weights: Vec<f64>,
    /// Of each position, how far it is to go back within bounds, squared (dual devex).
    position_weights: Vec<f64>,
    /// Weight and promise of what leaves the basis.
    leaving: (f64, f64),
    across: Sparse,
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
        self.slack_promises.push(0.0);
        self.slack_weights.push(1.0);
        self.direction.grow(self.rhs.len());
        self.row.grow(self.rhs.len());
        Row(row)
    }

    /// Adds a column, of which nothing is taken yet.
    pub fn add_column(&mut self, profit: f64, entries: &[(Row, f64)]) -> Column {
        let column = self.matrix.push(entries.iter().map(|(row, value)| (row.0, *value)));
        self.profits.push(profit);
        self.promises.push(0.0);
        self.weights.push(1.0);
        self.position_of_column.push(NONE);
        Column(column)
    }

    /// Changes what `row` may not exceed; follow with [`Programme::dual`], whether it
    /// shrinks or grows: room in one row can take what another holds below nothing. A row that
    /// held and is to hold nothing any more leaves profit to be had: follow with
    /// [`Programme::primal`] then.
    pub fn set_rhs(&mut self, row: Row, rhs: f64) {
        if rhs == f64::INFINITY {
            self.loosen(row);
            // Nothing that is loosened after it may be stopped by this one.
            if let Some(value) = self.values.get_mut(self.position_of_slack[row.index()] as usize) {
                *value = f64::INFINITY;
            }
        }
        self.rhs[row.index()] = rhs;
        self.is_fresh = false;
    }

    /// Takes the slack of `row`, because a row without end cannot be tight.
    ///
    /// What is basic stays within bounds: the slack is raised until something stops it or, where
    /// nothing does, lowered. Something that is not the slack of a row without end does either way,
    /// because slacks of other rows alone do not make up this one.
    fn loosen(&mut self, row: Row) {
        if self.position_of_slack[row.index()] != NONE {
            return;
        }
        if self.basis.age() >= AGE_MAX {
            self.refresh();
        }
        self.slack_promises[row.index()] = -self.prices[row.index()];
        if self.raise(Variable::Slack(row.0)) {
            return;
        }
        let mut direction = std::mem::take(&mut self.direction);
        self.direct(Variable::Slack(row.0), &mut direction);
        let mut back = direction.clone();
        back.clear();
        for at in direction.touched() {
            back.add(*at, -direction.at(*at));
        }
        if let Some((position, step)) = self.stop(&back) {
            self.pivot(Variable::Slack(row.0), position, -step, &direction);
        }
        self.direction = direction;
    }

    /// Changes what `column` brings; follow with [`Programme::primal`].
    pub fn set_profit(&mut self, column: Column, profit: f64) {
        self.profits[column.index()] = profit;
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

    /// How much of `row` is left.
    #[must_use]
    pub fn slack(&self, row: Row) -> f64 {
        let position = self.position_of_slack[row.index()];
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

    /// What one unit of `column` brings.
    #[must_use]
    pub fn profit_of(&self, column: Column) -> f64 {
        self.profits[column.index()]
    }

    /// What one unit of `column` takes of which rows, as it was added.
    pub fn entries(&self, column: Column) -> impl Iterator<Item = (Row, f64)> + '_ {
        let entries = self.matrix.column(column.0);
        entries.rows.iter().zip(entries.values).map(|(row, value)| (Row(*row), *value))
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
        let mut basic: Vec<Variable> = (0..self.rhs.len() as u32).map(Variable::Slack).collect();
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

    /// Factorises anew where the factors are out of date or worn; whether they were.
    fn refresh_if_due(&mut self) -> bool {
        let is_due =
            !self.is_fresh || self.basis.age() >= AGE_MAX || self.basis.weight() > WEIGHT_MAX;
        if is_due {
            self.refresh();
        }
        is_due
    }

    /// Raises the profit until nothing promises more than `tolerance` of it per unit.
    ///
    /// Start where every row is kept: after adding rows and columns, or after [`Programme::dual`].
    pub fn primal(&mut self) -> Ended {
        self.primal_within(1e-9, usize::MAX)
    }

    /// As [`Programme::primal`], ending after `pivots_most` pivots.
    ///
    /// Only columns that promise something when all were last looked at are followed from pivot to
    /// pivot; when none of them promises anything any more, all are looked at again (sifting).
    pub fn primal_within(&mut self, tolerance: f64, pivots_most: usize) -> Ended {
        self.primal_until(tolerance, pivots_most, |_| false)
    }

    /// As [`Programme::primal_within`], also ending where `is_enough`, which is asked now and then.
    pub fn primal_until(
        &mut self,
        tolerance: f64,
        pivots_most: usize,
        mut is_enough: impl FnMut(&Self) -> bool,
    ) -> Ended {
        let started = self.pivots;
        let until = started.saturating_add(pivots_most);
        loop {
            self.refresh_if_due();
            if !self.sift(tolerance) {
                return Ended::Optimal;
            }
            while let Some(entering) = self.choose(tolerance) {
                let spent = self.pivots - started;
                let is_look = spent > 0 && spent.is_multiple_of(PIVOTS_A_LOOK);
                if self.pivots >= until || (is_look && is_enough(self)) {
                    return Ended::Exhausted;
                }
                if !self.raise(entering) {
                    return Ended::Unbounded;
                }
                if self.refresh_if_due() {
                    self.compute_promises();
                }
            }
        }
    }

    /// Chooses the columns to follow: those taken and those that promise something. Whether any
    /// column or slack promises something at all.
    fn sift(&mut self, tolerance: f64) -> bool {
        self.live.clear();
        self.promising.clear();
        for column in 0..self.profits.len() as u32 {
            let is_basic = self.position_of_column[column as usize] != NONE;
            let promise = if is_basic { 0.0 } else { self.reduced_profit(column) };
            self.promises[column as usize] = promise;
            if promise > tolerance {
                let length = self.matrix.column(column).rows.len();
                self.promising.push((promise * promise / (1 + length) as f64, column));
            }
        }
        self.keep_best(FOLLOWED);
        let mut any = !self.promising.is_empty();
        self.live.extend(self.promising.iter().map(|(_, column)| *column));
        for column in &self.live {
            self.weights[*column as usize] = 1.0;
        }
        self.slack_weights.fill(1.0);
        self.compute_slack_promises();
        any |= self.tight.iter().any(|row| self.slack_promises[*row as usize] > tolerance);
        self.by_row.index(self.rhs.len(), &self.matrix, &self.live);
        any
    }

    /// Keeps the `count` most promising of those listed.
    fn keep_best(&mut self, count: usize) {
        if self.promising.len() > count {
            let descending = |a: &(f64, u32), b: &(f64, u32)| b.0.total_cmp(&a.0);
            self.promising.select_nth_unstable_by(count, descending);
            self.promising.truncate(count);
        }
    }

    /// Takes nothing of any column.
    pub fn reset(&mut self) {
        self.restore(&Snapshot { basic: Vec::new() });
    }

    /// The basis of now, to come back to.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        Snapshot { basic: self.basic.clone() }
    }

    /// Goes back to `snapshot`; rows added since have their slacks taken.
    pub fn restore(&mut self, snapshot: &Snapshot) {
        self.position_of_column.fill(NONE);
        self.position_of_slack.fill(NONE);
        let rows = self.rhs.len() as u32;
        self.basic.clear();
        self.basic.extend_from_slice(&snapshot.basic);
        self.basic.extend((snapshot.basic.len() as u32..rows).map(Variable::Slack));
        for (position, variable) in self.basic.iter().enumerate() {
            match variable {
                Variable::Slack(row) => self.position_of_slack[*row as usize] = position as u32,
                Variable::Column(at) => self.position_of_column[*at as usize] = position as u32,
            }
        }
        self.refresh();
    }

    /// Works out what every column followed and every slack not taken promises.
    fn compute_promises(&mut self) {
        for at in 0..self.live.len() {
            let column = self.live[at];
            let basic = self.position_of_column[column as usize] != NONE;
            let promise = if basic { 0.0 } else { self.reduced_profit(column) };
            self.promises[column as usize] = promise;
        }
        self.compute_slack_promises();
    }

    /// Works out what every slack not taken promises, and lists the rows that are tight.
    fn compute_slack_promises(&mut self) {
        self.tight.clear();
        for (row, position) in self.position_of_slack.iter().enumerate() {
            self.slack_promises[row] = if *position == NONE { -self.prices[row] } else { 0.0 };
            if *position == NONE {
                self.tight.push(row as u32);
            }
        }
    }

    /// What promises most for the way it goes (Harris 1973; Forrest and Goldfarb 1992).
    fn choose(&self, tolerance: f64) -> Option<Variable> {
        let mut best = (0.0, None);
        for column in &self.live {
            let promise = self.promises[*column as usize];
            if promise > tolerance {
                let score = promise * promise / self.weights[*column as usize];
                if score > best.0 {
                    best = (score, Some(Variable::Column(*column)));
                }
            }
        }
        for row in &self.tight {
            let promise = self.slack_promises[*row as usize];
            if promise > tolerance {
                let score = promise * promise / self.slack_weights[*row as usize];
                if score > best.0 {
                    best = (score, Some(Variable::Slack(*row)));
                }
            }
        }
        best.1
    }

    /// Raises `variable` as far as rows let it; whether some row stops it.
    fn raise(&mut self, variable: Variable) -> bool {
        let mut direction = std::mem::take(&mut self.direction);
        self.direct(variable, &mut direction);
        let stop = self.stop(&direction);
        if let Some((position, step)) = stop {
            self.pivot(variable, position, step, &direction);
        }
        self.direction = direction;
        stop.is_some()
    }

    /// What raising `variable` by one takes of everything basic.
    fn direct(&self, variable: Variable, direction: &mut Sparse) {
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
        self.basis.forward(&self.matrix, direction);
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
    fn pivot(&mut self, entering: Variable, position: u32, step: f64, direction: &Sparse) {
        let mut row = std::mem::take(&mut self.row);
        row.clear();
        row.add(position, 1.0);
        self.basis.backward(&mut row);
        self.update_promises(entering, direction.at(position), &row);
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

    /// Moves prices and promises along `row` of the inverse, and the weights of choosing.
    fn update_promises(&mut self, entering: Variable, pivot: f64, row: &Sparse) {
        let (promise, weight) = match entering {
            Variable::Column(column) => {
                (self.promises[column as usize], self.weights[column as usize])
            }
            Variable::Slack(at) => {
                (self.slack_promises[at as usize], self.slack_weights[at as usize])
            }
        };
        let per_pivot = promise / pivot;
        let mut across = std::mem::take(&mut self.across);
        across.grow(self.profits.len());
        for at in row.touched() {
            let value = row.at(*at);
            if value.abs() < 1e-14 {
                continue;
            }
            self.prices[*at as usize] += per_pivot * value;
            if self.position_of_slack[*at as usize] == NONE {
                self.slack_promises[*at as usize] -= per_pivot * value;
                let ratio = value / pivot;
                let held = &mut self.slack_weights[*at as usize];
                *held = held.max(ratio * ratio * weight);
            }
            for (column, entry) in self.by_row.row(*at) {
                across.add(*column, entry * value);
            }
        }
        for column in across.touched() {
            let value = across.at(*column);
            self.promises[*column as usize] -= per_pivot * value;
            let ratio = value / pivot;
            let held = &mut self.weights[*column as usize];
            *held = held.max(ratio * ratio * weight);
        }
        across.clear();
        self.across = across;
        self.leaving = ((weight / (pivot * pivot)).max(1.0), -per_pivot);
    }

    fn exchange(&mut self, entering: Variable, position: u32) {
        match self.basic[position as usize] {
            Variable::Slack(row) => {
                self.position_of_slack[row as usize] = NONE;
                self.tight.push(row);
                self.slack_weights[row as usize] = self.leaving.0;
                self.slack_promises[row as usize] = self.leaving.1;
            }
            Variable::Column(column) => {
                self.position_of_column[column as usize] = NONE;
                self.weights[column as usize] = self.leaving.0;
                self.promises[column as usize] = self.leaving.1;
            }
        }
        match entering {
            Variable::Slack(row) => {
                self.position_of_slack[row as usize] = position;
                self.slack_promises[row as usize] = 0.0;
            }
            Variable::Column(column) => {
                self.position_of_column[column as usize] = position;
                self.promises[column as usize] = 0.0;
            }
        }
        self.basic[position as usize] = entering;
    }
}
