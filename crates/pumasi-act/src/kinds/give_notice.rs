//! `give_notice`: a party gives notice that the agreement will end.

use pumasi_base::{AgreementId, Date};
use serde::{Deserialize, Serialize};

use crate::envelope::ActId;
use crate::fold::Context;
use crate::kinds::Kind;
use crate::life::{Notice, NoticeMove};
use crate::refusal::Refusal;
use crate::standing::InForce;
use crate::state::State;

/// Gives notice of termination, or that the agreement shall not be renewed, as its term has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GiveNotice {
    /// The agreement.
    pub agreement: AgreementId,
    /// The first day without it.
    pub ends: Date,
    /// Why, in the party's words.
    pub cause: String,
    /// The act in the agreement's own matter that this repeats.
    pub record: Option<ActId>,
}

impl Kind for GiveNotice {
    fn apply(self, context: &Context<'_>, state: &mut State) -> Result<(), Refusal> {
        let now = InForce::of(&self.agreement, context, state)?;
        let own = |notice: &&Notice| notice.by == *context.party();
        if now.life.notices.values().filter(own).any(|n| n.last_move() != Some(NoticeMove::Withdraw))
        {
            return Err(Refusal::NoticeMustBeOnce);
        }
        let clauses = now.term_cited();
        let earliest = now.term().and_then(|(term, start)| term.end_by_notice(start, now.date));
        let Some(ends) = earliest else { return Err(Refusal::NoticeMustBeProvidedFor { clauses }) };
        if self.ends < ends {
            return Err(Refusal::NoticeMustBeLongEnough { ends, clauses });
        }
        let notice = Notice {
            by: context.party().clone(),
            given: now.date,
            ends: self.ends,
            cause: self.cause,
            steps: Vec::new(),
            record: self.record,
        };
        state.lives.entry(self.agreement).or_default().notices.insert(context.id(), notice);
        Ok(())
    }
}
