//! A burden that no plan can undercut.
//!
//! Two things are kept of the problem and everything else is let go: how early each need can be
//! reached at all, were every link and site there for it alone; and how much of each commodity can
//! have come by when, were every stock sent to whichever need it reaches first. Links shared,
//! handling shared and ceilings shared are ignored, so the bound is valid but can be far below the
//! best plan where transport, not stock, is what is short. It only ever errs that way.

use std::collections::BTreeMap;

use pumasi_base::CommodityId;

use crate::lanes::Lanes;
use crate::network::{Network, Reach, Relaxed, Residual, Tree};
use crate::plan::Plan;
use crate::problem::{Commodity, Problem};

/// What every plan leaves undone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bound {
    /// The least burden any plan can have.
    pub burden: i128,
    /// The burden if nothing is done.
    pub burden_without_relief: i128,
    /// For each need, the first period it can be served in; `None` when nothing can reach it.
    pub served_from: Vec<Option<usize>>,
}

impl Bound {
    /// How much more burden `plan` leaves than the best one could, at most, in parts per million of
    /// the burden without relief. Nothing needed means nothing to gain: 0.
    #[must_use]
    pub fn gap_ppm(&self, plan: &Plan) -> i64 {
        let gap = (plan.terms.burden - self.burden).max(0);
        let share = gap.saturating_mul(1_000_000).checked_div(self.burden_without_relief);
        i64::try_from(share.unwrap_or(0)).unwrap_or(i64::MAX)
    }
}

/// Bounds the burden of every plan for `problem` from below.
#[must_use]
pub fn bound(problem: &Problem) -> Bound {
    let network = Network::new(problem);
    let lanes = Lanes::new(problem, &network, Relaxed::default());
    let unused = Residual::new(problem, &network, Relaxed::default());
    let served_from = served_from(problem, &network, &lanes, &unused);
    let supplies = supplies(problem, &network, &lanes, &unused);
    let mut bound = Bound { burden: 0, burden_without_relief: 0, served_from };
    for commodity in problem.commodities() {
        let asked = Asked::new(problem, commodity, &bound.served_from);
        let weight = i128::from(commodity.weight);
        let nothing = vec![0; problem.horizon().periods];
        let supply = supplies.get(&commodity.id).unwrap_or(&nothing);
        bound.burden += asked.undone(commodity.perishing, supply) * weight;
        bound.burden_without_relief += asked.undone(commodity.perishing, &nothing) * weight;
    }
    bound
}

/// The first period in which each need can be served.
pub(crate) fn served_from(
    problem: &Problem,
    network: &Network,
    lanes: &Lanes,
    residual: &Residual,
) -> Vec<Option<usize>> {
    let search = |lane: &crate::lanes::Lane| {
        let reach = lanes.reaches.get(lane.reach)?;
        Some(Tree::search(network, residual, reach, &lane.sources))
    };
    let trees: Vec<Option<Tree>> = lanes.lanes.iter().map(search).collect();
    let horizon = problem.horizon();
    let first = |(index, need): (usize, &crate::problem::Need)| {
        let site = problem.site_index(&need.site)?.0;
        let arrival = |lane: &usize| Some(trees.get(*lane)?.as_ref()?.arrival(site)?.0);
        let minute = lanes.of_need.get(index)?.iter().filter_map(arrival).min()?;
        Some(horizon.serving_period(minute)).filter(|period| *period < horizon.periods)
    };
    problem.needs().iter().enumerate().map(first).collect()
}

