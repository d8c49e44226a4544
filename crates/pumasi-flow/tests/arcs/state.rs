//! The plan as a programme over lanes, sites and periods, stated anew from what a model means.
//!
//! For each lane goods lie at sites, wait before sites that take in only so much, and go over arcs
//! that take whole periods. Rows say that no more leaves than came; what is handed out meets what
//! is wanted, and what is missing is lost or waits on.

use std::collections::BTreeMap;

use pumasi_flow::model::{Model, ModelLane, ModelParts};

use crate::tableau::{Dense, Sense};

/// Where goods of a lane can be: at a site, or taken in there only later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    At(usize),
    Before(usize),
}

/// The rows that lanes share.
pub struct Shared {
    pub dense: Dense,
    /// By limit and period.
    limits: Vec<Vec<usize>>,
    pub stocks: Vec<usize>,
    pub ceilings: Vec<usize>,
    /// By need and period.
    pub needs: Vec<Vec<usize>>,
}

impl Shared {
    /// Rows for what can be given and carried, and for what is wanted, with what is missing.
    pub fn new(parts: &ModelParts) -> Self {
        let mut dense = Dense::default();
        let most = Sense::AtMost;
        let limits = parts
            .limits
            .iter()
            .map(|by_period| by_period.iter().map(|rhs| dense.row(most, *rhs)).collect());
        let limits = limits.collect();
        let stocks = parts.stocks.iter().map(|stock| dense.row(most, stock.units)).collect();
        let ceilings = parts.ceilings.iter().map(|rhs| dense.row(most, *rhs)).collect();
        let needs = parts.needs.iter().map(|need| {
            let commodity = parts.commodities[need.commodity];
            let rows: Vec<usize> =
                need.wanted.iter().map(|units| dense.row(Sense::Equal, *units)).collect();
            for (period, row) in rows.iter().enumerate() {
                let mut entries = vec![(*row, 1.0)];
                if let (false, Some(next)) = (commodity.perishing, rows.get(period + 1)) {
                    entries.push((*next, -1.0));
                }
                dense.column(-commodity.weight * need.priority, &entries);
            }
            rows
        });
        let needs = needs.collect();
        Self { dense, limits, stocks, ceilings, needs }
    }

    /// The rows of `limits` in `period` for `load`; none at all where one of them is closed.
    pub fn passing(
        &self,
        parts: &ModelParts,
        limits: &[usize],
        period: usize,
        load: f64,
    ) -> Option<Vec<(usize, f64)>> {
        let is_open = limits.iter().all(|limit| parts.limits[*limit][period] > 0.0);
        is_open.then(|| limits.iter().map(|limit| (self.limits[*limit][period], load)).collect())
    }
}

/// The programme of `model`, whose durations are whole periods. Its profit is the objective, less
/// than nothing.
pub fn programme(model: &Model) -> Dense {
    let parts = model.parts();
    let mut shared = Shared::new(parts);
    for lane in &parts.lanes {
        add_lane(parts, lane, &mut shared);
    }
    shared.dense
}

fn add_lane(parts: &ModelParts, lane: &ModelLane, shared: &mut Shared) {
    let commodity = parts.commodities[lane.commodity];
    let mut rows: BTreeMap<(Place, usize), usize> = BTreeMap::new();
    for period in 0..parts.periods {
        for site in 0..parts.sites.len() {
            // No more than came; throwing away is never of use and does no harm.
            for place in [Place::At(site), Place::Before(site)] {
                rows.insert((place, period), shared.dense.row(Sense::AtMost, 0.0));
            }
        }
    }
    for ((place, period), row) in &rows {
        if let Some(next) = rows.get(&(*place, period + 1)) {
            shared.dense.column(0.0, &[(*row, 1.0), (*next, -commodity.kept)]);
        }
        if let Place::Before(site) = place {
            let limits: Vec<usize> = parts.sites[*site].intake.into_iter().collect();
            if let Some(mut entries) = shared.passing(parts, &limits, *period, commodity.load) {
                entries.extend([(*row, 1.0), (rows[&(Place::At(*site), *period)], -1.0)]);
                shared.dense.column(0.0, &entries);
            }
        }
    }
    for arc in &parts.networks[lane.network] {
        let arc = &parts.arcs[*arc];
        let under_way = usize::try_from(arc.duration_min / parts.period_min).unwrap();
        for period in 0..parts.periods {
            let Some(there) = rows.get(&(Place::Before(arc.to), period + under_way)) else {
                continue;
            };
            let open = shared.passing(parts, &arc.limits, period, commodity.load);
            let Some(mut entries) = open else { continue };
            let left = (0..under_way).fold(arc.retained, |left, _| left * commodity.kept);
            entries.extend([(rows[&(Place::At(arc.from), period)], 1.0), (*there, -left)]);
            let cost = parts.cost_weight * arc.cost * commodity.load;
            shared.dense.column(-cost, &entries);
        }
    }
    for stock in &lane.stocks {
        let held = parts.stocks[*stock];
        let ready = held.release_period.max(lane.earliest_period);
        if let Some(row) = rows.get(&(Place::At(held.site), ready)) {
            let mut entries = vec![(*row, -1.0), (shared.stocks[*stock], 1.0)];
            let ceilings = lane.ceilings.iter().map(|c| (shared.ceilings[*c], commodity.load));
            entries.extend(ceilings);
            shared.dense.column(0.0, &entries);
        }
    }
    for need in &lane.needs {
        for (period, wanted) in shared.needs[*need].clone().into_iter().enumerate() {
            let row = rows[&(Place::At(parts.needs[*need].site), period)];
            shared.dense.column(0.0, &[(row, 1.0), (wanted, 1.0)]);
        }
    }
}
