//! The Common Alerting Protocol, versions 1.0, 1.1 and 1.2.
//!
//! SPEC: OASIS CAP-v1.2-OS (Recommendation ITU-T X.1303 bis), CAP-V1.1, and CAP 1.0 of 2004.

use pumasi_base::{Point, Status, Time};

use super::decimal::fixed_text;
use super::gdacs::place;
use super::text::short;
use super::xml::{self, Element};
use super::{Format, Read, ReadError, limit};
use crate::{
    Area, AreaCode, Attachment, Finding, FindingCode, Hazard, Message, MessageType, Part,
    Reference, Shape, SourceText, Statement,
};

/// The format, for the list of formats.
pub(super) const FORMAT: Format = Format {
    name: "cap",
    title: "CAP 1.0, 1.1 or 1.2",
    sniff: |text| xml::root_name(text) == Some("alert"),
    read,
};

/// Elements of the whole alert that are kept word for word.
const SAID: &[&str] = &[
    "source",
    "scope",
    "restriction",
    "addresses",
    "code",
    "note",
    "incidents",
    "status",
    "msgType",
];
/// Elements of a section that are kept word for word.
const SAID_OF_INFO: &[&str] = &[
    "category",
    "event",
    "responseType",
    "urgency",
    "severity",
    "certainty",
    "audience",
    "onset",
    "senderName",
    "headline",
    "description",
    "instruction",
    "web",
    "contact",
];
/// The largest circle, in metres: half around the earth.
const RADIUS_M_MAX: i64 = 20_038_000;

/// The most messages an alert may name; the chains of real ones have some dozens.
const REFERENCES_MAX: usize = 1_000;

/// Reads one alert.
fn read(text: &str) -> Result<Read, ReadError> {
    let root = xml::read(FORMAT.name, text)?;
    let mut read = Read::new(&FORMAT);
    match message(&root, "alert", &mut read.findings) {
        Ok(message) => read.messages.extend(message),
        Err(what) => {
            return Err(ReadError::Incomplete { format: FORMAT.name, what: what.to_owned() });
        }
    }
    Ok(read)
}

/// Reads an `alert` element at a path; nothing for one that only acknowledges or reports an error.
pub(super) fn message(
    alert: &Element<'_>,
    at: &str,
    findings: &mut Vec<Finding>,
) -> Result<Option<Message>, &'static str> {
    let text = |name| alert.text_at(&[name]);
    let id = text("identifier").ok_or("it has no identifier")?.to_owned();
    let sender = text("sender").ok_or("it has no sender")?;
    let sent = text("sent").and_then(time).ok_or("it has no readable time of sending")?;
    let mut reading = Reading { at, findings };
    let Some(kind) = reading.kind(text("msgType")) else { return Ok(None) };
    let refers_to = reading.references(text("references").unwrap_or_default());
    if kind != MessageType::Alert && refers_to.is_empty() {
        reading.note(FindingCode::ValueMissing, "references", "it names no earlier message");
    }
    let signed = alert.at(&["Signature"]).is_some();
    if signed {
        let what = "it carries a signature, which was not checked";
        reading.note(FindingCode::SignatureNotChecked, "Signature", what);
    }
    let infos: Vec<&Element<'_>> = alert.all("info").collect();
    if infos.is_empty() && kind != MessageType::Cancel {
        reading.note(FindingCode::ValueMissing, "info", "it has no information");
    }
    let mut hazards = Vec::new();
    infos.iter().for_each(|info| hazard(info).add_to(&mut hazards));
    let headline = |info: &&Element<'_>| {
        let text = info.text_at(&["headline"]).or_else(|| info.text_at(&["event"]))?.to_owned();
        Some(SourceText { lang: language(info), text })
    };
    let serial = u64::try_from(sent.as_second()).unwrap_or_default();
    let event = event(alert, &id, &refers_to);
    let status = reading.status(text("status"));
    Ok(Some(Message {
        id,
        status,
        kind,
        refers_to,
        hazards,
        headlines: infos.iter().filter_map(headline).collect(),
        says: said(alert, SAID).collect(),
        parts: infos.iter().enumerate().map(|(n, info)| reading.part(info, n)).collect(),
        attachments: infos.iter().flat_map(|info| info.all("resource")).map(attachment).collect(),
        signed,
        ..Message::bare(FORMAT.name, sender, version(alert), (event, serial), sent)
    }))
}

