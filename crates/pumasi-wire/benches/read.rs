//! Reading large messages.

#![expect(clippy::unwrap_used, reason = "a bench may stop at the first surprise")]

use std::fmt::Write as _;

use divan::Bencher;
use divan::counter::BytesCount;
use pumasi_wire::read_alert;

fn main() {
    divan::main();
}

/// A telegram as large as the largest: 47 prefectures, 1,300 municipalities, 4,000 stations.
fn telegram() -> String {
    let mut body = String::new();
    for prefecture in 1..=47 {
        write!(body, "<Pref><Name>県</Name><Code>{prefecture:02}</Code><Area><Name>地方</Name>")
            .unwrap();
        for city in 201..229 {
            let code = format!("{prefecture:02}{city}");
            write!(body, "<City><Name>市町村</Name><Code>{code}00</Code><MaxInt>5-</MaxInt>")
                .unwrap();
            for station in 20..23 {
                write!(
                    body,
                    "<IntensityStation><Name>観測点＊</Name><Code>{code}{station}</Code>\
                     <Int>4</Int></IntensityStation>"
                )
                .unwrap();
            }
            body.push_str("</City>");
        }
        body.push_str("</Area></Pref>");
    }
    format!(
        "<Report xmlns=\"http://xml.kishou.go.jp/jmaxml1/\"><Control>\
         <Title>震源・震度に関する情報</Title><Status>試験</Status></Control><Head>\
         <ReportDateTime>2031-01-01T09:10:00+09:00</ReportDateTime><EventID>1</EventID>\
         <InfoType>発表</InfoType><Serial>1</Serial></Head><Body><Intensity><Observation>{body}\
         </Observation></Intensity></Body></Report>"
    )
}

/// A summary feed of 2,000 events.
fn feed() -> String {
    let event = |n: usize| {
        format!(
            "{{\"type\":\"Feature\",\"id\":\"us{n}\",\"properties\":{{\"mag\":5.1,\
             \"place\":\"somewhere\",\"time\":1933038240000,\"updated\":1933039000000,\
             \"url\":\"https://earthquake.usgs.gov/earthquakes/eventpage/us{n}\",\"felt\":null,\
             \"status\":\"reviewed\",\"tsunami\":0,\"sig\":400,\"net\":\"us\",\"code\":\"{n}\",\
             \"types\":\",origin,phase-data,\",\"nst\":null,\"dmin\":1.2,\"rms\":0.7,\"gap\":90,\
             \"magType\":\"mb\",\"type\":\"earthquake\",\"title\":\"M 5.1\"}},\
             \"geometry\":{{\"type\":\"Point\",\"coordinates\":[137.2,37.5,10]}}}}"
        )
    };
    let events: Vec<String> = (0..2_000).map(event).collect();
    format!("{{\"type\":\"FeatureCollection\",\"features\":[{}]}}", events.join(","))
}

#[divan::bench]
fn a_large_telegram(bencher: Bencher<'_, '_>) {
    let text = telegram();
    bencher.counter(BytesCount::new(text.len())).bench(|| read_alert(text.as_bytes()).unwrap());
}

#[divan::bench]
fn a_large_feed(bencher: Bencher<'_, '_>) {
    let text = feed();
    bencher.counter(BytesCount::new(text.len())).bench(|| read_alert(text.as_bytes()).unwrap());
}
