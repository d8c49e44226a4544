//! What parties count and see, and what that makes of the estimate.

use std::collections::BTreeMap;

use pumasi_act::kinds::report_situation::{Counts, ReportSituation};
use pumasi_act::{ActId, State};
use pumasi_base::{OfficerId, PlaceId, Time};
use pumasi_hazard::{Damage, MessageVersion};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{AlertAnswer, Relay, ReliefError, Service, signed};

/// A situation report, and how it is stated.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SituationForm {
    /// The matter.
    pub matter: ActId,
    /// Who signs.
    pub officer: OfficerId,
    /// The drill's time.
    #[serde(default)]
    pub time: Option<Time>,
    /// Whether to report the needs anew as well; yes when left out.
    #[serde(default)]
    pub report: Option<bool>,
    /// What is reported.
    pub situation: ReportSituation,
}

impl Service {
    /// States a situation report, and reports the needs anew with its counts in place of rates.
    ///
    /// # Errors
    /// When an act is refused.
    pub fn report_situation(
        &self,
        form: &SituationForm,
        now: Time,
    ) -> Result<AlertAnswer, ReliefError> {
        let relay = Relay {
            matter: form.matter,
            officer: form.officer.clone(),
            time: form.time,
            report: form.report,
        };
        let started = std::time::Instant::now();
        let act = self.author(signed(&relay, "report_situation", json!(form.situation)), now)?;
        let mut answer = AlertAnswer::of(act);
        let newest = self.with_state(form.matter, |state| {
            let newest = state.alerts.iter().max_by_key(|(_, alert)| alert.sent);
            newest.map(|(id, _)| *id)
        });
        if let Some(alert) = newest.filter(|_| relay.report != Some(false)) {
            let known = self.messages_of(form.matter)?;
            let estimate = self.estimated(form.matter, &known);
            answer.micros = started.elapsed().as_micros().try_into().unwrap_or(u64::MAX);
            self.report(&relay, alert, &estimate, now, &mut answer)?;
        }
        Ok(answer)
    }
}

/// The newest count of each place.
pub(super) fn damage(state: &State) -> Vec<Damage> {
    let mut newest: BTreeMap<&PlaceId, (&ReportSituation, Counts)> = BTreeMap::new();
    for report in state.situations.values() {
        for (place, counts) in &report.places {
            let known = newest.get(place);
            if known.is_none_or(|(other, _)| other.as_of <= report.as_of) {
                newest.insert(place, (report, *counts));
            }
        }
    }
    newest.into_iter().map(|(place, (report, counts))| counted(place, report, counts)).collect()
}

fn counted(place: &PlaceId, report: &ReportSituation, counts: Counts) -> Damage {
    let wide = |count: Option<u32>| count.map(i64::from);
    Damage {
        place: place.clone(),
        as_of: report.as_of,
        from: MessageVersion {
            source: report.source.clone(),
            product: "situation".to_owned(),
            event: report.province.to_string(),
            serial: u64::try_from(report.as_of.as_second()).unwrap_or_default(),
        },
        counts: pumasi_hazard::Counts {
            homes_destroyed: wide(counts.homes_destroyed),
            homes_half_destroyed: wide(counts.homes_half_destroyed),
            homes_without_water: wide(counts.homes_without_water),
            people_in_shelters: wide(counts.people_in_shelters),
            people_dead: wide(counts.people_dead),
            people_injured: wide(counts.people_injured),
            people_missing: wide(counts.people_missing),
        },
    }
}
