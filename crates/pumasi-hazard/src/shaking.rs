//! How strongly the ground shakes at a distance from an earthquake.
//!
//! Ground motion follows Si and Midorikawa, "New attenuation relationships for peak ground
//! acceleration and velocity considering effects of fault type and site condition", Journal of
//! Structural and Construction Engineering (AIJ) 523, 1999. It serves the first minutes, and the
//! places where nobody measures.

use libm::{cos, fabs, fmax, fmin, hypot, log10, pow, sin};
use pumasi_base::Point;

use crate::geometry::{bearing, distance_km};
use crate::{Earthquake, Finding, FindingCode, Method, Tectonic};

/// The magnitude from which the relations no longer grow.
const MAGNITUDE_MAX: f64 = 8.3;
/// The depth in kilometres down to which the relations have data.
const DEPTH_KM_MAX: f64 = 120.0;
/// The magnitude below which the relations have no data.
const MAGNITUDE_MIN: f64 = 5.0;
/// The depth in kilometres taken when a message has none: common in the crust.
const DEPTH_KM_USUAL: f64 = 10.0;
/// The magnitude from which a line along the strike no longer describes the rupture.
const LINE_MAGNITUDE_MAX: f64 = 8.0;
/// The deviate that one in ten standard normal values exceeds.
pub(crate) const TENTH: f64 = 1.281_551_565_544_600_4;
/// How much more softer ground (Vs30 400 m/s) moves than stiff ground (Vs30 600 m/s).
const SOFTER: f64 = 1.41;
/// The common logarithm of [`SOFTER`].
const LOG_SOFTER: f64 = 0.149_219_112_655_379_9;
/// The distance in kilometres beyond which no rupture breaks anything.
const DISTANCE_KM_MAX: f64 = 3000.0;
/// Gal in one standard gravity.
const GAL_PER_G: f64 = 980.665;

/// Peak ground velocity in cm/s on stiff ground (Vs30 600 m/s).
///
/// `distance_km` is the shortest distance to the rupture.
#[must_use]
pub fn peak_velocity(magnitude: f64, depth_km: f64, tectonic: Tectonic, distance_km: f64) -> f64 {
    pow(10.0, log_velocity(magnitude, depth_km, tectonic, distance_km))
}

/// Peak ground velocity in cm/s on softer ground (Vs30 400 m/s).
#[must_use]
pub fn peak_velocity_soft(
    magnitude: f64,
    depth_km: f64,
    tectonic: Tectonic,
    distance_km: f64,
) -> f64 {
    SOFTER * peak_velocity(magnitude, depth_km, tectonic, distance_km)
}

/// Peak ground acceleration on stiff ground, as a share of standard gravity.
#[must_use]
pub fn peak_acceleration_g(
    magnitude: f64,
    depth_km: f64,
    tectonic: Tectonic,
    distance_km: f64,
) -> f64 {
    let m = fmin(magnitude, MAGNITUDE_MAX);
    let class = match tectonic {
        Tectonic::Crustal => 0.0,
        Tectonic::Interface => 0.01,
        Tectonic::Slab => 0.22,
    };
    let near = distance_km + 0.0055 * pow(10.0, 0.5 * m);
    let log_gal = 0.50 * m + 0.0043 * depth_km + class + 0.61 - log10(near) - 0.003 * distance_km;
    pow(10.0, log_gal) / GAL_PER_G
}

fn log_velocity(magnitude: f64, depth_km: f64, tectonic: Tectonic, distance_km: f64) -> f64 {
    let near_km = saturation_km(magnitude);
    log_velocity_near(magnitude, depth_km, tectonic, (distance_km, near_km))
}

/// The distance that is added close to a rupture, where shaking no longer grows.
fn saturation_km(magnitude: f64) -> f64 {
    0.0028 * pow(10.0, 0.5 * fmin(magnitude, MAGNITUDE_MAX))
}

fn log_velocity_near(
    magnitude: f64,
    depth_km: f64,
    tectonic: Tectonic,
    (distance_km, near_km): (f64, f64),
) -> f64 {
    let m = fmin(magnitude, MAGNITUDE_MAX);
    let class = match tectonic {
        Tectonic::Crustal => 0.0,
        Tectonic::Interface => -0.02,
        Tectonic::Slab => 0.12,
    };
    0.58 * m + 0.0038 * depth_km + class - 1.29 - log10(distance_km + near_km) - 0.002 * distance_km
}

/// JMA's instrumental intensity from a peak ground velocity in cm/s (Midorikawa and others, 1999).
#[must_use]
pub fn jma_from_velocity(velocity: f64) -> f64 {
    jma_from_log_velocity(log10(velocity))
}

