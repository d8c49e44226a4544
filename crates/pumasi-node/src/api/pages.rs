//! What the desk may read.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use pumasi_act::{ActId, KeyRecord};
use pumasi_agreement::Agreements;
use pumasi_base::{Digest, PartyId, Status, Time};
use pumasi_view::map::MapForm;
use pumasi_view::page::{
    AskForm, CaseLine, DigestAgreement, FactLine, MatterLine, NeighbourCosigned, NeighbourLine,
    NeighboursPage, NodePage, OfficerLine, SharedMatter, Words,
};
use pumasi_view::report::{MatterDigests, ReportInputs};
use pumasi_view::{
    agreements, ask as view_ask, case as view_case, diff as view_diff, fault, map as view_map,
    report as view_report, situation as view,
};
use serde::{Deserialize, Serialize};

use super::acts::blocking;
use super::register::cosigned_at;
use super::{Desk, answer, lives};
use crate::service::register::Cosigned;
use crate::service::{ByReach, MatterDigest, ReliefError};
use crate::sync;

pub(super) async fn node(State(desk): State<Desk>) -> Response {
    let service = &desk.service;
    let lexicon = service.lexicon();
    let identity = service.with_identities(|all| all.of(service.party()).cloned());
    let Some(identity) = identity else {
        return answer::problem(StatusCode::NOT_FOUND, "identity_unusable");
    };
    let acts = match service.ledger().head() {
        Ok(acts) => acts,
        Err(error) => return answer::store(&error),
    };
    let (size, root) = service.register_root();
    let key = KeyRecord::of(service.node_key());
    let incarnation = identity.nodes.get(&key.id()).map_or(0, |node| node.incarnation);
    let officers = identity.mandates.values().map(|mandate| OfficerLine {
        id: mandate.officer.to_string(),
        name: mandate.name.clone(),
        kinds: mandate.kinds.iter().cloned().collect(),
        not_after: mandate.not_after.to_string(),
        officers_needed: mandate.officers_needed,
    });
    Json(NodePage {
        party: lexicon.party(service.party()),
        key: key.public.to_string(),
        identity: identity.founded.to_string(),
        incarnation,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        time: desk.clock.now().to_string(),
        acts,
        register_root: format!("{size} {root}"),
        officers: officers.collect(),
    })
    .into_response()
}

pub(super) async fn neighbours(State(desk): State<Desk>) -> Response {
    let service = &desk.service;
    let lexicon = service.lexicon();
    let known = match sync::neighbours(service.ledger()) {
        Ok(known) => known,
        Err(error) => return answer::store(&error),
    };
    let board = desk.board.all();
    let (titles, cosigned) = (titles(&desk), service.register().cosigned);
    let lines = known.iter().map(|neighbour| {
        let heard = board.get(&neighbour.party).cloned().unwrap_or_default();
        let here = service.digests(&neighbour.party);
        NeighbourLine {
            party: lexicon.party(&neighbour.party),
            url: neighbour.url.clone(),
            reachable: heard.is_reachable(),
            last_heard: heard.last_heard.map(|time| time.to_string()),
            silent_since: heard.silent_since.map(|time| time.to_string()),
            failure: heard.failure.clone(),
            cursor: heard.cursor,
            head: heard.head,
            cosigned: newest_of(&cosigned, &neighbour.party),
            matters: shared(&here, &heard.digests, &titles),
        }
    });
    let as_of = desk.clock.now().to_string();
    Json(NeighboursPage { as_of, neighbours: lines.collect() }).into_response()
}

/// The cosignature of a party that covers most; each node of a party witnesses on its own.
fn newest_of(cosigned: &[Cosigned], party: &PartyId) -> Option<NeighbourCosigned> {
    let of_party = cosigned.iter().filter(|cosigned| cosigned.witness.party == *party);
    let newest = of_party.max_by_key(|cosigned| (cosigned.size, cosigned.seconds))?;
    Some(NeighbourCosigned { size: newest.size, time: cosigned_at(newest).to_string() })
}

fn shared(
    here: &[MatterDigest],
    there: &BTreeMap<ActId, MatterDigest>,
    titles: &BTreeMap<ActId, Words>,
) -> Vec<SharedMatter> {
    here.iter()
        .filter_map(|here| {
            let there = there.get(&here.matter);
            let agreement = match there {
                None => DigestAgreement::Unknown,
                Some(there) if there.frontier != here.frontier => DigestAgreement::Behind,
                Some(there) if there.state == here.state => DigestAgreement::Equal,
                Some(_) => DigestAgreement::Diverged,
            };
            Some(SharedMatter {
                matter: here.matter.to_string(),
                title: titles.get(&here.matter)?.clone(),
                here: here.state.to_string(),
                there: there.map(|there| there.state.to_string()),
                agreement,
            })
        })
        .collect()
}

