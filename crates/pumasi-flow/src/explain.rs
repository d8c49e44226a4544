//! Says of every unmet need what stops it, by leaving out one limit at a time.
//!
//! For each need the plan leaves unmet, goods are sought in what the plan has left over: first with
//! every limit kept but one, for each limit in turn, then with none kept. What comes more when a
//! limit is left out is what that limit costs this need. The figures are what this need alone could
//! gain from what is left; two needs may count on the same goods, and gains do not add up. To learn
//! what a change would do to everyone, plan again with it: [`crate::sweep::gain`].

use std::cmp::Reverse;
use std::collections::BTreeMap;

use pumasi_base::{CommodityId, PartyId};

use crate::lanes::{Lanes, Searches};
use crate::network::{Network, Relaxed, Residual, Route, Source};
use crate::plan::Plan;
use crate::problem::{
    CeilingIndex, LinkIndex, NeedIndex, PermitIndex, Problem, SiteIndex, StockIndex,
};

/// What stops goods from serving a need; the heaviest name first where there are several.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cut {
    /// There is not enough of the commodity, or not near enough to come as soon as wanted.
    NoStock,
    /// No way leads there: `closed` links would carry it; none are named when there are none.
    NoLink {
        /// The links that would carry it, were they open; their closures state the causes.
        closed: Vec<LinkIndex>,
    },
    /// Nothing can be there in time, whatever is changed.
    TooLate {
        /// The first period anything can serve.
        serves_from: usize,
    },
    /// Goods are there, but no agreement lets them come.
    NoPermit {
        /// Who has them.
        givers: Vec<PartyId>,
        /// Permits that would let them come, were they not suspended; their suspensions state the
        /// causes.
        suspended: Vec<PermitIndex>,
        /// Whether a permit exists that only waits for a request.
        unrequested: bool,
    },
    /// Ceilings of agreements are reached.
    CeilingReached {
        /// The ceilings.
        ceilings: Vec<CeilingIndex>,
    },
    /// Sites take in no more.
    HandlingFull {
        /// The sites.
        sites: Vec<SiteIndex>,
    },
    /// Links carry no more.
    CapacityFull {
        /// The links.
        links: Vec<LinkIndex>,
    },
    /// Nothing does: the plan could send more within all limits, and does not.
    NotPlanned,
    /// Several limits stop it, and lifting any one of them alone would bring nothing.
    Together {
        /// The limits.
        cuts: Vec<Cut>,
    },
}

/// What one limit costs one need.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cost {
    /// The limit.
    pub cut: Cut,
    /// Units that would come more or sooner, or that are missing.
    pub units: i128,
    /// The same counted in every period in which they are missed.
    pub unit_periods: i128,
    /// Unit-periods times the weight of the commodity.
    pub burden: i128,
}

/// Why one need stays unmet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binding {
    /// The need.
    pub need: NeedIndex,
    /// Units unmet, summed over periods.
    pub unit_periods: i128,
    /// Unit-periods times the weight of the commodity.
    pub burden: i128,
    /// What stops it, the costliest limit first; never empty.
    pub costs: Vec<Cost>,
}

/// One limit and what it costs all needs it stops.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overall {
    /// The limit.
    pub cut: Cut,
    /// How many needs it stops more than any other limit does.
    pub needs: usize,
    /// What it costs them, summed; an upper figure, since needs may count on the same goods.
    pub burden: i128,
}

/// Explains every unmet need of `plan`, the heaviest burden first.
#[must_use]
pub fn explain(problem: &Problem, plan: &Plan) -> Vec<Binding> {
    let explainer = Explainer::new(problem, plan);
    let mut bindings: Vec<Binding> =
        (0..problem.needs().len()).filter_map(|need| explainer.binding(need)).collect();
    bindings.sort_by(|a, b| b.burden.cmp(&a.burden).then(a.need.cmp(&b.need)));
    bindings
}

