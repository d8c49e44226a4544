//! What a node holds in memory: all of it can be rebuilt from the ledger.

use std::collections::BTreeMap;
use std::sync::Arc;

use pumasi_agreement::Agreement;
use pumasi_base::{AgreementId, Digest};
use pumasi_log::Tree;
use pumasi_sync::{
    Admission, Arrival, Batch, Checked, Offered, Parcel, Received, Recovery, Replica,
};
use pumasi_view::{Attempt, Lexicon};

use super::tend::Unacknowledged;
use super::{ReceiveError, files, intake};
use crate::library::Library;
use crate::store::{Ledger, StoreError, StoredAct};

/// The most acts read at once while a node takes in what its ledger holds.
const CATCH_UP_ACTS_MAX: usize = 1024;

/// What can be rebuilt from the ledger: the replica, and beside it what only this node needs.
pub(super) struct Inner {
    pub(super) library: Library,
    pub(super) lexicon: Arc<Lexicon>,
    pub(super) attempts: Vec<Attempt>,
    // INVARIANT: the replica and the register hold the same acts, in the order of the ledger.
    pub(super) replica: Replica,
    pub(super) register: Tree,
    pub(super) recovery: Option<Recovery>,
    pub(super) unacknowledged: Unacknowledged,
}

impl Inner {
    /// Holds nothing yet.
    pub(super) fn new(
        library: Library,
        lexicon: Arc<Lexicon>,
        mut replica: Replica,
        attempts: Vec<Attempt>,
    ) -> Self {
        for agreement in library.agreements().values() {
            replica.keep(agreement.clone());
        }
        Self {
            library,
            lexicon,
            attempts,
            replica,
            register: Tree::new(),
            recovery: None,
            unacknowledged: Unacknowledged::new(),
        }
    }

    /// Takes in what the ledger holds beyond what is here: everything at first, and later an act
    /// whose writing seemed to fail although it reached the disk.
    ///
    /// # Errors
    /// `Store` or `Damaged`.
    pub(super) fn catch_up(&mut self, ledger: &dyn Ledger) -> Result<(), ReceiveError> {
        if ledger.head()? == self.replica.head() {
            return Ok(());
        }
        let read = self.read_on(ledger);
        self.refresh_words();
        read
    }

    fn read_on(&mut self, ledger: &dyn Ledger) -> Result<(), ReceiveError> {
        let identities = self.replica.identities_now();
        let mut restore = self.replica.restore();
        loop {
            let page = ledger.scan(restore.head(), CATCH_UP_ACTS_MAX)?;
            if page.acts.is_empty() {
                return Ok(());
            }
            let acts = page.acts.iter().map(|(_, stored)| stored.bytes.as_slice()).collect();
            let arrivals = intake::read_verified(acts, &identities);
            for ((position, _), arrival) in page.acts.iter().zip(&arrivals) {
                restore.push_arrival(arrival).map_err(|error| {
                    let (position, what) = (*position, error.to_string());
                    ReceiveError::Damaged { position, what }
                })?;
                self.register.append(arrival.bytes());
            }
        }
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

    /// Admits entries of identity logs and keeps them.
    pub(super) fn admit(
        &mut self,
        ledger: &dyn Ledger,
        entries: &[String],
    ) -> Result<(), StoreError> {
        match self.replica.admit(entries) {
            Some(admission) => self.know(ledger, admission),
            None => Ok(()),
        }
    }

    /// Keeps identities, and goes by them once they are on disk.
    pub(super) fn know(
        &mut self,
        ledger: &dyn Ledger,
        admission: Admission,
    ) -> Result<(), StoreError> {
        for party in admission.parties() {
            files::store_identities(ledger, admission.identities(), party)?;
        }
        self.replica.know(admission);
        Ok(())
    }

    /// Checks the acts of a parcel, whose identities are known, against everything the ledger holds.
    pub(super) fn check(
        &mut self,
        ledger: &dyn Ledger,
        parcel: &Parcel,
        arrivals: &[Arrival],
    ) -> Result<Checked, ReceiveError> {
        self.catch_up(ledger)?;
        Ok(self.replica.check_arrivals(arrivals, &self.replica.offered(parcel)))
    }

    /// Takes acts of this node itself, which come with the texts their matter is to freeze.
    pub(super) fn take(
        &mut self,
        ledger: &dyn Ledger,
        offered: &Offered,
        acts: &[String],
    ) -> Result<Received, ReceiveError> {
        self.catch_up(ledger)?;
        let batch = self.replica.check_acts(acts, offered).whole()?;
        self.commit(ledger, batch)
    }

    /// Stores a batch with the agreements it froze, then takes it in.
    pub(super) fn commit(
        &mut self,
        ledger: &dyn Ledger,
        batch: Batch,
    ) -> Result<Received, ReceiveError> {
        let received = batch.received();
        if received.new == 0 {
            return Ok(received);
        }
        for agreement in batch.agreements() {
            files::store_agreement(ledger, agreement)?;
        }
        let stored: Vec<StoredAct> = batch
            .acts()
            .iter()
            .map(|checked| StoredAct {
                id: checked.act().id().0,
                matter: checked.act().matter().0,
                bytes: checked.bytes().to_vec(),
            })
            .collect();
        // INVARIANT: the caller has caught up and nobody else writes, so these acts come next.
        ledger.append(&stored)?;
        for act in &stored {
            self.register.append(&act.bytes);
        }
        self.replica.apply(batch);
        self.refresh_words();
        Ok(received)
    }
}
