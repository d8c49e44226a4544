//! What a plan changes against the one before it, and why, as far as the two problems tell.

use std::collections::{BTreeMap, BTreeSet};

use pumasi_act::{OrderLine, Stage};
use pumasi_base::{CommodityId, LinkId, PartyId, PlaceId, Time};
use pumasi_flow::{Allocation, ClauseRef, Problem};

use crate::lexicon::Lexicon;
use crate::needs::{orders, unit_of};
use crate::page::{Amount, ChangeCause, MoveChange, ReplanLine, UnderWayLine, Words};
use crate::plan::{Planned, clause_line};
use crate::visible::Case;

/// Movements of one party's goods for one place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    giver: PartyId,
    receiver: PartyId,
    place: PlaceId,
    commodity: CommodityId,
}

/// What such movements come to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Sum {
    units: i64,
    /// The last arrival.
    arrives: Option<Time>,
    links: BTreeSet<LinkId>,
    clauses: BTreeSet<ClauseRef>,
}

/// Compares `now` with `before`; what is ordered in `case` is listed beside it.
pub(crate) fn replanned(
    lexicon: &Lexicon,
    case: &Case<'_>,
    before: Planned<'_>,
    now: Planned<'_>,
) -> ReplanLine {
    let under_way: Vec<(String, &OrderLine)> = orders(case)
        .filter(|(_, order)| !matches!(order.stage, Stage::Refused | Stage::Cancelled))
        .filter(|(_, order)| order.committed.floor() > 0)
        .map(|(id, order)| (id.to_string(), order))
        .collect();
    let comparing = Comparing { lexicon, before: before.problem, now: now.problem };
    let start = now.problem.horizon().start;
    let (old, new) = (sums(before, start), sums(now, start));
    let keys: BTreeSet<&Key> = old.keys().chain(new.keys()).collect();
    let nothing = Sum::default();
    let mut changes: Vec<MoveChange> = keys
        .into_iter()
        .map(|key| {
            let sums = (old.get(key).unwrap_or(&nothing), new.get(key).unwrap_or(&nothing));
            let promised = under_way.iter().any(|(_, order)| {
                (&order.assisting, &order.requesting, &order.commodity)
                    == (&key.giver, &key.receiver, &key.commodity)
            });
            comparing.change(key, sums, promised)
        })
        .collect();
    // What changed comes first, the larger differences before the smaller.
    changes.sort_by_key(|change| {
        let difference = change.now.abs_diff(change.before);
        (change.kind == "kept", std::cmp::Reverse(difference))
    });
    ReplanLine {
        before: before.plan.digest(before.problem).to_string(),
        before_start: before.problem.horizon().start.to_string(),
        past: before
            .plan
            .allocations
            .iter()
            .filter(|one| is_past(before, one, start))
            .count()
            .try_into()
            .unwrap_or(i64::MAX),
        changes,
        under_way: under_way.iter().map(|(id, order)| order_line(lexicon, id, order)).collect(),
    }
}

fn order_line(lexicon: &Lexicon, id: &str, order: &OrderLine) -> UnderWayLine {
    let amount = |quantity: pumasi_base::Quantity| Amount::from(quantity);
    UnderWayLine {
        order: id.to_owned(),
        giver: lexicon.party(&order.assisting),
        receiver: lexicon.party(&order.requesting),
        place: lexicon.place(&order.place),
        names: lexicon.commodity(&order.commodity),
        committed: amount(order.committed),
        shipped: amount(order.shipped),
    }
}

/// Whether an allocation leaves before `start`: a later plan can no longer change it.
fn is_past(of: Planned<'_>, allocation: &Allocation, start: Time) -> bool {
    let departs = allocation.route.first().map_or(allocation.arrives_min, |leg| leg.depart_min);
    of.problem.horizon().time_at(departs) < start
}

