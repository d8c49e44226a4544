//! ShakeMap grids: shaking on a grid around an earthquake.
//!
//! SPEC: ShakeMap Manual, "grid XML file format", ghsc.code-pages.usgs.gov/esi/shakemap.

use pumasi_base::{Point, Status, Time};

use super::decimal::{fixed_text, milli};
use super::text::short;
use super::xml::{self, Element};
use super::{Format, Read, ReadError};
use crate::message::source;
use crate::{
    Attachment, Earthquake, Finding, FindingCode, Grid, GridColumn, GridFrame, Hazard, Message,
    MessageType, SourceText, Statement,
};

/// The format, for the list of formats.
pub(super) const FORMAT: Format = Format {
    name: "shakemap_grid",
    title: "ShakeMap grid (grid.xml)",
    sniff: |text| xml::root_name(text) == Some("shakemap_grid"),
    read,
};

/// The columns that are computed with; the rest are spectral accelerations.
const COLUMNS: &[&str] = &["MMI", "PGA", "PGV", "SVEL"];
/// The most columns read.
const COLUMNS_MAX: usize = 64;

/// Reads a grid.
fn read(text: &str) -> Result<Read, ReadError> {
    let root = xml::read(FORMAT.name, text)?;
    let mut read = Read::new(&FORMAT);
    let message = message(&root, &mut read.findings).map_err(incomplete)?;
    read.messages.push(message);
    Ok(read)
}

fn incomplete(what: &str) -> ReadError {
    ReadError::Incomplete { format: FORMAT.name, what: what.to_owned() }
}

