//! The published frequencies that scenarios are drawn from, read from a text that a party may
//! replace by its own.

use std::collections::BTreeMap;

use pumasi_base::{Captions, CommodityId, PartyId, Point, Unit};
use serde::Deserialize;

use crate::factors::{Amount, Rates, RatesEntry, amount, micro};
use crate::{Degree, FactorsError, Hazard, Severity, SourceRef, Tectonic};

/// Everything scenarios are drawn from, checked.
#[derive(Debug, Clone, PartialEq)]
pub struct DrawRates {
    /// The version its authors gave it.
    pub version: String,
    /// One published frequency each.
    pub rows: Vec<Row>,
    /// How typhoons go on after landfall.
    pub track: TrackRates,
    /// What an event does to links and stocks.
    pub damage: DamageRates,
    /// Who is without power, and what that takes.
    pub power: PowerRates,
}

/// One published frequency, parted by strength and by where it strikes.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Its id, such as `earthquake-jp`.
    pub id: String,
    /// What strikes.
    pub hazard: Hazard,
    /// Whose frequency it is: the first part of the ids of its places.
    pub country: String,
    /// Its names.
    pub names: Captions,
    /// Who published the frequency.
    pub source: SourceRef,
    /// By what power of ten counts fall within a class, for each magnitude or tenfold area.
    pub fall: f64,
    /// How often it strikes in each month, against each other.
    pub months: [u64; 12],
    /// How often it strikes in each hour of the day, against each other.
    pub hours: [u64; 24],
    /// Its strengths.
    pub classes: Vec<Class>,
    /// Where it strikes.
    pub zones: Vec<Zone>,
}

/// A strength: magnitude, pressure at landfall in hPa, hectares burnt or radius of a flood in km.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Class {
    /// Its weakest.
    pub from: f64,
    /// Its strongest; below `from` where strength is a falling pressure.
    pub to: f64,
    /// Events in a million years.
    pub yearly_micro: i64,
    /// How many thousandths of its natural share of scenarios it gets.
    pub drawn_milli: i64,
    /// How bad it is where areas are warned of.
    pub degree: Option<Degree>,
}

/// A band along a line in which it strikes.
#[derive(Debug, Clone, PartialEq)]
pub struct Zone {
    /// Its id within the row.
    pub id: String,
    /// Its names.
    pub names: Captions,
    /// The millionths of the row that strike here.
    pub share_micro: u64,
    /// One end of the line.
    pub from: Point,
    /// The other.
    pub to: Point,
    /// Kilometres to either side of the line.
    pub half_width_km: f64,
    /// The strongest magnitude that is possible here, where there is one.
    pub most: Option<f64>,
    /// Depth of earthquakes in kilometres.
    pub depth_km: [f64; 2],
    /// Where in the plates earthquakes break.
    pub tectonic: Option<Tectonic>,
    /// Heading of typhoons in degrees clockwise from north.
    pub heading_deg: [f64; 2],
    /// Speed of typhoons.
    pub speed_km_h: [f64; 2],
}

/// How typhoons go on after landfall.
#[derive(Debug, Clone, PartialEq)]
pub struct TrackRates {
    /// Where the figures come from.
    pub source: SourceRef,
    /// By what share the fall of pressure towards the centre shrinks in an hour over land.
    pub filling_per_h: f64,
    /// Hours of the track before landfall.
    pub before_h: u8,
    /// Hours of the track after it.
    pub after_h: u8,
    /// Pressure in hPa from which down rain may flood.
    pub rain_below_hpa: f64,
    /// Millionths of those typhoons that do.
    pub rain_micro: i64,
    /// Pressure in hPa from which down it floods at the worst degree.
    pub rain_extreme_below_hpa: f64,
    /// Radius of the flooded area.
    pub rain_radius_km: [f64; 2],
}

/// What an event does to links and stocks, the weakest hit first.
#[derive(Debug, Clone, PartialEq)]
pub struct DamageRates {
    /// Where the figures come from.
    pub source: SourceRef,
    /// What befalls links.
    pub links: Vec<LinkDamage>,
    /// What befalls stocks.
    pub stocks: Vec<StockDamage>,
}

