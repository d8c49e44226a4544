//! `term`: says from when to when the agreement holds.

use pumasi_base::Date;

use super::{Kind, Numbers};
use crate::compile::AgreementTables;
use crate::fields::Fields;
use crate::judge::{At, Verdict};
use crate::question::Effect;
use crate::reason::Rule;
use crate::scope::Scope;

/// The parameters of a term clause; every agreement has exactly one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// The first day on which the agreement is in force, at its own offset.
    pub from: Date,
    /// The first day on which it no longer is, unless it renews itself; without end when absent.
    pub until: Option<Date>,
    /// Months by which it renews itself unless a party has given notice.
    pub renews_months: Option<i64>,
    /// Days of notice that end it.
    pub notice_days: Option<i64>,
}

impl Kind for Term {
    fn read(fields: &mut Fields<'_, '_>) -> Option<Self> {
        let (from, until) = (fields.date("from"), fields.optional_date("until"));
        let renews_months = fields.optional_integer("renews_months", 1);
        let notice_days = fields.optional_integer("notice_days", 0);
        let from = from?;
        if until.is_some_and(|until| until <= from) {
            let span = fields.span_of("until");
            fields.fault(&span, "`until` must be later than `from`".into());
        }
        if renews_months.is_some() && until.is_none() {
            let span = fields.span_of("renews_months");
            fields.fault(&span, "a term without `until` has nothing to renew".into());
        }
        Some(Self { from, until, renews_months, notice_days })
    }

    fn scope(&self) -> Option<&Scope> {
        None
    }

    fn compile(&self, clause: u16, tables: &mut AgreementTables, _: &Numbers<'_>) {
        tables.term = Some((clause, *self));
    }
}

impl Term {
    /// Whether the agreement's own term holds on `date`; a renewing one goes on until it is ended
    /// by notice, which is a matter of its standing.
    #[must_use]
    pub fn holds_on(&self, date: Date) -> bool {
        self.from <= date
            && (self.renews_months.is_some() || self.until.is_none_or(|until| date < until))
    }

    /// Refuses what is asked before or after the term.
    pub(crate) fn judge(&self, clause: u16, at: &At<'_>, verdict: &mut Verdict) {
        if self.holds_on(at.date) {
            return;
        }
        let agreement = at.tables.id.clone();
        let rule = match self.until {
            Some(until) if until <= at.date => Rule::AfterTerm { agreement, until },
            _ => Rule::BeforeTerm { agreement, from: self.from },
        };
        verdict.refuse(at, rule, Some((clause, Effect::Limits)));
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{check, read_clauses};
    use crate::{Agreements, decide};

    const FOOD: &str = r#"p permit; actions = ["order"]; categories = ["food"]; purposes = ["disaster_relief"]"#;

    #[track_caller]
    fn check_term(term: &str, day: &str, expected: &str) {
        let agreement = read_clauses(&format!("{FOOD}\nt term; {term}")).unwrap();
        let agreements = Agreements::compile([&agreement]).unwrap();
        let question = format!("jp-17 orders food from kr-42 for disaster_relief on {day}");
        let decision = decide(&agreements, &question.parse().unwrap());
        assert_eq!(decision.to_string(), expected, "{term} on {day}");
    }

    #[test]
    fn holds_from_its_first_day_to_the_day_before_its_end() {
        let term = "from = 2024-04-01; until = 2025-04-01";
        check_term(term, "2024-03-31", "refused [before_term] x: limits t");
        check_term(term, "2024-04-01", "permitted x: permits p");
        check_term(term, "2025-03-31", "permitted x: permits p");
        check_term(term, "2025-04-01", "refused [after_term] x: limits t");
        let renewing = "from = 2024-04-01; until = 2025-04-01; renews_months = 12";
        check_term(renewing, "2031-04-01", "permitted x: permits p");
        check(FOOD, "jp-17 orders food from kr-42 on 2023-12-31T14:59:59Z => refused [before_term]: limits t
                     jp-17 orders food from kr-42 on 2023-12-31T15:00:00Z => permitted: permits p");
    }

    #[track_caller]
    fn check_fault(term: &str, expected: &str) {
        let errors = read_clauses(&format!("{FOOD}\n{term}")).unwrap_err();
        assert!(errors.iter().any(|e| e.to_string().contains(expected)), "{errors:#?}");
    }

    #[test]
    fn an_agreement_has_exactly_one() {
        check_fault("", "exactly one clause of kind `term`");
        check_fault("t term; from = 2024-01-01\nu term; from = 2024-01-01", "exactly one clause");
        check_fault("t term; from = 2024-01-01; until = 2023-01-01", "`until` must be later");
        check_fault("t term; from = 2024-01-01; renews_months = 1", "nothing to renew");
        check_fault("t term; from = \"soon\"", "`from` must be a date");
    }
}
