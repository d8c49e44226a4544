//! The `pumasi` command: nouns, then verbs, in four languages.
//!
//! Most commands talk to the party's own node through its desk API; what needs no node (reading an
//! alert, checking an agreement, verifying a bundle) works offline.

mod commands;
mod desk_client;
mod drill;
mod failure;
mod files;
mod help;
mod lookup;
mod output;
mod words;

use std::ffi::OsString;
use std::io::IsTerminal as _;
use std::process::ExitCode;

use clap::{CommandFactory as _, FromArgMatches as _};

use commands::Cli;
use output::Style;
use words::Words;

fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    let lang = words::language(&arguments, |name| std::env::var(name).ok());
    let words = Words::load(lang);
    // A failure of the command line is told before its flags are known.
    let json = arguments.iter().any(|argument| argument == "--json");
    let style = Style::of(std::io::stdout().is_terminal());
    let command = help::localise(Cli::command(), &words, style);
    let parsed = command
        .clone()
        .try_get_matches_from(&arguments)
        .and_then(|matches| Cli::from_arg_matches(&matches));
    let result = match parsed {
        Ok(cli) => commands::run(cli, command, &words),
        Err(error) => match help::answer(&error, &command, &arguments) {
            Ok(()) => return ExitCode::SUCCESS,
            Err(failure) => Err(failure),
        },
    };
    ExitCode::from(output::finish(result, json, &words))
}
