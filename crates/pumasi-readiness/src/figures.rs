//! What a plan means for each place: how much stays unmet, when help is there, and from whom.

use std::collections::BTreeMap;

use pumasi_base::catalog::Mode;
use pumasi_flow::Problem;
use pumasi_flow::model::Model;
use pumasi_flow::optimum::Optimum;
use pumasi_flow::posed::Posed;

use crate::rows::{GiverRow, LinkRow, NeedRow};

/// Of a share to be reached, what may be lacking for rounding.
const NEARLY: f64 = 1e-6;
/// Under which agreement a party uses its own stock.
pub const OWN: &str = "own";
/// The name of the world in which nothing is otherwise.
pub const BASE: &str = "base";

/// A figure as a whole number.
#[must_use]
pub fn whole(of: f64) -> i64 {
    #[expect(clippy::as_conversions, reason = "a float beyond the type becomes its end")]
    let whole = of.round() as i64;
    whole
}

/// A burden in thousandths.
#[must_use]
pub fn milli(burden: f64) -> i64 {
    whole(burden * 1000.0)
}

/// What one need comes to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Served {
    /// Unit-periods missing if nothing moved.
    pub without: f64,
    /// Unit-periods missing when it is served.
    pub unmet: f64,
    /// The first period by which half is there.
    pub half: Option<usize>,
    /// The first period by which nine tenths are there.
    pub ninety: Option<usize>,
}

impl Served {
    /// What a need of `wanted` in each period comes to when `served` is handed out in each.
    ///
    /// Of what perishes a period counts for itself, and periods that want nothing are passed over;
    /// of what lasts, all that came until then is held against all that is ever wanted.
    #[must_use]
    pub fn of(wanted: &[f64], served: &[f64], perishing: bool) -> Self {
        let total: f64 = wanted.iter().sum();
        let mut found = Self { without: 0.0, unmet: 0.0, half: None, ninety: None };
        let (mut wanted_so_far, mut waiting, mut came_so_far) = (0.0, 0.0, 0.0);
        for (period, wanted) in wanted.iter().enumerate() {
            let came = served.get(period).copied().unwrap_or(0.0);
            let missed = (waiting + wanted - came).max(0.0);
            wanted_so_far += wanted;
            came_so_far += came;
            found.unmet += missed;
            found.without += if perishing { *wanted } else { wanted_so_far };
            waiting = if perishing { 0.0 } else { missed };
            let (there, of) = if perishing { (came, *wanted) } else { (came_so_far, total) };
            let reaches = |share: f64| of > 0.0 && there >= of * (share - NEARLY);
            let first = |known: Option<usize>, share: f64| {
                known.or_else(|| reaches(share).then_some(period))
            };
            (found.half, found.ninety) = (first(found.half, 0.5), first(found.ninety, 0.9));
        }
        found
    }
}

/// What each need comes to in one world, a row each.
#[must_use]
pub fn needs(
    scenario: i64,
    world: &str,
    problem: &Problem,
    model: &Model,
    optimum: &Optimum,
) -> Vec<NeedRow> {
    let hours = |period: usize| {
        let minutes = problem.horizon().first_min(period);
        minutes / 60
    };
    let mut rows = Vec::new();
    for (at, (need, entry)) in model.parts().needs.iter().zip(problem.needs()).enumerate() {
        let Some(commodity) = problem.commodity(&entry.commodity) else { continue };
        let served = optimum.served.get(at).map_or(&[][..], Vec::as_slice);
        let served = Served::of(&need.wanted, served, commodity.perishing);
        rows.push(NeedRow {
            scenario,
            world: world.to_owned(),
            place: entry.place.to_string(),
            receiver: entry.receiver.to_string(),
            commodity: entry.commodity.to_string(),
            weight: commodity.weight,
            without: whole(served.without),
            unmet: whole(served.unmet),
            half_h: served.half.map(hours),
            ninety_h: served.ninety.map(hours),
        });
    }
    rows
}

/// Place, commodity, giver, agreement.
pub type GiverKey = (String, String, String, String);

