//! `withdraw_notice`: a party withdraws a notice it gave.

use pumasi_base::AgreementId;
use serde::{Deserialize, Serialize};

use crate::envelope::ActId;
use crate::fold::Context;
use crate::kinds::Kind;
use crate::life::NoticeMove;
use crate::refusal::Refusal;
use crate::standing::InForce;
use crate::state::State;

/// Withdraws a notice before it has ended the agreement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WithdrawNotice {
    /// The agreement.
    pub agreement: AgreementId,
    /// The notice.
    pub notice: ActId,
    /// The act in the agreement's own matter that this repeats.
    pub record: Option<ActId>,
}

impl Kind for WithdrawNotice {
    fn apply(self, context: &Context<'_>, state: &mut State) -> Result<(), Refusal> {
        let now = InForce::of(&self.agreement, context, state)?;
        state.move_notice(&self.agreement, self.notice, NoticeMove::Withdraw, &now, context)?;
        Ok(())
    }
}
