//! Readiness runs beside a node: which there are, and what one says as a page.
//!
//! A run is made by `pumasi readiness run` into a folder of its own; the node reads it and never
//! writes there. What a run says is worked out once and kept until its manifest changes.

mod told;

use std::collections::{BTreeMap, VecDeque};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use pumasi_base::Digest;
use pumasi_readiness::report::csv;
use pumasi_readiness::{FolderError, Manifest, Report, report};
use pumasi_view::Lexicon;
use pumasi_view::page::{ReadinessPage, ReadinessRun};

/// The folder of runs in the data folder of a node.
pub const FOLDER: &str = "readiness";
/// The file that holds the report of a run, made of its tables.
pub const REPORT_CSV: &str = "report.csv";
/// Of how many runs it is remembered what they say.
const KNOWN_MAX: usize = 4;

/// The runs in a folder.
#[derive(Debug)]
pub struct Runs {
    folder: PathBuf,
    known: Mutex<VecDeque<(Key, Arc<Report>)>>,
}

/// A run as it stood when its report was made.
type Key = (String, Digest);

/// Why there is nothing to show.
#[derive(Debug, thiserror::Error)]
pub enum ReadinessError {
    /// Nothing of that name is there.
    #[error("there is no `{0}` in the folder of readiness runs")]
    Absent(String),
    /// The run does not read.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// A file does not read.
    #[error("`{path}`: {error}")]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        error: std::io::Error,
    },
}

impl Runs {
    /// The runs in `folder`, which need not exist.
    #[must_use]
    pub fn new(folder: PathBuf) -> Self {
        Self { folder, known: Mutex::default() }
    }

    /// Which runs there are, and what `wanted` says, or the newest that is complete.
    ///
    /// # Errors
    /// When `wanted` is not there, or the tables of a run do not read.
    pub fn page(
        &self,
        lexicon: &Lexicon,
        wanted: Option<&str>,
    ) -> Result<ReadinessPage, ReadinessError> {
        let found = self.found();
        let shown = match wanted {
            Some(name) => {
                let run = found.iter().find(|run| run.name == name);
                Some(run.ok_or_else(|| ReadinessError::Absent(name.to_owned()))?)
            }
            None => found.iter().filter(|run| run.is_complete()).max_by_key(|run| run.changed),
        };
        let shown = shown.and_then(|run| Some((&run.name, run.manifest.as_ref().ok()?)));
        let report = match shown.filter(|(_, manifest)| manifest.is_complete()) {
            Some((name, manifest)) => {
                Some(told::page(lexicon, name, manifest, &*self.report(lexicon, name, manifest)?))
            }
            None => None,
        };
        Ok(ReadinessPage {
            folder: self.folder.display().to_string(),
            runs: found.iter().map(Found::line).collect(),
            report,
        })
    }

    /// A file of a run: one of its tables, or its report.
    ///
    /// # Errors
    /// When there is no such run or file, or it does not read.
    pub fn file(
        &self,
        lexicon: &Lexicon,
        run: &str,
        file: &str,
    ) -> Result<Vec<u8>, ReadinessError> {
        let absent = || ReadinessError::Absent(format!("{run}/{file}"));
        let found = self.found().into_iter().find(|found| found.name == run).ok_or_else(absent)?;
        let manifest = found.manifest?;
        if !told::files(&manifest).iter().any(|known| known.name == file) {
            return Err(absent());
        }
        if file == REPORT_CSV {
            return Ok(csv(&*self.report(lexicon, run, &manifest)?).into_bytes());
        }
        let path = pumasi_readiness::tables(&self.folder.join(run)).join(file);
        fs::read(&path).map_err(|error| ReadinessError::File { path, error })
    }

    fn report(
        &self,
        lexicon: &Lexicon,
        name: &str,
        manifest: &Manifest,
    ) -> Result<Arc<Report>, ReadinessError> {
        // A manifest of plain values always writes.
        let key = (name.to_owned(), Digest::of(&serde_json::to_vec(manifest).unwrap_or_default()));
        let known = self.known().iter().find(|(of, _)| *of == key).map(|(_, told)| told.clone());
        if let Some(told) = known {
            return Ok(told);
        }
        // Nothing is locked while it is worked out.
        let told = Arc::new(report(&self.folder.join(name), &costs(lexicon))?);
        let mut known = self.known();
        known.retain(|((of, _), _)| of != name);
        known.push_front((key, Arc::clone(&told)));
        known.truncate(KNOWN_MAX);
        Ok(told)
    }

    fn known(&self) -> std::sync::MutexGuard<'_, VecDeque<(Key, Arc<Report>)>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The folders that hold a run, by name.
    fn found(&self) -> Vec<Found> {
        let Ok(entries) = fs::read_dir(&self.folder) else { return Vec::new() };
        let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
        let mut found: Vec<Found> =
            names.filter_map(|name| Found::read(&self.folder.join(&name), name)).collect();
        found.sort_by(|one, other| one.name.cmp(&other.name));
        found
    }
}

/// A folder that holds a run.
struct Found {
    name: String,
    changed: std::time::SystemTime,
    manifest: Result<Manifest, FolderError>,
}

impl Found {
    /// Nothing where the folder holds no run.
    fn read(folder: &Path, name: String) -> Option<Self> {
        let changed = fs::metadata(folder.join("manifest.json")).ok()?.modified().ok()?;
        Some(Self { name, changed, manifest: Manifest::read(folder) })
    }

    fn is_complete(&self) -> bool {
        self.manifest.as_ref().is_ok_and(Manifest::is_complete)
    }

    fn line(&self) -> ReadinessRun {
        let manifest = self.manifest.as_ref();
        let done = |manifest: &Manifest| {
            let range = manifest.shard.range(manifest.scenarios);
            manifest.done.saturating_sub(range.start)
        };
        ReadinessRun {
            name: self.name.clone(),
            of: manifest.ok().map(|manifest| {
                let range = manifest.shard.range(manifest.scenarios);
                range.end.saturating_sub(range.start)
            }),
            done: manifest.map_or(0, done),
            complete: self.is_complete(),
            fault: manifest.err().map(ToString::to_string),
        }
    }
}

/// What candidates cost, in whole US dollars a year.
fn costs(lexicon: &Lexicon) -> BTreeMap<String, i64> {
    let candidates = lexicon.catalog().candidates.values();
    candidates.map(|one| (one.id.to_string(), one.cost_usd_a_year)).collect()
}
