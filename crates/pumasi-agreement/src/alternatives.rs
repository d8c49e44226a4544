//! The nearest lawful alternatives to what may not be done, or not yet.
//!
//! [`alternatives`] changes a question by as little as it can and asks [`decide()`] again: nothing
//! is offered that it did not answer better. The changes, nearest first, are those of [`Change`]
//! in their order: less of it, another step, without passing it on, without a third party on the
//! way, by another mode, on another day, under another agreement, to another receiver of the same
//! side, from another giver, for another purpose. Two changes at once are tried only where no
//! single one is permitted, and another category only where nothing else is left. What needs
//! something first is offered only where nothing is permitted.
//!
//! Two things are never suggested, although they may be lawful:
//!
//! - A way round a refusal of arms, of protected information or of anything for a military
//!   emergency, by another step, party, agreement or purpose; nor are these offered to somebody
//!   who did not ask for them. Such a way is for the parties to negotiate.
//! - Another purpose as a matter of wording. A purpose is a fact: a change of it is lawful only
//!   where it is true, and its sentence says so.

mod change;
mod search;
mod variants;

pub use change::Change;

use pumasi_base::Time;

use crate::compile::Agreements;
use crate::decide::decide;
use crate::question::{Decision, Need, Outcome, Question};
use search::Search;

/// What the search may do, and what it is told beside the question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bounds {
    /// The most alternatives shown.
    pub shown_max: usize,
    /// The most of them that make the same kinds of change.
    pub per_kind_max: usize,
    /// The most questions decided on the way; an answer that needs more is cut short, the nearest
    /// having been tried first.
    pub decisions_max: usize,
    /// The first instant that can still be acted on: no earlier day is offered.
    pub not_before: Option<Time>,
    /// Grams of one unit of the commodity; where it is not known, mass follows quantity in
    /// proportion.
    pub unit_mass_g: Option<i64>,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            shown_max: 8,
            per_kind_max: 4,
            decisions_max: 20_000,
            not_before: None,
            unit_mass_g: None,
        }
    }
}

/// A question near the one asked, with the better answer it has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alternative {
    /// What is changed, in the order of [`Change`].
    pub changes: Vec<Change>,
    /// The question so changed.
    pub question: Question,
    /// What the agreements answer to it: it permits, or needs less than the one asked.
    pub decision: Decision,
}

