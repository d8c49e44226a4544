//! What could strike: scenarios drawn from published frequencies, each with the weight it carries.
//!
//! A scenario is messages such as a warning centre would send, so that one [`Estimator`] says of a
//! drawn earthquake what it says of a reported one. Scenario `i` of seed `s` is the same whatever
//! else is drawn, on every machine: streams of [`Chance`] by seed, number and purpose, and
//! transcendental functions from `libm`.
//!
//! Rare and grave events are drawn more often than they happen. Each scenario therefore carries a
//! weight whose mean is one: a mean over scenarios, each times its weight, is the mean over events
//! as they happen, and times [`Draw::yearly_micro`] it is the yearly sum.

mod chance;
mod earthquake;
mod fire;
mod flood;
mod rates;
mod season;
mod typhoon;

use libm::{cos, log10, pow};
use pumasi_base::{Point, Status, Time};

pub use chance::Chance;
pub use rates::{
    Class, DamageRates, DrawRates, DrawRatesError, LinkDamage, PowerNeed, PowerRates, Row,
    StockDamage, TrackRates, Zone,
};
pub use season::Season;

use crate::geometry::{bearing, between};
use crate::{
    Area, Degree, Estimate, Estimator, Footprint, Hazard, Message, Part, Shape, Statement,
};

/// The purpose of the stream that draws what strikes.
const EVENT: u64 = 1;
/// The purpose of the stream that says what it does to links and stocks.
const DAMAGE: u64 = 2;
/// Kilometres in a degree of latitude.
const KM_PER_DEGREE: f64 = 111.195;
/// One million: rates and weights are held in millionths.
const MICRO: i128 = 1_000_000;

/// Published frequencies, ready to draw scenarios from.
#[derive(Debug, Clone, PartialEq)]
pub struct Draw {
    rates: DrawRates,
    year: i16,
    cells: Vec<Cell>,
}

/// One class of one row.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Cell {
    row: usize,
    class: usize,
    /// How often it is drawn, against the others.
    drawn: u64,
    weight_ppm: i64,
}

/// How strong a drawn event is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// An earthquake, in hundredths of magnitude.
    MagnitudeCenti(i32),
    /// A typhoon, by its central pressure at landfall in hectopascals.
    PressureHpa(i32),
    /// A fire, by the hectares it burns.
    Hectares(i32),
    /// A flood, by the radius of the area that is warned of, in kilometres.
    RadiusKm(i32),
}

/// What strikes in one scenario.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawn {
    /// The seed it was drawn from.
    pub seed: u64,
    /// Its number under that seed.
    pub number: u64,
    /// What strikes.
    pub hazard: Hazard,
    /// The id of the [`Row`] it was drawn from.
    pub row: String,
    /// The id of the [`Zone`] within the row.
    pub zone: String,
    /// How strong it is.
    pub strength: Strength,
    /// When: the origin of an earthquake, the landfall of a typhoon, the warning of anything else.
    pub origin: Time,
    /// The season at the place.
    pub season: Season,
    /// Its centre.
    pub centre: Point,
    /// Its weight in millionths; the mean over all scenarios is one million.
    pub weight_ppm: i64,
    /// What a warning centre would say of it.
    pub messages: Vec<Message>,
}

/// A scenario with what it means for people.
#[derive(Debug, Clone, PartialEq)]
pub struct Struck {
    /// What struck.
    pub drawn: Drawn,
    /// Who was hit, and what they need.
    pub estimate: Estimate,
}

impl Struck {
    /// The places that were hit, worst first, with their people.
    #[must_use]
    pub fn places(&self) -> &[Footprint] {
        &self.estimate.footprint
    }

    /// The chance that decides what it does to links and stocks.
    #[must_use]
    pub const fn damage(&self) -> Chance {
        damage_chance(self.drawn.seed, self.drawn.number)
    }
}

