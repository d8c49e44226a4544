//! The feed of the Global Disaster Alert and Coordination System.
//!
//! SPEC: gdacs.org, feed reference: RSS 2.0 with `gdacs`, `georss` and `geo` elements.

use pumasi_base::{Point, Status, Time};

use super::decimal::fixed_text;
use super::text::short;
use super::xml::{self, Element};
use super::{Format, Read, ReadError, limit};
use crate::message::source;
use crate::{
    Area, AreaCode, Attachment, Earthquake, Finding, FindingCode, Hazard, Message, MessageType,
    Part, Shape, SourceText, Statement,
};

/// The format, for the list of formats.
pub(super) const FORMAT: Format = Format {
    name: "gdacs_rss",
    title: "GDACS feed (RSS)",
    sniff: |text| xml::root_name(text) == Some("rss") && text.contains("eventtype"),
    read,
};

/// The kinds of event.
const TYPES: &[(&str, Hazard)] = &[
    ("EQ", Hazard::Earthquake),
    ("TS", Hazard::Tsunami),
    ("TC", Hazard::TropicalCyclone),
    ("FL", Hazard::Flood),
    ("VO", Hazard::Volcano),
    ("WF", Hazard::Wildfire),
    ("DR", Hazard::Drought),
];

/// What else an item says, word for word.
const SAID: &[&str] = &[
    "alertlevel",
    "alertscore",
    "episodealertlevel",
    "severity",
    "population",
    "vulnerability",
    "country",
    "eventname",
    "glide",
    "iscurrent",
    "fromdate",
    "todate",
];

/// Reads a feed.
fn read(text: &str) -> Result<Read, ReadError> {
    let root = xml::read(FORMAT.name, text)?;
    let mut read = Read::new(&FORMAT);
    let channel = root.at(&["channel"]);
    let is_exercise = channel.is_some_and(|channel| channel.at(&["exercise"]).is_some());
    let items = channel.into_iter().flat_map(|channel| channel.all("item"));
    for (index, item) in items.enumerate() {
        let at = format!("item[{index}]");
        match message(item, &at, &mut read.findings) {
            Ok(mut message) => {
                // The system tells of real events alone; messages written for drills are marked.
                if is_exercise || item.at(&["exercise"]).is_some() {
                    message.status = Status::Exercise;
                }
                read.messages.push(message);
            }
            Err(what) => {
                read.findings.push(Finding::new(FindingCode::EntrySkipped, at, what));
            }
        }
        limit(&mut read.findings);
    }
    Ok(read)
}

/// A date of RSS, such as `Mon, 01 Jan 2024 07:10:09 GMT`.
pub(super) fn rss_time(text: &str) -> Option<Time> {
    jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(text.trim()).ok()
}

fn message(
    item: &Element<'_>,
    at: &str,
    findings: &mut Vec<Finding>,
) -> Result<Message, &'static str> {
    let text = |name| item.text_at(&[name]);
    let of_time = |name| text(name).and_then(rss_time);
    let kind = text("eventtype").ok_or("it has no type of event")?;
    let number = text("eventid").ok_or("its event has no number")?;
    let episode = text("episodeid").unwrap_or("1");
    let sent = of_time("datemodified").or_else(|| of_time("pubDate"));
    let sent = sent.ok_or("it has no readable time")?;
    let known = TYPES.iter().find(|(code, _)| *code == kind).map(|(_, hazard)| *hazard);
    let hazard = known.unwrap_or(Hazard::Other);
    if known.is_none() {
        let what = format!("`{}` is no known type of event", short(kind));
        findings.push(Finding::new(FindingCode::ProductUnknown, format!("{at}/eventtype"), what));
    }
    let point = point(item);
    if point.is_none() {
        let what = "it has no readable point";
        findings.push(Finding::new(FindingCode::ValueMissing, format!("{at}/point"), what));
    }
    let earthquake = (hazard == Hazard::Earthquake)
        .then(|| earthquake(item, point, of_time("fromdate").unwrap_or(sent), at, findings));
    let is_first = episode == "1" || episode == number;
    let in_english = |text: &str| SourceText { lang: "en".to_owned(), text: text.to_owned() };
    let event = format!("{kind}{number}");
    let serial = u64::try_from(sent.as_second()).unwrap_or_default();
    let product = kind.to_lowercase();
    Ok(Message {
        id: format!("{event} {episode} {serial}"),
        kind: if is_first { MessageType::Alert } else { MessageType::Update },
        hazards: vec![hazard],
        headlines: text("title").map(in_english).into_iter().collect(),
        says: says(item),
        parts: vec![part(item, point, at, findings)],
        earthquake,
        attachments: attachments(item),
        ..Message::bare(FORMAT.name, source::GDACS, &product, (event, serial), sent)
    })
}

