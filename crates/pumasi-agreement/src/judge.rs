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
///
/// A [`tally`](Self::tally) keeps only what tells one verdict from another and takes no memory of
/// its own, so that any number of permits can be tried; a [`record`](Self::record) keeps what a
/// decision says.
#[derive(Debug)]
pub(crate) struct Verdict {
    /// The rank of the weightiest rule that is broken.
    weightiest: Option<u8>,
    /// What is still lacking, each once.
    needs: Needs,
    record: Option<Record>,
}

/// The words of a verdict.
#[derive(Debug, Default)]
pub(crate) struct Record {
    /// The rules that are broken.
    pub(crate) refusals: Vec<Reason>,
    /// What is still lacking, each with the rule that asks for it.
    pub(crate) needs: Vec<(Need, Reason)>,
    /// The clauses an answer that is no refusal cites.
    pub(crate) cites: Vec<(u16, Effect)>,
}

impl Verdict {
    /// A verdict of which only the outcome is wanted.
    pub(crate) const fn tally() -> Self {
        Self { weightiest: None, needs: Needs::none(), record: None }
    }

    /// A verdict that is to be explained.
    pub(crate) fn record() -> Self {
        Self { record: Some(Record::default()), ..Self::tally() }
    }

    /// The words; none were kept by a tally.
    pub(crate) fn into_record(self) -> Record {
        self.record.unwrap_or_default()
    }

    /// Notes that a clause bears on the answer.
    pub(crate) fn cite(&mut self, clause: u16, effect: Effect) {
        if let Some(record) = &mut self.record
            && !record.cites.contains(&(clause, effect))
        {
            record.cites.push((clause, effect));
        }
    }

    /// Notes a rule that is broken, and the clause that states it.
    pub(crate) fn refuse(&mut self, at: &At<'_>, rule: Rule, clause: Option<(u16, Effect)>) {
        let rank = rule.rank();
        self.weightiest = Some(self.weightiest.map_or(rank, |known| known.min(rank)));
        if let Some(record) = &mut self.record {
            record
                .refusals
                .push(Reason { rule, clause: clause.and_then(|clause| at.cited(clause)) });
        }
    }

    /// Notes a rule that can still be met, and the clause that asks for it.
    pub(crate) fn need(&mut self, at: &At<'_>, rule: Rule, clause: u16, need: Need) {
        self.cite(clause, Effect::Requires);
        if self.needs.contains(&need) {
            return;
        }
        if let Some(record) = &mut self.record {
            let clause = at.cited((clause, Effect::Requires));
            record.needs.push((need.clone(), Reason { rule, clause }));
        }
        self.needs.push(need);
    }

    pub(crate) const fn is_refused(&self) -> bool {
        self.weightiest.is_some()
    }

    pub(crate) const fn is_permitted(&self) -> bool {
        self.weightiest.is_none() && self.needs.is_empty()
    }

    /// Whether all that is lacking, if anything, is what `settled` names.
    pub(crate) fn needs_only(&self, settled: impl Fn(&Need) -> bool) -> bool {
        self.needs.iter().all(settled)
    }

    /// How far the question is from a permit: a need comes before a refusal, fewer needs before
    /// more, a light refusal before a weighty one. Less is nearer.
    pub(crate) fn distance(&self) -> (bool, usize, u8) {
        let weightiest = self.weightiest.unwrap_or(u8::MAX);
        (self.is_refused(), self.needs.iter().count(), u8::MAX - weightiest)
    }
}

/// How many needs a verdict holds in itself; hardly any question lacks more.
const NEEDS_INLINE: usize = 4;

/// A list of needs of which the first few take no memory of their own.
#[derive(Debug)]
struct Needs {
    first: [Option<Need>; NEEDS_INLINE],
    // INVARIANT: empty while there is room in `first`.
    more: Vec<Need>,
}

impl Needs {
    const fn none() -> Self {
        Self { first: [const { None }; NEEDS_INLINE], more: Vec::new() }
    }

    const fn is_empty(&self) -> bool {
        matches!(self.first, [None, ..])
    }

    fn iter(&self) -> impl Iterator<Item = &Need> {
        self.first.iter().flatten().chain(&self.more)
    }

    fn contains(&self, need: &Need) -> bool {
        self.iter().any(|known| known == need)
    }

    fn push(&mut self, need: Need) {
        match self.first.iter_mut().find(|place| place.is_none()) {
            Some(place) => *place = Some(need),
            None => self.more.push(need),
        }
    }
}