fn titles(desk: &Desk) -> BTreeMap<ActId, Words> {
    desk.service.with_matters(|held| {
        held.iter()
            .filter_map(|held| held.folded.state.as_ref())
            .map(|state| (state.matter, Words::from(&state.genesis.title)))
            .collect()
    })
}

/// The moment pages of a case speak of: the clock's, or in an exercise that of its latest act.
pub(super) fn as_of(desk: &Desk, case: Option<&str>) -> Time {
    let exercise = desk.service.with_matters(|held| {
        held.iter()
            .filter(|held| {
                held.folded.state.as_ref().is_some_and(|state| {
                    state.genesis.status != Status::Actual
                        && case.is_none_or(|case| state.genesis.case == case)
                })
            })
            .flat_map(|held| held.acts.iter().map(|act| act.payload().time))
            .max()
    });
    exercise.unwrap_or_else(|| desk.clock.now())
}

/// Every party this node knows of: whether its node answers, and when it was last heard.
pub(super) fn reach(desk: &Desk) -> Vec<(PartyId, bool, Option<Time>)> {
    let own = (desk.service.party().clone(), true, Some(desk.clock.now()));
    let heard = desk.board.all();
    std::iter::once(own)
        .chain(heard.into_iter().map(|(party, heard)| {
            let reachable = heard.is_reachable();
            (party, reachable, heard.last_heard)
        }))
        .collect()
}

#[derive(Deserialize)]
pub(super) struct OfCase {
    case: Option<String>,
}

pub(super) async fn situation(State(desk): State<Desk>, Query(of): Query<OfCase>) -> Response {
    let service = &desk.service;
    let (lexicon, reach) = (service.lexicon(), reach(&desk));
    let as_of = as_of(&desk, of.case.as_deref());
    let page = service.with_matters(|held| {
        view::situation(&lexicon, held, service.party(), of.case.as_deref(), as_of, &reach)
    });
    Json(page.into_inner()).into_response()
}

/// Which plan, and whether it is to be reckoned anew.
#[derive(Deserialize)]
pub(super) struct OfPlan {
    case: Option<String>,
    #[serde(default)]
    fresh: bool,
}

pub(super) async fn plan(State(desk): State<Desk>, Query(of): Query<OfPlan>) -> Response {
    let (able, unreachable) = desk.by_reach();
    let reach = ByReach { able, unreachable };
    let as_of = as_of(&desk, of.case.as_deref());
    blocking(&desk, move |service| {
        match service.plan_page(of.case.as_deref(), of.fresh, reach, as_of) {
            Ok(page) => Json(page).into_response(),
            // Nothing to plan for is no fault of who asks.
            Err(error @ (ReliefError::NoCase(_) | ReliefError::Problem(_))) => {
                answer::no_plan(&error)
            }
            Err(error) => answer::relief(&service.lexicon(), &error),
        }
    })
    .await
}

pub(super) async fn plan_text(State(desk): State<Desk>, Path(digest): Path<String>) -> Response {
    let Ok(digest) = digest.parse::<Digest>() else {
        return answer::problem(StatusCode::NOT_FOUND, "no_such_page");
    };
    match desk.service.plan_text(&digest) {
        Ok(Some(text)) => text.into_response(),
        Ok(None) => answer::problem(StatusCode::NOT_FOUND, "no_such_page"),
        Err(error) => answer::relief(&desk.service.lexicon(), &error),
    }
}

pub(super) async fn cases(State(desk): State<Desk>) -> Response {
    let service = &desk.service;
    let page = service.with_matters(|held| view_case::cases(held, service.party()));
    Json(page.into_inner()).into_response()
}

pub(super) async fn case(State(desk): State<Desk>, Path(id): Path<String>) -> Response {
    let service = &desk.service;
    let (lexicon, attempts) = (service.lexicon(), service.attempts());
    let as_of = as_of(&desk, Some(&id));
    let page = service.with_matters(|held| {
        view_case::case(&lexicon, held, service.party(), &id, as_of, &attempts)
    });
    match page {
        Some(page) => Json(page.into_inner()).into_response(),
        None => (StatusCode::NOT_FOUND, Json(fault::case_unknown(&id))).into_response(),
    }
}