/// What befalls links of a mode that are hit so hard at least.
#[derive(Debug, Clone, PartialEq)]
pub struct LinkDamage {
    /// The mode by its word: `road`, `rail`, `sea`, `air` or `grid`.
    pub mode: String,
    /// How hard.
    pub at: Severity,
    /// Millionths of the links that carry nothing.
    pub closed_micro: i64,
    /// Millionths that carry less.
    pub narrowed_micro: i64,
    /// Millionths of its load that a narrowed link still carries.
    pub left_micro: i64,
    /// Fewest and most days.
    pub days: [u64; 2],
}

/// What befalls stocks that are hit so hard at least.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StockDamage {
    /// How hard.
    pub at: Severity,
    /// Fewest and most millionths that are lost.
    pub lost_micro: [i64; 2],
}

/// Who is without power, and what that takes.
#[derive(Debug, Clone, PartialEq)]
pub struct PowerRates {
    /// Shares of people without power at the peak.
    pub without: Rates,
    /// Who takes delivery of electricity, by country.
    pub receivers: BTreeMap<String, PartyId>,
    /// What one person without power needs in a day.
    pub needs: Vec<PowerNeed>,
}

/// What one person without power needs in a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PowerNeed {
    /// The commodity.
    pub commodity: CommodityId,
    /// The unit the amount is in.
    pub unit: Unit,
    /// How much.
    pub amount: Amount,
    /// Where the amount comes from.
    pub source: SourceRef,
}

/// What is wrong with a text of rates.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DrawRatesError {
    /// The text does not read.
    #[error("the rates do not read: {0}")]
    Unreadable(String),
    /// An entry contradicts itself.
    #[error("`{at}`: {what}")]
    Wrong {
        /// The entry at fault.
        at: String,
        /// What is wrong with it.
        what: String,
    },
    /// A table of shares is at fault.
    #[error(transparent)]
    Shares(#[from] FactorsError),
}

impl DrawRates {
    /// The rates Pumasi comes with.
    #[must_use]
    pub fn standard() -> Self {
        #[expect(clippy::expect_used, reason = "a test reads this very text, which cannot change")]
        Self::read(include_str!("rates.toml")).expect("the embedded rates read")
    }

    /// Reads a text of the form of `rates.toml`.
    ///
    /// # Errors
    /// The first thing wrong with it; nothing is repaired silently.
    pub fn read(text: &str) -> Result<Self, DrawRatesError> {
        let file: File =
            toml::from_str(text).map_err(|error| DrawRatesError::Unreadable(error.to_string()))?;
        let mut rows: Vec<Row> = Vec::new();
        for entry in file.row {
            let row = entry.check()?;
            if rows.iter().any(|other| other.id == row.id) {
                return Err(wrong(&row.id, "it is given twice"));
            }
            rows.push(row);
        }
        if rows.is_empty() {
            return Err(wrong("row", "there must be one at least"));
        }
        Ok(Self {
            version: file.version,
            rows,
            track: file.track.check()?,
            damage: file.damage.check()?,
            power: file.power.check()?,
        })
    }

    /// Events in a million years, over all rows.
    #[must_use]
    pub fn yearly_micro(&self) -> i64 {
        self.rows.iter().map(Row::yearly_micro).sum()
    }

    /// The row called `id`.
    #[must_use]
    pub fn row(&self, id: &str) -> Option<&Row> {
        self.rows.iter().find(|row| row.id == id)
    }
}

impl Row {
    /// Events in a million years: the published frequency.
    #[must_use]
    pub fn yearly_micro(&self) -> i64 {
        self.classes.iter().map(|class| class.yearly_micro).sum()
    }
}

impl DamageRates {
    /// What befalls a link of a mode that was hit so hard: the last row that holds.
    #[must_use]
    pub fn of_link(&self, mode: &str, hits: &[Severity]) -> Option<&LinkDamage> {
        let holds =
            |row: &&LinkDamage| row.mode == mode && hits.iter().any(|hit| reaches(*hit, row.at));
        self.links.iter().filter(holds).max_by_key(|row| (row.closed_micro, row.narrowed_micro))
    }

    /// What befalls a stock that was hit so hard.
    #[must_use]
    pub fn of_stock(&self, hits: &[Severity]) -> Option<&StockDamage> {
        let holds = |row: &&StockDamage| hits.iter().any(|hit| reaches(*hit, row.at));
        self.stocks.iter().filter(holds).max_by_key(|row| row.lost_micro)
    }
}

