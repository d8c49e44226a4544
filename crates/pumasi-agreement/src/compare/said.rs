//! Single terms that an agreement sets: a limit, a condition, a way of settling, a date.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use pumasi_base::{Captions, ClauseId, CommodityId, Date, Lang, PartyId, Period, Quantity};

use super::{Answer, Freedom};
use crate::agreement::{Agreement, Clause};
use crate::clauses::Terms;
use crate::clauses::ceiling::Per;
use crate::clauses::settlement::SettlementMode;
use crate::clauses::standing_consent::Trigger;
use crate::clauses::term::Entry;
use crate::clauses::third_party::OnwardTransfer;
use crate::compile::{Agreements, Spot, words_of};
use crate::decide::caps_that_bind;
use crate::question::{AlertLevel, Intensity, Question};
use crate::reason::Parameter;
use crate::vocabulary::{self, read_words};

/// One term that an agreement sets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// At most so much.
    Limit {
        /// How much.
        quantity: Quantity,
        /// Over what it counts.
        per: Per,
    },
    /// These commodities only.
    Commodities(BTreeSet<CommodityId>),
    /// For use within the receiver only.
    WithinReceiver,
    /// So many hours between order and dispatch.
    Delay {
        /// How many.
        hours: i64,
    },
    /// Through these third parties without asking them.
    Transit(BTreeSet<PartyId>),
    /// Shaking of at least this intensity sets off the consent.
    Intensity(Intensity),
    /// An alert of at least this level sets off the consent.
    Alert(AlertLevel),
    /// Losing contact with the receiver sets off the consent.
    ContactLost,
    /// The consent holds for so many hours after the event.
    ValidHours {
        /// How many.
        hours: i64,
    },
    /// It is settled so.
    Settled(SettlementMode),
    /// What was received may be passed on so.
    Onward(OnwardTransfer),
    /// The first day in force.
    From(Date),
    /// The first day no longer in force.
    Until(Date),
    /// What brings it into force.
    Entry(Entry),
    /// How long after that it is in force.
    EntryAfter(Period),
    /// How long it lasts.
    Lasts(Period),
    /// It renews itself by so long.
    Renews(Period),
    /// So long a notice ends it at any time.
    Notice(Period),
    /// So long a notice before its end keeps it from being renewed.
    NoticeBeforeEnd(Period),
}

static WORDS: LazyLock<BTreeMap<String, Captions>> =
    LazyLock::new(|| read_words(include_str!("../compare.i18n.toml")));

impl Said {
    /// The term's name in snake case; stable, and the key of its caption.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Limit { .. } => "limit",
            Self::Commodities(_) => "commodities",
            Self::WithinReceiver => "within_receiver",
            Self::Delay { .. } => "delay",
            Self::Transit(_) => "transit",
            Self::Intensity(_) => "intensity",
            Self::Alert(_) => "alert",
            Self::ContactLost => "contact_lost",
            Self::ValidHours { .. } => "valid_hours",
            Self::Settled(mode) => match mode {
                SettlementMode::Gift
                | SettlementMode::Reimbursement { days: None }
                | SettlementMode::Loan { days: None } => "settled",
                SettlementMode::ReplacementInKind { else_reimbursement_days: Some(_), .. }
                | SettlementMode::EqualValue { else_reimbursement_days: Some(_), .. } => {
                    "settled_else"
                }
                _ => "settled_days",
            },
            Self::Onward(OnwardTransfer::Forbidden) => "onward_forbidden",
            Self::Onward(OnwardTransfer::PriorConsent) => "onward_prior_consent",
            Self::Onward(OnwardTransfer::WithinReceiver) => "onward_within_receiver",
            Self::From(_) => "from",
            Self::Until(_) => "until",
            Self::Entry(_) => "entry",
            Self::EntryAfter(_) => "entry_after",
            Self::Lasts(_) => "lasts",
            Self::Renews(_) => "renews",
            Self::Notice(_) => "notice",
            Self::NoticeBeforeEnd(_) => "notice_before_end",
        }
    }

    /// The term in words of `lang`, with `name` giving better words for a parameter where it has
    /// them.
    #[must_use]
    pub fn caption_with(&self, lang: Lang, name: &dyn Fn(&Parameter) -> Option<String>) -> String {
        let named = |p: &Parameter| name(p).unwrap_or_else(|| p.caption(lang));
        let mut sentence = words(self.code(), lang);
        for (placeholder, values) in self.parameters() {
            let list: Vec<String> = values.iter().map(named).collect();
            sentence = sentence
                .replace(&format!("{{{placeholder}}}"), &list.join(&words("list_joint", lang)));
        }
        match self {
            Self::Settled(mode) => {
                let caption = vocabulary::term("settlement", mode.code());
                let caption = caption.map_or(mode.code(), |caption| caption.in_lang(lang));
                sentence.replace("{mode}", caption)
            }
            Self::Intensity(degree) => sentence.replace("{intensity}", degree.code()),
            Self::Alert(level) => {
                let key = format!("level_{}", level.code());
                sentence.replace("{level}", &words(&key, lang))
            }
            _ => sentence,
        }
    }

    fn parameters(&self) -> Vec<(&'static str, Vec<Parameter>)> {
        use Parameter as P;
        let one = |placeholder, parameter| vec![(placeholder, vec![parameter])];
        match self {
            Self::Limit { quantity, per } => {
                vec![("quantity", vec![P::Quantity(*quantity)]), ("per", vec![P::Per(*per)])]
            }
            Self::Commodities(ids) => {
                vec![("commodities", ids.iter().cloned().map(P::Commodity).collect())]
            }
            Self::Transit(ids) => vec![("parties", ids.iter().cloned().map(P::Party).collect())],
            Self::Delay { hours } | Self::ValidHours { hours } => one("hours", P::Number(*hours)),
            Self::From(date) | Self::Until(date) => one("date", P::Date(*date)),
            Self::Entry(entry) => one("entry", P::Entry(*entry)),
            Self::EntryAfter(period)
            | Self::Lasts(period)
            | Self::Renews(period)
            | Self::Notice(period)
            | Self::NoticeBeforeEnd(period) => one("period", P::Period(*period)),
            Self::Settled(mode) => match mode {
                SettlementMode::Reimbursement { days: Some(days) }
                | SettlementMode::Loan { days: Some(days) } => one("days", P::Number(*days)),
                SettlementMode::ReplacementInKind { days, else_reimbursement_days }
                | SettlementMode::EqualValue { days, else_reimbursement_days } => {
                    let otherwise = else_reimbursement_days.map(P::Number);
                    vec![
                        ("days", vec![P::Number(*days)]),
                        ("else_days", otherwise.into_iter().collect()),
                    ]
                }
                _ => Vec::new(),
            },
            _ => Vec::new(),
        }
    }
}

