//! What of the agreements in force is about to end.

use std::collections::BTreeMap;

use pumasi_base::time::plus_days;
use pumasi_base::{AgreementId, ClauseId, Date, PartyId, Status};

use super::asking::Asking;
use super::term::{Ahead, ahead, first_day};
use crate::compile::{AgreementTables, Basis};
use crate::status::{AgreementStatus, Force};

/// What ends, and how.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum LapseKind {
    /// The term runs out.
    TermEnds,
    /// The last day on which notice prevents the next renewal.
    NoticeDue {
        /// The day on which it renews itself otherwise.
        renews_on: Date,
    },
    /// A notice that was given takes effect.
    NoticeTakesEffect {
        /// Who gave it.
        by: PartyId,
    },
    /// A notice whose suspension was lifted takes effect, by one of two readings.
    NoticeMayTakeEffect {
        /// Who gave it.
        by: PartyId,
    },
    /// A standing consent holds only for its first hours after an event.
    ConsentHours {
        /// How many.
        hours: i64,
    },
}

impl LapseKind {
    /// The word interfaces use.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TermEnds => "term_ends",
            Self::NoticeDue { .. } => "notice_due",
            Self::NoticeTakesEffect { .. } => "notice_takes_effect",
            Self::NoticeMayTakeEffect { .. } => "notice_may_take_effect",
            Self::ConsentHours { .. } => "consent_hours",
        }
    }
}

/// Something in force that is about to end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lapse {
    /// The agreement.
    pub agreement: AgreementId,
    /// The clause.
    pub clause: ClauseId,
    /// What ends.
    pub kind: LapseKind,
    /// The first day without it, or the last day for notice; none for what is counted from an
    /// event.
    pub on: Option<Date>,
    /// Days from the day asked about until then.
    pub days_left: Option<i64>,
}

/// What ends within the days asked about, of every agreement in force between the parties asked
/// about; soonest first, and what is counted from an event last.
pub(super) fn lapses(asking: &Asking<'_>) -> Vec<Lapse> {
    let mut tables: BTreeMap<&AgreementId, &AgreementTables> = BTreeMap::new();
    for (giver, receiver) in asking.pairs() {
        tables.extend(asking.binding(giver, receiver).map(|tables| (&tables.id, tables)));
    }
    let mut lapses: Vec<Lapse> =
        tables.into_values().flat_map(|tables| lapses_of(asking, tables)).collect();
    lapses.sort_by(|a, b| {
        let key = |lapse: &Lapse| (lapse.on.is_none(), lapse.on);
        (key(a), &a.agreement, &a.clause).cmp(&(key(b), &b.agreement, &b.clause))
    });
    lapses
}

fn lapses_of(asking: &Asking<'_>, tables: &AgreementTables) -> Vec<Lapse> {
    let today = asking.today(tables);
    let has_force = tables.standing.force_for(Status::Actual, today) != Force::None;
    if !has_force || first_day(tables, today) != Some(today) {
        return Vec::new();
    }
    let mut lapses = Vec::new();
    if let Some(clause) = tables.term.and_then(|(clause, _)| tables.clause_id(clause)) {
        let ends = ends_of(&tables.standing.status).into_iter().chain(term_end(tables, today));
        lapses.extend(ends.filter_map(|(kind, on)| dated(asking, tables, clause, kind, on)));
    }
    for grant in &tables.grants {
        let Basis::StandingConsent(consent) = &grant.basis else { continue };
        if let Some((hours, clause)) = consent.valid_hours.zip(tables.clause_id(grant.clause)) {
            lapses.push(Lapse {
                agreement: tables.id.clone(),
                clause: clause.clone(),
                kind: LapseKind::ConsentHours { hours },
                on: None,
                days_left: None,
            });
        }
    }
    lapses
}

/// The ends that the standing of an agreement has set.
fn ends_of(status: &AgreementStatus) -> Vec<(LapseKind, Date)> {
    match status {
        AgreementStatus::NoticeGiven { by, ends } => {
            vec![(LapseKind::NoticeTakesEffect { by: by.clone() }, *ends)]
        }
        AgreementStatus::NoticeResumed { by, ends_if_it_ran, ends_if_anew } => {
            let may = LapseKind::NoticeMayTakeEffect { by: by.clone() };
            vec![(may.clone(), *ends_if_it_ran), (may, *ends_if_anew)]
        }
        AgreementStatus::TerminationAgreed { ends } => vec![(LapseKind::TermEnds, *ends)],
        _ => Vec::new(),
    }
}

/// The end that the term sets, or the last day on which notice sets one.
fn term_end(tables: &AgreementTables, today: Date) -> Option<(LapseKind, Date)> {
    Some(match ahead(tables, today)? {
        Ahead::Ends { on } => (LapseKind::TermEnds, on),
        Ahead::Renews { on, notice_by } => (LapseKind::NoticeDue { renews_on: on }, notice_by),
    })
}

/// What happens on a day, when that lies within the days asked about.
fn dated(
    asking: &Asking<'_>,
    tables: &AgreementTables,
    clause: &ClauseId,
    kind: LapseKind,
    on: Date,
) -> Option<Lapse> {
    let today = asking.today(tables);
    let within = asking.inquiry.within_days;
    if on < today || plus_days(today, within).is_some_and(|last| last < on) {
        return None;
    }
    Some(Lapse {
        agreement: tables.id.clone(),
        clause: clause.clone(),
        kind,
        on: Some(on),
        days_left: Some(pumasi_base::time::days_between(today, on)),
    })
}
