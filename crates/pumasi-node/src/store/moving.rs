//! Moving everything from one store to another, and proving that nothing was left behind.

use std::collections::{BTreeMap, BTreeSet};

use pumasi_base::Digest;
use sha2::{Digest as _, Sha256};

use super::place::PlaceError;
use super::{Ledger, PostgresLedger, SettingChange, SqliteLedger, StoreError, StoredAct};

/// How many acts are copied and compared at a time.
const ACTS_AT_ONCE: usize = 1000;

/// How many digests of blobs are listed at a time.
const BLOBS_AT_ONCE: usize = 1000;

/// The setting that names a ledger.
const EPOCH: &str = "epoch";

/// Whether a store that was moved away may be opened: only moving it again has reason to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Moved {
    /// It is refused, saying where it went.
    Refused,
    /// It is opened all the same.
    Allowed,
}

/// A store that remembers where it was moved to.
pub(crate) trait Movable: Ledger {
    /// Where it was moved to.
    fn moved_to(&self) -> Result<Option<String>, StoreError>;

    /// Says where it was moved to, so that it is not opened any more, or takes that back.
    fn mark_moved(&self, to: Option<&str>) -> Result<(), StoreError>;
}

impl Movable for SqliteLedger {
    fn moved_to(&self) -> Result<Option<String>, StoreError> {
        Self::moved_to(self)
    }

    fn mark_moved(&self, to: Option<&str>) -> Result<(), StoreError> {
        Self::mark_moved(self, to)
    }
}

impl Movable for PostgresLedger {
    fn moved_to(&self) -> Result<Option<String>, StoreError> {
        Self::moved_to(self)
    }

    fn mark_moved(&self, to: Option<&str>) -> Result<(), StoreError> {
        Self::mark_moved(self, to)
    }
}

/// Why a store was not copied.
#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    /// One of the two failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The target holds something that is no earlier copy of the source.
    #[error("the target holds something else already: {0}")]
    Foreign(String),
    /// The copy is not the same as what was copied.
    #[error("the copy differs from the original in its {0}")]
    Differs(&'static str),
}

/// The target of a move names no place.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct TargetError(pub(crate) PlaceError);

/// What a store holds, so that two can be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contents {
    /// The position of the last act.
    pub acts: u64,
    /// SHA-256 over all acts in order: position, id, matter, length and bytes of each, numbers
    /// as eight bytes, the most significant first.
    pub acts_digest: Digest,
    /// How many settings there are.
    pub settings: u64,
    /// SHA-256 over all settings in the order of names: length and bytes of name and value.
    pub settings_digest: Digest,
    /// How many blobs there are. Each names itself by the digest of its bytes, which is checked.
    pub blobs: u64,
    /// SHA-256 over the digests of all blobs in order.
    pub blobs_digest: Digest,
}

/// Reads everything a store holds.
///
/// # Errors
/// Any failure of the disk, and [`StoreError::Corrupt`] when a blob is not what its name says.
pub fn contents(ledger: &dyn Ledger) -> Result<Contents, StoreError> {
    let mut hash = Sha256::new();
    let mut acts = 0;
    each_act(ledger, 0, |position, act| {
        for part in [&position.to_be_bytes()[..], act.id.as_bytes(), act.matter.as_bytes()] {
            hash.update(part);
        }
        update_counted(&mut hash, &act.bytes);
        acts = position;
        Ok(())
    })?;
    let acts_digest = Digest::from_bytes(hash.finalize_reset().into());
    let settings = ledger.settings("")?;
    for (name, value) in &settings {
        update_counted(&mut hash, name.as_bytes());
        update_counted(&mut hash, value);
    }
    let settings_digest = Digest::from_bytes(hash.finalize_reset().into());
    let blobs = all_blobs(ledger)?;
    for digest in &blobs {
        // Reading compares the bytes with their name.
        ledger.blob(digest)?;
        hash.update(digest.as_bytes());
    }
    Ok(Contents {
        acts,
        acts_digest,
        settings: count(settings.len()),
        settings_digest,
        blobs: count(blobs.len()),
        blobs_digest: Digest::from_bytes(hash.finalize_reset().into()),
    })
}

fn count(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}

fn update_counted(hash: &mut Sha256, bytes: &[u8]) {
    hash.update(count(bytes.len()).to_be_bytes());
    hash.update(bytes);
}

