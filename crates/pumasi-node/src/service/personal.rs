//! Personal data beside acts, as a node keeps them: apart from the acts, by their commitment, until
//! their party retracts them or an officer of this node erases them.
//!
//! They lie in the ledger as blobs whose digest is the commitment, so that an engine that erases a
//! blob erases them.

use std::collections::{BTreeMap, BTreeSet};

use pumasi_act::{ActId, Personal};
use pumasi_base::time::seconds_between;
use pumasi_base::{Digest, Time};
use pumasi_sync::{Beside, PersonalText};
use pumasi_view::Visible;
use pumasi_view::page::PersonalPage;
use pumasi_view::personal::Stored;

use super::inner::Inner;
use super::{AuthorError, Service};
use crate::keys;
use crate::store::{Ledger, StoreError};

const SECONDS_A_DAY: i64 = 86_400;

/// The setting that says when an officer of this node erased what stood under a commitment.
fn erased_name(commitment: &Digest) -> String {
    format!("erased/{commitment}")
}

/// Puts a fresh salt to a text.
pub(super) fn salted(text: String) -> Result<Personal, AuthorError> {
    let personal = Personal { salt: Digest::from_bytes(keys::random()?), text };
    personal.check()?;
    Ok(personal)
}

/// The bytes of those texts that are not in the ledger and were not erased from it.
pub(super) fn unknown(
    ledger: &dyn Ledger,
    texts: Vec<PersonalText>,
) -> Result<Vec<Vec<u8>>, StoreError> {
    let mut unknown = Vec::new();
    for PersonalText { commitment, bytes } in texts {
        if ledger.setting(&erased_name(&commitment))?.is_none()
            && ledger.blob(&commitment)?.is_none()
        {
            unknown.push(bytes);
        }
    }
    Ok(unknown)
}

/// Reads what is here of the personal data that go along with acts.
pub(super) fn beside(
    ledger: &dyn Ledger,
    chosen: &[Beside],
) -> Result<BTreeMap<Digest, Personal>, StoreError> {
    let mut found = BTreeMap::new();
    for at in chosen {
        let bytes = ledger.blob(&at.commitment)?;
        found.extend(bytes.and_then(|bytes| at.read(&bytes)).map(|one| (at.commitment, one)));
    }
    Ok(found)
}

/// Erases what stands under a commitment, if it is personal data of that matter and party: a
/// hostile act may name the digest of anything. Tells whether there was something to erase.
fn erase(ledger: &dyn Ledger, at: &Beside) -> Result<bool, StoreError> {
    Ok(is_here(ledger, at)? && ledger.erase_blob(&at.commitment)?)
}

fn is_here(ledger: &dyn Ledger, at: &Beside) -> Result<bool, StoreError> {
    Ok(ledger.blob(&at.commitment)?.is_some_and(|bytes| at.read(&bytes).is_some()))
}

impl Inner {
    /// Notes what was retracted in these matters, to be erased once everything is on disk.
    pub(super) fn note_retracted(&mut self, matters: &BTreeSet<ActId>) {
        let retracted = matters.iter().flat_map(|matter| self.replica.retracted(matter));
        let fresh = retracted.filter(|at| !self.erased.contains(at));
        self.to_erase.extend(fresh);
    }

    /// Erases whatever was retracted and is still in the ledger; tells whether all of it is gone.
    ///
    /// While acts are on their way to the disk nothing is erased: a text may come with them, and a
    /// retraction that does not land has not been made.
    ///
    /// # Errors
    /// When the ledger fails; what is left is erased the next time.
    pub(super) fn erase_retracted(&mut self, ledger: &dyn Ledger) -> Result<bool, StoreError> {
        if self.to_erase.is_empty() {
            return Ok(true);
        }
        if self.is_ahead_of(ledger) {
            return Ok(false);
        }
        while let Some(at) = self.to_erase.first().cloned() {
            if erase(ledger, &at)? {
                tracing::info!(matter = %at.matter, party = %at.party, "personal data were erased");
            }
            self.to_erase.remove(&at);
            self.erased.insert(at);
        }
        Ok(true)
    }

    /// The same, where the caller has other things to finish: [`Service::tend`] tries again, and
    /// acknowledges nothing before it is done.
    pub(super) fn erase_now(&mut self, ledger: &dyn Ledger) {
        if let Err(error) = self.erase_retracted(ledger) {
            tracing::error!(%error, "retracted personal data could not be erased yet");
        }
    }
}

impl Service {
    /// The personal data beside an act, for officers of this node; nothing when it has none.
    ///
    /// # Errors
    /// When the ledger fails.
    pub fn personal(&self, act: &ActId) -> Result<Option<Visible<PersonalPage>>, StoreError> {
        let at = self.with_replica(|replica| replica.personal_of(act));
        let stored = match at {
            None => Stored::Missing,
            Some(at) => self.stored_personal(&at)?,
        };
        let lexicon = self.lexicon();
        Ok(self.with_matters(|held| {
            pumasi_view::personal::personal(&lexicon, held, &self.party, act, stored)
        }))
    }

    fn stored_personal(&self, at: &Beside) -> Result<Stored, StoreError> {
        let bytes = self.ledger.blob(&at.commitment)?;
        if let Some(personal) = bytes.and_then(|bytes| at.read(&bytes)) {
            return Ok(Stored::Here(personal.text));
        }
        let erased = self.ledger.setting(&erased_name(&at.commitment))?;
        let erased = erased.and_then(|bytes| String::from_utf8(bytes).ok()?.parse().ok());
        Ok(erased.map_or(Stored::Missing, Stored::Erased))
    }

    /// Erases, at this node alone, the personal data beside acts of a matter that claim to be older
    /// than so many days. Nothing is said to others, and what was erased is not taken again.
    ///
    /// # Errors
    /// `MatterUnknown`, or when the ledger fails: ask again then.
    pub fn erase_personal(
        &self,
        matter: &ActId,
        days: u32,
        now: Time,
    ) -> Result<usize, AuthorError> {
        // The lock is held, so that nothing is taken again between note and erasing.
        let inner = self.inner();
        let held = inner.replica.matter(matter).ok_or(AuthorError::MatterUnknown(*matter))?;
        let is_old = |time| seconds_between(time, now) > i64::from(days) * SECONDS_A_DAY;
        let old = held.acts().iter().filter(|act| is_old(act.payload().time));
        let chosen: Vec<Beside> =
            old.filter_map(|act| inner.replica.personal_of(&act.id())).collect();
        let mut count = 0;
        for at in chosen {
            if is_here(self.ledger(), &at)? {
                // Noted first: what is not erased after all is found again.
                let name = erased_name(&at.commitment);
                self.ledger.put_setting(&name, now.to_string().as_bytes())?;
                self.ledger.erase_blob(&at.commitment)?;
                count += 1;
            }
        }
        Ok(count)
    }
}
