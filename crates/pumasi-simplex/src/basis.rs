//! The basis of a programme, factorised where rows are tight, and the changes since.
//!
//! A position is a row; what is basic there is either the slack of some row or a column. When the
//! basis is factorised anew each basic slack stands at its own row, so that only the other rows,
//! those that are tight, have a matrix of their own. Every change since is kept as one column of
//! the inverse (the product form of the inverse, Dantzig and Orchard-Hays 1954).

#![expect(
    clippy::indexing_slicing,
    clippy::as_conversions,
    reason = "an index is a row of the programme all vectors are as long as; there are fewer than 2^32"
)]

use crate::lu::{Entries, Lu, Singular, Work};
use crate::sparse::Sparse;

/// Entries of the columns of a programme, one column after another.
#[derive(Debug, Clone, Default)]
pub(crate) struct Matrix {
    starts: Vec<u32>,
    rows: Vec<u32>,
    values: Vec<f64>,
}

impl Matrix {
    pub(crate) fn push(&mut self, entries: impl Iterator<Item = (u32, f64)>) -> u32 {
        if self.starts.is_empty() {
            self.starts.push(0);
        }
        for (row, value) in entries {
            self.rows.push(row);
            self.values.push(value);
        }
        self.starts.push(self.rows.len() as u32);
        (self.starts.len() - 2) as u32
    }

    pub(crate) fn columns(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    #[inline]
    pub(crate) fn column(&self, column: u32) -> Entries<'_> {
        let from = self.starts[column as usize] as usize;
        let until = self.starts[column as usize + 1] as usize;
        Entries { rows: &self.rows[from..until], values: &self.values[from..until] }
    }
}

/// Entries of some columns by row.
#[derive(Debug, Clone, Default)]
pub(crate) struct ByRow {
    starts: Vec<u32>,
    next: Vec<u32>,
    entries: Vec<(u32, f64)>,
}

impl ByRow {
    /// Lists the entries of `columns`.
    pub(crate) fn index(&mut self, rows_count: usize, matrix: &Matrix, columns: &[u32]) {
        self.starts.clear();
        self.starts.resize(rows_count + 1, 0);
        for column in columns {
            for row in matrix.column(*column).rows {
                self.starts[*row as usize + 1] += 1;
            }
        }
        for row in 0..rows_count {
            self.starts[row + 1] += self.starts[row];
        }
        self.next.clear();
        self.next.extend_from_slice(&self.starts);
        self.entries.clear();
        self.entries.resize(self.starts[rows_count] as usize, (0, 0.0));
        for column in columns {
            let entries = matrix.column(*column);
            for (row, value) in entries.rows.iter().zip(entries.values) {
                let at = &mut self.next[*row as usize];
                self.entries[*at as usize] = (*column, *value);
                *at += 1;
            }
        }
    }

    /// The entries in `row`, by column; none in a row younger than the list.
    #[inline]
    pub(crate) fn row(&self, row: u32) -> &[(u32, f64)] {
        let at = row as usize;
        if at + 1 >= self.starts.len() {
            return &[];
        }
        &self.entries[self.starts[at] as usize..self.starts[at + 1] as usize]
    }
}

/// The factors of a basis and what changed since they were made.
#[derive(Debug, Clone, Default)]
pub(crate) struct Basis {
    lu: Lu,
    work: Work,
    /// The column at each position when it was factorised; `NONE` where a slack was.
    factorised: Vec<u32>,
    /// Of the columns factorised, the entries in rows that have no part in the factors, by row:
    /// the position of the column and the entry.
    loose_starts: Vec<u32>,
    loose: Vec<(u32, f64)>,
    changes: Vec<Change>,
    changes_entries: Vec<(u32, f64)>,
}

/// One column of the inverse: what is now basic at `position`, in terms of the basis before.
#[derive(Debug, Clone, Copy)]
struct Change {
    position: u32,
    pivot: f64,
    from: u32,
    until: u32,
}

/// No column.
pub(crate) const NONE: u32 = u32::MAX;

impl Basis {
    /// Factorises the basis of `columns`, with slacks at the rows not in `rows`.
    ///
    /// Returns the position of each column.
    pub(crate) fn factorise(
        &mut self,
        matrix: &Matrix,
        rows_count: usize,
        rows: &[u32],
        columns: &[u32],
    ) -> Result<Vec<u32>, Singular> {
        let entries: Vec<Entries<'_>> = columns.iter().map(|c| matrix.column(*c)).collect();
        let positions = self.lu.factorise(&mut self.work, rows_count, rows, &entries)?;
        self.changes.clear();
        self.changes_entries.clear();
        self.factorised.clear();
        self.factorised.resize(rows_count, NONE);
        for (column, position) in columns.iter().zip(&positions) {
            self.factorised[*position as usize] = *column;
        }
        self.index_loose(rows_count, &entries, &positions);
        Ok(positions)
    }

