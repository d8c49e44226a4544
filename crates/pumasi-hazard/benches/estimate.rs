//! From an alert to needs over all places of the catalog.

#![expect(clippy::unwrap_used, reason = "a bench may stop at the first surprise")]

use std::path::Path;

use divan::Bencher;
use pumasi_base::{Catalog, PlaceLevel, Point, Status};
use pumasi_hazard::{
    Earthquake, Estimator, Factors, Hazard, Intensity, JmaIntensity, Message, Observed, Station,
};

fn main() {
    divan::main();
}

fn catalog() -> Catalog {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalog");
    let names =
        ["sources.toml", "commodities.toml", "places/jp.csv", "places/kr.csv", "places/cn.csv"];
    let texts = names.map(|name| std::fs::read_to_string(folder.join(name)).unwrap());
    let files: Vec<_> = names.into_iter().zip(texts.iter().map(String::as_str)).collect();
    Catalog::read(&files).unwrap()
}

/// A great earthquake off the coast; `observed` fills the telegram with every municipality of the
/// catalog and as many others again, four stations each.
fn message(catalog: &Catalog, observed: bool) -> Message {
    let classes = JmaIntensity::ALL;
    let sent = "2031-01-01T00:10:00Z".parse().unwrap();
    let mut alert = Message {
        status: Status::Test,
        hazards: vec![Hazard::Earthquake],
        earthquake: Some(Earthquake {
            epicentre: Some(Point { lat_micro: 37_500_000, lon_micro: 137_200_000 }),
            depth_m: Some(10_000),
            magnitude_centi: Some(790),
            strike_deg: Some(47),
            ..Earthquake::at("2031-01-01T00:00:00Z".parse().unwrap())
        }),
        ..Message::bare("jma_xml", "jma", "vxse53", ("bench".to_owned(), 1), sent)
    };
    let municipalities = catalog.places.values().filter(|p| p.level == PlaceLevel::Municipality);
    for (index, place) in municipalities.enumerate().filter(|_| observed) {
        let class = |n: usize| Intensity::Jma(*classes.get(n % classes.len()).unwrap());
        let one = |id| Observed {
            place: id,
            name: place.names.ja.clone(),
            intensity: class(index),
            at_least: index % 50 == 0,
            stations: (0..4)
                .map(|n| Station { name: "station".to_owned(), intensity: class(index + n) })
                .collect(),
        };
        alert.observed.push(one(place.id.clone()));
        alert.observed.push(one(format!("{}9", place.id).parse().unwrap()));
    }
    alert
}

#[divan::bench(args = [true, false])]
fn from_a_message(bencher: Bencher<'_, '_>, observed: bool) {
    let catalog = catalog();
    let messages = [message(&catalog, observed)];
    let estimator = Estimator::new(&catalog, Factors::standard());
    bencher.bench(|| estimator.estimate(&messages, &[]));
}

#[divan::bench]
fn making_ready(bencher: Bencher<'_, '_>) {
    let catalog = catalog();
    bencher.bench(|| Estimator::new(&catalog, Factors::standard()));
}
