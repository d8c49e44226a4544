//! `third_party`: says whether what was received may be passed on.

use std::str::FromStr;

use super::{Kind, Numbers};
use crate::compile::{AgreementTables, Onward};
use crate::fields::Fields;
use crate::judge::{At, Verdict};
use crate::question::{ConsentTo, Effect, Need};
use crate::reason::Rule;
use crate::scope::{Scope, lies_within};

/// Under what condition what was received may be passed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OnwardTransfer {
    /// Never.
    Forbidden,
    /// When the giver has consented beforehand.
    PriorConsent,
    /// Freely to the receiver's own municipalities, and to nobody else.
    WithinReceiver,
}

impl OnwardTransfer {
    /// The word agreements use.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Forbidden => "forbidden",
            Self::PriorConsent => "prior_consent",
            Self::WithinReceiver => "within_receiver",
        }
    }
}

impl FromStr for OnwardTransfer {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        [Self::Forbidden, Self::PriorConsent, Self::WithinReceiver]
            .into_iter()
            .find(|transfer| transfer.code() == text)
            .ok_or_else(|| {
                format!(
                    "unknown onward transfer `{text}`: use forbidden, prior_consent or within_receiver"
                )
            })
    }
}

/// The parameters of a third-party clause.
///
/// An agreement without one leaves passing on refused: silence is no consent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThirdParty {
    /// Whom and what it reaches.
    pub scope: Scope,
    /// The condition.
    pub transfer: OnwardTransfer,
}

impl Kind for ThirdParty {
    fn read(fields: &mut Fields<'_, '_>) -> Option<Self> {
        let scope = Scope::read(fields);
        Some(Self { scope, transfer: fields.parsed("transfer")? })
    }

    fn scope(&self) -> Option<&Scope> {
        Some(&self.scope)
    }

    fn compile(&self, clause: u16, tables: &mut AgreementTables, parties: &Numbers<'_>) {
        let reach = tables.reach(&self.scope, parties);
        tables.onwards.push(Onward { clause, reach, terms: self.clone() });
    }
}

impl ThirdParty {
    /// Judges a question that says to whom the aid is to be passed on.
    pub(crate) fn judge(&self, clause: u16, at: &At<'_>, verdict: &mut Verdict) {
        let question = at.question;
        let Some(to) = &question.onward_to else { return };
        match self.transfer {
            OnwardTransfer::WithinReceiver if lies_within(to.as_str(), question.receiver.as_str()) => {
                verdict.cite(clause, Effect::Permits);
            }
            OnwardTransfer::WithinReceiver | OnwardTransfer::Forbidden => {
                let rule = Rule::OnwardTransferForbidden { to: to.clone() };
                verdict.refuse(at, rule, Some((clause, Effect::Forbids)));
            }
            OnwardTransfer::PriorConsent => {
                let consent = ConsentTo::OnwardTransfer { to: to.clone() };
                if at.consented(&question.giver, &consent) {
                    verdict.cite(clause, Effect::Requires);
                    return;
                }
                let rule = Rule::OnwardTransferNeedsConsent {
                    of: question.giver.clone(),
                    to: to.clone(),
                };
                let need = Need::Consent { of: question.giver.clone(), to: consent };
                verdict.need(at, rule, clause, need);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{check, check_fault};

    const ALL: &str = r#"p permit; actions = ["order"]; categories = ["food", "fuel", "water"]; purposes = ["disaster_relief"]"#;

    #[test]
    fn passing_on_is_refused_unless_a_clause_says_otherwise() {
        check(
            &format!(
                r#"{ALL}
                o1 third_party; transfer = "within_receiver"; categories = ["food"]
                o2 third_party; transfer = "prior_consent"; categories = ["fuel"]"#
            ),
            "jp-17 orders food from kr-42 onward jp-17204 => permitted: permits p, permits o1
             jp-17 orders food from kr-42 onward jp-18 => refused [onward_transfer_forbidden]: forbids o1
             jp-17 orders food from kr-42 onward jp-17-aid => refused [onward_transfer_forbidden]: forbids o1
             jp-17 orders fuel from kr-42 onward jp-18 => needs consent of kr-42 to onward jp-18 [onward_transfer_needs_consent]: permits p, requires o2
             jp-17 orders fuel from kr-42 onward jp-18 consent kr-42 onward jp-18 => permitted: permits p, requires o2
             jp-17 orders fuel from kr-42 onward jp-18 consent kr-42 onward jp-16 => needs consent of kr-42 to onward jp-18 [onward_transfer_needs_consent]: permits p, requires o2
             jp-17 orders water from kr-42 onward jp-17204 => refused [onward_transfer_forbidden]: limits p
             jp-17 orders water from kr-42 => permitted: permits p",
        );
        check(
            &format!("{ALL}\no third_party; transfer = \"forbidden\""),
            "jp-17 orders food from kr-42 onward jp-17204 => refused [onward_transfer_forbidden]: forbids o",
        );
        check_fault("o third_party; transfer = \"free\"", "`free` is no word for `transfer`");
    }
}