/// The same from the common logarithm of the velocity.
#[must_use]
pub fn jma_from_log_velocity(log_velocity: f64) -> f64 {
    2.68 + 1.72 * log_velocity
}

/// JMA's instrumental intensity from a peak ground velocity in cm/s, with the bend that strong
/// shaking shows (Fujimoto and Midorikawa, 2005).
#[must_use]
pub fn jma_from_velocity_bent(velocity: f64) -> f64 {
    let l = log10(velocity);
    2.002 + 2.603 * l - 0.213 * l * l
}

/// The common logarithm of the peak ground velocity in cm/s that [`jma_from_velocity`] turns into
/// `intensity`.
#[must_use]
pub fn log_velocity_from_jma(intensity: f64) -> f64 {
    (intensity - 2.68) / 1.72
}

/// Modified Mercalli Intensity from a peak ground velocity in cm/s.
#[must_use]
pub fn mmi_from_velocity(velocity: f64) -> f64 {
    mmi_from_log_velocity(log10(velocity))
}

/// Modified Mercalli Intensity from the common logarithm of a peak ground velocity in cm/s.
///
/// SPEC: Worden, Gerstenberger, Rhoades and Wald, BSSA 102 (2012), table 1, with the weakest branch
/// as ShakeMap uses it, without the term for magnitude and distance.
#[must_use]
pub fn mmi_from_log_velocity(log_velocity: f64) -> f64 {
    if log_velocity < -1.21 {
        4.62 + 2.17 * log_velocity
    } else if log_velocity < 0.53 {
        3.78 + 1.47 * log_velocity
    } else {
        2.89 + 3.16 * log_velocity
    }
}

/// The rupture of an earthquake, as the model sees it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rupture {
    epicentre: Point,
    depth_km: f64,
    magnitude: f64,
    tectonic: Tectonic,
    strike: Option<f64>,
    /// Half of its length in kilometres as a circle and as a line, and the distance at which
    /// shaking no longer grows, all by its magnitude.
    circle_half_km: f64,
    line_half_km: f64,
    saturation_km: f64,
}

impl Rupture {
    /// The rupture of `earthquake`, if it is known well enough, and what had to be assumed.
    #[must_use]
    pub fn of(earthquake: &Earthquake) -> (Option<Self>, Vec<Finding>) {
        let mut findings = Vec::new();
        let mut note = |code, what: &str| findings.push(Finding::new(code, "earthquake", what));
        let (Some(epicentre), Some(centi)) = (earthquake.epicentre, earthquake.magnitude_centi)
        else {
            note(FindingCode::ModelUnusable, "epicentre or magnitude is not known yet");
            return (None, findings);
        };
        let magnitude = f64::from(centi) / 100.0;
        if magnitude < MAGNITUDE_MIN {
            note(FindingCode::ModelOutsideRange, "the magnitude is below 5, the model's smallest");
        }
        if earthquake.magnitude_is_minimum {
            note(FindingCode::MagnitudeIsMinimum, "only a minimum of the magnitude is known");
        }
        let depth_km = match earthquake.depth_m {
            Some(metres) => fmax(f64::from(metres) / 1000.0, 0.0),
            None => {
                note(FindingCode::ValueMissing, "the depth is not known: 10 km is assumed");
                DEPTH_KM_USUAL
            }
        };
        if depth_km > DEPTH_KM_MAX {
            note(FindingCode::ModelOutsideRange, "the depth is below 120 km, the model's deepest");
        }
        let guess = || Tectonic::guess(earthquake.depth_m.unwrap_or_default());
        let tectonic = earthquake.tectonic.unwrap_or_else(guess);
        let strike = earthquake.strike_deg.map(|degrees| f64::from(degrees).to_radians());
        let rupture = Self {
            epicentre,
            depth_km,
            magnitude,
            tectonic,
            strike,
            circle_half_km: pow(10.0, 0.5 * magnitude - 1.85) / 2.0,
            line_half_km: pow(10.0, -2.44 + 0.59 * magnitude) / 2.0,
            saturation_km: saturation_km(magnitude),
        };
        (Some(rupture), findings)
    }

    /// How distances to the rupture are found.
    ///
    /// A line along the strike agreed best with published shaking maps, except above magnitude 8,
    /// where too little of a rupture lies on any one line.
    #[must_use]
    pub fn method(&self) -> Method {
        if self.strike.is_some() && self.magnitude < LINE_MAGNITUDE_MAX {
            Method::ModelLine
        } else {
            Method::ModelCircle
        }
    }

