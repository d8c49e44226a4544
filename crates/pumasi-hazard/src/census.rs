//! Everybody the catalog counts, by place, ready to be looked up for many messages.

use std::collections::BTreeMap;

use pumasi_base::{Catalog, PlaceId, PlaceLevel, Point};

use crate::message::source;

/// The people of one place that no smaller place of the catalog counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resident {
    /// The place: a municipality, or a province for those in no municipality of the catalog.
    pub place: PlaceId,
    /// The province it lies in; itself for a province.
    pub province: PlaceId,
    /// The country: the first part of its id.
    pub country: String,
    /// Whether a whole province stands in for municipalities.
    pub is_coarse: bool,
    /// How many live there.
    pub people: i64,
    /// Where they are taken to live: the seat of their government.
    pub seat: Point,
}

/// All residents of a catalog.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Census {
    residents: Vec<Resident>,
    by_place: BTreeMap<PlaceId, usize>,
    provinces: BTreeMap<PlaceId, Resident>,
    areas: BTreeMap<(String, String), Vec<PlaceId>>,
}

impl Census {
    /// Counts the people of a catalog.
    #[must_use]
    pub fn of(catalog: &Catalog) -> Self {
        let mut counted: BTreeMap<&PlaceId, i64> = BTreeMap::new();
        for place in catalog.places.values() {
            if let (PlaceLevel::Municipality, Some(province)) = (place.level, &place.province) {
                *counted.entry(province).or_default() += place.people;
            }
        }
        let mut census = Self { areas: catalog.areas.clone(), ..Self::default() };
        for place in catalog.places.values() {
            let elsewhere = counted.get(&place.id).copied().unwrap_or_default();
            let resident = |people| Resident {
                place: place.id.clone(),
                province: place.province.clone().unwrap_or_else(|| place.id.clone()),
                country: country_of(&place.id).to_owned(),
                is_coarse: place.level == PlaceLevel::Province,
                people,
                seat: place.seat,
            };
            if place.level == PlaceLevel::Province {
                census.provinces.insert(place.id.clone(), resident(place.people));
            }
            let people = place.people.saturating_sub(elsewhere);
            if people > 0 {
                census.by_place.insert(place.id.clone(), census.residents.len());
                census.residents.push(resident(people));
            }
        }
        census
    }

    /// Everybody, by place.
    #[must_use]
    pub fn residents(&self) -> &[Resident] {
        &self.residents
    }

    /// Those of one place.
    #[must_use]
    pub fn resident(&self, place: &PlaceId) -> Option<&Resident> {
        self.by_place.get(place).and_then(|index| self.residents.get(*index))
    }

    /// A whole province with all its people.
    #[must_use]
    pub fn province(&self, place: &PlaceId) -> Option<&Resident> {
        self.provinces.get(place)
    }

    /// The province of a place; of one that is not in the catalog, by the rule of the code tables
    /// that a municipality's code begins with its province's two digits.
    #[must_use]
    pub fn province_of(&self, place: &PlaceId) -> PlaceId {
        if let Some(resident) = self.resident(place) {
            return resident.province.clone();
        }
        let end = country_of(place).len() + 3;
        let start = place.as_str().get(..end).and_then(|text| text.parse().ok());
        start.unwrap_or_else(|| place.clone())
    }

    /// The places a code of a message stands for; empty when nobody knows.
    ///
    /// Codes of ISO 3166-2 and ids of the catalog stand for themselves. Municipalities are known by
    /// the first five digits of the seven of the Japan Meteorological Agency (JIS X 0402) and of the
    /// ten of Korea (행정표준코드, 법정동코드), or by all six of China (GB/T 2260). What else the agency
    /// names, the catalog lists.
    #[must_use]
    pub fn places_of_code(&self, sender: &str, scheme: &str, code: &str) -> Vec<PlaceId> {
        let code = code.trim();
        let scheme = if scheme == "津波予報区" { "jma-tsunami" } else { scheme };
        if let Some(places) = self.areas.get(&(scheme.to_owned(), code.to_owned())) {
            return places.clone();
        }
        let digits = code.bytes().all(|b| b.is_ascii_digit());
        let start = |n: usize| code.get(..n).unwrap_or_default();
        let id = match code.len() {
            _ if !digits => code.to_ascii_lowercase(),
            7 if sender == source::JMA => format!("jp-{}", start(5)),
            6 if sender == source::JMA => format!("jp-{}", start(2)),
            5 if scheme.contains("JIS") => format!("jp-{code}"),
            6 if scheme.contains("2260") => format!("cn-{code}"),
            5 | 10 => format!("kr-{}", start(5)),
            _ => return Vec::new(),
        };
        let known =
            |id: &PlaceId| self.by_place.contains_key(id) || self.provinces.contains_key(id);
        id.parse().ok().filter(known).into_iter().collect()
    }
}

/// The country of a place: the first part of its id.
#[must_use]
pub fn country_of(place: &PlaceId) -> &str {
    place.as_str().split('-').next().unwrap_or_default()
}
