//! Personal data beside acts: what a node takes of them, tells whom, and no longer keeps.
//!
//! They are stored apart from acts, by their commitment, and go along with an act to whoever may
//! have it. What its party retracted is neither told nor taken again, whoever brings it.

use std::collections::BTreeMap;

use pumasi_act::{ActId, Personal};
use pumasi_base::{Digest, PartyId};

use crate::fault::TakeError;
use crate::replica::{Batch, CheckedAct, Place, Replica};

/// Personal data that stand beside an act chosen for a reader, to be read where they are here.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Beside {
    /// What they hash to.
    pub commitment: Digest,
    /// The matter of the act.
    pub matter: ActId,
    /// Who wrote it.
    pub party: PartyId,
}

/// Personal data that are what an act commits to, to be stored with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonalText {
    /// The commitment: SHA-256 of the bytes.
    pub commitment: Digest,
    /// The bytes to store.
    pub bytes: Vec<u8>,
}

/// What may be stored of personal data that came along, and what not.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CheckedPersonal {
    /// What may be stored.
    pub texts: Vec<PersonalText>,
    /// Why others may not be; their acts stand without them.
    pub refused: Vec<TakeError>,
    /// Those whose acts are not here, nor in the batch.
    pub stray: BTreeMap<Digest, Personal>,
}

impl Replica {
    /// Checks personal data that came along against the acts of a batch and those held here. What
    /// was retracted is passed over: whoever sent it may not know yet.
    #[must_use]
    pub fn check_personal(
        &self,
        batch: &Batch,
        given: &BTreeMap<Digest, Personal>,
    ) -> CheckedPersonal {
        let mut checked = CheckedPersonal::default();
        for (commitment, personal) in given {
            let carriers = self.carriers(batch, commitment);
            let Some((first, _)) = carriers.first() else {
                checked.stray.insert(*commitment, personal.clone());
                continue;
            };
            // Others may name a commitment that is not theirs; it fits the acts of one party.
            let fits = |(_, at): &(ActId, Beside)| {
                let bytes = personal.committed(commitment, &at.matter, &at.party);
                bytes.map(|bytes| (self.is_told(at), bytes))
            };
            let best = carriers.iter().map(fits).reduce(|a, b| if a.is_ok() { a } else { b });
            match best {
                Some(Ok((true, bytes))) => {
                    checked.texts.push(PersonalText { commitment: *commitment, bytes });
                }
                Some(Err(fault)) => {
                    checked.refused.push(TakeError::Personal { id: *first, fault });
                }
                Some(Ok((false, _))) | None => {}
            }
        }
        checked
    }

    /// The acts that carry a commitment, here and in a batch.
    fn carriers(&self, batch: &Batch, commitment: &Digest) -> Vec<(ActId, Beside)> {
        let fresh = batch.acts().iter().map(CheckedAct::act);
        let fresh = fresh.filter(|act| act.payload().personal == Some(*commitment)).map(|act| {
            let (matter, party) = (act.matter(), act.party().clone());
            (act.id(), Beside { commitment: *commitment, matter, party })
        });
        let held = self.carriers.get(commitment).into_iter().flatten();
        let held = held.filter_map(|id| Some((*id, self.place_of(id)?.beside()?)));
        fresh.chain(held).collect()
    }

    /// Whether personal data are told and taken: not once their party retracted them.
    fn is_told(&self, at: &Beside) -> bool {
        let state = self.matter(&at.matter).and_then(|matter| matter.state());
        !state.is_some_and(|state| state.is_retracted(&at.party, &at.commitment))
    }

    /// The personal data of a matter that were retracted.
    ///
    /// Erase what is stored under a commitment only if [`Beside::read`] reads it: a commitment is
    /// any digest, also one of something else or of what another party wrote.
    pub fn retracted(&self, matter: &ActId) -> impl Iterator<Item = Beside> {
        let id = *matter;
        let state = self.matter(matter).and_then(|matter| matter.state());
        let personal = state.into_iter().flat_map(|state| state.personal.values());
        personal.filter(|data| data.retracted.is_some()).map(move |data| Beside {
            commitment: data.commitment,
            matter: id,
            party: data.party.clone(),
        })
    }

    /// The personal data that go along with an act wherever it goes; none once they are retracted.
    #[must_use]
    pub fn personal_of(&self, act: &ActId) -> Option<Beside> {
        self.beside(self.place_of(act)?)
    }

    /// The same of a place.
    pub(crate) fn beside(&self, place: &Place) -> Option<Beside> {
        place.beside().filter(|at| self.is_told(at))
    }
}

impl Place {
    /// The personal data beside the act, retracted or not.
    fn beside(&self) -> Option<Beside> {
        let (matter, party) = (self.matter, self.author.clone());
        self.personal.map(|commitment| Beside { commitment, matter, party })
    }
}

impl Beside {
    /// Reads what is stored under the commitment; nothing when it is something else that an act
    /// happens to name.
    #[must_use]
    pub fn read(&self, bytes: &[u8]) -> Option<Personal> {
        Personal::read(bytes, &self.matter, &self.party)
    }
}
