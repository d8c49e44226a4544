//! What the clauses of one agreement reach, and which of them can never apply.

use std::collections::BTreeSet;

use pumasi_base::{CategoryId, ClauseId};

use super::region::{Ground, Region};
use super::{Issue, Remark};
use crate::agreement::{Agreement, Clause};
use crate::clauses::Terms;
use crate::clauses::settlement::Settlement;
use crate::question::Action;
use crate::scope::Scope;

/// The categories that are no supplies.
const INFORMATION: [&str; 2] = ["information", "classified_information"];

/// An agreement with the regions of its clauses.
pub(super) struct Reaches<'a> {
    ground: Ground,
    agreement: &'a Agreement,
    /// What is permitted once the forbids are taken away, by the clause that permits it.
    permitted: Vec<(&'a Clause, Vec<Region>)>,
}

impl<'a> Reaches<'a> {
    pub(super) fn of(agreement: &'a Agreement) -> Self {
        let ground = Ground::of(agreement);
        let mut reaches = Self { ground, agreement, permitted: Vec::new() };
        reaches.permitted = agreement
            .clauses()
            .iter()
            .filter_map(|clause| Some((clause, reaches.left_of(&grant_scope(clause)?))))
            .collect();
        reaches
    }

    /// What the forbids leave of a scope.
    fn left_of(&self, scope: &Scope) -> Vec<Region> {
        let whole = vec![self.ground.region(scope)];
        let whole = whole.into_iter().filter(|region| !self.ground.is_empty(region)).collect();
        self.forbids().fold(whole, |left: Vec<Region>, (_, forbid)| {
            let taken = self.ground.region(forbid);
            self.ground.less(&left, &taken)
        })
    }

    fn forbids(&self) -> impl Iterator<Item = (&'a Clause, &'a Scope)> {
        self.agreement.clauses().iter().filter_map(|clause| match &clause.terms {
            Terms::Forbid(forbid) => Some((clause, &forbid.scope)),
            _ => None,
        })
    }

    /// What is permitted in which goods or services move.
    fn moving(&self) -> Vec<Region> {
        let regions = self.permitted.iter().flat_map(|(_, regions)| regions);
        regions.map(Region::moving).filter(|region| !self.ground.is_empty(region)).collect()
    }

    /// Whether any supply is permitted; information, once passed on, is not paid back.
    pub(super) fn permits_supply(&self) -> bool {
        let mut regions = self.moving().into_iter();
        regions.any(|region| self.ground.categories_of(&region).iter().any(is_supply))
    }

    /// Whether anything at all is permitted.
    pub(super) fn permits_anything(&self) -> bool {
        self.permitted.iter().any(|(_, regions)| !regions.is_empty())
    }

    /// Whether this category is permitted to anybody.
    pub(super) fn permits_category(&self, category: &str) -> bool {
        let regions = self.permitted.iter().flat_map(|(_, regions)| regions);
        regions
            .map(|region| self.ground.categories_of(region))
            .any(|categories| categories.iter().any(|known| known.as_str() == category))
    }

    /// Whether nothing is left of a clause that permits.
    pub(super) fn is_dead(&self, id: &ClauseId) -> bool {
        self.permitted.iter().any(|(clause, left)| clause.id == *id && left.is_empty())
    }

    /// The categories that a scope shares with what is permitted and moves.
    pub(super) fn moving_categories(&self, scope: &Scope) -> BTreeSet<CategoryId> {
        let reach = self.ground.region(scope);
        let shared = self.moving().into_iter().map(|region| region.and(&reach));
        let shared = shared.filter(|region| !self.ground.is_empty(region));
        shared.flat_map(|region| self.ground.categories_of(&region)).collect()
    }

    /// The categories of supplies for which some question meets no settlement.
    pub(super) fn unsettled(&self) -> BTreeSet<CategoryId> {
        let left = self.settlements().fold(self.moving(), |left, (_, settlement)| {
            self.ground.less(&left, &self.ground.region(&settlement.scope))
        });
        let categories = left.iter().flat_map(|region| self.ground.categories_of(region));
        categories.filter(is_supply).collect()
    }

    fn settlements(&self) -> impl Iterator<Item = (&'a Clause, &'a Settlement)> {
        self.agreement.clauses().iter().filter_map(|clause| match &clause.terms {
            Terms::Settlement(settlement) => Some((clause, settlement)),
            _ => None,
        })
    }

