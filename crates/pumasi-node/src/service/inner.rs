//! What a node holds in memory: all of it can be rebuilt from the ledger.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use pumasi_act::{ActId, Personal};
use pumasi_agreement::Agreement;
use pumasi_base::{AgreementId, Digest};
use pumasi_log::Tree;
use pumasi_sync::{
    Admission, Arrival, Batch, Beside, Checked, Offered, Parcel, PersonalText, Received, Recovery,
    Replica,
};
use pumasi_view::{Attempt, Lexicon};

use super::tend::Unacknowledged;
use super::{ReceiveError, Service, files, intake, personal};
use crate::library::Library;
use crate::store::{Ledger, StoreError, StoredAct, Underway};

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
    /// Retracted personal data that may still be in the ledger, and those that are not any more.
    pub(super) to_erase: BTreeSet<Beside>,
    pub(super) erased: BTreeSet<Beside>,
    /// How often what was taken in had to be given up again.
    losses: u64,
    /// The last attempt to store acts failed.
    is_wary: bool,
}

/// Acts that are taken in, and on their way to the disk.
#[derive(Debug)]
#[must_use = "what is on its way may still be lost"]
pub(super) struct Taking {
    pub(super) received: Received,
    underway: Underway,
    /// How many losses there had been when they were taken in.
    losses: u64,
    /// Whether something is to be erased once they are on disk.
    erases: bool,
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
            to_erase: BTreeSet::new(),
            erased: BTreeSet::new(),
            losses: 0,
            is_wary: false,
        }
    }

    /// Takes in what the ledger holds beyond what is here: everything at first, and later an act
    /// whose writing seemed to fail although it reached the disk.
    ///
    /// # Errors
    /// `Store` or `Damaged`.
    pub(super) fn catch_up(&mut self, ledger: &dyn Ledger) -> Result<(), ReceiveError> {
        // What is here and not there is on its way.
        if ledger.head()? <= self.replica.head() {
            return Ok(());
        }
        let read = self.read_on(ledger);
        self.refresh_words();
        let matters: BTreeSet<ActId> = self.replica.matters().keys().copied().collect();
        self.note_retracted(&matters);
        read?;
        self.erase_now(ledger);
        Ok(())
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
        let batch = self.check_own(ledger, offered, acts)?;
        self.commit(ledger, batch, Vec::new())
    }

    /// As [`Inner::take`], with personal data beside the acts, without waiting for the disk.
    pub(super) fn begin_to_take(
        &mut self,
        ledger: &dyn Ledger,
        acts: &[String],
        beside: &BTreeMap<Digest, Personal>,
    ) -> Result<Taking, ReceiveError> {
        let batch = self.check_own(ledger, &Offered::new(), acts)?;
        let beside = self.replica.check_personal(&batch, beside);
        self.begin_to_commit(ledger, batch, beside.texts)
    }

    fn check_own(
        &mut self,
        ledger: &dyn Ledger,
        offered: &Offered,
        acts: &[String],
    ) -> Result<Batch, ReceiveError> {
        self.catch_up(ledger)?;
        Ok(self.replica.check_acts(acts, offered).whole()?)
    }

    /// Stores a batch with the agreements it froze and the personal data beside it, then takes it
    /// in.
    pub(super) fn commit(
        &mut self,
        ledger: &dyn Ledger,
        batch: Batch,
        beside: Vec<PersonalText>,
    ) -> Result<Received, ReceiveError> {
        let texts = personal::unknown(ledger, beside)?;
        let received = Received { personal: texts.len(), ..batch.received() };
        let stored = stored(&batch);
        self.hand_in(ledger, &batch, &stored, &texts)?.wait()?;
        self.is_wary = false;
        self.enter(batch, &stored);
        self.erase_now(ledger);
        Ok(received)
    }

    /// Hands a batch to the disk and takes it in, so that whoever comes next need not wait; tell
    /// [`Inner::lose`] when it does not land.
    ///
    /// Neighbours are told only what the ledger holds, and the ledger keeps the order in which it
    /// is handed acts: what builds on acts that do not land does not land either.
    pub(super) fn begin_to_commit(
        &mut self,
        ledger: &dyn Ledger,
        batch: Batch,
        beside: Vec<PersonalText>,
    ) -> Result<Taking, ReceiveError> {
        let losses = self.losses;
        // While the disk fails nothing is taken in before it is stored: giving up what was taken
        // in means to read everything again.
        if self.is_wary {
            let received = self.commit(ledger, batch, beside)?;
            let erases = !self.to_erase.is_empty();
            return Ok(Taking { received, underway: Underway::landed(), losses, erases });
        }
        let texts = personal::unknown(ledger, beside)?;
        let received = Received { personal: texts.len(), ..batch.received() };
        let stored = stored(&batch);
        let underway = self.hand_in(ledger, &batch, &stored, &texts)?;
        self.enter(batch, &stored);
        let erases = !self.to_erase.is_empty();
        Ok(Taking { received, underway, losses, erases })
    }

    /// Hands in acts that come next. Without any it waits for those on their way: some of what the
    /// batch brought may be among them.
    fn hand_in(
        &self,
        ledger: &dyn Ledger,
        batch: &Batch,
        stored: &[StoredAct],
        texts: &[Vec<u8>],
    ) -> Result<Underway, StoreError> {
        let is_nothing = stored.is_empty() && texts.is_empty();
        if is_nothing && !self.is_ahead_of(ledger) {
            return Ok(Underway::landed());
        }
        for agreement in batch.agreements() {
            files::store_agreement(ledger, agreement)?;
        }
        // INVARIANT: the caller has caught up and nobody else writes, so these acts come next.
        ledger.append_after(self.replica.head(), stored, texts)
    }

    /// Whether some of what is here is still on its way to the disk.
    pub(super) fn is_ahead_of(&self, ledger: &dyn Ledger) -> bool {
        *ledger.watch().borrow() < self.replica.head()
    }

    fn enter(&mut self, batch: Batch, stored: &[StoredAct]) {
        if stored.is_empty() {
            return;
        }
        for act in stored {
            self.register.append(&act.bytes);
        }
        let touched = self.replica.apply(batch);
        self.note_retracted(&touched);
        self.refresh_words();
    }

    /// Gives up what was taken in and did not land: everything is read from the ledger again.
    fn lose(&mut self, ledger: &dyn Ledger, losses: u64) {
        // Others that were to follow have found the same.
        if self.losses != losses {
            return;
        }
        self.losses += 1;
        self.is_wary = true;
        self.replica.forget_acts();
        self.register = Tree::new();
        self.to_erase.clear();
        if let Err(error) = self.catch_up(ledger) {
            tracing::error!(%error, "the ledger cannot be read; it is tried again");
        }
    }
}

