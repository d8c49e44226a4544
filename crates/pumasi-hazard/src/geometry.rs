//! Distances, directions and outlines on the globe.

use libm::{asin, atan2, cos, fmin, hypot, sin, sqrt};
use pumasi_base::Point;

use crate::Shape;

/// The mean radius of the earth (IUGG), in kilometres.
const EARTH_RADIUS_KM: f64 = 6371.0088;
/// Kilometres in a degree of latitude.
const KM_PER_DEGREE: f64 = EARTH_RADIUS_KM * std::f64::consts::PI / 180.0;

/// The great-circle distance between two points in kilometres (haversine).
#[must_use]
pub fn distance_km(from: Point, to: Point) -> f64 {
    let (from_lat, from_lon) = radians(from);
    let (to_lat, to_lon) = radians(to);
    let half_lat = sin((to_lat - from_lat) / 2.0);
    let half_lon = sin((to_lon - from_lon) / 2.0);
    let h = half_lat * half_lat + cos(from_lat) * cos(to_lat) * half_lon * half_lon;
    2.0 * EARTH_RADIUS_KM * asin(fmin(sqrt(h), 1.0))
}

/// The direction from one point to another, in radians clockwise from north.
#[must_use]
pub fn bearing(from: Point, to: Point) -> f64 {
    let (from_lat, from_lon) = radians(from);
    let (to_lat, to_lon) = radians(to);
    let east = sin(to_lon - from_lon) * cos(to_lat);
    let north = cos(from_lat) * sin(to_lat) - sin(from_lat) * cos(to_lat) * cos(to_lon - from_lon);
    atan2(east, north)
}

/// Whether two points are surely further apart than `km`, told by latitude alone: it costs nothing.
#[must_use]
pub fn is_surely_beyond(from: Point, to: Point, km: f64) -> bool {
    degrees(from.lat_micro.abs_diff(to.lat_micro)) * KM_PER_DEGREE > km
}

/// The point a share of the way from one point to another, for steps short against the earth.
#[must_use]
pub fn between(from: Point, to: Point, share: f64) -> Point {
    let mix = |a: i32, b: i32| {
        #[expect(clippy::as_conversions, reason = "it lies between two values of the type")]
        let mixed = (f64::from(a) + (f64::from(b) - f64::from(a)) * share) as i32;
        mixed
    };
    Point {
        lat_micro: mix(from.lat_micro, to.lat_micro),
        lon_micro: mix(from.lon_micro, to.lon_micro),
    }
}

/// How far a point lies outside of a shape in kilometres; 0 inside. Nothing for shapes that outline
/// no area, which are points and the boxes services draw around whole countries.
#[must_use]
pub fn outside_km(shape: &Shape, point: Point) -> Option<f64> {
    match shape {
        Shape::Point(_) | Shape::Box { .. } => None,
        Shape::Circle { centre, radius_m } => {
            Some((distance_km(*centre, point) - f64::from(*radius_m) / 1000.0).max(0.0))
        }
        Shape::Polygon(ring) => {
            if is_inside(ring, point) {
                return Some(0.0);
            }
            let sides = ring.windows(2).filter_map(|side| match side {
                [from, to] => Some(beside_km(*from, *to, point)),
                _ => None,
            });
            sides.min_by(f64::total_cmp)
        }
    }
}

/// Whether a ring holds a point, by the number of its sides east of the point (even-odd rule).
///
/// Sides are straight on the plate carrée, as RFC 7946 (section 3.1.1) and CAP draw them.
fn is_inside(ring: &[Point], point: Point) -> bool {
    let (x, y) = (i128::from(point.lon_micro), i128::from(point.lat_micro));
    let mut inside = false;
    for side in ring.windows(2) {
        let [from, to] = side else { continue };
        let (x0, y0) = (i128::from(from.lon_micro), i128::from(from.lat_micro));
        let (x1, y1) = (i128::from(to.lon_micro), i128::from(to.lat_micro));
        if (y0 > y) == (y1 > y) {
            continue;
        }
        // The side crosses the point's latitude; whether east of it, without dividing.
        let left = (x - x0) * (y1 - y0);
        let right = (x1 - x0) * (y - y0);
        let is_west = if y1 > y0 { left < right } else { left > right };
        inside ^= is_west;
    }
    inside
}

/// The distance of a point from a side in kilometres, on a plane that touches the earth there.
fn beside_km(from: Point, to: Point, point: Point) -> f64 {
    let narrow = cos(radians(point).0);
    let flat = |at: Point| {
        let x = f64::from(at.lon_micro) - f64::from(point.lon_micro);
        let y = f64::from(at.lat_micro) - f64::from(point.lat_micro);
        (x / 1e6 * KM_PER_DEGREE * narrow, y / 1e6 * KM_PER_DEGREE)
    };
    let ((x0, y0), (x1, y1)) = (flat(from), flat(to));
    let (dx, dy) = (x1 - x0, y1 - y0);
    let length = dx * dx + dy * dy;
    let along = if length > 0.0 { (-(x0 * dx + y0 * dy) / length).clamp(0.0, 1.0) } else { 0.0 };
    hypot(x0 + along * dx, y0 + along * dy)
}

fn degrees(micro: u32) -> f64 {
    f64::from(micro) / 1e6
}

fn radians(point: Point) -> (f64, f64) {
    let radians = |micro: i32| (f64::from(micro) / 1e6).to_radians();
    (radians(point.lat_micro), radians(point.lon_micro))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(lat: i32, lon: i32) -> Point {
        Point { lat_micro: lat * 10_000, lon_micro: lon * 10_000 }
    }

    #[test]
    fn distances_are_great_circles() {
        let donghae = Point { lat_micro: 37_495_000, lon_micro: 129_143_000 };
        let sakaiminato = Point { lat_micro: 35_545_000, lon_micro: 133_225_000 };
        assert_eq!(format!("{:.0}", distance_km(donghae, sakaiminato)), "424");
        assert_eq!(distance_km(donghae, donghae), 0.0);
        assert!(is_surely_beyond(donghae, sakaiminato, 200.0));
        assert!(!is_surely_beyond(donghae, sakaiminato, 220.0));
        let half = between(donghae, sakaiminato, 0.5);
        assert!((distance_km(donghae, half) - distance_km(half, sakaiminato)).abs() < 6.0);
    }

    /// A triangle of hundredths of a degree, and points around it.
    #[test]
    fn a_ring_holds_what_lies_in_it() {
        let ring = Shape::Polygon(vec![
            point(3700, 12900),
            point(3710, 12900),
            point(3700, 12920),
            point(3700, 12900),
        ]);
        for (lat, lon, expected) in [
            (3702, 12904, "0.0"),
            (3709, 12901, "0.0"),
            (3709, 12910, "3.8"),
            (3711, 12900, "1.1"),
            (3699, 12910, "1.1"),
            (3700, 12930, "8.9"),
        ] {
            let outside = outside_km(&ring, point(lat, lon)).unwrap();
            assert_eq!(format!("{outside:.1}"), expected, "{lat} {lon}");
        }
        let circle = Shape::Circle { centre: point(3700, 12900), radius_m: 5_000 };
        assert_eq!(outside_km(&circle, point(3704, 12900)), Some(0.0));
        assert_eq!(format!("{:.1}", outside_km(&circle, point(3710, 12900)).unwrap()), "6.1");
        assert_eq!(outside_km(&Shape::Point(point(0, 0)), point(0, 0)), None);
        assert_eq!(outside_km(&Shape::Polygon(Vec::new()), point(0, 0)), None);
    }
}
