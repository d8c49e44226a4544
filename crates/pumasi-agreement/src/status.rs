//! How an agreement stands: from proposal to its end, with suspension and notice on the way.

use std::collections::{BTreeMap, BTreeSet};

use pumasi_base::{ClauseId, Date, PartyId, Status};

use crate::agreement::Nature;

/// A stage in the life of an agreement, suspension aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AgreementStatus {
    /// A party has proposed to make it.
    Proposed,
    /// There is a text.
    Drafted,
    /// The negotiators have fixed the text with their initials.
    Initialled,
    /// Some parties have signed.
    SignedBySome {
        /// Which.
        by: BTreeSet<PartyId>,
    },
    /// Every party has signed.
    Signed,
    /// It is in force, as far as its term goes.
    InForce,
    /// A party has given notice that it will end.
    NoticeGiven {
        /// Who.
        by: PartyId,
        /// The first day without it.
        ends: Date,
    },
    /// The notice stands, but its effect is suspended: the agreement goes on.
    NoticeSuspended {
        /// Who had given notice.
        by: PartyId,
        /// The day on which it would have ended.
        ends: Date,
    },
    /// The notice was withdrawn: the agreement goes on.
    NoticeWithdrawn,
    /// It has been ended.
    Terminated,
    /// Its time ran out.
    Expired,
}

/// What of an agreement a party has suspended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Suspension {
    /// The whole of it.
    Whole,
    /// These clauses.
    Clauses(BTreeSet<ClauseId>),
}

/// How an agreement stands: its stage, and what each party has suspended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The stage.
    pub status: AgreementStatus,
    /// What is suspended, and by whom; suspended is what any party has suspended.
    pub suspensions: BTreeMap<PartyId, Suspension>,
}

/// Something that changes how an agreement stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StandingEvent {
    /// A text is laid down.
    Draft,
    /// The text is initialled.
    Initial,
    /// A party signs.
    Sign {
        /// Who.
        by: PartyId,
    },
    /// It enters into force.
    EnterIntoForce,
    /// A party suspends it or some clauses, in place of what it had suspended before.
    Suspend {
        /// Who.
        by: PartyId,
        /// What.
        what: Suspension,
    },
    /// A party lifts its own suspension.
    Resume {
        /// Who.
        by: PartyId,
    },
    /// A party gives notice.
    GiveNotice {
        /// Who.
        by: PartyId,
        /// The first day without the agreement.
        ends: Date,
    },
    /// The party that gave notice suspends its effect.
    SuspendNotice {
        /// Who.
        by: PartyId,
    },
    /// The party that gave notice lets it take effect again.
    ResumeNotice {
        /// Who.
        by: PartyId,
        /// The first day without the agreement.
        ends: Date,
    },
    /// The party that gave notice withdraws it.
    WithdrawNotice {
        /// Who.
        by: PartyId,
    },
    /// It ends, by a notice that has run out or by agreement of all.
    Terminate,
    /// Its term has run out.
    Expire,
}

/// Why an event does not change how an agreement stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum StandingRefusal {
    /// The party is not a party to the agreement.
    #[error("only a party to the agreement may do this")]
    MustBeAParty,
    /// The step does not follow from the stage the agreement is in.
    #[error("the agreement is not at the stage this step follows from")]
    StageMustPrecede,
    /// The party has signed already.
    #[error("the party has signed already")]
    MustNotSignTwice,
    /// The party has suspended nothing.
    #[error("the party has suspended nothing")]
    MustHaveSuspended,
    /// Only the party that gave notice may suspend, resume or withdraw it.
    #[error("only the party that gave the notice may do this")]
    MustHaveGivenNotice,
}

impl Standing {
    /// An agreement at `status`, with nothing suspended.
    #[must_use]
    pub const fn at(status: AgreementStatus) -> Self {
        Self { status, suspensions: BTreeMap::new() }
    }

    /// How an agreement stands when nothing is recorded of it: a real one is taken to be in
    /// force, a draft to be no more than a draft.
    #[must_use]
    pub const fn of_nature(nature: Nature) -> Self {
        Self::at(match nature {
            Nature::Real | Nature::Summary => AgreementStatus::InForce,
            Nature::Draft => AgreementStatus::Drafted,
        })
    }

