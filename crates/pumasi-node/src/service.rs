//! One party's node: what it holds, what it takes and what it says.
//!
//! [`Service`] is the same for every caller: the desk (officers at this node), neighbours over
//! sync, and bundles on a stick. Time comes in as an argument. Acts are folded by matter; an act
//! is acknowledged only once the ledger has it on disk.

pub mod author;
pub mod files;
pub mod init;
mod relief;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use pumasi_act::kinds::open_matter::OpenMatter;
use pumasi_act::{
    ActId, ClauseCited, Envelope, Folded, Identities, IdentityError, Refusal, State, Terms,
    Verified, VerifyError, fold, verify,
};
use pumasi_base::{AgreementId, Digest, PartyId, Status, Time};
use pumasi_log::Tree;
use pumasi_view::{Attempt, Held, Lexicon};
use serde::{Deserialize, Serialize};

use crate::keys::{Keys, KeysError};
use crate::library::{Library, LibraryError};
use crate::store::{ActLog as _, Blobs as _, SqliteLedger, StoreError, StoredAct};

pub use author::{AuthorError, NewAct, NewMatter};
pub use relief::{AlertAnswer, PlanAnswer, PlanForm, Relay, ReliefError};

/// The most acts in one page of a feed.
pub const FEED_ACTS_MAX: usize = 256;

/// One party's node.
pub struct Service {
    party: PartyId,
    incarnation: u32,
    folder: PathBuf,
    keys: Keys,
    ledger: SqliteLedger,
    inner: Mutex<Inner>,
}

/// What can be rebuilt from the ledger.
struct Inner {
    library: Library,
    lexicon: Arc<Lexicon>,
    identities: Identities,
    matters: BTreeMap<ActId, Matter>,
    register: Tree,
    attempts: Vec<Attempt>,
}

/// A matter as this node holds it.
struct Matter {
    terms: Terms,
    acts: Vec<Verified>,
    folded: Folded,
}

impl Matter {
    fn state(&self) -> Option<&State> {
        self.folded.state.as_ref()
    }
    fn is_shared_with(&self, party: &PartyId) -> bool {
        self.state().is_some_and(|state| state.genesis.audience.contains(party))
    }
    fn status(&self) -> Status {
        self.state().map_or(Status::Actual, |state| state.genesis.status)
    }
}

/// Why a node cannot work.
#[derive(Debug, thiserror::Error)]
pub enum ServiceError {
    /// The folder holds no node.
    #[error("`{folder}` holds no node")]
    NoNode {
        /// The folder.
        folder: PathBuf,
    },
    /// The folder's settings do not read.
    #[error("`{path}` does not read: {what}")]
    Settings {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        what: String,
    },
    /// A file of the folder cannot be used.
    #[error("`{path}` cannot be used")]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        error: std::io::Error,
    },
    /// The keys cannot be used.
    #[error(transparent)]
    Keys(#[from] KeysError),
    /// The library cannot be used.
    #[error(transparent)]
    Library(#[from] LibraryError),
    /// The ledger failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// An identity does not hold.
    #[error(transparent)]
    Identity(#[from] IdentityError),
    /// What the ledger holds does not verify any more.
    #[error("position {position} of the ledger does not verify: {what}")]
    Damaged {
        /// The position.
        position: u64,
        /// Why.
        what: String,
    },
    /// The node's own identity is not in its ledger.
    #[error("the identity of `{0}` is not in the ledger")]
    NoIdentity(PartyId),
}

/// Why received acts are not taken.
#[derive(Debug, thiserror::Error)]
pub enum ReceiveError {
    /// A line is no act or does not verify: the sender's fault.
    #[error("act {id}: {error}")]
    Act {
        /// The act.
        id: ActId,
        /// Why.
        error: VerifyError,
    },
    /// Its matter is not shared with this party, or has not been opened here.
    #[error("act {id} belongs to a matter that is not shared with `{party}`")]
    NotShared {
        /// The act.
        id: ActId,
        /// This party.
        party: PartyId,
    },
    /// Its past has not arrived.
    #[error("act {id} came before {missing} in its past")]
    OutOfOrder {
        /// The act.
        id: ActId,
        /// The missing act.
        missing: ActId,
    },
    /// The agreement a matter froze is not known here and was not sent along.
    #[error("matter {matter} stands under `{agreement}` ({digest}), whose text is not here")]
    AgreementUnknown {
        /// The matter.
        matter: ActId,
        /// The agreement.
        agreement: AgreementId,
        /// The digest of the text.
        digest: Digest,
    },
    /// The agreements of a matter do not compile together.
    #[error("the agreements of matter {matter} clash: {what}")]
    AgreementsClash {
        /// The matter.
        matter: ActId,
        /// Why.
        what: String,
    },
    /// The ledger failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A parcel of acts with what is needed to take them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parcel {
    /// Identity logs of the authors, founding entries first.
    pub identities: Vec<String>,
    /// Texts of agreements that matters in this parcel freeze.
    pub agreements: Vec<String>,
    /// The acts, parents first.
    pub acts: Vec<String>,
}

/// A page of the feed one neighbour reads from another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedPage {
    /// Names the ledger the positions belong to; another one means: start over.
    pub epoch: String,
    /// Position up to which this page goes; asking after it acknowledges the page.
    pub to: u64,
    /// The position of the newest act.
    pub head: u64,
    /// What is in it.
    pub parcel: Parcel,
    /// How shared matters stand here.
    pub digests: Vec<MatterDigest>,
}

/// How a matter stands at a node.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MatterDigest {
    /// The matter.
    pub matter: ActId,
    /// Digest of the frontier: equal where the acts are equal.
    pub frontier: Digest,
    /// Digest of the state.
    pub state: Digest,
    /// Acts folded.
    pub acts: u64,
}

