//! Whether an offer was accepted in time, decided by what others witnessed.
//!
//! An offer may say until when it can be accepted. Clocks after a power cut are wrong, and an
//! author can claim any time, so that the time an acceptance claims decides nothing. What counts
//! is when others are shown to have had it: an acceptance is in time when some other party wrote
//! an act that has it in its past before the deadline had passed. Other than a claim, that is
//! fixed by hashes and by the log of somebody else.
//!
//! The deadline passes where the party that set it says so: at its first act with a later time.
//! Whoever had seen such an act cannot accept in time any more, nor testify that somebody did,
//! whatever it claims. So an acceptance in time and a late one exclude each other, both are final,
//! and what acts that arrive later can still do is to show that an acceptance was in time.
//!
//! SPEC: CISG (United Nations, 1980), article 18(2): an acceptance counts when it reaches the
//! party that offered; article 21(1): a late one counts if that party says so.

use std::collections::{BTreeMap, BTreeSet};

use pumasi_base::{PartyId, Time};

use crate::envelope::ActId;
use crate::fold::Told;
use crate::past::Past;

/// How an acceptance stands to the deadline of the offer it takes up.
///
/// It goes from [`Self::Unwitnessed`] to [`Self::LateSoFar`] or [`Self::InTime`] and from
/// [`Self::LateSoFar`] to [`Self::InTime`] as acts arrive; [`Self::InTime`] and [`Self::Late`] are
/// final.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Timeliness {
    /// Nobody else is known to have received it.
    Unwitnessed,
    /// Those known to have received it did so after the deadline. Somebody else may yet turn out
    /// to have had it before.
    LateSoFar,
    /// Another party had received it before the deadline.
    InTime,
    /// Its author had seen the party that offered pass the deadline.
    Late,
}

impl Timeliness {
    /// The stable word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unwitnessed => "unwitnessed",
            Self::LateSoFar => "late_so_far",
            Self::InTime => "in_time",
            Self::Late => "late",
        }
    }
}

/// An acceptance and the deadline of the offer it takes up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acceptance {
    /// The last moment at which it counts, the offer's grace among it.
    pub deadline: Time,
    /// How it stands to that.
    pub timeliness: Timeliness,
    /// The first other party known to have received it, and when: by its own log, and not before
    /// what it had seen of the party that offered.
    pub witness: Option<(PartyId, Time)>,
}

/// An order that takes up an offer with a deadline.
pub(crate) struct Accepting<'a> {
    pub(crate) order: ActId,
    pub(crate) requesting: &'a PartyId,
    pub(crate) assisting: &'a PartyId,
    pub(crate) audience: &'a BTreeSet<PartyId>,
    pub(crate) deadline: Time,
}

/// The acts by which times are witnessed.
#[derive(Clone, Copy)]
pub(crate) struct Record<'a> {
    pub(crate) past: &'a Past,
    pub(crate) told: &'a BTreeMap<ActId, Told>,
}

impl Accepting<'_> {
    /// How the acceptance stands to its deadline for somebody who had seen what `clock` holds.
    pub(crate) fn judged(&self, record: Record<'_>, clock: &[u64]) -> Acceptance {
        let seen = self.giver_time(record, record.past.clock_of(&self.order));
        let is_late = seen > Some(self.deadline);
        let mut judged = Acceptance {
            deadline: self.deadline,
            timeliness: if is_late { Timeliness::Late } else { Timeliness::Unwitnessed },
            witness: None,
        };
        // Times never go back along a log, so that its first witness is its earliest.
        for id in record.past.first_viewers(&self.order, clock) {
            let Some(told) = record.told.get(&id).filter(|told| self.may_witness(&told.party))
            else {
                continue;
            };
            let time = self.witnessed(record, told.time, record.past.clock_of(&id));
            let first = (time, &told.party);
            if judged.witness.as_ref().is_none_or(|(party, time)| first < (*time, party)) {
                judged.witness = Some((told.party.clone(), time));
            }
            judged.timeliness = judged.timeliness.max(self.testified(time));
        }
        judged
    }

    /// What becomes of the acceptance by an act of this time whose author had seen what `clock`
    /// holds and had it by then.
    pub(crate) fn with(&self, record: Record<'_>, time: Time, clock: &[u64]) -> Timeliness {
        let known = self.judged(record, clock).timeliness;
        known.max(self.testified(self.witnessed(record, time, clock)))
    }

    /// What a witness comes to. Where the acceptance is late it has seen the deadline pass, and so
    /// has every witness.
    fn testified(&self, witnessed: Time) -> Timeliness {
        if witnessed <= self.deadline { Timeliness::InTime } else { Timeliness::LateSoFar }
    }

    /// When a witness had the acceptance: not before what it had seen of the party that offered.
    fn witnessed(&self, record: Record<'_>, time: Time, clock: &[u64]) -> Time {
        self.giver_time(record, clock).map_or(time, |seen| seen.max(time))
    }

    fn may_witness(&self, party: &PartyId) -> bool {
        party != self.requesting && self.audience.contains(party)
    }

    /// The newest time of the party that offered, for somebody who had seen what `clock` holds.
    fn giver_time(&self, record: Record<'_>, clock: &[u64]) -> Option<Time> {
        let newest = record.past.newest_at(clock).filter_map(|newest| record.told.get(newest));
        newest.filter(|told| told.party == *self.assisting).map(|told| told.time).max()
    }
}
