//! Figures over scenarios with what is not known about them: weighted means and quantiles, with
//! intervals by resampling.
//!
//! Scenarios are drawn with weights, so every mean is one of weights times figures. How far it could
//! be off because other scenarios could as well have been drawn is found by drawing the scenarios
//! anew, from themselves, many times (the bootstrap; Efron, "Bootstrap methods: another look at the
//! jackknife", 1979). All sums are of integers, so that no order of adding changes any.

use pumasi_hazard::draw::Chance;
use serde::Serialize;

/// How often the scenarios are drawn anew.
pub const RESAMPLES: usize = 1000;
/// Of the resamples, how many in a hundred lie below an interval, and how many above.
pub const OUTSIDE_PERCENT: usize = 5;
/// How many dots stand for a distribution.
pub const DOTS: i64 = 20;
/// One million: shares and weights are held in millionths.
const MICRO: i128 = 1_000_000;
/// The purpose of the stream of chance that resamples, told apart from those that draw.
const PURPOSE: u64 = 0x5265_7361_6d70_6c65;

/// A figure with its interval: in nine of ten resamples it lies within.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Estimated {
    /// The lower end.
    pub low: i64,
    /// The figure of the scenarios as they were drawn.
    pub value: i64,
    /// The upper end.
    pub high: i64,
}

/// Drawn scenarios, their weights, and how often each comes in each resample.
#[derive(Debug, Clone)]
pub struct Sample {
    weights_ppm: Vec<i64>,
    /// By resample, then by scenario.
    counts: Vec<Vec<u8>>,
}

impl Sample {
    /// Resamples scenarios with such weights, by a chance of its own out of `seed`.
    #[must_use]
    pub fn new(weights_ppm: Vec<i64>, seed: u64) -> Self {
        let bound = u64::try_from(weights_ppm.len()).unwrap_or(u64::MAX);
        let resample = |number: usize| {
            let mut chance = Chance::of(seed, u64::try_from(number).unwrap_or(0), PURPOSE);
            let mut counts = vec![0_u8; weights_ppm.len()];
            for _ in 0..weights_ppm.len() {
                let drawn = usize::try_from(chance.below(bound)).ok();
                if let Some(count) = drawn.and_then(|drawn| counts.get_mut(drawn)) {
                    // That one is drawn 255 times would not happen in the age of the universe.
                    *count = count.saturating_add(1);
                }
            }
            counts
        };
        let counts = (0..RESAMPLES).map(resample).collect();
        Self { weights_ppm, counts }
    }