/// The nearest questions that are permitted, or else that need less than the one asked: fewest
/// changes first, then by the order of the changes.
///
/// Empty where the question is permitted as it stands, and where only a quantity or a commodity
/// remains to be said.
#[must_use]
pub fn alternatives(
    agreements: &Agreements,
    question: &Question,
    bounds: &Bounds,
) -> Vec<Alternative> {
    let decision = decide(agreements, question);
    let is_open = match &decision.outcome {
        Outcome::Permitted => false,
        Outcome::Refused => true,
        Outcome::Needs(needs) => {
            !needs.iter().all(|need| matches!(need, Need::Quantity { .. } | Need::Commodity))
        }
    };
    if !is_open || question.giver == question.receiver {
        return Vec::new();
    }
    Search::new(agreements, question, &decision, bounds).run()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::read_clauses;

    /// Asks an agreement with these clauses for the alternatives to each `question => list`.
    #[track_caller]
    fn check(clauses: &str, table: &str) {
        let clauses = format!("{clauses}\nt term; from = 2024-01-01; until = 2026-01-01");
        let agreement = read_clauses(&clauses).unwrap_or_else(|errors| panic!("{errors:#?}"));
        let agreements = Agreements::compile([&agreement]).unwrap();
        for line in table.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let (question, expected) = line.split_once(" => ").unwrap();
            let purpose = if question.contains(" for ") { "" } else { " for disaster_relief" };
            let day = if question.contains(" on ") { "" } else { " on 2024-06-01" };
            let question: Question = format!("{question}{purpose}{day}").parse().unwrap();
            let found = alternatives(&agreements, &question, &Bounds::default());
            let shown: Vec<String> = found.iter().map(shown).collect();
            let shown = if shown.is_empty() { "none".to_owned() } else { shown.join("; ") };
            assert_eq!(shown, expected, "{line}");
        }
    }

    fn shown(alternative: &Alternative) -> String {
        let changes: Vec<String> = alternative.changes.iter().map(ToString::to_string).collect();
        let changes = changes.join(" + ");
        match &alternative.decision.outcome {
            Outcome::Permitted => changes,
            Outcome::Needs(needs) => {
                let needs: Vec<String> = needs.iter().map(ToString::to_string).collect();
                format!("{changes} (needs {})", needs.join(" and "))
            }
            Outcome::Refused => format!("{changes} (refused)"),
        }
    }

    const FOOD: &str = r#"p permit; actions = ["request", "order", "offer"]; categories = ["food"]; purposes = ["disaster_relief", "evacuation"]"#;

    #[test]
    fn offers_the_largest_quantity_that_is_left() {
        check(
            &format!(
                r#"{FOOD}
                c1 ceiling; quantity = "100 KGM"; per = "year"
                c2 ceiling; quantity = "7 EA"; per = "order"; purposes = ["evacuation"]"#
            ),
            "jp-17 orders 100 KGM food from kr-42 => none
             jp-17 orders 100.001 KGM food from kr-42 => less 100 KGM
             jp-17 orders 500 KGM food from kr-42 held 40.5 KGM against x/c1 => less 59.5 KGM
             jp-17 orders 500 KGM food from kr-42 held 100 KGM against x/c1 => none
             jp-17 orders 9 EA food weighing 120 KGM from kr-42 => less 7 EA
             jp-17 orders 9 EA food weighing 9 KGM from kr-42 for evacuation => less 7 EA; purpose disaster_relief
             jp-17 orders 3 LTR food weighing 300 KGM from kr-42 => less 1 LTR",
        );
    }

    #[test]
    fn offers_to_ask_before_sending() {
        check(
            FOOD,
            "kr-42 pushes 1 KGM food to jp-17 => step request by jp-17; step order by jp-17; step offer by kr-42",
        );
        check(
            &format!(
                r#"{FOOD}
                s standing_consent; categories = ["food"]; purposes = ["disaster_relief"]; trigger = {{ intensity = "6-" }}; max = "50 KGM""#
            ),
            "kr-42 pushes 60 KGM food to jp-17 hours 2 intensity 6+ => less 50 KGM; step request by jp-17; step order by jp-17; step offer by kr-42",
        );
    }

    #[test]
    fn leaves_out_what_stands_in_the_way() {
        check(
            &format!(
                r#"{FOOD}
                o third_party; transfer = "forbidden"
                f forbid; modes = ["air"]"#
            ),
            "jp-17 orders food from kr-42 onward jp-18 => not passed on
             jp-17 orders food from kr-42 through cn-sh => not through cn-sh
             jp-17 orders food from kr-42 through cn-sh through cn-js => through nobody
             jp-17 orders food from kr-42 by air => by sea; by road; by rail
             jp-17 orders food from kr-42 onward jp-18 by air => not passed on + by sea; not passed on + by road; not passed on + by rail",
        );
    }

    #[test]
    fn offers_another_day_receiver_giver_or_purpose() {
        check(
            FOOD,
            "jp-17 orders food from kr-42 on 2023-12-30 => day 2024-01-01
             jp-17 orders food from kr-42 on 2026-03-01 => day 2025-12-31
             jp-17 orders food from kr-42 for humanitarian_relief => purpose disaster_relief; purpose evacuation
             jp-31 orders food from kr-42 => none
             jp-17 orders food from kr-45 => giver kr-42; giver ngo-c
             jp-17 orders food from kr-45 for search_and_rescue on 2023-01-01 => none",
        );
        check(
            r#"p permit; actions = ["order"]; categories = ["food"]; purposes = ["disaster_relief"]; receivers = ["jp-17"]"#,
            "jp-17204 orders food from kr-42 => receiver jp-17",
        );
    }

    #[test]
    fn offers_another_category_only_where_nothing_else_is_left() {
        check(
            FOOD,
            "jp-17 orders 5 LTR fuel/diesel from kr-42 => category food
             jp-17 orders ammunition from kr-42 => none
             jp-17 orders food from kr-42 for military_emergency => none",
        );
        let arms = r#"p permit; actions = ["order"]; categories = ["ammunition"]; purposes = ["disaster_relief"]"#;
        check(
            arms,
            "jp-17 orders food from kr-42 => none
             jp-17 orders ammunition from kr-42 for evacuation => none
             jp-17 orders ammunition from kr-45 => none
             jp-17 orders ammunition from kr-42 on 2023-12-31 => day 2024-01-01",
        );
        check(
            &format!("{FOOD}\nf forbid; purposes = [\"evacuation\"]"),
            "jp-17 orders food from kr-42 for evacuation => purpose disaster_relief",
        );
    }

    #[test]
    fn the_bounds_hold() {
        let agreement = read_clauses(&format!("{FOOD}\nt term; from = 2024-01-01")).unwrap();
        let agreements = Agreements::compile([&agreement]).unwrap();
        let line = "kr-42 pushes 1 KGM food to jp-17 for disaster_relief on 2024-06-01";
        let question: Question = line.parse().unwrap();
        let count = |bounds: Bounds| alternatives(&agreements, &question, &bounds).len();
        assert_eq!(count(Bounds::default()), 3);
        assert_eq!(count(Bounds { shown_max: 1, ..Bounds::default() }), 1);
        assert_eq!(count(Bounds { per_kind_max: 2, ..Bounds::default() }), 2);
        assert_eq!(count(Bounds { decisions_max: 0, ..Bounds::default() }), 0);
        let early: Question = line.replace("2024-06-01", "2023-06-01").parse().unwrap();
        let late = Bounds { not_before: "2024-06-01T00:00:00Z".parse().ok(), ..Bounds::default() };
        let days = alternatives(&agreements, &early, &late);
        assert!(days.is_empty(), "{days:?}");
    }
}
