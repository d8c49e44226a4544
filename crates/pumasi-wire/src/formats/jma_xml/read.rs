//! Reads JMA's earthquake telegrams.
//!
//! SPEC: 気象庁防災情報XMLフォーマット 技術資料, xml.kishou.go.jp (format 1.x), and 地震火山関連
//! XML電文解説資料 for what each element means in each telegram.

use pumasi_base::{Status, Time};
use pumasi_hazard::{
    Alert, AlertVersion, Earthquake, Event, Finding, FindingCode, MessageType, Source, SourceText,
};

use super::{FORMAT, hypocentre, observation};
use crate::ReadError;
use crate::formats::Read;
use crate::text::plain;
use crate::xml::{self, Element};

/// The products by their control titles.
const PRODUCTS: &[(&str, &str)] = &[
    ("緊急地震速報(警報)", "vxse43"),
    ("緊急地震速報(予報)", "vxse44"),
    ("緊急地震速報(地震動予報)", "vxse45"),
    ("震度速報", "vxse51"),
    ("震源に関する情報", "vxse52"),
    ("震源・震度に関する情報", "vxse53"),
    ("顕著な地震の震源要素更新のお知らせ", "vxse61"),
    ("長周期地震動に関する観測情報", "vxse62"),
];

/// Whether this is XML in JMA's vocabulary.
pub(super) fn sniff(text: &str) -> bool {
    text.starts_with('<') && text.contains("xml.kishou.go.jp/jmaxml1")
}

/// Reads one telegram.
pub(super) fn read(text: &str) -> Result<Read, ReadError> {
    let report = xml::read(FORMAT.name, text)?;
    let no = |what: String| ReadError::NoEarthquake { format: FORMAT.name, what };
    if report.name() != "Report" {
        return Err(no(format!("its root is `{}`, not `Report`", report.name())));
    }
    let mut findings = Vec::new();
    let title = report.text_at(&["Control", "Title"]).map(plain).unwrap_or_default();
    let kind = kind(&report, &title, &mut findings);
    let observation = report.at(&["Body", "Intensity", "Observation"]);
    let earthquake = largest_earthquake(&report, &mut findings);
    if earthquake.is_none() && observation.is_none() && kind != MessageType::Cancel {
        return Err(no(format!("`{title}` has neither a hypocentre nor intensities")));
    }
    let sent = sent(&report).ok_or_else(|| ReadError::Incomplete {
        format: FORMAT.name,
        what: "it has no readable time of report".to_owned(),
    })?;
    let event = event(&report, earthquake, sent, kind, &mut findings);
    let alert = Alert {
        version: version(&report, &title, sent, &event, &mut findings),
        kind,
        status: status(&report, &mut findings),
        sent,
        event: Event::Earthquake(event),
        observed: observation.map(|o| observation::read(o, &mut findings)).unwrap_or_default(),
        headline: report.text_at(&["Head", "Headline", "Text"]).map(in_japanese),
    };
    Ok(Read { format: FORMAT.name, alerts: vec![alert], findings })
}

fn in_japanese(text: &str) -> SourceText {
    SourceText { lang: "ja".to_owned(), text: text.to_owned() }
}

fn kind(report: &Element, title: &str, findings: &mut Vec<Finding>) -> MessageType {
    let is_first = serial(report).unwrap_or(1) <= 1 && !title.contains("更新");
    match report.text_at(&["Head", "InfoType"]) {
        Some("取消") => MessageType::Cancel,
        Some("訂正") => MessageType::Update,
        Some("発表" | "遅延") if is_first => MessageType::Alert,
        Some("発表" | "遅延") => MessageType::Update,
        other => {
            let what = format!("`{}` is read as an update", other.unwrap_or_default());
            findings.push(Finding::new(FindingCode::ValueUnreadable, "Head/InfoType", what));
            MessageType::Update
        }
    }
}

