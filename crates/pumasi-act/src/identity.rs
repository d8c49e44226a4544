//! Identity logs: who a party is, which nodes speak for it and what its officers may do.
//!
//! A party founds its identity with root keys kept offline; every later entry is signed by at
//! least `threshold` of them. The id of the founding entry is the party's fingerprint: neighbours
//! compare it on paper or by telephone, and no authority above them is needed.
//!
//! The root keys that will take over are announced by their hashes alone, so that whoever steals
//! those in use cannot rotate them, and their owner can: `docs/spec/identity.md` is the whole of it.
//!
//! SPEC: thresholds of root keys follow The Update Framework, section 6.1; announced keys follow
//! KERI, pre-rotation.

mod proposal;
mod rule;
mod settle;
mod step;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use pumasi_base::time::plus_seconds;
use pumasi_base::{Captions, Money, OfficerId, PartyId, Time};
use serde::{Deserialize, Serialize};

use crate::envelope::{ActId, Envelope, KeyId, KeyRecord};
use settle::{Link, Rotates, Settled, settle};

pub use proposal::{Proposal, ProposalError};
pub use rule::{IdentityError, IdentityRule};
pub use settle::Standing;

/// The payload type of identity entries.
pub const IDENTITY_TYPE: &str = "application/vnd.pumasi.identity.v1+json";

const SECONDS_A_DAY: i64 = 86_400;

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
        /// The root keys that take over next.
        next: NextRoots,
    },
    /// Replaces the root keys by those announced before.
    ///
    /// It is signed by a threshold of the root keys it brings and, unless it says that the old
    /// ones are lost or stolen, by a threshold of the old ones. Where entries claim one place, a
    /// rotation stands and the others are set aside.
    RotateRoots {
        /// The root keys from here on: of those announced, enough to reach the threshold.
        roots: Vec<KeyRecord>,
        /// How many of them must sign: what was announced.
        threshold: u32,
        /// The root keys that take over next.
        next: NextRoots,
        /// Whether it does without the old root keys, which are lost or stolen.
        recovery: bool,
    },
    /// Lets a node write for the party, or a registered one begin anew.
    RegisterNode {
        /// The node's key.
        key: KeyRecord,
        /// Its incarnation: 1 or more, and higher than before.
        incarnation: u32,
    },
    /// Gives an officer a mandate, in place of any earlier one.
    GrantMandate(Mandate),
    /// Ends an officer's mandate from here on; the key may be given another.
    EndMandate {
        /// The officer.
        officer: OfficerId,
    },
    /// Ends a node key or an officer's key for good.
    RevokeKey {
        /// The key.
        key: KeyId,
    },
}

/// Root keys announced before they take over, by their hashes.
///
/// SPEC: KERI, pre-rotation. A hash tells nothing of the key, so what nobody has seen nobody can
/// forge, whatever becomes of the algorithm.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NextRoots {
    /// The ids of the keys.
    pub keys: BTreeSet<KeyId>,
    /// How many of them must sign.
    pub threshold: u32,
}

impl NextRoots {
    /// Announces `keys`, of which `threshold` will sign.
    #[must_use]
    pub fn of(keys: &[KeyRecord], threshold: u32) -> Self {
        Self { keys: keys.iter().map(KeyRecord::id).collect(), threshold }
    }
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
    /// The height of the entry that registered it first.
    pub since: u64,
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
    /// The root keys that take over next.
    pub next: NextRoots,
    /// Root keys that stood once; none of them stands for anything again.
    pub former_roots: BTreeSet<KeyId>,
    /// Its nodes.
    pub nodes: BTreeMap<KeyId, NodeRecord>,
    /// Its officers.
    pub mandates: BTreeMap<OfficerId, Mandate>,
    /// Keys that ended.
    pub revoked: BTreeSet<KeyId>,
    /// Node keys with the incarnations in which they no longer write.
    pub retired: BTreeSet<(KeyId, u32)>,
    /// Every entry up to this one, the founding one first.
    trail: Vec<ActId>,
}

