//! Programmes grown at random, judged by a tableau that shares no code with the crate.
//!
//! `PROPTEST_CASES` says how many are drawn.

#![expect(clippy::indexing_slicing, clippy::panic, reason = "a test that cannot go on fails")]

#[path = "dense/tableau.rs"]
mod tableau;

use proptest::prelude::*;
use pumasi_simplex::{Column, Ended, Programme, Row};
use tableau::{Dense, Outcome, Sense};

/// Relative error allowed of the profit.
const PROFIT: f64 = 1e-9;
/// Error allowed of what is checked by row and by column, beside figures of about ten.
const CLOSE: f64 = 1e-7;

/// How many programmes to draw: `least`, or what the environment asks for.
fn cases(least: u32) -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    let cases = asked.unwrap_or(least);
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

/// One thing done to a programme.
#[derive(Debug, Clone)]
enum Act {
    Row(f64),
    /// A profit, and entries in rows known by any number.
    Column(f64, Vec<(usize, f64)>),
    /// The right-hand side of a row set to what it is, which has the basis factorised anew.
    Restate(usize),
    Solve,
    /// Right-hand sides that shrink or grow after solving, and are mended.
    Change(Vec<(usize, f64)>),
    /// A profit that changes.
    Worth(usize, f64),
}

/// Entries of a column by the position of their row.
type Entries = Vec<(usize, f64)>;

/// A programme in ours and in the judge's form.
#[derive(Default)]
struct Both {
    ours: Programme,
    rows: Vec<(Row, f64)>,
    columns: Vec<(Column, f64, Entries)>,
}

impl Both {
    /// Does `act`; false once the programme is found to have no top.
    fn act(&mut self, act: &Act) -> bool {
        match act {
            Act::Row(rhs) => self.rows.push((self.ours.add_row(*rhs), *rhs)),
            Act::Column(profit, entries) => self.add_column(*profit, entries),
            Act::Restate(at) => {
                if let Some(at) = at.checked_rem(self.rows.len()) {
                    let (row, rhs) = self.rows[at];
                    self.ours.set_rhs(row, rhs);
                }
            }
            Act::Solve => return self.solve(),
            Act::Change(changes) => return self.change(changes),
            Act::Worth(at, profit) => {
                if let Some(at) = at.checked_rem(self.columns.len()) {
                    self.columns[at].1 = *profit;
                    self.ours.set_profit(self.columns[at].0, *profit);
                }
            }
        }
        true
    }

    fn add_column(&mut self, profit: f64, entries: &[(usize, f64)]) {
        let mut once: Vec<(usize, f64)> = Vec::new();
        for (row, value) in entries {
            let Some(row) = row.checked_rem(self.rows.len()) else { continue };
            if *value != 0.0 && once.iter().all(|(held, _)| *held != row) {
                once.push((row, *value));
            }
        }
        let named: Vec<(Row, f64)> = once.iter().map(|(row, v)| (self.rows[*row].0, *v)).collect();
        self.columns.push((self.ours.add_column(profit, &named), profit, once));
    }

    fn solve(&mut self) -> bool {
        let ended = self.ours.primal();
        match self.judge() {
            Outcome::Best(profit, _) => {
                assert_eq!(ended, Ended::Optimal);
                self.check(profit);
                true
            }
            Outcome::Unbounded => {
                assert_eq!(ended, Ended::Unbounded);
                false
            }
            Outcome::Infeasible => panic!("doing nothing is allowed"),
        }
    }

    fn change(&mut self, changes: &[(usize, f64)]) -> bool {
        if !self.solve() {
            return false;
        }
        for (at, rhs) in changes {
            if let Some(at) = at.checked_rem(self.rows.len()) {
                self.rows[at].1 = *rhs;
                self.ours.set_rhs(self.rows[at].0, *rhs);
            }
        }
        assert_eq!(self.ours.dual(), Ended::Optimal);
        self.solve()
    }

    fn judge(&self) -> Outcome {
        let mut dense = Dense::default();
        for (_, rhs) in &self.rows {
            dense.row(Sense::AtMost, *rhs);
        }
        for (_, profit, entries) in &self.columns {
            dense.column(*profit, entries);
        }
        dense.solve()
    }

