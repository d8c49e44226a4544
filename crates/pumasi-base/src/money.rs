//! Exact money: whole minor units of an ISO 4217 currency.

use std::fmt;
use std::str::FromStr;

use iso_currency::Currency;
use serde::{Deserialize, Serialize};

/// An amount of money in minor units (sen, jeon, fen, cents); never negative.
///
/// Written as `"KRW 4700000"` or `"USD 12.50"`, with the decimals ISO 4217 gives the currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Money {
    minor: i64,
    currency: Currency,
}

/// Why a text is no money, or two amounts do not add.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// The text is no amount of money.
    #[error(
        "`{0}` is no amount of money: write an ISO 4217 code and an amount, such as `JPY 50000`"
    )]
    Unreadable(String),
    /// Amounts of two currencies do not add.
    #[error("currencies differ: `{0}` and `{1}`")]
    CurrenciesDiffer(&'static str, &'static str),
    /// The result is below zero or too large.
    #[error("the amount is out of range")]
    OutOfRange,
}

impl Money {
    /// Makes an amount of minor units.
    ///
    /// # Errors
    /// `OutOfRange` below zero.
    pub fn new(minor: i64, currency: Currency) -> Result<Self, MoneyError> {
        if minor < 0 { Err(MoneyError::OutOfRange) } else { Ok(Self { minor, currency }) }
    }
    /// The amount in minor units.
    #[must_use]
    pub const fn minor(self) -> i64 {
        self.minor
    }
    /// The ISO 4217 code.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.currency.code()
    }
    /// The sum.
    ///
    /// # Errors
    /// When the currencies differ or the sum overflows.
    pub fn plus(self, other: Self) -> Result<Self, MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::CurrenciesDiffer(self.code(), other.code()));
        }
        let minor = self.minor.checked_add(other.minor).ok_or(MoneyError::OutOfRange)?;
        Ok(Self { minor, currency: self.currency })
    }
    /// This unit price times an amount in thousandths, rounded half up to a minor unit.
    ///
    /// # Errors
    /// `OutOfRange` on overflow.
    pub fn times_milli(self, milli: i64) -> Result<Self, MoneyError> {
        let exact = i128::from(self.minor) * i128::from(milli);
        let rounded = (exact + 500).div_euclid(1000);
        let minor = i64::try_from(rounded).map_err(|_| MoneyError::OutOfRange)?;
        Self::new(minor, self.currency)
    }
    fn decimals(currency: Currency) -> u32 {
        currency.exponent().map_or(0, u32::from)
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let decimals = Self::decimals(self.currency);
        let scale = 10_i64.pow(decimals);
        write!(f, "{} {}", self.code(), self.minor / scale)?;
        if decimals > 0 {
            let width = usize::try_from(decimals).unwrap_or(0);
            write!(f, ".{:0width$}", self.minor % scale)?;
        }
        Ok(())
    }
}

impl FromStr for Money {
    type Err = MoneyError;
    fn from_str(text: &str) -> Result<Self, MoneyError> {
        let wrong = || MoneyError::Unreadable(text.to_owned());
        let (code, amount) = text.trim().split_once(' ').ok_or_else(wrong)?;
        let currency = Currency::from_code(code).ok_or_else(wrong)?;
        let decimals = usize::try_from(Self::decimals(currency)).unwrap_or(0);
        let (whole, part) = amount.split_once('.').unwrap_or((amount, ""));
        if part.len() > decimals || whole.is_empty() {
            return Err(wrong());
        }
        let digits = format!("{whole}{part:0<decimals$}");
        if !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(wrong());
        }
        Self::new(digits.parse().map_err(|_| wrong())?, currency)
    }
}
impl TryFrom<String> for Money {
    type Error = MoneyError;
    fn try_from(text: String) -> Result<Self, MoneyError> {
        text.parse()
    }
}
impl From<Money> for String {
    fn from(money: Money) -> String {
        money.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_writes_with_the_currency_s_decimals() {
        for good in ["JPY 50000", "KRW 4700000", "USD 12.50", "CNY 0.01"] {
            assert_eq!(good.parse::<Money>().unwrap().to_string(), good);
        }
        for bad in ["JPY 1.5", "XXZ 1", "USD", "USD -1", "USD .5"] {
            assert!(bad.parse::<Money>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_price_times_a_quantity_rounds_half_up() {
        let price: Money = "USD 0.33".parse().unwrap();
        assert_eq!(price.times_milli(1500).unwrap().to_string(), "USD 0.50");
    }
}
