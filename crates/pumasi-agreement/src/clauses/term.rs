//! `term`: says what brings the agreement into force, how long it holds and how it ends.

use std::str::FromStr;

use pumasi_base::{Date, Period};

use super::{Kind, Numbers};
use crate::compile::AgreementTables;
use crate::fault::FaultKind;
use crate::fields::Fields;
use crate::judge::{At, Verdict};
use crate::question::Effect;
use crate::reason::Rule;
use crate::scope::Scope;

/// What brings an agreement into force when its text names no day.
///
/// Vienna Convention on the Law of Treaties, articles 11 to 16 and 24.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Entry {
    /// The last party's signature.
    Signature,
    /// The last party's notification that its own procedures are completed.
    Ratification,
}

impl Entry {
    /// The word agreement files use.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Signature => "signature",
            Self::Ratification => "ratification",
        }
    }
}

impl FromStr for Entry {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        [Self::Signature, Self::Ratification]
            .into_iter()
            .find(|entry| entry.code() == text)
            .ok_or_else(|| format!("unknown entry `{text}`: use signature or ratification"))
    }
}

/// The parameters of a term clause; every agreement has exactly one.
///
/// Days are counted as treaties count them: the day of a notice is not counted, and a notice of
/// ninety days given on 24 August ends what it ends with the close of 22 November. Every `end`
/// here is the first day without the agreement.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Term {
    /// The first day on which the agreement is in force, at its own offset, where its text or its
    /// history gives one.
    pub from: Option<Date>,
    /// What brings it into force.
    pub entry: Option<Entry>,
    /// How long after that.
    pub entry_after: Option<Period>,
    /// The first day on which it no longer is, unless it renews itself.
    pub until: Option<Date>,
    /// How long it holds, unless it renews itself; without end when `until` is absent too.
    pub lasts: Option<Period>,
    /// By how much it renews itself each time unless a party has given notice.
    pub renews: Option<Period>,
    /// The notice that ends it at any time.
    pub notice: Option<Period>,
    /// The notice, before a running period ends, that keeps it from being renewed.
    pub notice_before_end: Option<Period>,
}

/// The most periods of renewal looked through: a yearly agreement reaches them in sixteen
/// thousand years.
const RENEWALS_MAX: i32 = 1 << 14;

impl Kind for Term {
    fn read(fields: &mut Fields<'_, '_>) -> Option<Self> {
        let faults = fields.fault_count();
        let term = Self {
            from: fields.optional_date("from"),
            entry: fields.optional_parsed("entry"),
            entry_after: fields.optional_parsed("entry_after"),
            until: fields.optional_date("until"),
            lasts: fields.optional_parsed("lasts"),
            renews: fields.optional_parsed("renews"),
            notice: fields.optional_parsed("notice"),
            notice_before_end: fields.optional_parsed("notice_before_end"),
        };
        let mut wrong = |key: &str, broken: bool, fault: FaultKind| {
            if broken {
                let span = fields.span_of(key);
                fields.fault(&span, fault);
            }
        };
        let Self { from, entry, entry_after, until, lasts, renews, .. } = term;
        let unbounded = until.is_none() && lasts.is_none();
        wrong("kind", from.is_none() && entry.is_none(), FaultKind::TermWithoutStart);
        wrong("entry_after", entry.is_none() && entry_after.is_some(), FaultKind::EntryMissing);
        wrong("until", until.zip(from).is_some_and(|(until, from)| until <= from), FaultKind::UntilNotLater);
        wrong("lasts", until.is_some() && lasts.is_some(), FaultKind::UntilAndLasts);
        wrong("renews", renews.is_some() && unbounded, FaultKind::NothingToRenew);
        wrong("notice_before_end", term.notice_before_end.is_some() && unbounded, FaultKind::NoEndForNotice);
        (fields.fault_count() == faults).then_some(term)
    }

    fn scope(&self) -> Option<&Scope> {
        None
    }

    fn compile(&self, clause: u16, tables: &mut AgreementTables, _: &Numbers<'_>) {
        tables.term = Some((clause, *self));
    }
}

impl Term {
    /// The first day in force: the day it `entered`, else the one its text gives.
    #[must_use]
    pub fn start(&self, entered: Option<Date>) -> Option<Date> {
        entered.or(self.from)
    }

    /// The day on which it enters into force when what it waits for happened on `last`; a text
    /// that names its day enters on that day, or on `last` when that is later.
    #[must_use]
    pub fn enters(&self, last: Date) -> Option<Date> {
        let counted = match self.entry_after {
            Some(after) => after.after(last)?,
            None => last,
        };
        Some(self.from.map_or(counted, |from| from.max(counted)))
    }

