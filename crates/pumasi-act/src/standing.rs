//! How an agreement stands in a matter, as the author of an act had seen it.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use pumasi_agreement::clauses::Terms as ClauseTerms;
use pumasi_agreement::clauses::term::Term;
use pumasi_agreement::status::{Force, Suspension};
use pumasi_agreement::{Agreement, AgreementStatus, Agreements, Nature, Standing};
use pumasi_base::time::date_at_offset;
use pumasi_base::{AgreementId, Date, PartyId};

use crate::fold::Context;
use crate::kinds::open_matter::{OpenMatter, StandingClaim};
use crate::life::Life;
use crate::payload::ClauseCited;
use crate::refusal::Refusal;
use crate::state::State;

/// How an agreement stood when a matter under it was opened: as the opener says it stands by its
/// own matter, else as its nature has it.
///
/// A draft stands in force only by a claim that names a signature of every party.
#[must_use]
pub fn opening(genesis: &OpenMatter, agreement: &Agreement) -> Standing {
    let standing = Standing::of_nature(agreement.nature());
    let Some(claim) = genesis.standings.get(agreement.id()) else { return standing };
    let signed = agreement.parties().iter().all(|party| claim.signatures.contains_key(party));
    if signed || agreement.nature() != Nature::Draft { claimed(claim) } else { standing }
}

fn claimed(claim: &StandingClaim) -> Standing {
    let suspension = |clauses: &BTreeSet<_>| {
        if clauses.is_empty() { Suspension::Whole } else { Suspension::Clauses(clauses.clone()) }
    };
    let suspended = claim.suspended.iter();
    Standing {
        status: claim
            .ends
            .map_or(AgreementStatus::InForce, |ends| AgreementStatus::TerminationAgreed { ends }),
        entered: claim.entered,
        suspensions: suspended.map(|(by, clauses)| (by.clone(), suspension(clauses))).collect(),
    }
}

impl State {
    /// How an agreement frozen into this matter stands on `date`, by everything said here.
    #[must_use]
    pub fn standing_of(&self, agreement: &Agreement, date: Date) -> Standing {
        let opening = opening(&self.genesis, agreement);
        match self.lives.get(agreement.id()) {
            Some(life) => life.standing_under(agreement, opening, date),
            None => opening,
        }
    }
}

/// The tables of a matter's agreements, each standing as the author of the act had seen it.
pub(crate) fn tables<'a>(context: &Context<'a>, state: &State) -> Cow<'a, Agreements> {
    let tables = context.terms.tables();
    if state.genesis.standings.is_empty() && state.lives.is_empty() {
        return Cow::Borrowed(tables);
    }
    let standing = |tables: Agreements, agreement: &Agreement| {
        tables.with_standing(agreement.id(), seen(agreement, context, state))
    };
    Cow::Owned(context.terms.agreements().iter().fold(tables.clone(), standing))
}

/// How an agreement frozen into the matter stands at the act's time, as its author had seen it.
pub(crate) fn seen(agreement: &Agreement, context: &Context<'_>, state: &State) -> Standing {
    let opening = opening(&state.genesis, agreement);
    let date = date_at_offset(context.time, agreement.utc_offset_hours());
    match state.lives.get(agreement.id()) {
        Some(life) => life.seen(|act| context.saw(act)).standing_under(agreement, opening, date),
        None => opening,
    }
}

/// An agreement that is in force, as the author of an act had seen it.
pub(crate) struct InForce {
    /// What was said of it.
    pub(crate) life: Life,
    /// Its text.
    pub(crate) agreement: Arc<Agreement>,
    /// The first day in force, where its text does not say.
    pub(crate) entered: Option<Date>,
    /// The day of the act, at the agreement's offset.
    pub(crate) date: Date,
}

impl InForce {
    /// The agreement that an act on its standing is about: that of the matter, or one frozen into
    /// it. Its author must be one of the parties.
    pub(crate) fn of(
        id: &AgreementId,
        context: &Context<'_>,
        state: &State,
    ) -> Result<Self, Refusal> {
        let life = state.lives.get(id).map(|life| life.seen(|act| context.saw(act)));
        let life = life.unwrap_or_default();
        let (agreement, standing, date) = if state.genesis.about.as_ref() == Some(id) {
            life.of_own_matter(context)?
        } else {
            let agreement = context.terms.agreements().iter().find(|known| known.id() == id);
            let foreign = || Refusal::AgreementMustBeOfMatter { agreement: id.clone() };
            let agreement = Arc::new(agreement.ok_or_else(foreign)?.clone());
            let date = date_at_offset(context.time, agreement.utc_offset_hours());
            let standing = seen(&agreement, context, state);
            (agreement, standing, date)
        };
        if !agreement.parties().contains(context.party()) {
            return Err(Refusal::AuthorMustBeParty { agreement: id.clone() });
        }
        // What is in dispute may still be settled by its parties.
        let force = standing.force_for(state.genesis.status, date);
        if !standing.status.has_force() || force == Force::None {
            let standing = standing.code().to_owned();
            let clauses = term_cited(&agreement);
            return Err(Refusal::AgreementMustHaveForce { standing, clauses });
        }
        Ok(Self { life, agreement, entered: standing.entered, date })
    }

    /// The clause on its term, for refusals.
    pub(crate) fn term_cited(&self) -> Vec<ClauseCited> {
        term_cited(&self.agreement)
    }

    /// Its term and the day it began.
    pub(crate) fn term(&self) -> Option<(&Term, Option<Date>)> {
        let term = self.agreement.term()?;
        Some((term, term.start(self.entered)))
    }

    /// Refuses a party that is none of its own.
    pub(crate) fn must_be_own(&self, by: &PartyId, context: &Context<'_>) -> Result<(), Refusal> {
        if by == context.party() {
            Ok(())
        } else {
            Err(Refusal::StepMustBeOwn { party: by.clone() })
        }
    }
}

impl Life {
    /// The text in force in the agreement's own matter, how it stands, and the day.
    fn of_own_matter(
        &self,
        context: &Context<'_>,
    ) -> Result<(Arc<Agreement>, Standing, Date), Refusal> {
        // Drafts may reckon days at different offsets; each is asked on its own day.
        let in_force = self.drafts.values().filter_map(|draft| {
            let date = date_at_offset(context.time, draft.agreement.utc_offset_hours());
            let (_, found, _) = self.in_force_on(date)?;
            (found.digest == draft.digest).then_some((found, date))
        });
        let Some((draft, date)) = in_force.max_by_key(|(draft, _)| draft.version) else {
            let date = date_at_offset(context.time, 0);
            let standing = self.standing_on(date).code().to_owned();
            return Err(Refusal::AgreementMustHaveForce { standing, clauses: Vec::new() });
        };
        Ok((Arc::clone(&draft.agreement), self.standing_on(date), date))
    }
}

/// The clause on an agreement's term, for refusals.
pub(crate) fn term_cited(agreement: &Agreement) -> Vec<ClauseCited> {
    let terms =
        agreement.clauses().iter().filter(|clause| matches!(clause.terms, ClauseTerms::Term(_)));
    let cited = |clause: &pumasi_agreement::Clause| ClauseCited {
        agreement: agreement.id().clone(),
        clause: clause.id.clone(),
    };
    terms.map(cited).collect()
}
