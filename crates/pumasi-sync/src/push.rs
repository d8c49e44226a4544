//! Push: telling a neighbour that answers and cannot ask.
//!
//! Who stands behind a wall that lets calls out and none in is not asked for its feed. It notices
//! that a neighbour answers and has not asked for a while, and says by itself what its feed would
//! have said. The neighbour keeps on disk how far it has come, as with a feed it reads, and answers
//! with that position; whoever pushes keeps none and asks for it first.
//!
//! [`Pushing`] is the side that tells, [`judge`] and [`answer`] the side that is told. Moments are
//! durations since any fixed beginning.

use std::collections::BTreeSet;
use std::time::Duration;

use pumasi_act::ActId;
use serde::{Deserialize, Serialize};

use crate::dialogue::{Cursor, Pace};
use crate::fault::TakeError;
use crate::feed::{FeedPage, FeedQuestion, FeedScope, Parcel};
use crate::replica::Taken;
use crate::want::WANT_IDS_MAX;

/// How long a neighbour that answers may leave our feed alone before we push.
pub const QUIET: Duration = Duration::from_secs(30);

/// Taking a push for longer than this asks whoever pushes to slow down.
const SLOW_FROM: Duration = Duration::from_millis(250);

/// The longest pause one answer may ask for, in milliseconds.
const SLOW_MS_MAX: u64 = 30_000;

/// Positions in the ledger of whoever pushes, as the two cursors of a feed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reach {
    /// Position up to which its urgent acts are here.
    pub own: u64,
    /// Position up to which its bulk is here.
    pub bulk: u64,
}

/// What is pushed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum PushQuestion {
    /// Nothing yet: asks how far the neighbour has come in this ledger.
    Where {
        /// The ledger.
        epoch: String,
    },
    /// What the feed would answer after these positions.
    Page {
        /// Where the page begins.
        after: Reach,
        /// Whether all that could be found of its past was pushed before.
        last: bool,
        /// The page.
        page: Box<FeedPage>,
    },
    /// Acts that were needed.
    Acts {
        /// The ledger.
        epoch: String,
        /// The acts.
        parcel: Parcel,
    },
}

/// What a neighbour says to a push, once everything it takes of it is on its disk.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PushAnswer {
    /// Position up to which it has urgent acts of this ledger.
    pub accepted_to: u64,
    /// Position up to which it has bulk of this ledger.
    pub accepted_bulk: u64,
    /// Acts that what was pushed came before, at most [`WANT_IDS_MAX`].
    pub need: BTreeSet<ActId>,
    /// What is not taken; of each matter the first.
    pub rejected: Vec<Rejected>,
    /// For how many milliseconds to push nothing.
    pub slow_ms: u64,
}

/// An act that is not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rejected {
    /// The act, or the matter it would open.
    pub id: ActId,
    /// Why, as programs read it.
    pub code: String,
}

impl From<&TakeError> for Rejected {
    fn from(error: &TakeError) -> Self {
        let id = match error {
            TakeError::Act { id, .. }
            | TakeError::NotShared { id, .. }
            | TakeError::OpensNothing { id, .. }
            | TakeError::OutOfOrder { id, .. }
            | TakeError::Personal { id, .. } => *id,
            TakeError::AgreementUnknown { matter, .. }
            | TakeError::AgreementsClash { matter, .. } => *matter,
        };
        Self { id, code: error.code().to_owned() }
    }
}

impl PushQuestion {
    /// The ledger it speaks of.
    #[must_use]
    pub fn epoch(&self) -> &str {
        match self {
            Self::Where { epoch } | Self::Acts { epoch, .. } => epoch,
            Self::Page { page, .. } => &page.epoch,
        }
    }
}

/// How far `kept`, the position that is on disk, reaches in the ledger that a push speaks of.
#[must_use]
pub fn reach(kept: &Cursor, question: &PushQuestion) -> Reach {
    if kept.epoch == question.epoch() {
        Reach { own: kept.own, bulk: kept.bulk }
    } else {
        Reach::default()
    }
}

/// What to take of a push; nothing where it would pass over something.
#[must_use]
pub fn judge(kept: &Cursor, question: &PushQuestion) -> Option<Parcel> {
    let here = reach(kept, question);
    match question {
        PushQuestion::Where { .. } => None,
        PushQuestion::Page { after, page, .. } => {
            (after.own <= here.own && after.bulk <= here.bulk).then(|| page.parcel.clone())
        }
        PushQuestion::Acts { parcel, .. } => Some(parcel.clone()),
    }
}

