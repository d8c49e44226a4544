//! `settlement`: says how aid is paid back, if at all.

use super::{Kind, Numbers};
use crate::compile::{AgreementTables, Payment};
use crate::fault::{Fault, FaultKind};
use crate::fields::Fields;
use crate::scope::Scope;

/// A way of settling, as acquisition and cross-servicing agreements know them, and the gift.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SettlementMode {
    /// Nothing is owed.
    Gift,
    /// The bill is paid.
    Reimbursement {
        /// Within so many days of the bill; as the parties agree when absent.
        days: Option<i64>,
    },
    /// Goods of like kind, quality and amount are given back.
    ReplacementInKind {
        /// Within so many days of receipt.
        days: i64,
        /// When that passes unmet it turns into reimbursement within so many days.
        else_reimbursement_days: Option<i64>,
    },
    /// Goods or services of equal value are given in exchange.
    EqualValue {
        /// Within so many days of receipt.
        days: i64,
        /// When that passes unmet it turns into reimbursement within so many days.
        else_reimbursement_days: Option<i64>,
    },
    /// The things themselves come back.
    Loan {
        /// Within so many days; by the date on the order when absent.
        days: Option<i64>,
    },
}

impl SettlementMode {
    /// Every word agreements use.
    pub(crate) const CODES: [&'static str; 5] =
        ["gift", "reimbursement", "replacement_in_kind", "equal_value", "loan"];

    /// The word agreements use.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Gift => "gift",
            Self::Reimbursement { .. } => "reimbursement",
            Self::ReplacementInKind { .. } => "replacement_in_kind",
            Self::EqualValue { .. } => "equal_value",
            Self::Loan { .. } => "loan",
        }
    }

    fn read(fields: &mut Fields<'_, '_>) -> Option<Self> {
        let mode = fields.text("mode")?;
        let fallback = |fields: &mut Fields<'_, '_>| {
            fields.optional_integer("else_reimbursement_days", 1)
        };
        match mode {
            "gift" => Some(Self::Gift),
            "reimbursement" => Some(Self::Reimbursement { days: fields.optional_integer("days", 1) }),
            "replacement_in_kind" => {
                let (days, else_reimbursement_days) = (fields.integer("days", 1), fallback(fields));
                Some(Self::ReplacementInKind { days: days?, else_reimbursement_days })
            }
            "equal_value" => {
                let (days, else_reimbursement_days) = (fields.integer("days", 1), fallback(fields));
                Some(Self::EqualValue { days: days?, else_reimbursement_days })
            }
            "loan" => Some(Self::Loan { days: fields.optional_integer("days", 1) }),
            _ => {
                let span = fields.span_of("mode");
                let known = "gift, reimbursement, replacement_in_kind, equal_value, loan";
                fields.fault(&span, Fault::of(FaultKind::WordUnknown, [&mode, &"mode", &known]));
                None
            }
        }
    }
}

/// The parameters of a settlement clause.
///
/// Of the clauses that reach a question the narrowest count: one that names categories comes
/// before one that names actions, and that before one that names neither. Several equally narrow
/// ones leave the choice to the parties on the order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settlement {
    /// Whom and what it reaches.
    pub scope: Scope,
    /// How it is settled.
    pub mode: SettlementMode,
    /// Whether nothing more moves to a side that owes under the agreement what is overdue, until
    /// it has settled.
    ///
    /// It is judged by what the question says is overdue. The asking node knows that from all its
    /// matters; the fold of one matter does not, and refuses nothing for it.
    pub bars_when_overdue: bool,
}

impl Kind for Settlement {
    fn read(fields: &mut Fields<'_, '_>) -> Option<Self> {
        let scope = Scope::read(fields);
        let bars_when_overdue = fields.flag("bars_when_overdue");
        Some(Self { scope, mode: SettlementMode::read(fields)?, bars_when_overdue })
    }

    fn scope(&self) -> Option<&Scope> {
        Some(&self.scope)
    }

