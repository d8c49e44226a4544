//! `agree_termination`: a party agrees that the agreement shall end on a day.

use pumasi_base::{AgreementId, Date};
use serde::{Deserialize, Serialize};

use crate::envelope::ActId;
use crate::fold::Context;
use crate::kinds::Kind;
use crate::life::TerminationAgreed;
use crate::refusal::Refusal;
use crate::standing::InForce;
use crate::state::State;

/// Agrees to an end. The agreement ends once every party has named the same day, each in its last
/// word (Vienna Convention on the Law of Treaties, article 54 (b)).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgreeTermination {
    /// The agreement.
    pub agreement: AgreementId,
    /// The first day without it.
    pub ends: Date,
    /// Why, in the party's words.
    pub cause: String,
    /// The act in the agreement's own matter that this repeats.
    pub record: Option<ActId>,
}

impl Kind for AgreeTermination {
    fn apply(self, context: &Context<'_>, state: &mut State) -> Result<(), Refusal> {
        let now = InForce::of(&self.agreement, context, state)?;
        if self.ends <= now.date {
            return Err(Refusal::DateMustFollow { date: now.date.tomorrow().unwrap_or(now.date) });
        }
        let by = context.party().clone();
        let before = now.life.terminations.iter().filter(|(_, said)| said.by == by);
        let replaces = before.map(|(act, _)| *act).collect();
        let said = TerminationAgreed { by, ends: self.ends, time: context.time, replaces };
        state.lives.entry(self.agreement).or_default().terminations.insert(context.id(), said);
        Ok(())
    }
}
