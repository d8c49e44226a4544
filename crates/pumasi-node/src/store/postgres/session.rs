//! One connection to the database, set up so that an answered commit is a safe one.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use postgres::error::SqlState;
use postgres::types::ToSql;
use postgres::{Client, NoTls, Row, Statement};
use pumasi_base::Digest;

use super::address::Address;
use super::secure::Secure;
use crate::store::{StoreError, StoredAct};

/// The parameters of a statement.
pub(super) type Given<'a> = &'a [&'a (dyn ToSql + Sync)];

/// What every session sets.
///
/// A commit waits for at most `statement_timeout`; one that gives up waiting for its standby is
/// reported by a warning and counts as failed. The server ends sessions that fall silent, so
/// that a decider that is cut off frees its place; no safety rests on these times.
const SETTINGS: &str = "
    SET client_min_messages = warning;
    SET statement_timeout = '30s';
    SET idle_in_transaction_session_timeout = '10s';
    SET tcp_keepalives_idle = 5;
    SET tcp_keepalives_interval = 2;
    SET tcp_keepalives_count = 3;
    SET tcp_user_timeout = '15s';
    SELECT set_config('synchronous_commit', 'on', false)
        WHERE current_setting('synchronous_commit') <> 'remote_apply'";

/// A connection with the statements it has prepared.
pub(super) struct Session {
    client: Client,
    statements: BTreeMap<&'static str, Statement>,
    warned: Arc<AtomicBool>,
    at: PathBuf,
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session").field("at", &self.at).finish_non_exhaustive()
    }
}

impl Session {
    /// Connects to the server that takes changes.
    pub(super) fn open(address: &Address) -> Result<Self, StoreError> {
        let at = PathBuf::from(address.to_string());
        let failed = |error| classify(&at, "open", error);
        let warned = Arc::new(AtomicBool::new(false));
        let mut config = address.config();
        let told = Arc::clone(&warned);
        config.notice_callback(move |notice| {
            tracing::warn!(%notice, "the database warns");
            told.store(true, Ordering::SeqCst);
        });
        let mut client = match address.authority() {
            None => config.connect(NoTls).map_err(failed)?,
            Some(file) => {
                let secure = Secure::by(file).map_err(|source| StoreError::Io {
                    doing: "read",
                    at: file.clone(),
                    source: Arc::new(source),
                })?;
                config.connect(secure).map_err(failed)?
            }
        };
        client.batch_execute(SETTINGS).map_err(failed)?;
        // INVARIANT: an address takes no schema with a quotation mark in its name.
        let path = format!("SET search_path = \"{}\", pg_catalog", address.schema());
        client.batch_execute(&path).map_err(failed)?;
        Ok(Self { client, statements: BTreeMap::new(), warned, at })
    }

    /// The address without its password.
    pub(super) const fn at(&self) -> &PathBuf {
        &self.at
    }

    /// Whether the connection is known to be gone.
    pub(super) fn is_closed(&self) -> bool {
        self.client.is_closed()
    }

    /// Runs a query.
    pub(super) fn query(
        &mut self,
        sql: &'static str,
        given: Given<'_>,
    ) -> Result<Vec<Row>, StoreError> {
        let rows = match self.statements.get(sql) {
            Some(statement) => self.client.query(statement, given),
            None => self.client.prepare(sql).and_then(|statement| {
                let rows = self.client.query(&statement, given);
                self.statements.insert(sql, statement);
                rows
            }),
        };
        rows.map_err(|error| classify(&self.at, "query", error))
    }

    /// Runs a query that gives one row or none.
    pub(super) fn row(
        &mut self,
        sql: &'static str,
        given: Given<'_>,
    ) -> Result<Option<Row>, StoreError> {
        self.query(sql, given).map(|rows| rows.into_iter().next())
    }

    /// Runs statements without parameters and without rows.
    pub(super) fn run(&mut self, sql: &str) -> Result<(), StoreError> {
        self.client.batch_execute(sql).map_err(|error| classify(&self.at, "write to", error))
    }

    /// Runs what ends in a commit and makes sure that the standby has it.
    ///
    /// When the wait for the standby is cut short, the server says so in a warning alone and
    /// reports success: then the outcome is as unknown as after a broken connection.
    pub(super) fn settle<T>(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.warned.store(false, Ordering::SeqCst);
        let done = work(self)?;
        if self.warned.load(Ordering::SeqCst) {
            let source = std::io::Error::other("the standby has not confirmed the change");
            let (doing, at) = ("write to", self.at.clone());
            return Err(StoreError::Io { doing, at, source: Arc::new(source) });
        }
        Ok(done)
    }

    /// Whether the server still answers.
    pub(super) fn is_alive(&mut self) -> bool {
        self.client.is_valid(std::time::Duration::from_secs(5)).is_ok()
    }

    /// Gives back every lock and says goodbye, so that the next decider need not wait.
    pub(super) fn close(mut self) {
        // A server that is gone has dropped its locks with the session.
        let _gone = self.client.batch_execute("SELECT pg_advisory_unlock_all()");
        let _closed = self.client.close();
    }

    /// One column of a row.
    pub(super) fn column<'r, T: postgres::types::FromSql<'r>>(
        &self,
        row: &'r Row,
        index: usize,
    ) -> Result<T, StoreError> {
        row.try_get(index).map_err(|error| self.damaged(&error.to_string()))
    }

    /// A column that counts, which is never below zero.
    pub(super) fn count(&self, row: &Row, index: usize) -> Result<u64, StoreError> {
        let number: i64 = self.column(row, index)?;
        u64::try_from(number).map_err(|_| self.damaged(&format!("it counts to {number}")))
    }

    /// A column that holds a digest.
    pub(super) fn digest(&self, row: &Row, index: usize) -> Result<Digest, StoreError> {
        let bytes: &[u8] = self.column(row, index)?;
        let bytes = <[u8; 32]>::try_from(bytes).map_err(|_| self.damaged("a digest is cut short"));
        bytes.map(Digest::from_bytes)
    }

    /// A row of `position, id, matter, bytes`.
    pub(super) fn act(&self, row: &Row) -> Result<(u64, StoredAct), StoreError> {
        let (id, matter) = (self.digest(row, 1)?, self.digest(row, 2)?);
        Ok((self.count(row, 0)?, StoredAct { id, matter, bytes: self.column(row, 3)? }))
    }

    /// Says that the database holds what it cannot hold.
    pub(super) fn damaged(&self, what: &str) -> StoreError {
        StoreError::Corrupt { at: self.at.clone(), what: what.to_owned() }
    }
}

/// Says in our words what the database reports.
fn classify(at: &Path, doing: &'static str, error: postgres::Error) -> StoreError {
    let at = at.to_owned();
    match error.code() {
        Some(&SqlState::DISK_FULL) => StoreError::DiskFull { at, source: Arc::new(error) },
        Some(&SqlState::DATA_CORRUPTED | &SqlState::INDEX_CORRUPTED) => {
            StoreError::Corrupt { at, what: error.to_string() }
        }
        _ => StoreError::Io { doing, at, source: Arc::new(error) },
    }
}
