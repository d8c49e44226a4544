//! A node that comes back from a backup, at its desk: what it waits for, and going on without.

use std::collections::BTreeSet;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use pumasi_base::PartyId;
use serde::{Deserialize, Serialize};

use super::acts::blocking;
use super::{Desk, answer};
use crate::service::{Service, ServiceError};

/// Whether the node comes back from a backup, and from whom it waits to hear.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecoveryShown {
    /// Whether it does; it writes nothing then.
    pub recovering: bool,
    /// Neighbours that have not shown yet that they hold nothing this node has forgotten.
    pub awaited: BTreeSet<PartyId>,
}

impl RecoveryShown {
    /// As the node stands.
    #[must_use]
    pub fn of(service: &Service) -> Self {
        let recovery = service.recovery();
        let awaited = recovery.as_ref().map(|recovery| recovery.awaited().clone());
        Self { recovering: recovery.is_some(), awaited: awaited.unwrap_or_default() }
    }
}

pub(super) async fn shown(State(desk): State<Desk>) -> Response {
    Json(RecoveryShown::of(&desk.service)).into_response()
}

/// What to do.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wish {
    /// Treat the node as restored from a backup.
    #[serde(default)]
    begin: bool,
    /// Neighbours to go on without.
    #[serde(default)]
    without: BTreeSet<PartyId>,
}

pub(super) async fn change(State(desk): State<Desk>, body: Bytes) -> Response {
    match serde_json::from_slice::<Wish>(&body) {
        Ok(wish) => blocking(&desk, move |service| changed(service, &wish)).await,
        Err(error) => answer::unreadable(&error.to_string()),
    }
}

fn changed(service: &Service, wish: &Wish) -> Response {
    if !wish.begin && service.recovery().is_none() {
        return answer::problem(StatusCode::CONFLICT, "node_not_recovering");
    }
    let begun = if wish.begin { service.begin_recovery().map(drop) } else { Ok(()) };
    let done = begun.and_then(|()| {
        wish.without
            .iter()
            .try_for_each(|party| service.returned(party).map_err(ServiceError::from))
    });
    match done {
        Ok(()) => Json(RecoveryShown::of(service)).into_response(),
        Err(error) => answer::service(&error),
    }
}
