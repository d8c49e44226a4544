//! The conversation of a node with one neighbour, as seen by the one who asks.
//!
//! [`Dialogue::next`] says what to do; the caller does it and tells the outcome. Nothing here
//! waits, sleeps or reads a clock: moments are durations since any fixed beginning.
//!
//! Normally a node reads what the neighbour wrote itself. When digests differ although nothing
//! new comes, or something was not taken, it sweeps everything the neighbour holds of shared
//! matters, so that any member of an audience can carry for the others.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::fault::TakeError;
use crate::feed::{FeedPage, FeedQuestion, FeedScope};
use crate::replica::Taken;

/// Seconds a feed waits for something new before it answers with nothing.
pub const WAIT_SECONDS: u64 = 10;

/// Where a node stands in a neighbour's feed: what it has on disk.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    /// The neighbour's ledger.
    pub epoch: String,
    /// Position up to which what the neighbour wrote itself is here.
    pub own: u64,
    /// Position up to which everything it holds of shared matters is here.
    pub all: u64,
}

/// How quickly a node asks again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// The shortest pause, after a first failure or an answer that brought nothing.
    pub pause_min: Duration,
    /// The longest pause while a neighbour stays silent.
    pub pause_max: Duration,
}

impl Default for Pace {
    /// From a quarter of a second to half a minute.
    fn default() -> Self {
        Self { pause_min: Duration::from_millis(250), pause_max: Duration::from_secs(30) }
    }
}

/// What to do next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Ask the neighbour, then tell [`Dialogue::answered`] or [`Dialogue::failed`].
    Ask(FeedQuestion),
    /// Wait until this moment, or until the neighbour itself calls ([`Dialogue::visited`]).
    Wait(Duration),
}

/// Which question is under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// What the neighbour wrote.
    Feed,
    /// Everything it holds, after a position; `whole` while nothing was left untaken.
    Sweep { after: u64, whole: bool },
}

/// The conversation with one neighbour.
#[derive(Debug, Clone)]
pub struct Dialogue {
    pace: Pace,
    cursor: Cursor,
    /// The cursor that is being written to disk.
    unsaved: Option<Cursor>,
    phase: Phase,
    /// Whether the neighbour answered the last time.
    answers: bool,
    /// When the question under way was put.
    asked_at: Duration,
    /// Nothing is asked before this moment.
    rests_until: Duration,
    /// The moment from which a call of the neighbour ends the rest, while it is silent.
    may_wake_at: Option<Duration>,
    failure_pause: Duration,
    /// Whether the last page came before acts in its past, which their authors may be bringing.
    had_gap: bool,
    /// How long to wait after a sweep that left something untaken, and until when.
    sweep_pause: Duration,
    next_sweep: Duration,
}

impl Dialogue {
    /// Goes on where `cursor` was when it was last on disk.
    #[must_use]
    pub const fn new(cursor: Cursor, pace: Pace) -> Self {
        Self {
            pace,
            cursor,
            unsaved: None,
            phase: Phase::Feed,
            answers: false,
            asked_at: Duration::ZERO,
            rests_until: Duration::ZERO,
            may_wake_at: None,
            failure_pause: pace.pause_min,
            had_gap: false,
            sweep_pause: pace.pause_min,
            next_sweep: Duration::ZERO,
        }
    }

    /// Where it stands; on disk.
    #[must_use]
    pub const fn cursor(&self) -> &Cursor {
        &self.cursor
    }

    /// Says what to do at `now`.
    pub fn next(&mut self, now: Duration) -> Step {
        if now < self.rests_until {
            return Step::Wait(self.rests_until);
        }
        self.may_wake_at = None;
        self.asked_at = now;
        // Who has not been heard yet, or was silent, is asked to answer at once.
        let (scope, after, wait) = match self.phase {
            Phase::Feed if self.answers => (FeedScope::Own, self.cursor.own, WAIT_SECONDS),
            Phase::Feed => (FeedScope::Own, self.cursor.own, 0),
            Phase::Sweep { after, .. } => (FeedScope::All, after, 0),
        };
        Step::Ask(FeedQuestion { v: 1, epoch: self.cursor.epoch.clone(), after, scope, wait })
    }

