//! What was read, as text that people compare.

use std::fmt::Write as _;

use pumasi_base::Point;
use pumasi_hazard::{Area, Cyclone, Earthquake, Grid, Message, Part, Shape, Statement, read_any};

/// Reads bytes and shows what came of it.
pub fn show(bytes: &[u8]) -> String {
    let mut text = String::new();
    match read_any(bytes) {
        Ok(read) => {
            writeln!(text, "format {}", read.format).unwrap();
            read.messages.iter().for_each(|message| show_message(&mut text, message));
            for link in &read.links {
                let updated = link.updated.map_or(String::new(), |time| format!(" of {time}"));
                writeln!(text, "link {:?} {}{updated}: {}", link.id, link.title, link.url).unwrap();
            }
            read.findings.iter().for_each(|finding| writeln!(text, "! {finding}").unwrap());
        }
        Err(error) => writeln!(text, "{error}\nhelp: {}", error.help()).unwrap(),
    }
    text
}

fn show_message(text: &mut String, message: &Message) {
    let Message { source, product, event, id, kind, status, sent, .. } = message;
    writeln!(text, "{source} {product} `{event}` {}: {kind:?}, {status}, {sent}", message.serial)
        .unwrap();
    writeln!(text, "  id `{id}`, {:?}", message.hazards).unwrap();
    for headline in &message.headlines {
        writeln!(text, "  headline {}: {}", headline.lang, headline.text).unwrap();
    }
    for reference in &message.refers_to {
        writeln!(text, "  refers to {} {} {:?}", reference.sender, reference.id, reference.sent)
            .unwrap();
    }
    message.says.iter().for_each(|said| writeln!(text, "  {}", statement(said)).unwrap());
    if let Some(earthquake) = &message.earthquake {
        show_earthquake(text, earthquake);
    }
    for seen in &message.observed {
        let at_least = if seen.at_least { " or more" } else { "" };
        writeln!(text, "  observed {} {} {}{at_least}", seen.place, seen.name, seen.intensity)
            .unwrap();
    }
    message.cyclone.iter().for_each(|cyclone| show_cyclone(text, cyclone));
    message.grid.iter().for_each(|grid| show_grid(text, grid));
    message.parts.iter().for_each(|part| show_part(text, part));
    for file in &message.attachments {
        writeln!(
            text,
            "  file {}: {:?} {:?} {:?}",
            file.name, file.url, file.media_type, file.digest
        )
        .unwrap();
    }
    if let Some(end) = message.expires() {
        writeln!(text, "  expires {end}").unwrap();
    }
    if message.signed {
        writeln!(text, "  signed").unwrap();
    }
}

fn point(point: Point) -> String {
    format!("{} {}", point.lat_micro, point.lon_micro)
}

fn statement(said: &Statement) -> String {
    let code = said.code.as_ref().map_or(String::new(), |code| format!(" [{code}]"));
    let unit = said.unit.as_ref().map_or(String::new(), |unit| format!(" {unit}"));
    let note = said.note.as_ref().map_or(String::new(), |note| format!(" ({note})"));
    format!("{}{code} = {}{unit}{note}", said.what, said.value)
}

fn show_earthquake(text: &mut String, quake: &Earthquake) {
    let region = quake.region.as_ref().map(|region| region.text.as_str());
    let epicentre = quake.epicentre.map(point);
    let least = if quake.magnitude_is_minimum { " or more" } else { "" };
    writeln!(
        text,
        "  earthquake {} {region:?} at {epicentre:?}, depth_m {:?}, magnitude_centi {:?}{least} \
         {:?}, strike {:?}",
        quake.origin, quake.depth_m, quake.magnitude_centi, quake.magnitude_type, quake.strike_deg
    )
    .unwrap();
}

fn show_cyclone(text: &mut String, cyclone: &Cyclone) {
    writeln!(
        text,
        "  cyclone {:?} {:?} {:?} {:?}",
        cyclone.name, cyclone.local_name, cyclone.number, cyclone.remark
    )
    .unwrap();
    for at in &cyclone.positions {
        let centre = at.centre.map(point);
        writeln!(
            text,
            "  - {} {:?} {:?} at {centre:?} within {:?} km, {:?}, {:?} {:?} km/h, {:?} hPa, {:?} \
             gust {:?} m/s",
            at.label,
            at.at,
            at.classes,
            at.centre_within_km,
            at.location,
            at.direction,
            at.speed_km_h,
            at.pressure_hpa,
            at.wind_m_s,
            at.gust_m_s
        )
        .unwrap();
        for wind in &at.winds {
            writeln!(text, "    {} {} m/s: {:?} km", wind.label, wind.wind_m_s, wind.radii_km)
                .unwrap();
        }
    }
}

fn show_grid(text: &mut String, grid: &Grid) {
    writeln!(text, "  grid {:?}", grid.frame).unwrap();
    for column in &grid.columns {
        writeln!(text, "  - {} {} {:?}", column.name, column.unit, column.milli).unwrap();
    }
}

fn show_part(text: &mut String, part: &Part) {
    write!(text, "  part {} ({})", part.name, part.lang.as_deref().unwrap_or("?")).unwrap();
    part.from.iter().for_each(|from| write!(text, " from {from}").unwrap());
    part.until.iter().for_each(|until| write!(text, " until {until}").unwrap());
    text.push('\n');
    part.says.iter().for_each(|said| writeln!(text, "    {}", statement(said)).unwrap());
    for (index, area) in part.areas.iter().enumerate() {
        show_area(text, index, area);
    }
}

fn show_area(text: &mut String, index: usize, area: &Area) {
    write!(text, "    #{index} {}", area.label).unwrap();
    area.codes.iter().for_each(|code| write!(text, " [{} {}]", code.scheme, code.code).unwrap());
    area.within.iter().for_each(|within| write!(text, " in #{within}").unwrap());
    for shape in &area.shapes {
        let shape = match shape {
            Shape::Point(at) => format!("point {}", point(*at)),
            Shape::Polygon(ring) => {
                let ring: Vec<String> = ring.iter().copied().map(point).collect();
                format!("polygon {}", ring.join(", "))
            }
            Shape::Circle { centre, radius_m } => format!("circle {} {radius_m} m", point(*centre)),
            Shape::Box { south_west, north_east } => {
                format!("box {} to {}", point(*south_west), point(*north_east))
            }
        };
        write!(text, "; {shape}").unwrap();
    }
    text.push('\n');
    area.says.iter().for_each(|said| writeln!(text, "      {}", statement(said)).unwrap());
}