    /// The shortest distance from `point` to the rupture in kilometres.
    #[must_use]
    pub fn distance_km(&self, point: Point) -> f64 {
        let surface = distance_km(self.epicentre, point);
        match self.strike {
            Some(strike) if self.magnitude < LINE_MAGNITUDE_MAX => {
                let angle = bearing(self.epicentre, point) - strike;
                let beyond = fmax(fabs(surface * cos(angle)) - self.line_half_km, 0.0);
                let from_line = hypot(beyond, surface * sin(angle));
                // A rupture that reaches the line's length also comes up to at least 8 km.
                hypot(from_line, fmin(self.depth_km, 8.0))
            }
            _ => fmax(hypot(surface, self.depth_km) - self.circle_half_km, 3.0),
        }
    }

    /// Where it began.
    #[must_use]
    pub const fn epicentre(&self) -> Point {
        self.epicentre
    }

    /// The distance in kilometres from the epicentre beyond which the ground moves more slowly than
    /// `velocity` in cm/s, by halving.
    #[must_use]
    pub fn reach_km(&self, velocity: f64) -> f64 {
        let depth_km = fmin(self.depth_km, DEPTH_KM_MAX);
        let (mut inner, mut outer) = (0.0, DISTANCE_KM_MAX);
        for _ in 0..20 {
            let middle = (inner + outer) / 2.0;
            let moved = peak_velocity(self.magnitude, depth_km, self.tectonic, middle);
            if moved >= velocity { inner = middle } else { outer = middle }
        }
        // No part of a rupture lies further from where it began than its whole length.
        outer + 2.0 * (self.circle_half_km + self.line_half_km)
    }

    /// How the ground moves at `point`.
    #[must_use]
    pub fn motion_at(&self, point: Point) -> Motion {
        let depth_km = fmin(self.depth_km, DEPTH_KM_MAX);
        let distance_km = self.distance_km(point);
        let doubt = TENTH * deviation(distance_km);
        let near = (distance_km, self.saturation_km);
        let central = log_velocity_near(self.magnitude, depth_km, self.tectonic, near);
        Motion { low: central - doubt, central, high: central + doubt + LOG_SOFTER }
    }
}

/// Common logarithms of the peak ground velocity at a place in cm/s, as far as a model can know it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Motion {
    /// What one place in ten stays below.
    pub low: f64,
    /// The median on stiff ground.
    ///
    /// No softer ground is added: it would double the area of strong shaking, which is already
    /// larger than shaking maps show.
    pub central: f64,
    /// What one place in ten exceeds, on the softer ground where many towns stand.
    pub high: f64,
}

impl Motion {
    /// A velocity of a map of shaking in cm/s, which knows the ground and some stations: half of
    /// the model's doubt is left, which is a judgement of ours.
    #[must_use]
    pub fn on_map(velocity: f64) -> Self {
        let doubt = TENTH * deviation(f64::INFINITY) / 2.0;
        let central = log10(velocity);
        Self { low: central - doubt, central, high: central + doubt }
    }
}

