//! `close_log`: a party says where one of its own logs ends, its key having been revoked or its
//! node having been restored from a backup.

use serde::{Deserialize, Serialize};

use crate::contest::closing_of;
use crate::envelope::ActId;
use crate::fold::Context;
use crate::kinds::Kind;
use crate::payload::LogId;
use crate::refusal::Refusal;
use crate::state::State;
use crate::verify::Verified;

/// Closes a log after `last`. What the log says beyond it is contested: see [`crate::contest`].
///
/// Its authority is the identity entry the act cites, signed by the party's root keys: there the
/// key must be revoked, or registered with a later incarnation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CloseLog {
    /// The log.
    pub log: LogId,
    /// Its last act that the party stands by; none of it when absent.
    pub last: Option<ActId>,
}

impl CloseLog {
    /// The body of an act that closes a log.
    pub(crate) fn of(act: &Verified) -> Option<Self> {
        let payload = act.payload();
        let is_closing = payload.kind == "close_log";
        is_closing.then(|| Self::deserialize(&payload.body).ok()).flatten()
    }
}

impl Kind for CloseLog {
    fn apply(self, context: &Context<'_>, state: &mut State) -> Result<(), Refusal> {
        closing_of(context.act, &self, context.record.past, context.clock)?;
        if state.closed.values().any(|closed| closed.log == self.log) {
            return Err(Refusal::LogMustHaveEnded);
        }
        state.closed.insert(context.id(), self);
        Ok(())
    }
}
