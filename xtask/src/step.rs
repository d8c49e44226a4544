//! One step of a command: a child process, announced, timed and judged.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

/// Variables cargo sets for the program it runs.
///
/// They must not reach a cargo started by that program: some build scripts watch them, and their
/// crates would be compiled anew each time `cargo build` and `cargo demo` take turns.
const SET_BY_CARGO: [&str; 7] = [
    "CARGO_BIN_NAME",
    "CARGO_CRATE_NAME",
    "CARGO_MANIFEST_DIR",
    "CARGO_MANIFEST_LINKS",
    "CARGO_MANIFEST_PATH",
    "CARGO_PRIMARY_PACKAGE",
    "OUT_DIR",
];

/// A command that runs cargo in `root` as if started from a shell.
pub fn cargo(root: &Path) -> Command {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(program);
    command.current_dir(root);
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy();
        if SET_BY_CARGO.contains(&name.as_ref()) || name.starts_with("CARGO_PKG_") {
            command.env_remove(name.as_ref());
        }
    }
    command
}

/// A command that runs npm in the `ui` folder below `root`.
pub fn npm(root: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new("npm");
    command.current_dir(root.join("ui")).args(arguments);
    command
}

/// Runs `command` with inherited streams, telling on standard error what runs and how long it took.
///
/// # Errors
/// When the command cannot be started or ends with another status than 0.
pub fn run(what: &str, command: &mut Command) -> Result<(), String> {
    let start = Instant::now();
    eprintln!("==> {what}");
    let status = command
        .status()
        .map_err(|error| format!("{what}: cannot start {:?}: {error}", command.get_program()))?;
    eprintln!("    {what}: {}", seconds(start.elapsed()));
    if status.success() { Ok(()) } else { Err(format!("{what}: ended with {status}")) }
}

/// Elapsed time as people read it.
pub fn seconds(elapsed: Duration) -> String {
    format!("{}.{} s", elapsed.as_secs(), elapsed.subsec_millis() / 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failing_step_says_which_and_why() {
        let failed = run("listing", Command::new("sh").args(["-c", "exit 3"]));
        assert!(failed.unwrap_err().starts_with("listing: ended with "));
        let missing = run("listing", &mut Command::new("pumasi-no-such-program"));
        assert!(missing.unwrap_err().starts_with("listing: cannot start"));
    }

    #[test]
    fn elapsed_time_has_one_decimal() {
        assert_eq!(seconds(Duration::from_millis(12_345)), "12.3 s");
    }

    #[test]
    fn the_inner_cargo_does_not_see_what_the_outer_set() {
        let command = cargo(Path::new("."));
        let removed: Vec<_> = command.get_envs().filter(|(_, value)| value.is_none()).collect();
        assert!(removed.iter().any(|(name, _)| *name == "CARGO_MANIFEST_DIR"));
        assert!(removed.iter().any(|(name, _)| *name == "CARGO_PKG_NAME"));
    }
}
