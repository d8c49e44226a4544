//! What the messages of the drills say, whatever the catalog knows of the places they name.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::path::Path;

use expect_test::{Expect, expect};
use pumasi_hazard::{Earthquake, Message, Observed, read_any};

fn or_unknown(value: Option<impl ToString>) -> String {
    value.map_or_else(|| "?".to_owned(), |value| value.to_string())
}

/// A hypocentre and a size as an officer would read them out.
fn told(earthquake: &Earthquake) -> String {
    let degrees = |micro: i32| format!("{}.{:02}", micro / 1_000_000, micro / 10_000 % 100);
    let place = earthquake.epicentre;
    let place = place.map(|at| format!("{} {}", degrees(at.lat_micro), degrees(at.lon_micro)));
    let centi = earthquake.magnitude_centi;
    let magnitude = centi.map(|centi| format!("{}.{}", centi / 100, centi / 10 % 10));
    let least = if earthquake.magnitude_is_minimum { ">" } else { "" };
    let (place, magnitude) = (or_unknown(place), or_unknown(magnitude));
    let depth = or_unknown(earthquake.depth_m.map(|metres| metres / 1000));
    let strike = or_unknown(earthquake.strike_deg);
    format!("M{least}{magnitude} at {place}, {depth} km, strike {strike}")
}

/// How many places were measured, how many are silent, and the strongest.
fn felt(observed: &[Observed]) -> String {
    let silent = observed.iter().filter(|observed| observed.at_least).count();
    let weaker = |a: &&Observed, b: &&Observed| {
        a.intensity.as_mmi().total_cmp(&b.intensity.as_mmi()).then_with(|| b.place.cmp(&a.place))
    };
    let strongest = observed.iter().max_by(weaker);
    let strongest = strongest.map(|one| format!("{} {}", one.intensity, one.place));
    format!("{} places, {silent} silent, most {}", observed.len(), or_unknown(strongest))
}

fn line(file: &str, message: &Message) -> String {
    let Message { product, event, kind, status, .. } = message;
    let quake = or_unknown(message.earthquake.as_ref().map(told));
    let warned: usize = message.parts.iter().map(|part| part.areas.len()).sum();
    let grid = message.grid.as_ref().map_or("", |_| ", a grid");
    let felt = felt(&message.observed);
    format!("{file}: {product} {event} {kind:?} {status}: {quake}; {felt}; {warned} areas{grid}\n")
}

/// Checks what each message of a drill says, in the order in which they enter.
#[track_caller]
fn check(drill: &str, files: &[&str], expected: Expect) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../drills").join(drill);
    let mut all = String::new();
    for file in files {
        let read = read_any(&std::fs::read(folder.join(file)).unwrap()).unwrap();
        all.extend(read.messages.iter().map(|message| line(file, message)));
    }
    expected.assert_eq(&all);
}

