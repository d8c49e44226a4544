//! What a node holds in memory, all of which can be rebuilt from its ledger.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use pumasi_act::kinds::open_matter::OpenMatter;
use pumasi_act::{
    ActId, Effect, Envelope, Identities, IdentityEntry, IdentityError, IdentityRule, Personal,
    Refusal, Terms, Verified, VerifyError, verify,
};
use pumasi_agreement::Agreement;
use pumasi_base::{Digest, PartyId};

use crate::arrival::Arrival;
use crate::fault::TakeError;
use crate::feed::{FeedScope, MatterDigest, Parcel, Standing};
use crate::matter::Matter;
use crate::urgency::{Urgency, urgency_of};

/// What a node holds: identities, matters, texts of agreements, and where each act lies.
///
/// What arrives is checked first ([`Replica::admit`], [`Replica::check`]), then stored by the
/// caller, then taken in ([`Replica::know`], [`Replica::apply`]).
#[derive(Debug, Clone)]
pub struct Replica {
    party: PartyId,
    identities: Arc<Identities>,
    texts: BTreeMap<Digest, Agreement>,
    matters: BTreeMap<ActId, Matter>,
    // INVARIANT: the act at index n lies at position n + 1 of the ledger.
    placed: Vec<Place>,
    // INVARIANT: names exactly the acts in `placed`, each with its position.
    positions: BTreeMap<ActId, u64>,
    /// The acts that carry each commitment to personal data.
    pub(crate) carriers: BTreeMap<Digest, Vec<ActId>>,
    /// The bulk that each urgent act takes along, by positions.
    carried: BTreeMap<u64, Vec<u64>>,
    #[cfg(feature = "testing")]
    without: Option<pumasi_act::Rule>,
}

/// Where an act belongs.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    pub(crate) id: ActId,
    pub(crate) matter: ActId,
    pub(crate) author: PartyId,
    /// The bytes it has in the ledger.
    pub(crate) bytes: usize,
    pub(crate) urgency: Urgency,
    /// What personal data beside it hash to.
    pub(crate) personal: Option<Digest>,
    /// The first urgent act that has this bulk in its past, once there is one.
    pub(crate) carried_by: Option<u64>,
    /// The positions of its parents.
    parents: Vec<u64>,
}

/// Agreements that came along, by the digest of their text.
pub type Offered = BTreeMap<Digest, Agreement>;

/// How many acts of a parcel were new.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Received {
    /// Acts that were new.
    pub new: usize,
    /// Acts that were here already.
    pub known: usize,
    /// Personal data that were new.
    pub personal: usize,
    /// Personal data that are not what their act commits to.
    pub personal_refused: usize,
}

/// What became of a parcel.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Taken {
    /// What was taken.
    pub received: Received,
    /// Why the rest was not: of each matter the first reason.
    pub refused: Vec<TakeError>,
    /// Acts whose past is not here.
    pub waiting: Vec<String>,
    /// What they wait for.
    pub missing: BTreeSet<ActId>,
    /// Personal data that came along for acts that are not here: those that wait may carry them.
    pub personal: BTreeMap<Digest, Personal>,
}

/// Acts that passed every check and wait to be stored.
#[derive(Debug, Clone, Default)]
pub struct Batch {
    acts: Vec<CheckedAct>,
    matter_of: BTreeMap<ActId, ActId>,
    opened: BTreeMap<ActId, Terms>,
    known: usize,
}

/// An act that passed every check, with the bytes to be stored.
#[derive(Debug, Clone)]
pub struct CheckedAct {
    act: Verified,
    bytes: Vec<u8>,
}

impl CheckedAct {
    /// The act.
    #[must_use]
    pub const fn act(&self) -> &Verified {
        &self.act
    }

    /// The bytes as they were received.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

impl Batch {
    /// The acts in the order in which they are to be stored, parents first.
    #[must_use]
    pub fn acts(&self) -> &[CheckedAct] {
        &self.acts
    }

