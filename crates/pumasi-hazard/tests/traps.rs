//! The traps that real messages set, each by its name: a sample is changed in one place, and what
//! is read differs in the lines that are shown, `-` before and `+` after.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[path = "read/show.rs"]
mod show;

use std::path::Path;

use expect_test::{Expect, expect};
use pumasi_hazard::message::standing;
use pumasi_hazard::{Evidence, Message, read_any};
use show::show;

fn sample(file: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/messages");
    std::fs::read_to_string(folder.join(file)).unwrap()
}

/// The lines of `other` and `one` that the other of them has not.
fn difference(one: &str, other: &str) -> String {
    let only = |sign: &str, of: &str, than: &str| -> String {
        let new = of.lines().filter(|line| !than.lines().any(|other| other == *line));
        new.map(|line| format!("{sign}{line}\n")).collect()
    };
    only("-", one, other) + &only("+", other, one)
}

#[track_caller]
fn check(file: &str, from: &str, to: &str, expected: Expect) {
    let before = sample(file);
    assert!(before.contains(from), "{file} has no `{from}`");
    let after = before.replace(from, to);
    expected.assert_eq(&difference(&show(before.as_bytes()), &show(after.as_bytes())));
}

const MAGNITUDE: &str = "description=\"Ｍ7.6\">7.6<";

