//! How the map asks: today, and as if an agreement that is still to come were in force.

use std::collections::{BTreeMap, BTreeSet};

use pumasi_base::time::date_at_offset;
use pumasi_base::{AgreementId, CategoryId, Date, PartyId, PurposeId, Status, Time};

use super::Inquiry;
use super::matrix::Level;
use super::term::first_day;
use crate::compile::{AgreementTables, Agreements, Basis};
use crate::decide::decide;
use crate::grid::{WORST_UNREACHABLE, start_of};
use crate::question::{Action, ClauseRef, Decision, Event, Need, Outcome, Question};
use crate::reason::Rule;
use crate::scope::same_country;
use crate::status::{AgreementStatus, Standing};

/// What the agreements say, and how much that is.
#[derive(Debug, Clone)]
pub(super) struct Answer {
    pub(super) level: Level,
    /// The decision; that of the agreement to come where only one to come permits.
    pub(super) decision: Decision,
}

/// Who, what and what for: what changes from one question of the map to the next.
#[derive(Debug, Clone, Copy)]
pub(super) struct Point<'a> {
    pub(super) action: Action,
    pub(super) giver: &'a PartyId,
    pub(super) receiver: &'a PartyId,
    pub(super) category: &'a CategoryId,
    pub(super) purpose: &'a PurposeId,
    pub(super) status: Status,
}

/// Asks the agreements on behalf of one inquiry.
pub(super) struct Asking<'a> {
    pub(super) agreements: &'a Agreements,
    pub(super) inquiry: &'a Inquiry,
    /// The same agreements, of which one at a time is put into force.
    prospect: Agreements,
    partners: BTreeMap<&'a PartyId, BTreeSet<&'a PartyId>>,
}

/// Every party that `action` is pushed to has been struck as badly as can be and is silent; one
/// that orders has asked.
const PUSHED_AFTER: Event = WORST_UNREACHABLE;

impl<'a> Asking<'a> {
    pub(super) fn new(agreements: &'a Agreements, inquiry: &'a Inquiry) -> Self {
        let mut partners: BTreeMap<&PartyId, BTreeSet<&PartyId>> = BTreeMap::new();
        for (giver, receiver, _) in agreements.shelves_by_pair() {
            partners.entry(giver).or_default().insert(receiver);
            partners.entry(receiver).or_default().insert(giver);
        }
        Self { agreements, inquiry, prospect: agreements.clone(), partners }
    }