/// What to answer after `taken`, which took `took`, and the position to have on disk before.
#[must_use]
pub fn answer(
    kept: &Cursor,
    question: &PushQuestion,
    taken: &Taken,
    took: Duration,
) -> (PushAnswer, Cursor) {
    let mut here = reach(kept, question);
    if let PushQuestion::Page { last, page, .. } = question
        && judge(kept, question).is_some()
        && (*last || taken.missing.is_empty())
    {
        let bulk = page.bulk.unwrap_or(page.to);
        // A head before what is here is that of an older copy, which begins anew.
        let is_older = page.head < here.own || page.head < here.bulk;
        let (own, bulk) =
            if is_older { (page.to, bulk) } else { (here.own.max(page.to), here.bulk.max(bulk)) };
        here = Reach { own, bulk };
    }
    let ms = u64::try_from(took.as_millis()).unwrap_or(SLOW_MS_MAX);
    let answer = PushAnswer {
        accepted_to: here.own,
        accepted_bulk: here.bulk,
        need: taken.missing.iter().take(WANT_IDS_MAX).copied().collect(),
        rejected: taken.refused.iter().map(Rejected::from).collect(),
        slow_ms: if took < SLOW_FROM { 0 } else { ms.min(SLOW_MS_MAX) },
    };
    (answer, Cursor { epoch: question.epoch().to_owned(), own: here.own, bulk: here.bulk })
}

/// What to push next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PushStep {
    /// Nothing before this moment.
    Wait(Duration),
    /// [`PushQuestion::Where`].
    Where,
    /// A page: what the feed answers to this question of the neighbour's.
    Page {
        /// What it would have asked.
        question: FeedQuestion,
        /// For [`PushQuestion::Page`].
        last: bool,
    },
    /// Those of these acts that the neighbour may see.
    Acts(Vec<ActId>),
}

/// What is known of a neighbour from elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sight {
    /// Whether it answered when it was last asked.
    pub answers: bool,
    /// When it last asked for our feed; the moment while a question of it is open.
    pub asked_at: Option<Duration>,
    /// The newest position here.
    pub head: u64,
}

/// The side that pushes to one neighbour.
///
/// After [`Pushing::next`] said what to push, tell [`Pushing::answered`], [`Pushing::busy`] or
/// [`Pushing::failed`].
#[derive(Debug, Clone)]
pub struct Pushing {
    pace: Pace,
    quiet: Duration,
    began: Duration,
    phase: Phase,
    rests_until: Duration,
    failure_pause: Duration,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Phase {
    Where,
    Page {
        after: Reach,
        last: bool,
    },
    /// Acts that a page after this position came before.
    Acts {
        after: Reach,
        owed: BTreeSet<ActId>,
    },
}

impl Pushing {
    /// Begins at `now`; a neighbour is pushed to once it left our feed alone for `quiet`.
    #[must_use]
    pub const fn new(pace: Pace, quiet: Duration, now: Duration) -> Self {
        let failure_pause = pace.pause_min;
        let (phase, rests_until) = (Phase::Where, Duration::ZERO);
        Self { pace, quiet, began: now, phase, rests_until, failure_pause }
    }

    /// Says what to push at `now`.
    pub fn next(&mut self, now: Duration, sight: Sight) -> PushStep {
        let quiet_from = sight.asked_at.unwrap_or(self.began) + self.quiet;
        if !sight.answers || now < quiet_from {
            // It reads our feed, or hears nothing at all: where it stands is asked anew.
            self.phase = Phase::Where;
            return PushStep::Wait(quiet_from.max(now + self.pace.pause_min));
        }
        if now < self.rests_until {
            return PushStep::Wait(self.rests_until);
        }
        match &self.phase {
            Phase::Where => PushStep::Where,
            Phase::Page { after, .. } if after.own == sight.head && after.bulk == sight.head => {
                PushStep::Wait(now + self.pace.pause_min)
            }
            Phase::Page { after, last } => {
                let mut question = FeedQuestion::plain(FeedScope::Own, after.own);
                question.bulk = Some(after.bulk);
                PushStep::Page { question, last: *last }
            }
            Phase::Acts { owed, .. } => PushStep::Acts(owed.iter().copied().collect()),
        }
    }

