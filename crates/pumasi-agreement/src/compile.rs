//! Turns agreements into tables that answer at once, however many agreements there are.
//!
//! Parties, categories, purposes and actions become small numbers; every ordered pair of giver
//! and receiver points to a shelf, which lists what permits and what forbids by category and
//! purpose. Pairs with equal lists share one shelf, so that an agreement among forty-seven
//! prefectures costs little more than one among two.

use std::collections::BTreeMap;

use pumasi_base::catalog::Mode;
use pumasi_base::{AgreementId, CategoryId, ClauseId, Date, PartyId, PurposeId, Status};

use crate::agreement::{Agreement, LawLevel};
use crate::clauses::ceiling::Ceiling;
use crate::clauses::forbid::Forbid;
use crate::clauses::permit::Permit;
use crate::clauses::settlement::Settlement;
use crate::clauses::standing_consent::StandingConsent;
use crate::clauses::survival::Survival;
use crate::clauses::term::Term;
use crate::clauses::third_party::ThirdParty;
use crate::index::Index;
use crate::judge::{At, Verdict};
use crate::question::{Action, Question};
use crate::scope::Scope;
use crate::status::Standing;
use crate::vocabulary;

/// Whom and what a clause reaches, as masks and numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reach {
    pub(crate) actions: u64,
    pub(crate) categories: u64,
    pub(crate) purposes: u64,
    statuses: u64,
    modes: u64,
    givers: Option<Vec<u32>>,
    receivers: Option<Vec<u32>>,
}

/// A place in the grid of pairs, categories and purposes, in numbers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Spot {
    pub(crate) giver: u32,
    pub(crate) receiver: u32,
    pub(crate) category: u8,
    pub(crate) purpose: u8,
    pub(crate) action: u8,
}

impl Reach {
    pub(crate) fn reaches_parties(&self, giver: u32, receiver: u32) -> bool {
        let among = |list: &Option<Vec<u32>>, party: u32| {
            list.as_ref().is_none_or(|parties| parties.binary_search(&party).is_ok())
        };
        among(&self.givers, giver) && among(&self.receivers, receiver)
    }

    /// Whether a clause beside the permits (a ceiling, a settlement) reaches the spot; while the
    /// mode is not known, one that names modes does.
    pub(crate) fn reaches(&self, spot: Spot, question: &Question) -> bool {
        has(self.categories, spot.category)
            && has(self.purposes, spot.purpose)
            && has(self.actions, spot.action)
            && self.reaches_parties(spot.giver, spot.receiver)
            && self.reaches_status(question.status)
            && question.mode.is_none_or(|mode| self.reaches_mode(Some(mode)))
    }

    pub(crate) const fn reaches_status(&self, status: Status) -> bool {
        has(self.statuses, status_number(status))
    }

    /// Whether it reaches a mode; a mode not known yet is reached by what reaches every mode.
    pub(crate) fn reaches_mode(&self, mode: Option<Mode>) -> bool {
        mode.map_or(self.modes == u64::MAX, |mode| has(self.modes, mode_number(mode)))
    }

    /// Whether it names modes, and so does not reach all.
    pub(crate) const fn names_modes(&self) -> bool {
        self.modes != u64::MAX
    }
}

const fn has(mask: u64, bit: u8) -> bool {
    bit < 64 && mask & (1 << bit) != 0
}

/// A mask of the numbers given; everything when the list they come from is empty.
fn mask(numbers: impl Iterator<Item = Option<u8>>, is_empty: bool) -> u64 {
    if is_empty {
        return u64::MAX;
    }
    numbers.flatten().fold(0, |mask, bit| if bit < 64 { mask | (1 << bit) } else { mask })
}

const fn status_number(status: Status) -> u8 {
    match status {
        Status::Actual => 0,
        Status::Exercise => 1,
        Status::Test => 2,
    }
}

const fn mode_number(mode: Mode) -> u8 {
    match mode {
        Mode::Sea => 0,
        Mode::Air => 1,
        Mode::Road => 2,
        Mode::Rail => 3,
        Mode::Grid => 4,
    }
}

const fn action_number(action: Action) -> u8 {
    match action {
        Action::Request => 0,
        Action::Offer => 1,
        Action::Order => 2,
        Action::Push => 3,
        Action::Transit => 4,
        Action::Share => 5,
    }
}