fn sums(of: Planned<'_>, start: Time) -> BTreeMap<Key, Sum> {
    let mut sums: BTreeMap<Key, Sum> = BTreeMap::new();
    for allocation in of.plan.allocations.iter().filter(|one| !is_past(of, one, start)) {
        let Some(key) = key_of(of.problem, allocation) else { continue };
        let sum = sums.entry(key).or_default();
        let arrives = of.problem.horizon().time_at(allocation.arrives_min);
        sum.units = sum.units.saturating_add(allocation.units);
        sum.arrives = sum.arrives.max(Some(arrives));
        let links = allocation.route.iter().filter_map(|leg| of.problem.links().get(leg.link.0));
        sum.links.extend(links.map(|link| link.id.clone()));
        let permit = allocation.permit.and_then(|permit| of.problem.permits().get(permit.0));
        sum.clauses.extend(permit.map(|permit| permit.clause.clone()));
    }
    sums
}

fn key_of(problem: &Problem, allocation: &Allocation) -> Option<Key> {
    let stock = problem.stocks().get(allocation.stock.0)?;
    let need = problem.needs().get(allocation.need.0)?;
    Some(Key {
        giver: stock.owner.clone(),
        receiver: need.receiver.clone(),
        place: need.place.clone(),
        commodity: need.commodity.clone(),
    })
}

/// What became of movements.
fn kind((old, new): (&Sum, &Sum)) -> &'static str {
    match (old.units, new.units) {
        (0, _) => "added",
        (_, 0) => "dropped",
        (old, new) if old < new => "larger",
        (old, new) if old > new => "smaller",
        _ if old.arrives < new.arrives => "later",
        _ if old.arrives > new.arrives => "sooner",
        _ if old.links != new.links => "rerouted",
        _ => "kept",
    }
}

struct Comparing<'a> {
    lexicon: &'a Lexicon,
    before: &'a Problem,
    now: &'a Problem,
}

impl Comparing<'_> {
    fn change(&self, key: &Key, sums: (&Sum, &Sum), promised: bool) -> MoveChange {
        let (old, new) = sums;
        let kind = kind(sums);
        let causes = if kind == "kept" { Vec::new() } else { self.causes(key, sums, promised) };
        MoveChange {
            kind: kind.to_owned(),
            giver: self.lexicon.party(&key.giver),
            receiver: self.lexicon.party(&key.receiver),
            place: self.lexicon.place(&key.place),
            names: self.lexicon.commodity(&key.commodity),
            unit: unit_of(self.lexicon, &key.commodity),
            before: old.units,
            now: new.units,
            arrived: old.arrives.map(|time| time.to_string()),
            arrives: new.arrives.map(|time| time.to_string()),
            causes,
        }
    }

    /// What differs between the problems that these movements touch. Where nothing does, they
    /// changed because the plan as a whole is better so.
    fn causes(&self, key: &Key, (old, new): (&Sum, &Sum), promised: bool) -> Vec<ChangeCause> {
        let mut causes = Vec::new();
        let mut add = |code: &str, what: Option<Words>| {
            causes.push(ChangeCause { code: code.to_owned(), what });
        };
        for link in old.links.union(&new.links) {
            let closed = [self.before, self.now].map(|problem| closed(problem, link));
            match closed {
                [false, true] => add("link_closed", Some(self.lexicon.link(link))),
                [true, false] => add("link_open", Some(self.lexicon.link(link))),
                _ => {}
            }
        }
        for clause in old.clauses.union(&new.clauses) {
            let stands = [self.before, self.now].map(|problem| stands(problem, clause));
            let what = || Some(clause_line(self.lexicon, clause).article);
            match stands {
                [true, false] => add("agreement_stopped", what()),
                [false, true] => add("agreement_resumed", what()),
                _ => {}
            }
        }
        let giver = || Some(self.lexicon.party(&key.giver).names);
        if promised {
            add("under_way", None);
        } else {
            match [self.before, self.now].map(|problem| stock(problem, key)) {
                [old, new] if new < old => add("stock_less", giver()),
                [old, new] if new > old => add("stock_more", giver()),
                _ => {}
            }
        }
        match [self.before, self.now].map(|problem| wanted(problem, key)) {
            [old, new] if new > old => add("need_more", Some(self.lexicon.place(&key.place))),
            [old, new] if new < old => add("need_less", Some(self.lexicon.place(&key.place))),
            _ => {}
        }
        if causes.is_empty() {
            causes.push(ChangeCause { code: "whole_plan".to_owned(), what: None });
        }
        causes
    }
}