    /// Whether the acts of a page are to be taken before [`Dialogue::answered`] is told of it.
    ///
    /// Positions of a ledger that was not known mean nothing: it is read from the beginning.
    #[must_use]
    pub fn wants(&self, page: &FeedPage) -> bool {
        page.epoch == self.cursor.epoch || self.phase == Phase::Feed && self.cursor.own == 0
    }

    /// Goes on after an answer: what became of its acts, and whether shared matters then still
    /// stand differently here and there ([`crate::Replica::differs`]).
    ///
    /// Gives the cursor when it moved: store it and tell [`Dialogue::saved`], or tell
    /// [`Dialogue::failed`] when that cannot be done.
    pub fn answered(
        &mut self,
        now: Duration,
        page: &FeedPage,
        taken: &Taken,
        differs: bool,
    ) -> Option<Cursor> {
        self.unsaved = None;
        let cursor = match self.phase {
            Phase::Feed => self.feed_answered(now, page, taken, differs),
            Phase::Sweep { after, whole } => self.sweep_answered(now, page, taken, after, whole),
        };
        if cursor == self.cursor {
            self.failure_pause = self.pace.pause_min;
            return None;
        }
        self.unsaved = Some(cursor);
        self.unsaved.clone()
    }

    fn feed_answered(
        &mut self,
        now: Duration,
        page: &FeedPage,
        taken: &Taken,
        differs: bool,
    ) -> Cursor {
        let mut cursor = self.cursor.clone();
        if page.epoch != cursor.epoch {
            // Another ledger, or a first meeting: its positions mean nothing yet.
            let is_new = cursor.own == 0;
            cursor = Cursor { epoch: page.epoch.clone(), ..Cursor::default() };
            if !is_new {
                return cursor;
            }
        }
        self.answers = true;
        // An older copy of its ledger has other acts at the positions that follow.
        cursor.all = cursor.all.min(page.head);
        if taken.refused.iter().any(TakeError::is_gap) && !self.had_gap {
            // Most often their authors' own feeds are just bringing what is missing.
            self.had_gap = true;
            self.rests_until = now + self.pace.pause_min;
            return self.cursor.clone();
        }
        self.had_gap = false;
        if !taken.refused.is_empty() {
            // The feed goes on; what was refused comes again with every sweep.
            self.next_sweep = now;
        }
        let is_idle = taken.received.new == 0 && page.to >= page.head;
        if is_idle && !differs {
            // What stands there stands here, so nothing up to its head is worth a sweep.
            cursor.all = page.head;
        }
        cursor.own = page.to;
        let is_due = cursor.all < page.head && now >= self.next_sweep;
        if is_due && (!taken.refused.is_empty() || is_idle && differs) {
            self.phase = Phase::Sweep { after: cursor.all, whole: true };
        } else if is_idle && now.saturating_sub(self.asked_at) < self.pace.pause_min {
            // A neighbour that says nothing, and says it at once, is not asked again at once.
            self.rests_until = now + self.pace.pause_min;
        }
        cursor
    }

    /// The cursor stays before the first act that is not taken, so that it comes again.
    fn sweep_answered(
        &mut self,
        now: Duration,
        page: &FeedPage,
        taken: &Taken,
        after: u64,
        whole: bool,
    ) -> Cursor {
        let mut cursor = self.cursor.clone();
        if page.epoch != cursor.epoch {
            self.phase = Phase::Feed;
            return cursor;
        }
        let whole = whole && taken.refused.is_empty();
        if whole {
            cursor.all = page.to;
        }
        if page.to < page.head && page.to > after {
            self.phase = Phase::Sweep { after: page.to, whole };
            return cursor;
        }
        self.phase = Phase::Feed;
        self.sweep_pause = if whole {
            self.pace.pause_min
        } else {
            (self.sweep_pause * 2).min(self.pace.pause_max)
        };
        self.next_sweep = now + self.sweep_pause;
        if !whole {
            self.rests_until = now + self.pace.pause_min;
        }
        cursor
    }

