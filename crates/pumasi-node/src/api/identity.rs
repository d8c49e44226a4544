//! The party's own identity log at its desk: read, and taken further by an entry that was signed
//! elsewhere. Root keys never pass here.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use pumasi_act::{ActId, Envelope};
use pumasi_base::PartyId;
use serde::{Deserialize, Serialize};

use super::acts::blocking;
use super::{Desk, answer};
use crate::service::{OwnEntryError, Service};

/// A party's whole identity log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdentityLog {
    /// Whose.
    pub party: PartyId,
    /// The id of the founding entry.
    pub fingerprint: ActId,
    /// Every entry known, those beside the log included, each an envelope as text, in an order in
    /// which they can be admitted.
    pub entries: Vec<String>,
}

pub(super) async fn log(State(desk): State<Desk>) -> Response {
    let service = &desk.service;
    let party = service.party().clone();
    let log = service.with_identities(|identities| {
        let identity = identities.of(&party)?;
        let entries = identities.entries(&party).iter().map(Envelope::write).collect();
        Some(IdentityLog { party: party.clone(), fingerprint: identity.founded, entries })
    });
    match log {
        Some(log) => Json(log).into_response(),
        None => answer::problem(StatusCode::NOT_FOUND, "identity_unusable"),
    }
}

/// An entry of this party's own log, signed by enough root keys.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewEntry {
    /// The envelope as text.
    entry: String,
}

pub(super) async fn admit(State(desk): State<Desk>, body: Bytes) -> Response {
    let new: NewEntry = match serde_json::from_slice(&body) {
        Ok(new) => new,
        Err(error) => return answer::unreadable(&error.to_string()),
    };
    blocking(&desk, move |service| take(service, &new)).await
}

fn take(service: &Service, new: &NewEntry) -> Response {
    let envelope = match Envelope::read(new.entry.as_bytes()) {
        Ok(envelope) => envelope,
        Err(error) => return answer::unreadable(&error.to_string()),
    };
    match service.admit_own(&envelope) {
        Ok(change) => Json(change).into_response(),
        Err(error) => refused(&error),
    }
}

fn refused(error: &OwnEntryError) -> Response {
    match error {
        OwnEntryError::Service(error) => answer::service(error),
        OwnEntryError::Identity(error) => answer::identity(error),
        OwnEntryError::Outdated { newest } => {
            answer::detailed(StatusCode::CONFLICT, "identity_entry_outdated", &newest.to_string())
        }
        OwnEntryError::Recovering { awaited } => answer::recovering(awaited),
        OwnEntryError::OtherParty(party) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            answer::detailed(status, "identity_entry_foreign", party.as_str())
        }
    }
}
