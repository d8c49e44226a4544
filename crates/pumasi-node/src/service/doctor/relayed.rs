//! Files kept for neighbours that nobody has asked for.

use std::collections::BTreeMap;

use pumasi_base::time::seconds_between;
use pumasi_base::{PartyId, Time};
use pumasi_view::Lexicon;
use pumasi_view::page::AreaCode;

use super::super::{Service, ServiceError};
use super::{Finding, moment};

/// Seconds after which a file should have been fetched: a day.
const STUCK_SECONDS: i64 = 24 * 60 * 60;

/// Whose files lie here for more than a day; nothing where all goes its way.
pub(super) fn stuck(
    service: &Service,
    lexicon: &Lexicon,
    now: Time,
) -> Result<Vec<Finding>, ServiceError> {
    let mut waiting: BTreeMap<PartyId, (usize, Time)> = BTreeMap::new();
    for file in service.relayed()? {
        if seconds_between(file.kept_at, now) > STUCK_SECONDS {
            let (count, since) = waiting.entry(file.to).or_insert((0, file.kept_at));
            *count += 1;
            *since = (*since).min(file.kept_at);
        }
    }
    let finding = |(party, (count, since)): (PartyId, (usize, Time))| {
        let finding = Finding::watch("relay_stuck", AreaCode::Neighbours).about(&party, lexicon);
        finding.saying("count", count).saying("time", moment(since))
    };
    Ok(waiting.into_iter().map(finding).collect())
}
