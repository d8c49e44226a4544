//! The messages of the drills, from their bytes to needs over the whole catalog.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use pumasi_base::{Catalog, Status};
use pumasi_hazard::{Estimate, Estimator, Factors, Range, read_any};

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
    let read = read_any(&bytes).unwrap();
    let odd = read.findings.iter().map(ToString::to_string).collect();
    (Estimator::new(catalog, Factors::standard()).estimate(&read.messages, &[]), odd)
}

/// Checks an estimate against what happened: the people in shelters at the peak, the people
/// without water, and the places that shook most, in any order.
#[track_caller]
fn check(file: &str, sheltered: i64, without_water: i64, strongest: &[&str]) {
    let displaced = check_but_displaced(file, without_water, strongest);
    assert!(holds(displaced, sheltered), "{file}: displaced {displaced:?}");
}

fn holds(range: Range, real: i64) -> bool {
    range.low <= real && real <= range.high
}

/// Checks all of it but the people in shelters; gives the estimate of these.
#[track_caller]
fn check_but_displaced(file: &str, without_water: i64, strongest: &[&str]) -> Range {
    let catalog = catalog();
    let (estimate, _) = estimate_of(file, &catalog);
    let water = estimate.without_water;
    assert!(holds(water, without_water), "{file}: without water {water:?}");
    let first = estimate.footprint.iter().take(strongest.len());
    let first: BTreeSet<&str> = first.map(|footprint| footprint.place.as_str()).collect();
    assert_eq!(first, strongest.iter().copied().collect(), "{file}");
    let needed: BTreeSet<&str> = estimate.needs.iter().map(|n| n.commodity.as_str()).collect();
    for commodity in ["drinking_water", "meal", "blanket"] {
        assert!(needed.contains(commodity), "{file}: no need of {commodity}");
    }
    estimate.displaced
}

/// 57,360 people were in shelters on 2 January 2024, and 136,740 households without water, of 2.2
/// people each.
#[test]
fn noto_2024_lies_within_its_estimates() {
    check(
        "noto-2024/usgs-first.geojson",
        57_360,
        300_000,
        &["jp-17204", "jp-17205", "jp-17461", "jp-17463"],
    );
    check("noto-2024/vxse53.xml", 57_360, 300_000, &["jp-17384"]);
}

/// FIXME: the model with a line allows for two percent less than were counted. It held the count
/// only as long as all of Nagano stood at its seat for want of municipalities.
#[test]
fn the_line_of_noto_2024_allows_for_too_few() {
    let strongest = ["jp-17205", "jp-17461", "jp-17463"];
    let displaced = check_but_displaced("noto-2024/usgs.geojson", 300_000, &strongest);
    assert_eq!(displaced.high, 56_209);
    assert!(!holds(displaced, 57_360));
}

/// 2,862 people were in shelters on 22 October 2016, and up to 16,000 households without water, of
/// 2.2 people each.
#[test]
fn tottori_2016_lies_within_its_estimates() {
    check("tottori-2016/usgs.geojson", 2_862, 35_000, &["jp-31203"]);
    check("tottori-2016/vxse53.xml", 2_862, 35_000, &["jp-31203", "jp-31370", "jp-31372"]);
}

#[test]
fn every_message_of_a_drill_is_an_exercise() {
    let catalog = catalog();
    for drill in std::fs::read_dir(repository().join("drills")).unwrap() {
        let folder = drill.unwrap().path();
        for file in folder.read_dir().into_iter().flatten() {
            let path = file.unwrap().path();
            let kinds = ["xml", "geojson", "json"];
            if path.extension().is_some_and(|kind| kinds.iter().any(|known| kind == *known)) {
                let (estimate, _) = estimate_of(path.to_str().unwrap(), &catalog);
                assert_eq!(estimate.status, Status::Exercise, "{}", path.display());
            }
        }
    }
}
