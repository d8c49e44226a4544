//! Distances and figures in arithmetic that gives the same bits everywhere.
//!
//! The sine of one machine differs from that of another in the last bit, and one bit can turn a
//! rounded figure. Series of fixed length do not.

use crate::statement::Id;

/// The mean radius of the Earth in kilometres, in whole kilometres as it is usually rounded.
const EARTH_KM: f64 = 6371.0;

/// A place, a port or an airport.
#[derive(Debug, Clone)]
pub(super) struct Spot {
    pub(super) id: Id,
    pub(super) land: &'static str,
    pub(super) island: &'static str,
    pub(super) people: f64,
    /// Where it stands on a sphere of radius 1.
    at: [f64; 3],
}

impl Spot {
    pub(super) fn new(
        id: Id,
        land: &'static str,
        island: &'static str,
        (lat, lon): (f64, f64),
        people: f64,
    ) -> Self {
        let radians = |degrees: f64| degrees * (std::f64::consts::PI / 180.0);
        let ((sin_lat, cos_lat), (sin_lon, cos_lon)) = (turn(radians(lat)), turn(radians(lon)));
        Self { id, land, island, people, at: [cos_lat * cos_lon, cos_lat * sin_lon, sin_lat] }
    }
}

/// Kilometres between two spots over the sphere.
pub(super) fn km(one: &Spot, other: &Spot) -> f64 {
    let squares = one.at.iter().zip(&other.at).map(|(a, b)| (a - b) * (a - b));
    let half_chord = squares.sum::<f64>().sqrt() / 2.0;
    2.0 * EARTH_KM * arc_sine(half_chord)
}

/// Sine and cosine by their series, for angles up to 180 degrees.
fn turn(angle: f64) -> (f64, f64) {
    let (mut sine, mut cosine, mut term) = (0.0, 0.0, 1.0);
    for power in 0..40_u32 {
        match power % 4 {
            0 => cosine += term,
            1 => sine += term,
            2 => cosine -= term,
            _ => sine -= term,
        }
        term *= angle / f64::from(power + 1);
    }
    (sine, cosine)
}

/// The arc of a sine by its series, for sines up to a half: everything within a sixth of the globe.
fn arc_sine(sine: f64) -> f64 {
    let (mut sum, mut term) = (0.0, sine);
    for n in 0..40_u32 {
        let odd = f64::from(2 * n + 1);
        sum += term / odd;
        term *= sine * sine * odd / (odd + 1.0);
    }
    sum
}

/// e to the power of `-depth` by its series, for depths up to a few.
pub(super) fn fading(depth: f64) -> f64 {
    let (mut sum, mut term) = (0.0, 1.0);
    for n in 1..=40_u32 {
        sum += term;
        term *= depth / f64::from(n);
    }
    1.0 / sum
}

/// A figure to the nearest part, such as 100 for hundredths.
pub(super) fn rounded(figure: f64, parts: f64) -> f64 {
    (figure * parts).round() / parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-12 * expected.abs().max(1.0), "{found} {expected}");
    }

    #[test]
    fn series_agree_with_the_functions_of_this_machine() {
        for degrees in [-90.0, 0.0, 12.5, 35.68, 90.0, 139.69, 180.0_f64] {
            let angle = degrees.to_radians();
            check(turn(angle).0, angle.sin());
            check(turn(angle).1, angle.cos());
        }
        for sine in [0.0, 0.01, 0.2, 0.35_f64] {
            check(arc_sine(sine), sine.asin());
        }
        for depth in [0.0, 0.5, 2.0_f64] {
            check(fading(depth), (-depth).exp());
        }
    }

    #[test]
    fn distances_are_those_of_the_map() {
        let spot = |lat, lon| Spot::new(Id::from("x"), "", "", (lat, lon), 0.0);
        let (busan, hakata) = (spot(35.18, 129.08), spot(33.61, 130.42));
        let found = km(&busan, &hakata);
        assert!((found - 213.0).abs() < 1.0, "{found}");
    }
}
