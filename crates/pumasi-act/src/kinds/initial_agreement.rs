//! `initial_agreement`: a negotiator's initials fix a text before it is signed.

use pumasi_base::Digest;
use serde::{Deserialize, Serialize};

use crate::envelope::ActId;
use crate::fold::Context;
use crate::kinds::Kind;
use crate::refusal::Refusal;
use crate::state::State;

/// Initials a draft: the negotiator of this party holds its text to be the one agreed on
/// (Vienna Convention on the Law of Treaties, article 10).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InitialAgreement {
    /// The draft.
    pub draft: ActId,
    /// The digest of its bytes.
    pub digest: Digest,
}

impl Kind for InitialAgreement {
    fn apply(self, context: &Context<'_>, state: &mut State) -> Result<(), Refusal> {
        let said = state.endorse(self.draft, self.digest, context, |life| &life.initials)?;
        let life = state.life_of_matter()?;
        life.initials.insert(context.id(), said);
        Ok(())
    }
}
