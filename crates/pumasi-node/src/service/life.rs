//! Agreements in use at this node, how they stand, and steps in their lives.
//!
//! What is in use on a day is the text in force by an agreement's own matter; failing one, the
//! text of the library, standing as its nature has it.

use std::collections::{BTreeMap, BTreeSet};

use pumasi_act::fold::may_sign;
use pumasi_act::kinds::open_matter::StandingClaim;
use pumasi_act::{ActId, Life, Refusal, State};
use pumasi_agreement::status::Suspension;
use pumasi_agreement::{Agreement, Agreements, CompileError, Nature, ReadError, Standing};
use pumasi_base::time::date_at_offset;
use pumasi_base::{AgreementId, Captions, Date, OfficerId, PartyId, Status, Time};
use pumasi_sync::Matter;
use pumasi_view::life::kind_of;
use pumasi_view::page::StepForm;
use serde_json::{Value, json};

use super::author::AuthorError;
use super::inner::Inner;
use super::{Service, claimed};

mod form;

/// The agreements in use on a day, and how they stand.
#[derive(Debug, Clone, Default)]
pub struct InUse {
    /// The texts, by id.
    pub agreements: BTreeMap<AgreementId, Agreement>,
    /// How those stand that have a life here.
    pub standings: BTreeMap<AgreementId, Standing>,
}

impl InUse {
    /// Compiles them, each as it stands.
    ///
    /// # Errors
    /// When two of them cannot stand side by side.
    pub fn compile(&self) -> Result<Agreements, CompileError> {
        Agreements::compile_standing(self.agreements.values(), &self.standings)
    }
}

/// Why a step was not taken.
#[derive(Debug, thiserror::Error)]
pub enum StepError {
    /// A field of the form does not read.
    #[error("{0}")]
    Form(String),
    /// The text does not read as an agreement.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Text(Vec<ReadError>),
    /// The agreement has no life here yet.
    #[error("nobody has proposed `{0}` here")]
    NoLife(AgreementId),
    /// It has one that goes on.
    #[error("`{agreement}` is under way in matter {matter}")]
    UnderWay {
        /// The agreement.
        agreement: AgreementId,
        /// Its matter.
        matter: ActId,
    },
    /// There is nothing the step could be about.
    #[error("`{0}` has nothing to be about")]
    NoTarget(String),
    /// An act was not made.
    #[error(transparent)]
    Author(#[from] AuthorError),
}

/// What a step did.
#[derive(Debug, Clone)]
pub struct Stepped {
    /// The agreement.
    pub agreement: AgreementId,
    /// Its matter.
    pub matter: ActId,
    /// The acts made there.
    pub acts: Vec<ActId>,
    /// The matters under the agreement that were told, each with the act made or the refusal.
    pub relayed: Vec<Relayed>,
}

/// A matter that was told of a step: the act made there, or why it was refused.
pub type Relayed = (ActId, Result<ActId, Box<Refusal>>);

impl Inner {
    /// The life of each agreement in matters of one status: of several the one in force at `now`,
    /// else the one opened last.
    fn lives(&self, status: Status, now: Time) -> BTreeMap<AgreementId, (ActId, &Life)> {
        let mut best: BTreeMap<AgreementId, (bool, Option<Time>)> = BTreeMap::new();
        let mut lives = BTreeMap::new();
        for (id, matter) in
            self.replica.matters().iter().filter(|(_, matter)| matter.status() == status)
        {
            let Some((agreement, life)) = matter.life() else { continue };
            let standing = life.standing_on(life.day_at(now));
            let rank = (standing.status.has_force(), matter.opened_at());
            if best.get(agreement).is_none_or(|best| *best < rank) {
                best.insert(agreement.clone(), rank);
                lives.insert(agreement.clone(), (*id, life));
            }
        }
        lives
    }

    /// The life of an agreement in one matter of a status.
    fn life_in(
        &self,
        matter: ActId,
        agreement: &AgreementId,
        status: Status,
    ) -> Option<(ActId, &Life)> {
        let held = self.replica.matters().get(&matter).filter(|held| held.status() == status)?;
        held.life().filter(|(about, _)| *about == agreement).map(|(_, life)| (matter, life))
    }

