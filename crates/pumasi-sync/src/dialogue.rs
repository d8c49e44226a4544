//! The conversation of a node with one neighbour, as seen by the one who asks.
//!
//! [`Dialogue::next`] says what to do; the caller does it and tells the outcome. Nothing here
//! waits, sleeps or reads a clock: moments are durations since any fixed beginning.
//!
//! After the first words a node reads what the neighbour wrote itself, urgent acts first. Where an
//! act comes before its past, it asks for that by id. Where digests differ although nothing new
//! comes, or something was not taken, it asks for what lies above its own heights, so that any
//! member of an audience can carry for the others.

use std::collections::BTreeSet;
use std::time::Duration;

use pumasi_act::ActId;
use pumasi_base::PartyId;
use serde::{Deserialize, Serialize};

use crate::feed::{FeedPage, FeedQuestion, FeedScope, Parcel, ParcelAnswer, Standing};
use crate::hello::{Hello, Incompatible};
use crate::recon::{Differing, HEIGHTS_MATTERS_MAX, ReconAnswer, ReconQuestion};
use crate::replica::{Replica, Taken};
use crate::want::{WANT_IDS_MAX, WantQuestion};

/// Seconds a feed waits for something new before it answers with nothing.
pub const WAIT_SECONDS: u64 = 10;

/// The most bytes of acts that wait for their past, of one neighbour: 64 MiB. What would go beyond
/// is let go, and comes again with a repair.
pub const WAITING_BYTES_MAX: usize = 64 * 1024 * 1024;

/// How often differences are looked into even though nothing new came since they were.
const AUDIT_EVERY: Duration = Duration::from_secs(60 * 60);

/// Where a node stands in a neighbour's feed: what it has on disk.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    /// The neighbour's ledger.
    pub epoch: String,
    /// Position up to which the urgent acts that the neighbour wrote itself are here.
    pub own: u64,
    /// Position up to which the bulk that it wrote itself is here.
    #[serde(default)]
    pub bulk: u64,
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
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// Ask the neighbour, then tell [`Dialogue::answered`], [`Dialogue::busy`] or
    /// [`Dialogue::failed`].
    Ask(Question),
    /// Wait until this moment, or until the neighbour itself calls ([`Dialogue::visited`]).
    Wait(Duration),
}

/// A question to a neighbour.
#[derive(Debug, Clone, PartialEq)]
pub enum Question {
    /// The first words, answered by a [`Hello`].
    Hello(Hello),
    /// For a page of its feed, answered by a [`FeedPage`].
    Feed(FeedQuestion),
    /// For acts by id, answered by a [`ParcelAnswer`].
    Want(WantQuestion),
    /// For which matters differ, answered by a [`ReconAnswer`], or for what is missing of them,
    /// answered by a [`ParcelAnswer`].
    Recon(ReconQuestion),
}

/// An answer of a neighbour.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// To the first words.
    Hello(Hello),
    /// A page of the feed.
    Feed(FeedPage),
    /// Acts.
    Parcel(ParcelAnswer),
    /// Which matters differ.
    Recon(ReconAnswer),
}

/// Which question is under way.
#[derive(Debug, Clone)]
enum Phase {
    Hello,
    Feed,
    /// Acts that others came before, and what to go on with once they are here or are not to be
    /// had.
    Want {
        missing: BTreeSet<ActId>,
        asked: BTreeSet<ActId>,
        then: Box<Then>,
    },
    /// Which matters differ, while the neighbour's head stood at a position.
    Matters {
        message: Option<String>,
        differing: Differing,
        head: u64,
    },
    /// What is missing of matters that differ.
    Above {
        differing: Differing,
        head: u64,
        whole: bool,
    },
}

/// What an interrupted answer was.
#[derive(Debug, Clone)]
enum Then {
    Feed { page: FeedPage, new: usize },
    Above { differing: Differing, head: u64, whole: bool, more: bool, new: usize },
}

