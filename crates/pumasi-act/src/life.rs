//! The life of an agreement, from its first draft to what outlives it.
//!
//! A life is what the acts of one matter add up to. In the agreement's own matter it begins with a
//! draft and holds signatures; in a matter of relief under the agreement it holds only what its
//! parties said there of suspending or ending it. Every fact is kept with the act that stated it,
//! so that rules can look at it as an author had seen it ([`Life::seen`]), and nothing is decided
//! by the order in which acts arrive. How the agreement stands is then a question of the day:
//! [`Life::standing_on`].

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use pumasi_agreement::clauses::term::Entry;
use pumasi_agreement::status::Suspension;
use pumasi_agreement::{Agreement, AgreementStatus, Nature, Standing};
use pumasi_base::time::date_at_offset;
use pumasi_base::{AgreementId, ClauseId, Date, Digest, PartyId, Time};
use serde::Serialize;

use crate::envelope::ActId;
use crate::fold::Context;
use crate::refusal::Refusal;
use crate::standing::{InForce, term_cited};
use crate::state::State;

/// What is recorded of an agreement in one matter.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Life {
    /// The drafts laid down, by act.
    pub drafts: BTreeMap<ActId, AgreementDraft>,
    /// Initials under drafts, by act.
    pub initials: BTreeMap<ActId, Endorsement>,
    /// Signatures under drafts, by act.
    pub signatures: BTreeMap<ActId, Endorsement>,
    /// Notifications that a party's own procedures for a draft are completed, by act.
    pub ratifications: BTreeMap<ActId, Endorsement>,
    /// Suspensions, by act.
    pub suspensions: BTreeMap<ActId, SuspensionRecord>,
    /// Notices, by act.
    pub notices: BTreeMap<ActId, Notice>,
    /// Agreement to an end, by act.
    pub terminations: BTreeMap<ActId, TerminationAgreed>,
}

/// One draft of the text: an instrument that parties may sign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AgreementDraft {
    /// Its number: 1, and one more than the highest its author had seen.
    pub version: u32,
    /// Who laid it down.
    pub by: PartyId,
    /// When.
    pub time: Time,
    /// The digest of its bytes: what is signed.
    pub digest: Digest,
    /// The text as read. It is a function of the bytes the digest names.
    #[serde(skip)]
    pub agreement: Arc<Agreement>,
}

/// A party's initials, signature or ratification.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Endorsement {
    /// Who.
    pub by: PartyId,
    /// The draft.
    pub draft: ActId,
    /// The digest of its bytes, the same for all who stand under it.
    pub digest: Digest,
    /// When.
    pub time: Time,
}

/// What a party suspended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SuspensionRecord {
    /// Who.
    pub by: PartyId,
    /// Which clauses; all of them when empty.
    pub clauses: BTreeSet<ClauseId>,
    /// The first day.
    pub from: Date,
    /// The first day on which it no longer is; until it is lifted when absent.
    pub until: Option<Date>,
    /// Why, in the party's words.
    pub cause: String,
    /// When and by which act it was lifted.
    pub lifted: Option<(ActId, Date)>,
    /// The act in the agreement's own matter that this repeats.
    pub record: Option<ActId>,
}

/// A notice that the agreement will end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Notice {
    /// Who gave it.
    pub by: PartyId,
    /// On which day.
    pub given: Date,
    /// The first day without the agreement.
    pub ends: Date,
    /// Why, in the party's words.
    pub cause: String,
    /// What its author did with it since, each having seen the step before.
    pub steps: Vec<NoticeStep>,
    /// The act in the agreement's own matter that this repeats.
    pub record: Option<ActId>,
}

/// Something done with a notice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NoticeStep {
    /// What.
    pub what: NoticeMove,
    /// The act.
    pub act: ActId,
    /// On which day.
    pub date: Date,
}

/// What a party may do with a notice it gave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeMove {
    /// Suspend its effect.
    Suspend,
    /// Lift that suspension.
    Resume,
    /// Withdraw it.
    Withdraw,
}

