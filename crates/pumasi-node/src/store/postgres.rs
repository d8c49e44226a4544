//! The engine for a party with several servers: one schema of a `PostgreSQL` database.
//!
//! Of the servers that share it one decides: it holds a lock of the database for as long as its
//! session stands, and a number, the fence, under which every change of its is made. Whoever
//! decides next raises the fence, so that a former decider that wakes up, however late, changes
//! nothing more. No clock has a part in this.
//!
//! Connections live on threads of their own, so that a call blocks the same whether or not an
//! asynchronous runtime is around it.

mod address;
mod change;
mod readers;
mod schema;
mod secure;
mod session;
pub mod show;
mod writer;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use pumasi_base::Digest;
use tokio::sync::watch;

use super::moving::Moved;
use super::{
    ActLog, Appended, Blobs, PAGE_BYTES_MAX, Page, SettingChange, Settings, StoreError, StoredAct,
    check_blob, check_sizes,
};
use crate::runtime::lock::FolderLock;
use change::Outcome;
use readers::Readers;
use schema::{Acquired, Fence};
use session::Session;
use writer::{Change, Shared, Writer};

pub use address::{Address, AddressError};

/// How often the head and the fence are looked at.
const LOOK: Duration = Duration::from_millis(50);

/// A [`super::Ledger`] in a `PostgreSQL` database; who has one is the party's decider, or was.
#[derive(Debug)]
pub struct PostgresLedger {
    // INVARIANT: the order of fields is the order of closing: whoever reads, then the writer
    // with the decider's lock, then the folder.
    _lookout: Lookout,
    readers: Arc<Readers>,
    writer: Writer,
    shared: Arc<Shared>,
    _lock: Option<Arc<FolderLock>>,
}

/// What became of the wish to decide.
#[derive(Debug)]
pub enum Standing {
    /// This server decides.
    Decides(Box<PostgresLedger>),
    /// The server of this name does.
    By(String),
}

impl PostgresLedger {
    /// Asks once to become the decider, making the tables where they are missing.
    ///
    /// `server` is the name others are told. The ledger keeps the lock on its node's folder.
    ///
    /// # Errors
    /// [`StoreError::Moved`], [`StoreError::TooNew`], [`StoreError::Corrupt`] or
    /// [`StoreError::Io`].
    pub fn acquire(
        address: &Address,
        server: &str,
        lock: Option<Arc<FolderLock>>,
    ) -> Result<Standing, StoreError> {
        Self::acquire_even(address, server, lock, Moved::Refused)
    }

    /// As [`PostgresLedger::acquire`], for a store that may have been moved away.
    pub(super) fn acquire_even(
        address: &Address,
        server: &str,
        lock: Option<Arc<FolderLock>>,
        moved: Moved,
    ) -> Result<Standing, StoreError> {
        let (address, server) = (address.clone(), server.to_owned());
        // A connection must not be made or used on a thread that runs asynchronous tasks.
        let attempt = std::thread::scope(|scope| {
            let attempt = || {
                let mut session = Session::open(&address)?;
                schema::prepare(&mut session, address.schema())?;
                let acquired = schema::acquire(&mut session, address.schema(), &server, moved)?;
                Ok((session, acquired))
            };
            scope.spawn(attempt).join()
        });
        let at = PathBuf::from(address.to_string());
        let (session, acquired) = attempt.unwrap_or(Err(StoreError::Closed { at: at.clone() }))?;
        match acquired {
            Acquired::By(decider) => {
                drop(session);
                Ok(Standing::By(decider))
            }
            Acquired::Fence(fence, head) => {
                let shared = Arc::new(Shared {
                    address,
                    at,
                    fence,
                    head: watch::Sender::new(head),
                    decides: watch::Sender::new(true),
                    unsure: AtomicBool::new(false),
                });
                Self::decide(session, shared, lock).map(|ledger| Standing::Decides(ledger.into()))
            }
        }
    }

    fn decide(
        session: Session,
        shared: Arc<Shared>,
        lock: Option<Arc<FolderLock>>,
    ) -> Result<Self, StoreError> {
        let readers = Arc::new(Readers::start(&shared.address)?);
        let writer = Writer::start(session, Arc::clone(&shared))?;
        let lookout = Lookout::start(Arc::clone(&readers), Arc::clone(&shared))?;
        Ok(Self { _lookout: lookout, readers, writer, shared, _lock: lock })
    }

