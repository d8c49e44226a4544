//! From an alert to needs, over a small catalog of invented places.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::fmt::Write as _;

use expect_test::{Expect, expect};
use proptest::prelude::*;
use pumasi_base::{Catalog, Point, Status};
use pumasi_hazard::{
    Earthquake, Estimate, Estimator, Factors, Hazard, Message, MessageType, Observed, Station,
};

const SOURCES: &str = "[[source]]\nid='s'\ntitle='t'\npublisher='p'\npublished='2020'\n";

/// One commodity for each way of needing: daily, lasting, in winter, by those without water.
const COMMODITIES: &[(&str, &str)] = &[
    ("drinking_water", "LTR"),
    ("meal", "EA"),
    ("blanket", "EA"),
    ("kerosene", "LTR"),
    ("soap", "EA"),
];

const PLACES: &str = "\
id,level,province,ko,ja,zh,en,people,lat,lon,source
jp-91,province,,a,a,a,a,100000,36.5,136.5,s
jp-91001,municipality,jp-91,a,a,a,a,20000,37.4,136.9,s
jp-91002,municipality,jp-91,a,a,a,a,30000,37.0,136.9,s
jp-91003,municipality,jp-91,a,a,a,a,50000,36.9,137.0,s
jp-92,province,,a,a,a,a,80000,36.7,137.2,s
jp-92001,municipality,jp-92,a,a,a,a,10000,36.8,137.3,s
kr-93,province,,a,a,a,a,500000,37.3,137.9,s
";

fn catalog() -> Catalog {
    let mut commodities = String::new();
    for (id, unit) in COMMODITIES {
        write!(
            commodities,
            "[[commodity]]\nid='{id}'\nunit='{unit}'\nmass_g=1\nvolume_cm3=1\nhandling='ambient'\n\
             perishing=true\ncategory='water'\nweight=1\nper_pallet=1\n\
             names={{ko='a',ja='a','zh-Hans'='a',en='a'}}\nsource='s'\n"
        )
        .unwrap();
    }
    Catalog::read(&[
        ("sources.toml", SOURCES),
        ("commodities.toml", &commodities),
        ("places/jp.csv", PLACES),
    ])
    .unwrap()
}

/// An alert out of words: `observed` is a list of `place intensity[!] [/ intensity …]`, where `!`
/// means that a station is silent and what follows `/` are the stations.
fn alert(magnitude_centi: Option<i32>, observed: &str) -> Message {
    let read = |text: &str| -> Observed {
        let (place, rest) = text.trim().split_once(' ').unwrap();
        let mut values = rest.split('/').map(str::trim);
        let strongest = values.next().unwrap();
        let at_least = strongest.ends_with('!');
        let jma = |code: &str| format!("jma {}", code.trim_end_matches('!')).parse().unwrap();
        let stations =
            values.map(|value| Station { name: "s".to_owned(), intensity: jma(value) }).collect();
        Observed {
            place: place.parse().unwrap(),
            name: place.to_owned(),
            intensity: jma(strongest),
            at_least,
            stations,
        }
    };
    let sent = "2024-01-01T07:20:00Z".parse().unwrap();
    Message {
        status: Status::Exercise,
        hazards: vec![Hazard::Earthquake],
        earthquake: Some(Earthquake {
            epicentre: Some(Point { lat_micro: 37_500_000, lon_micro: 137_200_000 }),
            depth_m: Some(10_000),
            magnitude_centi,
            ..Earthquake::at("2024-01-01T07:10:00Z".parse().unwrap())
        }),
        observed: observed.split(',').filter(|t| !t.trim().is_empty()).map(read).collect(),
        ..Message::bare("jma_xml", "jma", "vxse53", ("e".to_owned(), 1), sent)
    }
}

fn estimate(message: &Message) -> Estimate {
    let estimator = Estimator::new(&catalog(), Factors::standard());
    estimator.estimate([message], &[])
}

fn show(estimate: &Estimate) -> String {
    let range = |r: pumasi_hazard::Range| format!("{}..{}..{}", r.low, r.central, r.high);
    let mut text = String::new();
    for f in &estimate.footprint {
        let hits: Vec<String> = f.hits.iter().map(|hit| hit.severity.to_string()).collect();
        let (hits, method) = (hits.join(" and "), f.method.name());
        writeln!(text, "{} {hits} {method} {} people", f.place, f.people).unwrap();
    }
    writeln!(text, "displaced {}", range(estimate.displaced)).unwrap();
    writeln!(text, "without water {}", range(estimate.without_water)).unwrap();
    let deaths = estimate.deaths.map_or("unknown".to_owned(), range);
    writeln!(text, "deaths {deaths}").unwrap();
    // The catalog here is small: what it lacks is checked once, with the needs.
    let lacking = ["commodity_unknown", "units_differ"];
    for finding in estimate.findings.iter().filter(|f| !lacking.contains(&f.code.name())) {
        writeln!(text, "! {finding}").unwrap();
    }
    text
}

