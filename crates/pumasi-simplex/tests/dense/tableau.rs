//! A dense two-phase simplex by the book, slow and plain, to judge a fast one by.
//!
//! The whole tableau is kept and every entry of it is worked out at every pivot. The variable that
//! enters and the one that leaves are the first that may (Bland, "New finite pivoting rules for the
//! simplex method", 1977), so that it ends on degenerate programmes too.

/// What counts as zero beside entries of about one.
const ZERO: f64 = 1e-9;
/// More pivots than any programme judged here needs; reaching it means the rule is broken.
const PIVOTS_MOST: usize = 200_000;

/// How a row is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sense {
    /// The sum may not exceed the right-hand side.
    AtMost,
    /// The sum is the right-hand side.
    Equal,
}

/// A programme to maximise, with columns that are not negative.
#[derive(Debug, Clone, Default)]
pub struct Dense {
    pub profits: Vec<f64>,
    pub rows: Vec<(Sense, f64)>,
    /// Row, column and value; entries at one place add up.
    pub entries: Vec<(usize, usize, f64)>,
}

/// What a programme comes to.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// The most profit, and how much of each column it takes.
    Best(f64, Vec<f64>),
    /// No choice of columns keeps every row.
    Infeasible,
    /// There is no most.
    Unbounded,
}

impl Dense {
    /// Adds a row, by its position; a right-hand side that is infinite holds nothing.
    pub fn row(&mut self, sense: Sense, rhs: f64) -> usize {
        self.rows.push((sense, rhs));
        self.rows.len() - 1
    }

    /// Adds a column, by its position; entries in one row add up.
    pub fn column(&mut self, profit: f64, entries: &[(usize, f64)]) -> usize {
        let column = self.profits.len();
        self.profits.push(profit);
        self.entries.extend(entries.iter().map(|(row, value)| (*row, column, *value)));
        column
    }

    /// The best there is.
    pub fn solve(&self) -> Outcome {
        let mut tableau = Tableau::new(self);
        // First phase: artificial columns stand for what rows lack, and are driven out.
        let missing: Vec<f64> = (0..tableau.width)
            .map(|column| if column >= tableau.artificial { -1.0 } else { 0.0 })
            .collect();
        let may_enter = tableau.artificial;
        if may_enter < tableau.width {
            let bounded = tableau.climb(&missing, may_enter);
            assert!(bounded, "what is missing cannot be less than nothing");
            if tableau.profit(&missing) < -ZERO * tableau.scale {
                return Outcome::Infeasible;
            }
            tableau.expel();
        }
        let mut profits = self.profits.clone();
        profits.resize(tableau.width, 0.0);
        if !tableau.climb(&profits, may_enter) {
            return Outcome::Unbounded;
        }
        let mut values = vec![0.0; self.profits.len()];
        for (row, basic) in tableau.rows.iter().zip(&tableau.basic) {
            if *basic < values.len() {
                values[*basic] = row[tableau.width];
            }
        }
        Outcome::Best(tableau.profit(&profits), values)
    }
}

/// Columns, slacks and artificial columns in terms of those that are basic.
struct Tableau {
    /// Each row's entries, and last the value of what is basic in it.
    rows: Vec<Vec<f64>>,
    basic: Vec<usize>,
    /// The first artificial column.
    artificial: usize,
    width: usize,
    /// The largest right-hand side, or one.
    scale: f64,
}

impl Tableau {
    fn new(dense: &Dense) -> Self {
        let held: Vec<usize> =
            (0..dense.rows.len()).filter(|row| dense.rows[*row].1.is_finite()).collect();
        let is_at_most = |row: &&usize| dense.rows[**row].0 == Sense::AtMost;
        // A slack can be basic at first where it would not be negative.
        let stands = |row: &usize| dense.rows[*row].0 == Sense::AtMost && dense.rows[*row].1 >= 0.0;
        let slack = dense.profits.len();
        let artificial = slack + held.iter().filter(is_at_most).count();
        let width = artificial + held.iter().filter(|row| !stands(row)).count();
        let mut rows = vec![vec![0.0; width + 1]; held.len()];
        for (row, column, value) in &dense.entries {
            if let Ok(at) = held.binary_search(row) {
                rows[at][*column] += value;
            }
        }
        let (mut next_slack, mut next_artificial) = (slack, artificial);
        let mut basic = Vec::new();
        for (entries, at) in rows.iter_mut().zip(&held) {
            let (sense, rhs) = dense.rows[*at];
            entries[width] = rhs;
            if sense == Sense::AtMost {
                entries[next_slack] = 1.0;
                next_slack += 1;
            }
            if rhs < 0.0 {
                entries.iter_mut().for_each(|entry| *entry = -*entry);
            }
            if stands(at) {
                basic.push(next_slack - 1);
            } else {
                entries[next_artificial] = 1.0;
                basic.push(next_artificial);
                next_artificial += 1;
            }
        }
        let scale = rows.iter().map(|row| row[width]).fold(1.0, f64::max);
        Self { rows, basic, artificial, width, scale }
    }

    fn profit(&self, profits: &[f64]) -> f64 {
        self.rows.iter().zip(&self.basic).map(|(row, b)| profits[*b] * row[self.width]).sum()
    }

    /// Goes uphill over the columns before `may_enter`; whether there is a top.
    fn climb(&mut self, profits: &[f64], may_enter: usize) -> bool {
        for _ in 0..PIVOTS_MOST {
            let promise = |column: usize| {
                let basic = self.rows.iter().zip(&self.basic);
                profits[column] - basic.map(|(row, b)| profits[*b] * row[column]).sum::<f64>()
            };
            let Some(entering) = (0..may_enter).find(|column| promise(*column) > ZERO) else {
                return true;
            };
            let mut leaving: Option<(f64, usize, usize)> = None;
            for (at, row) in self.rows.iter().enumerate() {
                if row[entering] > ZERO {
                    let ratio = row[self.width] / row[entering];
                    let stops = leaving.is_none_or(|(least, variable, _)| {
                        ratio < least - 1e-12 || (ratio <= least && self.basic[at] < variable)
                    });
                    if stops {
                        leaving = Some((ratio, self.basic[at], at));
                    }
                }
            }
            let Some((_, _, at)) = leaving else { return false };
            self.pivot(at, entering);
        }
        panic!("the tableau did not end after {PIVOTS_MOST} pivots");
    }

    /// Takes artificial columns out of the basis, and rows that say nothing of their own.
    fn expel(&mut self) {
        let mut at = 0;
        while at < self.rows.len() {
            if self.basic[at] < self.artificial {
                at += 1;
                continue;
            }
            match (0..self.artificial).find(|column| self.rows[at][*column].abs() > ZERO) {
                Some(column) => self.pivot(at, column),
                None => {
                    self.rows.remove(at);
                    self.basic.remove(at);
                }
            }
        }
    }

    fn pivot(&mut self, at: usize, entering: usize) {
        let pivot = self.rows[at][entering];
        self.rows[at].iter_mut().for_each(|entry| *entry /= pivot);
        let row = self.rows[at].clone();
        for (other, entries) in self.rows.iter_mut().enumerate() {
            let factor = entries[entering];
            if other != at && factor != 0.0 {
                for (entry, subtracted) in entries.iter_mut().zip(&row) {
                    *entry -= factor * subtracted;
                }
                entries[entering] = 0.0;
            }
        }
        self.basic[at] = entering;
    }
}
