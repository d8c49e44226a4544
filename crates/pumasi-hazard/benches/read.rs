//! Reading messages of every format, and the largest of them.

#![expect(clippy::unwrap_used, reason = "a bench may stop at the first surprise")]

use std::fmt::Write as _;
use std::path::Path;

use divan::Bencher;
use divan::counter::BytesCount;
use pumasi_hazard::read_any;

fn main() {
    divan::main();
}

fn read(bencher: Bencher<'_, '_>, bytes: &[u8]) {
    bencher.counter(BytesCount::new(bytes.len())).bench(|| read_any(bytes).unwrap());
}

/// One sample of each format.
const SAMPLES: &[&str] = &[
    "jma_xml/vxse43.xml",
    "jma_xml/vxse51.xml",
    "jma_xml/vtse41.xml",
    "jma_xml/vptw60.xml",
    "jma_xml/vpww54.xml",
    "jma_xml/vxww50.xml",
    "jma_xml/vxko50.xml",
    "kma_json/revised.json",
    "usgs_geojson/detail.geojson",
    "shakemap_grid/grid.xml",
    "gdacs_rss/rss.xml",
    "cap/v1.2.xml",
    "cap_feed/atom.xml",
    "cap_feed/edxl-exercise.xml",
];

#[divan::bench(args = SAMPLES)]
fn sample(bencher: Bencher<'_, '_>, file: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/messages");
    read(bencher, &std::fs::read(folder.join(file)).unwrap());
}

/// A VXSE53 of 400 kB: 47 prefectures, 1,034 municipalities, 3,100 stations.
#[divan::bench]
fn a_large_vxse53(bencher: Bencher<'_, '_>) {
    let mut body = String::new();
    for prefecture in 1..=47 {
        write!(
            body,
            "<Pref><Name>石川県</Name><Code>{prefecture:02}</Code><MaxInt>6+</MaxInt><Area>"
        )
        .unwrap();
        body.push_str("<Name>石川県能登</Name><Code>390</Code><MaxInt>6+</MaxInt>");
        for city in 201..223 {
            write!(body, "<City><Name>輪島市</Name><Code>{prefecture:02}{city}00</Code>").unwrap();
            body.push_str("<MaxInt>5-</MaxInt>");
            for station in 20..23 {
                write!(
                    body,
                    "<IntensityStation><Name>輪島市鳳至町＊</Name><Code>{prefecture:02}{city}\
                     {station}</Code><Int>4</Int></IntensityStation>"
                )
                .unwrap();
            }
            body.push_str("</City>");
        }
        body.push_str("</Area></Pref>");
    }
    let text = format!(
        "<Report xmlns=\"http://xml.kishou.go.jp/jmaxml1/\"><Control>\
         <Title>震源・震度に関する情報</Title><Status>試験</Status></Control><Head>\
         <ReportDateTime>2031-01-01T09:10:00+09:00</ReportDateTime><EventID>1</EventID>\
         <InfoType>発表</InfoType><Serial>1</Serial></Head><Body><Intensity><Observation>{body}\
         </Observation></Intensity></Body></Report>"
    );
    assert!((380_000..420_000).contains(&text.len()), "{} bytes", text.len());
    read(bencher, text.as_bytes());
}

/// A ShakeMap of 300 by 300 points with eight columns.
#[divan::bench]
fn a_large_grid(bencher: Bencher<'_, '_>) {
    let names = ["LON", "LAT", "MMI", "PGA", "PGV", "PSA03", "PSA10", "SVEL"];
    let mut text = "<shakemap_grid event_id=\"us1\" shakemap_version=\"1\" \
                    shakemap_event_type=\"TEST\"><event event_timestamp=\"2031-01-01T00:00:00Z\" \
                    lat=\"36\" lon=\"138\" magnitude=\"7\" depth=\"10\"/><grid_specification \
                    lon_min=\"135\" lat_min=\"33\" lon_max=\"141\" lat_max=\"39\" nlon=\"300\" \
                    nlat=\"300\"/>"
        .to_owned();
    for (index, name) in names.iter().enumerate() {
        write!(text, "<grid_field index=\"{}\" name=\"{name}\" units=\"x\"/>", index + 1).unwrap();
    }
    text.push_str("<grid_data>\n");
    for row in 0..300 {
        for column in 0..300 {
            let lon = 135.0 + f64::from(column) * 6.0 / 299.0;
            let lat = 39.0 - f64::from(row) * 6.0 / 299.0;
            writeln!(text, "{lon:.4} {lat:.4} 6.12 23.4561 17.8019 40.1 12.02 760.0").unwrap();
        }
    }
    text.push_str("</grid_data></shakemap_grid>");
    read(bencher, text.as_bytes());
}

/// A summary feed of 2,000 events.
#[divan::bench]
fn a_large_feed_of_the_usgs(bencher: Bencher<'_, '_>) {
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
    let text = format!("{{\"type\":\"FeatureCollection\",\"features\":[{}]}}", events.join(","));
    read(bencher, text.as_bytes());
}