/// The chance that decides what a scenario does to links and stocks.
///
/// Events that were not drawn, such as those of drills, have a number of their own.
#[must_use]
pub const fn damage_chance(seed: u64, number: u64) -> Chance {
    Chance::of(seed, number, DAMAGE)
}

impl Draw {
    /// Makes ready to draw scenarios of a year; the year only dates them.
    #[must_use]
    pub fn new(rates: DrawRates, year: i16) -> Self {
        let happens = i128::from(rates.yearly_micro());
        let all = || rates.rows.iter().flat_map(|row| &row.classes);
        let often = |class: &Class| i128::from(class.yearly_micro) * i128::from(class.drawn_milli);
        let drawn: i128 = all().map(often).sum();
        let mut cells = Vec::new();
        for (row, of) in rates.rows.iter().enumerate() {
            for (class, one) in of.classes.iter().enumerate() {
                let by = (happens * i128::from(one.drawn_milli)).max(1);
                let weight = (drawn * MICRO + by / 2) / by;
                cells.push(Cell {
                    row,
                    class,
                    drawn: u64::try_from(often(one)).unwrap_or(u64::MAX),
                    weight_ppm: i64::try_from(weight).unwrap_or(i64::MAX),
                });
            }
        }
        Self { rates, year, cells }
    }

    /// The rates scenarios are drawn from.
    #[must_use]
    pub const fn rates(&self) -> &DrawRates {
        &self.rates
    }

    /// Events in a million years, over all that is drawn.
    #[must_use]
    pub fn yearly_micro(&self) -> i64 {
        self.rates.yearly_micro()
    }

    /// How often in a million years the event of one of `scenarios` happens, on average over them:
    /// all events a year times its weight, shared among the scenarios.
    #[must_use]
    pub fn frequency_micro(&self, weight_ppm: i64, scenarios: u64) -> i64 {
        let yearly = i128::from(self.yearly_micro()) * i128::from(weight_ppm);
        let by = MICRO * i128::from(scenarios.max(1));
        i64::try_from((yearly + by / 2) / by).unwrap_or(i64::MAX)
    }

    /// Draws a scenario; nothing where the rates hold nothing to draw.
    #[must_use]
    pub fn drawn(&self, seed: u64, number: u64) -> Option<Drawn> {
        let mut chance = Chance::of(seed, number, EVENT);
        let cell = self.cells.get(chance.choice(self.cells.iter().map(|cell| cell.drawn))?)?;
        let row = self.rates.rows.get(cell.row)?;
        let class = row.classes.get(cell.class)?;
        let origin = season::origin(row, self.year, &mut chance)?;
        let size = size(row, class, &mut chance);
        let open = |zone: &Zone| match row.hazard {
            Hazard::Earthquake => zone.most.is_none_or(|most| size <= most),
            _ => true,
        };
        let shares = row.zones.iter().map(|zone| if open(zone) { zone.share_micro } else { 0 });
        let zone = row.zones.get(chance.choice(shares)?)?;
        let centre = within(zone, &mut chance);
        let sketch =
            Sketch { id: format!("{seed}-{number}"), row, class, zone, origin, centre, size };
        let (strength, messages) = match row.hazard {
            Hazard::Earthquake => earthquake::messages(&sketch, &mut chance),
            Hazard::TropicalCyclone => typhoon::messages(&sketch, &self.rates.track, &mut chance),
            Hazard::Wildfire => fire::messages(&sketch),
            _ => flood::messages(&sketch),
        };
        Some(Drawn {
            seed,
            number,
            hazard: row.hazard,
            row: row.id.clone(),
            zone: zone.id.clone(),
            strength,
            season: Season::of(origin),
            origin,
            centre,
            weight_ppm: cell.weight_ppm,
            messages,
        })
    }

    /// Draws a scenario and estimates what it means for people.
    #[must_use]
    pub fn struck(&self, estimator: &Estimator, seed: u64, number: u64) -> Option<Struck> {
        let drawn = self.drawn(seed, number)?;
        let mut estimate = estimator.estimate(&drawn.messages, &[]);
        estimate.origin = drawn.origin;
        Some(Struck { drawn, estimate })
    }
}

