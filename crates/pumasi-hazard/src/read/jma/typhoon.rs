//! Tropical cyclones: the analyses and forecasts of VPTW60 to VPTW65.

use pumasi_base::Point;

use super::hypocentre::coordinate;
use super::time;
use crate::read::decimal::fixed_text;
use crate::read::text::plain;
use crate::read::xml::Element;
use crate::{Cyclone, CyclonePosition, Finding, FindingCode, WindCircle};

/// Reads the cyclone of a telegram, if it tells of one.
pub(super) fn read(report: &Element<'_>, findings: &mut Vec<Finding>) -> Option<Cyclone> {
    let body = report.at(&["Body"])?;
    let of_type = |infos: &&Element<'_>| infos.attribute("type") == Some("台風情報");
    let infos = body.all("MeteorologicalInfos").find(of_type)?;
    let mut cyclone = Cyclone::default();
    for info in infos.all("MeteorologicalInfo") {
        let Some(item) = info.at(&["Item"]) else { continue };
        let properties: Vec<&Element<'_>> =
            item.all("Kind").flat_map(|kind| kind.all("Property")).collect();
        for name in properties.iter().filter_map(|property| property.at(&["TyphoonNamePart"])) {
            let text = |key| name.text_at(&[key]).map(str::to_owned);
            cyclone.name = cyclone.name.or_else(|| text("Name"));
            cyclone.local_name = cyclone.local_name.or_else(|| text("NameKana"));
            cyclone.number = cyclone.number.or_else(|| text("Number"));
            cyclone.remark = cyclone.remark.or_else(|| text("Remark"));
        }
        cyclone.positions.push(position(info, &properties, findings));
    }
    Some(cyclone)
}

fn position(
    info: &Element<'_>,
    properties: &[&Element<'_>],
    findings: &mut Vec<Finding>,
) -> CyclonePosition {
    let when = info.at(&["DateTime"]);
    let label = when.and_then(|when| when.attribute("type")).unwrap_or_default().to_owned();
    let at = when.and_then(Element::text).and_then(time);
    let mut position = CyclonePosition { label, at, ..CyclonePosition::default() };
    for property in properties {
        for class in property.at(&["ClassPart"]).into_iter().flat_map(|part| part.children()) {
            position.classes.extend(class.text().map(str::to_owned));
        }
        if let Some(centre) = property.at(&["CenterPart"]) {
            read_centre(centre, &mut position, findings);
        }
        if let Some(wind) = property.at(&["WindPart"]) {
            let speed = |kind: &str| {
                let named = wind.all("WindSpeed").filter(|one| one.attribute("type") == Some(kind));
                named.filter(|one| one.attribute("unit") == Some("m/s")).find_map(whole)
            };
            position.wind_m_s = speed("最大風速");
            position.gust_m_s = speed("最大瞬間風速");
        }
        position.winds.extend(property.all("WarningAreaPart").filter_map(wind_circle));
    }
    if position.centre.is_none() {
        let at = format!("MeteorologicalInfo {}", position.label);
        findings.push(Finding::new(FindingCode::ValueMissing, at, "it has no readable centre"));
    }
    position
}

fn read_centre(part: &Element<'_>, position: &mut CyclonePosition, findings: &mut Vec<Finding>) {
    let circle = part.at(&["ProbabilityCircle"]);
    // Degrees come first and minutes after them; degrees are what is analysed.
    let points = part.all("Coordinate").chain(circle.into_iter().flat_map(|c| c.all("BasePoint")));
    let texts: Vec<&str> = points.filter_map(Element::text).collect();
    position.centre = texts.iter().find_map(|text| centre(text));
    if let (None, Some(text)) = (position.centre, texts.first()) {
        let at = format!("MeteorologicalInfo {}/CenterPart", position.label);
        let what = format!("`{text}` is no place on earth");
        findings.push(Finding::new(FindingCode::ValueUnreadable, at, what));
    }
    let radii = circle.map(radii).unwrap_or_default();
    position.centre_within_km = radii.iter().map(|(_, km)| *km).max();
    position.location = part.text_at(&["Location"]).map(str::to_owned);
    position.direction = part.text_at(&["Direction"]).map(str::to_owned);
    let in_unit = |name: &'static str, unit: &'static str| {
        part.children()
            .iter()
            .find(|child| child.name() == name && child.attribute("unit") == Some(unit))
    };
    position.speed_km_h = in_unit("Speed", "km/h").and_then(whole);
    position.pressure_hpa = in_unit("Pressure", "hPa").and_then(whole);
}

fn centre(text: &str) -> Option<Point> {
    coordinate(text).map(|(point, _)| point)
}

fn whole(element: &Element<'_>) -> Option<u32> {
    let value = element.text().and_then(|text| fixed_text(text, 0));
    value.and_then(|value| u32::try_from(value).ok())
}

/// A wind circle; none where the telegram says that there is none (`なし`).
fn wind_circle(part: &Element<'_>) -> Option<WindCircle> {
    let in_metres = |one: &&Element<'_>| one.attribute("unit") == Some("m/s");
    let wind_m_s = part.all("WindSpeed").find(in_metres).and_then(whole)?;
    let radii_km = part.at(&["Circle"]).map(radii).unwrap_or_default();
    let label = part.attribute("type").unwrap_or_default().to_owned();
    (!radii_km.is_empty()).then_some(WindCircle { label, wind_m_s, radii_km })
}

/// The radii of a circle in kilometres, with their directions.
fn radii(circle: &Element<'_>) -> Vec<(String, u32)> {
    let axes = circle.at(&["Axes"]).into_iter().flat_map(|axes| axes.all("Axis"));
    let radius = |axis: &Element<'_>| {
        let in_km = |one: &&Element<'_>| one.attribute("unit") == Some("km");
        axis.all("Radius").find(in_km).and_then(whole)
    };
    let direction = |axis: &Element<'_>| plain(axis.text_at(&["Direction"]).unwrap_or_default());
    axes.filter_map(|axis| Some((direction(axis), radius(axis)?))).collect()
}
