//! Where and when an event is, and whether two sources tell of the same one.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use pumasi_base::{Point, Time};
use serde::{Deserialize, Serialize};

use super::strand::{Class, Strand};
use crate::geometry::distance_km;
use crate::message::source;
use crate::{Message, Shape};

/// Origins of one earthquake differ less between services: they locate it with other stations.
pub(super) const ORIGINS_APART_MS: i64 = 60_000;
/// Epicentres of one earthquake differ less: large ones break over some hundred kilometres.
const EPICENTRES_APART_KM: f64 = 200.0;
/// A better origin of one service differs less from its first.
const CORRECTED_BY_MS: i64 = 10_000;
/// A better epicentre of one service differs less from its first.
const CORRECTED_BY_KM: f64 = 100.0;
/// A cyclone lives shorter, and a name comes back only years later.
pub(super) const CYCLONES_APART_MS: i64 = 15 * 86_400_000;
/// Two positions of one cyclone differ less within [`POSITIONS_APART_MS`].
const POSITIONS_APART_KM: f64 = 600.0;
/// Positions further apart in time say nothing of each other.
const POSITIONS_APART_MS: i64 = 12 * 3_600_000;

/// Where and when something is, and what it is called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Mark {
    /// The origin of an earthquake, or the time of a cyclone's position.
    pub at: Time,
    /// The epicentre, or where the cyclone was.
    pub place: Option<Point>,
    /// Other ids of the event, or the names and numbers of the cyclone.
    pub names: BTreeSet<String>,
}

impl Mark {
    /// The mark of what a message tells of, where it may be joined by it.
    pub(super) fn of(message: &Message) -> Option<Self> {
        match Class::of(message) {
            Class::Earthquake => {
                let earthquake = message.earthquake.as_ref()?;
                // The survey lists every id that its networks gave the event.
                let ids = message.says.iter().find(|one| one.what == "ids");
                let ids = ids.map(|one| one.value.split(',')).into_iter().flatten();
                let names = ids.map(str::trim).filter(|id| !id.is_empty()).map(str::to_owned);
                let (at, place) = (earthquake.origin, earthquake.epicentre);
                Some(Self { at, place, names: names.collect() })
            }
            Class::Cyclone => {
                let position = message.cyclone.as_ref().and_then(|one| one.positions.first());
                let at = position.and_then(|one| one.at).unwrap_or(message.sent);
                let place = position.and_then(|one| one.centre).or_else(|| point(message));
                Some(Self { at, place, names: cyclone_names(message) })
            }
            Class::Alert | Class::Event => None,
        }
    }

    fn apart_ms(&self, other: &Self) -> i64 {
        self.at.as_millisecond().abs_diff(other.at.as_millisecond()).try_into().unwrap_or(i64::MAX)
    }

    fn apart_km(&self, other: &Self) -> Option<f64> {
        Some(distance_km(self.place?, other.place?))
    }
}

/// The first point of a message's areas.
fn point(message: &Message) -> Option<Point> {
    let areas = message.parts.iter().flat_map(|part| &part.areas);
    areas.flat_map(|area| &area.shapes).find_map(|shape| match shape {
        Shape::Point(point) => Some(*point),
        _ => None,
    })
}

/// The international name of a cyclone in capitals, and its number of four digits.
///
/// GDACS writes `HINNAMNOR-22`, in a field of its own or only in its title.
fn cyclone_names(message: &Message) -> BTreeSet<String> {
    let cyclone = message.cyclone.as_ref();
    let field = message.says.iter().find(|one| one.what == "eventname");
    let field = field.map(|one| one.value.as_str());
    let title = message.headlines.first().and_then(|title| {
        let (_, after) = title.text.split_once("cyclone ")?;
        after.split_whitespace().next().filter(|word| word.starts_with(char::is_uppercase))
    });
    let name = cyclone.and_then(|one| one.name.as_deref()).or(field).or(title);
    let name = name.map(|name| {
        let plain = name.trim().trim_end_matches(|c: char| !c.is_alphabetic());
        plain.to_uppercase()
    });
    let number = cyclone.and_then(|one| one.number.clone());
    let is_number = |text: &String| text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
    name.filter(|name| !name.is_empty()).into_iter().chain(number.filter(is_number)).collect()
}

/// How well two strands fit together; the smaller the better.
#[derive(Debug, Clone, Copy)]
pub(super) struct Gap {
    ms: i64,
    km: f64,
}

impl Gap {
    pub(super) fn order(&self, other: &Self) -> Ordering {
        self.ms.cmp(&other.ms).then(self.km.total_cmp(&other.km))
    }
}

/// How far two strands of one status and class lie apart, if they may be of one event.
pub(super) fn gap(one: (&Strand, &Mark), other: (&Strand, &Mark)) -> Option<Gap> {
    let ((strand, mark), (other, of_other)) = (one, other);
    let is_own = strand.source == other.source;
    let (ms, km) = (mark.apart_ms(of_other), mark.apart_km(of_other));
    let within = |ms_max: i64, km_max: f64| {
        km.filter(|km| ms <= ms_max && *km <= km_max).map(|km| Gap { ms, km })
    };
    match strand.class {
        // Ids of one source stand against its clock, unless it says itself that they are one.
        Class::Earthquake if is_own => {
            let names = |mark: &Mark, strand: &Strand| !mark.names.is_disjoint(&strand.names);
            if names(mark, other) || names(of_other, strand) {
                return Some(Gap { ms: 0, km: 0.0 });
            }
            // The administration has no ids: the origin stands for one and is corrected.
            let has_no_ids = strand.source == source::KMA;
            within(CORRECTED_BY_MS, CORRECTED_BY_KM).filter(|_| has_no_ids)
        }
        // A first intensity report has no epicentre: a minute alone joins nothing.
        Class::Earthquake => within(ORIGINS_APART_MS, EPICENTRES_APART_KM),
        Class::Cyclone if !is_own => {
            let mut shared = mark.names.intersection(&of_other.names).peekable();
            let is_named = shared.any(|name| !name.starts_with(|c: char| c.is_ascii_digit()));
            let is_numbered = !mark.names.is_disjoint(&of_other.names);
            let by_name = (is_named && ms <= CYCLONES_APART_MS)
                .then(|| Gap { ms, km: km.unwrap_or(f64::MAX) });
            let by_number = within(POSITIONS_APART_MS, POSITIONS_APART_KM).filter(|_| is_numbered);
            by_name.or(by_number)
        }
        Class::Cyclone | Class::Alert | Class::Event => None,
    }
}
