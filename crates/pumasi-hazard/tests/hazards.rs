//! From messages about storms, fires, floods and tsunamis to people, over a small catalog of
//! invented places.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::fmt::Write as _;

use expect_test::{Expect, expect};
use pumasi_base::{Catalog, Point, Time};
use pumasi_hazard::{
    Area, AreaCode, Cyclone, CyclonePosition, Estimate, Estimator, Factors, Hazard, Message,
    MessageType, Part, Range, Reference, Shape, Statement, WindCircle,
};

const SOURCES: &str = "[[source]]\nid='s'\ntitle='t'\npublisher='p'\npublished='2020'\n";

const PLACES: &str = "\
id,level,province,ko,ja,zh,en,people,lat,lon,source
kr-42,province,,a,a,a,a,300000,37.8,127.7,s
kr-42820,municipality,kr-42,a,a,a,a,30000,38.38,128.47,s
kr-42210,municipality,kr-42,a,a,a,a,80000,38.21,128.59,s
kr-48,province,,a,a,a,a,900000,35.2,128.7,s
kr-48310,municipality,kr-48,a,a,a,a,200000,34.88,128.62,s
";

fn estimator() -> Estimator {
    let catalog = Catalog::read(&[("sources.toml", SOURCES), ("places/kr.csv", PLACES)]).unwrap();
    Estimator::new(&catalog, Factors::standard())
}

fn at(text: &str) -> Time {
    format!("2022-09-{text}:00Z").parse().unwrap()
}

fn point(lat: f64, lon: f64) -> Point {
    #[expect(clippy::as_conversions, clippy::cast_possible_truncation, reason = "degrees fit")]
    let micro = |degrees: f64| (degrees * 1e6) as i32;
    Point { lat_micro: micro(lat), lon_micro: micro(lon) }
}

fn show(estimate: &Estimate) -> String {
    let range = |r: Range| format!("{}..{}..{}", r.low, r.central, r.high);
    let mut text = String::new();
    for f in &estimate.footprint {
        let hits: Vec<String> = f.hits.iter().map(|hit| hit.severity.to_string()).collect();
        writeln!(
            text,
            "{} {} {} by {}: evacuated {} displaced {}",
            f.place,
            hits.join(" and "),
            f.method.name(),
            f.from,
            range(f.evacuated),
            range(f.displaced)
        )
        .unwrap();
    }
    for finding in estimate.findings.iter().filter(|f| f.code.name() != "commodity_unknown") {
        writeln!(text, "! {finding}").unwrap();
    }
    text
}

#[track_caller]
fn check(messages: &[Message], expected: &Expect) {
    expected.assert_eq(&show(&estimator().estimate(messages, &[])));
}

/// An alert of CAP on one area: `says` are severity, certainty and, if any, a response.
fn cap(id: &str, sent: &str, says: [&str; 3], area: Area) -> Message {
    let names = ["severity", "certainty", "responseType"];
    let says = names.into_iter().zip(says).filter(|(_, value)| !value.is_empty());
    let mut message = Message::bare("cap", "x@y", "1.2", (id.to_owned(), 1), at(sent));
    message.id = id.to_owned();
    message.hazards = vec![Hazard::Wildfire];
    message.parts = vec![Part {
        says: says.map(|(name, value)| Statement::new(name, value)).collect(),
        areas: vec![area],
        ..Part::default()
    }];
    message
}

fn coded(scheme: &'static str, code: &str) -> Area {
    let code = AreaCode { scheme: scheme.into(), code: code.to_owned() };
    Area { label: code.code.clone(), codes: vec![code], ..Area::default() }
}

fn naming(mut message: Message, kind: MessageType, id: &str) -> Message {
    message.kind = kind;
    let sender = message.source.clone();
    message.refers_to = vec![Reference { sender, id: id.to_owned(), sent: None }];
    message
}