/// Gathers what binds most needs: each need counts under its costliest limit.
#[must_use]
pub fn overall(bindings: &[Binding]) -> Vec<Overall> {
    let mut sums: BTreeMap<&Cut, (usize, i128)> = BTreeMap::new();
    for cost in bindings.iter().filter_map(|binding| binding.costs.first()) {
        let (needs, burden) = sums.entry(&cost.cut).or_default();
        *needs += 1;
        *burden += cost.burden;
    }
    let mut all: Vec<Overall> = sums
        .into_iter()
        .map(|(cut, (needs, burden))| Overall { cut: cut.clone(), needs, burden })
        .collect();
    all.sort_by(|a, b| b.burden.cmp(&a.burden).then_with(|| a.cut.cmp(&b.cut)));
    all
}

/// The limits left out one at a time, the narrower before the wider.
const SINGLE: [Relaxed; 5] = {
    const KEPT: Relaxed = Relaxed {
        closures: false,
        capacity: false,
        handling: false,
        ceilings: false,
        permits: false,
    };
    [
        Relaxed { closures: true, ..KEPT },
        Relaxed { capacity: true, ..KEPT },
        Relaxed { handling: true, ..KEPT },
        Relaxed { ceilings: true, ..KEPT },
        Relaxed { permits: true, ..KEPT },
    ]
};

/// What a plan leaves over, seen with some limits left out.
struct View {
    relaxed: Relaxed,
    residual: Residual,
}

struct Explainer<'a> {
    problem: &'a Problem,
    plan: &'a Plan,
    network: Network,
    permitted: Lanes,
    open: Lanes,
    /// With every limit kept.
    kept: View,
    single: Vec<View>,
    all: View,
    /// The first period each need could be served in, were there no limits and no other needs.
    reachable: Vec<Option<usize>>,
}

impl<'a> Explainer<'a> {
    fn new(problem: &'a Problem, plan: &'a Plan) -> Self {
        let network = Network::new(problem);
        let open = Lanes::new(problem, &network, Relaxed::ALL);
        let view = |relaxed: Relaxed| {
            let mut residual = Residual::new(problem, &network, relaxed);
            for allocation in &plan.allocations {
                residual.take_allocation(problem, &network, allocation);
            }
            View { relaxed, residual }
        };
        let untouched = Residual::new(problem, &network, Relaxed::ALL);
        let reachable = open.served_from(problem, &network, &untouched);
        Self {
            problem,
            plan,
            permitted: Lanes::new(problem, &network, Relaxed::default()),
            open,
            kept: view(Relaxed::default()),
            single: SINGLE.into_iter().map(view).collect(),
            all: view(Relaxed::ALL),
            reachable,
            network,
        }
    }

    /// Whether anyone has any of a commodity.
    fn is_anywhere(&self, commodity: &CommodityId) -> bool {
        self.problem.stocks().iter().any(|s| s.commodity == *commodity && s.units > 0)
    }

