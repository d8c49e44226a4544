//! `commit_resource`: the assisting party promises (EDXL-RM `CommitResource`, response `Accept`).

use pumasi_agreement::Action;
use pumasi_base::Quantity;
use serde::{Deserialize, Serialize};

use crate::deadline::Timeliness;
use crate::envelope::ActId;
use crate::fold::Context;
use crate::kinds::Kind;
use crate::permission::{Ask, Rule, check_amount, permit};
use crate::refusal::Refusal;
use crate::state::{OrderLine, Stage, State};

/// Promises all or part of an order.
///
/// The party that owns the goods decides: its own log orders its promises, so that no two of them
/// can race for a ceiling. An order that accepted an offer after its deadline binds nobody until
/// the party that offered takes it all the same, and says so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CommitResource {
    /// The order.
    pub order: ActId,
    /// How much of it.
    pub quantity: Quantity,
    /// Takes an acceptance that is late, or not shown to have been in time.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub accepts_late: bool,
}

impl CommitResource {
    /// Refuses what accepts an offer of the author's after its deadline, by all its author had
    /// seen, unless it is taken knowingly.
    ///
    /// The promise is a testimony itself: who says that the deadline has not passed yet has the
    /// acceptance in time.
    fn must_be_in_time(
        &self,
        order: &OrderLine,
        context: &Context<'_>,
        state: &State,
    ) -> Result<(), Refusal> {
        let Some(accepting) = state.accepting(&self.order).filter(|_| !self.accepts_late) else {
            return Ok(());
        };
        let known = accepting.with(context.record, context.time, context.clock);
        let is_in_time = if context.terms.lacks(Rule::WitnessedTime) {
            order.time <= accepting.deadline
        } else {
            known == Timeliness::InTime
        };
        let deadline = accepting.deadline;
        if is_in_time { Ok(()) } else { Err(Refusal::AcceptanceMustBeInTime { deadline }) }
    }
}

impl Kind for CommitResource {
    fn apply(self, context: &Context<'_>, state: &mut State) -> Result<(), Refusal> {
        let order = state.order_of(self.order, context)?;
        order.must_be_assisted_by(context)?;
        order.must_await_answer(context)?;
        self.must_be_in_time(order, context, state)?;
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
