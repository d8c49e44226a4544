//! The changes a ledger knows, each run inside the writer's transaction.

use pumasi_base::Digest;
use rusqlite::types::{FromSqlError, Type};
use rusqlite::{Connection, OptionalExtension as _, Row, params};

use super::{Appended, SettingChange, StoreError, StoredAct, read_head};

/// Why a change did not happen: the engine failed, or the change itself is at fault.
#[derive(Debug)]
pub(super) enum Failure {
    /// The engine failed.
    Engine(rusqlite::Error),
    /// The change is at fault.
    Change(StoreError),
}

impl From<rusqlite::Error> for Failure {
    fn from(error: rusqlite::Error) -> Self {
        Self::Engine(error)
    }
}

/// Reads a position; one below zero means that the database is damaged.
pub(super) fn position(row: &Row<'_>, column: usize) -> rusqlite::Result<u64> {
    let number: i64 = row.get(column)?;
    u64::try_from(number).map_err(|_| {
        let cause = FromSqlError::OutOfRange(number);
        rusqlite::Error::FromSqlConversionFailure(column, Type::Integer, Box::new(cause))
    })
}

/// Appends acts at the next positions; acts that are there keep theirs.
pub(super) fn append(on: &Connection, batch: &[StoredAct]) -> Result<Vec<Appended>, Failure> {
    let mut known = on.prepare_cached(
        "SELECT acts.position, matters.id FROM acts \
         CROSS JOIN matters ON matters.number = acts.matter WHERE acts.id = ?1",
    )?;
    // Without a position given, SQLite takes the highest plus one: rows are never deleted.
    let mut insert = on.prepare_cached(
        "INSERT INTO acts (id, matter, bytes) VALUES (?1, ?2, ?3) RETURNING position",
    )?;
    let mut appended = Vec::with_capacity(batch.len());
    for act in batch {
        let id = act.id;
        let found = known
            .query_row([id.as_bytes()], |row| Ok((position(row, 0)?, row.get(1)?)))
            .optional()?;
        let place = match found {
            Some((position, stored)) => {
                let (stored, given) = (Digest::from_bytes(stored), act.matter);
                if stored != given {
                    return Err(Failure::Change(StoreError::Misfiled { id, stored, given }));
                }
                Appended { id, position, new: false }
            }
            None => {
                let matter = number_of(on, &act.matter)?;
                let row = params![id.as_bytes(), matter, act.bytes];
                let position = insert.query_row(row, |row| position(row, 0))?;
                Appended { id, position, new: true }
            }
        };
        appended.push(place);
    }
    Ok(appended)
}

/// Appends acts right after a position, which must be that of the last act.
pub(super) fn append_after(
    on: &Connection,
    after: u64,
    batch: &[StoredAct],
) -> Result<(), Failure> {
    let head = read_head(on)?;
    if head != after {
        return Err(Failure::Change(StoreError::OutOfTurn { after, head }));
    }
    append(on, batch).map(drop)
}

/// The number of a matter, the next one when it is new.
fn number_of(on: &Connection, matter: &Digest) -> rusqlite::Result<i64> {
    let known = on
        .prepare_cached("SELECT number FROM matters WHERE id = ?1")?
        .query_row([matter.as_bytes()], |row| row.get(0))
        .optional()?;
    match known {
        Some(number) => Ok(number),
        None => on
            .prepare_cached("INSERT INTO matters (id) VALUES (?1) RETURNING number")?
            .query_row([matter.as_bytes()], |row| row.get(0)),
    }
}

/// Sets and removes settings.
pub(super) fn put_settings(on: &Connection, changes: &[SettingChange]) -> Result<(), Failure> {
    let mut set = on.prepare_cached(
        "INSERT INTO settings (name, value) VALUES (?1, ?2) \
         ON CONFLICT (name) DO UPDATE SET value = excluded.value",
    )?;
    let mut remove = on.prepare_cached("DELETE FROM settings WHERE name = ?1")?;
    for change in changes {
        match &change.value {
            Some(value) => set.execute(params![change.name, value])?,
            None => remove.execute([&change.name])?,
        };
    }
    Ok(())
}

/// Stores those blobs that are not there yet.
pub(super) fn put_blobs(on: &Connection, blobs: &[Vec<u8>]) -> Result<(), Failure> {
    blobs.iter().try_for_each(|bytes| put_blob(on, &Digest::of(bytes), bytes))
}

/// Stores a blob that is not there yet.
pub(super) fn put_blob(on: &Connection, digest: &Digest, bytes: &[u8]) -> Result<(), Failure> {
    on.prepare_cached(
        "INSERT INTO blobs (digest, bytes) VALUES (?1, ?2) ON CONFLICT (digest) DO NOTHING",
    )?
    .execute(params![digest.as_bytes(), bytes])?;
    Ok(())
}

/// Removes a blob; tells whether it was there.
pub(super) fn remove_blob(on: &Connection, digest: &Digest) -> Result<bool, Failure> {
    let removed =
        on.prepare_cached("DELETE FROM blobs WHERE digest = ?1")?.execute([digest.as_bytes()])?;
    Ok(removed > 0)
}
