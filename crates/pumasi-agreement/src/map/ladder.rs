//! Groups and steps with the words of agreements in place of texts.

use std::collections::BTreeSet;

use pumasi_base::catalog::PartyKind;
use pumasi_base::catalog::steps::{SignEntry, StepEntry};
use pumasi_base::{Captions, Catalog, CategoryId, GroupId, PartyId, PurposeId, StepId};

use crate::clauses::settlement::SettlementMode;
use crate::question::Action;
use crate::vocabulary;

/// Categories shown as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Its id.
    pub id: GroupId,
    /// What it is called.
    pub names: Captions,
    /// The categories.
    pub categories: Vec<CategoryId>,
    /// Whether its lack is a gap.
    pub relief: bool,
}

/// How a step is recognised in what agreements permit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sign {
    /// Any of these actions.
    pub actions: Vec<Action>,
    /// Any of these categories.
    pub categories: Vec<CategoryId>,
    /// Any of these purposes, never empty.
    pub purposes: Vec<PurposeId>,
    /// Settled in any of these ways; however when empty.
    pub settlements: BTreeSet<&'static str>,
}

/// A step of cooperation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Its id.
    pub id: StepId,
    /// What it is called.
    pub names: Captions,
    /// Why it stands where it stands.
    pub why: Captions,
    /// How it is recognised.
    pub signs: Vec<Sign>,
    kinds: Vec<PartyKind>,
    parties: Vec<PartyId>,
}

/// The groups, and the steps from the least to the most sensitive.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ladder {
    /// The groups, in the order in which they are shown.
    pub groups: Vec<Group>,
    /// The steps, the least sensitive first.
    pub steps: Vec<Step>,
}

impl Ladder {
    /// The groups and steps of a catalog, and every word in them that agreements do not use; what
    /// names such a word is left out.
    #[must_use]
    pub fn of(catalog: &Catalog) -> (Self, Vec<String>) {
        let mut faults = Faults::default();
        let groups = catalog.groups.iter().map(|entry| Group {
            id: entry.id.clone(),
            names: entry.names.clone(),
            categories: faults.categories(entry.id.as_str(), &entry.categories),
            relief: entry.relief,
        });
        let groups = groups.collect();
        let steps = catalog.steps.iter().map(|entry| faults.step(entry)).collect();
        (Self { groups, steps }, faults.0)
    }
}

impl Step {
    /// Whether the step makes sense between two parties.
    #[must_use]
    pub fn suits(&self, one: &PartyId, other: &PartyId, catalog: &Catalog) -> bool {
        let suits = |party: &PartyId| {
            let kind = catalog.parties.get(party).map(|entry| entry.kind);
            (self.kinds.is_empty() && self.parties.is_empty())
                || self.parties.contains(party)
                || kind.is_some_and(|kind| self.kinds.contains(&kind))
        };
        suits(one) && suits(other)
    }

    /// Whether taking the step could permit `action` for `category`.
    #[must_use]
    pub fn brings(&self, action: Action, category: &CategoryId, purpose: &PurposeId) -> bool {
        self.signs.iter().any(|sign| {
            sign.actions.contains(&action)
                && sign.categories.contains(category)
                && sign.purposes.contains(purpose)
        })
    }
}

/// What does not read.
#[derive(Default)]
struct Faults(Vec<String>);

impl Faults {
    /// The values that read; each that does not is noted.
    fn known<'a, T, U>(
        &mut self,
        entry: &str,
        what: &str,
        values: &'a [T],
        read: impl Fn(&'a T) -> Option<U>,
    ) -> Vec<U>
    where
        T: ToString,
    {
        let mut known = Vec::with_capacity(values.len());
        for value in values {
            match read(value) {
                Some(value) => known.push(value),
                None => {
                    let value = value.to_string();
                    self.0.push(format!(
                        "`{entry}` names the {what} `{value}`, which agreements do not use"
                    ));
                }
            }
        }
        known
    }

    fn categories(&mut self, entry: &str, ids: &[CategoryId]) -> Vec<CategoryId> {
        self.known(entry, "category", ids, |id| vocabulary::category(id).map(|_| id.clone()))
    }

    fn step(&mut self, entry: &StepEntry) -> Step {
        Step {
            id: entry.id.clone(),
            names: entry.names.clone(),
            why: entry.why.clone(),
            signs: entry.signs.iter().map(|sign| self.sign(entry.id.as_str(), sign)).collect(),
            kinds: entry.suits.kinds.clone(),
            parties: entry.suits.parties.clone(),
        }
    }

    fn sign(&mut self, entry: &str, sign: &SignEntry) -> Sign {
        let purposes = self.known(entry, "purpose", &sign.purposes, |id| {
            vocabulary::purpose(id).map(|_| id.clone())
        });
        let settlements = self.known(entry, "settlement", &sign.settlements, |code| {
            SettlementMode::CODES.into_iter().find(|known| known == code)
        });
        Sign {
            actions: self.known(entry, "action", &sign.actions, |code| code.parse().ok()),
            categories: self.categories(entry, &sign.categories),
            purposes: if sign.purposes.is_empty() {
                vocabulary::purposes().collect()
            } else {
                purposes
            },
            settlements: settlements.into_iter().collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: &str = "{ ko = 'x', ja = 'x', zh-Hans = 'x', en = 'x' }";

    /// Reads one step with this sign and expects these faults, joined.
    #[track_caller]
    fn check(sign: &str, expected: &str) {
        let text = format!(
            "[[source]]\nid = 's'\ntitle = 's'\npublisher = 's'\npublished = '2024'\n\
             [[group]]\nid = 'g'\nnames = {NAMES}\ncategories = ['food']\n\
             [[step]]\nid = 'a'\nnames = {NAMES}\nwhy = {NAMES}\nsource = 's'\n[[step.sign]]\n{sign}\n"
        );
        let catalog = Catalog::read(&[("steps.toml", &text)]).unwrap();
        let (ladder, faults) = Ladder::of(&catalog);
        assert_eq!(faults.join("; "), expected, "{sign}");
        assert_eq!((ladder.groups.len(), ladder.steps.len()), (1, 1));
    }

    #[test]
    fn a_word_that_agreements_do_not_use_is_named() {
        let right = "actions = ['push']\ncategories = ['food']\npurposes = ['evacuation']\nsettlements = ['loan']";
        let lacks = |what: &str| format!("`a` names the {what} `x`, which agreements do not use");
        check(right, "");
        check(&right.replace("push", "x"), &lacks("action"));
        check(&right.replace("food", "x"), &lacks("category"));
        check(&right.replace("evacuation", "x"), &lacks("purpose"));
        check(&right.replace("loan", "x"), &lacks("settlement"));
    }
}