    fn binding(&self, index: usize) -> Option<Binding> {
        let need = self.problem.needs().get(index)?;
        let commodity = self.problem.commodity(&need.commodity)?;
        let weight = i128::from(commodity.weight);
        let missing = Missing {
            perishing: commodity.perishing,
            fades: commodity.fades(),
            unmet: self.plan.unmet.get(index)?.clone(),
        };
        let unit_periods = missing.unit_periods();
        if unit_periods == 0 {
            return None;
        }
        let cost = |cut: Cut, (units, unit_periods): (i128, i128)| Cost {
            cut,
            units,
            unit_periods,
            burden: unit_periods * weight,
        };
        let mut costs = Vec::new();
        let mut within_reach = missing.clone();
        let late = within_reach.drop_before(self.reachable.get(index).copied().flatten());
        match self.reachable.get(index).copied().flatten() {
            // Where nobody has any, no way would help.
            None if !self.is_anywhere(&need.commodity) => costs.push(cost(Cut::NoStock, late)),
            None => costs.push(cost(Cut::NoLink { closed: Vec::new() }, late)),
            Some(serves_from) => costs.push(cost(Cut::TooLate { serves_from }, late)),
        }
        let whole = self.seek(index, &within_reach, &self.all);
        let kept = self.seek(index, &within_reach, &self.kept);
        costs.push(cost(Cut::NotPlanned, (kept.units, kept.unit_periods)));
        let mut alone = kept.unit_periods > 0;
        for view in &self.single {
            let found = self.seek(index, &within_reach, view);
            let amount = (found.units, found.unit_periods);
            if let Some(cut) = found.cut(self, index, view.relaxed) {
                costs.push(cost(cut, amount));
                alone = true;
            }
        }
        if !alone {
            let cut = |relaxed| whole.cut(self, index, relaxed);
            let cuts = SINGLE.into_iter().filter_map(cut).collect();
            costs.push(cost(Cut::Together { cuts }, (whole.units, whole.unit_periods)));
        }
        let lacking = (whole.left.units(), whole.left.unit_periods());
        costs.push(cost(Cut::NoStock, lacking));
        costs.retain(|cost| cost.unit_periods > 0);
        // Stable: of equal costs the narrower limit stays first.
        costs.sort_by_key(|cost| Reverse(cost.burden));
        Some(Binding { need: NeedIndex(index), unit_periods, burden: unit_periods * weight, costs })
    }

    /// Sends what is left of any stock to need `index` as long as it is of use there.
    fn seek(&self, index: usize, missing: &Missing, view: &View) -> Found {
        let mut found =
            Found { units: 0, unit_periods: 0, routes: Vec::new(), left: missing.clone() };
        let lanes = if view.relaxed.permits { &self.open } else { &self.permitted };
        let site = self.problem.needs().get(index).and_then(|n| self.problem.site_index(&n.site));
        let Some(SiteIndex(site)) = site else { return found };
        let mut residual = view.residual.clone();
        let mut searches = Searches::new(lanes);
        let key = (index, site);
        while let Some((source, route)) = searches.earliest(&self.network, lanes, &residual, key) {
            let arrival = self.network.horizon.serving_period(route.arrives_min);
            let period = found.left.serving_period(arrival);
            let room = residual.fitting(&self.network, &source, &route);
            let units = source.left_of(room, period).min(found.left.useful(period));
            if units <= 0 {
                break;
            }
            let sent = source.sent_for(units, period);
            residual.take(&self.network, &source, &route, sent);
            found.units += i128::from(units);
            found.unit_periods += found.left.provide(period, units);
            found.routes.push((source, route, units));
        }
        found
    }
}

/// What a need lacks, period by period.
#[derive(Debug, Clone)]
struct Missing {
    perishing: bool,
    /// Whether some is lost of what waits, so that it is handed out when something is lacked.
    fades: bool,
    unmet: Vec<i64>,
}

impl Missing {
    fn unit_periods(&self) -> i128 {
        self.unmet.iter().copied().map(i128::from).sum()
    }

    /// The units that would end it: what lasts serves again in every later period.
    fn units(&self) -> i128 {
        if self.perishing {
            self.unit_periods()
        } else {
            self.unmet.iter().copied().max().map_or(0, i128::from)
        }
    }

    /// Forgets what was lacking before `from` and says how many units and unit-periods that was.
    fn drop_before(&mut self, from: Option<usize>) -> (i128, i128) {
        let (units, unit_periods) = (self.units(), self.unit_periods());
        for unmet in self.unmet.iter_mut().take(from.unwrap_or(usize::MAX)) {
            *unmet = 0;
        }
        let dropped = unit_periods - self.unit_periods();
        (if self.perishing { dropped } else { units.min(dropped) }, dropped)
    }

