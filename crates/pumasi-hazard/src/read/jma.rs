//! The disaster information XML of the Japan Meteorological Agency.
//!
//! SPEC: 気象庁防災情報XMLフォーマット 技術資料, xml.kishou.go.jp (format 1.x), and the 解説資料 of
//! each telegram for what its elements mean there.

mod areas;
mod hypocentre;
mod observation;
mod typhoon;

use pumasi_base::{Status, Time};

use super::text::plain;
use super::xml::{self, Element};
use super::{Format, Read, ReadError};
use crate::message::source;
use crate::{Earthquake, Finding, FindingCode, Hazard, Message, MessageType, Part, SourceText};

/// The format, for the list of formats.
pub(super) const FORMAT: Format = Format {
    name: "jma_xml",
    title: "JMA disaster information XML (earthquake, tsunami, typhoon, warning, landslide, river)",
    sniff: |text| text.starts_with('<') && text.contains("xml.kishou.go.jp/jmaxml1"),
    read,
};

/// The products: the control title with plain signs, the data type, and what it tells of.
const PRODUCTS: &[(&str, &str, Hazard)] = &[
    ("緊急地震速報(警報)", "vxse43", Hazard::Earthquake),
    ("緊急地震速報(予報)", "vxse44", Hazard::Earthquake),
    ("緊急地震速報(地震動予報)", "vxse45", Hazard::Earthquake),
    ("震度速報", "vxse51", Hazard::Earthquake),
    ("震源に関する情報", "vxse52", Hazard::Earthquake),
    ("震源・震度に関する情報", "vxse53", Hazard::Earthquake),
    ("顕著な地震の震源要素更新のお知らせ", "vxse61", Hazard::Earthquake),
    ("長周期地震動に関する観測情報", "vxse62", Hazard::Earthquake),
    ("津波警報・注意報・予報a", "vtse41", Hazard::Tsunami),
    ("津波情報a", "vtse51", Hazard::Tsunami),
    ("沖合の津波観測に関する情報", "vtse52", Hazard::Tsunami),
    // One title serves VPTW60 to 65, one data type for each storm that is under way.
    ("台風解析・予報情報(5日予報)(H30)", "vptw60", Hazard::TropicalCyclone),
    ("気象特別警報・警報・注意報", "vpww53", Hazard::Other),
    ("気象警報・注意報(H27)", "vpww54", Hazard::Other),
    ("土砂災害警戒情報", "vxww50", Hazard::Landslide),
    // One title serves VXKO50 to 89, one data type for each group of rivers.
    ("指定河川洪水予報", "vxko50", Hazard::Flood),
];

/// Reads one telegram.
fn read(text: &str) -> Result<Read, ReadError> {
    let report = xml::read(FORMAT.name, text)?;
    if report.name() != "Report" {
        let what = format!("its root is `{}`, not `Report`", report.name());
        return Err(ReadError::Incomplete { format: FORMAT.name, what });
    }
    let mut read = Read::new(&FORMAT);
    let message = message(&report, &mut read.findings)?;
    read.messages.push(message);
    Ok(read)
}

fn message(report: &Element<'_>, findings: &mut Vec<Finding>) -> Result<Message, ReadError> {
    let title = report.text_at(&["Control", "Title"]).map(plain).unwrap_or_default();
    let known = PRODUCTS.iter().find(|(name, ..)| *name == title);
    if known.is_none() {
        let what = format!("`{title}` is read by what all telegrams share");
        findings.push(Finding::new(FindingCode::ProductUnknown, "Control/Title", what));
    }
    let product = known.map_or("other", |(_, product, _)| product);
    let kind = kind(report, &title, findings);
    let sent = sent(report).ok_or_else(|| ReadError::Incomplete {
        format: FORMAT.name,
        what: "it has no readable time of report".to_owned(),
    })?;
    let observation = report.at(&["Body", "Intensity", "Observation"]);
    let element = largest_earthquake(report, findings);
    let is_earthquake = known.is_some_and(|(_, _, hazard)| *hazard == Hazard::Earthquake);
    let earthquake = (is_earthquake || element.is_some() || observation.is_some())
        .then(|| earthquake(report, element, sent, kind, findings));
    let parts = areas::read(report);
    let serial = serial(report);
    let event = event(report, product, earthquake.as_ref(), findings);
    // Some telegrams carry no serial; their time of report puts them in order as well.
    let version = serial.unwrap_or_else(|| u64::try_from(sent.as_second()).unwrap_or_default());
    let headline = report.text_at(&["Head", "Headline", "Text"]).map(in_japanese);
    let mut message = Message {
        status: status(report, findings),
        kind,
        hazards: hazards(known.map(|(_, _, hazard)| *hazard), &parts, &title),
        headlines: headline.into_iter().collect(),
        says: areas::read_whole(report),
        parts,
        earthquake,
        observed: observation.map(|o| observation::read(o, findings)).unwrap_or_default(),
        ..Message::bare(FORMAT.name, source::JMA, product, (event, version), sent)
    };
    if kind != MessageType::Cancel {
        message.cyclone = typhoon::read(report, findings);
    }
    let says =
        message.earthquake.is_some() || message.cyclone.is_some() || !message.parts.is_empty();
    if !says && kind != MessageType::Cancel {
        let what = format!("`{title}` has neither areas nor an event");
        findings.push(Finding::new(FindingCode::ValueMissing, "Body", what));
    }
    Ok(message)
}

