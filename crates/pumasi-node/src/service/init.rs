//! Making a node: keys, identity and an empty ledger.

use std::collections::BTreeSet;
use std::path::Path;

use ed25519_dalek::SigningKey;
use pumasi_act::{
    ActId, Envelope, Identities, IdentityEntry, IdentitySay, KeyRecord, Mandate, NextRoots,
};
use pumasi_base::time::plus_seconds;
use pumasi_base::{Captions, Money, OfficerId, PartyId, Time};

use super::files::{self, EPOCH, NodeFile};
use super::{ServiceError, author};
use crate::keys::{self, Keys, RootSort};
use crate::store::Place;

/// Officers' mandates are short: keys that lie about get stolen.
pub const MANDATE_DAYS: i64 = 90;
const SECONDS_A_DAY: i64 = 86_400;
/// Root keys made, of which [`ROOTS_NEEDED`] sign; and as many that take over next.
pub const ROOTS: usize = 3;
/// How many root keys sign.
pub const ROOTS_NEEDED: u32 = 2;

/// An officer to be given a mandate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewOfficer {
    /// The id.
    pub id: OfficerId,
    /// The office or name as the party writes it.
    pub name: String,
    /// Kinds of act covered; `*` for all.
    pub kinds: BTreeSet<String>,
    /// The largest sum, when limited.
    pub amount_max: Option<Money>,
    /// How many different persons must sign together.
    pub officers_needed: u32,
    /// First moment of the mandate. A drill replays past days and begins with them.
    pub not_before: Time,
}

/// Makes a node for `party` in `folder` and gives its fingerprint.
///
/// # Errors
/// When the folder holds a node already, or cannot be written.
pub fn init(
    folder: &Path,
    party: &PartyId,
    names: &Captions,
    officers: &[NewOfficer],
    now: Time,
) -> Result<ActId, ServiceError> {
    init_in(folder, &NodeFile::new(party.clone()), names, officers, now)
}

/// Makes a node in `folder` as [`init`] does, with the settings given: its ledger may be
/// elsewhere.
///
/// # Errors
/// As [`init`], and when the store of the settings holds a node already or does not answer.
pub fn init_in(
    folder: &Path,
    settings: &NodeFile,
    names: &Captions,
    officers: &[NewOfficer],
    now: Time,
) -> Result<ActId, ServiceError> {
    let party = &settings.party;
    if NodeFile::read(folder).is_ok() {
        let path = folder.join("node.toml");
        let error = std::io::ErrorKind::AlreadyExists.into();
        return Err(ServiceError::File { path, error });
    }
    let place = settings.place(folder)?;
    let ledger = place.open_alone(folder)?;
    // In the folder itself it could only be the rest of an attempt that was broken off.
    if place != Place::Folder && ledger.setting(EPOCH)?.is_some() {
        return Err(ServiceError::StoreTaken { at: place.to_string() });
    }
    let ids: Vec<OfficerId> = officers.iter().map(|officer| officer.id.clone()).collect();
    let keys = Keys::fresh(&ids)?;
    let (roots, next) = (keys::fresh_roots(ROOTS)?, keys::fresh_roots(ROOTS)?);
    keys.write(folder)?;
    let at = folder.join("keys");
    keys::write_roots(&at, RootSort::Standing, &roots)?;
    keys::write_roots(&at, RootSort::Next, &next)?;
    let found = founding(names, &roots, &next);
    let (identities, founded) = self::found(party, found, officers, &keys, &roots, now)?;
    files::store_identities(ledger.as_ref(), &identities, party)?;
    let epoch = author::key_id(&keys::generate()?).short();
    ledger.put_setting(EPOCH, epoch.as_bytes())?;
    write_token(folder)?;
    settings.write(folder)?;
    Ok(founded)
}

fn write_token(folder: &Path) -> Result<(), ServiceError> {
    let token = author::key_id(&keys::generate()?).to_string();
    let path = folder.join("desk.token");
    keys::write_secret(&path, token.as_bytes()).map_err(|error| ServiceError::File { path, error })
}

fn founding(names: &Captions, roots: &[SigningKey], next: &[SigningKey]) -> IdentitySay {
    let records = |keys: &[SigningKey]| keys.iter().map(KeyRecord::of).collect::<Vec<_>>();
    IdentitySay::Found {
        names: names.clone(),
        roots: records(roots),
        threshold: ROOTS_NEEDED,
        next: NextRoots::of(&records(next), ROOTS_NEEDED),
    }
}

/// The identity log of a new party: founded, one node, its officers.
fn found(
    party: &PartyId,
    found: IdentitySay,
    officers: &[NewOfficer],
    keys: &Keys,
    roots: &[SigningKey],
    now: Time,
) -> Result<(Identities, ActId), ServiceError> {
    let register = IdentitySay::RegisterNode { key: KeyRecord::of(&keys.node), incarnation: 1 };
    let mut says = vec![found, register];
    for officer in officers {
        let Some(key) = keys.officers.get(&officer.id) else { continue };
        says.push(IdentitySay::GrantMandate(Mandate {
            officer: officer.id.clone(),
            person: format!("{party}/{}", officer.id),
            name: officer.name.clone(),
            key: KeyRecord::of(key),
            kinds: officer.kinds.clone(),
            amount_max: officer.amount_max,
            not_before: officer.not_before,
            not_after: plus_seconds(now, MANDATE_DAYS * SECONDS_A_DAY),
            officers_needed: officer.officers_needed,
        }));
    }
    let mut identities = Identities::default();
    let needed = usize::try_from(ROOTS_NEEDED).unwrap_or(ROOTS);
    let signers: Vec<_> = roots.iter().take(needed).collect();
    let mut prev = None;
    let mut founded = None;
    for say in says {
        let entry = IdentityEntry { v: 1, party: party.clone(), prev, time: now, say };
        let envelope: Envelope = entry.sign(&signers)?;
        if founded.is_none() {
            identities.trust(party.clone(), envelope.id())?;
            founded = Some(envelope.id());
        }
        prev = Some(identities.admit(&envelope)?);
    }
    Ok((identities, founded.unwrap_or_else(|| ActId(pumasi_base::Digest::of(b"")))))
}
