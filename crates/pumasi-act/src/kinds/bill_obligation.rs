//! `bill_obligation`: the creditor states what is owed and starts the clock.

use pumasi_base::{Money, time::plus_seconds};
use serde::{Deserialize, Serialize};

use crate::envelope::ActId;
use crate::fold::Context;
use crate::kinds::Kind;
use crate::refusal::Refusal;
use crate::state::{ObligationStage, SettlementMode, State};

/// Days to pay where an agreement is silent: the practice of cross-servicing agreements.
const REIMBURSEMENT_DAYS: i64 = 30;
/// Days to return the like where an agreement is silent: one year.
const REPLACEMENT_DAYS: i64 = 365;
const SECONDS_A_DAY: i64 = 86_400;

/// Bills what was accepted under one order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BillObligation {
    /// The order.
    pub order: ActId,
    /// The sum, where it is settled in money.
    pub sum: Option<Money>,
}

impl Kind for BillObligation {
    fn apply(self, context: &Context<'_>, state: &mut State) -> Result<(), Refusal> {
        let order = state.order_of(self.order, context)?;
        order.must_be_assisted_by(context)?;
        let owed = order.must_owe(ObligationStage::Accrued, context)?;
        let in_money = owed.mode == SettlementMode::Reimbursement;
        if in_money && self.sum != owed.sum {
            return Err(Refusal::BillMustMatchReceipt);
        }
        let usual = if in_money { REIMBURSEMENT_DAYS } else { REPLACEMENT_DAYS };
        let days = order.settle_days.unwrap_or(usual);
        // Money is due from the bill, goods from the receipt: the original transaction.
        let from = if in_money { context.time } else { owed.since };
        state.update_obligation(self.order, context, |obligation| {
            obligation.stage = ObligationStage::Billed;
            obligation.due = Some(plus_seconds(from, days.saturating_mul(SECONDS_A_DAY)));
        });
        Ok(())
    }
}
