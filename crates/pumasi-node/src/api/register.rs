//! What the desk may read of registers.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use pumasi_base::{PartyId, Time};
use pumasi_log::{Checkpoint, Note, TilePath};
use pumasi_view::Lexicon;
use pumasi_view::page::{
    BehindLine, CheckpointLine, ContradictionLine, CosignedLine, PartyName, RegisterPage,
    RegisterStandingCode, SeenLine,
};

use super::{Desk, answer};
use crate::service::register::{
    Cosigned, Evidence, Origin, RegisterError, RegisterShown, RegisterStanding,
};

pub(super) async fn register(State(desk): State<Desk>) -> Response {
    let shown = desk.service.register();
    Json(page(&shown, desk.service.party(), &desk.service.lexicon())).into_response()
}

fn page(shown: &RegisterShown, party: &PartyId, lexicon: &Lexicon) -> RegisterPage {
    let (standing, behind) = match &shown.standing {
        RegisterStanding::Unconfirmed => (RegisterStandingCode::Unconfirmed, None),
        RegisterStanding::Sound => (RegisterStandingCode::Sound, None),
        RegisterStanding::Behind { here, signed, root, shown_by } => {
            let shown_by = shown_by.as_ref().map(|party| lexicon.party(party));
            let (here, signed, root) = (*here, *signed, root.to_string());
            let behind = BehindLine { here, signed, root, shown_by };
            (RegisterStandingCode::Behind, Some(behind))
        }
    };
    RegisterPage {
        party: lexicon.party(party),
        origin: shown.key.name().to_owned(),
        key: shown.key.to_string(),
        size: shown.size,
        root: shown.root.to_string(),
        standing,
        behind,
        checkpoint: shown.checkpoint.as_ref().map(|(checkpoint, note)| CheckpointLine {
            size: checkpoint.size,
            root: checkpoint.root.to_string(),
            note: note.to_string(),
        }),
        cosigned: shown.cosigned.iter().map(|cosigned| cosigned_line(cosigned, lexicon)).collect(),
        seen: shown.seen.iter().filter_map(|(c, note)| seen_line(c, note, lexicon)).collect(),
        contradictions: shown
            .contradictions
            .iter()
            .filter_map(|evidence| contradiction_line(evidence, lexicon))
            .collect(),
    }
}

/// When a witness saw what it cosigned, by its clock.
pub(super) fn cosigned_at(cosigned: &Cosigned) -> Time {
    let seconds = i64::try_from(cosigned.seconds).unwrap_or(i64::MAX);
    Time::from_second(seconds).unwrap_or(Time::MAX)
}

fn cosigned_line(cosigned: &Cosigned, lexicon: &Lexicon) -> CosignedLine {
    CosignedLine {
        party: lexicon.party(&cosigned.witness.party),
        witness: cosigned.witness.to_string(),
        size: cosigned.size,
        time: cosigned_at(cosigned).to_string(),
        note: cosigned.note.to_string(),
    }
}

fn party_of(origin: &str, lexicon: &Lexicon) -> Option<PartyName> {
    origin.parse::<Origin>().ok().map(|origin| lexicon.party(&origin.party))
}

fn seen_line(checkpoint: &Checkpoint, note: &Note, lexicon: &Lexicon) -> Option<SeenLine> {
    Some(SeenLine {
        party: party_of(&checkpoint.origin, lexicon)?,
        origin: checkpoint.origin.clone(),
        size: checkpoint.size,
        root: checkpoint.root.to_string(),
        note: note.to_string(),
    })
}

fn contradiction_line(evidence: &Evidence, lexicon: &Lexicon) -> Option<ContradictionLine> {
    let proof = &evidence.proof;
    // A file that was altered since proves nothing any more.
    let shown = proof.verify(proof.key()).ok()?;
    Some(ContradictionLine {
        party: party_of(&shown.smaller.origin, lexicon),
        origin: shown.smaller.origin,
        smaller_size: shown.smaller.size,
        smaller_root: shown.smaller.root.to_string(),
        larger_size: shown.larger.size,
        larger_root: shown.larger.root.to_string(),
        file: evidence.file.display().to_string(),
        proof: proof.to_string(),
    })
}

pub(super) async fn proof(State(desk): State<Desk>, Path(act): Path<String>) -> Response {
    let Ok(id) = act.parse() else {
        return answer::detailed(StatusCode::NOT_FOUND, "act_unknown", &act);
    };
    match desk.service.prove_act(&id) {
        Ok(proof) => ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], proof.to_string())
            .into_response(),
        Err(error) => refused(&error),
    }
}

pub(super) async fn tile(State(desk): State<Desk>, Path(path): Path<String>) -> Response {
    let Ok(path) = format!("tile/{path}").parse::<TilePath>() else {
        return answer::problem(StatusCode::NOT_FOUND, "no_such_page");
    };
    match desk.service.tile(&path) {
        Ok(Some(bytes)) => {
            ([(header::CONTENT_TYPE, "application/octet-stream")], bytes).into_response()
        }
        Ok(None) => answer::problem(StatusCode::NOT_FOUND, "no_such_page"),
        Err(error) => refused(&error),
    }
}

fn refused(error: &RegisterError) -> Response {
    let (status, code) = match error {
        RegisterError::Store(error) => return answer::store(error),
        RegisterError::ActUnknown(_) => (StatusCode::NOT_FOUND, "act_unknown"),
        RegisterError::Behind { .. } => (StatusCode::CONFLICT, "register_behind"),
        RegisterError::Unconfirmed | RegisterError::Beyond(_) => {
            (StatusCode::CONFLICT, "register_unconfirmed")
        }
        _ => (StatusCode::INTERNAL_SERVER_ERROR, "store_failed"),
    };
    answer::detailed(status, code, &error.to_string())
}
