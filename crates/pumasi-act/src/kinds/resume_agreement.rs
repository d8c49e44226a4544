//! `resume_agreement`: a party lifts a suspension of its own.

use pumasi_base::AgreementId;
use serde::{Deserialize, Serialize};

use crate::envelope::ActId;
use crate::fold::Context;
use crate::kinds::Kind;
use crate::life::Life;
use crate::refusal::Refusal;
use crate::standing::InForce;
use crate::state::State;

/// Lifts a suspension from the day of the act on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResumeAgreement {
    /// The agreement.
    pub agreement: AgreementId,
    /// The suspension.
    pub suspension: ActId,
    /// The act in the agreement's own matter that this repeats.
    pub record: Option<ActId>,
}

impl Kind for ResumeAgreement {
    fn apply(self, context: &Context<'_>, state: &mut State) -> Result<(), Refusal> {
        let now = InForce::of(&self.agreement, context, state)?;
        let unknown = Refusal::ReferenceMustBeKnown { act: self.suspension };
        let suspension = now.life.suspensions.get(&self.suspension).ok_or(unknown)?;
        now.must_be_own(&suspension.by, context)?;
        if suspension.lifted.is_some() {
            return Err(Refusal::StageMustFit { stage: "resumed".to_owned() });
        }
        let life: Option<&mut Life> = state.lives.get_mut(&self.agreement);
        if let Some(held) = life.and_then(|life| life.suspensions.get_mut(&self.suspension)) {
            held.lifted = Some((context.id(), now.date));
        }
        Ok(())
    }
}
