//! `withdraw_offer`: the assisting party takes an offer back (EDXL-RM message recall, type
//! `Cancel`).

use serde::{Deserialize, Serialize};

use crate::envelope::ActId;
use crate::fold::Context;
use crate::kinds::Kind;
use crate::refusal::Refusal;
use crate::state::State;

/// Withdraws an offer. An order that takes it up without having seen this is a claim like any
/// other, and the party that offered answers it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WithdrawOffer {
    /// The offer.
    pub offer: ActId,
    /// Why, in the party's words.
    pub reason: Option<String>,
}

impl Kind for WithdrawOffer {
    fn apply(self, context: &Context<'_>, state: &mut State) -> Result<(), Refusal> {
        let unknown = Refusal::ReferenceMustBeKnown { act: self.offer };
        let known = state.offers.get_mut(&self.offer).filter(|_| context.saw(&self.offer));
        let offer = known.ok_or(unknown)?;
        if offer.assisting != *context.party() {
            return Err(Refusal::StepMustBeOwn { party: offer.assisting.clone() });
        }
        if offer.withdrawn.is_some() {
            return Err(Refusal::StageMustFit { stage: "withdrawn".to_owned() });
        }
        offer.withdrawn = Some(context.id());
        Ok(())
    }
}
