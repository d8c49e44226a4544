//! Reads USGS GeoJSON.
//!
//! SPEC: earthquake.usgs.gov/earthquakes/feed/v1.0/geojson.php and geojson_detail.php.

use pumasi_base::{Point, Status, Time};
use pumasi_hazard::{
    Alert, AlertVersion, Earthquake, Event, Finding, FindingCode, MessageType, Source, SourceText,
};
use serde_json::Value;

use super::FORMAT;
use crate::decimal::{fixed, fixed_text};
use crate::formats::Read;
use crate::{ReadError, text};

/// The nesting at which the JSON reader gives up.
const DEPTH_MAX: usize = 128;

/// Whether this is GeoJSON with a magnitude, or from the USGS.
pub(super) fn sniff(text: &str) -> bool {
    let is_usgs = || text.contains("\"mag\"") || text.contains("usgs.gov") || text.contains("USGS");
    text.starts_with('{') && text.contains("\"Feature") && is_usgs()
}

/// Reads a feature or a collection of them.
pub(super) fn read(text: &str) -> Result<Read, ReadError> {
    let root: Value = serde_json::from_str(text).map_err(|error| json_error(text, &error))?;
    let mut read = Read { format: FORMAT.name, alerts: Vec::new(), findings: Vec::new() };
    let status = status(&root);
    match (root.get("type").and_then(Value::as_str), root.get("features")) {
        (Some("FeatureCollection"), Some(Value::Array(features))) => {
            for (index, entry) in features.iter().enumerate() {
                let at = format!("features[{index}]");
                match feature(entry, status, &at, &mut read.findings) {
                    Ok(alert) => read.alerts.push(alert),
                    Err(finding) => read.findings.push(finding),
                }
            }
        }
        (Some("Feature"), _) => {
            let alert = feature(&root, status, "feature", &mut read.findings).map_err(refusal)?;
            read.alerts.push(alert);
        }
        _ => {
            let what = "it is neither a `Feature` nor a `FeatureCollection`".to_owned();
            return Err(ReadError::NoEarthquake { format: FORMAT.name, what });
        }
    }
    Ok(read)
}

/// Whether the message is real.
///
/// The feeds hold real events alone and say nothing of it. Messages written for drills carry a
/// foreign member `exercise`, so that none can ever be taken for real.
fn status(root: &Value) -> Status {
    match root.get("exercise") {
        None | Some(Value::Null | Value::Bool(false)) => Status::Actual,
        Some(_) => Status::Exercise,
    }
}

/// A single event that cannot be used is a message that cannot be used.
fn refusal(finding: Finding) -> ReadError {
    let (format, what) = (FORMAT.name, finding.what);
    match finding.code {
        FindingCode::NotAnEarthquake => ReadError::NoEarthquake { format, what },
        _ => ReadError::Incomplete { format, what },
    }
}

fn json_error(text: &str, error: &serde_json::Error) -> ReadError {
    let (format, line) = (FORMAT.name, error.line());
    if error.is_eof() {
        return ReadError::CutOff { format, line: text::line_of(text, text.len()) };
    }
    let what = error.to_string();
    // The line is told apart already.
    let what = what.split(" at line ").next().unwrap_or_default().to_owned();
    if what.starts_with("recursion limit") {
        return ReadError::TooComplex { format, what: "levels", limit: DEPTH_MAX };
    }
    ReadError::Malformed { format, line, what }
}

/// Reads one event; a finding instead when it is no earthquake or lacks what no alert can be without.
fn feature(
    feature: &Value,
    status: Status,
    at: &str,
    findings: &mut Vec<Finding>,
) -> Result<Alert, Finding> {
    let no = |code, what: &str| Err(Finding::new(code, at, what));
    let field = |name: &str| feature.get("properties").and_then(|all| all.get(name));
    let text = |name: &str| field(name).and_then(Value::as_str).map(str::to_owned);
    let kind = text("type").unwrap_or_else(|| "earthquake".to_owned());
    if kind != "earthquake" {
        return no(FindingCode::NotAnEarthquake, &format!("it is of type `{kind}`"));
    }
    let Some(id) = event_id(feature) else {
        return no(FindingCode::EntrySkipped, "it has no id");
    };
    let Some(origin) = field("time").and_then(time) else {
        return no(FindingCode::EntrySkipped, "it has no readable time");
    };
    let mut reading = Reading { at, findings };
    let (epicentre, depth_m) = reading.hypocentre(feature);
    let sent = field("updated").and_then(time).unwrap_or(origin);
    let in_english = |text: String| SourceText { lang: "en".to_owned(), text };
    Ok(Alert {
        version: AlertVersion {
            source: Source::Usgs,
            product: "event".to_owned(),
            id,
            serial: u64::try_from(sent.as_millisecond()).unwrap_or_default(),
        },
        kind: match text("status").as_deref() {
            Some("deleted") => MessageType::Cancel,
            Some("reviewed") => MessageType::Update,
            _ => MessageType::Alert,
        },
        status,
        sent,
        event: Event::Earthquake(Earthquake {
            origin,
            region: text("place").map(in_english),
            epicentre,
            depth_m,
            magnitude_centi: reading.magnitude(field("mag")),
            magnitude_is_minimum: false,
            magnitude_type: text("magType"),
            strike_deg: reading.strike(field("products")),
            tectonic: None,
        }),
        observed: Vec::new(),
        headline: text("title").map(in_english),
    })
}