/// What is drawn of an event of any hazard.
struct Sketch<'a> {
    id: String,
    row: &'a Row,
    class: &'a Class,
    zone: &'a Zone,
    origin: Time,
    centre: Point,
    /// In the unit of the class.
    size: f64,
}

impl Sketch<'_> {
    /// A message about it that says nothing yet. Whatever is drawn is an exercise.
    fn message(&self, product: &str) -> Message {
        let id = format!("{}-{product}", self.id);
        let mut message = Message::bare("drawn", SOURCE, product, (id, 1), self.origin);
        message.status = Status::Exercise;
        message.hazards = vec![self.row.hazard];
        message
    }

    /// A message that a hazard was observed within a circle.
    fn observed(&self, hazard: Hazard, degree: Degree, centre: Point, radius_km: f64) -> Message {
        let radius_m = u32::try_from(whole(radius_km * 1000.0)).unwrap_or(0);
        let area = Area {
            label: self.zone.id.clone(),
            shapes: vec![Shape::Circle { centre, radius_m }],
            ..Area::default()
        };
        let says =
            [("event", hazard.name()), ("severity", degree.name()), ("certainty", "Observed")];
        let part = Part {
            says: says.into_iter().map(|(what, value)| Statement::new(what, value)).collect(),
            areas: vec![area],
            ..Part::default()
        };
        let mut message = self.message(hazard.name());
        (message.hazards, message.parts) = (vec![hazard], vec![part]);
        message
    }
}

/// The source that drawn messages name.
pub const SOURCE: &str = "drawn";

/// The strength within a class: counts fall by powers of ten with magnitude and with the logarithm
/// of an area, and are even over pressures and radii.
fn size(row: &Row, class: &Class, chance: &mut Chance) -> f64 {
    let share = chance.share();
    match row.hazard {
        Hazard::Earthquake => falling(class.from, class.to, row.fall, share),
        Hazard::Wildfire => pow(10.0, falling(log10(class.from), log10(class.to), row.fall, share)),
        _ => class.from + (class.to - class.from) * share,
    }
}

/// The inverse of a distribution whose density falls by `fall` powers of ten for each unit, cut off
/// at both ends.
fn falling(from: f64, to: f64, fall: f64, share: f64) -> f64 {
    if fall <= 0.0 {
        return from + (to - from) * share;
    }
    let left = 1.0 - share * (1.0 - pow(10.0, -fall * (to - from)));
    from - log10(left) / fall
}

/// A point within a zone, evenly along its line and to either side.
fn within(zone: &Zone, chance: &mut Chance) -> Point {
    let along = between(zone.from, zone.to, chance.share());
    let aside = chance.between([-zone.half_width_km, zone.half_width_km]);
    let across = bearing(zone.from, zone.to) + std::f64::consts::FRAC_PI_2;
    moved(along, across, aside)
}

/// A point moved by kilometres towards a bearing in radians, on a plane that touches the earth
/// there.
fn moved(from: Point, towards: f64, km: f64) -> Point {
    let lat = (f64::from(from.lat_micro) / 1e6).to_radians();
    let north = km * cos(towards) / KM_PER_DEGREE;
    let east = km * libm::sin(towards) / (KM_PER_DEGREE * cos(lat));
    Point {
        lat_micro: from.lat_micro.saturating_add(whole(north * 1e6)),
        lon_micro: from.lon_micro.saturating_add(whole(east * 1e6)),
    }
}

/// The nearest whole number, held at the ends of the type.
fn whole(of: f64) -> i32 {
    #[expect(clippy::as_conversions, reason = "a float beyond the type becomes its end")]
    let whole = libm::round(of) as i32;
    whole
}

#[cfg(test)]
mod tests;
