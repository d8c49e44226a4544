//! `pumasi agreement ask`: may we, under what, what is missing, and what may be done instead.

use clap::Args;
use pumasi_base::{AgreementId, CategoryId, CommodityId, Date, PartyId, PurposeId, Quantity};
use pumasi_node::agreement::{AlertLevel, Intensity};
use pumasi_node::view::page::{
    AlternativeLine, AskAnswer, AskForm, ConsentForm, DecidingClause, EventForm, MissingLine,
    SettlementWay,
};
use serde_json::json;

use super::prove::{category, purpose};
use crate::commands::Context;
use crate::failure::{Exit, Failure};
use crate::output::{Answer, Page, clause};
use crate::words::Words;

/// A question.
#[derive(Args)]
pub struct Ask {
    #[arg(long, value_name = "PARTY")]
    giver: PartyId,
    #[arg(long, value_name = "PARTY")]
    receiver: PartyId,
    #[arg(long, value_name = "ACTION", value_parser = ["request", "offer", "order", "push"])]
    action: String,
    #[arg(long, value_name = "COMMODITY", required_unless_present = "category")]
    commodity: Option<CommodityId>,
    #[arg(long, value_name = "CATEGORY", value_parser = category)]
    category: Option<CategoryId>,
    #[arg(long, value_name = "QUANTITY")]
    quantity: Option<Quantity>,
    #[arg(
        long,
        value_name = "PURPOSE",
        default_value = "disaster_relief",
        value_parser = purpose
    )]
    purpose: PurposeId,
    #[arg(long, value_name = "DATE")]
    on: Option<Date>,
    #[arg(long, value_name = "PARTY")]
    onward_to: Option<PartyId>,
    #[arg(long, value_name = "PARTY")]
    transit: Vec<PartyId>,
    #[arg(long, value_name = "MODE", value_parser = ["sea", "air", "road", "rail", "grid"])]
    mode: Option<String>,
    #[arg(long)]
    requested: bool,
    #[arg(long, value_name = "HOURS")]
    hours_since: Option<i64>,
    #[arg(long, value_name = "INTENSITY", value_parser = intensity)]
    intensity: Option<Intensity>,
    #[arg(long, value_name = "ALERT", value_parser = ["green", "yellow", "orange", "red"])]
    alert: Option<String>,
    #[arg(long)]
    contact_lost: bool,
    #[arg(long, value_name = "CONSENT", value_parser = consent)]
    consent: Vec<ConsentForm>,
    #[arg(
        long,
        value_name = "STATUS",
        default_value = "actual",
        value_parser = ["actual", "exercise", "test"]
    )]
    status: String,
    #[arg(long, value_name = "AGREEMENT")]
    agreement: Option<AgreementId>,
}

fn intensity(text: &str) -> Result<Intensity, String> {
    text.parse()
}

/// Reads a consent as `PARTY:push`, `PARTY:transit` or `PARTY:onward`.
fn consent(text: &str) -> Result<ConsentForm, String> {
    let (by, to) = text.split_once(':').ok_or_else(|| text.to_owned())?;
    let by: PartyId = by.parse().map_err(|_| text.to_owned())?;
    if !["push", "transit", "onward"].contains(&to) {
        return Err(text.to_owned());
    }
    Ok(ConsentForm { by: by.into(), to: to.to_owned() })
}

impl Ask {
    fn form(self) -> AskForm {
        let alert = self.alert.and_then(|code| code.parse::<AlertLevel>().ok());
        let says_event = self.hours_since.is_some()
            || self.intensity.is_some()
            || alert.is_some()
            || self.contact_lost;
        let event = says_event.then(|| EventForm {
            hours_since: self.hours_since.unwrap_or(0),
            intensity: self.intensity.map(|degree| degree.code().to_owned()),
            alert: alert.map(|level| level.code().to_owned()),
            contact_lost: self.contact_lost,
        });
        AskForm {
            agreement: self.agreement.map(String::from),
            giver: self.giver.into(),
            receiver: self.receiver.into(),
            action: self.action,
            commodity: self.commodity.map(String::from),
            category: self.category.map(String::from),
            quantity: self.quantity.map(String::from),
            purpose: self.purpose.into(),
            on: self.on.map(|date| date.to_string()),
            onward_to: self.onward_to.map(String::from),
            status: Some(self.status),
            mode: self.mode,
            transit: self.transit.into_iter().map(String::from).collect(),
            requested: self.requested,
            event,
            consents: self.consent,
        }
    }
}

pub(super) fn run(ask: Ask, context: &Context<'_>) -> Result<Answer, Failure> {
    let words = context.words;
    let fetched = context.desk()?.send::<AskAnswer>("/agreements/ask", &json!(ask.form()))?;
    let answer = &fetched.page;
    let mut page = Page::default();
    page.title(words.code("outcome", &answer.outcome));
    for reason in &answer.reasons {
        page.field(words.say("label-reason"), words.of(&reason.words));
    }
    for line in &answer.missing {
        page.field(words.say("label-missing"), missing(line, context));
    }
    for line in &answer.clauses {
        show_clause(line, words, &mut page);
    }
    for way in &answer.settlement {
        page.field(words.say("column-settlement"), settlement(way, words));
    }
    if !answer.alternatives.is_empty() {
        page.title(words.say("ask-alternatives"));
    }
    for line in &answer.alternatives {
        show_alternative(line, context, &mut page);
    }
    let exit = (answer.outcome != "permitted").then_some(Exit::Refused);
    Ok(Answer::new(fetched.value, page).ending(exit))
}

