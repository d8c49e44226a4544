//! Identity logs: who a party is, which nodes speak for it and what its officers may do.
//!
//! A party founds its identity with root keys kept offline; every later entry is signed by at
//! least `threshold` of them. The id of the founding entry is the party's fingerprint: neighbours
//! compare it on paper or by telephone, and no authority above them is needed.
//!
//! SPEC: thresholds of root keys follow The Update Framework, section 6.1; a fork of an identity
//! log is kept as evidence, never resolved by machine.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use pumasi_base::{Captions, Money, OfficerId, PartyId, Time};
use serde::{Deserialize, Serialize};

use crate::envelope::{ActId, Envelope, KeyError, KeyId, KeyRecord};

/// The payload type of identity entries.
pub const IDENTITY_TYPE: &str = "application/vnd.pumasi.identity.v1+json";

/// One entry of an identity log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IdentityEntry {
    /// Version of this layout: 1.
    pub v: u32,
    /// Whose identity.
    pub party: PartyId,
    /// The entry before; absent in the founding one.
    pub prev: Option<ActId>,
    /// The time the party claims.
    pub time: Time,
    /// What it says.
    pub say: IdentitySay,
}

/// What an identity entry says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum IdentitySay {
    /// Founds the identity.
    Found {
        /// The party's names.
        names: Captions,
        /// Its root keys.
        roots: Vec<KeyRecord>,
        /// How many of them must sign.
        threshold: u32,
    },
    /// Lets a node write for the party.
    RegisterNode {
        /// The node's key.
        key: KeyRecord,
        /// Its incarnation.
        incarnation: u32,
    },
    /// Gives an officer a mandate, in place of any earlier one.
    GrantMandate(Mandate),
    /// Ends a node key or an officer's key from here on.
    RevokeKey {
        /// The key.
        key: KeyId,
    },
}

/// What an officer may do, until when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mandate {
    /// The officer.
    pub officer: OfficerId,
    /// The person: two officers of one person count once under a two-officer rule.
    pub person: String,
    /// The office as the party writes it.
    pub name: String,
    /// The officer's key.
    pub key: KeyRecord,
    /// The kinds of act covered; `*` for all.
    pub kinds: BTreeSet<String>,
    /// The largest sum the officer may order or bill, when limited.
    pub amount_max: Option<Money>,
    /// First moment.
    pub not_before: Time,
    /// Last moment.
    pub not_after: Time,
    /// How many different persons must sign together.
    pub officers_needed: u32,
}

impl Mandate {
    /// Whether the mandate covers `kind`.
    #[must_use]
    pub fn covers(&self, kind: &str) -> bool {
        self.kinds.contains("*") || self.kinds.contains(kind)
    }
}

/// A node that may write for a party.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NodeRecord {
    /// Its key.
    pub key: KeyRecord,
    /// Its incarnation.
    pub incarnation: u32,
}

/// A party's identity as it stands at one entry of its log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Whose.
    pub party: PartyId,
    /// Its names.
    pub names: Captions,
    /// The founding entry: the fingerprint.
    pub founded: ActId,
    /// The entry this stands at.
    pub head: ActId,
    /// How many entries came before it.
    pub height: u64,
    /// Its root keys.
    pub roots: Vec<KeyRecord>,
    /// How many of them must sign.
    pub threshold: u32,
    /// Its nodes.
    pub nodes: BTreeMap<KeyId, NodeRecord>,
    /// Its officers.
    pub mandates: BTreeMap<OfficerId, Mandate>,
    /// Keys that ended.
    pub revoked: BTreeSet<KeyId>,
    /// Every entry up to this one, the founding one first.
    trail: Vec<ActId>,
}

impl Identity {
    /// Whether this stands at an entry or after it: `entry` at `height` is in its own past.
    #[must_use]
    pub fn continues(&self, height: u64, entry: &ActId) -> bool {
        usize::try_from(height).ok().and_then(|height| self.trail.get(height)) == Some(entry)
    }

    /// The node that decides for the party: the only one there is.
    #[must_use]
    pub fn decider(&self) -> Option<KeyId> {
        self.nodes.keys().next().copied()
    }
}

