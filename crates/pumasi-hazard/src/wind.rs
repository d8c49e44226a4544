//! How hard a tropical cyclone blows at a distance, from its pressure alone.
//!
//! It serves where no service gives circles of its winds.

use libm::{cos, exp, fabs, fmax, pow, sqrt};

/// Pressure in hectopascals far from a cyclone, as the western North Pacific has it in summer.
pub const PRESSURE_AROUND_HPA: f64 = 1010.0;
/// Density of the air at the surface in kilograms per cubic metre (Holland and others, 2010).
const AIR_DENSITY: f64 = 1.15;
/// Hectopascals make so many pascals.
const PASCALS: f64 = 100.0;

/// A cyclone as a profile of winds.
///
/// SPEC: Holland, "A Revised Hurricane Pressure–Wind Model", Monthly Weather Review 136 (2008),
/// equations 7, 8 and 11.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cyclonic {
    /// Pressure at the centre in hectopascals.
    pub pressure_hpa: f64,
    /// Pressure around it in hectopascals.
    pub around_hpa: f64,
    /// By how much the pressure at the centre changes in an hour, in hectopascals.
    pub change_hpa_h: f64,
    /// Latitude of the centre in degrees.
    pub lat_deg: f64,
    /// How fast the centre moves, in metres per second.
    pub speed_m_s: f64,
}

impl Cyclonic {
    /// By how much the pressure falls towards the centre, in hectopascals; never below 0.
    fn fall_hpa(&self) -> f64 {
        fmax(self.around_hpa - self.pressure_hpa, 0.0)
    }

    /// Holland's `b`: how sharply winds peak.
    #[must_use]
    pub fn sharpness(&self) -> f64 {
        let fall = self.fall_hpa();
        let x = 0.6 * (1.0 - fall / 215.0);
        -4.4e-5 * fall * fall + 0.01 * fall + 0.03 * self.change_hpa_h - 0.014 * fabs(self.lat_deg)
            + 0.15 * pow(fmax(self.speed_m_s, 0.0), x)
            + 1.0
    }

    /// The strongest sustained wind in metres per second.
    #[must_use]
    pub fn strongest_m_s(&self) -> f64 {
        let energy = PASCALS * self.sharpness() * self.fall_hpa();
        sqrt(fmax(energy, 0.0) / (AIR_DENSITY * std::f64::consts::E))
    }

    /// Its winds, strongest at `radius_km` from the centre.
    #[must_use]
    pub fn profile(&self, radius_km: f64) -> Profile {
        Profile { sharpness: self.sharpness(), strongest_m_s: self.strongest_m_s(), radius_km }
    }

    /// The distance in kilometres at which winds are strongest, where nobody says.
    ///
    /// SPEC: Vickery and Wadhera, Journal of Applied Meteorology and Climatology 47 (2008),
    /// equation 11, over all hurricanes of their data.
    #[must_use]
    pub fn usual_radius_km(&self) -> f64 {
        let fall = self.fall_hpa();
        exp(3.015 - 6.291e-5 * fall * fall + 0.0337 * fabs(self.lat_deg))
    }
}

/// The winds of a cyclone by the distance from its centre.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Profile {
    sharpness: f64,
    strongest_m_s: f64,
    radius_km: f64,
}

impl Profile {
    /// The sustained wind in metres per second at a distance from the centre.
    #[must_use]
    pub fn at_m_s(&self, distance_km: f64) -> f64 {
        if distance_km <= 0.0 {
            return 0.0;
        }
        let near = pow(self.radius_km / distance_km, self.sharpness);
        self.strongest_m_s * sqrt(near * exp(1.0 - near))
    }

    /// The furthest distance in kilometres at which the wind still reaches a speed, by halving; 0
    /// where it never does.
    #[must_use]
    pub fn reach_km(&self, wind_m_s: f64) -> f64 {
        if self.strongest_m_s < wind_m_s {
            return 0.0;
        }
        let (mut inner, mut outer) = (self.radius_km, 3000.0);
        // Down to three metres.
        for _ in 0..20 {
            let middle = (inner + outer) / 2.0;
            if self.at_m_s(middle) >= wind_m_s { inner = middle } else { outer = middle }
        }
        inner
    }
}

