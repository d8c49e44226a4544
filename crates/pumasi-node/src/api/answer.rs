//! Answers that are no pages: what, why with the clause, and what to do, in four languages.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use axum::Json;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use pumasi_act::{IdentityError, Refusal};
use pumasi_base::{Captions, Digest, Lang, PartyId};
use pumasi_view::Lexicon;
use pumasi_view::page::{Problem, Words};
use serde::{Deserialize, Serialize};

use crate::seal::SealError;
use crate::service::{AuthorError, CarryError, ReceiveError, ReliefError, ServiceError, StepError};
use crate::store::StoreError;
use crate::sync::relay::LeaveError;

/// The words of one problem.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProblemCaptions {
    what: Captions,
    help: Captions,
}

fn captions() -> &'static BTreeMap<String, ProblemCaptions> {
    static CAPTIONS: OnceLock<BTreeMap<String, ProblemCaptions>> = OnceLock::new();
    // A test reads the file, so that nothing is left out here.
    CAPTIONS.get_or_init(|| toml::from_str(include_str!("problems.i18n.toml")).unwrap_or_default())
}

fn fill(captions: &Captions, detail: &str) -> Words {
    let mut words = Words::from(captions);
    for text in [&mut words.ko, &mut words.ja, &mut words.zh, &mut words.en] {
        *text = text.replace("{detail}", detail);
    }
    words
}

/// Whether who asks has what `tag` stands for already (RFC 9110, section 13.1.2).
pub(super) fn has(asked: &HeaderMap, tag: &str) -> bool {
    asked.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes())
}

/// A page that is asked for again and again: who has it as it is now is told so and no more.
pub(super) fn tagged(asked: &HeaderMap, page: &impl Serialize) -> Response {
    let Ok(bytes) = serde_json::to_vec(page) else {
        return Json(page).into_response();
    };
    let tag = format!("\"{}\"", Digest::of(&bytes));
    let held = [(header::ETAG, tag.clone()), (header::CACHE_CONTROL, "no-cache".to_owned())];
    if has(asked, &tag) {
        return (StatusCode::NOT_MODIFIED, held).into_response();
    }
    (held, [(header::CONTENT_TYPE, "application/json")], bytes).into_response()
}

/// A problem with nothing more to say than its code.
pub(super) fn problem(status: StatusCode, code: &str) -> Response {
    detailed(status, code, "")
}

/// A problem with the detail its words have a place for.
pub(super) fn detailed(status: StatusCode, code: &str, detail: &str) -> Response {
    let known = captions().get(code);
    let plain = || Words {
        ko: code.to_owned(),
        ja: code.to_owned(),
        zh: code.to_owned(),
        en: code.to_owned(),
    };
    let problem = Problem {
        code: code.to_owned(),
        words: known.map_or_else(plain, |captions| fill(&captions.what, detail)),
        clauses: Vec::new(),
        help: known.map(|captions| fill(&captions.help, detail)),
    };
    (status, Json(problem)).into_response()
}

/// Nothing lies under this path.
pub(super) async fn no_such_page() -> Response {
    problem(StatusCode::NOT_FOUND, "no_such_page")
}

/// Something lies under this path, but it is not asked so.
pub(super) async fn no_such_method() -> Response {
    problem(StatusCode::METHOD_NOT_ALLOWED, "no_such_method")
}

/// How much of what the framework says is repeated.
const SAID_BYTES_MAX: usize = 4 * 1024;

/// Says in our words what the framework refused by itself: a query that does not read, a body
/// beyond the limit.
pub(super) async fn in_words(response: Response) -> Response {
    let status = response.status();
    let is_json = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|media| media.as_bytes().starts_with(b"application/json"));
    if !status.is_client_error() || is_json {
        return response;
    }
    let code = match status {
        StatusCode::PAYLOAD_TOO_LARGE => "body_too_large",
        _ => "body_unreadable",
    };
    let said = axum::body::to_bytes(response.into_body(), SAID_BYTES_MAX).await;
    let said = said.unwrap_or_default();
    detailed(status, code, &String::from_utf8_lossy(&said))
}

/// The rules or an agreement said no.
pub(super) fn refused(lexicon: &Lexicon, refusal: &Refusal) -> Response {
    // Where a second officer is lacking, no other clause helps.
    let help = match refusal {
        Refusal::OfficersMustSuffice { .. } => "officers_missing",
        _ => "refused",
    };
    let problem = Problem {
        code: refusal.code(),
        words: lexicon.refusal(refusal),
        clauses: refusal.clauses().iter().map(|cited| lexicon.clause(cited)).collect(),
        help: captions().get(help).map(|captions| fill(&captions.help, "")),
    };
    (StatusCode::UNPROCESSABLE_ENTITY, Json(problem)).into_response()
}

