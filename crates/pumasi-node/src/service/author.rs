//! What this node's own officers say: composed, tried, signed, stored.
//!
//! An act that the fold would refuse is not signed. The attempt is kept with its reason, so that
//! an after-action report can say what an agreement prevented.

use std::collections::{BTreeMap, BTreeSet};

use ed25519_dalek::SigningKey;
use pumasi_act::fold::opens;
use pumasi_act::kinds::open_matter::{CommodityTerms, OpenMatter};
use pumasi_act::payload::{ACT_TYPE, LogId, Payload};
use pumasi_act::{
    ActId, ClauseCited, Draft, Effect, Envelope, KeyId, KeyRecord, PersonalFault, RULES, Refusal,
    VerifyError, compose, open,
};
use pumasi_base::{AgreementId, Captions, OfficerId, PartyId, Status, Time};
use pumasi_sync::Offered;
use pumasi_view::Attempt;
use serde::{Deserialize, Serialize};

use super::inner::Inner;
use super::life::OpeningOfAgreement;
use super::{ReceiveError, Service, claimed, files, personal};
use crate::keys::KeysError;
use crate::store::StoreError;

/// What an officer wants to do.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewAct {
    /// The matter.
    pub matter: ActId,
    /// The kind.
    pub kind: String,
    /// What it carries.
    pub body: serde_json::Value,
    /// Who signs; their keys must be at this node.
    pub officers: BTreeSet<OfficerId>,
    /// The clause that permits it; found by the node when left out.
    #[serde(default)]
    pub clause: Option<ClauseCited>,
    /// The drill's time; in an actual matter the node's clock counts and this is ignored.
    #[serde(default)]
    pub time: Option<Time>,
    /// Personal data to stand beside it: a name and a telephone, at most 16 KiB.
    #[serde(default)]
    pub personal: Option<String>,
}

/// A matter to be opened.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewMatter {
    /// The case it belongs to.
    pub case: String,
    /// Its title.
    pub title: Captions,
    /// Actual, exercise or test.
    pub status: Status,
    /// Who shares it; this party is added.
    pub audience: BTreeSet<PartyId>,
    /// The agreements it stands under, from this node's library.
    pub agreements: BTreeSet<AgreementId>,
    /// When the event struck.
    #[serde(default)]
    pub origin: Option<Time>,
    /// Who signs.
    pub officers: BTreeSet<OfficerId>,
    /// The drill's time.
    #[serde(default)]
    pub time: Option<Time>,
}