    /// Reads, after making sure that what is there can no longer be lost.
    ///
    /// After a change whose outcome is unknown the database may show acts that its standby does
    /// not have. Nobody may see those before they are safe.
    fn read<T: Send + 'static>(
        &self,
        query: impl Fn(&mut Session) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        if self.shared.unsure.load(Ordering::SeqCst) {
            self.writer.write(Change::Settle)?;
        }
        self.readers.read(query)
    }

    fn done(&self, change: Change) -> Result<(), StoreError> {
        self.writer.write(change).map(|_: Outcome| ())
    }

    /// Says where the store was moved to, so that it is not opened any more, or takes that back.
    pub(super) fn mark_moved(&self, to: Option<&str>) -> Result<(), StoreError> {
        self.done(Change::MarkMoved(to.map(str::to_owned)))
    }

    /// Where the store was moved to.
    pub(super) fn moved_to(&self) -> Result<Option<String>, StoreError> {
        self.read(schema::moved_to)
    }
}

impl ActLog for PostgresLedger {
    fn append_with(
        &self,
        batch: &[StoredAct],
        blobs: &[Vec<u8>],
    ) -> Result<Vec<Appended>, StoreError> {
        check_sizes(batch, blobs)?;
        match self.writer.write(Change::Append(batch.to_vec(), blobs.to_vec()))? {
            Outcome::Appended(appended) => Ok(appended),
            Outcome::Removed(_) | Outcome::Done => Ok(Vec::new()),
        }
    }

    fn get(&self, ids: &[Digest]) -> Result<Vec<StoredAct>, StoreError> {
        let asked: Vec<Vec<u8>> = ids.iter().map(|id| id.as_bytes().to_vec()).collect();
        self.read(move |session| {
            let sql = "SELECT acts.position, acts.id, matters.id, acts.bytes \
                       FROM unnest($1::bytea[]) WITH ORDINALITY AS asked (id, place) \
                       JOIN acts ON acts.id = asked.id \
                       JOIN matters ON matters.number = acts.matter ORDER BY asked.place";
            let rows = session.query(sql, &[&asked])?;
            rows.iter().map(|row| session.act(row).map(|(_, act)| act)).collect()
        })
    }

    fn scan(&self, after: u64, max: usize) -> Result<Page, StoreError> {
        let max = i64::try_from(max).unwrap_or(i64::MAX);
        let bytes_max = i64::try_from(PAGE_BYTES_MAX).unwrap_or(i64::MAX);
        self.read(move |session| {
            // The head is read first: every act up to it was there before, and stays.
            let head = head(session)?;
            let (Ok(start), Ok(end)) = (i64::try_from(after), i64::try_from(head)) else {
                return Err(StoreError::BeyondHead { after, head });
            };
            if after > head {
                return Err(StoreError::BeyondHead { after, head });
            }
            let sql = "SELECT position, id, matter, bytes FROM ( \
                       SELECT acts.position, acts.id, matters.id AS matter, acts.bytes, \
                       sum(octet_length(acts.bytes)) OVER (ORDER BY acts.position) AS total \
                       FROM acts JOIN matters ON matters.number = acts.matter \
                       WHERE acts.position > $1 AND acts.position <= $2 \
                       ) AS page WHERE total <= $3 OR position = $1 + 1 ORDER BY position";
            let end = start.saturating_add(max).min(end);
            let mut page = Page { acts: Vec::new(), end: after };
            for row in session.query(sql, &[&start, &end, &bytes_max])? {
                let (position, act) = session.act(&row)?;
                if position != page.end.saturating_add(1) {
                    return Err(session.damaged("the log has a gap"));
                }
                page.end = position;
                page.acts.push((position, act));
            }
            Ok(page)
        })
    }

    fn matter(&self, matter: &Digest) -> Result<Vec<StoredAct>, StoreError> {
        let matter = matter.as_bytes().to_vec();
        self.read(move |session| {
            let sql = "SELECT acts.position, acts.id, matters.id, acts.bytes FROM matters \
                       JOIN acts ON acts.matter = matters.number \
                       WHERE matters.id = $1 ORDER BY acts.position";
            let rows = session.query(sql, &[&matter])?;
            rows.iter().map(|row| session.act(row).map(|(_, act)| act)).collect()
        })
    }

    fn matters(&self) -> Result<Vec<Digest>, StoreError> {
        self.read(|session| {
            let rows = session.query("SELECT id FROM matters ORDER BY number", &[])?;
            rows.iter().map(|row| session.digest(row, 0)).collect()
        })
    }

    fn head(&self) -> Result<u64, StoreError> {
        self.read(head)
    }

    fn watch(&self) -> watch::Receiver<u64> {
        self.shared.head.subscribe()
    }

    fn decides(&self) -> watch::Receiver<bool> {
        self.shared.decides.subscribe()
    }
}

impl Settings for PostgresLedger {
    fn setting(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let name = name.as_bytes().to_vec();
        self.read(move |session| {
            let row = session.row("SELECT value FROM settings WHERE name = $1", &[&name])?;
            row.map(|row| session.column(&row, 0)).transpose()
        })
    }