fn message(root: &Element<'_>, findings: &mut Vec<Finding>) -> Result<Message, &'static str> {
    let event = root.at(&["event"]).ok_or("it has no event")?;
    let attribute = |name| event.attribute(name).filter(|text| !text.trim().is_empty());
    let id = root.attribute("event_id").or_else(|| attribute("event_id")).unwrap_or_default();
    if id.trim().is_empty() {
        return Err("its event has no id");
    }
    let origin = attribute("event_timestamp").and_then(time);
    let origin = origin.ok_or("its event has no readable time")?;
    let sent = root.attribute("process_timestamp").and_then(time).unwrap_or(origin);
    let serial = root.attribute("shakemap_version").and_then(|text| text.trim().parse().ok());
    let serial = serial.unwrap_or_else(|| u64::try_from(sent.as_second()).unwrap_or_default());
    let in_english = |text: &str| SourceText { lang: "en".to_owned(), text: text.to_owned() };
    let number = |name, places| attribute(name).and_then(|text| fixed_text(text, places));
    let within = |name, places, range: std::ops::RangeInclusive<i64>| {
        let value = number(name, places).filter(|value| range.contains(value));
        value.and_then(|value| i32::try_from(value).ok())
    };
    let lat = within("lat", 6, -90_000_000..=90_000_000);
    let lon = within("lon", 6, -180_000_000..=180_000_000);
    let earthquake = Earthquake {
        region: attribute("event_description").map(in_english),
        epicentre: lat.zip(lon).map(|(lat_micro, lon_micro)| Point { lat_micro, lon_micro }),
        depth_m: within("depth", 3, -10_000..=1_000_000),
        magnitude_centi: within("magnitude", 2, -300..=1_100),
        ..Earthquake::at(origin)
    };
    let kind = match root.attribute("map_status").map(str::to_ascii_uppercase).as_deref() {
        Some("CANCELLED") => MessageType::Cancel,
        _ if serial > 1 => MessageType::Update,
        _ => MessageType::Alert,
    };
    let said = ["map_status", "shakemap_originator", "code_version"];
    let said = said.iter().filter_map(|name| Some(Statement::new(*name, root.attribute(name)?)));
    Ok(Message {
        kind,
        status: status(root, findings),
        hazards: vec![Hazard::Earthquake],
        headlines: attribute("event_description").map(in_english).into_iter().collect(),
        says: said.collect(),
        earthquake: Some(earthquake),
        grid: Some(grid(root, findings)?),
        attachments: Vec::<Attachment>::new(),
        ..Message::bare(FORMAT.name, source::USGS, "shakemap", (id.trim().to_owned(), serial), sent)
    })
}

/// Whether it is real; what is not known to be is taken for a test.
fn status(root: &Element<'_>, findings: &mut Vec<Finding>) -> Status {
    match root.attribute("shakemap_event_type").map(str::to_ascii_uppercase).as_deref() {
        Some("ACTUAL") => Status::Actual,
        Some("SCENARIO") => Status::Exercise,
        Some("TEST") => Status::Test,
        other => {
            let what = format!("`{}` is read as a test", short(other.unwrap_or_default()));
            let code = FindingCode::ValueUnreadable;
            findings.push(Finding::new(code, "shakemap_event_type", what));
            Status::Test
        }
    }
}

/// An instant; older files end it with the letters of universal time.
fn time(text: &str) -> Option<Time> {
    let text = text.trim();
    let text = text.strip_suffix("UTC").or_else(|| text.strip_suffix("GMT")).unwrap_or(text);
    text.parse().ok().or_else(|| format!("{}Z", text.trim_end_matches('Z')).parse().ok())
}

fn grid(root: &Element<'_>, findings: &mut Vec<Finding>) -> Result<Grid, &'static str> {
    let frame = frame(root.at(&["grid_specification"]).ok_or("it says not where its grid lies")?)?;
    // Position and meaning of the columns differ from file to file.
    let mut fields: Vec<(usize, &str, &str)> = Vec::new();
    for field in root.all("grid_field").take(COLUMNS_MAX) {
        let index = field.attribute("index").and_then(|text| text.trim().parse().ok());
        let name = field.attribute("name").unwrap_or_default();
        fields.push((
            index.ok_or("a column has no number")?,
            name,
            field.attribute("units").unwrap_or_default(),
        ));
    }
    fields.sort_unstable();
    if fields.iter().enumerate().any(|(place, (index, ..))| *index != place + 1) {
        return Err("its columns are not numbered from 1");
    }
    let position = |name| fields.iter().position(|(_, field, _)| *field == name);
    let (lon, lat) = (position("LON"), position("LAT"));
    let (lon, lat) = lon.zip(lat).ok_or("it has no columns of longitude and latitude")?;
    let cells = frame.columns.checked_mul(frame.rows).ok_or("its grid is too large")?;
    let text = root.text_at(&["grid_data"]).unwrap_or_default();
    let mut values: Vec<Vec<Option<i32>>> = vec![Vec::new(); fields.len()];
    let kept = |name: &str| COLUMNS.contains(&name) || name == "LON" || name == "LAT";
    let mut tokens = text.split_ascii_whitespace();
    for _ in 0..cells {
        for (column, (_, name, _)) in values.iter_mut().zip(&fields) {
            let token = tokens.next().ok_or("its grid ends early")?;
            if kept(name) {
                column.push(milli(token));
            }
        }
    }
    if tokens.next().is_some() {
        return Err("it has more values than its grid has points");
    }
    let turned = check_corners(&frame, values.get(lon), values.get(lat))?;
    if turned {
        let what = "its rows run from south to north and were turned";
        findings.push(Finding::new(FindingCode::ValueUnreadable, "grid_data", what));
    }
    let columns = fields.iter().zip(values).filter(|((_, name, _), _)| COLUMNS.contains(name));
    let columns = columns.map(|((_, name, units), mut milli)| {
        if turned {
            let rows = milli.chunks(frame.columns).rev();
            milli = rows.flatten().copied().collect();
        }
        GridColumn { name: (*name).to_owned(), unit: (*units).to_owned(), milli }
    });
    Ok(Grid { frame, columns: columns.collect() })
}

fn frame(specification: &Element<'_>) -> Result<GridFrame, &'static str> {
    let text = |name| specification.attribute(name);
    let micro = |name, limit: i64| {
        let value = text(name).and_then(|text| fixed_text(text, 6))?;
        i32::try_from(value).ok().filter(|_| value.abs() <= limit)
    };
    let count = |name| text(name).and_then(|text| text.trim().parse::<usize>().ok());
    let side = |name| micro(name, 180_000_000).ok_or("the edges of its grid do not read");
    let (west, east) = (side("lon_min")?, side("lon_max")?);
    let (south, north) = (side("lat_min")?, side("lat_max")?);
    let (columns, rows) = count("nlon").zip(count("nlat")).ok_or("its grid has no size")?;
    // East of the 180th meridian longitudes begin anew.
    let width = i64::from(east) - i64::from(west) + if east < west { 360_000_000 } else { 0 };
    let height = i64::from(north) - i64::from(south);
    let (width, height) = (i32::try_from(width).ok(), i32::try_from(height).ok());
    let (width_micro, height_micro) = width.zip(height).ok_or("its grid is too wide")?;
    if columns == 0 || rows == 0 || height_micro < 0 {
        return Err("its grid has no points");
    }
    Ok(GridFrame { west_micro: west, north_micro: north, width_micro, height_micro, columns, rows })
}

/// Whether the rows run from south to north, which they should not; an error where the first point
/// is at neither western corner.
fn check_corners(
    frame: &GridFrame,
    lon: Option<&Vec<Option<i32>>>,
    lat: Option<&Vec<Option<i32>>>,
) -> Result<bool, &'static str> {
    let first = |column: Option<&Vec<Option<i32>>>| column?.first().copied().flatten();
    let (lon, lat) = first(lon).zip(first(lat)).ok_or("its first point has no place")?;
    // Half a step is the most by which rounding moves a point; never less than 2 thousandths.
    let near = |milli: i32, micro: i64, length: i32, count: usize| {
        let steps = i64::try_from(count).unwrap_or(1).saturating_sub(1).max(1);
        let slack = (i64::from(length) / steps / 2).max(2_000);
        (i64::from(milli) * 1000 - micro).abs() <= slack
    };
    let north = i64::from(frame.north_micro);
    let south = north - i64::from(frame.height_micro);
    if !near(lon, i64::from(frame.west_micro), frame.width_micro, frame.columns) {
        return Err("its first point is not at its western edge");
    }
    if near(lat, north, frame.height_micro, frame.rows) {
        return Ok(false);
    }
    let turned = near(lat, south, frame.height_micro, frame.rows);
    if turned { Ok(true) } else { Err("its first point is at neither corner") }
}