/// Whether it is real; what is not known to be is taken for a test, so that it binds nobody.
fn status(report: &Element, findings: &mut Vec<Finding>) -> Status {
    match report.text_at(&["Control", "Status"]) {
        Some("通常") => Status::Actual,
        Some("訓練") => Status::Exercise,
        Some("試験") => Status::Test,
        other => {
            let what = format!("`{}` is read as a test", other.unwrap_or_default());
            findings.push(Finding::new(FindingCode::ValueUnreadable, "Control/Status", what));
            Status::Test
        }
    }
}

fn serial(report: &Element) -> Option<u64> {
    report.text_at(&["Head", "Serial"]).and_then(|text| plain(text).parse().ok())
}

fn sent(report: &Element) -> Option<Time> {
    let at = |path| report.text_at(path).and_then(time);
    at(&["Head", "ReportDateTime"]).or_else(|| at(&["Control", "DateTime"]))
}

/// An instant; without an offset it is Japan's time.
fn time(text: &str) -> Option<Time> {
    let text = plain(text);
    text.parse().ok().or_else(|| format!("{text}+09:00").parse().ok())
}

fn version(
    report: &Element,
    title: &str,
    sent: Time,
    earthquake: &Earthquake,
    findings: &mut Vec<Finding>,
) -> AlertVersion {
    let product = PRODUCTS.iter().find(|(name, _)| *name == title).map(|(_, product)| *product);
    let id = report.text_at(&["Head", "EventID"]).map(plain).unwrap_or_else(|| {
        let what = "it has none: the origin time stands in";
        findings.push(Finding::new(FindingCode::ValueMissing, "Head/EventID", what));
        let offset = jiff::tz::Offset::constant(9);
        offset.to_datetime(earthquake.origin).strftime("%Y%m%d%H%M%S").to_string()
    });
    AlertVersion {
        source: Source::Jma,
        product: product.unwrap_or("other").to_owned(),
        id,
        // Some telegrams carry no serial; their time of report puts them in order as well.
        serial: serial(report)
            .unwrap_or_else(|| u64::try_from(sent.as_second()).unwrap_or_default()),
    }
}

/// The earthquake of a telegram; of several that came together, the largest.
fn largest_earthquake<'a>(report: &'a Element, findings: &mut Vec<Finding>) -> Option<&'a Element> {
    let body = report.at(&["Body"])?;
    let all: Vec<&Element> = body.all("Earthquake").collect();
    if all.len() > 1 {
        let what = format!("{} earthquakes came together: the largest is used", all.len());
        findings.push(Finding::new(FindingCode::EntrySkipped, "Body/Earthquake", what));
    }
    // The first of equals, as the agency lists the main one first.
    let size = |earthquake: &&Element| hypocentre::magnitude(earthquake).centi;
    all.into_iter().rev().max_by_key(size)
}

fn event(
    report: &Element,
    element: Option<&Element>,
    sent: Time,
    kind: MessageType,
    findings: &mut Vec<Finding>,
) -> Earthquake {
    let at = |path: &[&str]| element.and_then(|e| e.text_at(path)).and_then(time);
    let origin = at(&["OriginTime"]).or_else(|| at(&["ArrivalTime"])).unwrap_or_else(|| {
        let what = "the time the shaking was detected stands in";
        findings.push(Finding::new(FindingCode::ValueMissing, "Body/Earthquake/OriginTime", what));
        report.text_at(&["Head", "TargetDateTime"]).and_then(time).unwrap_or(sent)
    });
    let mut earthquake = Earthquake {
        origin,
        region: None,
        epicentre: None,
        depth_m: None,
        magnitude_centi: None,
        magnitude_is_minimum: false,
        magnitude_type: None,
        strike_deg: None,
        tectonic: None,
    };
    if let Some(element) = element {
        let names =
            [["Hypocenter", "Area", "Name"].as_slice(), &["Hypocenter", "Area", "DetailedName"]];
        earthquake.region = names.iter().find_map(|path| element.text_at(path)).map(in_japanese);
        hypocentre::read(element, &mut earthquake, kind == MessageType::Cancel, findings);
    }
    earthquake
}
