//! `pumasi alert`: reads the messages of warning centres, offline, and hands them to the node.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::{Args, Subcommand};
use pumasi_base::{CommodityId, OfficerId, Time};
use pumasi_node::hazard::{
    Earthquake, Estimate, Finding, Message, MessageType, Range, ReadError, Severity, SourceRef,
    read, read_any,
};
use pumasi_node::library::Library;
use serde::Deserialize;
use serde_json::json;

use crate::commands::{Context, calculate, situation, watch};
use crate::failure::{Exit, Failure};
use crate::files;
use crate::lookup;
use crate::output::{Answer, Page, short};
use crate::words::{Words, moment, number};

/// Places shown unless all are asked for: a large earthquake shakes hundreds.
const PLACES_SHOWN: usize = 12;

/// What can be done with alerts.
#[derive(Subcommand)]
pub enum Verb {
    /// Reads a message, offline.
    Read(Read),
    /// Hands a message to the node.
    Relay(Relay),
    /// Reports what was counted and seen.
    Situation(situation::Situation),
    /// Shows how the ground moves at a distance.
    Shaking(calculate::Shaking),
    /// Shows how hard a cyclone blows at a distance.
    Wind(calculate::Wind),
    /// Follows feeds and folders.
    Watch(watch::Follow),
}

/// Which message to read.
#[derive(Args)]
pub struct Read {
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[arg(long)]
    all: bool,
}

/// Which message to relay, into which matter.
#[derive(Args)]
pub struct Relay {
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[arg(long, value_name = "MATTER")]
    matter: String,
    #[arg(long, value_name = "ID")]
    officer: OfficerId,
    #[arg(long, value_name = "TIME")]
    time: Option<Time>,
    #[arg(long)]
    alert_only: bool,
}

/// Does what is asked with alerts.
///
/// # Errors
/// Why it was not done.
pub fn run(verb: Verb, context: &Context<'_>) -> Result<Answer, Failure> {
    match verb {
        Verb::Read(read) => self::read(&read, context),
        Verb::Relay(relay) => self::relay(&relay, context),
        Verb::Situation(asked) => situation::run(&asked, context),
        Verb::Shaking(asked) => calculate::shaking(&asked, context),
        Verb::Wind(asked) => calculate::wind(&asked, context),
        Verb::Watch(follow) => watch::run(&follow, context),
    }
}

fn read(read: &Read, context: &Context<'_>) -> Result<Answer, Failure> {
    let bytes = files::read(&read.file)?;
    let name = read.file.display().to_string();
    let found = read_any(&bytes).map_err(|error| unreadable(&error, &name))?;
    let library = context.library()?;
    let words = context.words;
    let mut page = Page::default();
    let mut values = Vec::new();
    for message in &found.messages {
        let estimate = library.estimator.estimate([message], &[]);
        add_event(&mut page, message, words);
        add_footprint(&mut page, &estimate, read.all, &library, context);
        add_needs(&mut page, &estimate, &library, context);
        add_findings(&mut page, &estimate.findings, &library, context);
        values.push(json!({ "message": message, "estimate": estimate }));
    }
    if found.messages.is_empty() {
        page.line(words.say("none-alerts"));
    }
    add_findings(&mut page, &found.findings, &library, context);
    let value = json!({
        "format": found.format,
        "findings": found.findings,
        "messages": values,
    });
    Ok(Answer::new(value, page))
}

