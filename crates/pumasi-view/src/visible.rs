//! What was cleared for one reader, and the matters it was cleared from.

use std::collections::BTreeMap;

use pumasi_act::{ActId, Folded, State, Verified};
use pumasi_base::{PartyId, Status, Time};

/// A value cleared for its reader.
///
/// INVARIANT: only this crate makes one, after leaving out every matter whose audience does not
/// hold the reader. Whoever writes pages to the outside takes nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visible<T>(T);

impl<T> Visible<T> {
    pub(crate) const fn new(cleared: T) -> Self {
        Self(cleared)
    }

    /// The value.
    #[must_use]
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> AsRef<T> for Visible<T> {
    fn as_ref(&self) -> &T {
        &self.0
    }
}

/// A matter as a node holds it.
#[derive(Debug, Clone, Copy)]
pub struct Held<'a> {
    /// Its fold.
    pub folded: &'a Folded,
    /// The acts that were folded.
    pub acts: &'a [Verified],
}

/// A matter whose audience holds the reader, with its acts by id.
#[derive(Debug, Clone)]
pub(crate) struct Matter<'a> {
    pub(crate) folded: &'a Folded,
    pub(crate) state: &'a State,
    acts: BTreeMap<ActId, &'a Verified>,
}

impl<'a> Matter<'a> {
    /// The matter, when it is open and `reader` is in its audience.
    fn cleared(held: &Held<'a>, reader: &PartyId) -> Option<Self> {
        let state = held.folded.state.as_ref()?;
        if !state.genesis.audience.contains(reader) {
            return None;
        }
        let acts = held.acts.iter().map(|act| (act.id(), act)).collect();
        Some(Self { folded: held.folded, state, acts })
    }

    /// The act called `id`.
    pub(crate) fn act(&self, id: &ActId) -> Option<&'a Verified> {
        self.acts.get(id).copied()
    }

    /// Its acts, as far as they are folded, in causal order.
    pub(crate) fn folded_acts(&self) -> impl Iterator<Item = &'a Verified> {
        self.folded.order.iter().filter_map(|id| self.act(id))
    }

    /// The time its opening act claims.
    pub(crate) fn opened(&self) -> Option<Time> {
        self.act(&self.state.matter).map(|act| act.payload().time)
    }

    /// Where an act stands in causal order.
    pub(crate) fn rank(&self, id: &ActId) -> Option<usize> {
        self.folded.order.iter().position(|other| other == id)
    }
}

/// The matters of one case that one reader may see, first opened first.
///
/// Matters of one case but of different status are different cases: exercise and actual never mix.
#[derive(Debug, Clone)]
pub(crate) struct Case<'a> {
    /// The id pages use.
    pub(crate) id: String,
    pub(crate) status: Status,
    /// INVARIANT: never empty.
    pub(crate) matters: Vec<Matter<'a>>,
}

/// Every matter `reader` shares.
pub(crate) fn cleared<'a>(held: &[Held<'a>], reader: &PartyId) -> Vec<Matter<'a>> {
    held.iter().filter_map(|held| Matter::cleared(held, reader)).collect()
}

/// Every case `reader` may see something of, by id.
///
/// A case that exists in several statuses goes by its own name in the weightiest of them (actual,
/// exercise, test) and by its name, a dot and the status in the others.
pub(crate) fn cases<'a>(held: &[Held<'a>], reader: &PartyId) -> Vec<Case<'a>> {
    let mut grouped: BTreeMap<(&str, Status), Vec<Matter<'a>>> = BTreeMap::new();
    // The life of an agreement belongs to no case.
    let of_case = |matter: &Matter<'_>| matter.state.genesis.about.is_none();
    for matter in cleared(held, reader).into_iter().filter(of_case) {
        let genesis = &matter.state.genesis;
        grouped.entry((genesis.case.as_str(), genesis.status)).or_default().push(matter);
    }
    let mut last: Option<&str> = None;
    let mut cases = Vec::new();
    for ((case, status), mut matters) in grouped {
        matters.sort_by_key(|matter| (matter.opened(), matter.state.matter));
        let id = if last == Some(case) { format!("{case}.{status}") } else { case.to_owned() };
        last = Some(case);
        cases.push(Case { id, status, matters });
    }
    cases
}

/// The case called `id`, when `reader` may see something of it.
pub(crate) fn case<'a>(held: &[Held<'a>], reader: &PartyId, id: &str) -> Option<Case<'a>> {
    cases(held, reader).into_iter().find(|case| case.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::FactLine;
    use crate::report::ReportInputs;
    use crate::world::{Case as Played, lexicon, origin, party};

    /// Everything the pages of the case tell a reader, as one text.
    fn everything(played: &Played, reader: &str) -> String {
        let (lexicon, reader) = (lexicon(), party(reader));
        let facts: &[FactLine] = &[];
        let inputs = ReportInputs { period_hours: 6, attempts: &[], digests: &[], facts };
        played.held(|held| {
            let list = crate::case::cases(held, &reader).into_inner();
            let page = crate::case::case(&lexicon, held, &reader, "test", origin(), &[]);
            let situation =
                crate::situation::situation(&lexicon, held, &reader, None, origin(), &[]);
            let report = crate::report::report(&lexicon, held, &reader, "test", inputs);
            [
                serde_json::to_string(&list).unwrap(),
                serde_json::to_string(&page.map(Visible::into_inner)).unwrap(),
                serde_json::to_string(&situation.into_inner()).unwrap(),
                serde_json::to_string(&report.map(Visible::into_inner)).unwrap(),
            ]
            .concat()
        })
    }

    #[test]
    fn no_page_tells_a_reader_of_a_matter_it_does_not_share() {
        let played = Played::played(Status::Exercise);
        let acts = |world: &pumasi_act::testing::World| {
            world.acts.iter().map(|act| act.id().to_string()).collect::<Vec<_>>()
        };
        let (kr, cn) = (acts(&played.kr), acts(&played.cn));
        for (reader, mine, others) in [("kr", &kr, &cn), ("cn", &cn, &kr)] {
            let told = everything(&played, reader);
            assert!(mine.iter().all(|id| told.contains(id)), "{reader} misses its own acts");
            assert!(!others.iter().any(|id| told.contains(id)), "{reader} sees others' acts");
        }
        let told = everything(&played, "jp");
        assert!(kr.iter().chain(&cn).all(|id| told.contains(id)));
        assert!(!everything(&played, "ru").contains("test"), "an outsider learns of the case");
    }

    #[test]
    fn matters_of_different_status_are_different_cases() {
        let (actual, exercise) = (Played::played(Status::Actual), Played::played(Status::Exercise));
        let (one, other) = (actual.kr.folded(), exercise.kr.folded());
        let held = [
            Held { folded: &other, acts: &exercise.kr.acts },
            Held { folded: &one, acts: &actual.kr.acts },
        ];
        let found = cases(&held, &party("jp"));
        let shown: Vec<_> = found.iter().map(|c| format!("{} {}", c.id, c.status)).collect();
        assert_eq!(shown, ["test actual", "test.exercise exercise"]);
        assert!(case(&held, &party("jp"), "test.exercise").is_some());
        assert!(case(&held, &party("cn"), "test").is_none());
    }
}
