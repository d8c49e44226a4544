//! What needs attention at this node, in words for officers and in figures for machines.

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};

use super::acts::blocking;
use super::{Desk, answer};
use crate::service::metrics::MEDIA;

pub(super) async fn doctor(State(desk): State<Desk>) -> Response {
    let (heard, now) = (desk.board.all(), desk.clock.now());
    blocking(&desk, move |service| match service.doctor(Some(&heard), now) {
        Ok(page) => Json(page).into_response(),
        Err(error) => answer::service(&error),
    })
    .await
}

pub(super) async fn metrics(State(desk): State<Desk>) -> Response {
    let (heard, now) = (desk.board.all(), desk.clock.now());
    blocking(&desk, move |service| match service.metrics(&heard, now) {
        Ok(text) => ([(header::CONTENT_TYPE, MEDIA)], text).into_response(),
        Err(error) => answer::service(&error),
    })
    .await
}
