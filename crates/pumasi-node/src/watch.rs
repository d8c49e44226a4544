//! Following the feeds of warning centres, and folders into which others put their messages.
//!
//! [`Watch::look`] looks at each source that is due, takes what is new into what is known of events
//! and tells what changed. What it knows is in one file of the data folder, written before it is
//! told, so that a restart repeats nothing.
//!
//! Servers are treated as a guest treats a host: each is asked at its interval, for what changed
//! since the last answer; one that fails is asked less and less often, and one that says how long
//! to wait is not asked before. Documents that a feed points to are fetched once, a few at a time,
//! from its own site alone.

mod address;
mod excerpt;
mod fetch;
mod folder;
mod rhythm;
mod round;
mod state;
mod trouble;

use std::collections::BTreeSet;
use std::fmt;
use std::path::{Path, PathBuf};

use pumasi_base::Time;
use pumasi_base::time::plus_seconds;
use pumasi_hazard::{IncidentKey, Message, Taken};

pub use address::{Address, NoAddress};
pub use fetch::{BYTES_MAX, Patience};
pub use rhythm::{EVERY_S, EVERY_S_MIN, RETRY_AFTER_S_MAX, Rhythm, WAIT_S_MAX};
pub use state::Owed;
pub use trouble::{Trouble, TroubleCode};

use crate::runtime::lock::{FolderLock, LockError};
use fetch::Client;
use round::{Document, Round};
use state::{Course, State};

/// The folder of a watch within the data folder.
const FOLDER: &str = "watch";
/// The most sources one watch follows, each looked at beside the others.
pub const SOURCES_MAX: usize = 64;
/// How often a folder on this machine is looked at, unless even that is too often.
const FOLDER_EVERY_S: i64 = 2;
/// A file that is being written is looked at again after this long.
const WAITING_S: i64 = 1;
/// The most messages that wait to be handed on; the oldest is let go.
const OWED_MAX: usize = 1_000;

/// What is followed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// A feed, or a document that is replaced in its place.
    Feed(Address),
    /// A folder.
    Folder(PathBuf),
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Feed(address) => address.fmt(f),
            Self::Folder(path) => path.display().fmt(f),
        }
    }
}

/// How to follow.
#[derive(Debug, Clone)]
pub struct Following {
    /// What, each once.
    pub sources: BTreeSet<Source>,
    /// The seconds between two looks at a source.
    pub every_s: i64,
    /// Hosts beside a feed's own site from which documents it points to are fetched.
    pub allowed: Vec<String>,
    /// Whether what changes is to be handed on.
    pub hands_on: bool,
    /// How long a request may take.
    pub patience: Patience,
}

/// Why a watch does not begin.
#[derive(Debug, thiserror::Error)]
pub enum WatchError {
    /// Another watch uses the folder, or it cannot be made.
    #[error(transparent)]
    Lock(#[from] LockError),
    /// What was known cannot be read or written.
    #[error("could not use the folder `{folder}`")]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// What the operating system reported.
        source: std::io::Error,
    },
    /// More sources than are followed.
    #[error("{0} sources are given, {SOURCES_MAX} are followed at most")]
    TooManySources(usize),
}

/// What a look tells.
#[derive(Debug)]
pub enum Event {
    /// A message changed what is known.
    Changed {
        /// Where it was found.
        source: String,
        /// How.
        taken: Taken,
        /// The message.
        message: Box<Message>,
    },
    /// Incidents of which nothing stands any more: all that was said is past its end.
    Ended(Vec<IncidentKey>),
    /// A source cannot be followed at present; told when it begins, or becomes another trouble.
    Failing {
        /// The source.
        source: String,
        /// Why.
        trouble: Trouble,
        /// When it is asked again.
        next: Time,
    },
    /// A source that could not be followed is followed again.
    Works {
        /// The source.
        source: String,
    },
    /// Something went wrong once, and nothing waits for it.
    Noted {
        /// The source.
        source: String,
        /// What.
        trouble: Trouble,
    },
}

/// Which sources a look is at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// Those whose time has come.
    Due,
    /// All but those that fail and are to be left alone for a while.
    All,
}

/// Follows sources.
#[derive(Debug)]
pub struct Watch {
    lock: FolderLock,
    following: Following,
    client: Client,
    state: State,
    /// Whether more is known than is on the disk; when each source is looked at next is not worth
    /// a write.
    is_changed: bool,
    /// What is to be told at the first look.
    first: Vec<Event>,
}

