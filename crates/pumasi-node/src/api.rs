//! The desk's API: what officers at this node, their browser and other systems may ask and do.
//!
//! It listens on loopback only. Every call carries the token of the data folder: as a bearer for
//! programs, as a cookie for the browser, which gets it by opening the address the node prints.

mod acts;
mod answer;
pub mod carry;
mod doctor;
mod files;
pub mod identity;
mod lives;
mod pages;
mod personal;
mod readiness;
pub mod recovery;
mod register;
mod ui;

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::{any, get, post};
use futures_util::stream::{self, Stream};
use pumasi_base::PartyId;

use crate::clock::Clock;
use crate::readiness::Runs;
use crate::service::Service;
use crate::sync::board::Board;

/// The most bytes a desk may send: an alert of any service fits.
pub const BODY_BYTES_MAX: usize = 64 * 1024 * 1024;

/// Everything a handler needs.
#[derive(Clone)]
pub struct Desk {
    /// The node.
    pub service: Arc<Service>,
    /// What it knows of its neighbours.
    pub board: Arc<Board>,
    /// What is told when a neighbour is added while the node runs.
    pub neighbours: tokio::sync::mpsc::UnboundedSender<crate::sync::Neighbour>,
    /// The clock.
    pub clock: Clock,
    /// The readiness runs that lie beside it.
    pub readiness: Arc<Runs>,
    /// The token of the data folder.
    pub token: Arc<str>,
}

impl Desk {
    /// The parties whose nodes answer, this one among them, and those whose nodes do not.
    fn by_reach(&self) -> (BTreeSet<PartyId>, BTreeSet<PartyId>) {
        let mut able = BTreeSet::from([self.service.party().clone()]);
        let mut unreachable = BTreeSet::new();
        for (party, heard) in self.board.all() {
            let side = if heard.is_reachable() { &mut able } else { &mut unreachable };
            side.insert(party);
        }
        (able, unreachable)
    }
}

/// The routes of the desk.
pub fn router(desk: Desk) -> Router {
    let api = Router::new()
        .route("/node", get(pages::node))
        .route("/neighbours", get(pages::neighbours))
        .route("/doctor", get(doctor::doctor))
        .route("/metrics", get(doctor::metrics))
        .route("/situation", get(pages::situation))
        .route("/situation/{format}", get(files::situation))
        .route("/cases", get(pages::cases))
        .route("/cases/{id}", get(pages::case))
        .route("/cases/{id}/report", get(pages::report))
        .route("/agreements", get(pages::agreements))
        .route("/agreements/ask", post(pages::ask))
        .route("/agreements/steps", post(lives::step))
        .route("/agreements/map", get(pages::map))
        .route("/agreements/{id}", get(pages::agreement))
        .route("/agreements/{id}/life", get(lives::life))
        .route("/agreements/{id}/diff", get(pages::diff))
        .route("/choices", get(pages::choices))
        .route("/events", get(events))
        .route("/acts", post(acts::act))
        .route("/acts/{id}/personal", get(personal::shown))
        .route("/personal/erase", post(personal::erase))
        .route("/matters", get(pages::matters).post(acts::matter))
        .route("/matters/{id}", get(pages::matter))
        .route("/digests", get(pages::digests))
        .route("/alerts", post(acts::alert))
        .route("/situations", post(acts::situation))
        .route("/plan", get(pages::plan))
        .route("/plan/text/{digest}", get(pages::plan_text))
        .route("/plans", post(acts::plan))
        .route("/readiness", get(readiness::page))
        .route("/readiness/{run}/{file}", get(readiness::file))
        .route("/parties", get(pages::parties).post(acts::trust))
        .route("/identity", get(identity::log).post(identity::admit))
        .route("/recovery", get(recovery::shown).post(recovery::change))
        .route("/register", get(register::register))
        .route("/register/proof/{act}", get(register::proof))
        .route("/register/tile/{*path}", get(register::tile))
        .route("/export", get(carry::export))
        .route("/import", post(carry::import))
        .route("/relay", get(carry::relayed).post(carry::relay))
        .fallback(answer::no_such_page)
        .method_not_allowed_fallback(answer::no_such_method)
        .layer(middleware::map_response(answer::in_words))
        .layer(middleware::from_fn_with_state(desk.clone(), must_have_token))
        .layer(axum::extract::DefaultBodyLimit::max(BODY_BYTES_MAX));
    Router::new()
        .nest("/api/v1", api)
        .route("/api", any(answer::no_such_page))
        .route("/api/", any(answer::no_such_page))
        .route("/api/{*path}", any(answer::no_such_page))
        .fallback(get(ui::file))
        .layer(middleware::from_fn_with_state(desk.clone(), take_token))
        .with_state(desk)
}

