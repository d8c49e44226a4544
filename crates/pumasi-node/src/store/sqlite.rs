//! The embedded engine: one SQLite database in the data folder.
//!
//! One thread writes. It takes what waits in its queue into one transaction, so that many
//! small changes share one sync of the disk, and answers each once that sync is done.
//! Readers use a second connection and never wait for the writer (write-ahead logging).

mod change;
mod schema;
mod writer;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use pumasi_base::Digest;
use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension as _, Row};
use tokio::sync::watch;

use super::moving::Moved;
use super::{
    ActLog, Appended, Blobs, PAGE_BYTES_MAX, Page, SettingChange, Settings, StoreError, StoredAct,
    Underway, check_blob, check_sizes,
};
use crate::runtime::lock::FolderLock;
use writer::Writer;

/// The name of the database within the data folder.
const FILE: &str = "ledger.sqlite";

/// A [`super::Ledger`] in one SQLite database, for one process.
#[derive(Debug)]
pub struct SqliteLedger {
    // INVARIANT: the order of fields is the order of closing: writer, reader, lock.
    writer: Writer,
    reader: Mutex<Connection>,
    file: Arc<Path>,
    _lock: Arc<FolderLock>,
}

/// What can be told of a database that another process may be using.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Glance {
    pub(super) head: u64,
    pub(super) bytes: u64,
    pub(super) moved_to: Option<String>,
}

/// Limits that only tests and small devices set.
#[derive(Debug, Clone, Copy, Default)]
pub struct Limits {
    /// The most pages of 4 KiB the database may have; unlimited when absent.
    pub pages_max: Option<u32>,
}

impl SqliteLedger {
    /// Locks `folder` and opens the database in it, making both where they are missing.
    ///
    /// # Errors
    /// [`StoreError::Locked`], [`StoreError::Moved`], [`StoreError::TooNew`],
    /// [`StoreError::Corrupt`] or [`StoreError::Io`].
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        let lock = FolderLock::hold(folder)?;
        Self::open_held(lock, Limits::default())
    }

    /// Opens the database in a folder that is locked already.
    ///
    /// # Errors
    /// As [`SqliteLedger::open`].
    pub fn open_held(lock: FolderLock, limits: Limits) -> Result<Self, StoreError> {
        Self::open_even(Arc::new(lock), limits, Moved::Refused)
    }

    /// As [`SqliteLedger::open_held`], for a store that may have been moved away.
    pub(super) fn open_even(
        lock: Arc<FolderLock>,
        limits: Limits,
        moved: Moved,
    ) -> Result<Self, StoreError> {
        let file: Arc<Path> = Arc::from(lock.folder().join(FILE));
        let failed = |error| classify(&file, "open", error);
        let mut connection = schema::connect(&file).map_err(failed)?;
        schema::prepare(&mut connection, &file, moved)?;
        if let Some(pages) = limits.pages_max {
            connection.pragma_update(None, "max_page_count", pages).map_err(failed)?;
        }
        sync_folder(lock.folder())?;
        let reader = schema::connect(&file).map_err(failed)?;
        reader.pragma_update(None, "query_only", true).map_err(failed)?;
        let head = read_head(&reader).map_err(failed)?;
        let writer = Writer::start(connection, Arc::clone(&file), head)?;
        Ok(Self { writer, reader: Mutex::new(reader), file, _lock: lock })
    }

    /// Looks at the database in `folder`, whether or not somebody uses it.
    pub(super) fn glance(folder: &Path) -> Result<Glance, StoreError> {
        let file = folder.join(FILE);
        let failed = |error| classify(&file, "open", error);
        let reader =
            Connection::open_with_flags(&file, OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(failed)?;
        let pages: i64 = reader
            .query_row(
                "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size",
                [],
                |row| row.get(0),
            )
            .map_err(failed)?;
        Ok(Glance {
            head: read_head(&reader).map_err(failed)?,
            bytes: u64::try_from(pages).unwrap_or_default(),
            moved_to: schema::moved_to(&reader).map_err(failed)?,
        })
    }

    /// Checks the whole database: its pages, its indexes, and that positions have no gap.
    ///
    /// It reads every page, so it takes a while on a large log.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] with the first fault found, or any failure of the disk.
    pub fn check(&self) -> Result<(), StoreError> {
        let damaged = |what: String| StoreError::Corrupt { at: self.file.to_path_buf(), what };
        let reader = self.reader();
        let fault: String = reader
            .query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))
            .map_err(|error| self.failed("check", error))?;
        if fault != "ok" {
            return Err(damaged(fault));
        }
        let (acts, head): (i64, i64) = reader
            .query_row("SELECT count(*), coalesce(max(position), 0) FROM acts", [], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .map_err(|error| self.failed("check", error))?;
        if acts == head {
            Ok(())
        } else {
            Err(damaged(format!("the log has {acts} acts but ends at position {head}")))
        }
    }

    /// Says where the store was moved to, so that it is not opened any more, or takes that back.
    pub(super) fn mark_moved(&self, to: Option<&str>) -> Result<(), StoreError> {
        let to = to.map(str::to_owned);
        self.writer.write(0, move |on| Ok(schema::mark_moved(on, to.as_deref())?))
    }

    /// Where the store was moved to.
    pub(super) fn moved_to(&self) -> Result<Option<String>, StoreError> {
        self.read(schema::moved_to)
    }

    /// The reading connection. A reader that panicked leaves no half-made state behind, since it
    /// cannot write.
    fn reader(&self) -> MutexGuard<'_, Connection> {
        self.reader.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn failed(&self, doing: &'static str, error: rusqlite::Error) -> StoreError {
        classify(&self.file, doing, error)
    }

    fn read<T>(
        &self,
        query: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        query(&self.reader()).map_err(|error| self.failed("read", error))
    }
}