/// The conversation with one neighbour.
#[derive(Debug, Clone)]
pub struct Dialogue {
    pace: Pace,
    hello: Hello,
    neighbour: PartyId,
    cursor: Cursor,
    /// The cursor that is being written to disk.
    unsaved: Option<Cursor>,
    phase: Phase,
    /// Acts that wait for their past.
    waiting: Vec<String>,
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
    /// The head of the neighbour up to which there is nothing more to repair.
    repaired: Option<u64>,
    repair_pause: Duration,
    next_repair: Duration,
    next_audit: Duration,
}

impl Dialogue {
    /// Goes on with `neighbour` where `cursor` was when it was last on disk.
    #[must_use]
    pub const fn new(hello: Hello, neighbour: PartyId, cursor: Cursor, pace: Pace) -> Self {
        Self {
            pace,
            hello,
            neighbour,
            cursor,
            unsaved: None,
            phase: Phase::Hello,
            waiting: Vec::new(),
            answers: false,
            asked_at: Duration::ZERO,
            rests_until: Duration::ZERO,
            may_wake_at: None,
            failure_pause: pace.pause_min,
            had_gap: false,
            repaired: None,
            repair_pause: pace.pause_min,
            next_repair: Duration::ZERO,
            next_audit: AUDIT_EVERY,
        }
    }

    /// Where it stands; on disk.
    #[must_use]
    pub const fn cursor(&self) -> &Cursor {
        &self.cursor
    }

    /// Says what to do at `now`.
    pub fn next(&mut self, now: Duration, replica: &Replica) -> Step {
        if now < self.rests_until {
            return Step::Wait(self.rests_until);
        }
        self.may_wake_at = None;
        self.asked_at = now;
        Step::Ask(match &self.phase {
            Phase::Hello => Question::Hello(self.hello.clone()),
            Phase::Feed => self.feed_question(),
            Phase::Want { missing, asked, .. } => {
                let ids = missing.difference(asked).take(WANT_IDS_MAX).copied().collect();
                Question::Want(WantQuestion { v: 1, ids })
            }
            Phase::Matters { message: Some(message), .. } => {
                Question::Recon(ReconQuestion::Matters(message.clone()))
            }
            Phase::Matters { message: None, .. } => match replica.recon_begin(&self.neighbour) {
                Ok(message) => Question::Recon(ReconQuestion::Matters(message)),
                Err(_) => {
                    self.phase = Phase::Feed;
                    self.feed_question()
                }
            },
            Phase::Above { differing, .. } => Question::Recon(replica.recon_above(differing)),
        })
    }

    fn feed_question(&self) -> Question {
        // Who has not been heard yet, or was silent, is asked to answer at once.
        let wait = if self.answers { WAIT_SECONDS } else { 0 };
        Question::Feed(FeedQuestion {
            v: 1,
            epoch: self.cursor.epoch.clone(),
            after: self.cursor.own,
            bulk: Some(self.cursor.bulk),
            scope: FeedScope::Own,
            wait,
        })
    }

    /// Whether positions of a page mean anything here: a ledger that was not known is read from
    /// its beginning.
    fn reads(&self, page: &FeedPage) -> bool {
        page.epoch == self.cursor.epoch || self.cursor.own == 0
    }

    /// What to take of an answer before [`Dialogue::answered`] is told of it.
    #[must_use]
    pub fn parcel(&self, answer: &Answer) -> Option<Parcel> {
        match answer {
            Answer::Feed(page) => self.reads(page).then(|| page.parcel.clone()),
            Answer::Parcel(answer) => {
                let mut parcel = answer.parcel.clone();
                parcel.acts.extend(self.waiting.iter().cloned());
                Some(parcel)
            }
            Answer::Hello(_) | Answer::Recon(_) => None,
        }
        .filter(|parcel| *parcel != Parcel::default())
    }

