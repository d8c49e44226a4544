//! From an alert to needs, and from needs to a plan, as acts of this party.

use std::collections::{BTreeMap, BTreeSet};

use pumasi_act::kinds::relay_alert::RelayAlert;
use pumasi_act::kinds::report_needs::{NeedReport, PlaceReport, ReportNeeds};
use pumasi_act::{ActId, State};
use pumasi_base::{CommodityId, OfficerId, PlaceId, Point, Status, Time};
use pumasi_hazard::{
    Alert, Estimate, Event, Footprint, Intensity, JmaIntensity, MessageType, Need, estimate,
};
use pumasi_wire::{ReadError, read_alert};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{AuthorError, NewAct, Service};
use crate::store::StoreError;

mod plan;

pub use plan::{PlanAnswer, PlanForm};

/// The most places of one report: an act stays well below the size of a leaf.
const PLACES_MAX: usize = 32;

/// Why an alert was not relayed or a plan not made.
#[derive(Debug, thiserror::Error)]
pub enum ReliefError {
    /// The message does not read.
    #[error(transparent)]
    Alert(#[from] ReadError),
    /// It holds no event.
    #[error("the message holds no event")]
    NoEvent,
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlertAnswer {
    /// The acts made: the alert, then the needs by province.
    pub relayed: Vec<ActId>,
    /// Places with a need.
    pub places: usize,
    /// Displaced people: low, central, high.
    pub displaced: [i64; 3],
    /// What was odd in the message or the estimate.
    pub findings: Vec<String>,
    /// Microseconds from the bytes to the needs.
    pub micros: u64,
}

impl Service {
    /// Reads a message, relays it in a matter and reports the needs it implies.
    ///
    /// A later message without observations does not displace those of an earlier one: observed
    /// intensity stands above every model.
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
        let read = read_alert(bytes)?;
        if read.alerts.is_empty() {
            return Err(ReliefError::NoEvent);
        }
        if status == Status::Actual && read.alerts.iter().any(|a| a.status != Status::Actual) {
            return Err(ReliefError::ExerciseAlert);
        }
        let document = self.ledger.put_blob(bytes)?;
        let mut answer = AlertAnswer {
            relayed: Vec::new(),
            places: 0,
            displaced: [0; 3],
            findings: read.findings.iter().map(|f| format!("{}: {}", f.at, f.what)).collect(),
            micros: 0,
        };
        let signed = |kind: &str, body: serde_json::Value| NewAct {
            matter,
            kind: kind.to_owned(),
            body,
            officers: BTreeSet::from([relay.officer.clone()]),
            clause: None,
            time: relay.time,
            personal: None,
        };
        for alert in &read.alerts {
            let best = self.with_observations(alert, matter)?;
            let estimate =
                self.with_library(|library| estimate(&best, &library.catalog, &library.factors));
            answer.micros = started.elapsed().as_micros().try_into().unwrap_or(u64::MAX);
            let body = self.alert_body(alert, document);
            let relayed = self.author(signed("relay_alert", json!(body)), now)?;
            answer.relayed.push(relayed);
            if alert.kind == MessageType::Cancel || relay.report == Some(false) {
                continue;
            }
            answer
                .findings
                .extend(estimate.findings.iter().map(|f| format!("{}: {}", f.at, f.what)));
            let d = estimate.displaced;
            answer.displaced = [d.low, d.central, d.high];
            for report in self.reports(relayed, &estimate) {
                answer.places += report.places.len();
                let id = self.author(signed("report_needs", json!(report)), now)?;
                answer.relayed.push(id);
            }
        }
        Ok(answer)
    }

    /// The alert, with the observations of an earlier message when it has none itself.
    fn with_observations(&self, alert: &Alert, matter: ActId) -> Result<Alert, StoreError> {
        let mut best = alert.clone();
        if !alert.observed.is_empty() {
            return Ok(best);
        }
        let origin = alert.event.origin();
        let mut earlier: Vec<RelayAlert> =
            self.with_state(matter, |state| state.alerts.values().cloned().collect());
        earlier.sort_by_key(|alert| std::cmp::Reverse(alert.sent));
        for relayed in earlier.iter().filter(|relayed| !relayed.strongest.is_empty()) {
            let apart = pumasi_base::time::seconds_between(origin, relayed.origin).abs();
            if apart > SAME_EVENT_SECONDS {
                continue;
            }
            let Some(bytes) = self.ledger.blob(&relayed.document)? else { continue };
            let Ok(read) = read_alert(&bytes) else { continue };
            if let Some(observed) = read.alerts.into_iter().find(|a| !a.observed.is_empty()) {
                best.observed = observed.observed;
                break;
            }
        }
        Ok(best)
    }

    fn with_state<T: Default>(&self, matter: ActId, read: impl FnOnce(&State) -> T) -> T {
        let inner = self.inner();
        let state = inner.replica.matter(&matter).and_then(|matter| matter.state());
        state.map(read).unwrap_or_default()
    }

    fn alert_body(&self, alert: &Alert, document: pumasi_base::Digest) -> RelayAlert {
        let Event::Earthquake(quake) = &alert.event;
        let scale = quake.magnitude_type.as_deref().unwrap_or("M");
        let least = if quake.magnitude_is_minimum { "≥" } else { "" };
        RelayAlert {
            source: alert.version.source.to_string(),
            event: alert.version.id.clone(),
            version: format!("{} {}", alert.version.product, alert.version.serial),
            sent: alert.sent,
            origin: quake.origin,
            epicentre: quake.epicentre.unwrap_or(Point { lat_micro: 0, lon_micro: 0 }),
            magnitude: quake
                .magnitude_centi
                .map(|centi| format!("{least}{}.{} {scale}", centi / 100, centi % 100 / 10)),
            depth_km: quake.depth_m.map(|depth| depth / 1000),
            headline: alert.headline.as_ref().map_or_else(String::new, |h| h.text.clone()),
            headline_lang: alert.headline.as_ref().map_or_else(String::new, |h| h.lang.clone()),
            strongest: self.strongest(alert),
            document,
        }
    }

    /// The strongest observed class by province.
    fn strongest(&self, alert: &Alert) -> BTreeMap<PlaceId, String> {
        let mut strongest: BTreeMap<PlaceId, JmaIntensity> = BTreeMap::new();
        for observed in &alert.observed {
            let province = self.with_library(|library| {
                library.catalog.province_of(&observed.place).map(|place| place.id.clone())
            });
            if let (Some(province), Intensity::Jma(class)) = (province, observed.intensity) {
                let most = strongest.entry(province).or_insert(class);
                *most = (*most).max(class);
            }
        }
        strongest.into_iter().map(|(place, class)| (place, class.code().to_owned())).collect()
    }

    /// The estimate as reports, one or more for each province with a need.
    fn reports(&self, alert: ActId, estimate: &Estimate) -> Vec<ReportNeeds> {
        let mut needs: BTreeMap<&PlaceId, BTreeMap<CommodityId, NeedReport>> = BTreeMap::new();
        let mut sources: BTreeMap<CommodityId, String> = BTreeMap::new();
        for need in &estimate.needs {
            let (commodity, report) = need_report(need);
            sources.entry(commodity.clone()).or_insert_with(|| cited(need));
            needs.entry(&need.place).or_default().insert(commodity, report);
        }
        let mut provinces: BTreeMap<PlaceId, Vec<(PlaceId, PlaceReport)>> = BTreeMap::new();
        for footprint in &estimate.footprint {
            let needs = needs.remove(&footprint.place).unwrap_or_default();
            if needs.is_empty() && footprint.displaced.is_nothing() {
                continue;
            }
            let province = self.with_library(|library| {
                library.catalog.province_of(&footprint.place).map(|place| place.id.clone())
            });
            if let Some(province) = province {
                let report = place_report(footprint, needs);
                provinces.entry(province).or_default().push((footprint.place.clone(), report));
            }
        }
        let mut reports = Vec::new();
        for (province, places) in provinces {
            for chunk in places.chunks(PLACES_MAX) {
                reports.push(ReportNeeds {
                    alert,
                    province: province.clone(),
                    factors: estimate.factors_version.clone(),
                    sources: sources.clone(),
                    places: chunk.iter().cloned().collect(),
                });
            }
        }
        reports
    }
}

/// Two messages this close in origin speak of one event.
const SAME_EVENT_SECONDS: i64 = 120;

fn need_report(need: &Need) -> (CommodityId, NeedReport) {
    let per_day = !need.per_day.is_nothing();
    let range = if per_day { need.per_day } else { need.once };
    let amount = [range.low, range.central, range.high];
    (need.commodity.clone(), NeedReport { per_day, amount })
}

/// Where the factor behind a need comes from, on one line.
fn cited(need: &Need) -> String {
    let source = &need.source;
    format!("{}, {} ({})", source.publisher, source.title, source.published)
}

fn place_report(footprint: &Footprint, needs: BTreeMap<CommodityId, NeedReport>) -> PlaceReport {
    let (intensity, tenths) = shown(footprint.intensity);
    let displaced = footprint.displaced;
    PlaceReport {
        intensity,
        intensity_tenths: tenths,
        observed: footprint.observed,
        displaced: [displaced.low, displaced.central, displaced.high],
        needs,
    }
}

/// An intensity as people read it, and in tenths of its scale at the lower bound of its class.
fn shown(intensity: Intensity) -> (String, i32) {
    match intensity {
        Intensity::Mmi(mmi) => (format!("MMI {}", mmi.degree()), i32::from(mmi.degree()) * 10),
        Intensity::Jma(class) => {
            let tenths = match class {
                JmaIntensity::Zero => 0,
                JmaIntensity::One => 5,
                JmaIntensity::Two => 15,
                JmaIntensity::Three => 25,
                JmaIntensity::Four => 35,
                JmaIntensity::FiveLower => 45,
                JmaIntensity::FiveUpper => 50,
                JmaIntensity::SixLower => 55,
                JmaIntensity::SixUpper => 60,
                JmaIntensity::Seven => 65,
            };
            (class.code().to_owned(), tenths)
        }
    }
}