/// Why a message does not read, in words, with the exact fault of the reader below.
fn unreadable(error: &ReadError, file: &str) -> Failure {
    let failure = match error {
        ReadError::Empty => Failure::new("alert-empty", Exit::BadFile),
        ReadError::TooLarge { bytes, bytes_max } => Failure::new("alert-too-large", Exit::BadFile)
            .with("bytes", *bytes)
            .with("most", *bytes_max),
        ReadError::NotUtf8 { byte, .. } => {
            Failure::new("alert-not-utf8", Exit::BadFile).with("byte", *byte).because(error)
        }
        ReadError::UnknownFormat { start } => {
            let known: Vec<&str> = read::FORMATS.iter().map(|f| f.title).collect();
            Failure::new("alert-unknown-format", Exit::BadFile)
                .with("start", start.clone())
                .with("formats", known.join("; "))
        }
        ReadError::CutOff { line, .. } => {
            Failure::new("alert-cut-off", Exit::BadFile).with("line", *line)
        }
        ReadError::Malformed { line, what, .. } => {
            Failure::new("alert-malformed", Exit::BadFile).with("line", *line).because(what)
        }
        ReadError::Entities { line, .. } => {
            Failure::new("alert-entities", Exit::BadFile).with("line", *line)
        }
        ReadError::TooComplex { .. } => {
            Failure::new("alert-too-complex", Exit::BadFile).because(error)
        }
        ReadError::Incomplete { .. } => {
            Failure::new("alert-incomplete", Exit::BadFile).because(error)
        }
        ReadError::NoEarthquake { what, .. } => {
            Failure::new("alert-no-earthquake", Exit::BadFile).because(what)
        }
    };
    failure.with("file", file)
}

fn add_event(page: &mut Page, message: &Message, words: &Words) {
    let kind = match message.kind {
        MessageType::Alert => "alert",
        MessageType::Update => "update",
        MessageType::Cancel => "cancel",
    };
    let quake = message.earthquake.as_ref();
    let region = quake.and_then(|quake| quake.region.as_ref()).map(|region| region.text.clone());
    let hazards = message.hazards.iter().map(|hazard| words.code("hazard", hazard.name()));
    let cyclone = message.cyclone.as_ref();
    let name = cyclone.and_then(|cyclone| cyclone.local_name.clone().or(cyclone.name.clone()));
    let until = message.expires().map(|until| moment(&until.to_string()));
    page.title(words.say("title-event"));
    for headline in &message.headlines {
        page.field(words.say("event-headline"), headline.text.clone());
    }
    page.field(words.say("event-hazard"), hazards.collect::<Vec<_>>().join(", "))
        .field_if(words.say("event-name"), name)
        .field_if(words.say("event-region"), region)
        .field(words.say("event-origin"), moment(&message.origin().to_string()))
        .field_if(words.say("event-magnitude"), quake.and_then(|quake| magnitude(quake, words)))
        .field_if(
            words.say("event-depth"),
            quake.and_then(|quake| quake.depth_m).map(|metres| depth(metres, words)),
        )
        .field_if(words.say("event-epicentre"), quake.and_then(epicentre))
        .field_if(words.say("event-until"), until)
        .field(words.say("event-message"), message.version().to_string())
        .field(words.say("event-kind"), words.code("message", kind))
        .field(words.say("column-status"), words.code("status", &message.status.to_string()))
        .field(words.say("event-sent"), moment(&message.sent.to_string()));
}

/// The magnitude with its scale, as far as it is known.
pub(super) fn magnitude(quake: &Earthquake, words: &Words) -> Option<String> {
    let centi = quake.magnitude_centi?;
    let figure = format!("{}.{:02}", centi / 100, (centi % 100).abs());
    let figure = figure.strip_suffix('0').unwrap_or(&figure);
    let scale = quake.magnitude_type.as_deref().unwrap_or("M");
    let shown = format!("{scale} {figure}");
    let at_least = quake.magnitude_is_minimum;
    Some(if at_least { words.say_with("at-least", &[("value", shown.into())]) } else { shown })
}

/// The depth; the agency in Japan writes nought for "very shallow" and not for the surface.
fn depth(metres: i32, words: &Words) -> String {
    if metres == 0 { words.say("very-shallow") } else { format!("{} km", metres / 1000) }
}

fn epicentre(quake: &Earthquake) -> Option<String> {
    let point = quake.epicentre?;
    let degrees = |micro: i32| {
        let sign = if micro < 0 { "-" } else { "" };
        let size = micro.unsigned_abs();
        format!("{sign}{}.{:03}", size / 1_000_000, size % 1_000_000 / 1000)
    };
    Some(format!("{}, {}", degrees(point.lat_micro), degrees(point.lon_micro)))
}

fn range(range: Range, words: &Words) -> String {
    words.spread(range.low, range.central, range.high)
}