/// What the alert is about: the first of its `incidents`, else the first message of its chain as
/// far as it names one, else itself.
fn event(alert: &Element<'_>, id: &str, refers_to: &[Reference]) -> String {
    let incident = alert.text_at(&["incidents"]).and_then(|text| text.split_whitespace().next());
    let earliest = refers_to.iter().min_by_key(|reference| reference.sent);
    let named = incident.or_else(|| earliest.map(|reference| reference.id.as_str()));
    named.unwrap_or(id).to_owned()
}

/// The version by the namespace, which feeds declare on the alert or forget.
fn version(alert: &Element<'_>) -> &'static str {
    let names = |ending: &str| alert.attribute_values().any(|value| value.ends_with(ending));
    match () {
        () if names("cap/1.0") || names("cap:1.0") => "1.0",
        () if names("cap:1.1") => "1.1",
        () => "1.2",
    }
}

/// An instant; CAP writes universal time as `-00:00`.
fn time(text: &str) -> Option<Time> {
    let text = text.trim();
    let utc = text.strip_suffix("-00:00").map(|start| format!("{start}Z"));
    utc.as_deref().unwrap_or(text).parse().ok()
}

/// The language of a section; the standard has English where none is given.
fn language(info: &Element<'_>) -> String {
    info.text_at(&["language"]).unwrap_or("en-US").to_owned()
}

/// What a section tells of, by the words of its event, else by its category.
fn hazard(info: &Element<'_>) -> Hazard {
    let words = info.text_at(&["event"]).unwrap_or_default();
    match Hazard::of_words(words) {
        Hazard::Other if info.all("category").any(|one| one.text() == Some("Fire")) => {
            Hazard::Wildfire
        }
        hazard => hazard,
    }
}

fn said(element: &Element<'_>, names: &'static [&'static str]) -> impl Iterator<Item = Statement> {
    let all = names.iter().flat_map(|name| element.all(name).map(move |one| (*name, one)));
    all.filter_map(|(name, one)| Some(Statement::new(name, one.text()?)))
}

/// A name with a value: two elements since CAP 1.1, `name=value` in CAP 1.0.
fn pair(element: &Element<'_>) -> Option<(String, String)> {
    let of = |name| element.text_at(&[name]).map(str::to_owned);
    if let Some(name) = of("valueName") {
        return Some((name, of("value").unwrap_or_default()));
    }
    let text = element.text()?;
    let (name, value) = text.split_once('=').unwrap_or(("", text));
    Some((name.trim().to_owned(), value.trim().to_owned()))
}

fn attachment(resource: &Element<'_>) -> Attachment {
    let of = |name| resource.text_at(&[name]).map(str::to_owned);
    Attachment {
        name: of("resourceDesc").unwrap_or_default(),
        url: of("uri"),
        media_type: of("mimeType"),
        digest: of("digest").map(|digest| format!("sha1 {digest}")),
    }
}

/// One alert being read, with where it is and what was odd.
struct Reading<'a> {
    at: &'a str,
    findings: &'a mut Vec<Finding>,
}

impl Reading<'_> {
    fn note(&mut self, code: FindingCode, field: &str, what: impl Into<String>) {
        limit(self.findings);
        self.findings.push(Finding::new(code, format!("{}/{field}", self.at), what));
    }

    fn kind(&mut self, text: Option<&str>) -> Option<MessageType> {
        match text.unwrap_or_default() {
            "Alert" => Some(MessageType::Alert),
            "Update" => Some(MessageType::Update),
            "Cancel" => Some(MessageType::Cancel),
            kind @ ("Ack" | "Error") => {
                let what = format!("an alert of type `{kind}` warns of nothing");
                self.note(FindingCode::EntrySkipped, "msgType", what);
                None
            }
            other => {
                let what = format!("`{}` is read as a first alert", short(other));
                self.note(FindingCode::ValueUnreadable, "msgType", what);
                Some(MessageType::Alert)
            }
        }
    }

    /// Whether it is real; what is not known to be is taken for a test.
    fn status(&mut self, text: Option<&str>) -> Status {
        match text.unwrap_or_default() {
            "Actual" => Status::Actual,
            "Exercise" => Status::Exercise,
            "Test" => Status::Test,
            other => {
                let what = format!("`{}` is read as a test", short(other));
                self.note(FindingCode::ValueUnreadable, "status", what);
                Status::Test
            }
        }
    }

    /// `sender,identifier,sent` for each message named.
    fn references(&mut self, text: &str) -> Vec<Reference> {
        let mut list = Vec::new();
        let mut tokens = text.split_whitespace();
        for token in tokens.by_ref().take(REFERENCES_MAX) {
            let mut fields = token.split(',');
            let (sender, id) =
                (fields.next().unwrap_or_default(), fields.next().unwrap_or_default());
            let sent = fields.next().and_then(time);
            if sender.is_empty() || id.is_empty() || sent.is_none() {
                let what = format!("`{}` is not sender, identifier and time", short(token));
                self.note(FindingCode::ValueUnreadable, "references", what);
            }
            if !id.is_empty() {
                list.push(Reference { sender: sender.to_owned(), id: id.to_owned(), sent });
            }
        }
        if tokens.next().is_some() {
            let what = format!("those beyond {REFERENCES_MAX} were left out");
            self.note(FindingCode::EntrySkipped, "references", what);
        }
        list
    }

    fn part(&mut self, info: &Element<'_>, index: usize) -> Part {
        let path = format!("info[{index}]");
        let mut says: Vec<Statement> = said(info, SAID_OF_INFO).collect();
        for name in ["eventCode", "parameter"] {
            for (key, value) in info.all(name).filter_map(pair) {
                says.push(Statement::new(format!("{name}:{key}"), value));
            }
        }
        let mut at = |name: &str| {
            let text = info.text_at(&[name])?;
            let read = time(text);
            if read.is_none() {
                let what = format!("`{}` is no time with its offset", short(text));
                self.note(FindingCode::ValueUnreadable, &format!("{path}/{name}"), what);
            }
            read
        };
        let (from, until) = (at("effective"), at("expires"));
        let areas = info.all("area").enumerate();
        let areas = areas.map(|(n, area)| self.area(area, &format!("{path}/area[{n}]"))).collect();
        let name = short(info.text_at(&["event"]).unwrap_or_default()).to_owned().into();
        Part { name, lang: Some(language(info)), from, until, says, areas }
    }

    fn area(&mut self, area: &Element<'_>, path: &str) -> Area {
        let mut shapes = Vec::new();
        for (name, read) in [("polygon", polygon as fn(&str) -> _), ("circle", circle)] {
            for text in area.all(name).filter_map(Element::text) {
                match read(text) {
                    Ok((shape, None)) => shapes.push(shape),
                    Ok((shape, Some(odd))) => {
                        self.note(FindingCode::ValueUnreadable, &format!("{path}/{name}"), odd);
                        shapes.push(shape);
                    }
                    Err(what) => {
                        self.note(FindingCode::ValueUnreadable, &format!("{path}/{name}"), what);
                    }
                }
            }
        }
        let geocodes = area.all("geocode").filter_map(pair);
        let codes = geocodes.map(|(scheme, code)| AreaCode { scheme: scheme.into(), code });
        let codes: Vec<AreaCode> = codes.collect();
        if shapes.is_empty() && codes.is_empty() {
            let what = "it has neither outline nor code: people have to find it by its name";
            self.note(FindingCode::ValueMissing, path, what);
        }
        let label = area.text_at(&["areaDesc"]).unwrap_or_default().to_owned();
        let says = said(area, &["altitude", "ceiling"]).collect();
        Area { label, codes, within: None, shapes, says }
    }
}

