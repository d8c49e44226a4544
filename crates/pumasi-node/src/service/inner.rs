//! What a node holds in memory: all of it can be rebuilt from the ledger.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use pumasi_act::kinds::open_matter::OpenMatter;
use pumasi_act::{ActId, Envelope, Folded, Identities, State, Terms, Verified, fold, verify};
use pumasi_agreement::Agreement;
use pumasi_base::{AgreementId, Digest, PartyId, Status};
use pumasi_log::Tree;
use pumasi_view::{Attempt, Lexicon};

use super::files;
use super::{FEED_ACTS_MAX, FeedScope, MatterDigest, ReceiveError, Received};
use crate::library::Library;
use crate::store::{Ledger, StoreError, StoredAct};

/// What can be rebuilt from the ledger.
pub(super) struct Inner {
    pub(super) library: Library,
    pub(super) lexicon: Arc<Lexicon>,
    pub(super) identities: Identities,
    pub(super) matters: BTreeMap<ActId, Matter>,
    pub(super) register: Tree,
    pub(super) attempts: Vec<Attempt>,
    // INVARIANT: names exactly the acts the register holds.
    places: BTreeMap<ActId, Place>,
}

/// Where an act held here belongs.
struct Place {
    matter: ActId,
    author: PartyId,
}

/// A matter as this node holds it.
pub(super) struct Matter {
    pub(super) terms: Terms,
    pub(super) acts: Vec<Verified>,
    pub(super) folded: Folded,
    digest: MatterDigest,
}

impl Matter {
    fn opened(id: ActId, terms: Terms) -> Self {
        let folded = fold(&terms, &[]);
        let digest = digest(id, &folded);
        Self { terms, acts: Vec::new(), folded, digest }
    }

    fn fold(&mut self) {
        self.folded = fold(&self.terms, &self.acts);
        self.digest = digest(self.digest.matter, &self.folded);
    }

    fn state(&self) -> Option<&State> {
        self.folded.state.as_ref()
    }

    fn is_shared_with(&self, party: &PartyId) -> bool {
        self.state().is_some_and(|state| state.genesis.audience.contains(party))
    }

    pub(super) fn status(&self) -> Status {
        self.state().map_or(Status::Actual, |state| state.genesis.status)
    }
}

/// Hashing a state takes time, so it is done once for each fold.
fn digest(matter: ActId, folded: &Folded) -> MatterDigest {
    MatterDigest {
        matter,
        frontier: folded.frontier_digest(),
        state: folded.digest(),
        acts: folded.order.len().try_into().unwrap_or(u64::MAX),
    }
}

/// Acts that passed every check and wait to be stored.
#[derive(Default)]
struct Batch {
    stored: Vec<StoredAct>,
    acts: Vec<Verified>,
    matters: BTreeMap<ActId, ActId>,
    opened: BTreeMap<ActId, Terms>,
}

/// Agreements that came with a parcel, by the digest of their text.
pub(super) type Offered = BTreeMap<Digest, Agreement>;

impl Inner {
    /// Holds nothing yet.
    pub(super) fn new(
        library: Library,
        lexicon: Arc<Lexicon>,
        identities: Identities,
        attempts: Vec<Attempt>,
    ) -> Self {
        Self {
            library,
            lexicon,
            identities,
            matters: BTreeMap::new(),
            register: Tree::new(),
            attempts,
            places: BTreeMap::new(),
        }
    }

    /// The position of the last act taken in.
    pub(super) fn head(&self) -> u64 {
        self.register.size()
    }

    /// Takes in what the ledger holds beyond what is here: everything at first, and later an act
    /// whose writing seemed to fail although it reached the disk.
    ///
    /// # Errors
    /// `Store` or `Damaged`.
    pub(super) fn catch_up(&mut self, ledger: &dyn Ledger) -> Result<(), ReceiveError> {
        if ledger.head()? == self.head() {
            return Ok(());
        }
        let mut touched = BTreeSet::new();
        let read = self.read_on(ledger, &mut touched);
        self.fold(&touched);
        read
    }

    fn read_on(
        &mut self,
        ledger: &dyn Ledger,
        touched: &mut BTreeSet<ActId>,
    ) -> Result<(), ReceiveError> {
        loop {
            let page = ledger.scan(self.head(), FEED_ACTS_MAX)?;
            if page.acts.is_empty() {
                return Ok(());
            }
            for (position, stored) in page.acts {
                let damaged = |what: String| ReceiveError::Damaged { position, what };
                let envelope =
                    Envelope::read(&stored.bytes).map_err(|error| damaged(error.to_string()))?;
                let act = verify(&envelope, &self.identities)
                    .map_err(|error| damaged(error.to_string()))?;
                let terms = if self.matters.contains_key(&act.matter()) {
                    None
                } else {
                    let terms = self.terms_of(&act, &Offered::new());
                    Some(terms.map_err(|error| damaged(error.to_string()))?)
                };
                touched.insert(act.matter());
                self.place(&stored.bytes, act, terms);
            }
        }
    }

