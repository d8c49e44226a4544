//! `discharge_obligation`: the debtor says it has paid or returned the like.

use serde::{Deserialize, Serialize};

use crate::envelope::ActId;
use crate::fold::Context;
use crate::kinds::Kind;
use crate::refusal::Refusal;
use crate::state::{ObligationStage, State};

/// States that an obligation is settled, with the proof the debtor has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DischargeObligation {
    /// The order.
    pub order: ActId,
    /// The payment order, or the waybill of the goods returned.
    pub reference: String,
}

impl Kind for DischargeObligation {
    fn apply(self, context: &Context<'_>, state: &mut State) -> Result<(), Refusal> {
        let order = state.order_of(self.order, context)?;
        if order.requesting != *context.party() {
            return Err(Refusal::StepMustBeOwn { party: order.requesting.clone() });
        }
        order.must_owe(ObligationStage::Billed, context)?;
        state.update_obligation(self.order, context, |obligation| {
            obligation.stage = ObligationStage::Discharged;
            obligation.reference = Some(self.reference);
        });
        Ok(())
    }
}
