//! Pairs of texts and what tells them apart, and the law that nothing is lost.

use proptest::prelude::*;

use super::*;
use crate::testing::file_of;

const TERM: &str = "t term; from = 2024-01-01";

fn agreement(text: &str) -> Agreement {
    crate::read("x.toml", text).unwrap_or_else(|errors| panic!("{errors:#?}\n{text}"))
}

fn told(found: &Diff) -> Vec<String> {
    let field = |change: &FieldChange| {
        let side = |side: &Option<String>| side.clone().unwrap_or_else(|| "-".to_owned());
        format!("{} {} > {}", change.field, side(&change.before), side(&change.after))
    };
    let mut lines: Vec<String> =
        found.head.iter().map(|change| format!("head: {}", field(change))).collect();
    for clause in found.clauses.iter().filter(|clause| clause.change != Change::Same) {
        let own = |f: &&FieldChange| {
            // What every clause of the tests has tells nothing.
            !["article.", "authentic.", "caption."].iter().any(|p| f.field.starts_with(p))
                || (f.before.is_some() && f.after.is_some())
        };
        let fields: Vec<String> = clause.fields.iter().filter(own).map(field).collect();
        lines.push(format!("{} {}: {}", clause.change.code(), clause.clause, fields.join("; ")));
    }
    lines
}

/// Tells two files apart.
#[track_caller]
fn check(a: &str, b: &str, expected: &[&str]) {
    let (a, b) = (agreement(a), agreement(b));
    let found = diff(&a, &b);
    assert_eq!(told(&found), expected);
    assert_eq!(found.is_empty(), expected.is_empty());
    assert!(diff(&a, &a).is_empty() && diff(&a, &a).same_bytes);
}

fn three(params: [&str; 3]) -> String {
    let [a, b, c] = params;
    format!("{a}\n{b}\n{c}\n{TERM}")
}

const A: &str =
    r#"a permit; actions = ["order"]; categories = ["food"]; purposes = ["evacuation"]"#;
const B: &str = r#"b forbid; categories = ["fuel"]"#;
const C: &str = r#"c ceiling; quantity = "9 KGM"; per = "year""#;

#[test]
fn every_field_that_differs_is_told_as_the_file_writes_it() {
    let old = file_of(&three([A, B, C]));
    check(&old, &old, &[]);
    let changed = old
        .replace("[\"food\"]", "[\"food\", \"water\"]")
        .replace("\"9 KGM\"", "\"8 KGM\"")
        .replace("from = 2024-01-01", "from = 2025-01-01\nnotice = \"P90D\"");
    check(
        &old,
        &changed,
        &[
            "changed a: categories [\"food\"] > [\"food\", \"water\"]",
            "changed c: quantity 9 KGM > 8 KGM",
            "changed t: from 2024-01-01 > 2025-01-01; notice - > P90D",
        ],
    );
    let head = old
        .replace("executing = { jp-17 = [\"jp-17204\"] }\n", "signed = 2024-02-29\n")
        .replace("utc_offset_hours = 9", "utc_offset_hours = 8")
        .replace("date = \"2024\"", "date = \"2025\"")
        .replacen("ja = \"x\"", "ja = \"y\"", 1);
    check(
        &old,
        &head,
        &[
            "head: executing.jp-17 [\"jp-17204\"] > -",
            "head: signed - > 2024-02-29",
            "head: source.1.date 2024 > 2025",
            "head: title.ja x > y",
            "head: utc_offset_hours 9 > 8",
        ],
    );
    let words = old.replacen("authentic = { ja = \"x\" }", "authentic = { ja = \"z\" }", 1);
    check(&old, &words, &["changed a: authentic.ja x > z"]);
}

#[test]
fn clauses_are_added_removed_and_moved_by_their_ids() {
    let old = file_of(&three([A, B, C]));
    check(
        &old,
        &file_of(&format!("{A}\n{C}\nd forbid; categories = [\"tools\"]\n{TERM}")),
        &[
            "removed b: categories [\"fuel\"] > -; kind forbid > -",
            "added d: categories - > [\"tools\"]; kind - > forbid",
        ],
    );
    // What stood first and is gone comes first.
    let found = diff(&agreement(&old), &agreement(&file_of(&format!("{C}\n{TERM}\n{B}"))));
    let order: Vec<_> = found.clauses.iter().map(|c| c.clause.as_str()).collect();
    assert_eq!(order, ["a", "c", "t", "b"]);
    check(&old, &file_of(&three([B, C, A])), &["moved a: # 1 > 3"]);
    check(
        &old,
        &file_of(&format!("{A}\n{C}\n{TERM}\n{}", B.replace("fuel", "tools"))),
        &["changed b: categories [\"fuel\"] > [\"tools\"]; # 2 > 4"],
    );
}

