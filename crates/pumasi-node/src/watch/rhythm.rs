//! When a source is looked at again: a function of what happened and the time.

use pumasi_base::Time;
use pumasi_base::time::plus_seconds;
use serde::{Deserialize, Serialize};

/// No feed is asked more often, whatever interval is given.
pub const EVERY_S_MIN: i64 = 10;
/// How often a feed is asked unless told otherwise: services ask for a minute.
pub const EVERY_S: i64 = 60;
/// A source that fails is asked again after this long at the latest.
pub const WAIT_S_MAX: i64 = 900;
/// A source may ask for this much patience at most; after that its answer counts as a fault.
pub const RETRY_AFTER_S_MAX: i64 = 86_400;

/// How the looks at one source follow each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rhythm {
    /// When to look next.
    pub next: Time,
    /// How many looks in a row failed.
    pub failures: u32,
}

impl Default for Rhythm {
    fn default() -> Self {
        Self { next: Time::MIN, failures: 0 }
    }
}

impl Rhythm {
    /// Whether it is time to look.
    ///
    /// A next look that lies further ahead than any wait can be was set by a clock that was wrong.
    #[must_use]
    pub fn is_due(&self, now: Time) -> bool {
        self.next <= now || self.next > plus_seconds(now, RETRY_AFTER_S_MAX + WAIT_S_MAX)
    }

    /// After a look that worked.
    #[must_use]
    pub fn worked(self, every_s: i64, now: Time) -> Self {
        Self { next: plus_seconds(now, every_s), failures: 0 }
    }

    /// After a look that failed: the wait doubles each time, up to a quarter of an hour, with up to
    /// a quarter more by `chance` of 255, so that many nodes do not come back all at once. A source
    /// that says how long to wait is not asked before.
    #[must_use]
    pub fn failed(self, every_s: i64, retry_after_s: Option<i64>, chance: u8, now: Time) -> Self {
        let failures = self.failures.saturating_add(1);
        let doubled = every_s.saturating_mul(1_i64 << (failures - 1).min(16));
        let wait = doubled.min(WAIT_S_MAX.max(every_s));
        let wait = wait + wait * i64::from(chance) / 1_020;
        let asked = retry_after_s.unwrap_or(0).clamp(0, RETRY_AFTER_S_MAX);
        Self { next: plus_seconds(now, wait.max(asked)), failures }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What happens, in order: `ok`, `fail`, `fail N` with N seconds asked for, each at the time
    /// the last one led to; gives the waits in seconds.
    #[track_caller]
    fn check(every_s: i64, chance: u8, steps: &str, expected: &str) {
        let start: Time = "2024-01-01T07:10:00Z".parse().unwrap();
        let (mut rhythm, mut now, mut waits) = (Rhythm::default(), start, Vec::new());
        for step in steps.split(", ") {
            assert!(rhythm.is_due(now));
            rhythm = match step.split_once(' ') {
                Some((_, asked)) => rhythm.failed(every_s, asked.parse().ok(), chance, now),
                None if step == "fail" => rhythm.failed(every_s, None, chance, now),
                None => rhythm.worked(every_s, now),
            };
            waits.push((rhythm.next.as_second() - now.as_second()).to_string());
            assert!(!rhythm.is_due(plus_seconds(rhythm.next, -1)));
            now = rhythm.next;
        }
        assert_eq!(waits.join(" "), expected);
    }

    #[test]
    fn waits_grow_while_a_source_fails() {
        check(60, 0, "ok, ok", "60 60");
        check(
            60,
            0,
            "fail, fail, fail, fail, fail, fail, ok, fail",
            "60 120 240 480 900 900 60 60",
        );
        check(60, 255, "fail, fail, fail, fail, fail", "75 150 300 600 1125");
        check(10, 0, "fail, fail 30, fail 5, fail", "10 30 40 80");
        check(60, 0, "fail 3600, fail 999999999, fail -5, ok", "3600 86400 240 60");
        // Who looks once an hour is not made to look more often by a fault.
        check(3_600, 0, "fail, fail, ok", "3600 3600 3600");
    }

    #[test]
    fn a_clock_that_was_set_back_stops_nothing() {
        let now: Time = "2024-01-01T07:10:00Z".parse().unwrap();
        let year_ahead = plus_seconds(now, 365 * 86_400);
        assert!(Rhythm::default().worked(60, year_ahead).is_due(now));
        let many = Rhythm { next: now, failures: u32::MAX };
        assert!(many.failed(60, None, 255, now).next <= plus_seconds(now, 1_125));
    }
}
