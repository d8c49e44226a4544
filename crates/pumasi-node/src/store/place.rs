//! Where a node keeps its ledger, and opening it there.

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use super::moving::{Movable, Moved};
use super::postgres::show::{self, Shown};
use super::postgres::{Address, AddressError, Standing};
use super::sqlite::Limits;
use super::{Ledger, PostgresLedger, SqliteLedger, StoreError};
use crate::runtime::lock::FolderLock;

/// What a node's settings call the embedded engine.
const EMBEDDED: &str = "sqlite";

/// Where a node keeps its ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// In its data folder.
    Folder,
    /// In a database.
    Postgres(Address),
}

/// How a store stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreShown {
    /// The name of the engine.
    pub engine: &'static str,
    /// Its folder, or its address without the password.
    pub at: String,
    /// The position of the last act.
    pub head: u64,
    /// What it takes on disk.
    pub bytes: u64,
    /// Where it was moved to, if it was.
    pub moved_to: Option<String>,
    /// What else a database knows: who decides, who follows, what is set too weakly.
    pub database: Option<Shown>,
}

/// Why a setting names no place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlaceError {
    /// It is no address.
    #[error(transparent)]
    Address(#[from] AddressError),
    /// It stands in the environment, but is not there.
    #[error("the environment has no variable `{0}`")]
    Unset(String),
}

/// What came of opening a place.
pub enum Opened {
    /// This process decides.
    Ledger(Box<dyn Ledger>),
    /// The server of this name does.
    By(String),
}

impl Place {
    /// Reads a setting: nothing or `sqlite`, an address, or `${NAME}` for a variable of the
    /// environment that holds one of these.
    ///
    /// # Errors
    /// When it is none of these.
    pub fn read(setting: Option<&str>) -> Result<Self, PlaceError> {
        let variable = setting
            .and_then(|text| text.strip_prefix("${"))
            .and_then(|text| text.strip_suffix('}'));
        let from_environment;
        let text = match variable {
            Some(name) => {
                from_environment =
                    std::env::var(name).map_err(|_| PlaceError::Unset(name.to_owned()))?;
                Some(from_environment.as_str())
            }
            None => setting,
        };
        match text {
            None | Some(EMBEDDED) => Ok(Self::Folder),
            Some(text) => Ok(Self::Postgres(text.parse()?)),
        }
    }

    /// Opens it for the node in `folder`, waiting for nobody.
    ///
    /// # Errors
    /// [`StoreError::Locked`] when another process uses the folder, or any failure of the store.
    pub fn open(&self, folder: &Path) -> Result<Opened, StoreError> {
        let lock = Arc::new(hold(folder)?);
        match self {
            Self::Folder => {
                let ledger = SqliteLedger::open_even(lock, Limits::default(), Moved::Refused)?;
                Ok(Opened::Ledger(Box::new(ledger)))
            }
            Self::Postgres(address) => {
                match PostgresLedger::acquire(address, &server_name(), Some(lock))? {
                    Standing::Decides(ledger) => Ok(Opened::Ledger(ledger)),
                    Standing::By(decider) => Ok(Opened::By(decider)),
                }
            }
        }
    }

    /// Opens it as [`Place::open`] does, or says who decides.
    ///
    /// # Errors
    /// As [`Place::open`], and [`StoreError::Locked`] when another server decides.
    pub fn open_alone(&self, folder: &Path) -> Result<Box<dyn Ledger>, StoreError> {
        match self.open(folder)? {
            Opened::Ledger(ledger) => Ok(ledger),
            Opened::By(_) => Err(self.locked()),
        }
    }

    /// Opens it to move it, also when it was moved away before.
    pub(crate) fn open_to_move(
        &self,
        lock: &Arc<FolderLock>,
    ) -> Result<Box<dyn Movable>, StoreError> {
        let lock = Arc::clone(lock);
        match self {
            Self::Folder => {
                let ledger = SqliteLedger::open_even(lock, Limits::default(), Moved::Allowed)?;
                Ok(Box::new(ledger))
            }
            Self::Postgres(address) => {
                let (server, lock) = (server_name(), Some(lock));
                match PostgresLedger::acquire_even(address, &server, lock, Moved::Allowed)? {
                    Standing::Decides(ledger) => Ok(ledger),
                    Standing::By(_) => Err(self.locked()),
                }
            }
        }
    }

    /// Shows how the store of the node in `folder` stands, also while it is used.
    ///
    /// # Errors
    /// When there is no store, or it does not answer.
    pub fn show(&self, folder: &Path) -> Result<StoreShown, StoreError> {
        match self {
            Self::Folder => {
                let glance = SqliteLedger::glance(folder)?;
                Ok(StoreShown {
                    engine: "SQLite",
                    at: folder.display().to_string(),
                    head: glance.head,
                    bytes: glance.bytes,
                    moved_to: glance.moved_to,
                    database: None,
                })
            }
            Self::Postgres(address) => {
                let mut shown = show::show(address)?;
                Ok(StoreShown {
                    engine: "PostgreSQL",
                    at: address.to_string(),
                    head: shown.head,
                    bytes: shown.bytes,
                    moved_to: shown.moved_to.take(),
                    database: Some(shown),
                })
            }
        }
    }

    fn locked(&self) -> StoreError {
        StoreError::Locked { at: self.to_string().into(), process: None }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder => f.write_str(EMBEDDED),
            Self::Postgres(address) => address.fmt(f),
        }
    }
}

/// Locks the data folder for this process.
pub(crate) fn hold(folder: &Path) -> Result<FolderLock, StoreError> {
    FolderLock::hold(folder).map_err(StoreError::from)
}

/// What other servers are told of this one: its name in the network and its process.
fn server_name() -> String {
    let host = std::fs::read_to_string("/proc/sys/kernel/hostname")
        .ok()
        .or_else(|| std::env::var("HOSTNAME").ok())
        .or_else(|| std::env::var("COMPUTERNAME").ok());
    let host = host.as_deref().map_or("server", str::trim);
    format!("{host}/{}", std::process::id())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(setting: Option<&str>, expected: &str) {
        let shown = Place::read(setting)
            .map_or_else(|error| format!("error: {error}"), |place| place.to_string());
        assert_eq!(shown, expected, "{setting:?}");
    }

    #[test]
    fn a_setting_names_a_place() {
        check(None, "sqlite");
        check(Some("sqlite"), "sqlite");
        check(Some("postgres://a:b@localhost/aid"), "postgres://localhost/aid");
        check(
            Some("${PUMASI_NO_SUCH_VARIABLE}"),
            "error: the environment has no variable `PUMASI_NO_SUCH_VARIABLE`",
        );
        check(Some("mysql://x"), "error: an address of a database begins with `postgres://`");
    }
}
