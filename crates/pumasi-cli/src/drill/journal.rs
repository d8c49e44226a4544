//! What a conductor has done, so that a second run goes on instead of doing it twice.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::failure::{Exit, Failure};

/// Steps done, by name, each with what it gave.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    kept: Kept,
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct Kept {
    drill: String,
    steps: BTreeMap<String, Value>,
}

impl Journal {
    /// Opens the journal of a folder; `fresh` throws away what an earlier run left there.
    ///
    /// # Errors
    /// When the folder holds another drill, or something that is no drill at all.
    pub fn open(folder: &Path, drill: &str, fresh: bool) -> Result<Self, Failure> {
        let path = folder.join("drill.json");
        let shown = folder.display().to_string();
        let io = |error: std::io::Error| {
            Failure::new("failure-folder", Exit::BadFile)
                .with("folder", folder.display().to_string())
                .because(error)
        };
        let mut kept = match std::fs::read(&path) {
            Ok(bytes) => serde_json::from_slice::<Kept>(&bytes).map_err(|error| {
                Failure::new("failure-folder", Exit::BadFile)
                    .with("folder", shown.clone())
                    .because(format!("drill.json: {error}"))
            })?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Kept::default(),
            Err(error) => return Err(io(error)),
        };
        let ours = !kept.drill.is_empty();
        let strange = !ours && folder.read_dir().is_ok_and(|mut entries| entries.next().is_some());
        if strange {
            // Never delete what a drill did not make.
            return Err(Failure::new("failure-folder-strange", Exit::BadFile).with("folder", shown));
        }
        if ours && fresh {
            for made in ["nodes", "exports", "report.json", "drill.json"] {
                remove(&folder.join(made)).map_err(io)?;
            }
            kept = Kept::default();
        }
        if !kept.drill.is_empty() && kept.drill != drill {
            return Err(Failure::new("failure-folder-other-drill", Exit::BadFile)
                .with("folder", shown)
                .with("drill", kept.drill));
        }
        drill.clone_into(&mut kept.drill);
        let journal = Self { path, kept };
        std::fs::create_dir_all(folder).map_err(io)?;
        journal.save()?;
        Ok(journal)
    }

    /// Whether a step was done.
    #[must_use]
    pub fn has(&self, step: &str) -> bool {
        self.kept.steps.contains_key(step)
    }

    /// What a step gave, when it was done.
    #[must_use]
    pub fn get(&self, step: &str) -> Option<&Value> {
        self.kept.steps.get(step)
    }

    /// Notes that a step was done.
    ///
    /// # Errors
    /// When the journal cannot be written.
    pub fn note(&mut self, step: &str, gave: Value) -> Result<(), Failure> {
        self.kept.steps.insert(step.to_owned(), gave);
        self.save()
    }

    /// Writes beside, then renames: a journal is whole or the one before.
    fn save(&self) -> Result<(), Failure> {
        let bytes = serde_json::to_vec(&self.kept).unwrap_or_default();
        let beside = self.path.with_extension("json.new");
        std::fs::write(&beside, bytes).and_then(|()| std::fs::rename(&beside, &self.path)).map_err(
            |error| {
                Failure::new("failure-folder", Exit::BadFile)
                    .with("folder", self.path.display().to_string())
                    .because(error)
            },
        )
    }
}

fn remove(path: &Path) -> std::io::Result<()> {
    let removed =
        if path.is_dir() { std::fs::remove_dir_all(path) } else { std::fs::remove_file(path) };
    match removed {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        removed => removed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_journal_goes_on_begins_anew_and_never_deletes_what_is_not_its_own() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("drill");
        let mut journal = Journal::open(&path, "noto-2024", false).unwrap();
        journal.note("one", serde_json::json!(1)).unwrap();
        assert!(Journal::open(&path, "noto-2024", false).unwrap().has("one"));
        assert!(Journal::open(&path, "tottori-2016", false).is_err());
        assert!(!Journal::open(&path, "tottori-2016", true).unwrap().has("one"));
        let strange = folder.path().join("strange");
        std::fs::create_dir(&strange).unwrap();
        std::fs::write(strange.join("letter.txt"), "dear").unwrap();
        assert!(Journal::open(&strange, "noto-2024", true).is_err());
        assert!(strange.join("letter.txt").exists());
    }
}
