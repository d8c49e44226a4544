//! The tables, and opening a database with them.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension as _, TransactionBehavior};

use super::{Moved, StoreError, classify};

/// Marks the database as ours (`PRAGMA application_id`): the letters `PUMA`.
const APPLICATION: i64 = 0x5055_4d41;

/// Marks it as ours but moved away: the letters `PUMX`. Versions that know nothing of moving
/// take it for the database of another program and refuse it as well.
const APPLICATION_MOVED: i64 = 0x5055_4d58;

/// The format this version writes (`PRAGMA user_version`).
const FORMAT: i64 = 1;

/// How long a connection waits for a lock, such as a backup tool's, before it gives up.
const BUSY_WAIT: Duration = Duration::from_secs(10);

/// Format 1. Matters are numbered by their first act, so that an act spends no 32 bytes on its
/// matter, and positions are row ids, so that a scan is a walk.
const TABLES: &str = "
    CREATE TABLE matters (
        number INTEGER PRIMARY KEY,
        id BLOB NOT NULL UNIQUE CHECK (length(id) = 32)
    ) STRICT;
    CREATE TABLE acts (
        position INTEGER PRIMARY KEY,
        id BLOB NOT NULL UNIQUE CHECK (length(id) = 32),
        matter INTEGER NOT NULL REFERENCES matters (number),
        bytes BLOB NOT NULL
    ) STRICT;
    CREATE INDEX acts_by_matter ON acts (matter, position);
    CREATE TABLE settings (
        name TEXT PRIMARY KEY,
        value BLOB NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE blobs (
        number INTEGER PRIMARY KEY,
        digest BLOB NOT NULL UNIQUE CHECK (length(digest) = 32),
        bytes BLOB NOT NULL
    ) STRICT;
";

/// Opens a connection that is safe against a power cut.
pub(super) fn connect(file: &Path) -> rusqlite::Result<Connection> {
    let connection = Connection::open(file)?;
    connection.busy_timeout(BUSY_WAIT)?;
    connection.set_prepared_statement_cache_capacity(32);
    // FULL syncs the journal at every commit; NORMAL would lose the last ones in a power cut.
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    // Deleted bytes are overwritten with zeros, which erasing a blob relies on.
    connection.pragma_update(None, "secure_delete", true)?;
    Ok(connection)
}

/// Makes the tables in an empty database, and refuses one that this version cannot serve.
pub(super) fn prepare(
    connection: &mut Connection,
    file: &Path,
    moved: Moved,
) -> Result<(), StoreError> {
    let failed = |error| classify(file, "open", error);
    let damaged = |what: &str| StoreError::Corrupt { at: file.to_owned(), what: what.to_owned() };
    let number = |connection: &Connection, pragma: &str| {
        connection.pragma_query_value(None, pragma, |row| row.get::<_, i64>(0)).map_err(failed)
    };
    let objects: i64 = connection
        .query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
        .map_err(failed)?;
    let application = number(connection, "application_id")?;
    let format = number(connection, "user_version")?;
    if objects == 0 && application == 0 && format == 0 {
        return create(connection).map_err(failed);
    }
    if application == APPLICATION_MOVED {
        if moved == Moved::Refused {
            let to = moved_to(connection).map_err(failed)?.unwrap_or_default();
            return Err(StoreError::Moved { at: file.to_owned(), to });
        }
    } else if application != APPLICATION {
        return Err(damaged("it is the database of another program"));
    }
    if format > FORMAT {
        return Err(StoreError::TooNew { at: file.to_owned(), found: format, known: FORMAT });
    }
    if format < FORMAT {
        return Err(damaged("it has no format number"));
    }
    Ok(())
}

fn create(connection: &mut Connection) -> rusqlite::Result<()> {
    // The mode stays with the database; it cannot change inside a transaction.
    connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
    let change = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    change.execute_batch(TABLES)?;
    change.pragma_update(None, "application_id", APPLICATION)?;
    change.pragma_update(None, "user_version", FORMAT)?;
    change.commit()
}

/// Says where the store was moved to, or takes that back.
pub(super) fn mark_moved(on: &Connection, to: Option<&str>) -> rusqlite::Result<()> {
    on.execute_batch("DROP TABLE IF EXISTS moved")?;
    let Some(to) = to else { return on.pragma_update(None, "application_id", APPLICATION) };
    on.execute_batch("CREATE TABLE moved (destination TEXT NOT NULL) STRICT")?;
    on.execute("INSERT INTO moved (destination) VALUES (?1)", [to])?;
    on.pragma_update(None, "application_id", APPLICATION_MOVED)
}

/// Where the store was moved to.
pub(super) fn moved_to(on: &Connection) -> rusqlite::Result<Option<String>> {
    if !on.table_exists(None, "moved")? {
        return Ok(None);
    }
    on.query_row("SELECT destination FROM moved", [], |row| row.get(0)).optional()
}
