//! From messages to needs, and from needs to a plan, as acts of this party.

use std::collections::BTreeSet;

use pumasi_act::{ActId, State};
use pumasi_base::{Digest, OfficerId, PlaceId, Status, Time};
use pumasi_hazard::{Estimate, Finding, Message, ReadError, read_any};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{AuthorError, NewAct, Service};
use crate::store::StoreError;

mod plan;
mod plan_page;
mod reckon;
mod situation;
mod told;

pub use plan::{PlanAnswer, PlanForm, PlanTexts};
pub use plan_page::ByReach;
pub(super) use plan_page::Studies;
pub use situation::SituationForm;

/// The most messages of one feed that are relayed at once: who follows a feed of all earthquakes of
/// the world picks those that matter first.
const MESSAGES_MAX: usize = 64;

/// Why an alert was not relayed or a plan not made.
#[derive(Debug, thiserror::Error)]
pub enum ReliefError {
    /// The message does not read.
    #[error(transparent)]
    Alert(#[from] ReadError),
    /// It holds no event.
    #[error("the message holds no event")]
    NoEvent,
    /// It holds more events than are relayed at once.
    #[error("the feed holds {0} messages, {MESSAGES_MAX} are relayed at once")]
    TooManyEvents(usize),
    /// An exercise message never enters an actual matter.
    #[error("the message is an exercise, the matter is actual")]
    ExerciseAlert,
    /// No matter of the case is held here.
    #[error("`{0}`")]
    NoCase(String),
    /// The planning problem contradicts itself.
    #[error("{}", .0.join("; "))]
    Problem(Vec<String>),
    /// The plan fails the check.
    #[error("{}", .0.join("; "))]
    Unsound(Vec<String>),
    /// An act was not made.
    #[error(transparent)]
    Author(#[from] AuthorError),
    /// The ledger failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// How a message is relayed.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Relay {
    /// The matter.
    pub matter: ActId,
    /// Who signs.
    pub officer: OfficerId,
    /// The drill's time.
    #[serde(default)]
    pub time: Option<Time>,
    /// Whether to report the needs as well; yes when left out. A matter between two parties needs
    /// the alert, for its standing consents, but not a second report.
    #[serde(default)]
    pub report: Option<bool>,
}

/// What became of a message.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlertAnswer {
    /// The acts made: the alert, then the needs by province.
    pub relayed: Vec<ActId>,
    /// Places that were hit, as far as they are reported.
    pub places: usize,
    /// People out of their homes at the peak: low, central, high.
    pub evacuated: [i64; 3],
    /// Displaced people: low, central, high.
    pub displaced: [i64; 3],
    /// What was odd in the message or the estimate.
    pub findings: Vec<String>,
    /// Microseconds from the bytes to the needs.
    pub micros: u64,
}

impl AlertAnswer {
    /// An answer with one act made.
    fn of(act: ActId) -> Self {
        Self { relayed: vec![act], ..Self::default() }
    }

    fn add_findings(&mut self, findings: &[Finding]) {
        self.findings.extend(findings.iter().map(|f| format!("{}: {}", f.at, f.what)));
    }
}

impl Service {
    /// Reads a message, relays it in a matter and reports the needs it implies.
    ///
    /// The estimate rests on all messages that were relayed in the matter: observed intensity
    /// stands above every model, whichever came last. A message that withdraws the last one leaves
    /// needs of nothing.
    ///
    /// # Errors
    /// When the message does not read, is an exercise for an actual matter, or an act is refused.
    pub fn relay(
        &self,
        bytes: &[u8],
        relay: &Relay,
        now: Time,
    ) -> Result<AlertAnswer, ReliefError> {
        let matter = relay.matter;
        let status = self.status_of(&matter).ok_or(AuthorError::MatterUnknown(matter))?;
        let started = std::time::Instant::now();
        let read = read_any(bytes)?;
        match read.messages.len() {
            0 => return Err(ReliefError::NoEvent),
            1..=MESSAGES_MAX => {}
            more => return Err(ReliefError::TooManyEvents(more)),
        }
        if status == Status::Actual && read.messages.iter().any(|one| one.status != status) {
            return Err(ReliefError::ExerciseAlert);
        }
        let mut answer = AlertAnswer::default();
        answer.add_findings(&read.findings);
        // Where nothing is reported there is nothing to estimate.
        let mut estimate = None;
        if relay.report != Some(false) {
            let mut known = self.messages_of(matter)?;
            known.extend(read.messages.iter().cloned());
            estimate = Some(self.estimated(matter, &known));
        }
        answer.micros = started.elapsed().as_micros().try_into().unwrap_or(u64::MAX);
        let document = self.ledger.put_blob(bytes)?;
        for message in &read.messages {
            let body = told::alert(message, document, |place| self.province_of(place));
            let act = self.author(signed(relay, "relay_alert", json!(body)), now)?;
            answer.relayed.push(act);
        }
        if let (Some(alert), Some(estimate)) = (answer.relayed.last().copied(), estimate) {
            self.report(relay, alert, &estimate, now, &mut answer)?;
        }
        Ok(answer)
    }

