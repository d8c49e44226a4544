//! What a node keeps on disk: the log of acts, its settings, and blobs by digest.
//!
//! [`Ledger`] is the contract; [`SqliteLedger`] is the embedded engine, [`PostgresLedger`] that of
//! a party with several servers.
//! Every engine passes the one suite in `store/contract.rs`.
//!
//! All calls block until the disk has answered: asynchronous callers use
//! `tokio::task::spawn_blocking`.
//!
//! Invariant: acts are opaque here; only their id and their matter are known.
//! Invariant: what was acknowledged survives a power cut.
//! Invariant: who has a ledger decides alone for the party, or can change nothing any more.

mod error;
pub mod moving;
pub mod place;
pub mod postgres;
pub mod sqlite;

use std::fmt;

use pumasi_base::Digest;
use tokio::sync::watch;

pub use error::StoreError;
pub use place::Place;
pub use postgres::PostgresLedger;
pub use sqlite::SqliteLedger;

/// The most bytes one act may have: 256 KiB. Anything larger is a blob that an act cites.
pub const ACT_BYTES_MAX: usize = 256 * 1024;

/// The most bytes one blob may have: 64 MiB.
pub const BLOB_BYTES_MAX: usize = 64 * 1024 * 1024;

/// The most bytes of acts one [`Page`] carries, 4 MiB, unless a single act is all it holds.
pub const PAGE_BYTES_MAX: usize = 4 * 1024 * 1024;

/// One act as it lies in the log: the exact bytes that were received, never re-encoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredAct {
    /// Its id, as computed by whoever verified it.
    pub id: Digest,
    /// The matter it belongs to, named by its genesis act.
    pub matter: Digest,
    /// The signed envelope.
    pub bytes: Vec<u8>,
}

/// Where an act lies in the log of this node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Appended {
    /// The act.
    pub id: Digest,
    /// Its position, counted from 1 without gaps; it means nothing on other nodes.
    pub position: u64,
    /// Whether this call stored it; false when it was there already.
    pub new: bool,
}

/// Acts on their way to the disk.
#[must_use = "what is on its way may still be lost"]
pub struct Underway(Option<Landing>);

/// Waits for the disk.
type Landing = Box<dyn FnOnce() -> Result<(), StoreError> + Send>;

impl fmt::Debug for Underway {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "Underway(to the disk)" } else { "Underway(landed)" })
    }
}

impl Underway {
    /// Nothing is on its way: all of it is on disk.
    pub const fn landed() -> Self {
        Self(None)
    }

    fn until(landing: impl FnOnce() -> Result<(), StoreError> + Send + 'static) -> Self {
        Self(Some(Box::new(landing)))
    }

    /// Returns once the acts are on disk.
    ///
    /// # Errors
    /// [`StoreError::OutOfTurn`] when others lie, or nothing lies, where these were to follow;
    /// [`StoreError::Misfiled`], or any failure of the disk. None of the acts is then stored,
    /// except that after [`StoreError::Io`] it is unknown.
    pub fn wait(self) -> Result<(), StoreError> {
        self.0.map_or(Ok(()), |landing| landing())
    }
}

/// A stretch of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Acts with their positions, in order.
    pub acts: Vec<(u64, StoredAct)>,
    /// The position up to which the reader has now seen everything: pass it as the next `after`.
    pub end: u64,
}

/// The append-only log of acts.
///
/// Positions are dense: the first act has 1, the next 2, and nothing ever appears later at a
/// position that a reader has passed.
pub trait ActLog: Send + Sync {
    /// Appends acts, all of them or none, and returns once they are on disk.
    ///
    /// An act that is stored already keeps its position and its first bytes: the id covers
    /// what was signed, while an envelope may reach us with further signatures.
    ///
    /// # Errors
    /// [`StoreError::ActTooLarge`], [`StoreError::Misfiled`], or any failure of the disk.
    /// After [`StoreError::Io`] it is unknown whether the batch was stored: append it again.
    fn append(&self, batch: &[StoredAct]) -> Result<Vec<Appended>, StoreError> {
        self.append_with(batch, &[])
    }

    /// Appends acts and stores blobs that belong to them, all of it or nothing, and returns once
    /// it is on disk: what is to lie beside an act is there when the act is.
    ///
    /// # Errors
    /// As [`ActLog::append`], or [`StoreError::BlobTooLarge`].
    fn append_with(
        &self,
        batch: &[StoredAct],
        blobs: &[Vec<u8>],
    ) -> Result<Vec<Appended>, StoreError>;

    /// Hands in acts that are to lie right after position `after`, and blobs that belong to them,
    /// all of it or nothing, and returns before it is on disk.
    ///
    /// Batches come onto disk in the order in which they were handed in, and many share one sync.
    /// Where one fails, those after it fail as well: their place is not there.
    ///
    /// # Errors
    /// [`StoreError::ActTooLarge`], or when nothing can be handed in; and as [`Underway::wait`].
    fn append_after(
        &self,
        after: u64,
        batch: &[StoredAct],
        blobs: &[Vec<u8>],
    ) -> Result<Underway, StoreError> {
        let head = self.head()?;
        if after != head {
            return Err(StoreError::OutOfTurn { after, head });
        }
        self.append_with(batch, blobs).map(|_| Underway::landed())
    }

