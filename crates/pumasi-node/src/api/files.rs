//! The situation as a file, in each format that the list of formats has.

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use pumasi_base::Lang;
use pumasi_view::{fault, situation as view};
use pumasi_wire::formats::{Format, SITUATION, Telling, WriteError};
use serde::Deserialize;

use super::{Desk, answer, pages};

/// Of which case, and for whom.
#[derive(Deserialize)]
pub(super) struct Wish {
    case: Option<String>,
    lang: Option<Lang>,
}

/// Writes what this party may see of a situation, under a name to store it by.
pub(super) async fn situation(
    State(desk): State<Desk>,
    Path(format): Path<String>,
    Query(wish): Query<Wish>,
) -> Response {
    let Some(format) = Format::named(&format) else {
        let names: Vec<&str> = SITUATION.iter().map(|format| format.name).collect();
        let detail = format!("{format} ({})", names.join(", "));
        return answer::detailed(StatusCode::NOT_FOUND, "format_unknown", &detail);
    };
    let service = &desk.service;
    let (lexicon, reach) = (service.lexicon(), pages::reach(&desk));
    let as_of = pages::as_of(&desk, wish.case.as_deref());
    let page = service.with_matters(|held| {
        view::situation(&lexicon, held, service.party(), wish.case.as_deref(), as_of, &reach)
    });
    let telling =
        Telling { lexicon: &lexicon, party: service.party(), lang: wish.lang.unwrap_or_default() };
    match format.write(&page, &telling) {
        Ok(text) => {
            let name = page.as_ref().case.as_ref().map_or("", |case| &case.id);
            let name = format!("attachment; filename=\"{}\"", format.file_name(name));
            let headers = [
                (header::CONTENT_TYPE, format.media_type.to_owned()),
                (header::CONTENT_DISPOSITION, name),
            ];
            (headers, text).into_response()
        }
        Err(WriteError::NoCase) => match &wish.case {
            Some(case) => (StatusCode::NOT_FOUND, Json(fault::case_unknown(case))).into_response(),
            None => answer::problem(StatusCode::NOT_FOUND, "no_case"),
        },
        Err(WriteError::NothingToTell) => answer::problem(StatusCode::NOT_FOUND, "nothing_to_tell"),
        Err(error @ WriteError::Assembly(_)) => {
            tracing::error!(%error, "a situation could not be written");
            answer::detailed(StatusCode::INTERNAL_SERVER_ERROR, "not_written", &error.to_string())
        }
    }
}