impl Watch {
    /// Begins where the last watch of this data folder ended.
    ///
    /// # Errors
    /// When another watch uses the folder, it cannot be used, or there are too many sources.
    pub fn open(data: &Path, following: Following) -> Result<Self, WatchError> {
        if following.sources.len() > SOURCES_MAX {
            return Err(WatchError::TooManySources(following.sources.len()));
        }
        let lock = FolderLock::hold(&data.join(FOLDER))?;
        let folder = lock.folder().to_owned();
        let failed = |source| WatchError::Folder { folder: folder.clone(), source };
        let (mut state, spoilt) = state::read(&folder).map_err(failed)?;
        let told = |what: String| Event::Noted {
            source: folder.display().to_string(),
            trouble: Trouble::new(TroubleCode::NotRead, folder.display().to_string(), what),
        };
        for course in state.courses.values_mut() {
            // Who starts it wants to see it look, and to hear what fails; a server that asked to be
            // left alone still is.
            course.failing = None;
            if course.rhythm.failures == 0 {
                course.rhythm = Rhythm::default();
            }
        }
        let client = Client::new(following.patience);
        let first = spoilt.map(told).into_iter().collect();
        Ok(Self { lock, following, client, state, is_changed: false, first })
    }

    /// When to look next.
    #[must_use]
    pub fn next(&self, now: Time) -> Time {
        let next = |source: &Source| {
            let course = self.state.courses.get(&source.to_string());
            let rhythm = course.map(|course| course.rhythm).unwrap_or_default();
            if rhythm.is_due(now) { now } else { rhythm.next }
        };
        // What ends is told in time, also where every source is left alone.
        let latest = plus_seconds(now, EVERY_S);
        self.following.sources.iter().map(next).min().unwrap_or(latest).min(latest)
    }

    /// Looks, and tells what changed. What is known afterwards is on the disk.
    pub fn look(&mut self, which: Which, now: Time) -> Vec<Event> {
        let mut events = std::mem::take(&mut self.first);
        let ended = self.state.incidents.expire(now);
        if !ended.is_empty() {
            self.is_changed = true;
            events.push(Event::Ended(ended));
        }
        for (source, course, round) in self.rounds(which, now) {
            self.settle(&source, course, round, now, &mut events);
        }
        if self.is_changed {
            self.keep(&mut events);
        }
        events
    }