    fn compile(&self, clause: u16, tables: &mut AgreementTables, parties: &Numbers<'_>) {
        let reach = tables.reach(&self.scope, parties);
        tables.payments.push(Payment { clause, reach, terms: self.clone() });
    }
}

impl Settlement {
    /// How narrowly the clause is drawn: what it names, weighed.
    pub(crate) fn narrowness(&self) -> u8 {
        let named = |list_is_empty: bool, weight: u8| if list_is_empty { 0 } else { weight };
        named(self.scope.categories.is_empty(), 2) + named(self.scope.actions.is_empty(), 1)
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{check, check_fault};

    const ALL: &str = r#"p permit; actions = ["order", "push", "share"]; categories = ["food", "fuel", "shelter"]; purposes = ["disaster_relief"]"#;

    #[test]
    fn the_narrowest_clauses_count() {
        check(
            &format!(
                r#"{ALL}
                s1 settlement; mode = "gift"
                s2 settlement; mode = "reimbursement"; days = 30; categories = ["fuel"]
                s3 settlement; mode = "replacement_in_kind"; days = 365; else_reimbursement_days = 30; categories = ["shelter"]
                s4 settlement; mode = "loan"; categories = ["shelter"]
                s5 settlement; mode = "equal_value"; days = 90; actions = ["push"]"#
            ),
            "jp-17 orders food from kr-42 => permitted: permits p, settles s1 (gift)
             jp-17 orders fuel from kr-42 => permitted: permits p, settles s2 (reimbursement 30)
             jp-17 orders shelter from kr-42 => permitted: permits p, settles s3 (replacement_in_kind 365, else reimbursement 30), settles s4 (loan)
             kr-42 pushes food to jp-17 requested => permitted: permits p, settles s5 (equal_value 90)
             kr-42 pushes fuel to jp-17 requested => permitted: permits p, settles s2 (reimbursement 30)
             kr-42 shares food to jp-17 => permitted: permits p",
        );
        check(ALL, "jp-17 orders food from kr-42 => permitted: permits p");
    }

    #[test]
    fn what_is_overdue_comes_first_where_a_clause_says_so() {
        check(
            &format!(
                r#"{ALL}
                s1 settlement; mode = "gift"
                s2 settlement; mode = "reimbursement"; days = 30; categories = ["fuel"]; bars_when_overdue = true"#
            ),
            "jp-17 orders fuel from kr-42 => permitted: permits p, settles s2 (reimbursement 30)
             jp-17 orders fuel from kr-42 overdue jp-17 x => needs settlement by jp-17 under x [settlement_overdue]: permits p, requires s2, settles s2 (reimbursement 30)
             jp-17 orders fuel from kr-42 overdue jp-17204 x => needs settlement by jp-17204 under x [settlement_overdue]: permits p, requires s2, settles s2 (reimbursement 30)
             jp-17204 orders fuel from kr-42 overdue jp-17 x => needs settlement by jp-17 under x [settlement_overdue]: permits p, requires s2, settles s2 (reimbursement 30)
             jp-17 orders fuel from kr-42 overdue jp-17 y => permitted: permits p, settles s2 (reimbursement 30)
             jp-17 orders fuel from kr-42 overdue kr-42 x => permitted: permits p, settles s2 (reimbursement 30)
             jp-17 orders food from kr-42 overdue jp-17 x => permitted: permits p, settles s1 (gift)
             kr-42 shares fuel to jp-17 overdue jp-17 x => permitted: permits p",
        );
        check_fault("s settlement; mode = \"gift\"; bars_when_overdue = 3", "`bars_when_overdue`");
    }

    #[test]
    fn a_mode_must_be_one_of_ours_with_its_days() {
        check_fault("s settlement; mode = \"barter\"", "`barter` is no word for `mode`");
        check_fault("s settlement; mode = \"equal_value\"", "`days` is missing");
        check_fault("s settlement; mode = \"gift\"; days = 3", "unknown field `days`");
    }
}
