//! Decision records have their four parts, and each crate says what it is and knows nothing of.

use std::collections::BTreeMap;

use super::{File, Finding, Tree};

const RULE: &str = "records";
const DECISIONS: &str = "docs/decisions/";
const HEADINGS: [&str; 4] = ["## Context", "## Choice", "## Alternatives", "## Consequences"];

/// Checks decision records and the first lines of crates.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    check_decisions(tree, &mut findings);
    for file in &tree.files {
        let inside = file.path.strip_prefix("crates/").and_then(|rest| rest.split_once('/'));
        if let Some((_, "src/lib.rs")) = inside {
            check_opening(file, true, &mut findings);
        } else if let Some((_, "src/main.rs")) = inside {
            check_opening(file, false, &mut findings);
        }
    }
    findings
}

fn check_decisions(tree: &Tree, findings: &mut Vec<Finding>) {
    let mut numbers: BTreeMap<&str, &str> = BTreeMap::new();
    for file in tree.with_suffix(".md") {
        let Some(name) = file.path.strip_prefix(DECISIONS) else { continue };
        if name == "README.md" {
            continue;
        }
        let mut found = |what: String, to_do: &str| {
            findings.push(Finding::new(&file.path, 1, RULE, what, to_do));
        };
        let number = name.split('-').next().unwrap_or_default();
        let title = name.get(number.len()..).and_then(|rest| rest.strip_suffix(".md"));
        let titled = title.is_some_and(|title| title.len() > 1 && title.chars().all(is_kebab));
        if number.len() != 4 || !number.bytes().all(|b| b.is_ascii_digit()) || !titled {
            found(format!("`{name}` is no name of a record"), "name it `0012-what-was-chosen.md`");
        } else if let Some(other) = numbers.insert(number, name) {
            found(format!("number {number} is taken by `{other}`"), "take the next free number");
        }
        for heading in HEADINGS {
            if !file.text.lines().any(|line| line.trim_end() == heading) {
                found(format!("the heading `{heading}` is missing"), "write that part");
            }
        }
    }
}

fn is_kebab(c: char) -> bool {
    c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'
}

fn check_opening(file: &File, library: bool, findings: &mut Vec<Finding>) {
    let mut found = |what: &str, to_do: &str| {
        findings.push(Finding::new(&file.path, 1, RULE, what, to_do));
    };
    if !file.text.starts_with("//! ") {
        found("the crate does not open with `//!`", "say in one sentence what the crate does");
    }
    let mut opening = file.text.lines().take_while(|line| line.starts_with("//!"));
    if library && !opening.any(|line| line.starts_with("//! Invariant: ")) {
        found("there is no `Invariant:` line", "say what the crate knows nothing about");
    }
}

#[cfg(test)]
mod tests {
    use super::super::shown;
    use super::*;

    #[track_caller]
    fn check_files(files: &[(&str, &str)], expected: &str) {
        assert_eq!(shown(&super::check(&Tree::of(files))), expected);
    }

    const WHOLE: &str = "# A\n\n## Context\n\n## Choice\n\n## Alternatives\n\n## Consequences\n";

    #[test]
    fn records_have_their_parts() {
        check_files(&[("docs/decisions/0001-one-thing.md", WHOLE)], "");
        for heading in HEADINGS {
            check_files(
                &[("docs/decisions/0001-a.md", &WHOLE.replace(heading, "## Other"))],
                &format!("docs/decisions/0001-a.md:1: records: the heading `{heading}` is missing"),
            );
        }
    }

    #[test]
    fn records_have_a_number_of_their_own_and_a_title() {
        check_files(
            &[("docs/decisions/0001-a.md", WHOLE), ("docs/decisions/0001-b.md", WHOLE)],
            "docs/decisions/0001-b.md:1: records: number 0001 is taken by `0001-a.md`",
        );
        for name in ["1-a.md", "0001.md", "0001-A b.md", "title.md"] {
            let path = format!("docs/decisions/{name}");
            check_files(
                &[(&path, WHOLE)],
                &format!("{path}:1: records: `{name}` is no name of a record"),
            );
        }
    }

    #[test]
    fn crates_say_what_they_are_and_what_they_know_nothing_of() {
        let lib = "crates/pumasi-a/src/lib.rs";
        let main = "crates/pumasi-a/src/main.rs";
        check_files(&[(lib, "//! Does.\n//!\n//! Invariant: knows nothing of b.\n")], "");
        check_files(
            &[(lib, "//! Does.\n\n// Invariant: x\n")],
            &format!("{lib}:1: records: there is no `Invariant:` line"),
        );
        check_files(
            &[(main, "fn main() {}\n")],
            &format!("{main}:1: records: the crate does not open with `//!`"),
        );
        check_files(&[(main, "//! Does.\nfn main() {}\n")], "");
    }
}