/// How hard a place was hit, as people read it.
fn severity(severity: Severity, words: &Words) -> String {
    match severity {
        Severity::Shaking(pumasi_node::hazard::Intensity::Jma(class)) => class.code().to_owned(),
        Severity::Shaking(pumasi_node::hazard::Intensity::Mmi(mmi)) => {
            format!("MMI {}", mmi.degree())
        }
        Severity::Wind(metres) => format!("{metres} m/s"),
        Severity::Warned(hazard, degree) => {
            let hazard = words.code("hazard", hazard.name());
            format!("{hazard} ({})", words.code("degree", degree.name()))
        }
    }
}

fn add_footprint(
    page: &mut Page,
    estimate: &Estimate,
    all: bool,
    library: &Library,
    context: &Context<'_>,
) {
    let words = context.words;
    page.title(words.say("title-footprint"));
    let shown = if all { usize::MAX } else { PLACES_SHOWN };
    let headings = ["place", "intensity", "basis", "people#", "evacuated#", "displaced#"];
    let mut table = context.table(&headings);
    for place in estimate.footprint.iter().take(shown) {
        let hits: Vec<String> =
            place.hits.iter().map(|hit| severity(hit.severity, words)).collect();
        table.row([
            context.place_called(&place.place, library),
            hits.join(", "),
            words.code("method", place.method.name()),
            number(place.people),
            range(place.evacuated, words),
            range(place.displaced, words),
        ]);
    }
    let left = estimate.footprint.len().saturating_sub(table.len());
    page.table(table, words.say("none-places"));
    if left > 0 {
        page.line(words.say_with("more-places", &[("count", left.into())]));
    }
    if estimate.footprint.is_empty() {
        return;
    }
    let totals = [
        ("total-evacuated", Some(estimate.evacuated), &estimate.basis.evacuated),
        ("total-displaced", Some(estimate.displaced), &estimate.basis.displaced),
        ("total-deaths", estimate.deaths, &estimate.basis.deaths),
        ("total-without-water", Some(estimate.without_water), &estimate.basis.without_water),
    ];
    page.title(words.say("title-people"));
    let mut table = context.table(&["figure", "amount#", "source"]);
    for (key, figure, basis) in totals {
        let figure = figure.map_or_else(|| words.say("not-estimated"), |one| range(one, words));
        table.row([words.say(key), figure, source(basis, words)]);
    }
    page.table(table, words.say("none-places"));
}

/// A source as people cite it, with a word when it is an assumption of ours.
fn source(source: &SourceRef, words: &Words) -> String {
    let cited = format!("{}, {} ({})", source.title, source.publisher, source.published);
    if source.assumption { format!("{cited} — {}", words.say("assumption")) } else { cited }
}

fn add_needs(page: &mut Page, estimate: &Estimate, library: &Library, context: &Context<'_>) {
    if estimate.footprint.is_empty() {
        return;
    }
    let words = context.words;
    let mut totals: BTreeMap<&CommodityId, (Range, Range, &SourceRef)> = BTreeMap::new();
    for need in &estimate.needs {
        let total = totals.entry(&need.commodity).or_insert((
            Range::default(),
            Range::default(),
            &need.source,
        ));
        total.0 = total.0.plus(need.per_day);
        total.1 = total.1.plus(need.once);
    }
    page.title(words.say("title-needs"));
    let mut table = context.table(&["commodity", "amount#", "how-often", "source"]);
    for (commodity, (per_day, once, basis)) in totals {
        let entry = library.catalog.commodities.get(commodity);
        let name = context.commodity_called(commodity, library);
        let unit = entry.map(|entry| entry.unit.code()).unwrap_or_default();
        for (figure, key) in [(per_day, "need-per-day"), (once, "need-once")] {
            if figure.is_nothing() {
                continue;
            }
            table.row([
                name.clone(),
                words.with_unit(&range(figure, words), unit),
                words.say(key),
                source(basis, words),
            ]);
        }
    }
    page.table(table, words.say("none-needs"));
}

