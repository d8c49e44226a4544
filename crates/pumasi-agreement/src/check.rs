//! Examines one agreement before it is signed: contradictions, clauses that can never apply, and
//! what it leaves open.
//!
//! [`examine`] compares what the clauses reach as exact sets, not by trying questions: a permit is
//! said never to apply only when nothing is left of it once the agreement's own forbids are taken
//! away. Ceilings are weighed against the commodities they count, which the caller passes in.

mod amounts;
mod missing;
mod reaches;
mod region;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use pumasi_base::catalog::Commodity;
use pumasi_base::{Captions, CategoryId, ClauseId, CommodityId, Lang, Quantity};

use crate::agreement::Agreement;
use crate::reason::Parameter;
use crate::vocabulary::read_words;

/// How much a remark weighs, weightiest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The agreement contradicts itself, or holds a clause that can never apply.
    Fault,
    /// The agreement leaves open what agreements of its kind settle.
    Gap,
    /// Worth a second look; it may well be meant.
    Hint,
}

impl Severity {
    /// The word interfaces use.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Fault => "fault",
            Self::Gap => "gap",
            Self::Hint => "hint",
        }
    }

    /// Its caption.
    #[must_use]
    pub fn caption(self) -> Option<&'static Captions> {
        WORDS.get(&format!("severity_{}", self.code()))
    }
}

/// What a remark is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Issue {
    /// A permit or standing consent is wholly taken back by forbids of the same agreement.
    PermitNeverApplies,
    /// The givers and receivers a clause names all stand on one side.
    ScopeNamesNobody,
    /// A ceiling counts nothing that the agreement permits.
    CeilingCountsNothing,
    /// A ceiling counts a unit in which nothing it reaches is measured.
    CeilingUnitCountsNothing {
        /// The ceiling.
        limit: Quantity,
    },
    /// A ceiling is smaller than one unit of what it counts, which can then never move.
    CeilingBelowUnit {
        /// The ceiling.
        limit: Quantity,
        /// What can never move.
        commodities: BTreeSet<CommodityId>,
    },
    /// A settlement settles nothing that the agreement permits.
    SettlementSettlesNothing,
    /// A settlement always gives way to narrower ones of the same agreement.
    SettlementAlwaysGivesWay,
    /// A clause on passing on reaches nothing that the agreement permits.
    ThirdPartyReachesNothing,
    /// Goods may be dispatched only after the agreement has ended.
    DelayOutlivesTerm {
        /// Hours between order and dispatch.
        hours: i64,
    },
    /// A standing consent begins to lapse only after the agreement has ended.
    ConsentOutlivesTerm {
        /// Hours it is valid.
        hours: i64,
    },
    /// Supplies are permitted, and nothing says how any of them are settled.
    SettlementMissing,
    /// Some supplies are permitted that no settlement reaches.
    SupplyUnsettled {
        /// Which.
        categories: BTreeSet<CategoryId>,
    },
    /// Supplies or information are permitted, and nothing says whether they may be passed on.
    ThirdPartyMissing,
    /// The agreement neither ends nor can be ended by notice.
    ExitMissing,
    /// Classified information is shared, and nothing says that its protection outlives the
    /// agreement.
    SurvivalMissing,
    /// A clause has no authentic text in the language of a party.
    AuthenticMissing {
        /// The language.
        lang: Lang,
    },
    /// A permit lists categories that forbids of the same agreement wholly take back.
    PermitInPart {
        /// Which.
        categories: BTreeSet<CategoryId>,
    },
    /// A ceiling is smaller than one pallet of what it counts.
    CeilingBelowPallet {
        /// The ceiling.
        limit: Quantity,
        /// What it counts that comes on larger pallets.
        commodities: BTreeSet<CommodityId>,
    },
    /// A trigger that every event sets off is no condition.
    TriggerAlwaysMet,
    /// A standing consent has neither a trigger nor an end after the event.
    ConsentUnconditional,
    /// Nothing limits how much may be sent under a standing consent.
    ConsentUnlimited,
    /// It ends on its day, and nothing lets a party leave before.
    NoticeMissing,
}