    /// The remarks on clauses that can never apply, and on permits that forbids take back.
    pub(super) fn remarks(&self) -> Vec<Remark> {
        let mut remarks = Vec::new();
        for clause in self.agreement.clauses() {
            let Some(scope) = clause.terms.scope() else { continue };
            if self.ground.is_empty(&self.ground.region(scope)) {
                remarks.push(remark(Issue::ScopeNamesNobody, clause, Vec::new()));
                continue;
            }
            remarks.extend(match &clause.terms {
                Terms::Permit(_) | Terms::StandingConsent(_) => self.permit_taken_back(clause),
                Terms::Ceiling(_) => {
                    let counts = !self.moving_categories(scope).is_empty();
                    (!counts).then(|| remark(Issue::CeilingCountsNothing, clause, Vec::new()))
                }
                Terms::Settlement(settlement) => self.settlement_idle(clause, settlement),
                Terms::ThirdParty(_) => {
                    let reach = self.ground.region(scope);
                    let mut permitted = self.permitted.iter().flat_map(|(_, regions)| regions);
                    let meets = permitted.any(|region| self.ground.meet(region, &reach));
                    (!meets).then(|| remark(Issue::ThirdPartyReachesNothing, clause, Vec::new()))
                }
                Terms::Forbid(_) | Terms::Term(_) | Terms::Survival(_) => None,
            });
        }
        remarks
    }

    /// A permit of which the forbids leave nothing, or less than the categories it lists.
    fn permit_taken_back(&self, clause: &Clause) -> Option<Remark> {
        let scope = grant_scope(clause)?;
        let whole = self.ground.region(&scope);
        let (_, left) = self.permitted.iter().find(|(permit, _)| permit.id == clause.id)?;
        let takers = |categories: &BTreeSet<CategoryId>| {
            let taken = |forbid: &Scope| self.ground.region(forbid).and(&whole);
            self.forbids()
                .filter(|(_, forbid)| {
                    let region = taken(forbid);
                    let bites = !self.ground.is_empty(&region);
                    bites && !self.ground.categories_of(&region).is_disjoint(categories)
                })
                .map(|(forbid, _)| forbid.id.clone())
                .collect::<Vec<_>>()
        };
        let listed = self.ground.categories_of(&whole);
        if left.is_empty() {
            return Some(remark(Issue::PermitNeverApplies, clause, takers(&listed)));
        }
        let kept: BTreeSet<_> =
            left.iter().flat_map(|region| self.ground.categories_of(region)).collect();
        let categories: BTreeSet<_> = listed.difference(&kept).cloned().collect();
        // A permit that lists no category does not promise any of them.
        if categories.is_empty() || scope.categories.is_empty() {
            return None;
        }
        let takers = takers(&categories);
        Some(remark(Issue::PermitInPart { categories }, clause, takers))
    }

    /// A settlement that meets nothing permitted, or only where a narrower one decides.
    fn settlement_idle(&self, clause: &Clause, settlement: &Settlement) -> Option<Remark> {
        let reach = self.ground.region(&settlement.scope);
        let met: Vec<Region> = self.moving().iter().map(|region| region.and(&reach)).collect();
        let met: Vec<Region> = met.into_iter().filter(|r| !self.ground.is_empty(r)).collect();
        if met.is_empty() {
            return Some(remark(Issue::SettlementSettlesNothing, clause, Vec::new()));
        }
        let narrower: Vec<_> = self
            .settlements()
            .filter(|(_, other)| other.narrowness() > settlement.narrowness())
            .map(|(clause, other)| (clause, self.ground.region(&other.scope)))
            .filter(|(_, region)| met.iter().any(|piece| self.ground.meet(piece, region)))
            .collect();
        let left =
            narrower.iter().fold(met.clone(), |left, (_, taken)| self.ground.less(&left, taken));
        let ids = narrower.into_iter().map(|(clause, _)| clause.id.clone()).collect();
        left.is_empty().then(|| remark(Issue::SettlementAlwaysGivesWay, clause, ids))
    }
}

/// Whether a category is of goods or services, and not of information.
fn is_supply(category: &CategoryId) -> bool {
    !INFORMATION.contains(&category.as_str())
}

/// A remark on a clause and on those that make it so.
pub(super) fn remark(issue: Issue, clause: &Clause, others: Vec<ClauseId>) -> Remark {
    Remark { issue, clauses: [clause.id.clone()].into_iter().chain(others).collect() }
}

/// What a clause that permits reaches; a standing consent is about pushing.
fn grant_scope(clause: &Clause) -> Option<Scope> {
    match &clause.terms {
        Terms::Permit(permit) => Some(permit.scope.clone()),
        Terms::StandingConsent(consent) => {
            Some(Scope { actions: vec![Action::Push], ..consent.scope.clone() })
        }
        _ => None,
    }
}