/// A party's agreement that it shall end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TerminationAgreed {
    /// Who.
    pub by: PartyId,
    /// The first day without the agreement.
    pub ends: Date,
    /// When it said so.
    pub time: Time,
    /// What the party said before, which this replaces.
    pub replaces: BTreeSet<ActId>,
}

/// How far a draft has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// Which parties have initialled it.
    pub initialled: BTreeSet<PartyId>,
    /// Which have signed it.
    pub signed: BTreeSet<PartyId>,
    /// Which have notified that their own procedures are completed.
    pub ratified: BTreeSet<PartyId>,
    /// The day it enters or entered into force, once that is settled.
    pub enters: Option<Date>,
}

impl Life {
    /// The life as far as `saw` tells that an author had seen it.
    #[must_use]
    pub fn seen(&self, saw: impl Fn(&ActId) -> bool) -> Self {
        let mut life = self.clone();
        life.drafts.retain(|act, _| saw(act));
        life.initials.retain(|act, _| saw(act));
        life.signatures.retain(|act, _| saw(act));
        life.ratifications.retain(|act, _| saw(act));
        life.suspensions.retain(|act, _| saw(act));
        for suspension in life.suspensions.values_mut() {
            suspension.lifted = suspension.lifted.filter(|(act, _)| saw(act));
        }
        life.notices.retain(|act, _| saw(act));
        for notice in life.notices.values_mut() {
            notice.steps.retain(|step| saw(&step.act));
        }
        life.terminations.retain(|act, _| saw(act));
        life
    }

    /// The draft with the highest number.
    #[must_use]
    pub fn newest(&self) -> Option<&AgreementDraft> {
        self.drafts.values().max_by_key(|draft| draft.version)
    }

    /// The day of `time` where the newest text reckons its days; in Greenwich while there is none.
    #[must_use]
    pub fn day_at(&self, time: Time) -> Date {
        let offset = self.newest().map_or(0, |draft| draft.agreement.utc_offset_hours());
        date_at_offset(time, offset)
    }

    /// How far a draft has come.
    #[must_use]
    pub fn progress(&self, draft: &AgreementDraft) -> Progress {
        let of = |said: &BTreeMap<ActId, Endorsement>| -> BTreeMap<PartyId, Time> {
            // Two parties may have laid down the same bytes: what counts is what was signed.
            let here = said.values().filter(|said| said.digest == draft.digest);
            here.map(|said| (said.by.clone(), said.time)).collect()
        };
        let (signed, ratified) = (of(&self.signatures), of(&self.ratifications));
        Progress {
            enters: enters(&draft.agreement, &signed, &ratified),
            initialled: of(&self.initials).into_keys().collect(),
            signed: signed.into_keys().collect(),
            ratified: ratified.into_keys().collect(),
        }
    }

    /// The draft in force on `date` with the day it entered: of several the highest version, which
    /// amends those before it.
    ///
    /// Two texts of one version can both bear every signature only where a log was forked. Then
    /// neither applies, and the last version that nobody contests stays: no hash decides what
    /// states have agreed.
    #[must_use]
    pub fn in_force_on(&self, date: Date) -> Option<(ActId, &AgreementDraft, Date)> {
        let entered = self.drafts.iter().filter_map(|(act, draft)| {
            let enters = self.progress(draft).enters.filter(|enters| *enters <= date)?;
            Some((*act, draft, enters))
        });
        let entered: Vec<_> = entered.collect();
        let is_uncontested = |one: &AgreementDraft| {
            !entered
                .iter()
                .any(|(_, other, _)| other.version == one.version && other.digest != one.digest)
        };
        let uncontested = entered.iter().filter(|(_, draft, _)| is_uncontested(draft));
        uncontested.max_by_key(|(_, draft, _)| draft.version).copied()
    }

    /// How the agreement stands on `date`, in its own matter.
    #[must_use]
    pub fn standing_on(&self, date: Date) -> Standing {
        match self.in_force_on(date) {
            Some((_, draft, entered)) => {
                let mut opening = Standing::at(AgreementStatus::InForce);
                opening.entered = Some(entered);
                self.standing_under(&draft.agreement, opening, date)
            }
            None => Standing::at(self.stage()),
        }
    }

