//! The network over time: what is left of every capacity, and the search for the earliest arrival.
//!
//! Time is kept in true minutes. Goods leave as soon as they may, and where a link or a site is
//! full they wait for the first period that has room. Whoever comes earlier is never later at the
//! next site (the network is first in, first out), so one arrival for each site is enough and the
//! search is exact for the capacities left.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};

use pumasi_base::catalog::Mode;
use pumasi_base::{CommodityId, PartyId};

use crate::aging::Aging;
use crate::plan::{Allocation, Leg};
use crate::problem::{Horizon, LinkIndex, Permit, PermitIndex, Problem, SiteIndex, StockIndex};

/// More than any capacity: no limit.
pub(crate) const UNLIMITED: i64 = i64::MAX;

/// Grams in a kilogram.
const G_PER_KG: i64 = 1000;

/// Which limits a search leaves out of account, to learn which of them binds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Relaxed {
    /// Closed links run.
    pub(crate) closures: bool,
    /// Links that run take any mass.
    pub(crate) capacity: bool,
    /// Sites take in any mass.
    pub(crate) handling: bool,
    /// Ceilings do not count.
    pub(crate) ceilings: bool,
    /// Anyone may give anything to anyone, requested or not.
    pub(crate) permits: bool,
}

impl Relaxed {
    /// Nothing binds but stocks, durations and timetables.
    pub(crate) const ALL: Self =
        Self { closures: true, capacity: true, handling: true, ceilings: true, permits: true };
}

/// One direction of a link.
#[derive(Debug, Clone)]
pub(crate) struct Arc {
    pub(crate) link: usize,
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) duration_min: i64,
    pub(crate) cost_cents_per_t: i64,
}

/// The directions of all links, and which of them leave each site.
#[derive(Debug, Clone)]
pub(crate) struct Network {
    pub(crate) horizon: Horizon,
    pub(crate) arcs: Vec<Arc>,
    leaving: Vec<Vec<usize>>,
}

impl Network {
    pub(crate) fn new(problem: &Problem) -> Self {
        let mut arcs = Vec::new();
        for (index, link) in problem.links().iter().enumerate() {
            let ends = (problem.site_index(&link.from), problem.site_index(&link.to));
            let (Some(SiteIndex(from)), Some(SiteIndex(to))) = ends else { continue };
            let arc = Arc {
                link: index,
                from,
                to,
                duration_min: link.duration_min,
                cost_cents_per_t: link.cost_cents_per_t,
            };
            if link.both_ways {
                arcs.push(Arc { from: to, to: from, ..arc.clone() });
            }
            arcs.push(arc);
        }
        let mut leaving = vec![Vec::new(); problem.sites().len()];
        for (index, arc) in arcs.iter().enumerate() {
            if let Some(list) = leaving.get_mut(arc.from) {
                list.push(index);
            }
        }
        Self { horizon: *problem.horizon(), arcs, leaving }
    }

    /// The arc that a leg uses.
    pub(crate) fn arc_of(&self, leg: &Leg) -> Option<usize> {
        let leaving = self.leaving.get(leg.from.0)?;
        leaving.iter().copied().find(|index| {
            self.arcs.get(*index).is_some_and(|a| a.link == leg.link.0 && a.to == leg.to.0)
        })
    }
}

/// Figures by row and period, in one block.
#[derive(Debug, Clone)]
struct Grid {
    width: usize,
    cells: Vec<i64>,
}

impl Grid {
    fn row(&self, row: usize) -> &[i64] {
        let start = row * self.width;
        self.cells.get(start..start + self.width).unwrap_or(&[])
    }

    fn at(&self, row: usize, period: usize) -> i64 {
        self.row(row).get(period).copied().unwrap_or(0)
    }

    /// The first period not before `from` whose figure is at least `amount`.
    fn first(&self, row: usize, from: usize, amount: i64) -> Option<usize> {
        let later = self.row(row).get(from..)?;
        later.iter().position(|figure| *figure >= amount).map(|step| from + step)
    }

    fn take(&mut self, row: usize, period: usize, amount: i64) {
        if period < self.width
            && let Some(cell) = self.cells.get_mut(row * self.width + period)
            && *cell != UNLIMITED
        {
            *cell = cell.saturating_sub(amount);
        }
    }
}