    /// Puts a stored act where it belongs; folding is the caller's.
    fn place(&mut self, bytes: &[u8], act: Verified, terms: Option<Terms>) {
        let matter = act.matter();
        self.register.append(bytes);
        self.places.insert(act.id(), Place { matter, author: act.party().clone() });
        if let Some(terms) = terms {
            self.matters.entry(matter).or_insert_with(|| Matter::opened(matter, terms));
        }
        if let Some(held) = self.matters.get_mut(&matter) {
            held.acts.push(act);
        }
    }

    fn fold(&mut self, touched: &BTreeSet<ActId>) {
        for matter in touched {
            if let Some(matter) = self.matters.get_mut(matter) {
                matter.fold();
            }
        }
        self.refresh_words();
    }

    /// Takes up the texts of agreements that were proposed or changed.
    fn refresh_words(&mut self) {
        let Some(now) = self.latest_of_lives() else { return };
        let texts = self.texts(now);
        let digests = |texts: &BTreeMap<AgreementId, Agreement>| -> Vec<Digest> {
            texts.values().map(Agreement::digest).collect()
        };
        if digests(&texts) != digests(self.lexicon.agreements()) {
            self.lexicon = Arc::new(Lexicon::new(&self.library.catalog, texts.into_values()));
        }
    }

    /// The agreements an opening act froze.
    fn terms_of(&self, opening: &Verified, offered: &Offered) -> Result<Terms, ReceiveError> {
        let matter = opening.id();
        let body = opening.payload().body.clone();
        let frozen = serde_json::from_value::<OpenMatter>(body)
            .map(|genesis| genesis.agreements)
            .unwrap_or_default();
        let agreements = frozen
            .into_iter()
            .map(|(agreement, digest)| {
                let known = self.library.by_digest(&digest).or_else(|| offered.get(&digest));
                known.cloned().ok_or(ReceiveError::AgreementUnknown { matter, agreement, digest })
            })
            .collect::<Result<Vec<_>, _>>()?;
        Terms::compile(agreements)
            .map_err(|e| ReceiveError::AgreementsClash { matter, what: e.to_string() })
    }

    /// Admits entries of identity logs and keeps them.
    ///
    /// Entries of parties that are not trusted here, or that do not hold, are passed over: they
    /// are no fault of whoever sent them along, and acts that need them will be refused.
    pub(super) fn admit(
        &mut self,
        ledger: &dyn Ledger,
        entries: &[String],
    ) -> Result<(), StoreError> {
        let fresh: Vec<Envelope> = entries
            .iter()
            .filter_map(|entry| Envelope::read(entry.as_bytes()).ok())
            .filter(|envelope| self.identities.at(&envelope.id()).is_none())
            .collect();
        if fresh.is_empty() {
            return Ok(());
        }
        let mut identities = self.identities.clone();
        let mut parties = BTreeSet::new();
        for envelope in fresh {
            if let Ok(id) = identities.admit(&envelope)
                && let Some(identity) = identities.at(&id)
            {
                parties.insert(identity.party.clone());
            }
        }
        for party in &parties {
            files::store_identities(ledger, &identities, party)?;
        }
        // Only what is on disk may let acts in: they could not be verified again without it.
        self.identities = identities;
        Ok(())
    }

    /// Verifies, stores and folds acts; nothing is kept when one of them is not in order.
    pub(super) fn take(
        &mut self,
        ledger: &dyn Ledger,
        party: &PartyId,
        offered: &Offered,
        acts: &[String],
    ) -> Result<Received, ReceiveError> {
        self.catch_up(ledger)?;
        let mut received = Received::default();
        let mut batch = Batch::default();
        for text in acts {
            let envelope = Envelope::read(text.as_bytes()).map_err(|error| ReceiveError::Act {
                id: ActId(Digest::of(text.as_bytes())),
                error: error.into(),
            })?;
            let id = envelope.id();
            if batch.matters.contains_key(&id) || self.places.contains_key(&id) {
                received.known += 1;
                continue;
            }
            let act = verify(&envelope, &self.identities)
                .map_err(|error| ReceiveError::Act { id, error })?;
            if act.payload().matter.is_none() {
                let terms = self.check_opening(&act, offered, party)?;
                batch.opened.insert(id, terms);
            }
            self.check_place(&act, &batch, party)?;
            let bytes = text.clone().into_bytes();
            batch.stored.push(StoredAct { id: id.0, matter: act.matter().0, bytes });
            batch.matters.insert(id, act.matter());
            batch.acts.push(act);
            received.new += 1;
        }
        self.commit(ledger, batch)?;
        Ok(received)
    }

