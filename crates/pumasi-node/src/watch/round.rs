//! One look at one source: what it brings, and how it stands afterwards.

use std::path::Path;

use pumasi_base::Time;
use pumasi_base::time::seconds_between;
use pumasi_hazard::{Read, read_any};

use super::address::Address;
use super::fetch::{Client, Fetched, Validators};
use super::folder;
use super::state::{Course, Pending};
use super::trouble::{Trouble, TroubleCode};

/// The most documents fetched of one feed in one look.
const LINKS_A_LOOK: usize = 20;
/// The most links of one feed that wait to be fetched; the busiest feeds list some hundred.
const LINKS_MAX: usize = 2_000;
/// A document that could not be fetched so often is given up.
const TRIES_MAX: u32 = 3;
/// What a feed last changed this long ago is not fetched: it would be past its end.
const OLD_S: i64 = 31 * 86_400;
/// The most hosts told of that are not gone to.
const TOLD_MAX: usize = 100;

/// A document that came.
#[derive(Debug)]
pub(super) struct Document {
    pub bytes: Vec<u8>,
    pub read: Read,
}

/// What one look brought.
#[derive(Debug, Default)]
pub(super) struct Round {
    /// Documents, in the order in which they came.
    pub documents: Vec<Document>,
    /// What keeps the source from being followed.
    pub failure: Option<Trouble>,
    /// What went wrong besides, each to be told once.
    pub notes: Vec<Trouble>,
    /// Whether files are still being written.
    pub is_waiting: bool,
}

impl Round {
    /// Reads a document that came; gives whether it reads.
    fn add(&mut self, bytes: Vec<u8>) -> Result<(), String> {
        let read = read_any(&bytes).map_err(|error| error.to_string())?;
        self.documents.push(Document { bytes, read });
        Ok(())
    }
}

/// Looks at a feed, and at the documents that it newly points to.
pub(super) fn look_at_feed(
    client: &Client,
    feed: &Address,
    allowed: &[String],
    course: &mut Course,
    now: Time,
) -> Round {
    let mut round = Round::default();
    match client.fetch(feed, &course.validators, &|_| true, now) {
        Ok(Fetched::Unchanged) => {}
        Ok(Fetched::Fresh { bytes, address, validators }) => match round.add(bytes) {
            Ok(()) => {
                course.validators = validators;
                queue_links(&mut round, &address, (feed, allowed), course, now);
            }
            Err(what) => {
                // Asked for anew next time: it may have been cut off on the way.
                course.validators = Validators::default();
                let code = TroubleCode::Unreadable;
                round.failure = Some(Trouble::new(code, feed.to_string(), what));
            }
        },
        Err(trouble) => round.failure = Some(trouble),
    }
    if round.failure.is_none() {
        fetch_links(client, (feed, allowed), course, now, &mut round);
    }
    round
}

/// Whether a document of a feed may be fetched from an address.
fn may_go(feed: &Address, allowed: &[String], to: &Address) -> bool {
    let is_allowed = allowed.iter().any(|host| host.eq_ignore_ascii_case(to.host()));
    !feed.loses_protection(to) && (feed.is_same_site(to) || is_allowed)
}

/// Puts the links that are new in a feed into the queue, those changed last first.
fn queue_links(
    round: &mut Round,
    address: &Address,
    (feed, allowed): (&Address, &[String]),
    course: &mut Course,
    now: Time,
) {
    let Some(document) = round.documents.last() else { return };
    let mut links: Vec<_> = document.read.links.iter().collect();
    // Stable: a feed without times keeps its order, newest first by custom.
    links.sort_by_key(|link| std::cmp::Reverse(link.updated));
    let before = std::mem::take(&mut course.seen);
    let mut fresh = Vec::new();
    for link in links {
        let to = match address.join(&link.url) {
            Ok(to) if may_go(feed, allowed, &to) => to,
            other => {
                let host = other.map_or_else(|_| link.url.clone(), |to| to.host().to_owned());
                let host: String = host.chars().take(200).collect();
                if course.told.len() < TOLD_MAX && course.told.insert(host.clone()) {
                    let (code, what) = (TroubleCode::LinkElsewhere, &host);
                    round.notes.push(Trouble::new(code, feed.to_string(), what));
                }
                continue;
            }
        };
        if course.seen.len() == LINKS_MAX {
            let what = format!("those beyond {LINKS_MAX} are left out");
            round.notes.push(Trouble::new(TroubleCode::TooManyLinks, feed.to_string(), what));
            break;
        }
        // What changes at its place is fetched again.
        let updated = link.updated.map(|time| time.to_string()).unwrap_or_default();
        let name = format!("{to} {updated}");
        let is_old = link.updated.is_some_and(|at| seconds_between(at, now) > OLD_S);
        if !before.contains(&name) && !is_old && !course.seen.contains(&name) {
            fresh.push(Pending { url: to.to_string(), tries: 0 });
        }
        course.seen.insert(name);
    }
    fresh.append(&mut course.pending);
    fresh.truncate(LINKS_MAX);
    course.pending = fresh;
}

/// Fetches some of the documents that wait.
fn fetch_links(
    client: &Client,
    (feed, allowed): (&Address, &[String]),
    course: &mut Course,
    now: Time,
    round: &mut Round,
) {
    for _ in 0..LINKS_A_LOOK.min(course.pending.len()) {
        let mut link = course.pending.remove(0);
        let may_go = |to: &Address| may_go(feed, allowed, to);
        let fetched = match Address::read(&link.url) {
            Ok(address) => client.fetch(&address, &Validators::default(), &may_go, now),
            Err(_) => continue,
        };
        match fetched {
            Ok(Fetched::Fresh { bytes, .. }) => {
                if let Err(what) = round.add(bytes) {
                    round.notes.push(Trouble::new(TroubleCode::Unreadable, &link.url, what));
                }
            }
            Ok(Fetched::Unchanged) => {}
            Err(trouble) => {
                link.tries += 1;
                if link.tries < TRIES_MAX {
                    course.pending.push(link);
                } else {
                    round.notes.push(trouble.clone());
                }
                // The server is left alone, as after a failure of the feed itself.
                round.failure = Some(trouble);
                return;
            }
        }
    }
}

/// Looks at a folder.
pub(super) fn look_in_folder(path: &Path, course: &mut Course, now: Time) -> Round {
    let mut round = Round::default();
    let (looks, is_cut) = match folder::list(path) {
        Ok(listed) => listed,
        Err(trouble) => return Round { failure: Some(trouble), ..round },
    };
    let at = path.display().to_string();
    if is_cut && course.told.insert(at.clone()) {
        let what = "further files are not looked at";
        round.notes.push(Trouble::new(TroubleCode::TooManyFiles, at, what));
    }
    let (chosen, is_waiting) = folder::choose(&mut course.files, &looks, now);
    round.is_waiting = is_waiting;
    for name in chosen {
        let file = path.join(&name).display().to_string();
        let read = folder::read(path, &name).and_then(|bytes| {
            round.add(bytes).map_err(|what| Trouble::new(TroubleCode::Unreadable, file, what))
        });
        round.notes.extend(read.err());
    }
    round
}