    /// Whether the term, begun on `start`, holds on `date`; one that renews itself goes on until
    /// it is ended by notice, which is a matter of the agreement's standing.
    #[must_use]
    pub fn holds_on(&self, start: Option<Date>, date: Date) -> bool {
        start.is_none_or(|start| start <= date)
            && (self.renews.is_some() || self.first_end(start).is_none_or(|end| date < end))
    }

    /// The end of the first period; none when it has no end.
    #[must_use]
    pub fn first_end(&self, start: Option<Date>) -> Option<Date> {
        self.until.or_else(|| self.lasts?.after(start?))
    }

    /// The end of the period that runs on `date`, renewed as often as it takes; none when it has
    /// no end, and the last end of a term that is over.
    #[must_use]
    pub fn running_end(&self, start: Option<Date>, date: Date) -> Option<Date> {
        let first = self.first_end(start)?;
        let Some(renews) = self.renews.filter(|_| first <= date) else { return Some(first) };
        let end = |times| renews.times_after(times, first);
        let over = |times| end(times).is_some_and(|end| end <= date);
        // The ends only rise, so the first one beyond the date is found by halving.
        let (mut low, mut high) = (0, RENEWALS_MAX);
        // INVARIANT: the end after `low` renewals is over, the one after `high` is not.
        while high - low > 1 {
            let middle = i32::midpoint(low, high);
            if over(middle) { low = middle } else { high = middle }
        }
        end(high)
    }

    /// The last day on which a notice keeps the period that runs on `date` from being renewed.
    #[must_use]
    pub fn last_notice_day(&self, start: Option<Date>, date: Date) -> Option<Date> {
        let last_day = self.running_end(start, date)?.yesterday().ok()?;
        self.notice_before_end?.before(last_day)
    }

    /// The first day without the agreement when a party gives notice on `given`; none when its
    /// text knows no notice.
    #[must_use]
    pub fn end_by_notice(&self, start: Option<Date>, given: Date) -> Option<Date> {
        let at_any_time = self.notice.and_then(|notice| notice.after(given)?.tomorrow().ok());
        let at_an_end = self.notice_before_end.and_then(|_| {
            let end = self.running_end(start, given)?;
            if self.last_notice_day(start, given).is_some_and(|last| given <= last) {
                return Some(end);
            }
            // Too late for the running period: it is renewed once more.
            self.running_end(start, end)
        });
        [at_any_time, at_an_end].into_iter().flatten().min()
    }