/// What a grant rests on.
#[derive(Debug, Clone)]
pub(crate) enum Basis {
    Permit(Permit),
    StandingConsent(StandingConsent),
}

/// A clause that permits.
#[derive(Debug, Clone)]
pub(crate) struct Grant {
    pub(crate) clause: u16,
    pub(crate) reach: Reach,
    pub(crate) basis: Basis,
}

impl Grant {
    pub(crate) fn judge(&self, at: &At<'_>, verdict: &mut Verdict) {
        match &self.basis {
            Basis::Permit(permit) => permit.judge(self.clause, at, verdict),
            Basis::StandingConsent(consent) => consent.judge(self.clause, at, verdict),
        }
    }
}

/// A clause of another kind, with its reach.
#[derive(Debug, Clone)]
pub(crate) struct Reaching<T> {
    pub(crate) clause: u16,
    pub(crate) reach: Reach,
    pub(crate) terms: T,
}

/// A clause that forbids.
pub(crate) type Ban = Reaching<Forbid>;
/// A clause that caps.
pub(crate) type Cap = Reaching<Ceiling>;
/// A clause that says how to settle.
pub(crate) type Payment = Reaching<Settlement>;
/// A clause about passing on.
pub(crate) type Onward = Reaching<ThirdParty>;

/// What outlives an agreement: the numbers of the clauses, and the terms that say so.
#[derive(Debug, Clone)]
pub(crate) struct Survivor {
    pub(crate) clauses: Vec<u16>,
    pub(crate) terms: Survival,
}

/// One agreement as tables; each kind of clause adds to its own.
#[derive(Debug, Clone)]
pub(crate) struct AgreementTables {
    pub(crate) id: AgreementId,
    pub(crate) utc_offset_hours: i8,
    pub(crate) standing: Standing,
    pub(crate) term: Option<(u16, Term)>,
    pub(crate) grants: Vec<Grant>,
    pub(crate) bans: Vec<Ban>,
    pub(crate) caps: Vec<Cap>,
    pub(crate) payments: Vec<Payment>,
    pub(crate) onwards: Vec<Onward>,
    pub(crate) survivors: Vec<Survivor>,
    clause_ids: Vec<ClauseId>,
    /// Members by number, each with the number of the party it is or acts for.
    members: Vec<(u32, u32)>,
}

impl AgreementTables {
    fn of(
        agreement: &Agreement,
        standing: Standing,
        numbering: &mut Numbering,
    ) -> Result<Self, CompileError> {
        let mut members = Vec::new();
        for party in agreement.parties() {
            let side = numbering.number(party)?;
            members.push((side, side));
            for body in agreement.executing().get(party).into_iter().flatten() {
                members.push((numbering.number(body)?, side));
            }
        }
        members.sort_unstable();
        let mut tables = Self {
            id: agreement.id().clone(),
            utc_offset_hours: agreement.utc_offset_hours(),
            standing,
            term: None,
            grants: Vec::new(),
            bans: Vec::new(),
            caps: Vec::new(),
            payments: Vec::new(),
            onwards: Vec::new(),
            survivors: Vec::new(),
            clause_ids: agreement.clauses().iter().map(|clause| clause.id.clone()).collect(),
            members,
        };
        for (place, clause) in agreement.clauses().iter().enumerate() {
            let number = u16::try_from(place)
                .map_err(|_| CompileError::TooManyClauses { agreement: agreement.id().clone() })?;
            clause.terms.compile(number, &mut tables, &|party| numbering.0.get(party).copied());
        }
        Ok(tables)
    }

    /// Turns a scope into masks.
    pub(crate) fn reach(&self, scope: &Scope, numbers: &crate::clauses::Numbers<'_>) -> Reach {
        let parties = |ids: &[PartyId]| {
            (!ids.is_empty()).then(|| {
                let mut list: Vec<u32> = ids.iter().filter_map(numbers).collect();
                list.sort_unstable();
                list
            })
        };
        let Scope { actions, givers, receivers, categories, purposes, statuses, modes } = scope;
        Reach {
            actions: mask(actions.iter().map(|a| Some(action_number(*a))), actions.is_empty()),
            categories: mask(categories.iter().map(category_number), categories.is_empty()),
            purposes: mask(purposes.iter().map(purpose_number), purposes.is_empty()),
            statuses: mask(statuses.iter().map(|s| Some(status_number(*s))), statuses.is_empty()),
            modes: mask(modes.iter().map(|m| Some(mode_number(*m))), modes.is_empty()),
            givers: parties(givers),
            receivers: parties(receivers),
        }
    }

