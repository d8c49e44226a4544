//! What a telegram says of which area, word for word, whatever the telegram.
//!
//! All telegrams build on the same pieces: an area has a `Name` and a `Code`, a kind of warning
//! has them too, an `Item` joins kinds and areas, and code tables are named at the head of a
//! section. So one walk reads intensities, early warnings, tsunami forecasts and warnings alike.

use std::collections::BTreeMap;

use crate::read::text::short;
use crate::read::xml::Element;
use crate::{Area, AreaCode, Part, Statement};

/// The elements that are areas where they have a name.
const AREAS: &[&str] = &["Pref", "Area", "City", "IntensityStation", "Station"];
/// The elements of the body that are about no area.
const WHOLE: &[&str] = &["Text", "NextAdvisory", "Notice", "Comments"];
/// The sections below the body, each with the elements that lie between.
const SECTIONS: &[&[&str]] = &[
    &["Intensity", "Forecast"],
    &["Intensity", "Observation"],
    &["Tsunami", "Observation"],
    &["Tsunami", "Estimation"],
    &["Tsunami", "Forecast"],
    &["Warning"],
];

/// Reads every section; that of the headline where the body has no areas.
pub(super) fn read(report: &Element<'_>) -> Vec<Part> {
    let mut parts = Vec::new();
    for path in SECTIONS {
        let Some((last, first)) = path.split_last() else { continue };
        let first: Vec<&str> = std::iter::once("Body").chain(first.iter().copied()).collect();
        let parent = report.at(&first);
        for section in parent.into_iter().flat_map(|parent| parent.all(last)) {
            let name = section.attribute("type").map_or_else(|| path.join("/"), str::to_owned);
            read_section(section, &name, &mut parts);
        }
    }
    if parts.iter().all(|part| part.areas.is_empty()) {
        let headline = report.at(&["Head", "Headline"]);
        for section in headline.into_iter().flat_map(|headline| headline.all("Information")) {
            read_section(section, section.attribute("type").unwrap_or_default(), &mut parts);
        }
    }
    parts
}

/// Reads what a telegram says of no area: comments, notices, what comes next.
pub(super) fn read_whole(report: &Element<'_>) -> Vec<Statement> {
    let mut says = Vec::new();
    let body = report.at(&["Body"]);
    for child in body.into_iter().flat_map(Element::children) {
        if WHOLE.contains(&child.name()) {
            read_statement(child, "", &mut says);
        }
    }
    says
}

/// Reads a section: each of its items is a part, and what stands outside of items is one.
fn read_section(section: &Element<'_>, name: &str, parts: &mut Vec<Part>) {
    let tables = code_tables(section);
    let new = || Part {
        name: short(name).to_owned().into(),
        lang: Some("ja".to_owned()),
        ..Part::default()
    };
    let mut rest = new();
    for child in section.children() {
        match child.name() {
            "CodeDefine" => {}
            "Item" => {
                let mut part = new();
                read_item(child, &tables, &mut part);
                parts.push(part);
            }
            name if is_area(child) => read_area(child, name, &tables, None, &mut rest),
            _ => read_statement(child, "", &mut rest.says),
        }
    }
    if !(rest.areas.is_empty() && rest.says.is_empty()) {
        parts.push(rest);
    }
}

/// The code tables of a section by the path of the codes.
type Tables = BTreeMap<String, String>;

fn code_tables(section: &Element<'_>) -> Tables {
    let types = section.at(&["CodeDefine"]).into_iter().flat_map(|define| define.all("Type"));
    let named = types.filter_map(|one| Some((one.attribute("xpath")?, one.text()?)));
    named.map(|(path, table)| (path.to_owned(), short(table).to_owned())).collect()
}

fn is_area(element: &Element<'_>) -> bool {
    AREAS.contains(&element.name()) && element.at(&["Name"]).is_some()
}

/// Reads an area, what is said of it, and the areas in it.
fn read_area(
    element: &Element<'_>,
    path: &str,
    tables: &Tables,
    within: Option<usize>,
    part: &mut Part,
) {
    let text = |name| element.text_at(&[name]).map(str::to_owned);
    let mut area = Area { label: text("Name").unwrap_or_default(), within, ..Area::default() };
    if let Some(code) = text("Code").or_else(|| text("CityCode")) {
        let table = tables.get(&format!("{path}/Code")).map(String::as_str);
        let of_code = || element.at(&["Code"]).and_then(|code| code.attribute("type"));
        let table = short(table.or_else(of_code).unwrap_or(element.name()));
        area.codes.push(AreaCode { scheme: table.to_owned().into(), code });
    }
    let is_inner = |child: &&Element<'_>| is_area(child);
    for child in element.children().iter().filter(|child| !is_inner(child)) {
        read_statement(child, "", &mut area.says);
    }
    part.areas.push(area);
    let index = part.areas.len() - 1;
    for child in element.children().iter().filter(is_inner) {
        let path = format!("{path}/{}", child.name());
        read_area(child, &path, tables, Some(index), part);
    }
}

/// Reads an item: what it says, and its areas, alone or in groups.
fn read_item(item: &Element<'_>, tables: &Tables, part: &mut Part) {
    for child in item.children() {
        if is_area(child) {
            // The stations of a tsunami item lie on the coast it is about, which comes first.
            let is_station = child.name() == "Station" && !part.areas.is_empty();
            let path = format!("Item/{}", child.name());
            read_area(child, &path, tables, is_station.then_some(0), part);
        } else if is_group(child) {
            let table = child.attribute("codeType").map(|table| short(table).to_owned());
            for area in child.children().iter().filter(|area| is_area(area)) {
                let path = format!("Item/{}/{}", child.name(), area.name());
                let of_group = table.iter().map(|table| (format!("{path}/Code"), table.clone()));
                let tables = if table.is_some() { &of_group.collect() } else { tables };
                read_area(area, &path, tables, None, part);
            }
        } else {
            read_statement(child, "", &mut part.says);
        }
    }
}

fn is_group(element: &Element<'_>) -> bool {
    matches!(element.name(), "Areas" | "Stations")
}

/// Adds what an element says, with all below it.
fn read_statement(element: &Element<'_>, above: &str, says: &mut Vec<Statement>) {
    let name = element.name();
    if matches!(name, "Name" | "Code" | "CityCode") && element.children().is_empty() {
        return;
    }
    let name = short(name);
    // A path that grew too long to be one begins again.
    let begins = above.is_empty() || short(above).len() < above.len();
    let what = if begins { name.to_owned() } else { format!("{above}/{name}") };
    let child = |name| element.text_at(&[name]).map(str::to_owned);
    let attribute = |name| element.attribute(name).map(str::to_owned);
    if let Some(value) = child("Name") {
        let noted = if child("Status").is_some() { "Status" } else { "Condition" };
        let note = child(noted);
        let said =
            Statement { what: what.clone().into(), code: child("Code"), value, unit: None, note };
        says.push(said);
        let rest = element.children().iter().filter(|child| child.name() != noted);
        rest.for_each(|child| read_statement(child, &what, says));
        return;
    }
    let note = attribute("condition").or_else(|| attribute("description"));
    let text = element.text();
    // Words stand in for a figure: `NaN` with `巨大`, or nothing with `なし`.
    if text.is_some() || (note.is_some() && element.children().is_empty()) {
        let value = text.unwrap_or_default().to_owned();
        says.push(Statement {
            what: what.clone().into(),
            code: None,
            value,
            unit: attribute("unit"),
            note,
        });
    }
    element.children().iter().for_each(|child| read_statement(child, &what, says));
}
