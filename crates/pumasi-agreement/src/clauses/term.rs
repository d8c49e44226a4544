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
