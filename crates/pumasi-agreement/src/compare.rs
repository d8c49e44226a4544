//! Compares two agreements, or two drafts of one, by what they let happen.
//!
//! [`compare`] asks both the same questions, over the abstraction by which
//! [`witness`](crate::prove::witness) proves: one pair for all of which both say the same, and every
//! action, category, purpose, status and mode that some permit of either reaches. Both are taken to
//! be in force and on their first day, so that drafts can be compared, and terms are compared apart.
//! Pushing is asked about unasked, at the worst; the triggers, hours and amounts that make it less
//! are compared as conditions and limits. Answers that agree but for a category, a purpose or the
//! like are merged into one row.

mod rows;
mod said;
mod told;

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use pumasi_base::catalog::Mode;
use pumasi_base::{CategoryId, ClauseId, PartyId, PurposeId, Status, Time};

pub use said::Said;
pub use told::{Area, Told};

use rows::{Row, merged};

use crate::agreement::Agreement;
use crate::compile::{Agreements, CompileError};
use crate::decide::decide;
use crate::grid::{Alike, Circumstance, MODES, WORST_UNREACHABLE, alike};
use crate::prove::may_be_permitted;
use crate::question::{Action, Decision, Effect, Need, Outcome, Question};
use crate::status::{AgreementStatus, Standing};
use crate::vocabulary;

/// How much an answer lets happen, least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Freedom {
    /// Nothing.
    Refused,
    /// It may be done once someone has consented.
    Needs,
    /// It may be done, perhaps for some commodities only.
    Permitted,
}

impl Freedom {
    /// The word interfaces use, which is that of the decision's outcome.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Refused => "refused",
            Self::Needs => "needs",
            Self::Permitted => "permitted",
        }
    }

    fn of(decision: &Decision) -> Self {
        let commodity = |need: &Need| matches!(need, Need::Commodity);
        match &decision.outcome {
            Outcome::Refused => Self::Refused,
            Outcome::Needs(needs) if !needs.iter().all(commodity) => Self::Needs,
            _ => Self::Permitted,
        }
    }
}

/// What one of the two agreements says of a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// How much it lets happen.
    pub freedom: Freedom,
    /// On which terms, as far as the row is about terms; empty when it sets none.
    pub terms: Vec<Said>,
    /// The clauses that say so; empty where it is silent.
    pub clauses: Vec<ClauseId>,
}

/// One row: questions that the two agreements answer differently, and all in the same way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// The steps.
    pub actions: Vec<Action>,
    /// Who gives to whom; empty means every pair that either agreement binds.
    pub pairs: Vec<(PartyId, PartyId)>,
    /// The categories.
    pub categories: Vec<CategoryId>,
    /// The purposes.
    pub purposes: Vec<PurposeId>,
    /// The statuses.
    pub statuses: Vec<Status>,
    /// The modes of transport; empty means all.
    pub modes: Vec<Mode>,
    /// What the first agreement says.
    pub a: Answer,
    /// What the second says.
    pub b: Answer,
}

/// How two agreements differ.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Comparison {
    /// What the second lets happen more freely than the first.
    pub permits_new: Vec<Cell>,
    /// What the first lets happen more freely than the second.
    pub forbids_new: Vec<Cell>,
    /// Where both let something happen, up to different amounts.
    pub limits: Vec<Cell>,
    /// Where both let something happen, on different conditions.
    pub conditions: Vec<Cell>,
    /// Where both let something happen, settled differently.
    pub settlements: Vec<Cell>,
    /// Where both let something happen, and passing on differs.
    pub passing_on: Vec<Cell>,
    /// What the two say of their time, when that differs.
    pub term: Option<(Answer, Answer)>,
}

