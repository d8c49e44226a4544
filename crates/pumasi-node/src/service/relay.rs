//! What this node keeps for a neighbour that another neighbour cannot reach: sealed files, of which
//! it sees sender, recipient and size.

use std::sync::{Mutex, MutexGuard, PoisonError};

use pumasi_base::time::seconds_between;
use pumasi_base::{Digest, PartyId, Time};
use serde::{Deserialize, Serialize};

use super::Service;
use crate::seal;
use crate::store::{SettingChange, StoreError};

/// The most bytes of one file, 16 MiB, which is also the most of one sender.
pub const FILE_BYTES_MAX: usize = 16 * 1024 * 1024;

/// The most bytes kept for one sender: 16 MiB.
const SENDER_BYTES_MAX: u64 = 16 * 1024 * 1024;

/// The most bytes kept for all: 64 MiB.
pub const ALL_BYTES_MAX: u64 = 64 * 1024 * 1024;

/// How long a file is kept: 14 days.
const KEPT_SECONDS: i64 = 14 * 24 * 60 * 60;

/// A file that is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptFile {
    /// Its id.
    pub id: Digest,
    /// Who sent it.
    pub from: PartyId,
    /// Whom it is for.
    pub to: PartyId,
    /// Its bytes.
    pub bytes: u64,
    /// Since when it is kept.
    pub kept_at: Time,
}

/// Why a file is not kept.
#[derive(Debug, thiserror::Error)]
pub enum RelayError {
    /// It is not sealed.
    #[error("only files sealed with age are relayed")]
    NotSealed,
    /// Nobody here can be reached by that name, or it needs no relay.
    #[error("this node relays nothing to `{0}`")]
    NoRecipient(PartyId),
    /// The sender has too much here.
    #[error("`{party}` has {kept} bytes waiting here, and {bytes_max} is the most for one sender")]
    SenderFull {
        /// The sender.
        party: PartyId,
        /// What is kept for it.
        kept: u64,
        /// The limit.
        bytes_max: u64,
    },
    /// All senders together have too much here.
    #[error("{kept} bytes are waiting here, and {bytes_max} is the most for all senders")]
    Full {
        /// What is kept.
        kept: u64,
        /// The limit.
        bytes_max: u64,
    },
    /// The ledger failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Makes changes to what is kept one after the other.
#[derive(Debug, Default)]
pub struct Relayed(Mutex<()>);

impl Relayed {
    fn lock(&self) -> MutexGuard<'_, ()> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn name(to: &PartyId, id: &Digest) -> String {
    format!("relay/{to}/{id}")
}

/// What lies in the store: the recipient first, so that the same file kept for two is two, and so
/// that nothing else in the store is ever taken for it.
fn stored(to: &PartyId, file: &[u8]) -> Vec<u8> {
    let mut bytes = format!("pumasi/relay/1\n{to}\n").into_bytes();
    bytes.extend(file);
    bytes
}

impl Service {
    /// Keeps a sealed file for a party; one that is kept already stays as it is.
    ///
    /// # Errors
    /// When it is not sealed, for nobody this node knows, or beyond a limit.
    pub fn relay_keep(
        &self,
        from: &PartyId,
        to: &PartyId,
        file: &[u8],
        now: Time,
    ) -> Result<Digest, RelayError> {
        let is_known = self.with_identities(|identities| identities.of(to).is_some());
        if !is_known || to == self.party() || to == from {
            return Err(RelayError::NoRecipient(to.clone()));
        }
        if !seal::is_sealed(file) {
            return Err(RelayError::NotSealed);
        }
        let _alone = self.relay.lock();
        self.expire(now)?;
        let bytes = stored(to, file);
        let id = Digest::of(&bytes);
        let kept = self.relayed()?;
        if kept.iter().any(|kept| kept.id == id) {
            return Ok(id);
        }
        let size = u64::try_from(file.len()).unwrap_or(u64::MAX);
        check_room(&kept, from, size)?;
        let line = KeptFile { id, from: from.clone(), to: to.clone(), bytes: size, kept_at: now };
        // Words, digests and integers only: writing them cannot fail.
        let line = serde_json::to_vec(&line).unwrap_or_default();
        // The line first: a power cut then leaves a line without bytes, which counts and ends,
        // and not bytes that nobody counts.
        self.ledger().put_setting(&name(to, &id), &line)?;
        self.ledger().put_blob(&bytes)?;
        Ok(id)
    }

