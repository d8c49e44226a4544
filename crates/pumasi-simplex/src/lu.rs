//! The factors of a square, sparse and almost triangular matrix.
//!
//! Rows and columns with one entry left are taken out first, which costs no arithmetic at all; what
//! then remains, the nucleus, is factorised column by column (Gilbert and Peierls, "Sparse partial
//! pivoting in time proportional to arithmetic operations", 1988), columns with few entries first,
//! and of the entries large enough the one whose row has fewest.

#![expect(
    clippy::indexing_slicing,
    clippy::as_conversions,
    reason = "an index is a row or a pivot the factors were made with, of which there are fewer than 2^32"
)]

use crate::sparse::Sparse;

/// Smallest pivot, as a share of the largest entry of its column.
const PIVOT_SHARE_MIN: f64 = 0.1;
/// What counts as zero beside entries of about one.
const ZERO: f64 = 1e-11;

/// One column of the matrix to factorise.
pub(crate) struct Entries<'a> {
    pub(crate) rows: &'a [u32],
    pub(crate) values: &'a [f64],
}

/// Lists of entries, one after another.
#[derive(Debug, Clone, Default)]
struct Lists {
    starts: Vec<u32>,
    rows: Vec<u32>,
    values: Vec<f64>,
}

impl Lists {
    fn clear(&mut self) {
        self.starts.clear();
        self.starts.push(0);
        self.rows.clear();
        self.values.clear();
    }

    fn push(&mut self, row: u32, value: f64) {
        self.rows.push(row);
        self.values.push(value);
    }

    fn end(&mut self) {
        self.starts.push(self.rows.len() as u32);
    }

    #[inline]
    fn list(&self, index: usize) -> (&[u32], &[f64]) {
        let (from, until) = (self.starts[index] as usize, self.starts[index + 1] as usize);
        (&self.rows[from..until], &self.values[from..until])
    }
}

/// Lower and upper factors; a column is known by the row of its pivot.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lu {
    /// The row of each pivot, in the order of elimination.
    pivot_rows: Vec<u32>,
    diagonal: Vec<f64>,
    /// Of each pivot, the entries above it in its column, by row.
    upper: Lists,
    /// Of each pivot, the entries right of it in its row, by the row of their column's pivot.
    upper_rows: Lists,
    /// Pivots with entries below them, in order of elimination.
    lower_pivots: Vec<u32>,
    /// The entries below them as multiples of the pivot, by row.
    lower: Lists,
}

/// What could not be factorised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Singular {
    /// Columns, by position, that depend on others.
    pub(crate) columns: Vec<usize>,
}

/// Working space to factorise in.
#[derive(Debug, Clone, Default)]
pub(crate) struct Work {
    /// By row: the entries left in it, and columns that have one there.
    row_count: Vec<u32>,
    row_starts: Vec<u32>,
    row_columns: Vec<u32>,
    column_count: Vec<u32>,
    is_column_done: Vec<bool>,
    /// By row: the pivot taken in it, in order of elimination; `NONE` when none is.
    pivot_of_row: Vec<u32>,
    column: Sparse,
    counts: Vec<u32>,
}

const NONE: u32 = u32::MAX;

