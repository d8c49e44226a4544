//! `cargo xtask tidy`: the law of the repository, checked.
//!
//! Each rule is a pure function from the tracked files to findings, so each has tests that show a
//! violation being caught.

mod banned;
mod captions;
mod edges;
mod lengths;
mod records;
mod source;
mod words;

use std::fmt;
use std::path::Path;
use std::process::{Command, ExitCode};

/// One breach of a rule: where, which, what is wrong and what to do.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    path: String,
    line: usize,
    rule: &'static str,
    what: String,
    to_do: String,
}

impl Finding {
    fn new(
        path: &str,
        line: usize,
        rule: &'static str,
        what: impl Into<String>,
        to_do: impl Into<String>,
    ) -> Self {
        Self { path: path.to_owned(), line, rule, what: what.into(), to_do: to_do.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}: {}; {}", self.path, self.line, self.rule, self.what, self.to_do)
    }
}

/// A tracked text file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its path below the root, with `/` between the parts.
    path: String,
    text: String,
}

impl File {
    /// The last part of its path.
    fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    /// The folder it lies in, below the root.
    fn folder(&self) -> &str {
        self.path.rsplit_once('/').map_or("", |(folder, _)| folder)
    }
}

/// The tracked text files of the repository.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    files: Vec<File>,
}

impl Tree {
    /// Reads what git tracks below `root`, as it lies on disk; leaves out what is no text.
    fn read(root: &Path) -> Result<Self, String> {
        let output = Command::new("git")
            .current_dir(root)
            .args(["ls-files", "-z"])
            .output()
            .map_err(|error| format!("cannot start git: {error}"))?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            return Err(format!("tidy reads the files git tracks, and git said: {}", said.trim()));
        }
        let paths = String::from_utf8_lossy(&output.stdout).into_owned();
        let files = paths
            .split('\0')
            .filter(|path| !path.is_empty())
            .filter_map(|path| {
                let text = std::fs::read_to_string(root.join(path)).ok()?;
                Some(File { path: path.to_owned(), text })
            })
            .collect();
        Ok(Self { files })
    }

    fn file(&self, path: &str) -> Option<&File> {
        self.files.iter().find(|file| file.path == path)
    }

    fn with_suffix<'a>(&'a self, suffix: &'a str) -> impl Iterator<Item = &'a File> {
        self.files.iter().filter(move |file| file.path.ends_with(suffix))
    }

    /// A tree out of paths and texts.
    #[cfg(test)]
    fn of(files: &[(&str, &str)]) -> Self {
        let file = |(path, text): &(&str, &str)| File {
            path: (*path).to_owned(),
            text: (*text).to_owned(),
        };
        Self { files: files.iter().map(file).collect() }
    }
}

/// Every finding below `root`, in order of path and line.
///
/// # Errors
/// When the tracked files cannot be listed.
pub fn findings(root: &Path) -> Result<Vec<Finding>, String> {
    Ok(check(&Tree::read(root)?))
}

fn check(tree: &Tree) -> Vec<Finding> {
    const RULES: [fn(&Tree) -> Vec<Finding>; 6] = [
        banned::check,
        captions::check,
        edges::check,
        lengths::check,
        records::check,
        words::check,
    ];
    let mut findings: Vec<Finding> = RULES.iter().flat_map(|rule| rule(tree)).collect();
    findings.sort();
    findings
}

/// Prints every finding and says how many there are.
///
/// # Errors
/// When the tracked files cannot be listed.
pub fn run(root: &Path) -> Result<ExitCode, String> {
    let findings = findings(root)?;
    findings.iter().for_each(|finding| println!("{finding}"));
    if findings.is_empty() {
        println!("tidy: nothing found");
        return Ok(ExitCode::SUCCESS);
    }
    println!("tidy: {} found", findings.len());
    Ok(ExitCode::FAILURE)
}

/// The findings of one rule as text, a line each, without what to do.
#[cfg(test)]
fn shown(findings: &[Finding]) -> String {
    let line = |finding: &Finding| {
        format!("{}:{}: {}: {}", finding.path, finding.line, finding.rule, finding.what)
    };
    findings.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_says_where_which_what_and_what_to_do() {
        let finding = Finding::new("a/b.rs", 7, "length", "too long", "split it");
        assert_eq!(finding.to_string(), "a/b.rs:7: length: too long; split it");
    }

    #[test]
    fn findings_of_all_rules_come_in_order_of_path_and_line() {
        let tree = Tree::of(&[
            ("crates/pumasi-base/src/util.rs", "//! x\n"),
            ("crates/pumasi-base/src/a.rs", "fn f() {\n    todo!()\n}\n"),
            ("docs/decisions/0001-x.md", "# X\n"),
        ]);
        let found: Vec<String> = check(&tree)
            .iter()
            .map(|finding| format!("{}:{} {}", finding.path, finding.line, finding.rule))
            .collect();
        let mut ordered = found.clone();
        ordered.sort();
        assert_eq!(found, ordered);
        assert!(found.contains(&"crates/pumasi-base/src/a.rs:2 banned".to_owned()), "{found:?}");
        assert!(found.contains(&"docs/decisions/0001-x.md:1 records".to_owned()), "{found:?}");
    }
}