/// Why an identity entry is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IdentityError {
    /// The envelope holds no identity entry.
    #[error("the identity entry does not read: {0}")]
    Unreadable(String),
    /// The party's fingerprint is not known here.
    #[error("the identity of `{0}` is not trusted here")]
    NotTrusted(PartyId),
    /// The founding entry is not the one whose fingerprint is trusted.
    #[error("the identity of `{party}` has the fingerprint {found}, but {trusted} is trusted")]
    OtherFingerprint {
        /// The party.
        party: PartyId,
        /// The fingerprint given.
        found: ActId,
        /// The one trusted.
        trusted: ActId,
    },
    /// The entry before it has not arrived.
    #[error("the identity entry before it, {0}, has not arrived")]
    PrevUnknown(ActId),
    /// Too few root keys signed.
    #[error("{signed} root keys signed, but {needed} are needed")]
    TooFewRoots {
        /// How many signed.
        signed: usize,
        /// How many are needed.
        needed: u32,
    },
    /// A key is weak, or a signature does not fit.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The entry breaks a rule of identity logs.
    #[error("{0}")]
    Rule(&'static str),
}

impl IdentityEntry {
    /// Signs the entry with root keys.
    ///
    /// # Errors
    /// When the entry cannot be written as JSON.
    pub fn sign(&self, roots: &[&ed25519_dalek::SigningKey]) -> Result<Envelope, IdentityError> {
        let payload =
            serde_json::to_vec(self).map_err(|e| IdentityError::Unreadable(e.to_string()))?;
        Ok(Envelope::sign(IDENTITY_TYPE, payload, roots))
    }

    fn read(envelope: &Envelope) -> Result<Self, IdentityError> {
        if envelope.payload_type() != IDENTITY_TYPE {
            return Err(IdentityError::Unreadable(format!(
                "its type is `{}`",
                envelope.payload_type()
            )));
        }
        let entry: Self = serde_json::from_slice(envelope.payload())
            .map_err(|error| IdentityError::Unreadable(error.to_string()))?;
        if entry.v == 1 { Ok(entry) } else { Err(IdentityError::Rule("only version 1 is known")) }
    }
}

/// The identities a node knows, at every entry of their logs.
#[derive(Debug, Clone, Default)]
pub struct Identities {
    trusted: BTreeMap<PartyId, ActId>,
    at: BTreeMap<ActId, Arc<Identity>>,
    envelopes: BTreeMap<ActId, Envelope>,
    heads: BTreeMap<PartyId, ActId>,
    forked: BTreeSet<PartyId>,
}

impl Identities {
    /// Trusts the party whose founding entry has this id.
    ///
    /// # Errors
    /// `OtherFingerprint` when another one is trusted already: that is settled in person.
    pub fn trust(&mut self, party: PartyId, founded: ActId) -> Result<(), IdentityError> {
        match self.trusted.get(&party) {
            Some(trusted) if *trusted != founded => {
                Err(IdentityError::OtherFingerprint { party, found: founded, trusted: *trusted })
            }
            _ => {
                self.trusted.insert(party, founded);
                Ok(())
            }
        }
    }

    /// Takes one entry, checking it against what is trusted and what came before. Taking an entry
    /// twice changes nothing.
    ///
    /// # Errors
    /// When the entry does not read, is not trusted, comes too early or is not properly signed.
    pub fn admit(&mut self, envelope: &Envelope) -> Result<ActId, IdentityError> {
        let id = envelope.id();
        if self.at.contains_key(&id) {
            return Ok(id);
        }
        let entry = IdentityEntry::read(envelope)?;
        let next = match entry.prev {
            None => self.found(id, &entry)?,
            Some(prev) => {
                let before = self.at.get(&prev).ok_or(IdentityError::PrevUnknown(prev))?;
                step(before, id, &entry)?
            }
        };
        let signers = entry.prev.and_then(|prev| self.at.get(&prev).cloned());
        check_roots(signers.as_deref().unwrap_or(&next), envelope)?;
        self.insert(id, entry.prev, next, envelope.clone());
        Ok(id)
    }