/// Whether a hit is of the kind of a threshold and as hard at least.
fn reaches(hit: Severity, at: Severity) -> bool {
    match (hit, at) {
        // A class of the Japanese scale counts as the nearest degree of the other.
        (Severity::Shaking(hit), Severity::Shaking(at)) => hit.as_mmi() + 0.5 >= at.as_mmi(),
        (Severity::Wind(hit), Severity::Wind(at)) => hit >= at,
        (Severity::Warned(hazard, hit), Severity::Warned(of, at)) => hazard == of && hit >= at,
        _ => false,
    }
}

fn wrong(at: &str, what: &str) -> DrawRatesError {
    DrawRatesError::Wrong { at: at.to_owned(), what: what.to_owned() }
}

/// A decimal in quotes, exact to millionths.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(try_from = "String")]
struct Decimal {
    micro: i64,
    float: f64,
}

impl TryFrom<String> for Decimal {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        let read = micro(&text).zip(text.parse().ok());
        let (micro, float) = read.ok_or_else(|| format!("`{text}` is no decimal of six places"))?;
        Ok(Self { micro, float })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: String,
    row: Vec<RowEntry>,
    track: TrackEntry,
    damage: DamageEntry,
    power: PowerEntry,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RowEntry {
    id: String,
    hazard: Hazard,
    country: String,
    names: Captions,
    source: SourceRef,
    fall: Option<Decimal>,
    months: Option<[u64; 12]>,
    hours: Option<[u64; 24]>,
    class: Vec<ClassEntry>,
    zone: Vec<ZoneEntry>,
}

impl RowEntry {
    fn check(self) -> Result<Row, DrawRatesError> {
        let drawn = [Hazard::Earthquake, Hazard::TropicalCyclone, Hazard::Flood, Hazard::Wildfire];
        if !drawn.contains(&self.hazard) {
            return Err(wrong(&self.id, "nothing draws this hazard"));
        }
        let mut classes = Vec::new();
        for class in &self.class {
            classes.push(class.check(&self.id, self.hazard)?);
        }
        let mut zones = Vec::new();
        for zone in self.zone {
            zones.push(zone.check(&self.id, self.hazard)?);
        }
        let total: u64 = zones.iter().map(|zone| zone.share_micro).sum();
        if total != 1_000_000 {
            return Err(wrong(&self.id, "the shares of its zones must add up to 1"));
        }
        // Where each strength can strike somewhere, no event is drawn in vain.
        let strongest = classes.iter().map(|class| class.to).fold(0.0, f64::max);
        let fits = zones.iter().any(|zone| zone.most.is_none_or(|most| most >= strongest));
        let (months, hours) = (self.months.unwrap_or([1; 12]), self.hours.unwrap_or([1; 24]));
        if classes.is_empty() || !fits || months == [0; 12] || hours == [0; 24] {
            return Err(wrong(&self.id, "some strength, month or hour can strike nowhere"));
        }
        let fall = self.fall.map_or(1.0, |fall| fall.float);
        let Self { id, hazard, country, names, source, .. } = self;
        Ok(Row { id, hazard, country, names, source, fall, months, hours, classes, zones })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClassEntry {
    from: Decimal,
    to: Decimal,
    yearly: Decimal,
    drawn: Decimal,
    degree: Option<Degree>,
}

impl ClassEntry {
    fn check(&self, row: &str, hazard: Hazard) -> Result<Class, DrawRatesError> {
        let Self { from, to, yearly, drawn, degree } = *self;
        let is_falling = hazard == Hazard::TropicalCyclone;
        if from.micro == to.micro || (from.micro > to.micro) != is_falling || from.micro == 0 {
            return Err(wrong(row, "a class goes from its weakest to its strongest"));
        }
        let drawn_milli = drawn.micro / 1000;
        if yearly.micro < 1 || !(1..=1_000_000).contains(&drawn_milli) {
            return Err(wrong(
                row,
                "a class happens, and is drawn up to a thousand times as often",
            ));
        }
        let is_warned = matches!(hazard, Hazard::Flood | Hazard::Wildfire);
        if degree.is_some() != is_warned {
            return Err(wrong(row, "floods and fires have a degree, and nothing else has"));
        }
        let (from, to, yearly_micro) = (from.float, to.float, yearly.micro);
        Ok(Class { from, to, yearly_micro, drawn_milli, degree })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ZoneEntry {
    id: String,
    names: Captions,
    share: Decimal,
    from: [Decimal; 2],
    to: [Decimal; 2],
    half_width_km: Decimal,
    most: Option<Decimal>,
    depth_km: Option<[Decimal; 2]>,
    tectonic: Option<Tectonic>,
    heading_deg: Option<[Decimal; 2]>,
    speed_km_h: Option<[Decimal; 2]>,
}

impl ZoneEntry {
    fn check(self, row: &str, hazard: Hazard) -> Result<Zone, DrawRatesError> {
        let at = format!("{row} {}", self.id);
        let has = [self.depth_km.is_some(), self.heading_deg.is_some(), self.speed_km_h.is_some()];
        let needs = match hazard {
            Hazard::Earthquake => [true, false, false],
            Hazard::TropicalCyclone => [false, true, true],
            _ => [false; 3],
        };
        if has != needs || self.tectonic.is_some() != (hazard == Hazard::Earthquake) {
            return Err(wrong(
                &at,
                "depth and plate are of earthquakes, heading and speed of typhoons",
            ));
        }
        let point = |[lat, lon]: [Decimal; 2]| {
            let degrees = |of: Decimal| i32::try_from(of.micro).ok().filter(|d| *d <= 180_000_000);
            let (lat_micro, lon_micro) = degrees(lat).zip(degrees(lon))?;
            (lat_micro < 85_000_000).then_some(Point { lat_micro, lon_micro })
        };
        let Some((from, to)) = point(self.from).zip(point(self.to)) else {
            return Err(wrong(&at, "its line leaves the globe"));
        };
        let range = |of: Option<[Decimal; 2]>| of.map_or([0.0; 2], |of| of.map(|one| one.float));
        Ok(Zone {
            share_micro: u64::try_from(self.share.micro).unwrap_or(0),
            from,
            to,
            half_width_km: self.half_width_km.float,
            most: self.most.map(|most| most.float),
            depth_km: range(self.depth_km),
            tectonic: self.tectonic,
            heading_deg: range(self.heading_deg),
            speed_km_h: range(self.speed_km_h),
            id: self.id,
            names: self.names,
        })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TrackEntry {
    source: SourceRef,
    filling_per_h: Decimal,
    before_h: u8,
    after_h: u8,
    rain_below_hpa: Decimal,
    rain_share: Decimal,
    rain_extreme_below_hpa: Decimal,
    rain_radius_km: [Decimal; 2],
}

impl TrackEntry {
    fn check(self) -> Result<TrackRates, DrawRatesError> {
        share("track rain_share", self.rain_share)?;
        share("track filling_per_h", self.filling_per_h)?;
        Ok(TrackRates {
            source: self.source,
            filling_per_h: self.filling_per_h.float,
            before_h: self.before_h,
            after_h: self.after_h,
            rain_below_hpa: self.rain_below_hpa.float,
            rain_micro: self.rain_share.micro,
            rain_extreme_below_hpa: self.rain_extreme_below_hpa.float,
            rain_radius_km: self.rain_radius_km.map(|km| km.float),
        })
    }
}

fn share(at: &str, of: Decimal) -> Result<i64, DrawRatesError> {
    if of.micro <= 1_000_000 { Ok(of.micro) } else { Err(wrong(at, "a share is at most 1")) }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DamageEntry {
    source: SourceRef,
    link: Vec<LinkDamageEntry>,
    stock: Vec<StockDamageEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LinkDamageEntry {
    mode: String,
    at: Severity,
    closed: Decimal,
    narrowed: Decimal,
    left: Decimal,
    days: [u64; 2],
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StockDamageEntry {
    at: Severity,
    lost: [Decimal; 2],
}

impl DamageEntry {
    fn check(self) -> Result<DamageRates, DrawRatesError> {
        let mut links = Vec::new();
        for entry in self.link {
            let at = format!("damage of {} at {}", entry.mode, entry.at);
            let [fewest, most] = entry.days;
            if fewest > most || entry.closed.micro + entry.narrowed.micro > 1_000_000 {
                return Err(wrong(
                    &at,
                    "no more links than all, and no fewer days than the fewest",
                ));
            }
            links.push(LinkDamage {
                closed_micro: entry.closed.micro,
                narrowed_micro: entry.narrowed.micro,
                left_micro: share(&at, entry.left)?,
                mode: entry.mode,
                at: entry.at,
                days: entry.days,
            });
        }
        let mut stocks = Vec::new();
        for StockDamageEntry { at, lost: [fewest, most] } in self.stock {
            let name = format!("damage of stocks at {at}");
            if fewest.micro > most.micro {
                return Err(wrong(&name, "write the least first"));
            }
            stocks.push(StockDamage { at, lost_micro: [fewest.micro, share(&name, most)?] });
        }
        Ok(DamageRates { source: self.source, links, stocks })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PowerEntry {
    without: RatesEntry,
    receivers: BTreeMap<String, PartyId>,
    need: Vec<PowerNeedEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PowerNeedEntry {
    commodity: CommodityId,
    unit: Unit,
    amount: [String; 3],
    source: SourceRef,
}

impl PowerEntry {
    fn check(self) -> Result<PowerRates, DrawRatesError> {
        let mut needs: Vec<PowerNeed> = Vec::new();
        for PowerNeedEntry { commodity, unit, amount: numbers, source } in self.need {
            let at = format!("power need of {commodity}");
            if needs.iter().any(|need| need.commodity == commodity) {
                return Err(wrong(&at, "it is given twice"));
            }
            needs.push(PowerNeed { commodity, unit, amount: amount(&at, &numbers)?, source });
        }
        let without = self.without.check("power without")?;
        Ok(PowerRates { without, receivers: self.receivers, needs })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STANDARD: &str = include_str!("rates.toml");

    #[track_caller]
    fn check(from: &str, to: &str, expected: &str) {
        assert!(STANDARD.contains(from), "`{from}` is not in the standard text");
        let shown = match DrawRates::read(&STANDARD.replacen(from, to, 1)) {
            Ok(rates) => format!("{} rows", rates.rows.len()),
            Err(error) => error.to_string(),
        };
        assert!(shown.starts_with(expected), "{shown}");
    }

    #[test]
    fn reads_the_standard_text_and_says_what_is_wrong_with_another() {
        check("", "", "14 rows");
        check("yearly = \"17\"", "yearly = \"0\"", "`earthquake-jp`: a class happens");
        check("to = \"7\"", "to = \"5\"", "`earthquake-jp`: a class goes");
        check("share = \"0.25\"", "share = \"0.24\"", "`earthquake-jp`: the shares");
        check("most = \"9\"", "most = \"8\"", "`earthquake-jp`: some strength");
        check("id = \"flood-jp\"", "id = \"flood-cn\"", "`flood-cn`: it is given twice");
        check("degree = \"severe\"\n", "", "`flood-cn`: floods and fires");
        check("heading_deg", "depth_km", "`typhoon-jp kyushu`: depth and plate");
        check("hazard = \"flood\"", "hazard = \"snow\"", "`flood-cn`: nothing draws");
        check("closed = \"0.05\"", "closed = \"0.95\"", "`damage of road at mmi 7`: no more");
        check(
            "lost = [\"0\", \"0.05\"]",
            "lost = [\"0.1\", \"0.05\"]",
            "`damage of stocks at mmi 7`",
        );
        check(
            "commodity = \"diesel\"",
            "commodity = \"electricity\"",
            "`power need of electricity`",
        );
        check("version", "versoin", "the rates do not read");
    }

    #[test]
    fn every_name_is_there_in_every_language_and_every_source_is_named() {
        let rates = DrawRates::standard();
        for row in &rates.rows {
            assert!(row.names.missing().is_empty(), "{}", row.id);
            assert!(!row.source.title.is_empty() && !row.source.publisher.is_empty(), "{}", row.id);
            for zone in &row.zones {
                assert!(zone.names.missing().is_empty(), "{} {}", row.id, zone.id);
            }
        }
    }

    #[test]
    fn the_strongest_row_that_holds_counts() {
        let rates = DrawRates::standard();
        let at = |mode: &str, hits: &[&str]| {
            let hits: Vec<Severity> = hits.iter().map(|hit| hit.parse().unwrap()).collect();
            rates.damage.of_link(mode, &hits).map(|row| row.at.to_string())
        };
        assert_eq!(at("road", &["mmi 8"]).as_deref(), Some("mmi 8"));
        assert_eq!(at("road", &["mmi 6"]), None);
        assert_eq!(at("sea", &["wind 33", "mmi 7"]).as_deref(), Some("wind 25"));
        assert_eq!(at("sea", &["flood extreme"]), None);
        assert_eq!(at("rail", &["jma 6-"]).as_deref(), Some("mmi 8"));
    }
}
