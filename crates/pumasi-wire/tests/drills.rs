//! The messages of the drills, from their bytes to needs over the whole catalog.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use expect_test::{Expect, expect};
use pumasi_base::{Catalog, Status};
use pumasi_hazard::{Estimate, Factors, Range, estimate};
use pumasi_wire::{formats::geojson, read_alert};

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn catalog() -> Catalog {
    let folder = repository().join("catalog");
    let mut texts = Vec::new();
    for name in
        ["sources.toml", "commodities.toml", "places/jp.csv", "places/kr.csv", "places/cn.csv"]
    {
        texts.push((name, std::fs::read_to_string(folder.join(name)).unwrap()));
    }
    let files: Vec<_> = texts.iter().map(|(name, text)| (*name, text.as_str())).collect();
    Catalog::read(&files).unwrap()
}

fn estimate_of(file: &str, catalog: &Catalog) -> (Estimate, Vec<String>) {
    let bytes = std::fs::read(repository().join("drills").join(file)).unwrap();
    let read = read_alert(&bytes).unwrap();
    assert_eq!(read.alerts.len(), 1, "{file}");
    let odd = read.findings.iter().map(ToString::to_string).collect();
    (estimate(read.alerts.first().unwrap(), catalog, &Factors::standard()), odd)
}

fn range(range: Range) -> String {
    format!("{}..{}..{}", range.low, range.central, range.high)
}

#[track_caller]
fn check(file: &str, expected: &Expect) {
    let catalog = catalog();
    let (estimate, odd) = estimate_of(file, &catalog);
    let mut text = format!("{} ({})\n", estimate.from, estimate.status);
    writeln!(text, "displaced {}", range(estimate.displaced)).unwrap();
    writeln!(text, "deaths {}", range(estimate.deaths)).unwrap();
    writeln!(text, "without water {}", range(estimate.without_water)).unwrap();
    for footprint in estimate.footprint.iter().take(12) {
        let name = &catalog.places.get(&footprint.place).unwrap().names.en;
        let displaced = range(footprint.displaced);
        writeln!(text, "{name}: {}, displaced {displaced}", footprint.intensity).unwrap();
    }
    let (places, needs) = (estimate.footprint.len(), estimate.needs.len());
    writeln!(text, "{places} places, {needs} needs").unwrap();
    for finding in odd.into_iter().chain(estimate.findings.iter().map(ToString::to_string)) {
        writeln!(text, "! {finding}").unwrap();
    }
    expected.assert_eq(&text);
}

