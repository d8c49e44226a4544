//! Writes places, outlines, the epicentre and links as features.

use pumasi_base::Lang;
use pumasi_view::page::{CaseLine, EventLine, LinkLine, PlaceLine, SituationPage, Spread, Words};
use serde_json::{Map, Value, json};

use super::shape::{geometry, position};
use crate::formats::{Telling, WriteError};

/// Writes a situation as a collection of features: outlines first, so that programs that draw in
/// order put places above them.
///
/// Each feature says in `kind` what it is: `outline`, `link`, `place` or `epicentre`. Figures and
/// names are flat properties, by which map programs colour and label. What holds for all stands in
/// foreign members of the collection, which section 6.1 allows.
pub(super) fn write(
    case: &CaseLine,
    page: &SituationPage,
    _: &Telling<'_>,
) -> Result<String, WriteError> {
    let event = page.event.as_ref();
    let mut features: Vec<Value> = event.map(outlines).unwrap_or_default();
    features.extend(page.links.iter().map(link));
    features.extend(page.places.iter().map(place));
    features.extend(event.and_then(epicentre));
    let people = &page.people;
    let collection = json!({
        "type": "FeatureCollection",
        "case": case.id,
        "status": case.status,
        "as_of": page.as_of,
        "estimate": {
            "residents": people.residents,
            "evacuated": people.evacuated,
            "displaced": people.displaced,
            "without_water": people.without_water,
            "deaths": people.deaths,
            "factors": people.factors,
        },
        "features": features,
    });
    Ok(format!("{collection:#}\n"))
}

fn feature(geometry: Value, properties: Map<String, Value>) -> Value {
    json!({ "type": "Feature", "geometry": geometry, "properties": properties })
}

/// Properties that begin with what the feature is.
fn properties(
    kind: &str,
    pairs: impl IntoIterator<Item = (&'static str, Value)>,
) -> Map<String, Value> {
    let kind = std::iter::once(("kind".to_owned(), kind.into()));
    kind.chain(pairs.into_iter().map(|(name, value)| (name.to_owned(), value))).collect()
}

fn add_names(properties: &mut Map<String, Value>, names: &Words) {
    for lang in Lang::ALL {
        properties.insert(format!("name_{lang}"), names.in_lang(lang).into());
    }
}

fn add_spread(properties: &mut Map<String, Value>, name: &str, spread: Spread) {
    let Spread { low, central, high } = spread;
    for (end, figure) in [("low", low), ("central", central), ("high", high)] {
        properties.insert(format!("{name}_{end}"), figure.into());
    }
}

fn outlines(event: &EventLine) -> Vec<Value> {
    let shaped = event.outlines.iter().filter_map(|outline| Some((outline, geometry(outline)?)));
    let feature = |(outline, geometry): (&pumasi_view::page::OutlineLine, Value)| {
        let pairs = [
            ("wind_m_s", json!(outline.wind_m_s)),
            ("radius_m", json!(outline.radius_m)),
            ("at", json!(outline.at)),
        ];
        feature(geometry, properties("outline", pairs))
    };
    shaped.map(feature).collect()
}

fn link(link: &LinkLine) -> Value {
    let geometry = json!({
        "type": "LineString",
        "coordinates": [position(&link.from), position(&link.to)],
    });
    let mut properties = properties(
        "link",
        [
            ("id", json!(link.id)),
            ("mode", json!(link.mode)),
            ("status", json!(link.status)),
            ("cause", json!(link.cause)),
            ("since", json!(link.since)),
            ("source", json!(link.source)),
            ("planned_kg", json!(link.planned_kg)),
        ],
    );
    add_names(&mut properties, &link.names);
    feature(geometry, properties)
}

fn place(place: &PlaceLine) -> Value {
    let mut properties = properties(
        "place",
        [
            ("id", json!(place.id)),
            ("province", json!(place.province)),
            ("residents", json!(place.people)),
            ("intensity", json!(place.intensity)),
            ("intensity_tenths", json!(place.intensity_tenths)),
            ("observed", json!(place.observed)),
            ("also", json!(place.also.join(", "))),
            ("method", json!(place.method)),
            ("message", json!(place.message)),
        ],
    );
    add_names(&mut properties, &place.names);
    add_spread(&mut properties, "evacuated", place.evacuated);
    add_spread(&mut properties, "displaced", place.displaced);
    if let Some(water) = place.without_water {
        add_spread(&mut properties, "without_water", water);
    }
    for need in &place.needs {
        add_spread(&mut properties, &format!("need_{}", need.commodity), need.amount);
    }
    feature(json!({ "type": "Point", "coordinates": position(&place.seat) }), properties)
}

fn epicentre(event: &EventLine) -> Option<Value> {
    let point = event.epicentre.as_ref()?;
    let pairs = [
        ("hazards", json!(event.hazards.join(", "))),
        ("origin", json!(event.origin)),
        ("magnitude", json!(event.magnitude)),
        ("depth_km", json!(event.depth_km)),
        ("source", json!(event.source)),
        ("message", json!(event.message)),
        ("headline", json!(event.headline)),
        ("headline_lang", json!(event.headline_lang)),
    ];
    let geometry = json!({ "type": "Point", "coordinates": position(point) });
    Some(feature(geometry, properties("epicentre", pairs)))
}
