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

/// How long a node that has read everything lets news gather before it asks again: an act that
/// breaks the silence comes at once, and of a stream of them each page brings several.
const GATHER: Duration = Duration::from_millis(50);

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
    /// Acts that wait for their past, and the personal data that came with them.
    waiting: Parcel,
    /// How far the feed has been read, while some of it waits.
    ahead: Option<Cursor>,
    /// Since when something waits.
    gap_since: Option<Duration>,
    /// Whether the neighbour answered the last time.
    answers: bool,
    /// When the question under way was put.
    asked_at: Duration,
    /// Nothing is asked before this moment.
    rests_until: Duration,
    /// The moment from which a call of the neighbour ends the rest, while it is silent.
    may_wake_at: Option<Duration>,
    failure_pause: Duration,
    /// The head of the neighbour up to which there is nothing more to repair.
    repaired: Option<u64>,
    repair_pause: Duration,
    next_repair: Duration,
    next_audit: Duration,
}

impl Dialogue {
    /// Goes on with `neighbour` where `cursor` was when it was last on disk.
    #[must_use]
    pub fn new(hello: Hello, neighbour: PartyId, cursor: Cursor, pace: Pace) -> Self {
        Self {
            pace,
            hello,
            neighbour,
            cursor,
            unsaved: None,
            phase: Phase::Hello,
            waiting: Parcel::default(),
            ahead: None,
            gap_since: None,
            answers: false,
            asked_at: Duration::ZERO,
            rests_until: Duration::ZERO,
            may_wake_at: None,
            failure_pause: pace.pause_min,
            repaired: None,
            repair_pause: pace.pause_min,
            next_repair: Duration::ZERO,
            next_audit: AUDIT_EVERY,
        }
    }

    /// Where it stands: everything up to there is on disk.
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
        let wait = if self.answers && self.ahead.is_none() { WAIT_SECONDS } else { 0 };
        let at = self.ahead.as_ref().unwrap_or(&self.cursor);
        Question::Feed(FeedQuestion {
            v: 1,
            epoch: at.epoch.clone(),
            after: at.own,
            bulk: Some(at.bulk),
            scope: FeedScope::Own,
            wait,
        })
    }

    /// Whether positions of a page mean anything here: a ledger that was not known is read from
    /// its beginning.
    fn reads(&self, page: &FeedPage) -> bool {
        let at = self.ahead.as_ref().unwrap_or(&self.cursor);
        page.epoch == at.epoch || at.own == 0
    }

    /// What to take of an answer before [`Dialogue::answered`] is told of it.
    #[must_use]
    pub fn parcel(&self, answer: &Answer) -> Option<Parcel> {
        let parcel = match answer {
            Answer::Feed(page) => &page.parcel,
            Answer::Parcel(answer) => &answer.parcel,
            Answer::Hello(_) | Answer::Recon(_) => return None,
        };
        let mut parcel = parcel.clone();
        match answer {
            Answer::Feed(page) if !self.reads(page) => return None,
            // What waits came before the rest of the feed, and after what was asked for by id.
            Answer::Feed(_) => drop(parcel.acts.splice(..0, self.waiting.acts.iter().cloned())),
            _ => parcel.acts.extend(self.waiting.acts.iter().cloned()),
        }
        parcel.personal.extend(self.waiting.personal.clone());
        (parcel != Parcel::default()).then_some(parcel)
    }

    /// Goes on after an answer, and what became of its [`Dialogue::parcel`] in `replica`.
    ///
    /// Gives the cursor when it moved: tell [`Dialogue::saved`] once what it passes is on disk, or
    /// [`Dialogue::failed`] when that cannot be done. The cursor itself may be stored later: an
    /// older one costs reading again.
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
        if !self.reads(page) {
            self.let_go();
            return Some(Cursor { epoch: page.epoch.clone(), ..Cursor::default() });
        }
        self.answers = true;
        if taken.missing.is_empty() {
            self.gap_since = None;
        } else if now < *self.gap_since.get_or_insert(now) + self.pace.pause_min
            && bytes(taken) <= WAITING_BYTES_MAX
        {
            // Most often their authors' own feeds are just bringing what is missing.
            self.waiting = waiting(taken);
            self.ahead = Some(reach(page));
            self.rests_until = now + GATHER;
            return None;
        }
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
        let asks_more = taken.missing.difference(&asked).next().is_some();
        if asks_more && bytes(taken) <= WAITING_BYTES_MAX {
            self.waiting = waiting(taken);
            let missing = taken.missing.clone();
            self.phase = Phase::Want { missing, asked, then: Box::new(then) };
            return None;
        }
        self.let_go();
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

    /// Keeps nothing that waits.
    fn let_go(&mut self) {
        self.waiting = Parcel::default();
        self.ahead = None;
        self.gap_since = None;
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
        let cursor = reach(page);
        let is_at_head = cursor.own >= page.head && cursor.bulk >= page.head;
        let is_idle = new == 0 && is_at_head;
        // A page with acts says nothing of how matters stand, also when all of them are here.
        let there = page.standing.as_ref().filter(|_| is_idle);
        let differs = there.map(|there| replica.differs(&self.neighbour, there));
        if refused {
            // The feed goes on; what was refused comes again with every repair.
            (self.next_repair, self.repaired) = (now, None);
        }
        if differs == Some(false) {
            self.repaired = Some(page.head);
        }
        let has_news = self.repaired.is_none_or(|head| head != page.head) || now >= self.next_audit;
        if has_news && now >= self.next_repair && (refused || differs == Some(true)) {
            self.begin_repair(now, replica, page);
        } else if is_idle && now.saturating_sub(self.asked_at) < self.pace.pause_min {
            // A neighbour that says nothing, and says it at once, is not asked again at once.
            self.rests_until = now + self.pace.pause_min;
        } else if is_at_head && new > 0 {
            self.rests_until = now + GATHER;
        }
        cursor
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
        self.let_go();
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

/// How far a reader has got with a page.
fn reach(page: &FeedPage) -> Cursor {
    Cursor { epoch: page.epoch.clone(), own: page.to, bulk: page.bulk.unwrap_or(page.to) }
}

/// The bytes of what waits.
fn bytes(taken: &Taken) -> usize {
    let texts = taken.personal.values().map(|personal| personal.text.len());
    taken.waiting.iter().map(String::len).chain(texts).sum()
}

/// What waits, as it is offered again.
fn waiting(taken: &Taken) -> Parcel {
    let (acts, personal) = (taken.waiting.clone(), taken.personal.clone());
    Parcel { acts, personal, ..Parcel::default() }
}

#[cfg(test)]
mod tests;
