//! What can be wrong with an agreement file, in words of four languages.

use std::collections::BTreeMap;
use std::fmt::{self, Display};
use std::sync::LazyLock;

use pumasi_base::{Captions, Lang};

use crate::vocabulary::read_words;

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $code:literal $([$($parameter:literal),+])?;)*) => {
        /// A kind of fault in an agreement file.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum FaultKind {
            $($(#[$doc])* $name,)*
        }

        impl FaultKind {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// Its name in snake case; stable, and the key of its caption.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// The names of the values that its sentence mentions.
            #[must_use]
            pub const fn parameters(self) -> &'static [&'static str] {
                match self { $(Self::$name => &[$($($parameter),+)?],)* }
            }
        }
    };
}

kinds! {
    /// The file is larger than any agreement.
    TooLarge = "too_large" ["limit"];
    /// The file is in another encoding.
    OtherEncoding = "other_encoding" ["encoding"];
    /// The file is not UTF-8, and nobody knows what it is.
    NotUtf8 = "not_utf8";
    /// A byte of value zero.
    Nul = "nul";
    /// The file is not the one whose digest was given.
    OtherDigest = "other_digest" ["expected", "found"];
    /// Tables or lists within each other, too deep.
    TooDeep = "too_deep";
    /// One key twice in a table.
    KeyTwice = "key_twice";
    /// The file is no TOML.
    NoToml = "no_toml" ["what"];
    /// More faults than are told.
    MoreFaults = "more_faults" ["count"];
    /// A field that must be there is missing.
    FieldMissing = "field_missing" ["key"];
    /// A field that nothing reads.
    FieldUnknown = "field_unknown" ["key"];
    /// A text without a letter.
    Blank = "blank" ["key"];
    /// No text where one must be.
    NoText = "no_text" ["key"];
    /// No list where one must be.
    NoList = "no_list" ["key"];
    /// A list of nothing.
    ListEmpty = "list_empty" ["key"];
    /// A list of other things than texts.
    NoListOfTexts = "no_list_of_texts" ["key"];
    /// One thing twice in a list.
    ListedTwice = "listed_twice" ["given"];
    /// No whole number, or one too small.
    NoNumber = "no_number" ["key", "least"];
    /// A number too large.
    NumberTooLarge = "number_too_large" ["key", "most"];
    /// Neither true nor false.
    NoFlag = "no_flag" ["key"];
    /// No date.
    NoDate = "no_date" ["key"];
    /// No texts by language.
    NoTexts = "no_texts" ["key"];
    /// A blank text in one language.
    BlankInLanguage = "blank_in_language" ["key", "language"];
    /// No language of ours.
    LanguageUnknown = "language_unknown" ["given"];
    /// Languages that are missing.
    LanguagesMissing = "languages_missing" ["key", "languages"];
    /// No table where one must be.
    NoTable = "no_table" ["key"];
    /// No list of tables where one must be.
    NoListOfTables = "no_list_of_tables" ["key"];
    /// No table of lists where one must be.
    NoTableOfLists = "no_table_of_lists" ["key"];
    /// A word that the field does not know.
    WordUnknown = "word_unknown" ["given", "key", "known"];
    /// No id.
    NoId = "no_id" ["given"];
    /// No quantity.
    NoQuantity = "no_quantity" ["given"];
    /// No period.
    NoPeriod = "no_period" ["given"];
    /// The id is not the name of the file.
    IdNotFileName = "id_not_file_name" ["id"];
    /// Fewer than two parties.
    PartiesMissing = "parties_missing";
    /// No source.
    SourceMissing = "source_missing";
    /// Executing bodies of somebody who is no party.
    ExecutesForNoParty = "executes_for_no_party" ["party"];
    /// A body on two sides.
    TwoSides = "two_sides" ["party"];
    /// A clause without its text.
    AuthenticMissing = "authentic_missing";
    /// A giver or receiver who is no member.
    NoMember = "no_member" ["party", "key"];
    /// Too many clauses.
    TooManyClauses = "too_many_clauses" ["most"];
    /// Two clauses with one id.
    ClauseTwice = "clause_twice" ["clause"];
    /// No term, or several.
    NotOneTerm = "not_one_term";
    /// A clause names a source by a number that no source has.
    NoSuchSource = "no_such_source" ["count"];
    /// A text in force that does not say since when.
    RealWithoutStart = "real_without_start";
    /// A survival of what is no other clause.
    SurvivorUnknown = "survivor_unknown" ["clause", "given"];
    /// A clause that does not list what its kind must.
    MustList = "must_list" ["kind", "key"];
    /// A forbid that names nothing.
    ForbidsNothing = "forbids_nothing";
    /// A trigger that names nothing.
    TriggersNothing = "triggers_nothing";
    /// A standing consent that lists actions.
    ConsentListsActions = "consent_lists_actions";
    /// A term with neither day nor entry.
    TermWithoutStart = "term_without_start";
    /// A delay after an entry that is not there.
    EntryMissing = "entry_missing";
    /// An end that is not after the beginning.
    UntilNotLater = "until_not_later";
    /// Two ways to say the end.
    UntilAndLasts = "until_and_lasts";
    /// A renewal of what has no end.
    NothingToRenew = "nothing_to_renew";
    /// A notice before an end that there is not.
    NoEndForNotice = "no_end_for_notice";
    /// A survival that names no clauses.
    SurvivesNothing = "survives_nothing";
}