    /// Goes on after an answer, and what became of its [`Dialogue::parcel`] in `replica`.
    ///
    /// Gives the cursor when it moved: store it and tell [`Dialogue::saved`], or tell
    /// [`Dialogue::failed`] when that cannot be done.
    ///
    /// # Errors
    /// When the two nodes cannot talk; tell [`Dialogue::failed`] then.
    pub fn answered(
        &mut self,
        now: Duration,
        replica: &Replica,
        answer: &Answer,
        taken: &Taken,
    ) -> Result<Option<Cursor>, Incompatible> {
        self.unsaved = None;
        let phase = std::mem::replace(&mut self.phase, Phase::Feed);
        let cursor = match (phase, answer) {
            (Phase::Hello, Answer::Hello(there)) => {
                self.hello.meet(there, &self.neighbour)?;
                None
            }
            (Phase::Feed, Answer::Feed(page)) => self.feed_answered(now, replica, page, taken),
            (Phase::Want { missing, mut asked, then }, Answer::Parcel(_)) => {
                asked.extend(
                    missing.difference(&asked).take(WANT_IDS_MAX).copied().collect::<Vec<_>>(),
                );
                self.past_answered(now, replica, taken, asked, *then)
            }
            (Phase::Matters { differing, head, .. }, Answer::Recon(answer)) => {
                self.matters_answered(now, replica, answer, differing, head);
                None
            }
            (Phase::Above { differing, head, whole }, Answer::Parcel(answer)) => {
                let (more, new) = (answer.more, taken.received.new);
                let then = Then::Above { differing, head, whole, more, new };
                self.unless_early(now, replica, taken, BTreeSet::new(), then)
            }
            // An answer to something else: the question is put again.
            (phase, _) => {
                self.phase = phase;
                self.rests_until = now + self.pace.pause_min;
                None
            }
        };
        let moved = cursor.filter(|cursor| *cursor != self.cursor);
        if moved.is_none() {
            self.failure_pause = self.pace.pause_min;
        }
        self.unsaved.clone_from(&moved);
        Ok(moved)
    }

    fn feed_answered(
        &mut self,
        now: Duration,
        replica: &Replica,
        page: &FeedPage,
        taken: &Taken,
    ) -> Option<Cursor> {
        if page.epoch != self.cursor.epoch && !self.reads(page) {
            return Some(Cursor { epoch: page.epoch.clone(), ..Cursor::default() });
        }
        self.answers = true;
        if !taken.missing.is_empty() && !self.had_gap {
            // Most often their authors' own feeds are just bringing what is missing.
            self.had_gap = true;
            self.rests_until = now + self.pace.pause_min;
            return None;
        }
        self.had_gap = false;
        let page = FeedPage { parcel: Parcel::default(), ..page.clone() };
        let then = Then::Feed { page, new: taken.received.new };
        self.unless_early(now, replica, taken, BTreeSet::new(), then)
    }

    /// Goes on after acts were taken, or first asks for what some of them came before.
    fn unless_early(
        &mut self,
        now: Duration,
        replica: &Replica,
        taken: &Taken,
        asked: BTreeSet<ActId>,
        then: Then,
    ) -> Option<Cursor> {
        let bytes: usize = taken.waiting.iter().map(String::len).sum();
        if taken.missing.difference(&asked).next().is_some() && bytes <= WAITING_BYTES_MAX {
            self.waiting.clone_from(&taken.waiting);
            let missing = taken.missing.clone();
            self.phase = Phase::Want { missing, asked, then: Box::new(then) };
            return None;
        }
        self.waiting.clear();
        let refused = !taken.refused.is_empty();
        match then {
            Then::Feed { page, new } => Some(self.feed_read(now, replica, &page, new, refused)),
            Then::Above { differing, head, whole, more, new } => {
                let whole = whole && !refused && (!more || new > 0);
                self.above_read(now, differing, head, whole, more && new > 0);
                None
            }
        }
    }

    fn past_answered(
        &mut self,
        now: Duration,
        replica: &Replica,
        taken: &Taken,
        asked: BTreeSet<ActId>,
        then: Then,
    ) -> Option<Cursor> {
        let more = taken.received.new;
        let then = match then {
            Then::Feed { page, new } => Then::Feed { page, new: new + more },
            Then::Above { differing, head, whole, more: has_more, new } => {
                Then::Above { differing, head, whole, more: has_more, new: new + more }
            }
        };
        self.unless_early(now, replica, taken, asked, then)
    }