    fn settings(&self, prefix: &str) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
        let prefix = prefix.as_bytes().to_vec();
        self.read(move |session| {
            let sql = "SELECT name, value FROM settings WHERE name >= $1 \
                       AND substring(name FROM 1 FOR octet_length($1)) = $1 ORDER BY name";
            let rows = session.query(sql, &[&prefix])?;
            let named = rows.iter().map(|row| {
                let name = String::from_utf8(session.column(row, 0)?)
                    .map_err(|_| session.damaged("the name of a setting is no text"))?;
                Ok((name, session.column(row, 1)?))
            });
            named.collect()
        })
    }

    fn put_settings(&self, changes: &[SettingChange]) -> Result<(), StoreError> {
        self.done(Change::Settings(changes.to_vec()))
    }
}

impl Blobs for PostgresLedger {
    fn put_blob(&self, bytes: &[u8]) -> Result<Digest, StoreError> {
        check_blob(bytes)?;
        let digest = Digest::of(bytes);
        self.done(Change::PutBlob(digest, bytes.to_vec()))?;
        Ok(digest)
    }

    fn blob(&self, digest: &Digest) -> Result<Option<Vec<u8>>, StoreError> {
        let digest = *digest;
        self.read(move |session| {
            let asked = digest.as_bytes().as_slice();
            let row = session.row("SELECT bytes FROM blobs WHERE digest = $1", &[&asked])?;
            let bytes: Option<Vec<u8>> = row.map(|row| session.column(&row, 0)).transpose()?;
            match bytes {
                Some(bytes) if Digest::of(&bytes) != digest => {
                    Err(session.damaged(&format!("the bytes of file `{digest}` have changed")))
                }
                bytes => Ok(bytes),
            }
        })
    }

    fn blobs(&self, after: Option<&Digest>, max: usize) -> Result<Vec<Digest>, StoreError> {
        let after = after.map_or_else(Vec::new, |digest| digest.as_bytes().to_vec());
        let max = i64::try_from(max).unwrap_or(i64::MAX);
        self.read(move |session| {
            let sql = "SELECT digest FROM blobs WHERE digest > $1 ORDER BY digest LIMIT $2";
            let rows = session.query(sql, &[&after, &max])?;
            rows.iter().map(|row| session.digest(row, 0)).collect()
        })
    }

    fn erase_blob(&self, digest: &Digest) -> Result<bool, StoreError> {
        let removed = self.writer.write(Change::RemoveBlob(*digest))?;
        // A deleted row stays in its file until it is overwritten: only a rewritten table is
        // without it. Also after an earlier call removed the row and then failed.
        self.readers.read(|session| {
            session.run("SET statement_timeout = 0")?;
            let rewritten = session.run("VACUUM (FULL) blobs");
            session.run("SET statement_timeout = '30s'")?;
            rewritten
        })?;
        Ok(removed == Outcome::Removed(true))
    }
}

/// The position of the last act.
fn head(session: &mut Session) -> Result<u64, StoreError> {
    let row = session.row("SELECT position FROM head", &[])?;
    row.map_or_else(|| Err(session.damaged("it has no head")), |row| session.count(&row, 0))
}

/// Looks at the head and the fence now and then, without the notices that not every database of
/// this kind has.
#[derive(Debug)]
struct Lookout {
    end: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Lookout {
    fn start(readers: Arc<Readers>, shared: Arc<Shared>) -> Result<Self, StoreError> {
        let (end, ended) = channel::<()>();
        let at = shared.at.clone();
        let thread = std::thread::Builder::new()
            .name("ledger-lookout".to_owned())
            .spawn(move || {
                while ended.recv_timeout(LOOK) == Err(RecvTimeoutError::Timeout) {
                    // A database that is away is looked at again; changes will say what is wrong.
                    let Ok((head, fence)) = readers.read(look) else { continue };
                    if fence != shared.fence {
                        shared.tell_fenced();
                    } else if !shared.unsure.load(Ordering::SeqCst) {
                        shared.tell_head(head);
                    }
                }
            })
            .map_err(|source| StoreError::Io {
                doing: "start the lookout of",
                at,
                source: Arc::new(source),
            })?;
        Ok(Self { end: Some(end), thread: Some(thread) })
    }
}

impl Drop for Lookout {
    fn drop(&mut self) {
        drop(self.end.take());
        if let Some(thread) = self.thread.take() {
            // It only ever tells hints.
            let _panicked = thread.join();
        }
    }
}

fn look(session: &mut Session) -> Result<(u64, Fence), StoreError> {
    match session.row("SELECT position, fence FROM head", &[])? {
        Some(row) => Ok((session.count(&row, 0)?, Fence(session.column(&row, 1)?))),
        None => Err(session.damaged("it has no head")),
    }
}