/// Whether a link is closed at any time of the horizon.
fn closed(problem: &Problem, link: &LinkId) -> bool {
    let link = problem.link_index(link).and_then(|index| problem.links().get(index.0));
    link.is_none_or(|link| !link.closures.is_empty())
}

/// Whether a clause grants anything.
fn stands(problem: &Problem, clause: &ClauseRef) -> bool {
    let mut granted = problem.permits().iter().filter(|permit| permit.clause == *clause);
    granted.any(|permit| permit.suspended.is_none())
}

fn stock(problem: &Problem, key: &Key) -> i64 {
    let own = problem.stocks().iter();
    let own = own.filter(|s| s.owner == key.giver && s.commodity == key.commodity);
    own.fold(0, |sum, stock| sum.saturating_add(stock.units))
}

fn wanted(problem: &Problem, key: &Key) -> i64 {
    let of_place = problem.needs().iter();
    let of_place = of_place.filter(|n| n.place == key.place && n.commodity == key.commodity);
    of_place.flat_map(|need| &need.wanted).fold(0, |sum, units| sum.saturating_add(*units))
}

#[cfg(test)]
mod tests {
    use pumasi_flow::{ProblemParts, read_problem, solve};

    use super::*;
    use crate::world::lexicon;

    const WORLD: &str = "pumasi-flow problem 1
horizon 2024-01-01T00:00:00Z 360 4
commodity blanket 2000 false 1
site a - -
site b - -
link ferry a b true Sea 300 100 40000,40000,40000,40000
link road a b true Road 700 100 40000,40000,40000,40000
stock kr a blanket 20 0
need jp-1 b jp blanket true 0,10,0,0
permit kr-jp#art-1 kr jp blanket Sea,Road * 0 - false -
";

    fn parts(change: impl FnOnce(&mut ProblemParts)) -> Problem {
        let mut parts = read().into_parts();
        change(&mut parts);
        Problem::new(parts).unwrap()
    }

    fn read() -> Problem {
        read_problem(WORLD).unwrap()
    }

    /// Plans for the world and for the world as changed, and says what became of the blankets.
    #[track_caller]
    fn check(change: impl FnOnce(&mut ProblemParts), expected: &str) {
        let (before, now) = (read(), parts(change));
        let (old, new) = (solve(&before), solve(&now));
        let lexicon = lexicon();
        let comparing = Comparing { lexicon: &lexicon, before: &before, now: &now };
        let start = now.horizon().start;
        let old = sums(Planned { problem: &before, plan: &old }, start);
        let new = sums(Planned { problem: &now, plan: &new }, start);
        let nothing = Sum::default();
        let keys: BTreeSet<&Key> = old.keys().chain(new.keys()).collect();
        let told: Vec<String> = keys
            .into_iter()
            .map(|key| {
                let sums = (old.get(key).unwrap_or(&nothing), new.get(key).unwrap_or(&nothing));
                let change = comparing.change(key, sums, false);
                let causes: Vec<String> = change.causes.into_iter().map(|c| c.code).collect();
                format!("{} {}→{}: {}", change.kind, change.before, change.now, causes.join(", "))
            })
            .collect();
        assert_eq!(told.join("; "), expected);
    }

    #[test]
    fn each_change_is_told_with_its_cause() {
        let closure = |parts: &mut ProblemParts| {
            let cause = pumasi_base::catalog::Cause::Relations;
            let closure =
                pumasi_flow::Closure { from_period: 0, until_period: 4, cause, note: None };
            parts.links[0].closures = vec![closure];
        };
        check(|_| {}, "kept 10→10: ");
        check(closure, "later 10→10: link_closed");
        check(|parts| parts.needs[0].wanted[1] = 20, "larger 10→20: need_more");
        check(|parts| parts.stocks[0].units = 4, "smaller 10→4: stock_less");
        check(|parts| parts.permits.clear(), "dropped 10→0: agreement_stopped");
        check(|parts| parts.links[0].duration_min = 400, "later 10→10: whole_plan");
        // What has left by the time of the new plan is no change.
        let later = |parts: &mut ProblemParts| {
            parts.horizon.start = pumasi_base::time::plus_seconds(parts.horizon.start, 43_200);
        };
        check(later, "added 0→10: whole_plan");
    }
}