impl ActLog for SqliteLedger {
    fn append_with(
        &self,
        batch: &[StoredAct],
        blobs: &[Vec<u8>],
    ) -> Result<Vec<Appended>, StoreError> {
        check_sizes(batch, blobs)?;
        let (batch, blobs) = (batch.to_vec(), blobs.to_vec());
        self.writer.write(bytes_of(&batch, &blobs), move |on| {
            change::put_blobs(on, &blobs)?;
            change::append(on, &batch)
        })
    }

    fn append_after(
        &self,
        after: u64,
        batch: &[StoredAct],
        blobs: &[Vec<u8>],
    ) -> Result<Underway, StoreError> {
        check_sizes(batch, blobs)?;
        let (batch, blobs) = (batch.to_vec(), blobs.to_vec());
        self.writer.hand_in(bytes_of(&batch, &blobs), move |on| {
            change::put_blobs(on, &blobs)?;
            change::append_after(on, after, &batch)
        })
    }

    fn get(&self, ids: &[Digest]) -> Result<Vec<StoredAct>, StoreError> {
        self.read(|reader| {
            let mut query = reader.prepare_cached(
                "SELECT acts.position, acts.id, matters.id, acts.bytes FROM acts \
                 CROSS JOIN matters ON matters.number = acts.matter WHERE acts.id = ?1",
            )?;
            let mut found = Vec::new();
            for id in ids {
                found.extend(query.query_row([id.as_bytes()], read_act).optional()?);
            }
            Ok(found.into_iter().map(|(_, act)| act).collect())
        })
    }

    fn scan(&self, after: u64, max: usize) -> Result<Page, StoreError> {
        let max = i64::try_from(max).unwrap_or(i64::MAX);
        self.read(|reader| {
            // One read transaction: head and acts belong to the same moment.
            let moment = reader.unchecked_transaction()?;
            let head = read_head(&moment)?;
            let Some(start) = i64::try_from(after).ok().filter(|_| after <= head) else {
                return Ok(Err(StoreError::BeyondHead { after, head }));
            };
            let mut query = moment.prepare_cached(
                "SELECT acts.position, acts.id, matters.id, acts.bytes FROM acts \
                 CROSS JOIN matters ON matters.number = acts.matter \
                 WHERE acts.position > ?1 ORDER BY acts.position LIMIT ?2",
            )?;
            let mut page = Page { acts: Vec::new(), end: after };
            let mut bytes = 0_usize;
            for row in query.query_map([start, max], read_act)? {
                let (position, act) = row?;
                bytes = bytes.saturating_add(act.bytes.len());
                if bytes > PAGE_BYTES_MAX && !page.acts.is_empty() {
                    break;
                }
                page.end = position;
                page.acts.push((position, act));
            }
            Ok(Ok(page))
        })?
    }

    fn matter(&self, matter: &Digest) -> Result<Vec<StoredAct>, StoreError> {
        self.read(|reader| {
            let mut query = reader.prepare_cached(
                "SELECT acts.position, acts.id, matters.id, acts.bytes FROM matters \
                 CROSS JOIN acts ON acts.matter = matters.number \
                 WHERE matters.id = ?1 ORDER BY acts.position",
            )?;
            query
                .query_map([matter.as_bytes()], read_act)?
                .map(|row| row.map(|(_, act)| act))
                .collect()
        })
    }

    fn matters(&self) -> Result<Vec<Digest>, StoreError> {
        self.read(|reader| {
            let mut query = reader.prepare_cached("SELECT id FROM matters ORDER BY number")?;
            query.query_map([], |row| row.get(0).map(Digest::from_bytes))?.collect()
        })
    }

    fn head(&self) -> Result<u64, StoreError> {
        self.read(read_head)
    }

