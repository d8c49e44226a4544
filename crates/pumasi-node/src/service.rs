//! One party's node: what it holds, what it takes and what it says.
//!
//! [`Service`] is the same for every caller: the desk (officers at this node), neighbours over
//! sync, and bundles on a stick. Time comes in as an argument. Acts are folded by matter; an act
//! is acknowledged only once the ledger has it on disk.

pub mod audit;
pub mod author;
pub mod carry;
pub mod divergence;
pub mod doctor;
mod fault;
mod feed;
pub mod files;
pub mod identity;
pub mod init;
mod inner;
mod intake;
mod life;
pub mod metrics;
pub mod personal;
pub mod register;
pub mod relay;
mod relief;
pub mod relocate;
pub mod tend;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ed25519_dalek::SigningKey;
use pumasi_act::{ActId, Envelope, Identities};
use pumasi_base::{Digest, OfficerId, PartyId, Status, Time};
use pumasi_sync::{Matter, Replica};
use pumasi_view::{Attempt, Held, Lexicon};

use crate::keys::Keys;
use crate::library::Library;
use crate::store::{Ledger, StoreError};

use inner::Inner;

pub use author::{AuthorError, NewAct, NewMatter};
pub use carry::CarryError;
pub use fault::{ReceiveError, ServiceError};
pub use identity::{IdentityChange, OwnEntryError};
pub use life::{InUse, StepError, Stepped};
pub use pumasi_sync::{
    FEED_ACTS_MAX, FEED_BYTES_MAX, FeedPage, FeedScope, MatterDigest, Parcel, Received, Standing,
    TakeError, Taken,
};
pub use relief::{
    AlertAnswer, ByReach, PlanAnswer, PlanForm, PlanTexts, Relay, ReliefError, SituationForm,
};

/// Keys of the officers who sign at this node; an entry of the identity log may bring others.
type OfficerKeys = Arc<BTreeMap<OfficerId, SigningKey>>;

/// One party's node.
pub struct Service {
    party: PartyId,
    epoch: Mutex<String>,
    folder: PathBuf,
    node_key: SigningKey,
    officers: Mutex<OfficerKeys>,
    ledger: Box<dyn Ledger>,
    inner: Mutex<Inner>,
    register: register::Register,
    divergences: divergence::Divergences,
    relay: relay::Relayed,
    studies: relief::Studies,
}

impl Service {
    /// Opens the node in `folder` and folds everything it holds.
    ///
    /// # Errors
    /// When there is no node, another process holds it, or what it holds does not verify.
    pub fn open(folder: &Path, library: Library) -> Result<Self, ServiceError> {
        let ledger = files::NodeFile::read(folder)?.place(folder)?.open_alone(folder)?;
        Self::open_on(folder, library, ledger)
    }

    /// Opens the node in `folder` on its ledger and folds everything that holds.
    ///
    /// # Errors
    /// When there is no node, or what it holds does not verify.
    pub fn open_on(
        folder: &Path,
        library: Library,
        ledger: Box<dyn Ledger>,
    ) -> Result<Self, ServiceError> {
        let config = files::NodeFile::read(folder)?;
        let keys = Keys::read(folder)?;
        let identities = files::load_identities(ledger.as_ref())?;
        let lexicon =
            Arc::new(Lexicon::new(&library.catalog, library.agreements().values().cloned()));
        let mut replica = Replica::new(config.party.clone(), identities);
        for agreement in files::load_agreements(ledger.as_ref())? {
            replica.keep(agreement);
        }
        let attempts = files::load_attempts(ledger.as_ref())?;
        let mut inner = Inner::new(library, lexicon, replica, attempts);
        inner.catch_up(ledger.as_ref())?;
        // A node whose key was revoked still opens: its officers must see why it falls silent.
        let Some(identity) = inner.replica.identities().of(&config.party) else {
            return Err(ServiceError::NoIdentity(config.party));
        };
        let node = identity.nodes.get(&author::key_id(&keys.node));
        let incarnation = node.map_or(0, |node| node.incarnation);
        let epoch = Mutex::new(files::epoch(ledger.as_ref())?);
        inner.recovery = tend::load(ledger.as_ref())?;
        let held = (&inner.register, inner.replica.identities());
        let (party, key) = (config.party, &keys.node);
        let register =
            register::Register::open(&party, incarnation, key, folder, ledger.as_ref(), held)?;
        let inner = Mutex::new(inner);
        let folder = folder.to_owned();
        let (node_key, officers) = (keys.node, Mutex::new(Arc::new(keys.officers)));
        let divergences = divergence::Divergences::default();
        let relay = relay::Relayed::default();
        Ok(Self {
            party,
            epoch,
            folder,
            node_key,
            officers,
            ledger,
            inner,
            register,
            divergences,
            relay,
            studies: relief::Studies::default(),
        })
    }