/// Why an officer's act was not made.
#[derive(Debug, thiserror::Error)]
pub enum AuthorError {
    /// The matter is not here.
    #[error("matter {0} is not known here")]
    MatterUnknown(ActId),
    /// An officer's key is not at this node.
    #[error("officer `{0}` has no key at this node")]
    OfficerUnknown(OfficerId),
    /// An agreement is not in the library.
    #[error("agreement `{0}` is not in the library")]
    AgreementUnknown(AgreementId),
    /// The opener of the matter says that an agreement stands in force with a signature of ours
    /// that we do not find.
    #[error("our record does not bear out how `{0}` is said to stand")]
    ClaimUnconfirmed(AgreementId),
    /// The node comes back from a backup and writes nothing yet.
    #[error("this node was restored from a backup; {}", waiting(awaited))]
    Recovering {
        /// Neighbours that have not yet shown that they hold nothing this node has forgotten.
        awaited: BTreeSet<PartyId>,
    },
    /// The same acts give another state at neighbours: nothing is promised until they agree again.
    #[error("matter {matter} stands otherwise at {}", names(parties))]
    Diverged {
        /// The matter.
        matter: ActId,
        /// Where it stands otherwise.
        parties: BTreeSet<PartyId>,
    },
    /// The rules or an agreement say no.
    #[error("refused: {}", .0.code())]
    Refused(Box<Refusal>),
    /// Signing or storing failed.
    #[error(transparent)]
    Receive(#[from] ReceiveError),
    /// The ledger failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What was composed does not verify: our bug, or a mandate that is not in the identity log.
    #[error(transparent)]
    Verify(#[from] VerifyError),
    /// The kind is none this software knows: others may have it, we cannot say what it would do.
    #[error("`{0}` is no kind of act")]
    KindUnknown(String),
    /// The personal data are no text that an act may commit to.
    #[error("the personal data cannot stand beside an act: {0}")]
    Personal(#[from] PersonalFault),
    /// The system has no randomness for a salt.
    #[error(transparent)]
    Keys(#[from] KeysError),
    /// The act cannot be written.
    #[error("the act cannot be written: {0}")]
    Unwritable(String),
}

fn waiting(awaited: &BTreeSet<PartyId>) -> String {
    if awaited.is_empty() {
        return "every neighbour has returned what it holds".to_owned();
    }
    let names: Vec<&str> = awaited.iter().map(PartyId::as_str).collect();
    format!("it waits for {}", names.join(", "))
}

fn names(parties: &BTreeSet<PartyId>) -> String {
    parties.iter().map(|party| format!("`{party}`")).collect::<Vec<_>>().join(", ")
}

/// The id of a node's or officer's key.
pub(super) fn key_id(key: &SigningKey) -> KeyId {
    KeyRecord::of(key).id()
}

impl Service {
    pub(super) fn log(&self, inner: &Inner) -> LogId {
        let node_key = key_id(&self.node_key);
        let identity = inner.replica.identities().of(&self.party);
        let node = identity.and_then(|identity| identity.nodes.get(&node_key));
        // No incarnation is 0: an act of a node that was revoked does not verify.
        let incarnation = node.map_or(0, |node| node.incarnation);
        LogId { party: self.party.clone(), node_key, incarnation }
    }

    pub(super) fn head(&self, inner: &Inner) -> ActId {
        // INVARIANT: a node opens only with its identity in the ledger.
        inner
            .replica
            .identities()
            .of(&self.party)
            .map_or_else(|| ActId(pumasi_base::Digest::of(b"")), |identity| identity.head)
    }

    pub(super) fn sign(&self, payload: &Payload) -> Result<Envelope, AuthorError> {
        let officers = self.officer_keys();
        let mut keys = vec![&self.node_key];
        for officer in &payload.officers {
            let key = officers.get(officer);
            keys.push(key.ok_or_else(|| AuthorError::OfficerUnknown(officer.clone()))?);
        }
        let bytes = payload.write().map_err(|e| AuthorError::Unwritable(e.to_string()))?;
        Ok(Envelope::sign(ACT_TYPE, bytes, &keys))
    }

    /// Opens a matter of aid.
    ///
    /// # Errors
    /// `Refused` when the officers who sign may not open it; when an agreement or officer is
    /// unknown here, or the ledger fails.
    pub fn open_matter(&self, new: NewMatter, now: Time) -> Result<ActId, AuthorError> {
        let mut inner = self.inner();
        inner.catch_up(self.ledger())?;
        let time = claimed(new.status, new.time, now);
        let in_use = inner.in_use(new.status, time);
        let mut agreements = BTreeMap::new();
        for id in &new.agreements {
            let agreement = in_use.agreements.get(id);
            let agreement = agreement.ok_or_else(|| AuthorError::AgreementUnknown(id.clone()))?;
            agreements.insert(id.clone(), agreement.digest());
        }
        let commodities = inner.library.catalog.commodities.values().map(|commodity| {
            let terms = CommodityTerms {
                category: commodity.category.clone(),
                unit: commodity.unit,
                mass_g: commodity.mass_g,
            };
            (commodity.id.clone(), terms)
        });
        let mut audience = new.audience;
        audience.insert(self.party.clone());
        let standings = inner.claims(new.agreements.iter(), new.status, time);
        let genesis = OpenMatter {
            rules: RULES,
            status: new.status,
            case: new.case,
            title: new.title,
            audience,
            agreements,
            origin: new.origin,
            about: None,
            standings,
            commodities: commodities.collect(),
        };
        let frozen = in_use.agreements.into_values().map(|a| (a.digest(), a)).collect();
        self.open_with(&mut inner, &genesis, new.officers, time, &frozen)
    }

    /// Opens the matter of an agreement's life.
    pub(super) fn open_life(
        &self,
        new: OpeningOfAgreement,
        now: Time,
    ) -> Result<ActId, AuthorError> {
        let mut inner = self.inner();
        inner.catch_up(self.ledger())?;
        let mut audience = new.audience;
        audience.insert(self.party.clone());
        let genesis = OpenMatter {
            rules: RULES,
            status: new.status,
            case: new.about.to_string(),
            title: new.title,
            audience,
            agreements: BTreeMap::new(),
            origin: None,
            about: Some(new.about),
            standings: BTreeMap::new(),
            commodities: BTreeMap::new(),
        };
        let time = claimed(new.status, new.time, now);
        self.open_with(&mut inner, &genesis, new.officers, time, &Offered::new())
    }

    /// Signs and stores the act that opens a matter.
    fn open_with(
        &self,
        inner: &mut Inner,
        genesis: &OpenMatter,
        officers: BTreeSet<OfficerId>,
        time: Time,
        frozen: &Offered,
    ) -> Result<ActId, AuthorError> {
        self.check_recovered(inner)?;
        let head = self.head(inner);
        let payload = open(genesis, &self.log(inner), head, officers, time)
            .map_err(|e| AuthorError::Unwritable(e.to_string()))?;
        let envelope = self.sign(&payload)?;
        let act = inner.replica.verify(&envelope)?;
        opens(&act).map_err(|refusal| AuthorError::Refused(Box::new(refusal)))?;
        inner.take(self.ledger(), frozen, &[envelope.write()])?;
        Ok(envelope.id())
    }

    /// Makes an act of this party's officers.
    ///
    /// # Errors
    /// `Refused` with the rule or clause when the fold would refuse it; nothing is then signed
    /// away, and the attempt is kept.
    pub fn author(&self, new: NewAct, now: Time) -> Result<ActId, AuthorError> {
        let mut inner = self.inner();
        // An act that was stored although that seemed to fail must come before the next one: two
        // acts at one place in the log would be a fork.
        inner.catch_up(self.ledger())?;
        self.check_recovered(&inner)?;
        let matter =
            inner.replica.matter(&new.matter).ok_or(AuthorError::MatterUnknown(new.matter))?;
        self.must_agree(new.matter, &new.kind)?;
        if let Some(agreement) = inner.unconfirmed(matter, &self.party) {
            return Err(AuthorError::ClaimUnconfirmed(agreement));
        }
        let time = claimed(matter.status(), new.time, now);
        let personal = new.personal.map(personal::salted).transpose()?;
        let commitment = personal.as_ref().map(|one| one.commitment(&new.matter, &self.party));
        let mut draft = Draft {
            kind: new.kind,
            body: new.body,
            clause: new.clause,
            officers: new.officers,
            time,
            personal: commitment,
        };
        let mut outcome = self.try_draft(&mut inner, new.matter, draft.clone())?;
        if let Err(Refusal::ClauseMustBeCited { clauses }) = &outcome
            && let Some(first) = clauses.first()
        {
            draft.clause = Some(first.clone());
            outcome = self.try_draft(&mut inner, new.matter, draft.clone())?;
        }
        match outcome {
            Ok(envelope) => {
                let signed = [envelope.write()];
                let beside = commitment.into_iter().zip(personal).collect();
                let taking = inner.begin_to_take(self.ledger(), &signed, &beside)?;
                drop(inner);
                self.landed(taking)?;
                Ok(envelope.id())
            }
            Err(refusal) => {
                self.keep_attempt(&mut inner, new.matter, &draft, &refusal)?;
                Err(AuthorError::Refused(Box::new(refusal)))
            }
        }
    }

    /// Signs a draft and folds it on trial: the envelope when it would be applied.
    pub(super) fn try_draft(
        &self,
        inner: &mut Inner,
        matter: ActId,
        draft: Draft,
    ) -> Result<Result<Envelope, Refusal>, AuthorError> {
        let head = self.head(inner);
        let log = self.log(inner);
        let held = inner.replica.matter(&matter).ok_or(AuthorError::MatterUnknown(matter))?;
        let payload = compose(matter, held.folded(), &log, head, draft);
        let envelope = self.sign(&payload)?;
        let act = inner.replica.verify(&envelope)?;
        match inner.replica.trial(&act).ok_or(AuthorError::MatterUnknown(matter))? {
            Ok(Effect::Applied) => Ok(Ok(envelope)),
            Err(refusal) => Ok(Err(refusal)),
            Ok(Effect::Unknown) => Err(AuthorError::KindUnknown(payload.kind)),
        }
    }

    fn keep_attempt(
        &self,
        inner: &mut Inner,
        matter: ActId,
        draft: &Draft,
        refusal: &Refusal,
    ) -> Result<(), StoreError> {
        let attempt = Attempt {
            matter: Some(matter),
            party: self.party.clone(),
            kind: draft.kind.clone(),
            time: draft.time,
            refusal: refusal.clone(),
        };
        files::store_attempt(self.ledger(), inner.attempts.len(), &attempt)?;
        inner.attempts.push(attempt);
        Ok(())
    }
}
