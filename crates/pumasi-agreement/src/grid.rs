//! The finite abstraction over which questions are enumerated: pairs of which the tables say the
//! same, and the circumstances in which their clauses can tell one question from another.
//!
//! Two questions that no clause tells apart have one answer, so one of them stands for all.

use std::collections::{BTreeMap, BTreeSet};

use pumasi_base::catalog::Mode;
use pumasi_base::time::plus_seconds;
use pumasi_base::{CommodityId, Date, PartyId, Quantity, Time, Unit};

use crate::compile::{AgreementTables, Agreements, Basis, Reach, Shelf};
use crate::question::{Action, AlertLevel, Event, Intensity, Question};

/// Seconds of an hour.
const HOUR_SECONDS: i64 = 3600;

/// Grams of a kilogram, and thousandths of a unit.
const THOUSAND: i64 = 1000;

/// Every mode of transport.
pub(crate) const MODES: [Mode; 5] = Mode::ALL;

/// Pairs of a giver and a receiver of which the tables say the same.
pub(crate) struct Alike<'a> {
    /// The pairs, in order of their ids; never empty.
    pub(crate) pairs: Vec<(&'a PartyId, &'a PartyId)>,
    /// What permits and forbids between them.
    pub(crate) shelf: &'a Shelf,
    /// The agreements that bind them.
    pub(crate) tables: Vec<&'a AgreementTables>,
}

/// Which clauses beside permits and forbids reach a pair: agreement, clause.
type Beside = Vec<(u32, u16)>;

/// Gathers the pairs that `wanted` takes by what the tables say of them, in order of the first.
pub(crate) fn alike<'a>(
    agreements: &'a Agreements,
    wanted: &dyn Fn(&PartyId, &PartyId) -> bool,
) -> Vec<Alike<'a>> {
    let mut groups: BTreeMap<(&Shelf, Beside), Alike<'a>> = BTreeMap::new();
    for (giver, receiver, shelf) in agreements.shelves_by_pair() {
        if !wanted(giver, receiver) {
            continue;
        }
        let pair = agreements.party_number(giver).zip(agreements.party_number(receiver));
        let Some((from, to)) = pair else { continue };
        let mut beside = Beside::new();
        for number in &shelf.agreements {
            let Some(tables) = agreements.table(*number) else { continue };
            let reaching = reaches_beside(tables);
            let reaching = reaching.filter(|(_, reach)| reach.reaches_parties(from, to));
            beside.extend(reaching.map(|(clause, _)| (*number, clause)));
        }
        let tables = || shelf.agreements.iter().filter_map(|number| agreements.table(*number));
        let new = || Alike { pairs: Vec::new(), shelf, tables: tables().collect() };
        groups.entry((shelf, beside)).or_insert_with(new).pairs.push((giver, receiver));
    }
    let mut groups: Vec<Alike<'a>> = groups.into_values().collect();
    groups.sort_by(|a, b| a.pairs.first().cmp(&b.pairs.first()));
    groups
}

/// Ceilings, settlements and clauses on passing on, which the shelves do not hold.
fn reaches_beside(tables: &AgreementTables) -> impl Iterator<Item = (u16, &Reach)> {
    let caps = tables.caps.iter().map(|cap| (cap.clause, &cap.reach));
    let payments = tables.payments.iter().map(|payment| (payment.clause, &payment.reach));
    let onwards = tables.onwards.iter().map(|onward| (onward.clause, &onward.reach));
    caps.chain(payments).chain(onwards)
}

/// How much is asked for, on what way, after what event: what a question says beside who, what
/// and what for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Circumstance {
    pub(crate) mode: Option<Mode>,
    pub(crate) commodity: Option<CommodityId>,
    pub(crate) amount_milli: Option<i64>,
    pub(crate) requested: bool,
    pub(crate) event: Option<Event>,
}

impl Circumstance {
    /// Sets these circumstances in a question.
    pub(crate) fn apply(&self, question: &mut Question) {
        question.mode = self.mode;
        question.commodity.clone_from(&self.commodity);
        question.mass_g = self.amount_milli;
        let kilograms = |milli| Quantity::milli(milli, Unit::Kilogram).ok();
        question.quantity = self.amount_milli.and_then(kilograms);
        question.requested = self.requested;
        question.event = self.event;
    }
}