    /// Goes on after an answer.
    pub fn answered(&mut self, now: Duration, answer: &PushAnswer) {
        let slow = Duration::from_millis(answer.slow_ms.min(SLOW_MS_MAX));
        self.rests_until = now + slow.min(self.pace.pause_max);
        let there = Reach { own: answer.accepted_to, bulk: answer.accepted_bulk };
        let next = |after, last| Phase::Page { after, last };
        let (phase, is_stuck) = match std::mem::replace(&mut self.phase, Phase::Where) {
            Phase::Where => (next(there, false), false),
            Phase::Page { after, last: false } if there == after && !answer.need.is_empty() => {
                (Phase::Acts { after, owed: answer.need.clone() }, false)
            }
            Phase::Page { after, .. } => (next(there, false), there == after),
            Phase::Acts { after, mut owed } => {
                let before = owed.len();
                owed.extend(answer.need.iter().copied());
                // What it still needs is not to be had here, or too much to be pushed.
                let is_done = owed.len() == before || owed.len() > WANT_IDS_MAX;
                (if is_done { next(after, true) } else { Phase::Acts { after, owed } }, false)
            }
        };
        self.phase = phase;
        if is_stuck {
            self.pause(now);
        } else {
            self.failure_pause = self.pace.pause_min;
        }
    }

    /// Goes on after the neighbour said that it has too much to do, and for how long.
    pub fn busy(&mut self, now: Duration, pause: Duration) {
        self.rests_until = now + pause.clamp(self.pace.pause_min, self.pace.pause_max);
    }

    /// Goes on after a failure, with growing pauses.
    pub fn failed(&mut self, now: Duration) {
        self.phase = Phase::Where;
        self.pause(now);
    }

    fn pause(&mut self, now: Duration) {
        self.rests_until = self.rests_until.max(now + self.failure_pause);
        self.failure_pause = (self.failure_pause * 2).min(self.pace.pause_max);
    }
}

#[cfg(test)]
mod tests {
    use pumasi_base::Digest;

    use super::*;

    fn id(name: &str) -> ActId {
        ActId(Digest::of(name.as_bytes()))
    }

    fn reach_of(text: &str) -> Reach {
        let (own, bulk) = text.split_once('/').unwrap();
        Reach { own: own.parse().unwrap(), bulk: bulk.parse().unwrap() }
    }

    fn shown(step: &PushStep) -> String {
        match step {
            PushStep::Wait(until) => format!("wait {}", until.as_millis()),
            PushStep::Where => "where".to_owned(),
            PushStep::Page { question, last } => {
                let bulk = question.bulk.unwrap();
                format!("page {}/{bulk}{}", question.after, if *last { " last" } else { "" })
            }
            PushStep::Acts(ids) => format!("acts {}", ids.len()),
        }
    }

    /// Plays what happens against a pushing side whose head is at 9, one happening to a line, and
    /// compares what it does next after each: `at <ms>` moves the clock, `asked <ms>` says when
    /// the neighbour last asked, `says <own>/<bulk> [needs…] [slow=<ms>]` is an answer.
    #[track_caller]
    fn check(script: &[(&str, &str)]) {
        let mut pushing = Pushing::new(Pace::default(), QUIET, Duration::ZERO);
        let mut sight = Sight { answers: true, asked_at: None, head: 9 };
        let mut now = Duration::ZERO;
        for (happens, expected) in script {
            let words: Vec<&str> = happens.split(' ').collect();
            let ms = |index: usize| Duration::from_millis(words[index].parse().unwrap());
            match words[0] {
                "at" => now = ms(1),
                "asked" => sight.asked_at = Some(ms(1)),
                "silent" => sight.answers = false,
                "answers" => sight.answers = true,
                "fails" => pushing.failed(now),
                "busy" => pushing.busy(now, ms(1)),
                "says" => {
                    let Reach { own, bulk } = reach_of(words[1]);
                    let mut answer = PushAnswer {
                        accepted_to: own,
                        accepted_bulk: bulk,
                        ..PushAnswer::default()
                    };
                    for word in &words[2..] {
                        match word.strip_prefix("slow=") {
                            Some(slow) => answer.slow_ms = slow.parse().unwrap(),
                            None => answer.need.extend([id(word)]),
                        }
                    }
                    pushing.answered(now, &answer);
                }
                other => panic!("{other}"),
            }
            assert_eq!(shown(&pushing.next(now, sight)), *expected, "after {happens}");
        }
    }