impl Comparison {
    /// Whether the two let the same happen on the same terms.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Compares what `a` lets happen with what `b` does.
///
/// # Errors
/// When one of them has more clauses or parties than the tables can number.
pub fn compare(a: &Agreement, b: &Agreement) -> Result<Comparison, CompileError> {
    let (first, second) = (Side::of(a)?, Side::of(b)?);
    let everyone = |_: &PartyId, _: &PartyId| true;
    let alike = (alike(&first.compiled, &everyone), alike(&second.compiled, &everyone));
    let groups = gather(&alike.0, &alike.1);
    let mut rows = Rows::default();
    for (number, group) in groups.iter().enumerate() {
        group.ask(number, (&first, &second), &mut rows);
    }
    let cells = |rows: Vec<Row>| -> Vec<Cell> {
        merged(rows).into_iter().map(|row| row.cell(&groups)).collect()
    };
    Ok(Comparison {
        permits_new: cells(rows.permits_new),
        forbids_new: cells(rows.forbids_new),
        limits: cells(rows.limits),
        conditions: cells(rows.conditions),
        settlements: cells(rows.settlements),
        passing_on: cells(rows.passing_on),
        term: said::terms_differ(a, b),
    })
}

/// One of the two agreements, compiled.
struct Side<'a> {
    agreement: &'a Agreement,
    compiled: Agreements,
    first_day: Time,
}

/// What one agreement says of one question.
struct View {
    freedom: Answer,
    limits: Answer,
    conditions: Answer,
    settlement: Answer,
    passing_on: Answer,
}

impl<'a> Side<'a> {
    fn of(agreement: &'a Agreement) -> Result<Self, CompileError> {
        let standing = Standing::at(AgreementStatus::InForce);
        let standings = BTreeMap::from([(agreement.id().clone(), standing)]);
        let compiled = Agreements::compile_standing([agreement], &standings)?;
        let first = compiled.table(0).zip(agreement.term());
        let first_day = first.and_then(|(tables, term)| crate::grid::start_of(term.from?, tables));
        Ok(Self { agreement, compiled, first_day: first_day.unwrap_or(Time::UNIX_EPOCH) })
    }

    /// Asks a question on the first day.
    fn view(&self, question: &Question) -> View {
        let question = Question { on: self.first_day, ..question.clone() };
        let decision = decide(&self.compiled, &question);
        let freedom = Freedom::of(&decision);
        let answer = |(terms, clauses)| Answer { freedom, terms, clauses };
        let cites = |effects: &[Effect]| -> Vec<ClauseId> {
            let cited = decision.clauses.iter().filter(|c| effects.contains(&c.effect));
            let ids: BTreeSet<ClauseId> = cited.map(|c| c.clause.clone()).collect();
            ids.into_iter().collect()
        };
        let rests_on = match freedom {
            Freedom::Refused => cites(&[Effect::Forbids, Effect::Limits]),
            Freedom::Needs | Freedom::Permitted => cites(&[Effect::Permits]),
        };
        let grant = cites(&[Effect::Permits]);
        let grant = grant.first().and_then(|id| self.agreement.clause(id));
        View {
            freedom: answer((Vec::new(), rests_on)),
            limits: answer(said::limits(&self.compiled, grant, &question)),
            conditions: answer(said::conditions(grant)),
            settlement: answer((
                decision.settlement.iter().map(|term| Said::Settled(term.mode)).collect(),
                decision.settlement.iter().map(|term| term.clause.clone()).collect(),
            )),
            passing_on: answer(said::passing_on(&self.compiled, &question)),
        }
    }
}

/// Pairs of which both agreements say the same, with what each says.
pub(crate) struct Group<'a> {
    pub(crate) pairs: Vec<(&'a PartyId, &'a PartyId)>,
    alike: Vec<&'a Alike<'a>>,
}