    /// Goes on after a page whose acts are here, or are not to be had.
    fn feed_read(
        &mut self,
        now: Duration,
        replica: &Replica,
        page: &FeedPage,
        new: usize,
        refused: bool,
    ) -> Cursor {
        let bulk = page.bulk.unwrap_or(page.to);
        let is_idle = new == 0 && page.to >= page.head && bulk >= page.head;
        let there = page.standing.as_ref().filter(|_| is_idle);
        let differs = there.is_some_and(|there| replica.differs(&self.neighbour, there));
        if refused {
            // The feed goes on; what was refused comes again with every repair.
            (self.next_repair, self.repaired) = (now, None);
        }
        if is_idle && !differs {
            self.repaired = Some(page.head);
        }
        let has_news = self.repaired.is_none_or(|head| head != page.head) || now >= self.next_audit;
        if has_news && now >= self.next_repair && (refused || differs) {
            self.begin_repair(now, replica, page);
        } else if is_idle && now.saturating_sub(self.asked_at) < self.pace.pause_min {
            // A neighbour that says nothing, and says it at once, is not asked again at once.
            self.rests_until = now + self.pace.pause_min;
        }
        Cursor { epoch: page.epoch.clone(), own: page.to, bulk }
    }

    fn begin_repair(&mut self, now: Duration, replica: &Replica, page: &FeedPage) {
        match &page.standing {
            Some(Standing { digests, summary: None }) => {
                let matters = replica.differing(&self.neighbour, digests);
                let differing = Differing { matters, marks: BTreeSet::new() };
                self.begin_above(now, differing, page.head);
            }
            _ => {
                let differing = Differing::default();
                self.phase = Phase::Matters { message: None, differing, head: page.head };
            }
        }
    }

    fn begin_above(&mut self, now: Duration, differing: Differing, head: u64) {
        if differing == Differing::default() {
            self.repair_over(now, head, true);
        } else {
            self.phase = Phase::Above { differing, head, whole: true };
        }
    }

    fn matters_answered(
        &mut self,
        now: Duration,
        replica: &Replica,
        answer: &ReconAnswer,
        mut differing: Differing,
        head: u64,
    ) {
        match replica.recon_next(&self.neighbour, &answer.message, &mut differing) {
            Ok(Some(message)) => {
                self.phase = Phase::Matters { message: Some(message), differing, head };
            }
            Ok(None) => self.begin_above(now, differing, head),
            Err(_) => self.repair_over(now, head, false),
        }
    }

    fn above_read(
        &mut self,
        now: Duration,
        mut differing: Differing,
        head: u64,
        whole: bool,
        more: bool,
    ) {
        if !more {
            let rest = differing.matters.into_iter().skip(HEIGHTS_MATTERS_MAX);
            differing.matters = rest.collect();
            let rest = differing.marks.into_iter().skip(HEIGHTS_MATTERS_MAX);
            differing.marks = rest.collect();
        }
        if differing == Differing::default() {
            self.repair_over(now, head, whole);
        } else {
            self.phase = Phase::Above { differing, head, whole };
        }
    }

    fn repair_over(&mut self, now: Duration, head: u64, whole: bool) {
        self.phase = Phase::Feed;
        self.next_audit = now + AUDIT_EVERY;
        if whole {
            self.repaired = Some(head);
            self.repair_pause = self.pace.pause_min;
        } else {
            self.repair_pause = (self.repair_pause * 2).min(self.pace.pause_max);
            self.rests_until = now + self.pace.pause_min;
        }
        self.next_repair = now + self.repair_pause;
    }

    /// Goes by the cursor that [`Dialogue::answered`] gave: it is on disk.
    pub fn saved(&mut self) {
        if let Some(cursor) = self.unsaved.take() {
            self.cursor = cursor;
            self.failure_pause = self.pace.pause_min;
        }
    }

