//! What is left, in whole units and whole grams, of goods that are lost with time.
//!
//! Goods age from the first period in which they may move until they are handed out, by
//! [`Commodity::left`]. What is handed out is rounded down and what is loaded is rounded up.

use std::sync::Arc;

use crate::problem::{Commodity, Horizon};

/// How goods of one commodity age from one period on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Aging {
    since: usize,
    // INVARIANT: not empty, and every figure is above zero, as a problem demands of what fades.
    left: Arc<[i64]>,
}

impl Aging {
    /// How `commodity` ages from period `since` on; nothing where nothing is lost.
    pub(crate) fn new(commodity: &Commodity, horizon: &Horizon, since: usize) -> Option<Self> {
        commodity.fades().then(|| Self { since, left: commodity.left(horizon).into() })
    }

    /// The parts left in `period` of the whole at the start of the horizon.
    fn parts(&self, period: usize) -> i128 {
        let found = self.left.get(period).or(self.left.last());
        i128::from(found.copied().unwrap_or(1)).max(1)
    }

    /// Of `units` sent, those left in `period`.
    pub(crate) fn left_of(&self, units: i64, period: usize) -> i64 {
        whole(i128::from(units).saturating_mul(self.parts(period)) / self.parts(self.since))
    }

    /// The units to send so that `units` are left in `period`.
    pub(crate) fn sent_for(&self, units: i64, period: usize) -> i64 {
        let parts = i128::from(units).saturating_mul(self.parts(self.since));
        whole(ceiling(parts, self.parts(period)))
    }

    /// What `units` sent of `mass_g` each load in `period`, in grams.
    pub(crate) fn load_g(&self, units: i64, mass_g: i64, period: usize) -> i64 {
        let grams = i128::from(units).saturating_mul(i128::from(mass_g));
        whole(ceiling(grams.saturating_mul(self.parts(period)), self.parts(self.since)))
    }

    /// How many units sent of `mass_g` each, above zero, load at most `grams` in `period`.
    pub(crate) fn units_in(&self, grams: i64, mass_g: i64, period: usize) -> i64 {
        let parts = i128::from(grams).saturating_mul(self.parts(self.since));
        whole(parts / i128::from(mass_g.max(1)).saturating_mul(self.parts(period)))
    }

    /// The units to send so that one is left whenever it is handed out.
    pub(crate) fn least(&self) -> i64 {
        self.sent_for(1, self.left.len())
    }
}

const fn ceiling(parts: i128, of: i128) -> i128 {
    parts.saturating_add(of - 1) / of
}

fn whole(units: i128) -> i64 {
    i64::try_from(units).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use pumasi_base::Time;

    use super::*;

    fn aging(loss_ppm_per_day: i64, since: usize) -> Option<Aging> {
        let id = "hydrogen".parse().unwrap();
        let goods = Commodity { id, mass_g: 9000, perishing: true, weight: 1, loss_ppm_per_day };
        let horizon = Horizon { start: Time::UNIX_EPOCH, period_min: 720, periods: 14 };
        Aging::new(&goods, &horizon, since)
    }

    #[test]
    fn what_loses_nothing_does_not_age() {
        assert_eq!(aging(0, 0), None);
    }

    #[test]
    fn goods_age_from_where_they_may_move() {
        // A tenth a day is a twentieth in each of these periods.
        let fresh = aging(100_000, 0).unwrap();
        assert_eq!([0, 1, 2].map(|at| fresh.left_of(1000, at)), [1000, 950, 902]);
        let later = aging(100_000, 1).unwrap();
        assert_eq!([1, 2].map(|at| later.left_of(1000, at)), [1000, 950]);
        assert_eq!(fresh.sent_for(902, 2), 1000);
        assert_eq!(fresh.sent_for(903, 2), 1001);
        assert_eq!(fresh.load_g(10, 9000, 2), 81_225);
        assert_eq!(fresh.units_in(81_225, 9000, 2), 10);
        assert_eq!(fresh.units_in(81_224, 9000, 2), 9);
        assert_eq!(fresh.least(), 3);
    }

    proptest! {
        #[test]
        fn nothing_is_won_by_rounding(
            loss in 1_i64..900_000, since in 0_usize..14, later in 0_usize..14,
            units in 1_i64..1_000_000,
        ) {
            let Some(aging) = aging(loss, since) else { return Ok(()) };
            let period = since.max(later);
            let left = aging.left_of(units, period);
            prop_assert!(left <= units && aging.sent_for(left, period) <= units);
            prop_assert!(aging.left_of(aging.sent_for(units, period), period) >= units);
            prop_assert!(aging.left_of(aging.sent_for(units, period) - 1, period) < units);
            let grams = aging.load_g(units, 9000, period);
            prop_assert!(aging.units_in(grams, 9000, period) >= units);
            prop_assert!(aging.units_in(grams - 1, 9000, period) < units);
            prop_assert!(aging.left_of(aging.least(), 13) >= 1);
        }
    }
}
