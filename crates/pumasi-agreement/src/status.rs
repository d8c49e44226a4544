//! How an agreement stands: from proposal to its end, with suspension and notice on the way.

use std::collections::{BTreeMap, BTreeSet};

use pumasi_base::{ClauseId, Date, PartyId, Status};

use crate::agreement::Nature;

/// A stage in the life of an agreement, suspension aside.
///
/// Every `ends` is the first day without the agreement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AgreementStatus {
    /// A party has proposed to make it.
    Proposed,
    /// There is a text.
    Drafted,
    /// The negotiators of every party have fixed the text with their initials.
    Initialled,
    /// Some parties have signed.
    SignedBySome {
        /// Which.
        by: BTreeSet<PartyId>,
    },
    /// Every party has signed; it waits for its day, or for what brings it into force.
    Signed {
        /// Who has yet to say that its own procedures are completed.
        awaits: BTreeSet<PartyId>,
    },
    /// It is in force, as far as its term goes.
    InForce,
    /// The parties have agreed on its end.
    TerminationAgreed {
        /// When.
        ends: Date,
    },
    /// A party has given notice that it will end.
    NoticeGiven {
        /// Who.
        by: PartyId,
        /// When it ends.
        ends: Date,
    },
    /// The notice stands, but the party that gave it has suspended its effect: the agreement goes
    /// on. What happens when the suspension is lifted can be read in two ways.
    NoticeSuspended {
        /// Who had given notice.
        by: PartyId,
        /// When it would have ended.
        ends: Date,
    },
    /// The suspension of the notice was lifted: the agreement ends, on one of two days, depending
    /// on how the suspension is read. Pumasi chooses neither.
    NoticeResumed {
        /// Who had given notice.
        by: PartyId,
        /// When it ends if the time of the notice ran on while its effect was suspended.
        ends_if_it_ran: Date,
        /// When it ends if the suspension set the notice aside, so that its time begins anew.
        ends_if_anew: Date,
    },
    /// The notice was withdrawn: the agreement goes on.
    NoticeWithdrawn,
    /// It has been ended by notice or by agreement of the parties.
    Terminated {
        /// When.
        ends: Date,
    },
    /// Its time ran out.
    Expired {
        /// When.
        ends: Date,
    },
}

/// What of an agreement a party has suspended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Suspension {
    /// The whole of it.
    Whole,
    /// These clauses.
    Clauses(BTreeSet<ClauseId>),
}

/// How an agreement stands: its stage, since when, and what each party has suspended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The stage.
    pub status: AgreementStatus,
    /// The first day in force, where it is known from elsewhere than the text: from the day of
    /// the last signature or ratification.
    pub entered: Option<Date>,
    /// What is suspended, and by whom; suspended is what any party has suspended.
    pub suspensions: BTreeMap<PartyId, Suspension>,
}

/// What an agreement's standing lets it do on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Force {
    /// It may be relied on.
    Binding,
    /// It may not.
    None,
    /// The parties' readings of a suspended notice differ for this day: one of them has it in
    /// force, the other has not.
    Disputed,
}

