//! Which steps two parties have taken, with how many partners each, and which comes next.

use std::collections::BTreeMap;

use pumasi_base::{AgreementId, Catalog, PartyId, Status, StepId};

use super::asking::{Asking, Point, is_open};
use super::ladder::{Ladder, Sign, Step};
use crate::decide::decide;
use crate::question::{ClauseRef, Decision};
use crate::scope::same_country;

/// How far a step has been taken between two parties.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RungState {
    /// What is in force permits it, in one direction at least.
    InForce {
        /// The clauses that do.
        clauses: Vec<ClauseRef>,
    },
    /// Only an agreement that is not in force yet would.
    Coming {
        /// Which.
        agreement: AgreementId,
        /// Its clauses.
        clauses: Vec<ClauseRef>,
    },
    /// Neither.
    Missing,
}

impl RungState {
    /// The word interfaces use.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::InForce { .. } => "in_force",
            Self::Coming { .. } => "coming",
            Self::Missing => "missing",
        }
    }
}

/// One step between two parties.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rung {
    /// The step.
    pub step: StepId,
    /// How far it has been taken.
    pub state: RungState,
}

/// With how many partners a party has taken a step, whatever partners were asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// The party.
    pub party: PartyId,
    /// The step.
    pub step: StepId,
    /// The partners with whom it is in force.
    pub in_force: Vec<PartyId>,
    /// The further partners with whom it is drafted or signed only.
    pub coming: Vec<PartyId>,
}

impl Count {
    /// How many of these partners belong to another country than the party, or to none.
    #[must_use]
    pub fn abroad(&self, partners: &[PartyId]) -> usize {
        partners.iter().filter(|partner| !same_country(&self.party, partner)).count()
    }
}

/// Pairs of parties that have taken the same steps by the same clauses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// The pairs, each in order of their ids; never empty.
    pub pairs: Vec<(PartyId, PartyId)>,
    /// Every step, the least sensitive first.
    pub rungs: Vec<Rung>,
    /// The least sensitive step that makes sense between them and is not in force.
    pub next: Option<StepId>,
}

/// Finds out how far steps have been taken, once for each pair.
pub(super) struct Standings<'s, 'a> {
    asking: &'s mut Asking<'a>,
    ladder: &'s Ladder,
    catalog: &'s Catalog,
    known: BTreeMap<(PartyId, PartyId), Vec<Rung>>,
}

impl<'s, 'a> Standings<'s, 'a> {
    pub(super) const fn new(
        asking: &'s mut Asking<'a>,
        ladder: &'s Ladder,
        catalog: &'s Catalog,
    ) -> Self {
        Self { asking, ladder, catalog, known: BTreeMap::new() }
    }

    /// For each party asked about, and each step, the partners it has.
    pub(super) fn counts(&mut self) -> Vec<Count> {
        let mut counts = Vec::new();
        for party in &self.asking.inquiry.parties {
            let partners = self.asking.partners(party);
            let ladders: Vec<(&PartyId, Vec<Rung>)> =
                partners.into_iter().map(|partner| (partner, self.rungs(party, partner))).collect();
            for (place, step) in self.ladder.steps.iter().enumerate() {
                let having = |code: &str| {
                    let having = ladders.iter().filter(|(_, rungs)| {
                        rungs.get(place).is_some_and(|rung| rung.state.code() == code)
                    });
                    having.map(|(partner, _)| (*partner).clone()).collect::<Vec<_>>()
                };
                counts.push(Count {
                    party: party.clone(),
                    step: step.id.clone(),
                    in_force: having("in_force"),
                    coming: having("coming"),
                });
            }
        }
        counts
    }

    /// How the pairs asked about stand to each other; those of one country are left out, for
    /// which the order of steps is not made.
    pub(super) fn relations(&mut self, pairs: &[(&PartyId, &PartyId)]) -> Vec<Relation> {
        let ordered = pairs.iter().filter(|(one, other)| one < other);
        let mut all: Vec<(PartyId, PartyId)> =
            ordered.map(|(one, other)| ((*one).clone(), (*other).clone())).collect();
        all.extend(self.asking.unbound());
        all.retain(|(one, other)| !same_country(one, other));
        all.sort();
        let mut relations: Vec<Relation> = Vec::new();
        for (one, other) in all {
            let rungs = self.rungs(&one, &other);
            let next = self.next(&one, &other, &rungs);
            match relations.iter_mut().find(|r| r.rungs == rungs && r.next == next) {
                Some(relation) => relation.pairs.push((one, other)),
                None => relations.push(Relation { pairs: vec![(one, other)], rungs, next }),
            }
        }
        relations
    }

    fn next(&self, one: &PartyId, other: &PartyId, rungs: &[Rung]) -> Option<StepId> {
        let mut open = self.ladder.steps.iter().zip(rungs).filter(|(step, rung)| {
            !matches!(rung.state, RungState::InForce { .. }) && step.suits(one, other, self.catalog)
        });
        open.next().map(|(step, _)| step.id.clone())
    }

    fn rungs(&mut self, one: &PartyId, other: &PartyId) -> Vec<Rung> {
        let pair = if one < other { (one, other) } else { (other, one) };
        let key = (pair.0.clone(), pair.1.clone());
        if let Some(known) = self.known.get(&key) {
            return known.clone();
        }
        let ladder = self.ladder;
        let steps = ladder.steps.iter();
        let rungs: Vec<Rung> = steps
            .map(|step| Rung { step: step.id.clone(), state: self.state(step, pair) })
            .collect();
        self.known.insert(key, rungs.clone());
        rungs
    }

    fn state(&mut self, step: &Step, (one, other): (&PartyId, &PartyId)) -> RungState {
        let asking = &mut *self.asking;
        if asking.binding(one, other).next().is_none() {
            return RungState::Missing;
        }
        let found = first_met(step, one, other, |sign, point| {
            let decision = decide(asking.agreements, &asking.question(point));
            (is_open(&decision) && is_settled(sign, &decision)).then_some(decision)
        });
        if let Some(decision) = found {
            return RungState::InForce { clauses: decision.clauses };
        }
        let coming = first_met(step, one, other, |sign, point| {
            let question = asking.question(point);
            asking.in_prospect(&question, |decision| is_settled(sign, decision))
        });
        match coming.and_then(|decision| Some((decision.under?, decision.clauses))) {
            Some((agreement, clauses)) => RungState::Coming { agreement, clauses },
            None => RungState::Missing,
        }
    }
}

/// The first answer `ask` gives to any sign of the step, in either direction, for actual aid.
fn first_met(
    step: &Step,
    one: &PartyId,
    other: &PartyId,
    mut ask: impl FnMut(&Sign, Point<'_>) -> Option<Decision>,
) -> Option<Decision> {
    let status = Status::Actual;
    for sign in &step.signs {
        for (giver, receiver) in [(one, other), (other, one)] {
            for action in &sign.actions {
                for category in &sign.categories {
                    for purpose in &sign.purposes {
                        let action = *action;
                        let point = Point { action, giver, receiver, category, purpose, status };
                        let found = ask(sign, point);
                        if found.is_some() {
                            return found;
                        }
                    }
                }
            }
        }
    }
    None
}

/// Whether what was decided is settled in a way that the sign names, if it names any.
fn is_settled(sign: &Sign, decision: &Decision) -> bool {
    sign.settlements.is_empty()
        || decision.settlement.iter().any(|term| sign.settlements.contains(term.mode.code()))
}
