//! Source text with its strings and comments set apart, so that rules see code and nothing else.
//!
//! Not a parser: it knows just enough of the two languages' lexical rules that a brace in a string
//! or a word in a comment does not mislead a rule. Blanked bytes become spaces and line ends stay,
//! so that an offset means the same line in every view.

use std::ops::Range;

/// Which lexical rules hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// Rust.
    Rust,
    /// TypeScript, with or without JSX.
    Script,
}

/// A source text in two views of equal length.
#[derive(Debug, Clone)]
pub struct Source {
    /// Code alone: strings, characters and comments are blank.
    pub code: String,
    /// Comments alone.
    pub comments: String,
}

impl Source {
    /// Sets the strings and comments of `text` apart.
    pub fn new(text: &str, language: Language) -> Self {
        let mut scan = Scan {
            bytes: text.as_bytes(),
            at: 0,
            code: Vec::with_capacity(text.len()),
            comments: Vec::with_capacity(text.len()),
        };
        match language {
            Language::Rust => scan.rust(),
            Language::Script => scan.script(),
        }
        let into_text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        Self { code: into_text(scan.code), comments: into_text(scan.comments) }
    }

    /// The number of the line `offset` lies on, from 1.
    pub fn line_at(&self, offset: usize) -> usize {
        let before = self.code.as_bytes().iter().take(offset);
        before.filter(|byte| **byte == b'\n').count() + 1
    }

    /// Every place in the code where `pattern` stands as a whole word or phrase.
    pub fn find(&self, pattern: &str) -> Vec<usize> {
        let starts = pattern.as_bytes().first().copied().is_some_and(is_word);
        let ends = pattern.as_bytes().last().copied().is_some_and(is_word);
        let whole = |at: &usize| {
            let before = at.checked_sub(1).map_or(b' ', |before| byte_at(&self.code, before));
            let after = byte_at(&self.code, at + pattern.len());
            !(starts && is_word(before) || ends && is_word(after))
        };
        self.code.match_indices(pattern).map(|(at, _)| at).filter(whole).collect()
    }

    /// The code that an attribute opening with `#` at `start` governs: up to the end of the item or
    /// statement after it.
    pub fn governed(&self, start: usize) -> Range<usize> {
        let mut at = start;
        // More attributes may stand between.
        while self.code.get(at..).is_some_and(|rest| rest.trim_start().starts_with('#')) {
            at = self.code.get(at..).and_then(|r| r.find('[')).map_or(at, |open| at + open);
            let end = self.closing(at).unwrap_or(self.code.len());
            at = end.max(at + 1);
        }
        let mut depth = 0_usize;
        for (offset, byte) in self.code.bytes().enumerate().skip(at) {
            match byte {
                b'{' | b'(' | b'[' => depth += 1,
                b'}' | b')' | b']' if depth == 0 => return start..offset,
                b'}' if depth == 1 => return start..offset + 1,
                b'}' | b')' | b']' => depth -= 1,
                b';' if depth == 0 => return start..offset + 1,
                _ => {}
            }
        }
        start..self.code.len()
    }

    /// The offset after the bracket that closes the one at `open`; `None` when it never closes.
    pub fn closing(&self, open: usize) -> Option<usize> {
        let mut depth = 0_usize;
        for (offset, byte) in self.code.bytes().enumerate().skip(open) {
            match byte {
                b'{' | b'(' | b'[' => depth += 1,
                b'}' | b')' | b']' => {
                    depth = depth.checked_sub(1)?;
                    if depth == 0 {
                        return Some(offset + 1);
                    }
                }
                _ => {}
            }
        }
        None
    }

    /// The attributes whose text begins with `opening`, such as `#[cfg(`, each with its offset.
    pub fn attributes(&self, opening: &str) -> Vec<(usize, &str)> {
        let all = self.code.match_indices(opening).filter_map(|(at, _)| {
            let bracket = at + self.code.get(at..)?.find('[')?;
            let end = self.closing(bracket)?;
            Some((at, self.code.get(at..end)?))
        });
        all.collect()
    }

    /// The stretches compiled for tests only: what `#[cfg(test)]` and its like govern.
    pub fn test_code(&self) -> Vec<Range<usize>> {
        let whole = self.attributes("#![cfg(").into_iter().any(|(_, text)| means_test(text));
        if whole {
            return std::iter::once(0..self.code.len()).collect();
        }
        let attributes = self.attributes("#[cfg(").into_iter().filter(|(_, text)| means_test(text));
        attributes.map(|(at, _)| self.governed(at)).collect()
    }
}

/// Whether a `cfg` attribute asks for tests.
fn means_test(attribute: &str) -> bool {
    let word = |at: usize| {
        let before = at.checked_sub(1).map_or(b' ', |before| byte_at(attribute, before));
        !is_word(before) && !is_word(byte_at(attribute, at + "test".len()))
    };
    attribute.match_indices("test").any(|(at, _)| word(at)) && !attribute.contains("not(test")
}

/// Whether a byte can be part of an identifier.
pub const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

/// The byte at an offset, a blank outside the text.
pub fn byte_at(text: &str, offset: usize) -> u8 {
    text.as_bytes().get(offset).copied().unwrap_or(b' ')
}