    /// The texts that matters opened here freeze: to be stored before the acts.
    pub fn agreements(&self) -> impl Iterator<Item = &Agreement> {
        self.opened.values().flat_map(Terms::agreements)
    }

    /// How many of the acts looked at are new and how many were here.
    #[must_use]
    pub const fn received(&self) -> Received {
        Received { new: self.acts.len(), known: self.known, personal: 0, personal_refused: 0 }
    }
}

/// A parcel after its checks: each act stands by itself and on its past, so that trouble with one
/// holds up nothing that does not rest on it.
#[derive(Debug, Clone, Default)]
pub struct Checked {
    /// What may be stored and applied.
    pub batch: Batch,
    /// Why the rest may not: of each matter the first reason, in the order in which they were met.
    pub refused: Vec<TakeError>,
    /// Acts whose past is not here.
    pub waiting: Vec<String>,
    /// What they wait for.
    pub missing: BTreeSet<ActId>,
}

impl Checked {
    /// The batch, when nothing at all was wrong.
    ///
    /// # Errors
    /// The first thing that was.
    pub fn whole(self) -> Result<Batch, TakeError> {
        match self.refused.into_iter().next() {
            Some(error) => Err(error),
            None => Ok(self.batch),
        }
    }
}

/// Identity entries that hold and wait to be stored.
#[derive(Debug, Clone)]
pub struct Admission {
    identities: Identities,
    parties: BTreeSet<PartyId>,
}

impl Admission {
    /// The parties whose logs grew or came to be trusted.
    #[must_use]
    pub const fn parties(&self) -> &BTreeSet<PartyId> {
        &self.parties
    }

    /// All identities as they then stand: what to store are the entries of [`Admission::parties`].
    #[must_use]
    pub const fn identities(&self) -> &Identities {
        &self.identities
    }
}

/// Takes acts back from the ledger; what it took is folded when it is dropped.
#[derive(Debug)]
pub struct Restore<'a> {
    replica: &'a mut Replica,
    touched: BTreeSet<ActId>,
}

impl Restore<'_> {
    /// The position of the last act taken back.
    #[must_use]
    pub fn head(&self) -> u64 {
        self.replica.head()
    }

    /// Takes the next act of the ledger.
    ///
    /// # Errors
    /// When it does not verify any more, or its agreements are gone: the ledger is damaged.
    pub fn push(&mut self, bytes: &[u8]) -> Result<(), TakeError> {
        self.push_arrival(&Arrival::read(bytes))
    }

    /// Takes the next act of the ledger, which may have been verified before.
    ///
    /// # Errors
    /// As [`Restore::push`].
    pub fn push_arrival(&mut self, arrival: &Arrival) -> Result<(), TakeError> {
        let act = arrival.act(&self.replica.identities)?;
        let terms = if self.replica.matters.contains_key(&act.matter()) {
            None
        } else {
            Some(self.replica.terms_of(&act, &Offered::new())?)
        };
        self.touched.insert(act.matter());
        self.replica.place(act, arrival.bytes().len(), terms);
        Ok(())
    }
}

impl Drop for Restore<'_> {
    fn drop(&mut self) {
        self.replica.refold(&self.touched);
    }
}

impl Replica {
    /// Holds no acts yet.
    #[must_use]
    pub fn new(party: PartyId, identities: Identities) -> Self {
        Self {
            party,
            identities: Arc::new(identities),
            texts: BTreeMap::new(),
            matters: BTreeMap::new(),
            placed: Vec::new(),
            positions: BTreeMap::new(),
            carriers: BTreeMap::new(),
            carried: BTreeMap::new(),
            #[cfg(feature = "testing")]
            without: None,
        }
    }

    /// Leaves a rule of the fold out in every matter.
    #[cfg(feature = "testing")]
    #[must_use]
    pub fn without(self, rule: Option<pumasi_act::Rule>) -> Self {
        Self { without: rule, ..self }
    }

    /// Whose node this is.
    #[must_use]
    pub const fn party(&self) -> &PartyId {
        &self.party
    }

