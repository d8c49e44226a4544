//! A small XML tree that borrows from the text, for the formats that are XML.
//!
//! Only what messages of warning centres need: elements by local name, attributes, text. Prefixes
//! are dropped, because centres change them and forget to declare them, and no two of their
//! vocabularies clash. Document types and entities of a message's own are refused: they serve
//! attacks and nothing else here.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::ReadError;
use super::text::line_of;

/// The deepest nesting read; real messages have about 16.
const DEPTH_MAX: usize = 64;
/// The most elements read; the largest message seen has about 30,000.
const ELEMENTS_MAX: usize = 250_000;
/// The most attributes of one element; real messages have at most 20.
const ATTRIBUTES_MAX: usize = 64;

/// An element with what it holds.
#[derive(Debug, Default)]
pub(crate) struct Element<'a> {
    /// Its name without prefix.
    name: &'a str,
    /// Its attributes, names without prefix.
    attributes: Vec<(String, String)>,
    /// Its own text, without that of its children.
    text: Cow<'a, str>,
    /// Its children in order.
    children: Vec<Element<'a>>,
}

impl<'a> Element<'a> {
    /// The children of this name.
    pub(crate) fn all<'b>(&'b self, name: &'b str) -> impl Iterator<Item = &'b Self> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The children.
    pub(crate) fn children(&self) -> &[Self] {
        &self.children
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

    /// The values of all its attributes, those that declare namespaces included.
    pub(crate) fn attribute_values(&self) -> impl Iterator<Item = &str> {
        self.attributes.iter().map(|(_, value)| value.as_str())
    }

    /// Its name without prefix.
    pub(crate) fn name(&self) -> &'a str {
        self.name
    }
}

/// The local name of the root element, without reading the document; nothing if it is no XML.
pub(crate) fn root_name(text: &str) -> Option<&str> {
    let mut rest = text.trim_start();
    loop {
        let end = match rest {
            _ if rest.starts_with("<?") => "?>",
            _ if rest.starts_with("<!--") => "-->",
            // A document type may hold declarations with ends of their own.
            _ if rest.starts_with("<!") && rest.split('>').next()?.contains('[') => "]>",
            _ if rest.starts_with("<!") => ">",
            _ => break,
        };
        rest = rest.split_once(end)?.1.trim_start();
    }
    let name = rest.strip_prefix('<')?;
    let end = name.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/'))?;
    let name = name.get(..end)?;
    Some(name.rsplit_once(':').map_or(name, |(_, local)| local))
}

/// Reads a document to its root element.
pub(crate) fn read<'a>(format: &'static str, text: &'a str) -> Result<Element<'a>, ReadError> {
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
            Event::Text(piece) => tree.append(piece.xml10_content()),
            Event::CData(piece) => tree.append(piece.xml10_content()),
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
    open: Vec<Element<'a>>,
    root: Option<Element<'a>>,
    elements: usize,
}

impl<'a> Tree<'a> {
    fn start(&mut self, start: &BytesStart<'_>, position: usize) -> Result<(), ReadError> {
        self.elements += 1;
        if self.elements > ELEMENTS_MAX {
            return Err(self.too_complex("elements", ELEMENTS_MAX));
        }
        if self.open.len() >= DEPTH_MAX {
            return Err(self.too_complex("levels", DEPTH_MAX));
        }
        let mut element = Element { name: self.name_at(start, position), ..Element::default() };
        // Without the reader's own check for doubles, whose time grows with their square.
        for attribute in start.attributes().with_checks(false) {
            let attribute = attribute
                .map_err(|error| self.malformed(position, format!("an attribute: {error}")))?;
            let key = attribute.key.local_name().as_ref().to_owned();
            if element.attributes.len() >= ATTRIBUTES_MAX {
                return Err(self.too_complex("attributes of an element", ATTRIBUTES_MAX));
            }
            let value = attribute
                .normalized_value(quick_xml::XmlVersion::Implicit1_0)
                .map_err(|_| self.entities(position))?;
            element.attributes.push((key, value.into_owned()));
        }
        self.open.push(element);
        Ok(())
    }

