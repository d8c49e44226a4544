//! `requisition_resource`: the requesting party orders (EDXL-RM `RequisitionResource`).

use pumasi_agreement::Action;
use pumasi_base::{CommodityId, Money, PartyId, PlaceId, PurposeId, Quantity};
use serde::{Deserialize, Serialize};

use crate::envelope::ActId;
use crate::fold::Context;
use crate::kinds::Kind;
use crate::permission::{Ask, check_amount, check_settlement, permit};
use crate::refusal::Refusal;
use crate::state::{OrderLine, SettlementMode, State};

/// Orders one line from one party, with its way of settling fixed before anyone commits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequisitionResource {
    /// From whom.
    pub assisting: PartyId,
    /// The request it covers.
    pub request: Option<ActId>,
    /// The offer it takes up.
    pub offer: Option<ActId>,
    /// What.
    pub commodity: CommodityId,
    /// How much.
    pub quantity: Quantity,
    /// What for.
    pub purpose: PurposeId,
    /// For which place.
    pub place: PlaceId,
    /// How it is settled.
    pub mode: SettlementMode,
    /// Price of a unit.
    pub price: Option<Money>,
}

impl RequisitionResource {
    /// Checks what it refers to: its own request, and an offer made to it.
    fn check_references(&self, context: &Context<'_>, state: &State) -> Result<(), Refusal> {
        if let Some(act) = self.request {
            let known = state.requests.get(&act).filter(|_| context.saw(&act));
            let request = known.ok_or(Refusal::ReferenceMustBeKnown { act })?;
            if request.requesting != *context.party() {
                return Err(Refusal::StepMustBeOwn { party: request.requesting.clone() });
            }
        }
        if let Some(act) = self.offer {
            let known = state.offers.get(&act).filter(|_| context.saw(&act));
            let offer = known.ok_or(Refusal::ReferenceMustBeKnown { act })?;
            if offer.requesting != *context.party() {
                return Err(Refusal::StepMustBeOwn { party: offer.requesting.clone() });
            }
            if offer.assisting != self.assisting || offer.commodity != self.commodity {
                return Err(Refusal::ReferenceMustBeKnown { act });
            }
            if offer.withdrawn.is_some_and(|withdrawal| context.saw(&withdrawal)) {
                return Err(Refusal::StageMustFit { stage: "withdrawn".to_owned() });
            }
            if offer.ordered.is_some() {
                return Err(Refusal::StageMustFit { stage: "ordered".to_owned() });
            }
        }
        Ok(())
    }
}

impl Kind for RequisitionResource {
    fn apply(self, context: &Context<'_>, state: &mut State) -> Result<(), Refusal> {
        check_amount(context, self.price, self.quantity)?;
        let ask = Ask {
            action: Action::Order,
            giver: &self.assisting,
            receiver: context.party(),
            commodity: &self.commodity,
            quantity: self.quantity,
            purpose: &self.purpose,
            place: Some(&self.place),
            requested: true,
            contact_lost: false,
        };
        self.check_references(context, state)?;
        let decision = permit(&ask, context, state)?;
        let settle_days = check_settlement(&decision, self.mode, self.price)?;
        if let Some(offer) = self.offer.and_then(|offer| state.offers.get_mut(&offer)) {
            offer.ordered = Some(context.id());
        }
        let order = OrderLine {
            request: self.request,
            offer: self.offer,
            mode: self.mode,
            price: self.price,
            settle_days,
            ..OrderLine::ordered(&ask, &self.place, context)
        };
        state.orders.insert(context.id(), order);
        Ok(())
    }
}