#[test]
fn layout_is_no_difference_but_has_another_digest() {
    let old = file_of(&three([A, B, C]));
    let new = format!("# Signed in Kanazawa.\n{}", old.replace(" = [\"food\"]", "=[ 'food' ]"));
    check(&old, &new, &[]);
    assert!(diff(&agreement(&old), &agreement(&new)).is_only_layout());
    assert!(!diff(&agreement(&old), &agreement(&old)).is_only_layout());
}

/// Some of four clauses in any order, each with one of two parameters, and heads that vary.
fn a_text() -> impl Strategy<Value = String> {
    let clause = |id: &'static str| {
        prop::sample::select(vec!["food", "fuel"])
            .prop_map(move |category| format!("{id} forbid; categories = [\"{category}\"]"))
    };
    let clauses = (clause("a"), clause("b"), clause("c"), clause("d"))
        .prop_map(|(a, b, c, d)| vec![a, b, c, d, TERM.to_owned()])
        .prop_flat_map(|all| prop::sample::subsequence(all.clone(), 0..=all.len()))
        .prop_shuffle();
    let head = prop::sample::select(vec!["date = \"2024\"", "date = \"2025\"", "date = \"2026\""]);
    let signed = prop::sample::select(vec!["", "signed = 2024-01-01\n", "signed = 2024-01-02\n"]);
    (clauses, head, signed).prop_map(|(mut clauses, date, signed)| {
        if !clauses.iter().any(|clause| clause == TERM) {
            clauses.push(TERM.to_owned());
        }
        format!("{signed}{}", file_of(&clauses.join("\n")).replace("date = \"2024\"", date))
    })
}

/// Fields as the file writes them.
fn shown(fields: &Fields) -> BTreeMap<String, String> {
    fields.iter().map(|(name, value)| (name.clone(), written(value))).collect()
}

/// What the first text becomes when everything told is done to it.
fn done(fields: &Fields, changes: &[FieldChange]) -> BTreeMap<String, String> {
    let mut fields = shown(fields);
    for change in changes.iter().filter(|change| change.field != PLACE) {
        assert_eq!(fields.get(&change.field), change.before.as_ref());
        match &change.after {
            Some(value) => fields.insert(change.field.clone(), value.clone()),
            None => fields.remove(&change.field),
        };
    }
    fields
}

proptest! {
    #[test]
    fn doing_what_a_diff_tells_gives_the_second_text(a in a_text(), b in a_text()) {
        let (a, b) = (agreement(&a), agreement(&b));
        let found = diff(&a, &b);
        prop_assert!(diff(&a, &a).is_empty());
        let (before, after) = (Text::of(&a), Text::of(&b));
        prop_assert_eq!(done(&before.head, &found.head), shown(&after.head));
        let kept: Vec<_> =
            found.clauses.iter().filter(|c| c.change != Change::Removed).collect();
        prop_assert_eq!(kept.len(), after.clauses.len());
        for (change, (id, fields)) in kept.iter().zip(&after.clauses) {
            prop_assert_eq!(&change.clause, id);
            let none = Fields::new();
            let old = before.clauses.iter().find(|(old, _)| old == id).map_or(&none, |(_, f)| f);
            prop_assert_eq!(done(old, &change.fields), shown(fields));
        }
        for (id, _) in &before.clauses {
            prop_assert!(found.clauses.iter().any(|change| change.clause == *id));
        }
        // Those said to have stayed stand in the order of both.
        let in_place = |c: &&&ClauseChange| c.change != Change::Added && !c.fields.iter().any(|f| f.field == PLACE);
        let places: Vec<_> =
            kept.iter().filter(in_place).map(|c| before.place(&c.clause)).collect();
        prop_assert!(places.is_sorted());
    }
}
