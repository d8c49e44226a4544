//! `pumasi agreement prove`: a way in which something may happen, or the proof that there is none.

use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::Args;
use pumasi_base::{CategoryId, PartyId, PurposeId, Status};
use pumasi_node::agreement::scope::mode_code;
use pumasi_node::agreement::{
    Action, Agreement, Agreements, Claim, Question, Witness, vocabulary, witness,
};
use pumasi_node::library::Library;
use serde_json::{Value, json};

use super::{in_all, named, read_file, term};
use crate::commands::Context;
use crate::failure::{Exit, Failure};
use crate::output::{Answer, Page};
use crate::words::moment;

/// What is claimed never to happen.
#[derive(Args)]
pub struct Prove {
    #[arg(long, value_name = "CATEGORY", value_parser = category)]
    category: Option<CategoryId>,
    #[arg(long, value_name = "PARTY")]
    giver: Option<PartyId>,
    #[arg(long, value_name = "PARTY")]
    receiver: Option<PartyId>,
    #[arg(long, value_name = "PURPOSE", value_parser = purpose)]
    purpose: Option<PurposeId>,
    #[arg(
        long,
        value_name = "ACTION",
        value_parser = ["request", "offer", "order", "push", "transit", "share"]
    )]
    action: Option<String>,
    #[arg(long, value_name = "STATUS", value_parser = ["actual", "exercise", "test"])]
    status: Option<String>,
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
}

/// Reads a category; a word that no agreement can use would prove nothing.
pub(super) fn category(text: &str) -> Result<CategoryId, String> {
    let id: CategoryId = text.parse().map_err(|_| text.to_owned())?;
    vocabulary::category(&id).map(|_| id).ok_or_else(|| text.to_owned())
}

/// Reads a purpose that agreements can use.
pub(super) fn purpose(text: &str) -> Result<PurposeId, String> {
    let id: PurposeId = text.parse().map_err(|_| text.to_owned())?;
    vocabulary::purpose(&id).map(|_| id).ok_or_else(|| text.to_owned())
}

/// Looks for a way, in the files given or in the whole library.
pub(super) fn run(prove: Prove, context: &Context<'_>) -> Result<Answer, Failure> {
    let library = context.library()?;
    let agreements: Vec<Agreement> = if prove.files.is_empty() {
        library.agreements().values().cloned().collect()
    } else {
        prove.files.iter().map(|file| read_file(file, context)).collect::<Result<_, _>>()?
    };
    let members: BTreeSet<&PartyId> = agreements.iter().flat_map(Agreement::members).collect();
    for party in prove.giver.iter().chain(&prove.receiver) {
        // A party that no agreement names would make the proof an empty one.
        if !members.contains(party) {
            let failure = Failure::new("failure-not-found", Exit::NotFound);
            return Err(failure.with("name", party.as_str()));
        }
    }
    let claim = claim_of(prove, &library);
    let compiled = Agreements::compile(&agreements)
        .map_err(|error| Failure::new("failure-agreements-clash", Exit::BadFile).because(error))?;
    let count = agreements.len();
    Ok(match witness(&compiled, &claim) {
        None => {
            let mut page = Page::default();
            let fillings = [("count", count.into())];
            page.title(context.words.say_with("proof-none", &fillings));
            Answer::new(json!({ "agreements": count, "witness": null }), page)
        }
        Some(found) => {
            let page = page(&found, &agreements, context, &library);
            let value = json!({ "agreements": count, "witness": value(&found) });
            Answer::new(value, page).ending(Some(Exit::Refused))
        }
    })
}

fn claim_of(prove: Prove, library: &Library) -> Claim {
    let action = prove.action.and_then(|action| action.parse().ok());
    let status = prove.status.and_then(|word| {
        let all = [Status::Actual, Status::Exercise, Status::Test];
        all.into_iter().find(|status| status.to_string() == word)
    });
    let commodities = library.catalog.commodities.values();
    Claim {
        actions: action.map_or_else(|| Claim::MOVES.to_vec(), |action: Action| vec![action]),
        giver: prove.giver,
        receiver: prove.receiver,
        category: prove.category,
        purpose: prove.purpose,
        status,
        on: None,
        known: commodities.map(|c| (c.id.clone(), c.category.clone())).collect(),
    }
}