    /// The name of the ledger its feed speaks of.
    fn epoch(&self) -> String {
        self.epoch.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn rename_epoch(&self, epoch: String) {
        *self.epoch.lock().unwrap_or_else(PoisonError::into_inner) = epoch;
    }

    /// Whose node this is.
    #[must_use]
    pub const fn party(&self) -> &PartyId {
        &self.party
    }

    /// The key the node signs with and names itself by in TLS.
    #[must_use]
    pub const fn node_key(&self) -> &SigningKey {
        &self.node_key
    }

    fn officer_keys(&self) -> OfficerKeys {
        Arc::clone(&self.officers.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn replace_officers(&self, officers: BTreeMap<OfficerId, SigningKey>) {
        *self.officers.lock().unwrap_or_else(PoisonError::into_inner) = Arc::new(officers);
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
        read(self.inner().replica.identities())
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
        let matters = inner.replica.matters().values();
        let held: Vec<Held<'_>> =
            matters.map(|matter| Held { folded: matter.folded(), acts: matter.acts() }).collect();
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
        let (party, admission) = inner.replica.trust(envelopes)?;
        inner.know(self.ledger(), admission)?;
        Ok(party)
    }

    /// Whether the text of an agreement with this digest is known here.
    #[must_use]
    pub fn knows_text(&self, digest: &Digest) -> bool {
        self.inner().replica.text(digest).is_some()
    }

    /// Takes acts from a neighbour, a bundle or this node itself: all of a parcel or nothing.
    ///
    /// What it says of identities is kept even then: each entry of one stands for itself.
    ///
    /// # Errors
    /// When an act does not verify, is not shared with this party, or comes before its past.
    pub fn receive(&self, parcel: &Parcel) -> Result<Received, ReceiveError> {
        let arrivals = self.arrivals(parcel)?;
        let mut inner = self.inner();
        let batch = inner.check(self.ledger(), parcel, &arrivals)?.whole()?;
        self.notice_return(&mut inner, &batch)?;
        let beside = inner.replica.check_personal(&batch, &parcel.personal);
        let received = inner.commit(self.ledger(), batch, beside.texts)?;
        Ok(Received { personal_refused: beside.refused.len(), ..received })
    }

    /// Takes of a parcel whatever is in order, so that trouble with one act holds up nothing that
    /// does not rest on it.
    ///
    /// # Errors
    /// When this node itself failed.
    pub fn receive_in_order(&self, parcel: &Parcel) -> Result<Taken, ReceiveError> {
        let arrivals = self.arrivals(parcel)?;
        let mut inner = self.inner();
        let checked = inner.check(self.ledger(), parcel, &arrivals)?;
        self.notice_return(&mut inner, &checked.batch)?;
        let beside = inner.replica.check_personal(&checked.batch, &parcel.personal);
        let taking = inner.begin_to_commit(self.ledger(), checked.batch, beside.texts)?;
        drop(inner);
        let received = self.landed(taking)?;
        let received = Received { personal_refused: beside.refused.len(), ..received };
        let (mut refused, waiting, missing) = (checked.refused, checked.waiting, checked.missing);
        refused.extend(beside.refused);
        // Of an act that waits nobody knows yet whether they are what it commits to.
        let personal = if waiting.is_empty() { BTreeMap::new() } else { beside.stray };
        Ok(Taken { received, refused, waiting, missing, personal })
    }

    /// Writes everything this node holds of `matters` (all when empty) as a bundle.
    ///
    /// # Errors
    /// When the ledger fails.
    pub fn export(&self, matters: &[ActId]) -> Result<pumasi_act::Bundle, StoreError> {
        // What left this node and was then lost here would be written a second time.
        self.settle()?;
        let inner = self.inner();
        let mut bundle = pumasi_act::Bundle {
            exported_by: Some(self.party.clone()),
            ..pumasi_act::Bundle::default()
        };
        let wanted = |id: &ActId| matters.is_empty() || matters.contains(id);
        for (_, matter) in inner.replica.matters().iter().filter(|(id, _)| wanted(id)) {
            for act in matter.acts() {
                let identity = act.identity();
                bundle.trusted.insert(identity.party.clone(), identity.founded);
                bundle.acts.push(act.envelope().clone());
            }
            for agreement in matter.terms().agreements() {
                let text = (agreement.id().clone(), agreement.text().to_owned());
                bundle.agreements.insert(agreement.digest(), text);
            }
        }
        let ids = bundle.acts.iter().filter_map(|act| inner.replica.personal_of(&act.id()));
        bundle.personal = personal::beside(self.ledger(), &ids.collect::<Vec<_>>())?;
        for party in bundle.trusted.keys() {
            bundle.identities.extend(inner.replica.identities().entries(party));
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
            personal: bundle.personal.clone(),
        })
    }

    /// Whether the matter is actual, an exercise or a test.
    #[must_use]
    pub fn status_of(&self, matter: &ActId) -> Option<Status> {
        self.inner().replica.matter(matter).map(Matter::status)
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
