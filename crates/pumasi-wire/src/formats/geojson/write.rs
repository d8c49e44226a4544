//! Writes the footprint of an estimate as GeoJSON.

use pumasi_base::{Captions, Catalog, Point};
use pumasi_hazard::{Estimate, Footprint};
use serde_json::{Value, json};

/// The places of an estimate as points with their figures, in the order of the footprint.
///
/// Figures are flat properties, which map programs can colour by; names are an object by language.
/// Places the catalog no longer holds are left out. The version of the message, the status and the
/// totals are foreign members of the collection, which RFC 7946 section 6.1 allows.
#[must_use]
pub fn write(estimate: &Estimate, catalog: &Catalog) -> String {
    let features: Vec<Value> = estimate
        .footprint
        .iter()
        .filter_map(|footprint| {
            let place = catalog.places.get(&footprint.place)?;
            Some(feature(footprint, place.seat, &place.names))
        })
        .collect();
    let collection = json!({
        "type": "FeatureCollection",
        "messages": estimate.messages,
        "status": estimate.status,
        "factors_version": estimate.factors_version,
        "displaced": estimate.displaced,
        "deaths": estimate.deaths,
        "without_water": estimate.without_water,
        "features": features,
    });
    collection.to_string()
}

fn feature(footprint: &Footprint, seat: Point, names: &Captions) -> Value {
    json!({
        "type": "Feature",
        "id": footprint.place,
        "geometry": { "type": "Point", "coordinates": [degrees(seat.lon_micro), degrees(seat.lat_micro)] },
        "properties": {
            "name": names,
            "severity": footprint.severity(),
            "people": footprint.people,
            "observed": footprint.method.is_observed(),
            "method": footprint.method,
            "displaced_low": footprint.displaced.low,
            "displaced_central": footprint.displaced.central,
            "displaced_high": footprint.displaced.high,
            "without_water_low": footprint.without_water.low,
            "without_water_central": footprint.without_water.central,
            "without_water_high": footprint.without_water.high,
        },
    })
}

/// Decimal degrees; six places survive the way through a float.
fn degrees(micro: i32) -> f64 {
    f64::from(micro) / 1e6
}
