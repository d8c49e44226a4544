//! Exact quantities: a decimal amount to three places, with its unit.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A unit of measure, by its UN/CEFACT Recommendation 20 code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Unit {
    /// Each, a counted piece (Rec 20 `EA`).
    #[serde(rename = "EA")]
    Each,
    /// Litre (Rec 20 `LTR`).
    #[serde(rename = "LTR")]
    Litre,
    /// Kilogram (Rec 20 `KGM`).
    #[serde(rename = "KGM")]
    Kilogram,
    /// Person-day of service (ours: Rec 20 has the day, `DAY`; people are counted with it).
    #[serde(rename = "DAY")]
    PersonDay,
    /// Kilowatt hour (Rec 20 `KWH`).
    #[serde(rename = "KWH")]
    KilowattHour,
}

impl Unit {
    /// Every unit.
    pub const ALL: [Self; 5] =
        [Self::Each, Self::Litre, Self::Kilogram, Self::PersonDay, Self::KilowattHour];

    /// The Recommendation 20 code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Each => "EA",
            Self::Litre => "LTR",
            Self::Kilogram => "KGM",
            Self::PersonDay => "DAY",
            Self::KilowattHour => "KWH",
        }
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// An exact amount of something, in thousandths of its unit; never negative.
///
/// Written as `"1200.5 LTR"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Quantity {
    milli: i64,
    unit: Unit,
}

/// What goes wrong with quantities.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum QuantityError {
    /// The text is no quantity.
    #[error(
        "`{0}` is no quantity: write an amount with at most three decimals and a unit, such as `500 LTR` (units: EA, LTR, KGM, DAY, KWH)"
    )]
    Unreadable(String),
    /// Two quantities of different units cannot be combined.
    #[error("units differ: `{0}` and `{1}`")]
    UnitsDiffer(Unit, Unit),
    /// The result is below zero or too large to hold.
    #[error("the amount is out of range")]
    OutOfRange,
}

impl Quantity {
    /// Makes a quantity of whole units.
    ///
    /// # Errors
    /// `OutOfRange` below zero or above what an `i64` of thousandths holds.
    pub fn whole(amount: i64, unit: Unit) -> Result<Self, QuantityError> {
        let milli = amount.checked_mul(1000).ok_or(QuantityError::OutOfRange)?;
        Self::milli(milli, unit)
    }

    /// Makes a quantity of thousandths of a unit.
    ///
    /// # Errors
    /// `OutOfRange` below zero.
    pub fn milli(milli: i64, unit: Unit) -> Result<Self, QuantityError> {
        if milli < 0 { Err(QuantityError::OutOfRange) } else { Ok(Self { milli, unit }) }
    }

    /// No amount of `unit`.
    #[must_use]
    pub const fn zero(unit: Unit) -> Self {
        Self { milli: 0, unit }
    }

    /// The amount in thousandths.
    #[must_use]
    pub const fn as_milli(self) -> i64 {
        self.milli
    }

    /// The amount in whole units, rounded down.
    #[must_use]
    pub const fn floor(self) -> i64 {
        self.milli / 1000
    }

    /// The unit.
    #[must_use]
    pub const fn unit(self) -> Unit {
        self.unit
    }

    /// Whether there is nothing.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.milli == 0
    }

    fn same(self, other: Self) -> Result<(), QuantityError> {
        if self.unit == other.unit {
            Ok(())
        } else {
            Err(QuantityError::UnitsDiffer(self.unit, other.unit))
        }
    }

    /// The sum.
    ///
    /// # Errors
    /// When the units differ or the sum overflows.
    pub fn plus(self, other: Self) -> Result<Self, QuantityError> {
        self.same(other)?;
        let milli = self.milli.checked_add(other.milli).ok_or(QuantityError::OutOfRange)?;
        Ok(Self { milli, unit: self.unit })
    }

    /// The difference.
    ///
    /// # Errors
    /// When the units differ or the result would be below zero.
    pub fn minus(self, other: Self) -> Result<Self, QuantityError> {
        self.same(other)?;
        Self::milli(self.milli - other.milli, self.unit)
    }

    /// The difference, or nothing when `other` is more.
    ///
    /// # Errors
    /// When the units differ.
    pub fn minus_at_most(self, other: Self) -> Result<Self, QuantityError> {
        self.same(other)?;
        Ok(Self { milli: (self.milli - other.milli).max(0), unit: self.unit })
    }

    /// Whether this is more than `other`.
    ///
    /// # Errors
    /// When the units differ.
    pub fn exceeds(self, other: Self) -> Result<bool, QuantityError> {
        self.same(other)?;
        Ok(self.milli > other.milli)
    }
}

/// Writes thousandths as a decimal without trailing zeros.
fn write_milli(f: &mut fmt::Formatter<'_>, milli: i64) -> fmt::Result {
    let (whole, part) = (milli / 1000, milli % 1000);
    if part == 0 {
        return write!(f, "{whole}");
    }
    let digits = format!("{part:03}");
    write!(f, "{whole}.{}", digits.trim_end_matches('0'))
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_milli(f, self.milli)?;
        write!(f, " {}", self.unit)
    }
}

fn read_milli(text: &str) -> Option<i64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole) || !digits(part) || part.len() > 3 {
        return None;
    }
    let part: i64 = format!("{part:0<3}").parse().ok()?;
    whole.parse::<i64>().ok()?.checked_mul(1000)?.checked_add(part)
}

impl FromStr for Quantity {
    type Err = QuantityError;
    fn from_str(text: &str) -> Result<Self, QuantityError> {
        let wrong = || QuantityError::Unreadable(text.to_owned());
        let (amount, code) = text.trim().split_once(' ').ok_or_else(wrong)?;
        let unit =
            Unit::ALL.into_iter().find(|unit| unit.code() == code.trim()).ok_or_else(wrong)?;
        Ok(Self { milli: read_milli(amount).ok_or_else(wrong)?, unit })
    }
}
impl TryFrom<String> for Quantity {
    type Error = QuantityError;
    fn try_from(text: String) -> Result<Self, QuantityError> {
        text.parse()
    }
}
impl From<Quantity> for String {
    fn from(quantity: Quantity) -> String {
        quantity.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let shown = match text.parse::<Quantity>() {
            Ok(quantity) => quantity.to_string(),
            Err(error) => format!("error: {error}"),
        };
        assert!(shown.starts_with(expected), "{text}: {shown}");
    }

    #[test]
    fn reads_and_writes_exactly() {
        check("500 LTR", "500 LTR");
        check("0.5 KGM", "0.5 KGM");
        check("12.050 KGM", "12.05 KGM");
        check("1.2345 KGM", "error: `1.2345 KGM` is no quantity");
        check("-1 EA", "error:");
        check("5 boxes", "error:");
        check("9999999999999999999 EA", "error:");
    }

    #[test]
    fn combines_only_like_with_like() {
        let water = Quantity::whole(5, Unit::Litre).unwrap();
        let rice = Quantity::whole(5, Unit::Kilogram).unwrap();
        assert_eq!(water.plus(rice), Err(QuantityError::UnitsDiffer(Unit::Litre, Unit::Kilogram)));
        assert_eq!(water.minus(water), Ok(Quantity::zero(Unit::Litre)));
        assert_eq!(Quantity::zero(Unit::Litre).minus(water), Err(QuantityError::OutOfRange));
    }
}
