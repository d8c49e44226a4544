//! An agreement as read from its file.

use std::collections::BTreeMap;
use std::str::FromStr;

use pumasi_base::{AgreementId, Captions, ClauseId, Date, Digest, Lang, PartyId};

use crate::clauses::Terms;
use crate::clauses::term::Term;

/// What the text of an agreement file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Nature {
    /// The text of a real agreement.
    Real,
    /// Our own summary of a real agreement or law.
    Summary,
    /// A draft of ours, agreed by nobody.
    Draft,
}

impl Nature {
    /// The word agreement files use.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Real => "real",
            Self::Summary => "summary",
            Self::Draft => "draft",
        }
    }
}

impl FromStr for Nature {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        [Self::Real, Self::Summary, Self::Draft]
            .into_iter()
            .find(|nature| nature.code() == text)
            .ok_or_else(|| format!("unknown nature `{text}`: use real, summary or draft"))
    }
}

/// The level of law an agreement rests on, weightiest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LawLevel {
    /// A statute of one country that binds its bodies among each other.
    NationalLaw,
    /// An agreement between governments or their ministries.
    Intergovernmental,
    /// Principles that leaders declared, without legal duty.
    PoliticalPrinciples,
    /// An agreement between provinces, prefectures or cities.
    Provincial,
    /// An agreement with a non-governmental body.
    NonGovernmental,
}

impl LawLevel {
    /// Every level.
    pub const ALL: [Self; 5] = [
        Self::NationalLaw,
        Self::Intergovernmental,
        Self::PoliticalPrinciples,
        Self::Provincial,
        Self::NonGovernmental,
    ];

    /// The word agreement files use.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NationalLaw => "national_law",
            Self::Intergovernmental => "intergovernmental",
            Self::PoliticalPrinciples => "political_principles",
            Self::Provincial => "provincial",
            Self::NonGovernmental => "non_governmental",
        }
    }
}

impl FromStr for LawLevel {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|level| level.code() == text).ok_or_else(|| {
            let known = Self::ALL.map(Self::code).join(", ");
            format!("unknown law level `{text}`: use {known}")
        })
    }
}

/// A publication an agreement file rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Its title.
    pub title: String,
    /// Who published it.
    pub publisher: String,
    /// When, as published: a year or a date.
    pub date: String,
}

/// Where the words of a clause come from, where that differs from the agreement as a whole.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Origin {
    /// What its text is; what the agreement's is when absent.
    pub nature: Option<Nature>,
    /// The number, from 1, of the source it rests on; the first one when absent.
    pub source: Option<usize>,
}

/// One clause of an agreement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// Its id, unique in the agreement.
    pub id: ClauseId,
    /// Its number as the agreement counts: "Article 3".
    pub article: Captions,
    /// What it says in plain words.
    pub caption: Captions,
    /// Where its words come from.
    pub origin: Origin,
    /// Its text in the authentic languages; a file that is a summary or draft has our own words.
    pub authentic: BTreeMap<Lang, String>,
    /// What it says, by its kind.
    pub terms: Terms,
}

/// An agreement, exactly as its file gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreement {
    // INVARIANT: everything here was read from `text`, and `digest` is over its bytes.
    pub(crate) id: AgreementId,
    pub(crate) title: Captions,
    pub(crate) nature: Nature,
    pub(crate) law_level: LawLevel,
    pub(crate) parties: Vec<PartyId>,
    pub(crate) executing: BTreeMap<PartyId, Vec<PartyId>>,
    pub(crate) signed: Option<Date>,
    pub(crate) utc_offset_hours: i8,
    pub(crate) sources: Vec<Source>,
    pub(crate) clauses: Vec<Clause>,
    pub(crate) text: String,
    pub(crate) digest: Digest,
}

impl Agreement {
    /// Its id.
    #[must_use]
    pub const fn id(&self) -> &AgreementId {
        &self.id
    }
    /// Its title.
    #[must_use]
    pub const fn title(&self) -> &Captions {
        &self.title
    }
    /// What its text is.
    #[must_use]
    pub const fn nature(&self) -> Nature {
        self.nature
    }
    /// The level of law it rests on.
    #[must_use]
    pub const fn law_level(&self) -> LawLevel {
        self.law_level
    }
    /// Its parties, in the order of the file.
    #[must_use]
    pub fn parties(&self) -> &[PartyId] {
        &self.parties
    }
    /// The bodies that execute it for a party.
    #[must_use]
    pub const fn executing(&self) -> &BTreeMap<PartyId, Vec<PartyId>> {
        &self.executing
    }
    /// Every party and executing body.
    pub fn members(&self) -> impl Iterator<Item = &PartyId> {
        self.parties.iter().chain(self.executing.values().flatten())
    }
    /// The day it was signed, when it was.
    #[must_use]
    pub const fn signed(&self) -> Option<Date> {
        self.signed
    }
    /// Hours east of Greenwich at which its dates are reckoned.
    #[must_use]
    pub const fn utc_offset_hours(&self) -> i8 {
        self.utc_offset_hours
    }
    /// What the file rests on.
    #[must_use]
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }
    /// What the text of a clause is: its own nature, else the agreement's.
    #[must_use]
    pub fn nature_of(&self, clause: &Clause) -> Nature {
        clause.origin.nature.unwrap_or(self.nature)
    }
    /// The source a clause rests on: the one it names, else the first.
    #[must_use]
    pub fn source_of(&self, clause: &Clause) -> Option<&Source> {
        self.sources.get(clause.origin.source.map_or(0, |number| number.saturating_sub(1)))
    }
    /// Its clauses, in the order of the file.
    #[must_use]
    pub fn clauses(&self) -> &[Clause] {
        &self.clauses
    }
    /// The clause of that id.
    #[must_use]
    pub fn clause(&self, id: &ClauseId) -> Option<&Clause> {
        self.clauses.iter().find(|clause| clause.id == *id)
    }
    /// Its term.
    #[must_use]
    pub fn term(&self) -> Option<&Term> {
        self.clauses.iter().find_map(|clause| match &clause.terms {
            Terms::Term(term) => Some(term),
            _ => None,
        })
    }
    /// The exact text of its file.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
    /// The SHA-256 of the exact bytes of its file; parties who sign it sign this.
    #[must_use]
    pub const fn digest(&self) -> Digest {
        self.digest
    }
}