pub(super) async fn report(State(desk): State<Desk>, Path(id): Path<String>) -> Response {
    let service = &desk.service;
    let (lexicon, attempts) = (service.lexicon(), service.attempts());
    let digests = case_digests(&desk, &id);
    let facts = facts(&id);
    let inputs = ReportInputs {
        period_hours: REPORT_PERIOD_HOURS,
        attempts: &attempts,
        digests: &digests,
        facts: &facts,
    };
    let page = service
        .with_matters(|held| view_report::report(&lexicon, held, service.party(), &id, inputs));
    match page {
        Some(page) => Json(page.into_inner()).into_response(),
        None => (StatusCode::NOT_FOUND, Json(fault::case_unknown(&id))).into_response(),
    }
}

/// Hours between two points of the unmet needs in a report.
const REPORT_PERIOD_HOURS: i64 = 6;

/// Every matter of a case, as it stands here and as neighbours last said it stands there.
fn case_digests(desk: &Desk, case: &str) -> Vec<MatterDigests> {
    let own = desk.service.party();
    let board = desk.board.all();
    desk.service.with_matters(|held| {
        held.iter()
            .filter_map(|held| Some((held.folded.state.as_ref()?, held.folded)))
            .filter(|(state, _)| state.genesis.case == case)
            .map(|(state, folded)| {
                let here = (Some(folded.digest()), folded.order.len());
                let node = |party: &PartyId| {
                    let there = board.get(party).and_then(|h| h.digests.get(&state.matter));
                    let there = there.map(|d| (Some(d.state), d.acts.try_into().unwrap_or(0)));
                    let (digest, acts) =
                        if party == own { here } else { there.unwrap_or((None, 0)) };
                    (party.clone(), digest, u32::try_from(acts).unwrap_or(u32::MAX))
                };
                let nodes = state.genesis.audience.iter().map(node).collect();
                MatterDigests { matter: state.matter, nodes }
            })
            .collect()
    })
}

/// What really happened, when the case is a drill this node carries.
fn facts(case: &str) -> Vec<FactLine> {
    crate::drill::Script::builtin(case).map_or_else(|_| Vec::new(), |script| script.fact_lines())
}

pub(super) async fn agreements(State(desk): State<Desk>) -> Response {
    let (service, now) = (&desk.service, desk.clock.now());
    let standings = service.in_use(Status::Actual, now).standings;
    Json(agreements::agreements(&service.lexicon(), &standings, now).into_inner()).into_response()
}

pub(super) async fn agreement(State(desk): State<Desk>, Path(id): Path<String>) -> Response {
    let (service, now) = (&desk.service, desk.clock.now());
    let standings = service.in_use(Status::Actual, now).standings;
    match agreements::agreement(&service.lexicon(), &standings, &id, now) {
        Some(page) => Json(page.into_inner()).into_response(),
        None => (StatusCode::NOT_FOUND, Json(fault::agreement_unknown(&id))).into_response(),
    }
}

/// Which drafts to compare.
#[derive(Deserialize)]
pub(super) struct OfDrafts {
    matter: Option<String>,
    from: Option<u32>,
    to: Option<u32>,
}

pub(super) async fn diff(
    State(desk): State<Desk>,
    Path(id): Path<String>,
    Query(of): Query<OfDrafts>,
) -> Response {
    let (service, lexicon) = (&desk.service, desk.service.lexicon());
    let Ok(agreement) = id.parse() else {
        return (StatusCode::NOT_FOUND, Json(fault::agreement_unknown(&id))).into_response();
    };
    // Not the texts in use: a draft that is in force here would be compared with itself.
    let library = service.with_library(|library| library.agreements().get(&agreement).cloned());
    let wanted = view_diff::Wanted {
        matter: of.matter.as_deref(),
        from: of.from,
        to: of.to,
        library: library.as_ref(),
    };
    let page = service
        .with_matters(|held| view_diff::diff(&lexicon, held, service.party(), &agreement, wanted));
    match page {
        Ok(page) => Json(page.into_inner()).into_response(),
        Err(problem) => (StatusCode::NOT_FOUND, Json(problem)).into_response(),
    }
}

pub(super) async fn choices(State(desk): State<Desk>) -> Response {
    Json(agreements::choices(&desk.service.lexicon()).into_inner()).into_response()
}

/// The agreements in use for what a form asks, each as it stands on the day asked about.
fn in_use(
    desk: &Desk,
    status: Option<&str>,
    on: Option<&str>,
    now: Time,
) -> Result<Agreements, Box<Response>> {
    // What does not read is told by the view, with the field it stands in.
    let status = match status {
        Some("exercise") => Status::Exercise,
        Some("test") => Status::Test,
        _ => Status::Actual,
    };
    let moment = lives::moment(on.and_then(|day| day.trim().parse().ok()), now);
    desk.service.in_use(status, moment).compile().map_err(|error| {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        Box::new(answer::detailed(status, "agreements_clash", &error.to_string()))
    })
}

