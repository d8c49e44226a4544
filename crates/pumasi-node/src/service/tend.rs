//! What a node does by itself: it says what it has received, closes logs of its own that ended,
//! and notices that it was restored from a backup.
//!
//! A restored node has forgotten acts that its neighbours hold. It then writes nothing until they
//! have returned them, and goes on in a new incarnation of its key, which the party's root keys
//! sign (`pumasi identity register-node`); its old logs are closed where they then end.

use std::collections::{BTreeMap, BTreeSet};

use pumasi_act::kinds::close_log::CloseLog;
use pumasi_act::{ActId, Draft, KeyId};
use pumasi_base::time::seconds_between;
use pumasi_base::{PartyId, Status, Time};
use pumasi_sync::{Batch, Matter, Offered, Recovery};
use serde_json::json;

use super::inner::Inner;
use super::register::RegisterStanding;
use super::{AuthorError, ReceiveError, Service, author, files};
use crate::keys;
use crate::store::{Ledger, SettingChange, StoreError};
use crate::sync::neighbours;

/// The setting that says that the node comes back from a backup.
const RECOVERY: &str = "recovery";

/// A matter in which nothing happened for so long is acknowledged: officers' own acts do the same,
/// and a receipt for each act of a busy hour would say nothing more.
const QUIET_SECONDS: i64 = 20;

/// Since when each matter has heads that are not acknowledged, with those heads.
pub(super) type Unacknowledged = BTreeMap<ActId, (pumasi_base::Digest, Time)>;

/// Reads whether the node comes back from a backup.
pub(super) fn load(ledger: &dyn Ledger) -> Result<Option<Recovery>, StoreError> {
    let stored = ledger.setting(RECOVERY)?;
    // What does not read was not written here: it is safer to wait for nobody than to go on.
    Ok(stored.map(|bytes| serde_json::from_slice(&bytes).unwrap_or_else(|_| Recovery::begin([]))))
}

fn change(recovery: Option<&Recovery>) -> SettingChange {
    // Ids only: writing them cannot fail.
    let value = recovery.map(|recovery| serde_json::to_vec(recovery).unwrap_or_default());
    SettingChange { name: RECOVERY.to_owned(), value }
}

/// Marks the stopped node behind `ledger` as restored from a backup.
///
/// # Errors
/// When the ledger fails, or the system has no randomness for the name of the ledger.
pub fn mark_restored(ledger: &dyn Ledger) -> Result<Recovery, super::ServiceError> {
    let recovery =
        Recovery::begin(neighbours(ledger)?.into_iter().map(|neighbour| neighbour.party));
    let epoch =
        SettingChange { name: files::EPOCH.to_owned(), value: Some(fresh_epoch()?.into_bytes()) };
    ledger.put_settings(&[change(Some(&recovery)), epoch])?;
    Ok(recovery)
}

fn fresh_epoch() -> Result<String, keys::KeysError> {
    Ok(author::key_id(&keys::generate()?).short())
}

impl Service {
    /// What the node waits for while it comes back from a backup.
    #[must_use]
    pub fn recovery(&self) -> Option<Recovery> {
        self.inner().recovery.clone()
    }

    /// Treats the node as restored from a backup, unless it does already.
    ///
    /// # Errors
    /// When the ledger fails.
    pub fn begin_recovery(&self) -> Result<Recovery, super::ServiceError> {
        let mut inner = self.inner();
        self.begin(&mut inner)
    }

    fn begin(&self, inner: &mut Inner) -> Result<Recovery, super::ServiceError> {
        if let Some(recovery) = &inner.recovery {
            return Ok(recovery.clone());
        }
        let recovery = mark_restored(self.ledger())?;
        self.rename_epoch(files::epoch(self.ledger())?);
        tracing::warn!("this node was restored from a backup: it writes nothing until it is back");
        inner.recovery = Some(recovery.clone());
        Ok(recovery)
    }

    /// Looks for acts of this node's own log among what comes from elsewhere: it has forgotten
    /// them, so it was restored.
    pub(super) fn notice_return(
        &self,
        inner: &mut Inner,
        batch: &Batch,
    ) -> Result<(), ReceiveError> {
        let log = self.log(inner);
        if inner.recovery.is_none() && batch.acts().iter().any(|a| a.act().payload().log == log) {
            self.begin(inner).map_err(ReceiveError::from_own)?;
        }
        Ok(())
    }