impl Identity {
    /// The node that makes the party's promises: of those that stand, the one registered first.
    ///
    /// Two nodes that promise from one stock would promise it twice; the other nodes of a party
    /// read, relay and say what binds nobody.
    #[must_use]
    pub fn decider(&self) -> Option<KeyId> {
        self.nodes.iter().min_by_key(|(_, node)| node.since).map(|(key, _)| *key)
    }

    /// Whether this stands at an entry or after it: `entry` at `height` is in its own past.
    #[must_use]
    pub fn continues(&self, height: u64, entry: &ActId) -> bool {
        usize::try_from(height).ok().and_then(|height| self.trail.get(height)) == Some(entry)
    }

    /// Mandates that have ended by `days` after `now`, the earliest first; those that ended
    /// before are among them until they are extended or ended by an entry.
    #[must_use]
    pub fn ending(&self, now: Time, days: u32) -> Vec<&Mandate> {
        let until = plus_seconds(now, i64::from(days) * SECONDS_A_DAY);
        let mut ending: Vec<&Mandate> =
            self.mandates.values().filter(|mandate| mandate.not_after <= until).collect();
        ending.sort_by(|a, b| (a.not_after, &a.officer).cmp(&(b.not_after, &b.officer)));
        ending
    }
}

impl IdentityEntry {
    /// Signs the entry with root keys.
    ///
    /// # Errors
    /// When the entry cannot be written as JSON.
    pub fn sign(&self, roots: &[&ed25519_dalek::SigningKey]) -> Result<Envelope, IdentityError> {
        Ok(Envelope::sign(IDENTITY_TYPE, self.payload()?, roots))
    }

    fn payload(&self) -> Result<Vec<u8>, IdentityError> {
        serde_json::to_vec(self).map_err(|e| IdentityError::Unreadable(e.to_string()))
    }

    /// Reads the entry an envelope holds, whoever signed it.
    ///
    /// # Errors
    /// `Unreadable`, or a rule when its version is not known.
    pub fn read(envelope: &Envelope) -> Result<Self, IdentityError> {
        if envelope.payload_type() != IDENTITY_TYPE {
            return Err(IdentityError::Unreadable(format!(
                "its type is `{}`",
                envelope.payload_type()
            )));
        }
        Self::read_payload(envelope.payload())
    }

    fn read_payload(payload: &[u8]) -> Result<Self, IdentityError> {
        let entry: Self = serde_json::from_slice(payload)
            .map_err(|error| IdentityError::Unreadable(error.to_string()))?;
        if entry.v == 1 { Ok(entry) } else { Err(IdentityRule::VersionMustBeKnown.into()) }
    }
}

/// The identities a node knows, at every entry of their logs.
///
/// INVARIANT: what it holds is a function of the entries taken, whatever the order they came in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Identities {
    trusted: BTreeMap<PartyId, ActId>,
    at: BTreeMap<ActId, Arc<Identity>>,
    envelopes: BTreeMap<ActId, Envelope>,
    logs: BTreeMap<PartyId, Log>,
}

