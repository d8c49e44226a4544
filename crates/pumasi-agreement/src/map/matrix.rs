//! Who may do what with whom, group by group.

use pumasi_base::{CategoryId, GroupId, PartyId};

use super::asking::{Answer, Asking, Point};
use super::ladder::{Group, Ladder};
use crate::question::{Action, ClauseRef, Need, Outcome};

/// How much the agreements let happen; the more, the greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// No agreement in force or to come permits it.
    Nothing,
    /// A clause in force forbids it.
    Forbidden,
    /// Only an agreement that is not in force yet would permit it.
    Coming,
    /// It is permitted once somebody has consented.
    Needs,
    /// It is permitted; ceilings count the amount, and a clause may name goods.
    Permitted,
}

impl Level {
    /// The word interfaces use.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Forbidden => "forbidden",
            Self::Coming => "coming",
            Self::Needs => "needs",
            Self::Permitted => "permitted",
        }
    }
}

/// Pairs of giver and receiver between which the same clauses let the same happen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The pairs, giver first; never empty.
    pub pairs: Vec<(PartyId, PartyId)>,
    /// One cell for each group, in their order.
    pub cells: Vec<MapCell>,
}

/// What may be done with one group of categories.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MapCell {
    /// The group.
    pub group: GroupId,
    /// The acts of which the agreements have something to say, in the order of [`Action::ALL`]; of
    /// all others nothing permits or forbids them.
    pub acts: Vec<Act>,
}

/// One act with one group of categories.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    /// The act.
    pub action: Action,
    /// The most that holds for any category of the group, never [`Level::Nothing`].
    pub level: Level,
    /// The categories for which it holds; less holds for the others of the group.
    pub categories: Vec<CategoryId>,
    /// Whether it holds for the goods alone that a clause names.
    pub named_only: bool,
    /// The clauses that say so.
    pub clauses: Vec<ClauseRef>,
}

impl MapCell {
    /// What may be done by one act.
    #[must_use]
    pub fn level(&self, action: Action) -> Level {
        self.acts.iter().find(|act| act.action == action).map_or(Level::Nothing, |act| act.level)
    }
}

/// One row for all pairs of which the map says the same; pairs of one country, and with a single
/// party asked about its giving and its receiving, stay apart.
pub(super) fn rows(
    asking: &mut Asking<'_>,
    ladder: &Ladder,
    pairs: &[(&PartyId, &PartyId)],
) -> Vec<Row> {
    let single = asking.inquiry.parties.len() == 1;
    let mut rows: Vec<Row> = Vec::new();
    for (giver, receiver) in pairs {
        let cells: Vec<MapCell> =
            ladder.groups.iter().map(|group| cell(asking, group, giver, receiver)).collect();
        let gives = |giver: &PartyId| !single || asking.inquiry.parties.contains(giver);
        let alike = |row: &&mut Row| {
            let first = row.pairs.first();
            row.cells == cells
                && first.is_some_and(|(g, r)| {
                    gives(g) == gives(giver)
                        && crate::scope::same_country(g, r)
                            == crate::scope::same_country(giver, receiver)
                })
        };
        let pair = ((*giver).clone(), (*receiver).clone());
        match rows.iter_mut().find(alike) {
            Some(row) => row.pairs.push(pair),
            None => rows.push(Row { pairs: vec![pair], cells }),
        }
    }
    rows
}

fn cell(asking: &mut Asking<'_>, group: &Group, giver: &PartyId, receiver: &PartyId) -> MapCell {
    let acts = Action::ALL.into_iter().filter_map(|action| {
        let answers = group.categories.iter().map(|category| {
            let (purpose, status) = (&asking.inquiry.purpose, asking.inquiry.status);
            let point = Point { action, giver, receiver, category, purpose, status };
            (category, asking.answer(point))
        });
        act(action, &answers.collect::<Vec<_>>())
    });
    MapCell { group: group.id.clone(), acts: acts.collect() }
}

/// The most that holds for any of the categories; none when that is nothing.
fn act(action: Action, answers: &[(&CategoryId, Answer)]) -> Option<Act> {
    let level = answers.iter().map(|(_, answer)| answer.level).max()?;
    if level == Level::Nothing {
        return None;
    }
    let mut act =
        Act { action, level, categories: Vec::new(), named_only: true, clauses: Vec::new() };
    for (category, answer) in answers.iter().filter(|(_, answer)| answer.level == level) {
        let decision = &answer.decision;
        act.categories.push((*category).clone());
        act.named_only &=
            matches!(&decision.outcome, Outcome::Needs(needs) if needs.contains(&Need::Commodity));
        for clause in &decision.clauses {
            if !act.clauses.contains(clause) {
                act.clauses.push(clause.clone());
            }
        }
    }
    Some(act)
}