    fn found(&self, id: ActId, entry: &IdentityEntry) -> Result<Identity, IdentityError> {
        let IdentitySay::Found { names, roots, threshold } = &entry.say else {
            return Err(IdentityError::Rule("the first entry must found the identity"));
        };
        let trusted = self
            .trusted
            .get(&entry.party)
            .ok_or_else(|| IdentityError::NotTrusted(entry.party.clone()))?;
        if *trusted != id {
            let (party, trusted) = (entry.party.clone(), *trusted);
            return Err(IdentityError::OtherFingerprint { party, found: id, trusted });
        }
        let distinct: BTreeSet<_> = roots.iter().map(KeyRecord::id).collect();
        if *threshold == 0 || distinct.len() != roots.len() || !fits(*threshold, roots.len()) {
            return Err(IdentityError::Rule(
                "the threshold must lie between 1 and the number of distinct root keys",
            ));
        }
        roots.iter().try_for_each(KeyRecord::check)?;
        Ok(Identity {
            party: entry.party.clone(),
            names: names.clone(),
            founded: id,
            head: id,
            height: 0,
            roots: roots.clone(),
            threshold: *threshold,
            nodes: BTreeMap::new(),
            mandates: BTreeMap::new(),
            revoked: BTreeSet::new(),
            trail: vec![id],
        })
    }

    fn insert(&mut self, id: ActId, prev: Option<ActId>, next: Identity, envelope: Envelope) {
        let party = next.party.clone();
        match self.heads.get(&party) {
            // A second entry after the same one: both stay, neither becomes the head.
            Some(head) if Some(*head) != prev => {
                self.forked.insert(party);
            }
            _ => {
                self.heads.insert(party, id);
            }
        }
        self.at.insert(id, Arc::new(next));
        self.envelopes.insert(id, envelope);
    }

    /// The identity as it stood at `entry`.
    #[must_use]
    pub fn at(&self, entry: &ActId) -> Option<&Arc<Identity>> {
        self.at.get(entry)
    }

    /// The newest known state of a party's identity.
    #[must_use]
    pub fn of(&self, party: &PartyId) -> Option<&Arc<Identity>> {
        self.heads.get(party).and_then(|head| self.at.get(head))
    }

    /// Whether two entries claim the same place in the party's log.
    #[must_use]
    pub fn is_forked(&self, party: &PartyId) -> bool {
        self.forked.contains(party)
    }

    /// Every party known, with its newest state.
    pub fn all(&self) -> impl Iterator<Item = &Arc<Identity>> {
        self.heads.values().filter_map(|head| self.at.get(head))
    }

    /// The party of a node key, as of the newest known identities.
    #[must_use]
    pub fn party_of_node(&self, public: &[u8; 32]) -> Option<PartyId> {
        self.all()
            .find(|identity| {
                identity.nodes.values().any(|node| node.key.public.as_bytes() == public)
            })
            .map(|identity| identity.party.clone())
    }

    /// The envelopes of a party's log up to its newest entry, founding entry first.
    #[must_use]
    pub fn chain(&self, party: &PartyId) -> Vec<Envelope> {
        let mut envelopes = Vec::new();
        let mut next = self.heads.get(party).copied();
        while let Some(envelope) = next.and_then(|id| self.envelopes.get(&id)) {
            envelopes.push(envelope.clone());
            next = IdentityEntry::read(envelope).ok().and_then(|entry| entry.prev);
        }
        envelopes.reverse();
        envelopes
    }

    /// Every entry known of a party's log, in an order in which they can be admitted again: by
    /// height, and where the log was forked the entry of [`Identities::chain`] first.
    ///
    /// Acts may cite an entry beside the chain, so whoever keeps acts keeps these.
    #[must_use]
    pub fn entries(&self, party: &PartyId) -> Vec<Envelope> {
        let chain: BTreeSet<ActId> = self.chain(party).iter().map(Envelope::id).collect();
        let mut places: Vec<(u64, bool, ActId)> = self
            .at
            .values()
            .filter(|identity| identity.party == *party)
            .map(|identity| (identity.height, !chain.contains(&identity.head), identity.head))
            .collect();
        places.sort_unstable();
        places.iter().filter_map(|(_, _, id)| self.envelopes.get(id).cloned()).collect()
    }
}

fn fits(threshold: u32, keys: usize) -> bool {
    usize::try_from(threshold).is_ok_and(|threshold| threshold <= keys)
}