/// The ledger failed: the operator is told how, in the log and here at the desk.
pub(super) fn store(error: &StoreError) -> Response {
    tracing::error!(%error, "the ledger failed");
    let code = store_code(error);
    detailed(StatusCode::SERVICE_UNAVAILABLE, code, &error.to_string())
}

/// What an officer can mend has words of its own.
const fn store_code(error: &StoreError) -> &'static str {
    match error {
        StoreError::DiskFull { .. }
        | StoreError::Locked { .. }
        | StoreError::Corrupt { .. }
        | StoreError::Fenced { .. } => error.code(),
        _ => "store_failed",
    }
}

/// Why an officer's act was not made.
pub(super) fn author(lexicon: &Lexicon, error: &AuthorError) -> Response {
    let (status, code) = match error {
        AuthorError::Refused(refusal) => return refused(lexicon, refusal),
        AuthorError::Store(error) => return store(error),
        AuthorError::Receive(error) => return receive(error),
        AuthorError::Recovering { awaited } => return recovering(awaited),
        AuthorError::MatterUnknown(_) => (StatusCode::NOT_FOUND, "matter_unknown"),
        AuthorError::OfficerUnknown(_) => (StatusCode::UNPROCESSABLE_ENTITY, "officer_unknown"),
        AuthorError::AgreementUnknown(_) => (StatusCode::NOT_FOUND, "agreement_unknown"),
        AuthorError::ClaimUnconfirmed(_) => {
            (StatusCode::UNPROCESSABLE_ENTITY, "standing_unconfirmed")
        }
        AuthorError::Diverged { .. } => (StatusCode::CONFLICT, "matter_diverged"),
        AuthorError::Verify(_) => (StatusCode::UNPROCESSABLE_ENTITY, "act_unverifiable"),
        AuthorError::KindUnknown(_) => (StatusCode::UNPROCESSABLE_ENTITY, "kind_unknown"),
        AuthorError::Unwritable(_) => (StatusCode::UNPROCESSABLE_ENTITY, "body_unreadable"),
        AuthorError::Personal(_) => (StatusCode::UNPROCESSABLE_ENTITY, "personal_unusable"),
        AuthorError::Keys(_) => (StatusCode::SERVICE_UNAVAILABLE, "no_randomness"),
    };
    detailed(status, code, &error.to_string())
}

/// The node was restored from a backup and writes nothing until it is back.
pub(super) fn recovering(awaited: &BTreeSet<PartyId>) -> Response {
    let names: Vec<&str> = awaited.iter().map(PartyId::as_str).collect();
    let code = if names.is_empty() { "node_recovered" } else { "node_recovering" };
    detailed(StatusCode::CONFLICT, code, &names.join(", "))
}

/// Why acts that came from outside were not taken.
pub(super) fn receive(error: &ReceiveError) -> Response {
    let code = match error {
        ReceiveError::Store(error) => return store(error),
        ReceiveError::Damaged { .. } => {
            tracing::error!(%error, "the ledger is damaged");
            let status = StatusCode::SERVICE_UNAVAILABLE;
            return detailed(status, "corrupt", &error.to_string());
        }
        ReceiveError::Take(error) => error.code(),
    };
    detailed(StatusCode::UNPROCESSABLE_ENTITY, code, &error.to_string())
}

/// Why an identity was not trusted.
pub(super) fn service(error: &ServiceError) -> Response {
    match error {
        ServiceError::Store(error) => store(error),
        ServiceError::Identity(error) => identity(error),
        other => {
            detailed(StatusCode::UNPROCESSABLE_ENTITY, "identity_unusable", &other.to_string())
        }
    }
}

/// Why an entry of an identity log was not taken.
pub(super) fn identity(error: &IdentityError) -> Response {
    let problem = Problem {
        code: error.code().to_owned(),
        words: Words {
            ko: error.caption(Lang::Ko),
            ja: error.caption(Lang::Ja),
            zh: error.caption(Lang::Zh),
            en: error.caption(Lang::En),
        },
        clauses: Vec::new(),
        // The words say what to do.
        help: None,
    };
    (StatusCode::UNPROCESSABLE_ENTITY, Json(problem)).into_response()
}

/// Why an alert was not relayed or a plan not made.
pub(super) fn relief(lexicon: &Lexicon, error: &ReliefError) -> Response {
    let code = match error {
        ReliefError::Author(error) => return author(lexicon, error),
        ReliefError::Store(error) => return store(error),
        ReliefError::Alert(_) => "alert_unreadable",
        ReliefError::NoEvent => "alert_empty",
        ReliefError::TooManyEvents(_) => "alert_too_many",
        ReliefError::ExerciseAlert => "alert_is_exercise",
        ReliefError::NoCase(_) => "no_such_case",
        ReliefError::Problem(_) => "plan_impossible",
        ReliefError::Unsound(_) => "plan_unsound",
    };
    detailed(StatusCode::UNPROCESSABLE_ENTITY, code, &error.to_string())
}

