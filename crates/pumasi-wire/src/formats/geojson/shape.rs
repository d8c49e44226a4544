//! Outlines as polygons: turned the right way round, closed, and cut where the map begins.

use pumasi_view::page::{MapPoint, OutlineLine};
use serde_json::{Value, json};

/// Corners of a circle.
const CORNERS: u8 = 64;
/// Mean radius of the earth in metres.
const EARTH_M: f64 = 6_371_008.8;
/// The meridian at which a map begins and ends.
const EDGE: f64 = 180.0;

/// A position: longitude, then latitude, in decimal degrees.
type Position = [f64; 2];

/// A point as a position.
pub(super) fn position(point: &MapPoint) -> Position {
    [f64::from(point.lon_micro) / 1e6, f64::from(point.lat_micro) / 1e6]
}

/// An outline as a geometry; nothing for what encloses nothing.
pub(super) fn geometry(outline: &OutlineLine) -> Option<Value> {
    let ring = match (&outline.centre, outline.radius_m) {
        (Some(centre), Some(radius_m)) => circle(position(centre), radius_m)?,
        _ => unrolled(outline.ring.iter().map(position)),
    };
    let mut parts: Vec<Vec<Position>> = cut(ring).into_iter().filter_map(finished).collect();
    let first = parts.pop()?;
    if parts.is_empty() {
        return Some(json!({ "type": "Polygon", "coordinates": [first] }));
    }
    parts.push(first);
    let polygons: Vec<[Vec<Position>; 1]> = parts.into_iter().map(|ring| [ring]).collect();
    Some(json!({ "type": "MultiPolygon", "coordinates": polygons }))
}

/// The points of a circle on the sphere; nothing for one of no size or that holds a pole, which no
/// ring on a flat map encloses.
fn circle([lon, lat]: Position, radius_m: i64) -> Option<Vec<Position>> {
    let radius = f64::from(u32::try_from(radius_m).ok().filter(|radius| *radius > 0)?) / EARTH_M;
    let lat = lat.to_radians();
    if lat.abs() + radius >= std::f64::consts::FRAC_PI_2 {
        return None;
    }
    let corner = |corner: u8| {
        let bearing = std::f64::consts::TAU * f64::from(corner) / f64::from(CORNERS);
        let sine = lat.sin() * radius.cos() + lat.cos() * radius.sin() * bearing.cos();
        let east = bearing.sin() * radius.sin() * lat.cos();
        let north = radius.cos() - lat.sin() * sine;
        [lon + east.atan2(north).to_degrees(), sine.asin().to_degrees()]
    };
    Some((0..CORNERS).map(corner).collect())
}

/// Points of a ring with the jump over the edge of the map taken out, so that some lie beyond it.
fn unrolled(points: impl Iterator<Item = Position>) -> Vec<Position> {
    let mut ring: Vec<Position> = Vec::new();
    for [lon, lat] in points {
        let near =
            ring.last().map_or(lon, |[before, _]| lon - 360.0 * ((lon - before) / 360.0).round());
        ring.push([near, lat]);
    }
    ring
}

/// The parts of a ring on this side of the edge, and of those beyond it, moved back on the map.
///
/// SPEC: RFC 7946, section 3.1.9: what crosses the antimeridian is cut in two there.
fn cut(ring: Vec<Position>) -> Vec<Vec<Position>> {
    let within = |[lon, _]: &Position| (-EDGE..=EDGE).contains(lon);
    if ring.iter().all(within) {
        return vec![ring];
    }
    let strip = |offset: f64| {
        let west = clipped(&ring, |lon| lon - (offset - EDGE), offset - EDGE);
        let both = clipped(&west, |lon| (offset + EDGE) - lon, offset + EDGE);
        both.into_iter().map(|[lon, lat]| [lon - offset, lat]).collect()
    };
    [-360.0, 0.0, 360.0].into_iter().map(strip).collect()
}

/// What of a ring lies where `depth` of the longitude is not negative.
fn clipped(ring: &[Position], depth: impl Fn(f64) -> f64, edge: f64) -> Vec<Position> {
    let mut kept = Vec::new();
    let Some(mut before) = ring.last().copied() else { return kept };
    for &point in ring {
        let (from, to) = (depth(before[0]), depth(point[0]));
        if (from < 0.0) != (to < 0.0) {
            let part = from / (from - to);
            kept.push([edge, before[1] + part * (point[1] - before[1])]);
        }
        if to >= 0.0 {
            kept.push(point);
        }
        before = point;
    }
    kept
}

/// A ring that is closed, turns left and is rounded to a tenth of a metre; nothing for what has no
/// area.
///
/// SPEC: RFC 7946, section 3.1.6: four positions at least, the last being the first, the outer ring
/// counterclockwise.
fn finished(ring: Vec<Position>) -> Option<Vec<Position>> {
    let round = |degrees: f64| (degrees * 1e6).round() / 1e6;
    let mut ring: Vec<Position> = ring.into_iter().map(|p| p.map(round)).collect();
    ring.dedup();
    if ring.first() == ring.last() {
        ring.pop();
    }
    let area = twice_area(&ring);
    if ring.len() < 3 || area == 0.0 {
        return None;
    }
    if area < 0.0 {
        ring.reverse();
        // What was first stays first.
        ring.rotate_right(1);
    }
    ring.extend(ring.first().copied());
    Some(ring)
}

