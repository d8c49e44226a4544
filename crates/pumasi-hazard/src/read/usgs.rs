//! GeoJSON of the United States Geological Survey: the summary feeds, the detail of one event, and
//! what its FDSN event service answers.
//!
//! SPEC: earthquake.usgs.gov/earthquakes/feed/v1.0/geojson.php and geojson_detail.php.

use pumasi_base::{Point, Status, Time};
use serde_json::Value;

use super::json::{self, number, words};
use super::{Format, Read, ReadError, limit};
use crate::message::source;
use crate::{
    Attachment, Earthquake, Finding, FindingCode, Hazard, Message, MessageType, SourceText,
    Statement,
};

/// The format, for the list of formats.
pub(super) const FORMAT: Format = Format {
    name: "usgs_geojson",
    title: "USGS earthquake GeoJSON (summary feed or event detail)",
    sniff,
    read,
};

/// What else an event says, word for word: the strongest intensity, the alert level, what was felt.
const SAID: &[&str] = &["mmi", "cdi", "felt", "alert", "tsunami", "sig", "status", "ids"];
/// What a product says, word for word, where it has it.
const SAID_OF_PRODUCTS: &[(&str, &[&str])] = &[
    (
        "moment-tensor",
        &[
            "nodal-plane-1-strike",
            "nodal-plane-1-dip",
            "nodal-plane-1-rake",
            "nodal-plane-2-strike",
            "nodal-plane-2-dip",
            "nodal-plane-2-rake",
        ],
    ),
    ("shakemap", &["version", "map-status", "maxmmi", "maxpgv", "event-type"]),
    ("losspager", &["alertlevel", "maxmmi"]),
    ("ground-failure", &["landslide-alert", "liquefaction-alert"]),
];
/// The files worth fetching, by product.
const FILES: &[(&str, &str)] =
    &[("shakemap", "download/grid.xml"), ("losspager", "json/exposures.json")];

/// Whether this is GeoJSON with a magnitude, or from the USGS.
fn sniff(text: &str) -> bool {
    let is_usgs = || text.contains("\"mag\"") || text.contains("usgs.gov") || text.contains("USGS");
    text.starts_with('{') && text.contains("\"Feature") && is_usgs()
}

/// Reads a feature or a collection of them.
fn read(text: &str) -> Result<Read, ReadError> {
    let mut root = json::read(FORMAT.name, text)?;
    let mut read = Read::new(&FORMAT);
    let status = status(&root);
    // Out of the tree, so that each event is gone from it once it is read.
    let features = root.get_mut("features").map(Value::take);
    match (root.get("type").and_then(Value::as_str), features) {
        (Some("FeatureCollection"), Some(Value::Array(features))) => {
            for (index, entry) in features.into_iter().enumerate() {
                let at = format!("features[{index}]");
                match feature(&entry, status, &at, &mut read.findings) {
                    Ok(message) => read.messages.push(message),
                    Err(finding) => read.findings.push(finding),
                }
                limit(&mut read.findings);
            }
        }
        (Some("Feature"), _) => {
            let message = feature(&root, status, "feature", &mut read.findings).map_err(refusal)?;
            read.messages.push(message);
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

/// Reads one event; a finding instead when it is no earthquake or lacks what no alert can be without.
fn feature(
    feature: &Value,
    status: Status,
    at: &str,
    findings: &mut Vec<Finding>,
) -> Result<Message, Finding> {
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
    let serial = u64::try_from(sent.as_millisecond()).unwrap_or_default();
    let name = source::USGS;
    Ok(Message {
        kind: match text("status").as_deref() {
            Some("deleted") => MessageType::Cancel,
            Some("reviewed") => MessageType::Update,
            _ => MessageType::Alert,
        },
        status,
        hazards: vec![Hazard::Earthquake],
        headlines: text("title").map(in_english).into_iter().collect(),
        says: says(feature),
        earthquake: Some(Earthquake {
            region: text("place").map(in_english),
            epicentre,
            depth_m,
            magnitude_centi: reading.magnitude(field("mag")),
            magnitude_type: text("magType"),
            strike_deg: reading.strike(field("products")),
            ..Earthquake::at(origin)
        }),
        attachments: attachments(field("products")),
        ..Message::bare(FORMAT.name, name, "event", (id, serial), sent)
    })
}

/// The preferred product of a kind, which is the first.
fn product<'a>(products: Option<&'a Value>, kind: &str) -> Option<&'a Value> {
    products?.get(kind)?.get(0)
}

/// What an event says beside its size and place.
fn says(feature: &Value) -> Vec<Statement> {
    let Some(properties) = feature.get("properties") else { return Vec::new() };
    let said = |(name, value): (String, Option<&Value>)| Some(Statement::new(name, words(value?)?));
    let own = SAID.iter().map(|name| ((*name).to_owned(), properties.get(*name)));
    let mut says: Vec<Statement> = own.filter_map(said).collect();
    for (kind, names) in SAID_OF_PRODUCTS {
        let product = product(properties.get("products"), kind);
        let of_product = product.and_then(|product| product.get("properties"));
        let all = names.iter().map(|name| {
            (format!("{kind}.{name}"), of_product.and_then(|values| values.get(*name)))
        });
        says.extend(all.filter_map(said));
    }
    says
}

/// The files of an event's products; the contents may be addresses alone.
fn attachments(products: Option<&Value>) -> Vec<Attachment> {
    let one = |(kind, path): &(&str, &str)| {
        let file = product(products, kind)?.get("contents")?.get(*path)?;
        let text = |name| file.get(name).and_then(words);
        Some(Attachment {
            name: format!("{kind} {path}"),
            url: text("url"),
            media_type: text("contentType"),
            digest: text("sha256").map(|digest| format!("sha256 {digest}")),
        })
    };
    FILES.iter().filter_map(one).collect()
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
        let of = |name: &str| product(products, name)?.get("properties");
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
