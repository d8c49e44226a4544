//! `acknowledge_acts`: a node states what it has received (EDXL-DE distribution type `Ack`).
//!
//! What is acknowledged are the parents of the act and all that lies behind them. A node writes it
//! by itself, without an officer: it gives away nothing but the excuse of not having known.

use serde::{Deserialize, Serialize};

use crate::fold::Context;
use crate::kinds::Kind;
use crate::refusal::Refusal;
use crate::state::State;

/// Says that everything in the act's past has been received and stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AcknowledgeActs {}

impl Kind for AcknowledgeActs {
    fn apply(self, _context: &Context<'_>, _state: &mut State) -> Result<(), Refusal> {
        Ok(())
    }
}