    /// The number of a clause: its place in the agreement.
    pub(crate) fn clause_number(&self, id: &ClauseId) -> Option<u16> {
        self.clause_ids.iter().position(|known| known == id)?.try_into().ok()
    }

    /// Whether a clause goes on binding on `date` although the agreement has ended.
    pub(crate) fn outlives(&self, clause: u16, date: Date) -> bool {
        let mut naming = self.survivors.iter().filter(|s| s.clauses.contains(&clause)).peekable();
        naming.peek().is_some()
            && self.ended(date).is_some_and(|end| naming.any(|s| s.terms.binds_on(end, date)))
    }

    /// The first day without the agreement, when it has ended by `date`.
    fn ended(&self, date: Date) -> Option<Date> {
        let by_term = self.term.and_then(|(_, term)| {
            let start = term.start(self.standing.entered);
            if term.renews.is_some() { None } else { term.first_end(start) }
        });
        [self.standing.ends(), by_term].into_iter().flatten().min().filter(|end| *end <= date)
    }

    pub(crate) fn clause_id(&self, clause: u16) -> Option<&ClauseId> {
        self.clause_ids.get(usize::from(clause))
    }

    /// The party that a member is or acts for.
    pub(crate) fn side_of(&self, party: u32) -> Option<u32> {
        let found = self.members.binary_search_by_key(&party, |(member, _)| *member).ok()?;
        self.members.get(found).map(|(_, side)| *side)
    }

    /// The parties themselves, by number, without the bodies that act for them.
    pub(crate) fn signatories(&self) -> impl Iterator<Item = u32> {
        self.members.iter().filter(|(member, side)| member == side).map(|(member, _)| *member)
    }

    /// Every ordered pair of members on different sides.
    fn pairs(&self) -> impl Iterator<Item = (u32, u32)> {
        self.members.iter().flat_map(|(giver, giving)| {
            let others = self.members.iter().filter(move |(_, receiving)| receiving != giving);
            others.map(move |(receiver, _)| (*giver, *receiver))
        })
    }
}

/// The number of a category: its place among the words.
pub(crate) fn category_number(id: &CategoryId) -> Option<u8> {
    vocabulary::category_number(id)
}

/// The number of a purpose: its place among the words.
pub(crate) fn purpose_number(id: &PurposeId) -> Option<u8> {
    vocabulary::purpose_number(id)
}

/// One clause on a shelf: where it reaches, and which it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Entry {
    category: u8,
    purpose: u8,
    pub(crate) agreement: u32,
    pub(crate) rule: u16,
    actions: u8,
}

impl Entry {
    pub(crate) const fn reaches(self, action: u8) -> bool {
        action < 8 && self.actions & (1 << action) != 0
    }

    /// The place of the clause among the permits or forbids of its agreement.
    pub(crate) fn place(self) -> usize {
        usize::from(self.rule)
    }
}

/// What permits and what forbids between a giver and a receiver.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Shelf {
    pub(crate) grants: Vec<Entry>,
    pub(crate) bans: Vec<Entry>,
    /// The agreements that bind the pair, by number.
    pub(crate) agreements: Vec<u32>,
}

/// The entries of one category and purpose, of one agreement only when `under` says so.
pub(crate) fn cell(
    entries: &[Entry],
    category: u8,
    purpose: u8,
    under: Option<u32>,
) -> impl Iterator<Item = Entry> {
    let lowest = (category, purpose, under.unwrap_or(0));
    let start = entries.partition_point(|e| (e.category, e.purpose, e.agreement) < lowest);
    let rest = entries.get(start..).unwrap_or(&[]);
    rest.iter().copied().take_while(move |e| {
        (e.category, e.purpose) == (category, purpose) && under.is_none_or(|u| e.agreement == u)
    })
}

/// Why agreements do not compile together.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CompileError {
    /// Two agreements have one id.
    #[error("agreement `{agreement}` is given twice")]
    Twice {
        /// The id.
        agreement: AgreementId,
    },
    /// An agreement has more clauses than the tables can number.
    #[error("agreement `{agreement}` has more than 65535 clauses")]
    TooManyClauses {
        /// Its id.
        agreement: AgreementId,
    },
    /// More parties or agreements than the tables can number.
    #[error("more than 4294967295 parties or agreements")]
    TooMany,
}

