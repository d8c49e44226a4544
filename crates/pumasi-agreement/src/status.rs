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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::read_clauses;
    use crate::{Agreements, decide};

    fn party(text: &str) -> PartyId {
        text.parse().unwrap()
    }

    fn event(words: &str) -> StandingEvent {
        use StandingEvent as E;
        let (name, rest) = words.split_once(' ').unwrap_or((words, ""));
        let (by, more) = rest.split_once(' ').unwrap_or((rest, "2025-01-01"));
        let clauses = |list: &str| list.split('+').map(|id| id.parse().unwrap()).collect();
        match name {
            "draft" => E::Draft,
            "initial" => E::Initial,
            "sign" => E::Sign { by: party(by) },
            "enter" => E::EnterIntoForce,
            "suspend" if more == "2025-01-01" => {
                E::Suspend { by: party(by), what: Suspension::Whole }
            }
            "suspend" => E::Suspend { by: party(by), what: Suspension::Clauses(clauses(more)) },
            "resume" => E::Resume { by: party(by) },
            "notice" => E::GiveNotice { by: party(by), ends: more.parse().unwrap() },
            "hold" => E::SuspendNotice { by: party(by) },
            "unhold" => E::ResumeNotice { by: party(by), ends: more.parse().unwrap() },
            "withdraw" => E::WithdrawNotice { by: party(by) },
            "terminate" => E::Terminate,
            "expire" => E::Expire,
            _ => panic!("{words}"),
        }
    }

    /// Applies events to a proposed agreement between `a` and `b`.
    fn after(events: &str) -> Result<Standing, StandingRefusal> {
        let parties = [party("a"), party("b")];
        let start = Standing::at(AgreementStatus::Proposed);
        events
            .split(", ")
            .try_fold(start, |standing, words| standing.after(&event(words), &parties))
    }

    #[track_caller]
    fn check(events: &str, expected: &str) {
        let shown = match after(events) {
            Ok(standing) => standing.code().to_owned(),
            Err(refusal) => format!("{refusal:?}"),
        };
        assert_eq!(shown, expected, "{events}");
    }

    const LIVE: &str = "draft, initial, sign a, sign b, enter";

    #[test]
    fn an_agreement_lives_from_draft_to_end() {
        check("draft", "drafted");
        check("draft, initial", "initialled");
        check("draft, sign a", "signed_by_some");
        check("draft, sign a, sign a", "MustNotSignTwice");
        check("draft, sign c", "MustBeAParty");
        check("sign a", "StageMustPrecede");
        check("draft, sign a, enter", "StageMustPrecede");
        check("draft, sign a, sign b", "signed");
        check(LIVE, "in_force");
        check(&format!("{LIVE}, expire"), "expired");
        check(&format!("{LIVE}, terminate, expire"), "StageMustPrecede");
    }

    #[test]
    fn notice_can_be_held_withdrawn_and_take_effect() {
        check(&format!("{LIVE}, notice a"), "notice_given");
        check(&format!("{LIVE}, notice a, hold b"), "MustHaveGivenNotice");
        check(&format!("{LIVE}, notice a, hold a"), "notice_suspended");
        check(&format!("{LIVE}, notice a, hold a, hold a"), "StageMustPrecede");
        check(&format!("{LIVE}, notice a, hold a, unhold a"), "notice_given");
        check(&format!("{LIVE}, notice a, hold a, withdraw a"), "notice_withdrawn");
        check(&format!("{LIVE}, notice a, withdraw a, notice b"), "notice_given");
        check(&format!("{LIVE}, withdraw a"), "StageMustPrecede");
    }

    #[test]
    fn what_any_party_suspends_is_suspended() {
        check(&format!("{LIVE}, suspend a"), "suspended");
        check(&format!("{LIVE}, suspend a p"), "suspended_in_part");
        check(&format!("{LIVE}, suspend a, suspend b, resume a"), "suspended");
        check(&format!("{LIVE}, suspend a, resume a"), "in_force");
        check(&format!("{LIVE}, resume a"), "MustHaveSuspended");
        check(&format!("{LIVE}, suspend c"), "MustBeAParty");
        check("draft, suspend a", "StageMustPrecede");
    }

    #[track_caller]
    fn check_decision(events: &str, question: &str, expected: &str) {
        let clauses = "p permit; actions = [\"order\"]; categories = [\"food\"]; purposes = [\"disaster_relief\"]\nf forbid; purposes = [\"evacuation\"]\nt term; from = 2024-01-01";
        let agreement = read_clauses(clauses).unwrap();
        let standing = after(events).unwrap();
        let agreements =
            Agreements::compile([&agreement]).unwrap().with_standing(agreement.id(), standing);
        let decision = decide(&agreements, &question.parse().unwrap());
        assert_eq!(decision.to_string(), expected, "{events}: {question}");
    }

    #[test]
    fn decisions_follow_the_standing() {
        let order = "jp-17 orders food from kr-42 for disaster_relief on 2024-12-31";
        let permitted = "permitted x: permits p";
        check_decision(LIVE, order, permitted);
        check_decision("draft", order, "refused [not_in_force] x: limits t");
        check_decision("draft", &format!("{order} exercise"), permitted);
        check_decision(&format!("{LIVE}, suspend a"), order, "refused [suspended] x: limits p");
        check_decision(&format!("{LIVE}, suspend a p"), order, "refused [suspended] x: limits p");
        check_decision(&format!("{LIVE}, suspend a f"), order, permitted);
        check_decision(&format!("{LIVE}, notice a"), order, permitted);
        let later = order.replace("2024-12-31", "2025-01-01");
        check_decision(&format!("{LIVE}, notice a"), &later, "refused [not_in_force] x: limits t");
        check_decision(&format!("{LIVE}, notice a, hold a"), &later, permitted);
        let ended = format!("{LIVE}, terminate");
        check_decision(&ended, &format!("{order} exercise"), "refused [not_in_force] x: limits t");
    }
}
