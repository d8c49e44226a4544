//! Help in the reader's language, and the faults of a command line told in it.
//!
//! The parser knows what can be asked for; the words are messages named after the way to it:
//! `help-order-commit` for a verb, `help-order-commit-quantity` for its argument. Options that every
//! command has are `help-option-<name>`.

use std::ffi::OsString;
use std::fmt::Write as _;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command};
use unicode_width::UnicodeWidthStr as _;

use crate::failure::{Exit, Failure};
use crate::output::{Style, labelled, print};
use crate::words::Words;

/// Puts the words of one language into the whole tree of commands.
#[must_use]
pub fn localise(command: Command, words: &Words, style: Style) -> Command {
    let root = command
        .version(env!("CARGO_PKG_VERSION"))
        .disable_help_flag(true)
        .disable_version_flag(true)
        .disable_help_subcommand(true)
        .arg(flag("version", 'V', ArgAction::Version));
    let common: Vec<Arg> = root.get_arguments().filter(|a| a.is_global_set()).cloned().collect();
    walk(root, &[], &common, words, style)
}

fn flag(name: &'static str, short: char, action: ArgAction) -> Arg {
    Arg::new(name).short(short).long(name).action(action)
}

fn walk(command: Command, path: &[String], common: &[Arg], words: &Words, style: Style) -> Command {
    let command = command
        .disable_help_subcommand(true)
        .disable_help_flag(true)
        .arg(flag("help", 'h', ArgAction::Help))
        .about(words.say(&about_key(path)));
    let own = path.to_owned();
    let with_words = command.mut_args(|argument| {
        let key = argument_key(&own, argument.get_id().as_str(), argument.is_global_set());
        argument.help(words.say(&key))
    });
    let with_children = with_words.mut_subcommands(|child| {
        let mut below = own.clone();
        below.push(child.get_name().to_owned());
        walk(child, &below, common, words, style)
    });
    let text = render(&with_children, path, common, words, style);
    with_children.override_help(text)
}

fn about_key(path: &[String]) -> String {
    if path.is_empty() { "help-pumasi".to_owned() } else { format!("help-{}", path.join("-")) }
}

fn argument_key(path: &[String], name: &str, common: bool) -> String {
    let name = name.replace('_', "-");
    if common || path.is_empty() || matches!(name.as_str(), "help" | "version") {
        return format!("help-option-{name}");
    }
    // What the steps of an order share is said once.
    if matches!(name.as_str(), "officer" | "clause" | "time" | "contact" | "personal") {
        return format!("help-sign-{name}");
    }
    // So is what the steps in an agreement's life share,
    // and what everything signed with root keys shares.
    if name.starts_with("life-") || name.starts_with("signing-") {
        return format!("help-{name}");
    }
    format!("{}-{name}", about_key(path))
}

/// The whole help text of one command.
fn render(
    command: &Command,
    path: &[String],
    common: &[Arg],
    words: &Words,
    style: Style,
) -> String {
    let shown = |argument: &&Arg| !argument.is_hide_set();
    let (positional, mut options): (Vec<&Arg>, Vec<&Arg>) =
        command.get_arguments().filter(shown).partition(|argument| argument.is_positional());
    if !path.is_empty() {
        options.extend(common.iter());
    }
    let mut text = format!("{}\n\n", words.say(&about_key(path)));
    let usage = usage(command, path, &positional, words);
    text += &labelled(&words.say("label-usage"), &usage, Style::strong, style);
    let children: Vec<(String, String)> = command
        .get_subcommands()
        .map(|child| {
            let about = child.get_about().map(ToString::to_string).unwrap_or_default();
            (child.get_name().to_owned(), about)
        })
        .collect();
    section(&mut text, "label-commands", &children, words, style);
    let line = |argument: &&Arg| (spelling(argument), explanation(argument, path, words));
    let positional: Vec<_> = positional.iter().map(line).collect();
    section(&mut text, "label-arguments", &positional, words, style);
    let options: Vec<_> = options.iter().map(line).collect();
    section(&mut text, "label-options", &options, words, style);
    text
}

fn usage(command: &Command, path: &[String], positional: &[&Arg], words: &Words) -> String {
    let mut usage = ["pumasi"].into_iter().chain(path.iter().map(String::as_str)).fold(
        String::new(),
        |line, word| {
            if line.is_empty() { word.to_owned() } else { format!("{line} {word}") }
        },
    );
    for argument in command.get_arguments().filter(|a| a.is_required_set() && !a.is_positional()) {
        let _ = write!(usage, " {}", spelling(argument));
    }
    let _ = write!(usage, " [{}]", words.say("label-options-short"));
    for argument in positional {
        let _ = write!(usage, " {}", spelling(argument));
    }
    if command.has_subcommands() {
        let _ = write!(usage, " <{}>", words.say("label-command-short"));
    }
    usage
}

