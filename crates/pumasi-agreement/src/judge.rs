//! The workings of one judgement: the question seen from one agreement, and what has been found.

use pumasi_base::{Date, PartyId, Quantity};

use crate::compile::AgreementTables;
use crate::question::{ClauseRef, ConsentTo, Effect, Need, Question};
use crate::reason::{Reason, Rule};

/// A question as one agreement sees it.
pub(crate) struct At<'a> {
    pub(crate) question: &'a Question,
    pub(crate) tables: &'a AgreementTables,
    /// The day of the question at the agreement's offset.
    pub(crate) date: Date,
}

impl<'a> At<'a> {
    pub(crate) fn new(question: &'a Question, tables: &'a AgreementTables) -> Self {
        let date = pumasi_base::time::date_at_offset(question.on, tables.utc_offset_hours);
        Self { question, tables, date }
    }

    /// Whether `by` has already consented.
    pub(crate) fn consented(&self, by: &PartyId, to: &ConsentTo) -> bool {
        self.question.consents.iter().any(|consent| consent.by == *by && consent.to == *to)
    }

    /// What the ceiling of a clause holds already.
    pub(crate) fn held(&self, clause: u16) -> Option<Quantity> {
        self.question.used.of(&self.tables.id, self.tables.clause_id(clause)?)
    }

    pub(crate) fn cited(&self, (clause, effect): (u16, Effect)) -> Option<ClauseRef> {
        let clause = self.tables.clause_id(clause)?.clone();
        Some(ClauseRef { agreement: self.tables.id.clone(), clause, effect })
    }
}

/// What one agreement has to say; neither refusals nor needs means permitted.
#[derive(Debug, Default)]
pub(crate) struct Verdict {
    /// The rules that are broken.
    pub(crate) refusals: Vec<Reason>,
    /// What is still lacking, each with the rule that asks for it.
    pub(crate) needs: Vec<(Need, Reason)>,
    /// The clauses an answer that is no refusal cites.
    pub(crate) cites: Vec<(u16, Effect)>,
}

impl Verdict {
    /// Notes that a clause bears on the answer.
    pub(crate) fn cite(&mut self, clause: u16, effect: Effect) {
        if !self.cites.contains(&(clause, effect)) {
            self.cites.push((clause, effect));
        }
    }

    /// Notes a rule that is broken, and the clause that states it.
    pub(crate) fn refuse(&mut self, at: &At<'_>, rule: Rule, clause: Option<(u16, Effect)>) {
        self.refusals.push(Reason { rule, clause: clause.and_then(|clause| at.cited(clause)) });
    }

    /// Notes a rule that can still be met, and the clause that asks for it.
    pub(crate) fn need(&mut self, at: &At<'_>, rule: Rule, clause: u16, need: Need) {
        let cited = (clause, Effect::Requires);
        self.cite(clause, Effect::Requires);
        if !self.needs.iter().any(|(known, _)| *known == need) {
            self.needs.push((need, Reason { rule, clause: at.cited(cited) }));
        }
    }

    pub(crate) const fn is_refused(&self) -> bool {
        !self.refusals.is_empty()
    }

    pub(crate) const fn is_permitted(&self) -> bool {
        self.refusals.is_empty() && self.needs.is_empty()
    }

    /// How far the question is from a permit: a need comes before a refusal, fewer needs before
    /// more, a light refusal before a weighty one. Less is nearer.
    pub(crate) fn distance(&self) -> (bool, usize, u8) {
        let weightiest = self.refusals.iter().map(|reason| reason.rule.rank()).min();
        (self.is_refused(), self.needs.len(), u8::MAX - weightiest.unwrap_or(u8::MAX))
    }
}
