//! The folder of a run: a manifest, chunks while it runs, tables when it is done.
//!
//! What is written appears whole or not at all: it is written beside and renamed. Chunks are
//! folders named after the scenarios they hold, so that whoever resumes sees what is done.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use parquet::errors::ParquetError;
use pumasi_base::Digest;
use serde::{Deserialize, Serialize};

use crate::job::Job;
use crate::rows;
use crate::shard::Shard;
use crate::table::Table;
use crate::table::csv::CsvWriter;
use crate::table::parquet::{self as columns, ParquetWriter};

const MANIFEST: &str = "manifest.json";
const CHUNKS: &str = "chunks";
const TABLES: &str = "tables";
const LOCK: &str = "lock";
/// What is not whole yet begins with this.
const NEW: &str = ".new-";
/// The largest manifest that is read.
const MANIFEST_BYTES_MAX: u64 = 16 << 20;

/// What a folder holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The job.
    pub job: Job,
    /// Its digest.
    pub digest: Digest,
    /// The part of it that is in this folder.
    pub shard: Shard,
    /// Scenarios of the whole job.
    pub scenarios: u64,
    /// Events in a million years that its drawn scenarios stand for.
    pub yearly_micro: i64,
    /// All scenarios of the part below this rank are done.
    pub done: u64,
    /// The tables by name, once everything is done.
    pub tables: BTreeMap<String, TableFile>,
}

/// A table on disk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableFile {
    /// How many rows it has.
    pub rows: u64,
    /// The digest of its Parquet file.
    pub parquet: Digest,
    /// The digest of its CSV file.
    pub csv: Digest,
}

impl Manifest {
    /// Reads the manifest of a folder.
    ///
    /// # Errors
    /// When there is none or it does not read.
    pub fn read(folder: &Path) -> Result<Self, FolderError> {
        let path = folder.join(MANIFEST);
        let length = fs::metadata(&path).map_err(at(&path))?.len();
        if length > MANIFEST_BYTES_MAX {
            return Err(FolderError::Manifest { path, what: format!("it has {length} bytes") });
        }
        let text = fs::read(&path).map_err(at(&path))?;
        let manifest = serde_json::from_slice::<Self>(&text);
        manifest.map_err(|error| FolderError::Manifest { path, what: error.to_string() })
    }

    /// Whether everything is done and in its tables.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        !self.tables.is_empty()
    }

    /// The same with nothing done.
    pub(crate) fn begun(mut self) -> Self {
        self.done = self.shard.range(self.scenarios).start;
        self.tables.clear();
        self
    }

    fn write(&self, folder: &Path) -> Result<(), FolderError> {
        // A manifest of plain values always writes.
        let text = serde_json::to_string_pretty(self).unwrap_or_default() + "\n";
        let (new, path) = (folder.join(format!("{NEW}{MANIFEST}")), folder.join(MANIFEST));
        fs::write(&new, text).map_err(at(&new))?;
        File::open(&new).and_then(|file| file.sync_all()).map_err(at(&new))?;
        fs::rename(&new, &path).map_err(at(&path))
    }
}

/// Why a folder cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// A file cannot be read or written.
    #[error("`{path}`: {error}")]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        error: std::io::Error,
    },
    /// A table cannot be read or written.
    #[error("`{path}`: {what}")]
    Table {
        /// Which.
        path: PathBuf,
        /// Why.
        what: String,
    },
    /// A manifest does not read.
    #[error("`{path}` is no manifest of a run: {what}")]
    Manifest {
        /// Which.
        path: PathBuf,
        /// Why.
        what: String,
    },
    /// The folder holds another job or another part of it.
    #[error("`{folder}` holds job {found}, not job {wanted}")]
    OtherJob {
        /// The folder.
        folder: PathBuf,
        /// What it holds.
        found: String,
        /// What was to be run.
        wanted: String,
    },
    /// Another process works in it.
    #[error("another process works in `{0}`")]
    InUse(PathBuf),
    /// The run is not finished.
    #[error("`{0}` is not finished")]
    Unfinished(PathBuf),
}

fn at(path: &Path) -> impl FnOnce(std::io::Error) -> FolderError {
    let path = path.to_owned();
    move |error| FolderError::File { path, error }
}

fn table_at<E: ToString>(path: &Path) -> impl FnOnce(E) -> FolderError {
    let path = path.to_owned();
    move |error| FolderError::Table { path, what: error.to_string() }
}