    /// The local name of a tag that begins at `position`, out of the text that outlives the tag.
    fn name_at(&self, start: &BytesStart<'_>, position: usize) -> &'a str {
        let length = start.name().as_ref().len();
        let begin = position + 1;
        let name = self.text.get(begin..begin + length).unwrap_or_default();
        name.rsplit_once(':').map_or(name, |(_, local)| local)
    }

    fn end(&mut self) {
        if let Some(element) = self.open.pop() {
            match self.open.last_mut() {
                Some(parent) => parent.children.push(element),
                None => self.root = self.root.take().or(Some(element)),
            }
        }
    }

    fn append(&mut self, piece: Cow<'a, str>) {
        if let Some(element) = self.open.last_mut() {
            if element.text.trim().is_empty() {
                element.text = piece;
            } else {
                element.text.to_mut().push_str(&piece);
            }
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
        self.append(Cow::Owned(character.to_string()));
        Ok(())
    }

    fn too_complex(&self, what: &'static str, limit: usize) -> ReadError {
        ReadError::TooComplex { format: self.format, what, limit }
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

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use expect_test::{Expect, expect};

    use super::*;

    fn show(element: &Element<'_>, text: &mut String) {
        write!(text, "({}", element.name()).unwrap();
        for (key, value) in &element.attributes {
            write!(text, " {key}={value}").unwrap();
        }
        if let Some(own) = element.text() {
            write!(text, " {own:?}").unwrap();
        }
        element.children().iter().for_each(|child| show(child, text));
        text.push(')');
    }

    #[track_caller]
    fn check(text: &str, expected: Expect) {
        let mut shown = String::new();
        match read("test", text) {
            Ok(root) => show(&root, &mut shown),
            Err(error) => shown = error.to_string(),
        }
        expected.assert_eq(&shown);
    }

    #[test]
    fn documents_read_or_are_refused() {
        check("<a><b>1</b><x:b y:c='2'/></a>", expect![[r#"(a(b "1")(b c=2))"#]]);
        check("<!-- x --><a>\n <b/>\n rest </a>", expect![[r#"(a "rest"(b))"#]]);
        check("<a>1 &lt; 2 &amp;&#x33;<![CDATA[<4>]]></a>", expect![[r#"(a "1 < 2 &3<4>")"#]]);
        check("<日本 語='ｘ'>文</日本>", expect![[r#"(日本 語=ｘ "文")"#]]);
        check(
            "<!DOCTYPE a [<!ENTITY b 'bbbb'>]><a>&b;</a>",
            expect!["the test message has a document type or its own entities in line 1"],
        );
        check(
            "<a>\n&b;</a>",
            expect!["the test message has a document type or its own entities in line 2"],
        );
        check(
            "<a b='&c;'/>",
            expect!["the test message has a document type or its own entities in line 1"],
        );
        check(&"<a>".repeat(65), expect!["the test message has more than 64 levels"]);
        let wide = format!("<a>{}</a>", "<b/>".repeat(250_000));
        check(&wide, expect!["the test message has more than 250000 elements"]);
        let attributes: String = (0..65).map(|n| format!(" a{n}=''")).collect();
        check(
            &format!("<a{attributes}/>"),
            expect!["the test message has more than 64 attributes of an element"],
        );
        check(
            "<a><b></a>",
            expect![
                "the test message is malformed in line 1: ill-formed document: expected `</b>`, but `</a>` was found"
            ],
        );
        check("<a><b>", expect!["the test message ends early, in line 1"]);
    }

    #[test]
    fn the_root_is_found_without_reading() {
        for (text, expected) in [
            ("<?xml version='1.0'?>\n<!-- c --><cap:alert xmlns='x'>", Some("alert")),
            ("<rss>", Some("rss")),
            ("<!DOCTYPE html><html>", Some("html")),
            ("<!DOCTYPE a [<!ENTITY b 'c'>]> <alert>", Some("alert")),
            ("<feed/>", Some("feed")),
            ("<feed", None),
            ("{}", None),
            ("", None),
        ] {
            assert_eq!(root_name(text), expected, "{text}");
        }
    }
}