fn page(
    found: &Witness,
    agreements: &[Agreement],
    context: &Context<'_>,
    library: &Library,
) -> Page {
    let words = context.words;
    let lang = words.lang();
    let question = &found.question;
    let mut page = Page::default();
    let permitted = found.is_permitted();
    page.title(words.say(if permitted { "proof-way" } else { "proof-way-consent" }))
        .field(words.say("column-step"), term("action", question.action.code(), context))
        .field(words.say("column-giver"), context.party_called(&question.giver, library))
        .field(words.say("column-receiver"), context.party_called(&question.receiver, library));
    let category = vocabulary::category(&question.category);
    let purpose = vocabulary::purpose(&question.purpose);
    page.field_if(words.say("column-category"), category.map(|c| c.in_lang(lang)))
        .field_if(words.say("column-commodity"), commodity(question, context, library))
        .field_if(words.say("column-purpose"), purpose.map(|p| p.in_lang(lang)))
        .field(words.say("column-status"), term("status", &question.status.to_string(), context))
        .field(words.say("column-time"), moment(&question.on.to_string()));
    let mode = question.mode.map(|mode| term("mode", mode_code(mode), context));
    page.field_if(words.say("column-carried"), mode)
        .field_if(words.say("column-supposed"), supposed(question).map(|key| words.say(key)));
    for reason in &found.decision.reasons {
        let said = reason.caption_with(lang, &|p| named(p, context, library));
        page.field(words.say("label-reason"), said);
    }
    let mut shown = BTreeSet::new();
    for cited in &found.decision.clauses {
        // A clause that both permits and limits is shown once.
        if !shown.insert((&cited.agreement, &cited.clause)) {
            continue;
        }
        let agreement = agreements.iter().find(|agreement| *agreement.id() == cited.agreement);
        let clause = agreement.and_then(|agreement| agreement.clause(&cited.clause));
        let Some((agreement, clause)) = agreement.zip(clause) else { continue };
        let title = agreement.title().in_lang(lang);
        let (article, caption) = (clause.article.in_lang(lang), clause.caption.in_lang(lang));
        page.field(words.say("column-clause"), format!("{title} · {article}: {caption}"));
    }
    page
}

/// The commodity of the question; one that stands for all that no clause names has no name.
fn commodity(question: &Question, context: &Context<'_>, library: &Library) -> Option<String> {
    let id = question.commodity.as_ref()?;
    let known = library.catalog.commodities.contains_key(id);
    Some(if known { context.commodity_called(id, library) } else { context.words.say("any-other") })
}

/// What the way supposes to have happened before.
fn supposed(question: &Question) -> Option<&'static str> {
    match question.event {
        Some(event) if event.contact_lost => Some("supposed-unreachable"),
        Some(_) => Some("supposed-event"),
        None => question.requested.then_some("supposed-requested"),
    }
}

fn value(found: &Witness) -> Value {
    let question = &found.question;
    let clauses: Vec<Value> = found
        .decision
        .clauses
        .iter()
        .map(|cited| {
            json!({
                "agreement": cited.agreement,
                "clause": cited.clause,
                "effect": cited.effect.code(),
            })
        })
        .collect();
    let reasons: Vec<Value> = found
        .decision
        .reasons
        .iter()
        .map(|reason| json!({ "code": reason.code(), "words": in_all(&|l| reason.caption(l)) }))
        .collect();
    json!({
        "outcome": found.decision.code(),
        "actor": question.actor,
        "action": question.action.code(),
        "giver": question.giver,
        "receiver": question.receiver,
        "category": question.category,
        "commodity": question.commodity,
        "quantity": question.quantity,
        "purpose": question.purpose,
        "status": question.status,
        "on": question.on,
        "mode": question.mode.map(mode_code),
        "requested": question.requested,
        "event": question.event.is_some(),
        "contact_lost": question.event.is_some_and(|event| event.contact_lost),
        "clauses": clauses,
        "reasons": reasons,
    })
}