/// What a telegram tells of: what its product is for, else what its kinds of warning name.
fn hazards(of_product: Option<Hazard>, parts: &[Part], title: &str) -> Vec<Hazard> {
    let mut hazards = Vec::new();
    if let Some(hazard) = of_product.filter(|hazard| *hazard != Hazard::Other) {
        hazard.add_to(&mut hazards);
        return hazards;
    }
    let of_areas = parts.iter().flat_map(|part| &part.areas).flat_map(|area| &area.says);
    let said = parts.iter().flat_map(|part| &part.says).chain(of_areas);
    let kinds = said.filter(|one| one.code.is_some());
    for kind in kinds {
        match Hazard::of_words(&kind.value) {
            Hazard::Other => {}
            hazard => hazard.add_to(&mut hazards),
        }
    }
    if hazards.is_empty() {
        hazards.push(Hazard::of_words(title));
    }
    hazards
}

fn in_japanese(text: &str) -> SourceText {
    SourceText { lang: "ja".to_owned(), text: text.to_owned() }
}

fn kind(report: &Element<'_>, title: &str, findings: &mut Vec<Finding>) -> MessageType {
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
fn status(report: &Element<'_>, findings: &mut Vec<Finding>) -> Status {
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

fn serial(report: &Element<'_>) -> Option<u64> {
    report.text_at(&["Head", "Serial"]).and_then(|text| plain(text).parse().ok())
}

fn sent(report: &Element<'_>) -> Option<Time> {
    let at = |path| report.text_at(path).and_then(time);
    at(&["Head", "ReportDateTime"]).or_else(|| at(&["Control", "DateTime"]))
}

/// An instant; without an offset it is Japan's time.
fn time(text: &str) -> Option<Time> {
    let text = plain(text);
    text.parse().ok().or_else(|| format!("{text}+09:00").parse().ok())
}

/// The source's id of what happened.
///
/// An earthquake without one has its origin time, from which the agency makes the id itself. A
/// warning has none: one office has one state of warnings, and each telegram replaces the last.
fn event(
    report: &Element<'_>,
    product: &str,
    earthquake: Option<&Earthquake>,
    findings: &mut Vec<Finding>,
) -> String {
    if let Some(id) = report.text_at(&["Head", "EventID"]).map(plain) {
        return id;
    }
    let Some(earthquake) = earthquake else {
        return report.text_at(&["Control", "PublishingOffice"]).unwrap_or(product).to_owned();
    };
    let what = "it has none: the origin time stands in";
    findings.push(Finding::new(FindingCode::ValueMissing, "Head/EventID", what));
    let offset = jiff::tz::Offset::constant(9);
    offset.to_datetime(earthquake.origin).strftime("%Y%m%d%H%M%S").to_string()
}

/// The earthquake of a telegram; of several that came together, the largest.
fn largest_earthquake<'a, 'b>(
    report: &'b Element<'a>,
    findings: &mut Vec<Finding>,
) -> Option<&'b Element<'a>> {
    let body = report.at(&["Body"])?;
    let all: Vec<&Element<'a>> = body.all("Earthquake").collect();
    if all.len() > 1 {
        let what = format!("{} earthquakes came together: the largest is used", all.len());
        findings.push(Finding::new(FindingCode::EntrySkipped, "Body/Earthquake", what));
    }
    // The first of equals, as the agency lists the main one first.
    let size = |earthquake: &&Element<'a>| hypocentre::magnitude(earthquake).centi;
    all.into_iter().rev().max_by_key(size)
}

fn earthquake(
    report: &Element<'_>,
    element: Option<&Element<'_>>,
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
    let mut earthquake = Earthquake::at(origin);
    if let Some(element) = element {
        let names =
            [["Hypocenter", "Area", "Name"].as_slice(), &["Hypocenter", "Area", "DetailedName"]];
        earthquake.region = names.iter().find_map(|path| element.text_at(path)).map(in_japanese);
        hypocentre::read(element, &mut earthquake, kind == MessageType::Cancel, findings);
    }
    earthquake
}