    /// Refuses what is asked before or after the term.
    pub(crate) fn judge(&self, clause: u16, at: &At<'_>, verdict: &mut Verdict) {
        let start = self.start(at.tables.standing.entered);
        if self.holds_on(start, at.date) {
            return;
        }
        let agreement = at.tables.id.clone();
        let rule = match (start, self.first_end(start)) {
            (Some(from), _) if at.date < from => Rule::BeforeTerm { agreement, from },
            (_, Some(until)) => Rule::AfterTerm { agreement, until },
            // INVARIANT: a term without end is broken only before its start.
            _ => return,
        };
        verdict.refuse(at, rule, Some((clause, Effect::Limits)));
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{check, file_of, read_clauses};
    use crate::{Agreements, decide, read};

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
        let renewing = "from = 2024-04-01; until = 2025-04-01; renews = \"P1Y\"";
        check_term(renewing, "2031-04-01", "permitted x: permits p");
        check(FOOD, "jp-17 orders food from kr-42 on 2023-12-31T14:59:59Z => refused [before_term]: limits t
                     jp-17 orders food from kr-42 on 2023-12-31T15:00:00Z => permitted: permits p");
    }

    /// `day: end of the running period, last day to give notice, end if notice is given`.
    #[track_caller]
    fn check_days(term: &str, table: &[&str]) {
        let agreement = read_clauses(&format!("{FOOD}\nt term; {term}")).unwrap();
        let term = agreement.term().unwrap();
        let start = term.start(None);
        for line in table {
            let day = line.split_once(": ").unwrap().0.parse().unwrap();
            let shown = |date: Option<pumasi_base::Date>| {
                date.map_or_else(|| "–".to_owned(), |date| date.to_string())
            };
            let (end, last) = (term.running_end(start, day), term.last_notice_day(start, day));
            let by_notice = term.end_by_notice(start, day);
            let found = format!("{day}: {}, {}, {}", shown(end), shown(last), shown(by_notice));
            assert_eq!(found, *line);
        }
    }

    #[test]
    fn days_of_notice_are_counted_as_treaties_count_them() {
        // Concluded on 23 November 2016 for a year at a time, ninety days of notice.
        check_days(
            "from = 2016-11-23; lasts = \"P1Y\"; renews = \"P1Y\"; notice_before_end = \"P90D\"",
            &[
                "2016-11-23: 2017-11-23, 2017-08-24, 2017-11-23",
                // 91, 90 and 89 days before the last day.
                "2019-08-23: 2019-11-23, 2019-08-24, 2019-11-23",
                "2019-08-24: 2019-11-23, 2019-08-24, 2019-11-23",
                "2019-08-25: 2019-11-23, 2019-08-24, 2020-11-23",
                "2019-11-22: 2019-11-23, 2019-08-24, 2020-11-23",
                "2019-11-23: 2020-11-23, 2020-08-24, 2020-11-23",
            ],
        );
        // A period that ends with March: its last ninety days hold a leap day in 2024.
        check_days(
            "from = 2022-04-01; until = 2023-04-01; renews = \"P1Y\"; notice_before_end = \"P90D\"",
            &[
                "2022-12-31: 2023-04-01, 2022-12-31, 2023-04-01",
                "2023-01-01: 2023-04-01, 2022-12-31, 2024-04-01",
                "2024-01-01: 2024-04-01, 2024-01-01, 2024-04-01",
                "2024-01-02: 2024-04-01, 2024-01-01, 2025-04-01",
            ],
        );
        check_days(
            "from = 2024-02-29; lasts = \"P1Y\"; renews = \"P1Y\"; notice_before_end = \"P6M\"",
            &[
                "2024-02-29: 2025-02-28, 2024-08-27, 2025-02-28",
                "2027-12-31: 2028-02-28, 2027-08-27, 2029-02-28",
            ],
        );
    }

    #[test]
    fn notice_at_any_time_ends_it_after_its_period() {
        check_days(
            "from = 2020-01-01; notice = \"P180D\"",
            &["2024-01-01: –, –, 2024-06-30", "2023-01-01: –, –, 2023-07-01"],
        );
        // Whichever ends it sooner.
        let both = "from = 2020-01-01; lasts = \"P10Y\"; renews = \"P10Y\"; notice = \"P1Y\"; notice_before_end = \"P6M\"";
        check_days(
            both,
            &[
                "2024-05-05: 2030-01-01, 2029-06-30, 2025-05-06",
                "2029-06-30: 2030-01-01, 2029-06-30, 2030-01-01",
                "2029-07-01: 2030-01-01, 2029-06-30, 2030-07-02",
            ],
        );
        check_days("from = 2020-01-01", &["2024-01-01: –, –, –"]);
        check_days(
            "from = 2020-01-01; lasts = \"P1Y\"; notice_before_end = \"P30D\"",
            &["2020-06-01: 2021-01-01, 2020-12-01, 2021-01-01", "2022-01-01: 2021-01-01, 2020-12-01, 2021-01-01"],
        );
    }

    #[test]
    fn a_term_may_leave_its_day_to_signature_or_ratification() {
        let enters = |term: &str, last: &str| {
            let text = file_of(&format!("{FOOD}\nt term; {term}"));
            let agreement = read("x.toml", &text.replace("\"real\"", "\"draft\"")).unwrap();
            agreement.term().unwrap().enters(last.parse().unwrap()).unwrap().to_string()
        };
        assert_eq!(enters("entry = \"signature\"", "2024-02-01"), "2024-02-01");
        assert_eq!(enters("entry = \"ratification\"; entry_after = \"P30D\"", "2024-02-01"), "2024-03-02");
        assert_eq!(enters("from = 2024-04-01; entry = \"signature\"", "2024-02-01"), "2024-04-01");
        assert_eq!(enters("from = 2024-04-01; entry = \"signature\"", "2024-05-01"), "2024-05-01");
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
        check_fault("t term; from = 2024-01-01; renews = \"P1M\"", "nothing to renew");
        check_fault("t term; from = \"soon\"", "`from` must be a date");
        check_fault("t term; notice = \"P1D\"", "`from` which day it holds, or by which `entry`");
        check_fault("t term; entry = \"wish\"", "`wish` is no word for `entry`");
        check_fault("t term; from = 2024-01-01; notice = \"90 days\"", "`90 days` is no period");
        check_fault("t term; from = 2024-01-01; notice_before_end = \"P1D\"", "no end to give notice");
        check_fault("t term; from = 2024-01-01; entry_after = \"P1D\"", "`entry` that is missing");
        check_fault("t term; from = 2024-01-01; until = 2025-01-01; lasts = \"P1Y\"", "not both");
        check_fault("t term; entry = \"signature\"", "a real text says `from` which day");
    }
}
