//! One event, many messages: what opens, updates, joins, withdraws and ends an incident.
//!
//! A message is a line of words: source, product, event and version, then what it says. Every line
//! is taken in turn, `expire` lets what is past its end go, and what stands is listed in the end.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop at the first surprise"
)]

use std::collections::BTreeSet;
use std::fmt::Write as _;

use expect_test::{Expect, expect};
use proptest::prelude::*;
use pumasi_base::{Point, Status, Time};
use pumasi_hazard::{
    Cyclone, CyclonePosition, Earthquake, Hazard, Incidents, Message, MessageType, Part, Reference,
    Statement, Taken, read_any,
};

fn time(text: &str) -> Time {
    let day = if text.contains('T') { String::new() } else { "2024-01-01T".to_owned() };
    format!("{day}{text}Z").parse().unwrap()
}

fn point(text: &str) -> Point {
    let (lat, lon) = text.split_once(',').unwrap();
    let micro = |text: &str| text.parse::<i32>().unwrap() * 10_000;
    // Hundredths of a degree, so that no float is read.
    Point { lat_micro: micro(lat), lon_micro: micro(lon) }
}

/// Messages of a source, or of another in the form `sender/id`.
fn references(source: &str, ids: &str) -> Vec<Reference> {
    let name = |id: &str| {
        let (sender, id) = id.split_once('/').unwrap_or((source, id));
        Reference { sender: sender.to_owned(), id: id.to_owned(), sent: None }
    };
    ids.split(',').map(name).collect()
}

/// `source product event vN` and then any of: `exercise`, `test`, `update`, `cancel`, `sent TIME`,
/// `until TIME`, `id ID`, `names ID…`, `quake TIME [LAT,LON]`, `ids LIST`, `tsunami`,
/// `storm NAME NUMBER [LAT,LON]`, `flood`.
fn message(line: &str) -> Message {
    let words: Vec<&str> = line.split_whitespace().collect();
    let [source, product, event, version, said @ ..] = words.as_slice() else { panic!("{line}") };
    let serial = version.trim_start_matches('v').parse().unwrap();
    let format = if *product == "cap" { "cap" } else { "test" };
    let told = ((*event).to_owned(), serial);
    let mut message = Message::bare(format, source, product, told, time("07:12:00"));
    let mut said = said.iter().copied().peekable();
    while let Some(word) = said.next() {
        match word {
            "exercise" => message.status = Status::Exercise,
            "test" => message.status = Status::Test,
            "update" => message.kind = MessageType::Update,
            "cancel" => message.kind = MessageType::Cancel,
            "sent" => message.sent = time(said.next().unwrap()),
            "until" => {
                let until = Some(time(said.next().unwrap()));
                message.parts.push(Part { until, ..Part::default() });
            }
            "id" => message.id = said.next().unwrap().to_owned(),
            "names" => message.refers_to = references(source, said.next().unwrap()),
            "quake" => {
                message.hazards.push(Hazard::Earthquake);
                let mut earthquake = Earthquake::at(time(said.next().unwrap()));
                earthquake.epicentre = said.next_if(|word| word.contains(',')).map(point);
                message.earthquake = Some(earthquake);
            }
            "ids" => message.says.push(Statement::new("ids", said.next().unwrap())),
            "tsunami" => message.hazards.insert(0, Hazard::Tsunami),
            "flood" => message.hazards.push(Hazard::Flood),
            "storm" => {
                message.hazards.push(Hazard::TropicalCyclone);
                let known = |word: &str| (word != "-").then(|| word.to_owned());
                let name = known(said.next().unwrap());
                let number = known(said.next().unwrap());
                let centre = said.next_if(|word| word.contains(',')).map(point);
                let at = Some(message.sent);
                let positions = vec![CyclonePosition { at, centre, ..CyclonePosition::default() }];
                message.cyclone = Some(Cyclone { name, number, positions, ..Cyclone::default() });
            }
            other => panic!("`{other}` in `{line}`"),
        }
    }
    message
}

