use expect_test::expect_file;
use proptest::prelude::*;
use pumasi_base::Lang;
use serde_json::Value;

use super::FORMAT;
use crate::formats::sample::{page, written};

fn features(text: &str) -> Vec<Value> {
    let collection: Value = serde_json::from_str(text).unwrap();
    assert_eq!(collection["type"], "FeatureCollection");
    collection["features"].as_array().unwrap().clone()
}

#[test]
fn the_map_is_as_it_was() {
    let mut page = page();
    // A circle of 64 corners is tested by its own law.
    page.event.as_mut().unwrap().outlines.pop();
    let text = written(&FORMAT, &page, Lang::En).unwrap();
    expect_file!["../../../tests/golden/situation/map.geojson"].assert_eq(&text);
}

#[test]
fn every_feature_is_of_a_kind_and_flat() {
    let features = features(&written(&FORMAT, &page(), Lang::En).unwrap());
    let kinds: Vec<&str> =
        features.iter().map(|one| one["properties"]["kind"].as_str().unwrap()).collect();
    let expected = ["outline", "outline", "link", "link", "place", "place", "place", "epicentre"];
    assert_eq!(kinds, expected);
    for feature in &features {
        let properties = feature["properties"].as_object().unwrap();
        let is_flat = |value: &Value| !value.is_object() && !value.is_array();
        assert!(properties.values().all(is_flat), "{feature}");
    }
    let place = &features[4];
    assert_eq!(place["geometry"]["coordinates"], serde_json::json!([136.8992, 37.3906]));
    assert_eq!(place["properties"]["need_blanket_low"], 6000);
    assert_eq!(place["properties"]["name_zh-Hans"], "轮岛市");
}

proptest! {
    #[test]
    fn any_text_reads_back(text in "\\PC{0,30}|.{0,30}") {
        let mut page = page();
        page.places[0].names.ko.clone_from(&text);
        page.event.as_mut().unwrap().headline.clone_from(&text);
        let features = features(&written(&FORMAT, &page, Lang::En).unwrap());
        prop_assert_eq!(&features[4]["properties"]["name_ko"], &text);
        prop_assert_eq!(&features[7]["properties"]["headline"], &text);
    }
}
