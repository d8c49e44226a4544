//! What a group of changes does to the tables: a fixed number of statements, however many acts.

use std::collections::BTreeMap;

use postgres::Row;
use pumasi_base::Digest;

use super::schema::{self, Fence};
use super::session::Session;
use super::writer::Change;
use crate::store::{Appended, SettingChange, StoreError, StoredAct};

/// What became of one change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Where acts lie.
    Appended(Vec<Appended>),
    /// Whether there was something to remove.
    Removed(bool),
    /// It was done.
    Done,
}

type Outcomes = Vec<Result<Outcome, StoreError>>;

/// Makes all changes in the transaction that has begun and ends it; gives the head after it and
/// what became of each.
///
/// A change that is at fault itself is left out and told so; any other failure undoes all.
pub(super) fn commit(
    session: &mut Session,
    fence: Fence,
    group: Vec<Change>,
) -> Result<(u64, Outcomes), StoreError> {
    let mut place = Place::hold(session, fence)?;
    let mut acts = Acts::known(session, &group)?;
    let mut settings = BTreeMap::new();
    let mut outcomes = Vec::with_capacity(group.len());
    for change in group {
        outcomes.push(match change {
            Change::Append(batch, blobs) => {
                let appended = acts.append(&mut place, batch);
                for bytes in blobs.iter().filter(|_| appended.is_ok()) {
                    put_blob(session, &Digest::of(bytes), bytes)?;
                }
                appended.map(Outcome::Appended)
            }
            Change::Settings(changes) => {
                settings
                    .extend(changes.into_iter().map(|SettingChange { name, value }| (name, value)));
                Ok(Outcome::Done)
            }
            Change::PutBlob(digest, bytes) => {
                put_blob(session, &digest, &bytes)?;
                Ok(Outcome::Done)
            }
            Change::RemoveBlob(digest) => {
                let sql = "DELETE FROM blobs WHERE digest = $1 RETURNING true";
                let removed = session.row(sql, &[&digest.as_bytes().as_slice()])?.is_some();
                Ok(Outcome::Removed(removed))
            }
            Change::MarkMoved(to) => {
                session.query("UPDATE head SET moved_to = $1", &[&to])?;
                Ok(Outcome::Done)
            }
            Change::Settle => Ok(Outcome::Done),
        });
    }
    acts.write(session)?;
    write_settings(session, settings)?;
    // INVARIANT: also a group that changed nothing locked and here wrote the row of the head, so
    // that its commit has something to wait for: once it is answered, the standby has everything
    // before it, a change whose outcome was unknown included.
    let sql = "UPDATE head SET position = $1, matters = $2 WHERE fence = $3";
    session.query(sql, &[&place.position, &place.matters, &fence.0])?;
    session.settle(|session| session.run("COMMIT"))?;
    let head =
        u64::try_from(place.position).map_err(|_| session.damaged("it counts below zero"))?;
    Ok((head, outcomes))
}

/// The last numbers given out.
struct Place {
    position: i64,
    matters: i64,
}

impl Place {
    /// Locks the head until the transaction ends, if `fence` still decides.
    fn hold(session: &mut Session, fence: Fence) -> Result<Self, StoreError> {
        let sql = "SELECT position, matters FROM head WHERE fence = $1 FOR UPDATE";
        match session.row(sql, &[&fence.0])? {
            Some(row) => {
                let (position, matters) = (session.column(&row, 0)?, session.column(&row, 1)?);
                Ok(Self { position, matters })
            }
            None => Err(schema::fenced(session)?),
        }
    }
}

/// The acts and matters a group speaks of, those that are there and those to come.
#[derive(Default)]
struct Acts {
    known: BTreeMap<Digest, (u64, Digest)>,
    matters: BTreeMap<Digest, i64>,
    new_matters: Vec<(i64, Digest)>,
    new: Vec<(i64, i64, StoredAct)>,
}

impl Acts {
    /// Looks up what is there already of all that is to be appended.
    fn known(session: &mut Session, group: &[Change]) -> Result<Self, StoreError> {
        let acts: Vec<&StoredAct> = group
            .iter()
            .filter_map(|change| match change {
                Change::Append(batch, _) => Some(batch),
                _ => None,
            })
            .flatten()
            .collect();
        let mut found = Self::default();
        if acts.is_empty() {
            return Ok(found);
        }
        let ids: Vec<&[u8]> = acts.iter().map(|act| act.id.as_bytes().as_slice()).collect();
        let sql = "SELECT acts.position, acts.id, matters.id FROM acts \
                   JOIN matters ON matters.number = acts.matter WHERE acts.id = ANY($1)";
        for row in session.query(sql, &[&ids])? {
            let place = (session.count(&row, 0)?, session.digest(&row, 2)?);
            found.known.insert(session.digest(&row, 1)?, place);
        }
        let ids: Vec<&[u8]> = acts.iter().map(|act| act.matter.as_bytes().as_slice()).collect();
        let sql = "SELECT number, id FROM matters WHERE id = ANY($1)";
        for row in session.query(sql, &[&ids])? {
            found.matters.insert(session.digest(&row, 1)?, session.column(&row, 0)?);
        }
        Ok(found)
    }