impl Issue {
    /// The issue's name in snake case; stable, and the key of its caption.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        self.severity_and_code().1
    }

    /// How much it weighs.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        self.severity_and_code().0
    }

    const fn severity_and_code(&self) -> (Severity, &'static str) {
        use Severity::{Fault, Gap, Hint};
        match self {
            Self::PermitNeverApplies => (Fault, "permit_never_applies"),
            Self::ScopeNamesNobody => (Fault, "scope_names_nobody"),
            Self::CeilingCountsNothing => (Fault, "ceiling_counts_nothing"),
            Self::CeilingUnitCountsNothing { .. } => (Fault, "ceiling_unit_counts_nothing"),
            Self::CeilingBelowUnit { .. } => (Fault, "ceiling_below_unit"),
            Self::SettlementSettlesNothing => (Fault, "settlement_settles_nothing"),
            Self::SettlementAlwaysGivesWay => (Fault, "settlement_always_gives_way"),
            Self::ThirdPartyReachesNothing => (Fault, "third_party_reaches_nothing"),
            Self::DelayOutlivesTerm { .. } => (Fault, "delay_outlives_term"),
            Self::ConsentOutlivesTerm { .. } => (Hint, "consent_outlives_term"),
            Self::SettlementMissing => (Gap, "settlement_missing"),
            Self::SupplyUnsettled { .. } => (Gap, "supply_unsettled"),
            Self::ThirdPartyMissing => (Gap, "third_party_missing"),
            Self::ExitMissing => (Gap, "exit_missing"),
            Self::SurvivalMissing => (Gap, "survival_missing"),
            Self::AuthenticMissing { .. } => (Gap, "authentic_missing"),
            Self::PermitInPart { .. } => (Hint, "permit_in_part"),
            Self::CeilingBelowPallet { .. } => (Hint, "ceiling_below_pallet"),
            Self::TriggerAlwaysMet => (Hint, "trigger_always_met"),
            Self::ConsentUnconditional => (Hint, "consent_unconditional"),
            Self::ConsentUnlimited => (Hint, "consent_unlimited"),
            Self::NoticeMissing => (Hint, "notice_missing"),
        }
    }

    /// The values its sentence names, by the names of their placeholders.
    #[must_use]
    pub fn parameters(&self) -> Vec<(&'static str, Vec<Parameter>)> {
        let categories = |ids: &BTreeSet<CategoryId>| {
            ("categories", ids.iter().cloned().map(Parameter::Category).collect())
        };
        let counted = |limit: Quantity, ids: &BTreeSet<CommodityId>| {
            let commodities = ids.iter().cloned().map(Parameter::Commodity).collect();
            vec![("limit", vec![Parameter::Quantity(limit)]), ("commodities", commodities)]
        };
        match self {
            Self::CeilingUnitCountsNothing { limit } => {
                vec![("limit", vec![Parameter::Quantity(*limit)])]
            }
            Self::CeilingBelowUnit { limit, commodities }
            | Self::CeilingBelowPallet { limit, commodities } => counted(*limit, commodities),
            Self::DelayOutlivesTerm { hours } | Self::ConsentOutlivesTerm { hours } => {
                vec![("hours", vec![Parameter::Number(*hours)])]
            }
            Self::SupplyUnsettled { categories: ids } | Self::PermitInPart { categories: ids } => {
                vec![categories(ids)]
            }
            _ => Vec::new(),
        }
    }
}

/// Something to consider before signing, with the clauses it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// What it is about.
    pub issue: Issue,
    /// The clause it is about and those that make it so; empty where a clause is missing.
    pub clauses: Vec<ClauseId>,
}

static WORDS: LazyLock<BTreeMap<String, Captions>> =
    LazyLock::new(|| read_words(include_str!("check.i18n.toml")));

impl Remark {
    /// The code of its issue.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        self.issue.code()
    }

    /// How much it weighs.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        self.issue.severity()
    }

    /// The sentence in `lang`; commodities appear by their ids.
    #[must_use]
    pub fn caption(&self, lang: Lang) -> String {
        self.caption_with(lang, &|_| None)
    }

    /// The sentence in `lang`, with `name` giving better words for a parameter where it has them.
    #[must_use]
    pub fn caption_with(&self, lang: Lang, name: &dyn Fn(&Parameter) -> Option<String>) -> String {
        let words = |key: &str| {
            WORDS.get(key).map_or_else(|| key.to_owned(), |found| found.in_lang(lang).to_owned())
        };
        let mut sentence = words(self.code());
        if let Issue::AuthenticMissing { lang: lacking } = &self.issue {
            let key = format!("language_{}", lacking.tag().to_lowercase().replace('-', "_"));
            sentence = sentence.replace("{language}", &words(&key));
        }
        for (placeholder, parameters) in self.issue.parameters() {
            let named = |p: &Parameter| name(p).unwrap_or_else(|| p.caption(lang));
            let list: Vec<String> = parameters.iter().map(named).collect();
            let list = list.join(&words("list_joint"));
            sentence = sentence.replace(&format!("{{{placeholder}}}"), &list);
        }
        sentence
    }
}

/// Examines `agreement`, weighing its ceilings against `commodities`; remarks come weightiest
/// first, and within one weight what is missing before what stands, that in the order of the file.
///
/// With no commodities the ceilings are compared with the permits alone.
#[must_use]
pub fn examine(
    agreement: &Agreement,
    commodities: &BTreeMap<CommodityId, Commodity>,
) -> Vec<Remark> {
    let reaches = reaches::Reaches::of(agreement);
    let mut remarks = reaches.remarks();
    remarks.extend(amounts::remarks(agreement, &reaches, commodities));
    remarks.extend(missing::remarks(agreement, &reaches));
    let place = |remark: &Remark| {
        let first = remark.clauses.first()?;
        agreement.clauses().iter().position(|clause| clause.id == *first)
    };
    remarks.sort_by_key(|remark| (remark.severity(), place(remark)));
    remarks
}

#[cfg(test)]
mod tests;