fn section(
    text: &mut String,
    heading: &str,
    lines: &[(String, String)],
    words: &Words,
    style: Style,
) {
    if lines.is_empty() {
        return;
    }
    let width = lines.iter().map(|(name, _)| name.width()).max().unwrap_or(0);
    let _ = writeln!(text, "\n{}", style.strong(&words.say(heading)));
    for (name, explanation) in lines {
        let gap = " ".repeat(width.saturating_sub(name.width()));
        let _ = writeln!(text, "  {name}{gap}  {explanation}");
    }
}

/// An argument as it is typed: `-h, --help`, `--data <DIR>`, `<FILE>`.
fn spelling(argument: &Arg) -> String {
    let value = || {
        let names = argument.get_value_names().unwrap_or_default();
        let name = names.first().map_or_else(|| argument.get_id().as_str(), |name| name.as_str());
        let many = matches!(argument.get_action(), ArgAction::Append);
        format!("<{}>{}", name.to_uppercase(), if many { "..." } else { "" })
    };
    if argument.is_positional() {
        return value();
    }
    let long = argument.get_long().map(|long| format!("--{long}")).unwrap_or_default();
    let name = argument.get_short().map_or_else(|| long.clone(), |s| format!("-{s}, {long}"));
    let takes_value = matches!(argument.get_action(), ArgAction::Set | ArgAction::Append);
    if takes_value { format!("{name} {}", value()) } else { name }
}

fn explanation(argument: &Arg, path: &[String], words: &Words) -> String {
    let id = argument.get_id().as_str();
    let mut text = words.say(&argument_key(path, id, argument.is_global_set()));
    let mut add = |key: &str, values: Vec<String>| {
        if !values.is_empty() {
            let values = values.join(", ");
            text.push(' ');
            text.push_str(&words.say_with(key, &[("values", values.into())]));
        }
    };
    if matches!(argument.get_action(), ArgAction::Set | ArgAction::Append) {
        let possible = argument.get_possible_values();
        add("label-possible", possible.iter().map(|v| v.get_name().to_owned()).collect());
        let defaults = argument.get_default_values().iter();
        add("label-default", defaults.map(|v| v.to_string_lossy().into_owned()).collect());
        let variable = argument.get_env().map(|name| name.to_string_lossy().into_owned());
        add("label-environment", variable.into_iter().collect());
    }
    text
}

/// What to do about something the parser did not take: it may have been asked for help.
///
/// # Errors
/// The fault of the command line, in words.
pub fn answer(
    error: &clap::Error,
    command: &Command,
    arguments: &[OsString],
) -> Result<(), Failure> {
    match error.kind() {
        ErrorKind::DisplayHelp => {
            print(&error.render().ansi().to_string());
            Ok(())
        }
        ErrorKind::DisplayVersion => {
            print(&format!("pumasi {}\n", env!("CARGO_PKG_VERSION")));
            Ok(())
        }
        _ => Err(fault(error).with("command", way(command, arguments))),
    }
}

/// The fault of a command line.
fn fault(error: &clap::Error) -> Failure {
    let context = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.clone()),
        // Of several close words the closest comes last; of possible values all are told.
        Some(ContextValue::Strings(texts)) if close_word(kind) => texts.last().cloned(),
        Some(ContextValue::Strings(texts)) => Some(texts.join(", ")),
        Some(ContextValue::StyledStr(text)) => Some(text.to_string()),
        _ => None,
    };
    let argument = context(ContextKind::InvalidArg).unwrap_or_default();
    let value = context(ContextKind::InvalidValue).unwrap_or_default();
    let failure = match error.kind() {
        ErrorKind::InvalidSubcommand => Failure::new("usage-unknown-command", Exit::Usage)
            .with("given", context(ContextKind::InvalidSubcommand).unwrap_or_default()),
        ErrorKind::UnknownArgument => {
            Failure::new("usage-unknown-argument", Exit::Usage).with("given", argument)
        }
        ErrorKind::InvalidValue if value.is_empty() => {
            Failure::new("usage-value-missing", Exit::Usage).with("argument", argument)
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            Failure::new("usage-bad-value", Exit::Usage)
                .with("given", value)
                .with("argument", argument)
        }
        ErrorKind::MissingRequiredArgument => {
            Failure::new("usage-argument-missing", Exit::Usage).with("argument", argument)
        }
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            Failure::new("usage-command-missing", Exit::Usage)
        }
        ErrorKind::ArgumentConflict => Failure::new("usage-conflict", Exit::Usage)
            .with("argument", argument)
            .with("other", context(ContextKind::PriorArg).unwrap_or_default()),
        ErrorKind::InvalidUtf8 => Failure::new("usage-not-utf8", Exit::Usage),
        _ => Failure::new("usage-wrong", Exit::Usage).with("argument", argument),
    };
    let known = context(ContextKind::ValidValue);
    let close = context(ContextKind::SuggestedSubcommand).or(context(ContextKind::SuggestedArg));
    match (close, known) {
        (Some(close), _) => failure.meaning("usage-meant", close),
        (None, Some(known)) => failure.meaning("usage-possible", known),
        (None, None) => failure,
    }
}

