//! The rates behind an estimate, read from a text that a party may replace by its own.

use std::collections::BTreeMap;

use pumasi_base::{CommodityId, PlaceId, Unit};
use serde::Deserialize;

use crate::{Degree, Hazard, Intensity, JmaIntensity, Mmi, Range, Severity, SourceRef, country_of};

/// One million: rates are held in millionths.
pub(crate) const MICRO: i128 = 1_000_000;

/// All rates, checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Factors {
    /// The version its authors gave it.
    pub version: String,
    /// Shares of people out of their homes at the peak, by wind and by warning.
    pub evacuated: Rates,
    /// Shares of people out of their homes for longer; those by shaking are of the peak.
    pub displaced: Rates,
    /// Shares of people without piped water at the peak.
    pub without_water: Rates,
    /// Death rates by country.
    pub deaths: DeathRates,
    /// From damaged homes to people.
    pub damage: DamageFactors,
    /// What one person needs.
    pub needs: Vec<NeedFactor>,
    /// What one person uses of goods that only some depend on.
    pub uses: Vec<UseFactor>,
}

/// Shares of people by how hard they were hit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rates {
    /// Where they come from.
    pub source: SourceRef,
    jma: BTreeMap<JmaIntensity, Amount>,
    mmi: BTreeMap<Mmi, Amount>,
    wind: BTreeMap<u16, Amount>,
    warned: BTreeMap<(Hazard, Degree), Amount>,
}

impl Rates {
    /// The share at a severity. Shaking above the table's strongest takes that one's, wind between
    /// two entries the weaker one's; what the table does not know hits nobody.
    #[must_use]
    pub fn at(&self, severity: Severity) -> Amount {
        let entry = match severity {
            Severity::Shaking(Intensity::Jma(class)) => at_or_below_last(&self.jma, class),
            Severity::Shaking(Intensity::Mmi(degree)) => at_or_below_last(&self.mmi, degree),
            Severity::Wind(metres) => self.wind.range(..=metres).next_back().map(|(_, one)| *one),
            Severity::Warned(hazard, degree) => self.warned.get(&(hazard, degree)).copied(),
        };
        entry.unwrap_or_default()
    }
}

fn at_or_below_last<K: Ord + Copy>(table: &BTreeMap<K, Amount>, key: K) -> Option<Amount> {
    let (last, strongest) = table.last_key_value()?;
    if key > *last { Some(*strongest) } else { table.get(&key).copied() }
}

/// What damaged homes say of people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DamageFactors {
    /// Where it comes from.
    pub source: SourceRef,
    /// The share of the people of half collapsed homes who leave them.
    pub half_destroyed: Amount,
    /// From which day on which share of the people of homes without water leave them, by day.
    pub without_water: Vec<(i64, Amount)>,
    /// Thousandths of people in a home, by country.
    pub people_per_home_milli: BTreeMap<String, i64>,
}

impl DamageFactors {
    /// The people of so many homes of a place; two in a home where nobody knows of its country.
    #[must_use]
    pub fn people_of(&self, place: &PlaceId, homes: i64) -> i64 {
        let milli = self.people_per_home_milli.get(country_of(place)).copied().unwrap_or(2_000);
        i64::try_from(i128::from(homes) * i128::from(milli) / 1000).unwrap_or(i64::MAX)
    }
}

/// An amount for one person, in millionths, low, central and high.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Amount {
    /// Low figure in millionths.
    pub low_micro: i64,
    /// Central figure in millionths.
    pub central_micro: i64,
    /// High figure in millionths.
    pub high_micro: i64,
}

impl Amount {
    /// This amount for each of `people`: low rounded down, central to the nearest, high up.
    #[must_use]
    pub fn times(self, people: Range) -> Range {
        let exact = |people: i64, micro: i64| i128::from(people) * i128::from(micro);
        let whole = |millionths: i128| i64::try_from(millionths / MICRO).unwrap_or(i64::MAX);
        Range {
            low: whole(exact(people.low, self.low_micro)),
            central: whole(exact(people.central, self.central_micro) + MICRO / 2),
            high: whole(exact(people.high, self.high_micro) + MICRO - 1),
        }
    }
}

/// Death rates by country, after PAGER's empirical model.
#[derive(Debug, Clone, PartialEq)]
pub struct DeathRates {
    /// Where they come from.
    pub source: SourceRef,
    /// The constants by country, the first part of a place's id.
    pub countries: BTreeMap<String, DeathRate>,
}