#[track_caller]
fn check(message: &Message, expected: &Expect) {
    expected.assert_eq(&show(&estimate(message)));
}

#[test]
fn observed_beats_the_model_and_caps_it_in_its_province() {
    check(
        &alert(Some(750), "jp-91001 6+, jp-91002 5-"),
        &expect![[r#"
            jp-91001 jma 6+ observed 20000 people
            jp-91003 jma 5+ model_circle 50000 people
            kr-93 mmi 7 model_circle 500000 people
            jp-91002 jma 5- observed 30000 people
            displaced 400..14159..260030
            without water 4000..64060..549600
            deaths 13..86..560
            ! place_coarse: kr-93: 500000 people are taken to live at the seat
            ! rates_borrowed: kr: the death rates of `kr` were fitted to other countries
        "#]],
    );
}

#[test]
fn without_observations_the_model_serves() {
    check(
        &alert(Some(750), ""),
        &expect![[r#"
            jp-91001 jma 6- model_circle 20000 people
            jp-91003 jma 5+ model_circle 50000 people
            jp-91002 jma 5+ model_circle 30000 people
            kr-93 mmi 7 model_circle 500000 people
            jp-92 jma 5- model_circle 70000 people
            jp-92001 jma 5- model_circle 10000 people
            displaced 0..11064..269620
            without water 0..58360..584500
            deaths 2..35..468
            ! place_coarse: jp-92: 70000 people are taken to live at the seat
            ! place_coarse: kr-93: 500000 people are taken to live at the seat
            ! rates_borrowed: kr: the death rates of `kr` were fitted to other countries
        "#]],
    );
}

#[test]
fn the_first_report_knows_the_strongest_of_each_province_alone() {
    let mut first = alert(None, "jp-91 6+, jp-92 4, jp-95 5-");
    first.earthquake.as_mut().unwrap().epicentre = None;
    check(
        &first,
        &expect![[r#"
            jp-91 jma 6+ strongest_of_province 100000 people
            jp-92 jma 4 strongest_of_province 80000 people
            displaced 0..300..30000
            without water 0..4000..95000
            deaths 0..1..4
            ! place_unknown: jp-95: 1 places not in the catalog, up to jma 5-
            ! model_unusable: earthquake: epicentre or magnitude is not known yet
            ! place_coarse: jp-91: only its strongest intensity is known
            ! place_coarse: jp-92: only its strongest intensity is known
        "#]],
    );
}

#[test]
fn a_silent_station_lets_the_model_raise_the_place() {
    check(
        &alert(Some(750), "jp-91001 5-!, jp-91003 4"),
        &expect![[r#"
            jp-91001 jma 6- observed_and_model 20000 people
            jp-91002 jma 5+ model_circle 30000 people
            kr-93 mmi 7 model_circle 500000 people
            jp-91003 jma 4 observed 50000 people
            displaced 0..10890..264400
            without water 0..56200..538000
            deaths 2..35..464
            ! report_missing: jp-91001: `jp-91001` has a silent station
            ! place_coarse: kr-93: 500000 people are taken to live at the seat
            ! rates_borrowed: kr: the death rates of `kr` were fitted to other countries
        "#]],
    );
}

#[test]
fn people_are_spread_over_the_stations() {
    check(
        &alert(None, "jp-91001 7 / 7 / 4 / 4 / 4"),
        &expect![[r#"
            jp-91001 jma 7 observed 20000 people
            displaced 1000..5000..12000
            without water 3000..11250..20000
            deaths 2..15..100
        "#]],
    );
}

#[test]
fn places_not_in_the_catalog_are_reported_by_province() {
    check(
        &alert(Some(600), "jp-94001 5+, jp-94002 6-, jp-92001 4"),
        &expect![[r#"
        jp-92001 jma 4 observed 10000 people
        displaced 0..0..0
        without water 0..0..0
        deaths 0..0..1
        ! place_unknown: jp-94: 2 places not in the catalog, up to jma 6-
    "#]],
    );
}

#[test]
fn a_withdrawn_alert_needs_nothing() {
    let mut withdrawn = alert(Some(750), "jp-91001 7");
    withdrawn.kind = MessageType::Cancel;
    check(
        &withdrawn,
        &expect![[r#"
            displaced 0..0..0
            without water 0..0..0
            deaths unknown
            ! alert_cancelled: jma vxse53 e version 1: the source withdrew what it had said of this event
        "#]],
    );
}

#[test]
fn needs_follow_the_people_and_the_season() {
    let winter = alert(None, "jp-91001 7");
    let mut summer = winter.clone();
    summer.earthquake.as_mut().unwrap().origin = "2024-07-01T00:00:00Z".parse().unwrap();
    let needs = |message: &Message| {
        let estimate = estimate(message);
        let mut text = String::new();
        for n in &estimate.needs {
            let (d, o) = (n.per_day, n.once);
            writeln!(
                text,
                "{} {} a day {}..{}..{} once {}..{}..{}",
                n.place, n.commodity, d.low, d.central, d.high, o.low, o.central, o.high
            )
            .unwrap();
        }
        for finding in estimate.findings.iter().filter(|f| f.code.name() != "model_unusable") {
            writeln!(text, "! {finding}").unwrap();
        }
        text
    };
    expect![[r#"
        jp-91001 drinking_water a day 30000..54000..60000 once 0..0..0
        jp-91001 meal a day 12000..28800..43200 once 0..0..0
        jp-91001 blanket a day 0..0..0 once 4000..16000..36000
        jp-91001 kerosene a day 0..2400..7200 once 0..0..0
        ! commodity_unknown: mattress: not in the catalog: left out
        ! commodity_unknown: portable_toilet: not in the catalog: left out
        ! commodity_unknown: toilet_paper: not in the catalog: left out
        ! commodity_unknown: sanitary_pad: not in the catalog: left out
        ! commodity_unknown: diaper: not in the catalog: left out
        ! commodity_unknown: infant_formula: not in the catalog: left out
        ! commodity_unknown: medical_kit: not in the catalog: left out
        ! commodity_unknown: tarpaulin: not in the catalog: left out
        ! units_differ: soap: the catalog counts in EA: left out
    "#]]
    .assert_eq(&needs(&winter));
    assert!(needs(&winter).contains("kerosene") && !needs(&summer).contains("kerosene"));
}

proptest! {
    #[test]
    fn totals_are_sums_and_ranges_are_in_order(
        magnitude in proptest::option::of(300..950_i32),
        classes in proptest::collection::vec(0..10_usize, 3),
        silent in proptest::collection::vec(any::<bool>(), 3),
    ) {
        let codes = ["0", "1", "2", "3", "4", "5-", "5+", "6-", "6+", "7"];
        let observed: Vec<String> = ["jp-91001", "jp-91003", "jp-92001"]
            .iter()
            .zip(classes.iter().zip(&silent))
            .map(|(place, (class, silent))| {
                format!("{place} {}{}", codes[*class], if *silent { "!" } else { "" })
            })
            .collect();
        let estimate = estimate(&alert(magnitude, &observed.join(",")));
        let sum = |of: fn(&pumasi_hazard::Footprint) -> i64| estimate.footprint.iter().map(of).sum::<i64>();
        prop_assert_eq!(sum(|f| f.displaced.central), estimate.displaced.central);
        prop_assert_eq!(sum(|f| f.without_water.high), estimate.without_water.high);
        let ranges = estimate.needs.iter().flat_map(|n| [n.per_day, n.once]);
        for range in ranges.chain([estimate.displaced, estimate.evacuated, estimate.without_water].into_iter().chain(estimate.deaths)) {
            prop_assert!(0 <= range.low && range.low <= range.central && range.central <= range.high);
        }
        for f in &estimate.footprint {
            prop_assert!(f.displaced.high <= f.people && f.without_water.high <= f.people);
        }
    }

    #[test]
    fn a_stronger_observation_never_displaces_fewer(weak in 0..10_usize, more in 0..10_usize) {
        let codes = ["0", "1", "2", "3", "4", "5-", "5+", "6-", "6+", "7"];
        let of = |class: usize| {
            let text = format!("jp-91001 {}", codes[class.min(9)]);
            estimate(&alert(None, &text))
        };
        let (weak, strong) = (of(weak), of(weak + more));
        prop_assert!(weak.displaced.low <= strong.displaced.low);
        prop_assert!(weak.displaced.central <= strong.displaced.central);
        prop_assert!(weak.displaced.high <= strong.displaced.high);
        prop_assert!(weak.deaths.map(|d| d.central) <= strong.deaths.map(|d| d.central));
    }
}
