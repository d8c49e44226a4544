//! `push_resource`: the assisting party sends before it is asked, under standing consent.
//!
//! Japan's national practice since 2012 calls this push-type support. Pushed goods are a gift.

use pumasi_agreement::Action;
use pumasi_base::{CommodityId, PartyId, PlaceId, PurposeId, Quantity};
use serde::{Deserialize, Serialize};

use crate::fold::Context;
use crate::kinds::Kind;
use crate::permission::{Ask, permit};
use crate::refusal::Refusal;
use crate::state::{OrderLine, Stage, State};

/// Promises goods nobody asked for, to a party that consented beforehand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PushResource {
    /// To whom.
    pub requesting: PartyId,
    /// What.
    pub commodity: CommodityId,
    /// How much.
    pub quantity: Quantity,
    /// What for.
    pub purpose: PurposeId,
    /// For which place.
    pub place: PlaceId,
    /// Whether the receiver cannot be reached, as far as the sender can tell.
    pub contact_lost: bool,
}

impl Kind for PushResource {
    fn apply(self, context: &Context<'_>, state: &mut State) -> Result<(), Refusal> {
        let ask = Ask {
            action: Action::Push,
            giver: context.party(),
            receiver: &self.requesting,
            commodity: &self.commodity,
            quantity: self.quantity,
            purpose: &self.purpose,
            place: Some(&self.place),
            requested: false,
            contact_lost: self.contact_lost,
        };
        permit(&ask, context, state)?;
        let order = OrderLine {
            pushed: true,
            committed: self.quantity,
            stage: Stage::Committed,
            promised: Some((context.id(), context.time)),
            ..OrderLine::ordered(&ask, &self.place, context)
        };
        state.orders.insert(context.id(), order);
        Ok(())
    }
}