    /// The draft that has come farthest, and of those alike the newest.
    fn foremost(&self) -> Option<(&AgreementDraft, Progress)> {
        let all = self.drafts.values().map(|draft| (draft, self.progress(draft)));
        all.max_by_key(|(draft, progress)| (progress.signed.len(), draft.version))
    }

    /// The stage before it is in force.
    fn stage(&self) -> AgreementStatus {
        let Some((draft, progress)) = self.foremost() else { return AgreementStatus::Proposed };
        let every = |said: &BTreeSet<PartyId>| {
            draft.agreement.parties().iter().all(|party| said.contains(party))
        };
        if every(&progress.signed) {
            AgreementStatus::Signed { awaits: awaited(&draft.agreement, &progress.ratified) }
        } else if !progress.signed.is_empty() {
            AgreementStatus::SignedBySome { by: progress.signed }
        } else if every(&progress.initialled) {
            AgreementStatus::Initialled
        } else {
            AgreementStatus::Drafted
        }
    }

    /// How an agreement stands on `date` that stood as `opening` says before anything here.
    #[must_use]
    pub fn standing_under(&self, agreement: &Agreement, opening: Standing, date: Date) -> Standing {
        if !opening.status.has_force() {
            return opening;
        }
        let mut standing = opening;
        if let Some(status) = self.ending(agreement, standing.entered, date) {
            standing.status = status;
        }
        for suspension in self.suspensions.values().filter(|said| said.holds_on(date)) {
            add(&mut standing, suspension);
        }
        standing
    }

    /// What ends or may end the agreement, by what was said until `date`; nothing when it simply
    /// goes on.
    fn ending(
        &self,
        agreement: &Agreement,
        entered: Option<Date>,
        date: Date,
    ) -> Option<AgreementStatus> {
        use AgreementStatus as S;
        let term = agreement.term()?;
        let expiry = term.first_end(term.start(entered)).filter(|_| term.renews.is_none());
        let agreed = self.agreed_end(agreement);
        let notices: Vec<S> = self
            .notices
            .values()
            .filter(|notice| notice.given <= date)
            .map(|notice| notice.status_on(agreement, entered, date))
            .collect();
        let by_notice = notices.iter().filter_map(|status| match status {
            S::NoticeGiven { ends, .. } => Some(*ends),
            S::NoticeResumed { ends_if_it_ran, ends_if_anew, .. } => {
                Some(*ends_if_it_ran.max(ends_if_anew))
            }
            _ => None,
        });
        if let Some(ends) = by_notice.chain(agreed).min().filter(|ends| *ends <= date)
            && expiry.is_none_or(|expiry| ends < expiry)
        {
            return Some(S::Terminated { ends });
        }
        if let Some(ends) = expiry.filter(|expiry| *expiry <= date) {
            return Some(S::Expired { ends });
        }
        if let Some(ends) = agreed {
            return Some(S::TerminationAgreed { ends });
        }
        let rank = |status: &S| match status {
            S::NoticeResumed { ends_if_it_ran, ends_if_anew, .. } => {
                (0, Some(*ends_if_it_ran.min(ends_if_anew)))
            }
            S::NoticeGiven { ends, .. } => (0, Some(*ends)),
            S::NoticeSuspended { ends, .. } => (1, Some(*ends)),
            _ => (2, None),
        };
        notices.into_iter().min_by_key(rank)
    }

    /// The end all parties have named, each in its last word.
    #[must_use]
    pub fn agreed_end(&self, agreement: &Agreement) -> Option<Date> {
        let replaced: BTreeSet<&ActId> =
            self.terminations.values().flat_map(|said| &said.replaces).collect();
        // Two last words of one party there are only where its log was forked: neither counts.
        let last = |party: &PartyId| {
            let own = self.terminations.iter().filter(|(_, said)| said.by == *party);
            let mut own = own.filter(|(act, _)| !replaced.contains(act)).map(|(_, said)| said.ends);
            let ends = own.next()?;
            own.all(|other| other == ends).then_some(ends)
        };
        let mut named = agreement.parties().iter().map(last);
        let first = named.next()??;
        named.all(|ends| ends == Some(first)).then_some(first)
    }
}