fn stored(batch: &Batch) -> Vec<StoredAct> {
    let stored = batch.acts().iter().map(|checked| StoredAct {
        id: checked.act().id().0,
        matter: checked.act().matter().0,
        bytes: checked.bytes().to_vec(),
    });
    stored.collect()
}

impl Service {
    /// Waits until everything that is here is on disk.
    ///
    /// # Errors
    /// When some of it did not land.
    pub(super) fn settle(&self) -> Result<(), StoreError> {
        let inner = self.inner();
        let underway = inner.hand_in(self.ledger(), &Batch::default(), &[], &[])?;
        let (losses, erases) = (inner.losses, !inner.to_erase.is_empty());
        let taking = Taking { received: Received::default(), underway, losses, erases };
        drop(inner);
        self.landed(taking).map(drop)
    }

    /// Waits until what was taken in is on disk; the node is not locked meanwhile.
    ///
    /// # Errors
    /// When it did not land: it is then not here any more either.
    pub(super) fn landed(&self, taking: Taking) -> Result<Received, StoreError> {
        let landed = taking.underway.wait();
        if landed.is_err() {
            self.inner().lose(self.ledger(), taking.losses);
        } else if taking.erases {
            self.inner().erase_now(self.ledger());
        }
        landed.map(|()| taking.received)
    }
}