impl Standing {
    /// An agreement at `status`, with nothing suspended.
    #[must_use]
    pub const fn at(status: AgreementStatus) -> Self {
        Self { status, entered: None, suspensions: BTreeMap::new() }
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

    /// Whether it may be relied on for something of `status` on `date`, its term and suspensions
    /// aside.
    ///
    /// What is not in force yet may be played through in exercises and tests, never relied on.
    #[must_use]
    pub fn force_for(&self, status: Status, date: Date) -> Force {
        let binding = |binds: bool| if binds { Force::Binding } else { Force::None };
        match &self.status {
            AgreementStatus::Terminated { .. } | AgreementStatus::Expired { .. } => Force::None,
            stage if !stage.has_force() => binding(status != Status::Actual),
            AgreementStatus::NoticeGiven { ends, .. }
            | AgreementStatus::TerminationAgreed { ends } => binding(date < *ends),
            AgreementStatus::NoticeResumed { ends_if_it_ran, ends_if_anew, .. } => {
                if date < *ends_if_it_ran.min(ends_if_anew) {
                    Force::Binding
                } else {
                    let both = date >= *ends_if_it_ran.max(ends_if_anew);
                    if both { Force::None } else { Force::Disputed }
                }
            }
            _ => Force::Binding,
        }
    }

    /// The first day without the agreement, when its end is settled.
    #[must_use]
    pub fn ends(&self) -> Option<Date> {
        match &self.status {
            AgreementStatus::TerminationAgreed { ends }
            | AgreementStatus::NoticeGiven { ends, .. }
            | AgreementStatus::Terminated { ends }
            | AgreementStatus::Expired { ends } => Some(*ends),
            AgreementStatus::NoticeResumed { ends_if_it_ran, ends_if_anew, .. } => {
                Some(*ends_if_it_ran.max(ends_if_anew))
            }
            _ => None,
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
            Self::Signed { .. } => "signed",
            Self::InForce => "in_force",
            Self::TerminationAgreed { .. } => "termination_agreed",
            Self::NoticeGiven { .. } => "notice_given",
            Self::NoticeSuspended { .. } => "notice_suspended",
            Self::NoticeResumed { .. } => "notice_resumed",
            Self::NoticeWithdrawn => "notice_withdrawn",
            Self::Terminated { .. } => "terminated",
            Self::Expired { .. } => "expired",
        }
    }

    /// Whether it has ended, by notice, by agreement or by its time.
    #[must_use]
    pub const fn has_ended(&self) -> bool {
        matches!(self, Self::Terminated { .. } | Self::Expired { .. })
    }

    /// Whether the agreement binds at this stage; one under notice does until the notice ends it.
    #[must_use]
    pub const fn has_force(&self) -> bool {
        matches!(
            self,
            Self::InForce
                | Self::TerminationAgreed { .. }
                | Self::NoticeGiven { .. }
                | Self::NoticeSuspended { .. }
                | Self::NoticeResumed { .. }
                | Self::NoticeWithdrawn
        )
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

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    /// Reads a standing: its stage, then `+ suspended [clauses]`.
    fn standing(words: &str) -> Standing {
        use AgreementStatus as S;
        let (stage, suspended) = words.split_once(" + suspended").unwrap_or((words, "-"));
        let words: Vec<&str> = stage.split(' ').collect();
        let (a, day) = (party("jp-17"), |place: usize| date(words[place]));
        let mut standing = Standing::at(match words[0] {
            "drafted" => S::Drafted,
            "some" => S::SignedBySome { by: [a].into() },
            "signed" => S::Signed { awaits: [a].into() },
            "force" => S::InForce,
            "ending" => S::TerminationAgreed { ends: day(1) },
            "notice" => S::NoticeGiven { by: a, ends: day(1) },
            "held" => S::NoticeSuspended { by: a, ends: day(1) },
            "resumed" => S::NoticeResumed { by: a, ends_if_it_ran: day(1), ends_if_anew: day(2) },
            "withdrawn" => S::NoticeWithdrawn,
            "terminated" => S::Terminated { ends: day(1) },
            "expired" => S::Expired { ends: day(1) },
            _ => panic!("{words:?}"),
        });
        if words[0] == "force" && words.len() > 1 {
            standing.entered = Some(day(1));
        }
        let clauses = |list: &str| list.split('+').map(|id| id.parse().unwrap()).collect();
        match suspended.trim() {
            "-" => {}
            "" => drop(standing.suspensions.insert(party("kr-42"), Suspension::Whole)),
            list => {
                let what = Suspension::Clauses(clauses(list));
                standing.suspensions.insert(party("kr-42"), what);
            }
        }
        standing
    }

    #[track_caller]
    fn check(words: &str, question: &str, expected: &str) {
        let clauses = "p permit; actions = [\"order\"]; categories = [\"food\"]; purposes = [\"disaster_relief\"]\nf forbid; purposes = [\"evacuation\"]\nt term; from = 2024-01-01";
        let agreement = read_clauses(clauses).unwrap();
        let agreements = Agreements::compile([&agreement])
            .unwrap()
            .with_standing(agreement.id(), standing(words));
        let question = format!("jp-17 orders food from kr-42 for disaster_relief on {question}");
        let decision = decide(&agreements, &question.parse().unwrap());
        assert_eq!(decision.to_string(), expected, "{words}: {question}");
    }

    const PERMITTED: &str = "permitted x: permits p";
    const NOT_IN_FORCE: &str = "refused [not_in_force] x: limits t";
    const DISPUTED: &str = "refused [standing_disputed] x: limits t";

    #[test]
    fn what_is_not_in_force_is_for_exercises() {
        for words in ["drafted", "some", "signed"] {
            check(words, "2024-12-31 exercise", PERMITTED);
        }
        check("drafted", "2024-12-31", NOT_IN_FORCE);
        check("force", "2024-12-31", PERMITTED);
        check("force 2024-07-01", "2024-06-30", "refused [before_term] x: limits t");
        check("force 2024-07-01", "2024-07-01", PERMITTED);
        check("terminated 2024-07-01", "2024-12-31 exercise", NOT_IN_FORCE);
        check("expired 2024-07-01", "2024-12-31", NOT_IN_FORCE);
    }

    #[test]
    fn suspended_is_what_a_party_has_suspended() {
        let suspended = "refused [suspended] x: limits p";
        check("force + suspended", "2024-12-31", suspended);
        check("force + suspended p", "2024-12-31", suspended);
        check("force + suspended p+f", "2024-12-31", suspended);
        check("force + suspended f", "2024-12-31", PERMITTED);
        assert_eq!(standing("force + suspended f").code(), "suspended_in_part");
        assert_eq!(standing("withdrawn + suspended").code(), "suspended");
        assert_eq!(standing("drafted + suspended").code(), "drafted");
    }

    #[test]
    fn a_notice_ends_it_on_its_day() {
        for words in ["notice 2025-01-01", "ending 2025-01-01"] {
            check(words, "2024-12-31", PERMITTED);
            check(words, "2025-01-01", NOT_IN_FORCE);
        }
        check("held 2025-01-01", "2030-01-01", PERMITTED);
        check("withdrawn", "2030-01-01", PERMITTED);
    }

    #[test]
    fn between_two_readings_nothing_is_relied_on() {
        let resumed = "resumed 2025-01-01 2025-04-01";
        check(resumed, "2024-12-31", PERMITTED);
        check(resumed, "2025-01-01", DISPUTED);
        check(resumed, "2025-03-31", DISPUTED);
        check(resumed, "2025-04-01", NOT_IN_FORCE);
    }
}
