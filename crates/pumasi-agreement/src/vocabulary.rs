//! The words agreements are written in, each with its caption: purposes, categories, actions,
//! settlement modes.
//!
//! The words live in `*.i18n.toml` files beside this one; adding one is an entry there. An
//! agreement that uses any other word is refused by the reader.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use pumasi_base::{Captions, CategoryId, Lang, Period, PurposeId};

use crate::index::Index;

type Words = BTreeMap<String, Captions>;

/// Reads a file of captions that is part of this crate; the tests prove that each file reads.
pub(crate) fn read_words(text: &str) -> Words {
    toml::from_str(text).unwrap_or_default()
}

static PURPOSES: LazyLock<Words> = LazyLock::new(|| read_words(include_str!("purposes.i18n.toml")));
static CATEGORIES: LazyLock<Words> =
    LazyLock::new(|| read_words(include_str!("categories.i18n.toml")));
static TERMS: LazyLock<Words> = LazyLock::new(|| read_words(include_str!("terms.i18n.toml")));

/// The caption of a purpose; none when it is not a word of ours.
#[must_use]
pub fn purpose(id: &PurposeId) -> Option<&'static Captions> {
    PURPOSES.get(id.as_str())
}

/// The caption of a category; none when it is not a word of ours.
#[must_use]
pub fn category(id: &CategoryId) -> Option<&'static Captions> {
    CATEGORIES.get(id.as_str())
}

/// The caption of one of this crate's own codes, written as sort and code: `action_order`,
/// `outcome_refused`, `settlement_gift`, `nature_draft`, `law_treaty`, `per_year`,
/// `effect_forbids`, `kind_permit`, `standing_in_force`, `status_actual`, `mode_sea`.
#[must_use]
pub fn term(sort: &str, code: &str) -> Option<&'static Captions> {
    TERMS.get(&format!("{sort}_{code}"))
}

/// A period in words: `1 year 6 months`.
#[must_use]
pub fn period(period: Period, lang: Lang) -> String {
    let (years, months, days) = period.parts();
    let part = |count: i32, one: &str, more: &str| {
        let captions = term("period", if count == 1 { one } else { more })?;
        (count > 0).then(|| captions.in_lang(lang).replace("{n}", &count.to_string()))
    };
    let parts =
        [part(years, "year", "years"), part(months, "month", "months"), part(days, "day", "days")];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// Every purpose, in order of its id.
pub fn purposes() -> impl Iterator<Item = PurposeId> {
    PURPOSES.keys().filter_map(|word| word.parse().ok())
}

/// Every category, in order of its id.
pub fn categories() -> impl Iterator<Item = CategoryId> {
    CATEGORIES.keys().filter_map(|word| word.parse().ok())
}

static PURPOSE_NUMBERS: LazyLock<Index> = LazyLock::new(|| numbers(&PURPOSES));
static CATEGORY_NUMBERS: LazyLock<Index> = LazyLock::new(|| numbers(&CATEGORIES));

fn numbers(words: &Words) -> Index {
    Index::of(words.keys().map(String::as_str).zip(0..))
}

fn number(numbers: &Index, word: &str) -> Option<u8> {
    numbers.find(word).and_then(|place| u8::try_from(place).ok())
}

fn count(words: &Words) -> u8 {
    u8::try_from(words.len()).unwrap_or(u8::MAX)
}

/// The place of a category among the words, by which tables number it.
pub(crate) fn category_number(id: &CategoryId) -> Option<u8> {
    number(&CATEGORY_NUMBERS, id.as_str())
}

/// The place of a purpose among the words, by which tables number it.
pub(crate) fn purpose_number(id: &PurposeId) -> Option<u8> {
    number(&PURPOSE_NUMBERS, id.as_str())
}

/// How many categories there are.
pub(crate) fn category_count() -> u8 {
    count(&CATEGORIES)
}

/// How many purposes there are.
pub(crate) fn purpose_count() -> u8 {
    count(&PURPOSES)
}

/// Reads a purpose an agreement names; none but ours.
pub(crate) fn read_purpose(text: &str) -> Result<PurposeId, ()> {
    text.parse().ok().filter(|id| purpose(id).is_some()).ok_or(())
}

/// Reads a category an agreement names; none but ours.
pub(crate) fn read_category(text: &str) -> Result<CategoryId, ()> {
    text.parse().ok().filter(|id| category(id).is_some()).ok_or(())
}

/// Every purpose, for messages.
pub(crate) fn known_purposes() -> String {
    list(&PURPOSES)
}

/// Every category, for messages.
pub(crate) fn known_categories() -> String {
    list(&CATEGORIES)
}

fn list(words: &Words) -> String {
    words.keys().map(String::as_str).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_reads_and_has_its_four_captions() {
        for (text, least) in [
            (include_str!("purposes.i18n.toml"), 7),
            (include_str!("categories.i18n.toml"), 12),
            (include_str!("terms.i18n.toml"), 40),
            (include_str!("reasons.i18n.toml"), 20),
        ] {
            let words: Words = toml::from_str(text).unwrap();
            assert!(words.len() >= least, "{} words", words.len());
            for (word, captions) in words {
                assert!(captions.missing().is_empty(), "`{word}` lacks {:?}", captions.missing());
            }
        }
        assert!(purposes().count() <= 64 && categories().count() <= 64, "masks hold 64 words");
    }
}