/// Which acts a neighbour wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FeedScope {
    /// Those this party wrote itself: what every neighbour needs from it.
    Own,
    /// Everything it holds of shared matters: to repair a gap or to relay.
    All,
}

/// The outcome of taking a parcel.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Received {
    /// Acts that were new.
    pub new: usize,
    /// Acts that were here already.
    pub known: usize,
}

impl Service {
    /// Opens the node in `folder` and folds everything it holds.
    ///
    /// # Errors
    /// When there is no node, another process holds it, or what it holds does not verify.
    pub fn open(folder: &Path, library: Library) -> Result<Self, ServiceError> {
        let config = files::NodeFile::read(folder)?;
        let ledger = SqliteLedger::open(folder)?;
        let keys = Keys::read(folder)?;
        let mut library = library;
        let identities = files::load_identities(&ledger)?;
        let lexicon =
            Arc::new(Lexicon::new(&library.catalog, library.agreements().values().cloned()));
        files::load_agreements(&ledger, &mut library)?;
        let mut inner = Inner {
            lexicon,
            identities,
            matters: BTreeMap::new(),
            register: Tree::new(),
            attempts: files::load_attempts(&ledger)?,
            library,
        };
        inner.load(&ledger)?;
        let incarnation = inner
            .identities
            .of(&config.party)
            .and_then(|identity| identity.nodes.get(&author::key_id(&keys.node)))
            .map(|node| node.incarnation)
            .ok_or_else(|| ServiceError::NoIdentity(config.party.clone()))?;
        let inner = Mutex::new(inner);
        let folder = folder.to_owned();
        Ok(Self { party: config.party, incarnation, folder, keys, ledger, inner })
    }

    /// Whose node this is.
    #[must_use]
    pub const fn party(&self) -> &PartyId {
        &self.party
    }

    /// The key the node signs with and names itself by in TLS.
    #[must_use]
    pub const fn node_key(&self) -> &ed25519_dalek::SigningKey {
        &self.keys.node
    }

    /// The data folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The ledger.
    #[must_use]
    pub const fn ledger(&self) -> &SqliteLedger {
        &self.ledger
    }

    /// A panic while the lock was held is our bug; what it guards can be rebuilt from the ledger
    /// and every change to it is made after the ledger's, so going on is safe.
    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs `read` with the identities known here.
    pub fn with_identities<T>(&self, read: impl FnOnce(&Identities) -> T) -> T {
        read(&self.inner().identities)
    }

    /// The words for ids, shared by every page.
    #[must_use]
    pub fn lexicon(&self) -> Arc<Lexicon> {
        Arc::clone(&self.inner().lexicon)
    }

    /// Runs `read` with the library.
    pub fn with_library<T>(&self, read: impl FnOnce(&Library) -> T) -> T {
        read(&self.inner().library)
    }

