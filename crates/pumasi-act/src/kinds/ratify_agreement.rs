//! `ratify_agreement`: a party notifies that its own procedures are completed.

use pumasi_base::Digest;
use serde::{Deserialize, Serialize};

use crate::envelope::ActId;
use crate::fold::Context;
use crate::kinds::Kind;
use crate::life::awaits_ratification;
use crate::refusal::Refusal;
use crate::state::State;

/// Notifies that what this party's own law asks for before the agreement binds it is done
/// (Vienna Convention on the Law of Treaties, articles 14 to 16).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RatifyAgreement {
    /// The draft that all have signed.
    pub draft: ActId,
    /// The digest of its bytes.
    pub digest: Digest,
}

impl Kind for RatifyAgreement {
    fn apply(self, context: &Context<'_>, state: &mut State) -> Result<(), Refusal> {
        let said = state.endorse(self.draft, self.digest, context, |life| &life.ratifications)?;
        let life = state.life_of_matter()?;
        let seen = life.seen(|act| context.saw(act));
        if let Some(draft) = seen.drafts.get(&self.draft) {
            awaits_ratification(draft, &seen.progress(draft).signed)?;
        }
        life.ratifications.insert(context.id(), said);
        Ok(())
    }
}
