//! A plan as the body of the act that chooses it.

use std::collections::BTreeMap;

use pumasi_act::kinds::choose_plan::{ChoosePlan, PlannedMove, PlannedUnmet};
use pumasi_base::time::plus_seconds;
use pumasi_base::{
    AgreementId, Catalog, ClauseId, CommodityId, LinkId, PartyId, PlaceId, PurposeId, Time,
};
use pumasi_flow::explain::{Binding, Cut};
use pumasi_flow::{Allocation, Plan, Problem};

/// The most bytes a body may have as JSON: an act holds 46 KiB, its frame included.
pub const BODY_BYTES_MAX: usize = 40_000;

const MINUTES_A_DAY: i64 = 1440;

/// A plan ready to be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// The body of `choose_plan`.
    pub body: ChoosePlan,
    /// Moves of parties' own stock to their own places: they need no clause, so that the body,
    /// which cites one for each move, leaves them out. The digest of the plan covers them.
    pub own_moves: usize,
    /// How much was gathered to keep within [`BODY_BYTES_MAX`].
    pub gathered: Gathered,
    /// Moves and gaps left out because even that was not enough, the smallest first.
    pub left_out: usize,
}

/// How coarse the moves of a body are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gathered {
    /// Each arrival by itself.
    Not,
    /// Arrivals of one day together: the move states the first departure and the last arrival.
    ByDay,
    /// All arrivals together.
    ByRoute,
    /// All places of a province together: the move states the links up to where its route enters
    /// the province.
    ByProvince,
}

/// What moves of one group have in common.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    giver: PartyId,
    receiver: PartyId,
    place: PlaceId,
    commodity: CommodityId,
    agreement: AgreementId,
    clause: ClauseId,
    links: Vec<LinkId>,
    /// The minute or day of arrival, as far as it is told apart.
    arrival: i64,
}

/// The moves of one group.
struct Group {
    units: i64,
    departs_min: i64,
    arrives_min: i64,
}

/// Puts a plan into the body of `choose_plan`, with what stops each unmet need as `bindings` (of
/// [`pumasi_flow::explain()`]) say.
///
/// Moves are grouped by giver, receiver, place, commodity, clause, links and arrival; where the
/// body would be larger than [`BODY_BYTES_MAX`] they are gathered step by step, and gaps by
/// province, until it fits.
#[must_use]
pub fn plan_of(
    catalog: &Catalog,
    purpose: &PurposeId,
    problem: &Problem,
    plan: &Plan,
    bindings: &[Binding],
) -> Chosen {
    let own_moves = plan.allocations.iter().filter(|a| a.permit.is_none()).count();
    let mut chosen = Chosen {
        body: ChoosePlan {
            plan: plan.digest(problem),
            purpose: purpose.clone(),
            start: problem.horizon().start,
            end: time(problem, problem.horizon().first_min(problem.horizon().periods)),
            proof: None,
            moves: Vec::new(),
            unmet: Vec::new(),
        },
        own_moves,
        gathered: Gathered::Not,
        left_out: 0,
    };
    for gathered in [Gathered::Not, Gathered::ByDay, Gathered::ByRoute, Gathered::ByProvince] {
        chosen.gathered = gathered;
        chosen.body.moves = moves(catalog, problem, plan, gathered);
        chosen.body.unmet =
            unmet(catalog, problem, plan, bindings, gathered == Gathered::ByProvince);
        if fits(&chosen.body) {
            return chosen;
        }
    }
    chosen.left_out = cut_to_fit(&mut chosen.body);
    chosen
}

fn fits(body: &ChoosePlan) -> bool {
    // A body that cannot be written fits nowhere; ids and integers always can.
    serde_json::to_vec(body).is_ok_and(|bytes| bytes.len() <= BODY_BYTES_MAX)
}

/// Leaves out the smallest moves and gaps until the body fits, and says how many.
fn cut_to_fit(body: &mut ChoosePlan) -> usize {
    body.moves.sort_by_key(|planned| std::cmp::Reverse(planned.units));
    body.unmet.sort_by_key(|unmet| std::cmp::Reverse(unmet.units));
    let mut left_out = 0;
    while !fits(body) {
        let (moves, unmet) = (body.moves.len(), body.unmet.len());
        let list_is_longer = moves >= unmet;
        // A tenth at a time: each try writes the whole body once.
        let drop = (moves.max(unmet) / 10).max(1);
        if list_is_longer {
            body.moves.truncate(moves.saturating_sub(drop));
        } else {
            body.unmet.truncate(unmet.saturating_sub(drop));
        }
        left_out += drop;
        if body.moves.is_empty() && body.unmet.is_empty() {
            break;
        }
    }
    left_out
}

fn time(problem: &Problem, minute: i64) -> Time {
    plus_seconds(problem.horizon().start, minute.saturating_mul(60))
}

fn moves(
    catalog: &Catalog,
    problem: &Problem,
    plan: &Plan,
    gathered: Gathered,
) -> Vec<PlannedMove> {
    let mut groups: BTreeMap<Key, Group> = BTreeMap::new();
    for allocation in &plan.allocations {
        let Some((key, group)) = keyed(catalog, problem, allocation, gathered) else { continue };
        match groups.get_mut(&key) {
            None => {
                groups.insert(key, group);
            }
            Some(known) => known.take_in(&group),
        }
    }
    let planned = |(key, group): (Key, Group)| PlannedMove {
        giver: key.giver,
        receiver: key.receiver,
        place: key.place,
        commodity: key.commodity,
        units: group.units,
        links: key.links,
        departs: time(problem, group.departs_min),
        arrives: time(problem, group.arrives_min),
        agreement: key.agreement,
        clause: key.clause,
    };
    groups.into_iter().map(planned).collect()
}