#[test]
fn a_code_of_ten_digits_names_a_municipality_and_a_province_is_vague() {
    let town = coded("법정동코드", "4282000000");
    check(
        &[cap("1", "05T00:00", ["Extreme", "Observed", ""], town)],
        &expect![[r#"
            kr-42820 wildfire extreme warned_code by x@y 1.2 1 version 1: evacuated 90..900..9000 displaced 9..90..900
        "#]],
    );
    check(
        &[cap("1", "05T00:00", ["Extreme", "Observed", ""], coded("ISO3166-2", "KR-42"))],
        &expect![[r#"
            kr-42 wildfire extreme warned_code by x@y 1.2 1 version 1: evacuated 0..3000..90000 displaced 0..300..9000
        "#]],
    );
    check(
        &[cap("1", "05T00:00", ["Extreme", "Observed", ""], coded("own", "north"))],
        &expect![[r#"
            ! place_unknown: 1: nobody in the catalog lives in `north`
        "#]],
    );
}

#[test]
fn an_outline_holds_seats_or_stands_for_the_nearest() {
    let ring = |south: f64| {
        let corner = |lat, lon| point(lat, lon);
        let ring = vec![
            corner(south, 128.55),
            corner(south + 0.05, 128.55),
            corner(south + 0.05, 128.65),
            corner(south, 128.55),
        ];
        Area { label: "n".to_owned(), shapes: vec![Shape::Polygon(ring)], ..Area::default() }
    };
    let said = ["Severe", "Likely", "Evacuate"];
    check(
        &[cap("1", "05T00:00", said, ring(38.18))],
        &expect![[r#"
            kr-42210 wildfire severe warned_outline by x@y 1.2 1 version 1: evacuated 80..800..8000 displaced 8..80..800
        "#]],
    );
    check(
        &[cap("1", "05T00:00", said, ring(38.28))],
        &expect![[r#"
            kr-42210 wildfire severe warned_outline by x@y 1.2 1 version 1: evacuated 0..80..8000 displaced 0..8..800
            kr-42820 wildfire severe warned_outline by x@y 1.2 1 version 1: evacuated 0..30..3000 displaced 0..3..300
        "#]],
    );
}

#[test]
fn what_was_observed_outlives_its_warning_and_what_was_feared_does_not() {
    let chain = |certainty: &'static str, last: &'static str| {
        let town = || coded("행정표준코드", "42820");
        let first = cap("1", "05T00:00", ["Extreme", certainty, "Evacuate"], town());
        let over = cap("2", "05T09:00", ["Minor", certainty, last], town());
        [first, naming(over, MessageType::Update, "1")]
    };
    check(
        &chain("Observed", "AllClear"),
        &expect![[r#"
            kr-42820 wildfire extreme warned_code by x@y 1.2 1 version 1: evacuated 90..900..9000 displaced 9..90..900
        "#]],
    );
    check(&chain("Likely", "AllClear"), &expect![""]);
    let [first, _] = chain("Observed", "");
    let withdrawn =
        naming(Message { id: "2".to_owned(), ..first.clone() }, MessageType::Cancel, "1");
    check(
        &[first, withdrawn],
        &expect![[r#"
            ! alert_cancelled: x@y 1.2 1 version 1: the source withdrew what it had said of this event
        "#]],
    );
}

/// A typhoon off the coast of Geoje and six hours later, by circles or by pressure alone.
fn typhoon(with_circles: bool) -> Message {
    let circle = |wind_m_s, km| WindCircle {
        label: String::new(),
        wind_m_s,
        radii_km: vec![("東".to_owned(), km), ("西".to_owned(), km / 2)],
    };
    let position = |label: &str, time: &str, lat: f64, within: Option<u32>| CyclonePosition {
        label: label.to_owned(),
        at: Some(at(time)),
        centre: Some(point(lat, 128.4)),
        centre_within_km: within,
        pressure_hpa: Some(955),
        wind_m_s: Some(40),
        speed_km_h: Some(40),
        winds: if with_circles { vec![circle(25, 220), circle(15, 560)] } else { Vec::new() },
        ..CyclonePosition::default()
    };
    let mut message =
        Message::bare("jma_xml", "jma", "vptw60", ("TC2214".to_owned(), 1), at("05T15:00"));
    message.hazards = vec![Hazard::TropicalCyclone];
    message.cyclone = Some(Cyclone {
        positions: vec![
            position("実況", "05T15:00", 33.9, None),
            position("予報　６時間後", "05T21:00", 35.2, Some(60)),
        ],
        ..Cyclone::default()
    });
    message
}

#[test]
fn a_storm_is_certain_where_it_is_and_not_where_it_goes() {
    check(
        &[typhoon(true)],
        &expect![[r#"
        kr-48 wind 33 wind_forecast by jma vptw60 TC2214 version 1: evacuated 0..3500..70000 displaced 0..350..14000
        kr-48310 wind 33 wind_forecast by jma vptw60 TC2214 version 1: evacuated 20..1000..20000 displaced 0..100..4000
    "#]],
    );
    check(
        &[typhoon(false)],
        &expect![[r#"
        kr-48 wind 44 wind_forecast by jma vptw60 TC2214 version 1: evacuated 0..14000..70000 displaced 0..2100..14000
        kr-48310 wind 44 wind_forecast by jma vptw60 TC2214 version 1: evacuated 0..4000..20000 displaced 0..600..4000
        kr-42 wind 25 wind_forecast by jma vptw60 TC2214 version 1: evacuated 0..190..1900 displaced 0..19..190
    "#]],
    );
}
