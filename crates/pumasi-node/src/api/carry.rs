//! Matters that travel as files: on a stick or by mail, open or sealed, and through a neighbour.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::response::{IntoResponse as _, Response};
use pumasi_act::ActId;
use pumasi_base::{Digest, PartyId};
use serde::{Deserialize, Serialize};

use super::acts::{blocking, read};
use super::{Desk, answer};
use crate::run::TrustedKeys;
use crate::runtime::tls::Pins;
use crate::seal;
use crate::service::Received;
use crate::service::relay::{ALL_BYTES_MAX, KeptFile};
use crate::sync::relay;

/// Which matters to export, and for whom.
#[derive(Deserialize)]
pub(super) struct Wish {
    matter: Option<ActId>,
    /// The party whose nodes alone can open the file.
    to: Option<PartyId>,
}

pub(super) async fn export(State(desk): State<Desk>, Query(wish): Query<Wish>) -> Response {
    blocking(&desk, move |service| {
        let matters: Vec<ActId> = wish.matter.into_iter().collect();
        let written = match &wish.to {
            Some(to) => service.export_for(to, &matters).map(|file| seal::in_letters(&file)),
            None => service.export_open(&matters).map(|bundle| bundle.write()),
        };
        match written {
            Ok(text) => text.into_response(),
            Err(error) => answer::carry(&error),
        }
    })
    .await
}

/// What an import brought.
#[derive(Serialize)]
struct Imported {
    new: usize,
    known: usize,
    personal: usize,
    personal_refused: usize,
}

pub(super) async fn import(State(desk): State<Desk>, body: Bytes) -> Response {
    blocking(&desk, move |service| match service.import_file(&body) {
        Ok(Received { new, known, personal, personal_refused }) => {
            Json(Imported { new, known, personal, personal_refused }).into_response()
        }
        Err(error) => answer::carry(&error),
    })
    .await
}

/// What to leave with a neighbour, and for whom.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RelayWish {
    /// Whom it is for.
    to: PartyId,
    /// The neighbour to leave it with.
    via: PartyId,
    /// One matter; all that are shared with `to` when left out.
    matter: Option<ActId>,
}

/// What was left with a neighbour.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relayed {
    /// The id of the file there.
    pub id: Digest,
    /// Its bytes.
    pub bytes: usize,
    /// Whom it is for.
    pub to: PartyId,
    /// The neighbour that keeps it.
    pub via: PartyId,
}

pub(super) async fn relay(State(desk): State<Desk>, body: Bytes) -> Response {
    let wish: RelayWish = match read(&body) {
        Ok(wish) => wish,
        Err(response) => return *response,
    };
    let RelayWish { to, via, matter } = wish;
    let (service, wanted) = (Arc::clone(&desk.service), to.clone());
    let matters: Vec<ActId> = matter.into_iter().collect();
    let sealed = tokio::task::spawn_blocking(move || service.export_for(&wanted, &matters)).await;
    let file = match sealed {
        Ok(Ok(file)) => file,
        Ok(Err(error)) => return answer::carry(&error),
        Err(panic) => std::panic::resume_unwind(panic.into_panic()),
    };
    let pins: Arc<dyn Pins> = Arc::new(TrustedKeys(Arc::clone(&desk.service)));
    let bytes = file.len();
    match relay::send(&desk.service, &pins, &via, &to, file).await {
        Ok(id) => Json(Relayed { id, bytes, to, via }).into_response(),
        Err(error) => answer::left(&error),
    }
}

/// What this node keeps for others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RelayShown {
    /// The files, by recipient.
    pub files: Vec<KeptFile>,
    /// Their bytes together.
    pub bytes: u64,
    /// The most bytes that are kept.
    pub bytes_max: u64,
}

pub(super) async fn relayed(State(desk): State<Desk>) -> Response {
    blocking(&desk, |service| match service.relayed() {
        Ok(files) => {
            let bytes = files.iter().map(|file| file.bytes).sum();
            Json(RelayShown { files, bytes, bytes_max: ALL_BYTES_MAX }).into_response()
        }
        Err(error) => answer::store(&error),
    })
    .await
}
