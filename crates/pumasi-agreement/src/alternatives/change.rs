//! One change to a question, in words.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::LazyLock;

use pumasi_base::catalog::Mode;
use pumasi_base::{AgreementId, Captions, CategoryId, Date, Lang, PartyId, PurposeId, Quantity};

use crate::question::Action;
use crate::reason::{Parameter, fill};
use crate::scope::mode_code;
use crate::vocabulary::read_words;

/// What an alternative changes; the kinds stand in the order in which they are offered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Less of it: the largest quantity that is answered so.
    Quantity {
        /// How much.
        to: Quantity,
    },
    /// Another step.
    Action {
        /// Which.
        to: Action,
        /// Who takes it.
        by: PartyId,
    },
    /// Without passing it on.
    NotOnward,
    /// Without one third party on the way.
    NotThrough {
        /// Which.
        party: PartyId,
    },
    /// Without any third party on the way.
    ThroughNobody,
    /// By another mode of transport.
    Mode {
        /// Which.
        to: Mode,
    },
    /// On another day, at the offset of the agreement that holds then.
    Day {
        /// Which.
        to: Date,
    },
    /// Under another agreement than the one named.
    Agreement {
        /// Which.
        to: AgreementId,
    },
    /// To another receiver of the same side.
    Receiver {
        /// Who.
        to: PartyId,
    },
    /// From another giver.
    Giver {
        /// Who.
        to: PartyId,
    },
    /// For another purpose, where that is in fact what the aid is for.
    Purpose {
        /// Which.
        to: PurposeId,
    },
    /// Something of another category.
    Category {
        /// Which.
        to: CategoryId,
    },
}

static SENTENCES: LazyLock<BTreeMap<String, Captions>> =
    LazyLock::new(|| read_words(include_str!("../alternatives.i18n.toml")));

impl Change {
    /// Its name in snake case; stable, and the key of its caption.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        self.rank_and_code().1
    }

    /// Its place in the order of kinds: the lower, the nearer.
    #[must_use]
    pub const fn rank(&self) -> u8 {
        self.rank_and_code().0
    }

    const fn rank_and_code(&self) -> (u8, &'static str) {
        match self {
            Self::Quantity { .. } => (0, "quantity"),
            Self::Action { .. } => (1, "action"),
            Self::NotOnward => (2, "not_onward"),
            Self::NotThrough { .. } => (3, "not_through"),
            Self::ThroughNobody => (4, "through_nobody"),
            Self::Mode { .. } => (5, "mode"),
            Self::Day { .. } => (6, "day"),
            Self::Agreement { .. } => (7, "agreement"),
            Self::Receiver { .. } => (8, "receiver"),
            Self::Giver { .. } => (9, "giver"),
            Self::Purpose { .. } => (10, "purpose"),
            Self::Category { .. } => (11, "category"),
        }
    }

    /// The values its sentence names, by the names of their placeholders.
    #[must_use]
    pub fn parameters(&self) -> Vec<(&'static str, Parameter)> {
        use Parameter as P;
        match self.clone() {
            Self::Quantity { to } => vec![("quantity", P::Quantity(to))],
            Self::Action { to, by } => vec![("action", P::Action(to)), ("party", P::Party(by))],
            Self::NotOnward | Self::ThroughNobody => Vec::new(),
            Self::NotThrough { party: to } | Self::Receiver { to } | Self::Giver { to } => {
                vec![("party", P::Party(to))]
            }
            Self::Mode { to } => vec![("mode", P::Mode(to))],
            Self::Day { to } => vec![("date", P::Date(to))],
            Self::Agreement { to } => vec![("agreement", P::Agreement(to))],
            Self::Purpose { to } => vec![("purpose", P::Purpose(to))],
            Self::Category { to } => vec![("category", P::Category(to))],
        }
    }

    /// The sentence in `lang`, with `name` giving better words for a parameter where it has them.
    #[must_use]
    pub fn caption_with(&self, lang: Lang, name: &dyn Fn(&Parameter) -> Option<String>) -> String {
        fill(&SENTENCES, self.code(), self.parameters(), lang, name)
    }
}

impl fmt::Display for Change {
    /// The change in a few words, such as `less 50 KGM` or `giver kr-45`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Quantity { to } => write!(f, "less {to}"),
            Self::Action { to, by } => write!(f, "step {to} by {by}"),
            Self::NotOnward => f.write_str("not passed on"),
            Self::NotThrough { party } => write!(f, "not through {party}"),
            Self::ThroughNobody => f.write_str("through nobody"),
            Self::Mode { to } => write!(f, "by {}", mode_code(*to)),
            Self::Day { to } => write!(f, "day {to}"),
            Self::Agreement { to } => write!(f, "under {to}"),
            Self::Receiver { to } => write!(f, "receiver {to}"),
            Self::Giver { to } => write!(f, "giver {to}"),
            Self::Purpose { to } => write!(f, "purpose {to}"),
            Self::Category { to } => write!(f, "category {to}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_change_is_said_in_every_language() {
        let party: PartyId = "kr-42".parse().unwrap();
        let all = [
            Change::Quantity { to: "5 KGM".parse().unwrap() },
            Change::Action { to: Action::Request, by: party.clone() },
            Change::NotOnward,
            Change::NotThrough { party: party.clone() },
            Change::ThroughNobody,
            Change::Mode { to: Mode::Sea },
            Change::Day { to: "2024-01-01".parse().unwrap() },
            Change::Agreement { to: "x".parse().unwrap() },
            Change::Receiver { to: party.clone() },
            Change::Giver { to: party },
            Change::Purpose { to: "evacuation".parse().unwrap() },
            Change::Category { to: "food".parse().unwrap() },
        ];
        assert!(all.iter().map(|change| usize::from(change.rank())).eq(0..all.len()));
        assert_eq!(SENTENCES.len(), all.len());
        for change in &all {
            for lang in Lang::ALL {
                let template = SENTENCES[change.code()].in_lang(lang);
                for (name, _) in change.parameters() {
                    assert!(template.contains(&format!("{{{name}}}")), "{} {lang}", change.code());
                }
                let said = change.caption_with(lang, &|_| None);
                assert!(!said.is_empty() && !said.contains(['{', '}']), "{said}");
            }
        }
    }
}