    fn index_loose(&mut self, rows_count: usize, columns: &[Entries<'_>], positions: &[u32]) {
        let starts = &mut self.loose_starts;
        starts.clear();
        starts.resize(rows_count + 1, 0);
        let is_loose = |row: &u32| self.factorised[*row as usize] == NONE;
        for column in columns {
            for row in column.rows.iter().filter(|row| is_loose(row)) {
                starts[*row as usize + 1] += 1;
            }
        }
        for row in 0..rows_count {
            starts[row + 1] += starts[row];
        }
        self.loose.clear();
        self.loose.resize(starts[rows_count] as usize, (0, 0.0));
        let mut next = starts.clone();
        for (column, position) in columns.iter().zip(positions) {
            for (row, value) in column.rows.iter().zip(column.values) {
                if is_loose(row) {
                    let at = &mut next[*row as usize];
                    self.loose[*at as usize] = (*position, *value);
                    *at += 1;
                }
            }
        }
    }

    /// Of `rows`, those in which the last attempt found no pivot.
    pub(crate) fn rows_without_pivot(&self, rows: &[u32]) -> Vec<u32> {
        rows.iter().copied().filter(|row| self.work.is_open(*row)).collect()
    }

    /// How many columns changed since the basis was factorised.
    pub(crate) fn age(&self) -> usize {
        self.changes.len()
    }

    /// How many entries those changes have.
    pub(crate) fn weight(&self) -> usize {
        self.changes_entries.len()
    }

    /// Whether a column stood at `position` when the basis was factorised.
    #[inline]
    fn is_tight(&self, position: u32) -> bool {
        self.factorised.get(position as usize).is_some_and(|column| *column != NONE)
    }

    /// Solves `B w = v` in place, `v` by row, `w` by position.
    pub(crate) fn forward(&self, matrix: &Matrix, vector: &mut Sparse) {
        self.lu.forward(vector);
        // What is loose follows from the columns' amounts.
        let count = vector.touched().len();
        for at in 0..count {
            let position = vector.touched()[at];
            if !self.is_tight(position) {
                continue;
            }
            let amount = vector.at(position);
            if amount == 0.0 {
                continue;
            }
            let column = matrix.column(self.factorised[position as usize]);
            for (row, value) in column.rows.iter().zip(column.values) {
                if !self.is_tight(*row) {
                    vector.add(*row, -value * amount);
                }
            }
        }
        for change in &self.changes {
            let value = vector.at(change.position);
            if value != 0.0 {
                let value = value / change.pivot;
                vector.set(change.position, value);
                let entries = &self.changes_entries[change.from as usize..change.until as usize];
                for (position, entry) in entries {
                    vector.add(*position, -entry * value);
                }
            }
        }
    }

    /// Solves `Bᵀ y = z` in place, `z` by position, `y` by row.
    pub(crate) fn backward(&self, vector: &mut Sparse) {
        for change in self.changes.iter().rev() {
            let entries = &self.changes_entries[change.from as usize..change.until as usize];
            let mut sum = vector.at(change.position);
            for (position, entry) in entries {
                sum -= entry * vector.at(*position);
            }
            if sum != 0.0 || vector.at(change.position) != 0.0 {
                vector.set(change.position, sum / change.pivot);
            }
        }
        let count = vector.touched().len();
        for at in 0..count {
            let row = vector.touched()[at];
            if self.is_tight(row) || row as usize + 1 >= self.loose_starts.len() {
                continue;
            }
            let value = vector.at(row);
            if value != 0.0 {
                let from = self.loose_starts[row as usize] as usize;
                let until = self.loose_starts[row as usize + 1] as usize;
                for (position, entry) in &self.loose[from..until] {
                    vector.add(*position, -entry * value);
                }
            }
        }
        self.lu.backward(vector);
    }

    /// Notes that the column whose amounts by position are `column` is now basic at `position`.
    pub(crate) fn change(&mut self, position: u32, column: &Sparse, zero: f64) {
        let from = self.changes_entries.len() as u32;
        let entries = column.touched().iter().filter(|p| **p != position);
        let entries = entries.map(|p| (*p, column.at(*p))).filter(|(_, v)| v.abs() > zero);
        self.changes_entries.extend(entries);
        let until = self.changes_entries.len() as u32;
        self.changes.push(Change { position, pivot: column.at(position), from, until });
    }
}