/// What stands, one incident a line.
fn standing(incidents: &Incidents) -> String {
    let mut text = String::new();
    for incident in incidents.iter() {
        let said: Vec<String> =
            incident.messages.iter().map(|one| format!("{} {}", one.source, one.id)).collect();
        let hazard = serde_json::to_value(incident.hazard).unwrap();
        writeln!(text, "= {} {}: {}", incident.key, hazard.as_str().unwrap(), said.join("; "))
            .unwrap();
    }
    text
}

fn taken(taken: &Taken) -> String {
    let value = serde_json::to_value(taken).unwrap();
    let keys = [taken.key().map(ToString::to_string)].into_iter().flatten();
    let gone = taken.gone().iter().map(|key| format!("without {key}"));
    let words = [value["taken"].as_str().unwrap().to_owned()];
    words.into_iter().chain(keys).chain(gone).collect::<Vec<_>>().join(" ")
}

/// Takes lines at 07:15 of New Year's Day 2024 unless an `at TIME` says otherwise.
fn take_all(incidents: &mut Incidents, lines: &str) -> String {
    let mut now = time("07:15:00");
    let mut text = String::new();
    for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if let Some(at) = line.strip_prefix("at ") {
            now = time(at);
            let ended = incidents.expire(now);
            ended.iter().for_each(|key| writeln!(text, "ended {key}").unwrap());
        } else {
            writeln!(text, "{}", taken(&incidents.take(message(line), now))).unwrap();
        }
    }
    // What is written down and read again is the same.
    let written = serde_json::to_string(incidents).unwrap();
    assert_eq!(serde_json::from_str::<Incidents>(&written).unwrap(), *incidents);
    text + &standing(incidents)
}

#[track_caller]
fn check(lines: &str, expected: Expect) {
    expected.assert_eq(&take_all(&mut Incidents::default(), lines));
}