pub(super) fn words(key: &str, lang: Lang) -> String {
    WORDS.get(key).map_or_else(|| key.to_owned(), |found| found.in_lang(lang).to_owned())
}

/// Terms, and the clauses that set them.
type Settings = (Vec<Said>, Vec<ClauseId>);

/// How much may be given: the ceilings that count the question, and the limit of a consent.
pub(super) fn limits(
    agreements: &Agreements,
    grant: Option<&Clause>,
    question: &Question,
) -> Settings {
    let Some(tables) = agreements.table(0) else { return Settings::default() };
    let mut limits: Vec<(Said, ClauseId)> = caps_that_bind(agreements, tables, question)
        .filter(|_| question.action.moves_goods())
        .filter_map(|cap| {
            let limit = Said::Limit { quantity: cap.terms.quantity, per: cap.terms.per };
            Some((limit, tables.clause_id(cap.clause)?.clone()))
        })
        .collect();
    if let Some(clause) = grant
        && let Terms::StandingConsent(consent) = &clause.terms
        && let Some(quantity) = consent.max
    {
        limits.push((Said::Limit { quantity, per: Per::Incident }, clause.id.clone()));
    }
    // The order of clauses is none of the reader's concern.
    limits.sort_by_key(|(limit, clause)| match limit {
        Said::Limit { quantity, per } => {
            (Some((*per, quantity.unit(), quantity.as_milli())), clause.clone())
        }
        _ => (None, clause.clone()),
    });
    limits.into_iter().unzip()
}

/// On which conditions a permit or standing consent holds.
pub(super) fn conditions(grant: Option<&Clause>) -> Settings {
    let Some(clause) = grant else { return Settings::default() };
    let mut said = Vec::new();
    let (commodities, transit) = match &clause.terms {
        Terms::Permit(permit) => {
            said.extend(permit.within_receiver.then_some(Said::WithinReceiver));
            let hours = permit.delay_hours;
            said.extend((hours > 0).then_some(Said::Delay { hours }));
            (&permit.commodities, &permit.transit)
        }
        Terms::StandingConsent(consent) => {
            said.extend(consent.trigger.into_iter().flat_map(trigger));
            said.extend(consent.valid_hours.map(|hours| Said::ValidHours { hours }));
            (&consent.commodities, &consent.transit)
        }
        _ => return Settings::default(),
    };
    let commodities: BTreeSet<CommodityId> = commodities.iter().cloned().collect();
    let transit: BTreeSet<PartyId> = transit.iter().cloned().collect();
    said.extend((!commodities.is_empty()).then_some(Said::Commodities(commodities)));
    said.extend((!transit.is_empty()).then_some(Said::Transit(transit)));
    (said, vec![clause.id.clone()])
}