fn close_word(kind: ContextKind) -> bool {
    matches!(kind, ContextKind::SuggestedSubcommand | ContextKind::SuggestedArg)
}

/// The command that was reached before the fault, for its `--help`.
fn way(command: &Command, arguments: &[OsString]) -> String {
    let mut way = "pumasi".to_owned();
    let mut here = command;
    for word in arguments.iter().skip(1).map(|argument| argument.to_string_lossy()) {
        if let Some(child) = here.find_subcommand(word.as_ref()) {
            way = format!("{way} {word}");
            here = child;
        }
    }
    way
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;
    use pumasi_base::Lang;

    use super::*;
    use crate::commands::Cli;

    /// Every message the tree asks for, with the command it belongs to.
    fn needed(command: &Command, path: &[String], needed: &mut Vec<String>) {
        needed.push(about_key(path));
        for argument in command.get_arguments().filter(|argument| !argument.is_hide_set()) {
            let id = argument.get_id().as_str();
            needed.push(argument_key(path, id, argument.is_global_set()));
        }
        for child in command.get_subcommands() {
            let mut below = path.to_vec();
            below.push(child.get_name().to_owned());
            self::needed(child, &below, needed);
        }
    }

    #[test]
    fn every_command_and_argument_is_explained_in_every_language() {
        for lang in Lang::ALL {
            let words = Words::load(lang);
            let tree = localise(Cli::command(), &words, Style::plain());
            let mut keys = Vec::new();
            needed(&tree, &[], &mut keys);
            assert!(keys.len() > 120, "{}", keys.len());
            let missing: Vec<_> = keys.iter().filter(|k| words.find(k, &[]).is_none()).collect();
            assert!(missing.is_empty(), "{lang}: {missing:?}");
        }
    }

    #[test]
    fn the_tree_is_sound() {
        localise(Cli::command(), &Words::load(Lang::En), Style::plain()).debug_assert();
    }

    #[track_caller]
    fn check(line: &str, lang: Lang, expected: &str) {
        let words = Words::load(lang);
        let command = localise(Cli::command(), &words, Style::plain());
        let arguments: Vec<OsString> = line.split(' ').map(OsString::from).collect();
        let error = command.clone().try_get_matches_from(&arguments).unwrap_err();
        let failure = answer(&error, &command, &arguments).unwrap_err();
        assert_eq!(failure.exit, Exit::Usage);
        assert_eq!(failure.text(&words, Style::plain()), expected);
    }

    #[test]
    fn faults_are_told_in_the_language() {
        check(
            "pumasi mater list",
            Lang::En,
            "error: `mater` is no command\n  why: did you mean `matter`?\n  what to do: see `pumasi --help`\n",
        );
        check(
            "pumasi order commit",
            Lang::Ko,
            "오류: 필요한 인자가 없습니다: --officer <ID>, <ORDER>\n  조치: `pumasi order commit --help`를 확인하십시오\n",
        );
        check(
            "pumasi case list --jsn",
            Lang::Ja,
            "エラー: `--jsn`という引数はありません\n  理由: `--json`のことですか？\n  対処: `pumasi case list --help`を参照してください\n",
        );
        check(
            "pumasi matter open --status real",
            Lang::Zh,
            "错误：`real`不能作为`--status <STATUS>`的值\n  原因：可用的值：actual, exercise, test\n  处理办法：请查看`pumasi matter open --help`\n",
        );
    }
}