/// The entries of one party.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Log {
    links: BTreeMap<ActId, Link>,
    settled: Settled,
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
        let before = match entry.prev {
            None => None,
            Some(prev) => Some(self.at.get(&prev).ok_or(IdentityError::PrevUnknown(prev))?),
        };
        let after = match before {
            None => self.found(id, &entry)?,
            Some(before) => step::step(before, id, &entry)?,
        };
        step::check_signatures(before.map(Arc::as_ref), &after, &entry.say, envelope)?;
        self.insert(&entry, after, envelope.clone());
        Ok(id)
    }

    fn found(&self, id: ActId, entry: &IdentityEntry) -> Result<Identity, IdentityError> {
        let identity = step::found(id, entry)?;
        let trusted = self
            .trusted
            .get(&entry.party)
            .ok_or_else(|| IdentityError::NotTrusted(entry.party.clone()))?;
        if *trusted == id {
            return Ok(identity);
        }
        let (party, trusted) = (entry.party.clone(), *trusted);
        Err(IdentityError::OtherFingerprint { party, found: id, trusted })
    }

    fn insert(&mut self, entry: &IdentityEntry, after: Identity, envelope: Envelope) {
        let (id, founded) = (after.head, after.founded);
        let rotates = match entry.say {
            IdentitySay::RotateRoots { recovery: true, .. } => Rotates::Recovers,
            IdentitySay::RotateRoots { recovery: false, .. } => Rotates::Both,
            _ => Rotates::No,
        };
        let mut links = self.logs.remove(&entry.party).map(|log| log.links).unwrap_or_default();
        links.insert(id, Link { prev: entry.prev, rotates });
        let settled = settle(founded, &links);
        self.logs.insert(entry.party.clone(), Log { links, settled });
        self.at.insert(id, Arc::new(after));
        self.envelopes.insert(id, envelope);
    }

    /// The identity as it stood at `entry`.
    #[must_use]
    pub fn at(&self, entry: &ActId) -> Option<&Arc<Identity>> {
        self.at.get(entry)
    }

    /// The newest state of a party's identity that nobody disputes.
    #[must_use]
    pub fn of(&self, party: &PartyId) -> Option<&Arc<Identity>> {
        self.logs.get(party).and_then(|log| self.newest(log))
    }

    fn newest(&self, log: &Log) -> Option<&Arc<Identity>> {
        log.settled.chain.last().and_then(|head| self.at.get(head))
    }

    /// How a party's log stands; none when nothing of it is known.
    #[must_use]
    pub fn standing(&self, party: &PartyId) -> Option<&Standing> {
        self.logs.get(party).map(|log| &log.settled.standing)
    }

    /// Whether entries claim the same place in the party's log and nothing says which stands.
    #[must_use]
    pub fn is_forked(&self, party: &PartyId) -> bool {
        matches!(self.standing(party), Some(Standing::Forked { .. }))
    }

    /// Every party known, with its newest state.
    pub fn all(&self) -> impl Iterator<Item = &Arc<Identity>> {
        self.logs.values().filter_map(|log| self.newest(log))
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

    /// Mandates of a party that have ended by `days` after `now`, as [`Identity::ending`].
    #[must_use]
    pub fn ending(&self, party: &PartyId, now: Time, days: u32) -> Vec<&Mandate> {
        self.of(party).map(|identity| identity.ending(now, days)).unwrap_or_default()
    }

    /// The envelopes of a party's log up to its newest undisputed entry, founding entry first.
    #[must_use]
    pub fn chain(&self, party: &PartyId) -> Vec<Envelope> {
        let chain = self.logs.get(party).map(|log| log.settled.chain.as_slice());
        self.written(chain.unwrap_or_default())
    }

    /// Every entry known of a party's log, in an order in which they can be admitted again.
    ///
    /// Acts may cite an entry beside the chain, so whoever keeps acts keeps these.
    #[must_use]
    pub fn entries(&self, party: &PartyId) -> Vec<Envelope> {
        self.written(&self.by_height(party))
    }

    /// What a neighbour whose newest entry of the party's log is `head` may lack, in an order in
    /// which it can be admitted: everything but that entry and those before it, and everything
    /// when the entry is not known here.
    #[must_use]
    pub fn entries_after(&self, party: &PartyId, head: Option<&ActId>) -> Vec<Envelope> {
        let Some(log) = self.logs.get(party) else { return Vec::new() };
        let known = head.filter(|head| log.links.contains_key(head));
        let known = known.map(|head| settle::up_to(*head, &log.links)).unwrap_or_default();
        let mut entries = self.by_height(party);
        entries.retain(|entry| !known.contains(entry));
        self.written(&entries)
    }

    fn by_height(&self, party: &PartyId) -> Vec<ActId> {
        let entries = self.logs.get(party).into_iter().flat_map(|log| log.links.keys());
        let mut places: Vec<(u64, ActId)> = entries
            .filter_map(|entry| self.at.get(entry))
            .map(|identity| (identity.height, identity.head))
            .collect();
        places.sort_unstable();
        places.into_iter().map(|(_, entry)| entry).collect()
    }

    fn written(&self, entries: &[ActId]) -> Vec<Envelope> {
        entries.iter().filter_map(|entry| self.envelopes.get(entry).cloned()).collect()
    }
}