/// What is left of stocks, links, sites and ceilings.
#[derive(Debug, Clone)]
pub(crate) struct Residual {
    links_g: Grid,
    handling_g: Grid,
    ceilings_g: Vec<i64>,
    pub(crate) stocks: Vec<i64>,
}

impl Residual {
    /// Everything the problem offers, with the limits in `relaxed` left out.
    pub(crate) fn new(problem: &Problem, network: &Network, relaxed: Relaxed) -> Self {
        let width = problem.horizon().periods;
        let mut links = Vec::with_capacity(network.arcs.len() * width);
        for arc in &network.arcs {
            let link = problem.links().get(arc.link);
            links.extend((0..width).map(|period| {
                link.map_or(0, |link| {
                    let kg = link.capacity_kg.get(period).copied().unwrap_or(0);
                    let closed = !relaxed.closures && link.closure_in(period).is_some();
                    match (closed || kg == 0, relaxed.capacity) {
                        (true, _) => 0,
                        (false, true) => UNLIMITED,
                        (false, false) => kg.saturating_mul(G_PER_KG),
                    }
                })
            }));
        }
        let mut handling = Vec::with_capacity(problem.sites().len() * width);
        for site in problem.sites() {
            let kg = site.handling_kg.as_deref().filter(|_| !relaxed.handling);
            handling.extend((0..width).map(|period| {
                kg.map_or(UNLIMITED, |kg| {
                    kg.get(period).copied().unwrap_or(0).saturating_mul(G_PER_KG)
                })
            }));
        }
        let ceiling = |kg: i64| if relaxed.ceilings { UNLIMITED } else { kg * G_PER_KG };
        Self {
            links_g: Grid { width, cells: links },
            handling_g: Grid { width, cells: handling },
            ceilings_g: problem.ceilings().iter().map(|c| ceiling(c.kg)).collect(),
            stocks: problem.stocks().iter().map(|s| s.units).collect(),
        }
    }

    pub(crate) fn link_g(&self, arc: usize, period: usize) -> i64 {
        self.links_g.at(arc, period)
    }

    pub(crate) fn handling_g(&self, site: usize, period: usize) -> i64 {
        self.handling_g.at(site, period)
    }

    /// What is left under the tightest of `ceilings`.
    pub(crate) fn ceiling_g(&self, ceilings: &[usize]) -> i64 {
        let left = |index: &usize| self.ceilings_g.get(*index).copied().unwrap_or(0);
        ceilings.iter().map(left).min().unwrap_or(UNLIMITED)
    }

    /// How many units, as they leave the stock, still fit on `route`; none where too few do for one
    /// to be left.
    pub(crate) fn fitting(&self, network: &Network, source: &Source, route: &Route) -> i64 {
        let period_of = |minute: i64| network.horizon.period_of(minute);
        let stock = self.stocks.get(source.stock.0).copied().unwrap_or(0);
        let ready = period_of(source.ready_min);
        let mut units = stock.min(source.units_in(self.ceiling_g(&source.ceilings), ready));
        for hop in &route.hops {
            let (departs, arrives) = (period_of(hop.depart_min), period_of(hop.arrive_min));
            units = units
                .min(source.units_in(self.link_g(hop.arc, departs), departs))
                .min(source.units_in(self.handling_g(hop.to, arrives), arrives));
        }
        if units < source.least() { 0 } else { units }
    }

    /// Takes `units` over `route` out of what is left.
    pub(crate) fn take(&mut self, network: &Network, source: &Source, route: &Route, units: i64) {
        for hop in &route.hops {
            let departs = network.horizon.period_of(hop.depart_min);
            self.links_g.take(hop.arc, departs, source.load_g(units, departs));
            let arrives = network.horizon.period_of(hop.arrive_min);
            self.handling_g.take(hop.to, arrives, source.load_g(units, arrives));
        }
        self.take_ceilings(&source.ceilings, units.saturating_mul(source.mass_g));
        if let Some(left) = self.stocks.get_mut(source.stock.0) {
            *left -= units;
        }
    }