    /// Notes that shared matters stand at a neighbour as they stand here.
    ///
    /// # Errors
    /// When the ledger fails.
    pub fn returned(&self, neighbour: &PartyId) -> Result<(), StoreError> {
        let mut inner = self.inner();
        let Some(mut recovery) = inner.recovery.clone() else { return Ok(()) };
        if recovery.returned(neighbour) {
            self.ledger().put_settings(&[change(Some(&recovery))])?;
            inner.recovery = Some(recovery);
        }
        Ok(())
    }

    /// Ends the recovery: the node has a new incarnation.
    pub(super) fn recovered(&self, inner: &mut Inner) -> Result<(), StoreError> {
        if inner.recovery.take().is_some() {
            self.ledger().put_settings(&[change(None)])?;
        }
        Ok(())
    }

    /// Refuses to write while the node comes back from a backup.
    pub(super) fn check_recovered(&self, inner: &Inner) -> Result<(), AuthorError> {
        match &inner.recovery {
            None => Ok(()),
            Some(recovery) => Err(AuthorError::Recovering { awaited: recovery.awaited().clone() }),
        }
    }

    /// Does what is due: notices a restored backup, closes own logs that ended, acknowledges what
    /// lies quiet.
    ///
    /// # Errors
    /// When the ledger fails.
    pub fn tend(&self, now: Time) -> Result<(), super::ServiceError> {
        let is_behind = matches!(self.register_standing(), RegisterStanding::Behind { .. });
        let mut inner = self.inner();
        // The register of an incarnation that has ended stays behind; that was settled.
        let incarnation = format!("/{}", self.log(&inner).incarnation);
        if is_behind && self.register.origin().ends_with(&incarnation) {
            self.begin(&mut inner)?;
        }
        if inner.recovery.is_some() {
            return Ok(());
        }
        inner.catch_up(self.ledger())?;
        let is_erased = inner.erase_retracted(self.ledger())?;
        self.close_logs(&mut inner, &BTreeSet::new(), now)?;
        // What acknowledges a retraction says that the text is gone.
        if is_erased { self.acknowledge(&mut inner, now) } else { Ok(()) }
    }

    /// Closes logs of this party that ended.
    pub(super) fn close_logs(
        &self,
        inner: &mut Inner,
        revoked_now: &BTreeSet<KeyId>,
        now: Time,
    ) -> Result<(), super::ServiceError> {
        for (matter, closing) in inner.replica.unclosed(revoked_now) {
            let CloseLog { log, last } = &closing;
            self.write_alone(inner, matter, "close_log", json!({"log": log, "last": last}), now)?;
        }
        Ok(())
    }

    fn acknowledge(&self, inner: &mut Inner, now: Time) -> Result<(), super::ServiceError> {
        let open: Vec<(ActId, pumasi_base::Digest)> = inner
            .replica
            .shared_with(&self.party)
            .filter(|matter| !matter.folded().unacknowledged(&self.party).is_empty())
            .map(|matter| (matter.id(), matter.frontier()))
            .collect();
        inner.unacknowledged.retain(|matter, _| open.iter().any(|(id, _)| id == matter));
        for (matter, frontier) in open {
            let since = inner.unacknowledged.entry(matter).or_insert((frontier, now));
            if since.0 != frontier {
                *since = (frontier, now);
            }
            if seconds_between(since.1, now) >= QUIET_SECONDS {
                inner.unacknowledged.remove(&matter);
                self.write_alone(inner, matter, "acknowledge_acts", json!({}), now)?;
            }
        }
        Ok(())
    }

    /// Writes what needs no officer, where the rules let it.
    fn write_alone(
        &self,
        inner: &mut Inner,
        matter: ActId,
        kind: &str,
        body: serde_json::Value,
        now: Time,
    ) -> Result<(), super::ServiceError> {
        let Some(held) = inner.replica.matter(&matter) else { return Ok(()) };
        let time = time_in(held, now);
        let (kind, officers) = (kind.to_owned(), [].into());
        let draft = Draft { kind, body, clause: None, officers, time, personal: None };
        // A node whose key has ended signs in vain: nobody takes what it writes, itself included.
        if let Ok(Ok(envelope)) = self.try_draft(inner, matter, draft) {
            inner.take(self.ledger(), &Offered::new(), &[envelope.write()])?;
        }
        Ok(())
    }
}

/// The time a node claims for what it writes by itself: the clock's, and in an exercise, which has
/// a time of its own, the newest anybody claimed.
fn time_in(matter: &Matter, now: Time) -> Time {
    let newest = matter.acts().iter().map(|act| act.payload().time).max();
    match matter.status() {
        Status::Actual => now,
        Status::Exercise | Status::Test => newest.unwrap_or(now),
    }
}
