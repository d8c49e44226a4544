//! Personal data beside acts, for officers at this node.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use pumasi_act::ActId;
use serde::{Deserialize, Serialize};

use super::acts::blocking;
use super::{Desk, answer};

/// The personal data beside one act. Nobody on the way keeps them.
pub(super) async fn shown(State(desk): State<Desk>, Path(act): Path<ActId>) -> Response {
    blocking(&desk, move |service| match service.personal(&act) {
        Ok(Some(page)) => {
            ([(header::CACHE_CONTROL, "no-store")], Json(page.into_inner())).into_response()
        }
        Ok(None) => answer::detailed(StatusCode::NOT_FOUND, "personal_unknown", &act.to_string()),
        Err(error) => answer::store(&error),
    })
    .await
}

/// What to erase at this node.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Erase {
    matter: ActId,
    older_than_days: u32,
}

/// What was erased.
#[derive(Serialize)]
struct Erased {
    erased: usize,
}

pub(super) async fn erase(State(desk): State<Desk>, body: Bytes) -> Response {
    let form: Erase = match serde_json::from_slice(&body) {
        Ok(form) => form,
        Err(error) => return answer::unreadable(&error.to_string()),
    };
    let now = desk.clock.now();
    blocking(&desk, move |service| {
        match service.erase_personal(&form.matter, form.older_than_days, now) {
            Ok(erased) => Json(Erased { erased }).into_response(),
            Err(error) => answer::author(&service.lexicon(), &error),
        }
    })
    .await
}