/// The radius in kilometres of a circle that a source gives by directions, towards a bearing in
/// radians: that of the direction nearest to it. Words that name no direction hold for all.
#[must_use]
pub fn radius_towards(radii_km: &[(String, u32)], bearing: f64) -> Option<f64> {
    let nearness = |words: &str| direction(words).map_or(-2.0, |angle| cos(angle - bearing));
    let towards = radii_km.iter().max_by(|a, b| nearness(&a.0).total_cmp(&nearness(&b.0)));
    towards.map(|(_, km)| f64::from(*km))
}

/// The angle of a point of the compass in radians clockwise from north, from its name in Chinese
/// characters: 北, 北東, 北北東; each sign pulls alike, which is 4 degrees off at most.
fn direction(words: &str) -> Option<f64> {
    let (mut north, mut east) = (0.0, 0.0);
    for sign in words.trim_end_matches('側').chars() {
        match sign {
            '北' => north += 1.0,
            '南' => north -= 1.0,
            '東' | '东' => east += 1.0,
            '西' => east -= 1.0,
            _ => return None,
        }
    }
    let has_any = north != 0.0 || east != 0.0;
    has_any.then(|| libm::atan2(east, north))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// SPEC: the values that CLIMADA's implementation of the same equations gives.
    #[test]
    fn agrees_with_reference_values() {
        let cyclone = Cyclonic {
            pressure_hpa: 955.0,
            around_hpa: 1010.0,
            change_hpa_h: 0.0,
            lat_deg: 34.9,
            speed_m_s: 14.4,
        };
        assert_eq!(format!("{:.3}", cyclone.sharpness()), "1.422");
        assert_eq!(format!("{:.1}", cyclone.strongest_m_s()), "50.0");
        let profile = cyclone.profile(40.0);
        for (km, wind) in [(40.0, "50.0"), (80.0, "41.8"), (160.0, "28.7"), (0.0, "0.0")] {
            assert_eq!(format!("{:.1}", profile.at_m_s(km)), wind, "{km} km");
        }
        assert_eq!(format!("{:.1}", profile.reach_km(28.7)), "160.1");
        assert_eq!(profile.reach_km(60.0), 0.0);
        assert_eq!(format!("{:.1}", cyclone.usual_radius_km()), "54.6");
    }

    #[test]
    fn a_filled_cyclone_does_not_blow() {
        let none = Cyclonic {
            pressure_hpa: 1020.0,
            around_hpa: 1010.0,
            change_hpa_h: 0.0,
            lat_deg: 30.0,
            speed_m_s: 0.0,
        };
        assert_eq!(none.strongest_m_s(), 0.0);
        assert_eq!(none.profile(40.0).reach_km(15.0), 0.0);
    }

    #[test]
    fn circles_reach_as_far_as_the_nearest_direction_says() {
        let sides = [("東".to_owned(), 220), ("西".to_owned(), 130)];
        let all = [(String::new(), 90)];
        for (degrees, expected) in [(90_f64, 220.0), (10.0, 220.0), (350.0, 130.0), (270.0, 130.0)]
        {
            assert_eq!(radius_towards(&sides, degrees.to_radians()), Some(expected), "{degrees}");
            assert_eq!(radius_towards(&all, degrees.to_radians()), Some(90.0));
        }
        assert_eq!(radius_towards(&[], 0.0), None);
        for (words, degrees) in
            [("北", 0.0), ("北東側", 45.0), ("南南西", 206.6), ("西", 270.0), ("東北東", 63.4)]
        {
            let angle = direction(words).unwrap().to_degrees().rem_euclid(360.0);
            assert!((angle - degrees).abs() < 0.1, "{words} {angle}");
        }
        assert_eq!(direction("全域"), None);
    }
}