    /// Whether files are still being written that a further look would read.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        let folders = self.following.sources.iter().filter(|one| matches!(one, Source::Folder(_)));
        let mut courses = folders.filter_map(|one| self.state.courses.get(&one.to_string()));
        courses.any(|course| folder::is_waiting(&course.files))
    }

    /// What is to be handed on, oldest first.
    #[must_use]
    pub fn owed(&self) -> &[Owed] {
        &self.state.owed
    }

    /// Notes that something was handed on, or refused for good.
    pub fn settled(&mut self, number: u64) -> Option<Event> {
        self.state.owed.retain(|owed| owed.number != number);
        let mut events = Vec::new();
        self.keep(&mut events);
        events.pop()
    }

    /// How many sources could not be followed when they were last looked at.
    #[must_use]
    pub fn failing(&self) -> usize {
        let courses = |source: &&Source| self.state.courses.get(&source.to_string());
        let failing = |source: &&Source| courses(source).is_some_and(|one| one.rhythm.failures > 0);
        self.following.sources.iter().filter(failing).count()
    }

    /// How many incidents stand.
    #[must_use]
    pub fn incidents(&self) -> usize {
        self.state.incidents.iter().count()
    }

    /// Looks at the sources, each beside the others: one that is slow keeps no other waiting.
    fn rounds(&self, which: Which, now: Time) -> Vec<(Source, Course, Round)> {
        let course_of = |source: &Source| {
            let course = self.state.courses.get(&source.to_string()).cloned().unwrap_or_default();
            let is_at_peace = course.rhythm.failures == 0;
            let looks = course.rhythm.is_due(now) || (which == Which::All && is_at_peace);
            looks.then(|| (source.clone(), course))
        };
        let due: Vec<(Source, Course)> =
            self.following.sources.iter().filter_map(course_of).collect();
        std::thread::scope(|scope| {
            let look = |(source, mut course): (Source, Course)| {
                scope.spawn(move || {
                    let round = match &source {
                        Source::Feed(feed) => {
                            let allowed = &self.following.allowed;
                            round::look_at_feed(&self.client, feed, allowed, &mut course, now)
                        }
                        Source::Folder(path) => round::look_in_folder(path, &mut course, now),
                    };
                    (source, course, round)
                })
            };
            let threads: Vec<_> = due.into_iter().map(look).collect();
            threads.into_iter().filter_map(|thread| thread.join().ok()).collect()
        })
    }

    /// Takes what a look at one source brought.
    fn settle(
        &mut self,
        source: &Source,
        mut course: Course,
        round: Round,
        now: Time,
        events: &mut Vec<Event>,
    ) {
        let name = source.to_string();
        let every_s = match source {
            Source::Feed(_) => self.following.every_s.max(EVERY_S_MIN),
            Source::Folder(_) if round.is_waiting => WAITING_S,
            Source::Folder(_) => self.following.every_s.clamp(1, FOLDER_EVERY_S),
        };
        match round.failure {
            Some(trouble) => {
                let asked = trouble.retry_after_s;
                course.rhythm = course.rhythm.failed(every_s, asked, chance(), now);
                if course.failing.replace(trouble.code) != Some(trouble.code) {
                    let next = course.rhythm.next;
                    events.push(Event::Failing { source: name.clone(), trouble, next });
                }
            }
            None => {
                course.rhythm = course.rhythm.worked(every_s, now);
                if course.failing.take().is_some() {
                    events.push(Event::Works { source: name.clone() });
                }
            }
        }
        let noted = |trouble| Event::Noted { source: name.clone(), trouble };
        events.extend(round.notes.into_iter().map(noted));
        for document in round.documents {
            self.take(&name, document, now, events);
        }
        let known = |course: &Course| {
            let rhythm = Rhythm { next: Time::MIN, ..course.rhythm };
            Course { rhythm, ..course.clone() }
        };
        let before = self.state.courses.get(&name).map(known);
        self.is_changed |= course.rhythm.failures > 0 || before != Some(known(&course));
        self.state.courses.insert(name, course);
    }

    /// Takes the messages of a document.
    fn take(&mut self, source: &str, document: Document, now: Time, events: &mut Vec<Event>) {
        let mut is_told = false;
        for message in &document.read.messages {
            let taken = self.state.incidents.take(message.clone(), now);
            if taken == Taken::NoRoom && !std::mem::replace(&mut is_told, true) {
                let what = "the oldest are left out";
                let trouble = Trouble::new(TroubleCode::NoRoom, source, what);
                events.push(Event::Noted { source: source.to_owned(), trouble });
            }
            self.is_changed |= !matches!(taken, Taken::Duplicate | Taken::Expired | Taken::NoRoom);
            if taken.key().is_none() {
                continue;
            }
            if self.following.hands_on && !matches!(taken, Taken::Ended { .. }) {
                self.owe(source, &document, message, events);
            }
            let (source, message) = (source.to_owned(), Box::new(message.clone()));
            events.push(Event::Changed { source, taken, message });
        }
    }

    /// Puts a message among what is to be handed on.
    fn owe(
        &mut self,
        source: &str,
        document: &Document,
        message: &Message,
        events: &mut Vec<Event>,
    ) {
        let name = format!("{} {} {}", message.source, message.product, message.event);
        let Some(alone) = excerpt::excerpt(&document.bytes, &document.read, message) else {
            let trouble = Trouble::new(TroubleCode::NotCutOut, source, name);
            events.push(Event::Noted { source: source.to_owned(), trouble });
            return;
        };
        if self.state.owed.len() == OWED_MAX {
            self.state.owed.remove(0);
        }
        let number = self.state.next_owed;
        self.state.next_owed += 1;
        self.state.owed.push(Owed { number, name, document: alone });
    }

    /// Writes down what is known.
    fn keep(&mut self, events: &mut Vec<Event>) {
        let folder = self.lock.folder();
        let written = state::write(folder, &self.state);
        self.is_changed = written.is_err();
        if let Err(error) = written {
            let source = folder.display().to_string();
            let trouble = Trouble::new(TroubleCode::NotKept, source.clone(), error);
            events.push(Event::Noted { source, trouble });
        }
    }
}

/// A number that nobody foresees. Without randomness all nodes come back at once, which is worse
/// for a server than for this one.
fn chance() -> u8 {
    let mut byte = [0];
    match getrandom::fill(&mut byte) {
        Ok(()) => byte[0],
        Err(_) => 0,
    }
}
