//! `retract_personal_data`: a party takes back the personal data beside an act of its own.
//!
//! SPEC: Regulation (EU) 2016/679, articles 17 (erasure) and 19 (every recipient is told): the
//! words of the field for what follows from it. Who holds the text erases it; the act stands.

use serde::{Deserialize, Serialize};

use crate::envelope::ActId;
use crate::fold::Context;
use crate::kinds::Kind;
use crate::refusal::Refusal;
use crate::state::State;

/// Has the personal data beside an act erased wherever they are. It gives no reason, since a reason
/// could not be erased.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RetractPersonalData {
    /// The act they stand beside, whatever became of it.
    pub act: ActId,
}

impl Kind for RetractPersonalData {
    fn apply(self, context: &Context<'_>, state: &mut State) -> Result<(), Refusal> {
        let unknown = Refusal::ReferenceMustBeKnown { act: self.act };
        let known = state.personal.get_mut(&self.act).filter(|_| context.saw(&self.act));
        let data = known.ok_or(unknown)?;
        if data.party != *context.party() {
            return Err(Refusal::StepMustBeOwn { party: data.party.clone() });
        }
        if data.retracted.is_some() {
            return Err(Refusal::StageMustFit { stage: "retracted".to_owned() });
        }
        data.retracted = Some(context.id());
        Ok(())
    }
}
