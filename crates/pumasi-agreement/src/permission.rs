//! Permissions as rows for the planner: who may send what to whom, by which clause.

use pumasi_base::catalog::Mode;
use pumasi_base::{
    AgreementId, CategoryId, ClauseId, CommodityId, PartyId, PurposeId, Quantity, Status, Time,
};

use crate::clauses::ceiling::Per;
use crate::compile::{AgreementTables, Agreements, Basis, Grant};
use crate::decide::{caps_that_bind, grants_that_hold};
use crate::question::{Action, Event, Question};
use crate::vocabulary;

/// What the planner plans for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Situation {
    /// What the aid is for.
    pub purpose: PurposeId,
    /// Whether it is actual, an exercise or a test.
    pub status: Status,
    /// When.
    pub on: Time,
    /// The event, when there is one; standing consents are tied to it.
    pub event: Option<Event>,
    /// Whom aid is planned for; empty means everyone.
    pub receivers: Vec<PartyId>,
}

/// A ceiling that a permission falls under.
///
/// Permissions that name one agreement and clause here share one ceiling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PermissionCeiling {
    /// The clause that sets it.
    pub clause: ClauseId,
    /// The most that may be given; in kilograms it counts mass.
    pub limit: Quantity,
    /// Over what it counts.
    pub per: Per,
    /// The categories of the permission that it counts.
    pub categories: Vec<CategoryId>,
    /// The commodities it counts; empty means all of the categories.
    pub commodities: Vec<CommodityId>,
}

/// One row: under one clause of one agreement, one giver may send some categories to one receiver.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Permission {
    /// The agreement.
    pub agreement: AgreementId,
    /// The clause that permits.
    pub clause: ClauseId,
    /// Who may give.
    pub giver: PartyId,
    /// Who may receive.
    pub receiver: PartyId,
    /// Which categories; never empty.
    pub categories: Vec<CategoryId>,
    /// Which commodities within them; empty means all.
    pub commodities: Vec<CommodityId>,
    /// By which modes; empty means all.
    pub modes: Vec<Mode>,
    /// Third parties through whom it may travel, beside the giver's and receiver's own countries.
    pub transit: Vec<PartyId>,
    /// Hours between the order and the earliest dispatch.
    pub delay_hours: i64,
    /// The ceilings it falls under.
    pub ceilings: Vec<PermissionCeiling>,
    /// Whether it may be sent before it is asked for; otherwise it may be on request.
    pub push: bool,
}

impl Agreements {
    /// Every permission that holds in `situation`, in order of giver, receiver, agreement, on
    /// request before push, and clause.
    ///
    /// Rows on request are those for which [`decide`](crate::decide()) permits an order, rows of
    /// push those for which it permits a push; quantities are left to the ceilings of the row.
    #[must_use]
    pub fn permissions(&self, situation: &Situation) -> Vec<Permission> {
        let categories: Vec<CategoryId> = vocabulary::categories().collect();
        let mut rows = Vec::new();
        for (giver, receiver, shelf) in self.shelves_by_pair() {
            let wanted = &situation.receivers;
            if !wanted.is_empty() && !wanted.contains(receiver) {
                continue;
            }
            for number in &shelf.agreements {
                for action in [Action::Order, Action::Push] {
                    let row = Row { agreements: self, number: *number, giver, receiver, action };
                    rows.extend(row.permissions(situation, &categories));
                }
            }
        }
        rows
    }
}

/// What the rows of one agreement, pair and action have in common.
struct Row<'a> {
    agreements: &'a Agreements,
    number: u32,
    giver: &'a PartyId,
    receiver: &'a PartyId,
    action: Action,
}

impl Row<'_> {
    fn permissions(&self, situation: &Situation, categories: &[CategoryId]) -> Vec<Permission> {
        let Some(tables) = self.agreements.table(self.number) else { return Vec::new() };
        let mut rows: Vec<Permission> = Vec::new();
        let Some(first) = categories.first() else { return rows };
        let mut question = Question::new(
            self.action,
            self.giver.clone(),
            self.receiver.clone(),
            first.clone(),
            situation.purpose.clone(),
            situation.status,
            situation.on,
        );
        question.event = situation.event;
        question.under = Some(tables.id.clone());
        for category in categories {
            question.category.clone_from(category);
            for (rule, modes) in grants_that_hold(self.agreements, &question) {
                let Some(grant) = tables.grants.get(usize::from(rule)) else { continue };
                let Some(new) = self.permission(tables, grant, modes, &question) else { continue };
                match rows.iter_mut().find(|row| row.clause == new.clause && row.modes == new.modes)
                {
                    Some(row) => row.take_in(new),
                    None => rows.push(new),
                }
            }
        }
        rows.sort_by(|a, b| (&a.clause, &a.modes).cmp(&(&b.clause, &b.modes)));
        rows
    }

    fn permission(
        &self,
        tables: &AgreementTables,
        grant: &Grant,
        modes: Vec<Mode>,
        question: &Question,
    ) -> Option<Permission> {
        let (commodities, transit, delay_hours, max) = match &grant.basis {
            Basis::Permit(permit) => {
                (&permit.commodities, &permit.transit, permit.delay_hours, None)
            }
            Basis::StandingConsent(consent) => {
                (&consent.commodities, &consent.transit, 0, consent.max)
            }
        };
        let clause = tables.clause_id(grant.clause)?.clone();
        let mut ceilings = self.ceilings(tables, question);
        ceilings.extend(max.map(|limit| PermissionCeiling {
            clause: clause.clone(),
            limit,
            per: Per::Incident,
            categories: vec![question.category.clone()],
            commodities: Vec::new(),
        }));
        Some(Permission {
            agreement: tables.id.clone(),
            clause,
            giver: self.giver.clone(),
            receiver: self.receiver.clone(),
            categories: vec![question.category.clone()],
            commodities: commodities.clone(),
            modes,
            transit: transit.clone(),
            delay_hours,
            ceilings,
            push: self.action == Action::Push,
        })
    }

    /// The ceilings that count what the question asks for.
    fn ceilings(&self, tables: &AgreementTables, question: &Question) -> Vec<PermissionCeiling> {
        caps_that_bind(self.agreements, tables, question)
            .filter_map(|cap| {
                Some(PermissionCeiling {
                    clause: tables.clause_id(cap.clause)?.clone(),
                    limit: cap.terms.quantity,
                    per: cap.terms.per,
                    categories: vec![question.category.clone()],
                    commodities: cap.terms.commodities.clone(),
                })
            })
            .collect()
    }
}

impl Permission {
    /// Takes in the same permission for another category.
    fn take_in(&mut self, other: Self) {
        self.categories.extend(other.categories);
        for ceiling in other.ceilings {
            match self.ceilings.iter_mut().find(|known| known.clause == ceiling.clause) {
                Some(known) => known.categories.extend(ceiling.categories),
                None => self.ceilings.push(ceiling),
            }
        }
    }
}