    /// Goes on after the neighbour said that it has too much to do, and for how long.
    pub fn busy(&mut self, now: Duration, pause: Duration) {
        self.unsaved = None;
        self.rests_until = now + pause.clamp(self.pace.pause_min, self.pace.pause_max);
    }

    /// Goes on after a failure of the network, the neighbour or the disk, with growing pauses.
    pub fn failed(&mut self, now: Duration) {
        self.unsaved = None;
        self.phase = Phase::Hello;
        self.waiting.clear();
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
    use pumasi_act::Identities;
    use pumasi_base::Digest;

    use super::*;
    use crate::fault::TakeError;
    use crate::feed::MatterDigest;

    fn party(id: &str) -> PartyId {
        id.parse().unwrap()
    }

    fn hello(id: &str) -> Hello {
        let digest = Digest::of(id.as_bytes());
        let node = serde_json::from_value(serde_json::json!(digest)).unwrap();
        Hello::new(party(id), node, 1, id.to_owned(), ActId(digest))
    }

    fn dialogue() -> Dialogue {
        Dialogue::new(hello("jp"), party("kr"), Cursor::default(), Pace::default())
    }

    fn id() -> ActId {
        ActId(Digest::of(b"an act"))
    }

    /// Plays what happens against a dialogue, one happening to a line, and writes down what it
    /// stores and asks after each.
    #[track_caller]
    fn check(script: &[&str], expected: &[&str]) {
        let replica = Replica::new(party("jp"), Identities::default());
        let mut dialogue = dialogue();
        let mut now = Duration::ZERO;
        let mut said = Vec::new();
        // The first question and its answer begin every conversation.
        assert!(matches!(dialogue.next(now, &replica), Step::Ask(Question::Hello(_))));
        let there = Answer::Hello(hello("kr"));
        dialogue.answered(now, &replica, &there, &Taken::default()).unwrap();
        for line in script {
            let words: Vec<&str> = line.split(' ').collect();
            let stored = match words[0] {
                "fail" => {
                    dialogue.failed(now);
                    String::new()
                }
                "busy" => {
                    dialogue.busy(now, Duration::from_secs(words[1].parse().unwrap()));
                    String::new()
                }
                "hello" => {
                    dialogue.answered(now, &replica, &there, &Taken::default()).unwrap();
                    String::new()
                }
                _ => answer(&mut dialogue, &replica, now, &words),
            };
            let mut waited = 0;
            let asked = loop {
                match dialogue.next(now, &replica) {
                    Step::Wait(until) => {
                        waited += (until - now).as_millis();
                        now = until;
                    }
                    Step::Ask(question) => break question,
                }
            };
            let asked = match asked {
                Question::Hello(_) => "hello".to_owned(),
                Question::Feed(FeedQuestion { after, bulk, wait, .. }) => {
                    format!("feed {after}/{} wait {wait}", bulk.unwrap())
                }
                Question::Want(want) => format!("want {}", want.ids.len()),
                Question::Recon(ReconQuestion::Matters(_)) => "matters".to_owned(),
                Question::Recon(ReconQuestion::Above { matters, .. }) => {
                    format!("above {}", matters.len())
                }
            };
            said.push(format!("{stored}after {waited} ms: {asked}"));
        }
        assert_eq!(said, expected);
    }

    /// `epoch urgent/bulk/head new` or `parcel new`, then `gap`, `bad`, `differs`, `slow`, `more`.
    fn answer(dialogue: &mut Dialogue, replica: &Replica, now: Duration, words: &[&str]) -> String {
        let mut rest = words.iter();
        let epoch = *rest.next().unwrap();
        let answer = if epoch == "parcel" {
            let more = words.contains(&"more");
            Answer::Parcel(ParcelAnswer { parcel: Parcel::default(), more })
        } else {
            let places = rest.next().unwrap().split('/').map(|n| n.parse().unwrap());
            let places: Vec<u64> = places.collect();
            let empty = Digest::of(b"");
            let differing = MatterDigest { matter: id(), frontier: empty, state: empty, acts: 1 };
            Answer::Feed(FeedPage {
                epoch: epoch.to_owned(),
                to: places[0],
                bulk: Some(places[1]),
                head: places[2],
                parcel: Parcel { acts: vec!["an act".to_owned()], ..Parcel::default() },
                standing: Some(Standing {
                    digests: if words.contains(&"differs") { vec![differing] } else { Vec::new() },
                    summary: None,
                }),
            })
        };
        let mut taken = Taken::default();
        taken.received.new = rest.next().unwrap().parse().unwrap();
        if words.contains(&"gap") {
            taken.refused.push(TakeError::OutOfOrder { id: id(), missing: id() });
            taken.waiting.push("an act".to_owned());
            taken.missing.insert(id());
        }
        if words.contains(&"bad") {
            let what = String::new();
            taken.refused.push(TakeError::AgreementsClash { matter: id(), what });
        }
        let later = if words.contains(&"slow") { now + Duration::from_secs(10) } else { now };
        let is_read = dialogue.parcel(&answer).is_some() || epoch == "parcel";
        let cursor = dialogue.answered(later, replica, &answer, &taken).unwrap();
        let stored =
            cursor.map_or_else(String::new, |c| format!("{}/{}/{} ", c.epoch, c.own, c.bulk));
        dialogue.saved();
        format!("{}{stored}", if is_read { "" } else { "unread, " })
    }

    #[test]
    fn a_feed_is_read_to_its_head_and_then_waited_for() {
        check(
            &["a 2/0/5 2", "a 5/3/5 3", "a 5/5/5 2", "a 5/5/5 0 slow", "a 6/6/6 1 slow"],
            &[
                "a/2/0 after 0 ms: feed 2/0 wait 10",
                "a/5/3 after 0 ms: feed 5/3 wait 10",
                "a/5/5 after 0 ms: feed 5/5 wait 10",
                "after 0 ms: feed 5/5 wait 10",
                "a/6/6 after 0 ms: feed 6/6 wait 10",
            ],
        );
    }

    #[test]
    fn a_neighbour_that_says_nothing_at_once_is_not_asked_again_at_once() {
        check(
            &["a 0/0/0 0", "a 0/0/0 0"],
            &["a/0/0 after 250 ms: feed 0/0 wait 10", "after 250 ms: feed 0/0 wait 10"],
        );
    }

    #[test]
    fn what_differs_while_nothing_comes_is_repaired_once() {
        check(
            &[
                "a 9/9/9 0 differs slow",
                "parcel 4 more",
                "parcel 1",
                "a 9/9/9 0 differs slow",
                "a 10/10/10 1 differs slow",
                "a 10/10/10 0 differs slow",
            ],
            &[
                "a/9/9 after 0 ms: above 1",
                "after 0 ms: above 1",
                "after 0 ms: feed 9/9 wait 10",
                "after 0 ms: feed 9/9 wait 10",
                "a/10/10 after 0 ms: feed 10/10 wait 10",
                "after 0 ms: above 1",
            ],
        );
    }

    #[test]
    fn what_a_repair_could_not_take_comes_again_later() {
        check(
            &["a 9/9/9 0 bad differs", "parcel 0 bad", "a 9/9/9 0 differs slow", "parcel 0 bad"],
            &[
                "a/9/9 after 0 ms: above 1",
                "after 250 ms: feed 9/9 wait 10",
                "after 0 ms: above 1",
                "after 250 ms: feed 9/9 wait 10",
            ],
        );
    }

    #[test]
    fn a_gap_is_given_a_moment_to_close_and_then_asked_for() {
        check(
            &["a 3/3/9 2 gap", "a 3/3/9 2 gap", "parcel 2", "a 9/9/9 6"],
            &[
                "after 250 ms: feed 0/0 wait 10",
                "after 0 ms: want 1",
                "a/3/3 after 0 ms: feed 3/3 wait 10",
                "a/9/9 after 0 ms: feed 9/9 wait 10",
            ],
        );
        // What the neighbour does not give is asked for once, and the feed goes on.
        check(
            &["a 3/3/9 2 gap", "a 3/3/9 2 gap", "parcel 0 gap"],
            &[
                "after 250 ms: feed 0/0 wait 10",
                "after 0 ms: want 1",
                "a/3/3 after 0 ms: feed 3/3 wait 10",
            ],
        );
    }

    #[test]
    fn another_ledger_is_read_from_its_beginning() {
        check(
            &["a 7/7/7 7", "b 3/3/3 3", "b 3/3/3 3"],
            &[
                "a/7/7 after 0 ms: feed 7/7 wait 10",
                "unread, b/0/0 after 0 ms: feed 0/0 wait 10",
                "b/3/3 after 0 ms: feed 3/3 wait 10",
            ],
        );
        // An older copy of the same ledger has given these positions to other acts.
        check(
            &["a 7/7/7 0 slow", "a 3/3/3 0 slow"],
            &["a/7/7 after 0 ms: feed 7/7 wait 10", "a/3/3 after 0 ms: feed 3/3 wait 10"],
        );
    }

    #[test]
    fn pauses_grow_to_half_a_minute_and_end_when_the_neighbour_calls() {
        let pauses = [250, 500, 1000, 2000, 4000, 8000, 16000, 30000, 30000];
        let expected = pauses.map(|ms| format!("after {ms} ms: hello"));
        check(&["fail"; 9], &expected.each_ref().map(String::as_str));
        check(
            &["a 1/1/1 1", "busy 2", "fail", "hello"],
            &[
                "a/1/1 after 0 ms: feed 1/1 wait 10",
                "after 2000 ms: feed 1/1 wait 10",
                "after 250 ms: hello",
                "after 0 ms: feed 1/1 wait 0",
            ],
        );
        let replica = Replica::new(party("jp"), Identities::default());
        let mut dialogue = dialogue();
        for _ in 0..9 {
            dialogue.failed(Duration::ZERO);
        }
        let pause = |s| Step::Wait(Duration::from_millis(s));
        assert_eq!(dialogue.next(Duration::ZERO, &replica), pause(30_000));
        dialogue.visited(Duration::from_millis(1));
        assert_eq!(dialogue.next(Duration::ZERO, &replica), pause(250));
        let later = Duration::from_secs(3);
        dialogue.failed(Duration::ZERO);
        dialogue.visited(later);
        assert!(matches!(dialogue.next(later, &replica), Step::Ask(_)));
    }

    #[test]
    fn a_node_of_somebody_else_is_not_read() {
        let replica = Replica::new(party("jp"), Identities::default());
        let there = Answer::Hello(hello("cn"));
        let said = dialogue().answered(Duration::ZERO, &replica, &there, &Taken::default());
        assert_eq!(said, Err(Incompatible::Party(party("cn"))));
    }

    #[test]
    fn a_cursor_that_was_not_stored_is_not_gone_by() {
        let replica = Replica::new(party("jp"), Identities::default());
        let mut dialogue = dialogue();
        let there = Answer::Hello(hello("kr"));
        dialogue.answered(Duration::ZERO, &replica, &there, &Taken::default()).unwrap();
        let stored = answer(&mut dialogue, &replica, Duration::ZERO, &["a", "5/5/5", "5"]);
        assert_eq!(stored, "a/5/5 ");
        let page = Answer::Feed(FeedPage {
            epoch: "a".to_owned(),
            to: 8,
            bulk: Some(8),
            head: 8,
            parcel: Parcel::default(),
            standing: None,
        });
        let given = dialogue.answered(Duration::ZERO, &replica, &page, &Taken::default());
        assert_eq!(given.unwrap().map(|cursor| cursor.own), Some(8));
        dialogue.failed(Duration::ZERO);
        dialogue.saved();
        assert_eq!(dialogue.cursor().own, 5);
    }
}
