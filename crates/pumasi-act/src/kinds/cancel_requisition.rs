//! `cancel_requisition`: the requesting party takes its order back before it is promised (EDXL-RM
//! message recall, type `Cancel`).

use serde::{Deserialize, Serialize};

use crate::envelope::ActId;
use crate::fold::Context;
use crate::kinds::Kind;
use crate::refusal::Refusal;
use crate::state::{Stage, State};

/// Cancels an order nobody has promised as far as its author had seen.
///
/// A promise made without having seen this stands: goods may have left. The cancellation then
/// shows on the order as a wish, and the two parties settle what comes of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CancelRequisition {
    /// The order.
    pub order: ActId,
    /// Why, in the party's words.
    pub reason: Option<String>,
}

impl Kind for CancelRequisition {
    fn apply(self, context: &Context<'_>, state: &mut State) -> Result<(), Refusal> {
        let order = state.order_of(self.order, context)?;
        if order.requesting != *context.party() || order.pushed {
            return Err(Refusal::StepMustBeOwn { party: order.requesting.clone() });
        }
        let answered = order.answered.is_some_and(|answer| context.saw(&answer));
        if answered || order.cancelled.is_some() {
            return Err(Refusal::StageMustFit { stage: order.stage.code().to_owned() });
        }
        if let Some(order) = state.orders.get_mut(&self.order) {
            order.cancelled = Some(context.id());
            if order.stage == Stage::Requisitioned {
                order.stage = Stage::Cancelled;
            }
        }
        Ok(())
    }
}
