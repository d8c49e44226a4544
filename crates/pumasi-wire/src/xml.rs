//! A small XML tree, for the formats that are XML.
//!
//! Only what messages of warning centres need: elements by local name, attributes, text. Prefixes
//! are dropped, because centres change them and no two of their vocabularies clash. Document types
//! and entities of a message's own are refused: they serve attacks and nothing else here.

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use crate::ReadError;
use crate::text::line_of;

/// The deepest nesting read; real messages have about 12.
const DEPTH_MAX: usize = 64;
/// The most elements read; the largest message seen has about 30,000.
const ELEMENTS_MAX: usize = 1_000_000;

/// An element with what it holds.
#[derive(Debug, Default)]
pub(crate) struct Element {
    /// Its name without prefix.
    name: String,
    /// Its attributes, names without prefix.
    attributes: Vec<(String, String)>,
    /// Its own text, without that of its children.
    text: String,
    /// Its children in order.
    children: Vec<Element>,
}

impl Element {
    /// The children of this name.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The first element at a path of names below this one.
    pub(crate) fn at(&self, path: &[&str]) -> Option<&Self> {
        path.iter()
            .try_fold(self, |element, name| element.children.iter().find(|c| c.name == *name))
    }

    /// The text at a path, trimmed; nothing when the element is missing or blank.
    pub(crate) fn text_at(&self, path: &[&str]) -> Option<&str> {
        self.at(path).and_then(Self::text)
    }

    /// Its own text, trimmed; nothing when blank.
    pub(crate) fn text(&self) -> Option<&str> {
        Some(self.text.trim()).filter(|text| !text.is_empty())
    }

    /// An attribute's value.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Its name without prefix.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }
}

/// Reads a document to its root element.
pub(crate) fn read(format: &'static str, text: &str) -> Result<Element, ReadError> {
    let mut reader = Reader::from_str(text);
    let mut tree = Tree { format, text, open: Vec::new(), root: None, elements: 0 };
    loop {
        let position = usize::try_from(reader.buffer_position()).unwrap_or(text.len());
        let event = reader.read_event().map_err(|error| tree.error(position, &error))?;
        match event {
            Event::Start(start) => tree.start(&start, position)?,
            Event::Empty(start) => {
                tree.start(&start, position)?;
                tree.end();
            }
            Event::End(_) => tree.end(),
            Event::Text(piece) => tree.append(&piece.xml10_content()),
            Event::CData(piece) => tree.append(&piece.xml10_content()),
            Event::GeneralRef(reference) => tree.reference(&reference, position)?,
            Event::DocType(_) => return Err(tree.entities(position)),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            Event::Eof => break,
        }
    }
    let line = line_of(text, text.len());
    match tree.root {
        Some(root) if tree.open.is_empty() => Ok(root),
        _ => Err(ReadError::CutOff { format, line }),
    }
}

struct Tree<'a> {
    format: &'static str,
    text: &'a str,
    open: Vec<Element>,
    root: Option<Element>,
    elements: usize,
}

impl Tree<'_> {
    fn start(&mut self, start: &BytesStart<'_>, position: usize) -> Result<(), ReadError> {
        self.elements += 1;
        let format = self.format;
        if self.elements > ELEMENTS_MAX {
            return Err(ReadError::TooComplex { format, what: "elements", limit: ELEMENTS_MAX });
        }
        if self.open.len() >= DEPTH_MAX {
            return Err(ReadError::TooComplex { format, what: "levels", limit: DEPTH_MAX });
        }
        let mut element =
            Element { name: start.local_name().as_ref().to_owned(), ..Element::default() };
        for attribute in start.attributes() {
            let attribute = attribute
                .map_err(|error| self.malformed(position, format!("an attribute: {error}")))?;
            let value = attribute
                .normalized_value(quick_xml::XmlVersion::Implicit1_0)
                .map_err(|_| self.entities(position))?;
            let key = attribute.key.local_name().as_ref().to_owned();
            element.attributes.push((key, value.into_owned()));
        }
        self.open.push(element);
        Ok(())
    }

    fn end(&mut self) {
        if let Some(element) = self.open.pop() {
            match self.open.last_mut() {
                Some(parent) => parent.children.push(element),
                None => self.root = self.root.take().or(Some(element)),
            }
        }
    }

    fn append(&mut self, piece: &str) {
        if let Some(element) = self.open.last_mut() {
            element.text.push_str(piece);
        }
    }

    /// Resolves a character reference or one of the five entities XML itself defines.
    fn reference(&mut self, reference: &BytesRef<'_>, position: usize) -> Result<(), ReadError> {
        let name = reference.xml10_content();
        let resolved = match name.as_ref() {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            _ => reference.resolve_char_ref().ok().flatten(),
        };
        let character = resolved.ok_or_else(|| self.entities(position))?;
        self.append(character.encode_utf8(&mut [0; 4]));
        Ok(())
    }

    fn entities(&self, position: usize) -> ReadError {
        ReadError::Entities { format: self.format, line: line_of(self.text, position) }
    }

    fn malformed(&self, position: usize, what: String) -> ReadError {
        ReadError::Malformed { format: self.format, line: line_of(self.text, position), what }
    }

    fn error(&self, position: usize, error: &quick_xml::Error) -> ReadError {
        match error {
            // Every syntax error is of something opened and not closed before the end.
            quick_xml::Error::Syntax(_) => {
                let line = line_of(self.text, self.text.len());
                ReadError::CutOff { format: self.format, line }
            }
            _ => self.malformed(position, error.to_string()),
        }
    }
}
