//! What an agreement leaves open, and standing consents and delays that its term cuts off.

use std::collections::BTreeSet;

use pumasi_base::{Date, Lang};

use super::reaches::{Reaches, remark};
use super::{Issue, Remark};
use crate::agreement::{Agreement, Clause};
use crate::clauses::Terms;
use crate::clauses::standing_consent::{StandingConsent, Trigger};
use crate::clauses::term::Term;
use crate::question::{AlertLevel, Intensity};

/// The category whose protection must outlive the agreement it was shared under.
const CLASSIFIED: &str = "classified_information";

/// The remarks on what is missing.
pub(super) fn remarks(agreement: &Agreement, reaches: &Reaches<'_>) -> Vec<Remark> {
    let mut remarks = settlement(agreement, reaches);
    let has = |kind: fn(&Terms) -> bool| agreement.clauses().iter().any(|c| kind(&c.terms));
    if reaches.permits_anything() && !has(|terms| matches!(terms, Terms::ThirdParty(_))) {
        remarks.push(Remark { issue: Issue::ThirdPartyMissing, clauses: Vec::new() });
    }
    if reaches.permits_category(CLASSIFIED) && !has(|terms| matches!(terms, Terms::Survival(_))) {
        remarks.push(Remark { issue: Issue::SurvivalMissing, clauses: Vec::new() });
    }
    for clause in agreement.clauses() {
        match &clause.terms {
            Terms::Term(term) => remarks.extend(exit(clause, term)),
            Terms::StandingConsent(consent) if !reaches.is_dead(&clause.id) => {
                remarks.extend(consent_remarks(agreement, clause, consent));
            }
            Terms::Permit(permit) => {
                let hours = permit.delay_hours;
                let late = term_hours(agreement).is_some_and(|lasts| hours >= lasts);
                let issue = Issue::DelayOutlivesTerm { hours };
                remarks.extend(late.then(|| remark(issue, clause, Vec::new())));
            }
            _ => {}
        }
    }
    remarks.extend(authentic(agreement));
    remarks
}

fn settlement(agreement: &Agreement, reaches: &Reaches<'_>) -> Vec<Remark> {
    let settles = |clause: &Clause| matches!(clause.terms, Terms::Settlement(_));
    let issue = if !reaches.permits_supply() {
        return Vec::new();
    } else if !agreement.clauses().iter().any(settles) {
        Issue::SettlementMissing
    } else {
        let categories = reaches.unsettled();
        if categories.is_empty() {
            return Vec::new();
        }
        Issue::SupplyUnsettled { categories }
    };
    vec![Remark { issue, clauses: Vec::new() }]
}

fn exit(clause: &Clause, term: &Term) -> Option<Remark> {
    let ends = (term.until.is_some() || term.lasts.is_some()) && term.renews.is_none();
    let issue = match (term.notice.or(term.notice_before_end), ends) {
        (Some(_), _) => return None,
        (None, true) => Issue::NoticeMissing,
        (None, false) => Issue::ExitMissing,
    };
    Some(remark(issue, clause, Vec::new()))
}

/// Hours that a term lasts that does not renew itself.
fn term_hours(agreement: &Agreement) -> Option<i64> {
    let term = agreement.term().filter(|term| term.renews.is_none())?;
    // Where the text leaves its day open, any day shows how long it lasts.
    let start = term.from.unwrap_or(Date::constant(2001, 1, 1));
    Some(start.duration_until(term.first_end(Some(start))?).as_hours())
}

fn consent_remarks(
    agreement: &Agreement,
    clause: &Clause,
    consent: &StandingConsent,
) -> Vec<Remark> {
    let mut issues = Vec::new();
    if consent.trigger.is_some_and(is_always_met) {
        issues.push(Issue::TriggerAlwaysMet);
    }
    if consent.trigger.is_none() && consent.valid_hours.is_none() {
        issues.push(Issue::ConsentUnconditional);
    }
    let capped = agreement.clauses().iter().any(|c| matches!(c.terms, Terms::Ceiling(_)));
    if consent.max.is_none() && !capped {
        issues.push(Issue::ConsentUnlimited);
    }
    if let Some(hours) = consent.valid_hours
        && term_hours(agreement).is_some_and(|lasts| hours > lasts)
    {
        issues.push(Issue::ConsentOutlivesTerm { hours });
    }
    issues.into_iter().map(|issue| remark(issue, clause, Vec::new())).collect()
}

/// Whether the weakest observation or alert there is sets it off.
fn is_always_met(trigger: Trigger) -> bool {
    trigger.intensity == Some(Intensity::I0) || trigger.alert == Some(AlertLevel::Green)
}

/// One remark for each language of a party in which some clauses have no text.
fn authentic(agreement: &Agreement) -> Vec<Remark> {
    let spoken: BTreeSet<Lang> = agreement
        .parties()
        .iter()
        .filter_map(|party| match party.as_str().split('-').next() {
            Some("kr") => Some(Lang::Ko),
            Some("jp") => Some(Lang::Ja),
            Some("cn") => Some(Lang::Zh),
            _ => None,
        })
        .collect();
    let lacking = |lang: Lang| {
        let lacks = |clause: &&Clause| {
            clause.authentic.get(&lang).is_none_or(|text| text.trim().is_empty())
        };
        let clauses: Vec<_> =
            agreement.clauses().iter().filter(lacks).map(|clause| clause.id.clone()).collect();
        (!clauses.is_empty()).then_some(Remark { issue: Issue::AuthenticMissing { lang }, clauses })
    };
    spoken.into_iter().filter_map(lacking).collect()
}