/// Any number of agreements, compiled; the same ones give the same tables in whatever order they
/// are given.
#[derive(Debug, Clone, Default)]
pub struct Agreements {
    // INVARIANT: sorted by preference; an agreement's place is its number in every shelf, and
    // `numbers` has the place of every id.
    tables: Vec<AgreementTables>,
    numbers: Index,
    parties: Index,
    names: Vec<PartyId>,
    // INVARIANT: in order of the pairs, giver and receiver, each with the number of its shelf.
    pairs: Vec<((u32, u32), u32)>,
    shelves: Vec<Shelf>,
}

/// The numbers of parties while agreements are compiled.
#[derive(Default)]
struct Numbering(BTreeMap<PartyId, u32>);

impl Numbering {
    fn number(&mut self, party: &PartyId) -> Result<u32, CompileError> {
        if let Some(number) = self.0.get(party) {
            return Ok(*number);
        }
        let number = u32::try_from(self.0.len()).map_err(|_| CompileError::TooMany)?;
        self.0.insert(party.clone(), number);
        Ok(number)
    }
}

impl Agreements {
    /// Compiles agreements, each standing as [`Standing::of_nature`] says.
    ///
    /// # Errors
    /// When two have one id, or there are more than the tables can number.
    pub fn compile<'a>(
        agreements: impl IntoIterator<Item = &'a Agreement>,
    ) -> Result<Self, CompileError> {
        Self::compile_standing(agreements, &BTreeMap::new())
    }

    /// Compiles agreements, each standing as `standings` says, or as [`Standing::of_nature`] does
    /// where nothing is recorded of it.
    ///
    /// # Errors
    /// When two have one id, or there are more than the tables can number.
    pub fn compile_standing<'a>(
        agreements: impl IntoIterator<Item = &'a Agreement>,
        standings: &BTreeMap<AgreementId, Standing>,
    ) -> Result<Self, CompileError> {
        let mut sorted: Vec<&Agreement> = agreements.into_iter().collect();
        sorted.sort_by_cached_key(|agreement| preference(agreement));
        let mut compiled = Self::default();
        let mut numbering = Numbering::default();
        let mut ids: BTreeMap<&AgreementId, u32> = BTreeMap::new();
        let mut drafts: BTreeMap<(u32, u32), Shelf> = BTreeMap::new();
        for agreement in sorted {
            let standing = standings.get(agreement.id()).cloned();
            let standing = standing.unwrap_or_else(|| Standing::of_nature(agreement.nature()));
            let tables = AgreementTables::of(agreement, standing, &mut numbering)?;
            let number = u32::try_from(compiled.tables.len()).map_err(|_| CompileError::TooMany)?;
            if ids.insert(agreement.id(), number).is_some() {
                return Err(CompileError::Twice { agreement: agreement.id().clone() });
            }
            tables.shelve(number, &mut drafts);
            compiled.tables.push(tables);
        }
        compiled.share_shelves(drafts)?;
        compiled.numbers = Index::of(ids.into_iter().map(|(id, number)| (id.as_str(), number)));
        let Numbering(parties) = numbering;
        compiled.parties = Index::of(parties.iter().map(|(id, number)| (id.as_str(), *number)));
        let mut names: Vec<(PartyId, u32)> = parties.into_iter().collect();
        names.sort_unstable_by_key(|(_, number)| *number);
        compiled.names = names.into_iter().map(|(id, _)| id).collect();
        Ok(compiled)
    }

    fn share_shelves(&mut self, drafts: BTreeMap<(u32, u32), Shelf>) -> Result<(), CompileError> {
        let mut known: BTreeMap<Shelf, u32> = BTreeMap::new();
        for (pair, mut shelf) in drafts {
            shelf.grants.sort_unstable();
            shelf.bans.sort_unstable();
            let next = u32::try_from(known.len()).map_err(|_| CompileError::TooMany)?;
            self.pairs.push((pair, *known.entry(shelf).or_insert(next)));
        }
        let mut shelves: Vec<(u32, Shelf)> = known.into_iter().map(|(s, n)| (n, s)).collect();
        shelves.sort_unstable_by_key(|(number, _)| *number);
        self.shelves = shelves.into_iter().map(|(_, shelf)| shelf).collect();
        Ok(())
    }

    /// How many agreements there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.tables.len()
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.tables.is_empty()
    }

    /// How an agreement stands in these tables.
    #[must_use]
    pub fn standing(&self, id: &AgreementId) -> Option<&Standing> {
        self.table_of(id).map(|(_, tables)| &tables.standing)
    }

    /// The same agreements with one standing otherwise; unchanged when it is not among them.
    #[must_use]
    pub fn with_standing(mut self, id: &AgreementId, standing: Standing) -> Self {
        let number = self.numbers.find(id.as_str());
        let place = number.and_then(|number| usize::try_from(number).ok());
        if let Some(tables) = place.and_then(|place| self.tables.get_mut(place)) {
            tables.standing = standing;
        }
        self
    }

    pub(crate) fn table(&self, number: u32) -> Option<&AgreementTables> {
        self.tables.get(usize::try_from(number).ok()?)
    }

    pub(crate) fn table_of(&self, id: &AgreementId) -> Option<(u32, &AgreementTables)> {
        let number = self.numbers.find(id.as_str())?;
        Some((number, self.table(number)?))
    }

    pub(crate) fn party_number(&self, party: &PartyId) -> Option<u32> {
        self.parties.find(party.as_str())
    }

    pub(crate) fn party_name(&self, number: u32) -> Option<&PartyId> {
        self.names.get(usize::try_from(number).ok()?)
    }

    pub(crate) fn shelf(&self, giver: u32, receiver: u32) -> Option<&Shelf> {
        let place = self.pairs.binary_search_by_key(&(giver, receiver), |(pair, _)| *pair).ok()?;
        let (_, number) = self.pairs.get(place)?;
        self.shelves.get(usize::try_from(*number).ok()?)
    }

    /// Every pair that some agreement binds, with its shelf, in order of the parties' ids.
    pub(crate) fn shelves_by_pair(&self) -> Vec<(&PartyId, &PartyId, &Shelf)> {
        let mut rows: Vec<_> = self
            .pairs
            .iter()
            .filter_map(|&((giver, receiver), _)| {
                let shelf = self.shelf(giver, receiver)?;
                Some((self.party_name(giver)?, self.party_name(receiver)?, shelf))
            })
            .collect();
        rows.sort_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)));
        rows
    }
}

