//! What the estimates of a case say of people, and how they moved as messages and counts came.

use std::collections::BTreeMap;

use pumasi_act::ActId;
use pumasi_act::kinds::report_needs::{PlaceReport, ReportNeeds};
use pumasi_act::kinds::report_situation::{Counts, ReportSituation};
use pumasi_base::{Catalog, PartyId, PlaceId, Time};

use crate::lexicon::Lexicon;
use crate::page::{CountedLine, EstimateMove, PartyName, PeopleTotal, SituationLine, Spread};
use crate::situation::{message, spread};
use crate::visible::{Case, Matter};

/// Sums over places.
#[derive(Default)]
struct Sums {
    places: i64,
    evacuated: Spread,
    displaced: Spread,
    without_water: Spread,
}

impl Sums {
    fn of<'a>(places: impl Iterator<Item = &'a PlaceReport>) -> Self {
        let mut sums = Self::default();
        for place in places {
            sums.places = sums.places.saturating_add(1);
            add(&mut sums.evacuated, place.evacuated.unwrap_or(place.displaced));
            add(&mut sums.displaced, place.displaced);
            add(&mut sums.without_water, place.without_water.unwrap_or_default());
        }
        sums
    }
}

fn add(sum: &mut Spread, [low, central, high]: [i64; 3]) {
    sum.low = sum.low.saturating_add(low);
    sum.central = sum.central.saturating_add(central);
    sum.high = sum.high.saturating_add(high);
}

/// People over all places of the reports that count.
pub(crate) fn people(catalog: &Catalog, reports: &BTreeMap<PlaceId, ReportNeeds>) -> PeopleTotal {
    let places = || reports.values().flat_map(|report| &report.places);
    let sums = Sums::of(places().map(|(_, place)| place));
    let residents = places().filter_map(|(id, _)| catalog.places.get(id)).map(|place| place.people);
    // Every report tells the deaths of the whole event; of several the worst is shown.
    let deaths = reports.values().filter_map(|report| report.deaths);
    PeopleTotal {
        residents: residents.sum(),
        evacuated: sums.evacuated,
        displaced: sums.displaced,
        without_water: sums.without_water,
        deaths: deaths.max_by_key(|[_, central, _]| *central).map(spread),
        factors: reports.values().map(|report| report.factors.clone()).next(),
    }
}

/// The reports that were made together: at one time, by one party, of one alert.
type Made<'a> = BTreeMap<(Time, &'a PartyId, ActId), Vec<&'a ReportNeeds>>;

/// How the estimate moved, oldest first.
///
/// A message that was relayed into several matters made one estimate: that of the matter which
/// reports most places is shown.
pub(crate) fn moves(lexicon: &Lexicon, case: &Case<'_>) -> Vec<EstimateMove> {
    let mut moves: BTreeMap<(Time, &PartyId, String), EstimateMove> = BTreeMap::new();
    for matter in &case.matters {
        let mut made: Made<'_> = BTreeMap::new();
        for act in matter.folded_acts() {
            if let Some(report) = matter.state.needs.get(&act.id()) {
                let key = (act.payload().time, act.party(), report.alert);
                made.entry(key).or_default().push(report);
            }
        }
        for ((at, party, alert), reports) in made {
            let name = lexicon.party(party);
            let Some(estimate) = moved(matter, (at, name), alert, &reports) else { continue };
            let key = (at, party, estimate.message.clone());
            let known = moves.get(&key);
            if known.is_none_or(|known| known.places < estimate.places) {
                moves.insert(key, estimate);
            }
        }
    }
    moves.into_values().collect()
}

fn moved(
    matter: &Matter<'_>,
    (at, party): (Time, PartyName),
    alert: ActId,
    reports: &[&ReportNeeds],
) -> Option<EstimateMove> {
    let alert = matter.state.alerts.get(&alert)?;
    let first = reports.first()?;
    let places = || reports.iter().flat_map(|report| report.places.values());
    let sums = Sums::of(places());
    Some(EstimateMove {
        party,
        message: message(alert),
        at: at.to_string(),
        counted: places().any(|place| place.method.as_deref() == Some("counted")),
        messages: first.messages.clone(),
        factors: first.factors.clone(),
        places: sums.places,
        evacuated: sums.evacuated,
        displaced: sums.displaced,
        without_water: sums.without_water,
        deaths: first.deaths.map(spread),
    })
}

/// The situation reports of a case, newest first; one that was written into several matters once.
pub(crate) fn situations(lexicon: &Lexicon, case: &Case<'_>) -> Vec<SituationLine> {
    let mut lines: Vec<(Time, SituationLine)> = Vec::new();
    let mut seen: Vec<&ReportSituation> = Vec::new();
    for matter in &case.matters {
        for act in matter.folded_acts() {
            let Some(report) = matter.state.situations.get(&act.id()) else { continue };
            if seen.contains(&report) {
                continue;
            }
            seen.push(report);
            let counts = report.places.iter().flat_map(|(place, counts)| {
                counted(counts).map(move |(what, count)| (place, what, count))
            });
            let count = |(place, what, count): (&PlaceId, &str, i64)| CountedLine {
                place: lexicon.place(place),
                what: what.to_owned(),
                count,
            };
            let line = SituationLine {
                act: act.id().to_string(),
                party: lexicon.party(act.party()),
                province: lexicon.place(&report.province),
                as_of: report.as_of.to_string(),
                source: report.source.clone(),
                text: report.text.clone(),
                lang: report.lang.clone(),
                counts: counts.map(count).collect(),
            };
            lines.push((report.as_of, line));
        }
    }
    lines.sort_by_key(|(as_of, _)| std::cmp::Reverse(*as_of));
    lines.into_iter().map(|(_, line)| line).collect()
}

/// What was counted of one place, by name.
fn counted(counts: &Counts) -> impl Iterator<Item = (&'static str, i64)> + use<> {
    let all = [
        ("people_dead", counts.people_dead),
        ("people_missing", counts.people_missing),
        ("people_injured", counts.people_injured),
        ("people_in_shelters", counts.people_in_shelters),
        ("homes_destroyed", counts.homes_destroyed),
        ("homes_half_destroyed", counts.homes_half_destroyed),
        ("homes_without_water", counts.homes_without_water),
    ];
    all.into_iter().filter_map(|(what, count)| Some((what, i64::from(count?))))
}
