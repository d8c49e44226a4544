//! `forbid`: forbids something, whatever permits it.

use super::{Kind, Numbers};
use crate::compile::{AgreementTables, Ban};
use crate::fault::FaultKind;
use crate::fields::Fields;
use crate::question::Question;
use crate::reason::Rule;
use crate::scope::Scope;

/// The parameters of a forbid; it must name categories, purposes, actions or modes.
///
/// While its agreement is in force it binds the same two parties under every other agreement too.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Forbid {
    /// Whom and what it reaches.
    pub scope: Scope,
}

impl Kind for Forbid {
    fn read(fields: &mut Fields<'_, '_>) -> Option<Self> {
        let scope = Scope::read(fields);
        if !["categories", "purposes", "actions", "modes"].iter().any(|key| fields.has(key)) {
            fields.fault_here(FaultKind::ForbidsNothing);
        }
        Some(Self { scope })
    }

    fn scope(&self) -> Option<&Scope> {
        Some(&self.scope)
    }

    fn compile(&self, clause: u16, tables: &mut AgreementTables, parties: &Numbers<'_>) {
        let reach = tables.reach(&self.scope, parties);
        tables.bans.push(Ban { clause, reach, terms: self.clone() });
    }
}

impl Forbid {
    /// The rule a question breaks that this forbid reaches: the narrowest thing it names.
    pub(crate) fn rule(&self, question: &Question) -> Rule {
        match question.mode {
            _ if !self.scope.categories.is_empty() => {
                Rule::CategoryForbidden { category: question.category.clone() }
            }
            _ if !self.scope.purposes.is_empty() => {
                Rule::PurposeForbidden { purpose: question.purpose.clone() }
            }
            Some(mode) if !self.scope.modes.is_empty() => Rule::ModeForbidden { mode },
            _ => Rule::ActionForbidden { action: question.action },
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{check, check_fault};

    const ALL: &str = r#"p permit; actions = ["order", "request"]; categories = ["food", "ammunition"]; purposes = ["disaster_relief", "evacuation"]"#;

    #[test]
    fn beats_every_permit() {
        check(
            &format!(
                r#"{ALL}
                f1 forbid; categories = ["ammunition"]
                f2 forbid; purposes = ["evacuation"]; givers = ["kr-42"]
                f3 forbid; modes = ["air"]; statuses = ["actual"]
                f4 forbid; actions = ["request"]; receivers = ["ngo-c"]"#
            ),
            "jp-17 orders food from kr-42 => permitted: permits p
             jp-17 orders ammunition from kr-42 => refused [category_forbidden]: forbids f1
             jp-17 orders food from kr-42 for evacuation => refused [purpose_forbidden]: forbids f2
             kr-42 orders food from jp-17 for evacuation => permitted: permits p
             jp-17 orders ammunition from kr-42 for evacuation => refused [category_forbidden, purpose_forbidden]: forbids f1, forbids f2
             jp-17 orders food from kr-42 by air => refused [mode_forbidden]: forbids f3
             jp-17 orders food from kr-42 by air exercise => permitted: permits p
             ngo-c requests food from kr-42 => refused [action_forbidden]: forbids f4
             ngo-c orders food from kr-42 => permitted: permits p
             jp-17 requests ammunition from kr-42 for conquest => refused [purpose_not_covered]",
        );
    }

    #[test]
    fn must_say_what_it_forbids() {
        check_fault("f forbid", "a forbid must list `categories`, `purposes`, `actions` or `modes`");
    }
}
