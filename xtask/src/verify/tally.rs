//! Reads how many tests passed and failed from what test runners print.

use std::fmt;

/// How many tests passed, failed and were left out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Tests that passed.
    pub passed: u64,
    /// Tests that failed.
    pub failed: u64,
    /// Tests that were not run.
    pub ignored: u64,
}

impl Tally {
    /// One success.
    pub fn one_passed() -> Self {
        Self { passed: 1, ..Self::default() }
    }

    /// One failure.
    pub fn one_failed() -> Self {
        Self { failed: 1, ..Self::default() }
    }

    /// The sum.
    pub fn plus(self, other: Self) -> Self {
        Self {
            passed: self.passed.saturating_add(other.passed),
            failed: self.failed.saturating_add(other.failed),
            ignored: self.ignored.saturating_add(other.ignored),
        }
    }

    /// The closing line, whose words other programs look for.
    pub fn closing(self) -> String {
        format!("{} passed, {} failed", self.passed, self.failed)
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)?;
        if self.ignored > 0 { write!(f, ", {} ignored", self.ignored) } else { Ok(()) }
    }
}

/// Who prints the line.
#[derive(Debug, Clone, Copy)]
pub enum Runner {
    /// `cargo test`: one `test result:` line for each binary and each crate's doc tests.
    Cargo,
    /// Vitest: one line that begins with `Tests`.
    Vitest,
    /// Playwright: a line for each outcome at the end, such as `12 passed (9.1s)`.
    Playwright,
}

impl Runner {
    /// What `line` adds to the tally; nothing when it is no line of totals.
    pub fn read(self, line: &str) -> Tally {
        let line = without_colours(line);
        match self {
            Self::Cargo => line.strip_prefix("test result: ").map_or_else(Tally::default, |rest| {
                rest.split(['.', ';']).map(read_part).fold(Tally::default(), Tally::plus)
            }),
            Self::Vitest => {
                let rest = line.trim_start().strip_prefix("Tests ");
                rest.map_or_else(Tally::default, |rest| {
                    rest.split('|').map(read_part).fold(Tally::default(), Tally::plus)
                })
            }
            // The totals stand alone on their lines, indented, with at most the time behind them.
            Self::Playwright => {
                let whole = line.split_once(" (").map_or(line.as_str(), |(count, _)| count);
                if whole.split_whitespace().count() <= 4 {
                    read_part(whole)
                } else {
                    Tally::default()
                }
            }
        }
    }
}

/// Reads `3 passed` and its like; anything else counts nothing.
fn read_part(part: &str) -> Tally {
    let mut words = part.split_whitespace();
    let Some(Ok(count)) = words.next().map(str::parse::<u64>) else {
        return Tally::default();
    };
    let what: Vec<&str> = words.take_while(|word| !word.starts_with('(')).collect();
    match what.join(" ").as_str() {
        "passed" => Tally { passed: count, ..Tally::default() },
        // A flaky test failed once: no test here may do that.
        "failed" | "flaky" | "did not run" | "interrupted" => {
            Tally { failed: count, ..Tally::default() }
        }
        "ignored" | "skipped" | "todo" => Tally { ignored: count, ..Tally::default() },
        _ => Tally::default(),
    }
}

/// The line without terminal colour codes (ECMA-48 SGR), which some runners print to pipes as well.
fn without_colours(line: &str) -> String {
    let mut parts = line.split("\u{1b}[");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        plain.push_str(part.split_once('m').map_or(part, |(_, rest)| rest));
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(runner: Runner, line: &str, expected: &str) {
        assert_eq!(runner.read(line).to_string(), expected, "{line}");
    }

    #[test]
    fn cargo_lines_count() {
        let check = |line, expected| check(Runner::Cargo, line, expected);
        check(
            "test result: ok. 12 passed; 0 failed; 2 ignored; 0 measured; 0 filtered out; \
             finished in 0.01s",
            "12 passed, 0 failed, 2 ignored",
        );
        check(
            "test result: FAILED. 1 passed; 3 failed; 0 ignored; 0 measured",
            "1 passed, 3 failed",
        );
        check("test reads_and_writes ... ok", "0 passed, 0 failed");
        check("running 7 tests", "0 passed, 0 failed");
    }

    #[test]
    fn vitest_lines_count_tests_and_not_files() {
        let check = |line, expected| check(Runner::Vitest, line, expected);
        check(" Test Files  2 passed (2)", "0 passed, 0 failed");
        check("      Tests  31 passed (31)", "31 passed, 0 failed");
        check(
            "      Tests  1 failed | 30 passed | 2 skipped (33)",
            "30 passed, 1 failed, 2 ignored",
        );
        check(
            "\u{1b}[2m      Tests \u{1b}[22m \u{1b}[1m\u{1b}[32m3 passed\u{1b}[39m (3)",
            "3 passed, 0 failed",
        );
    }

    #[test]
    fn playwright_lines_count() {
        let check = |line, expected| check(Runner::Playwright, line, expected);
        check("  14 passed (21.4s)", "14 passed, 0 failed");
        check("  2 failed", "0 passed, 2 failed");
        check("  1 flaky", "0 passed, 1 failed");
        check("  3 did not run", "0 passed, 3 failed");
        check("  1 skipped", "0 passed, 0 failed, 1 ignored");
        check("Running 14 tests using 1 worker", "0 passed, 0 failed");
        check("    [chromium] > e2e/situation.spec.ts:3:1 > 2 failed loads", "0 passed, 0 failed");
    }
}