    /// Runs `read` with the matters this node holds.
    pub fn with_matters<T>(&self, read: impl FnOnce(&[Held<'_>]) -> T) -> T {
        let inner = self.inner();
        let held: Vec<Held<'_>> = inner
            .matters
            .values()
            .map(|matter| Held { folded: &matter.folded, acts: &matter.acts })
            .collect();
        read(&held)
    }

    /// The attempts this node refused before signing.
    #[must_use]
    pub fn attempts(&self) -> Vec<Attempt> {
        self.inner().attempts.clone()
    }

    /// Size and root of the register of everything stored.
    #[must_use]
    pub fn register_root(&self) -> (u64, Digest) {
        let inner = self.inner();
        let size = inner.register.size();
        (size, inner.register.root(size).unwrap_or_else(|_| Digest::of(b"")))
    }

    /// Trusts the party whose identity log `envelopes` holds, founding entry first.
    ///
    /// # Errors
    /// When the log does not hold together or another fingerprint is trusted already.
    pub fn trust(&self, envelopes: &[Envelope]) -> Result<PartyId, ServiceError> {
        let mut inner = self.inner();
        let mut identities = inner.identities.clone();
        let founding = envelopes.first().ok_or(IdentityError::Rule("the identity log is empty"))?;
        let party = files::party_of(founding)?;
        identities.trust(party.clone(), founding.id())?;
        for envelope in envelopes {
            identities.admit(envelope)?;
        }
        files::store_identities(&self.ledger, &identities, &party)?;
        inner.identities = identities;
        Ok(party)
    }

    /// Takes acts from a neighbour, a bundle or this node itself: all of a parcel or nothing.
    ///
    /// # Errors
    /// When an act does not verify, is not shared with this party, or comes before its past.
    pub fn receive(&self, parcel: &Parcel) -> Result<Received, ReceiveError> {
        let mut inner = self.inner();
        for identity in &parcel.identities {
            // Identities of parties not trusted here are no fault of the sender.
            if let Ok(envelope) = Envelope::read(identity.as_bytes()) {
                inner.admit(&self.ledger, &envelope)?;
            }
        }
        for text in &parcel.agreements {
            if let Ok(agreement) = pumasi_agreement::read("parcel", text) {
                let digest = self.ledger.put_blob(text.as_bytes())?;
                files::note_agreement(&self.ledger, &digest)?;
                inner.library.keep(agreement);
            }
        }
        inner.take(&self.ledger, &self.party, &parcel.acts)
    }

    /// Reads a page of what `reader` may see after a position.
    ///
    /// # Errors
    /// When the ledger fails.
    pub fn feed(
        &self,
        reader: &PartyId,
        scope: FeedScope,
        after: u64,
    ) -> Result<FeedPage, StoreError> {
        let inner = self.inner();
        let head = self.ledger.head()?;
        let mut page = FeedPage {
            epoch: files::epoch(&self.ledger)?,
            to: after,
            head,
            parcel: Parcel::default(),
            digests: inner.digests(reader),
        };
        let mut authors = std::collections::BTreeSet::new();
        while page.to < head && page.parcel.acts.len() < FEED_ACTS_MAX {
            let room = FEED_ACTS_MAX - page.parcel.acts.len();
            let scanned = self.ledger.scan(page.to, room)?;
            if scanned.end == page.to {
                break;
            }
            page.to = scanned.end;
            for (_, stored) in scanned.acts {
                if let Some(author) = inner.visible(&stored, reader, scope, &self.party) {
                    authors.insert(author);
                    if stored.id == stored.matter {
                        page.parcel.agreements.extend(inner.frozen_texts(&ActId(stored.matter)));
                    }
                    page.parcel.acts.push(String::from_utf8_lossy(&stored.bytes).into_owned());
                }
            }
        }
        for author in &authors {
            let chain = inner.identities.chain(author);
            page.parcel.identities.extend(chain.iter().map(Envelope::write));
        }
        Ok(page)
    }

    /// How the matters shared with `reader` stand here.
    #[must_use]
    pub fn digests(&self, reader: &PartyId) -> Vec<MatterDigest> {
        self.inner().digests(reader)
    }

    /// Writes everything this node holds of `matters` (all when empty) as a bundle.
    ///
    /// # Errors
    /// When the ledger fails.
    pub fn export(&self, matters: &[ActId]) -> Result<pumasi_act::Bundle, StoreError> {
        let inner = self.inner();
        let mut bundle = pumasi_act::Bundle {
            exported_by: Some(self.party.clone()),
            ..pumasi_act::Bundle::default()
        };
        let wanted = |id: &ActId| matters.is_empty() || matters.contains(id);
        for (_, matter) in inner.matters.iter().filter(|(id, _)| wanted(id)) {
            for act in &matter.acts {
                let identity = act.identity();
                bundle.trusted.insert(identity.party.clone(), identity.founded);
                bundle.acts.push(act.envelope().clone());
            }
            for agreement in matter.terms.agreements() {
                bundle.agreements.insert(agreement.id().clone(), agreement.text().to_owned());
            }
        }
        for party in bundle.trusted.keys() {
            bundle.identities.extend(inner.identities.chain(party));
        }
        Ok(bundle)
    }

    /// Takes a bundle that came by other means than sync.
    ///
    /// # Errors
    /// As [`Service::receive`].
    pub fn import(&self, bundle: &pumasi_act::Bundle) -> Result<Received, ReceiveError> {
        self.receive(&Parcel {
            identities: bundle.identities.iter().map(Envelope::write).collect(),
            agreements: bundle.agreements.values().cloned().collect(),
            acts: bundle.acts.iter().map(Envelope::write).collect(),
        })
    }

    /// Whether the matter is actual, an exercise or a test.
    #[must_use]
    pub fn status_of(&self, matter: &ActId) -> Option<Status> {
        self.inner().matters.get(matter).map(Matter::status)
    }
}

impl Inner {
    /// Folds everything the ledger holds.
    fn load(&mut self, ledger: &SqliteLedger) -> Result<(), ServiceError> {
        let mut after = 0;
        loop {
            let page = ledger.scan(after, FEED_ACTS_MAX)?;
            if page.end == after {
                break;
            }
            after = page.end;
            for (position, stored) in page.acts {
                let damaged = |what: String| ServiceError::Damaged { position, what };
                let envelope =
                    Envelope::read(&stored.bytes).map_err(|error| damaged(error.to_string()))?;
                let act = verify(&envelope, &self.identities)
                    .map_err(|error| damaged(error.to_string()))?;
                self.register.append(&stored.bytes);
                self.place(act).map_err(|error| damaged(error.to_string()))?;
            }
        }
        for matter in self.matters.values_mut() {
            matter.folded = fold(&matter.terms, &matter.acts);
        }
        Ok(())
    }

    /// Puts an act with its matter, opening the matter where it does; folding is the caller's.
    fn place(&mut self, act: Verified) -> Result<(), ReceiveError> {
        let id = act.matter();
        if let Some(matter) = self.matters.get_mut(&id) {
            matter.acts.push(act);
            return Ok(());
        }
        let terms = self.terms_of(&act)?;
        let acts = vec![act];
        let folded = fold(&terms, &acts);
        self.matters.insert(id, Matter { terms, acts, folded });
        Ok(())
    }

    /// The agreements an opening act froze.
    fn terms_of(&self, opening: &Verified) -> Result<Terms, ReceiveError> {
        let matter = opening.id();
        let body = opening.payload().body.clone();
        let frozen = serde_json::from_value::<OpenMatter>(body)
            .map(|genesis| genesis.agreements)
            .unwrap_or_default();
        let agreements = frozen
            .into_iter()
            .map(|(agreement, digest)| {
                self.library.by_digest(&digest).cloned().ok_or(ReceiveError::AgreementUnknown {
                    matter,
                    agreement,
                    digest,
                })
            })
            .collect::<Result<Vec<_>, _>>()?;
        Terms::compile(agreements)
            .map_err(|e| ReceiveError::AgreementsClash { matter, what: e.to_string() })
    }

    /// Admits an identity entry of a trusted party and keeps it.
    fn admit(&mut self, ledger: &SqliteLedger, envelope: &Envelope) -> Result<(), StoreError> {
        if self.identities.at(&envelope.id()).is_some() {
            return Ok(());
        }
        if let Ok(id) = self.identities.admit(envelope)
            && let Some(identity) = self.identities.at(&id)
        {
            let party = identity.party.clone();
            files::store_identities(ledger, &self.identities, &party)?;
        }
        Ok(())
    }

    /// Verifies, stores and folds acts; nothing is kept when one of them is not in order.
    fn take(
        &mut self,
        ledger: &SqliteLedger,
        party: &PartyId,
        acts: &[String],
    ) -> Result<Received, ReceiveError> {
        let mut received = Received::default();
        let mut fresh: BTreeMap<ActId, Verified> = BTreeMap::new();
        let mut batch = Vec::new();
        for text in acts {
            let envelope = Envelope::read(text.as_bytes()).map_err(|error| ReceiveError::Act {
                id: ActId(Digest::of(text.as_bytes())),
                error: error.into(),
            })?;
            let id = envelope.id();
            if fresh.contains_key(&id) || self.holds(ledger, &id)? {
                received.known += 1;
                continue;
            }
            let act = verify(&envelope, &self.identities)
                .map_err(|error| ReceiveError::Act { id, error })?;
            self.check_place(ledger, &act, &fresh, party)?;
            batch.push(StoredAct {
                id: id.0,
                matter: act.matter().0,
                bytes: text.clone().into_bytes(),
            });
            fresh.insert(id, act);
        }
        self.commit(ledger, batch, fresh)?;
        received.new = acts.len() - received.known;
        Ok(received)
    }

    fn holds(&self, ledger: &SqliteLedger, id: &ActId) -> Result<bool, StoreError> {
        Ok(!ledger.get(&[id.0])?.is_empty())
    }

    /// Whether an act may stand here: its matter is shared with us and its past is here.
    fn check_place(
        &self,
        ledger: &SqliteLedger,
        act: &Verified,
        fresh: &BTreeMap<ActId, Verified>,
        party: &PartyId,
    ) -> Result<(), ReceiveError> {
        let id = act.id();
        let not_shared = || ReceiveError::NotShared { id, party: party.clone() };
        let opening = if act.payload().matter.is_none() { Some(act) } else { None };
        let opening = opening.or_else(|| fresh.get(&act.matter()));
        let shared = match opening {
            Some(opening) => {
                let body = opening.payload().body.clone();
                let genesis: OpenMatter = serde_json::from_value(body).map_err(|_| not_shared())?;
                self.terms_of(opening)?;
                genesis.audience.contains(party)
            }
            None => self.matters.get(&act.matter()).is_some_and(|m| m.is_shared_with(party)),
        };
        if !shared {
            return Err(not_shared());
        }
        for parent in &act.payload().parents {
            if !fresh.contains_key(parent) && !self.holds(ledger, parent)? {
                return Err(ReceiveError::OutOfOrder { id, missing: *parent });
            }
        }
        Ok(())
    }

    /// Stores a batch, then folds the matters it touches.
    fn commit(
        &mut self,
        ledger: &SqliteLedger,
        batch: Vec<StoredAct>,
        mut fresh: BTreeMap<ActId, Verified>,
    ) -> Result<(), ReceiveError> {
        if batch.is_empty() {
            return Ok(());
        }
        ledger.append(&batch)?;
        let mut touched = std::collections::BTreeSet::new();
        for stored in &batch {
            self.register.append(&stored.bytes);
            if let Some(act) = fresh.remove(&ActId(stored.id)) {
                touched.insert(act.matter());
                self.place(act)?;
            }
        }
        for matter in touched {
            if let Some(matter) = self.matters.get_mut(&matter) {
                matter.folded = fold(&matter.terms, &matter.acts);
            }
        }
        Ok(())
    }

    fn digests(&self, reader: &PartyId) -> Vec<MatterDigest> {
        self.matters
            .iter()
            .filter(|(_, matter)| matter.is_shared_with(reader))
            .map(|(id, matter)| MatterDigest {
                matter: *id,
                frontier: matter.folded.frontier_digest(),
                state: matter.folded.digest(),
                acts: matter.folded.order.len().try_into().unwrap_or(u64::MAX),
            })
            .collect()
    }

    /// The author of a stored act when `reader` may have it in this scope.
    fn visible(
        &self,
        stored: &StoredAct,
        reader: &PartyId,
        scope: FeedScope,
        own: &PartyId,
    ) -> Option<PartyId> {
        let matter = self.matters.get(&ActId(stored.matter))?;
        if !matter.is_shared_with(reader) {
            return None;
        }
        let envelope = Envelope::read(&stored.bytes).ok()?;
        let author = pumasi_act::verify::read_payload(&envelope).ok()?.log.party;
        (scope == FeedScope::All || author == *own).then_some(author)
    }

    fn frozen_texts(&self, matter: &ActId) -> Vec<String> {
        self.matters.get(matter).map_or_else(Vec::new, |matter| {
            matter.terms.agreements().iter().map(|a| a.text().to_owned()).collect()
        })
    }
}

/// Says whether an attempt and a refusal cite a clause.
#[must_use]
pub fn cites(refusal: &Refusal, clause: &ClauseCited) -> bool {
    refusal.clauses().contains(clause)
}

/// The time an act may claim: the clock's, or in an exercise the time it is given.
#[must_use]
pub fn claimed(status: Status, told: Option<Time>, now: Time) -> Time {
    match status {
        Status::Actual => now,
        Status::Exercise | Status::Test => told.unwrap_or(now),
    }
}