/// One country's constants.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DeathRate {
    /// The intensity at which half the people die.
    pub theta: f64,
    /// How steeply deaths rise, on the logarithm of intensity.
    pub beta: f64,
    /// Standard deviation of the logarithm of the count.
    pub spread: f64,
    /// Whether the constants were fitted to other countries.
    pub borrowed: bool,
}

/// Who needs something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum People {
    /// Those out of their homes at the peak, those told to leave included.
    Evacuated,
    /// Those out of their homes.
    Displaced,
    /// Those without piped water, at home or not.
    WithoutWater,
}

/// What one person needs of one commodity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NeedFactor {
    /// The commodity.
    pub commodity: CommodityId,
    /// The unit the amount is in.
    pub unit: Unit,
    /// Who needs it.
    pub people: People,
    /// Whether it is needed once instead of every day.
    pub lasting: bool,
    /// The months in which it is needed, 1 to 12; all when empty.
    pub months: Vec<i8>,
    /// How much for one person.
    pub amount: Amount,
    /// Where the amount comes from.
    pub source: SourceRef,
}

/// What one person who depends on it uses in a day of something that only some depend on, such as
/// the fuel of generators: what is needed on average says little of how badly a unit is missed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UseFactor {
    /// The commodity.
    pub commodity: CommodityId,
    /// The unit the amount is in.
    pub unit: Unit,
    /// Millionths of a unit a day, above zero.
    pub a_day_micro: i64,
    /// Where the amount comes from.
    pub source: SourceRef,
}

/// What is wrong with a text of factors.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FactorsError {
    /// The text does not read.
    #[error("the factors do not read: {0}")]
    Unreadable(String),
    /// A number is none, is out of bounds, or low, central and high are not in this order.
    #[error("`{at}`: {what}")]
    Number {
        /// The entry at fault.
        at: String,
        /// What is wrong with it.
        what: String,
    },
    /// A row of rates is for nothing that can befall a place.
    #[error("`{at}` has no row `{text}`: write `6+`, `8`, a wind in m/s, or `flood severe`")]
    Intensity {
        /// The table.
        at: String,
        /// The text as it was given.
        text: String,
    },
    /// A commodity is given twice.
    #[error("the need of `{0}` is given twice")]
    Twice(CommodityId),
}

impl Factors {
    /// The factors Pumasi comes with.
    #[must_use]
    pub fn standard() -> Self {
        #[expect(clippy::expect_used, reason = "a test reads this very text, which cannot change")]
        Self::read(include_str!("factors.toml")).expect("the embedded factors read")
    }

    /// Reads a text of the form of `factors.toml`.
    ///
    /// # Errors
    /// The first thing wrong with it; nothing is repaired silently.
    pub fn read(text: &str) -> Result<Self, FactorsError> {
        let file: File =
            toml::from_str(text).map_err(|error| FactorsError::Unreadable(error.to_string()))?;
        let mut needs: Vec<NeedFactor> = Vec::new();
        for entry in file.need {
            let need = entry.check()?;
            if needs.iter().any(|other| other.commodity == need.commodity) {
                return Err(FactorsError::Twice(need.commodity));
            }
            needs.push(need);
        }
        let mut uses: Vec<UseFactor> = Vec::new();
        for entry in file.uses {
            let factor = entry.check()?;
            let known = needs.iter().map(|need| &need.commodity);
            if known
                .chain(uses.iter().map(|other| &other.commodity))
                .any(|c| *c == factor.commodity)
            {
                return Err(FactorsError::Twice(factor.commodity));
            }
            uses.push(factor);
        }
        Ok(Self {
            version: file.version,
            evacuated: file.evacuated.check("evacuated")?,
            displaced: file.displaced.check("displaced")?,
            without_water: file.without_water.check("without_water")?,
            deaths: file.deaths.check()?,
            damage: file.damage.check()?,
            needs,
            uses,
        })
    }