#[test]
fn the_services_of_three_countries_tell_of_one_earthquake() {
    check(
        "jma vxse53 20240101161010 v1 quake 07:10:00 3750,13730
         usgs us6000m0xl us6000m0xl v1 quake 07:10:09 3748,13727
         kma eqk 20240101161009 v1 quake 07:10:09 3730,13720
         gdacs eq EQ1407393 v1 quake 07:10:09 3749,13727",
        expect![[r#"
            opened actual:earthquake:jma:20240101161010
            updated actual:earthquake:jma:20240101161010
            updated actual:earthquake:jma:20240101161010
            updated actual:earthquake:jma:20240101161010
            = actual:earthquake:jma:20240101161010 earthquake: gdacs eq EQ1407393 1; jma vxse53 20240101161010 1; kma eqk 20240101161009 1; usgs us6000m0xl us6000m0xl 1
        "#]],
    );
}

#[test]
fn a_first_intensity_report_joins_others_once_its_epicentre_is_known() {
    check(
        "jma vxse51 20240101161010 v1 quake 07:10:00
         usgs origin us6000m0xl v1 quake 07:10:09 3748,13727
         jma vxse52 20240101161010 v1 quake 07:10:00 3750,13730",
        expect![[r#"
            opened actual:earthquake:jma:20240101161010
            opened actual:earthquake:usgs:us6000m0xl
            joined actual:earthquake:jma:20240101161010 without actual:earthquake:usgs:us6000m0xl
            = actual:earthquake:jma:20240101161010 earthquake: jma vxse51 20240101161010 1; jma vxse52 20240101161010 1; usgs origin us6000m0xl 1
        "#]],
    );
}

#[test]
fn a_foreshock_of_the_day_before_and_a_quake_far_away_are_others() {
    check(
        "jma vxse53 20160414212642 v1 quake 2016-04-14T12:26:00 3270,13080 sent 2024-01-01T07:00:00
         jma vxse53 20160416012510 v1 quake 2016-04-15T16:25:00 3275,13076 sent 2024-01-01T07:00:00
         usgs origin us20005iis v1 quake 2016-04-15T16:25:06 3279,13075 sent 2024-01-01T07:00:00
         usgs origin us1 v1 quake 2016-04-15T16:25:06 -2000,7000 sent 2024-01-01T07:00:00",
        expect![[r#"
            opened actual:earthquake:jma:20160414212642
            opened actual:earthquake:jma:20160416012510
            updated actual:earthquake:jma:20160416012510
            opened actual:earthquake:usgs:us1
            = actual:earthquake:jma:20160414212642 earthquake: jma vxse53 20160414212642 1
            = actual:earthquake:jma:20160416012510 earthquake: jma vxse53 20160416012510 1; usgs origin us20005iis 1
            = actual:earthquake:usgs:us1 earthquake: usgs origin us1 1
        "#]],
    );
}

#[test]
fn an_aftershock_a_minute_later_keeps_to_its_source_and_then_to_the_nearest_in_time() {
    check(
        "jma vxse53 E1 v1 quake 07:10:00 3750,13730
         jma vxse53 E2 v1 quake 07:10:50 3753,13733
         usgs origin us2 v1 quake 07:10:48 3752,13732
         usgs origin us1 v1 quake 07:10:04 3751,13731",
        expect![[r#"
            opened actual:earthquake:jma:E1
            opened actual:earthquake:jma:E2
            updated actual:earthquake:jma:E2
            updated actual:earthquake:jma:E1
            = actual:earthquake:jma:E1 earthquake: jma vxse53 E1 1; usgs origin us1 1
            = actual:earthquake:jma:E2 earthquake: jma vxse53 E2 1; usgs origin us2 1
        "#]],
    );
}

#[test]
fn a_corrected_origin_parts_what_was_joined() {
    check(
        "jma vxse53 E1 v1 quake 07:10:00 3750,13730
         usgs origin us1 v1 quake 07:10:40 3751,13731
         usgs origin us1 v2 update quake 07:14:40 3751,13731",
        expect![[r#"
            opened actual:earthquake:jma:E1
            updated actual:earthquake:jma:E1
            opened actual:earthquake:usgs:us1
            = actual:earthquake:jma:E1 earthquake: jma vxse53 E1 1
            = actual:earthquake:usgs:us1 earthquake: usgs origin us1 2
        "#]],
    );
}

#[test]
fn what_others_say_stands_where_the_first_withdraws() {
    check(
        "jma vxse45 E1 v1 quake 07:10:00 3750,13730
         usgs origin us1 v1 quake 07:10:04 3751,13731
         jma vxse45 E1 v2 cancel quake 07:10:00",
        expect![[r#"
            opened actual:earthquake:jma:E1
            updated actual:earthquake:jma:E1
            parted actual:earthquake:usgs:us1 without actual:earthquake:jma:E1
            = actual:earthquake:usgs:us1 earthquake: usgs origin us1 1
        "#]],
    );
}

#[test]
fn an_id_that_is_the_origin_or_was_changed_stays_one_event() {
    check(
        "kma eqk 20171115142931 v1 quake 07:10:31 3612,12936
         kma eqk 20171115142932 v2 update quake 07:10:32 3611,12937
         usgs origin at001 v1 quake 07:10:30 3607,12927
         usgs origin us2 v2 quake 07:10:31 3607,12927 ids ,at001,us2,",
        expect![[r#"
            opened actual:earthquake:kma:20171115142931
            updated actual:earthquake:kma:20171115142931
            updated actual:earthquake:kma:20171115142931
            updated actual:earthquake:kma:20171115142931
            = actual:earthquake:kma:20171115142931 earthquake: kma eqk 20171115142932 2; usgs origin us2 2
        "#]],
    );
}

#[test]
fn a_tsunami_warning_joins_its_earthquake_and_its_end_leaves_that() {
    check(
        "jma vtse41 20240101161010 v1 tsunami quake 07:10:00 3750,13730
         usgs origin us6000m0xl v1 quake 07:10:09 3748,13727
         jma vxse53 20240101161010 v1 quake 07:10:00 3750,13730
         jma vtse41 20240101161010 v2 cancel tsunami",
        expect![[r#"
            opened actual:earthquake:jma:20240101161010
            updated actual:earthquake:jma:20240101161010
            updated actual:earthquake:jma:20240101161010
            updated actual:earthquake:jma:20240101161010
            = actual:earthquake:jma:20240101161010 earthquake: jma vxse53 20240101161010 1; usgs origin us6000m0xl 1
        "#]],
    );
}

#[test]
fn an_early_warning_that_was_none_is_withdrawn_and_its_versions_come_in_any_order() {
    check(
        "jma vxse45 20240101161010 v3 update quake 07:10:00 3750,13730
         jma vxse45 20240101161010 v1 quake 07:10:00 3750,13730
         jma vxse45 20240101161010 v3 update quake 07:10:00 3750,13730
         jma vxse45 20240101161010 v4 cancel quake 07:10:00
         jma vxse45 20240101161010 v2 update quake 07:10:00 3750,13730
         jma vxse45 20240101161010 v4 cancel quake 07:10:00",
        expect![[r#"
            opened actual:earthquake:jma:20240101161010
            outdated
            duplicate
            withdrawn actual:earthquake:jma:20240101161010
            outdated
            duplicate
        "#]],
    );
}

#[test]
fn cyclones_join_by_name_or_by_number_and_place() {
    check(
        "jma vptw60 TC2214 v57 storm Hinnamnor 2211 3420,12820
         gdacs tc TC1000913 v1 storm HINNAMNOR-22 - 2100,12400 sent 01:00:00
         cma tc 2211 v1 storm - 2211 3400,12830
         jma vptw60 TC2216 v1 storm MUIFA 2212 2000,12500
         gdacs tc TC1000920 v1 storm - - 3420,12820
         xyz tc 9 v1 storm - 2211 1000,12500",
        expect![[r#"
            opened actual:cyclone:jma:TC2214
            updated actual:cyclone:jma:TC2214
            updated actual:cyclone:jma:TC2214
            opened actual:cyclone:jma:TC2216
            opened actual:cyclone:gdacs:TC1000920
            opened actual:cyclone:xyz:9
            = actual:cyclone:jma:TC2214 tropical_cyclone: gdacs tc TC1000913 1; cma tc 2211 1; jma vptw60 TC2214 57
            = actual:cyclone:jma:TC2216 tropical_cyclone: jma vptw60 TC2216 1
            = actual:cyclone:gdacs:TC1000920 tropical_cyclone: gdacs tc TC1000920 1
            = actual:cyclone:xyz:9 tropical_cyclone: xyz tc 9 1
        "#]],
    );
}

#[test]
fn a_name_of_years_ago_is_another_cyclone() {
    check(
        "jma vptw60 TC1 v1 storm KONG-REY 2421 2000,12500
         gdacs tc TC7 v1 storm KONG-REY-18 - 2000,12500 sent 2018-10-05T00:00:00 exercise
         jma vptw60 TC2 v1 storm KONG-REY 1825 2000,12500 sent 2018-10-05T00:00:00 exercise
         gdacs tc TC8 v1 storm KONG-REY-24 - 2000,12500 exercise",
        expect![[r#"
            opened actual:cyclone:jma:TC1
            opened exercise:cyclone:gdacs:TC7
            updated exercise:cyclone:gdacs:TC7
            opened exercise:cyclone:gdacs:TC8
            = actual:cyclone:jma:TC1 tropical_cyclone: jma vptw60 TC1 1
            = exercise:cyclone:gdacs:TC7 tropical_cyclone: gdacs tc TC7 1; jma vptw60 TC2 1
            = exercise:cyclone:gdacs:TC8 tropical_cyclone: gdacs tc TC8 1
        "#]],
    );
}

#[test]
fn cap_chains_hold_together_by_what_they_name() {
    check(
        "met cap A v1 id A flood
         met cap A v2 id B update names A flood
         met cap C v1 id C flood
         met cap A v3 id D update names B,C flood
         met cap C v1 id C flood
         met cap A v4 id E cancel names D
         met cap A v2 id B update names A flood
         met cap G v1 id G flood
         met cap G v3 id I cancel names H
         met cap G v2 id H update names G flood",
        expect![[r#"
            opened actual:alert:met:A
            updated actual:alert:met:A
            opened actual:alert:met:C
            joined actual:alert:met:A without actual:alert:met:C
            outdated
            withdrawn actual:alert:met:A
            duplicate
            opened actual:alert:met:G
            unmatched
            withdrawn actual:alert:met:G
        "#]],
    );
}

#[test]
fn an_update_or_a_cancel_may_come_before_what_it_names() {
    check(
        "met cap A v2 id B update names A flood
         met cap A v1 id A flood
         met cap X v2 id Y cancel names X
         met cap X v1 id X flood",
        expect![[r#"
            opened actual:alert:met:A
            outdated
            unmatched
            outdated
            = actual:alert:met:A flood: met B
        "#]],
    );
}

#[test]
fn nobody_withdraws_what_another_sent_and_an_exercise_nothing_real() {
    check(
        "met cap A v1 id A flood
         stranger cap A v2 id B cancel names met/A
         met cap A v3 id C cancel names A exercise
         met cap A v4 id D update names A flood test
         met cap A v1 id A flood exercise
         jma vxse53 E1 v1 quake 07:10:00 3750,13730 exercise
         usgs origin us1 v1 quake 07:10:09 3748,13727
         jma vxse53 E1 v2 cancel quake 07:10:00 exercise",
        expect![[r#"
            opened actual:alert:met:A
            unmatched
            unmatched
            opened test:alert:met:A
            outdated
            opened exercise:earthquake:jma:E1
            opened actual:earthquake:usgs:us1
            withdrawn exercise:earthquake:jma:E1
            = actual:alert:met:A flood: met A
            = test:alert:met:A flood: met D
            = actual:earthquake:usgs:us1 earthquake: usgs origin us1 1
        "#]],
    );
}

#[test]
fn other_hazards_keep_to_their_source_and_event() {
    check(
        "jma vpww54 金沢地方気象台 v1 flood
         jma vpww54 金沢地方気象台 v2 update flood
         jma vpww54 新潟地方気象台 v1 flood
         gdacs fl FL1 v1 flood
         gdacs fl FL1 v2 update flood",
        expect![[r#"
            opened actual:event:jma:金沢地方気象台
            updated actual:event:jma:金沢地方気象台
            opened actual:event:jma:新潟地方気象台
            opened actual:event:gdacs:FL1
            updated actual:event:gdacs:FL1
            = actual:event:jma:金沢地方気象台 flood: jma vpww54 金沢地方気象台 2
            = actual:event:jma:新潟地方気象台 flood: jma vpww54 新潟地方気象台 1
            = actual:event:gdacs:FL1 flood: gdacs fl FL1 2
        "#]],
    );
}

#[test]
fn what_is_past_its_end_ends_and_does_not_come_back() {
    check(
        "met cap A v1 id A flood until 09:00:00
         met cap B v1 id B flood until 07:13:00
         usgs origin us1 v1 quake 2023-11-01T00:00:00 3748,13727 sent 2023-11-01T00:10:00
         at 09:00:00
         met cap A v1 id A flood until 09:00:00
         met cap A v2 id C update names A flood until 10:00:00 sent 09:01:00
         met cap A v3 id D update names C flood until 08:30:00 sent 09:05:00
         met cap A v2 id C update names A flood until 10:00:00 sent 09:01:00
         at 2024-03-01T00:00:00
         met cap A v2 id C update names A flood until 10:00:00 sent 09:01:00",
        expect![[r#"
            opened actual:alert:met:A
            expired
            expired
            ended actual:alert:met:A
            duplicate
            opened actual:alert:met:A
            ended actual:alert:met:A
            duplicate
            expired
        "#]],
    );
}

#[test]
fn a_detail_tells_more_than_its_summary() {
    let summary = "usgs origin us1 v1 quake 07:10:09 3748,13727";
    let detail = "usgs origin us1 v1 quake 07:10:09 3748,13727 ids us1,jp2";
    check(
        &[summary, detail, summary].join("\n"),
        expect![[r#"
        opened actual:earthquake:usgs:us1
        updated actual:earthquake:usgs:us1
        duplicate
        = actual:earthquake:usgs:us1 earthquake: usgs origin us1 1
    "#]],
    );
}

#[test]
fn room_is_limited_and_the_oldest_goes() {
    let mut incidents = Incidents::with_room(2, 2);
    let lines = "met cap A v1 id A flood sent 07:00:00
         met cap B v1 id B flood sent 07:01:00
         met cap B v2 id C cancel names B sent 07:02:00
         met cap D v1 id D flood sent 07:03:00
         met cap E v1 id E flood sent 07:04:00
         met cap A v1 id A flood sent 07:00:00
         met cap E v2 id F update names E flood sent 07:05:00
         met cap E v3 id G update names F flood sent 07:06:00
         met cap E v4 id H update names G flood sent 07:07:00";
    expect![[r#"
        opened actual:alert:met:A
        opened actual:alert:met:B
        withdrawn actual:alert:met:B
        opened actual:alert:met:D
        opened actual:alert:met:E
        no_room
        updated actual:alert:met:E
        updated actual:alert:met:E
        updated actual:alert:met:E
        = actual:alert:met:D flood: met D
        = actual:alert:met:E flood: met H
    "#]]
    .assert_eq(&take_all(&mut incidents, lines));
    assert_eq!(incidents.left_off(), 4);
}

#[test]
fn real_formats_meet_in_one_earthquake() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/messages/");
    let mut incidents = Incidents::default();
    for file in [
        "jma_xml/vxse43.xml",
        "jma_xml/vxse51.xml",
        "jma_xml/vtse41.xml",
        "gdacs_rss/rss.xml",
        "jma_xml/vxse53.xml",
        "jma_xml/vtse41-cancel.xml",
        "jma_xml/vptw60.xml",
    ] {
        let bytes = std::fs::read(format!("{folder}{file}")).unwrap();
        for message in read_any(&bytes).unwrap().messages {
            incidents.take(message, time("07:30:00"));
        }
    }
    expect![[r#"
        = exercise:earthquake:jma:20240101161010 earthquake: jma vxse51 20240101161010 1; jma vxse53 20240101161010 2; jma vxse43 20240101161010 3; gdacs EQ1407393 1556070 1704157200
        = exercise:cyclone:gdacs:TC1000913 tropical_cyclone: jma vptw60 TC2214 57; gdacs TC1000913 35 1662422400
        = exercise:event:gdacs:XX7 other: gdacs XX7 1 1662422400
    "#]].assert_eq(&standing(&incidents));
}

/// A chain in which messages are replaced and withdrawn before and after they come, alone and
/// together, and a stranger meddles.
const CHAIN: [&str; 9] = [
    "met cap 0 v1 id 0 flood",
    "met cap 0 v2 id 1 update names 0 flood",
    "met cap 0 v3 id 2 update names 1,3 flood",
    "met cap 3 v1 id 3 flood",
    "met cap 0 v4 id 4 cancel names 1",
    "met cap 5 v1 id 5 flood",
    "met cap 5 v2 id 6 update names 5,6 flood",
    "fire cap 0 v9 id 7 cancel names met/0,met/5",
    "fire cap 0 v9 id 8 update names met/3,7 flood",
];

/// Messages that meet, replace and withdraw each other in many ways.
fn any_message() -> impl Strategy<Value = Message> {
    let quake = (0..3_usize, 0..2_usize, 1..4_u8, 0..140_u8, 0..5_u8, any::<bool>()).prop_map(
        |(source, event, version, second, place, has_place)| {
            let source = ["jma", "usgs", "kma"].get(source).unwrap();
            let product = ["p", "q"].get(event).unwrap();
            let lat = 3700 + i32::from(place) * 70;
            let place = if has_place { format!("{lat},13730") } else { String::new() };
            let (id, minute, second) = (second, 10 + second / 60, second % 60);
            format!(
                "{source} {product} E{event} v{version} id {product}{event}{version}{id}{place} \
                 quake 07:{minute}:{second:02} {place}"
            )
        },
    );
    let storm = (0..3_usize, 1..4_u8, 0..3_usize, 0..6_u8).prop_map(|(source, v, name, lat)| {
        let source = ["jma", "gdacs", "cma"].get(source).unwrap();
        let name = ["MUIFA -", "- 2212", "MUIFA 2212"].get(name).unwrap();
        let (lat, id) = (2000 + i32::from(lat) * 200, name.replace(' ', ""));
        format!("{source} tc T v{v} id {v}{id}{lat} storm {name} {lat},12500")
    });
    let counted = (prop_oneof![quake, storm], 0..6_u8).prop_map(|(line, kind)| match kind {
        0 => line.replacen(" id ", " cancel id C", 1),
        1 | 2 => line.replacen(" id ", " update id U", 1),
        _ => line,
    });
    let chain = prop::sample::select(&CHAIN[..]).prop_map(str::to_owned);
    let status = prop_oneof![Just(""), Just("exercise")];
    (prop_oneof![counted, chain], status)
        .prop_map(|(line, status)| message(&format!("{line} {status}")))
}

/// What stands, without the names that incidents took from what came first.
fn stands(incidents: &Incidents, status: Option<Status>) -> BTreeSet<Vec<String>> {
    let of_status = incidents.iter().filter(|one| status.is_none_or(|status| one.status == status));
    let texts = |one: &&Message| serde_json::to_string(one).unwrap();
    of_status.map(|one| one.messages.iter().map(texts).collect()).collect()
}

fn all_of<'a>(messages: impl IntoIterator<Item = &'a Message>) -> Incidents {
    let mut incidents = Incidents::default();
    messages.into_iter().for_each(|one| drop(incidents.take(one.clone(), time("07:15:00"))));
    incidents
}

fn in_two_orders() -> impl Strategy<Value = (Vec<Message>, Vec<Message>)> {
    prop::collection::vec(any_message(), 1..14)
        .prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle()))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_arrival_does_not_matter((one, other) in in_two_orders()) {
        prop_assert_eq!(stands(&all_of(&one), None), stands(&all_of(&other), None));
    }

    #[test]
    fn taking_twice_is_taking_once((one, other) in in_two_orders()) {
        let mut incidents = all_of(&one);
        let once = incidents.clone();
        for message in &other {
            let taken = incidents.take(message.clone(), time("07:15:00"));
            prop_assert!(taken.key().is_none(), "{:?}", taken);
        }
        prop_assert_eq!(stands(&incidents, None), stands(&once, None));
    }

    #[test]
    fn an_exercise_never_changes_what_is_real((all, _) in in_two_orders()) {
        let real = all.iter().filter(|one| one.status == Status::Actual);
        let actual = Some(Status::Actual);
        prop_assert_eq!(stands(&all_of(&all), actual), stands(&all_of(real), actual));
    }

    #[test]
    fn what_opens_and_closes_is_what_stands((all, _) in in_two_orders()) {
        let mut incidents = Incidents::default();
        for message in &all {
            let before: BTreeSet<_> = incidents.iter().map(|one| one.key).collect();
            let taken = incidents.take(message.clone(), time("07:15:00"));
            let after: BTreeSet<_> = incidents.iter().map(|one| one.key).collect();
            match &taken {
                Taken::Opened { key } => prop_assert!(!before.contains(key) && after.contains(key)),
                Taken::Updated { key } => prop_assert!(before.contains(key) && after.contains(key)),
                Taken::Joined { key, gone } => {
                    prop_assert!(after.contains(key));
                    prop_assert!(gone.iter().all(|key| before.contains(key) && !after.contains(key)));
                }
                Taken::Withdrawn { key, gone } => {
                    let mut all = gone.iter().chain([key]);
                    prop_assert!(all.all(|key| before.contains(key) && !after.contains(key)));
                }
                Taken::Parted { opened, gone } => {
                    prop_assert!(opened.iter().all(|key| !before.contains(key) && after.contains(key)));
                    prop_assert!(gone.iter().all(|key| before.contains(key) && !after.contains(key)));
                }
                _ => prop_assert_eq!(&before, &after),
            }
        }
        let nothing = time("2024-03-01T00:00:00");
        let open: BTreeSet<_> = incidents.iter().map(|one| one.key).collect();
        prop_assert_eq!(incidents.expire(nothing).into_iter().collect::<BTreeSet<_>>(), open);
        prop_assert_eq!(incidents.iter().count(), 0);
    }
}
