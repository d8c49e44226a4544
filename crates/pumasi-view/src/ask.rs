//! The question whether something may be done: the answer, what is missing, and what may be done
//! instead.

mod form;
mod own;

use pumasi_agreement::clauses::settlement::SettlementMode;
use pumasi_agreement::{
    Agreements, Alternative, Bounds, Change, Decision, Effect, Need, Outcome, Question,
    SettlementTerm, alternatives, decide,
};
use pumasi_base::{AgreementId, Lang, Time};

pub use own::Own;

use crate::lexicon::Lexicon;
use crate::page::{
    AgreementTitle, AlternativeLine, AskAnswer, AskForm, DecidingClause, MissingLine, Problem,
    ReasonLine, SettlementWay, Words,
};
use crate::visible::Visible;
use form::Asked;

/// Answers whether something may be done, and under what; where it may not, names what is missing
/// and offers the nearest lawful alternatives.
///
/// `now` decides when the form names no day; a day stands for its noon at nine hours east of
/// Greenwich, which is the same day at the offset of every agreement between neighbours. `own` is
/// what the reader's own node knows: who may sign, and what is overdue.
///
/// # Errors
/// A [`Problem`] that names what in the form does not read.
pub fn ask(
    lexicon: &Lexicon,
    agreements: &Agreements,
    own: Option<&Own<'_>>,
    form: &AskForm,
    now: Time,
) -> Result<Visible<AskAnswer>, Box<Problem>> {
    let asking = Asking { lexicon, agreements, own, now };
    let asked = asking.read(form)?;
    let decision = decide(agreements, &asked.question);
    Ok(Visible::new(AskAnswer {
        outcome: decision.code().to_owned(),
        under: decision.under.as_ref().map(|id| asking.title(id)),
        reasons: asking.reasons(&decision),
        missing: asking.missing(&asked.question, &decision),
        clauses: asking.clauses(&decision),
        settlement: settlement(&decision.settlement),
        alternatives: asking.alternatives(form, &asked),
    }))
}

/// What one question is answered from.
struct Asking<'a> {
    lexicon: &'a Lexicon,
    agreements: &'a Agreements,
    own: Option<&'a Own<'a>>,
    now: Time,
}

impl Asking<'_> {
    fn read(&self, form: &AskForm) -> Result<Asked, Box<Problem>> {
        let mut asked = Asked::read(self.lexicon, form, self.now)?;
        if let Some(own) = self.own {
            asked.question.overdue = own.overdue(asked.question.status, self.now);
        }
        Ok(asked)
    }

    fn title(&self, id: &AgreementId) -> AgreementTitle {
        let agreement = self.lexicon.agreements().get(id);
        let title = agreement.map(|agreement| Words::from(agreement.title()));
        AgreementTitle {
            id: id.to_string(),
            title: title.unwrap_or_else(|| Words::same(id.as_str())),
        }
    }

    fn reasons(&self, decision: &Decision) -> Vec<ReasonLine> {
        let mut lines: Vec<ReasonLine> = Vec::new();
        for reason in &decision.reasons {
            let line =
                ReasonLine { code: reason.code().to_owned(), words: self.lexicon.reason(reason) };
            // Several agreements may say no for one reason; the clauses tell them apart.
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
        lines
    }

    /// Each clause once, where it stands first, with everything it does.
    fn clauses(&self, decision: &Decision) -> Vec<DecidingClause> {
        let mut lines: Vec<DecidingClause> = Vec::new();
        for cited in &decision.clauses {
            let effect = cited.effect.code().to_owned();
            let known = lines.iter_mut().find(|line| {
                line.agreement == cited.agreement.as_str() && line.clause == cited.clause.as_str()
            });
            if let Some(line) = known {
                line.effects.push(effect);
                continue;
            }
            let line = self.lexicon.clause_ref(cited);
            let agreement = self.lexicon.agreements().get(&cited.agreement);
            let clause = agreement.and_then(|agreement| agreement.clause(&cited.clause));
            lines.push(DecidingClause {
                agreement: line.agreement,
                clause: line.clause,
                title: self.title(&cited.agreement).title,
                effects: vec![effect],
                article: line.article,
                caption: line.caption,
                authentic: clause.map(crate::agreements::authentic).unwrap_or_default(),
            });
        }
        lines
    }

    /// What is missing: what the agreements ask for, then what the reader's own mandates do.
    fn missing(&self, question: &Question, decision: &Decision) -> Vec<MissingLine> {
        let needs = match &decision.outcome {
            Outcome::Needs(needs) => needs.as_slice(),
            Outcome::Permitted | Outcome::Refused => &[],
        };
        let mut lines: Vec<MissingLine> = needs.iter().map(|need| self.need(need)).collect();
        if decision.outcome != Outcome::Refused {
            lines.extend(self.own.and_then(|own| own.missing(self.lexicon, question, self.now)));
        }
        lines
    }

    fn need(&self, need: &Need) -> MissingLine {
        let words =
            |lang| need.caption_with(lang, &|parameter| self.lexicon.parameter(parameter, lang));
        MissingLine {
            code: need.code().to_owned(),
            words: Words::each(words),
            party: need.whose().map(|party| self.lexicon.party(party)),
        }
    }

    /// The alternatives as forms, each asked again as it stands there: what a form cannot say is
    /// not offered.
    fn alternatives(&self, form: &AskForm, asked: &Asked) -> Vec<AlternativeLine> {
        let bounds = Bounds {
            // Who asks about a day that has passed may be answered with another such day.
            not_before: Some(self.now.min(asked.question.on)),
            unit_mass_g: asked.unit_mass_g,
            ..Bounds::default()
        };
        let found = alternatives(self.agreements, &asked.question, &bounds);
        found.iter().filter_map(|alternative| self.alternative(form, alternative)).collect()
    }

    fn alternative(&self, form: &AskForm, alternative: &Alternative) -> Option<AlternativeLine> {
        let form = changed(form, alternative);
        let question = self.read(&form).ok()?.question;
        let decision = decide(self.agreements, &question);
        if decision.outcome != alternative.decision.outcome {
            return None;
        }
        let permits = decision.clauses.iter().filter(|cited| cited.effect == Effect::Permits);
        Some(AlternativeLine {
            changes: alternative.changes.iter().map(|change| self.change(change)).collect(),
            outcome: decision.code().to_owned(),
            missing: self.missing(&question, &decision),
            clauses: permits.map(|cited| self.lexicon.clause_ref(cited)).collect(),
            form,
        })
    }

    fn change(&self, change: &Change) -> ReasonLine {
        let words = |lang: Lang| {
            change.caption_with(lang, &|parameter| self.lexicon.parameter(parameter, lang))
        };
        ReasonLine { code: change.code().to_owned(), words: Words::each(words) }
    }
}

