//! Earthquake messages of the Korea Meteorological Administration, as its public data service
//! answers in JSON.
//!
//! SPEC: 기상청 지진정보 조회서비스 (`EqkInfoService/getEqkMsg`), data.go.kr 15000420.

use pumasi_base::{PlaceId, Point, Status, Time};
use serde_json::Value;

use super::json::{self, number, words};
use super::{Format, Read, ReadError, limit};
use crate::message::source;
use crate::{
    Area, Earthquake, Finding, FindingCode, Hazard, Intensity, Message, MessageType, Mmi, Observed,
    Part, SourceText, Statement,
};

/// The format, for the list of formats.
pub(super) const FORMAT: Format = Format {
    name: "kma_json",
    title: "KMA earthquake messages (getEqkMsg, JSON)",
    sniff: |text| text.starts_with('{') && text.contains("\"resultCode\""),
    read,
};

/// What else an item says, word for word.
const SAID: &[&str] = &["fcTp", "loc", "inT", "rem", "cor", "stnId", "img"];

/// The provinces by the short names the administration uses, which begin their full names too.
const PROVINCES: &[(&str, &str)] = &[
    ("서울", "kr-11"),
    ("부산", "kr-26"),
    ("대구", "kr-27"),
    ("인천", "kr-28"),
    ("광주", "kr-29"),
    ("대전", "kr-30"),
    ("울산", "kr-31"),
    ("경기", "kr-41"),
    ("강원", "kr-42"),
    ("충북", "kr-43"),
    ("충청북", "kr-43"),
    ("충남", "kr-44"),
    ("충청남", "kr-44"),
    ("전북", "kr-45"),
    ("전라북", "kr-45"),
    ("전남", "kr-46"),
    ("전라남", "kr-46"),
    ("경북", "kr-47"),
    ("경상북", "kr-47"),
    ("경남", "kr-48"),
    ("경상남", "kr-48"),
    ("제주", "kr-49"),
    ("세종", "kr-50"),
];

/// The most groups of provinces read; there are twelve intensities.
const GROUPS_MAX: usize = 24;

