//! Readiness runs: what one says, and the files behind it.

use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;

use super::{Desk, answer};
use crate::readiness::ReadinessError;

/// Which run.
#[derive(Deserialize)]
pub(super) struct OfRun {
    run: Option<String>,
}

/// Runs `work` away from the network's threads: it reads files and adds up.
async fn blocking(desk: Desk, work: impl FnOnce(&Desk) -> Response + Send + 'static) -> Response {
    match tokio::task::spawn_blocking(move || work(&desk)).await {
        Ok(response) => response,
        Err(panic) => std::panic::resume_unwind(panic.into_panic()),
    }
}

pub(super) async fn page(
    State(desk): State<Desk>,
    Query(of): Query<OfRun>,
    asked: HeaderMap,
) -> Response {
    let read =
        move |desk: &Desk| match desk.readiness.page(&desk.service.lexicon(), of.run.as_deref()) {
            // The page looks again every few seconds, at what is hundreds of kilobytes.
            Ok(page) => answer::tagged(&asked, &page),
            Err(error) => fault(&error),
        };
    blocking(desk, read).await
}

pub(super) async fn file(
    State(desk): State<Desk>,
    Path((run, file)): Path<(String, String)>,
) -> Response {
    let read = move |desk: &Desk| match desk.readiness.file(&desk.service.lexicon(), &run, &file) {
        Ok(bytes) => {
            let is_csv = file.ends_with(".csv");
            let media =
                if is_csv { "text/csv; charset=utf-8" } else { "application/vnd.apache.parquet" };
            let name = format!("attachment; filename=\"{file}\"");
            let headers =
                [(header::CONTENT_TYPE, media.to_owned()), (header::CONTENT_DISPOSITION, name)];
            (headers, bytes).into_response()
        }
        Err(error) => fault(&error),
    };
    blocking(desk, read).await
}

fn fault(error: &ReadinessError) -> Response {
    match error {
        ReadinessError::Absent(name) => {
            answer::detailed(StatusCode::NOT_FOUND, "readiness_absent", name)
        }
        ReadinessError::Folder(_) | ReadinessError::File { .. } => {
            let detail = error.to_string();
            answer::detailed(StatusCode::UNPROCESSABLE_ENTITY, "readiness_unreadable", &detail)
        }
    }
}
