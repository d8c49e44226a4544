//! What the map reads from a term clause, in one place.

use pumasi_base::Date;
use pumasi_base::time::{plus_days, plus_months};

use crate::clauses::term::Term;

/// How a term goes on after a day on which it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ahead {
    /// It ends.
    Ends {
        /// The first day without it.
        on: Date,
    },
    /// It renews itself, unless somebody has given notice by then.
    Renews {
        /// The day on which it would.
        on: Date,
        /// The last day on which notice still prevents it.
        notice_by: Date,
    },
}

/// The first day from `date` on which the term holds; none when it is over.
pub(super) fn first_day(term: &Term, date: Date) -> Option<Date> {
    if term.holds_on(date) {
        return Some(date);
    }
    (date < term.from).then_some(term.from)
}

/// What comes after `date`, on which the term holds; nothing for a term without end, nor for one
/// that renews itself and sets no time for notice.
pub(super) fn ahead(term: &Term, date: Date) -> Option<Ahead> {
    let until = term.until?;
    let Some(months) = term.renews_months else { return Some(Ahead::Ends { on: until }) };
    let days = term.notice_days?;
    let prevents = |on| plus_days(on, days.checked_neg()?);
    // Whole spans of renewal are counted from the end the clause names, so that a month's last day
    // stays its last day.
    (0..RENEWALS_MAX)
        .map_while(|times| plus_months(until, months.checked_mul(times)?))
        .map_while(|on| Some(Ahead::Renews { on, notice_by: prevents(on)? }))
        .find(|ahead| matches!(ahead, Ahead::Renews { notice_by, .. } if *notice_by >= date))
}

/// The most renewals that are looked through: a month each for four centuries.
const RENEWALS_MAX: i64 = 4800;

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    /// A term of 2023 with these months of renewal and days of notice, looked at on a day.
    #[track_caller]
    fn check(renews: Option<i64>, notice: Option<i64>, on: &str, expected: &str) {
        let term = Term {
            from: day("2023-01-01"),
            until: Some(day("2024-01-01")),
            renews_months: renews,
            notice_days: notice,
        };
        let shown = match (first_day(&term, day(on)), ahead(&term, day(on))) {
            (Some(first), _) if first != day(on) => format!("from {first}"),
            (None, _) => "over".to_owned(),
            (_, None) => "goes on".to_owned(),
            (_, Some(Ahead::Ends { on })) => format!("ends {on}"),
            (_, Some(Ahead::Renews { on, notice_by })) => format!("{notice_by} before {on}"),
        };
        assert_eq!(shown, expected);
    }

    #[test]
    fn says_how_a_term_goes_on() {
        check(None, None, "2022-06-01", "from 2023-01-01");
        check(None, Some(90), "2023-06-01", "ends 2024-01-01");
        check(None, None, "2024-01-01", "over");
        check(Some(12), None, "2030-06-01", "goes on");
        check(Some(12), Some(90), "2023-10-02", "2023-10-03 before 2024-01-01");
        check(Some(12), Some(90), "2023-10-03", "2023-10-03 before 2024-01-01");
        // The day after, the next renewal is the one that notice can prevent; 2024 is a leap year.
        check(Some(12), Some(90), "2023-10-04", "2024-10-03 before 2025-01-01");
        check(Some(12), Some(306), "2024-02-29", "2024-02-29 before 2025-01-01");
    }
}