    /// The acts with these ids, in the order asked; ids that are not stored are left out.
    ///
    /// # Errors
    /// Any failure of the disk.
    fn get(&self, ids: &[Digest]) -> Result<Vec<StoredAct>, StoreError>;

    /// At most `max` acts after position `after`, fewer when [`PAGE_BYTES_MAX`] is reached.
    ///
    /// # Errors
    /// [`StoreError::BeyondHead`] when `after` lies past the head: whoever kept that cursor has
    /// seen acts that this log has lost. Otherwise any failure of the disk.
    fn scan(&self, after: u64, max: usize) -> Result<Page, StoreError>;

    /// Every act of one matter, in the order of positions.
    ///
    /// # Errors
    /// Any failure of the disk.
    fn matter(&self, matter: &Digest) -> Result<Vec<StoredAct>, StoreError>;

    /// Every matter, in the order in which their first acts came.
    ///
    /// # Errors
    /// Any failure of the disk.
    fn matters(&self) -> Result<Vec<Digest>, StoreError>;

    /// The position of the last act, 0 while the log is empty.
    ///
    /// # Errors
    /// Any failure of the disk.
    fn head(&self) -> Result<u64, StoreError>;

    /// Follows the head. It is a hint to look again: [`ActLog::scan`] has the truth.
    fn watch(&self) -> watch::Receiver<u64>;

    /// Follows whether this ledger still decides for the party; once false it stays so, and every
    /// change fails with [`StoreError::Fenced`].
    ///
    /// An engine for one process always decides: it cannot be opened a second time.
    fn decides(&self) -> watch::Receiver<bool> {
        // The value stays readable after its sender is gone.
        watch::channel(true).1
    }
}

/// One change to the settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingChange {
    /// The setting; related ones share a prefix, such as `cursor/jp-17`.
    pub name: String,
    /// Its new value, or none to remove it.
    pub value: Option<Vec<u8>>,
}

/// What the node remembers for itself alone: cursors of its peers, identities it trusts.
pub trait Settings: Send + Sync {
    /// The value of a setting.
    ///
    /// # Errors
    /// Any failure of the disk.
    fn setting(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError>;

    /// Every setting whose name starts with `prefix`, in the order of names.
    ///
    /// # Errors
    /// Any failure of the disk.
    fn settings(&self, prefix: &str) -> Result<Vec<(String, Vec<u8>)>, StoreError>;

    /// Makes all these changes or none, and returns once they are on disk.
    ///
    /// # Errors
    /// Any failure of the disk.
    fn put_settings(&self, changes: &[SettingChange]) -> Result<(), StoreError>;

    /// Sets one setting, and returns once it is on disk.
    ///
    /// # Errors
    /// Any failure of the disk.
    fn put_setting(&self, name: &str, value: &[u8]) -> Result<(), StoreError> {
        self.put_settings(&[SettingChange { name: name.to_owned(), value: Some(value.to_vec()) }])
    }
}

/// Larger things that acts cite by digest: texts of agreements, alerts as received, sealed files.
pub trait Blobs: Send + Sync {
    /// Stores `bytes` and returns their SHA-256 digest once they are on disk.
    ///
    /// # Errors
    /// [`StoreError::BlobTooLarge`], or any failure of the disk.
    fn put_blob(&self, bytes: &[u8]) -> Result<Digest, StoreError>;

    /// The bytes with this digest.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when the bytes no longer have this digest, or any failure of the
    /// disk.
    fn blob(&self, digest: &Digest) -> Result<Option<Vec<u8>>, StoreError>;

    /// At most `max` digests of blobs after `after`, in the order of digests.
    ///
    /// # Errors
    /// Any failure of the disk.
    fn blobs(&self, after: Option<&Digest>, max: usize) -> Result<Vec<Digest>, StoreError>;

    /// Removes a blob and overwrites its bytes; tells whether it was there.
    ///
    /// Once this returns, no file of the store's tables holds the bytes any more. Copies that a
    /// backup, a database server's own journal, the file system or the drive itself made are
    /// beyond its reach.
    ///
    /// # Errors
    /// Any failure of the disk; call again until it succeeds.
    fn erase_blob(&self, digest: &Digest) -> Result<bool, StoreError>;
}

/// Everything a node keeps, in one database.
pub trait Ledger: ActLog + Settings + Blobs {}

impl<T: ActLog + Settings + Blobs> Ledger for T {}

/// Refuses a blob that is too large.
const fn check_blob(bytes: &[u8]) -> Result<(), StoreError> {
    if bytes.len() > BLOB_BYTES_MAX {
        let (bytes, bytes_max) = (bytes.len(), BLOB_BYTES_MAX);
        return Err(StoreError::BlobTooLarge { bytes, bytes_max });
    }
    Ok(())
}

/// Refuses a batch with an act or a blob that is too large.
fn check_sizes(batch: &[StoredAct], blobs: &[Vec<u8>]) -> Result<(), StoreError> {
    blobs.iter().try_for_each(|bytes| check_blob(bytes))?;
    match batch.iter().find(|act| act.bytes.len() > ACT_BYTES_MAX) {
        Some(act) => {
            let (id, bytes) = (act.id, act.bytes.len());
            Err(StoreError::ActTooLarge { id, bytes, bytes_max: ACT_BYTES_MAX })
        }
        None => Ok(()),
    }
}
