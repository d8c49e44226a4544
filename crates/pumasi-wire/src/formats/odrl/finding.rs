//! What a conversion could not carry, and what it could not understand.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use pumasi_base::{Captions, ClauseId, Lang};

/// What sort of thing was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// Comments and layout of the file are not carried; the policy is named by the file's digest.
    TextNotCarried,
    /// What nothing permits is refused; ODRL leaves that to who evaluates.
    SilenceRefuses,
    /// The draft holds in exercises only; a program that knows ODRL alone takes it for agreed.
    DraftNotInForce,
    /// A forbid binds the two parties under their other agreements too; a policy binds itself.
    ForbidElsewhere,
    /// What a ceiling has left depends on everything that flowed before.
    CeilingCounts,
    /// Of several settlements the narrowest counts; ODRL asks for every duty.
    SettlementChoice,
    /// A gift is a waiver of the profile; a program that knows ODRL alone sees nothing.
    GiftIsSilent,
    /// Entry into force, renewal and notice depend on what the parties do.
    TermByActs,
    /// What outlives the agreement counts from an end that the dates may not show.
    SurvivalByEnd,
    /// The file that comes out is another than the one the policy is named by.
    TextIsNew,
    /// The policy is no agreement, so nobody has agreed to it.
    NotAgreed,
    /// Something that the reader does not know.
    NotUnderstood,
    /// A foreign name taken as a word of ours.
    TakenAs,
    /// Something that would have to be fetched; nothing is.
    NotFetched,
    /// Prohibitions prevail here, whatever the policy says about conflicts.
    ConflictReplaced,
    /// A permission with something not understood, left out.
    PermissionLeftOut,
    /// A prohibition whose subject is not understood, left out.
    ProhibitionLeftOut,
    /// A prohibition taken without a condition that is not understood.
    ProhibitionWidened,
    /// A duty with something not understood, left out.
    DutyLeftOut,
    /// The policy says it, and what comes out would not be written so.
    Differs,
    /// What comes out would be written with it, and the policy lacks it.
    Lacks,
}

impl Code {
    /// Every code.
    pub const ALL: [Self; 21] = [
        Self::TextNotCarried,
        Self::SilenceRefuses,
        Self::DraftNotInForce,
        Self::ForbidElsewhere,
        Self::CeilingCounts,
        Self::SettlementChoice,
        Self::GiftIsSilent,
        Self::TermByActs,
        Self::SurvivalByEnd,
        Self::TextIsNew,
        Self::NotAgreed,
        Self::NotUnderstood,
        Self::TakenAs,
        Self::NotFetched,
        Self::ConflictReplaced,
        Self::PermissionLeftOut,
        Self::ProhibitionLeftOut,
        Self::ProhibitionWidened,
        Self::DutyLeftOut,
        Self::Differs,
        Self::Lacks,
    ];

    /// The code for programs.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::TextNotCarried => "text_not_carried",
            Self::SilenceRefuses => "silence_refuses",
            Self::DraftNotInForce => "draft_not_in_force",
            Self::ForbidElsewhere => "forbid_elsewhere",
            Self::CeilingCounts => "ceiling_counts",
            Self::SettlementChoice => "settlement_choice",
            Self::GiftIsSilent => "gift_is_silent",
            Self::TermByActs => "term_by_acts",
            Self::SurvivalByEnd => "survival_by_end",
            Self::TextIsNew => "text_is_new",
            Self::NotAgreed => "not_agreed",
            Self::NotUnderstood => "not_understood",
            Self::TakenAs => "taken_as",
            Self::NotFetched => "not_fetched",
            Self::ConflictReplaced => "conflict_replaced",
            Self::PermissionLeftOut => "permission_left_out",
            Self::ProhibitionLeftOut => "prohibition_left_out",
            Self::ProhibitionWidened => "prohibition_widened",
            Self::DutyLeftOut => "duty_left_out",
            Self::Differs => "differs",
            Self::Lacks => "lacks",
        }
    }
}

/// Something that was not carried over as it stood, with its place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// What sort of thing it is.
    pub code: Code,
    /// The clause it is about, when it is about one.
    pub clause: Option<ClauseId>,
    /// Where it stands in the document, as a JSONPath (RFC 9535); none when an agreement is
    /// written.
    pub path: Option<String>,
    /// What stands there, or what was made of it.
    pub what: Option<String>,
}

static WORDS: LazyLock<BTreeMap<String, Captions>> =
    LazyLock::new(|| read_words(include_str!("finding.i18n.toml")));

/// Reads the captions; the tests prove that they read and that none is missing.
fn read_words(text: &str) -> BTreeMap<String, Captions> {
    toml::from_str(text).unwrap_or_default()
}

impl Finding {
    /// About an agreement as a whole, or one clause of it.
    pub(super) fn about(code: Code, clause: Option<&ClauseId>) -> Self {
        Self { code, clause: clause.cloned(), path: None, what: None }
    }

    /// At a place of a document.
    pub(super) fn at(code: Code, path: &str, what: &str) -> Self {
        let what = Some(what.to_owned()).filter(|what| !what.is_empty());
        Self { code, clause: None, path: Some(path.to_owned()), what }
    }

    /// The sentence in `lang`, without the place.
    #[must_use]
    pub fn caption(&self, lang: Lang) -> String {
        let code = self.code.code();
        let words = WORDS.get(code).map_or(code, |captions| captions.in_lang(lang));
        match &self.what {
            // A label before what a document says needs no particle and no article.
            Some(what) => {
                let colon = if matches!(lang, Lang::Ja | Lang::Zh) { "：" } else { ": " };
                format!("{}{colon}{what}", words.trim_end_matches(['.', '。']))
            }
            None => words.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_its_words_and_all_words_their_code() {
        let words = read_words(include_str!("finding.i18n.toml"));
        let codes: Vec<&str> = Code::ALL.map(Code::code).to_vec();
        assert!(codes.iter().all(|code| words.contains_key(*code)), "{codes:?}");
        assert_eq!(words.len(), codes.len());
        for (code, captions) in words {
            assert!(captions.missing().is_empty(), "`{code}` lacks {:?}", captions.missing());
        }
    }

    #[test]
    fn what_was_found_stands_behind_its_sentence() {
        let finding = Finding::at(Code::NotUnderstood, "$.x", "odd");
        assert_eq!(finding.caption(Lang::En), "This is not understood: odd");
        assert_eq!(finding.caption(Lang::Ja), "理解できない記述です：odd");
    }
}
