//! The life of an agreement: reading it, and taking steps in it.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use pumasi_act::Mandate;
use pumasi_base::time::noon_between_neighbours;
use pumasi_base::{AgreementId, Date, Status, Time};
use pumasi_view::fault;
use pumasi_view::life::{Reader, lives, standing_line};
use pumasi_view::page::{RelayedLine, StandingLine, StepAnswer, StepForm};
use serde::Deserialize;

use super::{Desk, acts, answer};
use crate::service::{Service, Stepped};

/// The day a page is to speak of.
#[derive(Deserialize)]
pub(super) struct OnDay {
    on: Option<Date>,
}

/// The moment a page speaks of: that of the day it names, else now.
pub(super) fn moment(on: Option<Date>, now: Time) -> Time {
    on.and_then(noon_between_neighbours).unwrap_or(now)
}

pub(super) async fn life(
    State(desk): State<Desk>,
    Path(id): Path<String>,
    Query(OnDay { on }): Query<OnDay>,
) -> Response {
    let service = &desk.service;
    let unknown = || (StatusCode::NOT_FOUND, Json(fault::agreement_unknown(&id))).into_response();
    let Ok(agreement) = id.parse::<AgreementId>() else { return unknown() };
    let now = moment(on, desk.clock.now());
    let (lexicon, mandates) = (service.lexicon(), mandates(service));
    let reader = Reader { party: service.party(), mandates: &mandates, now };
    let page = service.with_matters(|held| lives(&lexicon, held, reader, &agreement));
    page.map_or_else(unknown, |page| Json(page.into_inner()).into_response())
}

/// The mandates of the officers whose keys lie at this node.
fn mandates(service: &Service) -> Vec<Mandate> {
    let here = service.officers();
    service.with_identities(|all| {
        let identity = all.of(service.party());
        let mandates = identity.into_iter().flat_map(|identity| identity.mandates.values());
        mandates.filter(|mandate| here.contains(&mandate.officer)).cloned().collect()
    })
}

pub(super) async fn step(State(desk): State<Desk>, body: Bytes) -> Response {
    let form: StepForm = match serde_json::from_slice(&body) {
        Ok(form) => form,
        Err(error) => return answer::unreadable(&error.to_string()),
    };
    let now = desk.clock.now();
    acts::blocking(&desk, move |service| match service.step(&form, now) {
        Ok(stepped) => Json(answered(service, &form, &stepped, now)).into_response(),
        Err(error) => answer::step(&service.lexicon(), &error),
    })
    .await
}

fn answered(service: &Service, form: &StepForm, stepped: &Stepped, now: Time) -> StepAnswer {
    let lexicon = service.lexicon();
    let relayed = stepped.relayed.iter().map(|(matter, outcome)| RelayedLine {
        matter: matter.to_string(),
        act: outcome.as_ref().ok().map(ToString::to_string),
        refused: outcome.as_ref().err().map(|refusal| lexicon.refusal(refusal)),
    });
    let told = form.time.as_deref().and_then(|time| time.parse().ok());
    StepAnswer {
        matter: stepped.matter.to_string(),
        acts: stepped.acts.iter().map(ToString::to_string).collect(),
        relayed: relayed.collect(),
        standing: standing(service, stepped, told.unwrap_or(now)),
    }
}

/// How the agreement stands in the matter of the step.
fn standing(service: &Service, stepped: &Stepped, now: Time) -> StandingLine {
    let lexicon = service.lexicon();
    let status = service.status_of(&stepped.matter).unwrap_or(Status::Actual);
    let life = service.life_in(&stepped.matter).unwrap_or_default();
    let text = life.newest().map(|draft| draft.agreement.as_ref());
    let on = life.day_at(now);
    standing_line(&lexicon, &life.standing_on(on), text, status, on)
}
