//! The name of a register: whose it is, which key signs it, and since which restored backup.

use std::fmt;
use std::str::FromStr;

use pumasi_act::envelope::KeyId;
use pumasi_act::{Identities, Identity};
use pumasi_base::PartyId;
use pumasi_log::{CosignerKey, NoteKey};

/// The name of a node's register, of its key, and of the node as a witness:
/// `pumasi/<party>/<first eight digits of the node key's id>/<incarnation>`.
///
/// A new incarnation has a new register: a restored backup cannot continue one whose tail it may
/// have forgotten.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Origin {
    /// The party.
    pub party: PartyId,
    /// The first eight digits of the id of the node's key.
    pub key: String,
    /// The incarnation.
    pub incarnation: u32,
}

/// The text names no register of a node.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no register: write `pumasi/<party>/<key>/<incarnation>`")]
pub struct OriginError(String);

impl Origin {
    /// The register of a node key in one incarnation.
    #[must_use]
    pub fn new(party: PartyId, key: &KeyId, incarnation: u32) -> Self {
        Self { party, key: key.short(), incarnation }
    }

    /// The key that signs this register now, as its party's newest identity says.
    #[must_use]
    pub fn key_now(&self, identities: &Identities) -> Option<NoteKey> {
        self.key_in(identities.of(&self.party)?)
    }

    /// The key that signs this register or once did: a register outlives the key's revocation.
    #[must_use]
    pub fn key_ever(&self, identities: &Identities) -> Option<NoteKey> {
        let entries = identities.entries(&self.party);
        entries.iter().rev().find_map(|entry| self.key_in(identities.at(&entry.id())?))
    }

    /// The key with which its node cosigns the registers of others.
    #[must_use]
    pub fn cosigner(key: &NoteKey) -> Option<CosignerKey> {
        CosignerKey::new(key.name(), key.key()).ok()
    }

    fn key_in(&self, identity: &Identity) -> Option<NoteKey> {
        let node = identity.nodes.values().find(|node| {
            node.incarnation == self.incarnation && node.key.id().short() == self.key
        })?;
        NoteKey::new(&self.to_string(), node.key.public.as_bytes()).ok()
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "pumasi/{}/{}/{}", self.party, self.key, self.incarnation)
    }
}

impl FromStr for Origin {
    type Err = OriginError;

    fn from_str(text: &str) -> Result<Self, OriginError> {
        let read = || {
            let mut parts = text.strip_prefix("pumasi/")?.split('/');
            let party = parts.next()?.parse().ok()?;
            let key = parts.next()?.to_owned();
            let incarnation = parts.next()?.parse().ok()?;
            parts.next().is_none().then_some(Self { party, key, incarnation })
        };
        // A register has one name.
        let origin = read().filter(|origin| origin.to_string() == text);
        origin.ok_or_else(|| OriginError(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, reads: bool) {
        assert_eq!(text.parse::<Origin>().is_ok(), reads, "{text}");
    }

    #[test]
    fn a_register_has_one_name() {
        check("pumasi/kr-45/28a9704c/1", true);
        check("pumasi/kr-45/28a9704c/01", false);
        check("pumasi/kr-45/28a9704c", false);
        check("pumasi/kr-45/28a9704c/1/2", false);
        check("pumasi/KR 45/28a9704c/1", false);
        check("register.example/kr-45", false);
        check("", false);
    }
}