    /// Goes by the cursor that [`Dialogue::answered`] gave: it is on disk.
    pub fn saved(&mut self) {
        if let Some(cursor) = self.unsaved.take() {
            self.cursor = cursor;
            self.failure_pause = self.pace.pause_min;
        }
    }

    /// Goes on after a failure of the network, the neighbour or the disk, with growing pauses.
    pub fn failed(&mut self, now: Duration) {
        self.unsaved = None;
        self.phase = Phase::Feed;
        self.answers = false;
        self.may_wake_at = Some(now + self.pace.pause_min);
        self.rests_until = now + self.failure_pause;
        self.failure_pause = (self.failure_pause * 2).min(self.pace.pause_max);
    }

    /// Notes that the neighbour itself called: if it was silent, it is worth another question.
    pub fn visited(&mut self, now: Duration) {
        if let Some(moment) = self.may_wake_at {
            self.rests_until = self.rests_until.min(now.max(moment));
        }
    }
}

#[cfg(test)]
mod tests {
    use pumasi_act::ActId;
    use pumasi_base::Digest;

    use super::*;
    use crate::feed::Parcel;
    use crate::replica::Received;

    /// Plays answers against a dialogue and writes down what it does: what happens, one word or
    /// more to a line; what it asks after each; what it stores.
    #[track_caller]
    fn check(script: &[&str], expected: &[&str]) {
        let mut dialogue = Dialogue::new(Cursor::default(), Pace::default());
        let mut now = Duration::ZERO;
        let mut said = Vec::new();
        for line in script {
            let words: Vec<&str> = line.split(' ').collect();
            let stored = match words[0] {
                "fail" => {
                    dialogue.failed(now);
                    String::new()
                }
                "visit" => {
                    dialogue.visited(now);
                    String::new()
                }
                _ => answer(&mut dialogue, now, &words),
            };
            let mut waited = 0;
            let asked = loop {
                match dialogue.next(now) {
                    Step::Wait(until) => {
                        waited += (until - now).as_millis();
                        now = until;
                    }
                    Step::Ask(question) => break question,
                }
            };
            let scope = if asked.scope == FeedScope::Own { "own" } else { "all" };
            let FeedQuestion { after, wait, .. } = asked;
            said.push(format!("{stored}after {waited} ms: {scope} {after} wait {wait}"));
        }
        assert_eq!(said, expected);
    }

    /// `epoch to/head new [gap|bad] [differs] [slow]`.
    fn answer(dialogue: &mut Dialogue, now: Duration, words: &[&str]) -> String {
        let (to, head) = words[1].split_once('/').unwrap();
        let page = FeedPage {
            epoch: words[0].to_owned(),
            to: to.parse().unwrap(),
            head: head.parse().unwrap(),
            parcel: Parcel::default(),
            digests: Vec::new(),
        };
        let id = ActId(Digest::of(b"an act"));
        let mut taken = Taken {
            received: Received { new: words[2].parse().unwrap(), known: 0 },
            refused: Vec::new(),
        };
        if words.contains(&"gap") {
            taken.refused.push(TakeError::OutOfOrder { id, missing: id });
        }
        if words.contains(&"bad") {
            let what = String::new();
            taken.refused.push(TakeError::AgreementsClash { matter: id, what });
        }
        let later = if words.contains(&"slow") { now + Duration::from_secs(10) } else { now };
        let wanted = if dialogue.wants(&page) { "" } else { "unread, " };
        let cursor = dialogue.answered(later, &page, &taken, words.contains(&"differs"));
        let stored =
            cursor.map_or_else(String::new, |c| format!("{}/{}/{} ", c.epoch, c.own, c.all));
        dialogue.saved();
        format!("{wanted}{stored}")
    }

    #[test]
    fn a_feed_is_read_to_its_head_and_then_waited_for() {
        check(
            &["a 2/5 2", "a 5/5 3", "a 5/5 0 slow", "a 6/6 1 slow"],
            &[
                "a/2/0 after 0 ms: own 2 wait 10",
                "a/5/0 after 0 ms: own 5 wait 10",
                "a/5/5 after 0 ms: own 5 wait 10",
                "a/6/5 after 0 ms: own 6 wait 10",
            ],
        );
    }

