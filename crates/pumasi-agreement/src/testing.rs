//! What the tests of clause files share: one agreement around the clauses under test, and a table
//! of questions.

#![cfg(test)]

use std::fmt::Write;

use crate::{Agreement, Agreements, Question, ReadError, decide, read};

const HEAD: &str = r#"
id = "x"
nature = "real"
law_level = "provincial"
parties = ["jp-17", "kr-42", "ngo-c"]
executing = { jp-17 = ["jp-17204"] }
utc_offset_hours = 9
title = { ko = "x", ja = "x", zh-Hans = "x", en = "x" }
source = [{ title = "x", publisher = "x", date = "2024" }]
"#;

const WORDS: &str = r#"
article = { ko = "x", ja = "x", zh-Hans = "x", en = "x" }
caption = { ko = "x", ja = "x", zh-Hans = "x", en = "x" }
authentic = { ja = "x" }
"#;

/// The file of an agreement with these clauses, each given as `id kind; parameters; …`.
pub(crate) fn file_of(clauses: &str) -> String {
    let mut text = HEAD.to_owned();
    for clause in clauses.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (opening, rest) = clause.split_once(';').unwrap_or((clause, ""));
        let (id, kind) = opening.split_once(' ').unwrap();
        write!(text, "[[clause]]\nid = \"{id}\"\nkind = \"{kind}\"{WORDS}").unwrap();
        for parameter in rest.split(';') {
            writeln!(text, "{}", parameter.trim()).unwrap();
        }
    }
    text
}

pub(crate) fn read_clauses(clauses: &str) -> Result<Agreement, Vec<ReadError>> {
    read("x.toml", &file_of(clauses))
}

/// Asks an agreement with these clauses and a term from 2024 every `question => decision`; the
/// purpose and the day need not be said.
#[track_caller]
pub(crate) fn check(clauses: &str, table: &str) {
    let clauses = format!("{clauses}\nt term; from = 2024-01-01");
    let agreement = read_clauses(&clauses).unwrap_or_else(|errors| panic!("{errors:#?}"));
    let agreements = Agreements::compile([&agreement]).unwrap();
    for line in table.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (question, expected) = line.split_once(" => ").unwrap();
        let purpose = if question.contains(" for ") { "" } else { " for disaster_relief" };
        let day = if question.contains(" on ") { "" } else { " on 2024-06-01" };
        let question: Question = format!("{question}{purpose}{day}").parse().unwrap();
        let decided = decide(&agreements, &question).to_string().replace(" x: ", ": ");
        assert_eq!(decided, expected, "{line}");
    }
}

/// Reads an agreement with these clauses and expects this fault among those found.
#[track_caller]
pub(crate) fn check_fault(clauses: &str, expected: &str) {
    let errors = read_clauses(&format!("{clauses}\nt term; from = 2024-01-01")).unwrap_err();
    let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
    assert!(lines.iter().any(|line| line.contains(expected)), "{lines:#?}");
}
