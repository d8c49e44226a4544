//! The catalog: commodities, parties, places with people, ports, links and stocks, each with its
//! source.
//!
//! The files live in `catalog/` of the repository. Reading them is pure: texts come in, a
//! [`Catalog`] and its [`CatalogError`]s come out.

mod areas;
pub mod candidates;
pub mod steps;
pub mod vehicles;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use serde::Deserialize;

use crate::{
    CandidateId, Captions, CategoryId, CommodityId, Date, LinkId, PartyId, Place, PlaceId,
    PlaceLevel, Point, PortId, Quantity, SourceId, Unit,
};
use areas::AreaRow;
pub use candidates::{Adds, Candidate};
use steps::{GroupEntry, StepEntry};
pub use vehicles::VehicleEntry;

/// Where a fact comes from.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The id other entries cite.
    pub id: SourceId,
    /// The title of the publication.
    pub title: String,
    /// Who published it.
    pub publisher: String,
    /// When, as published: a year or a date.
    pub published: String,
    /// Whether this is a planning assumption of ours instead of a published fact.
    #[serde(default)]
    pub assumption: bool,
}

/// How a commodity must be kept on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Handling {
    /// No special care.
    Ambient,
    /// Refrigerated.
    Chilled,
    /// Dangerous goods (ADR and IMDG classes).
    Dangerous,
}

/// What can be requested, sent and received: the resource of EDXL-RM.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Commodity {
    /// Its id.
    pub id: CommodityId,
    /// The unit it is counted in.
    pub unit: Unit,
    /// Grams per unit, packed.
    pub mass_g: i64,
    /// Cubic centimetres per unit, packed.
    pub volume_cm3: i64,
    /// How it must be kept.
    pub handling: Handling,
    /// Whether a need missed is lost (water, food) instead of late (blankets).
    pub perishing: bool,
    /// The legal category it falls under unless an agreement says otherwise.
    pub category: CategoryId,
    /// How badly a person-period without it hurts, relative to blankets at 100.
    pub weight: i64,
    /// Units per pallet, for shipments and their receipts.
    pub per_pallet: i64,
    /// What is lost of it in store and under way, in parts per million a day: hydrogen boils off.
    #[serde(default)]
    pub loss_ppm_per_day: i64,
    /// Where the loss comes from.
    #[serde(default)]
    pub loss_source: Option<SourceId>,
    /// Its names.
    pub names: Captions,
    /// Where mass, volume and pallet come from.
    pub source: SourceId,
}

/// The sort of body a party is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartyKind {
    /// A national government or one of its ministries.
    Ministry,
    /// A province, prefecture or metropolitan city.
    Province,
    /// A city, county or other municipality.
    Municipality,
    /// A relief organisation or other non-governmental body.
    Ngo,
}

/// A party that may run a node.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartyEntry {
    /// Its id.
    pub id: PartyId,
    /// What sort of body it is.
    pub kind: PartyKind,
    /// Its names.
    pub names: Captions,
    /// The place it governs or sits in; absent when it lies in a country the catalog leaves out.
    #[serde(default)]
    pub place: Option<PlaceId>,
    /// Hours east of Greenwich of its civil time.
    pub utc_offset_hours: i8,
    /// Where its names come from.
    pub source: SourceId,
}

/// What a port is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PortKind {
    /// A sea port.
    Sea,
    /// An airport.
    Air,
    /// A road hub: the logistics base of a province or municipality.
    Road,
    /// A node of the electricity grid: an area whose lines hold together.
    Grid,
}

/// A point where goods change carriage.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Port {
    /// Its id: UN/LOCODE or IATA code in lower case, or `port-` or `hub-` and a place.
    pub id: PortId,
    /// What it is.
    pub kind: PortKind,
    /// The province or municipality it lies in.
    pub place: PlaceId,
    /// Where it is: `{ lat = "37.496", lon = "136.9" }`, as text so that it stays exact.
    pub at: At,
    /// Tonnes it can handle in a day.
    pub handling_t_per_day: i64,
    /// Its names.
    pub names: Captions,
    /// Where this comes from.
    pub source: SourceId,
}

