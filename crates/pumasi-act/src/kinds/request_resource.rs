//! `request_resource`: the requesting party asks for aid (EDXL-RM `RequestResource`).

use pumasi_agreement::Action;
use pumasi_base::{CommodityId, PartyId, PlaceId, PurposeId, Quantity, Time};
use serde::{Deserialize, Serialize};

use crate::fold::Context;
use crate::kinds::Kind;
use crate::permission::{Ask, permit};
use crate::refusal::Refusal;
use crate::state::{Request, State};

/// Asks one party for one resource.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequestResource {
    /// Who is asked.
    pub assisting: PartyId,
    /// What.
    pub commodity: CommodityId,
    /// How much.
    pub quantity: Quantity,
    /// What for.
    pub purpose: PurposeId,
    /// For which place.
    pub place: PlaceId,
    /// By when.
    pub need_by: Option<Time>,
}

impl Kind for RequestResource {
    fn apply(self, context: &Context<'_>, state: &mut State) -> Result<(), Refusal> {
        let ask = Ask {
            action: Action::Request,
            giver: &self.assisting,
            receiver: context.party(),
            commodity: &self.commodity,
            quantity: self.quantity,
            purpose: &self.purpose,
            place: Some(&self.place),
            requested: false,
            contact_lost: false,
        };
        permit(&ask, context, state)?;
        let request = Request {
            requesting: context.party().clone(),
            assisting: self.assisting,
            commodity: self.commodity,
            quantity: self.quantity,
            purpose: self.purpose,
            place: self.place,
            need_by: self.need_by,
            time: context.time,
            clause: context.act.payload().clause.clone(),
        };
        state.requests.insert(context.id(), request);
        Ok(())
    }
}
