//! What a node keeps beside its acts: its settings file, identities, attempts and agreements.

use std::io::Write as _;
use std::path::Path;

use pumasi_act::{ActId, Envelope, Identities, IdentityError, Refusal};
use pumasi_agreement::Agreement;
use pumasi_base::{Digest, PartyId, Time};
use pumasi_view::Attempt;
use serde::{Deserialize, Serialize};

use super::ServiceError;
use crate::store::{Ledger, Place, SettingChange, StoreError};

/// The settings file of a node.
const NODE_FILE: &str = "node.toml";

/// The setting that names a ledger.
pub(super) const EPOCH: &str = "epoch";

/// `node.toml`: what does not change while the node runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NodeFile {
    /// Whose node it is.
    pub party: PartyId,
    /// Where neighbours reach it.
    #[serde(default = "any_port")]
    pub listen: String,
    /// Where its officers reach it; loopback only.
    #[serde(default = "any_port")]
    pub desk: String,
    /// Where the ledger is: an address of a database, `${NAME}` for a variable of the
    /// environment that holds one, or nothing for this folder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub store: Option<String>,
}

fn any_port() -> String {
    "127.0.0.1:0".to_owned()
}

impl NodeFile {
    /// A file for `party` on ports the system chooses.
    #[must_use]
    pub fn new(party: PartyId) -> Self {
        Self { party, listen: any_port(), desk: any_port(), store: None }
    }

    /// Where the ledger is.
    ///
    /// # Errors
    /// `Settings` when `store` names no place.
    pub fn place(&self, folder: &Path) -> Result<Place, ServiceError> {
        Place::read(self.store.as_deref()).map_err(|error| ServiceError::Settings {
            path: folder.join(NODE_FILE),
            what: error.to_string(),
        })
    }

    /// Reads the file of `folder`.
    ///
    /// # Errors
    /// `NoNode` when there is none, `Settings` when it does not read.
    pub fn read(folder: &Path) -> Result<Self, ServiceError> {
        let path = folder.join(NODE_FILE);
        let text = match std::fs::read_to_string(&path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(ServiceError::NoNode { folder: folder.to_owned() });
            }
            text => text.map_err(|error| ServiceError::File { path: path.clone(), error })?,
        };
        toml::from_str(&text)
            .map_err(|error| ServiceError::Settings { path, what: error.to_string() })
    }

    /// Writes the file into `folder`: after a power cut it is the old one or the new one. Only its
    /// owner may read it, since the address of a database may hold a password.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&self, folder: &Path) -> Result<(), ServiceError> {
        let path = folder.join(NODE_FILE);
        let text = toml::to_string(self).map_err(|error| ServiceError::Settings {
            path: path.clone(),
            what: error.to_string(),
        })?;
        replace(&path, text.as_bytes()).map_err(|error| ServiceError::File { path, error })
    }
}

fn replace(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let fresh = path.with_extension("new");
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&fresh)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(&fresh, path)?;
    // Only Unix lets a folder be opened and synced.
    match path.parent() {
        Some(folder) if cfg!(unix) => std::fs::File::open(folder)?.sync_all(),
        _ => Ok(()),
    }
}

fn identity_key(party: &PartyId, number: usize) -> String {
    format!("identity/{party}/{number:06}")
}

/// Keeps a party's fingerprint and every entry of its identity log, in one change.
///
/// Entries beside the chain are kept as well: acts may cite them, and could not be verified again
/// without them.
pub(super) fn store_identities(
    ledger: &dyn Ledger,
    identities: &Identities,
    party: &PartyId,
) -> Result<(), StoreError> {
    let entries = identities.entries(party);
    let founded = identities.of(party).map(|identity| identity.founded.to_string());
    let mut changes = vec![SettingChange {
        name: format!("trust/{party}"),
        value: founded.map(String::into_bytes),
    }];
    // INVARIANT: entries are never removed, so that writing them in order leaves no old one over.
    changes.extend(entries.iter().enumerate().map(|(number, envelope)| SettingChange {
        name: identity_key(party, number),
        value: Some(envelope.write().into_bytes()),
    }));
    ledger.put_settings(&changes)
}

