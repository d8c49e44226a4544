//! The search: one change, then two, then another category, each judged by `decide`.

use pumasi_base::{Quantity, Unit};

use super::variants::{self, Kind};
use super::{Alternative, Bounds, Change};
use crate::compile::Agreements;
use crate::decide::decide;
use crate::question::{Decision, Need, Outcome, Question};

/// Thousandths of a unit.
const THOUSAND: i64 = 1000;

/// What an answer must be to count.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    /// It permits.
    Permitted,
    /// It permits, or needs less than the answer to the question asked.
    Better,
}

pub(super) struct Search<'a> {
    agreements: &'a Agreements,
    question: &'a Question,
    /// What the question asked lacks; none when it is refused.
    needs: Option<&'a [Need]>,
    bounds: &'a Bounds,
    decided: usize,
    found: Vec<Alternative>,
}

impl<'a> Search<'a> {
    pub(super) fn new(
        agreements: &'a Agreements,
        question: &'a Question,
        decision: &'a Decision,
        bounds: &'a Bounds,
    ) -> Self {
        let needs = match &decision.outcome {
            Outcome::Needs(needs) => Some(needs.as_slice()),
            Outcome::Permitted | Outcome::Refused => None,
        };
        Self { agreements, question, needs, bounds, decided: 0, found: Vec::new() }
    }

    pub(super) fn run(mut self) -> Vec<Alternative> {
        let is_sensitive = variants::is_sensitive(self.question);
        let kinds = Kind::open_to(is_sensitive);
        self.one_change(kinds);
        if !self.has_permitted() {
            self.two_changes(kinds);
        }
        if self.found.is_empty() && !is_sensitive {
            self.other_categories();
        }
        self.shown()
    }

    fn has_permitted(&self) -> bool {
        self.found.iter().any(|found| found.decision.is_permitted())
    }

    /// Tries each single change.
    fn one_change(&mut self, kinds: &[Kind]) {
        self.try_less(self.question, &[]);
        for kind in kinds {
            for (change, question) in self.variants(*kind, self.question) {
                self.consider(vec![change], question);
            }
        }
    }

    /// Tries each two changes of different kinds, the farther of them made first.
    fn two_changes(&mut self, kinds: &[Kind]) {
        for (place, outer) in kinds.iter().enumerate() {
            for (change, question) in self.variants(*outer, self.question) {
                if self.is_spent() {
                    return;
                }
                self.try_less(&question, std::slice::from_ref(&change));
                for inner in kinds.iter().take(place) {
                    for (nearer, question) in self.variants(*inner, &question) {
                        self.consider(vec![nearer, change.clone()], question);
                    }
                }
            }
        }
    }

    /// Tries every other category, without the commodity and its quantity, which belong to it.
    fn other_categories(&mut self) {
        for (change, question) in self.variants(Kind::Category, self.question) {
            self.consider(vec![change], question);
        }
    }

    fn variants(&self, kind: Kind, question: &Question) -> Vec<(Change, Question)> {
        variants::of(kind, self.agreements, question, self.bounds)
    }

    const fn is_spent(&self) -> bool {
        self.decided >= self.bounds.decisions_max
    }

    /// Decides a question, as long as that is within the bounds.
    fn decide(&mut self, question: &Question) -> Option<Decision> {
        if self.is_spent() {
            return None;
        }
        self.decided += 1;
        Some(decide(self.agreements, question))
    }

    fn is_wanted(&self, decision: &Decision, wanted: Wanted) -> bool {
        match &decision.outcome {
            Outcome::Permitted => true,
            Outcome::Refused => false,
            Outcome::Needs(needs) => {
                let fewer = |known: &[Need]| {
                    needs.len() < known.len() && needs.iter().all(|need| known.contains(need))
                };
                wanted == Wanted::Better && self.needs.is_none_or(fewer)
            }
        }
    }

    /// Keeps a question so changed if its answer is better.
    ///
    /// What needs something is not kept where one of its changes alone was: nothing was gained.
    fn consider(&mut self, changes: Vec<Change>, question: Question) {
        let Some(decision) = self.decide(&question) else { return };
        if !self.is_wanted(&decision, Wanted::Better) {
            return;
        }
        let is_wider = |found: &Alternative| {
            found.changes.len() < changes.len()
                && found.changes.iter().all(|change| changes.contains(change))
        };
        if decision.is_permitted() || !self.found.iter().any(is_wider) {
            self.found.push(Alternative { changes, question, decision });
        }
    }

