//! `choose_plan`: a party states the plan it goes by. A plan is a value; choosing it is an act.

use pumasi_base::{AgreementId, ClauseId, CommodityId, Digest, LinkId, PartyId, PlaceId, Time};
use serde::{Deserialize, Serialize};

use crate::fold::Context;
use crate::kinds::Kind;
use crate::refusal::Refusal;
use crate::state::State;

/// States the plan a party goes by. It binds nobody: requests and orders do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChoosePlan {
    /// Digest of the plan.
    pub plan: Digest,
    /// Start of its horizon.
    pub start: Time,
    /// End of its horizon.
    pub end: Time,
    /// What moves.
    pub moves: Vec<PlannedMove>,
    /// What stays unmet.
    pub unmet: Vec<PlannedUnmet>,
}

/// One movement of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlannedMove {
    /// Who gives.
    pub giver: PartyId,
    /// Who receives.
    pub receiver: PartyId,
    /// For which place.
    pub place: PlaceId,
    /// What.
    pub commodity: CommodityId,
    /// Whole units.
    pub units: i64,
    /// Links in order.
    pub links: Vec<LinkId>,
    /// Departure.
    pub departs: Time,
    /// Arrival.
    pub arrives: Time,
    /// The agreement that permits it.
    pub agreement: AgreementId,
    /// The clause.
    pub clause: ClauseId,
}

/// What a plan cannot serve.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlannedUnmet {
    /// The place.
    pub place: PlaceId,
    /// What.
    pub commodity: CommodityId,
    /// Whole units over the horizon.
    pub units: i64,
    /// What stops it, stable: `no_stock`, `no_link`, `too_late`, `no_permit`, `capacity`,
    /// `handling`.
    pub cause: String,
    /// What it is: the link, the port, the missing permission.
    pub what: Option<String>,
}

impl Kind for ChoosePlan {
    fn apply(self, context: &Context<'_>, state: &mut State) -> Result<(), Refusal> {
        state.plans.insert(context.id(), self);
        Ok(())
    }
}