/// Where a byte goes.
#[derive(Clone, Copy)]
enum To {
    Code,
    Comment,
    Nowhere,
}

struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
    code: Vec<u8>,
    comments: Vec<u8>,
}

impl Scan<'_> {
    fn peek(&self, ahead: usize) -> u8 {
        self.bytes.get(self.at + ahead).copied().unwrap_or(0)
    }

    fn before(&self, back: usize) -> u8 {
        self.at.checked_sub(back).and_then(|at| self.bytes.get(at)).copied().unwrap_or(b' ')
    }

    fn ended(&self) -> bool {
        self.at >= self.bytes.len()
    }

    /// Moves `count` bytes on; line ends reach both views, other bytes the one named.
    fn take(&mut self, count: usize, to: To) {
        for _ in 0..count {
            let Some(byte) = self.bytes.get(self.at).copied() else { return };
            let kept = |here: bool| if here || byte == b'\n' { byte } else { b' ' };
            self.code.push(kept(matches!(to, To::Code)));
            self.comments.push(kept(matches!(to, To::Comment)));
            self.at += 1;
        }
    }

    fn line_comment(&mut self) {
        while !self.ended() && self.peek(0) != b'\n' {
            self.take(1, To::Comment);
        }
    }

    fn block_comment(&mut self, nests: bool) {
        let mut depth = 0_usize;
        while !self.ended() {
            match (self.peek(0), self.peek(1)) {
                (b'/', b'*') if nests || depth == 0 => {
                    depth += 1;
                    self.take(2, To::Comment);
                }
                (b'*', b'/') => {
                    self.take(2, To::Comment);
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        return;
                    }
                }
                _ => self.take(1, To::Comment),
            }
        }
    }

    /// A text between two `quote`s with backslash escapes; `one_line` ones end with the line too.
    fn quoted(&mut self, quote: u8, one_line: bool) {
        self.take(1, To::Nowhere);
        while !self.ended() {
            match self.peek(0) {
                b'\\' => self.take(2, To::Nowhere),
                b'\n' if one_line => return,
                byte => {
                    self.take(1, To::Nowhere);
                    if byte == quote {
                        return;
                    }
                }
            }
        }
    }

    fn rust(&mut self) {
        while !self.ended() {
            match (self.peek(0), self.peek(1)) {
                (b'/', b'/') => self.line_comment(),
                (b'/', b'*') => self.block_comment(true),
                (b'"', _) => self.quoted(b'"', false),
                (b'r', b'"' | b'#') if self.raw_string() => {}
                (b'\'', _) => self.character_or_lifetime(),
                _ => self.take(1, To::Code),
            }
        }
    }

    /// Takes a raw string if one begins here.
    fn raw_string(&mut self) -> bool {
        let prefix = matches!(self.before(1), b'b' | b'c') && !is_word(self.before(2));
        if is_word(self.before(1)) && !prefix {
            return false;
        }
        let hashes = self.bytes.iter().skip(self.at + 1).take_while(|byte| **byte == b'#').count();
        if self.peek(1 + hashes) != b'"' {
            return false;
        }
        self.take(2 + hashes, To::Nowhere);
        while !self.ended() {
            let closes = self.peek(0) == b'"' && (1..=hashes).all(|n| self.peek(n) == b'#');
            if closes {
                self.take(1 + hashes, To::Nowhere);
                return true;
            }
            self.take(1, To::Nowhere);
        }
        true
    }

    fn character_or_lifetime(&mut self) {
        let width = match self.peek(1) {
            byte if byte < 0x80 => 1,
            byte if byte < 0xe0 => 2,
            byte if byte < 0xf0 => 3,
            _ => 4,
        };
        if self.peek(1) == b'\\' {
            self.quoted(b'\'', true);
        } else if self.peek(1 + width) == b'\'' {
            self.take(2 + width, To::Nowhere);
        } else {
            self.take(1, To::Code);
        }
    }

    fn script(&mut self) {
        // The brace depth of each piece of code inside a template literal.
        let mut inside: Vec<usize> = Vec::new();
        while !self.ended() {
            match (self.peek(0), self.peek(1)) {
                (b'/', b'/') => self.line_comment(),
                (b'/', b'*') => self.block_comment(false),
                (b'/', _) if self.regex_length().is_some() => {
                    let length = self.regex_length().unwrap_or(1);
                    self.take(length, To::Nowhere);
                }
                (quote @ (b'"' | b'\''), _) => self.quoted(quote, true),
                (b'`', _) => {
                    self.take(1, To::Nowhere);
                    self.template(&mut inside);
                }
                (b'{', _) => {
                    self.take(1, To::Code);
                    if let Some(depth) = inside.last_mut() {
                        *depth += 1;
                    }
                }
                (b'}', _) => self.script_brace(&mut inside),
                _ => self.take(1, To::Code),
            }
        }
    }

    fn script_brace(&mut self, inside: &mut Vec<usize>) {
        match inside.last_mut() {
            Some(0) => {
                inside.pop();
                self.take(1, To::Nowhere);
                self.template(inside);
            }
            Some(depth) => {
                *depth -= 1;
                self.take(1, To::Code);
            }
            None => self.take(1, To::Code),
        }
    }

    /// The text of a template literal, up to its end or to code in it.
    fn template(&mut self, inside: &mut Vec<usize>) {
        while !self.ended() {
            match (self.peek(0), self.peek(1)) {
                (b'\\', _) => self.take(2, To::Nowhere),
                (b'`', _) => return self.take(1, To::Nowhere),
                (b'$', b'{') => {
                    self.take(2, To::Nowhere);
                    inside.push(0);
                    return;
                }
                _ => self.take(1, To::Nowhere),
            }
        }
    }

    /// How long the regular expression is that begins here, if one does.
    fn regex_length(&self) -> Option<usize> {
        let before = self.code.iter().rev().find(|byte| !byte.is_ascii_whitespace());
        let before = before.copied().unwrap_or(b';');
        if !b"(=,:[!&|?;".contains(&before) || matches!(self.peek(1), b'>' | b'/') {
            return None;
        }
        let mut in_class = false;
        let mut length = 1;
        loop {
            match self.peek(length) {
                0 | b'\n' => return None,
                b'\\' => length += 1,
                b'[' => in_class = true,
                b']' => in_class = false,
                b'/' if !in_class => return Some(length + 1),
                _ => {}
            }
            length += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Shows the code view with runs of blanks as one.
    #[track_caller]
    fn check(language: Language, text: &str, expected: &str) {
        let source = Source::new(text, language);
        assert_eq!(source.code.len(), text.len());
        assert_eq!(source.comments.len(), text.len());
        assert_eq!(source.code.split_whitespace().collect::<Vec<_>>().join(" "), expected);
    }

    #[test]
    fn rust_strings_characters_and_comments_are_blank() {
        let check = |text, expected| check(Language::Rust, text, expected);
        check(r#"let a = "}\"{"; b"#, "let a = ; b");
        check(r##"let a = r#"} " {"#; b"##, "let a = ; b");
        check(r##"let a = br#"}"#; b"##, "let a = b ; b");
        check("let r#type = 1;", "let r#type = 1;");
        check("for r in var\"x\" {}", "for r in var {}");
        check("a /* } /* } */ } */ b // }", "a b");
        check(
            "match c { '{' => 1, '\\'' => 2, '\\u{7d}' => 3, '가' => 4 }",
            "match c { => 1, => 2, => 3, => 4 }",
        );
        check("fn f<'a>(x: &'a str) -> &'a str { x }", "fn f<'a>(x: &'a str) -> &'a str { x }");
        check("let x = b'}'; y", "let x = b ; y");
        check("\"never closed {", "");
    }

    #[test]
    fn script_strings_templates_and_patterns_are_blank() {
        let check = |text, expected| check(Language::Script, text, expected);
        check("const a = '}' + \"{\"; b", "const a = + ; b");
        check("const a = `} ${f({ x: `{${y}` })} {`; b", "const a = f({ x: y }) ; b");
        check("const a = /[/}]\\/{/.test(b); c", "const a = .test(b); c");
        check("const a = b / c; const d = e / f;", "const a = b / c; const d = e / f;");
        check("<p>don't</p>\n<A b={c} /> // }", "<p>don <A b={c} />");
        check("a /* } /* */ b", "a b");
    }

    #[test]
    fn comments_keep_their_lines() {
        let source = Source::new("a\n// TODO\nb", Language::Rust);
        assert_eq!(source.comments, " \n// TODO\n ");
        assert_eq!(source.line_at(source.code.find('b').unwrap()), 3);
    }

    #[test]
    fn words_are_found_whole() {
        let source = Source::new("unsafe_code; unsafe {} \"unsafe\" // unsafe", Language::Rust);
        assert_eq!(source.find("unsafe"), [13]);
        assert_eq!(
            Source::new("a.unwrap_or(1).unwrap()", Language::Rust).find(".unwrap()").len(),
            1
        );
    }

    #[test]
    fn test_code_is_what_its_attribute_governs() {
        let text = "fn a() {}\n#[cfg(test)]\n#[allow(x)]\nmod tests {\n fn b() {}\n}\nfn c() {}";
        let source = Source::new(text, Language::Rust);
        let [span] = source.test_code().try_into().unwrap();
        let governed = &source.code[span];
        assert!(governed.contains("fn b") && !governed.contains("fn c"), "{governed}");
        let shipped = "#[cfg(not(test))]\nfn a() {}\n#[cfg(feature = \"latest\")]\nfn b() {}";
        assert!(Source::new(shipped, Language::Rust).test_code().is_empty());
        let statement = "fn a() { #[cfg(test)] let x = S { y: 1 }; b(); }";
        let source = Source::new(statement, Language::Rust);
        assert_eq!(source.test_code().len(), 1);
        assert!(!source.code[source.test_code()[0].clone()].contains("b()"));
        let whole = Source::new("#![cfg(test)]\nfn a() {}", Language::Rust);
        assert_eq!(whole.test_code().first().map(|span| span.end), Some(whole.code.len()));
    }
}
