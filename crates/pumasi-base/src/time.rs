//! Time as a value: instants and civil dates come in as arguments, never from a clock.

/// An instant, written in RFC 3339 (`2024-01-01T07:10:00Z`).
pub type Time = jiff::Timestamp;

/// A civil date, written in ISO 8601 (`2024-01-01`).
pub type Date = jiff::civil::Date;

/// The civil date of `time` at an offset of whole `hours` east of Greenwich.
///
/// Agreements name their reference offset: Korea and Japan 9, China 8.
#[must_use]
pub fn date_at_offset(time: Time, hours: i8) -> Date {
    jiff::tz::Offset::constant(hours).to_datetime(time).date()
}

/// The instant a day stands for between neighbours: its noon at nine hours east of Greenwich, which
/// is the same day at the offset of every agreement between them.
#[must_use]
pub fn noon_between_neighbours(date: Date) -> Option<Time> {
    jiff::tz::Offset::constant(9).to_timestamp(date.at(12, 0, 0, 0)).ok()
}

/// Whole seconds from `start` to `end`, negative when `end` is earlier.
#[must_use]
pub fn seconds_between(start: Time, end: Time) -> i64 {
    end.as_second() - start.as_second()
}

/// `time` moved by whole seconds, held at the ends of the range an instant can take.
#[must_use]
pub fn plus_seconds(time: Time, seconds: i64) -> Time {
    Time::from_second(time.as_second().saturating_add(seconds)).unwrap_or(if seconds < 0 {
        Time::MIN
    } else {
        Time::MAX
    })
}

/// `date` moved by whole days, backwards when negative; none beyond the range a date can take.
#[must_use]
pub fn plus_days(date: Date, days: i64) -> Option<Date> {
    let span = jiff::Span::new().try_days(days).ok()?;
    date.checked_add(span).ok()
}

/// Whole days from `start` to `end`, negative when `end` is earlier.
#[must_use]
pub fn days_between(start: Date, end: Date) -> i64 {
    start.duration_until(end).as_hours() / 24
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_year_in_seoul_is_still_the_old_year_in_greenwich() {
        let time: Time = "2023-12-31T15:30:00Z".parse().unwrap();
        assert_eq!(date_at_offset(time, 9).to_string(), "2024-01-01");
        assert_eq!(date_at_offset(time, 0).to_string(), "2023-12-31");
        let noon = noon_between_neighbours("2024-01-01".parse().unwrap()).unwrap();
        assert_eq!(noon.to_string(), "2024-01-01T03:00:00Z");
        assert_eq!(seconds_between(time, plus_seconds(time, 90)), 90);
    }

    #[test]
    fn dates_move_by_the_calendar() {
        let date: Date = "2024-01-31".parse().unwrap();
        assert_eq!(plus_days(date, -90).unwrap().to_string(), "2023-11-02");
        assert_eq!(days_between(date, plus_days(date, 29).unwrap()), 29);
        assert_eq!(days_between(date, plus_days(date, -90).unwrap()), -90);
        assert_eq!(plus_days(date, i64::MAX), None);
    }
}