    /// Gives the acts of one batch their positions, all of them or none.
    fn append(
        &mut self,
        place: &mut Place,
        batch: Vec<StoredAct>,
    ) -> Result<Vec<Appended>, StoreError> {
        let mut fresh: BTreeMap<Digest, Digest> = BTreeMap::new();
        for act in &batch {
            let stored = self.known.get(&act.id).map(|(_, matter)| *matter);
            let stored = *fresh.entry(act.id).or_insert(stored.unwrap_or(act.matter));
            if stored != act.matter {
                return Err(StoreError::Misfiled { id: act.id, stored, given: act.matter });
            }
        }
        let mut appended = Vec::with_capacity(batch.len());
        for act in batch {
            let id = act.id;
            if let Some((position, _)) = self.known.get(&id) {
                appended.push(Appended { id, position: *position, new: false });
                continue;
            }
            place.position = place.position.saturating_add(1);
            let position = u64::try_from(place.position).unwrap_or_default();
            self.known.insert(id, (position, act.matter));
            let matter = self.number_of(place, &act.matter);
            self.new.push((place.position, matter, act));
            appended.push(Appended { id, position, new: true });
        }
        Ok(appended)
    }

    fn number_of(&mut self, place: &mut Place, matter: &Digest) -> i64 {
        *self.matters.entry(*matter).or_insert_with(|| {
            place.matters = place.matters.saturating_add(1);
            self.new_matters.push((place.matters, *matter));
            place.matters
        })
    }

    /// Writes what is new.
    fn write(&self, session: &mut Session) -> Result<(), StoreError> {
        if !self.new_matters.is_empty() {
            let numbers: Vec<i64> = self.new_matters.iter().map(|(number, _)| *number).collect();
            let ids: Vec<&[u8]> =
                self.new_matters.iter().map(|(_, id)| id.as_bytes().as_slice()).collect();
            let sql = "INSERT INTO matters (number, id) SELECT * FROM \
                       unnest($1::bigint[], $2::bytea[])";
            session.query(sql, &[&numbers, &ids])?;
        }
        if self.new.is_empty() {
            return Ok(());
        }
        let positions: Vec<i64> = self.new.iter().map(|(position, ..)| *position).collect();
        let matters: Vec<i64> = self.new.iter().map(|(_, matter, _)| *matter).collect();
        let ids: Vec<&[u8]> =
            self.new.iter().map(|(.., act)| act.id.as_bytes().as_slice()).collect();
        let bytes: Vec<&[u8]> = self.new.iter().map(|(.., act)| act.bytes.as_slice()).collect();
        let sql = "INSERT INTO acts (position, id, matter, bytes) SELECT * FROM \
                   unnest($1::bigint[], $2::bytea[], $3::bigint[], $4::bytea[])";
        session.query(sql, &[&positions, &ids, &matters, &bytes]).map(|_: Vec<Row>| ())
    }
}

fn write_settings(
    session: &mut Session,
    settings: BTreeMap<String, Option<Vec<u8>>>,
) -> Result<(), StoreError> {
    let (mut gone, mut names, mut values) = (Vec::new(), Vec::new(), Vec::new());
    for (name, value) in settings {
        match value {
            None => gone.push(name.into_bytes()),
            Some(value) => {
                names.push(name.into_bytes());
                values.push(value);
            }
        }
    }
    if !gone.is_empty() {
        session.query("DELETE FROM settings WHERE name = ANY($1)", &[&gone])?;
    }
    if !names.is_empty() {
        let sql = "INSERT INTO settings (name, value) SELECT * FROM \
                   unnest($1::bytea[], $2::bytea[]) \
                   ON CONFLICT (name) DO UPDATE SET value = excluded.value";
        session.query(sql, &[&names, &values])?;
    }
    Ok(())
}

fn put_blob(session: &mut Session, digest: &Digest, bytes: &[u8]) -> Result<(), StoreError> {
    let sql = "INSERT INTO blobs (digest, bytes) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    session.query(sql, &[&digest.as_bytes().as_slice(), &bytes]).map(|_: Vec<Row>| ())
}