/// The point of an item: `georss:point` is latitude then longitude.
fn point(item: &Element<'_>) -> Option<Point> {
    let pair = item.text_at(&["point"]).and_then(|text| {
        let mut numbers = text.split(|c: char| c.is_whitespace() || c == ',');
        let mut next = || numbers.find(|one| !one.is_empty());
        Some((next()?, next()?))
    });
    let (lat, lon) = pair
        .or_else(|| Some((item.text_at(&["Point", "lat"])?, item.text_at(&["Point", "long"])?)))?;
    place(lat, lon)
}

/// A point of two texts in degrees.
pub(super) fn place(lat: &str, lon: &str) -> Option<Point> {
    let micro = |text: &str, limit: i64| {
        let value = fixed_text(text, 6).filter(|value| value.abs() <= limit)?;
        i32::try_from(value).ok()
    };
    Some(Point { lat_micro: micro(lat, 90_000_000)?, lon_micro: micro(lon, 180_000_000)? })
}

fn earthquake(
    item: &Element<'_>,
    epicentre: Option<Point>,
    origin: Time,
    at: &str,
    findings: &mut Vec<Finding>,
) -> Earthquake {
    let severity = item.at(&["severity"]);
    let magnitude = severity.and_then(|one| one.attribute("value"));
    let magnitude = magnitude.and_then(|text| fixed_text(text, 2));
    let magnitude = magnitude.filter(|centi| (-300..=1_100).contains(centi));
    let depth = severity.and_then(Element::text).and_then(depth_m);
    for (value, what) in
        [(magnitude, "it has no readable magnitude"), (depth, "it has no readable depth")]
    {
        if value.is_none() {
            findings.push(Finding::new(FindingCode::ValueMissing, format!("{at}/severity"), what));
        }
    }
    Earthquake {
        epicentre,
        depth_m: depth.and_then(|metres| i32::try_from(metres).ok()),
        magnitude_centi: magnitude.and_then(|centi| i32::try_from(centi).ok()),
        ..Earthquake::at(origin)
    }
}

/// The depth out of words such as `Magnitude 7.5M, Depth:10km`.
fn depth_m(words: &str) -> Option<i64> {
    let words = words.to_lowercase();
    let (_, after) = words.split_once("depth")?;
    let after = after.trim_start_matches([':', ' ']);
    let end = after.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(after.len());
    let metres = fixed_text(after.get(..end)?, 3)?;
    (0..=1_000_000).contains(&metres).then_some(metres)
}

fn says(item: &Element<'_>) -> Vec<Statement> {
    let said = |name: &&str| {
        let element = item.at(&[name])?;
        let figure = element.attribute("value");
        let value = figure.or_else(|| element.text())?;
        let note = element.text().filter(|_| figure.is_some()).map(str::to_owned);
        let unit = element.attribute("unit");
        Some(Statement { note, ..Statement::new((*name).to_owned(), value).in_unit(unit) })
    };
    SAID.iter().filter_map(said).collect()
}

fn part(item: &Element<'_>, point: Option<Point>, at: &str, findings: &mut Vec<Finding>) -> Part {
    let mut shapes: Vec<Shape> = point.map(Shape::Point).into_iter().collect();
    if let Some(text) = item.text_at(&["bbox"]) {
        match bounds(text) {
            Some(bounds) => shapes.push(bounds),
            None => {
                let what = format!("`{}` are no bounds", short(text));
                let code = FindingCode::ValueUnreadable;
                findings.push(Finding::new(code, format!("{at}/bbox"), what));
            }
        }
    }
    let code = |text: &str| AreaCode { scheme: "iso3".into(), code: text.to_owned() };
    let area = Area {
        label: item.text_at(&["country"]).unwrap_or_default().to_owned(),
        codes: item.text_at(&["iso3"]).map(code).into_iter().collect(),
        shapes,
        ..Area::default()
    };
    let lang = Some("en".to_owned());
    Part { name: "item".into(), lang, areas: vec![area], ..Part::default() }
}

/// Bounds in the order west, east, south, north.
fn bounds(text: &str) -> Option<Shape> {
    let numbers: Vec<&str> = text.split_whitespace().collect();
    let [west, east, south, north] = numbers.as_slice() else { return None };
    let (south_west, north_east) = (place(south, west)?, place(north, east)?);
    (south_west.lat_micro <= north_east.lat_micro).then_some(Shape::Box { south_west, north_east })
}

fn attachments(item: &Element<'_>) -> Vec<Attachment> {
    let one = |(name, media_type): (&str, Option<&str>)| {
        Some(Attachment {
            name: name.to_owned(),
            url: Some(item.text_at(&[name])?.to_owned()),
            media_type: media_type.map(str::to_owned),
            digest: None,
        })
    };
    [("link", None), ("cap", Some("application/cap+xml"))].into_iter().filter_map(one).collect()
}
