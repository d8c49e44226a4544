//! What a watch knows, in one file, so that a restart repeats nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use pumasi_hazard::Incidents;
use serde::{Deserialize, Serialize};

use super::fetch::Validators;
use super::folder::Files;
use super::rhythm::Rhythm;
use super::trouble::TroubleCode;

/// The name of the file within the watch's folder.
const STATE_FILE: &str = "state.json";
/// Where one that does not read is put aside.
const SPOILT_FILE: &str = "state.unreadable.json";
/// The layout of the file; another is not read.
const LAYOUT: u32 = 1;

/// Everything a watch knows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct State {
    layout: u32,
    /// What is known of events.
    pub incidents: Incidents,
    /// How the looks at each source stand, by the source's name.
    pub courses: BTreeMap<String, Course>,
    /// What is still to be handed on, oldest first.
    pub owed: Vec<Owed>,
    /// The number of the next that is owed.
    pub next_owed: u64,
}

impl Default for State {
    fn default() -> Self {
        Self {
            layout: LAYOUT,
            incidents: Incidents::default(),
            courses: BTreeMap::new(),
            owed: Vec::new(),
            next_owed: 0,
        }
    }
}

/// How the looks at one source stand.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Course {
    /// When to look next.
    pub rhythm: Rhythm,
    /// What the last answer said of itself.
    pub validators: Validators,
    /// The links of the feed that were queued, so that each is fetched once.
    pub seen: BTreeSet<String>,
    /// The links still to be fetched.
    pub pending: Vec<Pending>,
    /// The files of the folder.
    pub files: Files,
    /// The trouble that lasts, told once.
    pub failing: Option<TroubleCode>,
    /// Other things told once: hosts that are not gone to.
    pub told: BTreeSet<String>,
}

/// A link to be fetched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Pending {
    /// Where it leads.
    pub url: String,
    /// How often it was tried.
    pub tries: u32,
}

/// A message to be handed on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owed {
    /// Its number, by which it is settled.
    pub number: u64,
    /// What to call it before people: source, product and event.
    pub name: String,
    /// The document, as it came or cut out of its feed.
    pub document: String,
}

/// Reads what was written in a folder; nothing where there is no file. One that does not read is
/// put aside, and why is given.
pub(super) fn read(folder: &Path) -> io::Result<(State, Option<String>)> {
    let path = folder.join(STATE_FILE);
    let bytes = match fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Ok((State::default(), None));
        }
        Err(error) => return Err(error),
    };
    let why = match serde_json::from_slice::<State>(&bytes) {
        Ok(state) if state.layout == LAYOUT => return Ok((state, None)),
        Ok(state) => format!("it has layout {}, and {LAYOUT} is read", state.layout),
        Err(error) => error.to_string(),
    };
    fs::rename(&path, folder.join(SPOILT_FILE))?;
    Ok((State::default(), Some(why)))
}

/// Writes it down: whoever reads the file finds the old one or the new one, whole.
pub(super) fn write(folder: &Path, state: &State) -> io::Result<()> {
    let fresh = folder.join("state.new");
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = io::BufWriter::new(options.open(&fresh)?);
    serde_json::to_writer(&mut file, state)?;
    file.flush()?;
    file.get_ref().sync_all()?;
    fs::rename(&fresh, folder.join(STATE_FILE))?;
    // Only Unix lets a folder be opened and synced.
    if cfg!(unix) { fs::File::open(folder)?.sync_all() } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_read_is_put_aside_and_told() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        assert_eq!(read(folder).unwrap(), (State::default(), None));
        let mut state = State { next_owed: 7, ..State::default() };
        state.courses.insert("x".to_owned(), Course::default());
        write(folder, &state).unwrap();
        assert_eq!(read(folder).unwrap(), (state.clone(), None));
        for spoilt in ["{", "{\"layout\":1}"] {
            fs::write(folder.join(STATE_FILE), spoilt).unwrap();
            let (anew, why) = read(folder).unwrap();
            assert!(anew == State::default() && why.is_some());
            assert_eq!(fs::read_to_string(folder.join(SPOILT_FILE)).unwrap(), spoilt);
        }
        write(folder, &State { layout: 2, ..state }).unwrap();
        let (_, why) = read(folder).unwrap();
        assert_eq!(why.unwrap(), "it has layout 2, and 1 is read");
        assert_eq!(read(folder).unwrap().1, None);
    }
}
