//! `choose_plan`: a party states the plan it goes by. A plan is a value; choosing it is an act.

use pumasi_base::{
    AgreementId, ClauseId, CommodityId, Digest, LinkId, PartyId, PlaceId, PurposeId, Quantity, Time,
};
use pumasi_agreement::Action;
use serde::{Deserialize, Serialize};

use crate::fold::Context;
use crate::kinds::Kind;
use crate::permission::{Ask, must_be_permissible};
use crate::refusal::Refusal;
use crate::state::State;

/// States the plan a party goes by. It binds nobody: requests and orders do.
///
/// A move under an agreement of the matter must be one that the agreement could permit, so that no
/// plan counts on what nobody may send; moves under other agreements are judged in their matters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChoosePlan {
    /// Digest of the plan.
    pub plan: Digest,
    /// What the aid is for.
    pub purpose: PurposeId,
    /// Start of its horizon.
    pub start: Time,
    /// End of its horizon.
    pub end: Time,
    /// What moves.
    pub moves: Vec<PlannedMove>,
    /// What stays unmet.
    pub unmet: Vec<PlannedUnmet>,
    /// What proves how good the plan is at most, as the planner states it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proof: Option<PlanProof>,
}

/// How far a plan is from the best, and the digests of what shows it.
///
/// The fold keeps it and judges nothing by it: who has the two texts can prove the bound again,
/// who has not has the planner's word. Sums are burdens, units missing in a period times their
/// weight, in thousandths.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanProof {
    /// Digest of the canonical text of the problem.
    pub problem: Digest,
    /// Digest of the canonical text of the prices.
    pub certificate: Digest,
    /// Burden and cost of the plan.
    pub objective_milli: i64,
    /// No plan for the problem has less.
    pub bound_milli: i64,
    /// How far the plan is above that, in parts per million of the burden without relief.
    pub gap_ppm: i64,
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

impl PlannedMove {
    /// Judges a move by the agreement it names, when the matter stands under it.
    fn judge(
        &self,
        purpose: &PurposeId,
        context: &Context<'_>,
        state: &State,
    ) -> Result<(), Refusal> {
        if !state.genesis.agreements.contains_key(&self.agreement) {
            return Ok(());
        }
        let unknown = || Refusal::CommodityMustBeListed { commodity: self.commodity.to_string() };
        let unit = state.unit_of(&self.commodity).ok_or_else(unknown)?;
        let quantity = Quantity::whole(self.units, unit);
        let ask = |action| Ask {
            action,
            giver: &self.giver,
            receiver: &self.receiver,
            commodity: &self.commodity,
            quantity: quantity.clone().unwrap_or(Quantity::zero(unit)),
            purpose,
            place: None,
            requested: true,
            contact_lost: false,
        };
        must_be_permissible(&ask(Action::Order), &self.agreement, context, state)
            .or_else(|refusal| {
                let push = ask(Action::Push);
                must_be_permissible(&push, &self.agreement, context, state).map_err(|_| refusal)
            })
    }
}

impl Kind for ChoosePlan {
    fn apply(self, context: &Context<'_>, state: &mut State) -> Result<(), Refusal> {
        for planned in &self.moves {
            planned.judge(&self.purpose, context, state)?;
        }
        state.plans.insert(context.id(), self);
        Ok(())
    }
}