/// What is missing, with whose move it is.
fn missing(line: &MissingLine, context: &Context<'_>) -> String {
    let what = context.words.of(&line.words);
    match &line.party {
        Some(party) => format!("{what} — {}", context.party(party)),
        None => what.to_owned(),
    }
}

/// A clause in plain words, and below it the text that binds in each of its languages.
fn show_clause(line: &DecidingClause, words: &Words, page: &mut Page) {
    let (article, caption) = (words.of(&line.article), words.of(&line.caption));
    let plain = format!("{}/{} {article}: {caption}", line.agreement, line.clause);
    page.field(words.say("column-clause"), plain);
    for text in &line.authentic {
        page.field(format!("  {}", text.lang), text.text.clone());
    }
}

/// A way of settling with its days.
fn settlement(way: &SettlementWay, words: &Words) -> String {
    let mode = words.code("mode", &way.mode);
    match (way.days, way.else_reimbursement_days) {
        (None, _) => mode,
        (Some(days), None) => {
            words.say_with("settlement-days", &[("mode", mode.into()), ("days", days.into())])
        }
        (Some(days), Some(later)) => words.say_with(
            "settlement-days-else",
            &[("mode", mode.into()), ("days", days.into()), ("later", later.into())],
        ),
    }
}

/// What is changed, what permits it, what it still needs, and the command that asks it.
fn show_alternative(line: &AlternativeLine, context: &Context<'_>, page: &mut Page) {
    let words = context.words;
    let changes: Vec<&str> = line.changes.iter().map(|change| words.of(&change.words)).collect();
    page.field(words.code("outcome", &line.outcome), changes.join(" + "));
    for need in &line.missing {
        page.field(format!("  {}", words.say("label-missing")), missing(need, context));
    }
    for cited in &line.clauses {
        page.field(format!("  {}", words.say("column-clause")), clause(cited, words));
    }
    page.field(format!("  {}", words.say("label-command")), command(&line.form, context));
}

/// The command line that asks a form, as a shell reads it.
fn command(form: &AskForm, context: &Context<'_>) -> String {
    let mut line = vec!["pumasi agreement ask".to_owned()];
    let mut option = |name: &str, value: Option<&str>| {
        line.extend(value.map(|value| format!("--{name} {}", quoted(value))));
    };
    let data = context.data.display().to_string();
    option("data", Some(data.as_str()).filter(|data| *data != "data"));
    option("agreement", form.agreement.as_deref());
    option("giver", Some(&form.giver));
    option("receiver", Some(&form.receiver));
    option("action", Some(&form.action));
    option("commodity", form.commodity.as_deref());
    option("category", form.category.as_deref());
    option("quantity", form.quantity.as_deref());
    option("purpose", Some(form.purpose.as_str()).filter(|word| *word != "disaster_relief"));
    option("on", form.on.as_deref());
    option("onward-to", form.onward_to.as_deref());
    for party in &form.transit {
        option("transit", Some(party));
    }
    option("mode", form.mode.as_deref());
    let event = form.event.as_ref();
    let hours = event.map(|event| event.hours_since.to_string());
    option("hours-since", hours.as_deref());
    option("intensity", event.and_then(|event| event.intensity.as_deref()));
    option("alert", event.and_then(|event| event.alert.as_deref()));
    for held in &form.consents {
        option("consent", Some(&format!("{}:{}", held.by, held.to)));
    }
    option("status", form.status.as_deref().filter(|status| *status != "actual"));
    if form.requested {
        line.push("--requested".to_owned());
    }
    if event.is_some_and(|event| event.contact_lost) {
        line.push("--contact-lost".to_owned());
    }
    line.join(" ")
}

/// A value as one word of a shell.
fn quoted(value: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./:+".contains(c);
    if !value.is_empty() && value.chars().all(is_plain) {
        return value.to_owned();
    }
    format!("'{}'", value.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_one_word_of_a_shell() {
        assert_eq!(quoted("kr-45"), "kr-45");
        assert_eq!(quoted("500 EA"), "'500 EA'");
        assert_eq!(quoted("it's"), r"'it'\''s'");
        assert_eq!(quoted(""), "''");
    }

    #[test]
    fn a_consent_names_who_and_to_what() {
        let held = consent("jp-17:push").unwrap();
        assert_eq!((held.by.as_str(), held.to.as_str()), ("jp-17", "push"));
        for wrong in ["jp-17", "jp-17:sell", "JP 17:push", ""] {
            assert!(consent(wrong).is_err(), "{wrong}");
        }
    }
}