/// Turns the address a node prints into a cookie, so that the token leaves the address bar.
async fn take_token(State(desk): State<Desk>, request: Request, next: Next) -> Response {
    let uri = request.uri();
    let given =
        uri.query().and_then(|query| query.split('&').find_map(|pair| pair.strip_prefix("token=")));
    match given {
        Some(token) if same(token, &desk.token) => {
            let name = cookie_name(&desk);
            let cookie = format!("{name}={token}; Path=/; HttpOnly; SameSite=Strict");
            let to = Redirect::to(uri.path());
            ([(header::SET_COOKIE, cookie)], to).into_response()
        }
        _ => next.run(request).await,
    }
}

/// Cookies are kept by host without regard to ports, so nodes on one machine need names that
/// differ.
fn cookie_name(desk: &Desk) -> String {
    format!("pumasi-{}", desk.service.party())
}

async fn must_have_token(State(desk): State<Desk>, request: Request, next: Next) -> Response {
    let presented = presented(request.headers(), &cookie_name(&desk));
    let Some(presented) = presented.filter(|presented| same(presented.token(), &desk.token)) else {
        return answer::problem(StatusCode::UNAUTHORIZED, "no_token");
    };
    // A browser adds the cookie to what any page on this machine sends, whatever its port.
    let is_by_cookie = matches!(presented, Presented::Cookie(_));
    if is_by_cookie && !request.method().is_safe() && is_foreign(request.headers()) {
        return answer::problem(StatusCode::FORBIDDEN, "foreign_page");
    }
    next.run(request).await
}

/// How a token came.
enum Presented {
    Bearer(String),
    Cookie(String),
}

impl Presented {
    fn token(&self) -> &str {
        match self {
            Self::Bearer(token) | Self::Cookie(token) => token,
        }
    }
}

fn presented(headers: &HeaderMap, cookie: &str) -> Option<Presented> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(bearer) = text(header::AUTHORIZATION) {
        return bearer.strip_prefix("Bearer ").map(|token| Presented::Bearer(token.to_owned()));
    }
    let mut pairs = text(header::COOKIE)?.split("; ").filter_map(|pair| pair.split_once('='));
    pairs.find(|(name, _)| *name == cookie).map(|(_, token)| Presented::Cookie(token.to_owned()))
}

/// Whether another page than one of this desk sent the request.
fn is_foreign(headers: &HeaderMap) -> bool {
    let Some(origin) = headers.get(header::ORIGIN) else { return false };
    let origin = origin.to_str().ok().and_then(|origin| origin.split_once("://"));
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    origin.map(|(_, host)| host) != host
}

/// Compares two tokens in a time that does not tell where they differ.
fn same(given: &str, token: &str) -> bool {
    let differing = given.bytes().zip(token.bytes()).fold(0, |all, (a, b)| all | (a ^ b));
    given.len() == token.len() && differing == 0
}

/// Tells a page that something changed; the page asks for what it shows.
async fn events(State(desk): State<Desk>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let watch = desk.service.ledger().watch();
    let start = (desk, watch, None::<(u64, u64)>);
    let changes = stream::unfold(start, |(desk, mut watch, seen)| async move {
        loop {
            let now = (*watch.borrow_and_update(), desk.board.version());
            if seen != Some(now) {
                let (position, neighbours) = now;
                let data = format!("{{\"position\":{position},\"neighbours\":{neighbours}}}");
                let event = Event::default().id(position.to_string()).data(data);
                return Some((Ok(event), (desk, watch, Some(now))));
            }
            // A neighbour may fall silent while nothing is stored.
            let pause = tokio::time::timeout(Duration::from_secs(2), watch.changed());
            tokio::select! {
                changed = pause => {
                    if matches!(changed, Ok(Err(_))) {
                        return None;
                    }
                }
                () = desk.board.closed() => return None,
            }
        }
    });
    Sse::new(changes).keep_alive(KeepAlive::default())
}
