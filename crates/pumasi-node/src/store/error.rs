//! What goes wrong with a store, and what to do about it.

use std::error::Error;
use std::path::PathBuf;
use std::sync::Arc;

use pumasi_base::Digest;

use crate::runtime::lock::LockError;

/// What the engine underneath reported; shared, because one failure can reach several callers.
pub type Cause = Arc<dyn Error + Send + Sync>;

/// Why the store did not do what it was asked.
///
/// The text says what happened and why; [`StoreError::help`] says what to do.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StoreError {
    /// No room is left.
    #[error("the disk that holds `{at}` is full: this change was not stored")]
    DiskFull {
        /// The database: its file, or its address without the password.
        at: PathBuf,
        /// What the engine reported.
        source: Cause,
    },
    /// Another process uses the folder or its database.
    #[error("`{at}` is in use by {}", holder(*process))]
    Locked {
        /// The folder.
        at: PathBuf,
        /// The id of the other process, where it is known.
        process: Option<u32>,
    },
    /// The database is damaged or is none of ours.
    #[error("`{at}` is damaged: {what}")]
    Corrupt {
        /// The database.
        at: PathBuf,
        /// What does not hold.
        what: String,
    },
    /// A newer version of this program wrote the database.
    #[error("`{at}` has format {found}, and this version reads formats up to {known}")]
    TooNew {
        /// The database.
        at: PathBuf,
        /// The format found.
        found: i64,
        /// The newest format this version knows.
        known: i64,
    },
    /// The disk or the operating system failed.
    #[error("could not {doing} `{at}`")]
    Io {
        /// What was being done: open, read, write to.
        doing: &'static str,
        /// The file or folder.
        at: PathBuf,
        /// What was reported.
        source: Cause,
    },
    /// The writer has ended, because the store is being closed.
    #[error("the store at `{at}` is closed")]
    Closed {
        /// The database.
        at: PathBuf,
    },
    /// An act exceeds [`super::ACT_BYTES_MAX`].
    #[error("act `{id}` has {bytes} bytes, and an act may have at most {bytes_max}")]
    ActTooLarge {
        /// The act.
        id: Digest,
        /// Its size.
        bytes: usize,
        /// The limit.
        bytes_max: usize,
    },
    /// A blob exceeds [`super::BLOB_BYTES_MAX`].
    #[error("the file has {bytes} bytes, and a file may have at most {bytes_max}")]
    BlobTooLarge {
        /// Its size.
        bytes: usize,
        /// The limit.
        bytes_max: usize,
    },
    /// An act is given under another matter than the one it is stored under.
    #[error("act `{id}` is stored under matter `{stored}`, not `{given}`")]
    Misfiled {
        /// The act.
        id: Digest,
        /// The matter it is stored under.
        stored: Digest,
        /// The matter it was given under.
        given: Digest,
    },
    /// Another server of the party decides now; this one changes nothing more.
    #[error("`{at}` is decided on by {decider} now: this change was not stored")]
    Fenced {
        /// The database.
        at: PathBuf,
        /// The server that decides.
        decider: String,
    },
    /// What the store held was moved to another one.
    #[error("`{at}` was moved to `{to}`")]
    Moved {
        /// The database.
        at: PathBuf,
        /// Where everything is now.
        to: String,
    },
    /// A cursor lies past the last act.
    #[error("position {after} lies past the head of the log, {head}")]
    BeyondHead {
        /// The cursor.
        after: u64,
        /// The position of the last act.
        head: u64,
    },
    /// Acts were to follow others that did not come onto disk, or that others followed.
    #[error("acts for the places after {after} do not fit a log that ends at {head}")]
    OutOfTurn {
        /// The position they were to follow.
        after: u64,
        /// The position of the last act.
        head: u64,
    },
}

fn holder(process: Option<u32>) -> String {
    process.map_or_else(|| "another process".to_owned(), |id| format!("process {id}"))
}

impl From<LockError> for StoreError {
    fn from(error: LockError) -> Self {
        match error {
            LockError::Held { folder, process } => Self::Locked { at: folder, process },
            LockError::Io { folder, source } => {
                Self::Io { doing: "lock", at: folder, source: Arc::new(source) }
            }
        }
    }
}

impl StoreError {
    /// A stable name for programs and for captions: `disk_full`, `locked` and so on.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::DiskFull { .. } => "disk_full",
            Self::Locked { .. } => "locked",
            Self::Corrupt { .. } => "corrupt",
            Self::TooNew { .. } => "too_new",
            Self::Io { .. } => "io",
            Self::Closed { .. } => "closed",
            Self::ActTooLarge { .. } => "act_too_large",
            Self::BlobTooLarge { .. } => "blob_too_large",
            Self::Misfiled { .. } => "misfiled",
            Self::Fenced { .. } => "fenced",
            Self::Moved { .. } => "moved",
            Self::BeyondHead { .. } => "beyond_head",
            Self::OutOfTurn { .. } => "out_of_turn",
        }
    }

    /// What the operator can do.
    #[must_use]
    pub const fn help(&self) -> &'static str {
        match self {
            Self::DiskFull { .. } => {
                "free some space and try again; everything acknowledged before is safe"
            }
            Self::Locked { .. } => "stop the other process, or give this node its own data folder",
            Self::Corrupt { .. } => {
                "keep a copy of the folder, restore the last backup into an empty one, and let \
                 the neighbours return what is missing"
            }
            Self::TooNew { .. } => "run the version that wrote it, or a newer one",
            Self::Io { .. } => {
                "check the disk and the permissions of the folder, or that the database and its \
                 standby answer, then try again"
            }
            Self::Closed { .. } => "start the node again",
            Self::ActTooLarge { .. } => "put large content into a file and cite its digest",
            Self::BlobTooLarge { .. } => "split the file",
            Self::Misfiled { .. } => "the sender computes ids or matters wrongly: report it",
            Self::Fenced { .. } => "work at the server that decides; this one stands by",
            Self::Moved { .. } => {
                "let `store` in node.toml name the new place, or run `pumasi store move` again; \
                 acts made here would be lost"
            }
            Self::BeyondHead { .. } => {
                "the log was restored from an older copy: recover it from the neighbours first"
            }
            Self::OutOfTurn { .. } => {
                "an act before these could not be stored: see to that, then do this again"
            }
        }
    }
}
