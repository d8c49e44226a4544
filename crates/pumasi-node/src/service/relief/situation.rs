//! What parties counted, as the estimate takes it.

use std::collections::BTreeMap;

use pumasi_act::State;
use pumasi_act::kinds::report_situation::{Counts, ReportSituation};
use pumasi_base::PlaceId;
use pumasi_hazard::{Damage, MessageVersion};

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
