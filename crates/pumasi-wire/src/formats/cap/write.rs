//! Puts an alert together, its elements in the order of the schema.

use std::io;

use pumasi_base::Lang;
use pumasi_view::page::{CaseLine, SituationPage};
use quick_xml::events::BytesStart;

use super::address;
use super::chain::{self, Version};
use super::section::{Section, WORDS};
use super::xml::Xml;
use crate::formats::words::SHARED;
use crate::formats::{Telling, WriteError, plain};

const NAMESPACE: &str = "urn:oasis:names:tc:emergency:cap:1.2";

/// What an alert does to those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Alert,
    Update,
    Cancel,
}

impl Kind {
    const fn name(self) -> &'static str {
        match self {
            Self::Alert => "Alert",
            Self::Update => "Update",
            Self::Cancel => "Cancel",
        }
    }
}

/// Writes the newest alert of a case.
pub(super) fn write(
    case: &CaseLine,
    page: &SituationPage,
    telling: &Telling<'_>,
) -> Result<String, WriteError> {
    let sender = address(telling.party.as_str());
    let versions = chain::versions(case, page, &sender);
    let (newest, earlier) = versions.split_last().ok_or(WriteError::NothingToTell)?;
    let withdrawn = page.event.as_ref().is_some_and(|event| event.kind == "cancel");
    let kind = match (withdrawn, earlier) {
        // Whoever was told nothing has nothing to forget.
        (true, []) => return Err(WriteError::NothingToTell),
        (true, _) => Kind::Cancel,
        (false, []) => Kind::Alert,
        (false, _) => Kind::Update,
    };
    let mut xml = Xml::start()?;
    let root = BytesStart::new("alert").with_attributes([("xmlns", NAMESPACE)]);
    let head = Head { case, page, sender: &sender, newest, earlier, kind };
    xml.around(root, |xml| {
        head.write(xml)?;
        // A withdrawal repeats nothing of what no longer holds.
        if kind == Kind::Cancel {
            return Ok(());
        }
        for lang in Lang::ALL {
            Section { case, page, telling, lang, at: newest.at }.write(xml)?;
        }
        Ok(())
    })?;
    Ok(xml.finish()?)
}

/// The elements of an alert before its sections.
struct Head<'a> {
    case: &'a CaseLine,
    page: &'a SituationPage,
    sender: &'a str,
    newest: &'a Version,
    earlier: &'a [Version],
    kind: Kind,
}

impl Head<'_> {
    /// SPEC: the sequence of `alert` in the schema of section 3.4.
    fn write(&self, xml: &mut Xml) -> io::Result<()> {
        xml.text("identifier", &self.newest.id)?;
        xml.text("sender", self.sender)?;
        xml.text("sent", &self.newest.sent())?;
        xml.text("status", self.status())?;
        xml.text("msgType", self.kind.name())?;
        if let Some(event) = &self.page.event {
            xml.text("source", &format!("{} {}", event.source, event.message))?;
        }
        xml.text("scope", "Private")?;
        xml.text("addresses", &self.addresses())?;
        xml.text("note", &self.note())?;
        xml.text("references", &chain::references(self.earlier, self.sender))?;
        xml.text("incidents", &plain(&self.case.id))
    }

    /// What is not known to be actual is a test.
    fn status(&self) -> &'static str {
        match self.case.status.as_str() {
            "actual" => "Actual",
            "exercise" => "Exercise",
            _ => "Test",
        }
    }

    /// The parties of the case, the sender among them.
    fn addresses(&self) -> String {
        let others = self.page.reach.iter().map(|line| address(&line.party.id));
        let mut all: Vec<String> = others.collect();
        if all.is_empty() {
            all.push(self.sender.to_owned());
        }
        all.join(" ")
    }

    /// That it is no actual alert, and that it withdraws: a line for each language.
    ///
    /// SPEC: section 3.2.1: the note of an exercise names it, and that of a cancellation says why.
    fn note(&self) -> String {
        let mut lines = Vec::new();
        for lang in Lang::ALL {
            let title = self.case.title.in_lang(lang);
            let mut said = Vec::new();
            if self.case.status != "actual" {
                said.push(format!("[{}] {title}", SHARED.say(&self.case.status, lang)));
            }
            if self.kind == Kind::Cancel {
                said.push(WORDS.say("withdrawn", lang).to_owned());
            }
            if !said.is_empty() {
                lines.push(said.join(" "));
            }
        }
        lines.join("\n")
    }
}