    /// Everything kept, by recipient.
    ///
    /// # Errors
    /// When the ledger fails.
    pub fn relayed(&self) -> Result<Vec<KeptFile>, StoreError> {
        let lines = self.ledger().settings("relay/")?;
        Ok(lines.iter().filter_map(|(_, line)| serde_json::from_slice(line).ok()).collect())
    }

    /// What is kept for one party, the oldest first.
    ///
    /// # Errors
    /// When the ledger fails.
    pub fn relayed_for(&self, to: &PartyId) -> Result<Vec<KeptFile>, StoreError> {
        let mut kept = self.relayed()?;
        kept.retain(|kept| kept.to == *to);
        kept.sort_by_key(|kept| kept.kept_at);
        Ok(kept)
    }

    /// A file that is kept for `to`; nothing when it is for somebody else or gone.
    ///
    /// # Errors
    /// When the ledger fails.
    pub fn relayed_file(&self, to: &PartyId, id: &Digest) -> Result<Option<Vec<u8>>, StoreError> {
        if self.ledger().setting(&name(to, id))?.is_none() {
            return Ok(None);
        }
        let start = stored(to, b"");
        let bytes = self.ledger().blob(id)?;
        Ok(bytes.and_then(|bytes| bytes.strip_prefix(start.as_slice()).map(<[u8]>::to_vec)))
    }

    /// Lets go of a file that `to` has; tells whether it was here.
    ///
    /// # Errors
    /// When the ledger fails.
    pub fn relay_done(&self, to: &PartyId, id: &Digest) -> Result<bool, StoreError> {
        let _alone = self.relay.lock();
        if self.ledger().setting(&name(to, id))?.is_none() {
            return Ok(false);
        }
        self.let_go(to, id)?;
        Ok(true)
    }

    /// Lets go of files that nobody asked for in time.
    ///
    /// # Errors
    /// When the ledger fails.
    pub fn relay_expire(&self, now: Time) -> Result<(), StoreError> {
        let _alone = self.relay.lock();
        self.expire(now)
    }

    fn expire(&self, now: Time) -> Result<(), StoreError> {
        for kept in self.relayed()? {
            if seconds_between(kept.kept_at, now) >= KEPT_SECONDS {
                tracing::warn!(to = %kept.to, from = %kept.from, "a relayed file was never asked for");
                self.let_go(&kept.to, &kept.id)?;
            }
        }
        Ok(())
    }

    fn let_go(&self, to: &PartyId, id: &Digest) -> Result<(), StoreError> {
        self.ledger().erase_blob(id)?;
        self.ledger().put_settings(&[SettingChange { name: name(to, id), value: None }])
    }
}

fn check_room(kept: &[KeptFile], from: &PartyId, size: u64) -> Result<(), RelayError> {
    let sum =
        |files: &mut dyn Iterator<Item = &KeptFile>| files.map(|kept| kept.bytes).sum::<u64>();
    let own = sum(&mut kept.iter().filter(|kept| kept.from == *from));
    if own.saturating_add(size) > SENDER_BYTES_MAX {
        let (party, bytes_max) = (from.clone(), SENDER_BYTES_MAX);
        return Err(RelayError::SenderFull { party, kept: own, bytes_max });
    }
    let all = sum(&mut kept.iter());
    if all.saturating_add(size) > ALL_BYTES_MAX {
        return Err(RelayError::Full { kept: all, bytes_max: ALL_BYTES_MAX });
    }
    Ok(())
}