/// Which of several agreements that permit an answer rests on: principles come last, the narrower
/// agreement before the wider, and after that the id decides.
fn preference(agreement: &Agreement) -> (bool, usize, AgreementId) {
    let principles = agreement.law_level() == LawLevel::PoliticalPrinciples;
    (principles, agreement.members().count(), agreement.id().clone())
}

impl AgreementTables {
    /// Adds the permits and forbids of this agreement, which is number `number`, to the shelves
    /// of every pair they reach.
    fn shelve(&self, number: u32, shelves: &mut BTreeMap<(u32, u32), Shelf>) {
        for (giver, receiver) in self.pairs() {
            let shelf = shelves.entry((giver, receiver)).or_default();
            shelf.agreements.push(number);
            for (rule, grant) in (0_u16..).zip(&self.grants) {
                if grant.reach.reaches_parties(giver, receiver) {
                    shelf.grants.extend(entries(&grant.reach, number, rule));
                }
            }
            for (rule, ban) in (0_u16..).zip(&self.bans) {
                if ban.reach.reaches_parties(giver, receiver) {
                    shelf.bans.extend(entries(&ban.reach, number, rule));
                }
            }
        }
    }
}

/// The entries of one clause, one for each category and purpose it reaches.
fn entries(reach: &Reach, agreement: u32, rule: u16) -> impl Iterator<Item = Entry> {
    let actions = u8::try_from(reach.actions & 0x3f).unwrap_or(u8::MAX);
    let (categories, purposes) = (reach.categories, reach.purposes);
    let words = |mask: u64, count: u8| (0..count).filter(move |bit| has(mask, *bit));
    words(categories, vocabulary::category_count()).flat_map(move |category| {
        words(purposes, vocabulary::purpose_count()).map(move |purpose| Entry {
            category,
            purpose,
            agreement,
            rule,
            actions,
        })
    })
}

/// The numbers of a question's category, purpose and action; none when a word is not ours.
pub(crate) fn words_of(question: &Question) -> Option<(u8, u8, u8)> {
    let category = category_number(&question.category)?;
    Some((category, purpose_number(&question.purpose)?, action_number(question.action)))
}