    /// The profit is the judge's, rows are kept, and prices prove it.
    fn check(&self, best: f64) {
        let found = self.ours.profit();
        assert!((found - best).abs() <= PROFIT * best.abs().max(1.0), "{found} is not {best}");
        let close = CLOSE * found.abs().max(1.0);
        let mut taken = vec![0.0; self.rows.len()];
        let mut profit = 0.0;
        for (column, each, entries) in &self.columns {
            let value = self.ours.value(*column);
            assert!(value >= 0.0, "{value} of a column is taken");
            profit += value * each;
            entries.iter().for_each(|(row, entry)| taken[*row] += entry * value);
            let prices =
                entries.iter().map(|(row, entry)| entry * self.ours.price(self.rows[*row].0));
            let promise = each - prices.sum::<f64>();
            assert!(promise <= CLOSE, "a column still promises {promise}");
            assert!((promise * value).abs() <= close, "{value} is taken of what loses {promise}");
            assert!((promise - self.ours.promise(*column)).abs() <= CLOSE);
        }
        assert!((profit - found).abs() <= PROFIT * found.abs().max(1.0));
        let mut worth = 0.0;
        for ((row, rhs), taken) in self.rows.iter().zip(&taken) {
            let price = self.ours.price(*row);
            assert!(*taken <= rhs + CLOSE, "{taken} exceeds {rhs}");
            assert!(price >= -CLOSE, "a row has the price {price}");
            if rhs.is_finite() {
                assert!((price * (rhs - taken)).abs() <= close, "{price} for a row not full");
                worth += price * rhs;
            } else {
                assert!(price.abs() <= CLOSE, "{price} for a row without end");
            }
        }
        assert!((worth - found).abs() <= CLOSE * found.abs().max(1.0), "{worth} is not {found}");
    }
}

fn check(acts: &[Act]) {
    let mut both = Both::default();
    let bounded = acts.iter().all(|act| both.act(act));
    if bounded {
        both.solve();
    }
}

/// Figures of which many are alike, so that much is degenerate.
fn rhs() -> impl Strategy<Value = f64> {
    prop_oneof![
        3 => Just(0.0),
        4 => (1_u8..6).prop_map(f64::from),
        1 => Just(f64::INFINITY),
        2 => 0.01_f64..20.0,
    ]
}

fn entry() -> impl Strategy<Value = f64> {
    prop_oneof![
        5 => Just(1.0),
        2 => Just(-1.0),
        2 => (1_u8..4).prop_map(f64::from),
        1 => 0.05_f64..3.0,
        1 => -2.0_f64..-0.05,
    ]
}

fn profit() -> impl Strategy<Value = f64> {
    prop_oneof![5 => (0_u8..5).prop_map(f64::from), 1 => -2.0_f64..0.0, 2 => 0.0_f64..9.0]
}

fn act(rows: usize) -> impl Strategy<Value = Act> {
    let entries = prop::collection::vec((0..rows, entry()), 0..5);
    // Nearly every column takes of the first row, so that few programmes have no top.
    let column = (profit(), 0.0_f64..1.0, entries).prop_map(|(profit, held, mut entries)| {
        if held < 0.98 {
            entries.insert(0, (0, 1.0));
        }
        Act::Column(profit, entries)
    });
    prop_oneof![
        4 => rhs().prop_map(Act::Row),
        11 => column,
        1 => (0..rows).prop_map(Act::Restate),
        2 => Just(Act::Solve),
        1 => (0..rows, profit()).prop_map(|(column, profit)| Act::Worth(column, profit)),
        1 => prop::collection::vec((0..rows, rhs()), 1..4).prop_map(Act::Change),
    ]
}

/// A first row that is not without end, then anything, with at most `rows` rows.
fn acts(rows: usize, most: usize) -> impl Strategy<Value = Vec<Act>> {
    (0_u8..9, prop::collection::vec(act(rows), 1..most)).prop_map(move |(first, mut acts)| {
        acts.insert(0, Act::Row(f64::from(first)));
        let mut count = 0;
        acts.retain(|act| {
            count += usize::from(matches!(act, Act::Row(_)));
            !matches!(act, Act::Row(_)) || count <= rows
        });
        acts
    })
}