    /// The agreements in use for something of `status` at `now`.
    ///
    /// An exercise plays with the agreements as they really stand, and with what was concluded in
    /// exercises on top; nothing of an exercise ever reaches the actual.
    pub(super) fn in_use(&self, status: Status, now: Time) -> InUse {
        let mut used =
            InUse { agreements: self.library.agreements().clone(), standings: BTreeMap::new() };
        let layers = [Status::Actual, status];
        let layers = if status == Status::Actual { &layers[..1] } else { &layers[..] };
        for layer in layers {
            for (id, (_, life)) in self.lives(*layer, now) {
                used.lay(id, life, life.day_at(now));
            }
        }
        used
    }

    /// The texts that pages take their words from: those in use, and beside them what exercises
    /// play with.
    pub(super) fn texts(&self, now: Time) -> BTreeMap<AgreementId, Agreement> {
        let mut texts = self.in_use(Status::Exercise, now).agreements;
        texts.extend(self.in_use(Status::Actual, now).agreements);
        texts
    }

    /// The latest time an act about an agreement claims; none where nothing has a life.
    pub(super) fn latest_of_lives(&self) -> Option<Time> {
        let lives = self.replica.matters().values().filter(|matter| matter.life().is_some());
        lives.flat_map(|matter| matter.acts().iter().map(|act| act.payload().time)).max()
    }

    /// How the agreements a matter is to stand under are claimed to stand, by their own matters.
    pub(super) fn claims<'a>(
        &self,
        agreements: impl Iterator<Item = &'a AgreementId>,
        status: Status,
        now: Time,
    ) -> BTreeMap<AgreementId, StandingClaim> {
        let lives = self.lives(status, now);
        let claim = |id: &AgreementId| {
            let (matter, life) = lives.get(id)?;
            let date = life.day_at(now);
            let standing = life.standing_on(date);
            let (_, draft, _) = life.in_force_on(date)?;
            if !standing.status.has_force() {
                return None;
            }
            let signed = life.signatures.iter().filter(|(_, said)| said.digest == draft.digest);
            let clauses = |suspension: &Suspension| match suspension {
                Suspension::Whole => BTreeSet::new(),
                Suspension::Clauses(clauses) => clauses.clone(),
            };
            Some(StandingClaim {
                matter: *matter,
                entered: standing.entered,
                signatures: signed.map(|(act, said)| (said.by.clone(), *act)).collect(),
                ends: standing.ends(),
                suspended: standing
                    .suspensions
                    .iter()
                    .map(|(by, suspension)| (by.clone(), clauses(suspension)))
                    .collect(),
            })
        };
        agreements.filter_map(|id| Some((id.clone(), claim(id)?))).collect()
    }

    /// The first agreement whose claimed standing in a matter this party, being one of its
    /// parties, does not find in its own record.
    pub(super) fn unconfirmed(&self, matter: &Matter, own: &PartyId) -> Option<AgreementId> {
        let state = matter.state()?;
        let is_party = |id: &AgreementId| {
            let frozen = matter.terms().agreements().iter().find(|agreement| agreement.id() == id);
            frozen.is_some_and(|agreement| agreement.parties().contains(own))
        };
        let confirmed = |id: &AgreementId, claim: &StandingClaim| {
            let digest = state.genesis.agreements.get(id);
            let record = self.replica.matters().get(&claim.matter).and_then(Matter::life);
            record.is_some_and(|(about, life)| {
                let stands = |(party, act): (&PartyId, &ActId)| {
                    let said = life.signatures.get(act);
                    said.is_some_and(|said| said.by == *party && Some(&said.digest) == digest)
                };
                about == id && claim.signatures.iter().all(stands)
            })
        };
        let mut claims = state.genesis.standings.iter().filter(|(id, _)| is_party(id));
        claims.find(|(id, claim)| !confirmed(id, claim)).map(|(id, _)| id.clone())
    }
}