/// The units of each commodity that can first be of use in each period.
fn supplies<'a>(
    problem: &'a Problem,
    network: &Network,
    lanes: &Lanes,
    unused: &Residual,
) -> BTreeMap<&'a CommodityId, Vec<i128>> {
    let anywhere = Reach::new(problem, network, None, None);
    // Of all permissions to draw on a stock the earliest counts.
    let mut sources = BTreeMap::new();
    for source in lanes.lanes.iter().flat_map(|lane| &lane.sources) {
        let kept = sources.entry(source.stock).or_insert(source);
        if source.ready_min < kept.ready_min {
            *kept = source;
        }
    }
    let horizon = problem.horizon();
    let mut supplies = BTreeMap::new();
    for (index, source) in sources {
        let Some(stock) = problem.stocks().get(index.0) else { continue };
        let open = crate::network::Source { ceilings: Vec::new(), ..source.clone() };
        let tree = Tree::search(network, unused, &anywhere, std::slice::from_ref(&open));
        let needs = problem.needs().iter().filter(|need| need.commodity == stock.commodity);
        let minute =
            needs.filter_map(|need| Some(tree.arrival(problem.site_index(&need.site)?.0)?.0)).min();
        let Some(minute) = minute else { continue };
        let supply =
            supplies.entry(&stock.commodity).or_insert_with(|| vec![0_i128; horizon.periods]);
        if let Some(units) = supply.get_mut(horizon.serving_period(minute)) {
            *units += i128::from(stock.units);
        }
    }
    supplies
}

/// What all needs of one commodity ask for in each period.
struct Asked {
    /// By needs that can be served by then.
    within_reach: Vec<i128>,
    /// By needs that cannot.
    out_of_reach: Vec<i128>,
}

impl Asked {
    fn new(problem: &Problem, commodity: &Commodity, served_from: &[Option<usize>]) -> Self {
        let periods = problem.horizon().periods;
        let mut asked = Self { within_reach: vec![0; periods], out_of_reach: vec![0; periods] };
        for (index, need) in problem.needs().iter().enumerate() {
            if need.commodity != commodity.id {
                continue;
            }
            let from = served_from.get(index).copied().flatten();
            let mut waited_for = 0;
            for (period, wanted) in need.wanted.iter().copied().map(i128::from).enumerate() {
                waited_for = if commodity.perishing { wanted } else { waited_for + wanted };
                let reached = from.is_some_and(|from| from <= period);
                let list = if reached { &mut asked.within_reach } else { &mut asked.out_of_reach };
                if let Some(units) = list.get_mut(period) {
                    *units += waited_for;
                }
            }
        }
        asked
    }

    /// The least unit-periods left unmet when `supply` may serve any need within reach.
    ///
    /// What lasts is asked for again in every period: there `within_reach` is all that is wanted
    /// up to a period, to be compared with all that has come.
    fn undone(&self, perishing: bool, supply: &[i128]) -> i128 {
        let (mut held, mut undone) = (0_i128, 0_i128);
        for ((within, out), units) in self.within_reach.iter().zip(&self.out_of_reach).zip(supply) {
            held += units;
            let served = held.min(*within);
            undone += within - served + out;
            if perishing {
                held -= served;
            }
        }
        undone
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case;
    use crate::solve::solve;

    const WORLD: &str = "
        water 1000 perishing 3
        blanket 2000 lasting 1
        site a\n site b\n site c
        link road a b road 90 10 1000
    ";

    /// States the bound, the burden without relief and the gap of the plan in parts per million.
    #[track_caller]
    fn check(text: &str, expected: (i128, i128, i64)) {
        let problem = case::problem(&format!("{WORLD}{text}"));
        let bound = bound(&problem);
        let gap = bound.gap_ppm(&solve(&problem));
        assert_eq!((bound.burden, bound.burden_without_relief, gap), expected, "{text}");
    }

    #[test]
    fn nothing_needed_is_nothing_to_gain() {
        check("", (0, 0, 0));
    }

    #[test]
    fn too_little_stock_and_too_late_a_road_are_seen() {
        check("stock jp a water 99 @0\n need p b jp water 2,2,2,2", (12, 24, 0));
        check("stock jp a water 3 @0\n need p b jp water 2,2,2,2", (15, 24, 0));
        check("stock jp a blanket 3 @0\n need p b jp blanket 2,2,0,0", (8, 14, 0));
        check("stock kr a water 9 @0\n need p b jp water 2,2,2,2", (24, 24, 0));
    }

    #[test]
    fn a_second_stock_comes_when_it_comes() {
        check(
            "stock jp b water 1 @0\n stock jp a water 9 @0\n need p b jp water 2,2,2,2",
            (9, 24, 0),
        );
    }

    #[test]
    fn what_links_share_is_not_seen() {
        // Ten kilograms leave in each period, so that ten litres come by the third period.
        check("stock jp a water 99 @0\n need p b jp water 0,0,20,0", (0, 60, 500_000));
    }
}