#[test]
fn tohoku_2011_begins_without_a_magnitude() {
    check(
        "tohoku-2011",
        &[
            "vxse43.xml",
            "vxse51.xml",
            "vtse41-first.xml",
            "vxse53.xml",
            "usgs-first.geojson",
            "vtse41-second.xml",
            "usgs.geojson",
            "vxse61.xml",
        ],
        expect![[r#"
            vxse43.xml: vxse43 20110311144640 Alert exercise: M7.2 at 38.20 142.70, 10 km, strike ?; 0 places, 0 silent, most ?; 15 areas
            vxse51.xml: vxse51 20110311144640 Alert exercise: M? at ?, ? km, strike ?; 17 places, 0 silent, most jma 7 jp-04; 57 areas
            vtse41-first.xml: vtse41 20110311144640 Alert exercise: M>8.0 at 38.00 142.90, 10 km, strike ?; 0 places, 0 silent, most ?; 23 areas
            vxse53.xml: vxse53 20110311144640 Alert exercise: M>8.0 at 38.00 142.90, 10 km, strike ?; 417 places, 4 silent, most jma 7 jp-04213; 1146 areas
            usgs-first.geojson: event usc0001xgp Alert exercise: M7.9 at 38.32 142.36, 24 km, strike ?; 0 places, 0 silent, most ?; 0 areas
            vtse41-second.xml: vtse41 20110311144640 Update exercise: M>8.0 at 38.00 142.90, 10 km, strike ?; 0 places, 0 silent, most ?; 17 areas
            usgs.geojson: event usc0001xgp Update exercise: M8.9 at 38.32 142.36, 24 km, strike 203; 0 places, 0 silent, most ?; 0 areas
            vxse61.xml: vxse61 20110311144640 Update exercise: M8.8 at 38.10 142.86, 24 km, strike ?; 0 places, 0 silent, most ?; 0 areas
        "#]],
    );
}

#[test]
fn kumamoto_2016_is_two_events() {
    check(
        "kumamoto-2016",
        &[
            "foreshock-vxse51.xml",
            "foreshock-vxse53.xml",
            "mainshock-vxse43.xml",
            "mainshock-vxse51.xml",
            "mainshock-vxse53.xml",
            "mainshock-usgs-first.geojson",
            "mainshock-usgs.geojson",
        ],
        expect![[r#"
            foreshock-vxse51.xml: vxse51 20160414212638 Alert exercise: M? at ?, ? km, strike ?; 6 places, 0 silent, most jma 7 jp-43; 23 areas
            foreshock-vxse53.xml: vxse53 20160414212638 Alert exercise: M6.4 at 32.70 130.80, 10 km, strike ?; 29 places, 1 silent, most jma 7 jp-43443; 79 areas
            mainshock-vxse43.xml: vxse43 20160416012510 Update exercise: M7.1 at 32.80 130.80, 10 km, strike ?; 0 places, 0 silent, most ?; 19 areas
            mainshock-vxse51.xml: vxse51 20160416012510 Alert exercise: M? at ?, ? km, strike ?; 6 places, 0 silent, most jma 6+ jp-43; 16 areas
            mainshock-vxse53.xml: vxse53 20160416012510 Alert exercise: M7.1 at 32.80 130.80, 10 km, strike ?; 49 places, 2 silent, most jma 6+ jp-43101; 134 areas
            mainshock-usgs-first.geojson: event us20005iis Alert exercise: M7.0 at 32.78 130.72, 10 km, strike ?; 0 places, 0 silent, most ?; 0 areas
            mainshock-usgs.geojson: event us20005iis Update exercise: M7.0 at 32.79 130.75, 10 km, strike 225; 0 places, 0 silent, most ?; 0 areas
        "#]],
    );
}

#[test]
fn pohang_2017_is_corrected_after_six_minutes() {
    check(
        "pohang-2017",
        &[
            "kma-early.json",
            "kma-detail.json",
            "usgs-first.geojson",
            "shakemap-grid.xml",
            "usgs.geojson",
        ],
        expect![[r#"
            kma-early.json: eqk 20171115142931 Alert exercise: M5.5 at 36.10 129.37, ? km, strike ?; 0 places, 0 silent, most ?; 0 areas
            kma-detail.json: eqk 20171115142931 Alert exercise: M5.4 at 36.12 129.36, 9 km, strike ?; 8 places, 0 silent, most mmi 6 kr-47; 8 areas
            usgs-first.geojson: event us2000bnrs Alert exercise: M5.4 at 36.07 129.28, 10 km, strike ?; 0 places, 0 silent, most ?; 0 areas
            shakemap-grid.xml: shakemap us2000bnrs Alert exercise: M5.4 at 36.12 129.36, 9 km, strike ?; 0 places, 0 silent, most ?; 0 areas, a grid
            usgs.geojson: event us2000bnrs Update exercise: M5.5 at 36.07 129.28, 10 km, strike 231; 0 places, 0 silent, most ?; 0 areas
        "#]],
    );
}