/// Refuses a ratification that a draft does not wait for, or not yet.
pub(crate) fn awaits_ratification(
    draft: &AgreementDraft,
    signed: &BTreeSet<PartyId>,
) -> Result<(), Refusal> {
    let agreement = &draft.agreement;
    if agreement.term().is_none_or(|term| term.entry != Some(Entry::Ratification)) {
        return Err(Refusal::RatificationMustBeAwaited { clauses: term_cited(agreement) });
    }
    let missing: BTreeSet<PartyId> =
        agreement.parties().iter().filter(|party| !signed.contains(*party)).cloned().collect();
    if missing.is_empty() { Ok(()) } else { Err(Refusal::SignaturesMustBeComplete { missing }) }
}

impl Life {
    /// Refuses what comes after the agreement's end.
    pub(crate) fn must_not_have_ended(
        &self,
        agreement: &AgreementId,
        context: &Context<'_>,
    ) -> Result<(), Refusal> {
        let over = |draft: &AgreementDraft| {
            let date = date_at_offset(context.time, draft.agreement.utc_offset_hours());
            self.standing_on(date).status.has_ended()
        };
        if self.drafts.values().any(over) {
            return Err(Refusal::AgreementMustNotHaveEnded { agreement: agreement.clone() });
        }
        Ok(())
    }
}

impl State {
    /// The life of the agreement this matter is about.
    pub(crate) fn life_of_matter(&mut self) -> Result<&mut Life, Refusal> {
        let Some(about) = self.genesis.about.clone() else {
            return Err(Refusal::StageMustFit { stage: "relief".to_owned() });
        };
        Ok(self.lives.entry(about).or_default())
    }

    /// A party's initials, signature or ratification of a draft its author had seen.
    ///
    /// A party does each once for a text, and not for an earlier version after a later one: so no
    /// two texts of one number can ever both bear every signature.
    pub(crate) fn endorse(
        &mut self,
        draft: ActId,
        digest: Digest,
        context: &Context<'_>,
        given: impl Fn(&Life) -> &BTreeMap<ActId, Endorsement>,
    ) -> Result<Endorsement, Refusal> {
        let by = context.party().clone();
        let life = self.life_of_matter()?.seen(|act| context.saw(act));
        let found = life.drafts.get(&draft).ok_or(Refusal::ReferenceMustBeKnown { act: draft })?;
        if found.digest != digest {
            return Err(Refusal::InstrumentMustMatch { digest: found.digest });
        }
        let agreement = found.agreement.id();
        if !found.agreement.parties().contains(&by) {
            return Err(Refusal::AuthorMustBeParty { agreement: agreement.clone() });
        }
        life.must_not_have_ended(agreement, context)?;
        let versions = given(&life).values().filter(|said| said.by == by);
        let versions = versions.filter_map(|said| life.drafts.get(&said.draft).map(|d| d.version));
        if let Some(version) = versions.max().filter(|version| *version >= found.version) {
            return Err(Refusal::EndorsementMustBeOnce { version });
        }
        Ok(Endorsement { by, draft, digest, time: context.time })
    }

    /// Does something with a notice that the author gave.
    pub(crate) fn move_notice(
        &mut self,
        agreement: &AgreementId,
        notice: ActId,
        what: NoticeMove,
        now: &InForce,
        context: &Context<'_>,
    ) -> Result<(), Refusal> {
        let unknown = Refusal::ReferenceMustBeKnown { act: notice };
        let seen = now.life.notices.get(&notice).ok_or(unknown)?;
        now.must_be_own(&seen.by, context)?;
        let stage = match (seen.last_move(), what) {
            (Some(NoticeMove::Withdraw), _) => "notice_withdrawn",
            (Some(NoticeMove::Suspend), NoticeMove::Suspend) => "notice_suspended",
            (None | Some(NoticeMove::Resume), NoticeMove::Resume) => "notice_given",
            _ => {
                let step = NoticeStep { what, act: context.id(), date: now.date };
                let held = self.lives.get_mut(agreement).and_then(|l| l.notices.get_mut(&notice));
                if let Some(held) = held {
                    held.steps.push(step);
                }
                return Ok(());
            }
        };
        Err(Refusal::StageMustFit { stage: stage.to_owned() })
    }
}