/// Copies everything from one store to another and compares the two; what an earlier attempt
/// has copied already is not copied again.
///
/// # Errors
/// [`CopyError::Foreign`] before anything is written when the target holds something else.
pub fn copy(from: &dyn Ledger, to: &dyn Ledger) -> Result<Contents, CopyError> {
    check_target(from, to)?;
    // The epoch comes with the settings and tells a later attempt that the rest is of this node.
    copy_settings(from, to)?;
    copy_blobs(from, to)?;
    copy_acts(from, to)?;
    let (original, copied) = (contents(from)?, contents(to)?);
    if (original.acts, original.acts_digest) != (copied.acts, copied.acts_digest) {
        return Err(CopyError::Differs("acts"));
    }
    if original.settings_digest != copied.settings_digest {
        return Err(CopyError::Differs("settings"));
    }
    if original == copied { Ok(original) } else { Err(CopyError::Differs("files")) }
}

/// Whether the target is empty, or holds the beginning of the same ledger.
fn check_target(from: &dyn Ledger, to: &dyn Ledger) -> Result<(), CopyError> {
    let foreign = |what: &str| Err(CopyError::Foreign(what.to_owned()));
    let Some(epoch) = to.setting(EPOCH)? else {
        let is_empty =
            to.head()? == 0 && to.settings("")?.is_empty() && to.blobs(None, 1)?.is_empty();
        return if is_empty { Ok(()) } else { foreign("a ledger without a name") };
    };
    if from.setting(EPOCH)? != Some(epoch) {
        return foreign("the ledger of another node");
    }
    let (head, head_there) = (from.head()?, to.head()?);
    if head_there > head {
        return foreign("acts that are not here");
    }
    let mut after = 0;
    while after < head_there {
        let here = from.scan(after, ACTS_AT_ONCE)?;
        let there = to.scan(after, ACTS_AT_ONCE)?;
        let pairs = here.acts.iter().zip(&there.acts);
        if pairs.clone().any(|(one, other)| one != other) {
            return foreign("other acts at the same positions");
        }
        let compared = count(pairs.count());
        if compared == 0 {
            return foreign("a log that ends early");
        }
        after = after.saturating_add(compared);
    }
    Ok(())
}

fn copy_settings(from: &dyn Ledger, to: &dyn Ledger) -> Result<(), StoreError> {
    let here: BTreeMap<_, _> = from.settings("")?.into_iter().collect();
    let there: BTreeMap<_, _> = to.settings("")?.into_iter().collect();
    let gone = there.keys().filter(|name| !here.contains_key(*name));
    let mut changes: Vec<SettingChange> =
        gone.map(|name| SettingChange { name: name.clone(), value: None }).collect();
    for (name, value) in here {
        if there.get(&name) != Some(&value) {
            changes.push(SettingChange { name, value: Some(value) });
        }
    }
    if changes.is_empty() { Ok(()) } else { to.put_settings(&changes) }
}

fn copy_blobs(from: &dyn Ledger, to: &dyn Ledger) -> Result<(), StoreError> {
    let here: BTreeSet<_> = all_blobs(from)?.into_iter().collect();
    let there: BTreeSet<_> = all_blobs(to)?.into_iter().collect();
    for digest in there.difference(&here) {
        // It was erased here since an earlier attempt, or before the node came back.
        to.erase_blob(digest)?;
    }
    for digest in here.difference(&there) {
        if let Some(bytes) = from.blob(digest)? {
            to.put_blob(&bytes)?;
        }
    }
    Ok(())
}

fn copy_acts(from: &dyn Ledger, to: &dyn Ledger) -> Result<(), StoreError> {
    let mut after = to.head()?;
    loop {
        let page = from.scan(after, ACTS_AT_ONCE)?;
        if page.acts.is_empty() {
            return Ok(());
        }
        let acts: Vec<StoredAct> = page.acts.into_iter().map(|(_, act)| act).collect();
        to.append(&acts)?;
        after = page.end;
    }
}

fn each_act(
    ledger: &dyn Ledger,
    mut after: u64,
    mut each: impl FnMut(u64, &StoredAct) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    loop {
        let page = ledger.scan(after, ACTS_AT_ONCE)?;
        if page.acts.is_empty() {
            return Ok(());
        }
        for (position, act) in &page.acts {
            each(*position, act)?;
        }
        after = page.end;
    }
}

fn all_blobs(ledger: &dyn Ledger) -> Result<Vec<Digest>, StoreError> {
    let mut all: Vec<Digest> = Vec::new();
    loop {
        let more = ledger.blobs(all.last(), BLOBS_AT_ONCE)?;
        if more.is_empty() {
            return Ok(all);
        }
        all.extend(more);
    }
}