    /// Millionths of a unit that a person uses, and whether once instead of every day; nothing where
    /// no factor knows.
    #[must_use]
    pub fn used_by_a_person(&self, commodity: &CommodityId) -> Option<(i64, bool)> {
        let need = self.needs.iter().find(|need| need.commodity == *commodity);
        let need = need.map(|need| (need.amount.central_micro, need.lasting));
        let used = || self.uses.iter().find(|factor| factor.commodity == *commodity);
        need.or_else(|| used().map(|factor| (factor.a_day_micro, false)))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: String,
    evacuated: RatesEntry,
    displaced: RatesEntry,
    without_water: RatesEntry,
    deaths: DeathsEntry,
    damage: DamageEntry,
    #[serde(default)]
    need: Vec<NeedEntry>,
    #[serde(default, rename = "use")]
    uses: Vec<UseEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RatesEntry {
    source: SourceRef,
    #[serde(default)]
    jma: BTreeMap<String, [String; 3]>,
    #[serde(default)]
    mmi: BTreeMap<String, [String; 3]>,
    #[serde(default)]
    wind: BTreeMap<String, [String; 3]>,
    #[serde(default)]
    warned: BTreeMap<String, [String; 3]>,
}

impl RatesEntry {
    pub(crate) fn check(self, at: &str) -> Result<Rates, FactorsError> {
        let degree = |text: &str| text.parse().ok().and_then(Mmi::new);
        let warned = |text: &str| match text.parse() {
            Ok(Severity::Warned(hazard, degree)) => Some((hazard, degree)),
            _ => None,
        };
        Ok(Rates {
            source: self.source,
            jma: shares(at, self.jma, JmaIntensity::from_code)?,
            mmi: shares(at, self.mmi, degree)?,
            wind: shares(at, self.wind, |text| text.parse().ok())?,
            warned: shares(at, self.warned, warned)?,
        })
    }
}

fn shares<K: Ord>(
    at: &str,
    table: BTreeMap<String, [String; 3]>,
    read: impl Fn(&str) -> Option<K>,
) -> Result<BTreeMap<K, Amount>, FactorsError> {
    let mut shares = BTreeMap::new();
    for (text, numbers) in table {
        let amount = amount(&format!("{at} {text}"), &numbers)?;
        if i128::from(amount.high_micro) > MICRO {
            let at = format!("{at} {text}");
            return Err(FactorsError::Number { at, what: "a share is at most 1".to_owned() });
        }
        let Some(key) = read(&text) else {
            return Err(FactorsError::Intensity { at: at.to_owned(), text });
        };
        shares.insert(key, amount);
    }
    Ok(shares)
}

pub(crate) fn amount(at: &str, [low, central, high]: &[String; 3]) -> Result<Amount, FactorsError> {
    let wrong = |what: String| FactorsError::Number { at: at.to_owned(), what };
    let read = |text: &str| micro(text).ok_or_else(|| wrong(format!("`{text}` is no decimal")));
    let amount =
        Amount { low_micro: read(low)?, central_micro: read(central)?, high_micro: read(high)? };
    if amount.low_micro <= amount.central_micro && amount.central_micro <= amount.high_micro {
        Ok(amount)
    } else {
        Err(wrong("write low, central and high in this order".to_owned()))
    }
}

/// Reads a decimal of at most six places, exactly, in millionths.
pub(crate) fn micro(text: &str) -> Option<i64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole) || !digits(part) || part.len() > 6 {
        return None;
    }
    let part: i64 = format!("{part:0<6}").parse().ok()?;
    whole.parse::<i64>().ok()?.checked_mul(1_000_000)?.checked_add(part)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DeathsEntry {
    source: SourceRef,
    country: Vec<CountryEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CountryEntry {
    country: String,
    theta: String,
    beta: String,
    spread: String,
    #[serde(default)]
    borrowed: bool,
}

impl DeathsEntry {
    fn check(self) -> Result<DeathRates, FactorsError> {
        let mut countries = BTreeMap::new();
        for entry in self.country {
            let read = |text: &str| {
                let number = text.parse::<f64>().ok().filter(|n| n.is_finite() && *n > 0.0);
                number.ok_or_else(|| FactorsError::Number {
                    at: format!("deaths {}", entry.country),
                    what: format!("`{text}` is no decimal above zero"),
                })
            };
            let rate = DeathRate {
                theta: read(&entry.theta)?,
                beta: read(&entry.beta)?,
                spread: read(&entry.spread)?,
                borrowed: entry.borrowed,
            };
            countries.insert(entry.country, rate);
        }
        Ok(DeathRates { source: self.source, countries })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DamageEntry {
    source: SourceRef,
    half_destroyed: [String; 3],
    without_water: Vec<WaterEntry>,
    people_per_home: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WaterEntry {
    from_day: i64,
    share: [String; 3],
}

impl DamageEntry {
    fn check(self) -> Result<DamageFactors, FactorsError> {
        let mut without_water = Vec::new();
        for entry in self.without_water {
            let at = format!("damage without_water from day {}", entry.from_day);
            without_water.push((entry.from_day, amount(&at, &entry.share)?));
        }
        without_water.sort_by_key(|(from_day, _)| *from_day);
        let mut people_per_home_milli = BTreeMap::new();
        for (country, text) in self.people_per_home {
            let number = micro(&text).map(|micro| micro / 1000).filter(|milli| *milli > 0);
            let milli = number.ok_or_else(|| FactorsError::Number {
                at: format!("damage people_per_home {country}"),
                what: format!("`{text}` is no decimal above zero"),
            })?;
            people_per_home_milli.insert(country, milli);
        }
        Ok(DamageFactors {
            source: self.source,
            half_destroyed: amount("damage half_destroyed", &self.half_destroyed)?,
            without_water,
            people_per_home_milli,
        })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NeedEntry {
    commodity: CommodityId,
    unit: Unit,
    people: People,
    #[serde(default)]
    lasting: bool,
    #[serde(default)]
    months: Vec<i8>,
    amount: [String; 3],
    source: SourceRef,
}

impl NeedEntry {
    fn check(self) -> Result<NeedFactor, FactorsError> {
        let at = format!("need of {}", self.commodity);
        if let Some(month) = self.months.iter().find(|month| !(1..=12).contains(*month)) {
            return Err(FactorsError::Number { at, what: format!("`{month}` is no month") });
        }
        let amount = amount(&at, &self.amount)?;
        let Self { commodity, unit, people, lasting, months, source, .. } = self;
        Ok(NeedFactor { commodity, unit, people, lasting, months, amount, source })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct UseEntry {
    commodity: CommodityId,
    unit: Unit,
    a_day: String,
    source: SourceRef,
}

impl UseEntry {
    fn check(self) -> Result<UseFactor, FactorsError> {
        let Self { commodity, unit, a_day, source } = self;
        let a_day_micro = micro(&a_day).filter(|micro| *micro > 0);
        let a_day_micro = a_day_micro.ok_or_else(|| FactorsError::Number {
            at: format!("use of {commodity}"),
            what: format!("`{a_day}` is no decimal above zero"),
        })?;
        Ok(UseFactor { commodity, unit, a_day_micro, source })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STANDARD: &str = include_str!("factors.toml");

    #[track_caller]
    fn check(from: &str, to: &str, expected: &str) {
        assert!(STANDARD.contains(from), "`{from}` is not in the standard text");
        let shown = match Factors::read(&STANDARD.replacen(from, to, 1)) {
            Ok(factors) => format!("{} needs", factors.needs.len()),
            Err(error) => error.to_string(),
        };
        assert!(shown.starts_with(expected), "{shown}");
    }

    #[test]
    fn reads_the_standard_text_and_says_what_is_wrong_with_another() {
        check("", "", "13 needs");
        check(
            "\"0.2\", \"0.4\", \"0.6\"",
            "\"0.5\", \"0.4\", \"0.6\"",
            "`displaced 7`: write low,",
        );
        check(
            "\"0.2\", \"0.4\", \"0.6\"",
            "\"0.2\", \"0.4\", \"1.6\"",
            "`displaced 7`: a share is",
        );
        check("\"0.2\", \"0.4\", \"0.6\"", "\"0.2\", \"-1\", \"1.6\"", "`displaced 7`: `-1` is no");
        check("\"6-\"", "\"6\"", "`displaced` has no row `6`");
        check("[12, 1, 2, 3]", "[0]", "`need of kerosene`: `0` is no month");
        check("\"11.862534\"", "\"NaN\"", "`deaths jp`: `NaN` is no decimal");
        check("commodity = \"meal\"", "commodity = \"blanket\"", "the need of `blanket` is given");
        check("commodity = \"diesel\"", "commodity = \"soap\"", "the need of `soap` is given");
        check(
            "a_day = \"0.05\"",
            "a_day = \"0\"",
            "`use of hydrogen`: `0` is no decimal above zero",
        );
        check("version", "versoin", "the factors do not read");
    }

    #[test]
    fn amounts_round_outwards() {
        let amount = Amount { low_micro: 20_000, central_micro: 20_000, high_micro: 20_000 };
        let of = |n| amount.times(Range { low: n, central: n, high: n });
        assert_eq!(of(0), Range::default());
        assert_eq!(of(24), Range { low: 0, central: 0, high: 1 });
        assert_eq!(of(25), Range { low: 0, central: 1, high: 1 });
        assert_eq!(of(100), Range { low: 2, central: 2, high: 2 });
        assert_eq!(of(i64::MAX).high, i64::MAX / 50 + 1);
    }

    #[test]
    fn intensities_above_the_table_take_its_last_row() {
        let factors = Factors::standard();
        let at = |text: &str| factors.displaced.at(text.parse().unwrap()).central_micro;
        assert_eq!(at("mmi 12"), at("mmi 9"));
        assert_eq!((at("mmi 5"), at("jma 4"), at("jma 7")), (0, 0, 400_000));
    }
}
