//! `grant_drawing_right`: the assisting party lets a neighbour draw on its stock by itself, up to
//! a cap, also while the two are cut off from each other.
//!
//! SPEC: escrow, O'Neil 1986; numeric rights held apart, Balegas and others 2015. The cap counts
//! against every ceiling from the day it is granted, so that no draw can exceed one.

use pumasi_agreement::Action;
use pumasi_base::{CommodityId, PartyId, PurposeId, Quantity, Time};
use serde::{Deserialize, Serialize};

use crate::fold::Context;
use crate::kinds::Kind;
use crate::permission::{Ask, permit};
use crate::refusal::Refusal;
use crate::state::{DrawingRight, State};

/// Grants the right to draw goods until a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GrantDrawingRight {
    /// To whom.
    pub requesting: PartyId,
    /// What.
    pub commodity: CommodityId,
    /// How much in all.
    pub cap: Quantity,
    /// What for.
    pub purpose: PurposeId,
    /// The last moment of a draw.
    pub until: Time,
}

impl Kind for GrantDrawingRight {
    fn apply(self, context: &Context<'_>, state: &mut State) -> Result<(), Refusal> {
        let ask = Ask {
            action: Action::Order,
            giver: context.party(),
            receiver: &self.requesting,
            commodity: &self.commodity,
            quantity: self.cap,
            purpose: &self.purpose,
            place: None,
            requested: true,
            contact_lost: false,
        };
        permit(&ask, context, state)?;
        let right = DrawingRight {
            assisting: context.party().clone(),
            requesting: self.requesting,
            commodity: self.commodity,
            cap: self.cap,
            drawn: Quantity::zero(self.cap.unit()),
            purpose: self.purpose,
            until: self.until,
            clause: context.act.payload().clause.clone(),
            granted: context.time,
        };
        state.rights.insert(context.id(), right);
        Ok(())
    }
}