    /// How many scenarios there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.weights_ppm.len()
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.weights_ppm.is_empty()
    }

    /// How many scenarios of equal weight would say as much (Kish, "Survey sampling", 1965).
    #[must_use]
    pub fn effective(&self) -> i64 {
        let sum: i128 = self.weights_ppm.iter().map(|weight| i128::from(*weight)).sum();
        let squares: i128 = self.weights_ppm.iter().map(|w| i128::from(*w) * i128::from(*w)).sum();
        if squares == 0 { 0 } else { clamped(sum * sum / squares) }
    }

    /// Weights times figures, as drawn and in each resample; each figure is of one scenario, by
    /// rank, and what is not listed is nothing.
    ///
    /// Figures are below two to the 63rd and weights to the 43rd, so that even millions of them
    /// stay below two to the 127th.
    #[must_use]
    pub fn sums(&self, figures: &[(usize, i64)]) -> Sums {
        let sum = |counts: Option<&Vec<u8>>| {
            let mut sum = 0_i128;
            for (rank, figure) in figures {
                let weight = i128::from(self.weights_ppm.get(*rank).copied().unwrap_or(0));
                let times = counts.map_or(1, |counts| counts.get(*rank).copied().unwrap_or(0));
                sum = sum.saturating_add(i128::from(*figure) * weight * i128::from(times));
            }
            sum
        };
        Sums { drawn: sum(None), resampled: self.counts.iter().map(|c| sum(Some(c))).collect() }
    }

    /// The sums of a figure that is one in every scenario.
    #[must_use]
    pub fn ones(&self) -> Sums {
        let ones: Vec<(usize, i64)> = (0..self.len()).map(|rank| (rank, 1)).collect();
        self.sums(&ones)
    }

    /// The figures below which so many percent of the weight lie, one for each of `percents`,
    /// ascending; nothing where no scenario is listed.
    ///
    /// A figure that is missing lies above all others: what never comes comes last.
    #[must_use]
    pub fn quantiles(
        &self,
        figures: &[(usize, Option<i64>)],
        percents: &[i64],
    ) -> Option<Vec<Quantile>> {
        let ranked = ranked(figures);
        let percent = Parts { of: 100, parts: percents };
        let found = self.one_quantiles(&ranked, percent, None)?;
        let mut resampled: Vec<Vec<i64>> = vec![Vec::new(); percents.len()];
        for counts in &self.counts {
            let Some(found) = self.one_quantiles(&ranked, percent, Some(counts)) else { continue };
            for (all, one) in resampled.iter_mut().zip(found) {
                all.push(one);
            }
        }
        let quantile = |((value, percent), resampled): ((i64, &i64), Vec<i64>)| {
            let Estimated { low, value, high } = interval(value, resampled);
            let [low, value, high] = [low, value, high].map(known);
            Quantile { percent: *percent, low, value, high }
        };
        Some(found.into_iter().zip(percents).zip(resampled).map(quantile).collect())
    }

    /// [`DOTS`] figures that stand for all: each for as much of the weight as any other, the middle
    /// of its part; ascending, nothing where no scenario is listed.
    ///
    /// A figure that is missing lies above all others (Kay, Kola, Hullman and Munson, "When (ish) is
    /// my bus?", 2016: people who count dots misjudge chances less than those who read curves).
    #[must_use]
    pub fn dots(&self, figures: &[(usize, Option<i64>)]) -> Vec<Option<i64>> {
        let ranked = ranked(figures);
        let middles: Vec<i64> = (0..DOTS).map(|dot| 2 * dot + 1).collect();
        let middles = Parts { of: 2 * DOTS, parts: &middles };
        let found = self.one_quantiles(&ranked, middles, None).unwrap_or_default();
        found.into_iter().map(known).collect()
    }

    fn one_quantiles(
        &self,
        ranked: &[(i64, usize)],
        wanted: Parts<'_>,
        counts: Option<&Vec<u8>>,
    ) -> Option<Vec<i64>> {
        let weight = |rank: usize| {
            let times = counts.map_or(1, |counts| counts.get(rank).copied().unwrap_or(0));
            i128::from(self.weights_ppm.get(rank).copied().unwrap_or(0)) * i128::from(times)
        };
        let total: i128 = ranked.iter().map(|(_, rank)| weight(*rank)).sum();
        if total <= 0 {
            return None;
        }
        let of = i128::from(wanted.of);
        let mut found = Vec::with_capacity(wanted.parts.len());
        let mut wanted = wanted.parts.iter().map(|part| total * i128::from(*part)).peekable();
        let mut below = 0;
        for (figure, rank) in ranked {
            below += weight(*rank);
            while wanted.next_if(|wanted| below * of >= *wanted).is_some() {
                found.push(*figure);
            }
        }
        Some(found)
    }
}

/// Sums of weights times figures, as the scenarios were drawn and in each resample.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sums {
    drawn: i128,
    resampled: Vec<i128>,
}

impl Sums {
    /// These sums over `wholes`, in millionths; nothing where the wholes are.
    #[must_use]
    pub fn over(&self, wholes: &Self) -> Option<Estimated> {
        let value = share(self.drawn, wholes.drawn)?;
        let pairs = self.resampled.iter().zip(&wholes.resampled);
        Some(interval(value, pairs.filter_map(|(part, whole)| share(*part, *whole)).collect()))
    }

    /// The same in each resample; nothing where the wholes are.
    #[must_use]
    pub fn each_over(&self, wholes: &Self) -> Vec<Option<i64>> {
        let pairs = self.resampled.iter().zip(&wholes.resampled);
        pairs.map(|(part, whole)| share(*part, *whole)).collect()
    }
}

/// A share in millionths, rounded to the nearest; nothing of nothing.
fn share(part: i128, whole: i128) -> Option<i64> {
    let scaled = part.saturating_mul(MICRO);
    let half = if scaled < 0 { -whole / 2 } else { whole / 2 };
    (whole > 0).then(|| clamped(scaled.saturating_add(half) / whole))
}

/// A figure above all others.
const NEVER: i64 = i64::MAX;

const fn known(figure: i64) -> Option<i64> {
    if figure == NEVER { None } else { Some(figure) }
}

/// Figures with the ranks of their scenarios, ascending.
fn ranked(figures: &[(usize, Option<i64>)]) -> Vec<(i64, usize)> {
    let mut ranked: Vec<(i64, usize)> =
        figures.iter().map(|(rank, figure)| (figure.unwrap_or(NEVER), *rank)).collect();
    ranked.sort_unstable();
    ranked
}

/// Which parts of a whole are asked for, ascending: 50 of 100 is the median.
#[derive(Clone, Copy)]
struct Parts<'a> {
    of: i64,
    parts: &'a [i64],
}