    #[test]
    fn a_neighbour_that_says_nothing_at_once_is_not_asked_again_at_once() {
        check(
            &["a 0/0 0", "a 0/0 0"],
            &["a/0/0 after 250 ms: own 0 wait 10", "after 250 ms: own 0 wait 10"],
        );
    }

    #[test]
    fn what_differs_while_nothing_comes_is_swept_page_by_page() {
        check(
            &["a 9/9 0 differs slow", "a 4/9 4", "a 9/9 1", "a 9/9 0 differs slow"],
            &[
                "a/9/0 after 0 ms: all 0 wait 0",
                "a/9/4 after 0 ms: all 4 wait 0",
                "a/9/9 after 0 ms: own 9 wait 10",
                "after 0 ms: own 9 wait 10",
            ],
        );
    }

    #[test]
    fn what_a_sweep_could_not_take_comes_again_less_and_less_often() {
        check(
            &["a 9/9 0 bad differs", "a 9/9 0 bad", "a 9/9 0 differs slow", "a 9/9 0 bad"],
            &[
                "a/9/0 after 0 ms: all 0 wait 0",
                "after 250 ms: own 9 wait 10",
                "after 0 ms: all 0 wait 0",
                "after 250 ms: own 9 wait 10",
            ],
        );
    }

    #[test]
    fn a_gap_is_given_a_moment_to_close_and_then_swept() {
        check(
            &["a 3/9 2 gap", "a 3/9 2 gap", "a 9/9 6"],
            &[
                "after 250 ms: own 0 wait 10",
                "a/3/0 after 0 ms: all 0 wait 0",
                "a/3/9 after 0 ms: own 3 wait 10",
            ],
        );
    }

    #[test]
    fn another_ledger_is_read_from_its_beginning() {
        check(
            &["a 7/7 7", "b 3/3 3", "b 3/3 3"],
            &[
                "a/7/0 after 0 ms: own 7 wait 10",
                "unread, b/0/0 after 0 ms: own 0 wait 10",
                "b/3/0 after 0 ms: own 3 wait 10",
            ],
        );
        // An older copy of the same ledger has given these positions to other acts.
        check(
            &["a 7/7 0 slow", "a 3/3 0 slow"],
            &["a/7/7 after 0 ms: own 7 wait 10", "a/3/3 after 0 ms: own 3 wait 10"],
        );
    }

    #[test]
    fn pauses_grow_to_half_a_minute_and_end_when_the_neighbour_calls() {
        let fails = ["fail"; 9];
        let pauses = [250, 500, 1000, 2000, 4000, 8000, 16000, 30000, 30000];
        let expected = pauses.map(|ms| format!("after {ms} ms: own 0 wait 0"));
        check(&fails, &expected.each_ref().map(String::as_str));
        let mut dialogue = Dialogue::new(Cursor::default(), Pace::default());
        for _ in 0..9 {
            dialogue.failed(Duration::ZERO);
        }
        assert_eq!(dialogue.next(Duration::ZERO), Step::Wait(Duration::from_secs(30)));
        dialogue.visited(Duration::from_millis(1));
        assert_eq!(dialogue.next(Duration::ZERO), Step::Wait(Duration::from_millis(250)));
        let later = Duration::from_secs(3);
        dialogue.failed(Duration::ZERO);
        dialogue.visited(later);
        assert!(matches!(dialogue.next(later), Step::Ask(_)));
    }

    #[test]
    fn a_cursor_that_was_not_stored_is_not_gone_by() {
        let mut dialogue = Dialogue::new(Cursor::default(), Pace::default());
        let page = FeedPage {
            epoch: "a".to_owned(),
            to: 5,
            head: 5,
            parcel: Parcel::default(),
            digests: Vec::new(),
        };
        let given = dialogue.answered(Duration::ZERO, &page, &Taken::default(), false);
        assert_eq!(given.map(|cursor| cursor.own), Some(5));
        dialogue.failed(Duration::ZERO);
        dialogue.saved();
        assert_eq!(*dialogue.cursor(), Cursor::default());
    }
}
