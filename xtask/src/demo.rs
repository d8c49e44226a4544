//! `cargo demo`: from a fresh clone to a finished drill and a running web page.

use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::Instant;

use crate::{step, ui};

/// Builds what is missing and becomes `pumasi drill run`.
///
/// Without Node, or when the page cannot be built, the drill still runs and the node serves its
/// plain page: the main job never waits for the web tools.
///
/// # Errors
/// When the `pumasi` command cannot be built or started.
pub fn run(root: &Path, arguments: &[String]) -> Result<ExitCode, String> {
    let start = Instant::now();
    if let Err(message) = prepare_page(root) {
        eprintln!("{message}\n  meanwhile: the demo goes on with the plain page");
    }
    let mut build = step::cargo(root);
    build.args(["build", "--package", "pumasi-cli"]);
    step::run("building the pumasi command", &mut build)?;
    // Cargo puts every binary of one profile into one folder, wherever the target folder is.
    let here = std::env::current_exe()
        .map_err(|error| format!("cannot tell where this program lies: {error}"))?;
    let pumasi = here.with_file_name(format!("pumasi{}", std::env::consts::EXE_SUFFIX));
    eprintln!("==> running the drill (ready after {})", step::seconds(start.elapsed()));
    become_it(Command::new(pumasi).current_dir(root).args(drill_arguments(arguments)))
}

fn prepare_page(root: &Path) -> Result<(), String> {
    ui::check_node()?;
    ui::install(root)?;
    ui::build(root)
}

/// The arguments for `pumasi`, with a drill and a data folder unless they are given.
fn drill_arguments(given: &[String]) -> Vec<String> {
    // `cargo demo -- --drill X` arrives here with its separator, `cargo demo --drill X` without.
    let given = given.strip_prefix(&["--".to_owned()]).unwrap_or(given);
    let mut arguments: Vec<String> =
        ["drill", "run", "--with-ui"].into_iter().map(str::to_owned).collect();
    for (flag, value) in [("--drill", "noto-2024"), ("--data", "./data/demo")] {
        let assigned = format!("{flag}=");
        if !given.iter().any(|argument| argument == flag || argument.starts_with(&assigned)) {
            arguments.extend([flag.to_owned(), value.to_owned()]);
        }
    }
    arguments.extend_from_slice(given);
    arguments
}

/// Replaces this process, so that signals and the exit status are the command's own.
#[cfg(unix)]
fn become_it(command: &mut Command) -> Result<ExitCode, String> {
    use std::os::unix::process::CommandExt as _;
    let error = command.exec();
    Err(format!("cannot start {:?}: {error}", command.get_program()))
}

/// Runs the command to its end; a console interrupt reaches both processes.
#[cfg(not(unix))]
fn become_it(command: &mut Command) -> Result<ExitCode, String> {
    let status = command
        .status()
        .map_err(|error| format!("cannot start {:?}: {error}", command.get_program()))?;
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(code.map_or(ExitCode::FAILURE, ExitCode::from))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(given: &str, expected: &str) {
        let given: Vec<String> = given.split_whitespace().map(str::to_owned).collect();
        assert_eq!(drill_arguments(&given).join(" "), format!("drill run --with-ui{expected}"));
    }

    #[test]
    fn arguments_pass_through_and_defaults_fill_what_is_not_given() {
        check("", " --drill noto-2024 --data ./data/demo");
        check("--", " --drill noto-2024 --data ./data/demo");
        check("-- --drill tottori-2016", " --data ./data/demo --drill tottori-2016");
        check("--drill tottori-2016", " --data ./data/demo --drill tottori-2016");
        check("-- --data=d --exit", " --drill noto-2024 --data=d --exit");
        check("--port 8080 --fresh", " --drill noto-2024 --data ./data/demo --port 8080 --fresh");
        check("--drill a --data b", " --drill a --data b");
    }
}
