//! What CAP alerts travel in: Atom, RSS, the Distribution Element of EDXL, and plain lists.
//!
//! SPEC: RFC 4287 (Atom), RSS 2.0, OASIS EDXL-DE 1.0 and 2.0. An entry that holds its alert is
//! read; one that only points to it becomes a [`Link`].

use pumasi_base::{Status, Time};

use super::gdacs::rss_time;
use super::text::short;
use super::xml::{self, Element};
use super::{Format, Link, Read, ReadError, cap};
use crate::{Finding, FindingCode, Message, MessageType, Reference};

/// The format, for the list of formats.
pub(super) const FORMAT: Format = Format {
    name: "cap_feed",
    title: "CAP alerts in Atom, RSS, EDXL-DE or an `alerts` list",
    sniff: |text| xml::root_name(text).is_some_and(|name| ROOTS.contains(&name)),
    read,
};

/// The roots of feeds.
const ROOTS: &[&str] = &["feed", "rss", "RDF", "alerts", "EDXLDistribution", "edxlDistribution"];

/// Reads a feed.
fn read(text: &str) -> Result<Read, ReadError> {
    let root = xml::read(FORMAT.name, text)?;
    let mut read = Read::new(&FORMAT);
    walk(&root, root.name(), &mut read);
    if root.name().eq_ignore_ascii_case("EDXLDistribution") {
        apply_distribution(&root, &mut read);
    }
    Ok(read)
}

/// Reads every alert below an element, and every entry that holds none.
fn walk(element: &Element<'_>, path: &str, read: &mut Read) {
    for (index, child) in element.children().iter().enumerate() {
        let at = format!("{}/{}[{index}]", short(path), short(child.name()));
        match child.name() {
            "alert" => match cap::message(child, &at, &mut read.findings) {
                Ok(message) => read.messages.extend(message),
                Err(what) => {
                    read.findings.push(Finding::new(FindingCode::EntrySkipped, at, what));
                }
            },
            "entry" | "item" => {
                let before = (read.messages.len(), read.findings.len());
                walk(child, &at, read);
                if before == (read.messages.len(), read.findings.len()) {
                    match link(child) {
                        Some(link) => read.links.push(link),
                        None => {
                            let what = "it holds no alert and points to none";
                            let code = FindingCode::EntrySkipped;
                            read.findings.push(Finding::new(code, at, what));
                        }
                    }
                }
            }
            "contentObject" => {
                let before = (read.messages.len(), read.findings.len());
                walk(child, &at, read);
                if before == (read.messages.len(), read.findings.len()) {
                    let what = "it holds no CAP alert";
                    read.findings.push(Finding::new(FindingCode::EntrySkipped, at, what));
                }
            }
            _ => walk(child, &at, read),
        }
    }
}

/// Where an entry points to: the link to a document of XML where it tells them apart.
fn link(entry: &Element<'_>) -> Option<Link> {
    let links: Vec<&Element<'_>> = entry.all("link").collect();
    let is_document =
        |link: &&&Element<'_>| link.attribute("type").is_some_and(|kind| kind.ends_with("xml"));
    let chosen = links.iter().find(is_document).or_else(|| links.first());
    let url = chosen.and_then(|link| link.attribute("href").or_else(|| link.text()));
    let text = |names: &[&str]| names.iter().find_map(|name| entry.text_at(&[name]));
    let updated = text(&["updated", "published", "pubDate", "date"]);
    Some(Link {
        id: text(&["id", "guid"]).map(str::to_owned),
        title: text(&["title"]).unwrap_or_default().to_owned(),
        url: url?.to_owned(),
        updated: updated.and_then(time),
    })
}

fn time(text: &str) -> Option<Time> {
    text.trim().parse().ok().or_else(|| rss_time(text))
}

/// Gives each alert of a distribution the distribution's status where that is the less real: what
/// is distributed as an exercise is one, whatever the alert inside says.
fn apply_distribution(root: &Element<'_>, read: &mut Read) {
    let of = |name: &str| {
        let descriptor = root.at(&["descriptor"]).and_then(|one| one.at(&[name]));
        let own = root.at(&[name]).or(descriptor);
        // Version 2.0 wraps the word in `StatusKindDefault` and the like.
        let element = own.map(|own| own.children().first().unwrap_or(own));
        element.and_then(Element::text).unwrap_or_default().to_owned()
    };
    let said = of("distributionStatus");
    let status = match said.as_str() {
        "Actual" => Status::Actual,
        "Exercise" => Status::Exercise,
        "Test" => Status::Test,
        other => {
            let what = format!("`{}` is read as a test", short(other));
            let code = FindingCode::ValueUnreadable;
            read.findings.push(Finding::new(code, "distributionStatus", what));
            Status::Test
        }
    };
    for message in &mut read.messages {
        if status > message.status {
            let what = format!("an alert that says `{}` is distributed as this", message.status);
            let code = FindingCode::ValueUnreadable;
            read.findings.push(Finding::new(code, "distributionStatus", what));
            message.status = status;
        }
    }
    match of("distributionType").as_str() {
        "Report" | "Update" | "Dispatch" | "" => {}
        "Cancel" => {
            read.messages.iter_mut().for_each(|message| withdraw(message, &mut read.findings))
        }
        other => {
            let what = format!("`{}`: its alerts are read by themselves", short(other));
            let code = FindingCode::ProductUnknown;
            read.findings.push(Finding::new(code, "distributionType", what));
        }
    }
}

/// Makes an alert of a distribution that cancels one that withdraws itself.
fn withdraw(message: &mut Message, findings: &mut Vec<Finding>) {
    if message.kind == MessageType::Cancel {
        return;
    }
    let what = format!("`{}` is withdrawn by the distribution it came in", short(&message.id));
    findings.push(Finding::new(FindingCode::AlertCancelled, "distributionType", what));
    message.kind = MessageType::Cancel;
    let (sender, id) = (message.source.clone(), message.id.clone());
    message.refers_to.push(Reference { sender, id, sent: Some(message.sent) });
}
