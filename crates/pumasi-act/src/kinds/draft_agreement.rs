//! `draft_agreement`: a party lays down a text, with a number of its own.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::fold::Context;
use crate::kinds::Kind;
use crate::life::AgreementDraft;
use crate::refusal::Refusal;
use crate::state::State;

/// Lays down the text of the agreement the matter is about.
///
/// The bytes of `text` are the instrument: what parties initial and sign is their digest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DraftAgreement {
    /// The agreement file, exactly as it is to be signed.
    pub text: String,
}

impl Kind for DraftAgreement {
    fn apply(self, context: &Context<'_>, state: &mut State) -> Result<(), Refusal> {
        let Some(about) = state.genesis.about.clone() else {
            return Err(Refusal::StageMustFit { stage: "relief".to_owned() });
        };
        let agreement = pumasi_agreement::read(&format!("{about}.toml"), &self.text)
            .map_err(|faults| unreadable(&faults))?;
        for party in agreement.parties() {
            if !state.genesis.audience.contains(party) {
                return Err(Refusal::PartyMustBeInAudience { party: party.clone() });
            }
        }
        if !agreement.parties().contains(context.party()) {
            return Err(Refusal::AuthorMustBeParty { agreement: about });
        }
        let life = state.lives.entry(about.clone()).or_default();
        let seen = life.seen(|act| context.saw(act));
        seen.must_not_have_ended(&about, context)?;
        let digest = agreement.digest();
        if let Some(draft) = seen.drafts.values().find(|draft| draft.digest == digest) {
            return Err(Refusal::DraftMustBeNew { version: draft.version });
        }
        let last = seen.drafts.values().map(|draft| draft.version).max().unwrap_or(0);
        let draft = AgreementDraft {
            version: last.saturating_add(1),
            by: context.party().clone(),
            time: context.time,
            digest,
            agreement: Arc::new(agreement),
        };
        life.drafts.insert(context.id(), draft);
        Ok(())
    }
}

/// The first fault of a text that does not read.
fn unreadable(faults: &[pumasi_agreement::ReadError]) -> Refusal {
    let number = |place: usize| u32::try_from(place).unwrap_or(u32::MAX);
    faults.first().map_or_else(
        || Refusal::InstrumentMustRead { line: 1, column: 1, fault: String::new() },
        |fault| Refusal::InstrumentMustRead {
            line: number(fault.line),
            column: number(fault.column),
            fault: fault.fault.kind().code().to_owned(),
        },
    )
}