    /// Who shares an agreement with a party, in force or to come.
    pub(super) fn partners(&self, party: &PartyId) -> BTreeSet<&'a PartyId> {
        self.partners.get(party).cloned().unwrap_or_default()
    }

    /// With whom a party asked about is looked at.
    pub(super) fn others(&self, party: &'a PartyId) -> BTreeSet<&'a PartyId> {
        if self.inquiry.parties.len() == 1 {
            return self.partners(party);
        }
        self.inquiry.parties.iter().filter(|other| *other != party).collect()
    }

    /// The ordered pairs asked about that some agreement binds: those of one country last, and
    /// with a single party asked about, what it gives before what it receives.
    pub(super) fn pairs(&self) -> Vec<(&'a PartyId, &'a PartyId)> {
        let asked = &self.inquiry.parties;
        let mut pairs = BTreeSet::new();
        for one in asked {
            let bound = self.partners(one);
            for other in self.others(one).into_iter().filter(|other| bound.contains(other)) {
                pairs.insert((one, other));
                pairs.insert((other, one));
            }
        }
        let mut pairs: Vec<_> = pairs.into_iter().collect();
        pairs.sort_by_key(|(giver, receiver)| {
            (same_country(giver, receiver), !asked.contains(*giver))
        });
        pairs
    }

    /// The pairs asked about that no agreement binds.
    pub(super) fn unbound(&self) -> Vec<(PartyId, PartyId)> {
        let mut unbound = Vec::new();
        for one in &self.inquiry.parties {
            let bound = self.partners(one);
            let others = self.others(one).into_iter().filter(|other| one < *other);
            let free = others.filter(|other| !bound.contains(other));
            unbound.extend(free.map(|other| (one.clone(), other.clone())));
        }
        unbound
    }

    /// The question at a point, in the circumstances that permit most: what is ordered was asked
    /// for, what is pushed follows the worst event.
    pub(super) fn question(&self, point: Point<'_>) -> Question {
        let mut question = Question::new(
            point.action,
            point.giver.clone(),
            point.receiver.clone(),
            point.category.clone(),
            point.purpose.clone(),
            point.status,
            self.inquiry.on,
        );
        question.requested = matches!(point.action, Action::Request | Action::Order);
        question.event = (point.action == Action::Push).then_some(PUSHED_AFTER);
        question
    }

    /// What the agreements say at a point today, and where nothing permits, what one to come would.
    pub(super) fn answer(&mut self, point: Point<'_>) -> Answer {
        let question = self.question(point);
        let decision = decide(self.agreements, &question);
        let level = level_of(&decision);
        if level == Level::Nothing
            && let Some(decision) = self.in_prospect(&question, |_| true)
        {
            return Answer { level: Level::Coming, decision };
        }
        Answer { level, decision }
    }

    /// The decision of the first agreement to come under which the question would be permitted,
    /// and which `fits`.
    pub(super) fn in_prospect(
        &mut self,
        question: &Question,
        fits: impl Fn(&Decision) -> bool,
    ) -> Option<Decision> {
        for (id, on) in self.coming(&question.giver, &question.receiver) {
            let Some(now) = self.prospect.standing(&id).cloned() else { continue };
            let in_force = Standing::at(AgreementStatus::InForce);
            let tables = std::mem::take(&mut self.prospect).with_standing(&id, in_force);
            let asked = Question { on, under: Some(id.clone()), ..question.clone() };
            let decision = decide(&tables, &asked);
            self.prospect = tables.with_standing(&id, now);
            if is_open(&decision) && fits(&decision) {
                return Some(decision);
            }
        }
        None
    }

    /// The agreements between two parties that have no force yet, each with the instant at which
    /// it is asked: now, or the first day of its term when that is later.
    fn coming(&self, giver: &PartyId, receiver: &PartyId) -> Vec<(AgreementId, Time)> {
        let tables = self.binding(giver, receiver);
        tables.filter_map(|tables| Some((tables.id.clone(), self.comes(tables)?))).collect()
    }

    /// The agreements that bind two parties, in the order in which they are preferred.
    pub(super) fn binding(
        &self,
        giver: &PartyId,
        receiver: &PartyId,
    ) -> impl Iterator<Item = &'a AgreementTables> + use<'a> {
        let agreements = self.agreements;
        let pair = agreements.party_number(giver).zip(agreements.party_number(receiver));
        let shelf = pair.and_then(|(giver, receiver)| agreements.shelf(giver, receiver));
        let numbers = shelf.map(|shelf| shelf.agreements.as_slice()).unwrap_or_default();
        numbers.iter().filter_map(move |number| agreements.table(*number))
    }

    fn comes(&self, tables: &AgreementTables) -> Option<Time> {
        use AgreementStatus as S;
        let today = self.today(tables);
        let first = first_day(tables, today)?;
        let before_force = matches!(
            tables.standing.status,
            S::Proposed | S::Drafted | S::Initialled | S::SignedBySome { .. } | S::Signed { .. }
        );
        if first == today {
            return before_force.then_some(self.inquiry.on);
        }
        (before_force || tables.standing.status.has_force()).then(|| start_of(first, tables))?
    }

    /// The day asked about, at an agreement's offset.
    pub(super) fn today(&self, tables: &AgreementTables) -> Date {
        date_at_offset(self.inquiry.on, tables.utc_offset_hours)
    }

    /// Hours between an order and the earliest dispatch under the permits that a decision cites.
    pub(super) fn delay_hours(&self, clauses: &[ClauseRef]) -> i64 {
        let delay = |cited: &ClauseRef| {
            let (_, tables) = self.agreements.table_of(&cited.agreement)?;
            tables.grants.iter().find_map(|grant| match &grant.basis {
                Basis::Permit(permit) if tables.clause_id(grant.clause) == Some(&cited.clause) => {
                    Some(permit.delay_hours)
                }
                _ => None,
            })
        };
        clauses.iter().filter_map(delay).max().unwrap_or(0)
    }
}

/// Whether a decision permits, the amount and the sort of goods aside.
pub(super) fn is_open(decision: &Decision) -> bool {
    match &decision.outcome {
        Outcome::Permitted => true,
        Outcome::Refused => false,
        Outcome::Needs(needs) => {
            needs.iter().all(|need| matches!(need, Need::Quantity { .. } | Need::Commodity))
        }
    }
}

/// How much a decision lets happen, agreements to come aside.
pub(super) fn level_of(decision: &Decision) -> Level {
    if is_open(decision) {
        return Level::Permitted;
    }
    if let Outcome::Needs(needs) = &decision.outcome {
        let settled = |need: &Need| {
            matches!(need, Need::Consent { .. } | Need::Quantity { .. } | Need::Commodity)
        };
        // Whatever else is lacking, the agreement itself is not there yet.
        return if needs.iter().all(settled) { Level::Needs } else { Level::Nothing };
    }
    let rules = || decision.reasons.iter().map(|reason| &reason.rule);
    let forbids = |rule: &Rule| {
        matches!(
            rule,
            Rule::CategoryForbidden { .. }
                | Rule::PurposeForbidden { .. }
                | Rule::ActionForbidden { .. }
                | Rule::ModeForbidden { .. }
        )
    };
    // A forbid without force is cited with what it lacks, and forbids nothing.
    let is_forbidden = rules().next().is_some() && rules().all(forbids);
    if is_forbidden { Level::Forbidden } else { Level::Nothing }
}