/// What a job and its part are called in an error.
fn called(manifest: &Manifest) -> String {
    format!("{} shard {}", manifest.digest.short(), manifest.shard)
}

/// A folder that this process alone works in.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    manifest: Manifest,
    // Held for its lock, which ends with it.
    _lock: File,
}

impl Folder {
    /// Opens the folder of a run, new or begun before.
    ///
    /// # Errors
    /// When it holds another job, another process works in it, or it cannot be written.
    pub fn open(path: &Path, wanted: Manifest) -> Result<Self, FolderError> {
        let chunks = path.join(CHUNKS);
        fs::create_dir_all(path).map_err(at(path))?;
        let lock = path.join(LOCK);
        let file = File::create(&lock).map_err(at(&lock))?;
        file.try_lock().map_err(|_| FolderError::InUse(path.to_owned()))?;
        let manifest = if path.join(MANIFEST).exists() {
            let found = Manifest::read(path)?;
            if (found.digest, found.shard) != (wanted.digest, wanted.shard) {
                let (found, wanted) = (called(&found), called(&wanted));
                return Err(FolderError::OtherJob { folder: path.to_owned(), found, wanted });
            }
            found
        } else {
            wanted.write(path)?;
            wanted
        };
        let mut folder = Self { path: path.to_owned(), manifest, _lock: file };
        if !folder.manifest.is_complete() {
            fs::create_dir_all(&chunks).map_err(at(&chunks))?;
            folder.manifest.done = folder.whole_chunks()?.last().map_or_else(
                || folder.manifest.shard.range(folder.manifest.scenarios).start,
                |(_, until, _)| *until,
            );
        }
        Ok(folder)
    }

    /// What it holds.
    #[must_use]
    pub const fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Adds a chunk: the tables of the scenarios from what is done to below `until`.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn add(&mut self, until: u64, tables: Vec<Table>) -> Result<(), FolderError> {
        let name = format!("{:010}-{until:010}", self.manifest.done);
        let chunks = self.path.join(CHUNKS);
        let (new, whole) = (chunks.join(format!("{NEW}{name}")), chunks.join(&name));
        empty(&new)?;
        for table in tables {
            let path = new.join(format!("{}.parquet", table.name));
            let file = File::create(&path).map_err(at(&path))?;
            let sync = file.try_clone().map_err(at(&path))?;
            let mut writer =
                ParquetWriter::new(BufWriter::new(file), &table).map_err(table_at(&path))?;
            writer.write(table).and_then(|()| writer.finish()).map_err(table_at(&path))?;
            sync.sync_all().map_err(at(&path))?;
        }
        fs::rename(&new, &whole).map_err(at(&whole))?;
        self.manifest.done = until;
        self.manifest.write(&self.path)
    }

    /// Makes the tables of the chunks, which are then taken away.
    ///
    /// # Errors
    /// When they cannot be read or written.
    pub fn finish(&mut self) -> Result<(), FolderError> {
        let sources: Vec<PathBuf> =
            self.whole_chunks()?.into_iter().map(|(_, _, path)| path).collect();
        self.manifest = gathered(&self.path, self.manifest.clone(), &sources)?;
        let chunks = self.path.join(CHUNKS);
        fs::remove_dir_all(&chunks).map_err(at(&chunks))
    }

    /// The chunks that follow on each other from the first scenario on: from, until, where.
    fn whole_chunks(&self) -> Result<Vec<(u64, u64, PathBuf)>, FolderError> {
        let chunks = self.path.join(CHUNKS);
        let mut found = Vec::new();
        for entry in fs::read_dir(&chunks).map_err(at(&chunks))? {
            let path = entry.map_err(at(&chunks))?.path();
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            let bounds = name.split_once('-').and_then(|(from, until)| {
                Some((from.parse::<u64>().ok()?, until.parse::<u64>().ok()?))
            });
            found.extend(bounds.map(|(from, until)| (from, until, path)));
        }
        found.sort();
        let mut next = self.manifest.shard.range(self.manifest.scenarios).start;
        found.retain(|(from, until, _)| {
            let follows = *from == next && until > from;
            if follows {
                next = *until;
            }
            follows
        });
        Ok(found)
    }
}

/// The folder of the tables in the folder of a run.
#[must_use]
pub fn tables(folder: &Path) -> PathBuf {
    folder.join(TABLES)
}