/// Reads every identity kept.
pub(super) fn load_identities(ledger: &dyn Ledger) -> Result<Identities, ServiceError> {
    let mut identities = Identities::default();
    for (name, value) in ledger.settings("trust/")? {
        let party = name.trim_start_matches("trust/").parse();
        let founded = String::from_utf8_lossy(&value).parse::<ActId>();
        if let (Ok(party), Ok(founded)) = (party, founded) {
            identities.trust(party, founded)?;
        }
    }
    for (name, value) in ledger.settings("identity/")? {
        let envelope = Envelope::read(&value).map_err(|error| {
            ServiceError::Identity(IdentityError::Unreadable(format!("{name}: {error}")))
        })?;
        identities.admit(&envelope)?;
    }
    Ok(identities)
}

/// An attempt as it is kept.
#[derive(Serialize, Deserialize)]
struct StoredAttempt {
    matter: Option<ActId>,
    party: PartyId,
    kind: String,
    time: Time,
    refusal: Refusal,
}

/// Keeps an attempt that was refused before signing.
pub(super) fn store_attempt(
    ledger: &dyn Ledger,
    number: usize,
    attempt: &Attempt,
) -> Result<(), StoreError> {
    let stored = StoredAttempt {
        matter: attempt.matter,
        party: attempt.party.clone(),
        kind: attempt.kind.clone(),
        time: attempt.time,
        refusal: attempt.refusal.clone(),
    };
    // Ids, text and integers only: writing them cannot fail.
    let bytes = serde_json::to_vec(&stored).unwrap_or_default();
    ledger.put_setting(&format!("attempt/{number:08}"), &bytes)
}

/// Reads every attempt kept.
pub(super) fn load_attempts(ledger: &dyn Ledger) -> Result<Vec<Attempt>, ServiceError> {
    let stored = ledger.settings("attempt/")?;
    Ok(stored
        .iter()
        .filter_map(|(_, value)| serde_json::from_slice::<StoredAttempt>(value).ok())
        .map(|stored| Attempt {
            matter: stored.matter,
            party: stored.party,
            kind: stored.kind,
            time: stored.time,
            refusal: stored.refusal,
        })
        .collect())
}

/// Keeps the text of an agreement some matter froze, so that the matter can be folded again
/// whatever becomes of the library.
pub(super) fn store_agreement(
    ledger: &dyn Ledger,
    agreement: &Agreement,
) -> Result<(), StoreError> {
    let name = format!("agreement/{}", agreement.digest());
    if ledger.setting(&name)?.is_some() {
        return Ok(());
    }
    ledger.put_blob(agreement.text().as_bytes())?;
    ledger.put_setting(&name, b"text")
}

/// Reads every agreement text that some matter froze.
pub(super) fn load_agreements(ledger: &dyn Ledger) -> Result<Vec<Agreement>, ServiceError> {
    let mut agreements = Vec::new();
    for (name, _) in ledger.settings("agreement/")? {
        let digest = name.trim_start_matches("agreement/").parse::<Digest>();
        let bytes = digest.ok().map(|digest| ledger.blob(&digest)).transpose()?.flatten();
        let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
        if let Some(Ok(agreement)) = text.map(|t| pumasi_agreement::read("stored", &t)) {
            agreements.push(agreement);
        }
    }
    Ok(agreements)
}

/// Names this ledger: positions of another one mean nothing here.
pub(super) fn epoch(ledger: &dyn Ledger) -> Result<String, StoreError> {
    let stored = ledger.setting(EPOCH)?;
    Ok(stored.map_or_else(String::new, |bytes| String::from_utf8_lossy(&bytes).into_owned()))
}