/// Why there is no plan to show: nothing is needed yet, or nothing can be planned with.
pub(super) fn no_plan(error: &ReliefError) -> Response {
    detailed(StatusCode::NOT_FOUND, "plan_impossible", &error.to_string())
}

/// Why a step in an agreement's life was not taken.
pub(super) fn step(lexicon: &Lexicon, error: &StepError) -> Response {
    let code = match error {
        StepError::Author(error) => return author(lexicon, error),
        StepError::Form(_) => "step_unreadable",
        StepError::Text(_) => "instrument_unreadable",
        StepError::NoLife(_) => "agreement_not_proposed",
        StepError::UnderWay { .. } => "agreement_under_way",
        StepError::NoTarget(_) => "step_without_target",
    };
    detailed(StatusCode::UNPROCESSABLE_ENTITY, code, &error.to_string())
}

/// Why nothing was carried by file.
pub(super) fn carry(error: &CarryError) -> Response {
    let refused = StatusCode::UNPROCESSABLE_ENTITY;
    let (status, code) = match error {
        CarryError::Store(error) => return store(error),
        CarryError::Receive(error) => return receive(error),
        CarryError::Bundle(_) | CarryError::NotText => return unreadable(&error.to_string()),
        CarryError::SealedFor(parties) => {
            let names: Vec<&str> = parties.iter().map(PartyId::as_str).collect();
            return detailed(refused, "file_sealed_for", &names.join(", "));
        }
        CarryError::MatterUnknown(_) => (StatusCode::NOT_FOUND, "matter_unknown"),
        CarryError::Seal(SealError::NotOurs { .. }) => (refused, "file_not_ours"),
        CarryError::Seal(SealError::Damaged | SealError::Header) => (refused, "file_damaged"),
        CarryError::Seal(_) | CarryError::PartyUnknown(_) => (refused, "party_without_key"),
        CarryError::Keys(_) => (StatusCode::SERVICE_UNAVAILABLE, "keys_unusable"),
        CarryError::NotShared { .. } | CarryError::NothingShared(_) => (refused, "not_in_audience"),
    };
    detailed(status, code, &error.to_string())
}

/// Why a file was not left with a neighbour.
pub(super) fn left(error: &LeaveError) -> Response {
    let (status, code, detail) = match error {
        LeaveError::Store(error) => return store(error),
        LeaveError::NoWay(via) => (StatusCode::NOT_FOUND, "relay_no_way", via.to_string()),
        LeaveError::TooLarge { .. } => {
            (StatusCode::UNPROCESSABLE_ENTITY, "relay_too_large", error.to_string())
        }
        LeaveError::Refused { text, status: 507, .. } => {
            (StatusCode::UNPROCESSABLE_ENTITY, "relay_full", text.clone())
        }
        LeaveError::Refused { .. } => {
            (StatusCode::UNPROCESSABLE_ENTITY, "relay_refused", error.to_string())
        }
        LeaveError::Peer(_) => (StatusCode::BAD_GATEWAY, "relay_unreachable", error.to_string()),
    };
    detailed(status, code, &detail)
}

/// A body that is not what the call asks for.
pub(super) fn unreadable(what: &str) -> Response {
    detailed(StatusCode::BAD_REQUEST, "body_unreadable", what)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_problem_named_here_has_its_words() {
        let source = include_str!("answer.rs");
        let quoted = source.split('"').skip(1).step_by(2);
        let codes = quoted.filter(|text| {
            text.contains('_') && text.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
        });
        let mut count = 0;
        for code in codes {
            let captions = captions().get(code).unwrap_or_else(|| panic!("{code} has no words"));
            assert!(captions.what.missing().is_empty() && captions.help.missing().is_empty());
            count += 1;
        }
        assert!(count > 15, "{count}");
        assert!(captions().contains_key("no_token"));
    }

    #[test]
    fn a_failing_ledger_says_what_an_officer_can_mend() {
        let at = || std::path::PathBuf::from("ledger.sqlite");
        let full = || std::sync::Arc::new(std::io::Error::from(std::io::ErrorKind::StorageFull));
        let cases = [
            (StoreError::DiskFull { at: at(), source: full() }, "disk_full"),
            (StoreError::Locked { at: at(), process: Some(7) }, "locked"),
            (StoreError::Corrupt { at: at(), what: "a page".to_owned() }, "corrupt"),
            (StoreError::Fenced { at: at(), decider: "b".to_owned() }, "fenced"),
            (StoreError::Closed { at: at() }, "store_failed"),
            (StoreError::Io { doing: "read", at: at(), source: full() }, "store_failed"),
        ];
        for (error, code) in cases {
            assert_eq!(store_code(&error), code);
            let captions = captions().get(code).unwrap();
            assert!(captions.what.missing().is_empty() && captions.help.missing().is_empty());
            let words = fill(&captions.what, &error.to_string());
            assert!(words.ko.contains("ledger.sqlite") && !words.ko.contains('{'), "{words:?}");
        }
    }
}