    /// The period in which goods are handed out that could be in `first`.
    fn serving_period(&self, first: usize) -> usize {
        let mut later = self.unmet.iter().enumerate().skip(first);
        let lacks = |(period, unmet): (usize, &i64)| (*unmet > 0).then_some(period);
        if self.fades { later.find_map(lacks).unwrap_or(first) } else { first }
    }

    /// The units that goods serving from `period` on are good for.
    fn useful(&self, period: usize) -> i64 {
        if self.fades {
            return self.unmet.get(period).copied().unwrap_or(0);
        }
        let later = self.unmet.get(period..).unwrap_or(&[]).iter().copied();
        if self.perishing { later.fold(0, i64::saturating_add) } else { later.max().unwrap_or(0) }
    }

    /// Uses `units` from `period` on and says how many unit-periods they end.
    fn provide(&mut self, period: usize, units: i64) -> i128 {
        let mut left = units;
        let mut ended = 0;
        for unmet in self.unmet.iter_mut().skip(period) {
            let used = left.min(*unmet);
            *unmet -= used;
            ended += i128::from(used);
            if self.perishing {
                left -= used;
            }
        }
        ended
    }
}

/// What came when limits were left out.
struct Found {
    units: i128,
    unit_periods: i128,
    /// What is lacking still.
    left: Missing,
    routes: Vec<(Source, Route, i64)>,
}

impl Found {
    /// The limit left out by `relaxed`, if these routes break it.
    fn cut(&self, explainer: &Explainer<'_>, need: usize, relaxed: Relaxed) -> Option<Cut> {
        let closed = || Cut::NoLink { closed: self.heaviest(|r, h| explainer.closed(r, h)) };
        let full = || Cut::CapacityFull { links: self.heaviest(|s, r| explainer.full_links(s, r)) };
        let packed =
            || Cut::HandlingFull { sites: self.heaviest(|s, r| explainer.full_sites(s, r)) };
        let reached =
            || Cut::CeilingReached { ceilings: self.heaviest(|s, _| explainer.full_ceilings(s)) };
        let cut = match relaxed {
            _ if self.units == 0 => None,
            Relaxed { closures: true, .. } => Some(closed()),
            Relaxed { capacity: true, .. } => Some(full()),
            Relaxed { handling: true, .. } => Some(packed()),
            Relaxed { ceilings: true, .. } => Some(reached()),
            Relaxed { permits: true, .. } => Some(explainer.unpermitted(self, need)),
            _ => None,
        };
        cut.filter(Cut::names_something)
    }

    /// What `names` finds on the routes, by the units it stops.
    fn heaviest<T: Ord>(&self, names: impl Fn(&Source, &Route) -> Vec<T>) -> Vec<T> {
        let mut sums: BTreeMap<T, i128> = BTreeMap::new();
        for (source, route, units) in &self.routes {
            for name in names(source, route) {
                *sums.entry(name).or_default() += i128::from(*units);
            }
        }
        let mut all: Vec<(T, i128)> = sums.into_iter().collect();
        all.sort_by(|(a, left), (b, right)| right.cmp(left).then(a.cmp(b)));
        all.into_iter().map(|(name, _)| name).collect()
    }
}

impl Cut {
    fn names_something(&self) -> bool {
        match self {
            Self::NoLink { closed } => !closed.is_empty(),
            Self::NoPermit { givers, .. } => !givers.is_empty(),
            Self::CeilingReached { ceilings } => !ceilings.is_empty(),
            Self::HandlingFull { sites } => !sites.is_empty(),
            Self::CapacityFull { links } => !links.is_empty(),
            Self::Together { cuts } => !cuts.is_empty(),
            Self::NoStock | Self::NotPlanned | Self::TooLate { .. } => true,
        }
    }
}