/// A quantile with its interval; an end that is missing lies above all figures: never.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Quantile {
    /// Of how many percent.
    pub percent: i64,
    /// The lower end.
    pub low: Option<i64>,
    /// The quantile of the scenarios as they were drawn.
    pub value: Option<i64>,
    /// The upper end.
    pub high: Option<i64>,
}

/// The interval that leaves out as many resamples on either side; it always holds the value.
#[must_use]
pub fn interval(value: i64, mut resampled: Vec<i64>) -> Estimated {
    resampled.sort_unstable();
    let outside = resampled.len() * OUTSIDE_PERCENT / 100;
    let low = resampled.get(outside).copied().unwrap_or(value);
    let high = resampled.iter().rev().nth(outside).copied().unwrap_or(value);
    Estimated { low: low.min(value), value, high: high.max(value) }
}

fn clamped(of: i128) -> i64 {
    i64::try_from(of).unwrap_or(if of < 0 { i64::MIN } else { i64::MAX })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn even(count: usize) -> Sample {
        Sample::new(vec![1_000_000; count], 1)
    }

    #[test]
    fn what_is_the_same_everywhere_has_no_width() {
        let sample = even(30);
        let all: Vec<(usize, i64)> = (0..30).map(|rank| (rank, 8)).collect();
        let half: Vec<(usize, i64)> = (0..30).map(|rank| (rank, 4)).collect();
        let same = Estimated { low: 500_000, value: 500_000, high: 500_000 };
        assert_eq!(sample.sums(&half).over(&sample.sums(&all)), Some(same));
        assert_eq!(sample.sums(&half).over(&sample.sums(&[])), None);
        assert_eq!(sample.effective(), 30);
        assert_eq!(Sample::new(vec![1, 0, 0], 1).effective(), 1);
    }

    /// SPEC: of n Bernoulli draws of probability a half, the mean has the standard deviation
    /// 1 / (2 √n); nine tenths of a normal distribution lie within 1.645 of it.
    #[test]
    fn intervals_are_as_wide_as_theory_says() {
        let sample = even(400);
        let parts: Vec<(usize, i64)> = (0..200).map(|at| (at * 2, 1)).collect();
        let found = sample.sums(&parts).over(&sample.ones()).unwrap();
        assert_eq!(found.value, 500_000);
        let expected = 1_000_000.0 * 1.645 / (2.0 * 20.0);
        for width in [found.value - found.low, found.high - found.value] {
            let off = f64::from(i32::try_from(width).unwrap()) / expected;
            assert!((0.85..1.15).contains(&off), "{found:?} is {off} of what it should be");
        }
    }

    #[test]
    fn quantiles_follow_the_weights_and_never_comes_last() {
        let sample = Sample::new(vec![1_000_000, 1_000_000, 6_000_000, 2_000_000], 1);
        let figures = [(0, Some(24)), (1, Some(12)), (2, Some(36)), (3, None)];
        let found = sample.quantiles(&figures, &[10, 50, 90]).unwrap();
        let values: Vec<_> = found.iter().map(|quantile| quantile.value).collect();
        assert_eq!(values, [Some(12), Some(36), None]);
        assert!(found.iter().all(|q| q.low.unwrap_or(NEVER) <= q.high.unwrap_or(NEVER)));
        assert_eq!(sample.quantiles(&[], &[50]), None);
        // A dot for each twentieth of the weight.
        let mut dots = vec![Some(12); 2];
        dots.extend([[Some(24)].repeat(2), [Some(36)].repeat(12), [None].repeat(4)].concat());
        assert_eq!(sample.dots(&figures), dots);
        assert_eq!(sample.dots(&[]), []);
    }

    proptest! {
        #[test]
        fn a_figure_lies_in_its_interval_whatever_the_order(
            rows in prop::collection::vec((1_i64..5_000_000, 0_i64..1_000_000), 1..20),
            seed: u64,
        ) {
            let sample = Sample::new(rows.iter().map(|(weight, _)| *weight).collect(), seed);
            let parts: Vec<_> = rows.iter().enumerate().map(|(at, row)| (at, row.1)).collect();
            let wholes: Vec<_> = (0..rows.len()).map(|at| (at, 1_000_000)).collect();
            let wholes = sample.sums(&wholes);
            let found = sample.sums(&parts).over(&wholes).unwrap();
            prop_assert!(found.low <= found.value && found.value <= found.high);
            let mut turned = parts.clone();
            turned.reverse();
            prop_assert_eq!(sample.sums(&turned).over(&wholes), Some(found));
        }
    }
}
