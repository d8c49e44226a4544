//! `sign_agreement`: a party signs a text.

use pumasi_base::Digest;
use serde::{Deserialize, Serialize};

use crate::envelope::ActId;
use crate::fold::Context;
use crate::kinds::Kind;
use crate::refusal::Refusal;
use crate::state::State;

/// Signs a draft. Every party signs the same bytes; their digest is repeated here so that the
/// officers' signatures cover it (Vienna Convention on the Law of Treaties, article 12).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignAgreement {
    /// The draft.
    pub draft: ActId,
    /// The digest of its bytes.
    pub digest: Digest,
}

impl Kind for SignAgreement {
    fn apply(self, context: &Context<'_>, state: &mut State) -> Result<(), Refusal> {
        let said = state.endorse(self.draft, self.digest, context, |life| &life.signatures)?;
        let life = state.life_of_matter()?;
        life.signatures.insert(context.id(), said);
        Ok(())
    }
}