    /// Takes what a plan's `allocation` uses out of what is left.
    pub(crate) fn take_allocation(
        &mut self,
        problem: &Problem,
        network: &Network,
        allocation: &Allocation,
    ) {
        let Some(stock) = problem.stocks().get(allocation.stock.0) else { return };
        let mass_g = problem.commodity(&stock.commodity).map_or(0, |c| c.mass_g);
        let grams = allocation.units.saturating_mul(mass_g);
        let aging = aging_of(problem, allocation);
        let load_g = |period: usize| {
            aging.as_ref().map_or(grams, |aging| aging.load_g(allocation.units, mass_g, period))
        };
        for leg in &allocation.route {
            if let Some(arc) = network.arc_of(leg) {
                self.links_g.take(arc, leg.depart_period, load_g(leg.depart_period));
            }
            let arrives = network.horizon.period_of(leg.arrive_min);
            self.handling_g.take(leg.to.0, arrives, load_g(arrives));
        }
        if let Some(permit) = allocation.permit.and_then(|at| problem.permits().get(at.0)) {
            self.take_ceilings(&ceilings(problem, permit), grams);
        }
        if let Some(left) = self.stocks.get_mut(allocation.stock.0) {
            *left = left.saturating_sub(allocation.units);
        }
    }

    fn take_ceilings(&mut self, ceilings: &[usize], grams: i64) {
        for index in ceilings {
            if let Some(left) = self.ceilings_g.get_mut(*index)
                && *left != UNLIMITED
            {
                *left = left.saturating_sub(grams);
            }
        }
    }
}

/// The positions of the ceilings that count what moves under `permit`.
pub(crate) fn ceilings(problem: &Problem, permit: &Permit) -> Vec<usize> {
    permit.ceilings.iter().filter_map(|id| Some(problem.ceiling_index(id)?.0)).collect()
}

/// How the goods of `allocation` age; nothing where nothing of them is lost.
pub(crate) fn aging_of(problem: &Problem, allocation: &Allocation) -> Option<Aging> {
    let stock = problem.stocks().get(allocation.stock.0)?;
    let permit = allocation.permit.and_then(|at| problem.permits().get(at.0));
    let since = stock.release_period.max(permit.map_or(0, |permit| permit.earliest_period));
    Aging::new(problem.commodity(&stock.commodity)?, problem.horizon(), since)
}

/// Where some permission lets goods lie and pass.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reach {
    arcs: Vec<bool>,
    sites: Vec<bool>,
}

impl Reach {
    /// The arcs that take `cargo`, run by `modes` between sites on the ground of `through`; `None`
    /// allows all.
    pub(crate) fn new(
        problem: &Problem,
        network: &Network,
        cargo: &Cargo,
        modes: Option<&BTreeSet<Mode>>,
        through: Option<&BTreeSet<PartyId>>,
    ) -> Self {
        let allows = |territory: Option<&PartyId>| match (territory, through) {
            (Some(territory), Some(through)) => through.contains(territory),
            _ => true,
        };
        let sites: Vec<bool> =
            problem.sites().iter().map(|site| allows(site.territory.as_ref())).collect();
        let open = |site: usize| sites.get(site).copied().unwrap_or(false);
        let runs = |link: usize| {
            let mode = problem.links().get(link).map(|link| link.mode);
            mode.is_some_and(|mode| modes.is_none_or(|modes| modes.contains(&mode)))
        };
        let arcs = network
            .arcs
            .iter()
            .map(|arc| runs(arc.link) && cargo.goes_by(arc.link) && open(arc.from) && open(arc.to))
            .collect();
        Self { arcs, sites }
    }

    /// The positions of the arcs it allows.
    pub(crate) fn open_arcs(&self) -> Vec<usize> {
        self.arcs.iter().enumerate().filter(|(_, open)| **open).map(|(arc, _)| arc).collect()
    }
}

/// Which links a commodity cannot go by, though others can: the same for goods that go alike.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Cargo {
    shut_out: BTreeSet<usize>,
}

impl Cargo {
    pub(crate) fn new(problem: &Problem, commodity: &CommodityId) -> Self {
        let links = problem.links().iter().enumerate();
        Self {
            shut_out: links.filter(|(_, link)| !link.takes(commodity)).map(|(at, _)| at).collect(),
        }
    }

    fn goes_by(&self, link: usize) -> bool {
        !self.shut_out.contains(&link)
    }
}

