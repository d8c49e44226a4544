//! `survival`: says what of the agreement outlives its end.

use pumasi_base::{ClauseId, Date, Period};

use super::{Kind, Numbers};
use crate::compile::{AgreementTables, Survivor};
use crate::fault::FaultKind;
use crate::fields::Fields;
use crate::scope::Scope;

/// The parameters of a survival clause.
///
/// What is owed when the agreement ends stays owed in any case: an obligation is frozen into the
/// matter it arose in. This clause is about duties that would otherwise end, such as the
/// protection of what was received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Survival {
    /// The clauses that go on binding; never empty.
    pub clauses: Vec<ClauseId>,
    /// For how long after the end; without end when absent.
    pub lasts: Option<Period>,
}

impl Kind for Survival {
    fn read(fields: &mut Fields<'_, '_>) -> Option<Self> {
        let clauses: Vec<ClauseId> = fields.list("clauses");
        if clauses.is_empty() {
            fields.fault_here(FaultKind::SurvivesNothing);
            return None;
        }
        Some(Self { clauses, lasts: fields.optional_parsed("lasts") })
    }

    fn scope(&self) -> Option<&Scope> {
        None
    }

    fn compile(&self, _: u16, tables: &mut AgreementTables, _: &Numbers<'_>) {
        let numbers = self.clauses.iter().filter_map(|id| tables.clause_number(id)).collect();
        tables.survivors.push(Survivor { clauses: numbers, terms: self.clone() });
    }
}

impl Survival {
    /// Whether its clauses still bind on `date` when the agreement `ended` before.
    #[must_use]
    pub fn binds_on(&self, ended: Date, date: Date) -> bool {
        ended <= date
            && self.lasts.is_none_or(|lasts| lasts.after(ended).is_none_or(|end| date < end))
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{check_fault, read_clauses};
    use crate::{AgreementStatus, Agreements, Standing, decide};

    const CLAUSES: &str = r#"p permit; actions = ["share"]; categories = ["information"]; purposes = ["disaster_relief"]
        f forbid; categories = ["classified_information"]
        g forbid; categories = ["weapons"]"#;

    #[track_caller]
    fn check(survival: &str, standing: AgreementStatus, question: &str, expected: &str) {
        let term = "t term; from = 2020-01-01; until = 2022-01-01";
        let agreement = read_clauses(&format!("{CLAUSES}\n{survival}\n{term}")).unwrap();
        let agreements = Agreements::compile([&agreement])
            .unwrap()
            .with_standing(agreement.id(), Standing::at(standing));
        let decision = decide(&agreements, &question.parse().unwrap());
        assert_eq!(decision.to_string(), expected, "{question}");
    }

    #[test]
    fn a_surviving_forbid_goes_on_after_the_end() {
        let question = |day: &str| {
            format!("jp-17 shares classified_information to kr-42 for disaster_relief on {day}")
        };
        let ended = "refused [category_forbidden, after_term] x: forbids f, limits t";
        let forbidden = "refused [category_forbidden] x: forbids f";
        let force = AgreementStatus::InForce;
        check("s survival; clauses = [\"f\"]", force.clone(), &question("2021-06-01"), forbidden);
        check("s survival; clauses = [\"f\"]", force.clone(), &question("2031-06-01"), forbidden);
        let five = "s survival; clauses = [\"f\"]; lasts = \"P5Y\"";
        check(five, force.clone(), &question("2026-12-31"), forbidden);
        check(five, force.clone(), &question("2027-01-01"), ended);
        check("s survival; clauses = [\"g\"]", force, &question("2023-01-01"), ended);
        let terminated = AgreementStatus::Terminated { ends: "2021-03-01".parse().unwrap() };
        check(five, terminated.clone(), &question("2026-02-28"), forbidden);
        check(five, terminated, &question("2026-03-01"), "refused [category_forbidden, not_in_force, after_term] x: forbids f, limits t");
    }

    #[test]
    fn it_names_clauses_that_are_there() {
        check_fault("s survival", "names the `clauses`");
        check_fault("s survival; clauses = [\"nowhere\"]", "`nowhere` is no other clause of it");
        check_fault("s survival; clauses = [\"s\"]", "`s` is no other clause of it");
    }
}