fn step(before: &Identity, id: ActId, entry: &IdentityEntry) -> Result<Identity, IdentityError> {
    if entry.party != before.party {
        return Err(IdentityError::Rule("the entry continues another party's log"));
    }
    let mut next = before.clone();
    next.head = id;
    next.height += 1;
    next.trail.push(id);
    match &entry.say {
        IdentitySay::Found { .. } => {
            return Err(IdentityError::Rule("an identity is founded only once"));
        }
        IdentitySay::RegisterNode { key, incarnation } => {
            key.check()?;
            let node = NodeRecord { key: key.clone(), incarnation: *incarnation };
            next.nodes.insert(key.id(), node);
        }
        IdentitySay::GrantMandate(mandate) => {
            mandate.key.check()?;
            next.mandates.insert(mandate.officer.clone(), mandate.clone());
        }
        IdentitySay::RevokeKey { key } => {
            next.nodes.remove(key);
            next.mandates.retain(|_, mandate| mandate.key.id() != *key);
            next.revoked.insert(*key);
        }
    }
    let ended = |key: &KeyRecord| next.revoked.contains(&key.id());
    if next.nodes.values().any(|n| ended(&n.key)) || next.mandates.values().any(|m| ended(&m.key)) {
        return Err(IdentityError::Rule("a revoked key cannot come back"));
    }
    Ok(next)
}

/// Counts root keys whose signature fits; one that does not fit fails the whole entry.
fn check_roots(identity: &Identity, envelope: &Envelope) -> Result<(), IdentityError> {
    let message = envelope.pae();
    let mut signed = BTreeSet::new();
    for signature in envelope.signatures() {
        if let Some(root) = identity.roots.iter().find(|root| root.id() == signature.key) {
            root.verify(&message, &signature.signature)?;
            signed.insert(signature.key);
        }
    }
    if fits(identity.threshold, signed.len()) {
        Ok(())
    } else {
        Err(IdentityError::TooFewRoots { signed: signed.len(), needed: identity.threshold })
    }
}

#[cfg(test)]
mod tests {
    use ed25519_dalek::SigningKey;

    use super::*;

    /// Writes entries of `jp` one after another from `prev`, each registering the node of a seed.
    fn entry(root: &SigningKey, prev: Option<ActId>, say: IdentitySay) -> Envelope {
        let (party, time) = ("jp".parse().unwrap(), Time::UNIX_EPOCH);
        IdentityEntry { v: 1, party, prev, time, say }.sign(&[root]).unwrap()
    }

    fn node(root: &SigningKey, prev: ActId, seed: u8) -> Envelope {
        let key = KeyRecord::of(&SigningKey::from_bytes(&[seed; 32]));
        entry(root, Some(prev), IdentitySay::RegisterNode { key, incarnation: 1 })
    }

    #[test]
    fn the_entries_of_a_forked_log_can_be_admitted_again_with_the_same_outcome() {
        let root = SigningKey::from_bytes(&[1; 32]);
        let found = IdentitySay::Found {
            names: crate::testing::words("jp"),
            roots: vec![KeyRecord::of(&root)],
            threshold: 1,
        };
        let founding = entry(&root, None, found);
        let party: PartyId = "jp".parse().unwrap();
        // Whichever of the two came first stays in the chain, also after it was read back.
        for [first, second] in [[2, 3], [3, 2]] {
            let mut all = Identities::default();
            all.trust(party.clone(), founding.id()).unwrap();
            all.admit(&founding).unwrap();
            let chain = all.admit(&node(&root, founding.id(), first)).unwrap();
            let beside = all.admit(&node(&root, founding.id(), second)).unwrap();
            let after = all.admit(&node(&root, chain, 4)).unwrap();
            assert!(all.is_forked(&party));
            let ids: Vec<ActId> = all.entries(&party).iter().map(Envelope::id).collect();
            assert_eq!(ids, [founding.id(), chain, beside, after]);

            let mut again = Identities::default();
            again.trust(party.clone(), founding.id()).unwrap();
            for envelope in all.entries(&party) {
                again.admit(&envelope).unwrap();
            }
            assert_eq!(again.of(&party).unwrap().head, after);
            assert!(again.is_forked(&party) && again.at(&beside).is_some());
        }
    }
}
