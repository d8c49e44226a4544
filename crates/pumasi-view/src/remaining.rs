//! What is still needed once everything promised or received is taken off, so that nothing is
//! sent twice.

use pumasi_act::{ActId, OrderLine, Stage};
use pumasi_base::time::{plus_seconds, seconds_between};
use pumasi_base::{Catalog, CommodityId, PartyId, PlaceId, PortId, Time};
use pumasi_flow::Horizon;

use crate::visible::{Case, Matter};

/// What one place still needs of one commodity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wanted {
    pub(crate) place: PlaceId,
    pub(crate) hub: PortId,
    pub(crate) receiver: PartyId,
    pub(crate) commodity: CommodityId,
    pub(crate) perishing: bool,
    /// Units a day, where it is needed anew each day.
    pub(crate) per_day: i64,
    /// Units wanted in each period.
    pub(crate) amounts: Vec<i64>,
}

impl Wanted {
    /// Units wanted from `period` on.
    fn from(&self, period: usize) -> i64 {
        self.amounts.iter().skip(period).fold(0, |sum, units| sum.saturating_add(*units))
    }

    /// Takes units off, the earliest periods first.
    fn take(&mut self, period: usize, mut units: i64) {
        for amount in self.amounts.iter_mut().skip(period) {
            let taken = units.min(*amount);
            *amount -= taken;
            units -= taken;
        }
    }
}

/// Goods promised to a place or province, from the period they can serve.
struct Promise<'a> {
    from_period: usize,
    id: ActId,
    order: &'a OrderLine,
    units: i64,
}

/// Takes everything promised or received off what is wanted.
///
/// Goods for a place that reports needs serve that place; goods for a province, or for a place
/// without a report, are shared out over the places of the province in proportion to what they
/// still want. Goods that perish serve from their arrival; of those that came before the start,
/// what was eaten or drunk since is counted as used up.
pub(crate) fn subtract_promised(
    catalog: &Catalog,
    case: &Case<'_>,
    horizon: &Horizon,
    wanted: &mut [Wanted],
) {
    let mut promises: Vec<Promise<'_>> = Vec::new();
    for matter in &case.matters {
        for (id, order) in &matter.state.orders {
            if !matches!(order.stage, Stage::Refused | Stage::Cancelled) {
                let rate = rate(catalog, order, wanted);
                promises.extend(of_order(matter, *id, order, horizon, rate));
            }
        }
    }
    promises.sort_by_key(|promise| (promise.from_period, promise.id));
    for promise in promises {
        let targets = targets(catalog, promise.order, wanted);
        share_out(wanted, &targets, &promise);
    }
}

/// Units a day that the places an order is for use up.
fn rate(catalog: &Catalog, order: &OrderLine, wanted: &[Wanted]) -> i64 {
    let targets = targets(catalog, order, wanted);
    let rates = targets.iter().filter_map(|index| wanted.get(*index)).filter(|w| w.perishing);
    rates.fold(0, |sum, w| sum.saturating_add(w.per_day))
}

/// Which of the wanted an order serves.
fn targets(catalog: &Catalog, order: &OrderLine, wanted: &[Wanted]) -> Vec<usize> {
    let indices = |serves: &dyn Fn(&Wanted) -> bool| {
        let of_commodity =
            wanted.iter().enumerate().filter(|(_, w)| w.commodity == order.commodity);
        of_commodity.filter(|(_, w)| serves(w)).map(|(i, _)| i).collect::<Vec<_>>()
    };
    let province = |place: &PlaceId| catalog.province_of(place).map(|province| &province.id);
    let of_place = indices(&|w| w.place == order.place);
    if !of_place.is_empty() {
        return of_place;
    }
    let of_province = indices(&|w| {
        province(&order.place).is_some() && province(&w.place) == province(&order.place)
    });
    if of_province.is_empty() { indices(&|w| w.receiver == order.requesting) } else { of_province }
}

