//! Why a command did not do what was asked: what, why, and what to do.

use pumasi_node::view::page::Problem;
use serde_json::{Value, json};

use crate::output::{Style, clause, labelled};
use crate::words::{Filling, Words};

/// How a command ends; scripts rely on the numbers, so they never change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// It was called wrongly.
    Usage,
    /// What was named does not exist.
    NotFound,
    /// An agreement or a rule says no.
    Refused,
    /// The node does not answer.
    Unreachable,
    /// Another process uses the data folder.
    InUse,
    /// A file given does not read or does not hold.
    BadFile,
    /// The node was examined, and somebody must act.
    Attention,
    /// It was stopped before its end, as asked; the same call goes on.
    Stopped,
    /// Our own fault.
    Ours,
}

impl Exit {
    /// The number the process ends with.
    #[must_use]
    pub const fn number(self) -> u8 {
        match self {
            Self::Usage => 2,
            Self::NotFound => 3,
            Self::Refused => 4,
            Self::Unreachable => 5,
            Self::InUse => 6,
            Self::BadFile => 7,
            Self::Attention => 8,
            Self::Stopped => 9,
            Self::Ours => 70,
        }
    }
}

/// One failure, in no language yet.
///
/// Its code is the message that says what went wrong; the message's attributes `why` and `help`
/// say the rest. A refusal by the node brings its own words and clauses instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// How the process ends.
    pub exit: Exit,
    code: String,
    fillings: Vec<(&'static str, Filling)>,
    details: Vec<String>,
    // Boxed, like the problem, so that a result stays small on the way up.
    suggestion: Option<Box<(&'static str, String)>>,
    problem: Option<Box<Problem>>,
}

impl Failure {
    /// A failure that message `code` describes.
    #[must_use]
    pub fn new(code: &'static str, exit: Exit) -> Self {
        Self {
            exit,
            code: code.to_owned(),
            fillings: Vec::new(),
            details: Vec::new(),
            suggestion: None,
            problem: None,
        }
    }

    /// What the node said no with.
    #[must_use]
    pub fn from_problem(problem: Problem, exit: Exit) -> Self {
        Self {
            exit,
            code: problem.code.clone(),
            fillings: Vec::new(),
            details: Vec::new(),
            suggestion: None,
            problem: Some(Box::new(problem)),
        }
    }

    /// Fills a placeholder of its messages.
    #[must_use]
    pub fn with(mut self, name: &'static str, filling: impl Into<Filling>) -> Self {
        self.fillings.push((name, filling.into()));
        self
    }

    /// Adds an exact reason, such as a line of a file or the words of the system.
    #[must_use]
    pub fn because(mut self, detail: impl ToString) -> Self {
        self.details.push(detail.to_string());
        self
    }

    /// Adds what was probably meant, or what would be possible, told by message `code`.
    #[must_use]
    pub fn meaning(mut self, code: &'static str, suggestion: String) -> Self {
        self.suggestion = Some(Box::new((code, suggestion)));
        self
    }

    /// What the node said no with, when it did.
    #[must_use]
    pub fn problem(&self) -> Option<&Problem> {
        self.problem.as_deref()
    }

    /// What went wrong.
    #[must_use]
    pub fn what(&self, words: &Words) -> String {
        match &self.problem {
            Some(problem) => words.of(&problem.words).to_owned(),
            None => words.say_with(&self.code, &self.fillings),
        }
    }

    /// Why, one reason a line, clauses last.
    #[must_use]
    pub fn why(&self, words: &Words) -> Vec<String> {
        let mut lines: Vec<String> =
            words.find(&format!("{}.why", self.code), &self.fillings).into_iter().collect();
        lines.extend(self.details.iter().cloned());
        lines.extend(self.suggestion.iter().map(|suggestion| {
            let (code, meant) = suggestion.as_ref();
            words.say_with(code, &[("suggestion", meant.as_str().into())])
        }));
        let clauses = self.problem.iter().flat_map(|problem| &problem.clauses);
        lines.extend(clauses.map(|line| clause(line, words)));
        lines
    }

    /// What to do about it.
    #[must_use]
    pub fn help(&self, words: &Words) -> Option<String> {
        match &self.problem {
            Some(problem) => problem.help.as_ref().map(|help| words.of(help).to_owned()),
            None => words.find(&format!("{}.help", self.code), &self.fillings),
        }
    }

    /// The failure as lines for people.
    #[must_use]
    pub fn text(&self, words: &Words, style: Style) -> String {
        let mut text = labelled(&words.say("label-error"), &self.what(words), Style::alarm, style);
        for reason in self.why(words) {
            text.push_str("  ");
            text += &labelled(&words.say("label-why"), &reason, Style::strong, style);
        }
        if let Some(help) = self.help(words) {
            text.push_str("  ");
            text += &labelled(&words.say("label-help"), &help, Style::strong, style);
        }
        text
    }

    /// The failure for programs.
    #[must_use]
    pub fn json(&self, words: &Words) -> Value {
        json!({ "failure": {
            "code": self.code,
            "exit": self.exit.number(),
            "what": self.what(words),
            "why": self.why(words),
            "help": self.help(words),
            "problem": self.problem,
        }})
    }
}

#[cfg(test)]
mod tests {
    use pumasi_base::Lang;

    use super::*;

    #[track_caller]
    fn check(failure: &Failure, lang: Lang, expected: &str) {
        assert_eq!(failure.text(&Words::load(lang), Style::plain()), expected);
    }

    #[test]
    fn a_failure_says_what_why_and_what_to_do() {
        let failure = Failure::new("failure-no-node", Exit::NotFound).with("folder", "x/y");
        check(
            &failure,
            Lang::En,
            "error: there is no node in the folder `x/y`\n  what to do: found one with `pumasi init --data x/y --party ID`, or name its folder with `--data`\n",
        );
        assert_eq!(failure.json(&Words::load(Lang::Ko))["failure"]["exit"], 3);
    }

    #[test]
    fn a_refusal_brings_its_own_words_and_clauses() {
        let words = |text: &str| pumasi_node::view::page::Words {
            ko: format!("{text}ko"),
            ja: format!("{text}ja"),
            zh: format!("{text}zh"),
            en: format!("{text}en"),
        };
        let problem = Problem {
            code: "agreement_must_permit".into(),
            words: words("no "),
            clauses: vec![pumasi_node::view::page::ClauseLine {
                agreement: "a".into(),
                clause: "art-4".into(),
                article: words("Article 4 "),
                caption: words("caps fuel "),
            }],
            help: Some(words("ask for less ")),
        };
        let failure = Failure::from_problem(problem, Exit::Refused);
        check(
            &failure,
            Lang::Ja,
            "エラー: no ja\n  理由: a/art-4 Article 4 ja: caps fuel ja\n  対処: ask for less ja\n",
        );
    }

    #[test]
    fn exits_are_the_numbers_scripts_rely_on() {
        let all = [
            (Exit::Usage, 2),
            (Exit::NotFound, 3),
            (Exit::Refused, 4),
            (Exit::Unreachable, 5),
            (Exit::InUse, 6),
            (Exit::BadFile, 7),
            (Exit::Attention, 8),
            (Exit::Ours, 70),
        ];
        assert!(all.iter().all(|(exit, number)| exit.number() == *number));
    }
}
