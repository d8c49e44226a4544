//! Folders into which others put messages: what to read now, and what is still being written.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read as _;
use std::path::Path;

use pumasi_base::Time;
use serde::{Deserialize, Serialize};

use super::fetch::BYTES_MAX;
use super::trouble::{Trouble, TroubleCode};

/// A file that was left alone this long is whole: it was renamed in, or its writer is done.
const QUIET_S: i64 = 2;
/// The most files of one folder that are followed.
const FILES_MAX: usize = 10_000;
/// Endings of files that are being written under a name of their own.
const UNFINISHED: [&str; 5] = [".part", ".partial", ".tmp", ".new", "~"];

/// How a file looks from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Look {
    /// Its size in bytes.
    pub size: u64,
    /// When it was last written, in milliseconds since 1970, where the system says.
    pub written_ms: i64,
}

/// What is known of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Seen {
    look: Look,
    is_read: bool,
}

/// The files of a folder, by name.
pub(super) type Files = BTreeMap<String, Seen>;

/// Which files to read now, given how the folder looks and looked before; whether others are still
/// being written. A file that changed after it was read is read again.
pub(super) fn choose(
    files: &mut Files,
    looks: &BTreeMap<String, Look>,
    now: Time,
) -> (Vec<String>, bool) {
    files.retain(|name, _| looks.contains_key(name));
    let (mut chosen, mut is_waiting) = (Vec::new(), false);
    for (name, look) in looks {
        let before = files.get(name).filter(|seen| seen.look == *look);
        if before.is_some_and(|seen| seen.is_read) {
            continue;
        }
        let age_ms = now.as_millisecond().saturating_sub(look.written_ms);
        // A file from the future is judged by its size alone, like one being written.
        let is_whole = before.is_some() || age_ms >= QUIET_S * 1_000;
        if is_whole {
            chosen.push(name.clone());
        } else {
            is_waiting = true;
        }
        files.insert(name.clone(), Seen { look: *look, is_read: is_whole });
    }
    (chosen, is_waiting)
}

/// Whether a file is known that was not read yet.
pub(super) fn is_waiting(files: &Files) -> bool {
    files.values().any(|seen| !seen.is_read)
}

/// How the files of a folder look.
pub(super) fn list(folder: &Path) -> Result<(BTreeMap<String, Look>, bool), Trouble> {
    let at = || folder.display().to_string();
    let failed = |error| Trouble::new(TroubleCode::FolderUnreadable, at(), error);
    let mut looks = BTreeMap::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let Ok(name) = entry.file_name().into_string() else { continue };
        let is_unfinished = UNFINISHED.iter().any(|end| name.ends_with(end));
        // A link leads out of the folder, to where nobody put a message.
        let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
        if name.starts_with('.') || is_unfinished || !is_file {
            continue;
        }
        if looks.len() == FILES_MAX {
            return Ok((looks, true));
        }
        if let Some(look) = entry.metadata().ok().as_ref().and_then(look) {
            looks.insert(name, look);
        }
    }
    Ok((looks, false))
}

fn look(metadata: &fs::Metadata) -> Option<Look> {
    let written = metadata.modified().ok()?;
    let written_ms = Time::try_from(written).map_or(0, Time::as_millisecond);
    Some(Look { size: metadata.len(), written_ms })
}

/// Reads a file whole.
pub(super) fn read(folder: &Path, name: &str) -> Result<Vec<u8>, Trouble> {
    let path = folder.join(name);
    let at = || path.display().to_string();
    let failed = |error| Trouble::new(TroubleCode::FileUnreadable, at(), error);
    let file = fs::File::open(&path).map_err(failed)?;
    let mut bytes = Vec::new();
    file.take(BYTES_MAX + 1).read_to_end(&mut bytes).map_err(failed)?;
    if u64::try_from(bytes.len()).is_ok_and(|size| size <= BYTES_MAX) {
        return Ok(bytes);
    }
    let what = format!("it has more than {BYTES_MAX} bytes");
    Err(Trouble::new(TroubleCode::TooLarge, at(), what))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Looks at a folder, one a line: the second, then `name:size@second written`. Gives what is
    /// read at each look, `…` where something waits.
    #[track_caller]
    fn check(lines: &[&str], expected: &str) {
        let start: Time = "2024-01-01T07:10:00Z".parse().unwrap();
        let (mut files, mut read) = (Files::new(), Vec::new());
        for line in lines {
            let mut words = line.split(' ');
            let at = |second: &str| start.as_millisecond() + second.parse::<i64>().unwrap() * 1_000;
            let now = Time::from_millisecond(at(words.next().unwrap())).unwrap();
            let looks = words.map(|word| {
                let (name, rest) = word.split_once(':').unwrap();
                let (size, written) = rest.split_once('@').unwrap();
                (name.to_owned(), Look { size: size.parse().unwrap(), written_ms: at(written) })
            });
            let (chosen, is_waiting) = choose(&mut files, &looks.collect(), now);
            read.push(chosen.join(" ") + if is_waiting { "…" } else { "" });
        }
        assert_eq!(read.join(" | "), expected);
    }

    #[test]
    fn a_file_is_read_once_when_it_is_whole() {
        // Renamed in: written long ago.
        check(&["10 a:5@0", "12 a:5@0", "14"], "a |  | ");
        // Being written: it grows, rests, and is read.
        check(&["10 a:5@10", "11 a:9@11", "12 a:9@11", "13 a:9@11"], "… | … | a | ");
        // Written again after it was read.
        check(&["10 a:5@0", "20 a:6@20", "21 a:6@20"], "a | … | a");
        // Gone, and another under its name.
        check(&["10 a:5@0", "11", "12 a:5@0"], "a |  | a");
        // A clock of the sender that runs ahead.
        check(&["10 a:5@99", "12 a:5@99", "14 a:5@99"], "… | a | ");
        check(&["10 a:5@0 b:5@10", "12 a:5@0 b:5@10"], "a… | b");
    }

    #[test]
    fn only_files_that_somebody_finished_are_seen() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["a.xml", "b.xml.part", ".c.xml", "d.xml~", "e.json"] {
            fs::write(folder.path().join(name), name).unwrap();
        }
        fs::create_dir(folder.path().join("f")).unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink("/etc/passwd", folder.path().join("g")).unwrap();
        let (looks, is_cut) = list(folder.path()).unwrap();
        assert_eq!(looks.keys().collect::<Vec<_>>(), ["a.xml", "e.json"]);
        assert!(!is_cut);
        assert_eq!(read(folder.path(), "a.xml").unwrap(), b"a.xml");
        let missing = list(&folder.path().join("none")).unwrap_err();
        assert_eq!(missing.code, TroubleCode::FolderUnreadable);
        assert_eq!(read(folder.path(), "none").unwrap_err().code, TroubleCode::FileUnreadable);
    }
}
