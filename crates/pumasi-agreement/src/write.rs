//! Writes an agreement as the text of a file that reads back equal.
//!
//! Comments and the layout of the file an agreement was read from are no part of it and are not
//! written; the digest of what is written is therefore another.

use std::collections::BTreeMap;
use std::fmt::Display;

use pumasi_base::{AgreementId, Captions, ClauseId, Date, Lang, PartyId};

use crate::agreement::{Agreement, LawLevel, Nature, Origin, Source};
use crate::clauses::Terms;
use crate::clauses::ceiling::Ceiling;
use crate::clauses::forbid::Forbid;
use crate::clauses::permit::Permit;
use crate::clauses::settlement::{Settlement, SettlementMode};
use crate::clauses::standing_consent::{StandingConsent, Trigger};
use crate::clauses::survival::Survival;
use crate::clauses::term::{Entry, Term};
use crate::clauses::third_party::ThirdParty;
use crate::scope::{Scope, mode_code};

/// An agreement that may still lack things, such as one taken over from a foreign format.
///
/// Its text names what it has; [`read()`](crate::read()) says what is missing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AgreementDraft {
    /// Its id.
    pub id: Option<AgreementId>,
    /// Its title, in the languages it is known in.
    pub title: BTreeMap<Lang, String>,
    /// What its text is.
    pub nature: Option<Nature>,
    /// The level of law it rests on.
    pub law_level: Option<LawLevel>,
    /// Its parties.
    pub parties: Vec<PartyId>,
    /// The bodies that execute it for a party.
    pub executing: BTreeMap<PartyId, Vec<PartyId>>,
    /// The day it was signed, when it was.
    pub signed: Option<Date>,
    /// Hours east of Greenwich at which its dates are reckoned.
    pub utc_offset_hours: Option<i8>,
    /// What it rests on.
    pub sources: Vec<Source>,
    /// Its clauses, in order.
    pub clauses: Vec<ClauseDraft>,
}

/// A clause of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClauseDraft {
    /// Its id, unique in the draft.
    pub id: ClauseId,
    /// Its number as the agreement counts, in the languages it is known in.
    pub article: BTreeMap<Lang, String>,
    /// What it says in plain words, in the languages it is known in.
    pub caption: BTreeMap<Lang, String>,
    /// Where its words come from.
    pub origin: Origin,
    /// Its text in the authentic languages.
    pub authentic: BTreeMap<Lang, String>,
    /// What it says, by its kind.
    pub terms: Terms,
}

impl AgreementDraft {
    /// Writes it as the text of an agreement file, which reads back equal where nothing is missing.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut out = Out(String::new());
        let Self { id, title, nature, law_level, parties, executing, .. } = self;
        out.text("id", id.as_ref());
        out.text("nature", nature.map(Nature::code));
        out.text("law_level", law_level.map(LawLevel::code));
        out.list("parties", parties);
        out.bare("signed", self.signed);
        out.bare("utc_offset_hours", self.utc_offset_hours);
        out.texts("title", title);
        if !executing.is_empty() {
            out.heading("[executing]");
            for (party, bodies) in executing {
                out.put(&quoted(party), &bracketed(bodies));
            }
        }
        for Source { title, publisher, date } in &self.sources {
            out.heading("[[source]]");
            out.text("title", Some(title));
            out.text("publisher", Some(publisher));
            out.text("date", Some(date));
        }
        for clause in &self.clauses {
            out.clause(clause);
        }
        out.0
    }
}

impl From<&Agreement> for AgreementDraft {
    fn from(agreement: &Agreement) -> Self {
        let clauses = agreement.clauses.iter().map(|clause| ClauseDraft {
            id: clause.id.clone(),
            article: by_lang(&clause.article),
            caption: by_lang(&clause.caption),
            origin: clause.origin,
            authentic: clause.authentic.clone(),
            terms: clause.terms.clone(),
        });
        Self {
            id: Some(agreement.id.clone()),
            title: by_lang(&agreement.title),
            nature: Some(agreement.nature),
            law_level: Some(agreement.law_level),
            parties: agreement.parties.clone(),
            executing: agreement.executing.clone(),
            signed: agreement.signed,
            utc_offset_hours: Some(agreement.utc_offset_hours),
            sources: agreement.sources.clone(),
            clauses: clauses.collect(),
        }
    }
}

/// Writes `agreement` as the text of a file that reads back equal but for text and digest.
#[must_use]
pub fn write(agreement: &Agreement) -> String {
    AgreementDraft::from(agreement).to_text()
}

/// Captions as a map by language.
fn by_lang(captions: &Captions) -> BTreeMap<Lang, String> {
    Lang::ALL.into_iter().map(|lang| (lang, captions.in_lang(lang).to_owned())).collect()
}

/// A text in quotes, with what TOML asks to be escaped escaped.
fn quoted(text: &impl Display) -> String {
    let mut line = String::from("\"");
    for c in text.to_string().chars() {
        match c {
            '"' => line.push_str("\\\""),
            '\\' => line.push_str("\\\\"),
            '\n' => line.push_str("\\n"),
            '\r' => line.push_str("\\r"),
            '\t' => line.push_str("\\t"),
            // SPEC: TOML 1.0, String: no other control character stands for itself.
            c if c.is_control() => line.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => line.push(c),
        }
    }
    line.push('"');
    line
}