#[test]
fn a_magnitude_that_is_no_number_because_it_is_giant() {
    let giant = "condition=\"不明\" description=\"Ｍ８を超える巨大地震\">NaN<";
    check(
        "jma_xml/vxse53.xml",
        MAGNITUDE,
        giant,
        expect![[r#"
        -  earthquake 2024-01-01T07:10:00Z Some("石川県能登地方") at Some("37500000 137300000"), depth_m Some(16000), magnitude_centi Some(760) Some("Mj"), strike None
        +  earthquake 2024-01-01T07:10:00Z Some("石川県能登地方") at Some("37500000 137300000"), depth_m Some(16000), magnitude_centi Some(800) or more Some("Mj"), strike None
        +! magnitude_is_minimum: Body/Earthquake/Magnitude: only a minimum is known
    "#]],
    );
}

#[test]
fn a_magnitude_that_is_unknown() {
    let unknown = "condition=\"不明\" description=\"Ｍ不明\">NaN<";
    check(
        "jma_xml/vxse53.xml",
        MAGNITUDE,
        unknown,
        expect![[r#"
        -  earthquake 2024-01-01T07:10:00Z Some("石川県能登地方") at Some("37500000 137300000"), depth_m Some(16000), magnitude_centi Some(760) Some("Mj"), strike None
        +  earthquake 2024-01-01T07:10:00Z Some("石川県能登地方") at Some("37500000 137300000"), depth_m Some(16000), magnitude_centi None None, strike None
        +! value_missing: Body/Earthquake/Magnitude: the magnitude is not known
    "#]],
    );
}

#[test]
fn a_municipality_that_is_silent_shook_at_least_5_lower() {
    let silent = "<Condition>震度５弱以上未入電</Condition>";
    check(
        "jma_xml/vxse53.xml",
        silent,
        "",
        expect![[r#"
        -  observed jp-17205 珠洲市 jma 5- or more
        -      Condition = 震度５弱以上未入電
        +! value_unreadable: Body/Intensity/Observation 珠洲市: it has no readable intensity
    "#]],
    );
    let station = "<MaxInt>3</MaxInt><IntensityStation><Name>珠洲市三崎町</Name>\
                   <Code>1720520</Code><Int>震度５弱以上未入電</Int></IntensityStation>";
    check(
        "jma_xml/vxse53.xml",
        silent,
        station,
        expect![[r#"
        -      Condition = 震度５弱以上未入電
        +      MaxInt = 3
        +    #7 珠洲市三崎町 [震度観測点 1720520] in #6
        +      Int = 震度５弱以上未入電
    "#]],
    );
}

#[test]
fn an_intensity_with_a_space_after_it() {
    check(
        "jma_xml/vxse53.xml",
        "<MaxInt>6+ <",
        "<MaxInt>4 <",
        expect![[r#"
        -      MaxInt = 6+
        +      MaxInt = 4
    "#]],
    );
}

#[test]
fn a_hypocentre_without_depth() {
    let depth = "+37.5+137.3-16000/";
    check(
        "jma_xml/vxse53.xml",
        depth,
        "+37.5+137.3/",
        expect![[r#"
        -  earthquake 2024-01-01T07:10:00Z Some("石川県能登地方") at Some("37500000 137300000"), depth_m Some(16000), magnitude_centi Some(760) Some("Mj"), strike None
        +  earthquake 2024-01-01T07:10:00Z Some("石川県能登地方") at Some("37500000 137300000"), depth_m None, magnitude_centi Some(760) Some("Mj"), strike None
        +! value_missing: Body/Earthquake/Hypocenter/Area/Coordinate: the depth is not known
    "#]],
    );
}

#[test]
fn a_depth_is_in_metres_and_zero_is_very_shallow() {
    check(
        "jma_xml/vxse53.xml",
        "-16000/",
        "+0/",
        expect![[r#"
        -  earthquake 2024-01-01T07:10:00Z Some("石川県能登地方") at Some("37500000 137300000"), depth_m Some(16000), magnitude_centi Some(760) Some("Mj"), strike None
        +  earthquake 2024-01-01T07:10:00Z Some("石川県能登地方") at Some("37500000 137300000"), depth_m Some(0), magnitude_centi Some(760) Some("Mj"), strike None
    "#]],
    );
}

#[test]
fn an_early_warning_at_latitude_minus_200() {
    check(
        "jma_xml/vxse43.xml",
        "+37.6+137.2-10000/",
        "-200.0-200.0/",
        expect![[r#"
        -  earthquake 2024-01-01T07:10:00Z Some("石川県能登地方") at Some("37600000 137200000"), depth_m Some(10000), magnitude_centi Some(740) Some("Mj"), strike None
        +  earthquake 2024-01-01T07:10:00Z Some("石川県能登地方") at None, depth_m None, magnitude_centi Some(740) Some("Mj"), strike None
        +! value_unreadable: Body/Earthquake/Hypocenter/Area/Coordinate: `-200.0-200.0/` is no place on earth
    "#]],
    );
}

#[test]
fn an_early_warning_by_assumed_hypocentre() {
    let assumed = "<Earthquake><Condition>仮定震源要素</Condition>";
    check(
        "jma_xml/vxse43.xml",
        "<Earthquake>",
        assumed,
        expect![[r#"
        -  earthquake 2024-01-01T07:10:00Z Some("石川県能登地方") at Some("37600000 137200000"), depth_m Some(10000), magnitude_centi Some(740) Some("Mj"), strike None
        +  earthquake 2024-01-01T07:10:00Z Some("石川県能登地方") at None, depth_m None, magnitude_centi None None, strike None
        +! value_missing: Body/Earthquake/Condition: the hypocentre and magnitude given are stand-ins
    "#]],
    );
}

#[test]
fn a_tsunami_of_unknown_height() {
    check(
        "jma_xml/vtse41.xml",
        "condition=\"不明\" ",
        "",
        expect![[r#"
        -    MaxHeight/TsunamiHeight = NaN m (不明)
        +    MaxHeight/TsunamiHeight = NaN m (巨大)
    "#]],
    );
}

#[test]
fn a_withdrawn_tsunami_warning_leaves_the_earthquake() {
    let both = ["jma_xml/vtse41.xml", "jma_xml/vtse41-cancel.xml"]
        .map(|file| read_any(sample(file).as_bytes()).unwrap().messages)
        .concat();
    assert_eq!(standing(&both).len(), 0, "the warning is withdrawn");
    let quakes: Vec<&Message> = both.iter().filter(|one| one.earthquake.is_some()).collect();
    let evidence = Evidence::of(&both);
    assert!(!quakes.is_empty() && evidence.warnings.is_empty());
}

#[test]
fn a_warning_without_event_and_serial_replaces_the_one_before() {
    let earlier = sample("jma_xml/vpww54.xml");
    let later = earlier.replace("T04:20:00", "T07:10:00");
    let read = |text: &str| read_any(text.as_bytes()).unwrap().messages;
    let both = [read(&later), read(&earlier)].concat();
    let sent: Vec<String> = standing(&both).iter().map(|one| one.sent.to_string()).collect();
    assert_eq!(sent, ["2022-09-05T22:10:00Z"]);
}

#[test]
fn a_typhoon_without_a_storm_area_has_no_circle() {
    check(
        "jma_xml/vptw60.xml",
        ">220<",
        " condition=\"なし\"><",
        expect![[r#"
        -    暴風域 25 m/s: [("東", 220), ("西", 130)] km
        +    暴風域 25 m/s: [("西", 130)] km
    "#]],
    );
}

#[test]
fn a_typhoon_whose_centre_is_missing() {
    check(
        "jma_xml/vptw60.xml",
        ">+34.2+128.2/<",
        "><",
        expect![[r#"
        -  - 実況 Some(2022-09-05T18:00:00Z) ["台風（ＴＹ）", "大型", "強い"] at Some("34200000 128200000") within None km, Some("チェジュ島の東約１７０キロ"), Some("北北東") Some(40) km/h, Some(955) hPa, Some(40) gust Some(60) m/s
        +  - 実況 Some(2022-09-05T18:00:00Z) ["台風（ＴＹ）", "大型", "強い"] at Some("34166667 128166667") within None km, Some("チェジュ島の東約１７０キロ"), Some("北北東") Some(40) km/h, Some(955) hPa, Some(40) gust Some(60) m/s
    "#]],
    );
    check(
        "jma_xml/vptw60.xml",
        ">+34",
        ">+94",
        expect![[r#"
        -  - 実況 Some(2022-09-05T18:00:00Z) ["台風（ＴＹ）", "大型", "強い"] at Some("34200000 128200000") within None km, Some("チェジュ島の東約１７０キロ"), Some("北北東") Some(40) km/h, Some(955) hPa, Some(40) gust Some(60) m/s
        +  - 実況 Some(2022-09-05T18:00:00Z) ["台風（ＴＹ）", "大型", "強い"] at None within None km, Some("チェジュ島の東約１７０キロ"), Some("北北東") Some(40) km/h, Some(955) hPa, Some(40) gust Some(60) m/s
        +! value_unreadable: MeteorologicalInfo 実況/CenterPart: `+94.2+128.2/` is no place on earth
        +! value_missing: MeteorologicalInfo 実況: it has no readable centre
    "#]],
    );
}

#[test]
fn a_depth_of_zero_is_an_unknown_depth_in_korea() {
    check(
        "kma_json/detail.json",
        "\"dep\": 7",
        "\"dep\": 0",
        expect![[r#"
        -  earthquake 2017-11-15T05:29:31Z Some("경북 포항시 북구 북쪽 8km 지역") at Some("36109000 129366000"), depth_m Some(7000), magnitude_centi Some(540) Some("ML"), strike None
        +  earthquake 2017-11-15T05:29:31Z Some("경북 포항시 북구 북쪽 8km 지역") at Some("36109000 129366000"), depth_m None, magnitude_centi Some(540) Some("ML"), strike None
        +! value_missing: items[0].dep: the depth is not known
    "#]],
    );
}

#[test]
fn no_intensities_in_korea() {
    let intensities = "최대진도 Ⅵ(경북),Ⅴ(울산),Ⅳ(대구,부산,강원),Ⅱ(서울,제주)";
    check(
        "kma_json/detail.json",
        intensities,
        "",
        expect![[r#"
        -  inT = 최대진도 Ⅵ(경북),Ⅴ(울산),Ⅳ(대구,부산,강원),Ⅱ(서울,제주)
        -  observed kr-47 경북 mmi 6
        -  observed kr-31 울산 mmi 5
        -  observed kr-27 대구 mmi 4
        -  observed kr-26 부산 mmi 4
        -  observed kr-42 강원 mmi 4
        -  observed kr-11 서울 mmi 2
        -  observed kr-49 제주 mmi 2
        -  part inT (ko)
        -    #0 경북
        -      inT = Ⅵ
        -    #1 울산
        -      inT = Ⅴ
        -    #2 대구
        -      inT = Ⅳ
        -    #3 부산
        -      inT = Ⅳ
        -    #4 강원
        -      inT = Ⅳ
        -    #5 서울
        -      inT = Ⅱ
        -    #6 제주
        -      inT = Ⅱ
    "#]],
    );
    check(
        "kma_json/detail.json",
        intensities,
        "최대진도 V(경상북도)",
        expect![[r#"
        -  inT = 최대진도 Ⅵ(경북),Ⅴ(울산),Ⅳ(대구,부산,강원),Ⅱ(서울,제주)
        -  observed kr-47 경북 mmi 6
        -  observed kr-31 울산 mmi 5
        -  observed kr-27 대구 mmi 4
        -  observed kr-26 부산 mmi 4
        -  observed kr-42 강원 mmi 4
        -  observed kr-11 서울 mmi 2
        -  observed kr-49 제주 mmi 2
        -    #0 경북
        -      inT = Ⅵ
        -    #1 울산
        -      inT = Ⅴ
        -    #2 대구
        -      inT = Ⅳ
        -    #3 부산
        -      inT = Ⅳ
        -    #4 강원
        -      inT = Ⅳ
        -    #5 서울
        -      inT = Ⅱ
        -    #6 제주
        -      inT = Ⅱ
        +  inT = 최대진도 V(경상북도)
        +  observed kr-47 경상북도 mmi 5
        +    #0 경상북도
        +      inT = V
    "#]],
    );
}

#[test]
fn numbers_of_korea_that_are_texts() {
    let from = "\"mt\": 5.4";
    check(
        "kma_json/detail.json",
        from,
        "\"mt\": \"5.5\"",
        expect![[r#"
        -  earthquake 2017-11-15T05:29:31Z Some("경북 포항시 북구 북쪽 8km 지역") at Some("36109000 129366000"), depth_m Some(7000), magnitude_centi Some(540) Some("ML"), strike None
        +  earthquake 2017-11-15T05:29:31Z Some("경북 포항시 북구 북쪽 8km 지역") at Some("36109000 129366000"), depth_m Some(7000), magnitude_centi Some(550) Some("ML"), strike None
    "#]],
    );
}

#[test]
fn one_event_revised_from_3_5_to_4_1() {
    let messages = read_any(sample("kma_json/revised.json").as_bytes()).unwrap().messages;
    let [newer, older] = messages.as_slice() else { unreachable!("two messages") };
    assert_eq!(newer.event, older.event);
    assert!(newer.replaces(older) && !older.replaces(newer));
    let magnitudes = |all: &[&Message]| -> Vec<_> {
        all.iter().map(|one| one.earthquake.as_ref().unwrap().magnitude_centi.unwrap()).collect()
    };
    assert_eq!(magnitudes(&standing(&messages)), [410]);
    assert_eq!(magnitudes(&[newer, older]), [410, 350]);
}

#[test]
fn coordinates_of_the_usgs_begin_with_the_longitude() {
    let swapped = "137.271,\n   37.4874,\n   10";
    check(
        "usgs_geojson/detail.geojson",
        swapped,
        "37.4874,\n   137.271,\n   null",
        expect![[r#"
        -  earthquake 2024-01-01T07:10:09.476Z Some("2024 Noto Peninsula, Japan Earthquake") at Some("37487400 137271000"), depth_m Some(10000), magnitude_centi Some(750) Some("mww"), strike Some(47)
        +  earthquake 2024-01-01T07:10:09.476Z Some("2024 Noto Peninsula, Japan Earthquake") at None, depth_m None, magnitude_centi Some(750) Some("mww"), strike Some(47)
        +! value_missing: feature.geometry: it has no epicentre
        +! value_missing: feature.geometry: it has no depth
    "#]],
    );
}

#[test]
fn products_of_the_usgs_may_be_empty() {
    check(
        "usgs_geojson/detail.geojson",
        "\"shakemap\": [",
        "\"shakemap\": [], \"x\": [",
        expect![[r#"
            -  shakemap.version = 14
            -  shakemap.map-status = RELEASED
            -  shakemap.maxmmi = 8.4
            -  file shakemap download/grid.xml: Some("https://example.org/shakemap/us6000m0xl/download/grid.xml") Some("application/xml") Some("sha256 5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03")
        "#]],
    );
}

#[test]
fn the_bounds_of_gdacs_begin_with_both_longitudes() {
    let (bounds, swapped) = ("133.271 141.271 33.4874 41.4874", "33.4874 133.271 41.4874 141.271");
    check(
        "gdacs_rss/rss.xml",
        bounds,
        swapped,
        expect![[r#"
        -    #0 Japan [iso3 JPN]; point 37487400 137271000; box 33487400 133271000 to 41487400 141271000
        +    #0 Japan [iso3 JPN]; point 37487400 137271000
        +! value_unreadable: item[0]/bbox: `33.4874 133.271 41.4874 141.271` are no bounds
    "#]],
    );
}

#[test]
fn a_circle_of_cap_is_in_kilometres() {
    check(
        "cap/v1.2.xml",
        "37.17,129.33 5.5",
        "37.17,129.33 0",
        expect![[r#"
        -    #1 강원도 삼척시 원덕읍; circle 37170000 129330000 5500 m
        +    #1 강원도 삼척시 원덕읍; circle 37170000 129330000 0 m
    "#]],
    );
    check(
        "cap/v1.2.xml",
        "37.17,129.33 5.5",
        "37.17,129.33 99999",
        expect![[r#"
        -    #1 강원도 삼척시 원덕읍; circle 37170000 129330000 5500 m
        +    #1 강원도 삼척시 원덕읍
        +! value_unreadable: alert/info[0]/area[1]/circle: its radius is longer than half around the earth
        +! value_missing: alert/info[0]/area[1]: it has neither outline nor code: people have to find it by its name
    "#]],
    );
}

#[test]
fn several_areas_and_polygons_stay_apart() {
    let read = read_any(sample("cap/v1.2.xml").as_bytes()).unwrap();
    let parts = &read.messages.first().unwrap().parts;
    let shapes = parts.iter().map(|part| part.areas.iter().map(|area| area.shapes.len()).collect());
    assert_eq!(shapes.collect::<Vec<Vec<usize>>>(), [vec![2, 1], vec![0]]);
}

#[test]
fn a_chain_of_updates_and_a_cancel() {
    let read = |file| read_any(sample(file).as_bytes()).unwrap().messages;
    let (first, update) = (read("cap/v1.2.xml"), read("cap/v1.1-update.xml"));
    let cancel = read("cap/v1.0-cancel.xml");
    let ids = |all: &[Message]| -> Vec<String> {
        standing(all).iter().map(|one| one.id.clone()).collect()
    };
    let twice = [first.clone(), first.clone()].concat();
    assert_eq!(ids(&twice), ["KR-UJ-2022-0304-01"]);
    assert_eq!(ids(&[update.clone(), first.clone()].concat()), ["KR-UJ-2022-0304-02"]);
    assert!(ids(&[first.clone(), update, cancel.clone()].concat()).is_empty());
    // Nobody withdraws what another sent.
    let stranger = sample("cap/v1.0-cancel.xml").replace(">forest@example.kr<", ">x@example.org<");
    let stranger = read_any(stranger.as_bytes()).unwrap().messages;
    assert_eq!(ids(&[first.clone(), stranger].concat()), ["KR-UJ-2022-0304-01"]);
    // A real alert is not withdrawn by an exercise.
    let real = sample("cap/v1.2.xml").replace(">Exercise<", ">Actual<");
    let real = read_any(real.as_bytes()).unwrap().messages;
    assert_eq!(ids(&[real.clone(), cancel].concat()), ["KR-UJ-2022-0304-01"]);
    assert!(!first.first().unwrap().replaces(real.first().unwrap()));
}

#[test]
fn an_update_that_names_itself_stands() {
    let update = sample("cap/v1.1-update.xml");
    let itself = update.replace("KR-UJ-2022-0304-01,", "KR-UJ-2022-0304-02,");
    let read = |text: &str| read_any(text.as_bytes()).unwrap().messages;
    let messages = read(&itself);
    let message = messages.first().unwrap();
    assert!(!message.replaces(message));
    assert_eq!(standing(&messages), [message]);
    // A distribution that cancels withdraws the alert it holds, also where it came before.
    let distribution = read(&sample("cap_feed/edxl-2-cancel.xml"));
    let before = vec![read(&sample("cap_feed/rss.xml")).remove(0)];
    assert!(distribution.first().unwrap().replaces(before.first().unwrap()));
    assert!(standing(&[before, distribution].concat()).is_empty());
}

#[test]
fn every_wrapper_gives_the_alert_in_it() {
    for file in ["atom", "rss", "edxl-exercise", "edxl-2-cancel", "alerts-bom"] {
        let read = read_any(sample(&format!("cap_feed/{file}.xml")).as_bytes()).unwrap();
        assert_eq!(read.messages.first().unwrap().id, "wx-1", "{file}");
    }
}

#[test]
fn an_exercise_around_an_actual_alert_is_an_exercise() {
    let file = "cap_feed/edxl-exercise.xml";
    check(
        file,
        "Status>Exercise</distributionStatus",
        "Status>Actual</distributionStatus",
        expect![[r#"
            -met@example.org 1.2 `wx-1` 1932865260: Alert, exercise, 2031-04-02T03:01:00Z
            -! value_unreadable: distributionStatus: an alert that says `actual` is distributed as this
            +met@example.org 1.2 `wx-1` 1932865260: Alert, actual, 2031-04-02T03:01:00Z
        "#]],
    );
    check(
        file,
        "Status>Exercise</distributionStatus",
        "Status>System</distributionStatus",
        expect![[r#"
            -met@example.org 1.2 `wx-1` 1932865260: Alert, exercise, 2031-04-02T03:01:00Z
            +met@example.org 1.2 `wx-1` 1932865260: Alert, test, 2031-04-02T03:01:00Z
            +! value_unreadable: distributionStatus: `System` is read as a test
        "#]],
    );
}

#[test]
fn a_byte_order_mark_changes_nothing() {
    for file in ["jma_xml/vxse53.xml", "kma_json/detail.json", "cap/v1.2.xml", "gdacs_rss/rss.xml"]
    {
        let text = sample(file);
        assert_eq!(show(format!("\u{feff}{text}").as_bytes()), show(text.as_bytes()), "{file}");
    }
}

/// The parts of a message that a hostile or broken one changes.
#[track_caller]
fn refused(bytes: &[u8], expected: &str) {
    let text = show(bytes);
    assert_eq!(text.lines().next().unwrap_or_default(), expected);
}

#[test]
fn other_encodings_are_refused_or_told() {
    let text = sample("cap/v1.2.xml");
    let declared = |name: &str| text.replacen("UTF-8", name, 1);
    // What is UTF-8 and says otherwise is read, and told.
    let told = show(declared("Shift_JIS").as_bytes());
    assert_eq!(
        difference(&show(text.as_bytes()), &told),
        "+! encoding_differs: encoding: it declares `Shift_JIS` and is UTF-8\n"
    );
    let with = |name: &str, bytes: &[u8]| {
        let (start, end) = text.split_once("산불경보").unwrap();
        let start = start.replacen("UTF-8", name, 1);
        [start.as_bytes(), bytes, end.as_bytes()].concat()
    };
    let at = text.find("산불경보").unwrap();
    let not_utf8 = |name: &str, shift: usize| {
        format!("the message is not UTF-8 at byte {}: it declares `{name}`", at + shift)
    };
    refused(&with("Shift_JIS", &[0x8e, 0x52, 0x89, 0xce]), &not_utf8("Shift_JIS", 4));
    refused(&with("EUC-KR", &[0xbb, 0xea, 0xba, 0xd2]), &not_utf8("EUC-KR", 1));
    refused(&with("ISO-2022-JP", b"\x1b$B;32P\x1b(B"), &not_utf8("ISO-2022-JP", 6));
    let mut little = vec![0xff, 0xfe];
    little.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
    refused(&little, "the message is not UTF-8 at byte 0: it declares `UTF-16`");
    let mut big = vec![0xfe, 0xff];
    big.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
    refused(&big, "the message is not UTF-8 at byte 0: it declares `UTF-16`");
}

#[test]
fn entities_and_document_types_are_refused() {
    let bomb = "<!DOCTYPE alert [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]>\n<alert><sender>&b;\
                </sender></alert>";
    refused(bomb.as_bytes(), "the cap message has a document type or its own entities in line 1");
    let outside = "<!DOCTYPE rss SYSTEM \"file:///etc/passwd\"><rss><item>&x;</item></rss>";
    refused(
        outside.as_bytes(),
        "the cap_feed message has a document type or its own entities in line 1",
    );
    let used = sample("cap/v1.2.xml").replace("경상북도 울진군", "&where;");
    refused(used.as_bytes(), "the cap message has a document type or its own entities in line 16");
}