/// The groups of both agreements, cut so that each pair is in one.
fn gather<'a>(first: &'a [Alike<'a>], second: &'a [Alike<'a>]) -> Vec<Group<'a>> {
    type Places = (Option<usize>, Option<usize>);
    let mut places: BTreeMap<(&PartyId, &PartyId), Places> = BTreeMap::new();
    for (place, group) in first.iter().enumerate() {
        for pair in &group.pairs {
            places.entry(*pair).or_default().0 = Some(place);
        }
    }
    for (place, group) in second.iter().enumerate() {
        for pair in &group.pairs {
            places.entry(*pair).or_default().1 = Some(place);
        }
    }
    let mut groups: BTreeMap<Places, Group<'a>> = BTreeMap::new();
    for (pair, (one, other)) in places {
        let alike = || {
            let one = one.and_then(|place| first.get(place));
            one.into_iter().chain(other.and_then(|place| second.get(place))).collect()
        };
        let group = groups
            .entry((one, other))
            .or_insert_with(|| Group { pairs: Vec::new(), alike: alike() });
        group.pairs.push(pair);
    }
    groups.into_values().collect()
}

/// What has been found to differ.
#[derive(Default)]
struct Rows {
    permits_new: Vec<Row>,
    forbids_new: Vec<Row>,
    limits: Vec<Row>,
    conditions: Vec<Row>,
    settlements: Vec<Row>,
    passing_on: Vec<Row>,
}

impl Group<'_> {
    /// Asks both sides every question about the first of its pairs.
    fn ask(&self, number: usize, sides: (&Side<'_>, &Side<'_>), rows: &mut Rows) {
        let Some((giver, receiver)) = self.pairs.first() else { return };
        let modes = self.modes();
        for (action_place, action) in Action::ALL.into_iter().enumerate() {
            for (category_place, category) in vocabulary::categories().enumerate() {
                for (purpose_place, purpose) in vocabulary::purposes().enumerate() {
                    let mut question = Question::new(
                        action,
                        (*giver).clone(),
                        (*receiver).clone(),
                        category.clone(),
                        purpose,
                        Status::Actual,
                        Time::UNIX_EPOCH,
                    );
                    if !self.alike.iter().any(|alike| may_be_permitted(alike, &question)) {
                        continue;
                    }
                    circumstance(action).apply(&mut question);
                    for (status_place, status) in STATUSES.into_iter().enumerate() {
                        question.status = status;
                        for (mode_place, mode) in modes.iter().enumerate() {
                            question.mode = *mode;
                            let place =
                                [number, action_place, category_place, purpose_place, status_place];
                            let mode_place = mode.map(|_| mode_place);
                            rows.take(Row::at(place, mode_place), sides, &question);
                        }
                    }
                }
            }
        }
    }

    /// The modes, or the mode not known where neither agreement names one.
    fn modes(&self) -> Vec<Option<Mode>> {
        if self.alike.iter().any(|alike| alike.names_modes()) {
            MODES.into_iter().map(Some).collect()
        } else {
            vec![None]
        }
    }
}

/// A kilogram of what moves; pushed unasked, when the worst has happened.
fn circumstance(action: Action) -> Circumstance {
    let event = (action == Action::Push).then_some(WORST_UNREACHABLE);
    let amount_milli = action.moves_goods().then_some(1000);
    Circumstance { mode: None, commodity: None, amount_milli, requested: false, event }
}

/// The statuses, in the order of rows.
pub(crate) const STATUSES: [Status; 3] = [Status::Actual, Status::Exercise, Status::Test];

impl Rows {
    /// Notes where the two differ about one question.
    fn take(&mut self, row: Row, sides: (&Side<'_>, &Side<'_>), question: &Question) {
        let (a, b) = (sides.0.view(question), sides.1.view(question));
        let into = match a.freedom.freedom.cmp(&b.freedom.freedom) {
            Ordering::Less => &mut self.permits_new,
            Ordering::Greater => &mut self.forbids_new,
            Ordering::Equal if a.freedom.freedom == Freedom::Refused => return,
            Ordering::Equal => {
                let pairs = [
                    (&mut self.limits, a.limits, b.limits),
                    (&mut self.conditions, a.conditions, b.conditions),
                    (&mut self.settlements, a.settlement, b.settlement),
                    (&mut self.passing_on, a.passing_on, b.passing_on),
                ];
                for (rows, a, b) in pairs.into_iter().filter(|(_, a, b)| a.terms != b.terms) {
                    rows.push(row.clone().saying(a, b));
                }
                return;
            }
        };
        into.push(row.saying(a.freedom, b.freedom));
    }
}

#[cfg(test)]
mod tests;
