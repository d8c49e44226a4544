//! What the map reads from a term clause and the day it began, in one place.

use pumasi_base::Date;

use crate::compile::AgreementTables;

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
pub(super) fn first_day(tables: &AgreementTables, date: Date) -> Option<Date> {
    let Some((_, term)) = tables.term else { return Some(date) };
    let start = term.start(tables.standing.entered);
    if term.holds_on(start, date) {
        return Some(date);
    }
    start.filter(|start| date < *start)
}

/// What comes after `date`, on which the term holds; nothing for a term without end, nor for one
/// that renews itself whatever anybody says.
pub(super) fn ahead(tables: &AgreementTables, date: Date) -> Option<Ahead> {
    let (_, term) = tables.term?;
    let start = term.start(tables.standing.entered);
    let end = term.running_end(start, date)?;
    if term.renews.is_none() {
        return Some(Ahead::Ends { on: end });
    }
    let renewal = |on: Date, during: Date| {
        let notice_by = term.last_notice_day(start, during)?;
        (date <= notice_by).then_some(Ahead::Renews { on, notice_by })
    };
    // Where the day for notice has passed, the next renewal is the one that notice can prevent.
    renewal(end, date).or_else(|| renewal(term.running_end(start, end)?, end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Agreements;
    use crate::testing::read_clauses;

    /// A term of 2023 with these further parameters, looked at on a day.
    #[track_caller]
    fn check(parameters: &str, on: &str, expected: &str) {
        let term = format!("t term; from = 2023-01-01; until = 2024-01-01{parameters}");
        let food = r#"p permit; actions = ["order"]; categories = ["food"]; purposes = ["disaster_relief"]"#;
        let agreement = read_clauses(&format!("{food}\n{term}")).unwrap();
        let agreements = Agreements::compile([&agreement]).unwrap();
        let (_, tables) = agreements.table_of(agreement.id()).unwrap();
        let day: Date = on.parse().unwrap();
        let shown = match (first_day(tables, day), ahead(tables, day)) {
            (Some(first), _) if first != day => format!("from {first}"),
            (None, _) => "over".to_owned(),
            (_, None) => "goes on".to_owned(),
            (_, Some(Ahead::Ends { on })) => format!("ends {on}"),
            (_, Some(Ahead::Renews { on, notice_by })) => format!("{notice_by} before {on}"),
        };
        assert_eq!(shown, expected);
    }

    #[test]
    fn says_how_a_term_goes_on() {
        check("", "2022-06-01", "from 2023-01-01");
        check("; notice_before_end = \"P90D\"", "2023-06-01", "ends 2024-01-01");
        check("", "2024-01-01", "over");
        check("; renews = \"P1Y\"", "2030-06-01", "goes on");
        let yearly = "; renews = \"P1Y\"; notice_before_end = \"P90D\"";
        check(yearly, "2023-10-01", "2023-10-02 before 2024-01-01");
        check(yearly, "2023-10-02", "2023-10-02 before 2024-01-01");
        // The day after, the next renewal is the one that notice can prevent.
        check(yearly, "2023-10-03", "2024-10-02 before 2025-01-01");
        check(yearly, "2024-01-01", "2024-10-02 before 2025-01-01");
    }
}
