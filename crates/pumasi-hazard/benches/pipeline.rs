//! From the bytes of messages to needs over all places of Korea, Japan and China.

#![expect(clippy::unwrap_used, reason = "a bench may stop at the first surprise")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use pumasi_base::time::plus_seconds;
use pumasi_base::{Catalog, PlaceLevel, Time};
use pumasi_hazard::incident::Incidents;
use pumasi_hazard::{Estimator, Factors, Message, read_any};

fn main() {
    divan::main();
}

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn catalog() -> Catalog {
    let folder = repository().join("catalog");
    let names = [
        "sources.toml",
        "commodities.toml",
        "areas.csv",
        "places/jp.csv",
        "places/kr.csv",
        "places/cn.csv",
    ];
    let texts = names.map(|name| std::fs::read_to_string(folder.join(name)).unwrap());
    let files: Vec<_> = names.into_iter().zip(texts.iter().map(String::as_str)).collect();
    Catalog::read(&files).unwrap()
}

fn estimator() -> Estimator {
    Estimator::new(&catalog(), Factors::standard())
}

/// A VXSE53 of about 400 kB that names half of the municipalities of Japan, three stations each.
fn telegram(catalog: &Catalog) -> String {
    let classes = ["3", "4", "5-", "5+", "6-", "6+"];
    let towns = catalog.places.values().filter(|place| {
        place.level == PlaceLevel::Municipality && place.id.as_str().starts_with("jp-")
    });
    let mut body = String::new();
    for (index, town) in towns.enumerate().filter(|(index, _)| index % 2 == 0) {
        let (_, code) = town.id.as_str().split_once('-').unwrap();
        let class = classes.get(index / 2 % classes.len()).unwrap();
        write!(
            body,
            "<Pref><Name>石川県</Name><Code>{}</Code><MaxInt>6+</MaxInt><Area><Name>石川県能登\
             </Name><Code>390</Code><MaxInt>6+</MaxInt><City><Name>{}</Name><Code>{code}00</Code>\
             <MaxInt>{class}</MaxInt>",
            code.get(..2).unwrap(),
            town.names.ja
        )
        .unwrap();
        for station in 20..22 {
            write!(
                body,
                "<IntensityStation><Name>{}＊</Name><Code>{code}{station}</Code><Int>{class}\
                 </Int></IntensityStation>",
                town.names.ja
            )
            .unwrap();
        }
        body.push_str("</City></Area></Pref>");
    }
    format!(
        "<Report xmlns=\"http://xml.kishou.go.jp/jmaxml1/\"><Control>\
         <Title>震源・震度に関する情報</Title><Status>試験</Status></Control><Head>\
         <ReportDateTime>2031-01-01T09:10:00+09:00</ReportDateTime><EventID>1</EventID>\
         <InfoType>発表</InfoType><Serial>1</Serial></Head><Body><Intensity><Observation>{body}\
         </Observation></Intensity></Body></Report>"
    )
}

#[divan::bench]
fn a_telegram_of_400_kilobytes(bencher: Bencher<'_, '_>) {
    let catalog = catalog();
    let (estimator, text) = (Estimator::new(&catalog, Factors::standard()), telegram(&catalog));
    assert!((380_000..450_000).contains(&text.len()), "{} bytes", text.len());
    bencher.counter(BytesCount::new(text.len())).bench(|| {
        let read = read_any(text.as_bytes()).unwrap();
        estimator.estimate(&read.messages, &[])
    });
}

/// A great and a middling earthquake, as the survey tells of them, with nothing but the model.
#[divan::bench(args = ["noto-2024/usgs.geojson", "tohoku-2011/usgs.geojson"])]
fn an_event_of_the_survey(bencher: Bencher<'_, '_>, file: &str) {
    let estimator = estimator();
    let bytes = std::fs::read(repository().join("drills").join(file)).unwrap();
    bencher.bench(|| {
        let read = read_any(&bytes).unwrap();
        estimator.estimate(&read.messages, &[])
    });
}

/// Makes a message one about another event, a month after the one before, so that none is known
/// already and none happens in the same minute.
fn apart(message: &mut Message, number: i64) {
    write!(message.event, " {number}").unwrap();
    write!(message.id, " {number}").unwrap();
    let later = |time: Time| plus_seconds(time, number * 31 * 86_400);
    message.sent = later(message.sent);
    for part in &mut message.parts {
        part.until = part.until.map(later);
    }
    if let Some(quake) = &mut message.earthquake {
        quake.origin = later(quake.origin);
    }
    for position in message.cyclone.iter_mut().flat_map(|cyclone| &mut cyclone.positions) {
        position.at = position.at.map(later);
    }
}

/// A thousand messages of every kind, each about an event of its own: read, held together with what
/// is known, and estimated.
#[divan::bench(sample_count = 10)]
fn a_thousand_mixed_alerts(bencher: Bencher<'_, '_>) {
    let estimator = estimator();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/messages");
    let samples = [
        "jma_xml/vxse43.xml",
        "jma_xml/vxse51.xml",
        "jma_xml/vxse53.xml",
        "jma_xml/vtse41.xml",
        "jma_xml/vptw60.xml",
        "jma_xml/vpww54.xml",
        "jma_xml/vxww50.xml",
        "jma_xml/vxko50.xml",
        "kma_json/detail.json",
        "usgs_geojson/detail.geojson",
        "shakemap_grid/grid.xml",
        "gdacs_rss/rss.xml",
        "cap/v1.2.xml",
        "cap_feed/atom.xml",
        "cap_feed/edxl-exercise.xml",
    ];
    let texts: Vec<_> = samples.map(|file| std::fs::read(folder.join(file)).unwrap()).into();
    bencher.counter(ItemsCount::new(1_000_usize)).bench(|| {
        let mut incidents = Incidents::default();
        for number in 0..1_000 {
            let read = read_any(texts.get(number % texts.len()).unwrap()).unwrap();
            for mut message in read.messages {
                apart(&mut message, i64::try_from(number).unwrap());
                let sent = message.sent;
                incidents.take(message.clone(), sent);
                if let Some(incident) = incidents.incident_of(&message) {
                    divan::black_box(estimator.estimate(incident.messages, &[]));
                }
            }
        }
    });
}
