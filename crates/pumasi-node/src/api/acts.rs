//! What the desk may do. Every act is made by an officer whose key lies at this node.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use pumasi_act::{ActId, Envelope};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::{Desk, answer};
use crate::service::{NewAct, NewMatter, PlanForm, Relay, Service, SituationForm};
use crate::sync::{self, Neighbour};

/// The id of what was made.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Made {
    id: ActId,
}

pub(super) fn read<T: DeserializeOwned>(body: &Bytes) -> Result<T, Box<Response>> {
    serde_json::from_slice(body).map_err(|e| Box::new(answer::unreadable(&e.to_string())))
}

/// Runs `work` on the service away from the network's threads: it waits for the disk.
pub(super) async fn blocking(
    desk: &Desk,
    work: impl FnOnce(&Service) -> Response + Send + 'static,
) -> Response {
    let service = Arc::clone(&desk.service);
    match tokio::task::spawn_blocking(move || work(&service)).await {
        Ok(response) => response,
        Err(panic) => std::panic::resume_unwind(panic.into_panic()),
    }
}

pub(super) async fn act(State(desk): State<Desk>, body: Bytes) -> Response {
    let new: NewAct = match read(&body) {
        Ok(new) => new,
        Err(response) => return *response,
    };
    let now = desk.clock.now();
    blocking(&desk, move |service| match service.author(new, now) {
        Ok(id) => Json(Made { id }).into_response(),
        Err(error) => answer::author(&service.lexicon(), &error),
    })
    .await
}

pub(super) async fn matter(State(desk): State<Desk>, body: Bytes) -> Response {
    let new: NewMatter = match read(&body) {
        Ok(new) => new,
        Err(response) => return *response,
    };
    let now = desk.clock.now();
    blocking(&desk, move |service| match service.open_matter(new, now) {
        Ok(id) => Json(Made { id }).into_response(),
        Err(error) => answer::author(&service.lexicon(), &error),
    })
    .await
}

pub(super) async fn alert(
    State(desk): State<Desk>,
    Query(relay): Query<Relay>,
    body: Bytes,
) -> Response {
    let now = desk.clock.now();
    blocking(&desk, move |service| match service.relay(&body, &relay, now) {
        Ok(answer) => Json(answer).into_response(),
        Err(error) => answer::relief(&service.lexicon(), &error),
    })
    .await
}

pub(super) async fn situation(State(desk): State<Desk>, body: Bytes) -> Response {
    let form: SituationForm = match read(&body) {
        Ok(form) => form,
        Err(response) => return *response,
    };
    let now = desk.clock.now();
    blocking(&desk, move |service| match service.report_situation(&form, now) {
        Ok(answer) => Json(answer).into_response(),
        Err(error) => answer::relief(&service.lexicon(), &error),
    })
    .await
}

pub(super) async fn plan(State(desk): State<Desk>, body: Bytes) -> Response {
    let mut form: PlanForm = match read(&body) {
        Ok(form) => form,
        Err(response) => return *response,
    };
    let (able, unreachable) = desk.by_reach();
    form.able.get_or_insert(able);
    form.unreachable.get_or_insert(unreachable);
    let now = desk.clock.now();
    blocking(&desk, move |service| match service.plan(&form, now) {
        Ok(answer) => Json(answer).into_response(),
        Err(error) => answer::relief(&service.lexicon(), &error),
    })
    .await
}

/// A party to be trusted, as its own node shows it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Trust {
    /// Its identity log, founding entry first, each an envelope as text.
    identity: Vec<String>,
    /// The fingerprint it told by telephone or on paper.
    fingerprint: Option<ActId>,
    /// Where its node listens.
    url: Option<String>,
}

/// Whom this node now trusts.
#[derive(Serialize)]
struct Trusted {
    party: String,
    fingerprint: String,
}

pub(super) async fn trust(State(desk): State<Desk>, body: Bytes) -> Response {
    let trust: Trust = match read(&body) {
        Ok(trust) => trust,
        Err(response) => return *response,
    };
    let neighbours = desk.neighbours.clone();
    blocking(&desk, move |service| add(service, &trust, &neighbours)).await
}

fn add(
    service: &Service,
    trust: &Trust,
    neighbours: &tokio::sync::mpsc::UnboundedSender<Neighbour>,
) -> Response {
    let refused =
        |what: &str| answer::detailed(StatusCode::UNPROCESSABLE_ENTITY, "identity_unusable", what);
    let read = trust.identity.iter().map(|text| Envelope::read(text.as_bytes()));
    let envelopes: Vec<Envelope> = match read.collect() {
        Ok(envelopes) => envelopes,
        Err(error) => return refused(&error.to_string()),
    };
    let Some(founded) = envelopes.first().map(Envelope::id) else {
        return refused("the identity log is empty");
    };
    if trust.fingerprint.is_some_and(|told| told != founded) {
        return refused(&format!("its fingerprint is {founded}"));
    }
    let party = match service.trust(&envelopes) {
        Ok(party) => party,
        Err(error) => return answer::service(&error),
    };
    if let Some(url) = trust.url.clone().filter(|_| party != *service.party()) {
        let neighbour = Neighbour { party: party.clone(), url };
        if let Err(error) = sync::put_neighbour(service, &neighbour) {
            return answer::store(&error);
        }
        // The node is stopping when nobody listens; it will read the neighbour at its next start.
        let _stopping = neighbours.send(neighbour);
    }
    Json(Trusted { party: party.to_string(), fingerprint: founded.to_string() }).into_response()
}