/// Coordinates as catalogs write them: decimal degrees in quotes.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "AtText")]
pub struct At(pub Point);

#[derive(Deserialize)]
struct AtText {
    lat: String,
    lon: String,
}

impl TryFrom<AtText> for At {
    type Error = String;
    fn try_from(text: AtText) -> Result<Self, String> {
        let micro = |t: &str| read_micro(t).ok_or_else(|| format!("`{t}` is no decimal degree"));
        Ok(Self(Point { lat_micro: micro(&text.lat)?, lon_micro: micro(&text.lon)? }))
    }
}

/// Reads decimal degrees exactly, to six places.
fn read_micro(text: &str) -> Option<i32> {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let plain = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
    if !plain(whole) || !plain(part) || part.len() > 6 {
        return None;
    }
    let part: i32 = format!("{part:0<6}").parse().ok()?;
    let micro = whole.parse::<i32>().ok()?.checked_mul(1_000_000)?.checked_add(part)?;
    (micro <= 180_000_000).then_some(sign * micro)
}

/// By what a link carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// A ship.
    Sea,
    /// An aircraft.
    Air,
    /// A road vehicle.
    Road,
    /// A train.
    Rail,
    /// A line of the electricity grid; it carries nothing else, and nothing else carries
    /// electricity.
    Grid,
}

impl Mode {
    /// Every mode.
    pub const ALL: [Self; 5] = [Self::Sea, Self::Air, Self::Road, Self::Rail, Self::Grid];
}

/// Whether a link runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkStatus {
    /// It runs.
    Open,
    /// It runs with less capacity or more time.
    Restricted,
    /// It does not run.
    Suspended,
}

/// Why a link does not run as planned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// Relations between governments.
    Relations,
    /// An epidemic.
    Pandemic,
    /// The operator's decision or failure.
    Operator,
    /// Damage by the disaster.
    Damage,
    /// Weather.
    Weather,
    /// The link does not run in this season.
    Season,
}

/// A stretch of time in which a link did not run as planned.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinkEpisode {
    /// First day.
    pub from: Date,
    /// First day on which it no longer holds; open when absent.
    pub until: Option<Date>,
    /// What held.
    pub status: LinkStatus,
    /// Why.
    pub cause: Cause,
    /// Percent of the usual capacity left, when restricted.
    #[serde(default)]
    pub capacity_percent: i64,
    /// Where this is reported.
    pub source: SourceId,
}

/// A transport link; it runs both ways.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// Its id.
    pub id: LinkId,
    /// One end.
    pub from: PortId,
    /// The other end.
    pub to: PortId,
    /// By what it carries.
    pub mode: Mode,
    /// Tonnes each way in a day, averaged over its timetable.
    pub capacity_t_per_day: i64,
    /// Minutes under way, loading and unloading included.
    pub duration_min: i64,
    /// Cost of a tonne, in cents of a US dollar.
    pub cost_cents_per_t: i64,
    /// The commodities it carries, and no others: a product tanker takes no blankets. Whatever goes
    /// by its mode when left out.
    #[serde(default)]
    pub commodities: Option<Vec<CommodityId>>,
    /// Its names; a service has its own, a road is named by its ends.
    pub names: Captions,
    /// When it did not run as planned.
    #[serde(default, rename = "episode")]
    pub episodes: Vec<LinkEpisode>,
    /// Where timetable and capacity come from.
    pub source: SourceId,
}

impl Link {
    /// The episode that holds on `date`, the last one listed when several do.
    #[must_use]
    pub fn episode_on(&self, date: Date) -> Option<&LinkEpisode> {
        self.episodes
            .iter()
            .rev()
            .find(|e| e.from <= date && e.until.is_none_or(|until| date < until))
    }
}

/// What a party keeps ready at a place.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stock {
    /// Whose it is.
    pub owner: PartyId,
    /// The port or hub where it lies.
    pub at: PortId,
    /// What it is.
    pub commodity: CommodityId,
    /// How much.
    pub quantity: Quantity,
    /// How much of it is kept for the owner's own next disaster.
    pub reserve: Quantity,
    /// Where this comes from; a planning assumption unless published.
    pub source: SourceId,
}