/// The form that asks an alternative.
fn changed(form: &AskForm, alternative: &Alternative) -> AskForm {
    let mut form = form.clone();
    let question = &alternative.question;
    for change in &alternative.changes {
        match change {
            Change::Quantity { to } => form.quantity = Some(to.to_string()),
            Change::Action { to, .. } => {
                form.action = to.to_string();
                form.requested = false;
            }
            Change::NotOnward => {
                form.onward_to = None;
                form.consents.retain(|consent| consent.to != "onward");
            }
            Change::NotThrough { .. } | Change::ThroughNobody => {
                form.transit = question.transit.iter().map(ToString::to_string).collect();
            }
            Change::Mode { to } => {
                form.mode = Some(pumasi_agreement::scope::mode_code(*to).to_owned());
            }
            Change::Day { to } => {
                form.on = Some(to.to_string());
                if let (Some(event), Some(moved)) = (&mut form.event, question.event) {
                    event.hours_since = moved.hours_since;
                }
            }
            Change::Agreement { to } => form.agreement = Some(to.to_string()),
            Change::Receiver { to } => form.receiver = to.to_string(),
            Change::Giver { to } => form.giver = to.to_string(),
            Change::Purpose { to } => form.purpose = to.to_string(),
            Change::Category { to } => {
                form.category = Some(to.to_string());
                (form.commodity, form.quantity) = (None, None);
            }
        }
    }
    form
}

fn settlement(terms: &[SettlementTerm]) -> Vec<SettlementWay> {
    let days = |mode: SettlementMode| match mode {
        SettlementMode::Gift => (None, None),
        SettlementMode::Reimbursement { days } | SettlementMode::Loan { days } => (days, None),
        SettlementMode::ReplacementInKind { days, else_reimbursement_days }
        | SettlementMode::EqualValue { days, else_reimbursement_days } => {
            (Some(days), else_reimbursement_days)
        }
    };
    let ways = terms.iter().map(|term| {
        let (days, else_reimbursement_days) = days(term.mode);
        SettlementWay {
            mode: term.mode.code().to_owned(),
            days,
            else_reimbursement_days,
            agreement: term.agreement.to_string(),
            clause: term.clause.to_string(),
        }
    });
    ways.collect()
}

#[cfg(test)]
mod tests;