/// The feature's id, or network and code, of which the id is made.
fn event_id(feature: &Value) -> Option<String> {
    let id = feature.get("id").and_then(Value::as_str).map(str::to_owned);
    let properties = feature.get("properties");
    let part = |name| properties.and_then(|all| all.get(name)).and_then(Value::as_str);
    let id = id.or_else(|| Some(format!("{}{}", part("net")?, part("code")?)))?;
    let id = id.trim();
    (!id.is_empty()).then(|| id.to_owned())
}

/// Milliseconds since 1970, as a number or, as some relays have it, a text of one.
fn time(value: &Value) -> Option<Time> {
    let milliseconds = number(value, 0)?;
    Time::from_millisecond(milliseconds).ok()
}

/// A number, or a text of one, in units of `10^-places`.
fn number(value: &Value, places: usize) -> Option<i64> {
    match value {
        Value::Number(number) => number.as_f64().and_then(|number| {
            // Milliseconds need more digits than the decimal text of a float is held to.
            if places == 0 { value.as_i64() } else { None }.or_else(|| fixed(number, places))
        }),
        Value::String(text) => fixed_text(text, places),
        _ => None,
    }
}

/// One event being read, with where it is and what was odd.
struct Reading<'a> {
    at: &'a str,
    findings: &'a mut Vec<Finding>,
}

impl Reading<'_> {
    fn note(&mut self, code: FindingCode, field: &str, what: &str) {
        self.findings.push(Finding::new(code, format!("{}.{field}", self.at), what));
    }

    fn hypocentre(&mut self, feature: &Value) -> (Option<Point>, Option<i32>) {
        let coordinates = feature.get("geometry").and_then(|geometry| geometry.get("coordinates"));
        let number = |index, places| number(coordinates?.get(index)?, places);
        let micro = |index, limit: i64| {
            let value = number(index, 6).filter(|value| value.abs() <= limit)?;
            i32::try_from(value).ok()
        };
        let epicentre = match (micro(1, 90_000_000), micro(0, 180_000_000)) {
            (Some(lat_micro), Some(lon_micro)) => Some(Point { lat_micro, lon_micro }),
            _ => {
                self.note(FindingCode::ValueMissing, "geometry", "it has no epicentre");
                None
            }
        };
        let depth_m = number(2, 3).filter(|metres| (-10_000..=1_000_000).contains(metres));
        if depth_m.is_none() {
            self.note(FindingCode::ValueMissing, "geometry", "it has no depth");
        }
        (epicentre, depth_m.and_then(|metres| i32::try_from(metres).ok()))
    }

    fn magnitude(&mut self, value: Option<&Value>) -> Option<i32> {
        let centi = value.and_then(|value| number(value, 2));
        let known = centi.filter(|centi| (-300..=1_100).contains(centi));
        if known.is_none() {
            self.note(FindingCode::ValueMissing, "mag", "it has no magnitude");
        }
        known.and_then(|centi| i32::try_from(centi).ok())
    }

    /// The strike of the preferred mechanism's first plane; which plane broke is not known, and the
    /// first differs from the second by about half a turn where it matters most.
    fn strike(&mut self, products: Option<&Value>) -> Option<i32> {
        let of = |name: &str| products?.get(name)?.get(0)?.get("properties");
        let properties = of("moment-tensor").or_else(|| of("focal-mechanism"))?;
        let names = ["nodal-plane-1-strike", "np1-strike"];
        let value = names.iter().find_map(|name| properties.get(*name))?;
        let degrees = number(value, 0).filter(|degrees| (-360..=360).contains(degrees));
        if degrees.is_none() {
            let what = "it is no angle";
            self.note(FindingCode::ValueUnreadable, "products.nodal-plane-1-strike", what);
        }
        degrees.and_then(|degrees| i32::try_from(degrees.rem_euclid(360)).ok())
    }
}
