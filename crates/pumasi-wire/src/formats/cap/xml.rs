//! Writes elements that hold text or elements.

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

/// A document being written.
pub(super) struct Xml(Writer<Vec<u8>>);

impl Xml {
    /// A document that begins with its declaration.
    pub(super) fn start() -> io::Result<Self> {
        let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
        writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        Ok(Self(writer))
    }

    /// Writes an element around what `inside` writes.
    pub(super) fn around(
        &mut self,
        start: BytesStart<'_>,
        inside: impl FnOnce(&mut Self) -> io::Result<()>,
    ) -> io::Result<()> {
        let end = BytesEnd::new(start.name().as_ref().to_owned());
        self.0.write_event(Event::Start(start))?;
        inside(self)?;
        self.0.write_event(Event::End(end))
    }

    /// Writes an element with a text; nothing when nothing of the text is left.
    pub(super) fn text(&mut self, name: &str, text: &str) -> io::Result<()> {
        let text = writable(text);
        if text.trim().is_empty() {
            return Ok(());
        }
        self.0.create_element(name).write_text_content(BytesText::new(&text))?;
        Ok(())
    }

    /// Writes a name with its value, as parameters and codes are.
    pub(super) fn pair(&mut self, element: &str, name: &str, value: &str) -> io::Result<()> {
        self.around(BytesStart::new(element), |xml| {
            xml.text("valueName", name)?;
            xml.text("value", value)
        })
    }

    /// The whole document.
    pub(super) fn finish(self) -> io::Result<String> {
        let mut text = String::from_utf8(self.0.into_inner())
            .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
        text.push('\n');
        Ok(text)
    }
}

/// What an XML document can hold of a text, with its line ends as one character.
///
/// SPEC: XML 1.0, section 2.2: most control characters have no place in a document, escaped or not.
pub(super) fn writable(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let is_held = |c: &char| match c {
        '\t' | '\n' => true,
        '\u{fffe}' | '\u{ffff}' => false,
        c => *c >= ' ',
    };
    text.chars().filter(is_held).collect()
}