/// Makes the folder `out` of the tables in `sources`, in their order.
///
/// # Errors
/// When it holds another job, or something cannot be read or written.
pub fn gather(
    out: &Path,
    manifest: Manifest,
    sources: &[PathBuf],
) -> Result<Manifest, FolderError> {
    let mut folder = Folder::open(out, manifest.clone())?;
    folder.manifest = gathered(out, manifest, sources)?;
    let chunks = out.join(CHUNKS);
    if chunks.exists() {
        fs::remove_dir_all(&chunks).map_err(at(&chunks))?;
    }
    Ok(folder.manifest)
}

/// Writes the tables and then the manifest that says so.
fn gathered(
    folder: &Path,
    mut manifest: Manifest,
    sources: &[PathBuf],
) -> Result<Manifest, FolderError> {
    let (new, whole) = (folder.join(format!("{NEW}{TABLES}")), tables(folder));
    empty(&new)?;
    let mut written = BTreeMap::new();
    for table in rows::empty() {
        written.insert(table.name.to_owned(), one_table(&table, sources, &new)?);
    }
    if whole.exists() {
        fs::remove_dir_all(&whole).map_err(at(&whole))?;
    }
    fs::rename(&new, &whole).map_err(at(&whole))?;
    manifest.done = manifest.shard.range(manifest.scenarios).end;
    manifest.tables = written;
    manifest.write(folder)?;
    Ok(manifest)
}

/// Writes one table as Parquet and as CSV, out of all sources.
fn one_table(table: &Table, sources: &[PathBuf], into: &Path) -> Result<TableFile, FolderError> {
    let name = |ending: &str| into.join(format!("{}.{ending}", table.name));
    let (parquet, csv) = (name("parquet"), name("csv"));
    let file = |path: &Path| File::create(path).map(BufWriter::new).map_err(at(path));
    let mut by_column = ParquetWriter::new(file(&parquet)?, table).map_err(table_at(&parquet))?;
    let mut by_row = CsvWriter::new(file(&csv)?, table).map_err(table_at(&csv))?;
    let mut rows = 0_u64;
    for source in sources {
        read(source, table, |piece| {
            rows += u64::try_from(piece.len()).unwrap_or(0);
            by_row.write(&piece).map_err(table_at(&csv))?;
            by_column.write(piece).map_err(table_at(&parquet))
        })?;
    }
    by_column.finish().map_err(table_at(&parquet))?;
    by_row.finish().map_err(table_at(&csv))?;
    Ok(TableFile { rows, parquet: digest(&parquet)?, csv: digest(&csv)? })
}

/// Reads a table in a folder of tables, a group of rows at a time.
///
/// # Errors
/// When it cannot be read, or `take` says no.
pub fn read(
    folder: &Path,
    table: &Table,
    mut take: impl FnMut(Table) -> Result<(), FolderError>,
) -> Result<(), FolderError> {
    /// Whose fault it is: the file's, or what was done with it.
    enum Stop {
        File(ParquetError),
        Taking(FolderError),
    }
    impl From<ParquetError> for Stop {
        fn from(error: ParquetError) -> Self {
            Self::File(error)
        }
    }
    let path = folder.join(format!("{}.parquet", table.name));
    let read = columns::read(&path, table, |piece| take(piece).map_err(Stop::Taking));
    read.map_err(|stop| match stop {
        Stop::File(error) => table_at(&path)(error),
        Stop::Taking(error) => error,
    })
}

/// The first table that does not hold the bytes the manifest says.
///
/// # Errors
/// When one cannot be read.
pub fn damaged(folder: &Path, manifest: &Manifest) -> Result<Option<PathBuf>, FolderError> {
    for (name, file) in &manifest.tables {
        let path = tables(folder).join(format!("{name}.parquet"));
        if digest(&path)? != file.parquet {
            return Ok(Some(path));
        }
    }
    Ok(None)
}

fn digest(path: &Path) -> Result<Digest, FolderError> {
    fs::read(path).map(|bytes| Digest::of(&bytes)).map_err(at(path))
}

/// Makes a new folder where there may be the rest of one.
fn empty(path: &Path) -> Result<(), FolderError> {
    if path.exists() {
        fs::remove_dir_all(path).map_err(at(path))?;
    }
    fs::create_dir(path).map_err(at(path))
}
