//! Spans of calendar time as treaties write them: years, months and days.

use std::fmt;
use std::str::FromStr;

use jiff::Span;
use jiff::civil::Date;

/// A span of whole years, months and days, written as an ISO 8601 duration: `P90D`, `P6M`, `P1Y`.
///
/// Years and months are calendar years and months: one year after 29 February is 28 February, and
/// so is one month after 31 January in a common year. Days are days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    // INVARIANT: none is negative or above `PART_MAX`, and not all are zero.
    years: i32,
    months: i32,
    days: i32,
}

/// The most years, months or days a period may name: it stays well within the calendar.
const PART_MAX: i32 = 5000;

/// Why a text is no period.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no period: write years, months and days such as P1Y, P6M or P90D")]
pub struct PeriodError(String);

impl Period {
    /// So many days; none when there are no days or too many.
    #[must_use]
    pub fn days(days: i32) -> Option<Self> {
        Self::of(0, 0, days)
    }

    fn of(years: i32, months: i32, days: i32) -> Option<Self> {
        let parts = [years, months, days];
        let sound = parts.iter().all(|part| (0..=PART_MAX).contains(part));
        (sound && parts.iter().any(|part| *part > 0)).then_some(Self { years, months, days })
    }

    /// The day this long after `date`; none beyond the end of the calendar.
    #[must_use]
    pub fn after(self, date: Date) -> Option<Date> {
        self.times_after(1, date)
    }

    /// The day this long before `date`; none beyond the beginning of the calendar.
    #[must_use]
    pub fn before(self, date: Date) -> Option<Date> {
        date.checked_sub(self.span(1)?).ok()
    }

    /// The day `times` such periods after `date`, counted in one step from `date`, so that a short
    /// month on the way does not move the days that follow.
    #[must_use]
    pub fn times_after(self, times: i32, date: Date) -> Option<Date> {
        date.checked_add(self.span(times)?).ok()
    }

    /// Its years, months and days.
    #[must_use]
    pub const fn parts(self) -> (i32, i32, i32) {
        (self.years, self.months, self.days)
    }

    fn span(self, times: i32) -> Option<Span> {
        let part = |part: i32| part.checked_mul(times);
        let span = Span::new().try_years(part(self.years)?).ok()?;
        span.try_months(part(self.months)?).ok()?.try_days(part(self.days)?).ok()
    }
}

impl FromStr for Period {
    type Err = PeriodError;
    fn from_str(text: &str) -> Result<Self, PeriodError> {
        let wrong = || PeriodError(text.to_owned());
        let mut rest = text.strip_prefix('P').ok_or_else(wrong)?;
        let mut parts = [0; 3];
        for (part, letter) in parts.iter_mut().zip(['Y', 'M', 'D']) {
            if let Some((number, after)) = rest.split_once(letter) {
                // ISO 8601 has digits only: no sign, no blank.
                let digits = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
                *part = number.parse().ok().filter(|_| digits).ok_or_else(wrong)?;
                rest = after;
            }
        }
        let [years, months, days] = parts;
        Self::of(years, months, days).filter(|_| rest.is_empty()).ok_or_else(wrong)
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("P")?;
        for (part, letter) in [(self.years, 'Y'), (self.months, 'M'), (self.days, 'D')] {
            if part > 0 {
                write!(f, "{part}{letter}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(period: &str, from: &str, expected: &str) {
        let period: Period = period.parse().unwrap();
        assert_eq!(period.to_string().parse(), Ok(period));
        let after = period.after(from.parse().unwrap()).map(|date| date.to_string());
        assert_eq!(after.as_deref(), Some(expected), "{period} after {from}");
    }

    #[test]
    fn counts_by_the_calendar() {
        check("P90D", "2023-11-24", "2024-02-22");
        check("P90D", "2023-12-01", "2024-02-29");
        check("P90D", "2022-12-01", "2023-03-01");
        check("P1Y", "2024-02-29", "2025-02-28");
        check("P6M", "2023-08-31", "2024-02-29");
        check("P1Y6M10D", "2023-08-31", "2025-03-10");
    }

    #[test]
    fn a_short_month_on_the_way_moves_nothing() {
        let (month, january): (Period, Date) =
            ("P1M".parse().unwrap(), "2023-01-31".parse().unwrap());
        assert_eq!(month.times_after(2, january), "2023-03-31".parse().ok());
        let (year, leap): (Period, Date) = ("P1Y".parse().unwrap(), "2024-02-29".parse().unwrap());
        assert_eq!(year.times_after(4, leap), "2028-02-29".parse().ok());
        assert_eq!(year.before(leap), "2023-02-28".parse().ok());
    }

    #[test]
    fn what_is_no_period_is_refused() {
        for text in
            ["", "P", "90", "P90", "P-1D", "P+1D", "P0D", "PT1H", "P1D2M", "P1W", "P9999Y", "P1 D"]
        {
            assert!(text.parse::<Period>().is_err(), "{text}");
        }
        assert_eq!(Period::days(0), None);
    }
}
