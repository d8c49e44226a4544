//! `confirm_discharge`: the creditor agrees that nothing is owed any more.

use serde::{Deserialize, Serialize};

use crate::envelope::ActId;
use crate::fold::Context;
use crate::kinds::Kind;
use crate::refusal::Refusal;
use crate::state::{ObligationStage, Stage, State};

/// Confirms that an obligation is settled: only the creditor can.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConfirmDischarge {
    /// The order.
    pub order: ActId,
}

impl Kind for ConfirmDischarge {
    fn apply(self, context: &Context<'_>, state: &mut State) -> Result<(), Refusal> {
        let order = state.order_of(self.order, context)?;
        order.must_be_assisted_by(context)?;
        order.must_owe(ObligationStage::Discharged, context)?;
        state.update_obligation(self.order, context, |obligation| {
            obligation.stage = ObligationStage::Confirmed;
        });
        if let Some(order) = state.orders.get_mut(&self.order) {
            order.stage = Stage::Closed;
        }
        Ok(())
    }
}