    /// The identities known here.
    #[must_use]
    pub fn identities(&self) -> &Identities {
        &self.identities
    }

    /// The identities known here now, to verify arrivals by while others use the replica.
    #[must_use]
    pub fn identities_now(&self) -> Arc<Identities> {
        Arc::clone(&self.identities)
    }

    /// The position of the last act taken in: how many there are.
    #[must_use]
    pub fn head(&self) -> u64 {
        self.placed.len().try_into().unwrap_or(u64::MAX)
    }

    /// Whether an act is here.
    #[must_use]
    pub fn holds(&self, act: &ActId) -> bool {
        self.positions.contains_key(act)
    }

    /// The matters held here.
    #[must_use]
    pub const fn matters(&self) -> &BTreeMap<ActId, Matter> {
        &self.matters
    }

    /// A matter held here.
    #[must_use]
    pub fn matter(&self, id: &ActId) -> Option<&Matter> {
        self.matters.get(id)
    }

    /// Knows the text of an agreement, so that matters may stand under it.
    pub fn keep(&mut self, agreement: Agreement) {
        self.texts.insert(agreement.digest(), agreement);
    }

    /// The agreement whose text has this digest.
    #[must_use]
    pub fn text(&self, digest: &Digest) -> Option<&Agreement> {
        self.texts.get(digest)
    }