/// Twice the area on the flat map, positive for what turns left.
fn twice_area(ring: &[Position]) -> f64 {
    let next = ring.iter().cycle().skip(1);
    ring.iter().zip(next).map(|([x, y], [to_x, to_y])| x * to_y - to_x * y).sum()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn point(lat: i32, lon: i32) -> MapPoint {
        MapPoint { lat_micro: lat * 1_000_000, lon_micro: lon * 1_000_000 }
    }

    fn ring(points: &[(i32, i32)]) -> OutlineLine {
        let ring = points.iter().map(|(lat, lon)| point(*lat, *lon)).collect();
        OutlineLine { ring, ..OutlineLine::default() }
    }

    fn round(lat: i32, lon: i32, radius_m: i64) -> OutlineLine {
        let centre = Some(point(lat, lon));
        OutlineLine { centre, radius_m: Some(radius_m), ..OutlineLine::default() }
    }

    #[track_caller]
    fn check(outline: &OutlineLine, expected: &str) {
        let shown = geometry(outline).map_or_else(|| "nothing".to_owned(), |one| one.to_string());
        assert_eq!(shown, expected);
    }

    #[test]
    fn rings_turn_left_and_are_closed() {
        let square = "{\"coordinates\":[[[0.0,0.0],[1.0,0.0],[1.0,1.0],[0.0,1.0],[0.0,0.0]]],\"type\":\"Polygon\"}";
        check(&ring(&[(0, 0), (0, 1), (1, 1), (1, 0), (0, 0)]), square);
        check(&ring(&[(0, 0), (1, 0), (1, 1), (0, 1)]), square);
        check(&ring(&[(0, 0), (0, 1), (0, 0)]), "nothing");
        check(&ring(&[(0, 0), (1, 1), (2, 2), (0, 0)]), "nothing");
        check(&ring(&[]), "nothing");
    }

    #[test]
    fn what_crosses_the_edge_of_the_map_is_cut() {
        let crossing = ring(&[(0, 179), (0, -179), (1, -179), (1, 179), (0, 179)]);
        check(
            &crossing,
            "{\"coordinates\":[[[[179.0,0.0],[180.0,0.0],[180.0,1.0],[179.0,1.0],[179.0,0.0]]],\
             [[[-180.0,0.0],[-179.0,0.0],[-179.0,1.0],[-180.0,1.0],[-180.0,0.0]]]],\"type\":\"MultiPolygon\"}",
        );
        let storm = geometry(&round(30, 179, 300_000)).unwrap();
        assert_eq!(storm["type"], "MultiPolygon");
    }

    #[test]
    fn a_circle_has_its_corners_at_its_radius() {
        check(&round(0, 0, 0), "nothing");
        check(&round(0, 0, -5), "nothing");
        check(&round(89, 0, 200_000), "nothing");
        let geometry = geometry(&round(34, 129, 150_000)).unwrap();
        let corners = geometry["coordinates"][0].as_array().unwrap();
        assert_eq!(corners.len(), 65);
        for corner in corners {
            let [lon, lat] = [&corner[0], &corner[1]].map(|d| d.as_f64().unwrap().to_radians());
            let (lat0, lon0) = (34_f64.to_radians(), 129_f64.to_radians());
            let cosine = lat.sin() * lat0.sin() + lat.cos() * lat0.cos() * (lon - lon0).cos();
            assert!((cosine.acos() * EARTH_M - 150_000.0).abs() < 1.0);
        }
    }

    proptest! {
        #[test]
        fn every_outline_is_lawful(
            points in proptest::collection::vec((-90_i32..=90, -180_i32..=180), 0..12),
            centre in (-90_i32..=90, -180_i32..=180),
            radius in 0_i64..5_000_000,
        ) {
            for outline in [ring(&points), round(centre.0, centre.1, radius)] {
                let Some(geometry) = geometry(&outline) else { continue };
                let polygons = match geometry["type"].as_str() {
                    Some("Polygon") => vec![geometry["coordinates"].clone()],
                    _ => geometry["coordinates"].as_array().unwrap().clone(),
                };
                for polygon in polygons {
                    let ring: Vec<Position> = serde_json::from_value(polygon[0].clone()).unwrap();
                    prop_assert!(ring.len() >= 4);
                    prop_assert_eq!(ring.first(), ring.last());
                    prop_assert!(twice_area(&ring) > 0.0);
                    prop_assert!(ring.iter().all(|[lon, lat]| lon.abs() <= 180.0 && lat.abs() <= 90.0));
                }
            }
        }
    }
}