    /// Tries the largest quantity below the one asked, after `changes`.
    fn try_less(&mut self, question: &Question, changes: &[Change]) {
        let less = self
            .largest(question, Wanted::Permitted)
            .or_else(|| self.largest(question, Wanted::Better));
        let Some((to, question)) = less else { return };
        let mut all = vec![Change::Quantity { to }];
        all.extend_from_slice(changes);
        self.consider(all, question);
    }

    /// The largest quantity below the one asked whose answer is wanted, by halving.
    ///
    /// INVARIANT: ceilings only refuse what is too much, so an answer that is wanted stays so for
    /// less of it, and halving finds the exact bound; nothing else depends on the quantity.
    fn largest(&mut self, question: &Question, wanted: Wanted) -> Option<(Quantity, Question)> {
        let measure = Measure::of(question, self.bounds.unit_mass_g)?;
        let mut holds = |steps: i64| {
            let question = measure.with(question, steps)?;
            let decision = self.decide(&question)?;
            self.is_wanted(&decision, wanted).then_some(question)
        };
        let (mut low, mut high) = (1, measure.steps_asked);
        if low >= high || holds(high).is_some() {
            return None;
        }
        let mut best = holds(low)?;
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            match holds(middle) {
                Some(question) => (low, best) = (middle, question),
                None => high = middle,
            }
        }
        Some((measure.quantity(low)?, best))
    }

    /// What is shown of what was found; what needs something only where nothing is permitted.
    fn shown(mut self) -> Vec<Alternative> {
        if self.has_permitted() {
            self.found.retain(|found| found.decision.is_permitted());
        }
        self.found.sort_by_key(|found| {
            let kinds: Vec<u8> = found.changes.iter().map(Change::rank).collect();
            (found.changes.len(), kinds)
        });
        let mut shown: Vec<Alternative> = Vec::new();
        for found in self.found {
            let kinds =
                |one: &Alternative| one.changes.iter().map(Change::rank).collect::<Vec<_>>();
            let alike = shown.iter().filter(|other| kinds(other) == kinds(&found)).count();
            // Days stand nearest first, and any but the nearest says nothing more.
            let is_day = found.changes.iter().any(|change| matches!(change, Change::Day { .. }));
            let most = if is_day { 1 } else { self.bounds.per_kind_max };
            if alike < most && shown.len() < self.bounds.shown_max {
                shown.push(found);
            }
        }
        shown
    }
}

/// How what is asked can be made less: in steps of a whole piece or of a thousandth.
struct Measure {
    unit: Unit,
    /// Thousandths of the unit in one step.
    step_milli: i64,
    /// Steps that reach what was asked.
    steps_asked: i64,
    asked_milli: i64,
    has_quantity: bool,
    mass_g: Option<i64>,
    unit_mass_g: Option<i64>,
}

impl Measure {
    /// None where no goods move or nothing was said of how much.
    fn of(question: &Question, unit_mass_g: Option<i64>) -> Option<Self> {
        if !question.action.moves_goods() {
            return None;
        }
        let quantity = question.quantity;
        let asked = quantity
            .map_or_else(|| Quantity::milli(question.mass_g?, Unit::Kilogram).ok(), Some)?;
        let step_milli = match asked.unit() {
            Unit::Each | Unit::PersonDay => THOUSAND,
            Unit::Litre | Unit::Kilogram | Unit::KilowattHour => 1,
        };
        let asked_milli = asked.as_milli();
        // The number of steps that is not below what was asked, rounded up.
        let steps_asked = asked_milli.checked_add(step_milli - 1)? / step_milli;
        Some(Self {
            unit: asked.unit(),
            step_milli,
            steps_asked,
            asked_milli,
            has_quantity: quantity.is_some(),
            mass_g: question.mass_g,
            unit_mass_g,
        })
    }

    fn quantity(&self, steps: i64) -> Option<Quantity> {
        Quantity::milli(steps.checked_mul(self.step_milli)?.min(self.asked_milli), self.unit).ok()
    }

    fn with(&self, question: &Question, steps: i64) -> Option<Question> {
        let quantity = self.quantity(steps)?;
        let mut less = question.clone();
        less.quantity = self.has_quantity.then_some(quantity);
        less.mass_g = match self.mass_g {
            Some(asked_g) => Some(self.mass_of(quantity, asked_g)?),
            None => None,
        };
        Some(less)
    }

    /// Grams of so much, rounded down as every question counts them.
    fn mass_of(&self, quantity: Quantity, asked_g: i64) -> Option<i64> {
        let milli = i128::from(quantity.as_milli());
        let exact = match self.unit_mass_g {
            Some(unit_g) => milli * i128::from(unit_g) / i128::from(THOUSAND),
            None => milli * i128::from(asked_g) / i128::from(self.asked_milli),
        };
        i64::try_from(exact).ok()
    }
}
