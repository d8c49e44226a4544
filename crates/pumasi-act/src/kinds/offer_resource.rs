//! `offer_resource`: the assisting party offers aid, asked or unasked (EDXL-RM
//! `ResponseToRequestResource`, `OfferUnsolicitedResource`).

use pumasi_agreement::Action;
use pumasi_base::time::plus_seconds;
use pumasi_base::{CommodityId, Money, PartyId, PurposeId, Quantity, Time};
use serde::{Deserialize, Serialize};

use crate::envelope::ActId;
use crate::fold::Context;
use crate::kinds::Kind;
use crate::permission::{Ask, check_settlement, permit};
use crate::refusal::Refusal;
use crate::state::{Offer, SettlementMode, State};

/// Offers one resource to one party, perhaps until a time. An offer is no promise: the commitment
/// is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfferResource {
    /// To whom.
    pub requesting: PartyId,
    /// The request it answers.
    pub request: Option<ActId>,
    /// What.
    pub commodity: CommodityId,
    /// How much.
    pub quantity: Quantity,
    /// What for.
    pub purpose: PurposeId,
    /// How it would be settled.
    pub mode: SettlementMode,
    /// Price of a unit.
    pub price: Option<Money>,
    /// The last moment at which it can be accepted; none when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Time>,
    /// Minutes after `until` in which an acceptance still counts.
    #[serde(default, skip_serializing_if = "is_none")]
    pub grace_minutes: u32,
}

/// Whether nothing is granted beyond the deadline, which needs no saying.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks with a reference")]
const fn is_none(minutes: &u32) -> bool {
    *minutes == 0
}

impl OfferResource {
    /// The last moment at which an acceptance counts.
    fn deadline(&self) -> Option<Time> {
        self.until.map(|until| plus_seconds(until, i64::from(self.grace_minutes) * 60))
    }
}

impl Kind for OfferResource {
    fn apply(self, context: &Context<'_>, state: &mut State) -> Result<(), Refusal> {
        if let Some(request) = self.request {
            let known = state.requests.get(&request).filter(|_| context.saw(&request));
            let asked = known.ok_or(Refusal::ReferenceMustBeKnown { act: request })?;
            if asked.assisting != *context.party() {
                return Err(Refusal::StepMustBeOwn { party: asked.assisting.clone() });
            }
        }
        let ask = Ask {
            action: Action::Offer,
            giver: context.party(),
            receiver: &self.requesting,
            commodity: &self.commodity,
            quantity: self.quantity,
            purpose: &self.purpose,
            place: None,
            requested: self.request.is_some(),
            contact_lost: false,
        };
        let decision = permit(&ask, context, state)?;
        check_settlement(&decision, self.mode, self.price)?;
        let offer = Offer {
            deadline: self.deadline(),
            assisting: context.party().clone(),
            requesting: self.requesting,
            request: self.request,
            commodity: self.commodity,
            quantity: self.quantity,
            mode: self.mode,
            price: self.price,
            ordered: None,
            withdrawn: None,
            time: context.time,
        };
        state.offers.insert(context.id(), offer);
        Ok(())
    }
}
