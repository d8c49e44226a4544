//! `dispatch_shipment`: goods leave (EDXL-RM `ReportResourceDeploymentStatus`).

use pumasi_base::{Quantity, Time};
use serde::{Deserialize, Serialize};

use crate::envelope::ActId;
use crate::fold::Context;
use crate::kinds::Kind;
use crate::permission::must_not_be_suspended;
use crate::refusal::Refusal;
use crate::state::{Shipment, Stage, State};

/// Reports that part or all of an order has left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DispatchShipment {
    /// The order.
    pub order: ActId,
    /// How much.
    pub quantity: Quantity,
    /// Pallets.
    pub pallets: i64,
    /// The links it takes, in order.
    pub links: Vec<String>,
    /// Departure.
    pub departs: Time,
    /// Expected arrival.
    pub arrives: Time,
}

impl Kind for DispatchShipment {
    fn apply(self, context: &Context<'_>, state: &mut State) -> Result<(), Refusal> {
        let order = state.order_of(self.order, context)?;
        order.must_be_assisted_by(context)?;
        if !matches!(order.stage, Stage::Committed | Stage::InFulfilment) {
            return Err(Refusal::StageMustFit { stage: order.stage.code().to_owned() });
        }
        // What is on its way goes on; what has not left stays until the suspension is lifted.
        must_not_be_suspended(order, context, state)?;
        if self.quantity.is_zero() {
            return Err(Refusal::QuantityMustNotBeZero);
        }
        let left = order.committed.minus_at_most(order.shipped).unwrap_or(order.committed);
        let fits = order.shipped.plus(self.quantity).ok();
        let Some(shipped) = fits.filter(|sum| !sum.exceeds(order.committed).unwrap_or(true)) else {
            return Err(Refusal::ShipmentMustNotExceedCommitment { left });
        };
        if let Some(order) = state.orders.get_mut(&self.order) {
            order.shipped = shipped;
            order.stage = Stage::InFulfilment;
        }
        let shipment = Shipment {
            order: self.order,
            quantity: self.quantity,
            pallets: self.pallets,
            links: self.links,
            departs: self.departs,
            arrives: self.arrives,
            receipt: None,
        };
        state.shipments.insert(context.id(), shipment);
        Ok(())
    }
}
