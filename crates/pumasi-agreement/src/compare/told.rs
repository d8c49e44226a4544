//! Rows of a comparison in words of four languages.

use pumasi_base::{Captions, Lang, PartyId};

use super::said::words;
use super::{Answer, Cell, Comparison};
use crate::agreement::Agreement;
use crate::reason::Parameter;
use crate::scope::mode_code;
use crate::vocabulary;

/// The most pairs of parties that one row lists.
const PAIRS_MAX: usize = 3;

/// An area in which agreements differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Area {
    /// What the second lets happen more freely.
    PermitsNew,
    /// What the first lets happen more freely.
    ForbidsNew,
    /// Up to which amounts.
    Limits,
    /// On which conditions.
    Conditions,
    /// How it is settled.
    Settlements,
    /// How what was received may be passed on.
    PassingOn,
}

impl Area {
    /// The word interfaces use.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::PermitsNew => "permits_new",
            Self::ForbidsNew => "forbids_new",
            Self::Limits => "limits",
            Self::Conditions => "conditions",
            Self::Settlements => "settlements",
            Self::PassingOn => "passing_on",
        }
    }
}

/// Tells rows in one language, with `name` giving better words for a parameter where it has them.
#[derive(Clone, Copy)]
pub struct Told<'a> {
    /// The first agreement.
    pub first: &'a Agreement,
    /// The second agreement.
    pub second: &'a Agreement,
    /// The language.
    pub lang: Lang,
    /// Names of parties, commodities and places.
    pub name: &'a dyn Fn(&Parameter) -> Option<String>,
}

impl Comparison {
    /// The rows, area by area.
    #[must_use]
    pub fn areas(&self) -> [(Area, &[Cell]); 6] {
        [
            (Area::PermitsNew, &self.permits_new),
            (Area::ForbidsNew, &self.forbids_new),
            (Area::Limits, &self.limits),
            (Area::Conditions, &self.conditions),
            (Area::Settlements, &self.settlements),
            (Area::PassingOn, &self.passing_on),
        ]
    }

    /// Every row as one sentence, and one about the term where it differs.
    #[must_use]
    pub fn sentences(&self, told: Told<'_>) -> Vec<String> {
        let areas = self.areas().into_iter();
        let mut sentences: Vec<String> = areas
            .flat_map(|(area, cells)| cells.iter().map(move |cell| told.sentence(area, cell)))
            .collect();
        sentences.extend(self.term.as_ref().map(|(one, other)| {
            let sentence = words("row_term", told.lang);
            told.sides(&sentence, one, other)
        }));
        sentences
    }
}