/// A list of texts in brackets.
fn bracketed<T: Display>(items: &[T]) -> String {
    format!("[{}]", items.iter().map(quoted).collect::<Vec<_>>().join(", "))
}

/// The text as far as it is written; what is absent or empty is left out.
struct Out(String);

impl Out {
    fn put(&mut self, key: &str, value: &str) {
        self.0.push_str(&format!("{key} = {value}\n"));
    }

    fn heading(&mut self, heading: &str) {
        self.0.push_str(&format!("\n{heading}\n"));
    }

    fn text<T: Display>(&mut self, key: &str, text: Option<T>) {
        if let Some(text) = text {
            self.put(key, &quoted(&text));
        }
    }

    /// A number or a date, which stand without quotes.
    fn bare<T: Display>(&mut self, key: &str, value: Option<T>) {
        if let Some(value) = value {
            self.put(key, &value.to_string());
        }
    }

    fn flag(&mut self, key: &str, flag: bool) {
        if flag {
            self.put(key, "true");
        }
    }

    fn list<T: Display>(&mut self, key: &str, items: &[T]) {
        if !items.is_empty() {
            self.put(key, &bracketed(items));
        }
    }

    fn texts(&mut self, key: &str, texts: &BTreeMap<Lang, String>) {
        let texts = texts.iter().map(|(lang, text)| format!("{lang} = {}", quoted(text)));
        let texts = texts.collect::<Vec<_>>().join(", ");
        if !texts.is_empty() {
            self.put(key, &format!("{{ {texts} }}"));
        }
    }

    fn clause(&mut self, clause: &ClauseDraft) {
        let ClauseDraft { id, article, caption, origin, authentic, terms } = clause;
        self.heading("[[clause]]");
        self.text("id", Some(id));
        self.text("kind", Some(terms.kind()));
        self.text("nature", origin.nature.map(Nature::code));
        if let Some(source) = origin.source {
            self.put("source", &source.to_string());
        }
        match terms {
            Terms::Permit(terms) => self.permit(terms),
            Terms::Forbid(terms) => self.forbid(terms),
            Terms::Ceiling(terms) => self.ceiling(terms),
            Terms::StandingConsent(terms) => self.standing_consent(terms),
            Terms::Settlement(terms) => self.settlement(terms),
            Terms::ThirdParty(terms) => self.third_party(terms),
            Terms::Term(terms) => self.term(terms),
            Terms::Survival(terms) => self.survival(terms),
        }
        self.texts("article", article);
        self.texts("caption", caption);
        self.texts("authentic", authentic);
    }

    fn scope(&mut self, scope: &Scope) {
        let Scope { actions, givers, receivers, categories, purposes, statuses, modes } = scope;
        self.list("actions", actions);
        self.list("givers", givers);
        self.list("receivers", receivers);
        self.list("categories", categories);
        self.list("purposes", purposes);
        self.list("statuses", statuses);
        self.list("modes", &modes.iter().map(|mode| mode_code(*mode)).collect::<Vec<_>>());
    }

    fn permit(&mut self, permit: &Permit) {
        let Permit { scope, commodities, transit, within_receiver, delay_hours } = permit;
        self.scope(scope);
        self.list("commodities", commodities);
        self.list("transit", transit);
        self.flag("within_receiver", *within_receiver);
        self.bare("delay_hours", Some(delay_hours).filter(|hours| **hours != 0));
    }

    fn forbid(&mut self, forbid: &Forbid) {
        let Forbid { scope } = forbid;
        self.scope(scope);
    }

    fn ceiling(&mut self, ceiling: &Ceiling) {
        let Ceiling { scope, commodities, quantity, per } = ceiling;
        self.scope(scope);
        self.list("commodities", commodities);
        self.text("quantity", Some(quantity));
        self.text("per", Some(per));
    }

    fn standing_consent(&mut self, consent: &StandingConsent) {
        let StandingConsent { scope, commodities, transit, trigger, valid_hours, max } = consent;
        // Its actions are always `push` and are not written.
        self.scope(&Scope { actions: Vec::new(), ..scope.clone() });
        self.list("commodities", commodities);
        self.list("transit", transit);
        if let Some(Trigger { intensity, alert, contact_lost }) = trigger {
            let intensity = intensity.map(|least| format!("intensity = {}", quoted(&least.code())));
            let alert = alert.map(|least| format!("alert = {}", quoted(&least.code())));
            let lost = contact_lost.then(|| "contact_lost = true".to_owned());
            let given: Vec<String> = [intensity, alert, lost].into_iter().flatten().collect();
            self.put("trigger", &format!("{{ {} }}", given.join(", ")));
        }
        self.bare("valid_hours", *valid_hours);
        self.text("max", *max);
    }

