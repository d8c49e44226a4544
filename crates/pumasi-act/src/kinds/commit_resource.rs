//! `commit_resource`: the assisting party promises (EDXL-RM `CommitResource`, response `Accept`).

use pumasi_agreement::Action;
use pumasi_base::Quantity;
use serde::{Deserialize, Serialize};

use crate::envelope::ActId;
use crate::fold::Context;
use crate::kinds::Kind;
use crate::permission::{Ask, check_amount, permit};
use crate::refusal::Refusal;
use crate::state::{Stage, State};

/// Promises all or part of an order.
///
/// The party that owns the goods decides: its own log orders its promises, so that no two of them
/// can race for a ceiling.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CommitResource {
    /// The order.
    pub order: ActId,
    /// How much of it.
    pub quantity: Quantity,
}

impl Kind for CommitResource {
    fn apply(self, context: &Context<'_>, state: &mut State) -> Result<(), Refusal> {
        let order = state.order_of(self.order, context)?;
        order.must_be_assisted_by(context)?;
        order.must_await_answer(context)?;
        if self.quantity.exceeds(order.ordered).unwrap_or(true) {
            return Err(Refusal::CommitmentMustNotExceedOrder { ordered: order.ordered });
        }
        check_amount(context, order.price, self.quantity)?;
        let ask = Ask {
            action: Action::Order,
            giver: context.party(),
            receiver: &order.requesting,
            commodity: &order.commodity,
            quantity: self.quantity,
            purpose: &order.purpose,
            place: Some(&order.place),
            requested: true,
            contact_lost: false,
        };
        permit(&ask, context, state)?;
        if let Some(order) = state.orders.get_mut(&self.order) {
            order.committed = self.quantity;
            order.promised = Some((context.id(), context.time));
            order.answered = Some(context.id());
            order.stage = Stage::Committed;
        }
        Ok(())
    }
}
