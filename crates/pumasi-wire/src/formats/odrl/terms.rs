//! What writer and reader agree on: who performs an action, what left operands are called, and how
//! spans of time are written.

use pumasi_agreement::Action;
use pumasi_agreement::clauses::ceiling::Per;
use pumasi_agreement::clauses::survival::Survival;
use pumasi_agreement::clauses::term::Term;
use pumasi_base::Date;

/// Who performs an action: the giver or the receiver of aid.
///
/// A permission is assigned to who performs it by the other side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Side {
    Receiver,
    Giver,
}

impl Side {
    /// The side that performs `action`.
    pub(super) const fn of(action: Action) -> Self {
        match action {
            Action::Request | Action::Order => Self::Receiver,
            Action::Offer | Action::Push | Action::Transit | Action::Share => Self::Giver,
        }
    }

    /// The action of the profile that includes all that this side performs.
    pub(super) const fn every_action(self) -> &'static str {
        match self {
            Self::Receiver => "pumasi:receive",
            Self::Giver => "pumasi:give",
        }
    }
}

/// The left operand of a ceiling: how much has flowed over what it counts.
pub(super) const fn quantity_operand(per: Per) -> &'static str {
    match per {
        Per::Order => "pumasi:quantityPerOrder",
        Per::Incident => "pumasi:quantityPerIncident",
        Per::Year => "pumasi:quantityPerYear",
        Per::Week => "pumasi:quantityPerWeek",
    }
}

/// The first day on which a rule no longer holds by the dates alone; none when the term renews
/// itself, or what lets the rule outlive it names no end.
pub(super) fn end_of(term: &Term, surviving: &[&Survival]) -> Option<Date> {
    let end = term.first_end(term.from).filter(|_| term.renews.is_none())?;
    let later = surviving.iter().map(|survival| survival.lasts?.after(end));
    Some(later.collect::<Option<Vec<Date>>>()?.into_iter().fold(end, Date::max))
}

/// A whole number of something as a duration.
///
/// SPEC: XML Schema 1.1 Part 2, section 3.3.6: `P`, then years, months and days, then `T` and
/// hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Span {
    Days,
    Hours,
}

impl Span {
    const fn around(self) -> (&'static str, &'static str) {
        match self {
            Self::Days => ("P", "D"),
            Self::Hours => ("PT", "H"),
        }
    }

    /// Writes so many of it.
    pub(super) fn write(self, count: i64) -> String {
        let (before, after) = self.around();
        format!("{before}{count}{after}")
    }

    /// Reads how many of it a text says; none when it says something else.
    pub(super) fn read(self, text: &str) -> Option<i64> {
        let (before, after) = self.around();
        let digits = text.strip_prefix(before)?.strip_suffix(after)?;
        let count: i64 = digits.parse().ok()?;
        (self.write(count) == text).then_some(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_read_what_they_write_and_nothing_else() {
        for span in [Span::Days, Span::Hours] {
            for count in [0, 1, 365, i64::MAX] {
                assert_eq!(span.read(&span.write(count)), Some(count));
            }
            for odd in ["", "P", "P1Y", "P+1D", "PT01H", "P1D2M", "1D"] {
                assert_eq!(span.read(odd), None, "{odd}");
            }
        }
        assert_eq!((Span::Days.read("PT1H"), Span::Hours.read("P1D")), (None, None));
    }
}