    fn settlement(&mut self, settlement: &Settlement) {
        let Settlement { scope, mode, bars_when_overdue } = settlement;
        self.scope(scope);
        self.text("mode", Some(mode.code()));
        match mode {
            SettlementMode::Gift => {}
            SettlementMode::Reimbursement { days } | SettlementMode::Loan { days } => {
                self.bare("days", *days);
            }
            SettlementMode::ReplacementInKind { days, else_reimbursement_days }
            | SettlementMode::EqualValue { days, else_reimbursement_days } => {
                self.bare("days", Some(days));
                self.bare("else_reimbursement_days", *else_reimbursement_days);
            }
        }
        self.flag("bars_when_overdue", *bars_when_overdue);
    }

    fn third_party(&mut self, third_party: &ThirdParty) {
        let ThirdParty { scope, transfer } = third_party;
        self.scope(scope);
        self.text("transfer", Some(transfer.code()));
    }

    fn term(&mut self, term: &Term) {
        let Term { from, entry, entry_after, until, lasts, renews, notice, notice_before_end } =
            term;
        self.bare("from", *from);
        self.text("entry", entry.map(Entry::code));
        self.text("entry_after", *entry_after);
        self.bare("until", *until);
        self.text("lasts", *lasts);
        self.text("renews", *renews);
        self.text("notice", *notice);
        self.text("notice_before_end", *notice_before_end);
    }

    fn survival(&mut self, survival: &Survival) {
        let Survival { clauses, lasts } = survival;
        self.list("clauses", clauses);
        self.text("lasts", *lasts);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read;
    use crate::testing::file_of;

    /// Reads clauses, writes them and reads what was written: nothing may have changed.
    #[track_caller]
    fn check(clauses: &str) {
        let text = file_of(clauses).replace("\"real\"", "\"draft\"");
        let agreement = read("x.toml", &text).unwrap_or_else(|e| panic!("{e:#?}\n{text}"));
        let text = write(&agreement);
        let again = read("x.toml", &text).unwrap_or_else(|e| panic!("{e:#?}\n{text}"));
        assert_eq!(AgreementDraft::from(&again), AgreementDraft::from(&agreement), "{text}");
        assert_eq!(write(&again), text);
    }

    #[test]
    fn every_field_of_every_kind_comes_back() {
        const REACH: &str = r#"givers = ["jp-17"]; receivers = ["kr-42", "ngo-c"]; categories = ["food"]; purposes = ["evacuation"]; statuses = ["exercise"]; modes = ["sea", "rail"]"#;
        for terms in [
            r#"permit; actions = ["order", "push"]; commodities = ["rice"]; transit = ["cn-sh"]; within_receiver = true; delay_hours = 24"#,
            r#"forbid; actions = ["share"]"#,
            r#"ceiling; quantity = "12.5 LTR"; per = "week"; commodities = ["diesel"]"#,
            r#"standing_consent; commodities = ["rice"]; transit = ["cn-sh"]; trigger = { intensity = "6-", alert = "red", contact_lost = true }; valid_hours = 72; max = "1 KGM""#,
            r#"standing_consent; trigger = { contact_lost = true }"#,
            r#"settlement; mode = "gift""#,
            r#"settlement; mode = "reimbursement"; days = 30; bars_when_overdue = true"#,
            r#"settlement; mode = "loan""#,
            r#"settlement; mode = "replacement_in_kind"; days = 365; else_reimbursement_days = 30"#,
            r#"settlement; mode = "equal_value"; days = 365"#,
            r#"third_party; transfer = "within_receiver""#,
        ] {
            check(&format!("c {terms}; {REACH}\nt term; from = 2024-01-01"));
        }
        for terms in [
            r#"from = 2024-01-01; until = 2025-01-01; renews = "P1Y"; notice = "P90D"; notice_before_end = "P6M""#,
            r#"entry = "ratification"; entry_after = "P30D"; lasts = "P5Y""#,
        ] {
            let survival = "s survival; clauses = [\"f\"]; lasts = \"P10Y\"";
            check(&format!("f forbid; actions = [\"share\"]\n{survival}\nt term; {terms}"));
        }
    }

    #[test]
    fn words_with_quotes_and_control_characters_come_back() {
        let odd = "\"\"\"\\ 'a' = [b]\u{7f}\u{1}\t\r\nc # d";
        let text = file_of("t term; from = 2024-01-01; until = 2025-01-01; renews = \"P1Y\"");
        let mut draft = AgreementDraft::from(&read("x.toml", &text).unwrap());
        draft.title.values_mut().for_each(|title| title.push_str(odd));
        draft.sources.iter_mut().for_each(|source| source.title = odd.to_owned());
        let again = read("x.toml", &draft.to_text()).unwrap();
        assert_eq!(AgreementDraft::from(&again), draft);
    }

    #[test]
    fn what_a_draft_lacks_the_reader_says() {
        let errors = read("x.toml", &AgreementDraft::default().to_text()).unwrap_err();
        let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
        assert!(lines.iter().any(|line| line.contains("`title` is missing")), "{lines:#?}");
    }
}