/// A shape with what is odd about it, or why it is none.
type ShapeRead = Result<(Shape, Option<&'static str>), &'static str>;

/// `lat,lon lat,lon …`; the last point is the first.
fn polygon(text: &str) -> ShapeRead {
    let mut points: Vec<Point> = Vec::new();
    for pair in text.split_whitespace() {
        let (lat, lon) = pair.split_once(',').ok_or("a point is not latitude and longitude")?;
        points.push(place(lat, lon).ok_or("a point is no place on earth")?);
    }
    let first = *points.first().ok_or("it has no points")?;
    let mut odd = None;
    if points.last() != Some(&first) {
        odd = Some("it was not closed, and was");
        points.push(first);
    }
    if points.len() < 4 {
        return Err("it has fewer than three corners");
    }
    Ok((Shape::Polygon(points), odd))
}

/// `lat,lon radius` with the radius in kilometres.
fn circle(text: &str) -> ShapeRead {
    let mut words = text.split_whitespace();
    let (lat, lon) =
        words.next().and_then(|pair| pair.split_once(',')).ok_or("it has no centre")?;
    let centre = place(lat, lon).ok_or("its centre is no place on earth")?;
    let radius = words.next().and_then(|text| fixed_text(text, 3)).ok_or("it has no radius")?;
    if words.next().is_some() {
        return Err("it is not a centre and a radius");
    }
    let within = Some(radius).filter(|radius| (0..=RADIUS_M_MAX).contains(radius));
    let radius_m = within.and_then(|radius| u32::try_from(radius).ok());
    let radius_m = radius_m.ok_or("its radius is longer than half around the earth")?;
    // Services write a point as a circle of no radius.
    Ok((Shape::Circle { centre, radius_m }, None))
}
