//! The tables, and who decides over them.

use std::path::PathBuf;

use super::session::Session;
use crate::store::StoreError;
use crate::store::moving::Moved;

/// The format this version writes.
const FORMAT: i64 = 1;

/// Format 1. Matters are numbered by their first act; positions are counted in the one row of
/// `head`, since a sequence leaves gaps where a transaction fails. Names of settings are bytes,
/// so that their order is that of every engine and not that of a language.
const TABLES: &str = "
    CREATE TABLE matters (
        number bigint PRIMARY KEY,
        id bytea NOT NULL UNIQUE CHECK (octet_length(id) = 32)
    );
    CREATE TABLE acts (
        position bigint PRIMARY KEY CHECK (position > 0),
        id bytea NOT NULL UNIQUE CHECK (octet_length(id) = 32),
        matter bigint NOT NULL REFERENCES matters (number),
        bytes bytea NOT NULL
    );
    CREATE UNIQUE INDEX acts_by_matter ON acts (matter, position);
    CREATE TABLE settings (
        name bytea PRIMARY KEY,
        value bytea NOT NULL
    );
    CREATE TABLE blobs (
        digest bytea PRIMARY KEY CHECK (octet_length(digest) = 32),
        bytes bytea NOT NULL
    );
    CREATE TABLE head (
        one boolean PRIMARY KEY DEFAULT true CHECK (one),
        format bigint NOT NULL,
        position bigint NOT NULL,
        matters bigint NOT NULL,
        fence bigint NOT NULL,
        decider text NOT NULL,
        moved_to text
    );
    INSERT INTO head (format, position, matters, fence, decider) VALUES (1, 0, 0, 0, '')";

/// The number of a decider: whoever has a lower one decides no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::store) struct Fence(pub(super) i64);

/// What became of the wish to decide.
pub(super) enum Acquired {
    /// This server decides, under this fence, from this position on.
    Fence(Fence, u64),
    /// Another server does.
    By(String),
}

/// Makes the tables where there are none, and refuses those that this version cannot serve.
pub(super) fn prepare(session: &mut Session, schema: &str) -> Result<(), StoreError> {
    if format(session)?.is_none() {
        create(session, schema)?;
    }
    let found = format(session)?.ok_or_else(|| session.damaged("its tables are not there"))?;
    let at = session.at().clone();
    if found > FORMAT { Err(StoreError::TooNew { at, found, known: FORMAT }) } else { Ok(()) }
}

fn format(session: &mut Session) -> Result<Option<i64>, StoreError> {
    let known = "SELECT to_regclass('head') IS NOT NULL AND EXISTS (SELECT FROM \
                 pg_attribute WHERE attrelid = to_regclass('head') AND attname = 'fence')";
    let is_ours = match session.row(known, &[])? {
        Some(row) => session.column(&row, 0)?,
        None => false,
    };
    if !is_ours {
        return Ok(None);
    }
    let row = session.row("SELECT format FROM head", &[])?;
    row.map(|row| session.column(&row, 0)).transpose()
}

/// Two servers may come at once: the second waits and finds the tables made.
fn create(session: &mut Session, schema: &str) -> Result<(), StoreError> {
    session.settle(|session| {
        session.run("BEGIN; SELECT pg_advisory_xact_lock(5068109)")?;
        let made = format(session).and_then(|found| match found {
            Some(_) => Ok(()),
            None => session.run(&format!("CREATE SCHEMA IF NOT EXISTS \"{schema}\"; {TABLES}")),
        });
        match made {
            Ok(()) => session.run("COMMIT"),
            Err(error) => {
                // The first error is the one that tells.
                let _undone = session.run("ROLLBACK");
                Err(error)
            }
        }
    })
}

/// The lock of the decider, held by its session and freed by the server when that ends.
pub(super) fn try_lock(session: &mut Session, schema: &str) -> Result<bool, StoreError> {
    let sql = "SELECT pg_try_advisory_lock(hashtextextended('pumasi/' || $1::text, 0))";
    let row = session.row(sql, &[&schema])?;
    row.map_or(Ok(false), |row| session.column(&row, 0))
}

/// Makes `server` the decider if nobody else is.
///
/// The commit waits for the standby like every other, and what was written before it is written
/// there first: a new decider reads nothing that could still be lost.
pub(super) fn acquire(
    session: &mut Session,
    schema: &str,
    server: &str,
    moved: Moved,
) -> Result<Acquired, StoreError> {
    if !try_lock(session, schema)? {
        return Ok(Acquired::By(decider(session)?));
    }
    if moved == Moved::Refused
        && let Some(to) = moved_to(session)?
    {
        return Err(StoreError::Moved { at: session.at().clone(), to });
    }
    let sql = "UPDATE head SET fence = fence + 1, decider = $1 RETURNING fence, position";
    let row = session.settle(|session| session.row(sql, &[&server]))?;
    let row = row.ok_or_else(|| session.damaged("it has no head"))?;
    Ok(Acquired::Fence(Fence(session.column(&row, 0)?), session.count(&row, 1)?))
}

/// Confirms after a lost connection that `fence` still decides, and that all it wrote is safe.
pub(super) fn confirm(session: &mut Session, fence: Fence) -> Result<u64, StoreError> {
    let sql = "UPDATE head SET fence = fence WHERE fence = $1 RETURNING position";
    match session.settle(|session| session.row(sql, &[&fence.0]))? {
        Some(row) => session.count(&row, 0),
        None => Err(fenced(session)?),
    }
}

/// The server that decides now.
pub(super) fn decider(session: &mut Session) -> Result<String, StoreError> {
    let row = session.row("SELECT decider FROM head", &[])?;
    row.map_or_else(|| Ok(String::new()), |row| session.column(&row, 0))
}

/// Says who decides instead.
pub(super) fn fenced(session: &mut Session) -> Result<StoreError, StoreError> {
    let decider = decider(session)?;
    Ok(StoreError::Fenced { at: PathBuf::from(session.at()), decider })
}

/// Where the store was moved to, if it was.
pub(super) fn moved_to(session: &mut Session) -> Result<Option<String>, StoreError> {
    let row = session.row("SELECT moved_to FROM head", &[])?;
    row.map_or(Ok(None), |row| session.column(&row, 0))
}
