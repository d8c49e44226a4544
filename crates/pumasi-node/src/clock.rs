//! The clock: the one place where the node asks what time it is.

use pumasi_base::Time;

/// Tells the time.
#[derive(Debug, Clone, Copy, Default)]
pub struct Clock;

impl Clock {
    /// The time now, to the whole second.
    #[must_use]
    pub fn now(self) -> Time {
        let now = Time::now();
        Time::from_second(now.as_second()).unwrap_or(now)
    }
}