/// What one order brings, split by the period from which it serves.
fn of_order<'a>(
    matter: &Matter<'a>,
    id: ActId,
    order: &'a OrderLine,
    horizon: &Horizon,
    rate: i64,
) -> Vec<Promise<'a>> {
    let promise = |id, from_period, units| Promise { from_period, id, order, units };
    let mut promises = Vec::new();
    let mut used_until: Option<Time> = None;
    let mut shipments: Vec<_> =
        matter.state.shipments.iter().filter(|(_, shipment)| shipment.order == id).collect();
    shipments.sort_by_key(|(id, shipment)| (shipment.arrives, **id));
    for (shipment_id, shipment) in shipments {
        let (arrived, quantity) = match &shipment.receipt {
            Some(receipt) => (receipt.time.min(shipment.arrives), receipt.accepted),
            None => (shipment.arrives, shipment.quantity),
        };
        let mut units = quantity.floor();
        if arrived < horizon.start {
            // Two shipments do not feed the same hours twice.
            let since = used_until.map_or(arrived, |until| until.max(arrived));
            let used = units.min(used(rate, since, horizon.start));
            units -= used;
            used_until = Some(moment_used_up(rate, since, used));
        }
        let minutes = seconds_between(horizon.start, arrived).div_euclid(60);
        promises.push(promise(*shipment_id, horizon.serving_period(minutes), units));
    }
    let unsent = order.committed.minus_at_most(order.shipped).map_or(0, |q| q.floor());
    promises.push(promise(id, 0, unsent));
    promises.retain(|promise| promise.units > 0);
    promises
}

/// Units used from `since` to `until` at so many a day.
fn used(rate: i64, since: Time, until: Time) -> i64 {
    let exact = i128::from(rate) * i128::from(seconds_between(since, until).max(0)) / 86_400;
    i64::try_from(exact).unwrap_or(i64::MAX)
}

/// When `units` that began to be used at `since` are gone.
fn moment_used_up(rate: i64, since: Time, units: i64) -> Time {
    if rate <= 0 {
        return since;
    }
    let seconds = i128::from(units) * 86_400 / i128::from(rate);
    plus_seconds(since, i64::try_from(seconds).unwrap_or(i64::MAX))
}

/// Shares the units of a promise over its targets by largest remainders, ties by their order.
fn share_out(wanted: &mut [Wanted], targets: &[usize], promise: &Promise<'_>) {
    // What lasts is wanted from the start, whenever it comes.
    let period = |w: &Wanted| if w.perishing { promise.from_period } else { 0 };
    let open: Vec<(usize, i64)> = targets
        .iter()
        .filter_map(|index| wanted.get(*index).map(|w| (*index, w.from(period(w)))))
        .collect();
    let weights: Vec<i64> = open.iter().map(|(_, units)| *units).collect();
    for ((index, _), units) in open.iter().zip(proportional(promise.units, &weights)) {
        if let Some(w) = wanted.get_mut(*index) {
            let period = period(w);
            w.take(period, units);
        }
    }
}

/// Whole shares of `units` in proportion to `weights`, none above its weight; they add up to
/// `units`, or to all weights where that is less.
pub(crate) fn proportional(units: i64, weights: &[i64]) -> Vec<i64> {
    let total: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
    let units = i128::from(units.max(0)).min(total);
    if total == 0 {
        return vec![0; weights.len()];
    }
    let floor = |weight: &i64| i128::from(*weight) * units / total;
    let mut shares: Vec<i128> = weights.iter().map(floor).collect();
    let mut rank: Vec<(i128, usize)> = weights
        .iter()
        .enumerate()
        .map(|(index, weight)| (-(i128::from(*weight) * units % total), index))
        .collect();
    rank.sort_unstable();
    let given: i128 = shares.iter().sum();
    let left = usize::try_from(units - given).unwrap_or(0);
    for (_, index) in rank.into_iter().take(left) {
        if let Some(share) = shares.get_mut(index) {
            *share += 1;
        }
    }
    shares.into_iter().map(|share| i64::try_from(share).unwrap_or(i64::MAX)).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::proportional;

    #[track_caller]
    fn check(units: i64, weights: &[i64], expected: &[i64]) {
        assert_eq!(proportional(units, weights), expected, "{units} over {weights:?}");
    }

    #[test]
    fn shares_go_by_the_largest_remainder() {
        check(10, &[1, 1, 1], &[1, 1, 1]);
        check(2, &[1, 1, 1], &[1, 1, 0]);
        check(100, &[300, 100], &[75, 25]);
        check(10, &[0, 7, 14], &[0, 3, 7]);
        check(0, &[5], &[0]);
        check(-3, &[5], &[0]);
        check(5, &[], &[]);
    }

    proptest! {
        #[test]
        fn shares_add_up_and_stay_below_their_weights(
            units in 0_i64..10_000,
            weights in proptest::collection::vec(0_i64..2_000, 0..12),
        ) {
            let shares = proportional(units, &weights);
            let total: i64 = weights.iter().sum();
            prop_assert_eq!(shares.iter().sum::<i64>(), units.min(total));
            for (share, weight) in shares.iter().zip(&weights) {
                prop_assert!((0..=*weight).contains(share));
            }
        }
    }
}
