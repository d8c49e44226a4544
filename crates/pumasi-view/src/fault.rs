//! Answers that are no answers: what went wrong, and what to do.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use pumasi_base::{Captions, Unit};

use crate::lexicon::read_table;
use crate::page::{Problem, Words};

static PROBLEMS: LazyLock<BTreeMap<String, Captions>> =
    LazyLock::new(|| read_table(include_str!("problems.i18n.toml")));

/// What to do about a fault.
pub(crate) enum Help {
    /// Choose from what is offered.
    Choose,
    /// Write a quantity in this unit.
    Quantity(Unit),
    /// Write a date.
    Date,
    /// The words of the fault say it all.
    None,
}

/// A problem with `input`, by its stable code.
pub(crate) fn problem(code: &str, input: &str, help: Help) -> Box<Problem> {
    let help = match help {
        Help::Choose => Some(words("help_choose", "{input}", input)),
        Help::Quantity(unit) => Some(words("help_quantity", "{unit}", unit.code())),
        Help::Date => Some(words("help_date", "{input}", input)),
        Help::None => None,
    };
    let words = words(code, "{input}", input);
    Box::new(Problem { code: code.to_owned(), words, clauses: Vec::new(), help })
}

/// The problem of a case that the reader shares nothing of; it does not tell whether it exists.
#[must_use]
pub fn case_unknown(id: &str) -> Problem {
    *problem("case_unknown", id, Help::None)
}

/// The problem of an agreement that is not in the library.
#[must_use]
pub fn agreement_unknown(id: &str) -> Problem {
    *problem("agreement_unknown", id, Help::Choose)
}

fn words(code: &str, place: &str, value: &str) -> Words {
    PROBLEMS.get(code).map_or_else(
        || Words::same(code),
        |captions| Words::each(|lang| captions.in_lang(lang).replace(place, value)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_of_captions_reads() {
        let tables = [
            include_str!("problems.i18n.toml"),
            include_str!("causes.i18n.toml"),
            include_str!("countries.i18n.toml"),
            include_str!("map.i18n.toml"),
            include_str!("units.i18n.toml"),
            include_str!("life.i18n.toml"),
        ];
        for text in tables {
            let table = read_table(text);
            assert!(!table.is_empty(), "{text}");
            assert!(table.values().all(|captions| captions.missing().is_empty()));
        }
    }

    #[test]
    fn a_problem_says_what_was_put_in_and_what_to_do() {
        let fault = problem("quantity_unreadable", "five", Help::Quantity(Unit::Litre));
        assert_eq!(fault.words.en, "This does not read as a quantity: five");
        assert_eq!(fault.help.unwrap().ja, "数量と単位を続けて書いてください。例：500 LTR");
        assert_eq!(case_unknown("x").code, "case_unknown");
    }
}