/// The standard deviation of the common logarithm of peak ground velocity.
///
/// SPEC: Si and Midorikawa, 1999, for crustal earthquakes: more doubt close to the rupture.
fn deviation(distance_km: f64) -> f64 {
    0.23 - 0.003 * fmin(fmax(distance_km - 20.0, 0.0), 10.0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::JmaIntensity;

    /// Checks one row of reference values, to every digit printed there.
    #[track_caller]
    fn check(tectonic: Tectonic, m: f64, h: f64, x: f64, row: &str) {
        let soft = peak_velocity_soft(m, h, tectonic, x);
        let shown = format!(
            "{:.4} {:.4} {:.4} {:.3} {:.3}",
            peak_velocity(m, h, tectonic, x),
            soft,
            peak_acceleration_g(m, h, tectonic, x),
            jma_from_velocity(soft),
            mmi_from_velocity(soft)
        );
        assert_eq!(shown, row, "M{m} H{h} X{x}");
    }

    /// SPEC: the relations as OpenQuake's hazard library 3.26.2 evaluates them; columns: velocity
    /// on Vs30 600, on Vs30 400, acceleration, JMA's intensity and Modified Mercalli on Vs30 400.
    #[test]
    fn agrees_with_reference_values() {
        use Tectonic::{Crustal, Interface, Slab};
        check(Crustal, 5.4, 8.0, 10.0, "6.2426 8.8021 0.1649 4.305 5.875");
        check(Crustal, 6.6, 11.0, 10.0, "23.2833 32.8295 0.4112 5.288 7.681");
        check(Crustal, 6.6, 11.0, 50.0, "5.4304 7.6568 0.1073 4.201 5.684");
        check(Crustal, 7.0, 12.0, 5.0, "46.1331 65.0477 0.6382 5.799 8.620");
        check(Crustal, 7.0, 12.0, 100.0, "3.7910 5.3453 0.0632 3.932 5.190");
        check(Crustal, 7.5, 10.0, 20.0, "31.9726 45.0814 0.4411 5.525 8.117");
        check(Crustal, 7.5, 10.0, 50.0, "15.1403 21.3478 0.2256 4.966 7.091");
        check(Crustal, 7.5, 10.0, 200.0, "2.3124 3.2604 0.0281 3.563 4.535");
        check(Interface, 9.0, 24.0, 100.0, "17.8019 25.1007 0.2148 5.087 7.313");
        check(Slab, 6.8, 46.0, 50.0, "12.3786 17.4538 0.3029 4.816 6.814");
    }

    #[test]
    fn mercalli_agrees_with_reference_values() {
        for (velocity, mmi) in [
            (1.0, "3.780"),
            (3.0, "4.481"),
            (10.0, "6.050"),
            (20.0, "7.001"),
            (50.0, "8.259"),
            (100.0, "9.210"),
        ] {
            assert_eq!(format!("{:.3}", mmi_from_velocity(velocity)), mmi);
        }
    }

    fn noto(strike_deg: Option<i32>) -> Rupture {
        let earthquake = Earthquake {
            origin: "2024-01-01T07:10:00Z".parse().unwrap(),
            region: None,
            epicentre: Some(Point { lat_micro: 37_487_000, lon_micro: 137_271_000 }),
            depth_m: Some(10_000),
            magnitude_centi: Some(750),
            magnitude_is_minimum: false,
            magnitude_type: None,
            strike_deg,
            tectonic: None,
        };
        Rupture::of(&earthquake).0.unwrap()
    }

    #[test]
    fn a_line_reaches_along_the_strike_and_a_circle_everywhere() {
        // Wajima lies along the strike of the 2024 rupture, Himi across it.
        let wajima = Point { lat_micro: 37_390_600, lon_micro: 136_899_300 };
        let himi = Point { lat_micro: 36_856_700, lon_micro: 136_973_000 };
        let (circle, line) = (noto(None), noto(Some(235)));
        assert_eq!(circle.method(), Method::ModelCircle);
        assert_eq!(line.method(), Method::ModelLine);
        let shown = |r: &Rupture, p| {
            let class =
                JmaIntensity::of_instrumental(jma_from_log_velocity(r.motion_at(p).central));
            format!("{:.1} km jma {}", r.distance_km(p), class.code())
        };
        assert_eq!(shown(&line, wajima), "12.9 km jma 5+");
        assert_eq!(shown(&circle, wajima), "3.0 km jma 6-");
        assert_eq!(shown(&line, himi), "45.0 km jma 5-");
        assert_eq!(shown(&circle, himi), "35.8 km jma 5-");
    }

    #[test]
    fn the_model_s_doubt_shrinks_with_distance() {
        for (distance_km, expected) in
            [(3.0, "0.230"), (20.0, "0.230"), (25.0, "0.215"), (30.0, "0.200"), (300.0, "0.200")]
        {
            assert_eq!(format!("{:.3}", deviation(distance_km)), expected);
        }
        let motion = noto(None).motion_at(Point { lat_micro: 37_390_600, lon_micro: 136_899_300 });
        assert!(motion.low < motion.central && motion.central < motion.high);
    }

    proptest! {
        #[test]
        fn more_magnitude_never_shakes_less(
            m in 5.0..9.0_f64, more in 0.0..1.0_f64, h in 0.0..120.0_f64, x in 3.0..500.0_f64,
        ) {
            for tectonic in [Tectonic::Crustal, Tectonic::Interface, Tectonic::Slab] {
                prop_assert!(peak_velocity(m, h, tectonic, x) <= peak_velocity(m + more, h, tectonic, x) + 1e-12);
                prop_assert!(peak_acceleration_g(m, h, tectonic, x) <= peak_acceleration_g(m + more, h, tectonic, x) + 1e-12);
            }
        }

        #[test]
        fn farther_always_shakes_less(
            m in 5.0..9.0_f64, h in 0.0..120.0_f64, x in 3.0..500.0_f64, farther in 0.001..100.0_f64,
        ) {
            prop_assert!(peak_velocity(m, h, Tectonic::Slab, x) > peak_velocity(m, h, Tectonic::Slab, x + farther));
        }

        #[test]
        fn the_circle_is_never_farther_than_the_hypocentre(lat in 30_000_000..45_000_000_i32, lon in 125_000_000..145_000_000_i32) {
            let point = Point { lat_micro: lat, lon_micro: lon };
            let rupture = noto(None);
            let hypocentral = hypot(distance_km(rupture.epicentre, point), rupture.depth_km);
            prop_assert!(rupture.distance_km(point) <= fmax(hypocentral, 3.0));
        }
    }
}
