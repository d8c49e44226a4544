//! `decline_resource`: the assisting party declines (EDXL-RM `CommitResource`, response `Decline`).
//!
//! Agreements keep discretion to decline; a reason may be given or withheld, and declining is
//! never a default.

use serde::{Deserialize, Serialize};

use crate::envelope::ActId;
use crate::fold::Context;
use crate::kinds::Kind;
use crate::refusal::Refusal;
use crate::state::{Stage, State};

/// Declines an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeclineResource {
    /// The order.
    pub order: ActId,
    /// Why, when the party says so.
    pub reason: Option<String>,
}

impl Kind for DeclineResource {
    fn apply(self, context: &Context<'_>, state: &mut State) -> Result<(), Refusal> {
        let order = state.order_of(self.order, context)?;
        order.must_be_assisted_by(context)?;
        order.must_await_answer(context)?;
        if let Some(order) = state.orders.get_mut(&self.order) {
            order.stage = Stage::Refused;
            order.declined = self.reason;
            order.answered = Some(context.id());
        }
        Ok(())
    }
}
