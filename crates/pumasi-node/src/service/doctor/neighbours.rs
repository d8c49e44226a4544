//! What is known of neighbours: who answers, how far this node has read them, and their clocks.

use std::collections::BTreeMap;

use pumasi_base::time::seconds_between;
use pumasi_base::{PartyId, Status, Time};
use pumasi_view::page::AreaCode;
use pumasi_view::{Held, Lexicon};

use super::super::{Service, ServiceError};
use super::{AllHeard, Finding, moment, or_well};
use crate::sync;
use crate::sync::board::Heard;

/// Seconds by which two clocks may differ before it is told: a minute is what officers read.
const CLOCK_SECONDS_MAX: i64 = 60;

/// Seconds of silence after which somebody should call by telephone.
const SILENCE_SECONDS_MAX: i64 = 24 * 60 * 60;

/// Acts of a neighbour's feed that this node may lack before it is told: those of one page.
const LAG_MAX: u64 = 256;

/// Who answers, and how far behind this node is.
pub(super) fn reach(
    service: &Service,
    lexicon: &Lexicon,
    heard: &AllHeard,
    now: Time,
) -> Result<Vec<Finding>, ServiceError> {
    let mut found = Vec::new();
    for neighbour in sync::neighbours(service.ledger())? {
        let line = heard.get(&neighbour.party).cloned().unwrap_or_default();
        let findings = of_neighbour(&line, now);
        found.extend(findings.into_iter().map(|f| f.about(&neighbour.party, lexicon)));
    }
    Ok(or_well(found, Finding::ok("neighbours_ok", AreaCode::Neighbours)))
}

fn of_neighbour(heard: &Heard, now: Time) -> Vec<Finding> {
    let area = AreaCode::Neighbours;
    let failure = || heard.failure.clone().unwrap_or_else(|| "–".to_owned());
    if let Some(since) = heard.silent_since {
        let long = seconds_between(since, now) > SILENCE_SECONDS_MAX;
        let finding = if long {
            Finding::act("neighbour_silent", area)
        } else {
            Finding::watch("neighbour_silent", area)
        };
        return vec![finding.saying("time", moment(since)).saying("failure", failure())];
    }
    if heard.last_heard.is_none() {
        return vec![Finding::watch("neighbour_unheard", area)];
    }
    let mut found = Vec::new();
    if heard.failure.is_some() {
        found.push(Finding::watch("neighbour_refused", area).saying("failure", failure()));
    }
    let lag = heard.head.saturating_sub(heard.cursor);
    if lag > LAG_MAX {
        found.push(Finding::watch("neighbour_behind", area).saying("count", lag));
    }
    found
}

/// Clocks that differ. No act is refused for its time, so this only warns.
pub(super) fn clock(
    service: &Service,
    lexicon: &Lexicon,
    heard: &AllHeard,
    now: Time,
) -> Vec<Finding> {
    let mut found = Vec::new();
    for (party, heard) in heard {
        let ahead = heard.clock_ahead_seconds.unwrap_or_default();
        let finding = match ahead {
            ahead if ahead > CLOCK_SECONDS_MAX => Finding::watch("clock_ahead", AreaCode::Clock),
            ahead if ahead < -CLOCK_SECONDS_MAX => Finding::watch("clock_behind", AreaCode::Clock),
            _ => continue,
        };
        let finding = finding.about(party, lexicon);
        found.push(finding.saying("seconds", ahead.saturating_abs()));
    }
    for (party, time) in service.with_matters(newest_claims) {
        if seconds_between(now, time) > CLOCK_SECONDS_MAX {
            let finding = Finding::watch("clock_claimed", AreaCode::Clock).about(&party, lexicon);
            found.push(finding.saying("time", moment(time)));
        }
    }
    or_well(found, Finding::ok("clock_ok", AreaCode::Clock))
}

/// The latest time that each party claims in an actual matter; exercises have a time of their own.
fn newest_claims(held: &[Held<'_>]) -> BTreeMap<PartyId, Time> {
    let mut newest: BTreeMap<PartyId, Time> = BTreeMap::new();
    for held in held {
        let state = held.folded.state.as_ref();
        if state.is_none_or(|state| state.genesis.status != Status::Actual) {
            continue;
        }
        for act in held.acts {
            let time = act.payload().time;
            let claimed = newest.entry(act.party().clone()).or_insert(time);
            *claimed = time.max(*claimed);
        }
    }
    newest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(heard: &Heard, expected: &[&str]) {
        let now = "2024-01-03T00:00:00Z".parse().unwrap();
        let found = of_neighbour(heard, now);
        let shown: Vec<String> = found
            .iter()
            .map(|finding| format!("{:?} {}", finding.severity, finding.code))
            .collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn a_neighbour_is_heard_silent_refused_or_behind() {
        let time = |text: &str| Some(text.parse().unwrap());
        let well = Heard { last_heard: time("2024-01-02T23:59:00Z"), ..Heard::default() };
        check(&Heard::default(), &["Watch neighbour_unheard"]);
        check(&well, &[]);
        let silent = |since| Heard { silent_since: time(since), ..well.clone() };
        check(&silent("2024-01-02T00:00:00Z"), &["Watch neighbour_silent"]);
        check(&silent("2024-01-01T23:59:59Z"), &["Act neighbour_silent"]);
        let lag = |head| Heard { cursor: 10, head, ..well.clone() };
        check(&lag(10 + LAG_MAX), &[]);
        check(&lag(11 + LAG_MAX), &["Watch neighbour_behind"]);
        check(&lag(0), &[]);
        let refused = Heard { failure: Some("not trusted".to_owned()), ..lag(1000) };
        check(&refused, &["Watch neighbour_refused", "Watch neighbour_behind"]);
    }
}