/// A stock that may be drawn on, under which permission.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Source {
    /// The ceilings it counts against; sources with fewer are preferred.
    pub(crate) ceilings: Vec<usize>,
    pub(crate) permit: Option<PermitIndex>,
    pub(crate) stock: StockIndex,
    pub(crate) site: usize,
    pub(crate) ready_min: i64,
    pub(crate) mass_g: i64,
    /// How it ages; nothing where nothing is lost.
    pub(crate) aging: Option<Aging>,
}

impl Source {
    /// The units to send for one to be left.
    pub(crate) fn least(&self) -> i64 {
        self.aging.as_ref().map_or(1, Aging::least)
    }

    /// What must be free of a limit for goods to pass. What has no mass cannot pass a full or closed
    /// link either.
    pub(crate) fn least_g(&self) -> i64 {
        self.mass_g.max(1).saturating_mul(self.least())
    }

    /// How many units may be sent where `grams` are free in `period`.
    fn units_in(&self, grams: i64, period: usize) -> i64 {
        match &self.aging {
            _ if grams < self.mass_g.max(1) => 0,
            _ if self.mass_g == 0 || grams == UNLIMITED => UNLIMITED,
            Some(aging) => aging.units_in(grams, self.mass_g, period),
            None => grams / self.mass_g,
        }
    }

    /// What `units` sent load in `period`.
    fn load_g(&self, units: i64, period: usize) -> i64 {
        let whole = units.saturating_mul(self.mass_g);
        self.aging.as_ref().map_or(whole, |aging| aging.load_g(units, self.mass_g, period))
    }

    /// Of `units` sent, those left in `period`.
    pub(crate) fn left_of(&self, units: i64, period: usize) -> i64 {
        self.aging.as_ref().map_or(units, |aging| aging.left_of(units, period))
    }

    /// The units to send so that `units` are left in `period`.
    pub(crate) fn sent_for(&self, units: i64, period: usize) -> i64 {
        self.aging.as_ref().map_or(units, |aging| aging.sent_for(units, period))
    }
}

/// One step of a route.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Hop {
    pub(crate) arc: usize,
    pub(crate) to: usize,
    pub(crate) depart_min: i64,
    pub(crate) arrive_min: i64,
}

/// A way from a source to a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Route {
    /// The position of the source in the list searched.
    pub(crate) source: usize,
    pub(crate) hops: Vec<Hop>,
    pub(crate) arrives_min: i64,
    pub(crate) cost_cents_per_t: i64,
}

impl Route {
    /// The route as legs of a plan.
    pub(crate) fn legs(&self, network: &Network) -> Vec<Leg> {
        let leg = |hop: &Hop| {
            let arc = network.arcs.get(hop.arc)?;
            Some(Leg {
                link: LinkIndex(arc.link),
                from: SiteIndex(arc.from),
                to: SiteIndex(arc.to),
                depart_period: network.horizon.period_of(hop.depart_min),
                depart_min: hop.depart_min,
                arrive_min: hop.arrive_min,
            })
        };
        self.hops.iter().filter_map(leg).collect()
    }
}

/// How the earliest goods come to a site; arrivals rank by time, then cost, then source.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Arrival {
    minute: i64,
    cost_cents_per_t: i64,
    source: usize,
    /// The arc taken last and when it left; none at the source.
    via: Option<(usize, i64)>,
}

/// The earliest arrival at every site, over what is left.
#[derive(Debug, Clone)]
pub(crate) struct Tree {
    arrivals: Vec<Option<Arrival>>,
}