/// The Roman numerals of intensities, as single signs.
const ROMAN: &[char] = &['Ⅰ', 'Ⅱ', 'Ⅲ', 'Ⅳ', 'Ⅴ', 'Ⅵ', 'Ⅶ', 'Ⅷ', 'Ⅸ', 'Ⅹ', 'Ⅺ', 'Ⅻ'];
/// The same in Latin letters.
const LATIN: &[&str] = &["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];

/// Reads an answer of the service.
fn read(text: &str) -> Result<Read, ReadError> {
    let root = json::read(FORMAT.name, text)?;
    let at = |path: &str| root.pointer(path);
    let code = at("/response/header/resultCode").and_then(words).unwrap_or_default();
    let mut read = Read::new(&FORMAT);
    match code.trim_start_matches('0') {
        "" if !code.is_empty() => {}
        // The service has nothing to tell of the days asked for.
        "3" => return Ok(read),
        _ => {
            let said = at("/response/header/resultMsg").and_then(words).unwrap_or_default();
            let what = format!("the service answers `{code} {said}`");
            return Err(ReadError::Incomplete { format: FORMAT.name, what });
        }
    }
    let items = match at("/response/body/items/item") {
        Some(Value::Array(items)) => items.as_slice(),
        Some(item @ Value::Object(_)) => std::slice::from_ref(item),
        _ => &[],
    };
    for (index, item) in items.iter().enumerate() {
        let at = format!("items[{index}]");
        match message(item, &root, &at, &mut read.findings) {
            Ok(message) => read.messages.push(message),
            Err(finding) => read.findings.push(finding),
        }
        limit(&mut read.findings);
    }
    mark_updates(&mut read.messages);
    Ok(read)
}

/// All messages about an event but its first are updates, in whatever order they come.
fn mark_updates(messages: &mut [Message]) {
    let mut first = std::collections::BTreeMap::new();
    for message in messages.iter() {
        let serial = first.entry(message.event.clone()).or_insert(message.serial);
        *serial = (*serial).min(message.serial);
    }
    for message in messages {
        if first.get(&message.event).is_some_and(|serial| message.serial > *serial) {
            message.kind = MessageType::Update;
        }
    }
}

/// Reads one item; a finding instead where it lacks what no message can be without.
fn message(
    item: &Value,
    root: &Value,
    at: &str,
    findings: &mut Vec<Finding>,
) -> Result<Message, Finding> {
    let field = |name: &str| item.get(name).and_then(words);
    let digits = |name: &str| field(name).filter(|text| text.bytes().all(|b| b.is_ascii_digit()));
    let no = |what: &str| Finding::new(FindingCode::EntrySkipped, at, what);
    let event = digits("tmEqk").ok_or_else(|| no("it has no readable time of the earthquake"))?;
    let origin = time(&event).ok_or_else(|| no("it has no readable time of the earthquake"))?;
    let issued = digits("tmFc").ok_or_else(|| no("it has no readable time of issue"))?;
    let sent = time(&issued).ok_or_else(|| no("it has no readable time of issue"))?;
    // The number in the series of the service, below the minute of issue.
    let number_of_issue = item.get("tmSeq").and_then(|value| number(value, 0)).unwrap_or(0);
    let number_of_issue = u64::try_from(number_of_issue.clamp(0, 99_999)).unwrap_or(0);
    let minute = u64::try_from(sent.as_second() / 60).unwrap_or_default();
    let serial = minute * 100_000 + number_of_issue;
    let mut reading = Reading { item, at, findings };
    let (epicentre, depth_m) = (reading.epicentre(), reading.depth_m());
    let in_korean = |text: String| SourceText { lang: "ko".to_owned(), text };
    let earthquake = Earthquake {
        region: field("loc").map(in_korean),
        epicentre,
        depth_m,
        magnitude_centi: reading.magnitude(),
        magnitude_type: Some("ML".to_owned()),
        ..Earthquake::at(origin)
    };
    let (areas, observed) = reading.intensities();
    let said = |name: &&'static str| Some(Statement::new(*name, field(name)?));
    let part = Part { name: "inT".into(), lang: Some("ko".to_owned()), areas, ..Part::default() };
    let revises = matches!(field("fcTp").as_deref(), Some("5" | "13")) || field("cor").is_some();
    Ok(Message {
        kind: if revises { MessageType::Update } else { MessageType::Alert },
        status: status(item, root),
        hazards: vec![Hazard::Earthquake],
        headlines: field("loc").map(in_korean).into_iter().collect(),
        says: SAID.iter().filter_map(said).collect(),
        parts: if part.areas.is_empty() { Vec::new() } else { vec![part] },
        earthquake: Some(earthquake),
        observed,
        ..Message::bare(FORMAT.name, source::KMA, "eqk", (event, serial), sent)
    })
}

/// Whether the message is real.
///
/// The service has no mark for exercises. Remarks of drills and tests say so in words; messages
/// written for drills carry a foreign member `exercise`.
fn status(item: &Value, root: &Value) -> Status {
    let marked = |value: &Value| {
        !matches!(value.get("exercise"), None | Some(Value::Null | Value::Bool(false)))
    };
    let remark = ["rem", "loc"].iter().filter_map(|name| item.get(*name).and_then(words));
    let remark: String = remark.collect();
    if marked(item) || marked(root) || remark.contains("훈련") {
        Status::Exercise
    } else if remark.contains("시험") {
        Status::Test
    } else {
        Status::Actual
    }
}

/// `yyyymmddhhmmss` or `yyyymmddhhmm` of Korea's time.
fn time(digits: &str) -> Option<Time> {
    let number = |from: usize, to: usize| digits.get(from..to)?.parse::<i8>().ok();
    let year = digits.get(..4)?.parse().ok()?;
    let second = match digits.len() {
        12 => 0,
        14 => number(12, 14)?,
        _ => return None,
    };
    let (month, day) = (number(4, 6)?, number(6, 8)?);
    let (hour, minute) = (number(8, 10)?, number(10, 12)?);
    let civil = jiff::civil::DateTime::new(year, month, day, hour, minute, second, 0).ok()?;
    jiff::tz::Offset::constant(9).to_timestamp(civil).ok()
}

/// One item being read, with where it is and what was odd.
struct Reading<'a> {
    item: &'a Value,
    at: &'a str,
    findings: &'a mut Vec<Finding>,
}