/// What is wrong: its kind, and the values its sentence mentions.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    kind: FaultKind,
    values: Vec<String>,
}

impl Fault {
    /// A fault with its values, in the order in which the kind names them.
    pub(crate) fn of<const N: usize>(kind: FaultKind, values: [&dyn Display; N]) -> Self {
        Self { kind, values: values.iter().map(|value| shortened(&value.to_string())).collect() }
    }

    /// Its kind.
    #[must_use]
    pub const fn kind(&self) -> FaultKind {
        self.kind
    }

    /// The values of its sentence, each with its name.
    pub fn parameters(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.kind.parameters().iter().copied().zip(self.values.iter().map(String::as_str))
    }

    /// Its sentence in `lang`, without a full stop.
    #[must_use]
    pub fn caption(&self, lang: Lang) -> String {
        let code = self.kind.code();
        let sentence = SENTENCES.get(code).map_or(code, |captions| captions.in_lang(lang));
        // Placeholders are filled in one pass, so that braces in a value stay as they are.
        let mut filled = String::with_capacity(sentence.len());
        for part in sentence.split_inclusive('}') {
            let named = part.strip_suffix('}').and_then(|part| part.rsplit_once('{'));
            let value = named.and_then(|(before, name)| {
                let mut parameters = self.parameters();
                parameters.find(|(known, _)| *known == name).map(|(_, value)| (before, value))
            });
            match value {
                Some((before, value)) => {
                    filled.push_str(before);
                    filled.push_str(value);
                }
                None => filled.push_str(part),
            }
        }
        filled
    }
}

impl Display for Fault {
    /// Writes the English sentence.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.caption(Lang::En))
    }
}

impl From<FaultKind> for Fault {
    fn from(kind: FaultKind) -> Self {
        Self { kind, values: Vec::new() }
    }
}

/// The most characters of a value that a sentence shows; a file can hold a text of any length.
const VALUE_CHARS_MAX: usize = 400;

fn shortened(value: &str) -> String {
    match value.char_indices().nth(VALUE_CHARS_MAX) {
        Some((end, _)) => format!("{}…", value.get(..end).unwrap_or_default()),
        None => value.to_owned(),
    }
}

static SENTENCES: LazyLock<BTreeMap<String, Captions>> =
    LazyLock::new(|| read_words(include_str!("read.i18n.toml")));

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_kind_has_its_sentence_in_four_languages() {
        let words: BTreeMap<String, Captions> =
            toml::from_str(include_str!("read.i18n.toml")).unwrap();
        let known: BTreeSet<&str> = words.keys().map(String::as_str).collect();
        let codes: BTreeSet<&str> = FaultKind::ALL.iter().map(|kind| kind.code()).collect();
        assert_eq!(known, codes);
        for kind in FaultKind::ALL {
            let captions = &words[kind.code()];
            assert!(
                captions.missing().is_empty(),
                "{} lacks {:?}",
                kind.code(),
                captions.missing()
            );
            for lang in Lang::ALL {
                let sentence = captions.in_lang(lang);
                let named: BTreeSet<&str> = sentence
                    .split('{')
                    .skip(1)
                    .filter_map(|part| part.split_once('}'))
                    .map(|(name, _)| name)
                    .collect();
                let expected: BTreeSet<&str> = kind.parameters().iter().copied().collect();
                assert_eq!(named, expected, "{sentence}");
            }
        }
    }

    #[test]
    fn values_are_filled_in_as_they_are_and_never_without_end() {
        let fault = Fault::of(FaultKind::WordUnknown, [&"{known}", &"kind", &"permit"]);
        assert_eq!(fault.to_string(), "`{known}` is no word for `kind`: use permit");
        assert_eq!(fault.parameters().next(), Some(("given", "{known}")));
        let long = Fault::of(FaultKind::NoId, [&"가".repeat(100_000)]);
        assert!(long.caption(Lang::Ko).chars().count() < 600);
    }
}