    fn watch(&self) -> watch::Receiver<u64> {
        self.writer.watch()
    }
}

impl Settings for SqliteLedger {
    fn setting(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        self.read(|reader| {
            reader
                .prepare_cached("SELECT value FROM settings WHERE name = ?1")?
                .query_row([name], |row| row.get(0))
                .optional()
        })
    }

    fn settings(&self, prefix: &str) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
        self.read(|reader| {
            let mut query = reader.prepare_cached(
                "SELECT name, value FROM settings \
                 WHERE name >= ?1 AND substr(name, 1, length(?1)) = ?1 ORDER BY name",
            )?;
            query.query_map([prefix], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
        })
    }

    fn put_settings(&self, changes: &[SettingChange]) -> Result<(), StoreError> {
        let bytes = changes.iter().map(|c| c.value.as_ref().map_or(0, Vec::len)).sum();
        let changes = changes.to_vec();
        self.writer.write(bytes, move |on| change::put_settings(on, &changes))
    }
}

impl Blobs for SqliteLedger {
    fn put_blob(&self, bytes: &[u8]) -> Result<Digest, StoreError> {
        check_blob(bytes)?;
        let digest = Digest::of(bytes);
        let bytes = bytes.to_vec();
        self.writer.write(bytes.len(), move |on| change::put_blob(on, &digest, &bytes))?;
        Ok(digest)
    }

    fn blob(&self, digest: &Digest) -> Result<Option<Vec<u8>>, StoreError> {
        let bytes: Option<Vec<u8>> = self.read(|reader| {
            reader
                .prepare_cached("SELECT bytes FROM blobs WHERE digest = ?1")?
                .query_row([digest.as_bytes()], |row| row.get(0))
                .optional()
        })?;
        match bytes {
            Some(bytes) if Digest::of(&bytes) != *digest => Err(StoreError::Corrupt {
                at: self.file.to_path_buf(),
                what: format!("the bytes of file `{digest}` have changed"),
            }),
            bytes => Ok(bytes),
        }
    }

    fn blobs(&self, after: Option<&Digest>, max: usize) -> Result<Vec<Digest>, StoreError> {
        let after = after.map_or_else(Vec::new, |digest| digest.as_bytes().to_vec());
        let max = i64::try_from(max).unwrap_or(i64::MAX);
        self.read(|reader| {
            let mut query = reader.prepare_cached(
                "SELECT digest FROM blobs WHERE digest > ?1 ORDER BY digest LIMIT ?2",
            )?;
            let rows = query.query_map(rusqlite::params![after, max], |row| row.get(0))?;
            rows.map(|row| row.map(Digest::from_bytes)).collect()
        })
    }

    fn erase_blob(&self, digest: &Digest) -> Result<bool, StoreError> {
        let digest = *digest;
        let removed = self.writer.write(0, move |on| change::remove_blob(on, &digest))?;
        // Also after an earlier call removed the row and then failed, so that repeating helps.
        self.writer.empty_journal()?;
        Ok(removed)
    }
}

/// The bytes of acts and of the blobs beside them.
fn bytes_of(batch: &[StoredAct], blobs: &[Vec<u8>]) -> usize {
    batch.iter().map(|act| act.bytes.len()).chain(blobs.iter().map(Vec::len)).sum()
}

/// Reads `position, id, matter, bytes`.
fn read_act(row: &Row<'_>) -> rusqlite::Result<(u64, StoredAct)> {
    let act = StoredAct {
        id: Digest::from_bytes(row.get(1)?),
        matter: Digest::from_bytes(row.get(2)?),
        bytes: row.get(3)?,
    };
    Ok((change::position(row, 0)?, act))
}

fn read_head(reader: &Connection) -> rusqlite::Result<u64> {
    reader
        .prepare_cached("SELECT coalesce(max(position), 0) FROM acts")?
        .query_row([], |row| change::position(row, 0))
}

/// Makes sure that a new database survives a power cut as a name, not only as bytes.
fn sync_folder(folder: &Path) -> Result<(), StoreError> {
    // Only Unix lets a folder be opened and synced.
    if cfg!(unix) {
        std::fs::File::open(folder).and_then(|folder| folder.sync_all()).map_err(|source| {
            StoreError::Io { doing: "sync", at: folder.to_owned(), source: Arc::new(source) }
        })?;
    }
    Ok(())
}

/// Says in our words what SQLite reports.
fn classify(file: &Path, doing: &'static str, error: rusqlite::Error) -> StoreError {
    let at: PathBuf = file.to_owned();
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => StoreError::DiskFull { at, source: Arc::new(error) },
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            StoreError::Locked { at, process: None }
        }
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
            StoreError::Corrupt { at, what: error.to_string() }
        }
        _ => StoreError::Io { doing, at, source: Arc::new(error) },
    }
}
