//! How many people an earthquake kills, with how much doubt.
//!
//! SPEC: Jaiswal and Wald, "An Empirical Model for Global Earthquake Fatality Estimation",
//! Earthquake Spectra 26 (2010): people by intensity times a country's rate, the count lognormal.

use libm::{ceil, erfc, exp, floor, fmin, log, round, sqrt};

use crate::factors::DeathRate;
use crate::shaking::TENTH;
use crate::{Factors, Finding, FindingCode, Intensity, Range};

/// The strongest intensity the rates were fitted for.
const INTENSITY_MAX: f64 = 9.0;
/// The weakest intensity that is counted.
const INTENSITY_MIN: f64 = 4.5;

/// The share of people who die at a Modified Mercalli Intensity.
#[must_use]
pub fn death_rate(rate: DeathRate, mmi: f64) -> f64 {
    if mmi < INTENSITY_MIN {
        return 0.0;
    }
    normal(log(fmin(mmi, INTENSITY_MAX) / rate.theta) / rate.beta)
}

/// The standard normal distribution function.
fn normal(x: f64) -> f64 {
    erfc(-x / sqrt(2.0)) / 2.0
}

/// Deaths summed over places, before they become whole people.
#[derive(Debug, Default)]
pub(crate) struct Deaths<'a> {
    /// Expected deaths by country.
    by_country: std::collections::BTreeMap<&'a str, f64>,
}

impl<'a> Deaths<'a> {
    /// Adds `people` of `country` who felt `intensity`.
    pub(crate) fn add(
        &mut self,
        factors: &Factors,
        country: &'a str,
        people: f64,
        intensity: Intensity,
    ) {
        let rate = factors.deaths.countries.get(country);
        let deaths = rate.map_or(0.0, |rate| people * death_rate(*rate, intensity.as_mmi()));
        *self.by_country.entry(country).or_default() += deaths;
    }

    /// The tenth, fiftieth and ninetieth percentile, and which countries lack rates of their own.
    ///
    /// The doubt is that of the country with most deaths.
    pub(crate) fn range(&self, factors: &Factors) -> (Range, Vec<Finding>) {
        let mut findings = Vec::new();
        let (mut total, mut most, mut spread) = (0.0, -1.0, 0.0);
        for (country, deaths) in &self.by_country {
            let Some(rate) = factors.deaths.countries.get(*country) else {
                let what = format!("no death rates are known for `{country}`");
                findings.push(Finding::new(FindingCode::RatesMissing, *country, what));
                continue;
            };
            if rate.borrowed {
                let what = format!("the death rates of `{country}` were fitted to other countries");
                findings.push(Finding::new(FindingCode::RatesBorrowed, *country, what));
            }
            total += *deaths;
            if *deaths > most {
                (most, spread) = (*deaths, rate.spread);
            }
        }
        let factor = exp(TENTH * spread);
        let range = Range {
            low: whole(floor(total / factor)),
            central: whole(round(total)),
            high: whole(ceil(total * factor)),
        };
        (range, findings)
    }
}

/// A whole number of people; what no `i64` holds is held at its ends, and no number is nobody.
fn whole(people: f64) -> i64 {
    #[expect(clippy::as_conversions, reason = "the float was rounded, and `as` saturates")]
    let people = people as i64;
    people.max(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(country: &str, mmi: f64, expected: &str) {
        let factors = Factors::standard();
        let rate = factors.deaths.countries[country];
        assert_eq!(format!("{:.1e}", death_rate(rate, mmi)), expected, "{country} {mmi}");
    }

    /// SPEC: the rates of the published constants at 7, 8 and 9.
    #[test]
    fn rates_agree_with_published_constants() {
        check("jp", 7.0, "8.3e-8");
        check("jp", 8.0, "4.6e-5");
        check("jp", 9.0, "3.1e-3");
        check("kr", 7.0, "4.9e-5");
        check("kr", 8.0, "5.2e-3");
        check("kr", 9.0, "8.3e-2");
        check("cn", 7.0, "5.1e-5");
        check("cn", 8.0, "5.3e-3");
        check("cn", 9.0, "8.4e-2");
        check("jp", 11.0, "3.1e-3");
        check("jp", 4.0, "0.0e0");
    }

    #[test]
    fn percentiles_lie_a_spread_apart() {
        let factors = Factors::standard();
        let mut deaths = Deaths::default();
        deaths.add(&factors, "jp", 1_000_000.0, "mmi 9".parse().unwrap());
        deaths.add(&factors, "kr", 10.0, "mmi 6".parse().unwrap());
        deaths.add(&factors, "us", 10.0, "mmi 6".parse().unwrap());
        let (range, findings) = deaths.range(&factors);
        assert_eq!(range, Range { low: 471, central: 3070, high: 19_963 });
        let codes: Vec<_> = findings.iter().map(|finding| finding.code.name()).collect();
        assert_eq!(codes, ["rates_borrowed", "rates_missing"]);
    }
}
