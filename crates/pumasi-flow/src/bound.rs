//! A burden that no plan can undercut.
//!
//! Two things are kept of the problem and everything else is let go: how early each need can be
//! reached at all, were every link and site there for it alone; and how much of each commodity can
//! have come by when, were every stock sent to whichever need it reaches first and every ceiling
//! there for that commodity alone. That links, sites and ceilings are shared is ignored, so the
//! bound is valid but can be far below the best plan where transport, not stock, is what is short.
//! It only ever errs that way. What is lost with time is ignored as well.

use std::collections::{BTreeMap, BTreeSet};

use pumasi_base::CommodityId;

use crate::lanes::Lanes;
use crate::network::{Cargo, Network, Reach, Relaxed, Residual, Source, Tree};
use crate::plan::Plan;
use crate::problem::{Commodity, Problem, StockIndex};

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
    let lanes = Lanes::new(problem, &network, Relaxed::default()).lossless();
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
        Some(Tree::search(network, residual, reach, &lane.sources, &lane.sites))
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
    let horizon = problem.horizon();
    let mut anywhere: BTreeMap<Cargo, Reach> = BTreeMap::new();
    // Stocks that count against the same ceilings, or against none, are one group.
    let mut groups: BTreeMap<(&CommodityId, Option<BTreeSet<usize>>), Vec<i128>> = BTreeMap::new();
    for (index, access) in accesses(lanes) {
        let Some(stock) = problem.stocks().get(index.0) else { continue };
        let needs = problem.needs().iter().filter(|need| need.commodity == stock.commodity);
        let sites = needs.filter_map(|need| Some(problem.site_index(&need.site)?.0)).collect();
        let source = std::slice::from_ref(&access.earliest);
        let cargo = Cargo::new(problem, &stock.commodity);
        let anywhere = anywhere
            .entry(cargo)
            .or_insert_with_key(|cargo| Reach::new(problem, network, cargo, None, None));
        let tree = Tree::search(network, unused, anywhere, source, &sites);
        let Some(minute) = sites.iter().filter_map(|site| Some(tree.arrival(*site)?.0)).min()
        else {
            continue;
        };
        let group = groups
            .entry((&stock.commodity, access.ceilings))
            .or_insert_with(|| vec![0_i128; horizon.periods]);
        if let Some(units) = group.get_mut(horizon.serving_period(minute)) {
            *units += i128::from(stock.units);
        }
    }
    let mut supplies = BTreeMap::new();
    for ((commodity, ceilings), group) in groups {
        let mut left = ceilings.map_or(i128::MAX, |set| units_under(problem, commodity, &set));
        let supply = supplies.entry(commodity).or_insert_with(|| vec![0_i128; horizon.periods]);
        for (sum, units) in supply.iter_mut().zip(group) {
            let allowed = units.min(left);
            left -= allowed;
            *sum += allowed;
        }
    }
    supplies
}

/// How a stock can be drawn on at best.
struct Access {
    /// Its earliest source, ceilings left out.
    earliest: Source,
    /// All ceilings it can count against; `None` when some permission sets it none.
    ceilings: Option<BTreeSet<usize>>,
}

fn accesses(lanes: &Lanes) -> BTreeMap<StockIndex, Access> {
    let mut accesses: BTreeMap<StockIndex, Access> = BTreeMap::new();
    for source in lanes.lanes.iter().flat_map(|lane| &lane.sources) {
        let access = accesses.entry(source.stock).or_insert_with(|| Access {
            earliest: Source { ceilings: Vec::new(), ..source.clone() },
            ceilings: Some(BTreeSet::new()),
        });
        access.earliest.ready_min = access.earliest.ready_min.min(source.ready_min);
        match &mut access.ceilings {
            Some(set) if !source.ceilings.is_empty() => set.extend(&source.ceilings),
            ceilings => *ceilings = None,
        }
    }
    accesses
}

/// The units of `commodity` that fit under all of `ceilings` together.
fn units_under(problem: &Problem, commodity: &CommodityId, ceilings: &BTreeSet<usize>) -> i128 {
    let mass_g = problem.commodity(commodity).map_or(0, |commodity| i128::from(commodity.mass_g));
    let kg = |index: &usize| problem.ceilings().get(*index).map_or(0, |c| i128::from(c.kg));
    let grams: i128 = ceilings.iter().map(|index| kg(index) * 1000).sum();
    grams.checked_div(mass_g).unwrap_or(i128::MAX)
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
    fn a_ceiling_holds_back_what_no_other_permission_frees() {
        let case = "stock kr b water 9 @0\n need p b jp water 2,2,2,2\n";
        check(&format!("{case} permit x#1 kr jp water road ceiling=5"), (9, 24, 0));
        check(
            &format!("{case} permit x#1 kr jp water road ceiling=5\n permit y#1 kr jp water road"),
            (0, 24, 0),
        );
    }

    #[test]
    fn what_links_share_is_not_seen() {
        // Ten kilograms leave in each period, so that ten litres come by the third period.
        check("stock jp a water 99 @0\n need p b jp water 0,0,20,0", (0, 60, 500_000));
    }
}