impl InUse {
    /// Lays the life of an agreement over what the library has of it.
    fn lay(&mut self, id: AgreementId, life: &Life, date: Date) {
        let standing = life.standing_on(date);
        let in_force = life.in_force_on(date).map(|(_, draft, _)| draft);
        let newest = life.newest();
        // A text under negotiation does not displace one that is in force without it.
        let known = self.agreements.get(&id).is_some_and(|text| text.nature() != Nature::Draft);
        let Some(draft) = in_force.or(newest.filter(|_| !known)) else { return };
        self.agreements.insert(id.clone(), draft.agreement.as_ref().clone());
        self.standings.insert(id, standing);
    }
}

impl Service {
    /// The agreements in use for something of `status` at `now`.
    #[must_use]
    pub fn in_use(&self, status: Status, now: Time) -> InUse {
        self.inner().in_use(status, now)
    }

    /// What was said of the agreement a matter is about.
    #[must_use]
    pub fn life_in(&self, matter: &ActId) -> Option<Life> {
        let inner = self.inner();
        let (_, life) = inner.replica.matters().get(matter)?.life()?;
        Some(life.clone())
    }

    /// The officers whose keys lie at this node.
    #[must_use]
    pub fn officers(&self) -> BTreeSet<OfficerId> {
        self.officer_keys().keys().cloned().collect()
    }

    /// Takes a step in the life of an agreement, and tells the matters under it.
    ///
    /// # Errors
    /// When the form or the text does not read, there is no life or target, or an act is refused.
    pub fn step(&self, form: &StepForm, now: Time) -> Result<Stepped, StepError> {
        let step = form::Step::read(form)?;
        let time = claimed(step.status, step.time, now);
        if form.step == "propose" {
            return self.propose(&step, now);
        }
        let agreement = step.agreement()?;
        let kind = kind_of(&form.step)
            .ok_or_else(|| StepError::Form(format!("`{}` is no step", form.step)))?;
        let (matter, body) = {
            let inner = self.inner();
            let found = match &step.matter {
                Some(matter) => inner.life_in(*matter, &agreement, step.status),
                None => inner.lives(step.status, time).get(&agreement).copied(),
            };
            let (matter, life) = found.ok_or_else(|| StepError::NoLife(agreement.clone()))?;
            (matter, step.body(kind, life, &self.party, life.day_at(time))?)
        };
        let act = self.author(step.act(matter, kind, body.clone()), now)?;
        let relayed = self.relay_step(&step, &agreement, kind, &body, act, now)?;
        Ok(Stepped { agreement, matter, acts: vec![act], relayed })
    }

    /// Opens the matter of an agreement and lays down its first draft.
    fn propose(&self, step: &form::Step<'_>, now: Time) -> Result<Stepped, StepError> {
        let text = match (&step.form.text, &step.form.agreement) {
            (Some(text), _) => text.clone(),
            (None, Some(_)) => {
                let id = step.agreement()?;
                let known = self.with_library(|library| library.agreements().get(&id).cloned());
                known.ok_or(AuthorError::AgreementUnknown(id))?.text().to_owned()
            }
            (None, None) => return Err(StepError::Form("`text` is missing".to_owned())),
        };
        let agreement = pumasi_agreement::read("draft", &text).map_err(StepError::Text)?;
        let id = agreement.id().clone();
        if let Some(matter) = self.under_way(&id, step.status, now) {
            return Err(StepError::UnderWay { agreement: id, matter });
        }
        let mut audience: BTreeSet<PartyId> = agreement.parties().iter().cloned().collect();
        audience.extend(step.audience.iter().cloned());
        // A matter without its draft would be left behind by officers who may open but not draft.
        let time = claimed(step.status, step.time, now);
        self.with_identities(|all| {
            all.of(&self.party).map_or(Ok(()), |identity| {
                may_sign(identity, &step.officers, "draft_agreement", time)
            })
        })
        .map_err(|refusal| AuthorError::Refused(Box::new(refusal)))?;
        let matter = self.open_agreement(&agreement, audience, step, now)?;
        let draft = step.act(matter, "draft_agreement", json!({ "text": text }));
        let act = self.author(draft, now)?;
        Ok(Stepped { agreement: id, matter, acts: vec![matter, act], relayed: Vec::new() })
    }