    /// The stage's code, or that of a suspension while there is one; a caption has it as
    /// `standing_` and the code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        let is_live = self.status.has_force();
        if is_live && self.suspensions.values().any(|s| *s == Suspension::Whole) {
            return "suspended";
        }
        if is_live && !self.suspensions.is_empty() {
            return "suspended_in_part";
        }
        self.status.code()
    }

    /// Whether it may be relied on for something of `status` on `date`, suspensions aside.
    ///
    /// What is not in force yet may be played through in exercises and tests, never relied on.
    #[must_use]
    pub fn has_force_for(&self, status: Status, date: Date) -> bool {
        match &self.status {
            AgreementStatus::NoticeGiven { ends, .. } => date < *ends,
            AgreementStatus::Terminated | AgreementStatus::Expired => false,
            stage => stage.has_force() || status != Status::Actual,
        }
    }

    /// Whether a party has suspended the whole or this clause.
    #[must_use]
    pub fn is_suspended(&self, clause: &ClauseId) -> bool {
        self.suspensions.values().any(|suspension| match suspension {
            Suspension::Whole => true,
            Suspension::Clauses(clauses) => clauses.contains(clause),
        })
    }

    /// How it stands after `event`, among its `parties`.
    ///
    /// # Errors
    /// The rule the event breaks; the standing is then unchanged.
    pub fn after(
        &self,
        event: &StandingEvent,
        parties: &[PartyId],
    ) -> Result<Self, StandingRefusal> {
        use StandingEvent as E;
        match event {
            E::Suspend { by, what } => {
                self.must_have_force()?;
                must_be_party(by, parties)?;
                let mut next = self.clone();
                next.suspensions.insert(by.clone(), what.clone());
                Ok(next)
            }
            E::Resume { by } => {
                let mut next = self.clone();
                next.suspensions.remove(by).ok_or(StandingRefusal::MustHaveSuspended)?;
                Ok(next)
            }
            E::Sign { by } => Ok(self.with(self.status.signed_by(by, parties)?)),
            E::GiveNotice { by, ends } => {
                must_be_party(by, parties)?;
                match self.status {
                    AgreementStatus::InForce | AgreementStatus::NoticeWithdrawn => {
                        Ok(self.with(AgreementStatus::NoticeGiven { by: by.clone(), ends: *ends }))
                    }
                    _ => Err(StandingRefusal::StageMustPrecede),
                }
            }
            E::SuspendNotice { by } | E::ResumeNotice { by, .. } | E::WithdrawNotice { by } => {
                Ok(self.with(self.status.notice_after(event, by)?))
            }
            E::Draft | E::Initial | E::EnterIntoForce | E::Terminate | E::Expire => {
                Ok(self.with(self.status.stage_after(event)?))
            }
        }
    }

    fn with(&self, status: AgreementStatus) -> Self {
        Self { status, suspensions: self.suspensions.clone() }
    }

    fn must_have_force(&self) -> Result<(), StandingRefusal> {
        if self.status.has_force() { Ok(()) } else { Err(StandingRefusal::StageMustPrecede) }
    }
}

fn must_be_party(party: &PartyId, parties: &[PartyId]) -> Result<(), StandingRefusal> {
    if parties.contains(party) { Ok(()) } else { Err(StandingRefusal::MustBeAParty) }
}

impl AgreementStatus {
    /// The stage's code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Drafted => "drafted",
            Self::Initialled => "initialled",
            Self::SignedBySome { .. } => "signed_by_some",
            Self::Signed => "signed",
            Self::InForce => "in_force",
            Self::NoticeGiven { .. } => "notice_given",
            Self::NoticeSuspended { .. } => "notice_suspended",
            Self::NoticeWithdrawn => "notice_withdrawn",
            Self::Terminated => "terminated",
            Self::Expired => "expired",
        }
    }

    /// Whether the agreement binds at this stage; one under notice does until the notice ends it.
    #[must_use]
    pub const fn has_force(&self) -> bool {
        matches!(
            self,
            Self::InForce
                | Self::NoticeGiven { .. }
                | Self::NoticeSuspended { .. }
                | Self::NoticeWithdrawn
        )
    }

    fn signed_by(&self, party: &PartyId, parties: &[PartyId]) -> Result<Self, StandingRefusal> {
        must_be_party(party, parties)?;
        let mut by = match self {
            Self::Drafted | Self::Initialled => BTreeSet::new(),
            Self::SignedBySome { by } => by.clone(),
            Self::Signed => return Err(StandingRefusal::MustNotSignTwice),
            _ => return Err(StandingRefusal::StageMustPrecede),
        };
        if !by.insert(party.clone()) {
            return Err(StandingRefusal::MustNotSignTwice);
        }
        let all = parties.iter().all(|party| by.contains(party));
        Ok(if all { Self::Signed } else { Self::SignedBySome { by } })
    }

    fn notice_after(
        &self,
        event: &StandingEvent,
        party: &PartyId,
    ) -> Result<Self, StandingRefusal> {
        let (Self::NoticeGiven { by, ends } | Self::NoticeSuspended { by, ends }) = self else {
            return Err(StandingRefusal::StageMustPrecede);
        };
        if by != party {
            return Err(StandingRefusal::MustHaveGivenNotice);
        }
        match (event, self) {
            (StandingEvent::WithdrawNotice { .. }, _) => Ok(Self::NoticeWithdrawn),
            (StandingEvent::SuspendNotice { .. }, Self::NoticeGiven { .. }) => {
                Ok(Self::NoticeSuspended { by: by.clone(), ends: *ends })
            }
            (StandingEvent::ResumeNotice { ends, .. }, Self::NoticeSuspended { .. }) => {
                Ok(Self::NoticeGiven { by: by.clone(), ends: *ends })
            }
            _ => Err(StandingRefusal::StageMustPrecede),
        }
    }

    fn stage_after(&self, event: &StandingEvent) -> Result<Self, StandingRefusal> {
        use StandingEvent as E;
        match (event, self) {
            (E::Draft, Self::Proposed | Self::Drafted) => Ok(Self::Drafted),
            (E::Initial, Self::Drafted) => Ok(Self::Initialled),
            (E::EnterIntoForce, Self::Signed) => Ok(Self::InForce),
            (E::Terminate, stage) if stage.has_force() => Ok(Self::Terminated),
            (E::Expire, stage) if stage.has_force() => Ok(Self::Expired),
            _ => Err(StandingRefusal::StageMustPrecede),
        }
    }
}