impl Alike<'_> {
    /// The circumstances that clauses between these pairs can tell apart for `action`, plainest
    /// first.
    pub(crate) fn circumstances(&self, action: Action) -> Vec<Circumstance> {
        let mut all = Vec::new();
        for (requested, event) in self.occasions(action) {
            for mode in self.modes() {
                for commodity in self.commodities() {
                    for amount_milli in self.amounts(action) {
                        let commodity = commodity.clone();
                        all.push(Circumstance { mode, commodity, amount_milli, requested, event });
                    }
                }
            }
        }
        all
    }

    /// Whether some clause between these pairs names modes, and so tells them apart.
    pub(crate) fn names_modes(&self) -> bool {
        self.tables.iter().any(|tables| {
            let grants = tables.grants.iter().map(|grant| &grant.reach);
            let bans = tables.bans.iter().map(|ban| &ban.reach);
            let beside = reaches_beside(tables).map(|(_, reach)| reach);
            grants.chain(bans).chain(beside).any(Reach::names_modes)
        })
    }

    /// The modes, and the mode not known yet; that alone where no clause names one.
    fn modes(&self) -> Vec<Option<Mode>> {
        if self.names_modes() {
            MODES.into_iter().map(Some).chain([None]).collect()
        } else {
            vec![None]
        }
    }

    /// The commodities that clauses name, one that none of them names, and the commodity not
    /// known.
    fn commodities(&self) -> Vec<Option<CommodityId>> {
        let mut named: BTreeSet<CommodityId> = BTreeSet::new();
        for tables in &self.tables {
            for grant in &tables.grants {
                named.extend(grant.basis.commodities().iter().cloned());
            }
            named.extend(tables.caps.iter().flat_map(|cap| cap.terms.commodities.iter().cloned()));
        }
        let mut other = "other".to_owned();
        while named.iter().any(|id| id.as_str() == other) {
            other.push_str("-other");
        }
        let other = (!named.is_empty()).then(|| other.parse().ok()).flatten();
        [None].into_iter().chain(named.into_iter().map(Some)).chain(other.map(Some)).collect()
    }

    /// A kilogram, and a gram where some limit is below a kilogram or a unit; nothing for what
    /// moves no goods.
    fn amounts(&self, action: Action) -> Vec<Option<i64>> {
        if !action.moves_goods() {
            return vec![None];
        }
        let limits = self.tables.iter().flat_map(|tables| {
            let caps = tables.caps.iter().map(|cap| cap.terms.quantity);
            caps.chain(tables.grants.iter().filter_map(|grant| grant.basis.max()))
        });
        let small = limits.into_iter().any(|limit| limit.as_milli() < THOUSAND);
        [Some(THOUSAND)].into_iter().chain(small.then_some(Some(1))).collect()
    }

    /// Whether it was asked for, and after what event; only pushing is judged by either.
    fn occasions(&self, action: Action) -> Vec<(bool, Option<Event>)> {
        if action != Action::Push {
            return vec![(false, None)];
        }
        vec![(false, None), (false, Some(WORST)), (false, Some(WORST_UNREACHABLE)), (true, None)]
    }

    /// The instants at which some agreement between these pairs begins or ends, and the second
    /// before each; latest first.
    pub(crate) fn instants(&self) -> Vec<Time> {
        let mut instants = BTreeSet::new();
        for tables in &self.tables {
            let term = tables.term.map(|(_, term)| term);
            let ends = tables.standing.ends();
            let start = term.and_then(|term| term.start(tables.standing.entered));
            let dates = [start, term.and_then(|term| term.first_end(start)), ends];
            for start in dates.into_iter().flatten().filter_map(|d| start_of(d, tables)) {
                instants.extend([start, plus_seconds(start, -1)]);
            }
        }
        instants.into_iter().rev().collect()
    }
}

/// The worst that can have happened, an instant ago.
pub(crate) const WORST: Event = Event {
    hours_since: 0,
    intensity: Some(Intensity::I7),
    alert: Some(AlertLevel::Red),
    contact_lost: false,
};

/// The same, and the receiver cannot be reached.
pub(crate) const WORST_UNREACHABLE: Event = Event { contact_lost: true, ..WORST };

/// The instant at which a date begins at an agreement's offset.
pub(crate) fn start_of(date: Date, tables: &AgreementTables) -> Option<Time> {
    let in_greenwich: Time = format!("{date}T00:00:00Z").parse().ok()?;
    Some(plus_seconds(in_greenwich, -HOUR_SECONDS * i64::from(tables.utc_offset_hours)))
}

impl Basis {
    /// The commodities it names; none meaning all.
    fn commodities(&self) -> &[CommodityId] {
        match self {
            Self::Permit(permit) => &permit.commodities,
            Self::StandingConsent(consent) => &consent.commodities,
        }
    }

    /// The most that it lets be sent, when it says.
    const fn max(&self) -> Option<Quantity> {
        match self {
            Self::Permit(_) => None,
            Self::StandingConsent(consent) => consent.max,
        }
    }
}
