//! `suspend_notice`: a party suspends the effect of a notice it gave.

use pumasi_base::AgreementId;
use serde::{Deserialize, Serialize};

use crate::envelope::ActId;
use crate::fold::Context;
use crate::kinds::Kind;
use crate::life::NoticeMove;
use crate::refusal::Refusal;
use crate::standing::InForce;
use crate::state::State;

/// Suspends the effect of a notice: the agreement goes on, and the notice stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SuspendNotice {
    /// The agreement.
    pub agreement: AgreementId,
    /// The notice.
    pub notice: ActId,
    /// The act in the agreement's own matter that this repeats.
    pub record: Option<ActId>,
}

impl Kind for SuspendNotice {
    fn apply(self, context: &Context<'_>, state: &mut State) -> Result<(), Refusal> {
        let now = InForce::of(&self.agreement, context, state)?;
        state.move_notice(&self.agreement, self.notice, NoticeMove::Suspend, &now, context)?;
        Ok(())
    }
}