impl Reading<'_> {
    fn note(&mut self, code: FindingCode, field: &str, what: &str) {
        self.findings.push(Finding::new(code, format!("{}.{field}", self.at), what));
    }

    fn epicentre(&mut self) -> Option<Point> {
        let micro = |name: &str, limit: i64| {
            let value = number(self.item.get(name)?, 6).filter(|value| value.abs() <= limit)?;
            i32::try_from(value).ok()
        };
        let point = match (micro("lat", 90_000_000), micro("lon", 180_000_000)) {
            // Nothing but a missing figure puts an earthquake where the equator meets Greenwich.
            (Some(0), Some(0)) => None,
            (Some(lat_micro), Some(lon_micro)) => Some(Point { lat_micro, lon_micro }),
            _ => None,
        };
        if point.is_none() {
            self.note(FindingCode::ValueMissing, "lat", "it has no readable epicentre");
        }
        point
    }

    /// The depth in metres; the administration writes 0 where it has none yet.
    fn depth_m(&mut self) -> Option<i32> {
        let depth = self.item.get("dep").and_then(|value| number(value, 3));
        let known = depth.filter(|metres| (1..=1_000_000).contains(metres));
        if known.is_none() {
            self.note(FindingCode::ValueMissing, "dep", "the depth is not known");
        }
        known.and_then(|metres| i32::try_from(metres).ok())
    }

    fn magnitude(&mut self) -> Option<i32> {
        let centi = self.item.get("mt").and_then(|value| number(value, 2));
        let known = centi.filter(|centi| (-300..=1_100).contains(centi));
        if known.is_none() {
            self.note(FindingCode::ValueMissing, "mt", "it has no magnitude");
        }
        known.and_then(|centi| i32::try_from(centi).ok())
    }

    /// The strongest intensity of each province: `최대진도 Ⅴ(충북),Ⅳ(경북,대전)`. Early messages
    /// have none.
    fn intensities(&mut self) -> (Vec<Area>, Vec<Observed>) {
        let (mut areas, mut observed) = (Vec::new(), Vec::new());
        let Some(text) = self.item.get("inT").and_then(words) else { return (areas, observed) };
        let groups = text.split(')').filter(|group| !group.trim().is_empty());
        for group in groups.take(GROUPS_MAX) {
            let Some((degree, names)) = group.split_once('(') else {
                self.note(FindingCode::ValueUnreadable, "inT", "a group has no provinces");
                continue;
            };
            let degree = degree
                .trim_start_matches(|c: char| c.is_whitespace() || ",최대계기진도".contains(c));
            let Some(intensity) = mmi(degree.trim()) else {
                let what = format!("`{}` is no intensity", super::text::short(degree));
                self.note(FindingCode::ValueUnreadable, "inT", &what);
                continue;
            };
            let names = names.split(',').map(str::trim).filter(|name| !name.is_empty());
            for name in names.take(PROVINCES.len()) {
                let label = name.to_owned();
                let says = vec![Statement::new("inT", degree.trim())];
                areas.push(Area { label: label.clone(), says, ..Area::default() });
                let Some(place) = province(name) else {
                    let what = format!("`{}` is no province", super::text::short(name));
                    self.note(FindingCode::PlaceUnknown, "inT", &what);
                    continue;
                };
                let (intensity, stations) = (Intensity::Mmi(intensity), Vec::new());
                let at_least = false;
                observed.push(Observed { place, name: label, intensity, at_least, stations });
            }
        }
        (areas, observed)
    }
}

fn province(name: &str) -> Option<PlaceId> {
    let (_, id) = PROVINCES.iter().find(|(start, _)| name.starts_with(start))?;
    id.parse().ok()
}

/// An intensity as a sign `Ⅴ`, in letters `V` or as a number.
fn mmi(degree: &str) -> Option<Mmi> {
    let sign = ROMAN.iter().position(|sign| degree.chars().eq([*sign]));
    let letters = || LATIN.iter().position(|letters| *letters == degree);
    let index = sign.or_else(letters).and_then(|index| u8::try_from(index + 1).ok());
    index.or_else(|| degree.parse().ok()).and_then(Mmi::new)
}