fn trigger(trigger: Trigger) -> impl Iterator<Item = Said> {
    let intensity = trigger.intensity.map(Said::Intensity);
    let alert = trigger.alert.map(Said::Alert);
    let lost = trigger.contact_lost.then_some(Said::ContactLost);
    intensity.into_iter().chain(alert).chain(lost)
}

/// Under what conditions what was received may be passed on; not at all where nothing is said.
pub(super) fn passing_on(agreements: &Agreements, question: &Question) -> Settings {
    let spot = || {
        let (category, purpose, action) = words_of(question)?;
        let giver = agreements.party_number(&question.giver)?;
        let receiver = agreements.party_number(&question.receiver)?;
        Some(Spot { giver, receiver, category, purpose, action })
    };
    let Some((tables, spot)) = agreements.table(0).zip(spot()) else { return Settings::default() };
    let reaching = tables.onwards.iter().filter(|onward| onward.reach.reaches(spot, question));
    let (transfers, clauses): (BTreeSet<OnwardTransfer>, BTreeSet<ClauseId>) = reaching
        .filter_map(|onward| {
            Some((onward.terms.transfer, tables.clause_id(onward.clause)?.clone()))
        })
        .unzip();
    let transfers =
        if transfers.is_empty() { BTreeSet::from([OnwardTransfer::Forbidden]) } else { transfers };
    (transfers.into_iter().map(Said::Onward).collect(), clauses.into_iter().collect())
}

/// What two agreements say of their time, when that differs.
pub(super) fn terms_differ(a: &Agreement, b: &Agreement) -> Option<(Answer, Answer)> {
    let (a, b) = (time(a), time(b));
    (a.terms != b.terms).then_some((a, b))
}

fn time(agreement: &Agreement) -> Answer {
    let found = agreement.clauses().iter().find_map(|clause| match &clause.terms {
        Terms::Term(term) => Some((clause.id.clone(), *term)),
        _ => None,
    });
    let terms = found.iter().flat_map(|(_, term)| {
        [
            term.from.map(Said::From),
            term.entry.map(Said::Entry),
            term.entry_after.map(Said::EntryAfter),
            term.until.map(Said::Until),
            term.lasts.map(Said::Lasts),
            term.renews.map(Said::Renews),
            term.notice.map(Said::Notice),
            term.notice_before_end.map(Said::NoticeBeforeEnd),
        ]
    });
    Answer {
        freedom: Freedom::Permitted,
        terms: terms.flatten().collect(),
        clauses: found.iter().map(|(id, _)| id.clone()).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_term_is_said_in_every_language() {
        let party: PartyId = "cn-sh".parse().unwrap();
        let mut modes = vec![SettlementMode::Gift, SettlementMode::Loan { days: Some(3) }];
        let else_reimbursement_days = Some(30);
        modes.push(SettlementMode::EqualValue { days: 365, else_reimbursement_days });
        let mut terms = vec![
            Said::Limit { quantity: "5 KGM".parse().unwrap(), per: Per::Year },
            Said::Commodities(["rice".parse().unwrap()].into()),
            Said::WithinReceiver,
            Said::Delay { hours: 1 },
            Said::Transit([party].into()),
            Said::Intensity(Intensity::I6Lower),
            Said::ContactLost,
            Said::ValidHours { hours: 72 },
            Said::Onward(OnwardTransfer::Forbidden),
            Said::Onward(OnwardTransfer::PriorConsent),
            Said::Onward(OnwardTransfer::WithinReceiver),
            Said::From("2024-01-01".parse().unwrap()),
            Said::Until("2025-01-01".parse().unwrap()),
            Said::Entry(Entry::Ratification),
            Said::EntryAfter("P30D".parse().unwrap()),
            Said::Lasts("P1Y".parse().unwrap()),
            Said::Renews("P1Y6M".parse().unwrap()),
            Said::Notice("P90D".parse().unwrap()),
            Said::NoticeBeforeEnd("P6M".parse().unwrap()),
        ];
        terms.extend(modes.into_iter().map(Said::Settled));
        terms.extend(AlertLevel::ALL.map(Said::Alert));
        let codes: BTreeSet<&str> = terms.iter().map(Said::code).collect();
        let other =
            |key: &str| key.starts_with("level_") || key.starts_with("row_") || key == "list_joint";
        let known: BTreeSet<&str> =
            WORDS.keys().map(String::as_str).filter(|key| !other(key)).collect();
        assert_eq!(codes, known);
        for term in &terms {
            for lang in Lang::ALL {
                let sentence = term.caption_with(lang, &|_| None);
                assert!(!sentence.contains(['{', '}', '_']), "{sentence}");
            }
        }
        assert!(WORDS.values().all(|captions| captions.missing().is_empty()));
    }
}