    /// Every message relayed in a matter; a document relayed twice counts once.
    fn messages_of(&self, matter: ActId) -> Result<Vec<Message>, StoreError> {
        let documents: BTreeSet<Digest> = self.with_state(matter, |state| {
            state.alerts.values().map(|alert| alert.document).collect()
        });
        let mut messages = Vec::new();
        for document in documents {
            // What a neighbour relayed without its message tells nothing more than its act.
            let Some(bytes) = self.ledger.blob(&document)? else { continue };
            messages.extend(read_any(&bytes).map(|read| read.messages).unwrap_or_default());
        }
        Ok(messages)
    }

    /// What messages mean, with what was counted in a matter.
    fn estimated(&self, matter: ActId, known: &[Message]) -> Estimate {
        let damage = self.with_state(matter, situation::damage);
        self.with_library(|library| library.estimator.estimate(known, &damage))
    }

    fn with_state<T: Default>(&self, matter: ActId, read: impl FnOnce(&State) -> T) -> T {
        let inner = self.inner();
        let state = inner.replica.matter(&matter).and_then(|matter| matter.state());
        state.map(read).unwrap_or_default()
    }

    fn province_of(&self, place: &PlaceId) -> Option<PlaceId> {
        self.with_library(|library| {
            library.catalog.province_of(place).map(|province| province.id.clone())
        })
    }

    /// The provinces for which this party reported needs in a matter; what others report is not for
    /// it to take back.
    fn needy(&self, matter: &ActId) -> BTreeSet<PlaceId> {
        let inner = self.inner();
        let Some(held) = inner.replica.matter(matter) else { return BTreeSet::new() };
        let Some(state) = held.state() else { return BTreeSet::new() };
        let own = held.acts().iter().filter(|act| act.party() == self.party());
        let reports = own.filter_map(|act| state.needs.get(&act.id()));
        let needy = reports.filter(|report| !report.places.is_empty());
        needy.map(|report| report.province.clone()).collect()
    }

    /// States an estimate as reports, one or more for each province with a need, and for each that
    /// had one before.
    fn report(
        &self,
        relay: &Relay,
        alert: ActId,
        estimate: &Estimate,
        now: Time,
        answer: &mut AlertAnswer,
    ) -> Result<(), ReliefError> {
        answer.add_findings(&estimate.findings);
        answer.evacuated = told::three(estimate.evacuated);
        answer.displaced = told::three(estimate.displaced);
        let before = self.needy(&relay.matter);
        for report in told::reports(alert, estimate, &before, |place| self.province_of(place)) {
            answer.places += report.places.len();
            let id = self.author(signed(relay, "report_needs", json!(report)), now)?;
            answer.relayed.push(id);
        }
        Ok(())
    }
}

fn signed(relay: &Relay, kind: &str, body: serde_json::Value) -> NewAct {
    NewAct {
        matter: relay.matter,
        kind: kind.to_owned(),
        body,
        officers: BTreeSet::from([relay.officer.clone()]),
        clause: None,
        time: relay.time,
        personal: None,
    }
}