/// All facts, indexed by id.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Catalog {
    /// Sources by id.
    pub sources: BTreeMap<SourceId, Source>,
    /// Commodities by id.
    pub commodities: BTreeMap<CommodityId, Commodity>,
    /// Parties by id.
    pub parties: BTreeMap<PartyId, PartyEntry>,
    /// Places by id.
    pub places: BTreeMap<PlaceId, Place>,
    /// Places by what a warning service calls an area of its own: the scheme of its codes
    /// (`jma-tsunami`) and the code in it (`210`), in the order of the file.
    pub areas: BTreeMap<(String, String), Vec<PlaceId>>,
    /// Ports by id.
    pub ports: BTreeMap<PortId, Port>,
    /// Links by id.
    pub links: BTreeMap<LinkId, Link>,
    /// Stocks, in the order of the files.
    pub stocks: Vec<Stock>,
    /// Groups of categories, in the order of the files.
    pub groups: Vec<GroupEntry>,
    /// Steps of cooperation, the least sensitive first.
    pub steps: Vec<StepEntry>,
    /// Agreements, links and stocks that could be added, by id.
    pub candidates: BTreeMap<CandidateId, Candidate>,
    /// What links of each mode are loaded with.
    pub vehicles: BTreeMap<Mode, VehicleEntry>,
}

/// What is wrong with a catalog file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CatalogError {
    /// The file does not read.
    #[error("`{file}`: {what}")]
    Unreadable {
        /// The file.
        file: String,
        /// What the reader said, with line and column.
        what: String,
    },
    /// Two entries have one id.
    #[error("`{file}`: `{id}` is given twice")]
    Twice {
        /// The file.
        file: String,
        /// The id.
        id: String,
    },
    /// An entry names something that is not in the catalog.
    #[error("`{entry}` names the {what} `{id}`, which is not in the catalog")]
    Unknown {
        /// The entry at fault.
        entry: String,
        /// What it names: source, place, port, commodity, party.
        what: &'static str,
        /// The id it names.
        id: String,
    },
}

/// One file of the catalog: its path below `catalog/` and its text.
pub type CatalogFile<'a> = (&'a str, &'a str);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Tables {
    #[serde(default)]
    source: Vec<Source>,
    #[serde(default)]
    commodity: Vec<Commodity>,
    #[serde(default)]
    party: Vec<PartyEntry>,
    #[serde(default)]
    port: Vec<Port>,
    #[serde(default)]
    link: Vec<Link>,
    #[serde(default)]
    stock: Vec<Stock>,
    #[serde(default)]
    group: Vec<GroupEntry>,
    #[serde(default)]
    step: Vec<StepEntry>,
    #[serde(default)]
    candidate: Vec<Candidate>,
    #[serde(default)]
    vehicle: Vec<VehicleEntry>,
}

/// A row of `catalog/places/*.csv`.
#[derive(Deserialize)]
struct PlaceRow {
    id: PlaceId,
    level: PlaceLevel,
    province: Option<PlaceId>,
    ko: String,
    ja: String,
    zh: String,
    en: String,
    people: i64,
    lat: String,
    lon: String,
    source: SourceId,
}