    /// Whether an act may open a matter here, and under which terms.
    fn check_opening(
        &self,
        act: &Verified,
        offered: &Offered,
        party: &PartyId,
    ) -> Result<Terms, ReceiveError> {
        let id = act.id();
        let not_shared = || ReceiveError::NotShared { id, party: party.clone() };
        let body = act.payload().body.clone();
        let genesis: OpenMatter = serde_json::from_value(body).map_err(|_| not_shared())?;
        if !genesis.audience.contains(party) {
            return Err(not_shared());
        }
        let terms = self.terms_of(act, offered)?;
        // One that opens nothing would leave a matter that nobody shares. It is not kept, so that
        // software that knows its rules can still take it.
        if let Err(refusal) = pumasi_act::fold::opens(act) {
            return Err(ReceiveError::OpensNothing { id, refusal: Box::new(refusal) });
        }
        Ok(terms)
    }

    /// Whether an act may stand here: its matter is shared with us and its past in it is here.
    fn check_place(
        &self,
        act: &Verified,
        batch: &Batch,
        party: &PartyId,
    ) -> Result<(), ReceiveError> {
        let (id, matter) = (act.id(), act.matter());
        let shared = batch.opened.contains_key(&matter)
            || self.matters.get(&matter).is_some_and(|m| m.is_shared_with(party));
        if !shared {
            return Err(ReceiveError::NotShared { id, party: party.clone() });
        }
        for parent in &act.payload().parents {
            let here = self.places.get(parent).map(|place| place.matter);
            if here.or_else(|| batch.matters.get(parent).copied()) != Some(matter) {
                return Err(ReceiveError::OutOfOrder { id, missing: *parent });
            }
        }
        Ok(())
    }

    /// Stores a batch with the agreements it froze, then folds the matters it touches.
    fn commit(&mut self, ledger: &dyn Ledger, mut batch: Batch) -> Result<(), ReceiveError> {
        if batch.stored.is_empty() {
            return Ok(());
        }
        for agreement in batch.opened.values().flat_map(Terms::agreements) {
            files::store_agreement(ledger, agreement)?;
            self.library.keep(agreement.clone());
        }
        // INVARIANT: the caller has caught up and nobody else writes, so these acts come next.
        ledger.append(&batch.stored)?;
        let mut touched = BTreeSet::new();
        for (stored, act) in batch.stored.iter().zip(batch.acts) {
            touched.insert(act.matter());
            let terms = batch.opened.remove(&act.id());
            self.place(&stored.bytes, act, terms);
        }
        self.fold(&touched);
        Ok(())
    }

    pub(super) fn digests(&self, reader: &PartyId) -> Vec<MatterDigest> {
        let shared = self.matters.values().filter(|matter| matter.is_shared_with(reader));
        shared.map(|matter| matter.digest.clone()).collect()
    }

    /// The author of a stored act when `reader` may have it in this scope.
    pub(super) fn visible(
        &self,
        stored: &StoredAct,
        reader: &PartyId,
        scope: FeedScope,
        own: &PartyId,
    ) -> Option<&PartyId> {
        let place = self.places.get(&ActId(stored.id))?;
        if !self.matters.get(&place.matter)?.is_shared_with(reader) {
            return None;
        }
        (scope == FeedScope::All || place.author == *own).then_some(&place.author)
    }

    /// The agreements a matter froze.
    pub(super) fn frozen(&self, matter: &ActId) -> Vec<&Agreement> {
        self.matters
            .get(matter)
            .map_or_else(Vec::new, |matter| matter.terms.agreements().iter().collect())
    }
}

/// The matter an act says it belongs to, unverified; its own digest when it does not read.
pub(super) fn matter_named_in(text: &str) -> ActId {
    let Ok(envelope) = Envelope::read(text.as_bytes()) else {
        return ActId(Digest::of(text.as_bytes()));
    };
    let named = pumasi_act::verify::read_payload(&envelope).ok();
    named.and_then(|payload| payload.matter).unwrap_or_else(|| envelope.id())
}