    #[test]
    fn who_asks_or_does_not_answer_is_not_pushed_to() {
        check(&[
            ("at 0", "wait 30000"),
            ("at 30000", "where"),
            ("asked 29000", "wait 59000"),
            ("at 59000", "where"),
            ("silent", "wait 59250"),
            ("answers", "where"),
        ]);
    }

    #[test]
    fn pages_follow_each_other_until_nothing_is_left() {
        check(&[
            ("at 30000", "where"),
            ("says 3/1", "page 3/1"),
            ("says 6/1", "page 6/1"),
            ("says 9/9", "wait 30250"),
            ("at 30250", "wait 30500"),
            // It asked by itself meanwhile: where it stands is asked again later.
            ("asked 30250", "wait 60250"),
            ("at 60250", "where"),
            // A restored neighbour has an older position.
            ("says 2/2", "page 2/2"),
        ]);
    }

    #[test]
    fn what_is_needed_goes_first_and_what_is_not_to_be_had_holds_up_nothing() {
        check(&[
            ("at 30000", "where"),
            ("says 3/3", "page 3/3"),
            ("says 3/3 a", "acts 1"),
            ("says 3/3 b", "acts 2"),
            ("says 3/3", "page 3/3 last"),
            ("says 9/9 c", "wait 30250"),
        ]);
    }

    #[test]
    fn back_pressure_is_honoured_and_failures_are_met_with_growing_pauses() {
        check(&[
            ("at 30000", "where"),
            ("says 3/3 slow=700", "wait 30700"),
            ("at 30700", "page 3/3"),
            ("says 3/3 slow=999999", "wait 60700"),
            ("at 60700", "page 3/3"),
            ("busy 2000", "wait 62700"),
            ("at 62700", "page 3/3"),
            // It takes nothing and says nothing.
            ("says 3/3", "wait 63200"),
            ("at 63200", "page 3/3"),
            ("fails", "wait 64200"),
            ("at 64200", "where"),
            ("fails", "wait 66200"),
        ]);
    }

    /// What a side that has come to `kept` answers to a page.
    #[track_caller]
    fn check_told(kept: &str, after: &str, page: &str, missing: &[&str], expected: &str) {
        let Reach { own, bulk } = reach_of(kept);
        let kept = Cursor { epoch: "a".to_owned(), own, bulk };
        let (page, last) = page.strip_suffix(" last").map_or((page, false), |page| (page, true));
        let (epoch, rest) = page.split_once(' ').unwrap();
        let (to, head) = rest.split_once(" of ").unwrap();
        let Reach { own, bulk } = reach_of(to);
        let page = serde_json::json!({"epoch": epoch, "to": own, "bulk": bulk,
            "head": head.parse::<u64>().unwrap(), "parcel": Parcel::default()});
        let page = Box::new(serde_json::from_value(page).unwrap());
        let question = PushQuestion::Page { after: reach_of(after), last, page };
        let missing = missing.iter().map(|name| id(name)).collect();
        let taken = Taken { missing, ..Taken::default() };
        let judged = if judge(&kept, &question).is_some() { "taken" } else { "left" };
        let (answer, kept) = answer(&kept, &question, &taken, Duration::ZERO);
        let said = format!(
            "{judged} {}/{} {}",
            answer.accepted_to,
            answer.accepted_bulk,
            answer.need.len()
        );
        assert_eq!(said, expected);
        assert_eq!((kept.own, kept.bulk), (answer.accepted_to, answer.accepted_bulk));
    }

    #[test]
    fn a_position_moves_only_over_what_is_here() {
        check_told("3/3", "3/3", "a 6/5 of 9", &[], "taken 6/5 0");
        check_told("3/3", "3/3", "a 6/5 of 9", &["x"], "taken 3/3 1");
        check_told("3/3", "3/3", "a 6/5 of 9 last", &["x"], "taken 6/5 1");
        // Again, and from before: nothing is lost by it.
        check_told("6/5", "3/3", "a 6/5 of 9", &[], "taken 6/5 0");
        // It would pass over something.
        check_told("3/3", "4/3", "a 6/5 of 9", &[], "left 3/3 0");
        // Another ledger is read from its beginning.
        check_told("3/3", "3/3", "b 6/5 of 9", &[], "left 0/0 0");
        check_told("3/3", "0/0", "b 6/5 of 9", &[], "taken 6/5 0");
        // An older copy of the ledger begins anew.
        check_told("8/8", "8/8", "a 2/2 of 2", &[], "taken 2/2 0");
    }
}