impl Catalog {
    /// Reads catalog files: tables from `.toml`, areas from `areas.csv`, places from other `.csv`.
    ///
    /// # Errors
    /// Every fault found in all files: nothing is repaired silently.
    pub fn read(files: &[CatalogFile<'_>]) -> Result<Self, Vec<CatalogError>> {
        let mut catalog = Self::default();
        let mut errors = Vec::new();
        let mut areas = Vec::new();
        for (file, text) in files {
            if file.ends_with("areas.csv") {
                areas.extend(catalog.read_areas(file, text, &mut errors));
            } else if file.ends_with(".csv") {
                catalog.read_places(file, text, &mut errors);
            } else {
                catalog.read_tables(file, text, &mut errors);
            }
        }
        errors.extend(catalog.dangling(&areas));
        if errors.is_empty() { Ok(catalog) } else { Err(errors) }
    }

    fn read_tables(&mut self, file: &str, text: &str, errors: &mut Vec<CatalogError>) {
        let tables: Tables = match toml::from_str(text) {
            Ok(tables) => tables,
            Err(error) => {
                errors.push(CatalogError::Unreadable {
                    file: file.to_owned(),
                    what: error.to_string(),
                });
                return;
            }
        };
        insert(&mut self.sources, tables.source, |s| &s.id, file, errors);
        insert(&mut self.commodities, tables.commodity, |c| &c.id, file, errors);
        insert(&mut self.parties, tables.party, |p| &p.id, file, errors);
        insert(&mut self.ports, tables.port, |p| &p.id, file, errors);
        insert(&mut self.links, tables.link, |l| &l.id, file, errors);
        self.stocks.extend(tables.stock);
        append(&mut self.groups, tables.group, |g| g.id.as_str(), file, errors);
        insert(&mut self.candidates, tables.candidate, |c| &c.id, file, errors);
        append(&mut self.steps, tables.step, |s| s.id.as_str(), file, errors);
        vehicles::insert(&mut self.vehicles, tables.vehicle, file, errors);
    }

    fn read_places(&mut self, file: &str, text: &str, errors: &mut Vec<CatalogError>) {
        let mut places = Vec::new();
        for row in csv::Reader::from_reader(text.as_bytes()).deserialize::<PlaceRow>() {
            let wrong = |what: String| CatalogError::Unreadable { file: file.to_owned(), what };
            match row.map_err(|e| e.to_string()).and_then(place_of) {
                Ok(place) => places.push(place),
                Err(what) => errors.push(wrong(what)),
            }
        }
        insert(&mut self.places, places, |p| &p.id, file, errors);
    }

    /// Entries that name what is not there.
    fn dangling(&self, areas: &[AreaRow]) -> Vec<CatalogError> {
        let mut check = Check { catalog: self, errors: Vec::new() };
        for row in areas {
            check.area(row);
        }
        for c in self.commodities.values() {
            check.source(c.id.as_str(), &c.source);
            if let Some(source) = &c.loss_source {
                check.source(c.id.as_str(), source);
            }
        }
        for p in self.parties.values() {
            check.source(p.id.as_str(), &p.source);
            if let Some(place) = &p.place {
                check.place(p.id.as_str(), place);
            }
        }
        for p in self.places.values() {
            check.source(p.id.as_str(), &p.source);
            if let Some(province) = &p.province {
                check.place(p.id.as_str(), province);
            }
        }
        for p in self.ports.values() {
            check.source(p.id.as_str(), &p.source);
            check.place(p.id.as_str(), &p.place);
        }
        for l in self.links.values() {
            check.source(l.id.as_str(), &l.source);
            check.port(l.id.as_str(), &l.from);
            check.port(l.id.as_str(), &l.to);
            check.commodities(l.id.as_str(), l.commodities.as_deref());
            for episode in &l.episodes {
                check.source(l.id.as_str(), &episode.source);
            }
        }
        for s in &self.stocks {
            let entry = format!("stock of {} at {}", s.owner, s.at);
            check.source(&entry, &s.source);
            check.port(&entry, &s.at);
            check.known(&entry, "commodity", s.commodity.as_str(), |c| {
                c.commodities.contains_key(&s.commodity)
            });
            check.party(&entry, &s.owner);
        }
        for s in &self.steps {
            check.source(s.id.as_str(), &s.source);
            for party in &s.suits.parties {
                check.party(s.id.as_str(), party);
            }
        }
        for candidate in self.candidates.values() {
            check.candidate(candidate);
        }
        for vehicle in self.vehicles.values() {
            check.source(&vehicle.names.en, &vehicle.source);
        }
        check.errors
    }

    /// The province a place belongs to; a province belongs to itself.
    #[must_use]
    pub fn province_of(&self, place: &PlaceId) -> Option<&Place> {
        let place = self.places.get(place)?;
        place.province.as_ref().map_or(Some(place), |province| self.places.get(province))
    }
}

struct Check<'a> {
    catalog: &'a Catalog,
    errors: Vec<CatalogError>,
}