impl Tree {
    /// Searches from all `sources` at once, which have the same commodity, until every one of
    /// `targets` is reached; what it says of other sites is not final.
    pub(crate) fn search(
        network: &Network,
        residual: &Residual,
        reach: &Reach,
        sources: &[Source],
        targets: &BTreeSet<usize>,
    ) -> Self {
        let mut search = Search {
            arrivals: vec![None; network.leaving.len()],
            settled: vec![false; network.leaving.len()],
            queue: BinaryHeap::with_capacity(network.leaving.len()),
        };
        for (index, source) in sources.iter().enumerate() {
            let least = source.least();
            let stocked = residual.stocks.get(source.stock.0).is_some_and(|units| *units >= least);
            let open = reach.sites.get(source.site).copied().unwrap_or(false);
            let ceiling = residual.ceiling_g(&source.ceilings) >= source.least_g();
            if stocked && open && ceiling {
                let minute = source.ready_min;
                let arrival = Arrival { minute, cost_cents_per_t: 0, source: index, via: None };
                search.improve(source.site, arrival);
            }
        }
        let mut targets_left = targets.len();
        while let Some((site, arrival)) = search.settle() {
            if targets.contains(&site) {
                targets_left = targets_left.saturating_sub(1);
                if targets_left == 0 {
                    break;
                }
            }
            let least_g = sources.get(arrival.source).map_or(1, Source::least_g);
            for index in network.leaving.get(site).map_or(&[][..], Vec::as_slice) {
                if reach.arcs.get(*index) == Some(&true)
                    && let Some((to, next)) = arrival.over(network, residual, *index, least_g)
                {
                    search.improve(to, next);
                }
            }
        }
        Self { arrivals: search.arrivals }
    }

    /// When goods can be at `site` at the earliest, at which cost and from which source.
    pub(crate) fn arrival(&self, site: usize) -> Option<(i64, i64, usize)> {
        let arrival = self.arrivals.get(site)?.as_ref()?;
        Some((arrival.minute, arrival.cost_cents_per_t, arrival.source))
    }

    /// The way of the earliest goods to `site`.
    pub(crate) fn route(&self, network: &Network, site: usize) -> Option<Route> {
        let last = self.arrivals.get(site)?.as_ref()?;
        let (source, arrives_min) = (last.source, last.minute);
        let cost_cents_per_t = last.cost_cents_per_t;
        let mut hops = Vec::new();
        let mut arrival = last;
        while let Some((index, depart_min)) = arrival.via {
            let arc = network.arcs.get(index)?;
            hops.push(Hop { arc: index, to: arc.to, depart_min, arrive_min: arrival.minute });
            arrival = self.arrivals.get(arc.from)?.as_ref()?;
            if hops.len() > self.arrivals.len() {
                return None; // a route visits no site twice
            }
        }
        hops.reverse();
        Some(Route { source, hops, arrives_min, cost_cents_per_t })
    }
}

/// A search under way.
struct Search {
    arrivals: Vec<Option<Arrival>>,
    /// Whose arrivals are final.
    settled: Vec<bool>,
    /// Minute, cost and site of arrivals not yet settled, the least first; those bettered since are
    /// passed over.
    queue: BinaryHeap<Reverse<(i64, i64, usize)>>,
}

impl Search {
    fn improve(&mut self, site: usize, arrival: Arrival) {
        let settled = self.settled.get(site).copied().unwrap_or(true);
        if let Some(held) = self.arrivals.get_mut(site)
            && !settled
            && held.as_ref().is_none_or(|held| arrival < *held)
        {
            self.queue.push(Reverse((arrival.minute, arrival.cost_cents_per_t, site)));
            *held = Some(arrival);
        }
    }

    /// The site whose arrival is final next, with its arrival.
    fn settle(&mut self) -> Option<(usize, Arrival)> {
        while let Some(Reverse((_, _, site))) = self.queue.pop() {
            if let Some(settled) = self.settled.get_mut(site)
                && !std::mem::replace(settled, true)
            {
                let arrival = self.arrivals.get(site)?.clone()?;
                return Some((site, arrival));
            }
        }
        None
    }
}

impl Arrival {
    /// The arrival goods at this one have after arc `index`, if they can take it at all.
    fn over(
        &self,
        network: &Network,
        residual: &Residual,
        index: usize,
        least_g: i64,
    ) -> Option<(usize, Self)> {
        let arc = network.arcs.get(index)?;
        let horizon = &network.horizon;
        let period = residual.links_g.first(index, horizon.period_of(self.minute), least_g)?;
        let depart_min = self.minute.max(horizon.first_min(period));
        let there_min = depart_min.saturating_add(arc.duration_min);
        let taken = residual.handling_g.first(arc.to, horizon.period_of(there_min), least_g)?;
        let minute = there_min.max(horizon.first_min(taken));
        let cost_cents_per_t = self.cost_cents_per_t.saturating_add(arc.cost_cents_per_t);
        let via = Some((index, depart_min));
        Some((arc.to, Self { minute, cost_cents_per_t, source: self.source, via }))
    }
}