/// The judge is judged by programmes small enough to solve by hand.
#[test]
fn the_tableau_itself_is_right() {
    let solve = |profits: &[f64], rows: &[(Sense, f64, &[f64])]| {
        let mut dense = Dense::default();
        let held: Vec<usize> = rows.iter().map(|(sense, rhs, _)| dense.row(*sense, *rhs)).collect();
        for (column, profit) in profits.iter().enumerate() {
            let entries: Vec<_> = held.iter().map(|row| (*row, rows[*row].2[column])).collect();
            dense.column(*profit, &entries);
        }
        dense.solve()
    };
    let most = Sense::AtMost;
    let best = |profit, values: &[f64]| Outcome::Best(profit, values.to_vec());
    let two: [(Sense, f64, &[f64]); 3] =
        [(most, 4.0, &[1.0, 0.0]), (most, 12.0, &[0.0, 2.0]), (most, 18.0, &[3.0, 2.0])];
    assert_eq!(solve(&[3.0, 5.0], &two), best(36.0, &[2.0, 6.0]));
    // At least two, so that it starts from what is not allowed.
    assert_eq!(solve(&[-1.0], &[(most, -2.0, &[-1.0])]), best(-2.0, &[2.0]));
    assert_eq!(solve(&[1.0, 0.0], &[(Sense::Equal, 3.0, &[1.0, 1.0])]), best(3.0, &[3.0, 0.0]));
    // The same row twice says nothing of its own.
    let twice: [(Sense, f64, &[f64]); 2] =
        [(Sense::Equal, 3.0, &[1.0]), (Sense::Equal, 3.0, &[1.0])];
    assert_eq!(solve(&[1.0], &twice), best(3.0, &[3.0]));
    let apart: [(Sense, f64, &[f64]); 2] = [(Sense::Equal, 3.0, &[1.0]), (most, 2.0, &[1.0])];
    assert_eq!(solve(&[1.0], &apart), Outcome::Infeasible);
    assert_eq!(solve(&[1.0], &[(most, 2.0, &[-1.0])]), Outcome::Unbounded);
    assert_eq!(solve(&[1.0], &[(most, f64::INFINITY, &[1.0])]), Outcome::Unbounded);
    // Beale's programme, on which the steepest promise goes round for ever (1955).
    let beale: [(Sense, f64, &[f64]); 3] = [
        (most, 0.0, &[0.25, -60.0, -0.04, 9.0]),
        (most, 0.0, &[0.5, -90.0, -0.02, 3.0]),
        (most, 1.0, &[0.0, 0.0, 1.0, 0.0]),
    ];
    let Outcome::Best(profit, _) = solve(&[0.75, -150.0, 0.02, -6.0], &beale) else {
        panic!("Beale's programme has a best")
    };
    assert!((profit - 0.05).abs() < 1e-12, "{profit}");
}

/// The same programme, on which a rule that only looks at promises would not end.
#[test]
fn beale_is_left_behind() {
    let mut ours = Programme::default();
    let rows = [ours.add_row(0.0), ours.add_row(0.0), ours.add_row(1.0)];
    ours.add_column(0.75, &[(rows[0], 0.25), (rows[1], 0.5)]);
    ours.add_column(-150.0, &[(rows[0], -60.0), (rows[1], -90.0)]);
    ours.add_column(0.02, &[(rows[0], -0.04), (rows[1], -0.02), (rows[2], 1.0)]);
    ours.add_column(-6.0, &[(rows[0], 9.0), (rows[1], 3.0)]);
    assert_eq!(ours.primal_within(1e-9, 1000), Ended::Optimal);
    assert!((ours.profit() - 0.05).abs() < 1e-12, "{}", ours.profit());
}

/// The slack of the first takes the place of that of the second, which is then to enter itself.
#[test]
fn two_rows_are_loosened_one_after_the_other() {
    let mut ours = Programme::default();
    let rows = [ours.add_row(0.0), ours.add_row(0.0)];
    ours.add_column(1.0, &[(rows[0], 1.0), (rows[1], -1.25)]);
    assert_eq!(ours.primal(), Ended::Optimal);
    ours.set_rhs(rows[0], f64::INFINITY);
    ours.set_rhs(rows[1], f64::INFINITY);
    assert_eq!((ours.dual(), ours.primal()), (Ended::Optimal, Ended::Unbounded));
    ours.set_rhs(rows[0], 3.0);
    assert_eq!((ours.dual(), ours.primal()), (Ended::Optimal, Ended::Optimal));
    assert_eq!(ours.profit(), 3.0);
}

proptest! {
    #![proptest_config(cases(2000))]

    #[test]
    fn a_grown_programme_comes_to_what_a_tableau_finds(acts in acts(12, 48)) {
        check(&acts);
    }
}

proptest! {
    #![proptest_config(cases(100))]

    #[test]
    fn a_larger_one_does_too(acts in acts(40, 260)) {
        check(&acts);
    }
}