impl Check<'_> {
    fn known(&mut self, entry: &str, what: &'static str, id: &str, is: impl Fn(&Catalog) -> bool) {
        if !is(self.catalog) {
            let (entry, id) = (entry.to_owned(), id.to_owned());
            self.errors.push(CatalogError::Unknown { entry, what, id });
        }
    }
    fn source(&mut self, entry: &str, id: &SourceId) {
        self.known(entry, "source", id.as_str(), |c| c.sources.contains_key(id));
    }
    fn place(&mut self, entry: &str, id: &PlaceId) {
        self.known(entry, "place", id.as_str(), |c| c.places.contains_key(id));
    }
    fn party(&mut self, entry: &str, id: &PartyId) {
        self.known(entry, "party", id.as_str(), |c| c.parties.contains_key(id));
    }
    fn commodities(&mut self, entry: &str, ids: Option<&[CommodityId]>) {
        for id in ids.unwrap_or_default() {
            self.known(entry, "commodity", id.as_str(), |c| c.commodities.contains_key(id));
        }
    }
    fn port(&mut self, entry: &str, id: &PortId) {
        self.known(entry, "port", id.as_str(), |c| c.ports.contains_key(id));
    }
}

fn place_of(row: PlaceRow) -> Result<Place, String> {
    let At(seat) = At::try_from(AtText { lat: row.lat, lon: row.lon })?;
    let names = Captions { ko: row.ko, ja: row.ja, zh: row.zh, en: row.en };
    if row.people < 0 || !names.missing().is_empty() {
        return Err(format!("`{}` has a blank name or fewer than no people", row.id));
    }
    let PlaceRow { id, level, province, people, source, .. } = row;
    Ok(Place { id, level, province, names, people, seat, source })
}

fn insert<K: Clone + Ord + ToString, V>(
    map: &mut BTreeMap<K, V>,
    values: Vec<V>,
    id: impl Fn(&V) -> &K,
    file: &str,
    errors: &mut Vec<CatalogError>,
) {
    for value in values {
        match map.entry(id(&value).clone()) {
            Entry::Occupied(known) => {
                let id = known.key().to_string();
                errors.push(CatalogError::Twice { file: file.to_owned(), id });
            }
            Entry::Vacant(place) => {
                place.insert(value);
            }
        }
    }
}

