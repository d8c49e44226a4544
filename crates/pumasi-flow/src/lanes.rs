//! Lanes: which stocks may serve which needs, under which permission, over which sites and links.

use std::collections::{BTreeMap, BTreeSet};

use pumasi_base::catalog::Mode;
use pumasi_base::{CommodityId, PartyId};

use crate::aging::Aging;
use crate::network::{Cargo, Network, Reach, Relaxed, Residual, Route, Source, Tree, ceilings};
use crate::problem::{Need, Permit, PermitIndex, Problem, SiteIndex, Stock, StockIndex};

/// The sources one need may draw on within one reach.
#[derive(Debug, Clone)]
pub(crate) struct Lane {
    /// The position of its reach in [`Lanes::reaches`].
    pub(crate) reach: usize,
    pub(crate) sources: Vec<Source>,
    /// The sites of the needs that share it.
    pub(crate) sites: BTreeSet<usize>,
}

/// All lanes of a problem; needs of one receiver and commodity share theirs.
#[derive(Debug, Clone)]
pub(crate) struct Lanes {
    pub(crate) reaches: Vec<Reach>,
    pub(crate) lanes: Vec<Lane>,
    /// The lanes of each need.
    pub(crate) of_need: Vec<Vec<usize>>,
}

/// What tells reaches apart: modes and grounds; `None` is everywhere by anything.
type ReachKey<'a> = Option<(&'a BTreeSet<Mode>, Option<&'a BTreeSet<PartyId>>)>;
/// What tells groups of needs apart.
type GroupKey<'a> = (&'a CommodityId, Option<(&'a PartyId, bool)>);

impl Lanes {
    pub(crate) fn new(problem: &Problem, network: &Network, relaxed: Relaxed) -> Self {
        let mut builder = Builder {
            problem,
            network,
            relaxed,
            keys: BTreeMap::new(),
            lanes: Self { reaches: Vec::new(), lanes: Vec::new(), of_need: Vec::new() },
        };
        let mut groups: BTreeMap<GroupKey<'_>, Vec<usize>> = BTreeMap::new();
        for need in problem.needs() {
            let who = (!relaxed.permits).then_some((&need.receiver, need.requested));
            let lanes = match groups.get(&(&need.commodity, who)) {
                Some(lanes) => lanes.clone(),
                None => builder.group(need),
            };
            groups.insert((&need.commodity, who), lanes.clone());
            builder.serve(need, &lanes);
            builder.lanes.of_need.push(lanes);
        }
        builder.lanes
    }

    /// For each need, the first period in which anything within `residual` can serve it, were it
    /// there for that need alone; `None` when nothing can.
    pub(crate) fn served_from(
        &self,
        problem: &Problem,
        network: &Network,
        residual: &Residual,
    ) -> Vec<Option<usize>> {
        let search = |lane: &Lane| {
            let reach = self.reaches.get(lane.reach)?;
            Some(Tree::search(network, residual, reach, &lane.sources, &lane.sites))
        };
        let trees: Vec<Option<Tree>> = self.lanes.iter().map(search).collect();
        let horizon = problem.horizon();
        let first = |(index, need): (usize, &Need)| {
            let site = problem.site_index(&need.site)?.0;
            let arrival = |lane: &usize| Some(trees.get(*lane)?.as_ref()?.arrival(site)?.0);
            let minute = self.of_need.get(index)?.iter().filter_map(arrival).min()?;
            Some(horizon.serving_period(minute)).filter(|period| *period < horizon.periods)
        };
        problem.needs().iter().enumerate().map(first).collect()
    }
}

/// The last search of each lane, kept as long as it serves.
///
/// INVARIANT: between calls what is left only shrinks, so an arrival found before is never later
/// than the true one, and a route found before that still fits is still an earliest one.
#[derive(Debug, Clone)]
pub(crate) struct Searches {
    trees: Vec<Option<Tree>>,
}

impl Searches {
    pub(crate) fn new(lanes: &Lanes) -> Self {
        Self { trees: vec![None; lanes.lanes.len()] }
    }

    /// Holds a search of every lane already.
    pub(crate) fn all(network: &Network, lanes: &Lanes, residual: &Residual) -> Self {
        let mut searches = Self::new(lanes);
        for lane in 0..lanes.lanes.len() {
            searches.search(network, lanes, residual, lane);
        }
        searches
    }

    /// The route over one of `lanes.of_need[need]` that comes to `site` first, of those the
    /// cheapest by its search, with the source it draws on.
    pub(crate) fn earliest(
        &mut self,
        network: &Network,
        lanes: &Lanes,
        residual: &Residual,
        (need, site): (usize, usize),
    ) -> Option<(Source, Route)> {
        let of_need = lanes.of_need.get(need)?;
        loop {
            let mut first: Option<(i64, i64, usize)> = None;
            for lane in of_need {
                let arrival = self.search(network, lanes, residual, *lane)?.arrival(site);
                let found = arrival.map(|(minute, cost, _)| (minute, cost, *lane));
                first = [first, found].into_iter().flatten().min();
            }
            let (_, _, lane) = first?;
            let route = self.trees.get(lane)?.as_ref()?.route(network, site)?;
            let source = lanes.lanes.get(lane)?.sources.get(route.source)?;
            if residual.fitting(network, source, &route) > 0 {
                return Some((source.clone(), route));
            }
            // Something on it ran out since; a fresh search of the lane holds only what fits, so
            // this ends after one round for each lane.
            *self.trees.get_mut(lane)? = None;
        }
    }

    fn search(
        &mut self,
        network: &Network,
        lanes: &Lanes,
        residual: &Residual,
        lane: usize,
    ) -> Option<&Tree> {
        let held = self.trees.get_mut(lane)?;
        if held.is_none() {
            let sought = lanes.lanes.get(lane)?;
            let reach = lanes.reaches.get(sought.reach)?;
            *held = Some(Tree::search(network, residual, reach, &sought.sources, &sought.sites));
        }
        held.as_ref()
    }
}

struct Builder<'a> {
    problem: &'a Problem,
    network: &'a Network,
    relaxed: Relaxed,
    keys: BTreeMap<(Cargo, ReachKey<'a>), usize>,
    lanes: Lanes,
}

impl<'a> Builder<'a> {
    /// Adds the lanes of needs like `need` and says which they are.
    fn group(&mut self, need: &'a Need) -> Vec<usize> {
        let problem = self.problem;
        let serving: Vec<(PermitIndex, &Permit)> = problem
            .permits()
            .iter()
            .enumerate()
            .filter(|(_, permit)| serves(permit, need))
            .map(|(at, permit)| (PermitIndex(at), permit))
            .collect();
        let mut by_reach: BTreeMap<ReachKey<'a>, Vec<Source>> = BTreeMap::new();
        for (index, stock) in problem.stocks().iter().enumerate() {
            if stock.commodity != need.commodity || stock.units == 0 {
                continue;
            }
            if self.relaxed.permits || stock.owner == need.receiver {
                let source = self.source(StockIndex(index), stock, None);
                by_reach.entry(None).or_default().extend(source);
                continue;
            }
            for (at, permit) in serving.iter().filter(|(_, permit)| permit.giver == stock.owner) {
                let source = self.source(StockIndex(index), stock, Some((*at, permit)));
                let key = Some((&permit.modes, permit.through.as_ref()));
                by_reach.entry(key).or_default().extend(source);
            }
        }
        let mut added = Vec::new();
        let cargo = Cargo::new(problem, &need.commodity);
        for (key, mut sources) in by_reach {
            sources.sort();
            let reach = self.reach(&cargo, key);
            added.push(self.lanes.lanes.len());
            self.lanes.lanes.push(Lane { reach, sources, sites: BTreeSet::new() });
        }
        added
    }

    /// Notes that `lanes` are searched for the site of `need`.
    fn serve(&mut self, need: &Need, lanes: &[usize]) {
        let Some(SiteIndex(site)) = self.problem.site_index(&need.site) else { return };
        for lane in lanes {
            if let Some(lane) = self.lanes.lanes.get_mut(*lane) {
                lane.sites.insert(site);
            }
        }
    }

    fn source(
        &self,
        index: StockIndex,
        stock: &Stock,
        permit: Option<(PermitIndex, &Permit)>,
    ) -> Option<Source> {
        let ceilings = permit.map_or_else(Vec::new, |(_, permit)| ceilings(self.problem, permit));
        let earliest = permit.map_or(0, |(_, permit)| permit.earliest_period);
        let ready = stock.release_period.max(earliest);
        let commodity = self.problem.commodity(&stock.commodity)?;
        Some(Source {
            ceilings,
            permit: permit.map(|(index, _)| index),
            stock: index,
            site: self.problem.site_index(&stock.site)?.0,
            ready_min: self.problem.horizon().first_min(ready),
            mass_g: commodity.mass_g,
            aging: Aging::new(commodity, self.problem.horizon(), ready),
        })
    }

    fn reach(&mut self, cargo: &Cargo, key: ReachKey<'a>) -> usize {
        let known = (cargo.clone(), key);
        if let Some(known) = self.keys.get(&known) {
            return *known;
        }
        let (modes, through) = key.map_or((None, None), |(modes, through)| (Some(modes), through));
        let index = self.lanes.reaches.len();
        self.lanes.reaches.push(Reach::new(self.problem, self.network, cargo, modes, through));
        self.keys.insert(known, index);
        index
    }
}

/// Whether `permit` serves `need`, whoever its giver.
fn serves(permit: &Permit, need: &Need) -> bool {
    permit.suspended.is_none()
        && permit.receiver == need.receiver
        && (permit.push || need.requested)
        && permit.commodities.contains(&need.commodity)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case;
    use crate::generate::{Size, generate};
    use crate::solve::solve;

    use proptest::prelude::*;

    fn served_from(problem: &Problem) -> Vec<Option<usize>> {
        let network = Network::new(problem);
        let unused = Residual::new(problem, &network, Relaxed::default());
        let lanes = Lanes::new(problem, &network, Relaxed::default());
        lanes.served_from(problem, &network, &unused)
    }

    #[track_caller]
    fn check(text: &str, expected: &[Option<usize>]) {
        let world = "
            water 1000 perishing 3
            site a\n site b\n site c
            link road a b road 90 10 1000
        ";
        let problem = case::problem(&format!("{world}{text}"));
        assert_eq!(served_from(&problem), expected, "{text}");
    }

    #[test]
    fn a_need_is_served_once_something_can_be_there() {
        // Ninety minutes on the road are two periods of an hour.
        check("stock jp a water 9 @0\n need p b jp water 2,2,2,2", &[Some(2)]);
        check("stock jp a water 9 @1\n need p b jp water 2,2,2,2", &[Some(3)]);
        check("stock jp b water 1 @0\n need p b jp water 2,2,2,2", &[Some(0)]);
        check("stock jp a water 9 @3\n need p b jp water 2,2,2,2", &[None]);
        check("stock jp a water 9 @0\n need p c jp water 2,2,2,2", &[None]);
        check("stock kr a water 9 @0\n need p b jp water 2,2,2,2", &[None]);
    }

    proptest! {
        #![proptest_config(ProptestConfig {
            cases: 48, failure_persistence: None, ..ProptestConfig::default()
        })]

        #[test]
        fn no_plan_serves_earlier(seed: u64, periods in 1..12_usize) {
            let size = Size { periods, ..Size::SMALL };
            let problem = Problem::new(generate(size, seed).unwrap()).unwrap();
            let plan = solve(&problem);
            let from = served_from(&problem);
            for ((from, need), unmet) in from.iter().zip(problem.needs()).zip(&plan.unmet) {
                let lasting = !problem.commodity(&need.commodity).unwrap().perishing;
                let mut asked = 0;
                for (wanted, unmet) in need.wanted.iter().zip(unmet).take(from.unwrap_or(periods)) {
                    asked = if lasting { asked + wanted } else { *wanted };
                    prop_assert_eq!(*unmet, asked);
                }
            }
        }
    }
}