    /// The matter of an agreement whose life has not ended.
    fn under_way(&self, id: &AgreementId, status: Status, now: Time) -> Option<ActId> {
        let inner = self.inner();
        let lives = inner.lives(status, now);
        let (matter, life) = lives.get(id)?;
        let over = life.standing_on(life.day_at(now)).status.has_ended();
        (!over).then_some(*matter)
    }

    /// Repeats a step that bears on orders in every matter under the agreement this party shares.
    ///
    /// What was repeated already is not said again, so that the step may be taken up where it was
    /// interrupted.
    fn relay_step(
        &self,
        step: &form::Step<'_>,
        agreement: &AgreementId,
        kind: &str,
        body: &Value,
        record: ActId,
        now: Time,
    ) -> Result<Vec<Relayed>, AuthorError> {
        if !reaches_orders(kind) {
            return Ok(Vec::new());
        }
        let time = claimed(step.status, step.time, now);
        let told: Vec<(ActId, Value)> = {
            let inner = self.inner();
            let under =
                inner.replica.matters().iter().filter(|(_, matter)| matter.status() == step.status);
            under
                .filter_map(|(id, matter)| {
                    let state = matter.state()?;
                    let mut frozen = matter.terms().agreements().iter();
                    let frozen = frozen.find(|frozen| frozen.id() == agreement)?;
                    // Where it never had force there is nothing to suspend or end.
                    let date = date_at_offset(time, frozen.utc_offset_hours());
                    let has_force = state.standing_of(frozen, date).status.has_force();
                    has_force.then_some((*id, repeated(state, agreement, body, record)?))
                })
                .collect()
        };
        let mut relayed = Vec::new();
        for (matter, body) in told {
            match self.author(step.act(matter, kind, body), now) {
                Ok(act) => relayed.push((matter, Ok(act))),
                Err(AuthorError::Refused(refusal)) => relayed.push((matter, Err(refusal))),
                Err(error) => return Err(error),
            }
        }
        Ok(relayed)
    }
}

/// Whether a step changes what may be ordered.
fn reaches_orders(kind: &str) -> bool {
    !matches!(kind, "draft_agreement" | "initial_agreement" | "sign_agreement" | "ratify_agreement")
}

/// The body of a step as it is repeated in a matter under the agreement: what it is about there is
/// the act that repeated it. Nothing when that was never said there.
fn repeated(state: &State, agreement: &AgreementId, body: &Value, record: ActId) -> Option<Value> {
    let mut body = body.clone();
    let fields = body.as_object_mut()?;
    fields.insert("record".to_owned(), json!(record));
    let life = state.lives.get(agreement);
    let find = |field: &str, value: &Value| -> Option<ActId> {
        let about: ActId = serde_json::from_value(value.clone()).ok()?;
        let life = life?;
        if field == "notice" {
            let mut notices = life.notices.iter();
            notices.find(|(_, notice)| notice.record == Some(about)).map(|(act, _)| *act)
        } else {
            let mut suspensions = life.suspensions.iter();
            suspensions.find(|(_, said)| said.record == Some(about)).map(|(act, _)| *act)
        }
    };
    for field in ["notice", "suspension"] {
        if let Some(value) = fields.get(field) {
            let here = find(field, value)?;
            fields.insert(field.to_owned(), json!(here));
        }
    }
    Some(body)
}

/// What an officer is asked for when an agreement's matter is opened.
pub(super) struct OpeningOfAgreement {
    pub(super) about: AgreementId,
    pub(super) title: Captions,
    pub(super) audience: BTreeSet<PartyId>,
    pub(super) status: Status,
    pub(super) officers: BTreeSet<OfficerId>,
    pub(super) time: Option<Time>,
}

impl Service {
    fn open_agreement(
        &self,
        agreement: &Agreement,
        audience: BTreeSet<PartyId>,
        step: &form::Step<'_>,
        now: Time,
    ) -> Result<ActId, AuthorError> {
        let opening = OpeningOfAgreement {
            about: agreement.id().clone(),
            title: agreement.title().clone(),
            audience,
            status: step.status,
            officers: step.officers.clone(),
            time: step.time,
        };
        self.open_life(opening, now)
    }
}
