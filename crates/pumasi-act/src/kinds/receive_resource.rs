//! `receive_resource`: what the receiver found; EDXL-RM has no such message, trade practice does.
//!
//! A receipt records reality and is never blocked by a discrepancy: it raises it.

use pumasi_base::{Money, Quantity};
use serde::{Deserialize, Serialize};

use crate::envelope::ActId;
use crate::fold::Context;
use crate::kinds::Kind;
use crate::refusal::Refusal;
use crate::state::{
    Obligation, ObligationStage, OrderLine, Receipt, SettlementMode, Stage, State,
};

/// Reports what arrived of a shipment. Accepted, rejected and short add up to what was shipped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReceiveResource {
    /// The shipment.
    pub shipment: ActId,
    /// Accepted.
    pub accepted: Quantity,
    /// Rejected.
    pub rejected: Quantity,
    /// Why rejected.
    pub reason: Option<String>,
    /// Not there.
    pub short: Quantity,
}

impl ReceiveResource {
    fn adds_up_to(&self, shipped: Quantity) -> bool {
        self.accepted
            .plus(self.rejected)
            .and_then(|sum| sum.plus(self.short))
            .is_ok_and(|sum| sum == shipped)
    }
}

impl Kind for ReceiveResource {
    fn apply(self, context: &Context<'_>, state: &mut State) -> Result<(), Refusal> {
        let unknown = Refusal::ReferenceMustBeKnown { act: self.shipment };
        let known = state.shipments.get(&self.shipment).filter(|_| context.saw(&self.shipment));
        let shipment = known.ok_or_else(|| unknown.clone())?;
        let order_id = shipment.order;
        let shipped = shipment.quantity;
        let received = shipment.receipt.is_some();
        let order = state.orders.get(&order_id).ok_or(unknown)?;
        if order.requesting != *context.party() {
            return Err(Refusal::StepMustBeOwn { party: order.requesting.clone() });
        }
        if received {
            return Err(Refusal::ShipmentMustBeReceivedOnce);
        }
        if !self.adds_up_to(shipped) {
            return Err(Refusal::ReceiptMustAddUp { shipped });
        }
        let mut order = order.clone();
        order.accepted = order.accepted.plus(self.accepted).unwrap_or(order.accepted);
        order.rejected = order.rejected.plus(self.rejected).unwrap_or(order.rejected);
        order.short = order.short.plus(self.short).unwrap_or(order.short);
        close_when_accounted(&mut order, context);
        state.orders.insert(order_id, order);
        if let Some(shipment) = state.shipments.get_mut(&self.shipment) {
            shipment.receipt = Some(Receipt {
                act: context.id(),
                time: context.time,
                accepted: self.accepted,
                rejected: self.rejected,
                reason: self.reason,
                short: self.short,
            });
        }
        Ok(())
    }
}

/// Once everything committed is accounted for, what was accepted is owed, unless it is a gift.
fn close_when_accounted(order: &mut OrderLine, context: &Context<'_>) {
    let accounted = order.accepted.plus(order.rejected).and_then(|sum| sum.plus(order.short));
    if accounted != Ok(order.committed) {
        return;
    }
    if order.mode == SettlementMode::Gift || order.accepted.is_zero() {
        order.stage = Stage::Closed;
        return;
    }
    order.stage = Stage::Settling;
    order.obligation = Some(Obligation {
        debtor: order.requesting.clone(),
        creditor: order.assisting.clone(),
        mode: order.mode,
        goods: order.accepted,
        sum: owed(order.price, order.accepted),
        stage: ObligationStage::Accrued,
        since: context.time,
        due: None,
        reference: None,
        last: context.id(),
    });
}

/// The price of what was accepted.
fn owed(price: Option<Money>, accepted: Quantity) -> Option<Money> {
    price?.times_milli(accepted.as_milli()).ok()
}
