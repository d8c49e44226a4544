//! `draw_resource`: the holder of a drawing right takes goods without asking again.

use pumasi_agreement::Action;
use pumasi_base::{PlaceId, Quantity};
use serde::{Deserialize, Serialize};

use crate::envelope::ActId;
use crate::fold::Context;
use crate::kinds::Kind;
use crate::permission::{Ask, must_not_be_suspended};
use crate::refusal::Refusal;
use crate::state::{OrderLine, Stage, State};

/// Draws on a right. The order is promised at once, by the grant. The holder's own log orders its
/// draws, so that the cap holds whoever else can be reached; what exceeds it is void.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DrawResource {
    /// The right.
    pub right: ActId,
    /// How much.
    pub quantity: Quantity,
    /// For which place.
    pub place: PlaceId,
}

impl Kind for DrawResource {
    fn apply(self, context: &Context<'_>, state: &mut State) -> Result<(), Refusal> {
        let known = state.rights.get(&self.right).filter(|_| context.saw(&self.right));
        let right = known.ok_or(Refusal::ReferenceMustBeKnown { act: self.right })?.clone();
        if right.requesting != *context.party() {
            return Err(Refusal::StepMustBeOwn { party: right.requesting });
        }
        if self.quantity.is_zero() {
            return Err(Refusal::QuantityMustNotBeZero);
        }
        let wrong_unit = Refusal::UnitMustMatch { quantity: self.quantity };
        let drawn = right.drawn.plus(self.quantity).map_err(|_| wrong_unit)?;
        if drawn.exceeds(right.cap).unwrap_or(true) || context.time > right.until {
            let (left, until) = (right.left(), right.until);
            return Err(Refusal::DrawMustNotExceedRight { left, until });
        }
        let ask = Ask {
            action: Action::Order,
            giver: &right.assisting,
            receiver: context.party(),
            commodity: &right.commodity,
            quantity: self.quantity,
            purpose: &right.purpose,
            place: Some(&self.place),
            requested: true,
            contact_lost: false,
        };
        let order = OrderLine {
            committed: self.quantity,
            stage: Stage::Committed,
            promised: Some((context.id(), context.time)),
            clause: right.clause.clone(),
            right: Some(self.right),
            ..OrderLine::ordered(&ask, &self.place, context)
        };
        must_not_be_suspended(&order, context, state)?;
        state.orders.insert(context.id(), order);
        if let Some(right) = state.rights.get_mut(&self.right) {
            right.drawn = drawn;
        }
        Ok(())
    }
}