impl Group {
    fn take_in(&mut self, other: &Self) {
        self.units = self.units.saturating_add(other.units);
        self.departs_min = self.departs_min.min(other.departs_min);
        self.arrives_min = self.arrives_min.max(other.arrives_min);
    }
}

/// The group an allocation under a permit belongs to; none for a party's own stock.
fn keyed(
    catalog: &Catalog,
    problem: &Problem,
    allocation: &Allocation,
    gathered: Gathered,
) -> Option<(Key, Group)> {
    let permit = problem.permits().get(allocation.permit?.0)?;
    let need = problem.needs().get(allocation.need.0)?;
    let by_province = gathered == Gathered::ByProvince;
    let place = if by_province { province(catalog, &need.place) } else { need.place.clone() };
    let mut links = Vec::new();
    for leg in &allocation.route {
        links.push(problem.links().get(leg.link.0)?.id.clone());
        let port = problem.sites().get(leg.to.0).and_then(|site| catalog.ports.get(&site.id));
        if by_province && port.is_some_and(|port| province(catalog, &port.place) == place) {
            break;
        }
    }
    let key = Key {
        giver: permit.giver.clone(),
        receiver: permit.receiver.clone(),
        place,
        commodity: need.commodity.clone(),
        agreement: permit.clause.agreement.clone(),
        clause: permit.clause.clause.clone(),
        links,
        arrival: match gathered {
            Gathered::Not => allocation.arrives_min,
            Gathered::ByDay => allocation.arrives_min.div_euclid(MINUTES_A_DAY),
            Gathered::ByRoute | Gathered::ByProvince => 0,
        },
    };
    let departs = allocation.route.first().map(|leg| leg.depart_min);
    let group = Group {
        units: allocation.units,
        departs_min: departs.unwrap_or(allocation.arrives_min),
        arrives_min: allocation.arrives_min,
    };
    Some((key, group))
}

fn province(catalog: &Catalog, place: &PlaceId) -> PlaceId {
    catalog.province_of(place).map_or_else(|| place.clone(), |province| province.id.clone())
}

/// What stays unmet: of what perishes all that is lost, of what lasts what is open at the end.
fn unmet(
    catalog: &Catalog,
    problem: &Problem,
    plan: &Plan,
    bindings: &[Binding],
    by_province: bool,
) -> Vec<PlannedUnmet> {
    type Gap = (PlaceId, CommodityId, String, Option<String>);
    let cuts: BTreeMap<usize, &Cut> = bindings
        .iter()
        .filter_map(|binding| Some((binding.need.0, &binding.costs.first()?.cut)))
        .collect();
    let mut gaps: BTreeMap<Gap, i64> = BTreeMap::new();
    for (index, (need, periods)) in problem.needs().iter().zip(&plan.unmet).enumerate() {
        let perishing = problem.commodity(&need.commodity).is_some_and(|c| c.perishing);
        let units = if perishing {
            periods.iter().fold(0_i64, |sum, units| sum.saturating_add(*units))
        } else {
            periods.last().copied().unwrap_or(0)
        };
        if units == 0 {
            continue;
        }
        let (cause, what) =
            cuts.get(&index).map_or(("not_planned", None), |cut| cause(problem, cut));
        let place = if by_province { province(catalog, &need.place) } else { need.place.clone() };
        let gap = (place, need.commodity.clone(), cause.to_owned(), what);
        let sum = gaps.entry(gap).or_default();
        *sum = sum.saturating_add(units);
    }
    gaps.into_iter()
        .map(|((place, commodity, cause, what), units)| PlannedUnmet {
            place,
            commodity,
            units,
            cause,
            what,
        })
        .collect()
}

/// The code of a cut, and the id of the heaviest thing it names.
pub(crate) fn cause(problem: &Problem, cut: &Cut) -> (&'static str, Option<String>) {
    let link = |links: &[pumasi_flow::LinkIndex]| {
        links.first().and_then(|link| problem.links().get(link.0)).map(|link| link.id.to_string())
    };
    match cut {
        Cut::NoStock => ("no_stock", None),
        Cut::NoLink { closed } => ("no_link", link(closed)),
        Cut::TooLate { .. } => ("too_late", None),
        Cut::NoPermit { givers, .. } => ("no_permit", givers.first().map(ToString::to_string)),
        Cut::CeilingReached { ceilings } => {
            let ceiling = ceilings.first().and_then(|c| problem.ceilings().get(c.0));
            let clause = ceiling.map(|ceiling| &ceiling.id.clause);
            ("ceiling", clause.map(|clause| format!("{}/{}", clause.agreement, clause.clause)))
        }
        Cut::HandlingFull { sites } => {
            let site = sites.first().and_then(|site| problem.sites().get(site.0));
            ("handling", site.map(|site| site.id.to_string()))
        }
        Cut::CapacityFull { links } => ("capacity", link(links)),
        Cut::NotPlanned => ("not_planned", None),
        // Several limits together: the first is the heaviest.
        Cut::Together { cuts } => {
            cuts.first().map_or(("not_planned", None), |first| cause(problem, first))
        }
    }
}
