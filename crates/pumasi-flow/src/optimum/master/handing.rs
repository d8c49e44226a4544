//! Who gets what comes, period by period.

#![expect(
    clippy::indexing_slicing,
    clippy::as_conversions,
    reason = "a model names nothing it does not have, and has fewer than 2^32 of anything"
)]

use super::Master;
use crate::optimum::Flow;

/// What comes over one route.
#[derive(Debug, Clone, Copy)]
pub(super) struct Coming {
    pub(super) route: u32,
    pub(super) units: f64,
}

impl Master {
    /// Hands out what comes for a need as soon as it is wanted, first come, first handed out.
    pub(super) fn hand_out(
        &self,
        need: usize,
        coming: &[Coming],
        flows: &mut Vec<Flow>,
    ) -> Vec<f64> {
        let parts = self.model.parts();
        let need_of = &parts.needs[need];
        let commodity = &parts.commodities[need_of.commodity];
        let mut served = vec![0.0; parts.periods];
        let mut open = 0.0;
        let mut next = 0;
        let mut held = coming.first().map_or(0.0, |c| c.units);
        let mut held_since = coming.first().map_or(0, |c| self.routes[c.route as usize].period);
        for (period, wanted) in need_of.wanted.iter().enumerate() {
            open = if commodity.perishing { *wanted } else { open + wanted };
            while let Some(now) = coming.get(next) {
                let route = &self.routes[now.route as usize];
                if route.period as usize > period || open <= 0.0 {
                    break;
                }
                while (held_since as usize) < period {
                    held *= commodity.kept;
                    held_since += 1;
                }
                let units = held.min(open);
                open -= units;
                held -= units;
                served[period] += units;
                flows.push(Flow {
                    lane: route.lane as usize,
                    stock: route.stock as usize,
                    need,
                    period,
                    units,
                    steps: route.steps.clone(),
                });
                if held <= 1e-12 {
                    next += 1;
                    held = coming.get(next).map_or(0.0, |c| c.units);
                    held_since =
                        coming.get(next).map_or(0, |c| self.routes[c.route as usize].period);
                }
            }
            if open <= 1e-12 * wanted {
                open = 0.0;
            }
        }
        served
    }
}
