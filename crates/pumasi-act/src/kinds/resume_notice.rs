//! `resume_notice`: a party lets a suspended notice take effect again.

use pumasi_base::AgreementId;
use serde::{Deserialize, Serialize};

use crate::envelope::ActId;
use crate::fold::Context;
use crate::kinds::Kind;
use crate::life::NoticeMove;
use crate::refusal::Refusal;
use crate::standing::InForce;
use crate::state::State;

/// Lifts the suspension of a notice. When the agreement ends by that is read in two ways, and
/// both are kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResumeNotice {
    /// The agreement.
    pub agreement: AgreementId,
    /// The notice.
    pub notice: ActId,
    /// The act in the agreement's own matter that this repeats.
    pub record: Option<ActId>,
}

impl Kind for ResumeNotice {
    fn apply(self, context: &Context<'_>, state: &mut State) -> Result<(), Refusal> {
        let now = InForce::of(&self.agreement, context, state)?;
        state.move_notice(&self.agreement, self.notice, NoticeMove::Resume, &now, context)?;
        Ok(())
    }
}