impl Lu {
    /// Factorises `columns` over `rows`, of which there are as many.
    ///
    /// Returns which column was paired with which row: the row of each column, by position.
    pub(crate) fn factorise(
        &mut self,
        work: &mut Work,
        rows_count: usize,
        rows: &[u32],
        columns: &[Entries<'_>],
    ) -> Result<Vec<u32>, Singular> {
        self.pivot_rows.clear();
        self.diagonal.clear();
        self.upper.clear();
        self.lower.clear();
        self.lower_pivots.clear();
        work.index(rows_count, rows, columns);
        let mut row_of = vec![NONE; columns.len()];
        self.singletons(work, rows, columns, &mut row_of);
        let outcome = self.nucleus(work, columns, &mut row_of);
        self.index_upper(work);
        outcome.map(|()| row_of)
    }

    /// Takes out columns and rows with one entry left until there are none.
    fn singletons(
        &mut self,
        work: &mut Work,
        rows: &[u32],
        columns: &[Entries<'_>],
        row_of: &mut [u32],
    ) {
        let mut columns_left: Vec<u32> =
            (0..columns.len() as u32).filter(|c| work.column_count[*c as usize] == 1).collect();
        let mut rows_left: Vec<u32> =
            rows.iter().copied().filter(|r| work.row_count[*r as usize] == 1).collect();
        loop {
            let (column, row) = if let Some(column) = columns_left.pop() {
                if work.is_column_done[column as usize] || work.column_count[column as usize] != 1 {
                    continue;
                }
                let entries = &columns[column as usize];
                let open = entries.rows.iter().find(|row| work.is_open(**row));
                let Some(row) = open else { continue };
                (column, *row)
            } else if let Some(row) = rows_left.pop() {
                if !work.is_open(row) || work.row_count[row as usize] != 1 {
                    continue;
                }
                let Some(column) = work.open_column(row) else { continue };
                (column, row)
            } else {
                return;
            };
            let entries = &columns[column as usize];
            let at = entries.rows.iter().position(|r| *r == row).unwrap_or(0);
            if entries.values[at].abs() < ZERO {
                continue;
            }
            row_of[column as usize] = row;
            self.take(work, entries, row, entries.values[at]);
            work.close(column, row, entries, &mut columns_left, &mut rows_left);
        }
    }

    /// Records a pivot whose column needed no elimination.
    fn take(&mut self, work: &mut Work, entries: &Entries<'_>, row: u32, pivot: f64) {
        let order = self.pivot_rows.len() as u32;
        self.pivot_rows.push(row);
        self.diagonal.push(pivot);
        let mut has_lower = false;
        for (r, value) in entries.rows.iter().zip(entries.values) {
            if *r == row {
                continue;
            }
            match work.pivot_of_row.get(*r as usize).copied() {
                Some(OPEN) => {
                    self.lower.push(*r, value / pivot);
                    has_lower = true;
                }
                Some(NONE) | None => {}
                Some(_) => self.upper.push(*r, *value),
            }
        }
        self.upper.end();
        if has_lower {
            self.lower.end();
            self.lower_pivots.push(order);
        }
        work.pivot_of_row[row as usize] = order;
    }

    /// Factorises what no singleton is left in.
    fn nucleus(
        &mut self,
        work: &mut Work,
        columns: &[Entries<'_>],
        row_of: &mut [u32],
    ) -> Result<(), Singular> {
        let mut left: Vec<u32> =
            (0..columns.len() as u32).filter(|c| !work.is_column_done[*c as usize]).collect();
        left.sort_by_key(|c| (work.column_count[*c as usize], *c));
        let (first, first_lower) = (self.pivot_rows.len(), self.lower_pivots.len());
        let mut dependent = Vec::new();
        let mut column_values = std::mem::take(&mut work.column);
        for column in left {
            let entries = &columns[column as usize];
            for (row, value) in entries.rows.iter().zip(entries.values) {
                if work.pivot_of_row[*row as usize] != NONE {
                    column_values.add(*row, *value);
                }
            }
            for at in first_lower..self.lower_pivots.len() {
                let row = self.pivot_rows[self.lower_pivots[at] as usize];
                let value = column_values.at(row);
                if value != 0.0 {
                    let (rows, multiples) = self.lower.list(at);
                    for (r, multiple) in rows.iter().zip(multiples) {
                        column_values.add(*r, -multiple * value);
                    }
                }
            }
            match pick(work, &column_values) {
                Some(row) => {
                    row_of[column as usize] = row;
                    self.eliminated(work, &column_values, row);
                }
                None => dependent.push(column as usize),
            }
            column_values.clear();
        }
        work.column = column_values;
        debug_assert!(first <= self.pivot_rows.len());
        if dependent.is_empty() { Ok(()) } else { Err(Singular { columns: dependent }) }
    }

    /// Records a pivot of the nucleus.
    fn eliminated(&mut self, work: &mut Work, column: &Sparse, row: u32) {
        let order = self.pivot_rows.len() as u32;
        let pivot = column.at(row);
        self.pivot_rows.push(row);
        self.diagonal.push(pivot);
        let mut has_lower = false;
        for r in column.touched() {
            let value = column.at(*r);
            if *r == row || value.abs() < ZERO * 1e-3 {
                continue;
            }
            if work.is_open(*r) {
                self.lower.push(*r, value / pivot);
                has_lower = true;
            } else {
                self.upper.push(*r, value);
            }
        }
        self.upper.end();
        if has_lower {
            self.lower.end();
            self.lower_pivots.push(order);
        }
        work.pivot_of_row[row as usize] = order;
    }

    /// Lists the entries of the upper factor by row too.
    fn index_upper(&mut self, work: &mut Work) {
        let pivots = self.pivot_rows.len();
        let counts = &mut work.counts;
        counts.clear();
        counts.resize(pivots + 1, 0);
        for row in &self.upper.rows {
            counts[work.pivot_of_row[*row as usize] as usize + 1] += 1;
        }
        for at in 0..pivots {
            counts[at + 1] += counts[at];
        }
        let by_row = &mut self.upper_rows;
        by_row.starts.clear();
        by_row.starts.extend_from_slice(counts);
        by_row.rows.clear();
        by_row.rows.resize(self.upper.rows.len(), 0);
        by_row.values.clear();
        by_row.values.resize(self.upper.rows.len(), 0.0);
        for pivot in 0..pivots {
            let (rows, values) = self.upper.list(pivot);
            for (row, value) in rows.iter().zip(values) {
                let next = &mut counts[work.pivot_of_row[*row as usize] as usize];
                by_row.rows[*next as usize] = self.pivot_rows[pivot];
                by_row.values[*next as usize] = *value;
                *next += 1;
            }
        }
    }

    /// Solves `M s = v` in place: `v` by row, `s` by the row of each column's pivot.
    pub(crate) fn forward(&self, vector: &mut Sparse) {
        for (at, pivot) in self.lower_pivots.iter().enumerate() {
            let value = vector.at(self.pivot_rows[*pivot as usize]);
            if value != 0.0 {
                let (rows, multiples) = self.lower.list(at);
                for (row, multiple) in rows.iter().zip(multiples) {
                    vector.add(*row, -multiple * value);
                }
            }
        }
        for pivot in (0..self.pivot_rows.len()).rev() {
            let row = self.pivot_rows[pivot];
            let value = vector.at(row);
            if value != 0.0 {
                let value = value / self.diagonal[pivot];
                vector.set(row, value);
                let (rows, entries) = self.upper.list(pivot);
                for (above, entry) in rows.iter().zip(entries) {
                    vector.add(*above, -entry * value);
                }
            }
        }
    }

    /// Solves `Mᵀ y = z` in place: `z` by the row of each column's pivot, `y` by row.
    pub(crate) fn backward(&self, vector: &mut Sparse) {
        for pivot in 0..self.pivot_rows.len() {
            let row = self.pivot_rows[pivot];
            let value = vector.at(row);
            if value != 0.0 {
                let value = value / self.diagonal[pivot];
                vector.set(row, value);
                let (rows, entries) = self.upper_rows.list(pivot);
                for (right, entry) in rows.iter().zip(entries) {
                    vector.add(*right, -entry * value);
                }
            }
        }
        for (at, pivot) in self.lower_pivots.iter().enumerate().rev() {
            let (rows, multiples) = self.lower.list(at);
            let mut sum = 0.0;
            for (row, multiple) in rows.iter().zip(multiples) {
                sum += multiple * vector.at(*row);
            }
            if sum != 0.0 {
                vector.add(self.pivot_rows[*pivot as usize], -sum);
            }
        }
    }
}

/// Marks a row of the matrix in which no pivot is taken yet.
const OPEN: u32 = u32::MAX - 1;

impl Work {
    fn index(&mut self, rows_count: usize, rows: &[u32], columns: &[Entries<'_>]) {
        self.pivot_of_row.clear();
        self.pivot_of_row.resize(rows_count, NONE);
        for row in rows {
            self.pivot_of_row[*row as usize] = OPEN;
        }
        self.column.grow(rows_count);
        self.row_count.clear();
        self.row_count.resize(rows_count, 0);
        self.column_count.clear();
        self.is_column_done.clear();
        self.is_column_done.resize(columns.len(), false);
        let mut entries = 0;
        for column in columns {
            let mut count = 0;
            for row in column.rows {
                if self.pivot_of_row[*row as usize] == OPEN {
                    self.row_count[*row as usize] += 1;
                    count += 1;
                }
            }
            self.column_count.push(count);
            entries += count as usize;
        }
        self.row_starts.clear();
        self.row_starts.resize(rows_count, 0);
        let mut start = 0;
        for row in rows {
            self.row_starts[*row as usize] = start;
            start += self.row_count[*row as usize];
        }
        self.row_columns.clear();
        self.row_columns.resize(entries, NONE);
        for (at, column) in columns.iter().enumerate() {
            for row in column.rows {
                if self.pivot_of_row[*row as usize] == OPEN {
                    let next = &mut self.row_starts[*row as usize];
                    self.row_columns[*next as usize] = at as u32;
                    *next += 1;
                }
            }
        }
        // Each start now stands where the row ends; step back.
        for row in rows {
            self.row_starts[*row as usize] -= self.row_count[*row as usize];
        }
        self.counts.clear();
        self.counts.extend_from_slice(&self.row_count);
    }

    pub(crate) fn is_open(&self, row: u32) -> bool {
        self.pivot_of_row[row as usize] == OPEN
    }

    /// The columns that had an entry in `row` at first.
    fn columns_of(&self, row: u32) -> &[u32] {
        let start = self.row_starts[row as usize] as usize;
        &self.row_columns[start..start + self.counts[row as usize] as usize]
    }

    fn open_column(&self, row: u32) -> Option<u32> {
        self.columns_of(row).iter().copied().find(|c| !self.is_column_done[*c as usize])
    }

    /// Counts `column` and `row` out, and lists what has one entry left by that.
    fn close(
        &mut self,
        column: u32,
        row: u32,
        entries: &Entries<'_>,
        columns_left: &mut Vec<u32>,
        rows_left: &mut Vec<u32>,
    ) {
        self.is_column_done[column as usize] = true;
        let start = self.row_starts[row as usize] as usize;
        for at in start..start + self.counts[row as usize] as usize {
            let other = self.row_columns[at];
            if !self.is_column_done[other as usize] {
                let count = &mut self.column_count[other as usize];
                *count -= 1;
                if *count == 1 {
                    columns_left.push(other);
                }
            }
        }
        for r in entries.rows {
            if self.is_open(*r) {
                let count = &mut self.row_count[*r as usize];
                *count -= 1;
                if *count == 1 {
                    rows_left.push(*r);
                }
            }
        }
    }
}

/// The row to pivot in: of the entries large enough the one whose row has fewest entries.
fn pick(work: &Work, column: &Sparse) -> Option<u32> {
    let open = |row: &&u32| work.is_open(**row);
    let rows = || column.touched().iter().filter(open);
    let largest = rows().map(|row| column.at(*row).abs()).fold(0.0, f64::max);
    if largest < ZERO {
        return None;
    }
    rows()
        .filter(|row| column.at(**row).abs() >= PIVOT_SHARE_MIN * largest)
        .min_by_key(|row| (work.row_count[**row as usize], **row))
        .copied()
}
