//! When it strikes: month, day and hour of a drawn event.

use pumasi_base::Time;
use pumasi_base::time::{Date, date_at_offset};
use serde::{Deserialize, Serialize};

use super::{Chance, Row};

/// A season of the temperate north, by whole months.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Season {
    /// December to February.
    Winter,
    /// March to May.
    Spring,
    /// June to August.
    Summer,
    /// September to November.
    Autumn,
}

impl Season {
    /// Every season, so that screens can prove they name each.
    pub const ALL: [Self; 4] = [Self::Winter, Self::Spring, Self::Summer, Self::Autumn];

    /// The season an instant falls into, at the offset of Korea and Japan.
    #[must_use]
    pub fn of(time: Time) -> Self {
        match date_at_offset(time, OFFSET_HOURS).month() {
            3..=5 => Self::Spring,
            6..=8 => Self::Summer,
            9..=11 => Self::Autumn,
            _ => Self::Winter,
        }
    }

    /// Its short name, such as `winter`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Winter => "winter",
            Self::Spring => "spring",
            Self::Summer => "summer",
            Self::Autumn => "autumn",
        }
    }
}

/// Hours east of Greenwich of Korea and Japan; a month does not turn on China's hour.
const OFFSET_HOURS: i8 = 9;

/// When an event of a row strikes in `year`; nothing where the row has no month or hour.
pub(super) fn origin(row: &Row, year: i16, chance: &mut Chance) -> Option<Time> {
    // Months of a row that knows none are as long as they are.
    let first = |month: usize| Date::new(year, i8::try_from(month + 1).ok()?, 1).ok();
    let days = |month: usize| first(month).map_or(0, |date| i64::from(date.days_in_month()));
    let is_even = row.months == [1; 12];
    let weight = |(month, weight): (usize, &u64)| {
        if is_even { u64::try_from(days(month)).unwrap_or(0) } else { *weight }
    };
    let month = chance.choice(row.months.iter().enumerate().map(weight))?;
    let day = chance.below(u64::try_from(days(month)).ok()?);
    let hour = chance.choice(row.hours.iter().copied())?;
    let minute = chance.below(60);
    let date = pumasi_base::time::plus_days(first(month)?, i64::try_from(day).ok()?)?;
    let at = date.at(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, 0, 0);
    jiff::tz::Offset::constant(OFFSET_HOURS).to_timestamp(at).ok()
}
