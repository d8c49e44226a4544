//! The map of what exists and what is missing between parties.
//!
//! [`Map::of`] answers an [`Inquiry`] about some parties, a day and a purpose: who may do what with
//! whom ([`Row`]), how many partners each party has for each step of cooperation ([`Count`]), what
//! is about to lapse ([`Lapse`]), what nobody can send to whom ([`Gap`]), and which step two
//! parties could take next ([`Relation`]). Every figure comes from questions put to
//! [`decide`](crate::decide()); none comes from the title of an agreement.
//!
//! What exists is what is in force. Agreements that are only drafted or signed, or whose term has
//! not begun, are counted apart, each asked as if it alone had entered into force.

mod asking;
mod counts;
mod gaps;
mod ladder;
mod lapse;
mod matrix;
mod term;

use std::collections::BTreeSet;

use pumasi_base::{Catalog, PartyId, PurposeId, Status, Time};

use crate::Agreements;
use asking::Asking;
pub use counts::{Count, Relation, Rung, RungState};
pub use gaps::{Gap, Lack, Near, NearMiss};
pub use ladder::{Group, Ladder, Sign, Step};
pub use lapse::{Lapse, LapseKind};
pub use matrix::{Act, Level, MapCell, Row};

/// What is asked of the map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inquiry {
    /// Between whom; a single party is looked at with every partner it has.
    pub parties: BTreeSet<PartyId>,
    /// When.
    pub on: Time,
    /// For which purpose.
    pub purpose: PurposeId,
    /// Whether it is actual, an exercise or a test.
    pub status: Status,
    /// Days ahead in which something that ends is told.
    pub within_days: i64,
    /// Hours after an event in which help must be under way.
    pub first_hours: i64,
}

/// The map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Map {
    /// Who may do what with whom.
    pub rows: Vec<Row>,
    /// Pairs asked about that no agreement binds, each in order of their ids.
    pub unbound: Vec<(PartyId, PartyId)>,
    /// With how many partners each party asked about has taken each step.
    pub counts: Vec<Count>,
    /// What ends soon, soonest first.
    pub lapses: Vec<Lapse>,
    /// What nobody can send to whom.
    pub gaps: Vec<Gap>,
    /// Which steps two parties of different countries have taken, and which comes next.
    pub relations: Vec<Relation>,
}

impl Map {
    /// Draws the map of `agreements` with the groups and steps of `ladder`; `catalog` says what
    /// kind of body a party is.
    #[must_use]
    pub fn of(
        agreements: &Agreements,
        ladder: &Ladder,
        catalog: &Catalog,
        inquiry: &Inquiry,
    ) -> Self {
        let mut asking = Asking::new(agreements, inquiry);
        let pairs = asking.pairs();
        let rows = matrix::rows(&mut asking, ladder, &pairs);
        let mut standing = counts::Standings::new(&mut asking, ladder, catalog);
        let counts = standing.counts();
        let relations = standing.relations(&pairs);
        let gaps = gaps::gaps(&mut asking, ladder);
        Self {
            rows,
            unbound: asking.unbound(),
            counts,
            lapses: lapse::lapses(&asking),
            gaps,
            relations,
        }
    }
}