impl Told<'_> {
    /// A row as one sentence.
    #[must_use]
    pub fn sentence(self, area: Area, cell: &Cell) -> String {
        let reach = [self.steps(cell), self.categories(cell), self.purposes(cell)];
        let pairs = (!cell.pairs.is_empty()).then(|| self.pairs(cell));
        let reach: Vec<String> = reach.into_iter().chain(pairs).collect();
        let sentence = words(&format!("row_{}", area.code()), self.lang);
        self.sides(&sentence.replace("{what}", &reach.join(" / ")), &cell.a, &cell.b)
    }

    fn sides(self, sentence: &str, one: &Answer, other: &Answer) -> String {
        let before = self.says(one, self.first);
        sentence.replace("{before}", &before).replace("{after}", &self.says(other, self.second))
    }

    /// The steps, with the statuses and modes where they are not all.
    #[must_use]
    pub fn steps(self, cell: &Cell) -> String {
        let actions = cell.actions.iter().map(|action| self.term("action", action.code()));
        let statuses = cell.statuses.iter().filter(|_| cell.statuses.len() < 3);
        let statuses = statuses.map(|status| self.term("status", &status.to_string()));
        let modes = cell.modes.iter().map(|mode| self.term("mode", mode_code(*mode)));
        let narrowed: Vec<String> = statuses.chain(modes).collect();
        let actions = actions.collect::<Vec<_>>().join(" · ");
        if narrowed.is_empty() { actions } else { format!("{actions} ({})", narrowed.join(" · ")) }
    }

    /// The categories.
    #[must_use]
    pub fn categories(self, cell: &Cell) -> String {
        self.list(&cell.categories, vocabulary::categories().count(), vocabulary::category)
    }

    /// The purposes.
    #[must_use]
    pub fn purposes(self, cell: &Cell) -> String {
        self.list(&cell.purposes, vocabulary::purposes().count(), vocabulary::purpose)
    }

    /// Who gives to whom, the first few of many.
    #[must_use]
    pub fn pairs(self, cell: &Cell) -> String {
        if cell.pairs.is_empty() {
            return words("row_all", self.lang);
        }
        let party = |id: &PartyId| {
            (self.name)(&Parameter::Party(id.clone())).unwrap_or_else(|| id.to_string())
        };
        let shown = cell.pairs.iter().take(PAIRS_MAX);
        let mut shown: Vec<String> = shown
            .map(|(giver, receiver)| format!("{} → {}", party(giver), party(receiver)))
            .collect();
        if let Some(more) = cell.pairs.len().checked_sub(PAIRS_MAX).filter(|more| *more > 0) {
            let count = more.to_string();
            shown.push(words("row_more_pairs", self.lang).replace("{count}", &count));
        }
        shown.join(" · ")
    }

    /// What one agreement says: its terms, or how much it lets happen; and by which articles.
    #[must_use]
    pub fn says(self, says: &Answer, agreement: &Agreement) -> String {
        let terms = says.terms.iter().map(|term| term.caption_with(self.lang, self.name));
        let terms: Vec<String> = terms.collect();
        let said = if terms.is_empty() {
            self.term("outcome", says.freedom.code())
        } else {
            terms.join(" · ")
        };
        if says.clauses.is_empty() {
            return said;
        }
        let article = |id| {
            let clause = agreement.clause(id);
            clause.map_or_else(|| id.to_string(), |c| c.article.in_lang(self.lang).to_owned())
        };
        let articles: Vec<String> = says.clauses.iter().map(article).collect();
        format!("{said} ({})", articles.join(" · "))
    }

    fn term(self, sort: &str, code: &str) -> String {
        let captions = vocabulary::term(sort, code);
        captions.map_or_else(|| code.to_owned(), |words| words.in_lang(self.lang).to_owned())
    }

    fn list<Id: ToString>(
        self,
        ids: &[Id],
        all: usize,
        caption: fn(&Id) -> Option<&'static Captions>,
    ) -> String {
        if ids.len() == all {
            return words("row_all", self.lang);
        }
        let word = |id: &Id| {
            caption(id).map_or_else(|| id.to_string(), |c| c.in_lang(self.lang).to_owned())
        };
        ids.iter().map(word).collect::<Vec<_>>().join(" · ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare;
    use crate::testing::read_clauses;

    #[test]
    fn every_area_is_told_in_every_language() {
        let permit = "p permit; actions = [\"order\"]; purposes = [\"evacuation\"]";
        let of = |rest: &str| read_clauses(&format!("{permit}; {rest}")).unwrap();
        let a = of("categories = [\"food\", \"fuel\"]\nt term; from = 2024-01-01");
        let b = of("categories = [\"food\", \"tools\"]; delay_hours = 5
            c ceiling; quantity = \"9 KGM\"; per = \"year\"
            s settlement; mode = \"gift\"
            o third_party; transfer = \"prior_consent\"
            t term; from = 2024-02-01");
        let comparison = compare(&a, &b).unwrap();
        assert!(comparison.areas().iter().all(|(_, cells)| !cells.is_empty()), "{comparison:#?}");
        for lang in Lang::ALL {
            let told = Told { first: &a, second: &b, lang, name: &|_| None };
            let sentences = comparison.sentences(told);
            assert_eq!(sentences.len(), 7, "{sentences:#?}");
            assert!(sentences.iter().all(|s| !s.contains(['{', '}', '_'])), "{sentences:#?}");
        }
        let told = Told { first: &a, second: &b, lang: Lang::En, name: &|_| None };
        let sentences = comparison.sentences(told);
        assert_eq!(
            sentences.first().map(String::as_str),
            Some(
                "Allowed more freely: order or commit aid / equipment and tools / evacuation. refused (x) → permitted (x)"
            )
        );
    }
}