impl Explainer<'_> {
    fn closed(&self, _: &Source, route: &Route) -> Vec<LinkIndex> {
        let closed = |hop: &crate::network::Hop| {
            let index = self.network.arcs.get(hop.arc)?.link;
            let period = self.network.horizon.period_of(hop.depart_min);
            self.problem.links().get(index)?.closure_in(period).map(|_| LinkIndex(index))
        };
        route.hops.iter().filter_map(closed).collect()
    }

    fn full_links(&self, source: &Source, route: &Route) -> Vec<LinkIndex> {
        let full = |hop: &crate::network::Hop| {
            let link = self.network.arcs.get(hop.arc)?.link;
            let period = self.network.horizon.period_of(hop.depart_min);
            let open = self.problem.links().get(link)?.closure_in(period).is_none();
            let left_g = self.kept.residual.link_g(hop.arc, period);
            (open && left_g < source.least_g()).then_some(LinkIndex(link))
        };
        route.hops.iter().filter_map(full).collect()
    }

    fn full_sites(&self, source: &Source, route: &Route) -> Vec<SiteIndex> {
        let full = |hop: &crate::network::Hop| {
            let period = self.network.horizon.period_of(hop.arrive_min);
            let left_g = self.kept.residual.handling_g(hop.to, period);
            (left_g < source.least_g()).then_some(SiteIndex(hop.to))
        };
        route.hops.iter().filter_map(full).collect()
    }

    fn full_ceilings(&self, source: &Source) -> Vec<CeilingIndex> {
        let full = |index: &usize| {
            let left_g = self.kept.residual.ceiling_g(std::slice::from_ref(index));
            (left_g < source.least_g()).then_some(CeilingIndex(*index))
        };
        source.ceilings.iter().filter_map(full).collect()
    }

    fn unpermitted(&self, found: &Found, index: usize) -> Cut {
        let empty = Cut::NoPermit { givers: Vec::new(), suspended: Vec::new(), unrequested: false };
        let Some(need) = self.problem.needs().get(index) else { return empty };
        let owner =
            |StockIndex(stock): StockIndex| Some(self.problem.stocks().get(stock)?.owner.clone());
        let givers: Vec<PartyId> = found
            .heaviest(|source, _| owner(source.stock).into_iter().collect())
            .into_iter()
            .filter(|giver| *giver != need.receiver)
            .collect();
        let (mut suspended, mut unrequested) = (Vec::new(), false);
        for (at, permit) in self.problem.permits().iter().enumerate() {
            let fits = permit.receiver == need.receiver
                && permit.commodities.contains(&need.commodity)
                && givers.contains(&permit.giver);
            if fits && permit.suspended.is_some() {
                suspended.push(PermitIndex(at));
            } else if fits && !permit.push && !need.requested {
                unrequested = true;
            }
        }
        Cut::NoPermit { givers, suspended, unrequested }
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
        site a ground=kr
        site b ground=jp
        need p b jp water 0,0,5,5
    ";

    /// Names the cut and what it costs in unit-periods.
    fn shown(problem: &Problem, cost: &Cost) -> String {
        let links = |list: &[LinkIndex]| {
            let ids = list.iter().map(|index| problem.links()[index.0].id.to_string());
            ids.collect::<Vec<_>>().join(" ")
        };
        fn cut_text(
            problem: &Problem,
            cut: &Cut,
            links: &dyn Fn(&[LinkIndex]) -> String,
        ) -> String {
            match cut {
                Cut::NoStock => "no stock".to_owned(),
                Cut::NotPlanned => "not planned".to_owned(),
                Cut::NoLink { closed } => format!("no link, closed: {}", links(closed)),
                Cut::TooLate { serves_from } => format!("too late, serves from {serves_from}"),
                Cut::CapacityFull { links: full } => format!("full: {}", links(full)),
                Cut::HandlingFull { sites } => {
                    format!("packed: {}", problem.sites()[sites[0].0].id)
                }
                Cut::CeilingReached { ceilings } => format!("ceiling {}", ceilings[0].0),
                Cut::NoPermit { givers, suspended, unrequested } => {
                    let suspended: Vec<usize> = suspended.iter().map(|index| index.0).collect();
                    let unrequested = if *unrequested { ", unrequested" } else { "" };
                    format!("no permit from {}, suspended {suspended:?}{unrequested}", givers[0])
                }
                Cut::Together { cuts } => {
                    let cuts: Vec<String> =
                        cuts.iter().map(|cut| cut_text(problem, cut, links)).collect();
                    format!("together ({})", cuts.join(" + "))
                }
            }
        }
        format!("{} {}", cost.unit_periods, cut_text(problem, &cost.cut, &links))
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let problem = case::problem(&format!("{WORLD}{text}"));
        let bindings = explain(&problem, &solve(&problem));
        let lines: Vec<String> = bindings
            .iter()
            .map(|binding| {
                let place = &problem.needs()[binding.need.0].place;
                let costs: Vec<String> =
                    binding.costs.iter().map(|cost| shown(&problem, cost)).collect();
                format!("{place} lacks {}: {}", binding.unit_periods, costs.join(", "))
            })
            .collect();
        assert_eq!(lines.join("; "), expected, "{text}");
    }

    #[test]
    fn what_is_met_needs_no_explanation() {
        check("stock jp b water 10 @0", "");
    }

    #[test]
    fn no_stock() {
        check("", "p lacks 10: 10 no stock");
        check("stock jp b water 7 @0", "p lacks 3: 3 no stock");
    }

    #[test]
    fn no_link() {
        let stock = "stock jp a water 9 @0\n";
        check(stock, "p lacks 10: 10 no link, closed: ");
        check(
            &format!("{stock} link ferry a b sea 30 99 1 closed=0..4"),
            "p lacks 10: 9 no link, closed: ferry, 1 no stock",
        );
    }

    #[test]
    fn too_late() {
        check(
            "stock jp a water 99 @0\n link ferry a b sea 130 99 1",
            "p lacks 5: 5 too late, serves from 3",
        );
    }

    #[test]
    fn full_links_and_sites() {
        check(
            "stock jp a water 99 @2\n link ferry a b sea 30 3 1",
            "p lacks 7: 5 too late, serves from 3, 2 full: ferry",
        );
        check(
            "site c take=2\n need q c jp water 0,0,5,0
             stock jp b water 99 @1\n link ferry b c sea 30 99 1",
            "q lacks 1: 1 packed: c",
        );
    }

    #[test]
    fn no_permit() {
        let stock = "stock kr a water 99 @0\n link ferry a b sea 30 99 1\n";
        check(stock, "p lacks 10: 10 no permit from kr, suspended []");
        check(
            &format!("{stock} permit x#1 kr jp water sea suspended"),
            "p lacks 10: 10 no permit from kr, suspended [0]",
        );
        check(
            &format!("{stock} permit x#1 kr jp water sea ceiling=4"),
            "p lacks 6: 6 ceiling 0, 6 no permit from kr, suspended []",
        );
        check(
            &format!("{stock} need q b jp water 0,0,0,1 unasked\n permit x#1 kr jp water sea"),
            "q lacks 1: 1 no permit from kr, suspended [], unrequested",
        );
    }

    #[test]
    fn several_limits_at_once() {
        check(
            "stock kr a water 99 @0\n link ferry a b sea 30 99 1 closed=0..4",
            "p lacks 10: 10 together (no link, closed: ferry + no permit from kr, suspended [])",
        );
    }

    #[test]
    fn a_plan_that_leaves_goods_behind_is_told_so() {
        let problem = case::problem(&format!("{WORLD}stock jp b water 7 @0"));
        let idle = crate::solve::planned(&problem, Vec::new());
        let bindings = explain(&problem, &idle);
        assert_eq!(bindings[0].costs[0].cut, Cut::NotPlanned);
        assert_eq!(bindings[0].costs[0].burden, 21);
        assert_eq!(overall(&bindings)[0].needs, 1);
    }
}