/// How much each place gets of each commodity from whom, and under which agreement.
///
/// Flows are added in the order of the plan, so that the sums are the same everywhere.
#[must_use]
pub fn by_giver(problem: &Problem, posed: &Posed, optimum: &Optimum) -> BTreeMap<GiverKey, f64> {
    let mut sums: BTreeMap<GiverKey, f64> = BTreeMap::new();
    for flow in &optimum.flows {
        let (Some(need), Some(stock)) =
            (problem.needs().get(flow.need), problem.stocks().get(flow.stock))
        else {
            continue;
        };
        let permit = posed.permits.get(flow.lane).copied().flatten();
        let permit = permit.and_then(|permit| problem.permits().get(permit.0));
        let agreement =
            permit.map_or_else(|| OWN.to_owned(), |permit| permit.clause.agreement.to_string());
        let key = (
            need.place.to_string(),
            need.commodity.to_string(),
            stock.owner.to_string(),
            agreement,
        );
        *sums.entry(key).or_default() += flow.units;
    }
    sums
}

/// The rows of [`by_giver`]; what comes to less than half a unit is left out.
#[must_use]
pub fn givers(scenario: i64, sums: &BTreeMap<GiverKey, f64>) -> Vec<GiverRow> {
    let row = |(key, units): (&GiverKey, &f64)| {
        let (place, commodity, giver, agreement) = key.clone();
        GiverRow { scenario, place, commodity, giver, agreement, units: whole(*units) }
    };
    sums.iter().map(row).filter(|row| row.units > 0).collect()
}

/// By which links, roads left out, each place gets what it gets.
#[must_use]
pub fn links(scenario: i64, problem: &Problem, posed: &Posed, optimum: &Optimum) -> Vec<LinkRow> {
    let mut sums: BTreeMap<(String, String, String), f64> = BTreeMap::new();
    for flow in &optimum.flows {
        let Some(need) = problem.needs().get(flow.need) else { continue };
        for step in &flow.steps {
            let link = posed.arcs.get(step.arc).and_then(|(link, _)| problem.links().get(link.0));
            let Some(link) = link.filter(|link| link.mode != Mode::Road) else { continue };
            let key = (need.place.to_string(), need.commodity.to_string(), link.id.to_string());
            *sums.entry(key).or_default() += flow.units;
        }
    }
    let row = |((place, commodity, link), units): ((String, String, String), f64)| LinkRow {
        scenario,
        place,
        commodity,
        link,
        units: whole(units),
    };
    sums.into_iter().map(row).filter(|row| row.units > 0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads `perishing: wanted / served` and gives what it comes to.
    #[track_caller]
    fn check(case: &str, expected: &str) {
        let (kind, lists) = case.split_once(": ").unwrap();
        let list = |text: &str| text.split(' ').map(|n| n.parse().unwrap()).collect::<Vec<f64>>();
        let (wanted, served) = lists.split_once(" / ").unwrap();
        let found = Served::of(&list(wanted), &list(served), kind == "perishing");
        let period = |of: Option<usize>| of.map_or_else(|| "never".to_owned(), |p| p.to_string());
        let (half, ninety) = (period(found.half), period(found.ninety));
        let shown = format!("{} of {}, {half}, {ninety}", found.unmet, found.without);
        assert_eq!(shown, expected, "{case}");
    }

    #[test]
    fn what_perishes_counts_by_period_and_what_lasts_by_all_that_came() {
        check("perishing: 10 10 10 / 0 5 9", "16 of 30, 1, 2");
        check("perishing: 10 10 10 / 0 0 0", "30 of 30, never, never");
        check("perishing: 0 10 0 / 0 10 0", "0 of 10, 1, 1");
        check("lasting: 10 0 0 / 0 5 5", "15 of 30, 1, 2");
        check("lasting: 6 4 0 / 6 0 0", "8 of 26, 0, never");
        check("lasting: 10 0 0 / 10 0 0", "0 of 30, 0, 0");
        check("lasting: 0 0 / 0 0", "0 of 0, never, never");
    }
}