/// The map; a party may be named several times.
pub(super) async fn map(
    State(desk): State<Desk>,
    Query(fields): Query<Vec<(String, String)>>,
) -> Response {
    let mut form = MapForm::default();
    for (name, value) in fields {
        match name.as_str() {
            "party" => form.parties.push(value),
            "on" => form.on = Some(value),
            "purpose" => form.purpose = Some(value),
            "status" => form.status = Some(value),
            "first_hours" => form.first_hours = Some(value),
            "within_days" => form.within_days = Some(value),
            _ => {}
        }
    }
    let lexicon = desk.service.lexicon();
    let now = desk.clock.now();
    let compiled = match in_use(&desk, form.status.as_deref(), form.on.as_deref(), now) {
        Ok(compiled) => compiled,
        Err(response) => return *response,
    };
    match view_map::map(&lexicon, &compiled, &form, Some(desk.service.party()), now) {
        Ok(page) => Json(page.into_inner()).into_response(),
        Err(problem) => (StatusCode::UNPROCESSABLE_ENTITY, Json(problem)).into_response(),
    }
}

pub(super) async fn ask(State(desk): State<Desk>, body: axum::body::Bytes) -> Response {
    let form: AskForm = match serde_json::from_slice(&body) {
        Ok(form) => form,
        Err(error) => return answer::unreadable(&error.to_string()),
    };
    let lexicon = desk.service.lexicon();
    let now = desk.clock.now();
    let compiled = match in_use(&desk, form.status.as_deref(), form.on.as_deref(), now) {
        Ok(compiled) => compiled,
        Err(response) => return *response,
    };
    let service = &desk.service;
    let identity = service.with_identities(|all| all.of(service.party()).cloned());
    let answered = service.with_matters(|held| {
        let own = identity.as_ref().map(|identity| view_ask::Own { identity, held });
        view_ask::ask(&lexicon, &compiled, own.as_ref(), &form, now)
    });
    match answered {
        Ok(page) => Json(page.into_inner()).into_response(),
        Err(problem) => (StatusCode::UNPROCESSABLE_ENTITY, Json(problem)).into_response(),
    }
}

/// A matter with its case, for lists.
#[derive(Serialize)]
struct MatterOfCase {
    case: CaseLine,
    matter: MatterLine,
}

fn all_matters(desk: &Desk) -> Vec<MatterOfCase> {
    let service = &desk.service;
    let (lexicon, attempts) = (service.lexicon(), service.attempts());
    let mut all = Vec::new();
    let cases = service.with_matters(|held| view_case::cases(held, service.party())).into_inner();
    for line in cases.cases {
        let as_of = as_of(desk, Some(&line.id));
        let page = service.with_matters(|held| {
            view_case::case(&lexicon, held, service.party(), &line.id, as_of, &attempts)
        });
        let matters = page.map(|page| page.into_inner().matters).unwrap_or_default();
        all.extend(matters.into_iter().map(|matter| MatterOfCase { case: line.clone(), matter }));
    }
    all
}

pub(super) async fn matters(State(desk): State<Desk>) -> Response {
    Json(all_matters(&desk)).into_response()
}

/// How every matter stands here: cheap to ask, so that others can wait for a sync.
pub(super) async fn digests(State(desk): State<Desk>) -> Response {
    Json(desk.service.digests(desk.service.party())).into_response()
}

pub(super) async fn matter(State(desk): State<Desk>, Path(id): Path<String>) -> Response {
    match all_matters(&desk).into_iter().find(|m| m.matter.id.starts_with(&id)) {
        Some(matter) => Json(matter).into_response(),
        None => answer::detailed(StatusCode::NOT_FOUND, "matter_unknown", &id),
    }
}

/// A party this node trusts, with what a neighbour needs to trust it too.
#[derive(Serialize)]
struct TrustedParty {
    party: PartyId,
    names: Words,
    fingerprint: String,
    url: Option<String>,
    identity: Vec<String>,
}

pub(super) async fn parties(State(desk): State<Desk>) -> Response {
    let service = &desk.service;
    let urls: BTreeMap<PartyId, String> = match sync::neighbours(service.ledger()) {
        Ok(known) => known.into_iter().map(|n| (n.party, n.url)).collect(),
        Err(error) => return answer::store(&error),
    };
    let parties: Vec<TrustedParty> = service.with_identities(|all| {
        all.all()
            .map(|identity| TrustedParty {
                party: identity.party.clone(),
                names: Words::from(&identity.names),
                fingerprint: identity.founded.to_string(),
                url: urls.get(&identity.party).cloned(),
                identity: all.chain(&identity.party).iter().map(|e| e.write()).collect(),
            })
            .collect()
    });
    Json(parties).into_response()
}