/// Adds entries whose order matters.
fn append<V>(
    list: &mut Vec<V>,
    values: Vec<V>,
    id: impl Fn(&V) -> &str,
    file: &str,
    errors: &mut Vec<CatalogError>,
) {
    for value in values {
        if list.iter().any(|known| id(known) == id(&value)) {
            let id = id(&value).to_owned();
            errors.push(CatalogError::Twice { file: file.to_owned(), id });
        } else {
            list.push(value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCES: &str =
        "[[source]]\nid='census'\ntitle='Census'\npublisher='Bureau'\npublished='2020'\n";

    #[track_caller]
    fn check(file: &str, text: &str, expected: &str) {
        let result = Catalog::read(&[("sources.toml", SOURCES), (file, text)]);
        let shown = match result {
            Ok(catalog) => {
                format!("{} places, {} ports", catalog.places.len(), catalog.ports.len())
            }
            Err(errors) => errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "),
        };
        assert!(shown.contains(expected), "{shown}");
    }

    #[test]
    fn reads_places_and_ports_and_says_what_is_wrong() {
        let head = "id,level,province,ko,ja,zh,en,people,lat,lon,source\n";
        let row =
            "jp-17,province,,이시카와현,石川県,石川县,Ishikawa,1132526,36.5947,136.6256,census\n";
        check("places/jp.csv", &format!("{head}{row}"), "1 places, 0 ports");
        check("places/jp.csv", &format!("{head}{row}{row}"), "`jp-17` is given twice");
        check(
            "places/jp.csv",
            &format!("{head}{}", row.replace("census", "x")),
            "names the source `x`",
        );
        check(
            "places/jp.csv",
            &format!("{head}{}", row.replace("36.5947", "north")),
            "no decimal degree",
        );
        check("ports.toml", "[[port]]\nid='a'", "missing field");
    }

    #[test]
    fn steps_keep_their_order_and_name_what_is_known() {
        let names = "{ ko = 'x', ja = 'x', zh-Hans = 'x', en = 'x' }";
        let step = |id: &str, suits: &str| {
            format!(
                "[[step]]\nid = '{id}'\nnames = {names}\nwhy = {names}\nsource = 'census'\n{suits}\n[[step.sign]]\nactions = ['share']\ncategories = ['information']\n"
            )
        };
        let text = format!("{}{}", step("later", ""), step("first", ""));
        let files = [("sources.toml", SOURCES), ("steps.toml", text.as_str())];
        let ids: Vec<String> =
            Catalog::read(&files).unwrap().steps.iter().map(|s| s.id.to_string()).collect();
        assert_eq!(ids, ["later", "first"]);
        check("steps.toml", &text.replace("later", "first"), "`first` is given twice");
        check("steps.toml", &text.replace("census", "x"), "names the source `x`");
        check("steps.toml", &step("one", "suits = { parties = ['x'] }"), "names the party `x`");
        check("steps.toml", &step("one", "suits = { kinds = ['army'] }"), "unknown variant");
    }

    #[test]
    fn candidates_add_one_thing_and_name_what_is_known() {
        let names = "{ ko = 'x', ja = 'x', zh-Hans = 'x', en = 'x' }";
        let candidate = |adds: &str| {
            format!(
                "[[candidate]]\nid = 'c'\nnames = {names}\nsays = {names}\ncost_usd_a_year = 1\nsource = 'census'\n{adds}\n"
            )
        };
        let agreement =
            "[candidate.adds.agreement]\ngivers = []\nreceivers = []\ncategories = ['food']";
        check("candidates.toml", &candidate(agreement), "0 places");
        check("candidates.toml", &candidate("adds = 'nothing'"), "unknown variant");
        check(
            "candidates.toml",
            &candidate(&agreement.replacen("[]", "['x']", 1)),
            "`c` names the party `x`",
        );
        let twice = candidate(agreement).repeat(2);
        check("candidates.toml", &twice, "`c` is given twice");
        let link = "[candidate.adds.link]\nfrom = 'a'\nto = 'b'\nmode = 'grid'\n\
                    capacity_t_per_day = 1\nduration_min = 1\ncost_cents_per_t = 1";
        check("candidates.toml", &candidate(link), "`c` names the port `a`");
    }

    #[test]
    fn municipalities_add_up_to_their_prefecture() {
        let files = [
            ("sources.toml", include_str!("../../../catalog/sources.toml")),
            ("places/jp.csv", include_str!("../../../catalog/places/jp.csv")),
        ];
        let catalog = Catalog::read(&files).unwrap();
        let (mut total, mut rows) = (0, 0);
        for prefecture in catalog.places.values().filter(|p| p.level == PlaceLevel::Province) {
            total += prefecture.people;
            let mut people = 0;
            let mut preliminary = false;
            for place in catalog.places.values() {
                if place.province.as_ref() == Some(&prefecture.id) {
                    assert!(place.id.as_str().starts_with(prefecture.id.as_str()), "{place:?}");
                    rows += 1;
                    people += place.people;
                    preliminary |= place.source == "jp-census-2020-preliminary".parse().unwrap();
                }
            }
            let off = (people - prefecture.people).abs();
            let bound = if preliminary { prefecture.people / 2_000 } else { 0 };
            assert!(off <= bound, "{} is {off} people off", prefecture.id);
        }
        assert_eq!((total, rows), (126_146_099, 1_896));
    }

    #[test]
    fn coordinates_stay_exact() {
        assert_eq!(read_micro("37.496"), Some(37_496_000));
        assert_eq!(read_micro("-0.5"), Some(-500_000));
        assert_eq!(read_micro("181"), None);
        assert_eq!(read_micro("1e3"), None);
    }
}
