//! `suspend_agreement`: a party suspends an agreement or some of its clauses.

use std::collections::BTreeSet;

use pumasi_base::{AgreementId, ClauseId, Date};
use serde::{Deserialize, Serialize};

use crate::envelope::ActId;
use crate::fold::Context;
use crate::kinds::Kind;
use crate::life::SuspensionRecord;
use crate::refusal::Refusal;
use crate::standing::InForce;
use crate::state::State;

/// Suspends what it names for as long as it says. What another party has suspended stays so.
///
/// In the agreement's own matter it says so for good; in a matter under the agreement it reaches
/// the orders there, and `record` names the act it repeats.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SuspendAgreement {
    /// The agreement.
    pub agreement: AgreementId,
    /// Which clauses; all of them when empty.
    pub clauses: BTreeSet<ClauseId>,
    /// The first day; the day of the act when absent.
    pub from: Option<Date>,
    /// The first day on which it no longer is; until it is lifted when absent.
    pub until: Option<Date>,
    /// Why, in the party's words.
    pub cause: String,
    /// The act in the agreement's own matter that this repeats.
    pub record: Option<ActId>,
}

impl Kind for SuspendAgreement {
    fn apply(self, context: &Context<'_>, state: &mut State) -> Result<(), Refusal> {
        let now = InForce::of(&self.agreement, context, state)?;
        if let Some(clause) = self.clauses.iter().find(|id| now.agreement.clause(id).is_none()) {
            return Err(Refusal::ClauseMustExist { clause: clause.clone() });
        }
        let from = self.from.unwrap_or(now.date);
        if from < now.date {
            return Err(Refusal::DateMustFollow { date: now.date });
        }
        if self.until.is_some_and(|until| until <= from) {
            return Err(Refusal::DateMustFollow { date: from.tomorrow().unwrap_or(from) });
        }
        let suspension = SuspensionRecord {
            by: context.party().clone(),
            clauses: self.clauses,
            from,
            until: self.until,
            cause: self.cause,
            lifted: None,
            record: self.record,
        };
        let life = state.lives.entry(self.agreement).or_default();
        life.suspensions.insert(context.id(), suspension);
        Ok(())
    }
}
