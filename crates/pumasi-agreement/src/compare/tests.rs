//! Pairs of agreements, and the rows in which they differ.

use pumasi_base::Lang;

use super::*;
use crate::scope::mode_code;
use crate::testing::read_clauses;

const TERM: &str = "t term; from = 2024-01-01";
const FOOD: &str = r#"p permit; actions = ["order"]; categories = ["food", "fuel", "water"]; purposes = ["disaster_relief", "evacuation"]"#;

fn words<T: ToString>(list: &[T]) -> String {
    list.iter().map(ToString::to_string).collect::<Vec<_>>().join("+")
}

fn answer(answer: &Answer) -> String {
    let terms: Vec<String> =
        answer.terms.iter().map(|t| t.caption_with(Lang::En, &|_| None)).collect();
    let said =
        if terms.is_empty() { answer.freedom.code().to_owned() } else { terms.join(" and ") };
    format!("{said} [{}]", words(&answer.clauses))
}

fn shown(sort: &str, cell: &Cell) -> String {
    let pairs: Vec<String> = cell.pairs.iter().map(|(g, r)| format!("{g}>{r}")).collect();
    let modes: Vec<&str> = cell.modes.iter().map(|mode| mode_code(*mode)).collect();
    let reach = [
        words(&cell.actions),
        words(&cell.categories),
        words(&cell.purposes),
        if cell.statuses.len() == 3 { String::new() } else { words(&cell.statuses) },
        modes.join("+"),
        pairs.join("+"),
    ];
    let reach: Vec<&str> =
        reach.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    format!("{sort}: {}: {} -> {}", reach.join(" "), answer(&cell.a), answer(&cell.b))
}

/// Compares two agreements of these clauses and a term.
#[track_caller]
fn check(a: &str, b: &str, expected: &[&str]) {
    let with_term = |clauses: &str| {
        let term = if clauses.contains(" term;") { "" } else { TERM };
        read_clauses(&format!("{clauses}\n{term}")).unwrap_or_else(|errors| panic!("{errors:#?}"))
    };
    let (a, b) = (with_term(a), with_term(b));
    let comparison = compare(&a, &b).unwrap();
    let areas = [
        ("new", &comparison.permits_new),
        ("gone", &comparison.forbids_new),
        ("limit", &comparison.limits),
        ("condition", &comparison.conditions),
        ("settlement", &comparison.settlements),
        ("passing on", &comparison.passing_on),
    ];
    let mut lines: Vec<String> =
        areas.iter().flat_map(|(sort, cells)| cells.iter().map(|cell| shown(sort, cell))).collect();
    let term = comparison.term.as_ref();
    lines.extend(term.map(|(a, b)| format!("term: {} -> {}", answer(a), answer(b))));
    assert_eq!(lines, expected);
    assert_eq!(comparison.is_empty(), expected.is_empty());
    // Seen from the other side, what is new is gone.
    let back = compare(&b, &a).unwrap();
    let swapped = |cells: &[Cell]| -> Vec<Cell> {
        let swap = |cell: &Cell| Cell { a: cell.b.clone(), b: cell.a.clone(), ..cell.clone() };
        cells.iter().map(swap).collect()
    };
    assert_eq!(swapped(&back.permits_new), comparison.forbids_new);
    assert_eq!(swapped(&back.forbids_new), comparison.permits_new);
    assert_eq!(swapped(&back.limits), comparison.limits);
}

#[test]
fn what_is_new_and_what_is_gone_stands_in_merged_rows() {
    check(FOOD, FOOD, &[]);
    check(
        FOOD,
        &FOOD
            .replace("\"water\"", "\"water\", \"medical\", \"shelter\"")
            .replace("\"order\"", "\"order\", \"offer\""),
        &[
            "new: offer food+fuel+water disaster_relief+evacuation: refused [p] -> permitted [p]",
            "new: offer medical+shelter disaster_relief+evacuation: refused [] -> permitted [p]",
            "new: order medical+shelter disaster_relief+evacuation: refused [p] -> permitted [p]",
        ],
    );
    check(
        FOOD,
        &format!(
            "{FOOD}\nf forbid; categories = [\"fuel\"]; modes = [\"air\"]; statuses = [\"actual\"]; givers = [\"kr-42\"]; receivers = [\"ngo-c\"]"
        ),
        &[
            "gone: order fuel disaster_relief+evacuation actual air kr-42>ngo-c: permitted [p] -> refused [f]",
        ],
    );
    let push =
        r#"q permit; actions = ["push"]; categories = ["food"]; purposes = ["disaster_relief"]"#;
    check(
        push,
        r#"q standing_consent; categories = ["food"]; purposes = ["disaster_relief"]"#,
        &["new: push food disaster_relief: needs [q] -> permitted [q]"],
    );
}

#[test]
fn terms_that_differ_are_told_apart() {
    let capped = |rest: &str| format!("{FOOD}\n{rest}");
    check(
        &capped(
            "c ceiling; quantity = \"9 KGM\"; per = \"year\"\nd ceiling; quantity = \"5 KGM\"; per = \"order\"",
        ),
        &capped(
            "d ceiling; quantity = \"5 KGM\"; per = \"order\"\nc ceiling; quantity = \"8 KGM\"; per = \"year\"; categories = [\"food\", \"fuel\"]",
        ),
        &[
            "limit: order food+fuel disaster_relief+evacuation: at most 5 KGM (per order) and at most 9 KGM (per year) [d+c] -> at most 5 KGM (per order) and at most 8 KGM (per year) [d+c]",
            "limit: order water disaster_relief+evacuation: at most 5 KGM (per order) and at most 9 KGM (per year) [d+c] -> at most 5 KGM (per order) [d]",
        ],
    );
    check(
        FOOD,
        &capped("s settlement; mode = \"gift\"\no third_party; transfer = \"prior_consent\"")
            .replace(
                "[\"disaster_relief\", \"evacuation\"]",
                "[\"disaster_relief\", \"evacuation\"]; delay_hours = 24",
            ),
        &[
            "condition: order food+fuel+water disaster_relief+evacuation: permitted [p] -> dispatch no sooner than 24 hours after the order [p]",
            "settlement: order food+fuel+water disaster_relief+evacuation: permitted [] -> gift [s]",
            "passing on: order food+fuel+water disaster_relief+evacuation: never to be passed on [] -> may be passed on with the giver's prior consent [o]",
        ],
    );
    check(
        &capped("t term; from = 2024-01-01"),
        &capped("t term; from = 2025-01-01; until = 2026-01-01; notice_before_end = \"P30D\""),
        &[
            "term: in force from 2024-01-01 [t] -> in force from 2025-01-01 and ends on 2026-01-01 and not renewed on a notice of 30 days before its end [t]",
        ],
    );
}