    /// Begins to take back what the ledger holds after [`Replica::head`].
    pub const fn restore(&mut self) -> Restore<'_> {
        Restore { replica: self, touched: BTreeSet::new() }
    }

    /// Checks entries of identity logs; nothing when none of them is new here and holds.
    ///
    /// Entries of parties that are not trusted here, or that do not hold, are passed over: they
    /// are no fault of whoever sent them along, and acts that need them will be refused.
    #[must_use]
    pub fn admit(&self, entries: &[String]) -> Option<Admission> {
        let fresh: Vec<Envelope> = entries
            .iter()
            .filter_map(|entry| Envelope::read(entry.as_bytes()).ok())
            .filter(|envelope| self.identities.at(&envelope.id()).is_none())
            .collect();
        if fresh.is_empty() {
            return None;
        }
        let mut identities = Identities::clone(&self.identities);
        let mut parties = BTreeSet::new();
        for envelope in fresh {
            if let Ok(id) = identities.admit(&envelope)
                && let Some(identity) = identities.at(&id)
            {
                parties.insert(identity.party.clone());
            }
        }
        (!parties.is_empty()).then_some(Admission { identities, parties })
    }

    /// Checks the identity log of a party that is to be trusted, founding entry first.
    ///
    /// # Errors
    /// When the log does not hold together or another fingerprint is trusted already.
    pub fn trust(&self, log: &[Envelope]) -> Result<(PartyId, Admission), IdentityError> {
        let founding = log.first().ok_or(IdentityError::from(IdentityRule::LogMustNotBeEmpty))?;
        let party = serde_json::from_slice::<IdentityEntry>(founding.payload())
            .map_err(|error| IdentityError::Unreadable(error.to_string()))?
            .party;
        let mut identities = Identities::clone(&self.identities);
        identities.trust(party.clone(), founding.id())?;
        for envelope in log {
            identities.admit(envelope)?;
        }
        let parties = BTreeSet::from([party.clone()]);
        Ok((party, Admission { identities, parties }))
    }

    /// Goes by identities that have been stored: acts could not be verified again without them.
    pub fn know(&mut self, admission: Admission) {
        self.identities = Arc::new(admission.identities);
    }

    /// Checks an act's layout and signatures against the identities known here.
    ///
    /// # Errors
    /// What does not read or fit.
    pub fn verify(&self, envelope: &Envelope) -> Result<Verified, VerifyError> {
        verify(envelope, &self.identities)
    }

    /// Says what would become of an act here; nothing when its matter is not here.
    #[must_use]
    pub fn trial(&self, act: &Verified) -> Option<Result<Effect, Refusal>> {
        self.matters.get(&act.matter())?.trial(act)
    }

    /// Checks everything about the acts of a parcel; its identity entries are for
    /// [`Replica::admit`], and must have been stored and known before.
    #[must_use]
    pub fn check(&self, parcel: &Parcel) -> Checked {
        self.check_acts(&parcel.acts, &self.offered(parcel))
    }

    /// The texts of agreements in a parcel that are not here.
    #[must_use]
    pub fn offered(&self, parcel: &Parcel) -> Offered {
        let fresh = |text: &&String| !self.texts.contains_key(&Digest::of(text.as_bytes()));
        parcel
            .agreements
            .iter()
            .filter(fresh)
            .filter_map(|text| pumasi_agreement::read("parcel", text).ok())
            .map(|agreement| (agreement.digest(), agreement))
            .collect()
    }

    /// Checks everything about acts that come with these texts of agreements.
    #[must_use]
    pub fn check_acts(&self, acts: &[String], offered: &Offered) -> Checked {
        let arrivals: Vec<Arrival> = acts.iter().map(|act| Arrival::read(act.as_bytes())).collect();
        self.check_arrivals(&arrivals, offered)
    }

    /// Checks everything about acts that come with these texts of agreements; those whose
    /// signatures were not checked before are verified now, unless they are here already.
    #[must_use]
    pub fn check_arrivals(&self, arrivals: &[Arrival], offered: &Offered) -> Checked {
        let mut checked = Checked::default();
        let (mut troubled, mut waiting) = (BTreeSet::new(), BTreeSet::new());
        for arrival in arrivals {
            let Err(error) = self.check_act(arrival, offered, &mut checked.batch) else {
                continue;
            };
            let matter = arrival.matter();
            if let Some(missing) = self.missing_for(&error, matter) {
                checked.waiting.push(String::from_utf8_lossy(arrival.bytes()).into_owned());
                checked.missing.insert(missing);
                waiting.extend(arrival.id());
            }
            if troubled.insert(matter) {
                checked.refused.push(error);
            }
        }
        // What waits itself is on its way already.
        checked.missing.retain(|id| !waiting.contains(id));
        checked
    }

    /// The act that would have to come first for one that was refused.
    fn missing_for(&self, error: &TakeError, matter: ActId) -> Option<ActId> {
        match error {
            TakeError::OutOfOrder { missing, .. } => Some(*missing),
            TakeError::NotShared { id, .. } if *id != matter && !self.holds(&matter) => {
                Some(matter)
            }
            _ => None,
        }
    }

    /// Adds an act to the batch when it is in order; else says why it is not.
    fn check_act(
        &self,
        arrival: &Arrival,
        offered: &Offered,
        batch: &mut Batch,
    ) -> Result<(), TakeError> {
        let is_here = |id: &ActId| batch.matter_of.contains_key(id) || self.holds(id);
        if arrival.id().is_some_and(|id| is_here(&id)) {
            batch.known += 1;
            return Ok(());
        }
        let act = arrival.act(&self.identities)?;
        let (id, matter) = (act.id(), act.matter());
        let opens = act.payload().matter.is_none();
        let terms = if opens { Some(self.check_opening(&act, offered)?) } else { None };
        self.check_place(&act, batch, opens)?;
        batch.opened.extend(terms.map(|terms| (id, terms)));
        batch.matter_of.insert(id, matter);
        batch.acts.push(CheckedAct { act, bytes: arrival.bytes().to_vec() });
        Ok(())
    }

    /// Whether an act may open a matter here, and under which terms.
    fn check_opening(&self, act: &Verified, offered: &Offered) -> Result<Terms, TakeError> {
        let id = act.id();
        let not_shared = || TakeError::NotShared { id, party: self.party.clone() };
        let body = act.payload().body.clone();
        let genesis: OpenMatter = serde_json::from_value(body).map_err(|_| not_shared())?;
        if !genesis.audience.contains(&self.party) {
            return Err(not_shared());
        }
        let terms = self.terms_of(act, offered)?;
        // One that opens nothing would leave a matter that nobody shares. It is not kept, so that
        // software that knows its rules can still take it.
        if let Err(refusal) = pumasi_act::fold::opens(act) {
            return Err(TakeError::OpensNothing { id, refusal: Box::new(refusal) });
        }
        Ok(terms)
    }

    /// Whether an act may stand here: its matter is shared with us and its past in it is here.
    fn check_place(&self, act: &Verified, batch: &Batch, opens: bool) -> Result<(), TakeError> {
        let (id, matter) = (act.id(), act.matter());
        let shared = opens
            || batch.opened.contains_key(&matter)
            || self.matters.get(&matter).is_some_and(|m| m.is_shared_with(&self.party));
        if !shared {
            return Err(TakeError::NotShared { id, party: self.party.clone() });
        }
        for parent in &act.payload().parents {
            let here = self.place_of(parent).map(|place| place.matter);
            if here.or_else(|| batch.matter_of.get(parent).copied()) != Some(matter) {
                return Err(TakeError::OutOfOrder { id, missing: *parent });
            }
        }
        Ok(())
    }

    /// The agreements an opening act froze.
    fn terms_of(&self, opening: &Verified, offered: &Offered) -> Result<Terms, TakeError> {
        let matter = opening.id();
        let body = opening.payload().body.clone();
        let frozen = serde_json::from_value::<OpenMatter>(body)
            .map(|genesis| genesis.agreements)
            .unwrap_or_default();
        let agreements = frozen
            .into_iter()
            .map(|(agreement, digest)| {
                let known = self.texts.get(&digest).or_else(|| offered.get(&digest));
                known.cloned().ok_or(TakeError::AgreementUnknown { matter, agreement, digest })
            })
            .collect::<Result<Vec<_>, _>>()?;
        let terms = Terms::compile(agreements)
            .map_err(|e| TakeError::AgreementsClash { matter, what: e.to_string() })?;
        #[cfg(feature = "testing")]
        let terms = terms.without(self.without);
        Ok(terms)
    }

    /// Takes in a batch that the caller has stored, and gives the matters it touched.
    ///
    /// Its acts take the positions after [`Replica::head`], in the order of [`Batch::acts`].
    pub fn apply(&mut self, mut batch: Batch) -> BTreeSet<ActId> {
        let mut touched = BTreeSet::new();
        for CheckedAct { act, bytes } in batch.acts {
            if self.holds(&act.id()) {
                continue;
            }
            touched.insert(act.matter());
            let terms = batch.opened.remove(&act.id());
            for agreement in terms.iter().flat_map(Terms::agreements) {
                self.texts.insert(agreement.digest(), agreement.clone());
            }
            self.place(act, bytes.len(), terms);
        }
        self.refold(&touched);
        touched
    }

    /// Puts a stored act where it belongs; folding is the caller's.
    fn place(&mut self, act: Verified, bytes: usize, terms: Option<Terms>) {
        let (id, matter) = (act.id(), act.matter());
        let urgency = urgency_of(&act.payload().kind);
        let parents = act.payload().parents.iter().filter_map(|parent| self.position(parent));
        let parents = parents.collect();
        let author = act.party().clone();
        let personal = act.payload().personal;
        if let Some(commitment) = personal {
            self.carriers.entry(commitment).or_default().push(id);
        }
        let carried_by = None;
        self.placed.push(Place {
            id,
            matter,
            author,
            bytes,
            urgency,
            personal,
            carried_by,
            parents,
        });
        let position = self.head();
        self.positions.insert(id, position);
        if urgency == Urgency::Urgent {
            self.carry_past(position);
        }
        if let Some(terms) = terms {
            self.matters.entry(matter).or_insert_with(|| Matter::opened(matter, terms));
        }
        if let Some(held) = self.matters.get_mut(&matter) {
            held.push(act);
        }
    }

    /// Has an urgent act take along the bulk in its past that no earlier one takes along.
    fn carry_past(&mut self, urgent: u64) {
        let mut carried = Vec::new();
        let mut next = self.place_at(urgent).map(|place| place.parents.clone()).unwrap_or_default();
        while let Some(position) = next.pop() {
            let index = usize::try_from(position).unwrap_or(usize::MAX).wrapping_sub(1);
            let Some(place) = self.placed.get_mut(index) else { continue };
            // What lies behind an urgent act, or behind bulk already taken along, is so itself.
            if place.urgency == Urgency::Bulk && place.carried_by.is_none() {
                place.carried_by = Some(urgent);
                carried.push(position);
                next.extend(place.parents.iter().copied());
            }
        }
        if !carried.is_empty() {
            carried.sort_unstable();
            self.carried.insert(urgent, carried);
        }
    }

    /// The bulk an urgent act takes along, in order.
    pub(crate) fn carried_with(&self, urgent: u64) -> impl Iterator<Item = (u64, &Place)> {
        let positions = self.carried.get(&urgent).into_iter().flatten();
        positions.filter_map(|position| Some((*position, self.place_at(*position)?)))
    }

    pub(crate) fn position(&self, act: &ActId) -> Option<u64> {
        self.positions.get(act).copied()
    }

    pub(crate) fn place_at(&self, position: u64) -> Option<&Place> {
        let index = usize::try_from(position).ok()?.checked_sub(1)?;
        self.placed.get(index)
    }

    pub(crate) fn place_of(&self, act: &ActId) -> Option<&Place> {
        self.place_at(self.position(act)?)
    }

    fn refold(&mut self, touched: &BTreeSet<ActId>) {
        for matter in touched {
            if let Some(matter) = self.matters.get_mut(matter) {
                matter.refold();
            }
        }
    }

    /// Forgets all acts, and keeps identities and texts: the ledger does not hold what was taken
    /// in, and is read again.
    pub fn forget_acts(&mut self) {
        self.matters.clear();
        self.placed.clear();
        self.positions.clear();
        self.carriers.clear();
        self.carried.clear();
    }

    /// The acts after a position, each with its own position.
    pub(crate) fn placed_after(&self, after: u64) -> impl Iterator<Item = (u64, &Place)> {
        let skip = usize::try_from(after).unwrap_or(usize::MAX);
        (after.saturating_add(1)..).zip(self.placed.iter().skip(skip))
    }

    /// Whether `reader` may have an act.
    pub(crate) fn is_shared(&self, reader: &PartyId, place: &Place) -> bool {
        self.matters.get(&place.matter).is_some_and(|matter| matter.is_shared_with(reader))
    }

    pub(crate) fn is_in_scope(&self, scope: FeedScope, place: &Place) -> bool {
        scope == FeedScope::All || place.author == self.party
    }

    /// The matters shared with `reader`.
    pub fn shared_with<'a>(&'a self, reader: &'a PartyId) -> impl Iterator<Item = &'a Matter> {
        self.matters.values().filter(move |matter| matter.is_shared_with(reader))
    }

    /// How the matters shared with `reader` stand here.
    #[must_use]
    pub fn digests(&self, reader: &PartyId) -> Vec<MatterDigest> {
        self.shared_with(reader).map(Matter::digest).collect()
    }

    /// The matters that stand at `neighbour` otherwise than here, of those it lists.
    #[must_use]
    pub fn differing(&self, neighbour: &PartyId, there: &[MatterDigest]) -> BTreeSet<ActId> {
        let differs = |there: &&MatterDigest| {
            let here = self.matters.get(&there.matter).filter(|m| m.is_shared_with(neighbour));
            here.is_none_or(|here| here.frontier() != there.frontier)
        };
        there.iter().filter(differs).map(|there| there.matter).collect()
    }

    /// Whether shared matters stand at `neighbour` otherwise than here.
    #[must_use]
    pub fn differs(&self, neighbour: &PartyId, there: &Standing) -> bool {
        match there.summary {
            Some(summary) => summary != self.summary(neighbour),
            None => !self.differing(neighbour, &there.digests).is_empty(),
        }
    }
}