fn add_findings(page: &mut Page, findings: &[Finding], library: &Library, context: &Context<'_>) {
    if findings.is_empty() {
        return;
    }
    page.title(context.words.say("title-findings"));
    for finding in findings {
        let said = context.words.code("finding", finding.code.name());
        // Many findings are about a place, which people know by its name.
        let place = finding.at.parse().ok();
        let named = place.map(|place| context.place_called(&place, library));
        page.line(format!("{said} [{}]", named.as_ref().unwrap_or(&finding.at)));
    }
}

/// What the node did with an alert.
#[derive(Deserialize)]
struct Relayed {
    relayed: Vec<String>,
}

fn relay(relay: &Relay, context: &Context<'_>) -> Result<Answer, Failure> {
    let bytes = files::read(&relay.file)?;
    let desk = context.desk()?;
    let matter = lookup::matter(&desk, &relay.matter)?;
    let time = relay.time.map(|time| time.to_string());
    let mut parameters: Vec<(&str, &str)> =
        vec![("matter", &matter), ("officer", relay.officer.as_str())];
    if relay.alert_only {
        parameters.push(("report", "false"));
    }
    parameters.extend(time.as_deref().map(|time| ("time", time)));
    let media = "application/octet-stream";
    let fetched = desk.send_bytes::<Relayed>("/alerts", &parameters, media, &bytes)?;
    let words = context.words;
    let mut page = Page::default();
    let relayed = &fetched.page.relayed;
    page.line(words.say_with("relayed", &[("count", relayed.len().into())]));
    for id in relayed {
        page.line(format!("  {}", short(id)));
    }
    Ok(Answer::new(fetched.value, page))
}

#[cfg(test)]
mod tests {
    use pumasi_base::Lang;
    use pumasi_node::hazard::FindingCode;

    use super::*;

    #[test]
    fn every_finding_has_its_caption() {
        for lang in Lang::ALL {
            let words = Words::load(lang);
            for code in FindingCode::ALL {
                assert_ne!(words.code("finding", code.name()), code.name(), "{lang}");
            }
        }
    }

    #[test]
    fn every_fault_of_a_message_says_what_to_do() {
        let faults = [
            ReadError::Empty,
            ReadError::TooLarge { bytes: 2, bytes_max: 1 },
            ReadError::NotUtf8 { byte: 3, declared: None },
            ReadError::UnknownFormat { start: "BUFR".into() },
            ReadError::CutOff { format: "jma_xml", line: 4 },
            ReadError::Malformed { format: "jma_xml", line: 5, what: "x".into() },
            ReadError::Entities { format: "jma_xml", line: 6 },
            ReadError::TooComplex { format: "jma_xml", what: "levels", limit: 7 },
            ReadError::Incomplete { format: "jma_xml", what: "x".into() },
            ReadError::NoEarthquake { format: "jma_xml", what: "x".into() },
        ];
        for lang in Lang::ALL {
            let words = Words::load(lang);
            for fault in &faults {
                let failure = unreadable(fault, "a.xml");
                assert_eq!(failure.exit, Exit::BadFile);
                assert!(failure.what(&words).contains("a.xml"), "{lang}: {fault}");
                assert!(failure.help(&words).is_some(), "{lang}: {fault}");
            }
        }
    }

    #[test]
    fn magnitudes_read_as_printed() {
        let mut quake: Earthquake = serde_json::from_value(json!({
            "origin": "2024-01-01T07:10:00Z", "region": null, "epicentre": null, "depth_m": null,
            "magnitude_centi": 760, "magnitude_is_minimum": false, "magnitude_type": "Mj",
            "strike_deg": null, "tectonic": null,
        }))
        .unwrap();
        let words = Words::load(Lang::En);
        assert_eq!(magnitude(&quake, &words).unwrap(), "Mj 7.6");
        quake.magnitude_centi = Some(755);
        quake.magnitude_is_minimum = true;
        assert_eq!(magnitude(&quake, &words).unwrap(), "at least Mj 7.55");
        assert_eq!(epicentre(&quake), None);
    }

    #[test]
    fn ranges_show_their_central_figure() {
        let words = Words::load(Lang::En);
        let figure = Range { low: 1000, central: 2000, high: 3000 };
        assert_eq!(range(figure, &words), "2,000 (1,000–3,000)");
    }
}