/// The day a draft enters into force, once all it waits for has happened.
fn enters(
    agreement: &Agreement,
    signed: &BTreeMap<PartyId, Time>,
    ratified: &BTreeMap<PartyId, Time>,
) -> Option<Date> {
    let term = agreement.term()?;
    if agreement.nature() != Nature::Draft {
        // The text of an agreement that exists is laid down for the record: it needs no signature.
        return term.from;
    }
    let awaited = match term.entry {
        Some(Entry::Ratification) => vec![signed, ratified],
        Some(Entry::Signature) | None => vec![signed],
    };
    let mut last: Option<Time> = None;
    for said in awaited {
        for party in agreement.parties() {
            last = last.max(Some(*said.get(party)?));
        }
    }
    term.enters(date_at_offset(last?, agreement.utc_offset_hours()))
}

/// The parties whose notification a text that all have signed still waits for.
fn awaited(agreement: &Agreement, ratified: &BTreeSet<PartyId>) -> BTreeSet<PartyId> {
    let asks = agreement.term().is_some_and(|term| term.entry == Some(Entry::Ratification));
    let open = agreement.parties().iter().filter(|party| asks && !ratified.contains(*party));
    open.cloned().collect()
}

/// Adds what one act suspended to what its party has suspended already.
fn add(standing: &mut Standing, suspension: &SuspensionRecord) {
    let held = standing
        .suspensions
        .entry(suspension.by.clone())
        .or_insert_with(|| Suspension::Clauses(BTreeSet::new()));
    match held {
        Suspension::Whole => {}
        held if suspension.clauses.is_empty() => *held = Suspension::Whole,
        Suspension::Clauses(clauses) => clauses.extend(suspension.clauses.iter().cloned()),
    }
}

impl SuspensionRecord {
    /// Whether it holds on a day.
    #[must_use]
    pub fn holds_on(&self, date: Date) -> bool {
        self.from <= date
            && self.until.is_none_or(|until| date < until)
            && self.lifted.is_none_or(|(_, lifted)| date < lifted)
    }
}

impl Notice {
    /// What was last done with it until `date`, and when.
    fn last_step(&self, date: Date) -> Option<&NoticeStep> {
        self.steps.iter().rfind(|step| step.date <= date)
    }

    /// Whether it runs, is suspended, was resumed or withdrawn.
    #[must_use]
    pub fn last_move(&self) -> Option<NoticeMove> {
        self.steps.last().map(|step| step.what)
    }

    /// What it means for the agreement on `date`.
    fn status_on(
        &self,
        agreement: &Agreement,
        entered: Option<Date>,
        date: Date,
    ) -> AgreementStatus {
        let (by, ends) = (self.by.clone(), self.ends);
        let Some(step) = self.last_step(date) else {
            return AgreementStatus::NoticeGiven { by, ends };
        };
        match step.what {
            NoticeMove::Withdraw => AgreementStatus::NoticeWithdrawn,
            NoticeMove::Suspend => AgreementStatus::NoticeSuspended { by, ends },
            NoticeMove::Resume => {
                // Its time having run on, a notice resumed after its day ends the agreement with
                // that day; set aside, its time begins anew.
                let ends_if_it_ran = step.date.tomorrow().map_or(ends, |next| ends.max(next));
                let anew = agreement
                    .term()
                    .and_then(|term| term.end_by_notice(term.start(entered), step.date));
                let ends_if_anew = anew.unwrap_or(ends).max(ends_if_it_ran);
                if ends_if_anew == ends_if_it_ran {
                    return AgreementStatus::NoticeGiven { by, ends: ends_if_it_ran };
                }
                AgreementStatus::NoticeResumed { by, ends_if_it_ran, ends_if_anew }
            }
        }
    }
}