#[test]
fn noto_2024_as_the_usgs_first_saw_it() {
    check(
        "noto-2024/usgs-first.geojson",
        &expect![[r#"
            usgs event us6000m0xl version 1704093480000 (exercise)
            displaced 0..3306..52734
            deaths 5..33..218
            without water 0..24234..496945
            Wajima: jma 6-, displaced 0..984..7383
            Suzu: jma 6-, displaced 0..517..3879
            Anamizu: jma 6-, displaced 0..316..2367
            Noto: jma 6-, displaced 0..627..4707
            Kurobe: jma 5+, displaced 0..119..3172
            Nyuzen: jma 5+, displaced 0..72..1908
            Asahi: jma 5+, displaced 0..33..887
            Nanao: jma 5+, displaced 0..151..4024
            Shika: jma 5+, displaced 0..56..1491
            Nakanoto: jma 5+, displaced 0..50..1324
            Itoigawa: jma 5-, displaced 0..12..3262
            Myoko: jma 5-, displaced 0..9..183
            83 places, 767 needs
            ! place_coarse: jp-10: 1939110 people are taken to live at the seat
            ! place_coarse: jp-20: 2048011 people are taken to live at the seat
        "#]],
    );
}

#[test]
fn noto_2024_as_the_usgs_saw_it() {
    check(
        "noto-2024/usgs.geojson",
        &expect![[r#"
            usgs event us6000m0xl version 1704094200000 (exercise)
            displaced 0..2111..39689
            deaths 3..20..131
            without water 0..15671..417285
            Suzu: jma 6-, displaced 0..517..3879
            Anamizu: jma 6-, displaced 0..316..2367
            Noto: jma 6-, displaced 0..627..4707
            Nanao: jma 5+, displaced 0..151..4024
            Wajima: jma 5+, displaced 0..74..7383
            Shika: jma 5+, displaced 0..56..1491
            Nakanoto: jma 5+, displaced 0..50..1324
            Toyama City: jma 5-, displaced 0..124..2484
            Takaoka: jma 5-, displaced 0..50..999
            Uozu: jma 5-, displaced 0..12..244
            Himi: jma 5-, displaced 0..13..264
            Namerikawa: jma 5-, displaced 0..10..195
            83 places, 715 needs
            ! place_coarse: jp-20: 2048011 people are taken to live at the seat
        "#]],
    );
}

#[test]
fn noto_2024_as_japan_measured_it() {
    check(
        "noto-2024/vxse53.xml",
        &expect![[r#"
            jma vxse53 20240101161010 version 1 (exercise)
            displaced 2627..35280..86709
            deaths 41..270..1755
            without water 19180..192226..763025
            Shika: jma 7, displaced 1254..5216..11178
            Nanao: jma 6+, displaced 422..7444..15090
            Wajima: jma 6+, displaced 492..4922..7383
            Suzu: jma 6+, displaced 258..2586..3879
            Anamizu: jma 6+, displaced 157..1578..2367
            Nagaoka: jma 6-, displaced 18..5823..21355
            Nakanoto: jma 6-, displaced 11..560..1324
            Noto: jma 6-, displaced 15..627..4707
            Niigata Chuo Ward: jma 5+, displaced 0..370..1083
            Niigata Minami Ward: jma 5+, displaced 0..130..261
            Niigata Nishi Ward: jma 5+, displaced 0..482..965
            Niigata Nishikan Ward: jma 5+, displaced 0..127..328
            89 places, 780 needs
            ! report_missing: jp-17204: `輪島市` has a silent station
            ! report_missing: jp-17463: `能登町` has a silent station
            ! place_unknown: jp-20: 25 places not in the catalog, up to jma 5-
            ! place_unknown: jp-21: 10 places not in the catalog, up to jma 5-
            ! place_coarse: jp-20: 2048011 people are taken to live at the seat
        "#]],
    );
}

#[test]
fn tottori_2016_as_the_usgs_saw_it() {
    check(
        "tottori-2016/usgs.geojson",
        &expect![[r#"
            usgs event us20007fta version 1477027320000 (exercise)
            displaced 0..30..774
            deaths 0..0..1
            without water 0..198..18356
            Kurayoshi: jma 5-, displaced 0..14..279
            Misasa: jma 5-, displaced 0..2..37
            Yurihama: jma 5-, displaced 0..5..97
            Kotoura: jma 5-, displaced 0..5..99
            Hokuei: jma 5-, displaced 0..4..86
            Tottori City: jma 4, displaced 0..0..0
            Yonago: jma 4, displaced 0..0..0
            Sakaiminato: jma 4, displaced 0..0..0
            Wakasa: jma 4, displaced 0..0..0
            Chizu: jma 4, displaced 0..0..0
            Yazu: jma 4, displaced 0..0..0
            Hiezu: jma 4, displaced 0..0..0
            31 places, 132 needs
        "#]],
    );
}

#[test]
fn tottori_2016_as_japan_measured_it() {
    check(
        "tottori-2016/vxse53.xml",
        &expect![[r#"
            jma vxse53 20161021140722 version 1 (exercise)
            displaced 27..2675..7687
            deaths 2..16..102
            without water 837..20702..84345
            Kurayoshi: jma 6-, displaced 15..1244..3719
            Yurihama: jma 6-, displaced 5..436..1285
            Hokuei: jma 6-, displaced 7..438..1139
            Tottori City: jma 5+, displaced 0..365..1131
            Misasa: jma 5+, displaced 0..18..37
            Maniwa: jma 5+, displaced 0..128..257
            Kagamino: jma 5+, displaced 0..36..73
            Kotoura: jma 5-, displaced 0..5..17
            Hiezu: jma 5-, displaced 0..1..4
            Okinoshima: jma 5-, displaced 0..4..14
            Yonago: jma 4, displaced 0..0..0
            Sakaiminato: jma 4, displaced 0..0..0
            68 places, 132 needs
            ! place_unknown: jp-26: 1 places not in the catalog, up to jma 4
            ! place_unknown: jp-27: 2 places not in the catalog, up to jma 4
            ! place_unknown: jp-28: 5 places not in the catalog, up to jma 4
            ! place_unknown: jp-34: 16 places not in the catalog, up to jma 4
            ! place_unknown: jp-35: 2 places not in the catalog, up to jma 4
            ! place_unknown: jp-37: 8 places not in the catalog, up to jma 4
            ! place_unknown: jp-38: 1 places not in the catalog, up to jma 4
        "#]],
    );
}

#[test]
fn every_message_of_a_drill_is_an_exercise() {
    let catalog = catalog();
    for drill in std::fs::read_dir(repository().join("drills")).unwrap() {
        let folder = drill.unwrap().path();
        for file in folder.read_dir().into_iter().flatten() {
            let path = file.unwrap().path();
            if path
                .extension()
                .is_some_and(|extension| extension == "xml" || extension == "geojson")
            {
                let (estimate, _) = estimate_of(path.to_str().unwrap(), &catalog);
                assert_eq!(estimate.status, Status::Exercise, "{}", path.display());
            }
        }
    }
}

#[test]
fn the_footprint_becomes_geojson() {
    let catalog = catalog();
    let (estimate, _) = estimate_of("noto-2024/vxse53.xml", &catalog);
    let written: serde_json::Value =
        serde_json::from_str(&geojson::write(&estimate, &catalog)).unwrap();
    let features = written.pointer("/features").unwrap().as_array().unwrap();
    assert_eq!(features.len(), estimate.footprint.len());
    let wajima = features.iter().find(|feature| feature["id"] == "jp-17204").unwrap();
    expect![[r#"
        {
          "geometry": {
            "coordinates": [
              136.8992,
              37.3906
            ],
            "type": "Point"
          },
          "id": "jp-17204",
          "properties": {
            "displaced": [
              492,
              4922,
              7383
            ],
            "intensity": "jma 6+",
            "method": "observed",
            "name": {
              "en": "Wajima",
              "ja": "輪島市",
              "ko": "와지마시",
              "zh-Hans": "轮岛市"
            },
            "observed": true,
            "people": 24608,
            "without_water": [
              4921,
              14765,
              23378
            ]
          },
          "type": "Feature"
        }"#]]
    .assert_eq(&serde_json::to_string_pretty(wajima).unwrap());
    assert_eq!(written["status"], "exercise");
}
