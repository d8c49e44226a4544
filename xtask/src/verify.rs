//! `cargo verify`: every test of the repository, with one closing line.

mod browser;
mod tally;

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;

use crate::{live, step, tidy, ui};
use tally::{Runner, Tally};

/// Runs the tests; with `--all` also formatting, clippy, tidy, the browser run and a small live run.
///
/// Every section runs even when an earlier one failed: one run shows everything that is wrong.
///
/// # Errors
/// When an argument is unknown.
pub fn run(root: &Path, arguments: &[String]) -> Result<ExitCode, String> {
    let mut all = false;
    for argument in arguments {
        match argument.as_str() {
            "--" => {}
            "--all" => all = true,
            other => return Err(format!("`{other}` is no argument of verify: use --all or none")),
        }
    }
    let mut report = Report::default();
    if all {
        report.section("formatting", || check(step::cargo(root).args(["fmt", "--all", "--check"])));
        report.section("clippy", || check(&mut clippy(root)));
        report.section("tidy", || match tidy::findings(root) {
            Ok(found) if found.is_empty() => Tally::default(),
            Ok(found) => {
                found.iter().for_each(|finding| println!("{finding}"));
                Tally::one_failed()
            }
            Err(message) => failed(&message),
        });
    }
    report.section("tests of the crates", || test(Runner::Cargo, &mut cargo_test(root, all)));
    report.section("types and tests of the web page", || web_page(root));
    if all {
        report.section("the demo in a browser", || {
            browser::run(root).unwrap_or_else(|message| failed(&message))
        });
        report.section("five nodes apart and together", || {
            live::try_out(root).map_or_else(|message| failed(&message), |()| Tally::one_passed())
        });
    }
    Ok(report.close())
}

/// What the sections found so far.
#[derive(Default)]
struct Report {
    total: Tally,
    lines: Vec<String>,
}

impl Report {
    fn section(&mut self, name: &str, work: impl FnOnce() -> Tally) {
        let start = Instant::now();
        println!("\n=== {name}");
        let tally = work();
        let line = format!("=== {name}: {tally}, {}", step::seconds(start.elapsed()));
        println!("{line}");
        self.lines.push(line);
        self.total = self.total.plus(tally);
    }

    /// Prints every section again and the closing line alone; fails if anything failed.
    fn close(self) -> ExitCode {
        println!();
        self.lines.iter().for_each(|line| println!("{line}"));
        println!("\n{}", self.total.closing());
        if self.total.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}

fn clippy(root: &Path) -> Command {
    let mut command = step::cargo(root);
    command.args(["clippy", "--locked", "--workspace", "--all-targets", "--", "-D", "warnings"]);
    command
}

fn cargo_test(root: &Path, locked: bool) -> Command {
    let mut command = step::cargo(root);
    command.args(["test", "--workspace", "--no-fail-fast"]);
    if locked {
        command.arg("--locked");
    }
    command
}

fn web_page(root: &Path) -> Tally {
    if let Err(message) = ui::check_node().and_then(|()| ui::install(root)) {
        return failed(&message);
    }
    let types = check(&mut step::npm(root, &["run", "check"]));
    types.plus(test(Runner::Vitest, &mut step::npm(root, &["test"])))
}

fn failed(message: &str) -> Tally {
    println!("{message}");
    Tally::one_failed()
}

/// Runs a command that has no tests of its own: it counts only when it fails.
fn check(command: &mut Command) -> Tally {
    match command.status() {
        Ok(status) if status.success() => Tally::default(),
        Ok(status) => failed(&format!("{:?} ended with {status}", command.get_program())),
        Err(error) => failed(&format!("cannot start {:?}: {error}", command.get_program())),
    }
}

/// Runs a command that runs tests, shows what it prints while it runs, and counts.
///
/// A command that fails without a failed test, because nothing compiled for example, counts as one
/// failure; so does one that ends well without having run any test.
fn test(runner: Runner, command: &mut Command) -> Tally {
    let spawned = command.env("NO_COLOR", "1").env("CI", "1").stdout(Stdio::piped()).spawn();
    let mut child = match spawned {
        Ok(child) => child,
        Err(error) => return failed(&format!("cannot start {:?}: {error}", command.get_program())),
    };
    let mut tally = Tally::default();
    if let Some(stdout) = child.stdout.take() {
        for line in BufReader::new(stdout).split(b'\n').map_while(Result::ok) {
            let line = String::from_utf8_lossy(&line);
            println!("{line}");
            tally = tally.plus(runner.read(&line));
        }
    }
    match child.wait() {
        Ok(status) if !status.success() && tally.failed == 0 => {
            tally.plus(failed(&format!("{:?} ended with {status}", command.get_program())))
        }
        Ok(_) if tally == Tally::default() => failed("no test ran"),
        Ok(_) => tally,
        Err(error) => tally.plus(failed(&format!("cannot wait for the tests: {error}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn totals_are_read_from_what_the_runner_prints() {
        let two = "echo 'test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured'; \
                   echo 'test result: FAILED. 2 passed; 4 failed; 0 ignored; 0 measured'; exit 101";
        let tally = test(Runner::Cargo, &mut shell(two));
        assert_eq!(tally, Tally { passed: 5, failed: 4, ignored: 1 });
    }

    #[test]
    fn a_runner_that_fails_or_runs_nothing_is_a_failure() {
        let one = Tally::one_failed();
        assert_eq!(test(Runner::Cargo, &mut shell("exit 101")), one);
        assert_eq!(test(Runner::Cargo, &mut shell("echo nothing")), one);
        assert_eq!(check(&mut shell("exit 1")), one);
        assert_eq!(check(&mut shell("exit 0")), Tally::default());
        assert_eq!(check(&mut Command::new("pumasi-no-such-program")), one);
    }

    #[test]
    fn unknown_arguments_are_refused() {
        let refused = run(Path::new("."), &["--fast".to_owned()]);
        assert!(refused.unwrap_err().starts_with("`--fast` is no argument"));
    }
}
