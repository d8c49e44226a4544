//! One party's node: what it holds, what it takes and what it says.
//!
//! [`Service`] is the same for every caller: the desk (officers at this node), neighbours over
//! sync, and bundles on a stick. Time comes in as an argument. Acts are folded by matter; an act
//! is acknowledged only once the ledger has it on disk.

pub mod author;
mod fault;
mod feed;
pub mod files;
pub mod init;
mod inner;
mod life;
mod relief;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use pumasi_act::{ActId, Envelope, Identities, IdentityError};
use pumasi_base::{Digest, PartyId, Status, Time};
use pumasi_view::{Attempt, Held, Lexicon};

use crate::keys::Keys;
use crate::library::Library;
use crate::store::{Ledger, SqliteLedger, StoreError};

use inner::{Inner, Matter};

pub use author::{AuthorError, NewAct, NewMatter};
pub use fault::{ReceiveError, ServiceError};
pub use feed::{
    FEED_ACTS_MAX, FEED_BYTES_MAX, FeedPage, FeedScope, MatterDigest, Parcel, Received,
};
pub use life::{InUse, StepError, Stepped};
pub use relief::{AlertAnswer, PlanAnswer, PlanForm, Relay, ReliefError};

/// One party's node.
pub struct Service {
    party: PartyId,
    incarnation: u32,
    epoch: String,
    folder: PathBuf,
    keys: Keys,
    ledger: Box<dyn Ledger>,
    inner: Mutex<Inner>,
}

impl Service {
    /// Opens the node in `folder` and folds everything it holds.
    ///
    /// # Errors
    /// When there is no node, another process holds it, or what it holds does not verify.
    pub fn open(folder: &Path, library: Library) -> Result<Self, ServiceError> {
        let config = files::NodeFile::read(folder)?;
        let ledger: Box<dyn Ledger> = Box::new(SqliteLedger::open(folder)?);
        let keys = Keys::read(folder)?;
        let mut library = library;
        let identities = files::load_identities(ledger.as_ref())?;
        let lexicon =
            Arc::new(Lexicon::new(&library.catalog, library.agreements().values().cloned()));
        files::load_agreements(ledger.as_ref(), &mut library)?;
        let attempts = files::load_attempts(ledger.as_ref())?;
        let mut inner = Inner::new(library, lexicon, identities, attempts);
        inner.catch_up(ledger.as_ref())?;
        let incarnation = inner
            .identities
            .of(&config.party)
            .and_then(|identity| identity.nodes.get(&author::key_id(&keys.node)))
            .map(|node| node.incarnation)
            .ok_or_else(|| ServiceError::NoIdentity(config.party.clone()))?;
        let epoch = files::epoch(ledger.as_ref())?;
        let inner = Mutex::new(inner);
        let folder = folder.to_owned();
        Ok(Self { party: config.party, incarnation, epoch, folder, keys, ledger, inner })
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
    pub fn ledger(&self) -> &dyn Ledger {
        self.ledger.as_ref()
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
        files::store_identities(self.ledger(), &identities, &party)?;
        inner.identities = identities;
        Ok(party)
    }

    /// Takes acts from a neighbour, a bundle or this node itself: all of a parcel or nothing.
    ///
    /// What it says of identities is kept even then: each entry of one stands for itself.
    ///
    /// # Errors
    /// When an act does not verify, is not shared with this party, or comes before its past.
    pub fn receive(&self, parcel: &Parcel) -> Result<Received, ReceiveError> {
        let mut inner = self.inner();
        inner.admit(self.ledger(), &parcel.identities)?;
        let offered = parcel
            .agreements
            .iter()
            .filter_map(|text| pumasi_agreement::read("parcel", text).ok())
            .map(|agreement| (agreement.digest(), agreement))
            .collect();
        inner.take(self.ledger(), &self.party, &offered, &parcel.acts)
    }

    /// Takes a parcel, or of one that is not in order whatever is: each matter on its own, all of
    /// its acts or none, so that trouble in one matter does not hold up the others.
    ///
    /// Gives what was taken, and why the rest was not.
    ///
    /// # Errors
    /// When this node itself failed.
    pub fn receive_by_matter(
        &self,
        parcel: &Parcel,
    ) -> Result<(Received, Vec<ReceiveError>), ReceiveError> {
        match self.receive(parcel) {
            Ok(received) => return Ok((received, Vec::new())),
            Err(error) if error.is_ours() => return Err(error),
            Err(_) => {}
        }
        let mut matters: BTreeMap<ActId, Vec<String>> = BTreeMap::new();
        for text in &parcel.acts {
            matters.entry(inner::matter_named_in(text)).or_default().push(text.clone());
        }
        let (mut all, mut refused) = (Received::default(), Vec::new());
        for acts in matters.into_values() {
            // Their identities were admitted above.
            let agreements = parcel.agreements.clone();
            match self.receive(&Parcel { identities: Vec::new(), agreements, acts }) {
                Ok(received) => {
                    all.new += received.new;
                    all.known += received.known;
                }
                Err(error) if error.is_ours() => return Err(error),
                Err(error) => refused.push(error),
            }
        }
        Ok((all, refused))
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
                let text = (agreement.id().clone(), agreement.text().to_owned());
                bundle.agreements.insert(agreement.digest(), text);
            }
        }
        for party in bundle.trusted.keys() {
            bundle.identities.extend(inner.identities.entries(party));
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
            agreements: bundle.agreements.values().map(|(_, text)| text.clone()).collect(),
            acts: bundle.acts.iter().map(Envelope::write).collect(),
        })
    }

    /// Whether the matter is actual, an exercise or a test.
    #[must_use]
    pub fn status_of(&self, matter: &ActId) -> Option<Status> {
        self.inner().matters.get(matter).map(Matter::status)
    }
}

/// The time an act may claim: the clock's, or in an exercise the time it is given.
#[must_use]
pub fn claimed(status: Status, told: Option<Time>, now: Time) -> Time {
    match status {
        Status::Actual => now,
        Status::Exercise | Status::Test => told.unwrap_or(now),
    }
}
